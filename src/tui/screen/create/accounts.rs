//! An account was taken over: in what order to act, calmly, and a handful of accounts to begin
//! with. The guide is read first; then each account is typed and added to the list.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::unlock::secret;
use super::{Asked, Cursor, Row, frame_of};
use crate::secret::Secret;
use crate::text::sanitise;
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope};
use crate::tui::event::Input;
use crate::tui::notice::Notice;
use crate::tui::theme::Name;
use crate::tui::widget::field::Field;
use crate::tui::widget::frame::{below, frame};
use crate::tui::widget::secret_field::SecretField;
use crate::tui::widget::text::{fit, put, put_outside, width, wrap};

/// Most accounts that are typed here; more come by import or one by one later.
const MOST: usize = 50;

/// An account as typed.
#[derive(Debug)]
pub struct Account {
    /// Where it is.
    pub title: String,
    /// The user name.
    pub user: String,
    /// The password that is in use.
    pub password: Secret,
}

/// What has the focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Focus {
    /// Reading the guide.
    #[default]
    Guide,
    Title,
    User,
    Password,
    Add,
    GoOn,
}

const ORDER: [Focus; 5] = [Focus::Title, Focus::User, Focus::Password, Focus::Add, Focus::GoOn];

/// The state.
#[derive(Debug, Default)]
pub(super) struct State {
    focus: Focus,
    title: Field,
    user: Field,
    password: SecretField,
    added: Vec<Account>,
}

impl State {
    pub(super) fn scopes(&self) -> &'static [Scope] {
        match self.focus {
            Focus::Title | Focus::User | Focus::Password => &[Scope::Form, Scope::Field, Scope::Anywhere],
            Focus::Guide | Focus::Add | Focus::GoOn => &[Scope::Form, Scope::Anywhere],
        }
    }

    pub(super) fn footer(&self) -> &'static [Command] {
        match self.focus {
            Focus::Password => &[Command::Accept, Command::FormUp, Command::ShowTyped, Command::Back],
            _ => &[Command::Accept, Command::FormUp, Command::Back, Command::Help],
        }
    }

    /// What was typed; a row that was begun and not added counts, too.
    pub(super) fn into_all(mut self) -> Vec<Account> {
        self.add();
        self.added
    }

    /// Back to the guide; false when that is in front.
    pub(super) fn back(&mut self) -> bool {
        std::mem::take(&mut self.focus) != Focus::Guide
    }

    fn add(&mut self) -> bool {
        let nothing = self.title.text().trim().is_empty() && self.user.text().trim().is_empty();
        if nothing || self.added.len() >= MOST {
            return false;
        }
        let title = if self.title.text().trim().is_empty() { &self.user } else { &self.title };
        self.added.push(Account {
            title: title.text().trim().to_owned(),
            user: self.user.text().trim().to_owned(),
            password: Secret::copy_of(self.password.expose()),
        });
        self.title.clear();
        self.user.clear();
        self.password.clear();
        true
    }

    fn travel(&mut self, by: isize) {
        let at = ORDER.iter().position(|focus| *focus == self.focus);
        self.focus = match at {
            None if by > 0 => Focus::Title,
            None => Focus::Guide,
            Some(0) if by < 0 => Focus::Guide,
            Some(at) => ORDER[at.saturating_add_signed(by).min(ORDER.len() - 1)],
        };
    }
}

pub(super) fn update(state: &mut State, input: Input<'_>, shell: &mut Shell) -> Asked {
    let command = match input {
        Input::Char(c) => {
            let fits = match state.focus {
                Focus::Title => state.title.type_char(c),
                Focus::User => state.user.type_char(c),
                Focus::Password => state.password.type_char(c).is_ok(),
                Focus::Guide | Focus::Add | Focus::GoOn => true,
            };
            if !fits {
                shell.tell(Notice::FieldFull);
            }
            return Asked::Stay;
        }
        Input::Paste(bytes) => {
            match state.focus {
                Focus::Title => state.title.paste(bytes),
                Focus::User => state.user.paste(bytes),
                Focus::Password if state.password.paste(bytes).is_err() => shell.tell(Notice::FieldFull),
                Focus::Password | Focus::Guide | Focus::Add | Focus::GoOn => {}
            }
            return Asked::Stay;
        }
        Input::Command(command) => command,
    };
    match command {
        Command::Accept if state.focus == Focus::GoOn => return Asked::Next,
        Command::Accept if state.focus == Focus::Add => {
            // - with nothing typed there is nothing to add: on
            state.focus = if state.add() { Focus::Title } else { Focus::GoOn };
        }
        Command::Save => return Asked::Next,
        Command::Accept | Command::FormDown | Command::Next => state.travel(1),
        Command::FormUp | Command::Previous => state.travel(-1),
        other => {
            match state.focus {
                Focus::Title => state.title.edit(other),
                Focus::User => state.user.edit(other),
                Focus::Password => state.password.edit(other),
                Focus::Guide | Focus::Add | Focus::GoOn => false,
            };
        }
    }
    Asked::Stay
}

pub(super) fn outline(state: &State, shell: &Shell) -> Vec<Row> {
    let text = &shell.catalog().tui.page.welcome;
    if state.focus == Focus::Guide {
        let mut rows: Vec<Row> =
            crate::text::guide::first(shell.lang).iter().map(|line| Row::told("", line)).collect();
        rows.push(Row {
            label: text.accounts.to_owned(),
            value: String::new(),
            focus: true,
            action: Some(Command::Accept),
        });
        return rows;
    }
    let row = |label: &str, value: String, focus: Focus| Row {
        label: label.to_owned(),
        value,
        focus: state.focus == focus,
        action: Some(Command::Accept),
    };
    let stars = "*".repeat(state.password.shape().0);
    vec![
        row(text.account_title, state.title.text().to_owned(), Focus::Title),
        row(text.account_user, state.user.text().to_owned(), Focus::User),
        row(text.account_password, stars, Focus::Password),
        row(text.account_add, String::new(), Focus::Add),
        row(&(text.account_go_on)(state.added.len()), String::new(), Focus::GoOn),
    ]
}

pub(super) fn view(state: &State, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
    let (text, theme) = (&shell.catalog().tui.page.welcome, &shell.theme);
    let place = frame_of(area, 20);
    let inner = frame(buf, place, text.taken, true, theme);
    let (x, cells) = (inner.x + 3, inner.width - 6);
    if state.focus == Focus::Guide {
        let mut y = inner.y;
        for line in crate::text::guide::first(shell.lang) {
            for part in wrap(line, cells, 3) {
                if y + 1 < inner.bottom() {
                    put(buf, x, y, cells, &part, theme.style(Name::Text));
                    y += 1;
                }
            }
        }
        let y = inner.bottom() - 1;
        put(buf, x, y, cells, &format!("> {}", text.accounts), theme.style(Name::Selected));
        return Cursor::new(x, y);
    }
    let label = [text.account_title, text.account_user, text.account_password].map(width);
    let column = label.into_iter().max().unwrap_or(0) + 2;
    let mut cursor = Cursor::new(x, inner.y);
    let mut y = inner.y;
    for line in wrap(text.accounts_hint, cells, 2) {
        put(buf, x, y, cells, &line, theme.style(Name::Dim));
        y += 1;
    }
    y += 1;
    let mark = |buf: &mut Buffer, y: u16, focus: Focus| {
        let here = state.focus == focus;
        put(buf, x - 2, y, 1, if here { ">" } else { " " }, theme.style(Name::Title));
        here
    };
    let room = cells - column;
    for (focus, label, field) in
        [(Focus::Title, text.account_title, &state.title), (Focus::User, text.account_user, &state.user)]
    {
        let here = mark(buf, y, focus);
        put(buf, x, y, column, label, theme.style(if here { Name::Title } else { Name::Text }));
        for cell in x + column..x + cells {
            put(buf, cell, y, 1, "_", theme.style(Name::Dim));
        }
        put_outside(buf, x + column, y, room, field.text(), theme.style(Name::Text));
        if here {
            let before = width(&sanitise::line(field.before_caret()));
            cursor = Cursor::new(x + column + before.min(room - 1), y);
        }
        y += 1;
    }
    let here = mark(buf, y, Focus::Password);
    put(buf, x, y, column, text.account_password, theme.style(if here { Name::Title } else { Name::Text }));
    let at = secret(&state.password, Rect::new(x + column, y, room, 1), buf, shell);
    cursor = if here { at } else { cursor };
    for (focus, words) in
        [(Focus::Add, text.account_add.to_owned()), (Focus::GoOn, (text.account_go_on)(state.added.len()))]
    {
        y += 1;
        let here = mark(buf, y, focus);
        let style = theme.style(if here { Name::Selected } else { Name::Key });
        put(buf, x, y, cells, &format!("[ {words} ]"), style);
        cursor = if here { Cursor::new(x, y) } else { cursor };
    }
    y += 2;
    // - the newest first, as far as there is room
    let room = usize::from(inner.bottom().saturating_sub(y));
    let more = state.added.len().saturating_sub(room);
    below(buf, place, more, shell.catalog().tui.vault.below, theme);
    for account in state.added.iter().rev() {
        if y >= inner.bottom() {
            break;
        }
        let line = format!("+ {}  {}", account.title, account.user);
        put(buf, x, y, cells, &fit(&sanitise::line(&line), cells), theme.style(Name::Dim));
        y += 1;
    }
    cursor
}
