//! A secret is asked for: of one slot, which is to stay, or any one, to know who is asking. A step of the
//! wizard; it checks nothing itself.

use std::path::PathBuf;

use crate::crypto::recovery::RecoveryError;
use crate::format::header::SlotKind;
use crate::session::Way;
use crate::tui::app::Shell;
use crate::tui::by::{By, Kinds};
use crate::tui::command::{Command, Scope};
use crate::tui::event::Input;
use crate::tui::notice::{Notice, SlotsTold};
use crate::tui::page::popup::{self, Item};
use crate::tui::screen::opening::Failure;
use crate::tui::theme::Name;
use crate::tui::widget::code_field::{CodeField, Refused};
use crate::tui::widget::secret_field::SecretField;
use crate::tui::widget::text::width;

use super::slot_words;

/// A row that can have the focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Row {
    Field,
    Key,
    Go,
    /// The recovery code in place of the password, or the password again.
    Other,
    /// The slot does not stay.
    Skip,
}

/// What is to follow.
#[derive(Debug)]
pub enum Asked {
    /// Nothing.
    Stay,
    /// What was typed is checked.
    Check(By),
    /// A key file is chosen.
    File,
    /// It is not entered.
    Skip,
}

/// The state.
#[derive(Debug)]
pub struct Entry {
    /// The slot that is to stay; none: any one will do.
    pub way: Option<Way>,
    field: SecretField,
    code: Option<CodeField>,
    /// The key file, where one is needed.
    key: Option<PathBuf>,
    needs_key: bool,
    has_code: bool,
    focus: usize,
    failure: Option<Failure>,
    trouble: Option<RecoveryError>,
}

impl Entry {
    /// Any secret of the vault, to know who is asking; by a code where that opened it.
    pub fn proof(kinds: Kinds, by_code: bool, shell: &Shell) -> Entry {
        let code = (by_code || kinds.only_recovery()).then(CodeField::default);
        Entry::new(None, kinds.needs_key_file(), kinds.recovery, code, shell)
    }

    /// The secret of a slot that is to stay.
    pub fn of(way: Way, shell: &Shell) -> Entry {
        let code = (way.kind == SlotKind::Recovery).then(CodeField::default);
        let needs = way.kind == SlotKind::KeyFile;
        Entry::new(Some(way), needs, false, code, shell)
    }

    fn new(
        way: Option<Way>,
        needs_key: bool,
        has_code: bool,
        code: Option<CodeField>,
        shell: &Shell,
    ) -> Entry {
        Entry {
            way,
            field: SecretField::default(),
            code,
            key: shell.key_file.clone(),
            needs_key,
            has_code,
            focus: 0,
            failure: None,
            trouble: None,
        }
    }

    fn rows(&self) -> Vec<Row> {
        let mut rows = vec![Row::Field];
        if self.needs_key && self.code.is_none() {
            rows.push(Row::Key);
        }
        rows.push(Row::Go);
        if self.has_code {
            rows.push(Row::Other);
        }
        if self.way.is_some() {
            rows.push(Row::Skip);
        }
        rows
    }

    fn row(&self) -> Row {
        self.rows().get(self.focus).copied().unwrap_or(Row::Field)
    }

    /// The scopes whose keys act.
    pub fn scopes(&self) -> &'static [Scope] {
        match self.row() {
            Row::Field => &[Scope::Form, Scope::Field, Scope::Anywhere],
            _ => &[Scope::Form, Scope::Anywhere],
        }
    }

    /// Takes what a person chose in the page above.
    pub fn chosen(&mut self, path: PathBuf) {
        self.key = Some(path);
        (self.focus, self.failure) = (0, None);
    }

    /// What was typed does not open it.
    pub fn failed(&mut self, failure: Failure) {
        (self.failure, self.focus) = (Some(failure), 0);
    }

    /// Shows what is typed, or hides it.
    pub fn toggle(&mut self) {
        self.field.shown = !self.field.shown;
        if let Some(code) = &mut self.code {
            code.shown = !code.shown;
        }
    }

    /// Hides what is shown.
    pub fn hide(&mut self) {
        self.field.shown = false;
        if let Some(code) = &mut self.code {
            code.shown = false;
        }
    }

    /// Takes a command or what is typed.
    pub fn update(&mut self, input: Input<'_>, shell: &mut Shell) -> Asked {
        let command = match input {
            Input::Char(_) | Input::Paste(_) if self.row() != Row::Field => return Asked::Stay,
            Input::Command(command) => command,
            typed => {
                (self.failure, self.trouble) = (None, None);
                let refused = match (&mut self.code, typed) {
                    (Some(code), Input::Char(c)) => code.type_char(c),
                    (Some(code), Input::Paste(bytes)) => code.paste(bytes),
                    (None, Input::Char(c)) => self.field.type_char(c).map_err(Refused::from),
                    (None, Input::Paste(bytes)) => self.field.paste(bytes).map_err(Refused::from),
                    (_, Input::Command(_)) => Ok(()),
                };
                match refused {
                    Ok(()) => {}
                    Err(Refused::Full) => shell.tell(Notice::FieldFull),
                    Err(Refused::Unfit) => shell.tell(Notice::Slots(SlotsTold::NoLetter)),
                }
                return Asked::Stay;
            }
        };
        let last = self.rows().len() - 1;
        match (command, self.row()) {
            (Command::FormDown | Command::Next, _) => self.focus = (self.focus + 1).min(last),
            (Command::FormUp | Command::Previous, _) => self.focus = self.focus.saturating_sub(1),
            (Command::Accept, Row::Field | Row::Go) | (Command::Save, _) => return self.go(),
            (Command::Accept, Row::Key) => return Asked::File,
            (Command::Accept, Row::Other) => {
                (self.failure, self.trouble, self.focus) = (None, None, 0);
                self.code = if self.code.is_some() { None } else { Some(CodeField::default()) };
            }
            (Command::Accept, Row::Skip) => return Asked::Skip,
            (other, Row::Field) => {
                self.trouble = None;
                match &mut self.code {
                    Some(code) => code.edit(other),
                    None => self.field.edit(other),
                };
            }
            _ => {}
        }
        Asked::Stay
    }

    fn go(&mut self) -> Asked {
        if let Some(code) = &self.code {
            return match code.code() {
                Ok(code) => Asked::Check(By::Recovery(code)),
                Err(trouble) => {
                    (self.trouble, self.focus) = (Some(trouble), 0);
                    Asked::Stay
                }
            };
        }
        if self.field.is_empty() {
            self.focus = 0;
            return Asked::Stay;
        }
        if self.needs_key && self.key.is_none() {
            return Asked::File;
        }
        Asked::Check(By::Password(self.field.take(), self.key.clone()))
    }

    /// What stands in the page.
    pub fn items(&self, cells: u16, shell: &Shell) -> Vec<Item> {
        let (text, unlock) = (&shell.catalog().tui.page.slots, &shell.catalog().tui.unlock);
        let explain = match &self.way {
            None => text.proof.to_owned(),
            Some(way) => (text.stays)(&slot_words(way, shell)),
        };
        let mut items = vec![Item::told(&explain, Name::Text), Item::gap()];
        let stop = |row: Row| self.rows().iter().position(|one| *one == row);
        let label = width(unlock.password).max(width(unlock.key_file)).max(width(unlock.code)) + 2;
        let (name, (value, caret)) = match &self.code {
            Some(code) => (unlock.code, code.line()),
            None => {
                (text.password, popup::secret_field(&self.field, popup::value_cells(label, cells), shell))
            }
        };
        items.push(Item {
            label: name.to_owned(),
            value,
            stop: stop(Row::Field),
            caret: Some(caret),
            ..Item::default()
        });
        if let Some(at) = stop(Row::Key) {
            let shown = self.key.as_ref().map(|path| shell.places.shorten(path));
            let shown = shown.map(|path| crate::text::sanitise::line(&path).into_owned());
            let words = shown.unwrap_or_else(|| unlock.no_key_file.to_owned());
            let value = vec![(words, Name::Title)];
            items.push(Item { label: unlock.key_file.to_owned(), value, stop: Some(at), ..Item::default() });
        }
        items.push(Item::gap());
        items.extend(self.said(shell).into_iter().map(|(words, name)| Item::told(&words, name)));
        let button = |row: Row, words: &str| stop(row).map(|at| Item::act(at, words, String::new()));
        items.extend(button(Row::Go, text.check));
        let other = if self.code.is_some() { text.by_password } else { text.by_code };
        items.extend(button(Row::Other, other));
        items.extend(button(Row::Skip, text.skip));
        items
    }

    fn said(&self, shell: &Shell) -> Vec<(String, Name)> {
        let unlock = &shell.catalog().tui.unlock;
        let mut lines = Vec::new();
        if let Some(failure) = &self.failure {
            let said = (shell.catalog().tui.failure)(failure);
            lines.push((format!("! {}", said.fact), Name::Danger));
        }
        match (&self.code, self.trouble) {
            (Some(code), _) if code.code().is_ok() => {}
            (Some(_), Some(RecoveryError::Length(typed))) => {
                lines.push(((unlock.code_short)(typed), Name::Warn));
            }
            (Some(code), _) => match code.code() {
                Ok(_) | Err(RecoveryError::Length(_)) => {}
                Err(error) => lines.push((format!("! {}", (unlock.code_wrong)(error)), Name::Danger)),
            },
            (None, _) if self.field.has_wide() => lines.push((unlock.full_width.to_owned(), Name::Warn)),
            (None, _) => {}
        }
        lines
    }

    /// Which row has the focus.
    pub fn focus(&self) -> usize {
        self.focus
    }
}
