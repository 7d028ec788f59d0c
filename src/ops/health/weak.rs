//! Weak: what is less than fair on the one scale ([`crate::ops::strength`]), by zxcvbn with the entry's own words.
//!
//! zxcvbn takes a tenth of a millisecond and more for a good password, so it is not asked about
//! those that are good at a glance: enough letters that belong to no word, number, repetition or
//! way over the keyboard. The glance never calls weak, and what it calls good zxcvbn does, too. And a
//! password in which no word of its entry can be found is rated once, however many entries have it.

use std::collections::HashMap;
use std::sync::Mutex;

use super::Why;
use super::forms::key;
use super::keyed::RunKey;
use super::subject::Subject;
use crate::ops::strength::{Level, Strength, is_phrase, strength};
use crate::secret::Secret;

/// Letters that count for themselves which make a password good at a glance.
const GLANCE: usize = 11;
/// A password is rated by its first letters where they are enough.
const HEAD: usize = 14;

/// The domain of the digests of passwords that were rated.
const RATED: u8 = 250;

/// What was rated in this run, by keyed digests: bits of what is weak, none of what is not.
#[derive(Default)]
pub(super) struct Known(Mutex<HashMap<u64, Option<u8>>>);

pub(super) fn check(password: &Secret, subject: &Subject, key: &RunKey, known: &Known) -> Option<Why> {
    let text = password.expose();
    let own = own_words(subject);
    if may_hold(text, &own) {
        return weak_bits(password, &own).map(|bits| Why::Weak { bits });
    }
    if good_at_a_glance(text) {
        return None;
    }
    // - the words of the entry say nothing of it: it is rated the same wherever it stands
    let digest = key.digest(RATED, text.as_bytes());
    let held = known.0.lock().ok().and_then(|held| held.get(&digest).copied());
    let bits = held.unwrap_or_else(|| {
        let bits = weak_bits(password, &[]);
        if let Ok(mut held) = known.0.lock() {
            held.insert(digest, bits);
        }
        bits
    });
    bits.map(|bits| Why::Weak { bits })
}

fn weak_bits(password: &Secret, own: &[&str]) -> Option<u8> {
    let rated = rate(password, own);
    // The estimate is never negative and ends at 64 bits.
    (rated.level() < Level::Fair).then(|| rated.bits().round().clamp(0.0, 64.0) as u8)
}

/// False only where no word of the entry stands in the password: as it is, backwards, in capitals, or with
/// the digits and signs that stand for letters.
fn may_hold(text: &str, own: &[&str]) -> bool {
    let letters: String = text.chars().flat_map(char::to_lowercase).map(class).collect();
    let backwards: String = letters.chars().rev().collect();
    let mut words = own
        .iter()
        .flat_map(|word| std::iter::once(*word).chain(word.split(|letter: char| !letter.is_alphanumeric())));
    words.any(|word| {
        let word: String = word.chars().flat_map(char::to_lowercase).map(class).collect();
        word.chars().nth(2).is_some() && (letters.contains(&word) || backwards.contains(&word))
    })
}

/// One letter for all that zxcvbn takes for one another.
fn class(letter: char) -> char {
    match letter {
        '4' | '@' => 'a',
        '8' => 'b',
        '(' | '{' | '[' | '<' => 'c',
        '3' => 'e',
        '6' | '9' => 'g',
        'l' | 't' | '1' | '!' | '|' | '7' | '+' => 'i',
        '0' => 'o',
        '$' | '5' => 's',
        '%' => 'x',
        '2' => 'z',
        other => other,
    }
}

fn own_words(subject: &Subject) -> Vec<&str> {
    let mut own = vec![subject.title.as_str(), subject.username.as_str()];
    own.extend(subject.urls.iter().map(String::as_str));
    own
}

fn rate(password: &Secret, own: &[&str]) -> Strength {
    let text = password.expose();
    if let Some((end, _)) = text.char_indices().nth(HEAD)
        && let Some(head) = text.get(..end)
    {
        let rated = strength(&Secret::copy_of(head), own);
        if rated.level() >= Level::Fair {
            return rated;
        }
    }
    strength(password, own)
}

/// True when so many letters stand for themselves that no list of words or habits helps.
pub fn good_at_a_glance(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    let mut seen = letters.clone();
    seen.sort_unstable();
    seen.dedup();
    if letters.len() < GLANCE || seen.len() < 9 || !text.is_ascii() || is_phrase(text) {
        return false;
    }
    let beside = |one: char, next: char| {
        let row = u32::from(one).abs_diff(u32::from(next)) <= 1;
        let keys = match (key(one), key(next)) {
            (Some(one), Some(next)) => (one.0 - next.0).abs() <= 1 && (one.1 - next.1).abs() <= 1,
            _ => false,
        };
        row || keys
    };
    let near = letters.windows(2).filter(|pair| beside(pair[0], pair[1])).count();
    if near * 3 > letters.len() {
        return false;
    }
    // A piece is what one word could be: it ends where a capital begins the next and at signs that
    // stand for no letter.
    let mut counted = 0;
    let mut piece = Piece::default();
    let mut before = ' ';
    for letter in letters {
        let starts = letter.is_ascii_uppercase() && !before.is_ascii_uppercase();
        let joins = matches!(letter, '@' | '$' | '!' | '+' | '|' | '(' | '{' | '[' | '<');
        let ends = !letter.is_ascii_alphanumeric() && !joins;
        if starts || ends {
            counted += std::mem::take(&mut piece).counts();
        }
        if ends {
            counted += usize::from(before != letter);
        } else {
            piece.letters += 1;
            piece.numerals += usize::from(letter.is_ascii_digit());
            piece.vowels += usize::from("aeiouy013@!4".contains(letter.to_ascii_lowercase()));
        }
        before = letter;
    }
    counted + piece.counts() >= GLANCE
}

#[derive(Default)]
struct Piece {
    letters: usize,
    numerals: usize,
    vowels: usize,
}

impl Piece {
    /// Letters of it that stand for themselves. Short words are in every list, but guessing them is
    /// no cheaper than guessing letters; a word without a vowel is in none.
    fn counts(&self) -> usize {
        match self.letters {
            0 => 0,
            _ if self.numerals > 2 => 1,
            1..=3 => self.letters,
            4..=6 if self.vowels == 0 => self.letters,
            _ => 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::strength::FAIR;

    /// Where no word of the entry can stand in it, a password is rated the same with those words as
    /// without: so it is rated once for all entries.
    #[test]
    fn what_holds_no_word_of_the_entry_is_rated_the_same_without_them() {
        let own = ["Sakura Blog", "hana.tanaka", "https://www.sakura-craft.jp/wp-login.php"];
        let (mut same, mut held) = (0, 0);
        for text in [
            "Kenji1964",
            "qwerty12",
            "Sakura2019!",
            "5akura2019",
            "arukas2019",
            "S@kur4!!",
            "tanaka99",
            "t4n4k4",
            "monkey",
            "craft2020",
            "7anaka",
            "1234",
            "w0rdpress",
            "password1",
            "hanahana",
            "gol8",
            "correct horse",
            "abcabcabc",
            "2019-04-01",
            "b10g!",
            "golb7",
            "zxcvbn",
            "iogin",
            "1ogin",
            "nigo1",
        ] {
            let secret = Secret::copy_of(text);
            if may_hold(text, &own) {
                held += 1;
            } else {
                same += 1;
                assert_eq!(weak_bits(&secret, &own), weak_bits(&secret, &[]), "{text}");
            }
        }
        for text in [
            "Sakura2019!",
            "5akura2019",
            "arukas2019",
            "S@kur4!!",
            "t4n4k4",
            "7anaka",
            "b10g!",
            "golb7",
            "nigo1",
        ] {
            assert!(may_hold(text, &own), "{text}");
        }
        assert!(same > 8 && held > 8, "{same} {held}");
    }

    #[test]
    fn habits_are_never_good_at_a_glance() {
        for text in [
            "P@ssw0rd1234!!",
            "1qaz2wsx3edc4rfv",
            "a1b2c3d4e5f6g7",
            "qW3eR4tY5uI6oP",
            "Sakura2019Sakura2019",
            "correcthorsebattery",
            "aA1!aA1!aA1!aA1!",
            "CorrectHorseBattery",
            "abcDEFghiJKLmno",
            "20190415-1234567",
            "to be or not to be that is the question",
        ] {
            assert!(!good_at_a_glance(text), "{text}");
        }
        assert!(good_at_a_glance("kT7#vq-Lm2Zr%b9w"));
    }

    #[test]
    fn what_is_good_at_a_glance_is_good_for_zxcvbn() {
        // A small generator of its own: the same passwords in every run.
        let mut state = 88_172_645_463_325_252u64;
        let mut draw = |below: usize| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state % below as u64) as usize
        };
        let sets: [&[u8]; 3] = [
            b"abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789!#$%&*+-=?@",
            b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
            b"abcdefghijklmnopqrstuvwxyz0123456789",
        ];
        let (mut good, mut all) = ([0; 3], 0);
        for number in 0..1_200 {
            let set = number % 3;
            let len = 11 + draw(9);
            let text: String = (0..len).map(|_| char::from(sets[set][draw(sets[set].len())])).collect();
            all += 1;
            if good_at_a_glance(&text) {
                good[set] += 1;
                let rated = rate(&Secret::copy_of(&text), &[]);
                assert!(rated.guesses_log10 >= FAIR - 0.1, "{text} {rated:?}");
            }
        }
        println!("good at a glance, of {} each: {good:?}", all / 3);
        assert!(good[0] > 160, "{good:?}");
    }
}
