//! What a person opens the locked vault with: the master password, with a key file where one was
//! chosen, or the recovery code; and the job that tries it. Not here: the screen
//! ([`super::screen::unlock`]) and the key that `mamori unlock` keeps ([`super::kept`]).

use std::path::PathBuf;
use std::sync::Arc;

use super::contents::{Contents, Instead};
use super::effect::World;
use super::files::{self, Answer, Ask};
use super::opened::{opened, opened_instead};
use super::screen::opening::Failure;
use crate::crypto::entropy::array;
use crate::crypto::keys::{KEY_FILE_MAX, KeyFile, KeyFileError, SlotSecret};
use crate::format::header::SlotKind;
use crate::model::{Id, Section};
use crate::ops::health::Compared;
use crate::secret::SecretBytes;
use crate::session::{self, Credential, OpenError, Sealed};
use crate::store::Backup;

/// What a person gives.
#[derive(Debug)]
pub enum By {
    /// What was typed into the field of the master password, and the key file, if one was chosen.
    Password(SecretBytes, Option<PathBuf>),
    /// The 20 bytes of a recovery code without a slip.
    Recovery(SecretBytes),
}

/// Which kinds of slots a vault has, as its file says without being opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kinds {
    /// The master password alone.
    pub password: bool,
    /// With a key file.
    pub key_file: bool,
    /// The recovery code.
    pub recovery: bool,
}

impl Kinds {
    /// Those of a file.
    pub fn of(sealed: &Sealed) -> Kinds {
        Kinds {
            password: sealed.has(SlotKind::Password),
            key_file: sealed.has(SlotKind::KeyFile),
            recovery: sealed.has(SlotKind::Recovery),
        }
    }

    /// Those of an open vault.
    pub fn of_open(open: &session::Open) -> Kinds {
        let ways = open.ways();
        let has = |kind| ways.iter().any(|way| way.kind == kind);
        Kinds {
            password: has(SlotKind::Password),
            key_file: has(SlotKind::KeyFile),
            recovery: has(SlotKind::Recovery),
        }
    }

    /// Without a key file no password opens it.
    pub fn needs_key_file(self) -> bool {
        self.key_file && !self.password
    }

    /// Only the recovery code is left.
    pub fn only_recovery(self) -> bool {
        self.recovery && !self.password && !self.key_file
    }
}

/// Reads a key file. Never waits for what is no regular file.
pub fn key_file(path: PathBuf, world: &dyn World) -> Result<KeyFile, Failure> {
    match world.files(Ask::Read { path, most: KEY_FILE_MAX }) {
        Answer::Read(Ok(bytes)) => KeyFile::of(&bytes).map_err(|error| match error {
            KeyFileError::Empty => Failure::KeyFileEmpty,
            KeyFileError::TooLarge => Failure::KeyFile(files::Failure::TooLarge(KEY_FILE_MAX)),
        }),
        Answer::Read(Err(failure)) => Err(Failure::KeyFile(failure)),
        _ => Err(Failure::Lost),
    }
}

/// What is tried, and what is told when nothing of it opens.
pub fn credentials(by: By, kinds: Kinds, world: &dyn World) -> Result<(Vec<Credential>, Failure), Failure> {
    Ok(match by {
        By::Recovery(code) => {
            let code = code.expose().try_into().map_err(|_| Failure::WrongCode)?;
            (vec![Credential::Recovery(SlotSecret::recovery(code))], Failure::WrongCode)
        }
        By::Password(_, None) if kinds.needs_key_file() => return Err(Failure::NeedsKeyFile),
        By::Password(..) if kinds.only_recovery() => return Err(Failure::OnlyRecovery),
        By::Password(typed, path) => {
            let typed = typed.expose();
            let unfit = |_| Failure::WrongPassword;
            let alone = Credential::Password(SlotSecret::password(typed).map_err(unfit)?);
            match path.filter(|_| kinds.key_file).map(|path| key_file(path, world)) {
                None => (vec![alone], Failure::WrongPassword),
                Some(Ok(key)) => {
                    let with = Credential::KeyFile(SlotSecret::with_key(typed, key).map_err(unfit)?);
                    (vec![with, alone], Failure::WrongWithKeyFile)
                }
                // - the stick is not there; the password may be enough
                Some(Err(failure)) => (vec![alone], failure),
            }
        }
    })
}

/// Most keys that are derived for backups.
const TRIES: usize = 3;

/// Reads the vault, derives its key and opens it. Where it is damaged the newest backup that opens comes in
/// its place; what lies there stays as it is.
pub fn unlock(by: By, world: &dyn World) -> Result<Box<Contents>, Failure> {
    let sealed = match world.load().and_then(|bytes| Ok(Sealed::read(bytes)?)) {
        Err(Failure::Damaged) => {
            let backups = world.backups_anyway();
            let newest = backups.iter().find_map(|backup| read(backup, world)).ok_or(Failure::Damaged)?;
            let (credentials, wrong) = credentials(by, Kinds::of(&newest), world)?;
            return instead(&credentials, wrong, world);
        }
        read => read?,
    };
    let (credentials, wrong) = credentials(by, Kinds::of(&sealed), world)?;
    match sealed.open_any(&credentials, world.device(), world.free_memory()) {
        Ok((open, at)) => {
            let mut contents = opened(open, world);
            compare(&mut contents, &credentials[at], world);
            Ok(contents)
        }
        Err(OpenError::WrongPassword | OpenError::NoSuchSlot) => Err(wrong),
        Err(OpenError::Format(error)) if error.is_damage() => instead(&credentials, error.into(), world),
        Err(error) => Err(error.into()),
    }
}

/// In a vault of more entries than this comparing would be felt at the unlock: it is done when health asks
/// for the master password.
const COMPARED_MOST: usize = 20_000;

/// Compares the passwords of the entries with the master password while that is in hand: what was typed
/// is kept for nothing later, and the verdicts are for the health check.
pub fn compare(contents: &mut Contents, typed: &Credential, world: &dyn World) {
    let (Credential::Password(secret) | Credential::KeyFile(secret)) = typed else { return };
    let (Some(master), Ok(key)) = (secret.text(), array(&mut *world.entropy())) else { return };
    let session = contents.session();
    if session.vault().section(Section::Entries).len() > COMPARED_MOST {
        return;
    }
    let revealer = session.revealer();
    let open = |id: Id, envelope: &[u8]| revealer.open(id, envelope);
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let compared = Compared::of(session.vault(), &master, &open, key, threads);
    contents.compared = Some((session.header().epoch, Arc::new(compared)));
}

fn read(backup: &Backup, world: &dyn World) -> Option<Sealed> {
    world.read_file(&backup.path).ok().and_then(|bytes| Sealed::read(bytes).ok())
}

/// The newest backup that opens.
fn instead(
    credentials: &[Credential],
    otherwise: Failure,
    world: &dyn World,
) -> Result<Box<Contents>, Failure> {
    // - what does not open one opens none with the same slots
    let mut shut = Vec::new();
    let mut newer = None;
    for backup in world.backups_anyway() {
        let Some(sealed) = read(&backup, world) else { continue };
        let slots = sealed.header().slots.clone();
        if shut.len() >= TRIES || shut.contains(&slots) {
            continue;
        }
        match sealed.open_any(credentials, world.device(), world.free_memory()) {
            Ok((open, at)) => {
                let mut contents = opened_instead(open, world);
                compare(&mut contents, &credentials[at], world);
                contents.instead = Some(Instead { ms: backup.ms, newer });
                return Ok(contents);
            }
            Err(OpenError::WrongPassword | OpenError::NoSuchSlot) => {
                newer = newer.or(Some(backup.ms));
                shut.push(slots);
            }
            Err(_) => {}
        }
    }
    Err(otherwise)
}
