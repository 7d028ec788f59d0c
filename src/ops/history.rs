//! Revisions of an entry, read off the stamped versions of its fields: what was written together
//! under one stamp is one revision. Restoring one is a [`Change`] like any other, so it can be
//! undone and loses nothing.

use std::collections::BTreeMap;

use super::change::{Change, Edit};
use crate::model::entry::stamp_bytes;
use crate::model::record::{Attr, number};
use crate::model::{Id, Record, Section, Stamp, Tag};

/// One state the entry had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// Its number from 1, the oldest first. It may shift when another copy is joined.
    pub number: usize,
    /// When it was written, and by whom.
    pub stamp: Stamp,
    /// What was written then.
    pub changed: Vec<(Tag, Option<Id>)>,
}

impl Revision {
    /// Its id, which never shifts.
    pub fn id(&self) -> Id {
        id_of(self.stamp)
    }

    /// True when the password was written then.
    pub fn has_password(&self) -> bool {
        self.changed.iter().any(|(tag, _)| *tag == Tag::PASSWORD)
    }
}

fn id_of(stamp: Stamp) -> Id {
    // The random half first, so that neighbours do not look alike.
    let mut bytes = stamp_bytes(stamp);
    bytes.reverse();
    Id(bytes)
}

/// Fields whose versions are no states of the entry: use, and the trash.
fn counts(tag: Tag) -> bool {
    !matches!(tag, Tag::USED | Tag::TRASH)
}

/// Fields that a restore leaves alone: besides these, what stays true of the entry whatever it
/// held (when it was made), and staged changes, which have their own end.
pub(super) fn restores(tag: Tag) -> bool {
    counts(tag)
        && !matches!(
            tag,
            Tag::CREATED
                | Tag::ORIGIN_ID
                | Tag::STAGED_SECRET
                | Tag::STAGED_STATE
                | Tag::STAGED_REASON
                | Tag::STAGED_SINCE
                | Tag::STAGED_RECIPE
        )
}

/// All revisions of a record, oldest first.
pub fn revisions(record: &Record) -> Vec<Revision> {
    let mut by_stamp: BTreeMap<Stamp, Vec<(Tag, Option<Id>)>> = BTreeMap::new();
    for attr in record.attrs().iter().filter(|attr| counts(attr.tag)) {
        for version in &attr.versions {
            by_stamp.entry(version.stamp).or_default().push((attr.tag, attr.element));
        }
    }
    let numbered = by_stamp.into_iter().enumerate();
    numbered.map(|(at, (stamp, changed))| Revision { number: at + 1, stamp, changed }).collect()
}

/// The revision that a person names, by number or id.
pub fn find(record: &Record, name: &str) -> Option<Revision> {
    let wanted = name.parse::<Id>().ok();
    let number = name.parse::<usize>().ok();
    revisions(record).into_iter().find(|one| Some(one.id()) == wanted || Some(one.number) == number)
}

/// The value an attribute had at a time; none when that is no longer known.
pub fn value_at(attr: &Attr, stamp: Stamp) -> Option<&[u8]> {
    match attr.versions.iter().find(|version| version.stamp <= stamp) {
        Some(version) => Some(&version.value),
        // Nothing older is there: it was absent then, unless older versions were let go.
        None if attr.floor.is_none() && attr.versions.len() < crate::model::record::VERSIONS_MAX => Some(&[]),
        None => None,
    }
}

/// A field of the entry at a revision beside what it is now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Difference<'a> {
    /// Which field.
    pub tag: Tag,
    /// Which element.
    pub element: Option<Id>,
    /// What it was; empty when it was absent, none when that is no longer known.
    pub then: Option<&'a [u8]>,
    /// What it is.
    pub now: &'a [u8],
    /// It was written at that revision.
    pub written: bool,
}

/// Places in lists, and what only belongs to another field: no difference that a person looks for.
pub(super) fn is_shown(tag: Tag) -> bool {
    counts(tag)
        && !matches!(
            tag,
            Tag::CREATED
                | Tag::URL_PLACE
                | Tag::FIELD_PLACE
                | Tag::FILE_DATA
                | Tag::ORIGIN_ID
                | Tag::PASSWORD_CHANGED
                | Tag::STAGED_STATE
                | Tag::STAGED_SINCE
                | Tag::STAGED_RECIPE
        )
}

/// The fields that were written at a revision or were then not what they are now; and the password
/// that the entry had, in any case.
pub fn differences<'a>(record: &'a Record, at: &Revision) -> Vec<Difference<'a>> {
    let mut all: Vec<Difference<'_>> = record
        .attrs()
        .iter()
        .filter(|attr| is_shown(attr.tag))
        .map(|attr| Difference {
            tag: attr.tag,
            element: attr.element,
            then: value_at(attr, at.stamp),
            now: attr.value(),
            written: at.changed.contains(&(attr.tag, attr.element)),
        })
        // The name of a field that came or went stands beside its value.
        .filter(|one| {
            let renamed =
                one.then.is_some_and(|then| !then.is_empty() && then != one.now) && !one.now.is_empty();
            one.tag != Tag::FIELD_NAME || renamed
        })
        .filter(|one| {
            let differs = one.then.is_some_and(|then| then != one.now);
            let password = one.tag == Tag::PASSWORD && one.then.is_some_and(|then| !then.is_empty());
            differs || password || (one.written && one.then.is_some_and(|then| !then.is_empty()))
        })
        .collect();
    let place = |one: &Difference<'_>| {
        let tag = if one.tag == Tag::URL { Tag::URL_PLACE } else { Tag::FIELD_PLACE };
        record.attr(tag, one.element).map_or(0, |attr| number(attr.value()))
    };
    // By the number of the field: its upper bits say how it is stored.
    all.sort_by_key(|one| (!one.written, one.tag.0 & 0x1fff, place(one), one.then, one.now));
    all
}

/// The change that makes a record what it was at a revision; none when it is that already.
/// Sealed values go back as they are: they belong to the same record.
pub fn restore(record: &Record, to: &Revision) -> Option<Change> {
    let edits: Vec<Edit> = record
        .attrs()
        .iter()
        .filter(|attr| restores(attr.tag))
        .filter_map(|attr| {
            let then = value_at(attr, to.stamp)?;
            (then != attr.value()).then(|| Edit { tag: attr.tag, element: attr.element, value: then.into() })
        })
        .collect();
    (!edits.is_empty()).then_some(Change::Write {
        section: Section::Entries,
        record: record.id,
        kind: record.kind,
        edits,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Vault;
    use crate::ops::change;

    const ID: Id = Id([1; 16]);

    fn write(vault: &mut Vault, hlc: u64, values: &[(Tag, &str)]) {
        let edits = values
            .iter()
            .map(|(tag, value)| Edit { tag: *tag, element: None, value: value.as_bytes().into() })
            .collect();
        let change = Change::Write { section: Section::Entries, record: ID, kind: 1, edits };
        change::apply(vault, &change, Stamp { hlc, ..Stamp::default() }).expect("fine");
    }

    fn story() -> Vault {
        let mut vault = Vault::new([0; 16]);
        write(&mut vault, 10, &[(Tag::TITLE, "one"), (Tag::USERNAME, "taro")]);
        write(&mut vault, 20, &[(Tag::TITLE, "two")]);
        write(&mut vault, 30, &[(Tag::USERNAME, ""), (Tag::FOLDER, "work")]);
        vault
    }

    #[test]
    fn what_was_written_together_is_one_revision() {
        let vault = story();
        let all = revisions(vault.record(ID).expect("made"));
        let told: Vec<_> = all.iter().map(|one| (one.number, one.stamp.hlc, one.changed.len())).collect();
        assert_eq!(told, [(1, 10, 2), (2, 20, 1), (3, 30, 2)]);
    }

    #[test]
    fn restoring_brings_every_field_back_and_can_be_undone() {
        let mut vault = story();
        let record = vault.record(ID).expect("made");
        let id = revisions(record)[1].id().to_string();
        let to = find(record, &id).expect("by id");
        assert_eq!(find(record, "2").as_ref(), Some(&to));
        let change = restore(record, &to).expect("it differs");
        let stamp = Stamp { hlc: 40, ..Stamp::default() };
        let undo = change::apply(&mut vault, &change, stamp).expect("fine").expect("invertible");
        let record = vault.record(ID).expect("made");
        let told =
            |record: &Record| [Tag::TITLE, Tag::USERNAME, Tag::FOLDER].map(|tag| record.text(tag).to_owned());
        assert_eq!(told(record), ["two", "taro", ""]);
        assert_eq!(restore(record, &to), None);
        change::apply(&mut vault, &undo, Stamp { hlc: 50, ..Stamp::default() }).expect("fine");
        assert_eq!(told(vault.record(ID).expect("made")), ["two", "", "work"]);
    }

    #[test]
    fn differences_stand_beside_what_is_now() {
        let vault = story();
        let record = vault.record(ID).expect("made");
        let all = revisions(record);
        let told = |number: usize| -> Vec<(Tag, &str, &str, bool)> {
            let text = |bytes| std::str::from_utf8(bytes).expect("text");
            let found = differences(record, &all[number - 1]).into_iter();
            found.map(|one| (one.tag, text(one.then.expect("known")), text(one.now), one.written)).collect()
        };
        let folder = (Tag::FOLDER, "", "work", false);
        assert_eq!(told(1), [(Tag::TITLE, "one", "two", true), (Tag::USERNAME, "taro", "", true), folder]);
        assert_eq!(told(2), [(Tag::TITLE, "two", "two", true), (Tag::USERNAME, "taro", "", false), folder]);
        assert_eq!(told(3), [(Tag::FOLDER, "work", "work", true)]);
    }

    #[test]
    fn what_was_purged_is_not_restored_as_absent() {
        let mut vault = story();
        change::apply(&mut vault, &Change::PurgeHistory(ID), Stamp { hlc: 40, ..Stamp::default() })
            .expect("fine");
        let record = vault.record(ID).expect("made");
        let oldest = revisions(record).remove(0);
        assert_eq!(oldest.stamp.hlc, 20);
        assert_eq!(restore(record, &oldest), None);
    }
}
