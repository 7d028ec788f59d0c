//! The keys of all commands: a key is given by pressing it, and written into `[keys]` of
//! `config.toml`. What another command has is refused with its name; what terminals and input
//! methods keep for themselves is refused, too.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Page, Turn};
use crate::config;
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope, Spec, TABLE};
use crate::tui::config as file;
use crate::tui::effect::Effect;
use crate::tui::event::Input;
use crate::tui::key::{Chord, Code};
use crate::tui::keymap::{Keymap, Problem, Resolved};
use crate::tui::screen::vault::Open;
use crate::tui::screen::{Cursor, Row};
use crate::tui::theme::Name;
use crate::tui::widget::frame::frame;
use crate::tui::widget::text::{clear_area, fill, fit, put, width};

/// Lines under the rows.
const FOOT: u16 = 3;

/// Control keys that terminals, multiplexers and keyboards keep or cannot tell apart.
const KEPT: &str = "abghijmoqtv[";

/// The page.
#[derive(Debug, Default)]
pub struct Keys {
    cursor: usize,
    /// The next key is the one that is wanted.
    waiting: bool,
    /// Why the last one was refused.
    refused: Option<String>,
}

impl Keys {
    fn spec(&self) -> &'static Spec {
        &TABLE[self.cursor.min(TABLE.len() - 1)]
    }

    /// Takes the key that was waited for.
    fn pressed(&mut self, key: Chord, shell: &mut Shell, out: &mut Vec<Effect>) {
        self.waiting = false;
        if key.code == Code::Esc {
            return;
        }
        let (spec, text) = (self.spec(), shell.catalog().tui);
        if key.alt || matches!(key.code, Code::Char(c) if key.ctrl && KEPT.contains(c)) || key.is_japanese() {
            self.refused = Some((text.page.settings.cannot)(&key.label()));
            return;
        }
        let mut own: Vec<(String, Vec<String>)> = shell.settings.keys.clone();
        own.retain(|(id, _)| id != spec.id);
        own.push((spec.id.to_owned(), vec![key.notation()]));
        if let Err(problems) = Keymap::with(&own) {
            let other = problems.iter().find_map(|problem| match problem {
                Problem::Clash(one, other, _) => [one, other].into_iter().find(|id| **id != spec.id),
                Problem::UnknownCommand(_) | Problem::NotAKey(_) => None,
            });
            let other = other.and_then(|id| TABLE.iter().find(|one| one.id == *id)).unwrap_or(spec);
            let title = (text.command)(other.command);
            self.refused = Some((text.page.settings.clash)(&key.label(), title));
            return;
        }
        self.write(Some(&[key.notation()]), shell, out);
    }

    fn write(&mut self, keys: Option<&[String]>, shell: &mut Shell, out: &mut Vec<Effect>) {
        let text = file::text(shell);
        let changed = config::set_keys(&text, self.spec().id, keys);
        file::change(shell, changed.unwrap_or(text), out);
    }

    fn own(shell: &Shell, spec: &Spec) -> bool {
        shell.settings.keys.iter().any(|(id, _)| id == spec.id)
    }
}

impl Page for Keys {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Browse, Scope::Anywhere]
    }

    fn name(&self, _: &Open, shell: &Shell) -> String {
        shell.catalog().tui.page.settings.keys_title.to_owned()
    }

    fn footer(&self) -> &'static [Command] {
        if self.waiting {
            &[Command::Back]
        } else {
            &[Command::Open, Command::Back, Command::Palette, Command::HelpHere]
        }
    }

    fn says(&self, command: Command, shell: &Shell) -> Option<&'static str> {
        match command {
            Command::Open => Some((shell.catalog().tui.short)(Command::Change)),
            Command::Back if self.waiting => Some(shell.catalog().tui.page.settings.leave_word),
            _ => None,
        }
    }

    fn key(&mut self, key: Chord, shell: &mut Shell, out: &mut Vec<Effect>) -> bool {
        if self.waiting {
            // - the way out and the lock stay what they are
            let means = shell.keymap.resolve(&[Scope::Anywhere], &[], key);
            if let Resolved::Run(Command::Panic | Command::Lock | Command::Cancel) = means {
                self.waiting = false;
                return false;
            }
            self.pressed(key, shell, out);
            return true;
        }
        if key == Chord::plain(Code::Backspace) && Keys::own(shell, self.spec()) {
            self.refused = None;
            self.write(None, shell, out);
            return true;
        }
        false
    }

    fn update(&mut self, _: &mut Open, input: Input<'_>, shell: &mut Shell, _: &mut Vec<Effect>) -> Turn {
        let Input::Command(command) = input else { return Turn::Pass };
        let page = usize::from(shell.size.height.saturating_sub(8)).max(1);
        let last = TABLE.len() - 1;
        self.refused = None;
        self.cursor = match command {
            Command::Down | Command::Next => self.cursor + 1,
            Command::Up | Command::Previous => self.cursor.saturating_sub(1),
            Command::First => 0,
            Command::Last => last,
            Command::PageDown => self.cursor + page,
            Command::PageUp => self.cursor.saturating_sub(page),
            Command::HalfDown => self.cursor + page / 2,
            Command::HalfUp => self.cursor.saturating_sub(page / 2),
            Command::Open | Command::Right => {
                self.waiting = true;
                self.cursor
            }
            _ => return Turn::Pass,
        }
        .min(last);
        Turn::Stay
    }

    fn outline(&self, _: &Open, shell: &Shell) -> Vec<Row> {
        let title = shell.catalog().tui.command;
        TABLE
            .iter()
            .enumerate()
            .map(|(at, spec)| Row {
                label: title(spec.command).to_owned(),
                value: shell.keymap.labels(spec.command).join("  "),
                focus: at == self.cursor,
                action: Some(Command::Open),
            })
            .collect()
    }

    fn view(&self, _: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        let (catalog, theme) = (shell.catalog().tui, &shell.theme);
        let text = &catalog.page.settings;
        clear_area(buf, area);
        let title = format!("{} {}/{}", text.keys_title, self.cursor + 1, TABLE.len());
        let inner = frame(buf, area, &title, true, theme);
        let rows = inner.height.saturating_sub(FOOT);
        let offset = self
            .cursor
            .saturating_sub(usize::from(rows / 2))
            .min(TABLE.len().saturating_sub(usize::from(rows)));
        let keys = 22.min(inner.width / 3);
        let scope = if inner.width > 90 { 24 } else { 0 };
        let mut cursor = Cursor::new(inner.x, inner.y);
        for (y, (at, spec)) in (inner.y..inner.y + rows).zip(TABLE.iter().enumerate().skip(offset)) {
            let selected = at == self.cursor;
            let name = if selected { Name::Selected } else { Name::Text };
            put(buf, inner.x, y, inner.width, &fill("", inner.width), theme.style(name));
            let mark = if selected { "> " } else { "  " };
            let labels = shell.keymap.labels(spec.command);
            let shown = if labels.is_empty() { text.no_key.to_owned() } else { labels.join("  ") };
            let style = theme.style(if selected { name } else { Name::Key });
            put(buf, inner.x, y, keys + 2, &format!("{mark}{}", fit(&shown, keys)), style);
            let at = inner.x + keys + 3;
            let own = if Keys::own(shell, spec) { text.own } else { "" };
            let room = inner.right().saturating_sub(at + scope + 8);
            put(buf, at, y, room, &fit((catalog.command)(spec.command), room), theme.style(name));
            if scope > 0 {
                let x = inner.right().saturating_sub(scope + 7);
                put(
                    buf,
                    x,
                    y,
                    scope - 1,
                    &fit((catalog.scope)(spec.scope), scope - 1),
                    theme.style(if selected { name } else { Name::Dim }),
                );
            }
            let x = inner.right().saturating_sub(width(own) + 1);
            put(buf, x, y, width(own), own, theme.style(if selected { name } else { Name::Marked }));
            if selected {
                cursor = Cursor::new(inner.x, y);
            }
        }
        let (words, name) = match &self.refused {
            _ if self.waiting => ((text.press)((catalog.command)(self.spec().command)), Name::Warn),
            Some(refused) => (refused.clone(), Name::Danger),
            None => (text.keys_how.to_owned(), Name::Text),
        };
        let y = inner.bottom().saturating_sub(2);
        let cells = inner.width.saturating_sub(2);
        for (y, line) in (y..inner.bottom()).zip(crate::tui::widget::text::wrap(&words, cells, 2)) {
            put(buf, inner.x + 1, y, cells, &line, theme.style(name));
        }
        cursor
    }
}
