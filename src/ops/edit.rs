//! From what a form or the command line says to the [`Change`] that does it: only what differs is
//! written, secrets are sealed on the way in.

use super::change::{Change, Edit};
use crate::crypto::entropy::{Entropy, EntropyError, array};
use crate::crypto::keys::Key;
use crate::crypto::{burn_after, value};
use crate::model::{Id, Kind, Record, Relation, Section, Tag};

/// What seals new values: the key of values, the vault, the random source.
pub struct Sealer<'a> {
    /// The key that keys of values are expanded from.
    pub values: &'a Key,
    /// The vault id.
    pub vault: [u8; 16],
    /// Random bytes for value ids and element ids.
    pub entropy: &'a mut dyn Entropy,
}

impl Sealer<'_> {
    /// Seals one value of `record`.
    pub fn seal(&mut self, record: Id, plain: &[u8]) -> Result<Box<[u8]>, EntropyError> {
        let sealed = burn_after(|| value::seal(self.values, &self.vault, &record.0, plain, self.entropy))?;
        Ok(sealed.into_boxed_slice())
    }

    /// A new random id.
    pub fn id(&mut self) -> Result<Id, EntropyError> {
        array(self.entropy).map(Id)
    }
}

impl std::fmt::Debug for Sealer<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Sealer(..)")
    }
}

/// A value for a custom field.
pub enum NewValue<'a> {
    /// Anybody who opens the entry may see it.
    Plain(&'a str),
    /// Sealed.
    Secret(&'a [u8]),
    /// As it is now (a form that did not touch it).
    Keep,
}

impl std::fmt::Debug for NewValue<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(match self {
            NewValue::Plain(_) => "Plain(..)",
            NewValue::Secret(_) => "Secret(..)",
            NewValue::Keep => "Keep",
        })
    }
}

/// The edits of one entry, collected and then made into one change.
#[derive(Debug)]
pub struct EntryEdit<'a, 'b> {
    sealer: &'a mut Sealer<'b>,
    record: Id,
    kind: u16,
    base: Option<&'a Record>,
    edits: Vec<Edit>,
}

type Done = Result<(), EntropyError>;

impl<'a, 'b> EntryEdit<'a, 'b> {
    /// A new entry made at `now_ms`.
    pub fn new(
        sealer: &'a mut Sealer<'b>,
        kind: Kind,
        now_ms: u64,
    ) -> Result<EntryEdit<'a, 'b>, EntropyError> {
        let record = sealer.id()?;
        Ok(EntryEdit::new_as(sealer, record, kind, now_ms))
    }

    /// A new entry under an id that was drawn before.
    pub fn new_as(sealer: &'a mut Sealer<'b>, record: Id, kind: Kind, now_ms: u64) -> EntryEdit<'a, 'b> {
        let mut edit = EntryEdit { sealer, record, kind: kind.number(), base: None, edits: Vec::new() };
        edit.number(Tag::CREATED, Some(now_ms));
        edit
    }

    /// Edits of an entry that is there.
    pub fn of(sealer: &'a mut Sealer<'b>, record: &'a Record) -> EntryEdit<'a, 'b> {
        EntryEdit { sealer, record: record.id, kind: record.kind, base: Some(record), edits: Vec::new() }
    }

    /// The id of the entry.
    pub fn id(&self) -> Id {
        self.record
    }

    /// The change; none when nothing differs.
    pub fn finish(self) -> Option<Change> {
        (!self.edits.is_empty()).then_some(Change::Write {
            section: Section::Entries,
            record: self.record,
            kind: self.kind,
            edits: self.edits,
        })
    }

    fn current(&self, tag: Tag, element: Option<Id>) -> &[u8] {
        self.base.and_then(|base| base.attr(tag, element)).map_or(&[], |attr| attr.value())
    }

    fn put(&mut self, tag: Tag, element: Option<Id>, value: &[u8]) {
        // Said twice, the later holds, also where it is what the entry had.
        self.edits.retain(|one| (one.tag, one.element) != (tag, element));
        if self.current(tag, element) != value {
            self.edits.push(Edit { tag, element, value: value.into() });
        }
    }

    fn put_sealed(&mut self, tag: Tag, element: Option<Id>, plain: &[u8]) -> Done {
        let value = self.sealer.seal(self.record, plain)?;
        self.put(tag, element, &value);
        Ok(())
    }

    /// Sets a text (title, user name, folder, reading, …); empty removes it.
    pub fn text(&mut self, tag: Tag, value: &str) {
        self.put(tag, None, value.as_bytes());
    }

    /// Sets or removes a number.
    pub fn number(&mut self, tag: Tag, value: Option<u64>) {
        match value {
            Some(number) => self.put(tag, None, &number.to_le_bytes()),
            None => self.put(tag, None, &[]),
        }
    }

    /// Sets or clears a flag.
    pub fn flag(&mut self, tag: Tag, value: bool) {
        self.put(tag, None, if value { &[1] } else { &[] });
    }

    /// Sets a secret (password, notes, one-time-code key); empty removes it. Whether it differs
    /// from the old one is the caller's to know: it is sealed anew.
    pub fn secret(&mut self, tag: Tag, plain: &[u8]) -> Done {
        if tag == Tag::PASSWORD {
            // What was noted of the one before does not hold of this one.
            self.text(Tag::PASSWORD_NOTE, "");
        }
        if plain.is_empty() {
            self.put(tag, None, &[]);
            return Ok(());
        }
        self.put_sealed(tag, None, plain)
    }

    /// Sets the kind.
    pub fn kind(&mut self, kind: Kind) {
        let number = kind.number();
        if self.base.is_none() {
            self.kind = number;
        } else if self.base.map(|base| crate::model::Entry(base).kind()) != Some(kind) {
            self.number(Tag::KIND, Some(u64::from(number)));
        }
    }

    /// Makes a list of texts (tags, aliases) hold just these.
    pub fn set(&mut self, tag: Tag, wanted: &[&str]) -> Done {
        let mut missing: Vec<&str> = wanted.iter().copied().filter(|one| !one.is_empty()).collect();
        missing.sort_unstable();
        missing.dedup();
        for (element, value) in self.held(tag) {
            match missing.iter().position(|one| one.as_bytes() == &*value) {
                Some(at) => {
                    missing.remove(at);
                }
                None => self.put(tag, Some(element), &[]),
            }
        }
        for value in missing {
            let element = self.sealer.id()?;
            self.put(tag, Some(element), value.as_bytes());
        }
        Ok(())
    }

    /// Adds texts to a list (tags) and takes others from it.
    pub fn shift(&mut self, tag: Tag, add: &[&str], drop: &[&str]) -> Done {
        let held = self.held(tag);
        let held = held.iter().filter_map(|(_, value)| std::str::from_utf8(value).ok());
        let mut wanted: Vec<&str> = held.filter(|one| !drop.contains(one)).collect();
        wanted.extend(add);
        let wanted: Vec<String> = wanted.into_iter().map(str::to_owned).collect();
        self.set(tag, &wanted.iter().map(String::as_str).collect::<Vec<_>>())
    }

    /// Makes a list of texts in order (addresses) hold just these, in this order.
    pub fn list(&mut self, tag: Tag, place: Tag, wanted: &[&str]) -> Done {
        let held = match self.base {
            Some(base) => {
                base.placed(tag, place).into_iter().map(|(id, attr)| (id, attr.value().into())).collect()
            }
            None => Vec::new(),
        };
        let same = held.len() == wanted.len()
            && held
                .iter()
                .zip(wanted)
                .all(|((_, have), want): (&(Id, Box<[u8]>), _)| **have == *want.as_bytes());
        if same {
            return Ok(());
        }
        let mut left = held;
        for (at, value) in wanted.iter().filter(|one| !one.is_empty()).enumerate() {
            let element = match left.iter().position(|(_, have)| **have == *value.as_bytes()) {
                Some(old) => left.remove(old).0,
                None => self.sealer.id()?,
            };
            self.put(tag, Some(element), value.as_bytes());
            self.put(place, Some(element), &(at as u64 + 1).to_le_bytes());
        }
        for (element, _) in left {
            self.put(tag, Some(element), &[]);
            self.put(place, Some(element), &[]);
        }
        Ok(())
    }

    fn held(&self, tag: Tag) -> Vec<(Id, Box<[u8]>)> {
        match self.base {
            Some(base) => base.elements(tag).map(|(id, attr)| (id, attr.value().into())).collect(),
            None => Vec::new(),
        }
    }

    /// Adds a custom field behind those that are there; gives its element.
    pub fn add_field(&mut self, name: &str, value: &NewValue<'_>) -> Result<Id, EntropyError> {
        let held = self.base.into_iter().flat_map(|base| base.elements(Tag::FIELD_PLACE));
        let greatest = held.map(|(_, attr)| crate::model::record::number(attr.value())).max().unwrap_or(0);
        let added = self.edits.iter().filter(|edit| edit.tag == Tag::FIELD_PLACE).count() as u64;
        let element = self.sealer.id()?;
        self.put(Tag::FIELD_PLACE, Some(element), &(greatest + added + 1).to_le_bytes());
        self.field(element, name, value)?;
        Ok(element)
    }

    /// Sets name and value of a custom field.
    pub fn field(&mut self, element: Id, name: &str, value: &NewValue<'_>) -> Done {
        let element = Some(element);
        self.put(Tag::FIELD_NAME, element, name.as_bytes());
        match value {
            NewValue::Plain(text) => {
                self.put(Tag::FIELD_VALUE, element, text.as_bytes());
                self.put(Tag::FIELD_SECRET, element, &[]);
            }
            NewValue::Secret(plain) => {
                self.put(Tag::FIELD_VALUE, element, &[]);
                self.put_sealed(Tag::FIELD_SECRET, element, plain)?;
            }
            NewValue::Keep => {}
        }
        Ok(())
    }

    /// Removes a custom field.
    pub fn drop_field(&mut self, element: Id) {
        for tag in [Tag::FIELD_NAME, Tag::FIELD_VALUE, Tag::FIELD_SECRET, Tag::FIELD_PLACE] {
            self.put(tag, Some(element), &[]);
        }
    }

    /// Puts a custom field at a place among the others.
    pub fn place_field(&mut self, element: Id, place: u64) {
        self.put(Tag::FIELD_PLACE, Some(element), &place.to_le_bytes());
    }

    /// Attaches a file that was sealed for this entry before.
    pub fn attach(&mut self, name: &str, envelope: &[u8]) -> Result<Id, EntropyError> {
        let element = self.sealer.id()?;
        self.put(Tag::FILE_NAME, Some(element), name.as_bytes());
        self.put(Tag::FILE_DATA, Some(element), envelope);
        Ok(element)
    }

    /// Names an attachment anew.
    pub fn name_file(&mut self, element: Id, name: &str) {
        self.put(Tag::FILE_NAME, Some(element), name.as_bytes());
    }

    /// Takes an attachment away.
    pub fn detach(&mut self, element: Id) {
        self.put(Tag::FILE_NAME, Some(element), &[]);
        self.put(Tag::FILE_DATA, Some(element), &[]);
    }

    /// Takes a link away.
    pub fn unlink(&mut self, element: Id) {
        self.put(Tag::LINK, Some(element), &[]);
    }

    /// Adds a link.
    pub fn link(&mut self, relation: Relation, target: Id) -> Done {
        self.lead(Tag::LINK, relation, target)
    }

    /// Notes that a link which is proposed is a wrong one.
    pub fn refuse_link(&mut self, relation: Relation, target: Id) -> Done {
        self.lead(Tag::LINK_REFUSED, relation, target)
    }

    fn lead(&mut self, tag: Tag, relation: Relation, target: Id) -> Done {
        let mut value = [0; 17];
        value[0] = relation.byte();
        value[1..].copy_from_slice(&target.0);
        if self.held(tag).iter().all(|(_, have)| **have != value) {
            let element = self.sealer.id()?;
            self.put(tag, Some(element), &value);
        }
        Ok(())
    }

    /// Stages a new password beside the current one.
    pub fn stage(&mut self, plain: &[u8], reason: &str, now_ms: u64) -> Result<Id, EntropyError> {
        let element = self.sealer.id()?;
        self.put_sealed(Tag::STAGED_SECRET, Some(element), plain)?;
        self.put(Tag::STAGED_STATE, Some(element), &[1]);
        self.put(Tag::STAGED_REASON, Some(element), reason.as_bytes());
        self.put(Tag::STAGED_SINCE, Some(element), &now_ms.to_le_bytes());
        Ok(element)
    }

    /// Notes the recipe that the password of a staged change was made by.
    pub fn staged_recipe(&mut self, element: Id, recipe: &str) {
        self.put(Tag::STAGED_RECIPE, Some(element), recipe.as_bytes());
    }

    /// Copies a sealed value that belongs to this very record as it is (restore, confirm).
    pub fn sealed(&mut self, tag: Tag, element: Option<Id>, envelope: &[u8]) {
        self.put(tag, element, envelope);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Stamp, Version};

    struct Counting(u8);

    impl Entropy for Counting {
        fn fill(&mut self, out: &mut [u8]) -> Result<(), EntropyError> {
            self.0 += 1;
            out.fill(self.0);
            Ok(())
        }
    }

    #[test]
    fn of_what_is_said_twice_the_later_holds() {
        let (values, mut entropy) = (Key::zero(), Counting(0));
        let mut sealer = Sealer { values: &values, vault: [1; 16], entropy: &mut entropy };
        let mut record = Record::new(Id([2; 16]), 1);
        let version = Version { stamp: Stamp::default(), value: b"old".as_slice().into() };
        record.attr_mut(Tag::TITLE, None).put(version);
        let mut edit = EntryEdit::of(&mut sealer, &record);
        edit.text(Tag::TITLE, "new");
        edit.text(Tag::TITLE, "old");
        edit.secret(Tag::PASSWORD, b"one").expect("sealed");
        edit.secret(Tag::PASSWORD, b"two").expect("sealed");
        let Some(Change::Write { edits, .. }) = edit.finish() else { unreachable!("there is an edit") };
        let [password] = edits.as_slice() else { unreachable!("one edit: {edits:?}") };
        let shown = value::open(&values, &[1; 16], &record.id.0, &password.value).expect("authentic");
        assert!(shown.ct_eq(b"two"));
    }

    #[test]
    fn a_new_value_prints_nothing() {
        assert_eq!(format!("{:?}", NewValue::Secret(b"S3CRET")), "Secret(..)");
        assert_eq!(format!("{:?}", NewValue::Plain("S3CRET")), "Plain(..)");
    }
}
