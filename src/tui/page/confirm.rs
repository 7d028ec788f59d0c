//! The question before something that cannot be undone. It holds what is to be done as data, and is
//! answered by typing a word: the title of the entry, or how many there are.
//!
//! Not for what undo brings back: that is not asked for.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use unicode_normalization::UnicodeNormalization;

use super::popup::{self, Item};
use super::{Page, Turn};
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

/// What is to be typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The title.
    Title(String),
    /// How many there are.
    Count(usize),
    /// The word that the question names: the title is empty, too long or cannot be typed.
    Word,
}

/// The question whether entries are deleted for ever.
#[derive(Debug)]
pub struct Confirm {
    ids: Vec<Id>,
    answer: Answer,
    title: String,
    field: Field,
    focus: usize,
}

const FIELD: usize = 0;
const CANCEL: usize = 1;
const DO: usize = 2;

impl Confirm {
    /// The question for these entries.
    pub fn purge(ids: Vec<Id>, open: &Open) -> Confirm {
        let title = match ids.as_slice() {
            [one] => open.contents.entry(*one).map_or("", |entry| entry.title()).to_owned(),
            _ => String::new(),
        };
        let typable = !title.trim().is_empty()
            && width(&title) <= TYPED_MOST
            && !title.chars().any(sanitise::is_hostile);
        let answer = match (ids.len(), typable) {
            (1, true) => Answer::Title(title.clone()),
            (1, false) => Answer::Word,
            (several, _) => Answer::Count(several),
        };
        Confirm { ids, answer, title, field: Field::default(), focus: FIELD }
    }

    /// What is to be typed, as it is shown.
    fn wanted(&self, shell: &Shell) -> String {
        match &self.answer {
            Answer::Title(title) => title.clone(),
            Answer::Count(count) => count.to_string(),
            Answer::Word => shell.catalog().tui.page.trash.word.to_owned(),
        }
    }

    /// Full-width or half-width, composed or not: what a person takes for the same is the same.
    fn is_answered(&self, shell: &Shell) -> bool {
        let plain = |text: &str| text.trim().nfkc().collect::<String>();
        let typed = plain(self.field.text());
        typed == plain(&self.wanted(shell)) || (self.answer == Answer::Word && typed == "delete")
    }

    fn act(&mut self, open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) -> Turn {
        if self.focus == CANCEL {
            return Turn::Close;
        }
        if !self.is_answered(shell) {
            shell.tell(Notice::Trash(TrashTold::NotTheWord));
            self.focus = FIELD;
            return Turn::Stay;
        }
        let ids = std::mem::take(&mut self.ids);
        bulk::run(open, Bulk { ids, act: Act::Purge }, shell, out);
        Turn::Close
    }

    fn items(&self, shell: &Shell, cells: u16) -> Vec<Item> {
        let text = &shell.catalog().tui.page.trash;
        let what = match self.answer {
            Answer::Count(count) => (text.these)(count),
            _ if self.title.is_empty() => shell.catalog().tui.vault.untitled.to_owned(),
            _ => sanitise::line(&self.title).into_owned(),
        };
        let label = width(text.typed).min(cells * 2 / 5) + 2;
        let (value, caret) = popup::field(&self.field, popup::value_cells(label, cells));
        let mut button = Item::act(DO, text.button, String::new());
        button.look = Some(if self.is_answered(shell) { Name::Danger } else { Name::Dim });
        vec![
            Item::told(&what, Name::Title),
            Item::told(text.for_ever, Name::Warn),
            Item::told(text.backups, Name::Dim),
            Item::gap(),
            Item::told(&(text.type_this)(&sanitise::line(&self.wanted(shell))), Name::Text),
            Item {
                label: text.typed.to_owned(),
                value,
                stop: Some(FIELD),
                caret: Some(caret),
                ..Item::default()
            },
            Item::gap(),
            Item::act(CANCEL, text.cancel, String::new()),
            button,
        ]
    }
}

impl Page for Confirm {
    fn scopes(&self) -> &'static [Scope] {
        if self.focus == FIELD {
            &[Scope::Form, Scope::Field, Scope::Anywhere]
        } else {
            &[Scope::Browse, Scope::Anywhere]
        }
    }

    fn name(&self, _: &Open, shell: &Shell) -> String {
        shell.catalog().tui.page.trash.button.to_owned()
    }

    fn footer(&self) -> &'static [Command] {
        if self.focus == FIELD {
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
        match input {
            Input::Char(c) => {
                if !self.field.type_char(c) {
                    shell.tell(Notice::FieldFull);
                }
            }
            Input::Paste(bytes) => self.field.paste(bytes),
            Input::Command(command) if self.focus == FIELD && self.field.edit(command) => {}
            Input::Command(command) => match command {
                Command::Down | Command::FormDown | Command::Next => self.focus = (self.focus + 1).min(DO),
                Command::Up | Command::FormUp | Command::Previous => {
                    self.focus = self.focus.saturating_sub(1)
                }
                Command::First => self.focus = FIELD,
                Command::Last => self.focus = DO,
                Command::Open | Command::Accept => return self.act(open, shell, out),
                _ => {}
            },
        }
        Turn::Stay
    }

    fn outline(&self, _: &Open, shell: &Shell) -> Vec<Row> {
        popup::outline(&self.items(shell, WIDE), self.focus)
    }

    fn view(&self, _: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        let text = &shell.catalog().tui.page.trash;
        let items = self.items(shell, popup::inner_cells(area, WIDE));
        let words = match self.focus {
            CANCEL => text.closes,
            _ if self.is_answered(shell) => text.purge,
            _ => text.waits,
        };
        let command = if self.focus == FIELD { Command::Accept } else { Command::Open };
        let edge = popup::edge(shell, &[(command, words)]);
        popup::view(buf, area, WIDE, text.button, &edge, &items, self.focus, shell)
    }
}
