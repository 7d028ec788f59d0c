//! Text by cells: fitting, padding, wrapping and drawing without ever splitting a wide character.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::text::sanitise;

/// Cells that `text` takes.
pub fn width(text: &str) -> u16 {
    u16::try_from(text.width()).unwrap_or(u16::MAX)
}

/// The longest beginning of `text` that fits in `cells`, with `..` at its end when something is cut.
pub fn fit(text: &str, cells: u16) -> String {
    if width(text) <= cells {
        return text.to_owned();
    }
    let dots = if cells >= 4 { ".." } else { "" };
    let room = usize::from(cells) - dots.len();
    let mut out = String::new();
    let mut used = 0;
    for grapheme in text.graphemes(true) {
        used += grapheme.width();
        if used > room {
            break;
        }
        out.push_str(grapheme);
    }
    out.push_str(dots);
    out
}

/// [`fit`], then blanks up to `cells`.
pub fn fill(text: &str, cells: u16) -> String {
    let mut out = fit(text, cells);
    for _ in width(&out)..cells {
        out.push(' ');
    }
    out
}

/// Breaks `text` into lines of at most `cells`, at blanks where there are some, else anywhere
/// between two characters; at most `most` lines.
pub fn wrap(text: &str, cells: u16, most: usize) -> Vec<String> {
    let cells = usize::from(cells.max(2));
    let mut lines = Vec::new();
    for part in text.split('\n') {
        let mut line = String::new();
        let mut used = 0;
        for word in part.split_inclusive(' ') {
            let wide = word.trim_end().width();
            if used > 0 && used + wide > cells && wide <= cells && word.is_ascii() {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            for grapheme in word.graphemes(true) {
                let wide = grapheme.width();
                if used + wide > cells {
                    if grapheme == " " {
                        continue;
                    }
                    carry(&mut lines, &mut line, &mut used, grapheme, cells);
                }
                line.push_str(grapheme);
                used += wide;
                if lines.len() >= most {
                    return lines;
                }
            }
        }
        lines.push(line);
        if lines.len() >= most {
            break;
        }
    }
    lines
}

/// Ends a line in front of `next`; a closing mark does not begin a line, so the character before it
/// comes along (the smallest rule of Japanese line breaking).
fn carry(lines: &mut Vec<String>, line: &mut String, used: &mut usize, next: &str, cells: usize) {
    let mut full = std::mem::take(line);
    *used = 0;
    if matches!(next, "。" | "、" | "」" | "）" | "." | "," | ")")
        && let Some((at, last)) = full.grapheme_indices(true).next_back()
        && at > 0
        && last.width() + next.width() <= cells
    {
        line.push_str(last);
        *used = last.width();
        full.truncate(at);
    }
    lines.push(full);
}

/// Draws `text`, which is our own, at most `cells` wide; returns the column after it.
pub fn put(buf: &mut Buffer, x: u16, y: u16, cells: u16, text: &str, style: Style) -> u16 {
    if !buf.area.contains((x, y).into()) {
        return x;
    }
    // - by our own widths: ratatui gives half-width ﾞ and ﾟ a second cell, which no terminal does
    let end = x.saturating_add(cells).min(buf.area.right());
    let mut x = x;
    for grapheme in text.graphemes(true).filter(|grapheme| !grapheme.contains(char::is_control)) {
        let wide = width(grapheme);
        if wide == 0 {
            continue;
        }
        if wide > end - x {
            break;
        }
        buf[(x, y)].set_symbol(grapheme).set_style(style);
        (x + 1..x + wide).for_each(|tail| buf[(tail, y)].reset());
        x += wide;
    }
    x
}

/// Draws text from outside: made harmless, fitted with `..`; returns the column after it.
pub fn put_outside(buf: &mut Buffer, x: u16, y: u16, cells: u16, text: &str, style: Style) -> u16 {
    put(buf, x, y, cells, &fit(&sanitise::line(text), cells), style)
}

/// Blanks `area` for something drawn over what is there, together with the outer half of every wide
/// character that its edges would cut in two.
pub fn clear_area(buf: &mut Buffer, area: Rect) {
    let area = area.intersection(buf.area);
    for y in area.top()..area.bottom() {
        if area.left() > buf.area.left() {
            let left = &mut buf[(area.left() - 1, y)];
            if left.symbol().width() > 1 {
                left.set_symbol(" ");
            }
        }
        // - the tail of a wide character that begins inside lies outside: it is blank already,
        //   but the terminal shows the character over it
        for x in area.left()..area.right() {
            buf[(x, y)].reset();
        }
        if area.right() < buf.area.right() && buf[(area.right(), y)].symbol().is_empty() {
            buf[(area.right(), y)].set_symbol(" ");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn fit_counts_cells() {
        assert_eq!(fit("みずほ銀行", 10), "みずほ銀行");
        assert_eq!(fit("みずほ銀行", 9), "みずほ..");
        assert_eq!(fit("みずほ銀行", 7), "みず..");
        assert_eq!(fill("みずほ", 7), "みずほ ");
        assert_eq!(fit("みずほ", 1), "");
        assert_eq!(fit("abcdef", 5), "abc..");
    }

    #[test]
    fn half_width_voiced_kana_take_the_cells_that_terminals_give_them() {
        for (text, cells) in [("ﾊﾞ", 2), ("ﾊﾟﾝ", 3), ("ｻｰﾊﾞｰ2", 6), ("か\u{3099}a", 3), ("ﾞ", 1), ("aﾞ", 2)]
        {
            let mut buf = Buffer::empty(Rect::new(0, 0, 10, 1));
            assert_eq!(put(&mut buf, 0, 0, 9, text, Style::new()), width(text), "{text}");
            assert_eq!(width(text), cells, "{text}");
            put(&mut buf, cells, 0, 1, "|", Style::new());
            let mut seen = String::new();
            let mut x = 0;
            while x < 10 {
                let symbol = buf[(x, 0)].symbol();
                seen.push_str(symbol);
                x += width(symbol).max(1);
            }
            assert_eq!(seen.trim_end(), format!("{text}|"));
        }
        let mut buf = Buffer::empty(Rect::new(0, 0, 10, 1));
        assert_eq!(put(&mut buf, 0, 0, 3, "ﾊﾞﾊﾞ", Style::new()), 2, "no half of one");
        assert_eq!(fit("ﾊﾞﾊﾞﾊﾞ", 5), "ﾊﾞ..");
    }

    #[test]
    fn wrap_keeps_words_and_closing_marks_together() {
        assert_eq!(wrap("one two three", 8, 9), ["one two ", "three"]);
        assert_eq!(wrap("あいうえ。", 8, 9), ["あいう", "え。"]);
        assert_eq!(wrap("a\nb\nc", 8, 2), ["a", "b"]);
        assert_eq!(wrap("", 8, 2), [""]);
    }

    proptest! {
        #[test]
        fn wrapped_lines_fit(text in "[a-z あ-ん漢字。、]{0,80}", cells in 2u16..30) {
            for line in wrap(&text, cells, 1000) {
                prop_assert!(width(line.trim_end()) <= cells, "{line:?}");
            }
        }

        #[test]
        fn a_popup_never_leaves_half_a_character(
            shift in 0u16..3, x in 0u16..40, y in 0u16..4, w in 1u16..30, h in 1u16..5,
        ) {
            let mut buf = Buffer::empty(Rect::new(0, 0, 40, 4));
            for row in 0..4 {
                put(&mut buf, shift, row, 40 - shift, "あいうえおかきくけこさしすせそたちつてと", Style::new());
            }
            let area = Rect::new(x, y, w, h).intersection(buf.area);
            clear_area(&mut buf, area);
            for row in area.top()..area.bottom() {
                for column in area.left()..area.right() {
                    put(&mut buf, column, row, 1, "x", Style::new());
                }
                for column in 0..40u16 {
                    let cell = &buf[(column, row)];
                    if cell.symbol().width() > 1 {
                        prop_assert!(column < 39);
                        let next = buf[(column + 1, row)].symbol();
                        prop_assert!(next.trim().is_empty(), "half of {:?} under {next:?}", cell.symbol());
                        prop_assert!(!area.contains((column + 1, row).into()));
                    }
                }
            }
        }
    }
}
