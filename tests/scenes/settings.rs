//! The settings page, the page of keys, and the file beside them: what is changed counts at once,
//! is written with comments, and a file changed elsewhere counts within two seconds or is told with
//! all its mistakes.

use super::super::robot::{Robot, config_path};
use super::super::snapshot;
use mamori::config;
use mamori::text::Lang;
use mamori::tui::notice::Notice;

fn written(robot: &Robot) -> String {
    String::from_utf8(robot.disk.bytes(&config_path()).unwrap_or_default()).unwrap()
}

fn settings(lang: Lang, width: u16, height: u16) -> Robot {
    let mut robot = Robot::open(lang, width, height);
    robot.wait(3).keys("g s");
    robot
}

#[test]
fn what_it_looks_like() {
    snapshot("settings", settings);
    snapshot("settings-typing", |lang, w, h| {
        let mut robot = settings(lang, w, h);
        robot.keys("down enter");
        robot
    });
    snapshot("settings-keys", |lang, w, h| {
        let mut robot = settings(lang, w, h);
        robot.keys("end up enter");
        robot
    });
    snapshot("settings-mistakes", |lang, w, h| {
        let mut robot = Robot::open(lang, w, h);
        robot.wait(3);
        let wrong =
            "clear_after = 1\nlanguag = \"ja\"\n[keys]\ncopy-password = [\"u\"]\nsearch = [\"hello\"]\n";
        robot.disk.put(&config_path(), wrong.into());
        robot.wait(3);
        robot
    });
}

#[test]
fn a_change_counts_at_once_and_is_written_with_comments() {
    let mut robot = settings(Lang::En, 80, 24);
    robot.keys("down right");
    assert_eq!(robot.app.shell.settings.clear_after.as_secs(), 45, "{}", robot.screen());
    let text = written(&robot);
    assert!(text.contains("\nclear_after = 45\n") && text.contains("\n#lock_after = 300\n"), "{text}");
    assert_eq!(config::parse(&text).unwrap(), robot.app.shell.settings);
    robot.keys("enter ctrl+u").types("120").keys("enter");
    assert!(written(&robot).contains("\nclear_after = 120\n"));
    // - what is out of bounds is told and not written
    robot.keys("enter ctrl+u").types("1").keys("enter");
    assert!(robot.screen().contains("from 5 to 600"), "{}", robot.screen());
    robot.keys("esc esc");
    assert_eq!(robot.app.shell.settings.clear_after.as_secs(), 120);
    assert!(written(&robot).contains("\nclear_after = 120\n"));
    // - colours and lines change the next frame
    robot.keys("end up up up up up space");
    assert!(robot.app.shell.theme.ascii && robot.screen().contains("+-"), "{}", robot.screen());
}

#[test]
fn the_language_is_a_setting() {
    let mut robot = settings(Lang::En, 80, 24);
    robot.keys("space");
    assert!(robot.screen().contains("設定") && written(&robot).contains("\nlanguage = \"ja\"\n"));
}

#[test]
fn a_persons_own_file_keeps_its_comments() {
    let mut robot = Robot::open(Lang::En, 80, 24);
    let own = "# mine\nreveal_for = 5 # short\n";
    robot.wait(3);
    robot.disk.put(&config_path(), own.into());
    robot.wait(3).keys("g s down down right");
    assert_eq!(written(&robot), own.replace("= 5", "= 8"));
}

#[test]
fn a_file_changed_elsewhere_counts_within_two_seconds_and_on_f5() {
    let mut robot = Robot::open(Lang::En, 80, 24);
    robot.wait(3);
    robot.disk.put(&config_path(), b"reveal_for = 60\n".to_vec());
    robot.wait(2);
    assert_eq!(robot.app.shell.settings.reveal_for.as_secs(), 60);
    robot.disk.put(&config_path(), b"reveal_for = 61\n".to_vec());
    robot.keys("f5");
    assert_eq!(robot.app.shell.settings.reveal_for.as_secs(), 61);
    // - mistakes are told together, with their lines, and change nothing
    robot.disk.put(
        &config_path(),
        b"reveal_for = 9\nascii = 1\n\nlock_after = 1\n[keys]\nsearch = [\"hello\"]\n".to_vec(),
    );
    robot.wait(3);
    let screen = robot.screen();
    assert!(screen.contains("line 2: ascii") && screen.contains("line 6: keys: hello"));
    assert!(screen.contains("line 4: lock_after"), "{screen}");
    assert_eq!(robot.app.shell.settings.reveal_for.as_secs(), 61);
    robot.disk.put(&config_path(), b"reveal_for = 9\n".to_vec());
    robot.wait(3);
    assert!(!robot.screen().contains("line 2") && robot.app.shell.settings.reveal_for.as_secs() == 9);
}

#[test]
fn what_another_program_wrote_is_not_written_over() {
    let mut robot = Robot::open(Lang::En, 80, 24);
    robot.wait(3).keys("g s");
    robot.disk.put(&config_path(), b"ascii = true\n".to_vec());
    robot.keys("down right");
    assert_eq!(written(&robot), "ascii = true\n");
    assert!(robot.app.shell.settings.ascii && robot.screen().contains("once more"), "{}", robot.screen());
}

#[test]
fn a_key_is_given_by_pressing_it() {
    let mut robot = settings(Lang::En, 80, 24);
    robot.keys("end enter");
    assert!(robot.screen().contains("Change the master password"), "{}", robot.screen());
    robot.keys("esc up enter");
    assert!(robot.screen().contains("Copy the password"), "{}", robot.screen());
    // - taken, kept by terminals, cancelled
    robot.keys("enter u");
    assert!(robot.screen().contains("u is taken by"), "{}", robot.screen());
    robot.keys("enter ctrl+b");
    assert!(robot.screen().contains("cannot be bound"), "{}", robot.screen());
    robot.keys("enter esc");
    assert!(robot.app.shell.settings.keys.is_empty() && written(&robot).is_empty());
    robot.keys("enter W esc esc W");
    assert!(written(&robot).contains("\ncopy-password = [\"W\"]\n"), "{}", written(&robot));
    assert_eq!(robot.clipboard.len(), 1, "W copies now: {}", robot.screen());
    robot.keys("p");
    assert_eq!(robot.clipboard.len(), 1);
    // - and back
    robot.keys("g s end up enter backspace esc esc p");
    assert_eq!(robot.clipboard.len(), 2);
    assert!(robot.app.shell.settings.keys.is_empty());
}

#[test]
fn nobody_attached_to_tmux_locks_but_only_after_somebody_was() {
    let mut robot = Robot::open(Lang::En, 80, 24);
    robot.app.shell.in_tmux = true;
    robot.world.attached = Some(0);
    robot.wait(30);
    assert!(robot.app.open().is_some(), "nobody was ever seen: a script drives it");
    robot.world.attached = Some(1);
    robot.wait(30);
    robot.world.attached = Some(0);
    robot.wait(15);
    assert!(robot.app.open().is_none());
    let told = robot.app.shell.messages.iter().any(|(_, one)| *one == Notice::LockedDetached);
    assert!(told, "{}", robot.screen());
}

/// A link that drops a few seconds after somebody came locks, too: he is seen when he unlocks or types, not
/// only when the clock says so.
#[test]
fn nobody_attached_to_tmux_locks_also_when_somebody_was_there_for_a_moment() {
    for unlocks in [true, false] {
        let mut robot = Robot::open(Lang::En, 80, 24);
        if unlocks {
            robot.keys("L");
        }
        robot.app.shell.in_tmux = true;
        robot.world.attached = Some(0);
        robot.wait(13);
        robot.world.attached = Some(1);
        if unlocks {
            robot.types(crate::robot::MASTER).keys("enter");
        } else {
            robot.keys("down");
            robot.wait(2);
        }
        assert!(robot.app.open().is_some(), "{}", robot.screen());
        robot.world.attached = Some(0);
        robot.wait(13);
        assert!(robot.app.open().is_none(), "{unlocks}: {}", robot.screen());
    }
}

#[test]
fn the_linux_console_stays_english() {
    let mut robot = Robot::open(Lang::En, 80, 24);
    robot.app.shell.console = true;
    robot.keys("f2");
    assert!(robot.screen().contains("no Japanese letters"), "{}", robot.screen());
}
