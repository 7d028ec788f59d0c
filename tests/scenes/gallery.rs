//! Screens that no story of another page draws, in every size and language: questions, waits, what is
//! empty, what failed. They are here to be looked at.

use mamori::store::memory::Fault;
use mamori::text::Lang;
use mamori::tui::notice::{CopyFailure, Place};

use super::super::robot::{MASTER, Robot};
use super::super::snapshot;
use super::{detail, trash};

/// A scene of the sample vault.
fn keys(keys: &'static str) -> impl Fn(Lang, u16, u16) -> Robot {
    move |lang, width, height| {
        let mut robot = Robot::open(lang, width, height);
        robot.keys(keys);
        robot
    }
}

/// Goes on in a form or a detail until a row begins so, in either language.
fn to(robot: &mut Robot, labels: [&str; 2]) {
    for _ in 0..60 {
        let rows = mamori::tui::view::outline(&robot.app);
        let here = rows.iter().find(|row| row.focus);
        let fits = |text: &str| labels.iter().any(|label| text.starts_with(label));
        if here.is_some_and(|row| fits(&row.label) || fits(&row.value)) {
            return;
        }
        robot.keys("down");
    }
    unreachable!("no row {labels:?}:\n{}", robot.screen());
}

#[test]
fn questions_of_the_form() {
    snapshot("form-ask", |lang, w, h| {
        let mut robot = keys("/ g i t enter e")(lang, w, h);
        to(&mut robot, ["+ Field", "+ 項目"]);
        robot.keys("enter").types("合言葉");
        robot
    });
    snapshot("form-relation", |lang, w, h| {
        let mut robot = keys("/ g i t enter e")(lang, w, h);
        to(&mut robot, ["+ Link", "+ ほかの"]);
        robot.keys("enter").types("銀行").keys("enter");
        robot
    });
    snapshot("form-attach", |lang, w, h| {
        let mut robot = keys("/ g i t enter e")(lang, w, h);
        robot.disk.put(std::path::Path::new("/home/hana/work/回復コード.txt"), b"S3CRET".to_vec());
        to(&mut robot, ["+ Attach", "+ ファイル"]);
        robot.keys("enter").types("~/work/");
        robot
    });
}

#[test]
fn an_attachment_goes_out() {
    let out = |lang, w, h| {
        let mut robot = detail::start(lang, w, h);
        robot.keys("right");
        to(&mut robot, ["File", "ファイル"]);
        robot.keys("enter");
        robot
    };
    snapshot("extract", out);
    snapshot("extract-there", |lang, w, h| {
        let mut robot = detail::start(lang, w, h);
        robot.disk.put(std::path::Path::new("/home/hana/out.txt"), b"mine".to_vec());
        robot.keys("right");
        to(&mut robot, ["File", "ファイル"]);
        robot.keys("enter ctrl+u").types("/home/hana/out.txt").keys("enter");
        robot
    });
}

#[test]
fn keys_are_given() {
    snapshot("settings-press", keys("g s end up enter enter"));
    snapshot("settings-clash", keys("g s end up enter enter u"));
}

#[test]
fn windows_without_anything() {
    snapshot("palette-all", keys(":"));
    snapshot("palette-nothing", |lang, w, h| {
        let mut robot = keys(":")(lang, w, h);
        robot.types("zzzz");
        robot
    });
    snapshot("messages-none", keys("g m"));
    snapshot("searches-none", |lang, w, h| {
        let mut robot = keys(":")(lang, w, h);
        robot.types("searches").keys("enter");
        robot
    });
    snapshot("trash-nothing", |lang, w, h| {
        let mut robot = trash::trash(lang, w, h);
        robot.keys("/").types("zzzz");
        robot
    });
    snapshot("vaults-new", |lang, w, h| {
        let mut robot = keys("g v down down enter")(lang, w, h);
        robot.types("~/family");
        robot
    });
}

#[test]
fn locked_and_hidden() {
    snapshot("unlock-blank", keys("ctrl+\\"));
    snapshot("unlock-idle", |lang, w, h| {
        let mut robot = Robot::open(lang, w, h);
        robot.wait(301);
        robot
    });
    snapshot("unlock-unsaved", |lang, w, h| {
        let mut robot = Robot::open(lang, w, h);
        robot.disk.fault(1, Fault::Fail(std::io::ErrorKind::StorageFull));
        robot.keys("d L");
        robot
    });
    snapshot("opening-create", |lang, w, h| {
        let mut robot = Robot::start(None, lang, w, h);
        robot.keys("enter enter").types(MASTER).keys("enter").types(MASTER).keys("enter");
        robot.hold = true;
        robot.keys("enter");
        robot
    });
}

#[test]
fn what_failed_is_said_with_what_to_do() {
    snapshot("save-failed", |lang, w, h| {
        let mut robot = Robot::open(lang, w, h);
        robot.disk.fault(1, Fault::Fail(std::io::ErrorKind::StorageFull));
        robot.keys("d");
        robot
    });
    snapshot("copy-failed", |lang, w, h| {
        let mut robot = Robot::open(lang, w, h);
        robot.copies = Err(CopyFailure::TmuxOff);
        robot.keys("p");
        robot
    });
    snapshot("copied-outer-tmux", |lang, w, h| {
        let mut robot = Robot::open(lang, w, h);
        robot.copies = Ok(Place::OuterTmux);
        robot.keys("/ g i t enter p");
        robot
    });
    snapshot("full-width", |lang, w, h| {
        let mut robot = Robot::open(lang, w, h);
        robot.keys("ｊ");
        robot
    });
    snapshot("search-unknown-is", |lang, w, h| {
        let mut robot = Robot::open(lang, w, h);
        robot.keys("/").types("is:nanika");
        robot
    });
}
