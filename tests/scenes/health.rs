//! The health check: in the background, in the list, in searches.

use std::time::Duration;

use mamori::ops::health::Check;
use mamori::text::Lang;
use mamori::tui::screen::vault::Open;

use crate::robot::{MASTER, NOTHING, Robot, Wanted, empty, put, sealed, thousands};

/// A vault with something of everything.
fn vault() -> Vec<u8> {
    let mut open = empty();
    // - in the order of their days: a stamp is never before one that is there
    let all = [
        Wanted { title: "board", user: "h", password: "1234", days_ago: 900, ..NOTHING },
        Wanted { title: "forum", user: "hana", password: "Sakura2020!mbx", days_ago: 50, ..NOTHING },
        Wanted { title: "shop", user: "hana", password: "Sakura2019!mbx", days_ago: 40, ..NOTHING },
        Wanted {
            kind: mamori::model::Kind::Mailbox,
            title: "owner@example.jp",
            user: "owner@example.jp",
            password: "Sakura2019!mbx",
            days_ago: 30,
            ..NOTHING
        },
        Wanted { title: "good", user: "g", password: "vT9!mq2Lr#8wXz", days_ago: 10, ..NOTHING },
        Wanted { kind: mamori::model::Kind::Note, title: "memo", notes: "S3CRET x", ..NOTHING },
    ];
    all.iter().for_each(|wanted| put(&mut open, wanted));
    sealed(open)
}

fn open(lang: Lang, width: u16, height: u16) -> Robot {
    let mut robot = Robot::start(Some(vault()), lang, width, height);
    robot.types(MASTER).keys("enter");
    robot
}

fn titles(robot: &Robot) -> Vec<String> {
    let open: &Open = robot.app.open().unwrap();
    let ids = open.list.hits.iter().map(|row| open.contents.id(*row).unwrap());
    let mut all: Vec<String> = ids.map(|id| open.contents.entry(id).unwrap().title().to_owned()).collect();
    all.retain(|title| !thousands::theirs(title));
    all.sort();
    all
}

fn effects(robot: &Robot) -> Vec<&str> {
    robot.effects.iter().map(String::as_str).filter(|one| one.starts_with("Health")).collect()
}

#[test]
fn what_it_looks_like() {
    crate::snapshot("health-list", |lang, w, h| {
        let mut robot = open(lang, w, h);
        robot.checked();
        robot
    });
    crate::snapshot("health-search", |lang, w, h| {
        let mut robot = open(lang, w, h);
        robot.checked().keys("/").types("is:reused").keys("enter");
        robot
    });
    crate::snapshot("health-search-no-list", |lang, w, h| {
        let mut robot = open(lang, w, h);
        robot.checked().keys("/").types("is:leaked").keys("enter");
        robot
    });
}

/// The demo, checked.
fn demo(lang: Lang, width: u16, height: u16) -> Robot {
    let mut robot = Robot::demo(lang, width, height);
    robot.checked();
    robot
}

fn keys(keys: &'static str) -> impl Fn(Lang, u16, u16) -> Robot {
    move |lang, w, h| {
        let mut robot = demo(lang, w, h);
        robot.keys(keys);
        robot
    }
}

#[test]
fn the_dashboard_looks_as_agreed() {
    crate::snapshot("health", keys("g h"));
    crate::snapshot("health-waiting", |lang, w, h| {
        let mut robot = Robot::demo(lang, w, h);
        robot.keys("g h");
        robot
    });
    crate::snapshot("health-all", keys("g h enter"));
    crate::snapshot("health-reused", keys("g h down down enter down"));
    crate::snapshot("health-work", keys("g h down enter enter"));
    crate::snapshot("health-work_revealed", keys("g h down down ] v"));
    crate::snapshot("health-leave", keys("g h down enter i"));
    crate::snapshot("health-left", |lang, w, h| {
        let mut robot = demo(lang, w, h);
        robot.keys("g h down enter i").types("来月変える").keys("down down enter esc").wait(1);
        robot.wait(7).keys("end");
        robot
    });
    crate::snapshot("health-report", keys("g h w"));
}

#[test]
fn it_begins_when_nothing_is_pressed_and_again_after_edits() {
    let mut robot = open(Lang::En, 80, 24);
    robot.checks = true;
    robot.keys("j");
    robot.pass(Duration::from_millis(900));
    robot.keys("k").event(mamori::tui::event::Event::Tick);
    assert!(effects(&robot).is_empty(), "a person is at work");
    robot.wait(3);
    let whole = effects(&robot);
    assert!(whole.len() == 1 && whole[0].contains("Whole"), "{whole:?}");
    robot.wait(60);
    assert_eq!(effects(&robot).len(), 1, "nothing changed");
    robot.keys("*").wait(3);
    let part = effects(&robot);
    assert!(part.len() == 2 && part[1].contains("Part"), "{part:?}");
    assert!(robot.app.deadline().unwrap() > robot.now.boot, "it does not spin");
}

#[test]
fn tokens_answer_from_it_and_say_so_before() {
    let mut robot = open(Lang::En, 80, 24);
    robot.keys("/").types("is:reused");
    assert!(titles(&robot).is_empty() && robot.screen().contains("not checked yet"), "{}", robot.screen());
    robot.checked();
    assert_eq!(titles(&robot), ["owner@example.jp", "shop"], "the list is there as soon as it is known");
    let found = |robot: &mut Robot, query: &str| {
        robot.keys("ctrl+u").types(query);
        titles(robot)
    };
    assert_eq!(found(&mut robot, "is:similar"), ["forum", "owner@example.jp", "shop"]);
    assert_eq!(found(&mut robot, "is:weak"), ["board", "forum", "owner@example.jp", "shop"]);
    assert_eq!(found(&mut robot, "状態:使い回し user:hana"), ["shop"]);
    assert_eq!(found(&mut robot, "-is:reused -is:similar -kind:note"), ["board", "good"]);
    assert_eq!(found(&mut robot, "is:old"), ["board"]);
    assert_eq!(found(&mut robot, "is:leaked"), [""; 0]);
    let screen = robot.screen();
    assert!(screen.contains("is:leaked is not checked") && screen.contains("no list of leaked"), "{screen}");
}

/// What is old is told by the intervals of the settings before the first check as after it.
#[test]
fn what_is_old_is_the_same_before_and_after_a_check() {
    let mut robot = Robot::start(Some(vault()), Lang::En, 80, 24);
    let settings = mamori::config::read("[intervals]\nlogin = 49\nmailbox = 20\n").unwrap().0;
    robot.app.shell.settings.intervals = settings.intervals;
    robot.types(MASTER).keys("enter / ").types("is:old");
    assert!(robot.app.open().unwrap().contents.report.is_none());
    let before = titles(&robot);
    assert_eq!(before, ["board", "forum", "owner@example.jp"], "{}", robot.screen());
    robot.checked();
    assert_eq!(titles(&robot), before);
    // - other settings count at once, before the next check
    robot.app.shell.settings.intervals = Default::default();
    robot.wait(1);
    robot.keys("ctrl+u").types("is:old");
    assert_eq!(titles(&robot), ["board"], "{}", robot.screen());
}

/// What a person stopped does not say that it begins by itself.
#[test]
fn a_check_that_was_stopped_says_how_it_begins_again() {
    let mut robot = open(Lang::En, 80, 24);
    robot.checks = true;
    robot.keys("g h");
    assert!(robot.screen().contains("It begins as soon as"), "{}", robot.screen());
    robot.hold = true;
    robot.keys("R");
    robot.pass(Duration::from_millis(300));
    robot.event(mamori::tui::event::Event::Tick);
    robot.keys("esc");
    assert!(
        robot.screen().contains("Stopped") && robot.screen().contains("R begins again"),
        "{}",
        robot.screen()
    );
    robot.hold = false;
    robot.release();
    robot.keys("R").wait(3);
    assert!(robot.screen().contains("Score"), "{}", robot.screen());
}

#[test]
fn an_edit_is_looked_at_and_the_lock_stops_and_forgets() {
    let mut robot = open(Lang::En, 80, 24);
    robot.checked().keys("/").types("is:reused").keys("enter");
    assert_eq!(titles(&robot).len(), 2);
    // - the shop's password is changed: now only its past has the mailbox's
    robot.keys("/ ctrl+u").types("shop").keys("enter c enter down enter").wait(3);
    robot.keys("/ ctrl+u").types("is:reused").keys("enter");
    assert_eq!(titles(&robot), ["owner@example.jp"]);
    assert!(robot.screen().contains("used before in 1"), "{}", robot.screen());
    robot.keys("L").types(MASTER).keys("enter");
    assert!(robot.app.open().unwrap().contents.report.is_none());
    // - one under way is stopped by the lock
    robot.checks = false;
    robot.wait(2);
    assert!(robot.app.open().unwrap().health.progress().is_some());
    robot.keys("L");
    robot.checks = true;
    let late = std::mem::take(&mut robot.checking);
    assert_eq!(late.len(), 1);
    for effect in late {
        let (_, outcome) = mamori::tui::effect::work(effect, &robot.world).unwrap();
        assert!(matches!(outcome, mamori::tui::effect::Outcome::Health(None)), "stopped: {outcome:?}");
    }
}

#[test]
fn the_score_goes_along_with_the_next_save() {
    use mamori::ops::health::sample::samples;
    let mut robot = open(Lang::En, 80, 24);
    robot.checked();
    assert!(samples(robot.on_disk().vault()).is_empty(), "it causes no save");
    robot.keys("*").wait(3).keys("*").wait(3);
    let all = samples(robot.on_disk().vault());
    assert_eq!(all.len(), 1);
    let report = robot.app.open().unwrap().contents.report.clone().unwrap();
    assert_eq!(Some(all[0].score), report.score);
    // - the next day has its own
    robot.pass(Duration::from_secs(86_400));
    robot.event(mamori::tui::event::Event::Tick);
    robot.types(MASTER).keys("enter").wait(3).keys("*").wait(3);
    assert_eq!(samples(robot.on_disk().vault()).len(), 2);
}

fn screen_of(robot: &Robot) -> String {
    robot.screen()
}

#[test]
fn arrows_and_enter_lead_from_the_score_to_a_changed_password_and_on() {
    let mut robot = open(Lang::En, 80, 24);
    robot.checked().keys(":").types("health").keys("enter");
    assert!(screen_of(&robot).contains("Score"), "the palette knows it: {}", robot.screen());
    // - everything, its first problem, its first act: the change, which is kept and confirmed
    robot.keys("enter enter");
    let screen = screen_of(&robot);
    assert!(screen.contains("1 of 5: owner@example.jp"), "what opens most is first: {screen}");
    assert!(screen.contains("Other accounts are reset through this mailbox"), "{screen}");
    assert!(screen.contains("- shop  hana  2026-10-15"), "with what, since when: {screen}");
    robot.keys("enter enter");
    assert!(screen_of(&robot).contains("Old password"), "{}", robot.screen());
    robot.keys("down enter").wait(3);
    let screen = screen_of(&robot);
    assert!(screen.contains("1 of 5: owner@example.jp") && screen.contains("Nothing is found"), "{screen}");
    robot.keys("end enter");
    assert!(screen_of(&robot).contains("2 of 5: shop"), "{}", robot.screen());
    robot.keys("] ] ] ]");
    let screen = screen_of(&robot);
    assert!(screen.contains("5 of 5") && screen.contains("the last one"), "{screen}");
    robot.keys("[ esc");
    assert!(screen_of(&robot).contains("Everything 4"), "what is solved is gone: {}", robot.screen());
    robot.keys("esc");
    assert!(screen_of(&robot).contains("Score"), "{}", robot.screen());
}

#[test]
fn similar_passwords_show_their_pattern_and_themselves_only_when_asked() {
    let mut robot = open(Lang::En, 120, 40);
    robot.checked().keys("g h down down enter enter");
    let screen = screen_of(&robot);
    assert!(screen.contains("only the year differs") && !screen.contains("Sakura20"), "{screen}");
    robot.keys("v");
    let screen = screen_of(&robot);
    assert!(screen.contains("Sakura2019!mbx") && screen.contains("Sakura2020!mbx"), "{screen}");
    robot.wait(13);
    assert!(!screen_of(&robot).contains("Sakura20"), "hidden after its time: {}", robot.screen());
    robot.keys("v ]");
    assert!(!screen_of(&robot).contains("Sakura20"), "the next one hides it: {}", robot.screen());
    robot.keys("v").event(mamori::tui::event::Event::Focus(false));
    assert!(!screen_of(&robot).contains("Sakura20"), "so does a window without the keyboard");
}

#[test]
fn a_finding_is_ignored_with_reason_and_date_and_comes_back() {
    use mamori::ops::health::{Check, Ignored};
    let held = |robot: &Robot| -> Vec<Ignored> {
        let open = robot.on_disk();
        let of = |entry: mamori::model::Entry<'_>| {
            let all = entry.0.elements(mamori::model::Tag::IGNORED);
            all.filter_map(|(_, attr)| Ignored::read(attr.value())).collect::<Vec<_>>()
        };
        open.vault().entries().flat_map(of).collect()
    };
    let mut robot = open(Lang::En, 80, 24);
    robot.checked();
    let before = robot.app.open().unwrap().contents.report.clone().unwrap().score;
    robot.keys("g h down down down enter down i").types("a toy").keys("enter");
    let screen = screen_of(&robot);
    assert!(screen.contains("For 30 days, until 2026-12-24"), "{screen}");
    robot.keys("enter").wait(1);
    let kept = held(&robot);
    assert_eq!(kept.len(), 1);
    assert_eq!((kept[0].check, kept[0].reason.as_str()), (Check::Weak.number(), "a toy"));
    let days = (kept[0].until - robot.now.wall_ms).div_ceil(86_400_000);
    assert_eq!(days, 30);
    let report = |robot: &Robot| robot.app.open().unwrap().contents.report.clone().unwrap();
    assert!(report(&robot).score > before, "it counts no more");
    robot.keys("esc end");
    assert!(screen_of(&robot).contains("> "), "{}", robot.screen());
    robot.keys("enter");
    let screen = screen_of(&robot);
    assert!(screen.contains("Ignored 1"), "{screen}");
    robot.keys("enter");
    let screen = screen_of(&robot);
    assert!(screen.contains("Ignored until 2026-12-24: a toy"), "{screen}");
    robot.keys("i").wait(1);
    assert!(held(&robot).is_empty(), "it is a finding again");
    robot.keys("z").wait(1);
    assert_eq!(held(&robot).len(), 1, "undone: {}", robot.screen());
    // - when its time is over it comes back by itself
    robot.pass(Duration::from_secs(31 * 86_400));
    robot.event(mamori::tui::event::Event::Tick);
    robot.types(MASTER).keys("enter").wait(3);
    assert!(report(&robot).findings.iter().all(|one| one.ignored.is_none()));
}

#[test]
fn the_report_is_written_in_the_language_shown_and_holds_no_secret() {
    for (lang, words) in
        [(Lang::En, ["# Health of the vault", "Reused"]), (Lang::Ja, ["# 保管庫の点検", "使い回し"])]
    {
        let mut robot = open(lang, 80, 24);
        robot.checked().keys("g h w");
        assert!(robot.screen().contains("~/mamori-health-2026-11-24.md"), "{}", robot.screen());
        robot.keys("enter");
        let file = robot.disk.bytes(std::path::Path::new("/home/hana/mamori-health-2026-11-24.md")).unwrap();
        let text = String::from_utf8(file).unwrap();
        assert!(words.iter().all(|word| text.contains(word)), "{text}");
        assert!(text.contains("owner@example.jp") && text.contains("shop"), "titles: {text}");
        for secret in ["Sakura", "1234", "hana", "mbx"] {
            assert!(!text.contains(secret), "{secret}: {text}");
        }
        // - never over another file
        robot.keys("w enter");
        assert!(robot.screen().contains("mamori-health-2026-11-24-2.md"), "{}", robot.screen());
    }
}

#[test]
fn it_runs_again_when_asked_and_esc_stops_it() {
    let mut robot = open(Lang::En, 80, 24);
    robot.checked().keys("g h");
    for key in ["R", "f5"] {
        let before = effects(&robot).len();
        robot.keys(key).wait(1);
        let all = effects(&robot);
        assert!(all.len() == before + 1 && all[before].contains("Whole"), "{key}: {all:?}");
    }
    robot.checks = false;
    robot.keys("R").wait(1);
    assert!(robot.screen().contains("checking"), "{}", robot.screen());
    robot.keys("esc");
    assert!(robot.screen().contains("Score") && !robot.screen().contains("checking"), "{}", robot.screen());
    robot.keys("esc");
    assert!(!robot.screen().contains("Score"), "the second one goes back: {}", robot.screen());
}

#[test]
fn from_a_leaked_password_the_way_to_a_plan_needs_arrows_and_enter_alone() {
    let mut robot = demo(Lang::En, 80, 24);
    robot.keys("g h down");
    assert!(robot.screen().lines().any(|line| line.contains(">") && line.contains("! Leaked")));
    robot.keys("enter enter");
    for _ in 0..8 {
        if robot.screen().contains(">This account was taken over") {
            break;
        }
        robot.keys("down");
    }
    robot.keys("enter");
    assert!(robot.screen().contains("broken into? Everything that falls"), "{}", robot.screen());
}

/// A vault with an entry whose password is the master password.
fn with_the_master_password() -> Robot {
    let mut vault = mamori::session::Sealed::read(vault())
        .unwrap()
        .open(&crate::robot::credential(MASTER), mamori::session::Device::default(), None)
        .unwrap();
    put(&mut vault, &Wanted { title: "same", user: "s", password: MASTER, ..NOTHING });
    Robot::start(Some(sealed(vault)), Lang::En, 80, 24)
}

#[test]
fn the_master_password_is_compared_while_it_is_in_hand_at_the_unlock() {
    let mut robot = with_the_master_password();
    robot.types(MASTER).keys("enter").checked();
    let report = robot.app.open().unwrap().contents.report.clone().unwrap();
    assert!(report.ran(Check::Master) && report.count(Check::Master) == 1, "{:?}", report.not_run);
    // - a check of everything later knows it still
    robot.keys("g h R").wait(1);
    let report = robot.app.open().unwrap().contents.report.clone().unwrap();
    assert_eq!(report.count(Check::Master), 1);
    assert!(robot.screen().contains("Like the master password"), "{}", robot.screen());
    assert!(!robot.screen().contains("not checked: Enter"), "{}", robot.screen());
    assert!(robot.effects.iter().all(|one| !one.contains("S3CRET")));
}

#[test]
fn the_master_password_is_compared_when_it_is_typed_for_that() {
    let mut robot = with_the_master_password();
    robot.types(MASTER).keys("enter").uncompared().checked().keys("g h");
    assert!(robot.screen().contains("not checked: Enter"), "{}", robot.screen());
    robot.keys("end enter").types("another one").keys("enter");
    assert!(robot.screen().contains("That is not the master password"), "{}", robot.screen());
    robot.types(MASTER).keys("enter").wait(1);
    let report = robot.app.open().unwrap().contents.report.clone().unwrap();
    assert!(report.ran(Check::Master) && report.count(Check::Master) == 1, "{:?}", report.not_run);
    assert!(robot.screen().contains("Like the master password"), "{}", robot.screen());
    assert!(robot.effects.iter().all(|one| !one.contains("S3CRET")));
    // - and once it was compared, a check of everything knows it
    robot.keys("R").wait(1);
    let report = robot.app.open().unwrap().contents.report.clone().unwrap();
    assert_eq!(report.count(Check::Master), 1);
}

#[test]
fn lists_that_do_not_fit_and_a_service_that_fails_are_told_on_the_dashboard() {
    use mamori::leaks::Useless;
    use mamori::platform::hibp::Unfit;
    let mut robot = open(Lang::En, 80, 24);
    robot.world.useless = vec![Useless { path: "/x/pwned.txt".into(), why: Unfit::Unsorted }];
    robot.checked().keys("g h");
    let screen = screen_of(&robot);
    assert!(screen.contains("pwned.txt: not sorted by hash") && screen.contains("not checked"), "{screen}");
    // - nothing asks the net by itself, whatever the setting says; a person's R does
    robot.app.shell.settings.health_online = true;
    robot.world.service = Some("http://127.0.0.1:9/".to_owned());
    robot.keys("esc *").wait(3).keys("g h");
    assert!(!screen_of(&robot).contains("could not be reached"), "{}", robot.screen());
    robot.keys("R").wait(1);
    let screen = screen_of(&robot);
    assert!(screen.contains("Have I Been Pwned could not be reached"), "{screen}");
    let report = robot.app.open().unwrap().contents.report.clone().unwrap();
    assert_eq!(report.count(mamori::ops::health::Check::Leaked), 0);
    assert!(screen.contains("5 not checked"), "never safe: {screen}");
}

#[test]
fn it_is_told_apart_without_colours_and_in_ascii() {
    let mut robot = demo(Lang::En, 80, 24);
    robot.app.shell.theme = mamori::tui::theme::Theme { color: false, light: false, ascii: true };
    let list = robot.screen();
    assert!(list.contains(" = ") && list.contains(" ? ") && list.contains(" x "), "{list}");
    robot.keys("g h");
    let screen = robot.screen();
    assert!(
        screen.contains("! Leaked") && screen.contains("= Reused") && screen.contains("~ Similar"),
        "{screen}"
    );
    assert!(screen.is_ascii() || !screen.contains(['━', '▁', '█']), "{screen}");
    // - red is for what is leaked alone, also on a light background
    robot.app.shell.theme = mamori::tui::theme::Theme { color: true, light: true, ascii: false };
    let (buf, _) = robot.frame();
    for y in 0..24 {
        let line: String = (0..80).map(|x| buf[(x, y)].symbol()).collect();
        let red =
            (0..80).any(|x| buf[(x, y)].fg == ratatui::style::Color::Red && buf[(x, y)].symbol() != " ");
        assert!(!red || line.contains("Leaked") || y == 0, "{line}");
    }
}

#[test]
fn duplicates_become_one_entry_and_undo_parts_them() {
    let mut vault = empty();
    let twin = |title: &'static str, password: &'static str, days_ago: u64| Wanted {
        title,
        user: "hana",
        password,
        url: "https://shop.example.jp/",
        days_ago,
        ..NOTHING
    };
    put(&mut vault, &Wanted { tags: &["old"], ..twin("Shop", "kP3zLq8vTn5wRx2mB7", 20) });
    put(&mut vault, &Wanted { tags: &["new"], ..twin("Shop", "vT9!mq2Lr#8wXz", 10) });
    let mut robot = Robot::start(Some(sealed(vault)), Lang::En, 80, 24);
    robot.types(MASTER).keys("enter").checked().keys("g h down");
    assert!(screen_of(&robot).contains("Duplicate"), "{}", robot.screen());
    robot.keys("]");
    let screen = screen_of(&robot);
    assert!(
        screen.contains("the same account as 1 other entry") && screen.contains(">Make one entry"),
        "{screen}"
    );
    robot.keys("enter").wait(1);
    let screen = screen_of(&robot);
    assert!(screen.contains("Nothing is found here any more"), "{screen}");
    let open = robot.on_disk();
    let living: Vec<_> = open
        .vault()
        .entries()
        .filter(|one| one.state() == mamori::model::State::Active && !thousands::theirs(one.title()))
        .collect();
    assert_eq!(living.len(), 1);
    assert_eq!(living[0].tags(), ["new", "old"]);
    assert_eq!(living[0].fields().len(), 1, "the other password is kept");
    robot.keys("z").wait(1);
    let open = robot.on_disk();
    assert!(
        open.vault()
            .entries()
            .all(|one| one.state() == mamori::model::State::Active || thousands::theirs(one.title()))
    );
    assert!(screen_of(&robot).contains("the same account"), "{}", robot.screen());
}
