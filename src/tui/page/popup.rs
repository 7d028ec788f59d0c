//! What popups of pages are drawn with: a frame over what lies below, and in it rows with a label
//! and a value, or a label that does something. Not a page, and nothing of the vault.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use unicode_segmentation::UnicodeSegmentation;

use crate::text::sanitise;
use crate::tui::app::Shell;
use crate::tui::command::Command;
use crate::tui::screen::{Cursor, Row};
use crate::tui::theme::Name;
use crate::tui::widget::blanks;
use crate::tui::widget::field::Field;
use crate::tui::widget::frame::{self, below};
use crate::tui::widget::secret_field::SecretField;
use crate::tui::widget::text::{fill, fit, put, width, wrap};

/// A row of a popup.
#[derive(Debug, Default)]
pub struct Item {
    /// Its label; our own or made harmless.
    pub label: String,
    /// The lines of its value; none for what only does something, or only tells something.
    pub value: Vec<(String, Name)>,
    /// The key that does the same.
    pub key: String,
    /// Its place among the rows that can have the focus.
    pub stop: Option<usize>,
    /// Where the caret is in the value.
    pub caret: Option<u16>,
    /// How the label of a row without focus looks.
    pub look: Option<Name>,
}

impl Item {
    /// A row that does something.
    pub fn act(stop: usize, label: &str, key: String) -> Item {
        Item { label: label.to_owned(), key, stop: Some(stop), ..Item::default() }
    }

    /// A row that only tells something.
    pub fn told(words: &str, look: Name) -> Item {
        Item { label: words.to_owned(), look: Some(look), ..Item::default() }
    }

    /// An empty row.
    pub fn gap() -> Item {
        Item::default()
    }

    fn is_told(&self) -> bool {
        self.stop.is_none() && self.value.is_empty()
    }
}

/// Cells of the labels in front of values.
pub fn label_cells(items: &[Item], cells: u16) -> u16 {
    let labels = items.iter().filter(|item| !item.value.is_empty()).map(|item| width(&item.label));
    labels.max().unwrap_or(0).min(cells * 2 / 5) + 2
}

/// Inner cells of a popup that wants to be `wide`.
pub fn inner_cells(area: Rect, wide: u16) -> u16 {
    wide.min(area.width).saturating_sub(4)
}

/// Draws the frame of a popup with room for so many cells and lines, over what lies below; returns
/// where it stands, and that room.
pub fn window(buf: &mut Buffer, area: Rect, room: (u16, u16), title: &str, shell: &Shell) -> (Rect, Rect) {
    let wide = (room.0.max(width(title) + 4) + 4).max(20).min(area.width.saturating_sub(1));
    let (place, inner) = frame::popup(buf, area, (wide, room.1.saturating_add(2)), title, &shell.theme);
    (place, Rect::new(inner.x + 1, inner.y, inner.width.saturating_sub(2), inner.height))
}

/// Draws a popup with its rows; says where the hardware cursor stands. Rows scroll so that the one
/// with the focus is seen. `edge` says what Enter does.
#[expect(clippy::too_many_arguments, reason = "a frame is a function of all of them")]
pub fn view(
    buf: &mut Buffer,
    area: Rect,
    wide: u16,
    title: &str,
    edge: &str,
    items: &[Item],
    focus: usize,
    shell: &Shell,
) -> Cursor {
    let lines = lines(items, inner_cells(area, wide)).len();
    let high = u16::try_from(lines).unwrap_or(u16::MAX).saturating_add(2);
    let (place, inner) = frame::popup(buf, area, (wide, high), title, &shell.theme);
    view_edge(buf, place, edge, shell);
    sheet(buf, inner, items, Some(focus), shell)
}

/// Draws rows into a frame of one's own; says where the hardware cursor stands.
pub fn sheet(buf: &mut Buffer, inner: Rect, items: &[Item], focus: Option<usize>, shell: &Shell) -> Cursor {
    // - the frame around it
    let around =
        Rect { x: inner.x.saturating_sub(1), width: inner.width + 2, height: inner.height + 1, ..inner };
    sheet_in(buf, inner, around, items, focus, shell)
}

/// The same where the frame ends further below: the rows out of sight are counted on its edge.
pub fn sheet_in(
    buf: &mut Buffer,
    inner: Rect,
    around: Rect,
    items: &[Item],
    focus: Option<usize>,
    shell: &Shell,
) -> Cursor {
    let theme = &shell.theme;
    let cells = inner.width.saturating_sub(2);
    let lines = lines(items, cells);
    let room = usize::from(inner.height);
    let here = |line: &Line<'_>| line.item.stop.is_some() && line.item.stop == focus;
    let first = lines.iter().position(here).unwrap_or(0);
    let last = lines.iter().rposition(here).unwrap_or(0);
    let offset = (last + 1).saturating_sub(room).min(first);
    // - what stands below the last row with a focus comes along where there is room
    let offset = if lines.len().saturating_sub(room) <= offset { offset } else { offset.min(first) };
    let label = label_cells(items, cells);
    let mut cursor = Cursor::new(inner.x + 1, inner.y);
    let more = lines.len().saturating_sub(offset + room);
    below(buf, around, more, shell.catalog().tui.vault.below, theme);
    for (y, line) in (inner.y..inner.bottom()).zip(lines.iter().skip(offset)) {
        let x = inner.x + 1;
        if let Some(words) = &line.words {
            let look = line.item.look.unwrap_or(Name::Text);
            put(buf, x, y, cells, words, theme.style(look));
            continue;
        }
        let focused = line.item.stop.is_some() && line.item.stop == focus;
        if line.number == 0 {
            let room = if line.item.value.is_empty() {
                cells.saturating_sub(width(&line.item.key) + 1)
            } else {
                label - 2
            };
            let name = match line.item.look {
                _ if focused => Name::Selected,
                Some(look) => look,
                None => Name::Text,
            };
            if focused {
                put(buf, inner.x, y, 1, ">", theme.style(Name::Title));
                cursor = Cursor::new(inner.x, y);
            }
            let words = if line.item.value.is_empty() {
                fit(&line.item.label, room)
            } else {
                fill(&line.item.label, room)
            };
            put(buf, x, y, room, &words, theme.style(name));
            let at = inner.right().saturating_sub(width(&line.item.key) + 1);
            put(buf, at, y, width(&line.item.key), &line.item.key, theme.style(Name::Key));
        }
        if let Some((words, name)) = line.item.value.get(line.number) {
            let room = value_cells(label, cells);
            put(buf, x + label, y, room, words, theme.style(*name));
            if let Some(caret) = line.item.caret.filter(|_| focused && line.number == 0) {
                cursor = Cursor::new((x + label + caret).min(inner.right() - 1), y);
            }
        }
    }
    cursor
}

fn lines(items: &[Item], cells: u16) -> Vec<Line<'_>> {
    let mut lines: Vec<Line<'_>> = Vec::new();
    for item in items {
        if item.is_told() {
            let told = wrap(&item.label, cells, 6).into_iter();
            lines.extend(told.map(|words| Line { item, words: Some(words), number: 0 }));
        } else {
            lines.extend((0..item.value.len().max(1)).map(|number| Line { item, words: None, number }));
        }
    }
    lines
}

struct Line<'a> {
    item: &'a Item,
    words: Option<String>,
    number: usize,
}

/// Cells for values beside labels; at the right end there is room for a key.
pub fn value_cells(label: u16, cells: u16) -> u16 {
    cells.saturating_sub(label + 3).max(4)
}

/// What Enter does, on the lower edge of a frame.
pub fn view_edge(buf: &mut Buffer, place: Rect, edge: &str, shell: &Shell) {
    if edge.is_empty() {
        return;
    }
    let words = format!(" {} ", fit(edge, place.width.saturating_sub(6)));
    let x = place.right().saturating_sub(width(&words) + 2);
    put(buf, x, place.bottom() - 1, width(&words), &words, shell.theme.style(Name::Title));
}

/// `KEY words` pairs for the edge of a frame.
pub fn edge(shell: &Shell, pairs: &[(Command, &str)]) -> String {
    let pairs = pairs.iter().map(|(command, words)| format!("{} {words}", shell.keymap.label(*command)));
    pairs.collect::<Vec<_>>().join("  ")
}

/// The rows of a popup as a person who hears it meets them.
pub fn outline(items: &[Item], focus: usize) -> Vec<Row> {
    items
        .iter()
        .filter(|item| !item.label.is_empty() || !item.value.is_empty())
        .map(|item| Row {
            label: item.label.clone(),
            value: item.value.iter().map(|line| line.0.as_str()).collect::<Vec<_>>().join(" "),
            focus: item.stop == Some(focus),
            action: item.stop.map(|_| Command::Open),
        })
        .collect()
}

/// What is seen of a text of `cells`, and in which cell the caret is: it scrolls by whole characters.
fn scrolled(before: &str, after: &str, cells: u16) -> (String, u16) {
    let mut over = width(before).saturating_sub(cells.saturating_sub(1));
    let mut seen = String::new();
    for part in before.graphemes(true) {
        if over > 0 {
            over = over.saturating_sub(width(part));
        } else {
            seen.push_str(part);
        }
    }
    let caret = width(&seen);
    for part in after.graphemes(true) {
        if width(&seen) + width(part) > cells {
            break;
        }
        seen.push_str(part);
    }
    (seen, caret)
}

/// A text field as a value: with blanks to type into shown as a line; what is selected, and goes with the
/// first letter, without.
pub fn field(field: &Field, cells: u16) -> (Vec<(String, Name)>, u16) {
    let after = field.text().get(field.before_caret().len()..).unwrap_or("");
    let (seen, caret) = scrolled(&sanitise::line(field.before_caret()), &sanitise::line(after), cells);
    if field.selected() {
        return (vec![(seen, Name::Selected)], caret);
    }
    (vec![(underlined(seen, cells), Name::Text)], caret)
}

/// A secret field as a value: a star for each character, or what is typed, its blanks marked, while it is
/// shown.
pub fn secret_field(field: &SecretField, cells: u16, shell: &Shell) -> (Vec<(String, Name)>, u16) {
    let (count, before) = field.shape();
    let (seen, caret) = if field.shown {
        let text: Vec<&str> = field.expose().graphemes(true).collect();
        let (head, tail) = text.split_at(before.min(text.len()));
        let mark = blanks::mark(field.expose(), shell.theme.ascii, true);
        let seen = |part: &[&str]| blanks::marked(&part.concat(), mark);
        scrolled(&seen(head), &seen(tail), cells)
    } else {
        scrolled(&"*".repeat(before), &"*".repeat(count.saturating_sub(before)), cells)
    };
    let name = if field.shown { Name::Secret } else { Name::Text };
    (vec![(underlined(seen, cells), name)], caret)
}

fn underlined(mut seen: String, cells: u16) -> String {
    for _ in width(&seen)..cells {
        seen.push('_');
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_scrolls_by_whole_characters() {
        assert_eq!(scrolled("abc", "def", 10), ("abcdef".to_owned(), 3));
        assert_eq!(scrolled("みずほ銀行", "", 8), ("ほ銀行".to_owned(), 6));
        assert_eq!(scrolled("みずほ", "銀行", 7), ("みずほ".to_owned(), 6));
        assert_eq!(scrolled("", "銀行", 3), ("銀".to_owned(), 0));
    }
}
