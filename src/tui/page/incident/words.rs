//! A popup for a few words: some that can be chosen, and a field for one's own. What they are for is
//! the page's below.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Purpose;
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope};
use crate::tui::effect::Effect;
use crate::tui::event::Input;
use crate::tui::notice::{IncidentTold, Notice};
use crate::tui::page::popup::{self, Item};
use crate::tui::page::{Given, Page, Turn};
use crate::tui::screen::vault::Open;
use crate::tui::screen::{Cursor, Row};
use crate::tui::widget::field::Field;
use crate::tui::widget::text::width;

/// Cells it wants.
const WIDE: u16 = 60;

/// The popup.
#[derive(Debug)]
pub struct Words {
    purpose: Purpose,
    field: Field,
    focus: usize,
}

impl Words {
    /// A popup with these words in its field.
    pub fn new(purpose: Purpose, words: &str) -> Words {
        Words { purpose, field: Field::of(words), focus: 0 }
    }

    fn choices(&self, shell: &Shell) -> &'static [&'static str] {
        (shell.catalog().tui.page.incident.choices)(self.purpose)
    }

    fn items(&self, shell: &Shell, cells: u16) -> Vec<Item> {
        let text = &shell.catalog().tui.page.incident;
        let choices = self.choices(shell);
        let mut items: Vec<Item> =
            choices.iter().enumerate().map(|(at, words)| Item::act(at, words, String::new())).collect();
        if !choices.is_empty() {
            items.push(Item::gap());
        }
        let label = width(text.own).min(cells * 2 / 5) + 2;
        let (value, caret) = popup::field(&self.field, popup::value_cells(label, cells));
        items.push(Item {
            label: text.own.to_owned(),
            value,
            stop: Some(choices.len()),
            caret: Some(caret),
            ..Item::default()
        });
        items.push(Item::act(choices.len() + 1, text.keep, String::new()));
        items
    }

    fn take(&self, shell: &mut Shell) -> Turn {
        let choices = self.choices(shell);
        let words = choices.get(self.focus).copied().unwrap_or(self.field.text().trim());
        // - a note may be taken away; a reason may not be missing
        if words.is_empty() && self.purpose != Purpose::Note {
            shell.tell(Notice::Incident(IncidentTold::Empty));
            return Turn::Stay;
        }
        Turn::Give(Given::Text(words.to_owned()))
    }
}

impl Page for Words {
    fn scopes(&self) -> &'static [Scope] {
        // - which row is the field's is known only in a language, so letters always type
        &[Scope::Form, Scope::Field, Scope::Anywhere]
    }

    fn name(&self, _: &Open, shell: &Shell) -> String {
        (shell.catalog().tui.page.incident.words)(self.purpose).to_owned()
    }

    fn footer(&self) -> &'static [Command] {
        &[Command::Accept, Command::FormDown, Command::FormUp, Command::Back, Command::Help]
    }

    fn says(&self, command: Command, shell: &Shell) -> Option<&'static str> {
        (command == Command::Accept).then_some(shell.catalog().tui.page.incident.takes)
    }

    fn popup(&self) -> bool {
        true
    }

    fn update(&mut self, _: &mut Open, input: Input<'_>, shell: &mut Shell, _: &mut Vec<Effect>) -> Turn {
        let field = self.choices(shell).len();
        match input {
            Input::Char(' ') if self.focus != field => return self.take(shell),
            Input::Char(c) => {
                // - what is typed is one's own words, wherever the focus was
                self.focus = field;
                if !self.field.type_char(c) {
                    shell.tell(Notice::FieldFull);
                }
            }
            Input::Paste(bytes) => {
                self.focus = field;
                self.field.paste(bytes);
            }
            Input::Command(command) if self.focus == field && self.field.edit(command) => {}
            Input::Command(command) => match command {
                Command::FormDown | Command::Down | Command::Next => {
                    self.focus = (self.focus + 1).min(field + 1);
                }
                Command::FormUp | Command::Up | Command::Previous => {
                    self.focus = self.focus.saturating_sub(1);
                }
                Command::Accept | Command::Open | Command::Save => return self.take(shell),
                _ => {}
            },
        }
        Turn::Stay
    }

    fn outline(&self, _: &Open, shell: &Shell) -> Vec<Row> {
        popup::outline(&self.items(shell, WIDE), self.focus)
    }

    fn view(&self, open: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        let items = self.items(shell, popup::inner_cells(area, WIDE));
        let text = &shell.catalog().tui.page.incident;
        let edge = popup::edge(shell, &[(Command::Accept, text.takes)]);
        popup::view(buf, area, WIDE, &self.name(open, shell), &edge, &items, self.focus, shell)
    }
}
