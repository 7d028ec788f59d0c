//! The rows of one step: what it is, why it is there, what can be done, what else uses the account, what
//! to look at. Pure: the page draws them.

use super::{Act, moment, name, title};
use crate::model::Incident;
use crate::model::incident::{Cause, Task};
use crate::ops::incident::topic::used;
use crate::ops::incident::{Plan, State, Step};
use crate::ops::mailboxes::address_of;
use crate::store::Backup;
use crate::text::{guide, incident as words, sanitise};
use crate::tui::app::Shell;
use crate::tui::command::Command;
use crate::tui::page::popup::Item;
use crate::tui::screen::vault::Open;
use crate::tui::theme::Name;
use crate::tui::widget::text::{width, wrap};

/// Reasons that are told; the rest is counted.
const REASONS: usize = 3;

/// A row that can have the focus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stop {
    /// It does something.
    Act(Act),
    /// What else uses the account, by the name under which it is ticked.
    Used(String),
    /// An item of the checklist.
    Item(&'static guide::Item),
}

/// The first saved address of the entry of a step.
fn address(open: &Open, step: &Step) -> Option<String> {
    let entry = open.contents.entry(step.task.entry()?)?;
    entry.urls().first().map(|url| sanitise::line(url).into_owned())
}

/// The closed address that the entry of a step is to leave.
pub fn closed_address(open: &Open, step: &Step) -> Option<String> {
    let closed = step.reasons.iter().filter(|one| one.cause == Cause::Closed).filter_map(|one| one.via);
    closed.filter_map(|id| open.contents.entry(id)).find_map(address_of)
}

/// What the entry of a step is used by.
pub fn users(open: &Open, step: &Step) -> Vec<String> {
    let Task::Password(id) = step.task else { return Vec::new() };
    let users = open.contents.entry(id).map_or(Vec::new(), |entry| entry.used_by());
    users.into_iter().map(str::to_owned).collect()
}

/// The rows that can have the focus, in their order.
pub fn stops(open: &Open, incident: Incident<'_>, plan: &Plan, at: usize) -> Vec<Stop> {
    let Some(step) = plan.steps.get(at) else { return Vec::new() };
    let mut stops: Vec<Stop> = acts(open, incident, step).into_iter().map(Stop::Act).collect();
    let lives = !matches!(step.state, State::Closed | State::Gone);
    if lives && !open.contents.read_only() {
        let users = users(open, step);
        stops.extend(users.iter().map(|user| Stop::Used(used(user))));
        stops.extend(step.topic.map_or(&[][..], guide::items).iter().map(Stop::Item));
        if matches!(step.task, Task::Password(_)) {
            stops.push(Stop::Act(Act::UsedBy));
        }
        stops.push(Stop::Act(Act::Note));
    }
    let last = at + 1 >= plan.steps.len();
    if !last {
        stops.push(Stop::Act(Act::Next));
    }
    if last || plan.next().is_none() {
        stops.push(Stop::Act(Act::Report));
        if !open.contents.read_only() {
            stops.push(Stop::Act(if incident.closed().is_some() { Act::Reopen } else { Act::Close }));
        }
    }
    stops
}

fn acts(open: &Open, incident: Incident<'_>, step: &Step) -> Vec<Act> {
    if open.contents.read_only() || incident.closed().is_some() {
        return address(open, step).map(|_| Act::Browse).into_iter().collect();
    }
    let over = !step.state.is_open();
    let browse = address(open, step).map(|_| Act::Browse);
    let mut acts = Vec::new();
    match step.task {
        Task::Computer => {
            acts.extend(if over { vec![Act::Again] } else { vec![Act::Clean, Act::Skip] });
            acts.push(Act::VaultToo);
        }
        Task::MasterPassword | Task::RecoveryCode | Task::KeyFile | Task::OldBackups => {
            match step.task {
                _ if over => {}
                Task::MasterPassword => acts.push(Act::Master),
                Task::RecoveryCode | Task::KeyFile => acts.push(Act::Ways),
                _ => {}
            }
            acts.extend(if over { vec![Act::Again] } else { vec![Act::Done, Act::Skip] });
        }
        Task::Address(_) if over => acts.push(Act::Again),
        Task::Address(_) => {
            acts.extend(closed_address(open, step).map(|_| Act::Readdress));
            acts.push(Act::Edit);
            acts.extend(browse);
            acts.extend([Act::Done, Act::Skip]);
        }
        Task::Password(_) if matches!(step.state, State::Closed | State::Gone) => {}
        Task::Password(_) if over => acts.push(Act::Again),
        Task::Password(id) => {
            let password = open.contents.entry(id).is_some_and(|entry| entry.password().is_some());
            let staged = step.state == State::Staged;
            acts.extend(if staged { Some(Act::Panel) } else { password.then_some(Act::Change) });
            acts.extend(browse);
            acts.push(if staged { Act::Taken } else { Act::Done });
            acts.extend((password && step.state == State::ToDo).then_some(Act::Forced));
            acts.extend([Act::Closed, Act::Skip]);
        }
    }
    if matches!(step.task, Task::Address(_)) && step.state == State::Closed {
        acts.clear();
    }
    acts
}

/// The key that does the same as a row.
fn key(act: Act, shell: &Shell) -> String {
    let command = match act {
        Act::Clean | Act::Done | Act::Taken => Command::Mark,
        Act::Browse => Command::CopyAddress,
        Act::Skip => Command::SkipStep,
        Act::Report => Command::WriteReport,
        Act::Next => Command::NextFound,
        _ => return String::new(),
    };
    shell.keymap.label(command)
}

fn tick(on: bool) -> &'static str {
    if on { "[x]" } else { "[ ]" }
}

/// Cells of the edge that an address does not get: corners, rows out of sight.
const EDGE: u16 = 16;

/// The address of the page that an item rests on fits onto the lower edge; else it stands below the item.
pub fn fits_edge(source: &str, cells: u16) -> bool {
    width(source) + EDGE <= cells
}

/// All rows of a step, for `cells` inside the frame; the row in focus tells its source in whole.
pub fn items(
    open: &Open,
    incident: Incident<'_>,
    plan: &Plan,
    at: usize,
    focus: usize,
    cells: u16,
    shell: &Shell,
) -> Vec<Item> {
    let text = &shell.catalog().tui.page.incident;
    let Some(step) = plan.steps.get(at) else { return Vec::new() };
    let lang = shell.lang;
    let titled = |id| title(open, id);
    let mut items = head(open, incident, plan, at, shell);
    let stops = stops(open, incident, plan, at);
    let (mut headed, mut parted) = ((false, false), false);
    for (place, stop) in stops.iter().enumerate() {
        match stop {
            Stop::Act(Act::Next) => {
                items.push(Item::gap());
                let next = plan
                    .steps
                    .get(at + 1)
                    .map_or(String::new(), |next| words::step(next.task, lang, &titled));
                items.push(Item::act(place, &(text.next)(&next), key(Act::Next, shell)));
            }
            Stop::Act(Act::Browse) => {
                let url = address(open, step).unwrap_or_default();
                items.push(Item::act(place, &(text.browse)(&url), key(Act::Browse, shell)));
            }
            Stop::Act(Act::VaultToo) => {
                let on = incident.scope().contains(&crate::model::incident::Scope::Vault);
                let label = format!("{} {}", tick(on), (text.act)(Act::VaultToo));
                items.push(Item::act(place, &label, String::new()));
            }
            Stop::Act(act) => {
                if headed != (false, false) && !std::mem::replace(&mut parted, true) {
                    items.push(Item::gap());
                }
                items.push(Item::act(place, (text.act)(*act), key(*act, shell)));
            }
            Stop::Used(name) => {
                if !std::mem::replace(&mut headed.0, true) {
                    items.extend([Item::gap(), Item::told(text.used_by, Name::Title)]);
                }
                let words = name.strip_prefix("used:").unwrap_or(name);
                let on = incident.is_ticked(step.task, name);
                items.push(ticked(place, on, &sanitise::line(words), cells));
            }
            Stop::Item(item) => {
                if !std::mem::replace(&mut headed.1, true) {
                    items.extend([Item::gap(), Item::told(text.check, Name::Title)]);
                }
                let mut row = ticked(place, incident.is_ticked(step.task, item.id), item.text(lang), cells);
                let source = (text.source)(item.source);
                if place == focus && !fits_edge(&source, cells) {
                    let lines = wrap(&source, cells.saturating_sub(8).max(8), 4);
                    row.value.extend(lines.into_iter().map(|line| (line, Name::Dim)));
                }
                items.push(row);
            }
        }
    }
    items
}

/// A row of a checklist.
fn ticked(place: usize, on: bool, words: &str, cells: u16) -> Item {
    let look = if on { Name::Dim } else { Name::Text };
    let lines = wrap(words, cells.saturating_sub(8).max(8), 3);
    Item {
        label: tick(on).to_owned(),
        value: lines.into_iter().map(|line| (line, look)).collect(),
        stop: Some(place),
        ..Item::default()
    }
}

/// What stands over a plan: what it began with, how far it is, since when.
pub fn heading(open: &Open, incident: Incident<'_>, plan: &Plan, shell: &Shell) -> String {
    let text = &shell.catalog().tui.page.incident;
    let when = match incident.closed() {
        Some(ms) => (text.closed)(&moment(ms, shell)),
        None => (text.since)(&moment(incident.opened(), shell)),
    };
    let progress = words::progress(plan.over(), plan.steps.len(), shell.lang);
    format!("{}  {progress}  {when}", name(open, incident, shell))
}

/// Where one is, the step, why, what to do.
fn head(open: &Open, incident: Incident<'_>, plan: &Plan, at: usize, shell: &Shell) -> Vec<Item> {
    let text = &shell.catalog().tui.page.incident;
    let step = &plan.steps[at];
    let lang = shell.lang;
    let titled = |id| title(open, id);
    let kind = match step.task.entry() {
        Some(_) => format!("  {}", crate::text::words::kind(step.kind, lang)),
        None => String::new(),
    };
    let place = match (step.task, step.state) {
        (Task::Computer, State::ToDo) => format!("{}  {}", (text.at)(at), text.saved),
        (_, state) => format!("{}{kind}  ({})", (text.at)(at), words::state(state, lang)),
    };
    // - red is for the broken account alone
    let look = if step.broken && step.state.is_open() { Name::Danger } else { Name::Title };
    let mut items =
        vec![Item::told(&place, Name::Dim), Item::told(&words::step(step.task, lang, &titled), look)];
    let reasons = words::reasons(step, lang, &titled);
    items.extend(reasons.iter().take(REASONS).map(|one| Item::told(&format!("- {one}"), Name::Text)));
    if reasons.len() > REASONS {
        items.push(Item::told(&(text.more)(reasons.len() - REASONS), Name::Dim));
    }
    if plan.next().is_none() && incident.closed().is_none() {
        let unticked = plan.steps.iter().any(|step| !guide::unticked(incident, step).is_empty());
        items.push(Item::told(&words::all_over(unticked, lang), Name::Title));
    }
    if !step.note.is_empty() {
        items.push(Item::told(&(text.note)(&sanitise::line(&step.note)), Name::Text));
    }
    items.push(Item::gap());
    items.push(match step.kept {
        true => Item::told(words::kept(lang), Name::Warn),
        false => Item::told(words::advice(step.task, step.state, step.broken, lang), Name::Text),
    });
    if at == 0 && !incident.note().is_empty() {
        let note = sanitise::line(incident.note());
        items.push(Item::told(&format!("{}: {note}", name(open, incident, shell)), Name::Dim));
    }
    items.push(Item::gap());
    items
}

/// Backups that are named; the rest is counted.
const BACKUPS: usize = 6;

/// The backups that open with the master password of before.
pub fn backups(all: &[Backup], shell: &Shell) -> Vec<Item> {
    let text = &shell.catalog().tui.page.incident;
    let line = |one: &Backup| {
        let path = sanitise::line(&one.path.display().to_string()).into_owned();
        Item::told(&format!("{}  {path}", moment(one.ms, shell)), Name::Text)
    };
    let mut items = vec![Item::gap()];
    items.extend(all.iter().take(BACKUPS).map(line));
    if all.len() > BACKUPS {
        items.push(Item::told(&(text.more)(all.len() - BACKUPS), Name::Dim));
    }
    items
}

/// The lines of the list of steps beside it: mark, number, title.
pub fn list(open: &Open, plan: &Plan, shell: &Shell) -> Vec<(String, Name)> {
    let titled = |id| title(open, id);
    let line = |(at, step): (usize, &Step)| {
        let mark = match step.state {
            State::ToDo => "[ ]",
            State::Staged | State::Forced => "[~]",
            State::Done | State::Closed => "[x]",
            State::Skipped | State::Gone => "[-]",
        };
        let look = match (step.broken && step.state.is_open(), step.state.is_open()) {
            (true, _) => Name::Danger,
            (false, true) => Name::Text,
            (false, false) => Name::Dim,
        };
        (format!("{mark} {at:>2} {}", words::step(step.task, shell.lang, &titled)), look)
    };
    plan.steps.iter().enumerate().map(line).collect()
}
