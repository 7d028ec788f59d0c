//! Backups, other copies of the vault and what differs, in both languages.

use crate::ops::compare::After;
use crate::session::Reach;
use crate::store::Maker;
use crate::text::tui::Said;
use crate::tui::notice::OtherTold;

/// The strings.
#[derive(Debug)]
pub struct Text {
    /// Title of the list of backups: how many.
    pub backups: fn(usize) -> String,
    /// The page of backups, as the header names it.
    pub backups_name: &'static str,
    /// There is none.
    pub no_backups: &'static str,
    /// When one is made.
    pub no_backups_advice: &'static str,
    /// So many entries; none: it is not open.
    pub entries: fn(Option<usize>) -> String,
    /// The number of the save.
    pub save: fn(u64) -> String,
    /// What opens it.
    pub reach: fn(Reach) -> &'static str,
    /// It cannot be read.
    pub damaged: &'static str,
    /// When and on which machine it was saved.
    pub saved_on: fn(&str, &str) -> String,
    /// Enter: what differs.
    pub compares: &'static str,

    /// Title of the page that joins.
    pub merge: &'static str,
    /// Title of the list of copies: how many.
    pub copies: fn(usize) -> String,
    /// Who made a copy.
    pub maker: fn(Maker) -> &'static str,
    /// What an earlier run could not save.
    pub kept: &'static str,
    /// It holds more than the vault.
    pub has_news: &'static str,
    /// Everything in it is in the vault.
    pub no_news: &'static str,
    /// Not looked into yet.
    pub unknown_news: &'static str,
    /// Row: another file.
    pub other_file: &'static str,
    /// What these copies are.
    pub copies_hint: &'static str,

    /// Title of the question for a password.
    pub password: &'static str,
    /// Why it is asked for: of which file.
    pub password_why: fn(&str) -> String,
    /// Label of the field.
    pub password_label: &'static str,
    /// Enter: opens it.
    pub password_enter: &'static str,

    /// Title of the differences to a backup: of when.
    pub of_backup: fn(&str) -> String,
    /// Title of the differences to a file: its name.
    pub of_file: fn(&str) -> String,
    /// Title of the list of entries that differ: how many.
    pub differing: fn(usize) -> String,
    /// Nothing differs.
    pub nothing: &'static str,
    /// It opens with a former password: care.
    pub former: &'static str,
    /// It is from after a later change of the password.
    pub later: &'static str,
    /// What is here.
    pub here: &'static str,
    /// What is in the backup.
    pub then: &'static str,
    /// What is in the other copy.
    pub there: &'static str,
    /// Label of what the join gives.
    pub result: &'static str,
    /// What the join gives.
    pub after: fn(After) -> &'static str,
    /// Absent.
    pub none: &'static str,
    /// The entry is only in the backup.
    pub only_then: &'static str,
    /// The entry is only in the copy.
    pub only_there: &'static str,
    /// The entry is not in the backup.
    pub only_here: &'static str,
    /// The entry was purged on the other side.
    pub purged: &'static str,
    /// It was purged here and stays so.
    pub stays_purged: &'static str,
    /// What is here is newer and stays.
    pub stays: &'static str,
    /// Only an order or a date differs.
    pub minor: &'static str,
    /// Settings and incidents that differ.
    pub more: fn(usize, usize) -> String,
    /// So many entries that only are here stay as they are.
    pub unaffected: fn(usize) -> String,
    /// In the trash.
    pub trashed: &'static str,
    /// Not in the trash.
    pub not_trashed: &'static str,
    /// State of a staged change: 1 open, 2 dropped, 3 confirmed.
    pub staged_state: fn(u8) -> &'static str,

    /// Act: take the marked ones, how many.
    pub take_marked: fn(usize) -> String,
    /// Act: the whole vault as it was.
    pub restore_all: &'static str,
    /// Act: join so many entries; none: there is nothing to join.
    pub merge_all: fn(Option<usize>) -> String,
    /// Act: from restoring to joining.
    pub to_merge: &'static str,
    /// Act: from joining to restoring.
    pub to_restore: &'static str,
    /// What each act does: the marked ones, all of it back, merge instead, joining, restore instead, moving
    /// the copy.
    pub why: [&'static str; 6],
    /// Act: the copy goes to the backups.
    pub put_away: &'static str,
    /// Act: close.
    pub close: &'static str,
    /// Row: take this entry as it was.
    pub take_entry: &'static str,
    /// Enter: to the fields.
    pub shows: &'static str,
    /// Enter: takes this field.
    pub takes: &'static str,
    /// Enter on an act.
    pub does: &'static str,
    /// Space: marks.
    pub marks: &'static str,

    /// Title of the question before everything is put back.
    pub ask_title: &'static str,
    /// The question: as of when, how many entries change, how many go.
    pub ask_restore: fn(&str, usize, usize) -> String,
    /// The harmless answer.
    pub cancel: &'static str,
    /// The other one.
    pub restore: &'static str,

    /// Title of what a join brought.
    pub merged: &'static str,
    /// What it brought: new, changed, edited on both sides.
    pub merged_counts: fn(usize, usize, usize) -> String,
    /// Nothing new.
    pub merged_nothing: &'static str,
    /// It can be undone.
    pub merged_undo: &'static str,
    /// The master password of the copy holds from now on.
    pub new_password: &'static str,
    /// Title after a restore.
    pub restored: &'static str,
    /// As of when.
    pub restored_to: fn(&str) -> String,
    /// How it is undone: the backup of that time.
    pub restored_undo: fn(&str) -> String,
    /// What the sides of an entry that came in are called: new, changed, superseded, revived, survived,
    /// purged.
    pub lines: Lines,

    /// Title when it does not go on.
    pub failed: &'static str,
    /// It is another vault's.
    pub foreign: fn() -> Said,
    /// It needs a password of its own.
    pub needs_password: fn() -> Said,
    /// The vault is only read here.
    pub read_only: fn() -> Said,

    /// Title of the question about an older file.
    pub standing: &'static str,
    /// The file lacks what this machine saved last, at this time.
    pub rolled_back: fn(&str) -> String,
    /// It is from before a change of the master password, saved at this time.
    pub older: fn(&str) -> String,
    /// The answers: merge the newest backup, look at the backups, leave it.
    pub merge_newest: &'static str,
    /// The same for an older epoch: put the newest backup in its place.
    pub restore_newest: &'static str,
    /// Look at the backups.
    pub look: &'static str,
    /// Leave it as it is.
    pub leave: &'static str,
    /// Only read it.
    pub just_read: &'static str,
    /// Take it on, under a new master password.
    pub take_on: &'static str,

    /// What is told.
    pub told: fn(&OtherTold) -> String,
}

/// What became of an entry in a join.
#[derive(Debug)]
#[allow(missing_docs, reason = "each field is named after what it says")]
pub struct Lines {
    pub added: &'static str,
    pub changed: fn(&str) -> String,
    pub superseded: fn(&str) -> String,
    pub revived: &'static str,
    pub survived: &'static str,
    pub purged: &'static str,
}

fn said(fact: &str, advice: &str) -> Said {
    Said { fact: fact.to_owned(), advice: advice.to_owned() }
}

/// English.
pub const EN: Text = Text {
    backups: |count| format!("Backups ({count})"),
    backups_name: "Backups",
    no_backups: "There is no backup yet.",
    no_backups_advice: "Before a save the file that lies there becomes a backup: at most one in ten minutes, and always before an import, a merge, a change of the password.",
    entries: |count| match count {
        Some(1) => "1 entry".to_owned(),
        Some(count) => format!("{count} entries"),
        None => "closed".to_owned(),
    },
    save: |number| format!("save {number}"),
    reach: |reach| match reach {
        Reach::Present => "present password",
        Reach::Retired { .. } => "former password",
        Reach::Closed => "another password",
        Reach::Foreign => "another vault",
    },
    damaged: "cannot be read",
    saved_on: |time, host| match host {
        "" => format!("last saved {time}"),
        host => format!("last saved {time} on {host}"),
    },
    compares: "what differs from now",

    merge: "Merge",
    copies: |count| format!("Other copies of this vault ({count})"),
    maker: |maker| match maker {
        Maker::Syncthing => "Syncthing",
        Maker::Dropbox => "Dropbox",
        Maker::Nextcloud => "Nextcloud",
        Maker::OneDrive => "OneDrive",
        Maker::Seafile => "Seafile",
        Maker::Synology => "Synology Drive",
        Maker::Killed => "a killed save",
        Maker::Numbered | Maker::Other => "a sync program",
    },
    kept: "not saved, from before the new password",
    has_news: "holds more",
    no_news: "nothing new",
    unknown_news: "not compared yet",
    other_file: "Another file ..",
    copies_hint: "A sync program keeps such a copy where two machines saved apart. Enter shows what differs; nothing is taken before you say so.",

    password: "A password of its own",
    password_why: |name| {
        format!(
            "{name} opens neither with the present master password nor with a former one: it was changed apart. Type the one of that copy."
        )
    },
    password_label: "Master password",
    password_enter: "open it",

    of_backup: |time| format!("Backup of {time}"),
    of_file: |name| format!("Merge {name}"),
    differing: |count| format!("What differs ({count})"),
    nothing: "Nothing differs from now.",
    former: "It opens with a former master password: whoever knew that can have written it. Look before you take.",
    later: "It is from after a later change of the master password, which will hold from then on.",
    here: "now",
    then: "then",
    there: "there",
    result: "result",
    after: |after| match after {
        After::Here => "now",
        After::There => "there; yours goes to the history",
        After::Gone => "deleted for ever",
    },
    none: "(none)",
    only_then: "only there",
    only_there: "new",
    only_here: "not there",
    purged: "deleted for ever there",
    stays_purged: "deleted for ever here, stays so",
    stays: "yours newer",
    minor: "only an order or a date",
    more: |settings, incidents| match (settings, incidents) {
        (settings, 0) => format!("and {settings} settings of the vault (folders, searches)"),
        (0, incidents) => format!("and {incidents} incidents"),
        (settings, incidents) => format!("and {settings} settings of the vault, {incidents} incidents"),
    },
    unaffected: |count| format!("Only here, and staying: {count}"),
    trashed: "in the trash",
    not_trashed: "not in the trash",
    staged_state: |state| match state {
        2 => "dropped",
        3 => "confirmed",
        _ => "open",
    },

    take_marked: |count| format!("Take the {count} marked ones"),
    restore_all: "Put all of it back ..",
    merge_all: |count| match count {
        None => "Nothing to take: close".to_owned(),
        Some(0) => "Take it in".to_owned(),
        Some(1) => "Take it in (1 entry)".to_owned(),
        Some(count) => format!("Take it in ({count} entries)"),
    },
    to_merge: "Merge it instead",
    to_restore: "Put it back instead",
    why: [
        "Only the marked entries become what they were. z undoes it.",
        "The whole vault becomes what it was in this backup. What is there now becomes a backup first, so it can be undone.",
        "Keeps what is here and adds what only the backup has.",
        "Makes one of both. Where both changed a field the later change holds, the other goes to the history. z undoes it.",
        "Puts back what was there then, and joins nothing.",
        "Everything in this copy is in the vault. The copy itself goes to the folder of the backups.",
    ],
    put_away: "Move this copy to the backups",
    close: "Close",
    take_entry: "Take this entry as it was",
    shows: "its fields",
    takes: "take this",
    does: "do this",
    marks: "mark",

    ask_title: "Put all of it back",
    ask_restore: |time, changed, gone| {
        format!(
            "The whole vault becomes what it was at {time} (entries changed: {changed}, gone: {gone}). What is there now becomes a backup first."
        )
    },
    cancel: "Cancel",
    restore: "Put all of it back",

    merged: "Merged",
    merged_counts: |added, changed, superseded| {
        format!("new: {added}  changed: {changed}  edited on both sides: {superseded}")
    },
    merged_nothing: "There was nothing new in it.",
    merged_undo: "z undoes it in one step. What gave way is in the history of its entry.",
    new_password: "The master password of that copy was changed later: from now on it opens this vault.",
    restored: "Put back",
    restored_to: |time| format!("The vault is as it was at {time}. It is saved."),
    restored_undo: |time| {
        format!("What was there before is the backup of {time}: to undo this, put that one back.")
    },
    lines: Lines {
        added: "new",
        changed: |fields| format!("changed: {fields}"),
        superseded: |field| format!("edited on both sides: {field}; the later one holds"),
        revived: "back from the trash: edited there",
        survived: "kept: deleted for ever on one side, edited on the other",
        purged: "deleted for ever there",
    },

    failed: "It does not go on",
    foreign: || said("This file is of another vault.", "Its entries come in by an import, not by a merge."),
    needs_password: || said("It opens with none of the known passwords.", "Enter asks for its own."),
    read_only: || said("This vault is only read here.", "Nothing was changed."),

    standing: "An older file",
    rolled_back: |time| {
        format!(
            "This file lacks what this machine saved at {time}: an old copy was put in its place, or a sync program chose another one. The newest backup may hold what is missing."
        )
    },
    older: |time| {
        format!(
            "This file is from before a change of the master password, saved here at {time}. Whoever knew the former one can have written it, so it is only read."
        )
    },
    merge_newest: "Compare with the newest backup, and merge",
    restore_newest: "Look at the newest backup, to put it in its place",
    look: "All backups",
    leave: "Leave it as it is",
    just_read: "Only read it",
    take_on: "Make it the vault again, under a new password ..",

    told: |told| match told {
        OtherTold::Taken(1) => "Taken over from there. z undoes.".to_owned(),
        OtherTold::Taken(count) => format!("{count} entries taken over from there. z undoes."),
        OtherTold::Same => "It is like that already.".to_owned(),
        OtherTold::StagedStays => "A change under way is left alone: c confirms or discards it.".to_owned(),
        OtherTold::Refused => "The vault did not take it. Nothing was changed.".to_owned(),
        OtherTold::SaveFirst => "First what is unsaved must be on the disk. F5 tries again.".to_owned(),
        OtherTold::PutAway => "The copy lies among the backups now.".to_owned(),
        OtherTold::Rewritten => "Written anew, with everything that is open here.".to_owned(),
        OtherTold::WholeAgain => "The file is whole again; nothing was replaced.".to_owned(),
        OtherTold::NewerFile => {
            "A newer mamori wrote the file: nothing is saved over it. Update mamori.".to_owned()
        }
        OtherTold::NoneLater => "No backup here is from after that change of the password.".to_owned(),
    },
};

/// Japanese.
pub const JA: Text = Text {
    backups: |count| format!("バックアップ ({count})"),
    backups_name: "バックアップ",
    no_backups: "バックアップはまだありません。",
    no_backups_advice: "保存の前に、それまでのファイルがバックアップになります。多くても 10 分に 1 つ、取り込み・合わせる・パスワード変更の前には必ず作ります。",
    entries: |count| match count {
        Some(count) => format!("{count} 件"),
        None => "開けません".to_owned(),
    },
    save: |number| format!("保存 {number} 回目"),
    reach: |reach| match reach {
        Reach::Present => "今のパスワード",
        Reach::Retired { .. } => "前のパスワード",
        Reach::Closed => "別のパスワード",
        Reach::Foreign => "別の保管庫",
    },
    damaged: "読めません",
    saved_on: |time, host| match host {
        "" => format!("最後の保存 {time}"),
        host => format!("最後の保存 {time} ({host})"),
    },
    compares: "今との違いを見る",

    merge: "合わせる",
    copies: |count| format!("この保管庫の別の写し ({count})"),
    maker: |maker| match maker {
        Maker::Syncthing => "Syncthing",
        Maker::Dropbox => "Dropbox",
        Maker::Nextcloud => "Nextcloud",
        Maker::OneDrive => "OneDrive",
        Maker::Seafile => "Seafile",
        Maker::Synology => "Synology Drive",
        Maker::Killed => "中断した保存",
        Maker::Numbered | Maker::Other => "同期ソフト",
    },
    kept: "保存できなかった変更（パスワード変更の前）",
    has_news: "新しい内容あり",
    no_news: "新しい内容なし",
    unknown_news: "まだ比べていません",
    other_file: "別のファイル ..",
    copies_hint: "二台で別々に保存すると、同期ソフトがこのような写しを残します。Enter で違いを見ます。決めるまで何も取り込みません。",

    password: "この写しのパスワード",
    password_why: |name| {
        format!(
            "{name} は、今のマスターパスワードでも前のものでも開きません（別の場所で変わっています）。この写しのマスターパスワードを入力してください。"
        )
    },
    password_label: "マスターパスワード",
    password_enter: "開く",

    of_backup: |time| format!("{time} のバックアップ"),
    of_file: |name| format!("合わせる: {name}"),
    differing: |count| format!("違うもの ({count})"),
    nothing: "今の内容と違いはありません。",
    former: "前のマスターパスワードで開く写しです。それを知る人なら書き換えられます。内容を確かめてから使ってください。",
    later: "後からマスターパスワードを変えた写しです。使うと、そのパスワードがこの保管庫のものになります。",
    here: "今",
    then: "当時",
    there: "写し",
    result: "結果",
    after: |after| match after {
        After::Here => "今",
        After::There => "写し（今の内容は履歴へ）",
        After::Gone => "完全に削除",
    },
    none: "（なし）",
    only_then: "当時だけ",
    only_there: "新規",
    only_here: "当時はない",
    purged: "写しで完全に削除",
    stays_purged: "こちらで完全に削除したまま",
    stays: "今が新しい",
    minor: "順番や日付だけ",
    more: |settings, incidents| match (settings, incidents) {
        (settings, 0) => format!("ほかに保管庫の設定 {settings} 件（フォルダー、検索）"),
        (0, incidents) => format!("ほかに乗っ取り対応 {incidents} 件"),
        (settings, incidents) => format!("ほかに保管庫の設定 {settings} 件、乗っ取り対応 {incidents} 件"),
    },
    unaffected: |count| format!("こちらだけにあるもの（そのまま）: {count} 件"),
    trashed: "ごみ箱の中",
    not_trashed: "ごみ箱の外",
    staged_state: |state| match state {
        2 => "取り消し済み",
        3 => "確定済み",
        _ => "変更中",
    },

    take_marked: |count| format!("印を付けた {count} 件を戻す"),
    restore_all: "全体をこの時に戻す ..",
    merge_all: |count| match count {
        None => "取り込むものはありません: 閉じる".to_owned(),
        Some(0) => "取り込む".to_owned(),
        Some(count) => format!("取り込む（{count} 件）"),
    },
    to_merge: "戻さずに合わせる",
    to_restore: "合わせずに戻す",
    why: [
        "印を付けたアイテムだけを、当時の内容に戻します。z で取り消せます。",
        "保管庫全体をこのバックアップの内容にします。今の内容は先にバックアップになるので、取り消せます。",
        "今の内容を残したまま、バックアップにだけあるものを加えます。",
        "両方の内容を一つにします。同じ項目を両方で変えていたら後の方が残り、もう一方は履歴に入ります。z で取り消せます。",
        "合わせずに、その時の内容に戻します。",
        "この写しの内容はすべて保管庫にあります。写しはバックアップのフォルダーへ移ります。",
    ],
    put_away: "この写しをバックアップへ移す",
    close: "閉じる",
    take_entry: "このアイテムを当時の内容に戻す",
    shows: "項目を見る",
    takes: "この内容に戻す",
    does: "実行",
    marks: "印",

    ask_title: "全体を戻す",
    ask_restore: |time, changed, gone| {
        format!(
            "保管庫全体を {time} の内容に戻します。{changed} 件が変わり、{gone} 件がなくなります。今の内容は先にバックアップします。"
        )
    },
    cancel: "やめる",
    restore: "全体を戻す",

    merged: "合わせました",
    merged_counts: |added, changed, superseded| {
        format!("新規: {added}  変更: {changed}  両方で編集: {superseded}")
    },
    merged_nothing: "新しい内容はありませんでした。",
    merged_undo: "z で一度に元に戻せます。譲った方の内容は、アイテムの履歴にあります。",
    new_password: "写しのマスターパスワードの方が後で変わっています。これからはそのパスワードで開きます。",
    restored: "戻しました",
    restored_to: |time| format!("保管庫は {time} の内容です。保存しました。"),
    restored_undo: |time| {
        format!("戻す前の内容は {time} のバックアップです。取り消すには、それを戻してください。")
    },
    lines: Lines {
        added: "新規",
        changed: |fields| format!("変更: {fields}"),
        superseded: |field| format!("両方で編集: {field}（後の方が残ります）"),
        revived: "ごみ箱から戻りました（写しで編集）",
        survived: "残りました（片方で完全に削除、片方で編集）",
        purged: "写しで完全に削除",
    },

    failed: "先へ進めません",
    foreign: || said("別の保管庫のファイルです。", "合わせることはできません。取り込みを使ってください。"),
    needs_password: || {
        said("知っているどのパスワードでも開きません。", "Enter でこの写しのパスワードを入力します。")
    },
    read_only: || said("この保管庫は、ここでは読むだけです。", "何も変えていません。"),

    standing: "古いファイル",
    rolled_back: |time| {
        format!(
            "このファイルには、このPC が {time} に保存した内容がありません。古い写しに置き換わったか、同期ソフトが別の方を選んだようです。足りない内容は最新のバックアップにあるかもしれません。"
        )
    },
    older: |time| {
        format!(
            "このPC が {time} に保存したパスワード変更より前のファイルです。前のパスワードを知る人なら書き換えられるので、読むだけにします。"
        )
    },
    merge_newest: "最新のバックアップと比べて、合わせる",
    restore_newest: "最新のバックアップを見て、置き換える",
    look: "すべてのバックアップ",
    leave: "このままにする",
    just_read: "読むだけにする",
    take_on: "新しいパスワードで、これを保管庫に戻す ..",

    told: |told| match told {
        OtherTold::Taken(1) => "その内容にしました。z で取り消せます。".to_owned(),
        OtherTold::Taken(count) => format!("{count} 件をその内容にしました。z で取り消せます。"),
        OtherTold::Same => "もうその内容です。".to_owned(),
        OtherTold::StagedStays => {
            "変更中のパスワードはそのままです。c で確定か取り消しができます。".to_owned()
        }
        OtherTold::Refused => "保管庫が受け付けません。何も変えていません。".to_owned(),
        OtherTold::SaveFirst => "先に未保存の変更をディスクに書きます。F5 でもう一度試せます。".to_owned(),
        OtherTold::PutAway => "写しをバックアップへ移しました。".to_owned(),
        OtherTold::Rewritten => "開いている内容で書き直しました。".to_owned(),
        OtherTold::WholeAgain => "ファイルは元どおり読めます。書き直していません。".to_owned(),
        OtherTold::NewerFile => {
            "新しい版の mamori のファイルなので上書きしません。mamori を更新してください。".to_owned()
        }
        OtherTold::NoneLater => "そのパスワード変更より後のバックアップは、ここにはありません。".to_owned(),
    },
};
