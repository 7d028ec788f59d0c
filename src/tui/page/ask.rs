//! A question, with the harmless answer in focus. What is to follow is data. Where undo does not bring
//! it back, a word is typed before: the title of the entry, or how many there are.
//!
//! Not for what undo brings back and touches one entry: that is not asked for.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use unicode_normalization::UnicodeNormalization;

use super::names::{self, Refiling};
use super::popup::{self, Item};
use super::{Given, Page, Turn};
use crate::model::Id;
use crate::text::sanitise;
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope};
use crate::tui::effect::Effect;
use crate::tui::event::Input;
use crate::tui::notice::{Notice, TrashTold};
use crate::tui::screen::vault::Open;
use crate::tui::screen::vault::bulk::{self, Act, Bulk};
use crate::tui::screen::{Cursor, Row};
use crate::tui::theme::Name;
use crate::tui::widget::field::Field;
use crate::tui::widget::text::width;

/// Cells it wants.
const WIDE: u16 = 66;

/// Titles over so many cells are not typed; a word is.
const TYPED_MOST: u16 = 40;

/// What follows a yes.
#[derive(Debug)]
pub enum Then {
    /// These go to the trash.
    Trash(Vec<Id>),
    /// These are deleted for ever.
    Purge(Vec<Id>),
    /// The whole vault is put back; the page below does it.
    Restore {
        /// As of when, in words.
        when: String,
        /// How many entries become something else.
        changed: usize,
        /// How many go.
        gone: usize,
    },
    /// Folders or tags become others.
    Refile(Refiling),
    /// The page below deletes the file of this name.
    DeleteFile(String),
}

/// What is to be typed before.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Answer {
    /// The title.
    Title(String),
    /// How many there are.
    Count(usize),
    /// The word that the question names: the title is empty, too long or cannot be typed.
    Word,
}

/// What can have the focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stop {
    Field,
    Cancel,
    Do,
}

/// The question.
#[derive(Debug)]
pub struct Ask {
    then: Then,
    /// The title of the one entry that it is about.
    title: String,
    typed: Option<(Answer, Field)>,
    focus: Stop,
}

impl Ask {
    /// Asks; what undo does not bring back with a word to be typed.
    pub fn new(then: Then, open: &Open) -> Ask {
        let title = match &then {
            Then::Trash(ids) | Then::Purge(ids) => match ids.as_slice() {
                [one] => open.contents.entry(*one).map_or("", |entry| entry.title()).to_owned(),
                _ => String::new(),
            },
            Then::Restore { .. } | Then::Refile(_) | Then::DeleteFile(_) => String::new(),
        };
        let typed = match &then {
            Then::Purge(ids) => Some((answer(ids.len(), &title), Field::default())),
            Then::Trash(_) | Then::Restore { .. } | Then::Refile(_) | Then::DeleteFile(_) => None,
        };
        let focus = if typed.is_some() { Stop::Field } else { Stop::Cancel };
        Ask { then, title, typed, focus }
    }

    fn stops(&self) -> &'static [Stop] {
        if self.typed.is_some() { &[Stop::Field, Stop::Cancel, Stop::Do] } else { &[Stop::Cancel, Stop::Do] }
    }

    fn place(&self, stop: Stop) -> usize {
        self.stops().iter().position(|one| *one == stop).unwrap_or(0)
    }

    /// The focus goes to a stop, or to the last.
    fn travel(&mut self, to: usize) {
        self.focus = self.stops().get(to).copied().unwrap_or(Stop::Do);
    }

    /// What is to be typed, as it is shown; empty where nothing is.
    fn wanted(&self, shell: &Shell) -> String {
        match self.typed.as_ref().map(|(answer, _)| answer) {
            Some(Answer::Title(title)) => title.clone(),
            Some(Answer::Count(count)) => count.to_string(),
            Some(Answer::Word) => shell.catalog().tui.page.ask.word.to_owned(),
            None => String::new(),
        }
    }

    /// Full-width or half-width, composed or not: what a person takes for the same is the same.
    fn is_answered(&self, shell: &Shell) -> bool {
        let Some((answer, field)) = &self.typed else { return true };
        let plain = |text: &str| text.trim().nfkc().collect::<String>();
        let typed = plain(field.text());
        typed == plain(&self.wanted(shell)) || (*answer == Answer::Word && typed == "delete")
    }

    fn act(&mut self, open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) -> Turn {
        if self.focus == Stop::Cancel {
            return Turn::Close;
        }
        if !self.is_answered(shell) {
            shell.tell(Notice::Trash(TrashTold::NotTheWord));
            self.focus = Stop::Field;
            return Turn::Stay;
        }
        match &self.then {
            Then::Trash(ids) => bulk::run(open, Bulk { ids: ids.clone(), act: Act::Trash }, shell, out),
            Then::Purge(ids) => bulk::run(open, Bulk { ids: ids.clone(), act: Act::Purge }, shell, out),
            Then::Refile(asked) => names::act(open, asked.what.clone(), asked.deed, shell, out),
            Then::Restore { .. } | Then::DeleteFile(_) => return Turn::Give(Given::Yes),
        }
        Turn::Close
    }

    /// Its name, and the answer that does it.
    fn names(&self, shell: &Shell) -> (&'static str, &'static str) {
        let pages = &shell.catalog().tui.page;
        match &self.then {
            Then::Trash(_) => (pages.trash.title, pages.ask.to_trash),
            Then::Purge(_) => (pages.trash.button, pages.trash.button),
            Then::Refile(asked) => (asked.title(shell), asked.answer(shell)),
            Then::Restore { .. } => (pages.other.ask_title, pages.other.restore),
            Then::DeleteFile(_) => (pages.ask.deletes, pages.ask.deletes),
        }
    }

    /// What is said.
    fn told(&self, shell: &Shell) -> Vec<Item> {
        let (pages, text) = (&shell.catalog().tui.page, &shell.catalog().tui.page.trash);
        match &self.then {
            Then::Trash(ids) => vec![Item::told(&(pages.ask.trash)(ids.len()), Name::Text)],
            Then::Refile(asked) => vec![Item::told(&asked.question(shell), Name::Text)],
            Then::Restore { when, changed, gone } => {
                vec![Item::told(&(pages.other.ask_restore)(when, *changed, *gone), Name::Text)]
            }
            Then::DeleteFile(name) => vec![
                Item::told(&(pages.import.ask_delete)(name), Name::Title),
                Item::told(pages.import.no_promise, Name::Warn),
            ],
            Then::Purge(ids) => {
                let what = match (ids.len(), self.title.as_str()) {
                    (1, "") => shell.catalog().tui.vault.untitled.to_owned(),
                    (1, title) => sanitise::line(title).into_owned(),
                    (count, _) => (text.these)(count),
                };
                vec![
                    Item::told(&what, Name::Title),
                    Item::told(text.for_ever, Name::Warn),
                    Item::told(text.backups, Name::Dim),
                ]
            }
        }
    }

    fn items(&self, shell: &Shell, cells: u16) -> Vec<Item> {
        let text = &shell.catalog().tui.page.ask;
        let mut items = self.told(shell);
        items.push(Item::gap());
        if let Some((_, field)) = &self.typed {
            let label = width(text.typed).min(cells * 2 / 5) + 2;
            let (value, caret) = popup::field(field, popup::value_cells(label, cells));
            items.push(Item::told(&(text.type_this)(&sanitise::line(&self.wanted(shell))), Name::Text));
            items.push(Item {
                label: text.typed.to_owned(),
                value,
                stop: Some(self.place(Stop::Field)),
                caret: Some(caret),
                ..Item::default()
            });
            items.push(Item::gap());
        }
        items.push(Item::act(self.place(Stop::Cancel), text.cancel, String::new()));
        let mut button = Item::act(self.place(Stop::Do), self.names(shell).1, String::new());
        if self.typed.is_some() {
            button.look = Some(if self.is_answered(shell) { Name::Danger } else { Name::Dim });
        }
        items.push(button);
        items
    }

    /// What Enter does.
    fn does(&self, shell: &Shell) -> &'static str {
        let text = &shell.catalog().tui.page.ask;
        match self.focus {
            Stop::Cancel => text.closes,
            _ if !self.is_answered(shell) => text.waits,
            Stop::Field | Stop::Do => self.names(shell).1,
        }
    }
}

/// What is to be typed before so many entries, or the one of this title, are deleted for ever.
fn answer(count: usize, title: &str) -> Answer {
    let typable =
        !title.trim().is_empty() && width(title) <= TYPED_MOST && !title.chars().any(sanitise::is_hostile);
    match (count, typable) {
        (1, true) => Answer::Title(title.to_owned()),
        (1, false) => Answer::Word,
        (several, _) => Answer::Count(several),
    }
}

impl Page for Ask {
    fn scopes(&self) -> &'static [Scope] {
        if self.focus == Stop::Field {
            &[Scope::Form, Scope::Field, Scope::Anywhere]
        } else {
            &[Scope::Browse, Scope::Anywhere]
        }
    }

    fn name(&self, _: &Open, shell: &Shell) -> String {
        self.names(shell).0.to_owned()
    }

    fn footer(&self) -> &'static [Command] {
        if self.focus == Stop::Field {
            &[Command::FormDown, Command::Back, Command::Help]
        } else {
            &[Command::Open, Command::Up, Command::Down, Command::Back]
        }
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
        if let Some((_, field)) = self.typed.as_mut().filter(|_| self.focus == Stop::Field) {
            let taken = match input {
                Input::Char(c) => {
                    if !field.type_char(c) {
                        shell.tell(Notice::FieldFull);
                    }
                    true
                }
                Input::Paste(bytes) => {
                    field.paste(bytes);
                    true
                }
                Input::Command(command) => field.edit(command),
            };
            if taken {
                return Turn::Stay;
            }
        }
        let Input::Command(command) = input else { return Turn::Pass };
        let here = self.place(self.focus);
        match command {
            Command::Down | Command::Right | Command::FormDown | Command::Next => self.travel(here + 1),
            Command::Up | Command::Left | Command::FormUp | Command::Previous => {
                self.travel(here.saturating_sub(1));
            }
            Command::First => self.travel(0),
            Command::Last => self.travel(usize::MAX),
            Command::Open | Command::Accept => return self.act(open, shell, out),
            _ => {}
        }
        Turn::Stay
    }

    fn outline(&self, _: &Open, shell: &Shell) -> Vec<Row> {
        popup::outline(&self.items(shell, WIDE), self.place(self.focus))
    }

    fn view(&self, _: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        let items = self.items(shell, popup::inner_cells(area, WIDE));
        let command = if self.focus == Stop::Field { Command::Accept } else { Command::Open };
        let edge = popup::edge(shell, &[(command, self.does(shell))]);
        let focus = self.place(self.focus);
        popup::view(buf, area, WIDE, self.names(shell).0, &edge, &items, focus, shell)
    }
}
