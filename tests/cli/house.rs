//! A home folder of its own for each test, and the binary run in it.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::Value;

/// The master password.
pub const PW: &str = "correct horse battery";
/// The least cost: tests only.
pub const KDF: &str = "m=8MiB,t=1,p=1";

static NEXT: AtomicU32 = AtomicU32::new(0);

struct Root(PathBuf);

impl Drop for Root {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[derive(Clone)]
pub struct House {
    root: Arc<Root>,
    env: Vec<(String, String)>,
}

pub struct Run {
    pub code: i32,
    pub out: String,
    pub bytes: Vec<u8>,
    pub err: String,
}

impl House {
    /// A home without a vault, and without a password.
    pub fn empty() -> House {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let root = std::env::temp_dir().join(format!("mamori-cli-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&root).unwrap();
        let house = House { root: Arc::new(Root(root)), env: Vec::new() };
        house.file("pw", format!("{PW}\n").as_bytes());
        house
    }

    /// A home with a vault; no password is given by itself.
    pub fn bare() -> House {
        let house = House::empty();
        let file = house.path("pw");
        assert_eq!(house.run(&["init", "--kdf", KDF, "-q", "--password-file", &file]).code, 0);
        house
    }

    /// A home with a vault, and the password in `MAMORI_PASSWORD_FILE`.
    pub fn new() -> House {
        let house = House::bare();
        let file = house.path("pw");
        house.env("MAMORI_PASSWORD_FILE", &file)
    }

    /// The same home with one more variable of the environment.
    pub fn env(&self, name: &str, value: &str) -> House {
        let mut house = self.clone();
        house.env.push((name.into(), value.into()));
        house
    }

    pub fn root(&self) -> &Path {
        &self.root.0
    }

    pub fn path(&self, name: &str) -> String {
        self.root().join(name).to_str().unwrap().to_owned()
    }

    pub fn vault(&self) -> PathBuf {
        self.root().join("data/mamori/vault.mamori")
    }

    pub fn file(&self, name: &str, bytes: &[u8]) -> String {
        std::fs::write(self.root().join(name), bytes).unwrap();
        self.path(name)
    }

    /// Every variable of the environment that the binary gets.
    pub fn variables(&self) -> Vec<(String, String)> {
        let root = self.root().to_str().unwrap();
        let mut all = vec![
            ("HOME".into(), root.into()),
            ("XDG_DATA_HOME".into(), format!("{root}/data")),
            ("XDG_STATE_HOME".into(), format!("{root}/state")),
            ("XDG_CONFIG_HOME".into(), format!("{root}/config")),
            ("PATH".into(), std::env::var("PATH").unwrap()),
            ("LANG".into(), "C.UTF-8".into()),
            ("TZ".into(), "UTC".into()),
        ];
        all.extend(self.env.iter().cloned());
        all
    }

    fn start(&self, mut command: Command, input: &[u8]) -> Run {
        command.env_clear().envs(self.variables()).current_dir(self.root());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        // No terminal either: a test must not wait for whoever started it.
        let mut child = command.spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let input = input.to_vec();
        let feeder = std::thread::spawn(move || drop(stdin.write_all(&input)));
        let done = child.wait_with_output().unwrap();
        feeder.join().unwrap();
        Run {
            code: done.status.code().unwrap_or(-1),
            out: String::from_utf8_lossy(&done.stdout).into_owned(),
            bytes: done.stdout,
            err: String::from_utf8_lossy(&done.stderr).into_owned(),
        }
    }

    /// Runs the binary without a controlling terminal, with `input` on standard input.
    pub fn with(&self, args: &[&str], input: &[u8]) -> Run {
        let mut command = Command::new("setsid");
        command.arg("--wait").arg(env!("CARGO_BIN_EXE_mamori")).args(args);
        self.start(command, input)
    }

    pub fn run(&self, args: &[&str]) -> Run {
        self.with(args, b"")
    }

    /// Runs a line of bash with the binary as `$MAMORI`.
    pub fn shell(&self, line: &str) -> Run {
        let mut command = Command::new("setsid");
        command.args(["--wait", "bash", "-c", &format!("MAMORI={}; {line}", env!("CARGO_BIN_EXE_mamori"))]);
        self.start(command, b"")
    }

    /// Runs what must succeed; gives standard output.
    pub fn ok(&self, args: &[&str]) -> String {
        let run = self.run(args);
        assert_eq!(run.code, 0, "{args:?}: {}", run.err);
        run.out
    }

    pub fn fed(&self, args: &[&str], input: &str) -> String {
        let run = self.with(args, input.as_bytes());
        assert_eq!(run.code, 0, "{args:?}: {}", run.err);
        run.out
    }

    pub fn json(&self, args: &[&str]) -> Value {
        serde_json::from_str(&self.ok(args)).unwrap()
    }
}
