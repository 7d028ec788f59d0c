//! The locked vault: one field for the master password, beside it a key file where the vault asks for
//! one, or the recovery code in place of both; and what is wrong when it did not open.

use std::path::PathBuf;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::opening::{self, Failure, Purpose};
use super::{Cursor, Row};
use crate::crypto::recovery::RecoveryError;
use crate::tui::app::{Screen, Shell};
use crate::tui::by::By;
use crate::tui::command::{Command, Scope};
use crate::tui::demo;
use crate::tui::effect::{Effect, JobId, Outcome};
use crate::tui::event::Input;
use crate::tui::kept;
use crate::tui::notice::{Notice, SlotsTold};
use crate::tui::page::path::{self, Path};
use crate::tui::page::{Given, Turn};
use crate::tui::theme::Name;
use crate::tui::widget::blanks;
use crate::tui::widget::code_field::{self, CodeField, Refused};
use crate::tui::widget::frame::frame;
use crate::tui::widget::secret_field::SecretField;
use crate::tui::widget::text::{fit, put, put_outside, width, wrap};

/// The state.
#[derive(Debug, Default)]
pub struct State {
    /// What is typed.
    pub field: SecretField,
    /// The recovery code is typed in its place.
    pub code: Option<CodeField>,
    /// Enter was pressed on a code that is none yet.
    pub trouble: Option<RecoveryError>,
    /// The row of the key file has the focus.
    pub on_key_file: bool,
    /// A key file is being chosen.
    pub path: Option<Box<Path>>,
    /// The password is typed: it opens as soon as the key file is chosen.
    pub waits: bool,
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

impl State {
    /// After it did not open: what was tried is asked for again.
    pub fn failed(failure: Failure) -> State {
        let code = (failure == Failure::WrongCode).then(CodeField::default);
        State { failure: Some(failure), code, ..State::default() }
    }

    /// The scopes whose keys act.
    pub fn scopes(&self) -> &'static [Scope] {
        if self.path.is_some() { Path::SCOPES } else { &[Scope::Unlock, Scope::Field, Scope::Anywhere] }
    }

    /// The commands of the footer.
    pub fn footer(&self, shell: &Shell) -> &'static [Command] {
        use Command as C;
        let kinds = shell.kinds.filter(|_| !shell.demo);
        let (key_file, recovery) =
            kinds.map_or((false, false), |kinds| (kinds.key_file, kinds.recovery || self.code.is_some()));
        match (key_file && self.code.is_none(), recovery) {
            _ if self.path.is_some() => Path::FOOTER,
            (false, false) => &[C::Unlock, C::ShowTyped, C::EraseLeft, C::Help, C::Cancel],
            (false, true) => &[C::Unlock, C::OtherWay, C::ShowTyped, C::EraseLeft, C::Help, C::Cancel],
            (true, false) => &[C::Unlock, C::UnlockDown, C::ShowTyped, C::EraseLeft, C::Help, C::Cancel],
            (true, true) => &[C::Unlock, C::UnlockDown, C::OtherWay, C::ShowTyped, C::Help, C::Cancel],
        }
    }

    /// Nothing is typed, and nothing but the field of the password is in front.
    pub fn is_bare(&self) -> bool {
        self.field.is_empty() && self.code.is_none() && self.path.is_none() && !self.on_key_file
    }

    /// One step back; false when there is none.
    pub fn back(&mut self) -> bool {
        if let Some(path) = &mut self.path {
            if !path.step_back() {
                (self.path, self.waits) = (None, false);
            }
            return true;
        }
        if let Some(code) = &mut self.code {
            self.trouble = None;
            if code.is_empty() {
                self.code = None;
            } else {
                code.clear();
            }
            return true;
        }
        if std::mem::take(&mut self.on_key_file) {
            return true;
        }
        let typed = !self.field.is_empty();
        self.field.clear();
        typed
    }

    /// Everything that is typed goes.
    pub fn clear(&mut self) {
        self.field.clear();
        (self.code, self.path, self.trouble) = (None, None, None);
    }
}

/// Takes a command or what is typed; a new screen, if there is one.
pub fn update(
    state: &mut State,
    input: Input<'_>,
    shell: &mut Shell,
    out: &mut Vec<Effect>,
) -> Option<Screen> {
    if let Some(path) = &mut state.path {
        path.take(input, shell, out);
        return None;
    }
    match input {
        Input::Char(_) | Input::Paste(_) => {
            state.on_key_file = false;
            state.trouble = None;
            let refused = match (&mut state.code, input) {
                (Some(code), Input::Char(c)) => code.type_char(c),
                (Some(code), Input::Paste(bytes)) => code.paste(bytes),
                (None, Input::Char(c)) => state.field.type_char(c).map_err(Refused::from),
                (None, Input::Paste(bytes)) => state.field.paste(bytes).map_err(Refused::from),
                (_, Input::Command(_)) => Ok(()),
            };
            match refused {
                Ok(()) => {}
                Err(Refused::Full) => shell.tell(Notice::FieldFull),
                Err(Refused::Unfit) => shell.tell(Notice::Slots(SlotsTold::NoLetter)),
            }
        }
        Input::Command(Command::Unlock) if shell.demo => return Some(demo::unlock(shell, out)),
        Input::Command(Command::Unlock) => return enter(state, shell, out),
        Input::Command(Command::OtherWay) => other_way(state, shell),
        Input::Command(Command::UnlockDown) => {
            state.on_key_file = shows_key_file(state, shell);
        }
        Input::Command(Command::UnlockUp) => state.on_key_file = false,
        Input::Command(command) => {
            state.trouble = None;
            match &mut state.code {
                Some(code) => code.edit(command),
                None => state.field.edit(command),
            };
        }
    }
    None
}

/// F4: the recovery code, or the password again.
fn other_way(state: &mut State, shell: &mut Shell) {
    (state.failure, state.trouble, state.on_key_file) = (None, None, false);
    if state.code.take().is_some() {
        return;
    }
    if shell.demo || shell.kinds.is_some_and(|kinds| !kinds.recovery) {
        return shell.tell(Notice::Slots(SlotsTold::NoRecovery));
    }
    state.field.clear();
    state.code = Some(CodeField::default());
}

fn enter(state: &mut State, shell: &mut Shell, out: &mut Vec<Effect>) -> Option<Screen> {
    if let Some(code) = &state.code {
        match code.code() {
            Ok(code) => return Some(open(By::Recovery(code), shell, out)),
            Err(trouble) => state.trouble = Some(trouble),
        }
        return None;
    }
    if state.on_key_file {
        choose(state, false, shell, out);
        return None;
    }
    if state.field.is_empty() {
        kept::open(state, shell, out);
        return None;
    }
    if shell.key_file.is_none() && shell.kinds.is_some_and(|kinds| kinds.needs_key_file()) {
        choose(state, true, shell, out);
        return None;
    }
    Some(open(By::Password(state.field.take(), shell.key_file.clone()), shell, out))
}

fn open(by: By, shell: &mut Shell, out: &mut Vec<Effect>) -> Screen {
    let job = shell.job();
    out.push(Effect::Unlock { job, by });
    let started = shell.now.boot;
    Screen::Opening(opening::State { job, purpose: Purpose::Unlock, started, made: None, from: None })
}

/// Asks for the key file.
fn choose(state: &mut State, waits: bool, shell: &mut Shell, out: &mut Vec<Effect>) {
    state.waits = waits;
    state.failure = None;
    state.path = Some(Box::new(Path::new(path::Purpose::KeyFile, shell, out)));
}

/// Takes the outcome of a job that the choosing of a file asked for; gives back what is not its own.
pub fn done(
    state: &mut State,
    job: JobId,
    outcome: Outcome,
    shell: &mut Shell,
    out: &mut Vec<Effect>,
) -> (Option<Outcome>, Option<Screen>) {
    let Some(path) = &mut state.path else { return (Some(outcome), None) };
    let left = path.answered(job, outcome, shell, out);
    let Some(Turn::Give(Given::Path(chosen))) = path.result() else { return (left, None) };
    shell.key_file = Some(chosen);
    (state.path, state.on_key_file) = (None, false);
    let next = std::mem::take(&mut state.waits).then(|| enter(state, shell, out)).flatten();
    (left, next)
}

/// The row of the key file is there: the vault has such a slot.
fn shows_key_file(state: &State, shell: &Shell) -> bool {
    !shell.demo && state.code.is_none() && shell.kinds.is_some_and(|kinds| kinds.key_file)
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
pub fn layout(state: &State, shell: &Shell, area: Rect) -> Layout {
    let text = &shell.catalog().tui.unlock;
    let more = u16::from(shows_key_file(state, shell)) + 2 * u16::from(state.code.is_some());
    let height = (11 + more).min(area.height);
    let wide = area.width.min(76);
    let x = area.x + (area.width - wide) / 2;
    let y = area.y + (area.height - height) / 3;
    let frame = Rect::new(x, y, wide, height);
    let label = width(text.password).max(width(text.file)) + 2;
    let field = if state.code.is_some() {
        // - a whole code needs the width of the frame
        Rect::new(x + 3, y + 5, code_field::CELLS.min(wide.saturating_sub(6)), 1)
    } else {
        Rect::new(x + 3 + label, y + 4, wide.saturating_sub(label + 6), 1)
    };
    let under = if state.code.is_some() { 7 } else { 6 + more };
    Layout {
        frame,
        field,
        messages: Rect::new(x + 3, y + under, wide.saturating_sub(6), height.saturating_sub(under + 1)),
    }
}

/// The key file as it is shown.
fn key_file_words(shell: &Shell) -> String {
    let text = &shell.catalog().tui.unlock;
    let shown = |path: &PathBuf| crate::text::sanitise::line(&shell.places.shorten(path)).into_owned();
    shell.key_file.as_ref().map_or_else(|| text.no_key_file.to_owned(), shown)
}

/// The screen as rows.
pub fn outline(state: &State, shell: &Shell) -> Vec<Row> {
    let text = &shell.catalog().tui.unlock;
    if state.blank {
        return vec![Row::told("", text.blank)];
    }
    if let Some(path) = &state.path {
        return path.told(shell);
    }
    let mut rows = vec![Row::told(text.file, &shell.file.name)];
    if state.kept {
        rows.push(Row::told("", text.kept));
    }
    let row = |label: &str, value: String, focus: bool| Row {
        label: label.to_owned(),
        value,
        focus,
        action: Some(Command::Unlock),
    };
    match &state.code {
        Some(code) => rows.push(row(text.code, code.told(), true)),
        None => {
            rows.push(row(text.password, "*".repeat(state.field.shape().0), !state.on_key_file));
        }
    }
    if shows_key_file(state, shell) {
        rows.push(row(text.key_file, key_file_words(shell), state.on_key_file));
    }
    rows.extend(said(state, shell).into_iter().map(|(words, _)| Row::told("", &words)));
    rows
}

/// What is wrong, or what is to be known, under the field.
fn said(state: &State, shell: &Shell) -> Vec<(String, Name)> {
    let text = &shell.catalog().tui.unlock;
    let mut lines: Vec<(String, Name)> = Vec::new();
    if let Some(failure) = &state.failure {
        let said = (shell.catalog().tui.failure)(failure);
        lines.push((format!("! {}", said.fact), Name::Danger));
        lines.push((said.advice, Name::Text));
    } else if state.field.has_wide() {
        lines.push((text.full_width.to_owned(), Name::Warn));
    }
    if let Some(code) = &state.code {
        match (code.code(), state.trouble) {
            (Ok(_), _) => lines.push((text.code_right.to_owned(), Name::Good)),
            // - what is missing is told when it is asked for; what is wrong at once
            (Err(RecoveryError::Length(_)), None) => {}
            (Err(RecoveryError::Length(typed)), Some(_)) => {
                lines.push(((text.code_short)(typed), Name::Warn));
            }
            (Err(error), _) => lines.push((format!("! {}", (text.code_wrong)(error)), Name::Danger)),
        }
        if state.failure.is_none() {
            lines.push((text.code_how.to_owned(), Name::Text));
        }
    }
    if shell.unsaved() {
        lines.push((text.unwritten.to_owned(), Name::Warn));
    }
    if state.failure.is_some() || state.code.is_some() {
        return lines;
    }
    if shell.demo {
        lines.push((shell.catalog().tui.page.demo.unlock.to_owned(), Name::Text));
        return lines;
    }
    if state.kept {
        lines.push((text.kept.to_owned(), Name::Good));
    }
    lines.push((format!("{} {}", text.enter, shell.catalog().tui.page.vaults.other), Name::Text));
    if shell.kinds.is_some_and(|kinds| kinds.recovery) {
        lines.push(((text.forgotten)(&shell.keymap.label(Command::OtherWay)), Name::Dim));
    } else if !state.kept {
        lines.push((text.lost.to_owned(), Name::Dim));
    }
    lines
}

/// Draws it.
pub fn view(state: &State, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
    let text = &shell.catalog().tui.unlock;
    let theme = &shell.theme;
    if state.blank {
        put(buf, area.x + 1, area.y, area.width - 1, text.blank, theme.style(Name::Dim));
        return Cursor::new(area.x, area.y);
    }
    if let Some(path) = &state.path {
        return path.draw(shell, area, buf);
    }
    let places = layout(state, shell, area);
    frame(buf, places.frame, text.title, true, theme);
    let (x, field) = (places.frame.x + 3, places.field);
    let label = width(text.password).max(width(text.file)) + 2;
    let (value, wide) = (x + label, places.frame.width.saturating_sub(label + 6));
    let top = places.frame.y + 2;
    put(buf, x, top, label, text.file, theme.style(Name::Dim));
    let after = put_outside(buf, value, top, wide, &shell.file.name, theme.style(Name::Title));
    let room = (value + wide).saturating_sub(after + 2);
    if room > 4 {
        let folder = shell.places.shorten(std::path::Path::new(&shell.file.folder));
        put_outside(buf, after + 2, top, room, &folder, theme.style(Name::Dim));
    }
    let mut cursor = if let Some(code) = &state.code {
        put(buf, x, field.y - 1, wide + label, text.code, theme.style(Name::Text));
        code.view(field, buf, theme)
    } else {
        put(buf, x, field.y, label, text.password, theme.style(Name::Text));
        secret(&state.field, field, buf, shell)
    };
    if shows_key_file(state, shell) {
        let y = field.y + 1;
        put(buf, x, y, label, text.key_file, theme.style(Name::Text));
        let chosen = shell.key_file.is_some();
        let name = match (state.on_key_file, chosen) {
            (true, _) => Name::Selected,
            (false, true) => Name::Title,
            (false, false) => Name::Dim,
        };
        put(buf, value, y, wide, &fit(&key_file_words(shell), wide), theme.style(name));
        if state.on_key_file {
            put(buf, x - 2, y, 1, ">", theme.style(Name::Title));
            cursor = Cursor::new(value, y);
        }
    }
    paragraph(&said(state, shell), places.messages, buf, shell);
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
        let mark = blanks::mark(field.expose(), theme.ascii, true);
        let end = fit(&blanks::marked(field.expose(), mark), u16::MAX);
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
        let back = width(&clean_after(field, before, mark));
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

fn clean_after(field: &SecretField, before: usize, mark: char) -> String {
    use unicode_segmentation::UnicodeSegmentation as _;
    let after: String = field.expose().graphemes(true).skip(before).collect();
    blanks::marked(&after, mark)
}
