//! Ten thousand keys over the demo, and over a vault of ten thousand entries: whatever is pressed,
//! at whatever size, no panic, the cursor inside, nothing hostile and no half character drawn.

use std::time::Duration;

use mamori::text::{Lang, sanitise};
use mamori::tui::command::TABLE;
use mamori::tui::event::Event;
use unicode_width::UnicodeWidthStr;

use crate::robot::Robot;

/// Numbers that are the same every time.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(seed | 1)
    }

    fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap() % below
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.roll(of.len())]
    }
}

const NAMED: &[&str] = &[
    "enter",
    "enter",
    "esc",
    "tab",
    "shift+tab",
    "up",
    "down",
    "down",
    "left",
    "right",
    "home",
    "end",
    "pgup",
    "pgdn",
    "backspace",
    "delete",
    "space",
    "f1",
    "f2",
    "f3",
    "f5",
    "ctrl+p",
    "ctrl+n",
    "ctrl+y",
    "ctrl+u",
    "ctrl+d",
    "ctrl+w",
    "ctrl+k",
    "ctrl+e",
    "ctrl+s",
    "ctrl+r",
    "ctrl+z",
    "ctrl+l",
    "ctrl+h",
];

const LETTERS: &[char] = &[
    'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 't', 'u',
    'v', 'w', 'x', 'y', 'z', 'C', 'D', 'G', 'H', 'J', 'K', 'P', 'R', 'S', 'V', 'Z', '/', ':', '?', '*', '#',
    '[', ']', '1', '2', '9', '!', '-', 'あ', 'ミ', '漢', 'ﾊ', 'ｐ', 'Ａ', '\u{3099}', 'é',
];

/// What is pasted: control characters, half of an escape sequence, long, wide, not ours.
const PASTES: &[&str] = &[
    "みずほ",
    "\u{1b}[31mred\u{7}",
    "a\nb\r\nc\td",
    "\u{202e}abc",
    "otpauth://totp/x?secret=JBSWY3DP",
    "ｱｲｳ",
    "か\u{3099}き",
    "/tmp/nothing here.csv",
    "'/a b'",
    "2026-12-31",
    "",
];

const SIZES: &[(u16, u16)] = &[
    (80, 24),
    (80, 24),
    (60, 16),
    (160, 48),
    (120, 40),
    (1, 1),
    (2, 2),
    (59, 15),
    (61, 17),
    (500, 200),
    (76, 16),
];

/// Presses one thing.
fn press(robot: &mut Robot, dice: &mut Dice) -> String {
    match dice.roll(100) {
        0..=44 => {
            let letter = dice.one(LETTERS);
            robot.types(&letter.to_string());
            letter.to_string()
        }
        45..=84 => {
            let key = dice.one(NAMED);
            robot.keys(key);
            (*key).to_owned()
        }
        85..=91 => {
            // - by name, so that every command is reached from everywhere
            let spec = dice.one(TABLE);
            robot.keys("esc :").types(spec.id).keys("enter");
            format!(":{}", spec.id)
        }
        92..=93 => {
            let text = dice.one(PASTES);
            robot.pastes(text);
            format!("paste {text:?}")
        }
        94..=95 => {
            let (width, height) = *dice.one(SIZES);
            robot.resize(width, height);
            format!("{width}x{height}")
        }
        96 => {
            robot.event(Event::Focus(false));
            robot.event(Event::Focus(true));
            "focus".to_owned()
        }
        97 => {
            robot.wait(3);
            "wait".to_owned()
        }
        _ => {
            robot.keys("esc esc esc");
            "esc esc esc".to_owned()
        }
    }
}

/// What must hold of every frame.
fn check(robot: &Robot, lately: &[String]) {
    let (buf, cursor) = robot.frame();
    assert!(buf.area.contains(cursor), "{cursor:?} in {:?} after {lately:?}", buf.area);
    for y in 0..buf.area.height {
        for x in 0..buf.area.width {
            let cell = buf[(x, y)].symbol();
            assert!(!cell.chars().any(sanitise::is_hostile), "{cell:?} after {lately:?}");
            if cell.width() == 2 {
                let tail = (x + 1 < buf.area.width).then(|| buf[(x + 1, y)].symbol().trim().to_owned());
                assert_eq!(tail.as_deref(), Some(""), "{cell} is cut after {lately:?}\n{}", robot.screen());
            }
        }
    }
}

fn storm(mut start: impl FnMut(Lang) -> Robot, seed: u64, keys: usize) -> usize {
    let mut dice = Dice::new(seed);
    let (mut robot, mut lately, mut opened) = (start(Lang::Ja), Vec::new(), 0);
    for at in 0..keys {
        lately.push(press(&mut robot, &mut dice));
        if lately.len() > 25 {
            lately.remove(0);
        }
        robot.pass(Duration::from_millis(40));
        check(&robot, &lately);
        // - the rows that a screen reader hears exist wherever a frame does
        let rows = mamori::tui::view::outline(&robot.app);
        let focused = rows.iter().filter(|row| row.focus).count();
        assert!(focused <= 1, "{focused} rows have the focus after {lately:?}");
        opened += usize::from(robot.app.open().is_some_and(|open| !open.pages.is_empty()));
        if robot.app.shell.ended || robot.app.open().is_none() && dice.roll(8) == 0 {
            robot = start(if at % 2 == 0 { Lang::Ja } else { Lang::En });
        }
    }
    opened
}

#[test]
fn ten_thousand_keys_over_the_demo() {
    let seed = std::env::var("MAMORI_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(20_261_125);
    let opened = storm(|lang| Robot::demo(lang, 80, 24), seed, 10_000);
    assert!(opened > 1_000, "only {opened} frames had a page in front");
}
