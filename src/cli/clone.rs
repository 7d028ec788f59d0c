//! `clone`: a second entry with what the first one holds now.

use std::collections::BTreeMap;

use clap::ArgMatches;

use super::{Cli, flag, option, required, show};
use crate::error::{Ask, Report};
use crate::model::{Entry, Id, Section, Tag};
use crate::ops::change::{Change, ChangeError, Edit};
use crate::ops::reference::{self, Scope};
use crate::store::Why;
use crate::text::words;

/// What belongs to the one entry only: its origin, its links, what is under way with it.
fn stays_behind(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::CREATED
            | Tag::TRASH
            | Tag::USED
            | Tag::KIND
            | Tag::ORIGIN
            | Tag::ORIGIN_ID
            | Tag::LINK
            | Tag::LINK_REFUSED
            | Tag::STAGED_SECRET
            | Tag::STAGED_STATE
            | Tag::STAGED_REASON
            | Tag::STAGED_SINCE
            | Tag::STAGED_RECIPE
            | Tag::IGNORED
            | Tag::DUE
            | Tag::PASSWORD_CHANGED
            | Tag::PASSWORD_NOTE
    )
}

pub(super) fn run(cli: &mut Cli<'_>, matches: &ArgMatches) -> Result<(), Report> {
    cli.writable()?;
    let title = option(matches, "new_title");
    if title.is_some_and(|title| title.trim().is_empty()) {
        return Err(Ask::EmptyTitle.into());
    }
    let mut opened = cli.open()?;
    let name = reference::parse(required(matches, "entry")).entry;
    let id = cli.find(&opened, &name, Scope::Live)?;
    let record = opened.open.vault().record(id).ok_or(ChangeError::NoSuchEntry)?;
    let kind = Entry(record).kind().number();
    let lang = cli.lang;
    let free = |title: &str| {
        let numbered = |base: &str, number: usize| words::copy_title(base, number, lang);
        reference::copy_title(opened.open.vault(), title, &numbered)
    };
    let title = title.map_or_else(|| free(Entry(record).title()), str::to_owned);
    let now = cli.now();
    let made = {
        let mut sealer = opened.open.sealer(&mut cli.entropy);
        let made = sealer.id()?;
        let mut elements: BTreeMap<Id, Id> = BTreeMap::new();
        let mut edits = vec![Edit { tag: Tag::CREATED, element: None, value: now.to_le_bytes().into() }];
        for attr in record.attrs().iter().filter(|attr| !stays_behind(attr.tag)) {
            // A later version's tag may name its own record in ways nobody here knows.
            if attr.tag.known().is_none() || attr.value().is_empty() {
                continue;
            }
            let element = match attr.element {
                None => None,
                Some(old) => Some(match elements.get(&old) {
                    Some(new) => *new,
                    None => {
                        let new = sealer.id()?;
                        elements.insert(old, new);
                        new
                    }
                }),
            };
            let value = match attr.tag {
                Tag::TITLE => title.as_bytes().into(),
                tag if tag.is_sealed() => {
                    let plain = opened.open.reveal(id, attr.value())?;
                    sealer.seal(made, plain.expose())?
                }
                _ => attr.value().into(),
            };
            edits.push(Edit { tag: attr.tag, element, value });
        }
        Change::Write { section: Section::Entries, record: made, kind, edits }
    };
    let Change::Write { record: new, .. } = made else { return Err(Ask::NothingToDo.into()) };
    cli.apply(&mut opened, &made, Why::Edit)?;
    let entry = opened.open.vault().entry(new).ok_or(ChangeError::NoSuchEntry)?;
    if flag(matches, "json") {
        return show::json(cli, &opened, entry, false);
    }
    cli.told(&(cli.text.say.cloned)(&cli.name(entry.title()), &new.to_string()));
    Ok(())
}
