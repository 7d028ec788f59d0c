//! When the change of a password is due: the one place that health (*old*), search (`is:old`), the
//! detail view and `mamori due` ask.
//!
//! A date of its own that was set for an entry comes first; it speaks of the password that was current
//! then, so a change takes it away. Else the last change and the interval: the entry's own, to the day,
//! or that of its kind. Intervals of kinds are staggered, so that what was changed on one day does not
//! fall due on one day: over the last eighth before the interval ends, by the id of the entry, the same
//! on every machine. Nothing is stored of it, so every change of a password moves it on by itself.

use crate::model::{Entry, Id, Kind, State, Tag, Vault};
use crate::ops::staged;

/// Milliseconds of a day.
pub const DAY: u64 = 86_400_000;

/// Most days of an interval.
pub const MOST: u64 = 3_650;

/// How many days a password is left unchanged, by kind; 0 is for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Intervals([u16; Kind::ALL.len()]);

impl Default for Intervals {
    /// A year for what opens other accounts, two for other logins, never for the rest.
    fn default() -> Intervals {
        Intervals(Kind::ALL.map(|kind| match kind {
            Kind::Mailbox
            | Kind::Server
            | Kind::Domain
            | Kind::Website
            | Kind::Database
            | Kind::BankAccount
            | Kind::ApiToken => 365,
            Kind::Login => 730,
            Kind::Card | Kind::Identity | Kind::SshKey | Kind::Note | Kind::Other(_) => 0,
        }))
    }
}

impl Intervals {
    /// The days for a kind; 0 is for ever.
    pub fn days(&self, kind: Kind) -> u64 {
        let at = Kind::ALL.iter().position(|one| *one == kind);
        at.and_then(|at| self.0.get(at)).map_or(0, |days| u64::from(*days))
    }

    /// Sets the days for a kind, at most [`MOST`].
    pub fn set(&mut self, kind: Kind, days: u64) {
        if let Some(at) = Kind::ALL.iter().position(|one| *one == kind)
            && let Some(held) = self.0.get_mut(at)
        {
            *held = u16::try_from(days.min(MOST)).unwrap_or(0);
        }
    }
}

/// What the next change of a password depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rhythm {
    /// The entry.
    pub id: Id,
    /// Its kind.
    pub kind: Kind,
    /// When the password was last changed, ms, where that is known.
    pub changed: Option<u64>,
    /// Its own interval in days; 0 is never.
    pub interval: Option<u64>,
    /// Its own date, ms.
    pub date: Option<u64>,
}

impl Rhythm {
    /// The rhythm of an entry.
    pub fn of(entry: Entry<'_>) -> Rhythm {
        Rhythm {
            id: entry.id(),
            kind: entry.kind(),
            changed: entry.password_changed(),
            interval: entry.0.number(Tag::INTERVAL),
            date: entry.due_date(),
        }
    }

    /// When the next change is due, ms, and why; none where it never is, or where nobody knows when
    /// the password was changed.
    pub fn next(&self, intervals: &Intervals) -> Option<(u64, Cause)> {
        if let Some(date) = self.date {
            return Some((date, Cause::Date));
        }
        let changed = self.changed?;
        let (days, early, own) = match self.interval {
            Some(days) => (days, 0, true),
            None => {
                let days = intervals.days(self.kind);
                (days, days.min(self.stagger(days / 8)), false)
            }
        };
        let after = days.saturating_sub(early).saturating_mul(DAY);
        (days > 0).then_some((changed.saturating_add(after), Cause::Interval { days, own }))
    }

    /// From 0 to `most` days, by the id.
    fn stagger(&self, most: u64) -> u64 {
        let (first, _) = self.id.0.split_first_chunk::<8>().unwrap_or((&[0; 8], &[]));
        u64::from_be_bytes(*first) % (most + 1)
    }
}

/// Why something is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// The host has set the password, and none of one's own replaced it.
    Forced,
    /// A staged change was left open for a day or more.
    Staged,
    /// The entry has expired.
    Expired,
    /// The date that was set for the entry has come.
    Date,
    /// The interval is over.
    Interval {
        /// Days of the interval.
        days: u64,
        /// It is the entry's own, not that of its kind.
        own: bool,
    },
}

impl Cause {
    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Cause::Forced => "forced",
            Cause::Staged => "staged",
            Cause::Expired => "expired",
            Cause::Date => "date",
            Cause::Interval { .. } => "interval",
        }
    }
}

/// An entry of which something is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// The entry.
    pub id: Id,
    /// Since when, ms.
    pub at: u64,
    /// Why.
    pub cause: Cause,
}

/// What is due at `now_ms`, the longest first; of an entry what matters most.
pub fn due(vault: &Vault, intervals: &Intervals, now_ms: u64) -> Vec<Due> {
    let active = vault.entries().filter(|entry| entry.state() == State::Active);
    let mut all: Vec<Due> = active.filter_map(|entry| due_of(entry, intervals, now_ms)).collect();
    all.sort_by_key(|one| (one.at, one.id));
    all
}

fn due_of(entry: Entry<'_>, intervals: &Intervals, now_ms: u64) -> Option<Due> {
    let found = |at, cause| Some(Due { id: entry.id(), at, cause });
    let open = entry.staged();
    if let Some(first) = open.first() {
        // - what is just being done is not told of
        return (first.since.saturating_add(DAY) <= now_ms)
            .then_some(())
            .and(found(first.since, Cause::Staged));
    }
    if staged::is_forced(entry) {
        return found(entry.password_changed().unwrap_or(now_ms), Cause::Forced);
    }
    if let Some(at) = entry.expires().filter(|at| *at <= now_ms) {
        return found(at, Cause::Expired);
    }
    entry.password()?;
    let (at, cause) = Rhythm::of(entry).next(intervals)?;
    (at <= now_ms).then_some(()).and(found(at, cause))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rhythm(id: u64, kind: Kind) -> Rhythm {
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&id.to_be_bytes());
        Rhythm { id: Id(bytes), kind, changed: Some(1_000 * DAY), interval: None, date: None }
    }

    fn day(rhythm: Rhythm) -> Option<u64> {
        rhythm.next(&Intervals::default()).map(|(at, _)| at / DAY)
    }

    #[test]
    fn what_was_changed_on_one_day_is_not_due_on_one_day() {
        let days: Vec<u64> = (0..400).filter_map(|id| day(rhythm(id, Kind::Mailbox))).collect();
        assert_eq!(days.len(), 400);
        assert!(days.iter().all(|day| (1_320..=1_365).contains(day)), "{days:?}");
        for day in 1_320..=1_365 {
            let same = days.iter().filter(|one| **one == day).count();
            assert!((1..=12).contains(&same), "{same} on day {day}");
        }
        // - the same on every machine
        assert_eq!(day(rhythm(7, Kind::Mailbox)), day(rhythm(7, Kind::Mailbox)));
    }

    #[test]
    fn an_interval_of_its_own_counts_to_the_day_and_a_date_before_it() {
        let own = Rhythm { interval: Some(30), ..rhythm(u64::MAX, Kind::Mailbox) };
        assert_eq!(day(own), Some(1_030));
        assert_eq!(day(Rhythm { interval: Some(0), ..own }), None);
        assert_eq!(day(Rhythm { date: Some(1_007 * DAY), ..own }), Some(1_007));
        assert_eq!(day(Rhythm { changed: None, ..own }), None);
        assert_eq!(day(rhythm(1, Kind::Note)), None);
    }

    #[test]
    fn intervals_of_kinds_are_set_one_by_one_and_bounded() {
        let mut intervals = Intervals::default();
        intervals.set(Kind::Login, 90);
        intervals.set(Kind::Mailbox, 0);
        intervals.set(Kind::Card, 99_999);
        assert_eq!(Kind::ALL.map(|kind| intervals.days(kind)).iter().filter(|days| **days == 365).count(), 6);
        let days = [Kind::Login, Kind::Mailbox, Kind::Card, Kind::Other(77)].map(|kind| intervals.days(kind));
        assert_eq!(days, [90, 0, MOST, 0]);
    }
}
