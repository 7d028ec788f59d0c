//! The generator: a new password by options or by the rules of a site, how strong it is, what
//! guessing it would cost, and what was made before in this session ([`Past`], which lives in the
//! open vault and goes with the lock). It makes nothing itself: see [`crate::ops::generate`].

pub mod price;
pub mod recipe;
mod view;

use std::collections::VecDeque;
use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use self::recipe::{Options, Row, Trouble, Type};
use super::{Given, Page, Turn};
use crate::ops::generate::{Chosen, Recipe, Source, Space, choose};
use crate::secret::Secret;
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope, Unavailable};
use crate::tui::contents::Part;
use crate::tui::effect::Effect;
use crate::tui::event::Input;
use crate::tui::notice::Notice;
use crate::tui::screen::vault::{Copied, Open, copy};
use crate::tui::screen::{self, Cursor};

/// How many are kept of a session.
pub const PAST_MOST: usize = 20;

/// What was generated in this session, newest first, and with which recipe last.
#[derive(Debug, Default)]
pub struct Past {
    made: VecDeque<Made>,
    recipe: Option<Recipe>,
}

/// One of them.
#[derive(Debug)]
struct Made {
    secret: Secret,
    at: Duration,
}

impl Past {
    fn keep(&mut self, secret: &Secret, at: Duration) {
        if !self.made.iter().any(|made| made.secret.ct_eq(secret)) {
            self.made.push_front(Made { secret: Secret::copy_of(secret.expose()), at });
            self.made.truncate(PAST_MOST);
        }
    }
}

/// What has the focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Focus {
    /// The password.
    Made,
    /// An option.
    Option(Row),
    /// One of before.
    Past(usize),
}

/// The page.
#[derive(Debug)]
pub struct State {
    options: Options,
    focus: Focus,
    made: Result<(Secret, f64), Trouble>,
    /// It is made for a field of the page below.
    for_field: bool,
    /// Whose rule it begins with.
    source: Option<Source>,
    /// Nothing is shown until the next key: the window had lost the keyboard.
    masked: bool,
}

impl State {
    /// On its own: what is made is copied. It begins with the rule that is known for the entry that is
    /// selected.
    pub fn new(open: &Open, shell: &mut Shell) -> State {
        let entry = open.selected().and_then(|id| open.contents.entry(id));
        let known = entry.map(|entry| choose::of_entry(entry, &shell.settings.rules));
        State::begin(known, false, open, shell)
    }

    /// For a secret field, which gets what is taken as [`Given::Secret`]; with the recipe that is
    /// known for it, or the last one of the session.
    pub fn for_field(chosen: Chosen, open: &Open, shell: &mut Shell) -> State {
        State::begin(Some(chosen), true, open, shell)
    }

    fn begin(chosen: Option<Chosen>, for_field: bool, open: &Open, shell: &mut Shell) -> State {
        let known = chosen.filter(|chosen| chosen.source != Source::Usual);
        let (recipe, source) = known.map(|chosen| (chosen.recipe, chosen.source)).unzip();
        State { source, ..State::with(recipe, for_field, open, shell) }
    }

    fn with(recipe: Option<Recipe>, for_field: bool, open: &Open, shell: &mut Shell) -> State {
        let options = match recipe.or_else(|| open.past.recipe.clone()) {
            Some(recipe) => Options::of(recipe),
            None => Options::in_language(shell.lang),
        };
        let made = draw(&options, shell);
        State { options, focus: Focus::Made, made, for_field, source: None, masked: false }
    }

    /// Everything that can have the focus, in order.
    fn all(&self, open: &Open) -> Vec<Focus> {
        let options = self.options.rows().into_iter().map(Focus::Option);
        let past = (0..open.past.made.len()).map(Focus::Past);
        std::iter::once(Focus::Made).chain(options).chain(past).collect()
    }

    fn row(&self) -> Option<Row> {
        match self.focus {
            Focus::Option(row) => Some(row),
            Focus::Made | Focus::Past(_) => None,
        }
    }

    fn travel(&mut self, by: isize, open: &Open) {
        let all = self.all(open);
        let at = all.iter().position(|focus| *focus == self.focus).unwrap_or(0);
        self.focus = all[at.saturating_add_signed(by).min(all.len() - 1)];
    }

    /// The option changed: another password, and a focus that is still there.
    fn changed(&mut self, open: &mut Open, shell: &mut Shell) {
        self.made = draw(&self.options, shell);
        if let Ok(recipe) = self.options.recipe() {
            open.past.recipe = Some(recipe);
        }
        if !self.all(open).contains(&self.focus) {
            self.focus = Focus::Made;
        }
    }

    /// What is made now goes to those of before.
    fn keep(&self, open: &mut Open, shell: &Shell) {
        if let Ok((secret, _)) = &self.made {
            open.past.keep(secret, shell.now.boot);
        }
    }

    /// What Enter means: the one in focus, or the one that was just made.
    fn wanted(&self, open: &Open) -> Option<Secret> {
        let secret = match self.focus {
            Focus::Past(at) => &open.past.made.get(at)?.secret,
            Focus::Made | Focus::Option(_) => &self.made.as_ref().ok()?.0,
        };
        Some(Secret::copy_of(secret.expose()))
    }

    fn copy(&self, open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) {
        let Some(secret) = self.wanted(open) else { return };
        open.past.keep(&secret, shell.now.boot);
        let text = &shell.catalog().tui;
        let copied =
            Copied { label: (text.part)(Part::Generated), title: text.page.generator.copied.to_owned() };
        copy::send_secret(open, copied, Part::Generated, secret, shell, out);
    }

    fn take(&self, open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) -> Turn {
        let Some(secret) = self.wanted(open) else { return Turn::Stay };
        if !self.for_field {
            self.copy(open, shell, out);
            return Turn::Close;
        }
        open.past.keep(&secret, shell.now.boot);
        Turn::Give(Given::Secret(secret))
    }

    fn typed(&mut self, input: Input<'_>, open: &mut Open, shell: &mut Shell) {
        let Some(field) = self.row().and_then(|row| self.options.field_mut(row)) else { return };
        match input {
            Input::Char(c) if !field.type_char(c) => shell.tell(Notice::FieldFull),
            Input::Paste(bytes) => field.paste(bytes),
            Input::Char(_) | Input::Command(_) => {}
        }
        self.changed(open, shell);
    }
}

fn draw(options: &Options, shell: &mut Shell) -> Result<(Secret, f64), Trouble> {
    let recipe = options.recipe()?;
    let space = Space::of(&recipe).map_err(Trouble::Options)?;
    let bits = space.bits().map_err(Trouble::Options)?;
    let secret = space.draw(&mut *shell.entropy).map_err(Trouble::Options)?;
    Ok((secret, bits))
}

impl Page for State {
    fn scopes(&self) -> &'static [Scope] {
        match self.row().and_then(|row| self.options.field(row)) {
            Some(_) => &[Scope::Form, Scope::Field, Scope::Anywhere],
            None => &[Scope::Generator, Scope::Browse, Scope::Anywhere],
        }
    }

    fn name(&self, _: &Open, shell: &Shell) -> String {
        shell.catalog().tui.page.generator.title.to_owned()
    }

    fn footer(&self) -> &'static [Command] {
        if self.row().and_then(|row| self.options.field(row)).is_some() {
            return &[Command::Accept, Command::FormUp, Command::Generate, Command::Save, Command::Back];
        }
        &[Command::Open, Command::CopyGenerated, Command::Generator, Command::Back, Command::HelpHere]
    }

    fn says(&self, command: Command, shell: &Shell) -> Option<&'static str> {
        let text = &shell.catalog().tui.page.generator;
        match command {
            Command::Open | Command::Save if self.for_field => Some(text.does.into_field),
            Command::Open | Command::Save => Some(text.does.copy_close),
            Command::Generator | Command::Generate => Some(text.does.another),
            _ => None,
        }
    }

    fn means(&self, command: Command) -> Option<Command> {
        match command {
            Command::Mark => self.row().map(|_| command),
            _ => super::usually(command, self.popup(), self.footer()),
        }
    }

    fn update(
        &mut self,
        open: &mut Open,
        input: Input<'_>,
        shell: &mut Shell,
        out: &mut Vec<Effect>,
    ) -> Turn {
        let command = match input {
            Input::Command(command) => command,
            typed => {
                self.masked = false;
                self.typed(typed, open, shell);
                return Turn::Stay;
            }
        };
        if std::mem::take(&mut self.masked) {
            // - the key that brings the password back does nothing else, lest it is lost unseen
            return Turn::Stay;
        }
        let row = self.row();
        match command {
            Command::Generator | Command::Generate => {
                self.keep(open, shell);
                self.changed(open, shell);
                self.focus = if let Focus::Past(_) = self.focus { Focus::Made } else { self.focus };
            }
            Command::TypeRandom => self.kind(Type::Random, open, shell),
            Command::TypeWords => self.kind(Type::Words, open, shell),
            Command::TypePin => self.kind(Type::Pin, open, shell),
            Command::TypePronounceable => self.kind(Type::Pronounceable, open, shell),
            Command::CopyGenerated => self.copy(open, shell, out),
            Command::Open | Command::Save => return self.take(open, shell, out),
            Command::Down | Command::FormDown | Command::Next | Command::Accept => self.travel(1, open),
            Command::Up | Command::FormUp | Command::Previous => self.travel(-1, open),
            Command::HalfDown | Command::PageDown => self.travel(5, open),
            Command::HalfUp | Command::PageUp => self.travel(-5, open),
            Command::First => self.focus = Focus::Made,
            Command::Last => self.travel(isize::MAX, open),
            Command::Left | Command::Right => {
                self.options.step(row.unwrap_or(Row::Length), command == Command::Right);
                self.changed(open, shell);
            }
            Command::Mark => {
                let Some(row) = row else { return Turn::No(Unavailable::NotHere) };
                self.options.toggle(row);
                self.changed(open, shell);
            }
            other => match row.and_then(|row| self.options.field_mut(row)) {
                Some(field) => {
                    if field.edit(other) {
                        self.changed(open, shell);
                    }
                }
                None => return Turn::Pass,
            },
        }
        Turn::Stay
    }

    fn back(&mut self, open: &mut Open, shell: &mut Shell, _: &mut Vec<Effect>) -> bool {
        // - one that was left without being taken can still be found again
        self.keep(open, shell);
        false
    }

    fn hide(&mut self) {
        self.masked = true;
    }

    fn outline(&self, open: &Open, shell: &Shell) -> Vec<screen::Row> {
        view::outline(self, open, shell)
    }

    fn view(&self, open: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        view::view(self, open, shell, area, buf)
    }
}

impl State {
    fn kind(&mut self, kind: Type, open: &mut Open, shell: &mut Shell) {
        self.options.kind = kind;
        self.changed(open, shell);
    }
}
