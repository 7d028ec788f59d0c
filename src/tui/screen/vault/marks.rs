//! Marks, and what acts on all marked entries or else on the selected one: favourite, archive,
//! trash, folder, tags. Each is one change, one step of undo, one save.

use std::collections::HashSet;

use super::{Open, Pane, list, steps};
use crate::model::{Id, State, Tag};
use crate::ops::change::Change;
use crate::ops::edit::EntryEdit;
use crate::tui::app::Shell;
use crate::tui::command::Command;
use crate::tui::effect::Effect;
use crate::tui::notice::{Deed, Notice};
use crate::tui::page::ask::{Ask, Then};

/// Marks the selected entry, or no longer, and goes on to the next.
pub fn toggle(open: &mut Open, shell: &Shell) {
    let Some(id) = open.listed() else { return };
    if !open.list.marks.remove(&id) {
        open.list.marks.insert(id);
    }
    if open.focus == Pane::List {
        list::travel(open, Command::Down, shell);
    }
}

/// Marks all that are shown; none of them when all are marked.
pub fn toggle_all(open: &mut Open) {
    let shown: HashSet<Id> = open.list.hits.iter().filter_map(|row| open.contents.id(*row)).collect();
    if shown.iter().all(|id| open.list.marks.contains(id)) {
        open.list.marks.retain(|id| !shown.contains(id));
    } else {
        open.list.marks.extend(shown);
    }
}

/// Does what acts on all marked entries; false when the command is none of these.
pub fn update(open: &mut Open, command: Command, shell: &mut Shell, out: &mut Vec<Effect>) -> bool {
    match command {
        Command::Favourite => flag(open, Tag::FAVOURITE, shell, out),
        Command::Archive => flag(open, Tag::ARCHIVED, shell, out),
        Command::Trash => {
            let ids = open.targets();
            if ids.len() > 1 {
                let ask = Ask::new(Then::Trash(ids), open);
                open.pages.push(Box::new(ask));
            } else {
                trash(open, &ids, shell, out);
            }
        }
        _ => return false,
    }
    true
}

/// Sets a flag on all, or takes it from all that have it when none is without.
fn flag(open: &mut Open, tag: Tag, shell: &mut Shell, out: &mut Vec<Effect>) {
    let ids = open.targets();
    let has = |id: &Id| {
        open.contents.entry(*id).is_some_and(|entry| match tag {
            Tag::FAVOURITE => entry.favourite(),
            _ => !entry.0.value(tag).is_empty(),
        })
    };
    let wanted = !ids.iter().all(has);
    let deed = match (tag, wanted) {
        (Tag::FAVOURITE, true) => Deed::Favourite,
        (Tag::FAVOURITE, false) => Deed::NoFavourite,
        (_, true) => Deed::Archived,
        (_, false) => Deed::Unarchived,
    };
    edit(open, &ids, deed, shell, out, |edit| {
        edit.flag(tag, wanted);
        true
    });
}

/// Edits entries as one step and tells what was done; the number of those that changed.
pub fn edit(
    open: &mut Open,
    ids: &[Id],
    deed: Deed,
    shell: &mut Shell,
    out: &mut Vec<Effect>,
    mut how: impl FnMut(&mut EntryEdit<'_, '_>) -> bool,
) -> usize {
    let changes = changes(open, ids, shell, &mut how);
    let count = changes.len();
    if count == 0 {
        shell.tell(Notice::NothingChanged);
        return 0;
    }
    if steps::apply_as(open, &Change::Many(changes), (deed, count), shell, out) {
        shell.tell(Notice::Done(deed, count));
    } else {
        shell.tell(Notice::ChangeRefused);
    }
    count
}

/// The changes that edit entries, one for each that differs afterwards.
pub fn changes(
    open: &Open,
    ids: &[Id],
    shell: &mut Shell,
    how: &mut dyn FnMut(&mut EntryEdit<'_, '_>) -> bool,
) -> Vec<Change> {
    let session = open.contents.session();
    let mut sealer = session.sealer(&mut *shell.entropy);
    let mut all = Vec::with_capacity(ids.len());
    for record in ids.iter().filter_map(|id| session.vault().record(*id)) {
        let mut edit = EntryEdit::of(&mut sealer, record);
        if how(&mut edit) {
            all.extend(edit.finish());
        }
    }
    all
}

/// Moves entries to the trash.
pub fn trash(open: &mut Open, ids: &[Id], shell: &mut Shell, out: &mut Vec<Effect>) {
    let there = |id: &&Id| open.contents.entry(**id).is_some_and(|entry| entry.state() != State::Trashed);
    let all: Vec<Change> = ids.iter().filter(there).map(|id| Change::Trash(*id)).collect();
    let count = all.len();
    if count > 0 && steps::apply_as(open, &Change::Many(all), (Deed::Trashed, count), shell, out) {
        shell.tell(Notice::Done(Deed::Trashed, count));
    }
}
