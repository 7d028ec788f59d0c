//! What health says: names of checks, the reason of each finding, what to do about it, and what was
//! not checked. No part of a password is in any of it.

use super::Lang;
use crate::model::Id;
use crate::ops::health::{Check, NotRun, Pattern, Place, Reach, Why};
use crate::platform::hibp::Unfit;
use crate::platform::hibp::range::Trouble;

fn pick(lang: Lang, en: String, ja: String) -> String {
    match lang {
        Lang::En => en,
        Lang::Ja => ja,
    }
}

fn word(lang: Lang, en: &'static str, ja: &'static str) -> &'static str {
    match lang {
        Lang::En => en,
        Lang::Ja => ja,
    }
}

/// A check, as a label.
pub fn check(check: Check, lang: Lang) -> &'static str {
    let (en, ja) = match check {
        Check::Leaked => ("Leaked", "流出"),
        Check::Reused => ("Reused", "使い回し"),
        Check::Similar => ("Similar", "よく似ている"),
        Check::Master => ("Like the master password", "マスターパスワードに近い"),
        Check::Weak => ("Weak", "弱い"),
        Check::Old => ("Old", "古い"),
        Check::Expired => ("Expired", "期限切れ"),
        Check::Insecure => ("Not encrypted", "暗号化なし"),
        Check::Duplicate => ("Duplicate", "重複"),
        Check::Staged => ("Change left open", "変更中のまま"),
        Check::Kit => ("No recovery code", "復旧コードなし"),
        Check::SecondFactor => ("No second factor", "2 段階認証なし"),
        Check::Derivation => ("Cheap key derivation", "鍵導出が軽い"),
    };
    word(lang, en, ja)
}

/// By what two passwords are alike, as the end of a sentence.
pub fn pattern(pattern: Pattern, lang: Lang) -> &'static str {
    let (en, ja) = match pattern {
        Pattern::Width => ("the same in full-width or half-width letters", "全角と半角だけが違う"),
        Pattern::Case => ("only upper and lower case differ", "大文字と小文字だけが違う"),
        Pattern::ShiftKey => ("the same keys, with and without Shift", "同じキーを Shift の有無で打ったもの"),
        Pattern::Leet => ("digits or signs stand for letters", "文字を数字や記号に置き換えただけ"),
        Pattern::Year => ("only the year differs", "年だけが違う"),
        Pattern::Site => ("only the name of the site differs", "サイト名だけが違う"),
        Pattern::Stem => ("the same word with other numbers or signs", "同じ言葉で、数字や記号だけが違う"),
        Pattern::Walk => ("the same way over the keyboard", "キーボードの並びを同じ形にたどったもの"),
        Pattern::OneEdit => ("one letter differs", "1 文字だけが違う"),
        Pattern::TwoEdits => ("two letters differ", "2 文字だけが違う"),
        Pattern::StemEdit => ("nearly the same word", "ほぼ同じ言葉"),
    };
    word(lang, en, ja)
}

fn entries(count: u32) -> String {
    if count == 1 { "1 other entry".to_owned() } else { format!("{count} other entries") }
}

/// A count with its thousands parted.
fn grouped(count: impl Into<u64>) -> String {
    let digits = count.into().to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn days(count: u64) -> String {
    if count == 1 { "1 day".to_owned() } else { format!("{count} days") }
}

/// Why something was found. `title` names an entry, `date` writes a time; what comes from outside is
/// in it as it is.
pub fn why(why: &Why, lang: Lang, title: &dyn Fn(Id) -> String, date: &dyn Fn(u64) -> String) -> String {
    match why {
        Why::Leaked { times: Some(times) } => pick(
            lang,
            format!("this password was seen {} times in stolen data", grouped(*times)),
            format!("このパスワードは流出データの中に {} 回見つかっています", grouped(*times)),
        ),
        Why::Leaked { times: None } => pick(
            lang,
            "this password is among the common ones of stolen data".to_owned(),
            "このパスワードは流出データによくあるものです".to_owned(),
        ),
        Why::Reused { others, same_user, old } => reused(lang, *others, *same_user, *old),
        Why::Similar { pattern: by, others, old, own } => similar(lang, *by, *others, *old, *own),
        Why::Master { pattern: None } => {
            pick(lang, "it is the master password".to_owned(), "マスターパスワードと同じです".to_owned())
        }
        Why::Master { pattern: Some(by) } => pick(
            lang,
            format!("like the master password: {}", pattern(*by, lang)),
            format!("マスターパスワードによく似ています ({})", pattern(*by, lang)),
        ),
        Why::Weak { bits } => pick(
            lang,
            format!("can be guessed (about {bits} bits)"),
            format!("推測されやすいパスワードです (約 {bits} ビット)"),
        ),
        Why::Old { days: count, interval } => pick(
            lang,
            format!("not changed for {}; due within {interval}", days(*count)),
            format!("{count} 日間変えていません (目安は {interval} 日以内)"),
        ),
        Why::Due { at } => pick(
            lang,
            format!("the change was due on {}", date(*at)),
            format!("変更の予定日 {} を過ぎています", date(*at)),
        ),
        Why::Expired { at } => {
            pick(lang, format!("expired on {}", date(*at)), format!("{} に期限が切れました", date(*at)))
        }
        Why::Soon { at } => {
            pick(lang, format!("expires on {}", date(*at)), format!("{} に期限が切れます", date(*at)))
        }
        Why::Insecure { host } => pick(
            lang,
            format!("the address of {host} begins with http://, so the password can be read on its way"),
            format!("{host} のアドレスが http:// なので、途中でパスワードを読まれることがあります"),
        ),
        Why::Duplicate { others, same_password: true } => pick(
            lang,
            format!("the same account as {}", entries(*others)),
            format!("ほかの {others} 件と同じアカウントです"),
        ),
        Why::Duplicate { others, same_password: false } => pick(
            lang,
            format!("the same account as {}, with another password", entries(*others)),
            format!("ほかの {others} 件と同じアカウントで、パスワードが違います"),
        ),
        Why::Staged { days: count } => pick(
            lang,
            format!("a new password has been waiting for {}", days(*count)),
            format!("新しいパスワードが {count} 日間、変更中のままです"),
        ),
        Why::NoKit => pick(
            lang,
            "the vault has no recovery code: a forgotten master password cannot be replaced".to_owned(),
            "保管庫に復旧コードがありません。マスターパスワードを忘れると開けなくなります".to_owned(),
        ),
        Why::CheapDerivation => pick(
            lang,
            "the vault's key derivation is below what new vaults get".to_owned(),
            "保管庫の鍵導出が、新しい保管庫の水準より軽くなっています".to_owned(),
        ),
        Why::NoSecondFactor { host, other } => pick(
            lang,
            format!("{host} offers a second factor: \"{}\" has one", title(*other)),
            format!("{host} では 2 段階認証を使えます (「{}」にはあります)", title(*other)),
        ),
    }
}

fn reused(lang: Lang, others: u32, same_user: u32, old: u32) -> String {
    let mut en = Vec::new();
    let mut ja = Vec::new();
    if others > 0 {
        en.push(format!("the same password as {}", entries(others)));
        ja.push(format!("ほかの {others} 件と同じパスワードです"));
    }
    if same_user > 0 {
        en.push(format!("{same_user} of them with the same user name"));
        ja.push(format!("うち {same_user} 件はユーザー名も同じです"));
    }
    if old > 0 {
        let beside = if others > 0 {
            "also in the past or the trash of"
        } else {
            "was used before, or is in the trash, in"
        };
        en.push(format!("{beside} {}", entries(old)));
        let also = if others > 0 { "さらに " } else { "" };
        ja.push(format!("{also}{old} 件の以前のパスワードやごみ箱にもあります"));
    }
    pick(lang, en.join(", "), ja.join("。"))
}

fn similar(lang: Lang, by: Pattern, others: u32, old: u32, own: bool) -> String {
    let (mut en, mut ja) = (Vec::new(), Vec::new());
    if others > 0 {
        en.push(entries(others));
        ja.push(format!("ほかの {others} 件"));
    }
    if old > 0 {
        en.push(format!("old or trashed ones of {}", entries(old)));
        ja.push(format!("{old} 件の以前のパスワードやごみ箱のもの"));
    }
    if own {
        en.push("its own earlier or staged one".to_owned());
        ja.push("自分の前後のパスワード".to_owned());
    }
    let by = pattern(by, lang);
    pick(
        lang,
        format!("like {}: {by}", en.join(" and ")),
        format!("{}とよく似ています ({by})", ja.join("、")),
    )
}

/// The same in a word or two, for a line beside others.
pub fn brief(why: &Why, lang: Lang) -> String {
    let other = |count: u32| if count == 1 { "1 other".to_owned() } else { format!("{count} others") };
    let (en, ja) = match why {
        Why::Leaked { .. } => ("leaked".to_owned(), "流出".to_owned()),
        Why::Reused { others: 0, old, .. } => {
            (format!("used before in {}", other(*old)), format!("使い回し: 以前ほか {old} 件"))
        }
        Why::Reused { others, .. } => {
            (format!("reused with {}", other(*others)), format!("使い回し: ほか {others} 件"))
        }
        Why::Similar { others: 0, old: 0, .. } => {
            ("like its earlier one".to_owned(), "前のものとよく似ている".to_owned())
        }
        Why::Similar { others, old, .. } => {
            let count = others + old;
            (format!("similar to {}", other(count)), format!("よく似ている: ほか {count} 件"))
        }
        Why::Master { pattern: None } => {
            ("the master password".to_owned(), "マスターパスワードと同じ".to_owned())
        }
        Why::Master { pattern: Some(_) } => {
            ("like the master password".to_owned(), "マスターパスワードに近い".to_owned())
        }
        Why::Weak { .. } => ("weak".to_owned(), "弱い".to_owned()),
        Why::Old { days: count, .. } => (format!("old ({})", days(*count)), format!("古い ({count} 日)")),
        Why::Due { .. } => ("due for a change".to_owned(), "変更の予定日を過ぎた".to_owned()),
        Why::Expired { .. } => ("expired".to_owned(), "期限切れ".to_owned()),
        Why::Soon { .. } => ("expires soon".to_owned(), "まもなく期限切れ".to_owned()),
        Why::Insecure { .. } => ("http:// address".to_owned(), "http:// のアドレス".to_owned()),
        Why::Duplicate { .. } => ("duplicate".to_owned(), "重複".to_owned()),
        Why::Staged { .. } => ("change left open".to_owned(), "変更中のまま".to_owned()),
        Why::NoKit => ("no recovery code".to_owned(), "復旧コードなし".to_owned()),
        Why::CheapDerivation => ("cheap key derivation".to_owned(), "鍵導出が軽い".to_owned()),
        Why::NoSecondFactor { .. } => ("no second factor".to_owned(), "2 段階認証なし".to_owned()),
    };
    pick(lang, en, ja)
}

/// What tells the findings of one check apart, where the check itself is known.
pub fn telling(why: &Why, lang: Lang, date: &dyn Fn(u64) -> String) -> String {
    match why {
        Why::Similar { pattern: by, .. } | Why::Master { pattern: Some(by) } => pattern(*by, lang).to_owned(),
        Why::Weak { bits } => pick(lang, format!("about {bits} bits"), format!("約 {bits} ビット")),
        Why::Leaked { times: Some(times) } => {
            let times = grouped(*times);
            pick(lang, format!("seen {times} times"), format!("{times} 回"))
        }
        Why::Old { days: count, .. } => pick(lang, days(*count), format!("{count} 日")),
        Why::Due { at } | Why::Expired { at } | Why::Soon { at } => date(*at),
        Why::Insecure { host } | Why::NoSecondFactor { host, .. } => host.clone(),
        Why::Staged { days: count } => pick(lang, days(*count), format!("{count} 日")),
        Why::Leaked { times: None } | Why::Reused { .. } | Why::Duplicate { .. } => String::new(),
        Why::Master { pattern: None } | Why::NoKit | Why::CheapDerivation => brief(why, lang),
    }
}

/// Where a password stands that is none in use, behind the name of its entry; empty for one that is.
pub fn place(place: Place, lang: Lang) -> &'static str {
    let (en, ja) = match place {
        Place::Current => ("", ""),
        Place::Staged => ("(new, not confirmed)", "(変更中の新しいもの)"),
        Place::Old => ("(earlier password)", "(以前のパスワード)"),
        Place::Archived => ("(archived)", "(アーカイブ)"),
        Place::Trashed => ("(in the trash)", "(ごみ箱)"),
    };
    word(lang, en, ja)
}

/// What to do about it.
pub fn advice(why: &Why, lang: Lang) -> &'static str {
    let (en, ja) = match why.check() {
        Check::Leaked => ("Change it today.", "今日のうちに変えてください。"),
        Check::Reused | Check::Similar => (
            "Give each its own random password, mailboxes first.",
            "それぞれ別のランダムなパスワードにしてください。メールが先です。",
        ),
        Check::Master => (
            "Change it: whoever learns it may open the vault.",
            "変えてください。知られると保管庫を開けられるおそれがあります。",
        ),
        Check::Weak => ("Change it to a generated one.", "生成したパスワードに変えてください。"),
        Check::Old => ("Change it when you next sign in.", "次にログインするときに変えてください。"),
        Check::Expired => ("Renew it, or close the account.", "更新するか、解約してください。"),
        Check::Insecure => ("Try the address with https://.", "https:// のアドレスを試してください。"),
        Check::Duplicate => {
            ("Make one entry of them (mamori health join).", "1 件にまとめてください (mamori health join)。")
        }
        Check::Staged => (
            "Try which one works, then confirm or discard.",
            "どちらでログインできるか試し、確定するか取り消してください。",
        ),
        Check::Kit => (
            "Make a recovery kit (mamori slots add recovery).",
            "復旧キットを作ってください (mamori slots add recovery)。",
        ),
        Check::SecondFactor => ("Switch it on at the site.", "サイトの設定で有効にしてください。"),
        Check::Derivation => (
            "The ways to open raise it (mamori slots rekey).",
            "「開け方」で強くできます (mamori slots rekey)。",
        ),
    };
    word(lang, en, ja)
}

/// Why a check did not run, or not on everything.
pub fn not_run(which: Check, why: NotRun, lang: Lang) -> String {
    let label = check(which, lang);
    let (en, ja) = match (why, which) {
        (NotRun::NotGiven, Check::Leaked) => (
            "no list of leaked passwords was given (--pwned FILE)".to_owned(),
            "流出パスワードのリストがありません (--pwned ファイル)".to_owned(),
        ),
        (NotRun::NotGiven, Check::Master) => (
            "the master password was not typed for it".to_owned(),
            "マスターパスワードが入力されていません".to_owned(),
        ),
        (NotRun::NotGiven, _) => {
            ("what it needs is not known".to_owned(), "必要な情報がありません".to_owned())
        }
        (NotRun::Entries(count), Check::Old) => (
            format!("{count} entries, because nothing tells when they were changed"),
            format!("{count} 件は、いつ変えたか分かりません"),
        ),
        (NotRun::Entries(count), Check::Leaked) => {
            (format!("{count} entries could not be looked up"), format!("{count} 件を調べられませんでした"))
        }
        (NotRun::Entries(count), _) => (format!("{count} entries"), format!("{count} 件")),
        (NotRun::Others(count), _) => (
            format!("one password that opens this vault was compared; {count} more: not checked"),
            format!("この保管庫を開くパスワードの一つと比べました。ほか {count} 個は未点検です"),
        ),
        (NotRun::TooMany, _) => (
            "too many passwords are near each other to compare them all".to_owned(),
            "似たものが多すぎて、すべては比べられませんでした".to_owned(),
        ),
    };
    pick(lang, format!("{label}: {en}"), format!("{label}: {ja}"))
}

/// Why a list of leaked passwords is not used.
pub fn unfit(unfit: Unfit, lang: Lang) -> &'static str {
    let (en, ja) = match unfit {
        Unfit::Io(_) => ("it cannot be read", "読めません"),
        Unfit::Foreign => ("not a list of password hashes", "パスワードのハッシュのリストではありません"),
        Unfit::Ntlm => ("this is the NTLM list", "NTLM のリストです"),
        Unfit::Unsorted => ("not sorted by hash", "ハッシュ順に並んでいません"),
        Unfit::Truncated => ("cut off in the middle of a line", "行の途中で切れています"),
        Unfit::Part => ("only a part of the list", "リストの一部しかありません"),
        Unfit::Damaged => ("a damaged filter", "フィルターが壊れています"),
        Unfit::Newer => ("a filter of a later mamori", "新しい mamori のフィルターです"),
    };
    word(lang, en, ja)
}

/// Why the range API gave no answer.
pub fn trouble(trouble: Trouble, lang: Lang) -> String {
    let (en, ja) = match trouble {
        Trouble::NotBuilt => {
            ("this mamori was built without the network", "この mamori はネットワークなしで作られています")
        }
        Trouble::Address => ("not an https address", "https のアドレスではありません"),
        Trouble::Proxy => ("the proxy cannot be used", "プロキシを使えません"),
        Trouble::Unreachable => {
            ("Have I Been Pwned could not be reached", "Have I Been Pwned に接続できませんでした")
        }
        Trouble::Slow => {
            ("Have I Been Pwned did not answer in time", "Have I Been Pwned が時間内に応答しませんでした")
        }
        Trouble::Tls => ("no encrypted connection could be made", "暗号化された接続を作れませんでした"),
        Trouble::Busy(status) => {
            return pick(
                lang,
                format!("Have I Been Pwned is busy (status {status}); try again later"),
                format!("Have I Been Pwned が混み合っています (状態 {status})。あとでもう一度試してください"),
            );
        }
        Trouble::Status(status) => {
            return pick(
                lang,
                format!("Have I Been Pwned answered with status {status}"),
                format!("Have I Been Pwned が状態 {status} を返しました"),
            );
        }
        Trouble::Cut => ("the answer was cut off", "応答が途中で切れました"),
        Trouble::Foreign => {
            ("the answer is none of Have I Been Pwned", "Have I Been Pwned の応答ではありません")
        }
    };
    word(lang, en, ja).to_owned()
}

/// What it means that a password is not in the list.
pub fn reach(reach: Reach, lang: Lang) -> String {
    match reach {
        Reach::Whole => pick(
            lang,
            "Leaked: looked up in the whole list.".to_owned(),
            "流出: リスト全体と照合しました。".to_owned(),
        ),
        Reach::Common { count, one_in } => pick(
            lang,
            format!(
                "Leaked: the others are not among the {count} most common leaked passwords. 1 in {one_in} is named by chance."
            ),
            format!(
                "流出: 残りは、流出パスワードの上位 {count} 件の中にはありません。{one_in} 件に 1 件は誤って該当します。"
            ),
        ),
    }
}

/// Lines of the report on the command line.
#[derive(Debug)]
#[allow(missing_docs, reason = "each field is named after what it says")]
pub struct Lines {
    pub score: fn(score: u8, scored: usize) -> String,
    pub no_score: &'static str,
    pub unchecked: fn(count: usize) -> String,
    pub nothing: &'static str,
    pub ignored: fn(count: usize) -> String,
    pub not_checked: &'static str,
    pub the_vault: &'static str,
    pub since: fn(date: &str) -> String,
    /// With which others: some by name, and how many more.
    pub with: fn(names: &str, more: usize) -> String,
    /// Between names.
    pub between: &'static str,
    pub checking: fn(done: usize, all: usize) -> String,
    pub asking: fn(done: usize, all: usize) -> String,
    pub reading: fn(percent: u64) -> String,
    pub built: fn(path: &str, keys: u64, least: u64, bytes: u64, one_in: u64) -> String,
}

/// Lines of the report on the command line.
pub fn lines(lang: Lang) -> &'static Lines {
    match lang {
        Lang::En => &Lines {
            score: |score, scored| format!("Health {score} of 100 ({scored} passwords)"),
            no_score: "There is no password to rate.",
            unchecked: |count| format!("{count} passwords could not be opened and were not checked."),
            nothing: "The checks that ran found nothing.",
            ignored: |count| format!("{count} findings are ignored."),
            not_checked: "Not checked",
            the_vault: "The vault itself",
            since: |date| format!(" (since {date})"),
            with: |names, more| match more {
                0 => format!("in a group with {names}"),
                more => format!("in a group with {names} and {more} more"),
            },
            between: ", ",
            checking: |done, all| format!("checking {done} of {all}"),
            asking: |done, all| format!("asking Have I Been Pwned: {done} of {all}"),
            reading: |percent| format!("reading the list: {percent} %"),
            built: |path, keys, least, bytes, one_in| {
                format!(
                    "{path}: the {keys} most common passwords (each seen {least} times or more), {bytes} bytes. 1 in {one_in} others is named by chance."
                )
            },
        },
        Lang::Ja => &Lines {
            score: |score, scored| format!("健全度 {score} / 100 (パスワード {scored} 件)"),
            no_score: "評価するパスワードがありません。",
            unchecked: |count| format!("{count} 件は開けなかったため、調べていません。"),
            nothing: "行った点検では、何も見つかりませんでした。",
            ignored: |count| format!("そのままにした指摘が {count} 件あります。"),
            not_checked: "調べていないもの",
            the_vault: "保管庫そのもの",
            since: |date| format!(" ({date} から)"),
            with: |names, more| match more {
                0 => format!("同じ組: {names}"),
                more => format!("同じ組: {names}、ほか {more} 件"),
            },
            between: "、",
            checking: |done, all| format!("{all} 件中 {done} 件を点検中"),
            asking: |done, all| format!("Have I Been Pwned に照会中: {all} 件中 {done} 件"),
            reading: |percent| format!("リストを読み込み中: {percent} %"),
            built: |path, keys, least, bytes, one_in| {
                format!(
                    "{path}: よくあるパスワード {keys} 件 (いずれも {least} 回以上)、{bytes} バイト。それ以外でも {one_in} 件に 1 件は誤って該当します。"
                )
            },
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> Vec<Why> {
        let id = Id([1; 16]);
        vec![
            Why::Leaked { times: Some(3) },
            Why::Leaked { times: None },
            Why::Reused { others: 2, same_user: 1, old: 1 },
            Why::Reused { others: 0, same_user: 0, old: 1 },
            Why::Similar { pattern: Pattern::Stem, others: 1, old: 2, own: true },
            Why::Master { pattern: None },
            Why::Master { pattern: Some(Pattern::Case) },
            Why::Weak { bits: 20 },
            Why::Old { days: 1, interval: 365 },
            Why::Due { at: 0 },
            Why::Expired { at: 0 },
            Why::Soon { at: 0 },
            Why::Insecure { host: "h.example".into() },
            Why::Duplicate { others: 1, same_password: true },
            Why::Duplicate { others: 1, same_password: false },
            Why::Staged { days: 2 },
            Why::NoKit,
            Why::CheapDerivation,
            Why::NoSecondFactor { host: "h.example".into(), other: id },
        ]
    }

    #[test]
    fn everything_is_said_in_both_languages() {
        for one in all() {
            let say = |lang| why(&one, lang, &|_| "T".into(), &|_| "2026-01-01".into());
            let (en, ja) = (say(Lang::En), say(Lang::Ja));
            assert!(en.is_ascii() && !en.is_empty() && !en.ends_with('.'), "{en}");
            assert!(!ja.is_ascii() && !ja.ends_with('。') && !ja.contains("other"), "{ja}");
            assert!(advice(&one, Lang::En).is_ascii() && !advice(&one, Lang::Ja).is_ascii());
            assert!(brief(&one, Lang::En).is_ascii() && !brief(&one, Lang::Ja).is_ascii());
        }
        for one in Check::ALL {
            for reason in [NotRun::NotGiven, NotRun::Entries(3), NotRun::TooMany, NotRun::Others(2)] {
                assert!(not_run(one, reason, Lang::En).is_ascii());
                assert!(!not_run(one, reason, Lang::Ja).is_ascii());
            }
        }
    }
}
