//! The health check in the background of the open vault. It begins by itself when nothing was
//! pressed for a moment: first over everything, then over what edits changed, which is quick. The
//! entries are collected a little at a time, so that no key waits; the passwords are opened on
//! threads of their own ([`job`]). What is known ([`State`]) lies in [`Open`] and goes with the lock,
//! and a check that is under way is stopped by it.
//!
//! Not here: what a check finds ([`crate::ops::health`]) and how it is shown
//! ([`crate::tui::page`]).

pub mod job;
pub mod sign;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use self::job::{Checked, Task, What};
use crate::crypto::entropy::array;
use crate::leaks::Useless;
use crate::model::{Id, Section, State as EntryState};
use crate::ops::change::Change;
use crate::ops::health::sample::{self, Sample};
use crate::ops::health::{Check, Health, Subject, Watch, ignore};
use crate::ops::links::{self, Facts};
use crate::ops::rotation::Intervals;
use crate::platform::hibp::range::Trouble;
use crate::secret::Secret;
use crate::text::{Lang, health as words};
use crate::tui::app::Shell;
use crate::tui::contents::Proposed;
use crate::tui::effect::{Effect, JobId};
use crate::tui::page;
use crate::tui::screen::vault::{Open, list};

/// How long nothing must be pressed before a check begins.
const QUIET: Duration = Duration::from_secs(1);
/// Entries that are collected in one go: some milliseconds.
const SLICE: usize = 500;
/// How long what was found holds without a new look: days pass, and with them dates.
const HOLDS_MS: u64 = 6 * 3_600_000;
/// So many changed entries at once, and everything is looked at anew.
const PART_MOST: usize = 200;
/// How soon a check that failed is tried again.
const AGAIN: Duration = Duration::from_secs(60);
/// How long one that a person stopped is not begun by itself.
const STOPPED: Duration = Duration::from_secs(600);
/// How often the gauge moves.
pub const EVERY: Duration = Duration::from_millis(250);

/// What the settings say of leaked passwords.
type Sources = Option<PathBuf>;

/// What is known, and what is under way.
#[derive(Debug, Default)]
pub struct State {
    /// Between two checks: digests and verdicts.
    known: Option<Box<Health>>,
    phase: Phase,
    /// When it was found, ms since 1970, under which key epoch and with which lists.
    as_of: Option<(u64, u32, Sources)>,
    /// When the check began that found it, and the one that runs, ms since 1970.
    began: (u64, u64),
    /// What changed and is being looked at.
    pending: BTreeSet<Id>,
    /// The intervals by which it was told what is old.
    intervals: Intervals,
    /// A person asked for it: now, and over everything.
    asked: bool,
    /// What changed is looked at at once.
    soon: bool,
    /// What runs was asked for.
    by_hand: bool,
    /// The master password, typed to be compared in the next check.
    master: Option<Secret>,
    not_before: Duration,
    /// Lists that are there and cannot be used.
    pub useless: Vec<Useless>,
    /// Why Have I Been Pwned gave no answer, where it was asked.
    pub trouble: Option<Trouble>,
    /// The score of today, which the next save takes along.
    sample: Option<Sample>,
    /// A person stopped the check; it is not begun by itself for a while.
    pub stopped: bool,
    /// The job that writes the report.
    pub writing: Option<JobId>,
}

#[derive(Debug, Default)]
enum Phase {
    #[default]
    Quiet,
    /// Entries are being collected.
    Collecting {
        part: bool,
        last: Option<Id>,
        wanted: BTreeSet<Id>,
        subjects: Vec<Subject>,
        /// Of a large vault: what tells links.
        facts: Vec<Facts>,
        gone: Vec<Id>,
    },
    Running(Running),
}

/// A check under way. Dropping it stops it.
#[derive(Debug)]
struct Running {
    job: JobId,
    watch: Arc<Watch>,
    epoch: u32,
    sources: Sources,
    intervals: Intervals,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.watch.stop();
    }
}

impl State {
    /// How many entries are looked at, and of how many; none while nothing is under way.
    pub fn progress(&self) -> Option<(usize, usize)> {
        match &self.phase {
            Phase::Quiet => None,
            Phase::Collecting { .. } => Some((0, 0)),
            Phase::Running(running) => Some(running.watch.progress()),
        }
    }

    /// What runs was asked for by a person.
    pub fn by_hand(&self) -> bool {
        self.by_hand && !matches!(self.phase, Phase::Quiet)
    }
}

/// Something is to be looked at.
fn wanted(open: &Open, shell: &Shell) -> bool {
    let state = &open.health;
    let stale = state.as_of.as_ref().is_none_or(|(at, epoch, sources)| {
        shell.now.wall_ms.saturating_sub(*at) >= HOLDS_MS
            || *epoch != open.contents.session().header().epoch
            || *sources != shell.settings.pwned
            || state.intervals != shell.settings.intervals
    });
    state.asked || stale || open.contents.is_touched()
}

/// When there is something to do next, on the boot clock.
pub fn deadline(open: &Open, shell: &Shell) -> Option<Duration> {
    match &open.health.phase {
        Phase::Collecting { .. } => Some(shell.now.boot),
        Phase::Running(_) => None,
        Phase::Quiet if open.health.asked => Some(shell.now.boot),
        Phase::Quiet if open.health.soon && open.contents.report.is_some() => Some(shell.now.boot),
        Phase::Quiet => wanted(open, shell).then(|| (shell.last_input + QUIET).max(open.health.not_before)),
    }
}

/// Time passed: begins, or goes on collecting.
pub fn tick(open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) {
    // - other settings: what is old is another thing before the next check, too
    if open.contents.retime(shell.settings.intervals) && open.list.query.asks_health() {
        list::refresh(open, shell);
    }
    if matches!(open.health.phase, Phase::Quiet)
        && deadline(open, shell).is_some_and(|at| at <= shell.now.boot)
    {
        begin(open, shell);
    }
    if matches!(open.health.phase, Phase::Collecting { .. }) && collect(open) {
        send(open, shell, out);
    }
}

/// A person asks for a check of everything, now.
pub fn again(open: &mut Open) {
    open.health.asked = true;
    open.health.phase = Phase::Quiet;
}

/// What changed is looked at now, without waiting for a quiet moment.
pub fn soon(open: &mut Open) {
    open.health.soon = true;
}

/// A check of everything in which the master password is compared: it was typed and found right.
pub fn with_master(open: &mut Open, master: Secret) {
    open.health.master = Some(master);
    again(open);
}

/// Stops what is under way; false when there is nothing. It is not begun again by itself for a while.
pub fn stop(open: &mut Open, shell: &Shell) -> bool {
    if matches!(open.health.phase, Phase::Quiet) {
        return false;
    }
    failed(open, shell);
    open.health.stopped = true;
    open.health.not_before = shell.now.boot + STOPPED;
    true
}

fn begin(open: &mut Open, shell: &Shell) {
    let touched = open.contents.take_touched();
    let state = &mut open.health;
    state.stopped = false;
    let fits = state.as_of.as_ref().is_some_and(|(_, epoch, sources)| {
        *epoch == open.contents.session().header().epoch && *sources == shell.settings.pwned
    });
    let asked = std::mem::take(&mut state.asked);
    state.by_hand = asked;
    state.soon = false;
    state.began.1 = shell.now.wall_ms;
    state.pending.extend(touched.iter().flatten().copied());
    let part = touched.filter(|ids| !asked && fits && state.known.is_some() && ids.len() <= PART_MOST);
    let (part, wanted) = (part.is_some(), part.unwrap_or_default());
    let (subjects, facts, gone) = (Vec::new(), Vec::new(), Vec::new());
    state.phase = Phase::Collecting { part, last: None, wanted, subjects, facts, gone };
}

/// Collects some more entries; true when that was all.
fn collect(open: &mut Open) -> bool {
    let large = open.contents.is_large();
    let Phase::Collecting { part, last, wanted, subjects, facts, gone } = &mut open.health.phase else {
        return false;
    };
    let vault = open.contents.session().vault();
    if *part {
        for id in std::mem::take(wanted) {
            match vault.entry(id) {
                Some(entry) => subjects.push(Subject::of(entry)),
                None => gone.push(id),
            }
        }
        return true;
    }
    let all = vault.section(Section::Entries).iter().as_slice();
    let from = last.map_or(0, |last| all.partition_point(|record| record.id <= last));
    let rest = all.get(from..).unwrap_or_default();
    let slice = rest.get(..SLICE).unwrap_or(rest);
    let entries = || slice.iter().filter_map(|record| vault.entry(record.id));
    subjects.extend(entries().map(Subject::of));
    if large {
        facts.extend(links::facts(entries()));
    }
    *last = slice.last().map(|record| record.id).or(*last);
    slice.len() == rest.len()
}

fn send(open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) {
    let Phase::Collecting { part, subjects, facts, gone, .. } = std::mem::take(&mut open.health.phase) else {
        return;
    };
    let what = match open.health.known.take() {
        Some(known) if part => What::Part { known, changed: subjects, gone },
        before => What::Whole(subjects, before),
    };
    let Ok(key) = array(&mut *shell.entropy) else {
        return failed(open, shell);
    };
    let session = open.contents.session();
    let mut itself = session.facts();
    // - the demo opens without a password: there is nothing to derive
    itself.cheap &= !shell.demo;
    let running = Running {
        job: shell.job(),
        watch: Arc::default(),
        epoch: session.header().epoch,
        sources: shell.settings.pwned.clone(),
        intervals: shell.settings.intervals,
    };
    let epoch = running.epoch;
    let compared = open.contents.compared.as_ref().filter(|(of, _)| *of == epoch);
    let task = Task {
        compared: compared.map(|(_, compared)| Arc::clone(compared)),
        what,
        linked: facts,
        revealer: session.revealer(),
        key,
        // - what runs by itself never asks the net
        online: open.health.by_hand && shell.settings.health_online && !shell.demo,
        lists: running.sources.iter().map(|path| shell.places.expand(&path.to_string_lossy())).collect(),
        master: open.health.master.take(),
        facts: itself,
        ignored: ignore::of_vault(session.vault()),
        watch: Arc::clone(&running.watch),
        intervals: running.intervals,
        now_ms: shell.now.wall_ms,
    };
    out.push(Effect::Health { job: running.job, task: Box::new(task) });
    open.health.phase = Phase::Running(running);
}

/// What was known may be half gone with what failed: the next check looks at everything.
fn failed(open: &mut Open, shell: &Shell) {
    open.health.phase = Phase::Quiet;
    (open.health.known, open.health.as_of) = (None, None);
    open.health.not_before = shell.now.boot + AGAIN;
}

/// Takes what a check found. One that nobody waits for any more is dropped.
pub fn done(
    open: &mut Open,
    job: JobId,
    checked: Option<Box<Checked>>,
    shell: &Shell,
    out: &mut Vec<Effect>,
) {
    let Phase::Running(running) = &open.health.phase else { return };
    if running.job != job {
        return;
    }
    let (epoch, sources, intervals) = (running.epoch, running.sources.clone(), running.intervals);
    let Some(checked) = checked else { return failed(open, shell) };
    let Checked { known, report, useless, trouble, compared, proposed } = *checked;
    if let Some(compared) = compared {
        open.contents.compared = Some((epoch, Arc::new(compared)));
    }
    let state = &mut open.health;
    state.phase = Phase::Quiet;
    state.pending.clear();
    state.began.0 = state.began.1;
    state.as_of = Some((shell.now.wall_ms, epoch, sources));
    state.intervals = intervals;
    state.known = Some(known);
    state.useless = useless;
    state.trouble = trouble;
    state.sample = report.score.map(|score| Sample {
        day: day(shell),
        score,
        unchecked: u32::try_from(report.unchecked).unwrap_or(u32::MAX),
    });
    let before = open.contents.report.replace(report).filter(|_| open.contents.is_large());
    out.extend(before.map(|report| Effect::Wipe(Box::new(report))));
    if open.list.query.asks_health() {
        list::refresh(open, shell);
    }
    // - of a large vault they come with a check of everything
    let proposed = match open.contents.is_large() {
        true => proposed,
        false => Some(Proposed::of(&page::links::of(open))),
    };
    if let Some(proposed) = proposed {
        let before = open.contents.propose(proposed);
        out.extend(open.contents.is_large().then(|| Effect::Wipe(Box::new(before))));
    }
    crate::tui::screen::vault::settle(open, shell);
}

/// Today, in days since 1970 by the calendar of this place.
pub fn day(shell: &Shell) -> u32 {
    let ms = i64::try_from(shell.now.wall_ms).unwrap_or(i64::MAX);
    let time = jiff::Timestamp::from_millisecond(ms).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    let seconds = time.as_second() + i64::from(shell.zone.to_offset(time).seconds());
    u32::try_from(seconds.div_euclid(86_400)).unwrap_or(0)
}

/// The score of today goes into the vault with a save that happens anyway.
pub fn note(open: &mut Open, shell: &mut Shell) {
    let Some(sample) = open.health.sample.take() else { return };
    if let Some(change) = sample::note(open.contents.session().vault(), sample) {
        note_in(open, &change, shell);
    }
}

fn note_in(open: &mut Open, change: &Change, shell: &mut Shell) {
    // - it is no step of a person's: what is refused is not told
    let _ = open.contents.session_mut().apply(change, shell.now.wall_ms, &mut *shell.entropy);
}

/// What the detail of an entry says; none for one that has no password and no finding.
pub fn told(open: &Open, id: Id, shell: &Shell) -> Option<String> {
    let text = &shell.catalog().tui.page.health;
    let entry = open.contents.entry(id).filter(|entry| entry.state() == EntryState::Active)?;
    let Some(report) = &open.contents.report else {
        return entry.password().map(|_| text.unchecked.to_owned());
    };
    let found: Vec<String> = report
        .of(id)
        .filter(|one| one.ignored.is_none())
        .map(|one| words::brief(&one.why, shell.lang))
        .collect();
    // - a password that no check has seen yet is not one in which nothing was found
    let unseen = open.contents.touches(id) || open.health.pending.contains(&id);
    let newer = entry.password_changed().is_some_and(|at| at >= open.health.began.0);
    if found.is_empty() && unseen && newer {
        return Some(text.unchecked.to_owned());
    }
    if found.is_empty() {
        let known = report.not_run.iter().all(|(check, _)| *check != Check::Leaked);
        return entry.password().map(|_| if known { text.nothing } else { text.nothing_known }.to_owned());
    }
    let parted = if shell.lang == Lang::Ja { "、" } else { ", " };
    Some(found.join(parted))
}

/// Why a search for what only a check tells has no answer yet.
pub fn unchecked(open: &Open, shell: &Shell) -> String {
    let text = &shell.catalog().tui.page.health;
    match open.health.progress() {
        Some((done, all)) if open.contents.report.is_none() => (text.comparing)(done, all),
        None if open.contents.report.is_none() => text.waits.to_owned(),
        _ => text.no_list.to_owned(),
    }
}
