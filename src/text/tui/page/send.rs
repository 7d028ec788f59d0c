//! Sending a secret into another pane of tmux, in both languages.

use crate::platform::panes::{Listens, PasteError};

/// The strings.
#[derive(Debug)]
pub struct Text {
    /// Its name.
    pub title: &'static str,
    /// What is sent.
    pub what: &'static str,
    /// tmux is being asked.
    pub asking: &'static str,
    /// There is no other pane.
    pub none: &'static str,
    /// tmux does not answer.
    pub silent: &'static str,
    /// What listens in a pane.
    pub listens: fn(Listens) -> &'static str,
    /// It would be seen there: once more.
    pub sure: &'static str,
    /// The same, where that cannot be known.
    pub sure_unknown: &'static str,
    /// No secret goes there: nothing arrives, or it arrives in others, too.
    pub never: fn(Listens) -> &'static str,
    /// Why nothing was sent.
    pub failed: fn(PasteError) -> &'static str,
    /// No Enter follows.
    pub no_enter: &'static str,
    /// What Enter does.
    pub sends: &'static str,
    /// What the key does once more: the pane of the last time.
    pub last: fn(&str) -> String,
    /// What left and right do.
    pub turns: &'static str,
}

/// English.
pub const EN: Text = Text {
    title: "Send to a pane",
    what: "What",
    asking: "Asking tmux ..",
    none: "This tmux has no other pane.",
    silent: "tmux does not answer. F5 asks again.",
    listens: |listens| match listens {
        Listens::Prompt => "asks for a password",
        Listens::Raw => "reads every key (ssh, vi)",
        Listens::Shown => "shows what is typed",
        Listens::Unknown => "cannot be asked",
        Listens::Nothing => "takes nothing just now",
        Listens::Synchronised => "types into all its panes",
    },
    sure: "What is typed there is shown. Enter once more sends it all the same.",
    sure_unknown: "Whether it would be shown there is not known. Enter once more sends it.",
    never: |listens| match listens {
        Listens::Synchronised => "Its panes are synchronised: it would go into all of them. Not sent.",
        _ => "Nothing would arrive: it has ended, or its scrollback is being read. Not sent.",
    },
    failed: |error| match error {
        PasteError::Gone => "That pane is gone. Nothing was sent.",
        PasteError::Changed => "Something else listens there by now. Nothing was sent; choose again.",
        PasteError::Control => "It holds a line break or the like, which would press keys there. Not sent.",
        PasteError::Refused => "tmux did not take it. Nothing was sent.",
    },
    no_enter: "It is typed there, without Enter. Nothing of it stays in tmux.",
    sends: "send",
    last: |pane| format!("to {pane} again"),
    turns: "something else",
};

/// Japanese.
pub const JA: Text = Text {
    title: "ペインへ送る",
    what: "送るもの",
    asking: "tmux に問い合わせています..",
    none: "この tmux には、ほかのペインがありません。",
    silent: "tmux が応答しません。F5 でもう一度問い合わせます。",
    listens: |listens| match listens {
        Listens::Prompt => "パスワードの入力待ち",
        Listens::Raw => "キーを直接読む (ssh など)",
        Listens::Shown => "入力した文字が見える",
        Listens::Unknown => "状態が分からない",
        Listens::Nothing => "今は何も受け取らない",
        Listens::Synchronised => "全ペインに入力される",
    },
    sure: "そこでは入力が画面に見えます。それでも送るなら、もう一度 Enter を押してください。",
    sure_unknown: "画面に見えるかどうか分かりません。送るなら、もう一度 Enter を押してください。",
    never: |listens| match listens {
        Listens::Synchronised => "ペインが同期しているため、すべてに入力されてしまいます。送りませんでした。",
        _ => "終了しているか、過去の出力を見ている最中のため、届きません。送りませんでした。",
    },
    failed: |error| match error {
        PasteError::Gone => "そのペインはもうありません。送りませんでした。",
        PasteError::Changed => "選んだときと別のものが動いています。送りませんでした。選び直してください。",
        PasteError::Control => "改行などが入っていて、キーを押したことになってしまいます。送りませんでした。",
        PasteError::Refused => "tmux が受け取りませんでした。送っていません。",
    },
    no_enter: "そのまま入力されます (Enter は押しません)。tmux には残りません。",
    sends: "送る",
    last: |pane| format!("もう一度 {pane} へ"),
    turns: "別のもの",
};
