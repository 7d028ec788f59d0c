//! One secret value, sealed on its own: `value id 16 ‖ ciphertext ‖ tag 16`, AES-256-GCM under a
//! key of that value id with a zero nonce, bound to vault, record and value id. The same value id
//! is the same value for ever, so a key is used once.

use super::entropy::{Entropy, EntropyError, array};
use super::keys::{Key, value_key};
use super::seal::{self, Forged, TAG};
use crate::secret::SecretBytes;

/// Bytes an envelope has beside its ciphertext: value id 16, tag 16.
pub const OVERHEAD: usize = 16 + TAG;

const NONCE: [u8; 12] = [0; 12];

/// Seals `plain` as a new value of `record`.
pub fn seal(
    values: &Key,
    vault: &[u8; 16],
    record: &[u8; 16],
    plain: &[u8],
    source: &mut dyn Entropy,
) -> Result<Vec<u8>, EntropyError> {
    let id = array::<16>(source)?;
    Ok(seal_as(values, vault, record, &id, plain))
}

/// Seals `plain` under a value id that is kept: only for sealing the same value again under
/// another data key.
pub fn seal_as(values: &Key, vault: &[u8; 16], record: &[u8; 16], id: &[u8; 16], plain: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(plain.len() + OVERHEAD);
    out.extend_from_slice(id);
    out.extend_from_slice(plain);
    let key = value_key(values, id);
    let tag = seal::seal(&key, &NONCE, &aad(vault, record, id), &mut out[16..]);
    out.extend_from_slice(&tag);
    out
}

/// Opens an envelope of `record`.
pub fn open(
    values: &Key,
    vault: &[u8; 16],
    record: &[u8; 16],
    envelope: &[u8],
) -> Result<SecretBytes, Forged> {
    let (id, rest) = envelope.split_first_chunk::<16>().ok_or(Forged)?;
    let (text, tag) = rest.split_last_chunk::<TAG>().ok_or(Forged)?;
    let mut plain = SecretBytes::copy_of(text);
    let key = value_key(values, id);
    seal::open(&key, &NONCE, &aad(vault, record, id), plain.expose_mut(), tag)?;
    Ok(plain)
}

/// The value id of an envelope.
pub fn id(envelope: &[u8]) -> Option<[u8; 16]> {
    envelope.first_chunk::<16>().copied()
}

fn aad(vault: &[u8; 16], record: &[u8; 16], id: &[u8; 16]) -> [u8; 62] {
    let mut out = [0; 62];
    out[..14].copy_from_slice(b"mamori/1 value");
    out[14..30].copy_from_slice(vault);
    out[30..46].copy_from_slice(record);
    out[46..].copy_from_slice(id);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_opens_only_in_its_place() {
        let (values, vault, record) = (Key::zero(), [1; 16], [2; 16]);
        let sealed = seal_as(&values, &vault, &record, &[3; 16], b"S3CRET");
        assert_eq!(sealed.len(), 6 + OVERHEAD);
        assert!(open(&values, &vault, &record, &sealed).expect("authentic").ct_eq(b"S3CRET"));
        assert_eq!(open(&values, &[0; 16], &record, &sealed).err(), Some(Forged));
        assert_eq!(open(&values, &vault, &[0; 16], &sealed).err(), Some(Forged));
        assert_eq!(open(&values, &vault, &record, &sealed[1..]).err(), Some(Forged));
        assert_eq!(open(&values, &vault, &record, &sealed[..31]).err(), Some(Forged));
    }
}
