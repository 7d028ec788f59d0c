//! The backups: when each was made, what it holds, what opens it. Enter opens one and shows what differs
//! from now; from there entries, fields or all of it come back.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::differences::Mode;
use super::opener::{self, Opener};
use super::value::{minute, second};
use super::{Given, Page, Turn, popup};
use crate::text::sanitise;
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope};
use crate::tui::effect::{Effect, JobId, Outcome};
use crate::tui::event::Input;
use crate::tui::notice::{Notice, OtherTold};
use crate::tui::other::{self, Job, Listed, Source};
use crate::tui::screen::vault::Open;
use crate::tui::screen::vault::list::scrolled;
use crate::tui::screen::{Cursor, Row, window};
use crate::tui::task::{Done, Task};
use crate::tui::theme::Name;
use crate::tui::widget::frame::frame;
use crate::tui::widget::text::{fill, fit, put, width, wrap};

/// The page.
#[derive(Debug)]
pub struct Backups {
    /// Newest first; none while they are read.
    all: Option<Vec<Listed>>,
    cursor: usize,
    offset: usize,
    opener: Opener,
    /// The newest is opened as soon as they are read.
    at_once: Option<Mode>,
    close: bool,
}

impl Backups {
    /// Reads them.
    pub fn new(open: &mut Open) -> Backups {
        open.work = Some(Task::Other(Job::Backups));
        let opener = Opener::default();
        Backups { all: None, cursor: 0, offset: 0, opener, at_once: None, close: false }
    }

    /// The same, and opens the newest that can be read.
    pub fn newest(mode: Mode, open: &mut Open) -> Backups {
        Backups { at_once: Some(mode), ..Backups::new(open) }
    }

    fn listed(&self) -> &[Listed] {
        self.all.as_deref().unwrap_or(&[])
    }

    fn compare(&mut self, mode: Mode, open: &mut Open) {
        let Some(one) = self.listed().get(self.cursor) else { return };
        let source = Source::backup(&one.backup);
        self.opener.open(source, mode, open);
    }

    fn travel(&mut self, next: usize, shell: &Shell) {
        self.opener.failure = None;
        self.cursor = next.min(self.listed().len().saturating_sub(1));
        self.offset = scrolled(self.offset, self.cursor, self.listed().len(), rows(shell));
    }

    /// When, entries, number of the save, what opens it, size.
    fn cells(&self, one: &Listed, shell: &Shell) -> [String; 5] {
        let text = &shell.catalog().tui.page.other;
        let size = format!("{} KiB", one.backup.len.div_ceil(1024));
        let (entries, save, reach) = match &one.held {
            Some(held) => {
                ((text.entries)(held.entries), (text.save)(held.counter), (text.reach)(held.reach).to_owned())
            }
            None => (text.damaged.to_owned(), String::new(), String::new()),
        };
        // - several of one minute are told apart
        let time = minute(one.backup.ms, &shell.zone);
        let others = self.listed().iter().filter(|other| minute(other.backup.ms, &shell.zone) == time);
        let time = if others.count() > 1 { second(one.backup.ms, &shell.zone) } else { time };
        [time, entries, save, reach, size]
    }

    /// On which machine and how long ago the one in focus was made.
    fn below(&self, shell: &Shell) -> String {
        let Some(one) = self.listed().get(self.cursor) else { return String::new() };
        let days = shell.now.wall_ms.saturating_sub(one.backup.ms) / 86_400_000;
        let mut words = (shell.catalog().tui.vault.days_ago)(days);
        let saved = one.held.as_ref().and_then(|held| held.saved.as_ref());
        if let Some((ms, host)) = saved {
            let time = minute(*ms, &shell.zone);
            let saved = (shell.catalog().tui.page.other.saved_on)(&time, &sanitise::line(host));
            words = format!("{words}  {saved}");
        }
        words
    }
}

/// Visible rows: of the body without the frame and the two lines below.
fn rows(shell: &Shell) -> usize {
    usize::from(window(shell).body.height.saturating_sub(4)).max(1)
}

impl Page for Backups {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Browse, Scope::Anywhere]
    }

    fn name(&self, _: &Open, shell: &Shell) -> String {
        shell.catalog().tui.page.other.backups_name.to_owned()
    }

    fn footer(&self) -> &'static [Command] {
        &[Command::Open, Command::Down, Command::Up, Command::Back, Command::HelpHere]
    }

    fn update(&mut self, open: &mut Open, input: Input<'_>, shell: &mut Shell, _: &mut Vec<Effect>) -> Turn {
        let Input::Command(command) = input else { return Turn::Stay };
        let (cursor, page) = (self.cursor, rows(shell));
        match command {
            Command::Down => self.travel(cursor + 1, shell),
            Command::Up => self.travel(cursor.saturating_sub(1), shell),
            Command::First => self.travel(0, shell),
            Command::Last => self.travel(usize::MAX, shell),
            Command::PageDown | Command::HalfDown => self.travel(cursor + page, shell),
            Command::PageUp | Command::HalfUp => self.travel(cursor.saturating_sub(page), shell),
            Command::Open | Command::Right => self.compare(Mode::Restore, open),
            Command::Backups => {}
            _ => return Turn::Pass,
        }
        Turn::Stay
    }

    fn given(&mut self, given: Given, open: &mut Open, _: &mut Shell, _: &mut Vec<Effect>) {
        if let Given::Secret(secret) = given {
            self.opener.given(&secret, open);
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
            Outcome::Done(Done::Other(other::Done::Listed(all))) => {
                let ours = open.contents.session().header().epoch;
                let newest = |mode: Mode| {
                    // - in the place of what is from before a password change comes what is from after it
                    let least = if mode == Mode::Restore { ours + 1 } else { 0 };
                    all.iter().position(|one| one.held.as_ref().is_some_and(|held| held.epoch >= least))
                };
                let at_once = self.at_once.take().map(|mode| (mode, newest(mode)));
                self.all = Some(all);
                self.travel(self.cursor, shell);
                match at_once {
                    Some((mode, Some(at))) => {
                        self.travel(at, shell);
                        self.compare(mode, open);
                    }
                    Some((_, None)) => shell.tell(Notice::Other(OtherTold::NoneLater)),
                    None => {}
                }
                None
            }
            Outcome::Done(Done::Cancelled) if self.all.is_none() => {
                shell.tell(Notice::Stopped);
                self.close = true;
                None
            }
            // - there is one more now
            Outcome::Done(Done::Other(other::Done::Restored(Ok(_)))) => {
                open.work = Some(Task::Other(Job::Backups));
                None
            }
            other => self.opener.done(other, open, shell),
        }
    }

    fn turn(&mut self) -> Option<Turn> {
        if std::mem::take(&mut self.close) { Some(Turn::Close) } else { self.opener.turn() }
    }

    fn settle(&mut self, _: &Open, shell: &Shell) {
        self.offset = scrolled(self.offset, self.cursor, self.listed().len(), rows(shell));
    }

    fn outline(&self, _: &Open, shell: &Shell) -> Vec<Row> {
        let row = |(at, one): (usize, &Listed)| {
            let [when, rest @ ..] = self.cells(one, shell);
            Row { label: when, value: rest.join("  "), focus: at == self.cursor, action: Some(Command::Open) }
        };
        self.listed().iter().enumerate().skip(self.offset).take(rows(shell)).map(row).collect()
    }

    fn view(&self, _: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        let (text, theme) = (&shell.catalog().tui.page.other, &shell.theme);
        let inner = frame(buf, area, &(text.backups)(self.listed().len()), true, theme);
        let Some(all) = &self.all else { return Cursor::new(inner.x, inner.y) };
        if all.is_empty() {
            put(buf, inner.x + 1, inner.y + 1, inner.width - 1, text.no_backups, theme.style(Name::Title));
            let advice = wrap(text.no_backups_advice, inner.width - 2, 6);
            for (y, line) in (inner.y + 3..inner.bottom()).zip(advice) {
                put(buf, inner.x + 1, y, inner.width - 1, &line, theme.style(Name::Text));
            }
            return Cursor::new(inner.x, inner.y);
        }
        popup::view_edge(buf, area, &popup::edge(shell, &[(Command::Open, text.compares)]), shell);
        let mut cursor = Cursor::new(inner.x, inner.y);
        let body = inner.height.saturating_sub(2);
        let cells: Vec<[String; 5]> = all.iter().map(|one| self.cells(one, shell)).collect();
        let wide = |at: usize| cells.iter().map(|row| width(&row[at])).max().unwrap_or(0) + 2;
        let columns = [0, 1, 2, 3, 4].map(wide);
        for (y, (at, row)) in (inner.y..inner.y + body).zip(cells.iter().enumerate().skip(self.offset)) {
            let selected = at == self.cursor;
            let base = theme.style(if selected { Name::Selected } else { Name::Text });
            if selected {
                put(buf, inner.x, y, inner.width, &fill("", inner.width), base);
                cursor = Cursor::new(inner.x, y);
            }
            put(buf, inner.x, y, 2, if selected { "> " } else { "  " }, base);
            let mut x = inner.x + 2;
            for (cell, cells) in row.iter().zip(columns) {
                if x + cells > inner.right() {
                    break;
                }
                put(buf, x, y, cells, cell, base);
                x += cells;
            }
        }
        let y = inner.bottom().saturating_sub(1);
        let (words, name) = match &self.opener.failure {
            Some(failure) => (opener::said(failure, shell).line(), Name::Danger),
            None => (self.below(shell), Name::Dim),
        };
        put(buf, inner.x + 2, y, inner.width - 3, &fit(&words, inner.width - 3), theme.style(name));
        cursor
    }
}
