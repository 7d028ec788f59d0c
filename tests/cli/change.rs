//! `change`: staged, confirmed, discarded, forced; several at once; two machines and a merge.

use serde_json::Value;

use super::house::House;

fn house() -> House {
    let house = House::new();
    house.fed(&["add", "Blog", "-u", "taro", "--secret-stdin"], "old-blog-1\n");
    house.fed(&["add", "my shop", "--secret-stdin"], "old-shop-1\n");
    house
}

fn get(house: &House, name: &str) -> String {
    house.ok(&["get", "-n", name])
}

/// Passwords of the history, the newest first.
fn history(house: &House, name: &str) -> Vec<String> {
    let all = house.json(&["history", name, "--json", "--reveal"]);
    let all = all.as_array().unwrap().iter();
    all.filter_map(|one| one["password"].as_str().map(str::to_owned)).collect()
}

#[test]
fn a_new_password_lies_beside_the_old_one_until_it_is_confirmed_or_discarded() {
    let house = house();
    let made = house.json(&["change", "Blog", "--reason", "break-in", "--json"]);
    assert_eq!((made[0]["title"].as_str(), made[0]["state"].as_str()), (Some("Blog"), Some("staged")));
    assert!(made[0]["bits"].as_f64().unwrap() > 100.0 && made[0]["since"].is_string(), "{made}");
    let new = get(&house, "Blog#new");
    assert!(new.len() == 20 && !made.to_string().contains(&new));
    assert_eq!(get(&house, "Blog"), "old-blog-1");

    // - one that waits is not replaced in silence
    let again = house.run(&["change", "Blog"]);
    assert_eq!(again.code, 1, "{}", again.err);
    assert!(again.err.contains("E0612") && again.err.contains("--discard"), "{}", again.err);
    assert_eq!(get(&house, "Blog#new"), new);

    house.ok(&["change", "Blog", "--confirm"]);
    assert_eq!(get(&house, "Blog"), new);
    assert_eq!(house.run(&["get", "Blog#new"]).code, 5);
    assert_eq!(history(&house, "Blog"), [new.as_str(), "old-blog-1"]);
    let none = house.run(&["change", "Blog", "--confirm"]);
    assert_eq!(none.code, 5, "{}", none.err);

    house.ok(&["change", "Blog", "--generate=pin:9"]);
    assert_eq!(get(&house, "Blog#new").len(), 9);
    house.ok(&["change", "Blog", "--discard"]);
    assert_eq!(get(&house, "Blog"), new);
    assert_eq!(house.run(&["change", "Blog", "--discard"]).code, 5);
}

#[test]
fn passwords_come_on_standard_input_a_line_each_and_none_is_half_taken() {
    let house = house();
    house.fed(&["change", "Blog", "my shop", "Blog", "--secret-stdin"], "new-blog-2\nnew-shop-2\n");
    assert_eq!(
        (get(&house, "Blog#new"), get(&house, "my shop#new")),
        ("new-blog-2".into(), "new-shop-2".into())
    );
    house.ok(&["change", "Blog", "my shop", "--discard"]);
    for (input, code) in [("new-blog-2\n", 2), ("new-blog-2\n\n", 2), ("new-blog-2\nold-shop-1\n", 1)] {
        let run = house.with(&["change", "Blog", "my shop", "--secret-stdin"], input.as_bytes());
        assert_eq!(run.code, code, "{input:?}: {}", run.err);
        assert!(!run.err.contains("new-blog-2") && !run.err.contains("old-shop-1"), "{}", run.err);
        assert_eq!(house.run(&["get", "Blog#new"]).code, 5, "nothing was written");
    }
    assert_eq!(house.run(&["change", "Blog", "no such"]).code, 5);
    assert_eq!(house.run(&["change", "Blog", "--generate=colour:9"]).code, 2);
    assert_eq!(house.run(&["change", "Blog", "--confirm", "--discard"]).code, 2);
    assert_eq!(house.run(&["change", "Blog", "--confirm", "--secret-stdin"]).code, 2);
    assert_eq!(house.run(&["change"]).code, 2);
    assert_eq!(house.run(&["change", "Blog", "--read-only"]).code, 1);
    assert_eq!(house.run(&["get", "Blog#new"]).code, 5);
}

#[test]
fn what_the_host_has_set_is_current_and_the_old_one_is_kept() {
    let house = house();
    let run = house.with(&["change", "Blog", "--forced"], b"host-set-3\n");
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.contains("mamori change Blog"), "{}", run.err);
    assert_eq!(get(&house, "Blog"), "host-set-3");
    assert_eq!(history(&house, "Blog"), ["host-set-3", "old-blog-1"]);
    assert_eq!(house.with(&["change", "Blog", "--forced"], b"host-set-3\n").code, 1, "the same again");
    assert_eq!(house.with(&["change", "Blog", "--forced"], b"").code, 2);
}

#[test]
fn several_at_once_are_one_save_and_their_names_fit_a_shell() {
    let house = house();
    let run = house.run(&["change", "Blog", "my shop"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.contains("mamori change Blog 'my shop' --confirm"), "{}", run.err);
    let count = |house: &House| house.json(&["history", "Blog", "--json"]).as_array().unwrap().len();
    assert_eq!(count(&house), 2);
    let ja = house.env("LANG", "ja_JP.UTF-8").run(&["change", "Blog", "my shop", "--confirm"]);
    assert!(ja.code == 0 && ja.err.contains("「my shop」") && ja.err.contains("履歴"), "{}", ja.err);
}

#[test]
fn two_machines_may_each_stage_one_and_a_merge_keeps_both() {
    let house = house();
    let other = house.path("other.mamori");
    std::fs::copy(house.vault(), &other).unwrap();
    house.ok(&["change", "Blog", "--reason", "here"]);
    house.ok(&["--vault", &other, "change", "Blog", "--reason", "there"]);
    let here = get(&house, "Blog#new");
    let there = house.ok(&["--vault", &other, "get", "-n", "Blog#new"]);
    house.ok(&["merge", &other]);

    // - which one is not guessed
    for end in ["--confirm", "--discard"] {
        let run = house.run(&["change", "Blog", end]);
        assert_eq!(run.code, 5, "{}", run.err);
        assert!(
            run.err.contains("1  2") && run.err.contains("here") && run.err.contains("there"),
            "{}",
            run.err
        );
    }
    assert_eq!((get(&house, "Blog#new1"), get(&house, "Blog#new2")), (here, there.clone()));
    assert_eq!(house.run(&["change", "Blog", "--confirm", "--which", "3"]).code, 5);
    let run = house.run(&["change", "Blog", "--confirm", "--which", "2"]);
    assert!(run.code == 0 && run.err.contains("still waits"), "{}", run.err);
    assert_eq!(get(&house, "Blog"), there);
    house.ok(&["change", "Blog", "--discard"]);

    // - confirmed on one machine, discarded on the other: the password is kept
    let pick = |house: &House| -> Value { house.json(&["change", "Blog", "--json"]) };
    pick(&house);
    std::fs::copy(house.vault(), &other).unwrap();
    let new = get(&house, "Blog#new");
    house.ok(&["change", "Blog", "--discard"]);
    house.ok(&["--vault", &other, "change", "Blog", "--confirm"]);
    house.ok(&["merge", &other]);
    assert_eq!(get(&house, "Blog"), new);
    assert_eq!(house.run(&["get", "Blog#new"]).code, 5);
}

#[test]
fn the_rule_of_a_site_is_obeyed_and_named_and_ones_own_come_first() {
    let house = house();
    let run = house.run(&["generate", "--site", "https://login.yahoo.co.jp/x", "--count", "20"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(
        run.err.contains("yahoo.co.jp (www.yahoo-help.jp") && run.err.contains("read 2026-"),
        "{}",
        run.err
    );
    for made in run.out.lines() {
        let has = |what: fn(&char) -> bool| made.chars().any(|c| what(&c));
        assert!(
            has(char::is_ascii_lowercase) && has(char::is_ascii_uppercase) && has(char::is_ascii_digit),
            "{made}"
        );
        assert!(!made.contains(['<', '&', '{', ' ']), "{made}");
    }
    let none = house.run(&["generate", "--site", "nowhere.example"]);
    assert!(
        none.code == 2 && none.out.is_empty() && none.err.contains("no rule is known for nowhere.example")
    );

    // - the list, then the settings, then the entry; each says so, with the bits of the rule
    house.ok(&["edit", "Blog", "--url", "https://www.sbisec.co.jp/"]);
    let made = house.json(&["change", "Blog", "--json"]);
    assert!(made[0]["rule"].as_str().unwrap().contains("sbisec.co.jp"), "{made}");
    let bits = made[0]["bits"].as_f64().unwrap();
    assert!((bits - 20.0 * 62f64.log2()).abs() < 0.01, "{bits}");
    let new = get(&house, "Blog#new");
    assert!(new.len() == 20 && new.bytes().all(|byte| byte.is_ascii_alphanumeric()), "{new}");
    house.ok(&["change", "Blog", "--discard"]);

    let config = house.root().join("config/mamori");
    std::fs::create_dir_all(&config).unwrap();
    std::fs::write(
        config.join("config.toml"),
        "[rules]\n\"sbisec.co.jp\" = \"maxlength: 12; required: digit\"\n",
    )
    .unwrap();
    let run = house.env("LANG", "ja_JP.UTF-8").run(&["change", "Blog"]);
    assert!(run.code == 0 && run.err.contains("設定にある sbisec.co.jp の規則"), "{}", run.err);
    assert!(get(&house, "Blog#new").bytes().all(|byte| byte.is_ascii_digit()));
    house.ok(&["change", "Blog", "--discard"]);

    house.ok(&["edit", "Blog", "--rule", "maxlength: 10; required: upper"]);
    assert!(house.ok(&["show", "Blog"]).contains("maxlength: 10; required: upper"));
    let run = house.run(&["change", "Blog"]);
    assert!(run.err.contains("by the rule noted for this entry"), "{}", run.err);
    let new = get(&house, "Blog#new");
    assert!(new.len() == 10 && new.bytes().all(|byte| byte.is_ascii_uppercase()), "{new}");
    house.ok(&["change", "Blog", "--discard"]);
    house.ok(&["edit", "Blog", "--rule", "words:4"]);
    house.ok(&["edit", "Blog", "--generate"]);
    assert_eq!(get(&house, "Blog").split('-').count(), 4);
    for wrong in ["minlength 8", "random:1", "minlength: 9; maxlength: 8"] {
        assert_eq!(house.run(&["edit", "Blog", "--rule", wrong]).code, 2, "{wrong}");
    }
    house.ok(&["edit", "Blog", "--unset", "rule"]);
    house.ok(&["change", "Blog"]);
    assert!(get(&house, "Blog#new").bytes().all(|byte| byte.is_ascii_digit()), "the settings again");
}
