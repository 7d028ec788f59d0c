//! SECURITY.md claims only what a test holds: every test it names is there.

#![allow(clippy::unwrap_used, reason = "a missing file is a failed test")]

use std::collections::BTreeSet;
use std::path::Path;

fn tests_in(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            tests_in(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            let mut marked = false;
            for line in text.lines().map(str::trim) {
                if let Some((name, _)) = line.strip_prefix("fn ").and_then(|rest| rest.split_once('('))
                    && marked
                {
                    found.insert(name.to_owned());
                    marked = false;
                }
                marked |= line == "#[test]";
            }
        }
    }
}

#[test]
fn every_test_that_the_security_page_names_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut tests = BTreeSet::new();
    tests_in(&root.join("tests"), &mut tests);
    tests_in(&root.join("src"), &mut tests);
    let page = std::fs::read_to_string(root.join("SECURITY.md")).unwrap();
    let mut named = 0;
    for row in page.lines().filter(|line| line.starts_with("| ")) {
        let Some(held) = row.trim_end_matches(" |").rsplit(" | ").next() else { continue };
        for name in held.split('`').skip(1).step_by(2) {
            if name.contains('_') && !name.contains('/') {
                named += 1;
                assert!(tests.contains(name), "SECURITY.md names a test that is not there: {name}");
            }
        }
    }
    assert!(named > 40, "only {named} tests are named");
}
