//! Many mailboxes from a list, another address in place of one, and a list for a host.

use serde_json::Value;

use crate::house::{House, PW};

fn titles(house: &House) -> Vec<String> {
    let all = house.json(&["list", "--json"]);
    let mut all: Vec<String> =
        all.as_array().unwrap().iter().map(|one| one["title"].as_str().unwrap().to_owned()).collect();
    all.sort();
    all
}

/// A panel, its domain and one mailbox.
fn owner() -> House {
    let house = House::new();
    let panel = ["add", "panel", "--kind", "server", "--field", "host=sv1.host.example", "--generate", "-q"];
    house.ok(&panel);
    let domain = [
        "add",
        "names (example.jp)",
        "--kind",
        "domain",
        "--field",
        "nameservers=ns1.host.example",
        "--generate",
        "-q",
    ];
    house.ok(&domain);
    house.ok(&["add", "info@example.jp", "--kind", "mailbox", "-u", "info@example.jp", "--generate", "-q"]);
    house
}

#[test]
fn a_list_becomes_mailboxes_that_are_linked_and_have_passwords() {
    let house = owner();
    let list = "Sales <sales@example.jp>, hana@example.jp\nINFO@example.jp\n";
    let dry = house.fed(&["mail", "add", "--dry-run"], list);
    assert!(dry.starts_with("sales@example.jp  Sales\nhana@example.jp\n"), "{dry}");
    assert_eq!(titles(&house).len(), 3);
    let made: Value = serde_json::from_str(
        &house.fed(&["mail", "add", "--generate", "--folder", "mail", "--json", "-y"], list),
    )
    .unwrap();
    assert_eq!(made["made"].as_array().unwrap().len(), 2);
    assert_eq!((&made["left"][0]["line"], made["left"][0]["entry"].is_string()), (&2.into(), true));
    let one = house.json(&["show", "mail/sales@example.jp", "--json"]);
    assert_eq!((&one["kind"], &one["username"]), (&"mailbox".into(), &"sales@example.jp".into()));
    let two = ["mail/sales@example.jp", "mail/hana@example.jp"].map(|name| house.ok(&["get", name]));
    assert!(two.iter().all(|one| one.trim_end().len() == 20) && two[0] != two[1]);
    let tree = house.run(&["links", "panel"]).out;
    assert!(tree.contains("sales@example.jp  (controlled by it)"), "{tree}");
    let tree = house.run(&["links", "names (example.jp)"]).out;
    assert!(tree.contains("hana@example.jp  (registered there)"), "{tree}");
}

#[test]
fn a_wrong_line_is_named_and_nothing_is_made() {
    let house = owner();
    let path = house.file("list.txt", b"a@example.jp\nfoo bar\n\x1b[2Jb@example.jp\n");
    let refused = house.run(&["mail", "add", &path, "--yes"]);
    assert_eq!(refused.code, 2, "{}", refused.err);
    assert!(refused.err.contains("line 2: foo bar is no mail address"), "{}", refused.err);
    assert!(refused.err.contains("2 lines are wrong, so nothing was made"), "{}", refused.err);
    assert!(!refused.err.contains('\u{1b}'), "{}", refused.err);
    assert_eq!(titles(&house).len(), 3);
    assert_eq!(house.run(&["mail", "add", &path, "--skip-wrong"]).code, 2, "nobody to ask");
    assert_eq!(titles(&house).len(), 3);
    house.ok(&["mail", "add", &path, "--skip-wrong", "--yes"]);
    assert!(titles(&house).contains(&"a@example.jp".to_owned()));
    let long = house.file("long.txt", &vec![b'x'; 2 << 20]);
    let refused = house.run(&["mail", "add", &long, "--yes"]);
    assert!(refused.code == 2 && refused.err.contains("1 MiB"), "{}", refused.err);
    let none = house.run(&["mail", "add", "/nowhere/list", "--yes"]);
    assert_eq!(none.code, 1, "{}", none.err);
}

#[test]
fn another_address_is_written_where_the_old_one_was() {
    let house = owner();
    house.ok(&["add", "new@example.net", "--kind", "mailbox", "-u", "new@example.net", "--generate", "-q"]);
    house.ok(&["add", "shop", "-u", "Info@example.jp", "--generate", "-q"]);
    house.ok(&["add", "bank", "-u", "hana", "--field", "mail=info+bank@example.jp", "--generate", "-q"]);
    house.ok(&["link", "panel", "resets-through", "info@example.jp", "-q"]);
    let all = ["mail", "replace", "info@example.jp", "new@example.net"];
    let shown = house.ok(&[&all[..], &["--dry-run"]].concat());
    assert_eq!(
        shown,
        "bank\n  Mail address: info+bank@example.jp -> new+bank@example.net\n\
         panel\n  link: reset through: info@example.jp -> new@example.net\n\
         shop\n  user name: Info@example.jp -> new@example.net\n"
    );
    assert_eq!(house.run(&all).code, 2, "nobody to ask");
    house.ok(&[&all[..], &["shop", "panel", "--yes"]].concat());
    assert_eq!(house.ok(&["get", "shop#username"]), "new@example.net\n");
    assert!(house.run(&["links", "new@example.net"]).out.contains("panel  (reset through it)"));
    let left = house.json(&[&all[..], &["--dry-run", "--json"]].concat());
    assert_eq!((left.as_array().unwrap().len(), &left[0]["title"]), (1, &"bank".into()));
    // - the mailbox itself stays what it is
    assert_eq!(house.ok(&["get", "info@example.jp#username"]), "info@example.jp\n");
    for wrong in [["info", "a@b.jp"], ["a@b.jp", "x"], ["a@b.jp", "A@b.jp"]] {
        assert_eq!(house.run(&["mail", "replace", wrong[0], wrong[1], "--yes"]).code, 2, "{wrong:?}");
    }
}

#[test]
fn new_passwords_are_written_for_a_host_with_the_columns_that_it_wants() {
    let house = owner();
    let file = house.path("list.csv");
    let csv = ["export", &file, "--format", "mail-csv"];
    assert_eq!(house.run(&csv).code, 2, "it is in clear: --plain");
    let none = house.run(&[&csv[..], &["--plain"]].concat());
    assert!(none.code == 2 && none.err.contains("no mailbox to write"), "{}", none.err);
    house.ok(&["change", "info@example.jp", "-q"]);
    let new = house.ok(&["get", "info@example.jp#new"]);
    let old = house.ok(&["get", "info@example.jp"]);
    let columns = "no=number,メール=user,pw=password,quota='500'";
    let done = house.run(&[&csv[..], &["--plain", "--columns", columns]].concat());
    assert!(done.code == 0 && done.err.contains("Entries: 1"), "{}", done.err);
    let written = std::fs::read_to_string(&file).unwrap();
    let mut lines = written.split("\r\n");
    assert_eq!(lines.next(), Some("no,メール,pw,quota"));
    let row = lines.next().unwrap();
    let plain = row.replace("\"\"", "\"");
    assert!(
        plain.starts_with("1,info,") && plain.ends_with(",500") && plain.contains(new.trim_end()),
        "{row}"
    );
    assert!(!plain.contains(old.trim_end()) && !done.err.contains(new.trim_end()));
    let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&file).unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600);
    assert_eq!(house.run(&[&csv[..], &["--plain"]].concat()).code, 1, "never over a file that is there");
    let wrong = house.run(&["export", "-", "--format", "mail-csv", "--plain", "--columns", "adress"]);
    assert!(wrong.code == 2 && wrong.err.contains("There is no column adress"), "{}", wrong.err);
    assert_eq!(house.run(&["export", "-", "--format", "json", "--plain", "--columns", "user"]).code, 2);
    // - one that is named, to a pipe, without a line of headers
    let piped = [
        "export",
        "-",
        "--format",
        "mail-csv",
        "--plain",
        "--no-header",
        "--columns",
        "old",
        "--entry",
        "info@example.jp",
    ];
    // - one cell, in quotes where it holds what would part it
    let piped = house.ok(&piped);
    let cell = piped.trim_end_matches(['\r', '\n']);
    let inside = cell.strip_prefix('"').and_then(|cell| cell.strip_suffix('"'));
    let value = inside.map_or(cell.to_owned(), |inside| inside.replace("\"\"", "\""));
    assert_eq!(value, old.trim_end());
    assert!(!PW.is_empty());
}
