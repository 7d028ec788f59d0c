//! The form of an entry, in both languages.

/// The strings.
#[derive(Debug)]
pub struct Text {
    /// Its name.
    pub title: &'static str,
}

/// English.
pub const EN: Text = Text { title: "Edit" };

/// Japanese.
pub const JA: Text = Text { title: "編集" };
