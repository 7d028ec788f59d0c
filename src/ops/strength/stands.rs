//! Whether a word stands in a password, also from its end or with digits and signs for letters: what
//! zxcvbn is given as a dictionary is only what may stand there, for it reads every word that it gets.
//! Says yes too often rather than too seldom; how much a word gives away is for zxcvbn to say.

/// The letters that a digit or sign may be written for: zxcvbn's own, and `!` and `1` for `l`.
pub(super) fn letters_for(sign: char) -> &'static [u8] {
    match sign {
        '4' | '@' => b"a",
        '8' => b"b",
        '(' | '{' | '[' | '<' => b"c",
        '3' => b"e",
        '6' | '9' => b"g",
        '1' | '!' | '|' => b"il",
        '0' => b"o",
        '$' | '5' => b"s",
        '7' => b"lt",
        '+' => b"t",
        '%' => b"x",
        '2' => b"z",
        _ => b"",
    }
}

/// True where `word` (in lower case) stands in `text` (in lower case).
pub(super) fn stands_in(word: &str, text: &[char]) -> bool {
    let len = word.chars().count();
    let reads = |written: &char, letter: char| {
        *written == letter || letters_for(*written).iter().any(|one| char::from(*one) == letter)
    };
    len > 0
        && text.windows(len).any(|part| {
            part.iter().zip(word.chars()).all(|(written, letter)| reads(written, letter))
                || part.iter().rev().zip(word.chars()).all(|(written, letter)| *written == letter)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_seen_however_it_is_written() {
        let stands =
            |word: &str, text: &str| stands_in(word, &text.to_lowercase().chars().collect::<Vec<_>>());
        for text in ["sakura", "xxSAKURA99", "$4kur@", "arukas1", "さsakura"] {
            assert!(stands("sakura", text), "{text}");
        }
        for text in ["sakur", "sak-ura", "", "4ruk4$"] {
            assert!(!stands("sakura", text), "{text}");
        }
        assert!(stands("tail", "7a1|") && stands("lily", "!|1y") && !stands("", "x"));
    }
}
