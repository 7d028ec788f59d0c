//! The demo: a vault of invented entries to try everything on (`table`), made by the same changes
//! as any other vault, in the order of their days, so that histories and dates are real ones.
//! Pure: it is never written anywhere; who opens it decides where it is held.

mod table;

use crate::crypto::entropy::{Entropy, EntropyError};
use crate::crypto::kdf::Params;
use crate::crypto::keys::SlotSecret;
use crate::model::{Id, Kind, Relation, Section, Tag};
use crate::ops::change::{Change, Edit};
use crate::ops::edit::{EntryEdit, NewValue};
use crate::ops::health::sample::{self, Sample};
use crate::session::{ApplyError, Ciphertext, Credential, Device, NewSlot, Open, SealError};

/// The master password. It guards nothing.
pub const PASSWORD: &str = "demo";

const DAY: u64 = 86_400_000;

/// An entry of the table. Days count back from now, those of `expires` forward.
struct Item {
    kind: Kind,
    title: &'static str,
    reading: &'static str,
    aliases: &'static [&'static str],
    user: &'static str,
    urls: &'static [&'static str],
    folder: &'static str,
    tags: &'static [&'static str],
    /// Which are secret the kind says, or `secret_fields` all of them.
    fields: &'static [(&'static str, &'static str)],
    secret_fields: bool,
    /// Day and password, oldest first; the last one holds.
    passwords: &'static [(u64, &'static str)],
    otp: &'static str,
    notes: &'static str,
    files: &'static [(&'static str, &'static str)],
    links: &'static [(Relation, &'static str)],
    /// Day, new password, reason.
    staged: Option<(u64, &'static str, &'static str)>,
    /// The day it was made, where no password tells it.
    made: u64,
    expires: Option<i64>,
    used: u64,
    favourite: bool,
    archived: bool,
    trashed: bool,
}

const BLANK: Item = Item {
    kind: Kind::Login,
    title: "",
    reading: "",
    aliases: &[],
    user: "",
    urls: &[],
    folder: "",
    tags: &[],
    fields: &[],
    secret_fields: false,
    passwords: &[],
    otp: "",
    notes: "",
    files: &[],
    links: &[],
    staged: None,
    made: 0,
    expires: None,
    used: 0,
    favourite: false,
    archived: false,
    trashed: false,
};

/// Why the demo could not be made.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// Its keys or its file.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// One of its changes.
    #[error(transparent)]
    Apply(#[from] ApplyError),
    /// No random bytes.
    #[error(transparent)]
    Entropy(#[from] EntropyError),
}

/// The demo as a vault file, as it looks at `now_ms`. Its key derivation is the cheapest there is.
pub fn file(now_ms: u64, entropy: &mut dyn Entropy) -> Result<Ciphertext, DemoError> {
    let mut open = open(now_ms, entropy)?;
    Ok(open.seal(now_ms, entropy)?)
}

/// The demo, open.
pub fn open(now_ms: u64, entropy: &mut dyn Entropy) -> Result<Open, DemoError> {
    let secret = SlotSecret::password(PASSWORD.as_bytes()).map_err(|_| SealError::NoSlot)?;
    let slot =
        NewSlot { credential: Credential::Password(secret), name: String::new(), params: Params::LEAST };
    let device = Device { writer: 1, name: "demo".to_owned() };
    let mut open = Open::create(&[slot], device, entropy)?;
    // - a change is stamped with its own day, so all of them go in the order of their days
    let mut steps: Vec<(u64, Step, usize)> =
        table::ITEMS.iter().enumerate().flat_map(|(at, item)| steps(at, item)).collect();
    steps.sort_by_key(|(day, step, at)| (std::cmp::Reverse(*day), *step, *at));
    let mut ids = [Id::default(); table::ITEMS.len()];
    for (day, step, at) in steps {
        let ms = now_ms.saturating_sub(day * DAY);
        let item = &table::ITEMS[at];
        let change = match step {
            Step::Trash => Some(Change::Trash(ids[at])),
            Step::Make => {
                let (id, change) = make(&open, item, ms, now_ms, entropy)?;
                ids[at] = id;
                Some(change)
            }
            later => go_on(&open, item, (ids[at], &ids), later, ms, entropy)?,
        };
        if let Some(change) = change {
            open.apply(&change, ms, entropy)?;
        }
    }
    let search = Edit {
        tag: Tag::SAVED_SEARCH,
        element: Some(open.sealer(entropy).id()?),
        value: "is:favourite".as_bytes().into(),
    };
    let change =
        Change::Write { section: Section::Settings, record: Id::default(), kind: 0, edits: vec![search] };
    open.apply(&change, now_ms, entropy)?;
    // - how healthy it was: each month a little better
    for (month, score) in (1..).zip([47, 46, 44, 44, 40, 37, 36, 36, 33, 31, 31]) {
        let day = u32::try_from(now_ms / DAY).unwrap_or(0).saturating_sub(month * 30);
        if let Some(change) = sample::note(open.vault(), Sample { day, score, unchecked: 0 }) {
            open.apply(&change, now_ms, entropy)?;
        }
    }
    Ok(open)
}

/// What happens to an entry on one day; of those of the same day in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    /// It is made, with its first password.
    Make,
    /// The link of this number: now both ends are there.
    Link(usize),
    /// It gets the password of this number.
    Password(usize),
    /// A change of its password is begun.
    Stage,
    /// It goes to the trash.
    Trash,
}

impl Item {
    /// The day of its first state.
    fn day(&self) -> u64 {
        self.passwords.first().map_or(self.made, |(day, _)| *day)
    }
}

fn place(title: &str) -> Option<usize> {
    table::ITEMS.iter().position(|item| item.title == title)
}

fn steps(at: usize, item: &Item) -> Vec<(u64, Step, usize)> {
    let mut all = vec![(item.day(), Step::Make, at)];
    for (number, (_, title)) in item.links.iter().enumerate() {
        let other = place(title).map_or(0, |other| table::ITEMS[other].day());
        all.push((item.day().min(other), Step::Link(number), at));
    }
    let later = item.passwords.iter().enumerate().skip(1);
    all.extend(later.map(|(number, (day, _))| (*day, Step::Password(number), at)));
    all.extend(item.staged.map(|(day, _, _)| (day, Step::Stage, at)));
    if item.trashed {
        all.push((20, Step::Trash, at));
    }
    all
}

/// A change of an entry that is there.
fn go_on(
    open: &Open,
    item: &Item,
    (id, ids): (Id, &[Id]),
    step: Step,
    ms: u64,
    entropy: &mut dyn Entropy,
) -> Result<Option<Change>, EntropyError> {
    let Some(record) = open.vault().record(id) else { return Ok(None) };
    let mut sealer = open.sealer(entropy);
    let mut edit = EntryEdit::of(&mut sealer, record);
    match step {
        Step::Link(number) => {
            let (relation, title) = item.links[number];
            if let Some(target) = place(title) {
                edit.link(relation, ids[target])?;
            }
        }
        Step::Password(number) => edit.secret(Tag::PASSWORD, item.passwords[number].1.as_bytes())?,
        Step::Stage => {
            if let Some((_, password, reason)) = item.staged {
                edit.stage(password.as_bytes(), reason, ms)?;
            }
        }
        Step::Make | Step::Trash => {}
    }
    Ok(edit.finish())
}

/// The change that makes an entry, and its id.
fn make(
    open: &Open,
    item: &Item,
    ms: u64,
    now_ms: u64,
    entropy: &mut dyn Entropy,
) -> Result<(Id, Change), EntropyError> {
    let mut sealer = open.sealer(entropy);
    let mut edit = EntryEdit::new(&mut sealer, item.kind, ms)?;
    let id = edit.id();
    edit.text(Tag::TITLE, item.title);
    edit.text(Tag::USERNAME, item.user);
    edit.text(Tag::READING, item.reading);
    edit.text(Tag::FOLDER, item.folder);
    edit.list(Tag::URL, Tag::URL_PLACE, item.urls)?;
    edit.set(Tag::LABEL, item.tags)?;
    edit.set(Tag::ALIAS, item.aliases)?;
    edit.flag(Tag::FAVOURITE, item.favourite);
    edit.flag(Tag::ARCHIVED, item.archived);
    let first = item.passwords.first().map_or("", |(_, password)| password);
    for (tag, value) in [(Tag::PASSWORD, first), (Tag::OTP, item.otp), (Tag::NOTES, item.notes)] {
        edit.secret(tag, value.as_bytes())?;
    }
    for (name, value) in item.fields {
        let known = item.kind.fields().iter().any(|field| field.name == *name && field.secret);
        let secret = known || item.secret_fields;
        let value = if secret { NewValue::Secret(value.as_bytes()) } else { NewValue::Plain(value) };
        edit.add_field(name, &value)?;
    }
    if let Some(days) = item.expires {
        let (ahead, ago) = (days.max(0).unsigned_abs(), days.min(0).unsigned_abs());
        edit.number(Tag::EXPIRES, Some((now_ms + ahead * DAY).saturating_sub(ago * DAY)));
    }
    if item.used > 0 {
        edit.number(Tag::USED, Some(now_ms.saturating_sub(item.used * DAY)));
    }
    let made = edit.finish();
    // - attachments are no part of what a form writes
    let mut edits = Vec::new();
    for (name, content) in item.files {
        let element = Some(sealer.id()?);
        edits.push(Edit { tag: Tag::FILE_NAME, element, value: name.as_bytes().into() });
        let value = sealer.seal(id, content.as_bytes())?;
        edits.push(Edit { tag: Tag::FILE_DATA, element, value });
    }
    let files = Change::Write { section: Section::Entries, record: id, kind: item.kind.number(), edits };
    Ok((id, Change::Many(made.into_iter().chain([files]).collect())))
}

#[cfg(test)]
mod tests;
