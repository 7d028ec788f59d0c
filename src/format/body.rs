//! The body: the payload padded to hide its size, sealed in place behind its header.

use zeroize::Zeroize;

use super::FormatError;
use super::header::{self, Header, Read};
use crate::crypto::keys::{self, Key};
use crate::crypto::seal::{self, TAG};
use crate::model::Source;
use crate::platform::memory;

/// Padded length for `x` bytes: at least 65,536, rounded up to a multiple of
/// max(4,096, 2^(floor(log2 x) − 4)).
pub fn padded(x: u64) -> u64 {
    let least = x.max(65_536);
    let step = (1u64 << (least.ilog2() - 4)).max(4_096);
    least.next_multiple_of(step)
}

/// A payload's bytes, with room before and behind for the file they become.
///
/// Plaintext stands in this buffer only until [`Plain::seal`] or drop.
pub struct Plain {
    file: Vec<u8>,
    at: usize,
    len: usize,
}

/// Room for the longest header, its MAC and digest.
const HEAD_ROOM: usize = 12 + 8192 + 64;

impl Plain {
    /// Makes room for a payload of exactly `len` bytes and lets `fill` write it.
    pub fn build(len: usize, fill: impl FnOnce(&mut [u8])) -> Result<Plain, FormatError> {
        let inner = padded(len as u64 + 8);
        if inner + TAG as u64 > header::BODY_MAX {
            return Err(FormatError::TooLarge);
        }
        // One allocation of the right size: a growing one would leave plaintext behind.
        let mut file = vec![0; HEAD_ROOM + inner as usize + TAG];
        memory::exclude_from_dumps(&mut file);
        let at = HEAD_ROOM + 8;
        file[HEAD_ROOM..at].copy_from_slice(&(len as u64).to_le_bytes());
        fill(&mut file[at..at + len]);
        Ok(Plain { file, at, len })
    }

    /// The payload.
    pub fn expose(&self) -> &[u8] {
        &self.file[self.at..self.at + self.len]
    }

    /// The payload for pieces of it to be kept.
    pub fn into_source(mut self) -> Source {
        Source::new(std::mem::take(&mut self.file), self.at, self.len)
    }

    /// The payload, to wipe parts of it.
    pub fn expose_mut(&mut self) -> &mut [u8] {
        &mut self.file[self.at..self.at + self.len]
    }

    /// Seals the payload under `dek` and gives the whole file and its MAC. `header.body_salt` must
    /// be fresh.
    pub fn seal(mut self, header: &Header, dek: &Key) -> Result<(Vec<u8>, [u8; 32]), FormatError> {
        let body = &mut self.file[HEAD_ROOM..];
        let header_key = keys::header_key(dek, &header.vault);
        let head = header::write(header, body.len() as u64, &header_key)?;
        let mac: [u8; 32] = head[head.len() - 64..head.len() - 32].try_into().expect("32 bytes");
        let (key, nonce) = keys::body_key(dek, &header.body_salt);
        let (text, tag_room) = body.split_at_mut(body.len() - TAG);
        let tag = seal::seal(&key, &nonce, &mac, text);
        tag_room.copy_from_slice(&tag);
        let start = HEAD_ROOM - head.len();
        self.file[start..HEAD_ROOM].copy_from_slice(&head);
        let mut file = std::mem::take(&mut self.file);
        file.drain(..start);
        Ok((file, mac))
    }
}

impl Drop for Plain {
    fn drop(&mut self) {
        self.file.zeroize();
    }
}

impl std::fmt::Debug for Plain {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Plain({} bytes)", self.len)
    }
}

/// Checks the MAC of a file under `dek` and opens its body in place.
///
/// A MAC that does not hold is [`FormatError::WrongKey`]; everything after it is damage, for the
/// key is then known right.
pub fn open(mut file: Vec<u8>, read: &Read, dek: &Key) -> Result<Plain, FormatError> {
    let header_key = keys::header_key(dek, &read.header.vault);
    if !keys::mac_matches(&header_key, &file[..read.mac_at], &read.mac) {
        return Err(FormatError::WrongKey);
    }
    memory::exclude_from_dumps(&mut file);
    let body_at = read.body_at;
    let (key, nonce) = keys::body_key(dek, &read.header.body_salt);
    let (text, tag) = file[body_at..].split_last_chunk_mut::<TAG>().ok_or(FormatError::Damaged)?;
    let tag = *tag;
    seal::open(&key, &nonce, &read.mac, text, &tag).map_err(|_| FormatError::Damaged)?;
    let len = text.first_chunk().copied().map(u64::from_le_bytes).ok_or(FormatError::Damaged)?;
    let inner = text.len() as u64;
    let right = len.checked_add(8).is_some_and(|all| all <= inner && padded(all) == inner);
    // From here on the buffer holds plaintext, so it is given to the type that wipes it.
    let plain = Plain { at: body_at + 8, len: if right { len as usize } else { 0 }, file };
    let tail = &plain.file[plain.at + plain.len..plain.file.len() - TAG];
    if !right || tail.iter().any(|byte| *byte != 0) {
        return Err(FormatError::Damaged);
    }
    Ok(plain)
}

#[cfg(test)]
mod tests {
    use super::super::header::{Content, KnownSlot, Slot, SlotKind};
    use super::*;
    use crate::crypto::kdf::Params;
    use crate::crypto::keys::SlotSecret;

    #[test]
    fn lengths_fall_into_buckets() {
        assert_eq!(padded(0), 65_536);
        assert_eq!(padded(65_536), 65_536);
        assert_eq!(padded(65_537), 69_632);
        assert_eq!(padded(1_000_000), 1_015_808);
        assert_eq!(padded(3 << 20), 3 << 20);
        assert_eq!(padded((3 << 20) + 1), (3 << 20) + (1 << 17));
    }

    /// FORMAT's check vector.
    fn vector() -> (Vec<u8>, Header, Key) {
        let vault: [u8; 16] = std::array::from_fn(|at| at as u8);
        let mut dek = Key::zero();
        for (at, byte) in dek.expose_mut().iter_mut().enumerate() {
            *byte = 0xd0 + (at % 16) as u8;
        }
        let params = Params::LEAST;
        let mut slots = Vec::new();
        for (kind, id, secret, salt, nonce) in [
            (SlotKind::Password, *b"slot-one", SlotSecret::password(b"correct horse"), 0x11, 0x22),
            (SlotKind::KeyFile, *b"slot-two", SlotSecret::with_key_file(b"second", b"key file"), 0x33, 0x44),
        ] {
            let mut slot = KnownSlot {
                kind,
                id,
                params,
                salt: [salt; 32],
                nonce: [nonce; 12],
                wrapped: [0; 32],
                tag: [0; 16],
            };
            let kek = keys::slot_key(slot.place(&vault), &secret.expect("fits")).expect("in bounds");
            (slot.wrapped, slot.tag) = keys::wrap(&kek, &slot.nonce, &slot.aad(&vault), &dek);
            slots.push(Slot::Known(slot));
        }
        let header =
            Header { content: Content::Vault, vault, counter: 7, epoch: 2, body_salt: [0x55; 32], slots };
        let plain = Plain::build(11, |out| out.copy_from_slice(b"hello vault")).expect("small");
        let (file, _) = plain.seal(&header, &dek).expect("small");
        (file, header, dek)
    }

    #[test]
    fn the_check_vector_of_the_format_holds() {
        let (file, header, dek) = vector();
        assert_eq!(file.len(), 65_932);
        let hash: String = keys::sha256(&file).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hash, "d34319252cc12757e186cff3898e013fab1316681486de376882d39d59c794f5");
        let read = header::read(&file, file.len() as u64).expect("whole");
        assert_eq!(read.header, header);
        assert_eq!(open(file, &read, &dek).expect("right key").expose(), b"hello vault");
    }

    #[test]
    fn every_flip_cut_and_addition_is_refused() {
        let (file, _, dek) = vector();
        let try_open = |bytes: Vec<u8>| {
            let read = header::read(&bytes, bytes.len() as u64)?;
            open(bytes, &read, &dek)
        };
        for at in (0..400).chain([file.len() / 2, file.len() - 17, file.len() - 1]) {
            for bit in [0, 3, 7] {
                let mut bad = file.clone();
                bad[at] ^= 1 << bit;
                assert!(try_open(bad).is_err(), "byte {at} bit {bit}");
            }
        }
        for len in [0, 5, 6, 8, 75, 76, 300, 380, file.len() - 1] {
            assert!(try_open(file[..len].to_vec()).is_err(), "cut to {len}");
        }
        let mut longer = file.clone();
        longer.push(0);
        assert!(matches!(try_open(longer), Err(FormatError::Damaged)));
    }

    /// Parts of the file that stand in each other's place: also where the digest was made to fit.
    #[test]
    fn swapped_parts_are_refused() {
        let (file, _, dek) = vector();
        let head = 12 + 304 + 32;
        // - both slots, halves of one, salts, and blocks of the body at several distances
        let swaps =
            [(76, 152, 76), (76, 114, 38), (92, 168, 16), (0, 32, 32), (380, 396, 16), (380, 32_000, 4096)];
        for (one, other, len) in swaps {
            for repair in [false, true] {
                let mut bad = file.clone();
                let (left, right) = bad.split_at_mut(other);
                left[one..one + len].swap_with_slice(&mut right[..len]);
                if repair {
                    let digest = keys::sha256(&bad[..head]);
                    bad[head..head + 32].copy_from_slice(&digest);
                }
                assert_ne!(bad, file, "{one} {other}: nothing was swapped");
                let opened = header::read(&bad, bad.len() as u64).and_then(|read| open(bad, &read, &dek));
                assert!(opened.is_err(), "{len} bytes at {one} and {other}, repaired: {repair}");
            }
        }
    }

    /// Every bit of the body that a fixed walk meets, from its first byte to its last.
    #[test]
    fn a_flip_anywhere_in_the_body_is_refused() {
        let (file, _, dek) = vector();
        for at in (380..file.len()).step_by(251).chain(file.len() - 16..file.len()) {
            let mut bad = file.clone();
            bad[at] ^= 1 << (at % 8);
            let read = header::read(&bad, bad.len() as u64).expect("the head is whole");
            assert!(open(bad, &read, &dek).is_err(), "byte {at}");
        }
    }

    #[test]
    fn with_the_digest_repaired_the_mac_refuses() {
        let (file, _, dek) = vector();
        let mac_at = 12 + 304;
        for at in 12..mac_at + 32 {
            let mut bad = file.clone();
            bad[at] ^= 1;
            let digest = keys::sha256(&bad[..mac_at + 32]);
            bad[mac_at + 32..mac_at + 64].copy_from_slice(&digest);
            let opened = header::read(&bad, bad.len() as u64).and_then(|read| open(bad, &read, &dek));
            assert!(opened.is_err(), "byte {at}");
        }
    }

    #[test]
    fn each_refusal_has_its_own_name() {
        let (file, ..) = vector();
        let name = |change: &dyn Fn(&mut Vec<u8>), repair: bool| {
            let mut bytes = file.clone();
            change(&mut bytes);
            if repair {
                let digest = keys::sha256(&bytes[..348]);
                bytes[348..380].copy_from_slice(&digest);
            }
            header::read(&bytes, bytes.len() as u64).expect_err("changed")
        };
        assert_eq!(name(&|file| file[0] = b'm', false), FormatError::NotAVault);
        assert_eq!(name(&|file| file[6] = 2, true), FormatError::Newer { version: 2, maybe_damaged: false });
        assert_eq!(name(&|file| file[6] = 2, false), FormatError::Newer { version: 2, maybe_damaged: true });
        assert_eq!(name(&|file| file[90] ^= 1, false), FormatError::Damaged);
        // The memory of slot one: 16 TiB, and 1 KiB.
        assert_eq!(name(&|file| file[99] = 0xff, true), FormatError::HostileCost);
        assert_eq!(
            name(&|file| file[96..100].copy_from_slice(&[1, 0, 0, 0]), true),
            FormatError::HostileCost
        );
        assert_eq!(name(&|file| file[84] = 0, true), FormatError::Damaged);
        assert_eq!(name(&|file| file[14] = 9, true), FormatError::Damaged);
    }
}
