//! The first step: Japanese or English.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Asked, Cursor, Row, frame_of};
use crate::text::{Lang, catalog};
use crate::tui::app::Shell;
use crate::tui::command::Command;
use crate::tui::effect::Effect;
use crate::tui::event::Input;
use crate::tui::theme::Name;
use crate::tui::widget::frame::frame;
use crate::tui::widget::text::put;

pub(super) fn update(input: Input<'_>, shell: &mut Shell, out: &mut Vec<Effect>) -> Asked {
    match input {
        Input::Command(Command::ChoiceDown | Command::ChoiceUp | Command::Next | Command::Previous) => {
            crate::tui::update::switch_language(shell, out)
        }
        Input::Command(Command::Choose) => {
            shell.memory.language = Some(shell.lang);
            shell.memory.chosen_over = Some(shell.asked_lang);
            // - remembered with the vault: nothing is written before the last step
            return Asked::Next;
        }
        _ => {}
    }
    Asked::Stay
}

pub(super) fn outline(shell: &Shell) -> Vec<Row> {
    let row = |lang| Row {
        label: catalog(lang).tui.language_name.to_owned(),
        value: String::new(),
        focus: lang == shell.lang,
        action: Some(Command::Choose),
    };
    [Lang::Ja, Lang::En].map(row).to_vec()
}

pub(super) fn view(shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
    let (text, theme) = (&shell.catalog().tui.create, &shell.theme);
    let place = frame_of(area, 9);
    let inner = frame(buf, place, shell.catalog().tui.page.welcome.title, true, theme);
    let x = inner.x + 3;
    put(buf, x, inner.y + 1, inner.width - 4, text.language, theme.style(Name::Dim));
    let mut cursor = Cursor::new(x, inner.y + 3);
    for (y, lang) in (inner.y + 3..).zip([Lang::Ja, Lang::En]) {
        let chosen = lang == shell.lang;
        let name = if chosen { Name::Selected } else { Name::Text };
        let mark = if chosen { "> " } else { "  " };
        put(buf, x, y, 20, &format!("{mark}{} ", catalog(lang).tui.language_name), theme.style(name));
        if chosen {
            cursor = Cursor::new(x, y);
        }
    }
    cursor
}
