//! The master password is typed to be compared with those of the entries. A job finds out whether it
//! is right, the check compares it, and only the verdicts stay.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope};
use crate::tui::effect::Effect;
use crate::tui::event::Input;
use crate::tui::notice::Notice;
use crate::tui::page::popup::{self, Item};
use crate::tui::page::{Page, Turn};
use crate::tui::screen::vault::Open;
use crate::tui::screen::{Cursor, Row};
use crate::tui::task::{MasterFailure, Task};
use crate::tui::theme::Name;
use crate::tui::widget::secret_field::SecretField;

/// Cells that the popup wants.
const WIDE: u16 = 64;

/// The field.
#[derive(Debug, Default)]
pub struct Typed {
    field: SecretField,
    failure: Option<MasterFailure>,
}

impl Typed {
    /// Once more: what was typed could not be taken.
    pub fn failed(failure: MasterFailure) -> Typed {
        Typed { failure: Some(failure), ..Typed::default() }
    }

    fn items(&self, shell: &Shell, cells: u16) -> Vec<Item> {
        let text = &shell.catalog().tui.page.health;
        let label = crate::tui::widget::text::width(text.master) + 2;
        let room = popup::value_cells(label.min(cells * 2 / 5 + 2), cells);
        let (value, caret) = popup::secret_field(&self.field, room, shell);
        let mut items = vec![Item {
            label: text.master.to_owned(),
            value,
            stop: Some(0),
            caret: Some(caret),
            ..Item::default()
        }];
        items.push(match self.failure {
            Some(failure) => Item::told((text.master_failed)(failure), Name::Danger),
            None => Item::gap(),
        });
        items.push(Item::told(text.master_told, Name::Dim));
        items
    }
}

impl Page for Typed {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Form, Scope::Field, Scope::Anywhere]
    }

    fn name(&self, _: &Open, shell: &Shell) -> String {
        shell.catalog().tui.page.health.master.to_owned()
    }

    fn footer(&self) -> &'static [Command] {
        &[Command::Accept, Command::ShowTyped, Command::EraseLeft, Command::Back, Command::Help]
    }

    fn popup(&self) -> bool {
        true
    }

    fn update(&mut self, open: &mut Open, input: Input<'_>, shell: &mut Shell, _: &mut Vec<Effect>) -> Turn {
        let full = match input {
            Input::Char(c) => self.field.type_char(c).is_err(),
            Input::Paste(bytes) => self.field.paste(bytes).is_err(),
            Input::Command(Command::Accept | Command::Save) if self.field.is_empty() => false,
            Input::Command(Command::Accept | Command::Save) => {
                let key_file = shell.key_file.clone();
                open.work = Some(Task::Master { password: self.field.take(), key_file });
                return Turn::Close;
            }
            Input::Command(command) => {
                self.field.edit(command);
                false
            }
        };
        if full {
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
        let text = &shell.catalog().tui.page.health;
        let items = self.items(shell, popup::inner_cells(area, WIDE));
        let edge = popup::edge(shell, &[(Command::Accept, text.compares)]);
        popup::view(buf, area, WIDE, text.master_title, &edge, &items, 0, shell)
    }
}
