//! What comes in from a terminal, as values: keys, pastes, focus, and its answers to queries. Not
//! here: how they are told apart ([`super::parser`]) and what they do (the keymap of the face).

/// Which key. The keymap names keys by it, too.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names on the keys")]
pub enum Code {
    /// A character, as the keyboard layout gave it; never a control character.
    Char(char),
    Enter,
    Esc,
    Tab,
    /// Shift-Tab.
    BackTab,
    /// Both 0x08 and 0x7f: terminals do not agree on which of them the key sends.
    Backspace,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
    Insert,
    Delete,
    /// F1 is `F(1)`.
    F(u8),
}

/// Printed without the character: what is typed may be a secret.
impl std::fmt::Debug for Code {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let name = match self {
            Code::Char(_) => "Char(..)",
            Code::F(number) => return write!(out, "F({number})"),
            Code::Enter => "Enter",
            Code::Esc => "Esc",
            Code::Tab => "Tab",
            Code::BackTab => "BackTab",
            Code::Backspace => "Backspace",
            Code::Up => "Up",
            Code::Down => "Down",
            Code::Left => "Left",
            Code::Right => "Right",
            Code::Home => "Home",
            Code::End => "End",
            Code::PageUp => "PageUp",
            Code::PageDown => "PageDown",
            Code::Insert => "Insert",
            Code::Delete => "Delete",
        };
        out.write_str(name)
    }
}

/// A key with its modifiers.
///
/// Shift is folded into a character (`A`, not shift and `a`) unless Ctrl is held too; Meta counts
/// as Alt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    /// Which key.
    pub code: Code,
    /// Ctrl was held.
    pub ctrl: bool,
    /// Alt was held, or Esc came right before.
    pub alt: bool,
    /// Shift was held.
    pub shift: bool,
}

impl Key {
    /// The key alone.
    pub const fn plain(code: Code) -> Key {
        Key { code, ctrl: false, alt: false, shift: false }
    }

    /// The character with Ctrl.
    pub const fn ctrl(char: char) -> Key {
        Key { code: Code::Char(char), ctrl: true, alt: false, shift: false }
    }

    /// The character with Alt.
    pub const fn alt(char: char) -> Key {
        Key { code: Code::Char(char), ctrl: false, alt: true, shift: false }
    }
}

/// What a terminal said when asked. It is never a key, however late it comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer<'a> {
    /// Primary device attributes (`CSI ? … c`).
    Attributes {
        /// It lists 52: programs may set the clipboard.
        clipboard: bool,
        /// It is the answer of VTE (GNOME Terminal and its family), which may not.
        vte: bool,
    },
    /// Where the cursor is, from 1 (`CSI row ; column R`).
    Position {
        /// The row.
        row: u16,
        /// The column, in cells.
        column: u16,
    },
    /// The background colour (`OSC 11`), each part scaled to 0..=255.
    Background {
        /// Red.
        red: u8,
        /// Green.
        green: u8,
        /// Blue.
        blue: u8,
    },
    /// Name and version of the terminal (`XTVERSION`), printable ASCII, at most 64 bytes.
    Name(&'a str),
    /// An answer nobody here asks for.
    Other,
}

/// One thing that came in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Input<'a> {
    /// A key.
    Key(Key),
    /// A paste begins; chunks follow.
    PasteStart,
    /// A piece of the paste, straight from the input buffer. A character may be split between two.
    PasteChunk(&'a [u8]),
    /// The paste is whole.
    PasteEnd,
    /// The paste was too long or broke off: what came of it is to be forgotten.
    PasteRefused,
    /// The window has the keyboard again.
    FocusGained,
    /// The window lost the keyboard.
    FocusLost,
    /// The terminal answered a query.
    Answer(Answer<'a>),
    /// Bytes that are not UTF-8: a terminal in another encoding.
    Invalid,
}

/// Printed without what was typed or pasted.
impl std::fmt::Debug for Input<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Input::Key(key) => write!(out, "Key({key:?})"),
            Input::PasteChunk(bytes) => write!(out, "PasteChunk({} bytes)", bytes.len()),
            Input::Answer(answer) => write!(out, "Answer({answer:?})"),
            Input::PasteStart => out.write_str("PasteStart"),
            Input::PasteEnd => out.write_str("PasteEnd"),
            Input::PasteRefused => out.write_str("PasteRefused"),
            Input::FocusGained => out.write_str("FocusGained"),
            Input::FocusLost => out.write_str("FocusLost"),
            Input::Invalid => out.write_str("Invalid"),
        }
    }
}
