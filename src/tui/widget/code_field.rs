//! A field for a recovery code that is typed from paper: letters in the groups of the paper, as they
//! stand in a code, whatever was typed for them. A letter that no code has stays, to be seen; blanks
//! and hyphens are not needed. A fixed, locked buffer, as that of every secret field.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::crypto::recovery::{self, LETTERS_IN_ALL, RecoveryError};
use crate::secret::{Full, SecretBytes};
use crate::tui::command::Command;
use crate::tui::screen::Cursor;
use crate::tui::theme::{Name, Theme};
use crate::tui::widget::text::put;

/// Cells of a whole code with its hyphens, and one for the caret behind it.
pub const CELLS: u16 = 43;

/// The field.
#[derive(Debug)]
pub struct CodeField {
    /// ASCII, a byte for each letter.
    held: SecretBytes,
    caret: usize,
    /// Shown instead of masked.
    pub shown: bool,
}

/// What a key did not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// All letters are there.
    Full,
    /// Not a letter or digit of this alphabet at all (kana, kanji).
    Unfit,
}

impl From<Full> for Refused {
    fn from(_: Full) -> Refused {
        Refused::Full
    }
}

impl Default for CodeField {
    /// Shown: the paper lies beside it anyway.
    fn default() -> CodeField {
        CodeField { held: SecretBytes::with_capacity(LETTERS_IN_ALL), caret: 0, shown: true }
    }
}

impl CodeField {
    /// Puts a typed character in at the caret.
    pub fn type_char(&mut self, typed: char) -> Result<(), Refused> {
        if recovery::is_gap(typed) {
            return Ok(());
        }
        let letter = match recovery::letter(typed) {
            Ok(letter) => letter,
            // - full-width ASCII is what an input method makes of a key
            Err(wide @ '\u{ff01}'..='\u{ff5e}') => {
                char::from_u32(wide as u32 - 0xfee0).unwrap_or('?').to_ascii_lowercase()
            }
            Err(other) if other.is_ascii_graphic() => other.to_ascii_lowercase(),
            Err(_) => return Err(Refused::Unfit),
        };
        let byte = u8::try_from(letter).map_err(|_| Refused::Unfit)?;
        self.held.insert(self.caret, &[byte])?;
        self.caret += 1;
        Ok(())
    }

    /// Puts a paste in, whole or not at all. The bytes are the caller's to wipe.
    pub fn paste(&mut self, pasted: &[u8]) -> Result<(), Refused> {
        let text = std::str::from_utf8(pasted).map_err(|_| Refused::Unfit)?;
        let mut whole =
            CodeField { held: SecretBytes::with_capacity(LETTERS_IN_ALL), ..CodeField::default() };
        text.chars().try_for_each(|typed| whole.type_char(typed))?;
        self.held.insert(self.caret, whole.held.expose())?;
        self.caret += whole.held.len();
        Ok(())
    }

    /// Does an editing command; false when it is none.
    pub fn edit(&mut self, command: Command) -> bool {
        let (caret, len) = (self.caret, self.held.len());
        let group = caret.saturating_sub(1) / 4 * 4;
        match command {
            Command::Erase => self.remove(caret.saturating_sub(1), caret),
            Command::EraseRight => self.remove(caret, (caret + 1).min(len)),
            Command::EraseWord => self.remove(group, caret),
            Command::EraseLeft => self.remove(0, caret),
            Command::EraseToEnd => self.remove(caret, len),
            Command::CaretLeft => self.caret = caret.saturating_sub(1),
            Command::CaretRight => self.caret = (caret + 1).min(len),
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

    fn text(&self) -> &str {
        std::str::from_utf8(self.held.expose()).expect("only ASCII is put in")
    }

    /// Nothing is typed.
    pub fn is_empty(&self) -> bool {
        self.held.is_empty()
    }

    /// Wipes the field.
    pub fn clear(&mut self) {
        self.held.clear();
        self.caret = 0;
    }

    /// The 20 bytes, or what is wrong yet. A wrong letter is told before a missing one.
    pub fn code(&self) -> Result<SecretBytes, RecoveryError> {
        recovery::parse(self.text())
    }

    /// What is typed, masked or not, in its groups: for the rows of the screen.
    pub fn told(&self) -> String {
        let letter = |at: usize| if at > 0 && at.is_multiple_of(4) { "-*" } else { "*" };
        if self.shown {
            recovery::grouped(self.text()).expose().to_owned()
        } else {
            (0..self.held.len()).map(letter).collect()
        }
    }

    /// What is typed with the places yet to be filled, and in which cell the caret is.
    pub fn line(&self) -> (Vec<(String, Name)>, u16) {
        let mut line = String::with_capacity(LETTERS_IN_ALL + 8);
        for at in 0..LETTERS_IN_ALL {
            if at > 0 && at.is_multiple_of(4) {
                line.push('-');
            }
            let typed = self.held.expose().get(at).copied().map(char::from);
            line.push(typed.map_or('_', |typed| if self.shown { typed } else { '*' }));
        }
        let caret = u16::try_from(self.caret + self.caret / 4).unwrap_or(u16::MAX);
        (vec![(line, Name::Secret)], caret)
    }

    /// Draws it; places yet to be filled are a line. Says where the caret is.
    pub fn view(&self, area: Rect, buf: &mut Buffer, theme: &Theme) -> Cursor {
        let cell = |at: usize| area.x + u16::try_from(at + at / 4).unwrap_or(u16::MAX);
        for at in 0..LETTERS_IN_ALL {
            if at > 0 && at.is_multiple_of(4) {
                put(buf, cell(at) - 1, area.y, 1, "-", theme.style(Name::Dim));
            }
            let typed = self.held.expose().get(at).copied().map(char::from);
            let (symbol, name) = match typed {
                None => ('_', Name::Dim),
                Some(typed) if recovery::letter(typed).is_err() => {
                    (if self.shown { typed } else { '*' }, Name::Danger)
                }
                Some(typed) => (if self.shown { typed } else { '*' }, Name::Secret),
            };
            put(buf, cell(at), area.y, 1, symbol.encode_utf8(&mut [0; 4]), theme.style(name));
        }
        Cursor::new(cell(self.caret).min(area.right().saturating_sub(1)), area.y)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str) -> CodeField {
        let mut field = CodeField::default();
        text.chars().for_each(|c| field.type_char(c).expect("fits"));
        field
    }

    #[test]
    fn letters_are_typed_corrected_and_read() {
        let right = recovery::shown(&[0xa7; 20]);
        let mut field = typed(&right.expose().to_lowercase());
        assert!(field.code().expect("right").ct_eq(&[0xa7; 20]));
        assert_eq!(field.told(), right.expose());
        assert_eq!(field.type_char('a'), Err(Refused::Full));
        field.edit(Command::CaretHome);
        field.edit(Command::EraseRight);
        assert_eq!(field.code().err(), Some(RecoveryError::Length(33)));
        field.type_char('u').expect("there is room");
        assert_eq!(field.code().err(), Some(RecoveryError::Letter { group: 1, letter: 'u' }));
        field.edit(Command::Erase);
        field.type_char(right.expose().chars().next().expect("one")).expect("fits");
        assert!(field.code().is_ok());
        field.edit(Command::CaretEnd);
        field.edit(Command::EraseWord);
        field.edit(Command::EraseWord);
        assert_eq!(field.told().len(), 7 * 5 - 1);
        field.shown = false;
        assert_eq!(field.told(), ["****"; 7].join("-"));
        field.edit(Command::EraseLeft);
        assert!(field.is_empty());
    }

    #[test]
    fn a_paste_goes_in_whole_or_not_at_all() {
        let right = recovery::shown(&[1; 20]);
        let mut field = CodeField::default();
        assert_eq!(field.paste("みどり".as_bytes()), Err(Refused::Unfit));
        assert_eq!(field.paste(&[b'A'; 35]), Err(Refused::Full));
        assert!(field.is_empty());
        field.paste(format!(" {}\r\n", right.expose().replace('-', " - ")).as_bytes()).expect("fits");
        assert!(field.code().is_ok());
        let mut field = typed("ab");
        assert_eq!(field.paste(right.expose().as_bytes()), Err(Refused::Full));
        assert_eq!(field.told(), "AB");
        assert_eq!(field.type_char('ｕ'), Ok(()));
        assert_eq!(field.type_char('か'), Err(Refused::Unfit));
        assert_eq!(field.told(), "ABu");
    }
}
