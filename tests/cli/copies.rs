//! Backups and other copies of the vault: what they hold, what differs, bringing it back or in.

use super::house::{House, KDF};

const CSV: &[u8] = b"Name,Url,MatchUrl,Login,Pwd,Note,Folder,RfFieldsV2\nA,https://a,https://a,u,p,,,\n";

/// One entry, then an import, then an edit: the backup is from before the import.
fn house() -> (House, String) {
    let house = House::new();
    house.fed(&["add", "first", "-u", "taro", "--secret-stdin"], "s3cret-old\n");
    let csv = house.file("r.csv", CSV);
    house.ok(&["import", &csv]);
    house.fed(&["edit", "first", "-u", "hanako", "--secret-stdin"], "s3cret-new\n");
    let list = house.json(&["backup", "list", "--json"]);
    let name = list[0]["name"].as_str().unwrap().to_owned();
    (house, name)
}

#[test]
fn backups_say_what_they_hold_with_and_without_the_password() {
    let (house, name) = house();
    let row = |house: &House| {
        let list = house.json(&["backup", "list", "--json"]);
        list.as_array().unwrap().iter().find(|row| row["name"] == name.as_str()).unwrap().clone()
    };
    let closed = row(&house.env("MAMORI_PASSWORD_FILE", "/nonexistent"));
    assert_eq!((closed["generation"].as_u64(), closed["epoch"].as_u64()), (Some(2), Some(1)), "{closed}");
    assert_eq!((&closed["opens_with"], &closed["entries"]), (&"present".into(), &serde_json::Value::Null));
    let open = row(&house);
    assert_eq!((open["entries"].as_u64(), open["opens_with"].as_str()), (Some(1), Some("present")), "{open}");
    assert!(open["host"].is_string() && open["saved"].is_string());
    let text = house.ok(&["backup", "list"]);
    assert!(
        text.contains("save 2") && text.contains("1 entry") && text.contains("present password"),
        "{text}"
    );
    let ja = house.ok(&["--lang", "ja", "backup", "list"]);
    assert!(ja.contains("保存 2 回目") && ja.contains("1 件") && ja.contains("今のパスワード"), "{ja}");
    // - nobody to ask is no failure of a list, but one of what must open the vault
    let nobody = House::bare();
    assert_eq!(nobody.run(&["backup", "list"]).code, 0);
    // - from before a change of the password, opened by the key that is kept inside
    let new = house.file("new", b"another good password\n");
    house.ok(&["passwd", "--new-password-file", &new, "--kdf", KDF]);
    let house = house.env("MAMORI_PASSWORD_FILE", &new);
    let former = row(&house);
    assert_eq!(
        (former["entries"].as_u64(), former["opens_with"].as_str()),
        (Some(1), Some("former")),
        "{former}"
    );
    // - one that cannot be read is listed as such
    std::fs::write(former["path"].as_str().unwrap(), b"torn").unwrap();
    assert_eq!(row(&house)["generation"], serde_json::Value::Null);
    assert!(house.ok(&["backup", "list"]).contains("cannot be read"));
}

#[test]
fn what_differs_is_told_by_entry_and_field_and_without_secrets() {
    let (house, name) = house();
    let text = house.ok(&["backup", "show", &name]);
    assert!(text.contains("first\n") && text.contains("user name: hanako -> taro"), "{text}");
    assert!(text.contains("password: ******** -> ********") && text.contains("A: only here"), "{text}");
    assert!(!text.contains("s3cret"));
    let json = house.json(&["backup", "show", &name, "--json"]);
    let entries = json["entries"].as_array().unwrap();
    let first = entries.iter().find(|one| one["title"] == "first").unwrap();
    assert_eq!((&first["place"], &first["after"]), (&"both".into(), &"here".into()), "{json}");
    let field = |name: &str| {
        first["fields"].as_array().unwrap().iter().find(|one| one["field"] == name).unwrap().clone()
    };
    assert_eq!((&field("username")["here"], &field("username")["there"]), (&"hanako".into(), &"taro".into()));
    assert_eq!(
        (&field("password")["secret"], &field("password")["here"]),
        (&true.into(), &serde_json::Value::Null)
    );
    assert!(!json.to_string().contains("s3cret"));
    assert_eq!(house.run(&["backup", "show", "nothing"]).code, 5);
}

#[test]
fn single_entries_come_back_and_the_rest_stays() {
    let (house, name) = house();
    let run = house.run(&["backup", "restore", &name, "--entry", "first"]);
    assert!(run.code == 0 && run.err.contains("1 entry is as in"), "{}", run.err);
    assert_eq!(house.ok(&["get", "first"]), "s3cret-old\n");
    assert_eq!(house.json(&["list", "--json"]).as_array().unwrap().len(), 2, "what came later stays");
    let history = house.json(&["history", "first", "--json", "--reveal"]);
    assert!(history.to_string().contains("s3cret-new"), "{history}");
    let again = house.run(&["backup", "restore", &name, "--entry", "first"]);
    assert!(again.err.contains("Nothing differs"), "{}", again.err);
    assert_eq!(house.run(&["backup", "restore", &name, "--entry", "nobody"]).code, 5);
    // - what was deleted for ever comes back, too
    house.ok(&["purge", "first", "--yes"]);
    house.ok(&["backup", "restore", &name, "--entry", "first"]);
    assert_eq!(house.ok(&["get", "first"]), "s3cret-old\n");
}

#[test]
fn a_restore_counts_on_keeps_the_password_and_says_how_it_is_undone() {
    let (house, name) = house();
    let new = house.file("new", b"another good password\n");
    house.ok(&["passwd", "--new-password-file", &new, "--kdf", KDF]);
    let house = house.env("MAMORI_PASSWORD_FILE", &new);
    let counter = |house: &House| {
        let bytes = std::fs::read(house.vault()).unwrap();
        u64::from_le_bytes(bytes[32..40].try_into().unwrap())
    };
    let before = counter(&house);
    let run = house.run(&["backup", "restore", &name, "--yes"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.contains("from before the last change of the master password"), "{}", run.err);
    assert_eq!(counter(&house), before + 1);
    assert_eq!(house.ok(&["get", "first"]), "s3cret-old\n");
    assert_eq!(house.env("MAMORI_PASSWORD_FILE", &house.path("pw")).run(&["list"]).code, 3);
    let undo = run.err.split("mamori backup restore ").nth(1).unwrap().split_whitespace().next().unwrap();
    house.ok(&["backup", "restore", undo, "--yes"]);
    assert_eq!(house.ok(&["get", "first"]), "s3cret-new\n");
    assert_eq!(house.json(&["list", "--json"]).as_array().unwrap().len(), 2);
    assert_eq!(counter(&house), before + 2);
}

#[test]
fn a_copy_by_a_sync_program_is_named_compared_joined_and_moved_away() {
    let house = House::new();
    house.ok(&["add", "both", "-u", "start"]);
    let name = "vault.sync-conflict-20240101-120000-ABCDEFG.mamori";
    let copy = house.vault().with_file_name(name);
    std::fs::copy(house.vault(), &copy).unwrap();
    let copy = copy.to_str().unwrap();
    // - the same content is no news
    assert!(!house.run(&["list"]).err.contains("sync program"));
    let there = house.env("XDG_STATE_HOME", &house.path("state2"));
    there.ok(&["--vault", copy, "edit", "both", "-u", "there"]);
    there.ok(&["--vault", copy, "add", "only there"]);
    let run = house.run(&["get", "both#username"]);
    assert_eq!((run.code, run.out.as_str()), (0, "start\n"));
    assert!(run.err.contains(name) && run.err.contains("merge --dry-run"), "{}", run.err);
    assert!(house.ok(&["status"]).contains(name));
    assert_eq!(house.json(&["status", "--json"])["copies"][0], copy);
    // - looked at first: nothing changes
    let before = std::fs::read(house.vault()).unwrap();
    let dry = house.ok(&["merge", "--dry-run", copy]);
    assert!(
        dry.contains("user name: start -> there  (comes in)") && dry.contains("only there: only there"),
        "{dry}"
    );
    assert_eq!(house.json(&["merge", "--dry-run", "--json", copy])["entries"].as_array().unwrap().len(), 2);
    assert!(std::fs::read(house.vault()).unwrap() == before);
    assert_eq!(house.run(&["--read-only", "merge", "--dry-run", copy]).code, 0);
    // - joined, then moved
    let bytes = std::fs::read(copy).unwrap();
    let run = house.run(&["merge", copy]);
    assert!(run.code == 0 && run.err.contains("--put-away"), "{}", run.err);
    assert!(!house.run(&["list"]).err.contains("sync program"), "nothing new is in it any more");
    assert_eq!(house.run(&["merge", "--put-away", &house.vault().display().to_string()]).code, 2);
    let count = house.json(&["backup", "list", "--json"]).as_array().unwrap().len();
    house.ok(&["merge", "--put-away", copy]);
    assert!(!std::path::Path::new(copy).exists());
    let list = house.json(&["backup", "list", "--json"]);
    assert_eq!(list.as_array().unwrap().len(), count + 1);
    let paths = list.as_array().unwrap().iter().map(|row| row["path"].as_str().unwrap());
    assert!(paths.into_iter().any(|path| std::fs::read(path).unwrap() == bytes));
    assert_eq!(house.json(&["status", "--json"])["copies"].as_array().unwrap().len(), 0);
}

#[test]
fn a_copy_from_before_a_password_change_is_joined_only_when_that_is_said() {
    let house = House::new();
    house.ok(&["add", "x", "-u", "start"]);
    let copy = house.path("copy.mamori");
    std::fs::copy(house.vault(), &copy).unwrap();
    house.env("XDG_STATE_HOME", &house.path("state2")).ok(&["--vault", &copy, "add", "forged"]);
    let new = house.file("new", b"another good password\n");
    house.ok(&["passwd", "--new-password-file", &new, "--kdf", KDF]);
    let house = house.env("MAMORI_PASSWORD_FILE", &new);
    assert_eq!(house.run(&["merge", &copy]).code, 2, "nobody said yes");
    assert_eq!(house.json(&["list", "--json"]).as_array().unwrap().len(), 1);
    house.ok(&["merge", &copy, "--yes"]);
    assert_eq!(house.json(&["list", "--json"]).as_array().unwrap().len(), 2);
}

/// Only the key tells that the body of a file is damaged; a backup takes its place all the same, and the
/// damaged file stays.
#[test]
fn a_backup_takes_the_place_of_a_damaged_file_and_never_of_a_newer_one() {
    let (house, name) = house();
    let good = std::fs::read(house.vault()).unwrap();
    let flip = |at: usize| {
        let mut bytes = good.clone();
        bytes[at] ^= 1;
        bytes
    };
    let aside = |house: &House| {
        let names = std::fs::read_dir(house.vault().parent().unwrap()).unwrap().flatten();
        names.filter(|one| one.file_name().to_string_lossy().contains(".damaged-")).count()
    };
    for (count, bad) in [flip(40), flip(good.len() - 9), good[..1000].to_vec()].into_iter().enumerate() {
        std::fs::write(house.vault(), &bad).unwrap();
        assert_eq!(house.run(&["list"]).code, 4);
        // - with a wrong password nothing is moved
        let wrong = house.env("MAMORI_PASSWORD_FILE", &house.file("wrong", b"no such password\n"));
        assert_ne!(wrong.run(&["backup", "restore", &name, "--yes"]).code, 0);
        assert!(std::fs::read(house.vault()).unwrap() == bad && aside(&house) == count);
        let run = house.run(&["backup", "restore", &name, "--yes"]);
        assert_eq!(run.code, 0, "{}", run.err);
        assert!(run.err.contains(".damaged-"), "{}", run.err);
        assert_eq!(house.ok(&["get", "first"]), "s3cret-old\n");
        assert_eq!(aside(&house), count + 1);
    }
    let mut newer = good.clone();
    newer[6] = 9;
    std::fs::write(house.vault(), &newer).unwrap();
    let run = house.run(&["backup", "restore", &name, "--yes"]);
    assert_eq!((run.code, run.err.contains("E0202")), (4, true), "{}", run.err);
    assert!(std::fs::read(house.vault()).unwrap() == newer);
}

/// Dropbox writes `HOST's conflicted copy`: what is told is to be typed must be one word to the shell.
#[test]
fn the_command_that_is_told_for_a_copy_works_as_it_is_told() {
    let house = House::new();
    house.ok(&["add", "both", "-u", "start"]);
    let copy = house.vault().with_file_name("vault (hana's conflicted copy 2026-11-26).mamori");
    std::fs::copy(house.vault(), &copy).unwrap();
    let there = house.env("XDG_STATE_HOME", &house.path("state2"));
    there.ok(&["--vault", copy.to_str().unwrap(), "edit", "both", "-u", "there"]);
    let said = house.run(&["list"]).err;
    let told = said.split("See it: mamori ").nth(1).unwrap().trim_end();
    let script = format!("printf '%s\\n' {told}");
    let words = std::process::Command::new("sh").args(["-c", &script]).output().unwrap();
    let words = String::from_utf8(words.stdout).unwrap();
    let words: Vec<&str> = words.lines().collect();
    assert_eq!(words, ["merge", "--dry-run", copy.to_str().unwrap()]);
    let run = house.run(&words);
    assert!(run.code == 0 && run.out.contains("user name: start -> there"), "{}{}", run.out, run.err);
    assert!(!run.err.contains("left another copy"), "it is the one that is looked at: {}", run.err);
}

/// A file, or a backup, from before a change of the password: it can be read, and a new password makes it the
/// vault again; nothing is put anywhere before that is said.
#[test]
fn what_is_from_before_a_password_change_is_taken_on_only_under_a_new_password() {
    let (house, name) = house();
    let file = std::fs::read(house.vault()).unwrap();
    let new = house.file("new", b"another good password\n");
    house.ok(&["passwd", "--new-password-file", &new, "--kdf", KDF, "--old-backups", "keep"]);
    let third = house.file("third", b"a third good password\n");
    let change = ["passwd", "--new-password-file", &third, "--kdf", KDF, "--old-backups", "keep"];
    let now = std::fs::read(house.vault()).unwrap();
    for (what, epoch) in [("put back", 3), ("gone", 4), ("damaged", 5)] {
        let mut head = now.clone();
        head[40] ^= 1;
        match what {
            "put back" => std::fs::write(house.vault(), &file).unwrap(),
            "gone" => std::fs::remove_file(house.vault()).unwrap(),
            _ => std::fs::write(house.vault(), &head).unwrap(),
        }
        if what != "put back" {
            // - nobody said yes
            let run = house.run(&["backup", "restore", &name]);
            assert_eq!(run.code, 2, "{what}: {}", run.err);
            assert!(what == "gone" || std::fs::read(house.vault()).unwrap() == head);
            assert_eq!(house.vault().exists(), what != "gone");
            let list = house.run(&["list"]);
            assert_eq!(list.err.contains("mamori backup restore NAME"), what == "gone", "{}", list.err);
            house.ok(&["backup", "restore", &name, "--yes"]);
        }
        let list = house.run(&["list"]);
        assert!(list.code == 0 && list.err.contains("can only be read"), "{what}: {}", list.err);
        let before = std::fs::read(house.vault()).unwrap();
        let run = house.run(&["add", "x"]);
        assert_eq!((run.code, run.err.contains("E0504")), (6, true), "{what}: {}", run.err);
        let run = house.run(&change);
        assert_eq!(run.code, 2, "{what}: nobody said yes: {}", run.err);
        assert!(std::fs::read(house.vault()).unwrap() == before, "{what}");
        house.ok(&[&change[..], &["--yes"]].concat());
        assert_eq!(house.run(&["list"]).code, 3, "{what}: the former password opens nothing any more");
        let house = house.env("MAMORI_PASSWORD_FILE", &third);
        let run = house.run(&["add", "x"]);
        assert!(run.code == 0 && !run.err.contains("only be read"), "{what}: {}", run.err);
        assert_eq!(std::fs::read(house.vault()).unwrap()[40..44], u32::to_le_bytes(epoch), "{what}");
    }
}
