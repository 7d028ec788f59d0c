//! The steps of an import drawn, and as rows.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::report::{Choice, Report, short_name};
use super::{Import, Pane, Preview, Step, Trouble};
use crate::ops::import::plan::Fate;
use crate::text::{import as words, sanitise};
use crate::tui::app::Shell;
use crate::tui::command::Command;
use crate::tui::screen::vault::list::scrolled;
use crate::tui::screen::{Cursor, Row, window};
use crate::tui::task::PlanFailure;
use crate::tui::theme::Name;
use crate::tui::widget::frame::frame;
use crate::tui::widget::text::{fill, fit, put, put_outside, wrap};

/// Rows that a list of these pages shows, about.
pub(super) fn rows(shell: &Shell) -> usize {
    usize::from(window(shell).body.height.saturating_sub(8)).max(1)
}

/// Words from outside or inside in lines; the row after the last.
fn paragraph(buf: &mut Buffer, area: Rect, words: &str, most: usize, style: ratatui::style::Style) -> u16 {
    let mut y = area.y;
    for line in wrap(words, area.width, most).iter().filter(|_| area.height > 0) {
        if y < area.bottom() {
            put(buf, area.x, y, area.width, line, style);
            y += 1;
        }
    }
    y
}

fn below(area: Rect, y: u16) -> Rect {
    Rect { y, height: area.bottom().saturating_sub(y), ..area }
}

impl Import {
    pub(super) fn draw(&self, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        let text = &shell.catalog().tui.page.import;
        let title = match &self.step {
            Step::Failed(_) => text.failed,
            Step::Report(_) => text.report,
            _ => text.preview,
        };
        let inner = frame(buf, area, title, true, &shell.theme);
        let inside = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
        match &self.step {
            Step::Preview(preview) => self.draw_preview(preview, shell, inside, buf),
            Step::Failed(trouble) => draw_failed(trouble, shell, inside, buf),
            Step::Report(report) => draw_report(report, shell, inside, buf),
            Step::Choose(_) | Step::Away { .. } => Cursor::new(inside.x, inside.y),
        }
    }

    fn draw_preview(&self, preview: &Preview, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        let (text, theme) = (&shell.catalog().tui.page.import, &shell.theme);
        let imported = &preview.planned.imported;
        let head = format!(
            "{}  {}  {}",
            words::source(imported.source),
            words::encoding(imported.encoding),
            shell.places.shorten(&preview.planned.path)
        );
        put_outside(buf, area.x, area.y, area.width, &head, theme.style(Name::Dim));
        let mut y = paragraph(
            buf,
            below(area, area.y + 1),
            &(text.counts)(preview.counts),
            2,
            theme.style(Name::Title),
        );
        if preview.guards {
            let mark = if self.options.undo_all_guards { "[x]" } else { "[ ]" };
            y = paragraph(
                buf,
                below(area, y),
                &format!("{mark} {}", text.guards),
                2,
                theme.style(Name::Text),
            );
        }
        let mut x = area.x;
        let headings = [
            ((text.rows)(imported.items.len()), Pane::Rows),
            ((text.notices)(preview.notices.len()), Pane::Notices),
        ];
        for (heading, pane) in headings {
            let name = if preview.pane == pane { Name::Selected } else { Name::Dim };
            x = put(buf, x, y, area.width, &format!(" {heading} "), theme.style(name)) + 1;
        }
        y += 1;
        let hint = if preview.planned.plan.change.is_some() { text.enter } else { text.nothing };
        let lines = wrap(hint, area.width, 2);
        let foot = u16::try_from(lines.len()).unwrap_or(1);
        for (y, line) in (area.bottom().saturating_sub(foot)..).zip(&lines) {
            put(buf, area.x, y, area.width, line, theme.style(Name::Key));
        }
        let room = Rect { y, height: area.bottom().saturating_sub(y + foot), ..area };
        match preview.pane {
            Pane::Rows => draw_rows(preview, shell, room, buf),
            Pane::Notices => draw_notices(&preview.notices, preview.line, shell, room, buf),
        }
    }

    /// The steps as rows.
    pub(super) fn rows_told(&self, shell: &Shell) -> Vec<Row> {
        let text = &shell.catalog().tui.page.import;
        match &self.step {
            Step::Choose(_) | Step::Away { .. } => Vec::new(),
            Step::Failed(trouble) => vec![
                Row::told(text.failed, &said(trouble, shell)),
                Row {
                    label: text.again.to_owned(),
                    value: String::new(),
                    focus: true,
                    action: Some(Command::Open),
                },
            ],
            Step::Preview(preview) => {
                let mut all = vec![Row::told(text.preview, &(text.counts)(preview.counts))];
                let first = preview.row.saturating_sub(rows(shell) / 2);
                let shown = (first..preview.planned.imported.items.len()).take(rows(shell));
                all.extend(shown.map(|at| {
                    let (label, user, fate, _) = cells(preview, at, shell);
                    let focus = preview.pane == Pane::Rows && at == preview.row;
                    Row { label, value: format!("{user} {fate}"), focus, action: Some(Command::Open) }
                }));
                let lines = preview.notices.iter().enumerate().skip(preview.line).take(rows(shell));
                all.extend(lines.map(|(at, line)| {
                    let focus = preview.pane == Pane::Notices && at == preview.line;
                    Row { label: line.clone(), value: String::new(), focus, action: None }
                }));
                all
            }
            Step::Report(report) => {
                let mut all = vec![Row::told(text.report, &(text.counts)(report.counts))];
                let lines = report.notices.iter().skip(report.line).take(rows(shell));
                all.extend(lines.map(|line| Row::told("", line)));
                all.extend(choices(report, shell).into_iter().map(|(label, choice)| Row {
                    label: label.to_owned(),
                    value: String::new(),
                    focus: choice == report.choice,
                    action: Some(Command::Open),
                }));
                all
            }
        }
    }
}

fn choices(report: &Report, shell: &Shell) -> Vec<(&'static str, Choice)> {
    let text = &shell.catalog().tui.page.import;
    let mut all = vec![(text.keep, Choice::Keep)];
    if report.has_file() {
        all.push((text.delete, Choice::Delete));
    }
    all.push((shell.catalog().tui.page.links.proposed, Choice::Links));
    all
}

/// Title, user name, fate and its style of a row.
fn cells(preview: &Preview, at: usize, shell: &Shell) -> (String, String, String, Name) {
    let text = &shell.catalog().tui.page.import;
    let planned = &preview.planned;
    let (Some(item), Some(row)) = (planned.imported.items.get(at), planned.plan.report.rows.get(at)) else {
        return (String::new(), String::new(), String::new(), Name::Text);
    };
    let title = sanitise::line(&item.title).into_owned();
    let title = if title.trim().is_empty() { text.untitled.to_owned() } else { title };
    let name = match row.fate {
        Fate::New { resembles: None } => Name::Good,
        Fate::New { resembles: Some(_) } | Fate::Updated(_) => Name::Warn,
        Fate::Unchanged | Fate::Duplicate | Fate::Repeated { .. } => Name::Dim,
    };
    let fate = words::fate(shell.lang, &row.fate);
    (title, sanitise::line(&item.username).into_owned(), sanitise::line(&fate).into_owned(), name)
}

fn draw_rows(preview: &Preview, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
    let theme = &shell.theme;
    let all = preview.planned.imported.items.len();
    let first = scrolled(
        preview.row.saturating_sub(usize::from(area.height) / 2),
        preview.row,
        all,
        usize::from(area.height),
    );
    let mut cursor = Cursor::new(area.x, area.y);
    let fate = area.width * 2 / 5;
    let user = if area.width >= 70 { area.width / 4 } else { 0 };
    let title = area.width.saturating_sub(2 + fate + user);
    for (y, at) in (area.y..area.bottom()).zip(first..all) {
        let focused = at == preview.row;
        let (label, name, told, kind) = cells(preview, at, shell);
        let base = theme.style(if focused { Name::Selected } else { Name::Text });
        if focused {
            put(buf, area.x, y, area.width, &fill("", area.width), base);
            cursor = Cursor::new(area.x, y);
        }
        put(buf, area.x, y, 2, if focused { "> " } else { "  " }, base);
        put(buf, area.x + 2, y, title.saturating_sub(1), &fit(&label, title.saturating_sub(1)), base);
        let quiet = if focused { base } else { theme.style(Name::Dim) };
        put(buf, area.x + 2 + title, y, user.saturating_sub(1), &fit(&name, user.saturating_sub(1)), quiet);
        let style = if focused { base } else { theme.style(kind) };
        put(buf, area.x + 2 + title + user, y, fate, &fit(&told, fate), style);
    }
    cursor
}

/// Whole notices from the focused one on, each in as many lines as it needs.
fn draw_notices(notices: &[String], line: usize, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
    let (text, theme) = (&shell.catalog().tui.page.import, &shell.theme);
    if notices.is_empty() {
        put(buf, area.x, area.y, area.width, &fit(text.no_notices, area.width), theme.style(Name::Dim));
    }
    let mut y = area.y;
    for (at, notice) in notices.iter().enumerate().skip(line) {
        let lines = wrap(notice, area.width.saturating_sub(2), 4);
        for (part, words) in lines.iter().enumerate() {
            if y >= area.bottom() {
                return Cursor::new(area.x, area.y);
            }
            let mark = if part > 0 {
                "  "
            } else if at == line {
                "> "
            } else {
                "- "
            };
            put(buf, area.x, y, 2, mark, theme.style(Name::Title));
            put(buf, area.x + 2, y, area.width.saturating_sub(2), words, theme.style(Name::Text));
            y += 1;
        }
    }
    Cursor::new(area.x, area.y)
}

fn said(trouble: &Trouble, shell: &Shell) -> String {
    let text = shell.catalog().tui;
    let page = &text.page.import;
    match trouble {
        Trouble::Refused => page.refused.to_owned(),
        Trouble::Plan(PlanFailure::Entropy) => page.no_entropy.to_owned(),
        Trouble::Plan(PlanFailure::File(failure)) => {
            let said = (text.page.path.failure)(failure);
            said.line()
        }
        Trouble::Plan(PlanFailure::Import(error)) => {
            let fault = words::fault(shell.lang, &error.what);
            let reason = match error.line {
                Some(line) => format!("{}: {fault}", words::at_line(shell.lang, line)),
                None => fault,
            };
            let said = (page.no_export)(&sanitise::line(&reason));
            format!("{}\n{}", said.fact, said.advice)
        }
    }
}

fn draw_failed(trouble: &Trouble, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
    let (text, theme) = (&shell.catalog().tui.page.import, &shell.theme);
    let words = format!("! {}", said(trouble, shell));
    let y = paragraph(buf, below(area, area.y + 1), &words, 8, theme.style(Name::Danger));
    put(buf, area.x, y + 1, area.width, &fit(text.again, area.width), theme.style(Name::Key));
    Cursor::new(area.x, y + 1)
}

fn draw_report(report: &Report, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
    let (text, theme) = (&shell.catalog().tui.page.import, &shell.theme);
    let mut y = paragraph(buf, area, &(text.counts)(report.counts), 2, theme.style(Name::Good));
    if let Some(failure) = &report.failure {
        let said = (shell.catalog().tui.page.path.failure)(failure);
        y = paragraph(buf, below(area, y), &format!("! {}", said.line()), 2, theme.style(Name::Danger));
    } else if report.has_file() {
        let words = (text.in_clear)(&short_name(&report.path));
        y = paragraph(buf, below(area, y), &words, 2, theme.style(Name::Warn));
    }
    put(buf, area.x, y, area.width, &(text.notices)(report.notices.len()), theme.style(Name::Dim));
    let room = Rect { y: y + 1, height: area.bottom().saturating_sub(y + 2), ..area };
    draw_notices(&report.notices, report.line, shell, room, buf);
    let row = area.bottom().saturating_sub(1);
    let mut cursor = Cursor::new(area.x, row);
    let mut x = area.x;
    for (label, choice) in choices(report, shell) {
        let focused = choice == report.choice;
        if focused {
            cursor = Cursor::new(x, row);
        }
        let style = theme.style(if focused { Name::Selected } else { Name::Key });
        x = put(buf, x, row, area.right().saturating_sub(x), &format!("[ {label} ]"), style) + 2;
    }
    cursor
}
