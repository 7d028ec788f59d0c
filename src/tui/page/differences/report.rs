//! What came of it: what a join brought, or as of when the vault is now and how that is taken back.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::opener;
use super::super::value::{minute, second};
use super::super::{Turn, popup};
use crate::model::Id;
use crate::store::{Copy, Unsaved};
use crate::text::sanitise;
use crate::text::tui::Said;
use crate::tui::app::Shell;
use crate::tui::command::Command;
use crate::tui::effect::Effect;
use crate::tui::notice::Deed;
use crate::tui::other::{Kind, Merged, Restored, Source};
use crate::tui::screen::vault::{Open, copy, list, steps};
use crate::tui::screen::{Cursor, Row, window};
use crate::tui::theme::Name;
use crate::tui::widget::frame::frame;
use crate::tui::widget::text::{fill, fit, put, width, wrap};

/// Most lines that are kept of what came in.
const LINES_MOST: usize = 10_000;

/// The report.
#[derive(Debug)]
pub(super) struct Report {
    /// Of which copy.
    pub(super) source: Source,
    title: Title,
    /// What is told first.
    told: Vec<(String, Name)>,
    /// What became of single entries: title and words. From outside, made harmless.
    lines: Vec<(String, String)>,
    offset: usize,
    /// The first act is in focus, or the second.
    second: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Title {
    Merged,
    Restored,
    Failed,
}

impl Report {
    fn new(source: Source, title: Title, told: Vec<(String, Name)>) -> Report {
        Report { source, title, told, lines: Vec::new(), offset: 0, second: false }
    }

    pub(super) fn failed(source: Source, said: Said) -> Report {
        Report::new(source, Title::Failed, vec![(said.fact, Name::Danger), (said.advice, Name::Text)])
    }

    /// Keeps the way back as one step, and has the vault written.
    pub(super) fn merged(
        source: Source,
        merged: &mut Merged,
        open: &mut Open,
        shell: &mut Shell,
        out: &mut Vec<Effect>,
    ) -> Report {
        let text = &shell.catalog().tui.page.other;
        let report = &merged.report;
        let mut told = Vec::new();
        if report.is_empty() && merged.file.is_none() {
            told.push((text.merged_nothing.to_owned(), Name::Text));
        } else {
            let counts =
                (text.merged_counts)(report.added.len(), report.changed.len(), report.superseded.len());
            told.push((counts, Name::Good));
        }
        if report.elsewhere > 0 {
            told.push(((text.more)(report.elsewhere, 0), Name::Text));
        }
        if report.new_keys {
            told.push((text.new_password.to_owned(), Name::Warn));
        }
        let undoes = merged.back.is_some();
        if undoes {
            told.push((text.merged_undo.to_owned(), Name::Text));
        }
        let mut made = Report::new(source, Title::Merged, told);
        made.tell(merged, open, shell);
        match merged.back.take() {
            Some((change, count)) => {
                open.undo.push(steps::Step { change, deed: Deed::Merged, count });
                open.redo.clear();
            }
            // - what was undone before may bring pieces back under keys that are gone
            None if report.new_keys => {
                open.undo.clear();
                open.redo.clear();
            }
            None => {}
        }
        if let Some(file) = merged.file.take() {
            copy::write_important(file, shell, out);
        }
        if made.source.kind == Kind::Live {
            open.watch.forked = false;
        }
        if made.source.kind == Kind::Kept {
            let path = made.source.path.clone();
            open.contents.waiting.retain(|waiting| *waiting != path);
            // - it goes when the vault that has it is on the disk
            open.contents.recovered.push(Unsaved { path, bytes: Vec::new() });
        }
        if let Kind::Copy(copy) = &made.source.kind {
            open.contents.news.retain(|mac| *mac != copy.mac);
            open.contents.no_news.push(copy.mac);
        }
        list::refresh(open, shell);
        made
    }

    fn tell(&mut self, merged: &Merged, open: &Open, shell: &Shell) {
        let (words, tag) = (&shell.catalog().tui.page.other.lines, shell.catalog().cli.say.tag);
        let untitled = shell.catalog().tui.vault.untitled;
        let title = |id: &Id| {
            let entry = open.contents.session().vault().entry(*id);
            let title = entry.map_or("", |entry| entry.title());
            sanitise::line(if title.is_empty() { untitled } else { title }).into_owned()
        };
        let report = &merged.report;
        let mut lines = Vec::new();
        let all = [
            (&report.added, words.added),
            (&report.revived, words.revived),
            (&report.survived_purge, words.survived),
            (&report.purged, words.purged),
        ];
        for (ids, said) in all {
            lines.extend(ids.iter().map(|id| (title(id), said.to_owned())));
        }
        for (id, tags) in &report.changed {
            let mut names: Vec<&str> = tags.iter().map(|one| tag(*one)).collect();
            names.dedup();
            lines.push((title(id), (words.changed)(&names.join(", "))));
        }
        for (id, one) in &report.superseded {
            lines.push((title(id), (words.superseded)(tag(*one))));
        }
        lines.truncate(LINES_MOST);
        self.lines = lines;
    }

    pub(super) fn restored(
        source: Source,
        restored: &Restored,
        open: &mut Open,
        shell: &mut Shell,
    ) -> Report {
        let text = &shell.catalog().tui.page.other;
        let mut told = vec![((text.restored_to)(&minute(restored.to, &shell.zone)), Name::Good)];
        if let Some(before) = restored.before {
            told.push(((text.restored_undo)(&second(before, &shell.zone)), Name::Text));
        }
        // - what was done to the vault that is gone cannot be undone in this one
        open.undo.clear();
        open.redo.clear();
        open.list.marks.clear();
        list::refresh(open, shell);
        Report::new(source, Title::Restored, told)
    }

    /// What can be done: close; or, first, move the copy away.
    fn acts(&self, shell: &Shell) -> Vec<&'static str> {
        let text = &shell.catalog().tui.page.other;
        match (&self.source.kind, self.title) {
            (Kind::Copy(_), Title::Merged) => vec![text.put_away, text.close],
            _ => vec![text.close],
        }
    }

    pub(super) fn update(
        &mut self,
        command: Command,
        open: &mut Open,
        shell: &mut Shell,
        out: &mut Vec<Effect>,
    ) -> Turn {
        let acts = self.acts(shell).len();
        let room = rows(shell);
        match command {
            Command::Down | Command::Next
                if self.lines.is_empty() || self.offset + room >= self.lines.len() =>
            {
                self.second = acts > 1;
            }
            Command::Up | Command::Previous if self.second => self.second = false,
            Command::Down => self.offset += 1,
            Command::Up => self.offset = self.offset.saturating_sub(1),
            Command::PageDown | Command::HalfDown => self.offset += room,
            Command::PageUp | Command::HalfUp => self.offset = self.offset.saturating_sub(room),
            Command::First => self.offset = 0,
            Command::Last => self.offset = self.lines.len(),
            Command::Next => self.second = acts > 1,
            Command::Open => {
                if let (Kind::Copy(copy), false, true) = (&self.source.kind, self.second, acts > 1) {
                    put_away(copy, open, shell, out);
                }
                return Turn::Close;
            }
            _ => return Turn::Pass,
        }
        self.offset = self.offset.min(self.lines.len().saturating_sub(room));
        Turn::Stay
    }

    fn name(&self, shell: &Shell) -> &'static str {
        let text = &shell.catalog().tui.page.other;
        match self.title {
            Title::Merged => text.merged,
            Title::Restored => text.restored,
            Title::Failed => text.failed,
        }
    }

    pub(super) fn outline(&self, shell: &Shell) -> Vec<Row> {
        let mut rows: Vec<Row> = self.told.iter().map(|(words, _)| Row::told("", words)).collect();
        rows.extend(self.lines.iter().map(|(title, what)| Row::told(title, what)));
        let act = |(at, words): (usize, &&str)| Row {
            label: (*words).to_owned(),
            value: String::new(),
            focus: (at == 1) == self.second,
            action: Some(Command::Open),
        };
        rows.extend(self.acts(shell).iter().enumerate().map(act));
        rows
    }

    pub(super) fn view(&self, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        let theme = &shell.theme;
        let title = format!("{}: {}", self.name(shell), opener::name(&self.source, shell));
        let inner = frame(buf, area, &sanitise::line(&title), true, theme);
        let (x, cells) = (inner.x + 1, inner.width.saturating_sub(2));
        let mut y = inner.y;
        for (words, name) in &self.told {
            for line in wrap(words, cells, 4) {
                if y < inner.bottom() {
                    put(buf, x, y, cells, &line, theme.style(*name));
                    y += 1;
                }
            }
        }
        y += 1;
        let acts = self.acts(shell);
        let below = u16::try_from(acts.len()).unwrap_or(1) + 1;
        let end = inner.bottom().saturating_sub(below);
        let longest = self.lines.iter().map(|(title, _)| width(title)).max().unwrap_or(0).min(cells * 2 / 5);
        let mut last = y;
        for (y, (title, what)) in (y..end).zip(self.lines.iter().skip(self.offset)) {
            put(buf, x, y, longest, &fill(title, longest), theme.style(Name::Text));
            let room = cells.saturating_sub(longest + 2);
            put(buf, x + longest + 2, y, room, &fit(what, room), theme.style(Name::Dim));
            last = y + 2;
        }
        let mut cursor = Cursor::new(inner.x, inner.y);
        for (y, (at, words)) in (last.min(end + 1)..inner.bottom()).zip(acts.iter().enumerate()) {
            let here = (at == 1) == self.second;
            let style = theme.style(if here { Name::Selected } else { Name::Text });
            let mark = if here { "> " } else { "  " };
            put(buf, inner.x, y, inner.width, &fill(&format!("{mark}{words}"), inner.width), style);
            if here {
                cursor = Cursor::new(inner.x, y);
            }
        }
        let does = shell.catalog().tui.page.other.does;
        popup::view_edge(buf, area, &popup::edge(shell, &[(Command::Open, does)]), shell);
        cursor
    }
}

/// Visible lines of what came in: about, so that scrolling ends at the last one.
fn rows(shell: &Shell) -> usize {
    usize::from(window(shell).body.height.saturating_sub(10)).max(1)
}

/// Has a copy moved to the backups.
pub(super) fn put_away(copy: &Copy, open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) {
    let (job, vault) = (shell.job(), open.contents.session().header().vault);
    open.watch.putting = Some(job);
    out.push(Effect::PutAway { job, copy: copy.clone(), vault });
}
