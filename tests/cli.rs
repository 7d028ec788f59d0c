//! The command line, driven as a person or a script drives it: the built binary, its arguments,
//! standard input, files, exit codes, and a pseudo-terminal where one is needed.

#![allow(clippy::unwrap_used, clippy::print_stderr, clippy::disallowed_methods, reason = "a test")]

#[path = "common/mod.rs"]
mod common;
#[path = "common/pty.rs"]
mod pty;

#[path = "cli/attach.rs"]
mod attach;
#[path = "cli/change.rs"]
mod change;
#[path = "cli/copies.rs"]
mod copies;
#[path = "cli/doctor.rs"]
mod doctor;
#[path = "cli/doors.rs"]
mod doors;
#[path = "cli/due.rs"]
mod due;
#[path = "cli/health.rs"]
mod health;
#[path = "cli/hostile.rs"]
mod hostile;
#[path = "cli/house.rs"]
mod house;
#[path = "cli/incident.rs"]
mod incident;
#[path = "cli/keyring.rs"]
mod keyring;
#[path = "cli/links.rs"]
mod links;
#[path = "cli/mail.rs"]
mod mail;
#[path = "cli/search.rs"]
mod search;
#[path = "cli/slots.rs"]
mod slots;
#[path = "cli/terminal.rs"]
mod terminal;
#[path = "cli/vaults.rs"]
mod vaults;
#[path = "cli/words.rs"]
mod words;

use house::{House, PW};
use serde_json::Value;

#[test]
fn a_day_with_an_entry() {
    let house = House::new();
    let added = house.json(&[
        "add",
        "Blog",
        "-u",
        "taro",
        "--url",
        "https://a.example",
        "--tag",
        "site",
        "--folder",
        "/work/wp/",
        "--field",
        "plan=basic",
        "--generate",
        "--json",
    ]);
    assert_eq!(added["folder"], "work/wp");
    assert_eq!(added["urls"][0], "https://a.example");
    assert_eq!(added["fields"][0]["value"], "basic");
    assert!(added.get("password").is_none());
    let id = added["id"].as_str().unwrap().to_owned();
    assert_eq!(id.len(), 26);

    let first = house.ok(&["get", "Blog"]);
    assert_eq!(first.trim_end_matches('\n').len(), 20);
    assert_eq!(house.ok(&["get", &id]), first);
    assert_eq!(house.ok(&["get", "work/wp/Blog#username"]), "taro\n");
    assert_eq!(house.ok(&["get", "mamori://Blog#plan", "-n"]), "basic");

    house.ok(&[
        "edit",
        "Blog",
        "--title",
        "Shop",
        "--generate=pin:9",
        "--add-tag",
        "new",
        "--drop-tag",
        "site",
        "--unset",
        "username",
    ]);
    let pin = house.ok(&["get", "Shop"]);
    assert!(pin.trim_end().len() == 9 && pin.trim_end().bytes().all(|byte| byte.is_ascii_digit()));
    let shown = house.json(&["show", "Shop", "--json"]);
    assert_eq!(
        (shown["tags"].to_string(), shown["username"].to_string()),
        ("[\"new\"]".into(), "\"\"".into())
    );

    let history = house.json(&["history", "Shop", "--json", "--reveal"]);
    assert_eq!(history[1]["password"], first.trim_end());
    assert_eq!(history[0]["number"], 2);
    house.ok(&["restore", "Shop", "--to", "1"]);
    assert_eq!(house.ok(&["get", "Blog"]), first);
    assert_eq!(house.run(&["restore", "Blog", "--to", "99"]).code, 5);

    house.ok(&["mv", "Blog", "home"]);
    assert_eq!(house.json(&["show", "home/Blog", "--json"])["folder"], "home");
    // - a copy has a name of its own, so that both are found by name
    assert_eq!(house.json(&["clone", "Blog", "--json"])["title"], "Blog (2)");
    assert_eq!(house.json(&["clone", "Blog (2)", "--json"])["title"], "Blog (3)");
    assert_eq!(house.json(&["--lang", "ja", "clone", "Blog", "--json"])["title"], "Blog（2）");
    for made in ["Blog (2)", "Blog (3)", "Blog（2）"] {
        house.ok(&["rm", made]);
        house.ok(&["purge", made, "--yes"]);
    }
    let copy = house.json(&["clone", "Blog", "--title", "Blog 2", "--json"]);
    assert_ne!(copy["id"], added["id"]);
    assert_eq!(house.ok(&["get", "Blog 2"]), first);
    assert_eq!(house.ok(&["get", "Blog 2#plan"]), "basic\n");

    house.ok(&["rm", "Blog", "Blog 2"]);
    assert_eq!(house.ok(&["list"]), "");
    assert_eq!(house.json(&["list", "--trash", "--json"]).as_array().unwrap().len(), 2);
    assert_eq!(house.run(&["edit", "Blog", "-u", "x"]).code, 5);
    house.ok(&["restore", "Blog"]);
    assert_eq!(house.ok(&["list"]), format!("home/Blog\t\t{id}\n").replace("\t\t", "\ttaro\t"));

    assert_eq!(house.run(&["purge", "Blog 2"]).code, 2, "nobody to ask");
    house.ok(&["purge", "Blog 2", "--yes"]);
    assert_eq!(house.run(&["show", "Blog 2"]).code, 5);
    house.ok(&["rm", "Blog"]);
    house.ok(&["purge", "--trash", "-y"]);
    assert_eq!(house.json(&["list", "--all", "--json"]), Value::Array(vec![]));
}

#[test]
fn json_has_the_keys_of_the_design() {
    let house = House::new();
    house.fed(
        &[
            "add",
            "銀行",
            "--kind",
            "bank-account",
            "--secret-field",
            "pin",
            "--field",
            "branch=横浜",
            "--reading",
            "ぎんこう",
        ],
        "1234\n",
    );
    let object = house.json(&["show", "銀行", "--json"]);
    let keys: Vec<_> = object.as_object().unwrap().keys().cloned().collect();
    let mut wanted = [
        "id",
        "kind",
        "state",
        "title",
        "username",
        "urls",
        "folder",
        "tags",
        "favourite",
        "created",
        "modified",
        "password_changed",
        "expires",
        "fields",
        "interval",
        "due",
        "next_change",
        "recipe",
        "rule",
        "rotator",
        "attachments",
    ]
    .map(String::from)
    .to_vec();
    wanted.sort();
    assert_eq!(keys, wanted);
    assert_eq!(object["kind"], "bank-account");
    assert_eq!(object["fields"][1]["value"], Value::Null);
    let revealed = house.json(&["show", "銀行", "--json", "--reveal"]);
    assert_eq!(revealed["fields"][1]["value"], "1234");
    assert_eq!(revealed["password"], Value::Null);
    assert_eq!(house.json(&["list", "ginkou", "--json"])[0]["title"], "銀行");
    // The only secret there is stands for the entry.
    assert_eq!(house.ok(&["get", "銀行"]), "1234\n");
}

#[test]
fn secrets_come_on_standard_input_in_their_order() {
    let house = House::bare();
    let args = [
        "--password-file",
        "-",
        "add",
        "all",
        "--notes-stdin",
        "--secret-field",
        "b",
        "--otp-stdin",
        "--secret-field",
        "a",
        "--secret-stdin",
    ];
    let lines = format!("{PW}\r\nthe pass\nJBSWY3DPEHPK3PXP\nfield b\nfield a\nnote one\nnote two\n");
    assert_eq!(house.with(&args, lines.as_bytes()).code, 0);
    let file = house.path("pw");
    let shown = house.env("MAMORI_PASSWORD_FILE", &file).json(&["show", "all", "--reveal", "--json"]);
    assert_eq!(shown["password"], "the pass");
    assert!(shown["otp"].as_str().unwrap().starts_with("otpauth://totp/"));
    assert_eq!(shown["notes"], "note one\nnote two");
    assert_eq!((&shown["fields"][0]["name"], &shown["fields"][0]["value"]), (&"b".into(), &"field b".into()));
    assert_eq!(shown["fields"][1]["value"], "field a");

    // A line less writes nothing, whichever it is.
    let before = std::fs::read(house.vault()).unwrap();
    let whole: Vec<&str> = lines.split_inclusive('\n').collect();
    for count in 0..6 {
        let run = house.with(&args, whole[..count].concat().as_bytes());
        assert_eq!(run.code, 2, "{count}: {}", run.err);
        assert!(run.err.contains("E0802"), "{}", run.err);
    }
    assert!(std::fs::read(house.vault()).unwrap() == before);
    // Bytes that are no text, and a line that is too long.
    assert_eq!(house.with(&["--password-file", "-", "list"], b"\xff\xfe\n").code, 2);
    // - an empty file holds no password, as empty input holds none; an empty line is a wrong one
    let none = house.run(&["--password-file", "/dev/null", "list"]);
    assert_eq!(none.code, 2, "{}", none.err);
    assert!(none.err.contains("/dev/null"), "{}", none.err);
    let line = house.file("blank", b"\n");
    assert_eq!(house.run(&["--password-file", &line, "list"]).code, 3);
    let long = format!("{PW}\n{}\n", "x".repeat(70_000));
    assert_eq!(house.with(&["--password-file", "-", "add", "x", "--secret-stdin"], long.as_bytes()).code, 2);
}

#[test]
fn the_master_password_comes_from_file_or_command() {
    let house = House::bare();
    let file = house.file("other", format!("{PW}\n\n").as_bytes());
    assert_eq!(house.run(&["--password-file", &file, "list"]).code, 3, "only one line end is dropped");
    let file = house.file("other2", format!("{PW}\r\n").as_bytes());
    assert_eq!(house.run(&["--password-file", &file, "list"]).code, 0);
    let command = format!("printf '%s\\n' '{PW}'");
    assert_eq!(house.run(&["--password-command", &command, "list"]).code, 0);
    assert_eq!(house.run(&["--password-command", "exit 1", "list"]).code, 1);
    assert_eq!(house.run(&["--password-file", "/nonexistent/file", "list"]).code, 1);
    assert_eq!(house.env("MAMORI_PASSWORD_COMMAND", &command).run(&["list"]).code, 0);
    let two = house.run(&["--password-file", &file, "--password-command", "x", "list"]);
    assert_eq!(two.code, 2);
}

#[test]
fn names_are_exact_and_ambiguous_ones_change_nothing() {
    let house = House::new();
    house.ok(&["add", "mail", "--generate"]);
    house.ok(&["add", "mail", "--folder", "work", "--generate"]);
    house.ok(&["add", "C#", "--generate"]);
    let before = std::fs::read(house.vault()).unwrap();
    let run = house.run(&["rm", "mail"]);
    assert_eq!(run.code, 5);
    let ids: Vec<String> = house
        .json(&["list", "mail", "--json"])
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["id"].as_str().unwrap().to_owned())
        .collect();
    assert!(
        ids.iter().all(|id| run.err.contains(id.as_str())) && run.err.contains("work/mail"),
        "{}",
        run.err
    );
    assert_eq!(house.run(&["rm", "mai"]).code, 5);
    assert_eq!(house.run(&["rm", "C%23", "nothing"]).code, 5);
    assert!(std::fs::read(house.vault()).unwrap() == before);
    assert_eq!(house.run(&["get", "C%23#password"]).code, 0);
    assert_eq!(house.run(&["get", "/mail"]).code, 0);
    house.ok(&["rm", "work/mail"]);
    house.ok(&["get", "mail"]);
    let none = house.run(&["get", "mail#nofield"]);
    assert_eq!(none.code, 5);
    assert!(none.err.contains("password"), "{}", none.err);
}

#[test]
fn lists_replace_and_single_edits_do_not() {
    let house = House::new();
    house.fed(
        &[
            "add",
            "e",
            "--url",
            "u1",
            "--url",
            "u2",
            "--field",
            "a=1",
            "--field",
            "b=2",
            "--secret-field",
            "s",
        ],
        "hidden\n",
    );
    house.ok(&[
        "edit",
        "e",
        "--add-url",
        "u3",
        "--drop-url",
        "u1",
        "--add-field",
        "a=9",
        "--add-field",
        "c=3",
    ]);
    let shown = house.json(&["show", "e", "--json", "--reveal"]);
    assert_eq!(shown["urls"].to_string(), r#"["u2","u3"]"#);
    let fields: Vec<String> = shown["fields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| format!("{}={}", one["name"].as_str().unwrap(), one["value"].as_str().unwrap()))
        .collect();
    assert_eq!(fields, ["a=9", "b=2", "s=hidden", "c=3"]);
    house.ok(&["edit", "e", "--field", "b=5", "--url", "only"]);
    let shown = house.json(&["show", "e", "--json"]);
    assert_eq!(shown["urls"].to_string(), r#"["only"]"#);
    let names: Vec<&str> =
        shown["fields"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["b", "s"], "the secret one is another list");
    house.ok(&["edit", "e", "--drop-field", "s", "--unset", "url"]);
    assert_eq!(house.run(&["edit", "e", "--drop-field", "s"]).code, 5);
    assert_eq!(house.run(&["edit", "e"]).code, 2);
    assert_eq!(house.run(&["edit", "e", "--title", " "]).code, 2);
    assert_eq!(house.run(&["add", ""]).code, 2);
    assert_eq!(house.run(&["add", "x", "--field", "novalue"]).code, 2);
    assert_eq!(house.run(&["edit", "e", "--title", &"x".repeat(5000)]).code, 1);
}

#[test]
fn codes_and_templates() {
    let house = House::new();
    house.fed(
        &["add", "totp", "--otp-stdin", "-u", "me", "--generate=words:3,sep=."],
        "GEZDGNBVGY3TQOJQ GEZDGNBVGY3TQOJQ\n",
    );
    let code = house.ok(&["otp", "totp"]);
    assert!(code.len() == 7 && code.trim_end().bytes().all(|byte| byte.is_ascii_digit()));
    let json = house.json(&["otp", "totp", "--json"]);
    assert!((1..=30).contains(&json["remaining"].as_u64().unwrap()));
    // RFC 4226, appendix D: counters 0, 1, 2.
    house.fed(
        &["add", "hotp", "--otp-stdin"],
        "otpauth://hotp/x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&counter=0\n",
    );
    let codes: Vec<String> = (0..3).map(|_| house.ok(&["otp", "hotp"])).collect();
    assert_eq!(codes, ["755224\n", "287082\n", "359152\n"]);
    assert_eq!(house.run(&["--read-only", "otp", "hotp"]).code, 1);
    house.ok(&["add", "none"]);
    assert_eq!(house.run(&["otp", "none"]).code, 5);
    assert_eq!(house.with(&["edit", "none", "--otp-stdin"], b"not base32!\n").code, 2);

    let printed = house.ok(&["show", "totp", "--format", "{{{username}}}:{password}\\n{folder}|{id}"]);
    let (head, tail) = printed.split_once('\n').unwrap();
    assert!(head.starts_with("{me}:") && head.matches('.').count() == 2, "{head}");
    assert!(tail.starts_with('|') && tail.trim_end().len() == 27);
    assert_eq!(house.run(&["show", "totp", "--format", "{nonsense}"]).code, 2);
    assert_eq!(house.run(&["show", "totp", "--format", "{open"]).code, 2);
    assert_eq!(house.run(&["show", "totp", "--format", "{field:gone}"]).code, 5);
}

#[test]
fn generate_needs_no_vault() {
    let house = House::empty();
    assert_eq!(house.ok(&["generate"]).trim_end().len(), 20);
    assert_eq!(
        house
            .ok(&["generate", "--length", "33", "--count", "4"])
            .lines()
            .filter(|line| line.len() == 33)
            .count(),
        4
    );
    assert_eq!(house.ok(&["generate", "--words", "5"]).trim_end().matches('-').count().min(4), 4);
    assert_eq!(house.ok(&["generate", "--pin", "4"]).trim_end().len(), 4);
    assert_eq!(house.ok(&["generate", "--pronounceable", "--length", "15"]).trim_end().len(), 15);
    let plain = house.ok(&["generate", "--rules", "random:40,no-symbol", "--no-similar"]);
    assert!(
        plain.trim_end().bytes().all(|byte| byte.is_ascii_alphanumeric() && !b"0Oo1lI2Z5S8B".contains(&byte))
    );
    let json = house.json(&["generate", "--pin", "6", "--json"]);
    assert_eq!(json[0]["bits"].as_f64().unwrap(), 19.93);
    for bad in [["--rules", "nonsense"], ["--length", "0"], ["--length", "99999"], ["--words", "1000"]] {
        assert_eq!(house.run(&["generate", bad[0], bad[1]]).code, 2, "{bad:?}");
    }
}

#[test]
fn links_are_shown() {
    let house = House::new();
    house.ok(&["add", "blog"]);
    house.ok(&["add", "mail", "--kind", "mailbox"]);
    house.ok(&["link", "blog", "resets-through", "mail"]);
    assert!(house.ok(&["show", "blog"]).contains("resets-through mail"));
    assert_eq!(house.run(&["link", "blog", "likes", "mail"]).code, 2);
    assert_eq!(house.run(&["link", "blog", "hosted-on", "gone"]).code, 5);
}

#[test]
fn roboform_comes_in_once() {
    let house = House::new();
    let csv = "Name,Url,MatchUrl,Login,Pwd,Note,Folder,RfFieldsV2\n\
               \"銀行\",https://bank.example,https://bank.example,taro,\"p,w\",\"メモ\",/金融,\n\
               Note,,,,,just text,,\n";
    let file = house.file("robo.csv", csv.as_bytes());
    let dry = house.json(&["import", &file, "--dry-run", "--json"]);
    assert_eq!((dry["counts"]["new"].as_u64(), dry["dry_run"].as_bool()), (Some(2), Some(true)));
    assert_eq!(house.ok(&["list"]), "");
    let run = house.run(&["import", &file]);
    assert_eq!((run.code, run.err.contains("New: 2")), (0, true), "{}", run.err);
    assert_eq!(house.ok(&["get", "金融/銀行"]), "p,w\n");
    let again = house.json(&["import", &file, "--json"]);
    assert_eq!((again["counts"]["new"].as_u64(), again["counts"]["unchanged"].as_u64()), (Some(0), Some(2)));
    let before = std::fs::read(house.vault()).unwrap();
    let broken = house.file("broken.csv", &csv.as_bytes()[..csv.len() - 40]);
    let run = house.run(&["import", &broken]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("E0901") && run.err.contains("line"), "{}", run.err);
    assert_eq!(house.run(&["import", &house.file("x.csv", b"a,b\n1,2\n")]).code, 1);
    assert_eq!(house.run(&["import", "/nonexistent.csv"]).code, 1);
    assert!(std::fs::read(house.vault()).unwrap() == before);
}

#[test]
fn a_closed_pipe_is_silent_and_a_full_one_is_not() {
    let house = House::new();
    for number in 0..30 {
        house.ok(&["add", &format!("{number} {}", "x".repeat(4000))]);
    }
    let run = house.shell("\"$MAMORI\" list | head -c 1; echo \" ${PIPESTATUS[0]}\"");
    assert_eq!((run.out.as_str(), run.err.as_str()), ("0 0\n", ""));
    let run = house.shell("\"$MAMORI\" list > /dev/full; echo $?");
    assert_eq!(run.out, "1\n");
    assert!(run.err.contains("E1202"), "{}", run.err);
}
