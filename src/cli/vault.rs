//! Opening and writing the vault for a command: path, password, key derivation, and what a person
//! must hear of a save.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::sync::Arc;

use super::Cli;
use super::ask::{Source, hidden};
use crate::commit::{Committed, Standing, commit, recover, standing};
use crate::crypto::kdf::Params;
use crate::crypto::keys;
use crate::error::{Ask, Fault, Line, Report};
use crate::format::header::SlotKind;
use crate::kept::{self, Tried};
use crate::ops::change::Change;
use crate::ops::reference::{self, Scope};
use crate::ops::strength;
use crate::paths;
use crate::platform::clock::{Clock, System};
use crate::platform::keyring::{self, Keyring};
use crate::platform::resources;
use crate::secret::Secret;
use crate::session::{Credential, Device, Open, Sealed};
use crate::store::disk::Real;
use crate::store::{ReadError, Store, Why};
use crate::text::strength as words;

/// An open vault with where it lies and what opened it.
pub(super) struct Opened {
    pub(super) store: Store,
    pub(super) open: Open,
    /// None when a key that `unlock` keeps opened it; then [`Cli::credential_of`] asks for it.
    pub(super) credential: Option<Credential>,
}

impl Cli<'_> {
    /// Milliseconds since 1970.
    pub(super) fn now(&self) -> u64 {
        System.now_ms()
    }

    pub(super) fn vault_path(&self) -> Result<PathBuf, Report> {
        let configured = self.settings.vault.clone();
        Ok(paths::vault(self.vault.clone(), configured, self.world.env).ok_or(Ask::NoHome)?)
    }

    pub(super) fn store(&self) -> Result<Store, Report> {
        let state = paths::state(self.world.env).ok_or(Ask::NoHome)?;
        let store = Store::new(Arc::new(Real), self.vault_path()?, state);
        let spare = paths::runtime(self.world.env);
        let store = spare.map_or(store.clone(), |folder| store.with_spare(folder));
        let backups = self.settings.backup_dir.clone();
        Ok(backups.map_or(store.clone(), |folder| store.with_backups(folder)))
    }

    pub(super) fn device(&mut self, store: &Store) -> Device {
        store.device(resources::host_name(), &mut self.entropy)
    }

    /// Refuses a change before anything is asked.
    pub(super) fn writable(&self) -> Result<(), Report> {
        if self.read_only { Err(Ask::ReadOnly.into()) } else { Ok(()) }
    }

    /// The keyring in which `unlock` keeps keys.
    pub(super) fn ring(&self) -> &'static dyn Keyring {
        &keyring::System
    }

    /// Opens the vault: by the key that `unlock` keeps, unless a password is given with the command;
    /// else it asks for the master password and derives the key.
    pub(super) fn open(&mut self) -> Result<Opened, Report> {
        // - a line of standard input that is meant as the password must not be taken for the next one
        let kept = self.source == Source::Terminal && !self.typed && !self.beside.is_asked();
        self.open_by(kept)
    }

    /// Opens the vault by the key that `unlock` keeps, or by what was given with the command; none where
    /// somebody would have to be asked.
    pub(super) fn open_unasked(&mut self) -> Result<Option<Opened>, Report> {
        if self.source != Source::Terminal {
            return self.open().map(Some);
        }
        if self.typed || self.beside.is_asked() {
            return Ok(None);
        }
        let store = self.store()?;
        let path = store.path().display().to_string();
        let bytes = store.read().map_err(|error| Report::from(error).about(&path))?;
        let sealed = Sealed::read(bytes).map_err(|error| Report::from(error).about(&path))?;
        let device = self.device(&store);
        match kept::open(self.ring(), sealed, device).map_err(|error| Report::from(error).about(&path))? {
            Tried::Opened(open) => Ok(Some(Opened { store, open: *open, credential: None })),
            Tried::Locked(_) => Ok(None),
        }
    }

    /// Opens the vault by its password, whatever key is kept.
    pub(super) fn open_asking(&mut self) -> Result<Opened, Report> {
        self.open_by(false)
    }

    /// True when opening the vault would ask a person for the password.
    pub(super) fn asks(&self) -> bool {
        self.source == Source::Terminal
    }

    /// Opens the vault by the key that `unlock` keeps; none where there is none that fits.
    pub(super) fn open_kept(&mut self) -> Option<Opened> {
        let store = self.store().ok()?;
        let sealed = Sealed::read(store.read().ok()?).ok()?;
        let device = self.device(&store);
        match kept::open(self.ring(), sealed, device).ok()? {
            Tried::Opened(open) => Some(Opened { store, open: *open, credential: None }),
            Tried::Locked(_) => None,
        }
    }

    fn open_by(&mut self, kept: bool) -> Result<Opened, Report> {
        let store = self.store()?;
        let path = store.path().display().to_string();
        let bytes = store.read();
        // - a vault that is gone is not lost, and 'init' is not what helps
        if bytes == Err(ReadError::Missing) && !store.backups_anyway().is_empty() {
            self.warn(self.text.say.backups_lie_here);
        }
        let bytes = bytes.map_err(|error| Report::from(error).about(&path))?;
        let (mut open, credential) = self.open_bytes(&store, bytes, &path, kept)?;
        let say = &self.text.say;
        match standing(&store, &open) {
            Standing::Fine => {}
            Standing::RolledBack { saved } => self.warn(&(say.rolled_back)(&super::local_time(saved))),
            Standing::OlderEpoch { saved } => self.warn(&(say.older_epoch)(&super::local_time(saved))),
        }
        for copy in super::backup::copies_with_news(&store, &open) {
            // - what is being merged is known
            if self.merging.as_deref().is_some_and(|path| super::merge::same_file(&store, &copy, path)) {
                continue;
            }
            let name = copy.file_name().map_or(String::new(), |name| name.to_string_lossy().into_owned());
            let word = super::out::word(&copy.display().to_string());
            self.warn(&(self.text.say.copy_beside)(&name, &word));
        }
        if !self.read_only {
            store.sweep_backups(&open.header().vault, self.now());
        }
        // Seen by this command; on the disk with the next change.
        if !recover(&store.unsaved(&open.header().vault), &mut open).is_empty() {
            self.warn(say.unsaved_taken_in);
        }
        Ok(Opened { store, open, credential })
    }

    fn open_bytes(
        &mut self,
        store: &Store,
        bytes: Vec<u8>,
        path: &str,
        kept: bool,
    ) -> Result<(Open, Option<Credential>), Report> {
        let prompt = (self.text.say.ask_master)(path);
        let mut sealed = Sealed::read(bytes).map_err(|error| Report::from(error).about(path))?;
        if std::io::stderr().is_terminal() {
            let weak = sealed.costs(SlotKind::Password).into_iter().find(|params| params.below_floor());
            if let Some(params) = weak {
                let say = &self.text.say;
                self.warn(&(say.weak_kdf_open)(&params.to_string(), &Params::FLOOR.to_string()));
            }
        }
        if kept {
            let device = self.device(store);
            let tried = kept::open(self.ring(), sealed, device);
            match tried.map_err(|error| Report::from(error).about(path))? {
                Tried::Opened(open) => return Ok((*open, None)),
                Tried::Locked(same) => sealed = same,
            }
        }
        let source = self.source.clone();
        let with = (&source, Line::Master, prompt.as_str());
        let (open, credential) = self.open_with(store, sealed.into_bytes(), with, path)?;
        Ok((open, Some(credential)))
    }

    /// A credential equal to the one that opened the vault, for a new slot. Where a kept key opened it
    /// the password is asked for and checked now.
    pub(super) fn credential_of(&mut self, opened: &mut Opened) -> Result<Credential, Report> {
        if opened.credential.is_none() {
            let path = opened.store.path().display().to_string();
            let prompt = (self.text.say.ask_master)(&path);
            opened.credential = Some(self.checked(&mut opened.open, &prompt, &path)?);
        }
        let held = opened.credential.as_ref().expect("it was just asked for");
        Ok(held.duplicate())
    }

    /// A new master password: typed twice on a terminal, checked, its weakness named.
    pub(super) fn new_password(
        &mut self,
        source: &Source,
        line: Line,
        prompt: &str,
    ) -> Result<Secret, Report> {
        let say = &self.text.say;
        let password = self.ask.from(source, line, prompt)?;
        let typed = match source {
            Source::Terminal => true,
            Source::Stdin => self.ask.is_interactive(),
            Source::File(_) | Source::Command(_) => false,
        };
        if password.is_empty() {
            return Err(Ask::EmptyPassword.into());
        }
        keys::settable(password.expose().as_bytes())?;
        if typed {
            let again = hidden(say.ask_new_master_again, Ask::NobodyToAsk)?;
            if !again.ct_eq(&password) {
                return Err(Ask::PasswordsDiffer.into());
            }
        }
        let found = strength::strength(&password, &["mamori", "まもり"]);
        if found.level() < strength::Level::Strong {
            self.warn(&(say.weak_master)(&words::estimated(&found, self.lang)));
        }
        Ok(password)
    }

    /// Applies a change and writes the vault.
    pub(super) fn apply(
        &mut self,
        opened: &mut Opened,
        change: &Change,
        why: Why,
    ) -> Result<Committed, Report> {
        self.writable()?;
        let now = self.now();
        opened.open.apply(change, now, &mut self.entropy)?;
        self.save(opened, why)
    }

    /// Writes the vault, and tells what else came of it.
    pub(super) fn save(&mut self, opened: &mut Opened, why: Why) -> Result<Committed, Report> {
        self.writable()?;
        let path = opened.store.path().display().to_string();
        let now = self.now();
        let done = commit(&opened.store, &mut opened.open, why, now, &mut self.entropy)
            .map_err(|error| Report::from(error).about(&path))?;
        let header = opened.open.header();
        kept::drop_older(self.ring(), &header.vault, header.epoch);
        let say = &self.text.say;
        if let Some(report) = done.joined.as_ref().filter(|report| !report.is_empty()) {
            self.told(&(say.joined)(report.added.len() + report.changed.len() + report.purged.len()));
        }
        let left_out = done.joined.as_ref().map(|report| report.left_out.as_slice()).unwrap_or_default();
        self.warn_left_out(&opened.open, left_out);
        for kept in &done.kept {
            self.warn(&(say.kept_copy)(&kept.display().to_string()));
        }
        if done.saved.recreated {
            self.warn(say.recreated);
        }
        Ok(done)
    }

    /// Names the slots of another copy for which the file had no room.
    pub(super) fn warn_left_out(&self, open: &Open, slots: &[[u8; 8]]) {
        if slots.is_empty() {
            return;
        }
        let say = &self.text.say;
        let name = |id: &[u8; 8]| match open.slot_name(id) {
            "" => say.slot_unnamed.to_owned(),
            name => self.name(name).into_owned(),
        };
        self.warn(&(say.slots_left_out)(&slots.iter().map(name).collect::<Vec<_>>().join(", ")));
    }

    /// The id of the one entry that a name means.
    pub(super) fn find(&self, opened: &Opened, name: &str, scope: Scope) -> Result<crate::model::Id, Report> {
        Ok(reference::resolve(opened.open.vault(), name, scope)?.id())
    }

    /// Costs of a new slot: as asked for, or measured here.
    pub(super) fn costs(&self, asked: Option<&str>) -> Result<Params, Report> {
        let Some(asked) = asked else {
            return Ok(resources::calibrate()?);
        };
        let wrong = || Report::from(Ask::Kdf).about(asked);
        let params = asked.parse::<Params>().map_err(|()| wrong())?.check().map_err(|_| wrong())?;
        if params.below_floor() {
            self.warn(&(self.text.say.weak_kdf)(&params.to_string(), &Params::FLOOR.to_string()));
        }
        Ok(params)
    }
}

/// A file beside the vault, read whole and bounded.
pub(super) fn read_file(path: &std::path::Path, most: u64) -> Result<Vec<u8>, Report> {
    use crate::store::disk::Disk;
    let wrong = |kind| Report::from(Fault::File(kind)).about(path.display().to_string());
    let meta = Real.meta(path).map_err(|error| wrong(error.kind()))?;
    if !meta.regular {
        return Err(wrong(std::io::ErrorKind::InvalidInput));
    }
    if meta.len > most {
        return Err(wrong(std::io::ErrorKind::FileTooLarge));
    }
    Real.read(path, most).map_err(|error| wrong(error.kind()))
}
