//! Ten thousand entries of every kind and state, for every scene to run over: made once for a test
//! program, opened anew for each scene, which puts its own entries beside them. They stand behind
//! all others in the list, are older, and hold no letter that a scene searches for, so that what a
//! scene says of its own entries holds here, too.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::sync::{Mutex, OnceLock, PoisonError};

use mamori::model::{Id, Kind, Tag};
use mamori::ops::change::Change;
use mamori::ops::demo;
use mamori::ops::edit::{EntryEdit, NewValue};
use mamori::platform::entropy::System;
use mamori::session::{Ciphertext, Open};

use mamori::text::{Lang, sanitise};
use mamori::tui::screen::Row;
use mamori::tui::view::outline;
use unicode_width::UnicodeWidthStr;

use super::{MARKER, NOON, Robot, bare, reopen_as};

/// How many.
pub const COUNT: usize = 10_000;

/// The program of `tests/thousands.rs`.
const ALWAYS: bool = matches!(env!("CARGO_CRATE_NAME").as_bytes(), b"thousands");

thread_local! {
    static WANTED: Cell<bool> = const { Cell::new(ALWAYS) };
}

/// True where vaults hold the ten thousand.
pub fn wanted() -> bool {
    WANTED.get()
}

/// Runs a scene without them, to compare.
pub fn without<T>(scene: impl FnOnce() -> T) -> T {
    let before = WANTED.replace(false);
    let made = scene();
    WANTED.set(before);
    made
}

/// Five years before everything else.
const THEN: u64 = NOON - 5 * 365 * 86_400_000;

/// What some of them have, which stands in the way where a scene counts just that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Without {
    /// All of it is there.
    Nothing,
    /// None lies in the trash.
    Trash,
    /// None is archived.
    Archive,
    /// Neither folders nor tags.
    Names,
    /// No one-time codes.
    Codes,
    /// No notes.
    Notes,
    /// Nothing the health check has an opinion of.
    Findings,
}

/// Tests, or modules of them, by the beginning of their name, whose subject is what is left out.
const SUBJECTS: [(&str, Without); 17] = [
    ("a_full_disk_and_a_lock", Without::Trash),
    ("a_password_changed_elsewhere", Without::Trash),
    ("the_trash_takes", Without::Trash),
    ("two_sessions_are_joined", Without::Trash),
    ("scenes::trash", Without::Trash),
    ("scenes::vaults", Without::Trash),
    ("scenes::eye::an_empty_trash", Without::Trash),
    ("scenes::browse::marks_act", Without::Trash),
    ("scenes::backups", Without::Trash),
    ("scenes::browse::archived", Without::Archive),
    ("scenes::names", Without::Names),
    ("scenes::side", Without::Names),
    ("scenes::form::everything", Without::Names),
    ("scenes::search::tab_completes", Without::Names),
    ("scenes::codes", Without::Codes),
    ("scenes::search::notes", Without::Notes),
    ("scenes::health", Without::Findings),
];

/// What is left out in the test of this thread.
fn without_what() -> Without {
    let thread = std::thread::current();
    let name = thread.name().unwrap_or_default().trim_start_matches("keys::");
    SUBJECTS.iter().find(|(subject, _)| name.starts_with(subject)).map_or(Without::Nothing, |(_, what)| *what)
}

/// The vault with nothing else in it.
pub fn open() -> Open {
    static MADE: Mutex<BTreeMap<Without, Vec<u8>>> = Mutex::new(BTreeMap::new());
    let left = without_what();
    let bytes = {
        let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
        made.entry(left)
            .or_insert_with(|| {
                let mut open = bare();
                add(&mut open, left);
                // - a stamp is never before one that is there: what a scene puts beside them is younger
                open.seal(THEN, &mut System).unwrap().bytes
            })
            .clone()
    };
    reopen_as(bytes, 1)
}

/// A title, a folder or a tag of theirs.
pub fn theirs(name: &str) -> bool {
    name.trim_start_matches('#').starts_with('龠')
}

/// The demo with them.
pub fn demo() -> &'static Ciphertext {
    static PLAIN: OnceLock<Ciphertext> = OnceLock::new();
    static WHOLE: OnceLock<Ciphertext> = OnceLock::new();
    let left = without_what();
    let made = if left == Without::Findings { &PLAIN } else { &WHOLE };
    made.get_or_init(|| {
        let file = demo::file(NOON, &mut System).unwrap();
        let sealed = mamori::session::Sealed::read(file.bytes).unwrap();
        let device = mamori::session::Device { writer: 1, name: "robot".into() };
        let mut open = sealed.open(&super::credential(demo::PASSWORD), device, None).unwrap();
        add(&mut open, if left == Without::Findings { left } else { Without::Nothing });
        let mut file = open.seal(NOON, &mut System).unwrap();
        // - it is the first of its store
        file.replaces = None;
        file
    })
}

fn add(open: &mut Open, left: Without) {
    let mut random = System;
    let mut changes = Vec::with_capacity(COUNT);
    let mut trashed = Vec::new();
    for number in 0..COUNT {
        let (id, change) = entry(open, (number, left), &mut random);
        changes.push(change);
        if number % 50 == 7 && left != Without::Trash {
            trashed.push(Change::Trash(id));
        }
    }
    open.apply(&Change::Many(changes), THEN, &mut random).unwrap();
    open.apply(&Change::Many(trashed), THEN, &mut random).unwrap();
}

fn entry(open: &Open, (number, left): (usize, Without), random: &mut System) -> (Id, Change) {
    let filed = left != Without::Names;
    let plain = left == Without::Findings;
    let mut sealer = open.sealer(random);
    let kind = Kind::ALL[number % Kind::ALL.len()];
    let mut edit = EntryEdit::new(&mut sealer, kind, THEN).unwrap();
    edit.text(Tag::TITLE, &format!("龠 {number:05}"));
    edit.text(Tag::USERNAME, &format!("{:08}", number * 7919 % 100_000_000));
    if filed && !number.is_multiple_of(3) {
        edit.text(Tag::FOLDER, &format!("龠{}/龠{:02}", number % 2, number % 23));
    }
    let tags = [format!("龠{}", number % 9)];
    if filed && number.is_multiple_of(4) {
        edit.set(Tag::LABEL, &[tags[0].as_str()]).unwrap();
    }
    if kind != Kind::Note && !plain {
        edit.secret(Tag::PASSWORD, format!("S3CRET-{number}-x").as_bytes()).unwrap();
        edit.list(Tag::URL, Tag::URL_PLACE, &[format!("192.0.2.{}/{number}", number % 250).as_str()])
            .unwrap();
    }
    if number % 7 == 1 && !plain && left != Without::Codes {
        let code = b"otpauth://totp/x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
        edit.secret(Tag::OTP, code).unwrap();
    }
    if number % 5 == 2 && left != Without::Notes {
        edit.secret(Tag::NOTES, format!("S3CRET {number}\n").as_bytes()).unwrap();
        edit.add_field("龠", &NewValue::Secret(b"S3CRET 1234")).unwrap();
    }
    if number % 40 == 3 && left != Without::Archive {
        edit.flag(Tag::ARCHIVED, true);
    }
    if number % 100 == 9 && !plain {
        edit.number(Tag::EXPIRES, Some(THEN + 86_400_000));
    }
    if number % 200 == 11 && !plain {
        edit.stage(b"S3CRET next", "", THEN).unwrap();
    }
    (edit.id(), edit.finish().unwrap())
}

// --- what must hold ------------------------------------------------------------------------------

/// Runs a scene with and without them, at two sizes, and compares.
pub fn compare(name: &str, scene: impl Fn(Lang, u16, u16) -> Robot) {
    for (lang, width, height) in [(Lang::Ja, 80, 24), (Lang::En, 160, 48)] {
        let few = without(|| scene(lang, width, height));
        let many = scene(lang, width, height);
        sound(&many, name);
        let (wanted, found) = (told(&few), told(&many));
        let mut left = found.iter();
        for row in &wanted {
            let there = left.any(|one| one == row);
            assert!(there, "{name}, {width}x{height}: {row:?} is not where it was, of\n{found:#?}");
        }
        if !name.contains("_revealed") {
            assert!(!many.screen().contains(MARKER), "{name}: {}", many.screen());
        }
    }
}

/// The rows, and whether each has the focus; how many there are of something may differ.
fn told(robot: &Robot) -> Vec<(String, String, bool)> {
    let plain = |text: &str| -> String {
        let mut out = String::new();
        for c in text.chars() {
            if !c.is_ascii_digit() {
                out.push(c);
            } else if !out.ends_with('#') {
                out.push('#');
            }
        }
        out
    };
    let row = |row: Row| (plain(&row.label), plain(&row.value), row.focus);
    outline(&robot.app).into_iter().map(row).collect()
}

/// The cursor is inside, nothing hostile and no half character is drawn, one row has the focus.
pub fn sound(robot: &Robot, at: &str) {
    let (buf, cursor) = robot.frame();
    assert!(buf.area.contains(cursor), "{at}: {cursor:?} in {:?}", buf.area);
    for y in 0..buf.area.height {
        for x in 0..buf.area.width {
            let cell = buf[(x, y)].symbol();
            assert!(!cell.chars().any(sanitise::is_hostile), "{at}: {cell:?}");
            if cell.width() == 2 {
                let tail = (x + 1 < buf.area.width).then(|| buf[(x + 1, y)].symbol().trim().to_owned());
                assert_eq!(tail.as_deref(), Some(""), "{at}: {cell} is cut\n{}", robot.screen());
            }
        }
    }
    let focused = outline(&robot.app).iter().filter(|row| row.focus).count();
    assert!(focused <= 1, "{at}: {focused} rows have the focus");
}
