//! Blanks of a secret as marks that can be seen. Not here: where a secret is drawn, and the words that say
//! what the mark is.

use crate::text::sanitise;

/// The mark for blanks: one that the secret itself does not hold. An underscore comes last where it is also
/// the line to write on.
pub fn mark(secret: &str, ascii: bool, on_line: bool) -> char {
    let ours = match (ascii, on_line) {
        (false, false) => ['\u{2423}', '_', '^', '~'],
        (false, true) => ['\u{2423}', '^', '~', '_'],
        (true, false) => ['_', '^', '~', '|'],
        (true, true) => ['^', '~', '|', '_'],
    };
    ours.into_iter().find(|mark| !secret.contains(*mark)).unwrap_or(ours[0])
}

/// A text of a secret, made harmless, with its blanks marked.
pub fn marked(text: &str, mark: char) -> String {
    let mut seen = String::with_capacity(text.len());
    for c in sanitise::lines(text).chars() {
        match c {
            ' ' => seen.push(mark),
            '\n' => seen.push('\n'),
            // - a blank of another kind is none that the space bar gives
            c if c.is_whitespace() => seen.push_str(&format!("<U+{:04X}>", u32::from(c))),
            c => seen.push(c),
        }
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_are_marked_with_what_the_secret_does_not_hold() {
        assert_eq!(marked(" a\u{3000}b ", mark("ab", false, false)), "\u{2423}a<U+3000>b\u{2423}");
        assert_eq!(mark("a_b", true, false), '^');
        assert_eq!(mark("a b", true, true), '^', "an underscore would be the line to write on");
        assert_eq!(mark("\u{2423}", false, true), '^');
        assert_eq!(mark("_^~|", true, false), '_', "one must do");
    }
}
