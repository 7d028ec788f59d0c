//! What somebody met who looked at the finished program: one scale of strength, a legend of all signs,
//! blanks in a secret, an order that was tried, keys that did nothing and said nothing, what lay below
//! the fold.

use mamori::config::sort::Order;
use mamori::text::Lang;
use mamori::tui::command::TABLE;
use mamori::tui::key::parse_sequence;
use mamori::tui::screen::vault::signs::Sign;
use mamori::tui::view::outline;

use crate::robot::{MASTER, NOTHING, Robot, Wanted, empty, put, sealed};

const BLANKS: &str = " two  words, and far more of them than one line of the detail holds ";

fn vault() -> Vec<u8> {
    let mut open = empty();
    let otp = "otpauth://totp/x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    put(&mut open, &Wanted { title: "blanks", user: "hana", password: BLANKS, otp, ..NOTHING });
    put(&mut open, &Wanted { title: "plain", user: "hana", password: "S3CRET", folder: "a", ..NOTHING });
    put(&mut open, &Wanted { title: "twin", user: "hana2", password: "S3CRET", tags: &["b"], ..NOTHING });
    sealed(open)
}

fn start(lang: Lang, width: u16, height: u16) -> Robot {
    let mut robot = Robot::start(Some(vault()), lang, width, height);
    robot.types(MASTER).keys("enter");
    robot
}

fn selected(robot: &Robot) -> String {
    let open = robot.app.open().expect("open");
    let id = open.listed().expect("one is selected");
    open.contents.entry(id).expect("there").title().to_owned()
}

/// The words of the strength that the screen says, without the bits.
fn strength(robot: &Robot) -> String {
    let screen = robot.screen();
    let words = ["very weak", "very strong", "weak", "fair", "strong"];
    let found = words.iter().find(|word| screen.contains(&format!("{word} (")));
    found.map_or(screen.clone(), |word| (*word).to_owned())
}

#[test]
fn a_password_is_as_strong_wherever_it_is_typed() {
    for (password, wanted) in [
        ("correct horse battery staple", "very weak"),
        ("kT7#vq-Lm2Zr", "fair"),
        ("kT7#vq-Lm2Zr%b9w", "strong"),
        ("clam-overhung-nastily-deviation-backlog", "very strong"),
    ] {
        let mut first = Robot::start(None, Lang::En, 80, 24);
        first.keys("enter enter").types(password);
        let mut form = start(Lang::En, 80, 24);
        form.keys("n enter down down").types(password);
        let mut change = start(Lang::En, 80, 24);
        change.keys("c");
        while !outline(&change.app).iter().any(|row| row.focus && row.label.contains("Type it myself")) {
            assert!(
                outline(&change.app).iter().any(|row| row.label.contains("Type it myself")),
                "{}",
                change.screen()
            );
            change.keys("down");
        }
        change.keys("enter").types(password);
        for robot in [&first, &form, &change] {
            assert_eq!(strength(robot), wanted, "{password}:\n{}", robot.screen());
        }
    }
}

#[test]
fn the_help_names_every_sign_of_the_list() {
    for (lang, heading) in [(Lang::En, "Signs in the list"), (Lang::Ja, "一覧の記号")] {
        let mut robot = start(lang, 120, 60);
        robot.keys("?").types(if lang == Lang::En { "signs" } else { "記号" });
        let screen = robot.screen();
        assert!(screen.contains(heading), "{screen}");
        for sign in Sign::all() {
            let cell = sign.cell();
            let told = screen
                .lines()
                .any(|line| line.split('│').any(|part| part.trim_start().starts_with(&format!("{cell}  "))));
            assert!(told, "{sign:?} {cell}:\n{screen}");
            if let Sign::Found(check) = sign {
                assert!(screen.contains(mamori::text::health::check(check, lang)), "{check:?}:\n{screen}");
            }
        }
    }
}

#[test]
fn no_blank_of_a_shown_secret_is_lost() {
    for (ascii, mark) in [(false, '\u{2423}'), (true, '_')] {
        let mut robot = start(Lang::En, 80, 24);
        robot.app.shell.theme.ascii = ascii;
        robot.keys("v");
        let screen = robot.screen();
        // - the column of the values, its lines put together again
        let shown: String = screen
            .lines()
            .filter(|line| line.chars().filter(|c| *c == mark).count() > 0 && !line.contains("is a space"))
            .filter_map(|line| line.rsplit(if ascii { '|' } else { '│' }).nth(1))
            .map(|part| part.trim_start_matches(" Password").trim_end_matches(" p ").trim().to_owned())
            .collect();
        assert!(shown.starts_with(&BLANKS.replace(' ', &mark.to_string())), "{shown}\n{screen}");
        assert!(screen.contains(&format!("{mark} is a space")), "{screen}");
        robot.keys("p");
        assert_eq!(robot.clipboard.last(), Some(&Some(BLANKS.to_owned())), "copying is exact");
        robot.keys("V");
        assert!(
            robot.screen().contains("_ t w o _ _ w") && robot.screen().contains("_=blank"),
            "{}",
            robot.screen()
        );
    }
}

#[test]
fn an_order_that_was_tried_goes_back_with_esc() {
    let mut robot = start(Lang::En, 80, 24);
    let remembers =
        |robot: &Robot| robot.effects.iter().filter(|effect| effect.starts_with("Remember")).count();
    let before = (robot.app.shell.memory.sort, remembers(&robot));
    robot.keys("S down space");
    assert_ne!(robot.app.shell.memory.sort, before.0, "it is tried at once");
    robot.keys("left esc");
    assert_eq!((robot.app.shell.memory.sort, remembers(&robot)), before, "and goes back");
    robot.keys("S down space enter");
    assert_eq!(robot.app.shell.memory.sort.order, Order::ALL[1]);
    assert_eq!(remembers(&robot), before.1 + 1);
    // - a switch that was taken with Enter is taken
    robot.keys("S end enter esc");
    assert!(
        robot.app.shell.memory.sort != before.0 && remembers(&robot) == before.1 + 2,
        "{}",
        robot.screen()
    );
}

#[test]
fn the_list_is_sorted_only_where_it_is_seen() {
    let mut robot = start(Lang::En, 80, 24);
    robot.keys("g t S");
    assert!(
        !robot.screen().contains("Sort order") && robot.screen().contains("no sense"),
        "{}",
        robot.screen()
    );
    robot.keys("esc S");
    assert!(robot.screen().contains("Sort order"), "{}", robot.screen());
}

#[test]
fn what_was_found_stays_selected_after_the_search() {
    for back in ["esc", "enter esc"] {
        let mut robot = start(Lang::En, 80, 24);
        robot.keys("/").types("twin");
        assert_eq!(selected(&robot), "twin");
        robot.keys(back);
        let list = &robot.app.open().expect("open").list;
        assert_eq!(list.hits.len(), list.all, "{}", robot.screen());
        assert_eq!(selected(&robot), "twin", "{back}: {}", robot.screen());
    }
}

#[test]
fn a_key_of_the_table_that_does_nothing_says_why() {
    // - the list, the detail, the sidebar and pages over them
    let mut silent = Vec::new();
    let states = [
        "", "right", "h", "g b", "d g b", "g t", "g h", "g i", "H", "g s", "g a", "f", "r", "S down", "m",
        "c", "y q",
    ];
    for state in states {
        let make = || {
            let mut robot = start(Lang::En, 120, 40);
            robot.keys(state);
            robot
        };
        let mut robot = make();
        for spec in TABLE.iter().filter(|spec| spec.scope.is_outside_fields() && !spec.command.is_move()) {
            for keys in spec.keys.iter().filter(|keys| parse_sequence(keys).is_some()) {
                // - there letters are typed
                if robot.app.typing() {
                    continue;
                }
                let before = (robot.screen(), robot.effects.len(), robot.app.shell.told);
                robot.keys(keys);
                let after = (robot.screen(), robot.effects.len(), robot.app.shell.told);
                if before == after {
                    silent.push(format!("{keys} ({}) after '{state}'", spec.id));
                }
                robot = make();
            }
        }
    }
    assert!(silent.is_empty(), "{silent:#?}");
}

#[test]
fn keys_of_other_places_say_where_they_act() {
    for (lang, trash, entry) in [
        (Lang::En, "That is done in the trash only.", "select one first"),
        (Lang::Ja, "ごみ箱の中だけで使えます。", "先にアイテムを選んでください"),
    ] {
        let mut robot = start(lang, 80, 24);
        robot.keys("D");
        assert!(robot.screen().contains(trash), "{}", robot.screen());
        robot.keys("h f");
        assert!(robot.screen().contains(entry), "{}", robot.screen());
    }
}

#[test]
fn the_button_that_saves_is_always_seen() {
    for (width, height) in [(60, 16), (80, 24), (120, 40)] {
        for keys in ["n enter", "n enter down down down", "n down down enter", "e"] {
            let mut robot = start(Lang::En, width, height);
            robot.keys(keys);
            assert!(robot.screen().contains("[ Save ]"), "{keys}:\n{}", robot.screen());
        }
    }
    // - every row can be seen, too, and the last one has the focus on the button
    let mut robot = start(Lang::En, 60, 16);
    robot.keys("n enter");
    for _ in 0..40 {
        let rows = outline(&robot.app);
        let here = rows.iter().find(|row| row.focus).expect("one has the focus");
        let marked = robot.screen().lines().any(|line| line.starts_with("│>") && line.contains(&here.label));
        assert!(marked, "{here:?}:\n{}", robot.screen());
        robot.keys("down");
    }
    assert!(robot.screen().contains("│>") && outline(&robot.app).last().is_some_and(|row| row.focus));
}

#[test]
fn findings_are_read_to_their_end_beside_the_list() {
    let mut robot = Robot::demo(Lang::En, 80, 24);
    robot.checked();
    robot.keys("/").types("owner@").keys("enter");
    let mut seen = robot.screen();
    for _ in 0..20 {
        robot.keys("J");
        seen.push_str(&robot.screen());
    }
    assert!(seen.contains("change left open") || seen.contains("left open"), "{seen}");
    assert!(!seen.lines().any(|line| line.contains("Health  ") && line.contains("..")), "{seen}");
}

#[test]
fn a_terminal_of_one_colour_gets_none() {
    assert!(!mamori::platform::tty::has_colours("vt100"));
    assert!(mamori::platform::tty::has_colours("xterm-256color"));
}

#[test]
fn nothing_is_remembered_before_the_last_step_of_the_first_run() {
    let mut robot = Robot::start(None, Lang::En, 80, 24);
    robot.keys("up enter f2 esc down enter down up enter").types("S3CRET words of mine");
    let remembered = |robot: &Robot| robot.effects.iter().any(|effect| effect.starts_with("Remember"));
    assert!(!remembered(&robot), "{:?}", robot.effects);
    robot.keys("enter").types("S3CRET words of mine").keys("enter enter");
    assert!(robot.app.open().is_some(), "{}", robot.screen());
    assert!(remembered(&robot), "the language is remembered with the vault");
}

#[test]
fn leaving_the_kit_of_the_first_run_says_where_one_is_made_later() {
    for (lang, words) in [(Lang::En, "To make one later"), (Lang::Ja, "いつでも作れます")] {
        let mut robot = Robot::start(None, lang, 80, 24);
        robot.keys("enter enter").types(MASTER).keys("enter").types(MASTER).keys("enter enter");
        let kit = if lang == Lang::En { "Last group" } else { "最後の組" };
        for _ in 0..3 {
            if robot.screen().contains(kit) {
                break;
            }
            robot.keys("esc");
        }
        assert!(robot.screen().contains(kit), "{}", robot.screen());
        robot.keys("esc");
        assert!(robot.screen().contains(words), "{}", robot.screen());
    }
}

#[test]
fn the_footer_hides_what_is_shown_and_names_the_first_deed() {
    let mut robot = start(Lang::En, 60, 16);
    robot.keys("d g b v");
    let footer = |robot: &Robot| robot.screen().lines().last().unwrap_or_default().to_owned();
    assert!(footer(&robot).contains("v hide"), "{}", robot.screen());
    let mut robot = start(Lang::En, 60, 16);
    robot.keys("g t");
    assert!(footer(&robot).contains("t code"), "{}", robot.screen());
}

#[test]
fn what_is_due_has_a_place_to_go_to() {
    let mut robot = Robot::demo(Lang::En, 80, 24);
    robot.checked();
    robot.keys("g");
    assert!(robot.screen().contains("d    "), "{}", robot.screen());
    robot.keys("d");
    let screen = robot.screen();
    assert!(screen.contains("Old ") && screen.contains("Online shop"), "{screen}");
}
