//! A QR code, in both languages.

/// The strings.
#[derive(Debug)]
pub struct Text {
    /// Its name.
    pub title: &'static str,
}

/// English.
pub const EN: Text = Text { title: "QR code" };

/// Japanese.
pub const JA: Text = Text { title: "QR コード" };
