//! The palette: words of both languages, romaji, what fingers know, what was used last.

use super::super::robot::Robot;
use mamori::text::Lang;
use mamori::tui::app::Screen;

fn first(lang: Lang, typed: &str) -> String {
    let mut robot = Robot::open(lang, 80, 24);
    robot.keys(":").types(typed);
    let screen = robot.screen();
    let at = screen.lines().position(|line| line.contains(&format!(": {typed}"))).unwrap();
    screen.lines().nth(at + 2).unwrap_or("").to_owned()
}

#[test]
fn either_language_finds_in_either() {
    for (lang, typed, wanted) in [
        (Lang::Ja, "settings", "設定"),
        (Lang::Ja, "settei", "設定"),
        (Lang::Ja, "rokku", "ロック"),
        (Lang::Ja, "gomibako", "ごみ箱"),
        (Lang::En, "設定", "Settings"),
        (Lang::En, "stngs", "Settings"),
        (Lang::Ja, "せってい", "設定"),
        (Lang::Ja, "りれき", "履歴"),
        (Lang::Ja, "のっとり", "乗っ取られた"),
        (Lang::En, "q", "Quit"),
    ] {
        assert!(first(lang, typed).contains(wanted), "{typed}: {}", first(lang, typed));
    }
}

#[test]
fn what_was_run_last_stands_first() {
    let mut robot = Robot::open(Lang::En, 80, 24);
    robot.keys(":").types("favour").keys("enter :");
    let screen = robot.screen();
    let lines: Vec<&str> = screen.lines().collect();
    let at = lines.iter().position(|line| line.contains("Commands")).unwrap();
    assert!(lines[at + 3].contains("favourites"), "{screen}");
}

#[test]
fn a_word_that_is_none_finds_nothing() {
    let mut robot = Robot::open(Lang::Ja, 80, 24);
    robot.keys(":").types("zzzz");
    assert!(robot.screen().contains("その名前のコマンドはありません"), "{}", robot.screen());
}

#[test]
fn the_words_of_vi_leave() {
    let mut robot = Robot::open(Lang::En, 80, 24);
    robot.keys(":").types("q").keys("enter");
    assert!(robot.app.shell.ended && !matches!(robot.app.screen, Screen::Open(_)));
}
