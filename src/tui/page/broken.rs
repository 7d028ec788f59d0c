//! What is said when the vault's file is found damaged, at the unlock (a backup was opened in its place) or
//! while the vault is open, or gone: what is open here is whole and can be written anew. Not for a file that is just older ([`super::standing`]).

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::choice::{self, Choice};
use super::popup::Item;
use super::standing::Older;
use super::value::{age, minute};
use super::{Page, Turn, opener};
use crate::text::sanitise;
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope};
use crate::tui::contents::Instead;
use crate::tui::effect::{Effect, JobId, Outcome};
use crate::tui::event::Input;
use crate::tui::notice::{Notice, OtherTold};
use crate::tui::other::{self, Failure, Job};
use crate::tui::screen::vault::{Open, copy};
use crate::tui::screen::{Cursor, Row};
use crate::tui::task::{Done, Task};
use crate::tui::theme::Name;

/// Cells it wants.
const WIDE: u16 = 72;

/// What is the matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Matter {
    /// The file is damaged.
    Damaged,
    /// There is none any more.
    Gone,
    /// It was damaged already, and this is a backup.
    Instead(Instead),
}

/// The question.
#[derive(Debug)]
pub struct Broken {
    matter: Matter,
    /// Why it was not written anew.
    failure: Option<Failure>,
    choice: Choice,
    close: bool,
}

impl Broken {
    /// Offers it, unless a page is in front that it would cover (F5 offers it then), or nothing may be
    /// written. False when it could not.
    pub fn offer(matter: Matter, open: &mut Open) -> bool {
        let free = open.pages.is_empty() && open.work.is_none();
        let matter = match (matter, open.contents.instead) {
            (Matter::Damaged, Some(instead)) => Matter::Instead(instead),
            (other, _) => other,
        };
        // - a backup from before a password change is not written just so
        if let (true, Matter::Instead(_), Some(older)) = (free, matter, Older::of(&open.contents)) {
            open.pages.push(older);
            return true;
        }
        let free = free && !open.contents.read_only();
        if free {
            open.pages.push(Box::new(Broken {
                matter,
                failure: None,
                choice: Choice::default(),
                close: false,
            }));
        }
        free
    }

    fn items(&self, shell: &Shell) -> Vec<Item> {
        let text = &shell.catalog().tui.page.broken;
        let name = sanitise::line(&shell.file.name);
        let fact = match self.matter {
            Matter::Damaged => (text.broken)(&name),
            Matter::Gone => (text.gone)(&name),
            Matter::Instead(instead) => {
                (text.instead)(&name, &minute(instead.ms, &shell.zone), &age(instead.ms, shell))
            }
        };
        let mut items = vec![Item::told(&fact, Name::Danger)];
        if let Matter::Instead(Instead { newer: Some(newer), .. }) = self.matter {
            let key = shell.keymap.label(Command::Lock);
            items.push(Item::told(&(text.newer)(&minute(newer, &shell.zone), &key), Name::Warn));
        }
        if let Some(failure) = &self.failure {
            items.push(Item::told(&opener::said(failure, shell).line(), Name::Warn));
        }
        choice::items(items, [text.rewrite, shell.catalog().tui.page.other.leave])
    }
}

impl Page for Broken {
    fn scopes(&self) -> &'static [Scope] {
        choice::SCOPES
    }

    fn name(&self, _: &Open, shell: &Shell) -> String {
        shell.catalog().tui.page.broken.title.to_owned()
    }

    fn footer(&self) -> &'static [Command] {
        choice::FOOTER
    }

    fn popup(&self) -> bool {
        true
    }

    fn update(&mut self, open: &mut Open, input: Input<'_>, _: &mut Shell, _: &mut Vec<Effect>) -> Turn {
        match self.choice.chosen(input, 2) {
            Some(0) => open.work = Some(Task::Other(Job::Rewrite)),
            Some(_) => return Turn::Close,
            None => {}
        }
        Turn::Stay
    }

    fn done(
        &mut self,
        _: JobId,
        outcome: Outcome,
        open: &mut Open,
        shell: &mut Shell,
        out: &mut Vec<Effect>,
    ) -> Option<Outcome> {
        let result = match outcome {
            Outcome::Done(Done::Other(other::Done::Rewritten(result))) => result,
            other => return Some(other),
        };
        match result {
            Ok(anew) => {
                self.close = true;
                open.contents.instead = None;
                open.watch.amiss = None;
                open.watch.mark = None;
                if anew {
                    shell.tell(Notice::Other(OtherTold::Rewritten));
                } else {
                    shell.tell(Notice::Other(OtherTold::WholeAgain));
                }
                // - what waited is in it or joins what is whole; saved the usual way it is done with
                if shell.unsaved() {
                    copy::save(open, shell, out);
                }
            }
            Err(failure) => self.failure = Some(failure),
        }
        None
    }

    fn turn(&mut self) -> Option<Turn> {
        std::mem::take(&mut self.close).then_some(Turn::Close)
    }

    fn outline(&self, _: &Open, shell: &Shell) -> Vec<Row> {
        self.choice.outline(&self.items(shell))
    }

    fn view(&self, _: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        let pages = &shell.catalog().tui.page;
        let head = (WIDE, pages.broken.title, pages.other.does);
        self.choice.view(buf, area, head, &self.items(shell), shell)
    }
}
