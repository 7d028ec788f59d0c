//! A list in a page of its own, of entries or of names: cursor, view, marks and the filter above it.
//! What it lists and how a row looks is the page's.

use std::collections::BTreeSet;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::popup;
use crate::model::Id;
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope};
use crate::tui::event::Input;
use crate::tui::notice::Notice;
use crate::tui::screen::Cursor;
use crate::tui::screen::vault::list::scrolled;
use crate::tui::theme::Name;
use crate::tui::widget::field::Field;
use crate::tui::widget::text::{fit, put};

/// The list.
#[derive(Debug)]
pub struct Picker<K = Id> {
    /// What is listed.
    pub ids: Vec<K>,
    /// Which has the focus.
    pub cursor: usize,
    /// The first visible one.
    pub offset: usize,
    /// Those that are marked, seen or not.
    pub marks: BTreeSet<K>,
    /// What is looked for.
    pub filter: Field,
    /// The filter has the focus.
    pub filtering: bool,
}

/// What a key did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Did {
    /// Nothing: it is not the list's.
    Nothing,
    /// Another row has the focus, or the filter got or lost it.
    Moved,
    /// Another filter: the page lists anew.
    Filter,
}

impl<K> Default for Picker<K> {
    fn default() -> Picker<K> {
        Picker {
            ids: Vec::new(),
            cursor: 0,
            offset: 0,
            marks: BTreeSet::new(),
            filter: Field::default(),
            filtering: false,
        }
    }
}

impl<K: Clone + Ord> Picker<K> {
    /// What has the focus.
    pub fn selected(&self) -> Option<K> {
        self.ids.get(self.cursor).cloned()
    }

    /// The scopes whose keys act; `outside` those while no text is typed.
    pub fn scopes(&self, outside: &'static [Scope]) -> &'static [Scope] {
        if self.filtering { &[Scope::Search, Scope::Field, Scope::Anywhere] } else { outside }
    }

    /// What the keys act on: what is marked, in its order, else what has the focus.
    pub fn meant(&self) -> Vec<K> {
        if self.marks.is_empty() {
            return self.selected().into_iter().collect();
        }
        self.marks.iter().cloned().collect()
    }

    /// Lists these; what has the focus keeps it where it is still there.
    pub fn list(&mut self, ids: Vec<K>, rows: usize) {
        let selected = self.selected();
        self.ids = ids;
        if let Some(at) = selected.and_then(|id| self.ids.iter().position(|one| *one == id)) {
            self.cursor = at;
        }
        self.place(rows);
    }

    /// Puts cursor and view right.
    pub fn place(&mut self, rows: usize) {
        self.cursor = self.cursor.min(self.ids.len().saturating_sub(1));
        self.offset = scrolled(self.offset, self.cursor, self.ids.len(), rows.max(1));
    }

    /// The visible ones with their places.
    pub fn visible(&self, rows: usize) -> impl Iterator<Item = (usize, K)> + '_ {
        self.ids.iter().cloned().enumerate().skip(self.offset).take(rows)
    }

    /// Takes a key or what is typed.
    pub fn update(&mut self, input: Input<'_>, rows: usize, shell: &mut Shell) -> Did {
        let command = match input {
            Input::Char(c) => {
                if !self.filter.type_char(c) {
                    shell.tell(Notice::FieldFull);
                }
                return self.filtered();
            }
            Input::Paste(bytes) => {
                self.filtering = true;
                self.filter.paste(bytes);
                return self.filtered();
            }
            Input::Command(command) => command,
        };
        let last = self.ids.len().saturating_sub(1);
        let next = match command {
            Command::Search => {
                self.filtering = true;
                return Did::Moved;
            }
            Command::KeepSearch | Command::Next | Command::Previous if self.filtering => {
                self.filtering = false;
                return Did::Moved;
            }
            Command::Down | Command::HitDown => self.cursor + 1,
            Command::Up | Command::HitUp => self.cursor.saturating_sub(1),
            Command::First => 0,
            Command::Last => last,
            Command::HalfDown => self.cursor + (rows / 2).max(1),
            Command::HalfUp => self.cursor.saturating_sub((rows / 2).max(1)),
            Command::PageDown => self.cursor + rows,
            Command::PageUp => self.cursor.saturating_sub(rows),
            other if self.filtering && self.filter.edit(other) => return self.filtered(),
            _ => return Did::Nothing,
        };
        self.cursor = next.min(last);
        self.place(rows);
        Did::Moved
    }

    fn filtered(&mut self) -> Did {
        self.cursor = 0;
        Did::Filter
    }

    /// Marks the row in focus, or no longer, and goes on to the next.
    pub fn mark(&mut self, rows: usize) {
        let Some(id) = self.selected() else { return };
        if !self.marks.remove(&id) {
            self.marks.insert(id);
        }
        self.cursor += 1;
        self.place(rows);
    }

    /// Marks all that are listed, or none where all are.
    pub fn mark_all(&mut self) {
        // - among very many, looking each one up would be felt
        if self.marks.is_empty() {
            self.marks = self.ids.iter().cloned().collect();
        } else if self.marks.len() >= self.ids.len() && self.ids.iter().all(|id| self.marks.contains(id)) {
            self.marks.clear();
        } else {
            self.marks.extend(self.ids.iter().cloned());
        }
    }

    /// One step back: out of the filter, then its text, then the marks. `None` when there is none.
    pub fn back(&mut self) -> Option<Did> {
        if self.filtering || !self.filter.text().is_empty() {
            self.filtering = false;
            self.filter.clear();
            return Some(Did::Filter);
        }
        let marked = !std::mem::take(&mut self.marks).is_empty();
        marked.then_some(Did::Moved)
    }

    /// Draws the filter in the first line of `inner`; says where its caret is.
    pub fn view_filter(&self, hint: &str, inner: Rect, buf: &mut Buffer, shell: &Shell) -> Cursor {
        let theme = &shell.theme;
        let cells = inner.width.saturating_sub(3);
        put(buf, inner.x, inner.y, 1, "/", theme.style(Name::Key));
        if self.filter.text().is_empty() {
            put(buf, inner.x + 2, inner.y, cells, &fit(hint, cells), theme.style(Name::Dim));
            return Cursor::new(inner.x + 2, inner.y);
        }
        let (seen, caret) = popup::field(&self.filter, cells);
        let seen = seen.first().map_or("", |line| line.0.trim_end_matches('_'));
        put(buf, inner.x + 2, inner.y, cells, seen, theme.style(Name::Title));
        Cursor::new(inner.x + 2 + caret, inner.y)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_are_marked_and_then_none_and_what_is_not_listed_stays_marked() {
        let mut picker: Picker<u32> = Picker::default();
        picker.mark_all();
        assert!(picker.marks.is_empty(), "nothing is listed");
        picker.list(vec![3, 1, 2], 9);
        picker.mark_all();
        assert_eq!(picker.meant(), [1, 2, 3]);
        picker.mark_all();
        assert!(picker.marks.is_empty());
        picker.mark(9);
        picker.list(vec![1, 2], 9);
        picker.mark_all();
        assert_eq!(picker.meant(), [1, 2, 3], "one that is filtered away stays");
        picker.mark_all();
        assert!(picker.marks.is_empty());
    }
}
