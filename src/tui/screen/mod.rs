//! The screens. Each file holds, in this order, its state, its update and its view, and beside them
//! `outline` (the same screen as rows, for screen readers and tests) and `layout` (named
//! rectangles, for the viewport and a mouse).

pub mod create;
pub mod opening;
pub mod unlock;
pub mod vault;
pub mod working;

use ratatui::layout::{Position, Rect};

use crate::tui::app::Shell;
use crate::tui::command::Command;

/// One row of a screen as a person who hears it meets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What it is.
    pub label: String,
    /// What it says; secrets are masked as on the screen.
    pub value: String,
    /// It has the focus.
    pub focus: bool,
    /// What Enter does here.
    pub action: Option<Command>,
}

impl Row {
    /// A row without focus and action.
    pub fn told(label: &str, value: &str) -> Row {
        Row { label: label.to_owned(), value: value.to_owned(), focus: false, action: None }
    }
}

/// The window parted: header, body, notice line, footer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// The line on top.
    pub header: Rect,
    /// The screen.
    pub body: Rect,
    /// The line of notices.
    pub notice: Rect,
    /// The keys.
    pub footer: Rect,
}

/// Parts the window.
pub fn window(shell: &Shell) -> Window {
    let (width, height) = (shell.size.width, shell.size.height);
    Window {
        header: Rect::new(0, 0, width, 1),
        body: Rect::new(0, 1, width, height.saturating_sub(3)),
        notice: Rect::new(0, height.saturating_sub(2), width, 1),
        footer: Rect::new(0, height.saturating_sub(1), width, 1),
    }
}

/// Where the hardware cursor is to stand.
pub type Cursor = Position;
