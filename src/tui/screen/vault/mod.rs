//! The open vault: the list and the detail of the selected entry. [`Open`] is everything decrypted;
//! dropping it is the lock.

pub mod bulk;
pub mod copy;
pub mod detail;
pub mod list;
pub mod marks;
pub mod reveal;
pub mod search;
pub mod side;
pub mod steps;

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Cursor, Row, window};
use crate::model::Id;
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope};
use crate::tui::contents::{Contents, Part};
use crate::tui::effect::{Effect, JobId, Mark, Outcome};
use crate::tui::event::Input;
use crate::tui::health;
use crate::tui::key::Chord;
use crate::tui::notice::Notice;
use crate::tui::page::generator::Past;
use crate::tui::page::names::Named;
use crate::tui::page::{self, Given, Page, Turn, staged};
use crate::tui::shelf::Filter;
use crate::tui::task::Task;

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
    /// The file is being read again.
    pub loading: Option<Loading>,
    /// When the file is looked at next.
    pub look_at: Duration,
    /// The job that looks.
    pub looking: Option<JobId>,
    /// Which file lay there when it was looked at last; none after a save of our own.
    pub mark: Option<Mark>,
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

impl Open {
    /// A vault that was just opened.
    pub fn new(contents: Contents, shell: &Shell) -> Open {
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
            loading: None,
            look_at: shell.now.boot,
            looking: None,
            mark: None,
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

/// Offers a key to the page in front before it is looked up; true when that used it up.
pub fn key(open: &mut Open, key: Chord, shell: &mut Shell, out: &mut Vec<Effect>) -> bool {
    open.pages.last_mut().is_some_and(|page| page.key(key, shell, out))
}

/// Takes a command or what is typed: first the page in front, then what lies under all pages.
pub fn update(open: &mut Open, input: Input<'_>, shell: &mut Shell, out: &mut Vec<Effect>) {
    let Some(mut page) = open.pages.pop() else { return below(open, input, shell, out) };
    let depth = open.pages.len();
    let turn = page.update(open, input, shell, out);
    match turn {
        Turn::Stay => open.pages.insert(depth, page),
        Turn::Over(over) => open.pages.extend([page, over]),
        Turn::Replace(other) => open.pages.push(other),
        Turn::Close => settle(open, shell),
        Turn::Give(given) => give(open, given, shell, out),
        Turn::Pass => {
            open.pages.insert(depth, page);
            passed(open, input, shell, out);
        }
        Turn::Run(command) => {
            open.pages.insert(depth, page);
            passed(open, Input::Command(command), shell, out);
        }
    }
}

/// F5 on the page in front; false where it means the vault.
pub fn again(open: &mut Open, shell: &mut Shell) -> bool {
    let Some(mut page) = open.pages.pop() else { return false };
    let depth = open.pages.len();
    let done = page.again(open, shell);
    open.pages.insert(depth, page);
    done
}

/// A command that the page in front has no use for: those of entries mean its entry, those of pages
/// open theirs over it.
fn passed(open: &mut Open, input: Input<'_>, shell: &mut Shell, out: &mut Vec<Effect>) {
    let Input::Command(command) = input else { return shell.tell(Notice::NothingTyped) };
    if copy::update(open, command, shell, out) {
        return;
    }
    if let Some(page) = page::of(command, open, shell, out) {
        open.pages.push(page);
    } else if command == Command::Search {
        open.pages.clear();
        below(open, input, shell, out);
    }
}

fn give(open: &mut Open, given: Given, shell: &mut Shell, out: &mut Vec<Effect>) {
    if let Some(mut page) = open.pages.pop() {
        let depth = open.pages.len();
        page.given(given, open, shell, out);
        open.pages.insert(depth, page);
    }
}

/// The pages and the list are put right after the vault or the window changed.
pub fn settle(open: &mut Open, shell: &Shell) {
    let mut pages = std::mem::take(&mut open.pages);
    pages.iter_mut().for_each(|page| page.settle(open, shell));
    pages.append(&mut open.pages);
    open.pages = pages;
    side::settle(open, shell);
    list::moved(open, shell);
}

/// Offers an outcome to the pages, the topmost first; gives back what is nobody's.
pub fn done(
    open: &mut Open,
    job: JobId,
    outcome: Outcome,
    shell: &mut Shell,
    out: &mut Vec<Effect>,
) -> Option<Outcome> {
    let mut left = Some(outcome);
    for at in (0..open.pages.len()).rev() {
        let Some(outcome) = left.take() else { break };
        if at >= open.pages.len() {
            return Some(outcome);
        }
        let mut page = open.pages.remove(at);
        left = page.done(job, outcome, open, shell, out);
        let turn = page.turn();
        follow(open, at, page, turn, shell, out);
    }
    left
}

/// Does what is to follow after the page at `at` took an outcome.
fn follow(
    open: &mut Open,
    at: usize,
    page: Box<dyn Page>,
    turn: Option<Turn>,
    shell: &mut Shell,
    out: &mut Vec<Effect>,
) {
    match turn {
        None | Some(Turn::Stay | Turn::Pass | Turn::Run(_)) => open.pages.insert(at, page),
        Some(Turn::Over(over)) => {
            open.pages.insert(at, page);
            open.pages.insert(at + 1, over);
        }
        Some(Turn::Replace(other)) => open.pages.insert(at, other),
        Some(Turn::Close) => settle(open, shell),
        Some(Turn::Give(given)) => {
            if let Some(below) = at.checked_sub(1).filter(|below| *below < open.pages.len()) {
                let mut page = open.pages.remove(below);
                page.given(given, open, shell, out);
                open.pages.insert(below.min(open.pages.len()), page);
            }
        }
    }
}

/// Time passed.
pub fn tick(open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) {
    health::tick(open, shell, out);
    reveal::tick(open, shell);
    search::tick(open, shell);
    copy::tick(open, shell, out);
    let mut pages = std::mem::take(&mut open.pages);
    pages.iter_mut().for_each(|page| page.tick(open, shell, out));
    pages.append(&mut open.pages);
    open.pages = pages;
}

/// What is half done is kept: the vault is about to be locked.
pub fn keep(open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) {
    let mut pages = std::mem::take(&mut open.pages);
    pages.iter_mut().for_each(|page| page.before_lock(open, shell, out));
    pages.append(&mut open.pages);
    open.pages = pages;
}

/// Hides what is shown of secrets.
pub fn hide(open: &mut Open) {
    open.reveal = None;
    open.pages.iter_mut().for_each(|page| page.hide());
}

fn below(open: &mut Open, input: Input<'_>, shell: &mut Shell, out: &mut Vec<Effect>) {
    let command = match input {
        Input::Char(c) => {
            if !open.list.search.type_char(c) {
                shell.tell(Notice::FieldFull);
            }
            return list::find(open, shell);
        }
        Input::Paste(bytes) => {
            // - outside the field a paste is a search, never keys
            return list::paste(open, bytes, shell);
        }
        Input::Command(command) => command,
    };
    if open.side.focused && beside(open, command, shell, out) {
        return;
    }
    match command {
        Command::Search => {
            // - a search that was kept is there to be gone on with, or to be typed over
            if !std::mem::replace(&mut open.list.searching, true) {
                open.list.search.select();
            }
            open.focus = Pane::List;
            open.side.focused = false;
            search::typed(open, shell);
            list::moved(open, shell);
        }
        Command::HitUp if open.list.cursor == 0 && open.list.search.text().is_empty() => {
            page_over(open, Command::Searches, shell, out);
        }
        Command::Open => match open.focus {
            Pane::List if open.selected().is_some() => focus(open, Pane::Detail, shell),
            // - what an empty vault says that Enter does
            Pane::List if open.is_bare() => {
                page_over(open, Command::Import, shell, out);
            }
            Pane::List => {}
            Pane::Detail => {
                detail::enter(open, shell, out);
            }
        },
        Command::Right => focus(open, Pane::Detail, shell),
        Command::Left if open.focus == Pane::List => to_side(open, shell),
        Command::Left => focus(open, Pane::List, shell),
        Command::Next | Command::Previous if !open.list.searching => {
            let wide = shell.size.width >= side::FROM;
            match (open.focus, command) {
                (Pane::List, Command::Previous) | (Pane::Detail, Command::Next) if wide => {
                    focus(open, Pane::List, shell);
                    to_side(open, shell);
                }
                (Pane::List, _) => focus(open, Pane::Detail, shell),
                (Pane::Detail, _) => focus(open, Pane::List, shell),
            }
        }
        Command::DetailDown => detail::scroll(open, 1, shell),
        Command::DetailUp => detail::scroll(open, -1, shell),
        Command::Mark if !open.list.searching => marks::toggle(open, shell),
        Command::MarkAll if !open.list.searching => marks::toggle_all(open),
        Command::Reveal => reveal::toggle(open, false, shell),
        Command::Spell => reveal::toggle(open, true, shell),
        other if copy::update(open, other, shell, out) => {
            if other == Command::CopyHit {
                search::remember(open);
            }
        }
        other if !open.list.searching && page_over(open, other, shell, out) => {}
        other if open.list.searching => list::search_key(open, other, shell, out),
        other => match open.focus {
            Pane::List => list::travel(open, other, shell),
            Pane::Detail => detail::travel(open, other, shell),
        },
    }
}

/// To the sidebar, which is a popup where there is no room for it.
fn to_side(open: &mut Open, shell: &Shell) {
    open.reveal = None;
    side::enter(open);
    if shell.size.width >= side::FROM {
        open.side.focused = true;
        detail::settle(open, shell);
    } else {
        open.pages.push(Box::new(page::side::Sidebar));
    }
}

/// A command while the sidebar has the focus; false when it is none of its own.
fn beside(open: &mut Open, command: Command, shell: &mut Shell, out: &mut Vec<Effect>) -> bool {
    match side::update(open, command, shell) {
        side::Go::Stay => {}
        side::Go::List => open.side.focused = false,
        side::Go::Trash => {
            page_over(open, Command::GoTrash, shell, out);
        }
        side::Go::Pass => match command {
            Command::Next => open.side.focused = false,
            Command::Previous => focus(open, Pane::Detail, shell),
            _ => return false,
        },
    }
    true
}

fn page_over(open: &mut Open, command: Command, shell: &mut Shell, out: &mut Vec<Effect>) -> bool {
    let page = page::of(command, open, shell, out);
    let any = page.is_some();
    if any {
        open.reveal = None;
    }
    open.pages.extend(page);
    any
}

fn focus(open: &mut Open, pane: Pane, shell: &Shell) {
    if pane == Pane::Detail && open.selected().is_none() {
        return;
    }
    open.list.searching = false;
    open.side.focused = false;
    open.focus = pane;
    detail::settle(open, shell);
}

/// One step back; false when there is none left.
pub fn back(open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) -> bool {
    if open.next_code.take().is_some() {
        shell.tell(Notice::CodeNotAwaited);
        return true;
    }
    if let Some(mut page) = open.pages.pop() {
        let depth = open.pages.len();
        if page.back(open, shell, out) {
            open.pages.insert(depth, page);
        }
        settle(open, shell);
        return true;
    }
    if open.reveal.take().is_some() {
        detail::settle(open, shell);
        return true;
    }
    if std::mem::take(&mut open.side.focused) {
        return true;
    }
    if open.focus == Pane::Detail {
        if !detail::back(open, shell) {
            open.focus = Pane::List;
        }
        return true;
    }
    let had = open.list.searching || !open.list.search.text().is_empty();
    open.list.searching = false;
    if had {
        open.list.search.clear();
        list::find(open, shell);
        return true;
    }
    if open.list.filter != Filter::All {
        list::narrow(open, Filter::All, shell);
        return true;
    }
    let marked = !open.list.marks.is_empty();
    open.list.marks.clear();
    marked
}

/// Named rectangles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// The sidebar, if it is shown.
    pub side: Option<Rect>,
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
            Pane::List => Layout { side: None, list: Some(area), detail: None },
            Pane::Detail => Layout { side: None, list: None, detail: Some(area) },
        };
    }
    let beside = if area.width >= side::FROM { side::CELLS } else { 0 };
    let side = (beside > 0).then_some(Rect { width: beside, ..area });
    let area = Rect { x: area.x + beside, width: area.width - beside, ..area };
    // - room for the kind and the age of the password, and from there on for long user names, where
    //   that leaves the detail enough
    let left = match area.width {
        100.. => (area.width * 54 / 100).clamp(55, 96),
        90.. => area.width * 54 / 100,
        _ => area.width * 45 / 100,
    };
    let list = Rect { width: left, ..area };
    let detail = Rect { x: area.x + left, width: area.width - left, ..area };
    Layout { side, list: Some(list), detail: Some(detail) }
}

/// The screen as rows.
pub fn outline(open: &Open, shell: &Shell) -> Vec<Row> {
    if let Some(page) = open.pages.last() {
        return page.outline(open, shell);
    }
    match open.focus {
        _ if open.side.focused => side::outline(open, shell),
        Pane::List => list::outline(open, shell),
        Pane::Detail => detail::outline(open, shell),
    }
}

/// Draws it: the topmost page that covers everything, or the list, and the popups over it.
pub fn view(open: &Open, shell: &Shell, buf: &mut Buffer) -> Cursor {
    let whole = open.pages.iter().rposition(|page| !page.popup());
    let mut cursor = if whole.is_none() { view_list(open, shell, buf) } else { Cursor::new(0, 0) };
    for page in open.pages.iter().skip(whole.unwrap_or(0)) {
        cursor = page.view(open, shell, window(shell).body, buf);
    }
    cursor
}

fn view_list(open: &Open, shell: &Shell, buf: &mut Buffer) -> Cursor {
    let places = layout(open, shell);
    let mut cursor = Cursor::new(0, 0);
    if let Some(area) = places.side {
        cursor = side::view(open, shell, area, open.side.focused, buf);
    }
    if let Some(area) = places.list {
        let at = list::view(open, shell, area, buf);
        if open.focus == Pane::List && !open.side.focused {
            cursor = at;
        }
    }
    if let Some(area) = places.detail {
        let at = detail::view(open, shell, area, buf);
        if open.focus == Pane::Detail && !open.side.focused {
            cursor = at;
        }
    }
    cursor
}
