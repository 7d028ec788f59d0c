//! What is done to many entries at once, as data: the changes are made where they are applied. A few
//! are done at once; of many the vault goes away with it ([`crate::tui::task`]) and no key waits.
//!
//! Either way it is one change, one step of undo, one save; only what is deleted for ever is no step.

use std::collections::HashSet;

use super::steps::{self, Step};
use super::{Open, copy, list};
use crate::crypto::entropy::{Entropy, array};
use crate::model::{Id, Section, State, Tag};
use crate::ops::change::{Change, Edit};
use crate::ops::edit::EntryEdit;
use crate::ops::filing;
use crate::ops::staged::many::{self, End};
use crate::session;
use crate::tui::app::Shell;
use crate::tui::effect::Effect;
use crate::tui::notice::{Deed, Notice, TrashTold};
use crate::tui::task::{self, Task};

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// A flag is set on all; taken from all where none is without.
    Toggle(Tag),
    /// A flag is set, or taken away.
    Flag(Tag, bool),
    /// To this folder; one that is left empty is kept.
    Folder(String),
    /// These tags are given and those taken.
    Tags(Vec<String>, Vec<String>),
    /// Into the trash.
    Trash,
    /// Out of it.
    Restore,
    /// Deleted for ever.
    Purge,
    /// A new password for each beside the old one, with a reason; and the rules of hosts in the settings.
    Stage(String, Vec<(String, String)>),
    /// The changes under way end so.
    End(End),
}

/// An act and the entries that it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bulk {
    /// Which.
    pub ids: Vec<Id>,
    /// What.
    pub act: Act,
}

/// What became of it.
#[derive(Debug)]
pub enum Became {
    /// Nothing differs.
    Nothing,
    /// The vault refused it.
    Refused,
    /// So many entries are changed, as one step.
    Changed(Deed, usize),
    /// So many entries are gone.
    Purged(usize),
}

impl Bulk {
    /// What undo calls it.
    pub fn deed(&self) -> Deed {
        match self.act {
            Act::Toggle(_) => Deed::Edited,
            Act::Flag(Tag::FAVOURITE, true) => Deed::Favourite,
            Act::Flag(Tag::FAVOURITE, false) => Deed::NoFavourite,
            Act::Flag(_, true) => Deed::Archived,
            Act::Flag(_, false) => Deed::Unarchived,
            Act::Folder(_) => Deed::Moved,
            Act::Tags(..) => Deed::Tagged,
            Act::Trash => Deed::Trashed,
            Act::Restore => Deed::Restored,
            Act::Purge => Deed::Edited,
            Act::Stage(..) => Deed::Staged,
            Act::End(End::Confirm) => Deed::Confirmed,
            Act::End(End::Discard) => Deed::Discarded,
        }
    }

    /// The changes, and how many entries they touch.
    fn changes(
        &self,
        session: &session::Open,
        now_ms: u64,
        entropy: &mut dyn Entropy,
    ) -> (Vec<Change>, usize) {
        let vault = session.vault();
        let mut all = Vec::with_capacity(self.ids.len());
        match &self.act {
            Act::Trash => {
                let there = |id: &&Id| vault.entry(**id).is_some_and(|one| one.state() != State::Trashed);
                all.extend(self.ids.iter().filter(there).map(|id| Change::Trash(*id)));
            }
            Act::Restore => {
                all.extend(self.ids.iter().filter_map(|id| vault.record(*id)).map(|record| Change::Write {
                    section: Section::Entries,
                    record: record.id,
                    kind: record.kind,
                    edits: vec![Edit { tag: Tag::TRASH, element: None, value: Box::default() }],
                }));
            }
            Act::Purge => all.extend(self.ids.iter().map(|id| Change::Purge(*id))),
            Act::Stage(reason, rules) => {
                let mut sealer = session.sealer(&mut *entropy);
                if let Ok(Some(Change::Many(made))) =
                    many::stage(vault, &self.ids, (reason, rules), now_ms, &mut sealer)
                {
                    all.extend(made);
                }
            }
            // - what takes these back is no inverse
            Act::End(_) => {}
            Act::Toggle(_) | Act::Flag(..) | Act::Folder(_) | Act::Tags(..) => {
                let mut sealer = session.sealer(&mut *entropy);
                for record in self.ids.iter().filter_map(|id| vault.record(*id)) {
                    let mut edit = EntryEdit::of(&mut sealer, record);
                    if self.edit(&mut edit) {
                        all.extend(edit.finish());
                    }
                }
            }
        }
        let count = all.len();
        if let (Act::Folder(to), true) = (&self.act, count > 0) {
            let mut sealer = session.sealer(entropy);
            for path in filing::emptied(vault, &self.ids).iter().filter(|path| *path != to) {
                all.extend(sealer.id().ok().and_then(|fresh| filing::keep(vault, path, fresh)));
            }
        }
        (all, count)
    }

    /// Edits one entry; false when it is to stay as it is.
    fn edit(&self, edit: &mut EntryEdit<'_, '_>) -> bool {
        match &self.act {
            Act::Flag(tag, wanted) => edit.flag(*tag, *wanted),
            Act::Folder(to) => edit.text(Tag::FOLDER, to),
            Act::Tags(add, drop) => {
                return edit.shift(Tag::LABEL, &plain(add), &plain(drop)).is_ok();
            }
            Act::Toggle(_) | Act::Trash | Act::Restore | Act::Purge | Act::Stage(..) | Act::End(_) => {}
        }
        true
    }

    /// Ends changes of passwords that are under way.
    fn end(self, how: End, open: &mut Open, now_ms: u64, entropy: &mut dyn Entropy) -> Became {
        let deed = self.deed();
        let vault = open.contents.session().vault();
        let ended = many::end(vault, &self.ids, how, &mut || array(&mut *entropy).map(Id));
        let Ok(Some(step)) = ended else { return Became::Nothing };
        let count = match &step.change {
            Change::Many(all) => all.len(),
            _ => 1,
        };
        match open.contents.apply(&step.change, now_ms, entropy) {
            Some(_) => {
                steps::push(open, Step { change: step.back, deed, count });
                Became::Changed(deed, count)
            }
            None => Became::Refused,
        }
    }

    /// Does it to the vault; neither the list nor the disk knows of it yet.
    pub fn perform(mut self, open: &mut Open, now_ms: u64, entropy: &mut dyn Entropy) -> Became {
        if let Act::End(how) = self.act {
            return self.end(how, open, now_ms, entropy);
        }
        if let Act::Toggle(tag) = self.act {
            let vault = open.contents.session().vault();
            let has = |id: &Id| vault.record(*id).is_some_and(|record| !record.value(tag).is_empty());
            self.act = Act::Flag(tag, !self.ids.iter().all(has));
        }
        let (changes, count) = self.changes(open.contents.session(), now_ms, entropy);
        if count == 0 {
            return Became::Nothing;
        }
        let change = Change::Many(changes);
        if self.act == Act::Purge {
            if !open.contents.apply_for_ever(&change, now_ms, entropy) {
                return Became::Refused;
            }
            // - what would bring pieces of them back is forgotten, too
            let gone: HashSet<Id> = self.ids.into_iter().collect();
            open.undo.retain(|step| !steps::touches(&step.change, &gone));
            open.redo.retain(|step| !steps::touches(&step.change, &gone));
            if open.turn.is_some_and(|(id, _)| gone.contains(&id)) {
                open.turn = None;
            }
            open.purged.extend(gone);
            return Became::Purged(count);
        }
        let deed = self.deed();
        match open.contents.apply(&change, now_ms, entropy) {
            Some(change) => {
                steps::push(open, Step { change, deed, count });
                Became::Changed(deed, count)
            }
            None => Became::Refused,
        }
    }
}

/// Does it, at once or as a job.
pub fn run(open: &mut Open, bulk: Bulk, shell: &mut Shell, out: &mut Vec<Effect>) {
    if bulk.ids.len() >= task::MANY {
        return open.work = Some(Task::Bulk(bulk));
    }
    let became = bulk.perform(open, shell.now.wall_ms, &mut *shell.entropy);
    if took(open, became, shell) {
        copy::save(open, shell, out);
    }
}

/// Takes what became of it into the list, and tells; true when the vault is another now.
pub fn took(open: &mut Open, became: Became, shell: &mut Shell) -> bool {
    let notice = match became {
        Became::Nothing => return told(shell, Notice::NothingChanged),
        Became::Refused => return told(shell, Notice::ChangeRefused),
        Became::Purged(count) => Notice::Trash(TrashTold::Purged(count)),
        Became::Changed(Deed::Restored, count) => Notice::Trash(TrashTold::Restored(count)),
        Became::Changed(deed, count) => Notice::Done(deed, count),
    };
    list::refresh(open, shell);
    shell.tell(notice);
    true
}

fn plain(all: &[String]) -> Vec<&str> {
    all.iter().map(String::as_str).collect()
}

fn told(shell: &mut Shell, notice: Notice) -> bool {
    shell.tell(notice);
    false
}
