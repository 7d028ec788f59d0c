//! Old: past its due date, or unchanged for longer than the interval of its kind.

use super::subject::Subject;
use super::{DAY, Why};
use crate::model::Kind;

/// How many days a password is left unchanged, by kind; 0 is for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Intervals {
    /// Mailboxes, servers, registrars, site administration, databases, banks, tokens.
    pub opening: u64,
    /// Everything else with a password.
    pub other: u64,
}

impl Default for Intervals {
    fn default() -> Intervals {
        Intervals { opening: 365, other: 730 }
    }
}

impl Intervals {
    /// The days for a kind; 0 is for ever.
    pub fn days(&self, kind: Kind) -> u64 {
        match kind {
            Kind::Mailbox
            | Kind::Server
            | Kind::Domain
            | Kind::Website
            | Kind::Database
            | Kind::BankAccount
            | Kind::ApiToken => self.opening,
            Kind::Login => self.other,
            Kind::Card | Kind::Identity | Kind::SshKey | Kind::Note | Kind::Other(_) => 0,
        }
    }
}

pub(super) fn check(subject: &Subject, intervals: &Intervals, now: u64) -> Option<(Why, Option<u64>)> {
    subject.current()?;
    let changed = subject.changed;
    if let Some(due) = subject.due {
        let why = Why::Due { at: due };
        return (due <= now).then_some((why, Some(due)));
    }
    let changed = changed?;
    let interval = subject.interval.unwrap_or(intervals.days(subject.kind));
    let days = now.saturating_sub(changed) / DAY;
    (interval > 0 && days >= interval).then_some((Why::Old { days, interval }, Some(changed)))
}
