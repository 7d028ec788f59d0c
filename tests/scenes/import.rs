//! Import in the full screen: choose, preview, one change, report; long work, cancelling, locking.

use std::path::Path;

use super::super::robot::{Robot, reopen};
use super::super::snapshot;
use super::path::field;
use mamori::model::State;
use mamori::store::memory::Fault;
use mamori::text::Lang;
use mamori::tui::app::Screen;
use mamori::tui::event::Event;

const HEAD: &str = "Name,Url,MatchUrl,Login,Pwd,Note,Folder,RfFieldsV2\r\n";

/// An export with something of everything.
fn export() -> String {
    let mut all = HEAD.to_owned();
    all.push_str(
        "みずほ銀行,https://ib.mizuhobk.co.jp,https://ib.mizuhobk.co.jp,3390,S3CRET a,,/銀行/ネット\r\n",
    );
    all.push_str(
        "みずほ銀行,https://ib.mizuhobk.co.jp,https://ib.mizuhobk.co.jp,3390,S3CRET a,,/銀行/ネット\r\n",
    );
    all.push_str(",https://example.jp/login,https://example.jp,hana,S3CRET b,,\r\n");
    all.push_str("Wi-Fi,,,,,S3CRET note,\r\n");
    all.push_str("formula,https://f.example,https://f.example,f,'=S3CRET,,\r\n");
    all.push_str("evil\u{202e},https://e.example,https://e.example,a\tb,S3CRET c,,\r\n");
    for number in 0..30 {
        let row = format!(
            "site {number:02},https://s{number}.example,https://s{number}.example,hana,S3CRET {number},,\r\n"
        );
        all.push_str(&row);
    }
    all
}

fn with(bytes: Vec<u8>, lang: Lang, width: u16, height: u16) -> Robot {
    let mut robot = field(lang, width, height);
    robot.disk.put(Path::new("/home/hana/work/x.csv"), bytes);
    robot.types("x.csv");
    robot
}

fn preview(lang: Lang, width: u16, height: u16) -> Robot {
    let mut robot = with(export().into_bytes(), lang, width, height);
    robot.keys("enter");
    robot
}

fn after(keys: &'static str) -> impl Fn(Lang, u16, u16) -> Robot {
    move |lang, width, height| {
        let mut robot = preview(lang, width, height);
        robot.keys(keys);
        robot
    }
}

fn active(robot: &Robot) -> usize {
    robot.on_disk().vault().entries().filter(|entry| entry.state() != State::Trashed).count()
}

#[test]
fn what_it_looks_like() {
    snapshot("import-preview", after("down"));
    snapshot("import-preview-notices", after("tab"));
    snapshot("import-report", after("enter"));
    snapshot("import-delete", after("enter tab enter"));
    snapshot("import-nothing-new", after("enter enter : i m p o r t enter x . c s v enter"));
    snapshot("import-garbage", |lang, w, h| {
        let mut robot = with(vec![0, 159, 146, 150, 0xff, 0, 1], lang, w, h);
        robot.keys("enter");
        robot
    });
    snapshot("import-damaged", |lang, w, h| {
        let mut robot = with(format!("{HEAD}a,b,\"c").into_bytes(), lang, w, h);
        robot.keys("enter");
        robot
    });
    snapshot("working", |lang, w, h| {
        let mut robot = with(export().into_bytes(), lang, w, h);
        robot.hold = true;
        // - the look at the path first, then the work itself
        robot.keys("enter");
        robot.release_one();
        robot.pass(std::time::Duration::from_secs(4));
        robot.event(Event::Tick);
        robot
    });
}

#[test]
fn it_comes_in_as_one_change_and_one_undo_takes_it_back() {
    let mut robot = preview(Lang::En, 80, 24);
    let before = active(&robot);
    assert!(robot.screen().contains("New: 35"), "{}", robot.screen());
    assert_eq!(active(&robot), before, "nothing is changed yet");
    robot.keys("enter");
    assert_eq!(active(&robot), before + 35);
    assert!(robot.screen().contains("still holds every password in clear"), "{}", robot.screen());
    let disk = robot.on_disk();
    let entry = disk.vault().entries().find(|entry| entry.title() == "site 07").unwrap();
    assert_eq!(disk.password(entry).unwrap().unwrap().expose(), "S3CRET 7");
    robot.keys("enter z");
    assert_eq!(active(&robot), before, "{}", robot.screen());
    assert!(
        robot.screen().contains("Undone: import (35); new entries are out of sight"),
        "{}",
        robot.screen()
    );
    assert!(robot.on_disk().vault().entries().all(|entry| entry.title() != "site 07"), "nor in the trash");
    robot.keys("Z");
    assert_eq!(active(&robot), before + 35);
    let disk = robot.on_disk();
    let entry = disk.vault().entries().find(|entry| entry.title() == "site 07").unwrap();
    assert_eq!(disk.password(entry).unwrap().unwrap().expose(), "S3CRET 7");
}

#[test]
fn the_same_file_again_changes_nothing() {
    let mut robot = preview(Lang::En, 80, 24);
    robot.keys("enter enter");
    let file = robot.on_disk().loaded();
    robot.keys(":").types("import").keys("enter").types("x.csv").keys("enter");
    assert!(robot.screen().contains("New: 0"), "{}", robot.screen());
    assert!(robot.screen().contains("there already"), "{}", robot.screen());
    robot.keys("enter");
    assert_eq!(robot.on_disk().loaded(), file, "nothing was written");
}

#[test]
fn apostrophes_are_a_choice() {
    let value = |robot: &Robot| {
        let disk = robot.on_disk();
        let entry = disk.vault().entries().find(|entry| entry.title() == "formula").unwrap();
        disk.password(entry).unwrap().unwrap().expose().to_owned()
    };
    let mut robot = preview(Lang::En, 80, 24);
    assert!(robot.screen().contains("[ ] No apostrophe"), "{}", robot.screen());
    robot.keys("enter");
    assert_eq!(value(&robot), "'=S3CRET");
    let mut robot = preview(Lang::En, 80, 24);
    robot.keys("space");
    assert!(robot.screen().contains("[x] No apostrophe"), "{}", robot.screen());
    robot.keys("enter");
    assert_eq!(value(&robot), "=S3CRET");
}

#[test]
fn the_export_is_deleted_only_when_that_is_said_twice() {
    let there = |robot: &Robot| robot.disk.bytes(Path::new("/home/hana/work/x.csv")).is_some();
    let mut robot = preview(Lang::En, 80, 24);
    robot.keys("enter tab enter");
    assert!(there(&robot) && robot.screen().contains("cannot be undone"), "{}", robot.screen());
    robot.keys("enter");
    assert!(there(&robot), "Cancel has the focus");
    robot.keys("enter right enter");
    assert!(!there(&robot), "{}", robot.screen());
    assert!(robot.screen().contains("Deleted: x.csv"), "{}", robot.screen());
}

#[test]
fn every_bad_file_is_answered_in_words() {
    let cases: [(&[u8], &str); 5] = [
        (b"", "empty"),
        (b"\x00\x9f\x92\x96\xff\x00", "Nothing was imported"),
        (b"title,secret\na,b\n", "header of no format"),
        (b"Name,Url,MatchUrl,Login,Pwd,Note,Folder,RfFieldsV2\na,b,\"c", "line 2"),
        (b"Name,Url,Login,Pwd,Name\n", "twice"),
    ];
    for (bytes, words) in cases {
        let mut robot = with(bytes.to_vec(), Lang::En, 80, 24);
        robot.keys("enter");
        assert!(robot.screen().contains(words), "{words}:\n{}", robot.screen());
        robot.keys("enter");
        assert!(robot.screen().contains("File to import"), "another file can be chosen");
    }
    let mut robot = with(export().into_bytes(), Lang::En, 80, 24);
    // - looked at, then read
    robot.disk.fault(3, Fault::Fail(std::io::ErrorKind::PermissionDenied));
    robot.keys("enter");
    assert!(robot.screen().contains("No permission"), "{}", robot.screen());
}

fn working() -> Robot {
    let mut robot = with(export().into_bytes(), Lang::En, 80, 24);
    robot.hold = true;
    robot.keys("enter");
    robot.release_one();
    robot
}

#[test]
fn esc_stops_long_work_and_changes_nothing() {
    let mut robot = working();
    assert!(matches!(robot.app.screen, Screen::Working(_)));
    robot.keys("esc").release();
    assert!(robot.screen().contains("Stopped; nothing was changed"), "{}", robot.screen());
    assert!(matches!(robot.app.screen, Screen::Open(_)));
    let before = active(&robot);
    robot.keys("esc");
    assert_eq!(active(&robot), before);
}

#[test]
fn a_lock_does_not_wait_and_nothing_comes_back() {
    for key in ["f9", "L", "ctrl+\\"] {
        let mut robot = working();
        robot.keys(key);
        assert!(matches!(robot.app.screen, Screen::Locked(_)), "{key}");
        robot.release();
        assert!(matches!(robot.app.screen, Screen::Locked(_)), "{key}: it came back");
    }
    // - the same while the change itself is taken in: nothing of it is saved
    let mut robot = preview(Lang::En, 80, 24);
    let before = robot.disk.bytes(&super::super::robot::path());
    robot.hold = true;
    robot.keys("enter f9").release();
    assert!(matches!(robot.app.screen, Screen::Locked(_)));
    assert_eq!(robot.disk.bytes(&super::super::robot::path()), before);
}

#[test]
fn work_that_breaks_off_locks_and_leaves_the_file() {
    let mut robot = working();
    robot.lose();
    assert!(matches!(robot.app.screen, Screen::Locked(_)));
    assert!(robot.screen().contains("broke off"), "{}", robot.screen());
    reopen(robot.disk.bytes(&super::super::robot::path()).unwrap());
}

#[test]
fn a_full_disk_is_told_and_the_import_is_kept() {
    let mut robot = preview(Lang::En, 80, 24);
    let before = active(&robot);
    robot.hold = true;
    robot.keys("enter");
    robot.release_one();
    robot.disk.fault(1, Fault::Fail(std::io::ErrorKind::StorageFull));
    robot.release();
    assert!(
        robot.screen().contains("not saved") || robot.screen().contains("Not saved"),
        "{}",
        robot.screen()
    );
    assert_eq!(active(&robot), before);
    robot.wait(12);
    assert_eq!(active(&robot), before + 35, "written as soon as there is room");
}

#[test]
fn keys_are_answered_while_it_works() {
    let mut robot = working();
    robot.keys("f2");
    assert!(robot.screen().contains("中止"), "{}", robot.screen());
    robot.keys("f1");
    assert!(robot.app.shell.overlay.is_some());
    robot.keys("esc j d p");
    assert!(matches!(robot.app.screen, Screen::Working(_)));
    robot.release();
    assert!(robot.screen().contains("新規: 35 件"), "{}", robot.screen());
}
