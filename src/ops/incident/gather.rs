//! What falls if this falls: the accounts that an incident reaches, each with every reason.
//!
//! Broken into is what the incident began with. Open to whoever did it are the accounts with the same
//! password, and everything that hangs on one of these: what is reset through the mailbox, lies on the
//! server, is registered at the registrar, however far. Beside them stand what controls the broken
//! account (it may have been the way in), what has a similar password, what had the same one before,
//! and what is at the same host.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use crate::model::incident::{Cause, Incident, Reason, Scope, Task, Trigger};
use crate::model::{Entry, Id, Kind, Relation, State, Vault};
use crate::ops::health::alike::{self, Alike, Sought, With};
use crate::ops::health::run::Opener;
use crate::ops::health::{Place, Subject};
use crate::ops::links::{self, Facts};
use crate::ops::search::fold::fold;
use crate::secret::Secret;

/// One entry hangs on another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edge {
    /// The one that hangs.
    pub from: Id,
    /// The one that it hangs on.
    pub to: Id,
    /// How.
    relation: u8,
    /// Nobody set it as a link.
    pub guess: bool,
}

impl Edge {
    /// How it hangs on the other.
    pub fn relation(self) -> Relation {
        Relation::from_byte(self.relation)
    }

    /// Why the one is reached through the other.
    fn below(self) -> Cause {
        match self.relation() {
            Relation::ResetsThrough => Cause::Resets,
            Relation::HostedOn => Cause::Hosted,
            Relation::RegisteredAt => Cause::Registered,
            Relation::ControlledBy | Relation::Other(_) => Cause::Controlled,
        }
    }

    /// Why the other may have been the way in.
    fn above(self) -> Cause {
        if self.relation() == Relation::ResetsThrough { Cause::Mailbox } else { Cause::Controls }
    }
}

/// Who hangs on whom, among entries in use; set links and guesses.
#[derive(Debug, Default)]
pub struct Graph {
    facts: Vec<Facts>,
    place: HashMap<Id, usize>,
    /// By the one that hangs.
    up: BTreeMap<Id, Vec<Edge>>,
    /// By the one that it hangs on.
    down: BTreeMap<Id, Vec<Edge>>,
}

impl Graph {
    /// The graph of these entries; links to others are left out.
    pub fn of<'a>(entries: impl Iterator<Item = Entry<'a>>) -> Graph {
        let used: Vec<Entry<'a>> = entries.filter(|entry| entry.state() == State::Active).collect();
        let facts = links::facts(used.iter().copied());
        let place: HashMap<Id, usize> = facts.iter().enumerate().map(|(at, one)| (one.id, at)).collect();
        let mut edges: BTreeMap<(Id, Id, u8), bool> = BTreeMap::new();
        for one in links::of_facts(&facts) {
            edges.insert((one.from, one.to, one.relation.byte()), true);
        }
        for entry in &used {
            for (_, relation, to) in entry.refused_links() {
                edges.remove(&(entry.id(), to, relation.byte()));
            }
            for (_, relation, to) in entry.links() {
                if place.contains_key(&to) && to != entry.id() && !matches!(relation, Relation::Other(_)) {
                    edges.insert((entry.id(), to, relation.byte()), false);
                }
            }
        }
        let mut graph = Graph { facts, place, ..Graph::default() };
        for ((from, to, relation), guess) in edges {
            let edge = Edge { from, to, relation, guess };
            graph.up.entry(from).or_default().push(edge);
            graph.down.entry(to).or_default().push(edge);
        }
        graph
    }

    /// What an entry hangs on.
    pub fn above(&self, id: Id) -> &[Edge] {
        self.up.get(&id).map_or(&[], Vec::as_slice)
    }

    /// What hangs on an entry.
    pub fn below(&self, id: Id) -> &[Edge] {
        self.down.get(&id).map_or(&[], Vec::as_slice)
    }

    /// What was read off an entry in use.
    pub fn facts(&self, id: Id) -> Option<&Facts> {
        self.place.get(&id).map(|at| &self.facts[*at])
    }

    /// What an entry is for others: its kind, or what their links make of it, whichever comes first in
    /// the order of work.
    pub fn kind(&self, id: Id) -> Kind {
        let own = self.facts(id).map_or(Kind::Login, |one| one.kind);
        let said = self.below(id).iter().filter(|edge| !edge.guess).map(|edge| match edge.relation() {
            Relation::ResetsThrough => Kind::Mailbox,
            Relation::RegisteredAt => Kind::Domain,
            Relation::ControlledBy | Relation::HostedOn | Relation::Other(_) => Kind::Server,
        });
        said.chain([own]).min_by_key(|kind| super::order::rank(*kind)).unwrap_or(own)
    }
}

/// What was gathered: for each entry why.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// By entry, the strongest reason first.
    pub reasons: BTreeMap<Id, Vec<Reason>>,
    /// Accounts that must move to another address, and the closed mailboxes.
    pub moves: BTreeMap<Id, Vec<Reason>>,
}

impl Found {
    fn put(&mut self, id: Id, reason: Reason) {
        let held = self.reasons.entry(id).or_default();
        if !held.contains(&reason) {
            held.push(reason);
        }
    }

    /// As steps.
    pub fn steps(&self) -> impl Iterator<Item = (Task, &[Reason])> {
        let passwords = self.reasons.iter().map(|(id, reasons)| (Task::Password(*id), reasons.as_slice()));
        passwords.chain(self.moves.iter().map(|(id, reasons)| (Task::Address(*id), reasons.as_slice())))
    }
}

/// Gathers with the pass over passwords. `open` opens a value of any record, `key` are 16 random bytes;
/// `step` hears how many entries of how many are done and stops it with a no. Gives what was found and
/// how many passwords did not open; none when it was stopped, or when there is no such incident.
pub fn gather_all(
    vault: &Vault,
    incident: Incident<'_>,
    open: Opener<'_>,
    (key, threads): ([u8; 16], usize),
    step: &(dyn Fn(usize, usize) -> bool + Sync),
) -> Option<(Found, usize)> {
    let subjects: Vec<Subject> = vault.entries().map(Subject::of).collect();
    let place = |id: &Id| subjects.binary_search_by_key(id, |one| one.id).ok();
    let broken: Vec<Subject> =
        incident.broken().iter().filter_map(place).map(|at| subjects[at].clone()).collect();
    // A password that does not open finds nothing; the plan is still made of the links.
    let typed = match incident.trigger() {
        Trigger::Password(envelope) => {
            open(incident.id(), envelope).ok().and_then(|bytes| Secret::from_bytes(bytes).ok())
        }
        Trigger::Entry(_) | Trigger::UserName(_) => None,
    };
    let with = With { open, key, threads };
    let all = subjects.len();
    let sought = sought(&broken, typed.as_ref());
    let (alike, shut) = alike::alike(&subjects, &sought, &with, &|done| step(done, all))?;
    let graph = Graph::of(vault.entries());
    Some((gather(vault, incident, &graph, &alike), shut))
}

/// What the pass over passwords looks for. `broken` are the subjects of [`Incident::broken`], `typed`
/// the password that the incident began with, opened.
pub fn sought<'a>(broken: &'a [Subject], typed: Option<&'a Secret>) -> Vec<Sought<'a>> {
    broken.iter().map(Sought::Of).chain(typed.map(Sought::Typed)).collect()
}

/// Gathers. `alike` is what the pass over passwords found ([`sought`]).
pub fn gather(vault: &Vault, incident: Incident<'_>, graph: &Graph, alike: &[Alike]) -> Found {
    let mut found = Found::default();
    let broken = incident.broken();
    for id in broken.iter().filter(|id| vault.entry(**id).is_some()) {
        found.put(*id, Reason::new(Cause::Broken, None));
    }
    for scope in incident.scope() {
        if let Scope::ByHand(id) = scope
            && vault.entry(id).is_some()
        {
            found.put(id, Reason::new(Cause::ByHand, None));
        }
    }
    let mut open: BTreeSet<Id> = broken.iter().copied().filter(|id| graph.facts(*id).is_some()).collect();
    passwords(vault, alike, &mut open, &mut found);
    if let Trigger::UserName(name) = incident.trigger() {
        user_name(vault, graph, name, &mut open, &mut found);
    }
    fall(graph, open, &mut found);
    for id in &broken {
        ways_in(graph, *id, &mut found);
        same_host(graph, *id, &mut found);
    }
    for reasons in found.reasons.values_mut() {
        reasons.sort_unstable();
    }
    found.moves = moves(vault, incident, found.reasons.keys().copied());
    found
}

/// Accounts with the same password, or a similar one.
fn passwords(vault: &Vault, alike: &[Alike], open: &mut BTreeSet<Id>, found: &mut Found) {
    // Of one entry and one other the plainest counts: the same before similar, now before once.
    let mut best: BTreeMap<(Id, Option<Id>, bool), Alike> = BTreeMap::new();
    for one in alike {
        let before = !matches!(one.place, Place::Current | Place::Staged);
        let held = best.entry((one.entry, one.of, before)).or_insert(*one);
        if (one.pattern, one.of_place) < (held.pattern, held.of_place) {
            *held = *one;
        }
    }
    for ((id, of, before), one) in best {
        let Some(entry) = vault.entry(id) else { continue };
        // A closed account cannot be taken over with it.
        if entry.state() == State::Archived || one.place == Place::Archived {
            continue;
        }
        let user = |entry: Entry<'_>| fold(entry.username().trim());
        let other = of.and_then(|of| vault.entry(of));
        let mut reason = Reason::new(
            match (one.pattern, before) {
                (None, false) => Cause::Same,
                (None, true) => Cause::SameBefore,
                (Some(_), false) => Cause::Similar,
                (Some(_), true) => Cause::SimilarBefore,
            },
            of,
        );
        reason.pattern = one.pattern.map_or(0, |pattern| pattern.number());
        reason.same_user = other.is_some_and(|other| !user(other).is_empty() && user(other) == user(entry));
        reason.former = one.of_place == Place::Old;
        if reason.cause == Cause::Same && entry.state() == State::Active {
            open.insert(id);
        }
        found.put(id, reason);
    }
    // What is the same need not be told to be similar too, nor what is so now to have been so once.
    for reasons in found.reasons.values_mut() {
        let all = reasons.clone();
        let has = |cause: Cause, via| all.iter().any(|one| one.cause == cause && one.via == via);
        reasons.retain(|one| match one.cause {
            Cause::SameBefore | Cause::Similar => !has(Cause::Same, one.via),
            Cause::SimilarBefore => {
                ![Cause::Same, Cause::SameBefore, Cause::Similar].iter().any(|cause| has(*cause, one.via))
            }
            _ => true,
        });
    }
}

/// Accounts with the user name that was taken over, and its mailbox.
fn user_name(vault: &Vault, graph: &Graph, name: &str, open: &mut BTreeSet<Id>, found: &mut Found) {
    let (wanted, address) = (fold(name.trim()), links::address(name));
    for entry in vault.entries().filter(|entry| entry.state() != State::Archived) {
        let same = !wanted.is_empty() && fold(entry.username().trim()) == wanted;
        let facts = graph.facts(entry.id());
        let has = |list: fn(&Facts) -> &Vec<String>| {
            address.as_ref().is_some_and(|address| facts.is_some_and(|facts| list(facts).contains(address)))
        };
        let mailbox = has(|facts| &facts.boxes);
        if same || mailbox || has(|facts| &facts.writes_to) {
            found.put(entry.id(), Reason::new(Cause::UserName, None));
        }
        if mailbox {
            open.insert(entry.id());
        }
    }
}

/// Everything that hangs on what is open, however far.
fn fall(graph: &Graph, open: BTreeSet<Id>, found: &mut Found) {
    let mut seen = open.clone();
    let mut next: VecDeque<Id> = open.into_iter().collect();
    while let Some(id) = next.pop_front() {
        for edge in graph.below(id) {
            let reason = Reason { guess: edge.guess, ..Reason::new(edge.below(), Some(id)) };
            found.put(edge.from, reason);
            if seen.insert(edge.from) {
                next.push_back(edge.from);
            }
        }
    }
}

/// What controls a broken account, however far up.
fn ways_in(graph: &Graph, broken: Id, found: &mut Found) {
    let mut seen = BTreeSet::from([broken]);
    let mut next = VecDeque::from([broken]);
    while let Some(id) = next.pop_front() {
        for edge in graph.above(id) {
            let reason = Reason { guess: edge.guess, ..Reason::new(edge.above(), Some(id)) };
            found.put(edge.to, reason);
            if seen.insert(edge.to) {
                next.push_back(edge.to);
            }
        }
    }
}

/// Accounts at the host of a broken one.
fn same_host(graph: &Graph, broken: Id, found: &mut Found) {
    let Some(facts) = graph.facts(broken) else { return };
    let same = graph.facts.iter().filter(|one| one.hosts.iter().any(|host| facts.hosts.contains(host)));
    for one in same.filter(|one| one.id != broken) {
        found.put(one.id, Reason::new(Cause::SameHost, Some(broken)));
    }
}

/// Mailboxes of this incident whose account is closed.
pub(super) fn closed(vault: &Vault, ids: impl Iterator<Item = Id>) -> Vec<Facts> {
    let entries = ids.filter_map(|id| vault.entry(id)).filter(|entry| entry.state() == State::Archived);
    entries.map(Facts::of).filter(|facts| !facts.boxes.is_empty()).collect()
}

/// True when an entry signs in with, is written to at, or resets through a closed mailbox.
pub(super) fn uses(entry: Entry<'_>, facts: &Facts, mailbox: &Facts) -> bool {
    let linked = entry
        .links()
        .iter()
        .any(|(_, relation, to)| *relation == Relation::ResetsThrough && *to == mailbox.id);
    linked || facts.writes_to.iter().any(|address| mailbox.boxes.contains(address))
}

fn moves(vault: &Vault, incident: Incident<'_>, new: impl Iterator<Item = Id>) -> BTreeMap<Id, Vec<Reason>> {
    let held = incident.steps().into_iter().filter_map(|step| step.task.entry());
    let ids: BTreeSet<Id> = held.chain(new).collect();
    let closed = closed(vault, ids.into_iter());
    let mut moves: BTreeMap<Id, Vec<Reason>> = BTreeMap::new();
    if closed.is_empty() {
        return moves;
    }
    for entry in vault.entries().filter(|entry| entry.state() == State::Active) {
        let facts = Facts::of(entry);
        for mailbox in closed.iter().filter(|mailbox| uses(entry, &facts, mailbox)) {
            let reason = Reason::new(Cause::Closed, Some(mailbox.id));
            moves.entry(entry.id()).or_default().push(reason);
        }
    }
    moves
}
