//! The form of an entry: every kind by keyboard, secrets that stay sealed, drafts that survive.

use mamori::model::{Entry, FieldValue, Id, Kind, Relation, Tag};
use mamori::text::Lang;
use mamori::tui::app::Screen;

use crate::robot::{MARKER, MASTER, Robot, path};
use crate::snapshot;

fn open(lang: Lang) -> Robot {
    Robot::open(lang, 80, 24)
}

/// Starts the form of a new entry of a kind.
fn new(robot: &mut Robot, kind: Kind) {
    robot.keys("n");
    let at = Kind::ALL.iter().position(|one| *one == kind).expect("a known kind");
    robot.keys(&"down ".repeat(at));
    robot.keys("enter");
}

/// The only entry of a title, as the disk has it.
fn saved<T>(robot: &Robot, title: &str, look: impl FnOnce(&mamori::session::Open, Entry<'_>) -> T) -> T {
    let disk = robot.on_disk();
    let entry = disk.vault().entries().find(|entry| entry.title() == title);
    let entry = entry.unwrap_or_else(|| unreachable!("{title} is not on the disk"));
    look(&disk, entry)
}

fn secret(disk: &mamori::session::Open, entry: Entry<'_>, envelope: Option<&[u8]>) -> String {
    let envelope = envelope.expect("there is a secret");
    disk.reveal_text(entry.id(), envelope).expect("authentic").expose().to_owned()
}

/// Every file of the disk.
fn files(robot: &Robot) -> Vec<(std::path::PathBuf, Vec<u8>)> {
    let names = robot.disk.names().into_iter();
    names.filter_map(|name| Some((name.clone(), robot.disk.bytes(&name)?))).collect()
}

/// Goes on to the row of a label.
fn to(robot: &mut Robot, label: &str) {
    for _ in 0..80 {
        let rows = mamori::tui::view::outline(&robot.app);
        let row = rows.iter().find(|row| row.focus).expect("a row has the focus");
        if row.label == label || row.value == label || row.value.starts_with(label) {
            return;
        }
        // - from the last row on to the first
        robot.keys(if row.value == "[ Save ]" || row.value == "[ 保存 ]" { "tab" } else { "down" });
    }
    unreachable!("no row {label}:\n{}", robot.screen());
}

#[test]
fn an_entry_of_every_kind_is_made_with_its_fields() {
    for lang in [Lang::En, Lang::Ja] {
        for kind in Kind::ALL {
            let mut robot = open(lang);
            new(&mut robot, kind);
            robot.types("made みずほ");
            for field in kind.fields() {
                to(&mut robot, mamori::text::words::field(field.name, lang).expect("a label"));
                robot.types(if field.secret { "S3CRET of " } else { "plain of " }).types(field.name);
            }
            robot.keys("ctrl+s");
            assert!(!robot.screen().contains(MARKER), "{kind:?}\n{}", robot.screen());
            saved(&robot, "made みずほ", |disk, entry| {
                assert_eq!(entry.kind(), kind);
                assert_eq!(entry.fields().len(), kind.fields().len(), "{kind:?}");
                for known in kind.fields() {
                    let held = entry.fields();
                    let field = held.iter().find(|field| field.name == known.name).expect("saved");
                    let value = match field.value {
                        FieldValue::Plain(text) => text.to_owned(),
                        FieldValue::Sealed(envelope) => secret(disk, entry, Some(envelope)),
                    };
                    let begin = if known.secret { MARKER } else { "plain" };
                    assert_eq!(value, format!("{begin} of {}", known.name));
                    assert_eq!(matches!(field.value, FieldValue::Sealed(_)), known.secret, "{}", known.name);
                }
            });
            let selected = robot.app.open().and_then(mamori::tui::screen::vault::Open::selected);
            assert_eq!(selected, Some(saved(&robot, "made みずほ", |_, entry| entry.id())));
            robot.keys("z");
            assert!(!robot.screen().contains("made みずほ"), "one undo takes it all back");
        }
    }
}

#[test]
fn everything_of_an_entry_is_typed_and_saved_as_one_change() {
    let mut robot = open(Lang::En);
    new(&mut robot, Kind::Login);
    robot.types("Shop").keys("enter").types("hana").keys("enter").types("S3CRET pass").keys("enter");
    robot.types("ＧＥＺＤ gnbv gy3t qojq").keys("enter").types("https://one.example").keys("enter enter");
    robot.types("https://two.example");
    to(&mut robot, "+ Field");
    robot.keys("enter").types("Question").keys("enter").types("plain answer");
    to(&mut robot, "Folder");
    robot.types("銀").keys("tab tab");
    to(&mut robot, "Tags");
    robot.types("x、ba").keys("right");
    to(&mut robot, "Notes");
    robot.types("S3CRET one").keys("enter").types("two");
    to(&mut robot, "Reading");
    robot.keys("up");
    to(&mut robot, "Reading");
    robot.types("しょっぷ").keys("enter").types("a, b").keys("enter").types("2027/3/31").keys("enter");
    robot.types("ninety").keys("ctrl+s");
    assert!(robot.screen().contains("Not a number of days from 0 to 3650."), "{}", robot.screen());
    robot.keys("ctrl+u").types("９０").keys("enter enter");
    robot.types(" ");
    to(&mut robot, "+ Link");
    robot.keys("enter").types("xserver").keys("enter down enter");
    robot.keys("ctrl+s");
    assert_eq!(robot.app.open().map(|open| open.undo.len()), Some(1), "{}", robot.screen());
    saved(&robot, "Shop", |disk, entry| {
        assert_eq!(entry.username(), "hana");
        assert_eq!(secret(disk, entry, entry.password()), "S3CRET pass");
        let otp = secret(disk, entry, entry.otp());
        assert!(otp.starts_with("otpauth://totp/Shop:hana?secret=GEZDGNBVGY3TQOJQ&"), "{otp}");
        assert_eq!(entry.urls(), ["https://one.example", "https://two.example"]);
        assert_eq!((entry.folder(), entry.tags()), ("銀行", vec!["bank", "x"]));
        assert_eq!(secret(disk, entry, entry.notes()), "S3CRET one\ntwo");
        assert_eq!((entry.reading(), entry.aliases()), ("しょっぷ", vec!["a", "b"]));
        assert_eq!(entry.expires(), Some(1_806_451_200_000));
        assert_eq!(entry.0.number(Tag::INTERVAL), Some(90));
        assert!(entry.favourite());
        let fields = entry.fields();
        assert_eq!((fields[0].name, fields[0].value), ("Question", FieldValue::Plain("plain answer")));
        let [(_, relation, target)] = entry.links()[..] else { unreachable!("one link") };
        assert_eq!(relation, Relation::ControlledBy);
        assert_eq!(disk.vault().entry(target).map(|entry| entry.title()), Some("エックスサーバー"));
    });
}

#[test]
fn an_unchanged_secret_stays_the_envelope_it_is() {
    let mut robot = open(Lang::En);
    let at = |robot: &Robot| {
        saved(robot, "みずほ銀行", |_, entry| {
            [Tag::PASSWORD, Tag::OTP, Tag::NOTES].map(|tag| entry.0.value(tag).to_vec())
        })
    };
    let before = at(&robot);
    robot.keys("/").types("みずほ").keys("enter e");
    to(&mut robot, "User");
    robot.types("9");
    // - looked at, and closed again
    to(&mut robot, "Password");
    robot.keys("f3");
    assert!(robot.screen().contains("S3CRET\u{2423}mizuho"));
    robot.keys("enter");
    assert!(!robot.screen().contains("\u{2423}"));
    // - typed away and back
    robot.keys("up").types("x").keys("backspace").keys("ctrl+s");
    assert_eq!(at(&robot), before);
    saved(&robot, "みずほ銀行", |_, entry| assert!(entry.username().ends_with('9')));
    // - a changed one is sealed anew, an emptied one goes
    robot.keys("e");
    to(&mut robot, "Password");
    robot.types("!").keys("ctrl+s");
    saved(&robot, "みずほ銀行", |disk, entry| {
        assert_eq!(secret(disk, entry, entry.password()), "S3CRET mizuho!");
        assert_eq!(entry.0.value(Tag::OTP), before[1]);
    });
    robot.keys("e");
    to(&mut robot, "Password");
    robot.types("x").keys("ctrl+u ctrl+s");
    saved(&robot, "みずほ銀行", |_, entry| assert!(entry.password().is_none()));
}

#[test]
fn what_is_wrong_is_said_at_its_row_and_nothing_is_saved() {
    let mut robot = open(Lang::En);
    let before = robot.disk.bytes(&path());
    new(&mut robot, Kind::Login);
    robot.keys("ctrl+s");
    assert!(robot.screen().contains("! Give it a title."), "{}", robot.screen());
    robot.types("x");
    assert!(!robot.screen().contains("! Give"));
    to(&mut robot, "Code");
    robot.types("018");
    to(&mut robot, "Entry expires");
    robot.types("2027-02-30").keys("ctrl+s");
    assert!(robot.screen().contains("! Not a key"), "{}", robot.screen());
    assert!(robot.screen().contains("A to Z and 2 to 7"));
    to(&mut robot, "Entry expires");
    assert!(robot.screen().contains("! Not a day"));
    assert_eq!(robot.disk.bytes(&path()), before);
}

#[test]
fn a_field_is_renamed_made_secret_moved_and_removed() {
    let mut robot = open(Lang::En);
    new(&mut robot, Kind::Note);
    robot.types("Box");
    for name in ["one", "two", "three"] {
        to(&mut robot, "+ Field");
        robot.keys("enter").types(name).keys("enter").types("value ").types(name);
    }
    to(&mut robot, "one");
    // - to the menu at its end; down
    robot.keys("right enter");
    assert!(robot.screen().contains("Make it a secret"), "{}", robot.screen());
    robot.keys("down down down enter");
    to(&mut robot, "one");
    robot.keys("tab enter down enter");
    to(&mut robot, "three");
    robot.keys("tab enter enter").types("3").keys("enter ctrl+s");
    saved(&robot, "Box", |disk, entry| {
        let fields = entry.fields();
        let names: Vec<&str> = fields.iter().map(|field| field.name).collect();
        assert_eq!(names, ["two", "one", "three3"]);
        let FieldValue::Sealed(envelope) = fields[1].value else { unreachable!("a secret") };
        assert_eq!(secret(disk, entry, Some(envelope)), "value one");
    });
    robot.keys("e");
    to(&mut robot, "two");
    robot.keys("tab enter end");
    for _ in 0..9 {
        robot.keys("down");
    }
    robot.keys("up enter ctrl+s");
    saved(&robot, "Box", |_, entry| {
        let names: Vec<&str> = entry.fields().iter().map(|field| field.name).collect();
        assert_eq!(names, ["one", "three3"]);
    });
}

#[test]
fn a_password_is_generated_and_typing_is_undone() {
    let mut robot = open(Lang::En);
    new(&mut robot, Kind::Login);
    robot.types("x").keys("ctrl+z ctrl+z");
    robot.types("title").keys("ctrl+z").types("e").keys("enter enter");
    robot.types("S3CRET").keys("ctrl+z ctrl+r enter ctrl+s");
    saved(&robot, "title", |disk, entry| {
        let made = secret(disk, entry, entry.password());
        assert!(made.chars().count() >= 16 && !made.contains(MARKER), "{made}");
    });
}

/// A field of a protocol buffer: bytes, or a small number.
fn field(number: u8, bytes: &[u8]) -> Vec<u8> {
    [&[number << 3 | 2, u8::try_from(bytes.len()).expect("short")], bytes].concat()
}

/// The address with which a telephone hands on accounts: key, name, issuer.
fn migration(accounts: &[(&[u8], &str, &str)]) -> String {
    let mut message = Vec::new();
    for (key, name, issuer) in accounts {
        let texts = [field(1, key), field(2, name.as_bytes()), field(3, issuer.as_bytes())].concat();
        // - SHA-1, six digits, by time
        message.extend(field(1, &[&texts[..], &[0x20, 1, 0x28, 1, 0x30, 2]].concat()));
    }
    message.extend([0x10, 1, 0x18, 1, 0x20, 0]);
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut data = String::new();
    for part in message.chunks(3) {
        let all = part.iter().chain([&0, &0]).take(3).fold(0, |all, byte| all << 8 | usize::from(*byte));
        for at in 0..4 {
            let letter = char::from(LETTERS[all >> (18 - 6 * at) & 63]);
            data.push_str(&match letter {
                _ if at > part.len() => "%3D".to_owned(),
                '+' => "%2B".to_owned(),
                '/' => "%2F".to_owned(),
                letter => letter.to_string(),
            });
        }
    }
    format!("otpauth-migration://offline?data={data}")
}

#[test]
fn accounts_of_another_telephone_are_chosen_or_all_taken() {
    let two = migration(&[
        (b"Hello!\xde\xad\xbe\xef", "alice@first.example", "First"),
        (b"12345678901234567890", "bob", "Second"),
    ]);
    let begin = || {
        let mut robot = open(Lang::En);
        new(&mut robot, Kind::Login);
        robot.types("Moved").keys("enter enter enter").pastes(&two);
        let screen = robot.screen();
        assert!(screen.contains("Which account is this?"), "{screen}");
        assert!(screen.contains("First: alice@first.example") && screen.contains("Second: bob"), "{screen}");
        robot
    };
    let key =
        |robot: &Robot, title: &str| saved(robot, title, |disk, entry| secret(disk, entry, entry.otp()));
    let count = |robot: &Robot| robot.on_disk().vault().entries().count();
    let first = "otpauth://totp/First:alice@first.example?secret=JBSWY3DPEHPK3PXP&";
    let second = "otpauth://totp/Second:bob?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&";

    // - the second alone
    let mut robot = begin();
    let before = count(&robot);
    robot.keys("down enter");
    assert!(robot.screen().contains("code now: "), "{}", robot.screen());
    robot.keys("ctrl+s");
    assert!(key(&robot, "Moved").starts_with(second), "{}", key(&robot, "Moved"));
    assert_eq!(count(&robot), before + 1);

    // - all: the first here, an entry for each other one, and one undo takes them all back
    let mut robot = begin();
    robot.keys("down down enter");
    assert!(robot.screen().contains("One more entry will be made"), "{}", robot.screen());
    robot.keys("ctrl+s");
    assert!(key(&robot, "Moved").starts_with(first), "{}", key(&robot, "Moved"));
    assert!(key(&robot, "Second").starts_with(second), "{}", key(&robot, "Second"));
    saved(&robot, "Second", |_, entry| assert_eq!(entry.username(), "bob"));
    assert_eq!(count(&robot), before + 2);
    robot.keys("z");
    let gone = |title: &str| {
        let disk = robot.on_disk();
        let entry = disk.vault().entries().find(|entry| entry.title() == title);
        entry.is_none_or(|entry| entry.state() == mamori::model::State::Trashed)
    };
    assert!(gone("Moved") && gone("Second"));

    // - none
    let mut robot = begin();
    robot.keys("esc");
    assert!(!robot.screen().contains("code now: "), "{}", robot.screen());
}

#[test]
fn a_copy_gets_its_own_secrets_and_a_title_of_its_own() {
    let mut robot = open(Lang::Ja);
    robot.keys("/").types("みずほ").keys("enter C");
    assert!(robot.screen().contains("みずほ銀行（2）"), "{}", robot.screen());
    robot.keys("ctrl+s");
    let old = saved(&robot, "みずほ銀行", |_, entry| entry.0.value(Tag::PASSWORD).to_vec());
    saved(&robot, "みずほ銀行（2）", |disk, entry| {
        assert_eq!(secret(disk, entry, entry.password()), "S3CRET mizuho");
        assert_ne!(entry.0.value(Tag::PASSWORD), old);
        assert_eq!(entry.fields().len(), 3);
        assert_eq!(entry.tags(), ["bank", "jp"]);
    });
}

/// The same disk under a new process.
fn again(robot: &Robot) -> Robot {
    let mut next = Robot::on(robot.disk.clone(), Lang::En, 80, 24);
    next.types(MASTER).keys("enter");
    next
}

#[test]
fn what_was_typed_survives_a_killed_process() {
    let mut robot = open(Lang::En);
    robot.keys("/").types("みずほ").keys("enter e");
    to(&mut robot, "User");
    robot.types("77").keys("enter").types(" S3CRET typed");
    to(&mut robot, "Notes");
    robot.keys("f3 f3 enter").types("S3CRET last line");
    to(&mut robot, "+ Field");
    robot.keys("enter").types("My field").keys("enter").types("half");
    robot.wait(3);
    // - no farewell: the process is gone
    let mut next = again(&robot);
    assert!(next.screen().contains("Not finished"), "{}", next.screen());
    assert!(next.screen().contains("みずほ銀行"));
    next.keys("enter ctrl+s");
    saved(&next, "みずほ銀行", |disk, entry| {
        assert!(entry.username().ends_with("77"));
        assert_eq!(secret(disk, entry, entry.password()), "S3CRET mizuho S3CRET typed");
        assert!(secret(disk, entry, entry.notes()).ends_with("\nS3CRET last line"));
        assert_eq!(entry.fields().len(), 4);
        assert_eq!(entry.fields()[3].value, FieldValue::Plain("half"));
        assert_eq!(entry.urls().len(), 1);
    });
    // - it is saved, so nothing is offered any more
    let last = again(&next);
    assert!(!last.screen().contains("Not finished"), "{}", last.screen());
    for (file, bytes) in files(&robot).into_iter().chain(files(&next)) {
        let found = bytes.windows(MARKER.len()).any(|part| part == MARKER.as_bytes());
        assert!(!found, "{}", file.display());
    }
}

#[test]
fn esc_a_lock_and_the_end_keep_the_draft() {
    for end in ["esc", "f9", "idle", "terminate"] {
        let mut robot = open(Lang::En);
        new(&mut robot, Kind::BankAccount);
        robot.types("Half").keys("enter enter").types("渋谷");
        match end {
            "idle" => drop(robot.wait(3600)),
            "terminate" => robot.event(mamori::tui::event::Event::Terminate),
            key => drop(robot.keys(key)),
        }
        let mut next = again(&robot);
        assert!(next.screen().contains("Half"), "{end}\n{}", next.screen());
        next.keys("down enter");
        assert!(next.screen().contains("thrown away"), "{end}");
        assert!(!again(&next).screen().contains("Not finished"), "{end}");
        if end == "esc" {
            // - also in the session itself, under n
            robot.keys("n");
            assert!(robot.screen().contains("Not finished: Half"), "{}", robot.screen());
            robot.keys("enter");
            assert!(robot.screen().contains("Throw it away"), "{}", robot.screen());
            robot.keys("enter");
            assert!(robot.screen().contains("渋谷"));
        }
        assert!(!matches!(next.app.screen, Screen::Create(_)));
    }
}

#[test]
fn a_form_that_was_only_looked_at_leaves_nothing() {
    let mut robot = open(Lang::En);
    robot.keys("e down down f3 down down esc");
    let folder = files(&robot).into_iter().filter(|(path, _)| path.to_string_lossy().contains("drafts"));
    assert_eq!(folder.count(), 0);
    robot.keys("e").keys("ctrl+s");
    assert!(robot.screen().contains("Nothing to change."), "{}", robot.screen());
}

#[test]
fn a_file_goes_in_and_comes_out_for_its_owner_alone() {
    let mut robot = open(Lang::En);
    robot.disk.put("/home/hana/recovery.txt".as_ref(), b"S3CRET codes\n".to_vec());
    new(&mut robot, Kind::Login);
    robot.types("With file");
    to(&mut robot, "+ Attach");
    robot.keys("enter").types("/home/hana/recovery.txt").keys("enter ctrl+s");
    saved(&robot, "With file", |disk, entry| {
        let [(_, name, envelope)] = entry.files()[..] else { unreachable!("one file") };
        assert_eq!(name, "recovery.txt");
        assert_eq!(secret(disk, entry, Some(envelope)), "S3CRET codes\n");
    });
    robot.keys("e");
    to(&mut robot, "recovery.txt (13 bytes)");
    robot.keys("enter enter ctrl+u").types("/home/hana/out.txt").keys("enter");
    assert_eq!(robot.disk.bytes("/home/hana/out.txt".as_ref()).as_deref(), Some(&b"S3CRET codes\n"[..]));
    // - out of the entry again
    to(&mut robot, "recovery.txt (13 bytes)");
    robot.keys("enter down down enter ctrl+s");
    saved(&robot, "With file", |_, entry| assert!(entry.files().is_empty()));
}

#[test]
fn nothing_secret_is_shown_once_the_window_loses_the_keyboard() {
    let mut robot = open(Lang::En);
    robot.keys("/").types("みずほ").keys("enter e");
    to(&mut robot, "Notes");
    robot.types("x");
    assert!(robot.screen().contains("S3CRET ログイン"), "{}", robot.screen());
    robot.event(mamori::tui::event::Event::Focus(false));
    assert!(!robot.screen().contains(MARKER), "{}", robot.screen());
}

#[test]
fn every_frame_has_its_caret_inside_at_every_size() {
    for (width, height) in [(60, 16), (80, 24), (160, 48)] {
        let mut robot = Robot::open(Lang::Ja, width, height);
        new(&mut robot, Kind::BankAccount);
        for _ in 0..40 {
            let (_, cursor) = robot.frame();
            assert!(cursor.x < width && (1..height - 1).contains(&cursor.y), "{}", robot.shot());
            let line = robot.screen().lines().nth(usize::from(cursor.y)).unwrap_or("").to_owned();
            assert!(line.contains('>'), "the caret is on the row with the focus\n{}", robot.shot());
            robot.keys("down");
        }
    }
}

#[test]
fn the_form_looks_as_agreed() {
    let login = |lang, width, height| {
        let mut robot = Robot::open(lang, width, height);
        robot.keys("/").types("みずほ").keys("enter e");
        robot
    };
    snapshot("form-bank", login);
    snapshot("form-bank-end", |lang, width, height| {
        let mut robot = login(lang, width, height);
        robot.keys("shift+tab up up");
        robot
    });
    snapshot("form-kinds", |lang, width, height| {
        let mut robot = Robot::open(lang, width, height);
        robot.keys("n down");
        robot
    });
    snapshot("form-login", |lang, width, height| {
        let mut robot = Robot::open(lang, width, height);
        robot.keys("n enter").types("楽天市場").keys("enter").types("hana@example.jp").keys("enter");
        robot.types("correct horse").keys("f3");
        robot
    });
    snapshot("form-notes", |lang, width, height| {
        let mut robot = Robot::open(lang, width, height);
        new(&mut robot, Kind::Note);
        robot.types("Wi-Fi").keys("enter").types("1 行目").keys("enter enter");
        robot.types("日本語の長い行は枠の中で折り返されて、次の行に続きます。長い行でも切れません。とても長い行でも。");
        robot
    });
    snapshot("form-error", |lang, width, height| {
        let mut robot = Robot::open(lang, width, height);
        robot.keys("n enter").types("x").keys("enter enter enter").types("0189").keys("ctrl+s");
        robot
    });
    snapshot("form-menu", |lang, width, height| {
        let mut robot = Robot::open(lang, width, height);
        robot.keys("/").types("みずほ").keys("enter e down tab enter");
        robot
    });
    snapshot("form-link", |lang, width, height| {
        let mut robot = Robot::open(lang, width, height);
        robot.keys("e shift+tab up up enter").types("銀行");
        robot
    });
    snapshot("form-draft", |lang, width, height| {
        let mut robot = Robot::open(lang, width, height);
        robot.keys("/").types("みずほ").keys("enter e").types("9").keys("esc e");
        robot
    });
}

#[test]
fn an_id_of_a_new_entry_is_the_one_its_draft_had() {
    let mut robot = open(Lang::En);
    new(&mut robot, Kind::Login);
    robot.types("Once").keys("esc n enter enter ctrl+s");
    let id: Id = saved(&robot, "Once", |_, entry| entry.id());
    let drafts = files(&robot).into_iter().filter(|(path, _)| path.to_string_lossy().contains("drafts"));
    assert_eq!(drafts.count(), 0, "{id}");
}

#[test]
fn a_rule_is_checked_kept_and_obeyed_by_the_generator_of_the_form() {
    let mut robot = open(Lang::En);
    new(&mut robot, Kind::Login);
    robot.types("Shop");
    to(&mut robot, "Password rule");
    robot.types("minlength 8").keys("ctrl+s");
    assert!(robot.screen().contains("Not a rule, or one that no password fits."), "{}", robot.screen());
    robot.keys("ctrl+u").types("maxlength: 10; required: digit");
    to(&mut robot, "Password");
    robot.keys("ctrl+r");
    assert!(robot.screen().contains("by the rule noted for this entry"), "{}", robot.screen());
    robot.keys("enter ctrl+s");
    saved(&robot, "Shop", |disk, entry| {
        let made = secret(disk, entry, entry.password());
        assert!(made.len() == 10 && made.bytes().all(|byte| byte.is_ascii_digit()), "{made}");
        assert_eq!(entry.0.text(Tag::RULE), "maxlength: 10; required: digit");
    });
    // - a known address is enough
    new(&mut robot, Kind::Login);
    robot.types("Japan").keys("down down");
    to(&mut robot, "Address");
    robot.types("https://www.sbisec.co.jp/");
    to(&mut robot, "Password");
    robot.keys("ctrl+r");
    assert!(robot.screen().contains("by the known rule of sbisec.co.jp"), "{}", robot.screen());
}
