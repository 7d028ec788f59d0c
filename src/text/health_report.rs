//! The health report as Markdown: to be kept, printed or shown to somebody. Titles, reasons and
//! dates; no secret and no user name is in it.

use super::Lang;
use super::health as words;
use crate::model::Id;
use crate::ops::health::sample::Sample;
use crate::ops::health::{Check, Finding, Member, Report, Why};
use crate::text::sanitise;

/// What the report is made of.
#[derive(Debug)]
pub struct Facts<'a> {
    /// What the check found.
    pub report: &'a Report,
    /// The scores so far, oldest first.
    pub samples: &'a [Sample],
    /// Now, ms since 1970.
    pub today: u64,
}

struct Says {
    title: &'static str,
    made: fn(&str) -> String,
    no_secret: &'static str,
    found: &'static str,
    finding: &'static str,
    count: &'static str,
    order: &'static str,
    nothing: &'static str,
    what: &'static str,
    with: &'static str,
    ignored: &'static str,
    until: fn(Option<&str>) -> String,
    not_checked: &'static str,
    history: &'static str,
    day: &'static str,
    score: &'static str,
}

const EN: Says = Says {
    title: "Health of the vault",
    made: |day| format!("Made by mamori on {day}."),
    no_secret: "No password and no user name is in this report.",
    found: "What was found",
    finding: "Finding",
    count: "Entries",
    order: "In the order of work",
    nothing: "The checks that ran found nothing.",
    what: "What to do",
    with: "Together with",
    ignored: "Ignored",
    until: |day| day.map_or("for good".to_owned(), |day| format!("until {day}")),
    not_checked: "Not checked",
    history: "So far",
    day: "Day",
    score: "Score",
};

const JA: Says = Says {
    title: "保管庫の点検",
    made: |day| format!("{day} に mamori が作成しました。"),
    no_secret: "パスワードとユーザー名は含まれていません。",
    found: "見つかったもの",
    finding: "指摘",
    count: "件数",
    order: "取り組む順",
    nothing: "行った点検では、何も見つかりませんでした。",
    what: "対応",
    with: "同じ・似たもの",
    ignored: "そのままにしたもの",
    until: |day| day.map_or("ずっと".to_owned(), |day| format!("{day} まで")),
    not_checked: "調べていないもの",
    history: "これまでの健全度",
    day: "日付",
    score: "健全度",
};

/// Outside text as it may stand in Markdown: on one line, and none of it a sign of the notation.
fn plain(text: &str) -> String {
    let mut out = String::new();
    for letter in sanitise::line(text).chars() {
        if letter.is_ascii_punctuation() && !matches!(letter, '.' | ',' | '-' | '@' | ':' | '/' | '\'' | ' ')
        {
            out.push('\\');
        }
        out.push(letter);
    }
    // - what begins a list or a heading elsewhere begins nothing in the middle of a line
    if out.trim().is_empty() { "-".to_owned() } else { out }
}

/// The report in a language. `title` names an entry, `day` writes a time.
pub fn markdown(
    facts: &Facts<'_>,
    lang: Lang,
    title: &dyn Fn(Id) -> String,
    day: &dyn Fn(u64) -> String,
) -> String {
    let says = if lang == Lang::Ja { &JA } else { &EN };
    let lines = words::lines(lang);
    let report = facts.report;
    let mut out = format!("# {}\n\n{}\n{}\n\n", says.title, (says.made)(&day(facts.today)), says.no_secret);
    out.push_str(
        &report.score.map_or(lines.no_score.to_owned(), |score| (lines.score)(score, report.scored)),
    );
    out.push('\n');
    if report.unchecked > 0 {
        out.push_str(&(lines.unchecked)(report.unchecked));
        out.push('\n');
    }
    let counted: Vec<Check> = Check::ALL.into_iter().filter(|check| report.count(*check) > 0).collect();
    if counted.is_empty() {
        out.push_str(&format!("\n{}\n", says.nothing));
    } else {
        out.push_str(&format!("\n## {}\n\n| {} | {} |\n|---|--:|\n", says.found, says.finding, says.count));
        for check in counted {
            out.push_str(&format!("| {} | {} |\n", words::check(check, lang), report.count(check)));
        }
        out.push_str(&format!("\n## {}\n", says.order));
        problems(&mut out, facts, lang, says, title, day);
    }
    ignored(&mut out, report, lang, says, title, day);
    if let Some(reach) = report.leaks {
        out.push_str(&format!("\n{}\n", words::reach(reach, lang)));
    }
    if !report.not_run.is_empty() {
        out.push_str(&format!("\n## {}\n\n", says.not_checked));
        for (check, why) in &report.not_run {
            out.push_str(&format!("- {}\n", words::not_run(*check, *why, lang)));
        }
    }
    if facts.samples.len() > 1 {
        out.push_str(&format!("\n## {}\n\n| {} | {} |\n|---|--:|\n", says.history, says.day, says.score));
        for one in facts.samples {
            out.push_str(&format!("| {} | {} |\n", civil(one.day), one.score));
        }
    }
    out
}

fn civil(day: u32) -> String {
    let days = i64::from(day).saturating_mul(86_400);
    jiff::Timestamp::from_second(days).map_or(String::new(), |time| time.strftime("%Y-%m-%d").to_string())
}

fn name(entry: Option<Id>, lang: Lang, title: &dyn Fn(Id) -> String) -> String {
    entry.map_or_else(|| words::lines(lang).the_vault.to_owned(), |id| plain(&title(id)))
}

fn said(one: &Finding, lang: Lang, title: &dyn Fn(Id) -> String, day: &dyn Fn(u64) -> String) -> String {
    let since = one.since.map_or(String::new(), |ms| (words::lines(lang).since)(&day(ms)));
    let why = words::why(&cleaned(&one.why), lang, &|id| plain(&title(id)), day);
    format!("**{}**: {why}{since}", words::check(one.why.check(), lang))
}

/// The same with what comes from outside made harmless.
fn cleaned(why: &Why) -> Why {
    match why.clone() {
        Why::Insecure { host } => Why::Insecure { host: plain(&host) },
        Why::NoSecondFactor { host, other } => Why::NoSecondFactor { host: plain(&host), other },
        other => other,
    }
}

fn problems(
    out: &mut String,
    facts: &Facts<'_>,
    lang: Lang,
    says: &Says,
    title: &dyn Fn(Id) -> String,
    day: &dyn Fn(u64) -> String,
) {
    let report = facts.report;
    let mut order: Vec<(Option<Id>, Vec<&Finding>)> = Vec::new();
    let mut places = std::collections::HashMap::new();
    for one in report.findings.iter().filter(|one| one.ignored.is_none()) {
        let at = *places.entry(one.entry).or_insert_with(|| {
            order.push((one.entry, Vec::new()));
            order.len() - 1
        });
        if let Some((_, list)) = order.get_mut(at) {
            list.push(one);
        }
    }
    for (number, (entry, list)) in (1..).zip(order) {
        out.push_str(&format!("\n### {number}. {}\n\n", name(entry, lang, title)));
        for one in list {
            out.push_str(&format!("- {}\n", said(one, lang, title, day)));
            let cluster = one.cluster.and_then(|at| report.clusters.get(at as usize));
            let others = cluster.into_iter().flat_map(|cluster| &cluster.members);
            let place = |member: &Member| match words::place(member.place, lang) {
                "" => String::new(),
                place => format!(" {place}"),
            };
            let others: Vec<String> = others
                .filter(|member| Some(member.entry) != entry)
                .map(|member| format!("{}{}", plain(&title(member.entry)), place(member)))
                .take(30)
                .collect();
            if !others.is_empty() {
                out.push_str(&format!("  - {}: {}\n", says.with, others.join(" / ")));
            }
            out.push_str(&format!("  - {}: {}\n", says.what, words::advice(&one.why, lang)));
        }
    }
}

fn ignored(
    out: &mut String,
    report: &Report,
    lang: Lang,
    says: &Says,
    title: &dyn Fn(Id) -> String,
    day: &dyn Fn(u64) -> String,
) {
    let all: Vec<&Finding> = report.findings.iter().filter(|one| one.ignored.is_some()).collect();
    if all.is_empty() {
        return;
    }
    out.push_str(&format!("\n## {}\n\n", says.ignored));
    for one in all {
        let Some(left) = &one.ignored else { continue };
        let until = (says.until)(Some(left.until).filter(|until| *until != 0).map(day).as_deref());
        let reason =
            if left.reason.is_empty() { String::new() } else { format!(": {}", plain(&left.reason)) };
        let check = words::check(one.why.check(), lang);
        out.push_str(&format!("- {}: {check} ({until}){reason}\n", name(one.entry, lang, title)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outside_text_is_no_notation() {
        assert_eq!(plain("a|b*c_[d](e)`f`<g>#h"), "a\\|b\\*c\\_\\[d\\]\\(e\\)\\`f\\`\\<g\\>\\#h");
        assert_eq!(plain("みずほ銀行 a@b.jp"), "みずほ銀行 a@b.jp");
        assert_eq!(plain("x\ny"), "x\\<LF\\>y");
        assert_eq!(plain(""), "-");
    }

    #[test]
    fn days_are_days() {
        assert_eq!(civil(0), "1970-01-01");
        assert_eq!(civil(20_781), "2026-11-24");
    }
}
