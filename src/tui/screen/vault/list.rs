//! The list of entries with the search above it. Only the rows that are visible are read from the
//! vault; the hits are numbers of rows of the search index.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::{Cursor, Row};
use super::{Open, Pane, detail, layout};
use crate::ops::search::Query;
use crate::text::words;
use crate::tui::app::Shell;
use crate::tui::command::Command;
use crate::tui::effect::Effect;
use crate::tui::theme::Name;
use crate::tui::widget::field::Field;
use crate::tui::widget::frame::frame;
use crate::tui::widget::text::{fill, fit, put, put_outside, width, wrap};

/// The state.
#[derive(Debug, Default)]
pub struct State {
    /// What is searched for.
    pub search: Field,
    /// The search field has the focus.
    pub searching: bool,
    /// Rows of the index that match.
    pub hits: Vec<u32>,
    /// Which hit is selected.
    pub cursor: usize,
    /// The first visible hit.
    pub offset: usize,
    /// What the hits were found for.
    pub query: Query,
    /// Nothing is what was asked for; the hits are nearly.
    pub near: bool,
    all: usize,
}

/// Searches for what is typed; a query that only grew is looked for among the hits it had.
pub fn find(open: &mut Open, shell: &Shell) {
    let query = Query::parse(open.list.search.text());
    if query == open.list.query && !query.is_empty() {
        return moved(open, shell);
    }
    let within = (!open.list.query.is_empty() && open.list.query.narrows_to(&query))
        .then(|| std::mem::take(&mut open.list.hits));
    let hits = open.contents.search(&query, within.as_deref(), shell.now.wall_ms);
    if query.is_empty() {
        open.list.all = hits.rows.len();
    }
    if query != open.list.query {
        open.list.cursor = 0;
    }
    (open.list.hits, open.list.near, open.list.query) = (hits.rows, hits.near, query);
    moved(open, shell);
}

/// Searches again after the vault changed; the selected entry stays selected where it still is.
pub fn refresh(open: &mut Open, shell: &Shell) {
    let selected = open.listed();
    let query = Query::parse(open.list.search.text());
    open.list.all = open.contents.search(&Query::default(), None, shell.now.wall_ms).rows.len();
    let hits = open.contents.search(&query, None, shell.now.wall_ms);
    (open.list.hits, open.list.near, open.list.query) = (hits.rows, hits.near, query);
    let place = |id| open.list.hits.iter().position(|row| open.contents.id(*row) == Some(id));
    if let Some(at) = selected.and_then(place) {
        open.list.cursor = at;
    }
    super::settle(open, shell);
}

/// Another entry may be selected now: the cursor and the view are put right, a shown secret hides.
pub fn moved(open: &mut Open, shell: &Shell) {
    open.list.cursor = open.list.cursor.min(open.list.hits.len().saturating_sub(1));
    let rows = rows(open, shell);
    open.list.offset = scrolled(open.list.offset, open.list.cursor, open.list.hits.len(), rows);
    if open.listed().is_none() {
        open.focus = Pane::List;
    }
    detail::entry_changed(open, shell);
}

/// Visible rows.
fn rows(open: &Open, shell: &Shell) -> usize {
    layout(open, shell).list.map_or(1, |area| usize::from(area.height.saturating_sub(3)).max(1))
}

/// The first visible row, so that the cursor is visible and no room is wasted. A cursor that left
/// the view comes back into its middle: over SSH a list that scrolls costs as much as the rest of
/// the screen, so it does it once for many rows.
pub fn scrolled(offset: usize, cursor: usize, all: usize, rows: usize) -> usize {
    let seen = (offset..offset.saturating_add(rows)).contains(&cursor);
    let offset = if seen { offset } else { cursor.saturating_sub(rows / 2) };
    offset.min(all.saturating_sub(rows))
}

/// Moves in the list.
pub fn travel(open: &mut Open, command: Command, shell: &Shell) {
    let (rows, last) = (rows(open, shell), open.list.hits.len().saturating_sub(1));
    let cursor = open.list.cursor;
    let next = match command {
        Command::Down | Command::HitDown => cursor + 1,
        Command::Up | Command::HitUp => cursor.saturating_sub(1),
        Command::First => 0,
        Command::Last => last,
        Command::HalfDown => cursor + (rows / 2).max(1),
        Command::HalfUp => cursor.saturating_sub((rows / 2).max(1)),
        Command::PageDown => cursor + rows,
        Command::PageUp => cursor.saturating_sub(rows),
        _ => return,
    };
    open.list.cursor = next.min(last);
    moved(open, shell);
}

/// A key while the search field has the focus.
pub fn search_key(open: &mut Open, command: Command, shell: &Shell, _: &mut Vec<Effect>) {
    match command {
        Command::KeepSearch | Command::Next => open.list.searching = false,
        Command::HitDown | Command::HitUp => travel(open, command, shell),
        other => {
            if open.list.search.edit(other) {
                find(open, shell);
            }
        }
    }
}

/// The list as rows: those that are visible.
pub fn outline(open: &Open, shell: &Shell) -> Vec<Row> {
    let visible = open.list.hits.iter().enumerate().skip(open.list.offset).take(rows(open, shell));
    visible
        .filter_map(|(at, row)| {
            let entry = open.contents.entry(open.contents.id(*row)?)?;
            Some(Row {
                label: crate::text::sanitise::line(entry.title()).into_owned(),
                value: crate::text::sanitise::line(entry.username()).into_owned(),
                focus: at == open.list.cursor,
                action: Some(Command::Open),
            })
        })
        .collect()
}

/// Draws the list.
pub fn view(open: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
    let (text, theme) = (&shell.catalog().tui.vault, &shell.theme);
    let focused = open.focus == Pane::List;
    let state = &open.list;
    let title = format!("{} {}", text.entries, (text.count)(state.hits.len(), state.all));
    let inner = frame(buf, area, &title, focused, theme);
    let caret = view_search(open, shell, inner, buf);
    let body = Rect { y: inner.y + 1, height: inner.height.saturating_sub(1), ..inner };
    if state.hits.is_empty() {
        let none = if state.all == 0 {
            (text.empty, text.empty_advice)
        } else {
            (text.no_hits, &[text.no_hits_advice][..])
        };
        let mut y = body.y + 1;
        put(buf, body.x + 1, y, body.width - 1, none.0, theme.style(Name::Title));
        y += 2;
        for line in none.1.iter().flat_map(|line| wrap(line, body.width.saturating_sub(2), 4)) {
            put(buf, body.x + 1, y, body.width.saturating_sub(1), &line, theme.style(Name::Text));
            y += 1;
        }
        return if state.searching { caret } else { Cursor::new(body.x, body.y) };
    }
    let mut cursor = caret;
    for (y, at) in (body.y..body.bottom()).zip(state.offset..state.hits.len()) {
        let selected = at == state.cursor;
        if selected && !state.searching {
            cursor = Cursor::new(body.x, y);
        }
        row(open, shell, at, Rect::new(body.x, y, body.width, 1), selected, buf);
    }
    cursor
}

fn view_search(open: &Open, shell: &Shell, inner: Rect, buf: &mut Buffer) -> Cursor {
    let (text, theme) = (&shell.catalog().tui.vault, &shell.theme);
    let state = &open.list;
    let cells = inner.width.saturating_sub(3);
    put(buf, inner.x, inner.y, 2, "/", theme.style(Name::Key));
    if state.search.text().is_empty() {
        put(buf, inner.x + 2, inner.y, cells, &fit(text.search_hint, cells), theme.style(Name::Dim));
        return Cursor::new(inner.x + 2, inner.y);
    }
    // - the field scrolls by whole characters, so that the caret is always inside
    let before = crate::text::sanitise::line(state.search.before_caret()).into_owned();
    let over = width(&before).saturating_sub(cells.saturating_sub(1));
    let clean = crate::text::sanitise::line(state.search.text()).into_owned();
    let mut gone = 0;
    let seen: String = unicode_segmentation::UnicodeSegmentation::graphemes(clean.as_str(), true)
        .skip_while(|part| {
            let skip = gone < over;
            if skip {
                gone += width(part);
            }
            skip
        })
        .collect();
    put(buf, inner.x + 2, inner.y, cells, &seen, theme.style(Name::Title));
    Cursor::new((inner.x + 2 + width(&before).saturating_sub(gone)).min(inner.right() - 1), inner.y)
}

fn row(open: &Open, shell: &Shell, at: usize, area: Rect, selected: bool, buf: &mut Buffer) {
    let (text, theme) = (&shell.catalog().tui.vault, &shell.theme);
    let id = open.list.hits.get(at).and_then(|row| open.contents.id(*row));
    let Some(entry) = id.and_then(|id| open.contents.entry(id)) else { return };
    let base = match (selected, open.focus) {
        (true, Pane::List) => theme.style(Name::Selected),
        (true, Pane::Detail) => theme.style(Name::Marked),
        (false, _) => theme.style(Name::Text),
    };
    if selected {
        put(buf, area.x, area.y, area.width, &fill("", area.width), base);
    }
    put(buf, area.x, area.y, 2, if selected { "> " } else { "  " }, base);
    let kind = words::kind(entry.kind(), shell.lang);
    let last = if area.width >= 44 { 13 } else { 0 };
    let user = if area.width >= 30 { (area.width - last) * 2 / 5 } else { 0 };
    let name = area.width.saturating_sub(2 + user + last + 1);
    let title = if entry.title().is_empty() { text.untitled } else { entry.title() };
    let star = if entry.favourite() { "* " } else { "" };
    let after = put(buf, area.x + 2, area.y, name, star, base);
    put_outside(buf, after, area.y, (area.x + 2 + name).saturating_sub(after), title, base);
    let quiet = if selected { base } else { theme.style(Name::Dim) };
    let x = area.x + 2 + name + 1;
    put_outside(buf, x, area.y, user.saturating_sub(1), entry.username(), quiet);
    if last > 0 {
        put(buf, area.right() - last, area.y, last, &fit(kind, last - 1), quiet);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_that_leaves_the_view_comes_back_into_its_middle() {
        assert_eq!(scrolled(0, 17, 100, 18), 0, "seen");
        assert_eq!(scrolled(0, 18, 100, 18), 9, "below");
        assert_eq!(scrolled(40, 39, 100, 18), 30, "above");
        assert_eq!(scrolled(10, 3, 100, 18), 0, "near the top");
        assert_eq!(scrolled(0, 99, 100, 18), 82, "no row is wasted at the end");
        assert_eq!(scrolled(5, 2, 4, 18), 0, "all fit");
        assert_eq!(scrolled(0, 3, 10, 1), 3, "one row");
    }
}
