//! The vault in memory: records by section, and what the file carries beside them. Secrets in it
//! stay sealed; it knows no file and no key but the retired ones.

use std::collections::{BTreeMap, BTreeSet};

use super::entry::Entry;
use super::id::Id;
use super::incident::Incident;
use super::record::{Record, Records};
use super::stamp::Stamp;
use super::tag::Tag;
use crate::crypto::keys::Key;

/// Saves whose stamps are remembered.
pub const SAVES_MAX: usize = 1024;
/// Retired keys that are kept.
pub const RETIRED_MAX: usize = 32;
/// Entries a vault may hold.
pub const ENTRIES_MAX: usize = 1_000_000;
/// Bytes of attachments a vault may hold, removed ones in the history too: each save writes them
/// anew, each backup keeps them. A join may pass it; then nothing more can be attached.
pub const ATTACHED_MAX: usize = 256 << 20;

/// A list of records in the payload.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Section {
    /// Entries.
    Entries,
    /// Settings of the vault: one record, of id zero.
    Settings,
    /// Names of slots; the record's id is the slot id and 8 zeros.
    SlotNames,
    /// Incidents.
    Incidents,
    /// Names of writers; the record's id is the writer and 14 zeros.
    Writers,
    /// A section of a later version.
    Other(u16),
}

impl Section {
    /// The tag in the file.
    pub fn tag(self) -> u16 {
        match self {
            Section::Entries => 1,
            Section::Settings => 2,
            Section::SlotNames => 5,
            Section::Incidents => 6,
            Section::Writers => 7,
            Section::Other(tag) => tag,
        }
    }

    /// The section of a tag in the file.
    pub fn from_tag(tag: u16) -> Section {
        match tag {
            1 => Section::Entries,
            2 => Section::Settings,
            5 => Section::SlotNames,
            6 => Section::Incidents,
            7 => Section::Writers,
            other => Section::Other(other),
        }
    }
}

/// A data key of an earlier epoch, kept so that backups and copies from then open.
#[derive(Debug)]
pub struct RetiredKey {
    /// Its epoch.
    pub epoch: u32,
    /// The key.
    pub dek: Key,
    /// When it was retired, ms.
    pub when: u64,
}

impl RetiredKey {
    /// Another copy, for a key change that may be taken back.
    pub fn duplicate(&self) -> RetiredKey {
        RetiredKey { epoch: self.epoch, dek: self.dek.duplicate(), when: self.when }
    }
}

/// The whole collection.
#[derive(Debug, Default)]
pub struct Vault {
    /// The vault id.
    pub id: [u8; 16],
    /// Schema the file was written with, never lowered.
    pub schema: u16,
    /// Readers below it must refuse.
    pub min_reader: u16,
    /// Writers below it must not write.
    pub min_writer: u16,
    /// Something in it is critical and unknown: read only.
    pub unknown_critical: bool,
    /// Held read-only in this process: asked for, or the file is from before a password change.
    pub held: bool,
    sections: BTreeMap<Section, Records>,
    /// Sections of later versions that hold no records (tag bit 0x8000), byte for byte.
    pub opaque: BTreeMap<u16, Vec<u8>>,
    /// Stamps of the last saves.
    pub saves: BTreeSet<Stamp>,
    /// Data keys of earlier epochs, oldest first.
    pub retired: Vec<RetiredKey>,
    latest: u64,
}

static NONE: Records = Records::new();

impl Vault {
    /// An empty vault.
    pub fn new(id: [u8; 16]) -> Vault {
        Vault { id, schema: 1, min_reader: 1, min_writer: 1, ..Vault::default() }
    }

    /// The records of a section.
    pub fn section(&self, section: Section) -> &Records {
        self.sections.get(&section).unwrap_or(&NONE)
    }

    /// The records of a section, to change.
    pub fn section_mut(&mut self, section: Section) -> &mut Records {
        self.sections.entry(section).or_default()
    }

    /// All sections that hold records.
    pub fn sections(&self) -> impl Iterator<Item = (Section, &Records)> {
        self.sections.iter().map(|(section, records)| (*section, records))
    }

    /// All sections that hold records, to change.
    pub fn sections_mut(&mut self) -> impl Iterator<Item = (Section, &mut Records)> {
        self.sections.iter_mut().map(|(section, records)| (*section, records))
    }

    /// All entries, trashed ones too, without those that were purged or whose making was undone.
    pub fn entries(&self) -> impl Iterator<Item = Entry<'_>> {
        self.section(Section::Entries).iter().map(Entry).filter(|entry| entry.is_shown())
    }

    /// One entry.
    pub fn entry(&self, id: Id) -> Option<Entry<'_>> {
        self.record(id).map(Entry).filter(|entry| entry.is_shown())
    }

    /// All incidents, without those that were purged or whose opening was undone. What was said of
    /// the steps of such a one is kept, should it be opened again.
    pub fn incidents(&self) -> impl Iterator<Item = Incident<'_>> {
        let opened = |one: &&Record| !one.value(Tag::INCIDENT_OPENED).is_empty();
        self.section(Section::Incidents).iter().filter(opened).map(Incident)
    }

    /// One incident.
    pub fn incident(&self, id: Id) -> Option<Incident<'_>> {
        let opened = |one: &&Record| !one.value(Tag::INCIDENT_OPENED).is_empty();
        self.section(Section::Incidents).get(id).filter(opened).map(Incident)
    }

    /// The record of an entry, a tombstone too.
    pub fn record(&self, id: Id) -> Option<&Record> {
        self.section(Section::Entries).get(id)
    }

    /// The greatest clock value of any stamp in it.
    pub fn latest(&self) -> u64 {
        self.latest
    }

    /// Notes a stamp that is now in it.
    pub fn saw(&mut self, stamp: Stamp) {
        self.latest = self.latest.max(stamp.hlc);
    }

    /// Notes the stamp of a save; the last 1,024 stay.
    pub fn note_save(&mut self, stamp: Stamp) {
        self.saw(stamp);
        self.saves.insert(stamp);
        while self.saves.len() > SAVES_MAX {
            self.saves.pop_first();
        }
    }

    /// True when this program must not write it.
    pub fn read_only(&self) -> bool {
        self.held || self.is_too_new()
    }

    /// True when a later version wrote something that this one must not write over.
    pub fn is_too_new(&self) -> bool {
        self.unknown_critical || self.min_writer > 1
    }
}
