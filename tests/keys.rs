//! The full-screen program as keys → screen, effects and bytes on the disk. Screens are compared
//! with the text files under `tests/keys/`; `UPDATE_SNAPSHOTS=1` writes them anew.

#![allow(clippy::unwrap_used, reason = "a test that goes wrong here has failed")]

pub(crate) mod robot;
mod scenes;

use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::Duration;

use mamori::crypto::kdf::Params;
use mamori::platform::entropy::System;
use mamori::session::{Device, NewSlot, Open, Sealed};
use mamori::text::Lang;
use mamori::tui::app::Screen;
use mamori::tui::effect::{self, Effect, Outcome};
use mamori::tui::event::Event;
use mamori::tui::key::Chord;
use mamori::tui::notice::{Cleared, CopyFailure, Place};
use proptest::prelude::*;
pub(crate) use robot::MASTER;
use robot::{MARKER, Robot, Wanted, credential, empty, put, sample, sealed, text, thousands};

pub(crate) const SIZES: [(u16, u16); 4] = [(60, 16), (80, 24), (120, 40), (160, 48)];

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/keys")
}

/// Compares a scene at every size and in both languages with its file; among ten thousand entries
/// with itself without them.
pub(crate) fn snapshot(name: &str, scene: impl Fn(Lang, u16, u16) -> Robot) {
    if thousands::wanted() {
        return thousands::compare(name, scene);
    }
    for (lang, ending) in [(Lang::Ja, "ja"), (Lang::En, "en")] {
        let mut shown = String::new();
        for (width, height) in SIZES {
            let robot = scene(lang, width, height);
            let _ = write!(shown, "--- {width}x{height}\n{}", robot.shot());
        }
        compare(&format!("{name}.{ending}.txt"), &shown);
    }
}

/// Compares with a file. Among ten thousand entries it is another picture: whoever draws one by hand
/// says there what must hold.
pub(crate) fn compare(file: &str, shown: &str) {
    if thousands::wanted() {
        return;
    }
    let path = folder().join(file);
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        #[expect(clippy::disallowed_methods, reason = "a snapshot is no vault")]
        std::fs::write(&path, shown).unwrap();
    }
    let wanted = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(wanted == shown, "{file} differs; UPDATE_SNAPSHOTS=1 writes it anew. Now:\n{shown}");
}

fn open(keys: &'static str) -> impl Fn(Lang, u16, u16) -> Robot {
    move |lang, width, height| {
        let mut robot = Robot::open(lang, width, height);
        robot.keys(keys);
        robot
    }
}

// --- what it looks like ----------------------------------------------------------------------------

#[test]
fn the_first_run() {
    snapshot("create-language", |lang, w, h| Robot::start(None, lang, w, h));
    snapshot("create-password", |lang, w, h| {
        let mut robot = Robot::start(None, lang, w, h);
        robot.keys("enter enter").types("S3CRET no");
        robot
    });
    snapshot("create-differ", |lang, w, h| {
        let mut robot = Robot::start(None, lang, w, h);
        robot
            .keys("enter enter")
            .types("S3CRET horse battery staple")
            .keys("enter")
            .types("S3CRET")
            .keys("enter enter");
        robot
    });
    snapshot("create-ready", |lang, w, h| {
        let mut robot = Robot::start(None, lang, w, h);
        robot.keys("enter enter").types("S3CRET horse battery staple").keys("enter");
        robot.types("S3CRET horse battery staple").keys("enter");
        robot
    });
}

#[test]
fn the_locked_vault() {
    snapshot("unlock", |lang, w, h| Robot::start(Some(sample()), lang, w, h));
    snapshot("unlock-wide", |lang, w, h| {
        let mut robot = Robot::start(Some(sample()), lang, w, h);
        robot.types("ＡＢ");
        robot
    });
    snapshot("unlock-wrong", |lang, w, h| {
        let mut robot = Robot::start(Some(sample()), lang, w, h);
        robot.types("nonsense").keys("enter");
        robot
    });
    snapshot("unlock-damaged", |lang, w, h| {
        let mut bytes = sample();
        bytes[100] ^= 1;
        let mut robot = Robot::start(Some(bytes), lang, w, h);
        robot.types(MASTER).keys("enter");
        robot
    });
    snapshot("opening", |lang, w, h| {
        let mut robot = Robot::start(Some(sample()), lang, w, h);
        robot.hold = true;
        robot.types(MASTER).keys("enter");
        robot.pass(Duration::from_millis(400));
        robot.event(Event::Tick);
        robot
    });
}

#[test]
fn the_list_and_the_detail() {
    snapshot("list", open(""));
    snapshot("list-search", open("/ m i"));
    snapshot("list-nothing", open("/ z z z z"));
    snapshot("detail", open("/ m i z u enter enter"));
    snapshot("detail-password_revealed", open("/ m i z u enter v"));
    snapshot("detail-spelled_revealed", open("/ m i z u enter V"));
    snapshot("detail-notes_revealed", open("/ m i z u enter enter G k k k k k v"));
    snapshot("detail-hostile_revealed", open("/ e v i l enter v"));
    snapshot("empty", |lang, w, h| {
        let mut robot = Robot::start(Some(sealed(empty())), lang, w, h);
        robot.types(MASTER).keys("enter");
        robot
    });
}

#[test]
fn notices_and_windows() {
    snapshot("copied", open("/ m i z u enter p"));
    snapshot("refused", open("/ e v i l enter P"));
    snapshot("copy-menu", open("/ m i z u enter y"));
    snapshot("go-menu", open("g"));
    snapshot("help", open("?"));
    snapshot("help-search", open("/ f1"));
    snapshot("palette", open(": c o p y"));
    snapshot("messages", open("d z g m"));
    snapshot("trashed", open("d"));
}

#[test]
fn plain_lines_and_styles() {
    let mut robot = Robot::open(Lang::Ja, 80, 24);
    robot.keys("/ m i enter");
    thousands::sound(&robot, "styles");
    compare("styles.ja.txt", &robot.styles());
    robot.app.shell.theme.ascii = true;
    let (buf, _) = robot.frame();
    compare("ascii.ja.txt", &text(&buf));
    let wide = buf.content.iter().any(|cell| "─│┌┐└┘━".contains(cell.symbol()));
    assert!(!wide, "no line-drawing character is left");
}

// --- what it does -----------------------------------------------------------------------------------

#[test]
fn the_main_job() {
    let mut robot = Robot::open(Lang::Ja, 80, 24);
    robot.keys("/").types("みずほ").keys("enter p");
    assert_eq!(robot.clipboard, [Some("S3CRET mizuho".to_owned())], "{}", robot.screen());
    assert!(
        robot.screen().contains("コピー: みずほ銀行 パスワード (このPCのクリップボード)"),
        "{}",
        robot.screen()
    );
    assert!(robot.screen().contains("30 秒後に消去"));
    robot.wait(10);
    assert!(robot.screen().contains("20 秒後に消去"), "{}", robot.screen());
    robot.wait(20);
    assert_eq!(robot.clipboard.last(), Some(&None));
    assert!(robot.screen().contains("クリップボードを消去しました"));
    robot.wait(7);
    assert!(!robot.screen().contains("消去しました"));
}

#[test]
fn every_part_is_copied() {
    let mut robot = Robot::open(Lang::En, 120, 40);
    robot.keys("/ m i z u enter").keys("u t o").keys("y p y 2 y 3 y n");
    let copied: Vec<String> = robot.clipboard.iter().flatten().cloned().collect();
    assert_eq!(copied[0], "3390-1122-000");
    assert_eq!((copied[1].len(), copied[1].chars().all(|c| c.is_ascii_digit())), (6, true));
    assert_eq!(copied[2], "https://ib.mizuhobk.co.jp/servlet/LOGBNK0000000B.do?xtr=Emf00000");
    assert_eq!(
        copied[3..],
        ["S3CRET mizuho", "渋谷支店", "S3CRET 4821", "S3CRET ログインは指紋。\n電話は平日 9 時から。"]
    );
    let before = robot.clipboard.len();
    robot.keys("y 4");
    assert!(robot.screen().contains("no field of that number"));
    assert_eq!(robot.clipboard.len(), before);
}

#[test]
fn b_copies_in_turn_and_starts_anew_with_another_entry() {
    let mut robot = Robot::open(Lang::En, 80, 24);
    robot.keys("/ m i z u enter b b b b");
    let copied: Vec<String> = robot.clipboard.iter().flatten().cloned().collect();
    assert_eq!(
        (copied[0].as_str(), copied[1].as_str(), copied[2].len()),
        ("3390-1122-000", "S3CRET mizuho", 6)
    );
    assert_eq!(copied[3], copied[0]);
    robot.keys("esc / g i t enter b b b");
    let copied: Vec<String> = robot.clipboard.iter().flatten().skip(4).cloned().collect();
    assert_eq!(copied, ["hana-dev", "S3CRET github", "hana-dev"]);
}

#[test]
fn enter_in_the_detail_copies_the_row_that_says_so() {
    let mut robot = Robot::open(Lang::En, 80, 24);
    robot.keys("/ g i t enter enter");
    assert!(robot.clipboard.is_empty(), "opening copies nothing");
    assert!(robot.screen().contains("Enter copy"));
    robot.keys("down enter");
    assert_eq!(robot.clipboard, [Some("S3CRET github".to_owned())]);
    // - a row that only tells has nothing to copy
    robot.keys("end enter");
    assert_eq!(robot.clipboard.len(), 1);
}

#[test]
fn from_the_search_field_at_once() {
    let mut robot = Robot::open(Lang::Ja, 80, 24);
    robot.keys("/ g i t ctrl+y");
    assert_eq!(robot.clipboard, [Some("S3CRET github".to_owned())]);
    assert!(robot.app.open().unwrap().list.searching, "the field keeps the focus");
}

#[test]
fn a_revealed_secret_hides_by_itself_and_with_everything_else() {
    let shown = "S3CRET\u{2423}github";
    for hides in ["v", "esc", "j", "L", "ctrl+\\"] {
        let mut robot = Robot::open(Lang::En, 80, 24);
        robot.keys("/ g i t enter v");
        assert!(robot.screen().contains(shown));
        if hides == "j" {
            robot.keys("esc esc v");
            assert!(robot.screen().contains(MARKER));
        }
        robot.keys(hides);
        assert!(!robot.screen().contains(MARKER), "{hides}: {}", robot.screen());
    }
    let mut robot = Robot::open(Lang::En, 80, 24);
    robot.keys("/ g i t enter v").wait(11);
    assert!(robot.screen().contains(shown) && robot.screen().contains("hides in 1 s"), "{}", robot.screen());
    robot.wait(1);
    assert!(!robot.screen().contains(MARKER));
    robot.keys("v");
    robot.event(Event::Focus(false));
    assert!(!robot.screen().contains(MARKER));
    robot.keys("v").resize(50, 10);
    assert!(!robot.screen().contains(MARKER) && robot.screen().contains("too small"));
    robot.resize(20, 5);
    assert!(robot.screen().contains("60x16"), "{}", robot.screen());
    robot.resize(80, 24);
    assert!(!robot.screen().contains(MARKER));
}

#[test]
fn the_mask_tells_no_length() {
    let robot = Robot::open(Lang::En, 80, 24);
    let masks: Vec<String> =
        robot.screen().split_whitespace().filter(|word| word.starts_with("***")).map(str::to_owned).collect();
    assert!(masks.iter().all(|mask| mask.len() == 12 || mask.len() == 6), "{masks:?}");
}

#[test]
fn locking_wipes_clears_and_asks_again() {
    let mut robot = Robot::open(Lang::En, 80, 24);
    robot.keys("/ g i t enter p f9");
    assert!(matches!(robot.app.screen, Screen::Locked(_)));
    assert_eq!(robot.clipboard.last(), Some(&None), "the clipboard is cleared");
    assert!(!robot.screen().contains("GitHub"), "{}", robot.screen());
    robot.types(MASTER).keys("enter");
    assert_eq!(robot.app.open().unwrap().list.search.text(), "", "the search is forgotten");
}

#[test]
fn idle_locks_and_sleep_counts() {
    let mut robot = Robot::open(Lang::En, 80, 24);
    robot.wait(299);
    assert!(robot.app.open().is_some());
    robot.wait(2);
    assert!(matches!(robot.app.screen, Screen::Locked(_)));
    assert!(robot.screen().contains("no key was pressed"));

    let mut robot = Robot::open(Lang::En, 80, 24);
    robot.pass(Duration::from_secs(3600));
    // - the first key after the lid opened finds a locked vault and does nothing else
    robot.keys("p");
    assert!(matches!(robot.app.screen, Screen::Locked(_)) && robot.clipboard.is_empty());
}

#[test]
fn panic_blanks_until_a_key_and_that_key_is_not_typed() {
    let mut robot = Robot::open(Lang::En, 80, 24);
    robot.keys("ctrl+\\");
    assert_eq!(robot.screen().trim(), "Locked. Press any key.");
    robot.keys("x");
    assert!(robot.screen().contains("Master password"));
    let Screen::Locked(state) = &robot.app.screen else { panic!("locked") };
    assert!(state.field.is_empty());
}

#[test]
fn esc_cancels_the_key_derivation_and_a_late_result_is_dropped() {
    let mut robot = Robot::start(Some(sample()), Lang::En, 80, 24);
    robot.hold = true;
    robot.types(MASTER).keys("enter");
    assert!(matches!(robot.app.screen, Screen::Opening(_)));
    robot.keys("esc");
    assert!(matches!(robot.app.screen, Screen::Locked(_)));
    robot.release();
    assert!(matches!(robot.app.screen, Screen::Locked(_)), "the late result opens nothing");
}

#[test]
fn creating_writes_nothing_before_the_end() {
    let mut robot = Robot::start(None, Lang::En, 80, 24);
    robot.keys("enter enter").types(MASTER).keys("enter").types(MASTER);
    assert!(robot.disk.names().is_empty());
    robot.keys("esc");
    assert!(robot.disk.names().is_empty());
    // - back and forth: what was typed is still there; then a mistake, then right
    robot.keys("enter ctrl+u").types("other").keys("enter enter");
    assert!(robot.screen().contains("not the same") && robot.disk.names().is_empty(), "{}", robot.screen());
    robot.keys("ctrl+u").types(MASTER).keys("enter enter");
    assert!(robot.app.open().is_some(), "{}", robot.screen());
    assert_eq!(robot.on_disk().vault().entries().count(), 0);
}

#[test]
fn creating_never_replaces_a_file_that_came_meanwhile() {
    let mut robot = Robot::start(None, Lang::En, 80, 24);
    robot.keys("enter enter").types(MASTER).keys("enter").types(MASTER);
    robot.disk.put(&robot::path(), b"somebody's".to_vec());
    robot.keys("enter enter");
    assert_eq!(robot.disk.bytes(&robot::path()).unwrap(), b"somebody's");
    assert!(robot.screen().contains("already"), "{}", robot.screen());
}

#[test]
fn the_trash_takes_and_z_gives_back_on_the_disk_too() {
    let mut robot = Robot::open(Lang::En, 80, 24);
    let trashed = |robot: &Robot| {
        let open = robot.on_disk();
        open.vault().entries().filter(|entry| entry.state() == mamori::model::State::Trashed).count()
    };
    robot.keys("/ g i t enter d");
    assert_eq!(trashed(&robot), 1);
    assert!(!robot.screen().contains("hana-dev"));
    robot.keys("z");
    assert_eq!(trashed(&robot), 0);
    assert!(robot.screen().contains("GitHub"));
    robot.keys("Z");
    assert_eq!(trashed(&robot), 1);
    robot.keys("z *");
    assert_eq!(robot.on_disk().vault().entries().filter(|entry| entry.favourite()).count(), 1);
    assert!(robot.app.shell.unwritten.is_none());
}

#[test]
fn a_full_disk_and_a_lock_lose_nothing() {
    let mut robot = Robot::open(Lang::En, 80, 24);
    let before = robot.disk.bytes(&robot::path());
    robot.disk.fault(1, mamori::store::memory::Fault::Fail(std::io::ErrorKind::StorageFull));
    robot.keys("/ g i t enter d");
    assert!(
        robot.screen().contains("the disk is full") && robot.screen().contains("not saved yet"),
        "{}",
        robot.screen()
    );
    assert_eq!(robot.disk.bytes(&robot::path()), before);
    robot.keys("L");
    assert!(robot.app.shell.unwritten.is_some());
    assert!(robot.screen().contains("not on the disk yet"), "{}", robot.screen());
    // - ten seconds later it is tried again, locked or not
    robot.wait(11);
    assert!(robot.app.shell.unwritten.is_none());
    let open = robot.on_disk();
    assert_eq!(
        open.vault().entries().filter(|entry| entry.state() == mamori::model::State::Trashed).count(),
        1
    );
}

#[test]
fn quitting_with_unwritten_changes_asks_twice() {
    let mut robot = Robot::open(Lang::En, 80, 24);
    robot.hold = true;
    robot.keys("d");
    robot.keys("q");
    assert!(!robot.app.shell.ended && robot.screen().contains("not on the disk"), "{}", robot.screen());
    robot.keys("q");
    assert!(robot.app.shell.ended);
}

#[test]
fn two_sessions_are_joined() {
    let mut robot = Robot::open(Lang::En, 120, 40);
    let mut other = robot.on_disk();
    put(&mut other, &Wanted { title: "from elsewhere", user: "them", ..robot::NOTHING });
    robot.disk.put(&robot::path(), sealed(other));
    robot.keys("/ g i t enter d");
    assert!(robot.screen().contains("Another session"), "{}", robot.screen());
    let open = robot.on_disk();
    let titles: Vec<&str> = open.vault().entries().map(|entry| entry.title()).collect();
    assert!(titles.contains(&"from elsewhere"));
    assert_eq!(
        open.vault().entries().filter(|entry| entry.state() == mamori::model::State::Trashed).count(),
        1
    );
}

#[test]
fn a_password_changed_elsewhere_locks_and_loses_no_change() {
    let mut robot = Robot::open(Lang::En, 80, 24);
    let mut other = robot.on_disk();
    let slot = NewSlot { credential: credential("new S3CRET"), name: String::new(), params: Params::LEAST };
    other.rekey(&[slot], robot::NOON, &mut System).unwrap();
    robot.disk.put(&robot::path(), sealed(other));
    robot.keys("/ g i t enter d");
    assert!(matches!(robot.app.screen, Screen::Locked(_)));
    assert!(robot.screen().contains("changed elsewhere"), "{}", robot.screen());
    robot.types(MASTER).keys("enter");
    assert!(robot.screen().contains("does not open"), "{}", robot.screen());
    robot.types("new S3CRET").keys("enter");
    assert!(robot.app.open().is_some() && robot.app.shell.unwritten.is_none(), "{}", robot.screen());
    let device = Device { writer: 3, name: "check".into() };
    let bytes = robot.disk.bytes(&robot::path()).unwrap();
    let open = Sealed::read(bytes).unwrap().open(&credential("new S3CRET"), device, None).unwrap();
    assert_eq!(
        open.vault().entries().filter(|entry| entry.state() == mamori::model::State::Trashed).count(),
        1
    );
}

#[test]
fn the_outline_has_one_focus_and_no_secret() {
    for keys in ["", "/ m", "/ m i z u enter enter", "/ m i z u enter enter j", "/ z z z"] {
        let mut robot = Robot::open(Lang::Ja, 80, 24);
        robot.keys(keys);
        let rows = mamori::tui::view::outline(&robot.app);
        let focused = rows.iter().filter(|row| row.focus).count();
        assert_eq!(focused, usize::from(!rows.is_empty()), "{keys}: {rows:?}");
        assert!(!format!("{rows:?}").contains(MARKER));
    }
    let mut robot = Robot::start(None, Lang::En, 80, 24);
    robot.keys("enter enter").types(MASTER);
    let rows = mamori::tui::view::outline(&robot.app);
    assert_eq!((rows.iter().filter(|row| row.focus).count(), rows[1].value.len()), (1, MASTER.len()));
}

#[test]
fn f5_reads_what_another_session_wrote() {
    let mut robot = Robot::open(Lang::En, 120, 40);
    robot.keys("f5");
    assert!(robot.screen().contains("Nothing new"));
    let mut other = robot.on_disk();
    put(&mut other, &Wanted { title: "AAA new", ..robot::NOTHING });
    robot.disk.put(&robot::path(), sealed(other));
    robot.keys("R");
    assert!(robot.screen().contains("AAA new"), "{}", robot.screen());
}

#[test]
fn another_sessions_save_is_seen_within_two_seconds() {
    let mut robot = Robot::open(Lang::En, 120, 40);
    robot.wait(3);
    let mut other = robot.on_disk();
    put(&mut other, &Wanted { title: "AAA new", ..robot::NOTHING });
    robot.disk.put(&robot::path(), sealed(other));
    robot.wait(2);
    assert!(robot.screen().contains("AAA new"), "{}", robot.screen());
    // - a save of our own is not read again
    robot.keys("*").wait(5);
    let loads = robot.effects.iter().filter(|effect| effect.starts_with("Load")).count();
    assert_eq!(loads, 2, "at the start, and once for the other session");
}

#[test]
fn clearing_is_never_claimed_where_it_was_only_sent() {
    let mut robot = Robot::open(Lang::En, 80, 24);
    robot.copies = Ok(Place::Terminal);
    robot.clears = Cleared::Sent;
    robot.keys("/ g i t enter p");
    robot.event(Event::Focus(false));
    robot.wait(31);
    assert!(
        robot.screen().contains("return to this window") && !robot.screen().contains("cleared"),
        "{}",
        robot.screen()
    );
    let before = robot.clipboard.len();
    robot.event(Event::Focus(true));
    assert_eq!(robot.clipboard.len(), before + 1, "it is sent again");
    assert!(robot.screen().contains("Clear sent"));
    robot.event(Event::Focus(true));
    assert_eq!(robot.clipboard.len(), before + 1, "and not a third time");
}

#[test]
fn coming_back_before_the_time_leaves_the_copy_alone() {
    let mut robot = Robot::open(Lang::En, 80, 24);
    robot.keys("p");
    robot.event(Event::Focus(false));
    robot.event(Event::Focus(true));
    assert!(robot.clipboard.last().unwrap().is_some());
}

#[test]
fn a_copy_that_fails_leaves_the_one_before_to_its_time() {
    let mut robot = Robot::open(Lang::En, 80, 24);
    robot.keys("/ g i t enter u");
    robot.copies = Err(CopyFailure::TooLong);
    robot.keys("p");
    assert!(robot.screen().contains("too long"));
    robot.wait(31);
    assert_eq!(robot.clipboard, [Some("hana-dev".to_owned()), None]);
}

#[test]
fn no_clipboard_says_what_else_helps() {
    let mut robot = Robot::open(Lang::Ja, 80, 24);
    robot.copies = Err(CopyFailure::NoClipboard);
    robot.keys("p");
    assert!(robot.screen().contains("v で表示"), "{}", robot.screen());
    robot.keys("x");
    assert!(robot.screen().contains("残っていません"));
}

#[test]
fn signals_clear_and_end() {
    let mut robot = Robot::open(Lang::En, 80, 24);
    robot.keys("/ g i t enter p");
    robot.event(Event::Terminate);
    assert!(robot.app.shell.ended && robot.app.open().is_none());
    assert_eq!(robot.clipboard.last(), Some(&None));
}

#[test]
fn the_input_method_may_stay_on() {
    let mut robot = Robot::open(Lang::Ja, 80, 24);
    robot.types("ｊ");
    assert_eq!(robot.app.open().unwrap().list.cursor, 1);
    assert!(robot.screen().contains("日本語入力がオンです"));
    robot.types("みずほ");
    let open = robot.app.open().unwrap();
    assert_eq!((open.list.search.text(), open.list.hits.len()), ("みずほ", 1));
}

#[test]
fn a_paste_is_never_keys_and_never_enter() {
    let mut robot = Robot::open(Lang::En, 80, 24);
    robot.pastes("git\nd");
    let open = robot.app.open().unwrap();
    assert_eq!(open.list.search.text(), "git");
    assert!(open.undo.is_empty());

    let mut robot = Robot::start(Some(sample()), Lang::En, 80, 24);
    robot.pastes(&format!("{MASTER}\n"));
    assert!(matches!(robot.app.screen, Screen::Locked(_)), "a paste does not press Enter");
    robot.keys("enter");
    assert!(robot.app.open().is_some());
}

#[test]
fn what_is_wrong_with_the_file_is_told_before_a_password_is_typed() {
    let truncated = sample().get(..300).unwrap().to_vec();
    let mut newer = sample();
    newer[6] = 9;
    for (bytes, said) in
        [(b"PK".to_vec(), "not a mamori vault"), (truncated, "damaged"), (newer, "newer mamori")]
    {
        let robot = Robot::start(Some(bytes), Lang::En, 80, 24);
        assert!(robot.screen().contains(said), "{}", robot.screen());
    }
}

#[test]
fn a_field_refuses_what_does_not_fit() {
    let mut robot = Robot::start(Some(sample()), Lang::En, 80, 24);
    robot.pastes(&"x".repeat(1025));
    assert!(robot.screen().contains("field is full"));
    let Screen::Locked(state) = &robot.app.screen else { panic!("locked") };
    assert!(state.field.is_empty());
}

#[test]
fn f2_turns_the_language_and_it_is_remembered() {
    let mut robot = Robot::start(Some(sample()), Lang::Ja, 80, 24);
    assert!(robot.screen().contains("マスターパスワード"));
    robot.keys("f2");
    assert!(robot.screen().contains("Master password"));
    assert!(robot.effects.iter().any(|effect| effect.contains("Remember") && effect.contains("En")));
}

#[test]
fn esc_goes_back_one_step_at_a_time_and_never_quits_an_open_vault() {
    let mut robot = Robot::open(Lang::En, 80, 24);
    robot.keys("/ g i t enter enter v y");
    for _ in 0..4 {
        robot.keys("esc");
    }
    let open = robot.app.open().unwrap();
    assert_eq!((open.list.search.text(), open.reveal.is_none()), ("", true));
    robot.keys("esc esc esc");
    assert!(robot.app.open().is_some() && !robot.app.shell.ended);
    robot.keys("q");
    assert!(robot.app.shell.ended);
}

#[test]
fn ctrl_c_twice_quits_from_anywhere() {
    for keys in ["", "/ g", "?", ": x", "y", "enter v"] {
        let mut robot = Robot::open(Lang::En, 80, 24);
        robot.keys(keys).keys("ctrl+c");
        assert!(!robot.app.shell.ended, "{keys}");
        robot.keys("ctrl+c");
        assert!(robot.app.shell.ended, "{keys}");
    }
    let mut robot = Robot::open(Lang::En, 80, 24);
    robot.keys("ctrl+c").wait(2).keys("ctrl+c");
    assert!(!robot.app.shell.ended, "two seconds apart is not twice");
}

#[test]
fn the_story_is_playable_with_arrows_and_enter() {
    let mut robot = Robot::open(Lang::Ja, 80, 24);
    for _ in 0..20 {
        if robot.screen().contains(">  GitHub") {
            break;
        }
        robot.keys("down");
    }
    robot.keys("up down enter down enter");
    assert_eq!(robot.clipboard, [Some("S3CRET github".to_owned())], "{}", robot.screen());
    robot.keys("esc tab tab");
    assert!(robot.app.open().is_some());
}

#[test]
fn every_command_is_in_the_palette_or_has_a_reason() {
    for spec in mamori::tui::command::TABLE {
        use mamori::tui::command::Scope;
        if !matches!(spec.scope, Scope::Entry | Scope::Browse | Scope::Anywhere) || spec.id.ends_with("-here")
        {
            continue;
        }
        if spec.id == "palette" {
            continue;
        }
        let mut robot = Robot::open(Lang::En, 80, 24);
        // - fields that the entry has not got are no choice
        if spec.command.field_number().is_some() && (spec.check)(&robot.app).is_err() {
            continue;
        }
        robot.keys(":").types(spec.id);
        let palette = robot.screen();
        let title = (mamori::text::catalog(Lang::En).tui.command)(spec.command);
        let reason = (spec.check)(&robot.app).err().map(mamori::text::catalog(Lang::En).tui.unavailable);
        let start: String = reason.unwrap_or(title).chars().take(30).collect();
        assert!(palette.contains(&start), "{}: {palette}", spec.id);
        robot.keys("enter");
        assert!(
            robot.app.shell.overlay.is_none()
                || spec.id == "help"
                || matches!(spec.id, "messages" | "vaults"),
            "{}",
            spec.id
        );
    }
}

// --- what never happens --------------------------------------------------------------------------

#[test]
fn no_snapshot_and_no_effect_holds_a_secret() {
    let mut seen = 0;
    for file in std::fs::read_dir(folder()).unwrap() {
        let path = file.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if !name.contains("_revealed") {
            let text = std::fs::read_to_string(&path).unwrap();
            assert!(!text.contains(MARKER), "{name}");
            seen += 1;
        }
    }
    assert!(seen > 30, "{seen} snapshots were looked at");
    let mut robot = Robot::open(Lang::En, 80, 24);
    robot.keys("/ m i z u enter p v u t o y n b b b d z * L").types(MASTER).keys("enter");
    assert!(robot.effects.len() > 12);
    for effect in &robot.effects {
        assert!(!effect.contains(MARKER), "{effect}");
    }
    assert!(!format!("{:?}", robot.app.shell).contains(MARKER));
    let event = Event::Key(Chord::parse("S").unwrap());
    assert_eq!(format!("{event:?}"), "Key(Chord(..))");
}

#[test]
fn drawing_reads_only_what_is_visible() {
    let mut open = empty();
    for at in 0..3000 {
        put(
            &mut open,
            &Wanted { title: &format!("entry {at:05}"), user: "u", password: "S3CRET", ..robot::NOTHING },
        );
    }
    let small = time_of_frames(Robot::open(Lang::En, 80, 24));
    let mut robot = Robot::start(Some(sealed(open)), Lang::En, 80, 24);
    robot.types(MASTER).keys("enter");
    let large = time_of_frames(robot);
    assert!(large < small * 6 + Duration::from_millis(20), "{small:?} for 12 entries, {large:?} for 3,000");
}

fn time_of_frames(mut robot: Robot) -> Duration {
    let start = std::time::Instant::now();
    for _ in 0..100 {
        robot.keys("j");
        robot.frame();
    }
    start.elapsed()
}

fn any_key() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-zA-Z0-9/?:*#!\\]\\[]",
        1 => "[ぁ-んァ-ヶ漢Ａ-Ｚａ-ｚ]",
        3 => prop::sample::select(vec![
            "enter", "esc", "tab", "shift+tab", "up", "down", "left", "right", "home", "end", "pgup", "pgdn",
            "backspace", "delete", "space", "f1", "f2", "f3", "f5", "ctrl+p", "ctrl+n", "ctrl+y", "ctrl+u",
            "ctrl+d", "ctrl+w", "ctrl+k", "ctrl+e", "ctrl+s", "ctrl+l", "g", "y", "v", "V", "d", "z", "Z",
        ]).prop_map(str::to_owned),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn any_keys_at_any_size_never_panic_and_the_cursor_stays_inside(
        keys in prop::collection::vec(any_key(), 1..60),
        sizes in prop::collection::vec((1u16..200, 1u16..60), 1..4),
        fresh in any::<bool>(),
    ) {
        let (width, height) = sizes[0];
        let mut robot = if fresh { Robot::start(None, Lang::Ja, width, height) } else { Robot::open(Lang::Ja, width, height) };
        for (at, key) in keys.iter().enumerate() {
            robot.keys(key);
            if at % 20 == 19 {
                let (width, height) = sizes[at / 20 % sizes.len()];
                robot.resize(width, height);
            }
            robot.pass(Duration::from_millis(700));
            let (buf, cursor) = robot.frame();
            prop_assert!(buf.area.contains(cursor), "{cursor:?} in {:?}", buf.area);
            for y in 0..buf.area.height {
                for x in 0..buf.area.width {
                    let cell = buf[(x, y)].symbol();
                    prop_assert!(cell.chars().all(|c| !mamori::text::sanitise::is_hostile(c)), "{cell:?}");
                    if unicode_width::UnicodeWidthStr::width(cell) == 2 {
                        prop_assert!(x + 1 < buf.area.width);
                        let tail = buf[(x + 1, y)].symbol();
                        prop_assert!(tail.trim().is_empty(), "{cell} is cut by {tail}");
                    }
                }
            }
        }
        prop_assert_eq!(robot.app.open().is_none_or(|open| open.list.hits.is_empty() || open.list.cursor < open.list.hits.len()), true);
    }
}

#[test]
fn a_stale_outcome_changes_nothing() {
    let mut robot = Robot::open(Lang::En, 80, 24);
    let before = robot.screen();
    let job = mamori::tui::effect::JobId(9999);
    robot.event(Event::Done(job, Outcome::Copied(Ok(Place::Desktop))));
    robot.event(Event::Done(job, Outcome::Cleared(Cleared::Done)));
    robot.event(Event::Done(job, Outcome::Loaded(Ok(vec![1, 2, 3]), None)));
    robot.event(Event::Done(job, Outcome::Written(Ok(mamori::tui::effect::Saved::Diverged(vec![1])))));
    assert_eq!(robot.screen(), before);
    let quit = format!("{:?}", Effect::Quit);
    assert!(!robot.effects.contains(&quit));
}

fn opened_sample(bytes: Vec<u8>) -> Open {
    let device = Device { writer: 7, name: "other".into() };
    Sealed::read(bytes).unwrap().open(&credential(MASTER), device, None).unwrap()
}

fn trash_first(open: &mut Open, now: u64) {
    let id = open.vault().entries().find(|entry| entry.title() == "GitHub").unwrap().id();
    open.apply(&mamori::ops::change::Change::Trash(id), now, &mut System).unwrap();
}

#[test]
fn what_an_earlier_run_could_not_save_comes_in_at_the_unlock() {
    let bytes = robot::sample();
    let mut robot = Robot::start(Some(bytes.clone()), Lang::En, 80, 24);
    let mut other = opened_sample(bytes);
    trash_first(&mut other, robot::NOON);
    let kept = other.seal(robot::NOON, &mut System).unwrap();
    robot.world.store.keep_unsaved(&kept).unwrap();
    robot.types(MASTER).keys("enter");
    assert!(robot.screen().contains("could not be saved last time"), "{}", robot.screen());
    let open = robot.on_disk();
    assert!(open.vault().entries().any(|entry| entry.state() == mamori::model::State::Trashed));
    assert!(robot.world.store.unsaved(&open.header().vault).is_empty());
}

#[test]
fn a_copy_that_was_put_back_is_said_and_one_from_before_a_password_change_is_only_read() {
    let mut robot = Robot::open(Lang::En, 80, 24);
    let bytes_then = robot.disk.bytes(&robot::path()).unwrap();
    robot.keys("/ g i t enter d L");
    robot.disk.put(&robot::path(), bytes_then.clone());
    robot.types(MASTER).keys("enter");
    assert!(robot.screen().contains("older copy"), "{}", robot.screen());
    robot.keys("esc L");
    // Another session changes the master password and saves; then the old file is put back.
    let mut other = opened_sample(bytes_then.clone());
    let new = NewSlot { credential: credential("new S3CRET"), name: String::new(), params: Params::LEAST };
    other.rekey(&[new], robot::NOON, &mut System).unwrap();
    let why = mamori::store::Why::Important;
    mamori::commit::commit(&robot.world.store, &mut other, why, robot::NOON, &mut System).unwrap();
    robot.disk.put(&robot::path(), bytes_then.clone());
    robot.types(MASTER).keys("enter");
    assert!(robot.screen().contains("read-only"), "{}", robot.screen());
    robot.keys("esc / g i t enter d");
    assert!(robot.screen().contains("can only be read here"), "{}", robot.screen());
    assert_eq!(robot.disk.bytes(&robot::path()).unwrap(), bytes_then);
}

/// What a longer query finds is not always among what a shorter one found: `oo` is no spelling of a
/// sound, ﾊ and ﾞ become one letter.
#[test]
fn typing_letter_by_letter_finds_what_the_whole_word_finds() {
    let mut open = opened_sample(robot::sample());
    for title in ["おおさか", "いいだ"] {
        let mut entropy = System;
        let mut sealer = open.sealer(&mut entropy);
        let kind = mamori::model::Kind::Login;
        let mut edit = mamori::ops::edit::EntryEdit::new(&mut sealer, kind, robot::NOON).unwrap();
        edit.text(mamori::model::Tag::TITLE, title);
        let change = edit.finish().unwrap();
        open.apply(&change, robot::NOON, &mut System).unwrap();
    }
    let bytes = open.seal(robot::NOON, &mut System).unwrap().bytes;
    for (typed, title) in
        [("oosaka", "おおさか"), ("iida", "いいだ"), ("ｻｰﾊﾞｰ", "エックスサーバー"), ("mizuho", "みずほ")]
    {
        let mut robot = Robot::start(Some(bytes.clone()), Lang::Ja, 80, 24);
        robot.types(MASTER).keys("enter /").types(typed);
        assert!(robot.screen().contains(title), "{typed}: {}", robot.screen());
    }
}

#[test]
fn a_job_that_breaks_off_is_told_and_nothing_waits_for_it() {
    let mut robot = Robot::start(Some(robot::sample()), Lang::En, 80, 24);
    robot.hold = true;
    robot.types(MASTER).keys("enter");
    let lost = effect::lost(&robot.held.remove(0)).unwrap();
    robot.event(Event::Done(lost.0, lost.1));
    assert!(robot.screen().contains("broke off"), "{}", robot.screen());
    robot.hold = false;
    robot.types(MASTER).keys("enter");
    assert!(robot.app.open().is_some());
    robot.hold = true;
    robot.keys("/ g i t enter d").seal();
    let lost = effect::lost(&robot.held.remove(0)).unwrap();
    robot.hold = false;
    robot.event(Event::Done(lost.0, lost.1));
    assert!(
        robot.screen().contains("broke off") && robot.app.shell.unwritten.is_some(),
        "{}",
        robot.screen()
    );
    robot.wait(11);
    assert!(robot.app.shell.unwritten.is_none());
}
