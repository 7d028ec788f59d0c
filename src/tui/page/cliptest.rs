//! Whether copies arrive: a harmless word is copied, a person pastes it back, and what came of it is
//! remembered for this terminal on this machine. Nobody is made to do it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Page, Turn};
use crate::crypto::entropy;
use crate::secret::Secret;
use crate::text::sanitise;
use crate::tui::app::{Clip, Shell};
use crate::tui::command::{Command, Scope};
use crate::tui::contents::Part;
use crate::tui::effect::{Effect, JobId, Outcome};
use crate::tui::event::Input;
use crate::tui::notice::{CopyFailure, Notice};
use crate::tui::screen::vault::{Copied, Open, copy};
use crate::tui::screen::{Cursor, Row};
use crate::tui::theme::Name;
use crate::tui::widget::field::Field;
use crate::tui::widget::frame::frame;
use crate::tui::widget::text::{put, put_outside, width, wrap};

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Found {
    /// The word came back.
    Arrived,
    /// Something else came.
    Other,
    /// He says that nothing comes.
    Nothing,
}

/// The page.
#[derive(Debug)]
pub struct ClipTest {
    word: String,
    field: Field,
    /// The row that says that nothing comes has the focus.
    below: bool,
    found: Option<Found>,
    /// The job that copies the word.
    job: Option<JobId>,
    /// Nothing was copied, so nothing can be pasted.
    refused: Option<CopyFailure>,
}

impl ClipTest {
    /// Copies the word.
    pub fn new(open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) -> ClipTest {
        // - without random bytes the word is always the same, which harms nothing here
        let number =
            u16::from_le_bytes(entropy::array(&mut *shell.entropy).unwrap_or_default()) % 9_000 + 1_000;
        let word = format!("mamori-{number}");
        shell.test_offered = true;
        let label = shell.catalog().tui.page.welcome.clip.word.to_owned();
        let copied = Copied { label, title: String::new() };
        copy::send_secret(open, copied, Part::Generated, Secret::copy_of(&word), shell, out);
        let job = if let Clip::Sending { job, .. } = shell.clip { Some(job) } else { None };
        ClipTest { word, field: Field::default(), below: false, found: None, job, refused: None }
    }

    fn look(&mut self, shell: &mut Shell, out: &mut Vec<Effect>) {
        let typed = self.field.text().trim();
        if typed.is_empty() {
            return self.found = None;
        }
        let same = typed == self.word;
        self.found = Some(if same { Found::Arrived } else { Found::Other });
        if same {
            remember(true, shell, out);
        }
    }
}

fn remember(arrives: bool, shell: &mut Shell, out: &mut Vec<Effect>) {
    if !shell.terminal.is_empty() && shell.memory.copied(&shell.terminal.clone(), arrives) && !shell.demo {
        out.push(Effect::Remember(shell.memory.clone()));
    }
}

impl Page for ClipTest {
    fn scopes(&self) -> &'static [Scope] {
        if self.below {
            &[Scope::Form, Scope::Anywhere]
        } else {
            &[Scope::Form, Scope::Field, Scope::Anywhere]
        }
    }

    fn name(&self, _: &Open, shell: &Shell) -> String {
        shell.catalog().tui.page.welcome.clip.title.to_owned()
    }

    fn footer(&self) -> &'static [Command] {
        if self.refused.is_some() || self.found == Some(Found::Arrived) {
            &[Command::Accept, Command::Back, Command::Help]
        } else {
            &[Command::Accept, Command::FormDown, Command::Back, Command::Help]
        }
    }

    fn says(&self, command: Command, shell: &Shell) -> Option<&'static str> {
        let closes = self.refused.is_some() || self.found == Some(Found::Arrived);
        (command == Command::Accept && closes).then_some(shell.catalog().tui.page.import.close_word)
    }

    fn done(
        &mut self,
        job: JobId,
        outcome: Outcome,
        _: &mut Open,
        _: &mut Shell,
        _: &mut Vec<Effect>,
    ) -> Option<Outcome> {
        // - whatever is done about a failed copy elsewhere is done, too
        if let (Outcome::Copied(Err(failure)), true) = (&outcome, self.job == Some(job)) {
            self.refused = Some(*failure);
        }
        Some(outcome)
    }

    fn update(&mut self, _: &mut Open, input: Input<'_>, shell: &mut Shell, out: &mut Vec<Effect>) -> Turn {
        if self.refused.is_some() {
            return match input {
                Input::Command(Command::Accept) => Turn::Close,
                Input::Command(Command::Help) => Turn::Pass,
                _ => Turn::Stay,
            };
        }
        match input {
            Input::Char(c) if !self.below => {
                self.field.type_char(c);
                self.look(shell, out);
            }
            Input::Paste(bytes) => {
                self.below = false;
                self.field.clear();
                self.field.paste(bytes);
                self.look(shell, out);
            }
            Input::Char(_) => {}
            Input::Command(Command::Accept) if self.found == Some(Found::Arrived) => return Turn::Close,
            Input::Command(Command::Accept) if self.below => {
                self.found = Some(Found::Nothing);
                remember(false, shell, out);
            }
            Input::Command(Command::Accept | Command::FormDown | Command::Next) => self.below = true,
            Input::Command(Command::FormUp | Command::Previous) => self.below = false,
            Input::Command(other) => {
                if self.below || !self.field.edit(other) {
                    return Turn::Pass;
                }
                self.look(shell, out);
            }
        }
        Turn::Stay
    }

    fn outline(&self, _: &Open, shell: &Shell) -> Vec<Row> {
        let text = &shell.catalog().tui.page.welcome.clip;
        if self.refused.is_some() {
            return self.said(shell).into_iter().map(|(line, _)| Row::told("", &line)).collect();
        }
        let row = |label: &str, value: &str, focus: bool| Row {
            label: label.to_owned(),
            value: value.to_owned(),
            focus,
            action: Some(Command::Accept),
        };
        let mut rows = vec![
            Row::told(text.explain, &self.word),
            row(text.paste, self.field.text(), !self.below),
            row(text.nothing, "", self.below),
        ];
        rows.extend(self.said(shell).into_iter().map(|(line, _)| Row::told("", &line)));
        rows
    }

    fn view(&self, _: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        let (text, theme) = (&shell.catalog().tui.page.welcome.clip, &shell.theme);
        let inner = frame(buf, area, text.title, true, theme);
        let (x, cells) = (inner.x + 3, inner.width.saturating_sub(6));
        let mut y = inner.y;
        if self.refused.is_some() {
            y += u16::from(inner.height > 13);
            for (line, name) in self.said(shell) {
                for part in wrap(&line, cells, 5) {
                    put(buf, x, y.min(inner.bottom() - 1), cells, &part, theme.style(name));
                    y += 1;
                }
            }
            return Cursor::new(x, inner.y);
        }
        // - once nothing arrives, what to do then needs the room
        if self.found != Some(Found::Nothing) || inner.height > 16 {
            for line in wrap(text.explain, cells, 3) {
                put(buf, x, y, cells, &line, theme.style(Name::Text));
                y += 1;
            }
            put(buf, x + 2, y, cells, &self.word, theme.style(Name::Title));
            y += 2;
        }
        let column = width(text.paste) + 2;
        let room = cells.saturating_sub(column);
        let mark = |buf: &mut Buffer, y: u16, here: bool| {
            put(buf, x - 2, y, 1, if here { ">" } else { " " }, theme.style(Name::Title));
        };
        mark(buf, y, !self.below);
        put(buf, x, y, column, text.paste, theme.style(Name::Text));
        for cell in x + column..x + column + room.min(40) {
            put(buf, cell, y, 1, "_", theme.style(Name::Dim));
        }
        put_outside(buf, x + column, y, room, self.field.text(), theme.style(Name::Text));
        let before = width(&sanitise::line(self.field.before_caret()));
        let mut cursor = Cursor::new(x + column + before.min(room.saturating_sub(1)), y);
        y += 1;
        mark(buf, y, self.below);
        let style = theme.style(if self.below { Name::Selected } else { Name::Key });
        put(buf, x, y, cells, &format!("[ {} ]", text.nothing), style);
        if self.below {
            cursor = Cursor::new(x, y);
        }
        y += 2;
        for (line, name) in self.said(shell) {
            for part in wrap(&line, cells, 4) {
                if y < inner.bottom() {
                    put(buf, x, y, cells, &part, theme.style(name));
                    y += 1;
                }
            }
        }
        cursor
    }
}

impl ClipTest {
    fn said(&self, shell: &Shell) -> Vec<(String, Name)> {
        let text = &shell.catalog().tui.page.welcome.clip;
        let line = |words: &str, name| (words.to_owned(), name);
        if let Some(failure) = self.refused {
            let why = (shell.catalog().tui.notice)(&Notice::CopyFailed(failure));
            let mut lines = vec![(why, Name::Danger), line(text.refused, Name::Text)];
            match failure {
                CopyFailure::TerminalRefuses | CopyFailure::NoClipboard => {
                    lines.push(line(text.terminals, Name::Text));
                }
                CopyFailure::TmuxOff => lines.push(line(text.tmux, Name::Text)),
                CopyFailure::TmuxAway | CopyFailure::TooLong | CopyFailure::Unreachable => {}
            }
            return lines;
        }
        match self.found {
            None => Vec::new(),
            Some(Found::Arrived) => vec![line(text.arrived, Name::Good)],
            Some(Found::Other) => vec![line(text.other, Name::Warn)],
            Some(Found::Nothing) => {
                let mut lines = vec![line(text.nothing_came, Name::Warn)];
                if shell.in_tmux {
                    lines.push(line(text.tmux, Name::Text));
                }
                lines.push(line(text.terminals, Name::Text));
                lines
            }
        }
    }
}
