//! How accounts hang together, from the command line: what falls with one, and proposed links.

use serde_json::Value;

use crate::house::House;

/// A panel, a mailbox that it controls and that resets it, what hangs on the mailbox by its address,
/// a blog on the panel's host, and one with the mailbox's password.
fn owner() -> House {
    let house = House::new();
    let add = |password: &str, args: &[&str]| {
        let args: Vec<&str> = [&["add"], args, &["--secret-stdin", "-q"]].concat();
        house.fed(&args, &format!("{password}\n"));
    };
    add("S3cret-mail", &["info@example.jp", "--kind", "mailbox", "-u", "info@example.jp"]);
    add("S3cret-panel", &["パネル", "--kind", "server", "-u", "x", "--url", "https://sv1.example/"]);
    add(
        "S3cret-blog",
        &["ブログ", "--kind", "website", "-u", "admin", "--url", "https://sv1.example/wp-admin/"],
    );
    add("S3cret-shop", &["通販", "-u", "info@example.jp", "--url", "https://shop.example/"]);
    add("S3cret-mail", &["図書館", "-u", "lib"]);
    house.ok(&["link", "info@example.jp", "controlled-by", "パネル", "-q"]);
    house.ok(&["link", "パネル", "resets-through", "info@example.jp", "-q"]);
    house
}

#[test]
fn what_falls_is_a_tree_for_people_and_for_programs() {
    let house = owner();
    let shown = house.run(&["links", "info@example.jp"]);
    assert_eq!(
        shown.out,
        "info@example.jp\n\
         ├ パネル  (reset through it)\n\
         │ ├ info@example.jp  (controlled by it, back in a circle)\n\
         │ └ ブログ  (lies on it, a guess)\n\
         ├ 通販  (reset through it, a guess)\n\
         └ 図書館  (same password)\n"
    );
    assert_eq!((shown.code, shown.err.trim_end()), (0, "4 accounts fall with it, 2 of them by guesses."));
    let ja = house.run(&["--lang", "ja", "links", "info@example.jp"]);
    assert!(ja.out.contains("図書館  (同じパスワード)"), "{}", ja.out);
    assert!(ja.err.contains("4 件に影響が及びます（うち 2 件は推測）"), "{}", ja.err);
    let json = house.json(&["links", "info@example.jp", "--json"]);
    assert_eq!((&json["falls"], &json["guessed"]), (&4.into(), &2.into()));
    let why: Vec<&str> =
        json["rows"].as_array().unwrap().iter().filter_map(|row| row["why"].as_str()).collect();
    assert_eq!(why, ["resets-through", "controlled-by", "hosted-on", "resets-through", "same-password"]);
    assert_eq!((&json["rows"][2]["parent"], &json["rows"][2]["again"]), (&1.into(), &true.into()));
    for out in [&shown.out, &json.to_string()] {
        assert!(!out.contains("S3cret"), "{out}");
    }
    let alone = house.run(&["links", "通販"]);
    assert_eq!((alone.out.as_str(), alone.code), ("通販\n", 0));
    // - what is closed falls no more
    house.ok(&["rm", "パネル"]);
    assert_eq!(house.json(&["links", "info@example.jp", "--json"])["falls"], 2);
}

#[test]
fn proposals_are_listed_set_and_refused_for_good() {
    let house = owner();
    let list = || house.json(&["links", "--json"]);
    let before = list();
    let said = |all: &Value| -> Vec<String> {
        let text = |one: &Value, key: &str| one[key].as_str().unwrap().to_owned();
        let line = |one: &Value| {
            format!("{} {} {}", text(one, "from_title"), text(one, "relation"), text(one, "to_title"))
        };
        all.as_array().unwrap().iter().map(line).collect()
    };
    assert_eq!(said(&before), ["通販 resets-through info@example.jp", "ブログ hosted-on パネル"]);
    let shown = house.run(&["links", "--proposed", "ブログ"]);
    assert_eq!(shown.out, "ブログ lies on パネル  (the same host sv1.example)\n");
    // - nobody to ask: nothing is set
    assert_eq!(house.run(&["links", "--proposed", "--set"]).code, 2);
    assert_eq!(list(), before);
    house.ok(&["links", "--proposed", "--refuse", "ブログ", "--yes"]);
    assert_eq!(said(&list()), ["通販 resets-through info@example.jp"]);
    house.ok(&["links", "--proposed", "--set", "--yes"]);
    assert_eq!(list(), Value::Array(vec![]));
    let tree = house.run(&["links", "info@example.jp"]).out;
    assert!(tree.contains("通販  (reset through it)") && !tree.contains("ブログ"), "{tree}");
    // - a person may still set by hand what was refused as a proposal
    house.ok(&["link", "ブログ", "hosted-on", "パネル"]);
    assert!(house.run(&["links", "パネル"]).out.contains("ブログ  (lies on it)"));
    assert_eq!(house.run(&["links", "--set"]).code, 2, "only with --proposed");
    assert_eq!(house.run(&["links", "nobody"]).code, 5);
}
