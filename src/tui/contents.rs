//! The open vault as the screens see it: parts of entries, rows of the detail, the search index.
//! The only place in the face that opens a sealed value.

mod links;
mod parts;
mod proposed;
mod rows;
mod shifts;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::tz::TimeZone;
pub use proposed::Proposed;
pub use shifts::Shifted;
use shifts::{FEW, Shifts};

use crate::commit::Standing;
use crate::crypto::entropy::Entropy;
use crate::model::{Entry, Id, Kind, Section, Stamp, State, Tag};
use crate::ops::change::{Change, Edit};
use crate::ops::health::subject::SealedPassword;
use crate::ops::health::{Check, Compared, Marks, Member, Report, Subject};
use crate::ops::merge::MergeReport;
use crate::ops::rotation::Intervals;
use crate::ops::search::saved::{self, Saved};
use crate::ops::search::{Among, Checked, Completion, Hits, Index, Query, Shift};
use crate::ops::totp::{Moving, Otp};
use crate::ops::twins::{self, TwinsError};
use crate::secret::Secret;
use crate::session;
use crate::store::{Draft, Unsaved};
use crate::text::{Lang, words};
use crate::tui::other::Beside;
use crate::tui::shelf::Shelf;

/// A part of an entry that can be copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// The user name.
    User,
    /// The password.
    Password,
    /// The new password of a staged change.
    Staged,
    /// The one-time code.
    Code,
    /// An address, from 0.
    Address(usize),
    /// The notes.
    Notes,
    /// A custom field, from 0.
    Field(usize),
    /// A link to or from another entry, from 0; led along, not copied.
    Link(usize),
    /// A link that the data tell and nobody set yet, from 0; set, not copied.
    Proposed(usize),
    /// An attachment, from 0; saved as a file, not copied.
    File(usize),
    /// What was just generated; of no entry.
    Generated,
}

impl Part {
    /// Part numbers that the keys 1 to 9 reach.
    pub const FIELD_KEYS: usize = 9;
}

/// What a row of the detail shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// Text that anybody who sees the screen may see. From outside.
    Plain(String),
    /// The same, and never cut: what was found is read to its end wherever it stands.
    Whole(String),
    /// A secret, masked unless revealed.
    Masked,
}

/// A row of the detail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DetailRow {
    /// Which part it is; none for what is only told.
    pub part: Option<Part>,
    /// Its label; from outside when a person named the field.
    pub label: String,
    /// Its value.
    pub value: Shown,
    /// It only tells something about the entry.
    pub told: bool,
}

/// An open vault and its index.
pub struct Contents {
    session: session::Open,
    index: Index,
    shelf: Shelf,
    links: links::Links,
    proposed: proposed::Proposed,
    shifts: Shifts,
    /// Grows with every change that the list or the sidebar may show.
    version: u64,
    /// How the file stood to what this machine saved last.
    pub standing: Standing,
    /// What earlier runs could not save and is now in, until it is on the disk.
    pub recovered: Vec<Unsaved>,
    /// What was typed into forms and not saved, as it lies on the disk.
    pub drafts: Vec<Draft>,
    /// A killed save had left a copy that holds more; it now lies beside the vault.
    pub conflict: bool,
    /// Copies that lie beside the vault.
    pub beside: Beside,
    /// Those of them (by the identity of their file) that held more, when the vault was opened.
    pub news: Vec<[u8; 32]>,
    /// Those in which there is nothing that is not here.
    pub no_news: Vec<[u8; 32]>,
    /// The vault's file is damaged, so this is a backup.
    pub instead: Option<Instead>,
    /// It is from before a password change, of this epoch, and only read; a key change takes it on.
    pub takes_on: Option<u32>,
    /// What earlier runs could not save, from before a password change: a person is asked.
    pub waiting: Vec<PathBuf>,
    /// What the last health check found; none before one ran.
    pub report: Option<Arc<Report>>,
    /// Entries that changed since one took them; none: all of them.
    touched: Option<BTreeSet<Id>>,
    /// What came of comparing with the master password of this key epoch, while that was in hand.
    pub compared: Option<(u32, Arc<Compared>)>,
    /// A slot costs less to guess than new vaults have at least.
    pub cheap: bool,
    /// Slots of joined copies for which the file had no room, until that was told.
    pub left_out: usize,
}

/// A backup that was opened in the place of a damaged file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Instead {
    /// When it was made, ms since 1970.
    pub ms: u64,
    /// When the newest one was made, where what was typed does not open that.
    pub newer: Option<u64>,
}

/// What came in from the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joined {
    /// Nothing new.
    Nothing,
    /// Something.
    News,
    /// Another session of this machine put the vault back to an older state; so it is here.
    PutBack,
}

impl std::fmt::Debug for Contents {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Contents(..)")
    }
}

/// The value could not be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unopenable;

fn kind_name(kind: Kind) -> &'static str {
    // - the English word is in the index anyway
    words::kind(kind, Lang::Ja)
}

impl Contents {
    /// Builds the index; to be called in a job.
    pub fn new(session: session::Open) -> Contents {
        let index = Index::build(session.vault(), &kind_name);
        let shelf = Shelf::build(session.vault(), &index);
        let links = links::Links::build(session.vault());
        Contents {
            session,
            index,
            shelf,
            links,
            proposed: proposed::Proposed::default(),
            shifts: Shifts::default(),
            version: 1,
            standing: Standing::Fine,
            recovered: Vec::new(),
            drafts: Vec::new(),
            conflict: false,
            beside: Beside::default(),
            news: Vec::new(),
            no_news: Vec::new(),
            instead: None,
            takes_on: None,
            waiting: Vec::new(),
            report: None,
            touched: None,
            compared: None,
            cheap: false,
            left_out: 0,
        }
    }

    /// Something changed that a health check looks at.
    pub fn is_touched(&self) -> bool {
        self.touched.as_ref().is_none_or(|touched| !touched.is_empty())
    }

    /// This entry changed since a health check took what changed.
    pub fn touches(&self, id: Id) -> bool {
        self.touched.as_ref().is_some_and(|touched| touched.contains(&id))
    }

    /// What changed since this was asked; none: everything may have.
    pub fn take_touched(&mut self) -> Option<BTreeSet<Id>> {
        self.touched.replace(BTreeSet::new())
    }

    /// Whether a health check ran.
    pub fn ran(&self, check: Check) -> bool {
        self.report.as_ref().is_some_and(|report| report.ran(check))
    }

    /// What a health check found of an entry; nothing before one ran.
    pub fn marks(&self, id: Id) -> Marks {
        self.report.as_ref().map_or(Marks::default(), |report| report.marks(id))
    }

    /// What the list and the sidebar need of every entry.
    pub fn shelf(&self) -> &Shelf {
        &self.shelf
    }

    /// Grows with every change that the list or the sidebar may show.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// The vault with its keys.
    pub fn session(&self) -> &session::Open {
        &self.session
    }

    /// The vault with its keys, to seal, join or note a save.
    pub fn session_mut(&mut self) -> &mut session::Open {
        &mut self.session
    }

    /// This program may only read the vault.
    pub fn read_only(&self) -> bool {
        self.session.vault().read_only()
    }

    /// So large that work that grows with it is done in a job.
    pub fn is_large(&self) -> bool {
        self.session.vault().section(crate::model::Section::Entries).len() >= crate::tui::task::LARGE
    }

    /// Tells by these intervals what is old, as the health check does; true where that is news.
    pub fn retime(&mut self, intervals: Intervals) -> bool {
        self.index.retime(self.session.vault(), intervals)
    }

    /// Rows of the index that match, best first.
    pub fn search(&self, query: &Query, within: Option<&[u32]>, now_ms: u64) -> Hits {
        let (marks, ran) = (|id| self.marks(id), |check| self.ran(check));
        let health = self.report.as_ref().map(|_| Checked { marks: &marks, ran: &ran });
        let among = Among { rows: within, states: &|state| state != State::Trashed, now_ms, health };
        self.index.search(query, among)
    }

    /// What the word in front of the caret of the search field may become.
    pub fn complete(&self, before: &str, japanese: bool, now_ms: u64) -> Option<Completion> {
        let lang = if japanese { Lang::Ja } else { Lang::En };
        let (marks, ran) = (|id| self.marks(id), |check| self.ran(check));
        let health = self.report.as_ref().map(|_| Checked { marks: &marks, ran: &ran });
        let among = Among { rows: None, states: &|state| state != State::Trashed, now_ms, health };
        self.index.complete(before, &|kind| words::kind(kind, lang), japanese, among)
    }

    /// The searches that are kept in the vault, by name.
    pub fn saved_searches(&self) -> Vec<Saved> {
        saved::saved(self.session.vault())
    }

    /// There is a kept search.
    pub fn any_saved(&self) -> bool {
        !self.saved_searches().is_empty()
    }

    /// Rows of the index that match and lie in the trash.
    pub fn search_trashed(&self, query: &Query, now_ms: u64) -> Vec<u32> {
        // - what lies in the trash has no findings
        let among = Among { rows: None, states: &|state| state == State::Trashed, now_ms, health: None };
        self.index.search(query, among).rows
    }

    /// Entries with one-time codes that match, best first.
    pub fn search_codes(&self, query: &Query, now_ms: u64) -> Vec<Id> {
        let found = self.search(query, None, now_ms).rows.into_iter();
        found.filter(|row| self.index.has_codes(*row)).filter_map(|row| self.id(row)).collect()
    }

    /// True when the entry is there and lies in the trash.
    pub fn is_trashed(&self, id: Id) -> bool {
        self.shelf.state_of(id) == Some(State::Trashed)
    }

    /// The entry of a row of the index.
    pub fn id(&self, row: u32) -> Option<Id> {
        self.index.id(row)
    }

    /// An entry.
    pub fn entry(&self, id: Id) -> Option<Entry<'_>> {
        self.session.vault().entry(id)
    }

    /// Opens the password of a member of a cluster, wherever in its entry it stands.
    pub fn open_member(&self, member: &Member) -> Result<Secret, Unopenable> {
        let subject = Subject::of(self.entry(member.entry).ok_or(Unopenable)?);
        let same = |one: &&SealedPassword| one.place == member.place && one.since == member.since;
        let held = subject.passwords.iter().find(same).ok_or(Unopenable)?;
        self.session.reveal_text(member.entry, &held.envelope).map_err(|_| Unopenable)
    }

    /// The change that makes one entry of several of one account.
    pub fn join_twins(
        &self,
        ids: &[Id],
        earlier: &str,
        entropy: &mut dyn Entropy,
    ) -> Result<Change, TwinsError> {
        let open = |id: Id, envelope: &[u8]| self.session.reveal(id, envelope);
        twins::join(self.session.vault(), ids, earlier, &open, &mut self.session.sealer(entropy))
    }

    /// Opens the key of the one-time codes.
    pub fn otp(&self, id: Id) -> Result<Otp, Unopenable> {
        let envelope = self.entry(id).and_then(|entry| entry.otp()).ok_or(Unopenable)?;
        let key = self.session.reveal_text(id, envelope).map_err(|_| Unopenable)?;
        Otp::parse(key.expose()).map_err(|_| Unopenable)
    }

    /// Milliseconds that the code of an entry still holds; none where the clock does not end it.
    pub fn code_left(&self, id: Id, now_ms: u64) -> Option<u64> {
        let otp = self.otp(id).ok()?;
        // - of a code that is hardly longer than the wait the next one ends at once, too
        let Moving::Time { period: 10.. } = otp.moving else { return None };
        Some((u64::from(otp.remaining(now_ms / 1000)?) * 1000).saturating_sub(now_ms % 1000))
    }

    /// The change that moves a counter of one-time codes on, after a code was used.
    pub fn advance(&self, id: Id, entropy: &mut dyn Entropy) -> Option<Change> {
        let mut otp = self.otp(id).ok().filter(|_| !self.read_only())?;
        if !otp.advance() {
            return None;
        }
        let value = self.session.sealer(entropy).seal(id, otp.uri().expose().as_bytes()).ok()?;
        let edits = vec![Edit { tag: Tag::OTP, element: None, value }];
        let kind = self.session.vault().record(id)?.kind;
        Some(Change::Write { section: Section::Entries, record: id, kind, edits })
    }

    /// Applies a change and takes it into the index; the inverse, or none when it was refused.
    pub fn apply(&mut self, change: &Change, now_ms: u64, entropy: &mut dyn Entropy) -> Option<Change> {
        let inverse = self.session.apply(change, now_ms, entropy).ok()??;
        self.take_in(change);
        Some(inverse)
    }

    /// Notes when an entry was used. It rides with the next save and causes none; the list is sorted
    /// by it anew with the next change.
    pub fn note_use(&mut self, id: Id, now_ms: u64, entropy: &mut dyn Entropy) {
        let Some(record) = self.session.vault().record(id).filter(|_| !self.read_only()) else { return };
        let value = now_ms.max(Entry(record).used()).to_le_bytes();
        let edits = vec![Edit { tag: Tag::USED, element: None, value: value.as_slice().into() }];
        let used = Change::Write { section: Section::Entries, record: id, kind: record.kind, edits };
        if self.session.apply(&used, now_ms, entropy).is_ok() {
            self.take_in_one(id);
        }
    }

    fn take_in(&mut self, change: &Change) {
        self.version += 1;
        let mut touched = Vec::new();
        let text = touches(change, &mut touched);
        let vault = self.session.vault();
        // - what comes into sight, or goes, is no mere change of state
        let text = text || touched.iter().any(|id| vault.entry(*id).is_some() != self.shelf.holds(*id));
        match touched.as_slice() {
            [] => return,
            [id] => {
                self.links.refresh(*id, vault.entry(*id));
                self.touched.as_mut().map(|known| known.insert(*id));
                return self.take_in_one(*id);
            }
            ids => self.index.refresh_all(vault, ids, text, &kind_name),
        }
        self.shelf.refresh(vault, &self.index, &touched);
        self.shifts.forget();
        if touched.len() > FEW {
            // - one by one they would all look through what leads to the same mailbox
            self.links = links::Links::build(vault);
        } else {
            touched.iter().for_each(|id| self.links.refresh(*id, vault.entry(*id)));
        }
        if let Some(known) = &mut self.touched {
            known.extend(touched);
        }
    }

    /// Takes one entry into index and shelf, and notes how the rows moved.
    fn take_in_one(&mut self, id: Id) {
        let vault = self.session.vault();
        let shift = self.index.refresh(id, vault.entry(id), &kind_name);
        self.shelf.refresh_one(vault, &self.index, id, shift);
        self.shifts.note(shift);
    }

    /// Where the notes of moved rows stand now.
    pub fn shifted(&self) -> Shifted {
        self.shifts.now()
    }

    /// How the rows moved since then; none when that is not known any more.
    pub fn shifts_since(&self, then: Shifted) -> Option<&[Shift]> {
        self.shifts.since(then)
    }

    /// Applies a change that has no way back; false when it was refused.
    pub fn apply_for_ever(&mut self, change: &Change, now_ms: u64, entropy: &mut dyn Entropy) -> bool {
        let done = self.session.apply(change, now_ms, entropy).is_ok();
        if done {
            self.take_in(change);
        }
        done
    }

    /// Takes in what now lies on the disk. `noted` is what this machine saved last: where another session
    /// of it put the vault back, what is here follows, so that the next save does not undo that.
    pub fn join(&mut self, bytes: Vec<u8>, noted: Option<Stamp>) -> Result<Joined, session::JoinError> {
        if let Some(noted) = noted.filter(|noted| !self.session.vault().saves.contains(noted))
            && let Ok(live) = session::Sealed::read(bytes.clone())
                .map_err(drop)
                .and_then(|sealed| self.session.open_copy(sealed).map_err(drop))
            && live.header().epoch == self.session.header().epoch
            && self.session.was_put_back(&live, noted)
        {
            let live = self.session.follow(live);
            self.put(live);
            return Ok(Joined::PutBack);
        }
        let report = self.session.join(bytes, false, true)?;
        Ok(self.joined(&report))
    }

    /// Joins what could not be written before a lock, be it from before a change of the password.
    pub fn join_kept(&mut self, bytes: Vec<u8>) -> Result<Joined, session::JoinError> {
        let report = self.session.join(bytes, true, false)?;
        Ok(self.joined(&report))
    }

    fn joined(&mut self, report: &MergeReport) -> Joined {
        self.left_out += report.left_out.len();
        if report.is_empty() {
            return Joined::Nothing;
        }
        self.rebuild();
        Joined::News
    }

    /// Joins a copy that was opened.
    pub fn join_open(&mut self, theirs: session::Open) -> Result<MergeReport, session::JoinError> {
        let report = self.session.join_open(theirs)?;
        self.left_out += report.left_out.len();
        self.rebuild();
        Ok(report)
    }

    /// Another state of the vault in place of this one.
    pub fn put(&mut self, session: session::Open) {
        self.session = session;
        (self.standing, self.instead, self.takes_on) = (Standing::Fine, None, None);
        self.rebuild();
    }

    fn rebuild(&mut self) {
        self.index = Index::build_with(self.session.vault(), &kind_name, self.index.intervals());
        self.shelf = Shelf::build(self.session.vault(), &self.index);
        self.links = links::Links::build(self.session.vault());
        self.shifts.forget();
        self.version += 1;
        self.touched = None;
    }
}

/// Notes the entries that a change touches; true when what is searched may differ afterwards.
fn touches(change: &Change, ids: &mut Vec<Id>) -> bool {
    match change {
        Change::Write { section: Section::Entries, record, edits, .. } => {
            ids.push(*record);
            let quiet = [Tag::FAVOURITE, Tag::ARCHIVED, Tag::TRASH, Tag::USED];
            edits.iter().any(|edit| !quiet.contains(&edit.tag))
        }
        Change::Write { .. } => false,
        Change::Trash(id) | Change::PurgeHistory(id) => {
            ids.push(*id);
            false
        }
        Change::Unmake(id) | Change::Purge(id) => {
            ids.push(*id);
            true
        }
        Change::Many(all) => {
            let mut text = false;
            for one in all {
                // - every one is noted, whatever the others say
                text |= touches(one, ids);
            }
            text
        }
    }
}

/// A day and a time as `2026-11-24 19:05` in a time zone.
pub fn moment(ms: u64, zone: &TimeZone) -> String {
    let ms = i64::try_from(ms).unwrap_or(i64::MAX);
    let time = jiff::Timestamp::from_millisecond(ms).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    time.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string()
}

/// A day as `2026-11-24` in a time zone.
pub fn date(ms: u64, zone: &TimeZone) -> String {
    let ms = i64::try_from(ms).unwrap_or(i64::MAX);
    let time = jiff::Timestamp::from_millisecond(ms).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    time.to_zoned(zone.clone()).strftime("%Y-%m-%d").to_string()
}
