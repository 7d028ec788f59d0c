//! Other vaults, in both languages.

/// The strings.
#[derive(Debug)]
pub struct Text {
    /// Its name.
    pub title: &'static str,
    /// The vault that is in front.
    pub present: &'static str,
    /// The file is not there.
    pub missing: &'static str,
    /// Another file.
    pub another: &'static str,
    /// A new vault.
    pub new: &'static str,
    /// The demo.
    pub demo: &'static str,
    /// In front of the path of another file.
    pub ask_path: &'static str,
    /// In front of the path of a new vault.
    pub ask_new: &'static str,
    /// What choosing does.
    pub how: &'static str,
    /// Under the password field.
    pub other: &'static str,
}

/// English.
pub const EN: Text = Text {
    title: "Vaults",
    present: "this one",
    missing: "not there",
    another: "Open another file ...",
    new: "Create a new one ...",
    demo: "The demo",
    ask_path: "File:",
    ask_new: "New file:",
    how: "Enter locks this vault and goes to the other one.",
    other: "Tab: another vault.",
};

/// Japanese.
pub const JA: Text = Text {
    title: "保管庫",
    present: "この保管庫",
    missing: "ありません",
    another: "ほかのファイルを開く ...",
    new: "新しく作る ...",
    demo: "デモ",
    ask_path: "ファイル:",
    ask_new: "新しいファイル:",
    how: "Enter でこの保管庫をロックし、選んだ保管庫に移ります。",
    other: "Tab: ほかの保管庫。",
};
