//! Opening many values from other threads: what a health run needs of an open vault, apart from it,
//! so that the person goes on meanwhile.

use super::Open;
use crate::crypto::keys::Key;
use crate::crypto::seal::Forged;
use crate::crypto::value;
use crate::format::header::{Slot, SlotKind};
use crate::model::Id;
use crate::ops::health::VaultFacts;
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

impl Open {
    /// What a health check is told of the vault itself.
    pub fn facts(&self) -> VaultFacts {
        let known = || {
            self.header.slots.iter().filter_map(|slot| match slot {
                Slot::Known(known) => Some(known),
                Slot::Unknown(_) => None,
            })
        };
        VaultFacts {
            recovery: known().any(|slot| slot.kind == SlotKind::Recovery),
            passwords: known().filter(|slot| slot.kind != SlotKind::Recovery).map(|_| 1).sum(),
            cheap: known().any(|slot| slot.kind != SlotKind::Recovery && slot.params.below_floor()),
        }
    }
}
