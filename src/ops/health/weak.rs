//! Weak: what is less than fair on the one scale ([`crate::ops::strength`]), by zxcvbn with the entry's
//! own words. Most that was generated is good at a glance, and zxcvbn is not asked.

use super::Why;
use super::subject::Subject;
use crate::ops::strength::{Level, fair_at_a_glance, strength};
use crate::secret::Secret;

pub(super) fn check(password: &Secret, subject: &Subject) -> Option<Why> {
    let own = own_words(subject);
    if fair_at_a_glance(password, &own) {
        return None;
    }
    let rated = strength(password, &own);
    (rated.level() < Level::Fair).then(|| Why::Weak {
        // The estimate is never negative and ends at 64 bits.
        bits: rated.bits().round().clamp(0.0, 64.0) as u8,
    })
}

fn own_words(subject: &Subject) -> Vec<&str> {
    let mut own = vec![subject.title.as_str(), subject.username.as_str()];
    own.extend(subject.urls.iter().map(String::as_str));
    own
}
