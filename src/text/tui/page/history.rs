//! The history of an entry, in both languages.

/// The strings.
#[derive(Debug)]
pub struct Text {
    /// Its name.
    pub title: &'static str,
}

/// English.
pub const EN: Text = Text { title: "History" };

/// Japanese.
pub const JA: Text = Text { title: "履歴" };
