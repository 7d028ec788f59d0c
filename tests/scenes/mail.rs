//! Mail addresses: many mailboxes from a list, another address in place of one, and a list of mail
//! accounts for a host.

use mamori::model::{Entry, Kind, Relation, State};
use mamori::text::Lang;

use crate::robot::{MASTER, NOTHING, Robot, Wanted, empty, put, sealed};
use crate::snapshot;

const LIST: &str = "Sales <sales@example.jp>, hana@example.jp\nINFO@example.jp\nfoo bar\nhana@example.jp\n\
                    \u{1b}[2Jevil@example.jp\nnew@example.com\n";

fn page(lang: Lang, width: u16, height: u16, command: [&str; 2]) -> Robot {
    let mut robot = Robot::demo(lang, width, height);
    open(&mut robot, command);
    robot
}

/// Opens a page by its name in the palette.
fn open(robot: &mut Robot, command: [&str; 2]) {
    let words = if robot.app.shell.lang == Lang::Ja { command[1] } else { command[0] };
    robot.keys(":").types(words).keys("enter");
}

const MANY: [&str; 2] = ["Many mailboxes", "メールボックスをまとめて"];
const READDRESS: [&str; 2] = ["Replace a mail", "メールアドレスの置き換え"];

fn mailboxes(robot: &Robot) -> Vec<String> {
    let vault = robot.app.open().unwrap().contents.session().vault();
    let mut all: Vec<String> = vault
        .entries()
        .filter(|entry| entry.kind() == Kind::Mailbox)
        .map(|entry| entry.title().to_owned())
        .collect();
    all.sort();
    all
}

#[test]
fn what_the_pages_look_like() {
    snapshot("mail-many", |lang, w, h| page(lang, w, h, MANY));
    snapshot("mail-many-list", |lang, w, h| {
        let mut robot = page(lang, w, h, MANY);
        robot.pastes(LIST).keys("down down");
        robot
    });
    snapshot("mail-readdress", |lang, w, h| {
        let mut robot = page(lang, w, h, READDRESS);
        robot.types("owner@example.jp").keys("enter").types("x").keys("enter");
        robot
    });
    snapshot("mail-readdress-list", |lang, w, h| {
        let mut robot = page(lang, w, h, READDRESS);
        robot.types("owner@example.jp").keys("enter").types("info@example.jp").keys("enter space");
        robot
    });
    snapshot("mail-csv", |lang, w, h| {
        let mut robot = Robot::demo(lang, w, h);
        open(&mut robot, ["Export", "書き出す"]);
        robot.keys("space space down down");
        robot
    });
}

#[test]
fn a_pasted_list_is_shown_first_and_made_as_one_step() {
    let mut robot = page(Lang::En, 80, 24, MANY);
    let before = mailboxes(&robot);
    robot.pastes(LIST);
    assert!(robot.screen().contains("3 new, 2 there already, 2 wrong"), "{}", robot.screen());
    assert!(robot.screen().contains("line 3: foo bar is no mail address"), "{}", robot.screen());
    assert!(robot.screen().contains("Make 3 mailboxes"), "{}", robot.screen());
    assert_eq!(mailboxes(&robot), before, "nothing is written yet");
    // - one more is typed, one is left out again by Space
    robot.types("more@example.net").keys("enter");
    assert!(robot.screen().contains("Make 4 mailboxes"), "{}", robot.screen());
    robot.keys("down down down down space");
    assert!(robot.screen().contains("Make 3 mailboxes"), "{}", robot.screen());
    robot.keys("up up enter");
    let made = ["hana@example.jp", "more@example.net", "new@example.com"];
    let all = mailboxes(&robot);
    assert_eq!(all.len(), before.len() + 3, "{}", robot.screen());
    assert!(made.iter().all(|one| all.contains(&(*one).to_owned())), "{all:?}");
    assert!(robot.screen().contains("Done: added 3 entries"), "{}", robot.screen());
    // - they are marked, each has a password, and is linked
    let open = robot.app.open().unwrap();
    assert_eq!(open.list.marks.len(), 3);
    let vault = open.contents.session().vault();
    let entry = vault.entries().find(|entry| entry.title() == "hana@example.jp").unwrap();
    assert!(entry.password().is_some());
    assert!(entry.links().iter().any(|one| one.1 == Relation::ControlledBy), "{:?}", entry.links());
    robot.keys("z");
    assert_eq!(mailboxes(&robot), before, "{}", robot.screen());
}

#[test]
fn without_passwords_and_by_arrows_enter_space_and_esc_alone() {
    let mut robot = page(Lang::Ja, 60, 16, MANY);
    let before = mailboxes(&robot).len();
    robot.types("only@example.jp").keys("enter enter space down enter");
    assert_eq!(mailboxes(&robot).len(), before + 1, "{}", robot.screen());
    let vault = robot.app.open().unwrap().contents.session().vault();
    let entry = vault.entries().find(|entry| entry.title() == "only@example.jp").unwrap();
    assert!(entry.password().is_none());
    // - what is too long or no text is refused, and nothing of it is kept
    let mut robot = page(Lang::En, 60, 16, MANY);
    robot.pastes(&"a@example.jp\n".repeat(90_000));
    assert!(robot.screen().contains("does not fit"), "{}", robot.screen());
    robot.keys("down down enter");
    assert_eq!(mailboxes(&robot).len(), before, "{}", robot.screen());
    robot.keys("esc");
    assert!(robot.app.open().unwrap().pages.is_empty());
}

fn users(robot: &Robot, address: &str) -> usize {
    let vault = robot.app.open().unwrap().contents.session().vault();
    let uses = |entry: &Entry<'_>| entry.kind() != Kind::Mailbox && entry.username() == address;
    vault.entries().filter(|entry| entry.state() == State::Active && uses(entry)).count()
}

#[test]
fn another_address_is_written_into_those_that_are_marked() {
    let mut robot = page(Lang::En, 80, 24, READDRESS);
    let (old, new) = ("owner@example.jp", "shop@example.com");
    robot.types(old).keys("enter").types(new).keys("enter");
    let (had, have) = (users(&robot, old), users(&robot, new));
    assert!(had > 1, "{}", robot.screen());
    assert!(robot.screen().contains("Change the address at each site first"), "{}", robot.screen());
    // - all, and back
    robot.keys("a enter");
    assert_eq!((users(&robot, old), users(&robot, new)), (0, have + had), "{}", robot.screen());
    assert!(robot.screen().contains("No entry uses the old address any more"), "{}", robot.screen());
    robot.keys("z").wait(1);
    assert_eq!((users(&robot, old), users(&robot, new)), (had, have), "{}", robot.screen());
    assert!(robot.screen().contains("entries use it"), "found again: {}", robot.screen());
    // - what is no address is told where it stands
    robot.keys("esc ctrl+u").types("nobody").keys("enter");
    assert!(robot.screen().contains("The new one is no mail address"), "{}", robot.screen());
    robot.keys("esc");
    assert!(robot.app.open().unwrap().pages.is_empty());
}

/// Two mailboxes with a change under way, one without.
fn waiting() -> Robot {
    let mut open = empty();
    for title in ["info@example.jp", "sales@example.jp", "old@example.jp"] {
        put(
            &mut open,
            &Wanted { kind: Kind::Mailbox, title, user: title, password: "S3CRET old", ..NOTHING },
        );
    }
    let mut robot = Robot::start(Some(sealed(open)), Lang::En, 80, 24);
    robot.types(MASTER).keys("enter / i n f o enter space esc / s a l e s enter space esc c enter esc esc");
    robot
}

#[test]
fn a_list_for_a_host_needs_the_master_password_and_holds_the_new_ones() {
    let mut robot = waiting();
    open(&mut robot, ["Export", ""]);
    robot.keys("space space");
    assert!(robot.screen().contains("mailboxes with a new password under way: 2"), "{}", robot.screen());
    robot
        .keys("down down ctrl+u")
        .types("Mail=address,wrong")
        .keys("down down down")
        .types("S3CRET no")
        .keys("enter enter");
    assert!(robot.screen().contains("There is no column wrong"), "{}", robot.screen());
    robot.keys("ctrl+u").types("Mail=address,Pass=password,Old=old").keys("down down down enter enter");
    assert!(robot.screen().contains("This is not the master password"), "{}", robot.screen());
    let path = std::path::Path::new("/home/hana/mamori-2026-11-24.csv");
    assert!(robot.disk.bytes(path).is_none());
    robot.types(MASTER).keys("enter enter");
    let written = String::from_utf8(robot.disk.bytes(path).expect("written")).unwrap();
    let lines: Vec<&str> = written.split("\r\n").collect();
    assert_eq!((lines[0], lines.len()), ("Mail,Pass,Old", 4), "{written}");
    assert!(lines[1].starts_with("info@example.jp,") && lines[1].ends_with(",S3CRET old"), "{written}");
    assert!(lines[2].starts_with("sales@example.jp,"), "{written}");
}
