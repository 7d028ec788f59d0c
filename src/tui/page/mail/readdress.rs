//! Another mail address in place of one: both are typed, every entry that uses the old one is shown
//! with what changes in it, and those that are marked are written as one step. The account at each
//! site is changed by its owner first; what is not marked waits and is found again the next time.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::job::{Did, Job};
use crate::model::{Entry, Id, Kind};
use crate::ops::links;
use crate::ops::mailboxes::address_of;
use crate::ops::readdress::{self, Hit, ReaddressError, Swap};
use crate::text::{mail as words, sanitise};
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope, Unavailable};
use crate::tui::effect::{Effect, JobId, Outcome};
use crate::tui::event::Input;
use crate::tui::notice::Notice;
use crate::tui::page::fresh::Fresh;
use crate::tui::page::picker::{Did as Picked, Picker};
use crate::tui::page::popup::{self, Item};
use crate::tui::page::{Page, Turn};
use crate::tui::screen::vault::Open;
use crate::tui::screen::vault::signs::Sign;
use crate::tui::screen::{Cursor, Row, window};
use crate::tui::task::{Done, Task};
use crate::tui::theme::Name;
use crate::tui::widget::field::Field;
use crate::tui::widget::frame::{below, frame};
use crate::tui::widget::text::{fill, fit, put, put_outside, width, wrap};

/// The page.
#[derive(Debug)]
pub struct Readdress {
    old: Field,
    new: Field,
    /// 0 the old address, 1 the new one, 2 the row that looks.
    focus: usize,
    trouble: Option<ReaddressError>,
    /// What is looked for, once it is.
    swap: Option<Swap>,
    hits: Vec<Hit>,
    picker: Picker<usize>,
    fresh: Fresh,
    /// The entry that is to leave the address: its step of a plan is below, and once it is written
    /// the page goes back there.
    leaves: Option<Id>,
    turn: Option<Turn>,
}

impl Readdress {
    /// The address of the selected entry stands in the first field, where it has one.
    pub fn new(open: &Open) -> Readdress {
        let selected = open.selected().and_then(|id| open.contents.entry(id));
        let mailbox =
            selected.filter(|entry| links::likely::kind(*entry) == Kind::Mailbox).and_then(address_of);
        Readdress::of(&mailbox.unwrap_or_default())
    }

    /// For an entry whose address is closed: that one stands in the first field.
    pub fn of_step(old: &str, leaves: Id) -> Readdress {
        Readdress { leaves: Some(leaves), ..Readdress::of(old) }
    }

    fn of(old: &str) -> Readdress {
        Readdress {
            old: Field::of(old),
            new: Field::default(),
            focus: usize::from(!old.is_empty()),
            trouble: None,
            swap: None,
            hits: Vec::new(),
            picker: Picker::default(),
            fresh: Fresh::default(),
            leaves: None,
            turn: None,
        }
    }

    fn look(&mut self, open: &mut Open) {
        match Swap::of(self.old.text(), self.new.text()) {
            Ok(swap) => {
                open.work = Some(Task::Mail(Job::Find(swap.clone())));
                self.swap = Some(swap);
                self.trouble = None;
            }
            Err(error) => {
                self.focus = usize::from(error != ReaddressError::Old);
                self.trouble = Some(error);
            }
        }
    }

    fn take(&mut self, hits: Vec<Hit>, open: &Open, shell: &Shell) {
        let cursor = self.picker.cursor;
        self.picker = Picker { cursor, ..Picker::default() };
        self.picker.list((0..hits.len()).collect(), rows(shell));
        // - of a step its own entry is meant first
        let own = self.leaves.and_then(|id| hits.iter().position(|hit| hit.entry == id));
        if let Some(at) = own.filter(|_| self.fresh.waits()) {
            self.picker.cursor = at;
        }
        self.hits = hits;
        self.fresh.made(open);
    }

    fn field(&mut self) -> Option<&mut Field> {
        match self.focus {
            0 => Some(&mut self.old),
            1 => Some(&mut self.new),
            _ => None,
        }
    }

    fn write(&mut self, open: &mut Open, shell: &mut Shell) {
        let Some(swap) = self.swap.clone() else { return };
        let ids: Vec<Id> =
            self.picker.meant().into_iter().filter_map(|at| self.hits.get(at)).map(|hit| hit.entry).collect();
        if ids.is_empty() {
            return;
        }
        if open.contents.read_only() {
            return shell.tell(Notice::Unavailable(Unavailable::ReadOnly));
        }
        open.work = Some(Task::Mail(Job::Replace(swap, ids)));
    }

    fn form(&self, shell: &Shell, cells: u16) -> Vec<Item> {
        let text = &shell.catalog().tui.page.mail;
        let mut items = vec![Item::told(text.readdress_told, Name::Dim), Item::gap()];
        let label = width(text.old).max(width(text.new)) + 2;
        let room = popup::value_cells(label, cells);
        for (stop, (label, field)) in [(text.old, &self.old), (text.new, &self.new)].into_iter().enumerate() {
            let (value, caret) = popup::field(field, room);
            let (label, stop) = (label.to_owned(), Some(stop));
            items.push(Item { label, value, stop, caret: Some(caret), ..Item::default() });
        }
        items.push(Item::gap());
        items.push(Item::act(2, text.look, String::new()));
        if let Some(error) = self.trouble {
            items.push(Item::gap());
            items.push(Item::told(&format!("! {}", words::readdress(error, shell.lang)), Name::Danger));
        }
        items
    }

    /// What changes in an entry, on one line.
    fn changes(hit: &Hit, shell: &Shell) -> String {
        // - where the same is written in several places it is said once
        let mut all: Vec<(String, &str, &str)> = Vec::new();
        for spot in &hit.spots {
            let place = words::place(&spot.place, shell.lang);
            match all.last_mut().filter(|last| {
                (last.1, last.2) == (spot.before.as_str(), words::after(&spot.after, shell.lang))
            }) {
                Some(last) => last.0.push_str(&format!(", {place}")),
                None => all.push((place, &spot.before, words::after(&spot.after, shell.lang))),
            }
        }
        let said = all.iter().map(|(place, before, after)| format!("{before} -> {after} ({place})"));
        sanitise::line(&said.collect::<Vec<_>>().join("  ")).into_owned()
    }

    fn title<'a>(open: &'a Open, id: Id, shell: &'a Shell) -> &'a str {
        match open.contents.entry(id).map_or("", Entry::title) {
            "" => shell.catalog().tui.vault.untitled,
            title => title,
        }
    }

    fn view_list(&self, open: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        let (text, theme) = (&shell.catalog().tui.page.mail, &shell.theme);
        let inner = frame(buf, area, &self.name(open, shell), true, theme);
        let (x, cells) = (inner.x + 1, inner.width.saturating_sub(2));
        let told = if self.hits.is_empty() {
            (text.nobody.to_owned(), text.nobody_told)
        } else {
            ((text.found)(self.hits.len(), self.picker.marks.len()), text.found_told)
        };
        put(buf, x, inner.y, cells, &fit(&told.0, cells), theme.style(Name::Title));
        for (y, line) in (inner.y + 1..inner.bottom().min(inner.y + 3)).zip(wrap(told.1, cells, 2)) {
            put(buf, x, y, cells, &line, theme.style(Name::Text));
        }
        if !self.hits.is_empty() {
            let does = (text.writes)(self.picker.marks.len().max(1));
            popup::view_edge(buf, area, &popup::edge(shell, &[(Command::Open, &does)]), shell);
        }
        let body = Rect { y: inner.y + 4, height: inner.height.saturating_sub(4), ..inner };
        let mut cursor = Cursor::new(body.x, body.y.min(inner.bottom().saturating_sub(1)));
        let seen = rows(shell);
        for (row, (at, hit)) in (0_u16..).zip(self.picker.visible(seen)) {
            let Some(hit) = self.hits.get(hit) else { continue };
            let y = body.y + row * 2;
            if y >= body.bottom() {
                break;
            }
            let (focused, marked) = (at == self.picker.cursor, self.picker.marks.contains(&at));
            let base = theme.style(match (focused, marked) {
                (true, _) => Name::Selected,
                (false, true) => Name::Marked,
                (false, false) => Name::Text,
            });
            if focused {
                put(buf, body.x, y, body.width, &fill(">", body.width), base);
                cursor = Cursor::new(body.x, y);
            }
            put(buf, body.x + 1, y, 1, if marked { Sign::Marked.cell() } else { " " }, base);
            put_outside(
                buf,
                body.x + 3,
                y,
                cells.saturating_sub(3),
                Readdress::title(open, hit.entry, shell),
                base,
            );
            if y + 1 < body.bottom() {
                let words = fit(&Readdress::changes(hit, shell), cells.saturating_sub(5));
                put(buf, body.x + 5, y + 1, cells.saturating_sub(5), &words, theme.style(Name::Dim));
            }
        }
        let more = self.picker.ids.len().saturating_sub(self.picker.offset + seen);
        below(buf, area, more, shell.catalog().tui.vault.below, theme);
        cursor
    }
}

/// Visible entries, two lines each.
fn rows(shell: &Shell) -> usize {
    usize::from(window(shell).body.height.saturating_sub(6) / 2).max(1)
}

impl Page for Readdress {
    fn scopes(&self) -> &'static [Scope] {
        match (&self.swap, self.focus) {
            (Some(_), _) => &[Scope::Entry, Scope::Browse, Scope::Anywhere],
            (None, 0 | 1) => &[Scope::Form, Scope::Field, Scope::Anywhere],
            (None, _) => &[Scope::Browse, Scope::Anywhere],
        }
    }

    fn name(&self, _: &Open, shell: &Shell) -> String {
        shell.catalog().tui.page.mail.readdress.to_owned()
    }

    fn footer(&self) -> &'static [Command] {
        match (&self.swap, self.focus) {
            (Some(_), _) => &[
                Command::Open,
                Command::Mark,
                Command::MarkAll,
                Command::CopyAddress,
                Command::Undo,
                Command::Back,
                Command::HelpHere,
            ],
            (None, 0 | 1) => {
                &[Command::Accept, Command::FormUp, Command::EraseLeft, Command::Back, Command::Help]
            }
            (None, _) => &[Command::Open, Command::Up, Command::Back, Command::HelpHere],
        }
    }

    fn says(&self, command: Command, shell: &Shell) -> Option<&'static str> {
        let text = &shell.catalog().tui.page.mail;
        (command == Command::Open).then_some(if self.swap.is_some() {
            text.writes_short
        } else {
            text.look_short
        })
    }

    fn selected(&self) -> Option<Id> {
        self.swap.as_ref()?;
        self.picker.selected().and_then(|at| self.hits.get(at)).map(|hit| hit.entry)
    }

    fn update(&mut self, open: &mut Open, input: Input<'_>, shell: &mut Shell, _: &mut Vec<Effect>) -> Turn {
        if self.swap.is_some() {
            let Input::Command(command) = input else { return Turn::Pass };
            // - there is nothing to search in what was found
            if command != Command::Search && self.picker.update(input, rows(shell), shell) != Picked::Nothing
            {
                return Turn::Stay;
            }
            match command {
                Command::Open => self.write(open, shell),
                Command::Mark => self.picker.mark(rows(shell)),
                Command::MarkAll => self.picker.mark_all(),
                Command::Search | Command::Trash | Command::Move | Command::Tags | Command::Favourite => {
                    shell.tell(Notice::Unavailable(Unavailable::NotHere));
                }
                _ => return Turn::Pass,
            }
            return Turn::Stay;
        }
        let command = match input {
            Input::Char(c) => {
                if self.field().is_some_and(|field| !field.type_char(c)) {
                    shell.tell(Notice::FieldFull);
                }
                return Turn::Stay;
            }
            Input::Paste(bytes) => {
                self.field().into_iter().for_each(|field| field.paste(bytes));
                return Turn::Stay;
            }
            Input::Command(command) => command,
        };
        if self.field().is_some_and(|field| field.edit(command)) {
            return Turn::Stay;
        }
        match command {
            Command::Down | Command::FormDown | Command::Next => self.focus = (self.focus + 1).min(2),
            Command::Up | Command::FormUp | Command::Previous => self.focus = self.focus.saturating_sub(1),
            Command::Accept | Command::Open | Command::Mark if self.focus < 1 => self.focus = 1,
            Command::Accept | Command::Open | Command::Mark | Command::Save => self.look(open),
            _ => return Turn::Pass,
        }
        Turn::Stay
    }

    fn again(&mut self, open: &mut Open, _: &mut Shell, _: &mut Vec<Effect>) -> bool {
        if let Some(swap) = self.swap.clone() {
            open.work = Some(Task::Mail(Job::Find(swap)));
        }
        true
    }

    fn back(&mut self, _: &mut Open, _: &mut Shell, _: &mut Vec<Effect>) -> bool {
        if self.swap.is_none() {
            return false;
        }
        if self.picker.back().is_none() {
            (self.swap, self.focus) = (None, 1);
        }
        true
    }

    fn deadline(&self, shell: &Shell) -> Option<Duration> {
        self.fresh.deadline(shell)
    }

    fn tick(&mut self, open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) {
        if self.fresh.is_due() {
            self.again(open, shell, out);
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
            Outcome::Done(Done::Mail(Did::Found(hits))) => {
                self.take(hits, open, shell);
            }
            Outcome::Done(Done::Mail(Did::Nothing)) => shell.tell(Notice::NothingChanged),
            Outcome::Done(Done::Cancelled) => self.swap = None,
            // - written, or taken back: who still uses the old one is looked for anew
            Outcome::Done(done @ Done::Applied { .. }) => {
                match self.leaves {
                    Some(_) => self.turn = Some(Turn::Close),
                    None => {
                        self.again(open, shell, out);
                    }
                }
                return Some(Outcome::Done(done));
            }
            other => return Some(other),
        }
        None
    }

    fn turn(&mut self) -> Option<Turn> {
        self.turn.take()
    }

    fn settle(&mut self, open: &Open, shell: &Shell) {
        if let Some(swap) = &self.swap
            && self.fresh.outdated(open)
        {
            self.take(readdress::find(open.contents.session().vault(), swap), open, shell);
        }
        self.picker.place(rows(shell));
    }

    fn outline(&self, open: &Open, shell: &Shell) -> Vec<Row> {
        if self.swap.is_none() {
            return popup::outline(&self.form(shell, 80), self.focus);
        }
        let seen = self.picker.visible(rows(shell));
        let rows = seen.filter_map(|(at, hit)| {
            let hit = self.hits.get(hit)?;
            Some(Row {
                label: sanitise::line(Readdress::title(open, hit.entry, shell)).into_owned(),
                value: Readdress::changes(hit, shell),
                focus: at == self.picker.cursor,
                action: Some(Command::Open),
            })
        });
        rows.collect()
    }

    fn view(&self, open: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        if self.swap.is_some() {
            return self.view_list(open, shell, area, buf);
        }
        let inner = frame(buf, area, &self.name(open, shell), true, &shell.theme);
        let items = self.form(shell, inner.width.saturating_sub(2));
        popup::sheet(buf, inner, &items, Some(self.focus), shell)
    }
}
