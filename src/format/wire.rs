//! The shapes on the wire, in bincode `=2.0.1` (standard configuration: little-endian, varints).
//! Only integers, byte strings, UTF-8 strings, fixed arrays, lists and structs of them: no enum,
//! option, map, bool, char, float. These are not the model's types; [`super::payload`] converts.

use bincode::config::{Configuration, Limit, LittleEndian, Varint};
use serde::{Deserialize, Serialize, Serializer};

use super::FormatError;

/// Decoding never allocates for more than this many bytes.
pub(super) const CONFIG: Configuration<LittleEndian, Varint, Limit<{ 1 << 30 }>> =
    bincode::config::standard().with_limit::<{ 1 << 30 }>();

/// A byte string, borrowed from the payload.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub(super) struct Bytes<'a>(#[serde(borrow)] pub(super) &'a [u8]);

impl Serialize for Bytes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(self.0)
    }
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Payload<'a> {
    pub(super) schema: u16,
    pub(super) min_reader: u16,
    pub(super) min_writer: u16,
    #[serde(borrow)]
    pub(super) sections: Vec<Section<'a>>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Section<'a> {
    pub(super) tag: u16,
    #[serde(borrow)]
    pub(super) bytes: Bytes<'a>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Record<'a> {
    pub(super) id: [u8; 16],
    pub(super) kind: u16,
    pub(super) stamps: Vec<Stamp>,
    #[serde(borrow)]
    pub(super) attrs: Vec<Attr<'a>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stamp {
    pub(super) hlc: u64,
    pub(super) salt: u64,
    pub(super) writer: u16,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Attr<'a> {
    pub(super) tag: u16,
    /// 16 bytes or none.
    #[serde(borrow)]
    pub(super) element: Bytes<'a>,
    #[serde(borrow)]
    pub(super) versions: Vec<Version<'a>>,
    /// One or none.
    pub(super) floor: Vec<Stamp>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Version<'a> {
    /// Index into the record's stamps.
    pub(super) stamp: u16,
    #[serde(borrow)]
    pub(super) value: Bytes<'a>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct RetiredKey {
    pub(super) epoch: u32,
    pub(super) dek: [u8; 32],
    pub(super) when: u64,
}

/// Decodes one value from the start of `bytes`; gives how many bytes it took.
pub(super) fn decode<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<(T, usize), FormatError> {
    bincode::serde::borrow_decode_from_slice(bytes, CONFIG).map_err(|_| FormatError::Damaged)
}

/// Decodes one value that must fill `bytes`.
pub(super) fn decode_all<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, FormatError> {
    let (value, used) = decode(bytes)?;
    if used == bytes.len() { Ok(value) } else { Err(FormatError::Damaged) }
}

/// Appends the encoding of `value`.
pub(super) fn encode<T: Serialize>(value: &T, out: &mut Vec<u8>) {
    struct Tail<'a>(&'a mut Vec<u8>);
    impl bincode::enc::write::Writer for Tail<'_> {
        fn write(&mut self, bytes: &[u8]) -> Result<(), bincode::error::EncodeError> {
            self.0.extend_from_slice(bytes);
            Ok(())
        }
    }
    bincode::serde::encode_into_writer(value, Tail(out), CONFIG).expect("plain structs always encode");
}
