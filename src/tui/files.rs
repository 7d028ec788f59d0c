//! Files beside the vault that a person names: exports to read, attachments, what is written out.
//! Questions and answers are data ([`Ask`], [`Answer`]); [`answer`] is what a job does, on any
//! [`Disk`]. A file is written whole under its own name, 0600, and never over another one.
//!
//! Not here: the vault file ([`crate::store`]) and the field in which a path is typed.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use super::config::Refused;
use crate::store::disk::Disk;

/// What is wanted of the disk.
pub enum Ask {
    /// The names in a folder.
    Folder(PathBuf),
    /// A whole file of at most `most` bytes.
    Read {
        /// Which file.
        path: PathBuf,
        /// Bytes; a longer file is refused.
        most: u64,
    },
    /// A new file, 0600.
    Write {
        /// Its name; there must be nothing of that name.
        path: PathBuf,
        /// Its content.
        bytes: Vec<u8>,
    },
}

impl fmt::Debug for Ask {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Ask::Folder(_) => "Folder(..)",
            Ask::Read { .. } => "Read(..)",
            Ask::Write { .. } => "Write(..)",
        })
    }
}

/// What became of it.
pub enum Answer {
    /// Of [`Ask::Folder`]: sorted names, of folders with a slash at the end.
    Folder(Result<Vec<String>, Failure>),
    /// Of [`Ask::Read`].
    Read(Result<Vec<u8>, Failure>),
    /// Of [`Ask::Write`].
    Written(Result<(), Failure>),
}

impl fmt::Debug for Answer {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Answer::Folder(found) => write!(out, "Folder({:?})", found.as_ref().map(Vec::len)),
            Answer::Read(read) => write!(out, "Read({:?})", read.as_ref().map(Vec::len)),
            Answer::Written(written) => write!(out, "Written({written:?})"),
        }
    }
}

/// Why a file could not be read or written, as a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// There is nothing of that name.
    NotFound,
    /// It is a folder, a pipe, a device.
    NotAFile,
    /// No permission.
    Denied,
    /// It is longer than so many bytes.
    TooLarge(u64),
    /// There is something of that name already.
    Exists,
    /// The disk is full.
    Full,
    /// The work did not come to its end.
    Lost,
    /// Something else; the words of the system.
    Other(String),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Failure::NotFound,
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Failure::Denied,
            io::ErrorKind::AlreadyExists => Failure::Exists,
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Failure::Full,
            io::ErrorKind::InvalidInput | io::ErrorKind::IsADirectory => Failure::NotAFile,
            other => Failure::Other(other.to_string()),
        }
    }
}

/// Does what is asked. May wait for the disk: for a job.
pub fn answer(disk: &dyn Disk, ask: Ask) -> Answer {
    match ask {
        Ask::Folder(path) => Answer::Folder(folder(disk, &path)),
        Ask::Read { path, most } => Answer::Read(read(disk, &path, most)),
        Ask::Write { path, bytes } => Answer::Written(write(disk, &path, &bytes)),
    }
}

/// The answer in place of one that did not come.
pub fn lost(ask: &Ask) -> Answer {
    match ask {
        Ask::Folder(_) => Answer::Folder(Err(Failure::Lost)),
        Ask::Read { .. } => Answer::Read(Err(Failure::Lost)),
        Ask::Write { .. } => Answer::Written(Err(Failure::Lost)),
    }
}

fn folder(disk: &dyn Disk, path: &Path) -> Result<Vec<String>, Failure> {
    let mut names = disk.list(path)?;
    for name in &mut names {
        if disk.list(&path.join(&*name)).is_ok() {
            name.push('/');
        }
    }
    names.sort_unstable();
    Ok(names)
}

fn read(disk: &dyn Disk, path: &Path, most: u64) -> Result<Vec<u8>, Failure> {
    let meta = disk.meta(path)?;
    if !meta.regular {
        return Err(Failure::NotAFile);
    }
    let bytes = disk.read(path, most.saturating_add(1))?;
    if bytes.len() as u64 > most { Err(Failure::TooLarge(most)) } else { Ok(bytes) }
}

fn write(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let mut file = disk.create(path)?;
    if let Err(error) = file.write_all(bytes).and_then(|()| file.sync()) {
        // - half a file is worse than none
        drop(file);
        let _ = disk.remove(path);
        return Err(error.into());
    }
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Ok(disk.sync_folder(parent)?)
}

/// Longest settings file in bytes.
const CONFIG_MOST: u64 = 1 << 20;

/// The text of the settings file; none where there is none.
pub fn config(disk: &dyn Disk, path: &Path) -> Result<Option<String>, Failure> {
    match read(disk, path, CONFIG_MOST) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(Failure::NotFound) => Ok(None),
        Err(failure) => Err(failure),
    }
}

/// Writes the settings file in one step, if it is still the one that the change was made in.
pub fn configure(disk: &dyn Disk, path: &Path, before: Option<&str>, text: &str) -> Result<(), Refused> {
    let failed = |error: io::Error| Refused::Failed(error.into());
    let now = config(disk, path).map_err(Refused::Failed)?;
    if now.as_deref() != before {
        return Err(Refused::Changed(now));
    }
    // - a link to a file kept elsewhere (dotfiles) stays a link
    let target = disk.resolve(path).map_err(failed)?;
    let folder = target.parent().unwrap_or(Path::new("."));
    disk.make_folder(folder).map_err(failed)?;
    let temp = target.with_extension("toml.new");
    let _ = disk.remove(&temp);
    let put = || -> io::Result<()> {
        let mut file = disk.create(&temp)?;
        file.write_all(text.as_bytes())?;
        if let Ok(old) = disk.meta(&target) {
            file.take_after(&old)?;
        }
        file.sync()?;
        disk.rename(&temp, &target)?;
        disk.sync_folder(folder)
    };
    put().map_err(|error| {
        let _ = disk.remove(&temp);
        failed(error)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::memory::Memory;

    #[test]
    fn a_file_is_written_once_and_read_within_its_bounds() {
        let disk = Memory::default();
        let path = || PathBuf::from("/a/b");
        let wrote = |bytes: &[u8]| answer(&disk, Ask::Write { path: path(), bytes: bytes.to_vec() });
        assert!(matches!(wrote(b"S3CRET"), Answer::Written(Ok(()))));
        assert!(matches!(wrote(b"other"), Answer::Written(Err(Failure::Exists))));
        let read = |most| answer(&disk, Ask::Read { path: path(), most });
        assert!(matches!(read(6), Answer::Read(Ok(bytes)) if bytes == b"S3CRET"));
        assert!(matches!(read(5), Answer::Read(Err(Failure::TooLarge(5)))));
        assert!(!format!("{:?}", read(6)).contains("S3"));
    }
}
