//! The plan: the steps of an incident in their order, each with its state and its reasons. It is made
//! from what is in the vault, each time anew; it opens nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::gather::{Graph, closed, uses};
use super::order::{Member, order};
use super::topic::Topic;
use crate::model::incident::{Cause, Incident, Reason, Scope, StepState, Task};
use crate::model::{Entry, Id, Kind, Stamp, Tag, Vault};
use crate::ops::links::{self, likely};
use crate::ops::search::fold::fold;
use crate::ops::staged;

/// The state of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// Not done yet.
    ToDo,
    /// A new password waits for the site to take it.
    Staged,
    /// The host has set the password by itself; one's own must replace it.
    Forced,
    /// Done.
    Done,
    /// The account is closed.
    Closed,
    /// Left out, with a reason.
    Skipped,
    /// The entry is gone for ever.
    Gone,
}

impl State {
    /// There is something left to do.
    pub fn is_open(self) -> bool {
        matches!(self, State::ToDo | State::Staged | State::Forced)
    }

    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            State::ToDo => "to-do",
            State::Staged => "staged",
            State::Forced => "forced",
            State::Done => "done",
            State::Closed => "account-closed",
            State::Skipped => "skipped",
            State::Gone => "gone",
        }
    }
}

/// What is known of the vault file itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Facts {
    /// A key file opens it.
    pub key_file: bool,
}

/// A step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What it is about.
    pub task: Task,
    /// Its state.
    pub state: State,
    /// When that came about, ms, where it is known.
    pub since: Option<u64>,
    /// The note.
    pub note: String,
    /// Why it is there, the strongest first.
    pub reasons: Vec<Reason>,
    /// The account is known to be broken into.
    pub broken: bool,
    /// It is said to be done, and the password in the vault is the one from before the plan.
    pub kept: bool,
    /// When its host set a password by itself since the incident was opened, ms.
    pub forced: Option<u64>,
    /// What the account is.
    pub kind: Kind,
    /// Its checklist.
    pub topic: Option<Topic>,
    /// Accounts that control one another have one number.
    pub group: usize,
}

/// The steps in the order of work. The first is step 0.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    /// All of them.
    pub steps: Vec<Step>,
}

impl Plan {
    /// Steps that are over, one way or another.
    pub fn over(&self) -> usize {
        self.steps.iter().filter(|step| !step.state.is_open()).count()
    }

    /// The first step with something left to do.
    pub fn next(&self) -> Option<usize> {
        self.steps.iter().position(|step| step.state.is_open())
    }

    /// The place of a step.
    pub fn place(&self, task: Task) -> Option<usize> {
        self.steps.iter().position(|step| step.task == task)
    }

    /// The place of the step about an entry: the password first.
    pub fn of(&self, entry: Id) -> Option<usize> {
        let address = || self.place(Task::Address(entry));
        self.place(Task::Password(entry)).or_else(address)
    }
}

/// Makes the plan.
pub fn plan(vault: &Vault, incident: Incident<'_>, facts: Facts) -> Plan {
    let held: BTreeMap<Task, Vec<Reason>> =
        incident.steps().into_iter().map(|step| (step.task, step.reasons)).collect();
    let broken: BTreeSet<Id> = incident.broken().into_iter().collect();
    let mut tasks = vec![Task::Computer];
    if incident.scope().contains(&Scope::Vault) {
        tasks.extend([Task::MasterPassword, Task::RecoveryCode]);
        tasks.extend(facts.key_file.then_some(Task::KeyFile));
        tasks.push(Task::OldBackups);
    }
    let ids: BTreeSet<Id> = held.keys().filter_map(|task| task.entry()).collect();
    let graph = Graph::of(ids.iter().filter_map(|id| vault.entry(*id)));
    let kind = |id: Id| match graph.facts(id) {
        Some(_) => graph.kind(id),
        None => vault.entry(id).map_or(Kind::Login, likely::kind),
    };
    let members: Vec<Member> = ids
        .iter()
        .map(|id| Member {
            id: *id,
            broken: broken.contains(id),
            kind: kind(*id),
            weight: weight(held.get(&Task::Password(*id)).map_or(&[], Vec::as_slice)),
            title: vault.entry(*id).map_or_else(String::new, |entry| fold(entry.title())),
        })
        .collect();
    let ordered = order(&members, &graph);
    let groups: BTreeMap<Id, usize> = ordered.iter().copied().collect();
    for (id, _) in &ordered {
        // The address first: what is written to the old one may reach somebody else.
        let both = [Task::Address(*id), Task::Password(*id)];
        tasks.extend(both.into_iter().filter(|task| held.contains_key(task)));
    }
    let closed = closed(vault, ids.iter().copied());
    let context = Context { vault, incident, closed: &closed };
    let step = |task: Task| {
        let (state, since) = context.state(task);
        let entry = task.entry();
        let kind = entry.map_or(Kind::Login, kind);
        let mut reasons = held.get(&task).cloned().unwrap_or_default();
        // - of one cause what somebody said before what was guessed, then as the list is
        reasons.sort_by_cached_key(|one| {
            let title = one.via.and_then(|id| vault.entry(id)).map(|entry| fold(entry.title()));
            (one.cause, one.guess, title, *one)
        });
        Step {
            task,
            state,
            since,
            note: incident.step(task).note.to_owned(),
            reasons,
            broken: matches!(task, Task::Password(id) if broken.contains(&id)),
            kind,
            kept: state == State::Done && context.kept(task),
            forced: context.forced(task),
            topic: Topic::of(task, kind),
            group: entry.and_then(|id| groups.get(&id).copied()).unwrap_or(0),
        }
    };
    Plan { steps: tasks.into_iter().map(step).collect() }
}

/// When the master password was first changed after an incident was opened, ms: backups from before
/// that open with the old one. None as long as it was not.
pub fn key_changed(vault: &Vault, incident: Incident<'_>) -> Option<u64> {
    vault.retired.iter().map(|key| key.when).filter(|when| *when >= incident.opened()).min()
}

/// How strong the strongest reason is: 0 the most.
fn weight(reasons: &[Reason]) -> u8 {
    let of = |one: &Reason| match one.cause {
        Cause::Broken => 0,
        Cause::Same | Cause::UserName => 1,
        Cause::Resets | Cause::Controlled | Cause::Hosted | Cause::Registered | Cause::Closed => 2,
        Cause::Similar | Cause::ByHand => 3,
        Cause::Controls | Cause::Mailbox | Cause::SameBefore => 4,
        Cause::SimilarBefore | Cause::SameHost => 5,
    };
    reasons.iter().map(of).min().unwrap_or(6)
}

struct Context<'a> {
    vault: &'a Vault,
    incident: Incident<'a>,
    closed: &'a [links::Facts],
}

impl Context<'_> {
    /// The state of a step, and since when.
    fn state(&self, task: Task) -> (State, Option<u64>) {
        let said = self.incident.step(task).state;
        let told = match said {
            Some((StepState::Done, stamp)) => (State::Done, Some(stamp.ms())),
            Some((StepState::Skipped, stamp)) => (State::Skipped, Some(stamp.ms())),
            Some((StepState::Staged, stamp)) => (State::Staged, Some(stamp.ms())),
            // A closed account is an archived entry; when that was undone it is to do again.
            _ => (State::ToDo, None),
        };
        let since = said.map(|(_, stamp)| stamp);
        match task {
            Task::Computer | Task::RecoveryCode | Task::KeyFile | Task::OldBackups => told,
            Task::MasterPassword => self.master(told, since),
            Task::Password(id) => self.password(id, told, since),
            Task::Address(id) => self.address(id, told),
        }
    }

    /// A key change after the incident was opened, or after the step was last spoken of, is done.
    /// Backups from before it still open with the old password ([`key_changed`]).
    fn master(&self, told: (State, Option<u64>), since: Option<Stamp>) -> (State, Option<u64>) {
        let from = since.map_or(self.incident.opened(), Stamp::ms);
        let changed = self.vault.retired.iter().map(|key| key.when).max().filter(|when| *when >= from);
        changed.map_or(told, |when| (State::Done, Some(when)))
    }

    fn password(&self, id: Id, told: (State, Option<u64>), since: Option<Stamp>) -> (State, Option<u64>) {
        let Some(entry) = self.vault.entry(id) else { return (State::Gone, None) };
        if entry.state() == crate::model::State::Archived {
            let archived = entry.0.attr(Tag::ARCHIVED, None).and_then(|attr| attr.current());
            return (State::Closed, archived.map(|one| one.stamp.ms()));
        }
        let from = since.unwrap_or_default().max(self.incident.opened_stamp());
        let changed = changed_after(entry, from);
        // Skipped holds until something happens to the entry after it.
        let skipped = told.0 == State::Skipped;
        if let Some(one) = entry.staged().last().filter(|one| !skipped || one.since > from.ms()) {
            return (State::Staged, Some(one.since));
        }
        if staged::is_forced(entry) && (!skipped || changed.is_some()) {
            return (State::Forced, entry.password_changed());
        }
        match changed {
            Some(stamp) => (State::Done, Some(stamp.ms())),
            // What was staged is neither there nor taken: it was discarded.
            None if told.0 == State::Staged && entry.password().is_some() => (State::ToDo, None),
            None => told,
        }
    }

    /// The password is the one from before the incident was opened.
    fn kept(&self, task: Task) -> bool {
        let Task::Password(id) = task else { return false };
        let entry = self.vault.entry(id).filter(|entry| entry.password().is_some());
        entry.is_some_and(|entry| changed_after(entry, self.incident.opened_stamp()).is_none())
    }

    /// When the host set a password by itself, also where one of one's own has replaced it since.
    fn forced(&self, task: Task) -> Option<u64> {
        let Task::Password(id) = task else { return None };
        let notes = self.vault.record(id)?.attr(Tag::PASSWORD_NOTE, None)?;
        let forced = notes.versions.iter().filter(|one| &*one.value == staged::FORCED.as_bytes());
        forced.map(|one| one.stamp).filter(|stamp| *stamp > self.incident.opened_stamp()).min().map(Stamp::ms)
    }

    fn address(&self, id: Id, told: (State, Option<u64>)) -> (State, Option<u64>) {
        let Some(entry) = self.vault.entry(id) else { return (State::Gone, None) };
        if entry.state() == crate::model::State::Archived {
            return (State::Closed, None);
        }
        if told.0 != State::ToDo {
            return told;
        }
        let facts = links::Facts::of(entry);
        let still = self.closed.iter().any(|mailbox| uses(entry, &facts, mailbox));
        if still { told } else { (State::Done, Some(entry.modified())) }
    }
}

/// When the password became another than what it was at `from`; none when it did not. Undoing a
/// change brings the old envelope back, and an entry that was made since has changed nothing yet.
fn changed_after(entry: Entry<'_>, from: Stamp) -> Option<Stamp> {
    let attr = entry.0.attr(Tag::PASSWORD, None)?;
    let now = attr.current().filter(|one| !one.value.is_empty() && one.stamp > from)?;
    let known = attr.versions.iter().any(|one| one.stamp <= from && one.value == now.value);
    let other = attr.versions.len() > 1 || attr.floor.is_some();
    (other && !known).then_some(now.stamp)
}
