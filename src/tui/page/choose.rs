//! A list of names under a field: what is typed, by keyboard, kana or paste, narrows the list. What
//! it lists and what a choice does is the page's.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::menu::{self, Line};
use super::popup;
use crate::ops::search::fold::{fold, query_skeleton, skeleton};
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope};
use crate::tui::event::Input;
use crate::tui::notice::Notice;
use crate::tui::screen::{Cursor, window};
use crate::tui::theme::Name;
use crate::tui::widget::field::Field;
use crate::tui::widget::frame;
use crate::tui::widget::text::{fit, put, width};

/// Cells of such a popup.
const WIDE: u16 = 56;
/// Rows of such a popup with the frame, where there is room.
const TALL: u16 = 20;

/// Field and list.
#[derive(Debug, Default)]
pub struct Choose {
    /// What is typed.
    pub field: Field,
    /// Which line.
    pub cursor: usize,
    /// The list was moved in since something was typed.
    pub moved: bool,
}

/// What a key did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Did {
    /// Nothing: it is not the list's.
    Nothing,
    /// Another line has the focus.
    Moved,
    /// Something else is typed: the page lists anew.
    Typed,
    /// The line in focus is chosen.
    Chosen,
}

/// The keys that act.
pub const SCOPES: &[Scope] = &[Scope::Choice, Scope::Field, Scope::Anywhere];

/// Whether a name fits what is typed: as it is written, or as it sounds in romaji.
pub fn fits(typed: &str, name: &str) -> bool {
    let typed = typed.trim();
    if typed.is_empty() || fold(name).contains(&fold(typed)) {
        return true;
    }
    let sound = query_skeleton(&fold(typed));
    !sound.is_empty() && skeleton(&fold(name)).contains(&sound)
}

impl Choose {
    /// Takes a key or what is typed; `count` lines are listed.
    pub fn update(&mut self, input: Input<'_>, count: usize, shell: &mut Shell) -> Did {
        let command = match input {
            Input::Char(c) => {
                if !self.field.type_char(c) {
                    shell.tell(Notice::FieldFull);
                }
                return self.typed();
            }
            Input::Paste(bytes) => {
                self.field.paste(bytes);
                return self.typed();
            }
            Input::Command(command) => command,
        };
        let (last, page) = (count.saturating_sub(1), rooms(shell));
        self.cursor = match command {
            Command::ChoiceDown => (self.cursor + 1).min(last),
            Command::ChoiceUp => self.cursor.saturating_sub(1),
            Command::Next => (self.cursor + 1) % count.max(1),
            Command::Previous => (self.cursor + last) % count.max(1),
            Command::ChoicePageDown => (self.cursor + page).min(last),
            Command::ChoicePageUp => self.cursor.saturating_sub(page),
            Command::Choose => return Did::Chosen,
            other => {
                let before = self.field.text().len();
                if !self.field.edit(other) {
                    return Did::Nothing;
                }
                return if self.field.text().len() == before { Did::Moved } else { self.typed() };
            }
        };
        self.moved = true;
        Did::Moved
    }

    fn typed(&mut self) -> Did {
        (self.cursor, self.moved) = (0, false);
        Did::Typed
    }

    /// Draws it with `count` lines; says where the hardware cursor stands: at the caret, or on the line
    /// that was moved to.
    pub fn view(
        &self,
        (title, hint, keys): (&str, &str, &str),
        (count, line): (usize, impl Fn(usize) -> Option<Line>),
        shell: &Shell,
        area: Rect,
        buf: &mut Buffer,
    ) -> Cursor {
        let theme = &shell.theme;
        let wide = WIDE.max(width(title) + 6);
        let (place, inner) = frame::popup(buf, area, (wide, TALL), title, theme);
        let cells = inner.width.saturating_sub(3);
        put(buf, inner.x, inner.y, 1, "/", theme.style(Name::Key));
        let mut cursor = Cursor::new(inner.x + 2, inner.y);
        if self.field.text().is_empty() {
            put(buf, inner.x + 2, inner.y, cells, &fit(hint, cells), theme.style(Name::Dim));
        } else {
            let (seen, caret) = popup::field(&self.field, cells);
            let seen = seen.first().map_or("", |line| line.0.trim_end_matches('_'));
            put(buf, inner.x + 2, inner.y, cells, seen, theme.style(Name::Title));
            cursor.x += caret;
        }
        let bottom = inner.bottom().saturating_sub(1);
        put(buf, inner.x + 2, bottom, cells, &fit(keys, cells), theme.style(Name::Dim));
        let body = Rect { y: inner.y + 1, height: bottom.saturating_sub(inner.y + 1), ..inner };
        if count == 0 {
            let none = shell.catalog().tui.vault.no_hits;
            put(buf, inner.x + 2, body.y + 1, cells, &fit(none, cells), theme.style(Name::Text));
        }
        menu::view_below((count, self.cursor), body.height, shell, place, buf);
        let here = menu::view_lines((count, self.cursor), line, shell, body, buf);
        here.filter(|_| self.moved).unwrap_or(cursor)
    }
}

/// Visible lines.
fn rooms(shell: &Shell) -> usize {
    usize::from(window(shell).body.height.min(TALL).saturating_sub(4)).max(1)
}
