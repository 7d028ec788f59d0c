//! The world as jobs see it ([`World`]): the vault file, the machine, what runs beside. The real one is
//! `super::machine`; a test has its own.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::config::Refused;
use super::effect::{Amiss, Mark, Saved};
use super::files;
use super::notice::{Exposed, SaveFailure};
use super::screen::opening::Failure;
use crate::commit::Standing;
use crate::crypto::entropy::Entropy;
use crate::crypto::kdf::Params;
use crate::leaks;
use crate::ops::rotation::rotator::End;
use crate::platform::hibp::range::{Range, Trouble};
use crate::platform::keyring::Keyring;
use crate::platform::panes::{Pane, PasteError};
use crate::platform::rotator::StartError;
use crate::secret::Secret;
use crate::session::{self, Ciphertext, Device};
use crate::store::{Backup, Copy, Draft, DraftName, Note, Unsaved, Why};

/// The world as jobs see it: the vault file, the machine. A test has its own.
pub trait World: Send + Sync {
    /// Reads the vault file.
    fn load(&self) -> Result<Vec<u8>, Failure>;
    /// What this machine saved last of a vault.
    fn noted(&self, vault: &[u8; 16]) -> Option<Note>;
    /// Which file lies there now.
    fn mark(&self) -> Result<Mark, Amiss>;
    /// Writes a vault anew in the place of a damaged file, which stays beside it; false when what
    /// lies there is whole.
    fn rewrite(&self, file: &Ciphertext, damaged: &dyn Fn(Vec<u8>) -> bool) -> Result<bool, SaveFailure>;
    /// Writes it, in place of the one that it replaces; a new one only where there is none.
    fn save(&self, file: &Ciphertext, why: Why) -> Result<Saved, SaveFailure>;
    /// Writes it in place of whatever file of this vault lies there, which becomes a backup first; gives
    /// the time of that, ms since 1970.
    fn replace(&self, file: &Ciphertext) -> Result<Option<u64>, SaveFailure>;
    /// Backups of a vault, newest first.
    fn backups(&self, vault: &[u8; 16]) -> Vec<Backup>;
    /// Backups of the vault whose file is damaged, newest first, also where it does not say which it was.
    fn backups_anyway(&self) -> Vec<Backup>;
    /// Copies of a vault that a sync program left beside its file.
    fn copies(&self, vault: &[u8; 16]) -> Vec<Copy>;
    /// When a name in the vault's folder changed last, ms since 1970.
    fn folder_changed(&self) -> Option<u64>;
    /// Who else may write into the vault's folder; none where nobody may.
    fn exposed(&self) -> Option<Exposed> {
        None
    }
    /// Reads another vault file whole.
    fn read_file(&self, path: &Path) -> Result<Vec<u8>, Failure>;
    /// Moves a copy to the backups.
    fn put_away(&self, copy: &Copy, vault: &[u8; 16]) -> Result<(), files::Failure>;
    /// What earlier runs of the program could not save of this vault.
    fn unsaved(&self, vault: &[u8; 16]) -> Vec<Unsaved>;
    /// What was typed into forms of this vault and not saved.
    fn drafts(&self, vault: &[u8; 16]) -> Vec<Draft>;
    /// Keeps a draft; false when the disk did not take it.
    fn keep_draft(&self, draft: &Draft, durable: bool) -> bool;
    /// Takes a draft away.
    fn drop_draft(&self, name: &DraftName);
    /// How an opened file stands to what this machine saved last.
    fn standing(&self, open: &session::Open) -> Standing;
    /// Clears away what killed saves left beside the vault; true when a copy that holds more was kept.
    fn tidy(&self, open: &session::Open) -> bool;
    /// Nothing may be changed (`--read-only`).
    fn read_only(&self) -> bool;
    /// Random bytes.
    fn entropy(&self) -> Box<dyn Entropy + Send>;
    /// Which machine this is.
    fn device(&self) -> Device;
    /// Bytes of memory that are free, if that is known.
    fn free_memory(&self) -> Option<u64>;
    /// Parameters for a new vault on this machine.
    fn cost(&self) -> Params;
    /// The lists of leaked passwords at hand: those that are named, or the usual ones.
    fn leaks(&self, _named: &[PathBuf]) -> leaks::Found {
        leaks::Found::default()
    }
    /// Have I Been Pwned, which a health check is to ask.
    fn range(&self) -> Result<Range, Trouble> {
        Err(Trouble::NotBuilt)
    }
    /// Reads or writes a file beside the vault.
    fn files(&self, ask: files::Ask) -> files::Answer;
    /// The text of the settings file; none where there is none.
    fn config(&self) -> Result<Option<String>, files::Failure> {
        Ok(None)
    }
    /// Writes the settings file, if its text is still `before`.
    fn configure(&self, _before: Option<&str>, _text: &str) -> Result<(), Refused> {
        Err(Refused::Failed(files::Failure::Denied))
    }
    /// Which of the vaults are there, and those that lie beside them.
    fn vaults(&self, known: Vec<PathBuf>) -> Vec<(PathBuf, bool)> {
        known.into_iter().map(|path| (path, true)).collect()
    }
    /// Opens an address in the browser of this machine; false where there is none.
    fn browse(&self, _url: &str) -> bool {
        false
    }
    /// The keyring in which `mamori unlock` keeps keys; none where there is none to use.
    fn ring(&self) -> Option<&dyn Keyring> {
        None
    }
    /// Runs a rotator: the program, its arguments, the old and the new password, and how long it may take.
    fn rotate(
        &self,
        _program: &str,
        _arguments: &[String],
        _passwords: [&Secret; 2],
        _limit: Duration,
        _stop: &dyn Fn() -> bool,
    ) -> Result<(End, Vec<u8>), StartError> {
        Err(StartError::NotFound)
    }
    /// The other panes of the tmux this runs in; none where it does not say.
    fn panes(&self) -> Option<Vec<Pane>> {
        None
    }
    /// Types a secret into a pane.
    fn paste(&self, _pane: &Pane, _secret: &Secret) -> Result<(), PasteError> {
        Err(PasteError::Gone)
    }
    /// How many look at the tmux this runs in, if it does.
    fn attached(&self) -> Option<u32> {
        None
    }
    /// Backups that open with what was valid before this key epoch.
    fn older_backups(&self, _vault: &[u8; 16], _epoch: u32) -> Vec<Backup> {
        Vec::new()
    }
    /// Deletes backups, now or at a time (ms since 1970).
    fn drop_backups(
        &self,
        _vault: &[u8; 16],
        _names: &[String],
        _when: Option<u64>,
    ) -> Result<(), files::Failure> {
        Ok(())
    }
    /// Time since the machine started.
    fn boot(&self) -> Duration;
}
