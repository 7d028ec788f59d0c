//! Every system call of some kinds, of the program and of its children, in a normal day: no internet
//! socket, no secret in arguments or environment, programs by absolute path, closed descriptors.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use super::house::{House, MASTER, has, wait_on_screen};
use super::pty::Pty;

/// What a trace must not hold: the master password and this secret, whole or in base64's first half.
fn clean(trace: &str, secret: &str) {
    for text in [MASTER, secret, "Quixotic"] {
        let lines: Vec<&str> = trace.lines().filter(|line| line.contains(text)).collect();
        assert!(lines.is_empty(), "{lines:#?}");
    }
    let sockets: Vec<&str> = trace.lines().filter(|line| line.contains("AF_INET")).collect();
    assert!(sockets.is_empty(), "{sockets:#?}");
    for line in trace.lines().filter(|line| line.contains("execve(\"") && line.contains(" = 0")) {
        let file = line.split("execve(\"").nth(1).unwrap();
        assert!(file.starts_with('/'), "not by its absolute path: {line}");
    }
}

/// The start of a command line that writes a trace.
fn traced(house: &House) -> String {
    // - whole arguments and environments, and nothing of what is written or read
    format!("strace -f -v -s 65536 -e trace=execve,socket,connect -o {}", house.path("trace"))
}

fn trace(house: &House) -> String {
    std::fs::read_to_string(house.path("trace")).unwrap()
}

#[test]
fn a_day_on_the_command_line_makes_no_socket_and_hands_no_secret_over() {
    if !has("strace") {
        return;
    }
    let house = House::new("commands");
    let secret = house.add("Quixotic shop");
    let id = String::from_utf8(house.run(&["list", "--json"]).stdout).unwrap();
    let id = id.split("\"id\":\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let line = format!(
        "cd ~; T='{}'; P='--password-command=cat ~/pw'; \
         $T \"$MAMORI\" \"$P\" get {id} && $T-2 \"$MAMORI\" \"$P\" get -c --no-wait {id}; \
         $T-3 \"$MAMORI\" --password-file pw health --json; $T-4 \"$MAMORI\" --password-file pw edit {id} --generate; \
         $T-5 \"$MAMORI\" --password-file pw export - --format json --plain > all.json; \
         $T-6 \"$MAMORI\" --password-file pw unlock -q; $T-7 \"$MAMORI\" list; $T-8 \"$MAMORI\" doctor; \
         $T-9 \"$MAMORI\" lock; echo DONE",
        traced(&house)
    );
    let env = [("SSH_TTY", "/dev/pts/1"), ("SSH_CONNECTION", "192.0.2.1 1 192.0.2.2 22")];
    let pty = house.start(house.shell_line(&line, &env));
    let end = std::time::Instant::now() + std::time::Duration::from_secs(60);
    while !super::pty::contains(&pty.output(), b"DONE") {
        assert!(std::time::Instant::now() < end, "{}", pty.output().escape_ascii());
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    let mut whole = trace(&house);
    for number in 2..=9 {
        whole.push_str(&std::fs::read_to_string(house.path(&format!("trace-{number}"))).unwrap());
    }
    assert!(whole.contains("/bin/sh"), "the password command was run: {whole}");
    clean(&whole, &secret);
}

/// A program in the place of tmux that writes down how it was started.
fn fake_tmux(house: &House) {
    let folder = house.root().join("bin");
    std::fs::create_dir(&folder).unwrap();
    let log = house.path("children");
    house.put(
        "bin/tmux",
        format!(
            "#!/bin/sh\n(echo \"$0 $*\"; ls -l /proc/self/fd/ | sed 's/.* \\([0-9]* ->\\)/\\1/'; env) >> {log}\n\
             case \"$*\" in *client_termname*) echo '1  xterm'; echo on;; *load-buffer*) cat > {log}.stdin;; *) echo 1;; esac\n"
        )
        .as_bytes(),
    );
    std::fs::set_permissions(folder.join("tmux"), std::fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn a_day_on_the_screen_makes_no_socket_and_children_get_their_secret_on_stdin_alone() {
    if !has("strace") {
        return;
    }
    let house = House::new("screen");
    let secret = house.add("Quixotic shop");
    fake_tmux(&house);
    let path = format!("{}:{}", house.path("bin"), std::env::var("PATH").unwrap());
    let line = format!("exec {} \"$MAMORI\" --lang en", traced(&house));
    let env = [("PATH", path.as_str()), ("TMUX", "/tmp/none,1,0"), ("TERM", "tmux-256color")];
    let mut pty: Pty = house.unlock(house.shell_line(&line, &env));
    pty.keys(b"p");
    wait_on_screen(&pty, "tmux");
    // - another is made, so that the vault is written while children are there
    pty.keys(b"n");
    wait_on_screen(&pty, "Login");
    pty.keys(b"\r");
    wait_on_screen(&pty, "[ Save ]");
    pty.keys(b"Second\x13");
    wait_on_screen(&pty, "Saved");
    pty.keys(b"L");
    wait_on_screen(&pty, "Master password");
    // - until the save is on the disk the first Ctrl-C says so
    for _ in 0..20 {
        pty.keys(b"\x03");
        std::thread::sleep(std::time::Duration::from_millis(300));
        if pty.child.try_wait().unwrap().is_some() {
            break;
        }
    }
    pty.wait_end();
    clean(&trace(&house), &secret);

    let children = std::fs::read_to_string(house.path("children")).unwrap();
    assert!(Path::new(&house.path("children.stdin")).exists(), "{children}");
    let given = std::fs::read(house.path("children.stdin")).unwrap();
    assert!(given == secret.as_bytes() || given == b" ", "the secret comes on standard input");
    assert!(!children.contains(&secret) && !children.contains(MASTER), "{children}");
    let starts: Vec<&str> = children.lines().filter(|line| line.contains("bin/tmux ")).collect();
    assert!(!starts.is_empty() && starts.iter().all(|line| line.starts_with('/')), "{starts:?}");
    // 0, 1 and 2 are the pipes; 3 is the folder that `ls` reads. The terminal, the vault and its lock
    // are none of a child's business.
    let descriptors: Vec<&str> = children.lines().filter(|line| line.contains(" -> ")).collect();
    assert!(descriptors.len() >= 4, "{children}");
    for line in descriptors {
        let (number, target) = line.split_once(" -> ").unwrap();
        assert!(number.parse::<u32>().unwrap() <= 3, "{line}");
        assert!(!target.contains("mamori") || target.contains("children"), "{line}");
        assert!(!target.starts_with("/dev/pts") && !target.starts_with("/dev/tty"), "{line}");
    }
}
