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

/// Every command that tells something, with names from outside in every place that has one: files, folders,
/// settings, ways to open, lists that come in.
#[test]
fn no_command_tells_a_terminal_a_name_that_is_control() {
    let house = House::new();
    let root = house.root().join("f\u{1b}[31m\u{202e}\u{200b}\u{9b}");
    std::fs::create_dir(&root).unwrap();
    let path = |name: &str| root.join(name).display().to_string();
    let house = house.env("MAMORI_VAULT", &path("v.mamori")).env("XDG_CONFIG_HOME", &path("settings"));
    house.ok(&["init", "--kdf", super::house::KDF]);
    house.ok(&["add", EVIL, "-u", EVIL, "--url", EVIL, "--tag", EVIL, "--folder", EVIL, "--generate"]);
    let word = house.file("word", b"another good password\n");
    let kdf = super::house::KDF;
    house.ok(&["slots", "add", "password", "--name", EVIL, "--new-password-file", &word, "--kdf", kdf]);
    let csv = format!("Name,Url,MatchUrl,Login,Pwd,Note,Folder,RfFieldsV2\n{EVIL},,,{EVIL},p,{EVIL},,\n");
    std::fs::write(path("in.csv"), &csv).unwrap();
    std::fs::write(path("torn.csv"), format!("{csv}\"{EVIL}")).unwrap();
    std::fs::write(path("mail"), format!("{EVIL}@x.example\n{EVIL} {EVIL}\n")).unwrap();
    std::fs::write(path("bad.toml"), format!("lang = \"{}\"\n\"q{}\" = 1\n", "\\u001b[31m", "\\u202e"))
        .unwrap();
    house.ok(&["import", &path("in.csv")]);
    std::fs::copy(path("v.mamori"), path("v (conflicted copy 2026-11-26).mamori")).unwrap();
    let id = house.json(&["list", "--json"])[0]["id"].as_str().unwrap().to_owned();
    house.ok(&["edit", &id, "-u", &format!("later {EVIL}")]);
    house.ok(&["change", &id]);
    house.ok(&["incident", "open", &id, "--yes"]);
    let other = path("v (conflicted copy 2026-11-26).mamori");
    let (none, torn, mail, bad) = (path("none"), path("torn.csv"), path("mail"), path("bad.toml"));
    let commands: [&[&str]; 33] = [
        &["config", "path"],
        &["config", "check"],
        &["--config", &bad, "config", "check"],
        &["--config", &bad, "list"],
        &["status"],
        &["slots", "list"],
        &["slots", "remove", EVIL],
        &["backup", "list"],
        &["backup", "show", EVIL],
        &["history", &id],
        &["links", &id],
        &["health"],
        &["health", "--pwned", &none],
        &["incident", "list"],
        &["incident", "show"],
        &["incident", "report"],
        &["due"],
        &["mail", "add", &mail],
        &["mail", "replace", EVIL, EVIL],
        &["merge", "--dry-run", &other],
        &["merge", &none],
        &["import", "--dry-run", &path("in.csv")],
        &["import", &torn],
        &["--vault", &none, "list"],
        &["--key-file", &none, "list"],
        &["--password-file", &none, "list"],
        &["passwd", "--new-password-file", &none],
        &["generate", "--rules", EVIL],
        &["change", &id, "--confirm"],
        &["edit", &id, "--rule", EVIL],
        &["rm", EVIL],
        &["mv", &id, EVIL],
        &["export", &path("out.mamori")],
    ];
    for args in commands {
        let seen = on_terminal(&house, &[&["--color", "never"], args].concat(), b"n\nn\n");
        let text = String::from_utf8_lossy(&seen).into_owned();
        for bad in ['\u{1b}', '\u{7}', '\u{9b}', '\u{202e}', '\u{200b}'] {
            assert!(!text.contains(bad), "{args:?} {bad:?}: {}", text.escape_debug());
        }
    }
}
