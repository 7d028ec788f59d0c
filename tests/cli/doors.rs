//! Every door through which a file comes in, with everything behind it that is none: a pipe, devices, a folder,
//! a socket, nothing, a gigabyte of holes, a link to itself. Each is answered at once, within bounds.

use super::house::{House, KDF};

/// Words that open a door; `@` is the file.
const DOORS: [&[&str]; 15] = [
    &["--vault", "@", "list"],
    &["--key-file", "@", "--ask", "--vault", "keyed.mamori", "list"],
    &["--password-file", "@", "list"],
    &["passwd", "--new-password-file", "@", "--yes"],
    &["slots", "add", "password", "--new-password-file", "@"],
    &["slots", "add", "key-file", "@", "--new-password-file", "pw"],
    &["--config", "@", "list"],
    &["import", "@", "--yes"],
    &["import", "@", "--dry-run"],
    &["merge", "@", "--yes"],
    &["mail", "add", "@"],
    &["attach", "no-such-entry", "@"],
    &["health", "--pwned", "@"],
    &["pwned", "build", "@", "made.filter"],
    &["backup", "restore", "@", "--yes"],
];
const FILES: [&str; 10] =
    ["fifo", "folder", "zero", "null", "socket", "empty", "holes", "more-holes", "loop", "none"];

#[test]
fn whatever_lies_behind_a_door_is_answered_at_once() {
    let house = House::new();
    house.ok(&["add", "one", "--generate"]);
    let key = house.file("key", b"a key file");
    let file = house.path("pw");
    let keyed = ["--vault", "keyed.mamori"];
    house.ok(&[&keyed[..], &["init", "--kdf", KDF]].concat());
    house.ok(&[&keyed[..], &["slots", "add", "key-file", &key, "--new-password-file", &file, "--kdf", KDF]]
        .concat());
    let made = house.shell(
        "mkfifo fifo; mkdir folder; ln -s /dev/zero zero; ln -s /dev/null null; : > empty; ln -s loop loop; \
         truncate -s 1G holes; truncate -s 40G more-holes; \
         python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind(\"socket\")'",
    );
    assert_eq!(made.code, 0, "{}", made.err);
    let before = std::fs::read(house.vault()).unwrap();
    for door in DOORS {
        for name in FILES {
            let words: Vec<String> = door.iter().map(|word| word.replace('@', name)).collect();
            let line =
                format!("ulimit -v 3000000; exec timeout 20 \"$MAMORI\" {} < /dev/null", words.join(" "));
            let run = house.shell(&line);
            let told = format!("{words:?}: {} {}", run.code, run.err);
            // - an empty list and empty settings are fine
            let fine = name == "empty" || name == "null";
            assert!((1..=7).contains(&run.code) || (fine && run.code == 0), "{told}");
            assert!(run.code == 0 || run.err.contains("mamori: error E"), "{told}");
            assert!(!run.err.contains("panicked") && !run.err.contains("memory allocation"), "{told}");
        }
    }
    assert!(std::fs::read(house.vault()).unwrap() == before, "nothing of it changed the vault");
}
