//! What is done to an incident, as changes: opening it, what is said of a step, ticks, notes, closing.
//! Each can be undone like any other change.

use crate::crypto::entropy::EntropyError;
use crate::model::incident::{Cause, Incident, Reason, Scope, StepState, Task, trigger_value};
use crate::model::{Id, Record, Section, Tag};
use crate::ops::change::{Change, Edit};
use crate::ops::edit::Sealer;
use crate::secret::Secret;

/// What an incident begins with.
pub enum Begin<'a> {
    /// This account was broken into.
    Entry(Id),
    /// This password became known.
    Password(&'a Secret),
    /// This user name was taken over.
    UserName(&'a str),
}

impl std::fmt::Debug for Begin<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Begin::Entry(id) => write!(out, "Entry({id})"),
            Begin::Password(_) => out.write_str("Password(..)"),
            Begin::UserName(name) => write!(out, "UserName({name:?})"),
        }
    }
}

/// How an incident is opened.
#[derive(Debug)]
pub struct Opening<'a> {
    /// What it begins with.
    pub begin: Begin<'a>,
    /// Since when the account is thought to be in other hands, ms; `now_ms` or earlier.
    pub since_ms: u64,
    /// What happened, in the person's own words; may be empty.
    pub note: &'a str,
    /// What it reaches beside.
    pub scope: &'a [Scope],
    /// Now.
    pub now_ms: u64,
}

fn edit(tag: Tag, element: Option<Id>, value: &[u8]) -> Edit {
    Edit { tag, element, value: value.into() }
}

/// The change that opens an incident, and its id. Step 0 is in it; the other steps come with
/// [`absorb`].
pub fn open(sealer: &mut Sealer<'_>, opening: &Opening<'_>) -> Result<(Id, Change), EntropyError> {
    let record = sealer.id()?;
    let (entry, user) = match opening.begin {
        Begin::Entry(id) => (Some(id), ""),
        Begin::UserName(name) => (None, name.trim()),
        Begin::Password(_) => (None, ""),
    };
    let mut edits = vec![
        edit(Tag::INCIDENT_TRIGGER, None, &trigger_value(entry, user)),
        edit(Tag::INCIDENT_OPENED, None, &opening.now_ms.to_le_bytes()),
        edit(Tag::STEP, Some(Task::Computer.element()), &Task::Computer.write()),
    ];
    if opening.since_ms < opening.now_ms {
        edits.push(edit(Tag::INCIDENT_SINCE, None, &opening.since_ms.to_le_bytes()));
    }
    if !opening.note.is_empty() {
        edits.push(edit(Tag::INCIDENT_NOTE, None, opening.note.as_bytes()));
    }
    if let Begin::Password(password) = opening.begin {
        let sealed = sealer.seal(record, password.expose().as_bytes())?;
        edits.push(edit(Tag::INCIDENT_PASSWORD, None, &sealed));
    }
    edits
        .extend(opening.scope.iter().map(|one| edit(Tag::INCIDENT_SCOPE, Some(one.element()), &one.write())));
    if let Some(id) = entry {
        let task = Task::Password(id);
        let reasons = Reason::write_all(&[Reason::new(Cause::Broken, None)]);
        edits.push(edit(Tag::STEP, Some(task.element()), &task.write()));
        edits.push(edit(Tag::STEP_REASON, Some(task.element()), &reasons));
    }
    Ok((record, Change::Write { section: Section::Incidents, record, kind: 0, edits }))
}

fn write(record: &Record, mut edits: Vec<Edit>) -> Option<Change> {
    edits.retain(|one| record.attr(one.tag, one.element).map_or(&[][..], |attr| attr.value()) != &*one.value);
    let (section, record, kind) = (Section::Incidents, record.id, record.kind);
    (!edits.is_empty()).then_some(Change::Write { section, record, kind, edits })
}

fn step(task: Task) -> Edit {
    edit(Tag::STEP, Some(task.element()), &task.write())
}

/// Says the state of a step, and why, where there is a reason: an empty `note` leaves the old one. It
/// is written also where the same was said before: what an entry told in between is then over.
pub fn say(incident: Incident<'_>, task: Task, state: StepState, note: &str) -> Change {
    let element = Some(task.element());
    let mut edits = vec![step(task), edit(Tag::STEP_STATE, element, &[state.byte()])];
    if !note.is_empty() {
        edits.push(edit(Tag::STEP_NOTE, element, note.as_bytes()));
    }
    Change::Write { section: Section::Incidents, record: incident.id(), kind: incident.0.kind, edits }
}

/// Sets the note of a step. None when it is the same.
pub fn note(incident: Incident<'_>, task: Task, note: &str) -> Option<Change> {
    let edits = vec![step(task), edit(Tag::STEP_NOTE, Some(task.element()), note.as_bytes())];
    write(incident.0, edits)
}

/// Ticks an item of a step's checklist, or takes the tick away. None when it is so already.
pub fn tick(incident: Incident<'_>, task: Task, item: &str, on: bool) -> Option<Change> {
    let mut value = Vec::new();
    if on {
        value.extend_from_slice(&task.element().0);
        value.extend_from_slice(item.as_bytes());
    }
    write(incident.0, vec![step(task), edit(Tag::STEP_TICK, Some(task.tick(item)), &value)])
}

/// Puts something into what the incident reaches, or takes it out. None when it is so already.
pub fn reach(incident: Incident<'_>, scope: Scope, on: bool) -> Option<Change> {
    let value = scope.write();
    let value = if on { &value[..] } else { &[] };
    write(incident.0, vec![edit(Tag::INCIDENT_SCOPE, Some(scope.element()), value)])
}

/// Sets what happened, in the person's words. None when it is the same.
pub fn describe(incident: Incident<'_>, note: &str) -> Option<Change> {
    write(incident.0, vec![edit(Tag::INCIDENT_NOTE, None, note.as_bytes())])
}

/// Closes an incident, or opens it again. None when it is so already.
pub fn close(incident: Incident<'_>, closed_ms: Option<u64>) -> Option<Change> {
    if incident.closed().is_some() == closed_ms.is_some() {
        return None;
    }
    let value = closed_ms.map(u64::to_le_bytes);
    let value = value.as_ref().map_or(&[][..], |bytes| &bytes[..]);
    write(incident.0, vec![edit(Tag::INCIDENT_CLOSED, None, value)])
}

/// The account of a step is closed: its entry is archived. None when the step is about no entry.
pub fn close_account(incident: Incident<'_>, entry: &Record, task: Task, note: &str) -> Option<Change> {
    if task.entry() != Some(entry.id) {
        return None;
    }
    let mut all = vec![say(incident, task, StepState::Closed, note)];
    if entry.value(Tag::ARCHIVED).is_empty() {
        let edits = vec![edit(Tag::ARCHIVED, None, &[1])];
        let (section, record, kind) = (Section::Entries, entry.id, entry.kind);
        all.push(Change::Write { section, record, kind, edits });
    }
    Some(Change::Many(all))
}

/// Takes what was gathered into the record: steps that are new, reasons that are new. What is there
/// stays. None when there is nothing new.
pub fn absorb(incident: Incident<'_>, found: &super::Found) -> Option<Change> {
    let mut edits = Vec::new();
    for (task, reasons) in found.steps() {
        let mut all = incident.step(task).reasons;
        for one in reasons {
            // A password that was changed since is found as a former one: what it was then stays told.
            let known = |have: &Reason| {
                have.via == one.via
                    && (have.cause == one.cause
                        || (is_password(have.cause) && is_password(one.cause) && have.cause < one.cause))
            };
            if !all.iter().any(known) {
                all.push(*one);
            }
        }
        all.truncate(REASONS_MAX);
        edits.push(step(task));
        edits.push(edit(Tag::STEP_REASON, Some(task.element()), &Reason::write_all(&all)));
    }
    write(incident.0, edits)
}

/// The passwords are the same or alike, now or before.
fn is_password(cause: Cause) -> bool {
    matches!(cause, Cause::Same | Cause::SameBefore | Cause::Similar | Cause::SimilarBefore)
}

/// Reasons that are kept of a step.
const REASONS_MAX: usize = 32;
