//! What `health ignore` and `health join` say.

use crate::text::Lang;

/// The sentences.
#[derive(Debug)]
#[allow(missing_docs, reason = "each field is named after what it says")]
pub struct Lines {
    pub of_vault: &'static str,
    pub of_entry: &'static str,
    pub bad_until: fn(&str) -> String,
    pub ignored: fn(title: &str, check: &str) -> String,
    pub attended: fn(title: &str, check: &str) -> String,
    pub not_two: &'static str,
    pub ask_join: fn(title: &str, goes: usize) -> String,
    pub joined: fn(title: &str, goes: usize) -> String,
    pub staged: &'static str,
    /// The field that takes another password than that of the entry that is kept.
    pub earlier: &'static str,
    pub none_ignored: &'static str,
    pub until: fn(day: &str) -> String,
    pub for_good: &'static str,
}

const EN: Lines = Lines {
    of_vault: "this is said of the vault itself: put - in place of an entry",
    of_entry: "this is said of an entry: name it",
    bad_until: |text| format!("{text} is no day to come; write it as 2027-03-31"),
    ignored: |title, check| format!("Ignored: {title}, {check}"),
    attended: |title, check| format!("Looked at again: {title}, {check}"),
    not_two: "name two entries or more",
    ask_join: |title, goes| match goes {
        1 => format!("Keep {title}, take over what the other has, and move that to the trash?"),
        _ => format!("Keep {title}, take over what {goes} others have, and move them to the trash?"),
    },
    joined: |title, goes| format!("Made one: {title} ({goes} to the trash)"),
    staged: "a change of a password is open in one that would go: confirm or discard it first",
    earlier: "other password",
    none_ignored: "Nothing is ignored.",
    until: |day| format!("until {day}"),
    for_good: "for good",
};

const JA: Lines = Lines {
    of_vault: "保管庫そのものへの指摘です。アイテムの代わりに - と書いてください",
    of_entry: "アイテムへの指摘です。アイテムを指定してください",
    bad_until: |text| format!("「{text}」はこれからの日付ではありません。2027-03-31 のように書いてください"),
    ignored: |title, check| format!("そのままにします: {title}、{check}"),
    attended: |title, check| format!("指摘に戻しました: {title}、{check}"),
    not_two: "アイテムを二つ以上指定してください",
    ask_join: |title, goes| {
        format!("{title} を残して、ほかの {goes} 件の内容を加え、それらをごみ箱へ移しますか。")
    },
    joined: |title, goes| format!("1 件にまとめました: {title} ({goes} 件はごみ箱へ)"),
    staged: "なくなる方に変更中のパスワードがあります。先に確定するか取り消してください",
    earlier: "もう一方のパスワード",
    none_ignored: "そのままにした指摘はありません。",
    until: |day| format!("{day} まで"),
    for_good: "ずっと",
};

/// In a language.
pub fn lines(lang: Lang) -> &'static Lines {
    match lang {
        Lang::En => &EN,
        Lang::Ja => &JA,
    }
}
