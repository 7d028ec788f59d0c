//! Writing entries to a file: the format, which entries, where, under which password. In clear only
//! after the master password was typed once more; never over a file that is there.

pub mod job;
mod view;

use std::collections::BTreeSet;
use std::path::PathBuf;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use self::job::{Failure, Format, Job};
use super::path::Path;
use super::{Given, Page, Turn};
use crate::crypto::keys::settable;
use crate::model::{Id, State};
use crate::ops::mail_csv::{self, Columns, ColumnsError};
use crate::ops::strength::{Strength, strength};
use crate::secret::Secret;
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope};
use crate::tui::contents::date;
use crate::tui::effect::{Effect, JobId, Outcome};
use crate::tui::event::Input;
use crate::tui::notice::Notice;
use crate::tui::page::import::short_name;
use crate::tui::screen::vault::Open;
use crate::tui::screen::{Cursor, Row};
use crate::tui::task::{Done, Task};
use crate::tui::widget::field::Field;
use crate::tui::widget::secret_field::SecretField;

/// A row of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Focus {
    Format,
    Entries,
    Columns,
    Header,
    File,
    First,
    Second,
    Write,
}

/// Why it does not go on.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Trouble {
    Empty,
    Differ,
    Control,
    Columns(ColumnsError),
    Failed(Failure),
}

/// The page.
#[derive(Debug)]
pub struct Export {
    format: Format,
    /// Only those that are marked.
    only_marked: bool,
    marked: BTreeSet<Id>,
    all: usize,
    /// Mailboxes with a change under way.
    waiting: usize,
    columns: Field,
    header: bool,
    path: PathBuf,
    /// A person chose the path; else it follows the format.
    chosen: bool,
    focus: Focus,
    first: SecretField,
    second: SecretField,
    strength: Option<Strength>,
    trouble: Option<Trouble>,
    turn: Option<Turn>,
}

impl Export {
    /// Nothing chosen yet; `marked` are the entries that are marked in the list.
    pub fn new(marked: BTreeSet<Id>, open: &Open, shell: &Shell) -> Export {
        let entries = open.contents.session().vault().entries();
        let mut page = Export {
            format: Format::Mamori,
            only_marked: !marked.is_empty(),
            marked,
            all: entries.filter(|entry| entry.state() != State::Trashed).count(),
            waiting: open.contents.session().vault().entries().filter(|one| mail_csv::waits(*one)).count(),
            columns: Field::of("address,password"),
            header: true,
            path: PathBuf::new(),
            chosen: false,
            focus: Focus::Format,
            first: SecretField::default(),
            second: SecretField::default(),
            strength: None,
            trouble: None,
            turn: None,
        };
        page.propose(shell);
        page
    }

    fn propose(&mut self, shell: &Shell) {
        if !self.chosen {
            let day = date(shell.now.wall_ms, &shell.zone);
            self.path = shell.places.expand(&format!("~/mamori-{day}.{}", self.format.ending()));
        }
    }

    fn rows(&self) -> Vec<Focus> {
        let mut rows = vec![Focus::Format];
        if !self.marked.is_empty() || self.format == Format::MailCsv {
            rows.push(Focus::Entries);
        }
        if self.format == Format::MailCsv {
            rows.extend([Focus::Columns, Focus::Header]);
        }
        rows.extend([Focus::File, Focus::First]);
        if !self.format.in_clear() {
            rows.push(Focus::Second);
        }
        rows.push(Focus::Write);
        rows
    }

    fn step(&mut self, by: isize) {
        let rows = self.rows();
        let at = rows.iter().position(|row| *row == self.focus).unwrap_or(0);
        let next = at.saturating_add_signed(by).min(rows.len() - 1);
        self.focus = rows.get(next).copied().unwrap_or(Focus::Format);
    }

    fn field(&mut self) -> Option<&mut SecretField> {
        match self.focus {
            Focus::First => Some(&mut self.first),
            Focus::Second => Some(&mut self.second),
            _ => None,
        }
    }

    fn typed(&mut self, full: bool, shell: &mut Shell) {
        if full {
            shell.tell(Notice::FieldFull);
        }
        self.trouble = None;
        let own = !self.format.in_clear() && !self.first.is_empty();
        self.strength = own.then(|| strength(&Secret::copy_of(self.first.expose()), &[]));
    }

    fn turn_choice(&mut self, shell: &mut Shell) {
        match self.focus {
            Focus::Format => {
                self.format = self.format.next();
                // - the one password is not the other
                self.first.clear();
                self.second.clear();
                self.typed(false, shell);
                self.propose(shell);
            }
            Focus::Entries => self.only_marked = !self.only_marked && !self.marked.is_empty(),
            Focus::Header => self.header = !self.header,
            _ => {}
        }
    }

    /// What is typed goes into the row of columns where that has the focus; false where it has not.
    fn type_columns(&mut self, input: Input<'_>, shell: &mut Shell) -> bool {
        if self.focus != Focus::Columns {
            return false;
        }
        match input {
            Input::Char(c) if !self.columns.type_char(c) => shell.tell(Notice::FieldFull),
            Input::Char(_) => {}
            Input::Paste(bytes) => self.columns.paste(bytes),
            Input::Command(command) => {
                if !self.columns.edit(command) {
                    return false;
                }
            }
        }
        self.trouble = None;
        true
    }

    fn check(&self) -> Result<(), (Trouble, Focus)> {
        if let (Format::MailCsv, Err(error)) = (self.format, self.columns.text().parse::<Columns>()) {
            return Err((Trouble::Columns(error), Focus::Columns));
        }
        if self.first.is_empty() {
            return Err((Trouble::Empty, Focus::First));
        }
        if self.format.in_clear() {
            return Ok(());
        }
        if settable(self.first.expose().as_bytes()).is_err() {
            return Err((Trouble::Control, Focus::First));
        }
        if self.first.equals(&self.second) { Ok(()) } else { Err((Trouble::Differ, Focus::Second)) }
    }

    fn go(&mut self, open: &mut Open, shell: &Shell) {
        if let Err((trouble, focus)) = self.check() {
            (self.trouble, self.focus) = (Some(trouble), focus);
            return;
        }
        self.second.clear();
        self.strength = None;
        let wanted = self.only_marked.then(|| self.marked.clone());
        let columns = (self.columns.text().parse().unwrap_or_default(), self.header);
        let (path, password) = (self.path.clone(), self.first.take());
        let settings = (shell.settings.intervals, shell.settings.rotators.clone());
        let job = Job { format: self.format, wanted, path, password, columns, settings };
        open.work = Some(Task::Export(job));
    }

    fn ask_path(&self, shell: &mut Shell, out: &mut Vec<Effect>) -> Turn {
        let proposed = shell.places.shorten(&self.path);
        Turn::Over(Box::new(Path::write(&proposed, shell, out)))
    }
}

impl Page for Export {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Form, Scope::Field, Scope::Anywhere]
    }

    fn name(&self, _open: &Open, shell: &Shell) -> String {
        shell.catalog().tui.page.export.title.to_owned()
    }

    fn footer(&self) -> &'static [Command] {
        match self.focus {
            Focus::First | Focus::Second => {
                &[Command::Accept, Command::FormUp, Command::ShowTyped, Command::Back, Command::Help]
            }
            Focus::Columns => {
                &[Command::Accept, Command::FormUp, Command::EraseLeft, Command::Back, Command::Help]
            }
            _ => &[Command::Accept, Command::FormDown, Command::FormUp, Command::Back, Command::Help],
        }
    }

    fn update(
        &mut self,
        open: &mut Open,
        input: Input<'_>,
        shell: &mut Shell,
        out: &mut Vec<Effect>,
    ) -> Turn {
        if self.type_columns(input, shell) {
            return Turn::Stay;
        }
        match input {
            Input::Char(' ') if self.field().is_none() => self.turn_choice(shell),
            Input::Char(c) => {
                let full = self.field().is_some_and(|field| field.type_char(c).is_err());
                self.typed(full, shell);
            }
            Input::Paste(bytes) => {
                let full = self.field().is_some_and(|field| field.paste(bytes).is_err());
                self.typed(full, shell);
            }
            Input::Command(command) => match command {
                Command::FormDown | Command::Next => self.step(1),
                Command::FormUp | Command::Previous => self.step(-1),
                Command::Save => self.go(open, shell),
                Command::Accept => match self.focus {
                    Focus::Format | Focus::Entries | Focus::Header => self.turn_choice(shell),
                    Focus::Columns => self.step(1),
                    Focus::File => return self.ask_path(shell, out),
                    Focus::First | Focus::Second => self.step(1),
                    Focus::Write => self.go(open, shell),
                },
                Command::CaretLeft | Command::CaretRight if self.field().is_none() => self.turn_choice(shell),
                Command::ShowTyped => {
                    let shown = !self.first.shown;
                    (self.first.shown, self.second.shown) = (shown, shown);
                }
                other => {
                    if !self.field().is_some_and(|field| field.edit(other)) {
                        return Turn::Pass;
                    }
                    self.typed(false, shell);
                }
            },
        }
        Turn::Stay
    }

    fn given(&mut self, given: Given, _open: &mut Open, _shell: &mut Shell, _out: &mut Vec<Effect>) {
        if let Given::Path(path) = given {
            (self.path, self.chosen, self.trouble) = (path, true, None);
            self.focus = Focus::First;
        }
    }

    fn done(
        &mut self,
        _job: JobId,
        outcome: Outcome,
        _open: &mut Open,
        shell: &mut Shell,
        _out: &mut Vec<Effect>,
    ) -> Option<Outcome> {
        match outcome {
            Outcome::Done(Done::Exported(Ok(written))) => {
                shell.tell(Notice::Exported(written.entries, short_name(&written.path)));
                let (left, formulas) = written.notes;
                if left + formulas > 0 {
                    shell.tell(Notice::MailCsv(left, formulas));
                }
                self.turn = Some(Turn::Close);
                None
            }
            Outcome::Done(Done::Exported(Err(failure))) => {
                self.focus = match failure {
                    Failure::File(_) => Focus::File,
                    Failure::NoMail => Focus::Format,
                    _ => Focus::First,
                };
                self.trouble = Some(Trouble::Failed(failure));
                None
            }
            Outcome::Done(Done::Cancelled) => {
                shell.tell(Notice::Stopped);
                None
            }
            other => Some(other),
        }
    }

    fn turn(&mut self) -> Option<Turn> {
        self.turn.take()
    }

    fn hide(&mut self) {
        (self.first.shown, self.second.shown) = (false, false);
    }

    fn outline(&self, _open: &Open, shell: &Shell) -> Vec<Row> {
        let mut rows: Vec<Row> =
            self.said(shell).map(|(words, _)| Row::told("", &words)).into_iter().collect();
        rows.extend(self.rows().into_iter().map(|row| Row {
            label: self.label(row, shell).to_owned(),
            value: self.value(row, shell),
            focus: row == self.focus,
            action: Some(Command::Accept),
        }));
        rows
    }

    fn view(&self, _open: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        self.draw(shell, area, buf)
    }
}
