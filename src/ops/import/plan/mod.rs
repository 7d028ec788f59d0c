//! From what a file holds to the [`Change`] that brings it in, and a [`Report`] of what becomes of
//! each row. Not here: applying the change, and words for people.
//!
//! - A row that came in before is found by its origin (source and id). Only a value that the entry
//!   never had is written: one it once had is older than what a person made of it since. So the
//!   same file a second time makes no change, and never brings an old password back.
//! - Nothing is removed because a file does not have it.
//! - A row whose whole content an entry holds already, whatever that one is called and wherever it
//!   lies, is a duplicate and is not added.

mod compare;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use self::compare::{Opener, contains, same_item};
use super::{Imported, Item, ItemKind, Value, Watch};
use crate::crypto::burn_after;
use crate::crypto::entropy::EntropyError;
use crate::model::{Entry, FieldValue, Id, Kind, Record, State, Tag, Vault};
use crate::ops::change::Change;
use crate::ops::edit::{EntryEdit, NewValue, Sealer};
use crate::ops::totp::Otp;
use crate::secret::Secret;

/// What an import would do.
#[derive(Debug)]
pub struct Plan {
    /// The change that does it; none when there is nothing to do.
    pub change: Option<Change>,
    /// What becomes of each row.
    pub report: Report,
}

/// What becomes of each item of the file, in the file's order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// One for each item.
    pub rows: Vec<Row>,
}

/// What becomes of one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its line.
    pub line: u64,
    /// The entry it becomes, updates or repeats.
    pub entry: Id,
    /// What becomes of it.
    pub fate: Fate,
}

/// What becomes of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// A new entry.
    New {
        /// An entry with the same user name and address (or title, where it has neither), but with
        /// something else in it.
        resembles: Option<Id>,
    },
    /// It came in before and has new values now.
    Updated(Vec<Part>),
    /// It came in before; nothing in it is new.
    Unchanged,
    /// An entry from elsewhere has all of it already.
    Duplicate,
    /// The same as an earlier row of this file.
    Repeated {
        /// The line of that row.
        of: u64,
    },
}

/// A part of an entry that an import gives a new value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// The title.
    Title,
    /// The user name.
    Username,
    /// The password; the old one stays in the history.
    Password,
    /// The folder.
    Folder,
    /// An address more.
    Url,
    /// The page the login is for.
    MatchUrl,
    /// The notes.
    Notes,
    /// The one-time code key.
    Otp,
    /// A tag more.
    Tag,
    /// A field of this name.
    Field(String),
}

/// How many rows have which fate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// New entries.
    pub new: usize,
    /// Of those, the ones that resemble an entry that is there.
    pub resembling: usize,
    /// Updated entries.
    pub updated: usize,
    /// Rows that came in before as they are.
    pub unchanged: usize,
    /// Rows that an entry or an earlier row has already.
    pub duplicate: usize,
}

impl Report {
    /// Counts the fates.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for row in &self.rows {
            match &row.fate {
                Fate::New { resembles } => {
                    counts.new += 1;
                    counts.resembling += usize::from(resembles.is_some());
                }
                Fate::Updated(_) => counts.updated += 1,
                Fate::Unchanged => counts.unchanged += 1,
                Fate::Duplicate | Fate::Repeated { .. } => counts.duplicate += 1,
            }
        }
        counts
    }
}

/// Rows of one origin id that are compared with a further one: a file of a million equal rows must
/// not compare each with each.
const COMPARED_MOST: usize = 8;

/// Plans to bring `imported` into `vault` at `now_ms`. Changes nothing; the change is for
/// [`crate::ops::change::apply`].
pub fn plan(
    imported: &Imported,
    vault: &Vault,
    sealer: &mut Sealer<'_>,
    now_ms: u64,
) -> Result<Plan, EntropyError> {
    let planned = plan_watched(imported, vault, sealer, now_ms, &|_| true)?;
    Ok(planned.expect("nobody stopped it"))
}

/// The same, watched; none when it was stopped.
pub fn plan_watched(
    imported: &Imported,
    vault: &Vault,
    sealer: &mut Sealer<'_>,
    now_ms: u64,
    watch: Watch<'_>,
) -> Result<Option<Plan>, EntropyError> {
    burn_after(|| {
        let mut planner = Planner {
            source: imported.source.word(),
            opener: Opener { values: sealer.values, vault: sealer.vault },
            now_ms,
            by_origin: HashMap::new(),
            by_key: HashMap::new(),
            in_file: HashMap::new(),
        };
        planner.index(vault);
        let mut changes = Vec::new();
        let mut report = Report { rows: Vec::with_capacity(imported.items.len()) };
        for (item, count) in imported.items.iter().zip(0..) {
            if !watch(count) {
                return Ok(None);
            }
            let (entry, fate, change) = planner.item(item, sealer)?;
            changes.extend(change);
            report.rows.push(Row { line: item.line, entry, fate });
        }
        Ok(Some(Plan { change: (!changes.is_empty()).then_some(Change::Many(changes)), report }))
    })
}

struct Planner<'p> {
    source: &'static str,
    opener: Opener<'p>,
    now_ms: u64,
    /// Entries by their id in this source, trashed ones too.
    by_origin: HashMap<&'p str, &'p Record>,
    /// Entries that are not in the trash by what a duplicate has in common with them.
    by_key: HashMap<Key<'p>, Vec<&'p Record>>,
    /// Items of this file by the id of the first that is equal in name, and their entries.
    in_file: HashMap<&'p str, Vec<(&'p Item, Id)>>,
}

type Planned = (Id, Fate, Option<Change>);

/// User name and first address, or the title where there is neither.
#[derive(Debug, PartialEq, Eq, Hash)]
enum Key<'a> {
    Login(&'a str, &'a str),
    Title(&'a str),
}

impl<'a> Key<'a> {
    fn of(username: &'a str, url: &'a str, title: &'a str) -> Key<'a> {
        if username.is_empty() && url.is_empty() { Key::Title(title) } else { Key::Login(username, url) }
    }

    fn of_item(item: &'a Item) -> Key<'a> {
        Key::of(&item.username, item.urls.first().map_or("", String::as_str), &item.title)
    }
}

impl<'p> Planner<'p> {
    fn index(&mut self, vault: &'p Vault) {
        for entry in vault.entries() {
            if entry.0.text(Tag::ORIGIN) == self.source {
                self.by_origin.entry(entry.0.text(Tag::ORIGIN_ID)).or_insert(entry.0);
            }
            if entry.state() != State::Trashed {
                let url = entry.urls().first().copied().unwrap_or_default();
                let key = Key::of(entry.username(), url, entry.title());
                self.by_key.entry(key).or_default().push(entry.0);
            }
        }
    }

    fn item(&mut self, item: &'p Item, sealer: &mut Sealer<'_>) -> Result<Planned, EntropyError> {
        let base = item.origin_id.split('-').next().unwrap_or(&item.origin_id);
        let earlier = self.in_file.entry(base).or_default();
        if let Some((of, entry)) = earlier.iter().find(|(one, _)| same_item(one, item)) {
            return Ok((*entry, Fate::Repeated { of: of.line }, None));
        }
        let planned = self.fate(item, sealer)?;
        let earlier = self.in_file.entry(base).or_default();
        if earlier.len() < COMPARED_MOST {
            earlier.push((item, planned.0));
        }
        Ok(planned)
    }

    fn fate(&mut self, item: &'p Item, sealer: &mut Sealer<'_>) -> Result<Planned, EntropyError> {
        if let Some(record) = self.by_origin.get(item.origin_id.as_str()) {
            let (parts, change) = update(item, record, &self.opener, sealer)?;
            let fate = if parts.is_empty() { Fate::Unchanged } else { Fate::Updated(parts) };
            return Ok((record.id, fate, change));
        }
        let alike = self.by_key.get(&Key::of_item(item)).map_or(&[][..], Vec::as_slice);
        if let Some(same) = alike.iter().find(|record| contains(record, item, &self.opener)) {
            return Ok((same.id, Fate::Duplicate, None));
        }
        let resembles = alike.first().map(|record| record.id);
        let (id, change) = self.new_entry(item, sealer)?;
        Ok((id, Fate::New { resembles }, change))
    }

    fn new_entry(&self, item: &Item, sealer: &mut Sealer<'_>) -> Result<(Id, Option<Change>), EntropyError> {
        let kind = match item.kind {
            ItemKind::Login | ItemKind::Bookmark => Kind::Login,
            ItemKind::Note | ItemKind::Raw => Kind::Note,
        };
        let mut edit = EntryEdit::new(sealer, kind, self.now_ms)?;
        edit.text(Tag::ORIGIN, self.source);
        edit.text(Tag::ORIGIN_ID, &item.origin_id);
        edit.text(Tag::TITLE, &item.title);
        edit.text(Tag::USERNAME, &item.username);
        edit.text(Tag::FOLDER, &item.folder.join("/"));
        let urls: Vec<&str> = item.urls.iter().map(String::as_str).collect();
        edit.list(Tag::URL, Tag::URL_PLACE, &urls)?;
        edit.text(Tag::MATCH_URL, match_url(item));
        let tags: Vec<&str> = item.tags.iter().map(String::as_str).collect();
        edit.set(Tag::LABEL, &tags)?;
        if let Some(password) = &item.password {
            edit.secret(Tag::PASSWORD, password.expose().as_bytes())?;
            // The file does not say since when it holds.
            edit.number(Tag::PASSWORD_CHANGED, Some(0));
        }
        if let Some(notes) = &item.notes {
            edit.secret(Tag::NOTES, notes.expose().as_bytes())?;
        }
        if let Some(otp) = otp_uri(item) {
            edit.secret(Tag::OTP, otp.expose().as_bytes())?;
        }
        for field in &item.fields {
            edit.add_field(&field.name, &new_value(&field.value))?;
        }
        Ok((edit.id(), edit.finish()))
    }
}

/// The page the login is for, where it is not the address itself.
fn match_url(item: &Item) -> &str {
    item.match_url
        .as_deref()
        .filter(|url| item.urls.first().is_none_or(|first| first != url))
        .unwrap_or_default()
}

/// The one-time code key as the vault keeps it.
fn otp_uri(item: &Item) -> Option<Secret> {
    item.otp.as_ref().and_then(|text| Otp::parse(text.expose()).ok()).map(|otp| otp.uri())
}

fn new_value(value: &Value) -> NewValue<'_> {
    match value {
        Value::Plain(text) => NewValue::Plain(text),
        Value::Secret(secret) => NewValue::Secret(secret.expose().as_bytes()),
    }
}

/// Writes what the entry never had.
fn update(
    item: &Item,
    record: &Record,
    opener: &Opener<'_>,
    sealer: &mut Sealer<'_>,
) -> Result<(Vec<Part>, Option<Change>), EntropyError> {
    let mut parts = Vec::new();
    let mut edit = EntryEdit::of(sealer, record);
    let folder = item.folder.join("/");
    let title = if item.title_guessed { "" } else { item.title.as_str() };
    for (tag, value, part) in [
        (Tag::TITLE, title, Part::Title),
        (Tag::USERNAME, item.username.as_str(), Part::Username),
        (Tag::FOLDER, folder.as_str(), Part::Folder),
        (Tag::MATCH_URL, match_url(item), Part::MatchUrl),
    ] {
        if !(value.is_empty() || compare::ever(record, tag, |held| held == value.as_bytes())) {
            edit.text(tag, value);
            parts.push(part);
        }
    }
    let otp = otp_uri(item);
    for (tag, value, part) in [
        (Tag::PASSWORD, &item.password, Part::Password),
        (Tag::NOTES, &item.notes, Part::Notes),
        (Tag::OTP, &otp, Part::Otp),
    ] {
        let Some(value) = value else { continue };
        if !compare::ever(record, tag, |held| opener.is(record.id, held, value)) {
            edit.secret(tag, value.expose().as_bytes())?;
            parts.push(part);
        }
    }
    let entry = Entry(record);
    for (tag, wanted, held, part) in
        [(Tag::URL, &item.urls, entry.urls(), Part::Url), (Tag::LABEL, &item.tags, entry.tags(), Part::Tag)]
    {
        let mut all = held;
        let had = all.len();
        for value in wanted {
            if !compare::ever(record, tag, |held| held == value.as_bytes()) && !all.contains(&value.as_str())
            {
                all.push(value);
            }
        }
        if all.len() > had {
            match tag {
                Tag::URL => edit.list(tag, Tag::URL_PLACE, &all)?,
                _ => edit.set(tag, &all)?,
            }
            parts.push(part);
        }
    }
    for field in &item.fields {
        if compare::had_field(record, field, opener) {
            continue;
        }
        let of_name = |name: &str| name == field.name;
        let only = item.fields.iter().filter(|one| of_name(&one.name)).count() == 1;
        let held: Vec<_> = entry.fields().into_iter().filter(|one| of_name(one.name)).collect();
        let value = new_value(&field.value);
        match held.as_slice() {
            // A secret field stays one, whatever the file calls it now.
            [one]
                if only
                    && matches!(one.value, FieldValue::Plain(_)) == matches!(value, NewValue::Plain(_)) =>
            {
                edit.field(one.element, &field.name, &value)?;
            }
            _ => drop(edit.add_field(&field.name, &value)?),
        }
        parts.push(Part::Field(field.name.clone()));
    }
    Ok((parts, edit.finish()))
}
