//! An import of 100,000 rows in the real program, and acts on 10,000 marked entries, with a key every
//! 20 ms: each is answered while the work goes on. Prints the slowest answers; asserts only what no
//! busy machine breaks.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a test, and it tells what it measured")]

mod common;
#[path = "common/pty.rs"]
mod pty;

use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use mamori::commit;
use mamori::model::{Entry, Kind, State, Tag};
use mamori::ops::change::Change;
use mamori::ops::edit::EntryEdit;
use mamori::platform::entropy::System;
use mamori::session::Open;
use mamori::store::Store;
use mamori::store::disk::Real;
use portable_pty::CommandBuilder;
use pty::Pty;

const ROWS: usize = 100_000;

/// A key every so often.
const EVERY: Duration = Duration::from_millis(20);

/// How long an answer may take on a machine that does ten other things.
const GENEROUS: Duration = Duration::from_secs(1);

/// How long the whole may take there.
const PATIENCE: Duration = Duration::from_secs(120);

/// An export as RoboForm writes it.
fn export() -> String {
    let mut all = "Name,Url,MatchUrl,Login,Pwd,Note,Folder,RfFieldsV2\r\n".to_owned();
    for row in 0..ROWS {
        let (url, user) = (format!("https://s{row}.example/login"), format!("user{row}@example.jp"));
        let folder = row % 50;
        let _ = write!(
            all,
            "site {row},{url},{url},{user},S3CRET-{row}-x,,/folder {folder},\
             \"User ID$,,,txt,{user}\",\"Password$,,,pwd,S3CRET-{row}-x\"\r\n"
        );
    }
    all
}

struct Desk {
    folder: PathBuf,
    pty: Pty,
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// An empty vault.
fn empty() -> Open {
    let slot = common::slot(common::password("first"));
    Open::create(&[slot], common::device(1, "desk"), &mut System).unwrap()
}

/// A vault of so many entries with user names, folders and passwords.
fn of(count: usize) -> Open {
    let mut open = empty();
    let mut random = System;
    let changes = (0..count).map(|number| {
        let mut sealer = open.sealer(&mut random);
        let mut edit = EntryEdit::new(&mut sealer, Kind::Login, 1_000).unwrap();
        edit.text(Tag::TITLE, &format!("site {number:05}"));
        edit.text(Tag::USERNAME, &format!("user{number}@example.jp"));
        edit.text(Tag::FOLDER, &format!("folder {}", number % 50));
        edit.secret(Tag::PASSWORD, format!("S3CRET-{number}-x").as_bytes()).unwrap();
        edit.finish().unwrap()
    });
    let change = Change::Many(changes.collect());
    open.apply(&change, 1_000, &mut System).unwrap();
    open
}

/// The program in front of a vault.
fn desk(name: &str, open: Open) -> Desk {
    sized(name, open, (80, 24))
}

/// The same in a window of this size.
fn sized(name: &str, mut open: Open, (columns, lines): (u16, u16)) -> Desk {
    let folder = std::env::temp_dir().join(format!("mamori-busy-{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let vault = folder.join("vault.mamori");
    let store = Store::new(Arc::new(Real), vault.clone(), folder.join("state"));
    commit::create(&store, &mut open, 2_000, &mut System).unwrap();
    // - another build of the program can be measured, too
    let program = std::env::var("MAMORI_PROGRAM").unwrap_or(env!("CARGO_BIN_EXE_mamori").to_owned());
    let mut command = CommandBuilder::new(program);
    command.args(["--lang", "en", "--vault"]);
    command.arg(&vault);
    for (variable, value) in [
        ("XDG_STATE_HOME", folder.join("state")),
        ("XDG_CONFIG_HOME", folder.join("config")),
        ("HOME", folder.clone()),
        ("TERM", "xterm-256color".into()),
        ("LANG", "C.UTF-8".into()),
    ] {
        command.env(variable, value);
    }
    for variable in ["TMUX", "DISPLAY", "WAYLAND_DISPLAY", "SSH_TTY", "SSH_CONNECTION"] {
        command.env_remove(variable);
    }
    Desk { folder, pty: Pty::sized(command, columns, lines) }
}

/// How long an answer took.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Answer {
    /// By the wall.
    wall: Duration,
    /// How long the thread that answers worked meanwhile, which no other work of the machine makes longer.
    worked: Duration,
    /// How long it would have worked and had no processor.
    waited: Duration,
}

/// How long answers took; sorted once they are told.
#[derive(Default)]
struct Answers(Vec<Answer>);

/// How long the thread that answers has worked so far, and waited for a processor; zero where the system
/// does not tell.
fn so_far(pty: &Pty) -> (Duration, Duration) {
    let told = || {
        let id = pty.child.process_id()?;
        let all = std::fs::read_to_string(format!("/proc/{id}/task/{id}/schedstat")).ok()?;
        let mut numbers = all.split(' ').map(|number| number.parse().ok().map(Duration::from_nanos));
        Some((numbers.next()??, numbers.next()??))
    };
    told().unwrap_or_default()
}

impl Answers {
    /// Presses keys, then the one that turns the language of the screen; waits for that, and until it is
    /// time for the next key.
    fn press(&mut self, pty: &mut Pty, keys: &[u8], english: &mut bool) {
        // - the header names the other language
        let wanted = if *english { "English" } else { "日本語" };
        let (at, before, begun) = (pty.written(), so_far(pty), Instant::now());
        pty.keys(keys);
        // - an Esc that something follows at once would be another key
        let paused = if keys.ends_with(b"\x1b") { EVERY * 2 } else { Duration::ZERO };
        std::thread::sleep(paused);
        pty.keys(b"\x1bOQ");
        assert!(pty.waits(at, wanted, PATIENCE), "no answer");
        let wall = begun.elapsed().saturating_sub(paused);
        let now = so_far(pty);
        let (worked, waited) = (now.0.saturating_sub(before.0), now.1.saturating_sub(before.1));
        self.0.push(Answer { wall, worked, waited });
        *english = !*english;
        std::thread::sleep(EVERY.saturating_sub(wall));
    }

    fn slowest(&self) -> Duration {
        self.0.iter().map(|answer| answer.wall).max().unwrap_or_default()
    }

    fn told(&mut self, what: &str) {
        self.0.sort_unstable();
        let at = |part: usize| {
            let at = (self.0.len() * part / 100).min(self.0.len().saturating_sub(1));
            self.0.get(at).copied().unwrap_or_default()
        };
        let ms = |time: Duration| time.as_secs_f64() * 1000.0;
        let (slowest, busiest) = (at(100), self.0.iter().map(|answer| answer.worked).max());
        println!(
            "{what}: {} keys, median {:.1} ms, slowest hundredth {:.1} ms, slowest {:.1} ms (worked {:.1} ms, \
             no processor for {:.1} ms), most work {:.1} ms",
            self.0.len(),
            ms(at(50).wall),
            ms(at(99).wall),
            ms(slowest.wall),
            ms(slowest.worked),
            ms(slowest.waited),
            ms(busiest.unwrap_or_default())
        );
    }
}

/// Presses F2 every 20 ms, which turns the language of the whole screen, until `end` is on it in
/// either language; how long each answer took.
fn press_until(pty: &mut Pty, english: &mut bool, end: [&str; 2]) -> Answers {
    let from = pty.written();
    press_until_from(pty, from, english, end)
}

/// The same, where what it waits for may have come since `from`.
fn press_until_from(pty: &mut Pty, from: usize, english: &mut bool, end: [&str; 2]) -> Answers {
    let begun = Instant::now();
    let mut answers = Answers::default();
    while !end.iter().any(|words| pty.seen(from, words)) {
        assert!(begun.elapsed() < PATIENCE, "it does not end");
        answers.press(pty, b"", english);
    }
    answers
}

#[test]
fn keys_are_answered_while_a_hundred_thousand_rows_come_in() {
    let mut desk = desk("import", empty());
    #[expect(clippy::disallowed_methods, reason = "an export is no vault")]
    std::fs::write(desk.folder.join("roboform.csv"), export()).unwrap();
    let pty = &mut desk.pty;
    pty.wait_for("Master password");
    pty.keys(b"first\r");
    pty.wait_for("type to search");
    pty.keys(b":import\r");
    pty.wait_for("File to import");
    let path = desk.folder.join("roboform.csv");
    pty.keys(path.to_str().unwrap().as_bytes());
    pty.wait_for("roboform.csv");
    pty.keys(b"\r");
    pty.wait_for("Reading the export");
    let mut english = true;
    let mut reading = press_until(pty, &mut english, ["What would come in", "取り込みの下見"]);
    reading.told("reading and comparing 100,000 rows");
    pty.keys(b"\r");
    let mut applying = press_until(pty, &mut english, ["still holds every password", "平文で残っています"]);
    applying.told("taking them in");
    assert!(reading.0.len() >= 5, "keys were answered before it was read");
    let slowest = reading.slowest().max(applying.slowest());
    assert!(slowest < GENEROUS, "{slowest:?}");
    // - and it is on the disk
    let vault = desk.folder.join("vault.mamori");
    let begun = Instant::now();
    while std::fs::metadata(&vault).unwrap().len() < 10_000_000 {
        assert!(begun.elapsed() < PATIENCE, "it is not saved");
        std::thread::sleep(Duration::from_millis(20));
    }
    let opened = common::reopen(std::fs::read(&vault).unwrap(), &common::password("first"), 2).unwrap();
    assert_eq!(opened.vault().entries().count(), ROWS);
}

/// How many entries are marked; another number can be measured, too.
fn marked() -> usize {
    std::env::var("MAMORI_MARKED").ok().and_then(|count| count.parse().ok()).unwrap_or(10_000)
}

#[test]
fn keys_are_answered_while_ten_thousand_marked_entries_change() {
    let count = marked();
    let mut desk = desk("marked", of(count));
    let pty = &mut desk.pty;
    pty.wait_for("Master password");
    pty.keys(b"first\r");
    pty.wait_for("type to search");
    let mut english = true;
    let mut all = Answers::default();
    // - what is pressed, and a word of what is told at its end in either language
    let acts: [(&str, &[u8], [&str; 2]); 8] = [
        ("favourites", b"a*", ["Done:", "お気に入り登録"]),
        ("undone", b"z", ["Undone:", "元に戻しました"]),
        ("tags", b"#new\r\r", ["changed tags", "タグの付け外し"]),
        ("folder", b"mnew\r", ["Done: moved", "フォルダーへの移動"]),
        ("archived", b":archive\r", ["Done: archived", "アーカイブ"]),
        ("undone", b"z", ["Undone:", "元に戻しました"]),
        // - what the archive took out of the list was marked no longer
        ("to the trash", b"ad\x1b[B\r", ["to the trash", "ごみ箱への移動"]),
        ("restored", b"gba\r", ["restored", "復元"]),
    ];
    for (what, keys, end) in acts {
        if !english {
            pty.keys(b"\x1bOQ");
            english = true;
            std::thread::sleep(EVERY * 5);
        }
        let from = pty.written();
        pty.keys(keys);
        let mut answers = press_until_from(pty, from, &mut english, end);
        answers.told(&format!("{what}, {count} entries"));
        all.0.append(&mut answers.0);
    }
    all.told("all of it");
    assert!(all.slowest() < GENEROUS, "{:?}", all.slowest());
    // - the vault is on the disk with the last of it
    let begun = Instant::now();
    loop {
        let bytes = std::fs::read(desk.folder.join("vault.mamori")).unwrap();
        let opened = common::reopen(bytes, &common::password("first"), 2).unwrap();
        let done = |entry: Entry<'_>| {
            entry.folder() == "new" && entry.tags() == ["new"] && entry.state() == State::Active
        };
        if opened.vault().entries().filter(|entry| done(*entry)).count() == count {
            break;
        }
        assert!(begun.elapsed() < PATIENCE, "it is not saved");
        std::thread::sleep(Duration::from_millis(200));
    }
}

/// One entry changes among very many, and pages that look at all of them open: neither the key that does it
/// waits, nor those that follow while the vault is sealed, written and checked.
#[test]
fn keys_are_answered_whatever_is_done_among_a_hundred_thousand() {
    let count = std::env::var("MAMORI_AMONG").ok().and_then(|count| count.parse().ok()).unwrap_or(ROWS);
    let mut desk = sized("one", of(count), (160, 48));
    let pty = &mut desk.pty;
    pty.wait_for("Master password");
    pty.keys(b"first\r");
    pty.wait_for("type to search");
    let mut english = true;
    let mut all = Answers::default();
    let acts: [(&str, &[u8]); 33] = [
        ("a favourite", b"j*"),
        ("undone", b"z"),
        ("to the trash", b"d"),
        ("the trash", b"gb"),
        ("restored", b"\r"),
        ("back", b"\x1b"),
        ("the sort menu", b"S"),
        ("another order", b"j\r"),
        ("the order of before", b"Sk\r"),
        ("health", b"gh"),
        ("back", b"\x1b"),
        ("codes", b"gt"),
        ("back", b"\x1b"),
        ("folders", b":folders\r"),
        ("back", b"\x1b"),
        ("a search", b"/site 9999"),
        ("kept", b"\r"),
        ("left", b"\x1b"),
        ("all marked", b"a"),
        ("none marked", b"a"),
        ("what falls", b"f"),
        ("back", b"\x1b"),
        ("history", b"H"),
        ("back", b"\x1b"),
        ("the generator", b"r"),
        ("back", b"\x1b"),
        ("a form", b"n\rAAA"),
        ("a new entry", b"\x13"),
        ("edited", b"eB\x13"),
        ("moved", b"m"),
        ("to another folder", b"folder 7\r"),
        ("export", b":export\r"),
        ("back", b"\x1b"),
    ];
    for (what, keys) in acts {
        let mut first = Answers::default();
        first.press(pty, keys, &mut english);
        first.told(what);
        let mut after = Answers::default();
        (0..25).for_each(|_| after.press(pty, b"", &mut english));
        after.told("  keys after it");
        for mut one in [first, after] {
            all.0.append(&mut one.0);
        }
    }
    all.told("all of it");
    assert!(all.slowest() < GENEROUS, "{:?}", all.slowest());
}

/// A trash of very many: opened, all of it marked, restored; each key apart, so that it is seen which waits.
#[test]
fn keys_are_answered_in_a_trash_of_a_hundred_thousand() {
    let count = std::env::var("MAMORI_AMONG").ok().and_then(|count| count.parse().ok()).unwrap_or(ROWS);
    let mut desk = sized("trash", of(count), (160, 48));
    let pty = &mut desk.pty;
    pty.wait_for("Master password");
    pty.keys(b"first\r");
    pty.wait_for("type to search");
    let from = pty.written();
    pty.keys(b"ad\x1b[B\r");
    assert!(pty.waits(from, "to the trash. z", PATIENCE), "they are not in the trash");
    let mut english = true;
    let mut all = Answers::default();
    let acts: [(&str, &[u8]); 9] = [
        ("the trash", b"gb"),
        ("back", b"\x1b"),
        ("the trash again", b"gb"),
        ("all marked", b"a"),
        ("none marked", b"a"),
        ("all marked again", b"a"),
        ("to be deleted for ever", b"D"),
        ("not after all", b"\x1b"),
        ("restored", b"\r"),
    ];
    for (what, keys) in acts {
        let mut first = Answers::default();
        first.press(pty, keys, &mut english);
        first.told(what);
        all.0.append(&mut first.0);
    }
    let mut after = press_until(pty, &mut english, ["entries restored", "件を復元"]);
    after.told("  keys until it is done");
    all.0.append(&mut after.0);
    all.told("all of it");
    assert!(all.slowest() < GENEROUS, "{:?}", all.slowest());
}
