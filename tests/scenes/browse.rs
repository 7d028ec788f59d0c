//! The list's side: marks, sorting, folders and tags, undo.

use mamori::config::sort::{Order, Sort};
use mamori::model::{Entry, Kind, State, Tag};
use mamori::ops::edit::EntryEdit;
use mamori::platform::entropy::System;
use mamori::session::Open;
use mamori::text::Lang;

use crate::robot::{self, NOON, NOTHING, Robot, Wanted, empty, put, sealed, thousands};

const DAY: u64 = 86_400_000;

/// The titles of the list that are visible.
fn titles(robot: &Robot) -> Vec<String> {
    let open = robot.app.open().expect("open");
    let all = open.list.hits.iter().filter_map(|row| open.contents.entry(open.contents.id(*row)?));
    all.map(|entry| entry.title().to_owned()).filter(|title| !thousands::theirs(title)).collect()
}

fn count(robot: &Robot, wanted: impl Fn(Entry<'_>) -> bool) -> usize {
    robot.on_disk().vault().entries().filter(|entry| wanted(*entry)).count()
}

/// Edits the entry of a title.
fn edit(open: &mut Open, title: &str, how: impl Fn(&mut EntryEdit<'_, '_>)) {
    let record = open.vault().entries().find(|entry| entry.title() == title).expect("there").0.clone();
    let change = {
        let mut random = System;
        let mut sealer = open.sealer(&mut random);
        let mut edit = EntryEdit::of(&mut sealer, &record);
        how(&mut edit);
        edit.finish().expect("an edit")
    };
    open.apply(&change, NOON, &mut System).expect("applied");
}

/// What the list can show of an entry, all of it somewhere.
fn shelf() -> Vec<u8> {
    let mut open = empty();
    // - the oldest first: a stamp is never below the one before
    let all = [
        Wanted {
            kind: Kind::Server,
            title: "closed shop",
            user: "old",
            folder: "仕事",
            days_ago: 900,
            ..NOTHING
        },
        Wanted {
            title: "アーク", user: "bob", password: "S3CRET", folder: "仕事", days_ago: 400, ..NOTHING
        },
        Wanted {
            title: "あかり", user: "", password: "S3CRET", folder: "お金", days_ago: 30, ..NOTHING
        },
        Wanted {
            title: "銀行", user: "zoe", folder: "お金/日本", tags: &["重要"], days_ago: 10, ..NOTHING
        },
        Wanted {
            title: "Zebra",
            user: "amy",
            password: "S3CRET",
            tags: &["旧", "重要"],
            days_ago: 3,
            ..NOTHING
        },
    ];
    for wanted in &all {
        put(&mut open, wanted);
    }
    edit(&mut open, "銀行", |edit| edit.text(Tag::READING, "ぎんこう"));
    edit(&mut open, "あかり", |edit| edit.flag(Tag::FAVOURITE, true));
    edit(&mut open, "closed shop", |edit| edit.flag(Tag::ARCHIVED, true));
    edit(&mut open, "Zebra", |edit| {
        edit.stage(b"S3CRET new", "", NOON).expect("staged");
    });
    edit(&mut open, "アーク", |edit| edit.number(Tag::EXPIRES, Some(NOON - DAY)));
    sealed(open)
}

fn on_shelf(lang: Lang, width: u16, height: u16) -> Robot {
    let mut robot = Robot::start(Some(shelf()), lang, width, height);
    robot.types(robot::MASTER).keys("enter");
    robot
}

#[test]
fn the_screens() {
    crate::snapshot("browse-list", on_shelf);
    crate::snapshot("browse-sort", |lang, w, h| {
        let mut robot = on_shelf(lang, w, h);
        robot.keys("S j j");
        robot
    });
    crate::snapshot("browse-marks", |lang, w, h| {
        let mut robot = on_shelf(lang, w, h);
        robot.keys("space j space");
        robot
    });
    crate::snapshot("browse-ask", |lang, w, h| {
        let mut robot = on_shelf(lang, w, h);
        robot.keys("a d");
        robot
    });
    crate::snapshot("browse-archived", |lang, w, h| {
        let mut robot = on_shelf(lang, w, h);
        robot.keys("/").types("o");
        robot
    });
}

#[test]
fn the_list_stands_by_reading_and_in_every_other_order() {
    let mut robot = on_shelf(Lang::En, 80, 24);
    assert_eq!(titles(&robot), ["あかり", "Zebra", "アーク", "銀行"], "the favourite first");
    robot.keys("S end enter esc");
    assert_eq!(titles(&robot), ["Zebra", "アーク", "あかり", "銀行"]);
    let mut by = |order: Order, wanted: [&str; 4]| {
        let at = Order::ALL.iter().position(|one| *one == order).expect("listed");
        robot.keys("S home").keys(&"j ".repeat(at)).keys("enter");
        assert_eq!(titles(&robot), wanted, "{order:?}");
    };
    by(Order::PasswordAge, ["アーク", "あかり", "Zebra", "銀行"]);
    by(Order::User, ["Zebra", "アーク", "銀行", "あかり"]);
    by(Order::Folder, ["あかり", "銀行", "アーク", "Zebra"]);
    // - two of them are copied from, one after the other
    robot.keys("/").types("zebra").keys("enter u").pass(std::time::Duration::from_secs(60));
    robot.keys("/ ctrl+u").types("アーク").keys("enter u esc S home j enter");
    assert_eq!(titles(&robot), ["アーク", "Zebra", "あかり", "銀行"]);
    robot.keys("S left enter");
    assert_eq!(titles(&robot), ["あかり", "銀行", "Zebra", "アーク"], "the other way round");
    let sort = Sort { order: Order::Used, reverse: true, favourites_first: false };
    assert_eq!(robot.app.shell.memory.sort, sort);
    assert!(robot.effects.iter().any(|effect| effect.starts_with("Remember")));
    assert!(!robot.effects.iter().any(|effect| effect.starts_with("Write")), "use and order save nothing");
}

#[test]
fn marks_act_on_all_as_one_step_and_one_save() {
    let mut robot = on_shelf(Lang::En, 80, 24);
    robot.keys("space space");
    assert!(robot.screen().contains("2 marked"), "{}", robot.screen());
    let saves = |robot: &Robot| robot.effects.iter().filter(|effect| effect.starts_with("Write")).count();
    let before = saves(&robot);
    robot.keys("*");
    assert_eq!(saves(&robot), before + 1);
    assert_eq!(count(&robot, |entry| entry.favourite()), 2);
    assert!(robot.screen().contains("Done: marked 1 entry as favourite"), "one was: {}", robot.screen());
    robot.keys("z");
    assert_eq!(count(&robot, |entry| entry.favourite()), 1);
    assert!(robot.screen().contains("Undone: marked 1 entry as favourite"), "{}", robot.screen());
    // - several are asked for, with Cancel in focus
    robot.keys("d enter");
    assert_eq!(count(&robot, |entry| entry.state() == State::Trashed), 0);
    robot.keys("d down enter");
    assert_eq!(count(&robot, |entry| entry.state() == State::Trashed), 2);
    assert!(!robot.screen().contains("marked"), "what is in the trash has no mark: {}", robot.screen());
    robot.keys("z");
    assert_eq!(count(&robot, |entry| entry.state() == State::Trashed), 0);
    assert!(robot.screen().contains("Undone: moved 2 entries to the trash"), "{}", robot.screen());
    robot.keys("Z");
    assert_eq!(count(&robot, |entry| entry.state() == State::Trashed), 2);
    robot.keys("z a");
    assert!(robot.screen().contains("4 marked"));
    robot.keys("a");
    assert!(!robot.screen().contains("marked"));
    robot.keys("space esc");
    assert!(!robot.screen().contains("marked"), "Esc takes marks away");
}

/// An act never means what nobody sees, because the act before took it out of the list.
#[test]
fn what_an_act_takes_out_of_the_list_is_marked_no_longer() {
    let mut robot = on_shelf(Lang::En, 80, 24);
    let archived = |robot: &Robot| count(robot, |entry| entry.state() == State::Archived);
    let before = archived(&robot);
    robot.keys("space space :").types("archive").keys("enter");
    assert_eq!(archived(&robot), before + 2);
    assert!(!robot.screen().contains("marked"), "{}", robot.screen());
    robot.keys("z space");
    let screen = robot.screen();
    let footer = screen.lines().last().unwrap_or_default();
    assert!(footer.contains("m ") && footer.contains("d ") && !footer.contains("password"), "{screen}");
    robot.keys("esc");
    // - what only a search hides stays marked, as it was marked
    robot.keys("space /").types("zzzz").keys("enter");
    assert!(robot.screen().contains("1 marked"), "{}", robot.screen());
}

#[test]
fn undoing_a_change_of_all_leaves_the_cursor_where_it_is() {
    let mut robot = on_shelf(Lang::En, 80, 24);
    let selected = |robot: &Robot| robot.app.open().unwrap().selected();
    let before = selected(&robot);
    robot.keys("a m").types("elsewhere").keys("enter");
    assert_eq!(selected(&robot), before, "{}", robot.screen());
    robot.keys("z");
    assert_eq!(selected(&robot), before, "{}", robot.screen());
}

#[test]
fn archived_entries_are_out_of_the_way_and_found() {
    let mut robot = on_shelf(Lang::En, 120, 40);
    assert!(!titles(&robot).contains(&"closed shop".to_owned()));
    robot.keys("/").types("closed");
    assert_eq!(titles(&robot), ["closed shop"]);
    assert!(robot.screen().contains("archived"));
    robot.keys("enter :").types("archive").keys("enter");
    assert_eq!(count(&robot, |entry| entry.state() == State::Archived), 0);
    robot.keys("z");
    assert_eq!(count(&robot, |entry| entry.state() == State::Archived), 1);
}

/// Makes an entry through the form.
fn make(robot: &mut Robot, title: &str) {
    robot.keys("n enter").types(title).keys("ctrl+s");
    assert!(titles(robot).contains(&title.to_owned()), "{}", robot.screen());
}

#[test]
fn what_was_made_is_out_of_sight_when_that_is_undone() {
    let mut robot = on_shelf(Lang::En, 80, 24);
    let before = titles(&robot);
    make(&mut robot, "fresh");
    robot.keys("z");
    assert!(robot.screen().contains("Undone: the new entry is out of sight"), "{}", robot.screen());
    assert_eq!(titles(&robot), before);
    assert_eq!(count(&robot, |entry| entry.title() == "fresh"), 0, "on the disk neither");
    robot.keys("g b");
    assert!(!robot.screen().contains("fresh"), "nor in the trash; {}", robot.screen());
    // - it comes back whole, and goes again
    robot.keys("esc Z");
    assert!(titles(&robot).contains(&"fresh".to_owned()), "{}", robot.screen());
    robot.keys("z Z");
    assert_eq!(count(&robot, |entry| entry.title() == "fresh" && entry.state() == State::Active), 1);
    // - a search finds it only while it is there
    robot.keys("z /").types("fresh");
    assert!(robot.screen().contains("Entries 0"), "{}", robot.screen());
    robot.keys("esc Z /").types("fresh");
    assert_eq!(titles(&robot), ["fresh"]);
}

#[test]
fn what_was_made_and_edited_elsewhere_is_not_lost_by_undo() {
    let mut robot = on_shelf(Lang::En, 80, 24);
    make(&mut robot, "fresh");
    // - another session gives it a user name; this one undoes the making, and joins when it saves
    let mut other = robot.on_disk();
    edit(&mut other, "fresh", |edit| edit.text(Tag::USERNAME, "hana"));
    robot.disk.put(&robot::path(), sealed(other));
    robot.keys("z");
    let whole = |robot: &Robot| count(robot, |entry| (entry.title(), entry.username()) == ("fresh", "hana"));
    assert_eq!(whole(&robot), 1, "{}", robot.screen());
    assert!(titles(&robot).contains(&"fresh".to_owned()), "{}", robot.screen());
    robot.keys("Z");
    assert_eq!(whole(&robot), 1);
}

#[test]
fn what_is_typed_over_a_question_is_not_dropped_in_silence() {
    // - a question, a menu, a menu of the form, the window of messages
    for way in ["a d", "n", "S", "n enter down up enter", "g m"] {
        for kana in [true, false] {
            let mut robot = on_shelf(Lang::En, 80, 24);
            let sorts = way == "S";
            robot.keys("/").types("a").keys("enter").keys(way);
            let pages = robot.app.open().expect("open").pages.len();
            let typing = robot.app.typing();
            if kana {
                robot.types("あ");
            } else {
                robot.pastes("pasted");
            }
            // - the sort menu is left for the search, as the list is
            let searches = sorts || typing;
            let says = robot.screen().contains("Nothing is typed here");
            assert_eq!(says, !searches, "{way}: {}", robot.screen());
            let open = robot.app.open().expect("open");
            assert_eq!(open.pages.len(), if sorts { 0 } else { pages }, "{way}: {}", robot.screen());
            if !sorts {
                assert_eq!(open.list.search.text(), "a", "the search behind it stays");
            }
        }
    }
    // - where something is typed before, it goes there
    let mut robot = on_shelf(Lang::En, 80, 24);
    robot.keys("d g b D").types("あ").pastes("い");
    assert!(robot.screen().contains("あい"), "{}", robot.screen());
    robot.keys("down").types("う");
    assert!(robot.screen().contains("Nothing is typed here"), "{}", robot.screen());
    assert!(!robot.screen().contains("あいう"), "{}", robot.screen());
}
