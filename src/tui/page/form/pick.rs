//! The popup in which the entry is found that a link leads to: typed letters search as in the list.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::view;
use crate::model::Id;
use crate::ops::search::Query;
use crate::text::{sanitise, words};
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope};
use crate::tui::effect::Effect;
use crate::tui::event::Input;
use crate::tui::page::{Given, Page, Turn};
use crate::tui::screen::vault::Open;
use crate::tui::screen::{Cursor, Row};
use crate::tui::widget::field::Field;

/// The popup.
#[derive(Debug)]
pub struct Pick {
    /// Not this one; none where the choice is among all.
    but: Option<Id>,
    field: Field,
    hits: Vec<u32>,
    cursor: usize,
}

impl Pick {
    /// Every entry but one.
    pub fn new(open: &Open, shell: &Shell, but: Id) -> Pick {
        let mut pick = Pick { but: Some(but), field: Field::default(), hits: Vec::new(), cursor: 0 };
        pick.find(open, shell);
        pick
    }

    /// All entries.
    pub fn whole(open: &Open, shell: &Shell) -> Pick {
        let mut pick = Pick { but: None, field: Field::default(), hits: Vec::new(), cursor: 0 };
        pick.find(open, shell);
        pick
    }

    fn find(&mut self, open: &Open, shell: &Shell) {
        self.hits = open.contents.search(&Query::parse(self.field.text()), None, shell.now.wall_ms).rows;
        let but = self.but;
        self.hits.retain(|row| but.is_none() || open.contents.id(*row) != but);
        self.cursor = 0;
    }

    fn item(&self, at: usize, open: &Open, shell: &Shell) -> Option<String> {
        let entry = open.contents.entry(open.contents.id(*self.hits.get(at)?)?)?;
        let kind = words::kind(entry.kind(), shell.lang);
        let (title, user) = (sanitise::line(entry.title()), sanitise::line(entry.username()));
        let between = if user.is_empty() { "" } else { " - " };
        Some(format!("{title}{between}{user} ({kind})"))
    }
}

impl Page for Pick {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Choice, Scope::Field, Scope::Anywhere]
    }

    fn name(&self, _open: &Open, shell: &Shell) -> String {
        let text = &shell.catalog().tui.page;
        if self.but.is_some() { text.form.link.to_owned() } else { text.incident.begin.to_owned() }
    }

    fn footer(&self) -> &'static [Command] {
        &[Command::Choose, Command::ChoiceDown, Command::ChoiceUp, Command::Back]
    }

    fn popup(&self) -> bool {
        true
    }

    fn update(&mut self, open: &mut Open, input: Input<'_>, shell: &mut Shell, _: &mut Vec<Effect>) -> Turn {
        let last = self.hits.len().saturating_sub(1);
        match input {
            Input::Char(c) => {
                self.field.type_char(c);
                self.find(open, shell);
            }
            Input::Paste(bytes) => {
                self.field.paste(bytes);
                self.find(open, shell);
            }
            Input::Command(Command::ChoiceDown | Command::Next) => self.cursor = (self.cursor + 1).min(last),
            Input::Command(Command::ChoiceUp | Command::Previous) => {
                self.cursor = self.cursor.saturating_sub(1);
            }
            Input::Command(Command::ChoicePageDown) => self.cursor = (self.cursor + 8).min(last),
            Input::Command(Command::ChoicePageUp) => self.cursor = self.cursor.saturating_sub(8),
            Input::Command(Command::Choose) => {
                let chosen = self.hits.get(self.cursor).and_then(|row| open.contents.id(*row));
                return chosen.map_or(Turn::Stay, |id| Turn::Give(Given::Entry(id)));
            }
            Input::Command(other) => {
                if self.field.edit(other) {
                    self.find(open, shell);
                }
            }
        }
        Turn::Stay
    }

    fn outline(&self, open: &Open, shell: &Shell) -> Vec<Row> {
        (0..self.hits.len().min(20))
            .filter_map(|at| {
                Some(Row {
                    label: self.item(at, open, shell)?,
                    value: String::new(),
                    focus: at == self.cursor,
                    action: Some(Command::Choose),
                })
            })
            .collect()
    }

    fn view(&self, open: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        let text = &shell.catalog().tui.page.form;
        view::picker(text.which_entry, &self.field, self.hits.len(), self.cursor, area, shell, buf, |at| {
            self.item(at, open, shell)
        })
    }
}
