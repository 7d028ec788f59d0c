//! What could not be written when the process had to end: whole vault files, kept in the local state
//! folder, else in a second place, until a later save has taken them in.

use std::io;
use std::path::{Path, PathBuf};

use super::disk::Disk;
use super::{ReadError, read_vault};
use crate::session::Ciphertext;

/// An unsaved file.
#[derive(Clone, PartialEq, Eq)]
pub struct Unsaved {
    /// Where it lies.
    pub path: PathBuf,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl std::fmt::Debug for Unsaved {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Unsaved({} bytes)", self.bytes.len())
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Keeps a file in the first folder that takes it; gives where.
pub(super) fn keep(disk: &dyn Disk, folders: &[PathBuf], file: &Ciphertext) -> io::Result<PathBuf> {
    let mut last = io::Error::from(io::ErrorKind::NotFound);
    for folder in folders {
        match keep_in(disk, folder, file) {
            Ok(path) => return Ok(path),
            Err(error) => last = error,
        }
    }
    Err(last)
}

fn keep_in(disk: &dyn Disk, folder: &Path, file: &Ciphertext) -> io::Result<PathBuf> {
    disk.make_folder(folder)?;
    // Named by what it is, so that keeping it twice is keeping it once.
    let name = format!("{}-{}", hex(&file.vault), hex(&file.mac[..8]));
    let path = folder.join(format!("{name}.mamori"));
    let temp = folder.join(format!("{name}.tmp"));
    let _ = disk.remove(&temp);
    let mut out = disk.create(&temp)?;
    let written = out.write_all(&file.bytes).and_then(|()| out.sync());
    drop(out);
    if let Err(error) = written.and_then(|()| disk.rename(&temp, &path)) {
        let _ = disk.remove(&temp);
        return Err(error);
    }
    disk.sync_folder(folder)?;
    Ok(path)
}

/// Files of a vault that were kept. What cannot be read is left where it is.
pub(super) fn list(disk: &dyn Disk, folders: &[PathBuf], vault: &[u8; 16]) -> Vec<Unsaved> {
    let start = hex(vault);
    let mut all = Vec::new();
    for folder in folders {
        let mut names = disk.list(folder).unwrap_or_default();
        names.retain(|name| name.starts_with(&start) && name.ends_with(".mamori"));
        names.sort();
        for name in names {
            let path = folder.join(name);
            match read_vault(disk, &path) {
                Ok(bytes) => all.push(Unsaved { path, bytes }),
                Err(ReadError::Format(_) | ReadError::Missing | ReadError::NotAFile) => {}
                Err(ReadError::Denied | ReadError::Io(_)) => {}
            }
        }
    }
    all
}
