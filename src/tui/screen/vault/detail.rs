//! The detail of the selected entry: a row for each part, secrets masked by a mask of fixed length,
//! and what the focused row does on the lower edge of the frame.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::{Cursor, Row};
use super::{Open, Pane, layout, reveal};
use crate::text::sanitise;
use crate::tui::app::Shell;
use crate::tui::command::Command;
use crate::tui::contents::{DetailRow, Part, Shown};
use crate::tui::theme::Name;
use crate::tui::widget::frame::frame;
use crate::tui::widget::text::{fit, put, put_outside, width, wrap};

/// The mask of every secret: its length says nothing.
pub const MASK: &str = "************";

/// The mask of a code.
const MASK_CODE: &str = "******";

/// Most lines of one value.
const LINES_MOST: usize = 400;

/// Most bytes of one value that are wrapped and drawn; the rest is there to copy.
const BYTES_MOST: usize = 16 << 10;

/// The state.
#[derive(Debug, Default)]
pub struct State {
    /// Which row has the focus.
    pub cursor: usize,
    /// Which part that row is.
    pub part: Option<Part>,
    /// The first visible line.
    pub offset: usize,
    entry: Option<crate::model::Id>,
}

/// Another entry may be selected: starts from its top and hides what was shown.
pub fn entry_changed(open: &mut Open, shell: &Shell) {
    let selected = open.listed();
    if open.detail.entry != selected {
        open.detail = State { entry: selected, ..State::default() };
    }
    if open.reveal.as_ref().is_some_and(|shown| Some(shown.id) != selected) {
        open.reveal = None;
    }
    settle(open, shell);
}

/// Puts the focus on the row of a part; on a narrow window brings the detail to the front.
pub fn show(open: &mut Open, part: Part, shell: &Shell) {
    if layout(open, shell).detail.is_none() {
        open.focus = Pane::Detail;
    }
    if let Some(at) = rows(open, shell).iter().position(|row| row.part == Some(part)) {
        open.detail.cursor = at;
    }
    settle(open, shell);
}

/// Puts cursor and view right after anything changed.
pub fn settle(open: &mut Open, shell: &Shell) {
    let rows = rows(open, shell);
    open.detail.cursor = open.detail.cursor.min(rows.len().saturating_sub(1));
    open.detail.part = rows.get(open.detail.cursor).and_then(|row| row.part);
    let Some(area) = layout(open, shell).detail else { return };
    let room = usize::from(area.height.saturating_sub(2)).max(1);
    let columns = columns(&rows, area.width.saturating_sub(3));
    let heights: Vec<usize> = rows.iter().map(|row| value(open, shell, row, columns.1).len()).collect();
    let top: usize = heights.iter().take(open.detail.cursor).sum();
    let bottom = top + heights.get(open.detail.cursor).copied().unwrap_or(1);
    let all: usize = heights.iter().sum();
    let offset = open.detail.offset.max(bottom.saturating_sub(room)).min(top);
    open.detail.offset = offset.min(all.saturating_sub(room.min(all)));
}

/// Moves between the rows.
pub fn travel(open: &mut Open, command: Command, shell: &Shell) {
    let last = rows(open, shell).len().saturating_sub(1);
    let cursor = open.detail.cursor;
    let next = match command {
        Command::Down => cursor + 1,
        Command::Up => cursor.saturating_sub(1),
        Command::First => 0,
        Command::Last => last,
        Command::HalfDown | Command::PageDown => cursor + 5,
        Command::HalfUp | Command::PageUp => cursor.saturating_sub(5),
        _ => return,
    };
    if next.min(last) != cursor {
        open.reveal = None;
    }
    open.detail.cursor = next.min(last);
    settle(open, shell);
}

/// Scrolls from the list, by moving the row that is kept in view.
pub fn scroll(open: &mut Open, by: i32, shell: &Shell) {
    travel(open, if by > 0 { Command::Down } else { Command::Up }, shell);
}

fn rows(open: &Open, shell: &Shell) -> Vec<DetailRow> {
    open.listed()
        .map_or(Vec::new(), |id| open.contents.rows(id, shell.catalog(), shell.now.wall_ms, &shell.zone))
}

/// Cells of the labels and of the values.
fn columns(rows: &[DetailRow], cells: u16) -> (u16, u16) {
    let widest = rows.iter().map(|row| width(&sanitise::line(&row.label))).max().unwrap_or(0);
    let label = widest.clamp(8, (cells * 2 / 5).max(8)) + 2;
    (label, cells.saturating_sub(label + KEYS).max(4))
}

/// Cells for the key of a row.
const KEYS: u16 = 4;

/// The line at which the rows that only tell something end, where there is room: the days are at the
/// same place for every entry, so that the eye finds them and a move in the list redraws little.
const TOLD_TO: usize = 19;

/// Blank lines before the rows that only tell something.
fn gap(heights: &[usize], room: usize) -> usize {
    TOLD_TO.min(room).saturating_sub(heights.iter().sum())
}

/// The lines of a value.
fn value(open: &Open, shell: &Shell, row: &DetailRow, cells: u16) -> Vec<(String, Name)> {
    let text = &shell.catalog().tui.vault;
    if let Shown::Plain(plain) = &row.value {
        return wrap(&sanitise::line(head(plain)), cells, 8)
            .into_iter()
            .map(|line| (line, Name::Text))
            .collect();
    }
    let shown =
        open.reveal.as_ref().filter(|shown| Some(shown.part) == row.part && Some(shown.id) == open.listed());
    let Some(shown) = shown else {
        let mask = if row.part == Some(Part::Code) { MASK_CODE } else { MASK };
        return vec![(mask.to_owned(), Name::Text)];
    };
    let mut lines: Vec<(String, Name)> = Vec::new();
    let secret = shown.secret.expose();
    if shown.spelled {
        for (line, class) in reveal::spelled(head(secret), cells).into_iter().take(LINES_MOST / 2 - 2) {
            lines.push((line, Name::Secret));
            lines.push((class, Name::Dim));
        }
        lines.extend(wrap(text.spell_legend, cells, 3).into_iter().map(|line| (line, Name::Dim)));
    } else {
        let most = LINES_MOST - 2;
        lines.extend(
            wrap(&sanitise::lines(head(secret)), cells, most).into_iter().map(|line| (line, Name::Secret)),
        );
    }
    if secret.len() > BYTES_MOST || lines.len() >= LINES_MOST - 2 {
        lines.push((text.more.to_owned(), Name::Dim));
    }
    let mut time = (text.hides_in)(shown.hides_in(shell.now.boot));
    if let Some(next) = shown.next_in(shell.now.wall_ms) {
        time = format!("{}, {time}", (text.next_in)(next));
    }
    lines.extend(wrap(&time, cells, 2).into_iter().map(|line| (line, Name::Dim)));
    lines
}

fn head(text: &str) -> &str {
    let mut end = text.len().min(BYTES_MOST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or("")
}

/// The key that copies a part from anywhere.
fn key(part: Part, shell: &Shell) -> String {
    let command = match part {
        Part::User => Command::CopyUser,
        Part::Password => Command::CopyPassword,
        Part::Staged => Command::CopyStaged,
        Part::Code => Command::CopyCode,
        Part::Address(0) => Command::CopyAddress,
        Part::Notes => Command::CopyNotes,
        Part::Field(number) if number < Part::FIELD_KEYS => {
            let keys = [
                Command::CopyField1,
                Command::CopyField2,
                Command::CopyField3,
                Command::CopyField4,
                Command::CopyField5,
                Command::CopyField6,
                Command::CopyField7,
                Command::CopyField8,
                Command::CopyField9,
            ];
            keys[number]
        }
        Part::Address(_) | Part::Field(_) | Part::Generated => return String::new(),
    };
    shell.keymap.label(command)
}

/// The detail as rows.
pub fn outline(open: &Open, shell: &Shell) -> Vec<Row> {
    rows(open, shell)
        .iter()
        .enumerate()
        .map(|(at, row)| Row {
            label: sanitise::line(&row.label).into_owned(),
            value: value(open, shell, row, u16::MAX)
                .into_iter()
                .map(|line| line.0)
                .collect::<Vec<_>>()
                .join(" "),
            focus: at == open.detail.cursor,
            action: row.part.map(|_| Command::Open),
        })
        .collect()
}

/// Draws the detail.
pub fn view(open: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
    let (text, theme) = (&shell.catalog().tui.vault, &shell.theme);
    let focused = open.focus == Pane::Detail;
    let entry = open.listed().and_then(|id| open.contents.entry(id));
    let title =
        entry.map_or("", |entry| if entry.title().is_empty() { text.untitled } else { entry.title() });
    let inner = frame(buf, area, &sanitise::line(title), focused, theme);
    if entry.is_none() {
        if !open.list.hits.is_empty() {
            put(buf, inner.x + 1, inner.y + 1, inner.width - 1, text.none_selected, theme.style(Name::Dim));
        }
        return Cursor::new(inner.x, inner.y);
    }
    let rows = rows(open, shell);
    let (label, cells) = columns(&rows, inner.width.saturating_sub(1));
    let values: Vec<Vec<(String, Name)>> = rows.iter().map(|row| value(open, shell, row, cells)).collect();
    let heights: Vec<usize> = values.iter().map(Vec::len).collect();
    let told = rows.iter().position(|row| row.part.is_none());
    let gap = column(gap(&heights, usize::from(inner.height)));
    let mut skip = open.detail.offset;
    let mut y = inner.y;
    let mut cursor = Cursor::new(inner.x, inner.y);
    for (at, (row, lines)) in rows.iter().zip(values).enumerate() {
        if Some(at) == told {
            y += gap;
        }
        for (number, (line, name)) in lines.into_iter().enumerate() {
            if skip > 0 {
                skip -= 1;
                continue;
            }
            if y >= inner.bottom() {
                break;
            }
            let here = focused && at == open.detail.cursor;
            let x = inner.x + 1;
            if number == 0 {
                if here {
                    put(buf, inner.x, y, 1, ">", theme.style(Name::Title));
                    cursor = Cursor::new(inner.x, y);
                }
                let style = theme.style(if here { Name::Selected } else { Name::Text });
                put_outside(buf, x, y, label - 1, &row.label, style);
                let key = row.part.map_or(String::new(), |part| key(part, shell));
                let column = inner.right().saturating_sub(width(&key) + 1);
                put(buf, column, y, width(&key), &key, theme.style(Name::Key));
            }
            put(buf, x + label, y, cells, &line, theme.style(name));
            y += 1;
        }
    }
    if focused {
        edge(open, shell, area, buf);
    }
    cursor
}

fn column(cells: usize) -> u16 {
    u16::try_from(cells).unwrap_or(u16::MAX)
}

/// What the focused row does, on the lower edge of the frame.
fn edge(open: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) {
    let (text, theme) = (&shell.catalog().tui.vault, &shell.theme);
    let Some(part) = open.detail.part else { return };
    let mut words = format!(" {} {} ", shell.keymap.label(Command::Open), text.enter_copies);
    if open.listed().is_some_and(|id| open.contents.is_secret(id, part)) {
        words.push_str(&format!(" {} {} ", shell.keymap.label(Command::Reveal), text.shows));
    }
    let words = fit(&words, area.width.saturating_sub(4));
    let x = area.right().saturating_sub(width(&words) + 2);
    put(buf, x, area.bottom() - 1, width(&words), &words, theme.style(Name::Title));
}
