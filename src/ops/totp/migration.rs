//! `otpauth-migration://offline?data=…`: what Google Authenticator shows to move accounts to another
//! telephone. The data is base64 of a protocol-buffers message; it is read by hand, bounded, into
//! buffers that are wiped.
//!
//! ```text
//! MigrationPayload { 1: repeated OtpParameters, 2: version, 3: batch size, 4: batch index, 5: batch id }
//! OtpParameters { 1: key bytes, 2: name, 3: issuer, 4: algorithm (1 SHA1, 2 SHA256, 3 SHA512, 4 MD5),
//!                 5: digits (1 six, 2 eight), 6: type (1 HOTP, 2 TOTP), 7: counter }
//! ```

use super::{Algorithm, Moving, Otp, OtpError, TEXT_MOST, unescaped};
use crate::secret::SecretBytes;

/// What such an address begins with.
pub const SCHEME: &str = "otpauth-migration://";

/// Most accounts that are read from one address; a code image holds ten or so.
const ACCOUNTS_MOST: usize = 200;

/// The accounts of one address.
#[derive(Debug)]
pub struct Moved {
    /// Accounts that this program can make codes of, in their order.
    pub accounts: Vec<Otp>,
    /// How many others there were (MD5).
    pub others: usize,
    /// Which of how many code images this one is, where there are several: from 1.
    pub part: Option<(u64, u64)>,
}

/// True when a text is such an address.
pub fn is_migration(text: &str) -> bool {
    text.trim_start().get(..SCHEME.len()).is_some_and(|head| head.eq_ignore_ascii_case(SCHEME))
}

/// Reads such an address.
pub fn parse(text: &str) -> Result<Moved, OtpError> {
    let text = text.trim();
    if text.len() > TEXT_MOST {
        return Err(OtpError::TooLong);
    }
    let (_, query) = text.split_once('?').ok_or(OtpError::NoKey)?;
    let query = query.split('#').next().unwrap_or_default();
    let mut data = query.split('&').filter_map(|pair| pair.strip_prefix("data="));
    let encoded = data.next().ok_or(OtpError::NoKey)?;
    if data.next().is_some() {
        return Err(OtpError::Twice);
    }
    let message = base64(unescaped(encoded, false))?;
    let mut moved = Moved { accounts: Vec::new(), others: 0, part: None };
    let (mut size, mut index) = (0, 0);
    for field in Fields(message.expose()) {
        match field? {
            (1, Value::Bytes(account)) => {
                if moved.accounts.len() + moved.others >= ACCOUNTS_MOST {
                    return Err(OtpError::TooLong);
                }
                match account_of(account)? {
                    Some(otp) => moved.accounts.push(otp),
                    None => moved.others += 1,
                }
            }
            (3, Value::Number(number)) => size = number,
            (4, Value::Number(number)) => index = number,
            _ => {}
        }
    }
    if moved.accounts.is_empty() {
        return Err(if moved.others > 0 { OtpError::Algorithm } else { OtpError::NoKey });
    }
    moved.part = (size > 1 && index < size).then_some((index + 1, size));
    Ok(moved)
}

fn account_of(message: &[u8]) -> Result<Option<Otp>, OtpError> {
    let mut key = None;
    let (mut name, mut issuer) = (String::new(), String::new());
    let (mut algorithm, mut digits, mut kind, mut counter) = (0, 0, 0, 0);
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).map_err(|_| OtpError::Damaged);
    for field in Fields(message) {
        match field? {
            (1, Value::Bytes(bytes)) => key = Some(SecretBytes::copy_of(bytes)),
            (2, Value::Bytes(bytes)) => name = text(bytes)?,
            (3, Value::Bytes(bytes)) => issuer = text(bytes)?,
            (4, Value::Number(number)) => algorithm = number,
            (5, Value::Number(number)) => digits = number,
            (6, Value::Number(number)) => kind = number,
            (7, Value::Number(number)) => counter = number,
            _ => {}
        }
    }
    let mut otp = Otp::with_key(key.ok_or(OtpError::NoKey)?)?;
    otp.algorithm = match algorithm {
        0 | 1 => Algorithm::Sha1,
        2 => Algorithm::Sha256,
        3 => Algorithm::Sha512,
        _ => return Ok(None),
    };
    otp.digits = match digits {
        0 | 1 => 6,
        2 => 8,
        _ => return Err(OtpError::Digits),
    };
    otp.moving = match kind {
        1 => Moving::Counter { counter },
        0 | 2 => Moving::Time { period: 30 },
        _ => return Err(OtpError::Kind),
    };
    // - the name often repeats the issuer: `Example:hana`
    let account = match name.split_once(':') {
        Some((before, account)) if issuer.is_empty() || before.trim() == issuer.trim() => {
            issuer = before.trim().to_owned();
            account
        }
        _ => name.as_str(),
    };
    otp.account = account.trim().to_owned();
    otp.issuer = issuer;
    Ok(Some(otp))
}

/// Decodes base64, of the usual alphabet or of the one for addresses.
fn base64(text: impl Iterator<Item = Result<u8, OtpError>>) -> Result<SecretBytes, OtpError> {
    let mut made = SecretBytes::with_capacity(TEXT_MOST);
    let (mut bits, mut held) = (0u32, 0u32);
    for byte in text {
        let digit = match byte? {
            letter @ b'A'..=b'Z' => letter - b'A',
            letter @ b'a'..=b'z' => letter - b'a' + 26,
            number @ b'0'..=b'9' => number - b'0' + 52,
            // - a plus that went through a form came out as a blank
            b'+' | b'-' | b' ' => 62,
            b'/' | b'_' => 63,
            b'=' => continue,
            _ => return Err(OtpError::Damaged),
        };
        bits = (bits << 6 | u32::from(digit)) & 0xFFFF;
        held += 6;
        if held >= 8 {
            held -= 8;
            made.push(&[(bits >> held) as u8]).map_err(|_| OtpError::TooLong)?;
        }
    }
    Ok(made)
}

enum Value<'a> {
    Number(u64),
    Bytes(&'a [u8]),
    /// Of a fixed size; nobody here wants one.
    Other,
}

/// The fields of a message.
struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    fn number(&mut self) -> Result<u64, OtpError> {
        let mut number = 0u64;
        for place in 0..10 {
            let (byte, rest) = self.0.split_first().ok_or(OtpError::Damaged)?;
            self.0 = rest;
            let part = u64::from(byte & 0x7f);
            number |= part.checked_shl(7 * place).ok_or(OtpError::Damaged)?;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err(OtpError::Damaged)
    }

    fn bytes(&mut self, len: u64) -> Result<&'a [u8], OtpError> {
        let len = usize::try_from(len).map_err(|_| OtpError::Damaged)?;
        let (bytes, rest) = self.0.split_at_checked(len).ok_or(OtpError::Damaged)?;
        self.0 = rest;
        Ok(bytes)
    }

    fn field(&mut self) -> Result<(u64, Value<'a>), OtpError> {
        let key = self.number()?;
        let value = match key & 7 {
            0 => Value::Number(self.number()?),
            1 => self.bytes(8).map(|_| Value::Other)?,
            2 => {
                let len = self.number()?;
                Value::Bytes(self.bytes(len)?)
            }
            5 => self.bytes(4).map(|_| Value::Other)?,
            _ => return Err(OtpError::Damaged),
        };
        Ok((key >> 3, value))
    }
}

impl<'a> Iterator for Fields<'a> {
    type Item = Result<(u64, Value<'a>), OtpError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let field = self.field();
        if field.is_err() {
            self.0 = &[];
        }
        Some(field)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn field(number: u8, bytes: &[u8]) -> Vec<u8> {
        let mut out = vec![number << 3 | 2, u8::try_from(bytes.len()).expect("short")];
        out.extend_from_slice(bytes);
        out
    }

    fn encoded(message: &[u8]) -> String {
        const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let mut out = format!("{SCHEME}offline?data=");
        for group in message.chunks(3) {
            let mut bits = 0u32;
            for at in 0..3 {
                bits = bits << 8 | u32::from(group.get(at).copied().unwrap_or(0));
            }
            for place in 0..4 {
                match ALPHABET[(bits >> (18 - 6 * place) & 63) as usize] {
                    _ if place > group.len() => out.push_str("%3D"),
                    b'+' => out.push_str("%2B"),
                    b'/' => out.push_str("%2F"),
                    byte => out.push(char::from(byte)),
                }
            }
        }
        out
    }

    fn account(key: &[u8], name: &str, issuer: &str, rest: &[u8]) -> Vec<u8> {
        let mut all = [field(1, key), field(2, name.as_bytes()), field(3, issuer.as_bytes())].concat();
        all.extend_from_slice(rest);
        field(1, &all)
    }

    #[test]
    fn the_address_that_the_format_is_known_by_is_read() {
        // The message of a usual export of one account: key "Hello!\xde\xad\xbe\xef".
        let text = "otpauth-migration://offline?data=CjEKCkhlbGxvId6tvu8SGEV4YW1wbGU6YWxpY2VAZ29vZ2xlLmNvbRoHRXhhbXBsZTAC";
        let moved = parse(text).expect("fine");
        let [otp] = moved.accounts.as_slice() else { unreachable!("one account") };
        assert_eq!((otp.issuer.as_str(), otp.account.as_str()), ("Example", "alice@google.com"));
        assert_eq!(otp.base32_key().expose(), "JBSWY3DPEHPK3PXP");
        assert_eq!((otp.digits, otp.moving), (6, Moving::Time { period: 30 }));
    }

    #[test]
    fn several_accounts_of_every_sort_and_which_image_it_is() {
        let mut message = account(b"12345678901234567890", "みずほ", "銀行", &[0x20, 2, 0x28, 2, 0x30, 2]);
        message.extend(account(b"key", "counted", "", &[0x30, 1, 0x38, 0xAC, 0x02]));
        message.extend(account(b"old", "md5", "", &[0x20, 4]));
        message.extend([0x10, 1, 0x18, 3, 0x20, 1, 0x28, 0xff, 0xff, 0xff, 0xff, 0x0f]);
        let moved = parse(&format!("  {}\n", encoded(&message))).expect("fine");
        assert_eq!((moved.accounts.len(), moved.others, moved.part), (2, 1, Some((2, 3))));
        let (one, two) = (&moved.accounts[0], &moved.accounts[1]);
        assert_eq!((one.issuer.as_str(), one.account.as_str()), ("銀行", "みずほ"));
        assert_eq!((one.algorithm, one.digits), (Algorithm::Sha256, 8));
        assert_eq!((two.moving, two.issuer.as_str()), (Moving::Counter { counter: 300 }, ""));
    }

    #[test]
    fn what_is_broken_is_refused() {
        assert_eq!(parse("otpauth-migration://offline").map(drop), Err(OtpError::NoKey));
        assert_eq!(parse("otpauth-migration://offline?data=").map(drop), Err(OtpError::NoKey));
        assert_eq!(parse("otpauth-migration://offline?data=a&data=b").map(drop), Err(OtpError::Twice));
        assert_eq!(parse("otpauth-migration://offline?data=!").map(drop), Err(OtpError::Damaged));
        let message = account(b"key", "x", "", &[]);
        let cut = message.get(..message.len() - 1).expect("long enough");
        assert_eq!(parse(&encoded(cut)).map(drop), Err(OtpError::Damaged));
        assert_eq!(parse(&encoded(&account(b"", "x", "", &[]))).map(drop), Err(OtpError::NoKey));
        assert_eq!(parse(&encoded(&account(b"k", "x", "", &[0x20, 4]))).map(drop), Err(OtpError::Algorithm));
        let long = format!("{SCHEME}offline?data={}", "A".repeat(5000));
        assert_eq!(parse(&long).map(drop), Err(OtpError::TooLong));
        assert!(is_migration(" OTPAUTH-Migration://offline") && !is_migration("otpauth://totp/x"));
    }

    proptest! {
        #[test]
        fn any_message_is_answered(message in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = parse(&encoded(&message));
        }
    }
}
