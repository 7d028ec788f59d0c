//! Every disk verb of a save fails, falls short or is the last one before a kill or a loss of
//! power, in turn. The harm it guards against: a vault that is gone, or an edit that was reported
//! saved and is not there.

mod common;

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use common::{add, bytes, new_vault, password, reopen, set_title};
use mamori::commit::{self, CommitError, Standing};
use mamori::model::Id;
use mamori::platform::entropy::System;
use mamori::session::{JoinError, Open};
use mamori::store::memory::{Fault, Memory};
use mamori::store::{SaveError, Step, Store, Why};

const MINUTE: u64 = 60_000;

struct Desk {
    disk: Memory,
    store: Store,
    path: PathBuf,
    open: Open,
    id: Id,
}

/// A vault on a disk in memory with one entry `old`, saved twice so that a backup is there.
fn desk() -> Desk {
    let disk = Memory::default();
    let path = PathBuf::from("/home/vault.mamori");
    let store = Store::new(Arc::new(disk.clone()), path.clone(), PathBuf::from("/state"));
    let mut open = new_vault();
    let id = add(&mut open, "old", "S3CRET", MINUTE);
    commit::create(&store, &mut open, 2 * MINUTE, &mut System).expect("created");
    Desk { disk, store, path, open, id }
}

fn title_on_disk(desk: &Desk) -> String {
    let file = desk.store.read().expect("a whole file lies there");
    let open = reopen(file, &password("first"), 9).expect("it opens");
    open.vault().entry(desk.id).expect("the entry is there").title().to_owned()
}

fn strays(disk: &Memory) -> Vec<PathBuf> {
    disk.names().into_iter().filter(|name| name.to_string_lossy().ends_with(".tmp")).collect()
}

/// Runs a save with `fault` at verb 1, 2, 3, … until one run meets no fault any more; `check` looks
/// at each. Gives the number of verbs.
fn each_verb(
    fault: Fault,
    why: Why,
    check: impl Fn(u64, &mut Desk, Result<commit::Committed, CommitError>),
) -> u64 {
    for at in 1.. {
        let mut desk = desk();
        let id = desk.id;
        set_title(&mut desk.open, id, "new", 30 * MINUTE);
        desk.disk.fault(at, fault);
        let outcome = commit::commit(&desk.store, &mut desk.open, why, 30 * MINUTE, &mut System);
        let met = desk.disk.verbs() >= at;
        check(at, &mut desk, outcome);
        if !met {
            return at - 1;
        }
    }
    0
}

#[test]
fn a_failing_verb_never_costs_the_vault_or_the_edit() {
    for kind in
        [ErrorKind::StorageFull, ErrorKind::QuotaExceeded, ErrorKind::PermissionDenied, ErrorKind::Other]
    {
        let verbs = each_verb(Fault::Fail(kind), Why::Important, |at, desk, outcome| {
            desk.disk.restart(false);
            let title = title_on_disk(desk);
            match &outcome {
                Ok(_) => assert_eq!(title, "new", "verb {at} failed, reported saved"),
                Err(_) => assert!(title == "old" || title == "new", "verb {at}"),
            }
            // The edit is still in memory and the next save, with room again, brings it in.
            let entry = desk.open.vault().entry(desk.id).expect("there");
            assert_eq!(entry.title(), "new");
            commit::commit(&desk.store, &mut desk.open, Why::Edit, 31 * MINUTE, &mut System)
                .expect("saved now");
            assert_eq!(title_on_disk(desk), "new");
            assert_eq!(strays(&desk.disk), Vec::<PathBuf>::new(), "verb {at}");
        });
        assert!(verbs > 15, "{verbs} verbs");
    }
}

#[test]
fn a_short_write_is_a_failed_save() {
    let refused = std::cell::Cell::new(0);
    each_verb(Fault::Short, Why::Edit, |at, desk, outcome| {
        desk.disk.restart(false);
        let title = title_on_disk(desk);
        match outcome {
            Ok(_) => assert_eq!(title, "new", "verb {at}"),
            // Only the wait for the folder comes after the new file is in place.
            Err(CommitError::Save(SaveError::Full)) => {
                refused.set(refused.get() + usize::from(title == "old"))
            }
            Err(error) => {
                assert!(matches!(error, CommitError::Save(SaveError::Live(_))), "verb {at}: {error:?}")
            }
        }
    });
    assert!(refused.get() >= 4, "{} verbs refused", refused.get());
}

#[test]
fn a_kill_before_any_verb_leaves_the_old_or_the_new_vault() {
    for power_lost in [false, true] {
        each_verb(Fault::Stop, Why::Important, |at, desk, outcome| {
            desk.disk.restart(power_lost);
            let title = title_on_disk(desk);
            if outcome.is_ok() {
                assert_eq!(title, "new", "verb {at}: reported saved, then the power went");
            }
            // Another run of the program loads what is there, saves, and clears the stray away.
            let mut next = reopen(desk.store.read().expect("whole"), &password("first"), 2).expect("opens");
            add(&mut next, "later", "L4TER", 40 * MINUTE);
            commit::commit(&desk.store, &mut next, Why::Edit, 40 * MINUTE, &mut System).expect("saved");
            assert_eq!(strays(&desk.disk), Vec::<PathBuf>::new(), "verb {at}, power lost: {power_lost}");
            // An edit that no report confirmed is not lost either: a whole stray became a copy.
            let copies =
                desk.disk.names().iter().filter(|name| name.to_string_lossy().contains(".conflict-")).count();
            assert!(copies <= 1);
            if copies == 1 {
                assert_eq!(title, "old", "verb {at}");
            }
        });
    }
}

#[test]
fn a_file_system_without_permissions_takes_a_save() {
    each_verb(Fault::NoModes, Why::Edit, |at, _, outcome| {
        assert!(outcome.is_ok(), "verb {at}: {outcome:?}");
    });
}

#[test]
fn without_an_exchange_a_plain_rename_does() {
    let verbs = each_verb(Fault::NoExchange, Why::Edit, |at, desk, outcome| {
        assert!(outcome.is_ok(), "verb {at}: {outcome:?}");
        desk.disk.restart(true);
        assert_eq!(title_on_disk(desk), "new");
    });
    assert!(verbs > 10);
}

/// Saves while another program puts files there, the first at verb 1, 2, 3, …, each next one `gap`
/// verbs later; after the next save nothing of theirs and ours may be missing.
fn swapped_in(titles: &[&str], gap: u64, interfere: impl Fn(&Desk, u64, Vec<u8>)) {
    for at in 1..40 {
        let mut desk = desk();
        let mut ids = Vec::new();
        let mut other = reopen(desk.store.read().expect("whole"), &password("first"), 2).expect("opens");
        for (after, title) in titles.iter().enumerate() {
            ids.push(add(&mut other, title, "TH3IRS", 20 * MINUTE));
            let file = bytes(&mut other, 21 * MINUTE);
            interfere(&desk, at + gap * after as u64, file);
        }
        set_title(&mut desk.open, desk.id, "new", 30 * MINUTE);
        let first = commit::commit(&desk.store, &mut desk.open, Why::Important, 30 * MINUTE, &mut System);
        assert!(first.is_ok(), "verb {at}: {first:?}");
        if desk.disk.verbs() < at {
            assert!(at > 10, "{at} verbs");
            return;
        }
        // Either it was joined in this save, or it came after the last look and the next save joins;
        // what the disk still holds beside the vault (a conflict copy) is not lost either.
        set_title(&mut desk.open, desk.id, "newer", 31 * MINUTE);
        commit::commit(&desk.store, &mut desk.open, Why::Edit, 31 * MINUTE, &mut System).expect("saved");
        let mut open = reopen(desk.store.read().expect("whole"), &password("first"), 3).expect("opens");
        assert_eq!(open.vault().entry(desk.id).expect("there").title(), "newer", "verb {at}");
        for copy in desk.disk.names().iter().filter(|name| name.to_string_lossy().contains(".conflict-")) {
            open.join(desk.disk.bytes(copy).expect("there"), false, false).expect("joined");
        }
        for (id, title) in ids.iter().zip(titles) {
            let found = open.vault().entry(*id).map(|entry| entry.title().to_owned());
            assert_eq!(found.as_deref(), Some(*title), "verb {at}");
        }
    }
}

#[test]
fn a_file_swapped_in_at_any_moment_of_a_save_is_joined() {
    swapped_in(&["sync"], 0, |desk, at, file| desk.disk.replace_before(at, &desk.path, file));
    for gap in 1..6 {
        let twice = ["sync", "sync again"];
        swapped_in(&twice, gap, |desk, at, file| desk.disk.replace_before(at, &desk.path, file));
    }
}

#[test]
fn a_file_rewritten_in_place_at_any_moment_of_a_save_is_joined() {
    swapped_in(&["in place"], 0, |desk, at, file| desk.disk.rewrite_before(at, &desk.path, file));
}

#[test]
fn two_forks_with_equal_counters_are_told_apart_by_their_mac() {
    let mut desk = desk();
    let mut lap = reopen(desk.store.read().expect("whole"), &password("first"), 2).expect("opens");
    let theirs = add(&mut lap, "lap", "L4P", 20 * MINUTE);
    let lap_file = bytes(&mut lap, 21 * MINUTE);
    let ours = add(&mut desk.open, "desk", "D3SK", 20 * MINUTE);
    let sealed = desk.open.seal(22 * MINUTE, &mut System).expect("sealed");
    // The sync client brings the other fork; both have counter 2.
    desk.disk.put(&desk.path, lap_file.clone());
    assert_eq!(desk.store.save(&sealed, Why::Edit), Err(SaveError::Changed { live: lap_file }));
    let done =
        commit::commit(&desk.store, &mut desk.open, Why::Edit, 23 * MINUTE, &mut System).expect("saved");
    assert_eq!(done.joined.expect("joined").added, [theirs]);
    let open = reopen(desk.store.read().expect("whole"), &password("first"), 3).expect("opens");
    assert!(open.vault().entry(ours).is_some() && open.vault().entry(theirs).is_some());
}

#[test]
fn a_busy_vault_is_said_and_a_vanished_one_is_made_again() {
    let mut desk = desk();
    let id = desk.id;
    set_title(&mut desk.open, id, "new", 30 * MINUTE);
    {
        let _held = desk.store.lock().expect("free");
        let busy = commit::commit(&desk.store, &mut desk.open, Why::Edit, 30 * MINUTE, &mut System);
        assert_eq!(busy, Err(CommitError::Save(SaveError::Busy)));
    }
    mamori::store::disk::Disk::remove(&desk.disk, Path::new("/home/vault.mamori")).expect("there");
    let done =
        commit::commit(&desk.store, &mut desk.open, Why::Edit, 31 * MINUTE, &mut System).expect("saved");
    assert!(done.saved.recreated);
    assert_eq!(title_on_disk(&desk), "new");
}

/// `passwd` in one session while another has an unsaved edit, on one machine.
#[test]
fn a_password_change_elsewhere_is_said_to_who_has_an_edit() {
    let mut desk = desk();
    let mut other = reopen(desk.store.read().expect("whole"), &password("first"), 1).expect("opens");
    other.rekey(&[common::slot(password("second"))], 20 * MINUTE, &mut System).expect("changed");
    commit::commit(&desk.store, &mut other, Why::Important, 21 * MINUTE, &mut System).expect("saved");
    set_title(&mut desk.open, desk.id, "new", 22 * MINUTE);
    let refused = commit::commit(&desk.store, &mut desk.open, Why::Edit, 22 * MINUTE, &mut System);
    assert_eq!(refused, Err(CommitError::Join(JoinError::PasswordChanged { epoch: 2 })));
}

/// The derivation of a new password takes a second; another session saves in it.
#[test]
fn an_edit_saved_while_a_password_change_is_made_is_joined() {
    let mut desk = desk();
    let mut other = reopen(desk.store.read().expect("whole"), &password("first"), 1).expect("opens");
    other.rekey(&[common::slot(password("second"))], 20 * MINUTE, &mut System).expect("changed");
    set_title(&mut desk.open, desk.id, "new", 21 * MINUTE);
    commit::commit(&desk.store, &mut desk.open, Why::Edit, 21 * MINUTE, &mut System).expect("saved");
    commit::commit(&desk.store, &mut other, Why::Important, 22 * MINUTE, &mut System).expect("saved");
    let open = reopen(desk.store.read().expect("whole"), &password("second"), 1).expect("opens");
    assert_eq!(open.vault().entry(desk.id).expect("there").title(), "new");
    // Once the change is on the disk, what comes under the old key is joined only when asked for.
    set_title(&mut desk.open, desk.id, "by whom?", 23 * MINUTE);
    desk.disk.put(&desk.path, bytes(&mut desk.open, 23 * MINUTE));
    let refused = commit::commit(&desk.store, &mut other, Why::Edit, 24 * MINUTE, &mut System);
    assert_eq!(refused, Err(CommitError::Join(JoinError::OlderEpoch { epoch: 1 })));
}

#[test]
fn backups_come_at_most_every_ten_minutes_and_always_when_it_matters() {
    let mut desk = desk();
    let id = desk.id;
    let count = |desk: &Desk| desk.store.backups(&desk.open.header().vault).expect("listed").len();
    for (at, minute, why, expected) in [
        (1, 30, Why::Edit, 1),
        (2, 31, Why::Edit, 1),
        (3, 32, Why::Important, 2),
        (4, 41, Why::Edit, 2),
        (5, 43, Why::Edit, 3),
    ] {
        set_title(&mut desk.open, id, &format!("title {at}"), minute * MINUTE);
        commit::commit(&desk.store, &mut desk.open, why, minute * MINUTE, &mut System).expect("saved");
        assert_eq!(count(&desk), expected, "save {at}");
    }
    // The newest backup holds what was there before the last save.
    let newest = &desk.store.backups(&desk.open.header().vault).expect("listed")[0];
    let open = reopen(desk.store.read_backup(newest).expect("whole"), &password("first"), 1).expect("opens");
    assert_eq!(open.vault().entry(id).expect("there").title(), "title 4");
}

/// A machine ten years ahead once saved: stamps stay ahead for ten years, backups go by the clock.
#[test]
fn a_replica_with_a_fast_clock_does_not_end_the_backups() {
    const YEARS: u64 = 10 * 365 * 24 * 60 * MINUTE;
    let mut desk = desk();
    let mut ahead = reopen(desk.store.read().expect("whole"), &password("first"), 2).expect("opens");
    add(&mut ahead, "from the future", "S3CRET", YEARS);
    let file = bytes(&mut ahead, YEARS);
    desk.open.join(file, false, false).expect("joined");
    for at in 1..5 {
        let now = (30 + 11 * at) * MINUTE;
        set_title(&mut desk.open, desk.id, &format!("title {at}"), now);
        commit::commit(&desk.store, &mut desk.open, Why::Edit, now, &mut System).expect("saved");
        let backups = desk.store.backups(&desk.open.header().vault).expect("listed");
        assert_eq!((backups.len() as u64, backups[0].ms), (at, now));
    }
}

#[test]
fn an_old_copy_put_back_is_noticed_and_one_from_before_a_password_change_is_read_only() {
    let mut desk = desk();
    let first = desk.store.read().expect("whole");
    assert_eq!(commit::standing(&desk.store, &desk.open), Standing::Fine);
    let id = desk.id;
    set_title(&mut desk.open, id, "new", 30 * MINUTE);
    commit::commit(&desk.store, &mut desk.open, Why::Edit, 30 * MINUTE, &mut System).expect("saved");
    desk.disk.put(&desk.path, first.clone());
    let mut old = reopen(first.clone(), &password("first"), 1).expect("opens");
    assert_eq!(commit::standing(&desk.store, &old), Standing::RolledBack { saved: 30 * MINUTE });
    // It may be saved over all the same: an old copy taken back on purpose.
    set_title(&mut old, id, "on purpose", 31 * MINUTE);
    commit::commit(&desk.store, &mut old, Why::Edit, 31 * MINUTE, &mut System).expect("saved");

    old.rekey(&[common::slot(password("second"))], 32 * MINUTE, &mut System).expect("changed");
    commit::commit(&desk.store, &mut old, Why::Important, 33 * MINUTE, &mut System).expect("saved");
    desk.disk.put(&desk.path, first.clone());
    let mut older = reopen(first, &password("first"), 1).expect("opens");
    assert_eq!(commit::standing(&desk.store, &older), Standing::OlderEpoch { saved: 33 * MINUTE });
    set_title(&mut older, id, "by whom?", 40 * MINUTE);
    let refused = commit::commit(&desk.store, &mut older, Why::Edit, 40 * MINUTE, &mut System);
    assert_eq!(refused, Err(CommitError::OlderEpoch));
}

#[test]
fn what_could_not_be_written_before_the_end_comes_in_with_the_next_save() {
    let mut desk = desk();
    let id = desk.id;
    set_title(&mut desk.open, id, "typed on a full disk", 30 * MINUTE);
    let sealed = desk.open.seal(30 * MINUTE, &mut System).expect("sealed");
    let kept = desk.store.keep_unsaved(&sealed).expect("kept");
    assert_eq!(desk.store.keep_unsaved(&sealed).expect("kept once"), kept);
    assert!(kept.starts_with("/state/unsaved"));
    // The next process saves something else.
    let mut next = reopen(desk.store.read().expect("whole"), &password("first"), 2).expect("opens");
    add(&mut next, "later", "L4TER", 40 * MINUTE);
    let done = commit::commit(&desk.store, &mut next, Why::Edit, 40 * MINUTE, &mut System).expect("saved");
    assert_eq!(done.recovered, 1);
    assert_eq!(title_on_disk(&desk), "typed on a full disk");
    assert_eq!(desk.store.unsaved(&next.header().vault), []);
    // Where the state folder takes nothing, the second place does.
    let spare = desk.store.clone().with_spare("/run/user/1".into());
    desk.disk.fault(1, Fault::Fail(ErrorKind::PermissionDenied));
    assert!(spare.keep_unsaved(&sealed).expect("kept").starts_with("/run/user/1/mamori"));
    // A kept file that is torn, or of another vault, stays where it is and stops nothing.
    desk.disk.put(&kept, sealed.bytes[..900].to_vec());
    assert_eq!(spare.unsaved(&next.header().vault).len(), 1);
}

#[test]
fn an_edit_is_saved_without_its_backup_and_a_key_change_is_not() {
    // The verb at which the backup's folder is made.
    let at = (1..40)
        .find(|at| {
            let mut desk = desk();
            let id = desk.id;
            set_title(&mut desk.open, id, "new", 30 * MINUTE);
            desk.disk.fault(*at, Fault::Fail(ErrorKind::PermissionDenied));
            let done = commit::commit(&desk.store, &mut desk.open, Why::Important, 30 * MINUTE, &mut System);
            matches!(done, Err(CommitError::Save(SaveError::Io { step: Step::Backup, .. })))
        })
        .expect("some verb makes the backup");
    let mut desk = desk();
    let id = desk.id;
    set_title(&mut desk.open, id, "new", 30 * MINUTE);
    desk.disk.fault(at, Fault::Fail(ErrorKind::PermissionDenied));
    let done =
        commit::commit(&desk.store, &mut desk.open, Why::Edit, 30 * MINUTE, &mut System).expect("saved");
    assert_eq!(done.saved.backup_failed, Some(ErrorKind::PermissionDenied));
    assert_eq!(title_on_disk(&desk), "new");
}
