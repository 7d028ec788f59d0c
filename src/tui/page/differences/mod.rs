//! What differs between the vault and another copy of it, by entry and by field, before anything is taken.
//! One page for two ways: putting back (a backup: single fields, entries, or all of it) and joining (a
//! copy: here, there, and what the join gives). What it shows of secrets hides by itself, as elsewhere.
//!
//! Not here: comparing ([`crate::ops::compare`]) and what jobs do ([`crate::tui::other`]).

mod listed;
mod report;
mod view;

use std::collections::BTreeSet;
use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use self::report::Report;
use super::ask::{Ask, Then};
use super::{Given, Page, Turn, opener, usually};
use crate::model::{Id, Record, Tag};
use crate::ops::change::Change;
use crate::ops::compare::{self, Differing, Place};
use crate::secret::Secret;
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope, Unavailable};
use crate::tui::contents::Part;
use crate::tui::effect::{Effect, JobId, Outcome};
use crate::tui::event::Input;
use crate::tui::notice::{Deed, Notice, OtherTold};
use crate::tui::other::{Compared, Done, Job, Kind, Source};
use crate::tui::screen::vault::list::scrolled;
use crate::tui::screen::vault::reveal::Peek;
use crate::tui::screen::vault::{Open, Pane, steps};
use crate::tui::screen::{Cursor, Row};
use crate::tui::task::{self, Task};

/// What is done with the copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// What it holds comes back, as it was.
    Restore,
    /// It is joined: of each field the newer.
    Merge,
}

/// Something that can be done with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    /// The marked entries become what they are there.
    Marked,
    /// All of it.
    All,
    /// The other way.
    Other,
    /// The copy goes to the backups.
    PutAway,
}

/// A line of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Line {
    Act(Act),
    /// An entry, by its place in what was found.
    Entry(usize),
}

/// A line of the fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stop {
    /// The whole entry.
    Whole,
    /// A field, by its place.
    Field(usize),
}

#[derive(Debug)]
enum Step {
    /// Looking; with the copy.
    Look(Box<Compared>),
    /// The vault is away with it.
    Away(Source),
    /// What came of it.
    Report(Report),
}

/// The page.
#[derive(Debug)]
pub struct Differences {
    step: Step,
    mode: Mode,
    /// What can be chosen.
    lines: Vec<Line>,
    cursor: usize,
    offset: usize,
    pane: Pane,
    field: usize,
    marks: BTreeSet<Id>,
    peek: Peek,
    /// The version of the vault that was compared.
    version: u64,
}

impl Differences {
    /// What was found; an entry has the focus.
    pub fn new(compared: Box<Compared>, mode: Mode, open: &Open, shell: &Shell) -> Differences {
        let mut page = Differences {
            step: Step::Look(compared),
            mode,
            lines: Vec::new(),
            cursor: 0,
            offset: 0,
            pane: Pane::List,
            field: 0,
            marks: BTreeSet::new(),
            peek: Peek::default(),
            version: open.contents.version(),
        };
        page.list(open);
        // - never with what changes everything in focus
        let first = page.lines.iter().position(|line| matches!(line, Line::Entry(_)));
        page.cursor = first.unwrap_or(0);
        page.scroll(shell);
        page
    }

    fn scroll(&mut self, shell: &Shell) {
        self.offset = scrolled(self.offset, self.cursor, self.lines.len(), view::rows(self, shell));
    }

    fn travel(&mut self, next: usize, open: &Open, shell: &Shell) {
        self.peek.hide();
        match self.pane {
            Pane::List => {
                self.cursor = next.min(self.lines.len().saturating_sub(1));
                self.field = 0;
                self.scroll(shell);
            }
            Pane::Detail => self.field = next.min(self.parts(open).len().saturating_sub(1)),
        }
    }

    /// To the next difference; behind the last of an entry to the first of the next.
    fn next(&mut self, forward: bool, open: &Open, shell: &Shell) {
        self.peek.hide();
        let last = self.parts(open).len().saturating_sub(1);
        if self.entry().is_some() && self.pane == Pane::List {
            self.pane = Pane::Detail;
            self.field = 0;
        } else if forward && self.pane == Pane::Detail && self.field < last {
            self.field += 1;
        } else if !forward && self.pane == Pane::Detail && self.field > 0 {
            self.field -= 1;
        } else {
            let next = if forward { self.cursor + 1 } else { self.cursor.wrapping_sub(1) };
            if self.lines.get(next).is_some_and(|line| matches!(line, Line::Entry(_))) {
                self.cursor = next;
                self.pane = Pane::Detail;
                self.field = if forward { 0 } else { self.parts(open).len().saturating_sub(1) };
            }
        }
        self.scroll(shell);
    }

    fn show(&mut self, spelled: bool, open: &Open, shell: &Shell) {
        if self.pane == Pane::List {
            let fields = self.fields(open);
            let Some(at) = fields.iter().position(|field| field.tag.is_sealed()) else { return };
            self.pane = Pane::Detail;
            let parts = self.parts(open);
            self.field = parts.iter().position(|part| *part == Stop::Field(at)).unwrap_or(0);
        }
        let (Some(one), Some(field)) = (self.entry(), self.focused_field(open)) else { return };
        let Some(compared) = self.compared().filter(|_| field.tag.is_sealed()) else { return };
        let [here, there] = self.records(open, one.id);
        let value = |record: Option<&Record>| {
            let attr = record.and_then(|record| record.attr(field.tag, field.element));
            attr.map_or(&[][..], |attr| attr.value()).to_vec()
        };
        let damaged = shell.catalog().tui.vault.damaged_value;
        let reveal = |session: &crate::session::Open, value: &[u8]| match value {
            [] => Secret::copy_of(""),
            envelope => session.reveal_text(one.id, envelope).unwrap_or_else(|_| Secret::copy_of(damaged)),
        };
        let secrets =
            vec![reveal(open.contents.session(), &value(here)), reveal(&compared.theirs, &value(there))];
        self.peek.toggle(spelled, shell, || secrets);
    }

    fn take(
        &mut self,
        ids: &[Id],
        only: Option<(Tag, Option<Id>)>,
        open: &mut Open,
        shell: &mut Shell,
        out: &mut Vec<Effect>,
    ) {
        self.peek.hide();
        let Ok(changes) = self.change(ids, only, open) else { return shell.tell(Notice::CannotOpenValue) };
        let count = changes.len();
        if count == 0 {
            let staged = self.entry().is_some_and(|one| one.fields.iter().any(|field| is_staged(field.tag)));
            let told = if staged { OtherTold::StagedStays } else { OtherTold::Same };
            return shell.tell(Notice::Other(told));
        }
        let change = Change::Many(changes);
        self.marks.clear();
        if task::is_large(&change) {
            let deed = (Deed::Edited, count);
            open.work = Some(Task::Apply { change, then: task::Then::Act, deed, spent: Vec::new() });
            return;
        }
        let told = if steps::apply(open, &change, shell, out) {
            OtherTold::Taken(count)
        } else {
            OtherTold::Refused
        };
        self.again(open, shell);
        shell.tell(Notice::Other(told));
    }

    /// Compares the listed entries anew, after the vault was changed.
    fn again(&mut self, open: &Open, shell: &Shell) {
        let Step::Look(compared) = &mut self.step else { return };
        let (session, theirs) = (open.contents.session(), &compared.theirs);
        let same = |record, one: &[u8], other: &[u8]| session.same_text(theirs, record, one, other);
        let focused = match self.lines.get(self.cursor) {
            Some(Line::Entry(at)) => compared.found.entries.get(*at).map(|one| one.id),
            _ => None,
        };
        let entries = std::mem::take(&mut compared.found.entries).into_iter();
        compared.found.entries = entries
            .filter_map(|one| {
                let records = [session.vault(), theirs.vault()].map(|vault| vault.record(one.id));
                compare::differing(records[0], records[1], &same)
            })
            .collect();
        crate::crypto::burn();
        self.version = open.contents.version();
        let left: BTreeSet<Id> = compared.found.entries.iter().map(|one| one.id).collect();
        self.marks.retain(|id| left.contains(id));
        self.list(open);
        let at = |line: &Line| match (line, self.compared()) {
            (Line::Entry(at), Some(compared)) => compared.found.entries.get(*at).map(|one| one.id) == focused,
            _ => false,
        };
        match self.lines.iter().position(at).filter(|_| focused.is_some()) {
            Some(at) => self.cursor = at,
            None => self.pane = Pane::List,
        }
        self.field = self.field.min(self.parts(open).len().saturating_sub(1));
        self.scroll(shell);
    }

    fn act(&mut self, act: Act, open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) -> Turn {
        match act {
            Act::Marked => {
                let ids: Vec<Id> = self.marks.iter().copied().collect();
                self.take(&ids, None, open, shell, out);
            }
            Act::Other => {
                self.mode = if self.mode == Mode::Restore { Mode::Merge } else { Mode::Restore };
                (self.pane, self.field) = (Pane::List, 0);
                self.marks.clear();
                self.list(open);
                self.cursor = self.lines.iter().position(|line| matches!(line, Line::Entry(_))).unwrap_or(0);
                self.scroll(shell);
            }
            Act::All if self.mode == Mode::Restore => {
                // - what is not on the disk would be in no backup
                if shell.unsaved() {
                    crate::tui::update::write_again(shell, out);
                    shell.tell(Notice::Other(OtherTold::SaveFirst));
                    return Turn::Stay;
                }
                let Some(compared) = self.compared() else { return Turn::Stay };
                let gone = |one: &&Differing| one.place == Place::Here;
                let entries = &compared.found.entries;
                let gone = entries.iter().filter(gone).count();
                let when = view::when(compared, shell);
                return Turn::Over(Box::new(Ask::new(
                    Then::Restore { when, changed: entries.len() - gone, gone },
                    open,
                )));
            }
            Act::All => {
                let nothing =
                    self.compared().is_some_and(|one| one.contained && one.source.kind != Kind::Live);
                if nothing {
                    return Turn::Close;
                }
                self.send(Job::Merge, open);
            }
            Act::PutAway => {
                if let Some(Compared { source: Source { kind: Kind::Copy(copy), .. }, .. }) = self.compared()
                {
                    report::put_away(copy, open, shell, out);
                    return Turn::Close;
                }
            }
        }
        Turn::Stay
    }

    /// The vault goes away with the copy.
    fn send(&mut self, job: fn(Box<Compared>) -> Job, open: &mut Open) {
        self.peek.hide();
        let Step::Look(compared) = &self.step else { return };
        let away = Step::Away(compared.source.clone());
        if let Step::Look(compared) = std::mem::replace(&mut self.step, away) {
            open.work = Some(Task::Other(job(compared)));
        }
    }

    fn looking(
        &mut self,
        command: Command,
        open: &mut Open,
        shell: &mut Shell,
        out: &mut Vec<Effect>,
    ) -> Turn {
        let (cursor, last, page) = match self.pane {
            Pane::List => (self.cursor, self.lines.len().saturating_sub(1), view::rows(self, shell)),
            Pane::Detail => (self.field, self.parts(open).len().saturating_sub(1), 5),
        };
        match command {
            Command::Down => self.travel(cursor + 1, open, shell),
            Command::Up => self.travel(cursor.saturating_sub(1), open, shell),
            Command::First => self.travel(0, open, shell),
            Command::Last => self.travel(last, open, shell),
            Command::PageDown | Command::HalfDown => self.travel(cursor + page, open, shell),
            Command::PageUp | Command::HalfUp => self.travel(cursor.saturating_sub(page), open, shell),
            Command::NextFound => self.next(true, open, shell),
            Command::PreviousFound => self.next(false, open, shell),
            Command::Right if self.entry().is_some() => self.pane = Pane::Detail,
            Command::Next | Command::Previous if self.entry().is_some() => {
                self.peek.hide();
                self.pane = if self.pane == Pane::List { Pane::Detail } else { Pane::List };
            }
            Command::Left => {
                self.peek.hide();
                self.pane = Pane::List;
            }
            Command::Right | Command::Next | Command::Previous => {}
            Command::Mark if self.mode == Mode::Restore && !open.contents.read_only() => {
                if let Some(id) = self.entry().map(|one| one.id) {
                    let acts = self.lines.iter().filter(|line| matches!(line, Line::Act(_))).count();
                    if !self.marks.remove(&id) {
                        self.marks.insert(id);
                    }
                    self.list(open);
                    let now = self.lines.iter().filter(|line| matches!(line, Line::Act(_))).count();
                    // - the line above that the first mark brings
                    self.cursor = (self.cursor + now + 1 - acts).min(self.lines.len().saturating_sub(1));
                    self.scroll(shell);
                }
            }
            Command::MarkAll if self.mode == Mode::Restore && !open.contents.read_only() => {
                let all: BTreeSet<Id> = self
                    .compared()
                    .map_or(BTreeSet::new(), |one| one.found.entries.iter().map(|one| one.id).collect());
                self.marks = if self.marks == all { BTreeSet::new() } else { all };
                let focus = self.line();
                self.list(open);
                self.cursor = self.lines.iter().position(|line| Some(*line) == focus).unwrap_or(0);
                self.scroll(shell);
            }
            Command::Mark | Command::MarkAll => {}
            Command::Open => match (self.pane, self.line()) {
                (_, Some(Line::Act(act))) => return self.act(act, open, shell, out),
                (Pane::List, Some(Line::Entry(_))) => (self.pane, self.field) = (Pane::Detail, 0),
                (Pane::Detail, Some(Line::Entry(_))) if self.takes(open) => {
                    let id = self.entry().map(|one| one.id);
                    let only = self.focused_field(open).map(|field| (field.tag, field.element));
                    self.take(&id.into_iter().collect::<Vec<_>>(), only, open, shell, out);
                }
                _ => {}
            },
            Command::Reveal | Command::Spell => self.show(command == Command::Spell, open, shell),
            // - what the keys of entries change here is not what stands beside it
            Command::Edit
            | Command::Clone
            | Command::Change
            | Command::Move
            | Command::Tags
            | Command::Favourite
            | Command::Archive
            | Command::Trash
            | Command::History
            | Command::CopyQr
            | Command::CopyInTurn => shell.tell(Notice::Unavailable(Unavailable::NotHere)),
            _ => return Turn::Pass,
        }
        Turn::Stay
    }

    fn came_back(&mut self, done: &mut Done, open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) {
        let Step::Away(source) = &self.step else { return };
        let source = source.clone();
        self.step = Step::Report(match done {
            Done::Merged(Ok(merged)) => Report::merged(source, merged, open, shell, out),
            Done::Restored(Ok(restored)) => Report::restored(source, restored, open, shell),
            Done::Merged(Err(failure)) | Done::Restored(Err(failure)) => {
                Report::failed(source, opener::said(failure, shell))
            }
            Done::Listed(_) | Done::Compared(_) | Done::Rewritten(_) => return,
        });
    }
}

fn is_staged(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::STAGED_SECRET | Tag::STAGED_STATE | Tag::STAGED_REASON | Tag::STAGED_SINCE | Tag::STAGED_RECIPE
    )
}

impl Page for Differences {
    fn scopes(&self) -> &'static [Scope] {
        match self.step {
            Step::Look(_) => &[Scope::Entry, Scope::Browse, Scope::Anywhere],
            Step::Away(_) | Step::Report(_) => &[Scope::Browse, Scope::Anywhere],
        }
    }

    fn name(&self, _: &Open, shell: &Shell) -> String {
        let source = match &self.step {
            Step::Look(compared) => &compared.source,
            Step::Away(source) => source,
            Step::Report(report) => &report.source,
        };
        view::name(source, shell)
    }

    fn footer(&self) -> &'static [Command] {
        match (&self.step, self.mode) {
            (Step::Look(_), Mode::Restore) => &[
                Command::Open,
                Command::NextFound,
                Command::Reveal,
                Command::Mark,
                Command::Undo,
                Command::Back,
                Command::HelpHere,
            ],
            (Step::Look(_), Mode::Merge) => {
                &[Command::Open, Command::NextFound, Command::Reveal, Command::Back, Command::HelpHere]
            }
            (Step::Away(_) | Step::Report(_), _) => {
                &[Command::Open, Command::Down, Command::Undo, Command::Back, Command::HelpHere]
            }
        }
    }

    fn selected(&self) -> Option<Id> {
        self.entry().map(|one| one.id)
    }

    fn has(&self, _: &Open, _: Part) -> Option<bool> {
        Some(false)
    }

    fn shows(&self, open: &Open) -> Option<bool> {
        Some(match self.pane {
            Pane::List => self.fields(open).iter().any(|field| field.tag.is_sealed()),
            Pane::Detail => self.focused_field(open).is_some_and(|field| field.tag.is_sealed()),
        })
    }

    fn is_shown(&self) -> bool {
        self.peek.is_open()
    }

    fn means(&self, command: Command) -> Option<Command> {
        let with = if command == Command::MarkAll { Command::Mark } else { command };
        usually(with, self.popup(), self.footer()).map(|_| command)
    }

    fn update(
        &mut self,
        open: &mut Open,
        input: Input<'_>,
        shell: &mut Shell,
        out: &mut Vec<Effect>,
    ) -> Turn {
        let Input::Command(command) = input else { return Turn::Stay };
        match &mut self.step {
            Step::Look(_) => self.looking(command, open, shell, out),
            Step::Report(report) => report.update(command, open, shell, out),
            Step::Away(_) => Turn::Pass,
        }
    }

    fn back(&mut self, _: &mut Open, _: &mut Shell, _: &mut Vec<Effect>) -> bool {
        self.peek.hide() || std::mem::replace(&mut self.pane, Pane::List) == Pane::Detail
    }

    fn given(&mut self, given: Given, open: &mut Open, _: &mut Shell, _: &mut Vec<Effect>) {
        if matches!(given, Given::Yes) {
            self.send(Job::Restore, open);
        }
    }

    fn done(
        &mut self,
        _: JobId,
        outcome: Outcome,
        open: &mut Open,
        shell: &mut Shell,
        out: &mut Vec<Effect>,
    ) -> Option<Outcome> {
        match outcome {
            Outcome::Done(task::Done::Other(mut done)) if matches!(self.step, Step::Away(_)) => {
                self.came_back(&mut done, open, shell, out);
                // - the page below may list what is there now
                Some(Outcome::Done(task::Done::Other(done)))
            }
            Outcome::Done(task::Done::Applied { done, deed: (_, count), .. }) => {
                let told = if done { OtherTold::Taken(count) } else { OtherTold::Refused };
                shell.tell(Notice::Other(told));
                Some(outcome)
            }
            other => Some(other),
        }
    }

    fn settle(&mut self, open: &Open, shell: &Shell) {
        self.peek.hide();
        if self.version != open.contents.version() {
            self.again(open, shell);
        }
        self.scroll(shell);
    }

    fn hide(&mut self) {
        self.peek.hide();
    }

    fn deadline(&self, shell: &Shell) -> Option<Duration> {
        self.peek.deadline(shell)
    }

    fn tick(&mut self, _: &mut Open, shell: &mut Shell, _: &mut Vec<Effect>) {
        self.peek.tick(shell);
    }

    fn outline(&self, open: &Open, shell: &Shell) -> Vec<Row> {
        view::outline(self, open, shell)
    }

    fn view(&self, open: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        view::draw(self, open, shell, area, buf)
    }
}
