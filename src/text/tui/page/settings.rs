//! Settings and keys, in both languages; also the comments of `config.toml`.

use std::time::Duration;

use crate::config::Setting;
use crate::text::{Lang, words};

/// The strings.
#[derive(Debug)]
pub struct Text {
    /// Its name.
    pub title: &'static str,
    /// What a setting does: one sentence.
    pub meaning: fn(Setting) -> &'static str,
    /// A label for a setting, short.
    pub label: fn(Setting) -> &'static str,
    /// A word that a setting takes, as it is read; none where it reads as it stands in the file.
    pub word: fn(Setting, &str) -> Option<&'static str>,
    /// Seconds, as it is read.
    pub time: fn(u64) -> String,
    /// From the least to the most.
    pub between: fn(&str, &str) -> String,
    /// What can be chosen, and what it starts with.
    pub range: fn(&str, &str) -> String,
    /// Seconds are typed, between these.
    pub type_seconds: fn(u64, u64) -> String,
    /// Its range and its default, for the file.
    pub file_default: fn(&str, &str) -> String,
    /// The first line of the file.
    pub file_head: &'static str,
    /// Over the intervals in the file.
    pub file_intervals: &'static str,
    /// Over the password rules in the file.
    pub file_rules: &'static str,
    /// Over the rotators in the file.
    pub file_rotators: &'static str,
    /// Over the keys in the file.
    pub file_keys: &'static str,
    /// In front of the path of the file.
    pub file: &'static str,
    /// The file is not there yet.
    pub file_missing: &'static str,
    /// In place of a path: the usual one.
    pub usual: &'static str,
    /// In place of a path: none.
    pub unset: &'static str,
    /// The row that opens the keys.
    pub keys: &'static str,
    /// How many keys are a person's own.
    pub own_keys: fn(usize) -> String,
    /// It counts from the next start on.
    pub next_start: &'static str,
    /// How a row is changed that is typed.
    pub how: &'static str,
    /// How a row is changed that is chosen.
    pub how_choice: &'static str,
    /// How the row of the keys is opened.
    pub how_keys: &'static str,
    /// How a value that is typed is kept.
    pub typing: &'static str,
    /// The title of the window of mistakes.
    pub mistakes: &'static str,
    /// Under the mistakes.
    pub mistakes_advice: &'static str,
    /// In front of the line of a mistake.
    pub line: fn(usize) -> String,
    /// The title of the page of keys.
    pub keys_title: &'static str,
    /// How keys are changed.
    pub keys_how: &'static str,
    /// A key is waited for.
    pub press: fn(&str) -> String,
    /// Esc while a key is waited for, at most 12 cells.
    pub leave_word: &'static str,
    /// A key of a person's own.
    pub own: &'static str,
    /// No key.
    pub no_key: &'static str,
    /// Two commands would want the same keys.
    pub clash: fn(&str, &str) -> String,
    /// This key cannot be one.
    pub cannot: fn(&str) -> String,
}

/// English.
pub const EN: Text = Text {
    title: "Settings",
    meaning: |setting| match setting {
        Setting::Language => "The language; automatic (auto) goes by the locale and by what F2 chose last.",
        Setting::ClearAfter => "How long a copied secret stays in the clipboard, in seconds.",
        Setting::RevealFor => "How long a secret stays shown, in seconds.",
        Setting::LockAfter => "How long without a key until the vault locks, in seconds; sleep counts.",
        Setting::LockOnDetach => "Lock when nobody is attached to this tmux any more (a lost connection).",
        Setting::Clipboard => "The way that copies go; automatic (auto) looks at the terminal, SSH and tmux.",
        Setting::Theme => "Colours for a dark or a light background; automatic (auto) asks the terminal.",
        Setting::Color => "Colours; automatic (auto) uses them where the terminal and NO_COLOR allow them.",
        Setting::Ascii => "Lines of plain ASCII, where frames look broken.",
        Setting::Vault => "The vault file, where another than the usual one is meant.",
        Setting::KeyFile => "The key file that goes with the master password, where a vault asks for one.",
        Setting::BackupDir => "The folder of the backups, where another than the usual one is meant.",
        Setting::Pwned => "The list of leaked passwords (Have I Been Pwned), or a filter made from it.",
        Setting::HealthOnline => {
            "A check that you ask for (R) also asks Have I Been Pwned: 5 digits of a hash."
        }
    },
    label: |setting| match setting {
        Setting::Language => "Language",
        Setting::ClearAfter => "Clear the clipboard after",
        Setting::RevealFor => "Show a secret for",
        Setting::LockAfter => "Lock after",
        Setting::LockOnDetach => "Lock when tmux is left",
        Setting::Clipboard => "Clipboard",
        Setting::Theme => "Background",
        Setting::Color => "Colours",
        Setting::Ascii => "ASCII lines",
        Setting::Vault => "Vault file",
        Setting::KeyFile => "Key file",
        Setting::BackupDir => "Backups",
        Setting::Pwned => "Leaked passwords",
        Setting::HealthOnline => "Ask about leaks online",
    },
    word: |setting, word| {
        Some(match (setting, word) {
            (_, "auto") => "automatic",
            (_, "true") => "on",
            (_, "false") => "off",
            (Setting::Language, "ja") => "日本語",
            (Setting::Language, "en") => "English",
            (Setting::Clipboard, "native") => "of this computer",
            (Setting::Clipboard, "osc52") => "terminal (OSC 52)",
            (Setting::Clipboard, "none") => "none",
            (Setting::Theme, "dark") => "dark",
            (Setting::Theme, "light") => "light",
            (Setting::Color, "never") => "none",
            _ => return None,
        })
    },
    time: |seconds| words::span(Lang::En, Duration::from_secs(seconds)),
    between: |least, most| format!("{least} to {most}"),
    range: |range, default| format!("{range}   default: {default}"),
    type_seconds: |least, most| format!("Type seconds, {least} to {most}. "),
    file_default: |range, default| format!("{range}; default {default}"),
    file_head: "Settings of mamori. A line counts once the # in front of its name is gone.",
    file_intervals: "Days after which a password is to be changed, by kind; 0 is never. See mamori due.",
    file_rules: "What sites ask of passwords, by host (it holds for hosts below it, too); see mamori generate --help.",
    file_rotators: "Commands that set a new password at its host (mamori change ENTRY --rotate); old and new are two lines of their stdin.",
    file_keys: "Keys: a command and its keys. mamori keys prints the table.",
    file: "File",
    file_missing: "not there yet",
    usual: "(usual place)",
    unset: "(none)",
    keys: "Keys",
    own_keys: |count| if count == 0 { "as shipped".to_owned() } else { format!("own: {count}") },
    next_start: "Counts from the next start on.",
    how: "Left and Right change it at once; Enter types it.",
    how_choice: "Left, Right or Enter change it at once.",
    how_keys: "Enter opens the list.",
    typing: "Enter keeps what is typed, Esc leaves it as it was.",
    mistakes: "Mistakes in the settings",
    mistakes_advice: "The settings from before stay in force until the file is mended.",
    line: |line| format!("line {line}"),
    keys_title: "Keys",
    keys_how: "Enter, then press the new key. Backspace brings the shipped keys back.",
    press: |title| format!("Press the key for \"{title}\". Esc leaves it as it was."),
    leave_word: "leave it",
    own: "own",
    no_key: "(no key)",
    clash: |key, other| format!("{key} is taken by \"{other}\"; nothing was changed."),
    cannot: |key| format!("{key} cannot be bound: terminals or Japanese input keep it."),
};

/// Japanese.
pub const JA: Text = Text {
    title: "設定",
    meaning: |setting| match setting {
        Setting::Language => "言語です。自動 (auto) はロケールと、F2 で最後に選んだ言語に従います。",
        Setting::ClearAfter => "コピーした秘密をクリップボードに残す秒数です。",
        Setting::RevealFor => "秘密を表示しておく秒数です。",
        Setting::LockAfter => "キーを押さないでいるとロックするまでの秒数です。スリープ中も数えます。",
        Setting::LockOnDetach => "この tmux を誰も見ていないとき（回線が切れたとき）にロックします。",
        Setting::Clipboard => "コピーの経路です。自動 (auto) は端末、SSH、tmux を見て決めます。",
        Setting::Theme => "背景の明るさに合わせた配色です。自動 (auto) は端末に尋ねます。",
        Setting::Color => "色です。自動 (auto) は端末と NO_COLOR が許すときに使います。",
        Setting::Ascii => "枠線を ASCII で描きます。枠が崩れる端末で使います。",
        Setting::Vault => "いつもの場所でない保管庫を使うときの、そのファイルです。",
        Setting::KeyFile => "保管庫が鍵ファイルを求めるときに、マスターパスワードと一緒に使うファイルです。",
        Setting::BackupDir => "いつもの場所でないところにバックアップを置くときの、そのフォルダーです。",
        Setting::Pwned => "流出パスワードのリスト (Have I Been Pwned)、またはそのフィルターです。",
        Setting::HealthOnline => {
            "点検をやり直す (R) とき、インターネットでも調べます。送るのはハッシュの 5 桁だけです。"
        }
    },
    label: |setting| match setting {
        Setting::Language => "言語",
        Setting::ClearAfter => "クリップボードの消去まで",
        Setting::RevealFor => "秘密の表示時間",
        Setting::LockAfter => "ロックまで",
        Setting::LockOnDetach => "tmux を離れたらロック",
        Setting::Clipboard => "クリップボード",
        Setting::Theme => "背景",
        Setting::Color => "色",
        Setting::Ascii => "ASCII の枠線",
        Setting::Vault => "保管庫のファイル",
        Setting::KeyFile => "鍵ファイル",
        Setting::BackupDir => "バックアップ",
        Setting::Pwned => "流出パスワード",
        Setting::HealthOnline => "流出をネットでも調べる",
    },
    word: |setting, word| {
        Some(match (setting, word) {
            (_, "auto") => "自動",
            (_, "true") => "オン",
            (_, "false") => "オフ",
            (Setting::Language, "ja") => "日本語",
            (Setting::Language, "en") => "English",
            (Setting::Clipboard, "native") => "このPC",
            (Setting::Clipboard, "osc52") => "端末 (OSC 52)",
            (Setting::Clipboard, "none") => "使わない",
            (Setting::Theme, "dark") => "暗い",
            (Setting::Theme, "light") => "明るい",
            (Setting::Color, "never") => "使わない",
            _ => return None,
        })
    },
    time: |seconds| words::span(Lang::Ja, Duration::from_secs(seconds)),
    between: |least, most| format!("{least}から {most}まで"),
    range: |range, default| format!("{range}   初期値: {default}"),
    type_seconds: |least, most| format!("秒数 ({least} から {most}) を入力します。"),
    file_default: |range, default| format!("{range} / 初期値 {default}"),
    file_head: "mamori の設定です。名前の前の # を消した行が有効になります。",
    file_intervals: "パスワードを何日ごとに変えるか (種類別、0 は変えない)。mamori due で見られます。",
    file_rules: "サイトのパスワードの規則 (ホストごと。その下のホストにも効く)。書き方は mamori generate --help。",
    file_rotators: "新しいパスワードを設定先に入れるコマンド (mamori change アイテム --rotate)。新旧は標準入力の 2 行で渡します。",
    file_keys: "キー: コマンドとそのキーです。一覧は mamori keys で見られます。",
    file: "ファイル",
    file_missing: "まだありません",
    usual: "(いつもの場所)",
    unset: "(なし)",
    keys: "キー",
    own_keys: |count| {
        if count == 0 { "初期設定のまま".to_owned() } else { format!("変更: {count}") }
    },
    next_start: "次の起動から有効です。",
    how: "左右キーですぐに変わります。Enter で入力もできます。",
    how_choice: "左右キーか Enter ですぐに変わります。",
    how_keys: "Enter で一覧を開きます。",
    typing: "Enter で確定、Esc で元のままにします。",
    mistakes: "設定の誤り",
    mistakes_advice: "ファイルを直すまで、前の設定のまま動きます。",
    line: |line| format!("{line} 行目"),
    keys_title: "キー",
    keys_how: "Enter を押してから新しいキーを押します。Backspace で初期設定に戻します。",
    press: |title| format!("「{title}」のキーを押してください。Esc で元のままにします。"),
    leave_word: "元のまま",
    own: "変更",
    no_key: "(キーなし)",
    clash: |key, other| format!("{key} は「{other}」のキーです。変更していません。"),
    cannot: |key| format!("{key} は使えません。端末や日本語入力が使うキーです。"),
};
