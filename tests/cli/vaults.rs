//! Vault files: made, re-keyed, merged, backed up, exported; and everything that is no vault.

use std::os::unix::fs::PermissionsExt;

use super::house::{House, KDF, PW};

fn mode(path: &std::path::Path) -> u32 {
    std::fs::metadata(path).unwrap().permissions().mode() & 0o7777
}

#[test]
fn init_makes_a_private_file_and_leaves_an_old_one_alone() {
    let house = House::empty();
    let file = house.path("pw");
    let line = format!("umask 000; \"$MAMORI\" --password-file {file} init --kdf {KDF}");
    let run = house.shell(&line);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.contains("warning") && run.err.contains("m=64MiB,t=3,p=4"), "{}", run.err);
    assert_eq!(mode(&house.vault()), 0o600);
    assert_eq!(mode(house.vault().parent().unwrap()), 0o700);
    let before = std::fs::read(house.vault()).unwrap();
    let run = house.shell(&line);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("E0402"), "{}", run.err);
    assert!(std::fs::read(house.vault()).unwrap() == before);
}

/// Who may write into the folder can put an old or a broken file there: said once, when a vault is made.
#[test]
fn a_vault_in_a_folder_of_others_is_made_and_that_is_said() {
    let house = House::empty();
    let file = house.path("pw");
    for (mode, said) in [("0777", true), ("0775", true), ("0755", false), ("0700", false)] {
        let line = format!(
            "mkdir {mode} && chmod {mode} {mode} && \"$MAMORI\" --vault {mode}/v.mamori --password-file {file} \
             init --kdf {KDF} && \"$MAMORI\" --vault {mode}/v.mamori --password-file {file} add x -q"
        );
        let run = house.shell(&line);
        assert_eq!(run.code, 0, "{}", run.err);
        assert_eq!(
            run.err.matches("can write into its folder").count(),
            usize::from(said),
            "{mode}: {}",
            run.err
        );
    }
}

#[test]
fn init_measures_and_refuses_what_cannot_be_a_password() {
    let house = House::empty();
    let run = house.with(&["--password-file", "-", "init"], format!("{PW}\n").as_bytes());
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.contains("m=64MiB,t="), "{}", run.err);
    for (bad, code) in [("\n", 1), ("tab\there and more\n", 2)] {
        let run = house
            .with(&["--vault", "other.mamori", "--password-file", "-", "init", "--kdf", KDF], bad.as_bytes());
        assert_eq!(run.code, code, "{bad:?} {}", run.err);
    }
    for bad in ["m=1MiB,t=1,p=1", "m=8,t=1,p=1", "t=3", "m=1024MiB,t=64,p=1"] {
        assert_eq!(house.run(&["--vault", "other.mamori", "init", "--kdf", bad]).code, 2, "{bad}");
    }
    assert!(!house.root().join("other.mamori").exists());
    assert_eq!(house.run(&["--vault", "no/such/folder.mamori", "init", "--kdf", KDF]).code, 1);
    // A full-width password of an input method opens what a plain one closed (NFKC).
    let wide = format!("{}\n", PW.replace('c', "\u{ff43}"));
    assert_eq!(house.with(&["--password-file", "-", "list"], wide.as_bytes()).code, 0);
}

#[test]
fn nobody_to_ask_is_locked_and_a_wrong_password_is_wrong() {
    let house = House::bare();
    let run = house.run(&["list"]);
    assert_eq!((run.code, run.err.contains("E0304")), (8, true), "{}", run.err);
    let run = house.with(&["--password-file", "-", "list"], b"wrong\n");
    assert_eq!((run.code, run.err.contains("E0301")), (3, true), "{}", run.err);
    assert_eq!(house.run(&["--vault", "none.mamori", "list"]).code, 1);
}

#[test]
fn what_is_no_vault_is_said_to_be_none() {
    let house = House::new();
    house.ok(&["add", "x", "--generate"]);
    let whole = std::fs::read(house.vault()).unwrap();
    let mut flipped = whole.clone();
    let middle = flipped.len() / 2;
    flipped[middle] ^= 1;
    let mut head = whole.clone();
    head[40] ^= 1;
    let mut newer = whole.clone();
    newer[6] = 9;
    let files: [(&str, &[u8], &str); 7] = [
        ("empty", b"", "E0201"),
        ("foreign", b"PK\x03\x04 something else entirely, and long enough to be looked at", "E0201"),
        ("short", &whole[..20], "E0204"),
        ("cut", &whole[..whole.len() - 1], "E0204"),
        ("flipped", &flipped, "E0204"),
        ("head", &head, "E0204"),
        ("newer", &newer, "E0202"),
    ];
    for (name, bytes, code) in files {
        let path = house.file(name, bytes);
        let run = house.run(&["--vault", &path, "list"]);
        assert_eq!(run.code, 4, "{name}: {}", run.err);
        assert!(run.err.contains(code), "{name}: {}", run.err);
        assert!(std::fs::read(path).unwrap() == bytes, "{name}");
    }
    house.shell("mkfifo pipe; mkdir folder");
    for name in ["pipe", "folder"] {
        let run = house.run(&["--vault", name, "list"]);
        assert_eq!((run.code, run.err.contains("E0102")), (4, true), "{name}: {}", run.err);
        // And not made into one.
        assert_eq!(house.run(&["--vault", name, "init", "--kdf", KDF]).code, 1, "{name}");
    }
}

#[test]
fn read_only_changes_nothing() {
    let house = House::new();
    house.ok(&["add", "x", "--generate"]);
    let before = std::fs::read(house.vault()).unwrap();
    let changing: [&[&str]; 9] = [
        &["add", "y"],
        &["edit", "x", "-u", "z"],
        &["mv", "x", "f"],
        &["clone", "x"],
        &["rm", "x"],
        &["purge", "x", "-y"],
        &["restore", "x", "--to", "1"],
        &["passwd"],
        &["link", "x", "hosted-on", "x"],
    ];
    for args in changing {
        let run = house.run(&[&["--read-only"], args].concat());
        assert_eq!((run.code, run.err.contains("E0413")), (1, true), "{args:?} {}", run.err);
    }
    assert!(std::fs::read(house.vault()).unwrap() == before);
    assert_eq!(house.run(&["--read-only", "get", "x"]).code, 0);
}

#[test]
fn an_unwritable_folder_and_a_full_disk_lose_nothing() {
    let house = House::new();
    house.ok(&["add", "x", "--generate"]);
    // A small file system, where the machine allows one.
    let line = "mkdir small && mount -t tmpfs -o size=300k none small";
    if house.shell(line).code != 0 {
        assert!(std::env::var_os("CI").is_none(), "no tmpfs can be mounted here");
        eprintln!("skipped: no tmpfs can be mounted here");
        return;
    }
    std::fs::copy(house.vault(), house.root().join("small/v.mamori")).unwrap();
    let vault = house.path("small/v.mamori");
    let before = std::fs::read(&vault).unwrap();
    let big = house.file("big", &vec![b'n'; 400_000]);
    let run = house.shell(&format!("\"$MAMORI\" --vault {vault} edit x --notes-stdin < {big}"));
    let left = house.shell("ls -A small").out;
    let after = std::fs::read(&vault).unwrap();
    house.shell("umount small");
    assert_eq!((run.code, run.err.contains("E0404")), (1, true), "{}", run.err);
    assert!(after == before, "the old vault is whole");
    assert!(!left.contains("tmp"), "{left}");
}

#[test]
fn passwd_makes_a_new_password_and_counts_old_backups() {
    let house = House::new();
    house.ok(&["add", "x", "--generate"]);
    let secret = house.ok(&["get", "x"]);
    house.fed(&["add", "near", "--secret-stdin"], "Another good password 7\n");
    let new = house.file("new", b"another good password\n");
    let run = house.run(&["passwd", "--new-password-file", &new, "--kdf", KDF]);
    assert_eq!(run.code, 0, "{}", run.err);
    // - compared while it is in hand
    assert!(run.err.contains("1 entry has a password equal or similar"), "{}", run.err);
    assert!(run.err.contains("old password: 1") || run.err.contains("old password: 2"), "{}", run.err);
    assert_eq!(house.run(&["list"]).code, 3);
    let house = house.env("MAMORI_PASSWORD_FILE", &new);
    assert_eq!(house.ok(&["get", "x"]), secret);
    // Both on standard input, old and then new.
    let lines = "another good password\nthird good password!\n";
    let run = house.with(&["--password-file", "-", "passwd", "--kdf", KDF], lines.as_bytes());
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(!run.err.contains("equal or similar"), "{}", run.err);
    assert_eq!(house.with(&["--password-file", "-", "list"], b"third good password!\n").code, 0);
    let run = house.with(&["--password-file", "-", "passwd", "--kdf", KDF], b"third good password!\n");
    assert_eq!(run.code, 2, "{}", run.err);
}

#[test]
fn copies_are_merged_and_told_of() {
    let house = House::new();
    house.ok(&["add", "both", "-u", "start"]);
    let copy = house.path("copy.mamori");
    std::fs::copy(house.vault(), &copy).unwrap();
    house.ok(&["edit", "both", "-u", "here"]);
    house.ok(&["--vault", &copy, "edit", "both", "-u", "there"]);
    house.ok(&["--vault", &copy, "add", "only there"]);
    let json = house.json(&["merge", &copy, "--json"]);
    assert_eq!(json["added"].as_array().unwrap().len(), 1);
    assert_eq!(json["superseded"][0]["field"], "username");
    assert_eq!(house.json(&["show", "both", "--json"])["username"], "there");
    let history = house.json(&["history", "both", "--json"]);
    assert_eq!(history.as_array().unwrap().len(), 3);
    let run = house.run(&["merge", &copy]);
    assert!(run.code == 0 && run.err.contains("Nothing new"), "{}", run.err);

    // Another vault, no vault, and a copy whose password was changed.
    let other = house.path("other.mamori");
    house.ok(&["--vault", &other, "init", "--kdf", KDF]);
    let run = house.run(&["merge", &other]);
    assert_eq!((run.code, run.err.contains("E0501")), (6, true), "{}", run.err);
    assert_eq!(house.run(&["merge", &house.file("junk", b"junk")]).code, 4);
    // The password changed on another machine: its keys win, whichever side merges.
    let new = house.file("new", b"another good password\n");
    let state = house.path("state2");
    let there = house.env("XDG_STATE_HOME", &state);
    there.ok(&["--vault", &copy, "passwd", "--new-password-file", &new, "--kdf", KDF]);
    let there = there.env("MAMORI_PASSWORD_FILE", &new);
    there.ok(&["--vault", &copy, "add", "later"]);
    house.ok(&["add", "old side"]);
    let before = house.path("before.mamori");
    std::fs::copy(house.vault(), &before).unwrap();
    let lines = format!("{PW}\nanother good password\n");
    let run = house.with(&["--password-file", "-", "merge", &copy], lines.as_bytes());
    assert!(run.code == 0 && run.err.contains("now opens with that one"), "{}", run.err);
    assert!(run.out.contains("later: new") && !run.out.contains("old side"), "{}", run.out);
    assert_eq!(house.run(&["list"]).code, 3);
    let here = house.env("MAMORI_PASSWORD_FILE", &new);
    here.ok(&["show", "later"]);
    here.ok(&["show", "old side"]);
    // An older copy into the re-keyed one: asked first, then opened under the retired key.
    assert_eq!(there.run(&["--vault", &copy, "merge", &before]).code, 2);
    there.ok(&["--vault", &copy, "merge", &before, "--yes"]);
    there.ok(&["--vault", &copy, "show", "old side"]);
}

#[test]
fn backups_are_listed_and_restored() {
    let house = House::new();
    assert_eq!(house.json(&["backup", "list", "--json"]).as_array().unwrap().len(), 0);
    house.ok(&["add", "first"]);
    let csv = house
        .file("r.csv", b"Name,Url,MatchUrl,Login,Pwd,Note,Folder,RfFieldsV2\nA,https://a,https://a,u,p,,,\n");
    house.ok(&["import", &csv]);
    // The newest is the state before the import.
    let list = house.env("MAMORI_PASSWORD_FILE", "/nonexistent").json(&["backup", "list", "--json"]);
    let name = list[0]["name"].as_str().unwrap().to_owned();
    assert_eq!(house.run(&["backup", "restore", &name]).code, 2);
    house.ok(&["backup", "restore", &name, "--yes"]);
    assert_eq!(house.json(&["list", "--json"]).as_array().unwrap().len(), 1);
    // And back again.
    let list = house.json(&["backup", "list", "--json"]);
    house.ok(&["backup", "restore", list[0]["name"].as_str().unwrap(), "--yes"]);
    assert_eq!(house.json(&["list", "--json"]).as_array().unwrap().len(), 2);
    assert_eq!(house.run(&["backup", "restore", "nothing", "--yes"]).code, 5);

    // From before a password change: present password, later epoch.
    let new = house.file("new", b"another good password\n");
    house.ok(&["passwd", "--new-password-file", &new, "--kdf", KDF]);
    let house = house.env("MAMORI_PASSWORD_FILE", &new);
    house.ok(&["backup", "restore", &name, "--yes"]);
    assert_eq!(house.json(&["list", "--json"]).as_array().unwrap().len(), 1);
    let run = house.run(&["add", "after"]);
    assert!(run.code == 0 && !run.err.contains("warning"), "{}", run.err);

    // The vault damaged, then gone.
    let newest = house.json(&["backup", "list", "--json"])[0]["name"].as_str().unwrap().to_owned();
    std::fs::write(house.vault(), b"mamori?").unwrap();
    assert_eq!(house.run(&["list"]).code, 4);
    let listed = house.json(&["backup", "list", "--json"]);
    assert!(listed.as_array().unwrap().len() >= 3);
    house.ok(&["backup", "restore", &newest, "--yes"]);
    house.ok(&["list"]);
    std::fs::remove_file(house.vault()).unwrap();
    house.ok(&["backup", "restore", &newest, "--yes"]);
    house.ok(&["list"]);
}

#[test]
fn exports_are_private_and_never_overwrite() {
    let house = House::new();
    house.fed(&["add", "x", "--secret-stdin"], "s3cret \u{202e}\n");
    house.ok(&["add", "gone"]);
    house.ok(&["rm", "gone"]);
    let run = house.run(&["export", "all.json", "--format", "json"]);
    assert_eq!((run.code, run.err.contains("E0812")), (2, true), "{}", run.err);
    let run = house.shell("umask 000; \"$MAMORI\" export all.json --format json --plain");
    assert!(run.code == 0 && run.err.contains("warning"), "{}", run.err);
    let path = house.root().join("all.json");
    assert_eq!(mode(&path), 0o600);
    let json: serde_json::Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    assert_eq!(json["entries"].as_array().unwrap().len(), 1);
    assert_eq!(json["entries"][0]["password"], "s3cret \u{202e}");
    assert_eq!(json["entries"][0], house.json(&["show", "x", "--json", "--reveal"]));
    let before = std::fs::read(&path).unwrap();
    let run = house.run(&["export", "all.json", "--format", "json", "--plain"]);
    assert_eq!((run.code, run.err.contains("E0412")), (1, true), "{}", run.err);
    assert!(std::fs::read(&path).unwrap() == before);
    // No password by file, nobody to ask for it once more.
    assert_eq!(house.run(&["export", "-", "--format", "json", "--plain"]).code, 0);

    house.ok(&["export", "copy.mamori"]);
    assert_eq!(mode(&house.root().join("copy.mamori")), 0o600);
    assert_eq!(house.ok(&["--vault", "copy.mamori", "get", "x"]), "s3cret \u{202e}\n");
    let own = house.file("own", b"a password for the file\n");
    house.ok(&["export", "own.mamori", "--export-password-file", &own]);
    assert_eq!(house.run(&["--vault", "own.mamori", "list"]).code, 3);
    assert_eq!(house.run(&["--vault", "own.mamori", "--password-file", &own, "list"]).code, 0);
    let piped = house.run(&["export", "-"]);
    let path = house.file("piped.mamori", &piped.bytes);
    house.ok(&["--vault", &path, "list"]);
    assert_eq!(house.run(&["export", "no/folder.mamori"]).code, 1);
}

#[test]
fn a_busy_vault_is_busy() {
    let house = House::new();
    let _ = house.shell("true");
    let lock = house.vault().with_file_name(".vault.mamori.lock");
    house.ok(&["add", "x"]);
    if !lock.exists() {
        let names = house.shell("ls -A data/mamori").out;
        assert!(names.contains(".lock"), "the side file has another name: {names}");
    }
    let line = format!("flock {} -c 'sleep 8' & sleep 0.3; \"$MAMORI\" add y; echo $?", lock.display());
    let run = house.shell(&line);
    assert_eq!(run.out, "6\n", "{}", run.err);
    assert!(run.err.contains("E0401"), "{}", run.err);
}

#[test]
fn what_was_made_and_undone_goes_with_the_trash() {
    use mamori::crypto::keys::SlotSecret;
    use mamori::ops::change::Change;
    use mamori::platform::entropy::System;
    use mamori::session::{Credential, Device, Sealed};
    let house = House::new();
    for title in ["stays", "undone"] {
        house.fed(&["add", title, "--secret-stdin"], "S3CRET\n");
    }
    let open = |bytes: Vec<u8>| {
        let credential = Credential::Password(SlotSecret::password(PW.as_bytes()).unwrap());
        Sealed::read(bytes)
            .unwrap()
            .open(&credential, Device { writer: 9, name: "tui".into() }, None)
            .unwrap()
    };
    // - as the full-screen program undoes it
    let mut vault = open(std::fs::read(house.vault()).unwrap());
    let id = vault.vault().entries().find(|entry| entry.title() == "undone").unwrap().id();
    vault.apply(&Change::Unmake(id), 1, &mut System).unwrap();
    std::fs::write(house.vault(), vault.seal(1, &mut System).unwrap().bytes).unwrap();
    assert_eq!(house.json(&["list", "--all", "--json"]).as_array().unwrap().len(), 1);
    assert_eq!(house.run(&["purge", "undone", "-y"]).code, 5);
    let run = house.run(&["purge", "--trash", "-y"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let vault = open(std::fs::read(house.vault()).unwrap());
    assert!(vault.vault().record(id).unwrap().is_tombstone());
    assert!(house.ok(&["list"]).contains("stays"));
}

/// SMB answers "permission denied" for a lock that another machine holds: it is waited for as any other.
#[test]
fn a_lock_that_smb_refuses_is_one_that_another_holds() {
    let house = House::bare();
    if !crate::common::can_trace() {
        return;
    }
    let file = house.path("pw");
    for (which, code, said) in [(":when=1..3", 0, ""), ("", 6, "E0401")] {
        let run = house.shell(&format!(
            "strace -qq -f -o /dev/null -e trace=flock -e inject=flock:error=EACCES{which} \"$MAMORI\" \
             --password-file {file} add \"Blog{which}\" --generate"
        ));
        assert_eq!((run.code, run.err.contains(said)), (code, true), "{which}: {}", run.err);
    }
}
