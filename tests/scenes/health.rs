//! The health check: in the background, in the list, in searches.

use std::time::Duration;

use mamori::text::Lang;
use mamori::tui::screen::vault::Open;

use crate::robot::{MASTER, NOTHING, Robot, Wanted, empty, put, sealed};

/// A vault with something of everything.
fn vault() -> Vec<u8> {
    let mut open = empty();
    // - in the order of their days: a stamp is never before one that is there
    let all = [
        Wanted { title: "board", user: "h", password: "1234", days_ago: 900, ..NOTHING },
        Wanted { title: "forum", user: "hana", password: "Sakura2020!mbx", days_ago: 50, ..NOTHING },
        Wanted { title: "shop", user: "hana", password: "Sakura2019!mbx", days_ago: 40, ..NOTHING },
        Wanted {
            kind: mamori::model::Kind::Mailbox,
            title: "owner@example.jp",
            user: "owner@example.jp",
            password: "Sakura2019!mbx",
            days_ago: 30,
            ..NOTHING
        },
        Wanted { title: "good", user: "g", password: "vT9!mq2Lr#8wXz", days_ago: 10, ..NOTHING },
        Wanted { kind: mamori::model::Kind::Note, title: "memo", notes: "S3CRET x", ..NOTHING },
    ];
    all.iter().for_each(|wanted| put(&mut open, wanted));
    sealed(open)
}

fn open(lang: Lang, width: u16, height: u16) -> Robot {
    let mut robot = Robot::start(Some(vault()), lang, width, height);
    robot.types(MASTER).keys("enter");
    robot
}

fn titles(robot: &Robot) -> Vec<String> {
    let open: &Open = robot.app.open().unwrap();
    let ids = open.list.hits.iter().map(|row| open.contents.id(*row).unwrap());
    let mut all: Vec<String> = ids.map(|id| open.contents.entry(id).unwrap().title().to_owned()).collect();
    all.sort();
    all
}

fn effects(robot: &Robot) -> Vec<&str> {
    robot.effects.iter().map(String::as_str).filter(|one| one.starts_with("Health")).collect()
}

#[test]
fn what_it_looks_like() {
    crate::snapshot("health-list", |lang, w, h| {
        let mut robot = open(lang, w, h);
        robot.checked();
        robot
    });
    crate::snapshot("health-search", |lang, w, h| {
        let mut robot = open(lang, w, h);
        robot.checked().keys("/").types("is:reused").keys("enter");
        robot
    });
    crate::snapshot("health-search-no-list", |lang, w, h| {
        let mut robot = open(lang, w, h);
        robot.checked().keys("/").types("is:leaked").keys("enter");
        robot
    });
}

#[test]
fn it_begins_when_nothing_is_pressed_and_again_after_edits() {
    let mut robot = open(Lang::En, 80, 24);
    robot.checks = true;
    robot.keys("j");
    robot.pass(Duration::from_millis(900));
    robot.keys("k").event(mamori::tui::event::Event::Tick);
    assert!(effects(&robot).is_empty(), "a person is at work");
    robot.wait(3);
    let whole = effects(&robot);
    assert!(whole.len() == 1 && whole[0].contains("Whole"), "{whole:?}");
    robot.wait(60);
    assert_eq!(effects(&robot).len(), 1, "nothing changed");
    robot.keys("*").wait(3);
    let part = effects(&robot);
    assert!(part.len() == 2 && part[1].contains("Part"), "{part:?}");
    assert!(robot.app.deadline().unwrap() > robot.now.boot, "it does not spin");
}

#[test]
fn tokens_answer_from_it_and_say_so_before() {
    let mut robot = open(Lang::En, 80, 24);
    robot.keys("/").types("is:reused");
    assert!(titles(&robot).is_empty() && robot.screen().contains("not checked yet"), "{}", robot.screen());
    robot.checked();
    assert_eq!(titles(&robot), ["owner@example.jp", "shop"], "the list is there as soon as it is known");
    let found = |robot: &mut Robot, query: &str| {
        robot.keys("ctrl+u").types(query);
        titles(robot)
    };
    assert_eq!(found(&mut robot, "is:similar"), ["forum", "owner@example.jp", "shop"]);
    assert_eq!(found(&mut robot, "is:weak"), ["board", "forum", "owner@example.jp", "shop"]);
    assert_eq!(found(&mut robot, "状態:使い回し user:hana"), ["shop"]);
    assert_eq!(found(&mut robot, "-is:reused -is:similar -kind:note"), ["board", "good"]);
    assert_eq!(found(&mut robot, "is:old"), ["board"]);
    assert_eq!(found(&mut robot, "is:leaked"), [""; 0]);
    let screen = robot.screen();
    assert!(screen.contains("is:leaked is not checked") && screen.contains("no list of leaked"), "{screen}");
}

#[test]
fn an_edit_is_looked_at_and_the_lock_stops_and_forgets() {
    let mut robot = open(Lang::En, 80, 24);
    robot.checked().keys("/").types("is:reused").keys("enter");
    assert_eq!(titles(&robot).len(), 2);
    // - the shop's password is changed: now only its past has the mailbox's
    robot.keys("/ ctrl+u").types("shop").keys("enter c enter down enter").wait(3);
    robot.keys("/ ctrl+u").types("is:reused").keys("enter");
    assert_eq!(titles(&robot), ["owner@example.jp"]);
    assert!(robot.screen().contains("used before in 1"), "{}", robot.screen());
    robot.keys("L").types(MASTER).keys("enter");
    assert!(robot.app.open().unwrap().contents.report.is_none());
    // - one under way is stopped by the lock
    robot.checks = false;
    robot.wait(2);
    assert!(robot.app.open().unwrap().health.progress().is_some());
    robot.keys("L");
    robot.checks = true;
    let late = std::mem::take(&mut robot.checking);
    assert_eq!(late.len(), 1);
    for effect in late {
        let (_, outcome) = mamori::tui::effect::work(effect, &robot.world).unwrap();
        assert!(matches!(outcome, mamori::tui::effect::Outcome::Health(None)), "stopped: {outcome:?}");
    }
}

#[test]
fn the_score_goes_along_with_the_next_save() {
    use mamori::ops::health::sample::samples;
    let mut robot = open(Lang::En, 80, 24);
    robot.checked();
    assert!(samples(robot.on_disk().vault()).is_empty(), "it causes no save");
    robot.keys("*").wait(3).keys("*").wait(3);
    let all = samples(robot.on_disk().vault());
    assert_eq!(all.len(), 1);
    let report = robot.app.open().unwrap().contents.report.clone().unwrap();
    assert_eq!(Some(all[0].score), report.score);
    // - the next day has its own
    robot.pass(Duration::from_secs(86_400));
    robot.event(mamori::tui::event::Event::Tick);
    robot.types(MASTER).keys("enter").wait(3).keys("*").wait(3);
    assert_eq!(samples(robot.on_disk().vault()).len(), 2);
}
