//! A few lines to choose from, in a popup of their own under a sentence; and how the lines of any
//! such list are drawn. What they are and what a choice does is the page's.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::popup;
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope};
use crate::tui::screen::{Cursor, Row};
use crate::tui::theme::Name;
use crate::tui::widget::frame;
use crate::tui::widget::text::{fill, fit, put, width, wrap};

/// A line.
#[derive(Debug, Clone, Default)]
pub struct Line {
    /// Before the name: a tick, or how deep it lies.
    pub before: String,
    /// The name; made harmless.
    pub name: String,
    /// At the right end: a count, or the key that does the same.
    pub after: String,
}

impl Line {
    /// A line with nothing but a name.
    pub fn of(name: &str) -> Line {
        Line { name: name.to_owned(), ..Line::default() }
    }
}

/// Where a short list is.
#[derive(Debug, Default)]
pub struct Menu {
    /// Which line.
    pub cursor: usize,
}

/// What a command did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Did {
    /// Nothing: it is not the list's.
    Nothing,
    /// Another line has the focus.
    Moved,
    /// The line in focus is chosen.
    Chosen,
}

/// The keys that act.
pub const SCOPES: &[Scope] = &[Scope::Choice, Scope::Anywhere];

/// The footer.
pub const FOOTER: &[Command] = &[Command::Choose, Command::ChoiceDown, Command::ChoiceUp, Command::Back];

impl Menu {
    /// Takes a command; there are `count` lines.
    pub fn update(&mut self, command: Command, count: usize) -> Did {
        let last = count.saturating_sub(1);
        self.cursor = match command {
            Command::ChoiceDown | Command::Down => (self.cursor + 1).min(last),
            Command::ChoiceUp | Command::Up => self.cursor.saturating_sub(1),
            Command::Next => (self.cursor + 1) % count.max(1),
            Command::Previous => (self.cursor + last) % count.max(1),
            Command::ChoicePageDown | Command::Last => last,
            Command::ChoicePageUp | Command::First => 0,
            Command::Choose | Command::Open => return Did::Chosen,
            _ => return Did::Nothing,
        };
        Did::Moved
    }

    /// The lines as rows, after what is told above them.
    pub fn outline(&self, told: &str, lines: &[Line]) -> Vec<Row> {
        let told = (!told.is_empty()).then(|| Row::told("", told));
        told.into_iter().chain(rows(lines, self.cursor)).collect()
    }

    /// Draws it under a title and what is told, with what Enter does on its lower edge; says where the
    /// hardware cursor stands.
    pub fn view(
        &self,
        (title, told, edge): (&str, &str, &str),
        lines: &[Line],
        shell: &Shell,
        area: Rect,
        buf: &mut Buffer,
    ) -> Cursor {
        let most = area.width.saturating_sub(8).min(70);
        let told = if told.is_empty() { Vec::new() } else { wrap(told, most, 4) };
        let wide = |line: &Line| {
            let gap = if line.after.is_empty() { 3 } else { 6 };
            width(&line.before) + width(&line.name) + width(&line.after) + gap
        };
        let told_wide = told.iter().map(|line| width(line)).max().unwrap_or(0);
        let widest = lines.iter().map(wide).max().unwrap_or(0).max(told_wide).max(width(edge) + 2);
        let head = told.len() + usize::from(!told.is_empty());
        let high = u16::try_from(head + lines.len()).unwrap_or(u16::MAX);
        let (place, inner) = popup::window(buf, area, (widest.min(most), high), title, shell);
        popup::view_edge(buf, place, edge, shell);
        let mut y = inner.y;
        for line in &told {
            put(buf, inner.x, y, inner.width, line, shell.theme.style(Name::Text));
            y += 1;
        }
        let y = y + u16::from(!told.is_empty());
        let body = Rect { y, height: inner.bottom().saturating_sub(y), ..inner };
        let line = |at: usize| lines.get(at).cloned();
        view_below((lines.len(), self.cursor), body.height, shell, place, buf);
        view_lines((lines.len(), self.cursor), line, shell, body, buf).unwrap_or(Cursor::new(body.x, body.y))
    }
}

/// Lines as a person who hears them meets them.
pub fn rows(lines: &[Line], cursor: usize) -> impl Iterator<Item = Row> + '_ {
    lines.iter().enumerate().map(move |(at, line)| Row {
        label: format!("{}{}", line.before, line.name),
        value: line.after.clone(),
        focus: at == cursor,
        action: Some(Command::Choose),
    })
}

/// Says on the lower edge of the frame at `place` how many lines lie below those that are seen.
pub fn view_below((count, cursor): (usize, usize), room: u16, shell: &Shell, place: Rect, buf: &mut Buffer) {
    let room = usize::from(room).max(1);
    let more = count.saturating_sub((cursor + 1).saturating_sub(room) + room);
    frame::below(buf, place, more, shell.catalog().tui.vault.below, &shell.theme);
}

/// Draws as many of `count` lines as there is room for, that of the cursor among them; says where that
/// is. Only what is drawn is made.
pub fn view_lines(
    (count, cursor): (usize, usize),
    line: impl Fn(usize) -> Option<Line>,
    shell: &Shell,
    area: Rect,
    buf: &mut Buffer,
) -> Option<Cursor> {
    let theme = &shell.theme;
    let offset = (cursor + 1).saturating_sub(usize::from(area.height).max(1));
    let mut at = None;
    for (y, number) in (area.y..area.bottom()).zip(offset..count) {
        let Some(line) = line(number) else { continue };
        let here = number == cursor;
        let style = theme.style(if here { Name::Selected } else { Name::Text });
        let mark = if here { "> " } else { "  " };
        put(buf, area.x, y, area.width, &fill(mark, area.width), style);
        let after = width(&line.after);
        let end = if after == 0 { area.right() } else { area.right().saturating_sub(after + 2) };
        let x = put(buf, area.x + 2, y, end.saturating_sub(area.x + 2), &line.before, style);
        let room = end.saturating_sub(x);
        put(buf, x, y, room, &fit(&line.name, room), style);
        let quiet = if here { style } else { theme.style(Name::Dim) };
        put(buf, area.right().saturating_sub(after + 1), y, after, &line.after, quiet);
        if here {
            at = Some(Cursor::new(area.x, y));
        }
    }
    at
}
