//! The popup that asks for the kind of a new entry; new entries that were not finished come first.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::State;
use super::draft::{self, About};
use super::offer::{self, Offer};
use crate::model::Kind;
use crate::text::{sanitise, words};
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope};
use crate::tui::effect::Effect;
use crate::tui::event::Input;
use crate::tui::notice::Notice;
use crate::tui::page::menu::{self, Line, Menu};
use crate::tui::page::{Page, Turn};
use crate::tui::screen::vault::Open;
use crate::tui::screen::{Cursor, Row};

/// The popup.
#[derive(Debug)]
pub struct Kinds {
    drafts: Vec<About>,
    menu: Menu,
}

impl Kinds {
    /// With Login chosen.
    pub fn new(open: &Open, _shell: &Shell) -> Kinds {
        let mut drafts: Vec<About> =
            open.contents.drafts.iter().filter_map(|draft| draft::about(open, draft)).collect();
        drafts.retain(|about| !about.known);
        drafts.sort_by_key(|about| std::cmp::Reverse(about.when));
        Kinds { drafts, menu: Menu::default() }
    }

    fn lines(&self, shell: &Shell) -> Vec<Line> {
        let text = &shell.catalog().tui.page.form;
        let draft = |about: &About| {
            let title = sanitise::line(&about.title).into_owned();
            let title = if title.is_empty() { text.draft_untitled.to_owned() } else { title };
            format!("{}: {title} ({})", text.draft, offer::when(about, shell))
        };
        let kinds = Kind::ALL.into_iter().map(|kind| words::kind(kind, shell.lang).to_owned());
        self.drafts.iter().map(draft).chain(kinds).map(|name| Line::of(&name)).collect()
    }
}

impl Page for Kinds {
    fn scopes(&self) -> &'static [Scope] {
        menu::SCOPES
    }

    fn name(&self, _open: &Open, shell: &Shell) -> String {
        shell.catalog().tui.page.form.title_new.to_owned()
    }

    fn footer(&self) -> &'static [Command] {
        menu::FOOTER
    }

    fn popup(&self) -> bool {
        true
    }

    fn update(&mut self, open: &mut Open, input: Input<'_>, shell: &mut Shell, _: &mut Vec<Effect>) -> Turn {
        let Input::Command(command) = input else { return Turn::Pass };
        if self.menu.update(command, self.drafts.len() + Kind::ALL.len()) != menu::Did::Chosen {
            return Turn::Stay;
        }
        if let Some(about) = self.drafts.get(self.menu.cursor) {
            return Turn::Replace(Box::new(Offer::of(about.clone())));
        }
        let kind = Kind::ALL.get(self.menu.cursor.saturating_sub(self.drafts.len()));
        match kind.and_then(|kind| State::new_of(open, shell, *kind)) {
            Some(form) => Turn::Replace(Box::new(form)),
            None => {
                shell.tell(Notice::CannotOpenValue);
                Turn::Close
            }
        }
    }

    fn outline(&self, _open: &Open, shell: &Shell) -> Vec<Row> {
        self.menu.outline("", &self.lines(shell))
    }

    fn view(&self, _open: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        let title = shell.catalog().tui.page.form.which_kind;
        self.menu.view((title, "", ""), &self.lines(shell), shell, area, buf)
    }
}
