//! What a password is reduced to before it is compared: one form for each habit by which people
//! make the next password out of the last. Two passwords are similar when they share a form. The
//! forms are plain text: they live only while one password is open, and end in the wiping
//! allocator.

use unicode_normalization::UnicodeNormalization;

use crate::ops::search::fold::skeleton;

/// Letters that a form of a password must at least have to mean anything.
const LEAST: usize = 4;
/// Letters of a password that are compared; the rest counts only in the exact digest.
pub const MOST: usize = 128;

/// Number of forms.
pub const FORMS: usize = 9;

/// One form each, the finest first: the first that two passwords share is the habit that is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// Full-width, half-width and kana variants made one.
    Width,
    /// Case made one.
    Case,
    /// As if Shift was not held, on an American keyboard.
    ShiftUs,
    /// The same on a Japanese keyboard.
    ShiftJis,
    /// Digits and signs that stand for letters made letters.
    Leet,
    /// Without a year.
    Year,
    /// Without the words of the site.
    Site,
    /// Its letters, without years, numbers, signs and the words of the site.
    Stem,
    /// The shape on the keyboard, wherever it begins.
    Walk,
}

impl Form {
    /// Every form.
    pub const ALL: [Form; FORMS] = [
        Form::Width,
        Form::Case,
        Form::ShiftUs,
        Form::ShiftJis,
        Form::Leet,
        Form::Year,
        Form::Site,
        Form::Stem,
        Form::Walk,
    ];
}

/// The forms of one password; an empty one does not apply.
#[derive(Default)]
pub struct Forms {
    forms: [String; FORMS],
    /// The letters of the form that small edits are looked for in.
    pub whole: Vec<char>,
    /// The letters of the stem, kana as Latin letters.
    pub stem: Vec<char>,
}

impl std::fmt::Debug for Forms {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Forms(..)")
    }
}

impl Forms {
    /// The forms of `password`; `site` are words of the site, folded to lower case.
    pub fn of(password: &str, site: &[String]) -> Forms {
        let letters = password.chars().take(MOST);
        let width: String = match password.is_ascii() {
            true => letters.collect(),
            false => letters.nfkc().take(MOST).map(hiragana).collect(),
        };
        let case = width.to_lowercase();
        let whole: Vec<char> = case.chars().collect();
        let mut made = Forms::default();
        if whole.len() < LEAST {
            return made;
        }
        let rest = without_site(&whole, site);
        let letters = stem(&rest);
        let stem = if letters.is_empty() { String::new() } else { skeleton(&String::from_iter(&letters)) };
        let long = |letters: &[char]| letters.len() >= LEAST;
        made.forms = [
            width,
            case,
            whole.iter().map(|letter| unshift(*letter, &US_KEYS)).collect(),
            whole.iter().map(|letter| unshift(*letter, &JIS_KEYS)).collect(),
            whole.iter().map(|letter| plain(*letter)).collect(),
            without_year(&rest).filter(|kept| long(kept)).map_or_else(String::new, String::from_iter),
            Some(&rest).filter(|kept| long(kept)).map_or_else(String::new, String::from_iter),
            stem.clone(),
            walk(&whole).or_else(|| walk(&letters)).unwrap_or_default(),
        ];
        made.whole = whole;
        made.stem = stem.chars().collect();
        made
    }

    /// One form.
    pub fn get(&self, form: Form) -> &str {
        &self.forms[form as usize]
    }
}

fn hiragana(letter: char) -> char {
    match letter {
        'ァ'..='ヶ' => char::from_u32(u32::from(letter) - 0x60).unwrap_or(letter),
        other => other,
    }
}

const US: &str = "!1@2#3$4%5^6&7*8(9)0_-+=~`{[}]|\\:;\"'<,>.?/";
const JIS: &str = "!1\"2#3$4%5&6'7(8)9=-~^`@{[+;*:}]<,>.?/_\\|\\";

/// What each key gives without Shift, by what it gives with it.
type Unshifted = [u8; 128];
static US_KEYS: Unshifted = unshifted(US);
static JIS_KEYS: Unshifted = unshifted(JIS);

const fn unshifted(pairs: &str) -> Unshifted {
    let mut keys = [0; 128];
    let pairs = pairs.as_bytes();
    let mut at = 0;
    while at + 1 < pairs.len() {
        // - the first of two that say the same of one letter counts
        if keys[pairs[at] as usize] == 0 {
            keys[pairs[at] as usize] = pairs[at + 1];
        }
        at += 2;
    }
    keys
}

/// The key that gives this letter, without Shift.
fn unshift(letter: char, keyboard: &Unshifted) -> char {
    match keyboard.get(letter as usize) {
        None | Some(0) => letter,
        Some(base) => char::from(*base),
    }
}

/// Letters, and the digits and signs that are written for them, as one.
fn plain(letter: char) -> char {
    match letter {
        '0' => 'o',
        '1' | '!' | '|' | 'l' => 'i',
        '2' => 'z',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' | '+' => 't',
        '8' => 'b',
        '9' => 'g',
        other => other,
    }
}

/// The letter that a digit or sign in the middle of a word stands for.
fn letter_for(letter: char) -> Option<char> {
    match letter {
        '1' | '!' => Some('i'),
        _ => Some(plain(letter)).filter(|made| *made != letter && made.is_alphabetic()),
    }
}

/// Takes out the words of the site; at the beginning and the end also a shortened one.
fn without_site(whole: &[char], site: &[String]) -> Vec<char> {
    let mut rest: Vec<char> = whole.to_vec();
    for word in site {
        let word: Vec<char> = word.chars().collect();
        if word.len() < 3 {
            continue;
        }
        while let Some(at) = rest.windows(word.len()).position(|part| part == word) {
            rest.drain(at..at + word.len());
        }
    }
    if rest.len() == whole.len() {
        for word in site {
            let word: Vec<char> = word.chars().collect();
            let shared = rest.iter().zip(&word).take_while(|(one, next)| one == next).count();
            // A shortened name counts only where a sign or a digit sets it apart.
            let apart = |letter: Option<&char>| letter.is_some_and(|one| !one.is_alphabetic());
            if shared >= 3 && apart(rest.get(shared)) {
                rest.drain(..shared);
                break;
            }
            let longest = word.len().min(rest.len());
            let end = (3..=longest).rev().find(|len| {
                let from = rest.len() - len;
                rest[from..] == word[..*len] && from > 0 && apart(rest.get(from - 1))
            });
            if let Some(len) = end {
                rest.truncate(rest.len() - len);
                break;
            }
        }
    }
    if rest.len() == whole.len() {
        return rest;
    }
    let joins = |letter: &char| matches!(letter, '-' | '_' | '.' | '@' | '+' | '/' | ':' | '#' | ' ');
    let from = rest.iter().position(|one| !joins(one)).unwrap_or(rest.len());
    let to = rest.iter().rposition(|one| !joins(one)).map_or(from, |at| at + 1);
    rest[from..to].to_vec()
}

/// Without a year of four digits, or a date that begins with one; none when there is no year.
fn without_year(rest: &[char]) -> Option<Vec<char>> {
    let digit = |at: usize| rest.get(at).is_some_and(char::is_ascii_digit);
    let at = (0..rest.len().saturating_sub(3)).find(|at| {
        let before = at.checked_sub(1).is_some_and(digit);
        let century = (rest[*at], rest[at + 1]);
        !before && matches!(century, ('1', '9') | ('2', '0')) && digit(at + 2) && digit(at + 3)
    })?;
    let end = (at..rest.len()).find(|place| !digit(*place)).unwrap_or(rest.len());
    // The place of the year stays marked: "2019sakura" is not "sakura2019" but for the year.
    Some(rest[..at].iter().copied().chain(['\u{0}']).chain(rest[end..].iter().copied()).collect())
}

/// The letters of a password without numbers and signs around and in it. Empty when they are too
/// few, or when what else is in it is more than they are.
fn stem(rest: &[char]) -> Vec<char> {
    // A sign for a letter at the very beginning ("$akura") belongs to the word.
    let opens = |at: usize| {
        matches!(rest[at], '$' | '@') && rest.get(at + 1).is_some_and(|next| next.is_alphabetic())
    };
    let Some(from) = (0..rest.len()).find(|at| rest[*at].is_alphabetic() || opens(*at)) else {
        return Vec::new();
    };
    let to = rest.iter().rposition(|one| one.is_alphabetic()).map_or(from, |at| at + 1);
    let core = rest.get(from..to).unwrap_or(&[]);
    let mut letters = Vec::with_capacity(core.len());
    let mut dropped = 0;
    for (at, letter) in core.iter().enumerate() {
        let numeral = |at: Option<usize>| at.and_then(|at| core.get(at)).is_some_and(char::is_ascii_digit);
        let in_number = letter.is_ascii_digit() && (numeral(at.checked_sub(1)) || numeral(Some(at + 1)));
        match letter_for(*letter) {
            _ if letter.is_alphabetic() => letters.push(*letter),
            Some(made) if !in_number => letters.push(made),
            _ => dropped += 1,
        }
    }
    // A kana or a kanji says as much as two Latin letters.
    let weight: usize = letters.iter().map(|letter| if letter.is_ascii() { 1 } else { 2 }).sum();
    let enough = weight >= LEAST && (dropped == 0 || weight >= 6);
    if enough { letters } else { Vec::new() }
}

const ROWS: [&str; 4] = ["1234567890-=", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./"];

/// Row and column of a key, Shift aside.
pub fn key(letter: char) -> Option<(i8, i8)> {
    let base = unshift(letter.to_ascii_lowercase(), &US_KEYS);
    ROWS.iter().zip(0..).find_map(|(row, number)| {
        let column = row.chars().position(|one| one == base)?;
        Some((number, i8::try_from(column).ok()?))
    })
}

/// The way over the keyboard from the first key on; none for a short one or one that leaves it.
fn walk(letters: &[char]) -> Option<String> {
    let first = letters.first().and_then(|letter| key(*letter))?;
    if letters.len() < 6 {
        return None;
    }
    let mut way = String::with_capacity(letters.len() * 2);
    let mut near = 0;
    let mut last = first;
    for letter in letters {
        let (row, column) = key(*letter)?;
        near += usize::from((row - last.0).abs() <= 1 && (column - last.1).abs() <= 1);
        last = (row, column);
        way.push(char::from((row - first.0 + 64).unsigned_abs()));
        way.push(char::from((column - first.1 + 64).unsigned_abs()));
    }
    // A word is no walk: "hello" and another word of the same shape are chance.
    (near * 4 >= letters.len() * 3).then_some(way)
}

/// Edits (of one letter: put in, taken out, replaced) between two words, or none when there are
/// more than `most`.
pub fn edits(one: &[char], next: &[char], most: usize) -> Option<usize> {
    if one.len().abs_diff(next.len()) > most {
        return None;
    }
    let mut row: Vec<usize> = (0..=next.len()).collect();
    for (at, letter) in one.iter().enumerate() {
        let mut corner = row[0];
        row[0] = at + 1;
        let mut least = row[0];
        for (to, other) in next.iter().enumerate() {
            let replaced = corner + usize::from(letter != other);
            corner = row[to + 1];
            row[to + 1] = replaced.min(corner + 1).min(row[to] + 1);
            least = least.min(row[to + 1]);
        }
        if least > most {
            return None;
        }
    }
    row.last().copied().filter(|found| *found <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(password: &str, form: Form, site: &[&str]) -> String {
        let site: Vec<String> = site.iter().map(|word| (*word).to_owned()).collect();
        Forms::of(password, &site).get(form).to_owned()
    }

    #[test]
    fn each_habit_has_its_form() {
        assert_eq!(form("ﾊﾟｽﾜｰﾄﾞ", Form::Width, &[]), form("パスワード", Form::Width, &[]));
        assert_eq!(form("!QAZ@WSX", Form::ShiftUs, &[]), "1qaz2wsx");
        assert_eq!(form("!QAZ\"WSX", Form::ShiftJis, &[]), "1qaz2wsx");
        assert_eq!(form("P@ssw0rd", Form::Leet, &[]), form("password", Form::Leet, &[]));
        assert_eq!(form("Sakura2019!", Form::Year, &[]), form("sakura2031!", Form::Year, &[]));
        assert_ne!(form("2019sakura", Form::Year, &[]), form("sakura2019", Form::Year, &[]));
        assert_eq!(form("amazon-Yuki1", Form::Site, &["amazon"]), "yuki1");
        assert_eq!(form("ama-Yuki1", Form::Site, &["amazon"]), "yuki1");
        assert_eq!(form("Yuki1@rak", Form::Site, &["rakuten"]), "yuki1");
        assert_eq!(form("!!P4ssw0rd99", Form::Stem, &[]), form("password", Form::Stem, &[]));
        assert_eq!(form("さくら2019", Form::Stem, &[]), form("SAKURA!", Form::Stem, &[]));
        assert_eq!(form("か2019", Form::Stem, &[]), "");
        assert_eq!(form("まつもと2019", Form::Stem, &[]), form("matsumoto", Form::Stem, &[]));
        assert_eq!(form("qwerty", Form::Walk, &[]), form("asdfgh", Form::Walk, &[]));
        assert_eq!(form("qwerty", Form::Walk, &[]), form("WERTYU2019", Form::Walk, &[]));
        assert_eq!(form("monkey", Form::Walk, &[]), "");
        assert_eq!(form("abc", Form::Case, &[]), "");
    }

    #[test]
    fn edits_are_counted_up_to_the_most() {
        let count = |one: &str, next: &str, most| {
            edits(&one.chars().collect::<Vec<_>>(), &next.chars().collect::<Vec<_>>(), most)
        };
        assert_eq!(count("kitten", "sitting", 3), Some(3));
        assert_eq!(count("kitten", "sitting", 2), None);
        assert_eq!(count("", "ab", 2), Some(2));
        assert_eq!(count("さくら", "さぐら", 2), Some(1));
        assert_eq!(count("same", "same", 0), Some(0));
    }
}
