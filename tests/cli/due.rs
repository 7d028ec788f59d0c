//! `due`: what falls due and why, intervals, exit codes, and that `--brief` is quiet and asks nobody.

use mamori::platform::entropy::System;
use portable_pty::CommandBuilder;

use super::common;
use super::house::House;
use super::pty::Pty;

const DAY: u64 = 86_400_000;

fn now() -> u64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    u64::try_from(since.as_millis()).unwrap()
}

/// A home whose vault holds logins that were made so many days ago.
fn aged(logins: &[(&str, u64)]) -> House {
    let house = House::empty();
    let mut open = common::new_vault();
    // - oldest first: the clock of a vault never goes back
    for (title, days) in logins {
        common::add(&mut open, title, &format!("pw-of-{title}"), now() - days * DAY);
    }
    let bytes = open.seal(now(), &mut System).unwrap().bytes;
    std::fs::create_dir_all(house.vault().parent().unwrap()).unwrap();
    std::fs::write(house.vault(), bytes).unwrap();
    house.file("pw", b"first\n");
    let file = house.path("pw");
    house.env("MAMORI_PASSWORD_FILE", &file)
}

fn settings(house: &House, text: &str) {
    let folder = house.root().join("config/mamori");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("config.toml"), text).unwrap();
}

fn titles(house: &House) -> Vec<(String, String)> {
    let run = house.run(&["due", "--json"]);
    let rows: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let rows = rows.as_array().unwrap().iter();
    let text = |row: &serde_json::Value, key: &str| row[key].as_str().unwrap().to_owned();
    let all: Vec<_> = rows.map(|row| (text(row, "title"), text(row, "why"))).collect();
    assert_eq!(run.code, if all.is_empty() { 0 } else { 7 }, "{}", run.err);
    all
}

fn pair(title: &str, why: &str) -> (String, String) {
    (title.to_owned(), why.to_owned())
}

#[test]
fn what_is_older_than_its_interval_is_due_and_a_change_moves_it_on() {
    let house = aged(&[("ancient", 800), ("old", 200), ("new", 20)]);
    assert_eq!(titles(&house), [pair("ancient", "interval")]);
    settings(&house, "[intervals]\nlogin = 150\n");
    assert_eq!(titles(&house), [pair("ancient", "interval"), pair("old", "interval")]);
    // - health and search say the same
    let health: serde_json::Value = serde_json::from_str(&house.run(&["health", "--json"]).out).unwrap();
    let old = health["findings"].as_array().unwrap().iter().filter(|one| one["check"] == "old");
    assert_eq!(old.count(), 2, "{health}");
    assert_eq!(house.ok(&["list", "is:old"]).lines().count(), 2);
    settings(&house, "[intervals]\nlogin = \"never\"\n");
    assert_eq!(titles(&house), []);
    settings(&house, "");

    house.ok(&["edit", "new", "--interval", "20"]);
    house.ok(&["edit", "ancient", "--interval", "never"]);
    assert_eq!(titles(&house), [pair("new", "interval")]);
    assert!(house.ok(&["show", "new"]).contains("(every 20 days)"));
    house.ok(&["change", "new"]);
    assert_eq!(titles(&house), [], "a change is under way");
    house.ok(&["change", "new", "--confirm"]);
    assert_eq!(titles(&house), []);
    house.ok(&["edit", "ancient", "--unset", "interval"]);
    assert_eq!(titles(&house), [pair("ancient", "interval")]);
}

#[test]
fn a_date_of_its_own_holds_until_the_password_is_changed() {
    let house = aged(&[("bank", 800)]);
    house.ok(&["edit", "bank", "--due", "2099-01-31"]);
    assert_eq!(titles(&house), []);
    assert!(house.ok(&["show", "bank"]).contains("2099-01-31"));
    house.ok(&["edit", "bank", "--due", "2026-01-31"]);
    assert_eq!(titles(&house), [pair("bank", "date")]);
    house.ok(&["change", "bank"]);
    house.ok(&["change", "bank", "--confirm"]);
    assert_eq!(titles(&house), [], "that date was about the password before");
    // - what a host has set is due at once, whatever the interval
    house.with(&["change", "bank", "--forced"], b"host-set\n");
    assert_eq!(titles(&house), [pair("bank", "forced")]);
    house.ok(&["edit", "bank", "--generate"]);
    assert_eq!(titles(&house), []);

    for (option, value) in
        [("--due", "tomorrow"), ("--due", "2027-02-30"), ("--interval", "0"), ("--interval", "x")]
    {
        assert_eq!(house.run(&["edit", "bank", option, value]).code, 2, "{option} {value}");
    }
    house.ok(&["rm", "bank"]);
    assert_eq!(titles(&house), []);
}

#[test]
fn it_is_read_by_people_in_both_languages_and_brief_is_one_line() {
    let house = aged(&[("b\u{1b}[31mad", 900), ("ancient", 800)]);
    let (en, ja) = (house.run(&["due"]), house.env("LANG", "ja_JP.UTF-8").run(&["due"]));
    assert_eq!((en.code, ja.code, en.out.lines().count()), (7, 7, 2));
    assert!(en.out.contains("ancient: since 2") && en.out.contains("(every 730 days)"), "{}", en.out);
    assert!(ja.out.contains("(730 日ごと)") && ja.err.contains("mamori change"), "{}", ja.out);
    let brief = house.run(&["due", "--brief"]);
    assert_eq!((brief.code, brief.out.as_str()), (7, "mamori: 2 passwords are to be changed (mamori due)\n"));
    assert!(!en.out.contains("pw-of") && !brief.out.contains("ancient"));
}

#[test]
fn brief_says_nothing_where_nothing_is_due_or_nobody_can_be_asked() {
    let house = House::new();
    let run = house.run(&["due", "--brief"]);
    assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (0, "", ""));
    assert_eq!(house.run(&["due"]).code, 0);
    // - without a password and without a kept key
    let run = House::bare().run(&["due", "--brief"]);
    assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (8, "", ""));
    assert_eq!(House::bare().run(&["due"]).code, 8);
    // - on a terminal it does not ask either
    let bare = House::bare();
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_mamori"));
    command.args(["due", "--brief"]);
    command.env_clear();
    for (name, value) in bare.variables() {
        command.env(name, value);
    }
    let mut pty = Pty::start(command);
    assert_eq!(pty.child.wait().unwrap().exit_code(), 8, "{}", pty.output().escape_ascii());
    assert!(pty.output().is_empty(), "{}", pty.output().escape_ascii());
}

/// The JSON of an entry tells its rhythm, its rule and the command that can set its password, in `show`,
/// `list` and an export alike.
#[test]
fn the_json_of_an_entry_tells_interval_date_rule_and_rotator() {
    let house = aged(&[("blog", 10), ("plain", 10)]);
    std::fs::create_dir_all(house.root().join("config/mamori")).unwrap();
    house.file(
        "config/mamori/config.toml",
        b"[intervals]\nlogin = 0\n[rotators.wp]\ncommand = [\"/bin/true\"]\nentries = [\"blog\"]\n",
    );
    house.ok(&["edit", "blog", "--interval", "30", "--rule", "minlength: 8; maxlength: 12;"]);
    let shown = house.json(&["show", "blog", "--json"]);
    assert_eq!((shown["interval"].as_u64(), shown["due"].is_null()), (Some(30), true), "{shown}");
    assert!(shown["rule"].as_str().unwrap().contains("maxlength: 12"), "{shown}");
    assert_eq!(shown["rotator"], serde_json::json!(["wp"]));
    let next: jiff::Timestamp = shown["next_change"].as_str().unwrap().parse().unwrap();
    let days = (u64::try_from(next.as_millisecond()).unwrap() - now()).div_ceil(DAY);
    assert!((20..=21).contains(&days), "{shown}");
    let plain = house.json(&["show", "plain", "--json"]);
    for key in ["interval", "due", "next_change", "recipe", "rule"] {
        assert!(plain[key].is_null(), "{key}: {plain}");
    }
    assert_eq!(plain["rotator"], serde_json::json!([]));
    house.ok(&["edit", "plain", "--due", "2999-01-31"]);
    let listed = house.json(&["list", "--json"]);
    let plain = listed.as_array().unwrap().iter().find(|one| one["title"] == "plain").unwrap();
    assert!(plain["due"].as_str().unwrap().starts_with("2999-01-3"), "{plain}");
    assert_eq!(plain["due"], plain["next_change"]);
    house.ok(&["export", "--format", "json", "--plain", &house.path("all.json")]);
    let all: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(house.path("all.json")).unwrap()).unwrap();
    let blog = all["entries"].as_array().unwrap().iter().find(|one| one["title"] == "blog").unwrap();
    for key in ["interval", "rule", "rotator", "next_change"] {
        assert_eq!(blog[key], shown[key], "{key}");
    }
}
