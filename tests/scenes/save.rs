//! Changes in quick succession: what is made while the one before it is being written is written, too,
//! and on top of it.

use mamori::text::Lang;
use mamori::tui::effect::Effect;

use crate::robot::{MASTER, Robot, path};

fn favourites(robot: &Robot) -> Vec<String> {
    let open = robot.on_disk();
    let found = open.vault().entries().filter(|entry| entry.favourite());
    found.map(|entry| entry.title().to_owned()).collect()
}

fn writes(robot: &Robot) -> usize {
    robot.held.iter().filter(|effect| matches!(effect, Effect::Write { .. })).count()
}

/// Three favourites, one after the other, while the disk has taken none of them yet.
fn three(robot: &mut Robot) {
    robot.hold = true;
    robot.keys("/ g i t enter *");
    robot.keys("esc / r a k u enter *");
    robot.keys("esc / c h i b a enter *");
    robot.seal();
    assert_eq!(writes(robot), 1, "one at a time");
}

#[test]
fn a_change_during_a_write_is_written_next_and_is_no_other_session() {
    let mut robot = Robot::open(Lang::En, 80, 24);
    three(&mut robot);
    robot.release_one();
    let first = robot.disk.bytes(&path());
    assert_eq!(favourites(&robot), ["GitHub"]);
    assert!(robot.app.shell.unwritten.is_some() && writes(&robot) == 1, "the newest goes next");
    robot.release();
    assert!(robot.disk.bytes(&path()) != first && robot.app.shell.unwritten.is_none());
    let mut all = favourites(&robot);
    all.sort();
    assert_eq!(all, ["GitHub", "千葉銀行", "楽天銀行"]);
    assert!(!robot.screen().contains("Another session"), "{}", robot.screen());
    // - nor is it one at the next change
    robot.keys("z");
    assert_eq!(favourites(&robot).len(), 2);
    assert!(!robot.screen().contains("Another session"), "{}", robot.screen());
}

#[test]
fn a_lock_during_a_write_loses_none_of_them() {
    let mut robot = Robot::open(Lang::En, 80, 24);
    three(&mut robot);
    robot.keys("f9");
    robot.release();
    assert_eq!(favourites(&robot).len(), 3, "it is written without the vault");
    assert!(robot.app.shell.unwritten.is_none());
    robot.types(MASTER).keys("enter");
    assert!(!robot.screen().contains("could not be saved"), "{}", robot.screen());
}

#[test]
fn a_write_that_fails_is_tried_again_with_the_newest() {
    let mut robot = Robot::open(Lang::En, 80, 24);
    three(&mut robot);
    robot.lose();
    robot.hold = false;
    robot.wait(11);
    assert_eq!(favourites(&robot).len(), 3);
    assert!(robot.app.shell.unwritten.is_none());
}
