//! Every command that writes, killed before each system call that changes the disk and refused at each of
//! them: what lies there afterwards is what was there before or what an undisturbed run makes, and what is
//! reported done is done. The save of an edit is disturbed at every call in the file above this one.

use std::collections::BTreeMap;
use std::os::unix::process::ExitStatusExt;
use std::path::PathBuf;

use mamori::session::Open;

use super::{Home, MASTER, password, reopen, skipped};

const NEW: &str = "another good password";
const HEAD: &str = "Name,Url,MatchUrl,Login,Pwd,Note,Folder,RfFieldsV2\n";

/// Commands, by the words that follow the program's name. `{}` is the home.
const COMMANDS: [&[&str]; 27] = [
    &["init", "--kdf", "m=8MiB,t=1,p=1", "--vault", "{}/vaults/other.mamori"],
    &["add", "new"],
    &["mv", "one", "folder"],
    &["edit", "one", "--archive"],
    &["clone", "one"],
    &["restore", "gone"],
    &["restore", "one", "--to", "1"],
    &["link", "one", "hosted-on", "two"],
    &["attach", "two", "{}/r.csv"],
    &["detach", "one", "--to", "{}/out.toml"],
    &["detach", "one", "--remove"],
    &["mail", "add", "{}/list.txt", "--generate", "--yes"],
    &["change", "two", "--confirm"],
    &["change", "two", "--discard"],
    &["rm", "one"],
    &["purge", "one", "--yes", "--old-backups", "keep"],
    &["change", "one"],
    &["import", "{}/r.csv"],
    &["merge", "{}/vaults/vault.conflict-1700000000000.mamori", "--put-away"],
    &["backup", "restore", "{backup}", "--yes"],
    &["backup", "restore", "{backup}", "--entry", "one"],
    &["passwd", "--new-password-file", "{}/new", "--kdf", "m=8MiB,t=1,p=1", "--old-backups", "keep"],
    &["slots", "add", "password", "--new-password-file", "{}/new", "--kdf", "m=8MiB,t=1,p=1"],
    &["slots", "rename", "password", "mine"],
    &["export", "{}/out.mamori"],
    &["export", "{}/out.json", "--format", "json", "--plain", "--yes"],
    &["config", "init"],
];

/// A home that is put back to the same state before each run.
struct Stage {
    home: Home,
    backup: String,
    files: BTreeMap<PathBuf, Vec<u8>>,
}

/// What matters of a home: by file what opens it and what is in it, or its bytes.
type State = BTreeMap<String, String>;

fn files(home: &Home) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut folders = vec![home.0.clone()];
    let mut found = BTreeMap::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.insert(path.clone(), std::fs::read(path).unwrap());
            }
        }
    }
    found
}

fn told(open: &Open) -> String {
    let mut all: Vec<String> = open
        .vault()
        .entries()
        .map(|entry| {
            let held = (
                open.vault().record(entry.id()).unwrap().attrs().len(),
                entry.files().len(),
                entry.staged().len(),
            );
            format!("{} {} {:?} {} {held:?}", entry.title(), entry.username(), entry.state(), entry.folder())
        })
        .collect();
    all.sort();
    let slots: Vec<String> = open.ways().into_iter().map(|way| way.name).collect();
    format!("{all:?} {slots:?} epoch {}", open.header().epoch)
}

/// A vault by what it holds; none when it does not open.
fn opened(bytes: &[u8]) -> Option<String> {
    [MASTER, NEW].iter().find_map(|word| {
        let open = reopen(bytes.to_vec(), &password(word), 9).ok()?;
        Some(format!("{word}: {}", told(&open)))
    })
}

impl Stage {
    fn new(name: &str) -> Stage {
        let home = Home::with_vault(name);
        home.ok(&["add", "two"]);
        std::fs::write(home.0.join("r.csv"), format!("{HEAD}A,https://a,https://a,u,p,,,\n")).unwrap();
        std::fs::write(home.0.join("new"), NEW).unwrap();
        // - a backup, and a copy that was edited apart
        let before = home.0.join("before.csv");
        std::fs::write(&before, format!("{HEAD}B,https://b,https://b,u,p,,,\n")).unwrap();
        home.ok(&["import", &before.display().to_string()]);
        let copy = home.0.join("vaults/vault.conflict-1700000000000.mamori");
        std::fs::copy(home.vault(), &copy).unwrap();
        home.ok(&["edit", "one", "-u", "later"]);
        // - what the commands below are about: a file, a change under way, something in the trash
        std::fs::write(home.0.join("list.txt"), "info@example.jp\n").unwrap();
        home.ok(&["attach", "one", &home.0.join("list.txt").display().to_string()]);
        home.ok(&["change", "two"]);
        home.ok(&["add", "gone"]);
        home.ok(&["rm", "gone"]);
        let there = copy.display().to_string();
        let mut elsewhere = home.command(&[], &["--vault", &there, "add", "three"]);
        assert!(elsewhere.env("XDG_STATE_HOME", home.0.join("state2")).status().unwrap().success());
        std::fs::remove_dir_all(home.0.join("state2")).unwrap();
        let store = home.store();
        let all = store.backups(&home.open().header().vault).unwrap();
        let backup = all.first().expect("the import made one").name.clone();
        let files = files(&home);
        Stage { home, backup, files }
    }

    fn reset(&self) {
        for folder in ["vaults", "state", "config"] {
            let _ = std::fs::remove_dir_all(self.home.0.join(folder));
        }
        for name in ["out.mamori", "out.json", "out.toml"] {
            let _ = std::fs::remove_file(self.home.0.join(name));
        }
        for (path, bytes) in &self.files {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes).unwrap();
        }
    }

    fn run(&self, tracer: &[String], words: &[&str]) -> std::process::Output {
        let home = self.home.0.display().to_string();
        let words: Vec<String> =
            words.iter().map(|word| word.replace("{}", &home).replace("{backup}", &self.backup)).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let mut command = self.home.command(tracer, &words);
        command.env("XDG_CONFIG_HOME", self.home.0.join("config"));
        command.output().unwrap()
    }

    /// The system calls of an undisturbed run that change the disk: name, and which of that name.
    fn calls(&self, words: &[&str]) -> Option<Vec<(String, usize)>> {
        self.reset();
        let trace = self.home.0.join("trace");
        let tracer = ["strace", "-qq", "-o", &trace.display().to_string()].map(str::to_owned);
        let done = self.run(&tracer, words);
        let said = String::from_utf8_lossy(&done.stderr);
        if said.contains("ptrace") {
            println!("{said}");
            return None;
        }
        assert!(done.status.success(), "{words:?}: {said}");
        let text = std::fs::read_to_string(&trace).ok()?;
        let _ = std::fs::remove_file(trace);
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        let mut calls = Vec::new();
        for line in text.lines() {
            let Some((name, rest)) = line.split_once('(') else { continue };
            let count = counts.entry(name).or_default();
            *count += 1;
            let changes = match name {
                "open" | "openat" => line.contains("O_CREAT"),
                // - what is said is not on the disk
                "write" | "pwrite64" => !rest.starts_with("1,") && !rest.starts_with("2,"),
                _ => {
                    let verbs =
                        ["fsync", "fdatasync", "fchmod", "ftruncate", "link", "rename", "unlink", "mkdir"];
                    verbs.iter().any(|verb| name.starts_with(verb))
                }
            };
            if changes {
                calls.push((name.to_owned(), *count));
            }
        }
        Some(calls)
    }

    fn disturbed(&self, (name, which): &(String, usize), what: &str, words: &[&str]) -> std::process::Output {
        self.reset();
        let extra = ["strace", "-qq", "-o", "/dev/null", "-e", &format!("trace={name}"), "-e"];
        let mut tracer = extra.map(str::to_owned).to_vec();
        tracer.push(format!("inject={name}:{what}:when={which}"));
        self.run(&tracer, words)
    }

    /// What a person would find; every vault there must open.
    fn state(&self, after: &str) -> State {
        let mut state = State::new();
        for (path, bytes) in files(&self.home) {
            let name = path.strip_prefix(&self.home.0).unwrap().display().to_string();
            let end = path.extension().and_then(|end| end.to_str()).unwrap_or_default();
            let told = match end {
                "mamori" => opened(&bytes).unwrap_or_else(|| panic!("{after}: {name} does not open")),
                "json" => serde_json::from_slice::<serde_json::Value>(&bytes)
                    .map(|json| json["entries"].as_array().map_or(0, Vec::len).to_string())
                    .unwrap_or_else(|error| panic!("{after}: {name}: {error}")),
                "toml" => String::from_utf8(bytes).unwrap(),
                _ => continue,
            };
            // - a backup more or less is no matter, and its name is a time
            if !name.starts_with("state/") {
                state.insert(name, told);
            }
        }
        state
    }

    /// Disturbs a command everywhere; gives how often it was killed and how often it refused.
    fn check(&self, words: &[&str]) -> Option<(usize, usize)> {
        let calls = self.calls(words)?;
        let after = self.state("undisturbed");
        self.reset();
        let before = self.state("before");
        assert_ne!(before, after, "{words:?} changes something");
        // - a copy is moved in a step of its own, after the vault is saved; an export is one file of two
        let one_of_them = |state: &State| {
            state.iter().all(|(name, told)| before.get(name) == Some(told) || after.get(name) == Some(told))
                && before.keys().filter(|name| after.contains_key(*name)).all(|name| state.contains_key(name))
        };
        let (mut killed, mut refused) = (0, 0);
        for (at, call) in calls.iter().enumerate() {
            for what in ["signal=SIGKILL", ["error=EIO", "error=ENOSPC", "error=EDQUOT"][at % 3]] {
                let done = self.disturbed(call, what, words);
                let which = format!("{words:?} {call:?} {what}");
                let said = String::from_utf8_lossy(&done.stderr).into_owned();
                let now = self.state(&which);
                match (done.status.code(), done.status.signal()) {
                    (Some(0), _) => assert_eq!(now, after, "{which}: reported done\n{said}"),
                    (Some(code), _) => {
                        assert!(said.contains("mamori: error E"), "{which}: {code} {said}");
                        refused += 1;
                    }
                    (None, Some(9)) => killed += 1,
                    (None, signal) => panic!("{which}: {signal:?} {said}"),
                }
                assert!(one_of_them(&now), "{which}:\n{now:#?}\nbefore {before:#?}\nafter {after:#?}");
            }
        }
        println!(
            "{:?}: {} calls, killed {killed}, refused {refused}",
            words[..2.min(words.len())].join(" "),
            calls.len()
        );
        assert!(killed > 0 && calls.len() > 4, "{words:?} {killed} {calls:?}");
        Some((killed, refused))
    }
}

#[test]
fn every_command_that_writes_is_killed_and_refused_at_each_change_of_the_disk() {
    // - two at a time, as CI has two cores
    let halves: Vec<_> = (0..2)
        .map(|half| {
            std::thread::spawn(move || {
                let stage = Stage::new(&format!("every{half}"));
                COMMANDS.iter().skip(half).step_by(2).map(|words| stage.check(words)).collect::<Vec<_>>()
            })
        })
        .collect();
    let found: Vec<_> = halves.into_iter().flat_map(|half| half.join().expect("as above")).collect();
    if found.iter().any(Option::is_none) {
        // - a command that fails undisturbed has failed the test already
        skipped("a program can be traced (strace)");
        return;
    }
    let (killed, refused) = found.iter().flatten().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    println!("{} commands: killed {killed}, refused {refused}", found.len());
    assert!(killed > 100 && refused > 80, "{killed} {refused}");
}
