//! The vault that `mamori unlock` keeps open: opened at the start and, after an idle lock, by Enter on
//! the empty field; ended by a person who locks; never in the way of a password that is typed.

use std::time::Duration;

use super::super::robot::{MASTER, Robot, path, reopen, sample};
use super::super::snapshot;
use mamori::platform::keyring::{Keyring, Memory as Ring, Reach};
use mamori::store::memory::Memory;
use mamori::text::Lang;
use mamori::tui::event::Event;
use mamori::tui::notice::Notice;

const HOUR: Duration = Duration::from_secs(3600);

/// The sample vault on a disk, and a keyring with its key.
fn unlocked(lang: Lang, width: u16, height: u16) -> Robot {
    let (disk, ring, bytes) = (Memory::default(), Ring::default(), sample());
    let open = reopen(bytes.clone());
    ring.keep(&open.header().vault, open.header().epoch, open.key(), Reach::User, HOUR).unwrap();
    disk.put(&path(), bytes);
    Robot::unlocked(disk, ring, lang, width, height)
}

fn kept(robot: &Robot) -> bool {
    robot.world.ring.find(&robot.on_disk().header().vault).unwrap().is_some()
}

fn told(robot: &Robot, notice: &Notice) -> bool {
    robot.app.shell.messages.iter().any(|(_, one)| one == notice)
}

#[test]
fn what_it_looks_like() {
    snapshot("kept-opened", unlocked);
    snapshot("kept-idle", |lang, w, h| {
        let mut robot = unlocked(lang, w, h);
        robot.wait(400);
        robot
    });
    snapshot("kept-ended", |lang, w, h| {
        let mut robot = unlocked(lang, w, h);
        robot.keys("L");
        robot
    });
}

#[test]
fn it_opens_by_itself_and_says_so() {
    let robot = unlocked(Lang::En, 80, 24);
    assert!(robot.app.open().is_some() && told(&robot, &Notice::KeptOpened), "{}", robot.screen());
    assert!(kept(&robot));
}

#[test]
fn an_idle_lock_keeps_the_key_and_enter_opens_again_until_its_time_is_over() {
    let mut robot = unlocked(Lang::En, 80, 24);
    robot.wait(400);
    assert!(robot.app.open().is_none() && robot.screen().contains("Still unlocked"), "{}", robot.screen());
    robot.keys("enter");
    assert!(robot.app.open().is_some(), "{}", robot.screen());
    robot.wait(400);
    robot.world.ring.revoke_all().unwrap();
    robot.keys("enter");
    assert!(robot.app.open().is_none() && told(&robot, &Notice::KeptOver), "{}", robot.screen());
    assert!(!robot.screen().contains("Still unlocked"));
    robot.types(MASTER).keys("enter");
    assert!(robot.app.open().is_some());
}

#[test]
fn a_person_who_locks_ends_it_for_every_terminal() {
    for keys in ["L", "f9", "ctrl+\\"] {
        let mut robot = unlocked(Lang::En, 80, 24);
        robot.keys(keys);
        assert!(robot.app.open().is_none() && !kept(&robot), "{keys}: {}", robot.screen());
        assert!(told(&robot, &Notice::KeptRevoked), "{keys}");
        robot.keys("enter enter");
        assert!(robot.app.open().is_none(), "{keys}");
    }
    // - from the locked screen, too
    let mut robot = unlocked(Lang::En, 80, 24);
    robot.wait(400);
    robot.keys("f9");
    assert!(!kept(&robot) && !robot.screen().contains("Still unlocked"), "{}", robot.screen());
    // - and quitting does not
    let mut robot = unlocked(Lang::En, 80, 24);
    robot.keys("q");
    assert!(robot.app.shell.ended && kept(&robot));
}

#[test]
fn what_is_typed_already_stays_in_the_field() {
    let mut robot = Robot::start(Some(sample()), Lang::En, 80, 24);
    let open = robot.on_disk();
    let ring = &robot.world.ring;
    ring.keep(&open.header().vault, open.header().epoch, open.key(), Reach::User, HOUR).unwrap();
    robot.hold = true;
    robot.keys("enter").types("d");
    robot.release();
    assert!(robot.app.open().is_none(), "the letter must not become a command");
    assert!(robot.screen().contains("Still unlocked"), "{}", robot.screen());
    robot.keys("backspace enter");
    assert!(robot.app.open().is_some());
}

#[test]
fn asked_for_the_password_it_asks() {
    let mut robot = unlocked(Lang::En, 80, 24);
    robot.wait(400);
    robot.app.shell.ask_password = true;
    robot.keys("enter");
    assert!(robot.app.open().is_none());
    robot.types(MASTER).keys("enter");
    robot.wait(400);
    assert!(!robot.screen().contains("Still unlocked"), "{}", robot.screen());
}

#[test]
fn leaving_tmux_right_after_the_start_locks() {
    let mut robot = unlocked(Lang::En, 80, 24);
    robot.app.shell.in_tmux = true;
    robot.world.attached = Some(1);
    let first = mamori::tui::update::begin(&mut robot.app, false);
    assert!(first.is_empty(), "it is open already: {first:?}");
    robot.event(Event::Tick);
    robot.wait(3);
    robot.world.attached = Some(0);
    robot.wait(15);
    assert!(robot.app.open().is_none() && told(&robot, &Notice::LockedDetached), "{}", robot.screen());
    assert!(robot.screen().contains("Still unlocked"), "as after an idle lock: {}", robot.screen());
}
