//! Writing entries to a file, in both languages.

/// The strings.
#[derive(Debug)]
pub struct Text {
    /// Its name.
    pub title: &'static str,
}

/// English.
pub const EN: Text = Text { title: "Export" };

/// Japanese.
pub const JA: Text = Text { title: "書き出す" };
