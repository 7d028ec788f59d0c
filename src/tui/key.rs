//! One key as a person names it: [`Chord`], parsed from and printed to the notation of the
//! configuration file and of the tests (`p`, `ctrl+s`, `shift+tab`, `f9`, `space`). It is not what
//! a terminal sends; [`crate::platform::tty`] turns bytes into keys.

use std::fmt;

pub use crate::platform::tty::Code;

/// A key with Ctrl or Alt. Shift is part of the character.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Chord {
    /// The key.
    pub code: Code,
    /// Ctrl is held.
    pub ctrl: bool,
    /// Alt is held. Nothing is bound to it; it is told apart so that Alt-p is not p.
    pub alt: bool,
}

/// Printed without the character, since a typed character may belong to a secret.
impl fmt::Debug for Chord {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Chord(..)")
    }
}

const NAMED: &[(&str, Code, &str)] = &[
    ("enter", Code::Enter, "Enter"),
    ("esc", Code::Esc, "Esc"),
    ("tab", Code::Tab, "Tab"),
    ("shift+tab", Code::BackTab, "Shift-Tab"),
    ("backspace", Code::Backspace, "Backspace"),
    ("delete", Code::Delete, "Delete"),
    ("insert", Code::Insert, "Insert"),
    ("up", Code::Up, "Up"),
    ("down", Code::Down, "Down"),
    ("left", Code::Left, "Left"),
    ("right", Code::Right, "Right"),
    ("home", Code::Home, "Home"),
    ("end", Code::End, "End"),
    ("pgup", Code::PageUp, "PgUp"),
    ("pgdn", Code::PageDown, "PgDn"),
    ("space", Code::Char(' '), "Space"),
];

impl Chord {
    /// A key without modifiers.
    pub const fn plain(code: Code) -> Chord {
        Chord { code, ctrl: false, alt: false }
    }

    /// A character with Ctrl.
    pub const fn ctrl(letter: char) -> Chord {
        Chord { code: Code::Char(letter), ctrl: true, alt: false }
    }

    /// The character that this key types into a field, if it types one.
    pub fn typed(&self) -> Option<char> {
        match self.code {
            Code::Char(c) if !self.ctrl && !self.alt && !c.is_control() => Some(c),
            _ => None,
        }
    }

    /// Reads one key: `p`, `P`, `ctrl+s`, `shift+tab`, `f9`, `space`.
    pub fn parse(text: &str) -> Option<Chord> {
        let mut chars = text.chars();
        if let (Some(c), None) = (chars.next(), chars.next()) {
            return (!c.is_control() && c != ' ').then_some(Chord::plain(Code::Char(c)));
        }
        let lower = text.to_ascii_lowercase();
        if let Some(rest) = lower.strip_prefix("ctrl+") {
            let inner = Chord::parse(rest)?;
            return (!inner.ctrl && !inner.alt).then_some(Chord { ctrl: true, ..inner });
        }
        if let Some(rest) = lower.strip_prefix("alt+") {
            let inner = Chord::parse(rest)?;
            return (!inner.ctrl && !inner.alt).then_some(Chord { alt: true, ..inner });
        }
        if let Some((_, code, _)) = NAMED.iter().find(|(name, _, _)| *name == lower) {
            return Some(Chord::plain(*code));
        }
        let number = lower.strip_prefix('f')?.parse::<u8>().ok()?;
        (1..=12).contains(&number).then_some(Chord::plain(Code::F(number)))
    }

    /// The key in the notation that [`Chord::parse`] reads.
    pub fn notation(&self) -> String {
        let prefix = if self.ctrl {
            "ctrl+"
        } else if self.alt {
            "alt+"
        } else {
            ""
        };
        let key = match self.code {
            Code::F(number) => format!("f{number}"),
            Code::Char(c) if c != ' ' => c.to_string(),
            code => NAMED.iter().find(|(_, named, _)| *named == code).map_or("?", |row| row.0).to_owned(),
        };
        format!("{prefix}{key}")
    }

    /// The key as it is shown to a person: `Ctrl-S`, `Shift-Tab`, `F9`.
    pub fn label(&self) -> String {
        let prefix = if self.ctrl {
            "Ctrl-"
        } else if self.alt {
            "Alt-"
        } else {
            ""
        };
        let key = match self.code {
            Code::F(number) => format!("F{number}"),
            Code::Char(c) if c != ' ' && self.ctrl => c.to_uppercase().to_string(),
            Code::Char(c) if c != ' ' => c.to_string(),
            code => NAMED.iter().find(|(_, named, _)| *named == code).map_or("?", |row| row.2).to_owned(),
        };
        format!("{prefix}{key}")
    }

    /// The key of the same place when an input method sent its full-width form (`ｐ` is `p`), and
    /// whether it was one.
    pub fn narrowed(self) -> (Chord, bool) {
        match self.code {
            Code::Char('\u{3000}') => (Chord { code: Code::Char(' '), ..self }, true),
            Code::Char(c @ '\u{FF01}'..='\u{FF5E}') => {
                let narrow = char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c);
                (Chord { code: Code::Char(narrow), ..self }, true)
            }
            _ => (self, false),
        }
    }

    /// True for a character that can only come from a Japanese input method: kana or kanji.
    pub fn is_japanese(&self) -> bool {
        matches!(
            self.code,
            Code::Char('\u{3041}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{FF66}'..='\u{FF9F}' | '々')
        )
    }
}

/// Reads keys one after another, parted by spaces: `g g`, `ctrl+s`.
pub fn parse_sequence(text: &str) -> Option<Vec<Chord>> {
    let keys: Option<Vec<Chord>> = text.split_ascii_whitespace().map(Chord::parse).collect();
    keys.filter(|keys| !keys.is_empty())
}

/// Keys one after another as they are shown to a person: `g g`.
pub fn label_sequence(keys: &[Chord]) -> String {
    keys.iter().map(Chord::label).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parse_and_notation_are_inverse() {
        for text in [
            "p",
            "P",
            "ctrl+s",
            "ctrl+\\",
            "shift+tab",
            "f12",
            "space",
            "pgdn",
            "?",
            ":",
            "+",
            "あ",
            "ctrl+left",
        ] {
            assert_eq!(Chord::parse(text).expect(text).notation(), text);
        }
        for text in ["", "ctrl+", "f0", "f13", "ctrl+ctrl+a", "hello", " "] {
            assert!(Chord::parse(text).is_none(), "{text:?}");
        }
    }

    #[test]
    fn a_full_width_letter_is_its_key() {
        let (key, wide) = Chord::plain(Code::Char('ｐ')).narrowed();
        assert_eq!((key.notation(), wide), ("p".to_owned(), true));
        assert!(!Chord::plain(Code::Char('p')).narrowed().1);
        assert!(Chord::plain(Code::Char('ぴ')).is_japanese());
    }

    #[test]
    fn debug_shows_no_character() {
        assert_eq!(format!("{:?}", Chord::plain(Code::Char('S'))), "Chord(..)");
    }
}
