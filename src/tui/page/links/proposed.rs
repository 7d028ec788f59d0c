//! Links that the entries tell and nobody set yet: each with what it rests on. Those that are marked,
//! or the one in focus, are set as one step, or refused for good so that they are not proposed again.

use std::collections::BTreeMap;
use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::model::{Entry, Id, Relation};
use crate::ops::links::{self, By, Proposal};
use crate::ops::search::fold::fold;
use crate::text::{links as words, sanitise};
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope, Unavailable};
use crate::tui::contents;
use crate::tui::effect::{Effect, JobId, Outcome};
use crate::tui::event::Input;
use crate::tui::notice::Notice;
use crate::tui::page::fresh::Fresh;
use crate::tui::page::picker::{Did, Picker};
use crate::tui::page::{Page, Turn, popup};
use crate::tui::screen::vault::Open;
use crate::tui::screen::vault::signs::Sign;
use crate::tui::screen::{Cursor, Row, window};
use crate::tui::task::{Done, Task};
use crate::tui::theme::Name;
use crate::tui::widget::frame::{below, frame};
use crate::tui::widget::text::{fill, fit, put, put_outside, width, wrap};

/// A link: from, the byte of the relation, to.
type Key = (Id, u8, Id);

/// From so many cells on the reason stands beside the link, not below it.
const ONE_LINE: u16 = 110;

/// What Enter does with those that are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Choice {
    Set,
    Refuse,
}

/// The page.
#[derive(Debug)]
pub struct Proposed {
    all: BTreeMap<Key, By>,
    picker: Picker<Key>,
    choice: Choice,
    fresh: Fresh,
}

impl Proposed {
    /// All proposals, of a large vault by a job.
    pub fn new(open: &mut Open, shell: &Shell) -> Proposed {
        let mut page = Proposed {
            all: BTreeMap::new(),
            picker: Picker::default(),
            choice: Choice::Set,
            fresh: Fresh::default(),
        };
        page.ask(open, shell);
        page
    }

    fn ask(&mut self, open: &mut Open, shell: &Shell) {
        if open.contents.is_large() {
            open.work = Some(Task::Propose);
        } else {
            self.take(super::of(open), open, shell);
        }
    }

    fn take(&mut self, found: Vec<Proposal>, open: &Open, shell: &Shell) {
        self.fresh.made(open);
        self.all = found.into_iter().map(|one| ((one.from, one.relation.byte(), one.to), one.by)).collect();
        let all = &self.all;
        self.picker.marks.retain(|key| all.contains_key(key));
        self.read(open, shell);
    }

    /// Lists those that the filter lets through: by relation, then by what they lead to.
    fn read(&mut self, open: &Open, shell: &Shell) {
        let wanted = fold(self.picker.filter.text().trim());
        let name = |id: Id| fold(open.contents.entry(id).map_or("", Entry::title));
        let mut keys: Vec<(u8, String, String, Key)> =
            self.all.keys().map(|key| (key.1, name(key.2), name(key.0), *key)).collect();
        keys.retain(|(_, to, from, _)| wanted.is_empty() || to.contains(&wanted) || from.contains(&wanted));
        keys.sort();
        self.picker.list(keys.into_iter().map(|one| one.3).collect(), rows(shell));
    }

    fn settle_them(&mut self, open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) {
        let meant = self.picker.meant();
        if meant.is_empty() {
            return;
        }
        let take = self.choice == Choice::Set;
        let links: Vec<(Id, Relation, Id)> =
            meant.iter().map(|(from, relation, to)| (*from, Relation::from_byte(*relation), *to)).collect();
        if !super::set(open, &links, take, shell, out) {
            return;
        }
        for key in &meant {
            self.all.remove(key);
        }
        self.picker.marks.clear();
        self.choice = Choice::Set;
        self.fresh.made(open);
        self.read(open, shell);
    }

    fn edge(&self, shell: &Shell) -> String {
        let text = &shell.catalog().tui.page.links;
        if self.picker.ids.is_empty() || self.picker.filtering {
            return String::new();
        }
        let takes = (text.takes)(self.picker.marks.len().max(1));
        match self.choice {
            Choice::Set => popup::edge(shell, &[(Command::Open, &takes), (Command::Next, text.refuses)]),
            Choice::Refuse => popup::edge(shell, &[(Command::Open, text.refuses), (Command::Next, &takes)]),
        }
    }

    fn reason(&self, key: &Key, open: &Open, shell: &Shell) -> String {
        let (Some(from), Some(to)) = (open.contents.entry(key.0), open.contents.entry(key.2)) else {
            return String::new();
        };
        let by = self.all.get(key).copied().unwrap_or(By::Domain);
        let evidence = links::evidence(from, to, by);
        words::by(by, &sanitise::line(&evidence), shell.lang)
    }

    fn view_row(&self, open: &Open, shell: &Shell, (at, key): (usize, Key), area: Rect, buf: &mut Buffer) {
        let theme = &shell.theme;
        let selected = at == self.picker.cursor;
        let marked = self.picker.marks.contains(&key);
        let base = theme.style(match (selected, marked) {
            (true, _) => Name::Selected,
            (false, true) => Name::Marked,
            (false, false) => Name::Text,
        });
        let quiet = if selected { base } else { theme.style(Name::Dim) };
        if selected {
            put(buf, area.x, area.y, area.width, &fill("", area.width), base);
        }
        put(buf, area.x, area.y, 1, if selected { ">" } else { " " }, base);
        put(buf, area.x + 1, area.y, 1, if marked { Sign::Marked.cell() } else { " " }, base);
        let one_line = area.width >= ONE_LINE;
        let room = if one_line { area.width * 3 / 5 } else { area.width }.saturating_sub(4);
        let relation = words::relation(Relation::from_byte(key.1), shell.lang);
        let word = width(relation) + 2;
        let each = room.saturating_sub(word) / 2;
        let untitled = shell.catalog().tui.vault.untitled;
        let title = |id: Id| match open.contents.entry(id).map_or("", Entry::title) {
            "" => untitled,
            title => title,
        };
        let x = area.x + 3;
        put_outside(buf, x, area.y, each, title(key.0), base);
        put(buf, x + each + 1, area.y, word, relation, quiet);
        put_outside(buf, x + each + word, area.y, each, title(key.2), base);
        let reason = self.reason(&key, open, shell);
        if one_line {
            let x = x + room + 1;
            let cells = area.right().saturating_sub(x + 1);
            put(buf, x, area.y, cells, &fit(&reason, cells), quiet);
        } else if area.height > 1 {
            let cells = area.width.saturating_sub(7);
            put(buf, area.x + 5, area.y + 1, cells, &fit(&reason, cells), theme.style(Name::Dim));
        }
    }
}

/// Lines of a proposal.
fn lines(shell: &Shell) -> u16 {
    if shell.size.width.saturating_sub(2) >= ONE_LINE { 1 } else { 2 }
}

/// Visible proposals: of the body without the frame, what is told, the filter.
fn rows(shell: &Shell) -> usize {
    usize::from(window(shell).body.height.saturating_sub(7) / lines(shell)).max(1)
}

impl Page for Proposed {
    fn scopes(&self) -> &'static [Scope] {
        self.picker.scopes(&[Scope::Entry, Scope::Browse, Scope::Anywhere])
    }

    fn name(&self, _: &Open, shell: &Shell) -> String {
        shell.catalog().tui.page.links.proposed.to_owned()
    }

    fn footer(&self) -> &'static [Command] {
        if self.picker.filtering {
            return &[Command::KeepSearch, Command::HitDown, Command::HitUp, Command::Back, Command::Help];
        }
        if self.picker.ids.is_empty() {
            return &[Command::Search, Command::Back, Command::HelpHere];
        }
        &[
            Command::Open,
            Command::Mark,
            Command::MarkAll,
            Command::Next,
            Command::Undo,
            Command::Search,
            Command::Back,
            Command::HelpHere,
        ]
    }

    fn says(&self, command: Command, shell: &Shell) -> Option<&'static str> {
        let text = &shell.catalog().tui.page.links;
        let (set, refuse) = (text.sets_short, text.refuses_short);
        match (command, self.choice) {
            (Command::Open, Choice::Set) | (Command::Next, Choice::Refuse) => Some(set),
            (Command::Open, Choice::Refuse) | (Command::Next, Choice::Set) => Some(refuse),
            _ => None,
        }
    }

    fn selected(&self) -> Option<Id> {
        self.picker.selected().map(|key| key.0)
    }

    fn means(&self, command: Command) -> Option<Command> {
        use Command as C;
        let no = matches!(command, C::Reveal | C::Spell | C::Move | C::Tags | C::Favourite | C::Trash);
        (!no).then_some(command)
    }

    fn update(
        &mut self,
        open: &mut Open,
        input: Input<'_>,
        shell: &mut Shell,
        out: &mut Vec<Effect>,
    ) -> Turn {
        match self.picker.update(input, rows(shell), shell) {
            Did::Nothing => {}
            Did::Moved => return Turn::Stay,
            Did::Filter => {
                self.read(open, shell);
                return Turn::Stay;
            }
        }
        let Input::Command(command) = input else { return Turn::Pass };
        match command {
            Command::Open => self.settle_them(open, shell, out),
            Command::Mark => self.picker.mark(rows(shell)),
            Command::MarkAll => self.picker.mark_all(),
            Command::Next | Command::Previous | Command::Left | Command::Right => {
                self.choice = if self.choice == Choice::Set { Choice::Refuse } else { Choice::Set };
            }
            // - these would mean the entries, which lie elsewhere
            Command::Trash | Command::Move | Command::Tags | Command::Favourite | Command::Archive => {
                shell.tell(Notice::Unavailable(Unavailable::NotHere));
            }
            Command::GoLinks => {}
            _ => return Turn::Pass,
        }
        Turn::Stay
    }

    fn again(&mut self, open: &mut Open, shell: &mut Shell, _: &mut Vec<Effect>) -> bool {
        self.ask(open, shell);
        true
    }

    fn back(&mut self, open: &mut Open, shell: &mut Shell, _: &mut Vec<Effect>) -> bool {
        let did = self.picker.back();
        if did == Some(Did::Filter) {
            self.read(open, shell);
        }
        did.is_some()
    }

    fn settle(&mut self, open: &Open, shell: &Shell) {
        if self.fresh.outdated(open) {
            self.take(super::of(open), open, shell);
        }
        self.picker.place(rows(shell));
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
        out: &mut Vec<Effect>,
    ) -> Option<Outcome> {
        match outcome {
            Outcome::Done(Done::Proposed(found)) => {
                // - in the detail of each entry, too
                let before = open.contents.propose(contents::Proposed::of(&found));
                out.push(Effect::Wipe(Box::new(before)));
                self.take(found, open, shell);
            }
            Outcome::Done(Done::Cancelled) if self.fresh.stopped() => {}
            // - what was to be set is not
            Outcome::Done(Done::Cancelled) => self.ask(open, shell),
            other => return Some(other),
        }
        None
    }

    fn turn(&mut self) -> Option<Turn> {
        self.fresh.turn()
    }

    fn outline(&self, open: &Open, shell: &Shell) -> Vec<Row> {
        let text = &shell.catalog().tui.page.links;
        let title = |id: Id| sanitise::line(open.contents.entry(id).map_or("", Entry::title)).into_owned();
        let rows = self.picker.visible(rows(shell)).map(|(at, key)| {
            let relation = words::relation(Relation::from_byte(key.1), shell.lang);
            Row {
                label: format!("{} {relation} {}", title(key.0), title(key.2)),
                value: self.reason(&key, open, shell),
                focus: at == self.picker.cursor,
                action: Some(Command::Open),
            }
        });
        let told = Row::told(&(text.proposed_counts)(self.all.len(), self.picker.marks.len()), "");
        [told].into_iter().chain(rows).collect()
    }

    fn view(&self, open: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        let (text, theme) = (&shell.catalog().tui.page.links, &shell.theme);
        let inner = frame(buf, area, text.proposed, true, theme);
        popup::view_edge(buf, area, &self.edge(shell), shell);
        let caret = self.picker.view_filter(shell.catalog().tui.vault.search_hint, inner, buf, shell);
        let x = inner.x + 1;
        let cells = inner.width.saturating_sub(2);
        let counts = (text.proposed_counts)(self.all.len(), self.picker.marks.len());
        let told = match (self.fresh.waits(), self.all.is_empty()) {
            (true, _) => (text.waits.to_owned(), ""),
            (_, true) => (text.none.to_owned(), text.none_advice),
            (_, false) => (counts, text.proposed_told),
        };
        put(buf, x, inner.y + 1, cells, &fit(&told.0, cells), theme.style(Name::Title));
        for (y, line) in (inner.y + 2..inner.bottom().min(inner.y + 4)).zip(wrap(told.1, cells, 2)) {
            put(buf, x, y, cells, &line, theme.style(Name::Dim));
        }
        let high = lines(shell);
        let body = Rect { y: inner.y + 5, height: inner.height.saturating_sub(5), ..inner };
        if self.picker.ids.is_empty() && !self.all.is_empty() {
            put(buf, x, body.y, cells, shell.catalog().tui.vault.no_hits, theme.style(Name::Text));
        }
        let mut cursor = caret;
        if !self.picker.filtering {
            cursor = Cursor::new(body.x, body.y.min(inner.bottom().saturating_sub(1)));
        }
        let seen = rows(shell);
        for (row, (at, key)) in (0..).zip(self.picker.visible(seen)) {
            let y = body.y + row * high;
            let place = Rect::new(body.x, y, body.width, high).intersection(body);
            if place.height == 0 {
                break;
            }
            self.view_row(open, shell, (at, key), place, buf);
            if at == self.picker.cursor && !self.picker.filtering {
                cursor = Cursor::new(body.x, y);
            }
        }
        let more = self.picker.ids.len().saturating_sub(self.picker.offset + seen);
        below(buf, area, more, shell.catalog().tui.vault.below, theme);
        cursor
    }
}
