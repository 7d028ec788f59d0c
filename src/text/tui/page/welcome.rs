//! The first run, in both languages.

/// The strings.
#[derive(Debug)]
pub struct Text {
    /// Its name.
    pub title: &'static str,
}

/// English.
pub const EN: Text = Text { title: "Welcome" };

/// Japanese.
pub const JA: Text = Text { title: "はじめに" };
