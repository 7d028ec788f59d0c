//! The shapes on the wire, in bincode `=2.0.1` (standard configuration: little-endian, varints).
//! Only integers, byte strings, UTF-8 strings, fixed arrays, lists and structs of them: no enum,
//! option, map, bool, char, float. These are not the model's types; [`super::payload`] converts.

use bincode::config::{Configuration, Limit, LittleEndian, Varint};
use bincode::de::read::{BorrowReader, Reader};
use bincode::de::{BorrowDecoder, Decode, Decoder, DecoderImpl};
use bincode::error::DecodeError;
use serde::{Deserialize, Serialize, Serializer};

use super::FormatError;

type Config = Configuration<LittleEndian, Varint, Limit<{ 1 << 30 }>>;

/// Decoding never allocates for more than this many bytes.
pub(super) const CONFIG: Config = bincode::config::standard().with_limit::<{ 1 << 30 }>();

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

/// Reads a value piece by piece. A record is read so, straight into the model: lists in between
/// would double the time that opening a vault takes.
pub(super) struct Pieces<'a>(DecoderImpl<Rest<'a>, Config, ()>);

impl<'a> Pieces<'a> {
    /// Reads from the start of `bytes`.
    pub(super) fn new(bytes: &'a [u8]) -> Pieces<'a> {
        Pieces(DecoderImpl::new(Rest(bytes), CONFIG, ()))
    }

    /// What was not read yet.
    pub(super) fn rest(&mut self) -> &'a [u8] {
        self.0.reader().0
    }

    /// A number or a fixed array.
    pub(super) fn take<T: Decode<()>>(&mut self) -> Result<T, FormatError> {
        T::decode(&mut self.0).map_err(|_| FormatError::Damaged)
    }

    /// The length of a list; each of its items takes at least `least` bytes.
    pub(super) fn count(&mut self, least: usize) -> Result<usize, FormatError> {
        let count: u64 = self.take()?;
        let most = (self.rest().len() / least) as u64;
        if count <= most { Ok(count as usize) } else { Err(FormatError::Damaged) }
    }

    /// A byte string.
    pub(super) fn bytes(&mut self) -> Result<&'a [u8], FormatError> {
        let len = self.count(1)?;
        self.0.borrow_reader().take_bytes(len).map_err(|_| FormatError::Damaged)
    }

    /// A stamp.
    pub(super) fn stamp(&mut self) -> Result<Stamp, FormatError> {
        Ok(Stamp { hlc: self.take()?, salt: self.take()?, writer: self.take()? })
    }
}

/// What is left of a slice; bincode's own does not say how much that is.
struct Rest<'a>(&'a [u8]);

impl Reader for Rest<'_> {
    #[inline]
    fn read(&mut self, out: &mut [u8]) -> Result<(), DecodeError> {
        out.copy_from_slice(self.take_bytes(out.len())?);
        Ok(())
    }

    #[inline]
    fn peek_read(&mut self, count: usize) -> Option<&[u8]> {
        self.0.get(..count)
    }

    #[inline]
    fn consume(&mut self, count: usize) {
        self.0 = self.0.get(count..).unwrap_or_default();
    }
}

impl<'a> BorrowReader<'a> for Rest<'a> {
    #[inline]
    fn take_bytes(&mut self, count: usize) -> Result<&'a [u8], DecodeError> {
        let short = || DecodeError::UnexpectedEnd { additional: count - self.0.len() };
        let (taken, rest) = self.0.split_at_checked(count).ok_or_else(short)?;
        self.0 = rest;
        Ok(taken)
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn in_pieces(bytes: &[u8]) -> Result<(Vec<u8>, usize), FormatError> {
        let mut pieces = Pieces::new(bytes);
        let (id, kind) = (pieces.take()?, pieces.take()?);
        let stamps = (0..pieces.count(3)?).map(|_| pieces.stamp()).collect::<Result<_, _>>()?;
        let mut attrs = Vec::new();
        for _ in 0..pieces.count(4)? {
            let (tag, element) = (pieces.take()?, Bytes(pieces.bytes()?));
            let mut versions = Vec::new();
            for _ in 0..pieces.count(2)? {
                versions.push(Version { stamp: pieces.take()?, value: Bytes(pieces.bytes()?) });
            }
            let floor = (0..pieces.count(3)?).map(|_| pieces.stamp()).collect::<Result<_, _>>()?;
            attrs.push(Attr { tag, element, versions, floor });
        }
        let mut out = Vec::new();
        encode(&Record { id, kind, stamps, attrs }, &mut out);
        Ok((out, bytes.len() - pieces.rest().len()))
    }

    proptest! {
        #[test]
        fn pieces_read_what_the_shapes_read(bytes in prop::collection::vec(0..=255u8, 16..80), few in 0..6u8) {
            // Small numbers where lists begin, so that whole records come up often.
            let mut bytes = bytes;
            bytes.iter_mut().skip(16).step_by(2).for_each(|byte| *byte %= few + 1);
            let whole = decode::<Record<'_>>(&bytes).map(|(record, used)| {
                let mut out = Vec::new();
                encode(&record, &mut out);
                (out, used)
            });
            prop_assert_eq!(in_pieces(&bytes), whole);
        }
    }
}
