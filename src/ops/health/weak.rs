//! Weak: what is less than fair on the one scale ([`crate::ops::strength`]), by zxcvbn with the entry's own words.
//!
//! zxcvbn takes a tenth of a millisecond and more for a good password, so it is not asked about
//! those that are good at a glance: enough letters that belong to no word, number, repetition or
//! way over the keyboard. The glance never calls weak, and what it calls good zxcvbn does, too.

use super::Why;
use super::forms::key;
use super::subject::Subject;
use crate::ops::strength::{Level, Strength, is_phrase, strength};
use crate::secret::Secret;

/// Letters that count for themselves which make a password good at a glance.
const GLANCE: usize = 11;
/// A password is rated by its first letters where they are enough.
const HEAD: usize = 14;

pub(super) fn check(password: &Secret, subject: &Subject) -> Option<Why> {
    let text = password.expose();
    let lower = text.to_lowercase();
    let own = own_words(subject);
    let holds_own = own.iter().any(|word| {
        word.split(|letter: char| !letter.is_alphanumeric())
            .any(|part| part.chars().nth(2).is_some() && lower.contains(&part.to_lowercase()))
    });
    if !holds_own && good_at_a_glance(text) {
        return None;
    }
    let rated = rate(password, &own);
    (rated.level() < Level::Fair).then(|| Why::Weak {
        // The estimate is never negative and ends at 64 bits.
        bits: rated.bits().round().clamp(0.0, 64.0) as u8,
    })
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
