//! Facts about this machine and about places on its disks, for `mamori doctor`: file systems, limits,
//! swap, who may read another process. Only what the system says; judging is [`crate::doctor`]'s.

use std::path::{Path, PathBuf};

use rustix::process::{DumpableBehavior, Resource, dumpable_behavior, getrlimit};

/// What kind of file system a place is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// A disk of this machine.
    Disk,
    /// Another machine's (NFS, SMB, 9p): locks and renames may mean less there.
    Network,
    /// One without owners and permissions (FAT, exFAT).
    NoPermissions,
    /// Memory: gone at the next start.
    Memory,
    /// A program's (FUSE): it may be anything.
    Program,
}

/// The file system of a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileSystem {
    /// Its name, as in `mount`.
    pub name: String,
    /// What kind it is.
    pub family: Family,
    /// Bytes that this user may still write.
    pub free: u64,
    /// It is mounted read-only.
    pub read_only: bool,
}

/// The file system that a path is on, or nearest above it; none where the system does not say.
pub fn file_system(path: &Path) -> Option<FileSystem> {
    let there = path.ancestors().find(|one| one.as_os_str().is_empty() || one.exists())?;
    let there = if there.as_os_str().is_empty() { Path::new(".") } else { there };
    let facts = rustix::fs::statvfs(there).ok()?;
    let name = mounted(there).unwrap_or_default();
    Some(FileSystem {
        family: family(&name),
        name,
        free: facts.f_bavail.saturating_mul(facts.f_frsize),
        read_only: facts.f_flag.contains(rustix::fs::StatVfsMountFlags::RDONLY),
    })
}

/// The type of the mount that a path lies in: the longest mount point above it, the last where several
/// are mounted over one another.
fn mounted(path: &Path) -> Option<String> {
    let whole = path.canonicalize().ok()?;
    let mounts = std::fs::read_to_string("/proc/self/mountinfo").ok()?;
    mount_of(&whole, &mounts)
}

fn mount_of(path: &Path, mounts: &str) -> Option<String> {
    let mut best: Option<(usize, &str)> = None;
    for line in mounts.lines() {
        let Some((head, tail)) = line.split_once(" - ") else { continue };
        let Some(point) = head.split(' ').nth(4).map(plain) else { continue };
        let depth = Path::new(&point).components().count();
        if path.starts_with(&point) && best.is_none_or(|(before, _)| depth >= before) {
            best = tail.split(' ').next().map(|kind| (depth, kind));
        }
    }
    best.map(|(_, kind)| kind.to_owned())
}

/// A name in `mountinfo`: a space is `\040`.
fn plain(name: &str) -> String {
    [("\\040", " "), ("\\011", "\t"), ("\\134", "\\")]
        .into_iter()
        .fold(name.to_owned(), |name, (code, plain)| name.replace(code, plain))
}

fn family(name: &str) -> Family {
    match name {
        "nfs" | "nfs4" | "cifs" | "smb3" | "smbfs" | "9p" | "afs" | "ceph" | "fuse.sshfs" => Family::Network,
        "vfat" | "msdos" | "exfat" | "drvfs" => Family::NoPermissions,
        "tmpfs" | "ramfs" => Family::Memory,
        name if name.starts_with("fuse") => Family::Program,
        _ => Family::Disk,
    }
}

/// The target of a path that is a symbolic link.
pub fn link_target(path: &Path) -> Option<PathBuf> {
    std::fs::read_link(path).ok()
}

/// How many names a file has.
pub fn names(path: &Path) -> Option<u64> {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata(path).ok().map(|facts| facts.nlink())
}

/// Who we are.
pub fn user() -> u32 {
    rustix::process::geteuid().as_raw()
}

/// How much memory this process may lock, in bytes; none when there is no limit.
pub fn lock_limit() -> Option<u64> {
    getrlimit(Resource::Memlock).current
}

/// Whether other programs of this user are kept out of our memory, and whether cores are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hidden {
    /// The process is not dumpable.
    pub undumpable: bool,
    /// The core limit is 0.
    pub no_core: bool,
}

/// What hardening came to.
pub fn hidden() -> Hidden {
    Hidden {
        undumpable: dumpable_behavior() == Ok(DumpableBehavior::NotDumpable),
        no_core: getrlimit(Resource::Core).current == Some(0),
    }
}

/// Yama's `ptrace_scope`, 0 to 3; none where the kernel has no Yama.
pub fn ptrace_scope() -> Option<u8> {
    std::fs::read_to_string("/proc/sys/kernel/yama/ptrace_scope").ok()?.trim().parse().ok()
}

/// How what is swapped out is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Swap {
    /// In memory (zram).
    Memory,
    /// Encrypted (dm-crypt).
    Encrypted,
    /// In clear, or nobody can tell: a file, a partition.
    NotKnown,
}

/// The swap areas in use, by name; none where the system does not say.
pub fn swaps() -> Option<Vec<(String, Swap)>> {
    let text = std::fs::read_to_string("/proc/swaps").ok()?;
    let crypt = |name: &str| {
        let device = Path::new(name).canonicalize().ok()?;
        let device = device.file_name()?.to_str()?.to_owned();
        std::fs::read_to_string(format!("/sys/block/{device}/dm/uuid")).ok()
    };
    Some(swaps_of(&text, &crypt))
}

fn swaps_of(text: &str, crypt: &dyn Fn(&str) -> Option<String>) -> Vec<(String, Swap)> {
    let names = text.lines().skip(1).filter_map(|line| line.split_whitespace().next()).map(plain);
    names
        .map(|name| {
            let kind = if name.starts_with("/dev/zram") {
                Swap::Memory
            } else if crypt(&name).is_some_and(|uuid| uuid.starts_with("CRYPT-")) {
                Swap::Encrypted
            } else {
                Swap::NotKnown
            };
            (name, kind)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_mount_names_the_file_system() {
        let mounts = "1 0 8:1 / / rw - ext4 /dev/sda1 rw\n\
                      2 1 0:5 / /tmp rw shared:2 - tmpfs tmpfs rw\n\
                      3 1 0:6 / /mnt/my\\040disk rw - vfat /dev/sdb1 rw\n\
                      4 1 0:7 / /home rw - ext4 /dev/sda2 rw\n\
                      5 4 0:8 / /home rw - nfs4 server:/home rw\n";
        let of = |path: &str| mount_of(Path::new(path), mounts);
        assert_eq!(of("/etc/passwd").as_deref(), Some("ext4"));
        assert_eq!(of("/tmpfile").as_deref(), Some("ext4"), "a name that begins alike is another");
        assert_eq!(of("/tmp/a/b").as_deref(), Some("tmpfs"));
        assert_eq!(of("/mnt/my disk/v.mamori").as_deref(), Some("vfat"));
        assert_eq!(of("/home/hana").as_deref(), Some("nfs4"), "the later of two at one place");
        assert_eq!(
            ["nfs4", "exfat", "tmpfs", "fuse.rclone", "btrfs"].map(family),
            [Family::Network, Family::NoPermissions, Family::Memory, Family::Program, Family::Disk]
        );
    }

    #[test]
    fn a_place_that_is_not_there_yet_is_on_the_file_system_above_it() {
        let found = file_system(Path::new("/proc/no/such/folder")).expect("Linux says it");
        assert_eq!(found.name, "proc");
    }

    #[test]
    fn swap_is_told_apart() {
        let text = "Filename Type Size Used Priority\n/dev/zram0 partition 1 0 100\n\
                    /dev/dm-1 partition 1 0 -2\n/swap\\040file file 1 0 -3\n";
        let crypt = |name: &str| (name == "/dev/dm-1").then(|| "CRYPT-LUKS2-abc".to_owned());
        let found = swaps_of(text, &crypt);
        let names: Vec<_> = found.iter().map(|(name, kind)| (name.as_str(), *kind)).collect();
        let wanted =
            [("/dev/zram0", Swap::Memory), ("/dev/dm-1", Swap::Encrypted), ("/swap file", Swap::NotKnown)];
        assert_eq!(names, wanted);
    }
}
