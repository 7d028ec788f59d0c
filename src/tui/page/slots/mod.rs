//! The ways to open the vault: every slot with its name, since when it is there and what a try costs;
//! and what can be done about them. What bears on keys is the wizard's ([`wizard`]).

mod entry;
pub mod job;
mod kit;
pub mod old;
mod rename;
pub mod wizard;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use self::job::Failure;
use self::rename::Rename;
use self::wizard::{Goal, Wizard};
use super::popup::{self, Item};
use super::{Page, Turn};
use crate::format::header::{SLOTS_MAX, SlotKind};
use crate::session::Way;
use crate::text::sanitise;
use crate::text::tui::Said;
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope, Unavailable};
use crate::tui::contents::date;
use crate::tui::effect::Effect;
use crate::tui::event::Input;
use crate::tui::notice::{Notice, SlotsTold};
use crate::tui::screen::vault::Open;
use crate::tui::screen::{Cursor, Row};
use crate::tui::theme::Name;
use crate::tui::widget::frame::frame;
use crate::tui::widget::text::{fill, fit, put, put_outside, width};

/// What a slot is called in a sentence; its name is made harmless.
fn slot_words(way: &Way, shell: &Shell) -> String {
    let kind = (shell.catalog().tui.page.slots.kind)(way.kind);
    if way.name.is_empty() { kind.to_owned() } else { format!("{kind} ({})", sanitise::line(&way.name)) }
}

/// Why a job was not done.
fn told_failure(failure: &Failure, shell: &Shell) -> Said {
    match failure {
        Failure::Shut(shut) => (shell.catalog().tui.failure)(shut),
        other => (shell.catalog().tui.page.slots.failure)(other),
    }
}

/// Opens the wizard, or tells why not now.
pub fn begin(goal: Goal, open: &Open, shell: &mut Shell) -> Option<Box<dyn Page>> {
    let adds = matches!(goal, Goal::AddPassword | Goal::AddKeyFile | Goal::AddCode(_));
    // - a key change takes a file on that is from before another one
    let takes_on = open.contents.takes_on.is_some() && !adds;
    if open.contents.read_only() && !takes_on {
        shell.tell(Notice::Unavailable(Unavailable::ReadOnly));
        return None;
    }
    // - what is unsaved is sealed under the keys of now
    if shell.unsaved() || open.left.is_some() {
        shell.tell(Notice::Slots(SlotsTold::Unsaved));
        return None;
    }
    if adds && open.contents.session().header().slots.len() >= SLOTS_MAX {
        shell.tell(Notice::Slots(SlotsTold::TooMany));
        return None;
    }
    Some(Box::new(Wizard::new(goal, open, shell)))
}

/// A row of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Line {
    Slot(usize),
    Password,
    Code,
    AddPassword,
    AddKeyFile,
    Raise,
}

/// The page.
#[derive(Debug, Default)]
pub struct Slots {
    cursor: usize,
    /// What can be done with the slot in focus: the row.
    menu: Option<usize>,
}

impl Slots {
    fn lines(open: &Open) -> Vec<Line> {
        let ways = open.contents.session().ways();
        let mut lines: Vec<Line> = (0..ways.len()).map(Line::Slot).collect();
        lines.extend([Line::Password, Line::Code, Line::AddPassword, Line::AddKeyFile, Line::Raise]);
        lines
    }

    fn line(&self, open: &Open) -> Option<Line> {
        Slots::lines(open).get(self.cursor).copied()
    }

    fn over(goal: Goal, open: &Open, shell: &mut Shell) -> Turn {
        begin(goal, open, shell).map_or(Turn::Stay, Turn::Over)
    }

    fn act(&mut self, open: &Open, shell: &mut Shell) -> Turn {
        match self.line(open) {
            Some(Line::Slot(_)) => {
                self.menu = Some(0);
                Turn::Stay
            }
            Some(Line::Password) => Slots::over(Goal::Password, open, shell),
            Some(Line::Code) => Slots::over(Goal::AddCode(false), open, shell),
            Some(Line::AddPassword) => Slots::over(Goal::AddPassword, open, shell),
            Some(Line::AddKeyFile) => Slots::over(Goal::AddKeyFile, open, shell),
            Some(Line::Raise) => Slots::over(Goal::Costs, open, shell),
            None => Turn::Stay,
        }
    }

    fn in_menu(&mut self, row: usize, command: Command, open: &Open, shell: &mut Shell) -> Turn {
        match command {
            Command::Down | Command::Next => self.menu = Some((row + 1).min(2)),
            Command::Up | Command::Previous => self.menu = Some(row.saturating_sub(1)),
            Command::Open => {
                self.menu = None;
                let Some(Line::Slot(at)) = self.line(open) else { return Turn::Stay };
                let Some(way) = open.contents.session().ways().into_iter().nth(at) else { return Turn::Stay };
                return match row {
                    0 => match open.contents.read_only() {
                        true => {
                            shell.tell(Notice::Unavailable(Unavailable::ReadOnly));
                            Turn::Stay
                        }
                        false => Turn::Over(Box::new(Rename::new(way))),
                    },
                    1 => {
                        let ways = open.contents.session().ways();
                        let last = ways.iter().all(|one| one.id == way.id || one.kind == SlotKind::Recovery);
                        if last {
                            shell.tell(Notice::Slots(SlotsTold::LastWay));
                            return Turn::Stay;
                        }
                        Slots::over(Goal::Remove(way.id), open, shell)
                    }
                    _ => Turn::Stay,
                };
            }
            _ => return Turn::Pass,
        }
        Turn::Stay
    }

    fn words(line: Line, open: &Open, shell: &Shell) -> (String, String) {
        let text = &shell.catalog().tui.page.slots;
        let has_code = open.contents.session().ways().iter().any(|way| way.kind == SlotKind::Recovery);
        match line {
            Line::Slot(at) => match open.contents.session().ways().get(at) {
                Some(way) => (slot_words(way, shell), Slots::facts(way, shell)),
                None => Default::default(),
            },
            Line::Password => (text.change_password.to_owned(), String::new()),
            Line::Code if has_code => (text.another_code.to_owned(), String::new()),
            Line::Code => (text.add_code.to_owned(), text.no_code_yet.to_owned()),
            Line::AddPassword => (text.add_password.to_owned(), String::new()),
            Line::AddKeyFile => (text.add_key_file.to_owned(), String::new()),
            Line::Raise => {
                let weak = open.contents.session().ways().iter().any(|way| way.params.below_floor());
                (text.rekey.to_owned(), if weak { text.weak.to_owned() } else { String::new() })
            }
        }
    }

    fn facts(way: &Way, shell: &Shell) -> String {
        let text = &shell.catalog().tui.page.slots;
        let since = way.since.map_or_else(String::new, |ms| (text.since)(&date(ms, &shell.zone)));
        let cost = (text.cost)(way.params.m_kib / 1024, way.params.t);
        let mark = if way.opened { text.opened } else { "" };
        [since, cost, mark.to_owned()]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join("  ")
    }
}

impl Page for Slots {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Browse, Scope::Anywhere]
    }

    fn name(&self, _: &Open, shell: &Shell) -> String {
        shell.catalog().tui.page.slots.title.to_owned()
    }

    fn footer(&self) -> &'static [Command] {
        &[Command::Open, Command::Down, Command::Up, Command::Back, Command::Palette, Command::HelpHere]
    }

    fn update(&mut self, open: &mut Open, input: Input<'_>, shell: &mut Shell, _: &mut Vec<Effect>) -> Turn {
        let Input::Command(command) = input else { return Turn::Stay };
        if let Some(row) = self.menu {
            return self.in_menu(row, command, open, shell);
        }
        let last = Slots::lines(open).len().saturating_sub(1);
        self.cursor = match command {
            Command::Down | Command::Next => (self.cursor + 1).min(last),
            Command::Up | Command::Previous => self.cursor.saturating_sub(1),
            Command::First => 0,
            Command::Last => last,
            Command::Open => return self.act(open, shell),
            _ => return Turn::Pass,
        };
        Turn::Stay
    }

    fn back(&mut self, _: &mut Open, _: &mut Shell, _: &mut Vec<Effect>) -> bool {
        self.menu.take().is_some()
    }

    fn settle(&mut self, open: &Open, _: &Shell) {
        self.cursor = self.cursor.min(Slots::lines(open).len().saturating_sub(1));
    }

    fn outline(&self, open: &Open, shell: &Shell) -> Vec<Row> {
        if let Some(row) = self.menu {
            return popup::outline(&menu(shell), row);
        }
        let row = |(at, line): (usize, Line)| {
            let (label, value) = Slots::words(line, open, shell);
            Row { label, value, focus: at == self.cursor, action: Some(Command::Open) }
        };
        Slots::lines(open).into_iter().enumerate().map(row).collect()
    }

    fn view(&self, open: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        let (text, theme) = (&shell.catalog().tui.page.slots, &shell.theme);
        let inner = frame(buf, area, text.title, true, theme);
        let (x, cells) = (inner.x + 1, inner.width.saturating_sub(2));
        let lines = Slots::lines(open);
        let room = inner.height.saturating_sub(if inner.height > 14 { 5 } else { 0 });
        let mut cursor = Cursor::new(x, inner.y);
        // - a blank line between what there is and what can be done
        let gap = lines.iter().filter(|line| matches!(line, Line::Slot(_))).count();
        let place = |at: usize| at + usize::from(at >= gap);
        let offset = (place(self.cursor) + 1).saturating_sub(usize::from(room));
        let names = lines.iter().take(gap).map(|line| width(&Slots::words(*line, open, shell).0));
        let label = names.max().unwrap_or(0).clamp(12, cells / 2);
        for (at, line) in lines.iter().enumerate() {
            let Some(y) = place(at).checked_sub(offset).and_then(|y| u16::try_from(y).ok()) else { continue };
            if y >= room {
                break;
            }
            let y = inner.y + y;
            let here = at == self.cursor;
            let style = theme.style(if here { Name::Selected } else { Name::Text });
            let (name, told) = Slots::words(*line, open, shell);
            if here {
                put(buf, x, y, cells, &fill("", cells), style);
                cursor = Cursor::new(x, y);
            }
            put(buf, x, y, 2, if here { "> " } else { "  " }, style);
            let slot = matches!(line, Line::Slot(_));
            let wide = if slot { label } else { width(&name).min(cells.saturating_sub(2)) };
            put_outside(buf, x + 2, y, wide, &fit(&name, wide), style);
            let quiet = match (here, slot) {
                (true, _) => style,
                (false, true) => theme.style(Name::Dim),
                (false, false) => theme.style(Name::Warn),
            };
            let left = cells.saturating_sub(wide + 4);
            put(buf, x + 4 + wide, y, left, &fit(&told, left), quiet);
        }
        if inner.height > 14 {
            let words = [(text.explain.to_owned(), Name::Dim)];
            let foot = Rect { x: x + 2, y: inner.bottom() - 4, width: cells.saturating_sub(2), height: 4 };
            crate::tui::screen::unlock::paragraph(&words, foot, buf, shell);
        }
        if let Some(row) = self.menu {
            let (name, _) = Slots::words(lines[self.cursor.min(lines.len() - 1)], open, shell);
            return popup::view(buf, area, 46, &name, "", &menu(shell), row, shell);
        }
        cursor
    }
}

/// What can be done with a slot.
fn menu(shell: &Shell) -> Vec<Item> {
    let text = &shell.catalog().tui.page.slots;
    let all = [text.rename, text.remove_this, text.cancel];
    all.into_iter().enumerate().map(|(at, words)| Item::act(at, words, String::new())).collect()
}
