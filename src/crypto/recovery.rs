//! Recovery codes: 20 random bytes shown as 32 Crockford base-32 characters in groups of four,
//! with two check characters (the first 10 bits of SHA-256(`mamori/1 recovery` ‖ the 20 bytes)).

use super::entropy::{Entropy, EntropyError};
use super::keys::sha256;
use crate::secret::{Secret, SecretBytes};

const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Why a typed code is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RecoveryError {
    /// Not 34 letters.
    #[error("a recovery code has 34 letters and digits")]
    Length,
    /// A letter that no code has.
    #[error("this letter is in no recovery code")]
    Letter,
    /// The check letters do not fit: a typing error.
    #[error("the check letters at the end do not fit")]
    Check,
}

/// Draws a new code.
pub fn random(source: &mut dyn Entropy) -> Result<SecretBytes, EntropyError> {
    SecretBytes::filled(20, |out| source.fill(out))
}

/// The code as it is shown: nine groups, `XXXX-XXXX-…-XX`.
pub fn shown(code: &[u8; 20]) -> Secret {
    super::burn_after(|| shown_unburned(code))
}

fn shown_unburned(code: &[u8; 20]) -> Secret {
    let mut out = SecretBytes::with_capacity(34 + 8);
    let mut put = |value: u16, at: usize| {
        if at > 0 && at.is_multiple_of(4) {
            out.push(b"-").expect("made with room for it");
        }
        out.push(&[LETTERS[usize::from(value)]]).expect("made with room for it");
    };
    for at in 0..32 {
        put(five_bits(code, at), at);
    }
    let check = check_bits(code);
    put(check >> 5, 32);
    put(check & 31, 33);
    Secret::from_bytes(out).expect("the letters are ASCII")
}

/// Reads a typed code: any case, spaces and hyphens ignored, O as 0, I and L as 1.
pub fn parse(typed: &str) -> Result<SecretBytes, RecoveryError> {
    super::burn_after(|| parse_unburned(typed))
}

fn parse_unburned(typed: &str) -> Result<SecretBytes, RecoveryError> {
    let mut code = SecretBytes::filled(20, |_| Ok::<(), RecoveryError>(()))?;
    let (mut count, mut check) = (0, 0u16);
    for letter in typed.chars().filter(|letter| !matches!(letter, '-' | ' ' | '\n' | '\r' | '\t')) {
        let value = match letter.to_ascii_uppercase() {
            'O' => 0,
            'I' | 'L' => 1,
            other => LETTERS
                .iter()
                .position(|known| char::from(*known) == other)
                .and_then(|at| u16::try_from(at).ok())
                .ok_or(RecoveryError::Letter)?,
        };
        match count {
            0..32 => put_five_bits(code.expose_mut(), count, value),
            32..34 => check = check << 5 | value,
            _ => return Err(RecoveryError::Length),
        }
        count += 1;
    }
    if count != 34 {
        return Err(RecoveryError::Length);
    }
    let right = check_bits(code.expose().try_into().expect("made with 20 bytes"));
    if right == check { Ok(code) } else { Err(RecoveryError::Check) }
}

fn check_bits(code: &[u8; 20]) -> u16 {
    let mut input = SecretBytes::copy_of(b"mamori/1 recovery                    ");
    input.expose_mut()[17..].copy_from_slice(code);
    let hash = sha256(input.expose());
    u16::from_be_bytes([hash[0], hash[1]]) >> 6
}

fn five_bits(code: &[u8; 20], at: usize) -> u16 {
    let bit = at * 5;
    let pair = u16::from_be_bytes([code[bit / 8], code.get(bit / 8 + 1).copied().unwrap_or(0)]);
    pair >> (11 - bit % 8) & 31
}

fn put_five_bits(code: &mut [u8], at: usize, value: u16) {
    let bit = at * 5;
    let [high, low] = (value << (11 - bit % 8)).to_be_bytes();
    code[bit / 8] |= high;
    if let Some(next) = code.get_mut(bit / 8 + 1) {
        *next |= low;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_it_is_shown() {
        let code: [u8; 20] = std::array::from_fn(|at| (at * 37 + 11) as u8);
        let text = shown(&code);
        assert_eq!(text.expose().len(), 42);
        assert!(parse(text.expose()).expect("right").ct_eq(&code));
        let careless = text.expose().to_lowercase().replace('0', "o").replace('1', "l").replace('-', " ");
        assert!(parse(&careless).expect("right").ct_eq(&code));
    }

    #[test]
    fn a_slip_is_noticed() {
        let text = shown(&[9; 20]).expose().to_owned();
        assert_eq!(parse(text.get(1..).expect("ASCII")).err(), Some(RecoveryError::Length));
        assert_eq!(parse(&format!("{text}0")).err(), Some(RecoveryError::Length));
        assert_eq!(parse(&text.replacen('2', "U", 1)).err(), Some(RecoveryError::Letter));
        let swapped: String =
            format!("{}{}", if text.starts_with('A') { 'B' } else { 'A' }, text.get(1..).expect("ASCII"));
        assert_eq!(parse(&swapped).err(), Some(RecoveryError::Check));
    }
}
