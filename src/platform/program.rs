//! Other programs, started with care: found by absolute path, given secrets on standard input
//! only, no descriptor but their three (`spawn`: the one place where children are started), never
//! waited for without a limit. Not for programs that talk to a person.

use std::ffi::OsStr;
use std::io::{self, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use super::memory;

/// The most that is read of what a program says.
const ANSWER_BYTES: usize = 256 * 1024;

/// Finds `name` in the search path `path` (the value of `PATH`): an executable file that belongs
/// to root or to us and that not everybody may write. Relative folders are passed over.
pub fn find(name: &str, path: &OsStr) -> Option<PathBuf> {
    std::env::split_paths(path)
        .filter(|folder| folder.is_absolute())
        .map(|folder| folder.join(name))
        .find(|file| is_trustworthy(file))
}

/// What makes a file that names commands somebody else's to write, as OpenSSH looks at its own: the file
/// or a folder on the way to it that belongs neither to root nor to us, or that its group or everybody may
/// write (a folder with the sticky bit aside: there nobody replaces what is not theirs). None where it is
/// ours alone, or not there.
pub fn weak_spot(file: &Path) -> Option<PathBuf> {
    let whole = std::fs::canonicalize(file).ok()?;
    whole.ancestors().find(|path| !is_guarded(path)).map(Path::to_owned)
}

fn is_guarded(path: &Path) -> bool {
    let Ok(facts) = std::fs::metadata(path) else { return false };
    let ours = rustix::process::geteuid().as_raw();
    let sticky = facts.is_dir() && facts.mode() & 0o1000 != 0;
    (facts.uid() == 0 || facts.uid() == ours) && (facts.mode() & 0o022 == 0 || sticky)
}

/// Starts a child. It inherits its standard input and outputs as `command` sets them, and no other
/// descriptor: one that whoever started us left open (a lock, a socket, the other end of a pipe) is no
/// business of a rotator, a clipboard helper, a browser or a password command.
pub(super) fn spawn(command: &mut Command) -> io::Result<Child> {
    memory::close_descriptors_on_exec();
    command.spawn()
}

pub(super) fn is_trustworthy(file: &Path) -> bool {
    let Ok(facts) = std::fs::metadata(file) else { return false };
    let ours = rustix::process::geteuid().as_raw();
    let mode = facts.mode();
    facts.is_file() && mode & 0o111 != 0 && mode & 0o002 == 0 && (facts.uid() == 0 || facts.uid() == ours)
}

/// There is a file, and it holds something else than `text`.
pub fn is_other(file: &Path, text: &[u8]) -> bool {
    match std::fs::read(file) {
        Ok(held) => held != text,
        Err(error) => error.kind() != io::ErrorKind::NotFound,
    }
}

/// Writes a program into a folder, which is made where it is missing: 0755, in one step.
pub fn install(folder: &Path, name: &str, text: &[u8]) -> io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let fresh = folder.join(format!(".{name}.{}", std::process::id()));
    let made = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o700).open(&fresh);
    let done = made.and_then(|mut file| {
        file.write_all(text)?;
        // - whatever the umask, but nobody else may write it
        file.set_permissions(std::fs::Permissions::from_mode(0o755))?;
        file.sync_all()?;
        std::fs::rename(&fresh, folder.join(name))
    });
    if done.is_err() {
        let _ = std::fs::remove_file(&fresh);
    }
    done
}

/// Runs `command` with `input` on its standard input and gives what it wrote, at most 256 KiB.
/// Its standard error is dropped. `input` may be up to 60 KiB, which a pipe takes without waiting.
///
/// Fails when it cannot be started, says failure, or is not done within `limit` (then it is
/// killed).
pub fn run(mut command: Command, input: &[u8], limit: Duration) -> io::Result<Vec<u8>> {
    let end = Instant::now() + limit;
    let mut child = spawn(command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()))?;
    let done = talk(&mut child, input, end);
    if done.is_err() {
        let _ = child.kill();
        let _ = child.wait();
    }
    done
}

fn talk(child: &mut Child, input: &[u8], end: Instant) -> io::Result<Vec<u8>> {
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(input)?;
    }
    let mut answer = Vec::new();
    if let Some(stdout) = child.stdout.take() {
        let mut chunk = [0; 4096];
        while readable(&stdout, end)? {
            let got = rustix::io::read(&stdout, &mut chunk)?;
            if got == 0 || answer.len() + got > ANSWER_BYTES {
                break;
            }
            answer.extend_from_slice(&chunk[..got]);
        }
    }
    loop {
        if let Some(status) = child.try_wait()? {
            return if status.success() { Ok(answer) } else { Err(io::Error::other("it failed")) };
        }
        if Instant::now() >= end {
            return Err(io::ErrorKind::TimedOut.into());
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// Waits until `file` has something (or its end) to read; fails with `TimedOut` at `end`.
pub(super) fn readable(file: &impl std::os::fd::AsFd, end: Instant) -> io::Result<bool> {
    loop {
        let left = end.saturating_duration_since(Instant::now());
        let wait = Timespec {
            tv_sec: left.as_secs().try_into().unwrap_or(i64::MAX),
            tv_nsec: i64::from(left.subsec_nanos()),
        };
        match poll(&mut [PollFd::new(file, PollFlags::IN)], Some(&wait)) {
            Ok(0) => return Err(io::ErrorKind::TimedOut.into()),
            Ok(_) => return Ok(true),
            Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_everybody_may_write_is_not_taken() {
        let folder = std::env::temp_dir().join(format!("mamori-program-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let file = folder.join("tool");
        std::fs::copy("/bin/true", &file).unwrap();
        let set = |mode| std::fs::set_permissions(&file, std::fs::Permissions::from_mode(mode)).unwrap();
        set(0o755);
        assert_eq!(find("tool", folder.as_os_str()), Some(file.clone()));
        set(0o777);
        assert_eq!(find("tool", folder.as_os_str()), None);
        set(0o644);
        assert_eq!(find("tool", folder.as_os_str()), None);
        assert_eq!(find("sh", OsStr::new(".:bin")), None);
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_descriptor_that_was_left_open_for_us_is_not_inherited() {
        let held = std::fs::File::open("/etc/passwd").unwrap();
        rustix::io::fcntl_setfd(&held, rustix::io::FdFlags::empty()).unwrap();
        let mut command = Command::new("/bin/ls");
        command.args(["-l", "/proc/self/fd"]);
        let said = run(command, b"", Duration::from_secs(5)).unwrap();
        let said = String::from_utf8_lossy(&said);
        assert!(said.contains("pipe:") && !said.contains("/etc/passwd"), "{said}");
        // - we have it still
        assert!(rustix::io::fcntl_getfd(&held).unwrap().contains(rustix::io::FdFlags::CLOEXEC));
    }

    #[test]
    fn a_file_that_others_may_write_or_replace_is_known() {
        let folder = std::env::temp_dir().join(format!("mamori-guarded-{}", std::process::id()));
        let inner = folder.join("mamori");
        std::fs::create_dir_all(&inner).unwrap();
        let folder = std::fs::canonicalize(&folder).unwrap();
        let (inner, file) = (folder.join("mamori"), folder.join("mamori/config.toml"));
        drop(std::fs::File::create(&file).unwrap());
        let set = |path: &Path, mode| {
            std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
        };
        let all = |modes: [u32; 3]| {
            for (path, mode) in [&folder, &inner, &file].into_iter().zip(modes) {
                set(path, mode);
            }
            weak_spot(&file)
        };
        assert_eq!(all([0o755, 0o700, 0o600]), None);
        assert_eq!(all([0o755, 0o755, 0o644]), None);
        assert_eq!(all([0o755, 0o700, 0o620]), Some(file.clone()));
        assert_eq!(all([0o755, 0o700, 0o602]), Some(file.clone()));
        assert_eq!(all([0o755, 0o770, 0o600]), Some(inner.clone()));
        assert_eq!(all([0o777, 0o700, 0o600]), Some(folder.clone()));
        // - as /tmp is: only an owner replaces what is there
        assert_eq!(all([0o1777, 0o700, 0o600]), None);
        let link = folder.join("link.toml");
        std::os::unix::fs::symlink(&file, &link).unwrap();
        set(&file, 0o666);
        assert_eq!(weak_spot(&link), Some(file.clone()), "what a link leads to is meant");
        if rustix::process::geteuid().is_root() {
            set(&file, 0o600);
            std::os::unix::fs::chown(&file, Some(4242), None).unwrap();
            assert_eq!(weak_spot(&file), Some(file.clone()), "somebody else's");
        }
        assert_eq!(weak_spot(&folder.join("none.toml")), None);
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_program_that_hangs_is_ended() {
        let mut command = Command::new("/bin/sleep");
        command.arg("30");
        let begun = Instant::now();
        assert_eq!(run(command, b"", Duration::from_millis(80)).unwrap_err().kind(), io::ErrorKind::TimedOut);
        assert!(begun.elapsed() < Duration::from_secs(5));
        assert_eq!(run(Command::new("/bin/cat"), b"text", Duration::from_secs(5)).unwrap(), b"text");
        assert!(run(Command::new("/bin/false"), b"", Duration::from_secs(5)).is_err());
    }
}
