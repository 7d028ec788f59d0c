//! Values nobody may see unasked: [`SecretBytes`] (a fixed buffer) and [`Secret`] (text).
//!
//! Both are wiped when dropped, live in locked pages while there is room, and are awkward on
//! purpose: no `Clone`, no `Display`, no `Serialize`, no `PartialEq`; `Debug` prints nothing. The
//! only way in is `expose`, so `grep expose` is the list of places to review.

use subtle::ConstantTimeEq;

use crate::platform::memory::{Area, Guarded};

/// A buffer of fixed capacity for secret bytes. It never grows: what does not fit is refused.
pub struct SecretBytes {
    block: Guarded,
    len: usize,
}

/// The buffer is full; nothing was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the secret is longer than its field allows")]
pub struct Full;

impl SecretBytes {
    /// An empty buffer with room for `capacity` bytes.
    pub fn with_capacity(capacity: usize) -> SecretBytes {
        SecretBytes { block: Guarded::new(Area::Secrets, capacity), len: 0 }
    }

    /// A buffer that holds just a copy of `bytes`; the original is the caller's to wipe.
    pub fn copy_of(bytes: &[u8]) -> SecretBytes {
        let mut made = SecretBytes::with_capacity(bytes.len());
        made.block.bytes_mut().copy_from_slice(bytes);
        made.len = bytes.len();
        made
    }

    /// A buffer of `len` bytes, filled by `fill`.
    pub fn filled<E>(len: usize, fill: impl FnOnce(&mut [u8]) -> Result<(), E>) -> Result<SecretBytes, E> {
        let mut made = SecretBytes::with_capacity(len);
        made.len = len;
        fill(made.block.bytes_mut())?;
        Ok(made)
    }

    /// The bytes in plain.
    pub fn expose(&self) -> &[u8] {
        &self.block.bytes()[..self.len]
    }

    /// The bytes in plain, to write.
    pub fn expose_mut(&mut self) -> &mut [u8] {
        &mut self.block.bytes_mut()[..self.len]
    }

    /// Number of bytes held.
    pub fn len(&self) -> usize {
        self.len
    }

    /// True when nothing is held.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Number of bytes there is room for.
    pub fn capacity(&self) -> usize {
        self.block.bytes().len()
    }

    /// Puts `bytes` in at `at`; refused whole when they do not fit.
    pub fn insert(&mut self, at: usize, bytes: &[u8]) -> Result<(), Full> {
        let end = self.len.checked_add(bytes.len()).filter(|end| *end <= self.capacity()).ok_or(Full)?;
        let len = self.len;
        let block = self.block.bytes_mut();
        block.copy_within(at..len, at + bytes.len());
        block[at..at + bytes.len()].copy_from_slice(bytes);
        self.len = end;
        Ok(())
    }

    /// Appends `bytes`; refused whole when they do not fit.
    pub fn push(&mut self, bytes: &[u8]) -> Result<(), Full> {
        self.insert(self.len, bytes)
    }

    /// Takes out the bytes `from..to` and wipes the room they leave.
    pub fn remove(&mut self, from: usize, to: usize) {
        let (len, gone) = (self.len, to - from);
        let block = self.block.bytes_mut();
        block.copy_within(to..len, from);
        block[len - gone..len].fill(0);
        self.len = len - gone;
    }

    /// Wipes everything; the room stays.
    pub fn clear(&mut self) {
        self.remove(0, self.len);
    }

    /// Compares in constant time (the lengths are not secret).
    pub fn ct_eq(&self, other: &[u8]) -> bool {
        self.expose().ct_eq(other).into()
    }
}

impl std::fmt::Debug for SecretBytes {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("SecretBytes(..)")
    }
}

/// A secret text: UTF-8 in a [`SecretBytes`].
pub struct Secret(SecretBytes);

impl Secret {
    /// Copies `text`; the original is the caller's to wipe.
    pub fn copy_of(text: &str) -> Secret {
        Secret(SecretBytes::copy_of(text.as_bytes()))
    }

    /// Takes `text` over and wipes the string it came in.
    pub fn from_string(mut text: String) -> Secret {
        let made = Secret::copy_of(&text);
        zeroize::Zeroize::zeroize(&mut text);
        made
    }

    /// Takes bytes that must be UTF-8; gives them back when they are not.
    pub fn from_bytes(bytes: SecretBytes) -> Result<Secret, SecretBytes> {
        if std::str::from_utf8(bytes.expose()).is_ok() { Ok(Secret(bytes)) } else { Err(bytes) }
    }

    /// The text in plain.
    pub fn expose(&self) -> &str {
        std::str::from_utf8(self.0.expose()).expect("a Secret is made from UTF-8 only")
    }

    /// True for the empty text.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Compares in constant time (the lengths are not secret).
    pub fn ct_eq(&self, other: &Secret) -> bool {
        self.0.ct_eq(other.0.expose())
    }

    /// The bytes of the text.
    pub fn into_bytes(self) -> SecretBytes {
        self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Secret(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_nothing() {
        let secret = Secret::copy_of("S3CRET");
        assert_eq!(format!("{secret:?} {:?}", SecretBytes::copy_of(b"S3CRET")), "Secret(..) SecretBytes(..)");
    }

    #[test]
    fn a_full_buffer_refuses_and_keeps_what_it_had() {
        let mut held = SecretBytes::with_capacity(4);
        held.push(b"abc").expect("fits");
        assert_eq!(held.insert(1, b"xy"), Err(Full));
        assert_eq!(held.expose(), b"abc");
        held.insert(1, b"x").expect("fits");
        assert_eq!(held.expose(), b"axbc");
        held.remove(0, 2);
        assert_eq!(held.expose(), b"bc");
    }
}
