//! All one-time codes, to be read and copied. Only the keys of the rows that are seen are opened, each
//! for as long as its codes take to compute; the codes hide when nobody has pressed a key for a while.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::picker::{Did, Picker};
use super::popup;
use super::send::SendTo;
use super::{Page, Turn};
use crate::model::Id;
use crate::ops::search::Query;
use crate::ops::totp::Moving;
use crate::secret::Secret;
use crate::text::sanitise;
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope, Unavailable};
use crate::tui::contents::Part;
use crate::tui::effect::Effect;
use crate::tui::event::Input;
use crate::tui::screen::vault::{Open, copy};
use crate::tui::screen::{Cursor, Row, window};
use crate::tui::theme::Name;
use crate::tui::widget::frame::{frame, gauge};
use crate::tui::widget::text::{fill, fit, put, put_outside, width, wrap};

/// Seconds before its end from which on the next code is shown in any window.
const SOON: u64 = 8;

/// From this width on the next code is always shown.
const WIDE: u16 = 100;

/// Cells of a code.
const CODE: u16 = 10;
/// Cells of the seconds.
const SECONDS: u16 = 5;
/// Cells of the bar of the time that is left.
const BAR: u16 = 10;

/// The page.
#[derive(Debug)]
pub struct Codes {
    picker: Picker,
    /// The version of the vault that it was listed from.
    version: u64,
    /// The codes of the visible rows; empty while they are hidden.
    lines: Vec<Line>,
    shown: bool,
    /// When they hide.
    until: Duration,
}

/// The codes of one row.
#[derive(Debug)]
struct Line {
    id: Id,
    codes: Turning,
}

#[derive(Debug)]
enum Turning {
    /// By the clock: this code until that second, then the next; and the length of its time.
    Time { code: Secret, next: Secret, until: u64, period: u64 },
    /// By a counter: each copy takes the next.
    Counter,
    /// The key does not open.
    Damaged,
}

impl Codes {
    /// The codes as they are now.
    pub fn new(open: &Open, shell: &Shell) -> Codes {
        let until = shell.now.boot + shell.settings.reveal_for;
        let mut made = Codes { picker: Picker::default(), version: 0, lines: Vec::new(), shown: true, until };
        made.read(open, shell);
        made
    }

    fn read(&mut self, open: &Open, shell: &Shell) {
        self.version = open.contents.version();
        let query = Query::parse(self.picker.filter.text());
        self.picker.list(open.contents.search_codes(&query, shell.now.wall_ms), rows(shell));
        self.compute(open, shell);
    }

    /// Opens the keys of the visible rows and keeps nothing of them but the codes.
    fn compute(&mut self, open: &Open, shell: &Shell) {
        self.lines.clear();
        if !self.shown {
            return;
        }
        let now = shell.now.wall_ms / 1000;
        let line = |(_, id): (usize, Id)| {
            let codes = match open.contents.otp(id) {
                Err(_) => Turning::Damaged,
                Ok(otp) => match (otp.moving, otp.remaining(now)) {
                    (Moving::Time { period }, Some(left)) => {
                        let until = now + u64::from(left);
                        let (code, next) = (otp.code(now), otp.code(until));
                        Turning::Time { code, next, until, period: u64::from(period) }
                    }
                    _ => Turning::Counter,
                },
            };
            Line { id, codes }
        };
        self.lines = self.picker.visible(rows(shell)).map(line).collect();
    }

    fn cover(&mut self) {
        self.shown = false;
        self.lines.clear();
    }

    fn edge(&self, shell: &Shell) -> String {
        let (text, vault) = (&shell.catalog().tui.page.codes, &shell.catalog().tui.vault);
        if self.picker.ids.is_empty() || self.picker.filtering {
            return String::new();
        }
        let reveal = if self.shown { text.hides } else { vault.shows };
        popup::edge(shell, &[(Command::Open, vault.enter_copies), (Command::Reveal, reveal)])
    }

    fn view_row(&self, open: &Open, shell: &Shell, (at, id): (usize, Id), area: Rect, buf: &mut Buffer) {
        let (text, theme) = (&shell.catalog().tui.page.codes, &shell.theme);
        let Some(entry) = open.contents.entry(id) else { return };
        let selected = at == self.picker.cursor;
        let base = theme.style(if selected { Name::Selected } else { Name::Text });
        let quiet = if selected { base } else { theme.style(Name::Dim) };
        let bar = if area.width >= 76 { BAR } else { 0 };
        let right = CODE + bar + SECONDS + CODE;
        let rest = area.width.saturating_sub(2 + right);
        let user = if area.width >= 70 { rest * 2 / 5 } else { 0 };
        let names = 2 + rest;
        if selected {
            put(buf, area.x, area.y, names, &fill("", names), base);
        }
        put(buf, area.x, area.y, 2, if selected { "> " } else { "  " }, base);
        let title = if entry.title().is_empty() { shell.catalog().tui.vault.untitled } else { entry.title() };
        put_outside(buf, area.x + 2, area.y, (rest - user).saturating_sub(1), title, base);
        put_outside(buf, area.x + 2 + rest - user, area.y, user.saturating_sub(1), entry.username(), quiet);
        let x = area.x + names + 1;
        let now = shell.now.wall_ms / 1000;
        match self.lines.iter().find(|line| line.id == id).map(|line| &line.codes) {
            None => {
                put(buf, x, area.y, CODE, "*** ***", theme.style(Name::Text));
            }
            Some(Turning::Damaged) => {
                let words = fit(shell.catalog().tui.page.codes.damaged, right - 1);
                put(buf, x, area.y, right - 1, &words, theme.style(Name::Danger));
            }
            Some(Turning::Counter) => {
                put(buf, x, area.y, right - 1, &fit(text.by_counter, right - 1), theme.style(Name::Dim));
            }
            Some(Turning::Time { code, next, until, period }) => {
                let left = until.saturating_sub(now);
                let name = if left < SOON { Name::Warn } else { Name::Secret };
                put(buf, x, area.y, CODE - 1, &grouped(code), theme.style(name));
                if bar > 0 {
                    let place = Rect::new(x + CODE, area.y, bar - 1, 1);
                    let name = if left < SOON { Name::Warn } else { Name::Good };
                    gauge(buf, place, (left, *period), name, theme);
                }
                let seconds = (text.seconds)(left);
                let at = x + CODE + bar + (SECONDS - 1).saturating_sub(width(&seconds));
                put(buf, at, area.y, SECONDS, &seconds, theme.style(Name::Dim));
                if left < SOON || area.width >= WIDE {
                    let at = x + CODE + bar + SECONDS;
                    put(buf, at, area.y, CODE - 1, &grouped(next), theme.style(Name::Dim));
                }
            }
        }
    }
}

/// A code in two groups.
fn grouped(code: &Secret) -> String {
    let digits = code.expose();
    let half = digits.len() / 2;
    match (digits.get(..half), digits.get(half..)) {
        (Some(first), Some(second)) => format!("{first} {second}"),
        _ => digits.to_owned(),
    }
}

/// Visible rows: of the body without the frame, the filter and the headings.
fn rows(shell: &Shell) -> usize {
    usize::from(window(shell).body.height.saturating_sub(3)).max(1)
}

impl Page for Codes {
    fn scopes(&self) -> &'static [Scope] {
        self.picker.scopes(&[Scope::Entry, Scope::Browse, Scope::Anywhere])
    }

    fn name(&self, _: &Open, shell: &Shell) -> String {
        shell.catalog().tui.page.codes.title.to_owned()
    }

    fn footer(&self) -> &'static [Command] {
        if self.picker.filtering {
            return &[Command::KeepSearch, Command::HitDown, Command::HitUp, Command::Back, Command::Help];
        }
        &[
            Command::CopyCode,
            Command::Reveal,
            Command::CopyUser,
            Command::CopyPassword,
            Command::Search,
            Command::Back,
            Command::HelpHere,
        ]
    }

    fn says(&self, command: Command, shell: &Shell) -> Option<&'static str> {
        (command == Command::Reveal && self.shown).then(|| shell.catalog().tui.page.codes.hides)
    }

    fn selected(&self) -> Option<Id> {
        self.picker.selected()
    }

    fn shows(&self, _: &Open) -> Option<bool> {
        Some(!self.picker.ids.is_empty())
    }

    fn update(
        &mut self,
        open: &mut Open,
        input: Input<'_>,
        shell: &mut Shell,
        out: &mut Vec<Effect>,
    ) -> Turn {
        // - whoever presses keys is still reading
        self.until = shell.now.boot + shell.settings.reveal_for;
        match self.picker.update(input, rows(shell), shell) {
            Did::Nothing => {}
            Did::Moved => {
                self.compute(open, shell);
                return Turn::Stay;
            }
            Did::Filter => {
                self.read(open, shell);
                return Turn::Stay;
            }
        }
        match input {
            Input::Command(Command::Open) => {
                if let Some(id) = self.picker.selected() {
                    copy::part_of(open, (id, Part::Code), shell, out);
                }
            }
            Input::Command(Command::Reveal | Command::Spell) => {
                self.shown = !self.shown;
                self.compute(open, shell);
            }
            Input::Command(Command::Send) => {
                let page =
                    self.picker.selected().and_then(|id| SendTo::of_part(id, Part::Code, open, shell, out));
                return page.map_or(Turn::Stay, Turn::Over);
            }
            Input::Command(Command::GoCodes) => return Turn::No(Unavailable::Already),
            _ => return Turn::Pass,
        }
        Turn::Stay
    }

    fn back(&mut self, open: &mut Open, shell: &mut Shell, _: &mut Vec<Effect>) -> bool {
        let did = self.picker.back();
        if did == Some(Did::Filter) {
            self.read(open, shell);
        }
        did.is_some()
    }

    fn settle(&mut self, open: &Open, shell: &Shell) {
        if self.version != open.contents.version() {
            return self.read(open, shell);
        }
        self.picker.place(rows(shell));
        self.compute(open, shell);
    }

    fn hide(&mut self) {
        self.cover();
    }

    fn deadline(&self, shell: &Shell) -> Option<Duration> {
        // - once a second and at the beginning of one
        let rest = 1000 - shell.now.wall_ms % 1000;
        self.shown.then(|| shell.now.boot + Duration::from_millis(rest))
    }

    fn tick(&mut self, open: &mut Open, shell: &mut Shell, _: &mut Vec<Effect>) {
        if !self.shown {
            return;
        }
        if self.until <= shell.now.boot {
            return self.cover();
        }
        let now = shell.now.wall_ms / 1000;
        let over = |line: &Line| matches!(&line.codes, Turning::Time { until, .. } if *until <= now);
        if self.lines.iter().any(over) {
            self.compute(open, shell);
        }
    }

    fn outline(&self, open: &Open, shell: &Shell) -> Vec<Row> {
        let seen = self.picker.visible(rows(shell));
        seen.filter_map(|(at, id)| {
            let entry = open.contents.entry(id)?;
            let line = self.lines.iter().find(|line| line.id == id);
            let value = match line.map(|line| &line.codes) {
                Some(Turning::Time { code, .. }) => grouped(code),
                Some(Turning::Counter) => shell.catalog().tui.page.codes.by_counter.to_owned(),
                Some(Turning::Damaged) => shell.catalog().tui.page.codes.damaged.to_owned(),
                None => "*** ***".to_owned(),
            };
            Some(Row {
                label: sanitise::line(entry.title()).into_owned(),
                value,
                focus: at == self.picker.cursor,
                action: Some(Command::Open),
            })
        })
        .collect()
    }

    fn view(&self, open: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        let (text, theme) = (&shell.catalog().tui.page.codes, &shell.theme);
        let inner = frame(buf, area, &format!("{} {}", text.title, self.picker.ids.len()), true, theme);
        popup::view_edge(buf, area, &self.edge(shell), shell);
        let caret = self.picker.view_filter(shell.catalog().tui.vault.search_hint, inner, buf, shell);
        let body = Rect { y: inner.y + 1, height: inner.height.saturating_sub(1), ..inner };
        if self.picker.ids.is_empty() {
            let vault = &shell.catalog().tui.vault;
            let empty = self.picker.filter.text().trim().is_empty();
            let told =
                if empty { (text.empty, text.empty_advice) } else { (vault.no_hits, vault.no_hits_advice) };
            put(buf, body.x + 1, body.y + 1, body.width - 1, told.0, theme.style(Name::Title));
            for (y, line) in (body.y + 3..body.bottom()).zip(wrap(told.1, body.width - 2, 4)) {
                put(buf, body.x + 1, y, body.width - 1, &line, theme.style(Name::Text));
            }
            return if self.picker.filtering { caret } else { Cursor::new(body.x, body.y) };
        }
        let mut cursor = caret;
        for (y, (at, id)) in (body.y..body.bottom()).zip(self.picker.visible(usize::from(body.height))) {
            self.view_row(open, shell, (at, id), Rect::new(body.x, y, body.width, 1), buf);
            if at == self.picker.cursor && !self.picker.filtering {
                cursor = Cursor::new(body.x, y);
            }
        }
        cursor
    }
}
