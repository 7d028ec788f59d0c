//! The full-screen program, killed before the system calls of a save: what lies there opens as it was or as
//! it was to be, and the next run saves and clears away what the killed one left.

use std::path::PathBuf;
use std::time::Instant;

use super::{Home, MASTER, PATIENCE, Screen, password, reopen, skipped};

/// Calls of the thread that saves: the name, and which of that name there.
const CALLS: [(&str, usize); 5] = [("fsync", 1), ("linkat", 1), ("renameat2", 1), ("fsync", 2), ("fsync", 3)];

fn favourite(home: &Home) -> bool {
    home.open().vault().entries().any(|entry| entry.title() == "one" && entry.favourite())
}

/// Unlocks under a tracer that kills at a call, marks an entry; true when it was killed.
fn is_killed(home: &Home, call: &str, which: usize) -> bool {
    let inject = format!("inject={call}:signal=SIGKILL:when={which}");
    let trace = format!("trace={call}");
    // - every thread counts its own calls
    let tracer = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", &trace, "-e", &inject];
    let mut screen: Screen = home.screen_behind(&tracer.map(str::to_owned));
    screen.until("one");
    screen.0.keys(b"/one\r");
    screen.until(">  one");
    screen.0.keys(b"*");
    let begun = Instant::now();
    while screen.0.child.try_wait().unwrap().is_none() {
        if favourite(home) && begun.elapsed().as_secs() > 3 {
            return false;
        }
        assert!(begun.elapsed() < PATIENCE, "neither killed nor saved:\n{}", screen.shown());
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    true
}

#[test]
fn the_screen_killed_before_a_system_call_of_a_save_leaves_the_old_or_the_new_vault() {
    let traced = std::process::Command::new("strace").args(["-qq", "-o", "/dev/null", "true"]).status();
    if !traced.is_ok_and(|status| status.success()) {
        skipped("a program can be traced (strace)");
        return;
    }
    let (mut old, mut new, mut all) = (0, 0, 0);
    for (call, which) in CALLS {
        let home = Home::with_vault(&format!("screen-{call}{which}"));
        // - so that the save makes one
        std::fs::remove_dir_all(home.state().join("mamori/backups")).unwrap();
        if !is_killed(&home, call, which) {
            continue;
        }
        all += 1;
        if favourite(&home) {
            new += 1
        } else {
            old += 1
        }
        home.ok(&["edit", "one", "-u", "later"]);
        assert_eq!(home.user(), "later", "{call} {which}");
        assert_eq!(home.strays(), Vec::<PathBuf>::new(), "{call} {which}");
        let store = home.store();
        for backup in store.backups(&home.open().header().vault).unwrap() {
            let bytes = store.read_backup(&backup).expect("no torn backup");
            assert!(reopen(bytes, &password(MASTER), 9).is_ok(), "{call} {which}");
        }
    }
    println!("killed {all} times: {old} old, {new} new");
    assert!(old >= 3 && new >= 1, "{old} {new}");
}
