//! Questions, in both languages.

/// The strings.
#[derive(Debug)]
pub struct Text {
    /// Row: cancel.
    pub cancel: &'static str,
    /// Enter: closes.
    pub closes: &'static str,
    /// What is to be typed.
    pub type_this: fn(&str) -> String,
    /// Label of the field.
    pub typed: &'static str,
    /// The word to be typed where the title cannot be.
    pub word: &'static str,
    /// Enter: nothing yet.
    pub waits: &'static str,
    /// Whether so many are to go to the trash.
    pub trash: fn(usize) -> String,
    /// The answer that trashes.
    pub to_trash: &'static str,
    /// The answer that deletes a file.
    pub deletes: &'static str,
}

/// English.
pub const EN: Text = Text {
    cancel: "Cancel",
    closes: "close, nothing is changed",
    type_this: |words| format!("To delete for ever, type: {words}"),
    typed: "Typed",
    word: "delete",
    waits: "waits until that is typed",
    trash: |count| format!("Move {count} entries to the trash?"),
    to_trash: "Move to the trash",
    deletes: "Delete the file",
};

/// Japanese.
pub const JA: Text = Text {
    cancel: "やめる",
    closes: "閉じる（何も変えない）",
    type_this: |words| format!("完全に削除するには、次を入力: {words}"),
    typed: "入力",
    word: "削除",
    waits: "入力が一致するまで何もしない",
    trash: |count| format!("{count} 件をごみ箱へ移しますか?"),
    to_trash: "ごみ箱へ移す",
    deletes: "ファイルを削除する",
};
