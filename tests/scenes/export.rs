//! Export in the full screen: encrypted under its own password, in clear after the master password.

use std::path::Path;

use super::super::robot::{MASTER, Robot, credential, thousands};
use super::super::snapshot;
use mamori::session::{Device, Sealed};
use mamori::store::memory::Fault;
use mamori::text::Lang;

const FILE: &str = "/home/hana/mamori-2026-11-24";

fn page(lang: Lang, width: u16, height: u16) -> Robot {
    let mut robot = Robot::open(lang, width, height);
    robot.keys(":").types("export").keys("enter");
    robot
}

fn clear(lang: Lang, width: u16, height: u16) -> Robot {
    let mut robot = page(lang, width, height);
    robot.keys("enter down down").types(MASTER);
    robot
}

fn own(lang: Lang, width: u16, height: u16) -> Robot {
    let mut robot = page(lang, width, height);
    robot.keys("down down").types("S3CRET own words here").keys("enter").types("S3CRET own words here");
    robot
}

#[test]
fn what_it_looks_like() {
    snapshot("export", page);
    snapshot("export-own", own);
    snapshot("export-clear", clear);
    snapshot("export-wrong", |lang, w, h| {
        let mut robot = clear(lang, w, h);
        robot.types("x").keys("ctrl+s");
        robot
    });
    snapshot("export-written", |lang, w, h| {
        let mut robot = own(lang, w, h);
        robot.keys("enter enter");
        robot
    });
}

#[test]
fn an_encrypted_file_opens_under_its_own_password() {
    let mut robot = own(Lang::En, 80, 24);
    robot.keys("enter enter");
    assert!(robot.screen().contains("Entries written to"), "{}", robot.screen());
    let path = format!("{FILE}.mamori");
    assert_eq!(robot.disk.mode(Path::new(&path)), Some(0o600));
    let bytes = robot.disk.bytes(Path::new(&path)).unwrap();
    let device = Device { writer: 9, name: "other".into() };
    let open = Sealed::read(bytes).unwrap().open(&credential("S3CRET own words here"), device, None).unwrap();
    let mine = open.vault().entries().filter(|entry| !thousands::theirs(entry.title()));
    assert_eq!(mine.count(), 12);
    // - a second one does not take its place
    let mut again = own(Lang::En, 80, 24);
    again.disk.put(Path::new(&path), b"older".to_vec());
    again.keys("enter enter");
    assert!(again.screen().contains("a file of that name"), "{}", again.screen());
    assert_eq!(again.disk.bytes(Path::new(&path)).unwrap(), b"older");
}

#[test]
fn in_clear_only_with_the_master_password() {
    let path = format!("{FILE}.json");
    let mut robot = clear(Lang::En, 80, 24);
    robot.types("x").keys("ctrl+s");
    assert!(robot.screen().contains("not the master password"), "{}", robot.screen());
    assert!(robot.disk.bytes(Path::new(&path)).is_none());
    robot.types(MASTER).keys("enter enter");
    let text = String::from_utf8(robot.disk.bytes(Path::new(&path)).unwrap()).unwrap();
    assert!(text.contains("S3CRET mizuho") && text.contains("S3CRET wifi"), "everything is in it");
    assert_eq!(robot.disk.mode(Path::new(&path)), Some(0o600));
    let mut empty = page(Lang::En, 80, 24);
    empty.keys("enter ctrl+s");
    assert!(empty.screen().contains("Type the master password once more"), "{}", empty.screen());
}

#[test]
fn a_disk_that_refuses_leaves_nothing_behind() {
    for (fault, words) in
        [(Fault::Fail(std::io::ErrorKind::PermissionDenied), "No permission"), (Fault::Short, "disk is full")]
    {
        let mut robot = own(Lang::En, 80, 24);
        let at = if matches!(fault, Fault::Short) { 3 } else { 1 };
        robot.disk.fault(at, fault);
        robot.keys("enter enter");
        assert!(robot.screen().contains(words), "{fault:?}:\n{}", robot.screen());
        assert!(robot.disk.bytes(Path::new(&format!("{FILE}.mamori"))).is_none(), "{fault:?}");
    }
}

#[test]
fn the_file_is_chosen_and_a_taken_name_is_not_used() {
    let mut robot = page(Lang::En, 80, 24);
    robot.disk.put(Path::new("/home/hana/a.mamori"), b"older".to_vec());
    robot.keys("down enter ctrl+u").types("~/a.mamori").keys("enter");
    assert!(
        robot.screen().contains("a-2.mamori") && robot.screen().contains("there already"),
        "{}",
        robot.screen()
    );
    robot.keys("enter");
    assert!(robot.screen().contains("~/a-2.mamori") && robot.screen().contains("Password of the file"));
}
