//! The key tree: HKDF-SHA-256 (RFC 5869), the wrap of a data key by a slot, the header's MAC
//! (HMAC-SHA-256, RFC 2104). Which bytes go in is drawn in [`crate::format`]; this module does it.

use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_public_assigned;

use super::entropy::{Entropy, EntropyError};
use super::kdf::{self, KdfError, Params};
use super::seal::{self, Forged, TAG};
use crate::platform::memory::{Area, Guarded};
use crate::secret::SecretBytes;

/// A key of 32 bytes, in the locked page of keys while there is room.
pub struct Key(Guarded);

impl Key {
    /// A key of zeros, to be filled.
    pub fn zero() -> Key {
        Key(Guarded::new(Area::Keys, 32))
    }

    /// A new random key.
    pub fn random(source: &mut dyn Entropy) -> Result<Key, EntropyError> {
        let mut key = Key::zero();
        source.fill(key.0.bytes_mut())?;
        Ok(key)
    }

    /// The 32 bytes.
    pub fn expose(&self) -> &[u8; 32] {
        self.0.bytes().try_into().expect("a key is 32 bytes")
    }

    /// The 32 bytes, to write.
    pub fn expose_mut(&mut self) -> &mut [u8; 32] {
        self.0.bytes_mut().try_into().expect("a key is 32 bytes")
    }

    /// Another copy in its own slot of the locked page.
    pub fn duplicate(&self) -> Key {
        let mut copy = Key::zero();
        copy.expose_mut().copy_from_slice(self.expose());
        copy
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Key(..)")
    }
}

fn expand(from: &Hkdf<Sha256>, info: &[&[u8]], out: &mut [u8]) {
    from.expand_multi_info(info, out).expect("HKDF-SHA-256 gives up to 8,160 bytes");
}

fn derived(key: &Key, salt: &[u8], info: &[u8]) -> Key {
    super::burn_after(|| {
        let mut out = Key::zero();
        expand(&Hkdf::new(Some(salt), key.expose()), &[info], out.expose_mut());
        out
    })
}

/// The key of the header's MAC.
pub fn header_key(dek: &Key, vault: &[u8; 16]) -> Key {
    derived(dek, vault, b"mamori/1 header")
}

/// The key that the keys of single values are expanded from.
pub fn values_key(dek: &Key, vault: &[u8; 16]) -> Key {
    derived(dek, vault, b"mamori/1 values")
}

/// The data key of a draft.
pub fn draft_key(dek: &Key, vault: &[u8; 16]) -> Key {
    derived(dek, vault, b"mamori/1 draft")
}

/// The key of one value; HKDF-Expand only.
pub fn value_key(values: &Key, value: &[u8; 16]) -> Key {
    let mut out = Key::zero();
    let from = Hkdf::<Sha256>::from_prk(values.expose()).expect("32 bytes are a SHA-256 PRK");
    expand(&from, &[b"mamori/1 value", value], out.expose_mut());
    out
}

/// Key and nonce of the body.
pub fn body_key(dek: &Key, salt: &[u8; 32]) -> (Key, [u8; 12]) {
    super::burn_after(|| {
        let mut both = SecretBytes::filled(44, |out| -> Result<(), ()> {
            expand(&Hkdf::new(Some(salt), dek.expose()), &[b"mamori/1 body"], out);
            Ok(())
        })
        .expect("the filler never fails");
        let mut key = Key::zero();
        let (left, right) = both.expose_mut().split_at(32);
        key.expose_mut().copy_from_slice(left);
        (key, right.try_into().expect("44 - 32 = 12"))
    })
}

/// HMAC-SHA-256 over `bytes`.
pub fn mac(key: &Key, bytes: &[u8]) -> [u8; 32] {
    super::burn_after(|| hmac_of(key, bytes).finalize().into_bytes().into())
}

/// Compares the HMAC-SHA-256 of `bytes` with `expected` in constant time.
pub fn mac_matches(key: &Key, bytes: &[u8], expected: &[u8; 32]) -> bool {
    super::burn_after(|| hmac_of(key, bytes).verify(expected.into()).is_ok())
}

fn hmac_of(key: &Key, bytes: &[u8]) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.expose()).expect("HMAC takes any key length");
    mac.update(bytes);
    mac
}

/// SHA-256 of `bytes`.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// What a slot asks for, ready for derivation.
#[derive(Debug)]
pub struct SlotSecret {
    password: SecretBytes,
    /// SHA-256 of the key file, for kind 2.
    key_file: Option<SecretBytes>,
}

/// Longest key file in bytes.
pub const KEY_FILE_MAX: u64 = 16 << 20;

/// What is kept of a key file: the SHA-256 of the whole of it, whatever it is.
pub struct KeyFile(SecretBytes);

/// A file that cannot be a key file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyFileError {
    /// It has no byte: everybody has it.
    #[error("the key file is empty")]
    Empty,
    /// Over 16 MiB.
    #[error("a key file has at most 16 MiB")]
    TooLarge,
}

impl KeyFile {
    /// Takes the bytes of a file.
    pub fn of(bytes: &[u8]) -> Result<KeyFile, KeyFileError> {
        if bytes.is_empty() {
            return Err(KeyFileError::Empty);
        }
        if bytes.len() as u64 > KEY_FILE_MAX {
            return Err(KeyFileError::TooLarge);
        }
        Ok(KeyFile(super::burn_after(|| SecretBytes::copy_of(&sha256(bytes)))))
    }

    /// Another copy, for another password with it.
    pub fn duplicate(&self) -> KeyFile {
        KeyFile(SecretBytes::copy_of(self.0.expose()))
    }
}

impl std::fmt::Debug for KeyFile {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("KeyFile(..)")
    }
}

/// A password that cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    /// Over 1,024 bytes, typed or normalised.
    #[error("a master password has at most 1,024 bytes")]
    TooLong,
    /// Not UTF-8.
    #[error("the master password is not UTF-8")]
    NotUtf8,
    /// Control or unassigned characters, refused when a password is set.
    #[error("the master password holds a control character")]
    Control,
}

/// Longest master password in bytes, before and after NFKC.
pub const PASSWORD_MAX: usize = 1024;

impl SlotSecret {
    /// A typed master password: UTF-8, NFKC, nothing trimmed.
    pub fn password(typed: &[u8]) -> Result<SlotSecret, PasswordError> {
        Ok(SlotSecret { password: normalise(typed)?, key_file: None })
    }

    /// A master password and the bytes of a key file.
    pub fn with_key_file(typed: &[u8], key_file: &[u8]) -> Result<SlotSecret, PasswordError> {
        let hash = super::burn_after(|| SecretBytes::copy_of(&sha256(key_file)));
        SlotSecret::with_key(typed, KeyFile(hash))
    }

    /// A master password and a key file that was read.
    pub fn with_key(typed: &[u8], key_file: KeyFile) -> Result<SlotSecret, PasswordError> {
        Ok(SlotSecret { password: normalise(typed)?, key_file: Some(key_file.0) })
    }

    /// The same password with this key file.
    pub fn and_key(&self, key_file: KeyFile) -> SlotSecret {
        SlotSecret { password: SecretBytes::copy_of(self.password.expose()), key_file: Some(key_file.0) }
    }

    /// The key file that belongs to it.
    pub fn key_file(&self) -> Option<KeyFile> {
        self.key_file.as_ref().map(|hash| KeyFile(SecretBytes::copy_of(hash.expose())))
    }

    /// The 20 bytes of a recovery code, used as they are.
    pub fn recovery(code: &[u8; 20]) -> SlotSecret {
        SlotSecret { password: SecretBytes::copy_of(code), key_file: None }
    }

    /// A copy, for a slot that stays while another one is tried with the same password.
    pub fn duplicate(&self) -> SlotSecret {
        SlotSecret {
            password: SecretBytes::copy_of(self.password.expose()),
            key_file: self.key_file.as_ref().map(|hash| SecretBytes::copy_of(hash.expose())),
        }
    }

    /// The master password as it was taken (NFKC), to compare others with it; none for what is no
    /// text.
    pub fn text(&self) -> Option<crate::secret::Secret> {
        crate::secret::Secret::from_bytes(SecretBytes::copy_of(self.password.expose())).ok()
    }

    /// True when a key file belongs to it.
    pub fn has_key_file(&self) -> bool {
        self.key_file.is_some()
    }
}

fn normalise(typed: &[u8]) -> Result<SecretBytes, PasswordError> {
    if typed.len() > PASSWORD_MAX {
        return Err(PasswordError::TooLong);
    }
    let text = std::str::from_utf8(typed).map_err(|_| PasswordError::NotUtf8)?;
    let mut out = SecretBytes::with_capacity(PASSWORD_MAX);
    super::burn_after(|| {
        for letter in text.nfkc() {
            let mut room = [0; 4];
            out.push(letter.encode_utf8(&mut room).as_bytes()).map_err(|_| PasswordError::TooLong)?;
        }
        Ok(())
    })?;
    Ok(out)
}

/// Refuses what a *new* master password may not hold: control characters, the replacement
/// character, the private, and code points that Unicode has not assigned, which a later NFKC may turn
/// into others.
pub fn settable(typed: &[u8]) -> Result<(), PasswordError> {
    let text = std::str::from_utf8(typed).map_err(|_| PasswordError::NotUtf8)?;
    let unfit = |letter: char| letter.is_control() || letter == '\u{FFFD}' || !is_public_assigned(letter);
    if text.chars().any(unfit) { Err(PasswordError::Control) } else { normalise(typed).map(drop) }
}

/// What binds a slot's key to its place: everything but the secret.
#[derive(Debug, Clone, Copy)]
pub struct SlotPlace<'a> {
    /// The vault id.
    pub vault: &'a [u8; 16],
    /// The kind byte.
    pub kind: u8,
    /// The slot id.
    pub id: &'a [u8; 8],
    /// The slot's salt.
    pub salt: &'a [u8; 32],
    /// Its parameters.
    pub params: Params,
}

/// Derives a slot's key-encryption key. Slow on purpose; call it on a worker.
pub fn slot_key(place: SlotPlace<'_>, secret: &SlotSecret) -> Result<Key, KdfError> {
    let tail = secret.key_file.as_ref().map_or(&[][..], SecretBytes::expose);
    let mut input = SecretBytes::with_capacity(32 + tail.len());
    input.push(&[0; 32]).expect("made with room for it");
    kdf::derive(secret.password.expose(), place.salt, place.params, input.expose_mut())?;
    input.push(tail).expect("made with room for it");
    Ok(super::burn_after(|| {
        let mut kek = Key::zero();
        let from = Hkdf::<Sha256>::new(Some(place.salt), input.expose());
        expand(&from, &[b"mamori/1 slot", place.vault, &[place.kind], place.id], kek.expose_mut());
        kek
    }))
}

/// Wraps a data key: 32 bytes of ciphertext and the tag.
pub fn wrap(kek: &Key, nonce: &[u8; 12], aad: &[u8], dek: &Key) -> ([u8; 32], [u8; TAG]) {
    super::burn_after(|| {
        let mut text = *dek.expose();
        let tag = seal::seal(kek, nonce, aad, &mut text);
        (text, tag)
    })
}

/// Unwraps a data key.
pub fn unwrap(
    kek: &Key,
    nonce: &[u8; 12],
    aad: &[u8],
    wrapped: &[u8; 32],
    tag: &[u8; TAG],
) -> Result<Key, Forged> {
    super::burn_after(|| {
        let mut dek = Key::zero();
        dek.expose_mut().copy_from_slice(wrapped);
        seal::open(kek, nonce, aad, dek.expose_mut(), tag)?;
        Ok(dek)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(hex: &str) -> Vec<u8> {
        (0..hex.len() / 2)
            .map(|at| u8::from_str_radix(hex.get(2 * at..2 * at + 2).expect("even"), 16).expect("hex"))
            .collect()
    }

    /// RFC 5869, appendix A.1 and A.2.
    #[test]
    fn rfc_5869_vectors() {
        let mut out = [0; 42];
        let info = bytes("f0f1f2f3f4f5f6f7f8f9");
        expand(&Hkdf::new(Some(&bytes("000102030405060708090a0b0c")), &[0x0b; 22]), &[&info], &mut out);
        assert_eq!(
            out.to_vec(),
            bytes("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865")
        );
        let (ikm, salt, info): (Vec<u8>, Vec<u8>, Vec<u8>) =
            ((0..=0x4f).collect(), (0x60..=0xaf).collect(), (0xb0..=0xff).collect());
        let mut out = [0; 82];
        expand(&Hkdf::new(Some(&salt), &ikm), &[&info], &mut out);
        assert_eq!(
            out.to_vec(),
            bytes(
                "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87"
            )
        );
    }

    /// RFC 4231, test cases 1 and 6 (a key longer than the block is hashed; ours never is).
    #[test]
    fn rfc_4231_vectors() {
        let mut mac = Hmac::<Sha256>::new_from_slice(&[0x0b; 20]).expect("any length");
        mac.update(b"Hi There");
        assert_eq!(
            mac.finalize().into_bytes().to_vec(),
            bytes("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7")
        );
        let mut mac = Hmac::<Sha256>::new_from_slice(&[0xaa; 131]).expect("any length");
        mac.update(b"Test Using Larger Than Block-Size Key - Hash Key First");
        assert_eq!(
            mac.finalize().into_bytes().to_vec(),
            bytes("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54")
        );
    }

    #[test]
    fn a_key_file_is_hashed_whole_and_bounded() {
        assert_eq!(KeyFile::of(&[]).err(), Some(KeyFileError::Empty));
        let most = vec![7; KEY_FILE_MAX as usize];
        assert!(KeyFile::of(&most).is_ok());
        assert_eq!(KeyFile::of(&[&most[..], &[7]].concat()).err(), Some(KeyFileError::TooLarge));
        let one = KeyFile::of(b"file\n").expect("short");
        assert!(one.0.ct_eq(&sha256(b"file\n")));
        let secret = SlotSecret::with_key(b"pw", one.duplicate()).expect("short");
        assert!(secret.key_file().expect("there").0.ct_eq(one.0.expose()));
        assert_eq!(format!("{one:?}"), "KeyFile(..)");
    }

    #[test]
    fn a_full_width_password_is_the_plain_one() {
        let one = SlotSecret::password("ＡＢＣ ｶﾞ".as_bytes()).expect("fits");
        assert!(one.password.ct_eq("ABC ガ".as_bytes()));
        assert_eq!(SlotSecret::password(&[b'a'; 1025]).err(), Some(PasswordError::TooLong));
        // One code point that NFKC makes eighteen: the room after is bounded too.
        assert_eq!(
            SlotSecret::password("\u{FDFA}".repeat(60).as_bytes()).err(),
            Some(PasswordError::TooLong)
        );
        assert_eq!(SlotSecret::password(&[0xff]).err(), Some(PasswordError::NotUtf8));
        assert_eq!(settable(b"a\tb"), Err(PasswordError::Control));
        // Unassigned, unassigned on another plane, private, no character, one not decoded.
        for bad in ["a\u{378}", "\u{2FE0}", "\u{E000}", "\u{FDD0}", "\u{1FFFF}", "\u{E0000}", "\u{FFFD}"] {
            assert_eq!(settable(bad.as_bytes()), Err(PasswordError::Control), "{bad:?}");
        }
        // A kanji in its regional shape.
        assert_eq!(settable("葛\u{E0100}".as_bytes()), Ok(()));
        assert_eq!(settable("合言葉 ok".as_bytes()), Ok(()));
    }
}
