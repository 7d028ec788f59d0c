//! The path field, in both languages.

use crate::text::tui::Said;
use crate::tui::files::Failure;

/// The strings.
#[derive(Debug)]
pub struct Text {
    /// An export is wanted.
    pub import: &'static str,
    /// A file for an entry is wanted.
    pub attach: &'static str,
    /// A key file is wanted.
    pub key_file: &'static str,
    /// A vault is wanted.
    pub vault: &'static str,
    /// A new file is to be named.
    pub write: &'static str,
    /// How a file is named.
    pub hint_read: &'static str,
    /// How a new file is named.
    pub hint_write: &'static str,
    /// Above the newest exports.
    pub recent: &'static str,
    /// There are none.
    pub no_recent: &'static str,
    /// The disk is being asked.
    pub looking: &'static str,
    /// Above the names in a folder.
    pub inside: fn(&str) -> String,
    /// The same when these are only the first.
    pub first_of: fn(usize, &str) -> String,
    /// No name in the folder fits.
    pub nothing_fits: fn(&str) -> String,
    /// There is nothing in the folder.
    pub nothing_in: fn(&str) -> String,
    /// The folder that a new file goes into.
    pub new_in: fn(&str) -> String,
    /// So many names are not UTF-8.
    pub foreign: fn(usize) -> String,
    /// There is a file of that name.
    pub taken: fn(&str) -> String,
    /// Nothing is typed.
    pub empty: &'static str,
    /// Enter where a file is written, at most 12 cells.
    pub write_word: &'static str,
    /// Tab, at most 12 cells.
    pub complete_word: &'static str,
    /// Down, at most 12 cells.
    pub list_word: &'static str,
    /// How long ago, from seconds; at most 12 cells.
    pub age: fn(u64) -> String,
    /// Why a file cannot be read or written.
    pub failure: fn(&Failure) -> Said,
}

/// Seconds as the largest unit that fits.
fn unit(seconds: u64) -> (u64, usize) {
    match seconds {
        0..60 => (0, 0),
        60..3600 => (seconds / 60, 1),
        3600..86_400 => (seconds / 3600, 2),
        86_400..63_072_000 => (seconds / 86_400, 3),
        _ => (seconds / 31_536_000, 4),
    }
}

/// English.
pub const EN: Text = Text {
    import: "File to import",
    attach: "File to attach",
    key_file: "Key file",
    vault: "Vault file",
    write: "Write to",
    hint_read: "Type a path, or drop or paste the file. Tab completes, Down chooses below.",
    hint_write: "Type a path for the new file. Tab completes. Nothing is overwritten.",
    recent: "Newest exports in the download and desktop folders:",
    no_recent: "No exports in the download and desktop folders.",
    looking: "Looking ..",
    inside: |folder| format!("In {folder}"),
    first_of: |count, folder| format!("The first {count} names in {folder}; type more of the name"),
    nothing_fits: |folder| format!("No such name in {folder}"),
    nothing_in: |folder| format!("Nothing in {folder}"),
    new_in: |folder| format!("A new file in {folder}"),
    foreign: |count| format!("Not offered, names that are not UTF-8: {count}"),
    taken: |name| format!("{name} is there already and is not overwritten. Enter takes this free name."),
    write_word: "write",
    complete_word: "complete",
    list_word: "list below",
    empty: "No file is named. Type a path, or choose one below.",
    age: |seconds| match unit(seconds) {
        (_, 0) => "just now".to_owned(),
        (count, 1) => format!("{count} min ago"),
        (count, 2) => format!("{count} h ago"),
        (count, 3) => format!("{count} d ago"),
        (count, _) => format!("{count} years ago"),
    },
    failure: |failure| {
        let said = |fact: &str, advice: &str| Said { fact: fact.to_owned(), advice: advice.to_owned() };
        match failure {
            Failure::NotFound => said("There is no such file.", "Tab shows what the folder has."),
            Failure::NotAFile => said("This is no ordinary file.", "Choose a file, not a pipe or device."),
            Failure::Denied => {
                said("No permission for this file or folder.", "Choose another place, or change it: chmod.")
            }
            Failure::TooLarge(most) => said(
                &format!("The file is larger than {} MiB.", most >> 20),
                "mamori does not take more. Export in parts.",
            ),
            Failure::Exists => said("There is a file of that name.", "Choose another name."),
            Failure::Full => said("The disk is full; nothing was written.", "Make room, or write elsewhere."),
            Failure::NameTooLong => said("The name is too long for the disk.", "Choose a shorter one."),
            Failure::Lost => said("The work broke off; nothing was changed.", "Try again."),
            Failure::Other(words) => said(&format!("The disk refuses: {words}."), "Try another place."),
        }
    },
};

/// Japanese.
pub const JA: Text = Text {
    import: "取り込むファイル",
    attach: "添付するファイル",
    key_file: "鍵ファイル",
    vault: "保管庫のファイル",
    write: "書き出し先",
    hint_read: "パスを入力するか、ファイルをドロップか貼り付けます。Tab で補完、下で一覧。",
    hint_write: "新しいファイルのパスを入力します。Tab で補完。上書きはしません。",
    recent: "ダウンロードとデスクトップの新しいエクスポート:",
    no_recent: "ダウンロードとデスクトップにエクスポートはありません。",
    looking: "調べています ..",
    inside: |folder| format!("{folder} の中"),
    first_of: |count, folder| format!("{folder} の先頭 {count} 件。続きを入力すると絞り込めます"),
    nothing_fits: |folder| format!("{folder} に合う名前はありません"),
    nothing_in: |folder| format!("{folder} には何もありません"),
    new_in: |folder| format!("{folder} に新しいファイルを作ります"),
    foreign: |count| format!("UTF-8 でないため選べない名前: {count} 件"),
    taken: |name| format!("{name} はすでにあり、上書きしません。Enter で空いている名前を使います。"),
    write_word: "書き出す",
    complete_word: "補完",
    list_word: "下の一覧",
    empty: "ファイルが指定されていません。パスを入力するか、下から選んでください。",
    age: |seconds| match unit(seconds) {
        (_, 0) => "たった今".to_owned(),
        (count, 1) => format!("{count} 分前"),
        (count, 2) => format!("{count} 時間前"),
        (count, 3) => format!("{count} 日前"),
        (count, _) => format!("{count} 年前"),
    },
    failure: |failure| {
        let said = |fact: &str, advice: &str| Said { fact: fact.to_owned(), advice: advice.to_owned() };
        match failure {
            Failure::NotFound => said("ファイルがありません。", "Tab でフォルダーの中を表示します。"),
            Failure::NotAFile => {
                said("普通のファイルではありません。", "パイプや装置ではなくファイルを選んでください。")
            }
            Failure::Denied => said(
                "このファイルかフォルダーの権限がありません。",
                "別の場所を選ぶか、chmod で権限を変えてください。",
            ),
            Failure::TooLarge(most) => said(
                &format!("ファイルが {} MiB を超えています。", most >> 20),
                "これより大きいものは扱えません。分けてエクスポートしてください。",
            ),
            Failure::Exists => said("同じ名前のファイルがあります。", "別の名前を選んでください。"),
            Failure::Full => {
                said("ディスクがいっぱいで、何も書いていません。", "空きを作るか、別の場所に書いてください。")
            }
            Failure::NameTooLong => said("名前がディスクには長すぎます。", "短い名前にしてください。"),
            Failure::Lost => {
                said("処理が途中で止まりました。何も変えていません。", "もう一度試してください。")
            }
            Failure::Other(words) => {
                said(&format!("ディスクが受け付けません: {words}。"), "別の場所を試してください。")
            }
        }
    },
};
