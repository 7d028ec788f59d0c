//! The question for the master password of another copy. Hands it down; whether it is right is seen when
//! it is tried.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::popup::{self, Item};
use super::{Given, Page, Turn};
use crate::secret::Secret;
use crate::text::sanitise;
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope};
use crate::tui::effect::Effect;
use crate::tui::event::Input;
use crate::tui::notice::Notice;
use crate::tui::screen::opening::Failure;
use crate::tui::screen::vault::Open;
use crate::tui::screen::{Cursor, Row};
use crate::tui::theme::Name;
use crate::tui::widget::secret_field::SecretField;
use crate::tui::widget::text::width;

/// Cells it wants.
const WIDE: u16 = 70;

/// The question.
#[derive(Debug)]
pub struct Password {
    /// Of which file. From outside.
    name: String,
    field: SecretField,
    /// What was typed before does not open it.
    wrong: bool,
}

impl Password {
    /// Asks for the password of the file of this name.
    pub fn new(name: String, wrong: bool) -> Password {
        Password { name, field: SecretField::default(), wrong }
    }

    fn items(&self, shell: &Shell, cells: u16) -> Vec<Item> {
        let text = &shell.catalog().tui.page.other;
        let label = width(text.password_label).min(cells * 2 / 5) + 2;
        let (value, caret) = popup::secret_field(&self.field, popup::value_cells(label, cells), shell);
        let mut items = vec![
            Item::told(&(text.password_why)(&sanitise::line(&self.name)), Name::Text),
            Item::gap(),
            Item {
                label: text.password_label.to_owned(),
                value,
                stop: Some(0),
                caret: Some(caret),
                ..Item::default()
            },
        ];
        if self.wrong && self.field.is_empty() {
            let said = (shell.catalog().tui.failure)(&Failure::WrongPassword);
            items.extend([Item::gap(), Item::told(&said.fact, Name::Danger)]);
        } else if self.field.has_wide() {
            let wide = shell.catalog().tui.unlock.full_width;
            items.extend([Item::gap(), Item::told(wide, Name::Warn)]);
        }
        items
    }
}

impl Page for Password {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Form, Scope::Field, Scope::Anywhere]
    }

    fn name(&self, _: &Open, shell: &Shell) -> String {
        shell.catalog().tui.page.other.password.to_owned()
    }

    fn footer(&self) -> &'static [Command] {
        &[Command::Accept, Command::ShowTyped, Command::Back, Command::Help]
    }

    fn says(&self, command: Command, shell: &Shell) -> Option<&'static str> {
        (command == Command::Accept).then_some(shell.catalog().tui.page.other.password_enter)
    }

    fn popup(&self) -> bool {
        true
    }

    fn update(&mut self, _: &mut Open, input: Input<'_>, shell: &mut Shell, _: &mut Vec<Effect>) -> Turn {
        let taken = match input {
            Input::Char(c) => self.field.type_char(c),
            Input::Paste(bytes) => self.field.paste(bytes),
            Input::Command(Command::Accept | Command::Save) if self.field.is_empty() => Ok(()),
            Input::Command(Command::Accept | Command::Save) => match Secret::from_bytes(self.field.take()) {
                Ok(secret) => return Turn::Give(Given::Secret(secret)),
                Err(_) => Ok(()),
            },
            Input::Command(command) => {
                self.field.edit(command);
                Ok(())
            }
        };
        if taken.is_err() {
            shell.tell(Notice::FieldFull);
        }
        Turn::Stay
    }

    fn hide(&mut self) {
        self.field.shown = false;
    }

    fn outline(&self, _: &Open, shell: &Shell) -> Vec<Row> {
        popup::outline(&self.items(shell, WIDE), 0)
    }

    fn view(&self, _: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        let text = &shell.catalog().tui.page.other;
        let items = self.items(shell, popup::inner_cells(area, WIDE));
        let edge = popup::edge(shell, &[(Command::Accept, text.password_enter)]);
        popup::view(buf, area, WIDE, text.password, &edge, &items, 0, shell)
    }
}
