//! All one-time codes, in both languages.

/// The strings.
#[derive(Debug)]
pub struct Text {
    /// Its name.
    pub title: &'static str,
}

/// English.
pub const EN: Text = Text { title: "One-time codes" };

/// Japanese.
pub const JA: Text = Text { title: "ワンタイムコード" };
