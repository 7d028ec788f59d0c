//! What the search field does beside searching: the line under it (what may be completed, what a
//! name that is no token is, how far the notes are), recent searches, and searching in notes a
//! little at a time. It all dies with the lock.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use unicode_segmentation::UnicodeSegmentation;

use super::{Open, list};
use crate::ops::search::hit;
use crate::ops::search::query::Token;
use crate::ops::search::{Completion, Query};
use crate::text::Lang;
use crate::tui::app::Shell;
use crate::tui::theme::{Name, Theme};
use crate::tui::widget::text::{fit, put, width};

/// Most recent searches that are remembered.
const RECENT: usize = 20;
/// Notes that are opened in one go, and bytes of them: some milliseconds.
const SLICE: (usize, usize) = (200, 128 << 10);

/// The state.
#[derive(Debug, Default)]
pub struct State {
    /// Which row was selected when the field was entered.
    pub from: usize,
    /// What was searched for, newest first.
    pub recent: Vec<String>,
    /// What the word at the caret may become.
    pub choices: Option<Choices>,
    /// The notes that are still to be looked at.
    pub notes: Option<Notes>,
}

/// What the word at the caret may become.
#[derive(Debug)]
pub struct Choices {
    completion: Completion,
    /// Which one stands in the field.
    taken: Option<usize>,
}

/// A search in notes under way.
#[derive(Debug)]
pub struct Notes {
    rows: Vec<u32>,
    /// How many of them were looked at.
    pub done: usize,
}

impl Notes {
    /// How many there are.
    pub fn all(&self) -> usize {
        self.rows.len()
    }
}

/// The text changed: what it may be completed to is looked up, and notes are begun with.
pub fn typed(open: &mut Open, shell: &Shell) {
    open.list.seek.choices = None;
    if open.list.searching {
        let (before, other) = (open.list.search.before_caret(), shell.lang == Lang::Ja);
        let completion = open.contents.complete(before, other, shell.now.wall_ms);
        open.list.seek.choices = completion.map(|completion| Choices { completion, taken: None });
    }
}

/// The candidates of the index wait until their notes are looked at.
pub fn begin_notes(open: &mut Open, candidates: Vec<u32>) {
    open.list.seek.notes = Some(Notes { rows: candidates, done: 0 });
}

/// Looks at some more notes; what fits becomes a hit. Each note is wiped before the next is opened.
pub fn tick(open: &mut Open, shell: &Shell) {
    let Some(mut notes) = open.list.seek.notes.take() else { return };
    let (most, mut bytes) = SLICE;
    let before = open.list.hits.len();
    for row in notes.rows.iter().skip(notes.done).take(most) {
        notes.done += 1;
        let Some(id) = open.contents.id(*row) else { continue };
        let sealed = open.contents.entry(id).and_then(|entry| entry.notes());
        let len = sealed.map_or(0, <[u8]>::len);
        let fits = match sealed.map(|sealed| open.contents.session().reveal_text(id, sealed)) {
            Some(Ok(text)) => open.list.query.fits_notes(text.expose()),
            Some(Err(_)) => false,
            None => open.list.query.fits_notes(""),
        };
        if fits {
            open.list.hits.push(*row);
        }
        bytes = bytes.saturating_sub(len);
        if bytes == 0 {
            break;
        }
    }
    if notes.done < notes.all() {
        open.list.seek.notes = Some(notes);
    }
    if before == 0 && !open.list.hits.is_empty() {
        list::moved(open, shell);
    }
}

/// Tab: takes the next choice; false when there is none.
pub fn complete(open: &mut Open, forward: bool, shell: &Shell) -> bool {
    let Some(mut choices) = open.list.seek.choices.take() else { return false };
    let all = choices.completion.choices.len();
    let next = match choices.taken {
        None if forward => 0,
        None => all - 1,
        Some(taken) if forward => (taken + 1) % all,
        Some(taken) => (taken + all - 1) % all,
    };
    let Some(choice) = choices.completion.choices.get(next) else { return false };
    if !open.list.search.replace(choices.completion.start, &choice.text) {
        return false;
    }
    choices.taken = Some(next);
    list::find(open, shell);
    // - one that stood alone is taken for good: what follows it is next
    if all > 1 {
        open.list.seek.choices = Some(choices);
    }
    true
}

/// The search led somewhere: it is one of the recent ones.
pub fn remember(open: &mut Open) {
    let text = open.list.search.text().trim().to_owned();
    if text.is_empty() || open.list.hits.is_empty() {
        return;
    }
    let recent = &mut open.list.seek.recent;
    recent.retain(|one| *one != text);
    recent.insert(0, text);
    recent.truncate(RECENT);
}

/// Searches for a text as if it was typed.
pub fn run(open: &mut Open, text: &str, shell: &Shell) {
    open.focus = super::Pane::List;
    open.list.search.set(text);
    list::find(open, shell);
    open.list.seek.choices = None;
    remember(open);
}

/// The line under the search field.
pub fn view(open: &Open, shell: &Shell, x: u16, y: u16, cells: u16, buf: &mut Buffer) {
    let (text, theme) = (&shell.catalog().tui.page.search, &shell.theme);
    let dim = theme.style(Name::Dim);
    let mut say = |line: &str, style| {
        put(buf, x, y, cells, &fit(line, cells), style);
    };
    let seek = &open.list.seek;
    if let Some(choices) = &seek.choices {
        return view_choices(choices, shell, x, y, cells, buf);
    }
    if let Some(notes) = &seek.notes {
        return say(&(text.notes)(notes.done, notes.all()), theme.style(Name::Text));
    }
    if let Some(name) = open.list.query.unknown() {
        return say(&(text.unknown)(&crate::text::sanitise::line(name)), dim);
    }
    if open.list.near {
        return say(text.near, dim);
    }
    if open.list.search.text().is_empty() {
        let remembered = !seek.recent.is_empty() || open.contents.any_saved();
        say(if remembered { text.recent_hint } else { text.tokens_hint }, dim);
    }
}

fn view_choices(choices: &Choices, shell: &Shell, x: u16, y: u16, cells: u16, buf: &mut Buffer) {
    let theme = &shell.theme;
    let end = x + cells;
    let mut at = put(buf, x, y, cells, "Tab ", theme.style(Name::Key));
    let all = &choices.completion.choices;
    let label = |number: usize| {
        let choice = all.get(number)?;
        let name = crate::text::sanitise::line(&choice.text).into_owned();
        Some((name, choice.count.map_or(String::new(), |count| format!(" {count}"))))
    };
    // - the one that stands in the field is always seen, with those that follow
    let taken = choices.taken.unwrap_or(0);
    let room = |from: usize| -> u16 {
        (from..=taken).filter_map(label).map(|(name, count)| width(&name) + width(&count) + 2).sum()
    };
    let from = (0..=taken).find(|from| room(*from) <= cells.saturating_sub(6)).unwrap_or(taken);
    for number in from..all.len() {
        let Some((name, count)) = label(number) else { break };
        let wide = width(&name) + width(&count);
        if at + wide > end && number > from {
            put(buf, at, y, end.saturating_sub(at), "..", theme.style(Name::Dim));
            break;
        }
        let style = if choices.taken == Some(number) { Name::Selected } else { Name::Text };
        at = put(buf, at, y, end.saturating_sub(at), &fit(&name, end.saturating_sub(at)), theme.style(style));
        at = put(buf, at, y, end.saturating_sub(at), &count, theme.style(Name::Dim));
        at = at.saturating_add(2).min(end);
    }
}

/// Marks in a drawn text what was searched for: with lines and weight, so not by colour alone.
pub fn mark(
    query: &Query,
    part: Token,
    text: &str,
    at: (u16, u16),
    room: u16,
    theme: &Theme,
    buf: &mut Buffer,
) {
    for range in hit::found(query, part, text) {
        let (Some(before), Some(found)) = (text.get(..range.start), text.get(range)) else { continue };
        // - a character at a time, as they are drawn
        let cells = |text: &str| text.graphemes(true).map(width).fold(0, u16::saturating_add);
        let from = cells(before).min(room);
        let cells = cells(found).min(room - from);
        let area = Rect::new(at.0 + from, at.1, cells, 1).intersection(buf.area);
        buf.set_style(area, theme.hit());
    }
}

/// Why a row is a hit, where its title and user name do not show it: the tag, folder or address in
/// which something was found.
pub fn why(entry: crate::model::Entry<'_>, query: &Query) -> Option<(Token, String)> {
    query.shown().next()?;
    let shown = |part, text: &str| !hit::found(query, part, text).is_empty();
    if shown(Token::Title, entry.title()) || shown(Token::User, entry.username()) {
        return None;
    }
    let tags = entry.tags().into_iter().map(|tag| (Token::Tag, tag));
    let folder = std::iter::once((Token::Folder, entry.folder()));
    let urls = entry.urls().into_iter().map(|url| (Token::Url, host(url)));
    let names = entry.aliases().into_iter().chain([entry.reading()]).map(|name| (Token::Title, name));
    let mut all = tags.chain(folder).chain(urls).chain(names);
    all.find(|(part, text)| shown(*part, text)).map(|(part, text)| (part, text.to_owned()))
}

/// An address without what every one begins with.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.strip_prefix("www.").unwrap_or(rest)
}
