//! The main job on the built program, from outside: a RoboForm export comes in with one command,
//! the vault opens full-screen, an entry is found by typing, its password is copied to the terminal
//! over SSH, and is cleared when the program is left. And an entry that is half typed when the
//! program is cut off, in each of the ways in which that happens.

#![allow(clippy::print_stdout, reason = "a test says when it skips")]

mod common;
#[path = "common/pty.rs"]
mod pty;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use portable_pty::CommandBuilder;
use pty::{Pty, contains};

const MASTER: &str = "correct horse battery";
const PASSWORD: &str = "Sakura-2019!";

/// In the shape of RoboForm's own export; ours is written here, a real one is read beside it.
const EXPORT: &str = "\u{feff}Name,Url,MatchUrl,Login,Pwd,Note,Folder,RfFieldsV2\n\
    みずほ銀行,https://ib.example.jp/,https://ib.example.jp/,3390-1122,Sakura-2019!,,/個人/お金,\
    \"User ID$,,,txt,3390-1122\",\"Password$,,,pwd,Sakura-2019!\",\"支店,,,txt,渋谷\"\n\
    安全メモ,,,,,\"一行目\n二行目\",\n";

struct Home(PathBuf);

impl Home {
    fn new(name: &str) -> Home {
        let path = std::env::temp_dir().join(format!("mamori-job-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).expect("made");
        put(&path.join("pw"), MASTER.as_bytes());
        Home(path)
    }

    fn run(&self, args: &[&str]) -> Output {
        let done = Command::new(env!("CARGO_BIN_EXE_mamori"))
            .args(["--lang", "en", "--password-file"])
            .arg(self.0.join("pw"))
            .args(args)
            .env_clear()
            .env("HOME", &self.0)
            .output()
            .expect("it runs");
        assert!(done.status.success(), "{args:?}: {}", String::from_utf8_lossy(&done.stderr));
        done
    }

    fn screen(&self, lang: &str) -> Pty {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_mamori"));
        command.args(["--lang", lang]);
        command.env_clear();
        command.env("HOME", &self.0);
        command.env("TERM", "xterm-256color");
        command.env("SSH_CONNECTION", "192.0.2.1 1 192.0.2.2 22");
        Pty::start(command)
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn put(path: &Path, bytes: &[u8]) {
    let mut file = std::fs::File::create(path).expect("made");
    std::io::Write::write_all(&mut file, bytes).expect("written");
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    assert!(bytes.len().is_multiple_of(3), "this one needs no padding");
    let letters = bytes.as_chunks::<3>().0.iter().flat_map(|[a, b, c]| {
        let all = u32::from_be_bytes([0, *a, *b, *c]);
        [18, 12, 6, 0].map(|shift| char::from(LETTERS[(all >> shift & 63) as usize]))
    });
    letters.collect()
}

fn cells(count: u16) -> std::num::NonZero<u16> {
    std::num::NonZero::new(count).expect("not zero")
}

/// Waits until a text stands on the screen that the output draws.
fn wait_on_screen(pty: &Pty, wanted: &str) {
    let end = std::time::Instant::now() + pty::PATIENCE;
    loop {
        let mut terminal = vt100::Parser::new(cells(24), cells(80), 0);
        terminal.process(&pty.output());
        let screen = terminal.screen().contents();
        if screen.contains(wanted) {
            return;
        }
        assert!(std::time::Instant::now() < end, "no {wanted:?} on\n{screen}");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
}

#[test]
fn an_export_is_imported_found_by_typing_copied_and_cleared() {
    for lang in ["en", "ja"] {
        let home = Home::new(lang);
        home.run(&["init", "--kdf", "m=8MiB,t=1,p=1"]);
        let export = home.0.join("RoboForm.csv");
        put(&export, EXPORT.as_bytes());
        home.run(&["import", &export.to_string_lossy()]);
        let mut pty = home.screen(lang);
        // A terminal says what it is when asked.
        pty.wait_for("\x1b[c");
        pty.keys(b"\x1b[?62;22c");
        wait_on_screen(&pty, "F3");
        pty.keys(MASTER.as_bytes());
        pty.keys(b"\r");
        wait_on_screen(&pty, "安全メモ");
        // Romaji, letter by letter, as a person types.
        pty.keys(b"/");
        for byte in b"mizuho" {
            pty.keys(&[*byte]);
        }
        // Letters may be drawn in one frame or in several, so it is the screen that is looked at.
        wait_on_screen(&pty, "mizuho");
        pty.keys(b"\x19");
        pty.wait_for(&format!("\x1b]52;c;{}", base64(PASSWORD.as_bytes())));
        assert!(!contains(&pty.output(), PASSWORD.as_bytes()), "the password itself is never drawn");
        let copied = pty.output().len();
        pty.keys(b"\x1b");
        std::thread::sleep(std::time::Duration::from_millis(200));
        pty.keys(b"q");
        pty.wait_end();
        let after = pty.output().split_off(copied);
        assert!(contains(&after, b"\x1b]52;c;IA=="), "a space is written first: {}", after.escape_ascii());
        assert!(contains(&after, b"\x1b[?1049l"), "the screen is left");
    }
}

// --- cut off while typing -----------------------------------------------------------------------

/// A login, half typed: its title, its user name, its password.
const HALF: [&str; 3] = ["Half a shop", "hana@example.jp", "Half-Sakura-2026!"];

/// The program, opened with the master password.
fn unlocked(home: &Home) -> Pty {
    let mut pty = home.screen("en");
    pty.wait_for("\x1b[c");
    pty.keys(b"\x1b[?62;22c");
    wait_on_screen(&pty, "Master password");
    pty.keys(MASTER.as_bytes());
    pty.keys(b"\r");
    pty
}

/// Types half of a new entry; all of it is on the screen, and nothing is saved.
fn half_typed(home: &Home) -> Pty {
    let mut pty = unlocked(home);
    wait_on_screen(&pty, "This vault is empty");
    pty.keys(b"n");
    wait_on_screen(&pty, "Login");
    pty.keys(b"\r");
    wait_on_screen(&pty, "[ Save ]");
    for text in HALF {
        pty.keys(text.as_bytes());
        pty.keys(b"\t");
    }
    wait_on_screen(&pty, HALF[0]);
    wait_on_screen(&pty, HALF[1]);
    // - the password is veiled: what is typed behind it says that it arrived
    pty.keys(b"\x1b[Z\x1b[Z");
    wait_on_screen(&pty, ">User");
    pty
}

fn drafts(home: &Home) -> Vec<PathBuf> {
    let folder = home.0.join(".local/state/mamori");
    let mut found = Vec::new();
    let mut left = vec![folder];
    while let Some(folder) = left.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                left.push(path);
            } else if path.to_string_lossy().contains("draft") {
                found.push(path);
            }
        }
    }
    found
}

fn is_running(pid: u32) -> bool {
    std::fs::read_to_string(format!("/proc/{pid}/stat")).is_ok_and(|stat| !stat.contains(") Z "))
}

/// Not a test by itself: holds the terminal of a half-typed form until it is killed, and the
/// terminal with it.
#[test]
fn host() {
    let Some(folder) = std::env::var_os("MAMORI_HOSTED") else { return };
    let home = std::mem::ManuallyDrop::new(Home(folder.into()));
    let pty = half_typed(&home);
    println!("\nPID={}", pty.child.process_id().expect("it runs"));
    std::thread::sleep(std::time::Duration::from_secs(60));
}

/// Cuts the program off in one of the ways, and waits for its end.
fn cut_off(way: &str, home: &Home) {
    use rustix::process::Signal;
    if way == "the terminal is gone" {
        let mut host = Command::new(std::env::current_exe().expect("this program"))
            .args(["--exact", "host", "--nocapture", "--test-threads=1"])
            .env("MAMORI_HOSTED", &home.0)
            .stdin(std::process::Stdio::null())
            .stdout(std::process::Stdio::piped())
            .spawn()
            .expect("it runs");
        let lines = std::io::BufRead::lines(std::io::BufReader::new(host.stdout.take().expect("piped")));
        let told = lines.map_while(Result::ok).find_map(|line| line.strip_prefix("PID=")?.parse().ok());
        let pid = told.expect("the form was filled in");
        host.kill().expect("killed");
        host.wait().expect("ended");
        let begun = std::time::Instant::now();
        while is_running(pid) {
            assert!(begun.elapsed() < pty::PATIENCE, "{way}: still there");
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        return;
    }
    let mut pty = half_typed(home);
    let signal = match way {
        "SIGHUP" => Signal::HUP,
        "SIGTERM" => Signal::TERM,
        _ => {
            // - nothing can be done then: what was typed two seconds before is there
            std::thread::sleep(std::time::Duration::from_millis(2_500));
            Signal::KILL
        }
    };
    pty.signal(signal);
    pty.wait_end();
}

#[test]
fn what_was_half_typed_is_offered_again_however_the_program_was_cut_off() {
    for (number, way) in ["SIGHUP", "SIGTERM", "SIGKILL", "the terminal is gone"].into_iter().enumerate() {
        let home = Home::new(&format!("cut-{number}"));
        home.run(&["init", "--kdf", "m=8MiB,t=1,p=1"]);
        cut_off(way, &home);
        let kept = drafts(&home);
        assert_eq!(kept.len(), 1, "{way}: {kept:?}");
        let bytes = std::fs::read(&kept[0]).expect("read");
        assert!(HALF.iter().all(|text| !contains(&bytes, text.as_bytes())), "{way}: it is sealed");
        let list = home.run(&["list", "--json"]).stdout;
        let list: serde_json::Value = serde_json::from_slice(&list).expect("JSON");
        assert_eq!(list, serde_json::json!([]), "{way}: nothing was saved");

        let mut pty = unlocked(&home);
        wait_on_screen(&pty, "Not finished");
        wait_on_screen(&pty, HALF[0]);
        pty.keys(b"\r");
        wait_on_screen(&pty, HALF[1]);
        pty.keys(b"\x13");
        wait_on_screen(&pty, "Saved. z undoes.");
        pty.keys(b"\x1bq");
        std::thread::sleep(std::time::Duration::from_millis(200));
        pty.keys(b"q");
        pty.wait_end();
        let show = home.run(&["show", HALF[0], "--reveal"]).stdout;
        let show = String::from_utf8_lossy(&show);
        assert!(HALF.iter().all(|text| show.contains(text)), "{way}: {show}");
        assert!(drafts(&home).is_empty(), "{way}: what is saved is no draft any more");
    }
}

/// The real exports of RoboForm, where they are at hand.
#[test]
fn the_real_exports_come_in_and_a_second_time_add_nothing() {
    let samples = [
        std::env::var_os("MAMORI_SAMPLES").map(PathBuf::from),
        Some(Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/samples")),
    ];
    let Some(folder) = samples.into_iter().flatten().map(|one| one.join("roboform")).find(|one| one.is_dir())
    else {
        println!("SKIPPED: no ../shared/samples here");
        return;
    };
    let home = Home::new("real");
    home.run(&["init", "--kdf", "m=8MiB,t=1,p=1"]);
    let mut count = 0;
    for file in ["roboform-v1-Rf_fields.csv", "roboform-v2-utf8bom.csv"] {
        let path = folder.join(file);
        home.run(&["import", &path.to_string_lossy()]);
        let list = home.run(&["list", "--json"]).stdout;
        let entries: serde_json::Value = serde_json::from_slice(&list).expect("JSON");
        let now = entries.as_array().expect("a list").len();
        assert!(now > count, "{file}");
        home.run(&["import", &path.to_string_lossy()]);
        assert_eq!(home.run(&["list", "--json"]).stdout, list, "{file} again");
        count = now;
    }
    assert_eq!(count, 14 + 4);
    let got = home.run(&["get", "Business"]).stdout;
    assert_eq!(String::from_utf8_lossy(&got).trim_end(), "businesspassword");
}
