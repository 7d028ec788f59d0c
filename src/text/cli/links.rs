//! What `links` says.

use crate::text::Lang;

/// The sentences.
#[derive(Debug)]
#[allow(missing_docs, reason = "each field is named after what it says")]
pub struct Lines {
    pub none: &'static str,
    pub proposed: fn(usize) -> String,
    pub how: &'static str,
    pub ask_set: fn(usize) -> String,
    pub ask_refuse: fn(usize) -> String,
    pub set: fn(usize) -> String,
    pub refused: fn(usize) -> String,
    pub out_of_use: &'static str,
    pub shut: fn(usize) -> String,
}

const EN: Lines = Lines {
    none: "No link is proposed.",
    proposed: |count| {
        if count == 1 { "1 link is proposed.".to_owned() } else { format!("{count} links are proposed.") }
    },
    how: "'mamori links --proposed --set' sets them all, 'mamori link A RELATION B' a single one.",
    ask_set: |count| format!("Set {count} links?"),
    ask_refuse: |count| format!("Never propose these {count} links again?"),
    set: |count| format!("Links set: {count}"),
    refused: |count| format!("Links refused: {count}"),
    out_of_use: "The entry is archived or in the trash: nothing in use hangs on it.",
    shut: |count| format!("passwords that could not be compared: {count}"),
};

const JA: Lines = Lines {
    none: "つながりの候補はありません。",
    proposed: |count| format!("つながりの候補が {count} 件あります。"),
    how: "すべて付けるには 'mamori links --proposed --set'、1 件だけなら 'mamori link A RELATION B'。",
    ask_set: |count| format!("{count} 件のつながりを付けますか。"),
    ask_refuse: |count| format!("{count} 件の候補を今後出さないようにしますか。"),
    set: |count| format!("つながりを付けました: {count} 件"),
    refused: |count| format!("候補から外しました: {count} 件"),
    out_of_use: "アーカイブまたはごみ箱にあるため、使用中のものへの影響はありません。",
    shut: |count| format!("比べられなかったパスワード: {count} 件"),
};

/// In a language.
pub fn lines(lang: Lang) -> &'static Lines {
    match lang {
        Lang::En => &EN,
        Lang::Ja => &JA,
    }
}
