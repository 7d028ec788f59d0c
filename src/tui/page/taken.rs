//! An account was taken over: the start of incident mode. What is known begins a plan: an account, a
//! password, a user name; below it the order in which to act. The first run leads here as well.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::form::pick::Pick;
use super::incident::begin::Begin;
use super::incident::{PlanPage, progress_of};
use super::popup::{self, Item};
use super::{Given, Page, Turn};
use crate::model::Id;
use crate::text::guide;
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope};
use crate::tui::effect::Effect;
use crate::tui::event::Input;
use crate::tui::screen::vault::Open;
use crate::tui::screen::{Cursor, Row};
use crate::tui::theme::Name;
use crate::tui::widget::frame::frame;

/// The page.
#[derive(Debug, Default)]
pub struct Taken {
    focus: usize,
}

/// What a row does.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Stop {
    GoOn(Id, String),
    Account,
    Password,
    UserName,
    Import,
}

impl Taken {
    fn stops(open: &Open, shell: &Shell) -> Vec<Stop> {
        let mut stops: Vec<Stop> =
            progress_of(open, shell).into_iter().map(|(id, words)| Stop::GoOn(id, words)).collect();
        if open.contents.session().vault().entries().next().is_some() {
            stops.extend([Stop::Account, Stop::Password, Stop::UserName]);
        } else {
            stops.push(Stop::Import);
        }
        stops
    }

    fn items(&self, open: &Open, shell: &Shell) -> Vec<Item> {
        let text = &shell.catalog().tui.page.incident;
        let mut items = vec![Item::told(text.which, Name::Title), Item::gap()];
        for (at, stop) in Taken::stops(open, shell).into_iter().enumerate() {
            let words = match stop {
                Stop::GoOn(_, words) => words,
                Stop::Account => text.an_account.to_owned(),
                Stop::Password => text.a_password.to_owned(),
                Stop::UserName => text.a_user_name.to_owned(),
                Stop::Import => (shell.catalog().tui.command)(Command::Import).to_owned(),
            };
            items.push(Item::act(at, &words, String::new()));
        }
        items.push(Item::gap());
        items.extend(guide::first(shell.lang).iter().map(|line| Item::told(line, Name::Text)));
        items.push(Item::told(guide::faked(shell.lang), Name::Dim));
        items
    }
}

impl Page for Taken {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Browse, Scope::Anywhere]
    }

    fn name(&self, _: &Open, shell: &Shell) -> String {
        shell.catalog().tui.page.incident.start.to_owned()
    }

    fn is_plan(&self) -> bool {
        true
    }

    fn footer(&self) -> &'static [Command] {
        &[Command::Open, Command::Down, Command::Up, Command::Import, Command::Back, Command::HelpHere]
    }

    fn means(&self, command: Command) -> Option<Command> {
        match command {
            Command::Mark => Some(Command::Open),
            Command::MarkAll => None,
            _ => Some(command),
        }
    }

    fn update(
        &mut self,
        open: &mut Open,
        input: Input<'_>,
        shell: &mut Shell,
        out: &mut Vec<Effect>,
    ) -> Turn {
        let Input::Command(command) = input else { return Turn::Pass };
        let stops = Taken::stops(open, shell);
        let last = stops.len() - 1;
        self.focus = match command {
            Command::Down | Command::Next | Command::HalfDown | Command::PageDown => {
                (self.focus + 1).min(last)
            }
            Command::Up | Command::Previous | Command::HalfUp | Command::PageUp => {
                self.focus.saturating_sub(1)
            }
            Command::First => 0,
            Command::Last => last,
            Command::Open | Command::Mark => {
                return match stops.get(self.focus) {
                    Some(Stop::GoOn(id, _)) => Turn::Replace(Box::new(PlanPage::new(*id, open))),
                    Some(Stop::Account) => Turn::Over(Box::new(Pick::whole(open, shell))),
                    Some(Stop::Password) => Turn::Over(Box::new(Begin::password())),
                    Some(Stop::UserName) => Turn::Over(Box::new(Begin::user_name())),
                    Some(Stop::Import) => match super::of(Command::Import, open, shell, out) {
                        Some(page) => Turn::Over(page),
                        None => Turn::Stay,
                    },
                    None => Turn::Stay,
                };
            }
            _ => return Turn::Pass,
        };
        Turn::Stay
    }

    fn given(&mut self, given: Given, open: &mut Open, _: &mut Shell, _: &mut Vec<Effect>) {
        if let Given::Entry(id) = given {
            let page = Begin::entry(id, open);
            open.pages.push(page);
        }
    }

    fn settle(&mut self, open: &Open, shell: &Shell) {
        self.focus = self.focus.min(Taken::stops(open, shell).len() - 1);
    }

    fn outline(&self, open: &Open, shell: &Shell) -> Vec<Row> {
        popup::outline(&self.items(open, shell), self.focus)
    }

    fn view(&self, open: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        let inner = frame(buf, area, &self.name(open, shell), true, &shell.theme);
        popup::sheet(buf, inner, &self.items(open, shell), Some(self.focus), shell)
    }
}
