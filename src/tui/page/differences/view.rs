//! How the differences are drawn: above, what copy it is and what to beware of; the list of what can be
//! done and of the entries; beside it the fields of the one in focus.

use std::collections::BTreeSet;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::opener;
use super::super::popup::{self, Item};
use super::super::value::{self, Value, field_name, minute};
use super::{Act, Differences, Line, Mode, Step, Stop};
use crate::model::{Entry, Record, State, Tag};
use crate::ops::compare::{After, Differing, Field, Place};
use crate::session::Reach;
use crate::text::sanitise;
use crate::tui::app::Shell;
use crate::tui::command::Command;
use crate::tui::other::{Compared, Kind, Source};
use crate::tui::screen::vault::{Open, Pane, TWO_PANES, detail};
use crate::tui::screen::{Cursor, Row, window};
use crate::tui::theme::Name;
use crate::tui::widget::frame::frame;
use crate::tui::widget::text::{fill, fit, put, width, wrap};

/// Most lines of one value.
const LINES_MOST: usize = 12;
/// Most lines above the panes.
const ABOVE_MOST: usize = 3;

/// What the header calls the page.
pub(super) fn name(source: &Source, shell: &Shell) -> String {
    let name = opener::name(source, shell);
    match source.kind {
        Kind::Backup(_) => name,
        _ => (shell.catalog().tui.page.other.of_file)(&name),
    }
}

/// As of when a copy is, in words.
pub(super) fn when(compared: &Compared, shell: &Shell) -> String {
    let saved = compared.held.saved.as_ref().map_or(0, |(ms, _)| *ms);
    // - a backup is what lay there until it was made
    let ms = if let Kind::Backup(made) = compared.source.kind { made } else { saved };
    minute(ms, &shell.zone)
}

/// The lines above the panes: what it is, what to beware of, what else differs.
fn above(
    page: &Differences,
    compared: &Compared,
    open: &Open,
    shell: &Shell,
    cells: u16,
) -> Vec<(String, Name)> {
    let text = &shell.catalog().tui.page.other;
    let held = &compared.held;
    let mut facts = vec![(text.entries)(held.entries), (text.save)(held.counter)];
    if let Some((ms, host)) = &held.saved {
        facts.push((text.saved_on)(&minute(*ms, &shell.zone), &sanitise::line(host)));
    }
    let mut lines = vec![(fit(&facts.join("  "), cells), Name::Text)];
    let ours = open.contents.session().header().epoch;
    let care = match held.reach {
        Reach::Retired { .. } => Some(text.former),
        Reach::Closed if held.epoch > ours => Some(text.later),
        _ => None,
    };
    if let Some(care) = care {
        lines.extend(wrap(care, cells, 2).into_iter().map(|line| (line, Name::Warn)));
    }
    let found = &compared.found;
    let here =
        found.entries.iter().filter(|one| one.place == Place::Here && one.after != After::Gone).count();
    let mut more = Vec::new();
    if page.mode == Mode::Merge && here > 0 {
        more.push((text.unaffected)(here));
    }
    if found.settings + found.incidents > 0 {
        more.push((text.more)(found.settings, found.incidents));
    }
    if !more.is_empty() {
        lines.push((fit(&more.join("  "), cells), Name::Dim));
    }
    lines.truncate(ABOVE_MOST);
    lines
}

fn parted(area: Rect, above: usize) -> (Rect, Rect) {
    let high = u16::try_from(above).unwrap_or(0).min(area.height.saturating_sub(6));
    (Rect { height: high, ..area }, Rect { y: area.y + high, height: area.height - high, ..area })
}

/// Visible rows of the list.
pub(super) fn rows(page: &Differences, shell: &Shell) -> usize {
    // - the lines above are counted as many as there may be: a row too few hides nothing
    let above = if page.compared().is_some() { ABOVE_MOST } else { 0 };
    usize::from(window(shell).body.height.saturating_sub(2)).saturating_sub(above).max(1)
}

fn act_words(act: Act, page: &Differences, shell: &Shell) -> String {
    let text = &shell.catalog().tui.page.other;
    let coming = page.compared().map_or(0, |one| one.found.coming());
    match (act, page.mode) {
        (Act::Marked, _) => (text.take_marked)(page.marks.len()),
        (Act::All, Mode::Restore) => text.restore_all.to_owned(),
        (Act::All, Mode::Merge) => match page.compared() {
            Some(one) if one.contained && one.source.kind != Kind::Live => (text.merge_all)(None),
            _ => (text.merge_all)(Some(coming)),
        },
        (Act::Other, Mode::Restore) => text.to_merge.to_owned(),
        (Act::Other, Mode::Merge) => text.to_restore.to_owned(),
        (Act::PutAway, _) => text.put_away.to_owned(),
    }
}

/// What an act does, in a sentence.
fn why(act: Act, mode: Mode, shell: &Shell) -> &'static str {
    let [marked, back, to_merge, join, to_restore, away] = shell.catalog().tui.page.other.why;
    match (act, mode) {
        (Act::Marked, _) => marked,
        (Act::All, Mode::Restore) => back,
        (Act::All, Mode::Merge) => join,
        (Act::Other, Mode::Restore) => to_merge,
        (Act::Other, Mode::Merge) => to_restore,
        (Act::PutAway, _) => away,
    }
}

fn title<'a>(one: &Differing, page: &'a Differences, open: &'a Open, shell: &Shell) -> &'a str {
    let [here, there] = page.records(open, one.id);
    let record = if one.place == Place::There { there } else { here };
    let title = record.map_or("", |record| record.text(Tag::TITLE));
    if title.is_empty() { shell.catalog().tui.vault.untitled } else { title }
}

/// What of an entry differs, in a few words.
fn what(one: &Differing, mode: Mode, shell: &Shell) -> String {
    let text = &shell.catalog().tui.page.other;
    match (one.place, one.after, mode) {
        (Place::There, After::Here, Mode::Merge) => return text.stays_purged.to_owned(),
        (Place::There, _, Mode::Merge) => return text.only_there.to_owned(),
        (Place::There, _, Mode::Restore) => return text.only_then.to_owned(),
        (Place::Here, After::Gone, Mode::Merge) => return text.purged.to_owned(),
        (Place::Here, ..) => return text.only_here.to_owned(),
        (Place::Both, After::Here, Mode::Merge) => return text.stays.to_owned(),
        (Place::Both, ..) => {}
    }
    let mut names: Vec<&str> = Vec::new();
    let mut seen = BTreeSet::new();
    for field in &one.fields {
        let name = (shell.catalog().cli.say.tag)(field.tag);
        if seen.insert(name) {
            names.push(name);
        }
    }
    if names.is_empty() { text.minor.to_owned() } else { names.join(", ") }
}

fn row_words(line: Line, page: &Differences, open: &Open, shell: &Shell) -> (String, String) {
    match line {
        Line::Act(act) => (act_words(act, page, shell), String::new()),
        Line::Entry(at) => match page.compared().and_then(|one| one.found.entries.get(at)) {
            Some(one) => {
                (sanitise::line(title(one, page, open, shell)).into_owned(), what(one, page.mode, shell))
            }
            None => (String::new(), String::new()),
        },
    }
}

/// The label of a field; the name of a custom one from whichever side has it.
fn label(field: &Field, records: [Option<&Record>; 2], shell: &Shell) -> String {
    let named = || records.into_iter().find_map(|record| field_name(record, field.element));
    value::label(field.tag, named, shell)
}

fn side(field: &Field, record: Option<&Record>, open: &Open, shell: &Shell) -> Value {
    let text = &shell.catalog().tui.page.other;
    if field.tag == Tag::TRASH {
        let trashed = record.is_some_and(|record| Entry(record).state() == State::Trashed);
        return Value::Plain((if trashed { text.trashed } else { text.not_trashed }).to_owned());
    }
    let bytes = record.and_then(|record| record.attr(field.tag, field.element));
    value::of(field.tag, bytes.map_or(&[], |attr| attr.value()), open, shell)
}

/// The fields of the entry in focus.
fn items(page: &Differences, open: &Open, shell: &Shell, cells: u16) -> Vec<Item> {
    let text = &shell.catalog().tui.page.other;
    let Some(one) = page.entry() else {
        return match page.line() {
            Some(Line::Act(act)) => vec![Item::told(why(act, page.mode, shell), Name::Dim)],
            _ => Vec::new(),
        };
    };
    let records = page.records(open, one.id);
    let fields = page.fields(open);
    let labels: Vec<String> = fields.iter().map(|field| label(field, records, shell)).collect();
    let beside = labels.iter().map(|label| width(label)).max().unwrap_or(0).min(cells * 2 / 5) + 2;
    let there = if page.mode == Mode::Restore { text.then } else { text.there };
    let sides = [text.here, there, text.result].into_iter().map(width).max().unwrap_or(0) + 2;
    let room = popup::value_cells(beside, cells).saturating_sub(sides).max(4);
    let mut items = Vec::new();
    for (at, stop) in page.parts(open).iter().enumerate() {
        let Stop::Field(number) = stop else {
            items.push(Item::act(at, text.take_entry, String::new()));
            items.push(Item::gap());
            continue;
        };
        let Some(field) = fields.get(*number) else { continue };
        let shown = page.pane == Pane::Detail && page.field == at && page.peek.is_open();
        let mut lines: Vec<(String, Name)> = Vec::new();
        let mut none_here = false;
        for (number, (name, record)) in [text.here, there].into_iter().zip(records).enumerate() {
            let value = side(field, record.filter(|record| !record.is_blank()), open, shell);
            none_here |= number == 0 && matches!(value, Value::Absent);
            let value = match value {
                Value::Absent => vec![(text.none.to_owned(), Name::Dim)],
                Value::Sealed(_) if shown => page.peek.lines(number, room, shell),
                Value::Sealed(_) => vec![(detail::MASK.to_owned(), Name::Text)],
                Value::Plain(words) => {
                    wrap(&words, room, LINES_MOST).into_iter().map(|line| (line, Name::Text)).collect()
                }
            };
            for (line, (words, look)) in value.into_iter().enumerate() {
                let name = if line == 0 { name } else { "" };
                lines.push((format!("{}{words}", fill(name, sides)), look));
            }
        }
        if page.mode == Mode::Merge {
            let look = match field.after {
                After::Here => Name::Dim,
                After::There => Name::Good,
                After::Gone => Name::Warn,
            };
            // - nothing of ours gives way
            let words =
                if field.after == After::There && none_here { there } else { (text.after)(field.after) };
            for (line, words) in wrap(words, room, 3).into_iter().enumerate() {
                let name = if line == 0 { text.result } else { "" };
                lines.push((format!("{}{words}", fill(name, sides)), look));
            }
        }
        let label = labels.get(*number).map_or(String::new(), |label| fit(label, beside - 2));
        items.push(Item { label, value: lines, stop: Some(at), ..Item::default() });
    }
    if fields.is_empty() {
        items.push(Item::told(text.minor, Name::Dim));
    }
    items
}

fn edge(page: &Differences, open: &Open, shell: &Shell) -> String {
    let text = &shell.catalog().tui.page.other;
    let enter = match (page.pane, page.line()) {
        (_, Some(Line::Act(_))) => text.does,
        (Pane::List, Some(Line::Entry(_))) => text.shows,
        (Pane::Detail, Some(Line::Entry(_))) if page.takes(open) => text.takes,
        _ => return String::new(),
    };
    let mark = page.mode == Mode::Restore && page.pane == Pane::List && !open.contents.read_only();
    if mark && page.entry().is_some() {
        popup::edge(shell, &[(Command::Open, enter), (Command::Mark, text.marks)])
    } else {
        popup::edge(shell, &[(Command::Open, enter)])
    }
}

fn view_list(page: &Differences, open: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
    let (text, theme) = (&shell.catalog().tui.page.other, &shell.theme);
    let entries = page.lines.iter().filter(|line| matches!(line, Line::Entry(_))).count();
    let focused = page.pane == Pane::List;
    let inner = frame(buf, area, &(text.differing)(entries), focused, theme);
    if focused {
        popup::view_edge(buf, area, &edge(page, open, shell), shell);
    }
    let mut cursor = Cursor::new(inner.x, inner.y);
    let longest = if inner.width >= 60 { inner.width * 2 / 5 } else { inner.width / 2 };
    let room = usize::from(inner.height);
    // - what is drawn has more room than was counted with, so it begins where the last row still fits
    let offset = page.offset.min(page.lines.len().saturating_sub(room));
    for (y, (at, line)) in (inner.y..inner.bottom()).zip(page.lines.iter().enumerate().skip(offset)) {
        let selected = at == page.cursor;
        let marked = matches!(line, Line::Entry(at) if page.compared().and_then(|one| one.found.entries.get(*at)).is_some_and(|one| page.marks.contains(&one.id)));
        let base = theme.style(match (selected, focused, marked, line) {
            (true, true, ..) => Name::Selected,
            (true, false, ..) | (_, _, true, _) => Name::Marked,
            (.., Line::Act(_)) => Name::Title,
            _ => Name::Text,
        });
        if selected {
            put(buf, inner.x, y, inner.width, &fill("", inner.width), base);
            cursor = Cursor::new(inner.x, y);
        }
        put(buf, inner.x, y, 1, if selected { ">" } else { " " }, base);
        put(buf, inner.x + 1, y, 1, if marked { "*" } else { " " }, base);
        let (name, what) = row_words(*line, page, open, shell);
        let cells = inner.width.saturating_sub(3);
        if what.is_empty() {
            put(buf, inner.x + 2, y, cells, &fit(&name, cells), base);
            continue;
        }
        put(buf, inner.x + 2, y, longest, &fit(&name, longest), base);
        let x = inner.x + 2 + longest + 1;
        let left = inner.right().saturating_sub(x + 1);
        let quiet = if selected { base } else { theme.style(Name::Dim) };
        put(buf, x, y, left, &fit(&what, left), quiet);
    }
    if entries == 0 && page.lines.len() < room {
        let y = inner.y + u16::try_from(page.lines.len()).unwrap_or(0) + 1;
        for (y, line) in (y..inner.bottom()).zip(wrap(text.nothing, inner.width.saturating_sub(3), 3)) {
            put(buf, inner.x + 2, y, inner.width - 3, &line, theme.style(Name::Text));
        }
    }
    cursor
}

fn view_fields(page: &Differences, open: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
    let theme = &shell.theme;
    let focused = page.pane == Pane::Detail;
    let name =
        page.entry().map_or(String::new(), |one| sanitise::line(title(one, page, open, shell)).into_owned());
    let inner = frame(buf, area, &name, focused, theme);
    if focused {
        popup::view_edge(buf, area, &edge(page, open, shell), shell);
    }
    let items = items(page, open, shell, inner.width.saturating_sub(2));
    popup::sheet(buf, inner, &items, focused.then_some(page.field), shell)
}

/// The page as rows.
pub(super) fn outline(page: &Differences, open: &Open, shell: &Shell) -> Vec<Row> {
    match &page.step {
        Step::Report(report) => return report.outline(shell),
        Step::Away(_) => return Vec::new(),
        Step::Look(_) => {}
    }
    if page.pane == Pane::Detail {
        return popup::outline(&items(page, open, shell, 80), page.field);
    }
    let seen = page.lines.iter().enumerate().skip(page.offset).take(rows(page, shell));
    seen.map(|(at, line)| {
        let (label, value) = row_words(*line, page, open, shell);
        Row { label, value, focus: at == page.cursor, action: Some(Command::Open) }
    })
    .collect()
}

/// Draws it.
pub(super) fn draw(page: &Differences, open: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
    let compared = match &page.step {
        Step::Report(report) => return report.view(shell, area, buf),
        Step::Away(_) => return Cursor::new(area.x, area.y),
        Step::Look(compared) => compared,
    };
    let lines = above(page, compared, open, shell, area.width.saturating_sub(2));
    let (top, body) = parted(area, lines.len());
    for (y, (line, name)) in (top.y..top.bottom()).zip(lines) {
        put(buf, top.x + 1, y, top.width.saturating_sub(1), &line, shell.theme.style(name));
    }
    if body.width < TWO_PANES {
        return match page.pane {
            Pane::List => view_list(page, open, shell, body, buf),
            Pane::Detail => view_fields(page, open, shell, body, buf),
        };
    }
    let left = (body.width * 45 / 100).min(64);
    let list = view_list(page, open, shell, Rect { width: left, ..body }, buf);
    let right = Rect { x: body.x + left, width: body.width - left, ..body };
    let fields = view_fields(page, open, shell, right, buf);
    if page.pane == Pane::List { list } else { fields }
}
