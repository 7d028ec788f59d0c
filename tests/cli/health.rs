//! `health` and `pwned build`: what they find, what they refuse, and that no password is in any of it.

use serde_json::Value;
use sha1::{Digest, Sha1};

use super::house::{House, PW};

fn hex(word: &str) -> String {
    Sha1::digest(word.as_bytes()).iter().map(|byte| format!("{byte:02X}")).collect()
}

/// A list as the downloader writes it.
fn list(words: &[(&str, u64)]) -> String {
    let mut lines: Vec<String> =
        words.iter().map(|(word, count)| format!("{}:{count}\r\n", hex(word))).collect();
    lines.sort();
    lines.concat()
}

/// A list of many, and these.
fn large(words: &[(&str, u64)]) -> String {
    let many: Vec<String> = (0..3_000).map(|number| format!("filler {number}")).collect();
    let mut all: Vec<(&str, u64)> = (1..).zip(&many).map(|(count, word)| (word.as_str(), count)).collect();
    all.extend(words);
    list(&all)
}

fn house() -> House {
    let house = House::new();
    let add = |args: &[&str], password: &str| {
        let all: Vec<&str> = ["add"].iter().chain(args).chain(&["--secret-stdin"]).copied().collect();
        house.fed(&all, &format!("{password}\n"));
    };
    add(&["mail", "--kind", "mailbox", "-u", "hana@example.jp"], "Sakura2019!mbx");
    add(&["shop", "-u", "hana@example.jp", "--url", "http://shop.example.jp/"], "Sakura2019!mbx");
    add(&["forum", "-u", "hana"], "Sakura2020!mbx");
    add(&["board", "-u", "hana"], "1234");
    add(&["master", "-u", "x"], PW);
    add(&["good", "-u", "g"], "vT9!mq2Lr#8wXz");
    house
}

fn checks(report: &Value, title: &str) -> Vec<String> {
    let all = report["findings"].as_array().unwrap().iter().filter(|one| one["title"] == title);
    let mut all: Vec<String> = all.map(|one| one["check"].as_str().unwrap().to_owned()).collect();
    all.sort();
    all
}

fn report(house: &House, more: &[&str]) -> Value {
    let args: Vec<&str> = ["health", "--json"].iter().chain(more).copied().collect();
    let run = house.run(&args);
    assert_eq!(run.code, 7, "{}", run.err);
    for secret in ["Sakura20", "1234", PW, "vT9!mq"] {
        assert!(!run.out.contains(secret) && !run.err.contains(secret), "{secret}: {}", run.out);
    }
    serde_json::from_str(&run.out).unwrap()
}

#[test]
fn every_finding_has_why_since_with_what_and_what_to_do() {
    let house = house();
    let json = report(&house, &[]);
    assert_eq!(checks(&json, "mail"), ["reused", "similar", "weak"]);
    assert_eq!(checks(&json, "shop"), ["insecure", "reused", "similar", "weak"]);
    // - the words are famous, too
    assert_eq!(checks(&json, "master"), ["master", "weak"]);
    assert_eq!(checks(&json, "board"), ["weak"]);
    assert_eq!(checks(&json, "good"), [""; 0]);
    let first = &json["findings"][0];
    assert_eq!((first["title"].as_str(), first["check"].as_str()), (Some("mail"), Some("reused")), "{json}");
    let members = &json["clusters"][first["cluster"].as_u64().unwrap() as usize]["members"];
    let mut titles: Vec<&str> =
        members.as_array().unwrap().iter().map(|one| one["title"].as_str().unwrap()).collect();
    titles.sort_unstable();
    assert_eq!(titles, ["mail", "shop"]);
    let similar = json["findings"].as_array().unwrap().iter().find(|one| one["check"] == "similar").unwrap();
    assert_eq!(similar["pattern"], "year");
    let leaked = json["not_run"].as_array().unwrap().iter().find(|one| one["check"] == "leaked");
    assert!(leaked.is_some(), "what did not run is told");
    // - the same for people, in both languages
    for (lang, words) in [
        (
            "en",
            [
                "Reused: the same password as 1 other entry",
                "Give each its own random password",
                "Not checked",
            ],
        ),
        ("ja", ["使い回し: ほかの 1 件と同じパスワードです", "それぞれ別のランダムな", "調べていないもの"]),
    ] {
        let run = house.run(&["health", "--lang", lang]);
        assert_eq!(run.code, 7);
        assert!(words.iter().all(|word| run.out.contains(word)), "{}", run.out);
        assert!(!run.out.contains("Sakura20"), "{}", run.out);
    }
}

#[test]
fn the_markdown_report_names_titles_and_no_secret() {
    let house = house();
    house.fed(&["add", "evil | *x* <b>", "--secret-stdin"], "1234\n");
    for (lang, heading) in [("en", "# Health of the vault"), ("ja", "# 保管庫の点検")] {
        let run = house.run(&["health", "--markdown", "--lang", lang]);
        assert_eq!(run.code, 7, "{}", run.err);
        assert!(run.out.starts_with(heading), "{}", run.out);
        assert!(run.out.contains("mail") && run.out.contains("evil \\| \\*x\\* \\<b\\>"), "{}", run.out);
        for secret in ["Sakura20", "1234", PW, "hana@", "vT9!mq"] {
            assert!(!run.out.contains(secret), "{secret}: {}", run.out);
        }
    }
    assert_eq!(house.run(&["health", "--markdown", "--json"]).code, 2);
}

#[test]
fn a_list_is_named_set_or_lies_beside_the_vault() {
    let house = house();
    let file = house.file("mine.txt", list(&[("1234", 1_256_907)]).as_bytes());
    assert_eq!(checks(&report(&house, &["--pwned", &file]), "board"), ["leaked", "weak"]);
    assert_eq!(checks(&report(&house, &[]), "board"), ["weak"]);
    std::fs::create_dir_all(house.root().join("config/mamori")).unwrap();
    house.file("config/mamori/config.toml", format!("pwned = \"{file}\"\n").as_bytes());
    assert_eq!(checks(&report(&house, &[]), "board"), ["leaked", "weak"], "the setting");
    assert_eq!(house.json(&["list", "is:leaked", "--json"]).as_array().unwrap().len(), 1);
    house.file("config/mamori/config.toml", b"");
    house.file("data/mamori/pwned.txt", list(&[("vT9!mq2Lr#8wXz", 2)]).as_bytes());
    let json = report(&house, &[]);
    assert_eq!((checks(&json, "good"), checks(&json, "board")), (vec!["leaked".into()], vec!["weak".into()]));
    // - one that only lies there and does not fit is warned about; one that was named is an error
    house.file("data/mamori/pwned.txt", b"123456\n");
    let run = house.run(&["health"]);
    assert!(run.code == 7 && run.err.contains("warning") && run.err.contains("pwned.txt"), "{}", run.err);
    assert!(run.out.contains("Leaked: no list"), "{}", run.out);
}

#[test]
fn what_is_no_such_list_is_refused_with_its_reason() {
    let house = house();
    let good = large(&[]);
    let by_count = {
        let mut lines: Vec<&str> = good.split_inclusive('\n').collect();
        lines.sort_by_key(|line| std::cmp::Reverse(line.split(':').nth(1).map(str::len)));
        lines.reverse();
        lines.concat()
    };
    let ntlm: String = (0..50).map(|number| format!("{:032X}:3\r\n", number * 7)).collect();
    let cases: [(&str, &[u8], &str); 6] = [
        ("foreign", b"password,count\nx,1\n", "E0911"),
        ("empty", b"", "E0911"),
        ("binary", &[0xff; 4096], "E0911"),
        ("ntlm", ntlm.as_bytes(), "E0912"),
        ("by-count", by_count.as_bytes(), "E0913"),
        ("cut", &good.as_bytes()[..good.len() - 9], "E0914"),
    ];
    for (name, bytes, code) in cases {
        let file = house.file(name, bytes);
        for args in [["health", "--pwned", &file], ["pwned", "build", &file]] {
            let out = house.path(&format!("{name}.out"));
            let all: Vec<&str> = if args[0] == "pwned" {
                args.iter().copied().chain([out.as_str()]).collect()
            } else {
                args.to_vec()
            };
            let run = house.run(&all);
            assert_eq!(run.code, 1, "{name}: {}", run.err);
            assert!(run.err.contains(code) && run.err.contains(name), "{name}: {}", run.err);
            assert!(run.out.is_empty() && !std::path::Path::new(&out).exists(), "{name}");
        }
    }
    let run = house.run(&["health", "--pwned", &house.path("gone")]);
    assert!(run.code == 1 && run.err.contains("gone"), "{}", run.err);
    let run = house.run(&["health", "--pwned", &house.path("data")]);
    assert!(run.code == 1 && run.err.contains("E0911"), "a folder: {}", run.err);
    // - only a part of the list: large enough that its ends tell
    let part: String = (0..30_000u64).map(|number| format!("55{:038X}:3\r\n", number * 977)).collect();
    let file = house.file("part", part.as_bytes());
    let run = house.run(&["health", "--pwned", &file]);
    assert!(run.code == 1 && run.err.contains("E0915"), "{}", run.err);
}

#[test]
fn a_filter_is_made_by_count_or_size_and_says_what_a_miss_means() {
    let house = house();
    let whole = house.file("whole.txt", large(&[("1234", 1_256_907), ("Sakura2019!mbx", 2)]).as_bytes());
    let (common, small) = (house.path("common.mpf"), house.path("small.mpf"));
    let said = house.run(&["pwned", "build", &whole, &common, "--min-count", "1000"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.err.contains("65536") && said.err.contains("2002 most common"), "{}", said.err);
    let json = report(&house, &["--pwned", &common]);
    assert_eq!(checks(&json, "board"), ["leaked", "weak"]);
    assert_eq!(checks(&json, "mail"), ["reused", "similar", "weak"], "rare ones are not in it");
    let run = house.run(&["health", "--pwned", &common]);
    assert!(run.out.contains("not among the 2002 most common"), "{}", run.out);
    // - with the list at hand there is a second look, which knows the rare ones and the counts
    let json = report(&house, &["--pwned", &common, "--pwned", &whole]);
    assert_eq!(checks(&json, "mail"), ["leaked", "reused", "similar", "weak"]);
    assert!(json.to_string().contains("1,256,907"), "{json}");
    let run = house.run(&["pwned", "build", &whole, &small, "--size", "2kB"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(std::fs::metadata(&small).unwrap().len() <= 2_000);
    assert_eq!(
        checks(&report(&house, &["--pwned", &small]), "board"),
        ["leaked", "weak"],
        "the commonest is in"
    );
    for (args, code) in [
        (["--min-count", "9000000"], 1),
        (["--size", "10"], 2),
        (["--size", "many"], 2),
        (["--min-count", "-1"], 2),
    ] {
        let out = house.path("none.mpf");
        let all: Vec<&str> = ["pwned", "build", &whole, &out].iter().copied().chain(args).collect();
        let run = house.run(&all);
        assert_eq!(run.code, code, "{args:?}: {}", run.err);
        assert!(!std::path::Path::new(&out).exists());
    }
    let run = house.run(&["pwned", "build", &whole, &common]);
    assert_eq!(run.code, 1, "never over another file: {}", run.err);
    // - a filter with a changed byte
    let mut bytes = std::fs::read(&common).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    let broken = house.file("broken.mpf", &bytes);
    let run = house.run(&["health", "--pwned", &broken]);
    assert!(run.code == 1 && run.err.contains("E0916"), "{}", run.err);
}

/// What came over as a plain login is ranked by what it most likely is, and each finding names with which
/// others it is one of a group.
#[test]
fn plain_logins_are_ranked_by_what_they_open_and_groups_are_named() {
    let house = House::new();
    let all = [
        ("a shop", "https://shop.example.jp"),
        ("b mail info@example.jp", "https://webmail.example.jp"),
        ("c panel", "https://secure.xserver.ne.jp/xapanel/login"),
        ("d domains", "https://www.onamae.com/navi/login"),
        ("e other", "https://other.example"),
    ];
    for (title, url) in all {
        house.fed(&["add", title, "-u", title, "--url", url, "--secret-stdin"], "Sakura2019\n");
    }
    let run = house.run(&["health"]);
    let place = |title: &str| run.out.find(&format!("\n{title}  ")).unwrap_or_else(|| panic!("{}", run.out));
    let order = all.map(|(title, _)| place(title));
    assert!(order[1] < order[2] && order[2] < order[3] && order[3] < order[0], "{}", run.out);
    assert!(run.out.contains("and 1 more"), "{}", run.out);
    let of = run.out.split("\nb mail").nth(1).unwrap();
    let line = of.lines().find(|line| line.trim_start().starts_with("in a group with ")).unwrap();
    assert_eq!(line.matches(", ").count(), 2, "{line}");
    let ja = house.run(&["--lang", "ja", "health"]);
    assert!(ja.out.contains("同じ組: ") && ja.out.contains("、ほか 1 件"), "{}", ja.out);
}

#[test]
fn a_finding_is_ignored_with_a_reason_and_a_day_and_looked_at_again() {
    let house = house();
    let found = |title: &str| checks(&report(&house, &[]), title);
    let list = || house.run(&["health", "--ignored"]);
    assert!(found("board").contains(&"weak".to_owned()));
    assert!(list().err.contains("Nothing is ignored"), "{}", list().err);
    let before = report(&house, &[])["score"].as_u64().unwrap();
    house.ok(&["health", "ignore", "board", "weak", "--reason", "has no network", "--until", "2999-01-31"]);
    let shown = list();
    assert_eq!((shown.code, shown.out.lines().count()), (0, 1), "{}", shown.out);
    assert!(shown.out.contains("board") && shown.out.contains("2999-01-31  has no network"), "{}", shown.out);
    assert!(report(&house, &[])["score"].as_u64().unwrap() > before, "it no longer counts");
    house.ok(&["health", "ignore", "board", "weak", "--again"]);
    assert_eq!(list().out, "");
    assert_eq!(report(&house, &[])["score"].as_u64().unwrap(), before);
    // - of the vault itself
    house.ok(&["--lang", "ja", "health", "ignore", "-", "no-recovery"]);
    assert!(house.run(&["health", "--ignored", "--lang", "ja"]).out.contains("保管庫そのもの"));
    for wrong in [
        &["board", "no-recovery"][..],
        &["-", "weak"],
        &["board", "nonsense"],
        &["board", "weak", "--until", "2001-01-01"],
        &["board", "weak", "--until", "soon"],
    ] {
        assert_eq!(house.run(&[&["health", "ignore"], wrong].concat()).code, 2, "{wrong:?}");
    }
    assert_eq!(house.run(&["health", "ignore", "nobody", "weak"]).code, 5);
    // - what the check does not find cannot be ignored, and nothing is written
    for (entry, check) in [("board", "expired"), ("board", "duplicate")] {
        let run = house.run(&["health", "ignore", entry, check]);
        assert!(run.code == 5 && run.err.contains("E0711") && run.err.contains(check), "{}", run.err);
        assert_eq!(house.run(&["health", "ignore", entry, check, "--again"]).code, 0);
    }
    assert!(!list().out.contains("board"), "{}", list().out);
    // - leaked was not checked, so nobody knows that it is not there
    house.ok(&["health", "ignore", "board", "leaked", "--reason", "known"]);
}

#[test]
fn entries_of_one_account_are_made_one_after_a_question() {
    let house = House::new();
    for (title, password, more) in
        [("shop", "older-S3cret", "--tag=a"), ("shop (2)", "newer-S3cret", "--tag=b")]
    {
        house.fed(&["add", title, "-u", "hana", "--secret-stdin", more, "-q"], &format!("{password}\n"));
    }
    assert_eq!(house.run(&["health", "join", "shop", "shop (2)"]).code, 2, "nobody to ask");
    assert_eq!(house.run(&["health", "join", "shop", "shop", "--yes"]).code, 2, "two of them");
    let done = house.run(&["health", "join", "shop", "shop (2)", "--yes"]);
    assert!(done.code == 0 && done.err.contains("Made one: shop (2) (1 to the trash)"), "{}", done.err);
    let left = house.json(&["list", "--json"]);
    assert_eq!((left.as_array().unwrap().len(), &left[0]["title"]), (1, &"shop (2)".into()));
    assert_eq!(left[0]["tags"], serde_json::json!(["a", "b"]));
    assert_eq!(house.ok(&["get", "shop (2)"]), "newer-S3cret\n");
    assert_eq!(house.ok(&["get", "shop (2)#other password"]), "older-S3cret\n");
    assert_eq!(house.json(&["list", "--trash", "--json"])[0]["title"], "shop");
}
