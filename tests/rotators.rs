//! `change --rotate`: staged and saved first, confirmed only on success; what a command says is shown
//! without secrets; and the shipped rotators against the real PostgreSQL and MariaDB, where they are
//! installed.

#![allow(clippy::unwrap_used, clippy::print_stderr, clippy::disallowed_methods, reason = "a test")]

mod common;
#[allow(dead_code, reason = "the house of the command line's tests")]
#[path = "cli/house.rs"]
mod house;
#[path = "rotators/servers.rs"]
mod servers;

use std::os::unix::fs::PermissionsExt;

use house::House;

/// A house with an entry of the password `old 'pw-1`, and a script as its rotator.
fn house(script: &str, more: &str) -> House {
    let house = House::new();
    house.fed(&["add", "Blog", "-u", "taro", "--url", "https://a.example", "--secret-stdin"], "old 'pw-1\n");
    rotator(&house, "blog", script, &format!("entries = [\"Blog\"]\n{more}"));
    house
}

fn program(house: &House, name: &str, script: &str) -> String {
    let file = house.file(name, format!("#!/bin/sh\n{script}\n").as_bytes());
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o755)).unwrap();
    file
}

fn rotator(house: &House, name: &str, script: &str, more: &str) {
    let file = program(house, name, script);
    settings(
        house,
        &format!("[rotators.{name}]\ncommand = [\"{file}\", \"{{user}}\", \"{{host}}\"]\n{more}\n"),
    );
}

fn settings(house: &House, text: &str) {
    let folder = house.root().join("config/mamori");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("config.toml"), text).unwrap();
}

fn get(house: &House, name: &str) -> String {
    house.ok(&["get", "-n", name])
}

const READ: &str = "IFS= read -r old; IFS= read -r new;";

#[test]
fn it_is_staged_and_saved_before_it_runs_and_confirmed_only_after_success() {
    // - the command itself looks into the vault: the new password is there, and not yet the current one
    let house = house("", "");
    let look = format!(
        "{READ} m='{} --password-file {}'; test \"$($m get -n Blog#new)\" = \"$new\" || exit 9\n\
         test \"$($m get -n Blog)\" = \"$old\" || exit 8; echo \"$1 at $2\"; printf '%s' \"$new\" > set",
        env!("CARGO_BIN_EXE_mamori"),
        house.path("pw"),
    );
    rotator(&house, "blog", &format!("cd {}\n{look}", house.root().display()), "kinds = [\"login\"]");
    let run = house.run(&["change", "Blog", "--rotate", "--json"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.contains("  | taro at a.example"), "{}", run.err);
    let made: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!((made[0]["state"].as_str(), made[0]["rotator"].as_str()), (Some("confirmed"), Some("blog")));
    let set = std::fs::read_to_string(house.root().join("set")).unwrap();
    assert_eq!(get(&house, "Blog"), set);
    assert_eq!(house.run(&["get", "Blog#new"]).code, 5);
    let history = house.json(&["history", "Blog", "--json", "--reveal"]);
    assert!(history.to_string().contains("old 'pw-1"));
}

/// Whoever can write the settings could have every password sent to himself: no command of theirs is run,
/// nothing is made, and both languages say what to do.
#[test]
fn settings_that_others_can_write_run_nothing() {
    let house = house(&format!("{READ} touch ran"), "");
    let file = house.root().join("config/mamori/config.toml");
    let folder = file.parent().unwrap();
    let mode = |path: &std::path::Path, mode| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    for (path, weak, right) in [(file.as_path(), 0o620, 0o600), (&file, 0o602, 0o600), (folder, 0o770, 0o700)]
    {
        mode(path, weak);
        for (lang, advice) in
            [("en_US.UTF-8", "chmod go-w"), ("ja_JP.UTF-8", "設定にあるコマンドは実行しません")]
        {
            let run = house.env("LANG", lang).run(&["change", "Blog", "--rotate"]);
            assert!(run.code == 1 && run.err.contains("E0635") && run.err.contains(advice), "{}", run.err);
            assert!(run.err.contains(&path.display().to_string()), "{}", run.err);
        }
        mode(path, right);
    }
    assert_eq!(house.run(&["get", "Blog#new"]).code, 5, "nothing was staged");
    assert_eq!(house.run(&["change", "Blog", "--rotate"]).code, 0, "{path:?}", path = house.root());
}

/// A descriptor that whoever started mamori left open reaches neither a rotator nor a password command.
#[test]
fn descriptors_that_were_left_open_reach_no_child() {
    let house = house("", "");
    let seen = house.path("seen");
    rotator(&house, "blog", &format!("{READ} ls -l /proc/self/fd > {seen}"), "kinds = [\"login\"]");
    let script = format!(
        "exec 7</etc/passwd; exec {} --password-command 'ls -l /proc/self/fd > {seen}.2; cat {}' change Blog --rotate",
        env!("CARGO_BIN_EXE_mamori"),
        house.path("pw"),
    );
    let done = std::process::Command::new("/bin/sh")
        .args(["-c", &script])
        .env_clear()
        .envs(house.variables())
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    for file in [seen.clone(), format!("{seen}.2")] {
        let told = std::fs::read_to_string(&file).unwrap();
        assert!(told.contains(" 1 -> ") && !told.contains("/etc/passwd"), "{told}");
    }
}

#[test]
fn a_failure_leaves_it_staged_and_says_what_to_do_and_it_can_be_tried_again() {
    let fails = [
        (format!("{READ} echo no luck >&2; exit 3"), "", "ended with code 3"),
        (format!("{READ} exit 0"), "exit = 7", "ended with code 0"),
        (format!("{READ} echo begun; sleep 60"), "timeout = 1", "took too long"),
        (format!("{READ} kill -9 $$"), "", "was killed (signal 9)"),
        (format!("{READ} kill -TTIN $$; sleep 60"), "", "asked something on the terminal"),
    ];
    for (script, more, said) in &fails {
        let house = house(script, more);
        let run = house.run(&["change", "Blog", "--rotate"]);
        assert_eq!(run.code, 1, "{script}: {}", run.err);
        assert!(run.err.contains("E0634") && run.err.contains(said), "{script}: {}", run.err);
        assert!(run.err.contains("mamori get Blog#new") && run.err.contains("--discard"), "{}", run.err);
        let new = get(&house, "Blog#new");
        assert_eq!(get(&house, "Blog"), "old 'pw-1", "{script}");
        assert!(!run.err.contains(&new) && !run.err.contains("old 'pw"), "{}", run.err);
        let ja = house.env("LANG", "ja_JP.UTF-8").run(&["change", "Blog", "--rotate"]);
        assert!(ja.code == 1 && ja.err.contains("今のものの横にあります"), "{}", ja.err);
        // - once the command works, the same password is set: the host may have it already
        rotator(
            &house,
            "blog",
            &format!("{READ} test \"$new\" = '{}'", new.replace('\'', "'\\''")),
            "kinds = [\"login\"]",
        );
        let run = house.run(&["change", "Blog", "--rotate"]);
        assert_eq!(run.code, 0, "{}", run.err);
        assert_eq!(get(&house, "Blog"), new);
    }
}

#[test]
fn what_a_command_says_is_shown_without_secrets_and_without_control() {
    let script = format!(
        "{READ} printf '\\033[31mold=%s\\007 new=%s\\n' \"$old\" \"$new\"; printf '%s' \"$new\" | base64\n\
         printf '%s\\n' \"$new\" >&2; printf '\\033]0;title\\007last line\\n'; exit 1"
    );
    let house = house(&script, "");
    let run = house.run(&["change", "Blog", "--rotate"]);
    let new = get(&house, "Blog#new");
    assert!(
        !run.err.contains(&new) && !run.err.contains("old 'pw") && !run.err.contains('\u{1b}'),
        "{}",
        run.err
    );
    assert!(run.err.matches("********").count() >= 4 && run.err.contains("last line"), "{}", run.err);
    // - a password of three characters could stand anywhere
    house.ok(&["change", "Blog", "--discard"]);
    let run = house.with(&["change", "Blog", "--rotate", "--secret-stdin"], b"abc\n");
    assert!(run.err.contains("its output is not shown") && !run.err.contains("last line"), "{}", run.err);
}

#[test]
fn nothing_is_made_where_no_command_fits() {
    let house = house("exit 0", "");
    house.ok(&["add", "Other", "-u", "$(id)", "--generate"]);
    let refused = |house: &House, args: &[&str], said: &str| {
        let run = house.run(args);
        assert!(run.code != 0 && run.err.contains(said), "{args:?}: {}", run.err);
        assert_eq!(house.run(&["get", "Blog#new"]).code, 5, "{args:?}");
        assert_eq!(house.run(&["get", "Other#new"]).code, 5, "{args:?}");
    };
    refused(&house, &["change", "Other", "--rotate"], "E0621");
    refused(&house, &["change", "Blog", "Other", "--rotate"], "E0621");
    refused(&house, &["change", "Blog", "--rotate=none"], "E0623");
    refused(&house, &["change", "Other", "--rotate=blog"], "E0626");
    refused(&house, &["change", "Blog", "--rotate", "--confirm"], "E0801");
    let file = program(&house, "open", "exit 0");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o777)).unwrap();
    settings(&house, &format!("[rotators.a]\ncommand = [\"{file}\"]\nkinds = [\"login\"]\n"));
    refused(&house, &["change", "Blog", "--rotate"], "E0632");
    settings(&house, "[rotators.a]\ncommand = [\"no-such-program-x\"]\nkinds = [\"login\"]\n");
    refused(&house, &["change", "Blog", "--rotate"], "E0631");
    settings(
        &house,
        "[rotators.a]\ncommand = [\"true\"]\nkinds = [\"login\"]\n[rotators.b]\ncommand = [\"true\"]\nkinds = [\"login\"]\n",
    );
    refused(&house, &["change", "Blog", "--rotate"], "--rotate=a | b");
    settings(&house, "[rotators.a]\ncommand = [\"true\", \"{new}\"]\n");
    assert_eq!(house.run(&["list"]).code, 2, "a password is no placeholder");
}

#[test]
fn no_password_is_an_argument_or_in_the_environment_of_a_rotator() {
    if !common::can_trace() {
        return;
    }
    let house = house(&format!("{READ} env; cat /proc/$$/cmdline; ls -l /proc/$$/fd; exit 0"), "");
    let trace = house.path("trace");
    let line =
        format!("strace -f -v -s 65536 -e trace=execve -o {trace} \"$MAMORI\" change Blog --rotate -q");
    let run = house.shell(&line);
    assert_eq!(run.code, 0, "{}", run.err);
    let trace = std::fs::read_to_string(trace).unwrap();
    let ours = trace.lines().filter(|line| line.contains("/blog\"")).collect::<Vec<_>>();
    assert!(!ours.is_empty(), "{trace}");
    for secret in [get(&house, "Blog"), "old 'pw-1".to_owned()] {
        assert!(!trace.contains(&secret), "{secret}");
    }
    assert!(ours.iter().all(|line| !line.contains("MAMORI_")), "{ours:?}");
}

#[test]
fn the_rotators_are_written_into_a_folder_and_ones_own_changes_are_not_lost_in_silence() {
    let house = House::new();
    let folder = house.path("a/b");
    house.ok(&["helpers", "install", &folder]);
    house.ok(&["helpers", "install", &folder]);
    for name in ["wordpress", "unix-account", "postgresql", "mariadb"] {
        let file = std::path::Path::new(&folder).join(name);
        let shipped =
            std::fs::read(format!("{}/assets/rotators/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
        assert_eq!(std::fs::read(&file).unwrap(), shipped);
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o755);
    }
    let own = std::path::Path::new(&folder).join("mariadb");
    std::fs::write(&own, "mine").unwrap();
    assert_eq!(house.run(&["helpers", "install", &folder]).code, 2, "nobody to ask");
    assert_eq!(std::fs::read(&own).unwrap(), b"mine");
    house.ok(&["helpers", "install", &folder, "--yes"]);
    assert_ne!(std::fs::read(&own).unwrap(), b"mine");
}
