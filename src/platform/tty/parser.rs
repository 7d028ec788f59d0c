//! Bytes of a terminal to [`Input`]: a state machine with room for one sequence and no more. Pure:
//! the time is an argument. It is not a terminal emulator and it keeps no text that was typed:
//! everything it holds of an unfinished character or sequence is overwritten when that ends.
//!
//! Sources: ECMA-48 (structure of control sequences), XTerm Control Sequences (keys,
//! modifyOtherKeys, bracketed paste, answers), the kitty keyboard protocol (CSI u).

use std::time::Duration;

use zeroize::Zeroize;

use super::csi::{Params, Typed, ctrl_byte, decode, ss3};
use super::key::{Answer, Code, Input, Key};

/// How long a lone Esc waits for the rest of a sequence.
pub const ESC_WAIT: Duration = Duration::from_millis(25);
/// How long anything longer waits for its next byte; a lone Esc too while answers are expected.
pub const SEQUENCE_WAIT: Duration = Duration::from_millis(500);
/// How long a string of the terminal may take from its first byte to its last.
const STRING_TIME: Duration = Duration::from_secs(2);
/// How long a string of the terminal may be. The longest answer asked for has some 60 bytes.
const STRING_BYTES: usize = 64 * 1024;
/// The longest paste that is taken.
pub const PASTE_BYTES: usize = 1 << 20;
/// A paste that rested this long is ended by Ctrl-C or Esc, in case its end was lost.
const PASTE_REST: Duration = Duration::from_secs(2);
const PASTE_CLOSE: &[u8; 6] = b"\x1b[201~";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Ground,
    /// Inside a character of `need` bytes.
    Char {
        need: u8,
    },
    Escape,
    Csi,
    /// `ESC [ [`, the F1 to F5 of the Linux console.
    Console,
    Ss3,
    /// Three bytes of an old mouse report remain, or fewer.
    Mouse(u8),
    /// DCS (`P`), OSC (`]`), SOS (`X`), PM (`^`) or APC (`_`); `ending` after an ESC inside.
    Text {
        kind: u8,
        ending: bool,
    },
    /// Inside a paste, with so many bytes of its end seen.
    Paste {
        seen: u8,
    },
}

/// The parser.
pub struct Parser {
    state: State,
    alt: bool,
    char: [u8; 4],
    char_len: u8,
    params: Params,
    text: [u8; 64],
    text_len: usize,
    pasted: usize,
    paste_refused: bool,
    /// When the last byte came.
    last: Duration,
    /// When the string under way began.
    began: Duration,
    /// A query was sent: until then its answer may come.
    expecting_until: Duration,
}

impl Default for Parser {
    fn default() -> Parser {
        Parser::new()
    }
}

impl std::fmt::Debug for Parser {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Parser(..)")
    }
}

impl Parser {
    /// A parser that has seen nothing.
    pub fn new() -> Parser {
        Parser {
            state: State::Ground,
            alt: false,
            char: [0; 4],
            char_len: 0,
            params: Params::new(),
            text: [0; 64],
            text_len: 0,
            pasted: 0,
            paste_refused: false,
            last: Duration::ZERO,
            began: Duration::ZERO,
            expecting_until: Duration::ZERO,
        }
    }

    /// Says that a query was sent: until its device attributes come, and at the latest until
    /// `until`, a lone Esc waits longer, because it may be the first byte of a split answer. An
    /// answer that comes later still is recognised all the same.
    pub fn expect_answer(&mut self, until: Duration) {
        self.expecting_until = until;
    }

    /// When [`Parser::tick`] has something to do; `None` while nothing is unfinished.
    pub fn deadline(&self) -> Option<Duration> {
        let expecting = self.last < self.expecting_until;
        match self.state {
            State::Ground | State::Paste { .. } => None,
            State::Escape if !expecting => Some(self.last + ESC_WAIT),
            // Alt-P and its like: a string that has not even begun.
            State::Text { .. } if self.text_len == 0 && !expecting => Some(self.last + ESC_WAIT),
            State::Text { .. } => Some((self.last + SEQUENCE_WAIT).min(self.began + STRING_TIME)),
            _ => Some(self.last + SEQUENCE_WAIT),
        }
    }

    /// Ends what has waited too long at `now`: a lone Esc becomes a key, half a sequence is dropped.
    pub fn tick(&mut self, now: Duration, sink: &mut dyn FnMut(Input<'_>)) {
        if self.deadline().is_none_or(|at| now < at) {
            return;
        }
        match self.state {
            State::Escape => sink(Input::Key(Key { alt: self.alt, ..Key::plain(Code::Esc) })),
            State::Text { kind, ending: false } if self.text_len == 0 => {
                sink(Input::Key(Key::alt(char::from(kind))));
            }
            State::Char { .. } => sink(Input::Invalid),
            _ => {}
        }
        self.ground();
    }

    /// Takes `bytes` that came at `now` and hands what they mean to `sink`.
    ///
    /// `bytes` may end anywhere. A paste is handed on as slices of `bytes`; the caller wipes them.
    pub fn feed(&mut self, now: Duration, bytes: &[u8], sink: &mut dyn FnMut(Input<'_>)) {
        self.tick(now, sink);
        let rested = now.saturating_sub(self.last);
        self.last = now;
        if matches!(self.state, State::Paste { .. })
            && rested >= PASTE_REST
            && (bytes == [0x03] || bytes == [0x1b])
        {
            self.ground();
            return sink(Input::PasteRefused);
        }
        let mut at = 0;
        while at < bytes.len() {
            if let State::Paste { seen } = self.state {
                at = self.paste(bytes, at, seen, sink);
            } else {
                self.byte(bytes[at], now, sink);
                at += 1;
            }
        }
    }

    fn byte(&mut self, byte: u8, now: Duration, sink: &mut dyn FnMut(Input<'_>)) {
        match self.state {
            State::Ground => self.start(byte, sink),
            State::Char { need } => self.continue_char(byte, need, sink),
            State::Escape => self.escape(byte, now, sink),
            State::Csi => self.csi(byte, sink),
            State::Console => {
                self.ground();
                if let b'A'..=b'E' = byte {
                    sink(Input::Key(Key::plain(Code::F(byte - b'A' + 1))));
                }
            }
            State::Ss3 => match byte {
                b'0'..=b'9' => self.params.take(byte),
                _ => {
                    let key = ss3(byte, &self.params);
                    self.finish(key.map(Input::Key), sink);
                }
            },
            State::Mouse(left) => {
                self.state = if left <= 1 { State::Ground } else { State::Mouse(left - 1) };
            }
            State::Text { kind, ending } => self.string(byte, kind, ending, now, sink),
            State::Paste { .. } => {}
        }
    }

    fn start(&mut self, byte: u8, sink: &mut dyn FnMut(Input<'_>)) {
        let alt = std::mem::take(&mut self.alt);
        match byte {
            0x1b => self.state = State::Escape,
            0x20..=0x7e => sink(Input::Key(Key { alt, ..Key::plain(Code::Char(char::from(byte))) })),
            0x00..=0x1f | 0x7f => sink(Input::Key(Key { alt, ..ctrl_byte(byte) })),
            0xc2..=0xf4 => {
                let need = match byte {
                    0xc2..=0xdf => 2,
                    0xe0..=0xef => 3,
                    _ => 4,
                };
                self.alt = alt;
                self.char[0] = byte;
                self.char_len = 1;
                self.state = State::Char { need };
            }
            _ => sink(Input::Invalid),
        }
    }

    fn continue_char(&mut self, byte: u8, need: u8, sink: &mut dyn FnMut(Input<'_>)) {
        if byte & 0xc0 != 0x80 {
            // Not a part of the character: that one is lost, this byte begins something new.
            self.ground();
            sink(Input::Invalid);
            return self.start(byte, sink);
        }
        self.char[usize::from(self.char_len)] = byte;
        self.char_len += 1;
        if self.char_len < need {
            return;
        }
        let alt = self.alt;
        let typed = std::str::from_utf8(&self.char[..usize::from(need)])
            .ok()
            .and_then(|text| text.chars().next())
            .filter(|char| !char.is_control());
        self.ground();
        match typed {
            Some(char) => sink(Input::Key(Key { alt, ..Key::plain(Code::Char(char)) })),
            None => sink(Input::Invalid),
        }
    }

    fn escape(&mut self, byte: u8, now: Duration, sink: &mut dyn FnMut(Input<'_>)) {
        match byte {
            // Twice Esc: the first is a key, the second may begin a sequence.
            0x1b => sink(Input::Key(Key::plain(Code::Esc))),
            b'[' => self.state = State::Csi,
            b'O' => self.state = State::Ss3,
            b'P' | b']' | b'X' | b'^' | b'_' => {
                self.began = now;
                self.state = State::Text { kind: byte, ending: false };
            }
            _ => {
                self.state = State::Ground;
                self.alt = true;
                self.start(byte, sink);
            }
        }
    }

    fn csi(&mut self, byte: u8, sink: &mut dyn FnMut(Input<'_>)) {
        match byte {
            0x1b => {
                self.ground();
                self.state = State::Escape;
            }
            b'[' if self.params.is_fresh() => self.state = State::Console,
            b'M' if self.params.is_fresh() => self.state = State::Mouse(3),
            0x20..=0x3f => self.params.take(byte),
            0x40..=0x7e => match decode(byte, &self.params) {
                Typed::Nothing => self.ground(),
                Typed::Key(key) => self.finish(Some(Input::Key(key)), sink),
                Typed::Focus(gained) => {
                    self.finish(Some(if gained { Input::FocusGained } else { Input::FocusLost }), sink);
                }
                Typed::Answer(answer) => {
                    if matches!(answer, Answer::Attributes { .. }) {
                        self.expecting_until = Duration::ZERO;
                    }
                    self.finish(Some(Input::Answer(answer)), sink);
                }
                Typed::Paste => {
                    self.finish(Some(Input::PasteStart), sink);
                    (self.pasted, self.paste_refused) = (0, false);
                    self.state = State::Paste { seen: 0 };
                }
            },
            // A control character inside a sequence ends it (CAN and SUB by ECMA-48, others too,
            // because a key that was pressed must not vanish); so does a byte above ASCII.
            _ => {
                self.ground();
                self.start(byte, sink);
            }
        }
    }

    fn string(&mut self, byte: u8, kind: u8, ending: bool, now: Duration, sink: &mut dyn FnMut(Input<'_>)) {
        match byte {
            b'\\' if ending => self.end_string(kind, sink),
            0x07 if kind == b']' => self.end_string(kind, sink),
            0x18 | 0x1a => self.ground(),
            0x1b => self.state = State::Text { kind, ending: true },
            _ if ending => {
                // ESC and something else: the string broke off and another sequence began.
                self.ground();
                self.state = State::Escape;
                self.escape(byte, now, sink);
            }
            _ => {
                if let Some(room) = self.text.get_mut(self.text_len) {
                    *room = byte;
                }
                self.text_len += 1;
                if self.text_len > STRING_BYTES {
                    self.ground();
                }
            }
        }
    }

    fn end_string(&mut self, kind: u8, sink: &mut dyn FnMut(Input<'_>)) {
        let held = &self.text[..self.text_len.min(self.text.len())];
        let whole = self.text_len <= self.text.len();
        let answer = match kind {
            b'P' => held.strip_prefix(b">|").and_then(printable).map(Answer::Name),
            b']' if whole => held.strip_prefix(b"11;").and_then(colour),
            _ => None,
        };
        sink(Input::Answer(answer.unwrap_or(Answer::Other)));
        self.ground();
    }

    /// Handles `bytes` from `at` inside a paste; gives the place after what it handled.
    fn paste(&mut self, bytes: &[u8], at: usize, seen: u8, sink: &mut dyn FnMut(Input<'_>)) -> usize {
        let seen = usize::from(seen);
        if seen > 0 {
            if bytes[at] == PASTE_CLOSE[seen] {
                if seen + 1 < PASTE_CLOSE.len() {
                    self.state = State::Paste { seen: seen as u8 + 1 };
                } else {
                    let refused = self.paste_refused;
                    self.ground();
                    sink(if refused { Input::PasteRefused } else { Input::PasteEnd });
                }
                return at + 1;
            }
            // It was not the end: what was held back is text, and always the same text.
            self.state = State::Paste { seen: 0 };
            self.chunk(&PASTE_CLOSE[..seen], sink);
            return at;
        }
        let rest = &bytes[at..];
        let until = memchr::memchr(0x1b, rest).unwrap_or(rest.len());
        self.chunk(&rest[..until], sink);
        if until < rest.len() {
            self.state = State::Paste { seen: 1 };
            return at + until + 1;
        }
        bytes.len()
    }

    fn chunk(&mut self, text: &[u8], sink: &mut dyn FnMut(Input<'_>)) {
        self.pasted = self.pasted.saturating_add(text.len());
        self.paste_refused |= self.pasted > PASTE_BYTES;
        if !self.paste_refused && !text.is_empty() {
            sink(Input::PasteChunk(text));
        }
    }

    fn finish(&mut self, input: Option<Input<'_>>, sink: &mut dyn FnMut(Input<'_>)) {
        self.ground();
        if let Some(input) = input {
            sink(input);
        }
    }

    fn ground(&mut self) {
        self.state = State::Ground;
        self.alt = false;
        self.char.zeroize();
        self.char_len = 0;
        self.params.wipe();
        self.text.zeroize();
        self.text_len = 0;
    }
}

fn printable(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok().filter(|text| text.bytes().all(|byte| (0x20..0x7f).contains(&byte)))
}

/// `rgb:RRRR/GGGG/BBBB` with one to four digits a part, or `rgba:` (X11 colour strings).
fn colour(text: &[u8]) -> Option<Answer<'static>> {
    let text = printable(text)?;
    let text = text.strip_prefix("rgb:").or_else(|| text.strip_prefix("rgba:"))?;
    let mut parts = text.split('/').map(|part| {
        let top = (1u32 << (4 * u32::try_from(part.len()).ok().filter(|len| (1..=4).contains(len))?)) - 1;
        let value = u32::from_str_radix(part, 16).ok()?;
        u8::try_from(value * 255 / top).ok()
    });
    let (red, green, blue) = (parts.next()??, parts.next()??, parts.next()??);
    Some(Answer::Background { red, green, blue })
}

#[cfg(test)]
#[path = "parser_tests.rs"]
mod tests;
