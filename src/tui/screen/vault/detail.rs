//! The detail of the selected entry: a row for each part, secrets masked by a mask of fixed length,
//! and what the focused row does on the lower edge of the frame.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::{Cursor, Row};
use super::{Open, Pane, copy, layout, list, reveal};
use crate::model::{Id, State as EntryState};
use crate::text::sanitise;
use crate::tui::app::Shell;
use crate::tui::command::Command;
use crate::tui::contents::{DetailRow, Part, Shown};
use crate::tui::effect::Effect;
use crate::tui::health;
use crate::tui::notice::Notice;
use crate::tui::page::links;
use crate::tui::page::write::WriteFile;
use crate::tui::shelf::Filter;
use crate::tui::theme::Name;
use crate::tui::widget::frame::{below, frame};
use crate::tui::widget::text::{fit, put, put_outside, width, wrap};

/// The mask of every secret: its length says nothing.
pub const MASK: &str = "************";

/// The mask of a code.
const MASK_CODE: &str = "******";

/// How much of one value is drawn.
const MOST: reveal::Most = reveal::Most { bytes: 16 << 10, lines: 398 };

/// The state.
#[derive(Debug, Default)]
pub struct State {
    /// Which row has the focus.
    pub cursor: usize,
    /// Which part that row is.
    pub part: Option<Part>,
    /// The first visible line.
    pub offset: usize,
    entry: Option<Id>,
    /// Where links led away from, the last one at the end.
    trail: Vec<Hop>,
}

/// From where a link was followed, and how the list was narrowed there.
#[derive(Debug)]
struct Hop {
    id: Id,
    part: Part,
    search: String,
    filter: Filter,
}

/// Most steps back along links.
const TRAIL_MOST: usize = 64;

/// Does what Enter does on the focused row: copies it, goes along the link, saves the attachment.
pub fn enter(open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) {
    let (Some(part), Some(id)) = (open.detail.part, open.listed()) else { return };
    match part {
        Part::Link(number) => {
            let Some(other) = open.contents.linked(id, number) else { return };
            let mut trail = std::mem::take(&mut open.detail.trail);
            let search = open.list.search.text().to_owned();
            trail.push(Hop { id, part, search, filter: open.list.filter.clone() });
            trail.drain(..trail.len().saturating_sub(TRAIL_MOST));
            go(open, other, shell);
            open.detail.trail = trail;
        }
        Part::Proposed(number) => {
            if let Some(one) = open.contents.proposed_of(id).get(number) {
                links::set(open, &[one.link()], true, shell, out);
            }
        }
        Part::File(number) => match WriteFile::attachment(open, (id, number), shell, out) {
            Some(page) => open.pages.push(Box::new(page)),
            None => shell.tell(Notice::CannotOpenValue),
        },
        part => copy::part(open, part, shell, out),
    }
}

/// Back along the link that led here; false when none did.
pub fn back(open: &mut Open, shell: &Shell) -> bool {
    let mut trail = std::mem::take(&mut open.detail.trail);
    let Some(hop) = trail.pop() else { return false };
    open.list.search.set(&hop.search);
    list::narrow(open, hop.filter, shell);
    list::find(open, shell);
    go(open, hop.id, shell);
    show(open, hop.part, shell);
    open.detail.trail = trail;
    true
}

/// Selects an entry and stays in the detail; what hides it from the list is taken off.
pub fn go(open: &mut Open, id: Id, shell: &Shell) {
    copy::select(open, id, shell);
    if open.listed() != Some(id) {
        open.list.search.clear();
        list::find(open, shell);
        copy::select(open, id, shell);
    }
    if open.listed() != Some(id) {
        let archived = open.contents.entry(id).is_some_and(|entry| entry.state() == EntryState::Archived);
        list::narrow(open, if archived { Filter::Archived } else { Filter::All }, shell);
        copy::select(open, id, shell);
    }
    open.focus = Pane::Detail;
    settle(open, shell);
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
    // - copying in turn begins anew where another entry was looked at between
    if open.turn.is_some_and(|(id, _)| Some(id) != selected) {
        open.turn = None;
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
    let columns = columns(&rows, area.width.saturating_sub(3), open.focus == Pane::List);
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
    let Some(id) = open.listed() else { return Vec::new() };
    let health = health::told(open, id, shell);
    open.contents.rows(id, shell.catalog(), health, shell.now.wall_ms, &shell.zone)
}

/// Cells of the labels and of the values. While the list has the focus the values begin at the same
/// place for every entry.
fn columns(rows: &[DetailRow], cells: u16, in_list: bool) -> (u16, u16) {
    let widest = rows.iter().map(|row| width(&sanitise::line(&row.label))).max().unwrap_or(0);
    let most = (cells * 2 / 5).max(8);
    let label = if in_list { LABEL.min(most) } else { widest.clamp(LABEL.min(most), most) } + 2;
    (label, cells.saturating_sub(label + KEYS).max(4))
}

/// Cells of the labels that every entry has.
const LABEL: u16 = 14;

/// Cells for the key of a row.
const KEYS: u16 = 5;

/// The line at which the rows that only tell something end, where there is room: the days are at the
/// same place for every entry, so that the eye finds them and a move in the list redraws little.
const TOLD_TO: usize = 19;

/// What stands on the first lines, each always on the same one where there is room.
const PLACES: [Part; 4] = [Part::User, Part::Password, Part::Code, Part::Address(0)];

/// Blank lines before each row: in place of what an entry lacks above, and before what is told.
fn gaps(rows: &[DetailRow], heights: &[usize], room: usize) -> Vec<usize> {
    let all: usize = heights.iter().sum();
    let mut left = room.saturating_sub(all);
    let mut gaps = vec![0; rows.len()];
    let mut place = 0;
    for (row, gap) in rows.iter().zip(&mut gaps) {
        let Some(at) = PLACES.iter().position(|part| row.part == Some(*part)) else { break };
        *gap = (at - place).min(left);
        left -= *gap;
        place = at + 1;
    }
    let used = all + gaps.iter().sum::<usize>();
    if let Some(told) = rows.iter().position(|row| row.part.is_none() && row.told) {
        gaps[told] += TOLD_TO.min(room).saturating_sub(used);
    }
    gaps
}

/// The lines of a value.
fn value(open: &Open, shell: &Shell, row: &DetailRow, cells: u16) -> Vec<(String, Name)> {
    let text = &shell.catalog().tui.vault;
    if let Shown::Plain(plain) | Shown::Whole(plain) = &row.value {
        let plain = sanitise::line(reveal::head(plain, MOST.bytes));
        let whole = matches!(row.value, Shown::Whole(_));
        // - one line each while a person goes through the list: the rows stay where they are, so the
        //   eye finds them and less travels over SSH
        let lines = if open.focus == Pane::List && !whole {
            vec![one(&plain, row, cells)]
        } else {
            wrap(&plain, cells, 8)
        };
        return lines.into_iter().map(|line| (line, Name::Text)).collect();
    }
    let shown =
        open.reveal.as_ref().filter(|shown| Some(shown.part) == row.part && Some(shown.id) == open.listed());
    let Some(shown) = shown else {
        let mask = if row.part == Some(Part::Code) { MASK_CODE } else { MASK };
        return vec![(mask.to_owned(), Name::Text)];
    };
    let mut lines =
        reveal::lines(&shown.secret, (shown.spelled, shown.part == Part::Notes), MOST, cells, shell);
    let mut time = (text.hides_in)(shown.hides_in(shell.now.boot));
    if let Some(next) = shown.next_in(shell.now.wall_ms) {
        time = format!("{}, {time}", (text.next_in)(next));
    }
    lines.extend(wrap(&time, cells, 2).into_iter().map(|line| (line, Name::Dim)));
    lines
}

/// A value on one line. What is only told goes without what stands in brackets, rather than with half
/// of it; of an attachment the name is cut, not the size.
fn one(plain: &str, row: &DetailRow, cells: u16) -> String {
    let Some((short, rest)) = plain.rsplit_once(" (").filter(|_| width(plain) > cells) else {
        return fit(plain, cells);
    };
    if matches!(row.part, Some(Part::File(_))) {
        let size = format!(" ({rest}");
        return format!("{}{size}", fit(short, cells.saturating_sub(width(&size)).max(6)));
    }
    fit(if row.told { short } else { plain }, cells)
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
        Part::Address(_)
        | Part::Field(_)
        | Part::Link(_)
        | Part::Proposed(_)
        | Part::File(_)
        | Part::Generated => {
            return String::new();
        }
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
    let (label, cells) = columns(&rows, inner.width.saturating_sub(1), open.focus == Pane::List);
    let values: Vec<Vec<(String, Name)>> = rows.iter().map(|row| value(open, shell, row, cells)).collect();
    let heights: Vec<usize> = values.iter().map(Vec::len).collect();
    let gaps = gaps(&rows, &heights, usize::from(inner.height));
    let mut skip = open.detail.offset;
    let mut y = inner.y;
    let mut hidden = 0;
    let mut cursor = Cursor::new(inner.x, inner.y);
    for (at, ((row, lines), gap)) in rows.iter().zip(values).zip(gaps).enumerate() {
        y += column(gap);
        for (number, (line, name)) in lines.into_iter().enumerate() {
            if skip > 0 {
                skip -= 1;
                continue;
            }
            if y >= inner.bottom() {
                hidden += usize::from(number == 0);
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
    if focused {
        below(buf, area, hidden, text.below, theme);
    } else if hidden > 0 {
        let key = shell.keymap.hint(Command::DetailDown);
        let words = fit(&(text.below)(hidden, &key), area.width.saturating_sub(4));
        put(buf, area.x + 2, area.bottom() - 1, area.width - 4, &words, theme.style(Name::Text));
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
    let does = match part {
        Part::Link(_) => text.enter_goes,
        Part::Proposed(_) => &(shell.catalog().tui.page.links.takes)(1),
        Part::File(_) => text.enter_writes,
        _ => text.enter_copies,
    };
    let mut words = format!(" {} {} ", shell.keymap.label(Command::Open), does);
    if open.listed().is_some_and(|id| open.contents.is_secret(id, part)) {
        words.push_str(&format!(" {} {} ", shell.keymap.label(Command::Reveal), text.shows));
    }
    let words = fit(&words, area.width.saturating_sub(4));
    let x = area.right().saturating_sub(width(&words) + 2);
    put(buf, x, area.bottom() - 1, width(&words), &words, theme.style(Name::Title));
}
