//! Bringing entries over, and what long work says, in both languages.

use crate::ops::import::plan::Counts;
use crate::text::tui::Said;
use crate::tui::screen::working::Kind;
use crate::tui::task::Stage;

/// The strings.
#[derive(Debug)]
pub struct Text {
    /// Its name.
    pub title: &'static str,
    /// Title of what would come in.
    pub preview: &'static str,
    /// Title of what came in.
    pub report: &'static str,
    /// Title when the file was not taken.
    pub failed: &'static str,
    /// What the rows become.
    pub counts: fn(Counts) -> String,
    /// Heading of the rows.
    pub rows: fn(usize) -> String,
    /// Heading of the notices.
    pub notices: fn(usize) -> String,
    /// There are none.
    pub no_notices: &'static str,
    /// What Enter does in the preview.
    pub enter: &'static str,
    /// What Enter does when nothing is new.
    pub nothing: &'static str,
    /// The choice about apostrophes that may be RoboForm's.
    pub guards: &'static str,
    /// An apostrophe at the start of this column was kept.
    pub guard_kept: fn(&str) -> String,
    /// The file that came in is still there, readable for everybody who gets it.
    pub in_clear: fn(&str) -> String,
    /// Close, and keep the file.
    pub keep: &'static str,
    /// Delete the file.
    pub delete: &'static str,
    /// Asked before.
    pub ask_delete: fn(&str) -> String,
    /// What deleting cannot promise.
    pub no_promise: &'static str,
    /// What is taken where the entry has no title.
    pub untitled: &'static str,
    /// The file is no export, with the reason.
    pub no_export: fn(&str) -> Said,
    /// No random bytes.
    pub no_entropy: &'static str,
    /// The vault refused the change.
    pub refused: &'static str,
    /// What Enter and Esc do then.
    pub again: &'static str,
    /// Enter when nothing is new, at most 12 cells.
    pub close_word: &'static str,
    /// Enter when the file was none, at most 12 cells.
    pub other_word: &'static str,
    /// Tab in the preview: to the notices, at most 12 cells.
    pub switch_word: &'static str,
    /// Tab in the preview: to the rows, at most 12 cells.
    pub rows_word: &'static str,
    /// Tab in the report: to the buttons, at most 12 cells.
    pub on_word: &'static str,
    /// Long work.
    pub working: Working,
}

/// What long work says.
#[derive(Debug)]
pub struct Working {
    /// Title.
    pub title: fn(Kind) -> &'static str,
    /// What is being done: done and whole (0: not counted).
    pub stage: fn(Stage, u64, u64) -> String,
    /// Seconds so far.
    pub time: fn(u64) -> String,
    /// How to stop it.
    pub cancel: &'static str,
    /// How to stop a command that sets a password.
    pub cancel_rotate: &'static str,
    /// It is being stopped.
    pub cancelling: &'static str,
    /// It cannot be stopped any more.
    pub too_late: &'static str,
}

/// A number with a comma after every three digits.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let first = digits.len() % 3;
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && at % 3 == first {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

fn counted(words: &str, done: u64, whole: u64) -> String {
    if whole == 0 {
        words.to_owned()
    } else {
        format!("{words}  {} / {}", grouped(done.min(whole)), grouped(whole))
    }
}

/// English.
pub const EN: Text = Text {
    title: "Import",
    preview: "What would come in",
    report: "Imported",
    failed: "Not imported",
    counts: |counts| {
        let Counts { new, updated, unchanged, duplicate, resembling } = counts;
        let alike = if resembling > 0 { format!(" (like others: {resembling})") } else { String::new() };
        format!("New: {new}{alike}  updated: {updated}  there already: {}", unchanged + duplicate)
    },
    rows: |count| format!("Rows ({count})"),
    notices: |count| format!("Notices ({count})"),
    no_notices: "Every row was taken as it stands.",
    enter: "Enter imports all this as one change; z undoes it. Nothing is changed yet.",
    nothing: "Everything in this file is there already. Enter closes.",
    guards: "No apostrophe before = + - belongs to a value: take them away (Space)",
    guard_kept: |what| format!("an apostrophe at the start of '{what}' was kept"),
    in_clear: |name| format!("{name} still holds every password in clear. Delete it once you are satisfied."),
    keep: "Close, keep the file",
    delete: "Delete the file ..",
    ask_delete: |name| format!("Delete {name}? This cannot be undone."),
    no_promise: "On an SSD, on a file system with snapshots and in backups a deleted file may still be found.",
    untitled: "(no title)",
    no_export: |reason| Said {
        fact: format!("Nothing was imported: {reason}."),
        advice: "Export it again as CSV (RoboForm: Options, Account & Data, Export) and choose that file."
            .to_owned(),
    },
    no_entropy: "Nothing was imported: the system gives no random bytes. Try again.",
    refused: "Nothing was imported: the vault would become too large. Import in parts.",
    again: "Enter chooses another file, Esc closes.",
    close_word: "close",
    other_word: "another file",
    switch_word: "notices",
    rows_word: "rows",
    on_word: "buttons",
    working: Working {
        title: |kind| match kind {
            Kind::Plan => "Reading the export",
            Kind::Apply => "Taking the change in",
            Kind::Change => "Changing the entries",
            Kind::Join => "Another session saved",
            Kind::Kept => "What was not saved yet",
            Kind::Export => "Writing the file",
            Kind::Check => "Checking what was typed",
            Kind::Keys => "Making new keys",
            Kind::Backups => "Looking into backups",
            Kind::Gather => "What falls with it",
            Kind::Look => "Looking through the entries",
            Kind::Compare => "Comparing with the other copy",
            Kind::Merge => "Merging the other copy",
            Kind::Restore => "Putting the vault back",
            Kind::Rotate => "Setting the new password at its host",
            Kind::Master => "Checking the master password",
        },
        stage: |stage, done, whole| match stage {
            Stage::Reading => "Reading the file".to_owned(),
            Stage::Backups => counted("Reading the backups", done, whole),
            Stage::Rows => counted("Reading rows", done, whole),
            Stage::Planning => counted("Comparing with the vault", done, whole),
            Stage::Deriving => counted("Deriving the key", done, whole),
            Stage::Collecting => counted("Collecting entries", done, whole),
            Stage::Comparing => counted("Comparing passwords", done, whole),
            Stage::Running => "The command is running".to_owned(),
            Stage::Writing => "Writing to the disk".to_owned(),
            Stage::Joining => "Joining the changes".to_owned(),
            Stage::Applying => "Taking it into the vault".to_owned(),
            Stage::Indexing => "Building the search index".to_owned(),
            Stage::Sealing => "Encrypting".to_owned(),
        },
        time: |seconds| format!("{seconds} s"),
        cancel_rotate: "Esc stops it. Which password counts is not known then.",
        cancel: "Esc stops it and changes nothing.",
        cancelling: "Stopping ..",
        too_late: "Almost done. It is not stopped half-way.",
    },
};

/// Japanese.
pub const JA: Text = Text {
    title: "取り込み",
    preview: "取り込みの下見",
    report: "取り込みました",
    failed: "取り込めません",
    counts: |counts| {
        let Counts { new, updated, unchanged, duplicate, resembling } = counts;
        let alike =
            if resembling > 0 { format!(" (似たものあり {resembling})") } else { String::new() };
        format!("新規: {new} 件{alike}  更新: {updated} 件  既存: {} 件", unchanged + duplicate)
    },
    rows: |count| format!("内容 ({count})"),
    notices: |count| format!("お知らせ ({count})"),
    no_notices: "すべての行をそのまま取り込みます。",
    enter: "Enter で全体を取り込みます (z で戻せます)。まだ何も変えていません。",
    nothing: "このファイルの内容はすべて保管庫にあります。Enter で閉じます。",
    guards: "= + - の前のアポストロフィは値ではないので取り除く (Space)",
    guard_kept: |what| format!("「{what}」の先頭のアポストロフィを残しました"),
    in_clear: |name| format!("{name} には全パスワードが平文で残っています。確認後に削除してください。"),
    keep: "ファイルを残して閉じる",
    delete: "ファイルを削除する ..",
    ask_delete: |name| format!("{name} を削除しますか。元に戻せません。"),
    no_promise: "SSD、スナップショットのあるファイルシステム、バックアップには、削除後も残ることがあります。",
    untitled: "(タイトルなし)",
    no_export: |reason| {
        Said {
        fact: format!("何も取り込んでいません: {reason}。"),
        advice: "CSV でもう一度エクスポートし (RoboForm: オプション、アカウントとデータ、エクスポート)、選び直してください。"
            .to_owned(),
    }
    },
    no_entropy: "何も取り込んでいません: システムから乱数を得られません。もう一度試してください。",
    refused: "何も取り込んでいません: 保管庫が大きくなりすぎます。分けて取り込んでください。",
    again: "Enter で別のファイルを選び、Esc で閉じます。",
    close_word: "閉じる",
    other_word: "別のファイル",
    switch_word: "お知らせ",
    rows_word: "内容",
    on_word: "ボタンへ",
    working: Working {
        title: |kind| match kind {
            Kind::Plan => "エクスポートを読んでいます",
            Kind::Apply => "変更を取り込んでいます",
            Kind::Change => "アイテムを変更しています",
            Kind::Join => "別の画面で保存されました",
            Kind::Kept => "まだ保存していない変更",
            Kind::Export => "ファイルに書き出しています",
            Kind::Check => "入力を確かめています",
            Kind::Keys => "新しい鍵を作っています",
            Kind::Backups => "バックアップを調べています",
            Kind::Gather => "巻き込まれるものを探しています",
            Kind::Look => "アイテムを調べています",
            Kind::Compare => "写しと比べています",
            Kind::Merge => "写しと合わせています",
            Kind::Restore => "保管庫を戻しています",
            Kind::Rotate => "新しいパスワードを設定先に入れています",
            Kind::Master => "マスターパスワードを確かめています",
        },
        stage: |stage, done, whole| match stage {
            Stage::Reading => "ファイルを読み込み中".to_owned(),
            Stage::Backups => counted("バックアップを読み込み中", done, whole),
            Stage::Rows => counted("行を読み取り中", done, whole),
            Stage::Planning => counted("保管庫と照合中", done, whole),
            Stage::Deriving => counted("鍵を計算中", done, whole),
            Stage::Collecting => counted("アイテムを集めています", done, whole),
            Stage::Comparing => counted("パスワードを比較中", done, whole),
            Stage::Running => "コマンドを実行中".to_owned(),
            Stage::Writing => "ディスクに書き込み中".to_owned(),
            Stage::Joining => "両方の変更を合わせています".to_owned(),
            Stage::Applying => "保管庫に入れています".to_owned(),
            Stage::Indexing => "検索の索引を作成中".to_owned(),
            Stage::Sealing => "暗号化中".to_owned(),
        },
        time: |seconds| format!("{seconds} 秒"),
        cancel_rotate: "Esc で中止します。どちらが有効かは分からなくなります。",
        cancel: "Esc で中止します。何も変わりません。",
        cancelling: "中止しています ..",
        too_late: "まもなく終わります。途中では止めません。",
    },
};
