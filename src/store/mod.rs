//! Vault files on a disk: reading, locking, replacing, backups. It sees ciphertext and headers
//! only; joining two copies is [`crate::commit`]'s.
//!
//! Order of a save (FORMAT 4): lock the side file · the live header's MAC is the one loaded? · temp
//! in the same folder, 0600, written whole, fsync · backup by hard link · exchange-rename · what
//! came out is what was checked? · unlink · fsync the folder · note in the state folder. Before the
//! exchange everything is old, after it everything is new.

pub mod backup;
pub mod disk;
pub mod memory;
mod note;
mod unsaved;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

pub use backup::Backup;
use disk::{Disk, LockGuard, Meta};
pub use unsaved::Unsaved;

use crate::crypto::entropy::{Entropy, array};
use crate::format::FormatError;
use crate::format::header::{self, FILE_MAX};
use crate::session::{Ciphertext, Device};

/// Everything before the body of the longest header.
const HEAD: u64 = 12 + 8192 + 64;
/// How long a save waits for another program's.
const PATIENCE: Duration = Duration::from_secs(5);

/// Why a file could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// Nothing lies there.
    #[error("there is no such file")]
    Missing,
    /// A folder, pipe, device or socket.
    #[error("not a regular file")]
    NotAFile,
    /// Not allowed to read it.
    #[error("not allowed to read the file")]
    Denied,
    /// The bytes are no vault file.
    #[error(transparent)]
    Format(#[from] FormatError),
    /// The disk failed.
    #[error("the file cannot be read: {0}")]
    Io(io::ErrorKind),
}

impl ReadError {
    fn of(error: &io::Error) -> ReadError {
        match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => ReadError::Missing,
            io::ErrorKind::PermissionDenied => ReadError::Denied,
            // A socket or a device without driver does not even open.
            io::ErrorKind::InvalidInput | io::ErrorKind::IsADirectory => ReadError::NotAFile,
            _ if error.raw_os_error() == Some(rustix::io::Errno::NXIO.raw_os_error()) => ReadError::NotAFile,
            kind => ReadError::Io(kind),
        }
    }
}

/// Which step of a save failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Taking the lock.
    Lock,
    /// Looking at what lies there.
    Look,
    /// Making and writing the new file.
    Write,
    /// Waiting for the medium.
    Sync,
    /// Making the backup.
    Backup,
    /// Putting the new file in place.
    Replace,
}

/// Why a file could not be written. Unless it says otherwise the old file is whole.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SaveError {
    /// Another program held the lock for five seconds.
    #[error("another mamori is saving this vault")]
    Busy,
    /// A new vault may not take an old one's place.
    #[error("a file with this name exists")]
    Exists,
    /// Another file lies there than the one this was made from; these are its bytes.
    #[error("the vault was changed by another program")]
    Changed {
        /// The file that lies there.
        live: Vec<u8>,
    },
    /// What lies there cannot be read.
    #[error(transparent)]
    Live(ReadError),
    /// No space, or the quota is used up.
    #[error("no space left for the vault")]
    Full,
    /// Not allowed to write there.
    #[error("not allowed to write there")]
    Denied,
    /// A file system that is mounted read-only.
    #[error("the file system is read-only")]
    ReadOnly,
    /// The folder does not exist.
    #[error("the folder does not exist")]
    NoFolder,
    /// The disk failed.
    #[error("the vault could not be written ({step:?}): {kind}")]
    Io {
        /// At which step.
        step: Step,
        /// What the system said.
        kind: io::ErrorKind,
    },
}

impl SaveError {
    fn of(step: Step, error: &io::Error) -> SaveError {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
                SaveError::Full
            }
            io::ErrorKind::PermissionDenied => SaveError::Denied,
            io::ErrorKind::ReadOnlyFilesystem => SaveError::ReadOnly,
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => SaveError::NoFolder,
            kind => SaveError::Io { step, kind },
        }
    }
}

/// A save that is on the disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// The identity of the file that now lies there.
    pub mac: [u8; 32],
    /// The backup that was made on the way.
    pub backup: Option<PathBuf>,
    /// The file had vanished and was made again.
    pub recreated: bool,
    /// A backup was due and could not be made; the vault itself is saved.
    pub backup_failed: Option<io::ErrorKind>,
}

/// How much a save matters to the backups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// An edit: at most one backup in ten minutes.
    Edit,
    /// A key change, an import, a merge, a restore: always a backup first.
    Important,
}

/// One vault file and its local state folder.
#[derive(Clone)]
pub struct Store {
    disk: Arc<dyn Disk>,
    path: PathBuf,
    state: PathBuf,
    backups: PathBuf,
    spare: Option<PathBuf>,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Store({})", self.path.display())
    }
}

impl Store {
    /// The vault at `path`; notes and backups go to `state`.
    pub fn new(disk: Arc<dyn Disk>, path: PathBuf, state: PathBuf) -> Store {
        let backups = state.join("backups");
        Store { disk, path, state, backups, spare: None }
    }

    /// The same with its backups in another folder.
    #[must_use]
    pub fn with_backups(self, backups: PathBuf) -> Store {
        Store { backups, ..self }
    }

    /// The same with a second place for what cannot be saved (`$XDG_RUNTIME_DIR`).
    #[must_use]
    pub fn with_spare(self, spare: PathBuf) -> Store {
        Store { spare: Some(spare), ..self }
    }

    fn unsaved_folders(&self) -> Vec<PathBuf> {
        let spare = self.spare.iter().map(|folder| folder.join("mamori"));
        std::iter::once(self.state.join("unsaved")).chain(spare).collect()
    }

    /// Keeps a file that could not be written before the process ends; gives where.
    pub fn keep_unsaved(&self, file: &Ciphertext) -> io::Result<PathBuf> {
        unsaved::keep(&*self.disk, &self.unsaved_folders(), file)
    }

    /// Files of a vault that were kept, to be taken in by the next save.
    pub fn unsaved(&self, vault: &[u8; 16]) -> Vec<Unsaved> {
        unsaved::list(&*self.disk, &self.unsaved_folders(), vault)
    }

    /// Takes away one that a save has taken in.
    pub fn drop_unsaved(&self, file: &Unsaved) {
        let _ = self.disk.remove(&file.path);
    }

    /// The path as it was given.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The disk beneath, for other files of the program (exports).
    pub fn disk(&self) -> &Arc<dyn Disk> {
        &self.disk
    }

    /// True when something lies there.
    pub fn exists(&self) -> bool {
        self.disk.meta(&self.path).is_ok()
    }

    /// Reads the vault file whole; looks at its head first, so that a foreign file of a gigabyte is
    /// answered at once.
    pub fn read(&self) -> Result<Vec<u8>, ReadError> {
        read_vault(&*self.disk, &self.path)
    }

    /// True when temps lie beside the vault: a save is under way, or one was killed.
    pub fn has_temps(&self) -> bool {
        let target = self.disk.resolve(&self.path);
        target.is_ok_and(|target| !temps(&*self.disk, &target).is_empty())
    }

    /// Locks the vault against other saves, waiting up to five seconds.
    pub fn lock(&self) -> Result<Locked<'_>, SaveError> {
        let target = self.disk.resolve(&self.path).map_err(|error| SaveError::of(Step::Lock, &error))?;
        let side = beside(&target, ".lock");
        let mut waited = Duration::ZERO;
        let guard = loop {
            match self.disk.try_lock(&side) {
                Ok(guard) => break guard,
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    if waited >= PATIENCE {
                        return Err(SaveError::Busy);
                    }
                    let pause = Duration::from_millis(20);
                    std::thread::sleep(pause);
                    waited += pause;
                }
                Err(error) => return Err(SaveError::of(Step::Lock, &error)),
            }
        };
        Ok(Locked { store: self, target, _guard: guard })
    }

    /// Writes a new vault; refuses when something lies there.
    pub fn create(&self, sealed: &Ciphertext) -> Result<Saved, SaveError> {
        if let Some(folder) = self.path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            self.disk.make_folder(folder).map_err(|error| SaveError::of(Step::Write, &error))?;
        }
        self.lock()?.create(sealed)
    }

    /// Replaces the file that `sealed` was made from; [`SaveError::Changed`] when another lies
    /// there.
    pub fn save(&self, sealed: &Ciphertext, why: Why) -> Result<Saved, SaveError> {
        self.lock()?.replace(sealed, why)
    }

    /// Which machine this is: a random number kept in the state folder, and the host's name.
    pub fn device(&self, host: String, entropy: &mut dyn Entropy) -> Device {
        Device { writer: note::writer(&*self.disk, &self.state, entropy), name: host }
    }

    /// What this machine noted of its last save of a vault.
    pub fn last_note(&self, vault: &[u8; 16]) -> Option<note::Note> {
        note::read(&*self.disk, &self.state, vault)
    }

    /// Backups of a vault, newest first.
    pub fn backups(&self, vault: &[u8; 16]) -> Result<Vec<Backup>, ReadError> {
        backup::list(&*self.disk, &backup::folder(&self.backups, vault))
    }

    /// Reads a backup whole.
    pub fn read_backup(&self, backup: &Backup) -> Result<Vec<u8>, ReadError> {
        read_vault(&*self.disk, &backup.path)
    }
}

pub use note::Note;

fn read_vault(disk: &dyn Disk, path: &Path) -> Result<Vec<u8>, ReadError> {
    let meta = disk.meta(path).map_err(|error| ReadError::of(&error))?;
    if !meta.regular {
        return Err(ReadError::NotAFile);
    }
    let head = disk.read(path, HEAD).map_err(|error| ReadError::of(&error))?;
    if meta.len > FILE_MAX {
        // Too long for a vault; say whether it is one at all.
        let foreign = head.first_chunk() != Some(header::MAGIC);
        return Err(if foreign { FormatError::NotAVault } else { FormatError::Damaged }.into());
    }
    header::read(&head, meta.len)?;
    disk.read(path, FILE_MAX).map_err(|error| ReadError::of(&error))
}

/// The hidden name beside a file: `.name` and an ending.
fn beside(target: &Path, ending: &str) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(target.file_name().unwrap_or_default());
    name.push(ending);
    target.with_file_name(name)
}

/// Temps beside a vault, by the names that [`Locked::write_temp`] gives: no other vault's, whose save
/// may be under way, and nobody else's.
fn temps(disk: &dyn Disk, target: &Path) -> Vec<PathBuf> {
    let folder = target.parent().filter(|one| !one.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let start = beside(target, ".");
    let start = start.file_name().and_then(|start| start.to_str());
    let is_temp = |name: &String| {
        let random = start.and_then(|start| name.strip_prefix(start)?.strip_suffix(".tmp"));
        random.is_some_and(|random| random.len() == 16 && random.bytes().all(|one| one.is_ascii_hexdigit()))
    };
    let names = disk.list(folder).unwrap_or_default();
    names.into_iter().filter(is_temp).map(|name| folder.join(name)).collect()
}

/// What lies at the path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Live {
    meta: Meta,
    mac: [u8; 32],
}

/// The vault while nobody else saves it.
pub struct Locked<'s> {
    store: &'s Store,
    target: PathBuf,
    _guard: Box<dyn LockGuard>,
}

impl std::fmt::Debug for Locked<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Locked({})", self.target.display())
    }
}

impl Locked<'_> {
    fn disk(&self) -> &dyn Disk {
        &*self.store.disk
    }

    /// The identity of the file that lies there; none when there is no file.
    pub fn live_mac(&self) -> Result<Option<[u8; 32]>, SaveError> {
        Ok(self.look(&self.target)?.map(|live| live.mac))
    }

    /// The bytes of the file that lies there.
    pub fn read(&self) -> Result<Vec<u8>, SaveError> {
        read_vault(self.disk(), &self.target).map_err(SaveError::Live)
    }

    fn look(&self, path: &Path) -> Result<Option<Live>, SaveError> {
        let found = self.disk().meta(path).map_err(|error| ReadError::of(&error));
        let meta = match found {
            Err(ReadError::Missing) => return Ok(None),
            Err(error) => return Err(SaveError::Live(error)),
            Ok(meta) if !meta.regular => return Err(SaveError::Live(ReadError::NotAFile)),
            Ok(meta) => meta,
        };
        let head = self.disk().read(path, HEAD).map_err(|error| SaveError::Live(ReadError::of(&error)))?;
        let read = header::read(&head, meta.len).map_err(|error| SaveError::Live(error.into()))?;
        Ok(Some(Live { meta, mac: read.mac }))
    }

    /// Writes a new vault; refuses when something lies there.
    pub fn create(&self, sealed: &Ciphertext) -> Result<Saved, SaveError> {
        let temp = self.write_temp(&sealed.bytes, None)?;
        let placed = self.disk().rename_new(&temp, &self.target);
        if let Err(error) = placed {
            let _ = self.disk().remove(&temp);
            let taken = error.kind() == io::ErrorKind::AlreadyExists;
            return Err(if taken { SaveError::Exists } else { SaveError::of(Step::Replace, &error) });
        }
        self.sync_folder()?;
        note::write(self.disk(), &self.store.state, &self.store.path, sealed);
        Ok(Saved { mac: sealed.mac, backup: None, recreated: false, backup_failed: None })
    }

    /// Replaces the file that `sealed` was made from.
    pub fn replace(&self, sealed: &Ciphertext, why: Why) -> Result<Saved, SaveError> {
        let Some(live) = self.look(&self.target)? else {
            // It was there and is gone: making it again loses nothing.
            return match self.create(sealed) {
                // And there again: a sync client takes two steps to replace it.
                Err(SaveError::Exists) if sealed.replaces.is_some() => Err(self.changed()?),
                saved => Ok(Saved { recreated: sealed.replaces.is_some(), ..saved? }),
            };
        };
        if sealed.replaces != Some(live.mac) {
            return Err(if sealed.replaces.is_none() { SaveError::Exists } else { self.changed()? });
        }
        let temp = self.write_temp(&sealed.bytes, Some(&live.meta))?;
        // An edit is worth more than its backup; a key change or a restore must have one.
        let (backup, backup_failed) = match self.back_up(sealed, why) {
            Ok(backup) => (backup, None),
            Err(error) if why == Why::Edit => (None, Some(error.kind())),
            Err(error) => {
                let _ = self.disk().remove(&temp);
                return Err(SaveError::Io { step: Step::Backup, kind: error.kind() });
            }
        };
        self.swap(&temp, live.mac, sealed.mac)?;
        self.sync_folder()?;
        backup::rotate(self.disk(), &backup::folder(&self.store.backups, &sealed.vault), sealed.ms);
        note::write(self.disk(), &self.store.state, &self.store.path, sealed);
        Ok(Saved { mac: sealed.mac, backup, recreated: false, backup_failed })
    }

    fn changed(&self) -> Result<SaveError, SaveError> {
        Ok(SaveError::Changed { live: self.read()? })
    }

    fn write_temp(&self, bytes: &[u8], old: Option<&Meta>) -> Result<PathBuf, SaveError> {
        let mut source = crate::platform::entropy::System;
        let random = array::<8>(&mut source)
            .map_err(|_| SaveError::Io { step: Step::Write, kind: io::ErrorKind::Other })?;
        let temp = beside(&self.target, &format!(".{:016x}.tmp", u64::from_le_bytes(random)));
        let mut file = self.disk().create(&temp).map_err(|error| SaveError::of(Step::Write, &error))?;
        // Where permissions cannot be set the file stays as it was made: for its owner alone.
        let _ = old.map(|old| file.take_after(old));
        let written = file
            .write_all(bytes)
            .map_err(|error| SaveError::of(Step::Write, &error))
            .and_then(|()| file.sync().map_err(|error| SaveError::of(Step::Sync, &error)));
        if let Err(error) = written {
            drop(file);
            let _ = self.disk().remove(&temp);
            return Err(error);
        }
        Ok(temp)
    }

    fn back_up(&self, sealed: &Ciphertext, why: Why) -> io::Result<Option<PathBuf>> {
        let folder = backup::folder(&self.store.backups, &sealed.vault);
        backup::make(self.disk(), &folder, &self.target, sealed.ms, why)
    }

    /// Puts `temp` (the file `ours`) in the target's place and takes the old file away, after making
    /// sure that it is the one that was checked. By its MAC: a program that writes into a file in
    /// place leaves its inode as it was.
    fn swap(&self, temp: &Path, checked: [u8; 32], ours: [u8; 32]) -> Result<(), SaveError> {
        let disk = self.disk();
        let is = |path: &Path, mac| matches!(self.look(path), Ok(Some(found)) if found.mac == mac);
        match disk.exchange(temp, &self.target) {
            Ok(()) if is(temp, checked) => {
                // Should this fail, the next save clears it away.
                let _ = disk.remove(temp);
                Ok(())
            }
            Ok(()) => {
                // A sync client replaced the file in between: put it back and have it joined.
                disk.exchange(temp, &self.target).map_err(|error| SaveError::of(Step::Replace, &error))?;
                // Replaced once more, it is that file which lies here now: the next save looks at it.
                if is(temp, ours) {
                    let _ = disk.remove(temp);
                }
                Err(self.changed()?)
            }
            Err(error) if no_exchange(&error) => {
                if !is(&self.target, checked) {
                    let _ = disk.remove(temp);
                    return Err(self.changed()?);
                }
                disk.rename(temp, &self.target).map_err(|error| {
                    let _ = disk.remove(temp);
                    SaveError::of(Step::Replace, &error)
                })
            }
            Err(error) => {
                let _ = disk.remove(temp);
                Err(SaveError::of(Step::Replace, &error))
            }
        }
    }

    fn sync_folder(&self) -> Result<(), SaveError> {
        let folder = self.target.parent().filter(|one| !one.as_os_str().is_empty()).unwrap_or(Path::new("."));
        self.disk().sync_folder(folder).map_err(|error| SaveError::of(Step::Sync, &error))
    }

    /// Temps that killed saves left: those that are whole vault files, with their bytes. The others
    /// are removed.
    pub fn stale(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut whole = Vec::new();
        for path in temps(self.disk(), &self.target) {
            match read_vault(self.disk(), &path) {
                Ok(bytes) => whole.push((path, bytes)),
                // Torn. What a newer mamori wrote is its own to look at.
                Err(ReadError::Format(FormatError::Damaged | FormatError::NotAVault)) => {
                    let _ = self.disk().remove(&path);
                }
                Err(_) => {}
            }
        }
        whole
    }

    /// Takes a stale temp away.
    pub fn drop_stale(&self, path: &Path) {
        let _ = self.disk().remove(path);
    }

    /// Keeps a stale temp under a name that people and sync tools see.
    pub fn keep_stale(&self, path: &Path, ms: u64) -> io::Result<PathBuf> {
        let mut name = self.target.file_stem().unwrap_or_default().to_owned();
        name.push(format!(".conflict-{ms}.mamori"));
        let kept = self.target.with_file_name(name);
        self.disk().rename_new(path, &kept)?;
        Ok(kept)
    }
}

fn no_exchange(error: &io::Error) -> bool {
    use rustix::io::Errno;
    let unsupported = [Errno::INVAL, Errno::NOSYS, Errno::OPNOTSUPP].map(Errno::raw_os_error);
    error.kind() == io::ErrorKind::Unsupported
        || error.raw_os_error().is_some_and(|code| unsupported.contains(&code))
}
