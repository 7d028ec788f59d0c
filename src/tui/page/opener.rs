//! Opening another copy from a page that offers some: it is read and compared in a job; where none of the
//! keys at hand fits, its own password is asked for; then its differences lie over the page.

use super::differences::{Differences, Mode};
use super::password::Password;
use super::{Page, Turn};
use crate::secret::{Secret, SecretBytes};
use crate::text::tui::Said;
use crate::tui::app::Shell;
use crate::tui::effect::Outcome;
use crate::tui::other::{self, Compared, Failure, Job, Kind, Source};
use crate::tui::screen::opening;
use crate::tui::screen::vault::Open;
use crate::tui::task::{Done, Task};

/// What is being opened.
#[derive(Debug, Default)]
pub struct Opener {
    /// Which copy, and whether its password was given already.
    wanted: Option<(Source, Mode, bool)>,
    /// Why it did not open.
    pub failure: Option<Failure>,
    turn: Option<Turn>,
}

impl Opener {
    /// Opens a copy.
    pub fn open(&mut self, source: Source, mode: Mode, open: &mut Open) {
        self.failure = None;
        self.wanted = Some((source.clone(), mode, false));
        open.work = Some(Task::Other(Job::Compare { source, password: None }));
    }

    /// Takes the password that was asked for.
    pub fn given(&mut self, secret: &Secret, open: &mut Open) {
        let Some((source, _, given)) = &mut self.wanted else { return };
        *given = true;
        let password = Some(SecretBytes::copy_of(secret.expose().as_bytes()));
        open.work = Some(Task::Other(Job::Compare { source: source.clone(), password }));
    }

    /// Takes the outcome of what was asked for; gives back what is not its own.
    pub fn done(&mut self, outcome: Outcome, open: &Open, shell: &Shell) -> Option<Outcome> {
        match outcome {
            Outcome::Done(Done::Other(other::Done::Compared(result))) if self.wanted.is_some() => {
                self.compared(result, open, shell);
                None
            }
            other => Some(other),
        }
    }

    fn compared(&mut self, result: Result<Box<Compared>, Failure>, open: &Open, shell: &Shell) {
        let Some((source, mode, given)) = self.wanted.take() else { return };
        let wrong = Failure::Open(opening::Failure::WrongPassword);
        match result {
            Ok(compared) => {
                let page = Differences::new(compared, mode, open, shell);
                self.turn = Some(Turn::Over(Box::new(page)));
            }
            Err(failure) if failure == Failure::NeedsPassword || (given && failure == wrong) => {
                let name = name(&source, shell);
                self.wanted = Some((source, mode, false));
                let page: Box<dyn Page> = Box::new(Password::new(name, failure == wrong));
                self.turn = Some(Turn::Over(page));
            }
            Err(Failure::Cancelled) => {}
            Err(failure) => self.failure = Some(failure),
        }
    }

    /// What is to follow after an outcome.
    pub fn turn(&mut self) -> Option<Turn> {
        self.turn.take()
    }
}

/// What a person calls a copy. From outside.
pub fn name(source: &Source, shell: &Shell) -> String {
    match &source.kind {
        Kind::Backup(ms) => {
            let time = super::value::minute(*ms, &shell.zone);
            (shell.catalog().tui.page.other.of_backup)(&time)
        }
        Kind::Kept => shell.catalog().tui.page.other.kept.to_owned(),
        Kind::Live => shell.file.name.clone(),
        Kind::Copy(_) | Kind::Named => other::name(&source.path),
    }
}

/// Why a copy did not open, in words.
pub fn said(failure: &Failure, shell: &Shell) -> Said {
    let text = &shell.catalog().tui.page.other;
    match failure {
        Failure::Foreign => (text.foreign)(),
        Failure::NeedsPassword => (text.needs_password)(),
        Failure::ReadOnly => (text.read_only)(),
        Failure::Open(failure) => (shell.catalog().tui.failure)(failure),
        Failure::Save(failure) => {
            let failure = opening::Failure::CannotWrite(failure.clone());
            (shell.catalog().tui.failure)(&failure)
        }
        Failure::Cancelled => Said { fact: String::new(), advice: String::new() },
    }
}
