//! A vault closed and open: [`Sealed`] is bytes that were checked without a key, [`Open`] is the
//! model with its keys. Joins crypto, format and model; touches no file and asks no clock (time
//! and randomness come in as arguments).
//!
//! There is no "is it unlocked?": what needs the vault takes an [`Open`], and dropping it wipes.

mod change_key;
mod copies;
mod draft;
mod join;
mod reveal;
mod sealing;
mod slots;
mod ways;

use std::sync::Arc;

use crate::crypto::entropy::{Entropy, EntropyError, array};
use crate::crypto::kdf::{KdfError, Params};
use crate::crypto::keys::{self, Key, SlotSecret};
use crate::crypto::seal::Forged;
use crate::crypto::{burn_after, value};
use crate::format::FormatError;
use crate::format::body;
use crate::format::header::{self, Content, Header, KnownSlot, Read, Slot, SlotKind};
use crate::format::payload;
use crate::model::{Entry, Id, Section, Source, Stamp, Tag, Vault};
use crate::ops::change::{self, Change, ChangeError, Edit};
use crate::ops::edit::Sealer;
use crate::secret::{Secret, SecretBytes};
pub use change_key::{NewKey, Taken};
pub use copies::Reach;
pub use reveal::Revealer;
pub use sealing::{Ciphertext, Unsealed};
pub use slots::NewSlot;
use slots::{known, new_slots, unlock};
pub use ways::{NewWay, Way};

/// What a person gives to open a vault.
#[derive(Debug)]
pub enum Credential {
    /// The master password.
    Password(SlotSecret),
    /// The master password and the key file.
    KeyFile(SlotSecret),
    /// The recovery code.
    Recovery(SlotSecret),
}

impl Credential {
    /// Which slots it may open.
    pub fn kind(&self) -> SlotKind {
        match self {
            Credential::Password(_) => SlotKind::Password,
            Credential::KeyFile(_) => SlotKind::KeyFile,
            Credential::Recovery(_) => SlotKind::Recovery,
        }
    }

    /// Another copy, for a second file under the same password.
    pub fn duplicate(&self) -> Credential {
        match self {
            Credential::Password(secret) => Credential::Password(secret.duplicate()),
            Credential::KeyFile(secret) => Credential::KeyFile(secret.duplicate()),
            Credential::Recovery(secret) => Credential::Recovery(secret.duplicate()),
        }
    }

    fn secret(&self) -> &SlotSecret {
        match self {
            Credential::Password(secret) | Credential::KeyFile(secret) | Credential::Recovery(secret) => {
                secret
            }
        }
    }
}

/// Why a vault did not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// The bytes are not a file that this program opens.
    #[error(transparent)]
    Format(FormatError),
    /// No slot opened, or the header is forged: one answer for both.
    #[error("wrong master password")]
    WrongPassword,
    /// No slot of this kind is in the file.
    #[error("the vault has no such way to open it")]
    NoSuchSlot,
    /// The key derivation needs more memory than is free.
    #[error("the key derivation needs {need} bytes of memory, {free} are free")]
    NeedsMemory {
        /// Bytes it needs.
        need: u64,
        /// Bytes that are free.
        free: u64,
    },
}

impl From<FormatError> for OpenError {
    fn from(error: FormatError) -> OpenError {
        match error {
            FormatError::WrongKey => OpenError::WrongPassword,
            other => OpenError::Format(other),
        }
    }
}

/// Why a vault could not be sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// Too large, or read-only.
    #[error(transparent)]
    Format(#[from] FormatError),
    /// No random bytes.
    #[error(transparent)]
    Entropy(#[from] EntropyError),
    /// No key could be derived.
    #[error(transparent)]
    Kdf(#[from] KdfError),
    /// The file asks for a later program to write it.
    #[error("the vault is read-only: a newer mamori wrote it")]
    ReadOnly,
    /// A slot kind that came without a secret.
    #[error("a vault needs at least one way to open it")]
    NoSlot,
    /// A file has room for eight.
    #[error("a vault has at most eight ways to open it")]
    TooManySlots,
}

/// Why another file could not be joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum JoinError {
    /// The file does not open under the key at hand.
    #[error(transparent)]
    Format(#[from] FormatError),
    /// Another vault id.
    #[error("this is another vault")]
    OtherVault,
    /// The master password was changed there; theirs is the later epoch.
    #[error("the master password was changed in the other copy")]
    PasswordChanged {
        /// Its epoch.
        epoch: u32,
    },
    /// From before our password change; joined only when that was asked for.
    #[error("the other copy is from before the last password change")]
    OlderEpoch {
        /// Its epoch.
        epoch: u32,
    },
}

/// Why a change was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ApplyError {
    /// The change itself.
    #[error(transparent)]
    Change(#[from] ChangeError),
    /// No random bytes for its stamp.
    #[error(transparent)]
    Entropy(#[from] EntropyError),
}

/// Which machine writes: for display only.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Device {
    /// A number of this machine.
    pub writer: u16,
    /// Its name.
    pub name: String,
}

/// A vault file that was read and checked as far as that goes without a key.
pub struct Sealed {
    bytes: Vec<u8>,
    read: Read,
}

impl std::fmt::Debug for Sealed {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Sealed({} bytes)", self.bytes.len())
    }
}

impl Sealed {
    /// Checks magic, version, digest, fixed rules, length and KDF bounds.
    pub fn read(bytes: Vec<u8>) -> Result<Sealed, FormatError> {
        let read = header::read(&bytes, bytes.len() as u64)?;
        Ok(Sealed { bytes, read })
    }

    /// The fields in clear.
    pub fn header(&self) -> &Header {
        &self.read.header
    }

    /// The identity of the file.
    pub fn mac(&self) -> [u8; 32] {
        self.read.mac
    }

    /// The file's bytes, given back.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// True when the MAC holds under this data key.
    pub fn fits(&self, dek: &Key) -> bool {
        let key = keys::header_key(dek, &self.read.header.vault);
        keys::mac_matches(&key, &self.bytes[..self.read.mac_at], &self.read.mac)
    }

    /// Parameters of the slots a credential of this kind would try, in their order.
    pub fn costs(&self, kind: SlotKind) -> Vec<Params> {
        known(&self.read.header).filter(|slot| slot.kind == kind).map(|slot| slot.params).collect()
    }

    /// Tries the slots of the credential's kind. Slow on purpose; call it on a worker. `free` is
    /// how much memory there is, if that is known.
    pub fn open(self, credential: &Credential, device: Device, free: Option<u64>) -> Result<Open, OpenError> {
        let (dek, slot) = unlock(&self.read.header, credential, free)?;
        let mut open = self.open_with(dek, device)?;
        open.slot = Some(slot);
        Ok(open)
    }

    /// Tries one credential after the other, as [`Sealed::open`]; gives the place of the one that
    /// opened it. What could not be tried for want of memory is told before a wrong password, and that
    /// before a kind of slot that is not there.
    pub fn open_any(
        self,
        credentials: &[Credential],
        device: Device,
        free: Option<u64>,
    ) -> Result<(Open, usize), OpenError> {
        let mut answer = OpenError::NoSuchSlot;
        for (at, credential) in credentials.iter().enumerate() {
            match unlock(&self.read.header, credential, free) {
                Ok((dek, slot)) => {
                    let mut open = self.open_with(dek, device)?;
                    open.slot = Some(slot);
                    return Ok((open, at));
                }
                Err(error @ OpenError::NeedsMemory { .. }) => answer = error,
                Err(OpenError::WrongPassword) if answer == OpenError::NoSuchSlot => {
                    answer = OpenError::WrongPassword;
                }
                Err(OpenError::WrongPassword | OpenError::NoSuchSlot) => {}
                Err(error) => return Err(error),
            }
        }
        Err(answer)
    }

    /// True when some slot of this kind is in the file.
    pub fn has(&self, kind: SlotKind) -> bool {
        known(&self.read.header).any(|slot| slot.kind == kind)
    }

    /// Opens with a data key at hand (a cached one, or a retired one).
    pub fn open_with(self, dek: Key, device: Device) -> Result<Open, OpenError> {
        burn_after(|| {
            let plain = body::open(self.bytes, &self.read, &dek)?;
            let (vault, source) = payload::decode(self.read.header.vault, plain)?;
            let values = keys::values_key(&dek, &self.read.header.vault);
            Ok(Open {
                loaded_epoch: self.read.header.epoch,
                header: self.read.header,
                dek,
                values,
                vault,
                source: Some(source),
                loaded: Some(self.read.mac),
                slot: None,
                device,
            })
        })
    }
}

fn salt(source: &mut dyn Entropy) -> Result<u64, EntropyError> {
    array(source).map(u64::from_le_bytes)
}

/// An open vault: the model with its keys. Dropping it wipes what was secret.
pub struct Open {
    header: Header,
    dek: Key,
    values: Key,
    vault: Vault,
    source: Option<Arc<Source>>,
    loaded: Option<[u8; 32]>,
    /// The key epoch of that file: ours is greater while a key change is not written yet.
    loaded_epoch: u32,
    slot: Option<[u8; 8]>,
    device: Device,
}

impl std::fmt::Debug for Open {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Open(..)")
    }
}

impl Open {
    /// A new, empty vault with these slots. Slow: one derivation for each slot.
    pub fn create(slots: &[NewSlot], device: Device, source: &mut dyn Entropy) -> Result<Open, SealError> {
        let id = array(source)?;
        Open::create_as(Content::Vault, id, slots, device, source)
    }

    fn create_as(
        content: Content,
        id: [u8; 16],
        slots: &[NewSlot],
        device: Device,
        source: &mut dyn Entropy,
    ) -> Result<Open, SealError> {
        let dek = Key::random(source)?;
        let values = keys::values_key(&dek, &id);
        let header =
            Header { content, vault: id, counter: 0, epoch: 1, body_salt: [0; 32], slots: Vec::new() };
        let vault = Vault::new(id);
        let mut open = Open {
            loaded_epoch: 1,
            header,
            dek,
            values,
            vault,
            source: None,
            loaded: None,
            slot: None,
            device,
        };
        let made = new_slots(&id, &open.dek, slots, source)?;
        let salt = salt(source)?;
        open.set_slots(made, slots, salt);
        Ok(open)
    }

    fn set_slots(&mut self, made: Vec<KnownSlot>, slots: &[NewSlot], salt: u64) {
        for (slot, new) in made.iter().zip(slots) {
            self.note_slot(slot.id, Some(&new.name), None, salt);
        }
        self.slot = made.first().map(|slot| slot.id);
        self.header.slots = made.into_iter().map(Slot::Known).collect();
    }

    /// Writes a name of the vault's own bookkeeping, outside of any change of a person's.
    fn set_name(&mut self, section: Section, record: Id, name: &str, salt: u64) {
        let short: String = name.chars().take(200).collect();
        let held = self.vault.section(section).get(record);
        if held.is_some_and(|held| held.text(Tag::NAME) == short) || (held.is_none() && short.is_empty()) {
            return;
        }
        self.book(
            section,
            record,
            vec![Edit { tag: Tag::NAME, element: None, value: short.as_bytes().into() }],
            salt,
        );
    }

    /// Writes of the vault's own bookkeeping.
    fn book(&mut self, section: Section, record: Id, edits: Vec<Edit>, salt: u64) {
        let stamp = Stamp { hlc: self.vault.latest().saturating_add(1), salt, writer: self.device.writer };
        let change = Change::Write { section, record, kind: 0, edits };
        // A read-only vault is never sealed, so its names need not be kept up.
        let _ = change::apply(&mut self.vault, &change, stamp);
    }

    /// The model.
    pub fn vault(&self) -> &Vault {
        &self.vault
    }

    /// From now on it is only read: every change and every save is refused.
    pub fn hold_read_only(&mut self) {
        self.vault.held = true;
    }

    /// The fields in clear of the file.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The slot it was opened by.
    pub fn opened_by(&self) -> Option<[u8; 8]> {
        self.slot
    }

    /// When and where it was last saved: ms since 1970 and the name of the machine.
    pub fn last_saved(&self) -> Option<(u64, &str)> {
        let save = self.vault.saves.last()?;
        let mut record = [0; 16];
        record[..2].copy_from_slice(&save.writer.to_le_bytes());
        let name = self.vault.section(Section::Writers).get(Id(record)).map_or("", |one| one.text(Tag::NAME));
        Some((save.ms(), name))
    }

    /// The identity of the file on disk that it was loaded from or last written as.
    pub fn loaded(&self) -> Option<[u8; 32]> {
        self.loaded
    }

    /// The key of a cache (kernel keyring).
    pub fn key(&self) -> &Key {
        &self.dek
    }

    /// Wipes every key of the vault: from now on nothing of it can be opened or sealed.
    pub fn forget_keys(&mut self) {
        (self.dek, self.values) = (Key::zero(), Key::zero());
        self.vault.retired.clear();
        // - sealed under a key of zeros it would be lost
        self.hold_read_only();
    }

    /// What seals new values.
    pub fn sealer<'a>(&'a self, entropy: &'a mut dyn Entropy) -> Sealer<'a> {
        Sealer { values: &self.values, vault: self.header.vault, entropy }
    }

    /// What opens values apart from this, for a worker.
    pub fn revealer(&self) -> Revealer {
        Revealer { values: self.values.duplicate(), vault: self.header.vault }
    }

    /// Opens one sealed value of a record.
    pub fn reveal(&self, record: Id, envelope: &[u8]) -> Result<SecretBytes, Forged> {
        burn_after(|| value::open(&self.values, &self.header.vault, &record.0, envelope))
    }

    /// Opens one sealed text of a record.
    pub fn reveal_text(&self, record: Id, envelope: &[u8]) -> Result<Secret, Forged> {
        Secret::from_bytes(self.reveal(record, envelope)?).map_err(|_| Forged)
    }

    /// Opens the password of an entry; none when it has none.
    pub fn password(&self, entry: Entry<'_>) -> Option<Result<Secret, Forged>> {
        entry.password().map(|envelope| self.reveal_text(entry.id(), envelope))
    }

    /// Applies a change under a stamp of now; gives the inverse, unless it is for ever.
    pub fn apply(
        &mut self,
        change: &Change,
        now_ms: u64,
        source: &mut dyn Entropy,
    ) -> Result<Option<Change>, ApplyError> {
        let stamp = self.stamp(now_ms, source)?;
        Ok(change::apply(&mut self.vault, change, stamp)?)
    }

    fn stamp(&self, now_ms: u64, source: &mut dyn Entropy) -> Result<Stamp, EntropyError> {
        Ok(Stamp::after(self.vault.latest(), now_ms, salt(source)?, self.device.writer))
    }

    /// Notes that a file with this identity is now on the disk.
    pub fn written(&mut self, mac: [u8; 32]) {
        self.loaded = Some(mac);
        self.loaded_epoch = self.header.epoch;
    }
}
