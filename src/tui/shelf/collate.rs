//! The order of Japanese words, 五十音順: small kana as large ones, marks of voice and long vowels
//! only where all else is equal (as JIS X 4061 has it, in its outline). ASCII stands before kana,
//! kana before kanji.

use crate::ops::search::fold;

const VOWELS: [(char, &str); 5] = [
    ('あ', "あかさたなはまやらわ"),
    ('い', "いきしちにひみりゐ"),
    ('う', "うくすつぬふむゆる"),
    ('え', "えけせてねへめれゑ"),
    ('お', "おこそとのほもよろを"),
];

/// Appends the key by which `text` is sorted: keys compare as bytes.
pub fn key_into(text: &str, out: &mut String) {
    let start = out.len();
    fold::fold_into(text, out);
    let folded = out.get(start..).unwrap_or("");
    if !fold::has_kana(folded) {
        return;
    }
    let folded = out.split_off(start);
    let mut before = '\0';
    for letter in folded.chars() {
        let plain = match letter {
            'ー' => vowel(before),
            'ゝ' | 'ゞ' => before,
            other => base(other),
        };
        out.push(plain);
        before = plain;
    }
    // - words that differ in nothing else
    out.push('\0');
    out.push_str(&folded);
}

fn vowel(before: char) -> char {
    VOWELS.iter().find(|(_, row)| row.contains(before)).map_or('ー', |(vowel, _)| *vowel)
}

/// A kana large and without marks of voice.
fn base(letter: char) -> char {
    let code = u32::from(letter);
    let plain = match code {
        0x3041..=0x304a if code % 2 == 1 => code + 1,
        0x304b..=0x3062 if code % 2 == 0 => code - 1,
        0x3063 => 0x3064,
        0x3065 | 0x3067 | 0x3069 => code - 1,
        0x306f..=0x307d => code - (code - 0x306f) % 3,
        0x3083 | 0x3085 | 0x3087 | 0x308e => code + 1,
        0x3094 => 0x3046,
        0x3095 => 0x304b,
        0x3096 => 0x3051,
        other => other,
    };
    char::from_u32(plain).unwrap_or(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_as_in_a_japanese_index() {
        let sorted = [
            "Amazon",
            "github",
            "アイス",
            "アーク",
            "あかり",
            "ガス",
            "かすみ",
            "カッター",
            "かつら",
            "ハート",
            "ばあば",
            "はし",
            "ばし",
            "ﾊﾟｼ",
            "ゆうちょ",
            "みずほ銀行",
            "銀行",
        ];
        let key = |text: &str| {
            let mut out = String::new();
            key_into(text, &mut out);
            out
        };
        let mut mixed = sorted;
        mixed.reverse();
        mixed.sort_by_key(|text| key(text));
        let wanted = [
            "Amazon",
            "github",
            "アーク",
            "アイス",
            "あかり",
            "ガス",
            "かすみ",
            "カッター",
            "かつら",
            "ハート",
            "ばあば",
            "はし",
            "ばし",
            "ﾊﾟｼ",
            "みずほ銀行",
            "ゆうちょ",
            "銀行",
        ];
        assert_eq!(mixed, wanted);
    }
}
