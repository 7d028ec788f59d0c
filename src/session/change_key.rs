//! An open vault changes its key, gets another slot, checks a credential, hands entries out.

use super::slots::{check_slots, new_slot, new_slots, unlock};
use super::{Ciphertext, Credential, NewSlot, Open, OpenError, SealError, salt};
use crate::crypto::entropy::{Entropy, array};
use crate::crypto::keys::{self, Key};
use crate::crypto::{burn_after, value};
use crate::format::FormatError;
use crate::format::header::{Content, Slot};
use crate::model::vault::{RETIRED_MAX, RetiredKey};
use crate::model::{Entry, Records, Section, Stamp, Vault};

impl Open {
    /// A key change: new data key, epoch + 1, every value sealed again with its value id kept, just
    /// these slots. The old key is retired.
    pub fn rekey(
        &mut self,
        slots: &[NewSlot],
        now_ms: u64,
        source: &mut dyn Entropy,
    ) -> Result<(), SealError> {
        if self.vault.read_only() {
            return Err(SealError::ReadOnly);
        }
        let epoch = self.header.epoch.checked_add(1).ok_or(FormatError::TooLarge)?;
        let dek = Key::random(source)?;
        let values = keys::values_key(&dek, &self.header.vault);
        let vault = self.header.vault;
        // Everything that can fail comes before the first change.
        let made = new_slots(&vault, &dek, slots, source)?;
        let salt = salt(source)?;
        reseal(&mut self.vault, &self.values, &values, &vault)?;
        let old = std::mem::replace(&mut self.dek, dek);
        self.values = values;
        self.vault.retired.push(RetiredKey { epoch: self.header.epoch, dek: old, when: now_ms });
        let over = self.vault.retired.len().saturating_sub(RETIRED_MAX);
        self.vault.retired.drain(..over);
        self.header.epoch = epoch;
        self.set_slots(made, slots, salt);
        Ok(())
    }

    /// Adds a slot; the data key stays, so this revokes nothing.
    pub fn add_slot(&mut self, slot: &NewSlot, source: &mut dyn Entropy) -> Result<(), SealError> {
        check_slots(&self.header.slots, std::slice::from_ref(slot))?;
        let id = array(source)?;
        let made = new_slot(&self.header.vault, &self.dek, &slot.credential, id, slot.params, source)?;
        let salt = salt(source)?;
        self.header.slots.push(Slot::Known(made));
        self.name_slot(id, &slot.name, salt);
        Ok(())
    }

    /// Checks a credential against the slots (before an export in clear, before a key change).
    pub fn check(&self, credential: &Credential, free: Option<u64>) -> Result<(), OpenError> {
        self.checked(credential, free).map(drop)
    }

    /// As [`Open::check`], for a vault that a kept key opened: from then on it counts as opened by the
    /// slot that the credential opens.
    pub fn verify(&mut self, credential: &Credential, free: Option<u64>) -> Result<(), OpenError> {
        self.slot = Some(self.checked(credential, free)?);
        Ok(())
    }

    fn checked(&self, credential: &Credential, free: Option<u64>) -> Result<[u8; 8], OpenError> {
        let (dek, slot) = unlock(&self.header, credential, free)?;
        let same: bool = subtle::ConstantTimeEq::ct_eq(&dek.expose()[..], &self.dek.expose()[..]).into();
        if same { Ok(slot) } else { Err(OpenError::WrongPassword) }
    }

    /// A file of its own with just these entries, under its own id, key and slots; their history
    /// goes along, retired keys and settings do not.
    pub fn export(
        &self,
        wanted: &dyn Fn(Entry<'_>) -> bool,
        slots: &[NewSlot],
        now_ms: u64,
        source: &mut dyn Entropy,
    ) -> Result<Ciphertext, SealError> {
        let id = array(source)?;
        let mut open = Open::create_as(Content::Export, id, slots, self.device.clone(), source)?;
        let mut records: Vec<_> =
            self.vault.entries().filter(|entry| wanted(*entry)).map(|entry| entry.0.clone()).collect();
        records.iter_mut().for_each(|record| record.touch());
        *open.vault.section_mut(Section::Entries) = Records::from_sorted(records);
        open.vault.saw(Stamp { hlc: self.vault.latest(), ..Stamp::default() });
        let from = (&self.values, &self.header.vault);
        burn_after(|| reseal_from(&mut open.vault, from, (&open.values, &id)))?;
        open.seal(now_ms, source)
    }
}

pub(super) fn reseal(vault: &mut Vault, from: &Key, to: &Key, id: &[u8; 16]) -> Result<(), FormatError> {
    burn_after(|| reseal_from(vault, (from, id), (to, id)))
}

/// Seals every value again, those of unknown tags and sections too: the envelope is the same
/// everywhere. A value that does not open stops it before anything was changed.
fn reseal_from(vault: &mut Vault, from: (&Key, &[u8; 16]), to: (&Key, &[u8; 16])) -> Result<(), FormatError> {
    for (_, records) in vault.sections() {
        for record in records.iter() {
            for attr in record.attrs().iter().filter(|attr| attr.tag.is_sealed()) {
                for version in attr.versions.iter().filter(|one| !one.value.is_empty()) {
                    let opened = value::open(from.0, from.1, &record.id.0, &version.value);
                    drop(opened.map_err(|_| FormatError::Damaged)?);
                }
            }
        }
    }
    for (_, records) in vault.sections_mut() {
        for record in records.iter_mut() {
            if record.attrs().iter().all(|attr| !attr.tag.is_sealed()) {
                continue;
            }
            let id = record.id.0;
            for attr in record.attrs_mut().iter_mut().filter(|attr| attr.tag.is_sealed()) {
                for version in attr.versions.iter_mut().filter(|one| !one.value.is_empty()) {
                    let value_id = value::id(&version.value).ok_or(FormatError::Damaged)?;
                    let plain =
                        value::open(from.0, from.1, &id, &version.value).map_err(|_| FormatError::Damaged)?;
                    version.value = value::seal_as(to.0, to.1, &id, &value_id, plain.expose()).into();
                }
            }
        }
    }
    Ok(())
}
