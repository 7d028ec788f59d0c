//! An open vault takes in another copy of itself.

use subtle::ConstantTimeEq;

use super::{Device, JoinError, Open, OpenError, Sealed, change_key};
use crate::crypto::kdf::FILE_WORK_KIB;
use crate::crypto::keys::Key;
use crate::format::FormatError;
use crate::format::header::{Header, SLOTS_MAX, Slot, work_kib};
use crate::model::vault::RetiredKey;
use crate::ops::merge::{self, MergeReport};

impl Open {
    /// Joins another copy of this vault. One of an earlier epoch is joined only when
    /// `with_retired` says that a person asked for it; it opens under a retired key.
    ///
    /// With `live` the copy is what now lies at our path, so it becomes what the next save
    /// replaces. It may be of the epoch before a key change of ours that is not written yet: until
    /// then that key is as good as it was.
    pub fn join(&mut self, bytes: Vec<u8>, with_retired: bool, live: bool) -> Result<MergeReport, JoinError> {
        let sealed = Sealed::read(bytes)?;
        let (mac, epoch) = (sealed.mac(), sealed.header().epoch);
        if sealed.header().vault != self.header.vault {
            return Err(JoinError::OtherVault);
        }
        if epoch > self.header.epoch {
            return Err(JoinError::PasswordChanged { epoch });
        }
        let theirs = if epoch == self.header.epoch {
            opened_under(sealed, self.dek.duplicate())?
        } else if with_retired || (live && epoch == self.loaded_epoch) {
            let mut theirs = self.opened_under_retired(sealed)?;
            change_key::reseal(&mut theirs.vault, &theirs.values, &self.values);
            theirs
        } else {
            return Err(JoinError::OlderEpoch { epoch });
        };
        let left_out = match epoch == self.header.epoch {
            true => self.take_slots(&theirs.header),
            false => Vec::new(),
        };
        self.header.counter = self.header.counter.max(theirs.header.counter);
        if live {
            self.loaded = Some(mac);
        }
        Ok(MergeReport { left_out, ..merge::join(&mut self.vault, theirs.vault) })
    }

    /// Opens under whichever retired key of its epoch fits: two password changes made apart leave
    /// two keys of one epoch.
    fn opened_under_retired(&self, sealed: Sealed) -> Result<Open, JoinError> {
        let epoch = sealed.header().epoch;
        let fits = |one: &&RetiredKey| one.epoch == epoch && sealed.fits(&one.dek);
        let key =
            self.vault.retired.iter().find(fits).ok_or(JoinError::OlderEpoch { epoch })?.dek.duplicate();
        opened_under(sealed, key)
    }

    /// A slot added on the other side stays; one of ours that they do not have stays too. Gives those
    /// of theirs for which a file has no room.
    fn take_slots(&mut self, theirs: &Header) -> Vec<[u8; 8]> {
        let held = &mut self.header.slots;
        let mut left_out = Vec::new();
        for slot in &theirs.slots {
            if held.contains(slot) {
                continue;
            }
            held.push(slot.clone());
            // The file of both would be refused by every reader.
            if held.len() > SLOTS_MAX || work_kib(held) > FILE_WORK_KIB {
                held.pop();
                left_out.push(match slot {
                    Slot::Known(known) => known.id,
                    Slot::Unknown(_) => [0; 8],
                });
            }
        }
        left_out
    }

    /// Joins another copy that was opened on its own (its password may differ from ours). Where the
    /// keys differ, the side of the later key change gives keys and slots: the higher epoch, or of
    /// two changes made apart the later one. The other key is retired.
    pub fn join_open(&mut self, mut theirs: Open) -> Result<MergeReport, JoinError> {
        if theirs.header.vault != self.header.vault {
            return Err(JoinError::OtherVault);
        }
        let same: bool = theirs.dek.expose()[..].ct_eq(&self.dek.expose()[..]).into();
        let mut new_keys = false;
        let mut left_out = Vec::new();
        if same {
            left_out = self.take_slots(&theirs.header);
        } else {
            let changed = |open: &Open| (open.header.epoch, open.vault.retired.last().map(|one| one.when));
            new_keys = changed(&theirs) > changed(self);
            if new_keys {
                change_key::reseal(&mut self.vault, &self.values, &theirs.values);
                std::mem::swap(&mut self.dek, &mut theirs.dek);
                std::mem::swap(&mut self.values, &mut theirs.values);
                std::mem::swap(&mut self.header.slots, &mut theirs.header.slots);
                std::mem::swap(&mut self.header.epoch, &mut theirs.header.epoch);
                self.slot = theirs.slot;
            } else {
                change_key::reseal(&mut theirs.vault, &theirs.values, &self.values);
            }
            // What `theirs` holds now is what gives way.
            let when = theirs.vault.saves.last().map_or(0, |save| save.ms());
            let epoch = theirs.header.epoch;
            theirs.vault.retired.push(RetiredKey { epoch, dek: theirs.dek, when });
        }
        self.header.counter = self.header.counter.max(theirs.header.counter);
        let mut report = merge::join(&mut self.vault, theirs.vault);
        (report.new_keys, report.left_out) = (new_keys, left_out);
        Ok(report)
    }
}

fn opened_under(sealed: Sealed, dek: Key) -> Result<Open, JoinError> {
    sealed.open_with(dek, Device::default()).map_err(|error| match error {
        OpenError::Format(error) => JoinError::Format(error),
        _ => JoinError::Format(FormatError::WrongKey),
    })
}
