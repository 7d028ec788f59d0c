//! Ways to open the vault: the locked screen with every kind of slot.

use mamori::crypto::kdf::Params;
use mamori::crypto::keys::SlotSecret;
use mamori::crypto::recovery;
use mamori::session::{Credential, Device, NewSlot, Open};
use mamori::store::memory::Memory;
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
    assert!(robot.app.shell.ended, "the last step back is the way out");

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
