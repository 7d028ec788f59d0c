//! The search field: tokens, completion, marks, notes, recent and kept searches, the input method.

use mamori::model::State;
use mamori::ops::search::saved;
use mamori::text::Lang;
use ratatui::style::Modifier;

use crate::robot::{MARKER, NOTHING, Robot, Wanted, empty, put, sealed, thousands};
use crate::{SIZES, snapshot};

fn typed(text: &'static str) -> impl Fn(Lang, u16, u16) -> Robot {
    move |lang, width, height| {
        let mut robot = Robot::open(lang, width, height);
        robot.keys("/").types(text);
        robot
    }
}

fn titles(robot: &Robot) -> Vec<String> {
    let open = robot.app.open().unwrap();
    let ids = open.list.hits.iter().map(|row| open.contents.id(*row).unwrap());
    let all = ids.map(|id| open.contents.entry(id).unwrap().title().to_owned());
    all.filter(|title| !thousands::theirs(title)).collect()
}

fn text(robot: &Robot) -> &str {
    robot.app.open().unwrap().list.search.text()
}

#[test]
fn what_it_looks_like() {
    snapshot("search-empty", typed(""));
    snapshot("search-complete", typed("tag:"));
    snapshot("search-complete-taken", |lang, w, h| {
        let mut robot = typed("is:")(lang, w, h);
        robot.keys("tab tab tab tab");
        robot
    });
    snapshot("search-unknown", typed("color:red"));
    snapshot("search-unchecked", typed("is:weak"));
    snapshot("search-near", typed("gihtub"));
    snapshot("search-why", typed("mizuhobk"));
    snapshot("search-recent", |lang, w, h| {
        let mut robot = typed("mizuho")(lang, w, h);
        robot.keys("enter : ").types("save-search").keys("enter ctrl+u").types("みずほ").keys("enter esc");
        robot.keys("/").types("kind:login").keys("enter esc / up");
        robot
    });
    snapshot("search-keep", |lang, w, h| {
        let mut robot = typed("tag:bank みずほ")(lang, w, h);
        robot.keys("enter :").types("save-search").keys("enter");
        robot
    });
    snapshot("search-notes", |lang, w, h| {
        let mut robot = typed("note:指紋")(lang, w, h);
        robot.wait(1);
        robot
    });
}

/// The marked characters of a line of the screen.
fn marked(robot: &Robot) -> Vec<String> {
    let (buf, _) = robot.frame();
    let both = Modifier::UNDERLINED | Modifier::BOLD;
    let line = |y: u16| -> String {
        let (mut line, mut x) = (String::new(), 0);
        while x < buf.area.width {
            let cell = &buf[(x, y)];
            line.push_str(if cell.modifier.contains(both) { cell.symbol() } else { "" });
            x += u16::try_from(unicode_width::UnicodeWidthStr::width(cell.symbol())).unwrap().max(1);
        }
        line
    };
    (0..buf.area.height).map(line).filter(|line| !line.is_empty()).collect()
}

#[test]
fn what_was_found_is_underlined_and_bold() {
    for (w, h) in SIZES {
        assert_eq!(marked(&typed("銀行 みず")(Lang::Ja, w, h)), ["みず銀行"], "{w}x{h}");
        assert_eq!(marked(&typed("mizuho")(Lang::Ja, w, h))[0], "みずほ", "a word that sounds so");
        assert_eq!(marked(&typed("ｇｉｔ")(Lang::En, w, h)), ["Git"]);
        assert_eq!(marked(&typed("user:hana-d")(Lang::En, w, h)), ["hana-d"]);
        assert!(marked(&typed("")(Lang::En, w, h)).is_empty());
        assert!(marked(&typed("gihtub")(Lang::En, w, h)).is_empty(), "what is only near is not marked");
    }
    assert_eq!(marked(&typed("tag:jp")(Lang::Ja, 80, 24)), [""; 0], "a narrow list has no room to say why");
    assert_eq!(marked(&typed("tag:jp")(Lang::Ja, 160, 48)), ["jp"]);
    // Half-width and decomposed letters are marked whole.
    let mut open = empty();
    put(&mut open, &Wanted { title: "ｴｯｸｽｻｰﾊﾞｰ か\u{3099}く", ..NOTHING });
    let bytes = sealed(open);
    for (query, wanted) in [("さーば", "ｻｰﾊﾞ"), ("がく", "か\u{3099}く")] {
        let mut robot = Robot::start(Some(bytes.clone()), Lang::Ja, 120, 40);
        robot.types(crate::MASTER).keys("enter /").types(query);
        assert_eq!(marked(&robot), [wanted]);
    }
}

#[test]
fn tab_completes_and_else_leaves_the_field() {
    let mut robot = typed("ta")(Lang::En, 80, 24);
    assert!(robot.screen().contains("Tab tag:"), "{}", robot.screen());
    robot.keys("tab");
    assert_eq!(text(&robot), "tag:");
    assert!(robot.screen().contains("bank 1  jp 1"), "{}", robot.screen());
    robot.keys("tab");
    assert_eq!((text(&robot), titles(&robot)), ("tag:bank", vec!["みずほ銀行".to_owned()]));
    robot.keys("tab");
    assert_eq!(text(&robot), "tag:jp");
    robot.keys("shift+tab shift+tab");
    assert_eq!(text(&robot), "tag:jp", "round and round");
    // Arrows still move in the hits.
    robot.keys("ctrl+u").types("kind:");
    robot.keys("down down");
    assert_eq!((text(&robot), robot.app.open().unwrap().list.cursor), ("kind:", 2));
    // What goes on after a completed word is a new word.
    robot.keys("ctrl+u").types("tag:ba").keys("tab").types(" -us").keys("tab").types("3390");
    assert_eq!((text(&robot), titles(&robot).len()), ("tag:bank -user:3390", 0));
    // Nothing to complete: Tab leaves the field, as it always did.
    robot.keys("ctrl+u").types("github").keys("tab");
    assert!(!robot.app.open().unwrap().list.searching);
    assert_eq!(text(&robot), "github");
}

#[test]
fn a_folder_with_a_blank_is_quoted_and_the_caret_may_stand_inside() {
    let mut open = empty();
    put(&mut open, &Wanted { title: "a", folder: "My Work/x", ..NOTHING });
    put(&mut open, &Wanted { title: "b", folder: "Other", ..NOTHING });
    let mut robot = Robot::start(Some(sealed(open)), Lang::En, 80, 24);
    robot.types(crate::MASTER).keys("enter /").types("folder:my a").keys("left left tab");
    assert_eq!((text(&robot), titles(&robot)), ("folder:\"My Work\" a", vec!["a".to_owned()]));
}

#[test]
fn notes_are_opened_for_the_search_and_come_as_they_are_found() {
    let mut open = empty();
    for number in 0..450 {
        let notes = if number % 100 == 7 { "S3CRET 電話は ミズホ へ" } else { "S3CRET nothing" };
        let title = format!("entry {number:03}");
        put(&mut open, &Wanted { title: &title, notes, ..NOTHING });
    }
    put(&mut open, &Wanted { title: "entry without", ..NOTHING });
    let mut robot = Robot::start(Some(sealed(open)), Lang::En, 80, 24);
    robot.types(crate::MASTER).keys("enter /").types("note:mizuho");
    let all = robot.app.open().unwrap().contents.session().vault().entries();
    let all = all.filter(|entry| entry.state() != State::Trashed).count();
    let opening = |robot: &Robot, at: usize| robot.screen().contains(&format!("Opening notes {at} of {all}"));
    assert!(opening(&robot, 0) && all >= 451, "{}", robot.screen());
    robot.event(mamori::tui::event::Event::Tick);
    assert!(opening(&robot, 200), "{}", robot.screen());
    assert!(thousands::wanted() || titles(&robot).len() == 2);
    (0..all / 200).for_each(|_| robot.event(mamori::tui::event::Event::Tick));
    let found = ["entry 007", "entry 107", "entry 207", "entry 307", "entry 407"];
    assert_eq!(titles(&robot), found);
    assert!(!robot.screen().contains("Opening notes") && !robot.screen().contains(MARKER));
    // A key in between begins anew; Esc ends it.
    robot.types("x").event(mamori::tui::event::Event::Tick);
    robot.keys("backspace").event(mamori::tui::event::Event::Tick);
    robot.keys("esc");
    assert_eq!(titles(&robot).len(), 451);
    assert!(robot.app.open().unwrap().list.seek.notes.is_none());
    robot.keys("/").types("-note:nothing -note:みずほ");
    (0..=all / 200).for_each(|_| robot.event(mamori::tui::event::Event::Tick));
    assert_eq!(titles(&robot), ["entry without"]);
}

#[test]
fn what_is_not_checked_is_no_empty_list() {
    for (lang, word) in [(Lang::En, "not checked yet"), (Lang::Ja, "まだ調べていません")] {
        for query in ["is:weak", "is:reused x", "-is:leaked", "is:similar"] {
            let mut robot = typed(query)(lang, 80, 24);
            robot.keys("enter");
            assert!(titles(&robot).is_empty() && robot.screen().contains(word), "{}", robot.screen());
        }
    }
}

#[test]
fn searches_are_remembered_until_the_lock() {
    let mut robot = typed("github")(Lang::En, 80, 24);
    robot.keys("enter esc /").types("zzzz").keys("enter esc /").types("mizu").keys("ctrl+y esc");
    robot.keys("/ up");
    let screen = robot.screen();
    assert!(screen.contains("github") && screen.contains("mizu") && !screen.contains("zzzz"), "{screen}");
    robot.keys("down enter");
    assert_eq!((text(&robot), titles(&robot)), ("github", vec!["GitHub".to_owned()]));
    // Typing goes on in the field; Up at the top goes back to it.
    robot.keys("ctrl+u up").types("みず");
    assert_eq!((text(&robot), titles(&robot)), ("みず", vec!["みずほ銀行".to_owned()]));
    robot.keys("ctrl+u up up").types("git");
    assert_eq!(text(&robot), "git");
    // Delete takes a recent one away.
    robot.keys("ctrl+u up delete esc up");
    assert!(!robot.screen().contains("github"), "{}", robot.screen());
    robot.keys("f9").types(crate::MASTER).keys("enter / up");
    assert!(!robot.screen().contains("mizu"), "{}", robot.screen());
}

#[test]
fn a_kept_search_is_in_the_vault_can_be_taken_deleted_and_undone() {
    let named = |robot: &Robot| {
        let all = saved::saved(robot.on_disk().vault());
        all.into_iter().map(|one| (one.name, one.query)).collect::<Vec<_>>()
    };
    let mut robot = typed("tag:jp bank")(Lang::En, 80, 24);
    robot.keys("enter :").types("save-search").keys("enter ctrl+u").types("My banks").keys("enter");
    assert_eq!(named(&robot), [("My banks".to_owned(), "tag:jp bank".to_owned())]);
    assert!(!robot.effects.iter().any(|effect| effect.contains("tag:jp")));
    robot.keys("esc / up");
    assert!(robot.screen().contains("My banks  (tag:jp bank)"), "{}", robot.screen());
    robot.keys("enter");
    assert_eq!((text(&robot), titles(&robot)), ("tag:jp bank", vec!["みずほ銀行".to_owned()]));
    // The same name is told and replaced.
    robot
        .keys("ctrl+u")
        .types("jp")
        .keys("enter :")
        .types("save-search")
        .keys("enter ctrl+u")
        .types("My banks");
    assert!(robot.screen().contains("is replaced"), "{}", robot.screen());
    robot.keys("enter");
    assert_eq!(named(&robot), [("My banks".to_owned(), "jp".to_owned())]);
    robot.keys("esc / up delete");
    assert_eq!(named(&robot), []);
    robot.keys("esc esc z");
    assert_eq!(named(&robot), [("My banks".to_owned(), "jp".to_owned())]);
    assert!(robot.screen().contains("took a kept search away"), "{}", robot.screen());
    robot.keys("z");
    assert!(robot.screen().contains("kept a search"), "{}", robot.screen());
    robot.keys("Z");
    // Nothing typed, nothing kept; an empty name keeps nothing.
    robot.keys("esc :").types("save-search").keys("enter");
    assert!(robot.screen().contains("Nothing is searched for"), "{}", robot.screen());
    robot.keys("/").types("git").keys("enter :").types("save-search").keys("enter ctrl+u enter");
    assert_eq!(named(&robot).len(), 1);
}

#[test]
fn the_input_method_may_stay_on() {
    // Kana in the list starts a search with just that.
    let mut robot = typed("github")(Lang::Ja, 80, 24);
    robot.keys("enter").types("み").types("ず");
    assert_eq!((text(&robot), titles(&robot)), ("みず", vec!["みずほ銀行".to_owned()]));
    robot.keys("esc").types("銀");
    assert_eq!(text(&robot), "銀");
    // A paste in the list is the search.
    robot.keys("enter").pastes("ぎっとはぶ\nrm -rf");
    assert_eq!(text(&robot), "ぎっとはぶ");
    robot.keys("enter").pastes("GitHub");
    assert_eq!((text(&robot), titles(&robot)), ("GitHub", vec!["GitHub".to_owned()]));
    // Full-width tokens are tokens.
    robot.keys("ctrl+u").types("ｋｉｎｄ：銀行口座　－ｔａｇ：x");
    assert_eq!(titles(&robot), ["みずほ銀行"]);
}
