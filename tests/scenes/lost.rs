//! Nothing that was done is lost: each change of the vault with each verb of the disk refused in turn, a
//! password that is changed elsewhere while an edit waits.

use mamori::commit;
use mamori::model::State;
use mamori::platform::entropy::System;
use mamori::session::Open;
use mamori::store::Why;
use mamori::store::memory::Fault;
use mamori::text::Lang;
use mamori::tui::app::Screen;
use mamori::tui::notice::Notice;

use super::backups::{NEW, conflict, disk, edit, id, opened, slot, store, unlocked};
use crate::robot::{MASTER, NOON, Robot, credential, path};
use mamori::model::Tag;

/// A way to change the vault: what comes before, what does it, and whether it is done.
struct Deed {
    name: &'static str,
    start: fn() -> Robot,
    keys: &'static str,
    done: fn(&Open) -> bool,
    /// Pressed until it is done where the vault is only changed with the file.
    again: &'static str,
}

fn list() -> Robot {
    unlocked(disk(), Lang::En, 80, 24)
}

fn is(open: &Open, title: &str, state: State) -> bool {
    open.vault().entries().any(|entry| entry.title() == title && entry.state() == state)
}

const DEEDS: [Deed; 4] = [
    Deed {
        name: "trash",
        start: list,
        keys: "/ g i t enter d",
        done: |open| is(open, "GitHub", State::Trashed),
        again: "",
    },
    Deed {
        name: "purge",
        start: || {
            let mut robot = list();
            robot.keys("g b D").types("古いブログ");
            robot
        },
        keys: "enter",
        done: |open| open.vault().entries().all(|entry| entry.title() != "古いブログ"),
        again: "",
    },
    Deed {
        name: "merge",
        start: || {
            let mut robot = unlocked(conflict().0, Lang::En, 80, 24);
            robot.keys(":").types("merge").keys("enter enter home");
            robot
        },
        keys: "enter",
        done: |open| is(open, "メルカリ", State::Active),
        again: "",
    },
    Deed {
        name: "restore",
        start: || {
            let mut robot = list();
            robot.keys(":").types("backups").keys("enter end enter home enter down");
            robot
        },
        keys: "enter",
        done: |open| open.vault().entries().all(|entry| entry.title() != "新しい店"),
        again: "enter end enter home enter down enter",
    },
];

#[test]
fn whatever_is_done_with_any_verb_of_the_disk_refused_is_told_kept_and_saved_when_it_can_be() {
    for deed in DEEDS {
        let (mut refused, mut verbs) = (0, 0);
        for at in 1.. {
            let mut robot = (deed.start)();
            let name = format!("{}, verb {at}", deed.name);
            let before = robot.disk.bytes(&path());
            assert!(!(deed.done)(&robot.on_disk()), "{name}");
            let kinds = [
                std::io::ErrorKind::StorageFull,
                std::io::ErrorKind::QuotaExceeded,
                std::io::ErrorKind::Other,
            ];
            robot.disk.fault(at, Fault::Fail(kinds[usize::try_from(at).unwrap() % 3]));
            robot.keys(deed.keys);
            let over = robot.disk.verbs() < at;
            robot.disk.restart(false);
            // - the old or the new vault lies there
            let open = robot.on_disk();
            assert!((deed.done)(&open) || robot.disk.bytes(&path()) == before, "{name}");
            if !(deed.done)(&open) {
                refused += 1;
                let told = ["Not saved", "unsaved", "not saved", "does not go on"];
                let screen = robot.screen();
                assert!(told.iter().any(|words| screen.contains(words)), "{name}: it is said\n{screen}");
            }
            // - the same running program does it when it can be done
            robot.wait(11);
            if !(deed.done)(&robot.on_disk()) {
                robot.keys(deed.again);
            }
            assert!(robot.app.shell.unwritten.is_none(), "{name}\n{}", robot.screen());
            assert!((deed.done)(&robot.on_disk()), "{name}\n{}", robot.screen());
            if over {
                verbs = at - 1;
                break;
            }
        }
        assert!(verbs > 12 && refused > 4, "{}: {verbs} verbs, {refused} refused", deed.name);
    }
}

/// The master password is changed by another session while an edit of this one waits for the disk: the
/// vault locks, the new password is asked for, the edit was kept as ciphertext and comes in.
#[test]
fn a_password_changed_elsewhere_is_asked_for_and_the_waiting_edit_comes_in() {
    let mut robot = list();
    robot.disk.fault(1, Fault::Fail(std::io::ErrorKind::StorageFull));
    robot.keys("/ g i t enter d");
    assert!(robot.app.shell.unwritten.is_some());
    robot.disk.restart(false);
    let store = store(&robot.disk);
    let mut other = opened(store.read().unwrap(), &credential(MASTER), "server");
    edit(&mut other, "楽天銀行", NOON, |edit| edit.text(Tag::USERNAME, "elsewhere"));
    other.rekey(&[slot(NEW)], NOON, &mut System).unwrap();
    commit::commit(&store, &mut other, Why::Important, NOON, &mut System).unwrap();
    robot.wait(11);
    assert!(matches!(robot.app.screen, Screen::Locked(_)), "{}", robot.screen());
    let notices = &robot.app.shell.messages;
    assert!(notices.iter().any(|(_, notice)| *notice == Notice::PasswordChanged));
    assert!(robot.app.shell.unwritten.is_some(), "kept as ciphertext");
    // - the old one opens nothing any more
    robot.types(MASTER).keys("enter");
    assert!(robot.app.open().is_none(), "{}", robot.screen());
    robot.types(NEW).keys("enter");
    assert!(robot.app.open().is_some(), "{}", robot.screen());
    assert!(robot.app.shell.unwritten.is_none(), "{}", robot.screen());
    let open = opened(robot.disk.bytes(&path()).unwrap(), &credential(NEW), "check");
    assert!(is(&open, "GitHub", State::Trashed), "the edit that waited");
    let rakuten = open.vault().entry(id(&open, "楽天銀行")).unwrap();
    assert_eq!(rakuten.username(), "elsewhere");
    assert_eq!(open.header().epoch, 2);
}

/// The other way about: here the password is changed while another session has an edit that it could not
/// save yet; that session is told, and its edit comes in after the new password.
#[test]
fn an_edit_that_waits_in_another_session_survives_the_password_change_here() {
    let mut robot = list();
    let mut other = Robot::on(robot.disk.clone(), Lang::En, 80, 24);
    other.types(MASTER).keys("enter");
    other.hold = true;
    other.keys("/ g i t enter d");
    let store = store(&robot.disk);
    let mut here = opened(store.read().unwrap(), &credential(MASTER), "hana-pc");
    here.rekey(&[slot(NEW)], NOON, &mut System).unwrap();
    commit::commit(&store, &mut here, Why::Important, NOON, &mut System).unwrap();
    robot.wait(3);
    assert!(matches!(robot.app.screen, Screen::Locked(_)), "an idle session asks, too: {}", robot.screen());
    // - the write that was under way finds the other file
    other.release();
    assert!(matches!(other.app.screen, Screen::Locked(_)), "{}", other.screen());
    other.types(NEW).keys("enter");
    assert!(other.app.shell.unwritten.is_none(), "{}", other.screen());
    let open = opened(robot.disk.bytes(&path()).unwrap(), &credential(NEW), "check");
    assert!(is(&open, "GitHub", State::Trashed));
}

// --- the file on the disk is damaged, gone or newer while the vault is open -----------------------

/// The bytes with one of them changed, counted from the end where that is said.
fn flipped(mut bytes: Vec<u8>, from_the_end: bool, at: usize) -> Vec<u8> {
    let at = if from_the_end { bytes.len() - at } else { at };
    bytes[at] ^= 1;
    bytes
}

fn jobs(robot: &Robot) -> usize {
    let slow = |one: &&String| ["Load", "Write", "Work"].iter().any(|name| one.starts_with(name));
    robot.effects.iter().filter(slow).count()
}

fn aside(robot: &Robot) -> Vec<Vec<u8>> {
    let names =
        robot.disk.names().into_iter().filter(|name| name.to_string_lossy().contains(".mamori.damaged-"));
    names.map(|name| robot.disk.bytes(&name).unwrap()).collect()
}

fn damaged(lang: Lang, width: u16, height: u16) -> Robot {
    let mut robot = unlocked(disk(), lang, width, height);
    let bad = flipped(robot.disk.bytes(&path()).unwrap(), false, 40);
    robot.disk.put(&path(), bad);
    robot.wait(5);
    robot
}

#[test]
fn a_file_found_damaged_or_gone_is_said_once_and_written_anew_from_what_is_open() {
    crate::snapshot("broken", damaged);
    let good = disk().bytes(&path()).unwrap();
    // - saved by another session, and its body changed on the way: only the key tells
    let later = {
        let disk = disk();
        let mut open = opened(good.clone(), &credential(MASTER), "server");
        edit(&mut open, "楽天銀行", NOON, |edit| edit.text(Tag::USERNAME, "elsewhere"));
        commit::commit(&store(&disk), &mut open, Why::Edit, NOON, &mut System).unwrap();
        disk.bytes(&path()).unwrap()
    };
    let files = [
        ("head", Some(flipped(good.clone(), false, 40))),
        ("cut", Some(good[..good.len() / 2].to_vec())),
        ("body", Some(flipped(later, true, 9))),
        ("no vault", Some(b"something else entirely".to_vec())),
        ("gone", None),
    ];
    for (name, bad) in files {
        let mut robot = list();
        match &bad {
            Some(bad) => robot.disk.put(&path(), bad.clone()),
            None => mamori::store::disk::Disk::remove(&robot.disk, &path()).unwrap(),
        }
        robot.wait(5);
        let said = if bad.is_some() { "is damaged" } else { "is gone" };
        assert!(robot.screen().contains(said), "{name}\n{}", robot.screen());
        // - it is not read again and again
        let before = jobs(&robot);
        robot.wait(300 - 60);
        assert_eq!(jobs(&robot), before, "{name}");
        assert_eq!(robot.disk.bytes(&path()), bad, "{name}: nothing is replaced unasked");
        robot.keys("enter");
        assert!(robot.screen().contains("Written anew"), "{name}\n{}", robot.screen());
        let open = robot.on_disk();
        assert!(is(&open, "新しい店", State::Active), "{name}");
        assert_eq!(aside(&robot), bad.into_iter().collect::<Vec<_>>(), "{name}: it stays beside it");
        // - and goes on from there
        robot.keys("/ g i t enter d");
        assert!(robot.app.shell.unwritten.is_none(), "{name}\n{}", robot.screen());
        assert!(is(&robot.on_disk(), "GitHub", State::Trashed), "{name}");
    }
}

#[test]
fn an_edit_over_a_damaged_file_waits_is_said_once_and_comes_in_when_the_file_is_whole_or_written_anew() {
    let good = disk().bytes(&path()).unwrap();
    let bad = flipped(good.clone(), false, 40);
    for anew in [true, false] {
        let mut robot = list();
        robot.disk.put(&path(), bad.clone());
        robot.keys("/ g i t enter d");
        assert!(robot.screen().contains("damaged"), "{}", robot.screen());
        robot.wait(60);
        let failures =
            robot.app.shell.messages.iter().filter(|(_, told)| matches!(told, Notice::SaveFailed(_))).count();
        assert_eq!(failures, 1, "told once, not at every try");
        assert_eq!(robot.disk.bytes(&path()).as_ref(), Some(&bad));
        assert!(robot.app.shell.unwritten.is_some());
        if anew {
            robot.keys("enter");
        } else {
            robot.keys("down enter");
            robot.wait(11);
            assert!(robot.app.shell.unwritten.is_some());
            robot.disk.put(&path(), good.clone());
            robot.wait(11);
        }
        assert!(robot.app.shell.unwritten.is_none(), "{anew}\n{}", robot.screen());
        assert!(is(&robot.on_disk(), "GitHub", State::Trashed), "{anew}");
        assert_eq!(aside(&robot).len(), usize::from(anew));
    }
}

/// A page in front is not covered: what is typed there must not become an answer.
#[test]
fn over_a_form_it_is_only_told_and_offered_when_asked_for() {
    let mut robot = list();
    robot.keys("n enter").types("typing");
    let bad = flipped(robot.disk.bytes(&path()).unwrap(), false, 40);
    robot.disk.put(&path(), bad);
    robot.wait(5);
    assert!(!robot.screen().contains("is damaged:"), "{}", robot.screen());
    assert!(robot.screen().contains("cannot be read just now"), "{}", robot.screen());
    robot.keys("esc esc f5");
    assert!(robot.screen().contains("is damaged:"), "{}", robot.screen());
}

#[test]
fn a_file_of_a_newer_mamori_is_never_overwritten_also_while_the_vault_is_open() {
    let mut robot = list();
    let mut newer = robot.disk.bytes(&path()).unwrap();
    newer[6] = 9;
    robot.disk.put(&path(), newer.clone());
    robot.wait(5);
    assert!(robot.screen().contains("A newer mamori wrote the file"), "{}", robot.screen());
    robot.keys("/ g i t enter d");
    assert!(robot.screen().contains("Not saved: a newer mamori"), "{}", robot.screen());
    robot.wait(60);
    robot.keys("f5");
    assert!(robot.app.open().unwrap().pages.is_empty(), "{}", robot.screen());
    assert_eq!(robot.disk.bytes(&path()), Some(newer));
    assert!(aside(&robot).is_empty() && robot.app.shell.unwritten.is_some());
}

/// Found damaged before it was opened: the newest backup opens in its place, under the same password.
#[test]
fn a_file_that_is_damaged_at_the_unlock_gives_way_to_the_newest_backup_when_that_is_said() {
    let good = disk().bytes(&path()).unwrap();
    let at = |bad: &[u8], lang, w, h| {
        let disk = disk();
        disk.put(&path(), bad.to_vec());
        Robot::on(disk, lang, w, h)
    };
    let head = flipped(good.clone(), false, 40);
    crate::snapshot("broken-unlock", |lang, w, h| at(&head, lang, w, h));
    crate::snapshot("broken-instead", |lang, w, h| {
        let mut robot = at(&head, lang, w, h);
        robot.types(MASTER).keys("enter");
        robot
    });
    // - the id of the vault, too, may be what is damaged
    let id = flipped(good.clone(), false, 20);
    for bad in [head, id, flipped(good.clone(), true, 9), good[..700].to_vec()] {
        let mut robot = at(&bad, Lang::En, 80, 24);
        robot.types("S3CRET no such").keys("enter");
        assert!(robot.app.open().is_none(), "{}", robot.screen());
        robot.types(MASTER).keys("enter");
        assert!(robot.screen().contains("the backup of"), "{}", robot.screen());
        robot.wait(30);
        assert_eq!(robot.disk.bytes(&path()), Some(bad.clone()), "nothing is replaced unasked");
        robot.keys("enter");
        assert!(robot.screen().contains("Written anew"), "{}", robot.screen());
        assert!(is(&robot.on_disk(), "新しい店", State::Active));
        assert_eq!(aside(&robot), [bad]);
        robot.keys("/ g i t enter d");
        assert!(robot.app.shell.unwritten.is_none(), "{}", robot.screen());
        assert!(is(&robot.on_disk(), "GitHub", State::Trashed));
    }
    // - left as it is, an edit waits and is said
    let mut robot = at(&flipped(good, false, 40), Lang::En, 80, 24);
    robot.types(MASTER).keys("enter esc / g i t enter d");
    assert!(robot.screen().contains("damaged"), "{}", robot.screen());
    assert!(robot.app.shell.unwritten.is_some());
}
