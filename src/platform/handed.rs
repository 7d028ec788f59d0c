//! What is handed to the command line from outside: a password in a file, the output of a password
//! command, lines of standard input; and the terminal as a place to write to.
//!
//! Everything is bounded, read without the buffers of the standard library (they are never wiped)
//! and kept in [`SecretBytes`]. Not here: asking on the terminal ([`super::tty::read_secret_line`]).

use std::io::{self, Read, Write};
use std::os::unix::fs::FileTypeExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rustix::fs::OFlags;
use rustix::io::Errno;
use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};

use super::program;
use super::signals::{Signal, Signals};
use crate::secret::SecretBytes;

/// Bytes read at once.
pub const CHUNK: usize = 4096;

/// How long a pipe without a writer is waited for.
const WRITER: Duration = Duration::from_secs(2);

/// Reads a file (or a pipe such as `/dev/fd/3`) whole; one of more than `most` bytes is refused
/// with `FileTooLarge`. A pipe into which nobody is going to write is `TimedOut`.
pub fn file(path: &Path, most: usize) -> io::Result<SecretBytes> {
    // - an ordinary opening of a pipe waits for its writer without end
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::CLOEXEC | OFlags::NOCTTY;
    let file = std::fs::File::from(rustix::fs::open(path, flags, rustix::fs::Mode::empty())?);
    if file.metadata()?.file_type().is_fifo() {
        return bounded(Pipe { file, until: Instant::now() + WRITER, had_writer: false }, most);
    }
    rustix::fs::fcntl_setfl(&file, OFlags::empty())?;
    bounded(file, most)
}

/// A pipe that is read without waiting: only so it tells whether somebody has it open to write.
struct Pipe {
    file: std::fs::File,
    until: Instant,
    had_writer: bool,
}

impl Read for Pipe {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.file.read(room) {
                Ok(0) if self.had_writer => return Ok(0),
                Ok(0) if Instant::now() >= self.until => return Err(io::ErrorKind::TimedOut.into()),
                Ok(0) => std::thread::sleep(Duration::from_millis(10)),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    self.had_writer = true;
                    let mut fds = [rustix::event::PollFd::new(&self.file, rustix::event::PollFlags::IN)];
                    match rustix::event::poll(&mut fds, None) {
                        Err(Errno::INTR) => {}
                        done => drop(done?),
                    }
                }
                got => {
                    self.had_writer = true;
                    return got;
                }
            }
        }
    }
}

/// Runs a command by `sh -c` and takes its output, at most `most` bytes. It gets no standard input;
/// its errors go to ours. A command that fails is an error whatever it printed.
pub fn output(command: &str, most: usize) -> io::Result<SecretBytes> {
    let mut shell = Command::new("/bin/sh");
    shell.args(["-c", command]).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::inherit());
    let mut child = program::spawn(&mut shell)?;
    let came = match child.stdout.take() {
        Some(stdout) => bounded(stdout, most),
        None => Err(io::ErrorKind::BrokenPipe.into()),
    };
    let status = child.wait()?;
    if status.success() { came } else { Err(io::ErrorKind::Other.into()) }
}

/// Reads the next bytes of standard input; none at its end.
pub fn stdin_chunk() -> io::Result<SecretBytes> {
    let mut room = SecretBytes::filled(CHUNK, |_| Ok::<(), io::Error>(()))?;
    let got = loop {
        match rustix::io::read(rustix::stdio::stdin(), room.expose_mut()) {
            Err(Errno::INTR) => {}
            got => break got?,
        }
    };
    room.remove(got, CHUNK);
    Ok(room)
}

/// The terminal of the process to write to. When there is none (a job of cron, `ssh` without `-t`)
/// each write fails with the reason, so that nobody says something was sent.
pub fn terminal() -> Box<dyn Write> {
    match std::fs::OpenOptions::new().write(true).open("/dev/tty") {
        Ok(tty) => Box::new(tty),
        Err(error) => Box::new(NoTerminal(error.kind())),
    }
}

struct NoTerminal(io::ErrorKind);

impl Write for NoTerminal {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(self.0.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Err(self.0.into())
    }
}

/// Keeps the terminal from showing what is typed while `work` goes on: a person who types ahead
/// while a key is derived must not see the password on the screen. What was typed is thrown away.
///
/// Signals that end programs wait until the work is done and the terminal is as it was; then they
/// are `Interrupted`. Without a terminal it is just the work.
pub fn unseen<T>(work: impl FnOnce() -> T) -> io::Result<T> {
    let tty = std::fs::OpenOptions::new().read(true).write(true).open("/dev/tty").ok();
    let before = tty.as_ref().and_then(|tty| tcgetattr(tty).ok());
    let (Some(tty), Some(before)) = (tty, before) else { return Ok(work()) };
    let signals = Signals::install()?;
    let mut silent = before.clone();
    silent.local_modes.remove(LocalModes::ECHO | LocalModes::ECHONL);
    let _ = tcsetattr(&tty, OptionalActions::Now, &silent);
    let done = work();
    let _ = tcsetattr(&tty, OptionalActions::Flush, &before);
    let ending = |signal| !matches!(signal, Signal::Continue | Signal::Resize | Signal::Stop);
    if signals.take().any(ending) { Err(io::ErrorKind::Interrupted.into()) } else { Ok(done) }
}

fn bounded(mut from: impl Read, most: usize) -> io::Result<SecretBytes> {
    let mut all = SecretBytes::with_capacity(most);
    let mut room = SecretBytes::filled(CHUNK, |_| Ok::<(), io::Error>(()))?;
    loop {
        match from.read(room.expose_mut()) {
            Ok(0) => return Ok(all),
            Ok(got) => {
                let came = room.expose().get(..got).unwrap_or(&[]);
                all.push(came).map_err(|_| io::Error::from(io::ErrorKind::FileTooLarge))?;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pipe_is_read_to_its_end_and_one_that_nobody_writes_into_is_told() {
        let path = std::env::temp_dir().join(format!("mamori-pipe-{}", std::process::id()));
        let _ = std::fs::remove_file(&path);
        let mode = rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR;
        rustix::fs::mknodat(rustix::fs::CWD, &path, rustix::fs::FileType::Fifo, mode, 0).expect("made");
        let begun = Instant::now();
        assert_eq!(file(&path, 10).expect_err("nobody writes").kind(), io::ErrorKind::TimedOut);
        assert!(begun.elapsed() >= WRITER, "a writer may come a moment later");
        for (words, came) in [(&["slow", "ly"][..], Ok(&b"slowly"[..])), (&["much too long"], Err(()))] {
            let written = path.clone();
            let writer = std::thread::spawn(move || {
                let mut pipe = std::fs::OpenOptions::new().write(true).open(written).expect("opened");
                for word in words {
                    std::thread::sleep(Duration::from_millis(100));
                    let _ = pipe.write_all(word.as_bytes());
                }
            });
            let read = file(&path, 10);
            assert_eq!(read.as_ref().map(|bytes| bytes.expose()).map_err(drop), came);
            writer.join().expect("as above");
        }
        std::fs::remove_file(&path).expect("there");
    }

    #[test]
    fn a_command_gives_its_output_or_fails() {
        assert_eq!(output("printf 'a b\\n'", 10).expect("runs").expose(), b"a b\n");
        assert!(output("echo x; exit 3", 10).is_err());
        assert_eq!(
            output("head -c 11 /dev/zero", 10).expect_err("too long").kind(),
            io::ErrorKind::FileTooLarge
        );
    }
}
