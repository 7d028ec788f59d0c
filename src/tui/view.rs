//! A frame: a function of the state alone. Draws header, screen, notice line, footer
//! (`footer`) and what is in front of them, and says where the hardware cursor stands.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::ops::health::{Check, Report};
use crate::text::sanitise;
use crate::tui::app::{App, Clip, Screen, Shell};
use crate::tui::command::Command;
use crate::tui::dialog;
use crate::tui::footer;
use crate::tui::notice::{Notice, Place};
use crate::tui::page::incident;
use crate::tui::screen::{Cursor, Row, create, opening, unlock, vault, window, working};
use crate::tui::theme::Name;
use crate::tui::widget::frame::hints;
use crate::tui::widget::text::{clear_area, fit, put, put_outside, width, wrap};

/// Draws a frame; returns where the hardware cursor is to stand, always inside.
pub fn view(app: &App, buf: &mut Buffer) -> Cursor {
    let shell = &app.shell;
    let area = buf.area;
    if shell.too_small() {
        let words = (shell.catalog().tui.too_small)(shell.size.width, shell.size.height);
        for (row, line) in (area.top()..area.bottom()).zip(wrap(&words, area.width.max(1), 4)) {
            put(buf, area.x, row, area.width, &fit(&line, area.width), shell.theme.style(Name::Warn));
        }
        return Cursor::new(area.x, area.y);
    }
    if matches!(&app.screen, Screen::Locked(state) if state.blank) {
        let Screen::Locked(state) = &app.screen else { return Cursor::new(0, 0) };
        return unlock::view(state, shell, area, buf);
    }
    let parts = window(shell);
    header(app, parts.header, buf);
    let mut cursor = match &app.screen {
        Screen::Create(state) => create::view(state, shell, parts.body, buf),
        Screen::Locked(state) => unlock::view(state, shell, parts.body, buf),
        Screen::Opening(state) => opening::view(state, shell, parts.body, buf),
        Screen::Open(open) => vault::view(open, shell, buf),
        Screen::Working(state) => working::view(state, shell, parts.body, buf),
    };
    notice(app, parts.notice, buf);
    footer::view(app, parts.footer, buf);
    if let Some(overlay) = &shell.overlay {
        cursor = dialog::view(app, overlay, parts.body, buf);
    } else if !shell.pending.is_empty() {
        dialog::view_pending(app, parts.body, buf);
    }
    inside(cursor, area)
}

fn inside(cursor: Cursor, area: Rect) -> Cursor {
    Cursor::new(cursor.x.min(area.right().saturating_sub(1)), cursor.y.min(area.bottom().saturating_sub(1)))
}

/// The screen in front as rows.
pub fn outline(app: &App) -> Vec<Row> {
    match &app.screen {
        Screen::Create(state) => create::outline(state, &app.shell),
        Screen::Locked(state) => unlock::outline(state, &app.shell),
        Screen::Opening(state) => opening::outline(state, &app.shell),
        Screen::Open(open) => vault::outline(open, &app.shell),
        Screen::Working(state) => working::outline(state, &app.shell),
    }
}

fn header(app: &App, area: Rect, buf: &mut Buffer) {
    let shell = &app.shell;
    let (text, theme) = (shell.catalog().tui, &shell.theme);
    let x = put(buf, area.x + 1, area.y, area.width, "mamori", theme.style(Name::Title));
    let right: Vec<(String, String, bool)> = match &app.screen {
        Screen::Open(_) | Screen::Working(_) => vec![
            (shell.keymap.label(Command::Lock), (text.short)(Command::Lock).to_owned(), true),
            (shell.keymap.label(Command::Language), text.other_language.to_owned(), true),
        ],
        Screen::Create(_) | Screen::Locked(_) | Screen::Opening(_) => {
            vec![(shell.keymap.label(Command::Language), text.other_language.to_owned(), true)]
        }
    };
    let needed: u16 = right.iter().map(|(key, title, _)| width(key) + width(title) + 3).sum();
    let end = area.right().saturating_sub(needed);
    hints(buf, end, area.y, needed, &right, theme);
    let mut at = x + 2;
    let names: Vec<String> = app
        .open()
        .iter()
        .flat_map(|open| {
            let last = open.pages.len().saturating_sub(1);
            let named = (0..).zip(&open.pages).filter(move |(at, page)| *at == last || !page.waits());
            named.map(move |(_, page)| format!("> {}", page.name(open, shell)))
        })
        .collect();
    // - where one is, is said before which vault this is, and the page in front before those below it
    let room = end.saturating_sub(at + 1);
    let cells = |names: &[String]| names.iter().map(|name| width(name) + 1).sum::<u16>();
    let vault = width(&shell.file.name) + 2;
    if shell.demo {
        let banner = text.page.demo.banner;
        at = put(buf, at, area.y, room, banner, theme.style(Name::Warn)) + 2;
    } else if matches!(app.screen, Screen::Open(_) | Screen::Working(_))
        && (names.is_empty() || vault + cells(&names) <= room)
    {
        at = put_outside(buf, at, area.y, room, &shell.file.name, theme.style(Name::Text)) + 2;
    }
    let whole = cells(&names) <= end.saturating_sub(at + 1);
    for words in names.iter().skip(if whole { 0 } else { names.len() - 1 }) {
        let room = end.saturating_sub(at + 1);
        // - less than this says nothing
        if room >= 8 || width(words) <= room {
            at = put_outside(buf, at, area.y, room, words, theme.style(Name::Text)) + 1;
        }
    }
    if app.open().is_some_and(|open| open.contents.read_only()) {
        at = put(buf, at, area.y, end.saturating_sub(at + 1), text.vault.read_only, theme.style(Name::Warn))
            + 2;
    }
    // - until it is closed; the page itself says it better
    let planning = |open: &crate::tui::screen::vault::Open| open.pages.iter().any(|page| page.is_plan());
    if app.open().is_some_and(|open| incident::is_open(open) && !planning(open)) {
        let (words, room) = (text.page.incident.reminder, end.saturating_sub(at + 1));
        // - of a reminder that does not fit the mark alone stays
        let words = if width(words) <= room { words } else { "!" };
        at = put(buf, at, area.y, room, words, theme.style(Name::Warn)) + 2;
    }
    if shell.unwritten.is_some() && shell.retry_at.is_some() {
        put(buf, at, area.y, end.saturating_sub(at + 1), text.vault.unwritten, theme.style(Name::Danger));
    } else if let Some(report) =
        app.open().filter(|open| open.pages.is_empty()).and_then(|open| open.contents.report.as_ref())
    {
        summary(report, shell, (at, end), area.y, buf);
    }
}

/// What the last health check found, in a word, beside the keys on the right.
fn summary(report: &Report, shell: &Shell, (from, end): (u16, u16), y: u16, buf: &mut Buffer) {
    let (text, theme) = (&shell.catalog().tui.page.health, &shell.theme);
    let leaked = report.count(Check::Leaked);
    let score = report.score.map_or(String::new(), text.score);
    let leaked = if leaked > 0 { (text.leaked)(leaked) } else { String::new() };
    let gap = if leaked.is_empty() || score.is_empty() { 0 } else { 2 };
    let cells = width(&score) + gap + width(&leaked);
    let Some(at) = end.checked_sub(cells + 2).filter(|at| *at >= from && cells > 0) else { return };
    let at = put(buf, at, y, cells, &score, theme.style(Name::Text));
    put(buf, at + gap, y, cells, &leaked, theme.style(Name::Danger));
}

fn notice(app: &App, area: Rect, buf: &mut Buffer) {
    let shell = &app.shell;
    let (text, theme) = (shell.catalog().tui, &shell.theme);
    let (x, cells) = (area.x + 1, area.width.saturating_sub(2));
    if let Some((notice, _)) = &shell.notice {
        let mark = if matches!(notice, Notice::Unavailable(_)) { "- " } else { "" };
        let words = format!("{mark}{}", (text.notice)(notice));
        let style = theme.style(dialog::level(notice));
        let lines = wrap(&words, cells, 2);
        if let [first, second] = lines.as_slice() {
            // - on a narrow window it takes the line above, too
            let above = Rect { y: area.y - 1, ..area };
            clear_area(buf, above);
            put(buf, x, above.y, cells, first, style);
            put(buf, x, area.y, cells, &fit(second, cells), style);
        } else {
            put(buf, x, area.y, cells, &fit(&words, cells), style);
        }
        return;
    }
    let Some(open) = app.open() else { return };
    let Some(copied) = &open.copied else { return };
    let (place, tail, name) = match shell.clip {
        Clip::Held { place, until } => {
            let left = until.saturating_sub(shell.now.boot).as_millis().div_ceil(1000);
            (Some(place), (text.toast.clears_in)(u64::try_from(left).unwrap_or(0)), Name::Key)
        }
        Clip::Sending { .. } => (None, text.toast.copying.to_owned(), Name::Dim),
        Clip::Sent => (None, text.toast.clear_sent.to_owned(), Name::Dim),
        Clip::NotYet => (None, text.toast.not_yet.to_owned(), Name::Warn),
        Clip::Empty | Clip::Clearing(_) => return,
    };
    let Some(place) = place else {
        put(buf, x, area.y, cells, &fit(&tail, cells), theme.style(name));
        return;
    };
    // - the time stands at a fixed place, so that a tick redraws two cells
    let clear = format!(
        "{}  {} {}",
        tail,
        shell.keymap.label(Command::ClearClipboard),
        (text.short)(Command::ClearClipboard)
    );
    let at = area.right().saturating_sub(width(&clear) + 1).max(x);
    let room = at.saturating_sub(x + 2);
    // - of a long title the end goes, never the place
    // - only this machine's own clipboard can be looked at
    let said = if place == Place::Desktop { text.toast.copied } else { text.toast.sent };
    let whole = said(&copied.label, &copied.title, (text.place)(place));
    let place = if width(&whole) <= room { (text.place)(place) } else { (text.place_short)(place) };
    let rest = width(&said(&copied.label, "x", place)) - 1;
    let title = fit(&copied.title, room.saturating_sub(rest).max(6));
    let words = said(&copied.label, &title, place);
    put(buf, x, area.y, room, &fit(&sanitise::line(&words), room), theme.style(Name::Good));
    put(buf, at, area.y, cells, &clear, theme.style(name));
}
