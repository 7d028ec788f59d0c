//! What is done to very many entries at once: the vault goes away with it and comes back, keys are
//! answered meanwhile, and it is one step of undo and one save. And what could not be written before
//! a lock, which comes in the same way.

use mamori::model::{Entry, Id, Kind, State, Tag};
use mamori::ops::change::Change;
use mamori::ops::edit::EntryEdit;
use mamori::platform::entropy::System;
use mamori::store::memory::Fault;
use mamori::text::Lang;
use mamori::tui::app::Screen;
use mamori::tui::task::{LARGE, MANY};

use crate::robot::{MASTER, NOON, NOTHING, Robot, Wanted, bare, path, put, sealed};

/// A vault of so many plain entries.
pub fn of(count: usize) -> Vec<u8> {
    let mut open = bare();
    let mut random = System;
    let changes = (0..count).map(|number| {
        let mut sealer = open.sealer(&mut random);
        let mut edit = EntryEdit::new(&mut sealer, Kind::Login, NOON - 1000).unwrap();
        edit.text(Tag::TITLE, &format!("entry {number:05}"));
        edit.text(Tag::FOLDER, if number % 2 == 0 { "even" } else { "odd" });
        edit.finish().unwrap()
    });
    let change = Change::Many(changes.collect());
    open.apply(&change, NOON - 1000, &mut System).unwrap();
    sealed(open)
}

fn many() -> Robot {
    let mut robot = Robot::start(Some(of(MANY + 200)), Lang::En, 80, 24);
    robot.types(MASTER).keys("enter");
    robot
}

fn count(robot: &Robot, wanted: impl Fn(Entry<'_>) -> bool) -> usize {
    robot.on_disk().vault().entries().filter(|entry| wanted(*entry)).count()
}

fn works(robot: &Robot) -> usize {
    robot.effects.iter().filter(|effect| effect.starts_with("Work")).count()
}

#[test]
fn every_act_on_many_is_a_job_one_step_and_one_save() {
    const ALL: usize = MANY + 200;
    type Of = fn(Entry<'_>) -> bool;
    let acts: [(&str, &str, Of); 5] = [
        ("a *", "marked 1200 entries as favourite", |entry| entry.favourite()),
        ("a : a r c h i v e enter", "archived 1200 entries", |entry| entry.state() == State::Archived),
        ("a d down enter", "moved 1200 entries to the trash", |entry| entry.state() == State::Trashed),
        ("a m n e w enter", "moved 1200 entries", |entry| entry.folder() == "new"),
        ("a # n e w enter enter", "changed tags of 1200 entries", |entry| entry.tags() == ["new"]),
    ];
    for (keys, said, of) in acts {
        let mut robot = many();
        let (writes, jobs) = (writes(&robot), works(&robot));
        robot.keys(keys);
        assert_eq!(
            (works(&robot), self::writes(&robot)),
            (jobs + 1, writes + 1),
            "{keys}: {}",
            robot.screen()
        );
        assert_eq!(count(&robot, of), ALL, "{keys}");
        assert!(robot.screen().contains(&format!("Done: {said}")), "{keys}: {}", robot.screen());
        robot.keys("esc esc z");
        assert_eq!((works(&robot), count(&robot, of)), (jobs + 2, 0), "{keys}");
        assert!(robot.screen().contains(&format!("Undone: {said}")), "{keys}: {}", robot.screen());
        robot.keys("Z");
        assert_eq!(count(&robot, of), ALL, "{keys}");
    }
}

fn writes(robot: &Robot) -> usize {
    robot.effects.iter().filter(|effect| effect.starts_with("Write")).count()
}

#[test]
fn a_folder_that_many_leave_is_kept_and_comes_back_with_undo() {
    let mut robot = many();
    robot.keys("a m n e w enter");
    let kept = |robot: &Robot| mamori::ops::filing::kept(robot.on_disk().vault());
    assert_eq!(kept(&robot), ["even", "odd"]);
    robot.keys("z");
    assert!(kept(&robot).is_empty());
}

#[test]
fn many_come_out_of_the_trash_and_are_deleted_for_ever() {
    let mut robot = many();
    robot.keys("a d down enter g b a enter");
    assert!(robot.screen().contains("1200 entries restored"), "{}", robot.screen());
    assert_eq!(count(&robot, |entry| entry.state() == State::Trashed), 0);
    assert!(robot.screen().contains("The trash is empty"), "the page lists anew: {}", robot.screen());
    robot.keys("z");
    assert_eq!(count(&robot, |entry| entry.state() == State::Trashed), MANY + 200);
    let before = works(&robot);
    robot.keys("a D").types("1200").keys("enter");
    // - the purge itself, and the look whether backups still hold them
    assert_eq!(works(&robot), before + 2, "{}", robot.screen());
    assert_eq!(robot.on_disk().vault().entries().count(), 0);
    assert!(robot.screen().contains("1200 entries deleted for ever"), "{}", robot.screen());
    // - and no step of undo brings a piece of them back
    assert!(robot.app.open().unwrap().undo.is_empty());
}

#[test]
fn keys_are_answered_while_it_runs_and_those_typed_before_it_is_seen_are_kept() {
    let mut robot = many();
    robot.keys("a");
    robot.hold = true;
    robot.keys("*");
    assert!(matches!(robot.app.screen, Screen::Working(_)));
    // - too soon to be seen: what is typed is meant for the list
    robot.keys("j j space");
    robot.pass(std::time::Duration::from_millis(200));
    robot.event(mamori::tui::event::Event::Tick);
    assert!(robot.screen().contains("Changing the entries"), "{}", robot.screen());
    robot.keys("f2");
    assert!(robot.screen().contains("アイテムを変更しています"), "{}", robot.screen());
    robot.keys("f2 j j j");
    robot.release();
    let open = robot.app.open().expect("it is back");
    assert_eq!((open.list.cursor, open.list.marks.len()), (3, MANY + 199), "{}", robot.screen());
    assert_eq!(count(&robot, |entry| entry.favourite()), MANY + 200);
}

#[test]
fn a_lock_meanwhile_drops_it_and_changes_nothing() {
    let mut robot = many();
    robot.keys("a");
    robot.hold = true;
    robot.keys("* f9");
    assert!(matches!(robot.app.screen, Screen::Locked(_)));
    robot.release();
    assert!(matches!(robot.app.screen, Screen::Locked(_)));
    assert_eq!(count(&robot, |entry| entry.favourite()), 0);
}

/// What a full disk kept back is in the list again after the unlock, be the vault small or large.
#[test]
fn what_was_kept_back_before_a_lock_is_in_the_list_after_it() {
    for size in [3, LARGE + 10] {
        let mut robot = Robot::start(Some(of(size)), Lang::En, 80, 24);
        robot.types(MASTER).keys("enter");
        robot.disk.fault(1, Fault::Fail(std::io::ErrorKind::StorageFull));
        robot.keys("n enter").types("AAA kept back").keys("ctrl+s L");
        assert!(robot.app.shell.unwritten.is_some(), "{size}: {}", robot.screen());
        let jobs = works(&robot);
        robot.types(MASTER).keys("enter");
        assert_eq!(works(&robot) - jobs, usize::from(size > LARGE), "{size}: a large one is joined in a job");
        assert!(robot.screen().contains(">  AAA kept back"), "{size}: {}", robot.screen());
        assert!(robot.app.shell.unwritten.is_none(), "{size}");
        assert_eq!(robot.on_disk().vault().entries().count(), size + 1);
    }
}

/// Another session saved meanwhile what the robot's own unwritten file has not.
#[test]
fn what_was_kept_back_is_joined_with_what_another_session_saved() {
    let mut robot = Robot::start(Some(of(LARGE + 10)), Lang::En, 80, 24);
    robot.types(MASTER).keys("enter");
    robot.disk.fault(1, Fault::Fail(std::io::ErrorKind::StorageFull));
    robot.keys("d L");
    let mut other = robot.on_disk();
    put(&mut other, &Wanted { title: "AAA elsewhere", ..NOTHING });
    robot.disk.put(&path(), sealed(other));
    robot.types(MASTER).keys("enter");
    assert!(robot.screen().contains("AAA elsewhere"), "{}", robot.screen());
    assert_eq!(count(&robot, |entry| entry.state() == State::Trashed), 1);
    let ids: Vec<Id> = robot.on_disk().vault().entries().map(Entry::id).collect();
    assert_eq!(ids.len(), LARGE + 11);
}
