//! Search as you type: an index over titles, user names, addresses, tags, folders, kinds, readings
//! and aliases, built once and narrowed with each key. It opens no secret: what stands in notes is
//! found by who holds the keys, among the candidates of the index.

mod complete;
pub mod fold;
pub mod hit;
mod names;
mod near;
mod plan;
pub mod query;
pub mod saved;
mod yomi;

use crate::model::record::number;
use crate::model::{Entry, Id, Kind, State, Tag, Vault};
use crate::ops::rotation::{Intervals, Rhythm};

pub use complete::{Choice, Completion};
use names::Names;
pub use plan::{Among, Checked, Hits};
pub use query::Query;

/// One entry in the index.
#[derive(Debug, Clone)]
struct Row {
    id: Id,
    state: State,
    used: u64,
    /// Which of the index's kinds.
    kind: u8,
    flags: u8,
    start: u32,
    title_end: u32,
    /// End of the folded text; from here to `end` lies the skeleton.
    folded_end: u32,
    end: u32,
    /// Which of the index's folders; [`NONE`] at the root.
    folder: u32,
    /// Where its tags begin among the index's, and how many there are.
    tags: (u32, u16),
    /// Its letters, for what is nearly found.
    letters: u32,
    /// When it expires and when its password is old, in seconds; 0 for never.
    expires: u32,
    old: u32,
}

const NONE: u32 = u32::MAX;
const FAVOURITE: u8 = 1;
const STAGED: u8 = 2;
const OTP: u8 = 4;
/// The skeleton begins with that of the title.
const TITLE_SOUND: u8 = 8;

/// In front of each part but the title, which is the first: which part it is.
const USER: char = '\u{1}';
const URL: char = '\u{2}';
/// Of a reading, an alias, and the sound of a title.
const TITLE: char = '\u{3}';
const OTHER: char = '\n';

/// Every entry's searchable text, folded, in the order of the titles.
///
/// Dropping it wipes it (the allocator does).
#[derive(Debug, Default)]
pub struct Index {
    text: String,
    rows: Vec<Row>,
    /// Kinds met so far and their names, folded. A word is a kind only from its beginning on:
    /// `gin` must not find every *login*.
    kinds: Vec<(Kind, [String; 2])>,
    folders: Names,
    tags: Names,
    tagged: Vec<u32>,
    intervals: Intervals,
}

/// How the rows of an index moved when one entry was taken in: the row `from` went away, then one came
/// to `to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shift {
    /// Where the entry was; none when it was not there.
    pub from: Option<u32>,
    /// Where it is; none when it is gone.
    pub to: Option<u32>,
}

/// Bytes of text that most entries do with; room for it is asked for at once.
const ROOM: usize = 192;

/// Names of kinds, as a person may type them.
pub type KindNames<'a> = &'a dyn Fn(Kind) -> &'static str;

/// Entries in these states by title: the order of an index without its cost.
pub fn by_title<'v>(vault: &'v Vault, wanted: &dyn Fn(State) -> bool) -> Vec<Entry<'v>> {
    let entries = vault.entries().filter(|entry| wanted(entry.state()));
    let mut titled: Vec<(String, Entry<'v>)> =
        entries.map(|entry| (fold::fold(entry.title()), entry)).collect();
    titled.sort_by(|(one, entry), (other, next)| (one, entry.id()).cmp(&(other, next.id())));
    titled.into_iter().map(|(_, entry)| entry).collect()
}

/// Since when the password of an entry is old, in seconds: the same day as in the health check. 0: it
/// never is.
fn old(entry: Entry<'_>, intervals: &Intervals) -> u32 {
    let next = entry.password().and_then(|_| Rhythm::of(entry).next(intervals));
    next.map_or(0, |(at, _)| seconds(at).max(1))
}

impl Index {
    /// Builds the index of a vault. About 3 microseconds an entry.
    pub fn build(vault: &Vault, names: KindNames<'_>) -> Index {
        Index::build_with(vault, names, Intervals::default())
    }

    /// The same, with other intervals for `is:old`.
    pub fn build_with(vault: &Vault, names: KindNames<'_>, intervals: Intervals) -> Index {
        let count = vault.section(crate::model::Section::Entries).len();
        let mut index = Index {
            text: String::with_capacity(count * ROOM),
            rows: Vec::with_capacity(count),
            intervals,
            ..Index::default()
        };
        for entry in vault.entries() {
            let row = index.row(entry, names);
            index.rows.push(row);
        }
        index.in_order()
    }

    /// The rows by title and their text in the same order: a search then reads memory from one end
    /// to the other, which is several times faster than reading it here and there.
    fn in_order(mut self) -> Index {
        let title = |row: &Row| self.text.get(row.start as usize..row.title_end as usize).unwrap_or("");
        self.rows.sort_by(|one, next| (title(one), one.id).cmp(&(title(next), next.id)));
        let mut text = String::with_capacity(self.text.len());
        for row in &mut self.rows {
            let start = u32::try_from(text.len()).unwrap_or(u32::MAX);
            text.push_str(self.text.get(row.start as usize..row.end as usize).unwrap_or(""));
            let old = std::mem::replace(&mut row.start, start);
            for place in [&mut row.title_end, &mut row.folded_end, &mut row.end] {
                *place = (*place - old).saturating_add(start);
            }
        }
        Index { text, ..self }
    }

    fn row(&mut self, entry: Entry<'_>, names: KindNames<'_>) -> Row {
        let start = self.text.len();
        fold::fold_into(entry.title(), &mut self.text);
        let title_end = self.text.len();
        let mut latin = String::new();
        let sounds = fold::sound_into(self.text.get(start..).unwrap_or(""), TITLE, &mut latin);
        let mut flags = if sounds { TITLE_SOUND } else { 0 };
        let (mut expires, mut has_password) = (0, false);
        let tags_at = self.tagged.len();
        let mut folder = NONE;
        // One walk over the attributes; where in the text a part stands does not matter.
        for attr in entry.0.attrs().iter().filter(|attr| !attr.value().is_empty()) {
            let mark = match attr.tag {
                Tag::USERNAME => USER,
                Tag::URL => URL,
                Tag::READING | Tag::ALIAS => TITLE,
                Tag::LABEL | Tag::FOLDER => OTHER,
                other => {
                    match other {
                        Tag::FAVOURITE => flags |= FAVOURITE,
                        Tag::OTP => flags |= OTP,
                        Tag::STAGED_SECRET => flags |= STAGED,
                        Tag::PASSWORD => has_password = true,
                        Tag::EXPIRES => expires = seconds(number(attr.value())),
                        _ => {}
                    }
                    continue;
                }
            };
            let part = std::str::from_utf8(attr.value()).unwrap_or("");
            match attr.tag {
                Tag::LABEL => self.tagged.push(self.tags.number(part)),
                Tag::FOLDER => folder = self.folders.number(part),
                _ => {}
            }
            self.text.push(mark);
            let from = self.text.len();
            fold::fold_into(part, &mut self.text);
            if !part.is_ascii() {
                fold::sound_into(self.text.get(from..).unwrap_or(""), mark, &mut latin);
            }
        }
        // - a secret may be left of a change that was confirmed or dropped
        if flags & STAGED != 0 && entry.staged().is_empty() {
            flags &= !STAGED;
        }
        let old = if has_password { old(entry, &self.intervals) } else { 0 };
        let folded_end = self.text.len();
        self.text.push_str(&latin);
        let at = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        let tags = self.tagged.len() - tags_at;
        Row {
            id: entry.id(),
            state: entry.state(),
            used: entry.used(),
            kind: self.kind(entry.kind(), names),
            flags,
            start: at(start),
            title_end: at(title_end),
            folded_end: at(folded_end),
            end: at(self.text.len()),
            folder,
            tags: (at(tags_at), u16::try_from(tags).unwrap_or(u16::MAX)),
            letters: near::letters(self.text.as_bytes().get(start..).unwrap_or(&[])),
            expires,
            old,
        }
    }

    fn kind(&mut self, kind: Kind, names: KindNames<'_>) -> u8 {
        let known = self.kinds.iter().position(|(have, _)| *have == kind);
        let at = known.unwrap_or_else(|| {
            self.kinds.push((kind, [fold::fold(kind.word()), fold::fold(names(kind))]));
            self.kinds.len() - 1
        });
        // Beyond 256 kinds, which only a much later version has, the last ones share a name.
        u8::try_from(at).unwrap_or(u8::MAX)
    }

    /// By which intervals it tells what is old.
    pub fn intervals(&self) -> Intervals {
        self.intervals
    }

    /// Tells by other intervals what is old; false where they are the ones it has.
    pub fn retime(&mut self, vault: &Vault, intervals: Intervals) -> bool {
        if self.intervals == intervals {
            return false;
        }
        self.intervals = intervals;
        for row in &mut self.rows {
            row.old = vault.entry(row.id).map_or(0, |entry| old(entry, &intervals));
        }
        true
    }

    /// Takes in what one entry has become; an entry that is gone leaves the index. Tells how the rows
    /// moved.
    pub fn refresh(&mut self, id: Id, entry: Option<Entry<'_>>, names: KindNames<'_>) -> Shift {
        // Its old text stays as waste until the next build; it is not searched any more.
        let from = self.rows.iter().position(|row| row.id == id);
        let row = entry.map(|entry| self.row(entry, names));
        let text = &self.text;
        let title = |row: &Row| text.get(row.start as usize..row.title_end as usize).unwrap_or("");
        let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        if let (Some(at), Some(row)) = (from, &row)
            && title(&self.rows[at]) == title(row)
        {
            // Most edits leave the title alone: no row moves.
            self.rows[at] = row.clone();
            return Shift { from: Some(number(at)), to: Some(number(at)) };
        }
        if let Some(at) = from {
            self.rows.remove(at);
        }
        let to = row.map(|row| {
            let at = self.rows.partition_point(|have| (title(have), have.id) < (title(&row), row.id));
            self.rows.insert(at, row);
            at
        });
        Shift { from: from.map(number), to: to.map(number) }
    }

    /// Takes in what many entries have become, in one pass. `text` says that what is searched may have
    /// changed; else only states have.
    pub fn refresh_all(&mut self, vault: &Vault, ids: &[Id], text: bool, names: KindNames<'_>) {
        let mut sorted = ids.to_vec();
        sorted.sort_unstable();
        sorted.dedup();
        if !text {
            for row in self.rows.iter_mut().filter(|row| sorted.binary_search(&row.id).is_ok()) {
                let Some(entry) = vault.entry(row.id) else { continue };
                row.state = entry.state();
                row.flags = row.flags & !FAVOURITE | if entry.favourite() { FAVOURITE } else { 0 };
            }
            return;
        }
        if sorted.len() > self.rows.len() / 2 {
            *self = Index::build_with(vault, names, self.intervals);
            return;
        }
        self.rows.retain(|row| sorted.binary_search(&row.id).is_err());
        for entry in sorted.iter().filter_map(|id| vault.entry(*id)) {
            let row = self.row(entry, names);
            self.rows.push(row);
        }
        let live: u64 = self.rows.iter().map(|row| u64::from(row.end - row.start)).sum();
        if self.text.len() as u64 > 2 * live + 4096 {
            *self = std::mem::take(self).in_order();
            return;
        }
        let text = &self.text;
        let title = |row: &Row| text.get(row.start as usize..row.title_end as usize).unwrap_or("");
        self.rows.sort_by(|one, next| (title(one), one.id).cmp(&(title(next), next.id)));
    }

    /// Number of entries in it.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// True when there is none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The entry of a row.
    pub fn id(&self, row: u32) -> Option<Id> {
        self.rows.get(row as usize).map(|row| row.id)
    }

    /// A row's entry has one-time codes.
    pub fn has_codes(&self, row: u32) -> bool {
        self.rows.get(row as usize).is_some_and(|row| row.flags & OTP != 0)
    }

    /// The state of a row's entry.
    pub fn state(&self, row: u32) -> Option<State> {
        self.rows.get(row as usize).map(|row| row.state)
    }

    fn bytes(&self, from: u32, to: u32) -> &[u8] {
        self.text.as_bytes().get(from as usize..to as usize).unwrap_or(&[])
    }
}

/// Milliseconds as whole seconds, at least one: 0 is never.
fn seconds(ms: u64) -> u32 {
    u32::try_from(ms / 1000).unwrap_or(u32::MAX).max(1)
}

#[cfg(test)]
mod tests;
