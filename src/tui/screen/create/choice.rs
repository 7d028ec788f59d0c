//! The second step: what to begin with.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Asked, Cursor, Row, Wish, frame_of};
use crate::tui::app::Shell;
use crate::tui::command::Command;
use crate::tui::event::Input;
use crate::tui::theme::Name;
use crate::tui::widget::frame::frame;
use crate::tui::widget::text::{fill, put, wrap};

pub(super) fn update(wish: &mut Wish, input: Input<'_>) -> Asked {
    let at = Wish::ALL.iter().position(|one| one == wish).unwrap_or(0);
    let last = Wish::ALL.len() - 1;
    *wish = match input {
        Input::Command(Command::ChoiceDown) => Wish::ALL[(at + 1).min(last)],
        Input::Command(Command::ChoiceUp) => Wish::ALL[at.saturating_sub(1)],
        Input::Command(Command::Next) => Wish::ALL[(at + 1) % (last + 1)],
        Input::Command(Command::Previous) => Wish::ALL[(at + last) % (last + 1)],
        Input::Command(Command::Choose) if *wish == Wish::Demo => return Asked::Demo,
        Input::Command(Command::Choose) => return Asked::Next,
        _ => return Asked::Stay,
    };
    Asked::Stay
}

pub(super) fn outline(wish: Wish, shell: &Shell) -> Vec<Row> {
    let text = &shell.catalog().tui.page.welcome;
    let row = |one| {
        let (label, value) = (text.choice)(one);
        Row {
            label: label.to_owned(),
            value: value.to_owned(),
            focus: one == wish,
            action: Some(Command::Choose),
        }
    };
    Wish::ALL.map(row).to_vec()
}

pub(super) fn view(wish: Wish, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
    let (text, theme) = (&shell.catalog().tui.page.welcome, &shell.theme);
    let place = frame_of(area, 13);
    let inner = frame(buf, place, text.title, true, theme);
    let (x, cells) = (inner.x + 3, inner.width - 6);
    put(buf, x, inner.y + 1, cells, text.begin, theme.style(Name::Dim));
    let mut cursor = Cursor::new(x, inner.y + 3);
    for (y, one) in (inner.y + 3..).zip(Wish::ALL) {
        let chosen = one == wish;
        let name = if chosen { Name::Selected } else { Name::Text };
        let mark = if chosen { "> " } else { "  " };
        let line = fill(&format!("{mark}{}", (text.choice)(one).0), cells);
        put(buf, x, y, cells, &line, theme.style(name));
        if chosen {
            cursor = Cursor::new(x, y);
        }
    }
    for (y, line) in (inner.y + 8..inner.bottom()).zip(wrap((text.choice)(wish).1, cells, 3)) {
        put(buf, x, y, cells, &line, theme.style(Name::Dim));
    }
    cursor
}
