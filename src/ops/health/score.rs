//! Score and order. Score: 100 × (1 − Σ(w·r) / Σw), w = 3 for what opens much, else 1; r is the
//! worst finding of the entry. Entries that could not be looked at are left out and counted.

use std::collections::HashMap;

use super::subject::Subject;
use super::{Finding, Why};
use crate::model::{Id, Kind, Relation};

/// What an entry opens, the most first: the order in which findings are worked through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Opens {
    /// Passwords of other accounts are reset through it.
    Mailbox,
    /// A server or its panel.
    Server,
    /// Domains.
    Registrar,
    /// Money.
    Bank,
    /// A site.
    Site,
    /// Itself.
    Itself,
}

impl Opens {
    /// What an entry opens by its kind, or by what it most likely is, and by the links of others to it.
    pub(super) fn of(subject: &Subject, linked: &HashMap<Id, Opens>) -> Opens {
        let by_kind = match subject.guess.unwrap_or(subject.kind) {
            Kind::Mailbox => Opens::Mailbox,
            Kind::Server => Opens::Server,
            Kind::Domain => Opens::Registrar,
            Kind::BankAccount | Kind::Card => Opens::Bank,
            Kind::Website | Kind::Database => Opens::Site,
            _ => Opens::Itself,
        };
        linked.get(&subject.id).map_or(by_kind, |linked| by_kind.min(*linked))
    }

    /// What others say, by their links, that an entry opens.
    pub(super) fn linked<'a>(subjects: impl Iterator<Item = &'a Subject>) -> HashMap<Id, Opens> {
        let mut linked = HashMap::new();
        for (relation, target) in subjects.flat_map(|one| &one.links) {
            let opens = match relation {
                Relation::ResetsThrough => Opens::Mailbox,
                Relation::ControlledBy | Relation::HostedOn => Opens::Server,
                Relation::RegisteredAt => Opens::Registrar,
                Relation::Other(_) => continue,
            };
            let held = linked.entry(*target).or_insert(opens);
            *held = opens.min(*held);
        }
        linked
    }

    /// Its weight in the score.
    pub fn weight(self) -> u64 {
        if self <= Opens::Bank { 3 } else { 1 }
    }
}

/// How bad a finding is, in tenths: 10 is worst.
pub fn badness(why: &Why) -> u64 {
    match why {
        Why::Leaked { .. } | Why::Master { pattern: None } => 10,
        Why::Reused { .. } => 8,
        Why::Similar { .. } | Why::Master { pattern: Some(_) } | Why::Weak { .. } => 6,
        Why::Expired { .. } => 4,
        Why::Old { .. } | Why::Due { .. } => 2,
        Why::Soon { .. }
        | Why::Insecure { .. }
        | Why::Duplicate { .. }
        | Why::Staged { .. }
        | Why::NoKit
        | Why::CheapDerivation
        | Why::NoSecondFactor { .. } => 0,
    }
}

/// The score of entries, each with its weight and its worst finding; none without entries. Rounded
/// down, so that 100 means that nothing was found.
pub fn score(entries: impl Iterator<Item = (u64, u64)>) -> Option<u8> {
    let (lost, whole) = entries
        .fold((0u64, 0u64), |(lost, whole), (weight, worst)| (lost + weight * worst.min(10), whole + weight));
    let kept = (whole * 10).checked_sub(lost)?;
    (whole > 0).then(|| u8::try_from(kept * 10 / whole).unwrap_or(100))
}

/// The order of work: what can be broken into before what is only old, then what opens most, then
/// what is worst. The vault's own findings stand after the urgent ones.
pub(super) fn order(finding: &Finding) -> (bool, Opens, u64, bool) {
    let bad = badness(&finding.why);
    (bad < 6, finding.opens, 10 - bad, finding.entry.is_none())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_score_is_that_of_the_design() {
        assert_eq!(score([].into_iter()), None);
        assert_eq!(score([(1, 0), (3, 0)].into_iter()), Some(100));
        assert_eq!(score([(3, 10)].into_iter()), Some(0));
        // 100 × (1 − (3·0.8 + 1·0) / 4) = 40
        assert_eq!(score([(3, 8), (1, 0)].into_iter()), Some(40));
        // One finding in ten thousand entries is not "100".
        assert_eq!(score((0..10_000).map(|at| (1, u64::from(at == 0) * 2))), Some(99));
    }

    proptest! {
        #[test]
        fn mending_never_lowers_the_score(
            mut entries in proptest::collection::vec((prop_oneof![Just(1u64), Just(3u64)], 0u64..=10), 1..40),
            at in 0usize..40,
        ) {
            let before = score(entries.iter().copied()).unwrap();
            let at = at % entries.len();
            entries[at].1 = 0;
            let after = score(entries.iter().copied()).unwrap();
            prop_assert!(before <= after && after <= 100);
            prop_assert_eq!(after == 100, entries.iter().all(|(_, worst)| *worst == 0));
        }
    }
}
