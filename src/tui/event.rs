//! What happened, as a closed set: keys, pastes, the window, time, signals and finished jobs. Typed
//! characters come only from the loop that reads the terminal; no channel ever carries one.

use crate::secret::SecretBytes;
use crate::tui::effect::{JobId, Outcome};
use crate::tui::key::Chord;

/// What happened.
#[derive(Debug)]
pub enum Event {
    /// A key.
    Key(Chord),
    /// A whole paste.
    Paste(SecretBytes),
    /// A paste was too long or broke off.
    PasteRefused,
    /// Bytes that are not UTF-8 came.
    NotUtf8,
    /// The window has this size now.
    Resize(Size),
    /// The window gained or lost the keyboard.
    Focus(bool),
    /// Time passed.
    Tick,
    /// The program is back after it was suspended.
    Resumed,
    /// The system asks the program to end.
    Terminate,
    /// A job is finished.
    Done(JobId, Outcome),
}

/// A size in cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Size {
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

/// What a screen is told.
#[derive(Debug, Clone, Copy)]
pub enum Input<'a> {
    /// A command whose keys were pressed and that is available.
    Command(crate::tui::command::Command),
    /// A character typed into the field with the focus.
    Char(char),
    /// A paste into the field with the focus.
    Paste(&'a [u8]),
}
