//! The popup in which the entry is found that a link leads to: typed letters search as in the list.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::model::Id;
use crate::ops::search::Query;
use crate::text::{sanitise, words};
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope};
use crate::tui::effect::Effect;
use crate::tui::event::Input;
use crate::tui::page::choose::{self, Choose, Did};
use crate::tui::page::menu::{self, Line};
use crate::tui::page::{Given, Page, Turn};
use crate::tui::screen::vault::Open;
use crate::tui::screen::{Cursor, Row};

/// The popup.
#[derive(Debug)]
pub struct Pick {
    /// Not this one; none where the choice is among all.
    but: Option<Id>,
    hits: Vec<u32>,
    choose: Choose,
}

impl Pick {
    /// Every entry but one.
    pub fn new(open: &Open, shell: &Shell, but: Id) -> Pick {
        let mut pick = Pick { but: Some(but), hits: Vec::new(), choose: Choose::default() };
        pick.find(open, shell);
        pick
    }

    /// All entries.
    pub fn whole(open: &Open, shell: &Shell) -> Pick {
        let mut pick = Pick { but: None, hits: Vec::new(), choose: Choose::default() };
        pick.find(open, shell);
        pick
    }

    fn find(&mut self, open: &Open, shell: &Shell) {
        self.hits =
            open.contents.search(&Query::parse(self.choose.field.text()), None, shell.now.wall_ms).rows;
        let but = self.but;
        self.hits.retain(|row| but.is_none() || open.contents.id(*row) != but);
    }

    fn line(&self, at: usize, open: &Open, shell: &Shell) -> Option<Line> {
        let entry = open.contents.entry(open.contents.id(*self.hits.get(at)?)?)?;
        let kind = words::kind(entry.kind(), shell.lang);
        let (title, user) = (sanitise::line(entry.title()), sanitise::line(entry.username()));
        let between = if user.is_empty() { "" } else { " - " };
        Some(Line { after: kind.to_owned(), ..Line::of(&format!("{title}{between}{user}")) })
    }
}

impl Page for Pick {
    fn scopes(&self) -> &'static [Scope] {
        choose::SCOPES
    }

    fn name(&self, _open: &Open, shell: &Shell) -> String {
        let text = &shell.catalog().tui.page;
        if self.but.is_some() { text.form.link.to_owned() } else { text.incident.begin.to_owned() }
    }

    fn footer(&self) -> &'static [Command] {
        menu::FOOTER
    }

    fn popup(&self) -> bool {
        true
    }

    fn update(&mut self, open: &mut Open, input: Input<'_>, shell: &mut Shell, _: &mut Vec<Effect>) -> Turn {
        match self.choose.update(input, self.hits.len(), shell) {
            Did::Nothing | Did::Moved => {}
            Did::Typed => self.find(open, shell),
            Did::Chosen => {
                let chosen = self.hits.get(self.choose.cursor).and_then(|row| open.contents.id(*row));
                return chosen.map_or(Turn::Stay, |id| Turn::Give(Given::Entry(id)));
            }
        }
        Turn::Stay
    }

    fn outline(&self, open: &Open, shell: &Shell) -> Vec<Row> {
        let lines: Vec<Line> =
            (0..self.hits.len().min(20)).filter_map(|at| self.line(at, open, shell)).collect();
        menu::rows(&lines, self.choose.cursor).collect()
    }

    fn view(&self, open: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        let text = &shell.catalog().tui;
        let form = &text.page.form;
        let keys = if self.but.is_some() { form.pick_keys } else { form.choose_keys };
        let told = (form.which_entry, text.vault.search_hint, keys);
        let lines = (self.hits.len(), |at| self.line(at, open, shell));
        self.choose.view(told, lines, shell, area, buf)
    }
}
