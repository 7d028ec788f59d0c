//! The tables of rotation: `[intervals]`, how many days a password is left unchanged, by kind, and
//! `[rotators.NAME]`, commands that set a new password at its host; and `[rules]`, what sites ask of
//! passwords, by host.

use std::time::Duration;

use super::{Problem, Settings, Wanted, wrong};
use crate::model::Kind;
use crate::ops::generate::choose;
use crate::ops::rotation::Intervals;
use crate::ops::rotation::due::MOST;
use crate::ops::rotation::rotator::{self, LIMIT, Rotator};

/// Reads `[intervals]`; what is right in it counts.
pub(super) fn intervals(settings: &mut Settings, value: &toml::Value) -> Result<(), Vec<Problem>> {
    let table = value.as_table().ok_or_else(|| vec![wrong("intervals", Wanted::Table)])?;
    let mut problems = Vec::new();
    for (word, value) in table {
        let name = format!("intervals.{word}");
        let Some(kind) = Kind::from_word(word) else {
            problems.push(Problem::Unknown(name));
            continue;
        };
        let never = (value.as_str() == Some("never")).then_some(0);
        let days = never.or_else(|| value.as_integer().and_then(|days| u64::try_from(days).ok()));
        match days.filter(|days| *days <= MOST) {
            Some(days) => settings.intervals.set(kind, days),
            None => problems.push(wrong(&name, Wanted::Days)),
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

/// Reads `[rules]`: host and rule, or recipe.
pub(super) fn rules(settings: &mut Settings, value: &toml::Value) -> Result<(), Vec<Problem>> {
    let table = value.as_table().ok_or_else(|| vec![wrong("rules", Wanted::Table)])?;
    let mut problems = Vec::new();
    for (host, value) in table {
        match value.as_str().filter(|text| choose::read(text).is_some()) {
            Some(rule) => {
                let host = host.trim().trim_end_matches('.').to_lowercase();
                let host = host.strip_prefix("www.").unwrap_or(&host);
                settings.rules.push((host.to_owned(), rule.to_owned()));
            }
            None => problems.push(wrong(&format!("rules.{host}"), Wanted::Rule)),
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

/// A rule for the commented file.
pub(super) const RULES_EXAMPLE: &str =
    "#\"example.co.jp\" = \"minlength: 8; maxlength: 16; required: lower, upper; required: digit\"\n";

/// Reads `[rotators]`; each is a table of its own.
pub(super) fn rotators(settings: &mut Settings, value: &toml::Value) -> Result<(), Vec<Problem>> {
    let table = value.as_table().ok_or_else(|| vec![wrong("rotators", Wanted::Table)])?;
    let mut problems = Vec::new();
    for (name, value) in table {
        match value.as_table() {
            Some(table) => settings.rotators.extend(one(name, table, &mut problems)),
            None => problems.push(wrong(&format!("rotators.{name}"), Wanted::Table)),
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

fn one(name: &str, table: &toml::Table, problems: &mut Vec<Problem>) -> Option<Rotator> {
    let before = problems.len();
    let mut made = Rotator {
        name: name.to_owned(),
        command: Vec::new(),
        kinds: Vec::new(),
        entries: Vec::new(),
        limit: LIMIT,
        exit: 0,
    };
    for (key, value) in table {
        let at = format!("rotators.{name}.{key}");
        let wanted = match key.as_str() {
            "command" => {
                match strings(value).filter(|list| list.first().is_some_and(|first| !first.is_empty())) {
                    Some(list) if list.iter().all(|one| rotator::check(one).is_ok()) => {
                        made.command = list;
                        continue;
                    }
                    _ => Wanted::Program,
                }
            }
            "kinds" => match strings(value)
                .and_then(|list| list.iter().map(|word| Kind::from_word(word)).collect())
            {
                Some(list) => {
                    made.kinds = list;
                    continue;
                }
                None => Wanted::Kinds,
            },
            "entries" => match strings(value) {
                Some(list) => {
                    made.entries = list;
                    continue;
                }
                None => Wanted::Entries,
            },
            "timeout" => match number(value, 1, 600) {
                Some(seconds) => {
                    made.limit = Duration::from_secs(seconds);
                    continue;
                }
                None => Wanted::Limit,
            },
            "exit" => match number(value, 0, 255).and_then(|code| u8::try_from(code).ok()) {
                Some(code) => {
                    made.exit = code;
                    continue;
                }
                None => Wanted::Exit,
            },
            _ => {
                problems.push(Problem::Unknown(at));
                continue;
            }
        };
        problems.push(wrong(&at, wanted));
    }
    if made.command.is_empty() && problems.len() == before {
        problems.push(wrong(&format!("rotators.{name}"), Wanted::Program));
    }
    (problems.len() == before).then_some(made)
}

fn strings(value: &toml::Value) -> Option<Vec<String>> {
    value.as_array()?.iter().map(|one| one.as_str().map(str::to_owned)).collect()
}

fn number(value: &toml::Value, least: u64, most: u64) -> Option<u64> {
    let number = u64::try_from(value.as_integer()?).ok()?;
    (least..=most).contains(&number).then_some(number)
}

/// A rotator for the commented file.
pub(super) const EXAMPLE: &str = "#[rotators.wordpress]\n\
    #command = [\"~/.local/share/mamori/rotators/wordpress\", \"{user}\", \"/var/www/blog\"]\n\
    #kinds = [\"website\"]\n\
    #entries = [\"Blog\"]\n\
    #timeout = 60\n\
    #exit = 0\n";

/// The lines of the table for the commented file: what counts unless they are changed.
pub(super) fn template() -> String {
    let usual = Intervals::default();
    let line = |kind: &Kind| format!("#{} = {}\n", kind.word(), usual.days(*kind));
    Kind::ALL.iter().filter(|kind| usual.days(**kind) > 0).map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Mistake, parse};
    use super::*;

    #[test]
    fn intervals_are_read_by_kind_and_all_mistakes_told() {
        let read = parse("[intervals]\nmailbox = 90\nlogin = 0\n").expect("fine").intervals;
        assert_eq!((read.days(Kind::Mailbox), read.days(Kind::Login)), (90, 0));
        assert_eq!(read.days(Kind::Server), Intervals::default().days(Kind::Server));
        let wrong =
            parse("[intervals]\nmailbox = -1\nmail = 3\nserver = 3651\nlogin = \"x\"\n").expect_err("wrong");
        let lines: Vec<_> = wrong.iter().map(|Mistake { line, .. }| *line).collect();
        assert_eq!(lines, [Some(2), Some(3), Some(4), Some(5)]);
        assert!(parse("intervals = 3").is_err());
    }

    #[test]
    fn rules_are_read_by_host_and_all_mistakes_told() {
        let all = parse("[rules]\n\"www.Example.jp\" = \"minlength: 8\"\nhost = \"random:12,no-symbol\"\n")
            .expect("fine")
            .rules;
        assert!(all.contains(&("example.jp".to_owned(), "minlength: 8".to_owned())), "{all:?}");
        let wrong = parse("[rules]\na = \"minlength 8\"\nb = 3\nc = \"random:1\"\n").expect_err("wrong");
        assert_eq!(wrong.iter().map(|one| one.line).collect::<Vec<_>>(), [Some(2), Some(3), Some(4)]);
        assert!(parse(&format!("[rules]\n{}", RULES_EXAMPLE.trim_start_matches('#'))).is_ok());
    }

    #[test]
    fn rotators_are_read_and_all_mistakes_told() {
        let text = "[rotators.wp]\ncommand = [\"wp-rotate\", \"{user}\"]\nkinds = [\"website\"]\nentries = [\"Blog\"]\ntimeout = 5\nexit = 3\n";
        let all = parse(text).expect("fine").rotators;
        assert_eq!((all.len(), all[0].name.as_str(), all[0].exit), (1, "wp", 3));
        assert_eq!((all[0].limit.as_secs(), all[0].kinds.as_slice()), (5, &[Kind::Website][..]));
        let wrong = parse(
            "[rotators.wp]\ncommand = [\"x\", \"{password}\"]\nkinds = [\"web\"]\nentries = 3\ntimeout = 0\nexit = 256\nargv = []\n[rotators.b]\nkinds = []\n",
        )
        .expect_err("wrong");
        let lines: Vec<_> = wrong.iter().map(|Mistake { line, .. }| *line).collect();
        assert_eq!(lines, [Some(2), Some(3), Some(4), Some(5), Some(6), Some(7), Some(8)]);
        let used: String =
            EXAMPLE.lines().map(|line| format!("{}\n", line.trim_start_matches('#'))).collect();
        assert_eq!(parse(&used).expect("the example fits").rotators.len(), 1);
    }
}
