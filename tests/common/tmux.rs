//! A program inside a tmux of its own: keys go in as a person presses them, the screen is read as
//! it stands.

#![allow(dead_code, reason = "not every test program uses all of it")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "for tests")]

use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

/// How long anything may take before a test gives up.
pub const PATIENCE: Duration = Duration::from_secs(20);

pub struct Tmux {
    socket: String,
}

impl Tmux {
    /// A server with one window of this size and a shell prompt in it.
    pub fn start(name: &str, size: (u16, u16), home: &Path, env: &[(&str, &str)]) -> Tmux {
        let tmux = Tmux { socket: format!("mamori-{name}-{}", std::process::id()) };
        let (width, height) = (size.0.to_string(), size.1.to_string());
        let mut command = tmux.command();
        command.args(["-f", "/dev/null", "new-session", "-d", "-x", &width, "-y", &height, "exec sh -i"]);
        // - a plain prompt, and nothing of the environment that the test itself runs in
        command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("HOME", home).env("LC_ALL", "C.UTF-8").env("SHELL", "/bin/sh").env("PS1", "ready> ");
        command.env("TERM", "xterm-256color").envs(env.iter().copied());
        let made = command.output().unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        tmux.run(&["set-option", "-g", "status", "off"]);
        tmux
    }

    /// The name of the server's socket, for a client of it.
    pub fn socket(&self) -> &str {
        &self.socket
    }

    fn command(&self) -> Command {
        let mut command = Command::new("tmux");
        command.args(["-u", "-L", &self.socket]).stdin(Stdio::null());
        command
    }

    pub fn run(&self, args: &[&str]) -> Output {
        self.command().args(args).output().unwrap()
    }

    /// The screen.
    pub fn screen(&self) -> String {
        String::from_utf8_lossy(&self.run(&["capture-pane", "-p"]).stdout).into_owned()
    }

    /// The screen with its colours, as the terminal would get them.
    pub fn colours(&self) -> String {
        String::from_utf8_lossy(&self.run(&["capture-pane", "-p", "-e"]).stdout).into_owned()
    }

    /// Pastes a text, bracketed where the program asked for that.
    pub fn pastes(&self, text: &str) -> &Tmux {
        self.run(&["set-buffer", "-b", "pasted", text]);
        self.run(&["paste-buffer", "-d", "-p", "-b", "pasted"]);
        self
    }

    /// Types a text.
    pub fn types(&self, text: &str) -> &Tmux {
        self.run(&["send-keys", "-l", text]);
        self
    }

    /// Presses keys by tmux's names: `Enter Down C-s`.
    pub fn keys(&self, keys: &str) -> &Tmux {
        for key in keys.split_whitespace() {
            self.run(&["send-keys", key]);
            // - Esc and what follows it must not arrive as one sequence
            std::thread::sleep(Duration::from_millis(if key == "Escape" { 150 } else { 15 }));
        }
        self
    }

    /// Waits until the screen shows a text.
    pub fn see(&self, wanted: &str) -> &Tmux {
        self.until(&format!("{wanted:?} to be seen"), |screen| screen.contains(wanted))
    }

    /// Waits until the screen no longer shows a text.
    pub fn gone(&self, unwanted: &str) -> &Tmux {
        self.until(&format!("{unwanted:?} to be gone"), |screen| !screen.contains(unwanted))
    }

    pub fn until(&self, what: &str, good: impl Fn(&str) -> bool) -> &Tmux {
        let end = Instant::now() + PATIENCE;
        loop {
            let screen = self.screen();
            if good(&screen) {
                return self;
            }
            assert!(Instant::now() < end, "waited for {what}:\n{screen}");
            std::thread::sleep(Duration::from_millis(30));
        }
    }
}

impl Drop for Tmux {
    fn drop(&mut self) {
        let _ = self.run(&["kill-server"]);
    }
}
