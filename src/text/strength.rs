//! How strong a password is, in words: the one table for both faces. What was estimated says "about",
//! what is known exactly does not.

use super::Lang;
use crate::ops::strength::{self, Level, Strength};

/// A level in words.
pub fn word(level: Level, lang: Lang) -> &'static str {
    let (en, ja) = match level {
        Level::VeryWeak => ("very weak", "とても弱い"),
        Level::Weak => ("weak", "弱い"),
        Level::Fair => ("fair", "ふつう"),
        Level::Strong => ("strong", "強い"),
        Level::VeryStrong => ("very strong", "とても強い"),
    };
    match lang {
        Lang::En => en,
        Lang::Ja => ja,
    }
}

/// Bits as a whole number: of an estimate to the nearest, of an exact space never more than there are.
pub fn whole(bits: f64, exact: bool) -> u32 {
    let bits = bits.max(0.0);
    // - from 0 to some thousand
    (if exact { bits.floor() } else { bits.round() }) as u32
}

/// What was typed or came from elsewhere.
pub fn estimated(found: &Strength, lang: Lang) -> String {
    let (word, bits) = (word(found.level(), lang), whole(found.bits(), false));
    let most = bits >= 64;
    match lang {
        Lang::En => {
            let about = if most { "at least" } else { "about" };
            format!("{word} ({about} {bits} bit{})", if bits == 1 { "" } else { "s" })
        }
        Lang::Ja => format!("{word} ({} {bits} ビット)", if most { "少なくとも" } else { "約" }),
    }
}

/// What was generated, out of 2^`bits`.
pub fn exact(bits: f64, lang: Lang) -> String {
    let (word, bits) = (word(strength::level(bits), lang), whole(bits, true));
    match lang {
        Lang::En => format!("{word} ({bits} bit{})", if bits == 1 { "" } else { "s" }),
        Lang::Ja => format!("{word} ({bits} ビット)"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secret::Secret;

    #[test]
    fn an_estimate_says_about_and_what_is_exact_does_not() {
        let found = strength::strength(&Secret::copy_of("kT7#vq-Lm2Zr"), &[]);
        assert_eq!(estimated(&found, Lang::En), "fair (about 40 bits)");
        assert_eq!(exact(131.1, Lang::En), "very strong (131 bits)");
        assert_eq!(exact(131.1, Lang::Ja), "とても強い (131 ビット)");
        assert_eq!(
            estimated(&Strength { guesses_log10: 19.27 }, Lang::Ja),
            "とても強い (少なくとも 64 ビット)"
        );
    }
}
