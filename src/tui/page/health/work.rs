//! One problem after the other: what is found of an entry, why, since when, with what it hangs
//! together, what to do; and the acts that do it. The order stays while a person works through it.
//! Passwords are shown only when asked, for a while.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::list::title_of;
use super::plan::{self, Of};
use super::{Act, act};
use crate::model::{Entry, Id, State};
use crate::ops::health::{Check, Finding, Member, Place};
use crate::ops::twins::TwinsError;
use crate::secret::Secret;
use crate::text::{health as words, sanitise};
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope};
use crate::tui::contents::{Part, date};
use crate::tui::effect::Effect;
use crate::tui::event::Input;
use crate::tui::notice::{Deed, Notice};
use crate::tui::page::popup::{self, Item};
use crate::tui::page::{Given, Page, Turn};
use crate::tui::screen::vault::reveal::Peek;
use crate::tui::screen::vault::{Open, detail, steps};
use crate::tui::screen::{Cursor, Row, window};
use crate::tui::theme::Name;
use crate::tui::widget::frame::frame;
use crate::tui::widget::text::{fit, put, wrap};

/// Most members of a cluster that are named, and whose passwords are shown.
const NAMED: usize = 12;

/// What a row does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stop {
    Join,
    Fix,
    Address,
    Entry,
    Leave,
    Taken,
    Next,
}

/// The page.
#[derive(Debug)]
pub struct Work {
    of: Of,
    /// The problems in their order; those that are solved meanwhile stay in it.
    order: Vec<Option<Id>>,
    at: usize,
    focus: usize,
    /// The first line of what is told that is seen.
    offset: usize,
    peek: Peek,
}

impl Work {
    /// Begins with a problem of a list.
    pub fn new(of: Of, entry: Option<Id>, open: &Open) -> Work {
        let order = open.contents.report.as_ref().map_or(Vec::new(), |report| plan::problems(report, of));
        let at = order.iter().position(|one| *one == entry).unwrap_or(0);
        Work { of, order, at, focus: 0, offset: 0, peek: Peek::default() }
    }

    /// Just this problem, to be shown beside a list.
    pub(super) fn of(of: Of, entry: Option<Id>, _: &Open) -> Work {
        Work { of, order: vec![entry], at: 0, focus: 0, offset: 0, peek: Peek::default() }
    }

    fn entry(&self) -> Option<Option<Id>> {
        self.order.get(self.at).copied()
    }

    fn stops(&self, open: &Open) -> Vec<Stop> {
        let mut stops = Vec::new();
        if let Some(Some(id)) = self.entry() {
            let entry = open.contents.entry(id);
            if entry.is_some_and(|entry| entry.state() == State::Active) {
                if self.twins(open).len() > 1 && !open.contents.read_only() {
                    stops.push(Stop::Join);
                }
                if open.contents.has(id, Part::Password) && !open.contents.read_only() {
                    stops.push(Stop::Fix);
                }
                if open.contents.has(id, Part::Address(0)) {
                    stops.push(Stop::Address);
                }
                stops.push(Stop::Entry);
            }
        }
        if !open.contents.read_only() && !self.findings(open).is_empty() {
            stops.push(Stop::Leave);
        }
        // - who knows a leaked password may have been in
        let leaked = self.findings(open).iter().any(|one| one.why.check() == Check::Leaked);
        if leaked && !open.contents.read_only() {
            stops.push(Stop::Taken);
        }
        if self.at + 1 < self.order.len() {
            stops.push(Stop::Next);
        }
        stops
    }

    fn findings<'o>(&self, open: &'o Open) -> Vec<&'o Finding> {
        match (&open.contents.report, self.entry()) {
            (Some(report), Some(entry)) => plan::findings(report, self.of, entry),
            _ => Vec::new(),
        }
    }

    /// What hangs together with the first finding that hangs together with something, itself first.
    fn members<'o>(&self, open: &'o Open) -> Vec<&'o Member> {
        let Some(report) = &open.contents.report else { return Vec::new() };
        let entry = self.entry().flatten();
        let found = self.findings(open).into_iter().find_map(|one| one.cluster);
        let cluster = found.and_then(|at| report.clusters.get(at as usize));
        let mut all: Vec<&Member> = cluster.map_or(Vec::new(), |cluster| cluster.members.iter().collect());
        let title = |id: Id| open.contents.session().vault().entry(id).map(|entry| entry.title());
        all.sort_by_key(|one| (Some(one.entry) != entry, title(one.entry)));
        all.truncate(NAMED);
        all
    }

    /// The entries of one account, where this one has another like it.
    fn twins(&self, open: &Open) -> Vec<Id> {
        let Some(report) = &open.contents.report else { return Vec::new() };
        let found = self.findings(open).into_iter().find(|one| one.why.check() == Check::Duplicate);
        let cluster = found.and_then(|one| report.clusters.get(one.cluster? as usize));
        let all = cluster.map_or(&[][..], |cluster| cluster.members.as_slice());
        let lives = |id: &Id| open.contents.entry(*id).is_some_and(|entry| entry.state() == State::Active);
        all.iter().map(|one| one.entry).filter(lives).collect()
    }

    /// Makes one entry of those of one account.
    fn join(&mut self, open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) {
        let ids = self.twins(open);
        let earlier = shell.catalog().tui.page.health.earlier;
        let change = match open.contents.join_twins(&ids, earlier, &mut *shell.entropy) {
            Ok(change) => change,
            Err(TwinsError::Staged) => return shell.tell(Notice::HealthStaged),
            Err(TwinsError::Forged) => return shell.tell(Notice::CannotOpenValue),
            Err(TwinsError::NotTwo | TwinsError::Entropy(_)) => return shell.tell(Notice::ChangeRefused),
        };
        self.peek.hide();
        if steps::apply_as(open, &change, (Deed::MadeOne, ids.len()), shell, out) {
            crate::tui::health::soon(open);
            shell.tell(Notice::Done(Deed::MadeOne, ids.len()));
        } else {
            shell.tell(Notice::ChangeRefused);
        }
    }

    fn go(&mut self, at: usize) {
        self.peek.hide();
        self.at = at;
        (self.focus, self.offset) = (0, 0);
    }

    fn step(&mut self, forward: bool, shell: &mut Shell) {
        let next = if forward { self.at + 1 } else { self.at.wrapping_sub(1) };
        if next < self.order.len() {
            self.go(next);
        } else if forward {
            shell.tell(Notice::HealthLast);
        }
    }

    fn scroll(&mut self, by: isize, open: &Open, shell: &Shell) {
        let inner = window(shell).body;
        let (cells, height) = (inner.width.saturating_sub(4), inner.height.saturating_sub(2));
        let room = usize::from(height.saturating_sub(self.act_lines(open, height) + 1));
        let most = lines(&self.told(open, shell, cells), cells).len().saturating_sub(room);
        self.offset = self.offset.saturating_add_signed(by).min(most);
    }

    fn show(&mut self, spelled: bool, open: &Open, shell: &mut Shell) {
        let members = self.members(open);
        let mut secrets = Vec::new();
        for one in &members {
            match open.contents.open_member(one) {
                Ok(secret) => secrets.push(secret),
                Err(_) => return shell.tell(Notice::CannotOpenValue),
            }
        }
        if members.is_empty() {
            let own = self.entry().flatten();
            match own.map(|id| open.contents.open_part(id, Part::Password, shell.now.wall_ms)) {
                Some(Ok(secret)) => secrets.push(secret),
                Some(Err(_)) => return shell.tell(Notice::CannotOpenValue),
                None => return,
            }
        }
        let held: Vec<Secret> = secrets;
        self.peek.toggle(spelled, shell, || held);
    }

    fn do_stop(&mut self, open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) -> Turn {
        let stops = self.stops(open);
        let Some(stop) = stops.get(self.focus.min(stops.len().saturating_sub(1))) else { return Turn::Stay };
        let command = match stop {
            Stop::Fix => Command::Change,
            Stop::Address => Command::CopyAddress,
            Stop::Leave => Command::Ignore,
            Stop::Taken => Command::BrokenInto,
            Stop::Next => Command::NextFound,
            Stop::Join => {
                self.join(open, shell, out);
                return Turn::Stay;
            }
            Stop::Entry => {
                let Some(id) = self.entry().flatten() else { return Turn::Stay };
                open.pages.clear();
                detail::go(open, id, shell);
                return Turn::Close;
            }
        };
        self.peek.hide();
        if matches!(command, Command::Change | Command::CopyAddress | Command::BrokenInto) {
            return Turn::Run(command);
        }
        self.run(command, open, shell, out)
    }

    fn run(&mut self, command: Command, open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) -> Turn {
        match command {
            Command::NextFound => self.step(true, shell),
            Command::PreviousFound => self.step(false, shell),
            other => {
                let Some(entry) = self.entry() else { return Turn::Pass };
                return match act(other, self.of, entry, (open, shell), out) {
                    Act::Turn(turn) => turn,
                    Act::Pass => Turn::Pass,
                };
            }
        }
        Turn::Stay
    }

    /// What is found, why, since when, with what, and what helps.
    fn told(&self, open: &Open, shell: &Shell, cells: u16) -> Vec<Item> {
        let text = &shell.catalog().tui.page.health;
        let Some(entry) = self.entry() else { return vec![Item::told(text.gone, Name::Text)] };
        let mut items = Vec::new();
        let found = self.findings(open);
        let title = |id: Id| title_of(open, Some(id), shell);
        let day = |ms: u64| date(ms, &shell.zone);
        let label = |one: &Finding| words::check(one.why.check(), shell.lang);
        if let Some(first) = found.first() {
            let opens = (text.opens_what)(first.opens);
            if !opens.is_empty() && entry.is_some() {
                items.extend(wrap(opens, cells, 3).iter().map(|line| Item::told(line, Name::Dim)));
                items.push(Item::gap());
            }
        } else {
            items.push(Item::told(text.gone, Name::Text));
        }
        let mut members = Some(self.members(open)).filter(|all| all.len() > 1);
        for one in &found {
            let why = words::why(&one.why, shell.lang, &title, &day);
            let since = one.since.map_or(String::new(), |ms| format!("  {}", (text.history_since)(&day(ms))));
            let mut value: Vec<(String, Name)> = Vec::new();
            let room = cells.saturating_sub(2);
            let check = one.why.check();
            let look = if one.ignored.is_some() {
                Name::Dim
            } else {
                crate::tui::health::sign::look(check, &shell.theme)
            };
            let head = format!("{} {}{since}", crate::tui::health::sign::sign(check), label(one));
            items.push(Item::told(&head, look));
            value.extend(wrap(&sanitise::line(&why), room, 4).into_iter().map(|line| (line, Name::Text)));
            if let Some(ignored) = &one.ignored {
                let until = Some(ignored.until).filter(|until| *until != 0).map(day);
                let words = (text.left_alone)(until.as_deref(), &sanitise::line(&ignored.reason));
                value.extend(wrap(&words, room, 3).into_iter().map(|line| (line, Name::Dim)));
            } else {
                let advice = words::advice(&one.why, shell.lang);
                value.extend(wrap(advice, room, 3).into_iter().map(|line| (line, Name::Dim)));
            }
            items.extend(value.into_iter().map(|(line, name)| Item::told(&format!("  {line}"), name)));
            if one.cluster.is_some()
                && let Some(all) = members.take()
            {
                items.extend(self.member_items(&all, entry, open, shell, room));
            }
        }
        if members.is_some() || (found.iter().all(|one| one.cluster.is_none()) && self.peek.is_open()) {
            let shown = self.peek.lines(0, cells.saturating_sub(2), shell);
            items.extend(shown.into_iter().map(|(line, name)| Item::told(&format!("  {line}"), name)));
        }
        items
    }

    /// What can be done.
    fn acts(&self, open: &Open, shell: &Shell) -> Vec<Item> {
        let text = &shell.catalog().tui.page.health;
        let key = |command| shell.keymap.label(command);
        let staged = self.entry().flatten().is_some_and(|id| open.contents.has(id, Part::Staged));
        let ignored = self.findings(open).first().is_some_and(|one| one.ignored.is_some());
        let stops = self.stops(open).into_iter().enumerate();
        stops
            .map(|(at, stop)| {
                let (words, key) = match stop {
                    Stop::Join => (text.join, String::new()),
                    Stop::Fix if staged => (text.finish, key(Command::Change)),
                    Stop::Fix => (text.fix, key(Command::Change)),
                    Stop::Address => (text.address, key(Command::CopyAddress)),
                    Stop::Entry => (text.entry, String::new()),
                    Stop::Leave if ignored => (text.attend, key(Command::Ignore)),
                    Stop::Leave => (text.leave, key(Command::Ignore)),
                    Stop::Taken => (text.taken, key(Command::BrokenInto)),
                    Stop::Next => (text.next, key(Command::NextFound)),
                };
                Item::act(at, words, key)
            })
            .collect()
    }

    /// The entries of a cluster, and their passwords while these are shown.
    fn member_items(
        &self,
        all: &[&Member],
        entry: Option<Id>,
        open: &Open,
        shell: &Shell,
        room: u16,
    ) -> Vec<Item> {
        let mut items = Vec::new();
        let names: Vec<String> = all
            .iter()
            .map(|one| {
                let title = title_of(open, Some(one.entry), shell);
                let user = open.contents.entry(one.entry).map_or("", Entry::username);
                let user = sanitise::line(user);
                let place = words::place(one.place, shell.lang);
                let since = Some(one.since).filter(|ms| *ms != 0).map(|ms| date(ms, &shell.zone));
                [title, user.into_owned(), place.to_owned(), since.unwrap_or_default()]
                    .into_iter()
                    .filter(|part| !part.is_empty())
                    .collect::<Vec<_>>()
                    .join("  ")
            })
            .collect();
        for (at, (one, name)) in all.iter().zip(names).enumerate() {
            let own = Some(one.entry) == entry && one.place == Place::Current;
            if own && !self.peek.is_open() {
                continue;
            }
            let look = if own { Name::Marked } else { Name::Text };
            items.push(Item::told(&format!("    - {}", fit(&name, room.saturating_sub(4))), look));
            if self.peek.is_open() {
                let lines = self.peek.lines(at, room.saturating_sub(6), shell);
                items
                    .extend(lines.into_iter().map(|(line, name)| Item::told(&format!("      {line}"), name)));
            }
        }
        items
    }

    fn heading(&self, open: &Open, shell: &Shell) -> String {
        let title = self.entry().map_or(String::new(), |entry| title_of(open, entry, shell));
        let user = self.entry().flatten().and_then(|id| open.contents.entry(id)).map_or("", Entry::username);
        let place = (shell.catalog().tui.page.health.of)(self.at + 1, self.order.len());
        let user = if user.is_empty() { String::new() } else { format!("  {}", sanitise::line(user)) };
        if self.order.len() > 1 { format!("{place}: {title}{user}") } else { format!("{title}{user}") }
    }

    /// Draws it into a frame of its own; `focused` shows what can be done.
    pub(super) fn draw(&self, open: &Open, shell: &Shell, area: Rect, focused: bool, buf: &mut Buffer) {
        self.paint(open, shell, area, focused, buf);
    }

    /// Lines of acts: all of them where there is room, else some around the one in focus.
    fn act_lines(&self, open: &Open, height: u16) -> u16 {
        let all = u16::try_from(self.stops(open).len()).unwrap_or(0);
        all.min((height / 3).max(2))
    }

    fn paint(&self, open: &Open, shell: &Shell, area: Rect, focused: bool, buf: &mut Buffer) -> Cursor {
        let (text, theme) = (&shell.catalog().tui.page.health, &shell.theme);
        let heading = fit(&self.heading(open, shell), area.width.saturating_sub(6));
        let inner = frame(buf, area, &heading, focused, theme);
        let cells = inner.width.saturating_sub(2);
        let told = lines(&self.told(open, shell, cells), cells);
        let acts = if focused { self.act_lines(open, inner.height) } else { 0 };
        let gap = u16::from(acts > 0);
        let room = inner.height.saturating_sub(acts + gap);
        let offset = self.offset.min(told.len().saturating_sub(usize::from(room)));
        for (y, (line, name)) in (inner.y..inner.y + room).zip(told.iter().skip(offset)) {
            put(buf, inner.x + 1, y, cells, line, theme.style(*name));
        }
        if !focused {
            return Cursor::new(inner.x, inner.y);
        }
        let more = told.len() > usize::from(room);
        let shows = if self.peek.is_open() { text.hides } else { shell.catalog().tui.vault.shows };
        let scroll =
            format!("{} {}", shell.keymap.label(Command::DetailUp), shell.keymap.label(Command::DetailDown));
        let mut edge = popup::edge(shell, &[(Command::Open, text.does)]);
        if self.entry().flatten().is_some() {
            edge.push_str(&format!("  {}", popup::edge(shell, &[(Command::Reveal, shows)])));
        }
        if more {
            edge = format!("{scroll} {}  {edge}", text.scrolls);
        }
        popup::view_edge(buf, area, &edge, shell);
        let place = Rect { y: inner.bottom().saturating_sub(acts), height: acts, ..inner };
        popup::sheet(buf, place, &self.acts(open, shell), Some(self.focus), shell)
    }
}

/// The lines of what is told.
fn lines(items: &[Item], cells: u16) -> Vec<(String, Name)> {
    items
        .iter()
        .flat_map(|item| {
            let name = item.look.unwrap_or(Name::Text);
            if item.label.is_empty() {
                return vec![(String::new(), name)];
            }
            vec![(fit(&item.label, cells), name)]
        })
        .collect()
}

impl Page for Work {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Health, Scope::Entry, Scope::Browse, Scope::Anywhere]
    }

    fn name(&self, _: &Open, shell: &Shell) -> String {
        shell.catalog().tui.page.health.work.to_owned()
    }

    fn footer(&self) -> &'static [Command] {
        super::FOOTER
    }

    fn says(&self, command: Command, shell: &Shell) -> Option<&'static str> {
        match command {
            Command::Open => Some(shell.catalog().tui.page.health.does),
            _ => super::says(command, self.of, shell),
        }
    }

    fn selected(&self) -> Option<Id> {
        self.entry().flatten()
    }

    fn shows(&self, open: &Open) -> Option<bool> {
        Some(self.entry().flatten().is_some_and(|id| open.contents.has(id, Part::Password)))
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
        let last = self.stops(open).len().saturating_sub(1);
        let focus = self.focus.min(last);
        match command {
            Command::DetailDown => self.scroll(1, open, shell),
            Command::DetailUp => self.scroll(-1, open, shell),
            Command::PageDown | Command::HalfDown => self.scroll(8, open, shell),
            Command::PageUp | Command::HalfUp => self.scroll(-8, open, shell),
            // - past the first and the last act the text moves, so that arrows reach all of it
            Command::Up if focus == 0 => self.scroll(-1, open, shell),
            Command::Down if focus == last => self.scroll(1, open, shell),
            Command::Down | Command::Next => self.focus = (focus + 1).min(last),
            Command::Up | Command::Previous => self.focus = focus.saturating_sub(1),
            Command::First => (self.focus, self.offset) = (0, 0),
            Command::Last => self.focus = last,
            Command::Right => self.step(true, shell),
            Command::Left if self.at == 0 => return Turn::Close,
            Command::Left => self.step(false, shell),
            Command::Open => return self.do_stop(open, shell, out),
            Command::Reveal | Command::Spell => self.show(command == Command::Spell, open, shell),
            other => return self.run(other, open, shell, out),
        }
        Turn::Stay
    }

    fn back(&mut self, _: &mut Open, _: &mut Shell, _: &mut Vec<Effect>) -> bool {
        self.peek.hide()
    }

    fn again(&mut self, open: &mut Open, shell: &mut Shell, _: &mut Vec<Effect>) -> bool {
        super::again(open, shell)
    }

    fn given(&mut self, given: Given, open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) {
        super::given(given, open, shell, out);
    }

    fn settle(&mut self, open: &Open, _: &Shell) {
        let stops = self.stops(open).len();
        self.focus = self.focus.min(stops.saturating_sub(1));
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
        let mut rows = vec![Row::told(&self.heading(open, shell), "")];
        let items: Vec<Item> =
            self.told(open, shell, 120).into_iter().chain(self.acts(open, shell)).collect();
        rows.extend(popup::outline(&items, self.focus));
        rows
    }

    fn view(&self, open: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        self.paint(open, shell, area, true, buf)
    }
}

/// The finding that an act means: the first that the list is about, else the first of the problem.
pub(super) fn meant(open: &Open, of: Of, entry: Option<Id>) -> Option<(Check, bool)> {
    let report = open.contents.report.as_ref()?;
    let first = *plan::findings(report, of, entry).first()?;
    Some((first.why.check(), first.ignored.is_some()))
}
