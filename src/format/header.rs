//! The part of a vault file before its body: fixed fields, slots, MAC, digest. Reads and writes
//! bytes; knows no payload and opens no slot by itself.

use super::FormatError;
use crate::crypto::kdf::{FILE_WORK_KIB, Params};
use crate::crypto::keys::{self, SlotPlace, sha256};
use crate::crypto::seal::TAG;

/// The first bytes of every file.
pub const MAGIC: &[u8; 6] = b"MAMORI";
/// The version this program writes.
pub const VERSION: u16 = 1;
/// Greatest body in bytes, tag included.
pub const BODY_MAX: u64 = 1 << 30;
/// Greatest file in bytes: a body and 16 KiB.
pub const FILE_MAX: u64 = BODY_MAX + (16 << 10);
/// Ways to open a file may have.
pub const SLOTS_MAX: usize = 8;
const FIXED_END: usize = 84;
const KNOWN_SLOT: usize = 116;

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// A vault.
    Vault,
    /// Some entries, to be handed on.
    Export,
    /// Some entries for a limited time.
    Slice,
    /// A half-typed form; no slots.
    Draft,
}

impl Content {
    fn byte(self) -> u8 {
        match self {
            Content::Vault => 1,
            Content::Export => 2,
            Content::Slice => 3,
            Content::Draft => 4,
        }
    }

    fn read(byte: u8) -> Option<Content> {
        [Content::Vault, Content::Export, Content::Slice, Content::Draft]
            .into_iter()
            .find(|content| content.byte() == byte)
    }
}

/// How a slot opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SlotKind {
    /// A password.
    Password,
    /// A password and a key file.
    KeyFile,
    /// A recovery code.
    Recovery,
}

impl SlotKind {
    /// The kind byte.
    pub fn byte(self) -> u8 {
        match self {
            SlotKind::Password => 1,
            SlotKind::KeyFile => 2,
            SlotKind::Recovery => 3,
        }
    }
}

/// A slot of a known kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownSlot {
    /// How it opens.
    pub kind: SlotKind,
    /// Random, for life.
    pub id: [u8; 8],
    /// Argon2id parameters.
    pub params: Params,
    /// Salt of Argon2id and HKDF.
    pub salt: [u8; 32],
    /// Nonce of the wrap.
    pub nonce: [u8; 12],
    /// The wrapped data key.
    pub wrapped: [u8; 32],
    /// Its tag.
    pub tag: [u8; TAG],
}

/// One way to open the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Slot {
    /// Of a kind this program knows.
    Known(KnownSlot),
    /// Of a later kind, kept byte for byte.
    Unknown(Vec<u8>),
}

impl KnownSlot {
    /// What binds the slot's key to its place.
    pub fn place<'a>(&'a self, vault: &'a [u8; 16]) -> SlotPlace<'a> {
        SlotPlace { vault, kind: self.kind.byte(), id: &self.id, salt: &self.salt, params: self.params }
    }

    /// Associated data of the wrap: bytes 0..8 of the file ‖ vault id ‖ the slot before its nonce.
    pub fn aad(&self, vault: &[u8; 16]) -> Vec<u8> {
        let mut aad = Vec::with_capacity(8 + 16 + 56);
        aad.extend_from_slice(MAGIC);
        aad.extend_from_slice(&VERSION.to_le_bytes());
        aad.extend_from_slice(vault);
        aad.extend_from_slice(&self.bytes()[..56]);
        aad
    }

    fn bytes(&self) -> [u8; KNOWN_SLOT] {
        let mut out = [0; KNOWN_SLOT];
        out[0] = self.kind.byte();
        out[2..4].copy_from_slice(&(KNOWN_SLOT as u16).to_le_bytes());
        out[4..12].copy_from_slice(&self.id);
        out[12..16].copy_from_slice(&self.params.m_kib.to_le_bytes());
        out[16..20].copy_from_slice(&self.params.t.to_le_bytes());
        out[20..24].copy_from_slice(&self.params.p.to_le_bytes());
        out[24..56].copy_from_slice(&self.salt);
        out[56..68].copy_from_slice(&self.nonce);
        out[68..100].copy_from_slice(&self.wrapped);
        out[100..].copy_from_slice(&self.tag);
        out
    }
}

/// The fixed fields and the slots.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// What the file holds.
    pub content: Content,
    /// Random, for the life of the vault.
    pub vault: [u8; 16],
    /// Saves so far.
    pub counter: u64,
    /// Key changes so far.
    pub epoch: u32,
    /// Fresh for each save.
    pub body_salt: [u8; 32],
    /// 1 to 8; none in a draft.
    pub slots: Vec<Slot>,
}

/// A header as read, with where its parts lie in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// The fields.
    pub header: Header,
    /// Offset of the MAC: the bytes before it are what it covers.
    pub mac_at: usize,
    /// The MAC, which is also the identity of the file.
    pub mac: [u8; 32],
    /// Offset of the body.
    pub body_at: usize,
}

fn array<const N: usize>(bytes: &[u8], at: usize) -> Result<[u8; N], FormatError> {
    bytes.get(at..).and_then(|rest| rest.first_chunk()).copied().ok_or(FormatError::Damaged)
}

/// Reads and checks everything that needs no key. `bytes` is at least everything before the body of
/// a file of `file_len` bytes.
pub fn read(bytes: &[u8], file_len: u64) -> Result<Read, FormatError> {
    if bytes.first_chunk() != Some(MAGIC) {
        return Err(FormatError::NotAVault);
    }
    let version = u16::from_le_bytes(array(bytes, 6)?);
    let covered = mac_offset(bytes).filter(|mac_at| digest_holds(bytes, *mac_at));
    if version > VERSION {
        return Err(FormatError::Newer { version, maybe_damaged: covered.is_none() });
    }
    let mac_at = covered.ok_or(FormatError::Damaged)?;
    if version != VERSION || bytes[15] != 0 {
        return Err(FormatError::Damaged);
    }
    if bytes[13] != 1 {
        return Err(FormatError::Newer { version, maybe_damaged: false });
    }
    let content = Content::read(bytes[12]).ok_or(FormatError::Damaged)?;
    let count = usize::from(bytes[14]);
    let body_len = u64::from_le_bytes(array(bytes, 76)?);
    let body_at = mac_at + 64;
    let right_length = body_len <= BODY_MAX && body_len > TAG as u64 && file_len == body_at as u64 + body_len;
    if !right_count(content, count) || !right_length {
        return Err(FormatError::Damaged);
    }
    let slots = read_slots(&bytes[FIXED_END..mac_at], count)?;
    if work_kib(&slots) > FILE_WORK_KIB {
        return Err(FormatError::HostileCost);
    }
    let header = Header {
        content,
        vault: array(bytes, 16)?,
        counter: u64::from_le_bytes(array(bytes, 32)?),
        epoch: u32::from_le_bytes(array(bytes, 40)?),
        body_salt: array(bytes, 44)?,
        slots,
    };
    Ok(Read { header, mac_at, mac: array(bytes, mac_at)?, body_at })
}

fn mac_offset(bytes: &[u8]) -> Option<usize> {
    let length = u32::from_le_bytes(array(bytes, 8).ok()?);
    (72..=8192).contains(&length).then_some(12 + length as usize)
}

fn digest_holds(bytes: &[u8], mac_at: usize) -> bool {
    match (bytes.get(..mac_at + 32), array::<32>(bytes, mac_at + 32)) {
        (Some(covered), Ok(digest)) => sha256(covered) == digest,
        _ => false,
    }
}

fn read_slots(mut bytes: &[u8], count: usize) -> Result<Vec<Slot>, FormatError> {
    let mut slots = Vec::with_capacity(count);
    for _ in 0..count {
        let length = usize::from(u16::from_le_bytes(array(bytes, 2)?));
        if length < 4 || bytes[1] != 0 {
            return Err(FormatError::Damaged);
        }
        let (one, rest) = bytes.split_at_checked(length).ok_or(FormatError::Damaged)?;
        slots.push(read_slot(one)?);
        bytes = rest;
    }
    if bytes.is_empty() { Ok(slots) } else { Err(FormatError::Damaged) }
}

fn right_count(content: Content, count: usize) -> bool {
    if content == Content::Draft { count == 0 } else { (1..=SLOTS_MAX).contains(&count) }
}

/// The work of trying every slot, in KiB.
pub fn work_kib(slots: &[Slot]) -> u64 {
    let known = slots.iter().filter_map(|slot| match slot {
        Slot::Known(known) => Some(known.params.work_kib()),
        Slot::Unknown(_) => None,
    });
    known.sum()
}

fn read_slot(bytes: &[u8]) -> Result<Slot, FormatError> {
    let kind = match bytes[0] {
        1 => SlotKind::Password,
        2 => SlotKind::KeyFile,
        3 => SlotKind::Recovery,
        0 => return Err(FormatError::Damaged),
        _ => return Ok(Slot::Unknown(bytes.to_vec())),
    };
    if bytes.len() != KNOWN_SLOT {
        return Err(FormatError::Damaged);
    }
    let number = |at| array(bytes, at).map(u32::from_le_bytes);
    let params = Params { m_kib: number(12)?, t: number(16)?, p: number(20)? };
    Ok(Slot::Known(KnownSlot {
        kind,
        id: array(bytes, 4)?,
        params: params.check().map_err(|_| FormatError::HostileCost)?,
        salt: array(bytes, 24)?,
        nonce: array(bytes, 56)?,
        wrapped: array(bytes, 68)?,
        tag: array(bytes, 100)?,
    }))
}

/// Writes the header, its MAC and its digest for a body of `body_len` bytes (tag included).
pub fn write(header: &Header, body_len: u64, key: &keys::Key) -> Result<Vec<u8>, FormatError> {
    let mut slots = Vec::with_capacity(header.slots.len() * KNOWN_SLOT);
    for slot in &header.slots {
        match slot {
            Slot::Known(known) => slots.extend_from_slice(&known.bytes()),
            Slot::Unknown(raw) => slots.extend_from_slice(raw),
        }
    }
    let length = (FIXED_END - 12 + slots.len()) as u32;
    // What a reader refuses is never written: the file would be lost.
    let right = right_count(header.content, header.slots.len()) && work_kib(&header.slots) <= FILE_WORK_KIB;
    if !right || length > 8192 || body_len > BODY_MAX {
        return Err(FormatError::TooLarge);
    }
    let mut out = Vec::with_capacity(FIXED_END + slots.len() + 64);
    out.extend_from_slice(MAGIC);
    out.extend_from_slice(&VERSION.to_le_bytes());
    out.extend_from_slice(&length.to_le_bytes());
    out.extend_from_slice(&[header.content.byte(), 1, header.slots.len() as u8, 0]);
    out.extend_from_slice(&header.vault);
    out.extend_from_slice(&header.counter.to_le_bytes());
    out.extend_from_slice(&header.epoch.to_le_bytes());
    out.extend_from_slice(&header.body_salt);
    out.extend_from_slice(&body_len.to_le_bytes());
    out.extend_from_slice(&slots);
    let mac = keys::mac(key, &out);
    out.extend_from_slice(&mac);
    let digest = sha256(&out);
    out.extend_from_slice(&digest);
    Ok(out)
}
