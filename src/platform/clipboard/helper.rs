//! The process that owns the clipboard of this machine. It is started by `exec` of ourselves with
//! the argument [`ARGUMENT`], so that it carries nothing of an open vault, has a session of its
//! own, and clears the clipboard at its time whatever becomes of the program that started it.
//!
//! It reads on standard input the time (milliseconds, 8 bytes, big-endian), the length (4 bytes,
//! big-endian) and the secret, and then one byte per wish: `c` clear now, `f` forget it (a later
//! copy took over). The end of input changes nothing. It answers with one byte each time.

use std::io::{self, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use arboard::SetExtLinux;
use hmac::{Hmac, KeyInit, Mac};
use rustix::event::{PollFd, PollFlags, poll};
use rustix::time::{
    Itimerspec, TimerfdClockId, TimerfdFlags, TimerfdTimerFlags, Timespec, timerfd_create, timerfd_settime,
};
use sha2::Sha256;
use zeroize::Zeroize;

use super::Cleared;
use crate::crypto::entropy::array;
use crate::platform::{entropy, harden, program};
use crate::secret::{Secret, SecretBytes};

/// The hidden first argument with which the binary becomes the helper.
pub const ARGUMENT: &str = "__clipd";
/// The longest text: with its head it fits a pipe, so that handing it over never waits.
pub const TEXT_BYTES: usize = 60 * 1024;
/// How long the display may take to answer.
const START_LIMIT: Duration = Duration::from_secs(2);
/// How long a clear may take before it counts as sent.
const CLEAR_LIMIT: Duration = Duration::from_millis(1500);
/// All that the helper needs of the environment.
const ENVIRONMENT: [&str; 6] =
    ["DISPLAY", "WAYLAND_DISPLAY", "XDG_RUNTIME_DIR", "XAUTHORITY", "HOME", "XDG_SESSION_TYPE"];

const OWNED: u8 = b'k';
const NO_DISPLAY: u8 = b'x';
const DONE: u8 = b'd';
const NOT_OURS: u8 = b'n';
const FAILED: u8 = b'!';

/// A helper as its parent sees it. Dropping it lets it go on.
pub(super) struct Helper {
    child: Child,
    wishes: ChildStdin,
    answers: ChildStdout,
}

/// Why no helper owns the clipboard.
#[derive(Debug)]
pub(super) enum StartError {
    /// It could not be started.
    Program(io::Error),
    /// The display is not there, refuses, or does not answer.
    Display,
}

impl Helper {
    /// Starts `file` as a helper and waits, at most two seconds, until it owns the clipboard.
    pub(super) fn start(
        file: &Path,
        env: &dyn Fn(&str) -> Option<String>,
        secret: &Secret,
        clear_after: Duration,
    ) -> Result<Helper, StartError> {
        let mut command = Command::new(file);
        command.arg(ARGUMENT).current_dir("/").env_clear();
        command.envs(ENVIRONMENT.into_iter().filter_map(|name| Some((name, env(name)?))));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = program::spawn(&mut command).map_err(StartError::Program)?;
        let (Some(wishes), Some(answers)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(StartError::Program(io::ErrorKind::BrokenPipe.into()));
        };
        let mut helper = Helper { child, wishes, answers };
        let answer = helper.hand_over(secret, clear_after).and_then(|()| helper.answer(START_LIMIT));
        match answer {
            Ok(OWNED) => Ok(helper),
            answer => {
                let _ = helper.child.kill();
                let _ = helper.child.wait();
                match answer {
                    Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                        Err(StartError::Program(error))
                    }
                    _ => Err(StartError::Display),
                }
            }
        }
    }

    fn hand_over(&mut self, secret: &Secret, clear_after: Duration) -> io::Result<()> {
        let text = secret.expose().as_bytes();
        let len = u32::try_from(text.len()).map_err(io::Error::other)?;
        let ms = u64::try_from(clear_after.as_millis()).unwrap_or(u64::MAX);
        self.wishes.write_all(&ms.to_be_bytes())?;
        self.wishes.write_all(&len.to_be_bytes())?;
        self.wishes.write_all(text)
    }

    fn answer(&mut self, limit: Duration) -> io::Result<u8> {
        program::readable(&self.answers, Instant::now() + limit)?;
        let mut byte = [0];
        self.answers.read_exact(&mut byte)?;
        Ok(byte[0])
    }

    /// Asks for a clear now, if the content is still ours.
    pub(super) fn clear(mut self) -> Cleared {
        // A helper whose time has come is gone; it has cleared.
        if self.wishes.write_all(b"c").is_err() {
            let _ = self.child.wait();
            return self.last_answer();
        }
        let cleared = match self.answer(CLEAR_LIMIT) {
            Ok(answer) => meaning(answer),
            Err(error) if error.kind() == io::ErrorKind::TimedOut => return Cleared::Sent,
            Err(_) => Cleared::Failed,
        };
        let _ = self.child.wait();
        cleared
    }

    fn last_answer(&mut self) -> Cleared {
        self.answer(Duration::ZERO).map_or(Cleared::Failed, meaning)
    }

    /// Tells it that a later copy took over.
    pub(super) fn forget(mut self) {
        let _ = self.wishes.write_all(b"f");
        // It ends at once; without this it would stay a zombie as long as we live.
        let end = Instant::now() + Duration::from_millis(200);
        while matches!(self.child.try_wait(), Ok(None)) && Instant::now() < end {
            std::thread::sleep(Duration::from_millis(2));
        }
    }
}

fn meaning(answer: u8) -> Cleared {
    match answer {
        DONE => Cleared::Done,
        NOT_OURS => Cleared::NotOurs,
        _ => Cleared::Failed,
    }
}

/// The whole life of the helper; gives the exit code. `main` calls it, before anything else, when
/// the first argument is [`ARGUMENT`].
pub fn helper_main() -> u8 {
    harden::harden();
    let _ = rustix::process::setsid();
    let Ok((clear_after, secret)) = receive() else { return 2 };
    let Some((mut clipboard, ours)) = own(secret) else {
        say(NO_DISPLAY);
        return 1;
    };
    say(OWNED);
    match wait(clear_after) {
        Wish::Forget => 0,
        Wish::Clear => {
            let done = clear_if_ours(&mut clipboard, &ours);
            say(done);
            u8::from(done == FAILED)
        }
    }
}

fn say(answer: u8) {
    // Nobody may be there to hear it.
    let _ = rustix::io::write(rustix::stdio::stdout(), &[answer]);
}

fn receive() -> io::Result<(Duration, SecretBytes)> {
    // Not `std::io::stdin`: its buffer would keep the secret.
    let (mut ms, mut len) = ([0; 8], [0; 4]);
    read_exact(&mut ms)?;
    read_exact(&mut len)?;
    let len = u32::from_be_bytes(len) as usize;
    if len > TEXT_BYTES {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let secret = SecretBytes::filled(len, read_exact)?;
    Ok((Duration::from_millis(u64::from_be_bytes(ms)), secret))
}

fn read_exact(mut room: &mut [u8]) -> io::Result<()> {
    while !room.is_empty() {
        match rustix::io::read(rustix::stdio::stdin(), &mut *room) {
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(got) => room = &mut room[got..],
            Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// What was copied, as a digest under a key that exists only here.
struct Ours(Hmac<Sha256>, [u8; 32]);

impl Ours {
    fn new(text: &[u8]) -> Option<Ours> {
        let mut key: [u8; 32] = array(&mut entropy::System).ok()?;
        let keyed = Hmac::<Sha256>::new_from_slice(&key).ok()?;
        key.zeroize();
        let digest = keyed.clone().chain_update(text).finalize().into_bytes().into();
        Some(Ours(keyed, digest))
    }

    fn is(&self, text: &[u8]) -> bool {
        self.0.clone().chain_update(text).verify_slice(&self.1).is_ok()
    }
}

fn own(secret: SecretBytes) -> Option<(arboard::Clipboard, Ours)> {
    let ours = Ours::new(secret.expose())?;
    let text = Secret::from_bytes(secret).ok()?;
    let mut clipboard = arboard::Clipboard::new().ok()?;
    // arboard takes the string over as it is and frees it, which wipes it, when it loses the
    // selection.
    clipboard.set().exclude_from_history().text(text.expose().to_owned()).ok()?;
    Some((clipboard, ours))
}

enum Wish {
    Clear,
    Forget,
}

/// Waits for the time, in which sleep of the machine counts, or for a wish.
fn wait(clear_after: Duration) -> Wish {
    let Ok(timer) = timerfd_create(TimerfdClockId::Boottime, TimerfdFlags::CLOEXEC) else {
        return Wish::Clear;
    };
    let zero = Timespec { tv_sec: 0, tv_nsec: 0 };
    // A timer of 0 would never go off.
    let after = clear_after.clamp(Duration::from_millis(1), Duration::from_secs(24 * 3600));
    let it_value = Timespec {
        tv_sec: i64::try_from(after.as_secs()).unwrap_or(0),
        tv_nsec: i64::from(after.subsec_nanos()),
    };
    let spec = Itimerspec { it_interval: zero, it_value };
    if timerfd_settime(&timer, TimerfdTimerFlags::empty(), &spec).is_err() {
        return Wish::Clear;
    }
    let stdin = rustix::stdio::stdin();
    let mut listening = true;
    loop {
        let mut fds = [PollFd::new(&timer, PollFlags::IN), PollFd::new(&stdin, PollFlags::IN)];
        let watched = if listening { &mut fds[..] } else { &mut fds[..1] };
        if poll(watched, None).is_err() {
            continue;
        }
        if !fds[0].revents().is_empty() {
            return Wish::Clear;
        }
        if listening && !fds[1].revents().is_empty() {
            let mut byte = [0];
            match rustix::io::read(stdin, &mut byte) {
                Ok(1) if byte[0] == b'c' => return Wish::Clear,
                Ok(1) if byte[0] == b'f' => return Wish::Forget,
                Ok(1) => {}
                _ => listening = false,
            }
        }
    }
}

fn clear_if_ours(clipboard: &mut arboard::Clipboard, ours: &Ours) -> u8 {
    match holds_ours(clipboard, ours) {
        Some(false) => NOT_OURS,
        // Not readable: nothing there, or an owner that does not answer and so is not us.
        None => DONE,
        Some(true) => {
            // Asking again makes sure that the display has done it before we are gone.
            let cleared = clipboard.clear().is_ok() && holds_ours(clipboard, ours) != Some(true);
            if cleared { DONE } else { FAILED }
        }
    }
}

fn holds_ours(clipboard: &mut arboard::Clipboard, ours: &Ours) -> Option<bool> {
    let mut text = clipboard.get_text().ok()?;
    let is = ours.is(text.as_bytes());
    text.zeroize();
    Some(is)
}
