//! Folding: what a title and a query become before they are compared. NFKC, lower case, katakana
//! as hiragana; so ＡＢＣ = abc, ﾕｳﾁｮ = ゆうちょ. [`skeleton`] goes on to Latin letters, so that
//! `yucho` finds ゆうちょ and `ekkusu` エックス. Kanji are read by a list of our
//! own (`yomi.rs`) and the reading field.

use unicode_normalization::UnicodeNormalization;

/// Folds `text` into `out`.
pub fn fold_into(text: &str, out: &mut String) {
    if text.is_ascii() {
        let start = out.len();
        out.push_str(text);
        if let Some(added) = out.get_mut(start..) {
            added.make_ascii_lowercase();
        }
    } else if text.chars().all(is_composed) {
        out.extend(text.chars().map(|letter| hiragana(letter.to_ascii_lowercase())));
    } else {
        out.extend(text.nfkc().flat_map(char::to_lowercase).map(hiragana));
    }
}

/// True for ASCII, whole kana and common kanji. A text of only these is its own NFKC, which is slow
/// to compute, and has case in its ASCII alone.
fn is_composed(letter: char) -> bool {
    matches!(letter, '\0'..='\x7f' | 'ぁ'..='ゖ' | 'ァ'..='ヺ' | 'ー'..='ヾ' | '一'..='\u{9fff}')
}

fn hiragana(letter: char) -> char {
    match letter {
        'ァ'..='ヶ' => char::from_u32(u32::from(letter) - 0x60).unwrap_or(letter),
        'ヽ' => 'ゝ',
        'ヾ' => 'ゞ',
        other => other,
    }
}

/// Folds `text`.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_into(text, &mut out);
    out
}

/// True when folded text has kana in it.
pub fn has_kana(folded: &str) -> bool {
    folded.chars().any(|letter| matches!(letter, 'ぁ'..='ゖ' | 'ー'))
}

/// Kana and romaji as one plain Latin spelling: Kunrei-like (si, ti, tu, hu, zi, sya), long vowels
/// and doubled letters single, ー and っ dropped, m before b and p as n, v as b. Kanji and signs
/// stay. Two words of one sound become one, which only adds hits.
pub fn skeleton(folded: &str) -> String {
    let mut latin = String::with_capacity(folded.len());
    let mut letters = folded.chars().peekable();
    while let Some(letter) = letters.next() {
        match kana(letter) {
            Some(sound) => match letters.peek().and_then(|next| small_vowel(*next)) {
                Some(vowel) => {
                    // きゃ = kya, ふぁ = fa, てぃ = ti: the syllable loses its own vowel.
                    latin.push_str(sound.trim_end_matches(['a', 'i', 'u', 'e', 'o']));
                    latin.push_str(vowel);
                    letters.next();
                }
                None => latin.push_str(sound),
            },
            None if matches!(letter, 'っ' | 'ー' | '-') => {}
            None => latin.push(letter),
        }
    }
    plain(&latin)
}

/// Appends a line behind `mark` for each way that folded text sounds: its kana as they are, its kanji
/// as the list of readings has them, and the other names of a service that it names.
/// True when the first line is its own sound, not that of another name.
pub fn sound_into(folded: &str, mark: char, out: &mut String) -> bool {
    super::yomi::sounds_into(folded, mark, out)
}

/// Romaji spellings brought to one.
fn plain(latin: &str) -> String {
    const PAIRS: &[(&str, &str)] = &[
        ("shi", "si"),
        ("sh", "sy"),
        ("chi", "ti"),
        ("ch", "ty"),
        ("tsu", "tu"),
        ("fu", "hu"),
        ("ji", "zi"),
        ("jy", "zy"),
        ("j", "zy"),
        ("dzu", "zu"),
        ("du", "zu"),
        ("di", "zi"),
        ("v", "b"),
        ("mb", "nb"),
        ("mp", "np"),
        ("mm", "nm"),
        ("ou", "o"),
        ("oo", "o"),
        ("uu", "u"),
        ("n'", "n"),
    ];
    let mut out = String::with_capacity(latin.len());
    let mut rest = latin;
    'letters: while let Some(letter) = rest.chars().next() {
        // Only these begin a pair; most letters need no look at the list.
        let begins = matches!(letter, 's' | 'c' | 't' | 'f' | 'j' | 'd' | 'v' | 'm' | 'o' | 'u' | 'n');
        for (from, to) in PAIRS.iter().filter(|_| begins) {
            if let Some(after) = rest.strip_prefix(from) {
                push_single(&mut out, to);
                rest = after;
                continue 'letters;
            }
        }
        push_single(&mut out, letter.encode_utf8(&mut [0; 4]));
        rest = rest.strip_prefix(letter).unwrap_or("");
    }
    out
}

/// Appends, but never the same Latin letter twice in a row, and no long o or u.
fn push_single(out: &mut String, letters: &str) {
    for letter in letters.chars() {
        let last = out.chars().next_back();
        let long = letter == 'u' && last == Some('o');
        let doubled = letter.is_ascii_alphabetic() && last == Some(letter);
        if !long && !doubled {
            out.push(letter);
        }
    }
}

/// What a *query* of Latin letters becomes: its skeleton, and while a syllable is half typed only
/// what is sure of it, so that every prefix of a matching query matches.
pub fn query_skeleton(folded: &str) -> String {
    const HALF: &[(&str, &str)] =
        &[("sh", "s"), ("ch", "t"), ("ts", "t"), ("dz", "z"), ("c", "t"), ("f", "h"), ("j", "z"), ("m", "")];
    for (typed, sure) in HALF {
        if let Some(before) = folded.strip_suffix(typed) {
            let mut out = skeleton(before);
            push_single(&mut out, sure);
            return if out.is_empty() { skeleton(folded) } else { out };
        }
    }
    skeleton(folded)
}

fn small_vowel(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ゃ' => "ya",
        'ゅ' => "yu",
        'ょ' => "yo",
        'ぁ' => "a",
        'ぃ' => "i",
        'ぅ' => "u",
        'ぇ' => "e",
        'ぉ' => "o",
        _ => return None,
    })
}

fn kana(letter: char) -> Option<&'static str> {
    Some(match letter {
        'あ' | 'ぁ' => "a",
        'い' | 'ぃ' => "i",
        'う' | 'ぅ' => "u",
        'え' | 'ぇ' => "e",
        'お' | 'ぉ' | 'を' => "o",
        'か' | 'ゕ' => "ka",
        'き' => "ki",
        'く' => "ku",
        'け' | 'ゖ' => "ke",
        'こ' => "ko",
        'さ' => "sa",
        'し' => "si",
        'す' => "su",
        'せ' => "se",
        'そ' => "so",
        'た' => "ta",
        'ち' => "ti",
        'つ' => "tu",
        'て' => "te",
        'と' => "to",
        'な' => "na",
        'に' => "ni",
        'ぬ' => "nu",
        'ね' => "ne",
        'の' => "no",
        'は' => "ha",
        'ひ' => "hi",
        'ふ' => "hu",
        'へ' => "he",
        'ほ' => "ho",
        'ま' => "ma",
        'み' => "mi",
        'む' => "mu",
        'め' => "me",
        'も' => "mo",
        'や' | 'ゃ' => "ya",
        'ゆ' | 'ゅ' => "yu",
        'よ' | 'ょ' => "yo",
        'ら' => "ra",
        'り' => "ri",
        'る' => "ru",
        'れ' => "re",
        'ろ' => "ro",
        'わ' | 'ゎ' => "wa",
        'ん' => "n",
        'が' => "ga",
        'ぎ' => "gi",
        'ぐ' => "gu",
        'げ' => "ge",
        'ご' => "go",
        'ざ' => "za",
        'じ' | 'ぢ' => "zi",
        'ず' | 'づ' => "zu",
        'ぜ' => "ze",
        'ぞ' => "zo",
        'だ' => "da",
        'で' => "de",
        'ど' => "do",
        'ば' => "ba",
        'び' => "bi",
        'ぶ' => "bu",
        'べ' => "be",
        'ぼ' => "bo",
        'ぱ' => "pa",
        'ぴ' => "pi",
        'ぷ' => "pu",
        'ぺ' => "pe",
        'ぽ' => "po",
        'ゔ' => "bu",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_cases_and_kana_fold_together() {
        assert_eq!(fold("ＡＢＣ ﾕｳﾁｮ銀行"), "abc ゆうちょ銀行");
        assert_eq!(fold("パスワード"), fold("ぱすわーど"));
        assert_eq!(fold("Straße GitHub"), "straße github");
    }

    #[test]
    fn letters_that_are_taken_as_they_are_stay_themselves_in_nfkc() {
        let all: Vec<char> = ('\0'..='\u{ffff}').filter(|letter| is_composed(*letter)).collect();
        assert!(all.len() > 21_000);
        for letter in &all {
            assert!(std::iter::once(*letter).nfkc().eq([*letter]), "{letter:?}");
            assert!(letter.is_ascii() || letter.to_lowercase().eq([*letter]), "{letter:?}");
        }
        let text: String = all.iter().collect();
        assert_eq!(text.nfkc().collect::<String>(), text);
        let reversed: String = all.iter().rev().collect();
        assert_eq!(reversed.nfkc().collect::<String>(), reversed);
    }

    #[test]
    fn spellings_of_one_sound_meet() {
        for (kana, romaji) in [
            ("ゆうちょ", "yucho"),
            ("エックスサーバー", "ekkususa-ba-"),
            ("エックスサーバー", "ekkususaba"),
            ("さくら", "sakura"),
            ("とうきょう", "tokyo"),
            ("とうきょう", "toukyou"),
            ("しんぶん", "shimbun"),
            ("しんぶん", "sinbun"),
            ("ちば", "chiba"),
            ("ちば", "tiba"),
            ("ふじ", "fuji"),
            ("じゃばら", "jabara"),
            ("らくてん", "rakuten"),
        ] {
            assert_eq!(skeleton(&fold(kana)), skeleton(&fold(romaji)), "{kana} {romaji}");
        }
    }

    #[test]
    fn every_prefix_of_a_romaji_query_keeps_matching() {
        for (kana, romaji) in [
            ("ゆうちょ", "yucho"),
            ("しゃしん", "shashin"),
            ("ちば", "chiba"),
            ("つくば", "tsukuba"),
            ("ふじ", "fuji"),
            ("しんぶん", "shimbun"),
        ] {
            let whole = skeleton(&fold(kana));
            for end in 1..=romaji.len() {
                let typed = query_skeleton(romaji.get(..end).expect("ASCII"));
                assert!(whole.starts_with(&typed), "{romaji} to {end}: {typed} in {whole}");
            }
        }
    }
}
