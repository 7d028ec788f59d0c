//! Ten thousand entries of every kind and state, for every scene to run over: made once for a test
//! program, opened anew for each scene, which puts its own entries beside them. They stand behind
//! all others in the list, are older, and hold no letter that a scene searches for, so that what a
//! scene says of its own entries holds here, too.

use std::cell::Cell;
use std::sync::OnceLock;

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

use super::{MARKER, NOON, Robot, bare, reopen_as, sealed};

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

/// The vault with nothing else in it.
pub fn open() -> Open {
    static BYTES: OnceLock<Vec<u8>> = OnceLock::new();
    let bytes = BYTES.get_or_init(|| {
        let mut open = bare();
        add(&mut open);
        sealed(open)
    });
    reopen_as(bytes.clone(), 1)
}

/// The demo with them.
pub fn demo() -> &'static Ciphertext {
    static FILE: OnceLock<Ciphertext> = OnceLock::new();
    FILE.get_or_init(|| {
        let file = demo::file(NOON, &mut System).unwrap();
        let sealed = mamori::session::Sealed::read(file.bytes).unwrap();
        let device = mamori::session::Device { writer: 1, name: "robot".into() };
        let mut open = sealed.open(&super::credential(demo::PASSWORD), device, None).unwrap();
        add(&mut open);
        let mut file = open.seal(NOON, &mut System).unwrap();
        // - it is the first of its store
        file.replaces = None;
        file
    })
}

fn add(open: &mut Open) {
    let mut random = System;
    let mut changes = Vec::with_capacity(COUNT);
    let mut trashed = Vec::new();
    for number in 0..COUNT {
        let (id, change) = entry(open, number, &mut random);
        changes.push(change);
        if number % 50 == 7 {
            trashed.push(Change::Trash(id));
        }
    }
    open.apply(&Change::Many(changes), THEN, &mut random).unwrap();
    open.apply(&Change::Many(trashed), THEN, &mut random).unwrap();
}

fn entry(open: &Open, number: usize, random: &mut System) -> (Id, Change) {
    let mut sealer = open.sealer(random);
    let kind = Kind::ALL[number % Kind::ALL.len()];
    let mut edit = EntryEdit::new(&mut sealer, kind, THEN).unwrap();
    edit.text(Tag::TITLE, &format!("龠 {number:05}"));
    edit.text(Tag::USERNAME, &format!("{:08}", number * 7919 % 100_000_000));
    if !number.is_multiple_of(3) {
        edit.text(Tag::FOLDER, &format!("龠{}/龠{:02}", number % 2, number % 23));
    }
    let tags = [format!("龠{}", number % 9)];
    if number.is_multiple_of(4) {
        edit.set(Tag::LABEL, &[tags[0].as_str()]).unwrap();
    }
    if kind != Kind::Note {
        edit.secret(Tag::PASSWORD, format!("S3CRET-{number}-x").as_bytes()).unwrap();
        edit.list(Tag::URL, Tag::URL_PLACE, &[format!("192.0.2.{}/{number}", number % 250).as_str()])
            .unwrap();
    }
    if number % 7 == 1 {
        let code = b"otpauth://totp/x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
        edit.secret(Tag::OTP, code).unwrap();
    }
    if number % 5 == 2 {
        edit.secret(Tag::NOTES, format!("S3CRET {number}\n").as_bytes()).unwrap();
        edit.add_field("龠", &NewValue::Secret(b"S3CRET 1234")).unwrap();
    }
    if number % 40 == 3 {
        edit.flag(Tag::ARCHIVED, true);
    }
    if number % 100 == 9 {
        edit.number(Tag::EXPIRES, Some(THEN + 86_400_000));
    }
    if number % 200 == 11 {
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
