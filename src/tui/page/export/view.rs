//! The export page drawn, and what its rows say.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::job::{Failure, Format};
use super::{Export, Focus, Trouble};
use crate::text::{mail as words, sanitise, strength};
use crate::tui::app::Shell;
use crate::tui::page::popup;
use crate::tui::screen::Cursor;
use crate::tui::screen::unlock::secret;
use crate::tui::theme::Name;
use crate::tui::widget::frame::frame;
use crate::tui::widget::text::{fit, put, width, wrap};

/// Most cells of a field: a line across a wide window is no better to type on.
const FIELD: u16 = 60;

impl Export {
    pub(super) fn label<'a>(&self, row: Focus, shell: &'a Shell) -> &'a str {
        let text = &shell.catalog().tui.page.export;
        match row {
            Focus::Format => text.format,
            Focus::Entries => text.entries,
            Focus::Columns => text.columns,
            Focus::Header => text.header,
            Focus::File => text.file,
            Focus::First if self.format.in_clear() => text.master,
            Focus::First => text.own,
            Focus::Second => text.again,
            Focus::Write => text.write,
        }
    }

    /// What a row says; secrets as stars.
    pub(super) fn value(&self, row: Focus, shell: &Shell) -> String {
        let text = &shell.catalog().tui.page.export;
        match row {
            Focus::Format => match self.format {
                Format::Mamori => text.mamori.to_owned(),
                Format::Json => text.json.to_owned(),
                Format::MailCsv => text.mail_csv.to_owned(),
            },
            Focus::Columns => sanitise::line(self.columns.text()).into_owned(),
            Focus::Header => if self.header { text.header_yes } else { text.header_no }.to_owned(),
            Focus::Entries if self.only_marked => (text.marked)(self.marked.len()),
            Focus::Entries if self.format == Format::MailCsv => (text.waiting)(self.waiting),
            Focus::Entries => (text.all)(self.all),
            Focus::File => sanitise::line(&shell.places.shorten(&self.path)).into_owned(),
            Focus::First => "*".repeat(self.first.shape().0),
            Focus::Second => "*".repeat(self.second.shape().0),
            Focus::Write => String::new(),
        }
    }

    /// What is to be said: why it does not go on, or what to know before.
    pub(super) fn said(&self, shell: &Shell) -> Option<(String, Name)> {
        let all = shell.catalog().tui;
        let text = &all.page.export;
        let bad = |words: &str| (format!("! {words}"), Name::Danger);
        Some(match &self.trouble {
            Some(Trouble::Empty) if self.format.in_clear() => bad(text.empty_master),
            Some(Trouble::Empty) => bad(text.empty),
            Some(Trouble::Differ) => bad(all.create.differ),
            Some(Trouble::Columns(error)) => bad(&sanitise::line(&words::columns(error, shell.lang))),
            Some(Trouble::Failed(Failure::NoMail)) => bad(text.no_mail),
            Some(Trouble::Control) => bad(all.create.control),
            Some(Trouble::Failed(Failure::WrongPassword)) => bad(text.wrong_master),
            Some(Trouble::Failed(Failure::Memory)) => bad(text.memory),
            Some(Trouble::Failed(Failure::File(failure))) => bad(&(all.page.path.failure)(failure).line()),
            Some(Trouble::Failed(Failure::Other(words))) => bad(&(text.other)(&sanitise::line(words))),
            Some(Trouble::Failed(Failure::Cancelled)) => return None,
            None if self.focus == Focus::Columns => (text.columns_told.to_owned(), Name::Text),
            None => {
                let found = self.strength?;
                let words = strength::estimated(&found, shell.lang);
                (format!("{}: {words}", all.create.strength), Name::of_strength(found.level()))
            }
        })
    }

    /// Draws the page; says where the hardware cursor stands.
    pub(super) fn draw(&self, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        let (text, theme) = (&shell.catalog().tui.page.export, &shell.theme);
        let inner = frame(buf, area, text.title, true, theme);
        let (x, cells) = (inner.x + 3, inner.width.saturating_sub(5));
        let roomy = u16::from(inner.height > 14);
        let mut y = inner.y + roomy;
        let (about, name) = match self.format {
            Format::Mamori => (text.about_mamori, Name::Dim),
            Format::Json => (text.about_clear, Name::Danger),
            Format::MailCsv => (text.about_mail, Name::Danger),
        };
        for line in wrap(about, cells, 3) {
            put(buf, x, y, cells, &line, theme.style(name));
            y += 1;
        }
        y += roomy;
        let rows = self.rows();
        let labels =
            rows.iter().filter(|row| **row != Focus::Write).map(|row| width(self.label(*row, shell)));
        let wide = labels.max().unwrap_or(0) + 2;
        let mut cursor = Cursor::new(x, y);
        for row in rows {
            let focused = row == self.focus;
            let place = Rect::new(x + wide, y, cells.saturating_sub(wide).min(FIELD), 1);
            put(buf, x - 2, y, 1, if focused { ">" } else { " " }, theme.style(Name::Title));
            if row == Focus::Write {
                y += roomy;
                let style = theme.style(if focused { Name::Selected } else { Name::Key });
                put(buf, x - 2, y, 1, if focused { ">" } else { " " }, theme.style(Name::Title));
                put(buf, x, y, cells, &format!("[ {} ]", text.write), style);
                if roomy == 1 {
                    put(buf, x - 2, y - 1, 1, " ", theme.style(Name::Text));
                }
                if focused {
                    cursor = Cursor::new(x, y);
                }
                y += 1;
                continue;
            }
            let name = if focused { Name::Title } else { Name::Text };
            put(buf, x, y, wide, self.label(row, shell), theme.style(name));
            let caret = match row {
                Focus::First => secret(&self.first, place, buf, shell),
                Focus::Second => secret(&self.second, place, buf, shell),
                Focus::Columns => {
                    let (seen, caret) = popup::field(&self.columns, place.width);
                    let seen = seen.first().map_or("", |line| line.0.as_str());
                    put(buf, place.x, y, place.width, seen, theme.style(Name::Text));
                    Cursor::new((place.x + caret).min(inner.right() - 1), y)
                }
                Focus::Format | Focus::Entries | Focus::Header => {
                    let words = format!("< {} >", self.value(row, shell));
                    let style = theme.style(if focused { Name::Selected } else { Name::Text });
                    put(buf, place.x, y, place.width, &fit(&words, place.width), style);
                    Cursor::new(place.x, y)
                }
                _ => {
                    let style = theme.style(if focused { Name::Selected } else { Name::Text });
                    put(buf, place.x, y, place.width, &fit(&self.value(row, shell), place.width), style);
                    Cursor::new(place.x, y)
                }
            };
            if focused {
                cursor = caret;
            }
            y += 1;
        }
        y += roomy;
        if let Some((words, name)) = self.said(shell) {
            for line in wrap(&words, cells, 3) {
                if y < inner.bottom() {
                    put(buf, x, y, cells, &line, theme.style(name));
                    y += 1;
                }
            }
        }
        cursor
    }
}
