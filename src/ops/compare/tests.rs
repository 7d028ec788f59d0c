//! What differs between two copies, what a join gives of it, and taking and undoing it.

use super::*;
use crate::model::Stamp;
use crate::ops::change;

const ID: Id = Id([1; 16]);
const OTHER: Id = Id([2; 16]);

fn stamp(hlc: u64) -> Stamp {
    Stamp { hlc, ..Stamp::default() }
}

fn write(vault: &mut Vault, id: Id, hlc: u64, values: &[(Tag, &str)]) -> Change {
    let edits = values
        .iter()
        .map(|(tag, value)| {
            let element = tag.is_many().then_some(Id([9; 16]));
            Edit { tag: *tag, element, value: value.as_bytes().into() }
        })
        .collect();
    let change = Change::Write { section: Section::Entries, record: id, kind: 1, edits };
    change::apply(vault, &change, stamp(hlc)).expect("fine").expect("invertible")
}

/// A sealed value: its id, and a ciphertext that says under which key.
fn sealed(id: char, key: char) -> String {
    format!("{}{}", String::from(id).repeat(16), String::from(key).repeat(32))
}

fn pair() -> (Vault, Vault) {
    let mut both = [Vault::new([0; 16]), Vault::new([0; 16])];
    for vault in &mut both {
        write(vault, ID, 10, &[(Tag::TITLE, "mail"), (Tag::USERNAME, "taro"), (Tag::FOLDER, "a")]);
    }
    let [here, there] = both;
    (here, there)
}

fn plain(here: &Vault, there: &Vault) -> Comparison {
    compare(here, there, &|_, _, _| false, &|_| true).expect("not stopped")
}

fn told(one: &Differing) -> Vec<(Tag, After)> {
    one.fields.iter().map(|field| (field.tag, field.after)).collect()
}

fn join(here: &Vault, there: &Vault) -> Vault {
    let copy = |vault: &Vault| {
        let mut out = Vault::new(vault.id);
        for (section, records) in vault.sections() {
            *out.section_mut(section) = records.clone();
        }
        out
    };
    let mut joined = copy(here);
    merge::join(&mut joined, copy(there));
    joined
}

#[test]
fn what_a_join_will_give_is_told_field_by_field() {
    let (mut here, mut there) = pair();
    write(&mut here, ID, 20, &[(Tag::USERNAME, "here"), (Tag::FOLDER, "here")]);
    write(&mut there, ID, 30, &[(Tag::USERNAME, "there"), (Tag::READING, "めーる")]);
    write(&mut here, OTHER, 40, &[(Tag::TITLE, "only here")]);
    write(&mut there, Id([3; 16]), 40, &[(Tag::TITLE, "only there")]);
    let found = plain(&here, &there);
    let told_of: Vec<_> = found.entries.iter().map(|one| (one.place, one.after)).collect();
    assert_eq!(
        told_of,
        [(Place::Both, After::There), (Place::There, After::There), (Place::Here, After::Here)]
    );
    assert_eq!(
        told(&found.entries[0]),
        [(Tag::USERNAME, After::There), (Tag::FOLDER, After::Here), (Tag::READING, After::There)]
    );
    assert_eq!(found.coming(), 2);
    // - and the join does what was told
    let joined = join(&here, &there);
    let record = joined.record(ID).expect("there");
    assert_eq!(
        [Tag::USERNAME, Tag::FOLDER, Tag::READING].map(|tag| record.text(tag)),
        ["there", "here", "めーる"]
    );
    // - seen from the other side the sides are swapped, the outcome is not
    let back = plain(&there, &here);
    assert_eq!(
        told(&back.entries[0]),
        [(Tag::USERNAME, After::Here), (Tag::FOLDER, After::There), (Tag::READING, After::Here)]
    );
    assert!(plain(&joined, &joined).is_empty());
}

#[test]
fn a_purge_on_either_side_is_told() {
    let (mut here, mut there) = pair();
    change::apply(&mut there, &Change::Purge(ID), stamp(30)).expect("fine");
    let found = plain(&here, &there);
    assert_eq!((found.entries[0].place, found.entries[0].after), (Place::Here, After::Gone));
    let found = plain(&there, &here);
    assert_eq!((found.entries[0].place, found.entries[0].after), (Place::There, After::Here));
    // - an edit that the purge had not seen survives it
    write(&mut here, ID, 40, &[(Tag::USERNAME, "later")]);
    let found = plain(&there, &here);
    assert_eq!((found.entries[0].place, found.entries[0].after), (Place::There, After::There));
}

#[test]
fn the_trash_is_a_difference_and_a_time_of_use_is_none() {
    let (mut here, mut there) = pair();
    let used = vec![Edit { tag: Tag::USED, element: None, value: 5u64.to_le_bytes().into() }];
    let change = Change::Write { section: Section::Entries, record: ID, kind: 1, edits: used };
    change::apply(&mut there, &change, stamp(20)).expect("fine");
    assert!(plain(&here, &there).is_empty());
    change::apply(&mut there, &Change::Trash(ID), stamp(30)).expect("fine");
    let found = plain(&here, &there);
    assert_eq!(told(&found.entries[0]), [(Tag::TRASH, After::There)]);
    // - an edit made here brings it back
    write(&mut here, ID, 40, &[(Tag::USERNAME, "new")]);
    let found = plain(&here, &there);
    assert_eq!(told(&found.entries[0]), [(Tag::USERNAME, After::Here), (Tag::TRASH, After::Here)]);
    assert_eq!(found.entries[0].after, After::Here);
}

#[test]
fn sealed_values_are_the_same_by_their_id_or_their_text() {
    let (mut here, mut there) = pair();
    write(&mut here, ID, 20, &[(Tag::PASSWORD, &sealed('p', 'x'))]);
    write(&mut there, ID, 20, &[(Tag::PASSWORD, &sealed('p', 'y'))]);
    assert!(plain(&here, &there).is_empty(), "sealed again under another key");
    write(&mut there, ID, 30, &[(Tag::PASSWORD, &sealed('q', 'y'))]);
    assert_eq!(told(&plain(&here, &there).entries[0]), [(Tag::PASSWORD, After::There)]);
    let same = compare(&here, &there, &|id, _, _| id == ID, &|_| true).expect("not stopped");
    assert!(same.is_empty(), "the same text typed on both sides");
}

#[test]
fn a_stop_gives_nothing() {
    let (mut here, there) = pair();
    for at in 0..600u16 {
        let mut id = [7; 16];
        id[..2].copy_from_slice(&at.to_be_bytes());
        write(&mut here, Id(id), 20, &[(Tag::TITLE, "x")]);
    }
    assert_eq!(compare(&here, &there, &|_, _, _| false, &|_| false), None);
}

fn taken(here: &Vault, there: &Vault, only: Option<(Tag, Option<Id>)>) -> Option<Change> {
    let mut adopt =
        |value: &[u8]| -> Result<Box<[u8]>, ()> { Ok([&value[..16], &[b'x'; 32]].concat().into()) };
    take(here.record(ID), there.record(ID).expect("there"), only, &|_, _, _| false, &mut adopt)
        .expect("opens")
}

#[test]
fn an_entry_is_taken_whole_or_by_the_field_and_can_be_undone() {
    let (mut here, mut there) = pair();
    let field = [(Tag::FIELD_NAME, "branch"), (Tag::FIELD_VALUE, "Shibuya")];
    write(&mut there, ID, 20, &field);
    write(&mut there, ID, 21, &[(Tag::PASSWORD, &sealed('p', 'y'))]);
    write(&mut here, ID, 30, &[(Tag::USERNAME, "new"), (Tag::READING, "new")]);
    let element = Some(Id([9; 16]));
    let one = taken(&here, &there, Some((Tag::FIELD_VALUE, element))).expect("differs");
    let undo = change::apply(&mut here, &one, stamp(40)).expect("fine").expect("invertible");
    let record = here.record(ID).expect("there");
    assert_eq!(record.attr(Tag::FIELD_NAME, element).expect("comes along").value(), b"branch");
    assert_eq!(record.text(Tag::USERNAME), "new");
    change::apply(&mut here, &undo, stamp(41)).expect("fine");
    let whole = taken(&here, &there, None).expect("differs");
    change::apply(&mut here, &whole, stamp(50)).expect("fine");
    let record = here.record(ID).expect("there");
    assert_eq!([Tag::USERNAME, Tag::READING].map(|tag| record.text(tag)), ["taro", ""]);
    assert_eq!(record.value(Tag::PASSWORD), sealed('p', 'x').as_bytes(), "under the key from here");
    assert!(plain(&here, &there).is_empty());
    assert_eq!(taken(&here, &there, None), None);
}

#[test]
fn what_was_purged_or_lies_in_the_trash_is_taken_back() {
    let (mut here, there) = pair();
    change::apply(&mut here, &Change::Trash(ID), stamp(20)).expect("fine");
    let change = taken(&here, &there, None).expect("differs");
    change::apply(&mut here, &change, stamp(30)).expect("fine");
    assert_eq!(here.entry(ID).expect("there").state(), State::Active);
    change::apply(&mut here, &Change::Purge(ID), stamp(40)).expect("fine");
    let change = taken(&here, &there, None).expect("differs");
    change::apply(&mut here, &change, stamp(50)).expect("fine");
    assert!(plain(&here, &there).is_empty());
    // - and into the trash, where the backup has it there
    let (here, mut there) = pair();
    change::apply(&mut there, &Change::Trash(ID), stamp(20)).expect("fine");
    assert_eq!(taken(&here, &there, None), Some(Change::Trash(ID)));
}

#[test]
fn a_join_is_taken_back_in_one_step() {
    let (mut here, mut there) = pair();
    write(&mut here, ID, 20, &[(Tag::USERNAME, "here")]);
    write(&mut there, ID, 30, &[(Tag::USERNAME, "there"), (Tag::READING, "x")]);
    write(&mut there, OTHER, 31, &[(Tag::TITLE, "only there")]);
    let kept =
        vec![Edit { tag: Tag::EMPTY_FOLDER, element: Some(ID), value: b"new folder".as_slice().into() }];
    let settings = Change::Write { section: Section::Settings, record: Id([0; 16]), kind: 0, edits: kept };
    change::apply(&mut there, &settings, stamp(32)).expect("fine");
    let noted = before(&here, &there);
    let mut joined = join(&here, &there);
    joined.saw(stamp(50));
    assert_ne!(joined.record(ID).expect("there").text(Tag::USERNAME), "here");
    let (back, entries) = noted.back(&joined).expect("something came");
    assert_eq!(entries, 2);
    change::apply(&mut joined, &back, stamp(60)).expect("fine");
    let record = joined.record(ID).expect("there");
    assert_eq!((record.text(Tag::USERNAME), record.text(Tag::READING)), ("here", ""));
    assert_eq!(joined.entry(OTHER).expect("kept").state(), State::Trashed);
    let folders = joined.section(Section::Settings).get(Id([0; 16])).expect("there");
    assert_eq!(folders.elements(Tag::EMPTY_FOLDER).count(), 0);
    assert!(before(&here, &here).back(&here).is_none());
}

#[test]
fn an_entry_that_a_join_revived_goes_back_to_the_trash() {
    let (mut here, mut there) = pair();
    change::apply(&mut here, &Change::Trash(ID), stamp(20)).expect("fine");
    write(&mut there, ID, 30, &[(Tag::USERNAME, "edited")]);
    let noted = before(&here, &there);
    let mut joined = join(&here, &there);
    assert_eq!(joined.entry(ID).expect("there").state(), State::Active);
    let (back, _) = noted.back(&joined).expect("it came back");
    change::apply(&mut joined, &back, stamp(60)).expect("fine");
    let entry = joined.entry(ID).expect("there");
    assert_eq!((entry.state(), entry.username()), (State::Trashed, "taro"));
}
