//! Writing entries to a file, in both languages.

/// The strings.
#[derive(Debug)]
pub struct Text {
    /// Its name.
    pub title: &'static str,
    /// Label of the format.
    pub format: &'static str,
    /// The encrypted format.
    pub mamori: &'static str,
    /// The format in clear.
    pub json: &'static str,
    /// What the encrypted format is for.
    pub about_mamori: &'static str,
    /// What a file in clear means.
    pub about_clear: &'static str,
    /// Label of the choice of entries.
    pub entries: &'static str,
    /// All of so many.
    pub all: fn(usize) -> String,
    /// Only the marked ones, so many.
    pub marked: fn(usize) -> String,
    /// Label of the path.
    pub file: &'static str,
    /// Label of the file's own password.
    pub own: &'static str,
    /// Label of the same again.
    pub again: &'static str,
    /// Label of the master password.
    pub master: &'static str,
    /// The row that writes.
    pub write: &'static str,
    /// No password of its own is typed.
    pub empty: &'static str,
    /// The master password is not typed.
    pub empty_master: &'static str,
    /// It is another one.
    pub wrong_master: &'static str,
    /// The key needs more memory than is free.
    pub memory: &'static str,
    /// Something else.
    pub other: fn(&str) -> String,
}

/// English.
pub const EN: Text = Text {
    title: "Export",
    format: "Format",
    mamori: "encrypted, for mamori",
    json: "JSON in clear",
    about_mamori: "An encrypted file under a password of its own, for another mamori.",
    about_clear: "Every password will be readable for everybody who gets this file. Delete it soon.",
    entries: "Entries",
    all: |count| format!("all, without the trash: {count}"),
    marked: |count| format!("only the marked ones: {count}"),
    file: "File",
    own: "Password of the file",
    again: "Once more",
    master: "Master password",
    write: "Write the file",
    empty: "Type a password for the file; it is needed to open it.",
    empty_master: "Type the master password once more; else nothing is written in clear.",
    wrong_master: "This is not the master password. Nothing was written.",
    memory: "Nothing was written: too little free memory. Close other programs.",
    other: |words| format!("Nothing was written: {words}. Try another place."),
};

/// Japanese.
pub const JA: Text = Text {
    title: "書き出し",
    format: "形式",
    mamori: "暗号化 (mamori 用)",
    json: "平文の JSON",
    about_mamori: "独自のパスワードで暗号化したファイルです。別の mamori で開けます。",
    about_clear: "このファイルを手にした人は全パスワードを読めます。使ったらすぐ削除してください。",
    entries: "アイテム",
    all: |count| format!("ごみ箱以外のすべて: {count} 件"),
    marked: |count| format!("印を付けたものだけ: {count} 件"),
    file: "ファイル",
    own: "ファイルのパスワード",
    again: "もう一度",
    master: "マスターパスワード",
    write: "ファイルに書き出す",
    empty: "ファイルのパスワードを入力してください。開くときに必要です。",
    empty_master: "マスターパスワードをもう一度入力してください。平文で書き出す前に確かめます。",
    wrong_master: "マスターパスワードが違います。何も書いていません。",
    memory: "何も書いていません: 空きメモリーが足りません。他のプログラムを閉じてください。",
    other: |words| format!("何も書いていません: {words}。別の場所を試してください。"),
};
