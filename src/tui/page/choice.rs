//! A question in a popup that is answered with one of a few rows: the row in focus, what keys do to it,
//! how it is drawn. Not here: what is told, what the rows say and what follows; that is each page's. Not
//! for questions with a word to be typed ([`super::ask`]) or with a filter ([`super::choose`]).

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::popup::{self, Item};
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope};
use crate::tui::event::Input;
use crate::tui::screen::{Cursor, Row};

/// What its keys mean.
pub const SCOPES: &[Scope] = &[Scope::Browse, Scope::Anywhere];
/// Its footer.
pub const FOOTER: &[Command] = &[Command::Open, Command::Down, Command::Up, Command::Back];

/// The row in focus.
#[derive(Debug, Default)]
pub struct Choice {
    focus: usize,
}

impl Choice {
    /// Takes a key; gives the row of so many that was chosen.
    pub fn chosen(&mut self, input: Input<'_>, rows: usize) -> Option<usize> {
        let Input::Command(command) = input else { return None };
        let last = rows.saturating_sub(1);
        self.focus = match command {
            Command::Down | Command::Next => (self.focus + 1).min(last),
            Command::Up | Command::Previous => self.focus.saturating_sub(1),
            Command::First => 0,
            Command::Last => last,
            Command::Open | Command::Mark => return Some(self.focus),
            _ => self.focus,
        };
        None
    }

    /// It as rows.
    pub fn outline(&self, items: &[Item]) -> Vec<Row> {
        popup::outline(items, self.focus)
    }

    /// Draws it, `wide` cells; `does` says what Enter does.
    pub fn view(
        &self,
        buf: &mut Buffer,
        area: Rect,
        (wide, title, does): (u16, &str, &str),
        items: &[Item],
        shell: &Shell,
    ) -> Cursor {
        let edge = popup::edge(shell, &[(Command::Open, does)]);
        popup::view(buf, area, wide, title, &edge, items, self.focus, shell)
    }
}

/// What is told, and below it the rows.
pub fn items<'a>(mut told: Vec<Item>, rows: impl IntoIterator<Item = &'a str>) -> Vec<Item> {
    told.push(Item::gap());
    told.extend(rows.into_iter().enumerate().map(|(at, words)| Item::act(at, words, String::new())));
    told
}
