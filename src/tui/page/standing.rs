//! What is said at once when the opened file is older than what this machine saved: an old copy was put in
//! its place. What may be missing is one key away; nothing is merged unasked.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::backups::Backups;
use super::differences::Mode;
use super::popup::{self, Item};
use super::value::minute;
use super::{Page, Turn};
use crate::commit::Standing;
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope};
use crate::tui::effect::Effect;
use crate::tui::event::Input;
use crate::tui::screen::vault::Open;
use crate::tui::screen::{Cursor, Row};
use crate::tui::theme::Name;

/// Cells it wants.
const WIDE: u16 = 72;

/// The question.
#[derive(Debug)]
pub struct Older {
    /// The file is from before a password change, and only read.
    epoch: bool,
    saved: u64,
    focus: usize,
}

impl Older {
    /// The question about a file; none where it is as it should be.
    pub fn of(standing: Standing) -> Option<Box<dyn Page>> {
        let (epoch, saved) = match standing {
            Standing::Fine => return None,
            Standing::RolledBack { saved } => (false, saved),
            Standing::OlderEpoch { saved } => (true, saved),
        };
        Some(Box::new(Older { epoch, saved, focus: 0 }))
    }

    fn items(&self, shell: &Shell) -> Vec<Item> {
        let text = &shell.catalog().tui.page.other;
        let time = minute(self.saved, &shell.zone);
        let (fact, acts) = if self.epoch {
            ((text.older)(&time), [text.restore_newest, text.look, text.just_read])
        } else {
            ((text.rolled_back)(&time), [text.merge_newest, text.look, text.leave])
        };
        let look = if self.epoch { Name::Danger } else { Name::Warn };
        let mut items = vec![Item::told(&fact, look), Item::gap()];
        items.extend(acts.into_iter().enumerate().map(|(at, act)| Item::act(at, act, String::new())));
        items
    }
}

impl Page for Older {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Browse, Scope::Anywhere]
    }

    fn name(&self, _: &Open, shell: &Shell) -> String {
        shell.catalog().tui.page.other.standing.to_owned()
    }

    fn footer(&self) -> &'static [Command] {
        &[Command::Open, Command::Down, Command::Up, Command::Back]
    }

    fn popup(&self) -> bool {
        true
    }

    fn update(&mut self, open: &mut Open, input: Input<'_>, _: &mut Shell, _: &mut Vec<Effect>) -> Turn {
        let Input::Command(command) = input else { return Turn::Stay };
        match command {
            Command::Down | Command::Next => self.focus = (self.focus + 1).min(2),
            Command::Up | Command::Previous => self.focus = self.focus.saturating_sub(1),
            Command::First => self.focus = 0,
            Command::Last => self.focus = 2,
            Command::Open => {
                let mode = if self.epoch { Mode::Restore } else { Mode::Merge };
                return match self.focus {
                    0 => Turn::Replace(Box::new(Backups::newest(mode, open))),
                    1 => Turn::Replace(Box::new(Backups::new(open))),
                    _ => Turn::Close,
                };
            }
            _ => {}
        }
        Turn::Stay
    }

    fn outline(&self, _: &Open, shell: &Shell) -> Vec<Row> {
        popup::outline(&self.items(shell), self.focus)
    }

    fn view(&self, _: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        let text = &shell.catalog().tui.page.other;
        let edge = popup::edge(shell, &[(Command::Open, text.does)]);
        popup::view(buf, area, WIDE, text.standing, &edge, &self.items(shell), self.focus, shell)
    }
}
