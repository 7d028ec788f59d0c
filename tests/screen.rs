//! The real binary on a pseudo-terminal: what the demo leaves behind, and what it does on terminals
//! that can less.

#![allow(clippy::unwrap_used, reason = "for tests")]

#[path = "common/pty.rs"]
mod pty;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use portable_pty::CommandBuilder;
use pty::{Pty, contains};

static NEXT: AtomicU32 = AtomicU32::new(0);

/// An empty home that goes with the test.
struct Home(PathBuf);

impl Home {
    fn new() -> Home {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("mamori-screen-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Home(path)
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn mamori(home: &Path, args: &[&str], env: &[(&str, &str)]) -> Pty {
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_mamori"));
    command.args(args);
    command.env_clear();
    command.env("HOME", home);
    command.env("PATH", "/usr/bin:/bin");
    command.env("TERM", "xterm-256color");
    command.env("LANG", "C.UTF-8");
    for (name, value) in env {
        command.env(name, value);
    }
    Pty::start(command)
}

fn files(folder: &Path) -> usize {
    std::fs::read_dir(folder).unwrap().count()
}

#[test]
fn the_demo_leaves_nothing_behind() {
    let home = Home::new();
    let mut pty = mamori(&home.0, &["demo"], &[]);
    pty.wait_for("DEMO: nothing is saved");
    pty.wait_for("Codeberry");
    // - a change, the language, a setting, a lock and an unlock: all of them would write
    for (keys, wanted) in [
        ("d", "trash"),
        ("\u{1b}OQ", "デモ"),
        ("gs", "メモリーの中だけ"),
        ("\u{1b}[B\u{1b}[C", "45"),
        ("L", "demo.mamori"),
        ("\r", "Codeberry"),
    ] {
        pty.keys(keys.as_bytes());
        pty.wait_for(wanted);
        std::thread::sleep(std::time::Duration::from_millis(300));
    }
    pty.keys(b"\x03");
    std::thread::sleep(std::time::Duration::from_millis(100));
    pty.keys(b"\x03");
    pty.wait_end();
    assert_eq!(files(&home.0), 0, "something was written");
}

#[test]
fn the_linux_console_is_english_and_in_ascii() {
    let home = Home::new();
    let pty = mamori(&home.0, &["demo"], &[("TERM", "linux"), ("LANG", "ja_JP.UTF-8")]);
    pty.wait_for("nothing is saved");
    pty.wait_for("+-");
    assert!(!contains(&pty.output(), "─".as_bytes()), "a line that the console may not have");
}

#[test]
fn no_color_gives_no_colour() {
    let home = Home::new();
    let colour = |output: &[u8]| {
        (30..38).chain(90..98).any(|code| {
            contains(output, format!("\u{1b}[{code}m").as_bytes())
                || contains(output, format!(";{code}m").as_bytes())
        })
    };
    let plain = mamori(&home.0, &["demo"], &[("NO_COLOR", "1")]);
    plain.wait_for("Codeberry");
    assert!(!colour(&plain.output()));
    let coloured = mamori(&home.0, &["demo"], &[]);
    coloured.wait_for("Codeberry");
    assert!(colour(&coloured.output()), "the test would see no colour at all");
}

#[test]
fn a_light_background_is_asked_for_and_heeded() {
    let home = Home::new();
    let mut pty = mamori(&home.0, &["demo"], &[]);
    pty.wait_for("\u{1b}]11;?");
    // - cyan cannot be read on white: the accent is blue there
    pty.keys(b"\x1b]11;rgb:ffff/ffff/ffff\x1b\\\x1b[?62;c\x1b[3;2R");
    pty.wait_for("Codeberry");
    let output = pty.output();
    assert!(contains(&output, b"\x1b[34m") && !contains(&output, b"\x1b[36m"));
}

#[test]
fn a_terminal_that_draws_lines_two_cells_wide_gets_ascii() {
    let home = Home::new();
    let mut pty = mamori(&home.0, &["demo"], &[]);
    pty.wait_for("\u{1b}[6n");
    pty.keys(b"\x1b[3;3R\x1b[?62;c");
    pty.wait_for("+-");
}

#[test]
fn a_dumb_terminal_is_refused_in_one_line_that_names_get() {
    let home = Home::new();
    for term in ["dumb", ""] {
        let mut pty = mamori(&home.0, &["demo"], &[("TERM", term)]);
        pty.wait_for("mamori get");
        pty.wait_end();
        let said = String::from_utf8(pty.output()).unwrap();
        assert!(said.contains("mamori get") && said.trim().lines().count() == 1, "{said}");
        assert!(!said.contains('\u{1b}'), "{said}");
    }
}
