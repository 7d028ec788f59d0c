//! The history of an entry, in both languages.

use crate::tui::notice::HistoryTold;

/// The strings.
#[derive(Debug)]
pub struct Text {
    /// Its name.
    pub title: &'static str,
    /// Title of the list: of which entry.
    pub of: fn(&str) -> String,
    /// Title of the differences: of which time.
    pub at: fn(&str) -> String,
    /// The newest revision.
    pub newest: &'static str,
    /// Heading: what was written then.
    pub written: &'static str,
    /// Heading: what is otherwise now.
    pub otherwise: &'static str,
    /// What it was.
    pub then: &'static str,
    /// What it is.
    pub now: &'static str,
    /// It is the same now.
    pub same: &'static str,
    /// There was none, or is none.
    pub none: &'static str,
    /// No difference.
    pub nothing: &'static str,
    /// A custom field's name, as a label.
    pub field_name: &'static str,
    /// Who has set a password: its host, not the person.
    pub by_host: &'static str,
    /// Enter: to the differences.
    pub shows: &'static str,
    /// Enter: restores this revision.
    pub restores: &'static str,
    /// `p`: the password of this revision.
    pub copies: &'static str,
    /// Enter: to the differences, at most 12 cells.
    pub show_word: &'static str,
    /// Enter: restores this revision, at most 12 cells.
    pub restore_word: &'static str,
    /// To the next difference, at most 12 cells.
    pub next_word: &'static str,
    /// What was copied: the password of this day.
    pub password_of: fn(&str) -> String,
    /// What is told.
    pub told: fn(HistoryTold) -> &'static str,
}

/// English.
pub const EN: Text = Text {
    title: "History",
    of: |title| format!("History: {title}"),
    at: |time| format!("As of {time}"),
    newest: "now",
    written: "Written then",
    otherwise: "Otherwise now, and the password",
    then: "then",
    now: "now",
    same: "the same",
    none: "(none)",
    nothing: "It is as it was then.",
    field_name: "field name",
    by_host: "the site, by itself",
    shows: "differences",
    restores: "restore all of this",
    copies: "copy this password",
    show_word: "differences",
    restore_word: "restore it",
    next_word: "next one",
    password_of: |day| format!("password of {day}"),
    told: |told| match told {
        HistoryTold::Restored => "Restored; what was replaced is in the history. z undoes.",
        HistoryTold::Same => "It is like that already.",
        HistoryTold::StagedStays => "Only the staged change differs: c confirms or discards it.",
    },
};

/// Japanese.
pub const JA: Text = Text {
    title: "履歴",
    of: |title| format!("履歴: {title}"),
    at: |time| format!("{time} の内容"),
    newest: "今の内容",
    written: "この時に書いた項目",
    otherwise: "今は違う項目とパスワード",
    then: "この時",
    now: "今",
    same: "同じ",
    none: "（なし）",
    nothing: "今の内容と同じです。",
    field_name: "項目名",
    by_host: "サイト側",
    shows: "違いを見る",
    restores: "この内容に戻す",
    copies: "このパスワードをコピー",
    show_word: "違いを見る",
    restore_word: "これに戻す",
    next_word: "次の違い",
    password_of: |day| format!("{day} のパスワード"),
    told: |told| match told {
        HistoryTold::Restored => "この時の内容に戻しました (直前も履歴に)。z で戻せます。",
        HistoryTold::Same => "もうその内容です。",
        HistoryTold::StagedStays => "違うのは変更中のパスワードだけです (c で確定か取り消し)。",
    },
};
