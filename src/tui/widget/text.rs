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

/// Breaks `text` into lines of at most `cells`: at blanks and between Japanese characters, never inside
/// a word of Latin letters that fits on a line; at most `most` lines.
pub fn wrap(text: &str, cells: u16, most: usize) -> Vec<String> {
    let cells = usize::from(cells.max(2));
    let mut lines = Vec::new();
    for part in text.split('\n') {
        let mut line = Line::default();
        for unit in units(part) {
            let wide = unit.width();
            if line.used + wide <= cells {
                line.push(unit);
            } else if unit == " " {
                continue;
            } else if wide <= cells {
                lines.push(line.end(unit, cells));
                line.push(unit);
            } else {
                // - one that is longer than a line is cut anywhere
                for grapheme in unit.graphemes(true) {
                    if line.used + grapheme.width() > cells {
                        lines.push(line.end(grapheme, cells));
                    }
                    line.push(grapheme);
                    if lines.len() >= most {
                        return lines;
                    }
                }
            }
            if lines.len() >= most {
                return lines;
            }
        }
        lines.push(line.text);
        if lines.len() >= most {
            break;
        }
    }
    lines
}

/// Breaks `text` into lines of exactly `cells` where it is longer, wherever that is: of a secret no blank
/// may get lost at the end of a line. At most `most` lines.
pub fn wrap_cells(text: &str, cells: u16, most: usize) -> Vec<String> {
    let cells = usize::from(cells.max(2));
    let mut lines = Vec::new();
    for part in text.split('\n') {
        let (mut line, mut used) = (String::new(), 0);
        for grapheme in part.graphemes(true) {
            if used + grapheme.width() > cells {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            line.push_str(grapheme);
            used += grapheme.width();
            if lines.len() >= most {
                return lines;
            }
        }
        lines.push(line);
        if lines.len() >= most {
            break;
        }
    }
    lines
}

/// What is never broken: a word of ASCII, or one character of anything else.
fn units(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let word = rest.bytes().take_while(u8::is_ascii_graphic).count();
        let mut end = if word > 0 { word } else { rest.graphemes(true).next()?.len() };
        // - a mark that is put over the last letter belongs to it
        if word > 0 {
            let last = rest.get(word - 1..).and_then(|tail| tail.graphemes(true).next());
            end = word - 1 + last.map_or(1, str::len);
        }
        let (unit, after) = rest.split_at_checked(end)?;
        rest = after;
        Some(unit)
    })
}

/// A closing mark, a small kana or a long mark: the character before it comes along.
pub fn begins_no_line(part: &str) -> bool {
    const MARKS: &str = "。、」』）？！々ーっゃゅょッャュョァィェォ.,)";
    !part.is_empty() && MARKS.contains(part)
}

/// A line that grows.
#[derive(Default)]
struct Line {
    text: String,
    used: usize,
    /// Where its last unit begins.
    last: usize,
}

impl Line {
    fn push(&mut self, unit: &str) {
        self.last = self.text.len();
        self.text.push_str(unit);
        self.used += unit.width();
    }

    /// Ends it in front of `next` and gives what it held. A closing mark, a small kana and a long mark do
    /// not begin a line and an opening one does not end it, so the last unit comes along (the smallest rules of Japanese line
    /// breaking).
    fn end(&mut self, next: &str, cells: usize) -> String {
        let mut full = std::mem::take(self);
        let last = full.text.get(full.last..).unwrap_or("");
        let closes = begins_no_line(next);
        let opens = matches!(last, "「" | "（" | "(");
        if (closes || opens) && full.last > 0 && last.width() + next.width() <= cells {
            let last = last.to_owned();
            full.text.truncate(full.last);
            self.push(&last);
        }
        full.text
    }
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
    fn a_secret_is_cut_where_the_line_is_full() {
        assert_eq!(wrap_cells("ab cd ef", 3, 9), ["ab ", "cd ", "ef"]);
        assert_eq!(wrap_cells(" a  b ", 4, 9), [" a  ", "b "]);
        assert_eq!(wrap_cells("あいう。", 5, 9), ["あい", "う。"]);
        assert_eq!(wrap_cells("ab\ncd", 9, 9), ["ab", "cd"]);
        assert_eq!(wrap_cells("abcdef", 2, 2), ["ab", "cd"]);
    }

    #[test]
    fn wrap_keeps_words_and_closing_marks_together() {
        assert_eq!(wrap("one two three", 8, 9), ["one two ", "three"]);
        assert_eq!(wrap("あいうえ。", 8, 9), ["あいう", "え。"]);
        assert_eq!(wrap("端末は foot、Ghostty。", 16, 9), ["端末は foot、", "Ghostty。"]);
        assert_eq!(wrap("みずほ Ghostty。", 14, 9), ["みずほ ", "Ghostty。"], "the whole word comes along");
        assert_eq!(wrap("あいう「え」", 8, 9), ["あいう", "「え」"]);
        assert_eq!(wrap("の端末ターミナル", 8, 9), ["の端末", "ターミナ", "ル"]);
        assert_eq!(wrap("何か使った", 6, 9), ["何か", "使った"]);
        assert_eq!(wrap("ab verylongword", 6, 9), ["ab ver", "ylongw", "ord"]);
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
