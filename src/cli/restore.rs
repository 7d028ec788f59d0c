//! `restore`: an entry out of the trash, or back to a revision.

use clap::ArgMatches;

use super::{Cli, local_time, option, required};
use crate::error::{Ask, Report};
use crate::model::{Section, Tag};
use crate::ops::change::{Change, ChangeError, Edit};
use crate::ops::history;
use crate::ops::reference::{self, Scope};
use crate::store::Why;

pub(super) fn run(cli: &mut Cli<'_>, matches: &ArgMatches) -> Result<(), Report> {
    cli.writable()?;
    let mut opened = cli.open()?;
    let name = reference::parse(required(matches, "entry")).entry;
    let to = option(matches, "revision");
    let scope = if to.is_some() { Scope::LiveFirst } else { Scope::Trashed };
    let id = cli.find(&opened, &name, scope)?;
    let record = opened.open.vault().record(id).ok_or(ChangeError::NoSuchEntry)?;
    let untrash = Change::Write {
        section: Section::Entries,
        record: id,
        kind: record.kind,
        edits: vec![Edit { tag: Tag::TRASH, element: None, value: Box::default() }],
    };
    let mut changes = Vec::new();
    if !record.value(Tag::TRASH).is_empty() {
        changes.push(untrash);
    }
    let mut revision = None;
    if let Some(to) = to {
        let found = history::find(record, to).ok_or_else(|| Report::from(Ask::NoRevision).about(to))?;
        changes.extend(history::restore(record, &found));
        revision = Some(found);
    }
    if !changes.is_empty() {
        cli.apply(&mut opened, &Change::Many(changes), Why::Edit)?;
    }
    let title = opened.open.vault().entry(id).map_or("", |entry| entry.title()).to_owned();
    let say = &cli.text.say;
    let title = cli.name(&title);
    cli.told(&match revision {
        Some(found) => {
            (say.restored_to)(&title, &format!("{} ({})", found.number, local_time(found.stamp.ms())))
        }
        None => (say.restored)(&title),
    });
    Ok(())
}
