//! The keys of the screen below, grouped as in the table, and what the signs of the list say; typing
//! narrows them.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Asked, counted, scroll, window};
use crate::text::health as words;
use crate::tui::app::{App, Shell};
use crate::tui::command::{Command, Group, Scope, TABLE};
use crate::tui::event::Input;
use crate::tui::screen::vault::list::field;
use crate::tui::screen::vault::signs::Sign;
use crate::tui::screen::{Cursor, window as parts};
use crate::tui::theme::Name;
use crate::tui::widget::field::Field;
use crate::tui::widget::text::{fit, put, width};

/// From this width on in two columns.
const TWO_COLUMNS: u16 = 110;

/// Most cells of the words beside a sign.
const SIGN_CELLS: u16 = 28;

/// What a command means on the page in front, where its title does not say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// It does nothing there.
    Nothing,
    /// It does what another one does.
    Other(Command),
    /// The page's own word for it.
    Word(&'static str),
}

/// The window.
#[derive(Debug)]
pub struct Help {
    /// The scopes whose keys are told.
    scopes: &'static [Scope],
    /// Commands of the page in front; they are told first.
    here: &'static [Command],
    /// Those that mean something of their own there.
    meanings: Vec<(Command, Meaning)>,
    offset: usize,
    field: Field,
}

impl Help {
    /// The keys of what is in front, before all others those of its page.
    pub fn of(app: &App) -> Help {
        let (scopes, here, meanings) = (app.scopes(), app.here(), app.meanings());
        Help { scopes, here, meanings, offset: 0, field: Field::default() }
    }

    /// The words of the page in front changed with the language.
    pub fn reword(&mut self, meanings: Vec<(Command, Meaning)>) {
        self.meanings = meanings;
    }

    pub(super) fn update(&mut self, input: Input<'_>, shell: &Shell) -> Asked {
        match input {
            // - the key that opened it closes it
            Input::Char('?' | '\u{FF1F}') if self.field.text().is_empty() => return Asked::Close,
            Input::Char(c) => {
                self.field.type_char(c);
                self.offset = 0;
                return Asked::Stay;
            }
            Input::Paste(bytes) => {
                self.field.paste(bytes);
                self.offset = 0;
                return Asked::Stay;
            }
            Input::Command(command) if self.field.edit(command) => {
                self.offset = 0;
                return Asked::Stay;
            }
            Input::Command(_) => {}
        }
        let all = self.lines(shell, self.field.text()).len();
        let (_, room) = self.shape(shell, parts(shell).body);
        scroll(&mut self.offset, input, all, room)
    }

    /// The height of the window, and how many lines are seen in it.
    fn shape(&self, shell: &Shell, area: Rect) -> (u16, usize) {
        // - of the whole list, so that the window stays while it is narrowed
        let all = self.lines(shell, "").len();
        let columns = if area.width >= TWO_COLUMNS { 2 } else { 1 };
        let high = u16::try_from(all.div_ceil(columns) + 4).unwrap_or(u16::MAX).min(area.height);
        (high, usize::from(high.saturating_sub(4)).max(1) * columns)
    }

    pub(super) fn view(&self, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        let theme = &shell.theme;
        let text = &shell.catalog().tui.overlay;
        let lines = self.lines(shell, self.field.text());
        let two = area.width >= TWO_COLUMNS;
        let columns = if two { 2 } else { 1 };
        let (high, room) = self.shape(shell, area);
        let title = counted(text.help, self.offset, room, lines.len());
        let inner = window(buf, area, if two { 120 } else { 68 }, high, &title, shell);
        put(buf, inner.x, inner.y, 2, "/", theme.style(Name::Key));
        if self.field.text().is_empty() {
            put(buf, inner.x + 2, inner.y, inner.width - 2, text.narrow, theme.style(Name::Dim));
        }
        let caret = field(&self.field, (inner.x + 2, inner.y), inner.width - 2, theme, buf);
        if lines.is_empty() {
            put(buf, inner.x, inner.y + 2, inner.width, text.no_command, theme.style(Name::Dim));
        }
        let cells = inner.width / u16::try_from(columns).unwrap_or(1);
        let keys = 20.min(cells / 3);
        let rows = usize::from(inner.height.saturating_sub(2)).max(1);
        for (number, line) in lines.iter().skip(self.offset).take(rows * columns).enumerate() {
            let (column, row) = (number / rows, number % rows);
            let x = inner.x + cells * u16::try_from(column).unwrap_or(0);
            let y = inner.y + 2 + u16::try_from(row).unwrap_or(0);
            if line.heading {
                put(buf, x, y, cells, &line.title, theme.style(Name::Title));
            } else {
                put(buf, x + 1, y, keys, &fit(&line.keys, keys), theme.style(Name::Key));
                let at = x + 2 + keys;
                let room = cells.saturating_sub(keys + 3);
                put(buf, at, y, room, &fit(&line.title, room), theme.style(Name::Text));
            }
        }
        caret
    }
}

/// One line of the help: a heading, or keys and what they do.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Line {
    keys: String,
    title: String,
    heading: bool,
}

impl Help {
    /// The lines that hold what is typed, grouped; a blank line between groups.
    fn lines(&self, shell: &Shell, typed: &str) -> Vec<Line> {
        let text = shell.catalog().tui;
        let own = TABLE.iter().filter(|spec| {
            matches!(spec.scope, Scope::Trash | Scope::Generator | Scope::Health)
                && self.scopes.contains(&spec.scope)
        });
        let mut here: Vec<Command> = own.map(|spec| spec.command).collect();
        for command in self.here {
            let elsewhere = matches!(command, Command::Help | Command::HelpHere | Command::Palette);
            if !elsewhere && !here.contains(command) {
                here.push(*command);
            }
        }
        let mut groups = vec![(text.overlay.here, here)];
        for group in Group::ALL {
            let all = TABLE.iter().filter(|spec| spec.group == group && self.scopes.contains(&spec.scope));
            let rest = all.map(|spec| spec.command).filter(|command| !groups[0].1.contains(command));
            groups.push(((text.group)(group), rest.collect()));
        }
        let told = |commands: Vec<Command>| -> Vec<Line> {
            commands.into_iter().filter_map(|command| self.line(command, shell)).collect()
        };
        let mut all: Vec<(&str, Vec<Line>)> =
            groups.into_iter().map(|(heading, commands)| (heading, told(commands))).collect();
        if self.scopes.contains(&Scope::Entry) {
            all.push((text.overlay.signs, signs(shell)));
        }
        let typed = typed.to_lowercase();
        let mut lines = Vec::new();
        for (heading, mut rows) in all {
            rows.retain(|line| {
                let seen = format!("{heading} {} {}", line.keys, line.title).to_lowercase();
                typed.split_whitespace().all(|word| seen.contains(word))
            });
            if rows.is_empty() {
                continue;
            }
            if !lines.is_empty() {
                lines.push(Line { keys: String::new(), title: String::new(), heading: false });
            }
            lines.push(Line { keys: String::new(), title: heading.to_owned(), heading: true });
            lines.append(&mut rows);
        }
        lines
    }

    /// The line of a command; none where another one tells it, or it has no key.
    fn line(&self, command: Command, shell: &Shell) -> Option<Line> {
        let text = shell.catalog().tui;
        // - the fields 1 to 9 are one line, and what two names reach is told once
        if command.field_number().is_some_and(|number| number > 0)
            || matches!(command, Command::HelpHere | Command::ReloadHere | Command::LockHere)
        {
            return None;
        }
        let mut labels = shell.keymap.labels(command);
        match command {
            Command::Help => labels.extend(also(shell, self.scopes, Command::HelpHere)),
            Command::Reload => labels.extend(also(shell, self.scopes, Command::ReloadHere)),
            Command::Lock => labels.extend(also(shell, self.scopes, Command::LockHere)),
            Command::CopyField1 => labels = vec!["y 1 .. y 9".to_owned()],
            _ => {}
        }
        let keys = labels.join("  ");
        let meaning = self.meanings.iter().find(|(one, _)| *one == command).map(|(_, meaning)| *meaning);
        let title = match meaning {
            Some(Meaning::Nothing) => return None,
            Some(Meaning::Other(other)) => (text.command)(other).to_owned(),
            Some(Meaning::Word(word)) => capital(word),
            None if command == Command::CopyField1 => text.overlay.copy_field.to_owned(),
            None => (text.command)(command).to_owned(),
        };
        (!keys.is_empty()).then_some(Line { keys, title, heading: false })
    }
}

/// A word of the footer as the beginning of a line.
fn capital(word: &str) -> String {
    let mut rest = word.chars();
    rest.next().map_or(String::new(), |first| first.to_uppercase().chain(rest).collect())
}

/// What the signs of the list say; what has the same sign stands in one line, as far as it fits.
fn signs(shell: &Shell) -> Vec<Line> {
    let text = shell.catalog().tui;
    let mut lines: Vec<Line> = Vec::new();
    for sign in Sign::all() {
        let title = match sign {
            Sign::Found(check) => words::check(check, shell.lang),
            Sign::Cursor => text.overlay.sign_here,
            Sign::Marked => text.overlay.sign_marked,
            Sign::Favourite => text.vault.favourite,
        };
        let keys = sign.cell().to_owned();
        let fits = |line: &&mut Line| line.keys == keys && width(&line.title) + width(title) < SIGN_CELLS;
        match lines.last_mut().filter(fits) {
            Some(line) => line.title = format!("{}{}{title}", line.title, text.page.health.parted),
            None => lines.push(Line { keys, title: title.to_owned(), heading: false }),
        }
    }
    lines
}

fn also(shell: &Shell, scopes: &[Scope], command: Command) -> Vec<String> {
    if scopes.contains(&command.spec().scope) { shell.keymap.labels(command) } else { Vec::new() }
}
