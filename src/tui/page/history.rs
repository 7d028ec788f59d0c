//! The history of an entry: its revisions, what each was beside what is now ([`differences`]), the
//! password of each, and the way back to one. What it shows of secrets is opened for twelve seconds, as
//! elsewhere.

mod differences;

use std::collections::BTreeSet;
use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::popup::{self, Item};
use super::qr::{Qr, Source};
use super::send::SendTo;
use super::value::minute;
use super::{Page, Turn};
use crate::model::{Id, Record, Section, Tag};
use crate::ops::history::{self, Difference, Revision, value_at};
use crate::text::sanitise;
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope, Unavailable};
use crate::tui::contents::{Part, date};
use crate::tui::effect::Effect;
use crate::tui::event::Input;
use crate::tui::notice::{HistoryTold, Notice};
use crate::tui::screen::vault::list::scrolled;
use crate::tui::screen::vault::reveal::Peek;
use crate::tui::screen::vault::{Open, Pane, TWO_PANES, copy};
use crate::tui::screen::{Cursor, Row, window};
use crate::tui::theme::Name;
use crate::tui::widget::frame::frame;
use crate::tui::widget::text::{fill, fit, put, width};

/// The page.
#[derive(Debug)]
pub struct History {
    entry: Id,
    /// Newest first.
    all: Vec<Revision>,
    cursor: usize,
    offset: usize,
    /// The list, or (`Detail`) the differences.
    pane: Pane,
    row: usize,
    peek: Peek,
}

impl History {
    /// The history of the selected entry.
    pub fn of(open: &Open) -> Option<Box<dyn Page>> {
        let entry = open.selected()?;
        let all = revisions(open, entry);
        let made =
            History { entry, all, cursor: 0, offset: 0, pane: Pane::List, row: 0, peek: Peek::default() };
        Some(Box::new(made))
    }

    fn record<'a>(&self, open: &'a Open) -> Option<&'a Record> {
        open.contents.session().vault().record(self.entry)
    }

    fn revision(&self) -> Option<&Revision> {
        self.all.get(self.cursor)
    }

    /// The sealed password of the revision in focus.
    fn password<'a>(&self, open: &'a Open) -> Option<&'a [u8]> {
        let attr = self.record(open)?.attr(Tag::PASSWORD, None)?;
        value_at(attr, self.revision()?.stamp).filter(|value| !value.is_empty())
    }

    fn seen(&self, open: &Open, shell: &Shell) -> Vec<differences::Seen> {
        let (Some(record), Some(revision)) = (self.record(open), self.revision()) else { return Vec::new() };
        differences::seen(record, revision, open, shell)
    }

    fn travel(&mut self, next: usize, open: &Open, shell: &Shell) {
        self.peek.hide();
        match self.pane {
            Pane::List => {
                self.cursor = next.min(self.all.len().saturating_sub(1));
                self.row = 0;
                self.offset = scrolled(self.offset, self.cursor, self.all.len(), rows(shell));
            }
            Pane::Detail => self.row = next.min(self.seen(open, shell).len().saturating_sub(1)),
        }
    }

    /// To the next difference; behind the last to the first of the next revision.
    fn step(&mut self, forward: bool, open: &Open, shell: &Shell) {
        self.peek.hide();
        let last = self.seen(open, shell).len().saturating_sub(1);
        if std::mem::replace(&mut self.pane, Pane::Detail) == Pane::List {
            self.row = 0;
        } else if forward && self.row < last {
            self.row += 1;
        } else if !forward && self.row > 0 {
            self.row -= 1;
        } else if forward && self.cursor + 1 < self.all.len() {
            self.cursor += 1;
            self.row = 0;
        } else if !forward && self.cursor > 0 {
            self.cursor -= 1;
            self.row = self.seen(open, shell).len().saturating_sub(1);
        }
        self.offset = scrolled(self.offset, self.cursor, self.all.len(), rows(shell));
    }

    fn show(&mut self, spelled: bool, open: &Open, shell: &Shell) {
        let seen = self.seen(open, shell);
        if self.pane == Pane::List {
            let Some(at) = seen.iter().position(|one| one.tag == Tag::PASSWORD) else { return };
            self.pane = Pane::Detail;
            self.row = at;
        }
        let Some(one) = seen.get(self.row) else { return };
        self.peek.open(spelled, (open, self.entry), shell, one.sealed());
    }

    fn copy(&self, open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) {
        let (Some(envelope), Some(revision)) = (self.password(open), self.revision()) else { return };
        match open.contents.session().reveal_text(self.entry, envelope) {
            Ok(secret) => {
                copy::send(open, (self.entry, Part::Password), secret, shell, out);
                let day = date(revision.stamp.ms(), &shell.zone);
                if let Some(copied) = &mut open.copied {
                    copied.label = (shell.catalog().tui.page.history.password_of)(&day);
                }
            }
            Err(_) => shell.tell(Notice::CannotOpenValue),
        }
    }

    fn restore(&mut self, open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) {
        let (Some(record), Some(revision)) = (self.record(open), self.revision()) else { return };
        let Some(change) = history::restore(record, revision) else {
            // - a change under way stays under way: it is the one thing that may still differ
            let differs = |one: &Difference<'_>| one.then.is_some_and(|then| then != one.now);
            let other = history::differences(record, revision).iter().any(differs);
            let told = if other { HistoryTold::StagedStays } else { HistoryTold::Same };
            return shell.tell(Notice::History(told));
        };
        if copy::apply(open, &change, shell, out) {
            shell.tell(Notice::History(HistoryTold::Restored));
            self.all = revisions(open, self.entry);
            (self.cursor, self.offset, self.row, self.pane) = (0, 0, 0, Pane::List);
            self.peek.hide();
        }
    }

    fn items(&self, open: &Open, shell: &Shell, cells: u16) -> Vec<Item> {
        let shown = (self.pane == Pane::Detail && self.peek.is_open()).then_some((self.row, &self.peek));
        differences::items(&self.seen(open, shell), shown, shell, cells)
    }

    fn edge(&self, open: &Open, shell: &Shell, cells: u16) -> String {
        let text = &shell.catalog().tui.page.history;
        let enter = (Command::Open, if self.pane == Pane::List { text.shows } else { text.restores });
        let both = popup::edge(shell, &[enter, (Command::CopyPassword, text.copies)]);
        if self.password(open).is_some() && width(&both) + 6 <= cells {
            both
        } else {
            popup::edge(shell, &[enter])
        }
    }

    fn view_list(&self, open: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        let (text, theme) = (&shell.catalog().tui.page.history, &shell.theme);
        let title = open.contents.entry(self.entry).map_or("", |entry| entry.title());
        let focused = self.pane == Pane::List;
        let inner = frame(buf, area, &(text.of)(&sanitise::line(title)), focused, theme);
        if focused {
            popup::view_edge(buf, area, &self.edge(open, shell, area.width), shell);
        }
        let mut cursor = Cursor::new(inner.x, inner.y);
        for (y, (at, one)) in (inner.y..inner.bottom()).zip(self.all.iter().enumerate().skip(self.offset)) {
            let selected = at == self.cursor;
            let base = theme.style(match (selected, focused) {
                (true, true) => Name::Selected,
                (true, false) => Name::Marked,
                (false, _) => Name::Text,
            });
            if selected {
                put(buf, inner.x, y, inner.width, &fill("", inner.width), base);
                cursor = Cursor::new(inner.x, y);
            }
            put(buf, inner.x, y, 2, if selected { "> " } else { "  " }, base);
            let x = put(buf, inner.x + 2, y, 18, &minute(one.stamp.ms(), &shell.zone), base) + 2;
            let mut names = changed(one, shell);
            if at == 0 {
                names = format!("[{}] {names}", text.newest);
            }
            let by = writer(open, one.stamp.writer);
            if !by.is_empty() {
                names.push_str(&format!("  ({by})"));
            }
            let room = inner.right().saturating_sub(x + 1);
            put(buf, x, y, room, &fit(&names, room), base);
        }
        cursor
    }

    fn view_differences(&self, open: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        let (text, theme) = (&shell.catalog().tui.page.history, &shell.theme);
        let time = self.revision().map_or(String::new(), |one| minute(one.stamp.ms(), &shell.zone));
        let focused = self.pane == Pane::Detail;
        let inner = frame(buf, area, &(text.at)(&time), focused, theme);
        if focused {
            popup::view_edge(buf, area, &self.edge(open, shell, area.width), shell);
        }
        let items = self.items(open, shell, inner.width.saturating_sub(2));
        popup::sheet(buf, inner, &items, focused.then_some(self.row), shell)
    }
}

fn revisions(open: &Open, entry: Id) -> Vec<Revision> {
    let record = open.contents.session().vault().record(entry);
    let mut all = record.map_or(Vec::new(), history::revisions);
    all.reverse();
    all
}

/// Visible rows of the list.
fn rows(shell: &Shell) -> usize {
    usize::from(window(shell).body.height.saturating_sub(2)).max(1)
}

/// The names of what was written at a revision, each once, the password first.
fn changed(revision: &Revision, shell: &Shell) -> String {
    let tags: BTreeSet<u16> = revision.changed.iter().map(|(tag, _)| tag.0 & 0x1fff).collect();
    let mut names: Vec<&str> = Vec::new();
    let by_number = |number: u16| Tag::ALL.iter().find(|tag| tag.0 & 0x1fff == number).copied();
    let password = Tag::PASSWORD.0 & 0x1fff;
    let order =
        tags.iter().filter(|one| **one == password).chain(tags.iter().filter(|one| **one != password));
    for tag in order.filter_map(|number| by_number(*number)) {
        let name = (shell.catalog().cli.say.tag)(tag);
        if !matches!(tag, Tag::URL_PLACE | Tag::FIELD_PLACE) && !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(", ")
}

fn writer(open: &Open, number: u16) -> String {
    let mut id = [0; 16];
    id[..2].copy_from_slice(&number.to_le_bytes());
    let writers = open.contents.session().vault().section(Section::Writers);
    sanitise::line(writers.get(Id(id)).map_or("", |record| record.text(Tag::NAME))).into_owned()
}

impl Page for History {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Entry, Scope::Browse, Scope::Anywhere]
    }

    fn name(&self, _: &Open, shell: &Shell) -> String {
        shell.catalog().tui.page.history.title.to_owned()
    }

    fn footer(&self) -> &'static [Command] {
        &[
            Command::Open,
            Command::CopyPassword,
            Command::Reveal,
            Command::NextFound,
            Command::Undo,
            Command::Back,
            Command::HelpHere,
        ]
    }

    fn says(&self, command: Command, shell: &Shell) -> Option<&'static str> {
        let text = &shell.catalog().tui.page.history;
        match command {
            Command::Open if self.pane == Pane::Detail => Some(text.restore_word),
            Command::Open => Some(text.show_word),
            Command::NextFound => Some(text.next_word),
            _ => None,
        }
    }

    fn selected(&self) -> Option<Id> {
        Some(self.entry)
    }

    fn has(&self, open: &Open, part: Part) -> Option<bool> {
        (part == Part::Password).then(|| self.password(open).is_some())
    }

    fn shows(&self, open: &Open) -> Option<bool> {
        let record = self.record(open)?;
        let found = history::differences(record, self.revision()?);
        Some(match self.pane {
            Pane::List => self.password(open).is_some(),
            Pane::Detail => found.get(self.row).is_some_and(|one| one.tag.is_sealed()),
        })
    }

    fn is_shown(&self) -> bool {
        self.peek.is_open()
    }

    fn update(
        &mut self,
        open: &mut Open,
        input: Input<'_>,
        shell: &mut Shell,
        out: &mut Vec<Effect>,
    ) -> Turn {
        let Input::Command(command) = input else { return Turn::Pass };
        let (cursor, last, page) = match self.pane {
            Pane::List => (self.cursor, self.all.len().saturating_sub(1), rows(shell)),
            Pane::Detail => (self.row, self.seen(open, shell).len().saturating_sub(1), 5),
        };
        match command {
            Command::Down => self.travel(cursor + 1, open, shell),
            Command::Up => self.travel(cursor.saturating_sub(1), open, shell),
            Command::First => self.travel(0, open, shell),
            Command::Last => self.travel(last, open, shell),
            Command::PageDown | Command::HalfDown => self.travel(cursor + page, open, shell),
            Command::PageUp | Command::HalfUp => self.travel(cursor.saturating_sub(page), open, shell),
            Command::NextFound => self.step(true, open, shell),
            Command::PreviousFound => self.step(false, open, shell),
            Command::Right => self.pane = Pane::Detail,
            Command::Left => {
                self.peek.hide();
                self.pane = Pane::List;
            }
            Command::Next | Command::Previous => {
                self.peek.hide();
                self.pane = if self.pane == Pane::List { Pane::Detail } else { Pane::List };
            }
            Command::Open if self.pane == Pane::List => self.pane = Pane::Detail,
            Command::Open | Command::Restore => self.restore(open, shell, out),
            Command::Reveal | Command::Spell => self.show(command == Command::Spell, open, shell),
            Command::CopyPassword => self.copy(open, shell, out),
            Command::CopyQr => {
                let day = self.revision().map_or(String::new(), |one| date(one.stamp.ms(), &shell.zone));
                if let Some(envelope) = self.password(open) {
                    let label = (shell.catalog().tui.page.history.password_of)(&day);
                    let source = Source::Sealed(envelope.into());
                    return Turn::Over(Box::new(Qr::new(self.entry, source, label, open, shell)));
                }
            }
            Command::Send => {
                let day = self.revision().map_or(String::new(), |one| date(one.stamp.ms(), &shell.zone));
                if let Some(envelope) = self.password(open) {
                    let label = (shell.catalog().tui.page.history.password_of)(&day);
                    return Turn::Over(SendTo::of_sealed(self.entry, envelope.into(), &label, shell, out));
                }
            }
            Command::History => return Turn::No(Unavailable::Already),
            _ => return Turn::Pass,
        }
        Turn::Stay
    }

    fn back(&mut self, _: &mut Open, _: &mut Shell, _: &mut Vec<Effect>) -> bool {
        self.peek.hide() || std::mem::replace(&mut self.pane, Pane::List) == Pane::Detail
    }

    fn settle(&mut self, open: &Open, shell: &Shell) {
        let id = self.revision().map(Revision::id);
        self.all = revisions(open, self.entry);
        let same = self.all.iter().position(|one| Some(one.id()) == id);
        self.cursor = same.unwrap_or(self.cursor.min(self.all.len().saturating_sub(1)));
        self.row = self.row.min(self.seen(open, shell).len().saturating_sub(1));
        self.offset = scrolled(self.offset, self.cursor, self.all.len(), rows(shell));
        self.peek.hide();
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
        if self.pane == Pane::Detail {
            return popup::outline(&self.items(open, shell, 80), self.row);
        }
        let seen = self.all.iter().enumerate().skip(self.offset).take(rows(shell));
        seen.map(|(at, one)| Row {
            label: minute(one.stamp.ms(), &shell.zone),
            value: changed(one, shell),
            focus: at == self.cursor,
            action: Some(Command::Open),
        })
        .collect()
    }

    fn view(&self, open: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        if area.width < TWO_PANES {
            return match self.pane {
                Pane::List => self.view_list(open, shell, area, buf),
                Pane::Detail => self.view_differences(open, shell, area, buf),
            };
        }
        let left = (area.width * 45 / 100).min(64);
        let list = self.view_list(open, shell, Rect { width: left, ..area }, buf);
        let right = Rect { x: area.x + left, width: area.width - left, ..area };
        let differences = self.view_differences(open, shell, right, buf);
        if self.pane == Pane::List { list } else { differences }
    }
}
