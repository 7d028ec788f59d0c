//! Incident mode on the screen, in both languages. What steps, reasons and states are called is
//! [`crate::text::incident`]'s.

use crate::tui::notice::IncidentTold;
use crate::tui::page::incident::{Act, Purpose};

/// Since when: the answers, and how many days each goes back.
pub const SINCE_DAYS: [u64; 6] = [0, 1, 3, 7, 30, 365];

/// The strings.
#[derive(Debug)]
pub struct Text {
    /// Name of the list.
    pub title: &'static str,
    /// Reminds of an open plan in the header.
    pub reminder: &'static str,
    /// Name of the page of a plan.
    pub plan: &'static str,
    /// Where one is: the number of the step.
    pub at: fn(usize) -> String,
    /// That it can be left and resumed.
    pub saved: &'static str,
    /// Since when a plan is there.
    pub since: fn(&str) -> String,
    /// It is closed.
    pub closed: fn(&str) -> String,
    /// No plan is there any more.
    pub gone: &'static str,
    /// Row of the list: begin another one.
    pub another: &'static str,
    /// A row of a step.
    pub act: fn(Act) -> &'static str,
    /// Row: open this address.
    pub browse: fn(&str) -> String,
    /// Row: go on to this step.
    pub next: fn(&str) -> String,
    /// Before the note.
    pub note: fn(&str) -> String,
    /// Further reasons.
    pub more: fn(usize) -> String,
    /// Above what else uses the account.
    pub used_by: &'static str,
    /// Above the checklist.
    pub check: &'static str,
    /// Where an item of a checklist comes from.
    pub source: fn(&str) -> String,
    /// Enter: does it.
    pub does: &'static str,
    /// Enter or Space: ticks.
    pub ticks: &'static str,
    /// Space in the footer.
    pub done_short: &'static str,
    /// The old password in the footer.
    pub old_short: &'static str,
    /// The new password in the footer.
    pub new_short: &'static str,
    /// Opening in the footer.
    pub open_short: &'static str,

    /// Title of the start.
    pub start: &'static str,
    /// Its question.
    pub which: &'static str,
    /// Row: an account of the vault.
    pub an_account: &'static str,
    /// Row: a password.
    pub a_password: &'static str,
    /// Row: a user name.
    pub a_user_name: &'static str,
    /// Row: go on with a plan.
    pub go_on: fn(&str, &str) -> String,

    /// Title of the question before a plan.
    pub begin: &'static str,
    /// The question for an account.
    pub broken: fn(&str) -> String,
    /// The question for a password.
    pub leaked: &'static str,
    /// The question for a user name.
    pub named: &'static str,
    /// Label of the password.
    pub password: &'static str,
    /// Label of the user name.
    pub user_name: &'static str,
    /// Label of what happened.
    pub what: &'static str,
    /// Label of since when.
    pub since_when: &'static str,
    /// The answers, in the order of [`SINCE_DAYS`].
    pub since_days: [&'static str; 6],
    /// Tick: the vault was opened on a computer in doubt.
    pub vault_too: &'static str,
    /// Row: begin.
    pub make: &'static str,
    /// Row: into the plan that is there.
    pub add_to: fn(&str) -> String,
    /// Row: not now.
    pub cancel: &'static str,
    /// Enter: another answer.
    pub changes: &'static str,

    /// Title of a popup for words.
    pub words: fn(Purpose) -> &'static str,
    /// What can be chosen there.
    pub choices: fn(Purpose) -> &'static [&'static str],
    /// Label of one's own words.
    pub own: &'static str,
    /// Row: keep them.
    pub keep: &'static str,
    /// Enter: takes it.
    pub takes: &'static str,

    /// Title of the question before closing.
    pub close: &'static str,
    /// So many steps are left.
    pub left: fn(usize) -> String,
    /// Row: close it all the same.
    pub close_anyway: &'static str,
    /// Row: go on.
    pub stay: &'static str,
    /// Beginning of the name of a report.
    pub report_name: &'static str,
    /// What is told.
    pub told: fn(IncidentTold) -> String,
}

/// English.
pub const EN: Text = Text {
    title: "Taken-over accounts",
    reminder: "! account taken over",
    plan: "Taken over",
    at: |at| format!("Step {at}"),
    saved: "Saved at each step: stop and come back at any time.",
    since: |time| format!("since {time}"),
    closed: |time| format!("closed {time}"),
    gone: "This plan is gone. Esc goes back.",
    another: "Another account was taken over",
    act: |act| match act {
        Act::Change => "Make a new password",
        Act::Panel => "Old and new password",
        Act::Clean => "Yes, it is clean",
        Act::Done => "It is done",
        Act::Taken => "The site has the new password: done",
        Act::Browse => "Open the address",
        Act::Readdress => "Put another mail address in its place",
        Act::Edit => "Edit the entry",
        Act::Master => "Change the master password here",
        Act::Ways => "Look at the ways to open the vault",
        Act::Forced => "The host has set a new password",
        Act::Closed => "The account is closed",
        Act::Skip => "Skip it, with a reason",
        Act::Again => "Take it up again",
        Act::VaultToo => "The vault was opened on a computer in doubt",
        Act::UsedBy => "Add what else uses this account",
        Act::Note => "Write a note",
        Act::Next => "Next step",
        Act::Report => "Write a report without secrets",
        Act::Close => "Close this plan",
        Act::Reopen => "Take this plan up again",
    },
    browse: |url| format!("Open {url}"),
    next: |title| format!("Next: {title}"),
    note: |note| format!("Note: {note}"),
    more: |count| format!("- and {count} more"),
    used_by: "Also used by (set the new password there too)",
    check: "Look at",
    source: |url| url.to_owned(),
    does: "do",
    ticks: "tick",
    done_short: "done",
    old_short: "old",
    new_short: "new",
    open_short: "open",
    start: "An account was taken over",
    which: "What do you know?",
    an_account: "An account was taken over: choose it",
    a_password: "A password became known: type it",
    a_user_name: "A user name was taken over: type it",
    go_on: |name, progress| format!("Go on: {name} ({progress})"),
    begin: "Begin a plan",
    broken: |title| {
        format!("Was {title} broken into? Everything that falls with it is looked for and put in order.")
    },
    leaked: "Everything with this password, or a similar one, is looked for and put in order.",
    named: "Everything with this user name is looked for and put in order.",
    password: "Password",
    user_name: "User name",
    what: "What happened (optional)",
    since_when: "Since when",
    since_days: ["just now", "yesterday", "some days", "a week", "a month", "longer"],
    vault_too: "The vault was opened on a computer in doubt",
    make: "Begin",
    add_to: |name| format!("Add it to the plan for {name}"),
    cancel: "Not now",
    changes: "another answer",
    words: |purpose| match purpose {
        Purpose::Skip => "Why is it skipped?",
        Purpose::UsedBy => "What else uses this account?",
        Purpose::Note => "Note",
    },
    choices: |purpose| match purpose {
        Purpose::Skip => &["I do not use it any more", "I cannot sign in", "It is not mine", "Later"],
        Purpose::UsedBy => &[
            "phone",
            "mail program",
            "another computer",
            "contact form of a site",
            "WordPress plugin",
            "printer or scanner",
        ],
        Purpose::Note => &[],
    },
    own: "Own words",
    keep: "Keep",
    takes: "takes it",
    close: "Close this plan",
    left: |count| {
        let steps = if count == 1 { "1 step is".to_owned() } else { format!("{count} steps are") };
        format!("{steps} still open. They stay in the record.")
    },
    close_anyway: "Close it all the same",
    stay: "Go on with it",
    report_name: "taken-over-",
    told: |told| match told {
        IncidentTold::Opened => {
            "The plan is made and saved. You can stop and come back at any time. z undoes.".into()
        }
        IncidentTold::Added => "Added to the plan. z undoes.".into(),
        IncidentTold::Done => "Done. z undoes.".into(),
        IncidentTold::Skipped => "Skipped. z undoes.".into(),
        IncidentTold::AccountClosed => "The account is closed, its entry is in the archive. z undoes.".into(),
        IncidentTold::Again => "It is to do again.".into(),
        IncidentTold::Moves(1) => "1 account uses the closed address: it is in the plan now.".into(),
        IncidentTold::Moves(count) => {
            format!("{count} accounts use the closed address: they are in the plan now.")
        }
        IncidentTold::Forced => {
            "The host has set this password: make one of your own first, or skip it.".into()
        }
        IncidentTold::SeveralStaged => "Two new passwords wait: confirm one of them first.".into(),
        IncidentTold::Shut(count) => {
            format!("{count} passwords did not open and were not compared.")
        }
        IncidentTold::Closed => "The plan is closed. It stays in the list.".into(),
        IncidentTold::Reopened => "The plan is open again.".into(),
        IncidentTold::Empty => "There is nothing to look for yet.".into(),
        IncidentTold::GoOn(over, all) => {
            format!("A taken-over account: {over} of {all} steps are done. g i goes on, or Left and Enter.")
        }
        IncidentTold::Refused => "The vault did not take the change. Nothing was changed.".into(),
    },
};

/// Japanese.
pub const JA: Text = Text {
    title: "乗っ取り対応",
    reminder: "! 乗っ取り対応中",
    plan: "乗っ取り対応",
    at: |at| format!("手順 {at}"),
    saved: "手順ごとに保存します。いつでも中断して、あとで再開できます。",
    since: |time| format!("{time} から"),
    closed: |time| format!("{time} に終了"),
    gone: "この対応はもうありません。Esc で戻ります。",
    another: "ほかのアカウントも乗っ取られた",
    act: |act| match act {
        Act::Change => "新しいパスワードを作る",
        Act::Panel => "古いパスワードと新しいパスワード",
        Act::Clean => "はい、安全です",
        Act::Done => "済みにする",
        Act::Taken => "サイトで変えた: 済みにする",
        Act::Browse => "アドレスを開く",
        Act::Readdress => "別のメールアドレスに置き換える",
        Act::Edit => "アイテムを編集する",
        Act::Master => "ここでマスターパスワードを変える",
        Act::Ways => "保管庫の開け方を見る",
        Act::Forced => "サーバー会社がパスワードを変えた",
        Act::Closed => "アカウントを解約した",
        Act::Skip => "理由を付けて見送る",
        Act::Again => "これからに戻す",
        Act::VaultToo => "不安なPCで保管庫を開いた",
        Act::UsedBy => "ほかに使っているものを加える",
        Act::Note => "メモを書く",
        Act::Next => "次の手順へ",
        Act::Report => "秘密を含まない報告書を書く",
        Act::Close => "この対応を終える",
        Act::Reopen => "この対応を再開する",
    },
    browse: |url| format!("{url} を開く"),
    next: |title| format!("次: {title}"),
    note: |note| format!("メモ: {note}"),
    more: |count| format!("- ほか {count} 件"),
    used_by: "ほかに使っているもの (新しいパスワードをここにも設定)",
    check: "確かめること",
    source: |url| url.to_owned(),
    does: "する",
    ticks: "印を付ける",
    done_short: "済み",
    old_short: "旧",
    new_short: "新",
    open_short: "開く",
    start: "アカウントが乗っ取られた",
    which: "分かっていることを選んでください。",
    an_account: "乗っ取られたアカウントを選ぶ",
    a_password: "漏れたパスワードを入力する",
    a_user_name: "乗っ取られたユーザー名を入力する",
    go_on: |name, progress| format!("続ける: {name} ({progress})"),
    begin: "対応を始める",
    broken: |title| format!("{title} が乗っ取られましたか。巻き込まれるものをすべて探し、順番に並べます。"),
    leaked: "同じか似たパスワードのものをすべて探し、順番に並べます。",
    named: "このユーザー名のものをすべて探し、順番に並べます。",
    password: "パスワード",
    user_name: "ユーザー名",
    what: "起きたこと（任意）",
    since_when: "いつから",
    since_days: ["たった今", "昨日", "数日前", "1 週間前", "1 か月前", "もっと前"],
    vault_too: "不安なPCで保管庫を開いた",
    make: "始める",
    add_to: |name| format!("{name} の対応に加える"),
    cancel: "やめる",
    changes: "答えを変える",
    words: |purpose| match purpose {
        Purpose::Skip => "見送る理由",
        Purpose::UsedBy => "ほかに使っているもの",
        Purpose::Note => "メモ",
    },
    choices: |purpose| match purpose {
        Purpose::Skip => &["もう使っていない", "ログインできない", "自分のものではない", "後で"],
        Purpose::UsedBy => &[
            "電話",
            "メールソフト",
            "別のPC",
            "サイトの問い合わせフォーム",
            "WordPress のプラグイン",
            "プリンター・スキャナー",
        ],
        Purpose::Note => &[],
    },
    own: "自分の言葉で",
    keep: "保存する",
    takes: "これにする",
    close: "この対応を終える",
    left: |count| format!("まだ {count} 件の手順が残っています。記録には残ります。"),
    close_anyway: "それでも終える",
    stay: "続ける",
    report_name: "乗っ取り対応-",
    told: |told| match told {
        IncidentTold::Opened => {
            "計画を作り、保存しました。いつでも中断して再開できます。z で戻せます。".into()
        }
        IncidentTold::Added => "計画に加えました。z で戻せます。".into(),
        IncidentTold::Done => "済みにしました。z で戻せます。".into(),
        IncidentTold::Skipped => "見送りました。z で戻せます。".into(),
        IncidentTold::AccountClosed => "解約済みにして、アイテムを保管しました。z で戻せます。".into(),
        IncidentTold::Again => "これからに戻しました。".into(),
        IncidentTold::Moves(count) => {
            format!("閉じたアドレスを使うアカウントが {count} 件あり、計画に加えました。")
        }
        IncidentTold::Forced => {
            "サーバー会社が設定したパスワードです。自分のものを作るか、見送ってください。".into()
        }
        IncidentTold::SeveralStaged => {
            "変更中のパスワードが 2 つあります。先に一方を確定してください。".into()
        }
        IncidentTold::Shut(count) => format!("{count} 件のパスワードは開けず、比べていません。"),
        IncidentTold::Closed => "対応を終えました。一覧には残ります。".into(),
        IncidentTold::Reopened => "対応を再開しました。".into(),
        IncidentTold::Empty => "探すものがまだありません。".into(),
        IncidentTold::GoOn(over, all) => {
            format!("乗っ取り対応の途中です ({all} 件中 {over} 件済み)。g i か、左の先頭で続けます。")
        }
        IncidentTold::Refused => "保管庫に変更を入れられませんでした。何も変えていません。".into(),
    },
};
