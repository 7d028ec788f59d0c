//! What was told: the messages of this session, newest first, and the mistakes in the settings file.
//! Every one can be read whole.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{counted, level, window};
use crate::text::{problem, sanitise};
use crate::tui::app::Shell;
use crate::tui::screen::{Cursor, window as parts};
use crate::tui::theme::Name;
use crate::tui::widget::text::{put, width, wrap};

/// The widest such window.
const WIDE: u16 = 100;

/// Cells in front of a message: its time.
const TIME: u16 = 10;

/// A line as it is drawn: what stands in front, the words, their style.
pub(super) type Line = (String, String, Name);

fn cells(shell: &Shell) -> u16 {
    WIDE.min(shell.size.width).saturating_sub(4)
}

/// How many lines are seen where the window is as high as it may be.
pub(super) fn room(shell: &Shell) -> usize {
    usize::from(parts(shell).body.height.min(18).saturating_sub(2)).max(1)
}

/// The messages as lines, the newest first.
pub(super) fn messages(shell: &Shell) -> Vec<Line> {
    let text = shell.catalog().tui;
    let mut all = Vec::new();
    for (ms, notice) in shell.messages.iter().rev() {
        let mut time = clock(*ms, &shell.zone);
        let words = sanitise::line(&(text.notice)(notice)).into_owned();
        for line in wrap(&words, cells(shell).saturating_sub(TIME), 20) {
            all.push((std::mem::take(&mut time), line, level(notice)));
        }
    }
    all
}

/// The mistakes as lines, and what is to be done.
pub(super) fn mistakes(shell: &Shell) -> Vec<Line> {
    let text = &shell.catalog().tui.page.settings;
    let mut all = Vec::new();
    let mut say = |words: &str, name: Name| {
        all.extend(wrap(words, cells(shell), 20).into_iter().map(|line| (String::new(), line, name)));
    };
    say(&shell.config.path, Name::Text);
    say("", Name::Text);
    for mistake in &shell.config.mistakes {
        say(&format!("! {}", sanitise::line(&problem::mistake(shell.lang, mistake))), Name::Danger);
    }
    say("", Name::Text);
    say(text.mistakes_advice, Name::Text);
    all
}

pub(super) fn view_messages(shell: &Shell, offset: usize, area: Rect, buf: &mut Buffer) -> Cursor {
    let text = &shell.catalog().tui.overlay;
    let lines = messages(shell);
    if lines.is_empty() {
        let none = vec![(String::new(), text.no_messages.to_owned(), Name::Dim)];
        return draw(shell, text.messages, &none, 0, area, buf);
    }
    draw(shell, text.messages, &lines, offset, area, buf)
}

pub(super) fn view_mistakes(shell: &Shell, offset: usize, area: Rect, buf: &mut Buffer) -> Cursor {
    draw(shell, shell.catalog().tui.page.settings.mistakes, &mistakes(shell), offset, area, buf)
}

fn draw(shell: &Shell, title: &str, lines: &[Line], offset: usize, area: Rect, buf: &mut Buffer) -> Cursor {
    let title = counted(title, offset, room(shell), lines.len());
    let high = u16::try_from(lines.len() + 2).unwrap_or(u16::MAX).clamp(8, 18);
    let inner = window(buf, area, WIDE, high, &title, shell);
    let timed = lines.iter().any(|(time, _, _)| !time.is_empty());
    for (y, (time, words, name)) in (inner.y..inner.bottom()).zip(lines.iter().skip(offset)) {
        put(buf, inner.x, y, width(time), time, shell.theme.style(Name::Dim));
        let x = if timed { inner.x + TIME } else { inner.x };
        put(buf, x, y, inner.right().saturating_sub(x), words, shell.theme.style(*name));
    }
    Cursor::new(inner.x, inner.y)
}

fn clock(ms: u64, zone: &jiff::tz::TimeZone) -> String {
    let time = jiff::Timestamp::from_millisecond(i64::try_from(ms).unwrap_or(0))
        .unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    time.to_zoned(zone.clone()).strftime("%H:%M:%S").to_string()
}
