//! Memory that may not be locked, and memory that cannot be had.

use rustix::process::{Pid, Resource, Rlimit, prlimit};

use super::house::{AS_NOBODY, House, MASTER, given_back, is_root, screen, untouched, wait_on_screen};
use super::pty::{PATIENCE, contains};

#[test]
fn an_ordinary_user_who_may_lock_no_memory_goes_on_with_a_notice() {
    if !is_root() {
        return;
    }
    // - root is not held to this limit
    for (limit, told) in [("0", "lock no memory"), ("4", "lock no memory"), ("64", "")] {
        let house = House::new(&format!("memlock-{limit}"));
        let secret = house.add("Blog");
        house.give_away();
        let line = format!("ulimit -l {limit}; exec {AS_NOBODY} \"$MAMORI\" --lang en");
        let mut pty = house.at_the_lock(house.shell_line(&line, &[]));
        if told.is_empty() {
            assert!(!screen(&pty).contains("lock no memory"), "64 KiB are enough: {}", screen(&pty));
        } else {
            wait_on_screen(&pty, told);
        }
        pty.keys(MASTER.as_bytes());
        pty.keys(b"\r");
        wait_on_screen(&pty, "Blog");
        pty.keys(b"v");
        wait_on_screen(&pty, &secret);
        pty.keys(b"v");
        wait_on_screen(&pty, "****");
        pty.keys(b"q");
        pty.wait_end();
        given_back(&pty, &untouched());

        let line = format!(
            "ulimit -l {limit}; {AS_NOBODY} \"$MAMORI\" --password-file ~/pw get Blog; echo RC=$?; \
             {AS_NOBODY} \"$MAMORI\" doctor --lang en --json | tr '{{' '\\n' | grep memory-lock"
        );
        let mut pty = house.start(house.shell_line(&line, &[]));
        pty.wait_end();
        let said = screen(&pty);
        assert!(said.contains(&secret) && said.contains("RC=0"), "{said}");
        let level = if told.is_empty() { "\"level\":\"ok\"" } else { "\"level\":\"note\"" };
        assert!(said.contains(level), "{limit}: {said}");
    }
}

/// More and more memory, until the vault opens: at every step the program says that there is too
/// little, or ends with the terminal given back. As SQLite tests it.
#[test]
fn whatever_memory_is_missing_the_terminal_comes_back() {
    let house = House::new("memory");
    let rows: String =
        (0..20_000).map(|at| format!("Site {at},https://s{at}.example.jp/,,user{at},pw-{at},,\n")).collect();
    house.put(
        "many.csv",
        format!("\u{feff}Name,Url,MatchUrl,Login,Pwd,Note,Folder,RfFieldsV2\n{rows}").as_bytes(),
    );
    house.run(&["import", &house.path("many.csv")]);
    let before = untouched();
    let (mut aborted, mut refused, mut opened) = (0, 0, false);
    for more in [0, 0, 0].into_iter().chain((0..40).map(|step| step << 21)) {
        let mut pty = house.at_the_lock(house.shell_line("exec \"$MAMORI\" --lang en", &[]));
        let pid = Pid::from_raw(i32::try_from(pty.child.process_id().unwrap()).unwrap()).unwrap();
        // - the jobs of the start are done: what they could not have would be told before anything is typed
        let is_job = |task: &std::path::Path| {
            std::fs::read_to_string(task.join("comm")).is_ok_and(|name| name.trim() == "job")
        };
        let tasks = || std::fs::read_dir(format!("/proc/{}/task", pid.as_raw_pid())).unwrap().flatten();
        while tasks().any(|task| is_job(&task.path())) {
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        // - what may be written: address space alone is there in plenty, in the heaps of threads
        let status = std::fs::read_to_string(format!("/proc/{}/status", pid.as_raw_pid())).unwrap();
        let data = status.lines().find_map(|line| line.strip_prefix("VmData:")).unwrap();
        let data: u64 = data.split_whitespace().next().unwrap().parse().unwrap();
        let most = Some((data << 10) + more);
        prlimit(Some(pid), Resource::Data, Rlimit { current: most, maximum: most }).unwrap();
        pty.keys(MASTER.as_bytes());
        pty.keys(b"\r");
        let end = std::time::Instant::now() + PATIENCE;
        loop {
            if let Some(status) = pty.child.try_wait().unwrap() {
                aborted += 1;
                println!("{} KiB: {status:?}", more >> 10);
                given_back(&pty, &before);
                let output = pty.output();
                let left = output.windows(8).rposition(|part| part == b"\x1b[?1049l").unwrap();
                let why = ["memory allocation of", "panicked at", "fatal runtime error"];
                assert!(
                    why.iter().any(|why| contains(&output[left..], why.as_bytes())),
                    "{status:?} {}",
                    output[left..].escape_ascii()
                );
                break;
            }
            let seen = screen(&pty);
            if seen.contains("/ type to search") {
                opened = true;
                break;
            }
            if seen.contains("! ") {
                refused += 1;
                pty.keys(b"\x03");
                pty.wait_end();
                given_back(&pty, &before);
                break;
            }
            if std::time::Instant::now() >= end {
                let tasks: Vec<String> = tasks()
                    .map(|task| std::fs::read_to_string(task.path().join("stat")).unwrap_or_default())
                    .collect();
                panic!("{} KiB: neither open nor told:\n{seen}\n{}", more >> 10, tasks.concat());
            }
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        if opened {
            pty.keys(b"q");
            break;
        }
    }
    println!("{aborted} aborted, {refused} refused");
    assert!(opened && aborted > 0 && refused > 0, "{aborted} aborted, {refused} refused, opened {opened}");
}
