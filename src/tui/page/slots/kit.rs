//! A new recovery code on the screen: copied onto paper, its last group typed back from there. While
//! that is typed the paper is what counts, and nothing of the code is shown. A step of the wizard.

use std::path::PathBuf;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::job::Beside;
use crate::crypto::entropy::{Entropy, EntropyError};
use crate::crypto::recovery;
use crate::ops::qr::Modules;
use crate::secret::{Secret, SecretBytes};
use crate::text::kit::{self, Facts};
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope};
use crate::tui::contents::moment;
use crate::tui::event::Input;
use crate::tui::notice::Notice;
use crate::tui::page::popup::{self, Item};
use crate::tui::page::qr;
use crate::tui::screen::{Cursor, unlock};
use crate::tui::theme::Name;
use crate::tui::widget::field::Field;
use crate::tui::widget::text::width;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Row {
    Field,
    Show,
    Qr,
    File,
    Skip,
}

const ROWS: [Row; 5] = [Row::Field, Row::Show, Row::Qr, Row::File, Row::Skip];

/// What is to follow.
#[derive(Debug)]
pub enum Asked {
    /// Nothing.
    Stay,
    /// The last group was typed back.
    Copied,
    /// Where the kit is to be written.
    File,
    /// No code is wanted.
    Skip,
}

/// The state.
#[derive(Debug)]
pub struct Kit {
    code: SecretBytes,
    shown: Secret,
    qr: Option<Modules>,
    as_qr: bool,
    hidden: bool,
    typed: Field,
    /// What was typed is not the last group.
    wrong: bool,
    /// Where the kit goes, too.
    file: Option<PathBuf>,
    focus: usize,
}

impl Kit {
    /// Draws a code.
    pub fn new(entropy: &mut dyn Entropy) -> Result<Kit, EntropyError> {
        let code = recovery::random(entropy)?;
        let shown = recovery::shown(code.expose().try_into().expect("a code has 20 bytes"));
        Ok(Kit {
            qr: Modules::of(&shown),
            code,
            shown,
            as_qr: false,
            hidden: false,
            typed: Field::default(),
            wrong: false,
            file: None,
            focus: 0,
        })
    }

    /// The code.
    pub fn code(&self) -> &SecretBytes {
        &self.code
    }

    /// The kit as it is to be written, where that was asked for.
    pub fn beside(&self, shell: &Shell) -> Option<Beside> {
        let path = self.file.clone()?;
        let printed = self.qr.as_ref().map(|modules| modules.lines(4, true));
        let text = self.with_facts(shell, printed.as_ref(), |facts| kit::kit(shell.lang, facts));
        Some(Beside { path, text })
    }

    fn with_facts<T>(&self, shell: &Shell, qr: Option<&Secret>, take: impl FnOnce(&Facts<'_>) -> T) -> T {
        let path = if shell.demo { shell.file.name.clone() } else { shell.vault.display().to_string() };
        let name = &shell.file.name;
        let made = moment(shell.now.wall_ms, &shell.zone);
        take(&Facts {
            name,
            path: &path,
            host: &shell.host,
            backups: &shell.backup_path,
            made: &made,
            code: &self.shown,
            qr,
        })
    }

    fn row(&self) -> Row {
        ROWS.get(self.focus).copied().unwrap_or(Row::Field)
    }

    /// Nothing of the code is on the screen.
    fn is_covered(&self) -> bool {
        self.hidden || !self.typed.text().is_empty()
    }

    /// The scopes whose keys act.
    pub fn scopes(&self) -> &'static [Scope] {
        match self.row() {
            Row::Field => &[Scope::Form, Scope::Field, Scope::Anywhere],
            _ => &[Scope::Form, Scope::Anywhere],
        }
    }

    /// Takes the file for the kit.
    pub fn chosen(&mut self, path: PathBuf) {
        self.file = Some(path);
        self.focus = 0;
    }

    /// The window lost the keyboard.
    pub fn hide(&mut self) {
        self.hidden = true;
    }

    /// One step back inside; false when there is none.
    pub fn back(&mut self) -> bool {
        let inside = !self.typed.text().is_empty() || self.as_qr;
        self.typed.clear();
        (self.wrong, self.as_qr) = (false, false);
        inside
    }

    /// Takes a command or what is typed.
    pub fn update(&mut self, input: Input<'_>, shell: &mut Shell) -> Asked {
        if self.as_qr {
            // - any key goes back to the words
            self.as_qr = false;
            return Asked::Stay;
        }
        let command = match input {
            Input::Command(command) => command,
            _ if self.row() != Row::Field => return Asked::Stay,
            Input::Char(c) => {
                self.wrong = false;
                if !self.typed.type_char(c) {
                    shell.tell(Notice::FieldFull);
                }
                return Asked::Stay;
            }
            Input::Paste(bytes) => {
                self.wrong = false;
                self.typed.paste(bytes);
                return Asked::Stay;
            }
        };
        match (command, self.row()) {
            (Command::FormDown | Command::Next, _) => self.focus = (self.focus + 1).min(ROWS.len() - 1),
            (Command::FormUp | Command::Previous, _) => self.focus = self.focus.saturating_sub(1),
            (Command::ShowTyped, _) | (Command::Accept, Row::Show) => {
                self.hidden = !self.is_covered();
                self.typed.clear();
                self.wrong = false;
            }
            (Command::Accept, Row::Field) | (Command::Save, _) => {
                let last = recovery::last_group(&self.shown);
                if recovery::same_letters(self.typed.text(), last.expose()) {
                    return Asked::Copied;
                }
                self.wrong = !self.typed.text().is_empty();
                self.focus = 0;
            }
            (Command::Accept, Row::Qr) => {
                self.typed.clear();
                (self.as_qr, self.hidden, self.wrong) = (true, false, false);
            }
            (Command::Accept, Row::File) => return Asked::File,
            (Command::Accept, Row::Skip) => return Asked::Skip,
            (other, Row::Field) => {
                self.typed.edit(other);
                self.wrong = false;
            }
            _ => {}
        }
        Asked::Stay
    }

    /// What stands in the page; `why` says what it is for, `skips` what the last row does.
    pub fn items(&self, cells: u16, why: Option<&str>, skips: &str, shell: &Shell) -> Vec<Item> {
        let text = &shell.catalog().tui.page.slots;
        let mut items = Vec::new();
        if self.is_covered() {
            items.push(Item::told(text.from_paper, Name::Text));
        } else {
            items.extend(why.map(|why| Item::told(why, Name::Text)));
            items.push(Item::told(text.copy_it, Name::Text));
            items.push(Item::gap());
            // - on a line of its own: it must be whole on the smallest window, too
            items.push(Item::told(self.shown.expose(), Name::Secret));
            items.push(Item::gap());
            let command = self.with_facts(shell, None, |facts| kit::command(facts.path));
            let host = crate::text::sanitise::line(&shell.host).into_owned();
            for (label, value) in [(text.kit_computer, host), (text.kit_command, command)] {
                let lines = crate::tui::widget::text::wrap(&value, cells.saturating_sub(20).max(20), 3);
                let value = lines.into_iter().map(|line| (line, Name::Text)).collect();
                items.push(Item { label: label.to_owned(), value, ..Item::default() });
            }
        }
        items.push(Item::gap());
        let label = width(text.last_group) + 2;
        let (value, caret) = popup::field(&self.typed, popup::value_cells(label, cells).min(6));
        items.push(Item {
            label: text.last_group.to_owned(),
            value,
            stop: Some(0),
            caret: Some(caret),
            ..Item::default()
        });
        if self.wrong {
            items.push(Item::told(&format!("! {}", text.wrong_group), Name::Danger));
        }
        items.push(Item::gap());
        let shows = if self.is_covered() { text.show_code } else { text.hide_code };
        let file = match &self.file {
            Some(path) => (text.kit_file_at)(&crate::text::sanitise::line(&shell.places.shorten(path))),
            None => text.kit_file.to_owned(),
        };
        for (at, words) in [(1, shows), (2, text.as_qr), (3, &file), (4, skips)] {
            items.push(Item::act(at, words, String::new()));
        }
        if self.file.is_some() {
            items.push(Item::told(text.kit_file_warns, Name::Warn));
        }
        items
    }

    /// Draws the QR code in place of everything, while it is shown.
    pub fn view_qr(&self, area: Rect, shell: &Shell, buf: &mut Buffer) -> Option<Cursor> {
        let modules = self.qr.as_ref().filter(|_| self.as_qr && !self.hidden)?;
        let (text, ascii) = (&shell.catalog().tui.page.qr, shell.theme.ascii);
        let mut beside = Rect { x: area.x + 2, width: area.width.saturating_sub(4), ..area };
        let mut words = vec![(text.scan.to_owned(), Name::Text)];
        match qr::fitting(modules, area, ascii) {
            Ok(quiet) => {
                let wide = qr::draw(modules, quiet, area, ascii, buf);
                beside = Rect { x: area.x + wide + 2, width: area.width.saturating_sub(wide + 3), ..area };
            }
            Err((wide, high)) => {
                let around = shell.size.height.saturating_sub(area.height);
                words = vec![((text.too_small)(wide, high + around), Name::Warn)];
            }
        }
        words.push((shell.catalog().tui.page.slots.qr_back.to_owned(), Name::Dim));
        if beside.width >= 10 {
            unlock::paragraph(&words, beside, buf, shell);
        }
        Some(Cursor::new(area.x, area.y))
    }

    /// Which row has the focus.
    pub fn focus(&self) -> usize {
        self.focus
    }
}
