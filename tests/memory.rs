//! The memory of the hardened program, searched from outside while it runs: right after unlocking,
//! while idle, after a revealed password is hidden, after locking. In UTF-8, UTF-16, UTF-32, hex,
//! base64 and at strides 1 to 64, in every writable map, stacks included. A planted secret must be
//! found, or the search proves nothing.
//!
//! `MAMORI_PROGRAM` names another build of the program (CI gives the release build).
//!
//! It needs to read another process's memory although that process is not dumpable: root, or a user
//! namespace of one's own. Elsewhere it says that it skips; with CI=true that is a failure.

#![allow(clippy::print_stdout, reason = "a test says when it skips")]

mod common;
#[path = "common/pty.rs"]
mod pty;

use std::os::unix::fs::FileExt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use common::{add, slot};
use mamori::commit;
use mamori::crypto::kdf::Params;
use mamori::platform::entropy::System;
use mamori::session::{NewSlot, Open};
use mamori::store::Store;
use mamori::store::disk::Real;
use portable_pty::CommandBuilder;
use pty::Pty;

const MASTER: &str = "Zq7-Vermilion-Kestrel";
const ENTRY: &str = "Xk9-Obsidian-Lantern";
const TITLE: &str = "Quixotic-Title-Wombat";
/// Words that nothing is found by.
const SEARCH: &str = "Jabberwock-Parsley";
/// A password that is half typed in a form when it is locked.
const DRAFT: &str = "Vx3-Cobalt-Marmoset";

struct Desk {
    folder: PathBuf,
    pty: Pty,
    /// The vault's data key.
    key: [u8; 32],
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn desk(name: &str, before: &[&str]) -> Desk {
    let folder = std::env::temp_dir().join(format!("mamori-memory-{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("made");
    let vault = folder.join("vault.mamori");
    let store = Store::new(Arc::new(Real), vault.clone(), folder.join("state"));
    let new = NewSlot { params: Params::LEAST, ..slot(common::password(MASTER)) };
    let mut open = Open::create(&[new], common::device(1, "desk"), &mut System).expect("made");
    add(&mut open, TITLE, ENTRY, 1_000);
    commit::create(&store, &mut open, 2_000, &mut System).expect("created");
    let program = std::env::var_os("MAMORI_PROGRAM").unwrap_or_else(|| env!("CARGO_BIN_EXE_mamori").into());
    if !before.is_empty() {
        // - the folder is the other user's
        let given = std::process::Command::new("chown").args(["-R", "65534:65534"]).arg(&folder).status();
        assert!(given.is_ok_and(|status| status.success()));
    }
    let before = before.iter().map(std::ffi::OsString::from);
    let mut command = CommandBuilder::from_argv(before.chain([program]).collect());
    command.args(["--lang", "en", "--vault"]);
    command.arg(&vault);
    for (variable, value) in [
        ("XDG_STATE_HOME", folder.join("state")),
        ("XDG_CONFIG_HOME", folder.join("config")),
        ("XDG_DATA_HOME", folder.join("data")),
    ] {
        command.env(variable, value);
    }
    command.env("TERM", "xterm-256color");
    command.env_remove("TMUX");
    command.env_remove("DISPLAY");
    let pty = Pty::start(command);
    pty.wait_for("Master");
    Desk { folder, pty, key: *open.key().expose() }
}

fn forms(secret: &str) -> Vec<(&'static str, Vec<u8>)> {
    let hex: String = secret.bytes().map(|byte| format!("{byte:02x}")).collect();
    vec![
        ("UTF-8", secret.as_bytes().to_vec()),
        ("hex", hex.into_bytes()),
        ("base64", base64(secret.as_bytes())),
    ]
}

/// Whole groups of three bytes only, so that the text is the same wherever it begins.
fn base64(bytes: &[u8]) -> Vec<u8> {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    bytes
        .as_chunks::<3>()
        .0
        .iter()
        .flat_map(|[a, b, c]| {
            let all = u32::from_be_bytes([0, *a, *b, *c]);
            [18, 12, 6, 0].map(|shift| LETTERS[(all >> shift & 63) as usize])
        })
        .collect()
}

/// Every writable block of memory of a process, with where it lies.
fn blocks(pid: u32, mut look: impl FnMut(u64, &[u8], &str)) -> Option<()> {
    let maps = std::fs::read_to_string(format!("/proc/{pid}/maps")).ok()?;
    let memory = std::fs::File::open(format!("/proc/{pid}/mem")).ok()?;
    for line in
        maps.lines().filter(|line| line.split(' ').nth(1).is_some_and(|flags| flags.starts_with("rw")))
    {
        let (range, rest) = line.split_once(' ').expect("a range");
        let (from, to) = range.split_once('-').expect("two ends");
        let from = u64::from_str_radix(from, 16).expect("hex");
        let to = u64::from_str_radix(to, 16).expect("hex");
        let mut block = vec![0; usize::try_from(to - from).expect("fits")];
        if memory.read_exact_at(&mut block, from).is_err() {
            continue;
        }
        look(from, &block, rest.rsplit(' ').next().unwrap_or(""));
    }
    Some(())
}

/// Where the secret stands in the memory of a process. Strides cover UTF-16 and UTF-32 (2 and 4),
/// key events and terminal cells. A half of the secret counts as a hit, too.
fn hits(pid: u32, secret: &str) -> Option<Vec<String>> {
    let half = secret.get(..secret.len() / 2).expect("ASCII");
    let mut found = Vec::new();
    blocks(pid, |from, block, place| {
        for (form, needle) in forms(secret) {
            if let Some(at) = memchr::memmem::find(block, &needle) {
                found.push(format!("{form} at {:x} {place}", from + at as u64));
            }
        }
        for stride in 1..=64 {
            if let Some(at) = strided(block, half.as_bytes(), stride) {
                found.push(format!("half, stride {stride} at {:x} {place}", from + at as u64));
            }
        }
    })?;
    Some(found)
}

/// Where a key stands, or either half of it.
fn key_hits(pid: u32, key: &[u8; 32]) -> Vec<String> {
    let mut found = Vec::new();
    blocks(pid, |from, block, place| {
        for half in key.as_chunks::<16>().0 {
            found.extend(
                memchr::memmem::find_iter(block, half).map(|at| format!("{:x} {place}", from + at as u64)),
            );
        }
    })
    .expect("readable");
    found
}

fn strided(block: &[u8], needle: &[u8], stride: usize) -> Option<usize> {
    let span = stride * (needle.len() - 1);
    memchr::memchr_iter(needle[0], block).find(|at| {
        block.len() > at + span
            && needle.iter().enumerate().all(|(index, byte)| block[at + index * stride] == *byte)
    })
}

fn may_read(pid: u32) -> bool {
    let can = std::fs::File::open(format!("/proc/{pid}/mem")).is_ok();
    assert!(
        can || std::env::var("CI").as_deref() != Ok("true"),
        "CI must be able to read another process's memory"
    );
    if !can {
        println!("SKIPPED: the memory of another process cannot be read here (needs root)");
    }
    can
}

impl Desk {
    fn pid(&self) -> u32 {
        self.pty.child.process_id().expect("it runs")
    }

    fn none(&self, when: &str, secret: &str) {
        let found = hits(self.pid(), secret).expect("readable");
        assert!(found.is_empty(), "{when}: {} is there: {found:#?}", secret.get(..3).expect("ASCII"));
    }

    fn some(&self, when: &str, secret: &str) {
        assert!(!hits(self.pid(), secret).expect("readable").is_empty(), "{when}: the search finds nothing");
    }

    fn settle(&self) {
        std::thread::sleep(Duration::from_millis(700));
    }
}

/// How the master password comes in.
enum Way {
    Slowly,
    Burst,
    Pasted,
}

fn unlocked(name: &str, way: &Way, before: &[&str]) -> Option<Desk> {
    let mut desk = desk(name, before);
    if !may_read(desk.pid()) {
        return None;
    }
    desk.none("before anything is typed", MASTER);
    match way {
        Way::Slowly => {
            for byte in MASTER.bytes() {
                desk.pty.keys(&[byte]);
                std::thread::sleep(Duration::from_millis(30));
            }
        }
        Way::Burst => desk.pty.keys(MASTER.as_bytes()),
        Way::Pasted => desk.pty.keys(format!("\x1b[200~{MASTER}\x1b[201~").as_bytes()),
    }
    desk.settle();
    // The field itself holds it: the search does find what is there.
    desk.some("while the field holds it", MASTER);
    desk.pty.keys(b"\r");
    desk.pty.wait_for("Quixotic");
    desk.settle();
    Some(desk)
}

#[test]
fn the_master_password_is_gone_once_the_vault_is_open() {
    for (name, way) in [("slow", Way::Slowly), ("burst", Way::Burst), ("paste", Way::Pasted)] {
        let Some(desk) = unlocked(name, &way, &[]) else { return };
        desk.none(&format!("{name}: right after unlocking"), MASTER);
        desk.none(&format!("{name}: open and idle"), ENTRY);
        desk.some(&format!("{name}: a title is no secret while it is open"), TITLE);
        // The key is there, in one place only: both halves once.
        let key = key_hits(desk.pid(), &desk.key);
        assert_eq!(key.len(), 2, "{name}: the data key stands at {key:?}");
    }
}

#[test]
fn a_revealed_password_is_gone_after_hiding_and_everything_after_locking() {
    let Some(mut desk) = unlocked("reveal", &Way::Burst, &[]) else { return };
    revealed_and_locked(&mut desk);
}

fn revealed_and_locked(desk: &mut Desk) {
    desk.pty.keys(b"v");
    desk.pty.wait_for(ENTRY);
    desk.some("while it is shown", ENTRY);
    desk.pty.keys(b"v");
    desk.settle();
    desk.none("hidden again", ENTRY);
    desk.pty.keys(format!("/{SEARCH}").as_bytes());
    desk.settle();
    desk.some("while it stands in the search field", SEARCH);
    desk.pty.keys(b"\x1b");
    desk.settle();
    desk.pty.keys(b"/quix\x1b");
    desk.settle();
    // - a password made by the generator, and a form that is left half typed
    let made = generated(desk);
    desk.pty.keys(b"e");
    desk.pty.wait_for("Edit");
    desk.pty.keys(b"\t\t");
    desk.pty.keys(DRAFT.as_bytes());
    desk.settle();
    desk.some("while it is typed", DRAFT);
    // - F9: in a field a letter is a letter
    desk.pty.keys(b"\x1b[20~");
    desk.settle();
    for secret in [MASTER, ENTRY, TITLE, SEARCH, DRAFT, &made] {
        desk.none("locked", secret);
    }
    assert_eq!(key_hits(desk.pid(), &desk.key), Vec::<String>::new(), "locked");
}

/// What the generator shows: words, so that no sign of it is taken for the mark before it.
fn generated(desk: &mut Desk) -> String {
    desk.pty.keys(b"r");
    desk.pty.wait_for("Password generator");
    desk.pty.keys(b"2");
    desk.settle();
    // - drawn anew, for else only what differs from before is sent
    let from = desk.pty.written();
    desk.pty.keys(b"\x0c");
    desk.settle();
    let output = desk.pty.output();
    let text = String::from_utf8_lossy(output.get(from..).expect("longer")).into_owned();
    // - without its colours and moves
    let plain: String = text
        .split("\x1b[")
        .map(|part| part.split_once(|letter: char| letter.is_ascii_alphabetic()).map_or("", |(_, rest)| rest))
        .collect();
    let made = plain.split('>').skip(1).find_map(|rest| {
        let word: String = rest.trim_start().chars().take_while(char::is_ascii_graphic).collect();
        (word.matches('-').count() >= 3).then_some(word)
    });
    let made = made.expect("a password is shown");
    desk.some("while it is shown", &made);
    desk.pty.keys(b"\x1b");
    desk.settle();
    made
}

/// Whoever may lock no memory, or one page of sixteen, gets the same: what is not locked is wiped as well.
#[test]
fn an_ordinary_user_who_may_lock_no_memory_leaves_nothing_either() {
    if !rustix::process::geteuid().is_root() {
        assert_ne!(std::env::var("CI").as_deref(), Ok("true"), "CI runs this as root");
        println!("SKIPPED: only root can become another user");
        return;
    }
    for limit in ["0", "65536"] {
        let memlock = format!("--memlock={limit}:{limit}");
        let user = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"];
        let before: Vec<&str> = ["prlimit", &memlock].into_iter().chain(user).collect();
        let Some(mut desk) = unlocked(&format!("limit-{limit}"), &Way::Burst, &before) else { return };
        let status = std::fs::read_to_string(format!("/proc/{}/status", desk.pid())).expect("readable");
        assert!(status.contains("Uid:\t65534"), "{status}");
        desk.none("open and idle", MASTER);
        desk.none("open and idle", ENTRY);
        revealed_and_locked(&mut desk);
    }
}

/// What the search must find, or that it finds nothing proves nothing: a secret that was left behind in each
/// form, written into the running program where nothing stands.
#[test]
fn a_planted_leak_is_found_in_every_form() {
    let desk = desk("planted", &[]);
    if !may_read(desk.pid()) {
        return;
    }
    let half = MASTER.get(..MASTER.len() / 2).expect("ASCII");
    let spread = |stride: usize| {
        let mut bytes = vec![0; half.len() * stride];
        half.bytes().enumerate().for_each(|(at, byte)| bytes[at * stride] = byte);
        bytes
    };
    let utf16: Vec<u8> = MASTER.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let utf32: Vec<u8> = MASTER.chars().flat_map(|letter| u32::from(letter).to_le_bytes()).collect();
    let mut planted = forms(MASTER);
    planted.extend([("UTF-16", utf16), ("UTF-32", utf32), ("its first half", half.as_bytes().to_vec())]);
    planted.extend((1..=64).map(|stride| ("stride", spread(stride))));
    let most = planted.iter().map(|(_, bytes)| bytes.len()).max().expect("some");
    let mut free = None;
    blocks(desk.pid(), |from, block, _| {
        let empty = block.chunks_exact(2 * most).rposition(|part| part.iter().all(|byte| *byte == 0));
        free = free.or(empty.map(|at| from + (at * 2 * most + most / 2) as u64));
    })
    .expect("readable");
    let free = free.expect("somewhere nothing stands");
    let memory = std::fs::OpenOptions::new()
        .read(true)
        .write(true)
        .open(format!("/proc/{}/mem", desk.pid()))
        .expect("writable");
    desk.none("before it is planted", MASTER);
    for (form, bytes) in planted {
        memory.write_all_at(&bytes, free).expect("written");
        desk.some(form, MASTER);
        memory.write_all_at(&vec![0; bytes.len()], free).expect("taken away");
    }
    desk.none("taken away", MASTER);
}
