//! The page of the ways to open: a way more, a way less, and what happens meanwhile.

use mamori::crypto::kdf::Params;
use mamori::crypto::keys::SlotSecret;
use mamori::crypto::recovery;
use mamori::session::{Credential, Device};
use mamori::store::memory::Memory;
use mamori::text::Lang;
use mamori::tui::notice::SlotsTold;

use super::slots::{by_code, code, last_group, opens, page, to_codes, to_page, told, with_ways};
use crate::robot::{MASTER, NOON, Robot, credential, path};

/// How the recovery code begins.
fn first_groups() -> String {
    code().chars().take(9).collect()
}

/// Enters the master password where it is asked for first.
fn proven(robot: &mut Robot, rows_down: usize) {
    robot.keys("home").keys(&"down ".repeat(rows_down)).keys("enter").types(MASTER).keys("enter");
}

#[test]
fn a_password_and_a_recovery_kit_are_added() {
    let mut robot = Robot::open(Lang::En, 80, 24);
    to_page(&mut robot);
    // - rows: the slot, then: change, kit, password, key file, keys
    proven(&mut robot, 3);
    robot.types("S3CRET other").keys("enter").types("S3CRET other").keys("enter enter");
    robot.types("Hanako").keys("enter");
    assert_eq!(told(&robot), Some(SlotsTold::Added), "{}", robot.screen());
    assert!(opens(&robot, &credential("S3CRET other")) && opens(&robot, &credential(MASTER)));
    assert_eq!(robot.on_disk().ways()[1].name, "Hanako");

    // - the kit as a file, too; a name that is taken is told, and another one chosen
    robot.disk.put("/home/hana/kit.txt".as_ref(), b"mine".to_vec());
    proven(&mut robot, 3);
    robot.keys("down down down enter ctrl+u").types("~/kit.txt").keys("enter");
    assert!(robot.screen().contains("kit-2.txt"), "{}", robot.screen());
    robot.keys("enter");
    assert!(robot.screen().contains("The kit goes to ~/kit-2.txt"), "{}", robot.screen());
    assert!(robot.disk.bytes("/home/hana/kit-2.txt".as_ref()).is_none(), "not before the code is copied");
    robot.types(&last_group()).keys("enter");
    robot.keys("enter");
    assert_eq!(told(&robot), Some(SlotsTold::CodeAdded), "{}", robot.screen());
    assert!(opens(&robot, &by_code([7; 20])));
    let kit = String::from_utf8(robot.disk.bytes("/home/hana/kit-2.txt".as_ref()).unwrap()).unwrap();
    assert!(kit.contains(&code()) && kit.contains("hana-pc") && kit.contains("vault.mamori"));
    assert!(kit.contains("復旧キット") && kit.contains("recovery kit") && kit.contains('\u{2588}'));
    assert_eq!(robot.disk.mode("/home/hana/kit-2.txt".as_ref()), Some(0o600));
    assert!(robot.effects.iter().all(|effect| !effect.contains(&first_groups())), "no effect tells of it");
    let told: Vec<String> =
        robot.app.shell.messages.iter().map(|(_, notice)| format!("{notice:?}")).collect();
    assert!(!told.join("").contains(&first_groups()));
}

#[test]
fn a_key_file_is_made_or_chosen() {
    let mut robot = Robot::open(Lang::En, 80, 24);
    to_page(&mut robot);
    proven(&mut robot, 4);
    assert!(robot.screen().contains("Make a new key file"), "{}", robot.screen());
    robot.keys("down enter enter");
    robot.types("stick").keys("enter");
    assert_eq!(told(&robot), Some(SlotsTold::Added), "{}", robot.screen());
    let key = robot.disk.bytes("/home/hana/mamori.key".as_ref()).expect("made");
    assert_eq!(key.len(), 64);
    let with = Credential::KeyFile(SlotSecret::with_key_file(MASTER.as_bytes(), &key).unwrap());
    assert!(opens(&robot, &with), "the master password goes with it");
    // - one that is there
    robot.disk.put("/home/hana/photo.jpg".as_ref(), b"S3CRET photo".to_vec());
    proven(&mut robot, 5);
    robot.keys("enter").types("~/photo.jpg").keys("enter enter");
    assert_eq!(robot.on_disk().ways().len(), 3, "{}", robot.screen());
    let with = Credential::KeyFile(SlotSecret::with_key_file(MASTER.as_bytes(), b"S3CRET photo").unwrap());
    assert!(opens(&robot, &with));
    // - one that cannot be: told, and asked for again
    robot.disk.put("/home/hana/empty".as_ref(), Vec::new());
    proven(&mut robot, 6);
    robot.keys("enter").types("~/empty").keys("enter enter");
    assert!(robot.screen().contains("The key file is empty"), "{}", robot.screen());
    assert!(robot.screen().contains("Choose a file that is there"), "{}", robot.screen());
    robot.keys("esc");
    assert_eq!(robot.on_disk().ways().len(), 3);
}

#[test]
fn a_way_is_removed_and_costs_are_raised() {
    let mut robot = page(Lang::En, 80, 24);
    // - the second password goes; the code on paper stays, by entering it
    robot.keys("home down enter down enter").types(MASTER).keys("enter");
    robot.types("S3CRET usb").keys("down enter").types("~/usb.key").keys("enter enter");
    assert!(robot.screen().contains("Keep the one on paper"), "{}", robot.screen());
    robot.keys("down enter").types(recovery::shown(&[5; 20]).expose()).keys("enter");
    assert!(robot.screen().contains("Recovery code (kit of May)"), "{}", robot.screen());
    assert!(!robot.screen().contains("This opens it no more"), "{}", robot.screen());
    robot.keys("enter");
    assert_eq!(told(&robot), Some(SlotsTold::Changed), "{}", robot.screen());
    assert!(!opens(&robot, &credential("S3CRET wife")) && opens(&robot, &by_code([5; 20])));
    assert!(opens(&robot, &credential(MASTER)));
    let since = |robot: &Robot, name: &str| {
        robot.on_disk().ways().iter().find(|way| way.name == name).map(|way| way.since)
    };
    assert_eq!(since(&robot, "kit of May"), Some(Some(NOON - 86_400_000 * 200)), "what stays keeps its day");

    // - the last password does not go
    let mut robot = Robot::open(Lang::En, 80, 24);
    to_page(&mut robot);
    robot.keys("home enter down enter");
    assert_eq!(told(&robot), Some(SlotsTold::LastWay));

    // - new keys at the cost of today
    let mut robot = Robot::open(Lang::En, 80, 24);
    to_page(&mut robot);
    robot.world.cost = Params { m_kib: 9 << 10, t: 1, p: 1 };
    proven(&mut robot, 5);
    robot.keys("enter");
    assert_eq!(told(&robot), Some(SlotsTold::Changed), "{}", robot.screen());
    assert_eq!(robot.on_disk().ways()[0].params.m_kib, 9 << 10);
    assert_eq!(robot.on_disk().header().epoch, 2);
}

#[test]
fn nothing_of_it_while_a_change_is_unsaved_and_esc_leaves_everything_as_it_was() {
    let mut robot = Robot::open(Lang::En, 80, 24);
    robot.hold = true;
    robot.keys("*");
    to_page(&mut robot);
    robot.keys("down enter");
    assert_eq!(told(&robot), Some(SlotsTold::Unsaved));
    robot.release();
    robot.keys("enter");
    assert!(robot.screen().contains("First your master password"), "{}", robot.screen());

    // - Esc while it derives, and while it makes keys
    let before = robot.disk.bytes(&path()).unwrap();
    robot.hold = true;
    robot.types(MASTER).keys("enter esc").release();
    assert!(robot.screen().contains("First your master password"), "{}", robot.screen());
    robot.types(MASTER).keys("enter");
    robot.types("S3CRET new").keys("enter").types("S3CRET new").keys("enter enter");
    robot.hold = true;
    robot.keys("enter");
    assert!(robot.screen().contains("Making new keys") || robot.app.open().is_none());
    robot.keys("esc").release();
    assert!(robot.screen().contains("This opens the vault afterwards"), "{}", robot.screen());
    assert_eq!(robot.disk.bytes(&path()).unwrap(), before);
    // - and while it is locked half-way nothing of it is left
    robot.hold = true;
    robot.keys("enter f9").release();
    assert_eq!(robot.disk.bytes(&path()).unwrap(), before, "a lock before the work begins stops it");
    robot.types(MASTER).keys("enter");
    assert!(robot.app.open().is_some());
}

/// The password is changed here while another session has an edit that is not saved: there it is asked
/// for, the edit is kept as ciphertext and joined.
#[test]
fn another_session_with_an_unsaved_edit_keeps_it() {
    let disk = Memory::default();
    disk.put(&path(), with_ways());
    let open = || {
        let mut robot = Robot::on(disk.clone(), Lang::En, 80, 24);
        robot.types(MASTER).keys("enter");
        robot
    };
    let (mut other, mut robot) = (open(), open());
    // - its edit waits for a disk that is full
    other.hold = true;
    other.keys("*");
    to_page(&mut robot);
    to_codes(&mut robot, "S3CRET new");
    robot.keys("down down enter down enter");
    assert_eq!(told(&robot), Some(SlotsTold::PasswordChanged), "{}", robot.screen());
    other.release();
    assert!(other.app.open().is_none(), "{}", other.screen());
    assert!(other.screen().contains("password was changed"), "{}", other.screen());
    other.types(MASTER).keys("enter");
    assert!(other.app.open().is_none(), "the old one opens no more");
    other.types("S3CRET new").keys("enter");
    assert!(other.app.shell.unwritten.is_none(), "{}", other.screen());
    let device = Device { writer: 2, name: "check".into() };
    let bytes = disk.bytes(&path()).unwrap();
    let open = mamori::session::Sealed::read(bytes).unwrap().open(&credential("S3CRET new"), device, None);
    assert!(open.unwrap().vault().entries().any(|entry| entry.favourite()), "the edit is in");
}
