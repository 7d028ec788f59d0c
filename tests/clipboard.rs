//! The clipboard, for real: X11 under Xvfb read with xclip, tmux and screen inside a
//! pseudo-terminal that sees what reaches the outer terminal. Where one of these programs is not
//! there, the test says so and passes; with `CI=true` it fails.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a test")]

#[path = "common/pty.rs"]
mod pty;

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use mamori::platform::clipboard::{Cleared, Clipboard, CopyError, Facts, Reason, Route, Setting};
use mamori::secret::Secret;
use portable_pty::CommandBuilder;
use pty::{PATIENCE, Pty, contains};

const SECRET: &str = "S3CRET ひみつ";
/// `SECRET` in base64.
const CODE: &str = "UzNDUkVUIOOBsuOBv+OBpA==";

/// Not a test by itself: what runs in another process.
#[test]
fn child() {
    let text = std::env::var("MAMORI_TEXT").unwrap_or(SECRET.to_owned());
    match std::env::var("MAMORI_CHILD").unwrap_or_default().as_str() {
        "native" => {
            let mut clipboard = native(&std::env::var("DISPLAY").unwrap());
            clipboard
                .copy(&Secret::copy_of(&text), Duration::from_millis(1500), &mut std::io::sink())
                .unwrap();
            println!("\nCOPIED");
            std::thread::sleep(Duration::from_secs(60));
        }
        "terminal" => {
            let mut clipboard = Clipboard::new(Facts::gather(None, Setting::Auto));
            let mut out = std::fs::OpenOptions::new().write(true).open("/dev/tty").unwrap();
            let copied = clipboard.copy(&Secret::copy_of(&text), Duration::from_secs(30), &mut out);
            let report = std::env::var("MAMORI_REPORT").unwrap();
            let say = |line: String| {
                let temporary = format!("{report}.new");
                #[expect(clippy::disallowed_methods, reason = "no vault is near")]
                std::fs::write(&temporary, line).unwrap();
                std::fs::rename(&temporary, &report).unwrap();
            };
            say(format!("{:?}", copied.map(|receipt| (receipt.route, receipt.unconfirmed))));
            std::thread::sleep(Duration::from_millis(500));
            say(format!("{:?}", clipboard.clear(&mut out)));
            std::thread::sleep(Duration::from_secs(60));
        }
        _ => {}
    }
}

fn have(programs: &[&str]) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let missing: Vec<_> =
        programs.iter().filter(|name| mamori::platform::program::find(name, &path).is_none()).collect();
    if missing.is_empty() {
        return true;
    }
    assert!(std::env::var_os("CI").is_none_or(|value| value != "true"), "{missing:?} must be there in CI");
    println!("skipped: {missing:?} not found");
    false
}

struct X(Child, String);

impl X {
    fn start() -> X {
        let mut command = Command::new("Xvfb");
        command.args(["-displayfd", "1", "-screen", "0", "64x64x24", "-nolisten", "tcp"]);
        let mut server = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(server.stdout.take().unwrap()).read_line(&mut line).unwrap();
        X(server, format!(":{}", line.trim()))
    }

    fn xclip(&self, args: &[&str]) -> String {
        let mut command = Command::new("xclip");
        command.args(["-selection", "clipboard"]).args(args).env("DISPLAY", &self.1);
        String::from_utf8(command.stderr(Stdio::null()).output().unwrap().stdout).unwrap()
    }

    fn held(&self) -> String {
        self.xclip(&["-o"])
    }

    fn put(&self, text: &str) {
        let mut command = Command::new("xclip");
        command.args(["-selection", "clipboard"]).env("DISPLAY", &self.1).stdin(Stdio::piped());
        let mut child = command.stdout(Stdio::null()).spawn().unwrap();
        std::io::Write::write_all(&mut child.stdin.take().unwrap(), text.as_bytes()).unwrap();
        child.wait().unwrap();
        // It goes into the background before the server knows of it.
        self.until(text);
    }

    fn until(&self, wanted: &str) -> Duration {
        let begun = Instant::now();
        while self.held() != wanted {
            assert!(begun.elapsed() < PATIENCE, "{:?} is not {wanted:?}", self.held());
            std::thread::sleep(Duration::from_millis(20));
        }
        begun.elapsed()
    }
}

impl Drop for X {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn native(display: &str) -> Clipboard {
    let env = [("DISPLAY".to_owned(), display.to_owned())].into();
    let facts = Facts { env, setting: Setting::Native, ..Facts::default() };
    Clipboard::with_helper(facts, PathBuf::from(env!("CARGO_BIN_EXE_mamori")))
}

fn copy(clipboard: &mut Clipboard, text: &str, ms: u64) -> Result<Route, CopyError> {
    let secret = Secret::copy_of(text);
    let receipt = clipboard.copy(&secret, Duration::from_millis(ms), &mut std::io::sink())?;
    assert!(receipt.clears_by_itself && receipt.hidden_from_history && !receipt.unconfirmed);
    Ok(receipt.route)
}

#[test]
fn a_copy_can_be_pasted_is_marked_and_cleared_when_asked() {
    if !have(&["Xvfb", "xclip"]) {
        return;
    }
    let x = X::start();
    let mut clipboard = native(&x.1);
    assert_eq!(clipboard.clear(&mut std::io::sink()), Cleared::Nothing);
    assert_eq!(copy(&mut clipboard, SECRET, 60_000).unwrap(), Route::Native);
    assert_eq!((x.held(), x.held()), (SECRET.to_owned(), SECRET.to_owned()));
    let targets = x.xclip(&["-o", "-t", "TARGETS"]);
    assert!(targets.lines().any(|line| line == "x-kde-passwordManagerHint"), "{targets}");
    assert!(!targets.contains("SAVE_TARGETS"), "{targets}");
    assert_eq!(x.xclip(&["-o", "-selection", "primary"]), "");
    assert_eq!(clipboard.clear(&mut std::io::sink()), Cleared::Done);
    assert_eq!(x.held(), "");
    assert!(!clipboard.holds_something());
}

#[test]
fn the_helper_has_nothing_to_show() {
    if !have(&["Xvfb", "xclip"]) {
        return;
    }
    if !rustix::process::geteuid().is_root() {
        // The helper is undumpable, so that only root may look at it.
        println!("skipped: needs root");
        return;
    }
    let x = X::start();
    let mut clipboard = native(&x.1);
    let kept_open = std::fs::File::open("/dev/zero").unwrap();
    copy(&mut clipboard, SECRET, 60_000).unwrap();
    let me = std::process::id();
    let helpers: Vec<_> = std::fs::read_dir("/proc")
        .unwrap()
        .filter_map(|one| one.unwrap().file_name().into_string().ok()?.parse::<u32>().ok())
        .filter(|pid| {
            let read =
                |name: &str| std::fs::read_to_string(format!("/proc/{pid}/{name}")).unwrap_or_default();
            // The other tests have helpers too: ours is the one on this display.
            read("cmdline").ends_with("\0__clipd\0")
                && read("environ").contains(&format!("DISPLAY={}\0", x.1))
        })
        .collect();
    assert_eq!(helpers.len(), 1, "of {me}");
    let proc = format!("/proc/{}", helpers[0]);
    let read = |name: &str| std::fs::read_to_string(format!("{proc}/{name}")).unwrap();
    for name in ["cmdline", "environ"] {
        assert!(!read(name).contains("S3CRET"), "{name}");
    }
    let stat = read("stat");
    let fields: Vec<_> = stat.rsplit_once(')').unwrap().1.split_whitespace().collect();
    assert_eq!(fields[3], helpers[0].to_string(), "a session of its own");
    assert_eq!(fields[4], "0", "no terminal");
    let files: Vec<_> = std::fs::read_dir(format!("{proc}/fd"))
        .unwrap()
        .map(|one| std::fs::read_link(one.unwrap().path()).unwrap().to_string_lossy().into_owned())
        .collect();
    assert!(!files.iter().any(|file| file == "/dev/zero"), "{files:?}");
    assert!(
        read("limits").lines().any(|line| line.starts_with("Max core file size") && line.contains(" 0 "))
    );
    drop(kept_open);
    assert_eq!(clipboard.clear(&mut std::io::sink()), Cleared::Done);
    assert!(!std::path::Path::new(&proc).exists());
}

#[test]
fn it_is_cleared_at_its_time_also_when_the_program_was_killed() {
    if !have(&["Xvfb", "xclip"]) {
        return;
    }
    let x = X::start();
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "child", "--nocapture"]).env("MAMORI_CHILD", "native").env("DISPLAY", &x.1);
    let mut program = command.stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(program.stdout.take().unwrap()).lines().map(Result::unwrap);
    assert!(lines.any(|line| line == "COPIED"));
    let begun = Instant::now();
    program.kill().unwrap();
    program.wait().unwrap();
    assert_eq!(x.held(), SECRET);
    x.until("");
    assert!(begun.elapsed() > Duration::from_millis(1200), "not before its time: {:?}", begun.elapsed());
    assert!(begun.elapsed() < Duration::from_millis(3000), "{:?}", begun.elapsed());
}

#[test]
fn what_somebody_else_copied_stays() {
    if !have(&["Xvfb", "xclip"]) {
        return;
    }
    let x = X::start();
    let mut clipboard = native(&x.1);
    copy(&mut clipboard, SECRET, 400).unwrap();
    x.put("theirs");
    std::thread::sleep(Duration::from_millis(900));
    assert_eq!(x.held(), "theirs", "the time was over");
    assert_eq!(clipboard.clear(&mut std::io::sink()), Cleared::NotOurs);
    copy(&mut clipboard, SECRET, 60_000).unwrap();
    x.put("theirs again");
    assert_eq!(clipboard.clear(&mut std::io::sink()), Cleared::NotOurs);
    assert_eq!(x.held(), "theirs again");
    // A clipboard manager that took our text over does not save it.
    copy(&mut clipboard, SECRET, 60_000).unwrap();
    x.put("something between");
    x.put(SECRET);
    assert_eq!(clipboard.clear(&mut std::io::sink()), Cleared::Done);
    assert_eq!(x.held(), "");
}

#[test]
fn a_second_copy_replaces_the_first_and_has_its_own_time() {
    if !have(&["Xvfb", "xclip"]) {
        return;
    }
    let x = X::start();
    let mut clipboard = native(&x.1);
    copy(&mut clipboard, SECRET, 700).unwrap();
    std::thread::sleep(Duration::from_millis(400));
    // The same text: the first helper must not take it for its own.
    copy(&mut clipboard, SECRET, 1500).unwrap();
    std::thread::sleep(Duration::from_millis(800));
    assert_eq!(x.held(), SECRET, "the first time is over, the second is not");
    assert!(x.until("") < Duration::from_millis(1500));
}

#[test]
fn a_display_that_is_not_there_is_an_error_soon() {
    let begun = Instant::now();
    assert!(matches!(copy(&mut native(":7654"), SECRET, 1000), Err(CopyError::Display)));
    assert!(begun.elapsed() < Duration::from_secs(1), "{:?}", begun.elapsed());
    // Unless the display was asked for, the terminal is the next best way.
    let env = [("DISPLAY".to_owned(), ":7654".to_owned()), ("TERM".to_owned(), "foot".to_owned())].into();
    let facts = Facts { env, ..Facts::default() };
    let mut clipboard = Clipboard::with_helper(facts, PathBuf::from(env!("CARGO_BIN_EXE_mamori")));
    assert_eq!(clipboard.route(), Route::Native);
    let mut out = Vec::new();
    let receipt = clipboard.copy(&Secret::copy_of(SECRET), Duration::from_secs(1), &mut out).unwrap();
    assert!(matches!(receipt.route, Route::Osc52 { confirmed: true, .. }) && !receipt.clears_by_itself);
    assert!(contains(&out, CODE.as_bytes()));
    // One that takes the connection and never answers.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = silent.local_addr().unwrap().port();
    if let Some(number) = port.checked_sub(6000) {
        let begun = Instant::now();
        let display = format!("127.0.0.1:{number}");
        assert!(matches!(copy(&mut native(&display), SECRET, 1000), Err(CopyError::Display)));
        assert!(begun.elapsed() < Duration::from_secs(4), "{:?}", begun.elapsed());
    }
    let facts = Facts { setting: Setting::Native, ..Facts::default() };
    let mut nobody = Clipboard::with_helper(facts, PathBuf::from("/nowhere/mamori"));
    assert!(matches!(copy(&mut nobody, SECRET, 1000), Err(CopyError::Program(_))));
    let long = "x".repeat(70_000);
    assert!(matches!(copy(&mut native(":7654"), &long, 1000), Err(CopyError::TooLong { limit: 61_440 })));
}

/// A folder of the test, gone afterwards.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("mamori-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Folder(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn wait_for_report(file: &std::path::Path, wanted: &str) {
    let begun = Instant::now();
    loop {
        let said = std::fs::read_to_string(file).unwrap_or_default();
        if said == wanted {
            return;
        }
        assert!(begun.elapsed() < PATIENCE, "{said:?} is not {wanted:?}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

fn tmux(set_clipboard: &str) -> (Pty, Folder) {
    let folder = Folder::new(&format!("tmux-{set_clipboard}"));
    let config = folder.0.join("conf");
    #[expect(clippy::disallowed_methods, reason = "no vault is near")]
    std::fs::write(&config, format!("set -s set-clipboard {set_clipboard}\n")).unwrap();
    let mut command = CommandBuilder::new("tmux");
    command.args(["-S", folder.0.join("socket").to_str().unwrap(), "-f", config.to_str().unwrap()]);
    command.args(["new-session", "-e", &format!("MAMORI_REPORT={}", folder.0.join("report").display())]);
    command.args(["-e", "MAMORI_CHILD=terminal"]);
    command.arg(format!("{} --exact child --nocapture", std::env::current_exe().unwrap().display()));
    for name in ["DISPLAY", "WAYLAND_DISPLAY", "TMUX", "STY"] {
        command.env_remove(name);
    }
    command.env("TERM", "xterm-256color");
    command.env("LC_ALL", "C.UTF-8");
    (Pty::start(command), folder)
}

fn tmux_says(folder: &Folder, args: &[&str]) -> String {
    let mut command = Command::new("tmux");
    command.arg("-S").arg(folder.0.join("socket")).args(args);
    String::from_utf8(command.output().unwrap().stdout).unwrap()
}

#[test]
fn through_tmux_the_terminal_gets_it_and_tmux_keeps_nothing() {
    if !have(&["tmux"]) {
        return;
    }
    for set_clipboard in ["on", "external"] {
        let (pty, folder) = tmux(set_clipboard);
        let report = folder.0.join("report");
        wait_for_report(&report, "Ok((Tmux { nested: false }, true))");
        pty.wait_for(CODE);
        assert!(contains(&pty.output(), b"\x1b]52;"));
        assert_eq!(tmux_says(&folder, &["list-buffers"]), "", "{set_clipboard}");
        wait_for_report(&report, "Sent");
        pty.wait_for(";IA==");
        assert_eq!(tmux_says(&folder, &["list-buffers"]), "", "{set_clipboard}");
        tmux_says(&folder, &["kill-server"]);
    }
}

#[test]
fn where_tmux_hands_nothing_on_nothing_is_sent() {
    if !have(&["tmux"]) {
        return;
    }
    let (pty, folder) = tmux("off");
    wait_for_report(&folder.0.join("report"), "Nothing");
    assert!(!contains(&pty.output(), CODE.as_bytes()));
    assert!(!contains(&pty.output(), b"\x1b]52;"));
    assert_eq!(tmux_says(&folder, &["list-buffers"]), "");
    tmux_says(&folder, &["kill-server"]);
    let off = Facts { env: [("TMUX".to_owned(), "/nowhere,1,0".to_owned())].into(), ..Facts::default() };
    let copied =
        Clipboard::new(off).copy(&Secret::copy_of("x"), Duration::from_secs(1), &mut std::io::sink());
    assert!(matches!(copied, Err(CopyError::NoRoute(Reason::NoTmux))), "{copied:?}");
}

#[test]
fn through_screen_four_hundred_bytes_arrive_and_paint_nothing() {
    if !have(&["screen"]) {
        return;
    }
    let folder = Folder::new("screen");
    std::fs::set_permissions(&folder.0, std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
    let mut command = CommandBuilder::new("screen");
    command.args(["-c", "/dev/null", "-S", "mamori"]);
    command.arg(std::env::current_exe().unwrap());
    command.args(["--exact", "child", "--nocapture"]);
    for name in ["DISPLAY", "WAYLAND_DISPLAY", "TMUX", "STY"] {
        command.env_remove(name);
    }
    let text = "K".repeat(400);
    command.env("SCREENDIR", &folder.0);
    command.env("TERM", "xterm");
    command.env("MAMORI_TEXT", &text);
    command.env("MAMORI_CHILD", "terminal");
    command.env("MAMORI_REPORT", folder.0.join("report"));
    let pty = Pty::start(command);
    wait_for_report(&folder.0.join("report"), "Sent");
    // "KKK" is "S0tL" in base64, and 400 is one more than a multiple of 3.
    let code = format!("\x1b]52;c;{}Sw==", "S0tL".repeat(133));
    pty.wait_for(&code);
    let output = pty.output();
    let count = output.windows(4).filter(|window| window == b"S0tL").count();
    // It would go on without its terminal.
    let mut quit = Command::new("screen");
    quit.args(["-S", "mamori", "-X", "quit"]).env("SCREENDIR", &folder.0).status().unwrap();
    assert_eq!(count, 133, "nothing of it was painted");
}
