//! Old: the change of the password is due ([`crate::ops::rotation::due`] knows when).

use super::subject::Subject;
use super::{DAY, Why};
use crate::ops::rotation::{Cause, Intervals};

pub(super) fn check(subject: &Subject, intervals: &Intervals, now: u64) -> Option<(Why, Option<u64>)> {
    subject.current()?;
    let (at, cause) = subject.rhythm().next(intervals)?;
    if at > now {
        return None;
    }
    match (cause, subject.changed) {
        (Cause::Interval { days: interval, .. }, Some(changed)) => {
            let days = now.saturating_sub(changed) / DAY;
            Some((Why::Old { days, interval }, Some(changed)))
        }
        _ => Some((Why::Due { at }, Some(at))),
    }
}
