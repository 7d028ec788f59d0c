//! Ways to open a vault: every kind of slot on the command line.

use portable_pty::CommandBuilder;
use serde_json::Value;

use super::house::House;
use super::pty::{Pty, contains};

/// The golden file with a slot of each kind, in a home of its own; its secrets come from the
/// description beside it.
struct Golden {
    house: House,
    secrets: Value,
}

impl Golden {
    fn new() -> Golden {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors");
        let house = House::empty();
        house.file("all.mamori", &std::fs::read(folder.join("all-slots.vault")).unwrap());
        let text = std::fs::read_to_string(folder.join("all-slots.json")).unwrap();
        let all: Value = serde_json::from_str(&text).unwrap();
        let secrets = all["secrets"].clone();
        let hex = secrets["key_files"][0]["key_file_hex"].as_str().unwrap();
        let bytes: Vec<u8> = (0..hex.len() / 2)
            .map(|at| u8::from_str_radix(hex.get(2 * at..2 * at + 2).unwrap(), 16).unwrap())
            .collect();
        house.file("key", &bytes);
        let vault = house.path("all.mamori");
        Golden { house: house.env("MAMORI_VAULT", &vault), secrets }
    }

    fn password(&self) -> &str {
        self.secrets["passwords"][0].as_str().unwrap()
    }

    fn with_key_file(&self) -> &str {
        self.secrets["key_files"][0]["password"].as_str().unwrap()
    }

    fn code(&self) -> &str {
        self.secrets["recovery"][0].as_str().unwrap()
    }

    /// Runs `list` with a secret in a file; gives the exit code and standard error.
    fn list(&self, house: &House, secret: &str, more: &[&str]) -> (i32, String) {
        let file = house.file("secret", format!("{secret}\n").as_bytes());
        let run = house.run(&[&["list", "--password-file", &file], more].concat());
        assert_eq!(run.out.contains("みずほ銀行"), run.code == 0, "{}", run.err);
        (run.code, run.err)
    }
}

fn start(house: &House, args: &[&str]) -> Pty {
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_mamori"));
    command.args(args);
    command.env_clear();
    for (name, value) in house.variables() {
        command.env(name, value);
    }
    Pty::start(command)
}

fn code(pty: &mut Pty) -> u32 {
    pty.wait_end();
    pty.child.wait().unwrap().exit_code()
}

/// What is left on the screen at the end.
fn screen(pty: &Pty) -> String {
    std::thread::sleep(std::time::Duration::from_millis(50));
    let cells = |count| std::num::NonZero::new(count).unwrap();
    let mut terminal = vt100::Parser::new(cells(24), cells(80), 200);
    terminal.process(&pty.output());
    terminal.screen().contents()
}

#[test]
fn each_kind_of_slot_opens_and_says_what_is_wrong() {
    let golden = Golden::new();
    let house = &golden.house;
    assert_eq!(golden.list(house, golden.password(), &[]).0, 0);
    assert_eq!(golden.list(house, golden.with_key_file(), &[]).0, 3, "its key file belongs to it");

    let key = house.path("key");
    let with = ["--key-file", key.as_str()];
    assert_eq!(golden.list(house, golden.with_key_file(), &with).0, 0);
    let (code, err) = golden.list(house, golden.password(), &with);
    assert_eq!((code, err.contains("E0323")), (3, true), "what was named is meant: {err}");
    let other = house.file("other", b"another file");
    let (code, err) = golden.list(house, golden.with_key_file(), &["--key-file", &other]);
    assert_eq!((code, err.contains("E0323")), (3, true), "{err}");

    // - of the surroundings it goes with the password, which is tried alone as well
    let env = house.env("MAMORI_KEY_FILE", &key);
    assert_eq!(golden.list(&env, golden.with_key_file(), &[]).0, 0);
    assert_eq!(golden.list(&env, golden.password(), &[]).0, 0);
    assert_eq!(golden.list(&env, "neither", &[]).0, 3);
    let config = house.root().join("config/mamori");
    std::fs::create_dir_all(&config).unwrap();
    std::fs::write(config.join("config.toml"), "key_file = \"~/key\"\n").unwrap();
    assert_eq!(golden.list(house, golden.with_key_file(), &[]).0, 0);
    std::fs::write(config.join("config.toml"), "key_file = \"/gone/key\"\n").unwrap();
    let (code, err) = golden.list(house, golden.password(), &[]);
    assert_eq!((code, err.contains("/gone/key")), (0, true), "the stick is away: {err}");
    std::fs::remove_file(config.join("config.toml")).unwrap();

    let careless = golden.code().to_lowercase().replace('0', "o").replace('1', "l").replace('-', "  ");
    for typed in [golden.code(), &careless] {
        assert_eq!(golden.list(house, typed, &["--recovery"]).0, 0, "{typed}");
    }
    assert_eq!(golden.list(house, golden.password(), &["--recovery"]).0, 3);
    // - a code of another vault has no slip in it, and is told from one that has
    let foreign = mamori::crypto::recovery::shown(&[3; 20]);
    let (code, err) = golden.list(house, foreign.expose(), &["--recovery"]);
    assert_eq!((code, err.contains("E0322")), (3, true), "{err}");
    let at = golden.code().len() - 1;
    let slip = format!(
        "{}{}",
        golden.code().get(..at).unwrap(),
        if golden.code().ends_with('0') { '1' } else { '0' }
    );
    for (typed, wanted) in [(slip.as_str(), "mistake"), ("abcd", "34 letters"), ("abcd-efgu", "group 2")] {
        let (code, err) = golden.list(house, typed, &["--recovery"]);
        assert_eq!((code, err.contains("E0321"), err.contains(wanted)), (3, true, true), "{typed}: {err}");
    }
    assert_eq!(house.run(&["list", "--recovery", "--key-file", &key]).code, 2, "one or the other");
    assert_eq!(house.run(&["list", "--recovery"]).code, 8, "nobody to ask");
    // - what the surroundings give is the password
    let surroundings = house.env("MAMORI_PASSWORD_FILE", &house.path("secret"));
    assert_eq!(surroundings.run(&["list", "--recovery"]).code, 8);
}

#[test]
fn a_vault_without_such_a_slot_says_so_before_anything_is_asked() {
    let house = House::bare();
    let run = house.run(&["list", "--recovery"]);
    assert_eq!((run.code, run.err.contains("E0325")), (1, true), "{}", run.err);
    let key = house.file("key", b"key");
    let run = house.run(&["list", "--key-file", &key]);
    assert_eq!((run.code, run.err.contains("E0325")), (1, true), "{}", run.err);
    // - one of the surroundings is for the vaults that ask for it
    let env = House::new().env("MAMORI_KEY_FILE", "/gone/key");
    let run = env.run(&["list"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
}

#[test]
fn what_is_no_key_file_is_answered_at_once() {
    let golden = Golden::new();
    let house = &golden.house;
    house.file("empty", b"");
    std::fs::File::create(house.path("large")).unwrap().set_len((16 << 20) + 1).unwrap();
    std::fs::File::create(house.path("most")).unwrap().set_len(16 << 20).unwrap();
    std::fs::create_dir(house.path("folder")).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(house.path("pipe")).status().unwrap().success());
    let all = [
        ("empty", 1, "E0320"),
        ("large", 1, "E0320"),
        ("most", 3, "E0323"),
        ("folder", 1, "E0105"),
        ("pipe", 1, "E0105"),
        ("gone", 1, "E0105"),
    ];
    for (name, wanted, words) in all {
        let (code, err) = golden.list(house, "x", &["--key-file", &house.path(name)]);
        assert_eq!((code, err.contains(words)), (wanted, true), "{name}: {err}");
    }
    for device in ["/dev/zero", "/dev/full"] {
        let (code, err) = golden.list(house, "x", &["--key-file", device]);
        assert_eq!((code, err.contains("regular")), (1, true), "{device}: {err}");
    }
}

#[test]
fn a_code_is_typed_from_paper_and_gone_from_the_screen() {
    let golden = Golden::new();
    let mut pty = start(&golden.house, &["list", "--recovery"]);
    pty.wait_for("Recovery code of");
    let typed: String = golden.code().to_lowercase().replace('-', "");
    let wrong = if typed.starts_with('a') { "b" } else { "a" };
    pty.keys(format!("{wrong}{}\r", typed.get(1..).unwrap()).as_bytes());
    pty.wait_for("mistake");
    // - in the groups of the paper, whatever was typed
    let from = pty.written();
    pty.keys(typed.as_bytes());
    assert!(pty.waits(from, golden.code(), super::pty::PATIENCE));
    pty.keys(b"\r");
    assert_eq!(code(&mut pty), 0, "{}", pty.output().escape_ascii());
    let left = screen(&pty);
    assert!(left.contains("みずほ銀行"), "{left}");
    for group in golden.code().split('-').filter(|group| group.len() == 4) {
        assert!(!left.contains(group), "{left}");
    }
    let mut pty = start(&golden.house, &["list", "--recovery"]);
    pty.wait_for("Recovery code of");
    pty.keys(b"AB\x03");
    assert_eq!(code(&mut pty), 130);
    assert!(!screen(&pty).contains("AB"));
    assert!(!contains(&pty.output(), b"ABCD"));
}
