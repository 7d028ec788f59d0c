//! What a health check does on its thread: opens the lists, looks at the passwords, says what it
//! found. It holds a key while it runs, and ends as soon as the vault is locked.

use std::path::PathBuf;
use std::sync::Arc;

use crate::leaks::{self, Leaks, Useless};
use crate::model::Id;
use crate::ops::health::{
    Checks, Compared, Health, Ignored, Intervals, LookUp, Looked, Report, Subject, VaultFacts, Watch,
};
use crate::ops::links::{self, Facts};
use crate::platform::hibp::range::Trouble;
use crate::secret::Secret;
use crate::session::Revealer;
use crate::tui::contents::Proposed;
use crate::tui::effect::World;

/// What is looked at.
pub enum What {
    /// Everything, and what was known before, which is dropped first.
    Whole(Vec<Subject>, Option<Box<Health>>),
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
    /// Of a large vault: what tells links.
    pub linked: Vec<Facts>,
    /// What opens the passwords.
    pub revealer: Revealer,
    /// Random bytes for the digests.
    pub key: [u8; 16],
    /// The list of leaked passwords that is named in the settings.
    pub lists: Vec<PathBuf>,
    /// Ask Have I Been Pwned, too.
    pub online: bool,
    /// The master password, where it was typed for this.
    pub master: Option<Secret>,
    /// What came of comparing with it before.
    pub compared: Option<Arc<Compared>>,
    /// What is known of the vault itself.
    pub facts: VaultFacts,
    /// What is left alone of the findings about the vault itself.
    pub ignored: Vec<Ignored>,
    /// How far it is; stops it.
    pub watch: Arc<Watch>,
    /// How long passwords are left unchanged.
    pub intervals: Intervals,
    /// Now, ms since 1970.
    pub now_ms: u64,
}

impl std::fmt::Debug for Task {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(match self.what {
            What::Whole(..) => "Whole(..)",
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
    /// Why Have I Been Pwned gave no answer, or not to everything.
    pub trouble: Option<Trouble>,
    /// What came of comparing with the master password, where it was typed for this.
    pub compared: Option<Compared>,
    /// Links that the entries of a large vault tell.
    pub proposed: Option<Proposed>,
}

impl std::fmt::Debug for Checked {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Checked(..)")
    }
}

/// Runs it; nothing comes of one that was stopped.
pub fn work(task: Task, world: &dyn World) -> Option<Box<Checked>> {
    let Task { what, revealer, key, lists, online, master, compared, .. } = task;
    let Task { facts, linked, ignored, watch, intervals, now_ms, .. } = task;
    let found = world.leaks(&lists);
    let range = online.then(|| world.range());
    let digests = matches!(range, Some(Ok(_)));
    let typed = master.is_some();
    let secrets = (revealer, master);
    let mut known = look(what, (key, secrets), (facts, ignored), (&found.leaks, digests), &watch)?;
    // - here no key and no master password is held any more: the network may take its time
    let trouble = match range {
        None => None,
        Some(Err(trouble)) => Some(trouble),
        Some(Ok(range)) => {
            let look_up = |hash: &[u8; 20]| leaks::look_up_in(&range, hash);
            if !known.ask(&look_up, leaks::REQUESTS, &watch) {
                return None;
            }
            range.trouble()
        }
    };
    known.know(&compared.unwrap_or_default());
    let compared = typed.then(|| known.compared());
    let report = Arc::new(known.report(now_ms, &intervals));
    let proposed = (!linked.is_empty()).then(|| Proposed::of(&links::of_facts(&linked)));
    Some(Box::new(Checked { known, report, useless: found.useless, trouble, compared, proposed }))
}

/// The part that opens passwords; what opens them goes with its end.
fn look(
    what: What,
    (key, (revealer, master)): ([u8; 16], (Revealer, Option<Secret>)),
    (facts, ignored): (VaultFacts, Vec<Ignored>),
    (leaks, digests): (&Option<Leaks>, bool),
    watch: &Watch,
) -> Option<Box<Health>> {
    let look_up = |hash: &[u8; 20]| leaks.as_ref().map_or(Looked::Failed, |leaks| leaks.look_up(hash));
    let open = |id: Id, envelope: &[u8]| revealer.open(id, envelope);
    let with = Checks {
        open: &open,
        key,
        leaks: leaks.as_ref().map(|leaks| (&look_up as LookUp<'_>, leaks.reach())),
        master: master.as_ref(),
        vault: Some(facts),
        ignored,
        digests,
        threads: threads(),
    };
    match what {
        What::Whole(subjects, before) => {
            drop(before);
            Health::check(subjects, &with, watch).map(Box::new)
        }
        What::Part { mut known, changed, gone } => {
            known.update(changed, &gone, &with, watch).then_some(known)
        }
    }
}

/// All processors but the one that answers keys.
fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, |all| all.get().saturating_sub(1).max(1))
}
