//! What differs between the vault and another copy of it, printed: for `backup show` and `merge
//! --dry-run`. Secrets are never printed here.
//!
//! JSON, stable: `settings` and `incidents` (how many differ), `entries`: `id, title, place` (`both`,
//! `there`, `here`), `after` (what a merge gives: `here`, `there`, `gone`), `fields`: `field, name` (of a
//! custom one), `secret, here, there` (null for a secret, empty where there is none), `after`.

use super::Cli;
use crate::error::Report;
use crate::model::{Entry, Id, Record, State, Tag};
use crate::ops::compare::{self, After, Comparison, Differing, Field, Place};
use crate::ops::export;
use crate::session::Open;

/// Both sides, and what was found.
pub(super) struct Sides<'a> {
    pub(super) ours: &'a Open,
    pub(super) theirs: &'a Open,
    pub(super) found: Comparison,
}

impl<'a> Sides<'a> {
    /// Compares.
    pub(super) fn of(ours: &'a Open, theirs: &'a Open) -> Sides<'a> {
        let same = |record, here: &[u8], there: &[u8]| ours.same_text(theirs, record, here, there);
        let found = compare::compare(ours.vault(), theirs.vault(), &same, &|_| true).unwrap_or_default();
        crate::crypto::burn();
        Sides { ours, theirs, found }
    }

    fn records(&self, id: Id) -> [Option<&'a Record>; 2] {
        [self.ours, self.theirs].map(|side| side.vault().record(id).filter(|record| !record.is_blank()))
    }

    fn title(&self, one: &Differing) -> &'a str {
        let [here, there] = self.records(one.id);
        let side = if one.place == Place::There { there } else { here };
        side.map_or("", |record| record.text(Tag::TITLE))
    }

    fn fields(&self, one: &Differing) -> Vec<Field> {
        let [here, there] = self.records(one.id);
        match one.place {
            Place::Both => one.fields.clone(),
            Place::There => there.map_or(Vec::new(), |record| compare::fields_of(record, one.after)),
            Place::Here => here.map_or(Vec::new(), |record| compare::fields_of(record, one.after)),
        }
    }
}

fn name(field: &Field, records: [Option<&Record>; 2]) -> Option<String> {
    let custom = matches!(field.tag, Tag::FIELD_VALUE | Tag::FIELD_SECRET);
    let attr =
        |record: &Record| record.attr(Tag::FIELD_NAME, field.element).map(|attr| attr.value().to_vec());
    let held = records.into_iter().flatten().find_map(attr).filter(|_| custom)?;
    String::from_utf8(held).ok().filter(|name| !name.is_empty())
}

/// A value as text; none for a secret.
fn value(cli: &Cli<'_>, field: &Field, record: Option<&Record>) -> Option<String> {
    if field.tag == Tag::TRASH {
        let trashed = record.is_some_and(|record| Entry(record).state() == State::Trashed);
        return Some(if trashed { cli.text.say.fields.trashed.to_owned() } else { String::new() });
    }
    let held = record.and_then(|record| record.attr(field.tag, field.element));
    let bytes = held.map_or(&[][..], |attr| attr.value());
    match bytes {
        [] => Some(String::new()),
        _ if field.tag.is_sealed() => None,
        _ if matches!(field.tag, Tag::EXPIRES | Tag::DUE) => {
            export::time(crate::model::record::number(bytes)).or(Some(String::new()))
        }
        _ => Some(match field.tag.known().map(|(shape, _)| shape) {
            Some(crate::model::tag::Shape::Text) => String::from_utf8_lossy(bytes).into_owned(),
            Some(crate::model::tag::Shape::Number) => crate::model::record::number(bytes).to_string(),
            Some(crate::model::tag::Shape::Flag) => "1".to_owned(),
            _ => "..".to_owned(),
        }),
    }
}

fn word(after: After) -> &'static str {
    match after {
        After::Here => "here",
        After::There => "there",
        After::Gone => "gone",
    }
}

#[derive(serde::Serialize)]
struct Json {
    settings: usize,
    incidents: usize,
    entries: Vec<JsonEntry>,
}

#[derive(serde::Serialize)]
struct JsonEntry {
    id: String,
    title: String,
    place: &'static str,
    after: &'static str,
    fields: Vec<JsonField>,
}

#[derive(serde::Serialize)]
struct JsonField {
    field: String,
    name: Option<String>,
    secret: bool,
    here: Option<String>,
    there: Option<String>,
    after: &'static str,
}

/// Prints it as JSON.
pub(super) fn json(cli: &mut Cli<'_>, sides: &Sides<'_>) -> Result<(), Report> {
    let entry = |one: &Differing| {
        let records = sides.records(one.id);
        let field = |field: &Field| JsonField {
            field: field.tag.name().unwrap_or("OTHER").to_lowercase(),
            name: name(field, records),
            secret: field.tag.is_sealed(),
            here: value(cli, field, records[0]),
            there: value(cli, field, records[1]),
            after: word(field.after),
        };
        JsonEntry {
            id: one.id.to_string(),
            title: sides.title(one).to_owned(),
            place: match one.place {
                Place::Both => "both",
                Place::There => "there",
                Place::Here => "here",
            },
            after: word(one.after),
            fields: sides.fields(one).iter().map(field).collect(),
        }
    };
    let found = &sides.found;
    let json = Json {
        settings: found.settings,
        incidents: found.incidents,
        entries: found.entries.iter().map(entry).collect(),
    };
    super::write_json(&mut cli.out, &json)?;
    cli.out.put(b"\n");
    Ok(())
}

/// Prints it as lines: the title of each entry, its fields below. With `merge` what a merge gives, too.
pub(super) fn lines(cli: &mut Cli<'_>, sides: &Sides<'_>, merge: bool) {
    let say = &cli.text.say;
    let mut shown = 0;
    for one in &sides.found.entries {
        if merge && one.place == Place::Here && one.after != After::Gone {
            continue;
        }
        shown += 1;
        let place = match (one.place, one.after) {
            (Place::There, _) => say.only_there,
            (Place::Here, After::Gone) if merge => say.merged_purged,
            (Place::Here, _) => say.only_here,
            (Place::Both, _) => "",
        };
        let title = sides.title(one);
        let head = if place.is_empty() { title.to_owned() } else { format!("{title}: {place}") };
        cli.out.cell(&head);
        cli.out.put(b"\n");
        if one.place != Place::Both {
            continue;
        }
        let records = sides.records(one.id);
        for field in &one.fields {
            let label = name(field, records).unwrap_or_else(|| (say.tag)(field.tag).to_owned());
            let shown = |record| match value(cli, field, record) {
                None => say.masked.to_owned(),
                Some(text) if text.is_empty() => say.none.to_owned(),
                Some(text) => text,
            };
            let mut line = format!("  {label}: {} -> {}", shown(records[0]), shown(records[1]));
            if merge {
                let result = match field.after {
                    After::Here => say.stays_here,
                    After::There => say.comes_in,
                    After::Gone => say.merged_purged,
                };
                line.push_str(&format!("  ({result})"));
            }
            cli.out.cell(&line);
            cli.out.put(b"\n");
        }
    }
    if shown == 0 {
        cli.told(say.no_difference);
    }
}
