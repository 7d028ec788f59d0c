//! The path field drawn, and what its rows say.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Below, Path, Purpose, Trouble, parted};
use crate::text::{sanitise, words};

use crate::tui::app::Shell;
use crate::tui::screen::Cursor;
use crate::tui::screen::vault::list::scrolled;
use crate::tui::theme::Name;
use crate::tui::widget::frame::frame;
use crate::tui::widget::text::{fill, fit, put, put_outside, width, wrap};

impl Path {
    pub(super) fn title<'a>(&self, shell: &'a Shell) -> &'a str {
        let text = &shell.catalog().tui.page.path;
        match self.purpose {
            Purpose::Import => text.import,
            Purpose::Attach => text.attach,
            Purpose::KeyFile => text.key_file,
            Purpose::Vault => text.vault,
            Purpose::Write => text.write,
        }
    }

    /// What is to be said of the text: why it does not go on.
    pub(super) fn said(&self, shell: &Shell) -> Option<(String, Name)> {
        let text = &shell.catalog().tui.page.path;
        Some(match self.trouble.as_ref()? {
            Trouble::Failed(failure) => {
                let said = (text.failure)(failure);
                (format!("! {}", said.line()), Name::Danger)
            }
            Trouble::Taken(name) => (format!("! {}", (text.taken)(&sanitise::line(name))), Name::Warn),
            Trouble::Empty => (format!("! {}", text.empty), Name::Danger),
        })
    }

    /// A row below the field: its name, and what is told of it.
    pub(super) fn listed_row(&self, at: usize, shell: &Shell) -> (String, String) {
        let text = &shell.catalog().tui.page.path;
        match &self.below {
            Below::Nothing | Below::Unread(_) => (String::new(), String::new()),
            Below::Names(listing, _) => {
                let name = listing.names.get(at).map_or("", String::as_str);
                (sanitise::line(name).into_owned(), String::new())
            }
            Below::Recent(all) => all.get(at).map_or((String::new(), String::new()), |one| {
                let age = shell.now.wall_ms.saturating_sub(one.modified) / 1000;
                let told = format!("{:>10}  {}", words::bytes(one.len), (text.age)(age));
                (sanitise::line(&shell.places.shorten(&one.path)).into_owned(), told)
            }),
        }
    }

    fn heading(&self, shell: &Shell) -> (String, Option<String>) {
        let text = &shell.catalog().tui.page.path;
        match &self.below {
            _ if self.listing.is_some() && self.rows() == 0 => (text.looking.to_owned(), None),
            Below::Nothing => (String::new(), None),
            Below::Recent(_) => (text.recent.to_owned(), None),
            Below::Unread(of) if of.is_empty() => {
                (if self.offers_recent() { text.no_recent.to_owned() } else { String::new() }, None)
            }
            Below::Unread(of) => ((text.nothing_fits)(&self.folder_of(of, shell)), None),
            Below::Names(listing, of) => {
                let folder = self.folder_of(of, shell);
                let foreign = (listing.foreign > 0).then(|| (text.foreign)(listing.foreign));
                let none = listing.names.is_empty();
                let heading = match (none, listing.more) {
                    (true, _) if self.purpose == Purpose::Write => (text.new_in)(&folder),
                    (true, _) if parted(of).1.is_empty() => (text.nothing_in)(&folder),
                    (true, _) => (text.nothing_fits)(&folder),
                    (false, true) => (text.first_of)(listing.names.len(), &folder),
                    (false, false) => (text.inside)(&folder),
                };
                let heading = match of.is_empty() && self.offers_recent() {
                    true => format!("{} {heading}", text.no_recent),
                    false => heading,
                };
                (heading, foreign)
            }
        }
    }

    /// The folder that a typed text names, as a person reads it.
    fn folder_of(&self, text: &str, shell: &Shell) -> String {
        let folder = match parted(text).0 {
            "" => shell.places.here.as_deref().map(|here| format!("{}/", shell.places.shorten(here))),
            folder => Some(folder.to_owned()),
        };
        let folder = folder.unwrap_or_default();
        sanitise::line(&folder).into_owned()
    }

    /// Draws it.
    pub fn draw(&self, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        let (text, theme) = (&shell.catalog().tui.page.path, &shell.theme);
        let inner = frame(buf, area, self.title(shell), true, theme);
        let (x, cells) = (inner.x + 1, inner.width.saturating_sub(2));
        let mut y = inner.y;
        if inner.height > 14 {
            y += 1;
        }
        let hint = match self.purpose {
            Purpose::Write => text.hint_write,
            _ => text.hint_read,
        };
        for line in wrap(hint, cells, 2) {
            put(buf, x, y, cells, &line, theme.style(Name::Dim));
            y += 1;
        }
        let caret = self.draw_field(shell, Rect::new(x, y, cells, 1), buf);
        y += 1;
        if let Some((words, name)) = self.said(shell) {
            for line in wrap(&words, cells, 3) {
                put(buf, x, y, cells, &line, theme.style(name));
                y += 1;
            }
        } else {
            y += 1;
        }
        let (heading, foreign) = self.heading(shell);
        put(buf, x, y, cells, &fit(&heading, cells), theme.style(Name::Dim));
        y += 1;
        let foot = u16::from(foreign.is_some());
        let room = Rect::new(x, y, cells, inner.bottom().saturating_sub(y + foot));
        if let Some(foreign) = foreign {
            put(buf, x, inner.bottom() - 1, cells, &fit(&foreign, cells), theme.style(Name::Warn));
        }
        self.draw_rows(shell, room, buf).unwrap_or(caret)
    }

    fn draw_field(&self, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        let theme = &shell.theme;
        let (x, cells) = (area.x + 2, area.width.saturating_sub(3));
        let focused = self.row.is_none();
        put(buf, area.x, area.y, 2, "> ", theme.style(if focused { Name::Title } else { Name::Dim }));
        // - it scrolls by whole characters, so that the caret is always inside
        let before = sanitise::line(self.field.before_caret()).into_owned();
        let clean = sanitise::line(self.field.text()).into_owned();
        let over = width(&before).saturating_sub(cells.saturating_sub(1));
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
        put(buf, x, area.y, cells, &fill("", cells), theme.style(Name::Text));
        put(buf, x, area.y, cells, &"_".repeat(usize::from(cells.min(72))), theme.style(Name::Dim));
        put(buf, x, area.y, cells, &seen, theme.style(Name::Title));
        Cursor::new((x + width(&before).saturating_sub(gone)).min(area.right().saturating_sub(1)), area.y)
    }

    fn draw_rows(&self, shell: &Shell, area: Rect, buf: &mut Buffer) -> Option<Cursor> {
        let theme = &shell.theme;
        let (all, shown) = (self.rows(), usize::from(area.height));
        let first = scrolled(0, self.row.unwrap_or(0), all, shown);
        let mut cursor = None;
        for (y, at) in (area.y..area.bottom()).zip(first..all) {
            let focused = self.row == Some(at);
            let style = theme.style(if focused { Name::Selected } else { Name::Text });
            let (label, told) = self.listed_row(at, shell);
            if focused {
                put(buf, area.x, y, area.width, &fill("", area.width), style);
                cursor = Some(Cursor::new(area.x, y));
            }
            put(buf, area.x, y, 2, if focused { "> " } else { "  " }, style);
            let wide = if told.is_empty() { 0 } else { 24 };
            let room = area.width.saturating_sub(2 + wide);
            put_outside(buf, area.x + 2, y, room, &end_of(&label, room), style);
            let quiet = if focused { style } else { theme.style(Name::Dim) };
            put(buf, area.x + 2 + room, y, wide, &fit(&told, wide), quiet);
        }
        cursor
    }
}

/// The end of a path where the whole does not fit: its name says most.
fn end_of(path: &str, cells: u16) -> String {
    if width(path) <= cells {
        return path.to_owned();
    }
    let mut kept: Vec<&str> = Vec::new();
    let mut used = 2;
    for part in unicode_segmentation::UnicodeSegmentation::graphemes(path, true).rev() {
        used += width(part);
        if used > cells {
            break;
        }
        kept.push(part);
    }
    let end: String = kept.into_iter().rev().collect();
    format!("..{end}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_path_fits() {
        assert_eq!(end_of("~/Downloads/みずほ.csv", 12), "..みずほ.csv");
        assert_eq!(end_of("~/Downloads/みずほ.csv", 11), "..ずほ.csv");
        assert_eq!(end_of("a", 11), "a");
    }
}
