//! The sort menu. Space tries an order at once; Enter takes it, and it is remembered for the next run;
//! Esc goes back to the order of before.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::menu::{self, Line, Menu};
use super::{Page, Turn};
use crate::config::sort::{Order, Sort};
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope, Unavailable};
use crate::tui::effect::Effect;
use crate::tui::event::Input;
use crate::tui::screen::vault::{Open, list};
use crate::tui::screen::{Cursor, Row};

/// Rows: the orders, then the two switches.
const ROWS: usize = Order::ALL.len() + 2;

/// The menu.
#[derive(Debug)]
pub struct SortMenu {
    menu: Menu,
    /// The order that was chosen, while others are tried.
    before: Sort,
}

impl SortMenu {
    /// The menu with the order of now in focus.
    pub fn new(shell: &Shell) -> SortMenu {
        let now = shell.memory.sort.order;
        let cursor = Order::ALL.iter().position(|order| *order == now).unwrap_or(0);
        SortMenu { menu: Menu { cursor }, before: shell.memory.sort }
    }

    /// What is tried is chosen.
    fn take(&mut self, shell: &Shell, out: &mut Vec<Effect>) {
        if std::mem::replace(&mut self.before, shell.memory.sort) != shell.memory.sort {
            out.push(Effect::Remember(shell.memory.clone()));
        }
    }

    fn chosen(&self, sort: Sort) -> Sort {
        match Order::ALL.get(self.menu.cursor) {
            Some(order) => Sort { order: *order, ..sort },
            None if self.menu.cursor == Order::ALL.len() => Sort { reverse: !sort.reverse, ..sort },
            None => Sort { favourites_first: !sort.favourites_first, ..sort },
        }
    }

    fn lines(&self, shell: &Shell) -> Vec<Line> {
        let (text, sort) = (&shell.catalog().tui.page.browse, shell.memory.sort);
        let dot = |on: bool| if on { "(*)" } else { "( )" };
        let tick = |on: bool| if on { "[x]" } else { "[ ]" };
        let orders =
            Order::ALL.iter().map(|order| format!("{} {}", dot(*order == sort.order), (text.order)(*order)));
        orders
            .chain([
                format!("{} {}", tick(sort.reverse), text.reverse),
                format!("{} {}", tick(sort.favourites_first), text.favourites_first),
            ])
            .map(|line| Line::of(&line))
            .collect()
    }
}

fn attempt(open: &mut Open, sort: Sort, shell: &mut Shell) {
    if shell.memory.sort != sort {
        shell.memory.sort = sort;
        list::refresh(open, shell);
    }
}

impl Page for SortMenu {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Browse, Scope::Anywhere]
    }

    fn name(&self, _: &Open, shell: &Shell) -> String {
        (shell.catalog().tui.command)(Command::Sort).to_owned()
    }

    fn footer(&self) -> &'static [Command] {
        &[Command::Open, Command::Mark, Command::Back, Command::HelpHere]
    }

    fn says(&self, command: Command, shell: &Shell) -> Option<&'static str> {
        (command == Command::Mark).then_some(shell.catalog().tui.page.browse.try_word)
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
            Input::Command(command) => command,
            Input::Paste(bytes) => {
                attempt(open, self.before, shell);
                list::paste(open, bytes, shell);
                return Turn::Close;
            }
            Input::Char(_) => return Turn::Pass,
        };
        let sort = shell.memory.sort;
        match (self.menu.update(command, ROWS), command) {
            (menu::Did::Moved, _) => {}
            (menu::Did::Chosen, _) => {
                attempt(open, self.chosen(sort), shell);
                self.take(shell, out);
                // - a switch is looked at before the menu closes
                if self.menu.cursor < Order::ALL.len() {
                    return Turn::Close;
                }
            }
            (_, Command::Mark) => attempt(open, self.chosen(sort), shell),
            (_, Command::Left | Command::Right) => {
                attempt(open, Sort { reverse: !sort.reverse, ..sort }, shell);
            }
            (_, Command::Sort) => {
                attempt(open, self.before, shell);
                return Turn::Close;
            }
            // - kana, too, are a search
            (_, Command::Search) => return Turn::Pass,
            _ => return Turn::No(Unavailable::NotHere),
        }
        Turn::Stay
    }

    fn back(&mut self, open: &mut Open, shell: &mut Shell, _: &mut Vec<Effect>) -> bool {
        attempt(open, self.before, shell);
        false
    }

    fn outline(&self, _: &Open, shell: &Shell) -> Vec<Row> {
        self.menu.outline("", &self.lines(shell))
    }

    fn view(&self, open: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        let told = (&*self.name(open, shell), "", shell.catalog().tui.page.browse.sort_hint);
        self.menu.view(told, &self.lines(shell), shell, area, buf)
    }
}
