//! What a person met who walked as a new user, from the README alone, and what was mended.

use std::path::Path;

use mamori::text::Lang;
use mamori::tui::app::Screen;

use super::super::robot::{MASTER, Robot, path};

fn says(robot: &Robot, words: &str) {
    assert!(robot.screen().contains(words), "{words}\n{}", robot.screen());
}

/// The line of keys.
fn footer(robot: &Robot) -> String {
    robot.screen().lines().last().unwrap_or_default().to_owned()
}

#[test]
fn an_export_that_is_made_while_the_first_run_waits_is_offered() {
    let mut robot = Robot::start(None, Lang::En, 80, 24);
    robot.keys("enter down enter");
    says(&robot, "No exports in the download and desktop folders.");
    let export = Path::new("/home/hana/Downloads/roboform.csv");
    robot.disk.put(export, b"Name\r\n".to_vec());
    robot.keys("f5");
    says(&robot, "~/Downloads/roboform.csv");
    // - and where one went away, when the step is entered again
    robot.disk.put(Path::new("/home/hana/Downloads/newer.csv"), b"Name\r\n".to_vec());
    robot.keys("esc enter");
    says(&robot, "~/Downloads/newer.csv");
}

#[test]
fn a_path_is_chosen_with_arrows_alone() {
    let mut robot = Robot::start(None, Lang::En, 80, 24);
    robot.disk.put(Path::new("/home/hana/work/old/a.csv"), b"Name\r\n".to_vec());
    robot.keys("enter down enter");
    says(&robot, "No exports in the download and desktop folders. In ~/work/");
    robot.keys("down enter");
    says(&robot, "> old/");
    // - a file for an entry has no usual folder: it begins where the program was started
    let mut robot = Robot::open(Lang::En, 80, 24);
    robot.disk.put(Path::new("/home/hana/work/deed.pdf"), b"x".to_vec());
    robot.keys("e");
    let there = |robot: &Robot| {
        robot.screen().lines().any(|line| line.contains("│>") && line.contains("+ Attach a file"))
    };
    while !there(&robot) {
        robot.keys("down");
    }
    robot.keys("enter");
    says(&robot, "In ~/work/");
    robot.keys("down enter");
    says(&robot, "deed.pdf (1");
}

#[test]
fn an_empty_folder_is_called_empty() {
    let mut robot = Robot::open(Lang::En, 80, 24);
    robot.disk.put(Path::new("/home/hana/work/.only-hidden"), b"x".to_vec());
    robot.keys(":").types("import").keys("enter").types("~/work/");
    says(&robot, "Nothing in ~/work/");
    robot.types("x");
    says(&robot, "No such name in ~/work/");
}

#[test]
fn esc_leads_from_the_making_of_another_vault_back_to_the_one_that_was_left() {
    for lock in ["", "f9"] {
        let mut robot = Robot::open(Lang::En, 80, 24);
        robot.keys(lock);
        robot.keys(if lock.is_empty() { "g v" } else { "tab" });
        robot.keys("end down down down up enter").types("/home/hana/new").keys("enter");
        assert!(matches!(robot.app.screen, Screen::Create(_)), "{}", robot.screen());
        robot.keys("esc");
        assert!(matches!(robot.app.screen, Screen::Locked(_)), "{}", robot.screen());
        assert!(!robot.app.shell.ended && robot.app.shell.vault == path());
        robot.types(MASTER).keys("enter");
        assert!(robot.app.open().is_some(), "{}", robot.screen());
    }
}

#[test]
fn a_new_entry_that_was_not_finished_can_be_thrown_away_at_once() {
    let mut robot = Robot::open(Lang::En, 80, 24);
    robot.keys("n enter").types("Half").keys("esc n enter");
    says(&robot, "Throw it away");
    robot.keys("down enter");
    says(&robot, "The draft is thrown away.");
    robot.keys("n");
    assert!(!robot.screen().contains("Not finished"), "{}", robot.screen());
}

#[test]
fn blanks_of_a_secret_are_seen_while_it_is_typed() {
    let mut robot = Robot::open(Lang::En, 80, 24);
    robot.keys("n enter enter enter").types("a b ").keys("f3");
    says(&robot, "a\u{2423}b\u{2423}_");
    // - the caret stands behind them, and a name has none
    let screen = robot.screen();
    let line = screen.lines().find(|line| line.contains('\u{2423}')).unwrap();
    let from = line.chars().position(|c| c == '\u{2423}').unwrap();
    assert_eq!(usize::from(robot.frame().1.x), from + 3, "{screen}");
    robot.keys("up").types("a b");
    says(&robot, "a b_");
    let mut robot = Robot::start(Some(super::super::robot::sample()), Lang::En, 80, 24);
    robot.types("a b").keys("f3");
    says(&robot, "a\u{2423}b");
}

#[test]
fn a_password_that_no_check_has_seen_is_not_called_found_good() {
    let mut robot = Robot::open(Lang::En, 160, 48);
    robot.wait(10).checked();
    robot.keys("n enter").types("Fresh").keys("enter enter").types("correct-tunnel-violet-86").keys("ctrl+s");
    says(&robot, "not checked yet");
    robot.wait(10).checked();
    assert!(!robot.screen().contains("not checked yet"), "{}", robot.screen());
    // - what changed of it since is no password
    robot.keys("*");
    assert!(!robot.screen().contains("not checked yet"), "{}", robot.screen());
}

#[test]
fn a_command_that_cannot_be_done_now_keeps_its_name_in_the_palette() {
    let mut robot = Robot::open(Lang::En, 80, 24);
    robot.keys(":").types("clear the clipboard");
    says(&robot, "> Clear the clipboard now");
    says(&robot, "Nothing copied by mamori is left in the clipboard.");
}

#[test]
fn where_no_link_is_proposed_no_key_sets_one() {
    let mut robot =
        Robot::start(Some(super::super::robot::sealed(super::super::robot::empty())), Lang::En, 80, 24);
    robot.types(MASTER).keys("enter g l");
    says(&robot, "No link is proposed.");
    assert_eq!(footer(&robot).trim(), "/ search  Esc back  ? keys");
}

#[test]
fn down_and_up_are_one_hint_and_a_page_with_its_own_word_keeps_both() {
    let mut robot = Robot::open(Lang::En, 80, 24);
    robot.keys("n");
    assert_eq!(footer(&robot).trim(), "Enter choose  Up/Down line  Esc back");
    robot.keys("esc :").types("import").keys("enter");
    assert!(footer(&robot).contains("Down list below"), "{}", footer(&robot));
    // - where Enter moves entries, the arrows are called something else
    robot.keys("esc m");
    assert_eq!(footer(&robot).matches("move").count(), 1, "{}", footer(&robot));
    let mut robot = Robot::open(Lang::Ja, 80, 24);
    robot.keys("n");
    assert_eq!(footer(&robot).trim(), "Enter 決定  Up/Down 選択  Esc 戻る");
}

#[test]
fn a_name_that_is_offered_is_typed_over_and_an_arrow_goes_on_with_it() {
    let kept = |keys: &str, name: &str| {
        let mut robot = Robot::open(Lang::En, 80, 24);
        robot.keys("/").types("tag:jp bank").keys("enter :").types("save-search").keys("enter");
        robot.keys(keys).types(name).keys("enter");
        let all = mamori::ops::search::saved::saved(robot.on_disk().vault());
        all.into_iter().map(|one| one.name).collect::<Vec<_>>()
    };
    assert_eq!(kept("", "Banks"), ["Banks"]);
    assert_eq!(kept("end", "s"), ["tag:jp banks"]);
    assert_eq!(kept("", ""), ["tag:jp bank"]);
    // - a folder and a tag that get another name, too; it is seen that the text is selected
    for (list, name) in [("folders", "銀行"), ("all-tags", "bank")] {
        let mut robot = Robot::open(Lang::En, 80, 24);
        robot.keys(":").types(list).keys("enter e");
        let (buf, cursor) = robot.frame();
        let before = &buf[(cursor.x - 1, cursor.y)];
        let before = if before.symbol().trim().is_empty() { &buf[(cursor.x - 2, cursor.y)] } else { before };
        assert!(before.modifier.contains(ratatui::style::Modifier::REVERSED), "{}", robot.screen());
        says(&robot, name);
        robot.types("other");
        says(&robot, "other__");
        robot.keys("enter");
        says(&robot, "other");
        assert!(!robot.screen().contains(&format!("{name}other")), "{}", robot.screen());
    }
}

#[test]
fn a_setting_is_typed_over_and_its_caret_stands_behind_what_is_typed() {
    let mut robot = Robot::open(Lang::En, 80, 24);
    robot.keys("g s down down down enter").types("600").keys("enter");
    assert_eq!(robot.app.shell.settings.lock_after.as_secs(), 600, "{}", robot.screen());
    // - a long path in kana scrolls by whole characters
    robot.keys("end up up up up enter").types(&format!("~/{}", "みずほ".repeat(12)));
    for _ in 0..4 {
        let (buf, cursor) = robot.frame();
        assert_eq!(buf[(cursor.x - 2, cursor.y)].symbol(), "ほ", "{}", robot.screen());
        robot.keys("left");
        let (buf, cursor) = robot.frame();
        assert_eq!(buf[(cursor.x, cursor.y)].symbol(), "ほ", "{}", robot.screen());
        robot.keys("left left");
    }
}

#[test]
fn the_caret_stands_behind_a_text_of_kana_that_is_longer_than_its_field() {
    let mut wrong = Vec::new();
    let sizes =
        if super::super::robot::thousands::wanted() { &crate::SIZES[1..2] } else { &crate::SIZES[..] };
    for keys in [":", "?", "/", "g v down enter", "m", "#", "g t /", "g s end up up up up enter"] {
        for (width, height) in sizes {
            let mut robot = Robot::open(Lang::Ja, *width, *height);
            robot.keys(keys).types(&"みずほ".repeat(30));
            let (buf, cursor) = robot.frame();
            if buf[(cursor.x.saturating_sub(2), cursor.y)].symbol() != "ほ" {
                wrong.push(format!("{keys} {width}x{height}: {cursor}"));
            }
        }
    }
    for command in ["import", "folders; e", "replace-address", "add-mailboxes", "all-tags; e"] {
        for (width, height) in sizes {
            let mut robot = Robot::open(Lang::Ja, *width, *height);
            let (name, then) = command.split_once("; ").unwrap_or((command, ""));
            robot.keys(":").types(name).keys("enter").keys(then).types(&"みずほ".repeat(30));
            let (buf, cursor) = robot.frame();
            if buf[(cursor.x.saturating_sub(2), cursor.y)].symbol() != "ほ" {
                wrong.push(format!("{command} {width}x{height}: {cursor}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_footer_of_the_sidebar_says_what_enter_does_on_the_row() {
    for (width, lang, opens, lists) in
        [(160, Lang::En, "Enter open", "Enter to the list"), (80, Lang::Ja, "Enter 開く", "Enter 一覧へ")]
    {
        let mut robot = Robot::open(lang, width, 24);
        robot.keys("/").types("bank").keys("enter :").types("save-search").keys("enter enter esc left home");
        assert!(footer(&robot).contains(lists), "{}", footer(&robot));
        // - the trash is a page of its own
        robot.keys("down down down");
        assert!(footer(&robot).contains(opens), "{}", footer(&robot));
        // - a folder without folders in it has nothing to close or open
        robot.keys("down");
        assert!(footer(&robot).contains(lists) && !footer(&robot).contains("Left"), "{}", footer(&robot));
        // - a kept search, and the way to a plan
        robot.keys("end");
        assert!(footer(&robot).contains(opens), "{}", footer(&robot));
        robot.keys("up");
        let searches = if lang == Lang::En { "Enter search" } else { "Enter 検索" };
        assert!(footer(&robot).contains(searches), "{}", footer(&robot));
    }
}

#[test]
fn esc_at_a_locked_vault_never_ends_the_program() {
    for (lang, says_how) in [(Lang::En, "Ctrl-C quits."), (Lang::Ja, "Ctrl-C で終了します。")] {
        let mut robot = Robot::open(lang, 80, 24);
        robot.wait(400);
        robot.keys("esc esc");
        assert!(!robot.app.shell.ended && robot.app.open().is_none());
        says(&robot, says_how);
        // - what is typed goes first
        robot.types("abc").keys("esc");
        assert!(!robot.screen().contains("***"), "{}", robot.screen());
        robot.keys("esc").types(MASTER).keys("enter");
        assert!(robot.app.open().is_some(), "{}", robot.screen());
        robot.keys("f9 ctrl+c");
        assert!(robot.app.shell.ended);
        // - nor at the first step of the first run
        let mut robot = Robot::start(None, lang, 80, 24);
        robot.keys("enter enter esc esc esc esc");
        assert!(!robot.app.shell.ended);
        says(&robot, says_how);
    }
}

#[test]
fn notes_of_several_lines_are_seen_with_the_first_press() {
    let mut robot = Robot::open(Lang::En, 80, 24);
    robot.keys("/").types("mizuho").keys("enter e");
    let row = |robot: &Robot| {
        let screen = robot.screen();
        screen.lines().find(|line| line.starts_with("│>")).unwrap_or_default().to_owned()
    };
    while !row(&robot).contains("Notes") {
        robot.keys("down");
    }
    assert!(row(&robot).contains("F3 shows it"), "{}", robot.screen());
    robot.keys("f3");
    says(&robot, "ログインは指紋。");
    robot.keys("f3");
    assert!(row(&robot).contains("(2 lines)"), "{}", robot.screen());
}

#[test]
fn what_is_typed_into_a_field_is_as_bright_as_other_text() {
    let dim = |robot: &Robot| {
        let (buf, cursor) = robot.frame();
        let (typed, line) = (&buf[(cursor.x - 1, cursor.y)], &buf[(cursor.x, cursor.y)]);
        assert_eq!((typed.symbol(), line.symbol()), ("x", "_"), "{}", robot.screen());
        let is = |cell: &ratatui::buffer::Cell| cell.modifier.contains(ratatui::style::Modifier::DIM);
        (is(typed), is(line))
    };
    for keys in ["n enter", ": i m p o r t enter", "g v down enter"] {
        let mut robot = Robot::open(Lang::En, 80, 24);
        robot.keys(keys).types("x");
        assert_eq!(dim(&robot), (false, true), "{keys}");
    }
}

#[test]
fn a_lone_arrow_is_named_with_the_other_one() {
    let mut robot = Robot::start(None, Lang::En, 80, 24);
    robot.keys("enter enter").types("five plain words").keys("enter").types("five plain words").keys("enter");
    assert_eq!(footer(&robot).trim(), "Enter create  Up/Down line  Esc back  F1 keys");
}
