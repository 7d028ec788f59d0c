//! Vault files on a disk: reading, locking, replacing, backups. It sees ciphertext and headers
//! only; joining two copies is [`crate::commit`]'s.
//!
//! Order of a save (FORMAT 4): lock the side file · the live header's MAC is the one loaded? · temp
//! in the same folder, 0600, written whole, fsync · backup by hard link · exchange-rename · what
//! came out is what was checked? · unlink · fsync the folder · note in the state folder. Before the
//! exchange everything is old, after it everything is new. Where names cannot be exchanged a look and a
//! rename do, with a turn of their own where several machines have the folder (`turn`).

pub mod around;
pub mod backup;
mod copies;
pub mod disk;
mod draft;
mod locked;
pub mod memory;
mod note;
mod turn;
mod unsaved;
mod whole;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

pub use backup::Backup;
pub use copies::{Copy, Maker};
use disk::{Disk, Meta};
pub use locked::Locked;
use locked::{beside, temps};
pub use unsaved::Unsaved;
pub use whole::write_new;

use crate::crypto::entropy::Entropy;
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
    /// The lock file beside the vault is another user's.
    #[error("the lock file beside the vault is another user's")]
    OthersLock,
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

    /// Keeps the draft of a form; `durable` waits for the platter.
    pub fn keep_draft(&self, draft: &Draft, durable: bool) -> io::Result<()> {
        draft::keep(&*self.disk, &self.state.join("drafts"), draft, durable)
    }

    /// The drafts of a vault.
    pub fn drafts(&self, vault: &[u8; 16]) -> Vec<Draft> {
        draft::list(&*self.disk, &self.state.join("drafts"), vault)
    }

    /// Takes a draft away: it was saved, or nobody wants it.
    pub fn drop_draft(&self, name: &DraftName) {
        draft::forget(&*self.disk, &self.state.join("drafts"), name);
    }

    /// Another vault with the same state folder.
    #[must_use]
    pub fn at(&self, path: PathBuf) -> Store {
        Store { path, ..self.clone() }
    }

    /// The state folder.
    pub fn state_folder(&self) -> &Path {
        &self.state
    }

    /// The folder of the backups.
    pub fn backup_folder(&self) -> &Path {
        &self.backups
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

    /// The identity of the file that lies there just now; none when it cannot be read.
    pub fn live_mac(&self) -> Option<[u8; 32]> {
        self.live().ok().map(|(mac, _)| mac)
    }

    /// The identity and the length of the file that lies there just now, or why it is none.
    pub fn live(&self) -> Result<([u8; 32], u64), ReadError> {
        let (meta, head) = head_of(&*self.disk, &self.path)?;
        Ok((header::read(&head, meta.len)?.mac, meta.len))
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
                Err(error) => {
                    let denied = |error: &io::Error| error.kind() == io::ErrorKind::PermissionDenied;
                    // - the folder says whether it is there
                    let owned = denied(&error) && self.disk.meta(&side).is_err_and(|error| denied(&error));
                    return Err(if owned {
                        SaveError::OthersLock
                    } else {
                        SaveError::of(Step::Lock, &error)
                    });
                }
            }
        };
        let shared = self.disk.is_shared(around::folder_of(&target));
        Ok(Locked { store: self, target, shared, _guard: guard })
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

    /// Backups of the vault that lies here, newest first; of every vault that this machine knows where the
    /// file does not say which it is: it is damaged, or gone.
    pub fn backups_anyway(&self) -> Vec<Backup> {
        // - damaged elsewhere it still says so; a name that no folder has is none
        let head = self.disk.read(&self.path, HEAD).unwrap_or_default();
        let said: Option<[u8; 16]> = head.get(16..32).and_then(|id| id.try_into().ok());
        let held = said.map(|id| self.backups(&id).unwrap_or_default()).unwrap_or_default();
        if !held.is_empty() || self.live().is_ok() {
            return held;
        }
        let names = self.disk.names(&self.backups, &|_| true).unwrap_or_default().names;
        let ids = names.iter().filter_map(|(name, _)| backup::id_of(name));
        let mut all: Vec<Backup> = ids.flat_map(|id| self.backups(&id).unwrap_or_default()).collect();
        all.sort_by(|one, next| (next.ms, &next.name).cmp(&(one.ms, &one.name)));
        all
    }

    /// The head of a backup, checked as far as that goes without a key.
    pub fn backup_header(&self, backup: &Backup) -> Result<header::Header, ReadError> {
        let (meta, head) = head_of(&*self.disk, &backup.path)?;
        Ok(header::read(&head, meta.len)?.header)
    }

    /// Deletes backups now.
    pub fn drop_backups(&self, vault: &[u8; 16], names: &[String]) -> io::Result<()> {
        let folder = backup::folder(&self.backups, vault);
        let remove = |name: &String| match self.disk.remove(&folder.join(format!("{name}.mamori"))) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        };
        names.iter().map(remove).fold(Ok(()), Result::and)?;
        backup::set_due(&*self.disk, &folder, names, None)?;
        self.disk.sync_folder(&folder)
    }

    /// Has backups deleted at `when` (ms since 1970), by whichever program looks then; none: they stay.
    pub fn set_backups_due(&self, vault: &[u8; 16], names: &[String], when: Option<u64>) -> io::Result<()> {
        backup::set_due(&*self.disk, &backup::folder(&self.backups, vault), names, when)
    }

    /// Deletes the backups whose day has come; gives how many.
    pub fn sweep_backups(&self, vault: &[u8; 16], now_ms: u64) -> usize {
        backup::sweep(&*self.disk, &backup::folder(&self.backups, vault), now_ms)
    }

    /// Backups that open with an earlier master password: those of a lower key epoch.
    pub fn older_backups(&self, vault: &[u8; 16], epoch: u32) -> Vec<Backup> {
        let older = |backup: &Backup| {
            let head = self.disk.read(&backup.path, HEAD).ok();
            let read = head.and_then(|head| header::read(&head, backup.len).ok());
            read.is_some_and(|read| read.header.epoch < epoch)
        };
        self.backups(vault).unwrap_or_default().into_iter().filter(older).collect()
    }

    /// Reads a backup whole.
    pub fn read_backup(&self, backup: &Backup) -> Result<Vec<u8>, ReadError> {
        self.read_file(&backup.path)
    }

    /// Reads another vault file whole: a backup, a copy.
    pub fn read_file(&self, path: &Path) -> Result<Vec<u8>, ReadError> {
        read_vault(&*self.disk, path)
    }

    /// Copies of a vault that a sync program left beside its file.
    pub fn copies(&self, vault: &[u8; 16]) -> Vec<Copy> {
        let target = self.disk.resolve(&self.path);
        target.map(|target| copies::list(&*self.disk, &target, vault)).unwrap_or_default()
    }

    /// When a name in the vault's folder changed last, ms since 1970: while it stays no copy came.
    pub fn folder_changed(&self) -> Option<u64> {
        copies::folder_changed(&*self.disk, &self.disk.resolve(&self.path).ok()?)
    }

    /// Moves a copy to the backups of the vault, where it stays as long as they do; gives where.
    pub fn put_away(&self, copy: &Copy, vault: &[u8; 16]) -> io::Result<PathBuf> {
        let folder = backup::folder(&self.backups, vault);
        copies::put_away(&*self.disk, &copy.path, &folder, copy.modified)
    }
}

pub use draft::{Draft, DraftName};
pub use note::Note;

/// A regular file with what comes before its body.
fn head_of(disk: &dyn Disk, path: &Path) -> Result<(Meta, Vec<u8>), ReadError> {
    let (meta, head) = disk.head(path, HEAD).map_err(|error| ReadError::of(&error))?;
    if meta.regular { Ok((meta, head)) } else { Err(ReadError::NotAFile) }
}

fn read_vault(disk: &dyn Disk, path: &Path) -> Result<Vec<u8>, ReadError> {
    let (meta, head) = head_of(disk, path)?;
    if meta.len > FILE_MAX {
        // Too long for a vault; say whether it is one at all.
        let foreign = head.first_chunk() != Some(header::MAGIC);
        return Err(if foreign { FormatError::NotAVault } else { FormatError::Damaged }.into());
    }
    header::read(&head, meta.len)?;
    disk.read(path, FILE_MAX).map_err(|error| ReadError::of(&error))
}
