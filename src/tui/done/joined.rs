//! What comes of joining another copy: of the file that another session wrote, of what could not be
//! saved before a lock, of a save that met another.
//!
//! Not here: joining itself ([`Contents::join`]), also as a job ([`crate::tui::task`]).

use std::sync::Arc;

use crate::format::FormatError;
use crate::session::{Ciphertext, JoinError};
use crate::tui::app::{App, Screen, Shell};
use crate::tui::contents::{Contents, Joined};
use crate::tui::effect::Effect;
use crate::tui::notice::{Notice, SaveFailure, SlotsTold};
use crate::tui::page::broken::{Broken, Matter};
use crate::tui::screen::vault::list;
use crate::tui::task::{Task, Why};
use crate::tui::update::lock;

/// A save met the save of another session: that one comes in first.
pub(super) fn diverged(app: &mut App, bytes: Vec<u8>, out: &mut Vec<Effect>) {
    let Screen::Open(open) = &mut app.screen else {
        // - locked: the ciphertext stays, and is joined at the next unlock
        return;
    };
    if open.contents.is_large() {
        return open.work = Some(Task::Join { bytes, why: Why::Diverged, noted: None });
    }
    let joined = open.contents.join(bytes, None);
    joined_diverged(app, joined, None, out);
}

/// It is in, or not, and is to be saved with what was changed here.
pub(super) fn joined_diverged(
    app: &mut App,
    joined: Result<Joined, JoinError>,
    file: Option<Arc<Ciphertext>>,
    out: &mut Vec<Effect>,
) {
    let Screen::Open(open) = &mut app.screen else { return };
    match joined {
        Ok(_) => {
            list::refresh(open, &app.shell);
            super::worked::written(open, file, &mut app.shell, out);
            app.shell.tell(Notice::Joined);
            tell_left_out(&mut open.contents, &mut app.shell);
        }
        // - the change waits as ciphertext; it is joined under the retired key after the next unlock
        Err(JoinError::PasswordChanged { .. }) => {
            lock(app, out);
            app.shell.tell(Notice::PasswordChanged);
        }
        Err(JoinError::Format(FormatError::WrongKey)) => {
            open.watch.forked = true;
            app.shell.tell(Notice::ForkedKeys);
        }
        Err(error) => {
            let failure = SaveFailure::from(error);
            if failure == SaveFailure::Damaged {
                Broken::offer(Matter::Damaged, open);
            }
            app.shell.tell(Notice::SaveFailed(failure));
        }
    }
}

/// What could not be saved before a lock is in, or not.
pub(super) fn joined_kept(
    app: &mut App,
    joined: Result<Joined, JoinError>,
    file: Option<Arc<Ciphertext>>,
    out: &mut Vec<Effect>,
) {
    let Screen::Open(open) = &mut app.screen else { return };
    if joined.is_ok() {
        list::refresh(open, &app.shell);
    }
    if joined.is_ok() || !open.contents.recovered.is_empty() {
        super::worked::written(open, file, &mut app.shell, out);
    }
    tell_left_out(&mut open.contents, &mut app.shell);
}

/// What found no room is told.
pub(super) fn tell_left_out(contents: &mut Contents, shell: &mut Shell) {
    let count = std::mem::take(&mut contents.left_out);
    if count > 0 {
        shell.tell(Notice::Slots(SlotsTold::LeftOut(count)));
    }
}

/// What another session wrote is in, or not.
pub(super) fn joined_loaded(
    app: &mut App,
    joined: Result<Joined, JoinError>,
    asked: bool,
    out: &mut Vec<Effect>,
) {
    let Screen::Open(open) = &mut app.screen else { return };
    match joined {
        Ok(Joined::News) => {
            list::refresh(open, &app.shell);
            app.shell.tell(Notice::Reloaded);
            tell_left_out(&mut open.contents, &mut app.shell);
        }
        Ok(Joined::PutBack) => {
            // - what undo would bring back is no longer what was done to this state
            open.undo.clear();
            open.redo.clear();
            list::refresh(open, &app.shell);
            app.shell.tell(Notice::PutBackElsewhere);
        }
        Ok(Joined::Nothing) if open.contents.left_out > 0 => {
            tell_left_out(&mut open.contents, &mut app.shell);
        }
        Ok(Joined::Nothing) if !asked => {}
        Ok(Joined::Nothing) => app.shell.tell(Notice::UpToDate),
        // - the password was changed elsewhere: what is open here is of the past
        Err(JoinError::PasswordChanged { .. }) => {
            lock(app, out);
            app.shell.tell(Notice::PasswordChanged);
        }
        Err(JoinError::Format(FormatError::WrongKey)) => {
            open.watch.forked = true;
            app.shell.tell(Notice::ForkedKeys);
        }
        Err(error) => {
            let damaged = SaveFailure::from(error) == SaveFailure::Damaged;
            // - known since the unlock
            if damaged && !asked && open.contents.instead.is_some() {
                return;
            }
            if !damaged || !Broken::offer(Matter::Damaged, open) {
                app.shell.tell(Notice::ReloadFailed);
            }
        }
    }
}
