//! What falls if an account falls, as a tree: branches close and open, Enter goes to the entry, and
//! every key of entries means the row in focus. The tree of a large vault is made in a job.

use std::collections::HashSet;
use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::model::{Entry, Id, State};
use crate::ops::health::{Check, Place};
use crate::ops::incident::Graph;
use crate::ops::links::tree::{self, Below, Tree};
use crate::ops::search::fold::fold;
use crate::text::{links as said, sanitise, words};
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope, Unavailable};
use crate::tui::effect::{Effect, JobId, Outcome};
use crate::tui::event::Input;
use crate::tui::notice::Notice;
use crate::tui::page::fresh::Fresh;
use crate::tui::page::{Page, Turn, popup};
use crate::tui::screen::vault::list::scrolled;
use crate::tui::screen::vault::{Open, detail};
use crate::tui::screen::{Cursor, Row, window};
use crate::tui::task::{Done, Task};
use crate::tui::theme::Name;
use crate::tui::widget::frame::{below, frame};
use crate::tui::widget::text::{fill, fit, put, put_outside, width, wrap};

/// Least cells of the column that says why.
const WHY: u16 = 20;
/// Cells of the kind.
const KIND: u16 = 16;

/// The tree of one account.
#[derive(Debug)]
pub struct Falls {
    entry: Id,
    tree: Tree,
    /// Rows whose branch is closed.
    closed: HashSet<usize>,
    /// Rows that are not in a closed branch.
    shown: Vec<usize>,
    cursor: usize,
    offset: usize,
    fresh: Fresh,
}

/// The tree as it is now.
pub fn made(open: &Open, entry: Id) -> Tree {
    let graph = Graph::of(open.contents.session().vault().entries());
    let before = |id: Id| fold(open.contents.entry(id).map_or("", Entry::title));
    tree::tree(&graph, entry, &same(open, entry), &before)
}

/// Accounts in use with the same password as one, as far as the health check compared them.
fn same(open: &Open, entry: Id) -> Vec<Id> {
    let Some(report) = &open.contents.report else { return Vec::new() };
    let mut found = Vec::new();
    for cluster in report.clusters.iter().filter(|one| one.check == Check::Reused) {
        if cluster.members.iter().any(|one| one.entry == entry && one.place == Place::Current) {
            found.extend(
                cluster.members.iter().filter(|one| one.place == Place::Current).map(|one| one.entry),
            );
        }
    }
    let used = |id: &Id| open.contents.entry(*id).is_some_and(|one| one.state() == State::Active);
    found.retain(|id| *id != entry && used(id));
    found
}

impl Falls {
    /// The tree of the selected entry.
    pub fn new(open: &mut Open, shell: &Shell) -> Option<Falls> {
        let entry = open.selected()?;
        let mut page = Falls {
            entry,
            tree: Tree::default(),
            closed: HashSet::new(),
            shown: Vec::new(),
            cursor: 0,
            offset: 0,
            fresh: Fresh::default(),
        };
        page.ask(open, shell);
        Some(page)
    }

    /// Makes the tree, of a large vault in a job.
    fn ask(&mut self, open: &mut Open, shell: &Shell) {
        if open.contents.is_large() {
            open.work = Some(Task::Falls(self.entry));
        } else {
            self.take(made(open, self.entry), open, shell);
        }
    }

    fn take(&mut self, tree: Tree, open: &Open, shell: &Shell) {
        let selected = self.row().map(|row| row.entry);
        self.closed.clear();
        self.tree = tree;
        self.fresh.made(open);
        self.list();
        let again = |at: &usize| self.tree.rows.get(*at).map(|row| row.entry) == selected;
        self.cursor = self.shown.iter().position(again).filter(|_| selected.is_some()).unwrap_or(0);
        self.place(shell);
    }

    /// Lists the rows that no closed branch hides.
    fn list(&mut self) {
        self.shown.clear();
        let mut hidden: Option<u16> = None;
        for (at, row) in self.tree.rows.iter().enumerate() {
            if hidden.is_some_and(|depth| row.depth > depth) {
                continue;
            }
            hidden = self.closed.contains(&at).then_some(row.depth);
            self.shown.push(at);
        }
    }

    fn row(&self) -> Option<&tree::Row> {
        self.tree.rows.get(*self.shown.get(self.cursor)?)
    }

    fn place(&mut self, shell: &Shell) {
        self.cursor = self.cursor.min(self.shown.len().saturating_sub(1));
        self.offset = scrolled(self.offset, self.cursor, self.shown.len(), rows(shell));
    }

    /// Closes or opens the branch of the row in focus; to the row above it where there is none.
    fn fold(&mut self, close: bool, shell: &Shell) {
        let Some(at) = self.shown.get(self.cursor).copied() else { return };
        let Some(row) = self.tree.rows.get(at) else { return };
        let branch = matches!(row.below, Below::Here(1..));
        let parent = row.parent;
        if close && branch && at != 0 && !self.closed.contains(&at) {
            self.closed.insert(at);
        } else if close {
            let above = parent.and_then(|parent| self.shown.iter().position(|one| *one == parent));
            self.cursor = above.unwrap_or(self.cursor);
        } else if !self.closed.remove(&at) && branch {
            self.cursor += 1;
        }
        self.list();
        self.place(shell);
    }

    /// How many rows a closed branch hides.
    fn hidden(&self, at: usize) -> usize {
        let Some(row) = self.tree.rows.get(at) else { return 0 };
        self.tree.rows.iter().skip(at + 1).take_while(|one| one.depth > row.depth).count()
    }

    /// The lines in front of a row, at most so many cells.
    fn branch(&self, at: usize, cells: u16, shell: &Shell) -> String {
        let (through, corner, side, none) =
            if shell.theme.ascii { ("|-", "`-", "| ", "  ") } else { ("├ ", "└ ", "│ ", "  ") };
        let mut parts: Vec<&str> = Vec::new();
        let mut next = Some(at);
        while let Some(row) = next.and_then(|at| self.tree.rows.get(at)).filter(|row| row.depth > 0) {
            parts.push(match (parts.is_empty(), row.last) {
                (true, false) => through,
                (true, true) => corner,
                (false, false) => side,
                (false, true) => none,
            });
            next = row.parent;
        }
        // - of a deep one the part next to the title
        let most = usize::from(cells / 2).max(1);
        let cut = parts.len() > most;
        parts.truncate(most - usize::from(cut));
        parts.reverse();
        let start = if cut { if shell.theme.ascii { "~ " } else { "… " } } else { "" };
        format!("{start}{}", parts.concat())
    }

    /// Why a row stands where it does, and what is to know of it.
    fn why(&self, at: usize, shell: &Shell) -> String {
        self.tree.rows.get(at).map_or(String::new(), |row| said::row(row, shell.lang))
    }

    fn view_row(
        &self,
        open: &Open,
        shell: &Shell,
        (place, why_cells): (usize, u16),
        area: Rect,
        buf: &mut Buffer,
    ) {
        let theme = &shell.theme;
        let Some(at) = self.shown.get(place).copied() else { return };
        let Some(row) = self.tree.rows.get(at) else { return };
        let selected = place == self.cursor;
        let again = matches!(row.below, Below::Circle | Below::Elsewhere);
        let base = theme.style(match (selected, again) {
            (true, _) => Name::Selected,
            (false, true) => Name::Dim,
            (false, false) if at == 0 => Name::Title,
            (false, false) => Name::Text,
        });
        if selected {
            put(buf, area.x, area.y, area.width, &fill("", area.width), base);
        }
        put(buf, area.x, area.y, 1, if selected { ">" } else { " " }, base);
        let wide = area.width >= 100;
        let kind = if wide { KIND } else { 0 };
        let why = self.why(at, shell);
        let why_cells = why_cells.min(area.width / 2);
        let left = area.width.saturating_sub(1 + why_cells + kind);
        let branch = self.branch(at, left / 2, shell);
        let quiet = if selected { base } else { theme.style(Name::Dim) };
        put(buf, area.x + 1, area.y, left, &branch, quiet);
        let closed = if self.closed.contains(&at) {
            format!(" {}", (shell.catalog().tui.page.links.closed)(self.hidden(at)))
        } else {
            String::new()
        };
        let x = area.x + 1 + width(&branch);
        let room = left.saturating_sub(width(&branch) + width(&closed) + 1);
        let entry = open.contents.entry(row.entry);
        let title = entry.map_or("", Entry::title);
        let title = if title.is_empty() { shell.catalog().tui.vault.untitled } else { title };
        let end = put_outside(buf, x, area.y, room, title, base);
        put(buf, end, area.y, width(&closed), &closed, if selected { base } else { theme.style(Name::Key) });
        if kind > 0 {
            let name = entry.map_or("", |entry| words::kind(entry.kind(), shell.lang));
            put(buf, area.x + 1 + left, area.y, kind - 1, &fit(name, kind - 1), quiet);
        }
        let x = area.right().saturating_sub(why_cells);
        put(buf, x, area.y, why_cells, &fit(&why, why_cells.saturating_sub(1)), quiet);
    }

    /// What is told above the tree.
    fn told(&self, open: &Open, shell: &Shell) -> (String, &'static str) {
        let text = &shell.catalog().tui.page.links;
        let used = open.contents.entry(self.entry).is_some_and(|one| one.state() == State::Active);
        let missing = if open.contents.ran(Check::Reused) { "" } else { text.not_compared };
        match (self.fresh.waits(), used, self.tree.falls) {
            (true, _, _) => (text.waits.to_owned(), ""),
            (_, false, _) => (text.out_of_use.to_owned(), ""),
            (_, true, falls) => (said::counts(falls, self.tree.guessed, shell.lang), missing),
        }
    }

    fn edge(&self, shell: &Shell) -> String {
        let text = &shell.catalog().tui.page.links;
        let Some(at) = self.shown.get(self.cursor) else { return String::new() };
        let branch = self.tree.rows.get(*at).is_some_and(|row| matches!(row.below, Below::Here(1..)));
        let mut pairs = vec![(Command::Open, text.goes)];
        if branch && self.closed.contains(at) {
            pairs.push((Command::Right, text.opens));
        } else if branch && *at != 0 {
            pairs.push((Command::Left, text.closes));
        }
        if *at != 0 {
            pairs.push((Command::Falls, text.from_here));
        }
        // - an arrow is found sooner than the letter that does the same
        let pairs = pairs.iter().map(|(command, words)| format!("{} {words}", shell.keymap.hint(*command)));
        pairs.collect::<Vec<_>>().join("  ")
    }
}

/// Visible rows: of the body without the frame and what is told above.
fn rows(shell: &Shell) -> usize {
    usize::from(window(shell).body.height.saturating_sub(4)).max(1)
}

impl Page for Falls {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Entry, Scope::Browse, Scope::Anywhere]
    }

    fn name(&self, open: &Open, shell: &Shell) -> String {
        let title = open.contents.entry(self.entry).map_or("", Entry::title);
        let title = if title.is_empty() { shell.catalog().tui.vault.untitled } else { title };
        (shell.catalog().tui.page.links.falls)(&sanitise::line(title))
    }

    fn footer(&self) -> &'static [Command] {
        &[
            Command::Open,
            Command::Falls,
            Command::BrokenInto,
            Command::Change,
            Command::CopyPassword,
            Command::Back,
            Command::HelpHere,
        ]
    }

    fn says(&self, command: Command, shell: &Shell) -> Option<&'static str> {
        let text = &shell.catalog().tui.page.links;
        match command {
            Command::Open => Some(text.goes),
            Command::Falls => Some(text.from_here),
            _ => None,
        }
    }

    fn selected(&self) -> Option<Id> {
        self.row().map_or(Some(self.entry), |row| Some(row.entry))
    }

    fn means(&self, command: Command) -> Option<Command> {
        let no = matches!(command, Command::Reveal | Command::Spell | Command::MarkAll);
        (!no).then_some(command)
    }

    fn update(&mut self, open: &mut Open, input: Input<'_>, shell: &mut Shell, _: &mut Vec<Effect>) -> Turn {
        let Input::Command(command) = input else { return Turn::Pass };
        let (page, last) = (rows(shell), self.shown.len().saturating_sub(1));
        self.cursor = match command {
            Command::Down | Command::Next => self.cursor + 1,
            Command::Up | Command::Previous => self.cursor.saturating_sub(1),
            Command::First => 0,
            Command::Last => last,
            Command::HalfDown => self.cursor + (page / 2).max(1),
            Command::HalfUp => self.cursor.saturating_sub((page / 2).max(1)),
            Command::PageDown => self.cursor + page,
            Command::PageUp => self.cursor.saturating_sub(page),
            Command::Left | Command::Right => {
                self.fold(command == Command::Left, shell);
                return Turn::Stay;
            }
            Command::Mark => {
                let before = self.shown.len();
                let closed = self.shown.get(self.cursor).is_some_and(|at| self.closed.contains(at));
                self.fold(!closed, shell);
                let folds = self.shown.len() != before;
                return if folds { Turn::Stay } else { Turn::No(Unavailable::NoBranch) };
            }
            Command::Open => {
                let Some(id) = self.selected() else { return Turn::Stay };
                open.pages.clear();
                detail::go(open, id, shell);
                return Turn::Close;
            }
            // - the tree of the first row is this one
            Command::Falls if self.selected() == Some(self.entry) => return Turn::No(Unavailable::Already),
            _ => return Turn::Pass,
        };
        self.cursor = self.cursor.min(last);
        self.place(shell);
        Turn::Stay
    }

    fn again(&mut self, open: &mut Open, shell: &mut Shell, _: &mut Vec<Effect>) -> bool {
        self.ask(open, shell);
        shell.tell(Notice::UpToDate);
        true
    }

    fn settle(&mut self, open: &Open, shell: &Shell) {
        if self.fresh.outdated(open) {
            self.take(made(open, self.entry), open, shell);
        }
        self.place(shell);
    }

    fn deadline(&self, shell: &Shell) -> Option<Duration> {
        self.fresh.deadline(shell)
    }

    fn tick(&mut self, open: &mut Open, shell: &mut Shell, _: &mut Vec<Effect>) {
        if self.fresh.is_due() {
            self.ask(open, shell);
        }
    }

    fn done(
        &mut self,
        _: JobId,
        outcome: Outcome,
        open: &mut Open,
        shell: &mut Shell,
        _: &mut Vec<Effect>,
    ) -> Option<Outcome> {
        match outcome {
            Outcome::Done(Done::Fell(entry, tree)) if entry == self.entry => {
                self.take(*tree, open, shell);
            }
            Outcome::Done(Done::Cancelled) if self.fresh.stopped() => {}
            other => return Some(other),
        }
        None
    }

    fn turn(&mut self) -> Option<Turn> {
        self.fresh.turn()
    }

    fn outline(&self, open: &Open, shell: &Shell) -> Vec<Row> {
        let (told, missing) = self.told(open, shell);
        let seen = self.shown.iter().enumerate().skip(self.offset).take(rows(shell));
        let rows = seen.filter_map(|(place, at)| {
            let row = self.tree.rows.get(*at)?;
            let title = open.contents.entry(row.entry).map_or("", Entry::title);
            Some(Row {
                label: format!("{} {}", row.depth, sanitise::line(title)),
                value: self.why(*at, shell),
                focus: place == self.cursor,
                action: Some(Command::Open),
            })
        });
        [Row::told(&told, missing)].into_iter().chain(rows).collect()
    }

    fn view(&self, open: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        let (text, theme) = (&shell.catalog().tui.page.links, &shell.theme);
        let inner = frame(buf, area, &self.name(open, shell), true, theme);
        let cells = inner.width.saturating_sub(2);
        let (told, missing) = self.told(open, shell);
        put(buf, inner.x + 1, inner.y, cells, &fit(&told, cells), theme.style(Name::Title));
        put(buf, inner.x + 1, inner.y + 1, cells, &fit(missing, cells), theme.style(Name::Warn));
        let body = Rect { y: inner.y + 2, height: inner.height.saturating_sub(2), ..inner };
        let seen = self.shown.iter().skip(self.offset).take(usize::from(body.height));
        let why = seen.map(|at| width(&self.why(*at, shell))).max().unwrap_or(0).max(WHY) + 1;
        if self.tree.falls == 0 && !self.fresh.waits() {
            for (y, line) in (body.y + 2..body.bottom()).zip(wrap(text.alone_advice, cells, 4)) {
                put(buf, body.x + 1, y, cells, &line, theme.style(Name::Text));
            }
        }
        popup::view_edge(buf, area, &self.edge(shell), shell);
        let high = usize::from(body.height);
        let more = self.shown.len().saturating_sub(self.offset + high);
        below(buf, area, more, shell.catalog().tui.vault.below, theme);
        let mut cursor = Cursor::new(body.x, body.y.min(inner.bottom().saturating_sub(1)));
        for (y, place) in (body.y..body.bottom()).zip(self.offset..self.shown.len()) {
            self.view_row(open, shell, (place, why), Rect::new(body.x, y, body.width, 1), buf);
            if place == self.cursor {
                cursor = Cursor::new(body.x, y);
            }
        }
        cursor
    }
}
