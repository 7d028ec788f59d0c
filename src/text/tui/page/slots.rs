//! The ways to open the vault, in both languages.

use super::{disk_en, disk_ja};
use crate::format::header::SlotKind;
use crate::text::tui::Said;
use crate::tui::notice::{SaveFailure, SlotsTold};
use crate::tui::page::slots::job::Failure;

/// The strings.
#[derive(Debug)]
pub struct Text {
    /// Its name.
    pub title: &'static str,
    /// What is found there, in a few words.
    pub in_short: &'static str,
    /// What it is.
    pub explain: &'static str,
    /// A kind of slot.
    pub kind: fn(SlotKind) -> &'static str,
    /// A slot of a kind that only a later version knows.
    pub unknown: &'static str,
    /// Since a day.
    pub since: fn(&str) -> String,
    /// MiB and passes.
    pub cost: fn(u32, u32) -> String,
    /// It opened the vault.
    pub opened: &'static str,
    /// A try costs too little.
    pub weak: &'static str,
    /// There is no recovery code.
    pub no_code_yet: &'static str,
    /// Row and title: another master password.
    pub change_password: &'static str,
    /// Row and title: a recovery code.
    pub add_code: &'static str,
    /// Row: one more recovery code.
    pub another_code: &'static str,
    /// Row and title: another password.
    pub add_password: &'static str,
    /// Row and title: a key file.
    pub add_key_file: &'static str,
    /// Row and title: new keys at the cost of today.
    pub rekey: &'static str,
    /// Title: this one goes.
    pub remove: fn(&str) -> String,
    /// Row: another name.
    pub rename: &'static str,
    /// Row: it goes.
    pub remove_this: &'static str,
    /// Row: nothing.
    pub cancel: &'static str,
    /// Any secret is asked for.
    pub proof: &'static str,
    /// The secret of a slot that is to stay.
    pub stays: fn(&str) -> String,
    /// Label of the password.
    pub password: &'static str,
    /// Row: check it.
    pub check: &'static str,
    /// Row: it does not stay.
    pub skip: &'static str,
    /// Row: the recovery code instead.
    pub by_code: &'static str,
    /// Row: the password instead.
    pub by_password: &'static str,
    /// What the new master password is.
    pub new_explain: &'static str,
    /// The same where there is little room.
    pub new_short: &'static str,
    /// What another password is.
    pub new_other: &'static str,
    /// It must not be lost.
    pub new_keep: &'static str,
    /// Row: on.
    pub next: &'static str,
    /// Nothing is changed yet.
    pub nothing_yet: &'static str,
    /// Which key file.
    pub which_file: &'static str,
    /// Row: one that is there.
    pub file_there: &'static str,
    /// Row: a new one.
    pub file_new: &'static str,
    /// What a key file asks of him.
    pub file_warns: &'static str,
    /// What it is to be called.
    pub which_name: &'static str,
    /// Label of the name.
    pub name: &'static str,
    /// The name that is proposed for a recovery code, from a day.
    pub kit_name: fn(&str) -> String,
    /// What becomes of the recovery code.
    pub which_code: &'static str,
    /// Row: a new one.
    pub code_new: &'static str,
    /// Row: the same.
    pub code_keep: &'static str,
    /// Row: none.
    pub code_none: &'static str,
    /// What a recovery kit is for.
    pub kit_why: &'static str,
    /// The code is to be copied.
    pub copy_it: &'static str,
    /// Its last group is typed from the paper.
    pub from_paper: &'static str,
    /// Label of the machine.
    pub kit_computer: &'static str,
    /// Label of the command.
    pub kit_command: &'static str,
    /// Label of the last group.
    pub last_group: &'static str,
    /// It is another one.
    pub wrong_group: &'static str,
    /// Row: the code again.
    pub show_code: &'static str,
    /// Row: cover it.
    pub hide_code: &'static str,
    /// Row: as a QR code.
    pub as_qr: &'static str,
    /// Beside the QR code.
    pub qr_back: &'static str,
    /// Row: the kit into a file.
    pub kit_file: &'static str,
    /// Row: the kit goes into this file.
    pub kit_file_at: fn(&str) -> String,
    /// What that means.
    pub kit_file_warns: &'static str,
    /// Row: later.
    pub no_kit_now: &'static str,
    /// Row: no code.
    pub no_code: &'static str,
    /// What opens the vault afterwards.
    pub will_stay: &'static str,
    /// What no longer does.
    pub will_end: &'static str,
    /// The new password, in that list.
    pub new_password: &'static str,
    /// The new code, in that list.
    pub new_code: &'static str,
    /// What a key change is.
    pub what_changes: &'static str,
    /// Row: do it.
    pub go: &'static str,
    /// Why it was not done.
    pub failure: fn(&Failure) -> Said,
    /// Title: backups.
    pub backups: &'static str,
    /// So many open with what was ended.
    pub older: fn(usize) -> String,
    /// So many hold what was deleted.
    pub holding: fn(usize) -> String,
    /// Row: they stay.
    pub backups_keep: &'static str,
    /// Row: they go now.
    pub backups_delete: &'static str,
    /// Row: they go in a week.
    pub backups_later: &'static str,
    /// What is told.
    pub told: fn(SlotsTold) -> String,
}

fn save_en(failure: &SaveFailure) -> &'static str {
    match failure {
        SaveFailure::Full => "The disk is full.",
        SaveFailure::Denied => "There is no permission to write.",
        SaveFailure::Busy => "Another mamori is saving.",
        _ => "The vault could not be written.",
    }
}

fn save_ja(failure: &SaveFailure) -> &'static str {
    match failure {
        SaveFailure::Full => "ディスクがいっぱいです。",
        SaveFailure::Denied => "書き込む権限がありません。",
        SaveFailure::Busy => "別の mamori が保存中です。",
        _ => "保管庫を書けませんでした。",
    }
}

fn said(fact: &str, advice: &str) -> Said {
    Said { fact: fact.to_owned(), advice: advice.to_owned() }
}

/// English.
pub const EN: Text = Text {
    title: "Ways to open",
    in_short: "master password, key file, recovery kit",
    explain: "Each of them opens the whole vault by itself. A new one revokes nothing; taking one away makes all keys anew, so what stays is asked for. '64 MiB x 3' is what each guess costs a thief of the file: memory, and how often it is gone through.",
    kind: |kind| match kind {
        SlotKind::Password => "Password",
        SlotKind::KeyFile => "Password and key file",
        SlotKind::Recovery => "Recovery code",
    },
    unknown: "a way of a newer mamori",
    since: |day| format!("since {day}"),
    cost: |mib, passes| format!("{mib} MiB x {passes}"),
    opened: "opened it now",
    weak: "too cheap to guess so far",
    no_code_yet: "there is none yet",
    change_password: "Change the master password",
    add_code: "Make a recovery kit",
    another_code: "Make another recovery kit",
    add_password: "Add another password",
    add_key_file: "Add a key file",
    rekey: "Make new keys, and guessing costlier",
    remove: |name| format!("Remove: {name}"),
    rename: "Another name",
    remove_this: "Remove (makes new keys)",
    cancel: "Cancel",
    proof: "First your master password, to be sure that it is you.",
    stays: |name| format!("Is this to go on opening the vault? Then enter it: {name}"),
    password: "Password",
    check: "Check and go on",
    skip: "Do not keep it",
    by_code: "With the recovery code instead",
    by_password: "With the password instead",
    new_explain: "From now on this one opens the vault in place of the old one. Only you know it; several random words are good.",
    new_short: "From now on this one opens the vault.",
    new_other: "This one opens the vault, too. Whoever gets it can read everything in it.",
    new_keep: "Nobody can give it back: write it down, keep it safe.",
    next: "Go on",
    nothing_yet: "Nothing is changed before the last step.",
    which_file: "The vault then opens with your password together with this file: a stick in your pocket, for example.",
    file_there: "Choose a file that is there ...",
    file_new: "Make a new key file ...",
    file_warns: "It must never change, and without it this way does not open: keep a copy elsewhere. Not in the folder of the vault.",
    which_name: "What shall it be called? Only you see that.",
    name: "Name",
    kit_name: |day| format!("kit of {day}"),
    which_code: "A key change ends the recovery code that there is.",
    code_new: "Make a new one, to be copied onto paper",
    code_keep: "Keep the one on paper: type it in",
    code_none: "No recovery code any more",
    kit_why: "For the day when you have forgotten the master password, or your family must get in.",
    copy_it: "Copy this onto paper. The code opens the vault by itself: keep it as you keep a bank book.",
    from_paper: "Now from the paper: type the last group, the two letters at the end.",
    kit_computer: "Computer",
    kit_command: "Command",
    last_group: "Last group",
    wrong_group: "That is not the last group. Look at the paper.",
    show_code: "Show the code again",
    hide_code: "Cover the code",
    as_qr: "Show it as a QR code",
    qr_back: "Enter or Esc goes back.",
    kit_file: "Write the whole kit to a file, to be printed ...",
    kit_file_at: |path| format!("The kit goes to {path}"),
    kit_file_warns: "Whoever reads that file can open the vault. Print it, then delete it.",
    no_kit_now: "Not now",
    no_code: "No recovery code",
    will_stay: "This opens the vault afterwards:",
    will_end: "This opens it no more:",
    new_password: "the new master password",
    new_code: "the new recovery code",
    what_changes: "All keys become new. Whoever had the old password or an old key cannot read what is saved from now on.",
    go: "Do it",
    failure: |failure| match failure {
        Failure::Save(save) => said(save_en(save), "Nothing was changed; the old password holds."),
        Failure::File(file) => Said {
            fact: format!("The file could not be written: {}.", disk_en(file)),
            advice: "Nothing was changed.".to_owned(),
        },
        Failure::ChangedElsewhere => {
            said("The password was changed in another session.", "Lock, and open it with that one.")
        }
        Failure::TooMany => said("There are eight ways already.", "Remove one that is no longer used."),
        Failure::Cancelled | Failure::Shut(_) => said("Nothing was changed.", ""),
        Failure::Other(words) => {
            Said { fact: format!("{words}."), advice: "Nothing was changed.".to_owned() }
        }
    },
    backups: "Backups",
    older: |count| format!("Backups that still open with what was valid before: {count}"),
    holding: |count| format!("Backups that still hold what was deleted: {count}"),
    backups_keep: "Keep them",
    backups_delete: "Delete them now",
    backups_later: "Delete them after 7 days",
    told: |told| match told {
        SlotsTold::LeftOut(count) => {
            format!("The other copy has ways to open it that did not fit: {count}. Eight is the most.")
        }
        SlotsTold::NoLetter => "A recovery code has only the letters A to Z and digits.".to_owned(),
        SlotsTold::NoRecovery => "This vault has no recovery code.".to_owned(),
        SlotsTold::KitLater => "No recovery kit yet. To make one later, type : and recovery kit.".to_owned(),
        SlotsTold::Cheap => {
            "Guessing the password is too cheap here. Raise it under: Ways to open.".to_owned()
        }
        SlotsTold::Unsaved => "Not yet: a change is not saved. Save it or drop it first.".to_owned(),
        SlotsTold::TooMany => "There are eight ways already. Remove one first.".to_owned(),
        SlotsTold::LastWay => "Not done: no password would be left that opens the vault.".to_owned(),
        SlotsTold::Added => "Added. It opens the vault from now on.".to_owned(),
        SlotsTold::CodeAdded => "The recovery code opens the vault from now on. Keep the paper.".to_owned(),
        SlotsTold::Renamed => "It has another name now.".to_owned(),
        SlotsTold::Changed => "All keys are new.".to_owned(),
        SlotsTold::PasswordChanged => "The new master password holds from now on.".to_owned(),
        SlotsTold::Damaged(count) => {
            format!("All keys are new. Entries with a value that was damaged before: {count}.")
        }
        SlotsTold::BackupsGone(count) => format!("Deleted backups: {count}."),
        SlotsTold::BackupsLater(count) => format!("To be deleted in 7 days: {count}."),
        SlotsTold::BackupsStay => "They could not be deleted, and stay.".to_owned(),
    },
};

/// Japanese.
pub const JA: Text = Text {
    title: "開け方",
    in_short: "マスターパスワード、鍵ファイル、復旧キット",
    explain: "どれか 1 つで保管庫全体が開きます。加えても前のものは使えます。外すときは鍵をすべて新しくするので、残すものを順に入力します。「64 MiB x 3」は、ファイルを盗んだ人がパスワードを 1 回試すたびにかかる手間（メモリーと回数）です。",
    kind: |kind| match kind {
        SlotKind::Password => "パスワード",
        SlotKind::KeyFile => "パスワードと鍵ファイル",
        SlotKind::Recovery => "復旧コード",
    },
    unknown: "新しい版の開け方",
    since: |day| format!("{day} から"),
    cost: |mib, passes| format!("{mib} MiB x {passes}"),
    opened: "今これで開いた",
    weak: "総当たりへの備えが弱いまま",
    no_code_yet: "まだありません",
    change_password: "マスターパスワードを変える",
    add_code: "復旧キットを作る",
    another_code: "復旧キットをもう 1 つ作る",
    add_password: "別のパスワードを加える",
    add_key_file: "鍵ファイルを加える",
    rekey: "鍵を新しくし、総当たりへの備えを強くする",
    remove: |name| format!("外す: {name}"),
    rename: "名前を変える",
    remove_this: "外す（鍵を新しくする）",
    cancel: "やめる",
    proof: "ご本人か確かめるため、まずマスターパスワードを入力してください。",
    stays: |name| format!("これからも次の開け方を使うなら、入力してください: {name}"),
    password: "パスワード",
    check: "確かめて進む",
    skip: "残さない",
    by_code: "復旧コードで確かめる",
    by_password: "パスワードで確かめる",
    new_explain: "これからは、前のものの代わりにこれで開きます。自分だけが知るもの、無作為な単語をいくつか並べたものが安全です。",
    new_short: "これからは、前のものの代わりにこれで開きます。",
    new_other: "このパスワードでも保管庫が開くようになります。知った人は中身をすべて読めます。",
    new_keep: "忘れると取り戻せません。紙に書いて保管してください。",
    next: "次へ",
    nothing_yet: "最後の手順まで何も変わりません。",
    which_file: "パスワードとこのファイルの両方がそろうと開きます。たとえば持ち歩く USB メモリーに置きます。",
    file_there: "今あるファイルを選ぶ ...",
    file_new: "新しい鍵ファイルを作る ...",
    file_warns: "中身が変わったり、なくなったりすると開けません。写しを別の場所に置いてください。保管庫と同じフォルダーは避けてください。",
    which_name: "呼び名を付けられます。自分だけに見えます。",
    name: "名前",
    kit_name: |day| format!("{day} の復旧キット"),
    which_code: "鍵を新しくすると、今の復旧コードは使えなくなります。",
    code_new: "新しいコードを作り、紙に写す",
    code_keep: "今の紙のコードを残す（入力する）",
    code_none: "復旧コードをなくす",
    kit_why: "マスターパスワードを忘れたときや、ご家族が開くときのための紙を作ります。",
    copy_it: "紙に書き写してください。コードだけで保管庫が開くので、通帳と同じようにしまってください。",
    from_paper: "紙を見て、最後の組の 2 文字を入力してください。",
    kit_computer: "コンピューター",
    kit_command: "コマンド",
    last_group: "最後の組",
    wrong_group: "最後の組と違います。紙を見直してください。",
    show_code: "コードをもう一度表示する",
    hide_code: "コードを隠す",
    as_qr: "QR コードで表示する",
    qr_back: "Enter か Esc で戻ります。",
    kit_file: "印刷用に、復旧キットをファイルに書く ...",
    kit_file_at: |path| format!("復旧キットの書き先: {path}"),
    kit_file_warns: "このファイルを読める人は誰でも保管庫を開けます。印刷したら削除してください。",
    no_kit_now: "今は作らない",
    no_code: "復旧コードを作らない",
    will_stay: "これからも開くもの:",
    will_end: "開かなくなるもの:",
    new_password: "新しいマスターパスワード",
    new_code: "新しい復旧コード",
    what_changes: "鍵がすべて新しくなります。前のパスワードや鍵を知る人は、これから保存するものを読めません。",
    go: "実行する",
    failure: |failure| match failure {
        Failure::Save(save) => said(save_ja(save), "何も変わっていません。前のパスワードで開きます。"),
        Failure::File(file) => Said {
            fact: format!("ファイルを書けませんでした（{}）。", disk_ja(file)),
            advice: "何も変わっていません。".to_owned(),
        },
        Failure::ChangedElsewhere => {
            said("パスワードが別の場所で変わりました。", "ロックして、新しいものでお開きください。")
        }
        Failure::TooMany => said("開け方はもう 8 つあります。", "使わなくなったものを外してください。"),
        Failure::Cancelled | Failure::Shut(_) => said("何も変わっていません。", ""),
        Failure::Other(words) => {
            Said { fact: format!("{words}。"), advice: "何も変わっていません。".to_owned() }
        }
    },
    backups: "バックアップ",
    older: |count| format!("前のパスワードや鍵で開くバックアップが {count} 件あります"),
    holding: |count| format!("削除したものがまだ残っているバックアップが {count} 件あります"),
    backups_keep: "残す",
    backups_delete: "すぐ消す",
    backups_later: "7 日後に消す",
    told: |told| match told {
        SlotsTold::LeftOut(count) => {
            format!("開け方は 8 つまでなので、もう一方の写しの {count} つは入りませんでした。")
        }
        SlotsTold::NoLetter => "復旧コードは英字と数字だけです。".to_owned(),
        SlotsTold::NoRecovery => "この保管庫に復旧コードはありません。".to_owned(),
        SlotsTold::KitLater => {
            "復旧キットはまだありません。: の「復旧キットを作る」でいつでも作れます。".to_owned()
        }
        SlotsTold::Cheap => "総当たりへの備えが弱いままです。: の「開け方」で強くできます。".to_owned(),
        SlotsTold::Unsaved => {
            "まだできません。保存していない変更を先に保存するか破棄してください。".to_owned()
        }
        SlotsTold::TooMany => "開け方はもう 8 つあります。先に 1 つ外してください。".to_owned(),
        SlotsTold::LastWay => "できません。保管庫を開くパスワードがなくなってしまいます。".to_owned(),
        SlotsTold::Added => "加えました。これからこの開け方でも開きます。".to_owned(),
        SlotsTold::CodeAdded => "これから復旧コードでも開きます。紙をしまってください。".to_owned(),
        SlotsTold::Renamed => "名前を変えました。".to_owned(),
        SlotsTold::Changed => "鍵をすべて新しくしました。".to_owned(),
        SlotsTold::PasswordChanged => "これからは新しいマスターパスワードで開きます。".to_owned(),
        SlotsTold::Damaged(count) => {
            format!("鍵をすべて新しくしました。以前から壊れた値のあるアイテム: {count} 件")
        }
        SlotsTold::BackupsGone(count) => format!("バックアップを {count} 件消しました。"),
        SlotsTold::BackupsLater(count) => format!("バックアップ {count} 件を 7 日後に消します。"),
        SlotsTold::BackupsStay => "消せなかったので残っています。".to_owned(),
    },
};
