//! A change of a password under way: the draft, the panel, and how it ends.

use mamori::model::{Entry, Id, Tag};
use mamori::ops::rotation::rotator::{End, Rotator};
use mamori::session::Open;
use mamori::text::Lang;
use mamori::tui::event::Event;

use crate::robot::{NOTHING, Robot, Wanted, empty, put, sealed};

fn github(open: &Open) -> Id {
    open.vault().entries().find(|entry| entry.title() == "GitHub").unwrap().id()
}

fn plain(open: &Open, envelope: &[u8]) -> String {
    open.reveal_text(github(open), envelope).unwrap().expose().to_owned()
}

/// The current password, the staged ones, and those before, newest first.
fn on_disk(robot: &Robot) -> (String, Vec<String>, Vec<String>) {
    let open = robot.on_disk();
    let entry = open.vault().entry(github(&open)).unwrap();
    let staged = entry.staged().iter().map(|one| plain(&open, one.secret)).collect();
    let held = &entry.0.attr(Tag::PASSWORD, None).unwrap().versions;
    let before = held.iter().skip(1).map(|one| plain(&open, &one.value)).collect();
    (plain(&open, entry.password().unwrap()), staged, before)
}

fn draft(lang: Lang, width: u16, height: u16) -> Robot {
    let mut robot = Robot::open(lang, width, height);
    robot.keys("/ g i t enter c");
    robot
}

/// A draft whose password is known, so that a snapshot can show it.
fn typed(lang: Lang, width: u16, height: u16) -> Robot {
    let mut robot = draft(lang, width, height);
    robot.keys("down down down enter").types("S3CRET neu geraten 7").keys("down").types("業者のメール");
    robot
}

#[test]
fn what_it_looks_like() {
    crate::snapshot("staged-draft", draft);
    crate::snapshot("staged-typed_revealed", |lang, w, h| {
        let mut robot = typed(lang, w, h);
        robot.keys("up f3");
        robot
    });
    crate::snapshot("staged-forced", |lang, w, h| {
        let mut robot = draft(lang, w, h);
        robot.keys("end enter").types("S3CRET");
        robot
    });
    crate::snapshot("staged-panel", |lang, w, h| {
        let mut robot = typed(lang, w, h);
        robot.keys("enter enter");
        robot
    });
    crate::snapshot("staged-panel_revealed", |lang, w, h| {
        let mut robot = typed(lang, w, h);
        robot.keys("enter enter v");
        robot
    });
    crate::snapshot("staged-rotate", |lang, w, h| {
        let mut robot = rotatable(lang, w, h);
        robot.keys("down");
        robot
    });
    crate::snapshot("staged-rotate-failed", |lang, w, h| {
        let mut robot = rotatable(lang, w, h);
        let said = "connecting to github.com\nERROR 28P01: password authentication failed for OLD\n\n";
        robot.world.rotates = Some((End::Code(1), said.to_owned()));
        robot.keys("down enter");
        robot
    });
    crate::snapshot("staged-panel_two", |lang, w, h| {
        let mut robot = two_machines(lang, w, h);
        robot.keys("/ g i t enter c down");
        robot
    });
}

/// The panel of a change that a command of the settings can set at its host.
fn rotatable(lang: Lang, width: u16, height: u16) -> Robot {
    let mut robot = Robot::open(lang, width, height);
    robot.app.shell.settings.rotators.push(Rotator {
        name: "github".to_owned(),
        command: vec!["/opt/rotate".to_owned(), "{user}".to_owned(), "{host}".to_owned()],
        kinds: vec![mamori::model::Kind::Login],
        entries: Vec::new(),
        limit: std::time::Duration::from_secs(9),
        exit: 0,
    });
    robot.keys("/ g i t enter c down down down enter").types("S3CRET neu geraten 7").keys("enter enter");
    robot
}

#[test]
fn a_command_sets_it_at_its_host_and_only_success_confirms_it() {
    let mut robot = rotatable(Lang::En, 80, 24);
    assert!(robot.screen().contains("Have it set at the host now (github)"), "{}", robot.screen());
    assert_eq!(on_disk(&robot).1, ["S3CRET neu geraten 7"], "on the disk before it runs");
    robot.world.rotates = Some((End::Code(0), "fine".to_owned()));
    robot.keys("down enter");
    let ran = robot.world.rotated.lock().unwrap().clone();
    assert_eq!(ran, ["/opt/rotate|hana-dev|github.com|S3CRET github|S3CRET neu geraten 7"]);
    let (current, staged, before) = on_disk(&robot);
    assert_eq!((current.as_str(), staged.len()), ("S3CRET neu geraten 7", 0), "{}", robot.screen());
    assert_eq!(before, ["S3CRET github"]);
    assert!(robot.screen().contains("Set at the host and confirmed"), "{}", robot.screen());
    assert!(robot.app.open().unwrap().pages.is_empty());
    // - what undo takes back is what the vault holds, not the host: it is staged again
    robot.keys("z");
    assert_eq!((on_disk(&robot).0.as_str(), on_disk(&robot).1.len()), ("S3CRET github", 1));
}

#[test]
fn a_command_that_fails_leaves_both_and_says_why_without_secrets() {
    let ends = [
        (Some((End::Code(3), "no luck\n\u{1b}[31mOLD and NEW")), "ended with code 3"),
        (Some((End::TimedOut, "")), "took too long"),
        (Some((End::Stopped, "")), "was stopped"),
        (None, "there is no program"),
    ];
    for (end, told) in ends {
        let mut robot = rotatable(Lang::En, 80, 24);
        robot.world.rotates = end.map(|(end, said)| (end, said.to_owned()));
        robot.keys("down enter");
        let screen = robot.screen();
        assert!(screen.contains(told) && screen.contains("Both passwords are kept."), "{screen}");
        assert!(!screen.contains("S3CRET"), "{screen}");
        assert_eq!((on_disk(&robot).0.as_str(), on_disk(&robot).1.len()), ("S3CRET github", 1));
        // - Enter goes back to the change, where it can be tried again
        robot.keys("enter");
        assert!(robot.screen().contains("Have it set at the host now"), "{}", robot.screen());
    }
}

#[test]
fn without_a_command_or_in_a_demo_there_is_no_such_row() {
    let mut robot = typed(Lang::En, 80, 24);
    robot.keys("enter enter");
    assert!(!robot.screen().contains("Have it set"), "{}", robot.screen());
}

#[test]
fn keeping_it_writes_it_beside_the_old_one_and_copies_nothing() {
    let mut robot = draft(Lang::En, 80, 24);
    assert_eq!(on_disk(&robot).1, Vec::<String>::new(), "a draft is no change");
    robot.keys("enter");
    assert!(robot.clipboard.is_empty(), "nothing is copied unseen");
    assert!(robot.screen().contains("P copies it"), "{}", robot.screen());
    let (current, staged, before) = on_disk(&robot);
    assert_eq!((current.as_str(), before.len()), ("S3CRET github", 0));
    assert_eq!((staged.len(), staged[0].chars().count()), (1, 20));
    robot.keys("P p");
    let copied: Vec<_> = robot.clipboard.iter().flatten().collect();
    assert_eq!(copied, [&staged[0], "S3CRET github"]);
    // - it was made by a recipe, which is noted
    let open = robot.on_disk();
    let entry = open.vault().entry(github(&open)).unwrap();
    let recipe = entry.0.attr(Tag::STAGED_RECIPE, Some(entry.staged()[0].element)).unwrap();
    let recipe = std::str::from_utf8(recipe.value()).unwrap();
    assert!(recipe.starts_with("length: 20; minlength: 8; required: "), "the rule of the site: {recipe}");
}

#[test]
fn the_first_days_way_by_arrows_and_enter_alone() {
    let mut robot = draft(Lang::Ja, 80, 24);
    robot.keys("enter");
    let staged = on_disk(&robot).1;
    robot.keys("enter");
    assert_eq!(robot.clipboard.last().unwrap().as_ref(), Some(&staged[0]), "the row says that it copies");
    robot.keys("down enter");
    assert!(robot.app.open().unwrap().pages.is_empty(), "{}", robot.screen());
    assert!(robot.screen().contains("古いものは履歴に"), "{}", robot.screen());
    let (current, open, before) = on_disk(&robot);
    assert_eq!((&current, open.len(), before), (&staged[0], 0, vec!["S3CRET github".to_owned()]));
    // - and back, and again
    robot.keys("z");
    assert_eq!(on_disk(&robot).0, "S3CRET github");
    assert_eq!(on_disk(&robot).1, staged);
    robot.keys("Z");
    assert_eq!((on_disk(&robot).0, on_disk(&robot).1.len()), (current, 0));
}

#[test]
fn discarding_keeps_the_old_one_and_can_be_undone() {
    let mut robot = draft(Lang::En, 60, 16);
    robot.keys("enter");
    let staged = on_disk(&robot).1;
    robot.keys("down down enter");
    assert_eq!(on_disk(&robot), ("S3CRET github".into(), Vec::new(), Vec::new()));
    robot.keys("z");
    assert_eq!(on_disk(&robot).1, staged);
    robot.keys("c");
    assert!(robot.screen().contains("Password change under way: GitHub"), "{}", robot.screen());
}

#[test]
fn a_typed_one_with_its_reason() {
    let mut robot = typed(Lang::En, 80, 24);
    robot.keys("enter enter");
    let (_, staged, _) = on_disk(&robot);
    assert_eq!(staged, ["S3CRET neu geraten 7"]);
    let open = robot.on_disk();
    assert_eq!(open.vault().entry(github(&open)).unwrap().staged()[0].reason, "業者のメール");
    assert!(robot.screen().contains("Since 2026-11-24 (today): 業者のメール"), "{}", robot.screen());
}

#[test]
fn the_site_set_one_by_itself() {
    let mut robot = draft(Lang::En, 80, 24);
    robot.keys("end enter ctrl+s");
    assert!(robot.screen().contains("no new password yet"), "{}", robot.screen());
    robot.types("S3CRET theirs").keys("enter enter");
    assert_eq!(on_disk(&robot), ("S3CRET theirs".into(), Vec::new(), vec!["S3CRET github".into()]));
    let open = robot.on_disk();
    assert!(mamori::ops::staged::is_forced(open.vault().entry(github(&open)).unwrap()));
    robot.keys("z");
    let open = robot.on_disk();
    let entry = open.vault().entry(github(&open)).unwrap();
    assert!(!mamori::ops::staged::is_forced(entry));
    assert_eq!(on_disk(&robot).0, "S3CRET github");
}

#[test]
fn nothing_and_the_old_one_are_refused() {
    let mut robot = draft(Lang::En, 80, 24);
    robot.keys("down down down enter ctrl+s");
    assert!(robot.screen().contains("There is no new password yet"), "{}", robot.screen());
    robot.types("S3CRET github").keys("ctrl+s");
    assert!(robot.screen().contains("That is the old password"), "{}", robot.screen());
    assert_eq!(on_disk(&robot).1.len(), 0);
}

#[test]
fn what_is_typed_outlives_one_esc_and_what_is_shown_hides() {
    let mut robot = typed(Lang::En, 80, 24);
    robot.keys("up f3");
    assert!(robot.screen().contains("S3CRET\u{2423}neu\u{2423}geraten\u{2423}7"));
    robot.event(Event::Focus(false));
    assert!(!robot.screen().contains("S3CRET"), "{}", robot.screen());
    robot.keys("esc");
    assert!(!robot.app.open().unwrap().pages.is_empty());
    robot.keys("enter");
    assert_eq!(on_disk(&robot).1, ["S3CRET neu geraten 7"]);
    robot.keys("v");
    assert!(robot.screen().contains("S3CRET\u{2423}github"));
    assert!(robot.screen().contains("S3CRET\u{2423}neu\u{2423}geraten\u{2423}7"));
    robot.wait(11);
    assert!(robot.screen().contains("hides in 1 s"), "{}", robot.screen());
    robot.wait(1);
    assert!(!robot.screen().contains("S3CRET"), "{}", robot.screen());
    for hides in ["v", "esc"] {
        robot.keys("v");
        assert!(robot.screen().contains("S3CRET"));
        robot.keys(hides);
        assert!(!robot.screen().contains("S3CRET"), "{hides}");
    }
    robot.keys("v").resize(50, 10).resize(80, 24);
    assert!(!robot.screen().contains("S3CRET"));
}

#[test]
fn the_generated_one_is_shown_and_made_anew() {
    let mut robot = draft(Lang::En, 80, 24);
    let shown = |robot: &Robot| -> String {
        let screen = robot.screen();
        let line = screen.lines().find(|line| line.contains("New password")).unwrap();
        line.split("New password").nth(1).unwrap().split('│').next().unwrap().trim().to_owned()
    };
    assert_eq!(shown(&robot), "************");
    robot.keys("v");
    let first = shown(&robot);
    assert_eq!(first.chars().count(), 20);
    robot.keys("down enter v");
    assert_ne!(shown(&robot), first, "another one");
    assert_ne!(shown(&robot), "************");
}

#[test]
fn the_generator_gives_its_password_to_the_draft() {
    let mut robot = draft(Lang::En, 80, 24);
    robot.keys("r 3 enter");
    assert!(robot.screen().contains("Change the password: GitHub"), "{}", robot.screen());
    assert!(robot.clipboard.is_empty());
    robot.keys("enter");
    let staged = on_disk(&robot).1;
    assert!(staged[0].chars().all(|c| c.is_ascii_digit()), "a PIN: {staged:?}");
}

/// Two machines that each began a change before they met.
fn two_machines(lang: Lang, width: u16, height: u16) -> Robot {
    let mut open = empty();
    put(&mut open, &Wanted { title: "GitHub", user: "hana", password: "S3CRET github", ..NOTHING });
    let id = github(&open);
    for (plain, reason, at) in [("S3CRET laptop", "", 1), ("S3CRET 自宅のPC", "使い回しをやめる", 2)]
    {
        let mut random = mamori::platform::entropy::System;
        let now = crate::robot::NOON - (3 - at) * 86_400_000;
        let change = {
            let record = open.vault().record(id).unwrap();
            let mut sealer = open.sealer(&mut random);
            let mut edit = mamori::ops::edit::EntryEdit::of(&mut sealer, record);
            edit.stage(plain.as_bytes(), reason, now).unwrap();
            edit.finish().unwrap()
        };
        open.apply(&change, now, &mut mamori::platform::entropy::System).unwrap();
    }
    let mut robot = Robot::start(Some(sealed(open)), lang, width, height);
    robot.types(crate::robot::MASTER).keys("enter");
    robot
}

#[test]
fn of_two_each_ends_by_itself() {
    let mut robot = two_machines(Lang::En, 80, 24);
    robot.keys("/ g i t enter c");
    robot.keys("P");
    assert_eq!(robot.clipboard.last().unwrap().as_deref(), Some("S3CRET 自宅のPC"), "the newest");
    robot.keys("up P");
    assert_eq!(robot.clipboard.last().unwrap().as_deref(), Some("S3CRET laptop"), "the one in focus");
    robot.keys("up enter");
    assert_eq!(on_disk(&robot).0, "S3CRET laptop");
    assert_eq!(on_disk(&robot).1, ["S3CRET 自宅のPC"]);
    assert!(!robot.app.open().unwrap().pages.is_empty(), "one is still open");
    robot.keys("down enter");
    assert_eq!(on_disk(&robot).0, "S3CRET 自宅のPC");
    assert_eq!(on_disk(&robot).2, ["S3CRET laptop", "S3CRET github"]);
}

#[test]
fn an_entry_without_a_password_gets_one() {
    let mut robot = Robot::open(Lang::Ja, 60, 16);
    robot.keys("/ v i s a enter c v");
    assert!(!robot.screen().contains("************"), "{}", robot.screen());
    robot.keys("enter down enter");
    let open = robot.on_disk();
    let entry = open.vault().entries().find(|entry| entry.title() == "VISA カード").map(|entry| entry.id());
    assert!(open.vault().entry(entry.unwrap()).and_then(Entry::password).is_some());
}

#[test]
fn what_was_begun_comes_back_until_the_lock() {
    let mut robot = typed(Lang::En, 80, 24);
    robot.keys("esc esc");
    assert!(robot.screen().contains("What you began is kept"), "{}", robot.screen());
    assert!(robot.app.open().unwrap().pages.is_empty());
    // - another entry has nothing of it
    robot.keys("esc esc / m i z u enter c");
    assert!(!robot.screen().contains("業者のメール"), "{}", robot.screen());
    robot.keys("esc esc / g i t enter c");
    assert!(
        robot.screen().contains("業者のメール") && !robot.screen().contains("S3CRET"),
        "{}",
        robot.screen()
    );
    robot.keys("up up end").wait(1);
    robot.keys("esc c home f3");
    assert!(robot.screen().contains("S3CRET\u{2423}neu\u{2423}geraten\u{2423}7"), "{}", robot.screen());
    robot.keys("down enter enter");
    assert_eq!(on_disk(&robot).1, ["S3CRET neu geraten 7"]);
    let mut robot = typed(Lang::En, 80, 24);
    robot.keys("esc esc f9").types(crate::robot::MASTER).keys("enter / g i t enter c");
    assert!(!robot.screen().contains("業者のメール"), "{}", robot.screen());
    // - one that was only drawn is nothing to keep; one that was seen may be written down
    let mut robot = draft(Lang::Ja, 80, 24);
    robot.keys("esc");
    assert!(!robot.screen().contains("ロックまで"), "{}", robot.screen());
    robot.keys("c v esc esc");
    assert!(robot.screen().contains("ロックまで"), "{}", robot.screen());
}

/// How many changes are under way in all.
fn under_way(robot: &Robot) -> usize {
    robot.on_disk().vault().entries().map(|one| one.staged().len()).sum()
}

fn marked(lang: Lang, width: u16, height: u16) -> Robot {
    let mut robot = Robot::demo(lang, width, height);
    // - two of them have a change under way already
    robot
        .keys("/")
        .types("folder:メール")
        .keys("enter a esc /")
        .types("WordPress")
        .keys("enter space space esc c");
    robot
}

#[test]
fn what_many_at_once_look_like() {
    crate::snapshot("staged-many", marked);
    crate::snapshot("staged-many_made", |lang, w, h| {
        let mut robot = marked(lang, w, h);
        robot.keys("enter");
        robot
    });
}

#[test]
fn each_of_many_gets_its_own_as_one_step_and_they_end_together() {
    let mut robot = Robot::open(Lang::En, 80, 24);
    let writes = |robot: &Robot| robot.effects.iter().filter(|one| one.starts_with("Write")).count();
    let had = under_way(&robot);
    robot.keys("/ g i t enter c enter esc esc esc").wait(9);
    assert_eq!(under_way(&robot), had + 1);
    for title in ["GitHub", "みずほ銀行", "info@example.jp"] {
        robot.keys("/ ctrl+u").types(title).keys("enter space esc");
    }
    robot.keys("c");
    assert!(robot.screen().contains("Change the passwords of 3 entries"), "{}", robot.screen());
    assert!(robot.screen().contains("1 has a new password already"), "{}", robot.screen());
    let before = writes(&robot);
    robot.keys("up").types("one for all").keys("enter enter");
    assert_eq!(writes(&robot), before + 1, "one save");
    let made = |open: &Open| -> Vec<String> {
        let staged = open.vault().entries().flat_map(|entry| {
            let mine = entry.staged().into_iter().filter(|one| one.reason == "one for all");
            mine.map(|one| (entry.id(), one.secret.to_vec())).collect::<Vec<_>>()
        });
        staged.map(|(id, sealed)| open.reveal_text(id, &sealed).unwrap().expose().to_owned()).collect()
    };
    let fresh = made(&robot.on_disk());
    assert_eq!(fresh.len(), 2, "the one under way stays as it is");
    assert_ne!(fresh[0], fresh[1], "each has its own");
    assert!(robot.screen().contains("make all 3 current"), "{}", robot.screen());
    for secret in &fresh {
        assert!(!robot.screen().contains(secret.as_str()));
    }
    // - one Enter too many ends nothing
    robot.keys("enter");
    assert_eq!(under_way(&robot), had + 3, "{}", robot.screen());
    robot.keys("z");
    assert_eq!(under_way(&robot), had + 1, "all of it is one step: {}", robot.screen());
    robot.keys("Z c");
    assert_eq!(under_way(&robot), had + 3, "{}", robot.screen());
    // - the sites have them: by arrows and Enter alone
    robot.keys("up up enter");
    assert_eq!(under_way(&robot), had, "{}", robot.screen());
    assert!(robot.screen().contains("confirmed new passwords of 3 entries"), "{}", robot.screen());
    let current = |robot: &Robot| -> usize {
        let open = robot.on_disk();
        let all = open.vault().entries().filter_map(|entry| Some((entry.id(), entry.password()?)));
        let plain = all.map(|(id, sealed)| open.reveal_text(id, sealed).unwrap().expose().to_owned());
        plain.filter(|one| fresh.contains(one)).count()
    };
    assert_eq!(current(&robot), 2);
    robot.keys("z");
    assert_eq!((under_way(&robot), current(&robot)), (had + 3, 0), "the old ones are current again");
    // - and dropped together
    robot.keys("c up enter");
    assert_eq!((under_way(&robot), current(&robot)), (had, 0), "{}", robot.screen());
}
