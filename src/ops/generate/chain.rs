//! Passwords by a site's [`Rules`]: their exact number, and a draw in which each is equally likely.
//!
//! The characters are parted into atoms: those that stand in the same required sets. A password is
//! a row of runs of one character each; what may follow depends only on the places left, on the
//! sets that are satisfied so far and on the atom of the last run (whose character may not come
//! again at once). So the passwords are counted from their end forwards, in whole numbers, and
//! drawn run by run by their exact share.

use super::big::Big;
use super::rules::{RULES_MOST, Rules};
use super::{GenerateError, within};
use crate::crypto::entropy::{Entropy, below};
use crate::secret::SecretBytes;

/// Characters that stand in the same required sets.
struct Atom {
    /// The sets, a bit each.
    sets: usize,
    chars: Vec<u8>,
}

/// Counted rules.
pub(super) struct Space {
    atoms: Vec<Atom>,
    length: usize,
    /// Longest run of one character.
    run: usize,
    /// All sets.
    full: usize,
    /// `ends[j][sets][atom]`: ways to fill j places after a run of a character of `atom`.
    ends: Vec<Vec<Big>>,
    /// `starts[j][sets][atom]`: ways to fill j places that begin with a run of one character of
    /// `atom`, with `sets` satisfied by then.
    starts: Vec<Vec<Big>>,
}

impl Space {
    pub(super) fn of(rules: &Rules) -> Result<Space, GenerateError> {
        let most = rules.most.min(RULES_MOST);
        let length = within(rules.length, rules.least.max(1).min(most), most)?;
        let mut atoms: Vec<Atom> = Vec::new();
        for c in rules.alphabet().iter() {
            let sets = rules.required.iter().enumerate();
            let sets = sets.fold(0, |bits, (at, set)| bits | usize::from(set.has(c)) << at);
            match atoms.iter_mut().find(|atom| atom.sets == sets) {
                Some(atom) => atom.chars.push(c),
                None => atoms.push(Atom { sets, chars: vec![c] }),
            }
        }
        let run = rules.run.map_or(length, usize::from).min(length);
        let full = (1 << rules.required.len()) - 1;
        let mut space = Space { atoms, length, run, full, ends: Vec::new(), starts: Vec::new() };
        space.count();
        if space.whole().is_zero() {
            return Err(GenerateError::NothingAllowed);
        }
        Ok(space)
    }

    fn at(&self, sets: usize, atom: usize) -> usize {
        sets * self.atoms.len() + atom
    }

    /// Sums up, for every number of places left, first what begins with a run, then what follows one.
    fn count(&mut self) {
        let cells = (self.full + 1) * self.atoms.len();
        for places in 0..=self.length {
            let mut starts = vec![Big::default(); cells];
            let mut ends = vec![Big::default(); cells];
            for sets in 0..=self.full {
                for (atom, own) in self.atoms.iter().enumerate().filter(|(_, own)| own.sets & !sets == 0) {
                    let at = self.at(sets, atom);
                    let mut sum = Big::default();
                    for run in 1..=self.run.min(places) {
                        sum.add(&self.ends[places - run][at]);
                    }
                    starts[at] = sum;
                    debug_assert!(!own.chars.is_empty(), "an atom has a character");
                }
            }
            self.starts.push(starts);
            for sets in 0..=self.full {
                let mut all = Big::of(u64::from(places == 0 && sets == self.full));
                for atom in 0..self.atoms.len() {
                    all.add(&self.share(places, sets, atom, false));
                }
                for (atom, _) in self.atoms.iter().enumerate().filter(|(_, own)| own.sets & !sets == 0) {
                    // - the run that ended goes on with another character
                    let mut here = all.clone();
                    here.subtract(&self.starts[places][self.at(sets, atom)]);
                    ends[sets * self.atoms.len() + atom] = here;
                }
            }
            self.ends.push(ends);
        }
    }

    /// Ways to go on with a run of `atom`; without one of its characters where that just stood.
    fn share(&self, places: usize, sets: usize, atom: usize, less: bool) -> Big {
        let own = &self.atoms[atom];
        let mut ways = self.starts[places][self.at(sets | own.sets, atom)].clone();
        ways.scale(own.chars.len() as u64 - u64::from(less));
        ways
    }

    fn whole(&self) -> Big {
        let mut all = Big::default();
        for atom in 0..self.atoms.len() {
            all.add(&self.share(self.length, 0, atom, false));
        }
        all
    }

    pub(super) fn bits(&self) -> f64 {
        self.whole().log2()
    }

    pub(super) fn draw(&self, source: &mut dyn Entropy) -> Result<SecretBytes, GenerateError> {
        let mut made = SecretBytes::with_capacity(self.length);
        let (mut sets, mut last) = (0, None::<(usize, u8)>);
        while made.len() < self.length {
            let left = self.length - made.len();
            let shares: Vec<Big> = (0..self.atoms.len())
                .map(|atom| self.share(left, sets, atom, last.is_some_and(|(before, _)| before == atom)))
                .collect();
            let atom = pick(&shares, source)?;
            let own = &self.atoms[atom];
            let others: Vec<u8> =
                own.chars.iter().copied().filter(|c| last.is_none_or(|(_, before)| before != *c)).collect();
            let c = others[below(source, others.len() as u32)? as usize];
            sets |= own.sets;
            let at = self.at(sets, atom);
            let runs: Vec<Big> =
                (1..=self.run.min(left)).map(|run| self.ends[left - run][at].clone()).collect();
            for _ in 0..=pick(&runs, source)? {
                made.push(&[c]).expect("no run is longer than what is left");
            }
            last = Some((atom, c));
        }
        Ok(made)
    }
}

/// Picks one by its share; not all of them are 0.
fn pick(shares: &[Big], source: &mut dyn Entropy) -> Result<usize, GenerateError> {
    let mut all = Big::default();
    shares.iter().for_each(|share| all.add(share));
    let mut at = all.draw_below(source)?;
    for (number, share) in shares.iter().enumerate() {
        if at.less(share) {
            return Ok(number);
        }
        at.subtract(share);
    }
    Ok(shares.len() - 1)
}
