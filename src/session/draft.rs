//! Drafts: what was typed into a form and not saved, as a small file of the vault's own format
//! (content 4) that only this vault's key opens.

use super::{Device, JoinError, Open, Sealed};
use crate::crypto::keys::{self, Key};
use crate::format::FormatError;
use crate::format::header::{Content, Header};
use crate::model::Vault;

impl Open {
    /// A new, empty draft. What is put in and sealed opens by [`Open::open_draft`] alone.
    pub fn new_draft(&self) -> Open {
        let vault = self.header.vault;
        let dek = keys::draft_key(&self.dek, &vault);
        let header = Header {
            content: Content::Draft,
            vault,
            counter: 0,
            epoch: self.header.epoch,
            body_salt: [0; 32],
            slots: Vec::new(),
        };
        Open {
            loaded_epoch: header.epoch,
            values: keys::values_key(&dek, &vault),
            header,
            dek,
            vault: Vault::new(vault),
            source: None,
            loaded: None,
            slot: None,
            device: self.device.clone(),
        }
    }

    /// Opens a draft of this vault, one from before a key change too.
    pub fn open_draft(&self, bytes: Vec<u8>) -> Result<Open, JoinError> {
        let sealed = Sealed::read(bytes)?;
        let (content, vault, epoch) = (sealed.header().content, sealed.header().vault, sealed.header().epoch);
        if content != Content::Draft || vault != self.header.vault {
            return Err(JoinError::OtherVault);
        }
        let retired = self.vault.retired.iter().filter(|one| one.epoch == epoch).map(|one| &one.dek);
        let held: Option<Key> = std::iter::once(&self.dek)
            .chain(retired)
            .map(|dek| keys::draft_key(dek, &vault))
            .find(|key| sealed.fits(key));
        let key = held.ok_or(JoinError::Format(FormatError::WrongKey))?;
        sealed.open_with(key, Device::default()).map_err(|_| JoinError::Format(FormatError::Damaged))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Id, Section, Tag};
    use crate::ops::change::{Change, Edit};
    use crate::platform::entropy::System;

    fn vault() -> Open {
        let password = keys::SlotSecret::password(b"x").expect("short");
        let slot = super::super::NewSlot {
            credential: super::super::Credential::Password(password),
            name: String::new(),
            params: crate::crypto::kdf::Params::LEAST,
        };
        Open::create(&[slot], Device::default(), &mut System).expect("made")
    }

    #[test]
    fn a_draft_opens_in_its_vault_alone() {
        let (one, other) = (vault(), vault());
        let mut draft = one.new_draft();
        let value = draft.sealer(&mut System).seal(Id([7; 16]), b"half").expect("sealed");
        let edits = vec![Edit { tag: Tag::NOTES, element: None, value }];
        let change = Change::Write { section: Section::Entries, record: Id([7; 16]), kind: 1, edits };
        draft.apply(&change, 1, &mut System).expect("applied");
        let bytes = draft.seal(1, &mut System).expect("sealed").bytes;
        let back = one.open_draft(bytes.clone()).expect("opens");
        let entry = back.vault().entry(Id([7; 16])).expect("there");
        let text = back.reveal_text(entry.id(), entry.notes().expect("notes")).expect("authentic");
        assert_eq!(text.expose(), "half");
        let refused = other.open_draft(bytes.clone()).map(drop);
        assert_eq!(refused, Err(JoinError::OtherVault));
        let mut changed = bytes.clone();
        let at = changed.len() / 2;
        changed[at] ^= 1;
        assert_eq!(one.open_draft(changed).map(drop), Err(JoinError::Format(FormatError::Damaged)));
        assert!(one.open_draft(bytes.into_iter().rev().collect()).is_err());
    }
}
