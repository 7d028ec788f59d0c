//! The health check in the full-screen program, in both languages. Names of checks, reasons and
//! advice are those of [`crate::text::health`], which the command line says, too.

use crate::ops::health::Opens;
use crate::tui::task::MasterFailure;

/// The strings.
#[derive(Debug)]
pub struct Text {
    /// Label of the line in the detail of an entry.
    pub label: &'static str,
    /// No check has looked at the entry.
    pub unchecked: &'static str,
    /// The checks that ran found nothing.
    pub nothing: &'static str,
    /// The same, but nobody looked whether it is leaked.
    pub nothing_known: &'static str,
    /// The score, short.
    pub score: fn(u8) -> String,
    /// How many are leaked, short.
    pub leaked: fn(usize) -> String,
    /// In place of a search's hits: the passwords are being compared.
    pub comparing: fn(usize, usize) -> String,
    /// In place of a search's hits: they will be compared.
    pub waits: &'static str,
    /// In place of a search's hits: there is no list of leaked passwords.
    pub no_list: &'static str,

    /// The dashboard.
    pub title: &'static str,
    /// In front of the bar of the score.
    pub score_label: &'static str,
    /// There is nothing to rate.
    pub no_score: &'static str,
    /// The change of the score since a day.
    pub change: fn(i32, &str) -> String,
    /// Of how many passwords the score is made, how many could not be opened, how many entries have none.
    pub based: fn(usize, usize, usize) -> String,
    /// In front of the scores so far.
    pub history: &'static str,
    /// Behind them: since when.
    pub history_since: fn(&str) -> String,
    /// No check ran yet, and none runs.
    pub waiting: &'static str,
    /// A person stopped the first check.
    pub stopped: &'static str,
    /// One runs.
    pub checking: fn(usize, usize) -> String,
    /// The row of everything.
    pub all: &'static str,
    /// What that is.
    pub all_told: &'static str,
    /// The row of what is left alone.
    pub ignored: &'static str,
    /// How many groups there are.
    pub groups: fn(usize) -> String,
    /// The check did not run.
    pub not_run: &'static str,
    /// There is no list of leaked passwords.
    pub not_run_list: &'static str,
    /// The master password was not typed for it.
    pub not_run_master: &'static str,
    /// So many further passwords open the vault and were not compared.
    pub not_others: fn(u32) -> String,
    /// It did not run on so many.
    pub not_all: fn(u32) -> String,
    /// The same of the master password, which is compared with Enter.
    pub not_all_master: fn(u32) -> String,
    /// Too many were suspected.
    pub too_many: &'static str,
    /// What ran and found nothing.
    pub clean: fn(&str) -> String,
    /// Between names in a row.
    pub parted: &'static str,
    /// What Enter does on a finding.
    pub lists: &'static str,
    /// What Enter does where the master password is wanted.
    pub types_master: &'static str,

    /// Heading of a group: its number, how many, since when.
    pub group: fn(usize, usize, Option<&str>) -> String,
    /// What Enter does on a problem.
    pub opens_problem: &'static str,
    /// Nothing is found here any more.
    pub gone: &'static str,
    /// What an entry opens, in a word.
    pub opens: fn(Opens) -> &'static str,
    /// The same as a sentence; empty for what opens itself.
    pub opens_what: fn(Opens) -> &'static str,

    /// Name of the work on one problem after the other.
    pub work: &'static str,
    /// Which problem of how many.
    pub of: fn(usize, usize) -> String,
    /// Until when it is left alone, and why.
    pub left_alone: fn(Option<&str>, &str) -> String,
    /// What the key does that runs the check again.
    pub again: &'static str,
    /// The act that makes one entry of those of one account.
    pub join: &'static str,
    /// Name of the field with the password of the other.
    pub earlier: &'static str,
    /// The act that changes the password.
    pub fix: &'static str,
    /// The act that ends an open change.
    pub finish: &'static str,
    /// The act that opens the address.
    pub address: &'static str,
    /// The act that shows the entry in the list.
    pub entry: &'static str,
    /// The act that leaves it alone.
    pub leave: &'static str,
    /// The row: this account was taken over.
    pub taken: &'static str,
    /// The act that takes that back.
    pub attend: &'static str,
    /// The same, short, for the footer.
    pub attend_short: &'static str,
    /// The act that goes on.
    pub next: &'static str,
    /// What Enter does on an act.
    pub does: &'static str,
    /// What the keys that scroll do.
    pub scrolls: &'static str,
    /// What the key that shows does while something is shown.
    pub hides: &'static str,

    /// Title of the question how to leave it alone: entry and finding.
    pub leave_title: fn(&str, &str) -> String,
    /// Label of the finding.
    pub finding: &'static str,
    /// Label of the reason.
    pub reason: &'static str,
    /// For how many days (0: for good), and which day that is.
    pub until: fn(u64, Option<&str>) -> String,
    /// What it means.
    pub leave_told: &'static str,
    /// What Enter does on the reason.
    pub goes_on: &'static str,
    /// What Enter does on a time.
    pub leaves: &'static str,

    /// Label of the master password.
    pub master: &'static str,
    /// Title of its field.
    pub master_title: &'static str,
    /// What becomes of it.
    pub master_told: &'static str,
    /// Why it was not taken.
    pub master_failed: fn(MasterFailure) -> &'static str,
    /// What Enter does there.
    pub compares: &'static str,
}

/// English.
pub const EN: Text = Text {
    label: "Health",
    unchecked: "not checked yet",
    nothing: "nothing found",
    nothing_known: "nothing found (leaks: not checked)",
    score: |score| format!("Health {score}"),
    leaked: |count| format!("{count} leaked"),
    comparing: |done, all| format!("The passwords are being compared: {done} of {all}."),
    waits: "The passwords are compared as soon as no key is pressed for a moment. An empty list would be no answer.",
    no_list: "There is no list of leaked passwords here, so this cannot be told. Name one in the settings (pwned).",
    title: "Health",
    score_label: "Score",
    no_score: "There is no password to rate.",
    change: |by, day| match by {
        0 => format!("as on {day}"),
        by => format!("{by:+} since {day}"),
    },
    based: |scored, unchecked, without| {
        let mut words =
            if scored == 1 { "of 1 password".to_owned() } else { format!("of {scored} passwords") };
        if unchecked > 0 {
            words.push_str(&format!(", {unchecked} not checked"));
        }
        if without > 0 {
            words.push_str(&format!("; {without} without a password"));
        }
        words
    },
    history: "So far",
    history_since: |day| format!("since {day}"),
    stopped: "Stopped, so nothing is checked. R begins again.",
    waiting: "Not checked yet. It begins as soon as no key is pressed for a moment.",
    checking: |done, all| if all == 0 { "checking".to_owned() } else { format!("checking {done} of {all}") },
    all: "Everything",
    all_told: "in the order of work",
    ignored: "Ignored",
    groups: |count| if count == 1 { "1 group".to_owned() } else { format!("{count} groups") },
    not_run: "not checked",
    not_run_list: "not checked: no list",
    not_run_master: "not checked: Enter",
    not_others: |count| format!("{count} more: not checked"),
    not_all: |count| format!("{count} not checked"),
    not_all_master: |count| format!("{count} not checked: Enter"),
    too_many: "not all compared",
    clean: |names| format!("Looked for and not found: {names}."),
    parted: ", ",
    lists: "list",
    types_master: "type it",
    group: |number, count, since| {
        let entries = if count == 1 { "1 entry".to_owned() } else { format!("{count} entries") };
        let since = since.map_or(String::new(), |day| format!(", since {day}"));
        format!("Group {number}: {entries}{since}")
    },
    opens_problem: "work on it",
    gone: "Nothing is found here any more.",
    opens: |opens| match opens {
        Opens::Mailbox => "mailbox",
        Opens::Server => "server",
        Opens::Registrar => "domains",
        Opens::Bank => "money",
        Opens::Site => "site",
        Opens::Itself => "",
    },
    opens_what: |opens| match opens {
        Opens::Mailbox => "Other accounts are reset through this mailbox: it comes first.",
        Opens::Server => "Whoever gets in here controls the sites and mailboxes on it.",
        Opens::Registrar => "Whoever gets in here can point the domains elsewhere.",
        Opens::Bank => "Money is at stake here.",
        Opens::Site | Opens::Itself => "",
    },
    work: "one by one",
    of: |at, all| format!("{at} of {all}"),
    left_alone: |until, reason| {
        let until = until.map_or("Ignored for good".to_owned(), |day| format!("Ignored until {day}"));
        if reason.is_empty() { format!("{until}.") } else { format!("{until}: {reason}") }
    },
    again: "again",
    join: "Make one entry of them (the rest goes to the trash)",
    earlier: "other password",
    fix: "Change the password",
    finish: "Finish the change that is open",
    address: "Open the address",
    entry: "Show the entry in the list",
    leave: "Ignore it ...",
    taken: "This account was taken over ...",
    attend: "Look at it again",
    attend_short: "count again",
    next: "Next problem",
    does: "do it",
    scrolls: "scroll",
    hides: "hide",
    leave_title: |entry, finding| format!("Ignore: {finding} ({entry})"),
    finding: "Finding",
    reason: "Reason",
    until: |days, day| match (days, day) {
        (365, Some(day)) => format!("For a year, until {day}"),
        (days, Some(day)) => format!("For {days} days, until {day}"),
        (_, None) => "For good".to_owned(),
    },
    leave_told: "It no longer counts in the score, and stays in the list of what is ignored.",
    goes_on: "next",
    leaves: "ignore it",
    master: "Master password",
    master_title: "Compare with the master password",
    master_told: "Whether it is right takes a moment. Then it is compared with every password and forgotten.",
    master_failed: |failure| match failure {
        MasterFailure::Wrong => "That is not the master password.",
        MasterFailure::KeyFile => {
            "It opens nothing without a key file. To compare it, unlock with that file first."
        }
        MasterFailure::Memory => "There is too little memory to find out whether it is right.",
    },
    compares: "compare",
};

/// Japanese.
pub const JA: Text = Text {
    label: "点検",
    unchecked: "まだ調べていません",
    nothing: "指摘なし",
    nothing_known: "指摘なし（流出は未点検）",
    score: |score| format!("健全度 {score}"),
    leaked: |count| format!("流出 {count} 件"),
    comparing: |done, all| format!("パスワードを比べています: {all} 件中 {done} 件"),
    waits: "しばらくキーを押さないでいると、パスワードを比べる点検が始まります。「なし」という意味ではありません。",
    no_list: "流出パスワードのリストがないため、わかりません。設定 (pwned) で指定できます。",
    title: "点検",
    score_label: "健全度",
    no_score: "評価するパスワードがありません。",
    change: |by, day| match by {
        0 => format!("{day} と同じ"),
        by => format!("{day} から {by:+}"),
    },
    based: |scored, unchecked, without| {
        let mut words = format!("パスワード {scored} 件");
        if unchecked > 0 {
            words.push_str(&format!("、未点検 {unchecked} 件"));
        }
        if without > 0 {
            words.push_str(&format!("（ほかにパスワードなし {without} 件）"));
        }
        words
    },
    history: "これまで",
    history_since: |day| format!("{day} から"),
    stopped: "点検を止めたので、まだ調べていません。R で始めます。",
    waiting: "まだ調べていません。しばらくキーを押さないでいると始まります。",
    checking: |done, all| {
        if all == 0 { "点検中".to_owned() } else { format!("点検中 {done} / {all} 件") }
    },
    all: "すべての指摘",
    all_told: "取り組む順",
    ignored: "そのままにしたもの",
    groups: |count| format!("{count} 組"),
    not_run: "未点検",
    not_run_list: "未点検: リストなし",
    not_run_master: "未点検: Enter で入力",
    not_others: |count| format!("ほか {count} 個は未点検"),
    not_all: |count| format!("{count} 件は未点検"),
    not_all_master: |count| format!("{count} 件は未点検: Enter で入力"),
    too_many: "一部は比べていません",
    clean: |names| format!("調べて、見つからなかったもの: {names}"),
    parted: "、",
    lists: "一覧",
    types_master: "入力する",
    group: |number, count, since| {
        let since = since.map_or(String::new(), |day| format!("、{day} から"));
        format!("{number} 組目: {count} 件{since}")
    },
    opens_problem: "取り組む",
    gone: "ここにはもう指摘がありません。",
    opens: |opens| match opens {
        Opens::Mailbox => "メール",
        Opens::Server => "サーバー",
        Opens::Registrar => "ドメイン",
        Opens::Bank => "お金",
        Opens::Site => "サイト",
        Opens::Itself => "",
    },
    opens_what: |opens| match opens {
        Opens::Mailbox => "ほかのアカウントの再設定に使われるメールです。最初に直しましょう。",
        Opens::Server => "ここに入られると、載っているサイトやメールも操作されます。",
        Opens::Registrar => "ここに入られると、ドメインの向き先を変えられます。",
        Opens::Bank => "お金にかかわるアカウントです。",
        Opens::Site | Opens::Itself => "",
    },
    work: "一件ずつ",
    of: |at, all| format!("{at} / {all} 件目"),
    left_alone: |until, reason| {
        let until = until.map_or("ずっとそのままにします".to_owned(), |day| {
            format!("{day} までそのままにします")
        });
        if reason.is_empty() { format!("{until}。") } else { format!("{until}: {reason}") }
    },
    again: "再点検",
    join: "1 件にまとめる（残りはごみ箱へ）",
    earlier: "もう一方のパスワード",
    fix: "パスワードを変更する",
    finish: "変更中のパスワードを確定または取り消す",
    address: "アドレスを開く",
    entry: "一覧でアイテムを見る",
    leave: "そのままにする ...",
    taken: "このアカウントが乗っ取られた ...",
    attend: "指摘に戻す",
    attend_short: "戻す",
    next: "次の指摘へ",
    does: "実行",
    scrolls: "送る",
    hides: "隠す",
    leave_title: |entry, finding| format!("そのままにする: {finding} ({entry})"),
    finding: "指摘",
    reason: "理由",
    until: |days, day| match (days, day) {
        (365, Some(day)) => format!("1 年間 ({day} まで)"),
        (days, Some(day)) => format!("{days} 日間 ({day} まで)"),
        (_, None) => "ずっと".to_owned(),
    },
    leave_told: "健全度に数えなくなり、「そのままにしたもの」の一覧に残ります。",
    goes_on: "次へ",
    leaves: "そのままにする",
    master: "マスターパスワード",
    master_title: "マスターパスワードと比べる",
    master_told: "正しいかどうか確かめるのに少しかかります。すべてのパスワードと比べたあと、忘れます。",
    master_failed: |failure| match failure {
        MasterFailure::Wrong => "マスターパスワードが違います。",
        MasterFailure::KeyFile => {
            "これだけでは開きません。キーファイルと組のものなら、先にそのファイルで開いてください。"
        }
        MasterFailure::Memory => "確かめるためのメモリーが足りません。",
    },
    compares: "比べる",
};
