//! Windows in front of a screen: the keys of this screen, all commands by name, the messages so
//! far, and what may follow a first key. They hold nothing of the vault.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::screen::Cursor;
use crate::tui::app::{App, Shell};
use crate::tui::command::{Command, Group, Scope, TABLE};
use crate::tui::event::Input;
use crate::tui::key::label_sequence;
use crate::tui::notice::{Level, Notice};
use crate::tui::theme::Name;
use crate::tui::widget::field::Field;
use crate::tui::widget::frame::frame;
use crate::tui::widget::text::{clear_area, fill, fit, put, width};

/// A window.
#[derive(Debug)]
pub enum Overlay {
    /// The keys of the screen below; from which line on, and the scopes they are of.
    Help(usize, &'static [Scope]),
    /// All commands by name.
    Palette(Palette),
    /// The messages so far; from which line on.
    Messages(usize),
}

/// The palette.
#[derive(Debug, Default)]
pub struct Palette {
    /// What is typed.
    pub field: Field,
    /// Which line.
    pub cursor: usize,
}

impl Palette {
    /// Commands whose id or title holds what is typed, in the order of the table.
    pub fn hits(&self, shell: &Shell) -> Vec<Command> {
        let title = shell.catalog().tui.command;
        let typed = self.field.text().trim().trim_start_matches(':').to_lowercase();
        // - `:q` is what fingers know
        if typed == "q" {
            return vec![Command::Quit];
        }
        TABLE
            .iter()
            .filter(|spec| {
                !matches!(
                    spec.command,
                    Command::HelpHere | Command::ReloadHere | Command::LockHere | Command::Palette
                )
            })
            .filter(|spec| matches!(spec.scope, Scope::Entry | Scope::Browse | Scope::Anywhere))
            .filter(|spec| {
                typed
                    .split_whitespace()
                    .all(|word| spec.id.contains(word) || title(spec.command).to_lowercase().contains(word))
            })
            .map(|spec| spec.command)
            .collect()
    }
}

/// What a window asks for after a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// Nothing.
    Stay,
    /// To be closed.
    Close,
    /// To be closed, and then this.
    Run(Command),
}

/// Takes a command or what is typed.
pub fn update(overlay: &mut Overlay, input: Input<'_>, shell: &Shell) -> Asked {
    let lines = match overlay {
        Overlay::Palette(palette) => return palette_update(palette, input, shell),
        Overlay::Help(_, scopes) => help_lines(shell, scopes, 2).len(),
        Overlay::Messages(_) => shell.messages.len(),
    };
    let (Overlay::Help(offset, _) | Overlay::Messages(offset)) = overlay else { return Asked::Stay };
    let page = usize::from(shell.size.height.saturating_sub(6)).max(1);
    let last = lines.saturating_sub(page);
    let Input::Command(command) = input else { return Asked::Stay };
    *offset = match command {
        Command::ChoiceDown => *offset + 1,
        Command::ChoiceUp => offset.saturating_sub(1),
        Command::ChoicePageDown => *offset + page,
        Command::ChoicePageUp => offset.saturating_sub(page),
        Command::Choose | Command::Back | Command::Help | Command::Cancel => return Asked::Close,
        _ => *offset,
    }
    .min(last);
    Asked::Stay
}

fn palette_update(palette: &mut Palette, input: Input<'_>, shell: &Shell) -> Asked {
    let command = match input {
        Input::Char(c) => {
            palette.field.type_char(c);
            palette.cursor = 0;
            return Asked::Stay;
        }
        Input::Paste(bytes) => {
            palette.field.paste(bytes);
            palette.cursor = 0;
            return Asked::Stay;
        }
        Input::Command(command) => command,
    };
    let hits = palette.hits(shell);
    let page = 10;
    palette.cursor = match command {
        Command::ChoiceDown | Command::Next => palette.cursor + 1,
        Command::ChoiceUp | Command::Previous => palette.cursor.saturating_sub(1),
        Command::ChoicePageDown => palette.cursor + page,
        Command::ChoicePageUp => palette.cursor.saturating_sub(page),
        Command::Choose => return hits.get(palette.cursor).map_or(Asked::Stay, |hit| Asked::Run(*hit)),
        Command::Back | Command::Cancel => return Asked::Close,
        other => {
            palette.field.edit(other);
            palette.cursor
        }
    }
    .min(palette.hits(shell).len().saturating_sub(1));
    Asked::Stay
}

/// One line of the help: a heading, or keys and what they do.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Line {
    keys: String,
    title: String,
    heading: bool,
}

/// The lines of the help, grouped; a blank line between groups.
fn help_lines(shell: &Shell, scopes: &[Scope], _: usize) -> Vec<Line> {
    let text = shell.catalog().tui;
    let mut lines = Vec::new();
    for group in Group::ALL {
        let mut rows: Vec<Line> = TABLE
            .iter()
            .filter(|spec| spec.group == group && scopes.contains(&spec.scope))
            // - the fields 1 to 9 are one line, and what two names reach is told once
            .filter(|spec| spec.command.field_number().is_none_or(|number| number == 0))
            .filter(|spec| {
                !matches!(spec.command, Command::HelpHere | Command::ReloadHere | Command::LockHere)
            })
            .filter_map(|spec| {
                let mut labels = shell.keymap.labels(spec.command);
                match spec.command {
                    Command::Help => labels.extend(also(shell, scopes, Command::HelpHere)),
                    Command::Reload => labels.extend(also(shell, scopes, Command::ReloadHere)),
                    Command::Lock => labels.extend(also(shell, scopes, Command::LockHere)),
                    Command::CopyField1 => labels = vec!["y 1 .. y 9".to_owned()],
                    _ => {}
                }
                let keys = labels.join("  ");
                let fields = spec.command == Command::CopyField1;
                let title =
                    if fields { text.overlay.copy_field } else { (text.command)(spec.command) }.to_owned();
                (!keys.is_empty()).then_some(Line { keys, title, heading: false })
            })
            .collect();
        if rows.is_empty() {
            continue;
        }
        if !lines.is_empty() {
            lines.push(Line { keys: String::new(), title: String::new(), heading: false });
        }
        lines.push(Line { keys: String::new(), title: (text.group)(group).to_owned(), heading: true });
        lines.append(&mut rows);
    }
    lines
}

fn also(shell: &Shell, scopes: &[Scope], command: Command) -> Vec<String> {
    if scopes.contains(&command.spec().scope) { shell.keymap.labels(command) } else { Vec::new() }
}

/// Draws the window.
pub fn view(app: &App, overlay: &Overlay, area: Rect, buf: &mut Buffer) -> Cursor {
    match overlay {
        Overlay::Help(offset, scopes) => view_help(&app.shell, scopes, *offset, area, buf),
        Overlay::Palette(palette) => view_palette(app, palette, area, buf),
        Overlay::Messages(offset) => view_messages(&app.shell, *offset, area, buf),
    }
}

fn window(buf: &mut Buffer, area: Rect, wide: u16, high: u16, title: &str, shell: &Shell) -> Rect {
    let (wide, high) = (wide.min(area.width), high.min(area.height));
    let x = area.x + (area.width - wide) / 2;
    let place = Rect::new(x, area.y + (area.height - high) / 3, wide, high);
    clear_area(buf, place);
    let inner = frame(buf, place, title, true, &shell.theme);
    let close = format!(" {} ", shell.catalog().tui.overlay.close);
    let at = place.right().saturating_sub(width(&close) + 2);
    put(buf, at, place.bottom() - 1, width(&close), &close, shell.theme.style(Name::Dim));
    Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner }
}

fn view_help(shell: &Shell, scopes: &[Scope], offset: usize, area: Rect, buf: &mut Buffer) -> Cursor {
    let theme = &shell.theme;
    let lines = help_lines(shell, scopes, 2);
    let two = area.width >= 110;
    let columns = if two { 2 } else { 1 };
    let half = lines.len().div_ceil(columns);
    let high = u16::try_from(half + 2).unwrap_or(u16::MAX);
    // - where not all of it fits, the title says how much there is
    let room = usize::from(high.min(area.height).saturating_sub(2)) * columns;
    let title = shell.catalog().tui.overlay.help;
    let title = if room < lines.len() {
        format!("{title} {}-{}/{}", offset + 1, (offset + room).min(lines.len()), lines.len())
    } else {
        title.to_owned()
    };
    let inner = window(buf, area, if two { 120 } else { 68 }, high, &title, shell);
    let cells = inner.width / u16::try_from(columns).unwrap_or(1);
    let keys = 20.min(cells / 3);
    for (number, line) in lines.iter().skip(offset).enumerate() {
        let room = usize::from(inner.height).max(1);
        let (column, row) = (number / room, number % room);
        if column >= columns {
            break;
        }
        let x = inner.x + cells * u16::try_from(column).unwrap_or(0);
        let y = inner.y + u16::try_from(row).unwrap_or(0);
        if line.heading {
            put(buf, x, y, cells, &line.title, theme.style(Name::Title));
        } else {
            put(buf, x + 1, y, keys, &fit(&line.keys, keys), theme.style(Name::Key));
            let at = x + 2 + keys;
            let room = cells.saturating_sub(keys + 3);
            put(buf, at, y, room, &fit(&line.title, room), theme.style(Name::Text));
        }
    }
    Cursor::new(inner.x, inner.y)
}

fn view_palette(app: &App, palette: &Palette, area: Rect, buf: &mut Buffer) -> Cursor {
    let shell = &app.shell;
    let (text, theme) = (shell.catalog().tui, &shell.theme);
    let inner = window(buf, area, 68, 18, text.overlay.palette, shell);
    put(buf, inner.x, inner.y, 2, ":", theme.style(Name::Key));
    put(buf, inner.x + 2, inner.y, inner.width - 2, palette.field.text(), theme.style(Name::Title));
    let caret = (inner.x + 2 + width(palette.field.before_caret())).min(inner.right());
    let hits = palette.hits(shell);
    let room = usize::from(inner.height.saturating_sub(2)).max(1);
    if hits.is_empty() {
        put(buf, inner.x, inner.y + 2, inner.width, text.overlay.no_command, theme.style(Name::Dim));
    }
    let offset = palette.cursor.saturating_sub(room - 1);
    for (y, at) in (inner.y + 2..inner.bottom()).zip(offset..hits.len()) {
        let command = hits[at];
        let refused = (command.spec().check)(app).err();
        let selected = at == palette.cursor;
        let name = match (selected, refused) {
            (true, _) => Name::Selected,
            (false, Some(_)) => Name::Dim,
            (false, None) => Name::Text,
        };
        let keys = shell.keymap.labels(command).join("  ");
        let title = match refused.filter(|_| selected) {
            Some(reason) => (text.unavailable)(reason),
            None => (text.command)(command),
        };
        let cells = inner.width.saturating_sub(18);
        put(buf, inner.x, y, cells, &fill(&format!(" {title}"), cells), theme.style(name));
        put(
            buf,
            inner.x + cells,
            y,
            18,
            &fill(&keys, 18),
            theme.style(if selected { Name::Selected } else { Name::Key }),
        );
    }
    Cursor::new(caret, inner.y)
}

fn view_messages(shell: &Shell, offset: usize, area: Rect, buf: &mut Buffer) -> Cursor {
    let (text, theme) = (shell.catalog().tui, &shell.theme);
    let inner = window(buf, area, 100, 18, text.overlay.messages, shell);
    if shell.messages.is_empty() {
        put(buf, inner.x, inner.y, inner.width, text.overlay.no_messages, theme.style(Name::Dim));
    }
    // - the newest stands first
    for (y, (ms, notice)) in (inner.y..inner.bottom()).zip(shell.messages.iter().rev().skip(offset)) {
        let after = put(buf, inner.x, y, 9, &clock(*ms, &shell.zone), theme.style(Name::Dim));
        let room = inner.right().saturating_sub(after + 2);
        let words = fit(&(text.notice)(notice), room);
        put(buf, after + 2, y, room, &words, theme.style(level(notice)));
    }
    Cursor::new(inner.x, inner.y)
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

fn clock(ms: u64, zone: &jiff::tz::TimeZone) -> String {
    let time = jiff::Timestamp::from_millisecond(i64::try_from(ms).unwrap_or(0))
        .unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    time.to_zoned(zone.clone()).strftime("%H:%M:%S").to_string()
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
                open.contents.label(id, super::contents::Part::Field(number), shell.catalog())
            }),
            _ => (text.command)(command).to_owned(),
        };
        lines.push((key.label(), crate::text::sanitise::line(&title).into_owned(), refused));
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
