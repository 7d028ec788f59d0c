//! The order of work: who controls comes before what is controlled. Accounts that control one another
//! in a circle (a mailbox on a server whose panel is reset through that mailbox) are one group: first
//! the account known to be broken, then what controls it, then by kind.
//!
//! A link that was only guessed never makes the account that is known to be broken wait.

use std::collections::{BTreeMap, BTreeSet};

use super::Graph;
use super::gather::Edge;
use crate::model::{Id, Kind};

/// The place of a kind in the order of work: mailbox, server panel, registrar, site admins, money,
/// the rest.
pub fn rank(kind: Kind) -> u8 {
    match kind {
        Kind::Mailbox => 0,
        Kind::Server => 1,
        Kind::Domain => 2,
        Kind::Website | Kind::Database | Kind::SshKey | Kind::ApiToken => 3,
        Kind::BankAccount | Kind::Card => 4,
        _ => 5,
    }
}

/// One account to put in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The entry.
    pub id: Id,
    /// It is known to be broken into.
    pub broken: bool,
    /// What it is.
    pub kind: Kind,
    /// How strong its reasons are, the strongest first.
    pub weight: u8,
    /// Its title, folded.
    pub title: String,
}

/// What decides among accounts that may come next.
type Key<'a> = (u8, u8, u8, &'a str, Id);

/// The accounts in the order of work, each with the number of its group.
pub fn order(members: &[Member], graph: &Graph) -> Vec<(Id, usize)> {
    let place: BTreeMap<Id, usize> = members.iter().enumerate().map(|(at, one)| (one.id, at)).collect();
    let inside = |id: Id| place.get(&id).copied();
    // What each hangs on, and what hangs on each.
    let holds = |one: &Member, edge: &&Edge| !(one.broken && edge.guess);
    let above = |one| graph.above(one).iter();
    let up: Vec<Vec<usize>> = members
        .iter()
        .map(|one| above(one.id).filter(|edge| holds(one, edge)).filter_map(|edge| inside(edge.to)).collect())
        .collect();
    let group_of = groups(&up);
    let count = group_of.iter().max().map_or(0, |last| last + 1);
    let mut groups: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (at, group) in group_of.iter().enumerate() {
        groups[*group].push(at);
    }
    let mut waits: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); count];
    for (at, above) in up.iter().enumerate() {
        for other in above.iter().map(|other| group_of[*other]).filter(|other| *other != group_of[at]) {
            waits[group_of[at]].insert(other);
        }
    }
    // The broken account comes first, and what it waits for before everything else.
    let broken = |group: usize| groups[group].iter().any(|at| members[*at].broken);
    let mut urgent: Vec<u8> = (0..count).map(|group| if broken(group) { 0 } else { 2 }).collect();
    let mut next: Vec<usize> = (0..count).filter(|group| broken(*group)).collect();
    while let Some(group) = next.pop() {
        for before in &waits[group] {
            if urgent[*before] == 2 {
                urgent[*before] = 1;
                next.push(*before);
            }
        }
    }
    for group in &mut groups {
        within(members, graph, group);
    }
    let key = |group: usize| -> Key<'_> {
        let best = groups[group].iter().map(|at| &members[*at]);
        let best = best.min_by_key(|one| (rank(one.kind), one.weight, &one.title, one.id));
        let best = best.expect("a group has a member");
        (urgent[group], rank(best.kind), best.weight, &best.title, best.id)
    };
    let mut behind: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (group, before) in waits.iter().enumerate() {
        before.iter().for_each(|other| behind[*other].push(group));
    }
    let mut left: Vec<usize> = waits.iter().map(BTreeSet::len).collect();
    let mut ready: BTreeSet<(Key<'_>, usize)> =
        (0..count).filter(|group| left[*group] == 0).map(|group| (key(group), group)).collect();
    let mut out = Vec::with_capacity(members.len());
    let mut number = 0;
    while let Some((_, group)) = ready.pop_first() {
        out.extend(groups[group].iter().map(|at| (members[*at].id, number)));
        number += 1;
        for other in &behind[group] {
            left[*other] -= 1;
            if left[*other] == 0 {
                ready.insert((key(*other), *other));
            }
        }
    }
    out
}

/// The order inside a group.
fn within(members: &[Member], graph: &Graph, group: &mut [usize]) {
    let broken = group.iter().filter(|at| members[**at].broken);
    let above: BTreeSet<Id> =
        broken.flat_map(|at| graph.above(members[*at].id)).map(|edge| edge.to).collect();
    group.sort_by_key(|at| {
        let one = &members[*at];
        let place = if one.broken { 0 } else { 1 + u8::from(!above.contains(&one.id)) };
        (place, rank(one.kind), one.weight, &one.title, one.id)
    });
}

/// Strongly connected groups (Tarjan, 1972), without recursion: a chain may be long.
fn groups(next: &[Vec<usize>]) -> Vec<usize> {
    const NEW: usize = usize::MAX;
    let count = next.len();
    let (mut index, mut low, mut group_of) = (vec![NEW; count], vec![0; count], vec![NEW; count]);
    let (mut stack, mut number, mut groups) = (Vec::new(), 0, 0);
    for root in 0..count {
        if index[root] != NEW {
            continue;
        }
        let mut work: Vec<(usize, usize)> = vec![(root, 0)];
        while let Some((at, edge)) = work.pop() {
            if edge == 0 {
                index[at] = number;
                low[at] = number;
                number += 1;
                stack.push(at);
            }
            match next[at].get(edge) {
                Some(other) => {
                    work.push((at, edge + 1));
                    if index[*other] == NEW {
                        work.push((*other, 0));
                    } else if group_of[*other] == NEW {
                        low[at] = low[at].min(index[*other]);
                    }
                }
                None => {
                    if low[at] == index[at] {
                        while let Some(one) = stack.pop() {
                            group_of[one] = groups;
                            if one == at {
                                break;
                            }
                        }
                        groups += 1;
                    }
                    if let Some((parent, _)) = work.last() {
                        low[*parent] = low[*parent].min(low[at]);
                    }
                }
            }
        }
    }
    group_of
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn circles_are_groups() {
        // 0 → 1 → 2 → 0, 3 → 2, 4 alone.
        let next = vec![vec![1], vec![2], vec![0], vec![2], vec![]];
        let found = groups(&next);
        assert!(found[0] == found[1] && found[1] == found[2]);
        assert_eq!(found.iter().collect::<BTreeSet<_>>().len(), 3);
    }

    proptest! {
        /// Two are of one group just when each is reached from the other.
        #[test]
        fn groups_are_what_reaches_each_other(
            edges in proptest::collection::vec((0usize..8, 0usize..8), 0..24)
        ) {
            let mut next = vec![Vec::new(); 8];
            edges.iter().for_each(|(from, to)| next[*from].push(*to));
            let found = groups(&next);
            let mut reach = [[false; 8]; 8];
            for (from, to) in &edges { reach[*from][*to] = true; }
            for via in 0..8 { for from in 0..8 { for to in 0..8 {
                reach[from][to] |= reach[from][via] && reach[via][to];
            } } }
            for from in 0..8 { for to in 0..8 {
                let together = from == to || (reach[from][to] && reach[to][from]);
                prop_assert_eq!(found[from] == found[to], together, "{} {}", from, to);
            } }
        }
    }
}
