//! A home with a vault, and the binary in a terminal in front of it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use portable_pty::CommandBuilder;
use rustix::termios::{Termios, tcgetattr};

use super::pty::{PATIENCE, Pty};

pub const MASTER: &str = "Zq7-Vermilion-Kestrel";
pub const MAMORI: &str = env!("CARGO_BIN_EXE_mamori");
/// A user who is nobody else, and who may be become with `setpriv`.
pub const AS_NOBODY: &str = "setpriv --reuid 65534 --regid 65534 --clear-groups";

pub struct House(PathBuf);

impl Drop for House {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

impl House {
    /// A home with an empty vault.
    pub fn new(name: &str) -> House {
        let path = std::env::temp_dir().join(format!("mamori-process-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        let house = House(path);
        house.put("pw", MASTER.as_bytes());
        house.run(&["init", "--kdf", "m=8MiB,t=1,p=1"]);
        house
    }

    /// One that is there.
    pub fn at(path: PathBuf) -> House {
        House(path)
    }

    pub fn root(&self) -> &Path {
        &self.0
    }

    pub fn path(&self, name: &str) -> String {
        self.0.join(name).to_str().unwrap().to_owned()
    }

    pub fn put(&self, name: &str, bytes: &[u8]) {
        let mut file = std::fs::File::create(self.0.join(name)).unwrap();
        std::io::Write::write_all(&mut file, bytes).unwrap();
    }

    /// The command line, with the password in a file.
    pub fn run(&self, args: &[&str]) -> Output {
        let mut command = Command::new(MAMORI);
        command.args(["--lang", "en", "--password-file"]).arg(self.0.join("pw")).args(args);
        let done = command.env_clear().env("HOME", &self.0).output().unwrap();
        assert!(done.status.success(), "{args:?}: {}", String::from_utf8_lossy(&done.stderr));
        done
    }

    pub fn add(&self, title: &str) -> String {
        self.run(&["add", title, "--generate"]);
        let got = self.run(&["get", title]).stdout;
        String::from_utf8(got).unwrap().trim_end().to_owned()
    }

    /// Gives the home to the user of [`AS_NOBODY`].
    pub fn give_away(&self) {
        let given = Command::new("chown").args(["-R", "65534:65534"]).arg(&self.0).status().unwrap();
        assert!(given.success());
    }

    /// A line of bash in a terminal, with the binary as `$MAMORI`.
    pub fn shell_line(&self, line: &str, env: &[(&str, &str)]) -> CommandBuilder {
        let mut command = CommandBuilder::new("/bin/bash");
        command.args(["-c", line]);
        command.env_clear();
        let path = std::env::var("PATH").unwrap();
        let home = self.path("");
        for (name, value) in
            [("HOME", home.as_str()), ("PATH", &path), ("TERM", "xterm-256color"), ("MAMORI", MAMORI)]
        {
            command.env(name, value);
        }
        for (name, value) in env {
            command.env(name, value);
        }
        command
    }

    pub fn start(&self, command: CommandBuilder) -> Pty {
        Pty::start(command)
    }

    /// Starts the full-screen program and opens the vault.
    pub fn unlock(&self, command: CommandBuilder) -> Pty {
        let mut pty = self.at_the_lock(command);
        pty.keys(MASTER.as_bytes());
        pty.keys(b"\r");
        wait_on_screen(&pty, "/ type to search");
        pty
    }

    /// Starts it, and answers as a terminal does.
    pub fn at_the_lock(&self, command: CommandBuilder) -> Pty {
        let mut pty = self.start(command);
        pty.wait_for("\x1b[c");
        pty.keys(b"\x1b[?62;22c");
        wait_on_screen(&pty, "Master password");
        pty
    }

    /// The vault, open in a terminal.
    pub fn open(&self, lang: &str) -> Pty {
        self.unlock(self.shell_line(&format!("exec \"$MAMORI\" --lang {lang}"), &[]))
    }
}

fn cells(count: u16) -> std::num::NonZero<u16> {
    std::num::NonZero::new(count).unwrap()
}

/// What stands on the screen.
pub fn screen(pty: &Pty) -> String {
    let mut terminal = vt100::Parser::new(cells(24), cells(80), 0);
    terminal.process(&pty.output());
    terminal.screen().contents()
}

/// Waits until a text stands on the screen.
pub fn wait_on_screen(pty: &Pty, wanted: &str) {
    let end = Instant::now() + PATIENCE;
    loop {
        let seen = screen(pty);
        if seen.contains(wanted) {
            return;
        }
        assert!(Instant::now() < end, "no {wanted:?} on\n{seen}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

pub fn modes(pty: &Pty) -> Termios {
    tcgetattr(std::fs::File::open(pty.tty_name()).unwrap()).unwrap()
}

/// The modes of a terminal that nobody has touched.
pub fn untouched() -> Termios {
    let mut command = CommandBuilder::new("/bin/sleep");
    command.arg("30");
    modes(&Pty::start(command))
}

/// The terminal is as it was, and everything that was switched on is off.
pub fn given_back(pty: &Pty, before: &Termios) {
    let after = modes(pty);
    let output = pty.output();
    let last = output[output.len().saturating_sub(700)..].escape_ascii().to_string();
    assert_eq!(after.local_modes, before.local_modes, "{last}");
    assert_eq!((after.input_modes, after.output_modes), (before.input_modes, before.output_modes));
    for off in ["\x1b[?1049l", "\x1b[?2004l", "\x1b[?1004l", "\x1b[?25h"] {
        // - the last of it may still be on its way to us
        assert!(pty.waits(0, off, PATIENCE), "{off:?} is missing");
    }
}

/// True where this runs as root; with CI=true it must.
pub fn is_root() -> bool {
    let root = rustix::process::geteuid().is_root();
    assert!(root || std::env::var("CI").as_deref() != Ok("true"), "CI runs this as root");
    if !root {
        println!("SKIPPED: only root can become another user");
    }
    root
}

/// True where a program is there; with CI=true it must be.
pub fn has(program: &str) -> bool {
    let there = Command::new(program).arg("-V").output().is_ok();
    assert!(there || std::env::var("CI").as_deref() != Ok("true"), "CI must have {program}");
    if !there {
        println!("SKIPPED: no {program} here");
    }
    there
}
