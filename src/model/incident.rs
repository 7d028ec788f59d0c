//! A record read as an incident: what it began with, what it reaches, its steps with their state,
//! note and ticks. It holds what a person decided and what was found; the order of the steps and the
//! state that an entry itself tells are [`crate::ops::incident`]'s.
//!
//! The elements of steps and ticks have no random ids: they follow from what the step is about, so
//! that two machines that found the same step apart from each other have one step after a join.

use sha2::{Digest, Sha256};

use super::id::Id;
use super::record::{Attr, Record};
use super::stamp::Stamp;
use super::tag::Tag;

/// What an incident began with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trigger<'a> {
    /// This account was broken into.
    Entry(Id),
    /// This password became known; a sealed envelope.
    Password(&'a [u8]),
    /// This user name is known to have been taken over.
    UserName(&'a str),
}

/// What a step is about. Its number is that of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Task {
    /// Is this computer clean?
    Computer,
    /// The master password.
    MasterPassword,
    /// The recovery code.
    RecoveryCode,
    /// The key file.
    KeyFile,
    /// Backups that open with the old master password.
    OldBackups,
    /// The password of an account.
    Password(Id),
    /// An account must move to another mail address.
    Address(Id),
}

impl Task {
    /// The number in the file.
    fn number(self) -> u8 {
        match self {
            Task::Computer => 1,
            Task::MasterPassword => 2,
            Task::RecoveryCode => 3,
            Task::KeyFile => 4,
            Task::OldBackups => 5,
            Task::Password(_) => 6,
            Task::Address(_) => 7,
        }
    }

    /// The entry that it is about.
    pub fn entry(self) -> Option<Id> {
        match self {
            Task::Password(id) | Task::Address(id) => Some(id),
            _ => None,
        }
    }

    /// The value of [`Tag::STEP`]: what u8 ‖ record id 16, zeros where it is about no entry.
    pub fn write(self) -> [u8; 17] {
        let mut out = [0; 17];
        out[0] = self.number();
        out[1..].copy_from_slice(&self.entry().unwrap_or_default().0);
        out
    }

    /// Reads the value of [`Tag::STEP`]; none for one of a later version.
    pub fn read(value: &[u8]) -> Option<Task> {
        let (what, id) = value.split_first()?;
        let id = Id(id.try_into().ok()?);
        let task = match what {
            1 => Task::Computer,
            2 => Task::MasterPassword,
            3 => Task::RecoveryCode,
            4 => Task::KeyFile,
            5 => Task::OldBackups,
            6 => Task::Password(id),
            7 => Task::Address(id),
            _ => return None,
        };
        Some(task)
    }

    /// Its element.
    pub fn element(self) -> Id {
        digest(&[b"mamori/1 step", &self.write()])
    }

    /// The element of one tick of its checklist.
    pub fn tick(self, item: &str) -> Id {
        digest(&[b"mamori/1 tick", &self.write(), item.as_bytes()])
    }
}

fn digest(parts: &[&[u8]]) -> Id {
    let mut hash = Sha256::new();
    parts.iter().for_each(|part| hash.update(part));
    let mut id = [0; 16];
    id.copy_from_slice(&hash.finalize()[..16]);
    Id(id)
}

/// What a person said of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepState {
    /// Not done yet.
    ToDo,
    /// A new password waits for the site to take it.
    Staged,
    /// Done.
    Done,
    /// The account was closed.
    Closed,
    /// Left out, with a reason in the note.
    Skipped,
}

impl StepState {
    /// The byte in the file.
    pub fn byte(self) -> u8 {
        match self {
            StepState::ToDo => 1,
            StepState::Staged => 2,
            StepState::Done => 3,
            StepState::Closed => 4,
            StepState::Skipped => 5,
        }
    }

    /// The state of a byte in the file; one of a later version is not done.
    pub fn from_byte(byte: u8) -> StepState {
        match byte {
            2 => StepState::Staged,
            3 => StepState::Done,
            4 => StepState::Closed,
            5 => StepState::Skipped,
            _ => StepState::ToDo,
        }
    }
}

/// Why an account is among the steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// It is known to be broken into.
    Broken,
    /// It has the password now.
    Same,
    /// It had the password, or has it in the trash.
    SameBefore,
    /// It has a similar password now.
    Similar,
    /// It had a similar password, or has one in the trash.
    SimilarBefore,
    /// Its password is reset through the other's mailbox.
    Resets,
    /// The other controls it.
    Controlled,
    /// It lies on the other, a server.
    Hosted,
    /// It is registered at the other.
    Registered,
    /// It controls the other.
    Controls,
    /// The other's password is reset through it, a mailbox.
    Mailbox,
    /// It is at the other's host.
    SameHost,
    /// It has the user name that was taken over.
    UserName,
    /// A person put it there.
    ByHand,
    /// It uses the other's mail address, and that mailbox is closed.
    Closed,
}

impl Cause {
    /// Every cause; its place, from 1 on, is its byte in the file. New ones go to the end.
    pub const ALL: [Cause; 15] = [
        Cause::Broken,
        Cause::Same,
        Cause::SameBefore,
        Cause::Similar,
        Cause::SimilarBefore,
        Cause::Resets,
        Cause::Controlled,
        Cause::Hosted,
        Cause::Registered,
        Cause::Controls,
        Cause::Mailbox,
        Cause::SameHost,
        Cause::UserName,
        Cause::ByHand,
        Cause::Closed,
    ];

    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Cause::Broken => "broken-into",
            Cause::Same => "same-password",
            Cause::SameBefore => "same-password-before",
            Cause::Similar => "similar-password",
            Cause::SimilarBefore => "similar-password-before",
            Cause::Resets => "resets-through",
            Cause::Controlled => "controlled-by",
            Cause::Hosted => "hosted-on",
            Cause::Registered => "registered-at",
            Cause::Controls => "controls",
            Cause::Mailbox => "mailbox-of",
            Cause::SameHost => "same-host",
            Cause::UserName => "user-name",
            Cause::ByHand => "by-hand",
            Cause::Closed => "address-closed",
        }
    }
}

/// One reason why an account is among the steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reason {
    /// What it is.
    pub cause: Cause,
    /// The other account; none for a password or a user name that was typed.
    pub via: Option<Id>,
    /// By what the passwords are alike, a number of [`crate::ops::health::Pattern`]; 0 for none.
    pub pattern: u8,
    /// Nobody said so: it was read off addresses and user names.
    pub guess: bool,
    /// The user name is the same too.
    pub same_user: bool,
    /// It is the password that the other had before.
    pub former: bool,
}

impl Reason {
    /// A reason without anything beside it.
    pub fn new(cause: Cause, via: Option<Id>) -> Reason {
        Reason { cause, via, pattern: 0, guess: false, same_user: false, former: false }
    }

    /// Bytes of one in the value of [`Tag::STEP_REASON`].
    const LEN: usize = 19;
    const GUESS: u8 = 1;
    const SAME_USER: u8 = 2;
    const FORMER: u8 = 4;

    fn write(self, out: &mut Vec<u8>) {
        let place = Cause::ALL.iter().position(|one| *one == self.cause).unwrap_or(0);
        let flag = |on: bool, bit| if on { bit } else { 0 };
        let flags = flag(self.guess, Reason::GUESS)
            | flag(self.same_user, Reason::SAME_USER)
            | flag(self.former, Reason::FORMER);
        // There are fewer causes than a byte holds.
        out.extend([place as u8 + 1, self.pattern, flags]);
        out.extend(self.via.unwrap_or_default().0);
    }

    /// The value of [`Tag::STEP_REASON`]: for each reason cause u8 ‖ pattern u8 ‖ flags u8 (1 a guess,
    /// 2 the same user name, 4 the former password of the other) ‖ record id 16 of the other.
    pub fn write_all(reasons: &[Reason]) -> Vec<u8> {
        let mut out = Vec::with_capacity(reasons.len() * Reason::LEN);
        reasons.iter().for_each(|one| one.write(&mut out));
        out
    }

    /// Reads the value of [`Tag::STEP_REASON`]; those of a later version are left out.
    pub fn read_all(value: &[u8]) -> Vec<Reason> {
        let (all, _) = value.as_chunks::<{ Reason::LEN }>();
        all.iter()
            .filter_map(|one| {
                let [cause, pattern, flags, id @ ..] = one;
                let cause = *Cause::ALL.get(usize::from(cause.checked_sub(1)?))?;
                Some(Reason {
                    cause,
                    via: Some(Id(*id)).filter(|id| *id != Id::default()),
                    pattern: *pattern,
                    guess: flags & Reason::GUESS != 0,
                    same_user: flags & Reason::SAME_USER != 0,
                    former: flags & Reason::FORMER != 0,
                })
            })
            .collect()
    }
}

/// What an incident reaches beside what follows from its trigger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// The vault was opened on a computer in doubt.
    Vault,
    /// This account was broken into as well.
    Broken(Id),
    /// This account belongs to it.
    ByHand(Id),
}

impl Scope {
    /// The value of [`Tag::INCIDENT_SCOPE`]: what u8 ‖ record id 16, zeros where it is no entry.
    pub fn write(self) -> [u8; 17] {
        let (what, id) = match self {
            Scope::Vault => (1, Id::default()),
            Scope::Broken(id) => (2, id),
            Scope::ByHand(id) => (3, id),
        };
        let mut out = [0; 17];
        out[0] = what;
        out[1..].copy_from_slice(&id.0);
        out
    }

    fn read(value: &[u8]) -> Option<Scope> {
        let (what, id) = value.split_first()?;
        let id = Id(id.try_into().ok()?);
        match what {
            1 => Some(Scope::Vault),
            2 => Some(Scope::Broken(id)),
            3 => Some(Scope::ByHand(id)),
            _ => None,
        }
    }

    /// Its element.
    pub fn element(self) -> Id {
        digest(&[b"mamori/1 scope", &self.write()])
    }
}

/// A step as the record holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step<'a> {
    /// What it is about.
    pub task: Task,
    /// What was said of it last, and when.
    pub state: Option<(StepState, Stamp)>,
    /// The note.
    pub note: &'a str,
    /// Why it is there, as far as it was found before.
    pub reasons: Vec<Reason>,
}

/// A record seen as an incident.
#[derive(Debug, Clone, Copy)]
pub struct Incident<'a>(pub &'a Record);

impl<'a> Incident<'a> {
    /// Its id.
    pub fn id(self) -> Id {
        self.0.id
    }

    /// What it began with.
    pub fn trigger(self) -> Trigger<'a> {
        let password = self.0.value(Tag::INCIDENT_PASSWORD);
        if !password.is_empty() {
            return Trigger::Password(password);
        }
        let (entry, user) = self.0.value(Tag::INCIDENT_TRIGGER).split_at_checked(16).unwrap_or_default();
        match entry.try_into().map(Id) {
            Ok(id) if id != Id::default() => Trigger::Entry(id),
            _ => Trigger::UserName(std::str::from_utf8(user).unwrap_or("")),
        }
    }

    /// What happened, in the person's own words.
    pub fn note(self) -> &'a str {
        self.0.text(Tag::INCIDENT_NOTE)
    }

    /// When it was opened, ms.
    pub fn opened(self) -> u64 {
        self.0.number(Tag::INCIDENT_OPENED).unwrap_or(0)
    }

    /// The stamp of its opening: a password with a greater one was changed after it.
    pub fn opened_stamp(self) -> Stamp {
        let attr = self.0.attr(Tag::INCIDENT_OPENED, None);
        attr.and_then(Attr::current).map_or(Stamp::default(), |one| one.stamp)
    }

    /// Since when the account is thought to be in other hands, ms.
    pub fn since(self) -> u64 {
        self.0.number(Tag::INCIDENT_SINCE).unwrap_or_else(|| self.opened())
    }

    /// When it was closed, ms.
    pub fn closed(self) -> Option<u64> {
        self.0.number(Tag::INCIDENT_CLOSED)
    }

    /// What it reaches beside what follows from its trigger.
    pub fn scope(self) -> Vec<Scope> {
        self.0.elements(Tag::INCIDENT_SCOPE).filter_map(|(_, attr)| Scope::read(attr.value())).collect()
    }

    /// The accounts that are known to be broken into.
    pub fn broken(self) -> Vec<Id> {
        let first = match self.trigger() {
            Trigger::Entry(id) => Some(id),
            Trigger::Password(_) | Trigger::UserName(_) => None,
        };
        let more = self.scope().into_iter().filter_map(|one| match one {
            Scope::Broken(id) => Some(id),
            Scope::Vault | Scope::ByHand(_) => None,
        });
        let mut all: Vec<Id> = first.into_iter().collect();
        all.extend(more.filter(|id| Some(*id) != first));
        all
    }

    /// Its steps, in no order.
    pub fn steps(self) -> Vec<Step<'a>> {
        let steps = self.0.elements(Tag::STEP).filter_map(|(_, attr)| Task::read(attr.value()));
        steps.map(|task| self.step(task)).collect()
    }

    /// What is held of one step, whether it was found before or not.
    pub fn step(self, task: Task) -> Step<'a> {
        let element = Some(task.element());
        let state = self.0.attr(Tag::STEP_STATE, element).and_then(Attr::current);
        let state = state.and_then(|one| Some((StepState::from_byte(*one.value.first()?), one.stamp)));
        let value = |tag| self.0.attr(tag, element).map_or(&[][..], Attr::value);
        Step {
            task,
            state,
            note: std::str::from_utf8(value(Tag::STEP_NOTE)).unwrap_or(""),
            reasons: Reason::read_all(value(Tag::STEP_REASON)),
        }
    }

    /// True when an item of a step's checklist is ticked.
    pub fn is_ticked(self, task: Task, item: &str) -> bool {
        self.0.attr(Tag::STEP_TICK, Some(task.tick(item))).is_some_and(|attr| !attr.value().is_empty())
    }

    /// When an item was ticked, ms.
    pub fn ticked_at(self, task: Task, item: &str) -> Option<u64> {
        let attr = self.0.attr(Tag::STEP_TICK, Some(task.tick(item)))?;
        attr.current().filter(|one| !one.value.is_empty()).map(|one| one.stamp.ms())
    }

    /// Everything that was said of the states of its steps, in the order of time: when (ms), of what,
    /// which.
    pub fn said(self) -> Vec<(u64, Task, StepState)> {
        let mut said: Vec<(Stamp, Task, StepState)> = Vec::new();
        for step in self.steps() {
            let attr = self.0.attr(Tag::STEP_STATE, Some(step.task.element()));
            said.extend(
                attr.iter().flat_map(|attr| &attr.versions).filter_map(|one| {
                    Some((one.stamp, step.task, StepState::from_byte(*one.value.first()?)))
                }),
            );
        }
        said.sort_by_key(|(stamp, task, _)| (*stamp, *task));
        said.into_iter().map(|(stamp, task, state)| (stamp.ms(), task, state)).collect()
    }
}

/// The value of [`Tag::INCIDENT_TRIGGER`]: record id 16, zeros where it is no entry ‖ user name.
pub fn trigger_value(entry: Option<Id>, username: &str) -> Vec<u8> {
    let mut out = entry.unwrap_or_default().0.to_vec();
    out.extend_from_slice(username.as_bytes());
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Version;

    #[test]
    fn what_is_written_is_read() {
        let id = Id([7; 16]);
        let tasks = [
            Task::Computer,
            Task::MasterPassword,
            Task::RecoveryCode,
            Task::KeyFile,
            Task::OldBackups,
            Task::Password(id),
            Task::Address(id),
        ];
        for task in tasks {
            assert_eq!(Task::read(&task.write()), Some(task));
        }
        let elements: std::collections::BTreeSet<Id> = tasks.iter().map(|task| task.element()).collect();
        assert_eq!(elements.len(), tasks.len());
        assert_ne!(tasks[0].tick("a"), tasks[0].tick("b"));
        assert_eq!(Task::read(&[99; 17]), None);
        assert_eq!(Task::read(&[6; 3]), None);
        for scope in [Scope::Vault, Scope::Broken(id), Scope::ByHand(id)] {
            assert_eq!(Scope::read(&scope.write()), Some(scope));
        }
        for byte in 1..=5 {
            assert_eq!(StepState::from_byte(byte).byte(), byte);
        }
    }

    #[test]
    fn reasons_are_read_as_they_are_written_and_later_ones_are_left_out() {
        let mut all: Vec<Reason> =
            Cause::ALL.iter().map(|cause| Reason::new(*cause, Some(Id([3; 16])))).collect();
        all[2].guess = true;
        all[3].pattern = 9;
        all[4].same_user = true;
        all[5].former = true;
        all[6].via = None;
        let mut bytes = Reason::write_all(&all);
        assert_eq!(Reason::read_all(&bytes), all);
        bytes[0] = 200;
        bytes.push(1);
        assert_eq!(Reason::read_all(&bytes), all[1..]);
    }

    #[test]
    fn a_trigger_is_an_entry_or_a_user_name_or_a_password() {
        let mut record = Record::new(Id([1; 16]), 0);
        let mut put = |tag, value: &[u8]| {
            let stamp = Stamp { hlc: 1, salt: 0, writer: 0 };
            let attr: &mut Attr = record.attr_mut(tag, None);
            attr.versions.clear();
            attr.put(Version { stamp, value: value.into() });
            format!("{:?}", Incident(&record).trigger())
        };
        assert_eq!(put(Tag::INCIDENT_TRIGGER, &trigger_value(None, "花子")), "UserName(\"花子\")");
        let entry = put(Tag::INCIDENT_TRIGGER, &trigger_value(Some(Id([9; 16])), ""));
        assert_eq!(entry, format!("Entry({:?})", Id([9; 16])));
        assert_eq!(put(Tag::INCIDENT_PASSWORD, &[5; 40]), format!("Password({:?})", [5; 40]));
        assert_eq!(Incident(&record).since(), Incident(&record).opened());
    }
}
