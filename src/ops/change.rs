//! Change: an edit of the vault, as data. Undo replays the inverse, history and merge read what it
//! left. The stamp is drawn once for a whole change and comes in as an argument.
//!
//! Not here: making the edits of a form ([`super::edit`]) and sealing.

use crate::crypto::value::OVERHEAD;
use crate::model::entry::{UNMADE, stamp_bytes};
use crate::model::tag::Shape;
use crate::model::vault::{ATTACHED_MAX, ENTRIES_MAX};
use crate::model::{Entry, Id, Record, Section, Stamp, Tag, Vault, Version};

/// A new value of one attribute; an empty value makes it absent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// Which attribute.
    pub tag: Tag,
    /// Which element.
    pub element: Option<Id>,
    /// Its value as it goes into the file; sealed where the tag says so.
    pub value: Box<[u8]>,
}

/// An edit of the vault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Writes attributes of a record; makes the record when it is not there.
    Write {
        /// Where the record lies.
        section: Section,
        /// Which record.
        record: Id,
        /// Its kind, should it be new.
        kind: u16,
        /// What is written.
        edits: Vec<Edit>,
    },
    /// Puts an entry into the trash, with the fields it has now.
    Trash(Id),
    /// Undoes the making of an entry: it is out of sight, whole, and comes back whole when that is
    /// undone, or when somebody who had not seen this edited it.
    Unmake(Id),
    /// Drops every version but the current ones, for ever.
    PurgeHistory(Id),
    /// Drops every version of every field, for ever; the id stays as a tombstone.
    Purge(Id),
    /// All of them, as one.
    Many(Vec<Change>),
}

/// Why a change was refused; nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChangeError {
    /// No such entry.
    #[error("no such entry")]
    NoSuchEntry,
    /// A value is longer than its field allows.
    #[error("{tag:?} takes at most {max} bytes, this has {len}")]
    TooLong {
        /// The attribute.
        tag: Tag,
        /// Bytes it has.
        len: usize,
        /// Bytes allowed.
        max: usize,
    },
    /// A text is not UTF-8 or a number not 8 bytes.
    #[error("{0:?} has the wrong shape")]
    Shape(Tag),
    /// A record had so many changes that a file has no room for more.
    #[error("the record was changed too often")]
    Worn,
    /// A million entries.
    #[error("a vault holds at most 1,000,000 entries")]
    Full,
    /// A later version's file, or `--read-only`.
    #[error("the vault is read-only")]
    ReadOnly,
}

/// Applies a change under `stamp`, which must be greater than every stamp in the vault
/// ([`Stamp::after`]). Checks everything first: a refused change changed nothing. Gives the
/// inverse, unless the change is for ever.
pub fn apply(vault: &mut Vault, change: &Change, stamp: Stamp) -> Result<Option<Change>, ChangeError> {
    if vault.read_only() {
        return Err(ChangeError::ReadOnly);
    }
    let mut fresh = Vec::new();
    check(vault, change, &mut fresh)?;
    if vault.section(Section::Entries).len() + fresh.len() > ENTRIES_MAX {
        return Err(ChangeError::Full);
    }
    let attaching = attached(change);
    let len = if attaching == 0 { 0 } else { held_attachments(vault) + attaching };
    if len > ATTACHED_MAX {
        return Err(ChangeError::TooLong { tag: Tag::FILE_DATA, len, max: ATTACHED_MAX });
    }
    // In one pass: an import of 100,000 must not shift the list 100,000 times.
    vault.section_mut(Section::Entries).make_all(fresh);
    let inverse = perform(vault, change, stamp);
    vault.saw(stamp);
    Ok(inverse)
}

fn check(vault: &Vault, change: &Change, fresh: &mut Vec<(Id, u16)>) -> Result<(), ChangeError> {
    match change {
        Change::Write { section, record, kind, edits } => {
            let held = vault.section(*section).get(*record);
            if *section == Section::Entries && held.is_none() {
                fresh.push((*record, *kind));
            }
            // - refused now, because a vault with it could not be saved
            if held.is_some_and(Record::is_worn) {
                return Err(ChangeError::Worn);
            }
            edits.iter().try_for_each(check_edit)
        }
        Change::Trash(id) | Change::PurgeHistory(id) => {
            vault.entry(*id).map(drop).ok_or(ChangeError::NoSuchEntry)
        }
        // - what is out of sight may be deleted for ever
        Change::Unmake(id) | Change::Purge(id) => {
            let held = vault.record(*id).filter(|record| !record.is_blank());
            held.map(drop).ok_or(ChangeError::NoSuchEntry)
        }
        Change::Many(all) => all.iter().try_for_each(|one| check(vault, one, fresh)),
    }
}

/// Bytes of attachments that a change brings.
fn attached(change: &Change) -> usize {
    match change {
        Change::Write { edits, .. } => {
            let data = edits.iter().filter(|edit| edit.tag == Tag::FILE_DATA);
            data.map(|edit| edit.value.len().saturating_sub(OVERHEAD)).sum()
        }
        Change::Many(all) => all.iter().map(attached).sum(),
        Change::Trash(_) | Change::Unmake(_) | Change::PurgeHistory(_) | Change::Purge(_) => 0,
    }
}

/// Bytes of attachments that are there, those in the history too.
fn held_attachments(vault: &Vault) -> usize {
    let attrs = vault.section(Section::Entries).iter().flat_map(Record::attrs);
    let data = attrs.filter(|attr| attr.tag == Tag::FILE_DATA).flat_map(|attr| attr.versions.iter());
    data.map(|one| one.value.len().saturating_sub(OVERHEAD)).sum()
}

fn check_edit(edit: &Edit) -> Result<(), ChangeError> {
    let Some((shape, max)) = edit.tag.known() else { return Ok(()) };
    let overhead = if shape == Shape::Sealed { OVERHEAD } else { 0 };
    let len = edit.value.len().saturating_sub(overhead);
    if len > max {
        return Err(ChangeError::TooLong { tag: edit.tag, len, max });
    }
    let fits = edit.value.is_empty()
        || match shape {
            Shape::Text => std::str::from_utf8(&edit.value).is_ok(),
            Shape::Number => edit.value.len() == 8,
            Shape::Flag => *edit.value == [1],
            Shape::Sealed => edit.value.len() >= overhead,
            Shape::Bytes => true,
        };
    if fits && edit.tag.is_many() == edit.element.is_some() {
        Ok(())
    } else {
        Err(ChangeError::Shape(edit.tag))
    }
}

fn perform(vault: &mut Vault, change: &Change, stamp: Stamp) -> Option<Change> {
    match change {
        Change::Write { section, record, kind, edits } => {
            let held = vault.section_mut(*section).get_or_make(*record, *kind);
            let made = *section == Section::Entries && held.attrs().is_empty();
            let mut old: Vec<Edit> = edits.iter().map(|edit| write(held, edit, stamp)).collect();
            // As undone: of a field written twice the first old value comes last.
            old.reverse();
            if made {
                return Some(Change::Unmake(*record));
            }
            Some(Change::Write { section: *section, record: *record, kind: *kind, edits: old })
        }
        Change::Trash(id) | Change::Unmake(id) => {
            let held = vault.section_mut(Section::Entries).get_mut(*id)?;
            let mut seen = seen(held);
            if matches!(change, Change::Unmake(_)) {
                seen.splice(..0, UNMADE);
            }
            let edit = Edit { tag: Tag::TRASH, element: None, value: seen.into() };
            let old = write(held, &edit, stamp);
            Some(Change::Write { section: Section::Entries, record: *id, kind: held.kind, edits: vec![old] })
        }
        Change::PurgeHistory(id) => {
            let held = vault.section_mut(Section::Entries).get_mut(*id)?;
            for attr in held.attrs_mut() {
                if let Some(current) = attr.current().map(|one| one.stamp) {
                    attr.raise_floor(current.just_below());
                }
            }
            None
        }
        Change::Purge(id) => {
            let held = vault.section_mut(Section::Entries).get_mut(*id)?;
            for attr in held.attrs_mut() {
                if let Some(greatest) = attr.versions.first().map(|one| one.stamp) {
                    attr.raise_floor(greatest);
                }
            }
            None
        }
        Change::Many(all) => {
            let mut inverses = Vec::with_capacity(all.len());
            let mut whole = true;
            for one in all {
                match perform(vault, one, stamp) {
                    Some(inverse) => inverses.push(inverse),
                    None => whole = false,
                }
            }
            inverses.reverse();
            whole.then_some(Change::Many(inverses))
        }
    }
}

/// Writes one version and gives the edit that brings the old value back.
fn write(held: &mut Record, edit: &Edit, stamp: Stamp) -> Edit {
    let attr = held.attr_mut(edit.tag, edit.element);
    let old = attr.value().into();
    // Within one change the later edit of a field replaces the earlier: they share the stamp.
    attr.versions.retain(|one| one.stamp != stamp);
    if edit.tag == Tag::USED {
        // Of a time of use only the last counts; it has no history.
        attr.versions.clear();
    }
    attr.put(Version { stamp, value: (&*edit.value).into() });
    Edit { tag: edit.tag, element: edit.element, value: old }
}

/// The stamps of all fields that are current, as a trash attribute holds them.
fn seen(record: &Record) -> Vec<u8> {
    let entry = Entry(record);
    let mut stamps: Vec<[u8; 16]> = entry
        .unseen(&[])
        .filter_map(|attr| attr.current())
        .map(|version| stamp_bytes(version.stamp))
        .collect();
    stamps.sort_unstable();
    stamps.dedup();
    stamps.concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::record::STAMPS_MAX;
    use crate::model::{Attr, Records, State};

    fn stamp(hlc: u64) -> Stamp {
        Stamp { hlc, salt: 0, writer: 0 }
    }

    fn title(value: &str) -> Change {
        let edits = vec![Edit { tag: Tag::TITLE, element: None, value: value.as_bytes().into() }];
        Change::Write { section: Section::Entries, record: Id([1; 16]), kind: 1, edits }
    }

    /// Changed without end by a script, it must not come to a vault that cannot be saved.
    #[test]
    fn an_entry_that_was_changed_too_often_takes_no_more_and_is_saved_all_the_same() {
        let id = Id([1; 16]);
        let label = |at: u64| {
            let mut element = [0; 16];
            element[..8].copy_from_slice(&at.to_be_bytes());
            let version = Version { stamp: stamp(at), value: (&b"x"[..]).into() };
            Attr { tag: Tag::LABEL, element: Some(Id(element)), versions: [version].into(), floor: None }
        };
        let many = |count: u64| {
            let mut vault = Vault::new([7; 16]);
            let attrs = (1..=count).map(label).collect();
            let records =
                vec![Record::from_sorted(id, 1, attrs), Record::from_sorted(Id([2; 16]), 1, vec![])];
            *vault.section_mut(Section::Entries) = Records::from_sorted(records);
            vault
        };
        let saved = |vault: &Vault| crate::format::payload::encode(vault, None).map(drop);
        let most = STAMPS_MAX as u64;
        let mut vault = many(most - 1_024);
        assert!(apply(&mut vault, &title("one more"), stamp(1 << 20)).is_ok());
        let refused = apply(&mut vault, &title("too many"), stamp(1 << 21));
        assert_eq!(refused, Err(ChangeError::Worn));
        // - thrown away it can be, and everything else goes on
        assert!(apply(&mut vault, &Change::Trash(id), stamp(1 << 22)).is_ok());
        let other = Change::Write { section: Section::Entries, record: Id([2; 16]), kind: 1, edits: vec![] };
        assert!(apply(&mut vault, &other, stamp(1 << 23)).is_ok());
        assert_eq!(saved(&vault), Ok(()));
        assert_eq!(saved(&many(most)), Ok(()));
        assert!(saved(&many(most + 1)).is_err(), "what is guarded against");
    }

    #[test]
    fn the_inverse_brings_the_old_value_back() {
        let mut vault = Vault::new([0; 16]);
        apply(&mut vault, &title("one"), stamp(1)).expect("fine");
        let undo = apply(&mut vault, &title("two"), stamp(2)).expect("fine").expect("invertible");
        apply(&mut vault, &undo, stamp(3)).expect("fine");
        let record = vault.record(Id([1; 16])).expect("made");
        assert_eq!(record.text(Tag::TITLE), "one");
        assert_eq!(record.attrs()[0].versions.len(), 3);
    }

    #[test]
    fn making_an_entry_is_undone_whole_and_done_again() {
        let mut vault = Vault::new([0; 16]);
        let undo = apply(&mut vault, &title("one"), stamp(1)).expect("fine").expect("invertible");
        let redo = apply(&mut vault, &undo, stamp(2)).expect("fine").expect("invertible");
        assert_eq!(vault.entries().count(), 0);
        assert!(vault.entry(Id([1; 16])).is_none());
        let undo = apply(&mut vault, &redo, stamp(3)).expect("fine").expect("invertible");
        let entry = vault.entry(Id([1; 16])).expect("there again");
        assert_eq!((entry.title(), entry.state()), ("one", State::Active));
        // - and once more
        apply(&mut vault, &undo, stamp(4)).expect("fine");
        assert!(vault.entry(Id([1; 16])).is_none());
        // - out of sight is no hiding place from deletion
        assert_eq!(apply(&mut vault, &Change::Trash(Id([1; 16])), stamp(5)), Err(ChangeError::NoSuchEntry));
        apply(&mut vault, &Change::Purge(Id([1; 16])), stamp(5)).expect("fine");
        assert!(vault.record(Id([1; 16])).expect("there").is_tombstone());
        assert_eq!(apply(&mut vault, &Change::Unmake(Id([1; 16])), stamp(6)), Err(ChangeError::NoSuchEntry));
    }

    #[test]
    fn what_is_unmade_comes_back_whole_when_it_was_edited_elsewhere() {
        let id = Id([1; 16]);
        for (edited, undone) in [(2, 3), (3, 2)] {
            let mut vault = Vault::new([0; 16]);
            let undo = apply(&mut vault, &title("one"), stamp(1)).expect("fine").expect("invertible");
            let mut other = Vault::new([0; 16]);
            apply(&mut other, &title("one"), stamp(1)).expect("fine");
            let edits = vec![Edit { tag: Tag::USERNAME, element: None, value: b"hana".as_slice().into() }];
            let edit = Change::Write { section: Section::Entries, record: id, kind: 1, edits };
            apply(&mut other, &edit, stamp(edited)).expect("fine");
            let redo = apply(&mut vault, &undo, stamp(undone)).expect("fine").expect("invertible");
            let report = crate::ops::merge::join(&mut vault, other);
            assert_eq!(report.revived, [id]);
            let seen = |vault: &Vault| {
                let entry = vault.entry(id).expect("in sight");
                (entry.title().to_owned(), entry.username().to_owned(), entry.state())
            };
            let whole = ("one".to_owned(), "hana".to_owned(), State::Active);
            assert_eq!(seen(&vault), whole);
            apply(&mut vault, &redo, stamp(4)).expect("fine");
            assert_eq!(seen(&vault), whole, "redo takes nothing of it back");
        }
    }

    #[test]
    fn what_another_made_and_unmade_is_no_news() {
        let mut other = Vault::new([0; 16]);
        let undo = apply(&mut other, &title("one"), stamp(1)).expect("fine").expect("invertible");
        apply(&mut other, &undo, stamp(2)).expect("fine");
        let mut vault = Vault::new([0; 16]);
        assert!(crate::ops::merge::join(&mut vault, other).is_empty());
        assert!(vault.entry(Id([1; 16])).is_none());
    }

    #[test]
    fn a_field_written_twice_in_one_change_is_undone_whole() {
        let mut vault = Vault::new([0; 16]);
        apply(&mut vault, &title("one"), stamp(1)).expect("fine");
        let edit = |value: &str| Edit { tag: Tag::TITLE, element: None, value: value.as_bytes().into() };
        let (edits, record) = (vec![edit("two"), edit("three")], Id([1; 16]));
        let twice = Change::Write { section: Section::Entries, record, kind: 1, edits };
        let undo = apply(&mut vault, &twice, stamp(2)).expect("fine").expect("invertible");
        apply(&mut vault, &undo, stamp(3)).expect("fine");
        assert_eq!(vault.record(record).expect("made").text(Tag::TITLE), "one");
    }

    #[test]
    fn an_edit_made_elsewhere_takes_an_entry_out_of_the_trash() {
        let mut vault = Vault::new([0; 16]);
        let id = Id([1; 16]);
        apply(&mut vault, &title("one"), stamp(1)).expect("fine");
        let undo = apply(&mut vault, &Change::Trash(id), stamp(2)).expect("fine").expect("invertible");
        assert_eq!(vault.entry(id).expect("there").state(), State::Trashed);
        apply(&mut vault, &undo, stamp(3)).expect("fine");
        assert_eq!(vault.entry(id).expect("there").state(), State::Active);
        apply(&mut vault, &Change::Trash(id), stamp(4)).expect("fine");
        apply(&mut vault, &title("two"), stamp(5)).expect("fine");
        assert_eq!(vault.entry(id).expect("there").state(), State::Active);
    }

    #[test]
    fn a_purge_leaves_a_tombstone_and_nothing_else() {
        let mut vault = Vault::new([0; 16]);
        let id = Id([1; 16]);
        apply(&mut vault, &title("one"), stamp(1)).expect("fine");
        apply(&mut vault, &title("two"), stamp(2)).expect("fine");
        assert_eq!(apply(&mut vault, &Change::PurgeHistory(id), stamp(3)), Ok(None));
        assert_eq!(vault.record(id).expect("there").attrs()[0].versions.len(), 1);
        apply(&mut vault, &Change::Purge(id), stamp(4)).expect("fine");
        assert!(vault.record(id).expect("there").is_tombstone());
        assert!(vault.entry(id).is_none());
        assert_eq!(apply(&mut vault, &Change::Trash(id), stamp(5)), Err(ChangeError::NoSuchEntry));
    }

    #[test]
    fn a_refused_change_changes_nothing() {
        let mut vault = Vault::new([0; 16]);
        let long = title(&"x".repeat(5000));
        let many = Change::Many(vec![title("fine"), long]);
        let refused = ChangeError::TooLong { tag: Tag::TITLE, len: 5000, max: 4096 };
        assert_eq!(apply(&mut vault, &many, stamp(1)), Err(refused));
        assert!(vault.section(Section::Entries).is_empty());
    }
}
