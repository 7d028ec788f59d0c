//! What `due` reports, and the same in `show`, in both languages.

use crate::ops::rotation::Cause;
use crate::text::Lang;

/// Why something is due; `day` prints a day.
pub fn cause(cause: Cause, at: u64, lang: Lang, day: &dyn Fn(u64) -> String) -> String {
    match (lang, cause) {
        (Lang::En, Cause::Forced) => format!("set by the host on {}, not by you", day(at)),
        (Lang::Ja, Cause::Forced) => format!("{} にサーバー会社が設定したまま", day(at)),
        (Lang::En, Cause::Staged) => format!("a change was begun on {} and is not confirmed", day(at)),
        (Lang::Ja, Cause::Staged) => format!("{} から変更中のまま", day(at)),
        (Lang::En, Cause::Expired) => format!("expired on {}", day(at)),
        (Lang::Ja, Cause::Expired) => format!("{} に期限切れ", day(at)),
        (Lang::En, Cause::Date) => format!("since {}, the day you set", day(at)),
        (Lang::Ja, Cause::Date) => format!("{} から (決めておいた日)", day(at)),
        (Lang::En, Cause::Interval { days, .. }) => format!("since {} (every {days} days)", day(at)),
        (Lang::Ja, Cause::Interval { days, .. }) => format!("{} から ({days} 日ごと)", day(at)),
    }
}

/// The next change as `show` has it: the day, and the interval that makes it.
pub fn next(cause: Cause, day: &str, lang: Lang) -> String {
    match (lang, cause) {
        (Lang::En, Cause::Interval { days, .. }) => format!("{day} (every {days} days)"),
        (Lang::Ja, Cause::Interval { days, .. }) => format!("{day} ({days} 日ごと)"),
        _ => day.to_owned(),
    }
}

/// The sentences.
#[derive(Debug)]
#[allow(missing_docs, reason = "each field is named after what it says")]
pub struct Lines {
    pub nothing: &'static str,
    pub brief: fn(count: usize) -> String,
    pub advice: &'static str,
    /// Label of the next change.
    pub next: &'static str,
    pub bad_day: fn(text: &str) -> String,
    pub bad_interval: fn(text: &str) -> String,
}

/// The sentences of a language.
pub fn lines(lang: Lang) -> &'static Lines {
    match lang {
        Lang::En => &EN,
        Lang::Ja => &JA,
    }
}

const EN: Lines = Lines {
    nothing: "No password is due for a change.",
    brief: |count| match count {
        1 => "mamori: 1 password is to be changed (mamori due)".to_owned(),
        count => format!("mamori: {count} passwords are to be changed (mamori due)"),
    },
    advice: "A new password beside the old one: mamori change ENTRY",
    next: "Next change",
    bad_day: |text| format!("'{text}' is no day\nWrite it as 2027-03-31."),
    bad_interval: |text| format!("'{text}' is no number of days\nWrite 1 to 3650, or never."),
};

const JA: Lines = Lines {
    nothing: "変更の時期が来たパスワードはありません。",
    brief: |count| format!("mamori: 変更の時期が来たパスワードが {count} 件あります (mamori due)"),
    advice: "今のものの横に新しいパスワードを作るには: mamori change アイテム",
    next: "次の変更",
    bad_day: |text| format!("「{text}」は日付として読めません\n2027-03-31 のように書いてください。"),
    bad_interval: |text| {
        format!("「{text}」は日数として読めません\n1 から 3650 の数か never と書いてください。")
    },
};
