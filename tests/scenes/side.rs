//! Folders and tags: the pickers, the sidebar, the pages that rename them.

use mamori::model::Entry;
use mamori::ops::filing;
use mamori::text::Lang;
use mamori::tui::view::outline;

use crate::robot::{self, NOTHING, Robot, Wanted, empty, put, sealed, thousands};

fn filed() -> Vec<u8> {
    let mut open = empty();
    let all = [
        Wanted { title: "Amazon", folder: "買い物", tags: &["重要", "家族"], days_ago: 9, ..NOTHING },
        Wanted { title: "銀行", folder: "お金/日本", tags: &["重要"], days_ago: 8, ..NOTHING },
        Wanted { title: "楽天", folder: "買い物", days_ago: 7, ..NOTHING },
        Wanted { title: "GitHub", folder: "work/code", tags: &["work"], days_ago: 6, ..NOTHING },
        Wanted { title: "メモ", days_ago: 5, ..NOTHING },
    ];
    for wanted in &all {
        put(&mut open, wanted);
    }
    sealed(open)
}

fn start(lang: Lang, width: u16, height: u16) -> Robot {
    let mut robot = Robot::start(Some(filed()), lang, width, height);
    robot.types(robot::MASTER).keys("enter");
    robot
}

fn of<T>(robot: &Robot, title: &str, what: impl Fn(Entry<'_>) -> T) -> T {
    let open = robot.on_disk();
    let entry = open.vault().entries().find(|entry| entry.title() == title).expect("there");
    what(entry)
}

fn folder(robot: &Robot, title: &str) -> String {
    of(robot, title, |entry| entry.folder().to_owned())
}

fn tags(robot: &Robot, title: &str) -> Vec<String> {
    of(robot, title, |entry| entry.tags().into_iter().map(str::to_owned).collect())
}

fn labels(robot: &Robot) -> Vec<String> {
    outline(&robot.app).into_iter().map(|row| row.label).filter(|name| !thousands::theirs(name)).collect()
}

fn saves(robot: &Robot) -> usize {
    robot.effects.iter().filter(|effect| effect.starts_with("Write")).count()
}

#[test]
fn the_screens() {
    crate::snapshot("side-move", |lang, w, h| {
        let mut robot = start(lang, w, h);
        robot.keys("space space m");
        robot
    });
    crate::snapshot("side-move-typed", |lang, w, h| {
        let mut robot = start(lang, w, h);
        robot.keys("m").types("お金/海外").keys("down");
        robot
    });
    crate::snapshot("side-tags", |lang, w, h| {
        let mut robot = start(lang, w, h);
        robot.keys("a # down space");
        robot
    });
}

#[test]
fn entries_move_to_a_folder_that_is_there_or_a_new_one() {
    let mut robot = start(Lang::En, 80, 24);
    assert_eq!(labels(&robot), ["Amazon", "GitHub", "メモ", "楽天", "銀行"]);
    // - the selected one; the picker stands on its folder
    robot.keys("m");
    assert_eq!(labels(&robot), ["(no folder)", "work", "work/code", "お金", "お金/日本", "買い物"]);
    assert!(robot.screen().contains("> 買い物"), "{}", robot.screen());
    robot.types("ＣＯＤ").keys("enter");
    assert_eq!(folder(&robot, "Amazon"), "work/code", "however wide; {}", robot.screen());
    robot.keys("z m").pastes("日本").keys("enter");
    assert_eq!(folder(&robot, "Amazon"), "お金/日本");
    // - all marked ones, one save, one step; the folder they leave empty stays
    let before = saves(&robot);
    robot.keys("j space space G m").types(" /new//place/ ").keys("enter");
    assert_eq!(saves(&robot), before + 1);
    assert_eq!((folder(&robot, "GitHub"), folder(&robot, "メモ")), ("new/place".into(), "new/place".into()));
    assert_eq!(filing::kept(robot.on_disk().vault()), ["work/code"]);
    assert!(robot.screen().contains("Done: moved 2 entries"), "{}", robot.screen());
    robot.keys("z");
    assert_eq!((folder(&robot, "GitHub"), folder(&robot, "メモ")), ("work/code".into(), String::new()));
    assert!(filing::kept(robot.on_disk().vault()).is_empty());
    // - kana and a paste are what is typed; Esc takes it back first, then closes
    robot.keys("esc m").types("か").pastes("いもの\nx");
    assert!(robot.screen().contains("new: かいもの"), "{}", robot.screen());
    robot.keys("esc");
    assert_eq!(labels(&robot).len(), 6);
    robot.keys("esc home m").types("esc").keys("esc home enter");
    assert_eq!((saves(&robot), folder(&robot, "Amazon")), (before + 3, String::new()), "nowhere");
    robot.keys("m esc");
    assert_eq!(labels(&robot).len(), 5, "closed");
}

#[test]
fn tags_are_ticked_taken_away_and_made() {
    let mut robot = start(Lang::En, 80, 24);
    // - Amazon has two of them, 銀行 one of these
    robot.keys("space / 銀 行 enter space esc #");
    assert_eq!(labels(&robot), ["[ ] work", "[-] 家族", "[x] 重要"]);
    let before = saves(&robot);
    robot.keys("space end up down down space").types("two words").keys("enter");
    assert_eq!(saves(&robot), before + 1);
    assert_eq!(tags(&robot, "Amazon"), ["two words", "work", "家族"]);
    assert_eq!(tags(&robot, "銀行"), ["two words", "work"], "what was mixed stays so");
    robot.keys("z");
    assert_eq!(tags(&robot, "Amazon"), ["家族", "重要"]);
    // - a mixed one goes through all three
    robot.keys("# down space");
    assert_eq!(labels(&robot)[1], "[x] 家族");
    robot.keys("space");
    assert_eq!(labels(&robot)[1], "[ ] 家族");
    robot.keys("space");
    assert_eq!(labels(&robot)[1], "[-] 家族");
    robot.keys("enter");
    assert_eq!(saves(&robot), before + 2, "nothing differs");
    assert!(robot.screen().contains("Nothing to change"), "{}", robot.screen());
    // - what is typed is narrowed to, and Enter gives it
    robot.keys("#").types("wo").keys("enter");
    assert_eq!(tags(&robot, "銀行"), ["work", "重要"]);
}

#[test]
fn the_sidebar() {
    crate::snapshot("side-bar", |lang, w, h| {
        let mut robot = start(lang, w, h);
        robot.keys("left j j j j j");
        robot
    });
    crate::snapshot("side-bar-closed", |lang, w, h| {
        let mut robot = start(lang, w, h);
        robot.keys("h down down down down down left enter");
        robot
    });
}

#[test]
fn going_to_a_row_of_the_sidebar_narrows_the_list() {
    for (width, height) in [(60, 16), (80, 24), (120, 40), (160, 48)] {
        let mut robot = start(Lang::En, width, height);
        robot.keys("left");
        assert_eq!(
            labels(&robot),
            [
                "All",
                "Favourites",
                "Archived",
                "Trash",
                "work",
                "code",
                "お金",
                "日本",
                "買い物",
                "#work",
                "#家族",
                "#重要",
                "Account taken over?"
            ]
        );
        let counts: Vec<String> = outline(&robot.app).into_iter().map(|row| row.value).collect();
        assert_eq!(counts[4..], ["1", "1", "1", "1", "2", "1", "1", "2", ""]);
        assert!(thousands::wanted() || counts[..4] == ["5", "0", "0", "0"], "{counts:?}");
        // - a folder closes to the left and takes the cursor with it
        robot.keys("down down down down down left left");
        assert!(!labels(&robot).contains(&"code".to_owned()));
        robot.keys("right");
        assert!(labels(&robot).contains(&"code".to_owned()));
        robot.keys("end up up up up enter");
        assert_eq!(labels(&robot), ["Amazon", "楽天"], "{width}: {}", robot.screen());
        assert!(robot.screen().contains("買い物"));
        // - an entry that leaves is counted at once
        robot.keys("m").types("お金").keys("enter");
        assert_eq!(labels(&robot), ["楽天"]);
        robot.keys("left");
        let folder = outline(&robot.app).into_iter().find(|row| row.label == "買い物").expect("there");
        assert_eq!((folder.value.as_str(), folder.focus), ("1", true));
        // - step by step back
        robot.keys("esc");
        assert_eq!(labels(&robot), ["楽天"]);
        robot.keys("esc");
        assert_eq!(labels(&robot).len(), 5);
        // - the trash is a page
        robot.keys("left home down down down enter");
        assert!(robot.screen().contains("> Trash"), "{}", robot.screen());
        robot.keys("esc esc esc");
        // - kana and a paste are a search
        robot.keys("left メ");
        assert_eq!(labels(&robot), ["メモ"], "{}", robot.screen());
        robot.keys("esc left").pastes("楽");
        assert_eq!(labels(&robot), ["楽天"]);
    }
}

#[test]
fn tab_goes_round_the_panes() {
    let mut robot = start(Lang::En, 120, 40);
    let entry = labels(&robot);
    robot.keys("tab tab");
    assert_eq!(labels(&robot)[0], "All");
    robot.keys("tab");
    assert_eq!(labels(&robot), entry);
    robot.keys("shift+tab");
    assert_eq!(labels(&robot)[0], "All");
    robot.keys("d");
    assert_eq!(saves(&robot), 0, "no entry is meant here");
    robot.resize(80, 24);
    assert_eq!(labels(&robot), entry, "without room the list has the focus");
    robot.keys("S か");
    assert!(robot.screen().contains("/ か"), "{}", robot.screen());
}

#[test]
fn an_address_is_opened_or_else_copied() {
    let mut robot = Robot::open(Lang::En, 80, 24);
    robot.keys("/").types("github").keys("enter o");
    assert!(robot.effects.iter().any(|effect| effect.contains("Browse")), "asked");
    assert_eq!(robot.clipboard.last(), Some(&Some("https://github.com/login".to_owned())), "no browser here");
    assert!(robot.screen().contains("which cannot be opened here"), "{}", robot.screen());
    robot.world.browses = true;
    let before = robot.clipboard.len();
    robot.keys("o");
    assert_eq!(robot.clipboard.len(), before);
    assert!(robot.screen().contains("The browser was asked"), "{}", robot.screen());
}
