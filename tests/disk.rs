//! The real disk: links, permissions, special files, a full file system, many writers.

#![allow(clippy::disallowed_methods, reason = "a test writes as a foreign program does")]

mod common;

use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use common::{add, new_vault, password, reopen, set_title};
use mamori::commit::{self, CommitError};
use mamori::format::FormatError;
use mamori::model::{Id, Tag};
use mamori::ops::edit::EntryEdit;
use mamori::platform::entropy::System;
use mamori::session::Open;
use mamori::store::disk::Real;
use mamori::store::memory::{Fault, Memory};
use mamori::store::{ReadError, SaveError, Store, Why};

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("mamori-disk-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).expect("made");
        Folder(path)
    }

    fn store(&self, name: &str) -> Store {
        Store::new(Arc::new(Real), self.0.join(name), self.0.join("state/mamori"))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn created(store: &Store) -> (Open, Id) {
    let mut open = new_vault();
    let id = add(&mut open, "old", "S3CRET", 1_000);
    commit::create(store, &mut open, 2_000, &mut System).expect("created");
    (open, id)
}

fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).expect("there").permissions().mode() & 0o777
}

#[test]
fn everything_is_0600_and_0700_whatever_the_umask() {
    let folder = Folder::new("modes");
    let old = rustix::process::umask(rustix::fs::Mode::empty());
    let store = folder.store("deep/er/vault.mamori");
    let (mut open, id) = created(&store);
    set_title(&mut open, id, "new", 700_000);
    commit::commit(&store, &mut open, Why::Important, 700_000, &mut System).expect("saved");
    rustix::process::umask(old);
    assert_eq!(mode(store.path()), 0o600);
    for made in ["deep", "deep/er", "state", "state/mamori", "state/mamori/backups"] {
        assert_eq!(mode(&folder.0.join(made)), 0o700, "{made}");
    }
    let backups = store.backups(&open.header().vault).expect("listed");
    assert_eq!(mode(&backups[0].path), 0o600);
    assert_eq!(mode(&folder.0.join("deep/er/.vault.mamori.lock")), 0o600);
    for note in std::fs::read_dir(folder.0.join("state/mamori")).expect("there").flatten() {
        if note.file_type().expect("known").is_file() {
            assert_eq!(mode(&note.path()), 0o600, "{:?}", note.path());
        }
    }
}

#[test]
fn a_link_is_kept_and_its_target_replaced() {
    let folder = Folder::new("link");
    let real = folder.store("real.mamori");
    let (mut open, id) = created(&real);
    symlink("real.mamori", folder.0.join("link.mamori")).expect("linked");
    std::fs::set_permissions(real.path(), std::fs::Permissions::from_mode(0o640)).expect("set");
    let link = folder.store("link.mamori");
    set_title(&mut open, id, "new", 3_000);
    commit::commit(&link, &mut open, Why::Edit, 3_000, &mut System).expect("saved");
    assert!(std::fs::symlink_metadata(link.path()).expect("there").is_symlink());
    let open = reopen(real.read().expect("whole"), &password("first"), 2).expect("opens");
    assert_eq!(open.vault().entry(id).expect("there").title(), "new");
    // What its owner gave it stays.
    assert_eq!(mode(real.path()), 0o640);
}

#[test]
fn special_files_are_answered_at_once() {
    let folder = Folder::new("special");
    let start = Instant::now();
    let answer = |name: &str| folder.store(name).read();
    assert_eq!(answer("nothing"), Err(ReadError::Missing));
    assert_eq!(answer("."), Err(ReadError::NotAFile));
    rustix::fs::mknodat(
        rustix::fs::CWD,
        folder.0.join("fifo"),
        rustix::fs::FileType::Fifo,
        rustix::fs::Mode::RWXU,
        0,
    )
    .expect("made");
    assert_eq!(answer("fifo"), Err(ReadError::NotAFile));
    let _socket = std::os::unix::net::UnixListener::bind(folder.0.join("socket")).expect("bound");
    assert_eq!(answer("socket"), Err(ReadError::NotAFile));
    let device = Store::new(Arc::new(Real), "/dev/zero".into(), folder.0.join("state"));
    assert_eq!(device.read(), Err(ReadError::NotAFile));
    std::fs::File::create(folder.0.join("empty")).expect("made");
    assert_eq!(answer("empty"), Err(FormatError::NotAVault.into()));
    for (name, len) in [("sparse", 1 << 30), ("huge", 1 << 40)] {
        std::fs::File::create(folder.0.join(name)).expect("made").set_len(len).expect("sparse");
        assert_eq!(answer(name), Err(FormatError::NotAVault.into()), "{name}");
    }
    // A vault with a gigabyte of nothing behind it.
    let store = folder.store("long");
    created(&store);
    std::fs::OpenOptions::new()
        .append(true)
        .open(store.path())
        .expect("there")
        .set_len(1 << 30)
        .expect("sparse");
    assert_eq!(answer("long"), Err(FormatError::Damaged.into()));
    // No timing is asserted beyond "nothing hangs": a pipe that is waited for never comes back.
    assert!(start.elapsed().as_secs() < 60);
}

#[test]
fn a_new_vault_never_takes_a_files_place() {
    let folder = Folder::new("exists");
    std::fs::File::create(folder.0.join("taken")).expect("made");
    let mut open = new_vault();
    let taken = commit::create(&folder.store("taken"), &mut open, 1, &mut System);
    assert_eq!(taken, Err(CommitError::Save(SaveError::Exists)));
    symlink("nowhere/at/all", folder.0.join("dangling")).expect("linked");
    let dangling = commit::create(&folder.store("dangling"), &mut open, 1, &mut System);
    assert_eq!(dangling, Err(CommitError::Save(SaveError::NoFolder)));
}

#[test]
fn a_full_file_system_keeps_the_old_vault_and_the_edit() {
    let folder = Folder::new("full");
    let mount = folder.0.join("small");
    std::fs::create_dir(&mount).expect("made");
    let mounted = std::process::Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=200k", "tmpfs"])
        .arg(&mount)
        .status()
        .is_ok_and(|status| status.success());
    if !mounted {
        assert!(std::env::var_os("CI").is_none(), "CI must be able to mount a small tmpfs");
        println!("SKIPPED: a small tmpfs cannot be mounted here (needs root)");
        return;
    }
    let store = Store::new(Arc::new(Real), mount.join("vault.mamori"), folder.0.join("state"));
    let (mut open, id) = created(&store);
    std::fs::File::create(mount.join("ballast"))
        .and_then(|mut file| std::io::Write::write_all(&mut file, &[1; 100 << 10]))
        .expect("fits");
    set_title(&mut open, id, "new", 3_000);
    let refused = commit::commit(&store, &mut open, Why::Edit, 3_000, &mut System);
    let old = reopen(store.read().expect("whole"), &password("first"), 2).expect("opens");
    let names = std::fs::read_dir(&mount)
        .expect("there")
        .flatten()
        .filter(|one| one.path().extension().is_some_and(|end| end == "tmp"))
        .count();
    std::fs::remove_file(mount.join("ballast")).expect("there");
    let saved = commit::commit(&store, &mut open, Why::Edit, 4_000, &mut System);
    let new = reopen(store.read().expect("whole"), &password("first"), 2).expect("opens");
    let unmounted = std::process::Command::new("umount").arg(&mount).status();
    assert_eq!(refused, Err(CommitError::Save(SaveError::Full)));
    assert_eq!(old.vault().entry(id).expect("there").title(), "old");
    assert_eq!(names, 0);
    assert!(saved.is_ok());
    assert_eq!(new.vault().entry(id).expect("there").title(), "new");
    assert!(unmounted.is_ok_and(|status| status.success()));
}

/// A temp of `vault.mamori.old` also begins with `.vault.mamori.`, and its save may be under way.
#[test]
fn only_the_vaults_own_torn_temps_are_cleared_away() {
    let folder = Folder::new("stale");
    let store = folder.store("vault.mamori");
    let (mut open, id) = created(&store);
    let mut newer = std::fs::read(store.path()).expect("there");
    newer[6] = 2;
    let temps: [(&str, &[u8], bool); 4] = [
        (".vault.mamori.0123456789abcdef.tmp", b"MAMOR", false),
        (".vault.mamori.old.0123456789abcdef.tmp", b"MAMOR", true),
        (".vault.mamori.notes.tmp", b"of somebody else", true),
        (".vault.mamori.fedcba9876543210.tmp", &newer, true),
    ];
    for (name, bytes, _) in temps {
        std::fs::write(folder.0.join(name), bytes).expect("written");
    }
    set_title(&mut open, id, "new", 3_000);
    commit::commit(&store, &mut open, Why::Edit, 3_000, &mut System).expect("saved");
    for (name, _, stays) in temps {
        assert_eq!(folder.0.join(name).exists(), stays, "{name}");
    }
}

#[test]
fn many_writers_lose_nothing_that_was_reported_saved() {
    let folder = Folder::new("writers");
    let store = folder.store("vault.mamori");
    created(&store);
    let writers: Vec<_> = (0..8)
        .map(|writer| {
            let store = store.clone();
            std::thread::spawn(move || {
                let mut made = Vec::new();
                for at in 0..4 {
                    let file = store.read().expect("readers never see half a file");
                    let mut open = reopen(file, &password("first"), writer).expect("opens");
                    let id = add(&mut open, &format!("{writer} {at}"), "S3CRET", 5_000);
                    commit::commit(&store, &mut open, Why::Edit, 5_000, &mut System).expect("saved");
                    made.push(id);
                }
                made
            })
        })
        .collect();
    let made: Vec<Id> = writers.into_iter().flat_map(|writer| writer.join().expect("no panic")).collect();
    let open = reopen(store.read().expect("whole"), &password("first"), 99).expect("opens");
    let lost: Vec<_> = made.iter().filter(|id| open.vault().entry(**id).is_none()).collect();
    assert_eq!((made.len(), lost.len()), (32, 0));
    assert_eq!(open.vault().entries().count(), 33);
    // Nothing but the vault and its side file is left.
    let names = std::fs::read_dir(&folder.0).expect("there").flatten().count();
    assert_eq!(names, 3);
    assert_eq!(std::fs::metadata(store.path()).expect("there").nlink(), 1);
}

#[test]
fn a_folder_that_may_not_be_written_is_said() {
    let folder = Folder::new("denied");
    let store = folder.store("vault.mamori");
    let (mut open, id) = created(&store);
    set_title(&mut open, id, "new", 3_000);
    if rustix::process::geteuid().is_root() {
        // Root may write anywhere; a read-only mount is the same answer for him.
        let bound = std::process::Command::new("mount").arg("--bind").arg(&folder.0).arg(&folder.0).status();
        let read_only = bound.is_ok_and(|status| status.success())
            && std::process::Command::new("mount")
                .args(["-o", "remount,ro,bind"])
                .arg(&folder.0)
                .status()
                .is_ok_and(|status| status.success());
        if !read_only {
            println!("SKIPPED: no read-only mount can be made here");
            return;
        }
        let refused = commit::commit(&store, &mut open, Why::Edit, 3_000, &mut System);
        let _ = std::process::Command::new("umount").arg(&folder.0).status();
        assert_eq!(refused, Err(CommitError::Save(SaveError::ReadOnly)));
    } else {
        std::fs::set_permissions(&folder.0, std::fs::Permissions::from_mode(0o500)).expect("set");
        let refused = commit::commit(&store, &mut open, Why::Edit, 3_000, &mut System);
        std::fs::set_permissions(&folder.0, std::fs::Permissions::from_mode(0o700)).expect("set");
        assert_eq!(refused, Err(CommitError::Save(SaveError::Denied)));
    }
    commit::commit(&store, &mut open, Why::Edit, 4_000, &mut System).expect("saved now");
}

/// A vault that others may read by an access list is theirs to read after a save, too.
#[test]
fn the_access_list_of_a_vault_stays_with_it() {
    const NAME: &str = "system.posix_acl_access";
    let folder = Folder::new("acl");
    let store = folder.store("vault.mamori");
    let (mut open, id) = created(&store);
    // - version 2; owner rw-, user 65534 r--, group ---, mask r--, others ---
    let entries: [(u16, u16, u32); 5] =
        [(1, 6, u32::MAX), (2, 4, 65534), (4, 0, u32::MAX), (16, 4, u32::MAX), (32, 0, u32::MAX)];
    let mut list = 2u32.to_le_bytes().to_vec();
    for (tag, may, who) in entries {
        list.extend(tag.to_le_bytes());
        list.extend(may.to_le_bytes());
        list.extend(who.to_le_bytes());
    }
    if rustix::fs::setxattr(store.path(), NAME, &list, rustix::fs::XattrFlags::empty()).is_err() {
        assert!(std::env::var_os("CI").is_none(), "CI must be able to: access lists");
        println!("SKIPPED: no access lists here");
        return;
    }
    set_title(&mut open, id, "new", 3_000);
    commit::commit(&store, &mut open, Why::Edit, 3_000, &mut System).expect("saved");
    let mut held = [0; 256];
    let len = rustix::fs::getxattr(store.path(), NAME, &mut held).expect("it has one");
    assert_eq!(held[..len], list);
    assert_eq!(mode(store.path()), 0o640, "the mask stands in the place of the group");
}

/// Nothing of an entry stands in the file, and its length tells of the content only in steps.
#[test]
fn nothing_of_an_entry_stands_in_clear_in_the_file() {
    let folder = Folder::new("clear");
    let store = folder.store("vault.mamori");
    let mut open = new_vault();
    let words = [
        "Quixotic-Title-Wombat",
        "taro-user-name",
        "https://quixotic.example.jp",
        "tag-of-mine",
        "Xk9-Obsidian",
    ];
    let id = add(&mut open, words[0], words[4], 1_000);
    let change = {
        let record = open.vault().record(id).expect("there").clone();
        let mut random = System;
        let mut sealer = open.sealer(&mut random);
        let mut edit = EntryEdit::of(&mut sealer, &record);
        edit.text(Tag::USERNAME, words[1]);
        edit.text(Tag::FOLDER, words[2]);
        edit.text(Tag::READING, words[3]);
        edit.finish().expect("something")
    };
    open.apply(&change, 1_500, &mut System).expect("accepted");
    commit::create(&store, &mut open, 2_000, &mut System).expect("created");
    let one = store.read().expect("whole");
    for word in words {
        for part in [word.as_bytes(), &word.as_bytes()[..6]] {
            assert!(!one.windows(part.len()).any(|window| window == part), "{word}");
        }
    }
    // - as good as random: no byte is much more frequent than another
    let mut counts = [0u32; 256];
    one[500..].iter().for_each(|byte| counts[usize::from(*byte)] += 1);
    let each = (one.len() - 500) / 256;
    assert!(counts.iter().all(|count| (each / 2..each * 2).contains(&(*count as usize))), "{counts:?}");
    add(&mut open, "another", "S3CRET", 3_000);
    commit::commit(&store, &mut open, Why::Edit, 3_000, &mut System).expect("saved");
    assert_eq!(store.read().expect("whole").len(), one.len(), "one entry more is no step");
}

/// As [`many_writers_lose_nothing_that_was_reported_saved`], on several machines that have one folder in the
/// network and see nothing of one another's locks (sshfs).
#[test]
fn writers_on_machines_that_see_no_lock_of_one_another_lose_nothing_that_was_reported_saved() {
    write_on_machines(&Memory::default());
}

/// The same where each machine goes on seeing the file that it last put there (SMB, for a second): that is
/// not what it looks at before it puts another in its place.
#[test]
fn writers_on_machines_that_remember_an_older_file_lose_nothing_that_was_reported_saved() {
    let disk = Memory::default();
    disk.remember("/net/vault.mamori".as_ref());
    write_on_machines(&disk);
}

fn write_on_machines(disk: &Memory) {
    let store = |machine: u8| {
        let state = format!("/state-{machine}").into();
        Store::new(Arc::new(disk.elsewhere(machine)), "/net/vault.mamori".into(), state)
    };
    created(&store(1));
    let writers: Vec<_> = (1..=4)
        .map(|machine| {
            let store = store(machine);
            std::thread::spawn(move || {
                let mut made = Vec::new();
                for at in 0..25 {
                    let file = store.read().expect("readers never see half a file");
                    let mut open = reopen(file, &password("first"), machine.into()).expect("opens");
                    let id = add(&mut open, &format!("{machine} {at}"), "S3CRET", 5_000);
                    match commit::commit(&store, &mut open, Why::Edit, 5_000, &mut System) {
                        Ok(_) => made.push(id),
                        Err(error) => assert_eq!(error, SaveError::Busy.into(), "{machine} {at}"),
                    }
                }
                made
            })
        })
        .collect();
    let made: Vec<Id> = writers.into_iter().flat_map(|writer| writer.join().expect("no panic")).collect();
    let file = disk.bytes("/net/vault.mamori".as_ref()).expect("there");
    let open = reopen(file, &password("first"), 99).expect("opens");
    let lost: Vec<_> = made.iter().filter(|id| open.vault().entry(**id).is_none()).collect();
    assert_eq!(lost.len(), 0, "of {}", made.len());
    assert!(made.len() > 50, "{}", made.len());
    let strange = |name: &std::path::PathBuf| {
        let name = name.to_string_lossy();
        name.starts_with("/net/") && !name.ends_with("/vault.mamori") && !name.ends_with(".lock")
    };
    assert_eq!(
        disk.names().into_iter().filter(strange).collect::<Vec<_>>(),
        Vec::<std::path::PathBuf>::new()
    );
}

#[test]
fn a_longer_file_put_there_in_the_moment_of_a_look_is_not_called_damaged() {
    let path = Path::new("/home/vault.mamori");
    for at in 1.. {
        let disk = Memory::default();
        let store = Store::new(Arc::new(disk.clone()), path.into(), "/state".into());
        let (mut open, _) = created(&store);
        let short = disk.bytes(path).expect("there");
        for _ in 0..40 {
            add(&mut open, &"long ".repeat(800), "S3CRET", 3_000);
        }
        let long = common::bytes(&mut open, 3_000);
        assert!(long.len() > short.len());
        disk.replace_before(at, path, long);
        let live = store.live();
        assert!(live.is_ok(), "{at}: {live:?}");
        if disk.verbs() < at {
            break;
        }
    }
}

/// Over SMB a file that is being read is not replaced, for a moment; and where the server gave a new file the
/// number of one that this machine remembers, a rename does nothing and says that it was done.
#[test]
fn a_rename_that_is_refused_or_does_nothing_is_done_once_more() {
    for fault in [Fault::BeingRead, Fault::Idle] {
        for at in 1.. {
            let disk = Memory::default();
            let store = Store::new(Arc::new(disk.elsewhere(1)), "/net/vault.mamori".into(), "/state".into());
            let (mut open, id) = created(&store);
            disk.fault(at, fault);
            set_title(&mut open, id, "new", 3_000);
            commit::commit(&store, &mut open, Why::Edit, 3_000, &mut System).expect("saved");
            let verbs = disk.verbs();
            disk.restart(false);
            let open = reopen(store.read().expect("whole"), &password("first"), 9).expect("opens");
            assert_eq!(open.vault().entry(id).expect("there").title(), "new", "{fault:?} {at}");
            assert!(!store.has_temps(), "{fault:?} {at}");
            if verbs < at {
                assert!(at > 20, "{at}");
                break;
            }
        }
    }
}

/// Killed while it was its turn, a program keeps the others waiting for some seconds and no longer; the temp
/// of another machine is left alone while its save may be under way.
#[test]
fn a_turn_that_a_killed_program_left_is_taken_over_and_a_new_temp_of_another_machine_stays() {
    const TURN: &str = "/net/.vault.mamori.turn";
    const TEMP: &str = "/net/.vault.mamori.0123456789abcdef.tmp";
    let disk = Memory::default();
    let store = Store::new(Arc::new(disk.elsewhere(1)), "/net/vault.mamori".into(), "/state".into());
    let (mut open, id) = created(&store);
    disk.put(TURN.as_ref(), b"0123456789abcdef".to_vec());
    disk.put_at(TEMP.as_ref(), b"MAMOR".to_vec(), 1_000_000);
    for (now, stays) in
        [(1_000_000 - 60_000, true), (1_000_000 + 9 * 60_000, true), (1_000_000 + 11 * 60_000, false)]
    {
        set_title(&mut open, id, &format!("at {now}"), now);
        commit::commit(&store, &mut open, Why::Edit, now, &mut System).expect("saved");
        assert_eq!(disk.bytes(TEMP.as_ref()).is_some(), stays, "{now}");
        assert_eq!(disk.bytes(TURN.as_ref()), None);
    }
    let open = reopen(store.read().expect("whole"), &password("first"), 9).expect("opens");
    assert_eq!(open.vault().entry(id).expect("there").title(), "at 1660000");
}
