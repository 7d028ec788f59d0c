//! The payload: bytes to [`Vault`] and back. Everything it decodes was authenticated before, and
//! is still checked: bounded, all bytes consumed, no duplicate ids, elements or tags.

use std::collections::HashSet;
use std::sync::Arc;

use zeroize::Zeroize;

use super::FormatError;
use super::body::Plain;
use super::wire;
use crate::crypto::keys::Key;
use crate::crypto::value::OVERHEAD;
use crate::model::record::{STAMPS_MAX, VERSIONS_MAX, Versions};
use crate::model::tag::Shape;
use crate::model::vault::{ENTRIES_MAX, RETIRED_MAX, RetiredKey, SAVES_MAX};
use crate::model::{Attr, Id, Record, Records, Section, Source, Stamp, Tag, Value, Vault, Version};

const SAVES: u16 = 3;
const RETIRED: u16 = 4;
/// A section with this bit holds no records; a program that does not know it keeps its bytes.
const OPAQUE: u16 = 0x8000;
const CRITICAL: u16 = 0x2000;
/// The reader and writer this program is.
const OWN: u16 = 1;

/// Reads a payload. Values are pieces of it, and unchanged records remember where they lie in it,
/// so that the next save copies instead of encoding; so it is given back for keeping.
pub fn decode(id: [u8; 16], mut plain: Plain) -> Result<(Vault, Arc<Source>), FormatError> {
    // They go to the locked page; the payload stays in memory without them.
    let retired = take_retired(&mut plain)?;
    let source = Arc::new(plain.into_source());
    let mut vault = decode_source(id, &source)?;
    vault.retired = retired;
    Ok((vault, source))
}

fn take_retired(plain: &mut Plain) -> Result<Vec<RetiredKey>, FormatError> {
    let payload: wire::Payload<'_> = wire::decode_all(plain.expose())?;
    let Some(section) = payload.sections.iter().find(|section| section.tag == RETIRED) else {
        return Ok(Vec::new());
    };
    let keys = decode_retired(section.bytes.0)?;
    let at = section.bytes.0.as_ptr() as usize - plain.expose().as_ptr() as usize;
    let range = at..at + section.bytes.0.len();
    plain.expose_mut()[range].zeroize();
    Ok(keys)
}

fn decode_source(id: [u8; 16], source: &Arc<Source>) -> Result<Vault, FormatError> {
    let bytes = source.expose();
    let payload: wire::Payload<'_> = wire::decode_all(bytes)?;
    if payload.min_reader > OWN {
        return Err(FormatError::NewerPayload(payload.min_reader));
    }
    let mut vault = Vault::new(id);
    vault.schema = payload.schema;
    vault.min_reader = payload.min_reader;
    vault.min_writer = payload.min_writer;
    let mut tags = HashSet::new();
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
            // Taken out before.
            RETIRED => {}
            tag if tag & OPAQUE != 0 => {
                vault.opaque.insert(tag, section.bytes.0.to_vec());
            }
            tag => {
                let at = section.bytes.0.as_ptr() as usize - bytes.as_ptr() as usize;
                let records = decode_records(section.bytes.0, at, source, &mut vault)?;
                if tag == Section::Entries.tag() && records.len() > ENTRIES_MAX {
                    return Err(FormatError::Damaged);
                }
                *vault.section_mut(Section::from_tag(tag)) = records;
            }
        }
    }
    Ok(vault)
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

fn decode_records(
    bytes: &[u8],
    at: usize,
    source: &Arc<Source>,
    vault: &mut Vault,
) -> Result<Records, FormatError> {
    let mut pieces = wire::Pieces::new(bytes);
    // Id, kind and two lists.
    let count = pieces.count(19)?;
    let mut records = Vec::with_capacity(count);
    let mut rest = pieces.rest();
    let mut stamps = Vec::new();
    for _ in 0..count {
        let from = at + bytes.len() - rest.len();
        let mut pieces = wire::Pieces::new(rest);
        let mut record = decode_record(&mut pieces, &mut stamps, source, vault)?;
        rest = pieces.rest();
        let to = at + bytes.len() - rest.len();
        record.lies_at((from as u32, to as u32));
        records.push(record);
    }
    if !rest.is_empty() {
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

/// Reads one record, the bytes of a [`wire::Record`]. `stamps` is room for its table.
fn decode_record(
    pieces: &mut wire::Pieces<'_>,
    stamps: &mut Vec<Stamp>,
    source: &Arc<Source>,
    vault: &mut Vault,
) -> Result<Record, FormatError> {
    let (id, kind) = (Id(pieces.take()?), pieces.take()?);
    stamps.clear();
    for _ in 0..pieces.count(3)? {
        let stamp = model_stamp(pieces.stamp()?);
        vault.saw(stamp);
        stamps.push(stamp);
    }
    // Tag, element and two lists.
    let count = pieces.count(4)?;
    let mut attrs: Vec<Attr> = Vec::with_capacity(count);
    for _ in 0..count {
        attrs.push(decode_attr(pieces, stamps, source, vault)?);
    }
    if !attrs.is_sorted_by(|one: &Attr, next| (one.tag, one.element) < (next.tag, next.element)) {
        attrs.sort_by_key(|one| (one.tag, one.element));
        let same =
            |pair: &[Attr]| matches!(pair, [one, next] if (one.tag, one.element) == (next.tag, next.element));
        if attrs.windows(2).any(same) {
            return Err(FormatError::Damaged);
        }
    }
    Ok(Record::from_sorted(id, kind, attrs))
}

fn decode_attr(
    pieces: &mut wire::Pieces<'_>,
    stamps: &[Stamp],
    source: &Arc<Source>,
    vault: &mut Vault,
) -> Result<Attr, FormatError> {
    let tag = Tag(pieces.take()?);
    let element = match pieces.bytes()? {
        [] => None,
        bytes => Some(Id(bytes.try_into().map_err(|_| FormatError::Damaged)?)),
    };
    let count = pieces.count(2)?;
    if count > VERSIONS_MAX || tag.is_many() != element.is_some() {
        return Err(FormatError::Damaged);
    }
    let shape = tag.known().map(|(shape, _)| shape);
    if shape.is_none() && tag.is_critical() {
        vault.unknown_critical = true;
    }
    let mut versions = Versions::with_capacity(count);
    for _ in 0..count {
        let place: u16 = pieces.take()?;
        let stamp = *stamps.get(usize::from(place)).ok_or(FormatError::Damaged)?;
        let value = pieces.bytes()?;
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
        let from = value.as_ptr() as usize - source.expose().as_ptr() as usize;
        versions.push(Version { stamp, value: Value::piece(source, from as u32, value.len() as u32) });
    }
    if !versions.is_sorted_by(|one, next| one.stamp > next.stamp) {
        return Err(FormatError::Damaged);
    }
    let floor = match pieces.count(3)? {
        0 => None,
        1 => {
            let floor = model_stamp(pieces.stamp()?);
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
pub fn encode(vault: &Vault, source: Option<&Source>) -> Result<Plain, FormatError> {
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

fn parts<'a>(vault: &'a Vault, source: Option<&'a Source>) -> Result<Vec<Part<'a>>, FormatError> {
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

fn record_pieces<'a>(
    records: &'a Records,
    source: Option<&'a Source>,
) -> Result<Vec<Piece<'a>>, FormatError> {
    let mut count = Vec::with_capacity(10);
    wire::encode(&(records.len() as u64), &mut count);
    let mut pieces = vec![Piece::Own(count)];
    // Neighbours in the source are copied as one piece.
    let mut run: Option<(u32, u32)> = None;
    let copied = |run: (u32, u32)| {
        let bytes = source.map_or(&[][..], Source::expose);
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
    let stamps = record.stamps();
    if stamps.len() > STAMPS_MAX {
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
