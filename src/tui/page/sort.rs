//! The sort menu. Each choice acts at once and is remembered for the next run.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Page, Turn};
use crate::config::sort::{Order, Sort};
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope};
use crate::tui::effect::Effect;
use crate::tui::event::Input;
use crate::tui::screen::vault::{Open, list};
use crate::tui::screen::{Cursor, Row};
use crate::tui::theme::Name;
use crate::tui::widget::frame::popup;
use crate::tui::widget::text::{fill, put, width};

/// Rows: the orders, then the two switches.
const ROWS: usize = Order::ALL.len() + 2;

/// The menu.
#[derive(Debug)]
pub struct SortMenu {
    cursor: usize,
}

impl SortMenu {
    /// The menu with the order of now in focus.
    pub fn new(shell: &Shell) -> SortMenu {
        let now = shell.memory.sort.order;
        SortMenu { cursor: Order::ALL.iter().position(|order| *order == now).unwrap_or(0) }
    }

    fn chosen(&self, sort: Sort) -> Sort {
        match Order::ALL.get(self.cursor) {
            Some(order) => Sort { order: *order, ..sort },
            None if self.cursor == Order::ALL.len() => Sort { reverse: !sort.reverse, ..sort },
            None => Sort { favourites_first: !sort.favourites_first, ..sort },
        }
    }

    fn lines(&self, shell: &Shell) -> Vec<String> {
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
            .collect()
    }
}

fn choose(open: &mut Open, sort: Sort, shell: &mut Shell, out: &mut Vec<Effect>) {
    if shell.memory.sort != sort {
        shell.memory.sort = sort;
        list::refresh(open, shell);
        out.push(Effect::Remember(shell.memory.clone()));
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
                list::paste(open, bytes, shell);
                return Turn::Close;
            }
            Input::Char(_) => return Turn::Stay,
        };
        let sort = shell.memory.sort;
        match command {
            Command::Down => self.cursor = (self.cursor + 1).min(ROWS - 1),
            Command::Up => self.cursor = self.cursor.saturating_sub(1),
            Command::Next => self.cursor = (self.cursor + 1) % ROWS,
            Command::Previous => self.cursor = (self.cursor + ROWS - 1) % ROWS,
            Command::First => self.cursor = 0,
            Command::Last => self.cursor = ROWS - 1,
            Command::Mark => choose(open, self.chosen(sort), shell, out),
            Command::Left | Command::Right => {
                choose(open, Sort { reverse: !sort.reverse, ..sort }, shell, out);
            }
            Command::Open => {
                choose(open, self.chosen(sort), shell, out);
                // - a switch is looked at before the menu closes
                if self.cursor < Order::ALL.len() {
                    return Turn::Close;
                }
            }
            Command::Sort => return Turn::Close,
            // - kana, too, are a search
            Command::Search => return Turn::Pass,
            _ => {}
        }
        Turn::Stay
    }

    fn outline(&self, _: &Open, shell: &Shell) -> Vec<Row> {
        let row = |(at, label)| Row {
            label,
            value: String::new(),
            focus: at == self.cursor,
            action: Some(Command::Open),
        };
        self.lines(shell).into_iter().enumerate().map(row).collect()
    }

    fn view(&self, open: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        let (text, theme) = (&shell.catalog().tui.page.browse, &shell.theme);
        let lines = self.lines(shell);
        let widest = lines.iter().map(|line| width(line)).max().unwrap_or(0).max(width(text.sort_hint));
        let inner = popup(buf, area, (widest + 6, 13), &self.name(open, shell), theme);
        let mut cursor = Cursor::new(inner.x, inner.y);
        for (at, line) in lines.iter().enumerate() {
            let y = inner.y + u16::try_from(at).unwrap_or(0) + u16::from(at >= Order::ALL.len());
            let here = at == self.cursor;
            let style = theme.style(if here { Name::Selected } else { Name::Text });
            let mark = if here { "> " } else { "  " };
            put(buf, inner.x, y, inner.width, &fill(&format!("{mark}{line}"), inner.width), style);
            if here {
                cursor = Cursor::new(inner.x, y);
            }
        }
        put(buf, inner.x + 2, inner.bottom() - 1, inner.width - 2, text.sort_hint, theme.style(Name::Dim));
        cursor
    }
}
