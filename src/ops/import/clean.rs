//! Small repairs that every import makes to titles and names. Passwords never pass through here.

use unicode_normalization::{UnicodeNormalization, is_nfc};

/// `text` in NFC, and whether that changed it.
pub(super) fn composed(text: &str) -> (String, bool) {
    if is_nfc(text) { (text.to_owned(), false) } else { (text.nfc().collect(), true) }
}

fn breaks_lines(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

/// `text` with a space for each control character and line break, and whether there was one.
pub(super) fn one_line(text: String) -> (String, bool) {
    if text.contains(breaks_lines) {
        (text.chars().map(|c| if breaks_lines(c) { ' ' } else { c }).collect(), true)
    } else {
        (text, false)
    }
}

/// The host of an address, or what comes nearest, for a title; may be empty.
pub(super) fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    authority.rsplit_once('@').map_or(authority, |(_, host)| host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_composed_and_kept_on_one_line() {
        assert_eq!(composed("か\u{3099}"), ("が".to_owned(), true));
        assert_eq!(composed("ＡＢＣ"), ("ＡＢＣ".to_owned(), false));
        assert_eq!(one_line("a\u{1b}[0m\nb\u{85}c\u{2028}".into()), ("a [0m b c ".to_owned(), true));
        assert_eq!(one_line("守り".into()), ("守り".to_owned(), false));
    }

    #[test]
    fn the_host_stands_for_a_missing_name() {
        assert_eq!(host("https://u:p@example.jp:8080/x?y"), "example.jp:8080");
        assert_eq!((host("example.jp/a"), host("mailto:"), host("")), ("example.jp", "mailto:", ""));
    }
}
