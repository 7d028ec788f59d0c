//! What needs a terminal: questions, hidden passwords, the second try.

use portable_pty::CommandBuilder;

use super::house::{House, KDF, PW};
use super::pty::{Pty, contains};

fn start(house: &House, args: &[&str]) -> Pty {
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_mamori"));
    command.args(args);
    command.env_clear();
    for (name, value) in house.variables() {
        command.env(name, value);
    }
    Pty::start(command)
}

/// Runs the binary on a terminal to its end; gives what it wrote there.
pub fn on_terminal(house: &House, args: &[&str], keys: &[u8]) -> Vec<u8> {
    let mut pty = start(house, args);
    if !keys.is_empty() {
        pty.keys(keys);
    }
    pty.wait_end();
    std::thread::sleep(std::time::Duration::from_millis(50));
    pty.output()
}

fn wait_times(pty: &Pty, wanted: &str, times: usize) {
    let end = std::time::Instant::now() + super::pty::PATIENCE;
    while String::from_utf8_lossy(&pty.output()).matches(wanted).count() < times {
        assert!(std::time::Instant::now() < end, "{}", pty.output().escape_ascii());
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
}

fn code(pty: &mut Pty) -> u32 {
    pty.wait_end();
    pty.child.wait().unwrap().exit_code()
}

#[test]
fn a_vault_is_made_with_a_password_typed_twice() {
    let house = House::empty();
    let mut pty = start(&house, &["init", "--kdf", KDF]);
    pty.wait_for("New master password");
    pty.keys(format!("{PW}\r").as_bytes());
    pty.wait_for("once more");
    pty.keys(b"something else\r");
    assert_eq!(code(&mut pty), 1);
    assert!(!house.vault().exists());
    let mut pty = start(&house, &["init", "--kdf", KDF]);
    pty.wait_for("New master password");
    pty.keys(b"abc\r");
    pty.wait_for("once more");
    pty.keys(b"abc\r");
    pty.wait_for("can be guessed");
    assert_eq!(code(&mut pty), 0);
    assert!(house.vault().exists());
}

#[test]
fn a_wrong_password_may_be_typed_again_and_is_never_shown() {
    let house = House::bare();
    let mut pty = start(&house, &["list"]);
    pty.wait_for("Master password for");
    pty.keys(b"S3CRET wrong\r");
    wait_times(&pty, "Master password for", 2);
    pty.keys(format!("{PW}\r").as_bytes());
    assert_eq!(code(&mut pty), 0);
    assert!(!contains(&pty.output(), b"S3CRET") && !contains(&pty.output(), b"battery"));
    let mut pty = start(&house, &["list"]);
    pty.wait_for("Master password for");
    // What is typed ahead is thrown away, so each answer waits for its question.
    for (at, key) in ["1\r", "2\r", "3\r"].iter().enumerate() {
        wait_times(&pty, "Master password for", at + 1);
        pty.keys(key.as_bytes());
    }
    assert_eq!(code(&mut pty), 3);
    let mut pty = start(&house, &["list"]);
    pty.wait_for("Master password for");
    pty.keys(b"\x03");
    assert_eq!(code(&mut pty), 130);
}

#[test]
fn entry_secrets_are_asked_for_without_echo() {
    let house = House::new();
    let mut pty = start(&house, &["add", "card", "--kind", "card", "--secret-field", "number"]);
    pty.wait_for("number: ");
    pty.keys(b"4111 1111\r");
    assert_eq!(code(&mut pty), 0);
    assert!(!contains(&pty.output(), b"4111"));
    assert_eq!(house.ok(&["get", "card#number"]), "4111 1111\n");
    let mut pty = start(&house, &["add", "web"]);
    pty.wait_for("Enter for none");
    pty.keys("日本語\r".as_bytes());
    assert_eq!(code(&mut pty), 0);
    assert_eq!(house.ok(&["get", "web"]), "日本語\n");
}

#[test]
fn a_purge_asks_and_export_in_clear_asks_for_the_password_again() {
    let house = House::new();
    house.ok(&["add", "x"]);
    let mut pty = start(&house, &["purge", "x"]);
    pty.wait_for("[y/N]");
    pty.keys(b"n\r");
    assert_eq!(code(&mut pty), 0);
    house.ok(&["show", "x"]);
    let japanese = house.env("MAMORI_LANG", "ja");
    let mut pty = start(&japanese, &["purge", "x"]);
    pty.wait_for("[y/N]");
    pty.keys("はい\r".as_bytes());
    assert_eq!(code(&mut pty), 0);
    assert_eq!(house.run(&["show", "x"]).code, 5);

    let bare = House::bare();
    let out = bare.path("all.json");
    for (second, wanted) in [(format!("{PW}\r"), 0), ("wrong\r".to_owned(), 3)] {
        let _ = std::fs::remove_file(&out);
        let mut pty = start(&bare, &["export", &out, "--format", "json", "--plain"]);
        pty.wait_for("Master password for");
        pty.keys(format!("{PW}\r").as_bytes());
        pty.wait_for("again, to export");
        pty.keys(second.as_bytes());
        assert_eq!(code(&mut pty), wanted);
        assert_eq!(std::path::Path::new(&out).exists(), wanted == 0);
    }
}

#[test]
fn a_copy_through_the_terminal_is_cleared_after_the_countdown() {
    let house = House::new();
    house.fed(&["add", "x", "--secret-stdin"], "copied!\n");
    let config = house.root().join("config/mamori");
    std::fs::create_dir_all(&config).unwrap();
    std::fs::write(config.join("config.toml"), "clear_after = 30\nclipboard = \"osc52\"\n").unwrap();
    let mut pty = start(&house, &["get", "-c", "x"]);
    // base64 of "copied!"
    pty.wait_for("\x1b]52;c;Y29waWVkIQ==");
    pty.wait_for("cleared in");
    assert!(pty.child.try_wait().unwrap().is_none());
    pty.keys(b"\x03");
    pty.wait_for("asked to forget it");
    assert_eq!(code(&mut pty), 0);
    let seen = pty.output();
    assert_eq!(seen.windows(7).filter(|part| part == b"\x1b]52;c;").count(), 3, "{}", seen.escape_ascii());
    let mut pty = start(&house, &["get", "-c", "--no-wait", "x"]);
    pty.wait_for("do it yourself");
    assert_eq!(code(&mut pty), 0);
    // Nobody says that something was sent when there is no terminal to send it to.
    std::fs::write(config.join("config.toml"), "clear_after = 5\nclipboard = \"osc52\"\n").unwrap();
    let run = house.run(&["get", "-c", "x"]);
    assert_eq!((run.code, run.err.contains("E1105")), (1, true), "{}", run.err);
    std::fs::write(config.join("config.toml"), "clipboard = \"none\"\n").unwrap();
    let run = house.run(&["get", "-c", "x"]);
    assert_eq!((run.code, run.err.contains("E1101")), (1, true), "{}", run.err);
}

#[test]
fn what_is_typed_while_a_key_is_derived_is_not_shown() {
    let house = House::empty();
    let file = house.path("pw");
    house.ok(&["init", "-q", "--kdf", "m=64MiB,t=24,p=1", "--password-file", &file]);
    let mut pty = start(&house, &["list"]);
    pty.wait_for("Master password for");
    pty.keys(b"wrong\r");
    std::thread::sleep(std::time::Duration::from_millis(150));
    assert!(!contains(&pty.output(), b"try again"), "the derivation is too quick for this test");
    pty.keys(b"S3CRETAHEAD\r");
    wait_times(&pty, "Master password for", 2);
    pty.keys(format!("{PW}\r").as_bytes());
    assert_eq!(code(&mut pty), 0);
    assert!(!contains(&pty.output(), b"S3CRET"), "{}", pty.output().escape_ascii());
    // Ctrl-C while it goes on gives the terminal back, and says so.
    let mut pty = start(&house, &["list"]);
    pty.wait_for("Master password for");
    pty.keys(format!("{PW}\r").as_bytes());
    std::thread::sleep(std::time::Duration::from_millis(150));
    pty.keys(b"\x03");
    assert_eq!(code(&mut pty), 130);
}
