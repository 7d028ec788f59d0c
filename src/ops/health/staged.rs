//! A staged change that was left open: longer than a day, so that nobody is told of what is just
//! being done.

use super::subject::Subject;
use super::{DAY, Why};

pub(super) fn check(subject: &Subject, now: u64) -> Option<(Why, Option<u64>)> {
    let since = subject.staged.iter().copied().min()?;
    let days = now.saturating_sub(since) / DAY;
    (days >= 1).then_some((Why::Staged { days }, Some(since)))
}
