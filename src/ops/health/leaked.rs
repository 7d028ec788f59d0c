//! Leaked: looked up by SHA-1 in what the caller has at hand (the list of Have I Been Pwned, a
//! filter made from it). Where nothing is at hand nothing is said.

use sha1::{Digest, Sha1};

use crate::secret::{Secret, SecretBytes};

/// What the look-up of one digest gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Looked {
    /// It is in the list: how often it was seen, where the list tells.
    Found(Option<u64>),
    /// It is not.
    Missing,
    /// The list could not be read there.
    Failed,
}

/// What a miss means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Not in the whole list.
    Whole,
    /// Not among the most common passwords of the list.
    Common {
        /// So many of them.
        count: u64,
        /// One in so many passwords is called leaked by chance.
        one_in: u64,
    },
}

/// Looks a SHA-1 digest up.
pub type LookUp<'a> = &'a (dyn Fn(&[u8; 20]) -> Looked + Sync);

/// The SHA-1 digest, to be looked up later.
pub(super) fn digest(password: &Secret) -> SecretBytes {
    let mut digest: [u8; 20] = Sha1::digest(password.expose().as_bytes()).into();
    let kept = SecretBytes::copy_of(&digest);
    zeroize::Zeroize::zeroize(&mut digest);
    kept
}

pub(super) fn check(password: &Secret, look_up: LookUp<'_>) -> Looked {
    let mut digest: [u8; 20] = Sha1::digest(password.expose().as_bytes()).into();
    let looked = look_up(&digest);
    zeroize::Zeroize::zeroize(&mut digest);
    looked
}
