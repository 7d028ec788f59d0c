//! What became of jobs, taken into the state: a vault opened or made, a file written, joined or read
//! again, a copy made or cleared. Pure, as [`super::update`].

mod joined;
mod watched;
mod worked;

use std::sync::Arc;
use std::time::Duration;

use super::app::{App, Clip, Screen, Shell};
use super::by::Kinds;
use super::config;
use super::contents::{Contents, Part};
use super::dialog::Overlay;
use super::effect::{Amiss, Effect, JobId, Outcome, Saved};
use super::health;
use super::kept;
use super::notice::{Cleared, IncidentTold, Notice, Place, SaveFailure, SlotsTold};
use super::page::broken::{Broken, Matter};
use super::page::{self, slots};
use super::screen::opening::Failure;
use super::screen::vault::{Open, copy, saving};
use super::screen::{create, unlock, vault};
use super::task::Task;
use super::update::{ask_tmux, lock};
use crate::commit::Standing;
use crate::session::Ciphertext;
use crate::text::Lang;

/// How soon a failed write is tried again.
const RETRY: Duration = Duration::from_secs(10);

/// Takes the outcome of a job; a result that nobody waits for any more is dropped.
pub(super) fn done(app: &mut App, job: JobId, outcome: Outcome, out: &mut Vec<Effect>) {
    let outcome = match outcome {
        Outcome::Worked(worked) => return worked::worked(app, job, worked, out),
        outcome @ (Outcome::Copied(_) | Outcome::Cleared(_)) => outcome,
        // - they are about the vault that is away
        other => match &mut app.screen {
            Screen::Working(state) => return state.late.push((job, other)),
            _ => other,
        },
    };
    let left = match &mut app.screen {
        Screen::Open(open) => vault::done(open, job, outcome, &mut app.shell, out),
        Screen::Create(state) => create::done(state, job, outcome, &mut app.shell, out),
        Screen::Locked(state) => {
            let (left, next) = unlock::done(state, job, outcome, &mut app.shell, out);
            if let Some(screen) = next {
                app.screen = screen;
            }
            left
        }
        Screen::Opening(_) | Screen::Working(_) => Some(outcome),
    };
    let Some(outcome) = left else { return };
    match outcome {
        Outcome::Opened(result, took) => opened(app, job, result, took, out),
        Outcome::Created(result) => created(app, job, result, out),
        Outcome::Sealed(result) => saving::sealed(app, job, result, out),
        Outcome::Written(result) => written(app, job, result, out),
        Outcome::Loaded(result, noted) => watched::loaded(app, job, (result, noted), out),
        Outcome::Looked(mark, beside) => watched::looked(app, job, mark, beside, out),
        // - whoever asked is gone
        Outcome::Files(_) | Outcome::Worked(_) | Outcome::Panes(_) | Outcome::Pasted(_) => {}
        Outcome::PutAway(mac, result) => watched::put_away(app, job, &mac, result),
        Outcome::DraftKept(kept) => {
            // - told once, not at every try
            if !std::mem::replace(&mut app.shell.draft_lost, !kept) && !kept {
                app.shell.tell(Notice::DraftNotKept);
            }
        }
        Outcome::Vaults(found) => {
            if let Some(Overlay::Vaults(window)) = &mut app.shell.overlay {
                window.looked(job, found);
            }
        }
        Outcome::Kept(answer) => kept::answered(app, job, answer, out),
        Outcome::Route(route) => app.shell.route = Some(route),
        Outcome::Done(done) => worked::follow(app, done, out),
        Outcome::Health(checked) => {
            if let Screen::Open(open) = &mut app.screen {
                health::done(open, job, checked, &app.shell, out);
            }
        }
        Outcome::Config(result) => config::read(&mut app.shell, job, result, out),
        Outcome::Configured(result) => config::written(&mut app.shell, job, result, out),
        Outcome::Browsed(taken) => browsed(app, job, taken, out),
        Outcome::Attached(Some(0)) if app.shell.attached => {
            app.shell.attached = false;
            if matches!(app.screen, Screen::Open(_)) && app.shell.settings.lock_on_detach {
                lock(app, out);
                kept::look(app, out);
                app.shell.tell(Notice::LockedDetached);
            }
        }
        // - started where nobody looked (by a script), it locks only after somebody did
        Outcome::Attached(clients) => app.shell.attached |= clients.is_some_and(|clients| clients > 0),
        Outcome::Copied(result) => {
            let before = match app.shell.clip {
                Clip::Sending { job: waited, before } if waited == job => before,
                _ => return,
            };
            match result {
                Ok(place) => {
                    let until = app.shell.now.boot + app.shell.settings.clear_after;
                    app.shell.clip = Clip::Held { place, until };
                    app.shell.copied_to = Some(place);
                }
                Err(failure) => {
                    app.shell.clip = before.map_or(Clip::Empty, |(place, until)| Clip::Held { place, until });
                    app.shell.tell(Notice::CopyFailed(failure));
                    // - what was not copied is not passed over
                    if let Screen::Open(open) = &mut app.screen {
                        open.turn = None;
                    }
                }
            }
        }
        Outcome::Cleared(cleared) => {
            if app.shell.clip != Clip::Clearing(job) {
                return;
            }
            let seen = if cleared == Cleared::Sent && app.shell.focused == Some(false) {
                Cleared::NotYet
            } else {
                cleared
            };
            app.shell.clip = match seen {
                Cleared::Done | Cleared::NotOurs => Clip::Empty,
                // - with the keyboard here the terminal heard it; without events nobody knows
                Cleared::Sent if app.shell.focused == Some(true) => Clip::Empty,
                Cleared::Sent => Clip::Sent,
                Cleared::NotYet => Clip::NotYet,
            };
            app.shell.tell(Notice::Cleared(seen));
            // - not beside the copy: there it says what was copied, and until when
            if let Some(place) = app.shell.copied_to.take() {
                offer_test(app, place);
            }
        }
    }
}

/// After the first copy that nobody can see arrive, in a terminal nothing is known about, the test is
/// offered in a word.
fn offer_test(app: &mut App, place: Place) {
    let shell = &mut app.shell;
    let known = shell.memory.copies.iter().any(|(name, _)| *name == shell.terminal);
    if place != Place::Desktop && !shell.terminal.is_empty() && !known && !shell.test_offered {
        shell.test_offered = true;
        shell.tell(Notice::TestCopies);
    }
}

fn waits_for(app: &App, job: JobId) -> bool {
    matches!(&app.screen, Screen::Opening(state) if state.job == job)
}

fn opened(
    app: &mut App,
    job: JobId,
    result: Result<Box<Contents>, Failure>,
    took: u64,
    out: &mut Vec<Effect>,
) {
    if !waits_for(app, job) {
        // - cancelled meanwhile: dropping it wipes it
        return;
    }
    match result {
        Ok(contents) => {
            let shell = &mut app.shell;
            if shell.memory.opening_ms != Some(took) && !shell.demo {
                shell.memory.opening_ms = Some(took);
                out.push(Effect::Remember(shell.memory.clone()));
            }
            enter(app, contents, out);
        }
        Err(failure) => {
            app.screen = Screen::Locked(unlock::State::failed(failure));
        }
    }
}

/// Goes into a vault that was opened.
pub(super) fn enter(app: &mut App, contents: Box<Contents>, out: &mut Vec<Effect>) {
    let shell = &mut app.shell;
    shell.last_input = shell.now.boot;
    let mut open = Open::new(*contents, shell);
    remember_vault(shell, out);
    if open.contents.cheap {
        // - it can wait: what was told of the opening itself stays in front
        let before = shell.notice.take();
        shell.tell(Notice::Slots(SlotsTold::Cheap));
        if before.is_some() {
            shell.notice = before;
        }
    }
    // - what a full disk kept back before the lock is joined with what is there now
    saving::part(shell);
    saving::join_unwritten(&mut open, shell, out);
    if !open.contents.recovered.is_empty() {
        // - else it is saved with what is joined just now
        if open.work.is_none() {
            copy::save(&mut open, shell, out);
        }
        shell.tell(Notice::Recovered);
    }
    if open.contents.conflict {
        shell.tell(Notice::ConflictCopy);
    }
    if !open.contents.news.is_empty() {
        shell.tell(Notice::CopyBeside(open.contents.news.len()));
    }
    if !open.contents.waiting.is_empty() {
        shell.tell(Notice::KeptBefore);
    }
    // - what was told of the opening itself stays in front
    if let Some((over, all)) = page::incident::left(&open) {
        let before = shell.notice.take();
        shell.tell(Notice::Incident(IncidentTold::GoOn(over, all)));
        shell.notice = before.or(shell.notice.take());
    }
    match open.contents.standing {
        Standing::Fine => {}
        Standing::RolledBack { .. } => shell.tell(Notice::RolledBack),
        Standing::OlderEpoch { .. } => shell.tell(Notice::OlderEpoch),
    }
    shell.kinds = Some(Kinds::of_open(open.contents.session()));
    page::form::offer(&mut open, shell);
    open.pages.extend(page::standing::Older::of(&open.contents));
    if let Some(instead) = open.contents.instead {
        open.watch.amiss = Some((Amiss::Damaged, true));
        Broken::offer(Matter::Instead(instead), &mut open);
    }
    app.screen = Screen::Open(Box::new(open));
    // - a link may drop right after the unlock
    ask_tmux(&mut app.shell, out);
}

/// The vault is offered again later.
fn remember_vault(shell: &mut Shell, out: &mut Vec<Effect>) {
    let known = shell.demo || shell.vault.as_os_str().is_empty();
    if !known && shell.memory.opened(&shell.vault) {
        out.push(Effect::Remember(shell.memory.clone()));
    }
}

fn created(app: &mut App, job: JobId, result: Result<Box<Contents>, Failure>, out: &mut Vec<Effect>) {
    if !waits_for(app, job) {
        return;
    }
    let shell = &mut app.shell;
    let sealed = result.and_then(|mut contents| {
        match contents.session_mut().seal(shell.now.wall_ms, &mut *shell.entropy) {
            Ok(file) => Ok((contents, file)),
            Err(error) => Err(Failure::Other(error.to_string())),
        }
    });
    match (sealed, &mut app.screen) {
        (Ok((contents, file)), Screen::Opening(state)) => {
            state.made = Some(contents);
            let file = Arc::new(file);
            copy::write(file, shell, out);
        }
        (Ok(_), _) => {}
        (Err(failure), screen) => not_made(screen, failure, shell.lang),
    }
}

fn written(app: &mut App, job: JobId, result: Result<Saved, SaveFailure>, out: &mut Vec<Effect>) {
    let Some((_, file)) = app.shell.writing.take_if(|(waited, _)| *waited == job) else { return };
    if matches!(&app.screen, Screen::Opening(state) if state.made.is_some()) {
        return made(app, result, out);
    }
    match result {
        Ok(Saved::Written) => {
            saved(app, &file, out);
            if !app.shell.unsaved() {
                super::switch::go_on(app, out);
            }
        }
        Ok(Saved::Diverged(bytes)) => joined::diverged(app, bytes, out),
        Err(failure) => {
            app.shell.retry_at = Some(app.shell.now.boot + RETRY);
            // - a vault that cannot be saved is not left
            if app.shell.switch_to.take().is_some() {
                return app.shell.tell(Notice::SaveFailed(failure));
            }
            // - told once, not at every try
            let again = Notice::SaveFailed(failure);
            if app.shell.messages.back().map(|(_, notice)| notice) != Some(&again) {
                app.shell.tell(again);
            }
        }
    }
}

/// A new vault was written, or not.
fn made(app: &mut App, result: Result<Saved, SaveFailure>, out: &mut Vec<Effect>) {
    let file = app.shell.unwritten.take();
    let Screen::Opening(state) = &mut app.screen else { return };
    let Some(contents) = state.made.take() else { return };
    let failure = match result {
        Ok(Saved::Written) => {
            app.shell.last_input = app.shell.now.boot;
            let mut open = Open::new(*contents, &app.shell);
            if let Some(file) = file {
                open.contents.session_mut().written(file.mac);
            }
            app.shell.tell(Notice::Created);
            if let Some(from) = state.from.take() {
                create::first::go_on(&mut open, from.outcome(), &mut app.shell, out);
            }
            app.screen = Screen::Open(Box::new(open));
            remember_vault(&mut app.shell, out);
            return;
        }
        Ok(Saved::Diverged(_)) | Err(SaveFailure::Exists) => Failure::Exists,
        Err(other) => Failure::CannotWrite(other),
    };
    not_made(&mut app.screen, failure, app.shell.lang);
}

/// Back to the last step of the first run, with everything that was typed.
fn not_made(screen: &mut Screen, failure: Failure, lang: Lang) {
    let from = match screen {
        Screen::Opening(state) => state.from.take(),
        Screen::Create(_) | Screen::Locked(_) | Screen::Open(_) | Screen::Working(_) => None,
    };
    let state = from.map_or_else(|| create::State::new(lang), |from| *from);
    *screen = Screen::Create(Box::new(state.failed(Some(failure))));
}

/// `file` is on the disk. What was sealed while it was being written holds all of it: it replaces it.
fn saved(app: &mut App, file: &Arc<Ciphertext>, out: &mut Vec<Effect>) {
    // - work that had the vault may have put the next one there meanwhile
    if let Screen::Open(open) = &mut app.screen
        && open.contents.session().loaded() == file.replaces
    {
        open.contents.session_mut().written(file.mac);
    }
    app.shell.landed.note(file);
    if let Some(newer) = app.shell.unwritten.take().filter(|newer| newer.mac != file.mac) {
        return copy::write(newer, &mut app.shell, out);
    }
    app.shell.important = false;
    if matches!(app.shell.messages.back(), Some((_, Notice::SaveFailed(_)))) {
        app.shell.tell(Notice::SavedAfterAll);
    }
    // - what a form held is in the file now, so its draft may go
    out.extend(std::mem::take(&mut app.shell.drafts_done).into_iter().map(Effect::DropDraft));
    if let Screen::Open(open) = &mut app.screen {
        let recovered = std::mem::take(&mut open.contents.recovered);
        if !recovered.is_empty() {
            out.push(Effect::Forget(recovered));
        }
        if !open.purged.is_empty() && open.work.is_none() {
            let ids = std::mem::take(&mut open.purged);
            open.work = Some(Task::Slots(slots::job::Job::Holding(ids)));
        }
    }
}

/// An address was opened, or is copied instead.
fn browsed(app: &mut App, job: JobId, taken: bool, out: &mut Vec<Effect>) {
    let Screen::Open(open) = &mut app.screen else { return };
    let Some((_, id)) = open.browsing.take_if(|(waited, _)| *waited == job) else { return };
    if taken {
        return app.shell.tell(Notice::Browsing);
    }
    if open.contents.has(id, Part::Address(0)) {
        copy::address_instead(open, id, &mut app.shell, out);
    }
}
