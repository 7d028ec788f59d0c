//! Tests of the generator: minimums, spaces counted against enumeration, uniformity, text forms.

use std::collections::HashMap;

use proptest::prelude::*;

use super::*;

/// SplitMix64: good enough to test with, repeatable, and nothing else.
struct Seeded(u64);

impl Entropy for Seeded {
    fn fill(&mut self, out: &mut [u8]) -> Result<(), EntropyError> {
        for part in out.chunks_mut(8) {
            self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
            let mut z = self.0;
            z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            part.copy_from_slice(&(z ^ (z >> 31)).to_le_bytes()[..part.len()]);
        }
        Ok(())
    }
}

fn recipe(text: &str) -> Recipe {
    text.parse().unwrap()
}

/// How far counts lie from `expected` each, in standard deviations of the chi-square value.
fn deviation(counts: &[u64], expected: f64) -> f64 {
    let chi: f64 = counts.iter().map(|n| (*n as f64 - expected).powi(2) / expected).sum();
    let freedom = counts.len() as f64 - 1.0;
    (chi - freedom) / (2.0 * freedom).sqrt()
}

#[test]
fn a_million_characters_are_uniform() {
    let free = recipe("random:20,lower>=0,upper>=0,digit>=0,symbol>=0");
    let space = Space::of(&free).unwrap();
    let mut counts = [0u64; 94];
    let mut source = Seeded(1);
    for _ in 0..50_000 {
        for byte in space.draw(&mut source).unwrap().expose().bytes() {
            counts[usize::from(byte - b'!')] += 1;
        }
    }
    assert!(deviation(&counts, 1e6 / 94.0).abs() < 5.0, "{counts:?}");
    // The measure itself sees a bias of four percent in one character.
    let moved = counts[0] / 25;
    counts[0] += moved;
    counts[1] -= moved;
    assert!(deviation(&counts, 1e6 / 94.0) > 1.0);
}

#[test]
fn minimums_keep_every_class_uniform_and_every_place_alike() {
    let space = recipe("random:8,upper>=2,digit>=2");
    let space = Space::of(&space).unwrap();
    let (mut letters, mut first_digits) = ([0u64; 26], [0u64; 8]);
    let mut source = Seeded(2);
    for _ in 0..30_000 {
        let made = space.draw(&mut source).unwrap();
        let made = made.expose().as_bytes();
        let count = |test: fn(&u8) -> bool| made.iter().filter(|b| test(b)).count();
        assert!(count(u8::is_ascii_uppercase) >= 2 && count(u8::is_ascii_digit) >= 2);
        assert!(count(u8::is_ascii_lowercase) >= 1 && count(u8::is_ascii_punctuation) >= 1);
        for (place, byte) in made.iter().enumerate() {
            if byte.is_ascii_lowercase() {
                letters[usize::from(byte - b'a')] += 1;
            }
            first_digits[place] += u64::from(byte.is_ascii_digit());
        }
    }
    for counts in [&letters[..], &first_digits[..]] {
        let all: u64 = counts.iter().sum();
        assert!(deviation(counts, all as f64 / counts.len() as f64).abs() < 5.0, "{counts:?}");
    }
}

/// Counts by trying every string over the recipe's characters.
fn enumerated(random: &Random, alphabet: &[u8]) -> u64 {
    let mut count = 0;
    for mut code in 0..(alphabet.len() as u64).pow(u32::from(random.length)) {
        let mut seen = [0u16; 4];
        for _ in 0..random.length {
            let byte = alphabet[(code % alphabet.len() as u64) as usize];
            code /= alphabet.len() as u64;
            seen[match byte {
                b'a'..=b'z' => 0,
                b'A'..=b'Z' => 1,
                b'0'..=b'9' => 2,
                _ => 3,
            }] += 1;
        }
        let kept = Class::ALL.iter().zip(seen).all(|(class, n)| {
            random.least(*class).is_some_and(|m| n >= m) || n == 0 && random.least(*class).is_none()
        });
        count += u64::from(kept);
    }
    count
}

/// Excludes all letters and digits but `kept`.
fn only(kept: &str) -> String {
    ('0'..='z').filter(|c| c.is_ascii_alphanumeric() && !kept.contains(*c)).collect()
}

#[test]
fn small_spaces_are_counted_and_covered_exactly() {
    let shapes = [
        ("random:4,upper>=2,digit>=0,symbol>=1,symbols=-", "abXY7-"),
        ("random:5,lower>=0,upper>=0,digit>=3,no-symbol", "aXY70"),
        ("random:3,upper>=1,digit>=1,no-symbol", "abcX07"),
        ("random:6,lower>=3,no-upper,digit>=3,no-symbol", "ab01"),
    ];
    for (text, alphabet) in shapes {
        let Recipe::Random(mut random) = recipe(text) else { panic!("{text}") };
        random.exclude = only(alphabet);
        let size = enumerated(&random, alphabet.as_bytes());
        let wanted = Recipe::Random(random);
        let space = Space::of(&wanted).unwrap();
        assert!((space.bits().unwrap() - (size as f64).log2()).abs() < 1e-9, "{text}: {size}");
        let mut seen: HashMap<String, u64> = HashMap::new();
        let mut source = Seeded(3);
        for _ in 0..size * 40 {
            *seen.entry(space.draw(&mut source).unwrap().expose().to_owned()).or_default() += 1;
        }
        assert_eq!(seen.len() as u64, size, "{text}");
        let counts: Vec<u64> = seen.into_values().collect();
        assert!(deviation(&counts, 40.0).abs() < 5.0, "{text}: {}", deviation(&counts, 40.0));
    }
}

#[test]
fn minimums_cost_what_inclusion_and_exclusion_say() {
    // All four classes at least once, length 20: the sum over the sets of classes left out.
    let sizes = [26.0f64, 26.0, 10.0, 32.0];
    let mut number = 0.0;
    for out in 0..16u32 {
        let left: f64 = (0..4).filter(|k| out & 1 << k == 0).map(|k| sizes[k]).sum();
        number += if out.count_ones() % 2 == 0 { left.powi(20) } else { -left.powi(20) };
    }
    let bits = bits(&Recipe::default()).unwrap();
    assert!((bits - number.log2()).abs() < 1e-9 && bits < 20.0 * 94f64.log2(), "{bits}");
}

#[test]
fn impossible_recipes_say_why() {
    use GenerateError::{EmptyClass, Length, MinimumsOverLength, NotASymbol, NothingAllowed, Separator};
    let cases = [
        ("random:3", MinimumsOverLength { sum: 4, length: 3 }),
        ("random:0", Length { given: 0, least: 1, most: 256 }),
        ("random:257", Length { given: 257, least: 1, most: 256 }),
        ("random:9,exclude=0123456789", EmptyClass(Class::Digit)),
        ("random:9,no-lower,no-upper,no-digit,no-symbol", NothingAllowed),
        ("random:9,no-lower,no-upper,no-digit,symbol>=0,symbols=", NothingAllowed),
        ("random:9,symbols=-é", NotASymbol('é')),
        ("random:9,symbols=-a", NotASymbol('a')),
        ("words:65", Length { given: 65, least: 1, most: 64 }),
        ("words:5,sep=123456789", Separator),
        ("words:5,sep=1,digit", Separator),
        ("pin:0", Length { given: 0, least: 1, most: 64 }),
        ("pronounceable:129", Length { given: 129, least: 1, most: 128 }),
    ];
    for (text, why) in cases {
        assert_eq!(bits(&recipe(text)), Err(why), "{text}");
        assert_eq!(generate(&recipe(text), &mut Seeded(4)).map(|_| ()), Err(why), "{text}");
    }
    struct Dry;
    impl Entropy for Dry {
        fn fill(&mut self, _: &mut [u8]) -> Result<(), EntropyError> {
            Err(EntropyError)
        }
    }
    for text in ["random:9", "words:2", "pin:4", "pronounceable:4"] {
        assert_eq!(generate(&recipe(text), &mut Dry).map(|_| ()), Err(GenerateError::Entropy(EntropyError)));
    }
}

#[test]
fn words_pins_and_syllables_keep_their_shape() {
    let mut source = Seeded(5);
    let draw = |text: &str, source: &mut Seeded| generate(&recipe(text), source).unwrap().expose().to_owned();
    let words = draw("words:5,sep=.,capital", &mut source);
    assert_eq!(words.split('.').count(), 5);
    assert!(words.split('.').all(|w| w.starts_with(|c: char| c.is_ascii_uppercase())), "{words}");
    let mut places = [0u64; 3];
    for _ in 0..3_000 {
        let made = draw("words:3,sep=.,digit", &mut source);
        assert_eq!(made.chars().filter(char::is_ascii_digit).count(), 1);
        places[made.split('.').position(|w| w.ends_with(|c: char| c.is_ascii_digit())).unwrap()] += 1;
    }
    assert!(deviation(&places, 1_000.0).abs() < 5.0, "{places:?}");
    let pin = draw("pin:6", &mut source);
    assert!(pin.len() == 6 && pin.bytes().all(|b| b.is_ascii_digit()));
    let spoken = draw("pronounceable:7,capital,digit", &mut source);
    assert!(spoken.len() == 8 && spoken.ends_with(|c: char| c.is_ascii_digit()), "{spoken}");
    assert!(spoken.bytes().skip(1).step_by(2).take(3).all(|b| b"aeiou".contains(&b)), "{spoken}");
    let near = |text: &str, wanted: f64| (bits(&recipe(text)).unwrap() - wanted).abs() < 1e-9;
    assert!(
        near("words:5", 5.0 * 7776f64.log2()) && near("words:5,digit", 5.0 * 7776f64.log2() + 50f64.log2())
    );
    assert!(
        near("pin:6", 1e6f64.log2())
            && near("pronounceable:7,digit", 16.0 + 3.0 * 5f64.log2() + 10f64.log2())
    );
}

#[test]
fn the_longest_recipe_is_made_and_look_alikes_stay_out() {
    let long = recipe("random:256,upper>=60,digit>=60,symbol>=60,lower>=60,no-similar,exclude=xyz#");
    let made = generate(&long, &mut Seeded(6)).unwrap();
    assert_eq!(made.expose().len(), 256);
    assert!(!made.expose().contains(|c| SIMILAR.contains(c) || "xyz#".contains(c)));
}

#[test]
fn texts_are_read_and_bad_ones_refused() {
    assert_eq!(recipe("20"), Recipe::default());
    assert_eq!(recipe("random"), Recipe::default());
    assert_eq!(recipe("words"), Recipe::Words(Words::default()));
    assert_eq!(recipe("pin"), Recipe::Pin(6));
    let asked = recipe(r"random:20,upper,digit>=2,no-similar,symbols=!\,\\=");
    assert_eq!(asked.to_string(), r"random:20,digit>=2,symbols=!\,\\=,no-similar");
    use RecipeError::*;
    let own = str::to_owned;
    for (text, why) in [
        ("", Kind(own(""))),
        ("diceware:5", Kind(own("diceware"))),
        ("random:+5", Number(own("+5"))),
        ("random:99999", Number(own("99999"))),
        ("random:", Number(own(""))),
        ("random:20,upper>=x", Number(own("x"))),
        ("random:20,sep=-", Option(own("sep=-"))),
        ("random:20,", Option(own(""))),
        ("pin:6,digit", Option(own("digit"))),
        ("random:20,upper,upper>=2", Twice(own("upper>=2"))),
        ("random:20,no-upper,upper", Twice(own("upper"))),
        (r"words:5,sep=\x", Backslash),
        (r"words:5,sep=\", Backslash),
    ] {
        assert_eq!(text.parse::<Recipe>(), Err(why), "{text}");
    }
    assert_eq!("x".repeat(1_025).parse::<Recipe>(), Err(TooLong));
}

fn any_recipe() -> impl Strategy<Value = Recipe> {
    let least = || proptest::option::of(0u16..9);
    let random = (
        any::<u16>(),
        [least(), least(), least(), least()],
        proptest::option::of("[!-~]{0,9}"),
        "\\PC{0,9}",
        any::<bool>(),
    );
    let list = prop_oneof![Just(List::En), Just(List::Ja), Just(List::Both)];
    prop_oneof![
        random.prop_map(|(length, [lower, upper, digit, symbol], symbols, exclude, no_similar)| {
            Recipe::Random(Random { length, lower, upper, digit, symbol, symbols, exclude, no_similar })
        }),
        (any::<u16>(), "\\PC{0,9}", any::<bool>(), any::<bool>(), list).prop_map(
            |(count, separator, capital, digit, list)| {
                Recipe::Words(Words { count, separator, capital, digit, list })
            }
        ),
        any::<u16>().prop_map(Recipe::Pin),
        (any::<u16>(), any::<bool>(), any::<bool>()).prop_map(|(length, capital, digit)| {
            Recipe::Pronounceable(Pronounceable { length, capital, digit })
        }),
    ]
}

proptest! {
    #[test]
    fn what_is_printed_is_read_back(recipe in any_recipe()) {
        prop_assert_eq!(recipe.to_string().parse::<Recipe>(), Ok(recipe));
    }

    #[test]
    fn no_text_is_a_panic(text in "[a-z:,>=0-9\\\\-]{0,40}") {
        if let Ok(recipe) = text.parse::<Recipe>() {
            let _ = generate(&recipe, &mut Seeded(7));
        }
    }
}

/// Every text over the alphabet of the rules that keeps them.
fn kept_by(rules: &Rules) -> Vec<String> {
    let alphabet: Vec<u8> = rules.alphabet().iter().collect();
    let mut all = vec![Vec::new()];
    for _ in 0..rules.length {
        all = all
            .into_iter()
            .flat_map(|text: Vec<u8>| alphabet.iter().map(move |c| [text.as_slice(), &[*c]].concat()))
            .collect();
    }
    let run = usize::from(rules.run.unwrap_or(u16::MAX));
    let fits = |text: &Vec<u8>| {
        rules.required.iter().all(|set| text.iter().any(|c| set.has(*c)))
            && text.chunk_by(|a, b| a == b).all(|same| same.len() <= run)
    };
    all.into_iter().filter(fits).map(|text| String::from_utf8(text).unwrap()).collect()
}

#[test]
fn the_rules_of_a_site_are_counted_and_covered_exactly() {
    for text in [
        "length: 4; required: [ab]; required: [01]; allowed: [-]",
        "length: 5; required: [abc]; required: [cd]; max-consecutive: 1",
        "length: 5; required: [a]; required: [ab]; required: [0a]; max-consecutive: 2",
        "length: 6; allowed: [xy]; max-consecutive: 3",
        "length: 3; required: [a1]; required: [b2]; required: [c3]",
    ] {
        let recipe = recipe(text);
        let Recipe::Rules(rules) = &recipe else { panic!("{text}") };
        let kept = kept_by(rules);
        let space = Space::of(&recipe).unwrap();
        assert!((space.bits().unwrap() - (kept.len() as f64).log2()).abs() < 1e-9, "{text}");
        let mut source = Seeded(7);
        let mut seen: HashMap<String, u64> = kept.into_iter().map(|text| (text, 0)).collect();
        let draws = seen.len() * 200;
        for _ in 0..draws {
            *seen.get_mut(space.draw(&mut source).unwrap().expose()).expect("it keeps the rules") += 1;
        }
        let counts: Vec<u64> = seen.into_values().collect();
        assert!(deviation(&counts, 200.0).abs() < 5.0, "{text}");
    }
}

#[test]
fn rules_and_recipes_that_ask_for_the_same_count_the_same() {
    let rules = bits(&recipe("length: 16; required: lower; required: upper; required: digit")).unwrap();
    assert!((rules - bits(&recipe("random:16,no-symbol")).unwrap()).abs() < 1e-9);
    let none = recipe("length: 3; required: [a]; required: [b]; required: [c]; required: [d]");
    assert!(matches!(Space::of(&none), Err(GenerateError::NothingAllowed)));
    // The costliest that is taken stays quick.
    let sets: String = (0..6)
        .map(|bit| {
            let set: String = (b'0'..=b'o').filter(|c| (c - b'0') >> bit & 1 == 1).map(char::from).collect();
            format!("required: [{}]]; ", set.replace(']', ""))
        })
        .collect();
    let began = std::time::Instant::now();
    assert!(bits(&recipe(&format!("length: 128; max-consecutive: 2; {sets}"))).unwrap() > 500.0);
    assert!(began.elapsed().as_secs() < 20, "{:?}", began.elapsed());
}

#[test]
fn japanese_words_are_drawn_from_their_list() {
    let mut source = Seeded(3);
    let (ja, both) = (recipe("words:4,lang=ja"), recipe("words:4,lang=both"));
    assert!((bits(&ja).unwrap() - 4.0 * f64::from(List::Ja.size()).log2()).abs() < 1e-9);
    assert!((bits(&both).unwrap() - 4.0 * 10_795f64.log2()).abs() < 1e-9);
    let made = generate(&ja, &mut source).unwrap();
    let known: Vec<&str> = (0..List::Ja.size()).map(|number| List::Ja.word(number)).collect();
    assert!(made.expose().split('-').all(|word| known.contains(&word)), "{}", made.expose());
    assert_eq!((ja.to_string(), both.to_string()), ("words:4,lang=ja".into(), "words:4,lang=both".into()));
    assert_eq!((recipe(&ja.to_string()), recipe(&both.to_string())), (ja, both));
}

#[test]
fn what_a_recipe_for_words_makes_is_read_back_as_its_words() {
    let mut source = Seeded(11);
    for list in ["", ",lang=ja", ",lang=both"] {
        for rest in ["", ",sep=", ",sep=.,capital", ",capital,digit", ",sep=,digit", ",sep= / ,digit"] {
            for count in 1..8 {
                let recipe = recipe(&format!("words:{count}{list}{rest}"));
                let made = generate(&recipe, &mut source).unwrap();
                let (found, all) = (bits_of_words(made.expose()).unwrap(), bits(&recipe).unwrap().floor());
                // - of both lists together the words may all be of one
                assert!(found == all || list.ends_with("both") && found < all, "{recipe:?}: {found} {all}");
            }
        }
    }
    for text in [
        "",
        "clammy-",
        "-clammy",
        "clammy-overhung+nastily",
        "clammy1-overhung2",
        "clammy-overhun",
        "clammy12",
        "さくら",
    ] {
        assert_eq!(bits_of_words(text), None, "{text}");
    }
}
