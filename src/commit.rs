//! Writes an open vault: locks, joins what lies there when it is not the file that was loaded,
//! seals, replaces. The one place where [`crate::session`] and [`crate::store`] meet.

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::crypto::entropy::Entropy;
use crate::model::Stamp;
use crate::model::vault::SAVES_MAX;
use crate::ops::merge::{self, MergeReport};
use crate::session::{Ciphertext, JoinError, Open, SealError, Sealed};
use crate::store::{Locked, Note, SaveError, Saved, Store, Unsaved, Why};

/// Replacements by other programs that one save joins before it gives up.
const TRIES: usize = 8;

/// Why an open vault could not be written; it is unchanged in memory but for what was joined.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CommitError {
    /// The disk.
    #[error(transparent)]
    Save(#[from] SaveError),
    /// Sealing.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// Another file lies there and cannot be joined.
    #[error(transparent)]
    Join(#[from] JoinError),
    /// The file is from before a password change that this machine has seen: read-only.
    #[error("the file is from before the last password change")]
    OlderEpoch,
}

/// How an opened file stands to what this machine last saved of the vault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It contains that save, or this machine never saved it.
    Fine,
    /// It is of this epoch and lacks that save: put back from an old copy, or a fork that lost.
    RolledBack {
        /// When this machine last saved, ms since 1970.
        saved: u64,
    },
    /// It is from before a password change that this machine has seen. It opens read-only: whoever
    /// held the old password can have written it.
    OlderEpoch {
        /// When this machine last saved, ms since 1970.
        saved: u64,
    },
}

/// Compares an opened file with a note of this machine, wherever the file lies.
pub fn against(note: Option<&Note>, open: &Open) -> Standing {
    let Some(note) = note else { return Standing::Fine };
    let saved = note.save.ms();
    if open.header().epoch < note.epoch {
        Standing::OlderEpoch { saved }
    } else if open.header().epoch == note.epoch && !remembers(&open.vault().saves, &note.save) {
        Standing::RolledBack { saved }
    } else {
        Standing::Fine
    }
}

/// Compares an opened file with the note of this machine.
pub fn standing(store: &Store, open: &Open) -> Standing {
    let found = against(store.last_note(&open.header().vault).as_ref(), open);
    if found == Standing::Fine {
        return found;
    }
    // Another session may have saved, and noted it, since the file was read: then it is another file that
    // lies there, and it is joined.
    let same = open.loaded().is_some() && store.live_mac() == open.loaded();
    if same { found } else { Standing::Fine }
}

/// A vault that is on the disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Committed {
    /// What the disk did.
    pub saved: Saved,
    /// What came in from the file that another program had written.
    pub joined: Option<MergeReport>,
    /// Conflict copies that were kept from killed saves.
    pub kept: Vec<PathBuf>,
    /// Files that an earlier process could not write and that are now in.
    pub recovered: usize,
}

/// True when the list holds the save, or is full and begins after it.
fn remembers(saves: &BTreeSet<Stamp>, save: &Stamp) -> bool {
    let forgotten = saves.len() == SAVES_MAX && saves.first().is_some_and(|first| save < first);
    forgotten || saves.contains(save)
}

/// Writes a new vault; refuses when something lies there.
pub fn create(
    store: &Store,
    open: &mut Open,
    now_ms: u64,
    entropy: &mut dyn Entropy,
) -> Result<Committed, CommitError> {
    let sealed = open.seal(now_ms, entropy)?;
    let saved = store.create(&sealed)?;
    open.written(saved.mac);
    Ok(Committed { saved, joined: None, kept: Vec::new(), recovered: 0 })
}

/// Writes an open vault over the file it was loaded from. Whatever another program wrote there in
/// the meantime is joined first.
pub fn commit(
    store: &Store,
    open: &mut Open,
    why: Why,
    now_ms: u64,
    entropy: &mut dyn Entropy,
) -> Result<Committed, CommitError> {
    let locked = store.lock()?;
    let mut joined: Option<MergeReport> = None;
    let live = locked.live_mac()?.filter(|mac| open.loaded().is_some_and(|loaded| loaded != *mac));
    let live = live.map(|_| locked.read()).transpose()?;
    if let Standing::OlderEpoch { .. } = standing(store, open) {
        // Put back from before a password change, or changed by another session of this machine?
        let epoch = live.and_then(|live| Sealed::read(live).ok()).map(|live| live.header().epoch);
        return Err(match epoch.filter(|epoch| *epoch > open.header().epoch) {
            Some(epoch) => JoinError::PasswordChanged { epoch }.into(),
            None => CommitError::OlderEpoch,
        });
    }
    if let Some(live) = live {
        take_in(open, live, &mut joined)?;
    }
    let waiting = recover(&store.unsaved(&open.header().vault), open);
    for _ in 0..TRIES {
        let sealed = open.seal(now_ms, entropy)?;
        match locked.replace(&sealed, why) {
            Ok(saved) => {
                open.written(saved.mac);
                let kept = clear_away(&locked, open, now_ms);
                waiting.iter().for_each(|file| store.drop_unsaved(file));
                return Ok(Committed { saved, joined, kept, recovered: waiting.len() });
            }
            Err(SaveError::Changed { live }) => take_in(open, live, &mut joined)?,
            Err(error) => return Err(error.into()),
        }
    }
    Err(SaveError::Busy.into())
}

/// Writes a vault that joins nothing in the place of whatever file of it lies there, which becomes a
/// backup first: a restore. One that is no vault, or another's, is refused.
pub fn replace(store: &Store, sealed: &Ciphertext) -> Result<Saved, SaveError> {
    let locked = store.lock()?;
    let replaces = locked.live_mac()?;
    let sealed = Ciphertext { replaces, ..sealed.clone() };
    match locked.replace(&sealed, Why::Important) {
        // - a sync program replaced it in the very moment
        Err(SaveError::Changed { .. }) => Err(SaveError::Busy),
        other => other,
    }
}

/// Writes a vault anew in the place of a damaged file of it, which stays beside it under another name, or
/// where it is gone; gives that name. A file that opens, and one of a newer format, is refused.
pub fn rewrite(
    store: &Store,
    sealed: &Ciphertext,
    damaged: &dyn Fn(Vec<u8>) -> bool,
) -> Result<Option<PathBuf>, SaveError> {
    store.lock()?.rewrite(sealed, damaged)
}

/// Takes in what earlier processes could not write, as far as it is of this vault and epoch; gives
/// those that are in, to be dropped once the vault is saved.
pub fn recover(waiting: &[Unsaved], open: &mut Open) -> Vec<Unsaved> {
    waiting.iter().filter(|file| open.join(file.bytes.clone(), false, false).is_ok()).cloned().collect()
}

fn take_in(open: &mut Open, live: Vec<u8>, joined: &mut Option<MergeReport>) -> Result<(), CommitError> {
    let report = open.join(live, false, true)?;
    match joined {
        Some(all) => all.add(report),
        None => *joined = Some(report),
    }
    Ok(())
}

/// Clears away what killed saves left beside the vault, and backups whose day has come; gives the copies that were kept because they
/// hold more than it does.
pub fn tidy(store: &Store, open: &Open, now_ms: u64) -> Vec<PathBuf> {
    store.sweep_backups(&open.header().vault, now_ms);
    if !store.has_temps() {
        return Vec::new();
    }
    // Whoever holds the lock is saving, and clears away himself.
    store.lock().map(|locked| clear_away(&locked, open, now_ms)).unwrap_or_default()
}

/// Looks at what killed saves left beside the vault: what is contained in it goes, what holds more
/// is kept as a conflict copy, what does not open under our key is left alone.
fn clear_away(locked: &Locked<'_>, open: &Open, now_ms: u64) -> Vec<PathBuf> {
    let mut kept = Vec::new();
    for (path, bytes) in locked.stale(now_ms) {
        let Ok(sealed) = Sealed::read(bytes) else { continue };
        let other = sealed.header().vault != open.header().vault;
        let theirs = match sealed.open_with(open.key().duplicate(), Default::default()) {
            Ok(theirs) if !other => theirs,
            _ => continue,
        };
        if merge::contains(open.vault(), theirs.vault()) {
            locked.drop_stale(&path);
        } else if let Ok(path) = locked.keep_stale(&path, now_ms) {
            kept.push(path);
        }
    }
    kept
}
