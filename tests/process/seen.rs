//! What another program of the same user sees of it: nothing it could read.

use std::process::Command;

use super::house::{AS_NOBODY, House, has, is_root, screen, wait_on_screen};

#[test]
fn other_programs_of_the_user_cannot_look_into_it() {
    if !is_root() || !has("strace") {
        return;
    }
    let house = House::new("seen");
    house.add("Blog");
    house.give_away();
    let pty = house.unlock(house.shell_line(&format!("exec {AS_NOBODY} \"$MAMORI\" --lang en"), &[]));
    let pid = pty.child.process_id().unwrap();
    use std::os::unix::fs::MetadataExt;
    let owner = std::fs::metadata(format!("/proc/{pid}/mem")).unwrap().uid();
    assert_eq!(owner, 0, "an undumpable process belongs to root in /proc");
    let limits = std::fs::read_to_string(format!("/proc/{pid}/limits")).unwrap();
    let core = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
    assert_eq!(core.split_whitespace().skip(4).collect::<Vec<_>>(), ["0", "0", "bytes"]);
    // As that user: its memory, its environment, its descriptors; then a debugger and gcore.
    let as_user = |line: &str| {
        let done = Command::new("bash").args(["-c", &format!("exec {AS_NOBODY} {line}")]).output().unwrap();
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        (done.status.success(), said)
    };
    for file in ["mem", "environ", "maps", "auxv"] {
        let (read, said) = as_user(&format!("head -c 1 /proc/{pid}/{file}"));
        assert!(!read && said.contains("denied"), "{file}: {said}");
    }
    assert!(!as_user(&format!("ls -l /proc/{pid}/fd/")).0, "descriptors");
    let (attached, said) = as_user(&format!("strace -o /dev/null -p {pid}"));
    assert!(!attached && said.contains("not permitted"), "{said}");
    if Command::new("gcore").output().is_ok() {
        let (_, said) = as_user(&format!("gcore -o {}/core {pid}", house.root().display()));
        let cores = std::fs::read_dir(house.root()).unwrap().flatten();
        let cores: Vec<_> = cores
            .map(|one| one.file_name())
            .filter(|name| name.to_string_lossy().starts_with("core"))
            .collect();
        assert!(cores.is_empty(), "{cores:?} {said}");
    }
    // That it is this process which refuses: a shell of the same user lets all of it happen.
    let mut plain = Command::new("bash").args(["-c", &format!("exec {AS_NOBODY} sleep 60")]).spawn().unwrap();
    std::thread::sleep(std::time::Duration::from_millis(300));
    let (read, said) = as_user(&format!("head -c 1 /proc/{}/environ", plain.id()));
    plain.kill().unwrap();
    plain.wait().unwrap();
    assert!(read, "{said}");
}

/// The real folder, also one without permissions: said on the screen, once.
#[test]
fn a_vault_in_a_folder_of_others_is_said_on_the_screen_once() {
    use std::os::unix::fs::PermissionsExt;

    for (mode, words) in [(0o777, "chmod go-w"), (0o1777, "beside the vault"), (0o755, "")] {
        let house = House::new(&format!("folder-{mode:o}"));
        house.add("Blog");
        let folder = house.root().join(".local/share/mamori");
        std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(mode)).unwrap();
        for first in [true, false] {
            let mut pty = house.open("en");
            // - the vault of a test is cheap to guess, and that is said first
            wait_on_screen(&pty, "too cheap");
            pty.keys(b"x");
            if first && !words.is_empty() {
                wait_on_screen(&pty, words);
            } else {
                std::thread::sleep(std::time::Duration::from_secs(4));
                assert!(!screen(&pty).contains("the vault"), "{}", screen(&pty));
            }
            pty.keys(b"q");
            pty.wait_end();
        }
    }
}
