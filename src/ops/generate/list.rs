//! The word lists: the EFF's long list and a Japanese one in romaji of our own (`assets/README.md`).
//! No word of either begins another of the two, so that different words in a row never give the
//! same text, whatever stands between them.

use super::List;

static EN: &str = include_str!("../../../assets/eff-large.txt");
static JA: &str = include_str!("../../../assets/romaji.txt");
/// Number of words of the EFF list, 6^5.
const EN_LEN: u32 = 7_776;
/// Number of words of the Japanese list.
const JA_LEN: u32 = 3_019;
/// Bytes of the longest word of both.
pub(super) const LONGEST: usize = 9;

impl List {
    /// Number of words.
    pub fn size(self) -> u32 {
        match self {
            List::En => EN_LEN,
            List::Ja => JA_LEN,
            List::Both => EN_LEN + JA_LEN,
        }
    }

    /// A word by its number, from 0.
    pub(super) fn word(self, number: u32) -> &'static str {
        let (text, number) = match self {
            List::Ja => (JA, number),
            List::Both if number >= EN_LEN => (JA, number - EN_LEN),
            List::En | List::Both => (EN, number),
        };
        text.lines().nth(number as usize).expect("a list has as many words as it says")
    }
}

/// The word that a text begins with, its first letter large or small: which list it is of, and its bytes.
pub(super) fn word_at(text: &str) -> Option<(List, usize)> {
    let bytes = text.as_bytes();
    let rest = match bytes {
        // - nearly every password that is no words ends the search here
        [first, rest @ ..]
            if first.is_ascii_alphabetic()
                && rest.iter().take(2).all(|b| b.is_ascii_lowercase() || *b == b'-') =>
        {
            rest
        }
        _ => return None,
    };
    let read = || std::iter::once(bytes[0].to_ascii_lowercase()).chain(rest.iter().copied());
    let of = |list, all: &'static str| {
        let word = last_until(all.as_bytes(), |word| word.iter().copied().cmp(read()).is_le())?;
        let begins = read().take(word.len()).eq(word.iter().copied());
        begins.then_some((list, word.len()))
    };
    of(List::En, EN).or_else(|| of(List::Ja, JA))
}

/// The last line of a sorted list that does not come after a text. No word begins another, so if any
/// begins the text, it is this one.
fn last_until(all: &'static [u8], is_before: impl Fn(&[u8]) -> bool) -> Option<&'static [u8]> {
    let (mut from, mut to) = (0, all.len());
    let mut last = None;
    while from < to {
        let middle = usize::midpoint(from, to);
        let start = all[..middle].iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
        let end = all[middle..].iter().position(|b| *b == b'\n').map_or(all.len(), |at| middle + at);
        let word = &all[start..end];
        if is_before(word) {
            (last, from) = (Some(word), end + 1);
        } else {
            to = start;
        }
    }
    last
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_whole_and_no_word_of_either_begins_another() {
        let (en, ja): (Vec<&str>, Vec<&str>) = (EN.lines().collect(), JA.lines().collect());
        assert_eq!((en.len(), en[0], en[7_775]), (7_776, "abacus", "zoom"));
        assert_eq!((ja.len() as u32, ja[0]), (JA_LEN, "abura"));
        assert!(ja.is_sorted_by(|a, b| a < b), "sorted and unique");
        assert!(ja.iter().all(|word| (3..=7).contains(&word.len())));
        assert!(ja.iter().all(|word| word.bytes().all(|b| b.is_ascii_lowercase())));
        let mut all: Vec<&str> = en.into_iter().chain(ja).collect();
        assert_eq!(all.iter().map(|word| word.len()).max(), Some(LONGEST));
        assert!(all.iter().all(|word| word.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')));
        all.sort_unstable();
        assert_eq!(all.windows(2).find(|pair| pair[1].starts_with(pair[0])), None);
        for list in [List::En, List::Ja, List::Both] {
            assert!(!list.word(0).is_empty() && !list.word(list.size() - 1).is_empty());
        }
    }

    #[test]
    fn every_word_is_found_at_the_beginning_of_a_text_and_nothing_else_is() {
        for (list, all) in [(List::En, EN), (List::Ja, JA)] {
            assert!(all.lines().is_sorted(), "searched by halves");
            for word in all.lines() {
                let (first, rest) = word.split_at(1);
                let capital = format!("{}{rest}", first.to_ascii_uppercase());
                for text in [word.to_owned(), capital, format!("{word}.zz"), format!("{word}aa")] {
                    assert_eq!(word_at(&text), Some((list, word.len())), "{text}");
                }
                let known = |text: &str| EN.lines().chain(JA.lines()).any(|one| text.starts_with(one));
                let (cut, _) = word.split_at(word.len() - 1);
                assert_eq!(word_at(cut).is_some(), known(cut), "{cut}");
            }
        }
        for text in ["", "a", "zz", "CLAM", "-clam", "kT7#vq", "さくら", "éclair", "zzz"] {
            assert_eq!(word_at(text), None, "{text}");
        }
    }
}
