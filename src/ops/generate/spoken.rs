//! Passwords made to be read or typed by people: words of a list, PINs, and syllables that
//! can be pronounced.

use super::list::{LONGEST, word_at};
use super::{
    GenerateError, List, PIN_MOST, PRONOUNCEABLE_MOST, Pronounceable, SEPARATOR_MOST, WORDS_MOST, Words,
    within,
};
use crate::crypto::entropy::{Entropy, below};
use crate::secret::{Full, SecretBytes};

const CONSONANTS: &[u8; 16] = b"bdfghjkmnprstvwz";
const VOWELS: &[u8; 5] = b"aeiou";

const ROOM: &str = "the room was counted before";

/// Checks a words recipe: its number of words, its separator.
pub(super) fn check_words(recipe: &Words) -> Result<usize, GenerateError> {
    let count = within(recipe.count, 1, WORDS_MOST)?;
    let bad = |c: char| c.is_control() || (recipe.digit && c.is_ascii_digit());
    // With a digit among the words a digit as separator would give one password several recipes.
    if recipe.separator.chars().count() > SEPARATOR_MOST || recipe.separator.contains(bad) {
        return Err(GenerateError::Separator);
    }
    Ok(count)
}

/// log2 of the number of passwords. They are all different, because no word begins another.
pub(super) fn words_bits(recipe: &Words) -> Result<f64, GenerateError> {
    let count = check_words(recipe)? as f64;
    let digit = if recipe.digit { (10.0 * count).log2() } else { 0.0 };
    Ok(count * f64::from(recipe.list.size()).log2() + digit)
}

/// The recipe for words that makes this text; none where none does.
pub(super) fn recipe_of(text: &str) -> Option<Words> {
    let mut lists: Option<List> = None;
    let mut between = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (list, len) = word_at(rest)?;
        lists = Some(lists.filter(|before| *before != list).map_or(list, |_| List::Both));
        let after = rest.get(len..)?;
        let next = after.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(after.len());
        between.push(after.get(..next)?);
        rest = after.get(next..)?;
    }
    let (list, first) = (lists?, *between.first()?);
    let without = first.strip_prefix(|c: char| c.is_ascii_digit());
    let whole = Some(if between.len() > 1 { first } else { "" });
    // - a digit between two words is one behind the first
    let either = if between.len() == 2 { [without, whole] } else { [whole, without] };
    either.into_iter().flatten().find_map(|separator| {
        let mut digits = 0;
        for (place, given) in between.iter().enumerate() {
            let wanted = if place + 1 == between.len() { "" } else { separator };
            if *given != wanted {
                let digit = given.strip_prefix(|c: char| c.is_ascii_digit());
                digits += digit.is_some_and(|rest| rest == wanted).then_some(1)?;
            }
        }
        let (count, separator) = (u16::try_from(between.len()).ok()?, separator.to_owned());
        let recipe = Words { count, separator, capital: false, digit: digits == 1, list };
        (digits < 2 && check_words(&recipe).is_ok()).then_some(recipe)
    })
}

pub(super) fn words(recipe: &Words, source: &mut dyn Entropy) -> Result<SecretBytes, GenerateError> {
    let count = check_words(recipe)?;
    let mut made = SecretBytes::with_capacity(count * (LONGEST + recipe.separator.len()) + 1);
    let digit_after = if recipe.digit { Some(below(source, count as u32)? as usize) } else { None };
    for place in 0..count {
        if place > 0 {
            made.push(recipe.separator.as_bytes()).expect(ROOM);
        }
        let start = made.len();
        let wanted = below(source, recipe.list.size())?;
        made.push(recipe.list.word(wanted).as_bytes()).expect(ROOM);
        if recipe.capital {
            made.expose_mut()[start].make_ascii_uppercase();
        }
        if digit_after == Some(place) {
            push_digit(&mut made, source)?;
        }
    }
    // Copied to its exact size: the spare room would tell nothing but costs locked memory.
    Ok(SecretBytes::copy_of(made.expose()))
}

fn push_digit(made: &mut SecretBytes, source: &mut dyn Entropy) -> Result<(), GenerateError> {
    let digit = b'0' + below(source, 10)? as u8;
    made.push(&[digit]).map_err(|Full| ()).expect(ROOM);
    Ok(())
}

pub(super) fn pin_bits(digits: u16) -> Result<f64, GenerateError> {
    Ok(within(digits, 1, PIN_MOST)? as f64 * 10f64.log2())
}

pub(super) fn pin(digits: u16, source: &mut dyn Entropy) -> Result<SecretBytes, GenerateError> {
    let digits = within(digits, 1, PIN_MOST)?;
    let mut made = SecretBytes::with_capacity(digits);
    for _ in 0..digits {
        push_digit(&mut made, source)?;
    }
    Ok(made)
}

pub(super) fn pronounceable_bits(recipe: &Pronounceable) -> Result<f64, GenerateError> {
    let letters = within(recipe.length, 1, PRONOUNCEABLE_MOST)?;
    let vowels = (letters / 2) as f64;
    let digit = if recipe.digit { 10f64.log2() } else { 0.0 };
    Ok((letters as f64 - vowels) * 16f64.log2() + vowels * 5f64.log2() + digit)
}

pub(super) fn pronounceable(
    recipe: &Pronounceable,
    source: &mut dyn Entropy,
) -> Result<SecretBytes, GenerateError> {
    let letters = within(recipe.length, 1, PRONOUNCEABLE_MOST)?;
    let mut made = SecretBytes::with_capacity(letters + usize::from(recipe.digit));
    for place in 0..letters {
        let from: &[u8] = if place % 2 == 0 { CONSONANTS } else { VOWELS };
        let letter = from[below(source, from.len() as u32)? as usize];
        let letter = if recipe.capital && place == 0 { letter.to_ascii_uppercase() } else { letter };
        made.push(&[letter]).expect(ROOM);
    }
    if recipe.digit {
        push_digit(&mut made, source)?;
    }
    Ok(made)
}
