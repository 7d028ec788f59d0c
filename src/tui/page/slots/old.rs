//! Backups that tell too much: those that open with what was just ended, those that still hold what was
//! deleted for ever. They are named; a person keeps them, deletes them, or has them deleted in a week.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::job::{Did, Job};
use crate::store::Backup;
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope};
use crate::tui::contents::moment;
use crate::tui::effect::{Effect, JobId, Outcome};
use crate::tui::event::Input;
use crate::tui::notice::{Notice, SlotsTold};
use crate::tui::page::choice::{self, Choice};
use crate::tui::page::popup::Item;
use crate::tui::page::{Page, Turn};
use crate::tui::screen::vault::Open;
use crate::tui::screen::{Cursor, Row};
use crate::tui::task::{Done, Task};
use crate::tui::theme::Name;

/// A week.
const LATER_MS: u64 = 7 * 86_400_000;
/// Names that are listed.
const LISTED: usize = 5;
/// Cells it wants.
const WIDE: u16 = 66;

/// The question.
#[derive(Debug)]
pub struct OldBackups {
    backups: Vec<Backup>,
    /// They hold what was deleted for ever; else they open with what was ended.
    hold: bool,
    choice: Choice,
    /// They go at this time.
    when: Option<u64>,
    turn: Option<Turn>,
}

impl OldBackups {
    /// Those that open with what was valid before a key change.
    pub fn of_password(backups: Vec<Backup>) -> OldBackups {
        OldBackups { backups, hold: false, choice: Choice::default(), when: None, turn: None }
    }

    /// Those that still hold what was deleted for ever.
    pub fn of_purge(backups: Vec<Backup>) -> OldBackups {
        OldBackups { hold: true, ..OldBackups::of_password(backups) }
    }

    fn items(&self, shell: &Shell) -> Vec<Item> {
        let text = &shell.catalog().tui.page.slots;
        let heading = if self.hold { text.holding } else { text.older };
        let mut items = vec![Item::told(&heading(self.backups.len()), Name::Warn), Item::gap()];
        for backup in self.backups.iter().take(LISTED) {
            items.push(Item::told(&format!("  {}", moment(backup.ms, &shell.zone)), Name::Text));
        }
        if self.backups.len() > LISTED {
            items.push(Item::told("  ..", Name::Dim));
        }
        choice::items(items, [text.backups_keep, text.backups_delete, text.backups_later])
    }
}

impl Page for OldBackups {
    fn scopes(&self) -> &'static [Scope] {
        choice::SCOPES
    }

    fn name(&self, _: &Open, shell: &Shell) -> String {
        shell.catalog().tui.page.slots.backups.to_owned()
    }

    fn footer(&self) -> &'static [Command] {
        choice::FOOTER
    }

    fn popup(&self) -> bool {
        true
    }

    fn update(&mut self, open: &mut Open, input: Input<'_>, shell: &mut Shell, _: &mut Vec<Effect>) -> Turn {
        match self.choice.chosen(input, 3) {
            Some(0) => return Turn::Close,
            Some(row) => {
                self.when = (row == 2).then(|| shell.now.wall_ms + LATER_MS);
                let names = self.backups.iter().map(|backup| backup.name.clone()).collect();
                open.work = Some(Task::Slots(Job::Backups { names, when: self.when }));
            }
            None => {}
        }
        Turn::Stay
    }

    fn done(
        &mut self,
        _: JobId,
        outcome: Outcome,
        _: &mut Open,
        shell: &mut Shell,
        _: &mut Vec<Effect>,
    ) -> Option<Outcome> {
        match outcome {
            Outcome::Done(Done::Slots(Ok(Did::Backups(count)))) => {
                shell.tell(Notice::Slots(match self.when {
                    None => SlotsTold::BackupsGone(count),
                    Some(_) => SlotsTold::BackupsLater(count),
                }));
                self.turn = Some(Turn::Close);
                None
            }
            Outcome::Done(Done::Slots(Err(_))) => {
                shell.tell(Notice::Slots(SlotsTold::BackupsStay));
                self.turn = Some(Turn::Close);
                None
            }
            other => Some(other),
        }
    }

    fn turn(&mut self) -> Option<Turn> {
        self.turn.take()
    }

    fn outline(&self, _: &Open, shell: &Shell) -> Vec<Row> {
        self.choice.outline(&self.items(shell))
    }

    fn view(&self, _: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        let text = &shell.catalog().tui.page.slots;
        let does = shell.catalog().tui.page.other.does;
        self.choice.view(buf, area, (WIDE, text.backups, does), &self.items(shell), shell)
    }
}
