//! # The vault file, format version 1
//!
//! This page is exact: it is enough to write a program in another language that opens a file and
//! lists its entries (`tests/vectors/open.py` was written from it alone and opens every golden
//! file). Code that reads and writes: [`header`], [`body`], [`payload`].
//!
//! Numbers are little-endian and unsigned. Nothing is aligned, nothing is compressed. Every byte
//! is covered by the MAC, the digest or the body's tag, and the file is exactly as long as its
//! header says. The digest has no key: it tells accidents before any key is derived; against a hand
//! that means harm stand the MAC and the tag. Ranges `a .. b` take in a and leave out b. In clear stand only: format version, content kind, suite, vault id, save counter,
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
//! 32     8   u64 save counter: saves so far, key changes among them
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
//! A slot of another kind (4 and up) begins with the same 4 bytes (kind, zero, length >= 4), is
//! skipped by its length, kept byte for byte by a save, and lost at a key change. Kind 0 is damage.
//! A password alone is tried on kind 1, with a key file on kind 2, a recovery code on kind 3, in the
//! order of the slots, until one unwraps.
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
//! | data key of a draft | the vault's data key | vault id | `mamori/1 draft` | 32 |
//!
//! A = Argon2id version 1.3 (RFC 9106) of the password bytes with the slot's salt, m, t, p; 32
//! bytes out; no secret, no associated data. F = SHA-256 of the whole key file for kind 2, no bytes
//! at all otherwise. Password bytes: the UTF-8 of the NFKC form, nothing trimmed, at most 1,024
//! bytes of UTF-8 before and after the normalisation. For kind 3 they are the 20 bytes of the recovery code.
//!
//! Data key: 32 random bytes, one for each key epoch. A file of a lower epoch than a machine has seen is
//! read and not written there; a key change takes it on, in the epoch after the one that was seen. Wrap: AES-256-GCM(key-encryption key, wrap
//! nonce, data key), AAD = bytes 0..8 of the file ‖ vault id ‖ the slot's 56 bytes before its nonce.
//!
//! Recovery code: 20 bytes as 32 letters of `0123456789ABCDEFGHJKMNPQRSTVWXYZ` (Crockford's base 32,
//! most significant bits first), then two letters of check: the first 10 bits of
//! SHA-256(`mamori/1 recovery` ‖ the 20 bytes). Shown in nine groups joined by hyphens, the last one
//! the check. A reader ignores hyphens, other dashes and white space, takes full-width letters as
//! plain, lower case as upper, O as 0, I and L as 1.
//!
//! A draft carries the id and epoch of its vault and hangs on the draft key as a vault hangs on its
//! data key (header, body and values keys are derived from it); it has no slots. An export and a
//! slice are files like a vault's with an id, a data key and slots of their own.
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
//! authenticated: regular file of at most 2^30 + 16 KiB → magic ("not a vault"; a file of less than
//! six bytes too) → version (a greater one: "newer", and "or damaged" when H and digest, which keep
//! their places for ever, do not hold) → H and digest ("damaged"; a file too short for them too) →
//! fixed rules ("damaged"): version not 0, byte 15 zero, content and number of slots as drawn, B in
//! its range, each slot's zero byte and length, slots ending exactly at 12+H, the exact length of the
//! file; a suite other than 1 is "newer" → KDF bounds of the known slots ("damaged or hostile") →
//! trying the slots → MAC, compared in constant time. *No slot opened* and *MAC wrong* are one
//! answer, "wrong password", also where somebody changed the header and mended the digest. After the
//! MAC the key is known right, so a wrong tag, padding or encoding is "damaged".
//!
//! KDF bounds, before any memory is taken: 8 MiB <= m <= 1 GiB, 1 <= t <= 64, 1 <= p <= 16,
//! m·t <= 4 GiB for a slot and 16 GiB over all slots of a file.
//!
//! ## Payload
//!
//! In bincode 2.0.1, standard configuration. What it uses of it:
//!
//! * `u8` one byte. `u16`, `u32`, `u64` a varint: a first byte up to 250 is the number itself; 251
//!   is followed by 2 bytes, 252 by 4, 253 by 8, little-endian. A longer form than needed decodes too
//!   (encodings are never compared); one longer than the type, 254 and 255 are damage.
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
//! tag has bit 0x8000 holds something else and is kept as bytes. Of two such the greater byte string
//! stays in a merge, so a writer begins it with a number that grows (big-endian). Record ids: in 2 sixteen zeros, in
//! 5 the slot id and 8 zeros, in 7 the writer as u16 and 14 zeros. A record of 5 holds NAME and, in
//! CREATED, since when the slot's secret is what it is; records of slots that are gone stay.
//!
//! Payload and section contents are consumed to the last byte. Sections, records, attributes and
//! stamps may stand in any order; `min_reader` is looked at before the sections. Record ids are
//! unique within their section, tag and element within their record (a tag is all 16 bits, its
//! number the low 13). An element has an id of 16 bytes just when the tag has bit 0x4000. Text that
//! is not UTF-8, a number that is not 8 bytes, a flag that is not 1, an envelope under 32 bytes, a
//! stamp index out of range, versions that are not strictly descending or lie at or under the floor:
//! damage. `schema` grows with what a writer knows and asks nothing of a reader; it is never lowered.
//!
//! A stamp's `hlc` is 48 bits of milliseconds since 1970 and 16 bits of counter. Stamps are ordered
//! by hlc, then salt, then writer. The versions of an attribute stand greatest stamp first, at most
//! 256. The first is the current one; only of tag 26 the greatest value, of tag 37 the greatest number
//! is current, the stamp deciding among equals. A value of zero bytes is "absent", sealed ones too
//! (then there is no envelope). Versions at or under the floor were purged by the writer.
//!
//! Tag bits of an attribute: 0x8000 the value is a sealed envelope · 0x4000 it has many elements,
//! each with its own random id · 0x2000 critical. Values: text is UTF-8; a number a u64 of 8 bytes
//! little-endian (no varint, as all numbers inside values); a flag one byte 1.
//!
//! **Sealed envelope**, everywhere the same: value id 16 ‖ ciphertext ‖ tag 16. AES-256-GCM under the
//! key of that value id, nonce twelve zeros, AAD = `mamori/1 value` ‖ vault id ‖ record id ‖ value
//! id. Tag and element are no part of it, so that a staged password becomes the current one without
//! being opened. An envelope that does not open is that value's damage; the others are read, and a key
//! change seals the others and keeps its bytes.
//!
//! ## Entries
//!
//! An entry is a record of section 1, of whatever kind and state, that has at least one version; one
//! without any is a tombstone. Kinds: 1 login, 2 mailbox, 3 server, 4 database, 5 domain, 6 website,
//! 7 card, 8 bank account, 9 identity, 10 SSH key, 11 token, 12 note; tag 21 overrides the record's.
//! Old passwords are the other versions of tag 3, newest first. A list shows its elements that are not
//! absent, by their place (number; none is 0), then by element id. A custom field is there when its
//! name, its value or its secret is; the secret wins over the value. A staged change is there when its
//! secret is; without a state it is open; by *since*, then element id. An entry is in the trash while
//! tag 18 is not absent and lists the stamp (hlc ‖ salt) of the current version of every attribute but
//! 18 and 37; where 16 zero bytes stand in front of the stamps, making it was undone, and it is shown
//! nowhere, not in the trash either. Retired keys are for opening files of earlier epochs (backups, forks); every value in
//! this file is sealed under this file's data key.
//!
//! | attribute | number | tag | value | at most | meaning |
//! |---|---|---|---|---|---|
//! | TITLE | 1 | 0x0001 | text | 4 KiB | What a person calls the entry |
//! | USERNAME | 2 | 0x0002 | text | 4 KiB | User name |
//! | PASSWORD | 3 | 0x8003 | sealed | 64 KiB | The current password |
//! | URL | 4 | 0x4004 | text | 64 KiB | One address |
//! | URL_PLACE | 5 | 0x4005 | number | 8 | Its place among the addresses |
//! | LABEL | 6 | 0x4006 | text | 4 KiB | One tag |
//! | FOLDER | 7 | 0x0007 | text | 4 KiB | Folder as a path, `a/b`, no slash at either end |
//! | FAVOURITE | 8 | 0x0008 | flag | 1 | Shown first |
//! | NOTES | 9 | 0x8009 | sealed | 1 MiB | Notes |
//! | OTP | 10 | 0x800a | sealed | 64 KiB | One-time codes, as an otpauth URI |
//! | FIELD_NAME | 11 | 0x400b | text | 4 KiB | Name of a custom field |
//! | FIELD_VALUE | 12 | 0x400c | text | 64 KiB | Plain value of a custom field |
//! | FIELD_SECRET | 13 | 0xc00d | sealed | 64 KiB | Secret value of a custom field |
//! | FIELD_PLACE | 14 | 0x400e | number | 8 | Place of a custom field |
//! | ALIAS | 15 | 0x400f | text | 4 KiB | Another name, searched |
//! | READING | 16 | 0x0010 | text | 4 KiB | Reading (よみ) |
//! | ARCHIVED | 17 | 0x0011 | flag | 1 | The account is closed: kept, out of health |
//! | TRASH | 18 | 0x0012 | bytes | 16 MiB | In the trash: stamps it saw, each hlc u64 ‖ salt u64; 16 zeros first: out of sight |
//! | CREATED | 19 | 0x0013 | number | 8 | When it was made, ms |
//! | EXPIRES | 20 | 0x0014 | number | 8 | When it expires, ms |
//! | KIND | 21 | 0x0015 | number | 8 | The kind, where it differs from the record's |
//! | ORIGIN | 22 | 0x0016 | text | 4 KiB | Product an import came from |
//! | ORIGIN_ID | 23 | 0x0017 | text | 4 KiB | Its id there |
//! | LINK | 24 | 0x4018 | bytes | 17 | A link: relation u8 ‖ record id 16 |
//! | STAGED_SECRET | 25 | 0xc019 | sealed | 64 KiB | Secret of a staged change |
//! | STAGED_STATE | 26 | 0x401a | bytes | 1 | Its state u8: 1 open, 2 discarded, 3 confirmed; the greatest wins, then the stamp |
//! | STAGED_REASON | 27 | 0x401b | text | 4 KiB | Why it was staged |
//! | STAGED_SINCE | 28 | 0x401c | number | 8 | Since when, ms |
//! | STAGED_RECIPE | 29 | 0x401d | text | 4 KiB | The recipe it was made by |
//! | RULE | 30 | 0x001e | text | 4 KiB | Password rule of the site |
//! | INTERVAL | 31 | 0x001f | number | 8 | Rotation interval in days |
//! | DUE | 32 | 0x0020 | number | 8 | When the next change is due, ms |
//! | ROTATOR | 33 | 0x0021 | bytes | 64 KiB | Rotator command, as its words joined by NUL |
//! | IGNORED | 34 | 0x4022 | bytes | 4 KiB | An ignored finding: kind u8 ‖ until u64 ms ‖ reason UTF-8 |
//! | FILE_NAME | 35 | 0x4023 | text | 4 KiB | Name of an attachment |
//! | FILE_DATA | 36 | 0xc024 | sealed | 16 MiB | Its content |
//! | USED | 37 | 0x0025 | number | 8 | Last use, ms; the greatest wins |
//! | PASSWORD_CHANGED | 38 | 0x0026 | number | 8 | When the password was last changed, ms; 0 is unknown. Only where the stamp cannot tell |
//! | USED_BY | 39 | 0x4027 | text | 4 KiB | What else uses this account (phone, mail program) |
//! | RECIPE | 40 | 0x0028 | text | 4 KiB | Recipe for new passwords of this entry |
//! | MATCH_URL | 41 | 0x0029 | text | 64 KiB | The page the login is for, where it differs from the address |
//! | PASSWORD_NOTE | 42 | 0x002a | text | 4 KiB | Note on how the current password came about (`forced`) |
//! | LINK_REFUSED | 43 | 0x402b | bytes | 17 | A proposed link that somebody refused: relation u8 ‖ record id 16 |
//! | NAME | 64 | 0x0040 | text | 4 KiB | Name of a slot, a writer or the vault |
//! | EMPTY_FOLDER | 65 | 0x4041 | text | 4 KiB | A folder kept although empty |
//! | SCORE | 66 | 0x4042 | bytes | 9 | A score sample: day u32 ‖ score u8 ‖ unchecked u32 |
//! | SAVED_SEARCH | 67 | 0x4043 | text | 4 KiB | A saved search |
//! | SLICE_UNTIL | 68 | 0x0044 | number | 8 | Expiry of a slice, ms |
//! | ACTIVITY | 69 | 0x4045 | bytes | 4 KiB | A line of the activity log: ms u64 ‖ UTF-8 |
//! | SETTING | 70 | 0x4046 | bytes | 64 KiB | A setting of the vault: name NUL value |
//! | INCIDENT_TRIGGER | 96 | 0x0060 | bytes | 4 KiB | What an incident began with: record id 16, zeros for no entry ‖ user name UTF-8 |
//! | INCIDENT_SCOPE | 97 | 0x4061 | bytes | 17 | What an incident reaches: what u8 (1 the vault, 2 broken into too, 3 by hand) ‖ record id 16 |
//! | STEP | 98 | 0x4062 | bytes | 17 | A step: what u8 (1 computer, 2 master password, 3 recovery code, 4 key file, 5 backups, 6 password, 7 address) ‖ record id 16 |
//! | STEP_PLACE | 99 | 0x4063 | number | 8 | Its place |
//! | STEP_STATE | 100 | 0x4064 | bytes | 1 | Its state u8: 1 to do, 2 staged, 3 done, 4 account closed, 5 skipped |
//! | STEP_NOTE | 101 | 0x4065 | text | 4 KiB | Its note |
//! | STEP_TICK | 102 | 0x4066 | bytes | 4 KiB | A tick of a checklist: element 16 of the step ‖ name of the item UTF-8 |
//! | INCIDENT_OPENED | 103 | 0x0067 | number | 8 | When the incident was opened, ms |
//! | INCIDENT_CLOSED | 104 | 0x0068 | number | 8 | When it was closed, ms |
//! | INCIDENT_SINCE | 105 | 0x0069 | number | 8 | Since when the account is thought to be in other hands, ms |
//! | INCIDENT_NOTE | 106 | 0x006a | text | 4 KiB | What happened |
//! | INCIDENT_PASSWORD | 107 | 0x806b | sealed | 64 KiB | The password that became known, where an incident began with one |
//! | STEP_REASON | 108 | 0x406c | bytes | 4 KiB | Why a step is there: for each reason cause u8 ‖ pattern u8 ‖ flags u8 ‖ record id 16 |
//!
//! The element of a step, of its attributes 98 to 102 and 108, is no random id but the first 16 bytes
//! of SHA-256(`mamori/1 step` ‖ value of STEP); that of a tick SHA-256(`mamori/1 tick` ‖ value of STEP ‖
//! name of the item); that of a scope SHA-256(`mamori/1 scope` ‖ its value). So the same step, found on
//! two machines, is one. Causes of STEP_REASON are numbered in `model::incident::Cause`, patterns
//! in `ops::health::Pattern`; flags: 1 a guess, 2 the same user name too, 4 the former password of the other.
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

impl FormatError {
    /// True where the bytes are no whole vault file of any version and any key: something else can be put
    /// in their place without losing what a program could read.
    pub fn is_damage(self) -> bool {
        match self {
            FormatError::NotAVault
            | FormatError::Damaged
            | FormatError::HostileCost
            | FormatError::TooLarge => true,
            FormatError::Newer { .. } | FormatError::NewerPayload(_) | FormatError::WrongKey => false,
        }
    }
}
