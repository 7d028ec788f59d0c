//! A vault that comes back from long work, and what follows.

use std::sync::Arc;

use super::joined::{joined_diverged, joined_kept, joined_loaded};
use crate::session::Ciphertext;
use crate::tui::app::{App, Screen, Shell};
use crate::tui::effect::{Effect, JobId, Outcome};
use crate::tui::event::Event;
use crate::tui::notice::Notice;
use crate::tui::page::slots::job::Did;
use crate::tui::page::slots::old::OldBackups;
use crate::tui::pressed::take;
use crate::tui::screen::vault::{Open, bulk, copy, list};
use crate::tui::screen::working;
use crate::tui::task::{Done, Then, Why, Worked};
use crate::tui::update::lock;

/// Puts the vault back, tells the page what became of the work, and takes what came meanwhile.
pub(super) fn worked(app: &mut App, job: JobId, worked: Option<Worked>, out: &mut Vec<Effect>) {
    if !matches!(&app.screen, Screen::Working(state) if state.job == job) {
        // - locked meanwhile: dropping it wipes it
        return;
    }
    let Some(Worked { open, done }) = worked else {
        // - what broke off had the vault with it; on the disk nothing was touched
        lock(app, out);
        return app.shell.tell(Notice::WorkLost);
    };
    let Screen::Working(state) = std::mem::replace(&mut app.screen, Screen::Open(open)) else { return };
    let working::State { kept, late, .. } = state;
    // - what came meanwhile is older: a save must be known before the work's page makes the next one
    for (job, outcome) in late {
        super::done(app, job, outcome, out);
    }
    super::done(app, job, Outcome::Done(done), out);
    for event in kept {
        match event {
            Event::Key(_) | Event::Paste(_) => take(app, event, out),
            _ => {}
        }
    }
    if let Screen::Open(open) = &mut app.screen {
        crate::tui::screen::vault::settle(open, &app.shell);
    }
}

/// What follows where no page asked for it.
pub(super) fn follow(app: &mut App, done: Done, out: &mut Vec<Effect>) {
    match done {
        Done::Applied { then, deed: (deed, count), done, file } => {
            let Screen::Open(open) = &mut app.screen else { return };
            if !done {
                return app.shell.tell(Notice::ChangeRefused);
            }
            list::refresh(open, &app.shell);
            match file {
                Some(file) if then == Then::Import => copy::write_important(file, &mut app.shell, out),
                file => written(open, file, &mut app.shell, out),
            }
            match then {
                Then::Undo => app.shell.tell(Notice::Undone(deed, count)),
                Then::Redo => app.shell.tell(Notice::Redone(deed, count)),
                Then::Act => app.shell.tell(Notice::Done(deed, count)),
                Then::Import => {}
            }
        }
        Done::Gone => app.shell.tell(Notice::StepGone),
        Done::Bulk(became, file) => {
            let Screen::Open(open) = &mut app.screen else { return };
            if bulk::took(open, became, &mut app.shell) {
                written(open, file, &mut app.shell, out);
            }
        }
        Done::Joined(Why::Kept, joined, file) => joined_kept(app, joined, file, out),
        Done::Joined(Why::Diverged, joined, file) => joined_diverged(app, joined, file, out),
        Done::Joined(why, joined, _) => joined_loaded(app, joined, why == Why::Asked, out),
        Done::Slots(Ok(Did::Holding(backups))) => {
            let Screen::Open(open) = &mut app.screen else { return };
            if !backups.is_empty() {
                open.pages.push(Box::new(OldBackups::of_purge(backups)));
            }
        }
        // - the page that asked is gone
        Done::Slots(_)
        | Done::Cancelled
        | Done::Planned(_)
        | Done::Exported(_)
        | Done::Master(_)
        | Done::Fell(..)
        | Done::Proposed(_)
        | Done::Mail(_)
        | Done::Rotated(_)
        | Done::Other(_)
        | Done::Gathered(..) => {}
    }
}

/// Asks for what was sealed to be written.
pub(super) fn written(
    open: &mut Open,
    file: Option<Arc<Ciphertext>>,
    shell: &mut Shell,
    out: &mut Vec<Effect>,
) {
    match file {
        Some(file) => copy::write(file, shell, out),
        // - tried again here, which tells why it fails
        None => copy::save(open, shell, out),
    }
}
