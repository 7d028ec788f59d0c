//! # The vault file, format version 1
//!
//! This page is exact: it is enough to write a program in another language that opens a file
//! (`tests/vectors/open.py` was written from it alone and opens every golden file). What the
//! attributes mean is listed in [`crate::model::Tag`]. Code that reads and writes: [`header`],
//! [`body`], [`payload`].
//!
//! Numbers are little-endian and unsigned. Nothing is aligned, nothing is compressed. Every byte
//! is covered by the MAC, the digest or the body's tag, and the file is exactly as long as its
//! header says. In clear stand only: format version, content kind, suite, vault id, save counter,
//! key epoch, body length, the kinds, ids and costs of the slots, salts and nonces.
//!
//! ## Layout
//!
//! ```text
//! 0      6   "MAMORI"
//! 6      2   u16 version = 1
//! 8      4   u32 H: number of bytes from offset 12 to the MAC; 72 <= H <= 8192
//! 12     1   content: 1 vault, 2 export, 3 slice, 4 draft
//! 13     1   suite: 1 = Argon2id v1.3, HKDF and HMAC with SHA-256, AES-256-GCM
//! 14     1   number of slots: 1 to 8; a draft has 0
//! 15     1   zero
//! 16     16  vault id, random, for life
//! 32     8   u64 save counter
//! 40     4   u32 key epoch, starting at 1, one more at every key change
//! 44     32  body salt, random, fresh for each save
//! 76     8   u64 B: length of the body with its tag; 16 < B <= 2^30
//! 84     -   the slots, one after the other, ending exactly at 12+H
//! 12+H   32  MAC    = HMAC-SHA-256(header key, bytes 0 .. 12+H)
//! 44+H   32  digest = SHA-256(bytes 0 .. 44+H)
//! 76+H   B   body   = AES-256-GCM(body key, body nonce, AAD = the 32 MAC bytes, padded payload),
//!            ciphertext then 16 bytes of tag
//! ```
//!
//! A slot of kind 1 (password), 2 (password and key file) or 3 (recovery code) has 116 bytes:
//!
//! ```text
//! 0    1   kind
//! 1    1   zero
//! 2    2   u16 length of this slot, these bytes included: 116
//! 4    8   slot id, random
//! 12   4   u32 m: Argon2 memory in KiB
//! 16   4   u32 t: passes
//! 20   4   u32 p: lanes
//! 24   32  salt
//! 56   12  nonce of the wrap
//! 68   32  wrapped data key
//! 100  16  tag of the wrap
//! ```
//!
//! A slot of another kind (4 and up) begins with the same 4 bytes, is skipped by its length, kept
//! byte for byte by a save, and lost at a key change.
//!
//! ## Keys
//!
//! HKDF is RFC 5869 with SHA-256. Strings are ASCII without a final zero, ‖ joins.
//!
//! | name | input key | salt | info | bytes |
//! |---|---|---|---|---|
//! | key-encryption key of a slot | A ‖ F | slot salt | `mamori/1 slot` ‖ vault id ‖ kind (1 byte) ‖ slot id (8) | 32 |
//! | header key | data key | vault id | `mamori/1 header` | 32 |
//! | body key ‖ body nonce | data key | body salt | `mamori/1 body` | 32 + 12 |
//! | values key | data key | vault id | `mamori/1 values` | 32 |
//! | key of one value | values key as PRK, Expand only | – | `mamori/1 value` ‖ value id (16) | 32 |
//! | data key of a draft | data key | vault id | `mamori/1 draft` | 32 |
//!
//! A = Argon2id version 1.3 (RFC 9106) of the password bytes with the slot's salt, m, t, p; 32
//! bytes out; no secret, no associated data. F = SHA-256 of the whole key file for kind 2, nothing
//! otherwise. Password bytes: the UTF-8 of the NFKC form, nothing trimmed, at most 1,024 bytes
//! before and after. For kind 3 they are the 20 bytes of the recovery code.
//!
//! Data key: 32 random bytes, one for each key epoch. Wrap: AES-256-GCM(key-encryption key, wrap
//! nonce, data key), AAD = bytes 0..8 of the file ‖ vault id ‖ the slot's 56 bytes before its nonce.
//!
//! Recovery code: 20 bytes as 32 Crockford base-32 letters (`0-9A-Z` without I, L, O, U; most
//! significant bits first) in groups of four, then two letters of check: the first 10 bits of
//! SHA-256(`mamori/1 recovery` ‖ the 20 bytes).
//!
//! ## Padded payload
//!
//! `u64 n ‖ n payload bytes ‖ zeros`, L(8+n) bytes in all: L(x) is max(x, 65,536) rounded up to a
//! multiple of max(4,096, 2^(floor(log2 max(x, 65,536)) − 4)). A reader checks the length and the
//! zeros.
//!
//! ## Reading order
//!
//! Each step has its own answer, and nothing but the fixed fields is decoded before it is
//! authenticated: regular file of at most 2^30 + 16 KiB → magic → version (a greater one: "newer",
//! and "or damaged" when the digest does not hold) → H and digest ("damaged") → fixed rules and
//! exact length ("damaged") → KDF bounds ("damaged or hostile") → slots → MAC, compared in constant
//! time. *No slot opened* and *MAC wrong* are one answer: wrong password. After the MAC the key is
//! known right, so a wrong tag, padding or encoding is "damaged".
//!
//! KDF bounds, before any memory is taken: 8 MiB <= m <= 1 GiB, 1 <= t <= 64, 1 <= p <= 16,
//! m·t <= 4 GiB for a slot and 16 GiB over all slots of a file.
//!
//! ## Payload
//!
//! In bincode 2.0.1, standard configuration. What it uses of it:
//!
//! * `u8` one byte. `u16`, `u32`, `u64` a varint: a first byte up to 250 is the number itself; 251
//!   is followed by 2 bytes, 252 by 4, 253 by 8, little-endian. (A longer form than needed decodes
//!   too; encodings are never compared.)
//! * Byte string and UTF-8 string: the length as a `u64` varint, then the bytes.
//! * `[u8;16]`, `[u8;32]`: just the bytes. A list: the count as a `u64` varint, then the elements. A
//!   struct: its fields in order, nothing between.
//!
//! ```text
//! Payload    { schema u16, min_reader u16, min_writer u16, sections: list of Section }
//! Section    { tag u16, content: byte string }
//! Record     { id [u8;16], kind u16, stamps: list of Stamp, attrs: list of Attr }
//! Stamp      { hlc u64, salt u64, writer u16 }
//! Attr       { tag u16, element: byte string of 0 or 16, versions: list of Version,
//!              floor: list of 0 or 1 Stamp }
//! Version    { stamp u16: index into the record's stamps, value: byte string }
//! RetiredKey { epoch u32, key [u8;32], when u64 }
//! ```
//!
//! Sections: 1 entries · 2 settings of the vault · 3 save list · 4 retired keys · 5 names of slots ·
//! 6 incidents · 7 names of writers. The content of 3 is a list of Stamp (the last 1,024 saves), of
//! 4 a list of RetiredKey (the last 32), of every other section a list of Record. A section whose
//! tag has bit 0x8000 holds something else and is kept as bytes. Record ids: in 2 sixteen zeros, in
//! 5 the slot id and 8 zeros, in 7 the writer as u16 and 14 zeros.
//!
//! A stamp's `hlc` is 48 bits of milliseconds since 1970 and 16 bits of counter. Stamps are ordered
//! by hlc, then salt, then writer. The versions of an attribute stand greatest stamp first, at most
//! 256; the first is the current one (but tag 26 goes by its value first, tag 37 by its number). An
//! empty value is "absent". Versions at or under the floor are purged.
//!
//! Tag bits of an attribute: 0x8000 the value is a sealed envelope · 0x4000 it has many elements,
//! each with its own random id · 0x2000 critical. Values: text is UTF-8, a number a u64 of 8 bytes,
//! a flag one byte 1.
//!
//! **Sealed envelope**, everywhere the same: value id 16 ‖ ciphertext ‖ tag 16. AES-256-GCM under the
//! key of that value id, nonce twelve zeros, AAD = `mamori/1 value` ‖ vault id ‖ record id ‖ value
//! id.
//!
//! ## Evolution
//!
//! A new meaning gets a new tag; tags are never used again. A program keeps what it does not know
//! (sections, kinds, attributes), merges it by the same join and seals it again at a key change. An
//! unknown critical tag, or `min_writer` above its own number (1), makes the file read-only for it;
//! `min_reader` above it is refused. Duplicate section tags, record ids, or tag and element pairs
//! are damage. Files of version 1 open for ever (`tests/vectors`).
//!
//! ## Nonce budget
//!
//! Body: key and nonce come from a salt of 256 random bits for each save, so there is no budget.
//! Header MAC: none. Wrap: one for each key-encryption key, whose salt is fresh. Values: one for
//! each value id of 128 random bits; a value id is never used for another value.

pub mod body;
pub mod header;
pub mod payload;
mod wire;

/// Why bytes are not a vault file that this program opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FormatError {
    /// The first six bytes are others.
    #[error("not a mamori vault")]
    NotAVault,
    /// A later version of the format.
    #[error("made by a newer mamori (format {version})")]
    Newer {
        /// Its version.
        version: u16,
        /// The digest does not hold either.
        maybe_damaged: bool,
    },
    /// A later payload that this program must not read.
    #[error("made by a newer mamori (payload needs reader {0})")]
    NewerPayload(u16),
    /// Bytes are missing, added or changed.
    #[error("the file is damaged")]
    Damaged,
    /// Key derivation parameters outside the bounds.
    #[error("the file is damaged or hostile: its key derivation asks for too much or too little")]
    HostileCost,
    /// The MAC does not hold under the key at hand.
    #[error("wrong password or forged header")]
    WrongKey,
    /// More than a vault file can hold.
    #[error("the vault is larger than a vault file can be")]
    TooLarge,
}
