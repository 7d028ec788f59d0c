//! The real [`World`]: the vault file through the store, this machine, and the file in which the
//! program remembers its language.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::config::Refused;
use super::effect::{Amiss, Mark, Saved, World};
use super::notice::{Exposed, SaveFailure};
use super::screen::opening::Failure;
use super::{demo, files};
use crate::commit::{self, Standing};
use crate::config::Memory;
use crate::crypto::entropy::Entropy;
use crate::crypto::kdf::Params;
use crate::doctor::{self, Finding, Level};
use crate::format::FormatError;
use crate::leaks;
use crate::ops::rotation::rotator::End;
use crate::platform::clock::Clock;
use crate::platform::hibp::range::{self, Patience, Range, Trouble};
use crate::platform::keyring::{self, Keyring};
use crate::platform::panes::{Pane, PasteError};
use crate::platform::rotator::{self, StartError};
use crate::platform::tmux::Tmux;
use crate::platform::{entropy, resources};
use crate::secret::Secret;
use crate::session::{self, Ciphertext, Device, JoinError};
use crate::store::disk::Real;
use crate::store::{Backup, Copy, Draft, DraftName, Note, ReadError, SaveError, Store, Unsaved, Why};

/// The machine.
#[derive(Clone)]
pub(super) struct Machine {
    store: Store,
    clock: Arc<dyn Clock>,
    memory_file: PathBuf,
    read_only: bool,
    demo: bool,
    config_file: Option<PathBuf>,
    tmux: Option<Tmux>,
    /// Where vaults usually lie.
    folder: Option<PathBuf>,
}

impl Machine {
    pub(super) fn new(store: Store, clock: Arc<dyn Clock>, memory_file: PathBuf, read_only: bool) -> Machine {
        Machine {
            store,
            clock,
            memory_file,
            read_only,
            demo: false,
            config_file: None,
            tmux: None,
            folder: None,
        }
    }

    /// The demo: a disk in memory, what is remembered included.
    pub(super) fn demo(clock: Arc<dyn Clock>) -> Machine {
        let memory_file = PathBuf::from("/demo/state/remembered.toml");
        let config_file = Some(PathBuf::from("/demo/config.toml"));
        let store = demo::store();
        Machine {
            store,
            clock,
            memory_file,
            read_only: false,
            demo: true,
            config_file,
            tmux: None,
            folder: None,
        }
    }

    /// The same in front of another vault.
    pub(super) fn at(&self, path: PathBuf) -> Machine {
        Machine { store: self.store.at(path), ..self.clone() }
    }

    pub(super) fn tmux(&self) -> Option<Tmux> {
        self.tmux.clone()
    }

    pub(super) fn folder(&self) -> Option<PathBuf> {
        self.folder.clone()
    }

    /// The same with the folder where vaults usually lie.
    pub(super) fn with_folder(self, folder: Option<PathBuf>) -> Machine {
        Machine { folder, ..self }
    }

    /// The same with a settings file.
    pub(super) fn with_config(self, config_file: Option<PathBuf>) -> Machine {
        Machine { config_file, ..self }
    }

    /// The same in this tmux.
    pub(super) fn with_tmux(self, tmux: Option<Tmux>) -> Machine {
        Machine { tmux, ..self }
    }

    /// Keeps what cannot be written before the program ends; false when no place takes it.
    pub(super) fn keep(&self, file: &Ciphertext) -> bool {
        self.store.keep_unsaved(file).is_ok()
    }

    /// Takes kept files away.
    pub(super) fn forget(&self, files: &[Unsaved]) {
        files.iter().for_each(|file| self.store.drop_unsaved(file));
    }

    /// Writes the state file; a failure only means that it is asked again.
    pub(super) fn remember(&self, memory: &Memory) {
        let disk = self.store.disk();
        let Some(folder) = self.memory_file.parent() else { return };
        let temp = self.memory_file.with_extension("new");
        let write = || -> std::io::Result<()> {
            disk.make_folder(folder)?;
            let _ = disk.remove(&temp);
            disk.create(&temp)?.write_all(memory.print().as_bytes())?;
            disk.rename(&temp, &self.memory_file)
        };
        let _ = write();
    }
}

impl World for Machine {
    fn load(&self) -> Result<Vec<u8>, Failure> {
        if self.demo {
            demo::make(&self.store, self.clock.now_ms())?;
        }
        self.store.read().map_err(Failure::from)
    }

    fn save(&self, file: &Ciphertext, why: Why) -> Result<Saved, SaveFailure> {
        let saved = save(&self.store, file, why)?;
        if let (Saved::Written, Some(ring)) = (&saved, self.ring()) {
            crate::kept::drop_older(ring, &file.vault, file.epoch);
        }
        Ok(saved)
    }

    fn replace(&self, file: &Ciphertext) -> Result<Option<u64>, SaveFailure> {
        replace(&self.store, file)
    }

    fn backups(&self, vault: &[u8; 16]) -> Vec<Backup> {
        self.store.backups(vault).unwrap_or_default()
    }

    fn backups_anyway(&self) -> Vec<Backup> {
        self.store.backups_anyway()
    }
    fn copies(&self, vault: &[u8; 16]) -> Vec<Copy> {
        self.store.copies(vault)
    }

    fn folder_changed(&self) -> Option<u64> {
        self.store.folder_changed()
    }

    fn exposed(&self) -> Option<Exposed> {
        if self.demo { None } else { exposed(&self.store, resources::under_wsl()) }
    }

    fn read_file(&self, path: &Path) -> Result<Vec<u8>, Failure> {
        self.store.read_file(path).map_err(Failure::from)
    }

    fn put_away(&self, copy: &Copy, vault: &[u8; 16]) -> Result<(), files::Failure> {
        Ok(self.store.put_away(copy, vault).map(drop)?)
    }

    fn noted(&self, vault: &[u8; 16]) -> Option<Note> {
        self.store.last_note(vault)
    }

    fn rewrite(&self, file: &Ciphertext, damaged: &dyn Fn(Vec<u8>) -> bool) -> Result<bool, SaveFailure> {
        rewrite(&self.store, file, damaged)
    }
    fn mark(&self) -> Result<Mark, Amiss> {
        mark(&self.store)
    }

    fn unsaved(&self, vault: &[u8; 16]) -> Vec<Unsaved> {
        self.store.unsaved(vault)
    }

    fn drafts(&self, vault: &[u8; 16]) -> Vec<Draft> {
        self.store.drafts(vault)
    }

    fn keep_draft(&self, draft: &Draft, durable: bool) -> bool {
        self.store.keep_draft(draft, durable).is_ok()
    }

    fn drop_draft(&self, name: &DraftName) {
        self.store.drop_draft(name);
    }

    fn standing(&self, open: &session::Open) -> Standing {
        commit::standing(&self.store, open)
    }

    fn tidy(&self, open: &session::Open) -> bool {
        !commit::tidy(&self.store, open, self.clock.now_ms()).is_empty()
    }

    fn read_only(&self) -> bool {
        self.read_only
    }

    fn entropy(&self) -> Box<dyn Entropy + Send> {
        Box::new(entropy::System)
    }

    fn device(&self) -> Device {
        self.store.device(resources::host_name(), &mut entropy::System)
    }

    fn free_memory(&self) -> Option<u64> {
        resources::free_memory()
    }

    fn cost(&self) -> Params {
        // - what the demo guards is printed on its banner
        if self.demo { Params::LEAST } else { resources::calibrate().unwrap_or(Params::FLOOR) }
    }

    fn leaks(&self, named: &[PathBuf]) -> leaks::Found {
        if self.demo && named.is_empty() {
            return demo::leaks();
        }
        leaks::find(named, self.folder.as_deref())
    }

    fn range(&self) -> Result<Range, Trouble> {
        Range::new(range::URL, &range::variable, Patience::default())
    }

    fn rotate(
        &self,
        program: &str,
        arguments: &[String],
        passwords: [&Secret; 2],
        limit: Duration,
        stop: &dyn Fn() -> bool,
    ) -> Result<(End, Vec<u8>), StartError> {
        rotator::guarded(self.config_file.as_deref())?;
        rotator::run_here(program, arguments, passwords, limit, stop)
    }

    fn files(&self, ask: files::Ask) -> files::Answer {
        match ask {
            // - an import is tried with a real file; what the demo writes stays in memory
            files::Ask::Folder { .. }
            | files::Ask::Look(_)
            | files::Ask::Recent(_)
            | files::Ask::Read { .. }
                if self.demo =>
            {
                files::answer(&Real, ask)
            }
            _ => files::answer(&**self.store.disk(), ask),
        }
    }

    fn config(&self) -> Result<Option<String>, files::Failure> {
        match &self.config_file {
            Some(path) => files::config(&**self.store.disk(), path),
            None => Ok(None),
        }
    }

    fn configure(&self, before: Option<&str>, text: &str) -> Result<(), Refused> {
        let path = self.config_file.as_deref().ok_or(Refused::Failed(files::Failure::NotFound))?;
        files::configure(&**self.store.disk(), path, before, text)
    }

    fn vaults(&self, known: Vec<PathBuf>) -> Vec<(PathBuf, bool)> {
        // - from the demo one looks at the real ones
        if self.demo {
            files::vaults(&Real, known, self.folder.as_deref())
        } else {
            files::vaults(&**self.store.disk(), known, self.folder.as_deref())
        }
    }

    fn browse(&self, url: &str) -> bool {
        // - what the demo shows leads nowhere
        !self.demo && crate::platform::opener::open_here(url)
    }

    fn older_backups(&self, vault: &[u8; 16], epoch: u32) -> Vec<Backup> {
        self.store.older_backups(vault, epoch)
    }

    fn drop_backups(
        &self,
        vault: &[u8; 16],
        names: &[String],
        when: Option<u64>,
    ) -> Result<(), files::Failure> {
        let done = match when {
            None => self.store.drop_backups(vault, names),
            when => self.store.set_backups_due(vault, names, when),
        };
        Ok(done?)
    }

    fn ring(&self) -> Option<&dyn Keyring> {
        (!self.demo).then_some(&keyring::System)
    }

    fn panes(&self) -> Option<Vec<Pane>> {
        self.tmux.as_ref()?.panes().ok()
    }

    fn paste(&self, pane: &Pane, secret: &Secret) -> Result<(), PasteError> {
        let tmux = self.tmux.as_ref().ok_or(PasteError::Gone)?;
        tmux.paste(pane, secret, &mut entropy::System)
    }

    fn attached(&self) -> Option<u32> {
        self.tmux.as_ref()?.clients()
    }

    fn boot(&self) -> Duration {
        self.clock.boot()
    }
}

/// Who else may write into the folder of a vault.
fn exposed(store: &Store, wsl: bool) -> Option<Exposed> {
    let finding = doctor::vault::others(store, wsl)?;
    match (finding.level(), finding) {
        (Level::Ok, _) => None,
        (_, Finding::FolderMode { permissions: false, .. }) => Some(Exposed::NoPermissions),
        (Level::Note, _) => Some(Exposed::Added),
        (Level::Problem, _) => Some(Exposed::Replaced),
    }
}

/// Which file lies there.
pub fn mark(store: &Store) -> Result<Mark, Amiss> {
    match store.live() {
        Ok((mac, len)) => Ok(Mark { mac, len }),
        Err(ReadError::Missing) => Err(Amiss::Gone),
        Err(ReadError::Format(error)) if error.is_damage() => Err(Amiss::Damaged),
        Err(ReadError::Format(_)) => Err(Amiss::Newer),
        Err(_) => Err(Amiss::Unknown),
    }
}

/// Writes a vault: a new one only where there is none, else in place of the one it was made from.
pub fn save(store: &Store, file: &Ciphertext, why: Why) -> Result<Saved, SaveFailure> {
    let saved = if file.replaces.is_none() { store.create(file) } else { store.save(file, why) };
    match saved {
        Ok(_) => Ok(Saved::Written),
        Err(SaveError::Changed { live }) => Ok(Saved::Diverged(live)),
        Err(error) => Err(error.into()),
    }
}

/// Writes a vault in place of whatever file of it lies there; gives the time of the backup of that.
pub fn replace(store: &Store, file: &Ciphertext) -> Result<Option<u64>, SaveFailure> {
    let saved = commit::replace(store, file)?;
    let made = saved.backup.and_then(|path| {
        let all = store.backups(&file.vault).ok()?;
        all.into_iter().find(|one| one.path == path).map(|one| one.ms)
    });
    Ok(made)
}

/// Writes a vault anew in the place of a damaged file; false when what lies there is whole.
pub fn rewrite(
    store: &Store,
    file: &Ciphertext,
    damaged: &dyn Fn(Vec<u8>) -> bool,
) -> Result<bool, SaveFailure> {
    match commit::rewrite(store, file, damaged) {
        Ok(_) => Ok(true),
        Err(SaveError::Changed { .. }) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

impl From<FormatError> for SaveFailure {
    fn from(error: FormatError) -> SaveFailure {
        match error {
            _ if error.is_damage() => SaveFailure::Damaged,
            FormatError::WrongKey => SaveFailure::Foreign,
            _ => SaveFailure::Newer,
        }
    }
}

impl From<JoinError> for SaveFailure {
    fn from(error: JoinError) -> SaveFailure {
        match error {
            JoinError::Format(error) => error.into(),
            JoinError::OtherVault => SaveFailure::Foreign,
            JoinError::OlderEpoch { .. } | JoinError::PasswordChanged { .. } => SaveFailure::Older,
        }
    }
}

impl From<SaveError> for SaveFailure {
    fn from(error: SaveError) -> SaveFailure {
        match error {
            SaveError::Busy => SaveFailure::Busy,
            SaveError::Exists => SaveFailure::Exists,
            SaveError::Full => SaveFailure::Full,
            SaveError::Denied | SaveError::ReadOnly | SaveError::Live(ReadError::Denied) => {
                SaveFailure::Denied
            }
            SaveError::OthersLock => SaveFailure::OthersLock,
            SaveError::NoFolder => SaveFailure::NoFolder,
            SaveError::Live(ReadError::Format(error)) => error.into(),
            SaveError::Changed { .. } => SaveFailure::Busy,
            SaveError::Live(_) | SaveError::Io { .. } => SaveFailure::Disk,
        }
    }
}

impl From<ReadError> for Failure {
    fn from(error: ReadError) -> Failure {
        match error {
            ReadError::Missing => Failure::NotFound,
            ReadError::NotAFile => Failure::NotAFile,
            ReadError::Denied => Failure::Denied,
            ReadError::Format(error) => error.into(),
            ReadError::Io(kind) => Failure::Other(kind.to_string()),
        }
    }
}
