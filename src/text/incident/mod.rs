//! What incident mode says: steps, their states, why an account is among them, what to do. Both faces
//! use it. Titles come from outside: whoever prints a sentence makes it safe.

pub mod report;

use super::Lang;
use super::health::pattern;
use crate::model::Id;
use crate::model::incident::{Cause, Reason, Task};
use crate::ops::health::Pattern;
use crate::ops::incident::{State, Step};

fn word(lang: Lang, en: &'static str, ja: &'static str) -> &'static str {
    match lang {
        Lang::En => en,
        Lang::Ja => ja,
    }
}

fn pick(lang: Lang, en: String, ja: String) -> String {
    match lang {
        Lang::En => en,
        Lang::Ja => ja,
    }
}

/// What a step is called in the list of steps.
pub fn step(task: Task, lang: Lang, title: &dyn Fn(Id) -> String) -> String {
    let (en, ja) = match task {
        Task::Computer => ("Is this computer clean?", "このPCは安全ですか"),
        Task::MasterPassword => ("A new master password", "マスターパスワードの変更"),
        Task::RecoveryCode => ("A new recovery code", "復旧コードの作り直し"),
        Task::KeyFile => ("A new key file", "キーファイルの作り直し"),
        Task::OldBackups => ("Old backups", "古いバックアップ"),
        Task::Password(id) => return title(id),
        Task::Address(id) => {
            return pick(
                lang,
                format!("{}: another mail address", title(id)),
                format!("{}: メールアドレスの変更", title(id)),
            );
        }
    };
    word(lang, en, ja).to_owned()
}

/// The state of a step, as a label.
pub fn state(state: State, lang: Lang) -> &'static str {
    let (en, ja) = match state {
        State::ToDo => ("to do", "これから"),
        State::Staged => ("new password waits", "変更中"),
        State::Forced => ("set by the host", "強制変更された"),
        State::Done => ("done", "済み"),
        State::Closed => ("account closed", "解約済み"),
        State::Skipped => ("skipped", "見送り"),
        State::Gone => ("entry deleted", "アイテムは削除済み"),
    };
    word(lang, en, ja)
}

/// Why an account is among the steps, the strongest first. Of the account that was broken into nothing
/// more needs to be said.
pub fn reasons(step: &Step, lang: Lang, title: &dyn Fn(Id) -> String) -> Vec<String> {
    let said = step.reasons.iter().filter(|one| !step.broken || one.cause == Cause::Broken);
    said.map(|one| reason(one, lang, title)).collect()
}

/// One reason.
pub fn reason(reason: &Reason, lang: Lang, title: &dyn Fn(Id) -> String) -> String {
    let other = reason.via.map(title);
    let by = Pattern::from_number(reason.pattern).map_or("", |by| pattern(by, lang));
    let said = match (lang, reason.cause) {
        (Lang::En, cause) => english(cause, other.as_deref(), reason, by),
        (Lang::Ja, cause) => japanese(cause, other.as_deref(), reason, by),
    };
    match (reason.guess, lang) {
        (false, _) => said,
        (true, Lang::En) => format!("{said} (a guess)"),
        (true, Lang::Ja) => format!("{said} (推測)"),
    }
}

fn english(cause: Cause, other: Option<&str>, reason: &Reason, by: &str) -> String {
    let it = other.unwrap_or("");
    let whose = match (other, reason.former) {
        (None, _) => "the password that became known".to_owned(),
        (Some(it), false) => format!("the password of {it}"),
        (Some(it), true) => format!("a former password of {it}"),
    };
    let user = if reason.same_user { ", and the same user name" } else { "" };
    match cause {
        Cause::Broken => "broken into".to_owned(),
        Cause::Same => format!("has {whose}{user}"),
        Cause::SameBefore => format!("had {whose} before{user}"),
        Cause::Similar => format!("nearly has {whose}: {by}{user}"),
        Cause::SimilarBefore => format!("nearly had {whose}: {by}{user}"),
        Cause::Resets => format!("its password is reset through {it}"),
        Cause::Controlled => format!("is controlled by {it}"),
        Cause::Hosted => format!("lies on {it}"),
        Cause::Registered => format!("is registered at {it}"),
        Cause::Controls => format!("controls {it}"),
        Cause::Mailbox => format!("{it} is reset through it"),
        Cause::SameHost => format!("is at the same site as {it}"),
        Cause::UserName => "has the user name that was taken over".to_owned(),
        Cause::ByHand => "added by hand".to_owned(),
        Cause::Closed => format!("uses the address of {it}, which is closed"),
    }
}

fn japanese(cause: Cause, other: Option<&str>, reason: &Reason, by: &str) -> String {
    let it = other.unwrap_or("");
    let whose = match (other, reason.former) {
        (None, _) => "漏れたパスワード".to_owned(),
        (Some(it), false) => format!("{it} のパスワード"),
        (Some(it), true) => format!("{it} の以前のパスワード"),
    };
    let user = if reason.same_user { "、ユーザー名も同じ" } else { "" };
    match cause {
        Cause::Broken => "乗っ取られた".to_owned(),
        Cause::Same => format!("{whose}と同じ{user}"),
        Cause::SameBefore => format!("以前、{whose}と同じだった{user}"),
        Cause::Similar => format!("{whose}とよく似ている ({by}){user}"),
        Cause::SimilarBefore => format!("以前、{whose}とよく似ていた ({by}){user}"),
        Cause::Resets => format!("{it} でパスワードを再設定できる"),
        Cause::Controlled => format!("{it} から操作できる"),
        Cause::Hosted => format!("{it} に置かれている"),
        Cause::Registered => format!("{it} に登録されている"),
        Cause::Controls => format!("{it} を操作できる"),
        Cause::Mailbox => format!("{it} のパスワードを再設定できるメール"),
        Cause::SameHost => format!("{it} と同じサイトにある"),
        Cause::UserName => "乗っ取られたユーザー名を使っている".to_owned(),
        Cause::ByHand => "自分で加えた".to_owned(),
        Cause::Closed => format!("解約した {it} のアドレスを使っている"),
    }
}

/// What to do in a step.
pub fn advice(task: Task, state: State, broken: bool, lang: Lang) -> &'static str {
    let (en, ja) = match (task, state) {
        (Task::Computer, _) => (
            "Whoever reads along here would read the new passwords too. Go through the list. If in doubt, go on from another computer.",
            "このPCが盗み見られていると、新しいパスワードも知られます。一覧を確かめ、不安なら別のPCで続けてください。",
        ),
        (Task::MasterPassword, _) => (
            "The vault was opened on a computer in doubt, so its master password may be known. Change it on a clean one: mamori passwd.",
            "不安なPCで保管庫を開いたので、マスターパスワードが知られたおそれがあります。安全なPCで変えてください: mamori passwd",
        ),
        (Task::RecoveryCode, _) => (
            "Where you have one, it opens the vault as well. mamori passwd makes a new one and shows it once: write it down and destroy the old paper.",
            "復旧コードがあれば、それでも保管庫は開きます。mamori passwd で新しいものを作り、紙に書き、古い紙は処分してください。",
        ),
        (Task::KeyFile, _) => (
            "The file may have been copied. Make a new one and replace the way to open the vault that uses it.",
            "キーファイルも写し取られたおそれがあります。新しいファイルを作り、それを使う開け方と取り替えてください。",
        ),
        (Task::OldBackups, _) => (
            "Backups from before the change still open with the old master password, also copies on other disks and in clouds. Delete them when the plan is done.",
            "変更より前のバックアップは、古いマスターパスワードで開きます。ほかのディスクやクラウドの写しも同じです。対応が終わったら削除してください。",
        ),
        (Task::Address(_), State::Closed) | (Task::Password(_), State::Closed) => (
            "The account is closed. Its entry is kept in the archive.",
            "解約済みです。アイテムは保管されています。",
        ),
        (Task::Address(_), State::Done) => {
            ("It no longer uses the closed address.", "閉じたアドレスはもう使っていません。")
        }
        (Task::Address(_), _) => (
            "The closed address can be registered by somebody else. Sign in, set another mail address, then change the user name here too.",
            "閉じたアドレスは、ほかの人が取得できます。サイトに入って別のメールアドレスに変え、ここのユーザー名も直してください。",
        ),
        (Task::Password(_), State::Forced) => (
            "The host has set this password. Sign in with it, then set one of your own: Enter makes it.",
            "サーバー会社が設定したパスワードです。これで入り、自分のパスワードに変えてください。Enter で作ります。",
        ),
        (Task::Password(_), State::Staged) => (
            "The new password is made. Set it at the site: p copies the old one, P the new one. When the site has taken it, press Space.",
            "新しいパスワードができています。サイトで設定してください。p で古いもの、P で新しいものをコピーします。変えられたら Space を押します。",
        ),
        (Task::Password(_), State::Done) => {
            ("Done. The old password is in the history.", "済みました。古いパスワードは履歴にあります。")
        }
        (Task::Password(_), State::Skipped) => {
            ("Skipped. Enter takes it up again.", "見送りました。Enter で再開できます。")
        }
        (Task::Password(_), State::Gone) => {
            ("The entry was deleted for ever.", "このアイテムは完全に削除されました。")
        }
        (Task::Password(_), State::ToDo) if broken => (
            "This account is in other hands. Enter makes a new password; set it at the site, then go through the list.",
            "このアカウントは乗っ取られています。Enter で新しいパスワードを作り、サイトで設定してから、一覧を確かめてください。",
        ),
        (Task::Password(_), State::ToDo) => (
            "Enter makes a new password. o opens the saved address; set it there.",
            "Enter で新しいパスワードを作ります。o で保存したアドレスを開き、そこで設定してください。",
        ),
    };
    word(lang, en, ja)
}

/// The same in few words.
pub fn kept_short(lang: Lang) -> &'static str {
    word(lang, "the vault still has the old password", "保管庫のパスワードは前のまま")
}

/// What is said of a step that is done while the password in the vault stays the one from before the plan.
pub fn kept(lang: Lang) -> &'static str {
    word(
        lang,
        "Marked as done, but the vault still has the old password. Where the site has a new one, take the step up again and put it in here.",
        "済みにしましたが、保管庫のパスワードは前のままです。サイトで変えたときは「これからに戻す」を選び、ここにも入れてください。",
    )
}

/// What an incident is called: by what it began with.
pub fn name(incident: crate::model::Incident<'_>, lang: Lang, title: &dyn Fn(Id) -> String) -> String {
    use crate::model::incident::Trigger;
    match incident.trigger() {
        Trigger::Entry(id) => title(id),
        Trigger::Password(_) => word(lang, "a password that became known", "漏れたパスワード").to_owned(),
        Trigger::UserName(name) => pick(lang, format!("user name {name}"), format!("ユーザー名 {name}")),
    }
}

/// So many steps of so many are over.
pub fn progress(over: usize, all: usize, lang: Lang) -> String {
    pick(lang, format!("{over} of {all} done"), format!("{all} 件中 {over} 件済み"))
}

/// Every step is over; what to look at may not all be ticked. Nothing is counted: nobody has failed.
pub fn all_over(unticked: bool, lang: Lang) -> String {
    let (en, ja) = match unticked {
        false => ("", ""),
        true => (
            " Not everything to look at is ticked yet; the report names it.",
            "確かめる項目の一部には、まだ印がありません。報告書に出ます。",
        ),
    };
    pick(
        lang,
        format!("Every step is over.{en} The report and the end of this plan are in the last rows."),
        format!("すべての手順が済みました。{ja}報告書と終了は、いちばん下にあります。"),
    )
}

/// So many things to look at of a step are not ticked.
pub fn unticked(count: usize, lang: Lang) -> String {
    let en = match count {
        1 => "1 thing to look at is not ticked".to_owned(),
        count => format!("{count} things to look at are not ticked"),
    };
    pick(lang, en, format!("確かめる項目 {count} 個に印がありません"))
}

/// Before what else uses an account.
pub fn used_by(lang: Lang) -> &'static str {
    word(lang, "Set the new password there too", "新しいパスワードをここにも設定")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_is_said_in_both_languages() {
        let title = |_: Id| "info@example.jp".to_owned();
        for lang in [Lang::En, Lang::Ja] {
            let mut said = std::collections::BTreeSet::new();
            for cause in Cause::ALL {
                let mut one = Reason::new(cause, Some(Id([1; 16])));
                one.pattern = Pattern::Year.number();
                let words = reason(&one, lang, &title);
                assert!(said.insert(words.clone()), "{words}");
                one.guess = true;
                assert_ne!(reason(&one, lang, &title), words);
            }
        }
        let mut same = Reason::new(Cause::Same, Some(Id([1; 16])));
        same.same_user = true;
        same.former = true;
        let words = reason(&same, Lang::Ja, &title);
        assert_eq!(words, "info@example.jp の以前のパスワードと同じ、ユーザー名も同じ");
        let known = reason(&Reason::new(Cause::Same, None), Lang::En, &title);
        assert_eq!(known, "has the password that became known");
    }

    #[test]
    fn every_step_in_every_state_has_its_advice() {
        let states = [
            State::ToDo,
            State::Staged,
            State::Forced,
            State::Done,
            State::Closed,
            State::Skipped,
            State::Gone,
        ];
        for lang in [Lang::En, Lang::Ja] {
            for now in states {
                assert!(!state(now, lang).is_empty());
                for task in [
                    Task::Computer,
                    Task::OldBackups,
                    Task::Password(Id([1; 16])),
                    Task::Address(Id([1; 16])),
                ] {
                    assert!(!advice(task, now, false, lang).is_empty());
                }
            }
        }
    }
}
