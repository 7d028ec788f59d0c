//! The list of plans: those that are open first, then closed ones, and a row to begin another.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{PlanPage, moment, name, open_plans, plan_of};
use crate::model::{Id, Incident};
use crate::text::incident as words;
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope};
use crate::tui::effect::Effect;
use crate::tui::event::Input;
use crate::tui::page::popup::{self, Item};
use crate::tui::page::taken::Taken;
use crate::tui::page::{Page, Turn};
use crate::tui::screen::vault::Open;
use crate::tui::screen::{Cursor, Row};
use crate::tui::theme::Name;
use crate::tui::widget::frame::frame;

/// The list.
#[derive(Debug, Default)]
pub struct Incidents {
    focus: usize,
}

/// The list, or the start where there is no plan yet.
pub fn page(open: &Open) -> Box<dyn Page> {
    let any = open.contents.session().vault().incidents().next().is_some();
    if any { Box::new(Incidents::default()) } else { Box::new(Taken::default()) }
}

impl Incidents {
    /// All plans in the order of the list.
    fn plans(open: &Open) -> Vec<Incident<'_>> {
        let mut all = open_plans(open);
        let vault = open.contents.session().vault();
        let mut over: Vec<Incident<'_>> = vault.incidents().filter(|one| one.closed().is_some()).collect();
        over.sort_by_key(|one| (std::cmp::Reverse(one.closed()), one.id()));
        all.extend(over);
        all
    }

    fn chosen(&self, open: &Open) -> Option<Id> {
        Incidents::plans(open).get(self.focus).map(|one| one.id())
    }

    fn items(&self, open: &Open, shell: &Shell) -> Vec<Item> {
        let text = &shell.catalog().tui.page.incident;
        let plans = Incidents::plans(open);
        let mut items: Vec<Item> = Vec::new();
        for (at, one) in plans.iter().enumerate() {
            let progress = plan_of(open, one.id())
                .map_or(String::new(), |plan| words::progress(plan.over(), plan.steps.len(), shell.lang));
            let when = match one.closed() {
                Some(ms) => (text.closed)(&moment(ms, shell)),
                None => (text.since)(&moment(one.opened(), shell)),
            };
            let mut item = Item::act(at, &format!("{}  {progress}", name(open, *one, shell)), when);
            item.look = one.closed().map(|_| Name::Dim);
            items.push(item);
        }
        items.push(Item::gap());
        items.push(Item::act(plans.len(), text.another, String::new()));
        items
    }
}

impl Page for Incidents {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Browse, Scope::Anywhere]
    }

    fn name(&self, _: &Open, shell: &Shell) -> String {
        shell.catalog().tui.page.incident.title.to_owned()
    }

    fn is_plan(&self) -> bool {
        true
    }

    fn footer(&self) -> &'static [Command] {
        &[Command::Open, Command::Down, Command::Up, Command::Back, Command::HelpHere]
    }

    fn means(&self, command: Command) -> Option<Command> {
        match command {
            Command::Mark => Some(Command::Open),
            Command::MarkAll => None,
            _ => Some(command),
        }
    }

    fn update(&mut self, open: &mut Open, input: Input<'_>, _: &mut Shell, _: &mut Vec<Effect>) -> Turn {
        let Input::Command(command) = input else { return Turn::Pass };
        let last = Incidents::plans(open).len();
        match command {
            Command::Down | Command::Next => self.focus = (self.focus + 1).min(last),
            Command::Up | Command::Previous => self.focus = self.focus.saturating_sub(1),
            Command::First => self.focus = 0,
            Command::Last => self.focus = last,
            Command::Open | Command::Mark => {
                let Some(id) = self.chosen(open) else { return Turn::Over(Box::new(Taken::default())) };
                return Turn::Over(Box::new(PlanPage::new(id, open)));
            }
            _ => return Turn::Pass,
        }
        Turn::Stay
    }

    fn settle(&mut self, open: &Open, _: &Shell) {
        self.focus = self.focus.min(Incidents::plans(open).len());
    }

    fn outline(&self, open: &Open, shell: &Shell) -> Vec<Row> {
        popup::outline(&self.items(open, shell), self.focus)
    }

    fn view(&self, open: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        let inner = frame(buf, area, &self.name(open, shell), true, &shell.theme);
        popup::sheet(buf, inner, &self.items(open, shell), Some(self.focus), shell)
    }
}
