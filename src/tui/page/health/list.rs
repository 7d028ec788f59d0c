//! The problems of one finding, or all of them in the order of work: what hangs together stands
//! together. Enter leads to the problem in focus ([`super::work`]).

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::plan::{self, Line, Of};
use super::work::Work;
use super::{Act, act};
use crate::model::{Entry, Id};
use crate::ops::health::{Opens, Report};
use crate::text::{health as words, sanitise};
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope};
use crate::tui::contents::date;
use crate::tui::effect::Effect;
use crate::tui::event::Input;
use crate::tui::health::sign;
use crate::tui::page::{Given, Page, Turn, popup};
use crate::tui::screen::vault::Open;
use crate::tui::screen::vault::list::scrolled;
use crate::tui::screen::{Cursor, Row, window};
use crate::tui::theme::Name;
use crate::tui::widget::frame::frame;
use crate::tui::widget::text::{fill, fit, put, put_outside};

/// From this width on the problem in focus is shown beside the list.
pub const BESIDE: u16 = 110;

/// The list.
#[derive(Debug)]
pub struct List {
    of: Of,
    lines: Vec<Line>,
    cursor: usize,
    offset: usize,
    /// Of the problem that is shown beside it.
    beside: Option<Work>,
}

impl List {
    /// The list as it is now.
    pub fn new(of: Of, open: &Open, shell: &Shell) -> List {
        let mut made = List { of, lines: Vec::new(), cursor: 0, offset: 0, beside: None };
        made.read(open, shell);
        made
    }

    fn read(&mut self, open: &Open, shell: &Shell) {
        let before = self.entry();
        self.lines = open.contents.report.as_ref().map_or(Vec::new(), |report| plan::lines(report, self.of));
        if let Some(at) = before.and_then(|id| self.lines.iter().position(|line| *line == Line::Entry(id))) {
            self.cursor = at;
        }
        self.place(true, open, shell);
    }

    /// Puts the cursor on an entry: on the next in this direction, else on the last there is.
    fn place(&mut self, down: bool, open: &Open, shell: &Shell) {
        let last = self.lines.len().saturating_sub(1);
        self.cursor = self.cursor.min(last);
        let is_entry = |at: &usize| matches!(self.lines.get(*at), Some(Line::Entry(_)));
        let above = || (0..=self.cursor).rev().find(is_entry);
        let below = || (self.cursor..=last).find(is_entry);
        let found = if down { below().or_else(above) } else { above().or_else(below) };
        self.cursor = found.unwrap_or(0);
        let rows = rows(shell);
        self.offset = scrolled(self.offset, self.cursor, self.lines.len(), rows);
        // - the heading of the first group stays in view
        if self.cursor <= 1 {
            self.offset = 0;
        }
        self.beside = self.entry().map(|entry| Work::of(self.of, entry, open));
    }

    fn entry(&self) -> Option<Option<Id>> {
        match self.lines.get(self.cursor) {
            Some(Line::Entry(entry)) => Some(*entry),
            _ => None,
        }
    }

    fn title(&self, shell: &Shell) -> String {
        let count = self.lines.iter().filter(|line| matches!(line, Line::Entry(_))).count();
        format!("{} {count}", name(self.of, shell))
    }
}

/// What a list is called.
pub fn name(of: Of, shell: &Shell) -> &'static str {
    let text = &shell.catalog().tui.page.health;
    match of {
        Of::All => text.all,
        Of::Check(check) => words::check(check, shell.lang),
        Of::Ignored => text.ignored,
    }
}

/// Visible lines: of the body without the frame.
fn rows(shell: &Shell) -> usize {
    usize::from(window(shell).body.height.saturating_sub(2)).max(1)
}

/// The name of a problem, made harmless.
pub fn title_of(open: &Open, entry: Option<Id>, shell: &Shell) -> String {
    let Some(id) = entry else { return words::lines(shell.lang).the_vault.to_owned() };
    let title = open.contents.entry(id).map_or("", Entry::title);
    let title = if title.is_empty() { shell.catalog().tui.vault.untitled } else { title };
    sanitise::line(title).into_owned()
}

/// Draws the lines of a list from `offset` on; says where the one in focus stands.
pub fn draw(
    (lines, of): (&[Line], Of),
    (offset, focus): (usize, Option<usize>),
    (open, shell): (&Open, &Shell),
    area: Rect,
    buf: &mut Buffer,
) -> Option<Cursor> {
    let Some(report) = &open.contents.report else { return None };
    let (text, theme) = (&shell.catalog().tui.page.health, &shell.theme);
    let mut cursor = None;
    for (y, (at, line)) in (area.y..area.bottom()).zip(lines.iter().enumerate().skip(offset)) {
        match line {
            Line::Group(number, count, since) => {
                let since = since.map(|ms| date(ms, &shell.zone));
                let words = (text.group)(*number, *count, since.as_deref());
                put(buf, area.x + 1, y, area.width - 1, &fit(&words, area.width - 1), theme.style(Name::Dim));
            }
            Line::Entry(entry) => {
                let focused = focus == Some(at);
                let row = Rect::new(area.x, y, area.width, 1);
                draw_entry((*entry, of, report), focused, (open, shell), row, buf);
                if focused {
                    cursor = Some(Cursor::new(area.x, y));
                }
            }
        }
    }
    cursor
}

fn draw_entry(
    (entry, of, report): (Option<Id>, Of, &Report),
    focused: bool,
    (open, shell): (&Open, &Shell),
    area: Rect,
    buf: &mut Buffer,
) {
    let (text, theme) = (&shell.catalog().tui.page.health, &shell.theme);
    let base = theme.style(if focused { Name::Selected } else { Name::Text });
    let quiet = if focused { base } else { theme.style(Name::Dim) };
    let found = plan::findings(report, of, entry);
    let Some(first) = found.first() else { return };
    if focused {
        put(buf, area.x, area.y, area.width, &fill("", area.width), base);
    }
    put(buf, area.x, area.y, 2, if focused { "> " } else { "  " }, base);
    let check = first.why.check();
    let look = if focused { base } else { theme.style(sign::look(check, theme)) };
    put(buf, area.x + 2, area.y, 2, sign::sign(check), look);
    let rest = area.width.saturating_sub(4);
    let name = rest * if area.width >= 70 { 3 } else { 4 } / 8;
    let user = if area.width >= 70 { rest / 4 } else { 0 };
    put_outside(buf, area.x + 4, area.y, name.saturating_sub(1), &title_of(open, entry, shell), base);
    let username = entry.and_then(|id| open.contents.entry(id)).map_or("", |entry| entry.username());
    put_outside(buf, area.x + 4 + name, area.y, user.saturating_sub(1), username, quiet);
    let mut said: Vec<String> = Vec::new();
    if first.opens != Opens::Itself && first.opens != Opens::Site && of != Of::Ignored {
        said.push((text.opens)(first.opens).to_owned());
    }
    let day = |ms: u64| date(ms, &shell.zone);
    for one in found.iter().filter(|one| (of == Of::Ignored) == one.ignored.is_some()) {
        // - the title of the list says what it is about: here stands what differs
        let words = if of == Of::Check(one.why.check()) {
            sanitise::line(&words::telling(&one.why, shell.lang, &day)).into_owned()
        } else {
            words::brief(&one.why, shell.lang)
        };
        said.extend(Some(words).filter(|words| !words.is_empty()));
    }
    let said = said.join(text.parted);
    let x = area.x + 4 + name + user;
    let cells = area.right().saturating_sub(x + 1);
    put(buf, x, area.y, cells, &fit(&said, cells), quiet);
}

impl Page for List {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Health, Scope::Entry, Scope::Browse, Scope::Anywhere]
    }

    fn name(&self, _: &Open, shell: &Shell) -> String {
        name(self.of, shell).to_owned()
    }

    fn footer(&self) -> &'static [Command] {
        super::FOOTER
    }

    fn says(&self, command: Command, shell: &Shell) -> Option<&'static str> {
        match command {
            Command::Open => Some(shell.catalog().tui.page.health.opens_problem),
            _ => super::says(command, self.of, shell),
        }
    }

    fn selected(&self) -> Option<Id> {
        self.entry().flatten()
    }

    fn means(&self, command: Command) -> Option<Command> {
        let no = matches!(command, Command::Reveal | Command::Spell | Command::PreviousFound);
        super::super::usually(command, self.popup(), self.footer()).filter(|_| !no)
    }

    fn update(
        &mut self,
        open: &mut Open,
        input: Input<'_>,
        shell: &mut Shell,
        out: &mut Vec<Effect>,
    ) -> Turn {
        let Input::Command(command) = input else { return Turn::Pass };
        let (rows, last) = (rows(shell), self.lines.len().saturating_sub(1));
        let cursor = self.cursor;
        let (next, down) = match command {
            Command::Down => (cursor + 1, true),
            Command::Up => (cursor.saturating_sub(1), false),
            Command::First => (0, true),
            Command::Last => (last, false),
            Command::HalfDown => (cursor + (rows / 2).max(1), true),
            Command::HalfUp => (cursor.saturating_sub((rows / 2).max(1)), false),
            Command::PageDown => (cursor + rows, true),
            Command::PageUp => (cursor.saturating_sub(rows), false),
            Command::Open | Command::NextFound | Command::Right => {
                let Some(entry) = self.entry() else { return Turn::Stay };
                return Turn::Over(Box::new(Work::new(self.of, entry, open)));
            }
            Command::Left => return Turn::Close,
            other => {
                let Some(entry) = self.entry() else { return Turn::Pass };
                return match act(other, self.of, entry, (open, shell), out) {
                    Act::Turn(turn) => turn,
                    Act::Pass => Turn::Pass,
                };
            }
        };
        self.cursor = next.min(last);
        self.place(down, open, shell);
        Turn::Stay
    }

    fn again(&mut self, open: &mut Open, shell: &mut Shell, _: &mut Vec<Effect>) -> bool {
        super::again(open, shell)
    }

    fn given(&mut self, given: Given, open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) {
        super::given(given, open, shell, out);
    }

    fn settle(&mut self, open: &Open, shell: &Shell) {
        self.read(open, shell);
    }

    fn outline(&self, open: &Open, shell: &Shell) -> Vec<Row> {
        let Some(report) = &open.contents.report else { return Vec::new() };
        let seen = self.lines.iter().enumerate().skip(self.offset).take(rows(shell));
        seen.map(|(at, line)| match line {
            Line::Group(number, count, since) => {
                let since = since.map(|ms| date(ms, &shell.zone));
                let group = shell.catalog().tui.page.health.group;
                Row::told(&group(*number, *count, since.as_deref()), "")
            }
            Line::Entry(entry) => {
                let found = plan::findings(report, self.of, *entry);
                let said: Vec<String> = found.iter().map(|one| words::brief(&one.why, shell.lang)).collect();
                Row {
                    label: title_of(open, *entry, shell),
                    value: said.join(", "),
                    focus: at == self.cursor,
                    action: Some(Command::Open),
                }
            }
        })
        .collect()
    }

    fn view(&self, open: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        let theme = &shell.theme;
        let text = &shell.catalog().tui.page.health;
        let left = if area.width >= BESIDE { area.width * 55 / 100 } else { area.width };
        let place = Rect { width: left, ..area };
        let inner = frame(buf, place, &self.title(shell), true, theme);
        if self.lines.is_empty() {
            put(buf, inner.x + 1, inner.y + 1, inner.width - 1, text.gone, theme.style(Name::Text));
        } else {
            popup::view_edge(buf, place, &popup::edge(shell, &[(Command::Open, text.opens_problem)]), shell);
        }
        let focus = Some(self.cursor);
        let at = draw((&self.lines, self.of), (self.offset, focus), (open, shell), inner, buf);
        if left < area.width {
            let beside = Rect { x: area.x + left, width: area.width - left, ..area };
            match &self.beside {
                Some(work) => work.draw(open, shell, beside, false, buf),
                None => drop(frame(buf, beside, "", false, theme)),
            }
        }
        at.unwrap_or(Cursor::new(inner.x, inner.y))
    }
}
