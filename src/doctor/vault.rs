//! The vault file: whether it is whole, who may touch it, what its folder can do, what a save needs,
//! what lies around it. Not here: what is in it, which needs the password and is `health`'s.

use std::path::Path;

use super::Finding;
use crate::format::header::{Header, SlotKind};
use crate::platform::surroundings::{self, Family, FileSystem};
use crate::session::Sealed;
use crate::store::around::folder_of;
use crate::store::{ReadError, Store};

/// Room that every save needs beside the files themselves.
const SPARE: u64 = 1 << 20;
/// What the key derivation needs beside its own blocks (as in [`crate::session`]).
const KDF_SPARE: u64 = 32 << 20;

/// What to look at.
#[derive(Debug)]
pub struct Look<'a> {
    /// The vault and its state folder.
    pub store: &'a Store,
    /// Files may be made in its folder for a trial.
    pub write: bool,
    /// Bytes of memory that are free.
    pub memory: Option<u64>,
    /// A disk of Windows shows every file as everybody's (WSL).
    pub wsl: bool,
}

/// Looks at it.
pub fn look(look: &Look<'_>) -> Vec<Finding> {
    let store = look.store;
    let mut out = Vec::new();
    let sealed = match store.read() {
        Ok(bytes) => {
            let len = bytes.len() as u64;
            match Sealed::read(bytes) {
                Ok(sealed) => {
                    out.push(Finding::VaultWhole { bytes: len });
                    Some((sealed, len))
                }
                Err(error) => {
                    out.push(Finding::VaultUnreadable(ReadError::Format(error)));
                    None
                }
            }
        }
        Err(ReadError::Missing) => {
            out.push(Finding::VaultMissing);
            None
        }
        Err(error) => {
            out.push(Finding::VaultUnreadable(error));
            None
        }
    };
    let len = sealed.as_ref().map_or(64 * 1024, |(_, len)| *len);
    if let Some((sealed, _)) = &sealed {
        costs(sealed, look.memory, &mut out);
    }
    file(store, &mut out);
    place(look, len, &mut out);
    if let Some((sealed, _)) = &sealed {
        around(store, sealed.header(), &mut out);
    }
    state(store, &mut out);
    out
}

fn costs(sealed: &Sealed, memory: Option<u64>, out: &mut Vec<Finding>) {
    // - a recovery code is no password: nobody guesses it, at whatever cost
    let costs = [SlotKind::Password, SlotKind::KeyFile].into_iter().flat_map(|kind| sealed.costs(kind));
    let all: Vec<_> = costs.collect();
    out.extend(all.iter().copied().min_by_key(|params| params.work_kib()).map(Finding::Kdf));
    let most = all.iter().map(|params| params.bytes() + KDF_SPARE).max();
    if let (Some(need), Some(free)) = (most, memory) {
        out.push(Finding::KdfMemory { need, free });
    }
}

fn file(store: &Store, out: &mut Vec<Finding>) {
    let path = store.path();
    if let Some(target) = surroundings::link_target(path) {
        out.push(Finding::VaultLink(target));
    }
    let Ok(meta) = store.meta(path) else { return };
    out.push(Finding::VaultMode(meta.mode));
    if meta.owner.0 != surroundings::user() {
        out.push(Finding::VaultOwner(meta.owner.0));
    }
    if let Some(names) = surroundings::names(path).filter(|names| meta.regular && *names > 1) {
        out.push(Finding::VaultNames(names));
    }
}

/// Who may write into the vault's folder, for whoever makes one there; none where there is no folder.
pub fn others(store: &Store, wsl: bool) -> Option<Finding> {
    let target = store.disk().resolve(store.path()).unwrap_or_else(|_| store.path().to_owned());
    folder(store, &target, surroundings::file_system(folder_of(&target)).as_ref(), wsl)
}

fn folder(store: &Store, target: &Path, system: Option<&FileSystem>, wsl: bool) -> Option<Finding> {
    let folder = folder_of(target);
    let mode = store.meta(folder).ok()?.mode;
    let windows = wsl && folder.starts_with("/mnt");
    let permissions = system.is_none_or(|one| one.family != Family::NoPermissions) && !windows;
    Some(Finding::FolderMode { mode, permissions })
}

fn place(look: &Look<'_>, len: u64, out: &mut Vec<Finding>) {
    let store = look.store;
    let target = store.disk().resolve(store.path()).unwrap_or_else(|_| store.path().to_owned());
    let system = surroundings::file_system(folder_of(&target));
    let Some(finding) = folder(store, &target, system.as_ref(), look.wsl) else {
        out.push(Finding::FolderMissing);
        return;
    };
    out.push(finding);
    if let Some(FileSystem { name, family, free, read_only }) = system {
        out.push(match family {
            _ if read_only => Finding::DiskReadOnly(name),
            Family::Disk => Finding::DiskOrdinary(name),
            Family::Network => Finding::DiskNetwork(name),
            Family::NoPermissions => Finding::DiskWithoutPermissions(name),
            Family::Memory => Finding::DiskMemory(name),
            Family::Program => Finding::DiskProgram(name),
        });
        // - the file that is written, a copy of it as a backup where links are refused, and some more
        out.push(Finding::Space { free, need: len.saturating_mul(3).saturating_add(SPARE) });
    }
    if !look.write {
        return out.push(Finding::NotTried);
    }
    match store.trial() {
        Ok(trial) => {
            out.extend((!trial.exchange).then_some(Finding::NoExchange));
            out.extend((!trial.lock).then_some(Finding::NoLock));
            out.extend((trial.exchange && trial.lock).then_some(Finding::SavesHold));
        }
        Err(error) => out.push(Finding::CannotWrite(error)),
    }
}

fn around(store: &Store, header: &Header, out: &mut Vec<Finding>) {
    let id = &header.vault;
    if store.last_note(id).is_some_and(|note| note.epoch > header.epoch) {
        out.push(Finding::VaultBeforeKeyChange);
    }
    let temps = store.temps();
    out.extend((temps > 0).then_some(Finding::Temps(temps)));
    let copies: Vec<String> = store.copies(id).into_iter().map(|copy| copy.name).collect();
    out.extend((!copies.is_empty()).then_some(Finding::Copies(copies)));
    let unsaved = store.unsaved(id).len();
    out.extend((unsaved > 0).then_some(Finding::Unsaved(unsaved)));
    let backups = store.backups(id).unwrap_or_default();
    let heads: Vec<_> = backups.iter().map(|backup| store.backup_header(backup)).collect();
    out.push(match (backups.first(), heads.first()) {
        (Some(newest), Some(Err(_))) => {
            Finding::BackupsUnsound { name: newest.name.clone(), count: backups.len() }
        }
        (Some(newest), _) => Finding::Backups {
            count: backups.len(),
            newest: newest.ms,
            older: heads.iter().flatten().filter(|head| head.epoch < header.epoch).count(),
        },
        (None, _) => Finding::NoBackups,
    });
}

fn state(store: &Store, out: &mut Vec<Finding>) {
    let mode = |path: &Path| store.meta(path).ok().filter(|meta| meta.folder).map(|meta| meta.mode);
    out.extend(mode(store.state_folder()).map(Finding::StateMode));
    if !store.backup_folder().starts_with(store.state_folder()) {
        out.extend(mode(store.backup_folder()).map(Finding::BackupsMode));
    }
}
