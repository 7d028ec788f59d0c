//! `doctor`: a sound vault has no problem; each thing that is broken on purpose is found, named by its
//! id, and judged.

use std::collections::BTreeMap;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;

use super::house::{House, PW};
use super::pty::Pty;
use portable_pty::CommandBuilder;

/// A vault at the cost that new ones get.
fn house() -> House {
    let house = House::empty();
    let file = house.path("pw");
    let made = ["init", "--kdf", "m=64MiB,t=3,p=4", "-q", "--password-file", &file];
    assert_eq!(house.run(&made).code, 0);
    house.env("MAMORI_PASSWORD_FILE", &file)
}

struct Found {
    code: i32,
    levels: BTreeMap<String, String>,
    said: String,
}

impl Found {
    fn level(&self, id: &str) -> &str {
        self.levels.get(id).map_or("nothing", String::as_str)
    }
}

fn doctor(house: &House, more: &[&str]) -> Found {
    let run = house.run(&[&["doctor", "--json"], more].concat());
    let rows: Vec<BTreeMap<String, String>> = serde_json::from_str(&run.out).expect(&run.err);
    let levels = rows.iter().map(|row| (row["id"].clone(), row["level"].clone())).collect();
    let said = rows.iter().map(|row| format!("{}\n{}\n", row["said"], row["advice"])).collect();
    Found { code: run.code, levels, said }
}

fn mode(path: &Path, mode: u32) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn a_sound_vault_has_no_problem_and_nothing_is_left_behind() {
    let house = house();
    house.ok(&["add", "Blog", "--generate"]);
    let secret = house.ok(&["get", "Blog"]);
    let names = || {
        let folder = house.vault().parent().unwrap().to_owned();
        let mut all: Vec<_> =
            std::fs::read_dir(folder).unwrap().map(|one| one.unwrap().file_name()).collect();
        all.sort();
        all
    };
    let before = names();
    let found = doctor(&house, &[]);
    let problems: Vec<_> =
        found.levels.iter().filter(|(_, level)| *level == "problem").map(|(id, _)| id.as_str()).collect();
    // - where the folder for temporary files lies in memory a vault there is gone at the next start
    const TMPFS: u64 = 0x0102_1994;
    let here = rustix::fs::statfs(house.root()).unwrap();
    let fine = if here.f_type as u64 == TMPFS { (7, vec!["file-system"]) } else { (0, vec![]) };
    assert_eq!((found.code, problems), fine, "{}", found.said);
    for id in
        ["vault-file", "vault-mode", "kdf-cost", "folder-mode", "disk-space", "backups", "dumpable", "clock"]
    {
        assert_eq!(found.level(id), "ok", "{id}: {}", found.said);
    }
    assert_eq!(names(), before, "the trial takes its files away");
    assert_eq!(doctor(&house, &["--read-only"]).level("saving"), "note");
    for lang in ["en", "ja"] {
        let run = house.run(&["doctor", "--lang", lang]);
        assert!(!run.out.contains(secret.trim_end()) && !run.out.contains("Blog") && !run.out.contains(PW));
        assert!(run.out.lines().all(|line| unicode_width::UnicodeWidthStr::width(line) <= 79), "{}", run.out);
        assert_eq!((run.code, run.err.as_str()), (0, ""));
    }
}

#[test]
fn who_may_touch_the_files_is_told() {
    let house = house();
    let (vault, folder) = (house.vault(), house.vault().parent().unwrap().to_owned());
    mode(&vault, 0o644);
    assert_eq!(doctor(&house, &[]).level("vault-mode"), "note");
    mode(&vault, 0o666);
    mode(&folder, 0o777);
    let found = doctor(&house, &[]);
    assert_eq!(
        (found.code, found.level("vault-mode"), found.level("folder-mode")),
        (7, "problem", "problem")
    );
    mode(&vault, 0o600);
    mode(&folder, 0o1777);
    assert_eq!(doctor(&house, &[]).level("folder-mode"), "note", "as /tmp is");
    mode(&folder, 0o700);

    std::fs::hard_link(&vault, folder.join("other-name")).unwrap();
    assert_eq!(doctor(&house, &[]).level("vault-hard-links"), "note");
    std::fs::remove_file(folder.join("other-name")).unwrap();
    symlink(&vault, house.root().join("link.mamori")).unwrap();
    let link = house.path("link.mamori");
    assert_eq!(doctor(&house, &["--vault", &link]).level("vault-symlink"), "note");

    house.ok(&["add", "x", "--generate"]);
    mode(&house.root().join("state/mamori"), 0o755);
    assert_eq!(doctor(&house, &[]).level("state-mode"), "note");
    std::fs::create_dir_all(house.root().join("config/mamori")).unwrap();
    house.file("config/mamori/config.toml", b"lock_after = 60\n");
    mode(&house.root().join("config/mamori/config.toml"), 0o622);
    let found = doctor(&house, &[]);
    assert_eq!((found.level("settings-mode"), found.level("settings")), ("problem", "ok"));
    assert_eq!(found.level("settings-open"), "problem");
    mode(&house.root().join("config/mamori/config.toml"), 0o600);
    mode(&house.root().join("config/mamori"), 0o777);
    let found = doctor(&house, &[]);
    assert_eq!((found.level("settings-mode"), found.level("settings-open")), ("ok", "problem"));
    mode(&house.root().join("config/mamori"), 0o700);
    assert_eq!(doctor(&house, &[]).level("settings-open"), "nothing");
    house.file("config/mamori/config.toml", b"lock_after = 1\nnonsense = 2\n");
    let found = doctor(&house, &[]);
    assert_eq!((found.code, found.level("settings")), (7, "problem"), "it runs with wrong settings, too");
    assert!(found.said.contains("settings file: 2"), "{}", found.said);
}

#[test]
fn what_lies_around_the_vault_is_told() {
    let house = house();
    let folder = house.vault().parent().unwrap().to_owned();
    house.ok(&["add", "x", "--generate"]);
    // Names that Syncthing, Dropbox and Nextcloud give; and another vault, which is no copy.
    let copies = [
        "vault.sync-conflict-20261126-101112-ABCDEFG.mamori",
        "vault (Hana's conflicted copy 2026-11-26).mamori",
        "vault (conflicted copy 2026-11-26 101112).mamori",
        "vault-DESKTOP-1A2B3C4.mamori",
    ];
    for copy in copies {
        std::fs::copy(house.vault(), folder.join(copy)).unwrap();
    }
    let other = folder.join("work.mamori").to_str().unwrap().to_owned();
    house.ok(&["--vault", &other, "init", "--kdf", super::house::KDF]);
    std::fs::copy(house.vault(), folder.join(".vault.mamori.0123456789abcdef.tmp")).unwrap();
    let found = doctor(&house, &[]);
    assert_eq!((found.level("copies"), found.level("temps")), ("note", "note"), "{}", found.said);
    assert!(copies.iter().all(|copy| found.said.contains(copy)), "{}", found.said);
    assert!(!found.said.contains("work.mamori"), "{}", found.said);

    // The newest backup broken.
    let backups = house.json(&["backup", "list", "--json"]);
    let newest = backups[0]["path"].as_str().unwrap().to_owned();
    let mut bytes = std::fs::read(&newest).unwrap();
    bytes[50] ^= 1;
    std::fs::remove_file(&newest).unwrap();
    std::fs::write(&newest, bytes).unwrap();
    let found = doctor(&house, &[]);
    assert_eq!((found.code, found.level("backups")), (7, "problem"), "{}", found.said);
}

#[test]
fn a_vault_that_cannot_be_opened_here_is_told() {
    let house = house();
    assert_eq!(doctor(&house, &["--vault", "none.mamori"]).level("vault-file"), "note");
    house.ok(&["add", "x", "--generate"]);
    let before = std::fs::read(house.vault()).unwrap();
    let (old, new) = (house.path("pw"), house.file("new", b"another battery staple\n"));
    house.ok(&["passwd", "--new-password-file", &new, "--kdf", super::house::KDF]);
    let found = doctor(&house, &[]);
    assert_eq!((found.level("kdf-cost"), found.level("backups")), ("problem", "ok"));
    assert!(found.said.contains("open with a former password"), "{}", found.said);
    // The old file put back.
    std::fs::write(house.vault(), &before).unwrap();
    assert_eq!(doctor(&house, &[]).level("vault-epoch"), "problem");
    let mut broken = before;
    broken[100] ^= 1;
    std::fs::write(house.vault(), &broken).unwrap();
    let found = doctor(&house, &[]);
    assert_eq!((found.code, found.level("vault-file")), (7, "problem"), "{}", found.said);
    drop(old);
}

#[test]
fn memory_is_no_place_for_a_vault() {
    let folder = Path::new("/dev/shm").join(format!("mamori-doctor-{}", std::process::id()));
    if std::fs::create_dir(&folder).is_err() {
        assert_ne!(std::env::var("CI").as_deref(), Ok("true"), "CI has a tmpfs");
        eprintln!("SKIPPED: no tmpfs here");
        return;
    }
    let house = House::new();
    let vault = folder.join("v.mamori");
    std::fs::copy(house.vault(), &vault).unwrap();
    let found = doctor(&house, &["--vault", vault.to_str().unwrap()]);
    let level = found.level("file-system").to_owned();
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!(level, "problem", "{}", found.said);
}

#[test]
fn the_terminal_is_asked_and_left_as_it_was() {
    let house = house();
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_mamori"));
    command.args(["doctor", "--lang", "en"]);
    command.env_clear();
    for (name, value) in house.variables() {
        command.env(name, value);
    }
    command.env("TERM", "xterm-256color");
    let mut pty = Pty::start(command);
    pty.wait_for("\x1b[c");
    pty.keys(b"\x1bP>|foot(1.2)\x1b\\\x1b[?62;52c");
    pty.wait_for("it answers (foot(1.2))");
    pty.wait_for("copies go: through the terminal");
    pty.wait_end();
    let output = pty.output();
    let left = output.windows(8).position(|part| part == b"\x1b[?1049l").expect("the screen is left");
    let told = output.windows(5).position(|part| part == b"Vault").expect("told");
    assert!(left < told, "on the screen that stays");
}
