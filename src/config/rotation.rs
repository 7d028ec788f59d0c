//! The table `[intervals]`: how many days a password is left unchanged, by kind.

use super::{Problem, Settings, wrong};
use crate::model::Kind;
use crate::ops::rotation::Intervals;
use crate::ops::rotation::due::MOST;

/// What an interval takes.
pub(super) const DAYS: &str = "a number of days, 0 (never) to 3650";

/// Reads `[intervals]`; what is right in it counts.
pub(super) fn intervals(settings: &mut Settings, value: &toml::Value) -> Result<(), Vec<Problem>> {
    let table = value.as_table().ok_or_else(|| vec![wrong("intervals", "a table")])?;
    let mut problems = Vec::new();
    for (word, value) in table {
        let name = format!("intervals.{word}");
        let Some(kind) = Kind::from_word(word) else {
            problems.push(Problem::Unknown(name));
            continue;
        };
        let days = value.as_integer().and_then(|days| u64::try_from(days).ok());
        match days.filter(|days| *days <= MOST) {
            Some(days) => settings.intervals.set(kind, days),
            None => problems.push(wrong(&name, DAYS)),
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

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
}
