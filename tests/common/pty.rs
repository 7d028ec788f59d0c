//! A pseudo-terminal with a program in it: what it wrote, what is typed into it, its end.

#![allow(dead_code, reason = "not every test program uses all of it")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "for tests")]

use std::io::{Read, Write};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// How long anything may take before a test gives up.
pub const PATIENCE: Duration = Duration::from_secs(10);

pub struct Pty {
    master: Option<Box<dyn MasterPty + Send>>,
    keys: Option<Box<dyn Write + Send>>,
    pub child: Box<dyn Child + Send + Sync>,
    screen: Arc<(Mutex<Vec<u8>>, Condvar)>,
}

impl Pty {
    pub fn start(command: CommandBuilder) -> Pty {
        Pty::sized(command, 80, 24)
    }

    pub fn sized(mut command: CommandBuilder, cols: u16, rows: u16) -> Pty {
        let size = PtySize { rows, cols, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        command.cwd("/");
        let child = pair.slave.spawn_command(command).unwrap();
        let mut reader = pair.master.try_clone_reader().unwrap();
        let keys = pair.master.take_writer().unwrap();
        let screen = Arc::new((Mutex::new(Vec::new()), Condvar::new()));
        let shared = Arc::clone(&screen);
        std::thread::spawn(move || {
            let mut chunk = [0; 4096];
            while let Ok(got) = reader.read(&mut chunk) {
                if got == 0 {
                    break;
                }
                shared.0.lock().unwrap().extend_from_slice(&chunk[..got]);
                shared.1.notify_all();
            }
        });
        Pty { master: Some(pair.master), keys: Some(keys), child, screen }
    }

    /// Runs the test program again, in the mode `mode` of its test `child`.
    pub fn again(mode: &str, extra: &[(&str, &str)]) -> Pty {
        let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
        command.args(["--exact", "child", "--nocapture", "--test-threads=1"]);
        command.env("MAMORI_CHILD", mode);
        for (name, value) in extra {
            command.env(name, value);
        }
        Pty::start(command)
    }

    pub fn output(&self) -> Vec<u8> {
        self.screen.0.lock().unwrap().clone()
    }

    /// Waits until the program has written `wanted`.
    pub fn wait_for(&self, wanted: &str) {
        let end = Instant::now() + PATIENCE;
        let mut seen = self.screen.0.lock().unwrap();
        while !contains(&seen, wanted.as_bytes()) {
            let left = end.saturating_duration_since(Instant::now());
            assert!(!left.is_zero(), "no {wanted:?} in {}", seen.escape_ascii());
            seen = self.screen.1.wait_timeout(seen, left).unwrap().0;
        }
    }

    /// The program wrote `wanted` after its first `from` bytes.
    pub fn seen(&self, from: usize, wanted: &str) -> bool {
        let seen = self.screen.0.lock().unwrap();
        contains(seen.get(from..).unwrap_or_default(), wanted.as_bytes())
    }

    /// Waits until it writes `wanted` after its first `from` bytes; false when it does not.
    pub fn waits(&self, from: usize, wanted: &str, patience: Duration) -> bool {
        let end = Instant::now() + patience;
        let mut seen = self.screen.0.lock().unwrap();
        while !contains(seen.get(from..).unwrap_or_default(), wanted.as_bytes()) {
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return false;
            }
            seen = self.screen.1.wait_timeout(seen, left).unwrap().0;
        }
        true
    }

    /// How many bytes the program has written.
    pub fn written(&self) -> usize {
        self.screen.0.lock().unwrap().len()
    }

    pub fn keys(&mut self, bytes: &[u8]) {
        let keys = self.keys.as_mut().unwrap();
        keys.write_all(bytes).unwrap();
        keys.flush().unwrap();
    }

    pub fn tty_name(&self) -> std::path::PathBuf {
        self.master.as_ref().unwrap().tty_name().unwrap()
    }

    pub fn signal(&self, signal: rustix::process::Signal) {
        let pid = i32::try_from(self.child.process_id().unwrap()).unwrap();
        rustix::process::kill_process(rustix::process::Pid::from_raw(pid).unwrap(), signal).unwrap();
    }

    /// Waits for the end of the program; gives how long that took.
    pub fn wait_end(&mut self) -> Duration {
        let begun = Instant::now();
        while self.child.try_wait().unwrap().is_none() {
            if begun.elapsed() > PATIENCE {
                let _ = self.child.kill();
                let output = self.output();
                let last = output.len().saturating_sub(3000);
                panic!("it did not end; it wrote last {}", output[last..].escape_ascii());
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        begun.elapsed()
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            let _ = self.child.kill();
        }
    }
}

pub fn contains(all: &[u8], part: &[u8]) -> bool {
    all.windows(part.len()).any(|window| window == part)
}
