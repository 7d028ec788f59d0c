//! Random passwords with classes, minimums and exclusions: the exact number of passwords a recipe
//! allows, and a draw in which each of them is equally likely.
//!
//! With class sizes s and minimums m, the passwords of length n that have c characters of each
//! class number n!/(c1!..c4!) * s1^c1 * .. * s4^c4. Those numbers are summed in a table of whole
//! numbers; a draw first picks the counts by their exact share, then an order of the classes, then
//! the characters. Nothing is thrown away, so tight recipes are as quick as loose ones.

use super::big::Big;
use super::{Class, GenerateError, RANDOM_MOST, Random, SIMILAR};
use crate::crypto::entropy::{Entropy, below};
use crate::secret::SecretBytes;

const LOWER: &str = "abcdefghijklmnopqrstuvwxyz";
const UPPER: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const DIGIT: &str = "0123456789";
/// The symbols of a recipe that names none: all of ASCII's.
const SYMBOL: &str = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

/// One class of a checked recipe: its characters (disjoint from those of the others) and minimum.
struct Set {
    chars: Vec<u8>,
    least: usize,
}

/// A checked random recipe with its table of counts.
pub(super) struct Space {
    sets: Vec<Set>,
    length: usize,
    /// `ways[k][j]`: strings of length j over the classes from k on that keep their minimums.
    ways: Vec<Vec<Big>>,
}

impl Space {
    pub(super) fn of(recipe: &Random) -> Result<Space, GenerateError> {
        let length = super::within(recipe.length, 1, RANDOM_MOST)?;
        let own = recipe.symbols.as_deref().unwrap_or(SYMBOL);
        if let Some(bad) = own.chars().find(|c| !c.is_ascii_punctuation()) {
            return Err(GenerateError::NotASymbol(bad));
        }
        let mut sets = Vec::new();
        let classes =
            [(Class::Lower, LOWER), (Class::Upper, UPPER), (Class::Digit, DIGIT), (Class::Symbol, own)];
        for (class, all) in classes {
            let Some(least) = recipe.least(class) else { continue };
            let allowed =
                |c: &char| !(recipe.exclude.contains(*c) || (recipe.no_similar && SIMILAR.contains(*c)));
            let mut chars: Vec<u8> = all.chars().filter(allowed).map(|c| c as u8).collect();
            chars.sort_unstable();
            chars.dedup();
            if chars.is_empty() && least > 0 {
                return Err(GenerateError::EmptyClass(class));
            }
            sets.push(Set { chars, least: usize::from(least) });
        }
        if sets.iter().all(|set| set.chars.is_empty()) {
            return Err(GenerateError::NothingAllowed);
        }
        let sum: usize = sets.iter().map(|set| set.least).sum();
        if sum > length {
            return Err(GenerateError::MinimumsOverLength { sum: sum as u32, length: recipe.length });
        }
        let ways = count(&sets, length);
        Ok(Space { sets, length, ways })
    }

    pub(super) fn bits(&self) -> f64 {
        self.ways[0][self.length].log2()
    }

    pub(super) fn draw(&self, source: &mut dyn Entropy) -> Result<SecretBytes, GenerateError> {
        let mut classes = Vec::with_capacity(self.length);
        let mut left = self.length;
        for (k, set) in self.sets.iter().enumerate() {
            let mut at = self.ways[k][left].draw_below(source)?;
            let mut chosen = left;
            for (count, arranged) in Arrangements::of(set, left) {
                let share = arranged.times(&self.ways[k + 1][left - count]);
                if at.less(&share) {
                    chosen = count;
                    break;
                }
                at.subtract(&share);
            }
            classes.extend(std::iter::repeat_n(k, chosen));
            left -= chosen;
        }
        for last in (1..classes.len()).rev() {
            classes.swap(last, below(source, last as u32 + 1)? as usize);
        }
        SecretBytes::filled(self.length, |out| {
            for (place, class) in out.iter_mut().zip(&classes) {
                let chars = &self.sets[*class].chars;
                *place = chars[below(source, chars.len() as u32)? as usize];
            }
            Ok(())
        })
    }
}

/// For each count c a class may have among `places`: C(places, c) * size^c, from its minimum on.
struct Arrangements<'a> {
    set: &'a Set,
    places: usize,
    count: usize,
    number: Big,
}

impl<'a> Arrangements<'a> {
    fn of(set: &'a Set, places: usize) -> impl Iterator<Item = (usize, Big)> + use<'a> {
        Arrangements { set, places, count: 0, number: Big::of(1) }.skip_while(|(count, _)| *count < set.least)
    }
}

impl Iterator for Arrangements<'_> {
    type Item = (usize, Big);

    fn next(&mut self) -> Option<(usize, Big)> {
        if self.count > self.places || self.number.is_zero() {
            return None;
        }
        let now = (self.count, self.number.clone());
        // C(p, c+1) = C(p, c) * (p-c) / (c+1), without a rest.
        self.number.scale((self.places - self.count) as u64 * self.set.chars.len() as u64);
        self.count += 1;
        self.number.divide(self.count as u64);
        Some(now)
    }
}

fn count(sets: &[Set], length: usize) -> Vec<Vec<Big>> {
    let mut ways = vec![vec![Big::default(); length + 1]; sets.len() + 1];
    ways[sets.len()][0] = Big::of(1);
    for k in (0..sets.len()).rev() {
        for places in 0..=length {
            let mut sum = Big::default();
            for (count, arranged) in Arrangements::of(&sets[k], places) {
                let rest = &ways[k + 1][places - count];
                if !rest.is_zero() {
                    sum.add(&arranged.times(rest));
                }
            }
            ways[k][places] = sum;
        }
    }
    ways
}
