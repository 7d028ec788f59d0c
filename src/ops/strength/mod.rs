//! How hard a password is to guess, on one scale for the whole program: a [`Level`], from very weak to
//! very strong. What was typed or came from elsewhere is estimated by zxcvbn (Wheeler, USENIX Security
//! 2016) with the entry's own words and phrases that everybody knows as dictionaries; of what was
//! generated the space is known, and its exact bits are judged on the same scale ([`level`]): see
//! [`super::generate::bits`].
//!
//! zxcvbn knows words but no separators: "let it be" it takes for letters at random. So a password
//! that has any is also rated without them, and one that reads as a sentence never rates above
//! [`SENTENCE`]: whatever was sung, written or said is in somebody's list. Words of the lists that
//! passwords are made of here never rate above what the generator says of them.
//!
//! zxcvbn copies the password into matches on the heap. None of them leave this module, and the
//! wiping allocator overwrites each when it is freed.

mod glance;
mod known;
mod stands;

use unicode_normalization::UnicodeNormalization;

use super::generate;
use crate::secret::Secret;
use stands::stands_in;

/// Characters of a password that are looked at: beyond them zxcvbn gets slow, not wiser. A longer
/// password is rated by its first 100, so never too high.
pub const LOOKED_AT: usize = 100;
/// log10 of the guesses from which on a password is no longer weak: below it a stolen list of the
/// site, even a well kept one, gives it away within days.
pub const FAIR: f64 = 10.0;
/// log10 of the guesses that a sentence withstands at most: fair. All that was ever printed is some
/// 10^11 lines.
pub const SENTENCE: f64 = 11.0;
/// Words of the entry that are taken into account, and characters of each.
const WORDS_MOST: usize = 64;

/// Phrases that everybody knows, one a line, without separators.
static PHRASES: &str = include_str!("../../../assets/phrases.txt");

/// Words that make a sentence of words: no list of words for passphrases holds one of them.
const JOINING: &[&str] = &[
    "a", "all", "am", "an", "and", "are", "as", "at", "be", "but", "by", "can", "do", "for", "has", "have",
    "he", "her", "his", "i", "if", "in", "is", "it", "its", "la", "le", "let", "me", "my", "no", "not", "of",
    "on", "or", "our", "she", "so", "than", "the", "their", "them", "then", "they", "this", "to", "was",
    "we", "what", "when", "who", "will", "with", "you", "your", "wa", "ga", "wo", "ni", "de", "mo", "desu",
    "masu",
];

/// How strong: the one scale, in words in [`crate::text::strength`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Guessed at once.
    VeryWeak,
    /// Guessed by whoever has the site's list: what the health check calls weak.
    Weak,
    /// Holds where tries are counted or slow. Not for a vault.
    Fair,
    /// Holds a slow hash for as long as it matters.
    Strong,
    /// As much as is counted, or nearly.
    VeryStrong,
}

/// How strong something is that takes 2^`bits` guesses.
pub fn level(bits: f64) -> Level {
    match bits {
        b if b >= 60.0 => Level::VeryStrong,
        b if b >= 50.0 => Level::Strong,
        b if b >= FAIR * std::f64::consts::LOG2_10 => Level::Fair,
        b if b >= 20.0 => Level::Weak,
        _ => Level::VeryWeak,
    }
}

/// An estimate. Not a promise: it knows English and common passwords.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Strength {
    /// log10 of the number of guesses; 0 for an empty password. Ends at 19.3 (64 bits), where
    /// zxcvbn's counter does: read it there as "at least".
    pub guesses_log10: f64,
}

impl Strength {
    /// log2 of the number of guesses.
    pub fn bits(&self) -> f64 {
        self.guesses_log10 * std::f64::consts::LOG2_10
    }

    /// How strong that is.
    pub fn level(&self) -> Level {
        level(self.bits())
    }
}

/// Estimates `password`; `own` are words an attacker who knows the entry tries first: title, user
/// name, parts of the address.
pub fn strength(password: &Secret, own: &[&str]) -> Strength {
    let all = password.expose();
    let looked_at = head(all, LOOKED_AT);
    if looked_at.is_empty() {
        return Strength { guesses_log10: 0.0 };
    }
    // - full-width letters are typed by accident and count as ordinary ones
    let plain = Secret::from_string(looked_at.nfkc().collect::<String>());
    let joined = Secret::from_string(plain.expose().chars().filter(|c| !separates(*c)).collect::<String>());
    let (text, text_joined) = (letters(looked_at), letters(joined.expose()));
    let mut words: Vec<String> = standing(own, &[&text, &text_joined]).collect();
    let phrases = PHRASES.lines().filter(|phrase| stands_in(phrase, &text_joined));
    words.extend(phrases.map(str::to_owned));
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let guesses = |text: &str| zxcvbn::zxcvbn(text, &words).guesses_log10().max(0.0);
    let mut found = guesses(looked_at);
    if holds_words(plain.expose()) && !joined.is_empty() && joined.expose() != looked_at {
        found = found.min(guesses(head(joined.expose(), LOOKED_AT)));
    }
    if is_sentence(plain.expose()) {
        found = found.min(SENTENCE);
    }
    if let Some(bits) = generate::bits_of_words(plain.expose()) {
        found = found.min(bits / std::f64::consts::LOG2_10);
    }
    Strength { guesses_log10: found }
}

/// True when it is at least fair for sure, told in a tenth of the time that [`strength`] takes. False
/// says nothing.
pub fn fair_at_a_glance(password: &Secret, own: &[&str]) -> bool {
    let text = password.expose();
    if !glance::is_good(text) {
        return false;
    }
    // - only what holds words is rated without what separates them, too
    let joined = match holds_words(head(text, LOOKED_AT)) {
        true => Secret::from_string(text.chars().filter(|c| !separates(*c)).collect::<String>()),
        false => Secret::from_string(String::new()),
    };
    let looked_at = [letters(head(text, LOOKED_AT)), letters(head(joined.expose(), LOOKED_AT))];
    (joined.is_empty() || glance::is_good(joined.expose()))
        && standing(own, &[&looked_at[0], &looked_at[1]]).next().is_none()
        && generate::bits_of_words(text).is_none_or(|bits| bits >= FAIR * std::f64::consts::LOG2_10)
}

/// Lower case, letter by letter.
fn letters(text: &str) -> Vec<char> {
    text.chars().flat_map(char::to_lowercase).collect()
}

/// The entry's own words, and parts of them, that stand in one of two texts.
fn standing<'a>(own: &'a [&str], texts: &'a [&'a [char]; 2]) -> impl Iterator<Item = String> + 'a {
    let pieces = own.iter().flat_map(|word| {
        let whole = std::iter::once(*word);
        whole.chain(word.split(|c: char| !c.is_alphanumeric()))
    });
    let long = pieces.filter(|word| word.chars().nth(2).is_some());
    let lower = long.take(WORDS_MOST).map(|word| head(word, LOOKED_AT).to_lowercase());
    lower.filter(|word| texts.iter().any(|text| stands_in(word, text)))
}

/// Stands between words.
fn separates(c: char) -> bool {
    c.is_whitespace() || ",.-_+/:;!?'&、。・「」！？ー〜".contains(c)
}

/// Words with something between them and nothing else: what zxcvbn alone does not see through.
pub fn is_phrase(text: &str) -> bool {
    text.chars().all(|c| c.is_alphabetic() || separates(c))
        && text.split(separates).filter(|word| !word.is_empty()).nth(1).is_some()
}

/// Words may stand in it: a phrase, or two runs of letters with something between them.
fn holds_words(text: &str) -> bool {
    let runs = text.split(|c: char| !c.is_alphabetic()).filter(|run| run.chars().nth(3).is_some());
    is_phrase(text) || runs.count() > 1
}

/// Reads as something that people say: words, a quarter of them such that join others; or mostly
/// kana and kanji, where no word can be told from the next.
fn is_sentence(text: &str) -> bool {
    let japanese =
        |c: char| matches!(c, '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ff66}'..='\u{ff9f}');
    let (kana, all) = (text.chars().filter(|c| japanese(*c)).count(), text.chars().count());
    if kana * 2 > all {
        return true;
    }
    let words = || text.split(separates).filter(|word| !word.is_empty());
    let joining = words().filter(|word| JOINING.iter().any(|one| word.eq_ignore_ascii_case(one))).count();
    is_phrase(text) && words().nth(2).is_some() && joining > 0 && joining * 4 >= words().count()
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

    fn says(password: &str) -> Level {
        rated(password, &[]).level()
    }

    #[test]
    fn known_passwords_are_weak_and_random_ones_are_not() {
        assert_eq!(rated("", &[]), Strength { guesses_log10: 0.0 });
        assert_eq!(says("password"), Level::VeryWeak);
        assert_eq!(says("kT7#vq-Lm2Zr"), Level::Fair);
        assert_eq!(says("kT7#vq-Lm2Zr%b9w"), Level::Strong);
        assert_eq!(says("kT7#vq-Lm2Zr%b9wX!4e(Hs8yD,p0"), Level::VeryStrong, "as much as is counted");
    }

    #[test]
    fn the_entrys_own_words_count_against_it() {
        let own = ["Xserver管理パネル", "hst00001@panel-xserver.example.net"];
        assert!(rated("hst00001", &own).guesses_log10 + 2.0 < rated("hst00001", &[]).guesses_log10);
        // Also as a part of the words given.
        assert!(rated("xserver2020", &own).guesses_log10 < rated("xserver2020", &[]).guesses_log10);
    }

    #[test]
    fn at_a_glance_own_words_and_phrases_count_too() {
        let glance = |text: &str, own: &[&str]| fair_at_a_glance(&Secret::copy_of(text), own);
        assert!(glance("kT7#vq-Lm2Zr%b9w", &["Xserver", "tanaka.taro@example.net"]));
        for (text, own) in [
            ("kT7#vq-Lm2Zr%b9w", "lm2"),
            ("kT7#vq-Lm2Zr%b9w", "https://Lm2Zr.example"),
            ("kT7#revresX-2Zr", "xserver"),
            ("kT7#X$erver-2Zr", "xserver"),
            ("Q8letm.einvK-7x", ""),
            ("パスワードkT7#vq-Lm2Zr%b9w", ""),
        ] {
            assert!(!glance(text, &[own]), "{text} {own}");
        }
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
    fn famous_phrases_are_weak_however_they_are_written() {
        for text in [
            "correct horse battery staple",
            "Correct-Horse-Battery-Staple!",
            "correcthorsebatterystaple",
            "password password",
            "Password, password",
            "let it be",
            "c0rrect h0rse b4ttery 5tap1e",
            "elpats yrettab esroh tcerroc",
            "never gonna give you up",
            "To be, or not to be: that is the question",
            "twinkle twinkle little star",
            "いろはにほへと ちりぬるを",
            "吾輩は猫である",
            "ひらけゴマ",
            "ｐａｓｓｗｏｒｄ",
        ] {
            assert!(says(text) < Level::Fair, "{text}: {:?}", rated(text, &[]));
        }
    }

    #[test]
    fn a_sentence_is_never_strong_and_words_at_random_are() {
        for text in [
            "somewhere in the garden she kept all of her letters",
            "このパスワードはとても長い文章なので誰にも当てられないはずです",
            "watashi wa kono ie ni sunde imasu",
        ] {
            assert_eq!(says(text), Level::Fair, "{text}: {:?}", rated(text, &[]));
        }
        for text in [
            "vermilion kestrel lantern obsidian quay",
            "clam-overhung-nastily-deviation-backlog",
            "yuuki.kaban.hotaru.sakana.tsukue",
        ] {
            assert_eq!(says(text), Level::VeryStrong, "{text}: {:?}", rated(text, &[]));
        }
        // Two words: a login may do with them, a vault may not.
        assert!(says("correct horse") < Level::Fair);
    }

    #[test]
    fn words_of_our_lists_are_rated_as_the_generator_rates_them() {
        for (text, bits) in [
            ("hotaru-sakana-tsukue-abura-yokaban", 57.0),
            ("Hotaru.Sakana.Tsukue7.Abura.Yokaban", 63.0),
            ("ｈｏｔａｒｕ　ｓａｋａｎａ　ｔｓｕｋｕｅ　ａｂｕｒａ", 46.0),
            ("clammy-overhung-nastily-deviation", 51.0),
            ("clammy hotaru overhung sakana", 53.0),
        ] {
            let found = rated(text, &[]).bits();
            assert!((found - bits).abs() < 0.01, "{text}: {found}");
        }
        // - never more than zxcvbn finds in them, and what stands beside them is none of theirs
        assert!(rated("clammy clammy clammy clammy clammy", &[]).bits() < 40.0);
        assert!(says("hotaru-sakana-tsukue-abura-yokaban-Q8!z") == Level::VeryStrong);
        // - at a glance, too: two of them are not fair, three may be
        let glance = |text: &str| fair_at_a_glance(&Secret::copy_of(text), &[]);
        for text in ["gutless-unsettled", "Unmanned.Vertebrae", "yokaban7uwagaki"] {
            assert!(says(text) < Level::Fair && !glance(text), "{text}: {:?}", rated(text, &[]));
        }
    }

    #[test]
    fn no_word_that_is_generated_makes_a_sentence() {
        let lists =
            [include_str!("../../../assets/eff-large.txt"), include_str!("../../../assets/romaji.txt")];
        for word in lists.iter().flat_map(|list| list.lines()) {
            assert!(!JOINING.contains(&word), "{word}");
        }
        for phrase in PHRASES.lines() {
            assert!(!phrase.is_empty() && !phrase.contains(separates), "{phrase}");
            assert_eq!(phrase, phrase.to_lowercase());
        }
    }

    #[test]
    fn what_is_exact_is_judged_on_the_same_scale() {
        use Level::*;
        let scale = [(13.3, VeryWeak), (20.0, Weak), (33.3, Fair), (51.7, Strong), (64.6, VeryStrong)];
        for (bits, expected) in scale {
            assert_eq!(level(bits), expected, "{bits}");
        }
    }
}
