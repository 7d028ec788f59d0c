//! Ways to open the vault: the locked screen with every kind of slot.

use mamori::crypto::kdf::Params;
use mamori::crypto::keys::SlotSecret;
use mamori::crypto::recovery;
use mamori::session::{Credential, Device, NewSlot, Open};
use mamori::store::memory::{Fault, Memory};
use mamori::text::Lang;
use mamori::tui::app::Screen;
use mamori::tui::notice::{Notice, SlotsTold};
use serde_json::Value;

use crate::robot::{MARKER, MASTER, NOON, Robot, credential, path, sealed};
use crate::snapshot;

/// The golden file with a slot of each kind, and what is needed of its description.
struct Golden {
    file: Vec<u8>,
    secrets: Value,
}

impl Golden {
    fn new() -> Golden {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors");
        let text = std::fs::read_to_string(folder.join("all-slots.json")).unwrap();
        let all: Value = serde_json::from_str(&text).unwrap();
        let file = std::fs::read(folder.join("all-slots.vault")).unwrap();
        Golden { file, secrets: all["secrets"].clone() }
    }

    fn text(&self, pointer: &str) -> &str {
        self.secrets.pointer(pointer).and_then(Value::as_str).unwrap()
    }

    fn code(&self) -> &str {
        self.text("/recovery/0")
    }

    fn robot(&self, lang: Lang, width: u16, height: u16) -> Robot {
        let disk = Memory::default();
        disk.put(&path(), self.file.clone());
        let hex = self.text("/key_files/0/key_file_hex");
        let key = (0..hex.len() / 2)
            .map(|at| u8::from_str_radix(hex.get(2 * at..2 * at + 2).unwrap(), 16).unwrap());
        disk.put("/home/hana/usb/key".as_ref(), key.collect());
        disk.put("/home/hana/usb/other".as_ref(), b"another".to_vec());
        disk.put("/home/hana/usb/empty".as_ref(), Vec::new());
        disk.put("/home/hana/usb/large".as_ref(), vec![0; (16 << 20) + 1]);
        Robot::on(disk, lang, width, height)
    }
}

fn is_open(robot: &Robot) -> bool {
    matches!(robot.app.screen, Screen::Open(_)) && robot.screen().contains("みずほ銀行")
}

/// A file whose only slot is this one.
fn only(credential: Credential) -> Robot {
    let slot = NewSlot { credential, name: String::new(), params: Params::LEAST };
    let device = Device { writer: 1, name: "robot".into() };
    let open = Open::create(&[slot], device, &mut mamori::platform::entropy::System).unwrap();
    let disk = Memory::default();
    disk.put(&path(), sealed(open));
    disk.put("/home/hana/key".as_ref(), b"S3CRET key file".to_vec());
    Robot::on(disk, Lang::En, 80, 24)
}

#[test]
fn each_kind_of_slot_opens() {
    let golden = Golden::new();
    let mut robot = golden.robot(Lang::Ja, 80, 24);
    robot.types(golden.text("/passwords/0")).keys("enter");
    assert!(is_open(&robot), "{}", robot.screen());

    let mut robot = golden.robot(Lang::Ja, 80, 24);
    robot.keys("down enter").types("~/usb/k").keys("tab enter");
    assert!(robot.screen().contains("~/usb/key"), "{}", robot.screen());
    robot.types(golden.text("/key_files/0/password")).keys("enter");
    assert!(is_open(&robot), "{}", robot.screen());
    // - after a lock the file is still chosen, and the password alone is tried as well
    robot.keys("L").types(golden.text("/passwords/1")).keys("enter");
    assert!(is_open(&robot), "{}", robot.screen());

    let mut robot = golden.robot(Lang::En, 80, 24);
    robot.keys("f4").types(&golden.code().to_lowercase().replace('0', "o").replace('1', "l")).keys("enter");
    assert!(is_open(&robot), "{}", robot.screen());
    assert!(robot.effects.iter().all(|effect| !effect.contains(golden.code())));
    robot.keys("L f4").pastes(&format!("{}\n", golden.code())).keys("enter");
    assert!(is_open(&robot), "{}", robot.screen());
}

#[test]
fn what_the_locked_screen_says() {
    let golden = Golden::new();
    snapshot("unlock-ways", |lang, width, height| golden.robot(lang, width, height));
    snapshot("unlock-key-file", |lang, width, height| {
        let mut robot = golden.robot(lang, width, height);
        robot.keys("down enter").types("~/usb/other").keys("enter").types("S3CRET").keys("enter down");
        robot
    });
    snapshot("unlock-code", |lang, width, height| {
        let mut robot = golden.robot(lang, width, height);
        robot.keys("f4").types("e9jp ehsu 6a").keys("enter");
        robot
    });
    snapshot("unlock-code-wrong", |lang, width, height| {
        let mut robot = golden.robot(lang, width, height);
        robot.keys("f4").types(recovery::shown(&[3; 20]).expose()).keys("enter");
        robot
    });
}

#[test]
fn a_slip_in_a_code_is_told_before_anything_is_tried() {
    let golden = Golden::new();
    let mut robot = golden.robot(Lang::En, 80, 24);
    robot.keys("f4").types("ABCDEFG").keys("enter");
    assert!(robot.screen().contains("7 of 34"), "{}", robot.screen());
    robot.types("u");
    assert!(robot.screen().contains("Group 2: 'u'"), "{}", robot.screen());
    robot.keys("ctrl+u").types(golden.code()).keys("left backspace");
    robot.types(if golden.code().chars().nth_back(1) == Some('0') { "1" } else { "0" });
    assert!(robot.screen().contains("There is a typing mistake"), "{}", robot.screen());
    robot.keys("enter");
    assert!(!robot.effects.iter().any(|effect| effect.starts_with("Unlock")), "nothing was derived");
    robot
        .keys("backspace")
        .types(golden.code().get(golden.code().len() - 2..golden.code().len() - 1).unwrap());
    assert!(robot.screen().contains("It is typed right"), "{}", robot.screen());
    // - F3 masks it in its groups
    robot.keys("f3");
    assert!(
        robot.screen().contains("****-****")
            && !robot.screen().contains(golden.code().get(..4).expect("ASCII"))
    );
    robot.keys("enter");
    assert!(is_open(&robot));
    // - a letter that no keyboard of a code has is refused, a full field takes nothing more
    robot.keys("L f4").types("か");
    assert_eq!(
        robot.app.shell.notice.as_ref().map(|told| &told.0),
        Some(&Notice::Slots(SlotsTold::NoLetter))
    );
    robot.types(golden.code()).types("A");
    assert_eq!(robot.app.shell.notice.as_ref().map(|told| &told.0), Some(&Notice::FieldFull));
}

#[test]
fn esc_goes_back_step_by_step_and_the_panic_key_leaves_nothing() {
    let golden = Golden::new();
    let mut robot = golden.robot(Lang::En, 80, 24);
    robot.types("S3").keys("f4");
    assert!(robot.screen().contains("Recovery code"), "{}", robot.screen());
    robot.types("ab").keys("esc");
    assert!(robot.screen().contains("____-____"), "{}", robot.screen());
    robot.keys("esc");
    assert!(robot.screen().contains("Master password"));
    robot.keys("down enter").types("~/usb/").keys("esc");
    assert!(robot.screen().contains("none chosen"), "{}", robot.screen());
    robot.keys("esc esc");
    assert!(!robot.app.shell.ended, "there is no step back left: {}", robot.screen());
    robot.keys("ctrl+c");
    assert!(robot.app.shell.ended);

    let mut robot = golden.robot(Lang::En, 80, 24);
    robot.keys("f4").types(golden.code()).keys("ctrl+\\ a");
    assert!(robot.screen().contains("Master password"), "{}", robot.screen());
}

#[test]
fn a_vault_that_needs_its_key_file_asks_for_it() {
    let secret = SlotSecret::with_key_file(b"S3CRET", b"S3CRET key file").unwrap();
    let mut robot = only(Credential::KeyFile(secret));
    robot.types("S3CRET").keys("enter").types("~/key").keys("enter");
    assert!(matches!(robot.app.screen, Screen::Open(_)), "{}", robot.screen());

    let golden = Golden::new();
    for (name, words) in [
        ("empty", "The key file is empty"),
        ("large", "The key file cannot be used: it is too long"),
        ("other", "this key file does not open"),
    ] {
        let mut robot = golden.robot(Lang::En, 120, 40);
        robot.keys("down enter").types(&format!("~/usb/{name}")).keys("enter").types("x").keys("enter");
        assert!(robot.screen().contains(words), "{name}\n{}", robot.screen());
    }
    // - the stick is gone: the password that is enough alone still opens
    let mut robot = golden.robot(Lang::En, 120, 40);
    robot.app.shell.key_file = Some("/gone/key".into());
    robot.types("x").keys("enter");
    assert!(robot.screen().contains("cannot be used"), "{}", robot.screen());
    robot.types(golden.text("/passwords/0")).keys("enter");
    assert!(is_open(&robot));
}

#[test]
fn a_vault_that_only_its_code_opens_asks_for_it_at_once() {
    let mut robot = only(Credential::Recovery(SlotSecret::recovery(&[5; 20])));
    assert!(robot.screen().contains("Recovery code"), "{}", robot.screen());
    robot.keys("f4").types("S3CRET").keys("enter");
    assert!(robot.screen().contains("opens only with its recovery code"), "{}", robot.screen());
    robot.keys("f4").types(recovery::shown(&[5; 20]).expose()).keys("enter");
    assert!(matches!(robot.app.screen, Screen::Open(_)));
    // - one that has no code says so
    let mut robot = only(credential(MASTER));
    robot.keys("f4");
    assert_eq!(
        robot.app.shell.notice.as_ref().map(|told| &told.0),
        Some(&Notice::Slots(SlotsTold::NoRecovery))
    );
    assert!(robot.screen().contains("Master password") && !robot.screen().contains(MARKER));
}

#[test]
fn a_vault_that_is_cheap_to_guess_says_so_where_the_machine_can_do_better() {
    let mut robot = only(credential(MASTER));
    robot.types(MASTER).keys("enter");
    assert_eq!(robot.app.shell.notice, None);
    robot.keys("L");
    robot.world.cost = Params::FLOOR;
    robot.types(MASTER).keys("enter");
    let told = robot.app.shell.notice.as_ref().map(|told| &told.0);
    assert_eq!(told, Some(&Notice::Slots(SlotsTold::Cheap)));
    assert!(robot.now.wall_ms >= NOON);
}

/// The sample vault with more ways to open it: a second password, a key file, a recovery code.
pub(super) fn with_ways() -> Vec<u8> {
    let mut open = crate::robot::reopen(crate::robot::sample());
    let key = SlotSecret::with_key_file(b"S3CRET usb", b"S3CRET key file").unwrap();
    let more = [
        (credential("S3CRET wife"), "花子"),
        (Credential::KeyFile(key), "usb"),
        (Credential::Recovery(SlotSecret::recovery(&[5; 20])), "kit of May"),
    ];
    for (credential, name) in more {
        let slot = NewSlot { credential, name: name.into(), params: Params::LEAST };
        open.add_slot(&slot, NOON - 86_400_000 * 200, &mut mamori::platform::entropy::System).unwrap();
    }
    sealed(open)
}

/// In front of the page, with a random source that always gives the same.
pub(super) fn page(lang: Lang, width: u16, height: u16) -> Robot {
    let disk = Memory::default();
    disk.put(&path(), with_ways());
    disk.put("/home/hana/usb.key".as_ref(), b"S3CRET key file".to_vec());
    let mut robot = Robot::on(disk, lang, width, height);
    robot.types(MASTER).keys("enter");
    to_page(&mut robot);
    robot
}

pub(super) fn to_page(robot: &mut Robot) {
    robot.app.shell.entropy = Box::new(Sevens);
    robot.keys(":").types("ways-to-open").keys("enter");
}

pub(super) struct Sevens;

impl mamori::crypto::entropy::Entropy for Sevens {
    fn fill(&mut self, out: &mut [u8]) -> Result<(), mamori::crypto::entropy::EntropyError> {
        out.fill(7);
        Ok(())
    }
}

/// The code that [`Sevens`] gives.
pub(super) fn code() -> String {
    recovery::shown(&[7; 20]).expose().to_owned()
}

pub(super) fn last_group() -> String {
    code().rsplit('-').next().unwrap().to_lowercase()
}

/// Whether the file on the disk opens with this.
pub(super) fn opens(robot: &Robot, credential: &Credential) -> bool {
    let bytes = robot.disk.bytes(&path()).unwrap();
    let device = Device { writer: 2, name: "check".into() };
    mamori::session::Sealed::read(bytes).unwrap().open(credential, device, None).is_ok()
}

pub(super) fn by_code(code: [u8; 20]) -> Credential {
    Credential::Recovery(SlotSecret::recovery(&code))
}

pub(super) fn told(robot: &Robot) -> Option<SlotsTold> {
    robot.app.shell.messages.iter().rev().find_map(|(_, notice)| match notice {
        Notice::Slots(told) => Some(*told),
        _ => None,
    })
}

#[test]
fn the_page_of_ways_to_open() {
    snapshot("slots", page);
    snapshot("slots-menu", |lang, width, height| {
        let mut robot = page(lang, width, height);
        robot.keys("down enter down");
        robot
    });
    snapshot("slots-rename", |lang, width, height| {
        let mut robot = page(lang, width, height);
        robot.keys("down enter enter");
        robot
    });
    let mut robot = page(Lang::En, 80, 24);
    robot.keys("down enter enter").types("Hanako").keys("enter");
    assert_eq!(told(&robot), Some(SlotsTold::Renamed));
    assert!(robot.screen().contains("Password (Hanako)"), "{}", robot.screen());
    assert_eq!(robot.on_disk().ways()[1].name, "Hanako");
}

#[test]
fn the_steps_of_a_new_password() {
    let at = |keys: &'static str| {
        move |lang, width, height| {
            let mut robot = page(lang, width, height);
            robot.keys("down down down down enter").types(MASTER).keys("enter");
            robot.keys(keys);
            robot
        }
    };
    snapshot("slots-proof", |lang, width, height| {
        let mut robot = page(lang, width, height);
        robot.keys("down down down down enter").types("S3CRET typo").keys("enter");
        robot
    });
    snapshot("slots-stays", at(""));
    snapshot("slots-stays-file", at("up down down down enter"));
    snapshot("slots-new", at("down down enter down down down enter"));
}

/// From the page to the question what becomes of the recovery code: the second password stays, the key
/// file goes.
pub(super) fn to_codes(robot: &mut Robot, new: &str) {
    robot.keys("down down down down enter").types(MASTER).keys("enter");
    robot.types("S3CRET wife").keys("enter");
    // - the key file is not at hand
    robot.keys("down down down enter");
    robot.types(new).keys("enter").types(new).keys("enter enter");
}

#[test]
fn the_master_password_is_changed_step_by_step() {
    snapshot("slots-codes", |lang, width, height| {
        let mut robot = page(lang, width, height);
        to_codes(&mut robot, "S3CRET new");
        robot
    });
    snapshot("slots-kit", |lang, width, height| {
        let mut robot = page(lang, width, height);
        to_codes(&mut robot, "S3CRET new");
        robot.keys("enter");
        robot
    });
    snapshot("slots-kit-back", |lang, width, height| {
        let mut robot = page(lang, width, height);
        to_codes(&mut robot, "S3CRET new");
        robot.keys("enter").types("xx").keys("enter");
        robot
    });
    snapshot("slots-kit-qr", |lang, width, height| {
        let mut robot = page(lang, width, height);
        to_codes(&mut robot, "S3CRET new");
        robot.keys("enter down down enter");
        robot
    });
    snapshot("slots-confirm", |lang, width, height| {
        let mut robot = page(lang, width, height);
        to_codes(&mut robot, "S3CRET new");
        robot.keys("enter").types(&last_group()).keys("enter");
        robot
    });
    snapshot("slots-old", |lang, width, height| {
        let mut robot = page(lang, width, height);
        to_codes(&mut robot, "S3CRET new");
        robot.keys("enter").types(&last_group()).keys("enter down enter");
        robot
    });

    let mut robot = page(Lang::En, 80, 24);
    let before = robot.disk.bytes(&path()).unwrap();
    to_codes(&mut robot, "S3CRET new");
    robot.keys("enter").types(&last_group()).keys("enter");
    assert_eq!(robot.disk.bytes(&path()).unwrap(), before, "until the last step nothing is changed");
    robot.keys("down enter");
    assert_eq!(told(&robot), Some(SlotsTold::PasswordChanged), "{}", robot.screen());
    assert!(robot.screen().contains("valid before: 1"), "{}", robot.screen());
    // - compared with those of the entries while it was in hand
    let contents = &robot.app.open().unwrap().contents;
    let compared = contents.compared.as_ref().map(|(epoch, _)| *epoch);
    assert_eq!(compared, Some(contents.session().header().epoch));
    for (credential, wanted) in [
        (credential("S3CRET new"), true),
        (credential("S3CRET wife"), true),
        (by_code([7; 20]), true),
        (credential(MASTER), false),
        (by_code([5; 20]), false),
        (Credential::KeyFile(SlotSecret::with_key_file(b"S3CRET usb", b"S3CRET key file").unwrap()), false),
    ] {
        assert_eq!(opens(&robot, &credential), wanted, "{credential:?}");
    }
    // - the backup that opens with the old one goes when that is said
    robot.keys("down enter");
    assert_eq!(told(&robot), Some(SlotsTold::BackupsGone(1)), "{}", robot.screen());
    let vault = mamori::session::Sealed::read(before).unwrap().header().vault;
    assert!(robot.real.backups(&vault).unwrap().is_empty());
    // - the vault is still open
    robot.keys("esc");
    assert!(robot.screen().contains("みずほ銀行"), "{}", robot.screen());
    robot.keys("L").types("S3CRET new").keys("enter");
    assert!(is_open(&robot), "{}", robot.screen());
}

/// Each verb of the disk fails in turn while the keys are changed: the old or the new password opens the
/// file, what is told is so, and the same running program does it once there is room.
#[test]
fn a_key_change_that_cannot_be_written_leaves_everything_as_it_was() {
    let (old, new) = (credential(MASTER), credential("S3CRET new"));
    let mut failed = 0;
    for at in 1.. {
        let mut robot = page(Lang::En, 80, 24);
        to_codes(&mut robot, "S3CRET new");
        robot.keys("down down enter up");
        robot.disk.fault(at, Fault::Fail(std::io::ErrorKind::StorageFull));
        robot.keys("down enter");
        let over = robot.disk.verbs() < at;
        robot.disk.restart(false);
        let done = told(&robot) == Some(SlotsTold::PasswordChanged);
        assert_eq!((opens(&robot, &new), opens(&robot, &old)), (done, !done), "verb {at}");
        if !done {
            failed += 1;
            assert!(robot.screen().contains("Nothing was changed"), "verb {at}\n{}", robot.screen());
            assert!(robot.app.shell.unwritten.is_none());
            robot.keys("down enter");
            assert_eq!(told(&robot), Some(SlotsTold::PasswordChanged), "{}", robot.screen());
            assert!(opens(&robot, &new) && !opens(&robot, &old));
        }
        // - what is open can still be changed and saved under the new keys
        robot.keys("esc esc esc").keys("*");
        assert!(robot.app.shell.unwritten.is_none(), "verb {at}");
        let bytes = robot.disk.bytes(&path()).unwrap();
        let device = Device { writer: 2, name: "check".into() };
        let open = mamori::session::Sealed::read(bytes).unwrap().open(&new, device, None).unwrap();
        assert!(open.vault().entries().any(|entry| entry.favourite()), "verb {at}");
        if over {
            break;
        }
    }
    assert!(failed >= 5, "{failed} verbs stop it");
}

/// The master password that counts only with a key file is compared, too; one that was typed is one of
/// several, and the others are not called checked.
#[test]
fn a_password_with_a_key_file_is_compared_and_others_are_told_as_not_checked() {
    use mamori::ops::health::{Check, NotRun};
    let secret = SlotSecret::with_key_file(b"S3CRET", b"S3CRET key file").unwrap();
    let slot =
        NewSlot { credential: Credential::KeyFile(secret), name: String::new(), params: Params::LEAST };
    let device = Device { writer: 1, name: "robot".into() };
    let mut open = Open::create(&[slot], device, &mut mamori::platform::entropy::System).unwrap();
    crate::robot::put(
        &mut open,
        &crate::robot::Wanted { title: "a", password: "pw", ..crate::robot::NOTHING },
    );
    let disk = Memory::default();
    disk.put(&path(), sealed(open));
    disk.put("/home/hana/key".as_ref(), b"S3CRET key file".to_vec());
    let mut robot = Robot::on(disk, Lang::En, 80, 24);
    robot.types("S3CRET").keys("enter").types("~/key").keys("enter");
    // - at the unlock, and where it was not in hand then when it is typed
    assert!(robot.app.open().unwrap().contents.compared.is_some());
    robot.uncompared().checked().keys("g h end enter").types("S3CRET x").keys("enter");
    assert!(robot.screen().contains("That is not the master password"), "{}", robot.screen());
    robot.types("S3CRET").keys("enter").wait(1);
    let report = robot.app.open().unwrap().contents.report.clone().unwrap();
    assert!(report.ran(Check::Master), "{:?}", report.not_run);
    assert!(report.not_run.iter().all(|(check, _)| *check != Check::Master), "{:?}", report.not_run);

    let disk = Memory::default();
    disk.put(&path(), with_ways());
    let mut robot = Robot::on(disk, Lang::En, 120, 40);
    robot.types(MASTER).keys("enter").checked().keys("g h end enter").types("S3CRET usb").keys("enter");
    assert!(robot.screen().contains("opens nothing without a key file"), "not at hand: {}", robot.screen());
    robot.keys("ctrl+u").types(MASTER).keys("enter").wait(1);
    let report = robot.app.open().unwrap().contents.report.clone().unwrap();
    assert!(report.not_run.contains(&(Check::Master, NotRun::Others(2))), "{:?}", report.not_run);
    assert!(robot.screen().contains("2 more: not checked"), "{}", robot.screen());
}
