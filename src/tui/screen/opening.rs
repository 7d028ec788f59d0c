//! While keys are derived: a gauge of the time it takes here, and Esc. The work itself is a job;
//! cancelling forgets its number, the thread runs out and wipes what it has.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Cursor, Row, create};
use crate::tui::app::Shell;
use crate::tui::contents::Contents;
use crate::tui::effect::JobId;
use crate::tui::files;
use crate::tui::notice::SaveFailure;
use crate::tui::theme::Name;
use crate::tui::widget::frame::{frame, gauge};
use crate::tui::widget::text::{put, width, wrap};

/// What is being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Opening a vault.
    Unlock,
    /// Making one.
    Create,
}

/// The state.
#[derive(Debug)]
pub struct State {
    /// The job that is waited for.
    pub job: JobId,
    /// What for.
    pub purpose: Purpose,
    /// Since when.
    pub started: Duration,
    /// A new vault that is being written.
    pub made: Option<Box<Contents>>,
    /// The first run that it came from, to go back to.
    pub from: Option<Box<create::State>>,
}

/// Why a vault did not open or was not made, as a fact; the catalog says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// No slot opened.
    WrongPassword,
    /// The recovery code has no slip, and opens nothing.
    WrongCode,
    /// The password with this key file opens nothing.
    WrongWithKeyFile,
    /// No password opens it without a key file.
    NeedsKeyFile,
    /// Only a recovery code opens it.
    OnlyRecovery,
    /// The key file could not be read.
    KeyFile(files::Failure),
    /// The key file is empty.
    KeyFileEmpty,
    /// The work did not come to its end.
    Lost,
    /// The file is something else.
    NotAVault,
    /// A newer mamori made it.
    Newer,
    /// A newer mamori made it, or it is damaged.
    NewerOrDamaged,
    /// Bytes are missing, added or changed.
    Damaged,
    /// There is less free memory than the key derivation needs.
    NeedsMemory {
        /// MiB that it needs.
        wanted_mib: u64,
    },
    /// The file is gone.
    NotFound,
    /// A folder, a pipe, a device.
    NotAFile,
    /// Larger than any vault.
    TooLarge,
    /// No permission.
    Denied,
    /// There is a vault already.
    Exists,
    /// The new file could not be written.
    CannotWrite(SaveFailure),
    /// Something else; the words of the system, made harmless.
    Other(String),
}

/// Named rectangles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// The frame.
    pub frame: Rect,
    /// The gauge.
    pub gauge: Rect,
}

/// Parts the body.
pub fn layout(_: &State, area: Rect) -> Layout {
    let height = 8.min(area.height);
    let wide = area.width.min(76);
    let x = area.x + (area.width - wide) / 2;
    let y = area.y + (area.height - height) / 3;
    let frame = Rect::new(x, y, wide, height);
    Layout { frame, gauge: Rect::new(x + 3, y + 2, wide.saturating_sub(36), 1) }
}

fn time(state: &State, shell: &Shell) -> (u64, Option<u64>) {
    let so_far = shell.now.boot.saturating_sub(state.started).as_millis();
    let whole = shell.memory.opening_ms.filter(|_| state.purpose == Purpose::Unlock);
    (u64::try_from(so_far).unwrap_or(0), whole)
}

/// The screen as rows.
pub fn outline(state: &State, shell: &Shell) -> Vec<Row> {
    let text = &shell.catalog().tui.opening;
    let (so_far, whole) = time(state, shell);
    vec![
        Row::told(title(state, shell), &(text.time)(so_far / 100, whole.map(|ms| ms / 100))),
        Row::told("", text.cancel),
    ]
}

fn title<'a>(state: &State, shell: &Shell) -> &'a str {
    let text = &shell.catalog().tui.opening;
    match state.purpose {
        Purpose::Unlock => text.unlocking,
        Purpose::Create => text.creating,
    }
}

/// Draws it.
pub fn view(state: &State, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
    let text = &shell.catalog().tui.opening;
    let theme = &shell.theme;
    let places = layout(state, area);
    let inner = frame(buf, places.frame, title(state, shell), true, theme);
    let (so_far, whole) = time(state, shell);
    let bar = places.gauge;
    // - without a measured time the gauge creeps towards its end and never claims to reach it
    let (part, of) = match whole {
        Some(whole) => (so_far.min(whole.max(1) * 97 / 100), whole.max(1)),
        None => (so_far, so_far + 1500),
    };
    gauge(buf, bar, (part, of), Name::Good, theme);
    let words = (text.time)(so_far / 100, whole.map(|ms| ms / 100));
    put(buf, bar.right() + 2, bar.y, width(&words), &words, theme.style(Name::Text));
    let mut y = bar.y + 2;
    for line in wrap(text.why, inner.width.saturating_sub(4), 2) {
        put(buf, bar.x, y, inner.width.saturating_sub(4), &line, theme.style(Name::Dim));
        y += 1;
    }
    put(buf, bar.x, y, inner.width.saturating_sub(4), text.cancel, theme.style(Name::Text));
    Cursor::new(bar.x, bar.y)
}
