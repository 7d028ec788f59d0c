//! The trash: bringing back, and deleting for ever.

use mamori::model::{Id, State};
use mamori::text::Lang;
use mamori::tui::event::Event;

use crate::robot::{MASTER, NOTHING, Robot, Wanted, empty, path, put, sealed, thousands};

/// Titles of entries in the trash and outside, as on the disk.
fn on_disk(robot: &Robot) -> (Vec<String>, usize) {
    let open = robot.on_disk();
    let of = |trashed: bool| {
        let all = open.vault().entries().filter(move |entry| (entry.state() == State::Trashed) == trashed);
        all.map(|entry| entry.title().to_owned()).collect::<Vec<_>>()
    };
    let mut trashed = of(true);
    trashed.sort();
    (trashed, of(false).into_iter().filter(|title| !thousands::theirs(title)).count())
}

pub fn trash(lang: Lang, width: u16, height: u16) -> Robot {
    let mut robot = Robot::open(lang, width, height);
    for title in ["mizu", "git", "evil", "visa"] {
        robot.keys("/").types(title).keys("enter d esc").wait(1);
    }
    robot.wait(7).keys("g b");
    robot
}

#[test]
fn what_it_looks_like() {
    crate::snapshot("trash", trash);
    crate::snapshot("trash-empty", |lang, w, h| {
        let mut robot = Robot::open(lang, w, h);
        robot.keys("g b");
        robot
    });
    crate::snapshot("trash-marked", |lang, w, h| {
        let mut robot = trash(lang, w, h);
        robot.keys("space down space");
        robot
    });
    crate::snapshot("trash_revealed", |lang, w, h| {
        let mut robot = trash(lang, w, h);
        robot.keys("end v");
        robot
    });
    crate::snapshot("trash-purge", |lang, w, h| {
        let mut robot = trash(lang, w, h);
        robot.keys("end D").types("みずほ");
        robot
    });
    crate::snapshot("trash-purge_many", |lang, w, h| {
        let mut robot = trash(lang, w, h);
        robot.keys("a D").types("4");
        robot
    });
}

#[test]
fn what_was_thrown_away_last_comes_first_and_enter_brings_it_back() {
    let mut robot = trash(Lang::En, 80, 24);
    assert_eq!(on_disk(&robot).1, 8);
    let rows = mamori::tui::view::outline(&robot.app);
    let titles: Vec<&str> = rows.iter().map(|row| row.label.as_str()).collect();
    assert_eq!((titles[0], titles[3]), ("VISA カード", "みずほ銀行"));
    assert!(robot.screen().contains("Enter restore"), "{}", robot.screen());
    robot.keys("end enter");
    assert_eq!(on_disk(&robot).1, 9);
    assert!(robot.screen().contains("Restored. z undoes."), "{}", robot.screen());
    robot.keys("z");
    assert_eq!(on_disk(&robot).1, 8);
    robot.keys("Z");
    assert_eq!(on_disk(&robot).1, 9);
    // - it is in the list again
    robot.keys("esc / m i z u");
    assert!(robot.screen().contains("みずほ銀行"), "{}", robot.screen());
}

#[test]
fn several_come_back_as_one_step() {
    let mut robot = trash(Lang::Ja, 60, 16);
    robot.keys("a");
    assert!(robot.screen().contains("4 件を復元"), "{}", robot.screen());
    robot.keys("enter");
    assert_eq!(on_disk(&robot), (Vec::new(), 12));
    assert!(robot.screen().contains("ごみ箱は空です"), "{}", robot.screen());
    robot.keys("z");
    assert_eq!(on_disk(&robot).0.len(), 4);
}

#[test]
fn only_the_title_deletes_for_ever_and_nothing_of_it_is_left() {
    let mut robot = trash(Lang::En, 80, 24);
    robot.keys("end D enter");
    assert!(robot.screen().contains("not what was to be typed"), "{}", robot.screen());
    robot.types("みずほ").keys("enter").keys("end enter");
    assert_eq!(on_disk(&robot).0.len(), 4, "half of the title deletes nothing");
    robot.types("銀行");
    let before = payload(&robot);
    assert!(contains(&before, "みずほ銀行") && contains(&before, "3390-1122-000"));
    robot.keys("enter");
    assert!(robot.screen().contains("Deleted for ever."), "{}", robot.screen());
    let (trashed, others) = on_disk(&robot);
    assert_eq!((trashed.len(), others), (3, 8));
    let after = payload(&robot);
    assert!(!contains(&after, "みずほ") && !contains(&after, "3390-1122-000"), "gone from the file");
    assert!(contains(&after, "hana-dev"), "the others are there");
    // - the backup that still holds it is named
    assert!(robot.screen().contains("still hold what was deleted: 1"), "{}", robot.screen());
    robot.keys("end enter");
    let vault = robot.on_disk().header().vault;
    assert!(robot.real.backups(&vault).unwrap()[0].due.is_some(), "it goes in a week");
    // - and undo brings no piece of it back
    robot.keys("z z z z z z");
    assert!(!contains(&payload(&robot), "みずほ"));
    assert_eq!(on_disk(&robot), (Vec::new(), 11));
}

#[test]
fn esc_and_cancel_delete_nothing() {
    for keys in ["esc", "down enter", "tab enter"] {
        let mut robot = trash(Lang::En, 80, 24);
        robot.keys("D").types("VISA カード").keys(keys);
        assert_eq!(on_disk(&robot).0.len(), 4, "{keys}");
        assert_eq!(robot.app.open().unwrap().pages.len(), 1, "{keys}");
    }
}

#[test]
fn several_are_deleted_by_their_number() {
    let mut robot = trash(Lang::Ja, 80, 24);
    robot.keys("a D").types("3").keys("enter");
    assert_eq!(on_disk(&robot).0.len(), 4);
    // - the input method may be on
    robot.keys("backspace").types("４").keys("enter");
    assert_eq!(on_disk(&robot), (Vec::new(), 8));
}

#[test]
fn titles_that_cannot_be_typed_ask_for_a_word() {
    let mut robot = trash(Lang::En, 80, 24);
    robot.keys("/ e v i l enter D");
    assert!(robot.screen().contains("type: delete"), "{}", robot.screen());
    robot.types("delete").keys("enter");
    assert_eq!(on_disk(&robot).0.len(), 3);
}

#[test]
fn what_looks_the_same_is_the_same() {
    // - decomposed, half-width: a person types it as the input method gives it
    for (title, typed) in [("か\u{3099}んこう", "がんこう"), ("ﾕｳﾁｮ", "ユウチョ"), ("ＡＢＣ", "ABC")]
    {
        let mut open = empty();
        put(&mut open, &Wanted { title, password: "S3CRET", ..NOTHING });
        let mut robot = Robot::start(Some(sealed(open)), Lang::Ja, 60, 16);
        robot.types(MASTER).keys("enter d g b D").types(typed).keys("enter");
        assert_eq!(on_disk(&robot), (Vec::new(), 0), "{title}");
    }
}

#[test]
fn the_keys_of_entries_act_and_edits_do_not() {
    let mut robot = trash(Lang::En, 80, 24);
    robot.keys("end u p t b");
    let copied: Vec<_> = robot.clipboard.iter().flatten().collect();
    assert_eq!(copied[..2], ["3390-1122-000", "S3CRET mizuho"]);
    assert_eq!((copied[2].len(), copied[3].as_str()), (6, "3390-1122-000"));
    for key in ["e", "m", "c", "d", "*"] {
        robot.keys(key);
        assert_eq!(on_disk(&robot).0.len(), 4, "{key}");
        assert_eq!(robot.app.open().unwrap().pages.len(), 1, "{key}");
    }
    robot.keys("v");
    assert!(robot.screen().contains("S3CRET\u{2423}mizuho"), "{}", robot.screen());
    robot.keys("V");
    assert!(robot.screen().contains("S 3 C R E T"), "{}", robot.screen());
    robot.event(Event::Focus(false));
    assert!(!robot.screen().contains("S 3"), "{}", robot.screen());
    robot.keys("v").wait(12);
    assert!(!robot.screen().contains("S3CRET"));
}

#[test]
fn another_session_may_empty_it_meanwhile() {
    let mut robot = trash(Lang::En, 80, 24);
    robot.keys("end");
    let mut other = robot.on_disk();
    let ids: Vec<Id> =
        other.vault().entries().filter(|entry| entry.state() == State::Trashed).map(|e| e.id()).collect();
    let purge =
        mamori::ops::change::Change::Many(ids.into_iter().map(mamori::ops::change::Change::Purge).collect());
    other.apply(&purge, robot.now.wall_ms, &mut mamori::platform::entropy::System).unwrap();
    robot.disk.put(&path(), sealed(other));
    robot.keys("f5");
    assert!(robot.screen().contains("The trash is empty."), "{}", robot.screen());
    robot.keys("enter D p v space a");
}

/// The decrypted payload of the file on the disk.
fn payload(robot: &Robot) -> Vec<u8> {
    let bytes = robot.disk.bytes(&path()).unwrap();
    let open = robot.on_disk();
    let read = mamori::format::header::read(&bytes, bytes.len() as u64).unwrap();
    mamori::format::body::open(bytes, &read, open.key()).unwrap().expose().to_vec()
}

fn contains(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|piece| piece == text.as_bytes())
}

#[test]
fn its_commands_are_in_the_palette_only_here() {
    let mut robot = trash(Lang::En, 80, 24);
    robot.keys(":").types("restore").keys("enter");
    assert_eq!(on_disk(&robot).1, 9, "{}", robot.screen());
    robot.keys(":").types("delete-for-ever").keys("enter");
    assert!(robot.screen().contains("GitHub") || robot.screen().contains("evil"), "{}", robot.screen());
    assert!(robot.app.open().is_some_and(|open| open.pages.len() == 2), "{}", robot.screen());
    robot.keys("esc ?");
    let screen = robot.screen();
    let heading = screen.lines().position(|line| line.contains("This page")).expect("a heading");
    assert!(screen.lines().skip(heading).take(4).any(|line| line.contains("Delete for ever")), "{screen}");
    crate::snapshot("trash-help", |lang, w, h| {
        let mut robot = trash(lang, w, h);
        robot.keys("?");
        robot
    });
    robot.keys("esc esc :").types("delete-for-ever");
    assert!(!robot.screen().contains(" Delete for ever"), "{}", robot.screen());
}
