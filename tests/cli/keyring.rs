//! `unlock`, `lock`, `status` with the kernel's real keyring: another login, a login that has ended,
//! another user, a container that forbids it. Each test has a vault of its own, so a key of its own.

use super::house::{House, PW, Run};

/// Runs a program in a login session of its own (`session`), in one whose keyring was revoked as a
/// logout does (`revoked`), or where a filter of system calls forbids keyrings (`forbidden`).
const UNDER: &str = r#"
import ctypes, os, struct, sys
libc = ctypes.CDLL(None, use_errno=True)
mode, argv = sys.argv[1], sys.argv[2:]
x86 = os.uname().machine == "x86_64"
add_key, request_key, keyctl = (248, 249, 250) if x86 else (217, 218, 219)
def check(result):
    assert result >= 0, os.strerror(ctypes.get_errno())
if mode in ("session", "revoked"):
    check(libc.syscall(keyctl, 1, None))
if mode == "revoked":
    check(libc.syscall(keyctl, 3, ctypes.c_int(-3)))
if mode == "forbidden":
    ops = [(0x20, 0, 0, 0)]
    for left, number in enumerate((add_key, request_key, keyctl)):
        ops.append((0x15, 3 - left, 0, number))
    ops += [(0x06, 0, 0, 0x7fff0000), (0x06, 0, 0, 0x00050000 | 1)]
    code = b"".join(struct.pack("HBBI", *op) for op in ops)
    class Program(ctypes.Structure):
        _fields_ = [("len", ctypes.c_ushort), ("filter", ctypes.c_char_p)]
    check(libc.prctl(38, 1, 0, 0, 0))
    check(libc.prctl(22, 2, ctypes.byref(Program(len(ops), code)), 0, 0))
os.execvp(argv[0], argv)
"#;

/// A house with an entry, where there is a keyring at all.
fn house() -> Option<House> {
    let house = House::bare();
    let keyring = house.json(&["status", "--json"])["keyring"].clone();
    if keyring != "available" {
        assert_ne!(std::env::var("CI").as_deref(), Ok("true"), "CI must have a kernel keyring");
        eprintln!("SKIPPED: no kernel keyring here ({keyring})");
        return None;
    }
    let file = house.path("pw");
    house.fed(&["--password-file", &file, "add", "Blog", "--secret-stdin"], "S3CRET\n");
    house.file("under.py", UNDER.as_bytes());
    Some(house)
}

impl House {
    fn unlock(&self, more: &[&str]) {
        let file = self.path("pw");
        self.ok(&[&["--password-file", &file, "unlock"], more].concat());
    }

    fn under(&self, mode: &str, line: &str) -> Run {
        let script = self.file("line.sh", line.as_bytes());
        self.shell(&format!("export MAMORI; exec python3 under.py {mode} bash {script}"))
    }

    fn state(&self) -> String {
        self.json(&["status", "--json"])["state"].as_str().unwrap().to_owned()
    }
}

#[test]
fn an_unlocked_vault_asks_for_no_password_until_it_is_locked() {
    let Some(house) = house() else { return };
    assert_eq!(house.run(&["get", "Blog"]).code, 8);
    house.unlock(&["--for", "1h"]);
    assert_eq!(house.ok(&["get", "Blog"]), "S3CRET\n");
    // The first line of standard input is the secret, not a password that nobody asks for.
    house.fed(&["add", "Shop", "--secret-stdin"], "another\n");
    assert_eq!(house.ok(&["get", "Shop"]), "another\n");
    let told = house.json(&["status", "--json"]);
    assert_eq!((&told["state"], &told["reach"]), (&"unlocked".into(), &"user".into()));
    assert!((1..=3600).contains(&told["seconds_left"].as_u64().unwrap()), "{told}");
    assert_eq!(house.ok(&["lock"]), "");
    assert_eq!((house.run(&["get", "Blog"]).code, house.state()), (8, "locked".into()));
    assert_eq!(house.run(&["lock"]).code, 0, "twice does no harm");
}

#[test]
fn what_needs_the_password_itself_asks_for_it_all_the_same() {
    let Some(house) = house() else { return };
    house.unlock(&[]);
    for asking in [
        &["export", "-", "--format", "json", "--plain"][..],
        &["export", "copy.mamori"],
        &["passwd"],
        &["unlock", "--for", "2h"],
        &["--ask", "get", "Blog"],
    ] {
        let run = house.run(asking);
        assert_eq!((run.code, run.out.as_str()), (8, ""), "{asking:?}: {}", run.err);
    }
    let wrong = house.with(&["--password-file", "-", "get", "Blog"], b"wrong\n");
    assert_eq!(wrong.code, 3, "a password that was given is the one that counts");
    assert_eq!(house.state(), "unlocked");
    house.ok(&["lock"]);
}

#[test]
fn a_password_change_ends_the_kept_key() {
    let Some(house) = house() else { return };
    house.unlock(&[]);
    let (old, new) = (house.path("pw"), house.file("new", b"another battery staple\n"));
    house.ok(&["--password-file", &old, "passwd", "--new-password-file", &new, "--kdf", super::house::KDF]);
    let run = house.run(&["get", "Blog"]);
    assert_eq!((run.code, house.state()), (8, "locked".into()), "{}", run.err);
    // Also where another program changed it: a key of an old epoch is never "wrong password".
    let before = std::fs::read(house.vault()).unwrap();
    house.ok(&["--password-file", &new, "unlock"]);
    house.ok(&["--password-file", &new, "passwd", "--new-password-file", &old, "--kdf", super::house::KDF]);
    std::fs::write(house.vault(), before).unwrap();
    assert_eq!(house.run(&["get", "Blog"]).code, 8);
}

#[test]
fn the_kernel_ends_it_when_the_time_is_over() {
    let Some(house) = house() else { return };
    for bad in ["15", "0s", "8d", "soon"] {
        let run = house.run(&["unlock", "--for", bad]);
        assert_eq!((run.code, run.err.contains("E0830")), (2, true), "{bad}: {}", run.err);
    }
    house.unlock(&["--for", "1s"]);
    let end = std::time::Instant::now() + super::pty::PATIENCE;
    while house.run(&["get", "Blog"]).code == 0 {
        assert!(std::time::Instant::now() < end, "still unlocked");
    }
    assert_eq!(house.state(), "locked");
}

#[test]
fn every_login_sees_it_also_one_whose_own_keyring_has_ended() {
    let Some(house) = house() else { return };
    let file = house.path("pw");
    // Unlocked inside of one login; that login ends; seen in another and in one that was revoked.
    let run = house.under("session", &format!("\"$MAMORI\" --password-file {file} unlock"));
    assert_eq!(run.code, 0, "{}", run.err);
    for mode in ["session", "revoked"] {
        let run = house.under(mode, "\"$MAMORI\" get Blog");
        assert_eq!((run.code, run.out.as_str()), (0, "S3CRET\n"), "{mode}: {}", run.err);
    }
    let run = house.under("revoked", "\"$MAMORI\" lock; \"$MAMORI\" get Blog");
    assert_eq!(run.code, 8, "{}", run.err);
    assert_eq!(house.state(), "locked", "for all of them");
    let run = house.under("revoked", &format!("\"$MAMORI\" --password-file {file} unlock"));
    assert_eq!((run.code, house.state()), (0, "unlocked".into()), "{}", run.err);
    house.ok(&["lock"]);
}

#[test]
fn for_this_session_is_for_this_session() {
    let Some(house) = house() else { return };
    let file = house.path("pw");
    let unlock = format!("\"$MAMORI\" --password-file {file} unlock --this-session");
    let run = house.under(
        "session",
        &format!(
            "{unlock} && \"$MAMORI\" get Blog && setsid -w \"$MAMORI\" status --json && \
             python3 under.py session \"$MAMORI\" get Blog; echo $?"
        ),
    );
    assert!(run.out.starts_with("S3CRET\n{"), "{} {}", run.out, run.err);
    assert!(run.out.contains("\"reach\":\"session\"") && run.out.ends_with("8\n"), "{} {}", run.out, run.err);
    assert_eq!(house.state(), "locked", "outside of it");
    for mode in ["revoked", "forbidden"] {
        let run = house.under(mode, &unlock);
        assert_eq!((run.code, run.err.contains("E1204")), (1, true), "{mode}: {}", run.err);
    }
}

#[test]
fn where_keyrings_are_forbidden_it_says_so_and_asks() {
    let Some(house) = house() else { return };
    house.unlock(&[]);
    let run = house.under("forbidden", "\"$MAMORI\" status; \"$MAMORI\" status --json; \"$MAMORI\" get Blog");
    assert_eq!(run.code, 8, "{}", run.err);
    assert!(run.out.contains("seccomp") && run.out.contains("\"keyring\":\"forbidden\""), "{}", run.out);
    let file = house.path("pw");
    let run = house.under("forbidden", &format!("\"$MAMORI\" --password-file {file} get Blog"));
    assert_eq!((run.code, run.out.as_str()), (0, "S3CRET\n"), "{}", run.err);
    for line in ["unlock", "lock"] {
        let run = house.under("forbidden", &format!("\"$MAMORI\" {line}"));
        assert_eq!((run.code, run.err.contains("E1204")), (1, true), "{line}: {}", run.err);
    }
    house.ok(&["lock"]);
}

fn is_root() -> bool {
    let root = rustix::process::geteuid().is_root();
    assert!(root || std::env::var("CI").as_deref() != Ok("true"), "CI runs this as root");
    if !root {
        eprintln!("SKIPPED: only root can become another user");
    }
    root
}

/// What runs the rest of a line as a user who is nobody else.
const AS_NOBODY: &str = "setpriv --reuid 65534 --regid 65534 --clear-groups";

#[test]
fn another_user_sees_nothing_of_it() {
    let Some(house) = house() else { return };
    if !is_root() {
        return;
    }
    house.unlock(&[]);
    let line = format!(
        // - the program was perhaps built where only root may look
        "cp data/mamori/vault.mamori theirs.mamori && chown 65534:65534 theirs.mamori && chmod 755 . && \
         install -m 755 \"$MAMORI\" theirs && \
         {AS_NOBODY} env HOME=/nonexistent XDG_STATE_HOME=/nonexistent ./theirs --vault theirs.mamori get Blog"
    );
    let run = house.under("session", &line);
    assert_eq!((run.code, run.err.contains("E0304")), (8, true), "{} {}", run.out, run.err);
    assert_eq!(house.ok(&["--vault", "theirs.mamori", "get", "Blog"]), "S3CRET\n", "ours it opens");
    house.ok(&["lock"]);
    assert!(!house.run(&["get", "Blog"]).err.contains(PW));
}

#[test]
fn an_ordinary_user_whose_vault_is_gone_locks_all_the_same() {
    let Some(house) = house() else { return };
    if !is_root() {
        return;
    }
    // A user of its own, because this locks every vault of the user.
    let line = "chown -R 54321:54321 . && cp -p data/mamori/vault.mamori kept && \
                run() { setpriv --reuid 54321 --regid 54321 --clear-groups \"$MAMORI\" \"$@\"; } && \
                run --password-file pw unlock -q && run get Blog && rm data/mamori/vault.mamori && \
                run status --json && run --lang ja lock && cp -p kept data/mamori/vault.mamori && run get Blog";
    let run = house.shell(line);
    assert!(run.out.starts_with("S3CRET\n{") && run.out.contains("missing"), "{} {}", run.out, run.err);
    assert!(run.err.contains(": 1 件"), "{}", run.err);
    assert_eq!(run.code, 8, "{} {}", run.out, run.err);
}

/// Each refusal of the kernel in turn: a kernel without keyrings, a sandbox, a share that is used up.
#[test]
fn a_kernel_that_refuses_is_told_and_the_password_opens_the_vault() {
    let house = House::bare();
    if !crate::common::can_trace() {
        return;
    }
    let file = house.path("pw");
    house.fed(&["--password-file", &file, "add", "Blog", "--secret-stdin"], "S3CRET\n");
    for (error, words) in
        [("ENOSYS", "no keyring"), ("EPERM", "seccomp"), ("EDQUOT", "full"), ("ENOMEM", "failed")]
    {
        for call in ["keyctl", "add_key"] {
            let tracer = format!("strace -qq -f -o /dev/null -e trace={call} -e inject={call}:error={error}");
            let run =
                |line: &str| house.shell(&format!("{tracer} \"$MAMORI\" --password-file {file} {line}"));
            let unlock = run("unlock --for 1m");
            assert_eq!(
                (unlock.code, unlock.err.contains("E1204")),
                (1, true),
                "{call} {error}: {}",
                unlock.err
            );
            assert!(unlock.err.contains(words), "{call} {error}: {}", unlock.err);
            let get = run("get Blog");
            assert_eq!((get.code, get.out.as_str()), (0, "S3CRET\n"), "{call} {error}: {}", get.err);
        }
        // - podman's profile refuses `add_key` alone
        for call in ["keyctl", "add_key"] {
            let status = house.shell(&format!(
                "strace -qq -f -o /dev/null -e trace={call} -e inject={call}:error={error} \"$MAMORI\" status"
            ));
            let said = status.code == 0 && status.out.contains(words);
            assert!(said, "{call} {error}: {}{}", status.out, status.err);
        }
    }
}

/// As cron runs it: no terminal, no environment but the home, a session of its own.
#[test]
fn cron_opens_the_vault_with_the_kept_key_and_is_told_when_there_is_none() {
    let Some(house) = house() else { return };
    let line = "env -i HOME=\"$HOME\" XDG_DATA_HOME=\"$XDG_DATA_HOME\" XDG_STATE_HOME=\"$XDG_STATE_HOME\" \
                setsid -w \"$MAMORI\" get Blog < /dev/null";
    house.unlock(&["--for", "5m"]);
    let run = house.shell(line);
    assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (0, "S3CRET\n", ""));
    house.ok(&["lock"]);
    let run = house.shell(line);
    assert_eq!((run.code, run.err.contains("E0304")), (8, true), "{}", run.err);
}
