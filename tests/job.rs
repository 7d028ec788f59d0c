//! The main job on the built program, from outside: a RoboForm export comes in with one command,
//! the vault opens full-screen, an entry is found by typing, its password is copied to the terminal
//! over SSH, and is cleared when the program is left.

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
