//! The words that zxcvbn knows, and our phrases, as a filter of five bits each (Bloom, 1970): a word
//! of its lists always passes, of others one in some thousands does, too. No list: nothing can be
//! read out of it.
//!
//! `assets/known.bin` is made from the lists in zxcvbn's source by the test below
//! (`UPDATE_KNOWN=1 cargo test --lib known`) when its version changes.

/// The filter: 2^21 bits for 94,000 words; after it one bit for each three letters that stand in one.
static KNOWN: &[u8; WORDS + PARTS] = include_bytes!("../../../assets/known.bin");
const WORDS: usize = 1 << 18;
const PARTS: usize = 1 << 15;

/// A word, or the beginning of one: FNV-1a of its letters, and the last two.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    hash: u64,
    last: [u8; 2],
}

impl Word {
    pub(super) const EMPTY: Word = Word { hash: 0xcbf2_9ce4_8422_2325, last: [0; 2] };

    /// With one more letter; none when no word has these last three letters one after the other.
    pub(super) fn and(self, letter: u8) -> Option<Word> {
        let hash = fnv(self.hash, letter);
        let [before, last] = self.last;
        // - no word has the letter 0
        let goes_on = before == 0 || is_set(part(before, last, letter));
        goes_on.then_some(Word { hash, last: [last, letter] })
    }

    /// False for what no list holds.
    pub(super) fn may_be_known(self) -> bool {
        holds(self.hash)
    }
}

fn fnv(hash: u64, letter: u8) -> u64 {
    (hash ^ u64::from(letter)).wrapping_mul(0x0100_0000_01b3)
}

fn holds(hash: u64) -> bool {
    places(hash).into_iter().all(is_set)
}

fn is_set(place: usize) -> bool {
    KNOWN[place / 8] >> (place % 8) & 1 == 1
}

/// The place of three letters as they stand in a word: six bits each, letters and digits for themselves,
/// signs several to one value.
fn part(one: u8, two: u8, three: u8) -> usize {
    let bits = |letter: u8| {
        usize::from(match letter {
            b'a'..=b'z' => letter - b'a',
            b'0'..=b'9' => letter - b'0' + 26,
            sign => 36 + sign % 28,
        })
    };
    WORDS * 8 + (bits(one) << 12 | bits(two) << 6 | bits(three))
}

/// The five places (Kirsch and Mitzenmacher, 2006: two hashes make as many as are wanted).
fn places(hash: u64) -> [usize; 5] {
    // - FNV's high bits say little of the last letters: they are mixed (Murmur's finalizer)
    let mut mixed = (hash ^ hash >> 33).wrapping_mul(0xff51_afd7_ed55_8ccd);
    mixed ^= mixed >> 33;
    let (first, step) = (mixed as u32, (mixed >> 32) as u32 | 1);
    // The cut is what is meant.
    [0, 1, 2, 3, 4].map(|place: u32| (first.wrapping_add(step.wrapping_mul(place)) >> 11) as usize)
}

#[cfg(test)]
mod tests {
    use super::*;
    use zxcvbn::matching::patterns::MatchPattern;

    fn passes(text: &str) -> bool {
        text.bytes().try_fold(Word::EMPTY, Word::and).is_some_and(Word::may_be_known)
    }

    /// zxcvbn's source, where the registry keeps it.
    fn lists() -> Option<String> {
        let lock = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.lock")).ok()?;
        let (_, after) = lock.split_once("name = \"zxcvbn\"\nversion = \"")?;
        let version = after.split('"').next()?;
        let home = std::env::var_os("CARGO_HOME").map(std::path::PathBuf::from);
        let home =
            home.or_else(|| Some(std::path::PathBuf::from(std::env::var_os("HOME")?).join(".cargo")))?;
        let sources = std::fs::read_dir(home.join("registry/src")).ok()?;
        let file = format!("zxcvbn-{version}/src/frequency_lists.rs");
        sources.flatten().find_map(|one| std::fs::read_to_string(one.path().join(&file)).ok())
    }

    #[test]
    fn the_filter_is_that_of_the_lists() {
        let Some(source) = lists() else {
            eprintln!("skipped: zxcvbn's source is not where cargo usually keeps it");
            return;
        };
        let mut made = vec![0u8; KNOWN.len()];
        let lines = source.lines().filter(|line| line.starts_with("const ") && line.contains(": &str = \""));
        for list in lines.filter_map(|line| line.split('"').nth(1)) {
            for one in
                list.split(',').filter(|one| one.len() > 2).chain(crate::ops::strength::PHRASES.lines())
            {
                assert!(one.chars().count() <= 35, "{one}");
                let whole = one.bytes().fold(Word::EMPTY.hash, fnv);
                let parts = one.as_bytes().windows(3).map(|three| part(three[0], three[1], three[2]));
                for place in parts.chain(places(whole)) {
                    made[place / 8] |= 1 << (place % 8);
                }
            }
        }
        let set: u32 = made.iter().map(|byte| byte.count_ones()).sum();
        assert!(set > 300_000, "{set}");
        if std::env::var_os("UPDATE_KNOWN").is_some() {
            #[expect(clippy::disallowed_methods, reason = "a list of words is no vault")]
            std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/known.bin"), &made).expect("written");
        }
        assert!(made == KNOWN, "run with UPDATE_KNOWN=1");
    }

    #[test]
    fn whatever_zxcvbn_knows_passes() {
        let mut known = 0;
        for text in include_str!("../../../assets/eff-large.txt").lines() {
            let whole = zxcvbn::zxcvbn(text, &[]);
            let held = whole.sequence().iter().any(|part| match &part.pattern {
                MatchPattern::Dictionary(found) => found.matched_word == text,
                _ => false,
            });
            known += u32::from(held);
            assert!(!held || passes(text), "{text}");
        }
        assert!(known > 3_000, "{known}");
        for text in ["password", "qwerty", "abc123", "tanaka", "smith", "don't"]
            .into_iter()
            .chain(crate::ops::strength::PHRASES.lines())
        {
            assert!(passes(text), "{text}");
        }
    }

    #[test]
    fn few_others_do() {
        let hash = |number: u32| format!("qx{number}zv").bytes().fold(Word::EMPTY.hash, fnv);
        let others = (0u32..10_000).filter(|number| holds(hash(*number))).count();
        assert!(others < 30, "{others}");
        assert!(!passes("qxkzv") && passes("dragon"));
    }
}
