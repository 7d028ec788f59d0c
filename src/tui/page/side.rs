//! The sidebar as a popup, where there is no room for the pane.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::names::Named;
use super::{Page, Turn};
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope};
use crate::tui::effect::Effect;
use crate::tui::event::Input;
use crate::tui::screen::vault::side::{self, Go};
use crate::tui::screen::vault::{Open, list};
use crate::tui::screen::{Cursor, Row};
use crate::tui::widget::frame::frame;
use crate::tui::widget::text::clear_area;

/// The popup; its rows are the sidebar's.
#[derive(Debug)]
pub struct Sidebar {
    /// The row with the focus, for the footer.
    here: side::Here,
}

impl Sidebar {
    /// On the row that has the focus.
    pub fn new(open: &Open) -> Sidebar {
        Sidebar { here: side::here(open) }
    }
}

impl Page for Sidebar {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Filing, Scope::Browse, Scope::Anywhere]
    }

    fn name(&self, _: &Open, shell: &Shell) -> String {
        shell.catalog().tui.page.browse.side.to_owned()
    }

    fn footer(&self) -> &'static [Command] {
        side::FOOTER
    }

    fn says(&self, command: Command, shell: &Shell) -> Option<&'static str> {
        self.here.says(command, shell)
    }

    fn named(&self, open: &Open) -> Option<Named> {
        side::named(open)
    }

    fn popup(&self) -> bool {
        true
    }

    fn means(&self, command: Command) -> Option<Command> {
        (command != Command::MarkAll).then_some(command)
    }

    fn update(&mut self, open: &mut Open, input: Input<'_>, shell: &mut Shell, _: &mut Vec<Effect>) -> Turn {
        let command = match input {
            Input::Paste(bytes) => {
                list::paste(open, bytes, shell);
                return Turn::Close;
            }
            Input::Char(_) => return Turn::Stay,
            Input::Command(command) => command,
        };
        let go = side::update(open, command, shell);
        self.here = side::here(open);
        match go {
            Go::Stay => Turn::Stay,
            Go::No(reason) => Turn::No(reason),
            Go::List => Turn::Close,
            Go::Trash => Turn::Replace(Box::new(super::trash::Trash::new(open, shell))),
            Go::Plans => Turn::Replace(super::incident::page(open)),
            Go::Pass if matches!(command, Command::Next | Command::Previous) => Turn::Close,
            Go::Pass => Turn::Pass,
        }
    }

    fn settle(&mut self, open: &Open, _: &Shell) {
        self.here = side::here(open);
    }

    fn outline(&self, open: &Open, shell: &Shell) -> Vec<Row> {
        side::outline(open, shell)
    }

    fn view(&self, open: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        let place = Rect { width: 34.min(area.width), height: side::height(open).min(area.height), ..area };
        clear_area(buf, place);
        let inner = frame(buf, place, &self.name(open, shell), true, &shell.theme);
        side::view_rows(open, shell, inner, true, buf)
    }
}
