//! Steps of undo: every change of the vault goes through [`apply`], which keeps its inverse, takes
//! the change into the list and saves. However many entries it touches, it is one step.
//!
//! Not here: what is for ever (purging); it takes no part in undo.

use std::collections::{BTreeSet, HashSet};

use super::{Open, copy, list};
use crate::model::{Id, Section, Tag, Vault};
use crate::ops::change::{Change, Edit};
use crate::tui::app::Shell;
use crate::tui::effect::Effect;
use crate::tui::notice::{Deed, Notice};
use crate::tui::task::{self, Task, Then};

/// What undo or redo does next.
#[derive(Debug)]
pub struct Step {
    /// The change that does it.
    pub change: Change,
    /// What had been done.
    pub deed: Deed,
    /// To how many entries.
    pub count: usize,
}

/// Applies a change as one step, with what it was read off it; false when it was refused.
pub fn apply(open: &mut Open, change: &Change, shell: &mut Shell, out: &mut Vec<Effect>) -> bool {
    let (deed, count) = deed(change, open.contents.session().vault());
    apply_as(open, change, (deed, count), shell, out)
}

/// Applies a change as one step that is called so; false when it was refused.
pub fn apply_as(
    open: &mut Open,
    change: &Change,
    (deed, count): (Deed, usize),
    shell: &mut Shell,
    out: &mut Vec<Effect>,
) -> bool {
    if task::is_large(change) {
        let (change, deed, spent) = (change.clone(), (deed, count), Vec::new());
        open.work = Some(Task::Apply { change, then: Then::Act, deed, spent });
        return true;
    }
    let Some(change) = open.contents.apply(change, shell.now.wall_ms, &mut *shell.entropy) else {
        return false;
    };
    push(open, Step { change, deed, count });
    list::refresh(open, shell);
    copy::save(open, shell, out);
    true
}

/// A step that can be undone; what was undone before it cannot be redone any more.
pub fn push(open: &mut Open, step: Step) {
    open.undo.push(step);
    open.redo.clear();
}

/// True for a change of any of these entries.
pub fn touches(change: &Change, ids: &HashSet<Id>) -> bool {
    match change {
        Change::Write { record, .. } => ids.contains(record),
        Change::Trash(id) | Change::Unmake(id) | Change::PurgeHistory(id) | Change::Purge(id) => {
            ids.contains(id)
        }
        Change::Many(all) => all.iter().any(|one| touches(one, ids)),
    }
}

/// Undoes the last step, or does again what was undone last.
pub fn replay(open: &mut Open, undo: bool, shell: &mut Shell, out: &mut Vec<Effect>) {
    let from = if undo { &mut open.undo } else { &mut open.redo };
    let Some(step) = from.pop() else { return };
    if task::is_large(&step.change) {
        let then = if undo { Then::Undo } else { Then::Redo };
        let (deed, spent) = ((step.deed, step.count), Vec::new());
        return open.work = Some(Task::Apply { change: step.change, then, deed, spent });
    }
    // - what was deleted for ever must not come back in pieces
    let Some(change) = living(step.change, open.contents.session().vault()) else {
        return shell.tell(Notice::StepGone);
    };
    let Some(inverse) = open.contents.apply(&change, shell.now.wall_ms, &mut *shell.entropy) else { return };
    let back = Step { change: inverse, ..step };
    let (deed, count) = (back.deed, back.count);
    if undo { &mut open.redo } else { &mut open.undo }.push(back);
    list::refresh(open, shell);
    // - what it was about is in front, unless the cursor stands on some of it
    let here = open.listed().is_some_and(|id| touches(&change, &HashSet::from([id])));
    if let Some(id) = first(&change).filter(|_| !here) {
        copy::select(open, id, shell);
    }
    copy::save(open, shell, out);
    shell.tell(if undo { Notice::Undone(deed, count) } else { Notice::Redone(deed, count) });
}

/// The first entry that a change touches.
fn first(change: &Change) -> Option<Id> {
    match change {
        Change::Write { section: Section::Entries, record, .. } => Some(*record),
        Change::Write { .. } => None,
        Change::Trash(id) | Change::Unmake(id) | Change::PurgeHistory(id) | Change::Purge(id) => Some(*id),
        Change::Many(all) => all.iter().find_map(first),
    }
}

/// A change without what touches entries that were deleted for ever; none when nothing is left.
pub fn living(change: Change, vault: &Vault) -> Option<Change> {
    // - what was undone is out of sight and may come again; what was purged may not
    let lives = |id: Id| vault.record(id).is_some_and(|record| !record.is_tombstone());
    match change {
        Change::Write { section: Section::Entries, record, .. } if !lives(record) => None,
        Change::Trash(id) | Change::Unmake(id) if !lives(id) => None,
        Change::Many(all) => {
            let left: Vec<Change> = all.into_iter().filter_map(|one| living(one, vault)).collect();
            (!left.is_empty()).then_some(Change::Many(left))
        }
        other => Some(other),
    }
}

/// What a change does, and to how many entries.
fn deed(change: &Change, vault: &Vault) -> (Deed, usize) {
    let mut seen = BTreeSet::new();
    let mut what = None;
    look(change, vault, &mut seen, &mut what);
    (what.unwrap_or(Deed::Settings), seen.len())
}

fn look(change: &Change, vault: &Vault, seen: &mut BTreeSet<Id>, what: &mut Option<Deed>) {
    let (id, deed) = match change {
        Change::Many(all) => return all.iter().for_each(|one| look(one, vault, seen, what)),
        Change::Write { section: Section::Entries, record, edits, .. } => {
            let new = vault.record(*record).is_none();
            (*record, if new { Deed::Added } else { of_edits(edits) })
        }
        Change::Write { .. } => return,
        Change::Trash(id) => (*id, Deed::Trashed),
        Change::Unmake(id) => (*id, Deed::Edited),
        Change::PurgeHistory(id) | Change::Purge(id) => (*id, Deed::Edited),
    };
    seen.insert(id);
    *what = Some(what.filter(|before| *before != deed).map_or(deed, |_| Deed::Edited));
}

fn of_edits(edits: &[Edit]) -> Deed {
    let only = |tag: Tag| edits.iter().all(|edit| edit.tag == tag);
    let sets = edits.iter().any(|edit| !edit.value.is_empty());
    let either = |yes: Deed, no: Deed| if sets { yes } else { no };
    match () {
        () if only(Tag::FOLDER) => Deed::Moved,
        () if only(Tag::LABEL) => Deed::Tagged,
        () if only(Tag::FAVOURITE) => either(Deed::Favourite, Deed::NoFavourite),
        () if only(Tag::ARCHIVED) => either(Deed::Archived, Deed::Unarchived),
        () if only(Tag::TRASH) => either(Deed::Trashed, Deed::Restored),
        () => Deed::Edited,
    }
}
