//! The detail of an entry: every row that an entry can have, links that lead to and fro, attachments
//! that come out, and how little a move in the list sends.

use mamori::model::{Id, Kind, Relation, Tag};
use mamori::ops::edit::{EntryEdit, NewValue};
use mamori::platform::entropy::System;
use mamori::platform::tty::WHOLE;
use mamori::text::Lang;

use crate::robot::{MARKER, MASTER, NOON, NOTHING, Robot, Wanted, empty, put, sealed};
use crate::snapshot;

#[allow(dead_code, reason = "shared with the benchmarks")]
#[path = "../../benches/support/vault.rs"]
mod vault;
#[allow(dead_code, reason = "shared with the benchmarks")]
#[path = "../../benches/support/words.rs"]
mod words;

const DAY: u64 = 86_400_000;

/// An entry with everything, others that lead to it and that it leads to, and one beside them.
fn rich() -> Vec<u8> {
    let mut open = empty();
    for title in ["エックスサーバー", "info@example.jp", "お名前.com", "古いブログ"] {
        put(&mut open, &Wanted { title, user: "hana", password: "S3CRET other", ..NOTHING });
    }
    let id = |open: &mamori::session::Open, title: &str| -> Id {
        open.vault().entries().find(|entry| entry.title() == title).expect("made").id()
    };
    let (server, mail, registrar, old) = (
        id(&open, "エックスサーバー"),
        id(&open, "info@example.jp"),
        id(&open, "お名前.com"),
        id(&open, "古いブログ"),
    );
    let mut random = System;
    let at = NOON - 40 * DAY;
    let (blog, change) = {
        let mut sealer = open.sealer(&mut random);
        let mut edit = EntryEdit::new(&mut sealer, Kind::Website, at).unwrap();
        edit.text(Tag::TITLE, "花の便り");
        edit.text(Tag::READING, "はなのたより");
        edit.set(Tag::ALIAS, &["hana-blog", "花ブログ"]).unwrap();
        edit.text(Tag::USERNAME, "hana");
        edit.secret(Tag::PASSWORD, b"S3CRET blog").unwrap();
        edit.secret(Tag::OTP, b"otpauth://totp/x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ").unwrap();
        let long =
            "https://blog.example.jp/wp-login.php?redirect_to=https%3A%2F%2Fblog.example.jp%2Fwp-admin";
        edit.list(Tag::URL, Tag::URL_PLACE, &[long, "https://blog.example.jp"]).unwrap();
        edit.add_field("admin-url", &NewValue::Plain("https://blog.example.jp/wp-admin")).unwrap();
        edit.add_field("合言葉", &NewValue::Secret(b"S3CRET word")).unwrap();
        edit.secret(Tag::NOTES, b"S3CRET note").unwrap();
        edit.stage(b"S3CRET next", "", at).unwrap();
        edit.text(Tag::FOLDER, "仕事/サイト");
        edit.set(Tag::LABEL, &["jp", "web"]).unwrap();
        edit.number(Tag::EXPIRES, Some(NOON + 12 * DAY));
        edit.flag(Tag::FAVOURITE, true);
        edit.link(Relation::HostedOn, server).unwrap();
        edit.link(Relation::ResetsThrough, mail).unwrap();
        (edit.id(), edit.finish().unwrap())
    };
    open.apply(&change, at, &mut random).unwrap();
    let sealed_file = open.sealer(&mut random).seal(blog, b"S3CRET codes\n").unwrap();
    for (record, relation, target) in
        [(registrar, Relation::RegisteredAt, blog), (old, Relation::ControlledBy, blog)]
    {
        let change = {
            let held = open.vault().record(record).unwrap().clone();
            let mut sealer = open.sealer(&mut random);
            let mut edit = EntryEdit::of(&mut sealer, &held);
            edit.link(relation, target).unwrap();
            edit.finish().unwrap()
        };
        open.apply(&change, at, &mut random).unwrap();
    }
    let change = {
        let held = open.vault().record(blog).unwrap().clone();
        let mut sealer = open.sealer(&mut random);
        let mut edit = EntryEdit::of(&mut sealer, &held);
        edit.attach("../回復コード.txt", &sealed_file).unwrap();
        edit.finish().unwrap()
    };
    open.apply(&change, at, &mut random).unwrap();
    sealed(open)
}

pub fn start(lang: Lang, width: u16, height: u16) -> Robot {
    let mut robot = Robot::start(Some(rich()), lang, width, height);
    robot.types(MASTER).keys("enter");
    robot.keys("/").types("花の便り").keys("enter");
    robot
}

fn rows(robot: &Robot) -> Vec<(String, String)> {
    let rows = mamori::tui::view::outline(&robot.app);
    rows.into_iter().map(|row| (row.label, row.value)).collect()
}

/// Goes on to the row whose value begins so, in the detail.
fn to(robot: &mut Robot, value: &str) {
    robot.keys("home");
    for _ in 0..60 {
        let rows = mamori::tui::view::outline(&robot.app);
        if rows.iter().any(|row| row.focus && row.value.starts_with(value)) {
            return;
        }
        robot.keys("down");
    }
    unreachable!("no row {value}:\n{}", robot.screen());
}

fn title(robot: &Robot) -> String {
    let open = robot.app.open().expect("open");
    let entry = open.listed().and_then(|id| open.contents.entry(id));
    entry.map_or(String::new(), |entry| entry.title().to_owned())
}

#[test]
fn every_row_of_an_entry_is_there_and_no_secret() {
    let mut robot = start(Lang::En, 80, 24);
    robot.keys("right");
    let wanted = [
        ("User", "hana"),
        ("Password", "************"),
        ("Code", "******"),
        ("Address", "https://blog.example.jp/wp-login.php?redirect_to="),
        ("Address 2", "https://blog.example.jp"),
        ("New password", "************"),
        ("Admin page", "https://blog.example.jp/wp-admin"),
        ("合言葉", "************"),
        ("Notes", "************"),
        ("Reset through", "info@example.jp"),
        ("Hosted on", "エックスサーバー"),
        ("Controls", "古いブログ"),
        ("Registrar of", "お名前.com"),
        ("File", "../回復コード.txt (13 bytes)"),
        ("Reading", "はなのたより"),
        ("Other names", "hana-blog, 花ブログ"),
        ("Favourite", "yes"),
        ("Tags", "jp, web"),
        ("Entry expires", "2026-12-06 (12 days left)"),
        ("Health", "not checked yet"),
        ("Folder", "仕事/サイト"),
    ];
    let shown = rows(&robot);
    for (at, (label, value)) in wanted.iter().enumerate() {
        assert_eq!(shown[at].0, *label, "{shown:#?}");
        assert!(shown[at].1.starts_with(value), "{value}: {shown:#?}");
    }
    assert_eq!(shown.len(), wanted.len() + 3, "and kind, password set, edited");
    robot.keys("end");
    assert!(!robot.screen().contains(MARKER));
}

#[test]
fn expired_archived_and_deleted_are_said() {
    let mut robot = start(Lang::En, 80, 24);
    robot.wait(13 * 86_400);
    robot.types(MASTER).keys("enter");
    robot.keys("/").types("花の便り").keys("enter right");
    assert!(
        rows(&robot).contains(&("Entry expires".into(), "2026-12-06 (expired)".into())),
        "{:?}",
        rows(&robot)
    );
    // - a deleted one at the other end is told, and cannot be gone to
    robot.keys("esc esc /").types("エックス").keys("enter d");
    robot.keys("/ ctrl+u").types("花の便り").keys("enter right");
    let other = ("Hosted on".to_owned(), "エックスサーバー (in the trash)".to_owned());
    assert!(rows(&robot).contains(&other), "{:?}", rows(&robot));
    to(&mut robot, "エックス");
    robot.keys("enter");
    assert_eq!(title(&robot), "花の便り");
}

#[test]
fn enter_on_a_link_goes_there_and_esc_comes_back() {
    let mut robot = start(Lang::En, 80, 24);
    robot.keys("right");
    to(&mut robot, "エックスサーバー");
    robot.keys("enter");
    assert_eq!(title(&robot), "エックスサーバー", "the search did not find it\n{}", robot.screen());
    assert!(rows(&robot).contains(&("Hosts".into(), "花の便り".into())), "{:?}", rows(&robot));
    to(&mut robot, "花の便り");
    robot.keys("enter");
    assert_eq!(title(&robot), "花の便り");
    to(&mut robot, "古いブログ");
    robot.keys("enter");
    assert_eq!(title(&robot), "古いブログ");
    // - back over all three, each time onto the row of the link
    for (there, row) in
        [("花の便り", "古いブログ"), ("エックスサーバー", "花の便り"), ("花の便り", "エックスサーバー")]
    {
        robot.keys("esc");
        assert_eq!(title(&robot), there);
        let focus = mamori::tui::view::outline(&robot.app).into_iter().find(|row| row.focus);
        assert_eq!(focus.map(|row| row.value).as_deref(), Some(row));
    }
    let open = robot.app.open().expect("open");
    assert_eq!(open.list.search.text(), "花の便り", "the search is there again");
    // - the next one leaves the detail; another entry has no way back
    robot.keys("esc");
    assert_eq!(robot.app.open().map(|open| open.focus), Some(mamori::tui::screen::vault::Pane::List));
    robot.keys("esc right");
    to(&mut robot, "エックスサーバー");
    robot.keys("enter left down right esc");
    assert_eq!(robot.app.open().map(|open| open.focus), Some(mamori::tui::screen::vault::Pane::List));
}

#[test]
fn a_link_that_is_made_or_undone_is_seen_at_its_other_end() {
    let mut robot = start(Lang::En, 80, 24);
    let hosts = ("Hosts".to_owned(), "花の便り".to_owned());
    let at_server = |robot: &mut Robot| {
        robot.keys("esc esc esc esc /").types("エックス").keys("enter right");
        rows(robot)
    };
    assert!(at_server(&mut robot).contains(&hosts));
    robot.keys("esc esc esc /").types("花の便り").keys("enter d");
    assert!(!at_server(&mut robot).contains(&hosts), "it is in the trash");
    robot.keys("z");
    assert!(at_server(&mut robot).contains(&hosts));
}

#[test]
fn an_attachment_is_saved_for_its_owner_alone() {
    let mut robot = start(Lang::En, 80, 24);
    robot.disk.put(std::path::Path::new("/home/hana/work/other.txt"), b"x".to_vec());
    robot.keys("right");
    to(&mut robot, "../回復コード.txt");
    assert!(robot.screen().contains("save as a file"), "{}", robot.screen());
    robot.keys("enter");
    assert!(
        robot.screen().contains("回復コード.txt") && !robot.screen().contains(".."),
        "{}",
        robot.screen()
    );
    assert!(robot.screen().contains("A new file in ~/work/"), "{}", robot.screen());
    robot.keys("esc");
    assert_eq!(title(&robot), "花の便り");
    robot.keys("enter ctrl+u").types("/home/hana/out.txt").keys("enter");
    assert!(robot.screen().contains("Written to ~/out.txt. It is not encrypted."), "{}", robot.screen());
    let out = std::path::Path::new("/home/hana/out.txt");
    assert_eq!(robot.disk.bytes(out).as_deref(), Some(&b"S3CRET codes\n"[..]));
    assert!(robot.app.open().is_some_and(|open| open.pages.is_empty()), "{}", robot.screen());
    // - never over it
    robot.disk.put(out, b"mine".to_vec());
    robot.keys("enter ctrl+u").types("/home/hana/out.txt").keys("enter");
    assert_eq!(robot.disk.bytes(out).as_deref(), Some(&b"mine"[..]));
    assert!(!robot.screen().contains(MARKER));
}

/// Bytes that each of `keys` sends, with the marks around a long frame.
fn sent(robot: &mut Robot, keys: &[&str]) -> Vec<usize> {
    let mut before = robot.frame().0;
    let each = keys.iter().map(|key| {
        robot.keys(key);
        let (after, cursor) = robot.frame();
        let mut bytes = Vec::new();
        mamori::tui::pen::write(&before, &after, cursor, &mut bytes).unwrap();
        before = after;
        let marks = if bytes.len() > WHOLE { b"\x1b[?2026h\x1b[?2026l".len() } else { 0 };
        bytes.len() + marks
    });
    each.collect()
}

#[test]
fn a_move_in_the_list_sends_little() {
    let open = vault::make(1_000);
    let bytes = vault::sealed(&mut { open }, vault::START);
    let mut robot = Robot::start(Some(bytes), Lang::En, 80, 24);
    robot.types(vault::PASSWORD).keys("enter");
    let keys: Vec<&str> = (0..300).map(|at| if at % 5 == 4 { "up" } else { "down" }).collect();
    let mut all = sent(&mut robot, &keys);
    all.sort_unstable();
    let mean = all.iter().sum::<usize>() / all.len();
    let median = all[all.len() / 2];
    assert!(median <= 250, "median {median} bytes, mean {mean}, greatest {}", all[all.len() - 1]);
}

#[test]
fn the_detail_looks_as_agreed() {
    snapshot("detail-rich", start);
    snapshot("detail-rich-focus", |lang, width, height| {
        let mut robot = start(lang, width, height);
        robot.keys("right");
        robot
    });
    snapshot("detail-rich-link", |lang, width, height| {
        let mut robot = start(lang, width, height);
        robot.keys("right");
        to(&mut robot, "古いブログ");
        robot
    });
    snapshot("detail-rich-end", |lang, width, height| {
        let mut robot = start(lang, width, height);
        robot.keys("right end");
        robot
    });
}
