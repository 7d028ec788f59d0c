//! All one-time codes in one view.

use mamori::text::Lang;
use mamori::tui::event::Event;

use crate::robot::{MASTER, NOTHING, Robot, Wanted, empty, put, sealed};

const KEY: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

fn vault() -> Vec<u8> {
    let mut open = empty();
    let uri = |rest: &str| format!("otpauth://{rest}secret={KEY}");
    let all = [
        ("みずほ銀行", "3390-1122-000", uri("totp/x?")),
        ("GitHub", "hana-dev", uri("totp/x?digits=8&period=60&")),
        ("か\u{3099}んこう ﾕｳﾁｮ", "ｱﾘｽ", uri("totp/x?algorithm=SHA256&")),
        ("回数式のルーター", "admin", uri("hotp/x?counter=7&")),
        ("evil\u{202e}", "", "S3CRET no key".to_owned()),
        ("コードなし", "x", String::new()),
    ];
    for (title, user, otp) in &all {
        put(&mut open, &Wanted { title, user, password: "S3CRET", otp, ..NOTHING });
    }
    sealed(open)
}

fn codes(lang: Lang, width: u16, height: u16) -> Robot {
    let mut robot = Robot::start(Some(vault()), lang, width, height);
    robot.types(MASTER).keys("enter g t");
    robot
}

/// The code of the row of a title, as it is heard.
fn code(robot: &Robot, title: &str) -> String {
    let rows = mamori::tui::view::outline(&robot.app);
    rows.into_iter().find(|row| row.label.contains(title)).map(|row| row.value).unwrap()
}

#[test]
fn what_it_looks_like() {
    crate::snapshot("codes_revealed", codes);
    crate::snapshot("codes-soon_revealed", |lang, w, h| {
        let mut robot = codes(lang, w, h);
        robot.keys("v").wait(23).keys("v");
        robot
    });
    crate::snapshot("codes-hidden", |lang, w, h| {
        let mut robot = codes(lang, w, h);
        robot.event(Event::Focus(false));
        robot
    });
    crate::snapshot("codes-none", |lang, w, h| {
        let mut robot = Robot::start(Some(sealed(empty())), lang, w, h);
        robot.types(MASTER).keys("enter g t");
        robot
    });
}

#[test]
fn what_is_shown_is_what_is_copied_and_the_next_one_comes() {
    let mut robot = codes(Lang::En, 120, 40);
    let first = code(&robot, "みずほ");
    assert_eq!(first.len(), 7);
    while mamori::tui::view::outline(&robot.app)
        .iter()
        .all(|row| !(row.focus && row.label.contains("みずほ")))
    {
        robot.keys("down");
    }
    robot.keys("t");
    assert_eq!(robot.clipboard.last().unwrap().as_deref(), Some(first.replace(' ', "").as_str()));
    robot.keys("enter");
    assert_eq!(robot.clipboard.len(), 2);
    // - the next code is announced, and then it is the code
    let screen = robot.screen();
    let next = screen.lines().find(|line| line.contains("みずほ")).unwrap().trim_end_matches(['│', ' ']);
    let next: String = next.chars().rev().take(7).collect::<Vec<_>>().into_iter().rev().collect();
    for _ in 0..4 {
        robot.wait(8).keys("l");
    }
    assert_eq!(code(&robot, "みずほ"), next);
    assert_ne!(next, first);
}

#[test]
fn they_hide_without_a_key_and_when_the_keyboard_goes() {
    let mut robot = codes(Lang::En, 80, 24);
    let shown = code(&robot, "GitHub");
    assert!(robot.screen().contains(&shown));
    robot.wait(11);
    assert!(robot.app.deadline().is_some());
    robot.keys("down").wait(11);
    assert_ne!(code(&robot, "GitHub"), "*** ***", "a key shows that somebody reads");
    robot.wait(1);
    assert_eq!(code(&robot, "GitHub"), "*** ***");
    robot.keys("down up");
    assert_eq!(code(&robot, "GitHub"), "*** ***", "only v shows them again");
    robot.keys("v");
    assert_ne!(code(&robot, "GitHub"), "*** ***");
    robot.event(Event::Focus(false));
    assert_eq!(code(&robot, "GitHub"), "*** ***");
    robot.keys("v").resize(30, 8).resize(80, 24);
    assert_eq!(code(&robot, "GitHub"), "*** ***");
    assert_eq!(robot.effects.iter().filter(|one| one.starts_with("Copy")).count(), 0);
}

#[test]
fn the_filter_finds_and_esc_brings_all_back() {
    let mut robot = codes(Lang::Ja, 60, 16);
    let count = |robot: &Robot| mamori::tui::view::outline(&robot.app).len();
    assert_eq!(count(&robot), 5, "{}", robot.screen());
    robot.keys("/").types("mizuho");
    assert_eq!(count(&robot), 1, "{}", robot.screen());
    robot.keys("enter t");
    assert_eq!(robot.clipboard.len(), 1);
    robot.keys("esc");
    assert_eq!(count(&robot), 5);
    // - kana outside of the field starts a search
    robot.types("ゆうちょ");
    assert_eq!(count(&robot), 1, "{}", robot.screen());
    robot.keys("esc esc");
    assert!(robot.app.open().unwrap().pages.is_empty());
}

#[test]
fn a_counter_moves_on_only_when_it_is_copied() {
    let mut robot = codes(Lang::En, 80, 24);
    robot.keys("/").types("回数式").keys("enter").wait(5).keys("t t");
    let copied: Vec<_> = robot.clipboard.iter().flatten().cloned().collect();
    assert_eq!(copied.len(), 2);
    assert_ne!(copied[0], copied[1]);
}

#[test]
fn of_many_only_those_that_are_seen_are_opened() {
    let mut open = empty();
    for number in 0..3000 {
        let title = format!("アカウント {number:04}");
        put(&mut open, &Wanted { title: &title, otp: KEY, ..NOTHING });
    }
    let mut robot = Robot::start(Some(sealed(open)), Lang::Ja, 80, 24);
    robot.types(MASTER).keys("enter g t");
    let began = std::time::Instant::now();
    for _ in 0..50 {
        robot.keys("pgdn");
    }
    let each = began.elapsed() / 50;
    assert!(each.as_millis() < 50, "{each:?} a page");
    assert_eq!(mamori::tui::view::outline(&robot.app).len(), 18);
}

#[test]
fn a_code_that_ends_at_once_is_waited_out() {
    let list = || {
        let mut robot = Robot::start(Some(vault()), Lang::En, 80, 24);
        robot.types(MASTER).keys("enter /").types("mizuho").keys("enter");
        robot
    };
    // - at noon a code of thirty seconds has just begun
    let mut robot = list();
    robot.wait(26).keys("t");
    let first = robot.clipboard.clone();
    assert_eq!(first.len(), 1, "four seconds are enough");
    let mut robot = list();
    robot.pass(std::time::Duration::from_millis(26_500));
    robot.keys("t");
    assert!(robot.clipboard.is_empty() && robot.screen().contains("ends in 4 s"), "{}", robot.screen());
    robot.wait(3);
    assert!(robot.clipboard.is_empty(), "not before its time");
    robot.wait(1);
    assert_eq!(robot.clipboard.len(), 1, "by itself: {}", robot.screen());
    assert_ne!(robot.clipboard, first, "the next one");
    assert!(robot.screen().contains("みずほ銀行 "), "{}", robot.screen());
    // - Esc, another copy and the lock end the waiting
    let mut robot = list();
    robot.wait(28).keys("t esc");
    assert!(robot.screen().contains("No code is copied"), "{}", robot.screen());
    robot.wait(4);
    assert!(robot.clipboard.is_empty());
    let mut robot = list();
    robot.wait(28).keys("t u").wait(4);
    assert_eq!(robot.clipboard, [Some("3390-1122-000".to_owned())]);
    let mut robot = list();
    robot.wait(28).keys("t f9").wait(4);
    assert!(robot.clipboard.is_empty());
    // - a counter has no end, and from the page of all codes it is the same
    let mut robot = list();
    robot.wait(28).keys("esc /").types("ルーター").keys("enter t");
    assert_eq!(robot.clipboard.len(), 1);
    let mut robot = codes(Lang::Ja, 60, 16);
    robot.wait(28).keys("down down down enter");
    assert!(robot.clipboard.is_empty() && robot.screen().contains("あと 2 秒"), "{}", robot.screen());
    robot.wait(2);
    assert_eq!(robot.clipboard.len(), 1);
}
