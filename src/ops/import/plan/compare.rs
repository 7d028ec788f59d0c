//! Whether an entry has, or ever had, what a row says. Secrets are opened one at a time, compared
//! in constant time and wiped.

use super::super::{Field, Item, Value};
use super::{match_url, otp_uri};
use crate::crypto::keys::Key;
use crate::crypto::value;
use crate::model::{Entry, Id, Record, Tag};
use crate::secret::Secret;

/// Opens sealed values to compare them.
pub(super) struct Opener<'a> {
    pub(super) values: &'a Key,
    pub(super) vault: [u8; 16],
}

impl Opener<'_> {
    /// True when the envelope holds just `plain`; a damaged one holds nothing.
    pub(super) fn is(&self, record: Id, envelope: &[u8], plain: &Secret) -> bool {
        // An envelope is as long as its value and a fixed part, so most need no opening.
        envelope.len() == plain.expose().len() + value::OVERHEAD
            && value::open(self.values, &self.vault, &record.0, envelope)
                .is_ok_and(|opened| opened.ct_eq(plain.expose().as_bytes()))
    }
}

/// True when any version of an attribute, of any of its elements, fits.
pub(super) fn ever(record: &Record, tag: Tag, fits: impl Fn(&[u8]) -> bool) -> bool {
    let from = record.attrs().partition_point(|attr| attr.tag < tag);
    let all = record.attrs().iter().skip(from).take_while(|attr| attr.tag == tag);
    all.flat_map(|attr| &attr.versions).any(|version| !version.value.is_empty() && fits(&version.value))
}

/// True when a custom field had this name and this value, not necessarily at the same time.
pub(super) fn had_field(record: &Record, field: &Field, opener: &Opener<'_>) -> bool {
    let names = record.attrs().iter().filter(|attr| attr.tag == Tag::FIELD_NAME);
    let mut elements = names
        .filter(|attr| attr.versions.iter().any(|version| *version.value == *field.name.as_bytes()))
        .filter_map(|attr| attr.element);
    elements.any(|element| {
        let versions = |tag| record.attr(tag, Some(element)).into_iter().flat_map(|attr| &attr.versions);
        match &field.value {
            // An empty value leaves no version of its own.
            Value::Plain(text) if text.is_empty() => true,
            Value::Plain(text) => versions(Tag::FIELD_VALUE).any(|one| *one.value == *text.as_bytes()),
            Value::Secret(secret) => {
                versions(Tag::FIELD_SECRET).any(|one| opener.is(record.id, &one.value, secret))
            }
        }
    })
}

/// True when the entry has all that the item says, as it is now; its title and folder aside.
pub(super) fn contains(record: &Record, item: &Item, opener: &Opener<'_>) -> bool {
    let entry = Entry(record);
    let has = |held: Option<&[u8]>, wanted: &Option<Secret>| {
        wanted.as_ref().is_none_or(|wanted| held.is_some_and(|held| opener.is(record.id, held, wanted)))
    };
    let urls = entry.urls();
    let held_match = record.text(Tag::MATCH_URL);
    // An entry with a password says more than a row without one, but maybe not of the same account.
    item.password.is_some() == entry.password().is_some()
        && item.urls.iter().all(|url| urls.contains(&url.as_str()))
        && (match_url(item).is_empty() || match_url(item) == held_match || urls.contains(&match_url(item)))
        && has(entry.password(), &item.password)
        && has(entry.notes(), &item.notes)
        && has(entry.otp(), &otp_uri(item))
        && item.tags.iter().all(|tag| entry.tags().contains(&tag.as_str()))
        && item.fields.iter().all(|field| had_field(record, field, opener))
}

/// True when two rows of a file say the same in everything.
pub(super) fn same_item(one: &Item, other: &Item) -> bool {
    let same = |a: &Option<Secret>, b: &Option<Secret>| match (a, b) {
        (Some(a), Some(b)) => a.ct_eq(b),
        (None, None) => true,
        _ => false,
    };
    let same_field = |(a, b): (&Field, &Field)| {
        a.name == b.name
            && match (&a.value, &b.value) {
                (Value::Plain(a), Value::Plain(b)) => a == b,
                (Value::Secret(a), Value::Secret(b)) => a.ct_eq(b),
                _ => false,
            }
    };
    let titles = one.title == other.title || (one.title_guessed && other.title_guessed);
    one.kind == other.kind
        && titles
        && (&one.username, &one.urls, &one.match_url) == (&other.username, &other.urls, &other.match_url)
        && (&one.folder, &one.tags) == (&other.folder, &other.tags)
        && same(&one.password, &other.password)
        && same(&one.notes, &other.notes)
        && same(&one.otp, &other.otp)
        && one.fields.len() == other.fields.len()
        && one.fields.iter().zip(&other.fields).all(same_field)
}
