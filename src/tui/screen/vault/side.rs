//! The sidebar: which entries the list shows. A pane from [`FROM`] columns on, below that a popup
//! ([`crate::tui::page::side`]); both move through the same rows. Rows and counts are read once for
//! each change of the vault. Going to a row narrows the list at once.

use std::collections::BTreeSet;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::{Cursor, Row, window};
use super::{Open, list, search};
use crate::ops::filing::{self, Refile};
use crate::text::sanitise;
use crate::tui::app::Shell;
use crate::tui::command::{Command, Unavailable};
use crate::tui::page::incident;
use crate::tui::page::names::Named;
use crate::tui::shelf::{Facets, Filter};
use crate::tui::theme::Name;
use crate::tui::widget::frame::frame;
use crate::tui::widget::text::{fill, fit, put, width};

/// It is a pane from this width on.
pub const FROM: u16 = 120;
/// Cells of the pane.
pub const CELLS: u16 = 26;

/// What a row is.
#[derive(Debug, Clone, PartialEq, Eq)]
enum What {
    /// Entries that the list can show.
    Show(Filter),
    /// The trash, a page of its own.
    Trash,
    /// Plans for taken-over accounts that are open.
    Plans,
    /// Where none is open: the way to one.
    TakenOver,
    /// A kept search: its name, and what it searches for.
    Search(String, String),
}

/// A row.
#[derive(Debug, Clone)]
struct Item {
    what: What,
    depth: usize,
    count: Option<usize>,
    /// Folders lie in it: whether they are shown.
    open: Option<bool>,
    /// The first of its kind: an empty line stands before it.
    first: bool,
}

/// The state.
#[derive(Debug, Default)]
pub struct State {
    /// The pane has the focus.
    pub focused: bool,
    rows: Vec<Item>,
    closed: BTreeSet<String>,
    cursor: usize,
    /// Of which version of the vault the rows are.
    read: Option<u64>,
    /// What folders or tags are about to become: what the list shows goes along.
    pub becomes: Option<Refile>,
}

/// The footer while it has the focus.
pub const FOOTER: &[Command] = &[
    Command::Open,
    Command::Left,
    Command::Right,
    Command::Rename,
    Command::PutInto,
    Command::Dissolve,
    Command::Back,
    Command::HelpHere,
];

/// What keys mean on the row with the focus.
#[derive(Debug, Clone, Copy, Default)]
pub struct Here {
    /// Enter opens a page of its own.
    page: bool,
    /// Enter searches.
    search: bool,
    /// Folders lie in it: whether they are shown.
    open: Option<bool>,
}

impl Here {
    /// The word of a command in the footer; an empty one where it does nothing of its own.
    pub fn says(self, command: Command, shell: &Shell) -> Option<&'static str> {
        let (text, short) = (&shell.catalog().tui.page.browse, shell.catalog().tui.short);
        match command {
            Command::Open if self.page => Some(short(Command::Open)),
            Command::Open if self.search => Some(short(Command::Search)),
            Command::Open => Some(short(Command::KeepSearch)),
            Command::Left => Some(if self.open == Some(true) { text.fold } else { "" }),
            Command::Right => Some(if self.open == Some(false) { text.unfold } else { "" }),
            _ => None,
        }
    }
}

/// What keys mean on the row with the focus.
pub fn here(open: &Open) -> Here {
    let row = open.side.rows.get(open.side.cursor);
    row.map_or(Here::default(), |row| Here {
        page: matches!(row.what, What::Trash | What::Plans | What::TakenOver),
        search: matches!(row.what, What::Search(..)),
        open: row.open,
    })
}

/// What is to follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Go {
    /// Nothing.
    Stay,
    /// To the list.
    List,
    /// The trash opens.
    Trash,
    /// The plans for taken-over accounts open.
    Plans,
    /// It is none of its keys.
    Pass,
    /// It cannot be done on this row.
    No(Unavailable),
}

/// The rows are read where the vault changed, and the pane loses the focus where there is no room.
pub fn settle(open: &mut Open, shell: &Shell) {
    if shell.size.width < FROM {
        open.side.focused = false;
    }
    if open.side.read != Some(open.contents.version()) {
        open.side.read = Some(open.contents.version());
        if let Some(filter) = build(open) {
            list::narrow(open, filter, shell);
        }
    }
}

/// The folder or tag of the row with the focus.
pub fn named(open: &Open) -> Option<Named> {
    match &open.side.rows.get(open.side.cursor)?.what {
        What::Show(Filter::Folder(path)) => Some(Named::Folders(vec![path.clone()])),
        What::Show(Filter::Tag(name)) => Some(Named::Tags(vec![name.clone()])),
        _ => None,
    }
}

/// What the list is to show where the folder or tag that it shows is gone.
fn gone(open: &mut Open, facets: &Facets) -> Option<Filter> {
    let there = |filter: &Filter| match filter {
        Filter::Folder(path) => facets.folders.iter().any(|folder| folder.path == *path),
        Filter::Tag(name) => facets.tags.iter().any(|(tag, _)| tag == name),
        _ => true,
    };
    let becomes = open.side.becomes.take();
    if let Some(Refile::Folders(_)) = &becomes {
        let closed = std::mem::take(&mut open.side.closed).into_iter();
        let now = |path: String| becomes.as_ref().and_then(|what| what.renamed(&path)).unwrap_or(path);
        open.side.closed = closed.map(now).collect();
    }
    if there(&open.list.filter) {
        return None;
    }
    let now = match (&open.list.filter, becomes) {
        (Filter::Folder(path), Some(what @ Refile::Folders(_))) => what.renamed(path).map(Filter::Folder),
        (Filter::Tag(name), Some(what @ Refile::Tags(_))) => what.renamed(name).map(Filter::Tag),
        _ => None,
    };
    Some(now.filter(there).unwrap_or_default())
}

/// Reads the rows; what the list is to show now, where that is something else.
fn build(open: &mut Open) -> Option<Filter> {
    let facets = open.contents.shelf().facets(&filing::kept(open.contents.session().vault()));
    let other = gone(open, &facets);
    let item = |what, count| Item { what, depth: 0, count, open: None, first: false };
    let mut rows = vec![
        item(What::Show(Filter::All), Some(facets.active)),
        item(What::Show(Filter::Favourites), Some(facets.favourites)),
        item(What::Show(Filter::Archived), Some(facets.archived)),
        item(What::Trash, Some(facets.trashed)),
    ];
    // - the way back to a plan, and that to one, need no key of their own
    let planned = incident::is_open(open);
    if planned {
        rows.insert(0, item(What::Plans, None));
    }
    let closed = &open.side.closed;
    let hidden = |path: &str| closed.iter().any(|one| one != path && filing::lies_in(path, one));
    let mut first = true;
    for folder in facets.folders.into_iter().filter(|folder| !hidden(&folder.path)) {
        rows.push(Item {
            depth: folder.depth,
            count: Some(folder.count),
            open: folder.parent.then(|| !closed.contains(&folder.path)),
            what: What::Show(Filter::Folder(folder.path)),
            first: std::mem::take(&mut first),
        });
    }
    let tags = facets.tags.into_iter().map(|(tag, count)| item(What::Show(Filter::Tag(tag)), Some(count)));
    let kept = open.contents.saved_searches().into_iter();
    let kept = kept.map(|one| item(What::Search(one.name, one.query), None));
    for part in [tags.collect::<Vec<_>>(), kept.collect()] {
        rows.extend(part.into_iter().enumerate().map(|(at, row)| Item { first: at == 0, ..row }));
    }
    if !planned {
        rows.push(Item { first: true, ..item(What::TakenOver, None) });
    }
    let before = open.side.rows.get(open.side.cursor).map(|row| row.what.clone());
    open.side.rows = rows;
    let at = |what: &What| open.side.rows.iter().position(|row| row.what == *what);
    let now = || at(&What::Show(other.clone()?));
    let place = before.as_ref().and_then(at).or_else(now);
    open.side.cursor = place.unwrap_or(open.side.cursor).min(open.side.rows.len().saturating_sub(1));
    other
}

/// The pane or the popup gets the focus: on the row of what the list shows.
pub fn enter(open: &mut Open) {
    let now = What::Show(open.list.filter.clone());
    if let Some(at) = open.side.rows.iter().position(|row| row.what == now) {
        open.side.cursor = at;
    }
}

/// Takes a key.
pub fn update(open: &mut Open, command: Command, shell: &Shell) -> Go {
    let last = open.side.rows.len().saturating_sub(1);
    let page = usize::from(window(shell).body.height.saturating_sub(4)).max(1);
    let cursor = open.side.cursor;
    let Some(here) = open.side.rows.get(cursor).cloned() else { return Go::List };
    let next = match command {
        Command::Down => cursor + 1,
        // - the way to a plan is one row away, however many folders there are
        Command::Up if cursor == 0 && open.side.rows[last].what == What::TakenOver => last,
        Command::Up => cursor.saturating_sub(1),
        Command::First => 0,
        Command::Last => last,
        Command::PageDown | Command::HalfDown => cursor + page / 2,
        Command::PageUp | Command::HalfUp => cursor.saturating_sub(page / 2),
        Command::Mark | Command::Right if here.open == Some(false) => return fold(open, &here, false),
        Command::Mark | Command::Left if here.open == Some(true) => return fold(open, &here, true),
        Command::Mark => return Go::No(Unavailable::NoBranch),
        // - from a folder to the one that it lies in
        Command::Left => match &here.what {
            What::Show(Filter::Folder(path)) if path.contains('/') => {
                let above = path.rsplit_once('/').map_or("", |(above, _)| above).to_owned();
                let above = What::Show(Filter::Folder(above));
                open.side.rows.iter().position(|row| row.what == above).unwrap_or(cursor)
            }
            _ => return Go::Stay,
        },
        Command::Right => return Go::List,
        Command::Open => {
            return match here.what {
                What::Trash => Go::Trash,
                What::Plans | What::TakenOver => Go::Plans,
                What::Search(_, query) => {
                    search::run(open, &query, shell);
                    Go::List
                }
                What::Show(filter) => {
                    list::narrow(open, filter, shell);
                    Go::List
                }
            };
        }
        _ => return Go::Pass,
    };
    open.side.cursor = next.min(last);
    if let Some(Item { what: What::Show(filter), .. }) = open.side.rows.get(open.side.cursor) {
        let filter = filter.clone();
        if filter != open.list.filter {
            (open.list.cursor, open.list.offset) = (0, 0);
        }
        list::narrow(open, filter, shell);
    }
    Go::Stay
}

/// Closes a folder, or opens it.
fn fold(open: &mut Open, here: &Item, close: bool) -> Go {
    if let What::Show(Filter::Folder(path)) = &here.what {
        if close {
            open.side.closed.insert(path.clone());
        } else {
            open.side.closed.remove(path);
        }
        // - no folder is gone by being closed
        build(open);
    }
    Go::Stay
}

fn name(item: &Item, shell: &Shell) -> String {
    let text = &shell.catalog().tui.page.browse;
    match &item.what {
        What::Show(Filter::All) => text.all.to_owned(),
        What::Show(Filter::Favourites) => text.favourites.to_owned(),
        What::Show(Filter::Archived) => text.archive.to_owned(),
        What::Trash => text.trash.to_owned(),
        What::Plans => shell.catalog().tui.page.incident.reminder.to_owned(),
        What::TakenOver => text.taken_over.to_owned(),
        What::Show(Filter::Folder(path)) => {
            sanitise::line(path.rsplit('/').next().unwrap_or("")).into_owned()
        }
        What::Show(Filter::Tag(tag)) => format!("#{}", sanitise::line(tag)),
        What::Search(name, _) => format!("/{}", sanitise::line(name)),
    }
}

/// The rows.
pub fn outline(open: &Open, shell: &Shell) -> Vec<Row> {
    let row = |(at, item): (usize, &Item)| Row {
        label: name(item, shell),
        value: item.count.map_or(String::new(), |count| count.to_string()),
        focus: at == open.side.cursor,
        action: Some(Command::Open),
    };
    open.side.rows.iter().enumerate().map(row).collect()
}

/// Lines with the empty ones between the parts. The way to a plan is there for who goes through the rows.
fn lines(open: &Open, focused: bool) -> Vec<Option<usize>> {
    let mut lines = Vec::new();
    let seen = |row: &Item| focused || row.what != What::TakenOver;
    for (at, row) in open.side.rows.iter().enumerate().filter(|(_, row)| seen(row)) {
        if row.first {
            lines.push(None);
        }
        lines.push(Some(at));
    }
    lines
}

/// Lines of it with the frame.
pub fn height(open: &Open) -> u16 {
    u16::try_from(lines(open, true).len() + 2).unwrap_or(u16::MAX)
}

/// Draws the pane with its frame.
pub fn view(open: &Open, shell: &Shell, area: Rect, focused: bool, buf: &mut Buffer) -> Cursor {
    let text = &shell.catalog().tui.page.browse;
    let inner = frame(buf, area, text.side, focused, &shell.theme);
    view_rows(open, shell, inner, focused, buf)
}

/// Draws the rows; says where the hardware cursor stands.
pub fn view_rows(open: &Open, shell: &Shell, inner: Rect, focused: bool, buf: &mut Buffer) -> Cursor {
    let theme = &shell.theme;
    let lines = lines(open, focused);
    let room = usize::from(inner.height).max(1);
    let at = lines.iter().position(|line| *line == Some(open.side.cursor)).unwrap_or(0);
    let offset = if at < room { 0 } else { (at - room / 2).min(lines.len().saturating_sub(room)) };
    let mut cursor = Cursor::new(inner.x, inner.y);
    for (y, line) in (inner.y..inner.bottom()).zip(lines.into_iter().skip(offset)) {
        let Some(at) = line else { continue };
        let Some(item) = open.side.rows.get(at) else { continue };
        let here = at == open.side.cursor && focused;
        let shown = matches!(&item.what, What::Show(filter) if *filter == open.list.filter);
        let style = theme.style(match (here, shown) {
            (true, _) => Name::Selected,
            (false, true) => Name::Marked,
            (false, false) => Name::Text,
        });
        if here {
            put(buf, inner.x, y, inner.width, &fill("", inner.width), style);
            cursor = Cursor::new(inner.x, y);
        }
        put(buf, inner.x, y, 1, if here || shown { ">" } else { " " }, style);
        let count = item.count.map_or(String::new(), |count| count.to_string());
        let deep = u16::try_from(item.depth.min(6) * 2).unwrap_or(0);
        let fold = match item.open {
            Some(true) => "- ",
            Some(false) => "+ ",
            None => "  ",
        };
        let x = put(buf, inner.x + 2 + deep, y, 2, if item.is_folder() { fold } else { "" }, style);
        let cells = inner.right().saturating_sub(x + width(&count) + 2);
        put(buf, x, y, cells, &fit(&name(item, shell), cells), style);
        let quiet = if here { style } else { theme.style(Name::Dim) };
        let right = inner.right().saturating_sub(width(&count) + 1);
        put(buf, right, y, width(&count), &count, quiet);
    }
    cursor
}

impl Item {
    fn is_folder(&self) -> bool {
        matches!(self.what, What::Show(Filter::Folder(_)))
    }
}
