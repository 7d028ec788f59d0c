//! The health check in the full-screen program, in both languages. Names of checks, reasons and
//! advice are those of [`crate::text::health`], which the command line says, too.

/// The strings.
#[derive(Debug)]
pub struct Text {
    /// Label of the line in the detail of an entry.
    pub label: &'static str,
    /// No check has looked at the entry.
    pub unchecked: &'static str,
    /// The checks that ran found nothing.
    pub nothing: &'static str,
    /// The same, but nobody looked whether it is leaked.
    pub nothing_known: &'static str,
    /// The score, short.
    pub score: fn(u8) -> String,
    /// How many are leaked, short.
    pub leaked: fn(usize) -> String,
    /// In place of a search's hits: the passwords are being compared.
    pub comparing: fn(usize, usize) -> String,
    /// In place of a search's hits: they will be compared.
    pub waits: &'static str,
    /// In place of a search's hits: there is no list of leaked passwords.
    pub no_list: &'static str,
}

/// English.
pub const EN: Text = Text {
    label: "Health",
    unchecked: "not checked yet",
    nothing: "nothing found",
    nothing_known: "nothing found (leaks: not checked)",
    score: |score| format!("Health {score}"),
    leaked: |count| format!("{count} leaked"),
    comparing: |done, all| format!("The passwords are being compared: {done} of {all}."),
    waits: "The passwords are compared as soon as no key is pressed for a moment. An empty list would be no answer.",
    no_list: "There is no list of leaked passwords here, so nobody knows. The settings (pwned) name one.",
};

/// Japanese.
pub const JA: Text = Text {
    label: "点検",
    unchecked: "まだ調べていません",
    nothing: "指摘なし",
    nothing_known: "指摘なし（流出は未点検）",
    score: |score| format!("健全度 {score}"),
    leaked: |count| format!("流出 {count} 件"),
    comparing: |done, all| format!("パスワードを比べています: {all} 件中 {done} 件"),
    waits: "しばらくキーを押さないでいると、パスワードを比べる点検が始まります。「なし」という意味ではありません。",
    no_list: "流出パスワードのリストがないため、わかりません。設定 (pwned) で指定できます。",
};
