//! Runs a rotator: a program of a person's own that sets a password at its host. It gets the secrets as
//! lines of standard input and nothing else of ours: no descriptor, no `MAMORI_` variable, no terminal
//! (it is a background group of its own: what asks there is stopped, noticed and ended). What it says
//! on both outputs comes back in order, the last part of it, unread by us.

use std::ffi::OsStr;
use std::io::{self, Write};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process_group, waitid};

use super::program;
use crate::ops::rotation::rotator::{End, SAID_MOST};
use crate::secret::Secret;

/// How often the clock, the child and the person are looked at.
const BEAT: Duration = Duration::from_millis(50);
/// How long a program that is asked to end may take.
const GRACE: Duration = Duration::from_secs(1);

/// Why a program cannot be started.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StartError {
    /// There is no such program.
    #[error("no such program")]
    NotFound,
    /// It is not ours or root's, or everybody may write it.
    #[error("the program could be somebody else's")]
    Untrusted,
    /// The settings that name it could have been written by somebody else: this is what others may write.
    #[error("the settings could be somebody else's")]
    Settings(PathBuf),
    /// It could not be started, or its input not be given.
    #[error("the program could not be started")]
    Failed(io::ErrorKind),
}

/// The absolute path of a program: as it is, below the home for `~/`, or from the search path.
pub fn find(name: &str, path: Option<&OsStr>, home: Option<&Path>) -> Result<PathBuf, StartError> {
    let file = match (name.strip_prefix("~/"), home) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => PathBuf::from(name),
    };
    if file.is_absolute() {
        return match (program::is_trustworthy(&file), file.exists()) {
            (true, _) => Ok(file),
            (false, true) => Err(StartError::Untrusted),
            (false, false) => Err(StartError::NotFound),
        };
    }
    if name.contains('/') {
        return Err(StartError::NotFound);
    }
    path.and_then(|path| program::find(name, path)).ok_or(StartError::NotFound)
}

/// Refuses where the settings that name commands could have been written by somebody else.
pub fn guarded(settings: Option<&Path>) -> Result<(), StartError> {
    settings.and_then(program::weak_spot).map_or(Ok(()), |weak| Err(StartError::Settings(weak)))
}

/// Finds `program` by this process's search path and home, writes `~/` at the start of arguments out, and
/// runs it as [`run`] does.
pub fn run_here(
    program: &str,
    arguments: &[String],
    passwords: [&Secret; 2],
    limit: Duration,
    stop: &dyn Fn() -> bool,
) -> Result<(End, Vec<u8>), StartError> {
    let home = std::env::var_os("HOME").map(PathBuf::from);
    let file = find(program, std::env::var_os("PATH").as_deref(), home.as_deref())?;
    run(&file, &at_home(arguments, home.as_deref()), passwords, limit, stop)
}

/// What is one's own home stands in arguments as people write it.
pub fn at_home(arguments: &[String], home: Option<&Path>) -> Vec<String> {
    let whole = |argument: &String| match (argument.strip_prefix("~/"), home) {
        (Some(rest), Some(home)) => home.join(rest).display().to_string(),
        _ => argument.clone(),
    };
    arguments.iter().map(whole).collect()
}

/// Runs `file` with the old and the new password as two lines of standard input. `stop` is asked again
/// and again; once it says so the program is ended.
pub fn run(
    file: &Path,
    arguments: &[String],
    passwords: [&Secret; 2],
    limit: Duration,
    stop: &dyn Fn() -> bool,
) -> Result<(End, Vec<u8>), StartError> {
    let failed = |error: io::Error| StartError::Failed(error.kind());
    let end = Instant::now() + limit;
    let (reader, writer) = io::pipe().map_err(failed)?;
    let mut command = Command::new(file);
    command.args(arguments).current_dir("/").process_group(0);
    for (name, _) in std::env::vars_os() {
        if name.as_encoded_bytes().starts_with(b"MAMORI_") {
            command.env_remove(name);
        }
    }
    command.stdin(Stdio::piped()).stdout(writer.try_clone().map_err(failed)?).stderr(writer);
    let mut child = program::spawn(&mut command).map_err(failed)?;
    // - our ends of its outputs go, or their end would never come
    drop(command);
    if let Some(mut stdin) = child.stdin.take() {
        for line in passwords {
            // - one that reads nothing is judged by its exit code
            let _ = stdin.write_all(line.expose().as_bytes());
            let _ = stdin.write_all(b"\n");
        }
    }
    let mut said = Vec::new();
    let ended = watch(&mut child, &reader, &mut said, end, stop);
    if ended.is_none_or(|end| !matches!(end, End::Code(_) | End::Signal(_))) {
        finish(&mut child);
    }
    // - what is still on its way; somebody else may hold the pipe for ever
    let rest = Instant::now() + BEAT;
    while drain(&reader, &mut said, BEAT).unwrap_or(false) && Instant::now() < rest {}
    Ok((ended.unwrap_or(End::Stopped), said))
}

fn watch(
    child: &mut Child,
    reader: &io::PipeReader,
    said: &mut Vec<u8>,
    end: Instant,
    stop: &dyn Fn() -> bool,
) -> Option<End> {
    let mut open = true;
    loop {
        if open {
            open = drain(reader, said, BEAT).unwrap_or(false);
        } else {
            std::thread::sleep(BEAT);
        }
        if is_stopped(child) {
            return Some(End::Asked);
        }
        match child.try_wait() {
            Ok(Some(status)) => {
                let signal = status.signal().map(End::Signal);
                return signal.or(status.code().map(End::Code));
            }
            Ok(None) => {}
            Err(_) => return None,
        }
        if stop() {
            return Some(End::Stopped);
        }
        if Instant::now() >= end {
            return Some(End::TimedOut);
        }
    }
}

/// Reads what is there, waiting at most `wait`; false at the end.
fn drain(reader: &io::PipeReader, said: &mut Vec<u8>, wait: Duration) -> io::Result<bool> {
    let wait = Timespec { tv_sec: 0, tv_nsec: i64::from(wait.subsec_nanos()) };
    match poll(&mut [PollFd::new(reader, PollFlags::IN)], Some(&wait)) {
        Ok(0) | Err(rustix::io::Errno::INTR) => return Ok(true),
        Ok(_) => {}
        Err(error) => return Err(error.into()),
    }
    let mut chunk = [0; 4096];
    let got = rustix::io::read(reader, &mut chunk)?;
    said.extend_from_slice(chunk.get(..got).unwrap_or(&[]));
    if said.len() > SAID_MOST {
        said.drain(..said.len() - SAID_MOST);
    }
    Ok(got > 0)
}

/// It asked something on the terminal, or was stopped otherwise. It is not reaped by this.
fn is_stopped(child: &Child) -> bool {
    let Some(pid) = pid(child) else { return false };
    let options = WaitIdOptions::STOPPED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
    matches!(waitid(WaitId::Pid(pid), options), Ok(Some(status)) if status.stopped())
}

fn pid(child: &Child) -> Option<Pid> {
    i32::try_from(child.id()).ok().and_then(Pid::from_raw)
}

/// Ends the whole group: asks, waits a little, insists.
fn finish(child: &mut Child) {
    let Some(group) = pid(child) else { return };
    let _ = kill_process_group(group, Signal::TERM);
    let _ = kill_process_group(group, Signal::CONT);
    let end = Instant::now() + GRACE;
    while matches!(child.try_wait(), Ok(None)) && Instant::now() < end {
        std::thread::sleep(Duration::from_millis(10));
    }
    let _ = kill_process_group(group, Signal::KILL);
    let _ = child.kill();
    let _ = child.wait();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sh(script: &str, limit: u64) -> (End, String) {
        let (old, new) = (Secret::copy_of("old pw"), Secret::copy_of("new 'pw"));
        let arguments = ["-c".to_owned(), script.to_owned()];
        let limit = Duration::from_millis(limit);
        let (end, said) =
            run(Path::new("/bin/sh"), &arguments, [&old, &new], limit, &|| false).expect("runs");
        (end, String::from_utf8_lossy(&said).into_owned())
    }

    #[test]
    fn it_gets_both_passwords_on_its_input_and_both_outputs_come_back() {
        let script = "IFS= read -r old; IFS= read -r new; echo \"$old/$new\" >&2; cat; echo out; exit 3";
        assert_eq!(sh(script, 5_000), (End::Code(3), "old pw/new 'pw\nout\n".into()));
        assert_eq!(sh("exec </dev/null; exit 0", 5_000).0, End::Code(0));
    }

    #[test]
    fn one_that_takes_too_long_or_is_killed_or_stopped_is_told_apart() {
        let begun = Instant::now();
        assert_eq!(sh("echo begun; sleep 30 & sleep 30", 150), (End::TimedOut, "begun\n".into()));
        assert_eq!(sh("kill -9 $$", 5_000).0, End::Signal(9));
        assert_eq!(sh("kill -STOP $$; sleep 30", 5_000).0, End::Asked);
        // - one that holds the pipe in the background does not hold us
        assert_eq!(sh("sleep 20 & echo done", 5_000), (End::Code(0), "done\n".into()));
        assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
        let (old, new) = (Secret::copy_of("a"), Secret::copy_of("b"));
        let arguments = ["30".to_owned()];
        let (end, _) =
            run(Path::new("/bin/sleep"), &arguments, [&old, &new], GRACE * 9, &|| true).expect("runs");
        assert_eq!(end, End::Stopped);
    }

    #[test]
    fn a_group_that_ignores_the_request_is_ended_all_the_same() {
        let (end, said) = sh("trap '' TERM; echo $$; while :; do sleep 1; done", 150);
        assert_eq!(end, End::TimedOut);
        let pid = said.trim().parse().ok().and_then(Pid::from_raw).expect("a process id");
        assert!(rustix::process::test_kill_process(pid).is_err(), "it lives on");
    }

    #[test]
    fn of_much_output_the_last_part_is_kept_and_nothing_of_ours_is_inherited() {
        let held = std::fs::File::open("/etc/passwd").expect("there");
        // - as one that was left open by whoever started us
        rustix::io::fcntl_setfd(&held, rustix::io::FdFlags::empty()).expect("open");
        let (end, said) = sh("seq 1 20000; ls -l /proc/$$/fd", 9_000);
        assert_eq!(end, End::Code(0));
        assert!(said.len() <= SAID_MOST && said.contains("20000\n"), "{}", said.len());
        assert!(!said.contains("/etc/passwd") && said.contains("pipe:"), "a descriptor of ours: {said}");
        drop(held);
    }

    #[test]
    fn programs_are_found_by_trustworthy_paths_only() {
        let path = OsStr::new("/usr/bin:/bin");
        assert!(find("sh", Some(path), None).expect("there").is_absolute());
        assert_eq!(find("no-such-program-x", Some(path), None), Err(StartError::NotFound));
        assert_eq!(find("./sh", Some(path), None), Err(StartError::NotFound));
        assert_eq!(find("/tmp", Some(path), None), Err(StartError::Untrusted));
        assert_eq!(find("~/sh", None, Some(Path::new("/bin"))), Ok(PathBuf::from("/bin/sh")));
    }
}
