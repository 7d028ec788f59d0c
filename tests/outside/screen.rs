//! The full-screen program, killed before the system calls of a save, as the command is in the file above
//! this one: what lies there opens as it was or as it was to be, and the next run saves and clears away what
//! the killed one left. Its threads make calls of their own meanwhile, so that a tracer of our own counts
//! those of the one that saves.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use super::{Bench, PATIENCE, Screen, skipped};

/// Of the calls that only look every so many is tried; each kind and each change of the disk always, all of
/// them where `MAMORI_EVERY` is set.
const STRIDE: usize = 4;
const CHANGES: [&str; 10] =
    ["write", "pwrite", "fsync", "fdatasync", "fchmod", "ftruncate", "link", "rename", "unlink", "mkdir"];

/// What a marked entry is made of.
fn is_marked(bench: &Bench) -> bool {
    bench.home.open().vault().entries().any(|entry| entry.title() == "one" && entry.favourite())
}

/// Unlocks and marks an entry; the save is killed before its call number `which`, none: 0. Gives the calls
/// that it made, and whether it was killed.
fn saved(bench: &Bench, which: usize) -> (Vec<String>, bool) {
    bench.reset();
    let notes: PathBuf = bench.home.0.join("notes");
    let tracer = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/outside/stop.py");
    let words = ["python3", tracer, &notes.display().to_string(), &which.to_string()].map(str::to_owned);
    let mut screen: Screen = bench.home.screen_behind(&words);
    screen.until("one");
    screen.0.keys(b"/one\r");
    screen.until(">  one");
    screen.0.keys(b"*");
    let begun = Instant::now();
    loop {
        let told = std::fs::read_to_string(&notes).unwrap_or_default();
        let mut calls: Vec<String> = told.lines().map(str::to_owned).collect();
        match calls.last().map(String::as_str) {
            Some("killed") => {
                calls.pop();
                screen.0.wait_end();
                return (calls, true);
            }
            // - the last call of the thread
            Some("exit") if which == 0 || calls.len() < which => return (calls, false),
            _ => {}
        }
        assert!(begun.elapsed() < PATIENCE, "call {which} of {told}\n{}", screen.shown());
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
}

/// Calls that must have been killed, how often the old vault was there, how often the new one.
type Counts = (BTreeMap<String, i32>, usize, usize);

/// Calls before which it must have been killed.
const NEEDED: [&str; 6] = ["flock", "fsync", "renameat2", "linkat", "write", "unlink"];

#[test]
fn the_screen_killed_before_any_system_call_of_a_save_leaves_the_old_or_the_new_vault() {
    let version = std::process::Command::new("python3").arg("-V").output();
    if !version.is_ok_and(|done| done.status.success()) {
        skipped("a program can be traced (python3)");
        return;
    }
    let bench = Bench::new("screen");
    let (calls, _) = saved(&bench, 0);
    assert!(is_marked(&bench), "undisturbed it is saved");
    let all = std::env::var_os("MAMORI_EVERY").is_some();
    let mut kinds = BTreeSet::new();
    let tried: Vec<usize> = (1..=calls.len())
        .filter(|which| {
            let call = calls[which - 1].as_str();
            let changes = CHANGES.iter().any(|name| call.starts_with(name));
            kinds.insert(call) || all || changes || which % STRIDE == 0
        })
        .collect();
    let next = AtomicUsize::new(0);
    let try_at = |bench: &Bench, which: usize, (killed, old, new): &mut Counts| {
        let (made, was_killed) = saved(bench, which);
        let after = format!("call {which}, after {:?}", &made[made.len().saturating_sub(4)..]);
        if !was_killed {
            // - it came to its end in fewer calls this time: then it is saved
            assert!(is_marked(bench), "{after}");
            return;
        }
        *killed.entry(made.last().cloned().unwrap_or_default()).or_insert(0) += 1;
        if is_marked(bench) {
            *new += 1;
        } else {
            *old += 1;
        }
        bench.goes_on(&after);
    };
    let work = |name: &str| {
        let bench = Bench::new(name);
        let mut counts = Counts::default();
        while let Some(which) = tried.get(next.fetch_add(1, Ordering::Relaxed)) {
            try_at(&bench, *which, &mut counts);
        }
        counts
    };
    // - two at a time, as CI has two cores
    let halves = std::thread::scope(|scope| {
        let threads = ["screen-1", "screen-2"].map(|name| scope.spawn(move || work(name)));
        threads.map(|one| one.join().expect("as above"))
    });
    let (mut killed, mut old, mut new) = Counts::default();
    for (some, before, after) in halves {
        for (name, count) in some {
            *killed.entry(name).or_insert(0) += count;
        }
        (old, new) = (old + before, new + after);
    }
    // Not every save makes the same calls (the allocator's, the keyring's): one that comes once in a
    // save may have been passed by. It is near the place where it was.
    let mut counts = (killed, old, new);
    for needed in NEEDED {
        let at = calls.iter().position(|call| call == needed).expect("a save makes it");
        for which in at.saturating_sub(3).max(1)..=at + 5 {
            if !counts.0.contains_key(needed) {
                try_at(&bench, which, &mut counts);
            }
        }
    }
    (killed, old, new) = counts;
    let sum: i32 = killed.values().sum();
    println!(
        "{} calls, tried at {}, killed {sum} times before {killed:?}; old {old}, new {new}",
        calls.len(),
        tried.len()
    );
    assert!(calls.len() > 60 && usize::try_from(sum).unwrap() * 10 >= tried.len() * 9, "{sum}");
    for needed in NEEDED {
        assert!(killed.contains_key(needed), "{needed} was never reached: {killed:?}");
    }
    assert!(old > 5 && new > 2, "{old} {new}");
}
