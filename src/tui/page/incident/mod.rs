//! Incident mode on the screen: the start and the question before a plan (`begin`), the list of plans
//! (`list`), one plan step by step (`plan`), popups for words (`words`) and for closing (`close`). The
//! report is made here and written by [`crate::tui::page::write`].
//!
//! Everything can be done with arrows, Enter, Esc, Tab and Space. What is decided about order, states
//! and reasons is [`crate::ops::incident`]'s.

pub mod begin;
mod close;
mod items;
mod list;
mod plan;
mod words;

pub use list::page;
pub use plan::PlanPage;

use crate::format::header::{Slot, SlotKind};
use crate::model::{Entry, Id, Incident};
use crate::ops::incident::{Facts, Plan};
use crate::text::incident::report::World;
use crate::text::{incident as text, sanitise};
use crate::tui::app::Shell;
use crate::tui::contents::date;
use crate::tui::screen::vault::Open;

/// What a row of a step does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Makes a new password.
    Change,
    /// Shows the old and the new one.
    Panel,
    /// The computer is clean.
    Clean,
    /// It is done.
    Done,
    /// The site has the staged password.
    Taken,
    /// Opens the saved address.
    Browse,
    /// Opens the page that puts another address in place of the closed one.
    Readdress,
    /// Opens the form of the entry.
    Edit,
    /// Opens the page on which the master password is changed.
    Master,
    /// Opens the list of ways to open the vault.
    Ways,
    /// The host has set a password.
    Forced,
    /// The account is closed.
    Closed,
    /// Leaves it out.
    Skip,
    /// It is to do again.
    Again,
    /// The vault was opened on a computer in doubt.
    VaultToo,
    /// Adds what else uses the account.
    UsedBy,
    /// Writes a note.
    Note,
    /// Goes on.
    Next,
    /// Writes the report.
    Report,
    /// Closes the plan.
    Close,
    /// Takes a closed plan up again.
    Reopen,
}

/// What words are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Why a step is left out.
    Skip,
    /// What else uses an account.
    UsedBy,
    /// A note on a step.
    Note,
}

/// The title of an entry, made harmless; its id where it is gone or has none.
fn title(open: &Open, id: Id) -> String {
    let title = open.contents.entry(id).map_or("", Entry::title);
    if title.is_empty() { id.to_string() } else { sanitise::line(title).into_owned() }
}

/// What a plan is called, made harmless.
fn name(open: &Open, incident: Incident<'_>, shell: &Shell) -> String {
    let name = text::name(incident, shell.lang, &|id| title(open, id));
    sanitise::line(&name).into_owned()
}

fn facts(open: &Open) -> Facts {
    let slots = open.contents.session().header().slots.iter();
    let mut kinds = slots.filter_map(|slot| match slot {
        Slot::Known(known) => Some(known.kind),
        Slot::Unknown(_) => None,
    });
    Facts { key_file: kinds.any(|kind| kind == SlotKind::KeyFile) }
}

/// The plan as the vault has it now; none when it is gone.
fn plan_of(open: &Open, id: Id) -> Option<Plan> {
    let vault = open.contents.session().vault();
    let incident = vault.incident(id)?;
    Some(crate::ops::incident::plan(vault, incident, facts(open)))
}

/// Plans that are open, the newest first.
fn open_plans(open: &Open) -> Vec<Incident<'_>> {
    let mut all: Vec<Incident<'_>> =
        open.contents.session().vault().incidents().filter(|one| one.closed().is_none()).collect();
    all.sort_by_key(|one| (std::cmp::Reverse(one.opened()), one.id()));
    all
}

/// Plans that are open, each with what a row says that goes on with it.
pub fn progress_of(open: &Open, shell: &Shell) -> Vec<(Id, String)> {
    let row = |one: &Incident<'_>| {
        let plan = plan_of(open, one.id())?;
        let progress = text::progress(plan.over(), plan.steps.len(), shell.lang);
        Some((one.id(), (shell.catalog().tui.page.incident.go_on)(&name(open, *one, shell), &progress)))
    };
    open_plans(open).iter().filter_map(row).collect()
}

/// How far the newest open plan is: steps that are over, of all; none where none is open.
pub fn left(open: &Open) -> Option<(usize, usize)> {
    let plan = plan_of(open, open_plans(open).first()?.id())?;
    Some((plan.over(), plan.steps.len()))
}

/// True while a plan is open: the header reminds of it.
pub fn is_open(open: &Open) -> bool {
    open.contents.session().vault().incidents().any(|one| one.closed().is_none())
}

/// The report of a plan as Markdown; none when the plan is gone.
pub fn report(open: &Open, id: Id, shell: &Shell) -> Option<String> {
    let incident = open.contents.session().vault().incident(id)?;
    let plan = plan_of(open, id)?;
    let world = World {
        title: &|id| title(open, id),
        username: &|id| open.contents.entry(id).map_or("", Entry::username).to_owned(),
        time: &|ms| moment(ms, shell),
        now_ms: shell.now.wall_ms,
    };
    Some(text::report::report(incident, &plan, shell.lang, &world))
}

/// The name that is proposed for its file.
pub fn report_name(shell: &Shell) -> String {
    let name = shell.catalog().tui.page.incident.report_name;
    format!("{name}{}.md", date(shell.now.wall_ms, &shell.zone))
}

/// A moment for people: day and time.
fn moment(ms: u64, shell: &Shell) -> String {
    let ms = i64::try_from(ms).unwrap_or(i64::MAX);
    let time = jiff::Timestamp::from_millisecond(ms).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    time.to_zoned(shell.zone.clone()).strftime("%Y-%m-%d %H:%M").to_string()
}
