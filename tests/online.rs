//! Leaked passwords asked of a service on the net: the built program and the client itself against a
//! server on this machine that speaks the real protocol; what is sent, and what is made of a service
//! that is busy, slow, broken or somebody else.

#![allow(clippy::unwrap_used, clippy::string_slice, reason = "a test that goes wrong here has failed")]
#![allow(clippy::disallowed_methods, reason = "files of a test are no vault")]
#![allow(dead_code, reason = "the house has more than this file uses")]

#[path = "cli/house.rs"]
mod house;
#[path = "online/server.rs"]
mod server;

use std::time::Duration;

use house::House;
use mamori::platform::hibp::range::{Patience, Range, Trouble};
use serde_json::Value;
use server::{Mood, Server};
use sha1::{Digest, Sha1};

fn house() -> House {
    let house = House::new();
    for (title, password) in [("a", "sakura2019"), ("b", "vT9!mq2Lr#8wXz"), ("c", "kP3zLq8vTn5wRx2mB7")] {
        house.fed(&["add", title, "--secret-stdin"], &format!("{password}\n"));
    }
    house
}

fn health(house: &House, more: &[&str]) -> (i32, Value, String) {
    let args: Vec<&str> = ["health", "--json"].iter().chain(more).copied().collect();
    let run = house.run(&args);
    (run.code, serde_json::from_str(&run.out).unwrap_or(Value::Null), run.err)
}

fn leaked(report: &Value) -> Vec<String> {
    let all = report["findings"].as_array().unwrap().iter().filter(|one| one["check"] == "leaked");
    all.map(|one| one["title"].as_str().unwrap().to_owned()).collect()
}

fn not_run(report: &Value) -> Option<String> {
    let all = report["not_run"].as_array().unwrap().iter().find(|one| one["check"] == "leaked");
    all.map(|one| one["why"].as_str().unwrap().to_owned())
}

#[test]
fn five_digits_are_sent_and_nothing_else() {
    let server = Server::start(Mood::Well, &[("sakura2019", 4_210), ("another", 3)]);
    let house = house();
    let (code, report, err) = health(&house, &["--online", "--online-url", &server.url()]);
    assert_eq!((code, leaked(&report), not_run(&report)), (7, vec!["a".to_owned()], None), "{err}");
    assert!(report["findings"].to_string().contains("4,210"), "{report}");
    let asked = server.asked();
    assert_eq!(asked.len(), 3, "{asked:?}");
    let mut prefixes: Vec<String> = Vec::new();
    for one in &asked {
        let digits = one.line.strip_prefix("GET /range/").and_then(|rest| rest.strip_suffix(" HTTP/1.1"));
        let digits = digits.unwrap_or_else(|| panic!("{one:?}"));
        assert!(digits.len() == 5 && digits.chars().all(|c| c.is_ascii_hexdigit()), "{one:?}");
        prefixes.push(digits.to_owned());
        assert!(one.headers.contains(&"add-padding: true".to_owned()), "{one:?}");
        let known = ["host:", "user-agent: mamori/", "accept:", "add-padding:", "accept-encoding:"];
        assert!(
            one.headers.iter().all(|header| known.iter().any(|name| header.starts_with(name))),
            "{one:?}"
        );
    }
    prefixes.sort();
    let mut wanted: Vec<String> = ["sakura2019", "vT9!mq2Lr#8wXz", "kP3zLq8vTn5wRx2mB7"]
        .iter()
        .map(|word| server::hex(word)[..5].to_owned())
        .collect();
    wanted.sort();
    assert_eq!(prefixes, wanted);
}

#[test]
fn without_the_flag_nothing_is_asked_and_the_setting_is_a_flag() {
    let server = Server::start(Mood::Status(502), &[]);
    let proxy = format!("http://127.0.0.1:{}", server.port);
    let house = house().env("https_proxy", &proxy).env("all_proxy", &proxy);
    let (_, report, _) = health(&house, &[]);
    assert!(not_run(&report).unwrap().contains("no list"), "{report}");
    house.ok(&["list"]);
    assert!(server.asked().is_empty(), "{:?}", server.asked());
    // - with it the service itself is asked, through the proxy
    let (code, report, err) = health(&house, &["--online"]);
    assert_eq!(code, 7);
    assert!(not_run(&report).is_some() && leaked(&report).is_empty(), "{report}");
    assert!(err.contains("warning") && err.contains("proxy"), "{err}");
    let asked = server.asked();
    assert!(!asked.is_empty() && asked.len() <= 6, "it gives up: {asked:?}");
    assert!(asked.iter().all(|one| one.line.starts_with("CONNECT api.pwnedpasswords.com:443")), "{asked:?}");
    let before = asked.len();
    std::fs::create_dir_all(house.root().join("config/mamori")).unwrap();
    house.file("config/mamori/config.toml", b"health_online = true\n");
    health(&house, &[]);
    assert!(server.asked().len() > before, "the setting");
    // - hosts that have none are not asked through it
    let before = server.asked().len();
    let direct = house.env("no_proxy", "localhost, 127.0.0.1");
    let here = Server::start(Mood::Well, &[]);
    health(&direct, &["--online", "--online-url", &here.url()]);
    assert_eq!((server.asked().len(), here.asked().len()), (before, 3), "a host that has no proxy");
}

#[test]
fn what_could_not_be_asked_is_not_checked_and_never_safe() {
    for (mood, words) in [
        (Mood::Status(429), "busy (status 429)"),
        (Mood::Status(503), "busy (status 503)"),
        (Mood::Status(500), "status 500"),
        (Mood::Elsewhere, "status 302"),
        (Mood::Cut, "cut off"),
        (Mood::Gone, "cut off"),
        (Mood::Page, "none of Have I Been Pwned"),
    ] {
        let server = Server::start(mood, &[("sakura2019", 4_210)]);
        let house = house();
        let (code, report, err) = health(&house, &["--online", "--online-url", &server.url()]);
        assert_eq!(code, 7, "{mood:?}: {err}");
        assert!(leaked(&report).is_empty(), "{mood:?}");
        assert!(not_run(&report).unwrap().contains("3 entries could not be looked up"), "{mood:?}: {report}");
        assert!(err.contains(words), "{mood:?}: {err}");
        if matches!(mood, Mood::Status(429 | 503)) {
            assert!(
                server.asked().len() <= 3,
                "who asks to be left alone is left alone: {:?}",
                server.asked()
            );
        }
    }
    // - nobody listens there
    let house = house();
    let (code, report, err) = health(&house, &["--online", "--online-url", "http://127.0.0.1:9/range/"]);
    assert!(code == 7 && not_run(&report).is_some() && err.contains("could not be reached"), "{err}");
    let ja = house.run(&["health", "--online", "--online-url", "http://127.0.0.1:9/", "--lang", "ja"]);
    assert!(ja.err.contains("接続できませんでした") && !ja.err.contains("reached"), "{}", ja.err);
}

#[test]
fn what_a_list_said_stands_when_the_service_fails() {
    let list = |words: &[(&str, u64)]| {
        let mut lines: Vec<String> =
            words.iter().map(|(word, count)| format!("{}:{count}\r\n", server::hex(word))).collect();
        lines.sort();
        lines.concat()
    };
    let house = house();
    let file = house.file("list.txt", list(&[("sakura2019", 7)]).as_bytes());
    let server = Server::start(Mood::Status(503), &[]);
    let with = ["--pwned", &file, "--online", "--online-url", &server.url()];
    let (_, report, err) = health(&house, &with);
    assert_eq!((leaked(&report), not_run(&report)), (vec!["a".to_owned()], None), "{err}");
    // - and what the service knows beyond the list is added
    let server = Server::start(Mood::Well, &[("vT9!mq2Lr#8wXz", 2)]);
    let with = ["--pwned", &file, "--online", "--online-url", &server.url()];
    let (_, report, _) = health(&house, &with);
    let mut found = leaked(&report);
    found.sort();
    assert_eq!(found, ["a", "b"]);
    assert_eq!(server.asked().len(), 2, "what the list named is not asked for");
}

#[test]
fn only_encrypted_services_are_asked() {
    let house = house();
    for url in
        ["http://api.pwnedpasswords.com/range/", "ftp://x/", "127.0.0.1", "http://127.0.0.1.evil.example/"]
    {
        let run = house.run(&["health", "--online", "--online-url", url]);
        assert_eq!(run.code, 1, "{url}: {}", run.err);
        assert!(run.err.contains("E0918") && run.err.contains("https://"), "{}", run.err);
    }
    let run = house.run(&["health", "--online-url", "https://x/"]);
    assert_eq!(run.code, 2, "it needs --online: {}", run.err);
}

fn range(server: &Server, patience: Patience) -> Range {
    Range::new(&server.url(), &|_| None, patience).unwrap()
}

#[test]
fn a_slow_service_is_not_waited_for() {
    let server = Server::start(Mood::Silent, &[]);
    let short = Duration::from_millis(150);
    let range = range(&server, Patience { connect: short, answer: short, whole: short * 2 });
    let hash: [u8; 20] = Sha1::digest(b"x").into();
    assert_eq!(range.look_up(&hash), Err(Trouble::Slow));
    assert_eq!(range.look_up(&hash), Err(Trouble::Slow));
    assert_eq!(range.look_up(&hash), Err(Trouble::Slow));
    let asked = server.asked().len();
    assert_eq!(range.look_up(&hash), Err(Trouble::Slow), "given up");
    assert_eq!((server.asked().len(), range.trouble()), (asked, Some(Trouble::Slow)));
}

#[test]
fn every_answer_is_read_and_padding_is_no_hit() {
    let words = ["123456", "password", "さくら", ""];
    let server =
        Server::start(Mood::Well, &[("123456", 37_359_195), ("password", 9_659_365), ("さくら", 12)]);
    let range = range(&server, Patience::default());
    let of = |word: &str| range.look_up(&Sha1::digest(word.as_bytes()).into());
    assert_eq!(words.map(of), [Ok(Some(37_359_195)), Ok(Some(9_659_365)), Ok(Some(12)), Ok(None)]);
    // - what stands there only as padding was never seen
    let server = Server::start(Mood::Well, &[("123456", 0)]);
    let range = Range::new(&server.url(), &|_| None, Patience::default()).unwrap();
    assert_eq!(range.look_up(&Sha1::digest(b"123456").into()), Ok(None));
}
