//! The clipboard: which way a secret takes ([`route`]), setting it, and clearing it again. It says
//! what was done as values; the words are the faces'. It never says "cleared" where only a request
//! could be sent.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use zeroize::Zeroize;

pub mod helper;
pub mod osc52;
pub mod route;

pub use self::helper::{ARGUMENT as HELPER_ARGUMENT, helper_main};
pub use self::route::{Facts, Reason, Route, Setting, Wrap, decide, decide_without_display};

use self::helper::{Helper, StartError};
use super::tmux::Tmux;
use super::tty::Probe;
use super::{entropy, program};
use crate::secret::Secret;

const CLIP_EXE_LIMIT: Duration = Duration::from_secs(3);

/// What became of a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Receipt {
    /// The way it took.
    pub route: Route,
    /// It was sent, but nothing shows that it arrived: say "sent", not "copied".
    pub unconfirmed: bool,
    /// Clipboard histories were asked not to keep it.
    pub hidden_from_history: bool,
    /// It is cleared after this time even when this process is gone. Else somebody must call
    /// [`Clipboard::clear`].
    pub clears_by_itself: bool,
}

/// Why nothing was copied.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    /// There is no way.
    #[error("there is no way to a clipboard")]
    NoRoute(Reason),
    /// The text has more bytes than this way takes.
    #[error("the text is longer than {limit} bytes")]
    TooLong {
        /// How many it takes.
        limit: usize,
    },
    /// The display (X11, Wayland) is not there, refuses, or does not answer.
    #[error("the display cannot be reached")]
    Display,
    /// A program that is needed (ourselves, tmux, clip.exe) could not be run or failed.
    #[error("a program that is needed could not be run")]
    Program(#[source] io::Error),
    /// The terminal does not take output.
    #[error("the terminal is gone")]
    Terminal(#[source] io::Error),
}

/// What became of a clear.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cleared {
    /// Nothing of ours was there.
    Nothing,
    /// The clipboard holds it no more.
    Done,
    /// The request is on its way; whether it is heard cannot be seen.
    Sent,
    /// Somebody copied something else since, which was left alone.
    NotOurs,
    /// It may still be there.
    Failed,
}

enum Copied {
    Nothing,
    Native(Helper),
    Sent(Route),
}

/// The way to the clipboard, and what of ours is in it.
///
/// Both [`Clipboard::copy`] and [`Clipboard::clear`] may take up to two seconds when a display or
/// tmux does not answer; usually some 20 ms. It may move to a job for that. Dropping it clears nothing: a helper goes on until its
/// time, so that the command line can end at once.
pub struct Clipboard {
    facts: Facts,
    route: Route,
    helper: PathBuf,
    tmux: Option<Tmux>,
    copied: Copied,
}

impl std::fmt::Debug for Clipboard {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Clipboard").field("route", &self.route).finish_non_exhaustive()
    }
}

impl Clipboard {
    /// The way that fits `facts`; the helper is this program itself.
    pub fn new(facts: Facts) -> Clipboard {
        let own = std::env::current_exe().ok().filter(|file| file.exists());
        // An upgrade may have replaced the file of the running program; the link still leads to it.
        Clipboard::with_helper(facts, own.unwrap_or_else(|| PathBuf::from("/proc/self/exe")))
    }

    /// As [`Clipboard::new`], with the program that becomes the helper.
    pub fn with_helper(facts: Facts, helper: PathBuf) -> Clipboard {
        let path = facts.env.get("PATH").cloned().unwrap_or_default();
        let tmux = Tmux::of_pane(facts.env.get("TMUX").map(String::as_str), path.as_ref());
        Clipboard { route: decide(&facts), facts, helper, tmux, copied: Copied::Nothing }
    }

    /// The way a copy would take.
    pub fn route(&self) -> Route {
        self.route
    }

    /// True while something of ours may be in a clipboard.
    pub fn holds_something(&self) -> bool {
        !matches!(self.copied, Copied::Nothing)
    }

    /// Looks at the surroundings again: tmux may be attached from elsewhere since.
    pub fn refresh(&mut self) {
        if let Some(tmux) = &self.tmux {
            self.facts.tmux = tmux.facts();
            self.route = decide(&self.facts);
        }
    }

    /// Copies `secret`. A copy before it is replaced and its time is over. `out` is the terminal;
    /// only [`Route::Osc52`] writes to it.
    ///
    /// Where the display cannot be reached the next best way is taken; the receipt names it.
    pub fn copy(
        &mut self,
        secret: &Secret,
        clear_after: Duration,
        out: &mut dyn Write,
    ) -> Result<Receipt, CopyError> {
        self.refresh();
        let mut route = self.route;
        let mut done = self.send(route, secret, clear_after, out);
        if route == Route::Native && matches!(done, Err(CopyError::Display)) {
            let other = decide_without_display(&self.facts);
            if !matches!(other, Route::None(_) | Route::Native) {
                route = other;
                done = self.send(route, secret, clear_after, out);
            }
        }
        let (copied, unconfirmed) = done?;
        let native = route == Route::Native;
        // Only now: had it failed, the earlier copy would still have to be cleared.
        match std::mem::replace(&mut self.copied, copied) {
            Copied::Native(earlier) if native => earlier.forget(),
            Copied::Native(earlier) => drop(earlier.clear()),
            Copied::Sent(_) | Copied::Nothing => {}
        }
        Ok(Receipt { route, unconfirmed, hidden_from_history: native, clears_by_itself: native })
    }

    fn send(
        &self,
        route: Route,
        secret: &Secret,
        clear_after: Duration,
        out: &mut dyn Write,
    ) -> Result<(Copied, bool), CopyError> {
        let text = secret.expose();
        let fits = |limit| if text.len() > limit { Err(CopyError::TooLong { limit }) } else { Ok(()) };
        match route {
            Route::None(reason) => Err(CopyError::NoRoute(reason)),
            Route::Native => {
                fits(helper::TEXT_BYTES)?;
                let env = |name: &str| self.variable(name);
                let started = Helper::start(&self.helper, &env, secret, clear_after);
                let helper = started.map_err(|error| match error {
                    StartError::Program(error) => CopyError::Program(error),
                    StartError::Display => CopyError::Display,
                })?;
                Ok((Copied::Native(helper), false))
            }
            Route::Osc52 { wrap, confirmed, mosh } => {
                fits(osc52::limit(wrap))?;
                osc52::set(out, text.as_bytes(), wrap, mosh).map_err(CopyError::Terminal)?;
                Ok((Copied::Sent(route), !confirmed))
            }
            Route::Tmux { .. } => {
                fits(osc52::TEXT_BYTES)?;
                self.through_tmux(text.as_bytes()).map_err(CopyError::Program)?;
                // tmux tells nobody whether its terminal takes it.
                Ok((Copied::Sent(route), true))
            }
            Route::ClipExe => {
                fits(osc52::TEXT_BYTES)?;
                self.through_clip_exe(text).map_err(CopyError::Program)?;
                Ok((Copied::Sent(route), false))
            }
        }
    }

    /// Clears what was copied, where it can be seen only if it is still ours. For the timer, lock,
    /// quit, SIGTERM and SIGHUP; and once more when the focus comes back after the time was over,
    /// since some terminals ignore a clear while another window has the keyboard.
    pub fn clear(&mut self, out: &mut dyn Write) -> Cleared {
        let sent = |done: io::Result<()>| if done.is_ok() { Cleared::Sent } else { Cleared::Failed };
        match std::mem::replace(&mut self.copied, Copied::Nothing) {
            Copied::Nothing => Cleared::Nothing,
            Copied::Native(helper) => helper.clear(),
            Copied::Sent(Route::Osc52 { wrap, mosh, .. }) => sent(osc52::clear(out, wrap, mosh)),
            // It does not hand an empty one on.
            Copied::Sent(Route::Tmux { .. }) => sent(self.through_tmux(b" ")),
            Copied::Sent(_) => sent(self.through_clip_exe(" ")),
        }
    }

    fn variable(&self, name: &str) -> Option<String> {
        let own = self.facts.env.get(name).cloned();
        match name {
            "DISPLAY" | "WAYLAND_DISPLAY" | "XAUTHORITY" if self.facts.tmux.is_some() => {
                // XAUTHORITY is not kept by every tmux; ours is better than none.
                let of_session = self.facts.of_place(name).map(str::to_owned);
                if name == "XAUTHORITY" { of_session.or(own) } else { of_session }
            }
            _ => own,
        }
    }

    fn through_tmux(&self, text: &[u8]) -> io::Result<()> {
        let tmux = self.tmux.as_ref().ok_or(io::ErrorKind::NotFound)?;
        tmux.set_clipboard(text, &mut entropy::System)
    }

    fn through_clip_exe(&self, text: &str) -> io::Result<()> {
        let path = self.facts.env.get("PATH").cloned().unwrap_or_default();
        // A Windows drive shows every file as writable by all: only its own place is taken then.
        let system = Path::new("/mnt/c/Windows/System32/clip.exe");
        let found =
            if system.is_file() { Some(system.into()) } else { program::find("clip.exe", path.as_ref()) };
        let mut wide: Vec<u8> = Vec::with_capacity(text.len() * 2);
        wide.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
        let done = program::run(Command::new(found.ok_or(io::ErrorKind::NotFound)?), &wide, CLIP_EXE_LIMIT);
        wide.zeroize();
        done.map(drop)
    }
}

/// The variables the decision and the helper look at.
const NAMES: [&str; 19] = [
    "PATH",
    "HOME",
    "TERM",
    "TERM_PROGRAM",
    "VTE_VERSION",
    "TMUX",
    "STY",
    "DISPLAY",
    "WAYLAND_DISPLAY",
    "XAUTHORITY",
    "XDG_RUNTIME_DIR",
    "XDG_SESSION_TYPE",
    "SSH_TTY",
    "SSH_CONNECTION",
    "SSH_CLIENT",
    "WSL_DISTRO_NAME",
    "WT_SESSION",
    "REMOTE_CONTAINERS",
    "CODESPACES",
];

impl Facts {
    /// Looks around: environment, tmux, ancestors, container; with the terminal's answers, where
    /// it was asked. Takes up to 1.5 s when tmux does not answer.
    pub fn gather(probe: Option<&Probe>, setting: Setting) -> Facts {
        let env: BTreeMap<String, String> =
            NAMES.into_iter().filter_map(|name| Some((name.to_owned(), std::env::var(name).ok()?))).collect();
        let path = env.get("PATH").cloned().unwrap_or_default();
        let tmux = Tmux::of_pane(env.get("TMUX").map(String::as_str), path.as_ref());
        let container = ["REMOTE_CONTAINERS", "CODESPACES"].iter().any(|name| env.contains_key(*name))
            || ["/.dockerenv", "/run/.containerenv"].iter().any(|file| Path::new(file).exists());
        Facts {
            tmux: tmux.and_then(|tmux| tmux.facts()),
            mosh: is_below_mosh(),
            container,
            osc52: probe.and_then(|probe| probe.osc52),
            terminal: probe.map(|probe| probe.name.clone()).unwrap_or_default(),
            setting,
            env,
        }
    }
}

/// Looks for `mosh-server` among our ancestors (Linux; elsewhere the answer is no).
fn is_below_mosh() -> bool {
    let mut pid = rustix::process::getppid().map(rustix::process::Pid::as_raw_pid);
    for _ in 0..16 {
        let Some(stat) = pid.and_then(|pid| std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()) else {
            return false;
        };
        // pid (name) state parent …; the name may hold spaces and brackets.
        let Some((head, tail)) = stat.rsplit_once(')') else { return false };
        if head.split_once('(').is_some_and(|(_, name)| name == "mosh-server") {
            return true;
        }
        pid = tail.split_whitespace().nth(1).and_then(|parent| parent.parse().ok());
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_may_have_it() {
        fn may_move<T: Send>() {}
        may_move::<Clipboard>();
    }

    #[test]
    fn what_is_too_long_for_its_way_is_not_sent_at_all() {
        let env = [("SSH_TTY".to_owned(), "t".to_owned()), ("TERM".to_owned(), "foot".to_owned())];
        let mut env: BTreeMap<_, _> = env.into();
        let copy = |env: &BTreeMap<String, String>, bytes: usize| {
            let mut out = Vec::new();
            let mut clipboard = Clipboard::new(Facts { env: env.clone(), ..Facts::default() });
            let secret = Secret::from_string("x".repeat(bytes));
            let done = clipboard.copy(&secret, Duration::from_secs(1), &mut out);
            (
                done.map_err(|error| matches!(error, CopyError::TooLong { .. })).map(|one| one.unconfirmed),
                out.len(),
            )
        };
        assert_eq!(copy(&env, 8192).0, Ok(false));
        assert_eq!(copy(&env, 8193), (Err(true), 0));
        env.insert("STY".to_owned(), "1".to_owned());
        assert_eq!(copy(&env, 400).0, Ok(true));
        assert_eq!(copy(&env, 401), (Err(true), 0));
    }

    #[test]
    fn what_was_sent_is_cleared_once() {
        let env = [("SSH_TTY".to_owned(), "t".to_owned())].into();
        let mut clipboard = Clipboard::new(Facts { env, ..Facts::default() });
        let mut out = Vec::new();
        clipboard.copy(&Secret::copy_of("f"), Duration::from_secs(1), &mut out).unwrap();
        assert!(clipboard.holds_something());
        assert_eq!(clipboard.clear(&mut out), Cleared::Sent);
        assert_eq!(clipboard.clear(&mut out), Cleared::Nothing);
        assert_eq!(out, b"\x1b]52;c;Zg==\x1b\\\x1b]52;c;IA==\x1b\\\x1b]52;c;\x1b\\");
    }
}
