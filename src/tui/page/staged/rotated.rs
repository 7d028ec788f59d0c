//! What a rotator said that did not set the new password: why, its last lines, and what to do now. The
//! new password lies beside the old one all the while.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::panel::Panel;
use crate::error::Report;
use crate::model::Id;
use crate::text::{problem, sanitise};
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope};
use crate::tui::effect::Effect;
use crate::tui::event::Input;
use crate::tui::page::popup::{self, Item};
use crate::tui::page::{Page, Turn};
use crate::tui::rotate::Ran;
use crate::tui::screen::vault::Open;
use crate::tui::screen::{Cursor, Row};
use crate::tui::theme::Name;

/// Lines of what it said that are shown: the last ones.
const LINES: usize = 8;

/// The page.
#[derive(Debug)]
pub struct Rotated {
    entry: Id,
    report: Box<Report>,
    said: Option<String>,
}

impl Rotated {
    /// Of what became of a rotator; none when it did its work.
    pub fn of(ran: Ran) -> Option<Rotated> {
        Some(Rotated { entry: ran.entry, report: ran.trouble?, said: ran.said })
    }

    fn items(&self, shell: &Shell) -> Vec<Item> {
        let text = &shell.catalog().tui.page.staged;
        let fact = problem::problem(shell.lang, &self.report).fact;
        let mut items = vec![Item::told(&sanitise::line(&fact), Name::Danger)];
        match self.said.as_deref() {
            None => items.push(Item::told(text.said_hidden, Name::Dim)),
            Some(said) => {
                let lines: Vec<&str> = said.lines().filter(|line| !line.trim().is_empty()).collect();
                let from = lines.len().saturating_sub(LINES);
                let last = lines.get(from..).unwrap_or_default();
                items.extend(last.iter().map(|line| Item::told(&format!("| {line}"), Name::Dim)));
            }
        }
        items.push(Item::gap());
        items.push(Item::told(text.after_failure, Name::Text));
        items.push(Item::gap());
        items.push(Item::act(0, text.on_again, String::new()));
        items
    }
}

impl Page for Rotated {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Browse, Scope::Anywhere]
    }

    fn name(&self, _: &Open, shell: &Shell) -> String {
        shell.catalog().tui.page.staged.title.to_owned()
    }

    fn footer(&self) -> &'static [Command] {
        &[Command::Open, Command::Back, Command::HelpHere]
    }

    fn popup(&self) -> bool {
        true
    }

    fn update(&mut self, open: &mut Open, input: Input<'_>, shell: &mut Shell, _: &mut Vec<Effect>) -> Turn {
        match input {
            Input::Command(Command::Open | Command::Accept) => {
                Turn::Replace(Box::new(Panel::new(self.entry, open, shell)))
            }
            Input::Command(Command::Up | Command::Down | Command::Next | Command::Previous) => Turn::Stay,
            _ => Turn::Pass,
        }
    }

    fn outline(&self, _: &Open, shell: &Shell) -> Vec<Row> {
        popup::outline(&self.items(shell), 0)
    }

    fn view(&self, open: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        let title = (shell.catalog().tui.page.staged.under_way)(&super::title(open, self.entry, shell));
        let edge = popup::edge(shell, &[(Command::Open, shell.catalog().tui.page.staged.goes)]);
        popup::view(buf, area, super::WIDE, &title, &edge, &self.items(shell), 0, shell)
    }
}
