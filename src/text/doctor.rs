//! What `mamori doctor` says: a fact for each finding and, where something can be done, what.
//! Names and paths in it come from outside: they pass [`super::sanitise`] before they are printed.

mod machine;
mod terminal;
mod vault;

use super::Lang;
use crate::doctor::{Finding, Group, Level};

/// Headings, levels and the last line.
#[derive(Debug)]
pub struct Lines {
    /// Heading of the vault's part; its path follows.
    pub vault: &'static str,
    /// Heading of the machine's.
    pub machine: &'static str,
    /// Heading of the terminal's.
    pub terminal: &'static str,
    /// Words of equal width for the three levels.
    pub levels: [&'static str; 3],
    /// The last line: how many problems and notes.
    pub sum: fn(problems: usize, notes: usize) -> String,
}

/// The lines of a language.
pub fn lines(lang: Lang) -> &'static Lines {
    const EN: Lines = Lines {
        vault: "Vault",
        machine: "This machine",
        terminal: "Terminal",
        levels: ["ok     ", "note   ", "PROBLEM"],
        sum: |problems, notes| match (problems, notes) {
            (0, 0) => "Everything that was looked at is as it should be.".to_owned(),
            (0, notes) => format!("No problems. Notes: {notes}."),
            (problems, notes) => format!("Problems: {problems}. Notes: {notes}."),
        },
    };
    const JA: Lines = Lines {
        vault: "保管庫",
        machine: "この機械",
        terminal: "端末",
        levels: ["良好", "参考", "問題"],
        sum: |problems, notes| match (problems, notes) {
            (0, 0) => "調べたところは、すべて良好でした。".to_owned(),
            (0, notes) => format!("問題はありません。参考: {notes} 件"),
            (problems, notes) => format!("問題: {problems} 件、参考: {notes} 件"),
        },
    };
    match lang {
        Lang::En => &EN,
        Lang::Ja => &JA,
    }
}

impl Lines {
    /// The heading of a group.
    pub fn heading(&self, group: Group) -> &'static str {
        match group {
            Group::Vault => self.vault,
            Group::Machine => self.machine,
            Group::Terminal => self.terminal,
        }
    }

    /// The word of a level.
    pub fn level(&self, level: Level) -> &'static str {
        let [ok, note, problem] = self.levels;
        match level {
            Level::Ok => ok,
            Level::Note => note,
            Level::Problem => problem,
        }
    }
}

/// A fact without a full stop, and what to do; the second may be empty.
pub type Said = (String, String);

/// What is so, and what to do.
pub fn said(lang: Lang, finding: &Finding) -> Said {
    match finding.group() {
        Group::Vault => vault::said(lang, finding),
        Group::Machine => machine::said(lang, finding),
        Group::Terminal => terminal::said(lang, finding),
    }
}

fn pick(lang: Lang, en: (impl Into<String>, &str), ja: (impl Into<String>, &str)) -> Said {
    match lang {
        Lang::En => (en.0.into(), en.1.to_owned()),
        Lang::Ja => (ja.0.into(), ja.1.to_owned()),
    }
}

/// Bytes as people read them.
fn size(bytes: u64) -> String {
    const UNITS: [(u64, &str); 3] = [(1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")];
    let unit = UNITS.into_iter().find(|(unit, _)| bytes >= *unit);
    unit.map_or_else(|| format!("{bytes} B"), |(unit, name)| format!("{} {name}", bytes / unit))
}

/// A day.
fn day(ms: u64) -> String {
    let zoned = i64::try_from(ms).ok().and_then(|ms| jiff::Timestamp::from_millisecond(ms).ok());
    zoned.map_or_else(String::new, |at| {
        at.to_zoned(jiff::tz::TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string()
    })
}
