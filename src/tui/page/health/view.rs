//! The dashboard as it is drawn: the score and its change, how it went, a bar for each finding, and
//! beside it, where there is room, what the row in focus leads to.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::plan::{self, Of};
use super::{Health, Stop, history, label, list};
use crate::ops::health::sample::{self, Sample};
use crate::ops::health::{Check, NotRun, Reach, Report};
use crate::text::{health as words, sanitise};
use crate::tui::app::Shell;
use crate::tui::command::Command;
use crate::tui::contents::date;
use crate::tui::health::sign;
use crate::tui::page::popup;
use crate::tui::screen::vault::Open;
use crate::tui::screen::vault::list::scrolled;
use crate::tui::screen::{Cursor, Row};
use crate::tui::theme::{Name, Theme};
use crate::tui::widget::frame::{frame, gauge};
use crate::tui::widget::text::{fill, fit, put, width, wrap};

/// Most lines of what the row in focus leads to.
pub const BESIDE_MOST: usize = 200;

/// Cells of the labels.
const LABEL: u16 = 26;
/// Cells of a count.
const COUNT: u16 = 6;

const DAY_MS: u64 = 86_400_000;

/// The words about the score: the change since the sample before.
fn change(samples: &[Sample], shell: &Shell) -> Option<String> {
    let now = samples.last()?;
    let before = sample::before(samples, now.day)?;
    let day = date(u64::from(before.day) * DAY_MS, &jiff::tz::TimeZone::UTC);
    Some((shell.catalog().tui.page.health.change)(i32::from(now.score) - i32::from(before.score), &day))
}

/// The scores as one line of signs, at most so many of the last ones.
fn line(samples: &[Sample], cells: u16, theme: &Theme) -> String {
    let signs: &[&str] = if theme.ascii {
        &["_", ".", "-", "=", "*", "^"]
    } else {
        &["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    };
    let from = samples.len().saturating_sub(usize::from(cells));
    // - between whole tens, so that a change of some points is seen and none is made of nothing
    let all = || samples.iter().skip(from).map(|one| usize::from(one.score));
    let least = all().min().unwrap_or(0) / 10 * 10;
    let most = (all().max().unwrap_or(0) / 10 * 10 + 10).min(100).max(least + 10);
    let level = |score: u8| (usize::from(score) - least) * (signs.len() - 1) / (most - least);
    samples.iter().skip(from).map(|one| signs.get(level(one.score)).copied().unwrap_or(" ")).collect()
}

/// What stands behind the bar of a row.
fn note(stop: Stop, report: &Report, shell: &Shell) -> String {
    let text = &shell.catalog().tui.page.health;
    match (stop.of, stop.not_run) {
        (_, Some(NotRun::Others(count))) => (text.not_others)(count),
        (Of::Check(Check::Master), Some(NotRun::Entries(count))) if stop.count == 0 => {
            (text.not_all_master)(count)
        }
        (Of::Check(Check::Master), Some(NotRun::NotGiven)) => text.not_run_master.to_owned(),
        (Of::Check(Check::Leaked), Some(NotRun::NotGiven)) => text.not_run_list.to_owned(),
        (_, Some(NotRun::NotGiven)) => text.not_run.to_owned(),
        (_, Some(NotRun::Entries(count))) => (text.not_all)(count),
        (_, Some(NotRun::TooMany)) => text.too_many.to_owned(),
        (Of::Check(check), None) => plan::groups(report, check).map_or(String::new(), text.groups),
        (Of::All, None) => text.all_told.to_owned(),
        (Of::Ignored, None) => String::new(),
    }
}

/// What is to be known of the look at leaked passwords.
fn remarks(open: &Open, report: &Report, shell: &Shell) -> Vec<(String, Name)> {
    let mut all: Vec<(String, Name)> = open
        .health
        .useless
        .iter()
        .map(|one| {
            let name = one.path.file_name().map(|name| name.to_string_lossy().into_owned());
            let name = sanitise::line(&name.unwrap_or_default()).into_owned();
            (format!("{name}: {}", words::unfit(one.why, shell.lang)), Name::Warn)
        })
        .collect();
    all.extend(open.health.trouble.map(|trouble| (words::trouble(trouble, shell.lang), Name::Warn)));
    let common = report.leaks.filter(|reach| matches!(reach, Reach::Common { .. }));
    all.extend(common.map(|reach| (words::reach(reach, shell.lang), Name::Dim)));
    all
}

/// The checks that ran and found nothing.
fn clean(report: &Report, shell: &Shell) -> Option<String> {
    let text = &shell.catalog().tui.page.health;
    let quiet =
        |check: &Check| report.count(*check) == 0 && report.not_run.iter().all(|(one, _)| one != check);
    let names: Vec<&str> =
        Check::ALL.into_iter().filter(quiet).map(|check| words::check(check, shell.lang)).collect();
    (!names.is_empty()).then(|| (text.clean)(&names.join(text.parted)))
}

/// The dashboard as rows.
pub fn outline(page: &Health, open: &Open, shell: &Shell) -> Vec<Row> {
    let text = &shell.catalog().tui.page.health;
    let Some(report) = &open.contents.report else {
        return vec![Row::told(text.title, &waiting(open, shell))];
    };
    let samples = history(open, shell);
    let score = report.score.map_or(text.no_score.to_owned(), |score| {
        format!("{score} {}", change(&samples, shell).unwrap_or_default())
    });
    let mut rows = vec![Row::told(text.score_label, score.trim())];
    rows.extend(page.stops.iter().enumerate().map(|(at, stop)| Row {
        label: label(stop.of, shell).to_owned(),
        value: format!("{} {}", stop.count, note(*stop, report, shell)).trim().to_owned(),
        focus: at == page.cursor,
        action: Some(Command::Open),
    }));
    rows.extend(remarks(open, report, shell).iter().map(|(words, _)| Row::told("", words)));
    rows.extend(clean(report, shell).map(|words| Row::told("", &words)));
    rows
}

/// What is said before there is a report.
fn waiting(open: &Open, shell: &Shell) -> String {
    let text = &shell.catalog().tui.page.health;
    let waiting = if open.health.stopped { text.stopped } else { text.waiting };
    open.health.progress().map_or(waiting.to_owned(), |(done, all)| (text.checking)(done, all))
}

/// Draws it.
pub fn view(page: &Health, open: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
    let (text, theme) = (&shell.catalog().tui.page.health, &shell.theme);
    let left = if area.width >= list::BESIDE { area.width * 50 / 100 } else { area.width };
    let place = Rect { width: left, ..area };
    let inner = frame(buf, place, text.title, true, theme);
    let (x, cells) = (inner.x + 1, inner.width.saturating_sub(2));
    let Some(report) = &open.contents.report else {
        let words = wrap(&waiting(open, shell), cells, 3);
        let mut y = inner.y + 1;
        for line in &words {
            put(buf, x, y, cells, line, theme.style(Name::Text));
            y += 1;
        }
        if let Some((done, all)) = open.health.progress() {
            let bar = Rect::new(x, y + 1, cells, 1).intersection(inner);
            gauge(buf, bar, (done as u64, all.max(1) as u64), Name::Good, theme);
        }
        if left < area.width {
            frame(buf, Rect { x: area.x + left, width: area.width - left, ..area }, "", false, theme);
        }
        return Cursor::new(x, inner.y + 1);
    };
    let y = head(report, open, shell, inner, buf);
    let mut foot = remarks(open, report, shell);
    if inner.height >= 17 {
        foot.extend(clean(report, shell).map(|words| (words, Name::Dim)));
    }
    let foot: Vec<(String, Name)> = foot
        .iter()
        .flat_map(|(words, name)| wrap(words, cells, 3).into_iter().map(|line| (line, *name)))
        .take(usize::from(inner.height / 3))
        .collect();
    let room = usize::from(inner.bottom().saturating_sub(y)).saturating_sub(foot.len()).max(1);
    let offset = scrolled(0, page.cursor, page.stops.len(), room);
    let most = page.stops.iter().filter(|stop| matches!(stop.of, Of::Check(_))).map(|stop| stop.count).max();
    let mut cursor = Cursor::new(inner.x, y);
    for (y, (at, stop)) in (y..).zip(page.stops.iter().enumerate().skip(offset).take(room)) {
        let focused = at == page.cursor;
        row((*stop, report), (focused, most.unwrap_or(1)), shell, Rect::new(inner.x, y, inner.width, 1), buf);
        if focused {
            cursor = Cursor::new(inner.x, y);
        }
    }
    let lines = u16::try_from(foot.len()).unwrap_or(0);
    for (y, (words, name)) in (inner.bottom().saturating_sub(lines)..inner.bottom()).zip(foot) {
        put(buf, x, y, cells, &words, theme.style(name));
    }
    edge(page, open, shell, place, buf);
    if left < area.width {
        beside(page, open, shell, Rect { x: area.x + left, width: area.width - left, ..area }, buf);
    }
    cursor
}

/// The score, what it is made of, and how it went; the line below.
fn head(report: &Report, open: &Open, shell: &Shell, inner: Rect, buf: &mut Buffer) -> u16 {
    let (text, theme) = (&shell.catalog().tui.page.health, &shell.theme);
    let (x, cells) = (inner.x + 1, inner.width.saturating_sub(2));
    let samples = history(open, shell);
    let mut y = inner.y;
    match report.score {
        Some(score) => {
            let at = put(buf, x, y, cells, text.score_label, theme.style(Name::Title)) + 1;
            let number = format!(" {score} / 100");
            let told = change(&samples, shell).unwrap_or_default();
            let bar = cells.saturating_sub(at - x + 13 + width(&told)).min(30);
            gauge(buf, Rect::new(at, y, bar, 1), (u64::from(score), 100), Name::Good, theme);
            let at = put(buf, at + bar, y, 10, &number, theme.style(Name::Title)) + 2;
            let room = inner.right().saturating_sub(at + 1);
            put(buf, at, y, room, &fit(&told, room), theme.style(Name::Text));
        }
        None => drop(put(buf, x, y, cells, text.no_score, theme.style(Name::Text))),
    }
    y += 1;
    if inner.height >= 13 {
        let based = (text.based)(report.scored, report.unchecked, report.without);
        put(buf, x, y, cells, &fit(&based, cells), theme.style(Name::Dim));
        y += 1;
    }
    if let [first, .., _] = samples.as_slice()
        && inner.height >= 13
    {
        let from = samples.len().saturating_sub(60);
        let first = samples.get(from).unwrap_or(first);
        let day = |one: &Sample| date(u64::from(one.day) * DAY_MS, &jiff::tz::TimeZone::UTC);
        let at = put(buf, x, y, cells, &format!("{} {} ", text.history, first.score), theme.style(Name::Dim));
        let room = inner.right().saturating_sub(at + 20).min(60);
        let at = put(buf, at, y, room, &line(&samples, room, theme), theme.style(Name::Good)) + 1;
        let since = (text.history_since)(&day(first));
        put(buf, at, y, inner.right().saturating_sub(at + 1), &since, theme.style(Name::Dim));
        y += 1;
    }
    if inner.height >= 15 {
        y += 1;
    }
    y
}

/// One finding: its sign, its name, how many, a bar, and a word.
fn row(
    (stop, report): (Stop, &Report),
    (focused, most): (bool, usize),
    shell: &Shell,
    area: Rect,
    buf: &mut Buffer,
) {
    let theme = &shell.theme;
    let nothing = stop.count == 0;
    let base = theme.style(if focused { Name::Selected } else { Name::Text });
    let quiet = if focused { base } else { theme.style(Name::Dim) };
    if focused {
        put(buf, area.x, area.y, area.width, &fill("", area.width), base);
    }
    put(buf, area.x, area.y, 2, if focused { "> " } else { "  " }, base);
    let look = match stop.of {
        Of::Check(check) if !nothing => sign::look(check, theme),
        Of::Check(_) | Of::All | Of::Ignored => Name::Text,
    };
    let mark = match stop.of {
        Of::Check(check) if !nothing => sign::sign(check),
        _ => " ",
    };
    put(buf, area.x + 2, area.y, 2, mark, if focused { base } else { theme.style(look) });
    let style = if nothing { quiet } else { base };
    put(buf, area.x + 4, area.y, LABEL, &fit(label(stop.of, shell), LABEL), style);
    let count = if nothing { "-".to_owned() } else { stop.count.to_string() };
    let at = area.x + 4 + LABEL + COUNT.saturating_sub(width(&count) + 1);
    put(buf, at, area.y, COUNT, &count, style);
    let mut x = area.x + 4 + LABEL + COUNT;
    let bar = if area.width >= 70 { 16 } else { 0 };
    if bar > 0 {
        if let (Of::Check(_), false) = (stop.of, nothing) {
            let full =
                u16::try_from(stop.count * usize::from(bar) / most.max(1)).unwrap_or(bar).clamp(1, bar);
            let cell = theme.gauge().0.repeat(usize::from(full));
            put(buf, x, area.y, bar, &cell, if focused { base } else { theme.style(look) });
        }
        x += bar + 1;
    }
    let words = note(stop, report, shell);
    let cells = area.right().saturating_sub(x + 1);
    put(buf, x, area.y, cells, &fit(&words, cells), quiet);
}

/// What Enter does, and how far a check is that runs meanwhile.
fn edge(page: &Health, open: &Open, shell: &Shell, place: Rect, buf: &mut Buffer) {
    let text = &shell.catalog().tui.page.health;
    if let Some((done, all)) = open.health.progress() {
        return popup::view_edge(buf, place, &(text.checking)(done, all), shell);
    }
    let does = match page.stop() {
        Some(Stop { of: Of::Check(Check::Master), not_run: Some(_), .. }) => text.types_master,
        Some(Stop { count: 0, .. }) | None => return,
        Some(_) => text.lists,
    };
    popup::view_edge(buf, place, &popup::edge(shell, &[(Command::Open, does)]), shell);
}

/// What the row in focus leads to.
fn beside(page: &Health, open: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) {
    let theme = &shell.theme;
    let name = page.stop().map_or("", |stop| label(stop.of, shell));
    let inner = frame(buf, area, name, false, theme);
    let of = page.stop().map_or(Of::All, |stop| stop.of);
    list::draw((&page.beside, of), (0, None), (open, shell), inner, buf);
}
