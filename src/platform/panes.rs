//! Other panes of the tmux this program runs in, and the way to type a secret into one: through a buffer
//! of a random name that is deleted as it is pasted; no argument of a program ever holds it. What listens
//! there is read from its terminal, so that nothing is sent to where it would be seen.
//!
//! Not here: the clipboard of the terminal ([`super::tmux`]).

use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::time::Duration;

use rustix::termios::{LocalModes, tcgetattr};

use super::program;
use super::tmux::Tmux;
use crate::crypto::entropy::{Entropy, array};
use crate::secret::Secret;

const LIMIT: Duration = Duration::from_millis(1500);
/// Most panes that are looked at.
const PANES_MOST: usize = 200;
/// Its own words for a pane, one field a line part; the command, which may be anything, last.
const FORMAT: &str = "#{pane_id}\t#{session_name}:#{window_index}.#{pane_index}\t#{pane_tty}\t\
#{?pane_dead,1,0}#{?pane_in_mode,1,0}#{?pane_input_off,1,0}#{?pane_synchronized,1,0}\t#{window_id}\t#{session_id}\t\
#{pane_current_command}";
/// Programs that show what is typed at their prompt, though they draw it themselves.
const SHELLS: [&str; 12] =
    ["bash", "zsh", "fish", "ksh", "mksh", "tcsh", "csh", "nu", "elvish", "xonsh", "pwsh", "python3"];

/// What listens in a pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Listens {
    /// A line without echo: a prompt for a password.
    Prompt,
    /// A program that reads every key (ssh, an editor): what it shows nobody here can tell.
    Raw,
    /// What is typed is shown.
    Shown,
    /// Its terminal cannot be asked.
    Unknown,
    /// Nothing arrives: it ended, takes no input, or its scrollback is looked at.
    Nothing,
    /// What is typed there is typed in every pane of its window.
    Synchronised,
}

impl Listens {
    /// A secret may be sent.
    pub fn takes(self) -> bool {
        !matches!(self, Listens::Nothing | Listens::Synchronised)
    }

    /// Sent only when a person says so once more.
    pub fn warns(self) -> bool {
        matches!(self, Listens::Shown | Listens::Unknown)
    }
}

/// A pane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pane {
    /// tmux's name of it: a percent sign and a number.
    pub id: String,
    /// Session, window and pane, as tmux counts them. From outside.
    pub place: String,
    /// The program in front. From outside.
    pub command: String,
    /// What listens.
    pub listens: Listens,
}

/// Why nothing was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PasteError {
    /// The pane is gone, or tmux does not answer.
    Gone,
    /// Something else listens there than when it was chosen.
    Changed,
    /// The secret holds a line break or another control character, which would do something there.
    Control,
    /// tmux did not take it.
    Refused,
}

impl Tmux {
    /// The panes but for our own: those of its window first, then those of its session.
    pub fn panes(&self) -> io::Result<Vec<Pane>> {
        let said = program::run(self.command(&["list-panes", "-a", "-F", FORMAT]), b"", LIMIT)?;
        Ok(parse(&String::from_utf8_lossy(&said), self.own.as_deref(), &listens))
    }

    /// Types `secret` into a pane, if the same still listens there.
    pub fn paste(&self, pane: &Pane, secret: &Secret, entropy: &mut dyn Entropy) -> Result<(), PasteError> {
        if secret.expose().chars().any(char::is_control) {
            return Err(PasteError::Control);
        }
        let look = self.command(&["display-message", "-p", "-t", &pane.id, FORMAT]);
        let said = program::run(look, b"", LIMIT).map_err(|_| PasteError::Gone)?;
        let now = parse(&String::from_utf8_lossy(&said), None, &listens);
        let now = now.first().filter(|now| now.id == pane.id).ok_or(PasteError::Gone)?;
        if (now.listens, &now.command) != (pane.listens, &pane.command) || !now.listens.takes() {
            return Err(PasteError::Changed);
        }
        let drawn: [u8; 8] = array(entropy).map_err(|_| PasteError::Refused)?;
        let name = format!("mamori-{:016x}", u64::from_be_bytes(drawn));
        let load = self.command(&["load-buffer", "-b", &name, "-"]);
        let loaded = program::run(load, secret.expose().as_bytes(), LIMIT);
        // - `-d` deletes it as it is pasted, `-p` lets a shell know that it was not typed
        let paste = self.command(&["paste-buffer", "-d", "-p", "-r", "-b", &name, "-t", &pane.id]);
        let pasted = loaded.and_then(|_| program::run(paste, b"", LIMIT));
        if pasted.is_err() {
            let _ = program::run(self.command(&["delete-buffer", "-b", &name]), b"", LIMIT);
        }
        pasted.map(drop).map_err(|_| PasteError::Refused)
    }
}

fn is_id(id: &str) -> bool {
    id.strip_prefix('%').is_some_and(|number| {
        !number.is_empty() && number.len() < 10 && number.bytes().all(|digit| digit.is_ascii_digit())
    })
}

/// What listens on a terminal, before the program is asked for.
fn listens(tty: &Path) -> Listens {
    let nothing = (rustix::fs::OFlags::NOCTTY | rustix::fs::OFlags::NONBLOCK).bits();
    let flags = i32::try_from(nothing).unwrap_or(0);
    let opened = std::fs::OpenOptions::new().read(true).custom_flags(flags).open(tty);
    let Ok(modes) = opened.map_err(drop).and_then(|tty| tcgetattr(&tty).map_err(drop)) else {
        return Listens::Unknown;
    };
    let (line, echo) = (LocalModes::ICANON, LocalModes::ECHO);
    match (modes.local_modes.contains(line), modes.local_modes.contains(echo)) {
        (_, true) => Listens::Shown,
        (true, false) => Listens::Prompt,
        (false, false) => Listens::Raw,
    }
}

fn parse(said: &str, own: Option<&str>, listens: &dyn Fn(&Path) -> Listens) -> Vec<Pane> {
    let mut all: Vec<(Pane, [String; 2])> = Vec::new();
    let mut home = [String::new(), String::new()];
    for line in said.lines().take(PANES_MOST) {
        let mut parts = line.splitn(7, '\t');
        let [Some(id), Some(place), Some(tty), Some(flags), Some(window), Some(session), Some(command)] =
            std::array::from_fn(|_| parts.next())
        else {
            continue;
        };
        if own == Some(id) {
            home = [window.to_owned(), session.to_owned()];
        }
        // - a window may be in several sessions
        if own == Some(id) || !is_id(id) || all.iter().any(|(pane, _)| pane.id == id) {
            continue;
        }
        let listens = match flags.as_bytes() {
            b"0000" if !Path::new(tty).is_absolute() => Listens::Unknown,
            b"0000" => match listens(Path::new(tty)) {
                Listens::Raw if SHELLS.contains(&command.trim_start_matches('-')) => Listens::Shown,
                other => other,
            },
            b"0001" => Listens::Synchronised,
            _ => Listens::Nothing,
        };
        let pane = Pane { id: id.to_owned(), place: place.to_owned(), command: command.to_owned(), listens };
        all.push((pane, [window.to_owned(), session.to_owned()]));
    }
    all.sort_by_key(|(_, [window, session])| (*window != home[0], *session != home[1]));
    all.into_iter().map(|(pane, _)| pane).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAID: &str = "%0\tmain:0.0\t/dev/pts/1\t0000\t@0\t$0\tmamori\n\
        %7\tother:0.0\t/dev/pts/2\t0000\t@3\t$1\tsh\n\
        %1\tmain:1.0\t/dev/pts/3\t0000\t@1\t$0\tbash\n\
        %2\tmain:0.1\t/dev/pts/4\t0000\t@0\t$0\tssh\n\
        %2\tlinked:4.1\t/dev/pts/4\t0000\t@0\t$2\tssh\n\
        %3\tmain:0.2\t/dev/pts/5\t0100\t@0\t$0\tless\n\
        %4\tmain:0.3\t/dev/pts/6\t0001\t@0\t$0\tssh\n\
        %5;x\tmain:0.4\t/dev/pts/6\t0000\t@0\t$0\tssh\n\
        %6\tmain:0.5\t\t0000\t@0\t$0\tsh\thas\ttabs\n\
        broken\n";

    #[test]
    fn panes_of_the_window_come_first_and_what_listens_is_told() {
        let panes = parse(SAID, Some("%0"), &|tty| {
            if tty == Path::new("/dev/pts/2") { Listens::Prompt } else { Listens::Raw }
        });
        let told: Vec<(&str, &str, Listens)> =
            panes.iter().map(|pane| (&*pane.id, &*pane.command, pane.listens)).collect();
        assert_eq!(
            told,
            [
                ("%2", "ssh", Listens::Raw),
                ("%3", "less", Listens::Nothing),
                ("%4", "ssh", Listens::Synchronised),
                ("%6", "sh\thas\ttabs", Listens::Unknown),
                // - a shell draws what is typed itself
                ("%1", "bash", Listens::Shown),
                ("%7", "sh", Listens::Prompt),
            ]
        );
        assert_eq!(parse("", Some("%0"), &|_| Listens::Raw), []);
        assert_eq!(parse("no such option", None, &|_| Listens::Raw), []);
    }

    #[test]
    fn what_is_no_terminal_is_unknown() {
        assert_eq!(listens(Path::new("/dev/null")), Listens::Unknown);
        assert_eq!(listens(Path::new("/nowhere/at/all")), Listens::Unknown);
    }
}
