//! The few verbs all vault I/O goes through, and the real disk behind them. Tests put a disk in its
//! place that fails or stops at each verb in turn ([`super::memory`]).

use std::fs::File;
use std::io::{self, Read, Write};
use std::os::fd::OwnedFd;
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::{Path, PathBuf};

use rustix::fs::{AtFlags, CWD, FlockOperation, Mode, OFlags, RenameFlags};
use rustix::io::Errno;
use rustix::process::FlockType;

/// What a path leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meta {
    /// A regular file (not a folder, device, pipe or socket).
    pub regular: bool,
    /// A folder.
    pub folder: bool,
    /// Length in bytes.
    pub len: u64,
    /// Device and inode: the file itself, whatever it is called.
    pub inode: (u64, u64),
    /// Permission bits.
    pub mode: u32,
    /// Owner and group.
    pub owner: (u32, u32),
    /// When its content was changed last, ms since 1970; 0 where that is not known.
    pub modified: u64,
}

/// Names in a folder, as a person is offered them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names {
    /// Each with whether it is a folder, in no order.
    pub names: Vec<(String, bool)>,
    /// How many are not UTF-8: no field can hold them.
    pub foreign: usize,
}

/// Most names that are taken of one folder.
pub const NAMES_MOST: usize = 200_000;

/// A file that is being written.
pub trait NewFile: Send {
    /// Writes all bytes.
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()>;
    /// Gives it the permissions and, where that is allowed, the owner of another file; from `path`, while
    /// that is still the same file, also its access list.
    fn take_after(&mut self, old: &Meta, path: &Path) -> io::Result<()>;
    /// Waits until everything written is on the medium. A failure is final for this file.
    fn sync(&mut self) -> io::Result<()>;
}

/// A lock that ends when it is dropped, or with the process.
pub trait LockGuard: Send {}

/// The verbs.
pub trait Disk: Send + Sync {
    /// Follows links to the file that is meant; a path that leads nowhere stays as it is.
    fn resolve(&self, path: &Path) -> io::Result<PathBuf>;
    /// What lies there. Never waits, not even on a pipe.
    fn meta(&self, path: &Path) -> io::Result<Meta>;
    /// Reads at most `max` bytes from the start. Never waits.
    fn read(&self, path: &Path, max: u64) -> io::Result<Vec<u8>>;
    /// Both at once, of one and the same file; of what is none no bytes.
    fn head(&self, path: &Path, max: u64) -> io::Result<(Meta, Vec<u8>)> {
        let meta = self.meta(path)?;
        let head = if meta.regular { self.read(path, max)? } else { Vec::new() };
        Ok((meta, head))
    }
    /// Makes a new file, 0600; fails when the name is taken, by a link too.
    fn create(&self, path: &Path) -> io::Result<Box<dyn NewFile>>;
    /// A second name for a file.
    fn link(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Swaps two names in one step.
    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()>;
    /// Puts a file in another's place in one step.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Gives a file a name that must be free.
    fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Takes a name away.
    fn remove(&self, path: &Path) -> io::Result<()>;
    /// Waits until a folder's names are on the medium.
    fn sync_folder(&self, path: &Path) -> io::Result<()>;
    /// Makes a folder and those above it, 0700.
    fn make_folder(&self, path: &Path) -> io::Result<()>;
    /// Names in a folder.
    fn list(&self, path: &Path) -> io::Result<Vec<String>>;
    /// Those names in a folder that are wanted, at most [`NAMES_MOST`]; links to folders are folders.
    fn names(&self, path: &Path, wanted: &dyn Fn(&str) -> bool) -> io::Result<Names>;
    /// Other machines may have this folder, too, and not see the locks of this one.
    fn is_shared(&self, _folder: &Path) -> bool {
        false
    }
    /// This machine may go on showing a file of this folder that another machine has replaced.
    fn remembers(&self, _folder: &Path) -> bool {
        false
    }
    /// Takes the lock on a side file; [`io::ErrorKind::WouldBlock`] when another holds it.
    fn try_lock(&self, path: &Path) -> io::Result<Box<dyn LockGuard>>;
}

/// The real one.
#[derive(Debug, Clone, Copy, Default)]
pub struct Real;

struct RealFile(File);

impl NewFile for RealFile {
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        // Each part is sent on its way to the medium while the next is copied, so that the wait in
        // `sync` is shorter. On Linux this advice starts the writing; that it fails harms nothing.
        const PART: usize = 1 << 20;
        let mut at = 0;
        for part in bytes.chunks(PART) {
            self.0.write_all(part)?;
            let len = std::num::NonZeroU64::new(part.len() as u64);
            let _ = rustix::fs::fadvise(&self.0, at, len, rustix::fs::Advice::DontNeed);
            at += part.len() as u64;
        }
        Ok(())
    }

    fn take_after(&mut self, old: &Meta, path: &Path) -> io::Result<()> {
        let (uid, gid) = old.owner;
        let now = self.0.metadata()?;
        if (now.uid(), now.gid()) != old.owner {
            let owner = (rustix::fs::Uid::from_raw(uid), rustix::fs::Gid::from_raw(gid));
            // Only root may give a file away; for everybody else the file stays his own.
            if rustix::fs::fchown(&self.0, Some(owner.0), Some(owner.1)).is_err() {
                return Ok(());
            }
        }
        rustix::fs::fchmod(&self.0, Mode::from_raw_mode(old.mode & 0o777))?;
        // - after the mode, which speaks of its mask
        take_access_list(&self.0, old, path);
        Ok(())
    }

    fn sync(&mut self) -> io::Result<()> {
        self.0.sync_all()
    }
}

/// The access list (ACL) of the other file; few have one, and not every file system knows of them.
fn take_access_list(file: &File, old: &Meta, path: &Path) {
    const NAME: &str = "system.posix_acl_access";
    let mut held = [0; 4096];
    let there = open_quietly(path, OFlags::RDONLY).ok();
    let same = there.filter(|there| meta_of(there).is_ok_and(|meta| meta.inode == old.inode));
    let Some(Ok(len)) = same.map(|there| rustix::fs::fgetxattr(there, NAME, &mut held)) else { return };
    let list = held.get(..len).unwrap_or_default();
    let _ = rustix::fs::fsetxattr(file, NAME, list, rustix::fs::XattrFlags::empty());
}

struct RealLock(#[expect(dead_code, reason = "held for its lock, which ends when it closes")] OwnedFd);

impl LockGuard for RealLock {}

/// Opens the side file of a lock, or makes it. Made by root (`sudo mamori`) in somebody's folder it is his:
/// else he could not save again.
fn lock_file(path: &Path) -> io::Result<OwnedFd> {
    let flags = OFlags::NOFOLLOW | OFlags::CLOEXEC | OFlags::NONBLOCK;
    let there = || match rustix::fs::open(path, flags | OFlags::RDWR, Mode::empty()) {
        // - another's that may be read locks just as well
        Err(Errno::ACCESS | Errno::ROFS) => rustix::fs::open(path, flags | OFlags::RDONLY, Mode::empty()),
        other => other,
    };
    match there() {
        Err(Errno::NOENT) => {}
        other => return Ok(other?),
    }
    let new = flags | OFlags::RDWR | OFlags::CREATE | OFlags::EXCL;
    let file = match rustix::fs::open(path, new, Mode::RUSR | Mode::WUSR) {
        Err(Errno::EXIST) => return Ok(there()?),
        other => other?,
    };
    if rustix::process::geteuid().is_root()
        && let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty())
        && let Ok(owner) = std::fs::metadata(folder)
    {
        let (uid, gid) = (rustix::fs::Uid::from_raw(owner.uid()), rustix::fs::Gid::from_raw(owner.gid()));
        let _ = rustix::fs::fchown(&file, Some(uid), Some(gid));
    }
    Ok(file)
}

fn open_quietly(path: &Path, flags: OFlags) -> io::Result<File> {
    let flags = flags | OFlags::NONBLOCK | OFlags::CLOEXEC | OFlags::NOCTTY;
    let open = || rustix::fs::open(path, flags, Mode::empty());
    let shared = || Real.is_shared(super::around::folder_of(path));
    let mut opened = open();
    // - FUSE says so for a moment where another file takes the place of this one just now
    let mut tries = match opened {
        Err(Errno::NOENT) if shared() => 1,
        // - SMB, for as long as another program of this machine has the file open that was replaced
        Err(Errno::INVAL | Errno::STALE) if shared() => 75,
        _ => 0,
    };
    while opened.is_err() && tries > 0 {
        std::thread::sleep(std::time::Duration::from_millis(20));
        (opened, tries) = (open(), tries - 1);
    }
    let file = File::from(opened?);
    close_at_once(&file);
    Ok(file)
}

/// Linux keeps a file of an SMB share open for a second after it was closed, and shows it to whoever opens its
/// name then, whatever another machine has put there: for ever, where somebody opens it every second. Not a
/// file that was asked about a lock.
fn close_at_once(file: &File) {
    if rustix::fs::fstatfs(file).is_ok_and(|facts| SMB.contains(&kind_of(&facts))) {
        let _ = rustix::process::fcntl_getlk(file, &FlockType::ReadLock.into());
    }
}

/// SMB2 and 3, and CIFS.
const SMB: [u64; 2] = [0xFE53_4D42, 0xFF53_4D42];

fn statfs_kind(folder: &Path) -> Option<u64> {
    rustix::fs::statfs(folder).ok().map(|facts| kind_of(&facts))
}

fn kind_of(facts: &rustix::fs::StatFs) -> u64 {
    facts.f_type as u64 & 0xFFFF_FFFF
}

fn meta_of(file: &File) -> io::Result<Meta> {
    let found = file.metadata()?;
    Ok(Meta {
        regular: found.is_file(),
        folder: found.is_dir(),
        len: found.len(),
        inode: (found.dev(), found.ino()),
        mode: found.mode() & 0o7777,
        owner: (found.uid(), found.gid()),
        modified: u64::try_from(found.mtime()).map_or(0, |seconds| {
            seconds.saturating_mul(1000) + found.mtime_nsec().unsigned_abs() / 1_000_000
        }),
    })
}

impl Disk for Real {
    fn resolve(&self, path: &Path) -> io::Result<PathBuf> {
        match path.canonicalize() {
            Ok(target) => Ok(target),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                // A dangling link is kept too: its target is what is made.
                match std::fs::read_link(path) {
                    Ok(target) => Ok(path.parent().unwrap_or(Path::new(".")).join(target)),
                    Err(_) => Ok(path.to_owned()),
                }
            }
            Err(error) => Err(error),
        }
    }

    fn meta(&self, path: &Path) -> io::Result<Meta> {
        meta_of(&open_quietly(path, OFlags::RDONLY)?)
    }

    fn read(&self, path: &Path, max: u64) -> io::Result<Vec<u8>> {
        let (meta, bytes) = self.head(path, max)?;
        if meta.regular { Ok(bytes) } else { Err(io::ErrorKind::InvalidInput.into()) }
    }

    fn head(&self, path: &Path, max: u64) -> io::Result<(Meta, Vec<u8>)> {
        let file = open_quietly(path, OFlags::RDONLY)?;
        let meta = meta_of(&file)?;
        let mut bytes = Vec::new();
        if meta.regular {
            bytes.try_reserve_exact(meta.len.min(max) as usize)?;
            file.take(max).read_to_end(&mut bytes)?;
        }
        Ok((meta, bytes))
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn NewFile>> {
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let file = File::from(rustix::fs::open(path, flags, Mode::RUSR | Mode::WUSR)?);
        close_at_once(&file);
        Ok(Box::new(RealFile(file)))
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        Ok(rustix::fs::linkat(CWD, from, CWD, to, AtFlags::empty())?)
    }

    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()> {
        Ok(rustix::fs::renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        Ok(rustix::fs::renameat(CWD, from, CWD, to)?)
    }

    fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()> {
        // - over SMB it is this machine that looks whether the name is taken, and then replaces what is there
        //   by now; a second name is refused by the server
        if self.remembers(super::around::folder_of(to)) {
            match self.link(from, to) {
                Ok(()) => return self.remove(from),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(error),
                Err(_) => {}
            }
        }
        match rustix::fs::renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE) {
            // Where the file system has no such call, link refuses a taken name just as well.
            Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP | Errno::PERM) => match self.link(from, to) {
                Ok(()) => self.remove(from),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
                // It has no links either: a file of our own holds the name until the other takes it.
                Err(_) => {
                    drop(self.create(to)?);
                    self.rename(from, to).inspect_err(|_| drop(self.remove(to)))
                }
            },
            other => Ok(other?),
        }
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        std::fs::remove_file(path)
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        match open_quietly(path, OFlags::RDONLY | OFlags::DIRECTORY)?.sync_all() {
            // Some network file systems have no such thing for folders.
            Err(error) if error.raw_os_error() == Some(Errno::INVAL.raw_os_error()) => Ok(()),
            other => other,
        }
    }

    fn make_folder(&self, path: &Path) -> io::Result<()> {
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(path)
    }

    fn list(&self, path: &Path) -> io::Result<Vec<String>> {
        let names = std::fs::read_dir(path)?.map(|entry| Ok(entry?.file_name().into_string().ok()));
        names.filter_map(io::Result::transpose).collect()
    }

    fn names(&self, path: &Path, wanted: &dyn Fn(&str) -> bool) -> io::Result<Names> {
        let mut found = Names::default();
        for entry in std::fs::read_dir(path)? {
            let entry = entry?;
            let Ok(name) = entry.file_name().into_string() else {
                found.foreign += 1;
                continue;
            };
            if found.names.len() >= NAMES_MOST {
                break;
            }
            if wanted(&name) {
                let kind = entry.file_type();
                let link = kind.as_ref().is_ok_and(std::fs::FileType::is_symlink);
                let folder = if link { entry.path().is_dir() } else { kind.is_ok_and(|kind| kind.is_dir()) };
                found.names.push((name, folder));
            }
        }
        Ok(found)
    }

    fn is_shared(&self, folder: &Path) -> bool {
        // - FUSE (sshfs and the like), NFS, SMB of old, 9p, AFS, Ceph, VirtualBox, Lustre, GPFS, BeeGFS
        const KINDS: [u64; 10] = [
            0x6573_5546,
            0x6969,
            0x517B,
            0x0102_1997,
            0x5346_414F,
            0x00C3_6400,
            0x786F_4256,
            0x0BD0_0BD0,
            0x4750_4653,
            0x1983_0326,
        ];
        statfs_kind(folder).is_some_and(|kind| KINDS.contains(&kind) || SMB.contains(&kind))
    }

    fn remembers(&self, folder: &Path) -> bool {
        statfs_kind(folder).is_some_and(|kind| SMB.contains(&kind))
    }

    fn try_lock(&self, path: &Path) -> io::Result<Box<dyn LockGuard>> {
        let file = lock_file(path)?;
        match rustix::fs::flock(&file, FlockOperation::NonBlockingLockExclusive) {
            // SMB says so of a lock that another holds.
            Err(Errno::ACCESS) => Err(io::ErrorKind::WouldBlock.into()),
            // Some network file systems have no locks: there only the look just before the replacing is left.
            Ok(()) | Err(Errno::NOLCK | Errno::NOSYS | Errno::OPNOTSUPP) => Ok(Box::new(RealLock(file))),
            Err(error) => Err(error.into()),
        }
    }
}
