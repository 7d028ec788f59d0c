//! Recent and kept searches to take again, and the question under which name to keep one. Both lie
//! over the list like a menu.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::screen::{Cursor, Row};
use super::menu::{self, Line, Menu};
use super::{Page, Turn};
use crate::model::Id;
use crate::ops::search::saved;
use crate::text::sanitise;
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope};
use crate::tui::effect::Effect;
use crate::tui::event::Input;
use crate::tui::notice::{Deed, Notice};
use crate::tui::screen::vault::{Open, list, search, steps};
use crate::tui::widget::text::{fill, width};

/// A search that can be taken again.
#[derive(Debug)]
struct Again {
    /// What is shown: the name of a kept one and what it searches for.
    name: String,
    query: String,
    /// The element of a kept one.
    kept: Option<Id>,
}

/// The list of searches.
#[derive(Debug)]
pub struct Searches {
    all: Vec<Again>,
    menu: Menu,
}

impl Searches {
    /// Kept searches by name, then recent ones, newest first.
    pub fn new(open: &Open) -> Searches {
        let mut list = Searches { all: Vec::new(), menu: Menu::default() };
        list.read(open);
        list
    }

    fn read(&mut self, open: &Open) {
        let kept = open.contents.saved_searches().into_iter();
        let kept = kept.map(|one| Again { name: one.name, query: one.query, kept: Some(one.element) });
        let recent = open.list.seek.recent.iter();
        let recent = recent.map(|one| Again { name: String::new(), query: one.clone(), kept: None });
        self.all = kept.chain(recent).collect();
        self.menu.cursor = self.menu.cursor.min(self.all.len().saturating_sub(1));
    }

    /// The heading of each group stands before its first.
    fn lines(&self, shell: &Shell) -> Vec<Line> {
        let text = &shell.catalog().tui.page.search;
        let cells = width(text.kept).max(width(text.recent)) + 2;
        let kept = |at: usize| self.all.get(at).map(|one| one.kept.is_some());
        let line = |(at, one): (usize, &Again)| {
            let heading = match (at.checked_sub(1).and_then(kept) == kept(at), one.kept) {
                (true, _) => "",
                (false, Some(_)) => text.kept,
                (false, None) => text.recent,
            };
            Line { before: fill(heading, cells), ..Line::of(&shown(one)) }
        };
        self.all.iter().enumerate().map(line).collect()
    }
}

impl Page for Searches {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Choice, Scope::Field, Scope::Anywhere]
    }

    fn name(&self, _open: &Open, shell: &Shell) -> String {
        shell.catalog().tui.page.search.title.to_owned()
    }

    fn footer(&self) -> &'static [Command] {
        menu::FOOTER
    }

    fn says(&self, command: Command, shell: &Shell) -> Option<&'static str> {
        (command == Command::Choose).then(|| (shell.catalog().tui.short)(Command::Search))
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
        let command = match input {
            // - who goes on typing searches
            Input::Char(c) => {
                open.list.searching = true;
                open.list.search.type_char(c);
                list::find(open, shell);
                return Turn::Close;
            }
            Input::Paste(bytes) => {
                open.list.searching = true;
                open.list.search.paste(bytes);
                list::find(open, shell);
                return Turn::Close;
            }
            Input::Command(command) => command,
        };
        // - it lies under the search field, and up from it is back there
        if command == Command::ChoiceUp && self.menu.cursor == 0 {
            return Turn::Close;
        }
        match self.menu.update(command, self.all.len()) {
            menu::Did::Moved => {}
            menu::Did::Chosen => {
                let Some(again) = self.all.get(self.menu.cursor) else { return Turn::Close };
                open.list.searching = true;
                search::run(open, &again.query, shell);
                return Turn::Close;
            }
            menu::Did::Nothing if command == Command::EraseRight => self.forget(open, shell, out),
            menu::Did::Nothing => return Turn::Pass,
        }
        Turn::Stay
    }

    fn settle(&mut self, open: &Open, _: &Shell) {
        self.read(open);
    }

    fn outline(&self, _open: &Open, shell: &Shell) -> Vec<Row> {
        self.menu.outline("", &self.lines(shell))
    }

    fn view(&self, _open: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        let text = &shell.catalog().tui.page.search;
        let told = if self.all.is_empty() { text.none } else { "" };
        self.menu.view((text.title, told, text.keys), &self.lines(shell), shell, area, buf)
    }
}

impl Searches {
    fn forget(&mut self, open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) {
        let Some(one) = self.all.get(self.menu.cursor) else { return };
        match one.kept {
            Some(element) => {
                if steps::apply_as(open, &saved::forget(element), (Deed::SearchForgotten, 1), shell, out) {
                    shell.tell(Notice::SearchForgotten);
                }
            }
            None => open.list.seek.recent.retain(|recent| *recent != one.query),
        }
        self.read(open);
    }
}

/// One line of a search, made harmless.
fn shown(one: &Again) -> String {
    let query = sanitise::line(&one.query).into_owned();
    if one.kept.is_none() {
        return query;
    }
    let name = sanitise::line(&one.name).into_owned();
    if name == query { name } else { format!("{name}  ({query})") }
}
