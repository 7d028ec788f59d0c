//! How accounts hang together: what falls with one as a tree, and links that are proposed from what
//! the entries say.

use mamori::model::{Entry, Id, Kind, Relation, Tag};
use mamori::ops::change::Change;
use mamori::ops::edit::EntryEdit;
use mamori::ops::links;
use mamori::platform::entropy::System;
use mamori::session;
use mamori::text::Lang;
use mamori::tui::task::LARGE;

use crate::robot::{MASTER, NOON, Robot, bare, sealed};
use crate::snapshot;

fn falls(title: &'static str) -> impl Fn(Lang, u16, u16) -> Robot {
    move |lang, width, height| {
        let mut robot = Robot::demo(lang, width, height);
        robot.checked();
        robot.keys("/").types(title).keys("enter f");
        robot
    }
}

fn proposed(lang: Lang, width: u16, height: u16) -> Robot {
    let mut robot = Robot::demo(lang, width, height);
    robot.keys("g l");
    robot
}

fn title(robot: &Robot) -> String {
    let open = robot.app.open().expect("open");
    let entry = open.listed().and_then(|id| open.contents.entry(id));
    entry.map_or(String::new(), |entry| entry.title().to_owned())
}

/// The links that are proposed, as ids.
fn left(robot: &Robot) -> Vec<(Id, Relation, Id)> {
    let vault = robot.app.open().unwrap().contents.session().vault();
    let entries: Vec<Entry<'_>> = vault.entries().collect();
    links::propose(entries.into_iter()).into_iter().map(links::Proposal::link).collect()
}

fn set(robot: &Robot) -> usize {
    let vault = robot.app.open().unwrap().contents.session().vault();
    vault.entries().map(|entry| entry.links().len()).sum()
}

#[test]
fn what_is_proposed_in_the_detail() {
    snapshot("links-detail", |lang, w, h| {
        let mut robot = Robot::demo(lang, w, h);
        robot.checked();
        robot.keys("/").types("WordPress ブログ").keys("enter enter");
        robot.keys("down down down down down down down down down");
        robot
    });
}

#[test]
fn what_falls_is_a_tree() {
    snapshot("links-falls", falls("あおぞらサーバー"));
    snapshot("links-falls-mailbox", |lang, w, h| {
        let mut robot = falls("owner@example.jp")(lang, w, h);
        robot.keys("down down left");
        robot
    });
    snapshot("links-falls-none", |lang, w, h| {
        let mut robot = Robot::demo(lang, w, h);
        robot.keys("/").types("photo@example.net").keys("enter").wait(1);
        robot.keys("/ ctrl+u").types("kind:note").keys("enter f");
        robot
    });
}

#[test]
fn enter_goes_to_the_entry_and_the_keys_of_entries_mean_the_row() {
    let mut robot = falls("owner@example.jp")(Lang::En, 80, 24);
    assert!(robot.screen().contains("accounts fall with it"), "{}", robot.screen());
    let first = robot.screen();
    robot.keys("down");
    let id = robot.app.open().unwrap().selected().unwrap();
    let wanted = robot.app.open().unwrap().contents.entry(id).unwrap().title().to_owned();
    robot.keys("u");
    assert!(robot.screen().contains("Copied"), "{}", robot.screen());
    // - the tree from here, and back
    robot.keys("f");
    assert!(robot.screen().contains(&format!("What falls with {wanted}")), "{}", robot.screen());
    robot.keys("esc");
    assert!(robot.screen().contains("What falls with owner@example.jp"), "{}", robot.screen());
    robot.keys("enter");
    assert_eq!(title(&robot), wanted);
    assert!(robot.app.open().unwrap().pages.is_empty());
    // - a search does not hide what the row leads to, and nothing of it is a change
    assert!(!robot.effects.iter().any(|effect| effect.starts_with("Write")));
    robot.wait(60).keys("/ ctrl+u").types("owner@example.jp").keys("enter f");
    assert_eq!(robot.screen(), first);
}

#[test]
fn branches_close_and_open_by_arrows_and_space_alone() {
    let mut robot = falls("あおぞらサーバー")(Lang::En, 160, 48);
    let rows = |robot: &Robot| mamori::tui::view::outline(&robot.app).len();
    let all = rows(&robot);
    robot.keys("down down");
    for key in ["left", "space"] {
        robot.keys(key);
        assert!(rows(&robot) < all, "{}", robot.screen());
        assert!(robot.screen().contains(" +"), "{}", robot.screen());
        robot.keys(if key == "left" { "right" } else { "space" });
        assert_eq!(rows(&robot), all, "{}", robot.screen());
    }
    // - right goes into an open branch, left to the row above
    let at = |robot: &Robot| mamori::tui::view::outline(&robot.app).iter().position(|row| row.focus);
    assert_eq!(at(&robot), Some(3));
    robot.keys("right");
    assert_eq!(at(&robot), Some(4));
    robot.keys("left");
    assert_eq!(at(&robot), Some(3));
}

#[test]
fn who_has_the_same_password_stands_there_once_passwords_were_compared() {
    let mut robot = Robot::demo(Lang::En, 120, 40);
    robot.keys("/").types("info@example.jp").keys("enter f");
    assert!(robot.screen().contains("not compared yet"), "{}", robot.screen());
    assert!(!robot.screen().contains("same password"), "{}", robot.screen());
    robot.keys("esc").checked();
    robot.keys("f");
    assert!(robot.screen().contains("same password"), "{}", robot.screen());
    assert!(!robot.screen().contains("not compared yet"), "{}", robot.screen());
}

#[test]
fn proposals_are_drawn_with_their_reasons() {
    snapshot("links-proposed", proposed);
    snapshot("links-proposed-marked", |lang, w, h| {
        let mut robot = proposed(lang, w, h);
        robot.keys("space space tab");
        robot
    });
    snapshot("links-proposed-none", |lang, w, h| {
        let mut robot = proposed(lang, w, h);
        robot.keys("a enter");
        robot
    });
}

#[test]
fn those_that_are_marked_are_set_as_one_step() {
    let mut robot = proposed(Lang::En, 80, 24);
    let (before, had) = (left(&robot), set(&robot));
    assert!(before.len() == 5, "{}", robot.screen());
    robot.keys("space space space enter");
    assert!(robot.screen().contains("Done: set 3 links"), "{}", robot.screen());
    assert_eq!((left(&robot).len(), set(&robot)), (before.len() - 3, had + 3));
    robot.keys("z").wait(1);
    assert_eq!((left(&robot), set(&robot)), (before.clone(), had), "{}", robot.screen());
    // - without a mark the one in focus
    robot.keys("Z z").wait(1);
    robot.keys("enter").wait(1);
    assert_eq!(set(&robot), had + 1, "{}", robot.screen());
    // - all at once
    robot.keys("a enter");
    assert_eq!((left(&robot).len(), set(&robot)), (0, had + before.len()), "{}", robot.screen());
    assert!(robot.screen().contains("No link is proposed"), "{}", robot.screen());
}

#[test]
fn what_is_refused_is_not_proposed_again() {
    let mut robot = proposed(Lang::Ja, 80, 24);
    let (before, had) = (left(&robot), set(&robot));
    robot.keys("space space tab enter");
    assert!(robot.screen().contains("つながりの候補を外す (2 件)"), "{}", robot.screen());
    assert_eq!((left(&robot).len(), set(&robot)), (before.len() - 2, had));
    // - nor after a lock, nor as a guess of the tree
    robot.keys("esc g l");
    assert!(robot.screen().contains(&format!("候補 {} 件", before.len() - 2)), "{}", robot.screen());
    robot.keys("z");
    assert_eq!(left(&robot), before, "{}", robot.screen());
}

/// A server and so many sites that lie on it by their host, each with a mailbox.
fn of(count: usize) -> Vec<u8> {
    let mut open: session::Open = bare();
    let mut random = System;
    let mut changes = Vec::new();
    {
        let mut sealer = open.sealer(&mut random);
        let mut edit = EntryEdit::new(&mut sealer, Kind::Server, NOON - 1000).unwrap();
        edit.text(Tag::TITLE, "AAA panel");
        edit.list(Tag::URL, Tag::URL_PLACE, &["https://sv1.example.jp/"]).unwrap();
        changes.extend(edit.finish());
    }
    for number in 0..count {
        let mut sealer = open.sealer(&mut random);
        let mut edit = EntryEdit::new(&mut sealer, Kind::Website, NOON - 1000).unwrap();
        edit.text(Tag::TITLE, &format!("site {number:05}"));
        edit.list(Tag::URL, Tag::URL_PLACE, &["https://sv1.example.jp/wp-admin/"]).unwrap();
        changes.extend(edit.finish());
    }
    open.apply(&Change::Many(changes), NOON - 1000, &mut System).unwrap();
    sealed(open)
}

#[test]
fn of_a_large_vault_it_is_a_job_that_esc_stops() {
    let mut robot = Robot::start(Some(of(LARGE)), Lang::En, 80, 24);
    robot.types(MASTER).keys("enter");
    let works = |robot: &Robot| robot.effects.iter().filter(|effect| effect.starts_with("Work")).count();
    robot.hold = true;
    robot.keys("f");
    assert_eq!(works(&robot), 1);
    robot.keys("esc");
    robot.release();
    assert!(robot.app.open().unwrap().pages.is_empty(), "{}", robot.screen());
    robot.keys("f");
    assert!(
        robot.screen().contains("5000 accounts fall with it, 5000 of them by guesses"),
        "{}",
        robot.screen()
    );
    robot.keys("end esc g l a enter");
    assert_eq!(set(&robot), LARGE, "{}", robot.screen());
    assert!(robot.screen().contains("set 5000 links"), "{}", robot.screen());
    robot.keys("z");
    assert_eq!(set(&robot), 0, "{}", robot.screen());
}

/// In the detail of an entry, from either side, with what it rests on; Enter sets it as one step of undo,
/// and what was refused is gone from there.
#[test]
fn what_is_proposed_stands_in_the_detail_and_is_set_there() {
    let mut robot = Robot::demo(Lang::En, 80, 24);
    robot.checked();
    let (from, relation, to) = left(&robot)[0];
    let name = |id: Id| {
        let open = robot.app.open().unwrap();
        open.contents.entry(id).unwrap().title().to_owned()
    };
    let (from_title, to_title) = (name(from), name(to));
    let before = set(&robot);
    robot.keys("/").types(&from_title).keys("enter");
    assert_eq!(title(&robot), from_title, "{}", robot.screen());
    assert!(robot.screen().contains('?'), "{}", robot.screen());
    robot.keys("enter");
    for _ in 0..40 {
        if robot.screen().contains("set this link") {
            break;
        }
        robot.keys("down");
    }
    assert!(robot.screen().contains("set this link"), "{}", robot.screen());
    robot.keys("enter").wait(2);
    assert_eq!(set(&robot), before + 1, "{}", robot.screen());
    assert!(!left(&robot).contains(&(from, relation, to)));
    robot.keys("z").wait(2);
    assert_eq!(set(&robot), before);
    // - from the other side, too
    robot.keys("esc esc /").keys("ctrl+u").types(&to_title).keys("enter enter");
    let proposed = |robot: &Robot, id: Id| robot.app.open().unwrap().contents.proposed_of(id).len();
    assert!(proposed(&robot, to) > 0, "{}", robot.screen());
    // - all of them refused on their page: nothing is left to propose
    robot.keys("g l a tab enter").wait(2);
    assert!(left(&robot).is_empty(), "{}", robot.screen());
    assert_eq!((proposed(&robot, from), proposed(&robot, to)), (0, 0));
}
