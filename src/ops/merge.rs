//! Merge: the join of two states of one vault. It needs no common base: every attribute is a set
//! of stamped versions, the join is their union above the greater floor, the 256 greatest kept.
//! So it is commutative, associative and idempotent by construction (tests/props.rs plays it over
//! three replicas with skewed clocks).
//!
//! It opens no secret and knows no key: both sides must be sealed under the same data key, or the
//! session seals one side again first.

use std::collections::BTreeSet;

use crate::model::vault::{RETIRED_MAX, RetiredKey};
use crate::model::{Entry, Id, Record, Records, Section, State, Tag, Vault, Version};

/// What a join brought, for the report.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MergeReport {
    /// Entries that only the other side had.
    pub added: Vec<Id>,
    /// Entries in which the other side's value became current, with the fields.
    pub changed: Vec<(Id, Vec<Tag>)>,
    /// Fields edited on both sides apart: ours or theirs went into the history.
    pub superseded: Vec<(Id, Tag)>,
    /// Entries that were in the trash on one side and come back because the other edited them.
    pub revived: Vec<Id>,
    /// Entries purged on one side that keep fields the purge had not seen.
    pub survived_purge: Vec<Id>,
    /// Entries purged by the other side.
    pub purged: Vec<Id>,
    /// Settings of the vault and incidents that are otherwise now.
    pub elsewhere: usize,
    /// The password was changed on the other side, and that change is the later one: its keys and
    /// slots hold from now on.
    pub new_keys: bool,
    /// Slots of the other side for which a file has no room: these ways to open it are not in. An id
    /// of zeros is one of a kind that only a later version knows.
    pub left_out: Vec<[u8; 8]>,
}

impl MergeReport {
    /// Nothing new came in.
    pub fn is_empty(&self) -> bool {
        *self == MergeReport { left_out: self.left_out.clone(), ..MergeReport::default() }
    }

    /// Takes in what a later join brought.
    pub fn add(&mut self, later: MergeReport) {
        self.added.extend(later.added);
        self.changed.extend(later.changed);
        self.superseded.extend(later.superseded);
        self.revived.extend(later.revived);
        self.survived_purge.extend(later.survived_purge);
        self.purged.extend(later.purged);
        self.elsewhere += later.elsewhere;
        self.new_keys |= later.new_keys;
        for slot in later.left_out {
            if !self.left_out.contains(&slot) {
                self.left_out.push(slot);
            }
        }
    }
}

/// True when joining `other` would bring nothing but names of writers: every version of it is in
/// `vault` or purged there, and so is everything that it purged.
pub fn contains(vault: &Vault, other: &Vault) -> bool {
    let opaque =
        other.opaque.iter().all(|(tag, bytes)| vault.opaque.get(tag).is_some_and(|mine| bytes <= mine));
    opaque && contains_records(vault, other)
}

fn contains_records(vault: &Vault, other: &Vault) -> bool {
    other.sections().filter(|(section, _)| *section != Section::Writers).all(|(section, records)| {
        records.iter().all(|record| {
            let ours = vault.section(section).get(record.id);
            record.attrs().iter().all(|attr| {
                let ours = ours.and_then(|ours| ours.attr(attr.tag, attr.element));
                attr.floor.as_deref() <= ours.and_then(|ours| ours.floor.as_deref())
                    && attr.versions.iter().all(|version| {
                        ours.is_some_and(|ours| {
                            ours.floor.as_deref().is_some_and(|floor| version.stamp <= *floor)
                                || ours.versions.iter().any(|have| have.stamp == version.stamp)
                        })
                    })
            })
        })
    })
}

/// Joins `other` into `vault`.
pub fn join(vault: &mut Vault, other: Vault) -> MergeReport {
    let mut report = MergeReport::default();
    let mut other = other;
    vault.schema = vault.schema.max(other.schema);
    vault.min_reader = vault.min_reader.max(other.min_reader);
    vault.min_writer = vault.min_writer.max(other.min_writer);
    vault.unknown_critical |= other.unknown_critical;
    let latest = other.latest();
    vault.saw(crate::model::Stamp { hlc: latest, ..Default::default() });

    let sections: Vec<Section> = other.sections().map(|(section, _)| section).collect();
    for section in sections {
        let theirs = std::mem::take(other.section_mut(section));
        let ours = std::mem::take(vault.section_mut(section));
        let joined = match section {
            Section::Entries => join_records(ours, theirs, &mut |before, theirs, joined| match before {
                Some(before) => tell(before, theirs, joined, &mut report),
                None => report.added.extend(Entry(joined).is_shown().then_some(joined.id)),
            }),
            // Names of slots and machines are the vault's own bookkeeping.
            Section::SlotNames | Section::Writers => join_records(ours, theirs, &mut |_, _, _| {}),
            _ => join_records(ours, theirs, &mut |_, _, _| report.elsewhere += 1),
        };
        *vault.section_mut(section) = joined;
    }
    // Bytes nobody here can read have no stamps: of two the greater stays, so that all replicas agree.
    for (tag, bytes) in other.opaque {
        let mine = vault.opaque.entry(tag).or_default();
        if *mine < bytes {
            *mine = bytes;
        }
    }
    for stamp in std::mem::take(&mut other.saves) {
        vault.note_save(stamp);
    }
    join_retired(&mut vault.retired, other.retired);
    report
}

/// Joins the keys of earlier epochs.
pub fn join_retired(ours: &mut Vec<RetiredKey>, theirs: Vec<RetiredKey>) {
    for one in theirs {
        let same = |have: &RetiredKey| have.epoch == one.epoch && have.dek.expose() == one.dek.expose();
        match ours.iter_mut().find(|have| same(have)) {
            Some(have) => have.when = have.when.max(one.when),
            None => ours.push(one),
        }
    }
    ours.sort_by(|one, next| (one.epoch, one.dek.expose()).cmp(&(next.epoch, next.dek.expose())));
    let over = ours.len().saturating_sub(RETIRED_MAX);
    ours.drain(..over);
}

/// Hears of a record that is otherwise after the join: as it was here, if it was; as it is there; now.
type Told<'a> = &'a mut dyn FnMut(Option<&Record>, &Record, &Record);

fn join_records(ours: Records, theirs: Records, told: Told<'_>) -> Records {
    let mut out = Vec::with_capacity(ours.len().max(theirs.len()));
    let mut left = ours.into_vec().into_iter().peekable();
    let mut right = theirs.into_vec().into_iter().peekable();
    loop {
        let order = match (left.peek(), right.peek()) {
            (None, None) => break,
            (Some(_), None) => std::cmp::Ordering::Less,
            (None, Some(_)) => std::cmp::Ordering::Greater,
            (Some(one), Some(other)) => one.id.cmp(&other.id),
        };
        match order {
            std::cmp::Ordering::Less => out.extend(left.next()),
            std::cmp::Ordering::Greater => {
                if let Some(mut record) = right.next() {
                    // The other payload goes when the join is done.
                    record.detach();
                    told(None, &record, &record);
                    out.push(record);
                }
            }
            std::cmp::Ordering::Equal => {
                if let (Some(one), Some(other)) = (left.next(), right.next()) {
                    out.push(join_record(one, other, told));
                }
            }
        }
    }
    Records::from_sorted(out)
}

/// What a join makes of one record.
pub(super) fn joined(ours: &Record, theirs: &Record) -> Record {
    join_record(ours.clone(), theirs.clone(), &mut |_, _, _| {})
}

fn join_record(ours: Record, theirs: Record, told: Told<'_>) -> Record {
    if ours.attrs() == theirs.attrs() && ours.kind == theirs.kind {
        return ours;
    }
    let before = ours.clone();
    let mut joined = ours;
    // Two machines cannot have made one id with two kinds; were it so, both take the lesser.
    if theirs.kind < joined.kind {
        joined.touch();
        joined.kind = theirs.kind;
    }
    for attr in theirs.attrs() {
        let same = before.attr(attr.tag, attr.element) == Some(attr);
        if same {
            continue;
        }
        let mine = joined.attr_mut(attr.tag, attr.element);
        if let Some(floor) = attr.floor.as_deref() {
            mine.raise_floor(*floor);
        }
        attr.versions.iter().for_each(|version| {
            mine.put(Version { stamp: version.stamp, value: (&*version.value).into() });
        });
    }
    if joined.attrs() == before.attrs() && joined.kind == before.kind {
        return before;
    }
    told(Some(&before), &theirs, &joined);
    joined
}

fn tell(ours: &Record, theirs: &Record, joined: &Record, report: &mut MergeReport) {
    let id = joined.id;
    match (ours.is_tombstone(), theirs.is_tombstone(), joined.is_tombstone()) {
        (false, true, true) => report.purged.push(id),
        (true, false, false) | (false, true, false) => report.survived_purge.push(id),
        (true, _, true) => return,
        _ => {}
    }
    let mut fields = BTreeSet::new();
    for attr in joined.attrs() {
        let mine = ours.attr(attr.tag, attr.element);
        let other = theirs.attr(attr.tag, attr.element);
        let now = attr.current().map(|one| one.stamp);
        let was = mine.and_then(|one| one.current()).map(|one| one.stamp);
        let theirs = other.and_then(|one| one.current()).map(|one| one.stamp);
        if now != was && !matches!(attr.tag, Tag::TRASH | Tag::USED) {
            fields.insert(attr.tag);
        }
        // Apart: neither side had seen the other's current version.
        let knew = |side: Option<&crate::model::Attr>, stamp| {
            side.is_some_and(|one| one.versions.iter().any(|version| Some(version.stamp) == stamp))
        };
        if was.is_some() && theirs.is_some() && was != theirs && !knew(mine, theirs) && !knew(other, was) {
            report.superseded.push((id, attr.tag));
        }
    }
    let trashed = |record: &Record| Entry(record).state() == State::Trashed;
    // What counts of the trash is whether it lies in it, not which stamps its attribute lists.
    if trashed(ours) != trashed(joined) {
        fields.insert(Tag::TRASH);
    }
    if !fields.is_empty() {
        report.changed.push((id, fields.into_iter().collect()));
    }
    if (trashed(ours) || trashed(theirs)) && !trashed(joined) && !joined.value(Tag::TRASH).is_empty() {
        report.revived.push(id);
    }
}
