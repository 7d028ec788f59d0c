//! The history of an entry: revisions, differences, the password of each, and the way back.

use mamori::model::{Entry, Id, Tag};
use mamori::ops::edit::{EntryEdit, NewValue};
use mamori::platform::entropy::System;
use mamori::session::Open;
use mamori::text::Lang;
use mamori::tui::event::Event;

use crate::robot::{MASTER, NOON, NOTHING, Robot, Wanted, empty, put, sealed, thousands};

const DAY: u64 = 86_400_000;

fn edit(open: &mut Open, id: Id, days_ago: u64, what: impl FnOnce(&mut EntryEdit<'_, '_>)) {
    let mut random = System;
    let change = {
        let record = open.vault().record(id).unwrap();
        let mut sealer = open.sealer(&mut random);
        let mut edit = EntryEdit::of(&mut sealer, record);
        what(&mut edit);
        edit.finish().unwrap()
    };
    open.apply(&change, NOON - days_ago * DAY, &mut System).unwrap();
}

/// The entry of the scene.
fn own(open: &Open) -> Entry<'_> {
    open.vault().entries().find(|entry| !thousands::theirs(entry.title())).unwrap()
}

/// One entry that was edited four times.
fn story() -> Vec<u8> {
    let mut open = empty();
    put(
        &mut open,
        &Wanted {
            title: "楽天銀行",
            user: "alice",
            password: "S3CRET 一番",
            url: "https://rakuten.example",
            fields: &[("branch", "ジャズ支店", false), ("ﾋﾒｲ", "S3CRET ひめい", true)],
            notes: "S3CRET メモ",
            days_ago: 800,
            ..NOTHING
        },
    );
    let id = own(&open).id();
    edit(&mut open, id, 400, |edit| {
        edit.secret(Tag::PASSWORD, b"S3CRET zwei").unwrap();
        edit.text(Tag::USERNAME, "alice@か\u{3099}.example");
    });
    edit(&mut open, id, 90, |edit| {
        edit.text(Tag::TITLE, "楽天銀行（個人）");
        edit.text(Tag::FOLDER, "銀行/ネット");
        edit.set(Tag::LABEL, &["bank", "jp"]).unwrap();
        edit.add_field("evil\u{202e}", &NewValue::Plain("\u{1b}[31mx")).unwrap();
    });
    edit(&mut open, id, 3, |edit| {
        edit.secret(Tag::PASSWORD, b"S3CRET drei").unwrap();
        edit.secret(Tag::NOTES, b"").unwrap();
    });
    sealed(open)
}

fn history(lang: Lang, width: u16, height: u16) -> Robot {
    let mut robot = Robot::start(Some(story()), lang, width, height);
    robot.types(MASTER).keys("enter H");
    robot
}

fn on_disk(robot: &Robot) -> (String, String, String) {
    let open = robot.on_disk();
    let entry = own(&open);
    let password = open.reveal_text(entry.id(), entry.password().unwrap()).unwrap().expose().to_owned();
    (entry.title().to_owned(), entry.username().to_owned(), password)
}

#[test]
fn what_it_looks_like() {
    crate::snapshot("history", history);
    crate::snapshot("history-differences", |lang, w, h| {
        let mut robot = history(lang, w, h);
        robot.keys("end enter");
        robot
    });
    crate::snapshot("history_revealed", |lang, w, h| {
        let mut robot = history(lang, w, h);
        robot.keys("down down v");
        robot
    });
    crate::snapshot("history-of_one", |lang, w, h| {
        let mut robot = Robot::open(lang, w, h);
        robot.keys("/ v i s a enter H");
        robot
    });
}

#[test]
fn p_copies_the_password_of_the_revision() {
    let mut robot = history(Lang::En, 80, 24);
    robot.keys("p down p down p down p");
    let copied: Vec<_> = robot.clipboard.iter().flatten().map(String::as_str).collect();
    assert_eq!(copied, ["S3CRET drei", "S3CRET zwei", "S3CRET zwei", "S3CRET 一番"]);
    assert!(robot.screen().contains("password of 2024-09-15"), "{}", robot.screen());
}

#[test]
fn enter_shows_and_enter_restores_and_undo_takes_it_back() {
    for (width, height) in [(60, 16), (120, 40)] {
        let mut robot = history(Lang::En, width, height);
        let now = on_disk(&robot);
        assert_eq!(now.2, "S3CRET drei");
        robot.keys("end enter");
        assert!(robot.screen().contains("Enter restore all of this"), "{}", robot.screen());
        robot.keys("enter");
        assert!(robot.screen().contains("Restored; what was replaced"), "{}", robot.screen());
        assert_eq!(on_disk(&robot), ("楽天銀行".into(), "alice".into(), "S3CRET 一番".into()));
        assert!(own(&robot.on_disk()).notes().is_some(), "the notes, too");
        robot.keys("z");
        assert_eq!(on_disk(&robot), now);
        // - the newest is what it is
        robot.keys("home enter enter");
        assert!(robot.screen().contains("like that already"), "{}", robot.screen());
    }
}

#[test]
fn a_secret_of_then_is_shown_beside_the_one_of_now_and_hides() {
    let mut robot = history(Lang::Ja, 80, 24);
    robot.keys("end");
    assert!(!robot.screen().contains("S3CRET"));
    robot.keys("v");
    assert!(
        robot.screen().contains("S3CRET\u{2423}一番") && robot.screen().contains("S3CRET\u{2423}drei"),
        "{}",
        robot.screen()
    );
    robot.wait(12);
    assert!(!robot.screen().contains("S3CRET"), "{}", robot.screen());
    for hides in ["v", "esc", "down", "tab", "h", "]"] {
        robot.keys("v");
        assert!(robot.screen().contains("S3CRET"), "{hides} {}", robot.screen());
        robot.keys(hides);
        assert!(!robot.screen().contains("S3CRET"), "{hides} {}", robot.screen());
        robot.keys("home").keys("h end");
    }
    robot.keys("v");
    robot.event(Event::Focus(false));
    assert!(!robot.screen().contains("S3CRET"));
    robot.keys("v").resize(40, 8).resize(80, 24);
    assert!(!robot.screen().contains("S3CRET"));
}

#[test]
fn the_bracket_keys_go_through_all_differences() {
    let mut robot = history(Lang::En, 60, 16);
    let focus = |robot: &Robot| {
        let rows = mamori::tui::view::outline(&robot.app);
        rows.into_iter().find(|row| row.focus).map(|row| row.label)
    };
    let mut met = Vec::new();
    for _ in 0..40 {
        robot.keys("]");
        met.push(focus(&robot).unwrap());
    }
    assert_eq!(met[0], "password");
    assert!(
        ["title", "user name", "folder", "notes"].iter().all(|name| met.iter().any(|one| one == name)),
        "{met:?}"
    );
    let last = met.last().cloned();
    assert_eq!(met[38], met[39], "it stays at the end");
    robot.keys("[ ]");
    assert_eq!(focus(&robot), last);
    for _ in 0..40 {
        robot.keys("[");
    }
    assert_eq!(focus(&robot).as_deref(), Some("password"));
}

#[test]
fn it_goes_back_to_the_list_and_then_closes() {
    let mut robot = history(Lang::En, 60, 16);
    robot.keys("enter esc");
    assert_eq!(robot.app.open().unwrap().pages.len(), 1);
    robot.keys("esc");
    assert!(robot.app.open().unwrap().pages.is_empty());
}

#[test]
fn of_an_entry_in_the_trash_it_is_there_too() {
    let mut robot = Robot::start(Some(story()), Lang::En, 80, 24);
    robot.types(MASTER).keys("enter d g b H end p");
    assert_eq!(robot.clipboard.last().unwrap().as_deref(), Some("S3CRET 一番"), "{}", robot.screen());
}
