//! The open vault: the list and the detail of the selected entry. [`Open`] is everything decrypted;
//! dropping it is the lock.

pub mod bulk;
pub mod copy;
pub mod detail;
mod layout;
pub mod list;
pub mod marks;
mod pages;
pub mod reveal;
mod route;
pub mod saving;
pub mod search;
pub mod side;
pub mod signs;
pub mod steps;
pub mod watch;

use std::time::Duration;

pub use self::layout::{Layout, TWO_PANES, layout, outline, view};
pub use self::pages::{again, done, hide, keep, key, settle, tick, update};
pub use self::route::back;
use self::watch::Watch;
use crate::model::Id;
use crate::tui::app::Shell;
use crate::tui::command::Scope;
use crate::tui::contents::{Contents, Part};
use crate::tui::effect::{Effect, JobId};
use crate::tui::health;
use crate::tui::page::generator::Past;
use crate::tui::page::names::Named;
use crate::tui::page::{Page, staged};
use crate::tui::shelf::Filter;
use crate::tui::task::Task;

/// Which pane has the focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pane {
    /// The list.
    List,
    /// The detail.
    Detail,
}

/// What was copied of which entry: for the toast.
#[derive(Debug)]
pub struct Copied {
    /// Label of the part.
    pub label: String,
    /// Title of the entry.
    pub title: String,
}

/// An open vault with everything a person sees of it.
pub struct Open {
    /// The vault.
    pub contents: Contents,
    /// The list.
    pub list: list::State,
    /// The sidebar.
    pub side: side::State,
    /// The detail.
    pub detail: detail::State,
    /// Which pane.
    pub focus: Pane,
    /// A secret that is shown.
    pub reveal: Option<reveal::Reveal>,
    /// Inverses of the changes of this session, oldest first.
    pub undo: Vec<steps::Step>,
    /// Inverses of what was undone.
    pub redo: Vec<steps::Step>,
    /// What was copied last.
    pub copied: Option<Copied>,
    /// A code that is copied as soon as the one before it has ended: of which entry, and when.
    pub next_code: Option<(Id, Duration)>,
    /// A change of a password that was left half done.
    pub left: Option<Box<staged::Draft>>,
    /// An address that a browser is to open: the job, and of which entry.
    pub browsing: Option<(JobId, Id)>,
    /// Copying in turn: of which entry, and what comes next.
    pub turn: Option<(Id, u8)>,
    /// The file, watched.
    pub watch: Watch,
    /// What was generated in this session.
    pub past: Past,
    /// Pages over the list, the topmost last.
    pub pages: Vec<Box<dyn Page>>,
    /// What was deleted for ever, until it is saved and backups were looked into.
    pub purged: Vec<Id>,
    /// Long work that is to begin: the vault goes away with it and comes back.
    pub work: Option<Task>,
    /// The health check in the background.
    pub health: health::State,
}

impl std::fmt::Debug for Open {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Open(..)")
    }
}

impl Open {
    /// A vault that was just opened.
    pub fn new(mut contents: Contents, shell: &Shell) -> Open {
        contents.retime(shell.settings.intervals);
        let mut open = Open {
            contents,
            list: list::State::default(),
            side: side::State::default(),
            detail: detail::State::default(),
            focus: Pane::List,
            reveal: None,
            undo: Vec::new(),
            redo: Vec::new(),
            copied: None,
            next_code: None,
            left: None,
            browsing: None,
            turn: None,
            watch: Watch { at: shell.now.boot, ..Watch::default() },
            past: Past::default(),
            pages: Vec::new(),
            purged: Vec::new(),
            work: None,
            health: health::State::default(),
        };
        list::refresh(&mut open, shell);
        open
    }

    /// The entry that the keys of entries mean: of the page in front, else of the list.
    pub fn selected(&self) -> Option<Id> {
        match self.pages.last() {
            Some(page) => page.selected(),
            None => self.listed(),
        }
    }

    /// There is nothing in the vault that a list could show, and nothing narrows it.
    pub fn is_bare(&self) -> bool {
        self.list.all == 0 && self.list.filter == Filter::All && self.list.query.is_empty()
    }

    /// The entry that is selected in the list.
    pub fn listed(&self) -> Option<Id> {
        self.contents.id(*self.list.hits.get(self.list.cursor)?)
    }

    /// The folders or tags that the keys of such mean: of the page in front, else of the sidebar.
    pub fn named(&self) -> Option<Named> {
        match self.pages.last() {
            Some(page) => page.named(self),
            None => side::named(self).filter(|_| self.side.focused),
        }
    }

    /// The scopes whose keys act.
    pub fn scopes(&self) -> &'static [Scope] {
        if let Some(page) = self.pages.last() {
            page.scopes()
        } else if self.list.searching {
            &[Scope::Search, Scope::Field, Scope::Anywhere]
        } else if self.side.focused {
            &[Scope::Filing, Scope::Browse, Scope::Anywhere]
        } else {
            &[Scope::Entry, Scope::Browse, Scope::Anywhere]
        }
    }

    /// The secret that the reveal key means: of the focused row of the detail, where that is one,
    /// else the first of the entry, the password before all others.
    pub fn secret_in_focus(&self) -> Option<Part> {
        let id = self.selected()?;
        let focused = self.detail.part.filter(|_| self.focus == Pane::Detail && self.pages.is_empty());
        if let Some(part) = focused.filter(|part| self.contents.is_secret(id, *part)) {
            return Some(part);
        }
        let fields = self.contents.entry(id)?.fields().len();
        [Part::Password, Part::Code]
            .into_iter()
            .chain((0..fields).map(Part::Field))
            .chain([Part::Notes])
            .find(|part| self.contents.has(id, *part) && self.contents.is_secret(id, *part))
    }
}

/// Drops the vault, which wipes it. Of a large one the keys and all that was typed or shown go at once,
/// the rest on another thread: the screen is locked before it is done.
pub fn forget(mut open: Box<Open>, out: &mut Vec<Effect>) {
    if !open.contents.is_large() {
        return;
    }
    open.contents.session_mut().forget_keys();
    pages::hide(&mut open);
    open.pages.clear();
    (open.left, open.copied, open.past) = (None, None, Past::default());
    open.list.search.clear();
    out.push(Effect::Wipe(open));
}
