//! The full-screen program as a person at a terminal has it: the built binary in a pty whose other
//! end answers at once, timed from outside. Only the drawing of a frame is measured from within, on
//! the robot's state. Wall time: other work on the machine is in it.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use mamori::text::Lang;
use mamori::tui::view::view;
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

#[path = "../../tests/robot/mod.rs"]
pub mod robot;

use crate::support::measure::{Budget, Runs, Table, Unit, in_turn, quantile, wall_of};
use crate::support::{process, vault};

const PROGRAM: &str = env!("CARGO_BIN_EXE_mamori");
const PATIENCE: Duration = Duration::from_secs(10);
/// Keys of each sort, one by one.
const KEYS: usize = 300;
/// Typed and taken back, letter by letter.
const QUERIES: &[&str] = &["github", "mizuho", "みずほ", "sakura", "e", "ginkou tokyo", "zzqx", "amazon"];
/// The memory of the key derivation of these vaults.
const KDF: f64 = 8_388_608.0;
/// What comes so soon after the rest is of the same frame.
const SOON: Duration = Duration::from_millis(5);

pub fn measure(table: &mut Table) {
    for count in [10_000, 100_000] {
        let home = crate::scratch("screen");
        let file = home.join(format!("{count}.mamori"));
        // - made by a child: starting a program takes longer the more memory this one has
        process::own(&["vault", &file.to_string_lossy(), &count.to_string()]);
        start(table, count, &file);
        let mut terminal = Terminal::open(&file);
        let moves = keys(&mut terminal, &travel());
        told(table, &format!("cursor move, {count}"), &moves);
        if count == 10_000 {
            let bytes = Runs(moves.iter().map(|(_, bytes)| *bytes).collect());
            table.row("cursor move at 80x24: bytes", Unit::Count, &bytes, None, Budget::Figure(250.0));
        }
        terminal.press(b"/");
        let letters = keys(&mut terminal, &typing());
        told(table, &format!("search letter, {count}"), &letters);
        if count == 10_000 {
            quiet(table, &mut terminal);
            let peak = Runs(vec![terminal.peak()]);
            let less = Runs(vec![peak.0[0] - KDF]);
            let what = "memory of the running program with 10,000, greatest";
            table.row(what, Unit::Bytes, &peak, None, Budget::None);
            let what = format!("{what}, less 8 MiB of the key derivation");
            table.row(&what, Unit::Bytes, &less, None, Budget::Figure(40.0 * 1_048_576.0));
        }
        drop(terminal);
        frame(table, count, std::fs::read(&file).unwrap());
        crate::clear("screen");
    }
}

/// Down through the list with an arrow and `j`, now and then up again.
fn travel() -> Vec<Vec<u8>> {
    let one = |number: usize| match number % 5 {
        0 | 1 => b"j".to_vec(),
        2 | 3 => b"\x1b[B".to_vec(),
        _ => b"k".to_vec(),
    };
    (0..KEYS).map(one).collect()
}

fn typing() -> Vec<Vec<u8>> {
    let letters = |query: &&str| {
        let typed: Vec<Vec<u8>> = query.chars().map(|letter| letter.to_string().into_bytes()).collect();
        let back = vec![vec![0x7f]; typed.len()];
        [typed, back].concat()
    };
    QUERIES.iter().cycle().flat_map(letters).take(KEYS).collect()
}

/// Seconds to the first byte and bytes of the frame for each key; every key must change the screen.
fn keys(terminal: &mut Terminal, all: &[Vec<u8>]) -> Vec<(f64, f64)> {
    all.iter().map(|key| terminal.press(key)).collect()
}

/// The median and the slowest hundredth; the budget is for the latter.
fn told(table: &mut Table, what: &str, all: &[(f64, f64)]) {
    let took: Vec<f64> = all.iter().map(|(seconds, _)| *seconds).collect();
    let slow = Runs(vec![quantile(&took, 0.99)]);
    let what = format!("{what}: key to first byte");
    table.row(&format!("{what}, median"), Unit::Seconds, &Runs(took), None, Budget::None);
    table.row(&format!("{what}, slowest hundredth"), Unit::Seconds, &slow, None, Budget::Figure(0.016));
}

/// From the start of the process to the question for the master password.
fn start(table: &mut Table, count: usize, file: &Path) {
    // - from a small process: the larger the one that starts it, the longer a start takes
    let told = process::own(&["start", &file.to_string_lossy()]).1;
    let (mut full, mut version) = (Runs(Vec::new()), Runs(Vec::new()));
    for line in told.lines() {
        let (one, other) = line.split_once(' ').unwrap();
        full.0.push(one.parse().unwrap());
        version.0.push(other.parse().unwrap());
    }
    let what = format!("start to unlock screen, {count}");
    table.row(&what, Unit::Seconds, &full, Some(("--version", &version)), Budget::Figure(0.030));
}

/// The child's part of [`start`]: prints the seconds of starts, the program's and `--version`'s.
pub fn starts(file: &Path) {
    let timed = |args: &[&str], wanted: &[u8]| {
        let begun = Instant::now();
        let mut terminal = Terminal::start(args, file);
        [(terminal.wait_for(wanted) - begun).as_secs_f64()]
    };
    let [[full], [version]] = in_turn(
        21,
        [&mut || timed(&["--vault", &file.to_string_lossy()], b"Master"), &mut || {
            timed(&["--version"], b"mamori")
        }],
    );
    full.0.iter().zip(&version.0).for_each(|(full, version)| println!("{full} {version}"));
}

/// What is written when nothing happens, and while a copy is counted down.
fn quiet(table: &mut Table, terminal: &mut Terminal) {
    terminal.press(b"\x1b");
    terminal.press(b"/");
    terminal.press(b"mizuho");
    terminal.press(b"\r");
    // Notices go by themselves; then there is nothing left to say.
    std::thread::sleep(Duration::from_secs(11));
    terminal.drain();
    std::thread::sleep(Duration::from_secs(3));
    let idle = Runs(vec![terminal.drain().len() as f64]);
    table.row("idle for 3 s: bytes", Unit::Count, &idle, None, Budget::Figure(0.0));
    terminal.write(b"p");
    terminal.wait_for(b"\x1b]52;c;");
    // The frame that says so, and the end of its notice, are no ticks.
    std::thread::sleep(Duration::from_millis(1500));
    terminal.drain();
    std::thread::sleep(Duration::from_secs(8));
    let frames = terminal.frames();
    assert!(frames.len() >= 5, "a copy is counted down: {frames:?}");
    let ticks = Runs(frames);
    table.row("countdown tick after a copy: bytes", Unit::Count, &ticks, None, Budget::Figure(60.0));
}

/// One frame of the open vault on the robot's state, the cursor a row further each time.
fn frame(table: &mut Table, count: usize, bytes: Vec<u8>) {
    let mut robot = robot::Robot::start(Some(bytes), Lang::En, 160, 48);
    robot.types(vault::PASSWORD).keys("enter");
    assert!(robot.app.open().is_some(), "the vault is open");
    let mut buf = Buffer::empty(Rect::new(0, 0, 160, 48));
    let took = (0..KEYS).map(|_| {
        robot.keys("j");
        wall_of(|| {
            buf.reset();
            view(&robot.app, &mut buf)
        })
    });
    let took = Runs(took.collect());
    let slow = Runs(vec![quantile(&took.0, 0.99)]);
    let what = format!("drawing a frame at 160x48, {count}");
    table.row(&format!("{what}: median"), Unit::Seconds, &took, None, Budget::Figure(0.001));
    table.row(&format!("{what}: slowest hundredth"), Unit::Seconds, &slow, None, Budget::None);
}

/// The other end of a pty: answers what a terminal is asked, and knows when each byte came.
struct Terminal {
    _master: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    came: Receiver<(Instant, Vec<u8>)>,
    query: Vec<u8>,
}

impl Terminal {
    fn start(args: &[&str], beside: &Path) -> Terminal {
        let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let home = beside.parent().map_or(PathBuf::from("/"), Path::to_path_buf);
        let mut command = CommandBuilder::new(PROGRAM);
        command.args(["--lang", "en"]);
        command.args(args);
        command.cwd(&home);
        command.env_clear();
        command.env("HOME", &home);
        command.env("TERM", "xterm-256color");
        command.env("SSH_CONNECTION", "192.0.2.1 1 192.0.2.2 22");
        let mut reader = pair.master.try_clone_reader().unwrap();
        let keys = pair.master.take_writer().unwrap();
        let (sender, came) = channel();
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        std::thread::spawn(move || {
            let mut chunk = [0; 65_536];
            while let Ok(got @ 1..) = reader.read(&mut chunk) {
                if sender.send((Instant::now(), chunk[..got].to_vec())).is_err() {
                    break;
                }
            }
        });
        Terminal { _master: pair.master, keys, child, came, query: Vec::new() }
    }

    /// The program with its vault open and its list drawn.
    fn open(file: &Path) -> Terminal {
        let mut terminal = Terminal::start(&["--vault", &file.to_string_lossy()], file);
        terminal.wait_for(b"Master");
        terminal.write(vault::PASSWORD.as_bytes());
        terminal.write(b"\r");
        terminal.wait_for(b"search");
        // What is done once after the unlock is not in the way of the first keys.
        std::thread::sleep(Duration::from_secs(1));
        terminal.drain();
        terminal
    }

    fn write(&mut self, bytes: &[u8]) {
        self.keys.write_all(bytes).unwrap();
        self.keys.flush().unwrap();
    }

    /// What came next, and when. Answers the questions of the start.
    fn next(&mut self, patience: Duration) -> Option<(Instant, Vec<u8>)> {
        let (at, bytes) = match self.came.recv_timeout(patience) {
            Ok(came) => came,
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return None,
        };
        self.query.extend_from_slice(&bytes);
        if memchr::memmem::find(&self.query, b"\x1b[c").is_some() {
            self.write(b"\x1b[3;2R\x1b]11;rgb:0000/0000/0000\x1b\\\x1bP>|bench\x1b\\\x1b[?62;22c");
            self.query.clear();
        }
        Some((at, bytes))
    }

    /// Waits until `wanted` was written; tells when.
    fn wait_for(&mut self, wanted: &[u8]) -> Instant {
        let mut seen = Vec::new();
        while let Some((at, bytes)) = self.next(PATIENCE) {
            seen.extend(bytes);
            if memchr::memmem::find(&seen, wanted).is_some() {
                return at;
            }
        }
        panic!("no {:?} in {}", wanted.escape_ascii().to_string(), seen.escape_ascii());
    }

    /// What was written meanwhile.
    fn drain(&mut self) -> Vec<u8> {
        let mut seen = Vec::new();
        while let Some((_, bytes)) = self.next(Duration::ZERO) {
            seen.extend(bytes);
        }
        self.query.clear();
        seen
    }

    /// Bytes of each frame that was written meanwhile.
    fn frames(&mut self) -> Vec<f64> {
        let (mut all, mut last): (Vec<f64>, Option<Instant>) = (Vec::new(), None);
        while let Some((at, bytes)) = self.next(Duration::ZERO) {
            match all.last_mut().filter(|_| last.is_some_and(|last| at - last < SOON)) {
                Some(frame) => *frame += bytes.len() as f64,
                None => all.push(bytes.len() as f64),
            }
            last = Some(at);
        }
        self.query.clear();
        all
    }

    /// Presses a key; seconds to the first byte that comes back, and the bytes of the frame.
    fn press(&mut self, key: &[u8]) -> (f64, f64) {
        self.drain();
        let begun = Instant::now();
        self.write(key);
        let mut first = None;
        let mut seen = Vec::new();
        while let Some((at, bytes)) = self.next(if first.is_none() { PATIENCE } else { SOON }) {
            first.get_or_insert(at);
            seen.extend(bytes);
        }
        assert!(first.is_some(), "nothing came for {}", key.escape_ascii());
        // A person is not as fast as this loop: the program waits for the next key.
        std::thread::sleep(Duration::from_millis(3));
        let took = first.map_or(0.0, |at| (at - begun).as_secs_f64());
        (took, seen.len() as f64)
    }

    /// Greatest resident memory so far, in bytes.
    fn peak(&self) -> f64 {
        let status = format!("/proc/{}/status", self.child.process_id().unwrap());
        let status = std::fs::read_to_string(status).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        line.trim().trim_end_matches(" kB").parse::<f64>().unwrap() * 1024.0
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
