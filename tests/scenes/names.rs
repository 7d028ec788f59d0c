//! Folders and tags as a whole: another name, another place, one with another, away; from their lists
//! and from the sidebar.

use mamori::model::{Entry, State};
use mamori::ops::filing;
use mamori::text::Lang;
use mamori::tui::view::outline;

use crate::robot::{self, NOTHING, Robot, Wanted, empty, put, sealed, thousands};

fn filed() -> Vec<u8> {
    let mut open = empty();
    let all = [
        Wanted { title: "Amazon", folder: "買い物", tags: &["重要", "家族"], ..NOTHING },
        Wanted { title: "銀行", folder: "お金/日本", tags: &["重要"], ..NOTHING },
        Wanted { title: "楽天", folder: "買い物", ..NOTHING },
        Wanted { title: "証券", folder: "お金", tags: &["重要そう"], ..NOTHING },
        Wanted { title: "GitHub", folder: "work/code", tags: &["work"], ..NOTHING },
        Wanted { title: "古い店", folder: "買い物", tags: &["家族"], ..NOTHING },
        Wanted { title: "メモ", ..NOTHING },
    ];
    for wanted in &all {
        put(&mut open, wanted);
    }
    sealed(open)
}

fn start(lang: Lang, width: u16, height: u16) -> Robot {
    let mut robot = Robot::start(Some(filed()), lang, width, height);
    robot.types(robot::MASTER).keys("enter");
    // - one of them lies in the trash
    robot.keys("/").types("古い店").keys("enter d esc");
    robot.wait(10);
    robot
}

/// A list, by the palette.
fn at(lang: Lang, width: u16, height: u16, list: &str) -> Robot {
    let mut robot = start(lang, width, height);
    go(&mut robot, list);
    robot
}

fn go(robot: &mut Robot, command: &str) {
    robot.keys(":").types(command).keys("enter");
}

fn of<T>(robot: &Robot, title: &str, what: impl Fn(Entry<'_>) -> T) -> T {
    let open = robot.on_disk();
    let entry = open.vault().entries().find(|entry| entry.title() == title).expect("there");
    what(entry)
}

fn folder(robot: &Robot, title: &str) -> String {
    of(robot, title, |entry| entry.folder().to_owned())
}

fn tags(robot: &Robot, title: &str) -> Vec<String> {
    of(robot, title, |entry| entry.tags().into_iter().map(str::to_owned).collect())
}

fn rows(robot: &Robot) -> Vec<String> {
    let all = outline(&robot.app).into_iter().filter(|row| !thousands::theirs(&row.label));
    all.map(|row| format!("{} {}", row.label, row.value)).collect()
}

fn focus(robot: &Robot) -> String {
    outline(&robot.app).into_iter().find(|row| row.focus).map(|row| row.label).unwrap_or_default()
}

fn saves(robot: &Robot) -> usize {
    robot.effects.iter().filter(|effect| effect.starts_with("Write")).count()
}

fn says(robot: &Robot, words: &str) {
    assert!(robot.screen().contains(words), "{}", robot.screen());
}

#[test]
fn the_screens() {
    crate::snapshot("names-folders", |lang, w, h| at(lang, w, h, "folders"));
    crate::snapshot("names-tags", |lang, w, h| {
        let mut robot = at(lang, w, h, "all-tags");
        robot.keys("space space");
        robot
    });
    crate::snapshot("names-acts", |lang, w, h| {
        let mut robot = at(lang, w, h, "folders");
        robot.keys("down down enter");
        robot
    });
    crate::snapshot("names-rename", |lang, w, h| {
        let mut robot = at(lang, w, h, "folders");
        robot.keys("down down down e ctrl+u").types("海外");
        robot
    });
    crate::snapshot("names-rename-taken", |lang, w, h| {
        let mut robot = at(lang, w, h, "all-tags");
        robot.keys("e ctrl+u").types("重要");
        robot
    });
    crate::snapshot("names-put", |lang, w, h| {
        let mut robot = at(lang, w, h, "folders");
        robot.keys("end m");
        robot
    });
    crate::snapshot("names-ask-merge", |lang, w, h| {
        let mut robot = at(lang, w, h, "folders");
        robot.keys("end e ctrl+u").types("お金").keys("enter");
        robot
    });
    crate::snapshot("names-ask-dissolve", |lang, w, h| {
        let mut robot = at(lang, w, h, "folders");
        robot.keys("down down d down");
        robot
    });
    crate::snapshot("names-none", |lang, w, h| {
        let mut robot = Robot::start(Some(sealed(empty())), lang, w, h);
        robot.types(robot::MASTER).keys("enter");
        go(&mut robot, "folders");
        robot
    });
}

#[test]
fn a_folder_gets_another_name_in_one_step() {
    let mut robot = at(Lang::En, 80, 24, "folders");
    assert_eq!(
        rows(&robot),
        [
            "work 1 entry 0 right here",
            "code 1 entry",
            "お金 2 entries 1 right here",
            "日本 1 entry",
            "買い物 2 entries"
        ]
    );
    let before = saves(&robot);
    // - only the last part of the path is asked for
    robot.keys("down down down e");
    says(&robot, "お金/日本");
    robot.keys("ctrl+u").types(" 海外 ").keys("enter");
    assert_eq!((folder(&robot, "銀行"), folder(&robot, "証券")), ("お金/海外".into(), "お金".into()));
    assert_eq!(focus(&robot), "海外", "the focus goes along; {}", robot.screen());
    says(&robot, "renamed a folder (1 entry)");
    // - what lies in the trash stays there as it is
    robot.keys("end e ctrl+u").types("店").keys("enter");
    assert_eq!((folder(&robot, "楽天"), folder(&robot, "Amazon")), ("店".into(), "店".into()));
    assert_eq!(of(&robot, "古い店", |entry| entry.state()), State::Trashed);
    says(&robot, "renamed a folder (2 entries)");
    assert_eq!(saves(&robot), before + 2);
    robot.keys("z");
    assert_eq!((folder(&robot, "楽天"), folder(&robot, "Amazon")), ("買い物".into(), "買い物".into()));
    says(&robot, "Undone: renamed a folder (2 entries)");
    robot.keys("Z");
    assert_eq!(folder(&robot, "楽天"), "店");
    // - nothing, the same name, and itself
    let before = saves(&robot);
    robot.keys("home e ctrl+u enter");
    assert_eq!(robot.app.open().expect("open").pages.len(), 2, "nothing is no name");
    robot.types("work").keys("enter");
    says(&robot, "Nothing to change");
    robot.keys("e ctrl+u").types("work/in").keys("enter");
    says(&robot, "cannot lie in itself");
    robot.keys("esc");
    assert_eq!(saves(&robot), before);
}

#[test]
fn a_name_that_is_there_already_merges_when_that_is_wanted() {
    let mut robot = at(Lang::En, 80, 24, "folders");
    let before = saves(&robot);
    robot.keys("end e ctrl+u").types("お金").keys("enter");
    says(&robot, "merges 2 entries");
    robot.keys("enter");
    assert_eq!(
        (saves(&robot), folder(&robot, "楽天")),
        (before, "買い物".into()),
        "the harmless answer first"
    );
    robot.keys("e ctrl+u").types("お金").keys("enter down enter");
    assert_eq!((saves(&robot), folder(&robot, "楽天")), (before + 1, "お金".into()));
    says(&robot, "merged folders (2 entries)");
    assert_eq!(rows(&robot).last().expect("some"), "日本 1 entry", "{}", robot.screen());
    robot.keys("z");
    assert_eq!(folder(&robot, "楽天"), "買い物");
    // - tags, from the list of theirs
    robot.keys("esc");
    go(&mut robot, "all-tags");
    assert_eq!(rows(&robot), ["#work 1 entry", "#家族 1 entry", "#重要 2 entries", "#重要そう 1 entry"]);
    robot.keys("end e ctrl+u").types("重要").keys("enter");
    says(&robot, "merges 1 entry of");
    robot.keys("down enter");
    assert_eq!(tags(&robot, "証券"), ["重要"]);
    says(&robot, "merged tags (1 entry)");
}

#[test]
fn a_folder_is_put_into_another() {
    let mut robot = at(Lang::En, 80, 24, "folders");
    robot.keys("down down m");
    assert_eq!(
        rows(&robot),
        ["(no folder: at the top) ", "work 1", "work/code 1", "買い物 2"],
        "not into itself; {}",
        robot.screen()
    );
    robot.types("買").keys("enter");
    assert_eq!(
        (folder(&robot, "銀行"), folder(&robot, "証券")),
        ("買い物/お金/日本".into(), "買い物/お金".into())
    );
    says(&robot, "moved a folder (2 entries)");
    // - back to the top
    robot.keys("m enter");
    assert_eq!(folder(&robot, "証券"), "お金");
    // - what it leaves empty stays
    robot.keys("home down m enter");
    assert_eq!(
        (folder(&robot, "GitHub"), filing::kept(robot.on_disk().vault())),
        ("code".into(), vec!["work".into()])
    );
    robot.keys("z");
    assert!(filing::kept(robot.on_disk().vault()).is_empty());
    // - where it meets one of its name it is asked
    robot.keys("esc");
    go(&mut robot, "folders");
    robot.keys("n").types("買い物/日本").keys("enter");
    assert_eq!(focus(&robot), "日本");
    robot.keys("up up m").types("買い物").keys("enter");
    says(&robot, "Two become one");
    robot.keys("down enter");
    assert_eq!(folder(&robot, "銀行"), "買い物/日本");
}

#[test]
fn marked_ones_become_one_with_another() {
    let mut robot = at(Lang::En, 80, 24, "all-tags");
    robot.keys("down space space");
    says(&robot, "2 marked");
    robot.keys("e");
    says(&robot, "one at a time");
    robot.keys("m");
    says(&robot, "Merge 2 tags into");
    robot.types("大事").keys("enter");
    assert_eq!((tags(&robot, "Amazon"), tags(&robot, "銀行")), (vec!["大事".into()], vec!["大事".into()]));
    says(&robot, "merged tags (2 entries)");
    robot.keys("z");
    assert_eq!(tags(&robot, "Amazon"), ["家族", "重要"]);
    // - into one of their own
    robot.keys("esc");
    go(&mut robot, "all-tags");
    robot.keys("down space space enter enter").types("家族").keys("enter");
    assert_eq!(tags(&robot, "銀行"), ["家族"]);
    // - folders by the menu: into one with another, and never into what lies in them
    robot.keys("esc");
    go(&mut robot, "folders");
    robot.keys("down down enter down down down enter");
    assert_eq!(rows(&robot), ["work 1", "work/code 1", "買い物 2"]);
    robot.keys("pgdn enter");
    assert_eq!((folder(&robot, "証券"), folder(&robot, "銀行")), ("買い物".into(), "買い物/日本".into()));
    says(&robot, "merged folders (2 entries)");
}

#[test]
fn a_folder_goes_and_its_entries_stay() {
    let mut robot = at(Lang::En, 80, 24, "folders");
    robot.keys("down down d");
    says(&robot, "entries and 1 folder");
    robot.keys("esc d down enter");
    assert_eq!((folder(&robot, "証券"), folder(&robot, "銀行")), (String::new(), "日本".into()));
    says(&robot, "removed a folder (2 entries kept)");
    robot.keys("z home down d");
    says(&robot, "\"work\"");
    robot.keys("down enter");
    assert_eq!(folder(&robot, "GitHub"), "work");
    // - an empty one, and what is empty in it, goes without a question
    robot.keys("n").types("空/中").keys("enter");
    assert_eq!(filing::kept(robot.on_disk().vault()), ["空/中"]);
    robot.keys("up d");
    assert!(filing::kept(robot.on_disk().vault()).is_empty(), "{}", robot.screen());
    says(&robot, "removed an empty folder");
    robot.keys("z");
    assert_eq!(filing::kept(robot.on_disk().vault()), ["空/中"]);
    // - with those around it: up to the first that stays
    robot.keys("z end");
    assert_eq!(focus(&robot), "買い物");
    robot.keys("home down space space d");
    says(&robot, "goes to the top");
    robot.keys("down enter");
    assert_eq!((folder(&robot, "証券"), folder(&robot, "銀行")), (String::new(), String::new()));
}

#[test]
fn a_tag_is_taken_from_all() {
    let mut robot = at(Lang::En, 80, 24, "all-tags");
    robot.keys("down down d");
    says(&robot, "taken from 2 entries. The entries");
    robot.keys("down enter");
    assert_eq!((tags(&robot, "Amazon"), tags(&robot, "銀行")), (vec!["家族".into()], vec![]));
    says(&robot, "removed a tag from 2 entries");
    robot.keys("z");
    assert_eq!(
        (tags(&robot, "Amazon"), tags(&robot, "銀行")),
        (vec!["家族".into(), "重要".into()], vec!["重要".into()])
    );
    // - what lies in the trash keeps it and stays there
    robot.keys("home down d down enter");
    assert_eq!(tags(&robot, "古い店"), ["家族"]);
    assert_eq!(of(&robot, "古い店", |entry| entry.state()), State::Trashed);
}

#[test]
fn a_folder_is_made() {
    let mut robot = at(Lang::En, 80, 24, "folders");
    robot.keys("n").types("買い物").keys("enter");
    says(&robot, "There is a folder of that name already");
    robot.types("/本").keys("enter");
    assert_eq!(filing::kept(robot.on_disk().vault()), ["買い物/本"]);
    says(&robot, "Done: made a folder");
    // - in the one with the focus, by the menu
    robot.keys("up enter down down down down enter");
    says(&robot, "New folder");
    robot.types("服").keys("enter");
    assert_eq!(filing::kept(robot.on_disk().vault()), ["買い物/服", "買い物/本"]);
    // - by its name, from the list of entries
    robot.keys("esc");
    go(&mut robot, "new-folder");
    robot.types("新").keys("enter");
    assert_eq!(filing::kept(robot.on_disk().vault()).len(), 3);
}

#[test]
fn the_entries_of_a_folder_are_shown_in_the_list() {
    let mut robot = at(Lang::En, 80, 24, "folders");
    robot.keys("end enter enter");
    assert_eq!(rows(&robot), ["Amazon ", "楽天 "]);
    assert!(robot.app.open().expect("open").pages.is_empty());
    // - the list goes along with the name, and to everything where the name is gone
    go(&mut robot, "folders");
    robot.keys("end e ctrl+u").types("店").keys("enter esc");
    assert_eq!(rows(&robot).len(), 2, "{}", robot.screen());
    robot.keys("z");
    assert_eq!(rows(&robot).len(), 6, "{}", robot.screen());
}

#[test]
fn what_is_searched_for_narrows_the_list() {
    let mut robot = at(Lang::En, 80, 24, "folders");
    robot.keys("/").types("にほん").keys("enter");
    assert_eq!(rows(&robot), Vec::<String>::new());
    robot.keys("esc に esc").keys("/").pastes("日").keys("enter");
    assert_eq!(rows(&robot), ["お金/日本 1 entry"], "with the whole path; {}", robot.screen());
    robot.keys("d");
    says(&robot, "goes to \"お金\"");
    robot.keys("esc esc");
    assert_eq!(rows(&robot).len(), 5);
}

#[test]
fn the_sidebar_does_the_same() {
    for (width, height) in [(60, 16), (80, 24), (120, 40)] {
        let mut robot = start(Lang::En, width, height);
        // - where there is neither, the reason is said
        robot.keys("left e");
        says(&robot, "No folder or tag is selected");
        robot.keys("down down down down down down e ctrl+u").types("金").keys("enter");
        assert_eq!(folder(&robot, "証券"), "金", "{}", robot.screen());
        let side = || outline(&robot.app).into_iter().find(|row| row.focus).map(|row| row.label);
        assert_eq!(side().as_deref(), Some("金"), "{width}: {}", robot.screen());
        robot.keys("m").types("買い物").keys("enter");
        assert_eq!(folder(&robot, "証券"), "買い物/金");
        robot.keys("end up d");
        says(&robot, "taken from 1 entry");
        robot.keys("down enter");
        assert_eq!(tags(&robot, "証券"), Vec::<String>::new());
        robot.keys("end up m").types("work").keys("enter");
        assert_eq!(tags(&robot, "銀行"), ["work"]);
        // - and the list shows what it showed, under the new name
        robot.keys("esc esc");
        robot.keys("z z z z");
        assert_eq!((folder(&robot, "証券"), tags(&robot, "証券")), ("お金".into(), vec!["重要そう".into()]));
    }
}

#[test]
fn a_large_vault_is_not_waited_for() {
    let mut open = empty();
    for number in 0..5_200 {
        let title = format!("entry {number}");
        let folder = if number % 2 == 0 { "even" } else { "odd" };
        put(&mut open, &Wanted { title: &title, folder, tags: &["all"], ..NOTHING });
    }
    let mut robot = Robot::start(Some(sealed(open)), Lang::En, 80, 24);
    robot.types(robot::MASTER).keys("enter");
    go(&mut robot, "folders");
    robot.hold = true;
    robot.keys("e ctrl+u").types("gerade").keys("enter");
    assert!(robot.held.iter().any(|effect| format!("{effect:?}").contains("Work")), "a job does it");
    robot.release();
    says(&robot, "renamed a folder (2600 entries)");
    assert_eq!(folder(&robot, "entry 10"), "gerade");
    assert_eq!(rows(&robot), ["gerade 2600 entries", "odd 2600 entries"]);
    robot.keys("z");
    says(&robot, "Undone: renamed a folder (2600 entries)");
    assert_eq!(folder(&robot, "entry 10"), "even");
    robot.keys("home space space enter down enter").types("one").keys("enter");
    says(&robot, "merged folders (5200 entries)");
    assert_eq!((folder(&robot, "entry 10"), folder(&robot, "entry 11")), ("one".into(), "one".into()));
}

#[test]
fn nothing_is_changed_where_the_vault_is_only_read() {
    let mut robot = start(Lang::En, 80, 24);
    let mamori::tui::app::Screen::Open(open) = &mut robot.app.screen else { panic!("open") };
    open.contents.session_mut().hold_read_only();
    go(&mut robot, "folders");
    for keys in ["e", "m", "d", "n", "enter down enter", "enter end enter"] {
        robot.keys(keys);
        says(&robot, "can only be read here");
    }
    robot.keys("enter enter");
    assert!(robot.app.open().expect("open").pages.is_empty(), "looking is free");
}
