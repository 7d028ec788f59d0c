//! The first run: language, what to begin with, and the master password, made or typed; for an
//! account that was taken over also a guide and the accounts themselves, for an import its file. What was typed stays when
//! a person goes back, and nothing is written before the last row of the last step.

mod accounts;
mod choice;
mod file;
pub mod first;
mod language;
pub mod password;

use std::path::PathBuf;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::opening::{self, Failure, Purpose};
use super::{Cursor, Row};
use crate::secret::SecretBytes;
use crate::text::Lang;
use crate::tui::app::{Screen, Shell};
use crate::tui::command::{Command, Scope};
use crate::tui::effect::{Effect, JobId, Outcome};
use crate::tui::event::Input;
use crate::tui::page::path::Path;

pub use accounts::Account;

/// Which step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Choosing the language.
    Language,
    /// What to begin with.
    Choice,
    /// An account was taken over: what to do first, and which accounts there are.
    Accounts,
    /// Which file is to be taken in.
    File,
    /// The master password.
    Password,
}

/// What a person begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// An empty vault.
    Create,
    /// The passwords of another program.
    Import,
    /// Only a look.
    Demo,
    /// An account was taken over.
    Taken,
}

impl Wish {
    /// All, in the order shown.
    pub const ALL: [Wish; 4] = [Wish::Create, Wish::Import, Wish::Demo, Wish::Taken];
}

/// The state.
#[derive(Debug)]
pub struct State {
    /// Which step.
    pub step: Step,
    /// What was chosen to begin with.
    pub wish: Wish,
    /// The vault that was left for a new one, where Esc leads back.
    pub left: Option<PathBuf>,
    password: password::State,
    accounts: accounts::State,
    file: file::State,
}

/// What a new vault was begun with.
#[derive(Debug)]
pub struct Begun {
    /// What was chosen to begin with.
    pub wish: Wish,
    /// The accounts that were typed.
    pub accounts: Vec<Account>,
    /// The file that is to be taken in.
    pub file: Option<PathBuf>,
}

/// What a step asks for.
enum Asked {
    Stay,
    Next,
    /// The demo.
    Demo,
    /// Make the vault under this password.
    Make(SecretBytes),
}

impl State {
    /// The first step, with this language marked.
    pub fn new(_: Lang) -> State {
        State {
            step: Step::Language,
            wish: Wish::Create,
            left: None,
            password: password::State::default(),
            accounts: accounts::State::default(),
            file: file::State::default(),
        }
    }

    /// Back at the master password, after making failed.
    pub fn failed(mut self, failure: Option<Failure>) -> State {
        self.step = Step::Password;
        self.password.failure = failure;
        self
    }

    /// The scopes whose keys act.
    pub fn scopes(&self) -> &'static [Scope] {
        match self.step {
            Step::Language | Step::Choice => &[Scope::Choice, Scope::Anywhere],
            Step::Accounts => self.accounts.scopes(),
            Step::File => Path::SCOPES,
            Step::Password => self.password.scopes(),
        }
    }

    /// The commands of the footer.
    pub fn footer(&self) -> &'static [Command] {
        match self.step {
            Step::Language => &[Command::Choose, Command::ChoiceDown, Command::ChoiceUp, Command::Cancel],
            Step::Choice => &[Command::Choose, Command::ChoiceDown, Command::ChoiceUp, Command::Back],
            Step::Accounts => self.accounts.footer(),
            Step::File => Path::FOOTER,
            Step::Password => self.password.footer(),
        }
    }

    /// What a command of the footer does, where its short title does not say it.
    pub fn says(&self, command: Command, shell: &Shell) -> Option<&'static str> {
        if self.step == Step::File { Path::word(command, shell) } else { None }
    }

    /// One step back; false at the first.
    pub fn back(&mut self) -> bool {
        self.step = match self.step {
            Step::Language => return false,
            Step::Choice => Step::Language,
            Step::Accounts if self.accounts.back() => Step::Accounts,
            Step::Accounts => Step::Choice,
            Step::File if self.file.back() => Step::File,
            Step::File => Step::Choice,
            Step::Password if self.password.back() => Step::Password,
            Step::Password if self.left.is_some() => return false,
            Step::Password if self.wish == Wish::Taken => Step::Accounts,
            Step::Password if self.wish == Wish::Import => Step::File,
            Step::Password => Step::Choice,
        };
        true
    }

    /// Looks at the disk anew; false where no file is being named.
    pub fn refresh(&mut self, shell: &mut Shell, out: &mut Vec<Effect>) -> bool {
        let named = self.step == Step::File;
        if named {
            self.file.ask(shell, out);
        }
        named
    }

    /// What is to be done with the new vault.
    pub fn outcome(self) -> Begun {
        Begun { wish: self.wish, accounts: self.accounts.into_all(), file: self.file.chosen }
    }

    fn next(&mut self, shell: &mut Shell, out: &mut Vec<Effect>) {
        self.step = match self.step {
            Step::Language => Step::Choice,
            Step::Choice if self.wish == Wish::Taken => Step::Accounts,
            Step::Choice if self.wish == Wish::Import => Step::File,
            Step::Choice | Step::Accounts | Step::File | Step::Password => Step::Password,
        };
        if self.step == Step::File {
            self.file.ask(shell, out);
        }
    }
}

/// Takes a command or what is typed; a new screen, if there is one.
pub fn update(
    state: &mut State,
    input: Input<'_>,
    shell: &mut Shell,
    out: &mut Vec<Effect>,
) -> Option<Screen> {
    let asked = match state.step {
        Step::Language => language::update(input, shell, out),
        Step::Choice => choice::update(&mut state.wish, input),
        Step::Accounts => accounts::update(&mut state.accounts, input, shell),
        Step::File => file::update(&mut state.file, input, shell, out),
        Step::Password => password::update(&mut state.password, input, shell),
    };
    match asked {
        Asked::Stay => None,
        Asked::Next => {
            state.next(shell, out);
            None
        }
        Asked::Demo => Some(crate::tui::demo::begin(shell, out)),
        Asked::Make(password) => {
            let job = shell.job();
            out.push(Effect::Create { job, password });
            let from = std::mem::replace(state, State::new(shell.lang));
            Some(Screen::Opening(opening::State {
                job,
                purpose: Purpose::Create,
                started: shell.now.boot,
                made: None,
                from: Some(Box::new(from)),
            }))
        }
    }
}

/// Takes the outcome of a job that a step asked for; gives back what is not its own.
pub fn done(
    state: &mut State,
    job: JobId,
    outcome: Outcome,
    shell: &mut Shell,
    out: &mut Vec<Effect>,
) -> Option<Outcome> {
    let left = state.file.done(job, outcome, shell, out);
    // - who went elsewhere meanwhile stays there
    if state.step == Step::File && state.file.chosen.is_some() {
        state.step = Step::Password;
    }
    left
}

/// The frame of every step.
fn frame_of(area: Rect, most: u16) -> Rect {
    let (wide, height) = (area.width.min(78), area.height.min(most));
    let x = area.x + (area.width - wide) / 2;
    Rect::new(x, area.y + (area.height - height) / 3, wide, height)
}

/// The screen as rows.
pub fn outline(state: &State, shell: &Shell) -> Vec<Row> {
    match state.step {
        Step::Language => language::outline(shell),
        Step::Choice => choice::outline(state.wish, shell),
        Step::Accounts => accounts::outline(&state.accounts, shell),
        Step::File => file::outline(&state.file, shell),
        Step::Password => password::outline(&state.password, shell),
    }
}

/// Draws it.
pub fn view(state: &State, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
    match state.step {
        Step::Language => language::view(shell, area, buf),
        Step::Choice => choice::view(state.wish, shell, area, buf),
        Step::Accounts => accounts::view(&state.accounts, shell, area, buf),
        Step::File => file::view(&state.file, shell, area, buf),
        Step::Password => password::view(&state.password, shell, area, buf),
    }
}
