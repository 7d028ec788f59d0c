//! The one thread that talks to clipboards: a display or tmux may take seconds to answer, and a
//! clear must come after the copy it clears.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use super::effect::{Effect, JobId, Outcome};
use super::notice::{Cleared, CopyFailure, Place};
use crate::platform::clipboard::{self, Clipboard, CopyError, Facts, Reason, Receipt, Route, Setting};
use crate::platform::tty::{Output, Probe, Terminal, Waker};
use crate::secret::Secret;

/// What the thread is asked.
enum Asked {
    Copy(JobId, Secret, Duration),
    Clear(JobId),
    Use(Setting),
    Finish(Sender<()>),
}

/// A handle on the thread.
pub(super) struct ClipThread(Option<Sender<Asked>>);

impl ClipThread {
    /// Starts the thread; it looks around first.
    pub(super) fn start(
        probe: Probe,
        setting: Setting,
        in_tmux: bool,
        terminal: &Terminal,
        done: Sender<(JobId, Outcome)>,
    ) -> ClipThread {
        let (sender, receiver) = channel();
        let (output, waker) = (terminal.output(), terminal.waker());
        let spawned = std::thread::Builder::new()
            .name("clipboard".to_owned())
            .spawn(move || serve(&receiver, &probe, (setting, in_tmux), output, &done, &waker));
        ClipThread(spawned.ok().map(|_| sender))
    }

    /// Hands over a copy or a clear.
    pub(super) fn send(&self, effect: Effect) {
        let asked = match effect {
            Effect::Copy { job, secret, clear_after, .. } => Asked::Copy(job, secret, clear_after),
            Effect::Clear { job } => Asked::Clear(job),
            Effect::Clipboard(setting) => Asked::Use(setting),
            _ => return,
        };
        if let Some(sender) = &self.0 {
            // - the thread ends only with the program
            let _ = sender.send(asked);
        }
    }

    /// Clears what is left and waits, at most `limit`.
    pub(super) fn finish(&mut self, limit: Duration) {
        let Some(sender) = self.0.take() else { return };
        let (back, finished) = channel();
        if sender.send(Asked::Finish(back)).is_ok() {
            let _ = finished.recv_timeout(limit);
        }
    }
}

fn serve(
    receiver: &Receiver<Asked>,
    probe: &Probe,
    (setting, in_tmux): (Setting, bool),
    mut output: Output,
    done: &Sender<(JobId, Outcome)>,
    waker: &Waker,
) {
    let mut clipboard = Clipboard::new(Facts::gather(Some(probe), setting));
    let tell = |route| {
        let _ = done.send((JobId(0), Outcome::Route(route)));
        waker.wake();
    };
    tell(clipboard.route());
    while let Ok(asked) = receiver.recv() {
        let outcome = match asked {
            Asked::Copy(job, secret, clear_after) => {
                let copied = clipboard.copy(&secret, clear_after, &mut output);
                (
                    job,
                    Outcome::Copied(
                        copied.map(|receipt| place(&receipt, in_tmux)).map_err(|error| failure(&error)),
                    ),
                )
            }
            Asked::Clear(job) => (job, Outcome::Cleared(cleared(clipboard.clear(&mut output)))),
            Asked::Use(setting) => {
                // - what is in the old way is cleared by the one that put it there
                clipboard.clear(&mut output);
                clipboard = Clipboard::new(Facts::gather(Some(probe), setting));
                tell(clipboard.route());
                continue;
            }
            Asked::Finish(back) => {
                if clipboard.holds_something() {
                    clipboard.clear(&mut output);
                }
                let _ = back.send(());
                return;
            }
        };
        let _ = done.send(outcome);
        waker.wake();
    }
}

fn place(receipt: &Receipt, in_tmux: bool) -> Place {
    match receipt.route {
        Route::Tmux { nested: true } => Place::OuterTmux,
        Route::Osc52 { .. } if in_tmux => Place::OuterTmux,
        Route::Native | Route::ClipExe | Route::None(_) => Place::Desktop,
        Route::Tmux { .. } => Place::Tmux,
        Route::Osc52 { .. } if receipt.unconfirmed => Place::TerminalUnsure,
        Route::Osc52 { .. } => Place::Terminal,
    }
}

fn failure(error: &CopyError) -> CopyFailure {
    match error {
        CopyError::NoRoute(Reason::TerminalRefuses) => CopyFailure::TerminalRefuses,
        CopyError::NoRoute(Reason::TmuxOff) => CopyFailure::TmuxOff,
        CopyError::NoRoute(Reason::TmuxDetached | Reason::NoTmux) => CopyFailure::TmuxAway,
        CopyError::NoRoute(Reason::Setting | Reason::NoDisplay) => CopyFailure::NoClipboard,
        CopyError::TooLong { .. } => CopyFailure::TooLong,
        CopyError::Display | CopyError::Program(_) | CopyError::Terminal(_) => CopyFailure::Unreachable,
    }
}

fn cleared(cleared: clipboard::Cleared) -> Cleared {
    match cleared {
        clipboard::Cleared::Nothing | clipboard::Cleared::Done => Cleared::Done,
        clipboard::Cleared::Sent => Cleared::Sent,
        clipboard::Cleared::NotOurs => Cleared::NotOurs,
        clipboard::Cleared::Failed => Cleared::NotYet,
    }
}
