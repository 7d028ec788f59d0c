//! A one-line field for text that is no secret (the search, the palette). It holds at most
//! [`MAX_BYTES`] and refuses what does not fit.

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use crate::tui::command::Command;

/// Most bytes of such a field.
pub const MAX_BYTES: usize = 1024;

/// The field.
#[derive(Debug, Default)]
pub struct Field {
    text: String,
    caret: usize,
    /// The whole text is selected: what is typed takes its place.
    whole: bool,
}

impl Field {
    /// With a text in it, the caret behind it; what does not fit is left out.
    pub fn of(text: &str) -> Field {
        let mut field = Field::default();
        text.chars().all(|c| field.type_char(c));
        field
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text before the caret.
    pub fn before_caret(&self) -> &str {
        self.text.get(..self.caret).unwrap_or("")
    }

    /// Selects the whole text: what is typed next takes its place, a key of editing goes on with it.
    pub fn select(&mut self) {
        self.caret = self.text.len();
        self.whole = !self.text.is_empty();
    }

    /// Whether the whole text is selected.
    pub fn selected(&self) -> bool {
        self.whole
    }

    /// Puts a character in at the caret, or in place of what is selected; false when the field is full.
    pub fn type_char(&mut self, c: char) -> bool {
        let before = if self.whole { 0 } else { self.text.len() };
        if before + c.len_utf8() > MAX_BYTES || c.is_control() {
            return false;
        }
        if self.whole {
            self.clear();
        }
        self.text.insert(self.caret, c);
        self.caret += c.len_utf8();
        true
    }

    /// Puts a paste in: its first line, as far as it fits.
    pub fn paste(&mut self, pasted: &[u8]) {
        let text = String::from_utf8_lossy(pasted);
        for c in text.lines().next().unwrap_or("").chars().filter(|c| !c.is_control()) {
            if !self.type_char(c) {
                break;
            }
        }
    }

    /// Does an editing command; false when it is none.
    pub fn edit(&mut self, command: Command) -> bool {
        let (caret, len) = (self.caret, self.text.len());
        let whole = std::mem::take(&mut self.whole);
        match command {
            Command::Erase | Command::EraseRight if whole => self.clear(),
            Command::Erase => self.remove(self.boundary(false), caret),
            Command::EraseRight => self.remove(caret, self.boundary(true)),
            Command::EraseWord => {
                let before = self.before_caret();
                let start = before.trim_end().unicode_word_indices().next_back().map_or(0, |(at, _)| at);
                self.remove(start, caret);
            }
            Command::EraseLeft => self.remove(0, caret),
            Command::EraseToEnd => self.remove(caret, len),
            Command::CaretLeft => self.caret = self.boundary(false),
            Command::CaretRight => self.caret = self.boundary(true),
            Command::CaretHome => self.caret = 0,
            Command::CaretEnd => self.caret = len,
            _ => return false,
        }
        true
    }

    fn boundary(&self, forward: bool) -> usize {
        let mut cursor = GraphemeCursor::new(self.caret, self.text.len(), true);
        let found =
            if forward { cursor.next_boundary(&self.text, 0) } else { cursor.prev_boundary(&self.text, 0) };
        found.ok().flatten().unwrap_or(self.caret)
    }

    fn remove(&mut self, from: usize, to: usize) {
        self.text.replace_range(from..to, "");
        self.caret = from;
    }

    /// Puts a text in place of what stands from `start` to the caret; false when it does not fit.
    pub fn replace(&mut self, start: usize, text: &str) -> bool {
        let fits = self.text.len() - self.caret.saturating_sub(start) + text.len() <= MAX_BYTES;
        if !fits || start > self.caret || !self.text.is_char_boundary(start) {
            return false;
        }
        self.whole = false;
        self.text.replace_range(start..self.caret, text);
        self.caret = start + text.len();
        true
    }

    /// Puts a whole text in place of what is there, the caret behind it; false when it does not fit.
    pub fn set(&mut self, text: &str) -> bool {
        if text.len() > MAX_BYTES {
            return false;
        }
        self.whole = false;
        text.clone_into(&mut self.text);
        self.caret = self.text.len();
        true
    }

    /// Empties the field.
    pub fn clear(&mut self) {
        self.text.clear();
        self.caret = 0;
        self.whole = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_takes_the_place_of_a_selected_text() {
        let mut field = Field::of("みずほ");
        field.select();
        assert!(field.selected() && field.type_char('g') && field.type_char('i'));
        assert_eq!((field.text(), field.before_caret(), field.selected()), ("gi", "gi", false));
        // - a key of editing goes on with it
        field.select();
        assert!(field.edit(Command::CaretLeft) && field.type_char('m'));
        assert_eq!((field.text(), field.selected()), ("gmi", false));
        field.select();
        assert!(field.edit(Command::Erase));
        assert_eq!((field.text(), field.before_caret()), ("", ""));
        // - nothing is nothing to select; a full field takes the letter that replaces it
        field.select();
        assert!(!field.selected());
        assert!(field.set(&"a".repeat(MAX_BYTES)) && !field.type_char('b'));
        field.select();
        assert!(field.type_char('b'));
        assert_eq!(field.text(), "b");
    }

    #[test]
    fn editing_keeps_the_caret_on_a_boundary() {
        let mut field = Field::default();
        field.paste("みずほ 銀行\nrm -rf".as_bytes());
        assert_eq!(field.text(), "みずほ 銀行");
        for command in [Command::CaretLeft, Command::Erase, Command::CaretRight, Command::EraseWord] {
            field.edit(command);
            assert!(field.text().is_char_boundary(field.caret));
        }
        field.edit(Command::EraseLeft);
        assert_eq!(field.text(), "");
    }

    #[test]
    fn a_full_field_refuses() {
        let mut field = Field::default();
        field.paste("あ".repeat(1000).as_bytes());
        assert_eq!(field.text().len(), 1023);
        assert!(!field.type_char('あ'));
        assert!(field.type_char('a'));
    }
}
