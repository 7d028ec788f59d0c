//! Text from outside that wants to do something to a terminal, and secrets that must not show.

use super::house::{House, PW};
use super::terminal::on_terminal;

const EVIL: &str = "a\u{1b}[2J\u{1b}]0;x\u{7}\u{9b}31m\u{202e}gnp\u{200b}\tz";

#[test]
fn a_pipe_gets_exact_bytes_and_a_terminal_none_of_them() {
    let house = House::new();
    house.fed(
        &[
            "add",
            EVIL,
            "-u",
            EVIL,
            "--url",
            EVIL,
            "--tag",
            EVIL,
            "--field",
            &format!("f={EVIL}"),
            "--secret-stdin",
            "--notes-stdin",
        ],
        &format!("{EVIL}\n{EVIL}\n"),
    );
    let id = house.json(&["list", "--json"])[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(house.ok(&["list"]), format!("{EVIL}\t{EVIL}\t{id}\n"));
    assert_eq!(house.ok(&["get", &id]), format!("{EVIL}\n"));
    assert_eq!(house.ok(&["show", &id, "--format", "{title}"]), format!("{EVIL}\n"));

    let evil_field = format!("{id}#f");
    let lists: [&[&str]; 9] = [
        &["list"],
        &["list", "--json"],
        &["show", &id, "--reveal"],
        &["show", &id, "--reveal", "--json"],
        &["show", &id, "--format", "{title}{password}{notes}"],
        &["get", &id],
        &["get", &evil_field],
        &["history", &id, "--reveal"],
        &["export", "-", "--format", "json", "--plain"],
    ];
    for args in lists {
        let seen = on_terminal(&house, args, b"");
        let text = String::from_utf8_lossy(&seen).into_owned();
        for bad in ['\u{1b}', '\u{7}', '\u{9b}', '\u{202e}', '\u{200b}'] {
            assert!(!text.contains(bad), "{args:?} {bad:?}: {}", text.escape_debug());
        }
        // It is visible that something was there.
        assert!(text.contains("<ESC>[2J") || text.contains("\\u001b[2J"), "{args:?}: {text}");
    }
    // Errors name what they are about.
    for args in [
        ["get", EVIL].as_slice(),
        &["--vault", EVIL, "list"],
        &["get", &format!("{id}#{EVIL}")],
        &["list", EVIL, &format!("--{EVIL}")],
    ] {
        let seen = on_terminal(&house, args, b"");
        let text = String::from_utf8_lossy(&seen).into_owned();
        assert!(
            !text.contains('\u{1b}') && !text.contains('\u{202e}') && !text.contains('\u{9b}'),
            "{}",
            text.escape_debug()
        );
    }
}

#[test]
fn no_secret_is_in_the_arguments_or_environment_of_anything() {
    let house = House::bare();
    let spy = "cat /proc/self/cmdline /proc/$PPID/cmdline /proc/self/environ > seen; cat pw";
    house.ok(&["--password-command", spy, "list"]);
    let seen = std::fs::read(house.root().join("seen")).unwrap();
    assert!(seen.len() > 100);
    assert!(!super::pty::contains(&seen, PW.as_bytes()));
    // And none in what is said about failures.
    for backtrace in ["0", "full"] {
        let house = house.env("RUST_BACKTRACE", backtrace);
        let run = house.with(
            &["--password-file", "-", "add", "x", "--otp-stdin"],
            format!("{PW}\nS3CRETNOTBASE32!\n").as_bytes(),
        );
        assert_eq!(run.code, 2);
        assert!(!run.err.contains("S3CRET") && !run.err.contains(PW), "{}", run.err);
        let run = house.with(&["--password-file", "-", "list"], b"S3CRET wrong\n");
        assert!(run.code == 3 && !run.err.contains("S3CRET"), "{}", run.err);
    }
}

#[test]
fn odd_arguments_are_usage_and_never_a_panic() {
    let house = House::new();
    let line = "for a in '' - -- --- $'\\xff' '--vault' '--field' '-é' '--=' '😀' $'a\\nb'; do \"$MAMORI\" \"$a\" </dev/null; echo $?; \"$MAMORI\" add \"$a\" --field \"$a\" </dev/null; echo $?; done";
    let run = house.shell(line);
    assert!(!run.err.contains("panicked"), "{}", run.err);
    assert!(run.out.lines().all(|code| code == "2"), "{}\n{}", run.out, run.err);
}
