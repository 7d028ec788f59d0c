//! The first run: every step and every way back, and what is on the disk meanwhile.

use mamori::crypto::entropy::{Entropy, EntropyError};
use mamori::text::Lang;
use mamori::tui::app::Screen;
use mamori::tui::screen::create::Step;

use crate::robot::{MASTER, Robot};
use crate::snapshot;

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

fn start(lang: Lang, width: u16, height: u16) -> Robot {
    let mut robot = Robot::start(None, lang, width, height);
    robot.app.shell.entropy = Box::new(Fixed(5));
    robot
}

fn scene(keys: &'static str) -> impl Fn(Lang, u16, u16) -> Robot {
    move |lang, width, height| {
        let mut robot = start(lang, width, height);
        robot.keys(keys);
        robot
    }
}

fn step(robot: &Robot) -> Option<Step> {
    match &robot.app.screen {
        Screen::Create(state) => Some(state.step),
        _ => None,
    }
}

/// Types an account that was taken over, and the way on.
fn account(robot: &mut Robot, title: &str, user: &str, password: &str) {
    robot.types(title).keys("enter").types(user).keys("enter").types(password).keys("enter enter");
}

fn taken(lang: Lang, width: u16, height: u16) -> Robot {
    let mut robot = start(lang, width, height);
    robot.keys("enter down down down enter enter");
    account(&mut robot, "通販", "hana", "S3CRET one");
    account(&mut robot, "Gmail", "hana@example.jp", "S3CRET one");
    account(&mut robot, "掲示板", "hana", "S3CRET two");
    account(&mut robot, "銀行", "hana", "S3CRET three");
    account(&mut robot, "古い掲示板", "hana1", "S3CRET two");
    robot
}

#[test]
fn what_it_looks_like() {
    snapshot("welcome-choice", scene("enter"));
    snapshot("welcome-choice-taken", scene("enter end down down down"));
    snapshot("welcome-made", scene("enter enter ctrl+r"));
    snapshot("welcome-made-typing", |lang, w, h| {
        let mut robot = scene("enter enter ctrl+r enter")(lang, w, h);
        robot.types("ABCDE");
        robot
    });
    snapshot("welcome-guide", scene("enter down down down enter"));
    snapshot("welcome-accounts", taken);
    snapshot("welcome-taken", |lang, w, h| {
        let mut robot = taken(lang, w, h);
        robot.keys("ctrl+s").types(MASTER).keys("enter").types(MASTER).keys("enter enter").wait(8);
        robot
    });
}

#[test]
fn every_step_goes_back_keeps_what_was_typed_and_writes_nothing() {
    let mut robot = taken(Lang::En, 80, 24);
    robot.keys("ctrl+s").types(MASTER).keys("enter").types(MASTER).keys("enter");
    let mut seen = Vec::new();
    while step(&robot) != Some(Step::Language) {
        seen.extend(step(&robot));
        assert!(robot.disk.names().is_empty(), "{:?}", robot.disk.names());
        robot.keys("esc");
    }
    assert_eq!(
        seen,
        [Step::Password, Step::Accounts, Step::Accounts, Step::Choice],
        "the guide is behind the accounts"
    );
    robot.keys("enter enter enter");
    assert!(robot.screen().contains("古い掲示板"), "{}", robot.screen());
    robot.keys("ctrl+s down down down down enter");
    assert_eq!(robot.on_disk().vault().entries().count(), 5, "{}", robot.screen());
    assert!(robot.effects.iter().all(|effect| !effect.contains("S3CRET")));
}

#[test]
fn a_master_password_is_made_and_typed_once_from_paper() {
    let mut robot = start(Lang::Ja, 80, 24);
    robot.keys("enter enter up enter");
    let shown = |robot: &Robot| {
        let screen = robot.screen();
        let mut words = screen.split_whitespace().filter(|word| word.matches('-').count() == 4);
        words.next().map(str::to_owned)
    };
    let first = shown(&robot).expect("it is shown");
    robot.keys("ctrl+r");
    let made = shown(&robot).expect("another one is shown");
    assert_ne!(first, made);
    robot.keys("enter").types("x");
    assert_eq!(shown(&robot), None, "not while it is typed");
    robot.keys("enter enter");
    assert!(robot.screen().contains("二つが違います") && robot.disk.names().is_empty());
    robot.keys("ctrl+u").types(&made).keys("enter enter");
    assert!(robot.app.open().is_some(), "{}", robot.screen());
    robot.keys("f9").types(&made).keys("enter");
    assert!(robot.app.open().is_some(), "{}", robot.screen());
}

#[test]
fn esc_from_what_was_made_goes_to_ones_own() {
    let mut robot = start(Lang::En, 80, 24);
    robot.keys("enter enter").types(MASTER).keys("ctrl+r esc");
    assert_eq!(step(&robot), Some(Step::Password));
    robot.keys("enter").types(MASTER).keys("enter enter");
    assert!(robot.app.open().is_some(), "{}", robot.screen());
    assert!(robot.on_disk().vault().entries().next().is_none());
}

#[test]
fn a_cancelled_or_failed_making_keeps_everything() {
    let mut robot = taken(Lang::En, 80, 24);
    robot.hold = true;
    robot.keys("ctrl+s").types(MASTER).keys("enter").types(MASTER).keys("enter enter");
    assert!(matches!(robot.app.screen, Screen::Opening(_)));
    robot.keys("esc");
    assert_eq!(step(&robot), Some(Step::Password));
    robot.release();
    assert!(robot.app.open().is_none() && robot.disk.names().is_empty());
    robot.disk.fault(1, mamori::store::memory::Fault::Fail(std::io::ErrorKind::StorageFull));
    robot.keys("ctrl+s");
    assert!(robot.screen().contains("the disk is full"), "{}", robot.screen());
    robot.keys("ctrl+s");
    assert_eq!(robot.on_disk().vault().entries().count(), 5, "{}", robot.screen());
}

#[test]
fn the_first_run_leads_to_a_plan_for_the_account_that_was_taken_over() {
    let mut robot = taken(Lang::En, 80, 24);
    robot.keys("ctrl+s").types(MASTER).keys("enter").types(MASTER).keys("enter enter").wait(1);
    assert!(robot.screen().contains("What do you know?"), "{}", robot.screen());
    robot.keys("enter").types("gmail").keys("enter enter").wait(9);
    assert!(robot.screen().contains("Is this computer clean?"), "{}", robot.screen());
    // - with the same password as the mailbox, a similar one, one of its own
    let open = robot.app.open().unwrap();
    let vault = open.contents.session().vault();
    let steps = vault.incidents().next().unwrap().steps();
    let has = |title: &str| {
        let id = vault.entries().find(|entry| entry.title() == title).unwrap().id();
        steps.iter().any(|step| step.task.entry() == Some(id))
    };
    assert!(has("Gmail") && has("通販") && !has("銀行"), "{steps:?}");
    robot.keys("right p");
    assert_eq!(robot.clipboard, [Some("S3CRET one".to_owned())], "the mailbox is selected");
}

#[test]
fn the_demo_is_one_of_the_choices() {
    let mut robot = start(Lang::En, 80, 24);
    robot.keys("enter down down enter");
    assert!(robot.effects.iter().any(|effect| effect.contains("Switch(Demo)")), "{:?}", robot.effects);
    assert!(robot.disk.names().is_empty());
}

fn test_page(lang: Lang, width: u16, height: u16) -> Robot {
    let mut robot = start(lang, width, height);
    robot.app.shell.terminal = "xterm-256color tmux host".to_owned();
    robot.app.shell.in_tmux = true;
    robot.keys("enter enter").types(MASTER).keys("enter").types(MASTER).keys("enter enter");
    robot
}

#[test]
fn the_test_of_the_clipboard_follows_and_its_answer_is_remembered() {
    snapshot("cliptest", test_page);
    snapshot("cliptest-nothing", |lang, w, h| {
        let mut robot = test_page(lang, w, h);
        robot.keys("down enter");
        robot
    });
    let mut robot = test_page(Lang::En, 80, 24);
    let word = robot.clipboard.last().cloned().flatten().expect("the word is copied");
    robot.pastes("something older\n");
    assert!(robot.screen().contains("Something else came") && robot.app.shell.memory.copies.is_empty());
    robot.pastes(&word);
    assert!(robot.screen().contains("It arrived"), "{}", robot.screen());
    assert_eq!(robot.app.shell.memory.copies, [("xterm-256color tmux host".to_owned(), true)]);
    robot.keys("enter");
    assert!(robot.screen().contains("Copy this onto paper"), "the kit follows: {}", robot.screen());
    robot.keys("esc");
    assert!(robot.app.open().unwrap().pages.is_empty());
    let mut robot = test_page(Lang::En, 80, 24);
    robot.keys("down enter esc esc");
    assert_eq!(robot.app.shell.memory.copies, [("xterm-256color tmux host".to_owned(), false)]);
    assert!(robot.app.open().unwrap().pages.is_empty(), "Esc leaves it");
}

#[test]
fn the_test_is_offered_once_where_nobody_can_see_a_copy_arrive() {
    let mut robot = Robot::open(Lang::En, 80, 24);
    robot.app.shell.terminal = "xterm host".to_owned();
    robot.copies = Ok(mamori::tui::notice::Place::Terminal);
    robot.keys("/ g i t enter p");
    assert!(robot.screen().contains("clears in 30 s"), "what, and until when: {}", robot.screen());
    robot.wait(30);
    assert!(robot.screen().contains("Did the copy arrive here?"), "{}", robot.screen());
    robot.wait(7).keys("p").wait(30);
    assert!(!robot.screen().contains("Did the copy arrive here?"), "{}", robot.screen());
}

#[test]
fn a_recovery_kit_is_offered_at_the_end() {
    let made = |lang, width, height| {
        let mut robot = start(lang, width, height);
        robot.keys("enter enter").types(MASTER).keys("enter").types(MASTER).keys("enter enter");
        robot
    };
    snapshot("welcome-kit", made);
    let mut robot = made(Lang::En, 80, 24);
    let shown = robot.screen();
    let code = shown.lines().find_map(|line| line.split_whitespace().find(|word| word.len() == 42));
    let code = code.expect("it is on the screen").to_owned();
    robot.types(code.rsplit('-').next().unwrap()).keys("enter");
    assert!(robot.screen().contains("The recovery code opens the vault"), "{}", robot.screen());
    assert_eq!(robot.on_disk().ways()[1].name, "kit of 2026-11-24");
    robot.keys("L f4").types(&code).keys("enter");
    assert!(robot.app.open().is_some(), "{}", robot.screen());
    // - not now: nothing is there, and nothing of it stays on the screen
    let mut robot = made(Lang::En, 80, 24);
    robot.keys("down down down down enter");
    assert!(!robot.screen().contains(&code) && robot.on_disk().ways().len() == 1);
}

/// The first run with an export in the download folder, at the choice of the file.
fn import(lang: Lang, width: u16, height: u16) -> Robot {
    let mut robot = start(lang, width, height);
    let rows =
        "Name,Url,MatchUrl,Login,Pwd,Note,Folder,RfFieldsV2\r\n通販,https://a.example,,hana,S3CRET,,\r\n";
    let yesterday = crate::robot::NOON - 90_000_000;
    robot.disk.put_at(std::path::Path::new("/home/hana/Downloads/roboform.csv"), rows.into(), yesterday);
    robot.keys("enter down enter");
    robot
}

#[test]
fn an_import_asks_for_its_file_first_and_ends_in_what_would_come_in() {
    snapshot("welcome-import", import);
    let mut robot = import(Lang::En, 80, 24);
    assert!(robot.screen().contains("~/Downloads/roboform.csv"), "{}", robot.screen());
    robot.keys("enter");
    assert!(robot.screen().contains("No file is named"), "{}", robot.screen());
    robot.keys("down enter");
    assert_eq!(step(&robot), Some(Step::Password), "{}", robot.screen());
    // - back to the file, to the choice, and forth again: what was chosen is still there
    robot.keys("esc");
    assert_eq!(step(&robot), Some(Step::File));
    assert!(robot.screen().contains("roboform.csv"), "{}", robot.screen());
    robot.keys("esc");
    assert_eq!(step(&robot), Some(Step::Choice), "{}", robot.screen());
    robot.keys("enter enter");
    assert_eq!(step(&robot), Some(Step::Password), "{}", robot.screen());
    assert!(robot.disk.bytes(&crate::robot::path()).is_none(), "nothing is written yet");
    robot.types(MASTER).keys("enter").types(MASTER).keys("enter enter");
    assert!(robot.screen().contains("通販"), "{}", robot.screen());
    assert!(robot.on_disk().vault().entries().next().is_none(), "it is only shown");
    robot.keys("enter");
    assert_eq!(robot.on_disk().vault().entries().count(), 1, "{}", robot.screen());
}

#[test]
fn a_file_that_was_left_for_another_beginning_is_not_taken_in() {
    let mut robot = import(Lang::Ja, 60, 16);
    robot.keys("down enter esc esc up enter");
    assert_eq!(step(&robot), Some(Step::Password), "{}", robot.screen());
    robot.types(MASTER).keys("enter").types(MASTER).keys("enter enter");
    robot.keys("esc");
    assert!(robot.app.open().is_some_and(|open| open.pages.is_empty()), "{}", robot.screen());
    assert!(robot.screen().contains("n      新しいアイテム"), "{}", robot.screen());
}

#[test]
fn the_page_after_a_break_in_is_in_the_palette() {
    let mut robot = Robot::open(Lang::En, 80, 24);
    robot.keys(":").types("taken over").keys("enter").wait(2);
    assert!(robot.screen().contains("What do you know?"), "{}", robot.screen());
    let mut robot = Robot::open(Lang::Ja, 80, 24);
    robot.keys(":").types("乗っ取り").keys("esc");
    robot.keys(":").types("乗っ取られたかも").keys("enter").wait(2);
    assert!(robot.screen().contains("落ち着いて"), "{}", robot.screen());
}
