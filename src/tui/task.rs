//! Long work on an open vault: the whole [`Open`] moves into a job ([`Effect::Work`]) and comes back
//! ([`Worked`]), so that nothing waits for it and nothing changes the vault meanwhile. While it is
//! away [`super::screen::working`] is in front. What is locked meanwhile never comes back.
//!
//! [`Effect::Work`]: super::effect::Effect::Work

mod work;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU64, Ordering};

use super::contents::Joined;
use super::files::{self};
use super::notice::Deed;
use super::other;
use super::page::export::job as export;
use super::page::mail::job as mail;
use super::page::slots::job as slots;
use super::rotate;
use super::screen::vault::Open;
use super::screen::vault::bulk::{Became, Bulk};
use crate::model::{Id, Stamp};
use crate::ops::change::Change;
use crate::ops::filing::Refile;
use crate::ops::import::plan::Plan;
use crate::ops::import::{ImportError, Imported, Item, Options};
use crate::ops::incident::Found;
use crate::ops::links::Proposal;
use crate::ops::links::tree::Tree;
use crate::secret::{Secret, SecretBytes};
use crate::session::{Ciphertext, JoinError};
use crate::store::Backup;

pub use work::work;

/// From so many entries on, or so many changes at once, work that grows with the vault is done here.
pub const LARGE: usize = 5_000;

/// So many entries are too many to change while a key waits.
pub const MANY: usize = LARGE / 5;

/// What is being done just now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Stage {
    /// Reading a file.
    Reading,
    /// Reading the backups.
    Backups,
    /// Reading its rows.
    Rows,
    /// Comparing them with the vault.
    Planning,
    /// Deriving a key.
    Deriving,
    /// Collecting entries.
    Collecting,
    /// Comparing passwords.
    Comparing,
    /// Writing a file.
    Writing,
    /// A rotator runs.
    Running,
    /// Joining what another session saved.
    Joining,
    /// Taking the change in; from here on it is undone, not cancelled.
    Applying,
    /// Building the search index.
    Indexing,
    /// Encrypting.
    Sealing,
}

const STAGES: [Stage; 13] = [
    Stage::Reading,
    Stage::Backups,
    Stage::Rows,
    Stage::Planning,
    Stage::Deriving,
    Stage::Collecting,
    Stage::Comparing,
    Stage::Writing,
    Stage::Running,
    Stage::Joining,
    Stage::Applying,
    Stage::Indexing,
    Stage::Sealing,
];

/// How far the work is; the job writes it, the screen reads it.
#[derive(Debug, Default)]
pub struct Progress {
    stage: AtomicU8,
    done: AtomicU64,
    whole: AtomicU64,
    cancelled: AtomicBool,
    abandoned: AtomicBool,
}

impl Progress {
    /// Another stage begins, of so many steps (0: not counted).
    pub fn begin(&self, stage: Stage, whole: u64) {
        self.done.store(0, Ordering::Relaxed);
        self.whole.store(whole, Ordering::Relaxed);
        self.stage.store(stage as u8, Ordering::Relaxed);
    }

    /// So many steps are done; false when it is to stop.
    pub fn step(&self, done: u64) -> bool {
        self.done.store(done, Ordering::Relaxed);
        self.goes_on()
    }

    /// Nobody cancelled it.
    pub fn goes_on(&self) -> bool {
        !self.cancelled.load(Ordering::Relaxed)
    }

    /// The stage, how many steps are done and how many there are (0: not counted).
    pub fn read(&self) -> (Stage, u64, u64) {
        let stage = STAGES.get(usize::from(self.stage.load(Ordering::Relaxed)));
        let (done, whole) = (self.done.load(Ordering::Relaxed), self.whole.load(Ordering::Relaxed));
        (stage.copied().unwrap_or(Stage::Reading), done, whole)
    }

    /// It is to stop at the next step and give everything back as it was.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// Nobody waits for it any more: the vault was locked.
    pub fn abandon(&self) {
        self.cancel();
        self.abandoned.store(true, Ordering::Relaxed);
    }

    /// True after [`Progress::abandon`].
    pub fn is_abandoned(&self) -> bool {
        self.abandoned.load(Ordering::Relaxed)
    }
}

/// Why a change is applied: what is to follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    /// An import.
    Import,
    /// Undo.
    Undo,
    /// Redo.
    Redo,
    /// An act that is done, and told, as one step.
    Act,
}

/// Why another file is joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// It was found when this vault was to be written.
    Diverged,
    /// Another session saved it.
    Saved,
    /// A person asked for it to be read again.
    Asked,
    /// It could not be written before a lock.
    Kept,
}

/// What is to be done.
pub enum Task {
    /// Read an export and plan what becomes of it; changes nothing.
    Plan {
        /// The file.
        path: PathBuf,
        /// Settings.
        options: Options,
    },
    /// Apply a change, index and seal.
    Apply {
        /// The change.
        change: Change,
        /// What for.
        then: Then,
        /// What it does, as undo calls it, and to how many entries.
        deed: (Deed, usize),
        /// What is not needed any more: dropped, and wiped, by the job.
        spent: Vec<Item>,
    },
    /// Do something to many entries, index and seal.
    Bulk(Bulk),
    /// Folders or tags become others: the change is made, applied and sealed.
    Refile {
        /// What they become.
        what: Refile,
        /// What that is called.
        deed: Deed,
    },
    /// Join another copy of the vault.
    Join {
        /// Its bytes.
        bytes: Vec<u8>,
        /// Why.
        why: Why,
        /// What this machine saved last, where that counts.
        noted: Option<Stamp>,
    },
    /// Write entries to a file.
    Export(export::Job),
    /// What bears on the ways to open the vault.
    Slots(slots::Job),
    /// Find what an incident reaches; changes nothing.
    Gather(Id),
    /// Find what falls with an account; changes nothing.
    Falls(Id),
    /// Find links that the entries tell; changes nothing.
    Propose,
    /// Look through mail addresses, make mailboxes, write another address.
    Mail(mail::Job),
    /// Look at another copy of the vault, join it, put it in its place.
    Other(other::Job),
    /// Have a command set a staged password at its host; changes nothing.
    Rotate(rotate::Job),
    /// Find out whether a typed master password is right, for the health check.
    Master {
        /// What was typed.
        password: SecretBytes,
        /// The key file of the unlock.
        key_file: Option<PathBuf>,
    },
}

impl std::fmt::Debug for Task {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(match self {
            Task::Plan { .. } => "Plan(..)",
            Task::Apply { .. } => "Apply(..)",
            Task::Bulk(_) => "Bulk(..)",
            Task::Refile { .. } => "Refile(..)",
            Task::Join { .. } => "Join(..)",
            Task::Export(_) => "Export(..)",
            Task::Slots(_) => "Slots(..)",
            Task::Gather(_) => "Gather(..)",
            Task::Falls(_) => "Falls(..)",
            Task::Propose => "Propose",
            Task::Mail(_) => "Mail(..)",
            Task::Other(_) => "Other(..)",
            Task::Rotate(_) => "Rotate(..)",
            Task::Master { .. } => "Master(..)",
        })
    }
}

/// An export that was read, and what becomes of it.
pub struct Planned {
    /// The file.
    pub path: PathBuf,
    /// What it holds.
    pub imported: Imported,
    /// What becomes of it.
    pub plan: Plan,
    /// The newest stamp of the vault that it was planned for.
    pub latest: u64,
}

impl std::fmt::Debug for Planned {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Planned(..)")
    }
}

/// Why nothing could be planned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlanFailure {
    /// The file could not be read.
    File(files::Failure),
    /// It is no export that is known, or damaged.
    Import(ImportError),
    /// No random bytes.
    Entropy,
}

/// What an incident reaches.
#[derive(Debug)]
pub struct Gathered {
    /// Which incident.
    pub incident: Id,
    /// What was found.
    pub found: Found,
    /// Passwords that did not open.
    pub shut: usize,
    /// Backups that open with the master password of before, newest first.
    pub backups: Vec<Backup>,
}

/// What became of it.
#[derive(Debug)]
pub enum Done {
    /// Cancelled; everything is as it was.
    Cancelled,
    /// Of [`Task::Plan`].
    Planned(Result<Box<Planned>, PlanFailure>),
    /// Of [`Task::Apply`].
    Applied {
        /// What it was for.
        then: Then,
        /// What it did, as undo calls it, and to how many entries.
        deed: (Deed, usize),
        /// It is done, and a step; else the vault refused it.
        done: bool,
        /// The sealed file; none when that failed.
        file: Option<Arc<Ciphertext>>,
    },
    /// Nothing is left of what was to be undone or redone: it was deleted for ever.
    Gone,
    /// Of [`Task::Bulk`], with the sealed file; none when that failed.
    Bulk(Became, Option<Arc<Ciphertext>>),
    /// Of [`Task::Join`], with the sealed file where it is to be saved; none when that failed.
    Joined(Why, Result<Joined, JoinError>, Option<Arc<Ciphertext>>),
    /// Of [`Task::Export`].
    Exported(Result<export::Written, export::Failure>),
    /// Of [`Task::Slots`].
    Slots(Result<slots::Did, slots::Failure>),
    /// Of [`Task::Gather`].
    Gathered(Box<Gathered>),
    /// Of [`Task::Falls`].
    Fell(Id, Box<Tree>),
    /// Of [`Task::Propose`].
    Proposed(Vec<Proposal>),
    /// Of [`Task::Mail`], where it changed nothing.
    Mail(mail::Did),
    /// Of [`Task::Other`].
    Other(other::Done),
    /// Of [`Task::Rotate`].
    Rotated(rotate::Ran),
    /// Of [`Task::Master`]: the password, which is right.
    Master(Result<Secret, MasterFailure>),
}

/// Why a typed master password was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MasterFailure {
    /// It is another one.
    Wrong,
    /// There is too little memory to find out.
    Memory,
    /// It counts with a key file, which is not at hand.
    KeyFile,
}

/// A vault that comes back, and what became of the work.
#[derive(Debug)]
pub struct Worked {
    /// The vault.
    pub open: Box<Open>,
    /// What became of it.
    pub done: Done,
}

/// So much at once that it is done in a job.
pub fn is_large(change: &Change) -> bool {
    matches!(change, Change::Many(all) if all.len() >= MANY)
}

pub(super) fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}
