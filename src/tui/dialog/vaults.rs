//! Other vaults: those opened before, those that lie beside them, another file, a new one, the demo.
//! It holds paths only, so that it stands before a locked vault, too.

use std::path::PathBuf;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Asked, window};
use crate::text::sanitise;
use crate::tui::app::{App, Shell};
use crate::tui::command::Command;
use crate::tui::effect::{Effect, JobId, Target};
use crate::tui::event::Input;
use crate::tui::page::path::unquote;
use crate::tui::screen::Cursor;
use crate::tui::screen::vault::list;
use crate::tui::theme::Name;
use crate::tui::widget::field::Field;
use crate::tui::widget::text::{fill, fit, put, put_outside, width};

/// The window.
#[derive(Debug)]
pub struct Vaults {
    /// The files, and whether they are there; none while nobody has looked.
    files: Vec<(PathBuf, Option<bool>)>,
    cursor: usize,
    /// A path that is typed, and whether for a new vault.
    typing: Option<(Field, bool)>,
    job: JobId,
}

/// A row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Row {
    File(usize),
    Another,
    New,
    Demo,
}

impl Vaults {
    /// The window; `out` takes what is to be looked at.
    pub fn new(shell: &mut Shell, out: &mut Vec<Effect>) -> Vaults {
        let mut known = shell.memory.vaults.clone();
        if !shell.vault.as_os_str().is_empty() && !known.contains(&shell.vault) {
            known.insert(0, shell.vault.clone());
        }
        let job = shell.job();
        out.push(Effect::Vaults { job, known: known.clone() });
        let files = known.into_iter().map(|path| (path, None)).collect();
        Vaults { files, cursor: 0, typing: None, job }
    }

    /// What the disk says of them.
    pub fn looked(&mut self, job: JobId, found: Vec<(PathBuf, bool)>) {
        if job == self.job {
            let rows = self.files.len();
            self.files = found.into_iter().map(|(path, there)| (path, Some(there))).collect();
            // - a choice below the files stays where it was
            if self.cursor >= rows {
                self.cursor += self.files.len() - rows.min(self.files.len());
            }
        }
    }

    /// A path is being typed.
    pub(super) fn types(&self) -> bool {
        self.typing.is_some()
    }

    /// One step back; false when there is none.
    pub(super) fn back(&mut self) -> bool {
        self.typing.take().is_some()
    }

    fn rows(&self) -> Vec<Row> {
        let mut rows: Vec<Row> = (0..self.files.len()).map(Row::File).collect();
        rows.extend([Row::Another, Row::New, Row::Demo]);
        rows
    }

    pub(super) fn update(&mut self, input: Input<'_>, app: &App) -> Asked {
        if let Some((field, new)) = &mut self.typing {
            match input {
                Input::Char(c) => drop(field.type_char(c)),
                Input::Paste(bytes) => field.paste(bytes),
                Input::Command(Command::Choose) => {
                    let places = &app.shell.places;
                    let typed = unquote(field.text(), places.wsl);
                    if typed.trim().is_empty() {
                        return Asked::Stay;
                    }
                    let mut path = places.expand(typed.trim());
                    if *new && path.extension().is_none() {
                        path.set_extension("mamori");
                    }
                    return Asked::Switch(if *new { Target::New(path) } else { Target::File(path) });
                }
                Input::Command(command) => drop(field.edit(command)),
            }
            return Asked::Stay;
        }
        let rows = self.rows();
        let Input::Command(command) = input else { return Asked::Stay };
        self.cursor = match command {
            Command::ChoiceDown | Command::Next => self.cursor + 1,
            Command::ChoiceUp | Command::Previous => self.cursor.saturating_sub(1),
            Command::ChoicePageDown => self.cursor + 8,
            Command::ChoicePageUp => self.cursor.saturating_sub(8),
            Command::Choose => match rows.get(self.cursor.min(rows.len() - 1)) {
                Some(Row::File(at)) => {
                    let (path, there) = &self.files[*at];
                    // - the usual vault, which was never made: from the demo one makes it
                    let make = *there == Some(false) && app.shell.demo && *path == app.shell.vault;
                    let path = path.clone();
                    return Asked::Switch(if make { Target::New(path) } else { Target::File(path) });
                }
                Some(Row::Another) => {
                    self.typing = Some((Field::default(), false));
                    self.cursor
                }
                Some(Row::New) => {
                    self.typing = Some((Field::default(), true));
                    self.cursor
                }
                Some(Row::Demo) if app.shell.demo => return Asked::Close,
                Some(Row::Demo) => return Asked::Switch(Target::Demo),
                None => self.cursor,
            },
            Command::Back | Command::Cancel => return Asked::Close,
            _ => self.cursor,
        }
        .min(rows.len() - 1);
        Asked::Stay
    }

    pub(super) fn view(&self, app: &App, area: Rect, buf: &mut Buffer) -> Cursor {
        let shell = &app.shell;
        let (text, theme) = (&shell.catalog().tui.page.vaults, &shell.theme);
        let rows = self.rows();
        let high = u16::try_from(rows.len() + 5).unwrap_or(u16::MAX).clamp(8, 18);
        let inner = window(buf, area, 76, high, text.title, shell);
        let room = usize::from(inner.height.saturating_sub(2)).max(1);
        let at = self.cursor.min(rows.len() - 1);
        let offset = at.saturating_sub(room - 1);
        let mut cursor = Cursor::new(inner.x, inner.y);
        for (y, (number, row)) in (inner.y..).zip(rows.iter().enumerate().skip(offset).take(room)) {
            let selected = number == at;
            let name = if selected && self.typing.is_none() { Name::Selected } else { Name::Text };
            put(buf, inner.x, y, inner.width, &fill("", inner.width), theme.style(name));
            let mark = if selected { "> " } else { "  " };
            let x = put(buf, inner.x, y, 2, mark, theme.style(name));
            match row {
                Row::File(file) => self.view_file(*file, (x, y, inner.right()), name, shell, buf),
                Row::Another => drop(put(buf, x, y, inner.width - 2, text.another, theme.style(name))),
                Row::New => drop(put(buf, x, y, inner.width - 2, text.new, theme.style(name))),
                Row::Demo => {
                    put(buf, x, y, inner.width - 2, text.demo, theme.style(name));
                    if shell.demo {
                        let at = inner.right().saturating_sub(width(text.present) + 1);
                        let name = if name == Name::Selected { name } else { Name::Good };
                        put(buf, at, y, width(text.present), text.present, theme.style(name));
                    }
                }
            }
            if selected {
                cursor = Cursor::new(inner.x, y);
            }
        }
        let y = inner.bottom().saturating_sub(1);
        if let Some((field, new)) = &self.typing {
            let ask = if *new { text.ask_new } else { text.ask_path };
            let x = put(buf, inner.x, y, inner.width, ask, theme.style(Name::Key)) + 1;
            let room = inner.right().saturating_sub(x + 1).max(1);
            put(buf, x, y, room, &"_".repeat(usize::from(room)), theme.style(Name::Dim));
            return list::field(field, (x, y), room, theme, buf);
        }
        put(buf, inner.x, y, inner.width, &fit(text.how, inner.width), theme.style(Name::Dim));
        cursor
    }

    fn view_file(
        &self,
        file: usize,
        (x, y, end): (u16, u16, u16),
        name: Name,
        shell: &Shell,
        buf: &mut Buffer,
    ) {
        let (text, theme) = (&shell.catalog().tui.page.vaults, &shell.theme);
        let (path, there) = &self.files[file];
        let said = if *path == shell.vault && !shell.demo {
            text.present
        } else if *there == Some(false) {
            text.missing
        } else {
            ""
        };
        let style = |own: Name| theme.style(if name == Name::Selected { name } else { own });
        let at = end.saturating_sub(width(said) + 1);
        let own = if *there == Some(false) { Name::Warn } else { Name::Good };
        put(buf, at, y, width(said), said, style(own));
        let title = path.file_name().map_or(String::new(), |name| name.to_string_lossy().into_owned());
        let after = put_outside(buf, x, y, at.saturating_sub(x + 1), &title, style(Name::Text));
        let folder = path.parent().map_or(String::new(), |folder| shell.places.shorten(folder));
        let folder = sanitise::line(&folder).into_owned();
        put(
            buf,
            after + 2,
            y,
            at.saturating_sub(after + 3),
            &fit(&folder, at.saturating_sub(after + 3)),
            style(Name::Dim),
        );
    }
}
