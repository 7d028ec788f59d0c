//! What one finished control sequence means: tables, no state. Reading the bytes of a sequence is
//! [`super::parser`]'s work.

use zeroize::Zeroize;

use super::key::{Answer, Code, Key};

/// The parameters of a control sequence: at most 16 numbers, each with up to two sub-parameters.
pub(super) struct Params {
    numbers: [[u32; 3]; 16],
    filled: usize,
    sub: usize,
    /// `<`, `=`, `>` or `?` before the first number.
    private: u8,
    /// The last byte of 0x20..=0x2f.
    intermediate: u8,
    fresh: bool,
}

impl Params {
    pub(super) const fn new() -> Params {
        Params { numbers: [[0; 3]; 16], filled: 0, sub: 0, private: 0, intermediate: 0, fresh: true }
    }

    /// Nothing was taken yet.
    pub(super) fn is_fresh(&self) -> bool {
        self.fresh
    }

    /// Takes one byte of 0x20..=0x3f. What goes beyond the bounds is dropped, not kept.
    pub(super) fn take(&mut self, byte: u8) {
        match byte {
            b'0'..=b'9' => {
                if let Some(number) =
                    self.numbers.get_mut(self.filled).and_then(|part| part.get_mut(self.sub))
                {
                    *number = number.saturating_mul(10).saturating_add(u32::from(byte - b'0'));
                }
            }
            b':' => self.sub = (self.sub + 1).min(3),
            b';' => {
                self.filled = (self.filled + 1).min(16);
                self.sub = 0;
            }
            b'<'..=b'?' if self.fresh => self.private = byte,
            0x20..=0x2f => self.intermediate = byte,
            _ => {}
        }
        self.fresh = false;
    }

    /// Every number held, for the test that none stays.
    #[cfg(test)]
    pub(super) fn held(&self) -> Vec<u8> {
        self.numbers.iter().flatten().flat_map(|number| number.to_le_bytes()).collect()
    }

    pub(super) fn wipe(&mut self) {
        self.numbers.zeroize();
        *self = Params::new();
    }

    fn get(&self, index: usize) -> u32 {
        self.numbers.get(index).map_or(0, |part| part[0])
    }

    fn sub(&self, index: usize, sub: usize) -> u32 {
        self.numbers.get(index).map_or(0, |part| part[sub])
    }

    fn count(&self) -> usize {
        (self.filled + 1).min(16)
    }
}

/// What a control sequence is.
pub(super) enum Typed {
    /// Nothing for us: a mouse report, a key without a name.
    Nothing,
    Key(Key),
    Focus(bool),
    Answer(Answer<'static>),
    /// A paste begins.
    Paste,
}

/// The control byte of 0x00..=0x1f or 0x7f as a key.
pub(super) fn ctrl_byte(byte: u8) -> Key {
    match byte {
        0x00 => Key::ctrl(' '),
        0x08 | 0x7f => Key::plain(Code::Backspace),
        0x09 => Key::plain(Code::Tab),
        0x0d => Key::plain(Code::Enter),
        0x1b => Key::plain(Code::Esc),
        0x01..=0x1a => Key::ctrl(char::from(byte - 1 + b'a')),
        // Ctrl-\ Ctrl-] Ctrl-^ Ctrl-_
        _ => Key::ctrl(char::from(byte | 0x40)),
    }
}

/// The meaning of `CSI … last`.
pub(super) fn decode(last: u8, params: &Params) -> Typed {
    if params.private != 0 {
        return private(last, params);
    }
    if params.intermediate != 0 {
        return Typed::Answer(Answer::Other);
    }
    let letter = |code| event(params, 1, modified(code, params.get(1)));
    match last {
        b'A' => letter(Code::Up),
        b'B' => letter(Code::Down),
        b'C' => letter(Code::Right),
        b'D' => letter(Code::Left),
        b'H' => letter(Code::Home),
        b'F' => letter(Code::End),
        b'P' => letter(Code::F(1)),
        b'Q' => letter(Code::F(2)),
        b'S' => letter(Code::F(4)),
        // F3 with modifiers and the answer about row 1 look alike: no query of ours is sent from
        // row 1, and more than 16 is no modifier.
        b'R' if params.count() < 2 || (params.get(0) == 1 && (2..=16).contains(&params.get(1))) => {
            letter(Code::F(3))
        }
        b'R' => Typed::Answer(Answer::Position { row: clip(params.get(0)), column: clip(params.get(1)) }),
        b'Z' => Typed::Key(Key::plain(Code::BackTab)),
        b'a'..=b'd' => {
            let code = [Code::Up, Code::Down, Code::Right, Code::Left][usize::from(last - b'a')];
            if params.fresh {
                Typed::Key(Key { shift: true, ..Key::plain(code) })
            } else {
                // `CSI … c` with a number is an old form of device attributes.
                Typed::Answer(Answer::Other)
            }
        }
        b'I' if params.fresh => Typed::Focus(true),
        b'O' if params.fresh => Typed::Focus(false),
        b'~' | b'^' | b'@' => tilde(last, params),
        b'u' => unicode(params),
        b'n' | b't' | b'x' | b'y' => Typed::Answer(Answer::Other),
        _ => Typed::Nothing,
    }
}

fn private(last: u8, params: &Params) -> Typed {
    match (params.private, last) {
        (b'<', _) => Typed::Nothing,
        (b'?', b'c') if params.intermediate == 0 => {
            let listed = |wanted| (1..params.count()).any(|index| params.get(index) == wanted);
            Typed::Answer(Answer::Attributes {
                clipboard: listed(52),
                vte: params.get(0) == 65 && params.count() == 3 && params.get(1) == 1 && params.get(2) == 9,
            })
        }
        _ => Typed::Answer(Answer::Other),
    }
}

fn tilde(last: u8, params: &Params) -> Typed {
    let code = match params.get(0) {
        1 | 7 => Code::Home,
        2 => Code::Insert,
        3 => Code::Delete,
        4 | 8 => Code::End,
        5 => Code::PageUp,
        6 => Code::PageDown,
        number @ 11..=15 => function(number - 10),
        number @ 17..=21 => function(number - 11),
        number @ 23..=26 => function(number - 12),
        number @ (28 | 29) => function(number - 13),
        number @ 31..=34 => function(number - 14),
        27 if last == b'~' => return character(params.get(2), params.get(1), params.get(2)),
        200 if last == b'~' => return Typed::Paste,
        _ => return Typed::Nothing,
    };
    let key = modified(code, params.get(1));
    match last {
        b'^' => Typed::Key(Key { ctrl: true, ..key }),
        b'@' => Typed::Key(Key { ctrl: true, shift: true, ..key }),
        _ => event(params, 1, key),
    }
}

fn function(number: u32) -> Code {
    Code::F(u8::try_from(number).unwrap_or(0))
}

/// `CSI code : shifted ; modifiers : event u`.
fn unicode(params: &Params) -> Typed {
    if params.sub(1, 1) == 3 {
        return Typed::Nothing;
    }
    let shifted = match params.sub(0, 1) {
        0 => params.get(0),
        shifted => shifted,
    };
    character(params.get(0), params.get(1), shifted)
}

fn character(code: u32, modifiers: u32, shifted: u32) -> Typed {
    let code = match code {
        8 | 127 => Code::Backspace,
        9 => Code::Tab,
        13 | 57414 => Code::Enter,
        27 => Code::Esc,
        57399..=57408 => Code::Char(char::from_u32(code - 57399 + u32::from(b'0')).unwrap_or('0')),
        57409 => Code::Char('.'),
        57410 => Code::Char('/'),
        57411 => Code::Char('*'),
        57412 => Code::Char('-'),
        57413 => Code::Char('+'),
        57415 => Code::Char('='),
        57417 => Code::Left,
        57418 => Code::Right,
        57419 => Code::Up,
        57420 => Code::Down,
        57421 => Code::PageUp,
        57422 => Code::PageDown,
        57423 => Code::Home,
        57424 => Code::End,
        57425 => Code::Insert,
        57426 => Code::Delete,
        // The rest of kitty's private range: modifiers, media keys.
        57344..=63743 => return Typed::Nothing,
        _ => {
            let key = modified(Code::Esc, modifiers);
            let wanted = if key.shift && !key.ctrl { shifted } else { code };
            let Some(char) = char::from_u32(wanted).filter(|char| !char.is_control()) else {
                return Typed::Nothing;
            };
            if !key.shift || key.ctrl {
                return Typed::Key(Key { code: Code::Char(char), ..key });
            }
            let mut upper = char.to_uppercase();
            let char = if upper.len() == 1 { upper.next().unwrap_or(char) } else { char };
            return Typed::Key(Key { code: Code::Char(char), shift: false, ..key });
        }
    };
    let key = modified(code, modifiers);
    if key.code == Code::Tab && key.shift {
        return Typed::Key(Key { code: Code::BackTab, shift: false, ..key });
    }
    Typed::Key(key)
}

/// `SS3 last`: cursor keys in application mode, F1 to F4, the number pad.
pub(super) fn ss3(last: u8, params: &Params) -> Option<Key> {
    let code = match last {
        b'A' => Code::Up,
        b'B' => Code::Down,
        b'C' => Code::Right,
        b'D' => Code::Left,
        b'H' => Code::Home,
        b'F' => Code::End,
        b'P'..=b'S' => Code::F(last - b'P' + 1),
        b'M' => Code::Enter,
        b'I' => Code::Tab,
        b'X' => Code::Char('='),
        b'j'..=b'y' => Code::Char(char::from(last - b'j' + b'*')),
        b'a'..=b'd' => {
            let code = [Code::Up, Code::Down, Code::Right, Code::Left][usize::from(last - b'a')];
            return Some(Key { ctrl: true, ..Key::plain(code) });
        }
        _ => return None,
    };
    Some(modified(code, params.get(0)))
}

/// xterm's modifiers: 1 + shift 1 + alt 2 + ctrl 4 + … + meta 32.
fn modified(code: Code, modifiers: u32) -> Key {
    let bits = modifiers.saturating_sub(1);
    Key { code, shift: bits & 1 != 0, alt: bits & (2 | 32) != 0, ctrl: bits & 4 != 0 }
}

/// A key, unless its event (kitty) says that it was let go.
fn event(params: &Params, index: usize, key: Key) -> Typed {
    if params.sub(index, 1) == 3 { Typed::Nothing } else { Typed::Key(key) }
}

fn clip(number: u32) -> u16 {
    u16::try_from(number).unwrap_or(u16::MAX)
}
