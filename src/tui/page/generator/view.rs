//! Draws the generator: the password and its strength above, below them the options and what was
//! made before, side by side where there is room, else one list that scrolls with the focus.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::price::{FAST, MACHINES, guess_ms, span};
use super::recipe::{Row, Trouble};
use super::{Focus, State};
use crate::error::Report;
use crate::ops::strength::{Level, level};
use crate::text::problem::problem;
use crate::text::{self, rule, sanitise};
use crate::tui::app::Shell;
use crate::tui::command::Command;
use crate::tui::screen::vault::{Open, reveal};
use crate::tui::screen::{self, Cursor};
use crate::tui::theme::Name;
use crate::tui::widget::frame::{below, frame, gauge};
use crate::tui::widget::text::{fit, put, put_outside, width, wrap, wrap_cells};

/// From this width on the past stands beside the options.
const BESIDE: u16 = 100;
/// Bits at which the bar is full.
const FULL: u64 = 128;
const MASK: &str = "************";

/// A line of a list below the password.
struct Line {
    focus: Option<Focus>,
    label: String,
    value: String,
    name: Name,
}

pub(super) fn outline(state: &State, open: &Open, shell: &Shell) -> Vec<screen::Row> {
    let text = &shell.catalog().tui.page.generator;
    let strength = state.made.as_ref().map_or(String::new(), |(_, bits)| strength_words(*bits, shell));
    let mut rows = vec![screen::Row {
        label: text.title.to_owned(),
        value: format!("{MASK} {strength}"),
        focus: state.focus == Focus::Made,
        action: Some(Command::Open),
    }];
    let lines = options(state, shell).into_iter().chain(past(state, open, shell));
    rows.extend(lines.filter(|line| line.focus.is_some()).map(|line| screen::Row {
        label: line.label,
        value: if matches!(line.focus, Some(Focus::Past(_))) { MASK.to_owned() } else { line.value },
        focus: line.focus == Some(state.focus),
        action: Some(Command::Open),
    }));
    rows
}

fn value(state: &State, row: Row, shell: &Shell) -> String {
    let text = &shell.catalog().tui.page.generator;
    let options = &state.options;
    let chosen = |word: &str| format!("< {word} >");
    match row {
        Row::Type => chosen((text.kind)(options.kind)),
        Row::Rule => chosen(text.rules.get(options.rule).copied().unwrap_or("")),
        Row::Length if options.length() == 0 => chosen("-"),
        Row::Length => chosen(&options.length().to_string()),
        Row::Class(class) => chosen(&(text.least)(options.least(class))),
        Row::List => chosen((text.list)(options.list())),
        Row::Similar | Row::Capital | Row::Digit => if options.on(row) { "[x]" } else { "[ ]" }.to_owned(),
        Row::RuleText | Row::Symbols | Row::Exclude | Row::Separator => {
            options.field(row).map_or("", |field| field.text()).to_owned()
        }
    }
}

fn options(state: &State, shell: &Shell) -> Vec<Line> {
    let text = &shell.catalog().tui.page.generator;
    let told = state.source.as_ref().and_then(|source| rule::source(source, shell.lang));
    // - a rule of the settings is a person's, and in a file that may come from elsewhere
    let told = told.map(|words| sanitise::line(&words).into_owned());
    let told = told.into_iter().flat_map(|words| wrap(&words, 56, 3));
    let told = told.map(|label| Line { focus: None, label, value: String::new(), name: Name::Dim });
    let rows = state.options.rows().into_iter();
    let rows = rows.map(|row| Line {
        focus: Some(Focus::Option(row)),
        label: (text.label)(row, state.options.kind).to_owned(),
        value: value(state, row, shell),
        name: Name::Text,
    });
    told.chain(rows).collect()
}

fn past(state: &State, open: &Open, shell: &Shell) -> Vec<Line> {
    let text = &shell.catalog().tui.page.generator;
    let told =
        |words: &str, name: Name| Line { focus: None, label: words.to_owned(), value: String::new(), name };
    let mut lines = vec![told(text.past, Name::Title)];
    if open.past.made.is_empty() {
        lines.extend(wrap(text.no_past, 56, 2).iter().map(|line| told(line, Name::Dim)));
    }
    lines.extend(open.past.made.iter().enumerate().map(|(at, made)| {
        let focus = Focus::Past(at);
        // - only the one in focus is shown
        let shown = state.focus == focus && !state.masked;
        let secret = reveal::marked(made.secret.expose(), shell).text;
        Line {
            focus: Some(focus),
            label: (text.ago)(shell.now.boot.saturating_sub(made.at).as_secs()),
            value: if shown { secret } else { MASK.to_owned() },
            name: if shown { Name::Secret } else { Name::Dim },
        }
    }));
    lines
}

pub(super) fn view(state: &State, open: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
    let text = &shell.catalog().tui.page.generator;
    let theme = &shell.theme;
    let inner = frame(buf, area, text.title, true, theme);
    edge(state, area, buf, shell);
    let (x, cells) = (inner.x + 2, inner.width.saturating_sub(3));
    let roomy = inner.height >= 16;
    let mut y = inner.y + u16::from(roomy);
    let cursor = Cursor::new(x, y);
    let mark = if state.focus == Focus::Made { ">" } else { " " };
    put(buf, inner.x, y, 1, mark, theme.style(Name::Title));
    match &state.made {
        Ok((secret, bits)) => {
            let most = if roomy { 3 } else { 2 };
            let clean = reveal::marked(secret.expose(), shell).text;
            let lines = if state.masked {
                put(buf, x, y, cells, text.masked, theme.style(Name::Dim));
                1
            } else {
                let lines = wrap_cells(&clean, cells, most + 1);
                for (row, line) in (y..).zip(lines.iter().take(most)) {
                    let more = row + 1 == y + most as u16 && lines.len() > most;
                    let line =
                        if more { fit(&format!("{line}   "), cells.saturating_sub(3)) } else { line.clone() };
                    put(buf, x, row, cells, &line, theme.style(Name::Secret));
                }
                lines.len().clamp(1, most)
            };
            // - the lines below stay where they are while the length changes a little
            y += (lines as u16).max(if roomy { 2 } else { 1 });
            y = strength(*bits, (x, y, cells), buf, open, shell) + u16::from(roomy);
        }
        Err(trouble) => {
            let (fact, advice) = said(trouble, shell);
            for line in wrap(&format!("! {fact}"), cells, 2).iter().chain(&wrap(&advice, cells, 2)) {
                put_outside(buf, x, y, cells, line, theme.style(Name::Danger));
                y += 1;
            }
            y += u16::from(roomy);
        }
    }
    let below = Rect { y, height: inner.bottom().saturating_sub(y), ..inner };
    let (left, right) = (options(state, shell), past(state, open, shell));
    let found = if area.width >= BESIDE {
        let half = inner.width / 2;
        let one = list(state, &left, Rect { width: half, ..below }, buf, shell);
        let other = Rect { x: inner.x + half, width: inner.width - half, ..below };
        list(state, &right, other, buf, shell).or(one)
    } else {
        let mut lines = left;
        lines.extend(right);
        list(state, &lines, below, buf, shell)
    };
    found.unwrap_or(cursor)
}

/// What the arrows do here, on the lower edge of the frame.
fn edge(state: &State, area: Rect, buf: &mut Buffer, shell: &Shell) {
    let text = &shell.catalog().tui.page.generator;
    let words = match state.focus {
        Focus::Made => text.hint_made,
        Focus::Past(_) => return,
        Focus::Option(Row::Similar | Row::Capital | Row::Digit) => text.hint_switch,
        Focus::Option(row) if state.options.field(row).is_some() => text.hint_text,
        Focus::Option(_) => text.hint_choice,
    };
    let words = format!(" {words} ");
    put(buf, area.x + 2, area.bottom() - 1, area.width - 4, &words, shell.theme.style(Name::Text));
}

fn strength_words(bits: f64, shell: &Shell) -> String {
    let weak = level(bits) < Level::Fair;
    let limited = if weak { shell.catalog().tui.page.generator.limited } else { "" };
    format!("{}{limited}", text::strength::exact(bits, shell.lang))
}

/// The bar, the bits and what guessing costs; returns the line after them.
fn strength(
    bits: f64,
    (x, mut y, cells): (u16, u16, u16),
    buf: &mut Buffer,
    open: &Open,
    shell: &Shell,
) -> u16 {
    let (text, theme) = (&shell.catalog().tui.page.generator, &shell.theme);
    let name = Name::of_strength(level(bits));
    let words = strength_words(bits, shell);
    let bar = cells.saturating_sub(width(&words) + 2).clamp(8, 24);
    gauge(buf, Rect::new(x, y, bar, 1), (bits as u64, FULL), name, theme);
    put(buf, x + bar + 2, y, cells.saturating_sub(bar + 2), &words, theme.style(name));
    put(buf, x, y + 1, cells, text.guessed, theme.style(Name::Dim));
    y += 2;
    let ms = guess_ms(open, shell);
    let vault = (text.vault)(ms);
    let at_vault = (text.span)(span(bits, MACHINES * 1000.0 / ms as f64));
    let at_site = (text.span)(span(bits, FAST));
    let column = width(&vault).max(width(text.site)) + 4;
    for (label, time) in [(vault.as_str(), at_vault), (text.site, at_site)] {
        put(buf, x + 2, y, cells, label, theme.style(Name::Dim));
        put(buf, x + column, y, cells.saturating_sub(column), &time, theme.style(Name::Text));
        y += 1;
    }
    y
}

fn said(trouble: &Trouble, shell: &Shell) -> (String, String) {
    let text = &shell.catalog().tui.page.generator;
    match trouble {
        Trouble::Text(error) => {
            let said = problem(shell.lang, &Report::from(error.clone()));
            (said.fact, text.rules_example.to_owned())
        }
        Trouble::Options(error) => {
            let said = problem(shell.lang, &Report::from(*error));
            (said.fact, said.advice)
        }
    }
}

/// Draws lines so that the one in focus is seen; where the cursor stands when it is among them.
fn list(state: &State, lines: &[Line], area: Rect, buf: &mut Buffer, shell: &Shell) -> Option<Cursor> {
    let theme = &shell.theme;
    let text = &shell.catalog().tui.page.generator;
    let room = usize::from(area.height);
    let focused = lines.iter().position(|line| line.focus == Some(state.focus));
    let last = lines.iter().rposition(|line| line.focus.is_some());
    // - at the last row the words after it are seen, too
    let seen = if focused == last { lines.len().saturating_sub(1) } else { focused.unwrap_or(0) };
    let first = if focused.is_some() { seen.saturating_sub(room.saturating_sub(1)) } else { 0 };
    let (x, cells) = (area.x + 2, area.width.saturating_sub(3));
    let label = lines.iter().filter(|line| line.focus.is_some()).map(|line| width(&line.label)).max();
    let column = label.unwrap_or(0) + 2;
    let more = lines.len().saturating_sub(first + room);
    // - the lower edge of the frame around it
    let around = Rect { x: area.x - 1, width: area.width + 2, height: area.height + 1, ..area };
    below(buf, around, more, shell.catalog().tui.vault.below, theme);
    let mut cursor = None;
    for (y, line) in (area.y..area.bottom()).zip(lines.iter().skip(first)) {
        let Some(focus) = line.focus else {
            put(buf, x, y, cells, &line.label, theme.style(line.name));
            continue;
        };
        let here = focus == state.focus;
        if here {
            put(buf, x - 2, y, 1, ">", theme.style(Name::Title));
            cursor = Some(Cursor::new(x, y));
        }
        let name = if here { Name::Title } else { Name::Dim };
        put(buf, x, y, column, &line.label, theme.style(name));
        let (at, room) = (x + column, cells.saturating_sub(column));
        let field = match focus {
            Focus::Option(row) => state.options.field(row).map(|field| (row, field)),
            Focus::Made | Focus::Past(_) => None,
        };
        let Some((row, field)) = field else {
            put(buf, at, y, room, &fit(&line.value, room), theme.style(line.name));
            continue;
        };
        for cell in at..at + room.min(40) {
            put(buf, cell, y, 1, "_", theme.style(Name::Dim));
        }
        if line.value.is_empty() {
            let empty = match row {
                Row::Symbols => text.all_symbols,
                Row::RuleText => text.rules_example,
                _ => text.nothing,
            };
            put(buf, at, y, room, &fit(empty, room), theme.style(Name::Dim));
        } else {
            // - of what is too long the end before the caret is seen
            let before = sanitise::line(field.before_caret()).into_owned();
            let whole = sanitise::line(&line.value).into_owned();
            let skip = width(&before).saturating_sub(room.saturating_sub(1));
            let (mut used, mut shown) = (0, String::new());
            for part in unicode_segmentation::UnicodeSegmentation::graphemes(whole.as_str(), true) {
                if used >= skip {
                    shown.push_str(part);
                }
                used += width(part);
            }
            put(buf, at, y, room, &fit(&shown, room), theme.style(Name::Text));
            if here {
                let caret = at + width(&before).min(room.saturating_sub(1));
                cursor = Some(Cursor::new(caret, y));
            }
            continue;
        }
        if here {
            cursor = Some(Cursor::new(at, y));
        }
    }
    cursor
}
