//! Where in a text that is shown a query was found, so that it can be marked there: exactly what was
//! typed, or the whole word that sounds like it.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::fold;
use super::query::{Needle, Query, Token};

/// The found parts of `text`, which is of that part of an entry: ranges of bytes on the borders of
/// characters as they are seen.
pub fn found(query: &Query, part: Token, text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut folded = None;
    for (of, needle) in query.shown() {
        if of.is_none_or(|of| of == part) && !needle.text.is_empty() {
            exact(folded.get_or_insert_with(|| Folded::new(text)), needle, &mut out)
                .unwrap_or_else(|| sounding(text, needle, &mut out));
        }
    }
    out
}

/// A text folded character by character, with where each one came from.
struct Folded {
    text: String,
    /// Where each character begins, folded and as written; the ends last.
    places: Vec<(usize, usize)>,
}

impl Folded {
    fn new(text: &str) -> Folded {
        let mut folded = Folded { text: String::with_capacity(text.len()), places: Vec::new() };
        for (at, grapheme) in text.grapheme_indices(true) {
            folded.places.push((folded.text.len(), at));
            fold::fold_into(grapheme, &mut folded.text);
        }
        folded.places.push((folded.text.len(), text.len()));
        folded
    }

    /// As written, the characters that a folded range touches.
    fn written(&self, range: Range<usize>) -> Option<Range<usize>> {
        let first = self.places.partition_point(|(folded, _)| *folded <= range.start).checked_sub(1)?;
        let last = self.places.partition_point(|(folded, _)| *folded < range.end);
        Some(self.places.get(first)?.1..self.places.get(last)?.1)
    }
}

/// Adds where it stands as typed; none when it does not.
fn exact(folded: &Folded, needle: &Needle, out: &mut Vec<Range<usize>>) -> Option<()> {
    let before = out.len();
    for (at, part) in folded.text.match_indices(&needle.text) {
        out.extend(folded.written(at..at + part.len()));
    }
    (out.len() > before).then_some(())
}

/// Adds the shortest word that sounds like it, or names the same service: kana or kanji alone, Japanese
/// of both, all of it.
fn sounding(text: &str, needle: &Needle, out: &mut Vec<Range<usize>>) {
    let Some(sound) = &needle.sound else { return };
    let sounds = |range: &Range<usize>| {
        let mut line = String::new();
        fold::sound_into(&fold::fold(text.get(range.clone()).unwrap_or("")), '\n', &mut line);
        line.contains(sound)
    };
    for together in [false, true] {
        let before = out.len();
        out.extend(words(text, together).into_iter().filter(&sounds));
        if out.len() > before {
            return;
        }
    }
    out.extend(Some(0..text.len()).filter(sounds));
}

/// Runs of one kind of letter; with `together`, kana and kanji are one kind.
fn words(text: &str, together: bool) -> Vec<Range<usize>> {
    let kind = |grapheme: &str| match fold::fold(grapheme).chars().next() {
        Some('ぁ'..='ゖ' | 'ー') => 1,
        Some('一'..='\u{9fff}' | '々') if together => 1,
        Some('一'..='\u{9fff}' | '々') => 2,
        Some(letter) if letter.is_alphanumeric() => 3,
        _ => 0,
    };
    let mut out: Vec<(u8, Range<usize>)> = Vec::new();
    for (at, grapheme) in text.grapheme_indices(true) {
        let (kind, end) = (kind(grapheme), at + grapheme.len());
        match out.last_mut() {
            Some((last, range)) if *last == kind => range.end = end,
            _ => out.push((kind, at..end)),
        }
    }
    out.into_iter().filter(|(kind, _)| *kind != 0).map(|(_, range)| range).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(query: &str, text: &str) -> Vec<String> {
        let ranges = found(&Query::parse(query), Token::Title, text);
        ranges.into_iter().map(|range| text.get(range).expect("on borders").to_owned()).collect()
    }

    #[test]
    fn what_is_typed_is_marked_as_it_is_written() {
        assert_eq!(marked("bank", "My ＢＡＮＫ, bank"), ["ＢＡＮＫ", "bank"]);
        assert_eq!(marked("さーば", "ｴｯｸｽｻｰﾊﾞｰ"), ["ｻｰﾊﾞ"]);
        assert_eq!(marked("が", "か\u{3099}っこう"), ["か\u{3099}"], "decomposed");
        assert_eq!(marked("銀行 mizu", "みずほ銀行"), ["銀行", "みずほ"]);
        assert_eq!(marked("title:ab user:c", "abc"), ["ab"]);
        assert_eq!(marked("-ab tag:c", "abc"), [""; 0]);
        assert_eq!(marked("ろ", "㌔ x"), ["㌔"], "part of one sign is the whole sign");
    }

    #[test]
    fn what_sounds_so_is_marked_as_a_word() {
        assert_eq!(marked("mizu", "新みずほ銀行 A"), ["みずほ"]);
        assert_eq!(marked("ekkusu", "ｴｯｸｽｻｰﾊﾞｰ / x"), ["ｴｯｸｽｻｰﾊﾞｰ"]);
        assert_eq!(marked("\"mizu\"", "みずほ"), [""; 0]);
        assert_eq!(marked("zzz", "みずほ"), [""; 0]);
        assert_eq!(marked("ekkusu", "My Xserver panel"), ["Xserver"], "another name of the service");
        assert_eq!(marked("さくら", "Sakura Internet"), ["Sakura"]);
        assert_eq!(marked("xserver", "エックスサーバー 本店"), ["エックスサーバー"]);
    }

    proptest::proptest! {
        #[test]
        fn marks_are_cut_at_borders(query in "[a-zあ-んｱ-ﾝﾞ゙ -]{0,6}", text in "\\PC{0,20}") {
            for range in found(&Query::parse(&query), Token::Title, &text) {
                proptest::prop_assert!(text.get(range.clone()).is_some_and(|part| !part.is_empty()), "{range:?}");
            }
        }
    }
}
