//! The panel of an open change: both passwords, and how it ends. Two machines may each have begun
//! one; then all of them are there, each with its own end.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::draft::{Draft, Way};
use super::rotated::Rotated;
use crate::crypto::entropy::array;
use crate::model::{Entry, Id};
use crate::ops::rotation::rotator::{self, Rotator};
use crate::ops::staged::{self, Step};
use crate::text::sanitise;
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope};
use crate::tui::contents::{Part, date};
use crate::tui::effect::{Effect, JobId, Outcome};
use crate::tui::event::Input;
use crate::tui::notice::{Notice, StagedTold};
use crate::tui::page::popup::{self, Item};
use crate::tui::page::send::SendTo;
use crate::tui::page::{Page, Turn, usually};
use crate::tui::rotate::{Job, Ran};
use crate::tui::screen::vault::reveal::Peek;
use crate::tui::screen::vault::{Open, copy};
use crate::tui::screen::{Cursor, Row};
use crate::tui::task::{Done, Task};
use crate::tui::theme::Name;
use crate::tui::widget::text::{fit, width};

/// What a row does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stop {
    Old,
    New(usize),
    Confirm(usize),
    Discard(usize),
    /// Have a command set it at its host.
    Rotate(usize),
    Forced,
    Later,
}

/// The panel.
#[derive(Debug)]
pub struct Panel {
    entry: Id,
    focus: usize,
    peek: Peek,
    /// The command that the settings have for the entry.
    rotator: Option<Rotator>,
    turn: Option<Turn>,
}

impl Panel {
    /// The panel of an entry; the focus is on its newest password.
    pub fn new(entry: Id, open: &Open, shell: &Shell) -> Panel {
        let rotator = open.contents.entry(entry);
        let rotator = rotator.and_then(|entry| rotator::choose(&shell.settings.rotators, entry, None).ok());
        // - the demo runs nothing
        let rotator = rotator.filter(|_| !shell.demo).cloned();
        let mut panel = Panel { entry, focus: 0, peek: Peek::default(), rotator, turn: None };
        let stops = panel.stops(open);
        panel.focus = stops.iter().rposition(|stop| matches!(stop, Stop::New(_))).unwrap_or(0);
        panel
    }

    fn elements(&self, open: &Open) -> Vec<Id> {
        let staged = open.contents.entry(self.entry).map_or(Vec::new(), Entry::staged);
        staged.iter().map(|one| one.element).collect()
    }

    fn stops(&self, open: &Open) -> Vec<Stop> {
        let mut stops = Vec::new();
        if open.contents.has(self.entry, Part::Password) {
            stops.push(Stop::Old);
        }
        for at in 0..self.elements(open).len() {
            stops.push(Stop::New(at));
            stops.extend(self.rotator.is_some().then_some(Stop::Rotate(at)));
            stops.extend([Stop::Confirm(at), Stop::Discard(at)]);
        }
        stops.extend([Stop::Forced, Stop::Later]);
        stops
    }

    fn stop(&self, open: &Open) -> Stop {
        self.stops(open).get(self.focus).copied().unwrap_or(Stop::Later)
    }

    /// Shows all its passwords in the order of the rows, old one first, or hides them.
    fn show(&mut self, spelled: bool, open: &Open, shell: &Shell) {
        let Some(entry) = open.contents.entry(self.entry) else { return };
        let staged = entry.staged();
        let all = entry.password().into_iter().chain(staged.iter().map(|one| one.secret));
        self.peek.open(spelled, (open, self.entry), shell, all.map(Some));
    }

    fn copy_new(&self, at: usize, open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) {
        let Some(entry) = open.contents.entry(self.entry) else { return };
        let Some(one) = entry.staged().get(at).copied() else { return };
        match open.contents.session().reveal_text(self.entry, one.secret) {
            Ok(secret) => copy::send(open, (self.entry, Part::Staged), secret, shell, out),
            Err(_) => shell.tell(Notice::CannotOpenValue),
        }
    }

    fn end(
        &mut self,
        how: fn(&crate::model::Record, Id, Id) -> Option<Step>,
        told: StagedTold,
        at: usize,
        open: &mut Open,
        shell: &mut Shell,
        out: &mut Vec<Effect>,
    ) -> Turn {
        let element = self.elements(open).get(at).copied();
        let record = open.contents.session().vault().record(self.entry);
        let (Some(element), Some(record)) = (element, record) else { return Turn::Close };
        let Ok(fresh) = array(&mut *shell.entropy).map(Id) else {
            shell.tell(Notice::Staged(StagedTold::NoRandom));
            return Turn::Stay;
        };
        let Some(step) = how(record, element, fresh) else { return Turn::Close };
        if !copy::apply_step(open, step, shell, out) {
            shell.tell(Notice::Staged(StagedTold::Refused));
            return Turn::Stay;
        }
        shell.tell(Notice::Staged(told));
        self.peek.hide();
        if self.elements(open).is_empty() {
            return Turn::Close;
        }
        *self = Panel::new(self.entry, open, shell);
        Turn::Stay
    }

    /// Sends the vault away to have the new password set; only once that is on the disk.
    fn rotate(&mut self, at: usize, open: &mut Open, shell: &mut Shell) {
        let (Some(rotator), Some(element)) = (self.rotator.clone(), self.elements(open).get(at).copied())
        else {
            return;
        };
        if shell.unsaved() {
            return shell.tell(Notice::Staged(StagedTold::NotSaved));
        }
        self.peek.hide();
        open.work = Some(Task::Rotate(Job { entry: self.entry, element, rotator }));
    }

    /// What became of it: what was set is confirmed, else it is told why not.
    fn ran(&mut self, ran: Ran, open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) {
        if ran.trouble.is_some() {
            self.turn = Rotated::of(ran).map(|page| Turn::Replace(Box::new(page)));
            return;
        }
        let at = self.elements(open).iter().position(|one| *one == ran.element);
        match at.map(|at| self.end(staged::confirm, StagedTold::Rotated, at, open, shell, out)) {
            Some(Turn::Stay) => {}
            Some(turn) => self.turn = Some(turn),
            None => shell.tell(Notice::Staged(StagedTold::Refused)),
        }
    }

    fn act(&mut self, open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) -> Turn {
        match self.stop(open) {
            Stop::Old => copy::part_of(open, (self.entry, Part::Password), shell, out),
            Stop::New(at) => self.copy_new(at, open, shell, out),
            Stop::Rotate(at) => self.rotate(at, open, shell),
            Stop::Confirm(at) => {
                return self.end(staged::confirm, StagedTold::Confirmed, at, open, shell, out);
            }
            Stop::Discard(at) => {
                return self.end(staged::discard, StagedTold::Discarded, at, open, shell, out);
            }
            Stop::Forced => return Turn::Over(Box::new(Draft::new(self.entry, Way::Forced, open, shell))),
            Stop::Later => return Turn::Close,
        }
        Turn::Stay
    }

    fn items(&self, open: &Open, shell: &Shell, cells: u16) -> Vec<Item> {
        let text = &shell.catalog().tui.page.staged;
        let Some(entry) = open.contents.entry(self.entry) else { return Vec::new() };
        let staged = entry.staged();
        let stops = self.stops(open);
        let place = |stop| stops.iter().position(|one| *one == stop);
        let key = |command| shell.keymap.label(command);
        let label = width(text.old_password).max(width(text.new_password)).min(cells * 2 / 5) + 2;
        let room = popup::value_cells(label, cells);
        let mut items = Vec::new();
        let mut number = 0;
        if entry.password().is_some() {
            items.push(Item {
                label: text.old_password.to_owned(),
                value: self.peek.lines(0, room, shell),
                key: key(Command::CopyPassword),
                stop: place(Stop::Old),
                ..Item::default()
            });
            number = 1;
        }
        for (at, one) in staged.iter().enumerate() {
            let days = shell.now.wall_ms.saturating_sub(one.since) / 86_400_000;
            let day =
                format!("{} ({})", date(one.since, &shell.zone), (shell.catalog().tui.vault.days_ago)(days));
            let words = (text.since)(&day, &fit(&sanitise::line(one.reason), 200));
            items.push(Item::told(&words, Name::Dim));
            items.push(Item {
                label: text.new_password.to_owned(),
                value: self.peek.lines(number + at, room, shell),
                key: if at + 1 == staged.len() { key(Command::CopyStaged) } else { String::new() },
                stop: place(Stop::New(at)),
                ..Item::default()
            });
            let named =
                self.rotator.as_ref().map(|rotator| (text.rotate)(&fit(&sanitise::line(&rotator.name), 30)));
            let acts = [
                (Stop::Rotate(at), named.unwrap_or_default()),
                (Stop::Confirm(at), text.confirm.to_owned()),
                (Stop::Discard(at), text.discard.to_owned()),
            ];
            for (stop, words) in acts.into_iter().filter(|(stop, _)| place(*stop).is_some()) {
                let mut item = Item::act(0, &words, String::new());
                item.stop = place(stop);
                items.push(item);
            }
        }
        items.push(Item::gap());
        for (stop, words) in [(Stop::Forced, text.forced), (Stop::Later, text.later)] {
            let mut item = Item::act(0, words, String::new());
            item.stop = place(stop);
            items.push(item);
        }
        items
    }

    fn edge(&self, open: &Open, shell: &Shell) -> String {
        let text = &shell.catalog().tui.page.staged;
        let vault = &shell.catalog().tui.vault;
        match self.stop(open) {
            Stop::Old | Stop::New(_) => {
                popup::edge(shell, &[(Command::Open, vault.enter_copies), (Command::Reveal, vault.shows)])
            }
            Stop::Rotate(_) => popup::edge(shell, &[(Command::Open, text.rotates)]),
            Stop::Confirm(_) => popup::edge(shell, &[(Command::Open, text.confirms)]),
            Stop::Discard(_) => popup::edge(shell, &[(Command::Open, text.discards)]),
            Stop::Forced => popup::edge(shell, &[(Command::Open, text.goes)]),
            Stop::Later => popup::edge(shell, &[(Command::Open, text.closes)]),
        }
    }
}

impl Page for Panel {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Entry, Scope::Browse, Scope::Anywhere]
    }

    fn name(&self, _: &Open, shell: &Shell) -> String {
        shell.catalog().tui.page.staged.title.to_owned()
    }

    fn footer(&self) -> &'static [Command] {
        &[
            Command::Open,
            Command::CopyPassword,
            Command::CopyStaged,
            Command::Reveal,
            Command::Send,
            Command::Undo,
            Command::Back,
            Command::HelpHere,
        ]
    }

    fn selected(&self) -> Option<Id> {
        Some(self.entry)
    }

    fn shows(&self, open: &Open) -> Option<bool> {
        Some(!self.elements(open).is_empty() || open.contents.has(self.entry, Part::Password))
    }

    fn popup(&self) -> bool {
        true
    }

    fn is_shown(&self) -> bool {
        self.peek.is_open()
    }

    fn means(&self, command: Command) -> Option<Command> {
        use Command as C;
        let copies = matches!(command, C::CopyUser | C::CopyCode | C::CopyAddress | C::CopyInTurn | C::Spell);
        usually(command, self.popup(), self.footer()).or(copies.then_some(command))
    }

    fn update(
        &mut self,
        open: &mut Open,
        input: Input<'_>,
        shell: &mut Shell,
        out: &mut Vec<Effect>,
    ) -> Turn {
        let Input::Command(command) = input else { return Turn::Pass };
        let last = self.stops(open).len() - 1;
        match command {
            Command::Down | Command::Next => self.focus = (self.focus + 1).min(last),
            Command::Up | Command::Previous => self.focus = self.focus.saturating_sub(1),
            Command::First => self.focus = 0,
            Command::Last => self.focus = last,
            Command::Open => return self.act(open, shell, out),
            Command::CopyStaged => {
                let newest = self.elements(open).len().saturating_sub(1);
                let at = match self.stop(open) {
                    Stop::New(at) | Stop::Rotate(at) | Stop::Confirm(at) | Stop::Discard(at) => at,
                    Stop::Old | Stop::Forced | Stop::Later => newest,
                };
                self.copy_new(at, open, shell, out);
            }
            Command::Reveal | Command::Spell => self.show(command == Command::Spell, open, shell),
            Command::Send => {
                let part = if self.stop(open) == Stop::Old { Part::Password } else { Part::Staged };
                let page = SendTo::of_part(self.entry, part, open, shell, out);
                return page.map_or(Turn::Stay, Turn::Over);
            }
            // - it is here already
            Command::Change => {}
            _ => return Turn::Pass,
        }
        Turn::Stay
    }

    fn back(&mut self, _: &mut Open, _: &mut Shell, _: &mut Vec<Effect>) -> bool {
        self.peek.hide()
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
            Outcome::Done(Done::Rotated(ran)) if ran.entry == self.entry => {
                self.ran(ran, open, shell, out);
                None
            }
            other => Some(other),
        }
    }

    fn turn(&mut self) -> Option<Turn> {
        self.turn.take()
    }

    fn settle(&mut self, open: &Open, _: &Shell) {
        self.focus = self.focus.min(self.stops(open).len() - 1);
        // - the rows may be others now
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
        popup::outline(&self.items(open, shell, super::WIDE), self.focus)
    }

    fn view(&self, open: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        let title = (shell.catalog().tui.page.staged.under_way)(&super::title(open, self.entry, shell));
        let items = self.items(open, shell, popup::inner_cells(area, super::WIDE));
        popup::view(buf, area, super::WIDE, &title, &self.edge(open, shell), &items, self.focus, shell)
    }
}
