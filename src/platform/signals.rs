//! Signals as values from a pipe that an event loop polls, and the watchdog that ends the process
//! when the loop does not. No work is done inside a signal handler.

use std::io::{self, Read};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{
    Pid, getpgid, getpgrp, getpid, getppid, getsid, kill_current_process_group, kill_process,
};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::low_level::pipe;
use signal_hook::{SigId, flag};

/// What a signal asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// SIGTERM: end.
    Terminate,
    /// SIGHUP: the terminal or the session is gone.
    Hangup,
    /// SIGINT from outside; in raw mode Ctrl-C is a key.
    Interrupt,
    /// SIGQUIT from outside; in raw mode Ctrl-\ is a key.
    Quit,
    /// SIGTSTP from outside: stop until continued.
    Stop,
    /// SIGCONT: running again.
    Continue,
    /// SIGWINCH: the window has another size.
    Resize,
}

const TABLE: [(i32, Signal); 7] = [
    (SIGTERM, Signal::Terminate),
    (SIGHUP, Signal::Hangup),
    (SIGINT, Signal::Interrupt),
    (SIGQUIT, Signal::Quit),
    (SIGTSTP, Signal::Stop),
    (SIGCONT, Signal::Continue),
    (SIGWINCH, Signal::Resize),
];

/// What stays in place for the life of the process: a handler cannot be taken out again so that
/// the signal has its default effect, so the handlers have that effect while nobody listens.
struct Installed {
    raised: [Arc<AtomicBool>; 7],
    nobody: Arc<AtomicBool>,
    listeners: AtomicUsize,
    pipe: UnixStream,
}

static INSTALLED: OnceLock<Installed> = OnceLock::new();
static INSTALLING: Mutex<()> = Mutex::new(());

/// While one lives, the seven signals arrive here; afterwards they have their default effect.
#[derive(Debug)]
pub struct Signals(());

impl Signals {
    /// Starts to listen. An inherited "ignore" (nohup) of these signals ends.
    pub fn install() -> io::Result<Signals> {
        let _one = INSTALLING.lock().unwrap_or_else(PoisonError::into_inner);
        if INSTALLED.get().is_none() {
            let made = handlers()?;
            let _ = INSTALLED.set(made);
        }
        let held = installed();
        held.listeners.fetch_add(1, Ordering::SeqCst);
        held.nobody.store(false, Ordering::SeqCst);
        Ok(Signals(()))
    }

    /// Takes the signals that came, in the order of the enum; each at most once.
    pub fn take(&self) -> impl Iterator<Item = Signal> + use<> {
        let held = installed();
        // The pipe first: what is raised after it was emptied makes it readable again.
        let mut waste = [0; 64];
        while matches!((&held.pipe).read(&mut waste), Ok(got) if got > 0) {}
        let raised = held.raised.each_ref().map(|flag| flag.swap(false, Ordering::SeqCst));
        TABLE.into_iter().zip(raised).filter_map(|((_, signal), raised)| raised.then_some(signal))
    }
}

impl AsFd for Signals {
    fn as_fd(&self) -> BorrowedFd<'_> {
        installed().pipe.as_fd()
    }
}

impl Drop for Signals {
    fn drop(&mut self) {
        let _one = INSTALLING.lock().unwrap_or_else(PoisonError::into_inner);
        let held = installed();
        if held.listeners.fetch_sub(1, Ordering::SeqCst) == 1 {
            held.nobody.store(true, Ordering::SeqCst);
        }
    }
}

fn installed() -> &'static Installed {
    INSTALLED.get().expect("Signals::install comes before every Signals")
}

fn handlers() -> io::Result<Installed> {
    let (reader, writer) = UnixStream::pair()?;
    reader.set_nonblocking(true)?;
    let nobody = Arc::new(AtomicBool::new(false));
    let raised: [Arc<AtomicBool>; 7] = std::array::from_fn(|_| Arc::new(AtomicBool::new(false)));
    for ((number, signal), flag) in TABLE.into_iter().zip(&raised) {
        if !matches!(signal, Signal::Continue | Signal::Resize) {
            flag::register_conditional_default(number, Arc::clone(&nobody))?;
        }
        flag::register(number, Arc::clone(flag))?;
        pipe::register(number, writer.try_clone()?)?;
    }
    Ok(Installed { raised, nobody, listeners: AtomicUsize::new(0), pipe: reader })
}

/// Stops this process until SIGCONT; `group` stops the other processes of its job too, as Ctrl-Z
/// of a terminal does. Put the terminal back before.
///
/// Returns false, at once, where no shell could continue it (`ssh -t host mamori`).
pub fn stop_self(_listening: &Signals, group: bool) -> bool {
    if !somebody_could_continue() {
        return false;
    }
    let raised = |wanted: Signal| {
        let at = TABLE.iter().position(|(_, signal)| *signal == wanted);
        at.is_some_and(|at| installed().raised[at].swap(false, Ordering::SeqCst))
    };
    raised(Signal::Continue);
    if group {
        // Our own handler catches this one; it is forgotten below.
        let _ = kill_current_process_group(rustix::process::Signal::TSTP);
    }
    let _ = kill_process(getpid(), rustix::process::Signal::STOP);
    // Another thread may take the signal, and this one then runs on for a moment: the terminal
    // must not be taken again before the process was stopped and continued.
    for _ in 0..200 {
        if raised(Signal::Continue) {
            break;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    raised(Signal::Stop);
    true
}

/// Roughly the kernel's test for an orphaned process group, seen from this process.
fn somebody_could_continue() -> bool {
    let Some(parent) = getppid() else { return false };
    let session = |pid: Pid| getsid(Some(pid)).ok();
    let own = session(getpid());
    // The leader of the session in our own group has its parent outside of the session.
    let leads_us = Some(parent) == own && getpgid(Some(parent)).ok() == Some(getpgrp());
    own.is_some() && session(parent) == own && !leads_us
}

/// Ends the process when the end of the terminal, SIGTERM or SIGHUP came and it is still there
/// 1.5 s later: a loop that hangs, or sits in a write to a dead link, cannot keep a vault open.
///
/// It ends at once, without unwinding; the terminal is put back if that needs no waiting.
#[derive(Debug)]
pub struct Watchdog {
    ids: Vec<SigId>,
    // Closing it tells the thread that all is done.
    _leash: UnixStream,
}

/// How long the loop has to end by itself.
pub const GRACE: Duration = Duration::from_millis(1500);

impl Watchdog {
    /// Watches `tty` and the two signals until the value is dropped.
    pub fn start(tty: OwnedFd) -> io::Result<Watchdog> {
        let (leash, thread_leash) = UnixStream::pair()?;
        let (alarm, writer) = UnixStream::pair()?;
        let ids = vec![pipe::register(SIGTERM, writer.try_clone()?)?, pipe::register(SIGHUP, writer)?];
        std::thread::Builder::new()
            .name("watchdog".to_owned())
            .stack_size(64 * 1024)
            .spawn(move || watch(&tty, &alarm, &thread_leash))?;
        Ok(Watchdog { ids, _leash: leash })
    }
}

impl Drop for Watchdog {
    fn drop(&mut self) {
        for id in self.ids.drain(..) {
            signal_hook::low_level::unregister(id);
        }
    }
}

fn watch(tty: &OwnedFd, alarm: &UnixStream, leash: &UnixStream) {
    let status = loop {
        let mut fds = [
            // No events: the kernel reports the end of the terminal without being asked.
            PollFd::new(tty, PollFlags::empty()),
            PollFd::new(alarm, PollFlags::IN),
            PollFd::new(leash, PollFlags::IN),
        ];
        if poll(&mut fds, None).is_err() {
            continue;
        }
        match fds.each_ref().map(PollFd::revents) {
            [_, _, let_go] if !let_go.is_empty() => return,
            [gone, _, _] if gone.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) => break 129,
            // A read of nothing is the probe that signal-hook sends when it takes the socket.
            [_, raised, _] if !raised.is_empty() => {
                let mut byte = [0];
                match { alarm }.read(&mut byte) {
                    Ok(1) => break 143,
                    _ => continue,
                }
            }
            _ => {}
        }
    };
    let mut fds = [PollFd::new(leash, PollFlags::IN)];
    let grace = Timespec { tv_sec: 1, tv_nsec: i64::from(GRACE.subsec_nanos()) };
    if !matches!(poll(&mut fds, Some(&grace)), Ok(0)) {
        return;
    }
    super::tty::restore_without_waiting();
    signal_hook::low_level::exit(status);
}
