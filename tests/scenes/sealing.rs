//! A large vault is sealed in a job: keys do not wait for it, and nothing that was changed is lost to a
//! lock, to work, to another unlock or to a job that breaks off meanwhile.

use mamori::commit;
use mamori::ops::change::Change;
use mamori::platform::entropy::System;
use mamori::store::Why;
use mamori::text::Lang;
use mamori::tui::app::Screen;
use mamori::tui::effect::Effect;
use mamori::tui::task::LARGE;

use super::bulk::of;
use crate::robot::{MASTER, Robot};

/// A large vault, open.
fn large() -> Robot {
    let mut robot = Robot::start(Some(of(LARGE + 10)), Lang::En, 80, 24);
    robot.types(MASTER).keys("enter");
    robot
}

fn favourites(robot: &Robot) -> usize {
    robot.on_disk().vault().entries().filter(|entry| entry.favourite()).count()
}

fn seals(robot: &Robot) -> usize {
    robot.held.iter().filter(|effect| matches!(effect, Effect::Seal { .. })).count()
}

/// One entry is a favourite and its vault is being sealed, another one has become one since.
fn two(robot: &mut Robot) {
    robot.hold = true;
    robot.keys("* down *");
    assert_eq!(seals(robot), 1, "one at a time");
}

#[track_caller]
fn nothing_is_unsaved(robot: &mut Robot) {
    assert!(!robot.app.shell.unsaved());
    let screen = robot.screen();
    assert!(!screen.contains("Another session") && !screen.contains("saved"), "{screen}");
}

#[test]
fn what_is_changed_meanwhile_is_sealed_next_and_is_no_other_session() {
    let mut robot = large();
    two(&mut robot);
    robot.release_one();
    assert_eq!(
        (robot.held.len(), seals(&robot), favourites(&robot)),
        (2, 1, 0),
        "to be written, to be sealed"
    );
    robot.release_one();
    assert_eq!(favourites(&robot), 1);
    robot.release();
    assert_eq!(favourites(&robot), 2);
    nothing_is_unsaved(&mut robot);
    // - undo, too
    two(&mut robot);
    robot.keys("z");
    robot.release();
    assert_eq!(favourites(&robot), 1);
    nothing_is_unsaved(&mut robot);
}

#[test]
fn a_write_that_ends_during_the_next_sealing_is_what_that_one_replaces() {
    let mut robot = large();
    two(&mut robot);
    robot.release_one();
    // - the write ends first, then the vault that was sealed since
    robot.release_one().release_one();
    assert_eq!(robot.held.len(), 1, "{:?}", robot.held);
    robot.release();
    assert_eq!(favourites(&robot), 2);
    let joins = robot.effects.iter().filter(|effect| effect.starts_with("Work")).count();
    assert_eq!(joins, 0, "nothing was to be joined");
    nothing_is_unsaved(&mut robot);
}

fn works(robot: &Robot) -> usize {
    robot.effects.iter().filter(|effect| effect.starts_with("Work")).count()
}

#[test]
fn a_save_that_ends_during_work_is_what_the_work_replaces() {
    let mut robot = large();
    robot.hold = true;
    robot.keys("*");
    robot.release_one();
    // - its save is on its way to the disk when all entries become favourites, and ends before them
    robot.keys("a *");
    assert!(matches!(robot.app.screen, Screen::Working(_)), "{}", robot.screen());
    let work = robot.held.remove(1);
    let saved = robot.first_ends_late();
    robot.held.push(work);
    let worked = robot.first_ends_late();
    robot.event(saved);
    robot.event(worked);
    robot.release();
    assert_eq!(favourites(&robot), LARGE + 10);
    assert_eq!(works(&robot), 1, "its own save is no other session's");
    nothing_is_unsaved(&mut robot);
}

#[test]
fn a_save_that_ends_during_a_look_is_no_other_session() {
    let mut robot = large();
    robot.wait(2);
    robot.hold = true;
    robot.wait(2);
    robot.held.retain(|effect| matches!(effect, Effect::Look { .. }));
    assert_eq!(robot.held.len(), 1);
    let looked = robot.first_ends_late();
    robot.keys("*");
    robot.hold = false;
    robot.release();
    assert_eq!(favourites(&robot), 1);
    let read = |robot: &Robot| robot.effects.iter().filter(|effect| effect.starts_with("Load")).count();
    let before = read(&robot);
    robot.event(looked);
    assert_eq!((read(&robot), works(&robot)), (before, 0), "nothing is to be read and joined");
    // - and what another session saves is still seen
    elsewhere(&robot);
    robot.wait(4);
    assert_eq!(works(&robot), 1, "{}", robot.screen());
}

/// Another session saves.
fn elsewhere(robot: &Robot) {
    let mut theirs = robot.on_disk();
    let id = theirs.vault().entries().last().unwrap().id();
    theirs.apply(&Change::Trash(id), robot.now.wall_ms, &mut System).unwrap();
    commit::commit(&robot.world.store, &mut theirs, Why::Edit, robot.now.wall_ms, &mut System).unwrap();
}

#[test]
fn keys_that_come_while_another_session_is_joined_mean_what_they_would_have_meant() {
    let mut robot = large();
    robot.wait(2);
    elsewhere(&robot);
    robot.keys("g").hold = true;
    robot.wait(2);
    robot.held.retain(|effect| matches!(effect, Effect::Look { .. }));
    robot.release_one().release_one();
    assert!(matches!(robot.app.screen, Screen::Working(_)));
    // - the second of two keys, with one between that does not wait
    robot.keys("f2 b");
    robot.release();
    assert!(robot.screen().contains("ごみ箱"), "{}", robot.screen());
}

#[test]
fn what_was_not_drawn_yet_is_drawn_when_work_begins() {
    let mut robot = large();
    robot.keys("a").hold = true;
    robot.app.shell.dirty = false;
    robot.keys("*");
    assert!(!robot.app.shell.dirty, "what is short is not flashed");
    robot.release();
    robot.hold = true;
    robot.keys("f2 *");
    assert!(robot.app.shell.dirty, "the other language is to be seen");
}

#[test]
fn a_lock_loses_nothing_of_it() {
    let mut robot = large();
    two(&mut robot);
    robot.keys("f9");
    assert!(matches!(robot.app.screen, Screen::Locked(_)));
    assert_eq!(seals(&robot), 2, "what was changed since goes along");
    robot.release();
    assert_eq!(favourites(&robot), 2);
    assert!(!robot.app.shell.unsaved());
    robot.types(MASTER).keys("enter");
    nothing_is_unsaved(&mut robot);
    // - also where the older one comes last
    robot.keys("home");
    robot.hold = true;
    robot.keys("* * f9");
    robot.held.reverse();
    robot.release();
    assert_eq!(favourites(&robot), 2);
    assert!(!robot.app.shell.unsaved());
}

#[test]
fn what_is_sealed_after_the_next_unlock_is_joined_with_what_was_changed_since() {
    let mut robot = large();
    robot.hold = true;
    robot.keys("* f9");
    robot.types(MASTER).keys("enter");
    let at = robot.held.iter().position(|effect| matches!(effect, Effect::Unlock { .. })).unwrap();
    robot.held.swap(0, at);
    robot.release_one();
    assert!(matches!(robot.app.screen, Screen::Open(_)));
    assert!(robot.app.shell.unsaved());
    robot.keys("down down *");
    assert_eq!(seals(&robot), 2);
    robot.release();
    assert_eq!(favourites(&robot), 2, "{}", robot.screen());
    nothing_is_unsaved(&mut robot);
    robot.keys("home *");
    assert_eq!(favourites(&robot), 1, "the entry of before the lock is a favourite on the screen, too");
}

#[test]
fn work_that_is_locked_takes_nothing_with_it() {
    let mut robot = large();
    two(&mut robot);
    robot.keys("a *");
    assert!(matches!(robot.app.screen, Screen::Working(_)), "{}", robot.screen());
    robot.keys("f9");
    robot.release();
    assert_eq!(favourites(&robot), 2, "what came before the work, without what it did");
    assert!(!robot.app.shell.unsaved());
}

#[test]
fn a_job_that_breaks_off_is_done_again_at_once() {
    let mut robot = large();
    two(&mut robot);
    robot.lose();
    robot.release();
    assert_eq!(favourites(&robot), 2);
    nothing_is_unsaved(&mut robot);
}

#[test]
fn quitting_meanwhile_is_warned_of_once() {
    let mut robot = large();
    two(&mut robot);
    robot.keys("q");
    assert!(!robot.app.shell.ended && robot.app.shell.quit_warned, "{}", robot.screen());
    robot.keys("q");
    assert!(robot.app.shell.ended);
}
