//! The vault while nobody else saves it: looking at what lies there, replacing it in one step, clearing
//! away what killed saves left. The order of a save is [`super`]'s page; taking the lock is
//! [`Store::lock`].

use std::io;
use std::path::{Path, PathBuf};

use super::around::folder_of;
use super::disk::{Disk, LockGuard, Meta};
use super::turn::Turn;
use super::{ReadError, SaveError, Saved, Step, Store, Why, backup, head_of, note, read_vault};
use crate::crypto::entropy::array;
use crate::format::FormatError;
use crate::format::header::{self, FILE_MAX};
use crate::session::Ciphertext;

/// The hidden name beside a file: `.name` and an ending.
pub(super) fn beside(target: &Path, ending: &str) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(target.file_name().unwrap_or_default());
    name.push(ending);
    target.with_file_name(name)
}

/// Temps beside a vault, by the names that [`Locked::temp_name`] gives: no other vault's, whose save
/// may be under way, and nobody else's.
pub(super) fn temps(disk: &dyn Disk, target: &Path) -> Vec<PathBuf> {
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

/// How long the temp of another machine may be of a save that is under way, in ms; its clock may differ.
const UNDER_WAY: u64 = 10 * 60 * 1000;

/// What lies at the path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Live {
    meta: Meta,
    mac: [u8; 32],
    epoch: u32,
}

/// The vault while nobody else saves it.
pub struct Locked<'s> {
    pub(super) store: &'s Store,
    pub(super) target: PathBuf,
    /// Other machines may have the folder, too.
    pub(super) shared: bool,
    pub(super) _guard: Box<dyn LockGuard>,
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

    /// Looks at the vault file where other machines may have replaced it while this one shows what it
    /// remembers of the name (SMB): under another one, which it cannot remember. Where files have no second
    /// name, under its own; elsewhere, too: NFS with delegations does not bear it (`ESTALE` for a minute).
    fn anew<T>(&self, look: impl FnOnce(&Path) -> Result<T, SaveError>) -> Result<T, SaveError> {
        let disk = self.disk();
        // - left by a killed program it is cleared away as its temp is
        let remembers = self.shared && disk.remembers(folder_of(&self.target));
        let other = if remembers { Some(self.temp_name()?) } else { None };
        let Some(other) = other.filter(|other| disk.link(&self.target, other).is_ok()) else {
            return look(&self.target);
        };
        let found = look(&other);
        let _ = disk.remove(&other);
        found
    }

    fn look_anew(&self) -> Result<Option<Live>, SaveError> {
        self.anew(|path| self.look(path))
    }

    fn look(&self, path: &Path) -> Result<Option<Live>, SaveError> {
        let (meta, head) = match head_of(self.disk(), path) {
            Err(ReadError::Missing) => return Ok(None),
            found => found.map_err(SaveError::Live)?,
        };
        let read = header::read(&head, meta.len).map_err(|error| SaveError::Live(error.into()))?;
        Ok(Some(Live { meta, mac: read.mac, epoch: read.header.epoch }))
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
        let mut live = self.look(&self.target)?;
        if self.shared && live.map(|live| live.mac) != sealed.replaces {
            live = self.look_anew()?;
        }
        let Some(live) = live else {
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
        // Whoever asks for it: before a key change there is always one.
        let why = if live.epoch == sealed.epoch { why } else { Why::Important };
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

    /// Writes a vault anew where what lies there is damaged, as `damaged` judges its bytes, or gone. What
    /// lies there stays, with `.damaged-` and the time behind its name; gives where. What is not damaged
    /// is refused as changed.
    pub fn rewrite(
        &self,
        sealed: &Ciphertext,
        damaged: &dyn Fn(Vec<u8>) -> bool,
    ) -> Result<Option<PathBuf>, SaveError> {
        let disk = self.disk();
        let meta = match disk.meta(&self.target).map_err(|error| ReadError::of(&error)) {
            Err(ReadError::Missing) => return self.create(sealed).map(|_| None),
            Err(error) => return Err(SaveError::Live(error)),
            Ok(meta) if !meta.regular => return Err(SaveError::Live(ReadError::NotAFile)),
            Ok(meta) => meta,
        };
        let bytes =
            disk.read(&self.target, FILE_MAX).map_err(|error| SaveError::Live(ReadError::of(&error)))?;
        if !damaged(bytes) {
            return Err(self.changed()?);
        }
        let temp = self.write_temp(&sealed.bytes, Some(&meta))?;
        let mut aside = self.target.clone().into_os_string();
        aside.push(format!(".damaged-{}", sealed.ms));
        let aside = PathBuf::from(aside);
        // - a second name, so that the vault's own is never free; where links are refused, its only one
        let placed = disk
            .link(&self.target, &aside)
            .or_else(|_| disk.rename_new(&self.target, &aside))
            .and_then(|()| disk.rename(&temp, &self.target).inspect_err(|_| self.take_back(&aside)));
        if let Err(error) = placed {
            let _ = disk.remove(&temp);
            return Err(SaveError::of(Step::Replace, &error));
        }
        self.sync_folder()?;
        note::write(disk, &self.store.state, &self.store.path, sealed);
        Ok(Some(aside))
    }

    /// A damaged file that was to be set aside has its own name again, and no other.
    fn take_back(&self, aside: &Path) {
        let disk = self.disk();
        let inode = |path: &Path| disk.meta(path).ok().map(|meta| meta.inode);
        let _ = match inode(&self.target) {
            Some(there) if inode(aside) == Some(there) => disk.remove(aside),
            Some(_) => Ok(()),
            None => disk.rename_new(aside, &self.target),
        };
    }

    fn changed(&self) -> Result<SaveError, SaveError> {
        let read = |path: &Path| read_vault(self.disk(), path).map_err(SaveError::Live);
        Ok(SaveError::Changed { live: self.anew(read)? })
    }

    fn temp_name(&self) -> Result<PathBuf, SaveError> {
        let mut source = crate::platform::entropy::System;
        let random = array::<8>(&mut source)
            .map_err(|_| SaveError::Io { step: Step::Write, kind: io::ErrorKind::Other })?;
        Ok(beside(&self.target, &format!(".{:016x}.tmp", u64::from_le_bytes(random))))
    }

    fn write_temp(&self, bytes: &[u8], old: Option<&Meta>) -> Result<PathBuf, SaveError> {
        let temp = self.temp_name()?;
        let mut file = self.disk().create(&temp).map_err(|error| SaveError::of(Step::Write, &error))?;
        // Where permissions cannot be set the file stays as it was made: for its owner alone.
        let _ = old.map(|old| file.take_after(old, &self.target));
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
            Err(error) if no_exchange(&error) => self.swap_plainly(temp, checked),
            Err(error) => {
                let _ = disk.remove(temp);
                Err(SaveError::of(Step::Replace, &error))
            }
        }
    }

    /// The same by a look and a plain rename.
    fn swap_plainly(&self, temp: &Path, checked: [u8; 32]) -> Result<(), SaveError> {
        let disk = self.disk();
        let done = (|| {
            // - else only programs of this machine can come in between, and they wait for the lock
            let turn = if self.shared { Some(Turn::take(disk, &self.target)?) } else { None };
            if !matches!(self.look_anew(), Ok(Some(found)) if found.mac == checked) {
                return Err(self.changed()?);
            }
            // - it took so long that somebody else has it by now
            if turn.as_ref().is_some_and(|turn| !turn.is_ours()) {
                return Err(SaveError::Busy);
            }
            self.rename_over(temp).map_err(|error| SaveError::of(Step::Replace, &error))?;
            // - a rename that takes both names for the same file's does nothing and says so to nobody: to SMB
            //   they are, where the server gave the number of a file that it remembers to the new one
            if self.shared && disk.meta(temp).is_ok() { Err(self.changed()?) } else { Ok(()) }
        })();
        if done.is_err() {
            let _ = disk.remove(temp);
        }
        done
    }

    /// Over SMB no file may be replaced that another program of this machine reads just now.
    fn rename_over(&self, temp: &Path) -> io::Result<()> {
        let mut tries = if self.shared { 25 } else { 0 };
        loop {
            match self.disk().rename(temp, &self.target) {
                Err(error) if error.kind() == io::ErrorKind::PermissionDenied && tries > 0 => tries -= 1,
                done => return done,
            }
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
    }

    fn sync_folder(&self) -> Result<(), SaveError> {
        let folder = self.target.parent().filter(|one| !one.as_os_str().is_empty()).unwrap_or(Path::new("."));
        self.disk().sync_folder(folder).map_err(|error| SaveError::of(Step::Sync, &error))
    }

    /// Temps that killed saves left: those that are whole vault files, with their bytes. The others
    /// are removed. Where other machines have the folder, too, a new one may be of a save that is under way.
    pub fn stale(&self, now_ms: u64) -> Vec<(PathBuf, Vec<u8>)> {
        let disk = self.disk();
        let left = |path: &PathBuf| {
            !self.shared || disk.meta(path).is_ok_and(|meta| now_ms.saturating_sub(meta.modified) > UNDER_WAY)
        };
        let mut whole = Vec::new();
        for path in temps(disk, &self.target).into_iter().filter(left) {
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
    // - some answer so where they mean that they cannot; a plain rename says whether it is allowed
    let unsupported = [Errno::INVAL, Errno::NOSYS, Errno::OPNOTSUPP, Errno::PERM].map(Errno::raw_os_error);
    error.kind() == io::ErrorKind::Unsupported
        || error.raw_os_error().is_some_and(|code| unsupported.contains(&code))
}
