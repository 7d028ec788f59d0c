//! Files of an entry from the command line: in, out, away; names, modes and what lies in the way.

use std::os::unix::fs::PermissionsExt;

use crate::house::House;

fn house() -> House {
    let house = House::new();
    house.fed(&["add", "銀行", "--secret-stdin", "-q"], "S3cret\n");
    house
}

fn mode(house: &House, name: &str) -> u32 {
    std::fs::metadata(house.path(name)).unwrap().permissions().mode() & 0o777
}

#[test]
fn a_file_comes_in_and_out_as_it_was_and_for_its_owner_alone() {
    let house = house();
    let bytes: Vec<u8> = (0..=255).cycle().take(70_000).collect();
    let file = house.file("契約.pdf", &bytes);
    let ran = house.run(&["attach", "銀行", &file]);
    assert_eq!((ran.code, ran.err.as_str()), (0, "Attached: 契約.pdf, to 銀行\n"));
    assert!(house.ok(&["show", "銀行"]).contains("契約.pdf (68.3 KiB)"));
    let object = house.json(&["show", "銀行", "--json"]);
    assert_eq!(
        (&object["attachments"][0]["name"], &object["attachments"][0]["bytes"]),
        (&"契約.pdf".into(), &70_000.into())
    );
    // - the file that it came from lies in the way, and is not written over
    let ran = house.run(&["detach", "銀行"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(ran.err.contains("契約.pdf"), "{}", ran.err);
    std::fs::remove_file(&file).unwrap();
    let ran = house.run(&["--lang", "ja", "detach", "銀行"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, "書き出しました: 契約.pdf (契約.pdf)。平文で残ります。\n"));
    assert_eq!((std::fs::read(&file).unwrap(), mode(&house, "契約.pdf")), (bytes.clone(), 0o600));
    // - into a pipe byte by byte, and the entry still has it
    assert_eq!(house.run(&["detach", "銀行", "契約.pdf", "--to", "-"]).bytes, bytes);
    assert_eq!(house.run(&["detach", "銀行", "--to", &house.path("b")]).code, 0);
    assert_eq!(std::fs::read(house.path("b")).unwrap(), bytes);
}

#[test]
fn it_is_taken_away_when_that_is_said_and_only_once_it_is_written() {
    let house = house();
    let file = house.file("a.txt", b"content");
    house.ok(&["attach", "銀行", &file, "--name", "b.txt", "-q"]);
    // - what cannot be written is not taken away
    let ran = house.run(&["detach", "銀行", "b.txt", "--to", &file, "--remove"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert_eq!(house.json(&["show", "銀行", "--json"])["attachments"][0]["name"], "b.txt");
    let ran = house.run(&["detach", "銀行", "b.txt", "--remove"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, "Taken away: b.txt, from 銀行. 'history' still has it.\n"));
    assert!(!house.root().join("b.txt").exists(), "nothing is written that was not asked for");
    assert_eq!(house.json(&["show", "銀行", "--json"])["attachments"], serde_json::json!([]));
    let ran = house.run(&["detach", "銀行"]);
    assert_eq!(ran.code, 5, "{}", ran.err);
    assert!(ran.err.contains("has no attachment"), "{}", ran.err);
    // - and the history gives it back
    let history = house.json(&["history", "銀行", "--json"]);
    let before = history.as_array().unwrap().len() - 1;
    house.ok(&["restore", "銀行", "--to", &before.to_string(), "-q"]);
    assert_eq!(house.run(&["detach", "銀行", "--to", "-"]).bytes, b"content");
}

#[test]
fn which_one_is_meant_is_never_guessed() {
    let house = house();
    let file = house.file("one", b"1");
    let other = house.file("two", b"2");
    house.ok(&["attach", "銀行", &file, "--name", "same", "-q"]);
    house.ok(&["attach", "銀行", &other, "--name", "same", "-q"]);
    house.ok(&["attach", "銀行", &other, "-q"]);
    let ran = house.run(&["detach", "銀行"]);
    assert_eq!(ran.code, 5);
    assert!(ran.err.contains("several attachments") && ran.err.contains("two"), "{}", ran.err);
    let ran = house.run(&["detach", "銀行", "same"]);
    assert_eq!(ran.code, 5, "{}", ran.err);
    let object = house.json(&["show", "銀行", "--json"]);
    let ids: Vec<&str> =
        object["attachments"].as_array().unwrap().iter().filter_map(|one| one["id"].as_str()).collect();
    assert!(ran.err.contains(ids[0]) && ran.err.contains(ids[1]), "{}", ran.err);
    let mut both: Vec<Vec<u8>> =
        ids[..2].iter().map(|id| house.run(&["detach", "銀行", id, "--to", "-"]).bytes).collect();
    both.sort();
    assert_eq!(both, [b"1", b"2"]);
    assert_eq!(house.run(&["detach", "銀行", "nothing"]).code, 5);
}

#[test]
fn names_that_lead_elsewhere_stay_here_and_what_is_no_file_is_refused() {
    let house = house();
    let file = house.file("x", b"1");
    house.ok(&["attach", "銀行", &file, "--name", "../../.bashrc", "-q"]);
    std::fs::create_dir(house.path("here")).unwrap();
    assert_eq!(house.run(&["detach", "銀行"]).code, 0);
    assert!(house.root().join("bashrc").exists(), "under a safe name, in this folder");
    for (what, code) in [(house.path("here"), 1), ("/dev/zero".into(), 1), (house.path("missing"), 1)] {
        let ran = house.run(&["attach", "銀行", &what]);
        assert_eq!(ran.code, code, "{what}: {}", ran.err);
        assert!(ran.err.contains("error E"), "{}", ran.err);
    }
    let large = std::fs::File::create(house.path("large")).unwrap();
    large.set_len((16 << 20) + 1).unwrap();
    assert_eq!(house.run(&["attach", "銀行", &house.path("large")]).code, 1);
    large.set_len(16 << 20).unwrap();
    assert_eq!(house.run(&["attach", "銀行", &house.path("large"), "-q"]).code, 0);
    assert_eq!(house.run(&["--read-only", "attach", "銀行", &file]).code, 1);
}
