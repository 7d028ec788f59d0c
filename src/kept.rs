//! Opens a vault with the key that `mamori unlock` keeps in the kernel, and keeps one: where
//! [`crate::session`] and [`crate::platform::keyring`] meet. Not here: asking for a password.
//!
//! A kept key never makes a password look wrong: one whose epoch is old or whose MAC fails is dropped
//! for everybody, and the vault counts as locked.

use std::time::Duration;

use crate::platform::keyring::{Keyring, Reach};
use crate::session::{Device, Open, OpenError, Sealed};

/// What came of trying the kept key.
#[derive(Debug)]
pub enum Tried {
    /// It opened the vault.
    Opened(Box<Open>),
    /// None is kept, or none that fits: the vault as it was.
    Locked(Sealed),
}

/// How a vault is unlocked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unlocked {
    /// For whom.
    pub reach: Reach,
    /// How much longer, rounded down; none where the kernel does not tell.
    pub left: Option<Duration>,
}

/// Opens a vault with the kept key, where there is one. Fails only for a file whose header holds under
/// the key and whose content is damaged.
pub fn open(ring: &dyn Keyring, sealed: Sealed, device: Device) -> Result<Tried, OpenError> {
    let (id, epoch) = (sealed.header().vault, sealed.header().epoch);
    let Ok(Some(held)) = ring.find(&id) else { return Ok(Tried::Locked(sealed)) };
    if held.epoch == epoch && sealed.fits(&held.dek) {
        return Ok(Tried::Opened(Box::new(sealed.open_with(held.dek, device)?)));
    }
    // - a file from before a password change leaves the key of the present one alone
    if held.epoch <= epoch {
        let _ = ring.revoke(&id);
    }
    Ok(Tried::Locked(sealed))
}

/// Drops the kept key of a vault when it is of an earlier epoch: after a key change.
pub fn drop_older(ring: &dyn Keyring, vault: &[u8; 16], epoch: u32) {
    if let Ok(Some(held)) = ring.find(vault)
        && held.epoch < epoch
    {
        // - what cannot be ended ends with its time, and opens nothing new
        let _ = ring.revoke(vault);
    }
}

/// Whether the kept key opens this file; drops nothing.
pub fn unlocked(ring: &dyn Keyring, sealed: &Sealed) -> Option<Unlocked> {
    let held = ring.find(&sealed.header().vault).ok().flatten()?;
    let opens = held.epoch == sealed.header().epoch && sealed.fits(&held.dek);
    opens.then_some(Unlocked { reach: held.reach, left: held.left })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::kdf::Params;
    use crate::crypto::keys::{Key, SlotSecret};
    use crate::platform::entropy;
    use crate::platform::keyring::Memory;
    use crate::session::{Credential, NewSlot};

    const TIME: Duration = Duration::from_secs(60);

    fn slot() -> NewSlot {
        let secret = SlotSecret::password(b"first").expect("short");
        NewSlot { credential: Credential::Password(secret), name: String::new(), params: Params::LEAST }
    }

    fn made() -> (Open, Vec<u8>) {
        let mut open = Open::create(&[slot()], Device::default(), &mut entropy::System).expect("made");
        let bytes = open.seal(1_000, &mut entropy::System).expect("sealed").bytes;
        (open, bytes)
    }

    fn tried(ring: &Memory, bytes: &[u8]) -> Tried {
        open(ring, Sealed::read(bytes.to_vec()).expect("a vault"), Device::default()).expect("sound")
    }

    #[test]
    fn the_kept_key_opens_its_vault_until_it_is_revoked() {
        let (open, bytes) = made();
        let ring = Memory::default();
        assert!(matches!(tried(&ring, &bytes), Tried::Locked(_)));
        ring.keep(&open.header().vault, 1, open.key(), Reach::User, TIME).expect("kept");
        assert!(matches!(tried(&ring, &bytes), Tried::Opened(_)));
        let sealed = Sealed::read(bytes.clone()).expect("a vault");
        assert_eq!(unlocked(&ring, &sealed), Some(Unlocked { reach: Reach::User, left: Some(TIME) }));
        ring.revoke(&open.header().vault).expect("there");
        assert!(matches!(tried(&ring, &bytes), Tried::Locked(_)));
    }

    #[test]
    fn a_key_of_an_earlier_epoch_or_of_nothing_is_dropped_and_one_of_a_later_is_not() {
        let (mut open, old) = made();
        let id = open.header().vault;
        let ring = Memory::default();
        ring.keep(&id, 1, open.key(), Reach::User, TIME).expect("kept");
        open.rekey(&[slot()], 2_000, &mut entropy::System).expect("rekeyed");
        let new = open.seal(3_000, &mut entropy::System).expect("sealed").bytes;
        assert!(matches!(tried(&ring, &new), Tried::Locked(_)));
        assert!(ring.find(&id).expect("works").is_none(), "an old epoch");

        ring.keep(&id, 2, &Key::zero(), Reach::User, TIME).expect("kept");
        assert!(matches!(tried(&ring, &new), Tried::Locked(_)));
        assert!(ring.find(&id).expect("works").is_none(), "a MAC that fails");

        ring.keep(&id, 2, open.key(), Reach::User, TIME).expect("kept");
        assert!(matches!(tried(&ring, &old), Tried::Locked(_)), "a file from before the change");
        assert!(ring.find(&id).expect("works").is_some());
        assert!(matches!(tried(&ring, &new), Tried::Opened(_)));
    }
}
