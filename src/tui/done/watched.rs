//! The watched file of an open vault: what a look at it found, and what was read again.
//!
//! Not here: when it is looked at ([`crate::tui::screen::vault::watch`]), what comes of joining it
//! ([`super::joined`]).

use super::joined;
use crate::model::Stamp;
use crate::session::Sealed;
use crate::tui::app::{App, Screen, Shell};
use crate::tui::by::Kinds;
use crate::tui::effect::{Amiss, Effect, JobId, Mark};
use crate::tui::files;
use crate::tui::notice::{Level, Notice, OtherTold};
use crate::tui::other::{Beside, Folder};
use crate::tui::page::broken::{Broken, Matter};
use crate::tui::screen::opening::Failure;
use crate::tui::screen::vault::Open;
use crate::tui::screen::vault::watch::{Loading, Looking};
use crate::tui::task::{Task, Why};
use crate::tui::update::write_again;
use crate::tui::widget::code_field::CodeField;

/// A copy was moved to the backups, or not.
pub(super) fn put_away(app: &mut App, job: JobId, mac: &[u8; 32], result: Result<(), files::Failure>) {
    let Screen::Open(open) = &mut app.screen else { return };
    if open.watch.putting.take_if(|putting| *putting == job).is_none() {
        return;
    }
    // - the next look sees what lies there now
    open.contents.beside.changed = None;
    if result.is_ok() {
        open.contents.beside.copies.retain(|copy| copy.mac != *mac);
    }
    open.watch.at = app.shell.now.boot;
    app.shell.tell(match result {
        Ok(()) => Notice::Other(OtherTold::PutAway),
        Err(failure) => Notice::FileFailed(failure),
    });
}

/// Another file than at the last look was saved by another session: it is read and joined.
pub(super) fn looked(
    app: &mut App,
    job: JobId,
    mark: Result<Mark, Amiss>,
    beside: Beside,
    out: &mut Vec<Effect>,
) {
    let Screen::Open(open) = &mut app.screen else { return };
    let Some(Looking { loaded, .. }) = open.watch.looking.take_if(|looking| looking.job == job) else {
        return;
    };
    if beside.news(&open.contents.beside) > 0 {
        app.shell.tell(Notice::CopyBeside(beside.copies.len()));
    }
    open.contents.beside = beside;
    folder_seen(open, &mut app.shell, out);
    let mark = match mark {
        Ok(mark) => mark,
        Err(amiss) => return file_amiss(app, amiss),
    };
    open.watch.amiss = None;
    if open.contents.session().loaded() == Some(mark.mac) {
        return open.watch.mark = None;
    }
    // - a save of ours came to the disk since: what lay there at the look may be what it replaced
    if open.contents.session().loaded() != loaded {
        return;
    }
    // - while something is written the look is put off, not done: the next one still sees the other file
    let quiet = open.watch.loading.is_none() && app.shell.writing.is_none();
    if quiet && open.watch.mark != Some(mark) {
        open.watch.mark = Some(mark);
        // - what waits is joined with it as it is written
        if app.shell.unwritten.is_some() {
            return write_again(&mut app.shell, out);
        }
        let job = app.shell.job();
        open.watch.loading = Some(Loading { job, asked: false });
        out.push(Effect::Load { job });
    }
}

/// Tells once that others may write into the vault's folder, as soon as that can be read: no page is in
/// front and no other warning stands there.
fn folder_seen(open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) {
    let exposed = match open.contents.beside.folder {
        Folder::NotSeen => return,
        Folder::Closed => None,
        Folder::Open(exposed) => Some(exposed),
    };
    let warned = |(notice, _): &(Notice, _)| matches!(notice.level(), Level::Warn | Level::Danger);
    let busy = !open.pages.is_empty() || shell.overlay.is_some() || shell.notice.as_ref().is_some_and(warned);
    if exposed.is_some() && busy {
        open.contents.beside.folder = Folder::NotSeen;
    } else if shell.memory.is_exposed(&shell.vault, exposed.is_some()) {
        out.push(Effect::Remember(shell.memory.clone()));
        if let Some(exposed) = exposed {
            shell.tell(Notice::FolderOpen(exposed));
        }
    }
}

/// There is no file to read. Told at the second look, and once: a save by another program may be caught
/// half-way on some file systems.
fn file_amiss(app: &mut App, amiss: Amiss) {
    let Screen::Open(open) = &mut app.screen else { return };
    let told = match open.watch.amiss {
        Some((before, told)) if before == amiss => told,
        _ if amiss == Amiss::Unknown => return,
        _ => return open.watch.amiss = Some((amiss, false)),
    };
    if told {
        return;
    }
    open.watch.amiss = Some((amiss, true));
    if amiss == Amiss::Newer {
        app.shell.tell(Notice::Other(OtherTold::NewerFile));
        return;
    }
    let matter = if amiss == Amiss::Gone { Matter::Gone } else { Matter::Damaged };
    if !Broken::offer(matter, open) {
        app.shell.tell(Notice::ReloadFailed);
    }
}

pub(super) fn loaded(
    app: &mut App,
    job: JobId,
    (result, noted): (Result<Vec<u8>, Failure>, Option<Stamp>),
    out: &mut Vec<Effect>,
) {
    if let Screen::Locked(state) = &mut app.screen
        && state.checking.take_if(|checking| *checking == job).is_some()
    {
        let looked = result.and_then(|bytes| Ok(Sealed::read(bytes)?));
        app.shell.kinds = looked.as_ref().ok().map(Kinds::of);
        state.failure = looked.err();
        if app.shell.kinds.is_some_and(Kinds::only_recovery) && state.is_bare() {
            state.code = Some(CodeField::default());
        }
        return;
    }
    let Screen::Open(open) = &mut app.screen else { return };
    let Some(Loading { asked, .. }) = open.watch.loading.take_if(|loading| loading.job == job) else {
        return;
    };
    // - an edit that waits for the disk is not given up for what was put back
    let noted = noted.filter(|_| app.shell.unwritten.is_none());
    let joined = match result {
        Ok(bytes) if open.contents.is_large() => {
            let why = if asked { Why::Asked } else { Why::Saved };
            return open.work = Some(Task::Join { bytes, why, noted });
        }
        Ok(bytes) => open.contents.join(bytes, noted),
        // - a save by another program may be caught half-way on some file systems: the next look sees it
        Err(_) if !asked => return open.watch.mark = None,
        Err(Failure::Newer | Failure::NewerOrDamaged) => {
            return app.shell.tell(Notice::Other(OtherTold::NewerFile));
        }
        Err(failure) => {
            let gone = failure == Failure::NotFound;
            let damaged = matches!(failure, Failure::Damaged | Failure::NotAVault | Failure::TooLarge);
            let matter = if gone { Matter::Gone } else { Matter::Damaged };
            if !(gone || damaged) || !Broken::offer(matter, open) {
                app.shell.tell(Notice::ReloadFailed);
            }
            return;
        }
    };
    joined::joined_loaded(app, joined, asked, out);
}
