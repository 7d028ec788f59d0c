//! Duplicates: the same account written down twice. Same kind, host and user name, and the same
//! password or the same title. Without an address the title stands for the host.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::{Cluster, Examined, Member, Why};
use crate::model::State;
use crate::ops::search::fold::fold;

/// Kind, host, user name, digest of the password or 0, title or none.
type Account = (u16, String, String, u64, String);

/// What was found: groups, and for each entry the number of its group.
pub(super) struct Duplicates {
    pub(super) clusters: Vec<Cluster>,
    pub(super) of: Vec<Option<u32>>,
    same_password: Vec<bool>,
}

impl Duplicates {
    pub(super) fn find(all: &[Examined]) -> Duplicates {
        let mut accounts: Vec<(u64, u32, Account)> = Vec::with_capacity(all.len() * 2);
        let mut add = |at: u32, account: Account| {
            let mut digest = DefaultHasher::new();
            account.hash(&mut digest);
            accounts.push((digest.finish(), at, account));
        };
        for (at, one) in (0u32..).zip(all) {
            let subject = &one.subject;
            let Some(print) = one.current().filter(|_| subject.state == State::Active) else { continue };
            let user = fold(subject.username.trim());
            let title = fold(subject.title.trim());
            let mut hosts: Vec<String> = subject.hosts().collect();
            hosts.sort_unstable();
            hosts.dedup();
            let kind = subject.kind.number();
            if hosts.is_empty() && !user.is_empty() {
                add(at, (kind, String::new(), user.clone(), print.exact, title.clone()));
            }
            for host in hosts {
                add(at, (kind, host.clone(), user.clone(), print.exact, String::new()));
                if !user.is_empty() {
                    add(at, (kind, host, user.clone(), 0, title.clone()));
                }
            }
        }
        // By their digests, which are quicker to sort, and each group where its first entry stands.
        accounts.sort_unstable_by(|one, next| (one.0, &one.2, one.1).cmp(&(next.0, &next.2, next.1)));
        let same =
            |one: &(u64, u32, Account), next: &(u64, u32, Account)| (one.0, &one.2) == (next.0, &next.2);
        let mut groups: Vec<Vec<u32>> = accounts
            .chunk_by(same)
            .filter(|group| group.len() > 1)
            .map(|group| group.iter().map(|(_, at, _)| *at).collect())
            .collect();
        groups.sort_unstable();
        let mut made = Duplicates {
            clusters: Vec::new(),
            of: vec![None; all.len()],
            same_password: vec![false; all.len()],
        };
        for group in groups {
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
