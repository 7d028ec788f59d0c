//! One-time codes: TOTP (RFC 6238) and HOTP (RFC 4226), and the two texts their keys come in: an
//! `otpauth://` address and a bare base32 key. No clock: the time comes in. Not Steam's codes.

pub mod migration;

use std::fmt::Write;

use hmac::{Hmac, KeyInit, Mac};

use crate::crypto::burn_after;
use crate::secret::{Secret, SecretBytes};

/// Most bytes of an `otpauth://` address or a base32 key.
pub const TEXT_MOST: usize = 4_096;
/// Most bytes of a key.
pub const KEY_MOST: usize = 1_024;
/// Longest period in seconds.
pub const PERIOD_MOST: u32 = 86_400;

/// The hash below the HMAC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// SHA-1: what nearly every site uses.
    Sha1,
    /// SHA-256.
    Sha256,
    /// SHA-512.
    Sha512,
}

impl Algorithm {
    fn name(self) -> &'static str {
        match self {
            Algorithm::Sha1 => "SHA1",
            Algorithm::Sha256 => "SHA256",
            Algorithm::Sha512 => "SHA512",
        }
    }
}

/// What makes one code differ from the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moving {
    /// TOTP: the number of whole periods (seconds, 1 to [`PERIOD_MOST`]) since 1970.
    Time {
        /// Seconds that a code holds.
        period: u32,
    },
    /// HOTP: a counter that each use moves on.
    Counter {
        /// The counter of the next code.
        counter: u64,
    },
}

/// A one-time code generator with its key.
#[derive(Debug)]
pub struct Otp {
    /// The hash.
    pub algorithm: Algorithm,
    /// Digits of a code, 6 to 8.
    pub digits: u8,
    /// Time or counter.
    pub moving: Moving,
    /// Who issued the key; may be empty.
    pub issuer: String,
    /// Whose key it is; may be empty.
    pub account: String,
    key: SecretBytes,
}

/// Why a text is no one-time code generator. It never holds the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OtpError {
    /// Longer than [`TEXT_MOST`], or the key longer than [`KEY_MOST`].
    #[error("too long for a one-time code key")]
    TooLong,
    /// No key at all.
    #[error("there is no key")]
    NoKey,
    /// A character that base32 does not have, or a number of them that no key gives.
    #[error("the key is not base32")]
    NotBase32,
    /// `otpauth://` with another type than `totp` or `hotp`.
    #[error("neither totp nor hotp")]
    Kind,
    /// An algorithm other than SHA1, SHA256, SHA512.
    #[error("the algorithm is not known")]
    Algorithm,
    /// Not 6, 7 or 8 digits.
    #[error("codes have 6, 7 or 8 digits")]
    Digits,
    /// Not 1 to 86,400 seconds.
    #[error("the period is out of bounds")]
    Period,
    /// HOTP without a counter, or with one that is no number.
    #[error("the counter is missing or no number")]
    Counter,
    /// A broken percent escape, or an escape that gives no UTF-8.
    #[error("the address is damaged")]
    Damaged,
    /// A parameter that is there twice.
    #[error("a parameter is there twice")]
    Twice,
}

impl Otp {
    /// A generator with a key of 1 to [`KEY_MOST`] bytes; SHA-1, 6 digits, 30 seconds.
    pub fn with_key(key: SecretBytes) -> Result<Otp, OtpError> {
        match key.len() {
            0 => Err(OtpError::NoKey),
            1..=KEY_MOST => Ok(Otp {
                algorithm: Algorithm::Sha1,
                digits: 6,
                moving: Moving::Time { period: 30 },
                issuer: String::new(),
                account: String::new(),
                key,
            }),
            _ => Err(OtpError::TooLong),
        }
    }

    /// Reads an `otpauth://` address (the key-uri format of google-authenticator) or a bare base32
    /// key: spaces, hyphens, lower case and missing padding are all right.
    pub fn parse(text: &str) -> Result<Otp, OtpError> {
        if text.len() > TEXT_MOST {
            return Err(OtpError::TooLong);
        }
        let text = text.trim();
        match text.get(..10) {
            Some(scheme) if scheme.eq_ignore_ascii_case("otpauth://") => {
                parse_uri(text.get(10..).unwrap_or_default())
            }
            _ => Otp::with_key(base32(text.bytes().map(Ok))?),
        }
    }

    /// The `otpauth://` address of this generator, key included.
    pub fn uri(&self) -> Secret {
        let kind = if matches!(self.moving, Moving::Time { .. }) { "totp" } else { "hotp" };
        let mut before = format!("otpauth://{kind}/");
        if !self.issuer.is_empty() {
            escape(&mut before, &self.issuer);
            before.push(':');
        }
        escape(&mut before, &self.account);
        before.push_str("?secret=");
        let mut after = String::new();
        if !self.issuer.is_empty() {
            after.push_str("&issuer=");
            escape(&mut after, &self.issuer);
        }
        let (algorithm, digits) = (self.algorithm.name(), self.digits);
        let (name, value) = match self.moving {
            Moving::Time { period } => ("period", u64::from(period)),
            Moving::Counter { counter } => ("counter", counter),
        };
        let _ = write!(after, "&algorithm={algorithm}&digits={digits}&{name}={value}");
        let key = self.base32_key();
        let mut made = SecretBytes::with_capacity(before.len() + key.expose().len() + after.len());
        for part in [before.as_str(), key.expose(), after.as_str()] {
            made.push(part.as_bytes()).expect("the room was counted before");
        }
        Secret::from_bytes(made).expect("all parts are text")
    }

    /// The key in base32, upper case, without padding.
    pub fn base32_key(&self) -> Secret {
        let key = self.key.expose();
        let mut made = SecretBytes::with_capacity((key.len() * 8).div_ceil(5));
        for group in key.chunks(5) {
            let mut bits = [0u8; 8];
            bits[3..3 + group.len()].copy_from_slice(group);
            let bits = u64::from_be_bytes(bits);
            for place in 0..(group.len() * 8).div_ceil(5) {
                let digit = (bits >> (35 - 5 * place) & 31) as usize;
                made.push(&[ALPHABET[digit]]).expect("the room was counted before");
            }
        }
        Secret::from_bytes(made).expect("base32 is text")
    }

    /// The code now: of the period that `unix_seconds` lies in, or of the counter as it stands.
    pub fn code(&self, unix_seconds: u64) -> Secret {
        match self.moving {
            Moving::Time { period } => self.code_of(unix_seconds / u64::from(period.max(1))),
            Moving::Counter { counter } => self.code_of(counter),
        }
    }

    /// The code of one counter value (RFC 4226, 5.3), with leading zeros.
    pub fn code_of(&self, counter: u64) -> Secret {
        let number = burn_after(|| match self.algorithm {
            Algorithm::Sha1 => truncated::<Hmac<sha1::Sha1>>(self.key.expose(), counter),
            Algorithm::Sha256 => truncated::<Hmac<sha2::Sha256>>(self.key.expose(), counter),
            Algorithm::Sha512 => truncated::<Hmac<sha2::Sha512>>(self.key.expose(), counter),
        });
        let mut code = [0u8; 8];
        let mut rest = number;
        let digits = usize::from(self.digits.clamp(6, 8));
        for place in code[..digits].iter_mut().rev() {
            *place = b'0' + (rest % 10) as u8;
            rest /= 10;
        }
        Secret::from_bytes(SecretBytes::copy_of(&code[..digits])).expect("digits are text")
    }

    /// Seconds until the next code (1 to the period); `None` for a counter.
    pub fn remaining(&self, unix_seconds: u64) -> Option<u32> {
        match self.moving {
            Moving::Time { period } => {
                let period = period.max(1);
                Some(period - (unix_seconds % u64::from(period)) as u32)
            }
            Moving::Counter { .. } => None,
        }
    }

    /// Moves a counter on by one, after its code was used; false (and no change) for TOTP and at
    /// the counter's end.
    pub fn advance(&mut self) -> bool {
        match &mut self.moving {
            Moving::Counter { counter } if *counter < u64::MAX => {
                *counter += 1;
                true
            }
            _ => false,
        }
    }
}

fn truncated<M: Mac + KeyInit>(key: &[u8], counter: u64) -> u32 {
    let mut mac = <M as KeyInit>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(&counter.to_be_bytes());
    let mut digest = mac.finalize().into_bytes();
    let at = usize::from(digest[digest.len() - 1] & 15);
    let number = u32::from_be_bytes([digest[at], digest[at + 1], digest[at + 2], digest[at + 3]]);
    zeroize::Zeroize::zeroize(&mut digest[..]);
    number & 0x7FFF_FFFF
}

const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// Decodes base32 (RFC 4648). Bits beyond the last whole byte are let go, as others do.
fn base32(text: impl Iterator<Item = Result<u8, OtpError>>) -> Result<SecretBytes, OtpError> {
    let mut made = SecretBytes::with_capacity(KEY_MOST);
    let (mut bits, mut held, mut digits, mut padded) = (0u32, 0u32, 0u32, false);
    for byte in text {
        let byte = byte?;
        let digit = match byte.to_ascii_uppercase() {
            b'=' => {
                padded = true;
                continue;
            }
            // Keys are shown in groups.
            b' ' | b'-' | b'\t' | b'\r' | b'\n' => continue,
            letter @ b'A'..=b'Z' => letter - b'A',
            number @ b'2'..=b'7' => number - b'2' + 26,
            _ => return Err(OtpError::NotBase32),
        };
        if padded {
            return Err(OtpError::NotBase32);
        }
        digits += 1;
        bits = (bits << 5 | u32::from(digit)) & 0xFFF;
        held += 5;
        if held >= 8 {
            held -= 8;
            made.push(&[(bits >> held) as u8]).map_err(|_| OtpError::TooLong)?;
        }
    }
    match digits % 8 {
        _ if digits == 0 => Err(OtpError::NoKey),
        // No number of bytes ends so: a character is missing.
        1 | 3 | 6 => Err(OtpError::NotBase32),
        _ => Ok(SecretBytes::copy_of(made.expose())),
    }
}

fn parse_uri(text: &str) -> Result<Otp, OtpError> {
    let text = text.split('#').next().unwrap_or_default();
    let (path, query) = text.split_once('?').unwrap_or((text, ""));
    let (kind, label) = path.split_once('/').unwrap_or((path, ""));
    let timed = match kind {
        _ if kind.eq_ignore_ascii_case("totp") => true,
        _ if kind.eq_ignore_ascii_case("hotp") => false,
        _ => return Err(OtpError::Kind),
    };
    let find = |wanted: &str| -> Result<Option<&str>, OtpError> {
        let mut found = query
            .split('&')
            .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
            .filter(|(name, _)| name.eq_ignore_ascii_case(wanted))
            .map(|(_, value)| value);
        let first = found.next();
        if found.next().is_some() { Err(OtpError::Twice) } else { Ok(first) }
    };
    let number = |wanted: &str, or: OtpError| -> Result<Option<u64>, OtpError> {
        let Some(value) = find(wanted)? else { return Ok(None) };
        let plain = value.bytes().all(|b| b.is_ascii_digit());
        value.parse().ok().filter(|_| plain).map(Some).ok_or(or)
    };

    let key = find("secret")?.ok_or(OtpError::NoKey)?;
    let mut made = Otp::with_key(base32(unescaped(key, false))?)?;
    made.algorithm = match find("algorithm")?.unwrap_or("SHA1").to_ascii_uppercase().as_str() {
        "SHA1" | "SHA-1" | "HMACSHA1" => Algorithm::Sha1,
        "SHA256" | "SHA-256" | "HMACSHA256" => Algorithm::Sha256,
        "SHA512" | "SHA-512" | "HMACSHA512" => Algorithm::Sha512,
        _ => return Err(OtpError::Algorithm),
    };
    made.digits = match number("digits", OtpError::Digits)?.unwrap_or(6) {
        digits @ 6..=8 => digits as u8,
        _ => return Err(OtpError::Digits),
    };
    made.moving = if timed {
        match number("period", OtpError::Period)?.unwrap_or(30) {
            period if (1..=u64::from(PERIOD_MOST)).contains(&period) => {
                Moving::Time { period: period as u32 }
            }
            _ => return Err(OtpError::Period),
        }
    } else {
        let counter = number("counter", OtpError::Counter)?.ok_or(OtpError::Counter)?;
        Moving::Counter { counter }
    };
    let label = text_of(label, false)?;
    let (before, account) = match label.split_once(':') {
        Some((issuer, account)) => (issuer, account),
        None => ("", label.as_str()),
    };
    made.account = account.trim().to_owned();
    made.issuer = match find("issuer")? {
        Some(issuer) => text_of(issuer, true)?.trim().to_owned(),
        None => before.trim().to_owned(),
    };
    Ok(made)
}

/// The bytes of `text` with percent escapes undone, one by one, so that a key leaves no copy.
fn unescaped(text: &str, plus_is_space: bool) -> impl Iterator<Item = Result<u8, OtpError>> {
    let mut bytes = text.bytes();
    std::iter::from_fn(move || {
        Some(match bytes.next()? {
            b'%' => {
                let mut digit = || bytes.next().and_then(|b| char::from(b).to_digit(16));
                match (digit(), digit()) {
                    (Some(high), Some(low)) => Ok((high * 16 + low) as u8),
                    _ => Err(OtpError::Damaged),
                }
            }
            b'+' if plus_is_space => Ok(b' '),
            byte => Ok(byte),
        })
    })
}

fn text_of(escaped: &str, plus_is_space: bool) -> Result<String, OtpError> {
    let bytes: Vec<u8> = unescaped(escaped, plus_is_space).collect::<Result<_, _>>()?;
    String::from_utf8(bytes).map_err(|_| OtpError::Damaged)
}

fn escape(out: &mut String, text: &str) {
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'@' => {
                out.push(char::from(byte));
            }
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
}

#[cfg(test)]
mod tests;
