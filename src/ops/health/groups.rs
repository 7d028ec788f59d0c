//! Reused and similar: what the groups of passwords that hang together say about each entry.

use std::collections::{BTreeMap, BTreeSet};

use super::duplicate::Duplicates;
use super::print::Print;
use super::ties::{Pattern, Ties, groups};
use super::{Check, Cluster, Examined, Member, Place, Why};
use crate::ops::search::fold::fold;

/// One password of one entry.
#[derive(Clone, Copy)]
pub(super) struct Node<'a> {
    /// Which entry.
    pub(super) entry: u32,
    /// Which of its passwords.
    pub(super) password: u32,
    pub(super) print: &'a Print,
}

impl Node<'_> {
    fn live(&self) -> bool {
        matches!(self.print.place, Place::Current | Place::Staged)
    }
}

/// A finding about an entry: which, why, since when, its cluster in the list of these.
pub(super) type Said = (u32, Why, Option<u64>, u32);

fn cluster(check: Check, all: &[Examined], nodes: &[&Node<'_>]) -> Cluster {
    let mut members: Vec<Member> = nodes
        .iter()
        .map(|node| Member {
            entry: all[node.entry as usize].subject.id,
            place: node.print.place,
            since: node.print.since,
        })
        .collect();
    members.sort_unstable_by_key(|one| (one.place, one.since, one.entry));
    Cluster { check, members }
}

/// Entries with equal passwords. Two entries of one account are duplicates, not reuse.
pub(super) fn reused(
    all: &[Examined],
    nodes: &[Node<'_>],
    prints: &[&Print],
    duplicates: &Duplicates,
    said: &mut Vec<Said>,
    clusters: &mut Vec<Cluster>,
) {
    for group in groups(prints, |print| print.exact) {
        let group: Vec<&Node<'_>> = group.iter().map(|at| &nodes[*at as usize]).collect();
        let live: BTreeSet<u32> = group.iter().filter(|node| node.live()).map(|node| node.entry).collect();
        let every: BTreeSet<u32> = group.iter().map(|node| node.entry).collect();
        if live.is_empty() || every.len() < 2 {
            continue;
        }
        let user = |entry: u32| fold(all[entry as usize].subject.username.trim());
        let mut by_user: BTreeMap<String, usize> = BTreeMap::new();
        let mut by_account: BTreeMap<u32, usize> = BTreeMap::new();
        for entry in &live {
            *by_user.entry(user(*entry)).or_default() += 1;
            if let Some(account) = duplicates.of[*entry as usize] {
                *by_account.entry(account).or_default() += 1;
            }
        }
        let old = every.len() - live.len();
        let before = said.len();
        for entry in &live {
            let same_account = duplicates.of[*entry as usize].map_or(1, |account| by_account[&account]);
            let others = live.len() - same_account;
            if others + old == 0 {
                continue;
            }
            let name = user(*entry);
            let same_user = if name.is_empty() { 0 } else { by_user[&name].saturating_sub(same_account) };
            let since =
                group.iter().filter(|node| node.entry == *entry && node.live()).map(|node| node.print.since);
            let why = Why::Reused { others: count(others), same_user: count(same_user), old: count(old) };
            said.push((*entry, why, since.min().filter(|ms| *ms != 0), clusters.len() as u32));
        }
        if said.len() > before {
            clusters.push(cluster(Check::Reused, all, &group));
        }
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Entries whose passwords are alike, but not equal.
pub(super) fn similar(
    all: &[Examined],
    nodes: &[Node<'_>],
    ties: &Ties,
    said: &mut Vec<Said>,
    clusters: &mut Vec<Cluster>,
) {
    let mut order: Vec<(u32, u32)> = (0..count(nodes.len())).map(|at| (ties.set(at), at)).collect();
    order.sort_unstable();
    for set in order.chunk_by(|one, next| one.0 == next.0).filter(|set| set.len() > 1) {
        let exact = |at: u32| nodes[at as usize].print.exact;
        if set.iter().all(|(_, at)| exact(*at) == exact(set[0].1)) {
            continue;
        }
        let mut live: BTreeSet<u32> = BTreeSet::new();
        let mut every: BTreeSet<u32> = BTreeSet::new();
        // Entries that have a password: live ones, and all.
        let mut having: BTreeMap<u64, (BTreeSet<u32>, BTreeSet<u32>)> = BTreeMap::new();
        let mut patterns: BTreeMap<u64, Pattern> = BTreeMap::new();
        for (_, at) in set {
            let node = &nodes[*at as usize];
            let held = having.entry(node.print.exact).or_default();
            every.insert(node.entry);
            held.1.insert(node.entry);
            if node.live() {
                live.insert(node.entry);
                held.0.insert(node.entry);
            }
            if let Some(pattern) = ties.pattern(*at) {
                let known = patterns.entry(node.print.exact).or_insert(pattern);
                *known = pattern.min(*known);
            }
        }
        let before = said.len();
        let mut told: BTreeSet<u32> = BTreeSet::new();
        for (_, at) in set {
            let node = &nodes[*at as usize];
            if !node.live() || !told.insert(node.entry) {
                continue;
            }
            let (same_live, same) = &having[&node.print.exact];
            let others = live.len() - same_live.len();
            // Others that have such a password only in their past, or in the trash.
            let old = (every.len() - live.len()).saturating_sub(same.len() - same_live.len());
            // The same entry had another of the set before, or has it beside this one.
            let own = having
                .iter()
                .any(|(exact, (_, entries))| *exact != node.print.exact && entries.contains(&node.entry));
            if others + old == 0 && !own {
                continue;
            }
            let pattern = ties.pattern(*at).or_else(|| patterns.get(&node.print.exact).copied());
            let why = Why::Similar {
                pattern: pattern.unwrap_or(Pattern::Stem),
                others: count(others),
                old: count(old),
                own,
            };
            said.push((node.entry, why, Some(node.print.since).filter(|ms| *ms != 0), clusters.len() as u32));
        }
        if said.len() > before {
            let nodes: Vec<&Node<'_>> = set.iter().map(|(_, at)| &nodes[*at as usize]).collect();
            clusters.push(cluster(Check::Similar, all, &nodes));
        }
    }
}
