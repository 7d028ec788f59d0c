//! Which problems a page is about, in the order of work, and how they hang together. It reads what a
//! check found and changes nothing.

use crate::model::Id;
use crate::ops::health::{Check, Finding, Report};

/// Which findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// All of them.
    All,
    /// Those of a check.
    Check(Check),
    /// Those that somebody decided to leave alone.
    Ignored,
}

impl Of {
    /// The finding is one of these.
    pub fn has(self, finding: &Finding) -> bool {
        match self {
            Of::All => finding.ignored.is_none(),
            Of::Check(check) => finding.ignored.is_none() && finding.why.check() == check,
            Of::Ignored => finding.ignored.is_some(),
        }
    }

    /// Its entries stand in groups that hang together.
    fn is_grouped(self) -> bool {
        matches!(self, Of::Check(Check::Reused | Check::Similar | Check::Duplicate))
    }
}

/// A line of a list of problems.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// A group begins: its number from 1, how many there are in it, since when.
    Group(usize, usize, Option<u64>),
    /// An entry; none for the vault itself.
    Entry(Option<Id>),
}

/// The lines of a list, in the order of work.
pub fn lines(report: &Report, of: Of) -> Vec<Line> {
    let mut lines = Vec::new();
    if of.is_grouped() {
        let mut groups: Vec<(Option<u32>, Vec<&Finding>)> = Vec::new();
        let mut places = std::collections::HashMap::new();
        for one in report.findings.iter().filter(|one| of.has(one)) {
            let at = *places.entry(one.cluster).or_insert_with(|| {
                groups.push((one.cluster, Vec::new()));
                groups.len() - 1
            });
            groups[at].1.push(one);
        }
        for (number, (_, group)) in (1..).zip(&groups) {
            let since = group.iter().filter_map(|one| one.since).min();
            lines.push(Line::Group(number, group.len(), since));
            lines.extend(group.iter().map(|one| Line::Entry(one.entry)));
        }
        return lines;
    }
    let mut seen = std::collections::HashSet::new();
    for one in report.findings.iter().filter(|one| of.has(one)) {
        if seen.insert(one.entry) {
            lines.push(Line::Entry(one.entry));
        }
    }
    lines
}

/// How many groups the findings of a check make; none where they make none.
pub fn groups(report: &Report, check: Check) -> Option<usize> {
    let of = Of::Check(check);
    let count = lines(report, of).iter().filter(|line| matches!(line, Line::Group(..))).count();
    (of.is_grouped() && count > 0).then_some(count)
}

/// The problems of a list, each once, in the order of work.
pub fn problems(report: &Report, of: Of) -> Vec<Option<Id>> {
    lines(report, of)
        .into_iter()
        .filter_map(|line| match line {
            Line::Entry(entry) => Some(entry),
            Line::Group(..) => None,
        })
        .collect()
}

/// Findings of one problem: those that the list is about first, then its others, ignored ones last.
pub fn findings(report: &Report, of: Of, entry: Option<Id>) -> Vec<&Finding> {
    let mut all: Vec<&Finding> = match entry {
        Some(id) => report.of(id).collect(),
        None => report.findings.iter().filter(|one| one.entry.is_none()).collect(),
    };
    all.sort_by_key(|one| (!of.has(one), one.ignored.is_some()));
    all
}
