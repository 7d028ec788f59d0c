//! The popup that asks for the kind of a new entry; new entries that were not finished come first.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::draft::{self, About};
use super::{State, offer, view};
use crate::model::Kind;
use crate::text::{sanitise, words};
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope};
use crate::tui::effect::Effect;
use crate::tui::event::Input;
use crate::tui::notice::Notice;
use crate::tui::page::{Page, Turn};
use crate::tui::screen::vault::Open;
use crate::tui::screen::{Cursor, Row};

/// The popup.
#[derive(Debug)]
pub struct Kinds {
    drafts: Vec<About>,
    cursor: usize,
}

impl Kinds {
    /// With Login chosen.
    pub fn new(open: &Open, _shell: &Shell) -> Kinds {
        let mut drafts: Vec<About> =
            open.contents.drafts.iter().filter_map(|draft| draft::about(open, draft)).collect();
        drafts.retain(|about| !about.known);
        drafts.sort_by_key(|about| std::cmp::Reverse(about.when));
        Kinds { drafts, cursor: 0 }
    }

    fn items(&self, shell: &Shell) -> Vec<String> {
        let text = &shell.catalog().tui.page.form;
        let draft = |about: &About| {
            let title = sanitise::line(&about.title).into_owned();
            let title = if title.is_empty() { text.draft_untitled.to_owned() } else { title };
            format!("{}: {title} ({})", text.draft, offer::when(about, shell))
        };
        let kinds = Kind::ALL.into_iter().map(|kind| words::kind(kind, shell.lang).to_owned());
        self.drafts.iter().map(draft).chain(kinds).collect()
    }
}

impl Page for Kinds {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Choice, Scope::Anywhere]
    }

    fn name(&self, _open: &Open, shell: &Shell) -> String {
        shell.catalog().tui.page.form.title_new.to_owned()
    }

    fn footer(&self) -> &'static [Command] {
        &[Command::Choose, Command::ChoiceDown, Command::ChoiceUp, Command::Back]
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
        let last = self.drafts.len() + Kind::ALL.len() - 1;
        let Input::Command(command) = input else { return Turn::Stay };
        match command {
            Command::ChoiceDown | Command::Next => self.cursor = (self.cursor + 1).min(last),
            Command::ChoiceUp | Command::Previous => self.cursor = self.cursor.saturating_sub(1),
            Command::ChoicePageDown => self.cursor = last,
            Command::ChoicePageUp => self.cursor = 0,
            Command::Choose => {
                let form = match self.drafts.get(self.cursor) {
                    Some(about) => offer::form(open, shell, about, out),
                    None => {
                        let kind = Kind::ALL.get(self.cursor.saturating_sub(self.drafts.len()));
                        kind.and_then(|kind| State::new_of(open, shell, *kind))
                    }
                };
                return match form {
                    Some(form) => Turn::Replace(Box::new(form)),
                    None => {
                        shell.tell(Notice::CannotOpenValue);
                        Turn::Close
                    }
                };
            }
            _ => {}
        }
        Turn::Stay
    }

    fn outline(&self, _open: &Open, shell: &Shell) -> Vec<Row> {
        let items = self.items(shell).into_iter().enumerate();
        items
            .map(|(at, label)| Row {
                label,
                value: String::new(),
                focus: at == self.cursor,
                action: Some(Command::Choose),
            })
            .collect()
    }

    fn view(&self, _open: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        let text = &shell.catalog().tui.page.form;
        view::list(text.which_kind, "", &self.items(shell), self.cursor, area, shell, buf)
    }
}
