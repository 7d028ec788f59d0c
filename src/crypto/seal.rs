//! AES-256-GCM (NIST SP 800-38D) in place, with the tag apart. A key and nonce pair is used once;
//! who calls sees to that (FORMAT's nonce budget is in [`crate::format`]).

use aes_gcm::aead::{AeadInOut, KeyInit};
use aes_gcm::{Aes256Gcm, Nonce};

use super::keys::Key;

/// Bytes of an authentication tag.
pub const TAG: usize = 16;

/// The ciphertext, its associated data or the key is not what it was sealed with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the authentication tag does not match")]
pub struct Forged;

/// Encrypts `text` in place and gives the 16-byte tag.
pub fn seal(key: &Key, nonce: &[u8; 12], aad: &[u8], text: &mut [u8]) -> [u8; TAG] {
    let cipher = Aes256Gcm::new(key.expose().into());
    let tag = cipher
        .encrypt_inout_detached(&Nonce::from(*nonce), aad, text.into())
        .expect("everything sealed is far below the 64 GiB that GCM allows");
    tag.into()
}

/// Checks the tag and decrypts `text` in place; on a mismatch `text` is left unspecified and must
/// not be used.
pub fn open(key: &Key, nonce: &[u8; 12], aad: &[u8], text: &mut [u8], tag: &[u8; TAG]) -> Result<(), Forged> {
    let cipher = Aes256Gcm::new(key.expose().into());
    cipher.decrypt_inout_detached(&Nonce::from(*nonce), aad, text.into(), &(*tag).into()).map_err(|_| Forged)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// McGrew and Viega, "The Galois/Counter Mode of Operation", test case 16.
    #[test]
    fn gcm_test_case_16() {
        let bytes = |hex: &str| -> Vec<u8> {
            (0..hex.len() / 2)
                .map(|at| u8::from_str_radix(hex.get(2 * at..2 * at + 2).expect("even"), 16).expect("hex"))
                .collect()
        };
        let mut key = Key::zero();
        key.expose_mut()
            .copy_from_slice(&bytes("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"));
        let nonce: [u8; 12] = bytes("cafebabefacedbaddecaf888").try_into().expect("12");
        let aad = bytes("feedfacedeadbeeffeedfacedeadbeefabaddad2");
        let plain = bytes(
            "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
        );
        let mut text = plain.clone();
        let tag = seal(&key, &nonce, &aad, &mut text);
        assert_eq!(
            text,
            bytes(
                "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
            )
        );
        assert_eq!(tag.to_vec(), bytes("76fc6ece0f4e1768cddf8853bb2d551b"));
        open(&key, &nonce, &aad, &mut text, &tag).expect("authentic");
        assert_eq!(text, plain);
        assert_eq!(open(&key, &nonce, b"", &mut text, &tag), Err(Forged));
    }
}
