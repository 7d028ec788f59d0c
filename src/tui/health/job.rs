//! What a health check does on its thread: opens the lists, looks at the passwords, says what it
//! found. It holds a key while it runs, and ends as soon as the vault is locked.

use std::path::PathBuf;
use std::sync::Arc;

use crate::leaks::Useless;
use crate::model::Id;
use crate::ops::health::{
    Checks, Health, Ignored, Intervals, LookUp, Looked, Report, Subject, VaultFacts, Watch,
};
use crate::secret::Secret;
use crate::session::Revealer;
use crate::tui::effect::World;

/// What is looked at.
pub enum What {
    /// Everything.
    Whole(Vec<Subject>),
    /// What changed since, and what is gone.
    Part {
        /// What is known of everything.
        known: Box<Health>,
        /// What changed.
        changed: Vec<Subject>,
        /// What is gone.
        gone: Vec<Id>,
    },
}

/// A check to be run.
pub struct Task {
    /// What is looked at.
    pub what: What,
    /// What opens the passwords.
    pub revealer: Revealer,
    /// Random bytes for the digests.
    pub key: [u8; 16],
    /// The list of leaked passwords that is named in the settings.
    pub lists: Vec<PathBuf>,
    /// The master password, where it was typed for this.
    pub master: Option<Secret>,
    /// What is known of the vault itself.
    pub facts: VaultFacts,
    /// What is left alone of the findings about the vault itself.
    pub ignored: Vec<Ignored>,
    /// How far it is; stops it.
    pub watch: Arc<Watch>,
    /// Now, ms since 1970.
    pub now_ms: u64,
}

impl std::fmt::Debug for Task {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(match self.what {
            What::Whole(_) => "Whole(..)",
            What::Part { .. } => "Part(..)",
        })
    }
}

/// What became of it.
pub struct Checked {
    /// What is known now: digests and verdicts.
    pub known: Box<Health>,
    /// What it found.
    pub report: Arc<Report>,
    /// Lists that are there and cannot be used.
    pub useless: Vec<Useless>,
}

impl std::fmt::Debug for Checked {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Checked(..)")
    }
}

/// Runs it; nothing comes of one that was stopped.
pub fn work(task: Task, world: &dyn World) -> Option<Box<Checked>> {
    let Task { what, revealer, key, lists, master, facts, ignored, watch, now_ms } = task;
    let found = world.leaks(&lists);
    let look_up = |hash: &[u8; 20]| found.leaks.as_ref().map_or(Looked::Failed, |leaks| leaks.look_up(hash));
    let open = |id: Id, envelope: &[u8]| revealer.open(id, envelope);
    let with = Checks {
        open: &open,
        key,
        leaks: found.leaks.as_ref().map(|leaks| (&look_up as LookUp<'_>, leaks.reach())),
        master: master.as_ref(),
        vault: Some(facts),
        ignored,
        threads: threads(),
    };
    let known = match what {
        What::Whole(subjects) => Box::new(Health::check(subjects, &with, &watch)?),
        What::Part { mut known, changed, gone } => {
            if !known.update(changed, &gone, &with, &watch) {
                return None;
            }
            known
        }
    };
    let report = Arc::new(known.report(now_ms, &Intervals::default()));
    Some(Box::new(Checked { known, report, useless: found.useless }))
}

/// All processors but the one that answers keys.
fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, |all| all.get().saturating_sub(1).max(1))
}
