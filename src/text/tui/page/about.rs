//! About the program, in both languages.

use crate::platform::clipboard::{Reason, Route};

/// The strings.
#[derive(Debug)]
#[allow(missing_docs, reason = "each field is named after what it says")]
pub struct Text {
    pub title: &'static str,
    pub version: &'static str,
    pub licence: &'static str,
    pub vault: &'static str,
    pub entries: &'static str,
    pub settings: &'static str,
    pub state: &'static str,
    pub backups: &'static str,
    pub slots: &'static str,
    pub terminal: &'static str,
    pub clipboard: &'static str,
    pub tmux: &'static str,
    pub password: &'static str,
    pub key_file: &'static str,
    pub recovery: &'static str,
    pub unknown: &'static str,
    pub colors: &'static str,
    pub no_colors: &'static str,
    pub light: &'static str,
    pub dark: &'static str,
    pub ascii: &'static str,
    pub lines: &'static str,
    pub yes: &'static str,
    pub no: &'static str,
    pub how: &'static str,
    pub route: fn(Route) -> String,
}

/// English.
pub const EN: Text = Text {
    title: "About mamori",
    version: "Version",
    licence: "Licence",
    vault: "Vault",
    entries: "Entries",
    settings: "Settings",
    state: "State folder",
    backups: "Backups",
    slots: "Opened by",
    terminal: "Terminal",
    clipboard: "Clipboard",
    tmux: "tmux",
    password: "password",
    key_file: "password and key file",
    recovery: "recovery code",
    unknown: "something newer",
    colors: "16 colours",
    no_colors: "no colours",
    light: "light background",
    dark: "dark background",
    ascii: "ASCII lines",
    lines: "Unicode lines",
    yes: "yes",
    no: "no",
    how: "Enter copies all of this; there is no secret in it.",
    route: |route| {
        match route {
            Route::Native => "this computer's own",
            Route::ClipExe => "Windows (clip.exe)",
            Route::Osc52 { confirmed: true, .. } => "through the terminal (OSC 52)",
            Route::Osc52 { .. } => "through the terminal (OSC 52), if it takes copies",
            Route::Tmux { nested: false } => "through tmux to the terminal",
            Route::Tmux { .. } => "through tmux; an outer tmux may keep a copy",
            Route::None(Reason::Setting) => "none: switched off in the settings",
            Route::None(Reason::NoDisplay) => "none: no desktop, and no terminal known to take copies",
            Route::None(Reason::TerminalRefuses) => "none: this terminal takes no copies",
            Route::None(Reason::TmuxOff) => "none: set-clipboard is off in tmux",
            Route::None(Reason::TmuxDetached) => "none: nobody is attached to this tmux",
            Route::None(Reason::NoTmux) => "none: tmux does not answer",
        }
        .to_owned()
    },
};

/// Japanese.
pub const JA: Text = Text {
    title: "mamori について",
    version: "バージョン",
    licence: "ライセンス",
    vault: "保管庫",
    entries: "アイテム",
    settings: "設定",
    state: "状態の保存先",
    backups: "バックアップ",
    slots: "開け方",
    terminal: "端末",
    clipboard: "クリップボード",
    tmux: "tmux",
    password: "パスワード",
    key_file: "パスワードと鍵ファイル",
    recovery: "復旧コード",
    unknown: "新しい種類",
    colors: "16色",
    no_colors: "色なし",
    light: "明るい背景",
    dark: "暗い背景",
    ascii: "ASCII の枠線",
    lines: "Unicode の枠線",
    yes: "はい",
    no: "いいえ",
    how: "Enter で全部をコピーします。秘密は含まれません。",
    route: |route| {
        match route {
            Route::Native => "このコンピューター",
            Route::ClipExe => "Windows (clip.exe)",
            Route::Osc52 { confirmed: true, .. } => "端末経由 (OSC 52)",
            Route::Osc52 { .. } => "端末経由 (OSC 52)。端末が受け取れば使えます",
            Route::Tmux { nested: false } => "tmux から端末へ",
            Route::Tmux { .. } => "tmux 経由。外側の tmux に残ることがあります",
            Route::None(Reason::Setting) => "なし: 設定で無効です",
            Route::None(Reason::NoDisplay) => "なし: デスクトップも、コピーできる端末もありません",
            Route::None(Reason::TerminalRefuses) => "なし: この端末はコピーを受け取りません",
            Route::None(Reason::TmuxOff) => "なし: tmux の set-clipboard が off です",
            Route::None(Reason::TmuxDetached) => "なし: この tmux を誰も見ていません",
            Route::None(Reason::NoTmux) => "なし: tmux が応答しません",
        }
        .to_owned()
    },
};
