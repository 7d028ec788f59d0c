//! The generator as a page: what it looks like with a fixed source of random bytes, what its keys
//! do, and that what it made goes with the lock.

use mamori::crypto::entropy::{Entropy, EntropyError};
use mamori::text::Lang;
use mamori::tui::event::Event;

use crate::robot::{MASTER, Robot};
use crate::snapshot;

/// Always the same bytes, so that pictures stay.
struct Fixed(u64);

impl Entropy for Fixed {
    fn fill(&mut self, out: &mut [u8]) -> Result<(), EntropyError> {
        for byte in out {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            *byte = (self.0 >> 56) as u8;
        }
        Ok(())
    }
}

pub fn scene(keys: &'static str) -> impl Fn(Lang, u16, u16) -> Robot {
    move |lang, width, height| {
        let mut robot = Robot::open(lang, width, height);
        robot.app.shell.entropy = Box::new(Fixed(1));
        robot.keys(keys);
        robot
    }
}

fn start() -> Robot {
    scene("r")(Lang::En, 80, 24)
}

/// The password on the screen: the line under the frame's upper edge.
fn made(robot: &Robot) -> String {
    let screen = robot.screen();
    let line = screen.lines().find(|line| line.contains("> ") && line.starts_with('│'));
    line.unwrap_or_default().trim_matches(['│', '>', ' ']).to_owned()
}

#[test]
fn what_it_looks_like() {
    snapshot("generator-random", scene("r"));
    snapshot("generator-words", scene("r 2 down down right right down right"));
    snapshot("generator-pin", scene("r 3"));
    snapshot("generator-rules", scene("r r r down down down right right"));
    snapshot("generator-typed", |lang, w, h| {
        let mut robot = scene("r down down down left")(lang, w, h);
        robot.keys("down").pastes("minlength: 9; required: lower; required: [あ012]; max-consecutive: 1");
        robot
    });
    snapshot("generator-wrong", |lang, w, h| {
        let mut robot = scene("r down down down left down")(lang, w, h);
        robot.types("required: small");
        robot
    });
    snapshot("generator-past", scene("r r 2 r 4 r end up"));
    snapshot("generator-hidden", |lang, w, h| {
        let mut robot = scene("r r end")(lang, w, h);
        robot.event(Event::Focus(false));
        robot
    });
}

#[test]
fn enter_copies_what_is_shown_and_closes() {
    let mut robot = start();
    let shown = made(&robot);
    assert_eq!(shown.len(), 20, "{}", robot.screen());
    robot.keys("enter");
    assert_eq!(robot.clipboard, [Some(shown.clone())]);
    assert!(robot.screen().contains("Copied: Password of the generator"), "{}", robot.screen());
    assert!(robot.app.open().unwrap().pages.is_empty());
    assert!(robot.effects.iter().all(|effect| !effect.contains(&shown)), "no effect prints it");
    robot.wait(31);
    assert_eq!(robot.clipboard.last(), Some(&None), "it is cleared as every copy");
}

#[test]
fn left_and_right_are_the_length_and_digits_the_type() {
    let mut robot = start();
    robot.keys("right right left");
    assert_eq!(made(&robot).len(), 21);
    robot.keys("3");
    assert!(made(&robot).len() == 6 && made(&robot).bytes().all(|b| b.is_ascii_digit()), "{}", made(&robot));
    robot.keys("2");
    assert_eq!(made(&robot).split('-').count(), 5);
    robot.keys("right");
    assert_eq!(made(&robot).split('-').count(), 6);
    robot.keys("4 left 1");
    assert_eq!(made(&robot).len(), 21, "each type keeps its own options");
}

#[test]
fn p_copies_and_stays_and_r_makes_another_and_keeps_the_one_before() {
    let mut robot = start();
    let first = made(&robot);
    robot.keys("r");
    let second = made(&robot);
    assert_ne!(first, second);
    robot.keys("p");
    assert_eq!(robot.clipboard, [Some(second.clone())]);
    assert!(!robot.screen().contains(&first), "those of before are masked");
    robot.keys("end");
    assert!(robot.screen().contains(&first), "but for the one in focus: {}", robot.screen());
    robot.keys("enter");
    assert_eq!(robot.clipboard, [Some(second), Some(first)]);
}

#[test]
fn what_was_made_is_found_again_and_goes_with_the_lock() {
    let mut robot = start();
    robot.keys("2");
    let words = made(&robot);
    robot.keys("esc r");
    assert_eq!(made(&robot).split('-').count(), 5, "the last recipe of the session");
    robot.keys("end");
    assert!(robot.screen().contains(&words));
    robot.keys("f9").types(MASTER).keys("enter r end");
    assert!(!robot.screen().contains(&words), "{}", robot.screen());
    assert!(robot.screen().contains("r makes another one"), "{}", robot.screen());
}

#[test]
fn options_change_what_is_made() {
    let mut robot = start();
    // - type, length, rules, small letters, capitals, digits, symbols
    robot.keys("down down down down").keys("space");
    robot.keys("down space down space");
    let only = made_on(&robot);
    assert!(only.bytes().all(|b| b.is_ascii_punctuation()), "{only}");
    robot.keys("down space");
    assert!(robot.screen().contains("no character is allowed"), "{}", robot.screen());
    robot.keys("enter");
    assert!(robot.clipboard.is_empty(), "nothing was made, nothing is copied");
    robot.keys("space down");
    robot.types("-").keys("up");
    assert!(made_on(&robot).bytes().all(|b| b == b'-'), "{}", robot.screen());
}

/// The password where another row has the focus: the first line of the frame that is not empty.
fn made_on(robot: &Robot) -> String {
    let screen = robot.screen();
    let mut lines = screen.lines().skip(2).map(|line| line.trim_matches(['│', '>', ' ']));
    lines.find(|line| !line.is_empty()).unwrap_or_default().to_owned()
}

#[test]
fn letters_go_into_a_text_field_and_act_nowhere_else() {
    let mut robot = start();
    robot.keys("2 down down down down");
    robot.types("r1").keys("ctrl+r");
    assert!(made_on(&robot).contains("-r1"), "{}", robot.screen());
    robot.keys("ctrl+u");
    assert!(!made_on(&robot).contains("-"), "{}", robot.screen());
    robot.keys("ctrl+s");
    assert_eq!(robot.clipboard.len(), 1);
}

#[test]
fn the_window_without_the_keyboard_shows_nothing_of_it() {
    let mut robot = start();
    let shown = made(&robot);
    robot.event(Event::Focus(false));
    assert!(!robot.screen().contains(&shown));
    robot.event(Event::Focus(true));
    assert!(!robot.screen().contains(&shown));
    robot.keys("r");
    assert_eq!(made(&robot), shown, "the key that brings it back does nothing else");
}

#[test]
fn words_are_those_of_the_language() {
    for (lang, list) in [(Lang::Ja, "ja"), (Lang::En, "en")] {
        let mut robot = scene("r 2")(lang, 80, 24);
        robot.keys("enter r");
        let words = robot.clipboard.last().cloned().flatten().unwrap();
        let known = include_str!("../../assets/romaji.txt");
        let all = words.split('-').all(|word| known.lines().any(|one| one == word));
        assert_eq!(all, list == "ja", "{words}");
    }
}

#[test]
fn its_types_are_in_the_palette() {
    let mut robot = start();
    robot.keys(":").types("type-pin").keys("enter enter");
    let made = robot.clipboard.last().cloned().flatten().unwrap();
    assert!(made.chars().all(|c| c.is_ascii_digit()), "{made}");
}

/// Over an entry it begins with what is known of it: its own rule, that of the settings for its host, that
/// of a known site.
#[test]
fn over_an_entry_it_begins_with_the_rule_that_is_known_for_it() {
    use crate::robot::{MASTER, NOTHING, Wanted, empty, put, sealed};
    let mut open = empty();
    put(&mut open, &Wanted { title: "shop", url: "https://www.shop.example.jp/a", ..NOTHING });
    put(&mut open, &Wanted { title: "bank", url: "https://www.aeon.co.jp/", ..NOTHING });
    let mut robot = Robot::start(Some(sealed(open)), Lang::En, 80, 24);
    let rules = mamori::config::read("[rules]\n\"shop.example.jp\" = \"pin:7\"\n").unwrap().0.rules;
    robot.app.shell.settings.rules = rules;
    robot.types(MASTER).keys("enter /").types("shop").keys("enter r");
    let pin = made(&robot);
    assert!(pin.len() == 7 && pin.bytes().all(|byte| byte.is_ascii_digit()), "{}", robot.screen());
    assert!(robot.screen().contains("by your rule for shop.example.jp"), "{}", robot.screen());
    robot.keys("esc / ctrl+u").types("bank").keys("enter r");
    assert_eq!(made(&robot).len(), 8, "{}", robot.screen());
    assert!(robot.screen().contains("by the known rule of aeon.co.jp"), "{}", robot.screen());
}

/// A PIN that was made in passing is not what the next password becomes.
#[test]
fn a_pin_stays_out_of_the_fields_of_passwords() {
    let mut robot = start();
    robot.keys("3 enter r");
    assert!(made(&robot).bytes().all(|byte| byte.is_ascii_digit()), "on its own it goes on with the last");
    robot.keys("esc e tab tab ctrl+r");
    let screen = robot.screen();
    assert!(screen.contains("Password generator"), "{screen}");
    assert!(!made(&robot).bytes().all(|byte| byte.is_ascii_digit()), "{screen}");
}
