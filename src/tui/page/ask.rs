//! A question with the harmless answer in focus. What is to follow is data.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::names::{self, Refiling};
use super::{Page, Turn};
use crate::model::Id;
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope};
use crate::tui::effect::Effect;
use crate::tui::event::Input;
use crate::tui::screen::vault::Open;
use crate::tui::screen::vault::bulk::{self, Act, Bulk};
use crate::tui::screen::{Cursor, Row};
use crate::tui::theme::Name;
use crate::tui::widget::frame::popup;
use crate::tui::widget::text::{fill, put, width, wrap};

/// What follows a yes.
#[derive(Debug)]
pub enum Then {
    /// These go to the trash.
    Trash(Vec<Id>),
    /// Folders or tags become others.
    Refile(Refiling),
}

/// The question.
#[derive(Debug)]
pub struct Ask {
    then: Then,
    yes: bool,
}

impl Ask {
    /// Asks, with Cancel in focus.
    pub fn new(then: Then) -> Ask {
        Ask { then, yes: false }
    }

    fn words(&self, shell: &Shell) -> (String, [&'static str; 2]) {
        let text = &shell.catalog().tui.page.browse;
        match &self.then {
            Then::Trash(ids) => ((text.ask_trash)(ids.len()), [text.cancel, text.to_trash]),
            Then::Refile(asked) => (asked.question(shell), [text.cancel, asked.answer(shell)]),
        }
    }
}

impl Page for Ask {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Browse, Scope::Anywhere]
    }

    fn name(&self, _: &Open, shell: &Shell) -> String {
        match &self.then {
            Then::Refile(asked) => asked.title(shell).to_owned(),
            Then::Trash(_) => shell.catalog().tui.page.trash.title.to_owned(),
        }
    }

    fn footer(&self) -> &'static [Command] {
        &[Command::Open, Command::Down, Command::Up, Command::Back]
    }

    fn popup(&self) -> bool {
        true
    }

    fn update(
        &mut self,
        open: &mut Open,
        input: Input<'_>,
        shell: &mut Shell,
        out: &mut Vec<Effect>,
    ) -> Turn {
        let Input::Command(command) = input else { return Turn::Stay };
        match command {
            Command::Up | Command::Left | Command::First => self.yes = false,
            Command::Down | Command::Right | Command::Last => self.yes = true,
            Command::Next | Command::Previous => self.yes = !self.yes,
            Command::Open if self.yes => {
                match &mut self.then {
                    Then::Trash(ids) => {
                        bulk::run(open, Bulk { ids: std::mem::take(ids), act: Act::Trash }, shell, out);
                    }
                    Then::Refile(asked) => names::act(open, asked.what.clone(), asked.deed, shell, out),
                }
                return Turn::Close;
            }
            Command::Open => return Turn::Close,
            _ => {}
        }
        Turn::Stay
    }

    fn outline(&self, _: &Open, shell: &Shell) -> Vec<Row> {
        let (question, answers) = self.words(shell);
        let answer = |at: usize, text: &str| Row {
            label: text.to_owned(),
            value: question.clone(),
            focus: (at == 1) == self.yes,
            action: Some(Command::Open),
        };
        answers.iter().enumerate().map(|(at, text)| answer(at, text)).collect()
    }

    fn view(&self, open: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        let (question, answers) = self.words(shell);
        let theme = &shell.theme;
        let cells = width(&question).clamp(28, area.width.saturating_sub(8));
        let lines = wrap(&question, cells, 4);
        let tall = u16::try_from(lines.len()).unwrap_or(4) + 5;
        let inner = popup(buf, area, (cells + 4, tall), &self.name(open, shell), theme);
        let mut y = inner.y;
        for line in &lines {
            put(buf, inner.x + 1, y, cells, line, theme.style(Name::Text));
            y += 1;
        }
        y += 1;
        let mut cursor = Cursor::new(inner.x, y);
        for (at, answer) in answers.iter().enumerate() {
            let here = (at == 1) == self.yes;
            let style = theme.style(if here { Name::Selected } else { Name::Text });
            let mark = if here { "> " } else { "  " };
            put(buf, inner.x, y, inner.width, &fill(&format!("{mark}{answer}"), inner.width), style);
            if here {
                cursor = Cursor::new(inner.x, y);
            }
            y += 1;
        }
        cursor
    }
}
