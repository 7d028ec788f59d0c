//! Whose turn it is to put a file in the vault's place, where several machines have the folder and may not
//! see one another's locks (sshfs, some NFS) and names cannot be swapped in one step: a small file beside the
//! vault, there from the last look at what lies there until it was replaced. Not the lock that each save
//! takes first ([`Store::lock`](super::Store::lock)): that one ends with its process.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::disk::Disk;
use super::locked::beside;
use super::{PATIENCE, SaveError, Step};
use crate::crypto::entropy::array;

/// Whoever has had it for so long was killed, or is so slow that he must ask once more.
const STALE: Duration = Duration::from_secs(3);
/// How often is looked.
const PAUSE: Duration = Duration::from_millis(20);

/// It is ours until this is dropped.
pub(super) struct Turn<'d> {
    disk: &'d dyn Disk,
    path: PathBuf,
    token: String,
}

impl<'d> Turn<'d> {
    /// Waits for it.
    pub(super) fn take(disk: &'d dyn Disk, target: &Path) -> Result<Turn<'d>, SaveError> {
        let failed = |error: &io::Error| SaveError::of(Step::Replace, error);
        let random = array::<8>(&mut crate::platform::entropy::System)
            .map_err(|_| SaveError::Io { step: Step::Replace, kind: io::ErrorKind::Other })?;
        let token = format!("{:016x}", u64::from_le_bytes(random));
        let path = beside(target, ".turn");
        let mut waited = Duration::ZERO;
        // - who has it, and since when that is known: by this machine's clock alone
        let mut seen: Option<(Vec<u8>, Duration)> = None;
        loop {
            match disk.create(&path) {
                Ok(mut file) => {
                    let turn = Turn { disk, path, token };
                    return match file.write_all(turn.token.as_bytes()) {
                        Ok(()) => Ok(turn),
                        Err(error) => {
                            let _ = disk.remove(&turn.path);
                            Err(failed(&error))
                        }
                    };
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                // - sshfs answers so, too, where the name is taken just now; a temp was made here a moment ago
                Err(error) if error.kind() == io::ErrorKind::PermissionDenied && waited < PATIENCE => {}
                Err(error) => return Err(failed(&error)),
            }
            let held = disk.read(&path, 64).unwrap_or_default();
            match &seen {
                Some((before, since)) if *before == held => {
                    if waited.saturating_sub(*since) >= STALE {
                        break_off(disk, &path, &held, &token);
                        seen = None;
                        continue;
                    }
                }
                _ => seen = Some((held, waited)),
            }
            if waited >= PATIENCE {
                return Err(SaveError::Busy);
            }
            std::thread::sleep(PAUSE);
            waited += PAUSE;
        }
    }

    /// Nobody took it over.
    pub(super) fn is_ours(&self) -> bool {
        self.disk.read(&self.path, 64).is_ok_and(|held| held == self.token.as_bytes())
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        if self.is_ours() {
            let _ = self.disk.remove(&self.path);
        }
    }
}

/// Takes away what a killed program left; what another one put there in this moment is put back.
fn break_off(disk: &dyn Disk, path: &Path, held: &[u8], token: &str) {
    let mut aside = path.to_owned().into_os_string();
    aside.push(format!(".{token}"));
    let aside = PathBuf::from(aside);
    if disk.rename(path, &aside).is_err() {
        return;
    }
    let it_was = disk.read(&aside, 64).is_ok_and(|found| found == held);
    if it_was || disk.rename_new(&aside, path).is_err() {
        let _ = disk.remove(&aside);
    }
}
