//! What help tells of a page is what its keys do there.

use mamori::text::Lang;
use mamori::tui::command::{Scope, TABLE, Unavailable};
use mamori::tui::notice::Notice;
use mamori::tui::view::outline;

use crate::robot::{Robot, thousands};

fn at(lang: Lang, width: u16, place: &str) -> Robot {
    let mut robot = Robot::open(lang, width, 48);
    if place.starts_with("g h") {
        robot.checked();
    }
    for part in place.split("; ") {
        match part.strip_prefix(':') {
            Some(name) => robot.keys(":").types(name).keys("enter"),
            None => robot.keys(part),
        };
    }
    robot
}

/// Pages whose keys are no text, each with how it is reached.
const PLACES: &[(u16, &str)] = &[
    (160, ""),
    (80, "enter"),
    (160, "left"),
    (80, "left"),
    (80, "S"),
    (80, "c"),
    (80, "H"),
    (80, "f"),
    (80, "r"),
    (80, "y q"),
    (80, "g t"),
    (80, "d g b"),
    (80, "g h"),
    (80, "g h enter"),
    (80, "g h enter enter"),
    (80, "g i"),
    (80, "g l"),
    (80, "g s"),
    (80, "g a"),
    (80, ":folders"),
    (80, ":folders; enter"),
    (80, ":all-tags"),
    (80, ":all-tags; enter"),
    (80, ":backups"),
    (80, ":ways-to-open"),
    (80, ":taken-over"),
    (80, ":broken-into"),
    (80, ":broken-into; enter"),
];

#[test]
fn no_key_that_help_tells_is_none_of_its_page() {
    // - what a page does with a key does not hang on how much there is, and this opens hundreds of vaults
    if thousands::wanted() {
        return;
    }
    let mut wrong = Vec::new();
    for (width, place) in PLACES {
        let start = || at(Lang::En, *width, place);
        let here = start();
        assert!(here.app.scopes().iter().any(|scope| scope.is_outside_fields()), "{place}");
        let seen = |robot: &Robot| format!("{:?} {:?}", robot.app.scopes(), outline(&robot.app));
        let mut robot = start();
        for spec in TABLE {
            let told = here.app.scopes().contains(&spec.scope) && here.app.means(spec.command).is_some();
            let (Some(key), true) = (spec.keys.first(), told && spec.scope != Scope::Anywhere) else {
                continue;
            };
            if (spec.check)(&here.app).is_err() {
                continue;
            }
            let before = robot.app.shell.told;
            robot.keys(key);
            let notice = robot.app.shell.notice.as_ref().map(|(notice, _)| notice);
            let refused = matches!(notice, Some(Notice::Unavailable(Unavailable::NotHere)));
            if robot.app.shell.told != before && refused {
                wrong.push(format!("{place}: {}", spec.id));
            }
            // - what led on is begun anew
            if robot.app.shell.overlay.is_some() || seen(&robot) != seen(&here) {
                robot = start();
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn help(robot: &mut Robot, narrowed: &str) -> String {
    robot.keys("?").types(narrowed);
    robot.screen()
}

#[test]
fn help_says_what_a_key_does_on_this_page() {
    let mut robot = at(Lang::En, 80, ":folders");
    let screen = help(&mut robot, "new");
    assert!(screen.contains("New folder") && !screen.contains("New entry"), "{screen}");
    let mut robot = at(Lang::Ja, 80, ":folders");
    assert!(help(&mut robot, "新し").contains("新しいフォルダー"), "{}", robot.screen());
    let mut robot = at(Lang::En, 80, ":all-tags");
    let screen = help(&mut robot, "");
    assert!(!screen.contains("New entry") && !screen.contains("New folder"), "{screen}");
    // - the page's own word, and the other language's after F2
    let mut robot = at(Lang::En, 80, "r");
    assert!(help(&mut robot, "").contains("Enter                Copy, close"), "{}", robot.screen());
    robot.keys("f2");
    assert!(robot.screen().contains("コピーして閉じる"), "{}", robot.screen());
    // - the palette calls it the same
    let mut robot = at(Lang::En, 80, ":folders");
    robot.keys(":").types("new");
    assert!(robot.screen().contains("New folder"), "{}", robot.screen());
}
