//! The path field: completion, drops, the newest exports, and what the disk answers.

use std::path::Path;

use super::super::robot::{NOON, Robot};
use super::super::snapshot;
use mamori::store::memory::Fault;
use mamori::text::Lang;

const CSV: &str = "Name,Url,MatchUrl,Login,Pwd,Note,Folder,RfFieldsV2\r\n\
    みずほ,https://mizuho.example,https://mizuho.example,hana,S3CRET one,,/銀行\r\n";

/// The path field of an import, with files about.
pub fn field(lang: Lang, width: u16, height: u16) -> Robot {
    let mut robot = Robot::open(lang, width, height);
    let put = |name: &str, days: u64| {
        robot.disk.put_at(Path::new(name), CSV.as_bytes().to_vec(), NOON - days * 86_400_000 - 90_000);
    };
    put("/home/hana/Downloads/roboform.csv", 0);
    put("/home/hana/Downloads/roboform-2024.csv", 400);
    put("/home/hana/ダウンロード/パスワード一覧 (1).json", 3);
    put("/home/hana/Downloads/a rather long name of an export that does not fit in any narrow window.csv", 9);
    put("/home/hana/Downloads/read.me", 0);
    put("/home/hana/work/here.csv", 0);
    put("/home/hana/work/.hidden", 0);
    put("/home/hana/work/evil\u{1b}[31m\u{202e}.csv", 0);
    robot.keys(":").types("import").keys("enter");
    robot
}

fn typed(text: &'static str, keys: &'static str) -> impl Fn(Lang, u16, u16) -> Robot {
    move |lang, width, height| {
        let mut robot = field(lang, width, height);
        robot.types(text).keys(keys);
        robot
    }
}

#[test]
fn what_it_looks_like() {
    snapshot("path-recent", typed("", ""));
    snapshot("path-recent-chosen", typed("", "down down"));
    snapshot("path-completing", typed("~/Downloads/", "tab"));
    snapshot("path-nothing", typed("~/Nowhere/x", ""));
    snapshot("path-missing", typed("~/Downloads/none.csv", "enter"));
    snapshot("path-here", typed("h", "backspace e backspace"));
}

#[test]
fn tab_completes_and_walks_the_names() {
    let mut robot = field(Lang::En, 80, 24);
    robot.types("~/Do").keys("tab");
    assert!(robot.screen().contains("> ~/Downloads/"), "{}", robot.screen());
    robot.types("rob").keys("tab");
    assert!(robot.screen().contains("> ~/Downloads/roboform"), "{}", robot.screen());
    robot.keys("tab tab enter");
    assert!(robot.screen().contains("What would come in"), "{}", robot.screen());
    assert!(robot.screen().contains("~/Downloads/roboform.csv"), "{}", robot.screen());
}

#[test]
fn the_newest_export_is_two_keys_away() {
    let mut robot = field(Lang::Ja, 60, 16);
    robot.keys("down enter");
    assert!(robot.screen().contains("新規: 1 件"), "{}", robot.screen());
}

#[test]
fn a_drop_is_undone_in_every_form() {
    for pasted in [
        "'/home/hana/Downloads/roboform.csv' ",
        "file:///home/hana/Downloads/roboform%2Ecsv\r\n",
        "/home/hana/Downloads/robo\\form.csv",
        "~/Downloads/roboform.csv",
    ] {
        let mut robot = field(Lang::En, 80, 24);
        robot.types("something").pastes(pasted).keys("enter");
        assert!(robot.screen().contains("What would come in"), "{pasted}:\n{}", robot.screen());
    }
    // - a terminal without bracketed paste types it
    let mut robot = field(Lang::En, 80, 24);
    robot.types("'/home/hana/Downloads/roboform.csv' ").keys("enter");
    assert!(robot.screen().contains("What would come in"), "{}", robot.screen());
}

#[test]
fn enter_goes_into_a_folder_and_esc_steps_back() {
    let mut robot = field(Lang::En, 80, 24);
    robot.types("~").keys("enter");
    assert!(robot.screen().contains("In ~/"), "{}", robot.screen());
    robot.keys("down down enter");
    assert!(
        robot.screen().contains("> ~/work/") || robot.screen().contains("ダウンロード/"),
        "{}",
        robot.screen()
    );
    robot.keys("down");
    assert_eq!(robot.frame().1.x, 2, "the row has the cursor");
    robot.keys("esc");
    assert!(robot.screen().contains("File to import"), "back in the field");
    robot.keys("esc");
    assert!(!robot.screen().contains("File to import"), "{}", robot.screen());
}

#[test]
fn what_the_disk_answers_is_said() {
    for (kind, words) in [
        (std::io::ErrorKind::PermissionDenied, "No permission"),
        (std::io::ErrorKind::InvalidInput, "no ordinary file"),
        (std::io::ErrorKind::InvalidFilename, "too long"),
    ] {
        let mut robot = field(Lang::En, 80, 24);
        robot.types("~/Downloads/roboform.csv");
        robot.disk.fault(1, Fault::Fail(kind));
        robot.keys("enter");
        assert!(robot.screen().contains(words), "{kind:?}:\n{}", robot.screen());
        assert!(robot.screen().contains("File to import"), "it can be mended at once");
    }
    let mut robot = field(Lang::En, 80, 24);
    robot.keys("enter");
    assert!(robot.screen().contains("No file is named"), "{}", robot.screen());
}

#[test]
fn hostile_names_are_harmless() {
    let mut robot = field(Lang::En, 80, 24);
    robot.types("ev");
    assert!(!robot.screen().contains('\u{1b}') && !robot.screen().contains('\u{202e}'));
    assert!(robot.screen().contains("evil"), "{}", robot.screen());
    robot.keys("backspace backspace .");
    assert!(robot.screen().contains(".hidden"), "{}", robot.screen());
}
