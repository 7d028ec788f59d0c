//! How healthy the vault was: the score of a day, at most one a day, kept in the vault's settings.
//! Two machines that each note one on the same day have noted one: the later.

use crate::model::{Id, Section, Tag, Vault};
use crate::ops::change::{Change, Edit};

/// The record of the vault's settings.
const SETTINGS: Id = Id([0; 16]);

/// The score of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sample {
    /// Days since 1970, by the calendar of who noted it.
    pub day: u32,
    /// 0 to 100.
    pub score: u8,
    /// Entries with a password that were not looked at.
    pub unchecked: u32,
}

impl Sample {
    fn read(value: &[u8]) -> Option<Sample> {
        let (day, rest) = value.split_first_chunk::<4>()?;
        let (score, rest) = rest.split_first()?;
        let unchecked = rest.try_into().map(u32::from_le_bytes).ok()?;
        Some(Sample { day: u32::from_le_bytes(*day), score: (*score).min(100), unchecked })
    }

    fn write(self) -> Vec<u8> {
        let mut out = self.day.to_le_bytes().to_vec();
        out.push(self.score);
        out.extend_from_slice(&self.unchecked.to_le_bytes());
        out
    }

    /// The element of a day.
    fn element(self) -> Id {
        let mut id = [0; 16];
        id[..4].copy_from_slice(&self.day.to_le_bytes());
        // - no element is all zeros
        id[15] = 1;
        Id(id)
    }
}

/// All of them, oldest first.
pub fn samples(vault: &Vault) -> Vec<Sample> {
    let Some(record) = vault.section(Section::Settings).get(SETTINGS) else { return Vec::new() };
    let mut all: Vec<Sample> =
        record.elements(Tag::SCORE).filter_map(|(_, attr)| Sample::read(attr.value())).collect();
    all.sort_by_key(|one| one.day);
    all.dedup_by_key(|one| one.day);
    all
}

/// The sample before that of `day`, to compare with.
pub fn before(samples: &[Sample], day: u32) -> Option<Sample> {
    samples.iter().rev().find(|one| one.day < day).copied()
}

/// Notes the score of a day in place of what was noted on it; none where that says the same.
pub fn note(vault: &Vault, sample: Sample) -> Option<Change> {
    if samples(vault).contains(&sample) {
        return None;
    }
    let edit = Edit { tag: Tag::SCORE, element: Some(sample.element()), value: sample.write().into() };
    Some(Change::Write { section: Section::Settings, record: SETTINGS, kind: 0, edits: vec![edit] })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Stamp;
    use crate::ops::change::apply;

    #[test]
    fn one_a_day_the_later_one_counts() {
        let mut vault = Vault::new([0; 16]);
        let of = |day, score| Sample { day, score, unchecked: 3 };
        for (at, one) in (1..).zip([of(20_000, 60), of(20_002, 70), of(20_001, 65), of(20_002, 71)]) {
            let change = note(&vault, one).expect("news");
            apply(&mut vault, &change, Stamp { hlc: at, salt: 0, writer: 0 }).expect("fine");
        }
        let all = samples(&vault);
        assert_eq!(all, [of(20_000, 60), of(20_001, 65), of(20_002, 71)]);
        assert_eq!(note(&vault, of(20_002, 71)), None);
        assert_eq!(before(&all, 20_002), Some(of(20_001, 65)));
        assert_eq!(before(&all, 20_000), None);
        assert_eq!(before(&all, 20_009), Some(of(20_002, 71)));
    }

    #[test]
    fn what_is_no_sample_is_none() {
        assert_eq!(Sample::read(&[1, 2, 3]), None);
        let wild = Sample { day: 1, score: 200, unchecked: 0 };
        assert_eq!(Sample::read(&wild.write()).map(|one| one.score), Some(100));
    }
}
