//! The first run: choose a language, then a master password, twice, with its strength as it is
//! typed. Nothing is written before the last row is chosen.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::opening::{self, Failure, Purpose};
use super::unlock::secret;
use super::{Cursor, Row};
use crate::crypto::keys::settable;
use crate::ops::strength::{Strength, strength};
use crate::secret::Secret;
use crate::text::{Lang, catalog};
use crate::tui::app::{Screen, Shell};
use crate::tui::command::{Command, Scope};
use crate::tui::effect::Effect;
use crate::tui::event::Input;
use crate::tui::notice::Notice;
use crate::tui::theme::Name;
use crate::tui::widget::frame::{frame, gauge};
use crate::tui::widget::secret_field::SecretField;
use crate::tui::widget::text::{put, put_outside, width, wrap};

/// Which step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Choosing the language.
    Language,
    /// The master password.
    Password,
}

/// Which row of the second step has the focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Focus {
    /// The first field.
    First,
    /// The second field.
    Second,
    /// The row that creates.
    Button,
}

/// Why it does not go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trouble {
    Empty,
    Differ,
    Control,
}

/// The state.
#[derive(Debug)]
pub struct State {
    /// Which step.
    pub step: Step,
    /// Which row.
    pub focus: Focus,
    /// Why making it failed.
    pub failure: Option<Failure>,
    first: SecretField,
    second: SecretField,
    strength: Option<Strength>,
    trouble: Option<Trouble>,
}

impl State {
    /// The first step, with this language marked.
    pub fn new(_: Lang) -> State {
        State {
            step: Step::Language,
            focus: Focus::First,
            failure: None,
            first: SecretField::default(),
            second: SecretField::default(),
            strength: None,
            trouble: None,
        }
    }

    /// The second step again, after making failed.
    pub fn again(lang: Lang, failure: Option<Failure>) -> State {
        State { step: Step::Password, failure, ..State::new(lang) }
    }

    /// The scopes whose keys act.
    pub fn scopes(&self) -> &'static [Scope] {
        match (self.step, self.focus) {
            (Step::Language, _) => &[Scope::Choice, Scope::Anywhere],
            (Step::Password, Focus::Button) => &[Scope::Form, Scope::Anywhere],
            (Step::Password, _) => &[Scope::Form, Scope::Field, Scope::Anywhere],
        }
    }

    fn field(&mut self) -> Option<&mut SecretField> {
        match self.focus {
            Focus::First => Some(&mut self.first),
            Focus::Second => Some(&mut self.second),
            Focus::Button => None,
        }
    }

    fn typed(&mut self) {
        self.trouble = None;
        self.failure = None;
        self.strength =
            (!self.first.is_empty()).then(|| strength(&Secret::copy_of(self.first.expose()), &[]));
    }

    fn check(&self) -> Result<(), (Trouble, Focus)> {
        if self.first.is_empty() {
            return Err((Trouble::Empty, Focus::First));
        }
        if settable(self.first.expose().as_bytes()).is_err() {
            return Err((Trouble::Control, Focus::First));
        }
        if !self.first.equals(&self.second) {
            return Err((Trouble::Differ, Focus::Second));
        }
        Ok(())
    }
}

/// Takes a command or what is typed; a new screen, if there is one.
pub fn update(
    state: &mut State,
    input: Input<'_>,
    shell: &mut Shell,
    out: &mut Vec<Effect>,
) -> Option<Screen> {
    match input {
        Input::Char(c) => {
            let full = state.field().is_some_and(|field| field.type_char(c).is_err());
            typed(state, full, shell);
            None
        }
        Input::Paste(bytes) => {
            let full = state.field().is_some_and(|field| field.paste(bytes).is_err());
            typed(state, full, shell);
            None
        }
        Input::Command(command) => command_in(state, command, shell, out),
    }
}

fn typed(state: &mut State, full: bool, shell: &mut Shell) {
    if full {
        shell.tell(Notice::FieldFull);
    }
    state.typed();
}

fn command_in(
    state: &mut State,
    command: Command,
    shell: &mut Shell,
    out: &mut Vec<Effect>,
) -> Option<Screen> {
    if state.step == Step::Language {
        match command {
            Command::ChoiceDown | Command::ChoiceUp | Command::Next | Command::Previous => {
                super::super::update::switch_language(shell, out);
            }
            Command::Choose => {
                shell.memory.language = Some(shell.lang);
                shell.memory.chosen_over = Some(shell.asked_lang);
                out.push(Effect::Remember(shell.memory.clone()));
                state.step = Step::Password;
            }
            _ => {}
        }
        return None;
    }
    match command {
        Command::Accept | Command::FormDown | Command::Next => match state.focus {
            Focus::First => state.focus = Focus::Second,
            Focus::Second => state.focus = Focus::Button,
            Focus::Button if command == Command::Accept => return go(state, shell, out),
            Focus::Button if command == Command::Next => state.focus = Focus::First,
            Focus::Button => {}
        },
        Command::FormUp | Command::Previous => {
            state.focus = match state.focus {
                Focus::First if command == Command::Previous => Focus::Button,
                Focus::First | Focus::Second => Focus::First,
                Focus::Button => Focus::Second,
            }
        }
        Command::Save => return go(state, shell, out),
        Command::ShowTyped => {
            let shown = !state.first.shown;
            state.first.shown = shown;
            state.second.shown = shown;
        }
        Command::Back => {
            state.first.clear();
            state.second.clear();
            state.typed();
            state.focus = Focus::First;
            state.step = Step::Language;
        }
        other => {
            if state.field().is_some_and(|field| field.edit(other)) {
                state.typed();
            }
        }
    }
    None
}

fn go(state: &mut State, shell: &mut Shell, out: &mut Vec<Effect>) -> Option<Screen> {
    if let Err((trouble, focus)) = state.check() {
        state.trouble = Some(trouble);
        state.focus = focus;
        return None;
    }
    let job = shell.job();
    out.push(Effect::Create { job, password: state.first.take() });
    let started = shell.now.boot;
    Some(Screen::Opening(opening::State { job, purpose: Purpose::Create, started, made: None }))
}

/// Named rectangles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// The frame.
    pub frame: Rect,
    /// The text above the fields.
    pub intro: Rect,
    /// The first field.
    pub first: Rect,
    /// The strength line.
    pub strength: Rect,
    /// The second field.
    pub second: Rect,
    /// The row that creates.
    pub button: Rect,
}

/// Parts the body.
pub fn layout(shell: &Shell, area: Rect) -> Layout {
    let text = &shell.catalog().tui.create;
    let wide = area.width.min(78);
    let height = area.height.min(18);
    let x = area.x + (area.width - wide) / 2;
    let frame = Rect::new(x, area.y + (area.height - height) / 3, wide, height);
    let inner = wide.saturating_sub(6);
    // - on the smallest window the explanation is shortened, never the fields
    let intro = Rect::new(x + 3, frame.y + 1, inner, height.saturating_sub(10));
    let label = width(text.password).max(width(text.again)).max(width(text.strength)) + 2;
    let row =
        |up: u16| Rect::new(x + 3 + label, frame.bottom().saturating_sub(up), inner.saturating_sub(label), 1);
    Layout {
        frame,
        intro,
        first: row(8),
        strength: row(7),
        second: row(6),
        button: Rect::new(x + 3, frame.bottom().saturating_sub(3), inner, 1),
    }
}

/// The screen as rows.
pub fn outline(state: &State, shell: &Shell) -> Vec<Row> {
    let text = &shell.catalog().tui.create;
    if state.step == Step::Language {
        return [Lang::Ja, Lang::En]
            .map(|lang| Row {
                label: catalog(lang).tui.language_name.to_owned(),
                value: String::new(),
                focus: lang == shell.lang,
                action: Some(Command::Choose),
            })
            .to_vec();
    }
    let row = |label: &str, value: String, focus: Focus| Row {
        label: label.to_owned(),
        value,
        focus: state.focus == focus,
        action: Some(Command::Accept),
    };
    vec![
        row(text.password, "*".repeat(state.first.shape().0), Focus::First),
        Row::told(text.strength, &strength_words(state, shell)),
        row(text.again, "*".repeat(state.second.shape().0), Focus::Second),
        row(text.button, String::new(), Focus::Button),
    ]
}

fn strength_words(state: &State, shell: &Shell) -> String {
    let text = &shell.catalog().tui.create;
    // - the estimate is a count of guesses below 2^64, so the cast is exact enough
    state
        .strength
        .map_or(String::new(), |found| (text.strength_word)(found.as_master(), found.bits().round() as u32))
}

/// Draws it.
pub fn view(state: &State, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
    let text = &shell.catalog().tui.create;
    let theme = &shell.theme;
    let places = layout(shell, area);
    frame(buf, places.frame, text.title, true, theme);
    if state.step == Step::Language {
        return view_language(shell, places.intro, buf);
    }
    let mut y = places.intro.y;
    let mut line = |buf: &mut Buffer, words: &str, name: Name| {
        for part in wrap(words, places.intro.width, 5) {
            if y < places.intro.bottom() {
                put(buf, places.intro.x, y, places.intro.width, &part, theme.style(name));
                y += 1;
            }
        }
    };
    line(buf, text.explain, Name::Text);
    line(buf, text.keep, Name::Warn);
    line(buf, "", Name::Text);
    line(buf, text.will_make, Name::Dim);
    let path = format!("{}/{}", shell.file.folder, shell.file.name);
    if y < places.intro.bottom() {
        put_outside(buf, places.intro.x, y, places.intro.width, &path, theme.style(Name::Title));
    }
    let label = |buf: &mut Buffer, row: Rect, words: &str, focus: bool| {
        let name = if focus { Name::Title } else { Name::Text };
        put(buf, places.intro.x - 2, row.y, 1, if focus { ">" } else { " " }, theme.style(Name::Title));
        put(buf, places.intro.x, row.y, row.x - places.intro.x, words, theme.style(name));
    };
    label(buf, places.first, text.password, state.focus == Focus::First);
    label(buf, places.second, text.again, state.focus == Focus::Second);
    let first = secret(&state.first, places.first, buf, shell);
    let second = secret(&state.second, places.second, buf, shell);
    view_strength(state, shell, &places, buf);
    view_state(state, shell, &places, buf);
    let focused = state.focus == Focus::Button;
    let style = theme.style(if focused { Name::Selected } else { Name::Key });
    let mark = if focused { ">" } else { " " };
    put(buf, places.button.x - 2, places.button.y, 1, mark, theme.style(Name::Title));
    put(buf, places.button.x, places.button.y, places.button.width, &format!("[ {} ]", text.button), style);
    let after = places.button.y + 1;
    put(buf, places.button.x, after, places.button.width, text.nothing_yet, theme.style(Name::Dim));
    match state.focus {
        Focus::First => first,
        Focus::Second => second,
        Focus::Button => Cursor::new(places.button.x, places.button.y),
    }
}

fn view_strength(state: &State, shell: &Shell, places: &Layout, buf: &mut Buffer) {
    let (text, theme) = (&shell.catalog().tui.create, &shell.theme);
    let row = places.strength;
    put(buf, places.intro.x, row.y, row.x - places.intro.x, text.strength, theme.style(Name::Dim));
    let Some(found) = state.strength else { return };
    let name = match found.as_master() {
        0 | 1 => Name::Danger,
        2 => Name::Warn,
        _ => Name::Good,
    };
    let words = strength_words(state, shell);
    let bar = row.width.saturating_sub(width(&words) + 2).clamp(5, 16);
    gauge(buf, Rect { width: bar, ..row }, (u64::from(found.as_master()) + 1, 5), name, theme);
    put(buf, row.x + bar + 2, row.y, row.width.saturating_sub(bar + 2), &words, theme.style(name));
}

fn view_state(state: &State, shell: &Shell, places: &Layout, buf: &mut Buffer) {
    let (text, theme) = (&shell.catalog().tui.create, &shell.theme);
    let weak = state.strength.is_some_and(|found| found.as_master() < 3);
    let both = !state.second.is_empty();
    let failed = state.failure.as_ref().map(|failure| (shell.catalog().tui.failure)(failure));
    let words = match (failed, state.trouble) {
        (Some(said), _) => (format!("! {} {}", said.fact, said.advice), Name::Danger),
        (None, Some(Trouble::Empty)) => (format!("! {}", text.empty), Name::Danger),
        (None, Some(Trouble::Differ)) => (format!("! {}", text.differ), Name::Danger),
        (None, Some(Trouble::Control)) => (format!("! {}", text.control), Name::Danger),
        _ if both && state.first.equals(&state.second) => (text.equal.to_owned(), Name::Good),
        _ if state.first.has_wide() && state.focus == Focus::First => {
            (text.full_width.to_owned(), Name::Warn)
        }
        _ if both && state.focus == Focus::Button => (text.differ.to_owned(), Name::Warn),
        _ if weak => (text.strength_hint.to_owned(), Name::Warn),
        _ => return,
    };
    let row = places.second;
    let (x, cells) = (places.intro.x, places.intro.width);
    for (at, line) in (1..).zip(wrap(&words.0, cells, 2)) {
        put(buf, x, row.y + at, cells, &line, theme.style(words.1));
    }
}

fn view_language(shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
    let theme = &shell.theme;
    let text = &shell.catalog().tui.create;
    put(buf, area.x, area.y + 1, area.width, text.language, theme.style(Name::Dim));
    let mut cursor = Cursor::new(area.x, area.y);
    for (y, lang) in (area.y + 3..).zip([Lang::Ja, Lang::En]) {
        let chosen = lang == shell.lang;
        let name = if chosen { Name::Selected } else { Name::Text };
        let mark = if chosen { "> " } else { "  " };
        put(buf, area.x, y, 20, &format!("{mark}{} ", catalog(lang).tui.language_name), theme.style(name));
        if chosen {
            cursor = Cursor::new(area.x, y);
        }
    }
    cursor
}
