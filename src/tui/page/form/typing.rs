//! Typing into a form: the row with the focus, its secret opened only when it is touched, what
//! completes it, what is generated for it.

use super::chosen::{Front, Menu};
use super::row::{Problem, Row, What};
use super::{State, view};
use crate::ops::generate::{Chosen, Source, choose};
use crate::ops::strength::strength;
use crate::ops::totp::{Otp, migration};
use crate::secret::Secret;
use crate::tui::app::Shell;
use crate::tui::command::Command;
use crate::tui::effect::Effect;
use crate::tui::event::Input;
use crate::tui::notice::Notice;
use crate::tui::page::{Turn, generator};
use crate::tui::screen::vault::Open;
use crate::tui::widget::typed::Typed;

impl State {
    /// Opens the secret of a row for typing; false when there is none to type into.
    pub(super) fn open_row(&mut self, at: usize, open: &Open) -> bool {
        let Some(row) = self.rows.get_mut(at) else { return false };
        if row.typed.is_some() {
            return true;
        }
        if !row.is_secret() {
            return false;
        }
        row.typed = match &row.sealed {
            None => Some(row.fresh_secret("")),
            Some(sealed) => match open.contents.session().reveal_text(sealed.record, &sealed.envelope) {
                Ok(text) => Some(row.fresh_secret(text.expose())),
                Err(_) => {
                    row.problem = Some(Problem::Damaged);
                    Some(row.fresh_secret(""))
                }
            },
        };
        true
    }

    /// The focus goes to a row; what was shown of the one before hides, and a secret that was only
    /// looked at is closed again.
    pub(super) fn go(&mut self, to: usize, open: &Open, shell: &mut Shell) {
        let to = to.min(self.rows.len().saturating_sub(1));
        if to == self.focus {
            self.on_menu = false;
            return;
        }
        self.settle_code(shell);
        let from = self.focus;
        if let Some(row) = self.rows.get_mut(from)
            && let (Some(typed), Some(sealed)) = (&row.typed, &row.sealed)
            && row.problem.is_none()
        {
            let was = open.contents.session().reveal_text(sealed.record, &sealed.envelope);
            if was.is_ok_and(|was| was.expose() == typed.text()) {
                row.typed = None;
            }
        }
        self.focus = to;
        self.on_menu = false;
        // - who composes notes must see them; everything else is shown on demand
        self.shown = false;
        self.strength = None;
        self.rate();
    }

    /// Estimates the password in focus.
    pub(super) fn rate(&mut self) {
        let Some(Row { what: What::Password, typed: Some(typed), .. }) = self.focused() else { return };
        let own: Vec<&str> = self
            .rows
            .iter()
            .filter(|row| matches!(row.what, What::Title | What::User | What::Address))
            .map(Row::text)
            .collect();
        self.strength = (!typed.is_empty()).then(|| strength(&Secret::copy_of(typed.text()), &own));
    }

    /// An address that moves accounts from another telephone gives its code, or asks which.
    pub(super) fn settle_code(&mut self, shell: &mut Shell) {
        let Some(at) = self.rows.iter().position(|row| matches!(row.what, What::Code)) else { return };
        let Some(row) = self.rows.get_mut(at) else { return };
        let Some(typed) = row.typed.as_mut().filter(|typed| migration::is_migration(typed.text())) else {
            return;
        };
        match migration::parse(typed.text()) {
            Err(error) => row.problem = Some(Problem::NoKey(error)),
            Ok(mut moved) if moved.accounts.len() == 1 => {
                if let Some(otp) = moved.accounts.pop() {
                    typed.set(otp.uri().expose());
                }
            }
            Ok(moved) => self.front = Front::Menu(Menu::accounts(moved.accounts, shell)),
        }
    }

    /// Takes the account of a moved telephone that was chosen; with `all` the others, too.
    pub(super) fn take_account(
        &mut self,
        mut accounts: Vec<Otp>,
        number: usize,
        all: bool,
        shell: &mut Shell,
    ) {
        if number >= accounts.len() {
            return;
        }
        let otp = accounts.remove(number);
        if let Some(row) = self.rows.iter_mut().find(|row| matches!(row.what, What::Code))
            && let Some(typed) = &mut row.typed
        {
            typed.set(otp.uri().expose());
            row.problem = None;
        }
        self.others = if all { accounts } else { Vec::new() };
        if !self.others.is_empty() {
            shell.tell(Notice::CodesToo(self.others.len()));
        }
        self.now_touched(shell);
    }

    // --- typing --------------------------------------------------------------------------------

    pub(super) fn typed(&mut self, done: bool, shell: &mut Shell) {
        if !done {
            return shell.tell(Notice::TooLongHere);
        }
        if let Some(row) = self.rows.get_mut(self.focus) {
            row.problem = None;
        }
        self.now_touched(shell);
        self.strength = None;
        self.rate();
    }

    pub(super) fn field(&mut self, open: &Open) -> Option<&mut Typed> {
        if self.on_menu || !self.open_row(self.focus, open) {
            return None;
        }
        self.rows.get_mut(self.focus)?.typed.as_mut()
    }

    pub(super) fn form(
        &mut self,
        open: &mut Open,
        input: Input<'_>,
        shell: &mut Shell,
        out: &mut Vec<Effect>,
    ) -> Turn {
        let command = match input {
            Input::Char(c) => {
                match self.field(open) {
                    Some(typed) => {
                        let done = typed.type_char(c);
                        self.typed(done, shell);
                    }
                    None if matches!(c, ' ' | '\u{3000}') => return self.press(open, shell, out),
                    None => {}
                }
                return Turn::Stay;
            }
            Input::Paste(bytes) => {
                if self.field(open).is_some() {
                    // - a secret of several lines becomes a field of several lines
                    let broken = bytes.trim_ascii_end().iter().any(|byte| matches!(byte, b'\n' | b'\r'));
                    let own = matches!(self.rows.get(self.focus).map(|row| &row.what), Some(What::Field(_)));
                    if let Some(typed) = self.field(open) {
                        if broken && own {
                            typed.set_lines(true);
                        }
                        let done = typed.paste(bytes);
                        self.typed(done, shell);
                        self.settle_code(shell);
                    }
                }
                return Turn::Stay;
            }
            Input::Command(command) => command,
        };
        let cells = view::value_cells(self, shell);
        let last = self.rows.len().saturating_sub(1);
        match command {
            Command::Accept => {
                let lines = self.focused().is_some_and(|row| match &row.typed {
                    Some(typed) => typed.has_lines(),
                    None => matches!(row.what, What::Notes),
                });
                if self.on_menu || !self.focused().is_some_and(Row::takes_text) {
                    return self.press(open, shell, out);
                }
                if lines {
                    let done = self.field(open).is_some_and(|typed| typed.type_char('\n'));
                    self.typed(done, shell);
                } else {
                    self.go(self.focus + 1, open, shell);
                }
            }
            Command::FormDown | Command::FormUp => {
                let down = command == Command::FormDown;
                let inside = !self.on_menu
                    && !self.masked(self.focus)
                    && self
                        .rows
                        .get_mut(self.focus)
                        .and_then(|row| row.typed.as_mut())
                        .is_some_and(|typed| typed.has_lines() && typed.travel(down, cells));
                if !inside {
                    let to = if down { self.focus + 1 } else { self.focus.saturating_sub(1) };
                    self.go(to, open, shell);
                }
            }
            Command::Next => {
                if self.complete() {
                    self.now_touched(shell);
                } else if !self.on_menu && self.focused().is_some_and(Row::has_menu) {
                    self.on_menu = true;
                } else {
                    self.go(if self.focus == last { 0 } else { self.focus + 1 }, open, shell);
                }
            }
            Command::Previous => {
                if self.on_menu {
                    self.on_menu = false;
                } else {
                    let to = self.focus.checked_sub(1).unwrap_or(last);
                    self.go(to, open, shell);
                    self.on_menu = self.focused().is_some_and(Row::has_menu);
                }
            }
            Command::CaretRight if self.at_end() => {
                if self.complete() {
                    self.now_touched(shell);
                } else {
                    self.on_menu = self.focused().is_some_and(Row::has_menu);
                }
            }
            Command::CaretLeft if self.on_menu => self.on_menu = false,
            Command::Save => return self.save(open, shell, out),
            Command::Generate => return self.generate(open, shell),
            Command::UndoTyping => {
                let Some(row) = self.rows.get_mut(self.focus) else { return Turn::Stay };
                // - of a secret nothing is remembered but what was saved
                if row.is_secret() {
                    row.typed = None;
                } else if let Some(typed) = &mut row.typed {
                    typed.undo();
                }
                self.typed(true, shell);
            }
            Command::ShowTyped => {
                let closed = self.focused().is_some_and(|row| row.typed.is_none());
                if self.focused().is_some_and(Row::is_secret) && self.open_row(self.focus, open) {
                    // - what goes over several lines is in sight as soon as it is opened
                    let lines =
                        self.focused().and_then(|row| row.typed.as_ref()).is_some_and(Typed::has_lines);
                    self.shown = if closed { !lines } else { !self.shown };
                    self.rate();
                }
            }
            other => {
                let moves = matches!(
                    other,
                    Command::CaretLeft | Command::CaretRight | Command::CaretHome | Command::CaretEnd
                );
                if moves && self.focused().is_none_or(|row| row.typed.is_none()) {
                    return Turn::Stay;
                }
                if self.field(open).is_some_and(|typed| typed.edit(other)) && !moves {
                    self.typed(true, shell);
                }
            }
        }
        Turn::Stay
    }

    pub(super) fn at_end(&self) -> bool {
        !self.on_menu && self.focused().is_some_and(|row| row.typed.as_ref().is_none_or(Typed::at_end))
    }

    /// A secret row that is drawn masked.
    pub(super) fn masked(&self, at: usize) -> bool {
        let Some(row) = self.rows.get(at) else { return true };
        if !row.is_secret() {
            return false;
        }
        let here = at == self.focus && !self.veiled;
        // - what goes over several lines is written in sight, until F3 hides it
        let lines = row.typed.as_ref().is_some_and(Typed::has_lines);
        !(here && (self.shown != lines))
    }

    /// What would complete the text before the caret: of a folder, or of the last tag.
    pub(super) fn ghost(&self) -> Option<&str> {
        let row = self.focused()?;
        if !self.at_end() || row.is_secret() {
            return None;
        }
        let (known, part) = match row.what {
            What::Folder => (&self.folders, row.text()),
            What::Tags => {
                (&self.tags, row.text().rsplit([',', '、', '，']).next().unwrap_or("").trim_start())
            }
            _ => return None,
        };
        let found = known.iter().find(|one| one.starts_with(part) && one.len() > part.len())?;
        found.get(part.len()..).filter(|_| !part.is_empty())
    }

    pub(super) fn complete(&mut self) -> bool {
        let Some(rest) = self.ghost().map(str::to_owned) else { return false };
        let row = self.rows.get_mut(self.focus);
        row.and_then(|row| row.typed.as_mut()).is_some_and(|typed| typed.paste(rest.as_bytes()))
    }

    /// The generator for the secret in focus, by the recipe of the entry where it has one.
    pub(super) fn generate(&mut self, open: &Open, shell: &mut Shell) -> Turn {
        let secret = self
            .focused()
            .is_some_and(|row| row.is_secret() && !matches!(row.what, What::Code | What::Notes));
        if !secret || self.on_menu {
            return Turn::Stay;
        }
        let rule = self.rows.iter().find(|row| matches!(row.what, What::Rule)).map_or("", Row::text);
        let chosen = match choose::read(rule) {
            Some(recipe) => Chosen { recipe, source: Source::Rule },
            None => choose::of_addresses(self.addresses(), &shell.settings.rules),
        };
        Turn::Over(Box::new(generator::State::for_field(chosen, open, shell)))
    }

    pub(super) fn take_secret(&mut self, made: &Secret, open: &Open, shell: &mut Shell) {
        if let Some(row) = self.rows.get_mut(self.focus)
            && row.is_secret()
        {
            row.typed = Some(row.fresh_secret(made.expose()));
            self.typed(true, shell);
            self.open_row(self.focus, open);
        }
    }
}
