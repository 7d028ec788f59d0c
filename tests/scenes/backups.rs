//! Backups, other copies of the vault, and what differs: seen before anything is taken.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use mamori::commit;
use mamori::crypto::kdf::Params;
use mamori::model::{Id, State, Tag};
use mamori::ops::change::Change;
use mamori::ops::edit::EntryEdit;
use mamori::platform::entropy::System;
use mamori::session::{Credential, Device, NewSlot, Open, Sealed};
use mamori::store::memory::{Fault, Memory};
use mamori::store::{Store, Why};
use mamori::text::Lang;
use mamori::tui::app::Screen;

use crate::robot::{MASTER, NOON, NOTHING, Robot, Wanted, credential, empty, path, put, thousands};

pub const MINUTE: u64 = 60_000;
const DAY: u64 = 86_400_000;
pub const NEW: &str = "S3CRET new master";

pub fn store(disk: &Memory) -> Store {
    Store::new(Arc::new(disk.clone()), path(), "/home/hana/.local/state/mamori".into())
}

pub fn opened(bytes: Vec<u8>, with: &Credential, host: &str) -> Open {
    let device = Device { writer: 7, name: host.into() };
    Sealed::read(bytes).unwrap().open(with, device, None).unwrap()
}

pub fn slot(password: &str) -> NewSlot {
    NewSlot { credential: credential(password), name: String::new(), params: Params::LEAST }
}

pub fn id(open: &Open, title: &str) -> Id {
    open.vault().entries().find(|entry| entry.title() == title).unwrap().id()
}

pub fn edit(open: &mut Open, title: &str, now: u64, what: impl FnOnce(&mut EntryEdit<'_, '_>)) {
    let mut random = System;
    let change = {
        let record = open.vault().record(id(open, title)).unwrap();
        let mut sealer = open.sealer(&mut random);
        let mut edit = EntryEdit::of(&mut sealer, record);
        what(&mut edit);
        edit.finish().unwrap()
    };
    open.apply(&change, now, &mut System).unwrap();
}

fn entries() -> Open {
    let mut open = empty();
    for (title, user, password, notes) in [
        ("楽天銀行", "alice", "S3CRET 一番", "S3CRET メモ"),
        ("GitHub", "hana-dev", "S3CRET git", ""),
        ("古いブログ", "admin", "S3CRET blog", ""),
        ("evil\u{1b}[31m\u{202e}", "x", "S3CRET \u{1b}[2J", ""),
    ] {
        put(&mut open, &Wanted { title, user, password, notes, days_ago: 20, ..NOTHING });
    }
    open
}

/// Four saves: ten days ago, three days ago, yesterday, an hour ago.
pub fn disk() -> Memory {
    // - made once: each save derives a key
    static MADE: std::sync::LazyLock<Memory> = std::sync::LazyLock::new(saved);
    let disk = Memory::default();
    for name in MADE.names() {
        disk.put(&name, MADE.bytes(&name).unwrap());
    }
    disk
}

fn saved() -> Memory {
    let disk = Memory::default();
    let store = store(&disk);
    let mut open = entries();
    commit::create(&store, &mut open, NOON - 10 * DAY, &mut System).unwrap();
    let mut open = opened(store.read().unwrap(), &credential(MASTER), "server");
    edit(&mut open, "楽天銀行", NOON - 3 * DAY, |edit| {
        edit.secret(Tag::PASSWORD, b"S3CRET zwei").unwrap();
        edit.secret(Tag::NOTES, b"").unwrap();
        edit.text(Tag::USERNAME, "alice@か\u{3099}.example");
    });
    commit::commit(&store, &mut open, Why::Edit, NOON - 3 * DAY, &mut System).unwrap();
    put(
        &mut open,
        &Wanted { title: "新しい店", user: "hana", password: "S3CRET shop", days_ago: 1, ..NOTHING },
    );
    let blog = id(&open, "古いブログ");
    open.apply(&Change::Trash(blog), NOON - DAY, &mut System).unwrap();
    commit::commit(&store, &mut open, Why::Edit, NOON - DAY, &mut System).unwrap();
    edit(&mut open, "GitHub", NOON - 60 * MINUTE, |edit| edit.text(Tag::FOLDER, "仕事"));
    commit::commit(&store, &mut open, Why::Edit, NOON - 60 * MINUTE, &mut System).unwrap();
    disk
}

pub fn unlocked(disk: Memory, lang: Lang, width: u16, height: u16) -> Robot {
    let mut robot = Robot::on(disk, lang, width, height);
    robot.types(MASTER).keys("enter");
    robot
}

fn backups(lang: Lang, width: u16, height: u16) -> Robot {
    let mut robot = unlocked(disk(), lang, width, height);
    robot.keys(":").types("backups").keys("enter");
    robot
}

/// The backup of ten days ago, compared.
fn oldest(lang: Lang, width: u16, height: u16) -> Robot {
    let mut robot = backups(lang, width, height);
    robot.keys("end enter");
    robot
}

fn password(open: &Open, title: &str) -> String {
    let entry = open.vault().entry(id(open, title)).unwrap();
    open.reveal_text(entry.id(), entry.password().unwrap()).unwrap().expose().to_owned()
}

fn titles(open: &Open) -> Vec<String> {
    let mut all: Vec<String> = open.vault().entries().map(|entry| entry.title().to_owned()).collect();
    all.sort();
    all
}

fn seen(robot: &Robot, words: &str) {
    assert!(robot.screen().contains(words), "no {words:?} on\n{}", robot.screen());
}

#[test]
fn what_it_looks_like() {
    crate::snapshot("backups", backups);
    crate::snapshot("backups-differences", oldest);
    crate::snapshot("backups-fields", |lang, w, h| {
        let mut robot = oldest(lang, w, h);
        robot.keys("enter down");
        robot
    });
    crate::snapshot("backups-marked", |lang, w, h| {
        let mut robot = oldest(lang, w, h);
        robot.keys("space space");
        robot
    });
    crate::snapshot("backups-merge", |lang, w, h| {
        let mut robot = oldest(lang, w, h);
        robot.keys("home down enter enter");
        robot
    });
    crate::snapshot("backups-ask", |lang, w, h| {
        let mut robot = oldest(lang, w, h);
        robot.keys("home enter");
        robot
    });
    crate::snapshot("backups-restored", |lang, w, h| {
        let mut robot = oldest(lang, w, h);
        robot.keys("home enter down enter");
        robot
    });
    crate::snapshot("backups-none", |lang, w, h| {
        let mut robot = Robot::open(lang, w, h);
        robot.keys(":").types("backups").keys("enter");
        robot
    });
}

#[test]
fn a_revealed_secret_stands_beside_the_one_of_now_and_hides() {
    let mut robot = oldest(Lang::En, 120, 40);
    while !robot.screen().contains("> 楽天銀行") {
        let before = robot.screen();
        robot.keys("down");
        assert!(robot.screen() != before, "{before}");
    }
    assert!(!robot.screen().contains("S3CRET"));
    robot.keys("v");
    seen(&robot, "S3CRET\u{2423}一番");
    seen(&robot, "S3CRET\u{2423}zwei");
    robot.wait(12);
    assert!(!robot.screen().contains("S3CRET"), "{}", robot.screen());
    for hides in ["v", "esc", "down", "tab", "h", "]"] {
        robot.keys("v");
        seen(&robot, "S3CRET");
        robot.keys(hides);
        assert!(!robot.screen().contains("S3CRET"), "{hides} {}", robot.screen());
        robot.keys("h");
        while !robot.screen().contains("> 楽天銀行") && !robot.screen().contains(">楽天銀行") {
            robot.keys("up");
        }
    }
}

#[test]
fn one_field_or_one_entry_comes_back_and_can_be_undone() {
    let mut robot = oldest(Lang::En, 120, 40);
    let first = |robot: &mut Robot, title: &str| {
        robot.keys("h home");
        while !robot.screen().lines().any(|line| line.contains(&format!("> {title}"))) {
            robot.keys("down");
        }
    };
    first(&mut robot, "楽天銀行");
    // - the whole entry, user name, password, notes
    robot.keys("enter down enter");
    seen(&robot, "Taken over from there");
    let user = |open: &Open| open.vault().entry(id(open, "楽天銀行")).unwrap().username().to_owned();
    let open = robot.on_disk();
    assert_eq!((user(&open), password(&open, "楽天銀行")), ("alice".into(), "S3CRET zwei".into()));
    // - the differences are of now: that field is none any more
    assert!(!robot.screen().contains("alice@"), "{}", robot.screen());
    robot.keys("z");
    assert_eq!(user(&robot.on_disk()), "alice@か\u{3099}.example");
    seen(&robot, "alice@");
    first(&mut robot, "楽天銀行");
    robot.keys("enter enter");
    let open = robot.on_disk();
    assert_eq!((user(&open), password(&open, "楽天銀行")), ("alice".into(), "S3CRET 一番".into()));
    assert!(open.vault().entry(id(&open, "楽天銀行")).unwrap().notes().is_some());
    assert!(!robot.screen().contains("楽天銀行"), "{}", robot.screen());
    robot.keys("z");
    assert_eq!(password(&robot.on_disk(), "楽天銀行"), "S3CRET zwei");
}

#[test]
fn marked_entries_come_back_as_one_step() {
    let mut robot = oldest(Lang::En, 80, 24);
    robot.keys("a home");
    seen(&robot, "Take the 4 marked ones");
    robot.keys("enter");
    seen(&robot, "4 entries taken over");
    let open = robot.on_disk();
    let state = |open: &Open, title: &str| open.vault().entry(id(open, title)).unwrap().state();
    assert_eq!(password(&open, "楽天銀行"), "S3CRET 一番");
    assert_eq!(state(&open, "古いブログ"), State::Active);
    // - it was not there then
    assert_eq!(state(&open, "新しい店"), State::Trashed);
    seen(&robot, "What differs (1)");
    robot.keys("z");
    let open = robot.on_disk();
    assert_eq!((state(&open, "古いブログ"), state(&open, "新しい店")), (State::Trashed, State::Active));
    assert_eq!(password(&open, "楽天銀行"), "S3CRET zwei");
}

#[test]
fn a_restore_joins_nothing_counts_on_and_is_undone_by_the_newest_backup() {
    let mut robot = oldest(Lang::En, 80, 24);
    let before = robot.on_disk();
    robot.keys("home enter");
    seen(&robot, "becomes what it was at");
    // - the harmless answer has the focus
    robot.keys("enter");
    assert_eq!(titles(&robot.on_disk()), titles(&before));
    robot.keys("enter down enter");
    seen(&robot, "to undo this,");
    let open = robot.on_disk();
    assert_eq!(password(&open, "楽天銀行"), "S3CRET 一番");
    assert!(!titles(&open).contains(&"新しい店".to_owned()));
    assert!(open.header().counter > before.header().counter);
    assert!(robot.app.open().unwrap().undo.is_empty());
    // - the list of backups has one more; it is the state before
    robot.keys("enter");
    seen(&robot, "Backups (4)");
    robot.keys("home enter home enter down enter");
    let again = robot.on_disk();
    assert_eq!(titles(&again), titles(&before));
    assert_eq!(password(&again, "楽天銀行"), "S3CRET zwei");
    // - and the vault goes on from there
    robot.keys("esc esc esc / g i t enter d");
    assert!(robot.app.shell.unwritten.is_none(), "{}", robot.screen());
    let open = robot.on_disk();
    assert_eq!(open.vault().entry(id(&open, "GitHub")).unwrap().state(), State::Trashed);
}

#[test]
fn a_disk_that_refuses_the_restore_leaves_everything_as_it_was() {
    let mut robot = oldest(Lang::En, 80, 24);
    let before = robot.disk.bytes(&path());
    robot.keys("home enter down");
    robot.disk.fault(4, Fault::Fail(std::io::ErrorKind::StorageFull));
    robot.keys("enter");
    seen(&robot, "It does not go on");
    robot.disk.restart(false);
    assert_eq!(robot.disk.bytes(&path()), before);
    robot.keys("enter esc / g i t enter");
    seen(&robot, "GitHub");
    robot.keys("d");
    let open = robot.on_disk();
    assert_eq!(password(&open, "楽天銀行"), "S3CRET zwei");
    assert_eq!(open.vault().entry(id(&open, "GitHub")).unwrap().state(), State::Trashed);
}

#[test]
fn what_is_unsaved_is_written_before_anything_is_put_back() {
    let mut robot = backups(Lang::En, 80, 24);
    robot.disk.fault(1, Fault::Fail(std::io::ErrorKind::StorageFull));
    robot.keys("esc / g i t enter d");
    assert!(robot.app.shell.unwritten.is_some(), "{}", robot.screen());
    robot.hold = true;
    robot.keys("esc :").types("backups").keys("enter");
    robot.release();
    robot.keys("end enter home");
    robot.disk.fault(1, Fault::Fail(std::io::ErrorKind::StorageFull));
    robot.keys("enter");
    assert!(robot.app.shell.unwritten.is_some());
    assert!(!robot.screen().contains("becomes what it was at"), "{}", robot.screen());
    robot.disk.restart(false);
    robot.keys("f5 enter");
    seen(&robot, "becomes what it was at");
}

#[test]
fn stopping_the_list_or_the_comparison_changes_nothing() {
    let mut robot = unlocked(disk(), Lang::En, 80, 24);
    robot.hold = true;
    robot.keys(":").types("backups").keys("enter");
    assert!(matches!(robot.app.screen, Screen::Working(_)));
    robot.keys("esc");
    robot.release();
    seen(&robot, "Backups (3)");
    // - stopped before they were opened: what the header says is there
    seen(&robot, "closed");
    robot.hold = true;
    robot.keys("enter esc");
    robot.release();
    seen(&robot, "Backups (3)");
    robot.hold = true;
    robot.keys("enter L");
    assert!(matches!(robot.app.screen, Screen::Locked(_)));
    robot.release();
    assert!(matches!(robot.app.screen, Screen::Locked(_)), "what was under way never comes back");
}

/// The password was changed after the first save; another backup holds the former one.
pub fn rekeyed() -> (Memory, Vec<u8>) {
    let disk = disk();
    let store = store(&disk);
    let before = store.read().unwrap();
    let mut open = opened(before.clone(), &credential(MASTER), "server");
    open.rekey(&[slot(NEW), slot("S3CRET second way")], NOON - 30 * MINUTE, &mut System).unwrap();
    commit::commit(&store, &mut open, Why::Important, NOON - 30 * MINUTE, &mut System).unwrap();
    (disk, before)
}

fn unlocked_new(disk: Memory, lang: Lang, width: u16, height: u16) -> Robot {
    let mut robot = Robot::on(disk, lang, width, height);
    robot.types(NEW).keys("enter");
    robot
}

#[test]
fn a_backup_of_a_former_password_says_so_and_comes_back_under_the_present_one() {
    crate::snapshot("backups-former", |lang, w, h| {
        let mut robot = unlocked_new(rekeyed().0, lang, w, h);
        robot.keys(":").types("backups").keys("enter end enter");
        robot
    });
    let mut robot = unlocked_new(rekeyed().0, Lang::En, 80, 24);
    robot.keys(":").types("backups").keys("enter");
    seen(&robot, "former password");
    robot.keys("end enter home enter down enter");
    seen(&robot, "Put back");
    let bytes = robot.disk.bytes(&path()).unwrap();
    let read = || Sealed::read(bytes.clone()).unwrap();
    for (word, opens) in [(MASTER, false), (NEW, true), ("S3CRET second way", true)] {
        let opened = read().open(&credential(word), Device::default(), None);
        assert_eq!(opened.is_ok(), opens, "{word}");
    }
    let open = opened(bytes, &credential(NEW), "check");
    assert_eq!(password(&open, "楽天銀行"), "S3CRET 一番");
    // - and goes on being saved
    robot.keys("esc esc esc / g i t enter d");
    assert!(robot.app.shell.unwritten.is_none(), "{}", robot.screen());
}

#[test]
fn a_file_of_a_later_password_asks_for_it_and_brings_it_along() {
    let (later, before) = rekeyed();
    let later = later.bytes(&path()).unwrap();
    let robot = |lang, w, h| {
        let disk = Memory::default();
        disk.put(&path(), before.clone());
        disk.put(Path::new("/home/hana/usb.mamori"), later.clone());
        let mut robot = unlocked(disk, lang, w, h);
        robot.keys(":").types("merge").keys("enter").types("~/usb.mamori").keys("enter");
        robot
    };
    crate::snapshot("merge-password", robot);
    let mut robot = robot(Lang::En, 80, 24);
    seen(&robot, "A password of its own");
    robot.types("S3CRET wrong").keys("enter");
    seen(&robot, "does not open");
    robot.types(NEW).keys("enter");
    seen(&robot, "later change of the master password");
    robot.keys("home enter");
    seen(&robot, "from now on it opens");
    let bytes = robot.disk.bytes(&path()).unwrap();
    assert!(Sealed::read(bytes.clone()).unwrap().open(&credential(MASTER), Device::default(), None).is_err());
    assert_eq!(password(&opened(bytes, &credential(NEW), "check"), "楽天銀行"), "S3CRET zwei");
    assert!(
        robot.app.open().unwrap().undo.is_empty(),
        "what was sealed under the former key is not written back"
    );
}

/// A copy that Syncthing left: edited apart from ours, with one entry more.
pub fn conflict() -> (Memory, PathBuf) {
    let disk = disk();
    let store = store(&disk);
    let mut open = opened(store.read().unwrap(), &credential(MASTER), "notebook");
    let now = NOON - 50 * MINUTE;
    edit(&mut open, "楽天銀行", now, |edit| edit.text(Tag::USERNAME, "notebook@example.jp"));
    edit(&mut open, "GitHub", now, |edit| edit.secret(Tag::PASSWORD, b"S3CRET notebook").unwrap());
    put(&mut open, &Wanted { title: "メルカリ", user: "hana", password: "S3CRET mercari", ..NOTHING });
    let copy = path().with_file_name("vault.sync-conflict-20261124-111000-ABCDEFG.mamori");
    disk.put_at(&copy, open.seal(now, &mut System).unwrap().bytes, now);
    // - and ours went on, too
    let mut ours = opened(store.read().unwrap(), &credential(MASTER), "server");
    edit(&mut ours, "楽天銀行", NOON - 40 * MINUTE, |edit| edit.text(Tag::USERNAME, "server@example.jp"));
    commit::commit(&store, &mut ours, Why::Edit, NOON - 40 * MINUTE, &mut System).unwrap();
    (disk, copy)
}

#[test]
fn a_sync_copy_is_noticed_compared_joined_undone_and_moved_away() {
    let at = |keys: &'static str| {
        move |lang, w, h| {
            let mut robot = unlocked(conflict().0, lang, w, h);
            robot.keys(":").types("merge").keys("enter").keys(keys);
            robot
        }
    };
    crate::snapshot("merge", at(""));
    crate::snapshot("merge-differences", at("enter"));
    crate::snapshot("merge-fields", at("enter enter"));
    crate::snapshot("merge-report", at("enter home enter"));
    let (disk, copy) = conflict();
    let bytes = disk.bytes(&copy).unwrap();
    let mut robot = unlocked(disk, Lang::En, 120, 40);
    seen(&robot, "sync program");
    robot.keys(":").types("merge").keys("enter");
    seen(&robot, "Syncthing  2026-11-24 11:10  holds more");
    let before = robot.on_disk();
    robot.keys("enter");
    seen(&robot, "Take it in (2 entries)");
    // - of an entry that is only there nothing of ours gives way; of one that was edited here it does
    let mut result = |title: &str| {
        robot.keys("home");
        while !robot.screen().lines().any(|line| line.contains(&format!("> {title} "))) {
            robot.keys("down");
        }
        let lines: Vec<String> =
            robot.screen().lines().filter(|line| line.contains("result ")).map(str::to_owned).collect();
        assert!(!lines.is_empty(), "{}", robot.screen());
        lines.iter().filter(|line| line.contains("yours goes")).count()
    };
    assert_eq!((result("メルカリ"), result("GitHub")), (0, 1));
    robot.keys("home enter");
    seen(&robot, "new: 1  changed: 1  edited on both sides: 1");
    let user = |open: &Open| open.vault().entry(id(open, "楽天銀行")).unwrap().username().to_owned();
    let open = robot.on_disk();
    assert_eq!(user(&open), "server@example.jp", "the later edit holds");
    assert_eq!(password(&open, "GitHub"), "S3CRET notebook");
    assert!(titles(&open).contains(&"メルカリ".to_owned()));
    assert!(robot.disk.bytes(&copy).is_some(), "it is moved when that is asked for");
    // - one step of undo takes all of it back
    robot.keys("z");
    let open = robot.on_disk();
    assert_eq!(password(&open, "GitHub"), password(&before, "GitHub"));
    assert_eq!(open.vault().entry(id(&open, "メルカリ")).unwrap().state(), State::Trashed);
    robot.keys("Z");
    assert_eq!(password(&robot.on_disk(), "GitHub"), "S3CRET notebook");
    // - the copy goes to the backups and is listed there
    let count = robot.real.backups(&open.header().vault).unwrap().len();
    robot.keys("home enter");
    seen(&robot, "among the backups now");
    assert!(robot.disk.bytes(&copy).is_none());
    let all = robot.real.backups(&open.header().vault).unwrap();
    assert_eq!(all.len(), count + 1);
    assert!(all.iter().any(|one| robot.disk.bytes(&one.path).as_ref() == Some(&bytes)));
    robot.keys("esc");
    robot.wait(3);
    robot.keys(":").types("merge").keys("enter");
    seen(&robot, "Vault file");
}

#[test]
fn a_sync_copy_that_comes_while_the_vault_is_open_is_seen_within_two_seconds() {
    let (with, copy) = conflict();
    let bytes = with.bytes(&copy).unwrap();
    with.put(&path(), with.bytes(&path()).unwrap());
    mamori::store::disk::Disk::remove(&with, &copy).unwrap();
    let mut robot = unlocked(with, Lang::En, 80, 24);
    robot.wait(3);
    assert!(!robot.screen().contains("beside the vault"), "{}", robot.screen());
    let strange = path().with_file_name("vault (\u{1b}[2J\u{202e}'s conflicted copy 2026-11-24).mamori");
    robot.disk.put_at(&strange, bytes, robot.now.wall_ms);
    robot.wait(2);
    seen(&robot, "lies beside the vault");
    robot.keys(":").types("merge").keys("enter");
    seen(&robot, "Dropbox");
    assert!(!robot.screen().contains('\u{1b}') && !robot.screen().contains('\u{202e}'));
    // - another vault's copy of that name is none of ours
    let mut other = thousands::without(entries);
    let foreign = path().with_file_name("vault (1).mamori");
    robot.disk.put_at(&foreign, other.seal(NOON, &mut System).unwrap().bytes, robot.now.wall_ms);
    robot.keys("esc");
    robot.wait(3);
    robot.keys(":").types("merge").keys("enter");
    assert!(!robot.screen().contains("vault (1).mamori"), "{}", robot.screen());
}

#[test]
fn foreign_and_broken_files_are_answered() {
    let disk = disk();
    let mut other = thousands::without(entries);
    disk.put(Path::new("/home/hana/other.mamori"), other.seal(NOON, &mut System).unwrap().bytes);
    disk.put(Path::new("/home/hana/notes.txt"), b"no vault at all".to_vec());
    let mut torn = disk.bytes(&path()).unwrap();
    torn.truncate(5000);
    disk.put(Path::new("/home/hana/torn.mamori"), torn);
    for (name, words) in [
        ("other.mamori", "another vault"),
        ("notes.txt", "is not a mamori vault"),
        ("torn.mamori", "damaged"),
    ] {
        let mut robot = unlocked(disk.clone(), Lang::En, 80, 24);
        robot.keys(":").types("merge").keys("enter").types("~/").types(name).keys("enter");
        seen(&robot, words);
        robot.keys("esc");
        assert!(robot.app.open().is_some());
    }
}

/// The file that lies there lacks what this machine saved last.
fn rolled_back(lang: Lang, width: u16, height: u16) -> Robot {
    let disk = disk();
    let store = store(&disk);
    let old = store.read().unwrap();
    let mut open = opened(old.clone(), &credential(MASTER), "server");
    put(&mut open, &Wanted { title: "消えた店", user: "hana", password: "S3CRET gone", ..NOTHING });
    commit::commit(&store, &mut open, Why::Edit, NOON - 20 * MINUTE, &mut System).unwrap();
    edit(&mut open, "消えた店", NOON - 5 * MINUTE, |edit| edit.text(Tag::FOLDER, "店"));
    commit::commit(&store, &mut open, Why::Important, NOON - 5 * MINUTE, &mut System).unwrap();
    disk.put(&path(), old);
    unlocked(disk, lang, width, height)
}

#[test]
fn a_file_that_was_put_back_is_said_and_the_newest_backup_brings_what_is_missing() {
    crate::snapshot("standing", rolled_back);
    let mut robot = rolled_back(Lang::En, 80, 24);
    assert!(!titles(&robot.on_disk()).contains(&"消えた店".to_owned()));
    robot.keys("enter");
    seen(&robot, "消えた店");
    seen(&robot, "Take it in (1 entry)");
    robot.keys("home enter");
    assert!(titles(&robot.on_disk()).contains(&"消えた店".to_owned()), "{}", robot.screen());
    // - asked once: the file is what this machine saved
    robot.keys("esc esc L").types(MASTER).keys("enter");
    assert!(robot.app.open().unwrap().pages.is_empty(), "{}", robot.screen());
}

#[test]
fn a_file_from_before_a_password_change_is_read_only_until_the_newest_backup_takes_its_place() {
    let older = |lang, w, h| {
        let (disk, before) = rekeyed();
        // - so that a backup holds what is from after it
        let store = store(&disk);
        let mut open = opened(store.read().unwrap(), &credential(NEW), "server");
        edit(&mut open, "GitHub", NOON - 20 * MINUTE, |edit| edit.text(Tag::FOLDER, "later"));
        commit::commit(&store, &mut open, Why::Important, NOON - 20 * MINUTE, &mut System).unwrap();
        disk.put(&path(), before);
        unlocked(disk, lang, w, h)
    };
    crate::snapshot("standing-older", older);
    let mut robot = older(Lang::En, 80, 24);
    robot.keys("enter");
    seen(&robot, "A password of its own");
    robot.types(NEW).keys("enter");
    seen(&robot, "later change of the master password");
    robot.keys("home enter down enter");
    seen(&robot, "Put back");
    let open = opened(robot.disk.bytes(&path()).unwrap(), &credential(NEW), "check");
    assert_eq!(open.header().epoch, 2);
    robot.keys("esc esc esc / g i t enter d");
    assert!(robot.app.shell.unwritten.is_none(), "it is written again: {}", robot.screen());
}

#[test]
fn a_session_follows_when_another_one_puts_the_vault_back() {
    let mut robot = unlocked(disk(), Lang::En, 80, 24);
    robot.wait(3);
    // - another session of this machine
    let store = store(&robot.disk);
    let open = opened(store.read().unwrap(), &credential(MASTER), "server");
    let oldest = store.backups(&open.header().vault).unwrap().pop().unwrap();
    let copy = open.open_copy(Sealed::read(store.read_backup(&oldest).unwrap()).unwrap()).unwrap();
    let sealed = open.put_back(copy).unwrap().seal(robot.now.wall_ms, &mut System).unwrap();
    commit::replace(&store, &sealed).unwrap();
    robot.wait(3);
    seen(&robot, "put the vault back");
    assert!(!robot.screen().contains("新しい店"), "{}", robot.screen());
    robot.keys("/ g i t enter d");
    let open = robot.on_disk();
    assert!(!titles(&open).contains(&"新しい店".to_owned()), "the next save does not undo it");
    assert_eq!(password(&open, "楽天銀行"), "S3CRET 一番");
}

#[test]
fn passwords_changed_apart_on_two_machines_are_asked_for_and_joined() {
    let (disk, before) = rekeyed();
    let theirs = disk.bytes(&path()).unwrap();
    let disk = Memory::default();
    disk.put(&path(), before.clone());
    let mut open = opened(before, &credential(MASTER), "notebook");
    open.rekey(&[slot("S3CRET notebook")], NOON - 25 * MINUTE, &mut System).unwrap();
    commit::commit(&store(&disk), &mut open, Why::Important, NOON - 25 * MINUTE, &mut System).unwrap();
    let mut robot = Robot::on(disk, Lang::En, 80, 24);
    robot.types("S3CRET notebook").keys("enter");
    robot.disk.put(&path(), theirs);
    robot.keys("/ g i t enter d");
    seen(&robot, "changed apart");
    assert!(robot.app.shell.unwritten.is_some());
    robot.keys("esc :").types("merge").keys("enter enter");
    seen(&robot, "A password of its own");
    robot.types(NEW).keys("enter home enter");
    assert!(robot.app.shell.unwritten.is_none(), "{}", robot.screen());
    // - ours was changed later: its password holds
    let open = opened(robot.disk.bytes(&path()).unwrap(), &credential("S3CRET notebook"), "check");
    assert_eq!(open.vault().entry(id(&open, "GitHub")).unwrap().state(), State::Trashed);
    assert_eq!(password(&open, "楽天銀行"), "S3CRET zwei");
}

#[test]
fn what_could_not_be_saved_before_a_password_change_is_offered() {
    let (disk, before) = rekeyed();
    let mut open = opened(before, &credential(MASTER), "server");
    edit(&mut open, "GitHub", NOON - 40 * MINUTE, |edit| edit.text(Tag::USERNAME, "unsaved"));
    let kept = open.seal(NOON - 40 * MINUTE, &mut System).unwrap();
    let vault = open.header().vault;
    store(&disk).keep_unsaved(&kept).unwrap();
    let mut robot = unlocked_new(disk, Lang::En, 80, 24);
    seen(&robot, "from before the new password");
    robot.keys(":").types("merge").keys("enter enter");
    seen(&robot, "former master password");
    robot.keys("home enter");
    let open = opened(robot.disk.bytes(&path()).unwrap(), &credential(NEW), "check");
    assert_eq!(open.vault().entry(id(&open, "GitHub")).unwrap().username(), "unsaved");
    assert!(robot.real.unsaved(&vault).is_empty(), "it is in");
}

/// Two changes in a row, the second while the first is being written.
#[test]
fn a_change_made_while_another_is_written_is_written_too() {
    let mut robot = unlocked(disk(), Lang::En, 80, 24);
    robot.hold = true;
    robot.keys("/ g i t enter d");
    robot.keys("esc esc / 新 enter d");
    robot.release();
    assert!(robot.app.shell.unwritten.is_none(), "{}", robot.screen());
    let open = robot.on_disk();
    for title in ["GitHub", "新しい店"] {
        assert_eq!(open.vault().entry(id(&open, title)).unwrap().state(), State::Trashed, "{title}");
    }
}

#[test]
fn what_was_unwritten_at_the_lock_is_on_the_list_after_it() {
    let mut robot = unlocked(disk(), Lang::En, 80, 24);
    robot.disk.fault(1, Fault::Fail(std::io::ErrorKind::StorageFull));
    robot.keys("/ g i t enter d");
    robot.hold = true;
    robot.keys("L").types(MASTER).keys("enter");
    robot.release();
    assert!(!robot.screen().contains("GitHub"), "{}", robot.screen());
}
