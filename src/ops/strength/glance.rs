//! Good at a glance: what zxcvbn would surely call fair, told without asking it, for it takes a tenth
//! of a millisecond a password. Never calls weak: what is not good at a glance is zxcvbn's to rate.
//!
//! It is a bound, not a guess. zxcvbn covers a password by a row of matches and of letters between
//! them, and its guesses are at least, for a row of n pieces,
//!
//! - 10^(4(n - 1)): four pieces and more are beyond [`super::FAIR`];
//! - n! times the product of the pieces: 50 for a match, 10 for each letter that no match covers.
//!
//! So it is enough to know how much of a password three matches can cover at the most. A match is a
//! word of a list ([`super::known`]), one written with digits and signs or from its end, a way over a
//! keyboard, a repetition, a sequence, a date or a year; each is looked for here so that none is
//! missed, and some that are none are taken for one.
//!
//! Passed over are matches that are nearly as long to guess as their letters: two letters (50 against
//! 100), words of three letters from rank 500 on (500 against 1,000), of four from rank 7,000 on
//! (7,000 against 10,000). With n letters, of which one match covers `one` and two cover `two`:
//!
//! - no match but those: the worst are 4 + 3 + 3 letters, 3! * 0.7 * 0.5 * 0.5 * 10^10, and 2 or 3
//!   beside letters, 2! * 0.5 * 10^10;
//! - one match: 2! * 50 * 10^8 beside letters only; beside two of those, 3! * 50 * 0.7 * 0.7 * 10^8;
//! - two: 3! * 50^2 * 10^6, for six letters are none of those;
//! - three, if they do not cover all: a row of four.
//!
//! (Of capitals and signs alone a rare word is no dearer than another, see [`costs_nothing`].)
//! Each is 10^10 at least where n >= one + 8, n >= two + 6 and n > three.

use super::known::Word;
use super::stands::letters_for;

/// Letters from which on a password can be good.
const LEAST: usize = 10;
/// Letters that are looked at: what follows makes no password worse, but for a word or a repetition
/// that goes on there.
const MOST: usize = 48;
/// Letters of the longest word or phrase.
const LONGEST: usize = 35;
/// Ways to read the digits and signs of one word as letters; beyond them it counts as a word.
const WAYS: usize = 96;

/// The lengths of what may be a match, by where it begins: bit n stands for n letters.
type Matches = [u64; MOST];

/// True when zxcvbn, given no words of the entry, rates `text` at 10^10 guesses or more.
pub(super) fn is_good(text: &str) -> bool {
    let all = text.as_bytes();
    let bytes = all.get(..MOST).unwrap_or(all);
    if bytes.len() < LEAST || !text.is_ascii() {
        return false;
    }
    let mut matches: Matches = [0; MOST];
    words(bytes, &mut matches);
    for keys in [&US_KEYS, &DVORAK_KEYS] {
        runs(bytes, 1, |one, next| beside(keys, one, next), &mut matches);
    }
    // Dates, years, and ways over the keys of a number pad.
    let number = |one: u8| one.is_ascii_digit() || one.is_ascii_whitespace() || b"/\\_.-+*=".contains(&one);
    runs(bytes, 1, |one, next| number(one) && number(next), &mut matches);
    sequences(bytes, &mut matches);
    for apart in 1..=bytes.len() / 2 {
        runs(bytes, apart, |one, next| one == next, &mut matches);
    }
    if all.len() > bytes.len() {
        if repeats_a_long_part(all) {
            return false;
        }
        (MOST - LONGEST..MOST).for_each(|at| matches[at] |= 1 << (MOST - at));
    }
    let [one, two, three] = covered(&matches, bytes.len());
    bytes.len() >= one + 8 && bytes.len() >= two + 6 && bytes.len() > three
}

/// The most letters that one, two and three matches cover.
fn covered(matches: &Matches, len: usize) -> [usize; 3] {
    let mut before = [0; MOST + 1];
    [(); 3].map(|()| {
        let mut most = [0; MOST + 1];
        for (at, of) in matches.iter().enumerate().take(len).rev() {
            most[at] = most[at + 1];
            let mut left = *of;
            while left != 0 {
                let of = left.trailing_zeros() as usize;
                left &= left - 1;
                most[at] = most[at].max(of + before[at + of]);
            }
        }
        before = most;
        most[0]
    })
}

/// Every stretch of at least three letters within this one may be a match.
fn note_within(from: usize, len: usize, matches: &mut Matches) {
    let end = from + len;
    for (at, row) in matches.iter_mut().enumerate().take(end.saturating_sub(2)).skip(from) {
        (3..=end - at).for_each(|of| *row |= 1 << of);
    }
}

/// Notes the stretches in which each letter is joined to the one `apart` places on.
fn runs(bytes: &[u8], apart: usize, joined: impl Fn(u8, u8) -> bool, matches: &mut Matches) {
    let mut len = 0;
    for at in 0..bytes.len() {
        let holds = bytes.get(at + apart).is_some_and(|next| joined(bytes[at], *next));
        if holds {
            len += 1;
        }
        if !holds && len > 0 {
            // - a part that is repeated is there twice
            if len >= apart {
                note_within(at - len, len + apart, matches);
            }
            len = 0;
        }
    }
}

/// A part that may go on beyond what is looked at stands there twice, one after the other.
fn repeats_a_long_part(all: &[u8]) -> bool {
    let all = all.get(..super::LOOKED_AT).unwrap_or(all);
    let mut places = MOST / 2..=all.len() / 2;
    places.any(|apart| {
        let mut same = 0;
        all.iter().zip(&all[apart..]).any(|(one, next)| {
            same = if one == next { same + 1 } else { 0 };
            same >= apart
        })
    })
}

/// Letters at equal steps: `abc`, `97531`. As in zxcvbn, letters that are the same may come before
/// the first step: `aace`.
fn sequences(bytes: &[u8], matches: &mut Matches) {
    let (mut from, mut step) = (0, 0);
    for (at, pair) in bytes.windows(2).enumerate() {
        let next = i16::from(pair[1]) - i16::from(pair[0]);
        if step != 0 && step != next {
            sequence(from, at, step, matches);
            from = at;
            step = 0;
        }
        if step == 0 {
            step = next;
        }
    }
    sequence(from, bytes.len() - 1, step, matches);
}

fn sequence(from: usize, to: usize, step: i16, matches: &mut Matches) {
    if step != 0 && step.abs() <= 5 {
        note_within(from, to + 1 - from, matches);
    }
}

/// Words of a list: as they are, from their end, or with digits and signs for letters.
fn words(bytes: &[u8], matches: &mut Matches) {
    let len = bytes.len();
    let mut room = [Word::EMPTY; 2 * WAYS];
    for at in 0..len {
        let mut back = Some(Word::EMPTY);
        for of in 1..=(len - at).min(LONGEST) {
            back = back.and_then(|word| word.and(bytes[len - at - of].to_ascii_lowercase()));
            let Some(word) = back else { break };
            let from = len - at - of;
            if of > 2 && word.may_be_known(costs_nothing(&bytes[from..from + of])) {
                matches[from] |= 1 << of;
            }
        }
        room[0] = Word::EMPTY;
        let mut count = 1;
        for of in 1..=(len - at).min(LONGEST) {
            let letter = bytes[at + of - 1].to_ascii_lowercase();
            let (ways, next) = room.split_at_mut(WAYS);
            let read = [letter].into_iter().chain(letters_for(char::from(letter)).iter().copied());
            let before = &ways[..count];
            let longer = read.flat_map(|letter| before.iter().filter_map(move |way| way.and(letter)));
            count = 0;
            let mut fits = true;
            for way in longer {
                match next.get_mut(count) {
                    Some(place) => *place = way,
                    None => fits = false,
                }
                count += usize::from(fits);
            }
            if !fits {
                // Too many to follow: whatever begins here counts.
                (of.max(3)..=len - at).for_each(|of| matches[at] |= 1 << of);
            }
            if !fits || count == 0 {
                break;
            }
            let rare = costs_nothing(&bytes[at..at + of]);
            if of > 2 && next[..count].iter().any(|way| way.may_be_known(rare)) {
                matches[at] |= 1 << of;
            }
            ways[..count].copy_from_slice(&next[..count]);
        }
    }
}

/// Capitals and signs without a small letter ("D0G"): zxcvbn counts no way to write a word so, and takes
/// 50 guesses for it however rare it is. Then its rank helps nothing.
fn costs_nothing(word: &[u8]) -> bool {
    let any = |is: fn(&u8) -> bool| word.iter().any(is);
    word.len() < 5
        && any(u8::is_ascii_uppercase)
        && !any(u8::is_ascii_lowercase)
        && any(|one| !one.is_ascii_alphabetic())
}

/// Keys in rows, those with Shift after those without; a blank is no key. zxcvbn's neighbours are all
/// among those that are at most one row and one column apart here.
type Rows = [&'static [u8; 28]; 4];
const US: Rows = [
    b"`1234567890-= ~!@#$%^&*()_+ ",
    b" qwertyuiop[]\\ QWERTYUIOP{}|",
    b" asdfghjkl;'   ASDFGHJKL:\"  ",
    b" zxcvbnm,./    ZXCVBNM<>?   ",
];
const DVORAK: Rows = [
    b"`1234567890[] ~!@#$%^&*(){} ",
    b" ',.pyfgcrl/=\\ \"<>PYFGCRL?+|",
    b" aoeuidhtns-   AOEUIDHTNS_  ",
    b" ;qjkxbmwvz    :QJKXBMWVZ   ",
];

/// Where each key is: 16 times its row and its column, from 1 on; 0 is no key.
type Keys = [u8; 128];
static US_KEYS: Keys = keys(US);
static DVORAK_KEYS: Keys = keys(DVORAK);

const fn keys(rows: Rows) -> Keys {
    let mut keys = [0; 128];
    let mut row = 0;
    while row < rows.len() {
        let mut at = 0;
        while at < rows[row].len() {
            if rows[row][at] != b' ' {
                // There are four rows of fourteen.
                keys[rows[row][at] as usize] = 16 * row as u8 + (at % 14) as u8 + 1;
            }
            at += 1;
        }
        row += 1;
    }
    keys
}

fn beside(keys: &Keys, one: u8, next: u8) -> bool {
    let place = |letter: u8| keys.get(usize::from(letter)).copied().unwrap_or(0);
    let (one, next) = (place(one), place(next));
    one > 0 && next > 0 && (one / 16).abs_diff(next / 16) <= 1 && (one % 16).abs_diff(next % 16) <= 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::strength::{FAIR, Level, fair_at_a_glance, strength};
    use crate::secret::Secret;
    use proptest::prelude::*;

    #[test]
    fn habits_are_never_good() {
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
            "aoeuidhtnspyf",
            "drowssap-nimda",
            "7531097531",
            "+e1ef0n+e1ef0n",
            "Zvh$CmPPSy",
            "1900D0GaaB0C",
        ] {
            assert!(!is_good(text), "{text}");
        }
    }

    #[test]
    fn a_generated_password_mostly_is() {
        // A small generator of its own: the same passwords in every run.
        let mut state = 88_172_645_463_325_252u64;
        let mut draw = |below: usize| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state % below as u64) as usize
        };
        let letters = b"abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789!#$%&*+-=?@";
        for (len, least) in [(11, 600), (14, 850), (20, 850), (64, 850)] {
            let made = || (0..len).map(|_| char::from(letters[draw(letters.len())])).collect::<String>();
            let good = std::iter::repeat_with(made).take(1_000).filter(|text| is_good(text)).count();
            assert!(good >= least, "{len} letters: {good} of 1000");
        }
    }

    #[test]
    fn what_goes_on_beyond_the_head_counts() {
        let part = "kT7#vq-Lm2Zr%b9wX!4e(Hs8yD,p0";
        assert!(is_good(&format!("{part}kT7#vq-Lm2Zr%b9wX!4e(")) && !is_good(&format!("{part}{part}")));
        let phrases = super::super::PHRASES.lines().map(|phrase| phrase.chars().count()).max();
        assert_eq!(phrases, Some(LONGEST));
    }

    fn piece() -> impl Strategy<Value = String> {
        let word = || {
            let all: Vec<&str> = include_str!("../../../assets/eff-large.txt").lines().collect();
            let known = ["password", "dragon", "tanaka", "smith", "monkey", "iloveyou", "yamada", "don't"];
            prop_oneof![proptest::sample::select(all), proptest::sample::select(known.to_vec())]
        };
        let leet = |text: &str| text.replace('a', "4").replace('o', "0").replace('s', "$").replace('l', "1");
        prop_oneof![
            word().prop_map(str::to_owned),
            word().prop_map(str::to_uppercase),
            word().prop_map(leet),
            word().prop_map(|text| text.chars().rev().collect()),
            "[ -~]{1,9}",
            "[a-zA-Z0-9]{1,9}",
            "(19|20)[0-9]{2}|[0-9]{1,2}[-/. ][0-9]{1,2}[-/. ][0-9]{2,4}",
            "[A-Z0-9$@]{2,5}",
            "[a-z]{1,3}".prop_map(|text| text.repeat(3)),
            proptest::sample::select(vec![
                "qwerty", "!QAZ2wsx", "aoeu", "ZXCVbn", "7410", "456.", "13579", "gfedc", "PPS", "99763",
                "D0G"
            ])
            .prop_map(str::to_owned),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3_000))]
        #[test]
        fn what_is_good_zxcvbn_calls_fair(pieces in proptest::collection::vec(piece(), 1..6)) {
            let text = pieces.concat();
            if is_good(&text) {
                let found = zxcvbn::zxcvbn(&text, &[]).guesses_log10();
                prop_assert!(found >= FAIR, "{text}: {found}");
            }
            let (secret, own) = (Secret::copy_of(&text), ["tanaka@monkey.example", "sakura"]);
            if fair_at_a_glance(&secret, &own) {
                let found = strength(&secret, &own);
                prop_assert!(found.level() >= Level::Fair, "{text}: {found:?}");
            }
        }
    }
}
