//! Whole processes: this very program run again as a child with a task of its own, or a peer. CPU
//! and greatest memory come from the system's account of the finished process.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;

/// What a finished process took.
#[derive(Debug, Clone, Copy)]
pub struct Usage {
    /// CPU seconds, user and system.
    pub cpu: f64,
    /// Greatest resident memory in bytes.
    pub memory: f64,
}

/// Runs a command with `input` on its standard input, and gives its account and its output. It is
/// run by a small process in between: the system accounts to a child the memory of the one that
/// started it, and this one is large.
pub fn run(command: &str, args: &[&str], input: &str) -> (Usage, String) {
    let own = std::env::current_exe().unwrap();
    let mut all = vec!["child", "meter", command];
    all.extend(args);
    let mut child = Command::new(own)
        .args(all)
        .env("QT_QPA_PLATFORM", "offscreen")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let done = child.wait_with_output().unwrap();
    let told = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{command} {args:?}: {told}");
    let line = told.lines().rev().find_map(|line| line.strip_prefix("metered ")).unwrap();
    let (cpu, memory) = line.split_once(' ').unwrap();
    let usage = Usage { cpu: cpu.parse().unwrap(), memory: memory.parse().unwrap() };
    (usage, String::from_utf8_lossy(&done.stdout).into_owned())
}

/// Runs a task of this program (`budgets/child.rs`) as a process of its own.
pub fn own(args: &[&str]) -> (Usage, String) {
    let program = std::env::current_exe().unwrap();
    let mut all = vec!["child"];
    all.extend(args);
    run(&program.to_string_lossy(), &all, "")
}

/// The small process in between: runs a command and tells its account.
pub fn meter(command: &str, args: &[String]) {
    let status = Command::new(command).args(args).status().unwrap();
    let account = getrusage(UsageWho::RUSAGE_CHILDREN).unwrap();
    let micros = account.user_time().num_microseconds() + account.system_time().num_microseconds();
    let line = format!("metered {} {}\n", micros as f64 / 1e6, account.max_rss() * 1024);
    std::io::stderr().write_all(line.as_bytes()).unwrap();
    assert!(status.success(), "{command} failed");
}

/// True when a program of this name can be run.
pub fn there_is(name: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| Path::new(&folder).join(name).is_file())
}
