//! Many mailboxes at once: addresses are typed or pasted, each line is read and shown, what is wrong
//! or there already is named with its line, and what is left becomes entries as one step.

use std::collections::{BTreeSet, HashMap};

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::job::{Did, Job};
use crate::model::Id;
use crate::ops::mailboxes::{self, BYTES_MOST, How, Left, Passwords, Read};
use crate::text::{mail as words, sanitise};
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope};
use crate::tui::effect::{Effect, JobId, Outcome};
use crate::tui::event::Input;
use crate::tui::notice::Notice;
use crate::tui::page::{Page, Turn, popup};
use crate::tui::screen::vault::Open;
use crate::tui::screen::vault::list::scrolled;
use crate::tui::screen::vault::signs::Sign;
use crate::tui::screen::{Cursor, Row, window};
use crate::tui::shelf::Filter;
use crate::tui::task::{Done, Task};
use crate::tui::theme::Name;
use crate::tui::widget::field::Field;
use crate::tui::widget::frame::{below, frame};
use crate::tui::widget::text::{fill, fit, put, width};

/// Rows above the list: the field, the choice, the two buttons.
const STOPS: usize = 4;

/// What has the focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stop {
    Field,
    Password,
    Make,
    Empty,
    Line(usize),
}

/// A line of the list.
#[derive(Debug, Clone)]
enum Line {
    New(usize),
    Left(usize),
}

/// The page.
#[derive(Debug)]
pub struct Mailboxes {
    /// Mailboxes that are there; none while they are looked for.
    known: Option<HashMap<String, Id>>,
    text: String,
    read: Read,
    lines: Vec<Line>,
    /// Addresses that a person left out.
    out: BTreeSet<String>,
    field: Field,
    passwords: bool,
    folder: String,
    focus: usize,
    offset: usize,
    turn: Option<Turn>,
}

impl Mailboxes {
    /// An empty list; what is made lies in the folder that the list shows.
    pub fn new(open: &mut Open) -> Mailboxes {
        open.work = Some(Task::Mail(Job::Known));
        let folder = match &open.list.filter {
            Filter::Folder(path) => path.clone(),
            _ => String::new(),
        };
        Mailboxes {
            known: None,
            text: String::new(),
            read: Read::default(),
            lines: Vec::new(),
            out: BTreeSet::new(),
            field: Field::default(),
            passwords: true,
            folder,
            focus: 0,
            offset: 0,
            turn: None,
        }
    }

    fn stop(&self) -> Stop {
        match self.focus {
            0 => Stop::Field,
            1 => Stop::Password,
            2 => Stop::Make,
            3 => Stop::Empty,
            line => Stop::Line(line - STOPS),
        }
    }

    fn last(&self) -> usize {
        STOPS + self.lines.len() - 1
    }

    /// Takes more of the list; false when there is no room for it.
    fn add(&mut self, text: &str) -> bool {
        if self.text.len() + text.len() + 1 > BYTES_MOST {
            return false;
        }
        self.text.push_str(text);
        if !text.ends_with('\n') {
            self.text.push('\n');
        }
        self.take();
        true
    }

    fn take(&mut self) {
        let none = HashMap::new();
        self.read = mailboxes::read(&self.text, self.known.as_ref().unwrap_or(&none));
        let new = self.read.new.iter().enumerate().map(|(at, one)| (one.line, Line::New(at)));
        let left = self.read.left.iter().enumerate().map(|(at, one)| (one.0, Line::Left(at)));
        let mut all: Vec<(usize, Line)> = new.chain(left).collect();
        all.sort_by_key(|one| one.0);
        self.lines = all.into_iter().map(|one| one.1).collect();
    }

    /// How many become mailboxes.
    fn count(&self) -> usize {
        self.read.new.iter().filter(|one| !self.out.contains(&one.address)).count()
    }

    fn make(&mut self, open: &mut Open, shell: &mut Shell) {
        if !self.field.text().trim().is_empty() {
            let text = self.field.text().to_owned();
            self.field.clear();
            self.add(&text);
        }
        let new: Vec<_> =
            self.read.new.iter().filter(|one| !self.out.contains(&one.address)).cloned().collect();
        if new.is_empty() || self.known.is_none() {
            return shell.tell(Notice::NothingChanged);
        }
        let passwords = match self.passwords {
            true => Passwords::ByRule(shell.settings.rules.clone()),
            false => Passwords::None,
        };
        let how = How { passwords, folder: self.folder.clone(), tags: Vec::new() };
        open.work = Some(Task::Mail(Job::Make(new, how)));
    }

    fn act(&mut self, open: &mut Open, shell: &mut Shell) {
        match self.stop() {
            Stop::Field if self.field.text().trim().is_empty() => self.focus = 1,
            Stop::Field => {
                let text = self.field.text().to_owned();
                if self.add(&text) {
                    self.field.clear();
                } else {
                    shell.tell(Notice::TooLongHere);
                }
            }
            Stop::Password => self.passwords = !self.passwords,
            Stop::Make => self.make(open, shell),
            Stop::Empty => {
                self.text.clear();
                self.out.clear();
                self.take();
                self.focus = 0;
            }
            Stop::Line(at) => {
                if let Some(Line::New(new)) = self.lines.get(at)
                    && let Some(one) = self.read.new.get(*new)
                    && !self.out.remove(&one.address)
                {
                    self.out.insert(one.address.clone());
                }
            }
        }
    }

    /// A row above the list: what stands in front, and its words.
    fn head(&self, at: usize, shell: &Shell) -> String {
        let text = &shell.catalog().tui.page.mail;
        match at {
            1 => format!("{} {}", if self.passwords { "[x]" } else { "[ ]" }, text.passwords),
            2 => (text.make)(self.count()),
            3 => text.empty.to_owned(),
            _ => text.address.to_owned(),
        }
    }

    /// A line of the list: its mark, its words and how it looks.
    fn line(&self, at: usize, open: &Open, shell: &Shell) -> (&'static str, String, Name) {
        match self.lines.get(at) {
            Some(Line::New(new)) => {
                let Some(one) = self.read.new.get(*new) else { return ("", String::new(), Name::Text) };
                let name = if one.name.is_empty() { String::new() } else { format!("  {}", one.name) };
                let words = sanitise::line(&format!("{}{name}", one.address)).into_owned();
                if self.out.contains(&one.address) {
                    (" ", words, Name::Dim)
                } else {
                    (Sign::Marked.cell(), words, Name::Text)
                }
            }
            Some(Line::Left(left)) => {
                let Some((line, text, why)) = self.read.left.get(*left) else {
                    return ("", String::new(), Name::Text);
                };
                let title =
                    |id: Id| open.contents.entry(id).map_or(String::new(), |one| one.title().to_owned());
                let said = words::left(why, shell.lang, &title);
                let words = words::left_line(*line, text, &said, shell.lang);
                let quiet = matches!(why, Left::There(_) | Left::Twice(_));
                let name = if quiet { Name::Dim } else { Name::Danger };
                (if quiet { "=" } else { "!" }, sanitise::line(&words).into_owned(), name)
            }
            None => ("", String::new(), Name::Text),
        }
    }

    fn edge(&self, shell: &Shell) -> String {
        let text = &shell.catalog().tui.page.mail;
        let does = match self.stop() {
            Stop::Field if self.field.text().trim().is_empty() => text.on,
            Stop::Field => text.takes,
            Stop::Password => text.switches,
            Stop::Make => text.makes,
            Stop::Empty => text.empties,
            Stop::Line(at) if matches!(self.lines.get(at), Some(Line::New(_))) => text.leaves,
            Stop::Line(_) => return String::new(),
        };
        popup::edge(shell, &[(Command::Accept, does)])
    }
}

/// Visible lines of the list: of the body without the frame, what is told, the rows and the counts.
fn rows(shell: &Shell) -> usize {
    usize::from(window(shell).body.height.saturating_sub(11)).max(1)
}

impl Page for Mailboxes {
    fn scopes(&self) -> &'static [Scope] {
        if self.stop() == Stop::Field {
            &[Scope::Form, Scope::Field, Scope::Anywhere]
        } else {
            &[Scope::Browse, Scope::Anywhere]
        }
    }

    fn name(&self, _: &Open, shell: &Shell) -> String {
        shell.catalog().tui.page.mail.title.to_owned()
    }

    fn footer(&self) -> &'static [Command] {
        if self.stop() == Stop::Field {
            &[Command::Accept, Command::FormDown, Command::EraseLeft, Command::Back, Command::Help]
        } else {
            &[Command::Open, Command::Down, Command::Up, Command::PageDown, Command::Back, Command::HelpHere]
        }
    }

    fn says(&self, command: Command, shell: &Shell) -> Option<&'static str> {
        let text = &shell.catalog().tui.page.mail;
        match (command, self.stop()) {
            (Command::Accept, _) => Some(text.takes_short),
            (Command::Open, Stop::Make) => Some(text.makes_short),
            (Command::Open, _) => Some(text.does_short),
            _ => None,
        }
    }

    fn update(&mut self, open: &mut Open, input: Input<'_>, shell: &mut Shell, _: &mut Vec<Effect>) -> Turn {
        let command = match input {
            Input::Char(c) => {
                self.focus = 0;
                if !self.field.type_char(c) {
                    shell.tell(Notice::FieldFull);
                }
                return Turn::Stay;
            }
            Input::Paste(bytes) => {
                // - a list goes in whole, a piece of a line where it is typed
                match std::str::from_utf8(bytes) {
                    Ok(text) if text.trim().contains(['\n', '\r', ',', ';']) || text.contains('@') => {
                        if !self.add(&text.replace('\r', "\n")) {
                            shell.tell(Notice::TooLongHere);
                        }
                    }
                    Ok(_) => self.field.paste(bytes),
                    Err(_) => shell.tell(Notice::NotUtf8),
                }
                return Turn::Stay;
            }
            Input::Command(command) => command,
        };
        if self.stop() == Stop::Field && self.field.edit(command) {
            return Turn::Stay;
        }
        let (page, last) = (rows(shell), self.last());
        self.focus = match command {
            Command::Down | Command::FormDown | Command::Next => self.focus + 1,
            Command::Up | Command::FormUp | Command::Previous => self.focus.saturating_sub(1),
            Command::First => 0,
            Command::Last => last,
            Command::PageDown | Command::HalfDown => (self.focus + page).max(STOPS),
            Command::PageUp | Command::HalfUp => self.focus.saturating_sub(page),
            Command::Open | Command::Accept | Command::Mark => {
                self.act(open, shell);
                return Turn::Stay;
            }
            Command::Save => {
                self.make(open, shell);
                return Turn::Stay;
            }
            _ => return Turn::Pass,
        };
        self.focus = self.focus.min(last);
        let at = self.focus.saturating_sub(STOPS);
        self.offset = scrolled(self.offset, at, self.lines.len(), page);
        Turn::Stay
    }

    fn back(&mut self, _: &mut Open, _: &mut Shell, _: &mut Vec<Effect>) -> bool {
        // - what is typed is not lost by one key
        let typed = self.stop() == Stop::Field && !self.field.text().is_empty();
        if typed {
            self.field.clear();
        }
        typed
    }

    fn done(
        &mut self,
        _: JobId,
        outcome: Outcome,
        _: &mut Open,
        shell: &mut Shell,
        _: &mut Vec<Effect>,
    ) -> Option<Outcome> {
        match outcome {
            Outcome::Done(Done::Mail(Did::Known(known))) => {
                self.known = Some(known);
                self.take();
            }
            Outcome::Done(Done::Mail(Did::Nothing)) => shell.tell(Notice::NothingChanged),
            Outcome::Done(Done::Cancelled) if self.known.is_none() => self.turn = Some(Turn::Close),
            // - the list is shown with what was made marked in it
            Outcome::Done(done @ Done::Applied { .. }) => {
                self.turn = Some(Turn::Close);
                return Some(Outcome::Done(done));
            }
            other => return Some(other),
        }
        None
    }

    fn turn(&mut self) -> Option<Turn> {
        self.turn.take()
    }

    fn outline(&self, open: &Open, shell: &Shell) -> Vec<Row> {
        let head = (0..STOPS).map(|at| Row {
            label: self.head(at, shell),
            value: if at == 0 { self.field.text().to_owned() } else { String::new() },
            focus: self.focus == at,
            action: Some(Command::Open),
        });
        let seen = (self.offset..self.lines.len()).take(rows(shell));
        let lines = seen.map(|at| {
            let (mark, words, _) = self.line(at, open, shell);
            Row {
                label: words,
                value: mark.to_owned(),
                focus: self.focus == at + STOPS,
                action: Some(Command::Open),
            }
        });
        head.chain(lines).collect()
    }

    fn view(&self, open: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        let (text, theme) = (&shell.catalog().tui.page.mail, &shell.theme);
        let inner = frame(buf, area, text.title, true, theme);
        popup::view_edge(buf, area, &self.edge(shell), shell);
        let (x, cells) = (inner.x + 1, inner.width.saturating_sub(2));
        put(buf, x, inner.y, cells, &fit(text.told, cells), theme.style(Name::Dim));
        let label = width(text.address) + 2;
        let mut cursor = Cursor::new(x, inner.y + 2);
        for at in 0..STOPS {
            let y = inner.y + 2 + u16::try_from(at).unwrap_or(0);
            let focused = self.focus == at;
            if focused {
                put(buf, inner.x, y, 1, ">", theme.style(Name::Title));
                cursor = Cursor::new(inner.x, y);
            }
            let name = if focused { Name::Selected } else { Name::Text };
            let words = self.head(at, shell);
            put(
                buf,
                x,
                y,
                cells,
                &fit(&words, cells),
                theme.style(if at == 0 && !focused { Name::Text } else { name }),
            );
            if at == 0 {
                let (seen, caret) = popup::field(&self.field, cells.saturating_sub(label));
                let seen = seen.first().map_or("", |line| line.0.as_str());
                put(buf, x + label, y, cells.saturating_sub(label), seen, theme.style(Name::Text));
                if focused {
                    cursor = Cursor::new((x + label + caret).min(inner.right() - 1), y);
                }
            }
        }
        let y = inner.y + 2 + u16::try_from(STOPS).unwrap_or(0) + 1;
        if !self.lines.is_empty() {
            let there = self.read.left.len() - self.read.wrong();
            let counts = words::counts(self.read.new.len(), there, self.read.wrong(), shell.lang);
            put(buf, x, y, cells, &fit(&counts, cells), theme.style(Name::Title));
        } else {
            put(buf, x, y, cells, &fit(text.none, cells), theme.style(Name::Dim));
        }
        let body = Rect { y: y + 1, height: inner.bottom().saturating_sub(y + 1), ..inner };
        let seen = usize::from(body.height);
        for (y, at) in (body.y..body.bottom()).zip(self.offset..self.lines.len()) {
            let (mark, words, name) = self.line(at, open, shell);
            let focused = self.focus == at + STOPS;
            let style = theme.style(if focused { Name::Selected } else { name });
            if focused {
                put(buf, body.x, y, body.width, &fill(">", body.width), style);
                cursor = Cursor::new(body.x, y);
            }
            put(buf, body.x + 1, y, 1, mark, style);
            put(buf, body.x + 3, y, cells.saturating_sub(2), &fit(&words, cells.saturating_sub(2)), style);
        }
        let more = self.lines.len().saturating_sub(self.offset + seen);
        below(buf, area, more, shell.catalog().tui.vault.below, theme);
        cursor
    }
}
