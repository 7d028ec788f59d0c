//! What differs between two states of one vault, entry by entry and field by field, before one is
//! joined into the other or takes its place; the change that takes single entries or fields over; and
//! the change that takes a join back.
//!
//! It opens no secret: the same value id is the same value, and whether two other sealed values are the
//! same text is asked of the caller.

use std::collections::BTreeSet;

use super::change::{Change, Edit};
use super::{history, merge};
use crate::crypto::value;
use crate::model::record::{Attr, number};
use crate::model::{Entry, Id, Record, Section, State, Tag, Vault};

/// Where an entry is, things purged and things whose making was undone aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// On both sides, otherwise.
    Both,
    /// Only on the other side.
    There,
    /// Only on this side.
    Here,
}

/// What a join makes of a field or an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum After {
    /// What is here stays; the other value is in the history.
    Here,
    /// What is there comes in; the value from here is in the history.
    There,
    /// It was purged on one side and is gone.
    Gone,
}

/// A field that differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Which field.
    pub tag: Tag,
    /// Which element.
    pub element: Option<Id>,
    /// What a join makes current.
    pub after: After,
}

/// An entry that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Differing {
    /// Which entry.
    pub id: Id,
    /// Where it is.
    pub place: Place,
    /// What a join does to it: [`After::Here`] changes nothing that is current.
    pub after: After,
    /// The fields, in the order of a form. None of an entry of one side: see [`fields_of`]; none, too,
    /// where only the order of a list or a date differs.
    pub fields: Vec<Field>,
}

/// Everything that differs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Entries: those on both sides first, then those only there, then those only here; by title.
    pub entries: Vec<Differing>,
    /// Settings of the vault (folders, kept searches) that differ.
    pub settings: usize,
    /// Incidents that differ.
    pub incidents: usize,
}

impl Comparison {
    /// Nothing differs that a person can see.
    pub fn is_empty(&self) -> bool {
        *self == Comparison::default()
    }

    /// How many entries a join would add or change.
    pub fn coming(&self) -> usize {
        self.entries.iter().filter(|one| one.after != After::Here).count()
    }
}

/// Whether two sealed values of a record, the first from here, are the same text.
pub type SameText<'a> = &'a dyn Fn(Id, &[u8], &[u8]) -> bool;

/// Times of use are no difference; what else is not told of still makes one.
fn counts(tag: Tag) -> bool {
    tag != Tag::USED
}

fn is_told(tag: Tag) -> bool {
    history::is_shown(tag) || tag == Tag::STAGED_STATE
}

fn same_value(tag: Tag, record: Id, here: &[u8], there: &[u8], same: SameText<'_>) -> bool {
    if here == there {
        return true;
    }
    if !tag.is_sealed() || here.is_empty() || there.is_empty() {
        return false;
    }
    value::id(here) == value::id(there) || same(record, here, there)
}

fn value_of(record: Option<&Record>, tag: Tag, element: Option<Id>) -> &[u8] {
    record.and_then(|record| record.attr(tag, element)).map_or(&[], Attr::value)
}

fn trashed(record: &Record) -> bool {
    Entry(record).state() == State::Trashed
}

/// Compares; `watch` hears how many records were looked at, and stops it (none) by false.
pub fn compare(
    here: &Vault,
    there: &Vault,
    same: SameText<'_>,
    watch: &dyn Fn(u64) -> bool,
) -> Option<Comparison> {
    let mut found = Comparison::default();
    let (ours, theirs) = (here.section(Section::Entries), there.section(Section::Entries));
    let mut seen = 0;
    let mut left = ours.iter().peekable();
    let mut right = theirs.iter().peekable();
    loop {
        let pair = match (left.peek(), right.peek()) {
            (None, None) => break,
            (Some(one), Some(other)) if one.id == other.id => (left.next(), right.next()),
            (Some(one), Some(other)) if other.id < one.id => (None, right.next()),
            (None, Some(_)) => (None, right.next()),
            _ => (left.next(), None),
        };
        seen += 1;
        if seen % 512 == 0 && !watch(seen) {
            return None;
        }
        found.entries.extend(differing(pair.0, pair.1, same));
    }
    let title = |one: &Differing| {
        let side = if one.place == Place::There { there } else { here };
        side.record(one.id).map_or("", |record| record.text(Tag::TITLE)).to_lowercase()
    };
    found.entries.sort_by_cached_key(|one| (one.place, title(one), one.id));
    let records = |section| {
        let all: BTreeSet<Id> =
            [here, there].iter().flat_map(|vault| vault.section(section).iter()).map(|one| one.id).collect();
        let (one, other) = (here.section(section), there.section(section));
        (all, one, other)
    };
    let (all, one, other) = records(Section::Settings);
    found.settings = all.iter().map(|id| count(one.get(*id), other.get(*id), same)).sum();
    let (all, one, other) = records(Section::Incidents);
    found.incidents = all.iter().filter(|id| count(one.get(**id), other.get(**id), same) > 0).count();
    Some(found)
}

/// How many attributes differ.
fn count(here: Option<&Record>, there: Option<&Record>, same: SameText<'_>) -> usize {
    let Some(id) = here.or(there).map(|one| one.id) else { return 0 };
    let differs = |tag, element| {
        !same_value(tag, id, value_of(here, tag, element), value_of(there, tag, element), same)
    };
    keys(here, there).into_iter().filter(|(tag, element)| differs(*tag, *element)).count()
}

fn keys(here: Option<&Record>, there: Option<&Record>) -> BTreeSet<(Tag, Option<Id>)> {
    let attrs = [here, there].into_iter().flatten().flat_map(Record::attrs);
    attrs.map(|attr| (attr.tag, attr.element)).collect()
}

/// Compares one entry; none when nothing differs.
pub fn differing(here: Option<&Record>, there: Option<&Record>, same: SameText<'_>) -> Option<Differing> {
    let (one, other) = (here.filter(|one| !one.is_blank()), there.filter(|one| !one.is_blank()));
    let place = match (one, other) {
        (None, None) => return None,
        (Some(_), None) => Place::Here,
        (None, Some(_)) => Place::There,
        (Some(one), Some(other)) if one.attrs() == other.attrs() => return None,
        (Some(_), Some(_)) => Place::Both,
    };
    let id = one.or(other)?.id;
    let (mut differ, mut states) = (Vec::new(), [false; 2]);
    if let (Some(one), Some(other)) = (one, other) {
        states = [one, other].map(trashed);
        differ =
            keys(here, there).into_iter().filter(|(tag, _)| counts(*tag) && *tag != Tag::TRASH).collect();
        differ.retain(|(tag, element)| {
            let (ours, theirs) = (value_of(here, *tag, *element), value_of(there, *tag, *element));
            !same_value(*tag, id, ours, theirs, same)
        });
        if differ.is_empty() && states[0] == states[1] {
            return None;
        }
    }
    let merged;
    let joined = match (here, there) {
        (Some(here), Some(there)) => {
            merged = merge::joined(here, there);
            &merged
        }
        (only, other) => only.or(other)?,
    };
    let mut fields = Vec::new();
    for (tag, element) in differ {
        // - the name of a field that came or went stands beside its value
        let both = [here, there].iter().all(|record| !value_of(*record, tag, element).is_empty());
        if is_told(tag) && (tag != Tag::FIELD_NAME || both) {
            fields.push(Field { tag, element, after: after(tag, element, here, there, joined) });
        }
    }
    if states[0] != states[1] {
        let after = if trashed(joined) == states[0] { After::Here } else { After::There };
        fields.push(Field { tag: Tag::TRASH, element: None, after });
    }
    sort(&mut fields, one, other);
    let unchanged = |one: &Record| {
        trashed(one) == trashed(joined)
            && joined.attrs().iter().filter(|attr| counts(attr.tag) && attr.tag != Tag::TRASH).all(|attr| {
                same_value(attr.tag, id, value_of(here, attr.tag, attr.element), attr.value(), same)
            })
    };
    let after = match one {
        Some(_) if joined.is_blank() => After::Gone,
        Some(one) if unchanged(one) => After::Here,
        None if joined.is_blank() => After::Here,
        _ => After::There,
    };
    Some(Differing { id, place, after, fields })
}

fn after(
    tag: Tag,
    element: Option<Id>,
    here: Option<&Record>,
    there: Option<&Record>,
    joined: &Record,
) -> After {
    let stamp = |record: Option<&Record>| {
        record.and_then(|record| record.attr(tag, element)?.current()).map(|version| version.stamp)
    };
    match stamp(Some(joined)) {
        None => After::Gone,
        now if now == stamp(here) => After::Here,
        now if now == stamp(there) => After::There,
        // - purged down to an older version, which is then what is left
        Some(_) => After::Gone,
    }
}

/// In the order of a form: by the number of the field (its upper bits say how it is stored), then place.
fn sort(fields: &mut [Field], here: Option<&Record>, there: Option<&Record>) {
    let place = |one: &Field| {
        let tag = if one.tag == Tag::URL { Tag::URL_PLACE } else { Tag::FIELD_PLACE };
        let held = [here, there].into_iter().flatten().find_map(|record| record.attr(tag, one.element));
        held.map_or(0, |attr| number(attr.value()))
    };
    fields.sort_by_key(|one| (one.tag == Tag::TRASH, one.tag.0 & 0x1fff, place(one), one.element));
}

/// The fields of an entry that is on one side only, as a comparison lists those of both.
pub fn fields_of(record: &Record, after: After) -> Vec<Field> {
    let attrs = record.attrs().iter().filter(|attr| is_told(attr.tag) && attr.tag != Tag::FIELD_NAME);
    let mut fields: Vec<Field> = attrs
        .filter(|attr| attr.tag != Tag::STAGED_STATE && !attr.value().is_empty())
        .map(|attr| Field { tag: attr.tag, element: attr.element, after })
        .collect();
    sort(&mut fields, Some(record), None);
    fields
}

/// What belongs to one field: it is taken over together.
fn belongs(tag: Tag) -> &'static [Tag] {
    match tag {
        Tag::FIELD_NAME | Tag::FIELD_VALUE | Tag::FIELD_SECRET => {
            &[Tag::FIELD_NAME, Tag::FIELD_VALUE, Tag::FIELD_SECRET, Tag::FIELD_PLACE]
        }
        Tag::URL => &[Tag::URL, Tag::URL_PLACE],
        Tag::FILE_NAME => &[Tag::FILE_NAME, Tag::FILE_DATA],
        Tag::PASSWORD => &[Tag::PASSWORD, Tag::PASSWORD_NOTE],
        _ => &[],
    }
}

/// Seals a value of the other side under the key of this one.
type Adopt<'a, E> = &'a mut dyn FnMut(&[u8]) -> Result<Box<[u8]>, E>;

/// The change that makes an entry what it is on the other side, or one field of it; none when it is that
/// already. Staged changes of an entry that is here have their own end and are left alone. `adopt` seals
/// a value from there under the key from here, as the same value.
pub fn take<E>(
    here: Option<&Record>,
    there: &Record,
    only: Option<(Tag, Option<Id>)>,
    same: SameText<'_>,
    adopt: Adopt<'_, E>,
) -> Result<Option<Change>, E> {
    let id = there.id;
    let known = here.filter(|one| !one.is_blank());
    let wanted = |tag: Tag, element: Option<Id>| match only {
        Some((field, of)) => of == element && (field == tag || belongs(field).contains(&tag)),
        None => known.is_none() || history::restores(tag),
    };
    let mut edits = Vec::new();
    for (tag, element) in keys(here, Some(there)) {
        if !counts(tag) || tag == Tag::TRASH || !wanted(tag, element) {
            continue;
        }
        let (ours, theirs) = (value_of(here, tag, element), value_of(Some(there), tag, element));
        if same_value(tag, id, ours, theirs, same) {
            continue;
        }
        let value = if tag.is_sealed() && !theirs.is_empty() { adopt(theirs)? } else { theirs.into() };
        edits.push(Edit { tag, element, value });
    }
    let state = only.is_none_or(|(tag, _)| tag == Tag::TRASH);
    let (out, gone) = (known.is_some_and(trashed), trashed(there));
    if state && out && !gone {
        edits.push(Edit { tag: Tag::TRASH, element: None, value: Box::default() });
    }
    let kind = known.map_or(there.kind, |one| one.kind);
    let write = Change::Write { section: Section::Entries, record: id, kind, edits };
    let into_trash = state && known.is_some() && gone && !out;
    let written = matches!(&write, Change::Write { edits, .. } if !edits.is_empty());
    Ok(match (written, into_trash) {
        (false, false) => None,
        (false, true) => Some(Change::Trash(id)),
        (true, false) => Some(write),
        (true, true) => Some(Change::Many(vec![write, Change::Trash(id)])),
    })
}

/// Records of a vault as they are before another is joined: those that may differ afterwards.
#[derive(Debug, Default)]
pub struct Before(Vec<(Section, Id, Option<Record>)>);

/// Notes what a join of `there` may change.
pub fn before(here: &Vault, there: &Vault) -> Before {
    let mut noted = Vec::new();
    for (section, records) in there.sections() {
        // - bookkeeping, which nobody undoes
        if matches!(section, Section::SlotNames | Section::Writers) {
            continue;
        }
        for record in records.iter() {
            let held = here.section(section).get(record.id);
            if held.is_none_or(|held| held.attrs() != record.attrs()) {
                noted.push((section, record.id, held.cloned()));
            }
        }
    }
    Before(noted)
}

impl Before {
    /// The change that brings back what was current before; how many entries it touches. Entries that
    /// came in go to the trash; what was purged for ever does not come back.
    pub fn back(&self, after: &Vault) -> Option<(Change, usize)> {
        let mut changes = Vec::new();
        let mut entries = BTreeSet::new();
        for (section, id, before) in &self.0 {
            let Some(now) = after.section(*section).get(*id).filter(|now| !now.is_blank()) else { continue };
            let old = before.as_ref().filter(|old| !old.is_blank());
            let before = changes.len();
            match (section, old) {
                (Section::Entries, None) if !trashed(now) => changes.push(Change::Trash(*id)),
                (Section::Entries, None) => {}
                _ => changes.extend(revert(*section, old, now)),
            }
            if *section == Section::Entries && changes.len() > before {
                entries.insert(*id);
            }
        }
        (!changes.is_empty()).then_some((Change::Many(changes), entries.len()))
    }
}

fn revert(section: Section, old: Option<&Record>, now: &Record) -> Vec<Change> {
    // - the state of a staged change only ever rises
    let reverts = |tag| counts(tag) && !matches!(tag, Tag::TRASH | Tag::STAGED_STATE);
    let attrs = now.attrs().iter().filter(|attr| reverts(attr.tag));
    let mut edits: Vec<Edit> = attrs
        .map(|attr| (attr, value_of(old, attr.tag, attr.element)))
        .filter(|(attr, was)| !same_value(attr.tag, now.id, was, attr.value(), &|_, _, _| false))
        .map(|(attr, was)| Edit { tag: attr.tag, element: attr.element, value: was.into() })
        .collect();
    let (was, is) = (old.is_some_and(trashed), trashed(now));
    let in_entries = section == Section::Entries;
    if in_entries && is && !was {
        edits.push(Edit { tag: Tag::TRASH, element: None, value: Box::default() });
    }
    let back_to_trash = in_entries && was && (!is || !edits.is_empty());
    let mut all = Vec::new();
    if !edits.is_empty() {
        all.push(Change::Write { section, record: now.id, kind: now.kind, edits });
    }
    if back_to_trash {
        all.push(Change::Trash(now.id));
    }
    all
}

#[cfg(test)]
mod tests;
