//! The locked vault: one field for the master password, and what is wrong when it did not open.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::opening::{self, Failure, Purpose};
use super::{Cursor, Row};
use crate::tui::app::{Screen, Shell};
use crate::tui::command::Command;
use crate::tui::demo;
use crate::tui::effect::{Effect, JobId};
use crate::tui::event::Input;
use crate::tui::kept;
use crate::tui::notice::Notice;
use crate::tui::theme::Name;
use crate::tui::widget::frame::frame;
use crate::tui::widget::secret_field::SecretField;
use crate::tui::widget::text::{fit, put, put_outside, width, wrap};

/// The state.
#[derive(Debug, Default)]
pub struct State {
    /// What is typed.
    pub field: SecretField,
    /// Why it did not open the last time.
    pub failure: Option<Failure>,
    /// The job that looks at the file before a password is asked for in vain.
    pub checking: Option<JobId>,
    /// The job that tries the key which `mamori unlock` keeps.
    pub trying: Option<JobId>,
    /// The job that asks whether there is such a key.
    pub looking: Option<JobId>,
    /// There is: Enter on the empty field opens.
    pub kept: bool,
    /// Nothing is drawn until a key is pressed.
    pub blank: bool,
}

/// Takes a command or what is typed; a new screen, if there is one.
pub fn update(
    state: &mut State,
    input: Input<'_>,
    shell: &mut Shell,
    out: &mut Vec<Effect>,
) -> Option<Screen> {
    let result = match input {
        Input::Char(c) => state.field.type_char(c),
        Input::Paste(bytes) => state.field.paste(bytes),
        Input::Command(Command::Unlock) if shell.demo => return Some(demo::unlock(shell, out)),
        Input::Command(Command::Unlock) => {
            if state.field.is_empty() {
                kept::open(state, shell, out);
                return None;
            }
            let job = shell.job();
            out.push(Effect::Unlock { job, password: state.field.take() });
            let started = shell.now.boot;
            return Some(Screen::Opening(opening::State {
                job,
                purpose: Purpose::Unlock,
                started,
                made: None,
                from: None,
            }));
        }
        Input::Command(command) => {
            state.field.edit(command);
            Ok(())
        }
    };
    match result {
        Ok(()) => {}
        Err(_) => shell.tell(Notice::FieldFull),
    }
    None
}

/// Named rectangles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// The frame.
    pub frame: Rect,
    /// The field.
    pub field: Rect,
    /// Messages under the field.
    pub messages: Rect,
}

/// Parts the body.
pub fn layout(shell: &Shell, area: Rect) -> Layout {
    let text = &shell.catalog().tui.unlock;
    let height = 11.min(area.height);
    let wide = area.width.min(76);
    let x = area.x + (area.width - wide) / 2;
    let y = area.y + (area.height - height) / 3;
    let frame = Rect::new(x, y, wide, height);
    let label = width(text.password).max(width(text.file)) + 2;
    let field = Rect::new(x + 3 + label, y + 4, wide.saturating_sub(label + 6), 1);
    Layout {
        frame,
        field,
        messages: Rect::new(x + 3, y + 6, wide.saturating_sub(6), height.saturating_sub(7)),
    }
}

/// The screen as rows.
pub fn outline(state: &State, shell: &Shell) -> Vec<Row> {
    let text = &shell.catalog().tui.unlock;
    if state.blank {
        return vec![Row::told("", text.blank)];
    }
    let mut rows = vec![Row::told(text.file, &shell.file.name)];
    if state.kept {
        rows.push(Row::told("", text.kept));
    }
    rows.push(Row {
        label: text.password.to_owned(),
        value: "*".repeat(state.field.shape().0),
        focus: true,
        action: Some(Command::Unlock),
    });
    if let Some(failure) = &state.failure {
        let said = (shell.catalog().tui.failure)(failure);
        rows.push(Row::told(&said.fact, &said.advice));
    }
    rows
}

/// Draws it.
pub fn view(state: &State, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
    let text = &shell.catalog().tui.unlock;
    let theme = &shell.theme;
    if state.blank {
        put(buf, area.x + 1, area.y, area.width - 1, text.blank, theme.style(Name::Dim));
        return Cursor::new(area.x, area.y);
    }
    let places = layout(shell, area);
    frame(buf, places.frame, text.title, true, theme);
    let (x, field) = (places.frame.x + 3, places.field);
    let value = field.x;
    put(buf, x, field.y - 2, value - x, text.file, theme.style(Name::Dim));
    let after = put_outside(buf, value, field.y - 2, field.width, &shell.file.name, theme.style(Name::Title));
    let room = field.right().saturating_sub(after + 2);
    if room > 4 {
        put_outside(buf, after + 2, field.y - 2, room, &shell.file.folder, theme.style(Name::Dim));
    }
    put(buf, x, field.y, value - x, text.password, theme.style(Name::Text));
    let cursor = secret(&state.field, field, buf, shell);

    let mut lines: Vec<(String, Name)> = Vec::new();
    if let Some(failure) = &state.failure {
        let said = (shell.catalog().tui.failure)(failure);
        lines.push((format!("! {}", said.fact), Name::Danger));
        lines.push((said.advice, Name::Text));
    } else if state.field.has_wide() {
        lines.push((text.full_width.to_owned(), Name::Warn));
    }
    if shell.unwritten.is_some() {
        lines.push((text.unwritten.to_owned(), Name::Warn));
    }
    if state.failure.is_none() {
        if shell.demo {
            lines.push((shell.catalog().tui.page.demo.unlock.to_owned(), Name::Text));
        } else {
            if state.kept {
                lines.push((text.kept.to_owned(), Name::Good));
            }
            lines.push((format!("{} {}", text.enter, shell.catalog().tui.page.vaults.other), Name::Text));
            if !state.kept {
                lines.push((text.lost.to_owned(), Name::Dim));
            }
        }
    }
    paragraph(&lines, places.messages, buf, shell);
    cursor
}

/// Draws lines one after another, each wrapped, as far as they fit.
pub fn paragraph(lines: &[(String, Name)], area: Rect, buf: &mut Buffer, shell: &Shell) {
    let mut y = area.y;
    for (line, name) in lines {
        for part in wrap(line, area.width, 4) {
            if y >= area.bottom() {
                return;
            }
            put(buf, area.x, y, area.width, &part, shell.theme.style(*name));
            y += 1;
        }
    }
}

/// Draws a secret field: a star for each character, or what is typed while it is shown. Returns
/// where the caret is. The field scrolls so that the caret is always inside.
pub fn secret(field: &SecretField, area: Rect, buf: &mut Buffer, shell: &Shell) -> Cursor {
    let theme = &shell.theme;
    let cells = area.width.saturating_sub(1).max(1);
    let (count, before) = field.shape();
    if field.shown {
        // - drawn from the caret backwards, so that what was just typed is seen
        let clean = crate::text::sanitise::line(field.expose());
        let end = fit(&clean, u16::MAX);
        let shift = width(&end).saturating_sub(cells);
        let mut skipped = 0;
        let seen: String = unicode_segmentation::UnicodeSegmentation::graphemes(end.as_str(), true)
            .skip_while(|part| {
                let skip = skipped < shift;
                if skip {
                    skipped += width(part);
                }
                skip
            })
            .collect();
        let x = put(buf, area.x, area.y, cells, &seen, theme.style(Name::Secret));
        let back = width(&clean_after(field, before));
        return Cursor::new(x.saturating_sub(back).max(area.x).min(area.right() - 1), area.y);
    }
    let (count, before) =
        (u16::try_from(count).unwrap_or(u16::MAX), u16::try_from(before).unwrap_or(u16::MAX));
    let stars = count.min(cells);
    let hidden = count - stars;
    put(buf, area.x, area.y, cells, &"*".repeat(usize::from(stars)), theme.style(Name::Text));
    for x in area.x + stars..area.right() {
        put(buf, x, area.y, 1, "_", theme.style(Name::Dim));
    }
    Cursor::new(area.x + before.saturating_sub(hidden).min(cells), area.y)
}

fn clean_after(field: &SecretField, before: usize) -> String {
    use unicode_segmentation::UnicodeSegmentation as _;
    let after: String = field.expose().graphemes(true).skip(before).collect();
    crate::text::sanitise::line(&after).into_owned()
}
