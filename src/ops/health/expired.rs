//! Expired, or about to: the entry's own date, and the month that a card is valid to.

use super::subject::Subject;
use super::{DAY, Why};

/// Days before the end from which on it is told.
pub const SOON: u64 = 30;

pub(super) fn check(subject: &Subject, now: u64) -> Option<(Why, Option<u64>)> {
    let at = subject.expires.filter(|at| *at != 0)?;
    if at <= now {
        Some((Why::Expired { at }, Some(at)))
    } else {
        (at - now <= SOON * DAY).then_some((Why::Soon { at }, None))
    }
}
