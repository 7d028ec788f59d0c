//! A change of a password under way, in both languages.

use crate::tui::notice::StagedTold;

/// The strings.
#[derive(Debug)]
pub struct Text {
    /// Its name.
    pub title: &'static str,
    /// Title of the draft: of which entry.
    pub of: fn(&str) -> String,
    /// Title of the panel: of which entry.
    pub under_way: fn(&str) -> String,
    /// Label of the new password.
    pub new_password: &'static str,
    /// Label of the old password.
    pub old_password: &'static str,
    /// Label of the password that the site set.
    pub their_password: &'static str,
    /// Label of the reason.
    pub reason: &'static str,
    /// Row: keep the new one beside the old one.
    pub keep: &'static str,
    /// Row: make another one.
    pub another: &'static str,
    /// Row: the generator.
    pub generator: &'static str,
    /// Row: type it.
    pub type_it: &'static str,
    /// Row: the site set one by itself.
    pub forced: &'static str,
    /// Row: take what the site set.
    pub take_theirs: &'static str,
    /// The old one stays.
    pub old_stays: &'static str,
    /// The old one stays in the history.
    pub forced_stays: &'static str,
    /// Since when, and why.
    pub since: fn(&str, &str) -> String,
    /// Row: have this command set it at its host.
    pub rotate: fn(&str) -> String,
    /// Enter: has it set.
    pub rotates: &'static str,
    /// What a command said cannot be shown.
    pub said_hidden: &'static str,
    /// What to do after a command failed.
    pub after_failure: &'static str,
    /// Row: back to the change.
    pub on_again: &'static str,
    /// Row: the site has the new one.
    pub confirm: &'static str,
    /// Row: drop the new one.
    pub discard: &'static str,
    /// Row: leave it open.
    pub later: &'static str,
    /// Enter: goes on to the button.
    pub on: &'static str,
    /// Enter: keeps.
    pub keeps: &'static str,
    /// Enter: makes another one.
    pub makes: &'static str,
    /// Enter: opens what the row says.
    pub goes: &'static str,
    /// Enter: confirms.
    pub confirms: &'static str,
    /// Enter: discards.
    pub discards: &'static str,
    /// Enter: closes.
    pub closes: &'static str,
    /// What is told.
    pub told: fn(StagedTold) -> &'static str,
    /// Title: so many entries at once.
    pub many_title: fn(usize) -> String,
    /// So many get a new one.
    pub many_fresh: fn(usize) -> String,
    /// So many are under way.
    pub many_open: fn(usize) -> String,
    /// Of so many a person chooses.
    pub many_several: fn(usize) -> String,
    /// So many have no password.
    pub many_without: fn(usize) -> String,
    /// Row: make so many.
    pub many_make: fn(usize) -> String,
    /// Row: so many are current.
    pub many_confirm: fn(usize) -> String,
    /// Row: so many are dropped.
    pub many_discard: fn(usize) -> String,
    /// Row: close.
    pub many_close: &'static str,
    /// The old ones stay.
    pub many_old_stay: &'static str,
    /// Heading: get a new one.
    pub many_new: &'static str,
    /// Heading: under way.
    pub many_under_way: &'static str,
    /// Heading: a person chooses.
    pub many_choose: &'static str,
    /// Heading: no password.
    pub many_none: &'static str,
    /// So many more.
    pub many_more: fn(usize) -> String,
}

/// English.
pub const EN: Text = Text {
    title: "Change the password",
    of: |title| format!("Change the password: {title}"),
    under_way: |title| format!("Password change under way: {title}"),
    new_password: "New password",
    old_password: "Old password",
    their_password: "Their password",
    reason: "Reason (optional)",
    keep: "Keep it beside the old one",
    another: "Make another one",
    generator: "Generator, with other rules",
    type_it: "Type it myself",
    forced: "The site has already set a new one by itself",
    take_theirs: "The site has this one: make it the current password",
    old_stays: "The old one stays current until you confirm this one.",
    forced_stays: "The old password goes to the history. Replace theirs with one of your own soon.",
    since: |day, reason| {
        if reason.is_empty() { format!("Since {day}") } else { format!("Since {day}: {reason}") }
    },
    rotate: |name| format!("Have it set at the host now ({name})"),
    rotates: "run",
    said_hidden: "(what it said is not shown: it could hold a short password)",
    after_failure: "Both passwords are kept. Try the new one at the host: if it works, confirm it; if not, have it set again, or discard it.",
    on_again: "Back to the change",
    confirm: "The site has the new one: make it current",
    discard: "Discard the new one",
    later: "Leave it open for now",
    on: "go on",
    keeps: "keep and save",
    makes: "another one",
    goes: "go there",
    confirms: "confirm: the old one goes to the history",
    discards: "discard: the old one stays",
    closes: "close",
    told: |told| match told {
        StagedTold::Kept => "Kept beside the old. P copies it: change it at the site.",
        StagedTold::Confirmed => "Confirmed; the old one is in the history. z undoes.",
        StagedTold::Discarded => "Discarded; the old password stays. z undoes.",
        StagedTold::Forced => "Taken as current; the old one is in the history. z undoes.",
        StagedTold::Empty => "There is no new password yet.",
        StagedTold::Same => "That is the old password. Nothing was changed.",
        StagedTold::NoRandom => "The system gives no random numbers. Nothing was changed.",
        StagedTold::Rotated => "Set at the host and confirmed; the old one is in the history.",
        StagedTold::NotSaved => "It is not saved yet. Try again in a moment.",
        StagedTold::Refused => "The vault did not take the change. Nothing was changed.",
    },
    many_title: |count| format!("Change the passwords of {count} entries"),
    many_fresh: |count| match count {
        1 => "1 gets a new password, made by its own rule.".to_owned(),
        _ => format!("{count} get a new password each, every one made by its own rule."),
    },
    many_open: |count| match count {
        1 => "1 has a new password already: it stays as it is.".to_owned(),
        _ => format!("{count} have a new password already: they stay as they are."),
    },
    many_several: |count| format!("{count} with several new passwords: open each (c) and choose."),
    many_without: |count| format!("{count} without a password: left out."),
    many_make: |count| match count {
        1 => "Make the new password and keep it beside the old one".to_owned(),
        _ => format!("Make {count} new passwords and keep them beside the old ones"),
    },
    many_confirm: |count| match count {
        1 => "The site has the new one: make it current".to_owned(),
        _ => format!("The sites have the new ones: make all {count} current"),
    },
    many_discard: |count| match count {
        1 => "Discard the new one".to_owned(),
        _ => format!("Discard all {count} new ones"),
    },
    many_close: "Close, leave it as it is",
    many_old_stay: "The old ones stay current until you confirm. One step: z takes it back.",
    many_new: "A new password for",
    many_under_way: "Under way already",
    many_choose: "To be chosen one by one",
    many_none: "Left out",
    many_more: |count| format!("  and {count} more"),
};

/// Japanese.
pub const JA: Text = Text {
    title: "パスワードの変更",
    of: |title| format!("パスワードの変更: {title}"),
    under_way: |title| format!("パスワード変更中: {title}"),
    new_password: "新パスワード",
    old_password: "旧パスワード",
    their_password: "サイトが決めたもの",
    reason: "理由（任意）",
    keep: "古いものと並べて保存する",
    another: "別のものを作る",
    generator: "生成画面で条件を変えて作る",
    type_it: "自分で入力する",
    forced: "サイトがもう新しいパスワードに変えた",
    take_theirs: "サイトのパスワードとして今のものにする",
    old_stays: "確定するまで、古いパスワードが今のパスワードのままです。",
    forced_stays: "古いものは履歴に残ります。早めに自分で決めたものに変えてください。",
    since: |day, reason| {
        if reason.is_empty() { format!("{day} から") } else { format!("{day} から: {reason}") }
    },
    rotate: |name| format!("コマンドで設定先にも入れる ({name})"),
    rotates: "実行",
    said_hidden: "(短いパスワードが含まれるおそれがあるため、出力は表示しません)",
    after_failure: "新旧どちらも残っています。新しいものでログインを試し、使えれば確定し、使えなければもう一度実行するか、取り消してください。",
    on_again: "変更の画面に戻る",
    confirm: "サイトで変更した: 新しいものを今のパスワードにする",
    discard: "新しいものを取り消す",
    later: "変更中のままにしておく",
    on: "進む",
    keeps: "並べて保存",
    makes: "別のもの",
    goes: "進む",
    confirms: "確定（古いものは履歴へ）",
    discards: "取り消し（古いものが残る）",
    closes: "閉じる",
    told: |told| match told {
        StagedTold::Kept => "古いものと並べました。P でコピーし、サイトで変更します。",
        StagedTold::Confirmed => "確定しました。古いものは履歴にあります。z で戻せます。",
        StagedTold::Discarded => "新しいパスワードを取り消しました。z で戻せます。",
        StagedTold::Forced => "サイトのものにしました。古いものは履歴に。z で戻せます。",
        StagedTold::Empty => "新しいパスワードがまだありません。",
        StagedTold::Same => "古いパスワードと同じです。何も変えていません。",
        StagedTold::NoRandom => "システムから乱数が得られません。何も変えていません。",
        StagedTold::Rotated => "設定先に入れて確定しました。古いものは履歴にあります。",
        StagedTold::NotSaved => "まだ保存が済んでいません。少し待ってからもう一度。",
        StagedTold::Refused => "保管庫がこの変更を受け付けません。何も変えていません。",
    },
    many_title: |count| format!("{count} 件のパスワードの変更"),
    many_fresh: |count| format!("{count} 件に、それぞれの条件で新しいパスワードを作ります。"),
    many_open: |count| format!("{count} 件はすでに変更中です。そのままにします。"),
    many_several: |count| {
        format!("{count} 件は新しいものが複数あります。一つずつ開いて（c）選んでください。")
    },
    many_without: |count| format!("{count} 件はパスワードがないため、除きます。"),
    many_make: |count| format!("新しいパスワードを {count} 件作り、古いものと並べて保存する"),
    many_confirm: |count| format!("サイトで変更した: 新しいもの {count} 件を今のパスワードにする"),
    many_discard: |count| format!("新しいもの {count} 件を取り消す"),
    many_close: "このまま閉じる",
    many_old_stay: "確定するまで、古いものが今のパスワードです。まとめて 1 回の操作なので、z で戻せます。",
    many_new: "新しいパスワードを作るもの",
    many_under_way: "すでに変更中のもの",
    many_choose: "一つずつ選ぶもの",
    many_none: "除くもの",
    many_more: |count| format!("  ほか {count} 件"),
};
