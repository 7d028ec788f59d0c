//! What the eye of a person met and what was mended: words of the footer, notices that stay behind,
//! rows that are told apart, columns that do not shift, and what lies out of sight.

use mamori::text::Lang;
use mamori::tui::notice::CopyFailure;
use mamori::tui::view::outline;

use super::super::robot::Robot;
use super::super::snapshot;

/// The line of keys.
fn footer(robot: &Robot) -> String {
    robot.screen().lines().last().unwrap_or_default().to_owned()
}

/// Selects an entry by typing.
fn to(robot: &mut Robot, title: &str) {
    robot.keys("/ ctrl+u").types(title).keys("enter");
    assert!(robot.screen().contains(title), "{}", robot.screen());
}

#[test]
fn the_footer_of_a_note_names_no_key_that_copies_nothing() {
    let mut robot = Robot::open(Lang::En, 80, 24);
    to(&mut robot, "Wi-Fi");
    for keys in ["", "right"] {
        robot.keys(keys);
        let said = footer(&robot);
        assert!(said.contains("v show") && said.contains("e edit"), "{said}");
        for key in ["p password", "u user", "t code", "b in turn"] {
            assert!(!said.contains(key), "{said}");
        }
    }
    robot.keys("esc");
    to(&mut robot, "GitHub");
    assert!(footer(&robot).contains("p password"), "{}", footer(&robot));
}

#[test]
fn every_page_says_how_to_leave_it_in_the_narrowest_window() {
    for lang in [Lang::Ja, Lang::En] {
        let back = if lang == Lang::Ja { "Esc 戻る" } else { "Esc back" };
        for keys in ["g b", "g t", "g s", "g a", "H", "c", "c enter", "e", "r", "S", "m", "#", "n", "d g b"] {
            let mut robot = Robot::open(lang, 60, 16);
            to(&mut robot, "GitHub");
            robot.keys(keys);
            assert!(footer(&robot).contains(back), "{keys}: {}", robot.screen());
        }
    }
}

#[test]
fn an_empty_trash_names_no_key_of_entries() {
    let mut robot = Robot::open(Lang::En, 80, 24);
    robot.keys("g b");
    let said = footer(&robot);
    assert!(!said.contains("password") && !said.contains("mark all") && said.contains("Esc back"), "{said}");
}

#[test]
fn of_a_move_the_arrow_is_named() {
    let mut robot = Robot::open(Lang::En, 120, 40);
    robot.keys("m").types("work/code").keys("enter left down down down down");
    let said = footer(&robot);
    assert!(said.contains("Left close") && !said.contains(" h "), "{said}");
    robot.keys("left");
    let said = footer(&robot);
    assert!(said.contains("Right open") && !said.contains(" l "), "{said}");
}

#[test]
fn a_notice_does_not_follow_to_another_page() {
    let mut robot = Robot::open(Lang::En, 80, 24);
    to(&mut robot, "GitHub");
    robot.keys("c enter");
    let staged = "Kept beside the old";
    assert!(robot.screen().contains(staged), "{}", robot.screen());
    robot.keys("esc");
    assert!(!robot.screen().contains(staged), "{}", robot.screen());
    // - in the list it stays for its time
    robot.keys("d");
    assert!(robot.screen().contains("z undoes"), "{}", robot.screen());
    robot.keys("esc down");
    assert!(robot.screen().contains("z undoes"), "{}", robot.screen());
    robot.keys("g s");
    assert!(!robot.screen().contains("z undoes"), "{}", robot.screen());
}

#[test]
fn the_copy_menu_lists_what_the_entry_has() {
    let mut robot = Robot::open(Lang::En, 80, 24);
    to(&mut robot, "GitHub");
    robot.keys("y");
    assert!(robot.screen().contains("Copy the user name"), "{}", robot.screen());
    for other in ["staged password", "one-time code", "Copy the notes"] {
        assert!(!robot.screen().contains(other), "{}", robot.screen());
    }
    robot.keys("esc c enter esc y");
    assert!(robot.screen().contains("staged password"), "{}", robot.screen());
}

#[test]
fn the_two_days_of_a_card_have_two_names() {
    let mut robot = Robot::open(Lang::Ja, 80, 24);
    to(&mut robot, "VISA");
    robot.keys("e");
    while outline(&robot.app).iter().any(|row| row.focus && row.label != "アイテムの期限") {
        robot.keys("down");
    }
    robot.types("2030-01-01").keys("ctrl+s right");
    let rows = outline(&robot.app);
    let days = rows.iter().map(|row| row.label.as_str()).filter(|label| label.contains('期'));
    assert_eq!(days.collect::<Vec<_>>(), ["有効期限", "アイテムの期限"]);
}

#[test]
fn titles_begin_at_one_place_whatever_is_marked_or_liked() {
    let mut robot = Robot::open(Lang::En, 80, 24);
    to(&mut robot, "bank");
    robot.keys("esc home * down space down");
    let column = |title: &str| {
        let screen = robot.screen();
        let line =
            screen.lines().find(|line| line.contains(title) && !line.contains('┌')).unwrap_or_default();
        line.split(title).next().map(|before| before.chars().count())
    };
    assert_eq!(column("GitHub"), Some(4), "{}", robot.screen());
    assert_eq!(column("VISA"), Some(4), "{}", robot.screen());
    assert!(robot.screen().contains("│ * evil"), "{}", robot.screen());
    assert!(robot.screen().contains("│ + "), "{}", robot.screen());
}

#[test]
fn user_names_have_the_room_that_there_is() {
    let robot = Robot::demo(Lang::Ja, 160, 48);
    for user in ["owner@example.jp", "photo@example.net", "3390-1122-000"] {
        assert!(robot.screen().contains(user), "{user}\n{}", robot.screen());
    }
}

#[test]
fn a_value_of_the_settings_is_a_word() {
    for (lang, words, raw) in [
        (Lang::Ja, ["5 分", "30 秒", "オン", "自動"], ["300", "true", " auto  "]),
        (Lang::En, ["5 min", "30 s", "on", "automatic"], ["300", "true", " auto  "]),
    ] {
        let mut robot = Robot::open(lang, 80, 24);
        robot.keys("g s down down down");
        for word in words {
            assert!(robot.screen().contains(word), "{word}\n{}", robot.screen());
        }
        for word in raw {
            assert!(!robot.screen().contains(word), "{word}\n{}", robot.screen());
        }
    }
}

#[test]
fn nothing_is_said_to_be_copied_where_the_copy_was_refused() {
    let refused = |lang, width, height| {
        let mut robot = Robot::open(lang, width, height);
        robot.copies = Err(CopyFailure::TerminalRefuses);
        robot.keys(":").types("clipboard-test").keys("enter");
        robot
    };
    snapshot("cliptest-refused", refused);
    let mut robot = refused(Lang::En, 80, 24);
    assert!(!robot.screen().contains("word was copied"), "{}", robot.screen());
    assert!(robot.screen().contains("nothing to paste"), "{}", robot.screen());
    robot.keys("enter");
    assert!(robot.app.open().is_some_and(|open| open.pages.is_empty()));
}

#[test]
fn the_demo_names_no_place_on_the_disk() {
    for keys in ["g a", "g s"] {
        let mut robot = Robot::demo(Lang::En, 80, 24);
        robot.app.shell.state_path = "/home/hana/.local/state/mamori".into();
        robot.keys(keys);
        assert!(robot.screen().contains("in memory only"), "{}", robot.screen());
        assert!(!robot.screen().contains("hana/"), "{}", robot.screen());
    }
    let mut robot = Robot::demo(Lang::En, 80, 24);
    robot.keys("g v");
    let screen = robot.screen();
    let here = screen.lines().find(|line| line.contains("The demo")).unwrap_or_default();
    assert!(here.contains("this one"), "{screen}");
    robot.keys("end down down down down enter");
    assert!(robot.app.shell.overlay.is_none() && robot.app.open().is_some(), "{}", robot.screen());
}

#[test]
fn rows_out_of_sight_are_counted_and_an_attachment_keeps_its_size() {
    let rich = super::detail::start;
    let mut robot = rich(Lang::En, 80, 24);
    assert!(robot.screen().contains("J  5 more"), "{}", robot.screen());
    assert!(robot.screen().contains("(13 bytes)"), "{}", robot.screen());
    robot.keys("J ".repeat(30).trim());
    assert!(!robot.screen().contains(" more "), "{}", robot.screen());
    assert!(!rich(Lang::En, 160, 48).screen().contains(" more "));
}

#[test]
fn why_a_row_was_found_is_seen_in_the_narrow_list_too() {
    let mut robot = Robot::open(Lang::En, 80, 24);
    robot.keys("/").types("mizuhobk");
    assert!(
        robot.screen().lines().any(|line| line.contains(">  みずほ銀行") && line.contains("ib.miz")),
        "{}",
        robot.screen()
    );
    // - a tag that was asked for by name is no news
    robot.keys("ctrl+u").types("tag:bank");
    assert!(
        robot.screen().lines().any(|line| line.contains(">  みずほ銀行") && line.contains("3390")),
        "{}",
        robot.screen()
    );
}

#[test]
fn enter_in_a_form_is_named_after_what_it_does() {
    let mut robot = Robot::open(Lang::En, 80, 24);
    to(&mut robot, "GitHub");
    robot.keys("e");
    let mut seen = Vec::new();
    for _ in 0..40 {
        let rows = outline(&robot.app);
        let here = rows.iter().find(|row| row.focus).map(|row| format!("{}{}", row.label, row.value));
        let said = footer(&robot).split("  ").next().unwrap_or_default().trim().to_owned();
        seen.push((here.unwrap_or_default(), said));
        robot.keys("tab");
    }
    let said = |row: &str| {
        let found = seen.iter().find(|(here, _)| here.starts_with(row));
        found.map(|(_, said)| said.clone()).unwrap_or_default()
    };
    assert_eq!(said("Title"), "Enter next", "{seen:?}");
    assert_eq!(said("Notes"), "Enter new line", "{seen:?}");
    assert_eq!(said("+ Field"), "Enter add", "{seen:?}");
    assert_eq!(said("Favourite"), "Enter change", "{seen:?}");
    assert_eq!(said("[ Save ]"), "Enter save", "{seen:?}");
}

#[test]
fn copying_in_turn_passes_nothing_over_and_begins_anew_elsewhere() {
    let mut robot = Robot::open(Lang::En, 80, 24);
    robot.keys("/ m i z u enter b b");
    let copied = |robot: &Robot| robot.clipboard.last().cloned().flatten().unwrap_or_default();
    assert_eq!(copied(&robot), "S3CRET mizuho");
    // - what was refused is not passed over
    robot.copies = Err(mamori::tui::notice::CopyFailure::Unreachable);
    robot.keys("b");
    robot.copies = Ok(mamori::tui::notice::Place::Desktop);
    robot.keys("b");
    assert_eq!(copied(&robot), "3390-1122-000", "{}", robot.screen());
    // - another entry was looked at between
    robot.keys("b esc");
    assert_eq!(copied(&robot), "S3CRET mizuho");
    robot.keys("home end / m i z u enter b");
    assert_eq!(copied(&robot), "3390-1122-000", "{}", robot.screen());
}
