//! The terminal, for real: this program starts itself in a pseudo-terminal (the test `child` in
//! one of its modes) and looks at what arrives and what is left behind.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a test")]

#[path = "common/pty.rs"]
mod pty;

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use mamori::platform::signals::Signal;
use mamori::platform::tty::{Code, Input, Key, Terminal, read_secret_line};
use pty::{Pty, contains};
use rustix::process::{Resource, Rlimit, setrlimit};
use rustix::termios::{LocalModes, Termios, tcgetattr};

#[global_allocator]
static ALLOCATOR: mamori::platform::memory::WipingAlloc = mamori::platform::memory::WipingAlloc;

/// Not a test by itself: what runs inside the pseudo-terminal.
#[test]
fn child() {
    match std::env::var("MAMORI_CHILD").unwrap_or_default().as_str() {
        "keys" => keys(false),
        "dead" => keys(true),
        "probe" => probe(),
        "host" => host(),
        "memory" => memory(),
        "exhausted" => {
            mamori::platform::harden::harden();
            let _terminal = Terminal::open().unwrap();
            let limit = Rlimit { current: Some(1 << 28), maximum: Some(1 << 28) };
            setrlimit(Resource::As, limit).unwrap();
            let mut all = Vec::with_capacity(4096);
            loop {
                all.push(Vec::<u8>::with_capacity(512 * 1024));
            }
        }
        "panic" => {
            let _terminal = Terminal::open().unwrap();
            let job = std::thread::spawn(|| panic!("of a job"));
            assert!(job.join().is_err());
            println!("STILL");
            panic!("on purpose");
        }
        "prompt" => {
            let answer = read_secret_line("password: ");
            let secret = answer.map(|secret| secret.expose().to_owned()).map_err(|error| error.to_string());
            print!("\r\n=>{secret:?}<=\r\n");
        }
        _ => {}
    }
}

/// Writes down all that comes, until q or the end of the terminal. When `dead`, it does not look
/// at the terminal at all.
fn keys(dead: bool) {
    let mut terminal = Terminal::open().unwrap();
    let _watchdog = terminal.watchdog().unwrap();
    let mut out = terminal.output();
    write!(out, "READY").unwrap();
    out.flush().unwrap();
    if dead {
        std::thread::sleep(Duration::from_secs(60));
        return;
    }
    let mut end = false;
    while !end {
        let ready = terminal.poll(None);
        if ready.hangup {
            return;
        }
        if ready.signal {
            for signal in terminal.signals() {
                write!(out, "({signal:?})").unwrap();
                if signal == Signal::Stop {
                    out.flush().unwrap();
                    terminal.suspend(false).unwrap();
                    write!(out, "BACK").unwrap();
                }
                end |= signal == Signal::Terminate;
            }
        }
        if ready.input {
            terminal.read(&mut |input| match input {
                Input::Key(Key { code: Code::Char('q'), ctrl: false, .. }) => end = true,
                Input::Key(Key { code: Code::Char(char), ctrl, .. }) => {
                    write!(out, "({}{char})", if ctrl { "C-" } else { "" }).unwrap();
                }
                Input::Key(key) => write!(out, "({:?})", key.code).unwrap(),
                Input::PasteChunk(bytes) => write!(out, "{}", bytes.escape_ascii()).unwrap(),
                Input::PasteStart => write!(out, "<").unwrap(),
                Input::PasteEnd => write!(out, ">").unwrap(),
                other => write!(out, "{{{other:?}}}").unwrap(),
            });
        }
        out.flush().unwrap();
    }
}

fn probe() {
    let mut terminal = Terminal::open().unwrap();
    let mut kept = String::new();
    let found = terminal.probe("xterm", &mut |input| {
        if let Input::Key(Key { code: Code::Char(char), .. }) = input {
            kept.push(char);
        }
    });
    let mut out = terminal.output();
    write!(out, "{found:?} kept={kept:?} DONE").unwrap();
    out.flush().unwrap();
    drop(terminal);
}

const TYPED: &str = "Xq7-typed-Kz";
const PASTED: &str = "Wv4-pasted-Jf";

/// So that this program can look for a text without holding it.
const fn veiled<const N: usize>(text: &[u8]) -> [u8; N] {
    let mut out = [0; N];
    let mut at = 0;
    while at < N {
        out[at] = text[at] ^ 0x55;
        at += 1;
    }
    out
}
static TYPED_VEILED: [u8; 12] = veiled(TYPED.as_bytes());
static PASTED_VEILED: [u8; 13] = veiled(PASTED.as_bytes());

/// Takes two secrets in, one typed and one pasted, forgets them, and then looks for them in all of
/// its memory, also with gaps between the characters (an array of keys would hold them so).
fn memory() {
    let mut terminal = Terminal::open().unwrap();
    let mut out = terminal.output();
    let mut field = mamori::secret::SecretBytes::with_capacity(256);
    let say = |out: &mut dyn Write, text: String| {
        write!(out, "{text}").unwrap();
        out.flush().unwrap();
    };
    say(&mut out, "READY".to_owned());
    let mut end = false;
    while !end {
        if terminal.poll(None).input {
            terminal.read(&mut |input| match input {
                Input::Key(Key { code: Code::Char(char), ctrl: false, .. }) => {
                    field.push(char.encode_utf8(&mut [0; 4]).as_bytes()).unwrap();
                }
                Input::PasteChunk(bytes) => field.push(bytes).unwrap(),
                Input::Key(_) => end = true,
                _ => {}
            });
        }
    }
    let held = field.len();
    let before = hits();
    drop(field);
    say(&mut out, format!("held {held}, before {}, after {:?} DONE", before.len(), hits()));
    drop(terminal);
}

fn hits() -> Vec<String> {
    use std::os::unix::fs::FileExt;
    let maps = std::fs::read_to_string("/proc/self/maps").unwrap();
    let memory = std::fs::File::open("/proc/self/mem").unwrap();
    let mut found = Vec::new();
    let mut block = vec![0; 1 << 20];
    for line in maps.lines().filter(|line| line.contains(" rw")) {
        let (range, _) = line.split_once(' ').unwrap();
        let (from, to) = range.split_once('-').unwrap();
        let (mut at, to) = (u64::from_str_radix(from, 16).unwrap(), u64::from_str_radix(to, 16).unwrap());
        while at < to {
            let size = usize::try_from((to - at).min(block.len() as u64)).unwrap();
            if memory.read_exact_at(&mut block[..size], at).is_err() {
                break;
            }
            // Veiled at once: the copy must not be found as a hit of its own.
            block[..size].iter_mut().for_each(|byte| *byte ^= 0x55);
            for needle in [&TYPED_VEILED[..], &PASTED_VEILED[..]] {
                for stride in 1..=64 {
                    let Some(last) = size.checked_sub(stride * (needle.len() - 1)) else { continue };
                    let hit = memchr::memchr_iter(needle[0], &block[..last]).find(|start| {
                        needle.iter().enumerate().all(|(index, byte)| block[start + index * stride] == *byte)
                    });
                    found.extend(hit.map(|start| format!("{:x} stride {stride}", at + start as u64)));
                }
            }
            at += size as u64;
        }
    }
    found
}

fn modes(pty: &Pty) -> Termios {
    tcgetattr(std::fs::File::open(pty.tty_name()).unwrap()).unwrap()
}

fn assert_given_back(pty: &Pty, before: &Termios) {
    let after = modes(pty);
    assert_eq!(after.local_modes, before.local_modes);
    assert_eq!(after.input_modes, before.input_modes);
    assert_eq!(after.output_modes, before.output_modes);
    let output = pty.output();
    for off in ["\x1b[?1049l", "\x1b[?2004l", "\x1b[?1004l", "\x1b[?25h"] {
        assert!(contains(&output, off.as_bytes()), "{off:?} is missing");
    }
}

/// The modes of a terminal that nobody has touched.
fn untouched() -> Termios {
    let mut command = portable_pty::CommandBuilder::new("/bin/sleep");
    command.arg("30");
    modes(&Pty::start(command))
}

#[test]
fn the_terminal_is_raw_while_held_and_given_back_after() {
    let before = untouched();
    let mut pty = Pty::again("keys", &[]);
    pty.wait_for("READY");
    let held = modes(&pty).local_modes;
    assert!(!held.intersects(LocalModes::ECHO | LocalModes::ICANON | LocalModes::ISIG));
    pty.keys(b"q");
    pty.wait_end();
    assert_given_back(&pty, &before);
}

#[test]
fn the_terminal_is_given_back_on_panic_exhaustion_and_sigterm() {
    let before = untouched();
    let mut pty = Pty::again("panic", &[]);
    pty.wait_end();
    assert_given_back(&pty, &before);
    let output = pty.output();
    let find = |part: &[u8]| output.windows(part.len()).position(|window| window == part);
    assert!(find(b"STILL") < find(b"\x1b[?1049l"), "a job that panics does not end the screen");
    assert_eq!(find(b"of a job"), None);
    assert!(find(b"\x1b[?1049l") < find(b"on purpose"), "the message stands on the screen that stays");

    let mut pty = Pty::again("exhausted", &[]);
    pty.wait_end();
    assert_given_back(&pty, &before);
    assert!(contains(&pty.output(), b"memory allocation of"), "it ended for want of memory");

    let mut pty = Pty::again("keys", &[]);
    pty.wait_for("READY");
    pty.signal(rustix::process::Signal::TERM);
    pty.wait_end();
    assert_given_back(&pty, &before);
}

#[test]
fn keys_arrive_slowly_in_a_burst_and_pasted() {
    let mut pty = Pty::again("keys", &[]);
    pty.wait_for("READY");
    for key in ["a", "あ", "\x1b[A", "\x1c", "\x03", "\x7f", "\x1b"] {
        pty.keys(key.as_bytes());
        std::thread::sleep(Duration::from_millis(60));
    }
    pty.wait_for("(a)(あ)(Up)(C-\\)(C-c)(Backspace)(Esc)");
    let burst: String = ('b'..='p').chain('r'..='z').collect();
    pty.keys(burst.repeat(40).as_bytes());
    let wanted: String = burst.chars().map(|char| format!("({char})")).collect();
    pty.wait_for(&wanted.repeat(40));
    pty.keys(b"\x1b[200~q one\rtwo\x1b[201~(");
    pty.wait_for("<q one\\rtwo>(()");
    pty.keys(b"q");
    pty.wait_end();
}

#[test]
fn late_answers_are_never_keys() {
    let mut pty = Pty::again("keys", &[]);
    pty.wait_for("READY");
    for piece in [
        &b"\x1b[?65;1"[..],
        b";9c",
        b"\x1bP>|xte",
        b"rm(379)\x1b",
        b"\\",
        b"\x1b[3;3R",
        b"\x1b]11;rgb:f/f/f\x07",
    ] {
        pty.keys(piece);
        // Longer than a lone Esc waits, which must not matter inside a sequence.
        std::thread::sleep(Duration::from_millis(60));
    }
    pty.keys(b"e");
    pty.wait_for("(e)");
    let wanted = "READY{Answer(Attributes { clipboard: false, vte: true })}{Answer(Name(\"xterm(379)\"))}\
                  {Answer(Position { row: 3, column: 3 })}{Answer(Background { red: 255, green: 255, blue: 255 })}(e)";
    assert!(contains(&pty.output(), wanted.as_bytes()), "{}", pty.output().escape_ascii());
    pty.keys(b"q");
    pty.wait_end();
}

#[test]
fn the_probe_takes_the_answers_and_keeps_the_keys() {
    let mut pty = Pty::again("probe", &[]);
    pty.wait_for("\x1b[c");
    pty.keys(b"a\x1b[3;3Rb\x1b]11;rgb:ffff/ffff/ffff\x1b\\\x1bP>|foot(1.2)\x1b\\c\x1b[?62;52c");
    pty.wait_for("DONE");
    pty.wait_for("ambiguous_wide: true, osc52: Some(true), background: Some(Light), name: \"foot(1.2)\"");
    pty.wait_for("kept=\"abc\"");
    // A terminal that says nothing.
    let pty = Pty::again("probe", &[]);
    pty.wait_for("ambiguous_wide: false, osc52: None, background: None");
}

/// Holds a pseudo-terminal with a program in it until it is killed, and the terminal with it.
fn host() {
    let mode = std::env::var("MAMORI_HOSTED").unwrap();
    let mut command = portable_pty::CommandBuilder::new("/bin/sh");
    let ignore = if std::env::var_os("MAMORI_IGNORE").is_some() { "trap '' HUP; " } else { "" };
    command.args(["-c", &format!("{ignore}exec \"$0\" --exact child --nocapture")]);
    command.arg(std::env::current_exe().unwrap());
    command.env("MAMORI_CHILD", mode);
    let pty = Pty::start(command);
    pty.wait_for("READY");
    println!("\nPID={}", pty.child.process_id().unwrap());
    std::thread::sleep(Duration::from_secs(60));
}

fn is_running(pid: &str) -> bool {
    std::fs::read_to_string(format!("/proc/{pid}/stat")).is_ok_and(|stat| !stat.contains(") Z "))
}

#[test]
fn the_end_of_the_terminal_ends_the_process_within_two_seconds() {
    for (mode, ignore, limit) in
        [("keys", false, 500), ("keys", true, 500), ("dead", false, 2000), ("dead", true, 2000)]
    {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command
            .args(["--exact", "child", "--nocapture"])
            .env("MAMORI_CHILD", "host")
            .env("MAMORI_HOSTED", mode);
        if ignore {
            command.env("MAMORI_IGNORE", "1");
        }
        let mut host = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(host.stdout.take().unwrap()).lines().map(Result::unwrap);
        let pid = lines.find_map(|line| line.strip_prefix("PID=").map(str::to_owned)).unwrap();
        assert!(is_running(&pid));
        host.kill().unwrap();
        host.wait().unwrap();
        let begun = Instant::now();
        while is_running(&pid) {
            assert!(begun.elapsed() < Duration::from_secs(5), "{mode}, ignored {ignore}: still there");
            std::thread::sleep(Duration::from_millis(5));
        }
        let took = begun.elapsed();
        assert!(took < Duration::from_millis(limit), "{mode}, ignored {ignore}: {took:?}");
    }
}

#[test]
fn the_watchdog_ends_a_loop_that_hangs_and_does_not_spin() {
    let before = untouched();
    let mut pty = Pty::again("dead", &[]);
    pty.wait_for("READY");
    pty.signal(rustix::process::Signal::TERM);
    std::thread::sleep(Duration::from_millis(1000));
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", pty.child.process_id().unwrap())).unwrap();
    let ticks: u64 = stat
        .rsplit_once(')')
        .unwrap()
        .1
        .split_whitespace()
        .skip(11)
        .take(2)
        .map(|n| n.parse::<u64>().unwrap())
        .sum();
    assert!(ticks < 20, "{ticks} ticks of processor time");
    assert!(pty.wait_end() < Duration::from_secs(1));
    assert_given_back(&pty, &before);
}

#[test]
fn a_stop_leaves_the_screen_and_a_continue_takes_it_again() {
    // A shell with job control, so that somebody could continue it.
    let mut command = portable_pty::CommandBuilder::new("/bin/bash");
    command.args(["-mc", "\"$0\" --exact child --nocapture; echo STOPPED=$?; read line; fg; echo ENDED"]);
    command.arg(std::env::current_exe().unwrap());
    command.env("MAMORI_CHILD", "keys");
    let mut pty = Pty::start(command);
    pty.wait_for("READY");
    let shell = pty.child.process_id().unwrap();
    let children = std::fs::read_to_string(format!("/proc/{shell}/task/{shell}/children")).unwrap();
    let pid: i32 = children.trim().parse().unwrap();
    let pid = rustix::process::Pid::from_raw(pid).unwrap();
    rustix::process::kill_process(pid, rustix::process::Signal::TSTP).unwrap();
    pty.wait_for("\x1b[?1049l");
    pty.wait_for("STOPPED=");
    let stopped = modes(&pty).local_modes;
    assert!(
        stopped.contains(LocalModes::ECHO | LocalModes::ICANON),
        "{stopped:?} {}",
        pty.output().escape_ascii()
    );
    pty.keys(b"\n");
    pty.wait_for("BACK");
    assert!(!modes(&pty).local_modes.intersects(LocalModes::ECHO | LocalModes::ICANON));
    pty.keys(b"xq");
    pty.wait_for("(x)");
    pty.wait_for("ENDED");
}

#[test]
fn a_stop_that_nobody_could_end_does_not_happen() {
    let mut pty = Pty::again("keys", &[]);
    pty.wait_for("READY");
    pty.signal(rustix::process::Signal::TSTP);
    pty.wait_for("BACK");
    pty.keys(b"q");
    pty.wait_end();
}

#[test]
fn a_secret_is_asked_for_without_echo() {
    let before = untouched();
    let mut pty = Pty::again("prompt", &[]);
    pty.wait_for("password: ");
    pty.keys("S3\x7f\x15ひみつ".as_bytes());
    std::thread::sleep(Duration::from_millis(100));
    assert!(!contains(&pty.output(), "ひ".as_bytes()), "no echo");
    pty.keys(b"\r");
    pty.wait_for("=>Ok(\"ひみつ\")<=");
    pty.wait_end();
    assert_eq!(modes(&pty).local_modes, before.local_modes);

    let mut pty = Pty::again("prompt", &[]);
    pty.wait_for("password: ");
    pty.keys(b"abc\x03");
    pty.wait_for("=>Err(\"interrupted\")<=");
    pty.wait_end();

    let mut pty = Pty::again("prompt", &[]);
    pty.wait_for("password: ");
    pty.signal(rustix::process::Signal::TERM);
    pty.wait_for("=>Err(\"interrupted\")<=");
    pty.wait_end();
    assert_eq!(modes(&pty).local_modes, before.local_modes);
}

#[test]
fn what_was_typed_or_pasted_stays_in_no_memory_of_ours() {
    let mut pty = Pty::again("memory", &[]);
    pty.wait_for("READY");
    pty.keys(TYPED.as_bytes());
    pty.keys(format!("\x1b[200~{PASTED}\x1b[201~").as_bytes());
    pty.keys(b"\r");
    // - unoptimised, the search takes its time on a machine that does other things, too
    assert!(pty.waits(0, "DONE", std::time::Duration::from_secs(120)), "{}", pty.output().escape_ascii());
    // Both stand in the field while it lives, which shows that the search can find something.
    pty.wait_for("held 25, before 2, after [] DONE");
}
