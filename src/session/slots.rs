//! Slots: trying them with a credential, making new ones.

use super::{Credential, OpenError, SealError};
use crate::crypto::entropy::{Entropy, array};
use crate::crypto::kdf::{FILE_WORK_KIB, KdfError, OutOfBounds, Params};
use crate::crypto::keys::{self, Key};
use crate::format::FormatError;
use crate::format::header::{Header, KnownSlot, SLOTS_MAX, Slot, work_kib};

pub(super) fn known(header: &Header) -> impl Iterator<Item = &KnownSlot> {
    header.slots.iter().filter_map(|slot| match slot {
        Slot::Known(known) => Some(known),
        Slot::Unknown(_) => None,
    })
}

pub(super) fn unlock(
    header: &Header,
    credential: &Credential,
    free: Option<u64>,
) -> Result<(Key, [u8; 8]), OpenError> {
    let mut answer = OpenError::NoSuchSlot;
    for slot in known(header).filter(|slot| slot.kind == credential.kind()) {
        match unlock_one(&header.vault, slot, credential, free) {
            Ok(dek) => return Ok((dek, slot.id)),
            // The next slot may ask for less. A password that was not tried is never called wrong.
            Err(error @ OpenError::NeedsMemory { .. }) => answer = error,
            Err(OpenError::WrongPassword) if answer == OpenError::NoSuchSlot => {
                answer = OpenError::WrongPassword;
            }
            Err(OpenError::WrongPassword) => {}
            Err(error) => return Err(error),
        }
    }
    Err(answer)
}

/// Tries one slot.
pub(super) fn unlock_one(
    vault: &[u8; 16],
    slot: &KnownSlot,
    credential: &Credential,
    free: Option<u64>,
) -> Result<Key, OpenError> {
    // Beside the blocks themselves the process wants some room, too.
    let need = slot.params.bytes() + (32 << 20);
    if let Some(free) = free.filter(|free| *free < need) {
        return Err(OpenError::NeedsMemory { need, free });
    }
    let kek = keys::slot_key(slot.place(vault), credential.secret()).map_err(|error| match error {
        KdfError::Memory { need } => OpenError::NeedsMemory { need, free: free.unwrap_or(0) },
        KdfError::OutOfBounds(_) => OpenError::Format(FormatError::HostileCost),
    })?;
    let dek = keys::unwrap(&kek, &slot.nonce, &slot.aad(vault), &slot.wrapped, &slot.tag);
    dek.map_err(|_| OpenError::WrongPassword)
}

pub(super) fn new_slot(
    vault: &[u8; 16],
    dek: &Key,
    credential: &Credential,
    id: [u8; 8],
    params: Params,
    source: &mut dyn Entropy,
) -> Result<KnownSlot, SealError> {
    let mut slot = KnownSlot {
        kind: credential.kind(),
        id,
        params,
        salt: array(source)?,
        nonce: array(source)?,
        wrapped: [0; 32],
        tag: [0; 16],
    };
    let kek = keys::slot_key(slot.place(vault), credential.secret())?;
    (slot.wrapped, slot.tag) = keys::wrap(&kek, &slot.nonce, &slot.aad(vault), dek);
    Ok(slot)
}

/// Refuses more slots, or slots of more cost, than a file may have.
pub(super) fn check_slots(held: &[Slot], new: &[NewSlot]) -> Result<(), SealError> {
    if held.len() + new.len() > SLOTS_MAX {
        return Err(SealError::TooManySlots);
    }
    let mut work = work_kib(held);
    for slot in new {
        work += slot.params.work_kib();
        if work > FILE_WORK_KIB {
            return Err(KdfError::OutOfBounds(OutOfBounds(slot.params)).into());
        }
    }
    Ok(())
}

pub(super) fn new_slots(
    vault: &[u8; 16],
    dek: &Key,
    slots: &[NewSlot],
    source: &mut dyn Entropy,
) -> Result<Vec<KnownSlot>, SealError> {
    if slots.is_empty() {
        return Err(SealError::NoSlot);
    }
    check_slots(&[], slots)?;
    let mut made = Vec::with_capacity(slots.len());
    for slot in slots {
        let id = array(source)?;
        made.push(new_slot(vault, dek, &slot.credential, id, slot.params, source)?);
    }
    Ok(made)
}

/// A slot to be made: what opens it, under which name, at what cost.
#[derive(Debug)]
pub struct NewSlot {
    /// What opens it.
    pub credential: Credential,
    /// Its name, for people; may be empty.
    pub name: String,
    /// Argon2id parameters.
    pub params: Params,
}
