//! An account was taken over: the order in which to act, and the entries that share a password, the
//! worst first. Each password is opened, turned into a keyed digest and wiped at once, some at a
//! time so that no key waits; only digests are compared. Not incident mode: it plans nothing.

use std::collections::HashMap;
use std::time::Duration;

use hmac::{Hmac, KeyInit, Mac};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use sha2::Sha256;

use super::{Page, Turn};
use crate::model::{Id, Kind, State};
use crate::secret::SecretBytes;
use crate::text::sanitise;
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope};
use crate::tui::contents::Part;
use crate::tui::effect::Effect;
use crate::tui::event::Input;
use crate::tui::screen::vault::{Open, copy};
use crate::tui::screen::{Cursor, Row};
use crate::tui::theme::Name;
use crate::tui::widget::frame::{below, frame};
use crate::tui::widget::text::{fit, put, wrap};

/// Passwords compared at a time.
const CHUNK: usize = 500;

/// The page.
#[derive(Debug)]
pub struct Taken {
    /// Entries still to be compared.
    waiting: Vec<Id>,
    all: usize,
    /// Key of the digests; made for this page alone.
    key: SecretBytes,
    digests: HashMap<[u8; 32], Vec<Id>>,
    groups: Vec<Vec<Id>>,
    cursor: usize,
}

/// A line of the page.
enum Line {
    Told(String, Name),
    Entry(Id, String),
}

/// How much falls with an entry: the least first.
fn rank(kind: Kind) -> u8 {
    match kind {
        Kind::Mailbox => 0,
        Kind::Server | Kind::Domain => 1,
        Kind::BankAccount | Kind::Card => 2,
        Kind::Website | Kind::Database => 3,
        _ => 4,
    }
}

impl Taken {
    /// Begins to compare.
    pub fn new(open: &Open, shell: &mut Shell) -> Taken {
        let vault = open.contents.session().vault();
        let mut waiting: Vec<Id> = vault
            .entries()
            .filter(|entry| entry.state() != State::Trashed && entry.password().is_some())
            .map(|entry| entry.id())
            .collect();
        // - without random bytes there is no key, and nothing is compared
        let key = SecretBytes::filled(32, |out| shell.entropy.fill(out)).unwrap_or_else(|_| {
            waiting.clear();
            SecretBytes::with_capacity(0)
        });
        Taken { all: waiting.len(), waiting, key, digests: HashMap::new(), groups: Vec::new(), cursor: 0 }
    }

    fn compare(&mut self, open: &Open, shell: &Shell) {
        for id in self.waiting.split_off(self.waiting.len().saturating_sub(CHUNK)) {
            let Ok(secret) = open.contents.open_part(id, Part::Password, shell.now.wall_ms) else { continue };
            if secret.is_empty() {
                continue;
            }
            let mut digest =
                Hmac::<Sha256>::new_from_slice(self.key.expose()).expect("a key of any length is taken");
            digest.update(secret.expose().as_bytes());
            self.digests.entry(digest.finalize().into_bytes().into()).or_default().push(id);
        }
        if self.waiting.is_empty() {
            self.group(open);
        }
    }

    fn group(&mut self, open: &Open) {
        let worst = |id: &Id| open.contents.entry(*id).map_or(9, |entry| rank(entry.kind()));
        let title =
            |id: &Id| open.contents.entry(*id).map_or(String::new(), |entry| entry.title().to_owned());
        self.groups =
            std::mem::take(&mut self.digests).into_values().filter(|group| group.len() > 1).collect();
        for group in &mut self.groups {
            group.sort_by_cached_key(|id| (worst(id), title(id)));
        }
        self.groups.sort_by_cached_key(|group| {
            let first = group.first();
            (first.map_or(9, worst), usize::MAX - group.len(), first.map(title))
        });
    }

    fn entries(&self) -> impl Iterator<Item = Id> {
        self.groups.iter().flatten().copied()
    }

    fn lines(&self, open: &Open, shell: &Shell, cells: u16) -> Vec<Line> {
        let text = &shell.catalog().tui.page.welcome;
        let mut lines = Vec::new();
        let mut tell = |words: &str, name: Name| {
            lines.extend(wrap(words, cells, 4).into_iter().map(|line| Line::Told(line, name)));
        };
        if !self.waiting.is_empty() {
            tell(&(text.comparing)(self.all - self.waiting.len(), self.all), Name::Dim);
        } else if self.groups.is_empty() {
            tell(&(text.none_shared)(self.all), Name::Good);
        } else {
            tell(text.shared_advice, Name::Text);
        }
        for group in &self.groups {
            lines.push(Line::Told((text.shared)(group.len()), Name::Danger));
            lines.extend(group.iter().map(|id| {
                let entry = open.contents.entry(*id);
                let words = entry.map_or(String::new(), |entry| {
                    let kind = crate::text::words::kind(entry.kind(), shell.lang);
                    format!("{}  {}  ({kind})", entry.title(), entry.username())
                });
                Line::Entry(*id, sanitise::line(&words).into_owned())
            }));
        }
        lines.push(Line::Told(String::new(), Name::Text));
        let guide = crate::text::guide::first(shell.lang).iter().flat_map(|line| wrap(line, cells, 4));
        lines.extend(guide.map(|line| Line::Told(line, Name::Text)));
        lines
    }
}

impl Page for Taken {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Entry, Scope::Browse, Scope::Anywhere]
    }

    fn name(&self, _: &Open, shell: &Shell) -> String {
        shell.catalog().tui.page.welcome.taken.to_owned()
    }

    fn footer(&self) -> &'static [Command] {
        &[
            Command::Open,
            Command::Change,
            Command::CopyPassword,
            Command::Import,
            Command::Back,
            Command::HelpHere,
        ]
    }

    fn selected(&self) -> Option<Id> {
        self.entries().nth(self.cursor)
    }

    fn update(&mut self, open: &mut Open, input: Input<'_>, shell: &mut Shell, _: &mut Vec<Effect>) -> Turn {
        let Input::Command(command) = input else { return Turn::Pass };
        let last = self.entries().count().saturating_sub(1);
        self.cursor = match command {
            Command::Down | Command::Next => (self.cursor + 1).min(last),
            Command::Up | Command::Previous => self.cursor.saturating_sub(1),
            Command::HalfDown | Command::PageDown => (self.cursor + 10).min(last),
            Command::HalfUp | Command::PageUp => self.cursor.saturating_sub(10),
            Command::First => 0,
            Command::Last => last,
            Command::Open => {
                let Some(id) = self.selected() else { return Turn::Stay };
                copy::select(open, id, shell);
                return Turn::Close;
            }
            _ => return Turn::Pass,
        };
        Turn::Stay
    }

    fn settle(&mut self, open: &Open, _: &Shell) {
        // - an entry that is gone leaves its group
        for group in &mut self.groups {
            group.retain(|id| open.contents.entry(*id).is_some_and(|entry| entry.state() != State::Trashed));
        }
        self.groups.retain(|group| group.len() > 1);
        self.cursor = self.cursor.min(self.entries().count().saturating_sub(1));
    }

    fn deadline(&self, shell: &Shell) -> Option<Duration> {
        (!self.waiting.is_empty()).then_some(shell.now.boot)
    }

    fn tick(&mut self, open: &mut Open, shell: &mut Shell, _: &mut Vec<Effect>) {
        if !self.waiting.is_empty() {
            self.compare(open, shell);
        }
    }

    fn outline(&self, open: &Open, shell: &Shell) -> Vec<Row> {
        let selected = self.selected();
        let row = |line| match line {
            Line::Told(words, _) => Row::told("", &words),
            Line::Entry(id, words) => Row {
                label: words,
                value: String::new(),
                focus: selected == Some(id),
                action: Some(Command::Open),
            },
        };
        self.lines(open, shell, 200).into_iter().map(row).collect()
    }

    fn view(&self, open: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        let theme = &shell.theme;
        let inner = frame(buf, area, shell.catalog().tui.page.welcome.taken, true, theme);
        let (x, cells) = (inner.x + 3, inner.width.saturating_sub(5));
        let lines = self.lines(open, shell, cells);
        let selected = self.selected();
        let at = lines.iter().position(|line| matches!(line, Line::Entry(id, _) if Some(*id) == selected));
        let room = usize::from(inner.height);
        let last = self.cursor + 1 >= self.entries().count();
        // - with the last entry the guide below it comes into view, as far as the entry stays
        let first = match at {
            Some(at) if last => lines.len().saturating_sub(room).min(at),
            Some(at) => (at + 1).saturating_sub(room),
            None => 0,
        };
        below(buf, area, lines.len().saturating_sub(first + room), shell.catalog().tui.vault.below, theme);
        let mut cursor = Cursor::new(x, inner.y);
        for (y, line) in (inner.y..inner.bottom()).zip(lines.iter().skip(first)) {
            match line {
                Line::Told(words, name) => {
                    put(buf, x, y, cells, words, theme.style(*name));
                }
                Line::Entry(id, words) => {
                    let here = selected == Some(*id);
                    let name = if here { Name::Selected } else { Name::Text };
                    let mark = if here { "> " } else { "  " };
                    put(buf, x, y, cells, &fit(&format!("{mark}{words}"), cells), theme.style(name));
                    if here {
                        cursor = Cursor::new(x, y);
                    }
                }
            }
        }
        cursor
    }
}
