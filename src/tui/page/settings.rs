//! Settings: every one as a row with its value; arrows, Space and typing change it, at once and in
//! `config.toml`.

use std::path::Path;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::keys::Keys;
use super::popup;
use super::slots::Slots;
use super::{Page, Turn};
use crate::config::{self, Setting, Settings, Takes};
use crate::text::tui::page::settings::Text;
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope};
use crate::tui::config as file;
use crate::tui::effect::Effect;
use crate::tui::event::Input;
use crate::tui::screen::vault::Open;
use crate::tui::screen::{Cursor, Row};
use crate::tui::theme::Name;
use crate::tui::widget::field::Field;
use crate::tui::widget::frame::{below, frame};
use crate::tui::widget::text::{clear_area, fill, fit, put, put_outside, width, wrap};

/// Lines under the rows: meaning, range, how, file.
const FOOT: u16 = 5;

/// The page.
#[derive(Debug, Default)]
pub struct SettingsPage {
    cursor: usize,
    /// A value that is being typed.
    typing: Option<Field>,
}

/// How many rows there are: the settings, the keys and the ways to open the vault.
const ROWS: usize = Setting::ALL.len() + 2;
/// The row of the ways to open the vault.
const WAYS: usize = ROWS - 1;

fn setting(row: usize) -> Option<Setting> {
    Setting::ALL.get(row).copied()
}

impl SettingsPage {
    fn browse(&mut self, command: Command, shell: &mut Shell, out: &mut Vec<Effect>) -> Turn {
        let page = 5;
        self.cursor = match command {
            Command::Down | Command::Next => (self.cursor + 1).min(ROWS - 1),
            Command::Up | Command::Previous => self.cursor.saturating_sub(1),
            Command::First => 0,
            Command::Last => ROWS - 1,
            Command::PageDown | Command::HalfDown => (self.cursor + page).min(ROWS - 1),
            Command::PageUp | Command::HalfUp => self.cursor.saturating_sub(page),
            Command::Right | Command::Mark => return self.step(true, shell, out),
            Command::Left => return self.step(false, shell, out),
            Command::Open => return self.enter(shell, out),
            _ => return Turn::Pass,
        };
        Turn::Stay
    }

    /// The next or the previous value of the row.
    fn step(&mut self, forward: bool, shell: &mut Shell, out: &mut Vec<Effect>) -> Turn {
        let Some(setting) = setting(self.cursor) else { return self.enter(shell, out) };
        let value = setting.value(&shell.settings);
        let words = match setting.takes() {
            Takes::Words(words) => words.iter().map(|word| (*word).to_owned()).collect(),
            Takes::Switch => vec!["false".to_owned(), "true".to_owned()],
            Takes::Seconds(_, _, steps) => {
                let now = value.parse::<u64>().unwrap_or(0);
                let next = if forward {
                    steps.iter().find(|step| **step > now)
                } else {
                    steps.iter().rev().find(|step| **step < now)
                };
                if let Some(next) = next {
                    write(setting, &next.to_string(), shell, out);
                }
                return Turn::Stay;
            }
            Takes::Path => return self.enter(shell, out),
        };
        let at = words.iter().position(|word| *word == value).unwrap_or(0);
        let next = if forward { at + 1 } else { at + words.len() - 1 } % words.len();
        write(setting, &words[next], shell, out);
        Turn::Stay
    }

    fn enter(&mut self, shell: &mut Shell, out: &mut Vec<Effect>) -> Turn {
        if self.cursor == WAYS {
            return Turn::Over(Box::new(Slots::default()));
        }
        let Some(setting) = setting(self.cursor) else { return Turn::Over(Box::new(Keys::default())) };
        match setting.takes() {
            Takes::Words(_) | Takes::Switch => self.step(true, shell, out),
            Takes::Seconds(..) | Takes::Path => {
                let mut field = Field::default();
                field.paste(setting.value(&shell.settings).as_bytes());
                field.select();
                self.typing = Some(field);
                Turn::Stay
            }
        }
    }

    fn keep(&mut self, shell: &mut Shell, out: &mut Vec<Effect>) {
        let (Some(field), Some(setting)) = (&self.typing, setting(self.cursor)) else { return };
        // - what does not do is told, and stays to be mended
        if write(setting, field.text().trim(), shell, out) {
            self.typing = None;
        }
    }
}

/// Changes a setting here and in the file; false when it will not have the value.
fn write(setting: Setting, value: &str, shell: &mut Shell, out: &mut Vec<Effect>) -> bool {
    let text = file::text(shell);
    let empty = value.is_empty() && setting.takes() == Takes::Path;
    let changed =
        if empty { config::comment_out(&text, setting) } else { config::set(&text, setting, value) };
    // - a file that is no TOML is shown with its mistakes
    file::change(shell, changed.unwrap_or(text), out)
}

impl Page for SettingsPage {
    fn scopes(&self) -> &'static [Scope] {
        if self.typing.is_some() {
            &[Scope::Form, Scope::Field, Scope::Anywhere]
        } else {
            &[Scope::Browse, Scope::Anywhere]
        }
    }

    fn name(&self, _: &Open, shell: &Shell) -> String {
        shell.catalog().tui.page.settings.title.to_owned()
    }

    fn footer(&self) -> &'static [Command] {
        if self.typing.is_some() {
            &[Command::Accept, Command::EraseLeft, Command::Back]
        } else {
            &[Command::Open, Command::Back, Command::Palette, Command::HelpHere]
        }
    }

    fn says(&self, command: Command, shell: &Shell) -> Option<&'static str> {
        match command {
            Command::Open => Some((shell.catalog().tui.short)(Command::Change)),
            Command::Accept => Some((shell.catalog().tui.short)(Command::Choose)),
            _ => None,
        }
    }

    fn means(&self, command: Command) -> Option<Command> {
        match command {
            Command::Mark => Some(Command::Open),
            Command::MarkAll => None,
            _ => Some(command),
        }
    }

    fn update(&mut self, _: &mut Open, input: Input<'_>, shell: &mut Shell, out: &mut Vec<Effect>) -> Turn {
        let Some(field) = &mut self.typing else {
            return match input {
                Input::Command(command) => self.browse(command, shell, out),
                Input::Char(_) | Input::Paste(_) => Turn::Pass,
            };
        };
        match input {
            Input::Char(c) => drop(field.type_char(c)),
            Input::Paste(bytes) => field.paste(bytes),
            Input::Command(Command::Accept | Command::Save | Command::FormDown) => self.keep(shell, out),
            Input::Command(Command::FormUp) => self.keep(shell, out),
            Input::Command(command) => {
                if !field.edit(command) {
                    return Turn::Pass;
                }
            }
        }
        Turn::Stay
    }

    fn back(&mut self, _: &mut Open, _: &mut Shell, _: &mut Vec<Effect>) -> bool {
        self.typing.take().is_some()
    }

    fn outline(&self, _: &Open, shell: &Shell) -> Vec<Row> {
        let text = &shell.catalog().tui.page.settings;
        (0..ROWS)
            .map(|row| Row {
                label: label(row, shell).to_owned(),
                value: self.shown(row, shell),
                focus: row == self.cursor,
                action: Some(Command::Open),
            })
            .chain([Row::told(text.file, &shell.config.path)])
            .collect()
    }

    fn view(&self, _: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        let (text, theme) = (&shell.catalog().tui.page.settings, &shell.theme);
        clear_area(buf, area);
        let inner = frame(buf, area, text.title, true, theme);
        let (x, cells) = (inner.x + 1, inner.width.saturating_sub(2));
        let rows = inner.height.saturating_sub(FOOT);
        let label_cells = (0..ROWS).map(|row| width(label(row, shell))).max().unwrap_or(0) + 3;
        let offset = self.cursor.saturating_sub(usize::from(rows).saturating_sub(1));
        let more = ROWS.saturating_sub(offset + usize::from(rows));
        below(buf, area, more, shell.catalog().tui.vault.below, theme);
        let mut cursor = Cursor::new(inner.x, inner.y);
        for (y, row) in (inner.y..inner.y + rows).zip(offset..ROWS) {
            let selected = row == self.cursor;
            let name = if selected && self.typing.is_none() { Name::Selected } else { Name::Text };
            let mark = if selected { "> " } else { "  " };
            let line = format!("{mark}{}", label(row, shell));
            put(buf, inner.x, y, inner.width, &fill("", inner.width), theme.style(name));
            put(buf, inner.x, y, label_cells, &line, theme.style(name));
            let at = inner.x + label_cells + 1;
            let room = inner.right().saturating_sub(at + 1);
            if selected {
                cursor = Cursor::new(inner.x, y);
            }
            match &self.typing {
                Some(field) if selected => {
                    let (lines, caret) = popup::field(field, room);
                    for (seen, name) in lines {
                        put(buf, at, y, room, &seen, theme.style(name));
                    }
                    cursor = Cursor::new(at + caret, y);
                }
                _ => {
                    let shown = self.shown(row, shell);
                    let own = setting(row)
                        .is_some_and(|one| one.value(&shell.settings) != one.value(&Settings::default()));
                    let name = if selected {
                        Name::Selected
                    } else if own {
                        Name::Marked
                    } else {
                        Name::Text
                    };
                    put_outside(buf, at, y, room, &shown, theme.style(name));
                }
            }
        }
        let foot = Rect { x, y: inner.bottom().saturating_sub(FOOT - 1), width: cells, height: FOOT - 1 };
        self.foot(shell, foot, buf);
        cursor
    }
}

fn label(row: usize, shell: &Shell) -> &'static str {
    let text = &shell.catalog().tui.page.settings;
    let ways = shell.catalog().tui.page.slots.title;
    setting(row).map_or(if row == WAYS { ways } else { text.keys }, text.label)
}

/// A value of the file as it is read.
fn read(setting: Setting, value: &str, text: &Text) -> String {
    match setting.takes() {
        Takes::Seconds(..) => value.parse().map_or_else(|_| value.to_owned(), |seconds| (text.time)(seconds)),
        _ => (text.word)(setting, value).unwrap_or(value).to_owned(),
    }
}

impl SettingsPage {
    /// A value as it is read.
    fn shown(&self, row: usize, shell: &Shell) -> String {
        let text = &shell.catalog().tui.page.settings;
        if row == WAYS {
            return shell.catalog().tui.page.slots.in_short.to_owned();
        }
        let Some(setting) = setting(row) else { return (text.own_keys)(shell.settings.keys.len()) };
        let value = setting.value(&shell.settings);
        match setting.takes() {
            Takes::Path if value.is_empty() && setting == Setting::KeyFile => text.unset.to_owned(),
            Takes::Path if value.is_empty() => text.usual.to_owned(),
            _ => read(setting, &value, text),
        }
    }

    /// What can be chosen, and what it is without a choice.
    fn range(&self, setting: Setting, text: &Text) -> String {
        let range = match setting.takes() {
            Takes::Path => return String::new(),
            Takes::Seconds(least, most, _) if self.typing.is_some() => {
                return (text.type_seconds)(least, most);
            }
            Takes::Seconds(least, most, _) => (text.between)(&(text.time)(least), &(text.time)(most)),
            Takes::Switch => ["true", "false"].map(|word| read(setting, word, text)).join(" | "),
            Takes::Words(words) => {
                words.iter().map(|word| read(setting, word, text)).collect::<Vec<_>>().join(" | ")
            }
        };
        let default = setting.value(&Settings::default());
        (text.range)(&range, &read(setting, &default, text))
    }

    /// What the row means, what it takes, how it is changed, and where the file is.
    fn foot(&self, shell: &Shell, area: Rect, buf: &mut Buffer) {
        let (text, theme) = (&shell.catalog().tui.page.settings, &shell.theme);
        let mut lines: Vec<(String, Name)> = Vec::new();
        match setting(self.cursor) {
            Some(setting) => {
                let meaning = wrap((text.meaning)(setting), area.width, 2);
                lines.extend(meaning.into_iter().map(|line| (line, Name::Text)));
                let mut more = self.range(setting, text);
                if matches!(setting, Setting::Vault | Setting::BackupDir) {
                    more.push_str(text.next_start);
                }
                lines.push((more, Name::Dim));
            }
            None if self.cursor == WAYS => {
                let explain = shell.catalog().tui.page.slots.explain;
                lines.extend(wrap(explain, area.width, 2).into_iter().map(|line| (line, Name::Text)));
            }
            None => lines.push((text.keys_how.to_owned(), Name::Text)),
        }
        lines.truncate(usize::from(area.height.saturating_sub(2)));
        for (y, (line, name)) in (area.y..).zip(&lines) {
            put(buf, area.x, y, area.width, &fit(line, area.width), theme.style(*name));
        }
        let how = match setting(self.cursor) {
            _ if self.typing.is_some() => text.typing,
            Some(setting) if !matches!(setting.takes(), Takes::Seconds(..) | Takes::Path) => text.how_choice,
            Some(_) => text.how,
            None => text.how_keys,
        };
        put(
            buf,
            area.x,
            area.bottom().saturating_sub(2),
            area.width,
            &fit(how, area.width),
            theme.style(Name::Text),
        );
        let y = area.bottom().saturating_sub(1);
        let missing = if shell.config.text.is_none() && shell.config.known && !shell.demo {
            format!(" ({})", text.file_missing)
        } else {
            String::new()
        };
        let path = if shell.demo {
            shell.catalog().tui.page.about.memory.to_owned()
        } else {
            shell.places.shorten(Path::new(&shell.config.path))
        };
        let line = format!("{}{missing}  {path}", text.file);
        put_outside(buf, area.x, y, area.width, &line, theme.style(Name::Dim));
    }
}
