//! Marks, and the keys that act on all marked entries or else on the selected one: favourite, archive,
//! trash ([`super::bulk`] does it).

use std::collections::HashSet;

use super::bulk::{self, Act, Bulk};
use super::{Open, Pane, list};
use crate::model::{Id, State, Tag};
use crate::tui::app::Shell;
use crate::tui::command::Command;
use crate::tui::effect::Effect;
use crate::tui::page::ask::{Ask, Then};

impl Open {
    /// The entries that an act means: all that are marked in the list, else the selected one.
    pub fn targets(&self) -> Vec<Id> {
        if self.pages.is_empty() && !self.list.marks.is_empty() {
            // - in the order of the list, so that the same act is always the same change
            let mut hidden = self.list.marks.clone();
            let shown = self.list.hits.iter().filter_map(|row| self.contents.id(*row));
            let mut all: Vec<Id> = shown.filter(|id| hidden.remove(id)).collect();
            all.extend(hidden);
            return all;
        }
        self.selected().into_iter().collect()
    }

    /// There are such entries.
    pub fn has_targets(&self) -> bool {
        self.pages.is_empty() && !self.list.marks.is_empty() || self.selected().is_some()
    }
}

/// Marks the selected entry, or no longer, and goes on to the next.
pub fn toggle(open: &mut Open, shell: &Shell) {
    let Some(id) = open.listed() else { return };
    if !open.list.marks.remove(&id) {
        mark(open, [id]);
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
        mark(open, shown);
    }
}

fn mark(open: &mut Open, ids: impl IntoIterator<Item = Id>) {
    let (shelf, list) = (open.contents.shelf(), &mut open.list);
    let searching = !list.query.is_empty();
    for id in ids {
        list.marks.insert(id);
        if searching && shelf.state_of(id) == Some(State::Archived) {
            list.archived.insert(id);
        }
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
                bulk::run(open, Bulk { ids, act: Act::Trash }, shell, out);
            }
        }
        _ => return false,
    }
    true
}

/// Sets a flag on all, or takes it from all that have it when none is without.
fn flag(open: &mut Open, tag: Tag, shell: &mut Shell, out: &mut Vec<Effect>) {
    let ids = open.targets();
    bulk::run(open, Bulk { ids, act: Act::Toggle(tag) }, shell, out);
}
