//! A secret as a QR code, for the camera of a telephone. What is drawn is the secret itself: it goes
//! when twelve seconds are over, when the window loses the keyboard, and with the page.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Style};

use super::{Page, Turn};
use crate::model::Id;
use crate::ops::qr::Modules;
use crate::secret::Secret;
use crate::text::sanitise;
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope, Unavailable};
use crate::tui::contents::Part;
use crate::tui::effect::Effect;
use crate::tui::event::Input;
use crate::tui::screen::vault::Open;
use crate::tui::screen::vault::reveal::next_second;
use crate::tui::screen::{Cursor, Row};
use crate::tui::theme::Name;
use crate::tui::widget::text::{put, wrap};

/// Light modules around the code: the standard asks for four, telephones do with two.
const QUIET: [u16; 2] = [4, 2];

/// Whose secret it is.
#[derive(Debug)]
pub enum Source {
    /// A part of the entry as it is.
    Part(Part),
    /// A sealed value of the entry, of an earlier day.
    Sealed(Box<[u8]>),
}

impl Source {
    /// The secret; none where it does not open.
    pub fn secret(&self, entry: Id, open: &Open, shell: &Shell) -> Option<Secret> {
        match self {
            Source::Part(part) => open.contents.open_part(entry, *part, shell.now.wall_ms).ok(),
            Source::Sealed(envelope) => open.contents.session().reveal_text(entry, envelope).ok(),
        }
    }
}

/// The page.
#[derive(Debug)]
pub struct Qr {
    entry: Id,
    source: Source,
    label: String,
    state: State,
}

#[derive(Debug)]
enum State {
    Shown {
        modules: Modules,
        until: Duration,
    },
    /// No code holds so much.
    TooLong,
    /// It does not open.
    Damaged,
    Hidden,
}

impl Qr {
    /// The code of the secret in focus.
    pub fn of_focus(open: &Open, shell: &Shell) -> Option<Box<dyn Page>> {
        let (entry, part) = (open.selected()?, open.secret_in_focus()?);
        let label = open.contents.label(entry, part, shell.catalog());
        Some(Box::new(Qr::new(entry, Source::Part(part), label, open, shell)))
    }

    /// The code of a secret.
    pub fn new(entry: Id, source: Source, label: String, open: &Open, shell: &Shell) -> Qr {
        let label = sanitise::line(&label).into_owned();
        let mut made = Qr { entry, source, label, state: State::Hidden };
        made.show(open, shell);
        made
    }

    fn show(&mut self, open: &Open, shell: &Shell) {
        let secret = match &self.source {
            // - the key with all that belongs to it, so that another program can take it over
            Source::Part(Part::Code) => open.contents.otp(self.entry).ok().map(|otp| otp.uri()),
            other => other.secret(self.entry, open, shell),
        };
        let until = shell.now.boot + shell.settings.reveal_for;
        self.state = match secret {
            None => State::Damaged,
            Some(secret) => {
                Modules::of(&secret).map_or(State::TooLong, |modules| State::Shown { modules, until })
            }
        };
    }

    fn hides_in(&self, shell: &Shell) -> Option<u64> {
        let State::Shown { until, .. } = &self.state else { return None };
        let left = until.saturating_sub(shell.now.boot).as_millis().div_ceil(1000);
        Some(u64::try_from(left).unwrap_or(0))
    }

    /// What stands beside the code, or in place of it.
    fn words(&self, open: &Open, shell: &Shell, fits: Result<(), (u16, u16)>) -> Vec<(String, Name)> {
        let (text, vault) = (&shell.catalog().tui.page.qr, &shell.catalog().tui.vault);
        let title = open.contents.entry(self.entry).map_or("", |entry| entry.title());
        let mut lines = vec![
            (sanitise::line(title).into_owned(), Name::Title),
            (self.label.clone(), Name::Text),
            (String::new(), Name::Text),
        ];
        match (&self.state, fits) {
            (State::Shown { .. }, Err((width, height))) => {
                lines.push(((text.too_small)(width, height), Name::Warn));
            }
            (State::Shown { .. }, Ok(())) => {
                lines.push((text.scan.to_owned(), Name::Text));
                lines.push(((vault.hides_in)(self.hides_in(shell).unwrap_or(0)), Name::Dim));
            }
            (State::TooLong, _) => lines.push((text.too_long.to_owned(), Name::Warn)),
            (State::Damaged, _) => lines.push((vault.damaged_value.to_owned(), Name::Danger)),
            (State::Hidden, _) => lines.push((text.hidden.to_owned(), Name::Dim)),
        }
        lines
    }
}

/// Cells of a code of `side` modules with so much light around it.
fn cells(side: u16, quiet: u16, ascii: bool) -> (u16, u16) {
    let all = side + 2 * quiet;
    if ascii { (2 * all, all) } else { (all, all.div_ceil(2)) }
}

/// Black and white whatever the theme is, and without colours too: a telephone reads nothing else.
fn shade(dark: bool) -> Color {
    if dark { Color::Black } else { Color::White }
}

/// Draws a code with so much light around it; says how many cells wide it is.
pub(super) fn draw(modules: &Modules, quiet: u16, area: Rect, ascii: bool, buf: &mut Buffer) -> u16 {
    let dark = |x: u16, y: u16| {
        let at = |cell: u16| i32::from(cell) - i32::from(quiet);
        modules.is_dark(at(x), at(y))
    };
    let side = modules.side;
    let (wide, high) = cells(side, quiet, ascii);
    for row in 0..high.min(area.height) {
        for column in 0..wide.min(area.width) {
            let (symbol, style) = if ascii {
                // - a terminal that drops the colours still shows the dark ones
                let is = dark(column / 2, row);
                (if is { "#" } else { " " }, Style::new().fg(Color::Black).bg(shade(is)))
            } else {
                let (upper, lower) = (dark(column, 2 * row), dark(column, 2 * row + 1));
                let style = Style::new().fg(shade(upper)).bg(shade(lower));
                (if upper == lower { " " } else { "\u{2580}" }, style)
            };
            put(buf, area.x + column, area.y + row, 1, symbol, style);
        }
    }
    wide
}

/// The most light around a code with which it fits into this room; the cells that it needs where it
/// does not fit.
pub(super) fn fitting(modules: &Modules, area: Rect, ascii: bool) -> Result<u16, (u16, u16)> {
    let fits = |quiet: &&u16| {
        let (wide, high) = cells(modules.side, **quiet, ascii);
        wide <= area.width && high <= area.height
    };
    QUIET.iter().find(fits).copied().ok_or(cells(modules.side, QUIET[1], ascii))
}

impl Page for Qr {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Entry, Scope::Browse, Scope::Anywhere]
    }

    fn name(&self, _: &Open, shell: &Shell) -> String {
        shell.catalog().tui.page.qr.title.to_owned()
    }

    fn footer(&self) -> &'static [Command] {
        &[Command::Reveal, Command::Back, Command::HelpHere]
    }

    fn selected(&self) -> Option<Id> {
        Some(self.entry)
    }

    fn shows(&self, _: &Open) -> Option<bool> {
        Some(true)
    }

    fn update(&mut self, open: &mut Open, input: Input<'_>, shell: &mut Shell, _: &mut Vec<Effect>) -> Turn {
        match input {
            Input::Command(Command::Reveal | Command::Spell) => {
                if matches!(self.state, State::Shown { .. }) {
                    self.hide();
                } else {
                    self.show(open, shell);
                }
                Turn::Stay
            }
            Input::Command(Command::Open) => Turn::Close,
            Input::Command(Command::CopyQr) => Turn::No(Unavailable::Already),
            _ => Turn::Pass,
        }
    }

    fn hide(&mut self) {
        self.state = State::Hidden;
    }

    fn deadline(&self, shell: &Shell) -> Option<Duration> {
        let State::Shown { until, .. } = &self.state else { return None };
        Some(next_second(*until, shell.now.boot))
    }

    fn tick(&mut self, _: &mut Open, shell: &mut Shell, _: &mut Vec<Effect>) {
        if matches!(&self.state, State::Shown { until, .. } if *until <= shell.now.boot) {
            self.hide();
        }
    }

    fn outline(&self, open: &Open, shell: &Shell) -> Vec<Row> {
        let words = self.words(open, shell, Ok(())).into_iter().map(|line| line.0);
        words.filter(|line| !line.is_empty()).map(|line| Row::told(&line, "")).collect()
    }

    fn view(&self, open: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        let ascii = shell.theme.ascii;
        let mut beside =
            Rect { x: area.x + 2, y: area.y + 1, width: area.width - 4, height: area.height - 1 };
        let mut fits = Ok(());
        if let State::Shown { modules, .. } = &self.state {
            match fitting(modules, area, ascii) {
                Ok(quiet) => {
                    let wide = draw(modules, quiet, area, ascii, buf);
                    beside =
                        Rect { x: area.x + wide + 2, width: area.width.saturating_sub(wide + 3), ..beside };
                }
                Err((wide, high)) => {
                    let around = shell.size.height.saturating_sub(area.height);
                    fits = Err((wide, high + around));
                }
            }
        }
        if beside.width >= 10 {
            let mut y = beside.y;
            for (line, name) in self.words(open, shell, fits) {
                for part in wrap(&line, beside.width, 4) {
                    if y < beside.bottom() {
                        put(buf, beside.x, y, beside.width, &part, shell.theme.style(name));
                        y += 1;
                    }
                }
            }
        }
        Cursor::new(area.x, area.y)
    }
}
