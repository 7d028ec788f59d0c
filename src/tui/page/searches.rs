//! Recent and kept searches to take again, and the question under which name to keep one. Both lie
//! over the list like a menu.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::screen::{Cursor, Row};
use super::{Page, Turn};
use crate::model::Id;
use crate::ops::search::saved;
use crate::text::sanitise;
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope};
use crate::tui::effect::Effect;
use crate::tui::event::Input;
use crate::tui::notice::{Deed, Notice};
use crate::tui::screen::vault::{Open, list, search, steps};
use crate::tui::theme::Name;
use crate::tui::widget::frame::frame;
use crate::tui::widget::text::{clear_area, fill, fit, put, width};

/// A search that can be taken again.
#[derive(Debug)]
struct Again {
    /// What is shown: the name of a kept one and what it searches for.
    name: String,
    query: String,
    /// The element of a kept one.
    kept: Option<Id>,
}

/// The list of searches.
#[derive(Debug)]
pub struct Searches {
    all: Vec<Again>,
    cursor: usize,
    offset: usize,
}

impl Searches {
    /// Kept searches by name, then recent ones, newest first.
    pub fn new(open: &Open) -> Searches {
        let mut list = Searches { all: Vec::new(), cursor: 0, offset: 0 };
        list.read(open);
        list
    }

    fn read(&mut self, open: &Open) {
        let kept = open.contents.saved_searches().into_iter();
        let kept = kept.map(|one| Again { name: one.name, query: one.query, kept: Some(one.element) });
        let recent = open.list.seek.recent.iter();
        let recent = recent.map(|one| Again { name: String::new(), query: one.clone(), kept: None });
        self.all = kept.chain(recent).collect();
        self.cursor = self.cursor.min(self.all.len().saturating_sub(1));
    }

    /// Rows that fit, headings not counted.
    fn room(shell: &Shell) -> usize {
        usize::from(shell.size.height.saturating_sub(11)).max(2)
    }

    fn moved(&mut self, shell: &Shell) {
        self.cursor = self.cursor.min(self.all.len().saturating_sub(1));
        self.offset = list::scrolled(self.offset, self.cursor, self.all.len(), Searches::room(shell));
    }
}

impl Page for Searches {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Choice, Scope::Field, Scope::Anywhere]
    }

    fn name(&self, _open: &Open, shell: &Shell) -> String {
        shell.catalog().tui.page.search.title.to_owned()
    }

    fn footer(&self) -> &'static [Command] {
        &[Command::Choose, Command::ChoiceDown, Command::ChoiceUp, Command::Back]
    }

    fn says(&self, command: Command, shell: &Shell) -> Option<&'static str> {
        (command == Command::Choose).then(|| (shell.catalog().tui.short)(Command::Search))
    }

    fn popup(&self) -> bool {
        true
    }

    fn update(
        &mut self,
        open: &mut Open,
        input: Input<'_>,
        shell: &mut Shell,
        out: &mut Vec<Effect>,
    ) -> Turn {
        let command = match input {
            // - who goes on typing searches
            Input::Char(c) => {
                open.list.searching = true;
                open.list.search.type_char(c);
                list::find(open, shell);
                return Turn::Close;
            }
            Input::Paste(bytes) => {
                open.list.searching = true;
                open.list.search.paste(bytes);
                list::find(open, shell);
                return Turn::Close;
            }
            Input::Command(command) => command,
        };
        let page = Searches::room(shell);
        match command {
            Command::ChoiceDown | Command::Next => self.cursor += 1,
            Command::ChoiceUp if self.cursor == 0 => return Turn::Close,
            Command::ChoiceUp | Command::Previous => self.cursor = self.cursor.saturating_sub(1),
            Command::ChoicePageDown => self.cursor += page,
            Command::ChoicePageUp => self.cursor = self.cursor.saturating_sub(page),
            Command::Choose => {
                let Some(again) = self.all.get(self.cursor) else { return Turn::Close };
                open.list.searching = true;
                search::run(open, &again.query, shell);
                return Turn::Close;
            }
            Command::EraseRight => self.forget(open, shell, out),
            _ => return Turn::Pass,
        }
        self.moved(shell);
        Turn::Stay
    }

    fn settle(&mut self, open: &Open, shell: &Shell) {
        self.read(open);
        self.moved(shell);
    }

    fn outline(&self, _open: &Open, shell: &Shell) -> Vec<Row> {
        let text = &shell.catalog().tui.page.search;
        let row = |(at, one): (usize, &Again)| Row {
            label: if one.kept.is_some() { text.kept.to_owned() } else { text.recent.to_owned() },
            value: shown(one),
            focus: at == self.cursor,
            action: Some(Command::Choose),
        };
        self.all.iter().enumerate().map(row).collect()
    }

    fn view(&self, _open: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        let (text, theme) = (&shell.catalog().tui.page.search, &shell.theme);
        let rows = Searches::room(shell);
        let lines = rows.min(self.all.len()).max(1) + 2;
        let wide = area.width.saturating_sub(4).min(64);
        let high = u16::try_from(lines + 2).unwrap_or(area.height).min(area.height);
        let place = Rect { x: area.x + 2, y: area.y + 2, width: wide, height: high }.intersection(area);
        clear_area(buf, place);
        let inner = frame(buf, place, text.title, true, theme);
        let (x, cells) = (inner.x + 1, inner.width.saturating_sub(2));
        let keys = inner.bottom().saturating_sub(1);
        put(buf, x, keys, cells, &fit(text.keys, cells), theme.style(Name::Dim));
        if self.all.is_empty() {
            put(buf, x, inner.y, cells, &fit(text.none, cells), theme.style(Name::Text));
            return Cursor::new(x, inner.y);
        }
        let mut cursor = Cursor::new(x, inner.y);
        let seen = self.all.iter().enumerate().skip(self.offset).take(rows);
        let label = width(text.kept).max(width(text.recent)) + 2;
        for (y, (at, one)) in (inner.y..keys).zip(seen) {
            let selected = at == self.cursor;
            let style = theme.style(if selected { Name::Selected } else { Name::Text });
            if selected {
                put(buf, inner.x, y, inner.width, &fill(">", inner.width), style);
                cursor = Cursor::new(inner.x, y);
            }
            let first = at == self.offset
                || self.all.get(at.wrapping_sub(1)).map(|one| one.kept.is_some()) != Some(one.kept.is_some());
            if first {
                let heading = if one.kept.is_some() { text.kept } else { text.recent };
                put(buf, x + 1, y, label, heading, if selected { style } else { theme.style(Name::Dim) });
            }
            let room = cells.saturating_sub(label + 1);
            put(buf, x + 1 + label, y, room, &fit(&shown(one), room), style);
        }
        cursor
    }
}

impl Searches {
    fn forget(&mut self, open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) {
        let Some(one) = self.all.get(self.cursor) else { return };
        match one.kept {
            Some(element) => {
                if steps::apply_as(open, &saved::forget(element), (Deed::SearchForgotten, 1), shell, out) {
                    shell.tell(Notice::SearchForgotten);
                }
            }
            None => open.list.seek.recent.retain(|recent| *recent != one.query),
        }
        self.read(open);
    }
}

/// One line of a search, made harmless.
fn shown(one: &Again) -> String {
    let query = sanitise::line(&one.query).into_owned();
    if one.kept.is_none() {
        return query;
    }
    let name = sanitise::line(&one.name).into_owned();
    if name == query { name } else { format!("{name}  ({query})") }
}
