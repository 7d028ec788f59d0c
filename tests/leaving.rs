//! Leaving and coming back, for real: a tmux that nobody looks at any more locks the vault, two panes
//! and a later login share what `mamori unlock` keeps, and a program that was stopped with Ctrl-Z asks
//! again when the idle time has passed.

#![allow(clippy::print_stdout, reason = "a test says when it skips")]

#[path = "common/pty.rs"]
mod pty;
#[path = "common/tmux.rs"]
mod tmux;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use portable_pty::CommandBuilder;
use pty::Pty;
use tmux::Tmux;

const MASTER: &str = "correct horse battery";
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(30);
const MAMORI: &str = env!("CARGO_BIN_EXE_mamori");

struct Home(PathBuf);

impl Home {
    fn new(name: &str) -> Home {
        let path = std::env::temp_dir().join(format!("mamori-leaving-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).expect("made");
        let home = Home(path);
        home.put("pw", MASTER);
        home.run(&["init", "--kdf", "m=8MiB,t=1,p=1"]);
        home.run(&["add", "Blog", "--generate"]);
        home
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    fn put(&self, name: &str, text: &str) {
        let mut file = std::fs::File::create(self.path(name)).expect("made");
        std::io::Write::write_all(&mut file, text.as_bytes()).expect("written");
    }

    fn run(&self, args: &[&str]) -> String {
        let mut command = Command::new(MAMORI);
        command.args(["--lang", "en", "--password-file"]).arg(self.path("pw")).args(args);
        let done = command.env_clear().env("HOME", &self.0).output().expect("it runs");
        assert!(done.status.success(), "{args:?}: {}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8_lossy(&done.stdout).into_owned()
    }

    fn settings(&self, text: &str) {
        std::fs::create_dir_all(self.path(".config/mamori")).expect("made");
        self.put(".config/mamori/config.toml", text);
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A tmux with a shell, or none where there is no tmux.
fn tmux(name: &str, home: &Path) -> Option<Tmux> {
    if Command::new("tmux").arg("-V").output().is_err() {
        assert_ne!(std::env::var("CI").as_deref(), Ok("true"), "CI must have tmux");
        println!("SKIPPED: no tmux here");
        return None;
    }
    Some(Tmux::start(name, (80, 24), home, &[]))
}

/// Somebody who looks at a tmux; leaves when it is detached.
fn look_at(tmux: &Tmux) -> Pty {
    let mut command = CommandBuilder::new("tmux");
    command.args(["-u", "-L", tmux.socket(), "attach"]);
    command.env("TERM", "xterm-256color");
    command.env("LC_ALL", "C.UTF-8");
    let pty = Pty::start(command);
    pty.wait_for("\x1b[");
    pty
}

fn unlock(tmux: &Tmux) {
    tmux.see("Master password").types(MASTER).keys("Enter").see("Blog");
}

#[test]
fn a_tmux_that_nobody_looks_at_any_more_locks_and_keeps_what_was_typed() {
    let home = Home::new("detach");
    let Some(tmux) = tmux("detach", &home.0) else { return };
    let mut looking = look_at(&tmux);
    tmux.see("ready>").types(&format!("{MAMORI} --lang en")).keys("Enter");
    unlock(&tmux);
    tmux.keys("n").see("Login").keys("Enter").see("[ Save ]").types("Half a shop");
    tmux.see("Half a shop");
    tmux.run(&["detach-client"]);
    looking.wait_end();
    tmux.see("Master password").see("nobody was attached");
    let looking = look_at(&tmux);
    unlock(&tmux);
    tmux.see("Not finished").see("Half a shop");
    drop(looking);
}

#[test]
fn with_the_setting_off_it_stays_open() {
    let home = Home::new("stay");
    home.settings("lock_on_detach = false\n");
    let Some(tmux) = tmux("stay", &home.0) else { return };
    let mut looking = look_at(&tmux);
    tmux.see("ready>").types(&format!("{MAMORI} --lang en")).keys("Enter");
    unlock(&tmux);
    tmux.run(&["detach-client"]);
    looking.wait_end();
    std::thread::sleep(std::time::Duration::from_secs(13));
    tmux.see("Blog");
}

#[test]
fn panes_and_later_clients_share_what_unlock_keeps() {
    let home = Home::new("panes");
    let Some(tmux) = tmux("panes", &home.0) else { return };
    if !home.run(&["status", "--json"]).contains("\"available\"") {
        assert_ne!(std::env::var("CI").as_deref(), Ok("true"), "CI must have a kernel keyring");
        println!("SKIPPED: no kernel keyring here");
        return;
    }
    tmux.see("ready>").types(&format!("{MAMORI} --lang en unlock --for 5m")).keys("Enter");
    tmux.see("Master password").types(MASTER).keys("Enter").see("Unlocked for 5 minutes");
    tmux.run(&["split-window", "exec sh -i"]);
    tmux.see("ready>").types(&format!("{MAMORI} --lang en list")).keys("Enter").see("Blog");
    tmux.run(&["resize-pane", "-Z"]);
    // - somebody came and went meanwhile
    let mut looking = look_at(&tmux);
    tmux.run(&["detach-client"]);
    looking.wait_end();
    tmux.types(&format!("clear; {MAMORI} --lang en status")).keys("Enter").see("unlocked for about");
    tmux.types(&format!("{MAMORI} --lang en")).keys("Enter").see("Opened with the key of mamori unlock");
    tmux.keys("L").see("Locked. The key of mamori unlock is gone, too.").keys("C-c");
    tmux.see("ready>")
        .types(&format!("clear; {MAMORI} --lang en status"))
        .keys("Enter")
        .see("State:    locked");
}

#[test]
fn ctrl_z_hides_and_fg_draws_again_or_asks_when_the_idle_time_is_over() {
    let home = Home::new("stop");
    home.settings("lock_after = 10\n");
    let Some(tmux) = tmux("stop", &home.0) else { return };
    tmux.see("ready>").types(&format!("{MAMORI} --lang en")).keys("Enter");
    unlock(&tmux);
    tmux.keys("C-z").see("Stopped").gone("Blog").types("fg").keys("Enter").see("Blog");
    tmux.keys("C-z").see("Stopped").gone("Blog");
    // - what is stopped sees no clock; the time counts all the same
    std::thread::sleep(std::time::Duration::from_secs(11));
    tmux.types("fg").keys("Enter").see("Master password");
    assert!(!tmux.screen().contains("Blog"), "{}", tmux.screen());
}

/// A large vault is sealed by a thread: what was changed a moment before the end is on the disk.
#[test]
fn a_signal_right_after_an_edit_of_a_large_vault_loses_nothing() {
    let home = Home::new("sealing");
    let mut rows = "Name,Url,MatchUrl,Login,Pwd,Note,Folder,RfFieldsV2\r\n".to_owned();
    for row in 0..20_000 {
        let _ = write!(rows, "site {row},https://s{row}.example,,u{row},x{row}-Zz,,/many,\r\n");
    }
    home.put("many.csv", &rows);
    home.run(&["import", &home.path("many.csv").display().to_string(), "--yes"]);
    for signal in [rustix::process::Signal::TERM, rustix::process::Signal::HUP] {
        let mut command = CommandBuilder::new(MAMORI);
        command.args(["--lang", "en"]);
        command.env_clear();
        command.env("HOME", &home.0);
        command.env("TERM", "xterm-256color");
        command.env("LC_ALL", "C.UTF-8");
        let mut pty = Pty::start(command);
        pty.wait_for("Master password");
        pty.keys(MASTER.as_bytes());
        pty.keys(b"\r");
        pty.wait_for("Blog");
        let before = pty.written();
        pty.keys(b"j*");
        assert!(pty.waits(before, "Done", PATIENCE), "{}", pty.output().escape_ascii());
        pty.signal(signal);
        pty.wait_end();
        let marked = home.run(&["list", "is:favourite"]).lines().count();
        assert_eq!(marked, if signal == rustix::process::Signal::TERM { 1 } else { 2 }, "{signal:?}");
    }
}

/// A password goes into another pane that asks for one, without Enter, and nothing of it stays in tmux or
/// is ever an argument of a program.
#[test]
fn a_password_goes_into_another_pane_and_nowhere_else() {
    const SECRET: &str = "S3CRET 'q\" \\ $HOME 鍵 %s ;";
    let home = Home::new("send");
    home.put("item", SECRET);
    let mut add = Command::new(MAMORI);
    add.args(["add", "Server", "--secret-stdin", "--password-file"]).arg(home.path("pw"));
    add.env_clear().env("HOME", &home.0).stdin(std::fs::File::open(home.path("item")).expect("there"));
    assert!(add.status().expect("it runs").success());
    let Some(tmux) = tmux("send", &home.0) else { return };
    let got = home.path("got");
    let asks = format!(
        "stty -echo; printf 'Password: '; IFS= read -r line; printf %s \"$line\" >'{}'; stty echo; sleep 60",
        got.display()
    );
    tmux.run(&["new-window", "-d", &asks]);
    tmux.run(&["new-window", "-d", "exec sh -i"]);
    tmux.see("ready>").types(&format!("{MAMORI} --lang en")).keys("Enter");
    unlock(&tmux);
    tmux.types("/server").keys("Enter").see("Server");
    // - every argument of every program, all the while
    let watching = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(true));
    let on = std::sync::Arc::clone(&watching);
    let watcher = std::thread::spawn(move || {
        let mut seen = 0_usize;
        while on.load(std::sync::atomic::Ordering::Relaxed) {
            for process in std::fs::read_dir("/proc").expect("there").flatten() {
                let read = |name: &str| std::fs::read(process.path().join(name)).unwrap_or_default();
                for bytes in [read("cmdline"), read("environ")] {
                    seen += usize::from(bytes.windows(6).any(|part| part == b"S3CRET"));
                }
            }
        }
        seen
    });
    tmux.types("s").see("asks for a password").see("shows what is typed").keys("Enter").see("Sent to pane");
    assert!(!got.exists(), "no Enter was pressed");
    tmux.run(&["send-keys", "-t", ":1", "Enter"]);
    tmux.until("it to arrive", |_| std::fs::read(&got).is_ok_and(|bytes| bytes == SECRET.as_bytes()));
    watching.store(false, std::sync::atomic::Ordering::Relaxed);
    assert_eq!(watcher.join().expect("it watched"), 0);
    assert!(tmux.run(&["list-buffers"]).stdout.is_empty());
    // - the same pane does not ask any more: it shows what is typed, and nothing goes there unasked
    tmux.types("s").until("tmux to be asked", |screen| !screen.contains("asks for a password"));
    tmux.types("s").see("What is typed there is shown").keys("Escape");
    assert!(!tmux.run(&["capture-pane", "-p", "-t", ":1"]).stdout.windows(6).any(|part| part == b"S3CRET"));
}
