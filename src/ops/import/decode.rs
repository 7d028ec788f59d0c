//! Bytes to text: UTF-8 and UTF-16 with and without a mark, CP932 as the last resort. Strict: a
//! byte that stands for nothing is an error with its line, never a replacement character.

use std::borrow::Cow;

use super::{FILE_MOST, ImportError, ImportFault};

/// How a text was encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// UTF-8, with or without its mark.
    Utf8,
    /// UTF-16, low byte first.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// CP932, Windows' Shift_JIS.
    Cp932,
}

/// Decodes a whole file. CP932 is a guess for the caller to tell.
pub(super) fn decode(bytes: &[u8]) -> Result<(Cow<'_, str>, Encoding), ImportError> {
    if bytes.len() > FILE_MOST {
        return Err(ImportError { line: None, what: ImportFault::FileTooLarge });
    }
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => utf8(rest),
        [0xFF, 0xFE, rest @ ..] => utf16(rest, Encoding::Utf16Le),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, Encoding::Utf16Be),
        // Every header begins with an ASCII letter or a quotation mark.
        [low, 0, ..] if low.is_ascii_graphic() => utf16(bytes, Encoding::Utf16Le),
        [0, low, ..] if low.is_ascii_graphic() => utf16(bytes, Encoding::Utf16Be),
        _ => match utf8(bytes) {
            Err(_) if !mostly_utf8(bytes) => cp932(bytes),
            read => read,
        },
    }
}

fn utf8(bytes: &[u8]) -> Result<(Cow<'_, str>, Encoding), ImportError> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok((Cow::Borrowed(text), Encoding::Utf8)),
        Err(error) => {
            let line = 1 + line_feeds(&bytes[..error.valid_up_to()]);
            Err(ImportFault::NotText(Encoding::Utf8).at(line))
        }
    }
}

/// True when most lines that are not plain ASCII are UTF-8: then the file is damaged UTF-8, and to
/// read it as CP932 would fill it with wrong letters.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut right, mut wrong) = (0u64, 0u64);
    for line in bytes.split(|b| *b == b'\n').filter(|line| !line.is_ascii()) {
        match std::str::from_utf8(line) {
            Ok(_) => right += 1,
            Err(_) => wrong += 1,
        }
    }
    right > wrong
}

fn utf16(bytes: &[u8], encoding: Encoding) -> Result<(Cow<'_, str>, Encoding), ImportError> {
    let pairs = bytes.chunks_exact(2);
    let odd = !pairs.remainder().is_empty();
    let units = pairs.map(|pair| match encoding {
        Encoding::Utf16Be => u16::from_be_bytes([pair[0], pair[1]]),
        _ => u16::from_le_bytes([pair[0], pair[1]]),
    });
    let mut text = String::with_capacity(bytes.len() / 2 + bytes.len() / 4);
    let damaged = |text: &str| ImportFault::NotText(encoding).at(1 + line_feeds(text.as_bytes()));
    for unit in char::decode_utf16(units) {
        text.push(unit.map_err(|_| damaged(&text))?);
    }
    if odd { Err(damaged(&text)) } else { Ok((Cow::Owned(text), encoding)) }
}

fn cp932(bytes: &[u8]) -> Result<(Cow<'_, str>, Encoding), ImportError> {
    let codec = encoding_rs::SHIFT_JIS;
    if let Some(text) = codec.decode_without_bom_handling_and_without_replacement(bytes) {
        return Ok((text, Encoding::Cp932));
    }
    // 0x0A is never the second byte of a letter, so lines can be tried one by one.
    let bad = bytes
        .split(|b| *b == b'\n')
        .position(|line| codec.decode_without_bom_handling_and_without_replacement(line).is_none());
    Err(ImportFault::NotText(Encoding::Cp932).at(1 + bad.unwrap_or(0) as u64))
}

fn line_feeds(bytes: &[u8]) -> u64 {
    memchr::memchr_iter(b'\n', bytes).count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16_of(text: &str, little: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|u| if little { u.to_le_bytes() } else { u.to_be_bytes() }).collect()
    }

    #[test]
    fn every_encoding_gives_the_same_text() {
        let text = "Name,Url\n守り～①﨑,ｶﾅ\n";
        let cp932 = encoding_rs::SHIFT_JIS.encode(text).0.into_owned();
        let marked = |mark: &[u8], body: Vec<u8>| [mark, &body].concat();
        for (bytes, encoding) in [
            (text.as_bytes().to_vec(), Encoding::Utf8),
            (marked(b"\xEF\xBB\xBF", text.into()), Encoding::Utf8),
            (marked(b"\xFF\xFE", utf16_of(text, true)), Encoding::Utf16Le),
            (marked(b"\xFE\xFF", utf16_of(text, false)), Encoding::Utf16Be),
            (utf16_of(text, true), Encoding::Utf16Le),
            (utf16_of(text, false), Encoding::Utf16Be),
            (cp932, Encoding::Cp932),
        ] {
            assert_eq!(decode(&bytes), Ok((Cow::Borrowed(text), encoding)));
        }
        let beyond = utf16_of("a😀", true);
        assert_eq!(decode(&beyond).unwrap().0, "a😀");
    }

    #[test]
    fn damage_names_its_line() {
        let fails = |bytes: &[u8], encoding, line| {
            assert_eq!(decode(bytes), Err(ImportFault::NotText(encoding).at(line)), "{bytes:?}");
        };
        fails(b"\xEF\xBB\xBFa\nb\n\x82\n", Encoding::Utf8, 3);
        // Two good Japanese lines, one cut: not to be read as CP932 (where E697 A5E6 9CAC has a meaning).
        fails(
            "日本\n日本\n日\u{20}".as_bytes().split_last().unwrap().1.split_last().unwrap().1,
            Encoding::Utf8,
            3,
        );
        fails(b"a\n\x82\xA0\n\xFF\n", Encoding::Cp932, 3);
        fails(b"a\0\n\0\0\xD8\n\0", Encoding::Utf16Le, 2);
        fails(b"a\0\n\0b", Encoding::Utf16Le, 2);
    }
}
