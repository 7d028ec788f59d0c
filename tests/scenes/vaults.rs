//! Other vaults: from an open one and from the unlock screen, with what is unwritten kept, missing
//! files named, a path typed, a new one made, and back from the demo.

use std::path::PathBuf;

use super::super::robot::{MASTER, Robot, path, sample, thousands};
use super::super::snapshot;
use mamori::store::memory::Fault;
use mamori::text::Lang;
use mamori::tui::app::Screen;
use mamori::tui::notice::{Exposed, Notice};

fn other() -> PathBuf {
    "/home/hana/.local/share/mamori/work.mamori".into()
}

fn two(lang: Lang, width: u16, height: u16) -> Robot {
    let mut robot = Robot::open(lang, width, height);
    // - a vault of its own, also where every sample is made of the same ten thousand
    robot.disk.put(&other(), thousands::without(sample));
    robot.app.shell.memory.vaults.push("/mnt/usb/old.mamori".into());
    robot
}

#[test]
fn what_it_looks_like() {
    snapshot("vaults", |lang, w, h| {
        let mut robot = two(lang, w, h);
        robot.keys("g v");
        robot
    });
    snapshot("vaults-path", |lang, w, h| {
        let mut robot = two(lang, w, h);
        robot.keys("g v down down down enter").types("~/家/仕事 の.mamori");
        robot
    });
}

#[test]
fn choosing_locks_this_one_and_opens_the_other() {
    let mut robot = two(Lang::En, 80, 24);
    robot.keys("d g v");
    assert!(
        robot.screen().contains("not there") && robot.screen().contains("work.mamori"),
        "{}",
        robot.screen()
    );
    robot.keys("down down enter");
    assert!(matches!(robot.app.screen, Screen::Locked(_)) && robot.screen().contains("work.mamori"));
    robot.types(MASTER).keys("enter d");
    assert!(robot.app.open().is_some() && robot.app.shell.file.name == "work.mamori");
    // - each change went to its own file
    let trashed = |robot: &Robot, file: &PathBuf| {
        let open = super::super::robot::reopen(robot.disk.bytes(file).unwrap());
        open.vault().entries().filter(|one| one.state() == mamori::model::State::Trashed).count()
    };
    assert_eq!((trashed(&robot, &path()), trashed(&robot, &other())), (1, 1));
    assert_eq!(robot.app.shell.memory.vaults.first(), Some(&other()));
    // - and back, from the unlock screen
    robot.keys("f9 tab down enter").types(MASTER).keys("enter");
    assert_eq!(robot.app.shell.file.name, "vault.mamori", "{}", robot.screen());
}

#[test]
fn a_vault_that_cannot_be_saved_is_not_left() {
    let mut robot = two(Lang::En, 80, 24);
    robot.disk.fault(1, Fault::Fail(std::io::ErrorKind::StorageFull));
    robot.hold = true;
    robot.keys("d");
    robot.keys("g v");
    robot.keys("down down enter");
    assert!(robot.app.open().is_some(), "left before it was written");
    robot.disk.fault(1, Fault::Fail(std::io::ErrorKind::StorageFull));
    robot.release();
    assert!(robot.app.open().is_some(), "{}", robot.screen());
    assert!(robot.app.shell.switch_to.is_none());
}

#[test]
fn a_missing_file_is_told_and_a_new_one_is_made_only_at_the_end() {
    let mut robot = two(Lang::En, 80, 24);
    robot.keys("g v down enter");
    assert!(robot.screen().contains("no vault file"), "{}", robot.screen());
    robot.keys("tab end down down down down down up enter").types("/home/hana/new");
    assert!(robot.screen().contains("New file:"), "{}", robot.screen());
    robot.keys("esc");
    assert!(robot.app.shell.overlay.is_some(), "Esc leaves the field first");
    robot.keys("enter").types("/home/hana/new").keys("enter");
    assert!(matches!(robot.app.screen, Screen::Create(_)), "{}", robot.screen());
    assert_eq!(robot.app.shell.file.name, "new.mamori");
    assert_eq!(robot.disk.bytes(&PathBuf::from("/home/hana/new.mamori")), None);
}

#[test]
fn from_the_demo_back_to_the_vault() {
    let mut robot = Robot::open(Lang::En, 80, 24);
    robot.keys("g v end down down down down enter");
    assert!(robot.app.shell.demo && robot.screen().contains("DEMO"), "{}", robot.screen());
    robot.keys("g v enter");
    assert!(!robot.app.shell.demo && matches!(robot.app.screen, Screen::Locked(_)), "{}", robot.screen());
    robot.types(MASTER).keys("enter");
    assert!(robot.app.open().is_some());
}

/// Whoever may write into the folder can put an old or a broken file there. Said once for each vault, when
/// it can be read: at the first opening, or after the first run; and again where it was closed in between.
#[test]
fn a_folder_in_which_others_may_write_is_said_once_and_nothing_is_refused() {
    let told = |robot: &Robot| {
        let is = |notice: &&(u64, Notice)| matches!(notice.1, Notice::FolderOpen(_));
        robot.app.shell.messages.iter().filter(is).count()
    };
    for (exposed, words) in [
        (Exposed::Replaced, "chmod go-w"),
        (Exposed::Added, "Everybody may make files beside the vault"),
        (Exposed::NoPermissions, "has no permissions"),
    ] {
        let mut robot = two(Lang::En, 80, 24);
        robot.keys("f9");
        robot.app.shell.memory = mamori::config::Memory::default();
        robot.world.exposed = Some(exposed);
        robot.types(MASTER).keys("enter");
        // - not under a page, and not in the place of another warning
        robot.keys("g s").wait(20);
        assert_eq!(told(&robot), 0, "{}", robot.screen());
        robot.keys("esc");
        robot.app.shell.tell(Notice::MemoryNotLocked);
        robot.wait(4);
        assert!(robot.screen().contains("lock no memory"), "{}", robot.screen());
        robot.wait(9);
        assert!(robot.screen().contains(words), "{exposed:?}\n{}", robot.screen());
        let remembered =
            robot.effects.iter().filter(|one| one.contains("Remember") && one.contains("exposed: [\"/"));
        assert!(remembered.count() > 0, "{:?}", robot.effects.last());
        // - once, and the vault is used as any other
        robot.keys("d").wait(60);
        robot.keys("f9").types(MASTER).keys("enter").wait(60);
        assert_eq!((told(&robot), robot.app.shell.unwritten.is_none()), (1, true));
        // - the other vault is another matter
        robot.keys("g v down enter").types(MASTER).keys("enter").wait(20);
        assert_eq!(told(&robot), 2, "{}", robot.screen());
        // - closed, and opened again
        for (now, count) in [(None, 2), (Some(exposed), 3)] {
            robot.keys("f9");
            robot.world.exposed = now;
            robot.types(MASTER).keys("enter").wait(20);
            assert_eq!(told(&robot), count);
        }
    }
    let mut robot = Robot::demo(Lang::En, 80, 24);
    robot.wait(20);
    assert_eq!(told(&robot), 0);
}
