//! The question before a plan is closed that has steps left.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::model::Id;
use crate::ops::incident::act;
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope};
use crate::tui::effect::Effect;
use crate::tui::event::Input;
use crate::tui::notice::{Deed, IncidentTold, Notice};
use crate::tui::page::choice::{self, Choice};
use crate::tui::page::popup::Item;
use crate::tui::page::{Page, Turn};
use crate::tui::screen::vault::{Open, steps};
use crate::tui::screen::{Cursor, Row};
use crate::tui::theme::Name;

/// Cells it wants.
const WIDE: u16 = 60;

/// The question.
#[derive(Debug)]
pub struct Ask {
    id: Id,
    left: usize,
    choice: Choice,
}

impl Ask {
    /// The question for a plan with so many steps left; going on is in focus.
    pub fn new(id: Id, left: usize) -> Ask {
        Ask { id, left, choice: Choice::default() }
    }

    fn items(&self, shell: &Shell) -> Vec<Item> {
        let text = &shell.catalog().tui.page.incident;
        let told = vec![Item::told(&(text.left)(self.left), Name::Text)];
        choice::items(told, [text.stay, text.close_anyway])
    }
}

/// Closes a plan, or opens it again; false when the vault refused.
pub fn close(open: &mut Open, id: Id, again: bool, shell: &mut Shell, out: &mut Vec<Effect>) -> bool {
    let Some(incident) = open.contents.session().vault().incident(id) else { return false };
    let Some(change) = act::close(incident, (!again).then_some(shell.now.wall_ms)) else { return true };
    let done = steps::apply_as(open, &change, (Deed::Incident, 1), shell, out);
    let told = match (done, again) {
        (false, _) => IncidentTold::Refused,
        (true, false) => IncidentTold::Closed,
        (true, true) => IncidentTold::Reopened,
    };
    shell.tell(Notice::Incident(told));
    done
}

impl Page for Ask {
    fn scopes(&self) -> &'static [Scope] {
        choice::SCOPES
    }

    fn name(&self, _: &Open, shell: &Shell) -> String {
        shell.catalog().tui.page.incident.close.to_owned()
    }

    fn footer(&self) -> &'static [Command] {
        choice::FOOTER
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
        let Some(row) = self.choice.chosen(input, 2) else { return Turn::Stay };
        if row == 1 {
            close(open, self.id, false, shell, out);
        }
        Turn::Close
    }

    fn outline(&self, _: &Open, shell: &Shell) -> Vec<Row> {
        self.choice.outline(&self.items(shell))
    }

    fn view(&self, _: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        let text = &shell.catalog().tui.page.incident;
        self.choice.view(buf, area, (WIDE, text.close, text.does), &self.items(shell), shell)
    }
}
