//! An open vault changes its key, checks a credential, hands entries out. A key change has two
//! halves: a [`NewKey`] is drawn and its slots are wrapped, which takes a derivation each and may be
//! given up at any time; then it is taken, at once. What could not be written is given back.

use super::slots::{check_slots, new_slot, unlock, unlock_one};
use super::{Ciphertext, Credential, NewSlot, Open, OpenError, SealError, known, salt};
use crate::crypto::burn_after;
use crate::crypto::entropy::{Entropy, array};
use crate::crypto::keys::{self, Key};
use crate::crypto::value;
use crate::format::FormatError;
use crate::format::header::{Content, KnownSlot, Slot};
use crate::model::vault::{RETIRED_MAX, RetiredKey};
use crate::model::{Entry, Id, Records, Section, Stamp, Vault};

/// A data key of the next epoch with its slots, not in use yet.
#[derive(Debug)]
pub struct NewKey {
    vault: [u8; 16],
    epoch: u32,
    dek: Key,
    slots: Vec<Made>,
    /// It takes on a file from before a password change, which was only read until then.
    takes_on: bool,
}

/// A slot that was wrapped, with what the vault is to know of it.
#[derive(Debug)]
pub(super) struct Made {
    pub(super) slot: KnownSlot,
    pub(super) name: String,
    /// Since when there is this way, ms; none: from now on.
    pub(super) since: Option<u64>,
}

/// A key change that was made in memory: the records with a value that does not open, and what is
/// needed to take it back.
#[derive(Debug)]
pub struct Taken {
    /// Records with a sealed value that opens under no key of this vault, current or retired. It was
    /// damaged before; its bytes were left as they are.
    pub damaged: Vec<Id>,
    dek: Key,
    epoch: u32,
    held: bool,
    slots: Vec<Slot>,
    opened_by: Option<[u8; 8]>,
    retired: Vec<RetiredKey>,
}

impl NewKey {
    /// Adds a slot; `since` is when its secret was made, where that was before. Slow: a derivation.
    pub fn wrap(
        &mut self,
        slot: &NewSlot,
        since: Option<u64>,
        source: &mut dyn Entropy,
    ) -> Result<(), SealError> {
        let held: Vec<Slot> = self.slots.iter().map(|made| Slot::Known(made.slot.clone())).collect();
        check_slots(&held, std::slice::from_ref(slot))?;
        let id = array(source)?;
        let made = new_slot(&self.vault, &self.dek, &slot.credential, id, slot.params, source)?;
        self.slots.push(Made { slot: made, name: slot.name.clone(), since });
        Ok(())
    }
}

impl Open {
    /// A key change with just these slots: new data key, epoch + 1, every value sealed again with its
    /// value id kept. The old key is retired.
    pub fn rekey(
        &mut self,
        slots: &[NewSlot],
        now_ms: u64,
        source: &mut dyn Entropy,
    ) -> Result<(), SealError> {
        check_slots(&[], slots)?;
        let mut key = self.new_key(source)?;
        slots.iter().try_for_each(|slot| key.wrap(slot, None, source))?;
        self.take_key(key, now_ms, source).map(drop)
    }

    /// Draws the key of the next epoch.
    pub fn new_key(&self, source: &mut dyn Entropy) -> Result<NewKey, SealError> {
        self.new_key_after(0, source)
    }

    /// Draws the key of the epoch after `seen`, too: that takes on a file from before a password change
    /// that this machine has seen, which is held read-only until the key is in use.
    pub fn new_key_after(&self, seen: u32, source: &mut dyn Entropy) -> Result<NewKey, SealError> {
        let takes_on = seen > self.header.epoch;
        if self.vault.is_too_new() || (self.vault.held && !takes_on) {
            return Err(SealError::ReadOnly);
        }
        let epoch = self.header.epoch.max(seen).checked_add(1).ok_or(FormatError::TooLarge)?;
        let dek = Key::random(source)?;
        Ok(NewKey { vault: self.header.vault, epoch, dek, slots: Vec::new(), takes_on })
    }

    /// Takes a key that was drawn here into use.
    pub fn take_key(
        &mut self,
        key: NewKey,
        now_ms: u64,
        source: &mut dyn Entropy,
    ) -> Result<Taken, SealError> {
        // Everything that can fail comes before the first change.
        let NewKey { vault, epoch, dek, slots, takes_on } = key;
        if vault != self.header.vault || epoch <= self.header.epoch {
            return Err(FormatError::WrongKey.into());
        }
        if slots.is_empty() {
            return Err(SealError::NoSlot);
        }
        let salt = salt(source)?;
        let values = keys::values_key(&dek, &vault);
        let held = self.vault.held;
        self.vault.held &= !takes_on;
        let damaged = reseal(&mut self.vault, &self.values, &values);
        let old = std::mem::replace(&mut self.dek, dek);
        self.values = values;
        let retired = self.vault.retired.iter().map(RetiredKey::duplicate).collect();
        let when = now_ms;
        self.vault.retired.push(RetiredKey { epoch: self.header.epoch, dek: old.duplicate(), when });
        let over = self.vault.retired.len().saturating_sub(RETIRED_MAX);
        self.vault.retired.drain(..over);
        let epoch = std::mem::replace(&mut self.header.epoch, epoch);
        let opened_by = self.slot;
        self.slot = slots.first().map(|made| made.slot.id);
        for made in &slots {
            self.note_slot(made.slot.id, Some(&made.name), Some(made.since.unwrap_or(now_ms)), salt);
        }
        let slots = slots.into_iter().map(|made| Slot::Known(made.slot)).collect();
        let slots = std::mem::replace(&mut self.header.slots, slots);
        Ok(Taken { damaged, dek: old, epoch, held, slots, opened_by, retired })
    }

    /// Takes a key change back that could not be written: the file on the disk has the old key.
    pub fn give_key_back(&mut self, taken: Taken) {
        let values = keys::values_key(&taken.dek, &self.header.vault);
        reseal(&mut self.vault, &self.values, &values);
        self.dek = taken.dek;
        self.values = values;
        self.header.slots = taken.slots;
        self.header.epoch = taken.epoch;
        self.vault.held = taken.held;
        self.vault.retired = taken.retired;
        self.slot = taken.opened_by;
    }

    /// Checks a credential against the slots (before an export in clear, before a key change); gives
    /// the slot that it opens.
    pub fn check(&self, credential: &Credential, free: Option<u64>) -> Result<[u8; 8], OpenError> {
        let (dek, slot) = unlock(&self.header, credential, free)?;
        self.is_ours(&dek).then_some(slot).ok_or(OpenError::WrongPassword)
    }

    /// As [`Open::check`], for a vault that a kept key opened: from then on it counts as opened by the
    /// slot that the credential opens.
    pub fn verify(&mut self, credential: &Credential, free: Option<u64>) -> Result<(), OpenError> {
        self.slot = Some(self.check(credential, free)?);
        Ok(())
    }

    /// Checks a credential against one slot.
    pub fn check_one(
        &self,
        slot: [u8; 8],
        credential: &Credential,
        free: Option<u64>,
    ) -> Result<(), OpenError> {
        let mut held = known(&self.header).filter(|one| one.kind == credential.kind());
        let one = held.find(|one| one.id == slot).ok_or(OpenError::NoSuchSlot)?;
        let dek = unlock_one(&self.header.vault, one, credential, free)?;
        self.is_ours(&dek).then_some(()).ok_or(OpenError::WrongPassword)
    }

    fn is_ours(&self, dek: &Key) -> bool {
        subtle::ConstantTimeEq::ct_eq(&dek.expose()[..], &self.dek.expose()[..]).into()
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
        let older = older(&self.vault);
        burn_after(|| reseal_from(&mut open.vault, from, (&open.values, &id), &older));
        open.seal(now_ms, source)
    }
}

/// Seals every value again under another key of the same vault; gives the records with a value that
/// opens under no key that is known.
pub(super) fn reseal(vault: &mut Vault, from: &Key, to: &Key) -> Vec<Id> {
    let id = vault.id;
    burn_after(|| {
        let older = older(vault);
        reseal_from(vault, (from, &id), (to, &id), &older)
    })
}

/// The keys of values of earlier epochs.
fn older(vault: &Vault) -> Vec<Key> {
    vault.retired.iter().map(|one| keys::values_key(&one.dek, &vault.id)).collect()
}

/// Seals every value again, those of unknown tags and sections too: the envelope is the same
/// everywhere. One that was left under an older key of the vault is mended; one that opens under none
/// was damaged before and stays as it is: it must not keep a stolen password in force.
fn reseal_from(vault: &mut Vault, from: (&Key, &[u8; 16]), to: (&Key, &[u8; 16]), older: &[Key]) -> Vec<Id> {
    let mut damaged = Vec::new();
    for (_, records) in vault.sections_mut() {
        for record in records.iter_mut() {
            if record.attrs().iter().all(|attr| !attr.tag.is_sealed()) {
                continue;
            }
            let id = record.id;
            for attr in record.attrs_mut().iter_mut().filter(|attr| attr.tag.is_sealed()) {
                for version in attr.versions.iter_mut().filter(|one| !one.value.is_empty()) {
                    let mut keys = std::iter::once(from.0).chain(older);
                    let plain = keys.find_map(|key| value::open(key, from.1, &id.0, &version.value).ok());
                    match (value::id(&version.value), plain) {
                        (Some(value_id), Some(plain)) => {
                            version.value =
                                value::seal_as(to.0, to.1, &id.0, &value_id, plain.expose()).into();
                        }
                        _ if damaged.last() == Some(&id) => {}
                        _ => damaged.push(id),
                    }
                }
            }
        }
    }
    damaged
}
