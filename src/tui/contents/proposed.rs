//! Links that the data tell and nobody set yet, as the detail of an entry shows them: by the entry, from
//! either side. They are read with the health check (in its job, where the vault is large) and by the page of all proposals; what was
//! set, refused or thrown away since is passed over here, so that nothing is proposed twice.

use std::collections::HashMap;

use super::Contents;
use crate::model::{Entry, Id, State};
use crate::ops::links::Proposal;

/// Rows of the detail; the rest is counted.
pub const SHOWN: usize = 2;
/// Most that are kept of one entry.
const KEPT_MOST: usize = 200;

/// All of them, by either entry.
#[derive(Debug, Default)]
pub struct Proposed(HashMap<Id, Vec<Proposal>>);

impl Proposed {
    /// These, by either entry. For a large vault to be made in a job.
    pub fn of(all: &[Proposal]) -> Proposed {
        let mut by: HashMap<Id, Vec<Proposal>> = HashMap::new();
        for one in all {
            for id in [one.from, one.to] {
                let held = by.entry(id).or_default();
                if held.len() < KEPT_MOST {
                    held.push(*one);
                }
            }
        }
        Proposed(by)
    }
}

impl Contents {
    /// What is proposed now; gives back what was proposed before.
    pub fn propose(&mut self, now: Proposed) -> Proposed {
        std::mem::replace(&mut self.proposed, now)
    }

    /// What is still proposed of an entry, those away from it first.
    pub fn proposed_of(&self, id: Id) -> Vec<Proposal> {
        let Some(all) = self.proposed.0.get(&id) else { return Vec::new() };
        let used = |id: Id| self.entry(id).filter(|entry| entry.state() == State::Active);
        let open = |one: &&Proposal| {
            let there = |entry: Entry<'_>| {
                let settled = entry.links().into_iter().chain(entry.refused_links());
                settled.into_iter().any(|(_, relation, to)| relation == one.relation && to == one.to)
            };
            used(one.to).is_some() && used(one.from).is_some_and(|from| !there(from))
        };
        let mut open: Vec<Proposal> = all.iter().filter(open).copied().collect();
        open.sort_by_key(|one| one.from != id);
        open
    }
}
