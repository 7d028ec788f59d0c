//! A new master password, made of words or typed, twice or from paper, with its strength and with
//! hints about the keyboard: the last step of the first run, and a step where the password is changed.

use std::path::Path;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::unlock::secret;
use super::{Asked, Cursor, Failure, Row, frame_of};
use crate::crypto::keys::settable;
use crate::ops::generate::{List, Recipe, Space, Words, bits};
use crate::ops::strength::{Level, Strength, level, strength};
use crate::secret::{Secret, SecretBytes};
use crate::text::{self, Lang};
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope};
use crate::tui::event::Input;
use crate::tui::notice::Notice;
use crate::tui::theme::Name;
use crate::tui::widget::frame::{frame, gauge};
use crate::tui::widget::secret_field::SecretField;
use crate::tui::widget::text::{fit, put, put_outside, width, wrap};

/// Which row has the focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Focus {
    /// The row that makes one, or another one.
    Make,
    /// The first field.
    #[default]
    First,
    /// The second field.
    Second,
    /// The row that creates.
    Button,
}

const ORDER: [Focus; 4] = [Focus::Make, Focus::First, Focus::Second, Focus::Button];

/// What the step says around the fields: what the password is for.
#[derive(Debug)]
pub struct Around<'a> {
    /// Title of the frame.
    pub title: &'a str,
    /// What it is, over the fields.
    pub explain: &'a str,
    /// The same where there is little room.
    pub explain_short: &'a str,
    /// What is lost without it.
    pub keep: &'a str,
    /// What comes of it, and where.
    pub becomes: Option<(&'a str, String)>,
    /// The row that goes on.
    pub button: &'a str,
    /// What has happened so far.
    pub so_far: &'a str,
}

impl Around<'_> {
    /// Those of the first run.
    fn of_create(shell: &Shell) -> Around<'static> {
        let text = &shell.catalog().tui.create;
        let path = shell.places.shorten(&Path::new(&shell.file.folder).join(&shell.file.name));
        Around {
            title: text.title,
            explain: text.explain,
            explain_short: text.explain_short,
            keep: text.keep,
            becomes: Some((text.will_make, path)),
            button: text.button,
            so_far: text.nothing_yet,
        }
    }
}

/// Why it does not go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trouble {
    Empty,
    Again,
    Differ,
    Control,
}

/// The state.
#[derive(Debug, Default)]
pub struct State {
    /// Which row.
    pub focus: Focus,
    /// Why making the vault failed.
    pub failure: Option<Failure>,
    /// The password that was made, until a person types another one.
    made: Option<Secret>,
    first: SecretField,
    second: SecretField,
    strength: Option<Strength>,
    trouble: Option<Trouble>,
}

impl State {
    /// The scopes whose keys act.
    pub fn scopes(&self) -> &'static [Scope] {
        match self.focus {
            Focus::Make | Focus::Button => &[Scope::Form, Scope::Anywhere],
            Focus::First | Focus::Second => &[Scope::Form, Scope::Field, Scope::Anywhere],
        }
    }

    /// The commands of the footer.
    pub fn footer(&self) -> &'static [Command] {
        match self.focus {
            Focus::Make => &[Command::Accept, Command::Generate, Command::Back, Command::Help],
            Focus::Button => &[Command::Save, Command::FormUp, Command::Back, Command::Help],
            Focus::First | Focus::Second => {
                &[Command::Accept, Command::Generate, Command::ShowTyped, Command::Back, Command::Help]
            }
        }
    }

    /// Back from the password that was made to one of his own; false when there is none.
    pub fn back(&mut self) -> bool {
        let was = self.made.take().is_some();
        if was {
            self.second.clear();
            self.focus = Focus::First;
            self.trouble = None;
        }
        was
    }

    fn field(&mut self) -> Option<&mut SecretField> {
        match self.focus {
            Focus::First if self.made.is_none() => Some(&mut self.first),
            Focus::Second => Some(&mut self.second),
            Focus::First | Focus::Make | Focus::Button => None,
        }
    }

    fn typed(&mut self) {
        self.trouble = None;
        self.failure = None;
        self.strength =
            (!self.first.is_empty()).then(|| strength(&Secret::copy_of(self.first.expose()), &[]));
    }

    fn equal(&self) -> bool {
        match &self.made {
            Some(made) => made.ct_eq(&Secret::copy_of(self.second.expose())),
            None => self.first.equals(&self.second),
        }
    }

    fn check(&self) -> Result<(), (Trouble, Focus)> {
        if self.made.is_none() && self.first.is_empty() {
            return Err((Trouble::Empty, Focus::First));
        }
        if self.made.is_none() && settable(self.first.expose().as_bytes()).is_err() {
            return Err((Trouble::Control, Focus::First));
        }
        if self.second.is_empty() {
            return Err((Trouble::Again, Focus::Second));
        }
        if !self.equal() {
            return Err((Trouble::Differ, Focus::Second));
        }
        Ok(())
    }

    fn travel(&mut self, by: isize) {
        let at = ORDER.iter().position(|focus| *focus == self.focus).unwrap_or(1);
        let to = ORDER[at.saturating_add_signed(by).min(ORDER.len() - 1)];
        // - what was made is no field
        self.focus = match to {
            Focus::First if self.made.is_some() && by > 0 => Focus::Second,
            Focus::First if self.made.is_some() => Focus::Make,
            to => to,
        };
    }

    fn make(&mut self, shell: &mut Shell) {
        let recipe = words(shell.lang);
        let made = Space::of(&recipe).and_then(|space| space.draw(&mut *shell.entropy));
        match made {
            Ok(made) => self.made = Some(made),
            Err(error) => self.failure = Some(Failure::Other(error.to_string())),
        }
        self.second.clear();
        self.trouble = None;
        self.focus = Focus::Make;
    }
}

/// Five words of the list of his language.
fn words(lang: Lang) -> Recipe {
    let list = match lang {
        Lang::En => List::En,
        Lang::Ja => List::Ja,
    };
    Recipe::Words(Words { count: 5, list, ..Words::default() })
}

pub(super) fn update(state: &mut State, input: Input<'_>, shell: &mut Shell) -> Asked {
    take(state, input, shell).map_or(Asked::Stay, Asked::Make)
}

/// Takes a command or what is typed; the password, once it is there and typed twice.
pub fn take(state: &mut State, input: Input<'_>, shell: &mut Shell) -> Option<SecretBytes> {
    let full = match input {
        Input::Char(c) => state.field().is_some_and(|field| field.type_char(c).is_err()),
        Input::Paste(bytes) => state.field().is_some_and(|field| field.paste(bytes).is_err()),
        Input::Command(command) => return command_in(state, command, shell),
    };
    if full {
        shell.tell(Notice::FieldFull);
    }
    state.typed();
    None
}

fn command_in(state: &mut State, command: Command, shell: &mut Shell) -> Option<SecretBytes> {
    match command {
        Command::Generate => state.make(shell),
        Command::Accept if state.focus == Focus::Make && state.made.is_none() => state.make(shell),
        Command::Accept if state.focus == Focus::Button => return go(state),
        Command::Save => return go(state),
        Command::Next if state.focus == Focus::Button => state.focus = Focus::Make,
        Command::Previous if state.focus == Focus::Make => state.focus = Focus::Button,
        Command::Accept | Command::FormDown | Command::Next => state.travel(1),
        Command::FormUp | Command::Previous => state.travel(-1),
        Command::ShowTyped => {
            let shown = !state.first.shown;
            state.first.shown = shown;
            state.second.shown = shown;
        }
        other => {
            if state.field().is_some_and(|field| field.edit(other)) {
                state.typed();
            }
        }
    }
    None
}

fn go(state: &mut State) -> Option<SecretBytes> {
    if let Err((trouble, focus)) = state.check() {
        state.trouble = Some(trouble);
        state.focus = focus;
        return None;
    }
    // - both fields hold the same; they stay as they are until the vault is made
    Some(SecretBytes::copy_of(state.second.expose().as_bytes()))
}

/// Named rectangles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// The frame.
    pub frame: Rect,
    /// The text above the fields.
    pub intro: Rect,
    /// The row that makes one.
    pub make: Rect,
    /// The first field, or what was made.
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
    let frame = frame_of(area, 19);
    let inner = frame.width.saturating_sub(6);
    let x = frame.x + 3;
    // - on the smallest window the explanation is shortened, never the fields
    let intro = Rect::new(x, frame.y + 1, inner, frame.height.saturating_sub(11));
    let labels = [text.password, text.again, text.strength, shell.catalog().tui.page.welcome.from_paper];
    let label = labels.into_iter().map(width).max().unwrap_or(0) + 2;
    let row =
        |up: u16| Rect::new(x + label, frame.bottom().saturating_sub(up), inner.saturating_sub(label), 1);
    let whole = |up: u16| Rect::new(x, frame.bottom().saturating_sub(up), inner, 1);
    Layout { frame, intro, make: whole(9), first: row(8), strength: row(7), second: row(6), button: whole(3) }
}

/// The words of the row that makes one.
fn make_words(state: &State, shell: &Shell) -> &'static str {
    let text = &shell.catalog().tui.page.welcome;
    if state.made.is_some() { text.make_again } else { text.make }
}

pub(super) fn outline(state: &State, shell: &Shell) -> Vec<Row> {
    told(state, &Around::of_create(shell), shell)
}

/// The step as rows.
pub fn told(state: &State, words: &Around<'_>, shell: &Shell) -> Vec<Row> {
    let text = &shell.catalog().tui.create;
    let row = |label: &str, value: String, focus: Focus| Row {
        label: label.to_owned(),
        value,
        focus: state.focus == focus,
        action: Some(Command::Accept),
    };
    let again = if state.made.is_some() { shell.catalog().tui.page.welcome.from_paper } else { text.again };
    vec![
        row(make_words(state, shell), String::new(), Focus::Make),
        row(text.password, "*".repeat(state.first.shape().0), Focus::First),
        Row::told(text.strength, &strength_words(state, shell)),
        row(again, "*".repeat(state.second.shape().0), Focus::Second),
        row(words.button, String::new(), Focus::Button),
    ]
}

/// The bits of what is made here.
fn made_bits(shell: &Shell) -> f64 {
    bits(&words(shell.lang)).unwrap_or(0.0)
}

fn strength_words(state: &State, shell: &Shell) -> String {
    if state.made.is_some() {
        return text::strength::exact(made_bits(shell), shell.lang);
    }
    state.strength.map_or(String::new(), |found| text::strength::estimated(&found, shell.lang))
}

pub(super) fn view(state: &State, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
    draw(state, &Around::of_create(shell), shell, area, buf)
}

/// Draws it.
pub fn draw(state: &State, words: &Around<'_>, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
    let text = &shell.catalog().tui.create;
    let welcome = &shell.catalog().tui.page.welcome;
    let theme = &shell.theme;
    let places = layout(shell, area);
    frame(buf, places.frame, words.title, true, theme);
    view_intro(state, words, shell, &places, buf);
    let made = state.made.as_ref();
    let label = |buf: &mut Buffer, row: Rect, words: &str, focus: bool| {
        let name = if focus { Name::Title } else { Name::Text };
        put(buf, places.intro.x - 2, row.y, 1, if focus { ">" } else { " " }, theme.style(Name::Title));
        put(buf, places.intro.x, row.y, row.x - places.intro.x, words, theme.style(name));
    };
    let button = |buf: &mut Buffer, row: Rect, words: &str, focus: bool| {
        put(buf, row.x - 2, row.y, 1, if focus { ">" } else { " " }, theme.style(Name::Title));
        let style = theme.style(if focus { Name::Selected } else { Name::Key });
        put(buf, row.x, row.y, row.width, &fit(&format!("[ {words} ]"), row.width), style);
    };
    button(buf, places.make, make_words(state, shell), state.focus == Focus::Make);
    let mut first = Cursor::new(places.first.x, places.first.y);
    match made {
        // - while it is typed from paper the paper is what counts
        Some(_) if !state.second.is_empty() => {
            put(
                buf,
                places.first.x,
                places.first.y,
                places.first.width,
                welcome.on_paper,
                theme.style(Name::Dim),
            );
        }
        Some(made) => {
            let room = places.intro.width;
            put(buf, places.intro.x, places.first.y, room, made.expose(), theme.style(Name::Secret));
        }
        None => {
            label(buf, places.first, text.password, state.focus == Focus::First);
            first = secret(&state.first, places.first, buf, shell);
        }
    }
    let again = if made.is_some() { welcome.from_paper } else { text.again };
    label(buf, places.second, again, state.focus == Focus::Second);
    let second = secret(&state.second, places.second, buf, shell);
    view_strength(state, shell, &places, buf);
    view_state(state, shell, &places, buf);
    button(buf, places.button, words.button, state.focus == Focus::Button);
    let after = places.button.y + 1;
    put(buf, places.button.x, after, places.button.width, words.so_far, theme.style(Name::Dim));
    match state.focus {
        Focus::Make => Cursor::new(places.make.x, places.make.y),
        Focus::First => first,
        Focus::Second => second,
        Focus::Button => Cursor::new(places.button.x, places.button.y),
    }
}

fn view_intro(state: &State, words: &Around<'_>, shell: &Shell, places: &Layout, buf: &mut Buffer) {
    let theme = &shell.theme;
    let mut y = places.intro.y;
    let mut line = |buf: &mut Buffer, words: &str, name: Name| {
        for part in wrap(words, places.intro.width, 5) {
            if y < places.intro.bottom() {
                put(buf, places.intro.x, y, places.intro.width, &part, theme.style(name));
                y += 1;
            }
        }
    };
    if state.made.is_some() {
        line(buf, shell.catalog().tui.page.welcome.write_down, Name::Text);
    } else if places.intro.height < 4 {
        line(buf, words.explain_short, Name::Text);
    } else {
        line(buf, words.explain, Name::Text);
    }
    line(buf, words.keep, Name::Warn);
    let Some((becomes, path)) = &words.becomes else { return };
    line(buf, "", Name::Text);
    line(buf, becomes, Name::Dim);
    if y < places.intro.bottom() {
        put_outside(buf, places.intro.x, y, places.intro.width, path, theme.style(Name::Title));
    }
}

fn view_strength(state: &State, shell: &Shell, places: &Layout, buf: &mut Buffer) {
    let (text, theme) = (&shell.catalog().tui.create, &shell.theme);
    let row = places.strength;
    put(buf, places.intro.x, row.y, row.x - places.intro.x, text.strength, theme.style(Name::Dim));
    let level = match (&state.made, state.strength) {
        (Some(_), _) => level(made_bits(shell)),
        (None, Some(found)) => found.level(),
        (None, None) => return,
    };
    let name = Name::of_strength(level);
    let words = strength_words(state, shell);
    let bar = row.width.saturating_sub(width(&words) + 2).clamp(5, 16);
    gauge(buf, Rect { width: bar, ..row }, (level as u64 + 1, 5), name, theme);
    put(buf, row.x + bar + 2, row.y, row.width.saturating_sub(bar + 2), &words, theme.style(name));
}

/// Three letters or more, all of them capitals: the terminal does not tell of Caps Lock itself.
fn looks_capital(field: &SecretField) -> bool {
    let letters = || field.expose().chars().filter(|c| c.is_alphabetic());
    letters().count() >= 3 && letters().all(char::is_uppercase)
}

fn view_state(state: &State, shell: &Shell, places: &Layout, buf: &mut Buffer) {
    let (text, theme) = (&shell.catalog().tui.create, &shell.theme);
    let weak = state.made.is_none() && state.strength.is_some_and(|found| found.level() < Level::Strong);
    let both = !state.second.is_empty();
    let field = if state.focus == Focus::First { &state.first } else { &state.second };
    let typing = matches!(state.focus, Focus::First | Focus::Second);
    let failed = state.failure.as_ref().map(|failure| (shell.catalog().tui.failure)(failure));
    let words = match (failed, state.trouble) {
        (Some(said), _) => (format!("! {} {}", said.fact, said.advice), Name::Danger),
        (None, Some(Trouble::Empty)) => (format!("! {}", text.empty), Name::Danger),
        (None, Some(Trouble::Again)) => (format!("! {}", text.once_more), Name::Danger),
        (None, Some(Trouble::Differ)) => (format!("! {}", text.differ), Name::Danger),
        (None, Some(Trouble::Control)) => (format!("! {}", text.control), Name::Danger),
        _ if both && state.equal() => (text.equal.to_owned(), Name::Good),
        _ if typing && field.has_wide() => (text.full_width.to_owned(), Name::Warn),
        _ if typing && looks_capital(field) => {
            (shell.catalog().tui.page.welcome.caps_lock.to_owned(), Name::Warn)
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
