//! What is said at once when the opened file is older than what this machine saved: an old copy was put in
//! its place; or it is a backup from before a password change, in the place of a damaged file. What may be
//! missing is one key away; nothing is merged or written unasked.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::backups::Backups;
use super::choice::{self, Choice};
use super::differences::Mode;
use super::popup::Item;
use super::slots::wizard::Goal;
use super::value::{age, minute};
use super::{Page, Turn, slots};
use crate::commit::Standing;
use crate::text::sanitise;
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope};
use crate::tui::contents::{Contents, Instead};
use crate::tui::effect::Effect;
use crate::tui::event::Input;
use crate::tui::screen::vault::Open;
use crate::tui::screen::{Cursor, Row};
use crate::tui::theme::Name;

/// Cells it wants.
const WIDE: u16 = 72;

/// An answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    /// The newest backup, to be put in its place or merged.
    Newest,
    /// All backups.
    Look,
    /// A new master password, which makes it the vault again.
    TakeOn,
    /// Leave it.
    Leave,
}

/// The question.
#[derive(Debug)]
pub struct Older {
    /// The file is from before a password change, and only read.
    epoch: bool,
    saved: u64,
    /// It is a backup, in the place of a damaged file.
    instead: Option<Instead>,
    acts: Vec<Act>,
    choice: Choice,
}

impl Older {
    /// The question about what was opened; none where it is as it should be.
    pub fn of(contents: &Contents) -> Option<Box<dyn Page>> {
        let (epoch, saved) = match contents.standing {
            Standing::Fine => return None,
            Standing::RolledBack { saved } => (false, saved),
            Standing::OlderEpoch { saved } => (true, saved),
        };
        let instead = contents.instead.filter(|_| epoch);
        let mut acts = match instead {
            Some(_) => vec![Act::Look],
            None => vec![Act::Newest, Act::Look],
        };
        acts.extend(contents.takes_on.map(|_| Act::TakeOn));
        acts.push(Act::Leave);
        Some(Box::new(Older { epoch, saved, instead, acts, choice: Choice::default() }))
    }

    fn items(&self, shell: &Shell) -> Vec<Item> {
        let (text, broken) = (&shell.catalog().tui.page.other, &shell.catalog().tui.page.broken);
        let time = |ms| minute(ms, &shell.zone);
        let fact = match self.instead {
            Some(instead) => {
                let name = sanitise::line(&shell.file.name);
                (broken.older)(&name, &time(instead.ms), &age(instead.ms, shell))
            }
            None if self.epoch => (text.older)(&time(self.saved)),
            None => (text.rolled_back)(&time(self.saved)),
        };
        let mut items = vec![Item::told(&fact, if self.epoch { Name::Danger } else { Name::Warn })];
        let newer = self.instead.and_then(|instead| instead.newer);
        let key = shell.keymap.label(Command::Lock);
        items.extend(newer.map(|newer| Item::told(&(broken.newer)(&time(newer), &key), Name::Warn)));
        let label = |act: &Act| match act {
            Act::Newest if self.epoch => text.restore_newest,
            Act::Newest => text.merge_newest,
            Act::Look => text.look,
            Act::TakeOn => text.take_on,
            Act::Leave if self.epoch => text.just_read,
            Act::Leave => text.leave,
        };
        choice::items(items, self.acts.iter().map(label))
    }
}

impl Page for Older {
    fn scopes(&self) -> &'static [Scope] {
        choice::SCOPES
    }

    fn name(&self, _: &Open, shell: &Shell) -> String {
        shell.catalog().tui.page.other.standing.to_owned()
    }

    fn footer(&self) -> &'static [Command] {
        choice::FOOTER
    }

    fn popup(&self) -> bool {
        true
    }

    fn update(&mut self, open: &mut Open, input: Input<'_>, shell: &mut Shell, _: &mut Vec<Effect>) -> Turn {
        let act = self.choice.chosen(input, self.acts.len()).and_then(|row| self.acts.get(row));
        let mode = if self.epoch { Mode::Restore } else { Mode::Merge };
        match act {
            None => Turn::Stay,
            Some(Act::Newest) => Turn::Replace(Box::new(Backups::newest(mode, open))),
            Some(Act::Look) => Turn::Replace(Box::new(Backups::new(open))),
            Some(Act::TakeOn) => slots::begin(Goal::Password, open, shell).map_or(Turn::Stay, Turn::Replace),
            Some(Act::Leave) => Turn::Close,
        }
    }

    fn outline(&self, _: &Open, shell: &Shell) -> Vec<Row> {
        self.choice.outline(&self.items(shell))
    }

    fn view(&self, _: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        let text = &shell.catalog().tui.page.other;
        self.choice.view(buf, area, (WIDE, text.standing, text.does), &self.items(shell), shell)
    }
}
