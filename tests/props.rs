//! Properties: the merge over three replicas with skewed clocks, change and inverse, the payload's
//! codec.

mod common;

use mamori::format::body::Plain;
use mamori::format::payload;
use mamori::model::{Entry, Id, Section, Stamp, State, Tag, Vault};
use mamori::ops::change::{self, Change, Edit};
use mamori::ops::merge;
use proptest::prelude::*;

/// One thing a replica does.
#[derive(Debug, Clone)]
enum Step {
    Write { replica: usize, record: u8, tag: usize, element: u8, value: u8 },
    Trash { replica: usize, record: u8 },
    PurgeHistory { replica: usize, record: u8 },
    Purge { replica: usize, record: u8 },
    Undo { replica: usize },
    Pull { into: usize, from: usize },
}

const TAGS: [Tag; 6] = [Tag::TITLE, Tag::USERNAME, Tag::URL, Tag::LABEL, Tag::STAGED_STATE, Tag(0x1001)];

fn step() -> impl Strategy<Value = Step> {
    let (replica, record) = (0..3usize, 0..3u8);
    prop_oneof![
        8 => (replica.clone(), record.clone(), 0..TAGS.len(), 0..2u8, 0..4u8).prop_map(
            |(replica, record, tag, element, value)| Step::Write { replica, record, tag, element, value }
        ),
        2 => (replica.clone(), record.clone()).prop_map(|(replica, record)| Step::Trash { replica, record }),
        1 => (replica.clone(), record.clone()).prop_map(|(replica, record)| Step::PurgeHistory { replica, record }),
        1 => (replica.clone(), record).prop_map(|(replica, record)| Step::Purge { replica, record }),
        1 => replica.clone().prop_map(|replica| Step::Undo { replica }),
        3 => (replica.clone(), replica).prop_map(|(into, from)| Step::Pull { into, from }),
    ]
}

/// A copy, through the file's own codec.
fn copy(vault: &Vault) -> Vault {
    let plain = payload::encode(vault, None).expect("small");
    payload::decode(vault.id, plain).expect("what was written is read").0
}

fn same(one: &Vault, other: &Vault) -> bool {
    one.saves == other.saves
        && one.opaque == other.opaque
        && one
            .sections()
            .filter(|(_, records)| !records.is_empty())
            .map(content)
            .eq(other.sections().filter(|(_, records)| !records.is_empty()).map(content))
}

type Content = Vec<(Id, u16, Vec<mamori::model::Attr>)>;

/// What records hold; where their encoding lies is no part of it.
fn content((section, records): (Section, &mamori::model::Records)) -> (Section, Content) {
    let all = records.iter().map(|record| (record.id, record.kind, record.attrs().to_vec())).collect();
    (section, all)
}

struct World {
    replicas: [Vault; 3],
    undo: [Option<Change>; 3],
    /// Every value written: record, tag, element, stamp.
    written: Vec<(Id, Tag, Option<Id>, Stamp)>,
    purged: bool,
    clock: u64,
}

impl World {
    fn new() -> World {
        let replicas = std::array::from_fn(|_| Vault::new([7; 16]));
        World { replicas, undo: Default::default(), written: Vec::new(), purged: false, clock: 1_000 }
    }

    fn apply(&mut self, replica: usize, change: &Change) {
        self.clock += 1;
        // Replica 1 lives ten years ahead, replica 2 in 1970.
        let now = [self.clock, self.clock + 315_360_000_000, 0][replica];
        let vault = &mut self.replicas[replica];
        let salt = self.clock.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let stamp = Stamp::after(vault.latest(), now, salt, replica as u16);
        if let Ok(inverse) = change::apply(vault, change, stamp) {
            self.purged |= inverse.is_none();
            self.undo[replica] = inverse;
            note(change, stamp, &mut self.written);
        }
    }

    fn step(&mut self, step: &Step) {
        let id = |record: u8| Id([record + 1; 16]);
        match *step {
            Step::Write { replica, record, tag, element, value } => {
                let tag = TAGS[tag];
                let element = tag.is_many().then_some(Id([element + 100; 16]));
                let value: Box<[u8]> = match tag {
                    Tag::STAGED_STATE => [value % 3 + 1].into(),
                    _ if value == 0 => [].into(),
                    _ => [b'a' + value].into(),
                };
                let edits = vec![Edit { tag, element, value }];
                let change = Change::Write { section: Section::Entries, record: id(record), kind: 1, edits };
                self.apply(replica, &change);
            }
            Step::Trash { replica, record } => self.apply(replica, &Change::Trash(id(record))),
            Step::PurgeHistory { replica, record } => self.apply(replica, &Change::PurgeHistory(id(record))),
            Step::Purge { replica, record } => self.apply(replica, &Change::Purge(id(record))),
            Step::Undo { replica } => {
                if let Some(change) = self.undo[replica].take() {
                    self.apply(replica, &change);
                }
            }
            Step::Pull { into, from } => {
                let theirs = copy(&self.replicas[from]);
                merge::join(&mut self.replicas[into], theirs);
            }
        }
    }
}

fn note(change: &Change, stamp: Stamp, written: &mut Vec<(Id, Tag, Option<Id>, Stamp)>) {
    match change {
        Change::Write { record, edits, .. } => {
            written.extend(edits.iter().map(|edit| (*record, edit.tag, edit.element, stamp)));
        }
        Change::Many(all) => all.iter().for_each(|one| note(one, stamp, written)),
        _ => {}
    }
}

fn joined(one: &Vault, other: &Vault) -> Vault {
    let mut out = copy(one);
    merge::join(&mut out, copy(other));
    out
}

/// A replica with one opaque section, one save and one title, all of its own.
fn forked(save: u64, opaque: Option<&[u8]>, title: &str) -> Vault {
    let mut vault = Vault::new([7; 16]);
    vault.note_save(Stamp { hlc: save, salt: 0, writer: 0 });
    vault.opaque.extend(opaque.map(|bytes| (0x8000 | 60, bytes.to_vec())));
    let record = vault.section_mut(Section::Entries).get_or_make(Id([1; 16]), 1);
    let stamp = Stamp { hlc: 5, salt: 0, writer: 0 };
    record.attr_mut(Tag::TITLE, None).put(mamori::model::Version { stamp, value: title.as_bytes().into() });
    vault
}

/// What no history of ours makes and a file may hold all the same: bytes that nobody here reads,
/// and two values under one stamp (a cloned machine).
#[test]
fn a_join_is_one_for_opaque_sections_and_equal_stamps_too() {
    let all = [
        forked(1, Some(b"X"), "a"),
        forked(3, None, "c"),
        forked(2, Some(b"Y"), "b"),
        forked(3, Some(b"W"), "c"),
    ];
    for a in &all {
        assert!(same(&joined(a, a), a), "idempotent");
        for b in &all {
            assert!(same(&joined(a, b), &joined(b, a)), "commutative");
            for c in &all {
                assert!(same(&joined(&joined(a, b), c), &joined(a, &joined(b, c))), "associative");
            }
        }
    }
}

#[test]
fn a_copy_with_a_purge_or_bytes_of_its_own_is_not_contained() {
    let (ours, mut theirs) = (forked(1, Some(b"X"), "a"), forked(1, Some(b"X"), "a"));
    assert!(merge::contains(&ours, &theirs));
    theirs.opaque.insert(0x8000 | 60, b"Z".to_vec());
    assert!(!merge::contains(&ours, &theirs));
    let mut purged = forked(1, Some(b"X"), "a");
    change::apply(&mut purged, &Change::Purge(Id([1; 16])), Stamp { hlc: 9, salt: 0, writer: 0 })
        .expect("there");
    assert!(!merge::contains(&ours, &purged));
    assert!(merge::contains(&purged, &ours));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..Default::default() })]

    #[test]
    fn a_join_is_commutative_associative_idempotent_and_loses_nothing(
        steps in prop::collection::vec(step(), 1..40)
    ) {
        let mut world = World::new();
        steps.iter().for_each(|step| world.step(step));
        let [a, b, c] = &world.replicas;
        let ab = joined(a, b);
        prop_assert!(same(&ab, &joined(b, a)), "commutative");
        let abc = joined(&ab, c);
        prop_assert!(same(&abc, &joined(a, &joined(b, c))), "associative");
        prop_assert!(same(&joined(&abc, b), &abc), "idempotent");
        prop_assert!(same(&joined(a, a), a), "idempotent");
        prop_assert!(merge::contains(&abc, a) && merge::contains(&abc, b) && merge::contains(&abc, c));
        for (record, tag, element, stamp) in &world.written {
            let attr = abc.record(*record).and_then(|held| held.attr(*tag, *element));
            let there = attr.is_some_and(|attr| attr.versions.iter().any(|one| one.stamp == *stamp));
            let floor = attr.and_then(|attr| attr.floor.as_deref()).is_some_and(|floor| stamp <= floor);
            prop_assert!(there || (world.purged && floor), "{record} {tag:?} {stamp:?} vanished");
        }
    }

    #[test]
    fn an_edit_beats_what_its_author_had_seen_whatever_the_clocks(
        steps in prop::collection::vec(step(), 1..30), author in 0..3usize, other in 0..3usize
    ) {
        let mut world = World::new();
        steps.iter().for_each(|step| world.step(step));
        let theirs = copy(&world.replicas[other]);
        merge::join(&mut world.replicas[author], theirs);
        world.step(&Step::Write { replica: author, record: 0, tag: 0, element: 0, value: 3 });
        let all = joined(&joined(&world.replicas[other], &world.replicas[author]), &world.replicas[author]);
        let record = all.record(Id([1; 16])).expect("written");
        prop_assert_eq!(record.text(Tag::TITLE), "d");
        prop_assert_ne!(Entry(record).state(), State::Trashed);
    }

    #[test]
    fn undo_after_do_is_nothing(steps in prop::collection::vec(step(), 1..20), last in step()) {
        let mut world = World::new();
        steps.iter().for_each(|step| world.step(step));
        let replica = match last { Step::Write { replica, .. } | Step::Trash { replica, .. } => replica, _ => return Ok(()) };
        let values = |vault: &Vault| -> Vec<(Id, Tag, Option<Id>, Vec<u8>)> {
            let records = vault.section(Section::Entries).iter();
            records.flat_map(|record| record.attrs().iter().map(|attr| (record.id, attr.tag, attr.element, attr.value().to_vec())))
                // The greatest state wins by rule, so undo cannot lower it; absent and empty are one.
                .filter(|(_, tag, _, value)| *tag != Tag::STAGED_STATE && !value.is_empty())
                .collect()
        };
        let before = values(&world.replicas[replica]);
        let there: Vec<Id> = world.replicas[replica].section(Section::Entries).iter().map(|one| one.id).collect();
        world.undo[replica] = None;
        world.step(&last);
        world.step(&Step::Undo { replica });
        // What was made by it is whole and out of sight; all else is what it was.
        let vault = &world.replicas[replica];
        let (made, other): (Vec<_>, Vec<_>) = values(vault).into_iter().partition(|one| !there.contains(&one.0));
        prop_assert_eq!(other, before);
        prop_assert!(made.iter().all(|one| vault.entry(one.0).is_none()));
    }

    #[test]
    fn the_payload_is_read_as_it_is_written(steps in prop::collection::vec(step(), 0..40)) {
        let mut world = World::new();
        steps.iter().for_each(|step| world.step(step));
        let vault = &mut world.replicas[0];
        vault.note_save(Stamp { hlc: vault.latest(), salt: 3, writer: 1 });
        let plain = payload::encode(vault, None).expect("small");
        let first = plain.expose().to_vec();
        let (mut read, source) = payload::decode(vault.id, plain).expect("what was written is read");
        prop_assert!(same(&read, vault));
        prop_assert_eq!(read.latest(), vault.latest());
        // Copied from the source, the bytes are the same as encoded.
        let again = payload::encode(&read, Some(&source)).expect("small");
        prop_assert_eq!(again.expose(), &first[..]);
        // And one changed record among copied ones is written right.
        read.section_mut(Section::Entries).get_or_make(Id([2; 16]), 1).attr_mut(Tag::TITLE, None).put(
            mamori::model::Version { stamp: Stamp { hlc: u64::MAX, salt: 0, writer: 0 }, value: b"last".as_slice().into() }
        );
        let mixed = payload::encode(&read, Some(&source)).expect("small");
        prop_assert!(same(&payload::decode(vault.id, mixed).expect("read").0, &read));
    }

    #[test]
    fn hostile_payloads_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let plain = Plain::build(bytes.len(), |out| out.copy_from_slice(&bytes)).expect("small");
        let _ = payload::decode([0; 16], plain);
    }

    #[test]
    fn a_flipped_payload_never_panics(at in 0..2_000usize, bit in 0..8u8) {
        let mut open = common::new_vault();
        common::add(&mut open, "title", "secret", 1);
        let plain = payload::encode(open.vault(), None).expect("small");
        let mut bytes = plain.expose().to_vec();
        let at = at % bytes.len();
        bytes[at] ^= 1 << bit;
        let plain = Plain::build(bytes.len(), |out| out.copy_from_slice(&bytes)).expect("small");
        let _ = payload::decode([0; 16], plain);
    }
}
