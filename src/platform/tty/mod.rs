//! The terminal: raw mode and the alternate screen behind a guard, its input as [`Input`], and an
//! output buffer that is wiped. Not here: what is drawn and what keys do.
//!
//! There is no reader thread and no channel: the one loop of the face calls [`Terminal::poll`] and
//! [`Terminal::read`], so that a typed character passes through one locked buffer, which is wiped,
//! and the caller's own field, and through nothing else.

use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{Mode, OFlags};
use rustix::io::Errno;
use zeroize::Zeroize;

use self::parser::Parser;
use super::memory::{Area, Guarded};
use super::signals::{self, Signal, Signals};

mod colour;
mod csi;
mod guard;
pub mod key;
pub mod output;
pub mod parser;
pub mod probe;
pub mod prompt;
pub mod sheet;

pub use self::colour::has_colours;
pub use self::guard::{restore, restore_without_waiting};
pub use self::key::{Answer, Code, Input, Key};
pub use self::output::{Output, WHOLE};
pub use self::probe::{Background, Probe};
pub use self::prompt::{PromptError, read_code_line, read_secret_line};

const READ_BYTES: usize = 4096;

/// How long a process that is about to abort for want of memory may take to do so; until then the
/// terminal is left as it was given back.
const ABORTING: Duration = Duration::from_secs(1);

/// Whether the terminal is ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// It is, as before.
    Still,
    /// It was given back for want of memory; it may be taken again after this time.
    NotYet(Duration),
    /// It was taken again: everything is to be drawn anew.
    Again,
}

/// What [`Terminal::poll`] found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ready {
    /// [`Terminal::read`] has something to do.
    pub input: bool,
    /// [`Terminal::signals`] has something to give.
    pub signal: bool,
    /// A [`Waker`] was used.
    pub wake: bool,
    /// The terminal is gone: clear, lock, end.
    pub hangup: bool,
}

/// The terminal of the process, taken over. Dropping it gives it back as it was; so do a panic and
/// the end of memory.
pub struct Terminal {
    tty: Arc<OwnedFd>,
    signals: Signals,
    waker: Waker,
    woken: UnixStream,
    input: Guarded,
    parser: Parser,
    started: Instant,
    gone: Arc<AtomicBool>,
    readable: bool,
    full_screen: bool,
    /// Since when the terminal is not ours, since `started`.
    given_back: Option<Duration>,
}

impl std::fmt::Debug for Terminal {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Terminal(..)")
    }
}

/// Ends a [`Terminal::poll`] from another thread: a job has news.
#[derive(Debug, Clone)]
pub struct Waker(Arc<UnixStream>);

impl Waker {
    /// Wakes the loop; many calls before it looks are one.
    pub fn wake(&self) {
        // A full pipe wakes as well.
        let _ = rustix::io::write(&*self.0, &[1]);
    }
}

impl Terminal {
    /// Takes the controlling terminal over for a full screen: raw mode, alternate screen, bracketed
    /// paste, focus reports. Fails where there is no terminal.
    pub fn open() -> io::Result<Terminal> {
        let terminal = Terminal::prepare(true)?;
        guard::enter(&terminal.tty, true)?;
        Ok(terminal)
    }

    /// As [`Terminal::open`], but the screen stays as it is: for a question of the command line.
    fn open_line() -> io::Result<Terminal> {
        let terminal = Terminal::prepare(false)?;
        guard::enter(&terminal.tty, false)?;
        Ok(terminal)
    }

    fn prepare(full_screen: bool) -> io::Result<Terminal> {
        let (woken, waking) = UnixStream::pair()?;
        woken.set_nonblocking(true)?;
        waking.set_nonblocking(true)?;
        Ok(Terminal {
            tty: Arc::new(controlling_terminal()?),
            signals: Signals::install()?,
            waker: Waker(Arc::new(waking)),
            woken,
            input: Guarded::new(Area::Secrets, READ_BYTES),
            parser: Parser::new(),
            started: Instant::now(),
            gone: Arc::new(AtomicBool::new(false)),
            readable: false,
            full_screen,
            given_back: None,
        })
    }

    /// Waits until something happens, at most `timeout` (`None`: for as long as it takes).
    pub fn poll(&mut self, timeout: Option<Duration>) -> Ready {
        let now = self.started.elapsed();
        let rest = self.parser.deadline().map(|at| at.saturating_sub(now));
        let wait = match (timeout, rest) {
            (Some(timeout), Some(rest)) => Some(timeout.min(rest)),
            (timeout, rest) => timeout.or(rest),
        };
        let mut fds = [
            PollFd::new(&*self.tty, PollFlags::IN),
            PollFd::new(&self.signals, PollFlags::IN),
            PollFd::new(&self.woken, PollFlags::IN),
        ];
        let wait = wait.map(timespec);
        let flags = match poll(&mut fds, wait.as_ref()) {
            Ok(_) => fds.each_ref().map(PollFd::revents),
            // A signal came: its pipe says so in the next call.
            Err(_) => [PollFlags::empty(); 3],
        };
        let [tty, signal, wake] = flags;
        if tty.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) {
            self.gone.store(true, Ordering::SeqCst);
        }
        let wake = !wake.is_empty();
        if wake {
            let mut waste = [0; 64];
            while matches!(rustix::io::read(&self.woken, &mut waste), Ok(got) if got > 0) {}
        }
        self.readable = tty.contains(PollFlags::IN);
        let due = self.parser.deadline().is_some_and(|at| at <= self.started.elapsed());
        let hangup = self.gone.load(Ordering::SeqCst);
        Ready { input: (self.readable && !hangup) || due, signal: !signal.is_empty(), wake, hangup }
    }

    /// Reads once what came in, at most 4 KiB, hands it to `sink` piece by piece, and wipes it.
    /// Call it when [`Ready::input`] is set.
    pub fn read(&mut self, sink: &mut dyn FnMut(Input<'_>)) {
        let now = self.started.elapsed();
        if !std::mem::take(&mut self.readable) {
            return self.parser.tick(now, sink);
        }
        match rustix::io::read(&*self.tty, self.input.bytes_mut()) {
            Ok(0) => self.gone.store(true, Ordering::SeqCst),
            Ok(got) => {
                self.parser.feed(now, &self.input.bytes()[..got], sink);
                self.input.bytes_mut()[..got].zeroize();
            }
            Err(Errno::INTR | Errno::AGAIN) => {}
            Err(_) => self.gone.store(true, Ordering::SeqCst),
        }
    }

    /// The signals that came since the last call.
    pub fn signals(&self) -> impl Iterator<Item = Signal> + use<> {
        self.signals.take()
    }

    /// A handle with which a job wakes the loop.
    pub fn waker(&self) -> Waker {
        self.waker.clone()
    }

    /// A buffer to draw into.
    pub fn output(&self) -> Output {
        Output::new(Arc::clone(&self.tty), Arc::clone(&self.gone))
    }

    /// Starts the watchdog over this terminal. Keep it until the process is about to end.
    pub fn watchdog(&self) -> io::Result<signals::Watchdog> {
        signals::Watchdog::start(self.tty.try_clone()?)
    }

    /// Columns and rows; 80 by 24 where the terminal does not know.
    pub fn size(&self) -> (u16, u16) {
        match rustix::termios::tcgetwinsize(&*self.tty) {
            Ok(size) if size.ws_col > 0 && size.ws_row > 0 => (size.ws_col, size.ws_row),
            _ => (80, 24),
        }
    }

    /// Looks whether want of memory gave the terminal back, and takes it again when the program went on
    /// all the same. To be called before drawing.
    pub fn retake(&mut self) -> io::Result<Held> {
        if guard::is_held() {
            self.given_back = None;
            return Ok(Held::Still);
        }
        let since = *self.given_back.get_or_insert(self.started.elapsed());
        let left = (since + ABORTING).saturating_sub(self.started.elapsed());
        if !left.is_zero() {
            return Ok(Held::NotYet(left));
        }
        guard::enter(&self.tty, self.full_screen)?;
        Ok(Held::Again)
    }

    /// Leaves the screen, stops the process (and its job, when `group`) and takes the screen again
    /// once continued; then everything is to be drawn anew. False where nobody could continue it.
    pub fn suspend(&mut self, group: bool) -> io::Result<bool> {
        restore();
        let stopped = signals::stop_self(&self.signals, group);
        guard::enter(&self.tty, self.full_screen)?;
        Ok(stopped)
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        restore();
    }
}

fn controlling_terminal() -> io::Result<OwnedFd> {
    let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC;
    if let Ok(tty) = rustix::fs::open("/dev/tty", flags, Mode::empty()) {
        return Ok(tty);
    }
    // A terminal that is not the controlling one (some containers).
    let stdin = rustix::stdio::stdin();
    if !rustix::termios::isatty(stdin) {
        return Err(io::Error::from(Errno::NOTTY));
    }
    Ok(rustix::io::fcntl_dupfd_cloexec(stdin.as_fd(), 3)?)
}

fn timespec(wait: Duration) -> Timespec {
    // A millisecond more than asked, so that a deadline has passed when the call returns.
    let wait = wait.min(Duration::from_secs(86_400)) + Duration::from_millis(1);
    Timespec {
        tv_sec: wait.as_secs().try_into().unwrap_or(i64::MAX),
        tv_nsec: i64::from(wait.subsec_nanos()),
    }
}

/// Writes all of `bytes`, going on after an interruption.
fn write_all(tty: &OwnedFd, mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        match rustix::io::write(tty, bytes) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(done) => bytes = bytes.get(done..).unwrap_or_default(),
            Err(Errno::INTR) => {}
            Err(Errno::AGAIN) => {
                let _ = poll(
                    &mut [PollFd::new(tty, PollFlags::OUT)],
                    Some(&timespec(Duration::from_millis(100))),
                );
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}
