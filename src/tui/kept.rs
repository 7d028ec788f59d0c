//! The key that `mamori unlock` keeps in the kernel, as the full-screen program uses it: it opens the
//! vault with it at the start, and later from the locked screen when Enter is pressed on an empty
//! field; it always says so. A person who locks (L, F9) ends it for every terminal; locking for lack of
//! keys pressed does not. Not here: keeping a key, which is the command line's.

use super::app::{App, Screen, Shell};
use super::contents::Contents;
use super::done;
use super::effect::{Effect, JobId, World};
use super::notice::Notice;
use super::opened::opened;
use super::screen::opening::Failure;
use super::screen::unlock::State;
use crate::kept::{self, Tried};
use crate::session::Sealed;

/// What is wanted of the kept key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    /// Open the vault with it.
    Open,
    /// Tell whether it would open the vault.
    Look,
    /// End it for everybody; the vault's id, where it is known. Done at once.
    Revoke(Option<[u8; 16]>),
}

/// What came of it.
#[derive(Debug)]
pub enum Answer {
    /// Of [`Ask::Open`]; none where no key is kept that fits.
    Opened(Option<Result<Box<Contents>, Failure>>),
    /// Of [`Ask::Look`].
    Kept(bool),
    /// Of [`Ask::Revoke`]: there was one.
    Revoked(bool),
}

/// Does what is wanted.
pub fn work(ask: Ask, world: &dyn World) -> Answer {
    let Some(ring) = world.ring() else { return lost(ask) };
    let sealed = || Ok(Sealed::read(world.load()?)?);
    match ask {
        Ask::Open => {
            let tried = sealed().and_then(|sealed| Ok(kept::open(ring, sealed, world.device())?));
            Answer::Opened(match tried {
                Ok(Tried::Opened(open)) => Some(Ok(opened(*open, world))),
                Ok(Tried::Locked(_)) => None,
                Err(failure) => Some(Err(failure)),
            })
        }
        Ask::Look => {
            Answer::Kept(sealed().is_ok_and(|sealed: Sealed| kept::unlocked(ring, &sealed).is_some()))
        }
        Ask::Revoke(vault) => {
            let vault = vault.or_else(|| Some(sealed().ok()?.header().vault));
            // - a file that is gone must not be a reason to leave its key where it is
            let ended = match vault {
                Some(vault) => ring.revoke(&vault),
                None => ring.revoke_all().map(|count| count > 0),
            };
            Answer::Revoked(ended.unwrap_or(false))
        }
    }
}

/// What is told of a job that did not come to its end.
pub fn lost(ask: Ask) -> Answer {
    match ask {
        Ask::Open => Answer::Opened(None),
        Ask::Look => Answer::Kept(false),
        Ask::Revoke(_) => Answer::Revoked(false),
    }
}

/// Tries to open the locked vault without a password.
pub(super) fn open(state: &mut State, shell: &mut Shell, out: &mut Vec<Effect>) {
    if !shell.ask_password {
        state.trying = Some(want(Ask::Open, shell, out));
    }
}

/// Asks whether Enter would open the vault that was just locked.
pub(super) fn look(app: &mut App, out: &mut Vec<Effect>) {
    if let Screen::Locked(state) = &mut app.screen
        && !app.shell.ask_password
    {
        state.looking = Some(want(Ask::Look, &mut app.shell, out));
    }
}

/// Ends the kept key of the vault in front. To be asked before the vault is locked, which forgets its id.
pub(super) fn revoke(app: &mut App, out: &mut Vec<Effect>) {
    let vault = app.open().map(|open| open.contents.session().header().vault);
    if let Screen::Locked(state) = &mut app.screen {
        (state.kept, state.looking) = (false, None);
    }
    want(Ask::Revoke(vault), &mut app.shell, out);
}

fn want(ask: Ask, shell: &mut Shell, out: &mut Vec<Effect>) -> JobId {
    let job = shell.job();
    out.push(Effect::Kept { job, ask });
    job
}

/// Takes an answer.
pub(super) fn answered(app: &mut App, job: JobId, answer: Answer, out: &mut Vec<Effect>) {
    let shell = &mut app.shell;
    match (&mut app.screen, answer) {
        (_, Answer::Revoked(true)) => shell.tell(Notice::KeptRevoked),
        (Screen::Locked(state), Answer::Kept(kept)) if state.looking == Some(job) => state.kept = kept,
        (Screen::Locked(state), Answer::Opened(opened)) if state.trying == Some(job) => {
            state.trying = None;
            match opened {
                // - what is typed already is meant for the field, and must not become commands
                Some(Ok(_)) if !state.field.is_empty() => state.kept = true,
                Some(Ok(contents)) => {
                    shell.tell(Notice::KeptOpened);
                    done::enter(app, contents, out);
                }
                Some(Err(failure)) => state.failure = Some(failure),
                None if std::mem::take(&mut state.kept) => shell.tell(Notice::KeptOver),
                None => {}
            }
        }
        // - nobody waits for it any more: dropping it wipes it
        _ => {}
    }
}
