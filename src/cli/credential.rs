//! What opens a vault on the command line: the master password, with a key file where one is named
//! (`--key-file`, `$MAMORI_KEY_FILE`, the settings), or the recovery code (`--recovery`).
//!
//! A key file that was named for this call is all that is tried; one of the surroundings goes with the
//! password where the vault asks for it, and the password alone is tried after it. A code is checked
//! for slips before any key is derived.

use std::path::{Path, PathBuf};

use super::Cli;
use super::ask::{Source, code, hidden};
use super::vault::read_file;
use crate::crypto::keys::{KEY_FILE_MAX, KeyFile, KeyFileError, SlotSecret};
use crate::crypto::recovery;
use crate::error::{Ask, Fault, Line, Report};
use crate::format::header::SlotKind;
use crate::platform::{handed, resources};
use crate::secret::Secret;
use crate::session::{Credential, Open, OpenError, Sealed};
use crate::store::Store;
use crate::text::problem;

/// Wrong passwords that are forgiven on a terminal.
const TRIES: usize = 3;
/// Codes are longer, and a slip in one costs nothing.
const CODE_TRIES: usize = 5;

/// What was named beside the password.
#[derive(Debug, Default)]
pub(super) struct Beside {
    /// The key file.
    pub(super) key_file: Option<PathBuf>,
    /// It was named for this call.
    pub(super) named: bool,
    /// The recovery code is given in place of the password.
    pub(super) recovery: bool,
}

impl Beside {
    /// This call says by itself what opens the vault: no key that is kept counts.
    pub(super) fn is_asked(&self) -> bool {
        self.named || self.recovery
    }
}

/// What is asked for, and which slots it is tried on.
pub(super) enum By {
    /// The password alone.
    Password,
    /// The password with this key file, then perhaps alone.
    KeyFile(KeyFile, bool),
    /// The recovery code.
    Recovery,
}

impl By {
    /// What a typed secret may be.
    pub(super) fn credentials(&self, typed: &Secret) -> Result<Vec<Credential>, Report> {
        let bytes = typed.expose().as_bytes();
        Ok(match self {
            By::Password => vec![credential(typed)?],
            By::KeyFile(key, alone) => {
                let with = Credential::KeyFile(SlotSecret::with_key(bytes, key.duplicate())?);
                let alone = alone.then(|| credential(typed)).transpose()?;
                std::iter::once(with).chain(alone).collect()
            }
            By::Recovery => {
                let code = recovery::parse(typed.expose()).map_err(Ask::Recovery)?;
                let code = code.expose().try_into().expect("a code has 20 bytes");
                vec![Credential::Recovery(SlotSecret::recovery(code))]
            }
        })
    }

    /// The report of a failure, which says what was wrong in the words of what was asked for.
    pub(super) fn report(&self, error: OpenError, path: &str) -> Report {
        let report = match (self, error) {
            (By::Recovery, OpenError::WrongPassword) => Ask::WrongCode.into(),
            (By::KeyFile(..), OpenError::WrongPassword) => Ask::WrongWithKeyFile.into(),
            (_, error) => Report::from(error),
        };
        report.about(path)
    }

    fn tries(&self) -> usize {
        if matches!(self, By::Recovery) { CODE_TRIES } else { TRIES }
    }
}

/// The credential of a typed master password.
pub(super) fn credential(typed: &Secret) -> Result<Credential, Report> {
    Ok(Credential::Password(SlotSecret::password(typed.expose().as_bytes())?))
}

/// Reads a key file: a regular file of 1 byte to 16 MiB, hashed whole.
pub(super) fn key_file(path: &Path) -> Result<KeyFile, Report> {
    let about = |fault: Fault| Report::from(fault).about(path.display().to_string());
    let bytes = read_file(path, KEY_FILE_MAX).map_err(|report| match report.fault {
        Fault::File(std::io::ErrorKind::FileTooLarge) => about(KeyFileError::TooLarge.into()),
        fault => about(fault),
    })?;
    KeyFile::of(&bytes).map_err(|error| about(error.into()))
}

impl Cli<'_> {
    /// Which slots are tried, of a vault that has slots of these kinds.
    pub(super) fn by(&mut self, has: &dyn Fn(SlotKind) -> bool, path: &str) -> Result<By, Report> {
        let missing = |kind| Report::from(Ask::NoSlot(kind)).about(path);
        if self.beside.recovery {
            return if has(SlotKind::Recovery) { Ok(By::Recovery) } else { Err(missing(SlotKind::Recovery)) };
        }
        let named = self.beside.named;
        let (password, with) = (has(SlotKind::Password), has(SlotKind::KeyFile));
        if named && !with {
            return Err(missing(SlotKind::KeyFile));
        }
        if let Some(file) = self.beside.key_file.clone().filter(|_| with) {
            match key_file(&self.expanded(&file)) {
                Ok(key) => return Ok(By::KeyFile(key, password && !named)),
                // - it lies on a stick that is not there just now
                Err(report) if password && !named => {
                    let said = problem::problem(self.lang, &report);
                    self.warn(&said.fact);
                }
                Err(report) => return Err(report),
            }
        }
        if password {
            Ok(By::Password)
        } else if with {
            let typed = self.ask.visible((self.text.say.ask_key_file)(path).as_str())?;
            let Some(typed) = typed.filter(|typed| !typed.is_empty()) else {
                return Err(Report::from(Ask::NeedsKeyFile).about(path));
            };
            Ok(By::KeyFile(key_file(&self.expanded(Path::new(&typed)))?, false))
        } else if has(SlotKind::Recovery) {
            Ok(By::Recovery)
        } else {
            Err(Report::from(OpenError::NoSuchSlot).about(path))
        }
    }

    /// A path that begins with `~/`, as people write it where no shell reads it.
    pub(super) fn expanded(&self, path: &Path) -> PathBuf {
        let home = (self.world.env)("HOME").filter(|home| !home.is_empty());
        match (path.strip_prefix("~"), home) {
            (Ok(rest), Some(home)) => PathBuf::from(home).join(rest),
            _ => path.to_owned(),
        }
    }

    /// Asks for what opens a vault by this way.
    fn typed(
        &mut self,
        by: &By,
        source: &Source,
        line: Line,
        prompt: &str,
        path: &str,
    ) -> Result<Secret, Report> {
        match by {
            By::Recovery if *source == Source::Terminal => code(&(self.text.say.ask_code)(path)),
            By::Recovery => self.ask.from(source, Line::Code, prompt),
            By::Password | By::KeyFile(..) => self.ask.from(source, line, prompt),
        }
    }

    /// Says why it is asked for again.
    pub(super) fn again(&self, report: &Report) {
        let said = problem::problem(self.lang, report);
        super::out::tell(&format!("{}{}{}", said.fact, self.text.say.stop, self.text.say.again));
    }

    /// Opens the bytes of a vault with a secret from a source. A person at a terminal may try again, a
    /// script may not.
    pub(super) fn open_with(
        &mut self,
        store: &Store,
        mut bytes: Vec<u8>,
        (source, line, prompt): (&Source, Line, &str),
        path: &str,
    ) -> Result<(Open, Credential), Report> {
        let read = |bytes| Sealed::read(bytes).map_err(|error| Report::from(error).about(path));
        let device = self.device(store);
        let sealed = read(bytes)?;
        let by = self.by(&|kind| sealed.has(kind), path)?;
        bytes = sealed.into_bytes();
        let tries = if *source == Source::Terminal { by.tries() } else { 1 };
        for left in (0..tries).rev() {
            let typed = self.typed(&by, source, line.clone(), prompt, path)?;
            let mut all = match by.credentials(&typed) {
                Err(report) if left > 0 && matches!(report.fault, Fault::Ask(Ask::Recovery(_))) => {
                    self.again(&report);
                    continue;
                }
                all => all?,
            };
            drop(typed);
            let these = if left > 0 { bytes.clone() } else { std::mem::take(&mut bytes) };
            let sealed = read(these)?;
            let derive = || sealed.open_any(&all, device.clone(), resources::free_memory());
            let opened = match source {
                Source::Terminal => handed::unseen(derive).map_err(|_| Ask::Interrupted)?,
                _ => derive(),
            };
            match opened {
                Ok((open, at)) => return Ok((open, all.swap_remove(at))),
                Err(error @ OpenError::WrongPassword) if left > 0 => self.again(&by.report(error, path)),
                Err(error) => return Err(by.report(error, path)),
            }
        }
        Err(by.report(OpenError::WrongPassword, path))
    }

    /// Asks for the secret of an open vault, with the tries of a person.
    pub(super) fn checked(
        &mut self,
        open: &mut Open,
        prompt: &str,
        path: &str,
    ) -> Result<Credential, Report> {
        let ways = open.ways();
        let by = self.by(&|kind| ways.iter().any(|way| way.kind == kind), path)?;
        for left in (0..by.tries()).rev() {
            let typed = self.typed(&by, &Source::Terminal, Line::Master, prompt, path)?;
            let mut all = match by.credentials(&typed) {
                Err(report) if left > 0 && matches!(report.fault, Fault::Ask(Ask::Recovery(_))) => {
                    self.again(&report);
                    continue;
                }
                all => all?,
            };
            drop(typed);
            let free = resources::free_memory();
            let check = || {
                let tried = all.iter().map(|one| open.verify(one, free));
                let mut found = Err(OpenError::WrongPassword);
                for (at, one) in tried.enumerate() {
                    match one {
                        Ok(()) => return Ok(at),
                        Err(OpenError::NoSuchSlot) => {}
                        Err(error) => found = Err(error),
                    }
                }
                found
            };
            match handed::unseen(check).map_err(|_| Ask::Interrupted)? {
                Ok(at) => return Ok(all.swap_remove(at)),
                Err(error @ OpenError::WrongPassword) if left > 0 => self.again(&by.report(error, path)),
                Err(error) => return Err(by.report(error, path)),
            }
        }
        Err(by.report(OpenError::WrongPassword, path))
    }

    /// The secret once more, before what only its owner may do.
    pub(super) fn once_more(&mut self, open: &Open, prompt: &str, path: &str) -> Result<(), Report> {
        let ways = open.ways();
        let by = self.by(&|kind| ways.iter().any(|way| way.kind == kind), path)?;
        let typed = match by {
            By::Recovery => code(prompt)?,
            By::Password | By::KeyFile(..) => hidden(prompt, Ask::NobodyToAsk)?,
        };
        let free = resources::free_memory();
        let tried = by.credentials(&typed)?.iter().map(|one| open.check(one, free)).collect::<Vec<_>>();
        if tried.iter().any(Result::is_ok) {
            return Ok(());
        }
        let error = tried.into_iter().filter_map(Result::err).find(|error| *error != OpenError::NoSuchSlot);
        Err(by.report(error.unwrap_or(OpenError::WrongPassword), path))
    }
}
