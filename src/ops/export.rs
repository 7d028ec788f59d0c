//! What leaves the vault as JSON: the objects of `list`, `show`, `export --format json`. Files of
//! our own format are [`crate::session::Open::export`]'s. Nothing here writes a file.
//!
//! # The object of an entry
//!
//! Its keys, always all of them and in this order: `id` (26 letters), `kind` (a word such as
//! `bank-account`), `state` (`active`, `archived`, `trashed`), `title`, `username`, `urls` (list),
//! `folder` (path `a/b`), `tags` (list), `favourite` (boolean), `created`, `modified`,
//! `password_changed`, `expires` (RFC 3339 in UTC with milliseconds, or null), `fields` (list of
//! `name`, `secret`, `value`; the value of a secret field is null unless revealed), `interval` (days of its
//! own, 0 for never, or null), `due` (a date of its own, or null), `next_change` (when the next change is
//! due by these or by the interval of its kind, or null), `recipe`, `rule` (of its own: how its passwords are
//! made and what its site asks of them, or null), `rotator` (names of the commands of the settings that
//! can set its password; more than one: the person chooses), `attachments` (list of `id`, `name`, `bytes`;
//! their content is written by `detach` alone). Revealed
//! objects also have `password`, `otp` (otpauth address or key), `notes`: a string or null.
//!
//! An export is `{"format":"mamori","version":1,"entries":[…]}`. Keys are added, never renamed or
//! removed.

use std::io::{self, Write};

use serde::Serialize;

use crate::crypto::seal::Forged;
use crate::crypto::value::OVERHEAD;
use crate::model::entry::{Field, FieldValue};
use crate::model::{Entry, Id, Tag};
use crate::ops::attached;
use crate::ops::rotation::rotator::{self, Unfit};
use crate::ops::rotation::{Intervals, Rhythm, Rotator};
use crate::secret::Secret;

/// Opens one sealed text of a record.
pub type Reveal<'a> = &'a dyn Fn(Id, &[u8]) -> Result<Secret, Forged>;

/// What the settings add to an entry.
#[derive(Debug, Clone, Copy)]
pub struct Around<'a> {
    /// After how many days passwords of a kind are to be changed.
    pub intervals: &'a Intervals,
    /// The commands that set passwords at their hosts.
    pub rotators: &'a [Rotator],
}

#[derive(Serialize)]
struct EntryJson<'a> {
    id: String,
    kind: &'a str,
    state: &'a str,
    title: &'a str,
    username: &'a str,
    urls: Vec<&'a str>,
    folder: &'a str,
    tags: Vec<&'a str>,
    favourite: bool,
    created: Option<String>,
    modified: Option<String>,
    password_changed: Option<String>,
    expires: Option<String>,
    fields: Vec<FieldJson<'a>>,
    interval: Option<u64>,
    due: Option<String>,
    next_change: Option<String>,
    recipe: Option<&'a str>,
    rule: Option<&'a str>,
    rotator: Vec<String>,
    attachments: Vec<FileJson<'a>>,
    #[serde(flatten)]
    secrets: Option<SecretsJson<'a>>,
}

#[derive(Serialize)]
struct SecretsJson<'a> {
    password: Option<&'a str>,
    otp: Option<&'a str>,
    notes: Option<&'a str>,
}

#[derive(Serialize)]
struct FileJson<'a> {
    id: String,
    name: &'a str,
    bytes: usize,
}

#[derive(Serialize)]
struct FieldJson<'a> {
    name: &'a str,
    secret: bool,
    value: Option<&'a str>,
}

/// The secrets of one entry, opened.
#[derive(Debug)]
struct Revealed {
    password: Option<Secret>,
    otp: Option<Secret>,
    notes: Option<Secret>,
    fields: Vec<Option<Secret>>,
}

fn revealed(entry: Entry<'_>, fields: &[Field<'_>], reveal: Reveal<'_>) -> Result<Revealed, Forged> {
    let open = |envelope: Option<&[u8]>| envelope.map(|one| reveal(entry.id(), one)).transpose();
    let sealed = |field: &Field<'_>| match field.value {
        FieldValue::Sealed(envelope) => open(Some(envelope)),
        FieldValue::Plain(_) => Ok(None),
    };
    Ok(Revealed {
        password: open(entry.password())?,
        otp: open(entry.otp())?,
        notes: open(entry.notes())?,
        fields: fields.iter().map(sealed).collect::<Result<_, _>>()?,
    })
}

/// Writes the object of an entry, on one line or indented. With `reveal` its secrets are opened;
/// one that does not open is an error of kind `InvalidData`.
pub fn entry(
    entry: Entry<'_>,
    reveal: Option<Reveal<'_>>,
    around: Around<'_>,
    pretty: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    let fields = entry.fields();
    let opened = match reveal {
        Some(reveal) => Some(
            revealed(entry, &fields, reveal)
                .map_err(|forged| io::Error::new(io::ErrorKind::InvalidData, forged))?,
        ),
        None => None,
    };
    let value = |(at, field): (usize, &Field<'_>)| match field.value {
        FieldValue::Plain(text) => Some(text.to_owned()),
        FieldValue::Sealed(_) => {
            let opened = opened.as_ref()?.fields.get(at)?.as_ref()?;
            Some(opened.expose().to_owned())
        }
    };
    // The copies of secrets among them are wiped by the allocator when they go.
    let values: Vec<Option<String>> = fields.iter().enumerate().map(value).collect();
    let next = entry.password().and_then(|_| Rhythm::of(entry).next(around.intervals));
    let object = EntryJson {
        id: entry.id().to_string(),
        kind: entry.kind().word(),
        state: entry.state().word(),
        title: entry.title(),
        username: entry.username(),
        urls: entry.urls(),
        folder: entry.folder(),
        tags: entry.tags(),
        favourite: entry.favourite(),
        created: Some(entry.created()).filter(|ms| *ms != 0).and_then(time),
        modified: time(entry.modified()),
        password_changed: entry.password_changed().and_then(time),
        expires: entry.expires().and_then(time),
        fields: fields
            .iter()
            .zip(&values)
            .map(|(field, value)| FieldJson {
                name: field.name,
                secret: matches!(field.value, FieldValue::Sealed(_)),
                value: value.as_deref(),
            })
            .collect(),
        interval: entry.0.number(Tag::INTERVAL),
        due: entry.due_date().and_then(time),
        next_change: next.and_then(|(ms, _)| time(ms)),
        recipe: Some(entry.0.text(Tag::RECIPE)).filter(|text| !text.is_empty()),
        rule: Some(entry.0.text(Tag::RULE)).filter(|text| !text.is_empty()),
        rotator: match rotator::choose(around.rotators, entry, None) {
            Ok(one) => vec![one.name.clone()],
            Err(Unfit::Several(names)) => names,
            Err(_) => Vec::new(),
        },
        attachments: entry.files().into_iter().map(file).collect(),
        secrets: opened.as_ref().map(|all| SecretsJson {
            password: all.password.as_ref().map(Secret::expose),
            otp: all.otp.as_ref().map(Secret::expose),
            notes: all.notes.as_ref().map(Secret::expose),
        }),
    };
    if pretty {
        serde_json::to_writer_pretty(out, &object)?
    } else {
        serde_json::to_writer(out, &object)?
    }
    Ok(())
}

fn file((element, name, envelope): attached::File<'_>) -> FileJson<'_> {
    FileJson { id: element.to_string(), name, bytes: envelope.len().saturating_sub(OVERHEAD) }
}

/// Writes a list of entries, one object a line.
pub fn list<'a>(
    entries: impl Iterator<Item = Entry<'a>>,
    reveal: Option<Reveal<'_>>,
    around: Around<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    out.write_all(b"[")?;
    for (at, one) in entries.enumerate() {
        out.write_all(if at == 0 { b"\n" } else { b",\n" })?;
        entry(one, reveal, around, false, out)?;
    }
    out.write_all(b"\n]")
}

/// Writes a whole export in clear.
pub fn json<'a>(
    entries: impl Iterator<Item = Entry<'a>>,
    reveal: Reveal<'_>,
    around: Around<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    out.write_all(br#"{"format":"mamori","version":1,"entries":"#)?;
    list(entries, Some(reveal), around, out)?;
    out.write_all(b"}\n")
}

/// A time in JSON: RFC 3339, UTC, milliseconds. None for a time no calendar has.
pub fn time(ms: u64) -> Option<String> {
    let at = jiff::Timestamp::from_millisecond(i64::try_from(ms).ok()?).ok()?;
    Some(format!("{at:.3}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Section, Stamp, Tag, Vault};
    use crate::ops::change::{self, Change, Edit};

    fn sample() -> Vault {
        let mut vault = Vault::new([0; 16]);
        let field = Some(Id([7; 16]));
        let edit = |tag, element, value: &[u8]| Edit { tag, element, value: value.into() };
        let envelope = [b'x'; 48];
        let edits = vec![
            edit(Tag::TITLE, None, "銀行 \"A\"\u{1b}".as_bytes()),
            edit(Tag::PASSWORD, None, &envelope),
            edit(Tag::FIELD_NAME, field, b"pin"),
            edit(Tag::FIELD_SECRET, field, &envelope),
        ];
        let change = Change::Write { section: Section::Entries, record: Id([1; 16]), kind: 1, edits };
        let stamp = Stamp::after(0, 1_700_000_000_123, 0, 0);
        change::apply(&mut vault, &change, stamp).expect("fine");
        vault
    }

    fn around(intervals: &Intervals) -> Around<'_> {
        Around { intervals, rotators: &[] }
    }

    #[test]
    fn the_object_has_its_keys_in_their_order() {
        let vault = sample();
        let mut out = Vec::new();
        list(vault.entries(), None, around(&Intervals::default()), &mut out).expect("memory");
        let text = String::from_utf8(out).expect("JSON is UTF-8");
        assert_eq!(
            text,
            concat!(
                "[\n",
                r#"{"id":"0r20g40g20g40g20g40g20g40g","kind":"login","state":"active","#,
                r#""title":"銀行 \"A\"\u001b","username":"","urls":[],"folder":"","tags":[],"#,
                r#""favourite":false,"created":"2023-11-14T22:13:20.123Z","#,
                r#""modified":"2023-11-14T22:13:20.123Z","#,
                r#""password_changed":"2023-11-14T22:13:20.123Z","expires":null,"#,
                r#""fields":[{"name":"pin","secret":true,"value":null}],"#,
                r#""interval":null,"due":null,"next_change":"2025-10-07T22:13:20.123Z","recipe":null,"rule":null,"rotator":[],"attachments":[]}"#,
                "\n]"
            )
            .replace("0r20g40g20g40g20g40g20g40g", &Id([1; 16]).to_string())
        );
    }

    #[test]
    fn revealed_objects_hold_the_secrets_too() {
        let vault = sample();
        let mut out = Vec::new();
        let reveal = |_: Id, _: &[u8]| Ok(Secret::copy_of("S3CRET"));
        let usual = Intervals::default();
        json(vault.entries(), &reveal, around(&usual), &mut out).expect("memory");
        let read: serde_json::Value = serde_json::from_slice(&out).expect("valid");
        assert_eq!(read["entries"][0]["password"], "S3CRET");
        assert_eq!(read["entries"][0]["otp"], serde_json::Value::Null);
        assert_eq!(read["entries"][0]["fields"][0]["value"], "S3CRET");
        let forged = |_: Id, _: &[u8]| Err(Forged);
        assert!(json(vault.entries(), &forged, around(&usual), &mut out).is_err());
    }
}
