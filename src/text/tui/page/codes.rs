//! All one-time codes, in both languages.

/// The strings.
#[derive(Debug)]
pub struct Text {
    /// Its name.
    pub title: &'static str,
    /// There is none.
    pub empty: &'static str,
    /// How there comes to be one.
    pub empty_advice: &'static str,
    /// `v`: hides the codes.
    pub hides: &'static str,
    /// The key is damaged.
    pub damaged: &'static str,
    /// The code is by a counter.
    pub by_counter: &'static str,
    /// Seconds that a code holds yet, at most 4 cells.
    pub seconds: fn(u64) -> String,
}

/// English.
pub const EN: Text = Text {
    title: "One-time codes",
    empty: "No entry has one-time codes.",
    empty_advice: "Edit an entry and put in the key or the otpauth address that the site shows.",
    hides: "hide",
    damaged: "(damaged key)",
    by_counter: "by counter: copy it",
    seconds: |seconds| format!("{seconds}s"),
};

/// Japanese.
pub const JA: Text = Text {
    title: "ワンタイムコード",
    empty: "ワンタイムコードのあるアイテムはありません。",
    empty_advice: "アイテムを編集して、サイトが示す鍵か otpauth アドレスを入れてください。",
    hides: "隠す",
    damaged: "(鍵が破損)",
    by_counter: "回数式: コピーで使用",
    seconds: |seconds| format!("{seconds}秒"),
};
