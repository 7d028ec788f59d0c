//! The fingerprint of one password: keyed digests of it and of its forms, made in the moment in
//! which it is open. What stays is of no use without the key of this run.

use super::forms::{Form, Forms};
use super::keyed::RunKey;
use super::subject::Place;

/// Domains of digests; forms have theirs from 1 on.
const EXACT: u8 = 0;
const FORM: u8 = 1;
const WHOLE: u8 = 20;
const PIECE: u8 = 21;
const STEM: u8 = 22;
const LETTER: u8 = 23;

/// Up to here every way of taking out letters is written down; from [`PIECES_FROM`] on a password is
/// cut into three, one of which two edits leave whole.
const DELETED_TO: usize = 13;
const PIECES_FROM: usize = 12;
const NONE: usize = usize::MAX;

/// The fingerprint of a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Print {
    /// Where the password stands.
    pub place: Place,
    /// Since when, ms; 0 is unknown.
    pub since: u64,
    /// Of its bytes.
    pub exact: u64,
    /// Of its forms; 0 where one does not apply.
    pub forms: [u64; super::forms::FORMS],
    /// Of the whole, for small edits.
    pub whole: Sketch,
    /// Of the stem, for small edits.
    pub stem: Sketch,
}

/// What tells quickly that two words are not within some edits of each other: their length and the
/// set of their letters, thrown into 64 places by the key of the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sketch {
    len: u16,
    letters: u64,
    /// How many edits may make another of it; 0 where it says too little.
    pub reach: u8,
}

impl Sketch {
    fn of(key: &RunKey, word: &[char], reach: u8) -> Sketch {
        let place = |letter: &char| 1u64 << (key.digest(LETTER, &u32::from(*letter).to_le_bytes()) % 64);
        let letters = word.iter().fold(0, |all, letter| all | place(letter));
        Sketch { len: u16::try_from(word.len()).unwrap_or(u16::MAX), letters, reach }
    }

    /// Edits that are allowed between the two, as long as nothing says that there are more.
    pub fn may_reach(&self, other: &Sketch) -> Option<u8> {
        let reach = self.reach.min(other.reach);
        let apart = (self.letters ^ other.letters).count_ones();
        let near = self.len.abs_diff(other.len) <= u16::from(reach) && apart <= 2 * u32::from(reach);
        Some(reach).filter(|reach| *reach > 0 && near)
    }
}

/// Which of the two words of a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Word {
    /// The password itself, case and width aside.
    Whole,
    /// Its stem.
    Stem,
}

impl Word {
    /// The letters.
    pub fn letters(self, forms: &Forms) -> &[char] {
        match self {
            Word::Whole => &forms.whole,
            Word::Stem => &forms.stem,
        }
    }
}

/// One mark under which a word is looked for: two words within their edits share one. There are
/// dozens for each password, so that it is one number: 61 bits of a digest, a bit for the word, two for
/// the role.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark(u64);

impl Mark {
    fn new(digest: u64, word: Word, role: Role) -> Mark {
        Mark(digest << 3 | (word as u64) << 2 | role as u64)
    }

    /// What two marks have in common under which their words meet: digest and word.
    pub fn place(self) -> u64 {
        self.0 >> 2
    }

    /// Which word.
    pub fn word(self) -> Word {
        if self.0 & 4 == 0 { Word::Whole } else { Word::Stem }
    }

    /// What it is good for.
    pub fn role(self) -> Role {
        match self.0 & 3 {
            0 => Role::Both,
            1 => Role::Found,
            _ => Role::Finds,
        }
    }
}

impl std::fmt::Debug for Mark {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Mark({:?}, {:?})", self.word(), self.role())
    }
}

/// What a mark is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// To be found and to find.
    Both,
    /// To be found.
    Found,
    /// To find.
    Finds,
}

/// Edits that a whole password may be away from another.
fn reach_of_whole(word: &[char]) -> u8 {
    let all = |is: fn(&char) -> bool| word.iter().all(is);
    match word.len() {
        ..6 => 0,
        // Two numbers are soon near each other: birthdays, telephone numbers.
        len if all(|letter| letter.is_numeric()) => u8::from(len >= 8),
        // So are two words of a dictionary.
        len if all(|letter| letter.is_alphabetic()) => 1 + u8::from(len >= 10),
        len => 1 + u8::from(len >= 8),
    }
}

impl Print {
    /// Makes it while the password is open.
    pub fn of(key: &RunKey, password: &str, forms: &Forms, place: Place, since: u64) -> Print {
        let form = |form: Form| match forms.get(form) {
            "" => 0,
            text => key.digest(FORM + form as u8, text.as_bytes()),
        };
        let stem_reach = u8::from(forms.stem.len() >= 7);
        Print {
            place,
            since,
            exact: key.digest(EXACT, password.as_bytes()),
            forms: Form::ALL.map(form),
            whole: Sketch::of(key, &forms.whole, reach_of_whole(&forms.whole)),
            stem: Sketch::of(key, &forms.stem, stem_reach),
        }
    }

    /// One form.
    pub fn form(&self, form: Form) -> u64 {
        self.forms[form as usize]
    }

    /// The digest by which a word of it is known.
    pub fn word(&self, word: Word) -> u64 {
        match word {
            Word::Whole => self.form(Form::Case),
            Word::Stem => self.form(Form::Stem),
        }
    }

    /// The sketch of a word of it.
    pub fn sketch(&self, word: Word) -> Sketch {
        match word {
            Word::Whole => self.whole,
            Word::Stem => self.stem,
        }
    }
}

/// The marks of a password, made while it is open.
pub fn marks(key: &RunKey, forms: &Forms, print: &Print) -> Vec<Mark> {
    let mut out = Vec::new();
    let whole = &forms.whole;
    if whole.len() <= DELETED_TO {
        deleted(key, WHOLE, whole, print.whole.reach, Word::Whole, &mut out);
    }
    if whole.len() >= PIECES_FROM && print.whole.reach > 0 {
        pieces(key, whole, &mut out);
    }
    deleted(key, STEM, &forms.stem, print.stem.reach, Word::Stem, &mut out);
    out.sort_unstable();
    out.dedup();
    out
}

fn deleted(key: &RunKey, domain: u8, letters: &[char], reach: u8, word: Word, out: &mut Vec<Mark>) {
    let mut put = |skip| {
        out.push(Mark::new(key.letters(domain, letters, skip), word, Role::Both));
    };
    if reach == 0 {
        return;
    }
    put([NONE, NONE]);
    for one in 0..letters.len() {
        put([one, NONE]);
        if reach > 1 {
            (one + 1..letters.len()).for_each(|next| put([one, next]));
        }
    }
}

/// Where the three pieces of a word of this length begin and end.
fn cuts(len: usize) -> [(usize, usize); 3] {
    let (one, two) = (len / 3, len * 2 / 3);
    [(0, one), (one, two), (two, len)]
}

fn pieces(key: &RunKey, letters: &[char], out: &mut Vec<Mark>) {
    let len = letters.len();
    let mut put = |of: usize, piece: usize, part: &[char], role| {
        // Pieces of words of other lengths, and other pieces, are other values.
        let place = u64::try_from(of * 4 + piece).unwrap_or(0).rotate_left(32);
        let digest = key.letters(PIECE, part, [NONE, NONE]) ^ place;
        out.push(Mark::new(digest, Word::Whole, role));
    };
    for (piece, (from, to)) in cuts(len).into_iter().enumerate() {
        put(len, piece, &letters[from..to], Role::Found);
    }
    // The longer finds the shorter: a piece of it stands here moved by what was put in before it.
    for shorter in 0..=2usize {
        let Some(other) = len.checked_sub(shorter).filter(|other| *other >= PIECES_FROM) else { continue };
        for (piece, (from, to)) in cuts(other).into_iter().enumerate() {
            let moves: &[isize] = match shorter {
                0 => &[-1, 0, 1],
                1 => &[0, 1],
                _ => &[0, 1, 2],
            };
            for moved in moves {
                let at = from.checked_add_signed(*moved);
                if let Some(part) = at.and_then(|at| letters.get(at..at + (to - from))) {
                    put(other, piece, part, Role::Finds);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::forms::edits;
    use super::*;
    use proptest::prelude::*;

    fn printed(password: &str) -> (Forms, Print, Vec<Mark>) {
        let key = RunKey::new([3; 16]);
        let forms = Forms::of(password, &[]);
        let print = Print::of(&key, password, &forms, Place::Current, 0);
        let marks = marks(&key, &forms, &print);
        (forms, print, marks)
    }

    fn meet(one: &[Mark], next: &[Mark]) -> bool {
        let fits = |one: Role, next: Role| {
            matches!(
                (one, next),
                (Role::Both, Role::Both) | (Role::Found, Role::Finds) | (Role::Finds, Role::Found)
            )
        };
        one.iter().any(|a| next.iter().any(|b| a.place() == b.place() && fits(a.role(), b.role())))
    }

    proptest! {
        /// Whatever is within the edits of both meets, so that no near pair is missed.
        #[test]
        fn near_passwords_share_a_mark_and_pass_the_sketch(
            word in "[a-f1-3!]{8,24}",
            changes in proptest::collection::vec((0usize..24, 0u8..3, "[a-f]"), 1..=2),
        ) {
            let mut letters: Vec<char> = word.chars().collect();
            for (at, act, letter) in &changes {
                let letter = letter.chars().next().unwrap();
                let at = at % letters.len();
                match act {
                    0 => letters.insert(at, letter),
                    1 => { letters.remove(at); }
                    _ => letters[at] = letter,
                }
            }
            let other: String = letters.iter().collect();
            let ((forms, print, marks), (of, op, om)) = (printed(&word), printed(&other));
            let reach = usize::from(print.whole.reach.min(op.whole.reach));
            if edits(&forms.whole, &of.whole, reach).is_some() && reach > 0 {
                prop_assert!(meet(&marks, &om), "{word} {other}");
                prop_assert!(print.whole.may_reach(&op.whole).is_some(), "{word} {other}");
            }
        }
    }

    #[test]
    fn few_marks_are_enough() {
        for len in 6..120 {
            let word: String = (0..len).map(|at| char::from(b'a' + (at * 7 % 26) as u8)).collect();
            let (_, _, marks) = printed(&word);
            assert!(marks.len() <= 130 + len, "{len}: {}", marks.len());
        }
    }

    #[test]
    fn what_says_little_reaches_nothing() {
        for (password, reach) in
            [("a1b2", 0), ("monkey", 1), ("19850412", 1), ("123456", 0), ("sunflowers", 2), ("kx7#pq2m", 2)]
        {
            assert_eq!(printed(password).1.whole.reach, reach, "{password}");
        }
    }
}
