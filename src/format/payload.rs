//! The payload: bytes to [`Vault`] and back. Everything it decodes was authenticated before, and
//! is still checked: bounded, all bytes consumed, no duplicate ids, elements or tags.

use std::collections::HashSet;
use std::ops::Range;

use zeroize::Zeroize;

use super::FormatError;
use super::body::Plain;
use super::wire;
use crate::crypto::keys::Key;
use crate::crypto::value::OVERHEAD;
use crate::model::record::VERSIONS_MAX;
use crate::model::tag::Shape;
use crate::model::vault::{ENTRIES_MAX, RETIRED_MAX, RetiredKey, SAVES_MAX};
use crate::model::{Attr, Id, Record, Records, Section, Stamp, Tag, Vault, Version};

const SAVES: u16 = 3;
const RETIRED: u16 = 4;
/// A section with this bit holds no records; a program that does not know it keeps its bytes.
const OPAQUE: u16 = 0x8000;
const CRITICAL: u16 = 0x2000;
/// The reader and writer this program is.
const OWN: u16 = 1;

/// Reads a payload. Unchanged records remember where they lie in it, so that the next save copies
/// instead of encoding.
pub fn decode(id: [u8; 16], plain: &mut Plain) -> Result<Vault, FormatError> {
    let (vault, retired) = decode_bytes(id, plain.expose())?;
    // The retired keys now lie in the locked page; the payload stays in memory without them.
    plain.expose_mut()[retired].zeroize();
    Ok(vault)
}

fn decode_bytes(id: [u8; 16], bytes: &[u8]) -> Result<(Vault, Range<usize>), FormatError> {
    let payload: wire::Payload<'_> = wire::decode_all(bytes)?;
    if payload.min_reader > OWN {
        return Err(FormatError::NewerPayload(payload.min_reader));
    }
    let mut vault = Vault::new(id);
    vault.schema = payload.schema;
    vault.min_reader = payload.min_reader;
    vault.min_writer = payload.min_writer;
    let mut tags = HashSet::new();
    let mut retired = 0..0;
    for section in payload.sections {
        if !tags.insert(section.tag) {
            return Err(FormatError::Damaged);
        }
        let known = matches!(section.tag, 1..=7);
        if section.tag & CRITICAL != 0 && !known {
            vault.unknown_critical = true;
        }
        match section.tag {
            SAVES => {
                let stamps: Vec<wire::Stamp> = wire::decode_all(section.bytes.0)?;
                if stamps.len() > SAVES_MAX {
                    return Err(FormatError::Damaged);
                }
                stamps.into_iter().for_each(|stamp| vault.note_save(model_stamp(stamp)));
            }
            RETIRED => {
                let at = section.bytes.0.as_ptr() as usize - bytes.as_ptr() as usize;
                retired = at..at + section.bytes.0.len();
                vault.retired = decode_retired(section.bytes.0)?;
            }
            tag if tag & OPAQUE != 0 => {
                vault.opaque.insert(tag, section.bytes.0.to_vec());
            }
            tag => {
                let at = section.bytes.0.as_ptr() as usize - bytes.as_ptr() as usize;
                let records = decode_records(section.bytes.0, at, &mut vault)?;
                if tag == Section::Entries.tag() && records.len() > ENTRIES_MAX {
                    return Err(FormatError::Damaged);
                }
                *vault.section_mut(Section::from_tag(tag)) = records;
            }
        }
    }
    Ok((vault, retired))
}

fn decode_retired(bytes: &[u8]) -> Result<Vec<RetiredKey>, FormatError> {
    let keys: Vec<wire::RetiredKey> = wire::decode_all(bytes)?;
    if keys.len() > RETIRED_MAX {
        return Err(FormatError::Damaged);
    }
    Ok(keys
        .into_iter()
        .map(|mut one| {
            let mut dek = Key::zero();
            dek.expose_mut().copy_from_slice(&one.dek);
            one.dek.zeroize();
            RetiredKey { epoch: one.epoch, dek, when: one.when }
        })
        .collect())
}

fn decode_records(bytes: &[u8], at: usize, vault: &mut Vault) -> Result<Records, FormatError> {
    let (count, mut used): (u64, usize) = wire::decode(bytes)?;
    let mut records = Vec::with_capacity((count as usize).min(bytes.len() / 20));
    for _ in 0..count {
        let rest = bytes.get(used..).ok_or(FormatError::Damaged)?;
        let (record, len) = wire::decode::<wire::Record<'_>>(rest)?;
        records.push(model_record(record, (at + used) as u32, len as u32, vault)?);
        used += len;
    }
    if used != bytes.len() {
        return Err(FormatError::Damaged);
    }
    // A writer may list them in any order; ours is by id.
    if !records.is_sorted_by(|one, next| one.id < next.id) {
        records.sort_by_key(|one| one.id);
        if records.windows(2).any(|pair| matches!(pair, [one, next] if one.id == next.id)) {
            return Err(FormatError::Damaged);
        }
    }
    Ok(Records::from_sorted(records))
}

fn model_record(
    record: wire::Record<'_>,
    at: u32,
    len: u32,
    vault: &mut Vault,
) -> Result<Record, FormatError> {
    let stamps: Vec<Stamp> = record.stamps.into_iter().map(model_stamp).collect();
    stamps.iter().for_each(|stamp| vault.saw(*stamp));
    let mut attrs = Vec::with_capacity(record.attrs.len());
    for attr in record.attrs {
        attrs.push(model_attr(attr, &stamps, vault)?);
    }
    if !attrs.is_sorted_by(|one: &Attr, next| (one.tag, one.element) < (next.tag, next.element)) {
        attrs.sort_by_key(|one| (one.tag, one.element));
        let same =
            |pair: &[Attr]| matches!(pair, [one, next] if (one.tag, one.element) == (next.tag, next.element));
        if attrs.windows(2).any(same) {
            return Err(FormatError::Damaged);
        }
    }
    Ok(Record::from_sorted(Id(record.id), record.kind, attrs, Some((at, at + len))))
}

fn model_attr(attr: wire::Attr<'_>, stamps: &[Stamp], vault: &mut Vault) -> Result<Attr, FormatError> {
    let tag = Tag(attr.tag);
    let element = match attr.element.0 {
        [] => None,
        bytes => Some(Id(bytes.try_into().map_err(|_| FormatError::Damaged)?)),
    };
    if attr.versions.len() > VERSIONS_MAX || tag.is_many() != element.is_some() {
        return Err(FormatError::Damaged);
    }
    let shape = tag.known().map(|(shape, _)| shape);
    if shape.is_none() && tag.is_critical() {
        vault.unknown_critical = true;
    }
    let mut versions = Vec::with_capacity(attr.versions.len());
    for version in attr.versions {
        let stamp = *stamps.get(usize::from(version.stamp)).ok_or(FormatError::Damaged)?;
        let value = version.value.0;
        let fits = value.is_empty()
            || match shape {
                Some(Shape::Text) => std::str::from_utf8(value).is_ok(),
                Some(Shape::Number) => value.len() == 8,
                Some(Shape::Flag) => value == [1],
                Some(Shape::Bytes) => true,
                Some(Shape::Sealed) | None => !tag.is_sealed() || value.len() >= OVERHEAD,
            };
        if !fits {
            return Err(FormatError::Damaged);
        }
        versions.push(Version { stamp, value: value.into() });
    }
    if !versions.is_sorted_by(|one, next| one.stamp > next.stamp) {
        return Err(FormatError::Damaged);
    }
    let floor = match attr.floor.as_slice() {
        [] => None,
        [floor] => {
            let floor = model_stamp(*floor);
            vault.saw(floor);
            Some(Box::new(floor))
        }
        _ => return Err(FormatError::Damaged),
    };
    if floor.as_deref().is_some_and(|floor| versions.iter().any(|one| one.stamp <= *floor)) {
        return Err(FormatError::Damaged);
    }
    Ok(Attr { tag, element, versions, floor })
}

fn model_stamp(stamp: wire::Stamp) -> Stamp {
    Stamp { hlc: stamp.hlc, salt: stamp.salt, writer: stamp.writer }
}

fn wire_stamp(stamp: Stamp) -> wire::Stamp {
    wire::Stamp { hlc: stamp.hlc, salt: stamp.salt, writer: stamp.writer }
}

/// Writes the payload of `vault`. `source` is the payload it was read from, if any: records that
/// did not change are copied from there.
pub fn encode(vault: &Vault, source: Option<&Plain>) -> Result<Plain, FormatError> {
    // Two vaults that are both within the limit may join to one that no reader takes.
    if vault.section(Section::Entries).len() > ENTRIES_MAX {
        return Err(FormatError::TooLarge);
    }
    let parts = parts(vault, source)?;
    let mut head = Vec::with_capacity(16);
    wire::encode(&(vault.schema.max(1), vault.min_reader, vault.min_writer), &mut head);
    wire::encode(&(parts.len() as u64), &mut head);
    let len = head.len() + parts.iter().map(Part::len).sum::<usize>();
    Plain::build(len, |mut out| {
        let mut put = |bytes: &[u8]| {
            let (here, rest) = std::mem::take(&mut out).split_at_mut(bytes.len());
            here.copy_from_slice(bytes);
            out = rest;
        };
        put(&head);
        for part in &parts {
            put(&part.head);
            part.pieces.iter().for_each(|piece| match piece {
                Piece::Own(bytes) => put(bytes),
                Piece::Copied(bytes) => put(bytes),
            });
        }
    })
}

/// One section: its tag and length, then its content in pieces.
struct Part<'a> {
    head: Vec<u8>,
    pieces: Vec<Piece<'a>>,
}

enum Piece<'a> {
    Own(Vec<u8>),
    Copied(&'a [u8]),
}

impl Piece<'_> {
    fn len(&self) -> usize {
        match self {
            Piece::Own(bytes) => bytes.len(),
            Piece::Copied(bytes) => bytes.len(),
        }
    }
}

impl<'a> Part<'a> {
    fn new(tag: u16, pieces: Vec<Piece<'a>>) -> Part<'a> {
        let len: usize = pieces.iter().map(Piece::len).sum();
        let mut head = Vec::with_capacity(12);
        wire::encode(&(tag, len as u64), &mut head);
        Part { head, pieces }
    }

    fn len(&self) -> usize {
        self.head.len() + self.pieces.iter().map(Piece::len).sum::<usize>()
    }
}

fn parts<'a>(vault: &'a Vault, source: Option<&'a Plain>) -> Result<Vec<Part<'a>>, FormatError> {
    let mut parts = Vec::new();
    for (section, records) in vault.sections() {
        parts.push(Part::new(section.tag(), record_pieces(records, source)?));
    }
    let saves: Vec<wire::Stamp> = vault.saves.iter().copied().map(wire_stamp).collect();
    let mut bytes = Vec::with_capacity(saves.len() * 21 + 4);
    wire::encode(&saves, &mut bytes);
    parts.push(Part::new(SAVES, vec![Piece::Own(bytes)]));
    // Of the right size at once: a growing buffer would leave keys behind, if only until wiped.
    let mut bytes = Vec::with_capacity(vault.retired.len() * 56 + 4);
    wire::encode(&(vault.retired.len() as u64), &mut bytes);
    for one in &vault.retired {
        let dek = one.dek.expose();
        wire::encode(&(one.epoch, dek, one.when), &mut bytes);
    }
    parts.push(Part::new(RETIRED, vec![Piece::Own(bytes)]));
    for (tag, bytes) in &vault.opaque {
        parts.push(Part::new(*tag, vec![Piece::Copied(bytes)]));
    }
    Ok(parts)
}

fn record_pieces<'a>(records: &'a Records, source: Option<&'a Plain>) -> Result<Vec<Piece<'a>>, FormatError> {
    let mut count = Vec::with_capacity(10);
    wire::encode(&(records.len() as u64), &mut count);
    let mut pieces = vec![Piece::Own(count)];
    // Neighbours in the source are copied as one piece.
    let mut run: Option<(u32, u32)> = None;
    let copied = |run: (u32, u32)| {
        let bytes = source.map_or(&[][..], Plain::expose);
        Piece::Copied(&bytes[run.0 as usize..run.1 as usize])
    };
    for record in records.iter() {
        match (record.encoded().filter(|_| source.is_some()), run) {
            (Some((from, to)), Some((start, end))) if end == from => run = Some((start, to)),
            (Some(place), old) => {
                pieces.extend(old.map(copied));
                run = Some(place);
            }
            (None, old) => {
                pieces.extend(old.map(copied));
                run = None;
                pieces.push(Piece::Own(encode_record(record)?));
            }
        }
    }
    pieces.extend(run.map(copied));
    Ok(pieces)
}

fn encode_record(record: &Record) -> Result<Vec<u8>, FormatError> {
    let mut stamps: Vec<Stamp> =
        record.attrs().iter().flat_map(|attr| attr.versions.iter().map(|one| one.stamp)).collect();
    stamps.sort_unstable();
    stamps.dedup();
    if stamps.len() > usize::from(u16::MAX) + 1 {
        return Err(FormatError::TooLarge);
    }
    let attrs = record
        .attrs()
        .iter()
        .map(|attr| wire::Attr {
            tag: attr.tag.0,
            element: wire::Bytes(attr.element.as_ref().map_or(&[], |id| &id.0)),
            versions: attr
                .versions
                .iter()
                .map(|one| wire::Version {
                    stamp: stamps.binary_search(&one.stamp).expect("collected above") as u16,
                    value: wire::Bytes(&one.value),
                })
                .collect(),
            floor: attr.floor.iter().map(|floor| wire_stamp(**floor)).collect(),
        })
        .collect();
    let shape = wire::Record {
        id: record.id.0,
        kind: record.kind,
        stamps: stamps.iter().copied().map(wire_stamp).collect(),
        attrs,
    };
    let mut out = Vec::with_capacity(512);
    wire::encode(&shape, &mut out);
    Ok(out)
}
