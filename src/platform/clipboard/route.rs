//! Which way a secret goes to a clipboard: one pure function over what is known of the
//! surroundings. It starts nothing and reads nothing.

use std::collections::BTreeMap;

use crate::platform::tmux::{self, SetClipboard};

/// The setting `clipboard`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Setting {
    /// As the surroundings have it.
    #[default]
    Auto,
    /// Always the clipboard of this machine.
    Native,
    /// Always the escape sequence.
    Osc52,
    /// Always through tmux.
    Tmux,
    /// Never.
    None,
}

/// How an escape sequence is wrapped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrap {
    /// As it is.
    None,
    /// In the DCS string of GNU screen, which takes at most 400 bytes of text.
    Screen,
}

/// The way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route {
    /// X11 or Wayland of this machine.
    Native,
    /// The Windows clipboard, from WSL by `clip.exe`.
    ClipExe,
    /// The terminal's clipboard by OSC 52.
    Osc52 {
        /// What stands between us and the terminal.
        wrap: Wrap,
        /// The terminal is known to take it; else "sent" is all that can be said.
        confirmed: bool,
        /// Through mosh, which keeps the clipboard as state and drops a repetition.
        mosh: bool,
    },
    /// The terminal's clipboard by `tmux load-buffer -w`.
    Tmux {
        /// An outer tmux or screen may keep a copy.
        nested: bool,
    },
    /// No way, with the reason.
    None(Reason),
}

/// Why there is no way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The setting says so.
    Setting,
    /// Neither a display nor a terminal with a clipboard.
    NoDisplay,
    /// This terminal ignores OSC 52 (GNOME Terminal and its family, Apple's Terminal).
    TerminalRefuses,
    /// `set-clipboard off` in tmux.
    TmuxOff,
    /// No client shows the tmux session.
    TmuxDetached,
    /// tmux does not answer, or there is none although the setting asks for it.
    NoTmux,
}

/// What is known of the surroundings.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// Our own environment.
    pub env: BTreeMap<String, String>,
    /// The answers of tmux; `None` when we are not in one or it does not answer.
    pub tmux: Option<tmux::Facts>,
    /// `mosh-server` is among our ancestors.
    pub mosh: bool,
    /// We are in a container: its displays are not those of the person.
    pub container: bool,
    /// The terminal's own answer about OSC 52 ([`crate::platform::tty::Probe`]).
    pub osc52: Option<bool>,
    /// The terminal's name from the same answers, or empty.
    pub terminal: String,
    /// The setting.
    pub setting: Setting,
}

impl Facts {
    fn own(&self, name: &str) -> Option<&str> {
        self.env.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// A variable that belongs to the person's place: inside tmux that of the session.
    pub(super) fn of_place(&self, name: &str) -> Option<&str> {
        match &self.tmux {
            Some(tmux) => tmux.env.get(name).map(String::as_str).filter(|value| !value.is_empty()),
            None => self.own(name),
        }
    }

    fn is_remote(&self) -> bool {
        let by_ssh = match self.tmux {
            // The other two are not kept up to date by tmux.
            Some(_) => self.of_place("SSH_CONNECTION").is_some(),
            None => ["SSH_TTY", "SSH_CONNECTION", "SSH_CLIENT"].iter().any(|name| self.own(name).is_some()),
        };
        by_ssh || self.mosh || self.container
    }
}

/// Chooses the way (UX 1.4, in that order).
pub fn decide(facts: &Facts) -> Route {
    match facts.setting {
        Setting::Native => return Route::Native,
        Setting::Osc52 => return osc52(facts, true),
        Setting::Tmux => return through_tmux(facts),
        Setting::None => return Route::None(Reason::Setting),
        Setting::Auto => {}
    }
    let in_tmux = facts.own("TMUX").is_some();
    let remote = facts.is_remote();
    if facts.own("WSL_DISTRO_NAME").is_some() && !remote {
        return match (in_tmux, facts.own("WT_SESSION")) {
            (false, Some(_)) => Route::Osc52 { wrap: Wrap::None, confirmed: true, mosh: false },
            _ => Route::ClipExe,
        };
    }
    let display = facts.of_place("WAYLAND_DISPLAY").or_else(|| facts.of_place("DISPLAY"));
    if !remote && (display.is_some() || cfg!(target_os = "macos")) {
        return Route::Native;
    }
    if in_tmux {
        return through_tmux(facts);
    }
    if facts.own("STY").is_some() {
        return Route::Osc52 { wrap: Wrap::Screen, confirmed: false, mosh: false };
    }
    if !remote && matches!(facts.own("TERM"), None | Some("linux" | "dumb")) {
        return Route::None(Reason::NoDisplay);
    }
    osc52(facts, false)
}

/// The way when the display that [`decide`] chose cannot be reached (a root shell with the `DISPLAY`
/// of somebody else): as if there were none. A setting that names the display stays obeyed.
pub fn decide_without_display(facts: &Facts) -> Route {
    let mut facts = facts.clone();
    for name in ["DISPLAY", "WAYLAND_DISPLAY"] {
        facts.env.remove(name);
        if let Some(tmux) = &mut facts.tmux {
            tmux.env.remove(name);
        }
    }
    decide(&facts)
}

fn through_tmux(facts: &Facts) -> Route {
    match &facts.tmux {
        None => Route::None(Reason::NoTmux),
        Some(tmux) if tmux.set_clipboard == SetClipboard::Off => Route::None(Reason::TmuxOff),
        Some(tmux) if tmux.clients == 0 => Route::None(Reason::TmuxDetached),
        Some(tmux) => Route::Tmux { nested: tmux.nested },
    }
}

/// Terminals that take OSC 52 without being told to (UX 1.1), by the start of their names.
const TAKERS: [&str; 7] = ["kitty", "alacritty", "wezterm", "foot", "ghostty", "rio", "contour"];

fn osc52(facts: &Facts, asked_for: bool) -> Route {
    let wrap = if facts.own("STY").is_some() { Wrap::Screen } else { Wrap::None };
    let program = facts.own("TERM_PROGRAM").unwrap_or("").to_ascii_lowercase();
    let name = facts.terminal.to_ascii_lowercase();
    let term = facts.own("TERM").unwrap_or("").to_ascii_lowercase();
    let refuses = facts.osc52 == Some(false)
        || facts.own("VTE_VERSION").is_some()
        || program == "apple_terminal"
        || name.starts_with("vte");
    if refuses && !asked_for {
        return Route::None(Reason::TerminalRefuses);
    }
    let term = term.strip_prefix("xterm-").unwrap_or(&term);
    let takes =
        |known: &&str| [name.as_str(), program.as_str(), term].iter().any(|one| one.starts_with(*known));
    let confirmed = facts.osc52 == Some(true) || (!refuses && TAKERS.iter().any(takes));
    Route::Osc52 { wrap, confirmed: confirmed && wrap == Wrap::None, mosh: facts.mosh }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(pairs: &str) -> BTreeMap<String, String> {
        pairs
            .split_whitespace()
            .map(|pair| {
                let (name, value) = pair.split_once('=').unwrap();
                (name.to_owned(), value.to_owned())
            })
            .collect()
    }

    fn sent(confirmed: bool) -> Route {
        Route::Osc52 { wrap: Wrap::None, confirmed, mosh: false }
    }

    const SCREEN: Route = Route::Osc52 { wrap: Wrap::Screen, confirmed: false, mosh: false };
    const SSH: &str = "SSH_CONNECTION=c SSH_TTY=/dev/pts/1";

    #[test]
    fn every_surrounding_has_its_way() {
        let table: &[(&str, Route)] = &[
            ("DISPLAY=:0 TERM=xterm", Route::Native),
            ("WAYLAND_DISPLAY=wayland-0 TERM=foot", Route::Native),
            ("DISPLAY= TERM=linux", Route::None(Reason::NoDisplay)),
            ("TERM=dumb", Route::None(Reason::NoDisplay)),
            ("", Route::None(Reason::NoDisplay)),
            // A root shell by su over ssh: nothing says "remote", the terminal may still take it.
            ("TERM=xterm-256color", sent(false)),
            ("SSH_TTY=t TERM=xterm-256color", sent(false)),
            ("SSH_CLIENT=c TERM=xterm-kitty", sent(true)),
            ("SSH_CONNECTION=c TERM=alacritty", sent(true)),
            // ssh -X: the X server of the other end is not used unasked.
            ("SSH_CONNECTION=c DISPLAY=localhost:10.0 TERM=foot", sent(true)),
            ("SSH_CONNECTION=c TERM=xterm VTE_VERSION=7600", Route::None(Reason::TerminalRefuses)),
            ("SSH_CONNECTION=c TERM=xterm TERM_PROGRAM=Apple_Terminal", Route::None(Reason::TerminalRefuses)),
            ("SSH_CONNECTION=c TERM=xterm TERM_PROGRAM=WezTerm", sent(true)),
            ("STY=1.pts TERM=screen SSH_TTY=t", SCREEN),
            ("STY=1.pts TERM=screen DISPLAY=:0", Route::Native),
            ("WSL_DISTRO_NAME=Debian DISPLAY=:0 WT_SESSION=1 TERM=xterm", sent(true)),
            ("WSL_DISTRO_NAME=Debian DISPLAY=:0 WAYLAND_DISPLAY=w", Route::ClipExe),
            ("WSL_DISTRO_NAME=Debian SSH_TTY=t TERM=xterm", sent(false)),
            ("TMUX=/tmp/t,1,0 TERM=screen SSH_TTY=t", Route::None(Reason::NoTmux)),
        ];
        for (env, wanted) in table {
            let facts = Facts { env: map(env), ..Facts::default() };
            assert_eq!(decide(&facts), *wanted, "{env}");
        }
    }

    #[test]
    fn inside_tmux_the_session_counts_and_not_the_pane() {
        let facts = |session: &str, clients, set_clipboard, own: &str| Facts {
            env: map(own),
            tmux: Some(tmux::Facts { env: map(session), clients, set_clipboard, nested: false }),
            ..Facts::default()
        };
        let tmux = Route::Tmux { nested: false };
        let (on, external, off) = (SetClipboard::On, SetClipboard::External, SetClipboard::Off);
        let pane = format!("TMUX=t TERM=screen {SSH}");
        // Opened by ssh, attached at the machine today.
        assert_eq!(decide(&facts("DISPLAY=:0", 1, external, &pane)), Route::Native);
        // Opened at the machine, attached by ssh today.
        assert_eq!(decide(&facts(SSH, 1, external, "TMUX=t DISPLAY=:0")), tmux);
        assert_eq!(decide(&facts(SSH, 1, on, &pane)), tmux);
        assert_eq!(decide(&facts(SSH, 1, off, &pane)), Route::None(Reason::TmuxOff));
        assert_eq!(decide(&facts(SSH, 0, on, &pane)), Route::None(Reason::TmuxDetached));
        assert_eq!(decide(&facts("", 1, external, "TMUX=t TERM=screen")), tmux);
    }

    #[test]
    fn the_terminals_answer_beats_its_name() {
        let facts = |osc52, terminal: &str| Facts {
            env: map(&format!("{SSH} TERM=xterm-256color")),
            osc52,
            terminal: terminal.to_owned(),
            ..Facts::default()
        };
        assert_eq!(decide(&facts(Some(true), "")), sent(true));
        assert_eq!(decide(&facts(Some(false), "kitty(0.35)")), Route::None(Reason::TerminalRefuses));
        assert_eq!(decide(&facts(None, "kitty(0.35)")), sent(true));
        assert_eq!(decide(&facts(None, "VTE(7600)")), Route::None(Reason::TerminalRefuses));
        assert_eq!(decide(&facts(None, "xterm(379)")), sent(false));
    }

    #[test]
    fn mosh_and_containers_are_remote_and_a_setting_is_obeyed() {
        let env = map("DISPLAY=:0 TERM=xterm");
        let facts = Facts { env: env.clone(), mosh: true, ..Facts::default() };
        assert_eq!(decide(&facts), Route::Osc52 { wrap: Wrap::None, confirmed: false, mosh: true });
        let facts = Facts { env: env.clone(), container: true, ..Facts::default() };
        assert_eq!(decide(&facts), sent(false));
        let set = |setting, osc52| decide(&Facts { env: env.clone(), setting, osc52, ..Facts::default() });
        assert_eq!(set(Setting::None, None), Route::None(Reason::Setting));
        assert_eq!(set(Setting::Osc52, Some(false)), sent(false));
        assert_eq!(set(Setting::Tmux, None), Route::None(Reason::NoTmux));
        assert_eq!(
            decide(&Facts { setting: Setting::Native, mosh: true, ..Facts::default() }),
            Route::Native
        );
    }
}
