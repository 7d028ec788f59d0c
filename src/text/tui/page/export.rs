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
    /// A list of mail accounts.
    pub mail_csv: &'static str,
    /// What such a list is, and means.
    pub about_mail: &'static str,
    /// Label of the columns.
    pub columns: &'static str,
    /// Which columns there are.
    pub columns_told: &'static str,
    /// Label of the line of headers.
    pub header: &'static str,
    /// With it.
    pub header_yes: &'static str,
    /// Without it.
    pub header_no: &'static str,
    /// All mailboxes with a change under way, so many.
    pub waiting: fn(usize) -> String,
    /// None of them has an address and a password.
    pub no_mail: &'static str,
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
    mail_csv: "mail accounts as CSV in clear, for a host",
    about_mail: "New passwords, for the form in which a host takes many mail accounts. Everybody who gets this file can read them: delete it soon.",
    columns_told: "address, user (before the @), domain, password (the new one), old, title, number, or 'a text'; NAME=column gives it a header.",
    columns: "Columns",
    header: "First line",
    header_yes: "names of the columns",
    header_no: "none",
    waiting: |count| format!("mailboxes with a new password under way: {count}"),
    no_mail: "None of these is a mailbox with an address and a password. Nothing was written.",
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
    mail_csv: "メール一括登録用の CSV（平文）",
    about_mail: "サーバー会社のメール一括登録用に、新しいパスワードを書きます。手にした人はだれでも読めます。すぐ削除してください。",
    columns_told: "address、user（@ の前）、domain、password（新しいもの）、old、title、number、'文字'。名前=列 で見出しを付けます。",
    columns: "列",
    header: "1 行目",
    header_yes: "見出しを書く",
    header_no: "見出しなし",
    waiting: |count| format!("パスワード変更中のメールボックス: {count} 件"),
    no_mail: "アドレスとパスワードのあるメールボックスがありません。何も書いていません。",
    about_mamori: "独自のパスワードで暗号化したファイルです。別の mamori で開けます。",
    about_clear: "このファイルを手にした人は全パスワードを読めます。すぐ削除してください。",
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
