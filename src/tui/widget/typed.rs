//! A field of a form: text of one line or of several, plain or secret, with its caret. A secret
//! lies in a buffer of fixed size and is remembered nowhere else; plain typing can be undone.
//!
//! Not here: the master password ([`super::secret_field`]) and the search ([`super::field`]).

use std::borrow::Cow;
use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use super::blanks;
use super::text::{begins_no_line, put, width};
use crate::secret::SecretBytes;
use crate::text::sanitise;
use crate::tui::command::Command;

/// Most steps of typing that are remembered.
const UNDO_MOST: usize = 64;

enum Held {
    Plain(String),
    Secret(SecretBytes),
}

/// The field.
pub struct Typed {
    held: Held,
    caret: usize,
    most: usize,
    lines: bool,
    undo: Vec<(String, usize)>,
}

impl std::fmt::Debug for Typed {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Typed({} bytes)", self.text().len())
    }
}

impl Typed {
    /// A plain field of at most `most` bytes with a text in it.
    pub fn plain(text: &str, most: usize) -> Typed {
        let held = Held::Plain(text.to_owned());
        Typed { held, caret: text.len(), most, lines: false, undo: Vec::new() }
    }

    /// A secret field with a text in it and room for `most` bytes, or for what it begins with.
    pub fn secret(text: &str, most: usize) -> Typed {
        let most = most.max(text.len());
        let mut held = SecretBytes::with_capacity(most);
        held.push(text.as_bytes()).expect("there is room for the text");
        Typed { held: Held::Secret(held), caret: text.len(), most, lines: false, undo: Vec::new() }
    }

    /// The same, of several lines or of one.
    #[must_use]
    pub fn of_lines(mut self, lines: bool) -> Typed {
        self.lines = lines;
        self
    }

    /// The text has several lines: Enter begins a new one.
    pub fn has_lines(&self) -> bool {
        self.lines
    }

    /// From now on of several lines, or of one.
    pub fn set_lines(&mut self, lines: bool) {
        self.lines = lines;
    }

    /// It is a secret.
    pub fn is_secret(&self) -> bool {
        matches!(self.held, Held::Secret(_))
    }

    /// The text, in plain.
    pub fn text(&self) -> &str {
        match &self.held {
            Held::Plain(text) => text,
            Held::Secret(held) => std::str::from_utf8(held.expose()).expect("only whole UTF-8 is put in"),
        }
    }

    /// Nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.text().is_empty()
    }

    /// The text before the caret.
    pub fn before_caret(&self) -> &str {
        self.text().get(..self.caret).unwrap_or("")
    }

    /// The caret stands behind the last character.
    pub fn at_end(&self) -> bool {
        self.caret == self.text().len()
    }

    /// Puts a text in place of what is there; false when it is too long.
    pub fn set(&mut self, text: &str) -> bool {
        if text.len() > self.most {
            return false;
        }
        let all = self.text().len();
        self.remove(0, all);
        self.insert(text)
    }

    /// Puts a character in at the caret; false when there is no room.
    pub fn type_char(&mut self, c: char) -> bool {
        if c.is_control() && !(c == '\n' && self.lines) {
            return false;
        }
        let mut bytes = [0u8; 4];
        let done = self.insert(c.encode_utf8(&mut bytes));
        zeroize::Zeroize::zeroize(&mut bytes);
        done
    }

    /// Puts a paste in at the caret, without one line break at its end; false when it is no UTF-8
    /// or does not fit, and then nothing of it is taken. In a plain field of one line breaks and
    /// tabs become blanks.
    pub fn paste(&mut self, pasted: &[u8]) -> bool {
        let body = pasted.strip_suffix(b"\n").unwrap_or(pasted);
        let body = body.strip_suffix(b"\r").unwrap_or(body);
        let Ok(text) = std::str::from_utf8(body) else { return false };
        if self.is_secret() || self.lines {
            // - terminals send a line break of a paste as CR
            if self.lines && text.contains('\r') {
                let mut broken = text.replace("\r\n", "\n").replace('\r', "\n");
                let done = self.insert(&broken);
                zeroize::Zeroize::zeroize(&mut broken);
                return done;
            }
            return self.insert(text);
        }
        let one: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        self.insert(&one)
    }

    fn insert(&mut self, text: &str) -> bool {
        if self.text().len() + text.len() > self.most {
            return false;
        }
        self.remember();
        let caret = self.caret;
        match &mut self.held {
            Held::Plain(held) => held.insert_str(caret, text),
            Held::Secret(held) => {
                if held.insert(caret, text.as_bytes()).is_err() {
                    return false;
                }
            }
        }
        self.caret += text.len();
        true
    }

    fn remove(&mut self, from: usize, to: usize) {
        if from >= to {
            return;
        }
        self.remember();
        match &mut self.held {
            Held::Plain(held) => held.replace_range(from..to, ""),
            Held::Secret(held) => held.remove(from, to),
        }
        self.caret = from;
    }

    fn remember(&mut self) {
        let Held::Plain(text) = &self.held else { return };
        if self.undo.len() >= UNDO_MOST {
            self.undo.remove(0);
        }
        self.undo.push((text.clone(), self.caret));
    }

    /// Takes the last change of a plain text back; false when there is none.
    pub fn undo(&mut self) -> bool {
        let Some((text, caret)) = self.undo.pop() else { return false };
        self.held = Held::Plain(text);
        self.caret = caret;
        true
    }

    /// Does an editing command; false when it is none. Start and end are those of the line.
    pub fn edit(&mut self, command: Command) -> bool {
        let (caret, text) = (self.caret, self.text());
        let line = text.get(..caret).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
        let end = text.get(caret..).and_then(|after| after.find('\n')).map_or(text.len(), |at| caret + at);
        match command {
            Command::Erase => self.remove(self.before(), caret),
            Command::EraseRight => self.remove(caret, self.after()),
            Command::EraseWord => {
                let before = self.before_caret().trim_end();
                let word = if self.is_secret() {
                    before.rfind([' ', '\n']).map_or(0, |at| at + 1)
                } else {
                    before.unicode_word_indices().next_back().map_or(0, |(at, _)| at)
                };
                self.remove(word, caret);
            }
            Command::EraseLeft => self.remove(if line == caret { self.before() } else { line }, caret),
            Command::EraseToEnd => self.remove(caret, if end == caret { self.after() } else { end }),
            Command::CaretLeft => self.caret = self.before(),
            Command::CaretRight => self.caret = self.after(),
            Command::CaretHome => self.caret = line,
            Command::CaretEnd => self.caret = end,
            _ => return false,
        }
        true
    }

    fn before(&self) -> usize {
        let text = self.text();
        let mut cursor = GraphemeCursor::new(self.caret, text.len(), true);
        cursor.prev_boundary(text, 0).ok().flatten().unwrap_or(0)
    }

    fn after(&self) -> usize {
        let text = self.text();
        let mut cursor = GraphemeCursor::new(self.caret, text.len(), true);
        cursor.next_boundary(text, 0).ok().flatten().unwrap_or(text.len())
    }

    /// Moves the caret a drawn line down or up; false when there is no such line.
    pub fn travel(&mut self, down: bool, cells: u16) -> bool {
        let lines = self.layout(cells);
        let (line, column) = self.caret_in(&lines);
        let Some(to) = (if down { line.checked_add(1) } else { line.checked_sub(1) }) else { return false };
        let Some(range) = lines.get(to).cloned() else { return false };
        let mut at = range.start;
        let mut used = 0;
        for grapheme in self.text().get(range).unwrap_or("").graphemes(true) {
            let wide = width(&shown(grapheme));
            if used + wide > column {
                break;
            }
            used += wide;
            at += grapheme.len();
        }
        self.caret = at;
        true
    }

    /// Where its drawn lines begin and end, each of fewer than `cells` so that the caret fits
    /// behind it; a field of one line has one.
    pub fn layout(&self, cells: u16) -> Vec<Range<usize>> {
        let text = self.text();
        if !self.lines {
            return std::iter::once(0..text.len()).collect();
        }
        let room = cells.saturating_sub(1).max(2);
        let mut lines = Vec::new();
        let (mut start, mut used) = (0, 0);
        // - where the character before begins, and its cells
        let mut last = (0, 0);
        for (at, grapheme) in text.grapheme_indices(true) {
            if grapheme.ends_with('\n') {
                lines.push(start..at);
                (start, used) = (at + grapheme.len(), 0);
                continue;
            }
            let wide = width(&shown(grapheme));
            if used + wide > room && used > 0 {
                let along = begins_no_line(grapheme) && last.0 > start && last.1 + wide <= room;
                let end = if along { last.0 } else { at };
                lines.push(start..end);
                (start, used) = (end, if along { last.1 } else { 0 });
            }
            used += wide;
            last = (at, wide);
        }
        lines.push(start..text.len());
        lines
    }

    /// The line and the column of the caret in such a layout.
    pub fn caret_in(&self, lines: &[Range<usize>]) -> (usize, u16) {
        let line = lines.iter().rposition(|range| range.start <= self.caret).unwrap_or(0);
        let start = lines.get(line).map_or(0, |range| range.start);
        let before = self.text().get(start..self.caret).unwrap_or("");
        (line, before.graphemes(true).map(|part| width(&shown(part))).fold(0, u16::saturating_add))
    }

    /// Draws one line of it into `area` (of one row); gives the column of the
    /// caret where `caret` says that it is on this line. A line that is too long is moved so that
    /// the caret is inside.
    pub fn draw(
        &self,
        line: &Range<usize>,
        look: Look,
        caret: bool,
        area: Rect,
        style: Style,
        buf: &mut Buffer,
    ) -> u16 {
        let text = self.text().get(line.clone()).unwrap_or("");
        let cell = |part: &str| match look {
            Look::Masked => Cow::Borrowed("*"),
            Look::Plain => Cow::Owned(shown(part).into_owned()),
            Look::Blanks(mark) => Cow::Owned(blanks::marked(part, mark)),
        };
        let mut before = 0u16;
        if caret {
            let head = self.text().get(line.start..self.caret).unwrap_or("");
            before = head.graphemes(true).map(|part| width(&cell(part))).fold(0, u16::saturating_add);
        }
        let over = before.saturating_sub(area.width.saturating_sub(1));
        let (mut gone, mut x) = (0u16, area.x);
        for part in text.graphemes(true) {
            let part = cell(part);
            let wide = width(&part);
            if gone < over {
                gone = gone.saturating_add(wide);
                continue;
            }
            if x + wide > area.right() {
                break;
            }
            x = put(buf, x, area.y, wide, &part, style);
        }
        (area.x + before.saturating_sub(gone)).min(area.right().saturating_sub(1))
    }
}

/// How what is typed is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// As it is.
    Plain,
    /// A star for each character.
    Masked,
    /// A secret in sight, with this mark for its blanks.
    Blanks(char),
}

/// A character as it is drawn.
fn shown(grapheme: &str) -> Cow<'_, str> {
    sanitise::line(grapheme)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn plain_typing_is_undone_and_a_secret_is_remembered_nowhere() {
        let mut plain = Typed::plain("みずほ", 100);
        plain.type_char('銀');
        plain.edit(Command::EraseLeft);
        assert_eq!(plain.text(), "");
        assert!(plain.undo() && plain.text() == "みずほ銀");
        assert!(plain.undo() && plain.text() == "みずほ");
        assert!(!plain.undo());
        let mut secret = Typed::secret("one", 8);
        secret.edit(Command::EraseLeft);
        assert!(!secret.undo() && secret.is_empty());
        assert_eq!(format!("{secret:?}"), "Typed(0 bytes)");
    }

    #[test]
    fn what_does_not_fit_is_refused_whole() {
        let mut secret = Typed::secret("abc", 5);
        assert!(!secret.paste(b"xyz") && secret.text() == "abc");
        assert!(secret.paste(b"xy\r\n") && secret.text() == "abcxy");
        assert!(!secret.type_char('z') && !secret.paste(&[0xff]));
        let mut one = Typed::plain("", 20);
        assert!(one.paste(b"a\tb\nc") && one.text() == "a b c");
        assert!(!one.type_char('\n'));
        let mut lines = Typed::plain("", 20).of_lines(true);
        assert!(lines.paste(b"a\rb\r\nc") && lines.text() == "a\nb\nc");
    }

    #[test]
    fn the_caret_goes_up_and_down_over_wide_characters() {
        let mut notes = Typed::secret("あいう\nabcdef\n\nz", 100).of_lines(true);
        assert!(!notes.travel(true, 20), "there is no line below the last");
        assert!(notes.travel(false, 20) && notes.before_caret().ends_with("f\n"));
        notes.travel(false, 20);
        notes.edit(Command::CaretEnd);
        assert!(notes.travel(false, 20) && notes.before_caret() == "あいう");
        assert!(!notes.travel(false, 20));
        notes.edit(Command::CaretHome);
        notes.edit(Command::CaretRight);
        assert!(notes.travel(true, 20) && notes.before_caret().ends_with("\nab"));
        notes.edit(Command::EraseToEnd);
        assert_eq!(notes.text(), "あいう\nab\n\nz");
    }

    proptest! {
        #[test]
        fn lines_cover_the_text_and_fit(text in "[a-z あ-ん漢字\n]{0,60}", cells in 4u16..20) {
            let typed = Typed::plain(&text, 1000).of_lines(true);
            let lines = typed.layout(cells);
            for line in &lines {
                let part = typed.text().get(line.clone());
                prop_assert!(part.is_some_and(|part| width(part) < cells), "{part:?}");
            }
            let kept: usize = lines.iter().map(|line| line.len()).sum();
            prop_assert_eq!(kept + text.matches('\n').count(), text.len());
            let (line, column) = typed.caret_in(&lines);
            prop_assert_eq!(line, lines.len() - 1);
            prop_assert!(column < cells);
        }
    }
}
