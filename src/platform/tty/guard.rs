//! The state of the terminal before we took it, kept for the whole process, so that every way out
//! (drop, panic, end of memory, watchdog) can put it back, once.

use std::io;
use std::os::fd::OwnedFd;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, Once, PoisonError};
use std::thread::ThreadId;

use rustix::fs::{OFlags, fcntl_getfl, fcntl_setfl};
use rustix::termios::{
    OptionalActions, QueueSelector, SpecialCodeIndex, Termios, tcflush, tcgetattr, tcsetattr,
};

use super::write_all;
use crate::platform::memory;

/// Alternate screen, cleared; bracketed paste; focus reports.
const ENTER: &[u8] = b"\x1b[?1049h\x1b[2J\x1b[H\x1b[?2004h\x1b[?1004h";
/// What may be on goes off: synchronized update, mouse, focus, paste, colours; the cursor shows
/// and the screen is emptied before it is left, so that nothing of a vault stays in it.
const LEAVE: &[u8] = b"\x1b[?2026l\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1004l\x1b[?2004l\x1b[0m\x1b[2J\x1b[?25h\x1b[?1049l";
const ENTER_LINE: &[u8] = b"\x1b[?2004h";
const LEAVE_LINE: &[u8] = b"\x1b[?2004l";

struct Before {
    tty: Arc<OwnedFd>,
    modes: Termios,
    full_screen: bool,
    holder: ThreadId,
}

static BEFORE: Mutex<Option<Before>> = Mutex::new(None);
static HELD: AtomicBool = AtomicBool::new(false);
static HOOKS: Once = Once::new();

/// Remembers the terminal's modes and sets ours.
pub(super) fn enter(tty: &Arc<OwnedFd>, full_screen: bool) -> io::Result<()> {
    HOOKS.call_once(|| {
        let earlier = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            // A job that panics is reported by the loop, which still has the screen: nothing may
            // be printed over it. But a thread that panics for want of memory may not get as far as
            // that (one that cannot have its signal stack never begins): then the process aborts.
            if held_elsewhere() && memory::is_there() {
                return;
            }
            restore();
            earlier(info);
        }));
        memory::on_exhaustion(restore);
    });
    let modes = tcgetattr(tty)?;
    let mut raw = modes.clone();
    // No echo, no lines, no signals from keys: Ctrl-\ and Ctrl-C are keys.
    raw.make_raw();
    raw.special_codes[SpecialCodeIndex::VMIN] = 1;
    raw.special_codes[SpecialCodeIndex::VTIME] = 0;
    *BEFORE.lock().unwrap_or_else(PoisonError::into_inner) =
        Some(Before { tty: Arc::clone(tty), modes, full_screen, holder: std::thread::current().id() });
    HELD.store(true, Ordering::SeqCst);
    let done = tcsetattr(tty, OptionalActions::Now, &raw)
        .map_err(io::Error::from)
        .and_then(|()| write_all(tty, if full_screen { ENTER } else { ENTER_LINE }));
    if done.is_err() {
        restore();
    }
    done
}

/// True while the terminal is ours. Takes no lock: a thread on its way out must find it free.
pub(super) fn is_held() -> bool {
    HELD.load(Ordering::SeqCst)
}

fn held_elsewhere() -> bool {
    let Ok(held) = BEFORE.try_lock() else { return false };
    held.as_ref().is_some_and(|before| before.holder != std::thread::current().id())
}

/// Puts the terminal back as it was. Does nothing when it is; may be called from anywhere,
/// allocates nothing. Input that nobody read is thrown away, so that the rest of a typed password
/// or a late answer does not reach the shell.
pub fn restore() {
    give_back(false);
}

/// As [`restore`], for the moment when the terminal may no longer take what is written to it.
pub fn restore_without_waiting() {
    give_back(true);
}

fn give_back(no_waiting: bool) {
    // Held only for an assignment; a second thread on its way out leaves it to the first.
    let Ok(mut held) = BEFORE.try_lock() else { return };
    let Some(before) = held.take() else { return };
    HELD.store(false, Ordering::SeqCst);
    if no_waiting && let Ok(flags) = fcntl_getfl(&*before.tty) {
        let _ = fcntl_setfl(&*before.tty, flags | OFlags::NONBLOCK);
        let _ = rustix::io::write(&*before.tty, if before.full_screen { LEAVE } else { LEAVE_LINE });
        let _ = fcntl_setfl(&*before.tty, flags);
    } else {
        let _ = write_all(&before.tty, if before.full_screen { LEAVE } else { LEAVE_LINE });
    }
    let _ = tcflush(&*before.tty, QueueSelector::IFlush);
    // Now, not after draining: a stalled link never drains.
    let _ = tcsetattr(&*before.tty, OptionalActions::Now, &before.modes);
}
