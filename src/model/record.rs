//! A record: the attributes of one entry, incident or setting, each a set of stamped versions.
//!
//! What a record means is [`super::entry`]'s; how two records join is [`crate::ops::merge`]'s.

use smallvec::SmallVec;

use super::id::Id;
use super::stamp::Stamp;
use super::tag::Tag;
use super::value::Value;

/// Versions of one attribute that are kept; a constant of the format.
pub const VERSIONS_MAX: usize = 256;

/// Changes (stamps) of one record that a file has room for; a constant of the format.
pub const STAMPS_MAX: usize = 65_536;

/// One value an attribute had. An empty value means "absent".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// When it was written.
    pub stamp: Stamp,
    /// Its bytes; a sealed envelope where the tag says so.
    pub value: Value,
}

/// The versions of one attribute. Nearly all have just one, which then needs no block of its own.
pub type Versions = SmallVec<[Version; 1]>;

/// One attribute, or one element of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attr {
    /// What it means.
    pub tag: Tag,
    /// Which element; none where the tag has but one.
    pub element: Option<Id>,
    /// Greatest stamp first.
    pub versions: Versions,
    /// Versions at or under it are purged.
    pub floor: Option<Box<Stamp>>,
}

impl Attr {
    /// The current version: the one with the greatest stamp, but for the few tags where the value
    /// decides first (the state of a staged change, the time of use).
    pub fn current(&self) -> Option<&Version> {
        match self.tag {
            Tag::STAGED_STATE => {
                self.versions.iter().max_by_key(|one| (one.value.first().copied(), one.stamp))
            }
            Tag::USED => self.versions.iter().max_by_key(|one| (number(&one.value), one.stamp)),
            _ => self.versions.first(),
        }
    }

    /// The current value; empty when absent.
    pub fn value(&self) -> &[u8] {
        self.current().map_or(&[], |version| &version.value)
    }

    /// Puts a version in at its place; the 256 greatest above the floor stay.
    pub fn put(&mut self, version: Version) {
        if self.floor.as_deref().is_some_and(|floor| version.stamp <= *floor) {
            return;
        }
        let at = self.versions.partition_point(|one| one.stamp > version.stamp);
        if let Some(same) = self.versions.get_mut(at).filter(|one| one.stamp == version.stamp) {
            // Nobody writes two values under one stamp; were it so, every replica keeps the same one.
            if *same.value < *version.value {
                *same = version;
            }
            return;
        }
        self.versions.insert(at, version);
        self.versions.truncate(VERSIONS_MAX);
    }

    /// Raises the floor and drops what lies at or under it.
    pub fn raise_floor(&mut self, floor: Stamp) {
        if self.floor.as_deref().is_none_or(|old| *old < floor) {
            self.floor = Some(Box::new(floor));
            self.versions.retain(|one| one.stamp > floor);
        }
    }
}

/// Reads a number of 8 bytes; anything else is 0.
pub fn number(value: &[u8]) -> u64 {
    value.try_into().map_or(0, u64::from_le_bytes)
}

/// A record: its attributes in the order of tag and element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its id.
    pub id: Id,
    /// The kind it was made with.
    pub kind: u16,
    attrs: Vec<Attr>,
    /// Where its encoding lies in the payload it was read from, while it is unchanged.
    encoded: Option<(u32, u32)>,
}

impl Record {
    /// A record without attributes.
    pub fn new(id: Id, kind: u16) -> Record {
        Record { id, kind, attrs: Vec::new(), encoded: None }
    }

    /// A record as read; `attrs` must be strictly ascending by tag and element.
    pub fn from_sorted(id: Id, kind: u16, attrs: Vec<Attr>) -> Record {
        Record { id, kind, attrs, encoded: None }
    }

    /// Notes from where to where its encoding lies in the payload that was read.
    pub fn lies_at(&mut self, encoded: (u32, u32)) {
        self.encoded = Some(encoded);
    }

    /// Where the encoding lies in the payload that was read, if nothing was changed since.
    pub fn encoded(&self) -> Option<(u32, u32)> {
        self.encoded
    }

    /// Forgets where the encoding lies: the record is about to differ, or to live elsewhere.
    pub fn touch(&mut self) {
        self.encoded = None;
    }

    /// Makes it independent of the payload it was read from.
    pub fn detach(&mut self) {
        self.touch();
        for attr in &mut self.attrs {
            attr.versions.iter_mut().for_each(|version| version.value.detach());
        }
    }

    /// All attributes, by tag and element.
    pub fn attrs(&self) -> &[Attr] {
        &self.attrs
    }

    /// All attributes, to change.
    pub fn attrs_mut(&mut self) -> &mut Vec<Attr> {
        self.encoded = None;
        &mut self.attrs
    }

    /// One attribute.
    pub fn attr(&self, tag: Tag, element: Option<Id>) -> Option<&Attr> {
        self.place(tag, element).ok().map(|at| &self.attrs[at])
    }

    /// One attribute, made when it is not there.
    pub fn attr_mut(&mut self, tag: Tag, element: Option<Id>) -> &mut Attr {
        self.encoded = None;
        let at = self.place(tag, element).unwrap_or_else(|at| {
            self.attrs.insert(at, Attr { tag, element, versions: Versions::new(), floor: None });
            at
        });
        &mut self.attrs[at]
    }

    fn place(&self, tag: Tag, element: Option<Id>) -> Result<usize, usize> {
        if tag.is_many() || tag.is_sealed() {
            return self.attrs.binary_search_by(|one| (one.tag, one.element).cmp(&(tag, element)));
        }
        // These stand in front and are few: walking to one reads less memory than halving does.
        let at = self.attrs.iter().position(|one| one.tag >= tag).unwrap_or(self.attrs.len());
        if self.attrs.get(at).is_some_and(|one| (one.tag, one.element) == (tag, element)) {
            Ok(at)
        } else {
            Err(at)
        }
    }

    /// The current value of an attribute; empty when absent.
    pub fn value(&self, tag: Tag) -> &[u8] {
        self.attr(tag, None).map_or(&[], Attr::value)
    }

    /// The current text of an attribute; empty when absent.
    pub fn text(&self, tag: Tag) -> &str {
        std::str::from_utf8(self.value(tag)).unwrap_or("")
    }

    /// The current number of an attribute; none when absent.
    pub fn number(&self, tag: Tag) -> Option<u64> {
        self.value(tag).try_into().ok().map(u64::from_le_bytes)
    }

    /// The elements of a list that are present, by element id.
    pub fn elements(&self, tag: Tag) -> impl Iterator<Item = (Id, &Attr)> {
        let from = self.attrs.partition_point(|one| one.tag < tag);
        self.attrs[from..]
            .iter()
            .take_while(move |one| one.tag == tag)
            .filter(|one| !one.value().is_empty())
            .filter_map(|one| one.element.map(|element| (element, one)))
    }

    /// The elements of a list of texts in the order of their places, then of their ids.
    pub fn placed(&self, tag: Tag, place: Tag) -> Vec<(Id, &Attr)> {
        let mut all: Vec<_> = self.elements(tag).collect();
        all.sort_by_key(|(id, _)| (self.attr(place, Some(*id)).map_or(0, |attr| number(attr.value())), *id));
        all
    }

    /// The changes that its versions are of.
    pub fn stamps(&self) -> Vec<Stamp> {
        let versions = self.attrs.iter().flat_map(|attr| attr.versions.iter());
        let mut stamps: Vec<Stamp> = versions.map(|one| one.stamp).collect();
        stamps.sort_unstable();
        stamps.dedup();
        stamps
    }

    /// A file has room for only a few changes more: what is left is for joins, and to throw it away.
    pub fn is_worn(&self) -> bool {
        const LEFT: usize = 1_024;
        let versions: usize = self.attrs.iter().map(|attr| attr.versions.len()).sum();
        versions > STAMPS_MAX - LEFT && self.stamps().len() > STAMPS_MAX - LEFT
    }

    /// The greatest stamp in it.
    pub fn latest(&self) -> Option<Stamp> {
        let versions = self.attrs.iter().filter_map(|attr| attr.versions.first()).map(|one| one.stamp);
        versions.chain(self.attrs.iter().filter_map(|attr| attr.floor.as_deref().copied())).max()
    }

    /// True when everything in it was purged: a tombstone.
    pub fn is_tombstone(&self) -> bool {
        self.attrs.iter().all(|attr| attr.versions.is_empty())
    }

    /// Nothing is in it now: a tombstone, or every field is absent.
    pub fn is_blank(&self) -> bool {
        self.attrs.iter().all(|attr| attr.value().is_empty())
    }
}

/// Records by id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Records(Vec<Record>);

impl Records {
    /// None.
    pub const fn new() -> Records {
        Records(Vec::new())
    }

    /// Takes records that are strictly ascending by id.
    pub fn from_sorted(records: Vec<Record>) -> Records {
        Records(records)
    }

    /// All of them, by id; tombstones too.
    pub fn iter(&self) -> std::slice::Iter<'_, Record> {
        self.0.iter()
    }

    /// All of them, to change.
    pub fn iter_mut(&mut self) -> std::slice::IterMut<'_, Record> {
        self.0.iter_mut()
    }

    /// Takes them out.
    pub fn into_vec(self) -> Vec<Record> {
        self.0
    }

    /// How many; tombstones too.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// True when there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// One record.
    pub fn get(&self, id: Id) -> Option<&Record> {
        self.0.binary_search_by_key(&id, |one| one.id).ok().map(|at| &self.0[at])
    }

    /// One record, to change.
    pub fn get_mut(&mut self, id: Id) -> Option<&mut Record> {
        self.0.binary_search_by_key(&id, |one| one.id).ok().map(|at| &mut self.0[at])
    }

    /// One record, made with `kind` when it is not there.
    pub fn get_or_make(&mut self, id: Id, kind: u16) -> &mut Record {
        let at = self.0.binary_search_by_key(&id, |one| one.id).unwrap_or_else(|at| {
            self.0.insert(at, Record::new(id, kind));
            at
        });
        &mut self.0[at]
    }

    /// Makes all of these that are not there, in one pass (an import of 100,000).
    pub fn make_all(&mut self, mut wanted: Vec<(Id, u16)>) {
        wanted.retain(|(id, _)| self.get(*id).is_none());
        self.0.extend(wanted.into_iter().map(|(id, kind)| Record::new(id, kind)));
        self.0.sort_by_key(|one| one.id);
        self.0.dedup_by_key(|one| one.id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hlc: u64, value: &str) -> Version {
        Version { stamp: Stamp { hlc, salt: 0, writer: 0 }, value: value.as_bytes().into() }
    }

    #[test]
    fn the_greatest_stamp_is_current_and_the_floor_holds() {
        let mut record = Record::new(Id([1; 16]), 1);
        let title = record.attr_mut(Tag::TITLE, None);
        for version in [at(3, "three"), at(5, "five"), at(4, "four"), at(5, "again")] {
            title.put(version);
        }
        assert_eq!(title.versions.len(), 3);
        assert_eq!(title.value(), b"five");
        title.raise_floor(Stamp { hlc: 4, salt: 0, writer: 0 });
        title.put(at(2, "two"));
        assert_eq!(title.versions[..], [at(5, "five")]);
        assert_eq!(record.text(Tag::TITLE), "five");
    }

    #[test]
    fn a_confirmed_change_beats_a_later_discard() {
        let mut attr = Attr { tag: Tag::STAGED_STATE, element: None, versions: Versions::new(), floor: None };
        for (hlc, state) in [(1, 1), (2, 3), (3, 2)] {
            let stamp = Stamp { hlc, salt: 0, writer: 0 };
            attr.put(Version { stamp, value: vec![state].into() });
        }
        assert_eq!(attr.value(), [3]);
    }
}
