//! What `mail` says.

use crate::text::Lang;

/// The sentences.
#[derive(Debug)]
#[allow(missing_docs, reason = "each field is named after what it says")]
pub struct Lines {
    pub type_them: &'static str,
    pub nothing_new: &'static str,
    pub wrong: fn(usize) -> String,
    pub ask_make: fn(usize) -> String,
    pub would: &'static str,
    pub too_long: &'static str,
    pub none: fn(&str) -> String,
    pub at_site: &'static str,
    pub ask_replace: fn(usize) -> String,
    pub replaced: fn(usize) -> String,
}

const EN: Lines = Lines {
    type_them: "Type or paste the addresses; Ctrl-D on a line of its own ends.",
    nothing_new: "No new address: nothing was made.",
    wrong: |count| {
        let lines = if count == 1 { "1 line is".to_owned() } else { format!("{count} lines are") };
        format!("{lines} wrong, so nothing was made. Correct the list, or leave them out with --skip-wrong.")
    },
    ask_make: |count| format!("Make {count} mailboxes?"),
    would: "Nothing was written (--dry-run).",
    too_long: "The list is longer than 1 MiB, so nothing was made.",
    none: |address| format!("No entry uses {address}."),
    at_site: "The sites must have the new address first: this only writes it into the vault.",
    ask_replace: |count| format!("Write the new address into {count} entries?"),
    replaced: |count| format!("Entries with the new address: {count}"),
};

const JA: Lines = Lines {
    type_them: "アドレスを入力するか貼り付けて、最後に行頭で Ctrl-D を押してください。",
    nothing_new: "新しいアドレスがないため、何も作っていません。",
    wrong: |count| {
        format!(
            "正しくない行が {count} 件あるため、何も作っていません。一覧を直すか、--skip-wrong で除いてください。"
        )
    },
    ask_make: |count| format!("メールボックスを {count} 件作りますか。"),
    would: "何も書いていません（--dry-run）。",
    too_long: "一覧が 1 MiB を超えているため、何も作っていません。",
    none: |address| format!("{address} を使っているアイテムはありません。"),
    at_site: "先にサイトでアドレスを変えてください。ここでは保管庫に書くだけです。",
    ask_replace: |count| format!("{count} 件に新しいアドレスを書きますか。"),
    replaced: |count| format!("新しいアドレスにしたもの: {count} 件"),
};

/// In a language.
pub fn lines(lang: Lang) -> &'static Lines {
    match lang {
        Lang::En => &EN,
        Lang::Ja => &JA,
    }
}
