//! An open vault takes in another copy of itself.

use super::{Device, JoinError, Open, OpenError, Sealed, change_key};
use crate::crypto::kdf::FILE_WORK_KIB;
use crate::crypto::keys::Key;
use crate::format::FormatError;
use crate::format::header::{SLOTS_MAX, work_kib};
use crate::ops::merge::{self, MergeReport};

impl Open {
    /// Joins another copy of this vault. One of an earlier epoch is joined only when
    /// `with_retired` says that a person asked for it; it opens under a retired key.
    ///
    /// With `live` the copy is what now lies at our path, so it becomes what the next save
    /// replaces.
    pub fn join(&mut self, bytes: Vec<u8>, with_retired: bool, live: bool) -> Result<MergeReport, JoinError> {
        let sealed = Sealed::read(bytes)?;
        let (mac, epoch) = (sealed.mac(), sealed.header().epoch);
        if sealed.header().vault != self.header.vault {
            return Err(JoinError::OtherVault);
        }
        if epoch > self.header.epoch {
            return Err(JoinError::PasswordChanged { epoch });
        }
        let counter = sealed.header().counter;
        let slots = sealed.header().slots.clone();
        let theirs = if epoch == self.header.epoch {
            self.opened_under(sealed, self.dek.duplicate())?
        } else if with_retired {
            let key = self.vault.retired.iter().find(|one| one.epoch == epoch);
            let key = key.ok_or(JoinError::OlderEpoch { epoch })?.dek.duplicate();
            let mut theirs = self.opened_under(sealed, key)?;
            change_key::reseal(&mut theirs.vault, &theirs.values, &self.values, &self.header.vault)?;
            theirs
        } else {
            return Err(JoinError::OlderEpoch { epoch });
        };
        let report = merge::join(&mut self.vault, theirs.vault);
        if epoch == self.header.epoch {
            // A slot added on the other side stays; one of ours that they do not have stays too.
            for slot in slots {
                let held = &mut self.header.slots;
                if !held.contains(&slot) && held.len() < SLOTS_MAX {
                    held.push(slot);
                    // The file of both would be refused by every reader.
                    if work_kib(held) > FILE_WORK_KIB {
                        held.pop();
                    }
                }
            }
        }
        self.header.counter = self.header.counter.max(counter);
        if live {
            self.loaded = Some(mac);
        }
        Ok(report)
    }

    fn opened_under(&self, sealed: Sealed, dek: Key) -> Result<Open, JoinError> {
        sealed.open_with(dek, Device::default()).map_err(|error| match error {
            OpenError::Format(error) => JoinError::Format(error),
            _ => JoinError::Format(FormatError::WrongKey),
        })
    }

    /// Joins another copy that was opened on its own (its password may differ from ours).
    pub fn join_open(&mut self, mut theirs: Open) -> Result<MergeReport, JoinError> {
        if theirs.header.vault != self.header.vault {
            return Err(JoinError::OtherVault);
        }
        change_key::reseal(&mut theirs.vault, &theirs.values, &self.values, &self.header.vault)?;
        self.header.counter = self.header.counter.max(theirs.header.counter);
        Ok(merge::join(&mut self.vault, theirs.vault))
    }
}
