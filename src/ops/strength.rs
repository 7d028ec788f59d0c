//! How hard a password is to guess, by zxcvbn (Wheeler, USENIX Security 2016) with the entry's own
//! words as a dictionary. Not the strength of a recipe, which is exact: see
//! [`super::generate::bits`].
//!
//! zxcvbn copies the password into matches on the heap. None of them leave this module, and the
//! wiping allocator overwrites each when it is freed.

use crate::secret::Secret;

/// Characters of a password that are looked at: beyond them zxcvbn gets slow, not wiser. A longer
/// password is rated by its first 100, so never too high.
pub const LOOKED_AT: usize = 100;
/// Words of the entry that are taken into account, and characters of each.
const WORDS_MOST: usize = 64;

/// An estimate. Not a promise: it knows English and common passwords.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Strength {
    /// log10 of the number of guesses; 0 for an empty password. Ends at 19.3 (64 bits), where
    /// zxcvbn's counter does: read it there as "at least".
    pub guesses_log10: f64,
    /// 0 (guessed at once) to 4 (out of reach even for somebody who has a slow hash of it).
    pub score: u8,
}

impl Strength {
    /// log2 of the number of guesses.
    pub fn bits(&self) -> f64 {
        self.guesses_log10 * std::f64::consts::LOG2_10
    }

    /// How it does as the password of a login, 0 to 4: weak where a health check says so, and from there
    /// on more careful than the score, which takes two common words for strong.
    pub fn as_login(&self) -> u8 {
        let bits = self.bits();
        [20.0, 26.5, 33.0, 60.0].iter().map(|least| u8::from(bits >= *least)).sum()
    }

    /// How it does as a master password, 0 to 4: stricter than the score, because whoever has the
    /// file guesses at leisure and without anybody who notices. With the usual derivation a guess
    /// costs a second of a processor: 33 bits are 270 processor-years, 55 bits a thousand million.
    pub fn as_master(&self) -> u8 {
        let bits = self.bits();
        [20.0, 33.0, 45.0, 55.0].iter().map(|least| u8::from(bits >= *least)).sum()
    }
}

/// Estimates `password`; `own` are words an attacker who knows the entry tries first: title, user
/// name, parts of the address.
pub fn strength(password: &Secret, own: &[&str]) -> Strength {
    let all = password.expose();
    let looked_at = head(all, LOOKED_AT);
    if looked_at.is_empty() {
        return Strength { guesses_log10: 0.0, score: 0 };
    }
    let pieces = own.iter().flat_map(|word| {
        let whole = std::iter::once(*word);
        whole.chain(word.split(|c: char| !c.is_alphanumeric()))
    });
    let words: Vec<&str> = pieces
        .filter(|word| word.chars().nth(2).is_some())
        .map(|word| head(word, LOOKED_AT))
        .take(WORDS_MOST)
        .collect();
    let found = zxcvbn::zxcvbn(looked_at, &words);
    Strength { guesses_log10: found.guesses_log10().max(0.0), score: found.score().into() }
}

/// The first `most` characters.
fn head(text: &str, most: usize) -> &str {
    let end = text.char_indices().nth(most).map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rated(password: &str, own: &[&str]) -> Strength {
        strength(&Secret::copy_of(password), own)
    }

    #[test]
    fn known_passwords_are_weak_and_random_ones_are_not() {
        assert_eq!(rated("", &[]), Strength { guesses_log10: 0.0, score: 0 });
        assert_eq!(rated("password", &[]).score, 0);
        let good = rated("kT7#vq-Lm2Zr%b9w", &[]);
        assert!(good.score == 4 && good.bits() > 40.0, "{good:?}");
    }

    #[test]
    fn the_entrys_own_words_count_against_it() {
        let own = ["Xserver管理パネル", "hst00001@panel-xserver.example.net"];
        assert!(rated("hst00001", &own).guesses_log10 + 2.0 < rated("hst00001", &[]).guesses_log10);
        // Also as a part of the words given.
        assert!(rated("xserver2020", &own).guesses_log10 < rated("xserver2020", &[]).guesses_log10);
    }

    #[test]
    fn long_and_japanese_input_is_rated_by_its_beginning() {
        let long = "aB3$".repeat(20_000);
        let began = std::time::Instant::now();
        assert_eq!(rated(&long, &[long.as_str(); 500]), rated(&long, &[long.as_str()]));
        assert!(began.elapsed().as_secs() < 20);
        let kana = "さくら".repeat(1_000);
        assert_eq!(rated(&kana, &[]), rated(&kana.chars().take(100).collect::<String>(), &[]));
        assert!(rated("kT7#vq-Lm2Zr%b9wX!4e(Hs8yD,p0", &[]).bits() > 60.0);
    }

    #[test]
    fn a_login_is_not_called_strong_for_two_words() {
        let login = |text| rated(text, &[]).as_login();
        assert_eq!(login("password"), 0);
        assert_eq!(login("correct horse"), 2);
        assert_eq!(login("kT7#vq-Lm2Zr"), 3);
        assert_eq!(login("kT7#vq-Lm2Zr%b9wX!4e(Hs8yD,p0"), 4, "as much as is counted");
    }

    #[test]
    fn a_master_password_is_rated_more_strictly() {
        let master = |text| rated(text, &[]).as_master();
        assert_eq!(master("password"), 0);
        // Two words: a login may do with them, a vault may not.
        assert!(rated("correct horse", &[]).score >= 3);
        assert_eq!(master("correct horse"), 1);
        assert_eq!(master("vermilion kestrel lantern obsidian quay"), 4);
    }
}
