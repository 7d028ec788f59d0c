//! Recovery codes: 20 random bytes shown as 32 Crockford base-32 characters in groups of four,
//! with two check characters (the first 10 bits of SHA-256(`mamori/1 recovery` ‖ the 20 bytes)).

use unicode_normalization::UnicodeNormalization;

use super::entropy::{Entropy, EntropyError};
use super::keys::sha256;
use crate::secret::{Secret, SecretBytes};

const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Letters of a code, the check included.
pub const LETTERS_IN_ALL: usize = 34;
/// Groups in which it is shown; the last one is the check.
pub const GROUPS: usize = 9;

/// Why a typed code is none. That a code is refused here costs no derivation: it is a typing error,
/// whatever the vault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RecoveryError {
    /// Not 34 letters.
    #[error("a recovery code has 34 letters and digits, not {0}")]
    Length(usize),
    /// A character that no code has.
    #[error("{letter:?} in group {group} is in no recovery code")]
    Letter {
        /// In which group, from 1.
        group: usize,
        /// The character.
        letter: char,
    },
    /// The check letters do not fit: a typing error.
    #[error("the check letters at the end do not fit")]
    Check,
}

/// A typed character as it stands in a code: any case, full-width too, O as 0, I and L as 1. What no
/// code has is given back as an error.
pub fn letter(typed: char) -> Result<char, char> {
    let mut plain = std::iter::once(typed).nfkc();
    let (Some(plain), None) = (plain.next(), plain.next()) else { return Err(typed) };
    match plain.to_ascii_uppercase() {
        'O' => Ok('0'),
        'I' | 'L' => Ok('1'),
        upper if upper.is_ascii() && LETTERS.contains(&(upper as u8)) => Ok(upper),
        _ => Err(typed),
    }
}

/// What may stand between the groups: blanks and everything that a keyboard or an input method makes
/// of the hyphen key.
pub fn is_gap(typed: char) -> bool {
    const DASHES: &str = "-\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}\u{2015}\u{2212}\u{30fc}\u{ff0d}\u{ff70}";
    typed.is_whitespace() || DASHES.contains(typed)
}

/// What was typed of a code, in its groups: letters as they stand in a code, others as they are; of
/// what no screen should show a question mark.
pub fn grouped(typed: &str) -> Secret {
    let mut out = SecretBytes::with_capacity(typed.len() * 2 + 8);
    super::burn_after(|| {
        let letters = typed.chars().filter(|typed| !is_gap(*typed));
        for (at, typed) in letters.enumerate() {
            let seen = |other: char| other.is_alphanumeric() || other.is_ascii_graphic();
            let shown = letter(typed).unwrap_or_else(|other| if seen(other) { other } else { '?' });
            let gap = if at > 0 && at.is_multiple_of(4) { "-" } else { "" };
            let mut room = [0; 4];
            let whole =
                out.push(gap.as_bytes()).and_then(|()| out.push(shown.encode_utf8(&mut room).as_bytes()));
            // - what does not fit is not shown: nobody types so much by hand
            if whole.is_err() {
                break;
            }
        }
    });
    Secret::from_bytes(out).expect("only whole characters are put in")
}

/// The last group of a code that is shown: the check.
pub fn last_group(shown: &Secret) -> Secret {
    Secret::copy_of(shown.expose().rsplit('-').next().unwrap_or(""))
}

/// True when what was typed means these letters of a code.
pub fn same_letters(typed: &str, letters: &str) -> bool {
    let plain = |text: &str| -> Result<Vec<char>, char> {
        text.chars().filter(|typed| !is_gap(*typed)).map(letter).collect()
    };
    plain(typed).is_ok_and(|typed| plain(letters) == Ok(typed))
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

/// Reads a typed code: any case, gaps ignored, O as 0, I and L as 1.
pub fn parse(typed: &str) -> Result<SecretBytes, RecoveryError> {
    super::burn_after(|| parse_unburned(typed))
}

fn parse_unburned(typed: &str) -> Result<SecretBytes, RecoveryError> {
    let mut code = SecretBytes::filled(20, |_| Ok::<(), RecoveryError>(()))?;
    let (mut count, mut check) = (0, 0u16);
    for typed in typed.chars().filter(|typed| !is_gap(*typed)) {
        let wrong = |letter| RecoveryError::Letter { group: (count / 4 + 1).min(GROUPS), letter };
        let letter = letter(typed).map_err(wrong)?;
        let at = LETTERS.iter().position(|known| char::from(*known) == letter).unwrap_or(0);
        let value = u16::try_from(at).unwrap_or(0);
        match count {
            0..32 => put_five_bits(code.expose_mut(), count, value),
            32..LETTERS_IN_ALL => check = check << 5 | value,
            _ => {}
        }
        count += 1;
    }
    if count != LETTERS_IN_ALL {
        return Err(RecoveryError::Length(count));
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
        assert_eq!(parse(text.get(1..).expect("ASCII")).err(), Some(RecoveryError::Length(33)));
        assert_eq!(parse(&format!("{text}0")).err(), Some(RecoveryError::Length(35)));
        let at = text.find('2').expect("there is one");
        let group = at / 5 + 1;
        let wrong = RecoveryError::Letter { group, letter: 'u' };
        assert_eq!(parse(&text.replacen('2', "u", 1)).err(), Some(wrong));
        let swapped: String =
            format!("{}{}", if text.starts_with('A') { 'B' } else { 'A' }, text.get(1..).expect("ASCII"));
        assert_eq!(parse(&swapped).err(), Some(RecoveryError::Check));
    }

    #[test]
    fn the_last_group_is_typed_back() {
        let last = last_group(&shown(&[9; 20]));
        assert_eq!(last.expose().len(), 2);
        assert!(same_letters(&format!(" {} ", last.expose().to_lowercase()), last.expose()));
        assert!(!same_letters("", last.expose()) && !same_letters("uu", last.expose()));
        assert!(same_letters("oI", "01") && !same_letters("0", "00"));
    }

    #[test]
    fn what_is_typed_is_shown_in_groups() {
        assert_eq!(grouped("").expose(), "");
        assert_eq!(grouped("ab cd").expose(), "ABCD");
        assert_eq!(grouped("ａbcd-oil5u").expose(), "ABCD-0115-u");
        assert_eq!(grouped("\u{1b}[2J").expose(), "?[2J");
        assert_eq!(grouped(shown(&[9; 20]).expose()).expose(), shown(&[9; 20]).expose());
    }

    #[test]
    fn an_input_method_that_is_on_does_no_harm() {
        let code: [u8; 20] = std::array::from_fn(|at| (at * 11 + 3) as u8);
        let text = shown(&code);
        let wide: String = text
            .expose()
            .chars()
            .map(|c| match c {
                '-' => 'ー',
                c => char::from_u32(c as u32 + 0xfee0).expect("full-width"),
            })
            .collect();
        assert!(parse(&wide).expect("right").ct_eq(&code));
        assert_eq!(letter('ｕ'), Err('ｕ'));
        assert_eq!(letter('あ'), Err('あ'));
        assert_eq!(letter('㍻'), Err('㍻'));
        assert!(LETTERS.iter().all(|known| letter(char::from(*known)) == Ok(char::from(*known))));
    }

    /// Every slip of one letter, and every swap of two neighbours, is told before any derivation but
    /// for the one in 1,024 that the check cannot see.
    #[test]
    fn the_check_sees_slips() {
        let text: Vec<char> = shown(&[0x5a; 20]).expose().replace('-', "").chars().collect();
        let (mut seen, mut all) = (0, 0);
        let mut try_it = |typed: &[char]| {
            let typed: String = typed.iter().collect();
            all += 1;
            seen += usize::from(parse(&typed).err() == Some(RecoveryError::Check));
        };
        for at in 0..text.len() {
            for other in LETTERS.iter().map(|one| char::from(*one)).filter(|other| *other != text[at]) {
                let mut typed = text.clone();
                typed[at] = other;
                try_it(&typed);
            }
            let mut typed = text.clone();
            typed.swap(at, (at + 1) % text.len());
            if typed != text {
                try_it(&typed);
            }
        }
        assert!(seen * 1000 >= all * 995, "{seen} of {all}");
    }
}
