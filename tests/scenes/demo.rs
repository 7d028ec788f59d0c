//! The demo: opens by itself, says on every screen that nothing is saved, takes changes, locks and
//! opens without a password; and what ten thousand keys do to it.

use super::super::robot::Robot;
use super::super::snapshot;
use mamori::text::Lang;
use mamori::tui::app::Screen;
use mamori::tui::command::TABLE;
use mamori::tui::event::Event;
use mamori::tui::key::{Chord, parse_sequence};

fn banner(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "DEMO: nothing is saved",
        Lang::Ja => "デモ: 何も保存されません",
    }
}

#[test]
fn the_demo() {
    snapshot("demo", Robot::demo);
    snapshot("demo-locked", |lang, w, h| {
        let mut robot = Robot::demo(lang, w, h);
        robot.keys("f9");
        robot
    });
}

#[test]
fn it_says_on_every_screen_that_nothing_is_saved() {
    for lang in [Lang::En, Lang::Ja] {
        let mut robot = Robot::demo(lang, 60, 16);
        for keys in ["", "enter", "esc /", "esc ?", "esc g m", "esc f9"] {
            robot.keys(keys);
            assert!(robot.screen().contains(banner(lang)), "after {keys}:\n{}", robot.screen());
        }
    }
}

#[test]
fn what_is_changed_lasts_over_a_lock_and_any_password_opens() {
    let mut robot = Robot::demo(Lang::En, 80, 24);
    let shown = |robot: &Robot| robot.app.open().map_or(0, |open| open.list.hits.len());
    let all = shown(&robot);
    robot.keys("d f9");
    assert!(robot.app.open().is_none() && matches!(robot.app.screen, Screen::Locked(_)));
    robot.types("whatever").keys("enter");
    assert_eq!(shown(&robot), all - 1, "{}", robot.screen());
    robot.keys("f9 enter");
    assert_eq!(shown(&robot), all - 1);
    assert_eq!(robot.disk.bytes(&super::super::robot::path()), None, "the vault's own disk was touched");
    assert!(!robot.effects.iter().any(|effect| effect.starts_with("Remember")));
}

/// All keys that are bound anywhere, and letters, wide ones too.
fn keys() -> Vec<Chord> {
    let bound = TABLE.iter().flat_map(|spec| spec.keys).filter_map(|keys| parse_sequence(keys)).flatten();
    // - quitting and leaving the screen end nothing here, but would hide the rest
    let quits = ["q", "ctrl+c", "ctrl+z"].map(|key| Chord::parse(key).unwrap());
    let mut all: Vec<Chord> = bound.filter(|key| !quits.contains(key)).collect();
    let letters = "aiuみずﾊﾟｐ1 !é漢";
    all.extend(letters.chars().map(|c| Chord::plain(mamori::tui::key::Code::Char(c))));
    all
}

#[test]
fn ten_thousand_keys_do_no_harm() {
    let keys = keys();
    let sizes = [(60, 16), (80, 24), (120, 40), (160, 48), (61, 17), (1, 1), (76, 20)];
    let mut state: u64 = 0x5eed;
    let mut next = |most: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % most
    };
    let mut robot = Robot::demo(Lang::Ja, 80, 24);
    let mut tail: Vec<String> = Vec::new();
    for number in 0..10_000 {
        if next(200) == 0 {
            let (width, height) = sizes[next(sizes.len())];
            robot.resize(width, height);
        }
        let key = keys[next(keys.len())];
        tail.push(format!("{key:?}"));
        robot.event(Event::Key(key));
        // - locked, one key opens it again; the rest would be typed into the field
        if !matches!(robot.app.screen, Screen::Open(_)) {
            robot.keys("enter");
        }
        robot.app.shell.ended = false;
        if next(7) == 0 {
            let (buf, cursor) = robot.frame();
            let size = robot.app.shell.size;
            assert!(cursor.x < size.width && cursor.y < size.height, "key {number}: the cursor is outside");
            assert_eq!((buf.area.width, buf.area.height), (size.width, size.height));
        }
        if tail.len() > 40 {
            tail.remove(0);
        }
    }
}
