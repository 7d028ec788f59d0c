//! A change of a password under way, in both languages.

/// The strings.
#[derive(Debug)]
pub struct Text {
    /// Its name.
    pub title: &'static str,
}

/// English.
pub const EN: Text = Text { title: "Change of the password" };

/// Japanese.
pub const JA: Text = Text { title: "パスワードの変更" };
