//! What is nearly it: a word with letters left out (`gthub`), or with one letter too many or wrong
//! (`gihtub`). Only looked for when nothing else is found, so it may be generous.
//!
//! A crate such as nucleo-matcher scores whole lists of paths; this asks one yes or no of short
//! titles and must not slow the index down, so it is these few lines.

/// The letters of a text as bits: a text can only hold the letters of another when its bits do.
pub(super) fn letters(text: &[u8]) -> u32 {
    text.iter()
        .filter(|byte| byte.is_ascii_alphanumeric() || **byte >= 0x80)
        .fold(0, |bits, byte| bits | 1 << (byte & 31))
}

/// A word that is looked for nearly.
#[derive(Debug)]
pub(super) struct Near<'w> {
    word: &'w [u8],
    letters: u32,
    /// The word with each of its characters left out.
    without: Vec<Vec<u8>>,
}

impl<'w> Near<'w> {
    pub fn new(word: &'w str) -> Near<'w> {
        let places: Vec<(usize, char)> = word.char_indices().collect();
        let without = |(at, letter): &(usize, char)| {
            let (before, after) = (word.get(..*at)?, word.get(at + letter.len_utf8()..)?);
            Some([before, after].concat().into_bytes())
        };
        // - the first letter is rarely wrong, and without it too much would be near
        let few = places.len() < 5;
        let without = places.iter().skip(1).filter(|_| !few).filter_map(without).collect();
        Near { word: word.as_bytes(), letters: letters(word.as_bytes()), without }
    }

    /// How far a text is from the word: 0 is the word itself; none when it is not near.
    pub fn distance(&self, text: &[u8], bits: u32) -> Option<usize> {
        let missing = (self.letters & !bits).count_ones();
        if missing > 1 || (missing == 1 && self.without.is_empty()) {
            return None;
        }
        if missing == 0
            && let Some(span) = span(self.word, text)
        {
            return Some(span - self.word.len());
        }
        let len = self.word.len();
        self.without.iter().filter_map(|word| span(word, text)).map(|span| span.abs_diff(len) + len).min()
    }
}

/// Bytes from the first to the last letter of `word` in `text`, all in order and close together,
/// from the beginning of a word of the text on.
fn span(word: &[u8], text: &[u8]) -> Option<usize> {
    let (first, rest) = word.split_first()?;
    let most = word.len() + (word.len() / 2).max(2);
    let mut best: Option<usize> = None;
    for from in memchr::memchr_iter(*first, text) {
        let begins = from == 0 || text.get(from - 1).is_none_or(|byte| !byte.is_ascii_alphanumeric());
        if !begins {
            continue;
        }
        let mut left = rest;
        let window = text.get(from + 1..(from + most).min(text.len())).unwrap_or(&[]);
        for (at, byte) in window.iter().enumerate() {
            if left.first() == Some(byte) {
                left = left.get(1..).unwrap_or(&[]);
                if left.is_empty() {
                    best = Some(best.map_or(at + 2, |best| best.min(at + 2)));
                    break;
                }
            }
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(word: &str, text: &str) -> Option<usize> {
        Near::new(word).distance(text.as_bytes(), letters(text.as_bytes()))
    }

    #[test]
    fn letters_may_be_left_out_or_one_be_wrong() {
        assert_eq!(near("github", "github"), Some(0));
        assert_eq!(near("gthub", "github"), Some(1));
        for word in ["gthub", "gihtub", "githhub", "gitkub", "githbu"] {
            assert!(near(word, "my github").is_some(), "{word}");
        }
        for word in ["zithub", "gzzhub", "bank", "gix"] {
            assert!(near(word, "my github").is_none(), "{word}");
        }
        assert!(near("みほ銀行", "みずほ銀行").is_some());
        assert!(near("gub", "great unknown brand").is_none(), "too far apart");
        assert!(near("ithub", "github").is_none(), "not from the beginning of a word");
    }

    #[test]
    fn the_nearest_is_the_nearest() {
        let github = near("gthub", "github").expect("near");
        assert!(github < near("gthub", "gxxthub").expect("near"));
    }
}
