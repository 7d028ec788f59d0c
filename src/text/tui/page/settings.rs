//! Settings and keys, in both languages; also the comments of `config.toml`.

use crate::config::Setting;

/// The strings.
#[derive(Debug)]
pub struct Text {
    /// Its name.
    pub title: &'static str,
    /// What a setting does: one sentence.
    pub meaning: fn(Setting) -> &'static str,
    /// A label for a setting, short.
    pub label: fn(Setting) -> &'static str,
    /// Its range and its default.
    pub file_default: fn(&str, &str) -> String,
    /// The first line of the file.
    pub file_head: &'static str,
    /// Over the keys in the file.
    pub file_keys: &'static str,
    /// In front of the path of the file.
    pub file: &'static str,
    /// The file is not there yet.
    pub file_missing: &'static str,
    /// The value that a setting starts with.
    pub default: &'static str,
    /// Seconds.
    pub seconds: &'static str,
    /// In place of a path: the usual one.
    pub usual: &'static str,
    /// The row that opens the keys.
    pub keys: &'static str,
    /// How many keys are a person's own.
    pub own_keys: fn(usize) -> String,
    /// It counts from the next start on.
    pub next_start: &'static str,
    /// How a row is changed.
    pub how: &'static str,
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
        Setting::Language => "The language; auto goes by the locale and by what F2 chose last.",
        Setting::ClearAfter => "Seconds that a copied secret stays in the clipboard.",
        Setting::RevealFor => "Seconds that a secret stays shown.",
        Setting::LockAfter => "Seconds without a key after which the vault locks; sleep counts.",
        Setting::LockOnDetach => "Lock when nobody is attached to this tmux any more (a lost connection).",
        Setting::Clipboard => "The way that copies go; auto looks at the terminal, SSH and tmux.",
        Setting::Theme => "Colours for a dark or a light background; auto asks the terminal.",
        Setting::Color => "Colours; auto uses them where the terminal and NO_COLOR allow them.",
        Setting::Ascii => "Lines of plain ASCII, where frames look broken.",
        Setting::Vault => "The vault file, where another than the usual one is meant.",
        Setting::KeyFile => "The key file that goes with the master password, where a vault asks for one.",
        Setting::BackupDir => "The folder of the backups, where another than the usual one is meant.",
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
    },
    file_default: |range, default| format!("{range}; default {default}"),
    file_head: "Settings of mamori. A line counts once the # in front of its name is gone.",
    file_keys: "Keys: a command and its keys. mamori keys prints the table.",
    file: "File",
    file_missing: "not there yet",
    default: "Default",
    seconds: "s",
    usual: "(usual place)",
    keys: "Keys",
    own_keys: |count| if count == 0 { "as shipped".to_owned() } else { format!("own: {count}") },
    next_start: "Counts from the next start on.",
    how: "Left, Right or Space change it at once; Enter types it.",
    typing: "Enter keeps what is typed, Esc leaves it as it was.",
    mistakes: "Mistakes in the settings",
    mistakes_advice: "The settings from before stay in force until the file is mended.",
    line: |line| format!("line {line}"),
    keys_title: "Keys",
    keys_how: "Enter, then press the new key. Backspace brings the shipped keys back.",
    press: |title| format!("Press the key for \"{title}\". Esc leaves it as it was."),
    own: "own",
    no_key: "(no key)",
    clash: |key, other| format!("{key} is taken by \"{other}\"; nothing was changed."),
    cannot: |key| format!("{key} cannot be bound: terminals or Japanese input keep it."),
};

/// Japanese.
pub const JA: Text = Text {
    title: "設定",
    meaning: |setting| match setting {
        Setting::Language => "言語です。auto はロケールと、F2 で最後に選んだ言語に従います。",
        Setting::ClearAfter => "コピーした秘密をクリップボードに残す秒数です。",
        Setting::RevealFor => "秘密を表示しておく秒数です。",
        Setting::LockAfter => "キーを押さないでいるとロックするまでの秒数です。スリープ中も数えます。",
        Setting::LockOnDetach => "この tmux を誰も見ていないとき（回線が切れたとき）にロックします。",
        Setting::Clipboard => "コピーの経路です。auto は端末、SSH、tmux を見て決めます。",
        Setting::Theme => "背景の明るさに合わせた配色です。auto は端末に尋ねます。",
        Setting::Color => "色です。auto は端末と NO_COLOR が許すときに使います。",
        Setting::Ascii => "枠線を ASCII で描きます。枠が崩れる端末で使います。",
        Setting::Vault => "いつもの場所でない保管庫を使うときの、そのファイルです。",
        Setting::KeyFile => "保管庫が鍵ファイルを求めるときに、マスターパスワードと一緒に使うファイルです。",
        Setting::BackupDir => "いつもの場所でないところにバックアップを置くときの、そのフォルダーです。",
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
    },
    file_default: |range, default| format!("{range} / 初期値 {default}"),
    file_head: "mamori の設定です。名前の前の # を消した行が有効になります。",
    file_keys: "キー: コマンドとそのキーです。一覧は mamori keys で見られます。",
    file: "ファイル",
    file_missing: "まだありません",
    default: "初期値",
    seconds: "秒",
    usual: "(いつもの場所)",
    keys: "キー",
    own_keys: |count| {
        if count == 0 { "初期設定のまま".to_owned() } else { format!("変更: {count}") }
    },
    next_start: "次の起動から有効です。",
    how: "左右かスペースですぐに変更、Enter で入力します。",
    typing: "Enter で確定、Esc で元のままにします。",
    mistakes: "設定の誤り",
    mistakes_advice: "ファイルを直すまで、前の設定のまま動きます。",
    line: |line| format!("{line} 行目"),
    keys_title: "キー",
    keys_how: "Enter を押してから新しいキーを押します。Backspace で初期設定に戻します。",
    press: |title| format!("「{title}」のキーを押してください。Esc で元のままにします。"),
    own: "変更",
    no_key: "(キーなし)",
    clash: |key, other| format!("{key} は「{other}」のキーです。変更していません。"),
    cannot: |key| format!("{key} は使えません。端末や日本語入力が使うキーです。"),
};
