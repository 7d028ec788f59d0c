//! The tmux this program runs in: what it says of its session, and its way to the clipboard of the
//! terminal. Not here: its other panes ([`super::panes`]).

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::io;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use super::program;
use crate::crypto::entropy::{Entropy, array};

const LIMIT: Duration = Duration::from_millis(1500);

/// tmux's server option `set-clipboard`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetClipboard {
    /// Programs may set it, and tmux keeps a buffer of each.
    On,
    /// Only tmux itself may set it (its default).
    External,
    /// Nobody may.
    Off,
}

/// What tmux says of the session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// The environment of the session as it is now, not of the day when the pane was opened.
    pub env: BTreeMap<String, String>,
    /// How many clients show the session. 0: nobody sees it.
    pub clients: u32,
    /// Whether it hands a clipboard on.
    pub set_clipboard: SetClipboard,
    /// The client is itself inside a tmux or screen, which may keep a copy.
    pub nested: bool,
}

/// The tmux of this pane.
#[derive(Debug, Clone)]
pub struct Tmux {
    program: PathBuf,
    /// The pane of this program.
    pub(super) own: Option<String>,
}

impl Tmux {
    /// The tmux we are in by `TMUX`, its program found in `path` (the value of `PATH`).
    pub fn of_pane(tmux: Option<&str>, path: &OsStr) -> Option<Tmux> {
        tmux.filter(|value| !value.is_empty())?;
        program::find("tmux", path).map(|program| Tmux { program, own: None })
    }

    /// The same, knowing its own pane (the value of `TMUX_PANE`).
    pub fn with_own(self, own: Option<String>) -> Tmux {
        Tmux { own, ..self }
    }

    /// Asks for everything in one call; `None` when it does not answer within 1.5 s.
    pub fn facts(&self) -> Option<Facts> {
        let format = "#{session_attached} #{session_group_attached} #{client_termname}";
        let mut command = self.command(&["display-message", "-p", format]);
        command.args([";", "show-options", "-sv", "set-clipboard"]);
        command.args([";", "show-environment", "-g", ";", "show-environment"]);
        let said = program::run(command, b"", LIMIT).ok()?;
        parse(&String::from_utf8_lossy(&said))
    }

    /// How many clients show this session: a cheap question for the idle tick.
    pub fn clients(&self) -> Option<u32> {
        let format = "#{session_attached} #{session_group_attached}";
        let said = program::run(self.command(&["display-message", "-p", format]), b"", LIMIT).ok()?;
        attached(&String::from_utf8_lossy(&said))
    }

    /// Hands `text` to the terminal's clipboard: into a buffer of a random name, from standard
    /// input, sent on, and the buffer deleted at once, so that nothing stays in tmux.
    pub fn set_clipboard(&self, text: &[u8], entropy: &mut dyn Entropy) -> io::Result<()> {
        let drawn: [u8; 8] = array(entropy).map_err(io::Error::other)?;
        let name = format!("mamori-{:016x}", u64::from_be_bytes(drawn));
        let loaded = program::run(self.command(&["load-buffer", "-w", "-b", &name, "-"]), text, LIMIT);
        // Also when loading failed half-way: a buffer that is not there is no harm.
        let deleted = program::run(self.command(&["delete-buffer", "-b", &name]), b"", LIMIT);
        loaded.and(deleted).map(drop)
    }

    pub(super) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command.args(args).current_dir("/");
        command
    }
}

fn attached(line: &str) -> Option<u32> {
    // The group's number is empty outside of a group.
    let mut numbers = line.split_whitespace().take(2).map_while(|word| word.parse::<u32>().ok());
    let own = numbers.next()?;
    Some(numbers.next().unwrap_or(0).max(own))
}

fn parse(said: &str) -> Option<Facts> {
    let mut lines = said.lines();
    let first = lines.next()?;
    let clients = attached(first)?;
    let term = first.split(' ').next_back().unwrap_or("");
    let set_clipboard = match lines.next()? {
        "on" => SetClipboard::On,
        "off" => SetClipboard::Off,
        _ => SetClipboard::External,
    };
    let mut env = BTreeMap::new();
    for line in lines {
        // The session's lines come after the global ones and win; "-NAME" takes a name out.
        if let Some((name, value)) = line.split_once('=') {
            env.insert(name.to_owned(), value.to_owned());
        } else if let Some(name) = line.strip_prefix('-') {
            env.remove(name);
        }
    }
    let nested = term.starts_with("tmux") || term.starts_with("screen");
    Some(Facts { env, clients, set_clipboard, nested })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_session_wins_over_the_server() {
        let said = "1  screen-256color\nexternal\nDISPLAY=:0\nSSH_CONNECTION=old\nA=1\nDISPLAY=:1\n-SSH_CONNECTION\n";
        let facts = parse(said).unwrap();
        assert_eq!((facts.clients, facts.set_clipboard, facts.nested), (1, SetClipboard::External, true));
        assert_eq!(facts.env.get("DISPLAY").map(String::as_str), Some(":1"));
        assert!(!facts.env.contains_key("SSH_CONNECTION"));
        assert_eq!(parse("0 2 xterm\noff\n").map(|facts| (facts.clients, facts.nested)), Some((2, false)));
        assert_eq!(parse("error"), None);
    }
}
