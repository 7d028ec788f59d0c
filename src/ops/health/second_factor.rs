//! No second factor, where another entry of the same host has one: so the site offers it.

use std::collections::HashMap;

use super::Why;
use super::subject::Subject;
use crate::model::{Id, State};

/// Hosts at which some entry has one-time codes, and which.
pub(super) struct Offering(HashMap<String, Id>);

impl Offering {
    pub(super) fn of<'a>(subjects: impl Iterator<Item = &'a Subject>) -> Offering {
        let mut hosts = HashMap::new();
        for subject in subjects.filter(|one| one.otp && one.state == State::Active) {
            for host in subject.hosts() {
                let held = hosts.entry(host).or_insert(subject.id);
                *held = (*held).min(subject.id);
            }
        }
        Offering(hosts)
    }

    pub(super) fn check(&self, subject: &Subject) -> Option<Why> {
        if subject.otp || subject.current().is_none() || self.0.is_empty() {
            return None;
        }
        let (host, other) = subject.hosts().find_map(|host| Some((host.clone(), *self.0.get(&host)?)))?;
        Some(Why::NoSecondFactor { host, other })
    }
}
