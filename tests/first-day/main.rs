//! A first day, as a person lives it over SSH in tmux, in both languages and at two sizes: a vault is
//! made, the clipboard is tried, a RoboForm export comes in, a bank is found by typing, its password
//! is copied and read back from the terminal, it is edited, a password is generated, a change is
//! staged, the vault is locked and opened again.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test")]

#[path = "../common/pty.rs"]
mod pty;
#[path = "../common/tmux.rs"]
mod tmux;

use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use mamori::text::{Lang, catalog};
use portable_pty::CommandBuilder;
use pty::Pty;
use tmux::{PATIENCE, Tmux};

const MASTER: &str = "kawa lantern 7 sakana quartz";
const PASSWORD: &str = "Sakura-2019!";

/// In the shape of RoboForm's own export; made by us.
const EXPORT: &str = "\u{feff}Name,Url,MatchUrl,Login,Pwd,Note,Folder,RfFieldsV2\n\
    みずほ銀行,https://ib.example.jp/,https://ib.example.jp/,3390-1122,Sakura-2019!,,/個人/お金,\
    \"User ID$,,,txt,3390-1122\",\"Password$,,,pwd,Sakura-2019!\",\"支店,,,txt,渋谷\"\n\
    ブログ管理,https://blog.example.jp/wp-login.php,,admin,Sakura-2020!,,/仕事/WordPress,\n\
    メール info@example.jp,https://mail.example.jp/,,info@example.jp,Sakura2020,,/仕事/メール,\n\
    安全メモ,,,,,\"一行目\n二行目\",\n";

struct Home(PathBuf);

impl Home {
    fn new(name: &str) -> Home {
        let path = std::env::temp_dir().join(format!("mamori-day-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(path.join("Downloads")).unwrap();
        let home = Home(path);
        home.put("Downloads/RoboForm.csv", EXPORT);
        home.put("pw", MASTER);
        home
    }

    fn put(&self, name: &str, text: &str) {
        let mut file = std::fs::File::create(self.0.join(name)).unwrap();
        std::io::Write::write_all(&mut file, text.as_bytes()).unwrap();
    }

    /// The command line on the same vault.
    fn run(&self, args: &[&str]) -> String {
        let done = Command::new(env!("CARGO_BIN_EXE_mamori"))
            .arg("--password-file")
            .arg(self.0.join("pw"))
            .args(args)
            .env_clear()
            .env("HOME", &self.0)
            .output()
            .unwrap();
        assert!(done.status.success(), "{args:?}: {}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).unwrap()
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// What the terminal outside tmux was given to copy, oldest first.
fn copies(terminal: &Pty) -> Vec<String> {
    let output = terminal.output();
    let text = String::from_utf8_lossy(&output);
    text.split("\x1b]52;")
        .skip(1)
        .filter_map(|rest| {
            let code = rest.split(['\x07', '\x1b']).next()?.split_once(';')?.1;
            Some(String::from_utf8_lossy(&plain(code)).into_owned())
        })
        .collect()
}

/// Base64 decoded.
fn plain(code: &str) -> Vec<u8> {
    const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut out, mut held, mut bits) = (Vec::new(), 0u32, 0);
    for number in code.chars().filter_map(|letter| LETTERS.find(letter)) {
        held = held << 6 | u32::try_from(number).unwrap();
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            out.push(u8::try_from(held >> bits & 0xff).unwrap());
        }
    }
    out
}

/// Waits until the terminal was given something to copy after the first `before` copies; the blank of
/// a clear does not count.
fn pasted(terminal: &Pty, before: usize) -> String {
    let end = Instant::now() + PATIENCE;
    loop {
        if let Some(text) = copies(terminal).into_iter().skip(before).find(|text| !text.trim().is_empty()) {
            return text;
        }
        assert!(Instant::now() < end, "nothing reached the terminal");
        std::thread::sleep(Duration::from_millis(30));
    }
}

fn a_day(lang: Lang, (width, height): (u16, u16)) {
    let (word, text) = match lang {
        Lang::Ja => ("ja", catalog(Lang::Ja).tui),
        Lang::En => ("en", catalog(Lang::En).tui),
    };
    let home = Home::new(&format!("{word}-{width}"));
    let tmux = Tmux::start(&format!("day-{word}-{width}"), (width, height), &home.0, &[]);
    let mut client = CommandBuilder::new("tmux");
    client.args(["-u", "-L", tmux.socket(), "attach"]);
    client.env_clear();
    client.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    client.env("TERM", "xterm-256color");
    client.env("LC_ALL", "C.UTF-8");
    let terminal = Pty::sized(client, width, height);
    let vault = home.0.join(".local/share/mamori/vault.mamori");

    // - the first run: language, create, a master password typed twice
    tmux.see("ready>").types(&format!("{} --lang {word}", env!("CARGO_BIN_EXE_mamori"))).keys("Enter");
    tmux.see("日本語").see("English").keys("Enter");
    tmux.see(text.page.welcome.begin).keys("Enter");
    tmux.see(text.create.password).types(MASTER).keys("Enter").types(MASTER).keys("Enter");
    tmux.see(text.create.equal);
    assert!(!vault.exists(), "nothing is written before the last step");
    tmux.keys("Enter");

    // - the clipboard is tried: what reached the terminal is pasted back
    tmux.see("mamori-");
    let marker = pasted(&terminal, 0);
    assert!(tmux.screen().contains(&marker), "{marker}:\n{}", tmux.screen());
    tmux.pastes(&marker).see(text.page.welcome.clip.arrived);
    assert!(vault.exists());
    tmux.keys("Enter");

    // - a recovery kit: the code is copied onto paper, its last group typed back
    let code = |screen: &str| {
        let groups = |word: &&str| word.len() == 42 && word.matches('-').count() == 8;
        screen.split_whitespace().find(groups).map(str::to_owned)
    };
    tmux.until("a recovery code", |screen| code(screen).is_some());
    let shown = code(&tmux.screen()).unwrap();
    let last = shown.rsplit('-').next().unwrap();
    tmux.types(last).keys("Enter").see(text.vault.empty);
    assert!(!tmux.screen().contains(&shown), "the code is gone from the screen");

    // - the export lies among the newest files
    tmux.keys(":").types("import").keys("Enter").see("RoboForm.csv").keys("Down Enter");
    tmux.see("みずほ銀行").see("info@example.jp").keys("Enter").see(text.page.import.report).keys("Enter");

    // - found by typing, copied, read back
    tmux.keys("/")
        .types("みずほ")
        .until("one hit", |screen| screen.contains("みずほ銀行") && !screen.contains("ブログ管理"));
    tmux.keys("Enter");
    let before = copies(&terminal).len();
    tmux.keys("p").see(&(text.toast.clears_in)(29));
    assert_eq!(pasted(&terminal, before), PASSWORD);
    assert!(!tmux.screen().contains(PASSWORD), "it is copied, not shown");
    // - and tmux keeps nothing of it
    assert!(!String::from_utf8_lossy(&tmux.run(&["list-buffers"]).stdout).contains("Sakura"));

    // - edited
    tmux.keys("e").see(text.page.form.add_field).keys("Down C-u").types("3390-9999").keys("C-s");
    tmux.until("the list again", |screen| {
        screen.contains("3390-9999") && !screen.contains(text.page.form.add_field)
    });

    // - generated
    tmux.keys("r").see(text.page.generator.title);
    let before = copies(&terminal).len();
    tmux.keys("p");
    let generated = pasted(&terminal, before);
    assert_eq!(generated.chars().count(), 20, "{generated}");
    tmux.keys("Escape").gone(text.page.generator.guessed);

    // - a change is staged; the old password stays beside it
    tmux.keys("c").see(text.page.staged.title).keys("Enter");
    tmux.see(text.page.staged.confirm);
    tmux.keys("Escape").gone(text.page.staged.confirm);

    // - locked, and opened again
    tmux.keys("L").see(text.unlock.password).gone("みずほ");
    tmux.types(MASTER).keys("Enter").see("みずほ銀行");
    tmux.keys("/").types("mizuho").until("one hit", |screen| !screen.contains("ブログ管理")).keys("Enter");
    let before = copies(&terminal).len();
    tmux.keys("P");
    let new = pasted(&terminal, before);
    let before = copies(&terminal).len();
    tmux.keys("p");
    assert_eq!(pasted(&terminal, before), PASSWORD, "the old one is still the current one");
    assert!(new.chars().count() >= 16 && new != PASSWORD && new != generated);

    // - left; the command line sees the same
    tmux.keys("q q").see("ready>");
    let cleared = copies(&terminal).pop().unwrap();
    assert!(cleared.trim().is_empty(), "the clipboard is cleared at the end");
    assert_eq!(home.run(&["get", "みずほ銀行#username"]).trim_end(), "3390-9999");
    assert_eq!(home.run(&["get", "みずほ銀行#new"]).trim_end(), new);
    assert_eq!(home.run(&["get", "みずほ銀行"]).trim_end(), PASSWORD);
}

fn have_tmux() -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let there = mamori::platform::program::find("tmux", &path).is_some();
    assert!(there || std::env::var_os("CI").is_none_or(|value| value != "true"), "tmux must be there in CI");
    if !there {
        println!("skipped: no tmux here");
    }
    there
}

#[test]
fn in_japanese_at_80x24() {
    if have_tmux() {
        a_day(Lang::Ja, (80, 24));
    }
}

#[test]
fn in_japanese_at_160x48() {
    if have_tmux() {
        a_day(Lang::Ja, (160, 48));
    }
}

#[test]
fn in_english_at_80x24() {
    if have_tmux() {
        a_day(Lang::En, (80, 24));
    }
}

#[test]
fn in_english_at_160x48() {
    if have_tmux() {
        a_day(Lang::En, (160, 48));
    }
}
