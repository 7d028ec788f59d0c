//! How words of kanji are read, and other names of well-known services, from a list of our own
//! (`assets/yomi.txt`): `ginkou` finds 銀行, `xserver` finds エックスサーバー. What the list does not know the reading
//! field of an entry says.
//!
//! The list is some hundred lines: read once, in less time than one entry takes to open, when the
//! first index is built. A finite-state table would pay from many thousands of words on.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::fold;

/// The list.
const LIST: &str = include_str!("../../../assets/yomi.txt");
/// Most readings of one text.
const VARIANTS: usize = 8;

#[derive(Debug, Default)]
struct Word {
    text: String,
    readings: Vec<&'static str>,
    /// Sounds of the other names of the same service.
    others: Vec<String>,
}

#[derive(Debug, Default)]
struct Words {
    /// Words by their first character, the longest first.
    japanese: HashMap<char, Vec<Word>>,
    latin: HashMap<&'static str, Vec<String>>,
}

impl Words {
    fn read() -> Words {
        let mut words = Words::default();
        for line in LIST.lines().filter(|line| !line.starts_with('#')) {
            let mut parts = line.split_whitespace();
            match parts.next() {
                Some("=") => words.names(&parts.collect::<Vec<_>>()),
                Some(word) => words.word(word).readings.extend(parts),
                None => {}
            }
        }
        for all in words.japanese.values_mut() {
            all.sort_by_key(|word| std::cmp::Reverse(word.text.len()));
        }
        words
    }

    fn word(&mut self, text: &str) -> &mut Word {
        let text = fold::fold(text);
        let all = self.japanese.entry(text.chars().next().unwrap_or(' ')).or_default();
        let at = all.iter().position(|word| word.text == text).unwrap_or_else(|| {
            all.push(Word { text, ..Word::default() });
            all.len() - 1
        });
        &mut all[at]
    }

    fn names(&mut self, names: &[&'static str]) {
        for name in names {
            let others = names.iter().filter(|other| *other != name);
            // - one of kanji is found as it is written
            let sounds = others.map(|other| fold::skeleton(&fold::fold(other)));
            let sounds: Vec<String> = sounds.filter(|sound| sound.is_ascii()).collect();
            if name.is_ascii() {
                self.latin.entry(name).or_default().extend(sounds);
            } else {
                self.word(name).others.extend(sounds);
            }
        }
    }

    fn longest(&self, first: char, rest: &str) -> Option<&Word> {
        self.japanese.get(&first)?.iter().find(|word| rest.starts_with(&word.text))
    }
}

fn is_kana(letter: char) -> bool {
    matches!(letter, 'ぁ'..='ゖ' | 'ー')
}

/// Appends a line behind `mark` for each way to read a folded text, where it has something to read
/// in it, and for each other name of a service that it names; true when it read something.
pub(super) fn sounds_into(folded: &str, mark: char, out: &mut String) -> bool {
    static WORDS: OnceLock<Words> = OnceLock::new();
    let words = WORDS.get_or_init(Words::read);
    let mut line = |sound: &str| {
        out.push(mark);
        out.push_str(sound);
    };
    let latin = folded.split(|c: char| !c.is_ascii_alphanumeric());
    let mut others: Vec<&str> =
        latin.filter_map(|word| words.latin.get(word)).flatten().map(String::as_str).collect();
    if folded.is_ascii() {
        others.into_iter().for_each(line);
        return false;
    }
    let mut variants = vec![String::with_capacity(folded.len())];
    let (mut read, mut rest, mut before) = (fold::has_kana(folded), folded, ' ');
    while let Some(first) = rest.chars().next() {
        // - a name in kana stands alone: オンライン is not ライン
        let inside = is_kana(first) && is_kana(before);
        let word = (!first.is_ascii() && !inside).then(|| words.longest(first, rest)).flatten();
        let taken = word.map_or(first.len_utf8(), |word| word.text.len());
        let (here, after) = rest.split_at(taken);
        match word.filter(|word| !word.readings.is_empty()) {
            Some(word) => {
                read = true;
                let all = variants
                    .iter()
                    .flat_map(|done| word.readings.iter().map(move |reading| format!("{done}{reading}")));
                variants = all.take(VARIANTS).collect();
            }
            None => variants.iter_mut().for_each(|done| done.push_str(here)),
        }
        others.extend(word.iter().flat_map(|word| &word.others).map(String::as_str));
        (rest, before) = (after, here.chars().next_back().unwrap_or(' '));
    }
    if read {
        variants.iter().for_each(|variant| line(&fold::skeleton(variant)));
    }
    others.into_iter().for_each(line);
    read
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sounds(text: &str) -> Vec<String> {
        let mut out = String::new();
        sounds_into(&fold::fold(text), '\n', &mut out);
        out.lines().skip(1).map(str::to_owned).collect()
    }

    #[test]
    fn the_list_is_well_made() {
        let mut seen = std::collections::HashSet::new();
        for line in LIST.lines().filter(|line| !line.starts_with(['#', '='])) {
            let (word, readings) = line.split_once(' ').expect(line);
            assert!(seen.insert(word), "{word} stands twice");
            for reading in readings.split(' ') {
                assert!(!reading.is_empty() && reading.chars().all(is_kana), "{line}");
            }
        }
        assert!(seen.len() > 300);
        for line in LIST.lines().filter(|line| line.starts_with("= ")) {
            assert!(
                line.split(' ').count() >= 3 && line.split(' ').nth(1).is_some_and(str::is_ascii),
                "{line}"
            );
        }
    }

    #[test]
    fn words_are_read_the_longest_first() {
        assert_eq!(sounds("銀行"), ["ginko"]);
        assert_eq!(sounds("楽天市場"), ["rakutenitiba"]);
        assert_eq!(sounds("市場"), ["sizyo", "itiba"]);
        assert_eq!(sounds("Amazon 日本"), ["amazon nihon", "amazon nipon", "amazon"]);
        assert!(sounds("謎").is_empty());
        assert!(sounds("日本日本日本日本").len() <= VARIANTS);
    }

    #[test]
    fn a_service_is_found_by_its_other_names() {
        assert!(sounds("エックスサーバー").contains(&"xserber".to_owned()));
        assert!(sounds("Xserver (main)").contains(&"ekususaba".to_owned()));
        assert!(!sounds("オンライン").contains(&"line".to_owned()));
    }
}
