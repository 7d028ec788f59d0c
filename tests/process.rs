//! The process, on the built binary and from outside: the terminal comes back whatever ends it, memory
//! that may not be locked or cannot be had, what other programs of the same user may see, which system
//! calls it makes, what its children get.
//!
//! Some of it needs root (to become an ordinary user) or strace. Elsewhere it says that it skips; with
//! CI=true that is a failure.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test")]

#[path = "process/house.rs"]
mod house;
#[path = "process/limits.rs"]
mod limits;
#[path = "common/pty.rs"]
mod pty;
#[path = "process/seen.rs"]
mod seen;
#[path = "process/traced.rs"]
mod traced;

use std::time::{Duration, Instant};

use house::{House, MASTER, given_back, modes, wait_on_screen};
use rustix::process::Signal;

#[test]
fn the_terminal_comes_back_after_every_signal_that_ends_the_program() {
    for signal in [Signal::TERM, Signal::HUP, Signal::INT, Signal::QUIT] {
        let house = House::new("signals");
        house.add("Quixotic-Title-Wombat");
        let mut pty = house.open("en");
        let before = house::untouched();
        assert_ne!(modes(&pty).local_modes, before.local_modes, "it is raw while it is held");
        pty.signal(signal);
        pty.wait_end();
        given_back(&pty, &before);
        let output = pty.output();
        let left = output.windows(8).rposition(|part| part == b"\x1b[?1049l").unwrap();
        assert!(!pty::contains(&output[left..], b"Quixotic"), "{signal:?}: nothing of the vault stays");
    }
}

/// Not a test by itself: holds a terminal with an open vault in it until it is killed.
#[test]
fn host() {
    let Some(folder) = std::env::var_os("MAMORI_HOSTED") else { return };
    let house = std::mem::ManuallyDrop::new(House::at(folder.into()));
    let pty = house.unlock(house.shell_line("trap '' HUP; exec \"$MAMORI\" --lang en", &[]));
    println!("\nPID={}", pty.child.process_id().unwrap());
    std::thread::sleep(Duration::from_secs(60));
}

fn stat(pid: u32) -> Option<(char, u64)> {
    let text = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let words: Vec<&str> = text.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |at: usize| words.get(at)?.parse::<u64>().ok();
    Some((words.first()?.chars().next()?, ticks(11)? + ticks(12)?))
}

#[test]
fn a_dropped_link_ends_it_within_two_seconds_without_spinning_also_when_sighup_is_ignored() {
    let house = House::new("link");
    house.add("Blog");
    let mut host = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "host", "--nocapture", "--test-threads=1"])
        .env("MAMORI_HOSTED", house.root())
        .stdin(std::process::Stdio::null())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let lines = std::io::BufRead::lines(std::io::BufReader::new(host.stdout.take().unwrap()));
    let told = lines.map_while(Result::ok).find_map(|line| line.strip_prefix("PID=")?.parse().ok());
    let pid: u32 = told.expect("the vault was opened");
    let (_, before) = stat(pid).unwrap();
    host.kill().unwrap();
    host.wait().unwrap();
    let begun = Instant::now();
    let mut after = before;
    while let Some((state, ticks)) = stat(pid).filter(|(state, _)| *state != 'Z') {
        assert!(begun.elapsed() < Duration::from_secs(2), "still there ({state})");
        after = ticks;
        std::thread::sleep(Duration::from_millis(5));
    }
    // - a hundredth of a second each; a loop that spins would take one of them per hundredth
    assert!(after - before < 50, "{} ticks", after - before);
}

#[test]
fn what_is_typed_on_the_command_line_is_not_echoed_and_ctrl_c_gives_the_terminal_back() {
    let house = House::new("prompt");
    let mut pty = house.start(house.shell_line("\"$MAMORI\" --lang en list; echo RC=$?", &[]));
    let before = house::untouched();
    wait_on_screen(&pty, "Master password");
    pty.keys(&MASTER.as_bytes()[..4]);
    std::thread::sleep(Duration::from_millis(100));
    pty.keys(b"\x03");
    wait_on_screen(&pty, "RC=130");
    assert!(!pty::contains(&pty.output(), &MASTER.as_bytes()[..4]));
    assert_eq!(modes(&pty).local_modes, before.local_modes);
}
