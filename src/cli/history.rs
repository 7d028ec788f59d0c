//! `history`: earlier states of an entry.

use std::collections::BTreeSet;

use clap::ArgMatches;

use super::vault::Opened;
use super::{Cli, flag, local_time, required};
use crate::error::Report;
use crate::model::{Id, Record, Section, Tag};
use crate::ops::change::ChangeError;
use crate::ops::export;
use crate::ops::history::{Revision, revisions, value_at};
use crate::ops::reference::{self, Scope};
use crate::secret::Secret;

pub(super) fn run(cli: &mut Cli<'_>, matches: &ArgMatches) -> Result<(), Report> {
    let opened = cli.open()?;
    let name = reference::parse(required(matches, "entry")).entry;
    let id = cli.find(&opened, &name, Scope::LiveFirst)?;
    let record = opened.open.vault().record(id).ok_or(ChangeError::NoSuchEntry)?;
    let reveal = flag(matches, "reveal");
    let all = revisions(record);
    if flag(matches, "json") {
        return json(cli, &opened, record, &all, reveal);
    }
    for one in all.iter().rev() {
        let what: BTreeSet<&str> = one.changed.iter().map(|(tag, _)| (cli.text.say.tag)(*tag)).collect();
        let what: Vec<&str> = what.into_iter().collect();
        let by = writer(&opened, one.stamp.writer);
        cli.out.put(format!("{:>3}  {}  ", one.number, local_time(one.stamp.ms())).as_bytes());
        cli.out.cell(&what.join(", "));
        if !by.is_empty() {
            cli.out.cell(&format!("  ({by})"));
        }
        if reveal && let Some(password) = password(&opened, record, one)? {
            cli.out.put(b"  ");
            cli.out.text(password.expose());
        }
        cli.out.put(b"\n");
    }
    Ok(())
}

fn password(opened: &Opened, record: &Record, revision: &Revision) -> Result<Option<Secret>, Report> {
    let held = record.attr(Tag::PASSWORD, None).filter(|_| revision.has_password());
    let envelope = held.and_then(|attr| value_at(attr, revision.stamp)).filter(|value| !value.is_empty());
    Ok(envelope.map(|envelope| opened.open.reveal_text(record.id, envelope)).transpose()?)
}

fn writer(opened: &Opened, number: u16) -> String {
    let mut id = [0; 16];
    id[..2].copy_from_slice(&number.to_le_bytes());
    let writers = opened.open.vault().section(Section::Writers);
    writers.get(Id(id)).map_or("", |record| record.text(Tag::NAME)).to_owned()
}

/// One revision as JSON. Stable: `number`, `id`, `at`, `by`, `changed` (names of fields), and with
/// `--reveal` `password` (the one written then, or null).
#[derive(serde::Serialize)]
struct Row<'a> {
    number: usize,
    id: String,
    at: Option<String>,
    by: String,
    changed: BTreeSet<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    password: Option<Option<&'a str>>,
}

fn json(
    cli: &mut Cli<'_>,
    opened: &Opened,
    record: &Record,
    all: &[Revision],
    reveal: bool,
) -> Result<(), Report> {
    cli.out.put(b"[");
    for (at, one) in all.iter().rev().enumerate() {
        cli.out.put(if at == 0 { b"\n" } else { b",\n" });
        let secret = if reveal { password(opened, record, one)? } else { None };
        let name = |(tag, _): &(Tag, Option<Id>)| tag.name().unwrap_or("OTHER").to_lowercase();
        let row = Row {
            number: one.number,
            id: one.id().to_string(),
            at: export::time(one.stamp.ms()),
            by: writer(opened, one.stamp.writer),
            changed: one.changed.iter().map(name).collect(),
            password: reveal.then(|| secret.as_ref().map(Secret::expose)),
        };
        super::write_json(&mut cli.out, &row)?;
    }
    cli.out.put(b"\n]\n");
    Ok(())
}
