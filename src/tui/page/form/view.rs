//! A form drawn: labels in a column, values beside them, what is wrong or helps under the row with
//! the focus; always scrolled so that the caret is visible. And the lists in front of it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::State;
use super::chosen::Front;
use super::row::{Row, What};
use crate::text::{sanitise, strength, words};
use crate::tui::app::Shell;
use crate::tui::command::Command;
use crate::tui::contents::Part;
use crate::tui::page::popup;
use crate::tui::screen::vault::Open;
use crate::tui::screen::vault::detail::MASK;
use crate::tui::screen::{Cursor, Row as Told, window};
use crate::tui::theme::Name;
use crate::tui::widget::blanks;
use crate::tui::widget::frame::frame;
use crate::tui::widget::text::{clear_area, fit, put, put_outside, width, wrap};
use crate::tui::widget::typed::{Look, Typed};

/// What stands at the end of a row that has a menu.
const MENU: &str = "[..]";

/// Cells of the line that a person writes on; a value may be longer.
const RULED: u16 = 48;

/// Most lines of one row that are drawn at once.
const LINES_MOST: usize = 400;

/// The label of a row.
pub fn label(state: &State, row: &Row, shell: &Shell) -> String {
    let (form, vault) = (&shell.catalog().tui.page.form, &shell.catalog().tui.vault);
    let part = |part: Part| (shell.catalog().tui.part)(part);
    match &row.what {
        What::Title => form.name.to_owned(),
        What::User => part(Part::User),
        What::Password => part(Part::Password),
        What::Code => part(Part::Code),
        What::Address => {
            let addresses = state.rows.iter().filter(|row| matches!(row.what, What::Address));
            part(Part::Address(addresses.take_while(|other| !std::ptr::eq(*other, row)).count()))
        }
        What::Field(named) => match words::field(&named.name, shell.lang) {
            Some(word) => word.to_owned(),
            None => sanitise::line(&named.name).into_owned(),
        },
        What::Folder => vault.folder.to_owned(),
        What::Tags => vault.tags.to_owned(),
        What::Notes => part(Part::Notes),
        What::Reading => form.reading.to_owned(),
        What::Aliases => form.aliases.to_owned(),
        What::Expires => vault.expires.to_owned(),
        What::Interval => form.interval.to_owned(),
        What::Rule => form.rule.to_owned(),
        What::Favourite => vault.favourite.to_owned(),
        What::Kind => vault.kind.to_owned(),
        What::Link(_) => form.link.to_owned(),
        What::File(_) => form.file.to_owned(),
        What::AddAddress | What::AddField | What::AddLink | What::AddFile | What::Save => String::new(),
    }
}

/// Words of a button or of a row that takes no text.
fn said(state: &State, row: &Row, open: &Open, shell: &Shell) -> String {
    let (form, vault) = (&shell.catalog().tui.page.form, &shell.catalog().tui.vault);
    match &row.what {
        What::AddAddress => form.add_address.to_owned(),
        What::AddField => form.add_field.to_owned(),
        What::AddLink => form.add_link.to_owned(),
        What::AddFile => form.add_file.to_owned(),
        What::Save => format!("[ {} ]", form.save),
        What::Favourite => format!("[{}]", if row.on { vault.yes } else { form.no }),
        What::Kind => words::kind(state.kind, shell.lang).to_owned(),
        What::Link(linked) => {
            let title = open.contents.entry(linked.target).map_or(form.gone, |entry| entry.title());
            format!("{}: {}", (form.relation)(linked.relation), sanitise::line(title))
        }
        What::File(file) => format!("{} ({})", sanitise::line(&file.name), (form.size)(file.bytes)),
        _ => String::new(),
    }
}

/// What may be typed into an empty row.
fn hint(row: &Row, shell: &Shell) -> &'static str {
    let form = &shell.catalog().tui.page.form;
    match &row.what {
        What::Password => form.hint_password,
        What::Field(named) if named.secret && !named.of_kind => form.hint_password,
        What::Code => form.hint_code,
        What::Tags | What::Aliases => form.hint_list,
        What::Folder => form.hint_folder,
        What::Expires => form.hint_day,
        What::Interval => form.hint_interval,
        What::Rule => form.hint_rule,
        What::Reading => form.hint_reading,
        _ => "",
    }
}

/// Where the form is drawn, inside its frame.
fn inner(shell: &Shell) -> Rect {
    let body = window(shell).body;
    Rect::new(body.x + 1, body.y + 1, body.width.saturating_sub(2), body.height.saturating_sub(2))
}

fn label_cells(state: &State, shell: &Shell) -> u16 {
    let widest = state.rows.iter().map(|row| width(&label(state, row, shell))).max().unwrap_or(0);
    widest.clamp(8, (inner(shell).width / 3).max(8)) + 2
}

/// Cells of the values.
pub fn value_cells(state: &State, shell: &Shell) -> u16 {
    // - the mark of the row, the label, and room for the button of a menu
    inner(shell).width.saturating_sub(1 + label_cells(state, shell) + 6).max(6)
}

/// The row that saves, the last one, and how many lines the rows before it have room for. Where not all
/// fit, it stands on the lowest line and the rows before it move past.
struct Pinned {
    /// Lines of all rows before it.
    above: usize,
    /// Lines of room for them.
    room: usize,
    /// It stands there whatever the rest shows.
    pinned: bool,
}

impl Pinned {
    fn of(state: &State, open: &Open, shell: &Shell) -> Pinned {
        let heights = heights(state, open, shell);
        let all: usize = heights.iter().sum();
        let above = all - heights.last().copied().unwrap_or(0);
        let room = usize::from(inner(shell).height).max(1);
        let pinned = all > room && room > 1;
        Pinned { above, room: if pinned { room - 1 } else { room }, pinned }
    }
}

fn heights(state: &State, open: &Open, shell: &Shell) -> Vec<usize> {
    (0..state.rows.len()).map(|at| lines(state, at, open, shell).len()).collect()
}

/// One drawn line of a form.
enum Line {
    /// Of the text that is typed.
    Typed(std::ops::Range<usize>),
    /// Words of our own.
    Said(String, Name),
    /// An empty line.
    Gap,
}

/// The lines of a row.
fn lines(state: &State, at: usize, open: &Open, shell: &Shell) -> Vec<Line> {
    let Some(row) = state.rows.get(at) else { return Vec::new() };
    let form = &shell.catalog().tui.page.form;
    let cells = value_cells(state, shell);
    let here = at == state.focus;
    let mut lines = Vec::new();
    match &row.typed {
        Some(typed) if state.masked(at) && typed.has_lines() => {
            let count = typed.text().split('\n').count();
            lines.push(Line::Said(format!("{MASK} ({})", (form.hidden_lines)(count)), Name::Text));
        }
        Some(typed) if typed.is_empty() && here && !hint(row, shell).is_empty() => {
            lines.push(Line::Said(hint(row, shell).to_owned(), Name::Dim));
        }
        Some(typed) if typed.has_lines() => {
            lines.extend(typed.layout(cells).into_iter().take(LINES_MOST).map(Line::Typed));
        }
        Some(typed) => lines.push(Line::Typed(0..typed.text().len())),
        None if row.is_secret() && row.sealed.is_some() => {
            let words = if here { format!("{MASK}  {}", form.as_it_was) } else { MASK.to_owned() };
            lines.push(Line::Said(words, if here { Name::Dim } else { Name::Text }));
        }
        None if row.is_secret() => {
            let words = if here { hint(row, shell) } else { "" };
            lines.push(Line::Said(words.to_owned(), Name::Dim));
        }
        None => {
            let name = match row.what {
                What::AddAddress | What::AddField | What::AddLink | What::AddFile | What::Save => Name::Key,
                _ => Name::Text,
            };
            lines.push(Line::Said(said(state, row, open, shell), name));
        }
    }
    if let Some(problem) = row.problem {
        let words = wrap(&format!("! {}", (form.problem)(problem)), cells, 3);
        lines.extend(words.into_iter().map(|line| Line::Said(line, Name::Danger)));
    } else if here {
        if let Some((code, left)) = state.code(shell) {
            lines.push(Line::Said((form.code_now)(code.expose(), left), Name::Good));
        }
        if let (What::Password, Some(found)) = (&row.what, &state.strength) {
            let words = strength::estimated(found, shell.lang);
            lines.push(Line::Said(words, Name::of_strength(found.level())));
        }
    }
    if matches!(row.what, What::Save) && shell.size.height >= 24 {
        lines.insert(0, Line::Gap);
    }
    lines
}

/// The line of the caret among the lines of the row with the focus.
fn caret_line(state: &State, shell: &Shell) -> usize {
    let Some(row) = state.focused() else { return 0 };
    match &row.typed {
        Some(typed) if typed.has_lines() && !state.masked(state.focus) => {
            typed.caret_in(&typed.layout(value_cells(state, shell))).0.min(LINES_MOST - 1)
        }
        _ if matches!(row.what, What::Save) && shell.size.height >= 24 => 1,
        _ => 0,
    }
}

/// Puts the view right after anything changed.
pub fn scroll(state: &mut State, open: &Open, shell: &Shell) {
    state.focus = state.focus.min(state.rows.len().saturating_sub(1));
    let Pinned { above, room, pinned } = Pinned::of(state, open, shell);
    let heights = heights(state, open, shell);
    let all = if pinned { above } else { heights.iter().sum() };
    if pinned && state.focus + 1 == heights.len() {
        state.offset = all.saturating_sub(room);
        return;
    }
    let before: usize = heights.iter().take(state.focus).sum();
    let caret = before + caret_line(state, shell);
    let here = heights.get(state.focus).copied().unwrap_or(1);
    // - what stands under the row belongs to it, where there is room
    let bottom = (before + here).min(caret + room);
    let mut offset = state.offset;
    if bottom > offset + room {
        offset = bottom - room;
    }
    // - one row more than the focus is shown, so that a person sees that it goes on
    let wanted = bottom + usize::from(bottom < all);
    if wanted > offset + room && wanted - room <= caret {
        offset = wanted - room;
    }
    let top = if caret == before { caret.saturating_sub(usize::from(before > 0)) } else { caret };
    state.offset = offset.min(top).min(all.saturating_sub(room.min(all)));
}

/// The form as rows.
pub fn outline(state: &State, open: &Open, shell: &Shell) -> Vec<Told> {
    let text = &shell.catalog().tui.page.form;
    if let Front::Menu(menu) = &state.front {
        return menu.list.outline("", &menu.lines(shell));
    }
    let value = |at: usize, row: &Row| match &row.typed {
        Some(_) if state.masked(at) => MASK.to_owned(),
        Some(typed) => sanitise::lines(typed.text()),
        None if row.is_secret() => if row.is_empty() { "" } else { MASK }.to_owned(),
        None => said(state, row, open, shell),
    };
    let mut rows: Vec<Told> = Vec::new();
    for (at, row) in state.rows.iter().enumerate() {
        rows.push(Told {
            label: label(state, row, shell),
            value: value(at, row),
            focus: at == state.focus,
            action: Some(Command::Accept),
        });
        if let Some(problem) = row.problem {
            rows.push(Told::told("!", (text.problem)(problem)));
        }
    }
    rows
}

/// Draws the form.
pub fn view(state: &State, open: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
    let (text, theme) = (&shell.catalog().tui.page.form, &shell.theme);
    let title = state.rows.first().map_or("", Row::text);
    let kind = words::kind(state.kind, shell.lang);
    let heading = if state.new { text.title_new } else { text.title };
    let heading = match sanitise::line(title) {
        title if title.is_empty() => format!("{heading}: {kind}"),
        title => format!("{heading}: {title} ({kind})"),
    };
    clear_area(buf, area);
    let inside = frame(buf, area, &heading, true, theme);
    let mut cursor = Cursor::new(inside.x, inside.y);
    let names = label_cells(state, shell);
    let cells = value_cells(state, shell);
    let value_x = inside.x + 1 + names;
    let mut skip = state.offset;
    let mut y = inside.y;
    let pinned = Pinned::of(state, open, shell).pinned;
    let mut bottom = inside.bottom().saturating_sub(u16::from(pinned));
    for (at, row) in state.rows.iter().enumerate() {
        let here = at == state.focus;
        if pinned && at + 1 == state.rows.len() {
            // - without the empty line above it
            skip = lines(state, at, open, shell).len().saturating_sub(1);
            (y, bottom) = (bottom, inside.bottom());
        }
        let caret_on = caret_line(state, shell);
        let mut first = true;
        for (number, line) in lines(state, at, open, shell).into_iter().enumerate() {
            let head = std::mem::replace(&mut first, matches!(line, Line::Gap));
            if skip > 0 {
                skip -= 1;
                continue;
            }
            if y >= bottom {
                break;
            }
            let place = Rect::new(value_x, y, cells, 1);
            if head && !matches!(line, Line::Gap) {
                let style = theme.style(if here && !state.on_menu { Name::Title } else { Name::Text });
                if here {
                    put(buf, inside.x, y, 1, ">", theme.style(Name::Title));
                    cursor = Cursor::new(inside.x, y);
                }
                put_outside(buf, inside.x + 1, y, names - 1, &label(state, row, shell), style);
                if row.has_menu() {
                    let name = if here && state.on_menu { Name::Selected } else { Name::Dim };
                    let x = inside.right().saturating_sub(5);
                    put(buf, x, y, 4, MENU, theme.style(name));
                    if here && state.on_menu {
                        cursor = Cursor::new(x, y);
                    }
                }
            }
            let caret = here && !state.on_menu && number == caret_on;
            // - a line to write on, so that one sees where something can be typed
            let writable = match &line {
                // - of a text of several lines where a paragraph ends, not in every line that is full
                Line::Typed(range) => row.typed.as_ref().is_some_and(|typed| {
                    typed
                        .text()
                        .get(range.end..)
                        .is_some_and(|rest| rest.is_empty() || rest.starts_with('\n'))
                }),
                Line::Said(..) => number == 0 && (row.typed.is_some() || row.is_secret()),
                Line::Gap => false,
            };
            if writable {
                let ruled = "_".repeat(usize::from(cells.min(RULED)));
                put(buf, value_x, y, cells, &ruled, theme.style(Name::Dim));
            }
            match line {
                Line::Gap => {}
                Line::Typed(range) => {
                    if let Some(typed) = &row.typed {
                        let masked = state.masked(at);
                        let name = if row.is_secret() && !masked { Name::Secret } else { Name::Text };
                        let look = match (masked, name) {
                            (true, _) => Look::Masked,
                            (false, Name::Secret) if !typed.has_lines() => {
                                Look::Blanks(blanks::mark(typed.text(), theme.ascii, true))
                            }
                            (false, _) => Look::Plain,
                        };
                        let x = typed.draw(&range, look, caret, place, theme.style(name), buf);
                        if caret {
                            cursor = Cursor::new(x, y);
                            draw_ghost(state, x, y, place.right(), shell, buf);
                        }
                    }
                }
                Line::Said(words, name) => {
                    let button = row.typed.is_none() && !row.is_secret();
                    let name = if here && button && number == caret_on { Name::Selected } else { name };
                    put(buf, value_x, y, cells, &fit(&words, cells), theme.style(name));
                    if caret {
                        // - a hint or a mask is no text: the caret stands in front of it
                        cursor = Cursor::new(value_x, y);
                    }
                }
            }
            y += 1;
        }
    }
    edge(state, open, shell, area, buf);
    match &state.front {
        Front::None => cursor,
        Front::Menu(menu) => menu.list.view((&menu.title, "", ""), &menu.lines(shell), shell, area, buf),
        Front::Ask(ask) => {
            let heading = match ask.what {
                super::chosen::Asked::NewField => text.ask_field,
                super::chosen::Asked::Rename(_) => text.ask_rename,
            };
            let problem = ask.problem.map(|problem| (text.problem)(problem));
            question(heading, &ask.typed, problem, area, shell, buf)
        }
    }
}

fn draw_ghost(state: &State, x: u16, y: u16, end: u16, shell: &Shell, buf: &mut Buffer) {
    if let Some(rest) = state.ghost() {
        put_outside(buf, x, y, end.saturating_sub(x), rest, shell.theme.style(Name::Dim));
    }
}

/// What is above and below, and what Enter does on the lower edge of the frame.
fn edge(state: &State, open: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) {
    let theme = &shell.theme;
    let Pinned { above: all, room, pinned } = Pinned::of(state, open, shell);
    if !pinned {
        return;
    }
    let last = (state.offset + room).min(all);
    let words = format!(" {}-{last}/{all} ", state.offset + 1);
    let x = area.right().saturating_sub(width(&words) + 2);
    put(buf, x, area.bottom() - 1, width(&words), &words, theme.style(Name::Text));
}

// --- in front ------------------------------------------------------------------------------------

/// The question for a name.
fn question(
    title: &str,
    typed: &Typed,
    problem: Option<&str>,
    area: Rect,
    shell: &Shell,
    buf: &mut Buffer,
) -> Cursor {
    let (_, inner) = popup::window(buf, area, (46, 2), title, shell);
    let place = Rect { height: 1, ..inner };
    let style = shell.theme.style(Name::Text);
    let ruled = "_".repeat(usize::from(inner.width));
    put(buf, inner.x, inner.y, inner.width, &ruled, shell.theme.style(Name::Dim));
    let x = typed.draw(&(0..typed.text().len()), Look::Plain, true, place, style, buf);
    if let Some(words) = problem {
        put(buf, inner.x, inner.y + 1, inner.width, &format!("! {words}"), shell.theme.style(Name::Danger));
    }
    Cursor::new(x, inner.y)
}
