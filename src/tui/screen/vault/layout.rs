//! Where the panes stand, and how they and the pages over them are drawn.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::{Cursor, Row, window};
use super::{Open, Pane, detail, list, side};
use crate::tui::app::Shell;

/// Both panes are shown from this width on.
pub const TWO_PANES: u16 = 76;

/// Named rectangles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// The sidebar, if it is shown.
    pub side: Option<Rect>,
    /// The list, if it is shown.
    pub list: Option<Rect>,
    /// The detail, if it is shown.
    pub detail: Option<Rect>,
}

/// Parts the body: two panes where there is room, else the one with the focus.
pub fn layout(open: &Open, shell: &Shell) -> Layout {
    let area = window(shell).body;
    if area.width < TWO_PANES {
        return match open.focus {
            Pane::List => Layout { side: None, list: Some(area), detail: None },
            Pane::Detail => Layout { side: None, list: None, detail: Some(area) },
        };
    }
    let beside = if area.width >= side::FROM { side::CELLS } else { 0 };
    let side = (beside > 0).then_some(Rect { width: beside, ..area });
    let area = Rect { x: area.x + beside, width: area.width - beside, ..area };
    // - room for the kind and the age of the password, and from there on for long user names, where
    //   that leaves the detail enough
    let left = match area.width {
        100.. => (area.width * 54 / 100).clamp(55, 96),
        90.. => area.width * 54 / 100,
        _ => area.width * 45 / 100,
    };
    let list = Rect { width: left, ..area };
    let detail = Rect { x: area.x + left, width: area.width - left, ..area };
    Layout { side, list: Some(list), detail: Some(detail) }
}

/// The screen as rows.
pub fn outline(open: &Open, shell: &Shell) -> Vec<Row> {
    if let Some(page) = open.pages.last() {
        return page.outline(open, shell);
    }
    match open.focus {
        _ if open.side.focused => side::outline(open, shell),
        Pane::List => list::outline(open, shell),
        Pane::Detail => detail::outline(open, shell),
    }
}

/// Draws it: the topmost page that covers everything, or the list, and the popups over it.
pub fn view(open: &Open, shell: &Shell, buf: &mut Buffer) -> Cursor {
    let whole = open.pages.iter().rposition(|page| !page.popup());
    let mut cursor = if whole.is_none() { view_list(open, shell, buf) } else { Cursor::new(0, 0) };
    for page in open.pages.iter().skip(whole.unwrap_or(0)) {
        cursor = page.view(open, shell, window(shell).body, buf);
    }
    cursor
}

fn view_list(open: &Open, shell: &Shell, buf: &mut Buffer) -> Cursor {
    let places = layout(open, shell);
    let mut cursor = Cursor::new(0, 0);
    if let Some(area) = places.side {
        cursor = side::view(open, shell, area, open.side.focused, buf);
    }
    if let Some(area) = places.list {
        let at = list::view(open, shell, area, buf);
        if open.focus == Pane::List && !open.side.focused {
            cursor = at;
        }
    }
    if let Some(area) = places.detail {
        let at = detail::view(open, shell, area, buf);
        if open.focus == Pane::Detail && !open.side.focused {
            cursor = at;
        }
    }
    cursor
}
