//! The open vault: the list and the detail of the selected entry. [`Open`] is everything decrypted;
//! dropping it is the lock.

pub mod copy;
pub mod detail;
pub mod list;
pub mod reveal;

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Cursor, Row, window};
use crate::model::Id;
use crate::ops::change::Change;
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope};
use crate::tui::contents::{Contents, Part};
use crate::tui::effect::{Effect, JobId, Mark};
use crate::tui::event::Input;

/// Both panes are shown from this width on.
pub const TWO_PANES: u16 = 76;

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

/// The file is being read again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Loading {
    /// The job.
    pub job: JobId,
    /// A person asked for it, and is told when there is nothing new.
    pub asked: bool,
}

/// An open vault with everything a person sees of it.
#[derive(Debug)]
pub struct Open {
    /// The vault.
    pub contents: Contents,
    /// The list.
    pub list: list::State,
    /// The detail.
    pub detail: detail::State,
    /// Which pane.
    pub focus: Pane,
    /// A secret that is shown.
    pub reveal: Option<reveal::Reveal>,
    /// Inverses of the changes of this session, oldest first.
    pub undo: Vec<Change>,
    /// Inverses of what was undone.
    pub redo: Vec<Change>,
    /// What was copied last.
    pub copied: Option<Copied>,
    /// Copying in turn: of which entry, and what comes next.
    pub turn: Option<(Id, u8)>,
    /// The file is being read again.
    pub loading: Option<Loading>,
    /// When the file is looked at next.
    pub look_at: Duration,
    /// The job that looks.
    pub looking: Option<JobId>,
    /// Which file lay there when it was looked at last; none after a save of our own.
    pub mark: Option<Mark>,
}

impl Open {
    /// A vault that was just opened.
    pub fn new(contents: Contents, shell: &Shell) -> Open {
        let mut open = Open {
            contents,
            list: list::State::default(),
            detail: detail::State::default(),
            focus: Pane::List,
            reveal: None,
            undo: Vec::new(),
            redo: Vec::new(),
            copied: None,
            turn: None,
            loading: None,
            look_at: shell.now.boot,
            looking: None,
            mark: None,
        };
        list::find(&mut open, shell);
        open
    }

    /// The selected entry.
    pub fn selected(&self) -> Option<Id> {
        self.contents.id(*self.list.hits.get(self.list.cursor)?)
    }

    /// The scopes whose keys act.
    pub fn scopes(&self) -> &'static [Scope] {
        if self.list.searching {
            &[Scope::Search, Scope::Field, Scope::Anywhere]
        } else {
            &[Scope::Entry, Scope::Browse, Scope::Anywhere]
        }
    }

    /// The secret that the reveal key means: of the focused row of the detail, where that is one,
    /// else the first of the entry, the password before all others.
    pub fn secret_in_focus(&self) -> Option<Part> {
        let id = self.selected()?;
        let focused = self.detail.part.filter(|_| self.focus == Pane::Detail);
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

/// Takes a command or what is typed.
pub fn update(open: &mut Open, input: Input<'_>, shell: &mut Shell, out: &mut Vec<Effect>) {
    let command = match input {
        Input::Char(c) => {
            if !open.list.search.type_char(c) {
                shell.tell(crate::tui::notice::Notice::FieldFull);
            }
            return list::find(open, shell);
        }
        Input::Paste(bytes) => {
            // - outside the field a paste is a search, never keys
            open.list.searching = true;
            open.focus = Pane::List;
            open.list.search.paste(bytes);
            return list::find(open, shell);
        }
        Input::Command(command) => command,
    };
    match command {
        Command::Search => {
            open.list.searching = true;
            open.focus = Pane::List;
        }
        Command::Open => match open.focus {
            Pane::List if open.selected().is_some() => focus(open, Pane::Detail, shell),
            Pane::List => {}
            Pane::Detail => {
                if let Some(part) = open.detail.part {
                    copy::part(open, part, shell, out);
                }
            }
        },
        Command::Right => focus(open, Pane::Detail, shell),
        Command::Left => focus(open, Pane::List, shell),
        Command::Next | Command::Previous if !open.list.searching => {
            let other = if open.focus == Pane::List { Pane::Detail } else { Pane::List };
            focus(open, other, shell);
        }
        Command::DetailDown => detail::scroll(open, 1, shell),
        Command::DetailUp => detail::scroll(open, -1, shell),
        Command::Reveal => reveal::toggle(open, false, shell),
        Command::Spell => reveal::toggle(open, true, shell),
        other if copy::update(open, other, shell, out) => {}
        other if open.list.searching => list::search_key(open, other, shell, out),
        other => match open.focus {
            Pane::List => list::travel(open, other, shell),
            Pane::Detail => detail::travel(open, other, shell),
        },
    }
}

fn focus(open: &mut Open, pane: Pane, shell: &Shell) {
    if pane == Pane::Detail && open.selected().is_none() {
        return;
    }
    open.list.searching = false;
    open.focus = pane;
    detail::settle(open, shell);
}

/// One step back; false when there is none left.
pub fn back(open: &mut Open, shell: &Shell) -> bool {
    if open.reveal.take().is_some() {
        detail::settle(open, shell);
        return true;
    }
    if open.focus == Pane::Detail {
        open.focus = Pane::List;
        return true;
    }
    let had = open.list.searching || !open.list.search.text().is_empty();
    open.list.searching = false;
    if had {
        open.list.search.clear();
        list::find(open, shell);
    }
    had
}

/// Named rectangles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// The list, if it is shown.
    pub list: Option<Rect>,
    /// The detail, if it is shown.
    pub detail: Option<Rect>,
}

/// Parts the body: two panes where there is room, else the one with the focus.
pub fn layout(open: &Open, shell: &Shell) -> Layout {
    let area = window(shell).body;
    if area.width < TWO_PANES {
        return match open.focus {
            Pane::List => Layout { list: Some(area), detail: None },
            Pane::Detail => Layout { list: None, detail: Some(area) },
        };
    }
    let left = (area.width * 45 / 100).min(64);
    let list = Rect { width: left, ..area };
    let detail = Rect { x: area.x + left, width: area.width - left, ..area };
    Layout { list: Some(list), detail: Some(detail) }
}

/// The screen as rows.
pub fn outline(open: &Open, shell: &Shell) -> Vec<Row> {
    match open.focus {
        Pane::List => list::outline(open, shell),
        Pane::Detail => detail::outline(open, shell),
    }
}

/// Draws it.
pub fn view(open: &Open, shell: &Shell, buf: &mut Buffer) -> Cursor {
    let places = layout(open, shell);
    let mut cursor = Cursor::new(0, 0);
    if let Some(area) = places.list {
        let at = list::view(open, shell, area, buf);
        if open.focus == Pane::List {
            cursor = at;
        }
    }
    if let Some(area) = places.detail {
        let at = detail::view(open, shell, area, buf);
        if open.focus == Pane::Detail {
            cursor = at;
        }
    }
    cursor
}
