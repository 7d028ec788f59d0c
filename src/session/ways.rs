//! The ways to open a vault as people see them: each slot with its name, since when it is there and
//! what it costs; one more of them, another name. A way that is taken out is a key change.

use super::slots::{check_slots, new_slot};
use super::{NewSlot, Open, SealError, known, salt};
use crate::crypto::entropy::{Entropy, array};
use crate::crypto::kdf::Params;
use crate::format::header::{KnownSlot, Slot, SlotKind};
use crate::model::{Id, Section, Tag};
use crate::ops::change::Edit;

/// One way to open the vault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// The slot's id.
    pub id: [u8; 8],
    /// What opens it.
    pub kind: SlotKind,
    /// What a person calls it; may be empty. From outside.
    pub name: String,
    /// Since when its secret is what it is, ms; none where an earlier version did not note it.
    pub since: Option<u64>,
    /// What one try costs.
    pub params: Params,
    /// It opened the vault now.
    pub opened: bool,
}

/// A slot that was derived and is not in the vault yet.
#[derive(Debug)]
pub struct NewWay {
    slot: KnownSlot,
    name: String,
}

impl NewWay {
    /// Its slot's id.
    pub fn id(&self) -> [u8; 8] {
        self.slot.id
    }
}

fn record(slot: &[u8; 8]) -> Id {
    let mut record = [0; 16];
    record[..8].copy_from_slice(slot);
    Id(record)
}

impl Open {
    /// Every way to open it that this version knows, in the order of the file.
    pub fn ways(&self) -> Vec<Way> {
        let way = |slot: &KnownSlot| Way {
            id: slot.id,
            kind: slot.kind,
            name: self.slot_name(&slot.id).to_owned(),
            since: self.slot_since(&slot.id),
            params: slot.params,
            opened: self.slot == Some(slot.id),
        };
        known(&self.header).map(way).collect()
    }

    /// How many there are of kinds that only a later version knows.
    pub fn unknown_ways(&self) -> usize {
        self.header.slots.iter().filter(|slot| matches!(slot, Slot::Unknown(_))).count()
    }

    /// The name of a slot.
    pub fn slot_name(&self, id: &[u8; 8]) -> &str {
        self.vault.section(Section::SlotNames).get(record(id)).map_or("", |held| held.text(Tag::NAME))
    }

    fn slot_since(&self, id: &[u8; 8]) -> Option<u64> {
        self.vault.section(Section::SlotNames).get(record(id))?.number(Tag::CREATED)
    }

    /// Derives one more way under the data key at hand; it is not in yet. Slow.
    pub fn new_way(&self, slot: &NewSlot, source: &mut dyn Entropy) -> Result<NewWay, SealError> {
        if self.vault.read_only() {
            return Err(SealError::ReadOnly);
        }
        check_slots(&self.header.slots, std::slice::from_ref(slot))?;
        let id = array(source)?;
        let made = new_slot(&self.header.vault, &self.dek, &slot.credential, id, slot.params, source)?;
        Ok(NewWay { slot: made, name: slot.name.clone() })
    }

    /// Puts a way in that was derived here; the data key stays, so this revokes nothing.
    pub fn put_way(&mut self, way: NewWay, now_ms: u64, source: &mut dyn Entropy) -> Result<(), SealError> {
        let salt = salt(source)?;
        self.note_slot(way.slot.id, Some(&way.name), Some(now_ms), salt);
        self.header.slots.push(Slot::Known(way.slot));
        Ok(())
    }

    /// Takes a way out again that is in no file yet. One that was written is ended by a key change.
    pub fn drop_way(&mut self, id: [u8; 8]) {
        self.header.slots.retain(|slot| !matches!(slot, Slot::Known(known) if known.id == id));
    }

    /// Adds a slot at once. Slow.
    pub fn add_slot(
        &mut self,
        slot: &NewSlot,
        now_ms: u64,
        source: &mut dyn Entropy,
    ) -> Result<(), SealError> {
        let way = self.new_way(slot, source)?;
        self.put_way(way, now_ms, source)
    }

    /// Gives a slot another name; false when there is no such slot.
    pub fn rename_way(
        &mut self,
        id: [u8; 8],
        name: &str,
        source: &mut dyn Entropy,
    ) -> Result<bool, SealError> {
        if self.vault.read_only() {
            return Err(SealError::ReadOnly);
        }
        if !known(&self.header).any(|slot| slot.id == id) {
            return Ok(false);
        }
        let salt = salt(source)?;
        self.note_slot(id, Some(name), None, salt);
        Ok(true)
    }

    /// Notes the name of a slot and since when it is there, what of it is new.
    pub(super) fn note_slot(&mut self, id: [u8; 8], name: Option<&str>, since: Option<u64>, salt: u64) {
        if let Some(name) = name {
            self.set_name(Section::SlotNames, record(&id), name, salt);
        }
        if let Some(since) = since.filter(|_| self.slot_since(&id).is_none()) {
            let value = since.to_le_bytes().into();
            self.book(
                Section::SlotNames,
                record(&id),
                vec![Edit { tag: Tag::CREATED, element: None, value }],
                salt,
            );
        }
    }

    /// The slots of a vault that is being made are there from its first save on.
    pub(super) fn date_slots(&mut self, now_ms: u64, salt: u64) {
        let all: Vec<[u8; 8]> = known(&self.header).map(|slot| slot.id).collect();
        all.into_iter().for_each(|id| self.note_slot(id, None, Some(now_ms), salt));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::keys::SlotSecret;
    use crate::crypto::value;
    use crate::model::vault::RETIRED_MAX;
    use crate::ops::change::Change;
    use crate::platform::entropy::System;
    use crate::session::{Credential, Device, OpenError, Sealed};

    fn slot(password: &str) -> NewSlot {
        let secret = SlotSecret::password(password.as_bytes()).expect("short");
        let credential = Credential::Password(secret);
        NewSlot { credential, name: format!("of {password}"), params: Params::LEAST }
    }

    fn vault() -> Open {
        Open::create(&[slot("first")], Device { writer: 1, name: "desk".into() }, &mut System).expect("made")
    }

    fn reopen(bytes: &[u8], password: &str) -> Result<Open, OpenError> {
        Sealed::read(bytes.to_vec())?.open(&slot(password).credential, Device::default(), None)
    }

    /// Writes an envelope as it is into the notes of a record.
    fn put(open: &mut Open, record: Id, envelope: Vec<u8>) {
        let edits = vec![Edit { tag: Tag::NOTES, element: None, value: envelope.into() }];
        let change = Change::Write { section: Section::Entries, record, kind: 1, edits };
        open.apply(&change, 5, &mut System).expect("accepted");
    }

    fn notes(open: &Open, record: Id) -> Option<Vec<u8>> {
        let envelope = open.vault().entry(record)?.notes()?;
        open.reveal(record, envelope).ok().map(|plain| plain.expose().to_vec())
    }

    #[test]
    fn a_way_has_a_name_and_a_day() {
        let mut open = vault();
        assert_eq!(open.ways()[0].since, None);
        let bytes = open.seal(1_000, &mut System).expect("sealed").bytes;
        let mut open = reopen(&bytes, "first").expect("opens");
        open.add_slot(&slot("second"), 2_000, &mut System).expect("added");
        let told = |open: &Open| -> Vec<(String, Option<u64>, bool)> {
            open.ways().into_iter().map(|way| (way.name, way.since, way.opened)).collect()
        };
        assert_eq!(
            told(&open),
            [("of first".into(), Some(1_000), true), ("of second".into(), Some(2_000), false)]
        );
        let id = open.ways()[1].id;
        assert_eq!(open.rename_way(id, "妻", &mut System), Ok(true));
        assert_eq!(open.rename_way([9; 8], "nobody", &mut System), Ok(false));
        let bytes = open.seal(3_000, &mut System).expect("sealed").bytes;
        let mut open = reopen(&bytes, "second").expect("opens");
        assert_eq!(told(&open)[1], ("妻".into(), Some(2_000), true));
        // - what stays in a key change is as old as it was
        let mut key = open.new_key(&mut System).expect("drawn");
        key.wrap(&slot("second"), open.ways()[1].since, &mut System).expect("wrapped");
        key.wrap(&slot("third"), None, &mut System).expect("wrapped");
        open.take_key(key, 4_000, &mut System).expect("taken");
        assert_eq!(
            told(&open),
            [("of second".into(), Some(2_000), true), ("of third".into(), Some(4_000), false)]
        );
    }

    #[test]
    fn a_damaged_value_does_not_stop_a_key_change_and_one_under_an_older_key_is_mended() {
        let mut open = vault();
        let (vault_id, [good, older, broken]) = (open.header().vault, [1, 2, 3].map(|at| Id([at; 16])));
        let sealed = |open: &Open, record: Id| {
            value::seal(&open.values, &vault_id, &record.0, b"text", &mut System).expect("random")
        };
        let left = sealed(&open, older);
        open.rekey(&[slot("second")], 10, &mut System).expect("changed");
        let right = sealed(&open, good);
        put(&mut open, good, right);
        put(&mut open, older, left);
        put(&mut open, broken, vec![7; 64]);
        assert_eq!((notes(&open, older), notes(&open, broken)), (None, None));
        let mut key = open.new_key(&mut System).expect("drawn");
        key.wrap(&slot("third"), None, &mut System).expect("wrapped");
        let taken = open.take_key(key, 20, &mut System).expect("taken");
        assert_eq!(taken.damaged, [broken]);
        let bytes = open.seal(30, &mut System).expect("sealed").bytes;
        let open = reopen(&bytes, "third").expect("opens");
        let text = Some(b"text".to_vec());
        assert_eq!(
            (notes(&open, good), notes(&open, older), notes(&open, broken)),
            (text.clone(), text, None)
        );
        let kept = open.vault().entry(broken).expect("there").notes().expect("notes");
        assert_eq!(kept, [7; 64], "what cannot be read is not thrown away either");
    }

    #[test]
    fn a_key_change_that_was_not_written_is_taken_back_whole() {
        let mut open = vault();
        let record = Id([1; 16]);
        let text = value::seal(&open.values, &open.header().vault, &record.0, b"text", &mut System);
        put(&mut open, record, text.expect("random"));
        for at in 0..RETIRED_MAX as u64 {
            open.rekey(&[slot("first")], at, &mut System).expect("changed");
        }
        let before = (open.header().clone(), open.opened_by(), open.vault().retired[0].when);
        let mut key = open.new_key(&mut System).expect("drawn");
        key.wrap(&slot("second"), None, &mut System).expect("wrapped");
        let taken = open.take_key(key, 99, &mut System).expect("taken");
        assert_ne!(open.header().epoch, before.0.epoch);
        assert_ne!(open.vault().retired[0].when, before.2);
        open.give_key_back(taken);
        assert_eq!((open.header().clone(), open.opened_by(), open.vault().retired[0].when), before);
        assert_eq!(open.vault().retired.len(), RETIRED_MAX);
        let bytes = open.seal(100, &mut System).expect("sealed").bytes;
        assert_eq!(reopen(&bytes, "second").err(), Some(OpenError::WrongPassword));
        assert_eq!(notes(&reopen(&bytes, "first").expect("opens"), record), Some(b"text".to_vec()));
    }

    #[test]
    fn a_key_of_another_vault_or_of_before_is_not_taken() {
        let (mut open, other) = (vault(), vault());
        let drawn = |from: &Open| {
            let mut key = from.new_key(&mut System).expect("drawn");
            key.wrap(&slot("second"), None, &mut System).expect("wrapped");
            key
        };
        assert!(open.take_key(drawn(&other), 1, &mut System).is_err());
        let empty = open.new_key(&mut System).expect("drawn");
        assert_eq!(open.take_key(empty, 1, &mut System).err(), Some(SealError::NoSlot));
        let (one, late) = (drawn(&open), drawn(&open));
        open.take_key(one, 1, &mut System).expect("taken");
        assert!(open.take_key(late, 2, &mut System).is_err());
    }

    #[test]
    fn slots_that_find_no_room_in_a_join_are_told() {
        let mut one = vault();
        let bytes = one.seal(1, &mut System).expect("sealed").bytes;
        let mut other = reopen(&bytes, "first").expect("opens");
        for at in 0..5 {
            one.add_slot(&slot(&format!("ours {at}")), 2, &mut System).expect("added");
            other.add_slot(&slot(&format!("theirs {at}")), 2, &mut System).expect("added");
        }
        let theirs = other.seal(3, &mut System).expect("sealed").bytes;
        let report = one.join(theirs.clone(), false, false).expect("joined");
        let names: Vec<&str> = report.left_out.iter().map(|id| one.slot_name(id)).collect();
        assert_eq!(names, ["of theirs 2", "of theirs 3", "of theirs 4"]);
        assert!(report.is_empty(), "no entry of the vault changed");
        assert_eq!(one.ways().len(), 8);
        let bytes = one.seal(4, &mut System).expect("sealed").bytes;
        for (password, opens) in [("first", true), ("ours 4", true), ("theirs 1", true), ("theirs 2", false)]
        {
            assert_eq!(reopen(&bytes, password).is_ok(), opens, "{password}");
        }
    }

    #[test]
    fn each_credential_is_tried_in_turn() {
        let mut open = vault();
        let bytes = open.seal(1, &mut System).expect("sealed").bytes;
        let file = Credential::KeyFile(SlotSecret::with_key_file(b"first", b"file").expect("short"));
        let tried = |all: &[Credential], free| {
            let sealed = Sealed::read(bytes.clone()).expect("whole");
            sealed.open_any(all, Device::default(), free).map(|(_, at)| at)
        };
        let [first, wrong] = ["first", "wrong"].map(|one| slot(one).credential);
        assert_eq!(tried(&[], None), Err(OpenError::NoSuchSlot));
        assert_eq!(tried(std::slice::from_ref(&file), None), Err(OpenError::NoSuchSlot));
        let all = [file, wrong, first];
        assert_eq!(tried(&all[..2], None), Err(OpenError::WrongPassword));
        assert!(matches!(tried(&all, Some(0)), Err(OpenError::NeedsMemory { .. })));
        assert_eq!(tried(&all, None), Ok(2));
    }
}
