//! Another name for a way to open the vault.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::slot_words;
use crate::session::Way;
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope};
use crate::tui::effect::Effect;
use crate::tui::event::Input;
use crate::tui::notice::{Notice, SlotsTold};
use crate::tui::page::popup::{self, Item};
use crate::tui::page::{Page, Turn};
use crate::tui::screen::vault::{Open, copy};
use crate::tui::screen::{Cursor, Row};
use crate::tui::theme::Name;
use crate::tui::widget::field::Field;
use crate::tui::widget::text::width;

/// Cells it wants.
const WIDE: u16 = 60;

/// The field.
#[derive(Debug)]
pub struct Rename {
    way: Way,
    field: Field,
}

impl Rename {
    /// With the name that it has.
    pub fn new(way: Way) -> Rename {
        let mut field = Field::of(&way.name);
        field.select();
        Rename { way, field }
    }

    fn items(&self, cells: u16, shell: &Shell) -> Vec<Item> {
        let text = &shell.catalog().tui.page.slots;
        let (value, caret) = popup::field(&self.field, popup::value_cells(width(text.name) + 2, cells));
        vec![
            Item::told(&slot_words(&self.way, shell), Name::Title),
            Item::gap(),
            Item { label: text.name.to_owned(), value, stop: Some(0), caret: Some(caret), ..Item::default() },
        ]
    }
}

impl Page for Rename {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Form, Scope::Field, Scope::Anywhere]
    }

    fn name(&self, _: &Open, shell: &Shell) -> String {
        shell.catalog().tui.page.slots.rename.to_owned()
    }

    fn footer(&self) -> &'static [Command] {
        &[Command::Accept, Command::EraseLeft, Command::Back, Command::Help]
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
        match input {
            Input::Char(c) => {
                if !self.field.type_char(c) {
                    shell.tell(Notice::FieldFull);
                }
            }
            Input::Paste(bytes) => self.field.paste(bytes),
            Input::Command(Command::Accept | Command::Save) => {
                let name = self.field.text().trim().to_owned();
                let session = open.contents.session_mut();
                if let Ok(true) = session.rename_way(self.way.id, &name, &mut *shell.entropy) {
                    copy::save(open, shell, out);
                    shell.tell(Notice::Slots(SlotsTold::Renamed));
                }
                return Turn::Close;
            }
            Input::Command(command) => {
                self.field.edit(command);
            }
        }
        Turn::Stay
    }

    fn outline(&self, _: &Open, shell: &Shell) -> Vec<Row> {
        popup::outline(&self.items(WIDE, shell), 0)
    }

    fn view(&self, _: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        let items = self.items(popup::inner_cells(area, WIDE), shell);
        let title = shell.catalog().tui.page.slots.rename;
        popup::view(buf, area, WIDE, title, "", &items, 0, shell)
    }
}
