//! A field for a typed secret: a fixed, locked buffer with a caret. It never grows, refuses whole
//! what does not fit, and has no undo, so nothing of the secret lies anywhere else.

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use crate::secret::{Full, SecretBytes};
use crate::tui::command::Command;

/// Most bytes of a master password.
pub const MASTER_BYTES: usize = 1024;

/// The field.
#[derive(Debug)]
pub struct SecretField {
    held: SecretBytes,
    caret: usize,
    /// Shown instead of masked.
    pub shown: bool,
}

impl Default for SecretField {
    fn default() -> SecretField {
        SecretField { held: SecretBytes::with_capacity(MASTER_BYTES), caret: 0, shown: false }
    }
}

impl SecretField {
    /// Puts a typed character in at the caret.
    pub fn type_char(&mut self, c: char) -> Result<(), Full> {
        let mut bytes = [0u8; 4];
        let result = self.insert(c.encode_utf8(&mut bytes).as_bytes());
        zeroize::Zeroize::zeroize(&mut bytes);
        result
    }

    /// Puts a paste in at the caret: without one trailing line break, refused when it is not UTF-8
    /// or does not fit. The bytes are the caller's to wipe.
    pub fn paste(&mut self, pasted: &[u8]) -> Result<(), Full> {
        let body = pasted.strip_suffix(b"\n").unwrap_or(pasted);
        let body = body.strip_suffix(b"\r").unwrap_or(body);
        if std::str::from_utf8(body).is_err() {
            return Err(Full);
        }
        self.insert(body)
    }

    fn insert(&mut self, bytes: &[u8]) -> Result<(), Full> {
        self.held.insert(self.caret, bytes)?;
        self.caret += bytes.len();
        Ok(())
    }

    /// Does an editing command; false when it is none.
    pub fn edit(&mut self, command: Command) -> bool {
        let (caret, len) = (self.caret, self.held.len());
        match command {
            Command::Erase => self.remove(self.before(caret), caret),
            Command::EraseRight => self.remove(caret, self.after(caret)),
            Command::EraseWord => {
                let text = self.text().get(..caret).unwrap_or("");
                let word = text.trim_end().rfind(' ').map_or(0, |at| at + 1);
                self.remove(word, caret);
            }
            Command::EraseLeft => self.remove(0, caret),
            Command::EraseToEnd => self.remove(caret, len),
            Command::CaretLeft => self.caret = self.before(caret),
            Command::CaretRight => self.caret = self.after(caret),
            Command::CaretHome => self.caret = 0,
            Command::CaretEnd => self.caret = len,
            Command::ShowTyped => self.shown = !self.shown,
            _ => return false,
        }
        true
    }

    fn remove(&mut self, from: usize, to: usize) {
        self.held.remove(from, to);
        self.caret = from;
    }

    fn before(&self, at: usize) -> usize {
        GraphemeCursor::new(at, self.held.len(), true)
            .prev_boundary(self.text(), 0)
            .ok()
            .flatten()
            .unwrap_or(0)
    }

    fn after(&self, at: usize) -> usize {
        let len = self.held.len();
        GraphemeCursor::new(at, len, true).next_boundary(self.text(), 0).ok().flatten().unwrap_or(len)
    }

    fn text(&self) -> &str {
        std::str::from_utf8(self.held.expose()).expect("only whole UTF-8 is put in")
    }

    /// What is typed, in plain.
    pub fn expose(&self) -> &str {
        self.text()
    }

    /// Nothing is typed.
    pub fn is_empty(&self) -> bool {
        self.held.is_empty()
    }

    /// Number of characters as a person counts them, and how many of them stand before the caret.
    pub fn shape(&self) -> (usize, usize) {
        let before = self.text().get(..self.caret).map_or(0, |text| text.graphemes(true).count());
        (self.text().graphemes(true).count(), before)
    }

    /// True when something beyond ASCII was typed: the input method is probably on.
    pub fn has_wide(&self) -> bool {
        !self.text().is_ascii()
    }

    /// Takes the secret out and leaves the field empty.
    pub fn take(&mut self) -> SecretBytes {
        self.caret = 0;
        self.shown = false;
        std::mem::replace(&mut self.held, SecretBytes::with_capacity(MASTER_BYTES))
    }

    /// Wipes the field.
    pub fn clear(&mut self) {
        self.held.clear();
        self.caret = 0;
        self.shown = false;
    }

    /// Compares two fields in constant time.
    pub fn equals(&self, other: &SecretField) -> bool {
        self.held.ct_eq(other.held.expose())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typing_and_erasing_go_by_characters_as_people_count_them() {
        let mut field = SecretField::default();
        for c in "aか\u{3099}b".chars() {
            field.type_char(c).expect("fits");
        }
        assert_eq!(field.shape(), (3, 3));
        field.edit(Command::CaretLeft);
        field.edit(Command::Erase);
        assert_eq!((field.expose(), field.shape()), ("ab", (2, 1)));
        field.edit(Command::EraseRight);
        field.edit(Command::EraseRight);
        assert_eq!(field.expose(), "a");
        field.edit(Command::EraseLeft);
        assert!(field.is_empty());
        field.edit(Command::Erase);
        field.edit(Command::CaretLeft);
        field.edit(Command::CaretRight);
    }

    #[test]
    fn a_paste_loses_one_line_break_and_a_full_field_refuses_whole() {
        let mut field = SecretField::default();
        field.paste(b"one two\r\n").expect("fits");
        assert_eq!(field.expose(), "one two");
        field.edit(Command::EraseWord);
        assert_eq!(field.expose(), "one ");
        assert!(field.paste(&[b'x'; MASTER_BYTES]).is_err());
        assert!(field.paste(&[0xff]).is_err());
        assert_eq!(field.expose(), "one ");
    }
}
