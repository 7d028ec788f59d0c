//! An account was taken over: the start, the question, the plan step by step, words, the report.

use mamori::ops::incident::{Facts, Plan, State as StepState, plan};
use mamori::text::Lang;

use crate::robot::Robot;
use crate::snapshot;

/// The demo with a plan for its owner's mailbox.
fn opened(lang: Lang, width: u16, height: u16) -> Robot {
    let mut robot = Robot::demo(lang, width, height);
    robot.keys("/").types("owner@example.jp").keys("enter ! enter").wait(9);
    robot
}

/// The plan as the vault has it.
fn plan_of(robot: &Robot) -> Plan {
    let open = robot.app.open().unwrap();
    let vault = open.contents.session().vault();
    plan(vault, vault.incidents().next().unwrap(), Facts::default())
}

/// The state of the step about an entry.
fn state(robot: &Robot, title: &str) -> StepState {
    let open = robot.app.open().unwrap();
    let vault = open.contents.session().vault();
    let id = vault.entries().find(|entry| entry.title() == title).unwrap().id();
    let plan = plan_of(robot);
    plan.steps[plan.of(id).unwrap()].state
}

#[test]
fn what_it_looks_like() {
    snapshot("incident-start", |lang, w, h| {
        let mut robot = Robot::demo(lang, w, h);
        robot.keys("g i");
        robot
    });
    snapshot("incident-begin", |lang, w, h| {
        let mut robot = Robot::demo(lang, w, h);
        robot.keys("/").types("shop@example.com").keys("enter !");
        robot
    });
    snapshot("incident-computer", opened);
    snapshot("incident-broken", |lang, w, h| {
        let mut robot = opened(lang, w, h);
        robot.keys("right");
        robot
    });
    snapshot("incident-checklist", |lang, w, h| {
        let mut robot = opened(lang, w, h);
        robot.keys("right space").wait(9).keys("space space");
        robot
    });
    snapshot("incident-staged", |lang, w, h| {
        let mut robot = opened(lang, w, h);
        robot.keys("right enter enter").wait(9).keys("esc");
        robot
    });
    snapshot("incident-skip", |lang, w, h| {
        let mut robot = opened(lang, w, h);
        robot.keys("right right -");
        robot
    });
    snapshot("incident-list", |lang, w, h| {
        let mut robot = opened(lang, w, h);
        robot.keys("esc g i");
        robot
    });
    snapshot("incident-reminder", |lang, w, h| {
        let mut robot = opened(lang, w, h);
        robot.keys("esc esc");
        robot
    });
    snapshot("incident-last", |lang, w, h| {
        let mut robot = opened(lang, w, h);
        robot.keys("end pgdn pgdn pgdn");
        robot
    });
}

/// The whole story with arrows, Enter, Esc, Tab and Space alone, from the first choice of the program's
/// first run to the end.
#[test]
fn arrows_enter_esc_tab_and_space_are_enough() {
    let mut robot = Robot::demo(Lang::Ja, 80, 24);
    let allowed = ["up", "down", "left", "right", "enter", "esc", "tab", "space"];
    let press = |robot: &mut Robot, keys: &str| {
        for key in keys.split_whitespace() {
            assert!(allowed.contains(&key), "{key}");
            robot.keys(key);
        }
    };
    // - from the list: the last row of the sidebar, which is above the first, too; the first run leads to
    //   the same page
    press(&mut robot, "left up");
    assert!(robot.screen().contains("> 乗っ取られたとき"), "{}", robot.screen());
    press(&mut robot, "enter");
    assert!(robot.screen().contains("アカウントが乗っ取られた"), "{}", robot.screen());
    press(&mut robot, "enter");
    // - the chooser lists everything; the mailbox is found by going down
    for _ in 0..60 {
        if robot.screen().lines().any(|line| line.contains('>') && line.contains("owner@example.jp - ")) {
            break;
        }
        press(&mut robot, "down");
    }
    press(&mut robot, "enter");
    assert!(robot.screen().contains("owner@example.jp が乗っ取られましたか"), "{}", robot.screen());
    // - since when: some days; the vault was opened on a computer in doubt
    press(&mut robot, "up up right right down space down enter");
    assert_eq!(plan_of(&robot).steps.len(), 24, "{}", robot.screen());
    // - step 0: clean, two items ticked, on to the next
    press(&mut robot, "enter space space");
    assert!(robot.screen().contains("[x]  OS とブラウザー"), "{}", robot.screen());
    press(&mut robot, "tab down enter down enter enter");
    assert!(robot.screen().contains("owner@example.jp"), "{}", robot.screen());
    assert_eq!(plan_of(&robot).over(), 4, "{}", robot.screen());
    // - the staged change that the demo has is confirmed in its panel
    press(&mut robot, "enter down enter");
    assert_eq!(state(&robot, "owner@example.jp"), StepState::Done, "{}", robot.screen());
    press(&mut robot, "space tab");
    // - the panel's password is made, kept and confirmed
    assert!(robot.screen().contains("あおぞらサーバー"), "{}", robot.screen());
    press(&mut robot, "enter enter down enter");
    assert_eq!(state(&robot, "あおぞらサーバー"), StepState::Done, "{}", robot.screen());
    // - the next mailbox is closed: who uses it must move
    press(&mut robot, "tab");
    let closing = "photo@example.net";
    assert!(robot.screen().contains(closing), "{}", robot.screen());
    press(&mut robot, "down down down down enter");
    assert_eq!(state(&robot, closing), StepState::Closed, "{}", robot.screen());
    let before = plan_of(&robot).steps.len();
    assert!(before > 24, "accounts that use the closed address: {before}");
    // - the rest is left out, each with a reason that is chosen
    for _ in 0..before {
        let Some(at) = plan_of(&robot).next() else { break };
        while !robot.screen().contains(&format!("手順 {at} ")) {
            press(&mut robot, "tab");
            if robot.screen().contains(&format!("手順 {} ", before - 1)) {
                (0..before).for_each(|_| press(&mut robot, "left"));
            }
        }
        for _ in 0..12 {
            if robot.screen().lines().any(|line| line.contains(">理由を付けて見送る")) {
                break;
            }
            press(&mut robot, "down");
        }
        press(&mut robot, "enter down enter");
    }
    assert_eq!(plan_of(&robot).next(), None, "{}", robot.screen());
    // - and the plan is closed from its last row
    (0..30).for_each(|_| press(&mut robot, "down"));
    press(&mut robot, "enter");
    let open = robot.app.open().unwrap();
    let vault = open.contents.session().vault();
    assert!(vault.incidents().next().unwrap().closed().is_some(), "{}", robot.screen());
    press(&mut robot, "esc esc");
    assert!(!robot.screen().contains("乗っ取り対応中"), "{}", robot.screen());
}

#[test]
fn the_header_reminds_until_the_plan_is_closed_and_red_is_for_the_broken_account_alone() {
    let mut robot = opened(Lang::En, 120, 40);
    let red = |robot: &Robot| robot.styles().contains('!');
    assert!(!robot.screen().contains("! account taken over"), "the page says it better");
    robot.keys("right");
    assert!(red(&robot), "{}", robot.styles());
    robot.keys("right right right");
    let lines: Vec<String> = robot.styles().lines().map(str::to_owned).collect();
    let reds: Vec<usize> = (0..lines.len()).filter(|at| lines[*at].contains('!')).collect();
    assert_eq!(reds.len(), 1, "only the line of the broken account in the list: {reds:?}");
    robot.keys("esc esc");
    assert!(robot.screen().contains("! account taken over"), "{}", robot.screen());
    robot.keys("g i enter");
    // - a plan with steps left is asked about, and going on is in focus
    for _ in 0..40 {
        robot.keys("right");
    }
    for _ in 0..20 {
        robot.keys("down");
    }
    robot.keys("enter");
    assert!(robot.screen().contains("still open"), "{}", robot.screen());
    robot.keys("enter enter down enter").wait(9);
    robot.keys("esc esc");
    assert!(!robot.screen().contains("! account"), "{}", robot.screen());
}

#[test]
fn undo_takes_back_what_was_done_and_the_plan_itself() {
    let mut robot = opened(Lang::En, 80, 24);
    robot.keys("space");
    assert_eq!(plan_of(&robot).over(), 1);
    robot.keys("z");
    assert_eq!(plan_of(&robot).over(), 0, "{}", robot.screen());
    // - a staged password that was confirmed by Space is staged again
    robot.keys("right space");
    assert_eq!(state(&robot, "owner@example.jp"), StepState::Done);
    robot.keys("z");
    assert_eq!(state(&robot, "owner@example.jp"), StepState::Staged, "{}", robot.screen());
    robot.keys("z");
    let open = robot.app.open().unwrap();
    assert!(open.contents.session().vault().incidents().next().is_none());
    assert!(robot.screen().contains("This plan is gone"), "{}", robot.screen());
    robot.keys("esc");
    assert!(!robot.screen().contains("! account"));
    robot.keys("Z");
    assert_eq!(plan_of(&robot).steps.len(), 21, "with every step that was found");
}

#[test]
fn it_is_kept_through_a_lock_and_goes_on_where_it_was() {
    let mut robot = Robot::open(Lang::En, 80, 24);
    robot.keys("/").types("mizu").keys("enter ! enter").wait(9);
    robot.keys("space").wait(9);
    robot.keys("space f9");
    assert!(robot.app.open().is_none());
    robot.types(crate::robot::MASTER).keys("enter");
    assert!(robot.screen().contains("! account taken over"), "{}", robot.screen());
    robot.keys("g i enter");
    assert!(robot.screen().contains("Step 1"), "{}", robot.screen());
    robot.keys("left");
    assert!(robot.screen().contains("[x]  If you doubt"), "{}", robot.screen());
    // - no secret in an effect, and the plan lies on the disk
    assert!(robot.effects.iter().all(|effect| !effect.contains("S3CRET")));
    assert_eq!(robot.on_disk().vault().incidents().count(), 1);
}

#[test]
fn a_typed_password_is_never_shown_and_finds_who_has_it() {
    let mut robot = Robot::demo(Lang::En, 80, 24);
    robot.keys("g i down enter").types("Sakura2019!");
    assert!(!robot.screen().contains("Sakura2019"), "{}", robot.screen());
    robot.keys("f3");
    assert!(robot.screen().contains("Sakura2019!"));
    robot.keys("f3 ctrl+s").wait(9);
    assert!(!robot.screen().contains("Sakura2019"), "{}", robot.screen());
    assert_eq!(state(&robot, "owner@example.jp"), StepState::Staged);
    assert_eq!(state(&robot, "PayLater"), StepState::ToDo);
    assert!(robot.effects.iter().all(|effect| !effect.contains("Sakura")));
    // - nothing typed begins nothing
    robot.keys("esc down down down enter ctrl+s");
    assert!(robot.screen().contains("nothing to look for"), "{}", robot.screen());
    robot.types("owner@example.jp").keys("enter ctrl+s").wait(9);
    let open = robot.app.open().unwrap();
    assert_eq!(open.contents.session().vault().incidents().count(), 2);
}

#[test]
fn a_second_broken_account_goes_into_the_plan_that_is_there() {
    let mut robot = opened(Lang::En, 80, 24);
    robot.keys("esc esc / ctrl+u").types("Chatter").keys("enter !");
    assert!(robot.screen().contains("Add it to the plan for owner@example.jp"), "{}", robot.screen());
    robot.keys("down enter").wait(9);
    let plan = plan_of(&robot);
    assert_eq!(plan.steps.iter().filter(|step| step.broken).count(), 2);
    // - the same account again leads to its plan
    robot.keys("esc / ctrl+u").types("owner@example.jp").keys("enter !");
    assert!(robot.screen().contains("Step 0"), "{}", robot.screen());
}

#[test]
fn what_the_host_has_set_stays_open() {
    let mut robot = opened(Lang::En, 80, 24);
    robot.keys("right right down down down enter").types("set-by-host").keys("enter");
    assert!(
        robot.screen().contains("Enter confirm: the old one"),
        "it is the current one: {}",
        robot.screen()
    );
    robot.keys("enter").wait(9);
    assert_eq!(state(&robot, "あおぞらサーバー"), StepState::Forced, "{}", robot.screen());
    assert!(robot.screen().contains(">Make a new password"), "what is next: {}", robot.screen());
    robot.keys("space");
    assert!(robot.screen().contains("make one of your own first"), "{}", robot.screen());
    assert_eq!(state(&robot, "あおぞらサーバー"), StepState::Forced);
    robot.keys("- down down").types("no time").keys("enter").wait(9);
    assert_eq!(state(&robot, "あおぞらサーバー"), StepState::Skipped, "{}", robot.screen());
    let notes: Vec<String> = plan_of(&robot).steps.into_iter().map(|step| step.note).collect();
    assert!(notes.contains(&"no time".to_owned()), "{notes:?}");
}

#[test]
fn what_is_only_said_to_be_done_is_told_as_that() {
    let mut robot = opened(Lang::En, 80, 24);
    robot.keys("right right space").wait(9);
    assert_eq!(state(&robot, "あおぞらサーバー"), StepState::Done, "{}", robot.screen());
    assert!(robot.screen().contains("the vault still has the old password"), "{}", robot.screen());
    assert!(!robot.screen().contains("is in the history"), "{}", robot.screen());
    // - with a new one it is done
    robot.keys("up up up up up enter enter enter").wait(9).keys("esc space").wait(9);
    assert!(robot.screen().contains("The old password is in the history"), "{}", robot.screen());
}

#[test]
fn the_report_is_written_without_secrets_and_never_over_another_file() {
    let mut robot = Robot::open(Lang::Ja, 80, 24);
    robot.keys("/").types("mizu").keys("enter ! enter").wait(9);
    assert!(!robot.screen().contains("別の画面"), "its own saves are nobody else's: {}", robot.screen());
    robot.disk.put(std::path::Path::new("/home/hana/work/here.csv"), Vec::new());
    robot.keys("space w enter").wait(9);
    let files: Vec<String> = robot.disk.names().iter().map(|path| path.display().to_string()).collect();
    let file = files.iter().find(|name| name.ends_with(".md")).unwrap_or_else(|| panic!("{files:?}"));
    let text = String::from_utf8(robot.disk.bytes(std::path::Path::new(file)).unwrap()).unwrap();
    assert!(text.starts_with("# アカウントの乗っ取り: みずほ"), "{text}");
    assert!(!text.contains(crate::robot::MARKER), "{text}");
    robot.keys("w enter");
    assert!(robot.screen().contains("上書きしません。Enter で"), "{}", robot.screen());
}

#[test]
fn the_backups_that_the_old_master_password_opens_are_named() {
    let mut robot = Robot::open(Lang::En, 120, 40);
    robot.keys("/").types("mizu").keys("enter ! up space down enter").wait(9);
    let names = robot.disk.names();
    let backup = names.iter().find(|path| path.display().to_string().contains("/backups/")).unwrap();
    let name = backup.file_name().unwrap().to_str().unwrap();
    // - one that was made after the first look, as by a save of the plan itself in a large vault
    let ms: u64 = name.strip_suffix(".mamori").unwrap().parse().unwrap();
    let later = format!("{}.mamori", ms + 1_000);
    robot.disk.put(&backup.with_file_name(&later), robot.disk.bytes(backup).unwrap());
    robot.keys("right right right").wait(9);
    assert!(robot.screen().contains("Old backups"), "{}", robot.screen());
    for name in [name, &later] {
        assert!(robot.screen().contains("/backups/") && robot.screen().contains(name), "{}", robot.screen());
    }
}

#[test]
fn what_else_uses_an_account_is_added_and_ticked() {
    let mut robot = opened(Lang::En, 80, 24);
    robot.keys("right");
    for _ in 0..30 {
        if robot.screen().contains(">Add what else uses") {
            break;
        }
        robot.keys("down");
    }
    robot.keys("enter enter");
    assert!(
        robot.screen().contains("Also used by") || robot.screen().contains("phone"),
        "{}",
        robot.screen()
    );
    let open = robot.app.open().unwrap();
    let entry = open.contents.session().vault().entries().find(|entry| entry.title() == "owner@example.jp");
    assert_eq!(entry.unwrap().used_by(), ["phone"]);
    // - what was added has the focus: a Space ticks it
    robot.keys("space").wait(9);
    assert!(robot.screen().contains("[x]  phone"), "{}", robot.screen());
}

#[test]
fn a_gathering_that_is_stopped_leaves_the_plan_as_it_was_kept() {
    let mut robot = Robot::demo(Lang::En, 80, 24);
    robot.keys("/").types("owner@example.jp").keys("enter !");
    robot.hold = true;
    robot.keys("enter");
    robot.wait(1);
    assert!(robot.screen().contains("What falls with it"), "{}", robot.screen());
    robot.keys("esc");
    robot.release();
    assert!(robot.screen().contains("Step 0 "), "{}", robot.screen());
    // - the next time it is gathered again
    robot.keys("esc g i enter");
    assert_eq!(plan_of(&robot).steps.len(), 21, "{}", robot.screen());
}

#[test]
fn any_window_and_any_key_holds() {
    let mut robot = opened(Lang::Ja, 60, 16);
    for size in [(40, 10), (60, 16), (200, 60), (80, 24)] {
        robot.resize(size.0, size.1);
        robot.keys("right down pgdn end home G tab shift+tab ] [ J K").wait(1);
        assert!(!robot.screen().is_empty());
    }
}

/// What a step of a closed address opens first: the page that puts another one in its place, filled in;
/// written, it is back at the step, which is done.
#[test]
fn a_step_that_must_move_opens_the_page_that_replaces_the_address_and_comes_back() {
    let mut robot = opened(Lang::En, 80, 24);
    let closing = "photo@example.net";
    while !robot.screen().contains(closing) || !robot.screen().contains("Mailbox") {
        robot.keys("tab");
    }
    robot.keys("down down down down enter").wait(9);
    assert_eq!(state(&robot, closing), StepState::Closed, "{}", robot.screen());
    let at = |robot: &Robot| {
        let plan = plan_of(robot);
        let moving = |step: &mamori::ops::incident::Step| {
            matches!(step.task, mamori::model::incident::Task::Address(_))
        };
        let steps: Vec<(usize, StepState)> = plan
            .steps
            .iter()
            .enumerate()
            .filter(|(_, step)| moving(step))
            .map(|(at, s)| (at, s.state))
            .collect();
        steps
    };
    let moves = at(&robot);
    assert!(moves.len() > 1 && moves.iter().all(|(_, state)| *state == StepState::ToDo), "{moves:?}");
    (0..40).for_each(|_| {
        robot.keys("left");
    });
    (0..moves[0].0).for_each(|_| {
        robot.keys("right");
    });
    assert!(robot.screen().contains(">Put another mail address in its place"), "{}", robot.screen());
    robot.keys("enter");
    assert!(robot.screen().contains(closing), "the closed address is filled in: {}", robot.screen());
    robot.types("new@example.org").keys("enter").wait(9);
    assert!(robot.screen().contains("photo@example.net -> "), "{}", robot.screen());
    robot.keys("enter").wait(9);
    assert!(robot.screen().contains(&format!("Step {} ", moves[0].0)), "{}", robot.screen());
    let after = at(&robot);
    assert_eq!(after[0], (moves[0].0, StepState::Done), "{}", robot.screen());
    assert!(after[1..].iter().all(|(_, state)| *state == StepState::ToDo), "only its own: {after:?}");
    robot.keys("z").wait(9);
    assert_eq!(at(&robot), moves, "one step of undo");
}

/// After a lock nothing but arrows and Enter is needed to go on.
#[test]
fn the_way_back_to_a_plan_needs_arrows_and_enter_alone() {
    for (width, height) in [(80, 24), (160, 48)] {
        let mut robot = Robot::open(Lang::Ja, width, height);
        robot.keys("/").types("mizu").keys("enter ! enter").wait(9);
        robot.keys("space").wait(9);
        robot.keys("f9").types(crate::robot::MASTER).keys("enter").wait(1);
        assert!(robot.screen().contains("乗っ取り対応の途中です"), "{}", robot.screen());
        robot.keys("left up enter enter").wait(1);
        assert!(robot.screen().contains("手順 1 "), "{}", robot.screen());
    }
}

/// The last tick of a step that is over leads on, and what was not ticked is said at the end and in the
/// report.
#[test]
fn what_was_not_looked_at_is_neither_lost_nor_called_done() {
    let mut robot = Robot::open(Lang::En, 80, 24);
    robot.keys("/").types("mizu").keys("enter ! enter").wait(9);
    robot.keys("space").wait(9);
    let ticks = |robot: &Robot| robot.screen().matches("[x]").count();
    for _ in 0..20 {
        if robot.screen().contains(">Next:") {
            break;
        }
        robot.keys("enter");
    }
    assert!(robot.screen().contains(">Next:"), "{}", robot.screen());
    assert!(ticks(&robot) > 2, "{}", robot.screen());
    robot.keys("enter enter enter").wait(9);
    robot.keys("esc");
    let footer = |robot: &Robot| robot.screen().lines().last().unwrap_or("").to_owned();
    assert!(footer(&robot).contains("p old"), "{}", robot.screen());
    robot.keys("space").wait(9);
    assert!(!footer(&robot).contains("p old"), "p copies the only one there is: {}", robot.screen());
    // - what falls with it is left out
    robot.keys("tab");
    for _ in 0..9 {
        if plan_of(&robot).next().is_none() {
            break;
        }
        robot.keys("- enter").wait(9);
    }
    assert_eq!(plan_of(&robot).next(), None, "{}", robot.screen());
    robot.keys("pgup pgup pgup");
    assert!(robot.screen().contains("Every step is over."), "{}", robot.screen());
    assert!(robot.screen().contains("Not everything to look at is ticked yet"), "{}", robot.screen());
    robot.disk.put(std::path::Path::new("/home/hana/work/here.csv"), Vec::new());
    robot.keys("w enter").wait(9);
    let files = robot.disk.names();
    let file = files.iter().find(|path| path.extension().is_some_and(|end| end == "md")).unwrap();
    let text = String::from_utf8(robot.disk.bytes(file).unwrap()).unwrap();
    let left = text.split("## What is left").nth(1).unwrap();
    assert!(left.contains("not ticked") && left.contains("  - [ ] "), "{text}");
    assert!(!left.contains("Nothing."), "{text}");
}
