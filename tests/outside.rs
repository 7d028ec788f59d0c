//! The built program from outside: killed before each system call of a save, refused at each of them; many
//! writers of which half are killed; two full-screen sessions and a command on one vault; a file system
//! that is full. The harm it guards against: a vault that is gone, or a change that was reported saved and
//! is not there.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test, and it tells what it measured"
)]
#![allow(clippy::disallowed_methods, reason = "a test writes as a foreign program does")]

mod common;
#[path = "outside/every.rs"]
mod every;
#[path = "outside/order.rs"]
mod order;
#[path = "outside/places.rs"]
mod places;
#[path = "common/pty.rs"]
mod pty;
#[path = "outside/screen.rs"]
mod screen;

use std::collections::BTreeMap;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;
use std::time::{Duration, Instant};

use common::{add, password, reopen};
use mamori::commit;
use mamori::platform::entropy::System;
use mamori::session::Open;
use mamori::store::disk::Real;
use mamori::store::{Store, Why};
use portable_pty::CommandBuilder;
use pty::Pty;

const MASTER: &str = "correct horse battery";
/// How long anything may take on a machine that does ten other things.
const PATIENCE: Duration = Duration::from_secs(30);

struct Home(PathBuf);

impl Drop for Home {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

impl Home {
    fn new(name: &str) -> Home {
        let path = std::env::temp_dir().join(format!("mamori-outside-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(path.join("vaults")).unwrap();
        std::fs::write(path.join("pw"), MASTER).unwrap();
        Home(path)
    }

    /// The same with a vault that has one entry.
    fn with_vault(name: &str) -> Home {
        let home = Home::new(name);
        home.ok(&["init", "--kdf", "m=8MiB,t=1,p=1"]);
        home.ok(&["add", "one", "-u", "old"]);
        home
    }

    fn vault(&self) -> PathBuf {
        self.0.join("vaults/vault.mamori")
    }

    fn state(&self) -> PathBuf {
        self.0.join("state")
    }

    fn store(&self) -> Store {
        Store::new(Arc::new(Real), self.vault(), self.state().join("mamori"))
    }

    fn variables(&self) -> Vec<(&'static str, PathBuf)> {
        vec![
            ("HOME", self.0.clone()),
            ("XDG_STATE_HOME", self.state()),
            ("MAMORI_VAULT", self.vault()),
            ("PATH", std::env::var_os("PATH").unwrap_or_default().into()),
            ("LANG", "C.UTF-8".into()),
            ("TERM", "xterm-256color".into()),
        ]
    }

    /// The program with these arguments, behind `before` (a tracer).
    fn command(&self, before: &[String], args: &[&str]) -> Command {
        let program = env!("CARGO_BIN_EXE_mamori").to_owned();
        let words: Vec<&String> = before.iter().chain([&program]).collect();
        let mut command = Command::new(words[0]);
        command.args(&words[1..]).args(["--lang", "en", "--password-file"]).arg(self.0.join("pw")).args(args);
        command.env_clear().envs(self.variables()).stdin(std::process::Stdio::null());
        command
    }

    fn run(&self, args: &[&str]) -> Output {
        self.command(&[], args).output().unwrap()
    }

    fn ok(&self, args: &[&str]) -> String {
        let done = self.run(args);
        assert!(done.status.success(), "{args:?}: {}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).unwrap()
    }

    fn open(&self) -> Open {
        reopen(self.store().read().expect("a whole file lies there"), &password(MASTER), 9).expect("it opens")
    }

    fn user(&self) -> String {
        self.open().vault().entries().next().expect("the entry is there").username().to_owned()
    }

    fn screen(&self) -> Screen {
        self.screen_behind(&[])
    }

    /// The same behind a tracer.
    fn screen_behind(&self, tracer: &[String]) -> Screen {
        let mut command = CommandBuilder::from_argv(
            tracer.iter().map(String::as_str).chain([env!("CARGO_BIN_EXE_mamori")]).map(Into::into).collect(),
        );
        command.args(["--lang", "en"]);
        command.env_clear();
        for (name, value) in self.variables() {
            command.env(name, value);
        }
        let mut pty = Pty::start(command);
        pty.wait_for("\x1b[c");
        pty.keys(b"\x1b[?62;22c");
        let mut screen = Screen(pty);
        screen.until("Master password");
        screen.0.keys(MASTER.as_bytes());
        screen.0.keys(b"\r");
        screen.until("type to search");
        screen
    }

    /// Files that a save leaves behind only when it is killed.
    fn strays(&self) -> Vec<PathBuf> {
        let mut folders = vec![self.0.clone()];
        let mut found = Vec::new();
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap().flatten() {
                let path = entry.path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|end| end == "tmp") {
                    found.push(path);
                }
            }
        }
        found
    }
}

struct Screen(Pty);

impl Screen {
    fn shown(&self) -> String {
        let cells = |count| std::num::NonZero::new(count).unwrap();
        let mut terminal = vt100::Parser::new(cells(24), cells(80), 0);
        terminal.process(&self.0.output());
        terminal.screen().contents()
    }

    fn wait(&self, what: &str, good: impl Fn(&str) -> bool) -> Duration {
        let begun = Instant::now();
        loop {
            let screen = self.shown();
            if good(&screen) {
                return begun.elapsed();
            }
            assert!(begun.elapsed() < PATIENCE, "waited for {what}:\n{screen}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn until(&mut self, wanted: &str) -> Duration {
        self.wait(wanted, |screen| screen.contains(wanted))
    }

    fn gone(&mut self, unwanted: &str) -> Duration {
        self.wait(unwanted, |screen| !screen.contains(unwanted))
    }
}

/// True where this cannot be done here; in CI that is a failure.
fn skipped(why: &str) -> bool {
    assert!(std::env::var_os("CI").is_none(), "CI must be able to: {why}");
    println!("SKIPPED: {why}");
    true
}

// --- each system call ------------------------------------------------------------------------------

/// The save that is disturbed: it makes a backup, too.
const SAVE: [&str; 4] = ["edit", "one", "-u", "new"];

/// A home whose vault is put back to the same state before each run.
struct Bench {
    home: Home,
    vault: Vec<u8>,
}

impl Bench {
    fn new(name: &str) -> Bench {
        let home = Home::with_vault(name);
        let vault = std::fs::read(home.vault()).unwrap();
        Bench { home, vault }
    }

    fn reset(&self) {
        let _ = std::fs::remove_dir_all(self.home.0.join("vaults"));
        let _ = std::fs::remove_dir_all(self.home.state());
        std::fs::create_dir_all(self.home.0.join("vaults")).unwrap();
        std::fs::write(self.home.vault(), &self.vault).unwrap();
        // - which machine this is: drawn once, and no part of a save
        std::fs::create_dir_all(self.home.state().join("mamori")).unwrap();
        std::fs::write(self.home.state().join("mamori/device"), "7\n").unwrap();
    }

    fn tracer(&self, extra: &[String]) -> Vec<String> {
        let trace = self.home.0.join("trace").display().to_string();
        let mut words = vec!["strace".to_owned(), "-qq".to_owned(), "-o".to_owned(), trace];
        words.extend(extra.iter().cloned());
        words
    }

    /// The system calls of a save in their order, each with which of its name it is; from the lock on.
    fn calls(&self) -> Option<Vec<(String, usize)>> {
        self.reset();
        let done = self.home.command(&self.tracer(&[]), &SAVE).output().ok()?;
        if !done.status.success() {
            println!("{}", String::from_utf8_lossy(&done.stderr));
            return None;
        }
        let trace = std::fs::read_to_string(self.home.0.join("trace")).ok()?;
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        let (mut calls, mut saving) = (Vec::new(), false);
        for line in trace.lines() {
            let Some((name, _)) = line.split_once('(') else { continue };
            let count = counts.entry(name).or_default();
            *count += 1;
            saving |= line.contains(".vault.mamori.lock\"");
            if saving && name != "exit_group" {
                calls.push((name.to_owned(), *count));
            }
        }
        Some(calls)
    }

    fn inject(&self, (name, which): &(String, usize), what: &str) -> Output {
        self.reset();
        let extra = ["-e", &format!("trace={name}"), "-e", &format!("inject={name}:{what}:when={which}")]
            .map(str::to_owned);
        self.home.command(&self.tracer(&extra), &SAVE).output().unwrap()
    }

    /// Another run saves, brings nothing of the old edit down, and leaves nothing behind.
    fn goes_on(&self, after: &str) {
        let mut open = self.home.open();
        let id = add(&mut open, "later", "S3CRET", 5_000_000_000_000);
        let store = self.home.store();
        commit::commit(&store, &mut open, Why::Edit, 5_000_000_000_000, &mut System)
            .unwrap_or_else(|error| panic!("{after}: the next save failed: {error}"));
        assert!(self.home.open().vault().entry(id).is_some(), "{after}");
        assert_eq!(self.home.strays(), Vec::<PathBuf>::new(), "{after}");
        for backup in store.backups(&open.header().vault).unwrap() {
            let bytes = store.read_backup(&backup).expect("no torn backup");
            assert!(reopen(bytes, &password(MASTER), 9).is_ok(), "{after}");
        }
    }
}

#[test]
fn killed_before_any_system_call_of_a_save_the_vault_opens_as_it_was_or_as_it_is() {
    let bench = Bench::new("killed");
    let Some(calls) = bench.calls() else {
        skipped("a program can be traced (strace)");
        return;
    };
    let mut killed = BTreeMap::new();
    let (mut old, mut new) = (0, 0);
    for call in &calls {
        let done = bench.inject(call, "signal=SIGKILL");
        let after = format!("{call:?}");
        if done.status.signal() != Some(9) {
            // - the process came to that call in another way this time: what it says must still be true
            assert!(done.status.success(), "{after}: {}", String::from_utf8_lossy(&done.stderr));
            assert_eq!(bench.home.user(), "new", "{after}: reported saved");
            continue;
        }
        *killed.entry(call.0.clone()).or_insert(0) += 1;
        match bench.home.user().as_str() {
            "old" => old += 1,
            "new" => new += 1,
            other => panic!("{after}: {other:?}"),
        }
        bench.goes_on(&after);
    }
    println!("{} calls, killed before {killed:?}; old {old}, new {new}", calls.len());
    let sum: i32 = killed.values().sum();
    assert!(usize::try_from(sum).unwrap() * 10 >= calls.len() * 9, "{sum} of {}", calls.len());
    for needed in ["fsync", "renameat2", "linkat", "write", "unlink"] {
        assert!(killed.contains_key(needed), "{needed} was never reached: {killed:?}");
    }
    assert!(old > 10 && new > 2, "{old} {new}");
}

#[test]
fn refused_by_the_disk_at_any_system_call_of_a_save_nothing_is_lost_and_it_is_said() {
    let bench = Bench::new("refused");
    let Some(calls) = bench.calls() else {
        skipped("a program can be traced (strace)");
        return;
    };
    const VERBS: [&str; 16] = [
        "open",
        "openat",
        "write",
        "pwrite64",
        "fsync",
        "fdatasync",
        "link",
        "linkat",
        "rename",
        "renameat",
        "renameat2",
        "unlink",
        "unlinkat",
        "flock",
        "mkdir",
        "getdents64",
    ];
    let verbs: Vec<_> = calls.iter().filter(|(name, _)| VERBS.contains(&name.as_str())).collect();
    let mut refused = 0;
    for call in &verbs {
        for error in ["EIO", "ENOSPC", "EDQUOT"] {
            let done = bench.inject(call, &format!("error={error}"));
            let after = format!("{call:?} {error}");
            let said = String::from_utf8_lossy(&done.stderr).into_owned();
            let user = bench.home.user();
            match done.status.code() {
                Some(0) => assert_eq!(user, "new", "{after}: reported saved"),
                Some(_) => {
                    refused += 1;
                    assert!(user == "old" || user == "new", "{after}: {user}");
                    assert!(said.contains("mamori: error E"), "{after}: {said}");
                }
                None => panic!("{after}: it crashed: {said}"),
            }
            bench.goes_on(&after);
        }
    }
    println!("{} verbs of the disk, each with three errors: {refused} saves refused", verbs.len());
    assert!(verbs.len() > 20 && refused > 20, "{} {refused}", verbs.len());
}

// --- many writers ------------------------------------------------------------------------------------

#[test]
fn of_many_writers_half_are_killed_and_nothing_that_was_reported_saved_is_missing() {
    let home = Arc::new(Home::with_vault("writers"));
    let writers: Vec<_> = (0..8u64)
        .map(|writer| {
            let home = Arc::clone(&home);
            std::thread::spawn(move || {
                let (mut reported, mut killed) = (Vec::new(), 0);
                for at in 0..5u64 {
                    let title = format!("{writer} {at}");
                    let mut child = home.command(&[], &["-q", "add", &title]).spawn().unwrap();
                    if writer % 2 == 1 {
                        // - spread over the whole of a run
                        std::thread::sleep(Duration::from_millis((writer * 37 + at * 53) % 170));
                        let _ = child.kill();
                    }
                    let status = child.wait().unwrap();
                    match status.code() {
                        Some(0) => reported.push(title),
                        // - busy for five seconds is an answer, too
                        Some(6) => {}
                        Some(code) => panic!("{title}: {code}"),
                        None => killed += 1,
                    }
                }
                (reported, killed)
            })
        })
        .collect();
    let (mut reported, mut killed) = (Vec::new(), 0);
    for writer in writers {
        let (titles, count) = writer.join().unwrap();
        reported.extend(titles);
        killed += count;
    }
    // - the next save clears away what the killed ones left
    home.ok(&["add", "last"]);
    let open = home.open();
    let titles: Vec<&str> = open.vault().entries().map(|entry| entry.title()).collect();
    let lost: Vec<&String> = reported.iter().filter(|title| !titles.contains(&title.as_str())).collect();
    println!("{} reported saved, {killed} killed, {} entries", reported.len(), titles.len());
    assert_eq!(lost, Vec::<&String>::new());
    assert!(reported.len() >= 10 && killed >= 3, "{} {killed}", reported.len());
    assert_eq!(home.strays(), Vec::<PathBuf>::new());
}

// --- sessions side by side ------------------------------------------------------------------------------

#[test]
fn two_screens_and_a_command_on_one_vault_see_each_others_changes() {
    let home = Home::with_vault("sessions");
    home.ok(&["add", "two"]);
    let (mut left, mut right) = (home.screen(), home.screen());
    left.until("two");
    right.until("two");
    home.ok(&["add", "from the command"]);
    let seen = [left.until("from the command"), right.until("from the command")];
    println!("a command's change was seen after {seen:?}");
    // - one screen throws an entry away; the other screen and a command see it
    left.0.keys(b"/two\r");
    left.until(">  two");
    left.0.keys(b"d");
    let gone = |left: &Screen, right: &Screen| {
        let begun = Instant::now();
        while right.shown().contains("two") {
            assert!(begun.elapsed() < PATIENCE, "{}\n{}", left.shown(), right.shown());
            std::thread::sleep(Duration::from_millis(20));
        }
        begun.elapsed()
    };
    let seen = gone(&left, &right);
    println!("the other screen's change was seen after {seen:?}");
    assert!(!home.ok(&["list"]).contains("two"));
    // - and back: both edit at once, on top of what they saw
    right.0.keys(b"/one\r");
    right.until(">  one");
    right.0.keys(b"*");
    home.ok(&["edit", "one", "-u", "by the command"]);
    right.until("by the command");
    let open = home.open();
    let one = open.vault().entries().find(|entry| entry.title() == "one").unwrap();
    assert_eq!((one.username(), one.favourite()), ("by the command", true), "both are there");
    for screen in [&mut left, &mut right] {
        screen.0.keys(b"\x1b\x1b");
        std::thread::sleep(Duration::from_millis(100));
        screen.0.keys(b":quit\r");
        screen.0.wait_end();
    }
}

// --- a full file system ------------------------------------------------------------------------------------

/// Runs a test of this file as root of a namespace of its own, where the user is not root: there it may
/// mount. False where that cannot be had.
fn nested(test: &str) -> bool {
    let done = Command::new("unshare")
        .args(["-Urm"])
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture"])
        .env("MAMORI_NESTED", "1")
        .status();
    done.is_ok_and(|status| status.success())
}

struct Mounted(PathBuf);

impl Drop for Mounted {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

fn mount(at: &Path, size: &str) -> Option<Mounted> {
    std::fs::create_dir_all(at).unwrap();
    let done = Command::new("mount")
        .args(["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"])
        .arg(at)
        .stderr(std::process::Stdio::null())
        .status();
    done.is_ok_and(|status| status.success()).then(|| Mounted(at.to_owned()))
}

#[test]
fn on_a_full_file_system_the_command_refuses_and_the_screen_saves_when_there_is_room() {
    let home = Home::new("full");
    let Some(mounted) = mount(&home.0.join("vaults"), "300k") else {
        let test = "on_a_full_file_system_the_command_refuses_and_the_screen_saves_when_there_is_room";
        if std::env::var_os("MAMORI_NESTED").is_some() || !nested(test) {
            skipped("a small tmpfs can be mounted (root, or unshare -Urm)");
        }
        return;
    };
    home.ok(&["init", "--kdf", "m=8MiB,t=1,p=1"]);
    home.ok(&["add", "one", "-u", "old"]);
    home.ok(&["add", "two"]);
    let ballast = mounted.0.join("ballast");
    // - to the last byte
    let fill = || {
        let mut file = std::fs::File::create(&ballast).unwrap();
        while std::io::Write::write_all(&mut file, &[1; 4096]).is_ok() {}
    };
    let states = |home: &Home| -> Vec<(String, bool)> {
        let open = home.open();
        let entries = open.vault().entries();
        entries.map(|entry| (entry.title().to_owned(), entry.favourite())).collect()
    };
    let favourite =
        |home: &Home, title: &str| states(home).iter().any(|one| *one == (title.to_owned(), true));
    // - a command says it, keeps what is there, and does it when there is room
    std::fs::write(home.0.join("new"), "another good password").unwrap();
    let new = home.0.join("new").display().to_string();
    let passwd = ["passwd", "--new-password-file", &new, "--kdf", "m=8MiB,t=1,p=1", "--old-backups", "keep"];
    fill();
    let before = std::fs::read(home.vault()).unwrap();
    for words in [&["edit", "one", "-u", "new"][..], &["add", "three"], &["purge", "one", "--yes"], &passwd] {
        let done = home.run(words);
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert_eq!(done.status.code(), Some(1), "{words:?}: {said}");
        assert!(said.contains("mamori: error E") && said.contains("full"), "{words:?}: {said}");
        assert!(std::fs::read(home.vault()).unwrap() == before, "{words:?}");
        assert!(home.strays().is_empty(), "{words:?}");
    }
    std::fs::remove_file(&ballast).unwrap();
    home.ok(&["edit", "one", "-u", "new"]);
    assert_eq!(home.ok(&["get", "one#username"]), "new\n");
    let mut screen = home.screen();
    screen.until("two");
    for (title, by_hand) in [("one", true), ("two", false)] {
        fill();
        screen.0.keys(format!("/{title}\r").as_bytes());
        screen.until(&format!(">  {title}"));
        screen.0.keys(b"*");
        screen.until("the disk is full");
        screen.until("not saved yet");
        assert!(!favourite(&home, title), "the old vault lies there");
        // - memory keeps it: it is marked on the screen
        assert!(home.strays().is_empty());
        std::fs::remove_file(&ballast).unwrap();
        if by_hand {
            screen.0.keys(b"\x1b[15~");
        }
        let begun = Instant::now();
        while !favourite(&home, title) {
            assert!(begun.elapsed() < PATIENCE, "not saved:\n{}", screen.shown());
            std::thread::sleep(Duration::from_millis(50));
        }
        println!("{title}: saved {:?} after there was room, by hand: {by_hand}", begun.elapsed());
        screen.gone("not saved yet");
        screen.0.keys(b"\x1b");
        std::thread::sleep(Duration::from_millis(200));
        screen.0.keys(b"\x1b");
        std::thread::sleep(Duration::from_millis(200));
    }
    drop(screen);
}
