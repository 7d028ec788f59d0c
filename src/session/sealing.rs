//! From the open vault to the bytes of its file, in two steps: [`Unsealed`] is the vault as it is now,
//! still in clear, and [`Ciphertext`] the file. Between them lies what takes the time, so that a thread
//! can do it; what is changed meanwhile is in the next one.
//!
//! Not here: writing it ([`crate::store`]).

use super::{Open, SealError, salt};
use crate::crypto::burn_after;
use crate::crypto::entropy::{Entropy, array};
use crate::crypto::keys::Key;
use crate::format::body::Plain;
use crate::format::header::Header;
use crate::format::payload;
use crate::model::{Id, Section, Stamp};

/// A whole vault file as it goes to the disk.
#[derive(Clone)]
pub struct Ciphertext {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// Its identity.
    pub mac: [u8; 32],
    /// The identity of the file it was made from; none for a new vault.
    pub replaces: Option<[u8; 32]>,
    /// The vault id.
    pub vault: [u8; 16],
    /// Its key epoch.
    pub epoch: u32,
    /// Its entry in the save list.
    pub save: Stamp,
    /// When it was sealed by this machine's clock, ms; the stamp may be ahead of it.
    pub ms: u64,
}

impl std::fmt::Debug for Ciphertext {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Ciphertext({} bytes, epoch {})", self.bytes.len(), self.epoch)
    }
}

/// A vault as it is to be written, in clear. Dropping it wipes it.
pub struct Unsealed {
    plain: Plain,
    header: Header,
    dek: Key,
    replaces: Option<[u8; 32]>,
    save: Stamp,
    ms: u64,
}

impl std::fmt::Debug for Unsealed {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Unsealed(..)")
    }
}

impl Unsealed {
    /// Its entry in the save list: what has a later one holds all of it.
    pub fn save(&self) -> Stamp {
        self.save
    }

    /// Seals it: some 80 ms for 100,000 entries (46 MiB).
    pub fn seal(self) -> Result<Ciphertext, SealError> {
        let Unsealed { plain, header, dek, replaces, save, ms } = self;
        let (bytes, mac) = burn_after(|| plain.seal(&header, &dek))?;
        Ok(Ciphertext { bytes, mac, replaces, vault: header.vault, epoch: header.epoch, save, ms })
    }
}

impl Open {
    /// Seals the vault as it is into a file that replaces the one loaded.
    pub fn seal(&mut self, now_ms: u64, source: &mut dyn Entropy) -> Result<Ciphertext, SealError> {
        self.unsealed(now_ms, source)?.seal()
    }

    /// The vault as it is, for a thread that seals it.
    pub fn unsealed(&mut self, now_ms: u64, source: &mut dyn Entropy) -> Result<Unsealed, SealError> {
        if self.vault.read_only() {
            return Err(SealError::ReadOnly);
        }
        let mut writer = [0; 16];
        writer[..2].copy_from_slice(&self.device.writer.to_le_bytes());
        let name = self.device.name.clone();
        let salt = salt(source)?;
        self.set_name(Section::Writers, Id(writer), &name, salt);
        if self.header.counter == 0 {
            self.date_slots(now_ms, salt);
        }
        let save = self.stamp(now_ms, source)?;
        self.vault.note_save(save);
        self.header.counter = self.header.counter.saturating_add(1);
        self.header.body_salt = array(source)?;
        let plain = burn_after(|| payload::encode(&self.vault, self.source.as_deref()))?;
        let (header, dek) = (self.header.clone(), self.dek.duplicate());
        Ok(Unsealed { plain, header, dek, replaces: self.loaded, save, ms: now_ms })
    }
}
