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

/// A house with a vault, and the password typed at each question.
fn typed(pty: &mut Pty, question: &str, answer: &str) {
    let from = pty.written();
    let _ = from;
    pty.wait_for(question);
    pty.keys(format!("{answer}\r").as_bytes());
}

/// Reads the code off the sheet, goes on and types its last group back; gives the code.
fn copy_code(pty: &mut Pty) -> String {
    pty.wait_for("Enter when it is on paper");
    let seen = String::from_utf8_lossy(&pty.output()).into_owned();
    let sheet = seen.rsplit("Recovery code\r\n").next().unwrap();
    let code = sheet.lines().map(str::trim).find(|line| line.len() == 42).unwrap().to_owned();
    pty.keys(b"\r");
    pty.wait_for("the last group");
    pty.keys(format!("{}\r", code.rsplit('-').next().unwrap().to_lowercase()).as_bytes());
    code
}

fn ways(house: &House) -> Vec<(String, String)> {
    let all = house.json(&["slots", "list", "--json"]);
    let text = |way: &Value, key: &str| way[key].as_str().unwrap().to_owned();
    all.as_array().unwrap().iter().map(|way| (text(way, "kind"), text(way, "name"))).collect()
}

#[test]
fn ways_are_added_listed_and_renamed() {
    let house = House::new();
    let second = house.file("second", b"S3CRET second\n");
    let kdf = ["--kdf", super::house::KDF];
    house
        .ok(&[&["slots", "add", "password", "--name", "花子", "--new-password-file", &second], &kdf[..]]
            .concat());
    let key = house.path("key");
    let add = ["slots", "add", "key-file", &key, "--create", "--new-password-file", &second, "--name", "usb"];
    let run = house.run(&[&add[..], &kdf[..]].concat());
    assert_eq!((run.code, run.err.contains("keep a copy")), (0, true), "{}", run.err);
    use std::os::unix::fs::PermissionsExt;
    let meta = std::fs::metadata(&key).unwrap();
    assert_eq!((meta.len(), meta.permissions().mode() & 0o777), (64, 0o600));
    assert_eq!(
        ways(&house),
        [("password", ""), ("password", "花子"), ("key-file", "usb")]
            .map(|(kind, name)| (kind.to_owned(), name.to_owned()))
    );
    let listed = house.ok(&["slots", "list"]);
    assert!(listed.contains("password (花子)") && listed.contains("m=8MiB,t=1,p=1"), "{listed}");
    assert!(listed.lines().next().unwrap().ends_with("opened it now"), "{listed}");
    let since = &house.json(&["slots", "list", "--json"])[2]["since"];
    assert!(since.as_str().unwrap().starts_with("20"), "{since}");
    // - each opens by itself
    assert_eq!(house.run(&["list", "--password-file", &second]).code, 0);
    assert_eq!(house.run(&["list", "--password-file", &second, "--key-file", &key]).code, 0);

    house.ok(&["slots", "rename", "usb", "the stick"]);
    let run = house.run(&["slots", "rename", "password", "x"]);
    assert_eq!((run.code, run.err.contains("花子")), (5, true), "two of that kind: {}", run.err);
    assert_eq!(house.run(&["slots", "remove", "nobody", "--yes"]).code, 5);
    assert_eq!(ways(&house)[2].1, "the stick");
    // - what exists is not written over, and the vault is no key file
    let run = house.run(&[&add[..], &kdf[..]].concat());
    assert_eq!((run.code, run.err.contains("E0412")), (1, true), "{}", run.err);
    let vault = house.vault();
    let run =
        house.run(&["slots", "add", "key-file", vault.to_str().unwrap(), "--new-password-file", &second]);
    assert_eq!((run.code, run.err.contains("E0331")), (1, true), "{}", run.err);
    assert_eq!(ways(&house).len(), 3);
    for at in 3..8 {
        let name = format!("more {at}");
        house.ok(&[&["slots", "add", "password", "--name", &name, "--new-password-file", &second], &kdf[..]]
            .concat());
    }
    let run = house.run(&["slots", "add", "password", "--new-password-file", &second]);
    assert_eq!((run.code, run.err.contains("E0420")), (1, true), "{}", run.err);
}

#[test]
fn a_recovery_code_is_shown_once_typed_back_and_opens() {
    let house = House::bare();
    let kit = house.path("kit.txt");
    let mut pty = start(
        &house,
        &["slots", "add", "recovery", "--name", "kit of May", "--kit", &kit, "--kdf", super::house::KDF],
    );
    typed(&mut pty, "Master password for", super::house::PW);
    let shown = copy_code(&mut pty);
    assert_eq!(code(&mut pty), 0, "{}", pty.output().escape_ascii());
    // - on a screen of its own, gone with it
    let left = screen(&pty);
    for group in shown.split('-') {
        assert!(group.len() < 4 || !left.contains(group), "{left}");
    }
    let text = std::fs::read_to_string(&kit).unwrap();
    assert!(text.contains(&shown) && text.contains("復旧キット") && text.contains("recovery kit"));
    assert!(text.contains(house.vault().to_str().unwrap()));
    use std::os::unix::fs::PermissionsExt;
    assert_eq!(std::fs::metadata(&kit).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(pty.output().windows(3).any(|part| part == b"rm "), "it says that the file is to go");
    let typed_in = house.file("code", format!("{shown}\n").as_bytes());
    house.ok(&["list", "--recovery", "--password-file", &typed_in]);

    // - skipped, nothing is there; interrupted, neither
    for keys in [&b"\r\r"[..], b"\x03", b"\r\x03"] {
        let before = std::fs::read(house.vault()).unwrap();
        let kit = house.path("none.txt");
        let mut pty = start(&house, &["slots", "add", "recovery", "--kit", &kit]);
        typed(&mut pty, "Master password for", super::house::PW);
        pty.wait_for("Enter when it is on paper");
        for key in keys {
            pty.keys(&[*key]);
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
        let ended = code(&mut pty);
        assert_eq!(ended, if keys.contains(&3) { 130 } else { 0 });
        assert_eq!(std::fs::read(house.vault()).unwrap(), before);
        assert!(!std::path::Path::new(&kit).exists());
    }
    // - a wrong group is asked for again, b shows the code again
    let mut pty = start(&house, &["slots", "add", "recovery", "--qr", "--kdf", super::house::KDF]);
    typed(&mut pty, "Master password for", super::house::PW);
    pty.wait_for("Enter when it is on paper");
    pty.keys(b"\r");
    std::thread::sleep(std::time::Duration::from_millis(200));
    pty.keys(b"\r");
    pty.wait_for("the last group");
    pty.keys(b"u\r");
    pty.wait_for("not the last group");
    pty.keys(b"b\r");
    std::thread::sleep(std::time::Duration::from_millis(200));
    pty.keys(b"\x03");
    assert_eq!(code(&mut pty), 130);
    assert!(contains(&pty.output(), "\x1b[30;107m".as_bytes()), "the QR code is black on white");

    // - without a terminal there is nowhere to show it; onto one the kit does not go
    let with = House::new();
    assert_eq!(with.run(&["slots", "add", "recovery", "--kit", "-"]).code, 8);
    let mut pty = start(&with, &["slots", "add", "recovery", "--kit", "-"]);
    pty.wait_for("E0332");
    assert_eq!(code(&mut pty), 2);
}

#[test]
fn a_key_change_asks_for_what_stays_and_names_what_goes() {
    let house = House::new();
    let (wife, kdf) = (house.file("wife", b"S3CRET wife\n"), ["--kdf", super::house::KDF]);
    house.ok(&["add", "x"]);
    house
        .ok(&[&["slots", "add", "password", "--name", "wife", "--new-password-file", &wife], &kdf[..]]
            .concat());
    house.ok(&[
        &["slots", "add", "password", "--name", "old friend", "--new-password-file", &wife],
        &kdf[..],
    ]
    .concat());
    let old = std::fs::read(house.vault()).unwrap();
    // - a script must say that they go
    let new = house.file("new", b"S3CRET new\n");
    let change = ["passwd", "--new-password-file", &new, "--kdf", super::house::KDF];
    let run = house.run(&change);
    assert_eq!(run.code, 2, "{}", run.err);
    assert_eq!(std::fs::read(house.vault()).unwrap(), old);

    let bare = house.env("MAMORI_PASSWORD_FILE", "");
    let mut pty = start(&bare, &change);
    typed(&mut pty, "Master password for", super::house::PW);
    typed(&mut pty, "(wife) stays", "S3CRET typo");
    pty.wait_for("does not open this way");
    std::thread::sleep(std::time::Duration::from_millis(300));
    pty.keys(b"S3CRET wife\r");
    typed(&mut pty, "(old friend) stays", "");
    typed(&mut pty, "not entered: password (old friend)", "y");
    typed(&mut pty, "[k]eep", "d");
    assert_eq!(code(&mut pty), 0, "{}", pty.output().escape_ascii());
    assert!(!contains(&pty.output(), b"S3CRET"));
    let opens = |file: &str| house.run(&["list", "--password-file", file]).code;
    assert_eq!((opens(&house.path("pw")), opens(&new), opens(&wife)), (3, 0, 0));
    let now = house.env("MAMORI_PASSWORD_FILE", &new);
    assert_eq!(
        ways(&now),
        [("password", ""), ("password", "wife")].map(|(a, b)| (a.to_owned(), b.to_owned()))
    );
    assert_eq!(now.json(&["backup", "list", "--json"]), Value::Array(vec![]), "they were deleted");

    // - the old file put back opens to be read, and cannot be written
    std::fs::write(house.vault(), &old).unwrap();
    let run = house.run(&["list"]);
    assert_eq!((run.code, run.err.contains("before")), (0, true), "{}", run.err);
    assert_eq!(house.run(&["add", "y"]).code, 6);
}

#[test]
fn a_key_file_slot_stays_with_its_file_and_the_kit_goes_through_a_pipe() {
    let house = House::bare();
    let (pw, key, second) = (house.path("pw"), house.path("key"), house.file("second", b"S3CRET second\n"));
    let kdf = super::house::KDF;
    let add = ["slots", "add", "key-file", &key, "--create", "--new-password-file", &second, "--kdf", kdf];
    assert_eq!(house.run(&[&add[..], &["--password-file", &pw]].concat()).code, 0);
    let mut pty = start(&house, &["slots", "rekey", "--kdf", kdf]);
    typed(&mut pty, "Master password for", super::house::PW);
    typed(&mut pty, "its key file", "/gone");
    pty.wait_for("there is no such file");
    std::thread::sleep(std::time::Duration::from_millis(100));
    pty.keys(format!("{key}\r").as_bytes());
    typed(&mut pty, "its password", "S3CRET second");
    typed(&mut pty, "[k]eep", "l");
    assert_eq!(code(&mut pty), 0, "{}", pty.output().escape_ascii());
    assert_eq!(house.run(&["list", "--password-file", &second, "--key-file", &key]).code, 0);

    let mut command = CommandBuilder::new("bash");
    let line = format!(
        "{} slots add recovery --kit - --kdf {kdf} > {}",
        env!("CARGO_BIN_EXE_mamori"),
        house.path("printed")
    );
    command.args(["-c", &line]);
    command.env_clear();
    house.variables().iter().for_each(|(name, value)| command.env(name, value));
    let mut pty = Pty::start(command);
    typed(&mut pty, "Master password for", super::house::PW);
    let shown = copy_code(&mut pty);
    assert_eq!(code(&mut pty), 0, "{}", pty.output().escape_ascii());
    let printed = std::fs::read_to_string(house.path("printed")).unwrap();
    assert!(printed.contains(&shown) && !screen(&pty).contains(shown.split('-').next().unwrap()));
}

#[test]
fn old_backups_are_kept_deleted_or_deleted_in_a_week() {
    let house = House::new();
    let change = |from: &House, at: usize, what: &str| {
        let new = from.file(&format!("pw{at}"), format!("S3CRET {at}\n").as_bytes());
        let run = from.run(&[
            "passwd",
            "--new-password-file",
            &new,
            "--kdf",
            super::house::KDF,
            "--old-backups",
            what,
        ]);
        assert_eq!(run.code, 0, "{}", run.err);
        (house.env("MAMORI_PASSWORD_FILE", &new), run.err)
    };
    house.ok(&["add", "x"]);
    let (house1, err) = change(&house, 1, "keep");
    let count = |house: &House| house.json(&["backup", "list", "--json"]).as_array().unwrap().len();
    let held = count(&house1);
    assert!(held > 0 && err.contains(&format!(": {held}\n")), "{err}");
    let (house2, _) = change(&house1, 2, "later");
    let due: Vec<bool> = house2
        .json(&["backup", "list", "--json"])
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["due"].is_string())
        .collect();
    assert_eq!(due, vec![true; held + 1], "each is named with its day");
    assert!(house2.ok(&["backup", "list"]).contains("to be deleted on"));
    let (house3, _) = change(&house2, 3, "delete");
    assert_eq!(count(&house3), 0);

    // - a purge names those that still hold the entry
    house3.ok(&["add", "y"]);
    house3.ok(&[
        "slots",
        "add",
        "password",
        "--new-password-file",
        &house3.path("pw1"),
        "--kdf",
        super::house::KDF,
    ]);
    let run = house3.run(&["purge", "y", "--yes", "--old-backups", "delete"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.contains("still hold"), "{}", run.err);
    assert_eq!(count(&house3), 1, "the one from before the entry holds nothing of it and stays");
}

#[test]
fn who_forgot_the_password_comes_in_with_the_code_and_sets_a_new_one() {
    let house = House::bare();
    let mut pty = start(&house, &["slots", "add", "recovery", "--kdf", super::house::KDF]);
    typed(&mut pty, "Master password for", super::house::PW);
    let first = copy_code(&mut pty);
    assert_eq!(code(&mut pty), 0);
    house.run(&["list", "--recovery", "--password-file", &house.file("code", first.as_bytes())]);

    let mut pty = start(&house, &["passwd", "--recovery", "--kdf", super::house::KDF]);
    typed(&mut pty, "Recovery code of", &first);
    typed(&mut pty, "New master password", "S3CRET new");
    typed(&mut pty, "once more", "S3CRET new");
    let second = copy_code(&mut pty);
    typed(&mut pty, "[k]eep", "k");
    assert_eq!(code(&mut pty), 0, "{}", pty.output().escape_ascii());
    assert_ne!(first, second, "the code is made anew by default");
    let opens = |args: &[&str], secret: &str| {
        let file = house.file("secret", format!("{secret}\n").as_bytes());
        house.run(&[&["list", "--password-file", &file], args].concat()).code
    };
    assert_eq!(opens(&["--recovery"], &second), 0);
    assert_eq!(opens(&["--recovery"], &first), 3, "the old paper is worth nothing");
    assert_eq!((opens(&[], "S3CRET new"), opens(&[], super::house::PW)), (0, 3));

    // - kept on request, when it is entered
    let mut pty = start(
        &house,
        &["slots", "rekey", "--recovery-code", "keep", "--kdf", super::house::KDF, "--old-backups", "keep"],
    );
    typed(&mut pty, "Master password for", "S3CRET new");
    typed(&mut pty, "that is to stay", &second);
    assert_eq!(code(&mut pty), 0, "{}", pty.output().escape_ascii());
    assert_eq!(opens(&["--recovery"], &second), 0);
    // - the last password does not go
    let file = house.file("secret", b"S3CRET new\n");
    let run = house.run(&["slots", "remove", "password", "--yes", "--password-file", &file]);
    assert_eq!((run.code, run.err.contains("E0328")), (1, true), "{}", run.err);
    // - none on request
    let run = house.run(&[
        "slots",
        "rekey",
        "--recovery-code",
        "none",
        "--yes",
        "--password-file",
        &file,
        "--kdf",
        super::house::KDF,
    ]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(opens(&["--recovery"], &second), 1, "there is no such way any more");
}

#[test]
fn a_backup_from_before_comes_back_under_every_way_of_today() {
    let house = House::new();
    house.ok(&["add", "old"]);
    let (second, new) = (house.file("second", b"S3CRET second\n"), house.file("new", b"S3CRET new\n"));
    let kdf = super::house::KDF;
    house.ok(&["passwd", "--new-password-file", &new, "--kdf", kdf, "--old-backups", "keep"]);
    let now = house.env("MAMORI_PASSWORD_FILE", &new);
    now.ok(&["slots", "add", "password", "--name", "second", "--new-password-file", &second, "--kdf", kdf]);
    now.ok(&["add", "new"]);
    let backups = now.json(&["backup", "list", "--json"]);
    // - the first is of the empty vault, the one after it of the key change
    let before = backups.as_array().unwrap().iter().nth_back(1).unwrap()["name"].as_str().unwrap().to_owned();
    now.ok(&["backup", "restore", &before, "--yes"]);
    for file in [&new, &second] {
        let list = house.env("MAMORI_PASSWORD_FILE", file).json(&["list", "--json"]);
        let titles: Vec<_> =
            list.as_array().unwrap().iter().map(|entry| entry["title"].as_str().unwrap()).collect();
        assert_eq!(titles, ["old"], "opened with {file}");
    }
    assert_eq!(ways(&now).last().unwrap().1, "second");
}
