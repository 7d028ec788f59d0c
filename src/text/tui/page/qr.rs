//! A secret as a QR code, in both languages.

/// The strings.
#[derive(Debug)]
pub struct Text {
    /// Its name.
    pub title: &'static str,
    /// What to do.
    pub scan: &'static str,
    /// It is hidden again.
    pub hidden: &'static str,
    /// The window is too small: columns and lines that it needs.
    pub too_small: fn(u16, u16) -> String,
    /// No code holds so much.
    pub too_long: &'static str,
}

/// English.
pub const EN: Text = Text {
    title: "QR code",
    scan: "Read it with your phone. Whoever sees it has the secret.",
    hidden: "Hidden. v shows it again.",
    too_small: |width, height| format!("The code does not fit here: it needs a window of {width}x{height}."),
    too_long: "This is too long for a QR code. Copy it instead.",
};

/// Japanese.
pub const JA: Text = Text {
    title: "QR コード",
    scan: "スマートフォンで読み取ってください。見た人は誰でも秘密を読めます。",
    hidden: "隠しました。v でもう一度表示します。",
    too_small: |width, height| format!("ここに入りません。画面を {width}x{height} 以上に広げてください。"),
    too_long: "QR コードには長すぎます。コピーしてください。",
};
