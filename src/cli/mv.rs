//! `mv`: another folder for an entry.

use clap::ArgMatches;

use super::{Cli, entry_args, required};
use crate::error::Report;
use crate::model::{Entry, Tag};
use crate::ops::change::ChangeError;
use crate::ops::edit::EntryEdit;
use crate::ops::reference::{self, Scope};
use crate::store::Why;

pub(super) fn run(cli: &mut Cli<'_>, matches: &ArgMatches) -> Result<(), Report> {
    cli.writable()?;
    let mut opened = cli.open()?;
    let name = reference::parse(required(matches, "entry")).entry;
    let id = cli.find(&opened, &name, Scope::Live)?;
    let record = opened.open.vault().record(id).ok_or(ChangeError::NoSuchEntry)?;
    let title = Entry(record).title().to_owned();
    let folder = entry_args::folder(required(matches, "target_folder"));
    let mut sealer = opened.open.sealer(&mut cli.entropy);
    let mut edit = EntryEdit::of(&mut sealer, record);
    edit.text(Tag::FOLDER, &folder);
    let Some(change) = edit.finish() else {
        cli.told(&(cli.text.say.unchanged)(&cli.name(&title)));
        return Ok(());
    };
    cli.apply(&mut opened, &change, Why::Edit)?;
    cli.told(&(cli.text.say.moved)(&cli.name(&title), &cli.name(&folder)));
    Ok(())
}
