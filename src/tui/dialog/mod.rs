//! Windows in front of a screen: the keys of this screen, all commands by name, the messages so
//! far, the mistakes in the settings, and what may follow a first key. They hold nothing of the
//! vault.

mod help;
mod palette;
mod told;
mod vaults;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

pub use self::help::{Help, Meaning};
pub use self::palette::{Palette, RECENT_MOST};
pub use self::vaults::Vaults;
use super::screen::Cursor;
use crate::tui::app::{App, Shell};
use crate::tui::command::Command;
use crate::tui::effect::Target;
use crate::tui::event::Input;
use crate::tui::key::label_sequence;
use crate::tui::notice::{Level, Notice};
use crate::tui::theme::Name;
use crate::tui::widget::frame::{self, frame};
use crate::tui::widget::text::{clear_area, fit, put, width};

/// A window.
#[derive(Debug)]
pub enum Overlay {
    /// The keys of the screen below.
    Help(Help),
    /// All commands by name.
    Palette(Palette),
    /// The messages so far; from which line on.
    Messages(usize),
    /// The mistakes in the settings file; from which line on.
    Mistakes(usize),
    /// Other vaults.
    Vaults(Vaults),
}

/// What a window asks for after a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// Nothing.
    Stay,
    /// To be closed.
    Close,
    /// To be closed, and then this.
    Run(Command),
    /// To be closed, and then another vault.
    Switch(Target),
}

impl Overlay {
    /// Something can be typed into it.
    pub fn types(&self) -> bool {
        match self {
            Overlay::Help(_) | Overlay::Palette(_) => true,
            Overlay::Vaults(vaults) => vaults.types(),
            Overlay::Messages(_) | Overlay::Mistakes(_) => false,
        }
    }

    /// One step back inside the window; false when it is to close.
    pub fn back(&mut self) -> bool {
        match self {
            Overlay::Vaults(vaults) => vaults.back(),
            Overlay::Help(_) | Overlay::Palette(_) | Overlay::Messages(_) | Overlay::Mistakes(_) => false,
        }
    }
}

/// Takes a command or what is typed.
pub fn update(overlay: &mut Overlay, input: Input<'_>, app: &App) -> Asked {
    match overlay {
        Overlay::Palette(palette) => palette.update(input, app),
        Overlay::Help(help) => help.update(input, &app.shell),
        Overlay::Vaults(vaults) => vaults.update(input, app),
        Overlay::Messages(offset) => {
            scroll(offset, input, told::messages(&app.shell).len(), told::room(&app.shell))
        }
        Overlay::Mistakes(offset) => {
            scroll(offset, input, told::mistakes(&app.shell).len(), told::room(&app.shell))
        }
    }
}

/// Scrolls through `lines`, of which `room` are seen.
fn scroll(offset: &mut usize, input: Input<'_>, lines: usize, room: usize) -> Asked {
    let Input::Command(command) = input else { return Asked::Stay };
    let last = lines.saturating_sub(room);
    *offset = match command {
        Command::ChoiceDown | Command::Next => *offset + 1,
        Command::ChoiceUp | Command::Previous => offset.saturating_sub(1),
        Command::ChoicePageDown => *offset + room,
        Command::ChoicePageUp => offset.saturating_sub(room),
        Command::Choose | Command::Back | Command::Help | Command::Cancel => return Asked::Close,
        _ => *offset,
    }
    .min(last);
    Asked::Stay
}

/// Draws the window.
pub fn view(app: &App, overlay: &Overlay, area: Rect, buf: &mut Buffer) -> Cursor {
    match overlay {
        Overlay::Help(help) => help.view(&app.shell, area, buf),
        Overlay::Vaults(vaults) => vaults.view(app, area, buf),
        Overlay::Palette(palette) => palette.view(app, area, buf),
        Overlay::Messages(offset) => told::view_messages(&app.shell, *offset, area, buf),
        Overlay::Mistakes(offset) => told::view_mistakes(&app.shell, *offset, area, buf),
    }
}

fn window(buf: &mut Buffer, area: Rect, wide: u16, high: u16, title: &str, shell: &Shell) -> Rect {
    let (place, inner) = frame::popup(buf, area, (wide, high), title, &shell.theme);
    let close = format!(" {} ", shell.catalog().tui.overlay.close);
    let at = place.right().saturating_sub(width(&close) + 2);
    put(buf, at, place.bottom() - 1, width(&close), &close, shell.theme.style(Name::Dim));
    Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner }
}

/// A title that says which of how many lines are seen, where not all are.
fn counted(title: &str, offset: usize, room: usize, lines: usize) -> String {
    if room < lines {
        format!("{title} {}-{}/{lines}", offset + 1, (offset + room).min(lines))
    } else {
        title.to_owned()
    }
}

/// The style of a notice.
pub fn level(notice: &Notice) -> Name {
    match notice.level() {
        Level::Info => Name::Text,
        Level::Good => Name::Good,
        Level::Warn => Name::Warn,
        Level::Danger => Name::Danger,
    }
}

/// Draws what may follow the keys pressed so far, in the lower right corner.
pub fn view_pending(app: &App, area: Rect, buf: &mut Buffer) {
    let shell = &app.shell;
    let (text, theme) = (shell.catalog().tui, &shell.theme);
    let following = shell.keymap.following(app.scopes(), &shell.pending);
    let copying = following.iter().any(|(_, command)| *command == Command::CopyUser);
    let mut seen: Vec<Command> = Vec::new();
    let mut lines: Vec<(String, String, bool)> = Vec::new();
    for (key, command) in following {
        let refused = (command.spec().check)(app).is_err();
        // - fields that this entry has not got are no choice; neither is the same thing twice
        if seen.contains(&command) || (refused && command.field_number().is_some()) {
            continue;
        }
        seen.push(command);
        let title = match (command.field_number(), app.open()) {
            (Some(number), Some(open)) => open.selected().map_or(String::new(), |id| {
                open.contents.label(id, crate::tui::contents::Part::Field(number), shell.catalog())
            }),
            _ => (text.command)(command).to_owned(),
        };
        lines.push((key.label(), crate::text::sanitise::line(&title).into_owned(), refused));
    }
    // - the copy menu shows what this entry has, and why not where it has nothing
    if copying && lines.iter().any(|(_, _, refused)| !refused) {
        lines.retain(|(_, _, refused)| !refused);
    }
    let widest = lines.iter().map(|line| width(&line.1)).max().unwrap_or(0);
    let wide = (widest + 9).clamp(20, area.width.min(56));
    let high = u16::try_from(lines.len() + 2).unwrap_or(u16::MAX).min(area.height);
    let place = Rect::new(area.right() - wide, area.bottom() - high, wide, high);
    clear_area(buf, place);
    let name = if copying { text.overlay.copy_menu } else { text.overlay.next_keys };
    let inner = frame(buf, place, &format!("{name}: {}", label_sequence(&shell.pending)), true, theme);
    for (y, (key, title, refused)) in (inner.y..inner.bottom()).zip(&lines) {
        put(buf, inner.x + 1, y, 5, key, theme.style(if *refused { Name::Dim } else { Name::Key }));
        let room = inner.width.saturating_sub(7);
        put(
            buf,
            inner.x + 6,
            y,
            room,
            &fit(title, room),
            theme.style(if *refused { Name::Dim } else { Name::Text }),
        );
    }
}
