//! Which copy is to be joined: those that a sync program left beside the vault, what an earlier run could
//! not save, or a file that is named. Enter opens one and shows what differs.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::differences::Mode;
use super::opener::{self, Opener};
use super::path::{Path, Purpose};
use super::value::minute;
use super::{Given, Page, Turn, popup};
use crate::store::Copy;
use crate::text::sanitise;
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope};
use crate::tui::effect::{Effect, JobId, Outcome};
use crate::tui::event::Input;
use crate::tui::other::{Kind, Source};
use crate::tui::screen::vault::Open;
use crate::tui::screen::{Cursor, Row};
use crate::tui::theme::Name;
use crate::tui::widget::frame::frame;
use crate::tui::widget::text::{fill, fit, put, wrap};

/// The page.
#[derive(Debug)]
pub struct Merge {
    /// What is offered; the last line is another file.
    offered: Vec<Source>,
    cursor: usize,
    /// A file is being named.
    path: Option<Path>,
    opener: Opener,
}

impl Merge {
    /// What lies beside the vault; where nothing does, a file is named at once.
    pub fn new(open: &Open, shell: &mut Shell, out: &mut Vec<Effect>) -> Merge {
        let mut page = Merge { offered: Vec::new(), cursor: 0, path: None, opener: Opener::default() };
        page.list(open, shell);
        if page.offered.is_empty() {
            page.path = Some(Path::new(Purpose::Vault, shell, out));
        }
        page
    }

    fn list(&mut self, open: &Open, shell: &Shell) {
        let contents = &open.contents;
        let forked = open.watch.forked.then(|| Source { path: shell.vault.clone(), kind: Kind::Live });
        let kept = contents.waiting.iter().map(|path| Source { path: path.clone(), kind: Kind::Kept });
        let copies = contents.beside.copies.iter().map(Source::copy);
        self.offered = forked.into_iter().chain(kept).chain(copies).collect();
        self.cursor = self.cursor.min(self.offered.len());
    }

    fn choose(&mut self, open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) {
        match self.offered.get(self.cursor).cloned() {
            Some(source) => self.opener.open(source, Mode::Merge, open),
            None => self.path = Some(Path::new(Purpose::Vault, shell, out)),
        }
    }

    fn named(&mut self, path: std::path::PathBuf, open: &mut Open) {
        self.opener.open(Source { path, kind: Kind::Named }, Mode::Merge, open);
    }

    /// A line: what it is, and what is known of it.
    fn words(&self, at: usize, open: &Open, shell: &Shell) -> [String; 2] {
        let text = &shell.catalog().tui.page.other;
        let Some(source) = self.offered.get(at) else { return [text.other_file.to_owned(), String::new()] };
        let name = sanitise::line(&opener::name(source, shell)).into_owned();
        let known = match &source.kind {
            Kind::Copy(copy) => copy_words(copy, open, shell),
            _ => String::new(),
        };
        [name, known]
    }
}

fn copy_words(copy: &Copy, open: &Open, shell: &Shell) -> String {
    let text = &shell.catalog().tui.page.other;
    let news = match () {
        () if open.contents.news.contains(&copy.mac) => text.has_news,
        () if open.contents.no_news.contains(&copy.mac) => text.no_news,
        () => text.unknown_news,
    };
    format!("{}  {}  {news}", (text.maker)(copy.maker), minute(copy.modified, &shell.zone))
}

impl Page for Merge {
    fn scopes(&self) -> &'static [Scope] {
        match &self.path {
            Some(path) => path.scopes(),
            None => &[Scope::Browse, Scope::Anywhere],
        }
    }

    fn name(&self, _: &Open, shell: &Shell) -> String {
        shell.catalog().tui.page.other.merge.to_owned()
    }

    fn footer(&self) -> &'static [Command] {
        match &self.path {
            Some(path) => path.footer(),
            None => &[Command::Open, Command::Down, Command::Up, Command::Back, Command::HelpHere],
        }
    }

    fn update(
        &mut self,
        open: &mut Open,
        input: Input<'_>,
        shell: &mut Shell,
        out: &mut Vec<Effect>,
    ) -> Turn {
        if let Some(path) = &mut self.path {
            return match path.update(open, input, shell, out) {
                Turn::Give(Given::Path(path)) => {
                    self.named(path, open);
                    Turn::Stay
                }
                turn => turn,
            };
        }
        let Input::Command(command) = input else { return Turn::Stay };
        let last = self.offered.len();
        match command {
            Command::Down | Command::Next => self.cursor = (self.cursor + 1).min(last),
            Command::Up | Command::Previous => self.cursor = self.cursor.saturating_sub(1),
            Command::First | Command::PageUp => self.cursor = 0,
            Command::Last | Command::PageDown => self.cursor = last,
            Command::Open | Command::Right => self.choose(open, shell, out),
            Command::Merge => {}
            _ => return Turn::Pass,
        }
        Turn::Stay
    }

    fn back(&mut self, open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) -> bool {
        let Some(path) = &mut self.path else { return false };
        if path.back(open, shell, out) {
            return true;
        }
        // - from the field back to what is offered
        self.opener.failure = None;
        self.path = None;
        !self.offered.is_empty()
    }

    fn given(&mut self, given: Given, open: &mut Open, _: &mut Shell, _: &mut Vec<Effect>) {
        if let Given::Secret(secret) = given {
            self.opener.given(&secret, open);
        }
    }

    fn done(
        &mut self,
        job: JobId,
        outcome: Outcome,
        open: &mut Open,
        shell: &mut Shell,
        out: &mut Vec<Effect>,
    ) -> Option<Outcome> {
        let left = self.opener.done(outcome, open, shell)?;
        let Some(path) = &mut self.path else { return Some(left) };
        let left = path.done(job, left, open, shell, out);
        if let Some(Turn::Give(Given::Path(path))) = path.turn() {
            self.named(path, open);
        }
        left
    }

    fn turn(&mut self) -> Option<Turn> {
        self.opener.turn()
    }

    fn settle(&mut self, open: &Open, shell: &Shell) {
        self.list(open, shell);
    }

    fn outline(&self, open: &Open, shell: &Shell) -> Vec<Row> {
        if let Some(path) = &self.path {
            return path.outline(open, shell);
        }
        let row = |at: usize| {
            let [label, value] = self.words(at, open, shell);
            Row { label, value, focus: at == self.cursor, action: Some(Command::Open) }
        };
        (0..=self.offered.len()).map(row).collect()
    }

    fn view(&self, open: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        let (text, theme) = (&shell.catalog().tui.page.other, &shell.theme);
        if let Some(path) = &self.path {
            let cursor = path.view(open, shell, area, buf);
            if let Some(failure) = &self.opener.failure {
                let words = opener::said(failure, shell).line();
                let cells = area.width.saturating_sub(4);
                let lines = wrap(&words, cells, 2);
                let y = area.bottom().saturating_sub(1 + u16::try_from(lines.len()).unwrap_or(1));
                for (y, line) in (y..area.bottom()).zip(lines) {
                    put(buf, area.x + 2, y, cells, &fill(&line, cells), theme.style(Name::Danger));
                }
            }
            return cursor;
        }
        let inner = frame(buf, area, &(text.copies)(self.offered.len()), true, theme);
        popup::view_edge(buf, area, &popup::edge(shell, &[(Command::Open, text.compares)]), shell);
        let mut cursor = Cursor::new(inner.x, inner.y);
        let mut y = inner.y;
        for at in 0..=self.offered.len() {
            let high = if at == self.offered.len() { 1 } else { 2 };
            if y + high > inner.bottom() {
                break;
            }
            let selected = at == self.cursor;
            let base = theme.style(if selected { Name::Selected } else { Name::Text });
            let [name, known] = self.words(at, open, shell);
            let mark = if selected { "> " } else { "  " };
            put(buf, inner.x, y, inner.width, &fill(&format!("{mark}{name}"), inner.width), base);
            if selected {
                cursor = Cursor::new(inner.x, y);
            }
            if high == 2 {
                let cells = inner.width.saturating_sub(5);
                put(buf, inner.x + 4, y + 1, cells, &fit(&known, cells), theme.style(Name::Dim));
            }
            y += high;
        }
        let (words, name) = match &self.opener.failure {
            Some(failure) => (opener::said(failure, shell).line(), Name::Danger),
            None => (text.copies_hint.to_owned(), Name::Dim),
        };
        let lines = wrap(&words, inner.width.saturating_sub(3), 3);
        for (y, line) in (y + 1..inner.bottom()).zip(lines) {
            put(buf, inner.x + 2, y, inner.width.saturating_sub(3), &line, theme.style(name));
        }
        cursor
    }
}
