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
}
