//! The sidebar, the sort menu, marks, folders and tags, in both languages.

/// The strings.
#[derive(Debug)]
pub struct Text {
    /// Its name.
    pub title: &'static str,
}

/// English.
pub const EN: Text = Text { title: "Browse" };

/// Japanese.
pub const JA: Text = Text { title: "一覧" };
