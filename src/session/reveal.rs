//! Opening many values from other threads: what a health run needs of an open vault, apart from it,
//! so that the person goes on meanwhile.

use crate::crypto::keys::Key;
use crate::crypto::seal::Forged;
use crate::crypto::value;
use crate::model::Id;
use crate::secret::SecretBytes;

/// Opens sealed values of one vault. It holds a key: it must go when the vault is locked.
#[derive(Debug)]
pub struct Revealer {
    pub(super) values: Key,
    pub(super) vault: [u8; 16],
}

impl Revealer {
    /// Opens one sealed value of a record. The caller overwrites its stack when it is done with all
    /// of them ([`crate::crypto::burn`]): after each value it would take longer than the opening.
    pub fn open(&self, record: Id, envelope: &[u8]) -> Result<SecretBytes, Forged> {
        value::open(&self.values, &self.vault, &record.0, envelope)
    }
}
