//! Which passwords hang together: equal ones by their digests, similar ones by a shared form or by
//! small edits. Groups are found by sorting digests and joined in one pass, so the work grows with
//! the number of passwords, not with the number of pairs.

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::forms::{Form, Forms, edits};
use super::print::{Mark, Print, Role, Word};

/// By what two passwords are similar, the plainest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pattern {
    /// The same in full-width or half-width letters or other kana.
    Width,
    /// The same but for upper and lower case.
    Case,
    /// The same keys, with and without Shift.
    ShiftKey,
    /// The same with digits and signs for letters.
    Leet,
    /// The same but for the year.
    Year,
    /// The same but for the name of the site in it.
    Site,
    /// The same word with other numbers and signs.
    Stem,
    /// The same way over the keyboard, begun at another key.
    Walk,
    /// One letter differs.
    OneEdit,
    /// Two letters differ.
    TwoEdits,
    /// A word that differs by one letter, with other numbers and signs.
    StemEdit,
}

impl Pattern {
    /// Every pattern; its place, from 1 on, is its number in a step of an incident. New ones go to the
    /// end.
    pub const ALL: [Pattern; 11] = [
        Pattern::Width,
        Pattern::Case,
        Pattern::ShiftKey,
        Pattern::Leet,
        Pattern::Year,
        Pattern::Site,
        Pattern::Stem,
        Pattern::Walk,
        Pattern::OneEdit,
        Pattern::TwoEdits,
        Pattern::StemEdit,
    ];

    /// The number in a step of an incident.
    pub fn number(self) -> u8 {
        let place = Pattern::ALL.iter().position(|one| *one == self).unwrap_or(0);
        // There are fewer than a byte holds.
        place as u8 + 1
    }

    /// The pattern of a number.
    pub fn from_number(number: u8) -> Option<Pattern> {
        Pattern::ALL.get(usize::from(number.checked_sub(1)?)).copied()
    }

    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Pattern::Width => "full-width-twin",
            Pattern::Case => "case",
            Pattern::ShiftKey => "shift-key",
            Pattern::Leet => "leet",
            Pattern::Year => "year",
            Pattern::Site => "site-name",
            Pattern::Stem => "same-stem",
            Pattern::Walk => "keyboard-shift",
            Pattern::OneEdit => "one-edit",
            Pattern::TwoEdits => "two-edits",
            Pattern::StemEdit => "stem-edit",
        }
    }

    pub(super) fn of_form(form: Form) -> Pattern {
        match form {
            Form::Width => Pattern::Width,
            Form::Case => Pattern::Case,
            Form::ShiftUs | Form::ShiftJis => Pattern::ShiftKey,
            Form::Leet => Pattern::Leet,
            Form::Year => Pattern::Year,
            Form::Site => Pattern::Site,
            Form::Stem => Pattern::Stem,
            Form::Walk => Pattern::Walk,
        }
    }

    pub(super) fn of_edits(word: Word, count: usize) -> Pattern {
        match (word, count) {
            (Word::Stem, _) => Pattern::StemEdit,
            (Word::Whole, 1) => Pattern::OneEdit,
            (Word::Whole, _) => Pattern::TwoEdits,
        }
    }
}

/// Two words that are within small edits of each other, by their digests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Near {
    /// Which words.
    pub word: Word,
    /// The one.
    pub one: u64,
    /// The other.
    pub next: u64,
    /// By what.
    pub pattern: Pattern,
}

/// Joined sets (Galler and Fischer, 1964).
#[derive(Debug, Clone)]
pub struct Sets(Vec<u32>);

impl Sets {
    fn new(count: usize) -> Sets {
        // A vault has at most a million entries with 256 passwords each.
        Sets((0..count as u32).collect())
    }

    /// The first of the set that this one is in.
    pub fn root(&self, mut at: u32) -> u32 {
        while self.0[at as usize] != at {
            at = self.0[at as usize];
        }
        at
    }

    fn join(&mut self, one: u32, next: u32) {
        let (one, next) = (self.short(one), self.short(next));
        let (low, high) = (one.min(next), one.max(next));
        self.0[high as usize] = low;
    }

    /// The root, with the way to it made shorter.
    fn short(&mut self, mut at: u32) -> u32 {
        while self.0[at as usize] != at {
            let above = self.0[self.0[at as usize] as usize];
            self.0[at as usize] = above;
            at = above;
        }
        at
    }
}

/// How passwords hang together. Indices are those of the prints it was made from.
#[derive(Debug)]
pub struct Ties {
    sets: Sets,
    /// The plainest pattern by which each is tied to one that differs from it.
    pattern: Vec<Option<Pattern>>,
}

impl Ties {
    /// Joins what shares a form.
    pub fn by_forms(prints: &[&Print]) -> Ties {
        let mut ties = Ties { sets: Sets::new(prints.len()), pattern: vec![None; prints.len()] };
        for group in groups(prints, |print| print.exact) {
            for pair in group.windows(2) {
                ties.sets.join(pair[0], pair[1]);
            }
        }
        for form in Form::ALL {
            for group in groups(prints, |print| print.form(form)) {
                let first = prints[group[0] as usize].exact;
                if group.iter().all(|at| prints[*at as usize].exact == first) {
                    continue;
                }
                for at in &group {
                    ties.sets.join(group[0], *at);
                    ties.note(*at, Pattern::of_form(form));
                }
            }
        }
        ties
    }

    /// Joins what small edits make of one another.
    pub fn join_near(&mut self, prints: &[&Print], near: &[Near]) {
        for word in [Word::Whole, Word::Stem] {
            let mut known: Vec<(u64, u32)> = Vec::new();
            let wanted = near.iter().filter(|one| one.word == word);
            if wanted.clone().next().is_none() {
                continue;
            }
            for (at, print) in (0u32..).zip(prints) {
                known.push((print.word(word), at));
            }
            known.sort_unstable();
            let holders = |digest: u64| {
                let from = known.partition_point(|(one, _)| *one < digest);
                known[from..].iter().take_while(move |(one, _)| *one == digest).map(|(_, at)| *at)
            };
            for pair in wanted {
                let (Some(one), Some(next)) = (holders(pair.one).next(), holders(pair.next).next()) else {
                    continue;
                };
                self.sets.join(one, next);
                for at in holders(pair.one).chain(holders(pair.next)) {
                    self.note(at, pair.pattern);
                }
            }
        }
    }

    fn note(&mut self, at: u32, pattern: Pattern) {
        let held = &mut self.pattern[at as usize];
        *held = Some(held.map_or(pattern, |old| old.min(pattern)));
    }

    /// The set that this one is in.
    pub fn set(&self, at: u32) -> u32 {
        self.sets.root(at)
    }

    /// By what it is tied to one that differs.
    pub fn pattern(&self, at: u32) -> Option<Pattern> {
        self.pattern[at as usize]
    }
}

/// Groups of at least two prints with one digest, 0 aside, in the order of their first.
pub fn groups(prints: &[&Print], digest: impl Fn(&Print) -> u64 + Sync) -> Vec<Vec<u32>> {
    let mut all: Vec<(u64, u32)> = (0u32..)
        .zip(prints)
        .map(|(at, print)| (digest(print), at))
        .filter(|(digest, _)| *digest != 0)
        .collect();
    all.par_sort_unstable();
    let mut out: Vec<Vec<u32>> = all
        .chunk_by(|one, next| one.0 == next.0)
        .filter(|group| group.len() > 1)
        .map(|group| group.iter().map(|(_, at)| *at).collect())
        .collect();
    out.sort_unstable_by_key(|group| group[0]);
    out
}

/// Passwords with one mark: past this many not each is held against each.
const EACH_WITH_EACH: usize = 24;
/// Of those with one mark that are tied already, so many stand for all.
const STAND_FOR: usize = 4;

/// Pairs that share a mark and are not tied yet, each once. The second value is false when there
/// were too many to compare them all.
pub fn candidates(
    prints: &[&Print],
    ties: &Ties,
    mut marks: Vec<(Mark, u32)>,
) -> (Vec<(Word, u32, u32)>, bool) {
    let most = prints.len() * 2 + 10_000;
    marks.par_sort_unstable();
    let mut pairs: Vec<(Word, u32, u32)> = Vec::new();
    let mut sets: Vec<(u32, u32, Role)> = Vec::new();
    let mut complete = true;
    for group in marks.chunk_by(|one, next| one.0.place() == next.0.place()) {
        if group.len() < 2 {
            continue;
        }
        sets.clear();
        sets.extend(group.iter().map(|(mark, at)| (ties.set(*at), *at, mark.role())));
        sets.sort_unstable_by_key(|(set, at, role)| (*set, *role, *at));
        let mut same = 0;
        let mut last = None;
        sets.retain(|(set, _, role)| {
            same = if last == Some((*set, *role)) { same + 1 } else { 0 };
            last = Some((*set, *role));
            same < STAND_FOR
        });
        let word = group[0].0.word();
        for (at, one) in sets.iter().enumerate() {
            let others = sets.get(at + 1..).unwrap_or(&[]);
            let reach = if sets.len() <= EACH_WITH_EACH || at == 0 {
                others.len().min(64)
            } else {
                others.len().min(1)
            };
            for next in others.iter().take(reach) {
                let meets = one.2 == Role::Both || one.2 != next.2;
                if one.0 != next.0 && meets {
                    pairs.push((word, one.1.min(next.1), one.1.max(next.1)));
                }
            }
        }
        if pairs.len() > most * 4 {
            pairs.sort_unstable();
            pairs.dedup();
            if pairs.len() > most {
                complete = false;
                break;
            }
        }
    }
    pairs.par_sort_unstable();
    pairs.dedup();
    complete &= pairs.len() <= most;
    pairs.truncate(most);
    (pairs, complete)
}

/// Compares pairs letter by letter; `forms` opens a password for that moment. `go_on` is asked now
/// and then; none when it said no.
pub fn compare(
    prints: &[&Print],
    pairs: &[(Word, u32, u32)],
    forms: &(dyn Fn(u32) -> Option<Forms> + Sync),
    go_on: &(dyn Fn(usize) -> bool + Sync),
) -> Option<Vec<Near>> {
    let stopped = AtomicUsize::new(0);
    let near: Vec<Near> = pairs
        .par_chunks(256)
        .flat_map_iter(|chunk| {
            let mut found = Vec::new();
            if stopped.load(Ordering::Relaxed) == 0 {
                found.extend(chunk.iter().filter_map(|(word, one, next)| {
                    near(*word, (*one, prints[*one as usize]), (*next, prints[*next as usize]), forms)
                }));
                crate::crypto::burn();
                if !go_on(chunk.len()) {
                    stopped.store(1, Ordering::Relaxed);
                }
            }
            found
        })
        .collect();
    (stopped.into_inner() == 0).then_some(near)
}

/// The two as near words, if they are.
pub fn near(
    word: Word,
    (one, first): (u32, &Print),
    (next, second): (u32, &Print),
    forms: &dyn Fn(u32) -> Option<Forms>,
) -> Option<Near> {
    let reach = first.sketch(word).may_reach(&second.sketch(word))?;
    let (left, right) = (forms(one)?, forms(next)?);
    let count = edits(word.letters(&left), word.letters(&right), usize::from(reach))?;
    let pattern = Pattern::of_edits(word, count);
    Some(Near { word, one: first.word(word), next: second.word(word), pattern }).filter(|_| count > 0)
}
