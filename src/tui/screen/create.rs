//! The first run: language, what to begin with, and the master password, made or typed; for an
//! account that was taken over also a guide and the accounts themselves. What was typed stays when
//! a person goes back, and nothing is written before the last row of the last step.

mod accounts;
mod choice;
pub mod first;
mod language;
pub mod password;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::opening::{self, Failure, Purpose};
use super::{Cursor, Row};
use crate::secret::SecretBytes;
use crate::text::Lang;
use crate::tui::app::{Screen, Shell};
use crate::tui::command::{Command, Scope};
use crate::tui::effect::Effect;
use crate::tui::event::Input;

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
    password: password::State,
    accounts: accounts::State,
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
            password: password::State::default(),
            accounts: accounts::State::default(),
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
            Step::Password => self.password.scopes(),
        }
    }

    /// The commands of the footer.
    pub fn footer(&self) -> &'static [Command] {
        match self.step {
            Step::Language => &[Command::Choose, Command::ChoiceDown, Command::ChoiceUp, Command::Cancel],
            Step::Choice => &[Command::Choose, Command::ChoiceDown, Command::ChoiceUp, Command::Back],
            Step::Accounts => self.accounts.footer(),
            Step::Password => self.password.footer(),
        }
    }

    /// One step back; false at the first.
    pub fn back(&mut self) -> bool {
        self.step = match self.step {
            Step::Language => return false,
            Step::Choice => Step::Language,
            Step::Accounts if self.accounts.back() => Step::Accounts,
            Step::Accounts => Step::Choice,
            Step::Password if self.password.back() => Step::Password,
            Step::Password if self.wish == Wish::Taken => Step::Accounts,
            Step::Password => Step::Choice,
        };
        true
    }

    /// What is to be done with the new vault: what it was begun with, and the accounts typed.
    pub fn outcome(self) -> (Wish, Vec<Account>) {
        (self.wish, self.accounts.into_all())
    }

    fn next(&mut self) {
        self.step = match self.step {
            Step::Language => Step::Choice,
            Step::Choice if self.wish == Wish::Taken => Step::Accounts,
            Step::Choice | Step::Accounts | Step::Password => Step::Password,
        };
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
        Step::Password => password::update(&mut state.password, input, shell),
    };
    match asked {
        Asked::Stay => None,
        Asked::Next => {
            state.next();
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
        Step::Password => password::outline(&state.password, shell),
    }
}

/// Draws it.
pub fn view(state: &State, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
    match state.step {
        Step::Language => language::view(shell, area, buf),
        Step::Choice => choice::view(state.wish, shell, area, buf),
        Step::Accounts => accounts::view(&state.accounts, shell, area, buf),
        Step::Password => password::view(&state.password, shell, area, buf),
    }
}
