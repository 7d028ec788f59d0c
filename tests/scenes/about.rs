//! About: what is told, without a secret, and copied.

use super::super::robot::Robot;
use super::super::snapshot;
use mamori::platform::clipboard::{Reason, Route};
use mamori::text::Lang;

fn about(lang: Lang, width: u16, height: u16) -> Robot {
    let mut robot = Robot::open(lang, width, height);
    robot.app.shell.terminal = "xterm-256color".into();
    robot.app.shell.state_path = "/home/hana/.local/state/mamori".into();
    robot.app.shell.backup_path = "/home/hana/.local/state/mamori/backups".into();
    robot.app.shell.route = Some(Route::None(Reason::TerminalRefuses));
    robot.keys("g a");
    robot
}

#[test]
fn what_it_looks_like() {
    snapshot("about", about);
}

#[test]
fn it_is_copied_whole() {
    let mut robot = about(Lang::En, 60, 16);
    robot.keys("enter");
    let copied = robot.clipboard.last().cloned().flatten().unwrap();
    for part in
        [env!("CARGO_PKG_VERSION"), "Argon2id 8 MiB", "xterm-256color", "takes no copies", "vault.mamori"]
    {
        assert!(copied.contains(part), "{part}: {copied}");
    }
    assert!(!copied.contains(super::super::robot::MARKER));
}
