//! Health: what is wrong with the passwords of a vault, said entry by entry and ranked by what an
//! entry opens. One file a check.
//!
//! Passwords are opened one at a time by the caller's closure, reduced to keyed digests
//! (`print`) and wiped; clusters are made of digests. Pairs that are suspected of small edits are
//! opened once more to compare them. A check that did not run is told as such
//! ([`Report::not_run`]), never as "safe". Nothing here reads a file, a clock or the network.
//!
//! [`Health::check`] goes through everything, [`Health::update`] through what an edit changed,
//! [`Health::report`] says what is found at a time.

pub mod alike;
mod duplicate;
mod expired;
pub mod forms;
mod groups;
pub mod ignore;
mod insecure;
pub mod keyed;
pub mod leaked;
mod master;
pub mod old;
pub mod print;
pub mod run;
pub mod sample;
pub mod score;
mod second_factor;
mod staged;
pub mod subject;
pub mod ties;
mod vault;
mod weak;

use std::collections::HashMap;

use crate::model::Id;
use crate::secret::SecretBytes;

pub use super::rotation::Intervals;
pub use leaked::{LookUp, Looked, Reach};
pub use master::Compared;
use print::Print;
pub use run::{Checks, Health, Watch};
pub use score::Opens;
pub use subject::{Ignored, Place, Subject};
pub use ties::Pattern;
pub use vault::VaultFacts;

/// Milliseconds of a day.
const DAY: u64 = 86_400_000;

/// A check. Its number stands in ignored findings and never changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Check {
    /// In a list of leaked passwords.
    Leaked = 1,
    /// The same password elsewhere.
    Reused = 2,
    /// Nearly the same password elsewhere, or before.
    Similar = 3,
    /// Equal or similar to the master password.
    Master = 4,
    /// Guessed soon.
    Weak = 5,
    /// Unchanged for long.
    Old = 6,
    /// Past its date, or soon.
    Expired = 7,
    /// An address without encryption.
    Insecure = 8,
    /// The same account twice.
    Duplicate = 9,
    /// A staged change left open.
    Staged = 10,
    /// No recovery code.
    Kit = 11,
    /// No second factor where the site offers one.
    SecondFactor = 12,
    /// A key derivation below what new vaults get.
    Derivation = 13,
}

impl Check {
    /// Every check, in the order in which they are told.
    pub const ALL: [Check; 13] = [
        Check::Leaked,
        Check::Reused,
        Check::Similar,
        Check::Master,
        Check::Weak,
        Check::Expired,
        Check::Old,
        Check::Insecure,
        Check::Duplicate,
        Check::Staged,
        Check::SecondFactor,
        Check::Kit,
        Check::Derivation,
    ];

    /// The number in ignored findings.
    pub fn number(self) -> u8 {
        self as u8
    }

    /// The word in JSON and in searches.
    pub fn word(self) -> &'static str {
        match self {
            Check::Leaked => "leaked",
            Check::Reused => "reused",
            Check::Similar => "similar",
            Check::Master => "master",
            Check::Weak => "weak",
            Check::Old => "old",
            Check::Expired => "expired",
            Check::Insecure => "insecure",
            Check::Duplicate => "duplicate",
            Check::Staged => "staged",
            Check::Kit => "no-recovery",
            Check::SecondFactor => "no-second-factor",
            Check::Derivation => "cheap-derivation",
        }
    }

    fn bit(self) -> u16 {
        1 << self.number()
    }
}

/// Why something was found. It holds no part of a password.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "each field is named after what it counts")]
pub enum Why {
    /// In the list, seen so often, where that is known.
    Leaked { times: Option<u64> },
    /// `others` other entries use the same, `same_user` of them with the same user name; `old`
    /// have it in their past, closed or in the trash.
    Reused { others: u32, same_user: u32, old: u32 },
    /// The same of nearly the same passwords; `own`: the entry itself had one before.
    Similar { pattern: Pattern, others: u32, old: u32, own: bool },
    /// Equal to the master password, or similar by a pattern.
    Master { pattern: Option<Pattern> },
    /// Guessed in 2^bits tries.
    Weak { bits: u8 },
    /// Unchanged for so many days, with this interval.
    Old { days: u64, interval: u64 },
    /// Its own due date has passed.
    Due { at: u64 },
    /// It has expired.
    Expired { at: u64 },
    /// It expires soon.
    Soon { at: u64 },
    /// An `http://` address of this host.
    Insecure { host: String },
    /// So many other entries of the same account.
    Duplicate { others: u32, same_password: bool },
    /// A staged change has been open for so many days.
    Staged { days: u64 },
    /// The vault has no recovery code.
    NoKit,
    /// The vault's key derivation is below what new vaults get.
    CheapDerivation,
    /// Another entry of this host has a second factor.
    NoSecondFactor { host: String, other: Id },
}

impl Why {
    /// The check that says it.
    pub fn check(&self) -> Check {
        match self {
            Why::Leaked { .. } => Check::Leaked,
            Why::Reused { .. } => Check::Reused,
            Why::Similar { .. } => Check::Similar,
            Why::Master { .. } => Check::Master,
            Why::Weak { .. } => Check::Weak,
            Why::Old { .. } | Why::Due { .. } => Check::Old,
            Why::Expired { .. } | Why::Soon { .. } => Check::Expired,
            Why::Insecure { .. } => Check::Insecure,
            Why::Duplicate { .. } => Check::Duplicate,
            Why::Staged { .. } => Check::Staged,
            Why::NoKit => Check::Kit,
            Why::CheapDerivation => Check::Derivation,
            Why::NoSecondFactor { .. } => Check::SecondFactor,
        }
    }
}

/// One thing that is wrong with one entry, or with the vault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The entry; none for the vault itself.
    pub entry: Option<Id>,
    /// Why.
    pub why: Why,
    /// Since when, ms, where that is known.
    pub since: Option<u64>,
    /// Its cluster in [`Report::clusters`].
    pub cluster: Option<u32>,
    /// What the entry opens.
    pub opens: Opens,
    /// Somebody decided to leave it alone.
    pub ignored: Option<Ignored>,
}

/// One password of a cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Member {
    /// The entry.
    pub entry: Id,
    /// Where the password stands in it.
    pub place: Place,
    /// Since when, ms; 0 is unknown.
    pub since: u64,
}

/// Passwords that hang together, those in use first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cluster {
    /// Reused, similar or duplicate.
    pub check: Check,
    /// The passwords.
    pub members: Vec<Member>,
}

/// Why a check did not run, or not on everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotRun {
    /// What it needs was not given (a list, the master password, the file's header).
    NotGiven,
    /// On so many entries it failed or was not run yet.
    Entries(u32),
    /// So many pairs were suspected that not all could be compared.
    TooMany,
    /// The vault opens with so many further passwords, which nobody typed for it.
    Others(u32),
}

/// What is marked beside an entry in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Marks {
    bits: u16,
    /// The worst of its findings in tenths ([`score::badness`]).
    pub worst: u8,
}

impl Marks {
    /// True when this check found something that is not ignored.
    pub fn has(self, check: Check) -> bool {
        self.bits & check.bit() != 0
    }

    /// True when nothing was found (by the checks that ran).
    pub fn is_empty(self) -> bool {
        self.bits == 0
    }

    /// The most telling check that found something.
    pub fn first(self) -> Option<Check> {
        Check::ALL.into_iter().find(|check| self.has(*check))
    }
}

/// What health found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Every finding in the order of work; ignored ones at the end.
    pub findings: Vec<Finding>,
    /// What hangs together.
    pub clusters: Vec<Cluster>,
    /// 0 to 100; none when there is no password to rate.
    pub score: Option<u8>,
    /// Entries that the score is made of.
    pub scored: usize,
    /// Entries with a password that could not be looked at; they are not in the score.
    pub unchecked: usize,
    /// Entries in use without a password.
    pub without: usize,
    /// What a miss in the list of leaked passwords means, where it was asked.
    pub leaks: Option<Reach>,
    /// Checks that did not run, or not on everything.
    pub not_run: Vec<(Check, NotRun)>,
    marks: HashMap<Id, Marks>,
    /// Which findings are of an entry.
    places: HashMap<Id, Vec<u32>>,
    /// How many findings of each check there are, ignored ones aside, by its number.
    counts: [usize; 16],
}

impl Report {
    /// The marks of an entry; cheap.
    pub fn marks(&self, id: Id) -> Marks {
        self.marks.get(&id).copied().unwrap_or_default()
    }

    /// Findings of an entry, in the order of work; cheap.
    pub fn of(&self, id: Id) -> impl Iterator<Item = &Finding> {
        let places = self.places.get(&id).map_or(&[][..], Vec::as_slice);
        places.iter().filter_map(|at| self.findings.get(*at as usize))
    }

    /// How many findings of a check there are, ignored ones aside; cheap.
    pub fn count(&self, check: Check) -> usize {
        self.counts.get(usize::from(check.number())).copied().unwrap_or(0)
    }

    /// True when a check ran, be it not on every entry: then what it did not name it did not find.
    pub fn ran(&self, check: Check) -> bool {
        !self.not_run.contains(&(check, NotRun::NotGiven))
    }

    /// True when there is something to do.
    pub fn found(&self) -> bool {
        self.findings.iter().any(|one| one.ignored.is_none())
    }
}

/// What was learnt of one entry while its passwords were open.
#[derive(Debug)]
pub(crate) struct Examined {
    pub(crate) subject: Subject,
    /// Of its passwords, in their order; none for one that did not open.
    pub(crate) prints: Vec<Option<Print>>,
    weak: Option<Why>,
    leak: Option<Looked>,
    /// Of its password in use, until it was asked for elsewhere.
    digest: Option<SecretBytes>,
    master: Option<Option<Why>>,
}

impl Examined {
    pub(crate) fn current(&self) -> Option<&Print> {
        self.subject.current()?;
        self.prints.first()?.as_ref()
    }

    /// Keeps what was said of the same password where this run could not ask: about another edit of
    /// the entry the list and the master password need not be at hand again.
    fn keep_verdicts(&mut self, before: &Examined) {
        let same = |one: &Examined| one.current().map(|print| print.exact);
        if same(self).is_some() && same(self) == same(before) {
            self.leak = self.leak.or(before.leak);
            self.master = self.master.take().or_else(|| before.master.clone());
        }
    }
}
