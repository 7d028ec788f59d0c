//! The list of entries with the search above it. Only the rows that are visible are read from the
//! vault; the hits are numbers of rows of the search index.

use std::collections::HashSet;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::{Cursor, Row};
use super::signs::Sign;
use super::{Open, Pane, detail, layout, search};
use crate::config::sort::Sort;
use crate::model::{Id, State as ModelState};
use crate::ops::search::query::Token;
use crate::ops::search::{Hits, Query};
use crate::text::{sanitise, words};
use crate::tui::app::Shell;
use crate::tui::command::Command;
use crate::tui::contents::Shifted;
use crate::tui::effect::Effect;
use crate::tui::health;
use crate::tui::shelf::Filter;
use crate::tui::theme::{Name, Theme};
use crate::tui::widget::field::Field;
use crate::tui::widget::frame::frame;
use crate::tui::widget::text::{fill, fit, put, width, wrap};

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
    /// Which entries are shown, before any search.
    pub filter: Filter,
    /// Marked entries.
    pub marks: HashSet<Id>,
    /// Those of them that a search found in the archive.
    pub archived: HashSet<Id>,
    /// What the hits were found for.
    pub query: Query,
    /// Nothing is what was asked for; the hits are nearly.
    pub near: bool,
    /// What the field does beside searching.
    pub seek: search::State,
    /// How many could be shown.
    pub all: usize,
    /// All rows in their order, and of which version of the vault, in which order.
    sorted: Vec<u32>,
    sorted_as: Option<(u64, Shifted, Sort)>,
    /// With which version of the vault the marks were last compared.
    marked_as: u64,
    /// What the cursor stood on when the rows were last those of the vault: a change of many gives them
    /// other numbers.
    under: Option<Id>,
}

/// Searches for what is typed; a query that only grew is looked for among the hits it had.
pub fn find(open: &mut Open, shell: &Shell) {
    let query = Query::parse(open.list.search.text());
    if query != open.list.query || query.is_empty() {
        let old = &open.list.query;
        let narrows = !old.is_empty() && !old.asks_notes() && old.narrows_to(&query);
        let within = narrows.then(|| std::mem::take(&mut open.list.hits));
        open.list.cursor = 0;
        look(open, query, within.as_deref(), shell);
    }
    search::typed(open, shell);
    moved(open, shell);
}

/// Does what grows with the vault after it changed; to be called in a job, so that the loop finds
/// it done.
pub fn put_in_order(open: &mut Open) {
    if let Some((_, _, sort)) = open.list.sorted_as {
        sorted(open, sort);
    }
    drop_marks(open);
}

/// Sorts anew where the vault or the order is another. After a change of one entry only that is put
/// into its place.
fn sorted(open: &mut Open, sort: Sort) {
    let (contents, list) = (&open.contents, &mut open.list);
    let (shelf, vault) = (contents.shelf(), contents.session().vault());
    match list.sorted_as {
        Some((version, _, by)) if (version, by) == (contents.version(), sort) => return,
        Some((_, then, by)) if by == sort => match contents.shifts_since(then) {
            Some(shifts) => shelf.resort(vault, &mut list.sorted, shifts, sort),
            None => list.sorted = shelf.sorted(vault, sort),
        },
        _ => list.sorted = shelf.sorted(vault, sort),
    }
    list.sorted_as = Some((contents.version(), contents.shifted(), sort));
}

/// What the vault's change took out of this list (to the trash, the archive, another folder) is marked no
/// longer: the next act would mean what nobody sees. What a search hides stays marked.
fn drop_marks(open: &mut Open) {
    let (contents, list) = (&open.contents, &mut open.list);
    if std::mem::replace(&mut list.marked_as, contents.version()) != contents.version() {
        let shelf = contents.shelf();
        list.archived.retain(|id| shelf.state_of(*id) == Some(ModelState::Archived));
        let (shown, found) = (shelf.shows(&list.filter, false), shelf.shows(&list.filter, true));
        let archived = &list.archived;
        list.marks.retain(|id| {
            shelf.known(*id).is_some_and(|cell| shown(cell) || archived.contains(id) && found(cell))
        });
    }
}

/// The rows that a query finds under the filter: by how well they match; those of a query without
/// words, and all where there is none, in the order that was chosen.
fn hits(open: &mut Open, query: &Query, within: Option<&[u32]>, shell: &Shell) -> Hits {
    if !query.has_words() {
        sorted(open, shell.memory.sort);
    }
    let searching = !query.is_empty();
    let shown = open.contents.shelf().shown(&open.list.filter, searching);
    if !searching {
        let rows = open.list.sorted.iter().copied().filter(|row| shown(*row)).collect();
        return Hits { rows, near: false };
    }
    let mut hits = open.contents.search(query, within, shell.now.wall_ms);
    hits.rows.retain(|row| shown(*row));
    if !query.has_words() {
        let found: HashSet<u32> = hits.rows.iter().copied().collect();
        hits.rows = open.list.sorted.iter().copied().filter(|row| found.contains(row)).collect();
    }
    hits
}

/// Searches again after the vault or the order changed; the selected entry stays selected where it
/// still is.
pub fn refresh(open: &mut Open, shell: &Shell) {
    let selected = open.list.under.or_else(|| open.listed());
    let query = Query::parse(open.list.search.text());
    if !query.is_empty() {
        open.list.all = hits(open, &Query::default(), None, shell).rows.len();
    }
    look(open, query, None, shell);
    drop_marks(open);
    let place = |id| open.list.hits.iter().position(|row| open.contents.id(*row) == Some(id));
    if let Some(at) = selected.and_then(place) {
        open.list.cursor = at;
    }
    super::settle(open, shell);
    // - before the first key nobody chose what it stands on
    if open.list.under.is_some() {
        note(open);
    }
}

/// A key was taken, the rows are those of the vault: what the cursor stands on is known by name.
pub fn note(open: &mut Open) {
    open.list.under = open.listed();
}

fn look(open: &mut Open, query: Query, within: Option<&[u32]>, shell: &Shell) {
    let mut hits = hits(open, &query, within, shell);
    open.list.seek.notes = None;
    if query.is_empty() {
        open.list.all = hits.rows.len();
    } else if query.unchecked(&|check| open.contents.ran(check)).is_some() {
        // - the list says that it is not known
        hits = Hits::default();
    } else if query.asks_notes() {
        search::begin_notes(open, std::mem::take(&mut hits.rows));
    }
    (open.list.hits, open.list.near, open.list.query) = (hits.rows, hits.near, query);
}

/// Searches for what was pasted.
pub fn paste(open: &mut Open, bytes: &[u8], shell: &Shell) {
    if !std::mem::replace(&mut open.list.searching, true) {
        open.list.search.clear();
    }
    open.focus = Pane::List;
    open.side.focused = false;
    open.list.search.paste(bytes);
    find(open, shell);
}

/// Shows other entries.
pub fn narrow(open: &mut Open, filter: Filter, shell: &Shell) {
    if open.list.filter != filter {
        open.list.filter = filter;
        refresh(open, shell);
    }
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
    let above = 3 + u16::from(open.list.searching);
    layout(open, shell).list.map_or(1, |area| usize::from(area.height.saturating_sub(above)).max(1))
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
        Command::Next if search::complete(open, true, shell) => {}
        Command::Previous if search::complete(open, false, shell) => {}
        Command::KeepSearch | Command::Next | Command::Previous => {
            search::remember(open);
            open.list.searching = false;
            moved(open, shell);
        }
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
    let focused = open.focus == Pane::List && !open.side.focused;
    let state = &open.list;
    let title = title(open, shell);
    let inner = frame(buf, area, &title, focused, theme);
    let caret = view_search(open, shell, inner, buf);
    if state.searching {
        search::view(open, shell, inner.x + 2, inner.y + 1, inner.width.saturating_sub(3), buf);
    }
    let above = 1 + u16::from(state.searching);
    let body = Rect { y: inner.y + above, height: inner.height.saturating_sub(above), ..inner };
    if state.hits.is_empty() {
        let page = &shell.catalog().tui.page.search;
        let unchecked = state.query.unchecked(&|check| open.contents.ran(check));
        let unchecked_advice = unchecked.map(|_| health::unchecked(open, shell));
        let unchecked = unchecked
            .map(|is| (page.unchecked)(is.words()[usize::from(shell.lang == crate::text::Lang::Ja)]));
        let looking = state.seek.notes.as_ref().map(|notes| (page.notes)(notes.done, notes.all()));
        let key = |command| shell.keymap.label(command);
        let advice = (text.empty_advice)(&key(Command::Open), &key(Command::New), &key(Command::Palette));
        let advice: Vec<&str> = advice.iter().map(String::as_str).collect();
        let unchecked_advice: Vec<&str> = unchecked_advice.as_deref().into_iter().collect();
        let none = if let Some(unchecked) = &unchecked {
            (unchecked.as_str(), unchecked_advice.as_slice())
        } else if let Some(looking) = &looking {
            (looking.as_str(), &[][..])
        } else if let Some(name) = state.query.unknown() {
            let token = !name.starts_with("is:");
            (text.no_hits, if token { &[page.tokens_hint][..] } else { &[page.is_hint][..] })
        } else if open.is_bare() {
            (text.empty, advice.as_slice())
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

/// The title of the frame: how many, which, and how many are marked.
fn title(open: &Open, shell: &Shell) -> String {
    let (text, state) = (&shell.catalog().tui.vault, &open.list);
    let pages = &shell.catalog().tui.page.browse;
    // - a search finds archived entries, too, which are not among all that are listed
    let mut title =
        format!("{} {}", text.entries, (text.count)(state.hits.len(), state.all.max(state.hits.len())));
    let filter = match &state.filter {
        Filter::All => String::new(),
        Filter::Favourites => text.favourite.to_owned(),
        Filter::Archived => pages.archived.to_owned(),
        Filter::Folder(path) => path.clone(),
        Filter::Tag(name) => format!("#{name}"),
    };
    if !filter.is_empty() {
        title.push_str(&format!("  {}", fit(&crate::text::sanitise::line(&filter), 24)));
    }
    if !state.marks.is_empty() {
        title.push_str(&format!("  {}", (pages.marked)(state.marks.len())));
    }
    title
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
    field(&state.search, (inner.x + 2, inner.y), cells, theme, buf)
}

/// Draws a field of one line; it scrolls by whole characters, so that the caret is always inside.
pub fn field(field: &Field, at: (u16, u16), cells: u16, theme: &Theme, buf: &mut Buffer) -> Cursor {
    let before = sanitise::line(field.before_caret()).into_owned();
    let over = width(&before).saturating_sub(cells.saturating_sub(1));
    let clean = sanitise::line(field.text()).into_owned();
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
    let name = if field.selected() { Name::Selected } else { Name::Title };
    put(buf, at.0, at.1, cells, &seen, theme.style(name));
    Cursor::new((at.0 + width(&before).saturating_sub(gone)).min(at.0 + cells), at.1)
}

fn row(open: &Open, shell: &Shell, at: usize, area: Rect, selected: bool, buf: &mut Buffer) {
    let (text, theme) = (&shell.catalog().tui.vault, &shell.theme);
    let id = open.list.hits.get(at).and_then(|row| open.contents.id(*row));
    let Some(entry) = id.and_then(|id| open.contents.entry(id)) else { return };
    let base = match (selected, open.focus) {
        (true, Pane::List) if !open.side.focused => theme.style(Name::Selected),
        (true, _) => theme.style(Name::Marked),
        (false, _) => theme.style(Name::Text),
    };
    if selected {
        put(buf, area.x, area.y, area.width, &fill("", area.width), base);
    }
    put(buf, area.x, area.y, 1, if selected { Sign::Cursor.cell() } else { " " }, base);
    let pages = &shell.catalog().tui.page.browse;
    let marked = open.list.marks.contains(&entry.id());
    let archived = entry.state() == ModelState::Archived;
    let base = match (selected, archived, marked) {
        (false, true, _) => theme.style(Name::Dim),
        (false, false, true) => theme.style(Name::Marked),
        _ => base,
    };
    let badge = if !entry.staged().is_empty() {
        Some((pages.staged, Name::Warn))
    } else if entry.expires().is_some_and(|until| until <= shell.now.wall_ms) {
        Some((pages.expired, Name::Danger))
    } else {
        archived.then_some((pages.archived, Name::Dim))
    };
    let age = if area.width >= AGE_FROM { 7 } else { 0 };
    let last = if area.width >= 44 { 13 } else { 0 };
    let user = if area.width >= 30 { (area.width - last - age) * 3 / 8 } else { 0 };
    let name = area.width.saturating_sub(GUTTER + user + last + age + 1);
    // - the sign of the worst finding stands at the end of the title's column
    let worst = open.contents.marks(entry.id()).first();
    if let Some(check) = worst {
        let style = if selected { base } else { theme.style(health::sign::look(check, theme)) };
        put(buf, (area.x + GUTTER + name).saturating_sub(1), area.y, 1, Sign::Found(check).cell(), style);
    }
    let (whole, name) = (name, name.saturating_sub(if worst.is_some() { 2 } else { 0 }));
    let title = if entry.title().is_empty() { text.untitled } else { entry.title() };
    // - one cell for the mark or the star: titles begin at the same place
    let flag = match (marked, entry.favourite()) {
        (true, _) => Sign::Marked.cell(),
        (false, true) => Sign::Favourite.cell(),
        (false, false) => " ",
    };
    put(buf, area.x + 1, area.y, 1, flag, base);
    let query = &open.list.query;
    let found = |part, text: &str, at: u16, cells: u16, style, buf: &mut Buffer| {
        let shown = fit(&sanitise::line(text), cells);
        let after = put(buf, at, area.y, cells, &shown, style);
        if !query.is_empty() && !open.list.near {
            search::mark(query, part, &shown, (at, area.y), cells, theme, buf);
        }
        after
    };
    let quiet = if selected { base } else { theme.style(Name::Dim) };
    let (word, style) = match badge {
        Some((word, name)) => (word, if selected { base } else { theme.style(name) }),
        None => (words::kind(entry.kind(), shell.lang), quiet),
    };
    // - where the kind has no column, a word that matters follows the title; beside a title that would
    //   be cut for it, it stands in place of the user name
    let beside = badge.filter(|_| last == 0).map_or(0, |(word, _)| width(word) + 1);
    let instead = beside > 0 && user > 0 && width(&sanitise::line(title)) + beside > name;
    let x = area.x + GUTTER;
    let after =
        found(Token::Title, title, x, if instead { name } else { name - beside.min(name) }, base, buf);
    let x = x + whole + 1;
    if instead {
        put(buf, x, area.y, user.saturating_sub(1), &fit(word, user.saturating_sub(1)), style);
    } else {
        // - why it is here has no column of its own, either
        let free = query.shown().any(|(part, _)| part.is_none());
        let why = search::why(entry, query).filter(|_| last == 0 && free && !open.list.near);
        let (part, shown) = why.unwrap_or((Token::User, entry.username().to_owned()));
        found(part, &shown, x, user.saturating_sub(1), quiet, buf);
    }
    if last > 0 {
        let at = area.right() - last - age;
        match search::why(entry, query).filter(|_| badge.is_none() && !open.list.near) {
            Some((part, text)) => found(part, &text, at, last - 1, quiet, buf),
            None => put(buf, at, area.y, last, &fit(word, last - 1), style),
        };
    } else if beside > 0 && !instead {
        put(buf, after + 1, area.y, beside, word, style);
    }
    if let Some(changed) = entry.password_changed().filter(|_| age > 0) {
        let words = (pages.age)(shell.now.wall_ms.saturating_sub(changed) / 86_400_000);
        put(buf, area.right().saturating_sub(width(&words) + 1), area.y, age, &words, quiet);
    }
}

/// Cells in front of the titles: the cursor, the mark or the star, a blank.
const GUTTER: u16 = 3;

/// The age of the password has a column from this width on.
const AGE_FROM: u16 = 52;

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
