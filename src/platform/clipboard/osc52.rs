//! The escape sequence that asks a terminal to set its clipboard (XTerm Control Sequences, OSC 52;
//! base64 from RFC 4648). Always the target `c`: mosh takes no other.

use std::io::{self, Write};
use std::time::Duration;

use zeroize::Zeroize;

use super::route::Wrap;

/// The longest text sent, in bytes.
pub const TEXT_BYTES: usize = 8 * 1024;
/// The longest text sent through GNU screen, which paints what goes beyond its buffer.
pub const SCREEN_BYTES: usize = 400;
/// mosh sends state, not a stream: two writes within one frame are one.
const MOSH_FRAME: Duration = Duration::from_millis(300);

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// How many bytes of text may be sent.
pub fn limit(wrap: Wrap) -> usize {
    match wrap {
        Wrap::None => TEXT_BYTES,
        Wrap::Screen => SCREEN_BYTES,
    }
}

/// Sets the clipboard to `text`, after a clear and a pause when it goes through mosh, which would
/// drop the same text sent twice.
pub fn set(out: &mut dyn Write, text: &[u8], wrap: Wrap, mosh: bool) -> io::Result<()> {
    if mosh {
        one(out, b"", wrap)?;
        out.flush()?;
        std::thread::sleep(MOSH_FRAME);
    }
    one(out, text, wrap)?;
    out.flush()
}

/// Empties the clipboard in the one way every terminal understands: a space (tmux ignores an empty
/// one), then nothing (which lets go of the selection where that is possible).
pub fn clear(out: &mut dyn Write, wrap: Wrap, mosh: bool) -> io::Result<()> {
    one(out, b" ", wrap)?;
    out.flush()?;
    if mosh {
        std::thread::sleep(MOSH_FRAME);
    }
    one(out, b"", wrap)?;
    out.flush()
}

fn one(out: &mut dyn Write, text: &[u8], wrap: Wrap) -> io::Result<()> {
    if wrap == Wrap::Screen {
        out.write_all(b"\x1bP")?;
    }
    out.write_all(b"\x1b]52;c;")?;
    for three in text.chunks(3) {
        let bits =
            three.iter().fold(0, |bits, byte| (bits << 8) | u32::from(*byte)) << (8 * (3 - three.len()));
        let mut four: [u8; 4] = std::array::from_fn(|at| {
            if at > three.len() { b'=' } else { DIGITS[(bits >> (18 - 6 * at) & 63) as usize] }
        });
        let written = out.write_all(&four);
        four.zeroize();
        written?;
    }
    // Inside screen's string its own end must not occur.
    out.write_all(if wrap == Wrap::Screen { b"\x07\x1b\\" } else { b"\x1b\\" })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(text: &[u8], wrap: Wrap) -> String {
        let mut out = Vec::new();
        set(&mut out, text, wrap, false).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn the_vectors_of_rfc_4648_are_sent() {
        let vectors = [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
        ];
        for (text, code) in vectors {
            assert_eq!(sent(text.as_bytes(), Wrap::None), format!("\x1b]52;c;{code}\x1b\\"));
        }
        assert_eq!(sent(b"\xff\xfe\xfd", Wrap::Screen), "\x1bP\x1b]52;c;//79\x07\x1b\\");
    }

    #[test]
    fn clearing_is_a_space_and_then_nothing() {
        let mut out = Vec::new();
        clear(&mut out, Wrap::None, false).unwrap();
        assert_eq!(out, b"\x1b]52;c;IA==\x1b\\\x1b]52;c;\x1b\\");
    }

    #[test]
    fn through_mosh_the_same_text_twice_is_two_changes() {
        let mut out = Vec::new();
        set(&mut out, b"f", Wrap::None, true).unwrap();
        assert_eq!(out, b"\x1b]52;c;\x1b\\\x1b]52;c;Zg==\x1b\\");
    }
}
