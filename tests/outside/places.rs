//! Places that are no ordinary folder: a file system that cannot swap names, link, lock or wait for a folder
//! (FUSE, SMB, NFS, FAT), as each says it; a lock file that root made. The built program, behind a tracer that
//! refuses.

use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use super::{Home, MASTER, password, reopen, skipped};

/// What is refused: calls and the error, and whether only where they mean the vault's folder itself.
const REFUSED: [(&str, &str, bool); 12] = [
    ("renameat2", "EINVAL", false),
    ("renameat2", "ENOSYS", false),
    ("renameat2", "EOPNOTSUPP", false),
    ("renameat2", "EPERM", false),
    ("linkat", "EPERM", false),
    ("linkat", "EOPNOTSUPP", false),
    ("renameat2,linkat", "EPERM", false),
    ("renameat2,linkat", "EOPNOTSUPP", false),
    ("flock", "ENOLCK", false),
    ("flock", "EOPNOTSUPP", false),
    ("fchmod,fchown", "EPERM", false),
    ("fsync", "EINVAL", true),
];

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap().flatten();
    let mut all: Vec<String> =
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    all.sort();
    all
}

#[test]
fn what_a_file_system_cannot_do_is_done_another_way() {
    if !crate::common::can_trace() {
        return;
    }
    for (at, (calls, error, folder)) in REFUSED.into_iter().enumerate() {
        let home = Home::new(&format!("cannot{at}"));
        let trace = home.0.join("trace").display().to_string();
        let mut tracer = ["strace", "-qq", "-f", "-o", &trace, "-e", &format!("trace={calls}")]
            .map(str::to_owned)
            .to_vec();
        tracer.extend(["-e".to_owned(), format!("inject={calls}:error={error}")]);
        if folder {
            tracer.extend(["-P".to_owned(), home.0.join("vaults").display().to_string()]);
        }
        let out = home.0.join("out.mamori").display().to_string();
        std::fs::write(home.0.join("new"), "another good password").unwrap();
        let new = home.0.join("new").display().to_string();
        let mut refused = 0;
        for words in [
            &["init", "--kdf", "m=8MiB,t=1,p=1"][..],
            &["add", "one", "-u", "old"],
            &["edit", "one", "-u", "new"],
            &["export", &out],
            &["passwd", "--new-password-file", &new, "--kdf", "m=8MiB,t=1,p=1", "--old-backups", "keep"],
        ] {
            let done = home.command(&tracer, words).output().unwrap();
            let said = String::from_utf8_lossy(&done.stderr).into_owned();
            assert!(done.status.success(), "{calls} {error}: {words:?}: {said}");
            refused += std::fs::read_to_string(&trace).unwrap().matches("INJECTED").count();
            if words[0] == "init" {
                let run = home.run(words);
                assert_eq!(run.status.code(), Some(1), "a name that is taken is refused as ever");
            }
        }
        // - or this tests nothing
        assert!(refused > 0, "{calls} {error}");
        println!("{calls} {error}: refused {refused} times");
        let store = home.store();
        let open = reopen(store.read().unwrap(), &password("another good password"), 9).expect("it opens");
        assert_eq!(open.vault().entries().next().unwrap().username(), "new", "{calls} {error}");
        assert_eq!(names(&home.0.join("vaults")), [".vault.mamori.lock", "vault.mamori"], "{calls} {error}");
        assert_eq!(home.strays(), Vec::<PathBuf>::new(), "{calls} {error}");
        let backups = store.backups(&open.header().vault).unwrap();
        assert!(!backups.is_empty(), "{calls} {error}");
        for backup in backups {
            let bytes = store.read_backup(&backup).expect("no torn backup");
            assert!(reopen(bytes, &password(MASTER), 9).is_ok(), "{calls} {error}");
        }
    }
}

#[test]
fn a_lock_that_root_made_is_the_owners_and_one_that_is_not_is_told() {
    if !rustix::process::geteuid().is_root() {
        skipped("root can become another user");
        return;
    }
    let home = Home::with_vault("roots");
    let lock = home.0.join("vaults/.vault.mamori.lock");
    let as_user = |home: &Home, words: &[&str]| {
        let before = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"].map(str::to_owned);
        home.command(&before, words).output().unwrap()
    };
    let owned = std::process::Command::new("chown").args(["-R", "65534:65534"]).arg(&home.0).status();
    assert!(owned.is_ok_and(|status| status.success()));
    std::fs::remove_file(&lock).unwrap();
    // - as `sudo mamori` does
    home.ok(&["edit", "one", "-u", "root"]);
    let meta = std::fs::metadata(&lock).unwrap();
    assert_eq!((meta.uid(), meta.gid(), meta.permissions().mode() & 0o777), (65534, 65534, 0o600));
    let done = as_user(&home, &["edit", "one", "-u", "user"]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    // - one that an older program made
    std::os::unix::fs::chown(&lock, Some(0), Some(0)).unwrap();
    let done = as_user(&home, &["edit", "one", "-u", "again"]);
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert_eq!(done.status.code(), Some(1), "{said}");
    assert!(said.contains("E0421") && said.contains("belongs to another user"), "{said}");
    assert_eq!(home.user(), "user");
    let doctor = as_user(&home, &["doctor"]);
    let told = String::from_utf8_lossy(&doctor.stdout).into_owned();
    assert!(told.contains("the lock file beside the vault belongs to another user"), "{told}");
    // - that it may be read is enough to lock
    std::fs::set_permissions(&lock, std::fs::Permissions::from_mode(0o644)).unwrap();
    let done = as_user(&home, &["edit", "one", "-u", "again"]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    assert_eq!(home.user(), "again");
}
