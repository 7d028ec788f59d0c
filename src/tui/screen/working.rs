//! While long work has the open vault: what is done with counts, a gauge, the time, and Esc. Keys
//! are answered at once; locking and quitting do not wait. The vault itself is away
//! ([`crate::tui::task`]), so nothing of it can be shown or changed here.

use std::sync::Arc;
use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Cursor, Row};
use crate::tui::app::{App, Screen, Shell};
use crate::tui::effect::{Effect, JobId, Outcome};
use crate::tui::event::Event;
use crate::tui::other;
use crate::tui::page::mail::job as mail;
use crate::tui::page::slots::job::Job;
use crate::tui::screen::unlock;
use crate::tui::screen::vault::saving;
use crate::tui::task::{Progress, Stage, Task, Then, Why};
use crate::tui::theme::Name;
use crate::tui::widget::frame::{frame, gauge};
use crate::tui::widget::text::{fit, put, width, wrap};

/// Work that is done within this time is never shown.
pub const UNSEEN: Duration = Duration::from_millis(120);

/// How often the gauge moves.
const EVERY: Duration = Duration::from_millis(250);

/// Most keys that are kept for the vault that comes back.
const KEPT_MOST: usize = 64;

/// What the work is, as a person calls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Reading an export.
    Plan,
    /// Taking an import in.
    Apply,
    /// Changing many entries, or undoing that.
    Change,
    /// Taking in what another session saved.
    Join,
    /// Taking in what could not be saved before a lock.
    Kept,
    /// Writing entries to a file.
    Export,
    /// Checking a secret.
    Check,
    /// Making keys.
    Keys,
    /// Listing the backups, or looking into them.
    Backups,
    /// Finding what an incident reaches.
    Gather,
    /// Looking through all entries.
    Look,
    /// Comparing another copy of the vault.
    Compare,
    /// Joining one.
    Merge,
    /// Putting one in the vault's place.
    Restore,
    /// Having a command set a password at its host.
    Rotate,
    /// Finding out whether the master password is right.
    Master,
}

/// The state.
#[derive(Debug)]
pub struct State {
    /// The job that is waited for.
    pub job: JobId,
    /// What it is.
    pub kind: Kind,
    /// How far it is.
    pub progress: Arc<Progress>,
    /// Since when.
    pub started: Duration,
    /// Esc was pressed.
    pub cancelled: bool,
    /// What was pressed while a change of another session came in: it is for the vault.
    pub kept: Vec<Event>,
    /// Outcomes of other jobs, for the vault that comes back.
    pub late: Vec<(JobId, Outcome)>,
}

/// Sends the open vault away where it has long work to do; true when it did.
pub fn begin(app: &mut App, out: &mut Vec<Effect>) -> bool {
    let Screen::Open(open) = &mut app.screen else { return false };
    let Some(task) = open.work.take() else { return false };
    // - a lock does not wait for work, and what is away then never comes back
    saving::keep(open, &mut app.shell, out);
    let kind = match &task {
        Task::Plan { .. } => Kind::Plan,
        Task::Apply { then: Then::Import, .. } => Kind::Apply,
        Task::Apply { .. } | Task::Bulk(_) | Task::Refile { .. } => Kind::Change,
        Task::Join { why: Why::Kept, .. } => Kind::Kept,
        Task::Join { .. } => Kind::Join,
        Task::Export(_) => Kind::Export,
        Task::Slots(Job::Check { .. }) => Kind::Check,
        Task::Slots(Job::Add(_) | Job::Change(_)) => Kind::Keys,
        Task::Slots(Job::Backups { .. } | Job::Holding(_)) => Kind::Backups,
        Task::Gather(_) | Task::Falls(_) => Kind::Gather,
        Task::Propose | Task::Mail(mail::Job::Known | mail::Job::Find(_)) => Kind::Look,
        Task::Mail(mail::Job::Make(..) | mail::Job::Replace(..)) => Kind::Change,
        Task::Other(other::Job::Backups) => Kind::Backups,
        Task::Other(other::Job::Compare { .. }) => Kind::Compare,
        Task::Other(other::Job::Merge(_)) => Kind::Merge,
        Task::Other(other::Job::Restore(_) | other::Job::Rewrite) => Kind::Restore,
        Task::Rotate(_) => Kind::Rotate,
        Task::Master { .. } => Kind::Master,
    };
    let (job, progress) = (app.shell.job(), Arc::new(Progress::default()));
    let state = State {
        job,
        kind,
        progress: Arc::clone(&progress),
        started: app.shell.now.boot,
        cancelled: false,
        kept: Vec::new(),
        late: Vec::new(),
    };
    let now_ms = app.shell.now.wall_ms;
    if let Screen::Open(open) = std::mem::replace(&mut app.screen, Screen::Working(state)) {
        out.push(Effect::Work { job, open, task, progress, now_ms });
    }
    true
}

/// Esc. Once a change is being taken in it is too late: that is undone afterwards.
pub fn cancel(state: &mut State) {
    let (stage, _, _) = state.progress.read();
    if stage < Stage::Joining {
        state.progress.cancel();
        state.cancelled = true;
    }
}

/// Keeps a key for the vault, where a person did not ask for the work or cannot see it yet; false when
/// it is not kept. What asks or shows something at its end gets none: they were not meant for that.
pub fn keep(state: &mut State, event: Event, shell: &Shell) -> bool {
    let unseen = shell.now.boot.saturating_sub(state.started) < UNSEEN;
    let keeps = match state.kind {
        Kind::Join | Kind::Kept => true,
        Kind::Change => unseen,
        Kind::Plan
        | Kind::Apply
        | Kind::Export
        | Kind::Gather
        | Kind::Look
        | Kind::Master
        | Kind::Rotate
        | Kind::Check
        | Kind::Keys
        | Kind::Backups
        | Kind::Compare
        | Kind::Merge
        | Kind::Restore => false,
    };
    if !keeps || state.kept.len() >= KEPT_MOST {
        return false;
    }
    state.kept.push(event);
    true
}

/// Locks: what is under way never comes back. Gives the outcomes that were kept.
pub fn lock(app: &mut App) -> Vec<(JobId, Outcome)> {
    let Screen::Working(state) = &mut app.screen else { return Vec::new() };
    state.progress.abandon();
    let late = std::mem::take(&mut state.late);
    app.screen = Screen::Locked(unlock::State::default());
    late
}

/// When the gauge moves next.
pub fn deadline(state: &State, shell: &Shell) -> Duration {
    let so_far = shell.now.boot.saturating_sub(state.started);
    if so_far < UNSEEN { state.started + UNSEEN } else { shell.now.boot + EVERY }
}

/// Named rectangles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// The frame.
    pub frame: Rect,
    /// The gauge.
    pub gauge: Rect,
}

/// Parts the body.
pub fn layout(_: &State, area: Rect) -> Layout {
    let height = 8.min(area.height);
    let wide = area.width.min(76);
    let (x, y) = (area.x + (area.width - wide) / 2, area.y + (area.height - height) / 3);
    Layout { frame: Rect::new(x, y, wide, height), gauge: Rect::new(x + 3, y + 3, wide.saturating_sub(6), 1) }
}

struct Words {
    title: &'static str,
    stage: String,
    time: String,
    hint: &'static str,
}

fn words(state: &State, shell: &Shell) -> Words {
    let text = &shell.catalog().tui.page.import.working;
    let (stage, done, whole) = state.progress.read();
    let so_far = shell.now.boot.saturating_sub(state.started).as_secs();
    let hint = match (state.cancelled, stage >= Stage::Joining) {
        (true, _) => text.cancelling,
        (false, true) => text.too_late,
        (false, false) if state.kind == Kind::Rotate => text.cancel_rotate,
        (false, false) => text.cancel,
    };
    Words {
        title: (text.title)(state.kind),
        stage: (text.stage)(stage, done, whole),
        time: (text.time)(so_far),
        hint,
    }
}

/// The screen as rows.
pub fn outline(state: &State, shell: &Shell) -> Vec<Row> {
    let words = words(state, shell);
    vec![Row::told(words.title, &words.stage), Row::told("", &words.time), Row::told("", words.hint)]
}

/// Draws it.
pub fn view(state: &State, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
    let theme = &shell.theme;
    let words = words(state, shell);
    let places = layout(state, area);
    let inner = frame(buf, places.frame, words.title, true, theme);
    let bar = places.gauge;
    let cells = bar.width;
    let time = width(&words.time);
    put(
        buf,
        bar.x,
        inner.y + 1,
        cells,
        &fit(&words.stage, cells.saturating_sub(time + 1)),
        theme.style(Name::Text),
    );
    put(buf, bar.right().saturating_sub(time), inner.y + 1, time, &words.time, theme.style(Name::Dim));
    let (_, done, whole) = state.progress.read();
    let so_far = u64::try_from(shell.now.boot.saturating_sub(state.started).as_millis()).unwrap_or(0);
    // - what is not counted creeps towards the end and never claims to reach it
    let parts = if whole > 0 { (done.min(whole), whole) } else { (so_far, so_far + 3000) };
    gauge(buf, bar, parts, Name::Good, theme);
    for (y, line) in (bar.y + 2..).zip(wrap(words.hint, cells, 2)) {
        put(buf, bar.x, y, cells, &line, theme.style(Name::Dim));
    }
    Cursor::new(bar.x, bar.y)
}
