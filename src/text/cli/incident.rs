//! What `incident` reports and asks, in both languages.

use crate::text::Lang;

/// The sentences. What comes from outside is made safe by whoever prints them.
#[derive(Debug)]
#[allow(missing_docs, reason = "each field is named after what it says")]
pub struct Lines {
    pub ask_leaked: &'static str,
    pub ask_forced: &'static str,
    pub empty: &'static str,
    pub bad_since: fn(text: &str) -> String,
    pub gathering: fn(done: usize, all: usize) -> String,
    /// So many passwords did not open.
    pub shut: fn(count: usize) -> String,
    pub heading: fn(name: &str, opened: &str, progress: &str) -> String,
    pub more_reasons: fn(count: usize) -> String,
    pub note: &'static str,
    pub next: fn(number: usize, name: &str) -> String,
    pub all_done: &'static str,
    pub new_steps: fn(count: usize) -> String,
    pub staged_why: &'static str,
    pub skip_why: &'static str,
    pub no_item: fn(item: &str) -> String,
    pub close_anyway: fn(left: usize) -> String,
    pub closed: &'static str,
    pub closed_at: fn(time: &str) -> String,
    pub is_closed: &'static str,
    pub is_open: &'static str,
    pub opened_again: &'static str,
    pub report_written: fn(path: &str) -> String,
}

/// The sentences of a language.
pub fn lines(lang: Lang) -> &'static Lines {
    match lang {
        Lang::En => &EN,
        Lang::Ja => &JA,
    }
}

const EN: Lines = Lines {
    ask_leaked: "The password that became known: ",
    ask_forced: "The password that the host has set: ",
    empty: "the password is empty\nNothing was changed.",
    bad_since: |text| {
        format!("'{text}' is no day or time of the past\nWrite it as 2026-11-25 or as 2026-11-25T08:30.")
    },
    gathering: |done, all| format!("comparing passwords: {done} of {all}"),
    shut: |count| format!("{count} passwords did not open and were not compared"),
    heading: |name, opened, progress| format!("Taken over: {name}  (since {opened}, {progress})"),
    more_reasons: |count| format!(" (and {count} more)"),
    note: "Note",
    next: |number, name| format!("Next: {number} {name}  (mamori incident step {number})"),
    all_done: "Every step is done. Close it with: mamori incident close",
    new_steps: |count| format!("{count} more steps followed from this: mamori incident show"),
    staged_why: "the account was taken over",
    skip_why: "a step is skipped with a reason\nmamori incident step N --skip \"why\"",
    no_item: |item| {
        format!("the checklist of this step has no item '{item}'\nmamori incident step N shows its names.")
    },
    close_anyway: |left| format!("{left} steps are still open. Close it all the same?"),
    closed: "Closed. It can be opened again: mamori incident close --reopen",
    closed_at: |time| format!(", closed {time}"),
    is_closed: "It is closed already.",
    is_open: "It is open already.",
    opened_again: "Open again.",
    report_written: |path| format!("Report written to {path}. It holds no password."),
};

const JA: Lines = Lines {
    ask_leaked: "漏れたパスワード: ",
    ask_forced: "サーバー会社が設定したパスワード: ",
    empty: "パスワードが空です\n何も変更していません。",
    bad_since: |text| {
        format!(
            "「{text}」は過去の日時として読めません\n2026-11-25 か 2026-11-25T08:30 のように書いてください。"
        )
    },
    gathering: |done, all| format!("パスワードを比較中: {all} 件中 {done} 件"),
    shut: |count| format!("{count} 件のパスワードは開けず、比べていません"),
    heading: |name, opened, progress| format!("乗っ取り対応: {name} ({opened} から、{progress})"),
    more_reasons: |count| format!(" (ほか {count} 件の理由)"),
    note: "メモ",
    next: |number, name| format!("次: {number} {name} (mamori incident step {number})"),
    all_done: "すべての手順が済みました。終えるには: mamori incident close",
    new_steps: |count| format!("これにより手順が {count} 件増えました: mamori incident show"),
    staged_why: "アカウントの乗っ取り",
    skip_why: "見送るには理由が必要です\nmamori incident step N --skip \"理由\"",
    no_item: |item| {
        format!("この手順の一覧に「{item}」はありません\nmamori incident step N で名前を見られます。")
    },
    close_anyway: |left| format!("まだ {left} 件の手順が残っています。それでも終えますか。"),
    closed: "対応を終えました。再開するには: mamori incident close --reopen",
    closed_at: |time| format!("、{time} に終了"),
    is_closed: "もう終えています。",
    is_open: "もう対応中です。",
    opened_again: "対応を再開しました。",
    report_written: |path| format!("{path} に報告書を書きました。パスワードは含みません。"),
};
