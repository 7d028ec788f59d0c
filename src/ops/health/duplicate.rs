//! Duplicates: the same account written down twice. Same kind, host and user name, and the same
//! password or the same title. Without an address the title stands for the host.

use std::collections::BTreeMap;

use super::{Cluster, Examined, Member, Why};
use crate::model::State;
use crate::ops::search::fold::fold;

/// What was found: groups, and for each entry the number of its group.
pub(super) struct Duplicates {
    pub(super) clusters: Vec<Cluster>,
    pub(super) of: Vec<Option<u32>>,
    same_password: Vec<bool>,
}

impl Duplicates {
    pub(super) fn find(all: &[Examined]) -> Duplicates {
        let mut by_account: BTreeMap<(u16, String, String, u64, String), Vec<u32>> = BTreeMap::new();
        for (at, one) in (0u32..).zip(all) {
            let subject = &one.subject;
            let Some(print) = one.current().filter(|_| subject.state == State::Active) else { continue };
            let user = fold(subject.username.trim());
            let title = fold(subject.title.trim());
            let mut hosts: Vec<String> = subject.hosts().collect();
            hosts.sort_unstable();
            hosts.dedup();
            let kind = subject.kind.number();
            for host in &hosts {
                let account = (kind, host.clone(), user.clone());
                let (kind, host, user) = account.clone();
                by_account.entry((kind, host, user, print.exact, String::new())).or_default().push(at);
                let (kind, host, user) = account;
                if !user.is_empty() {
                    by_account.entry((kind, host, user, 0, title.clone())).or_default().push(at);
                }
            }
            if hosts.is_empty() && !user.is_empty() {
                by_account.entry((kind, String::new(), user, print.exact, title)).or_default().push(at);
            }
        }
        let mut made = Duplicates {
            clusters: Vec::new(),
            of: vec![None; all.len()],
            same_password: vec![false; all.len()],
        };
        for group in by_account.into_values().filter(|group| group.len() > 1) {
            let held = group.iter().find_map(|at| made.of[*at as usize]);
            let number = held.unwrap_or_else(|| {
                made.clusters.push(Cluster { check: super::Check::Duplicate, members: Vec::new() });
                made.clusters.len() as u32 - 1
            });
            let first = all[group[0] as usize].current().map(|print| print.exact);
            let same = group.iter().all(|at| all[*at as usize].current().map(|print| print.exact) == first);
            for at in group {
                made.same_password[at as usize] |= same;
                if made.of[at as usize].is_none() {
                    made.of[at as usize] = Some(number);
                    let subject = &all[at as usize].subject;
                    let since = subject.current().map_or(0, |one| one.since);
                    let member = Member { entry: subject.id, place: super::Place::Current, since };
                    made.clusters[number as usize].members.push(member);
                }
            }
        }
        made
    }

    pub(super) fn why(&self, at: usize) -> Option<(Why, u32)> {
        let cluster = self.of[at]?;
        let others = self.clusters[cluster as usize].members.len() as u32 - 1;
        Some((Why::Duplicate { others, same_password: self.same_password[at] }, cluster))
    }
}
