//! `link`: how one entry depends on another.

use clap::ArgMatches;

use super::{Cli, required};
use crate::error::{Ask, Report};
use crate::model::Relation;
use crate::ops::change::ChangeError;
use crate::ops::edit::EntryEdit;
use crate::ops::reference::{self, Scope};
use crate::store::Why;

pub(super) fn run(cli: &mut Cli<'_>, matches: &ArgMatches) -> Result<(), Report> {
    cli.writable()?;
    let word = required(matches, "relation");
    let known = [Relation::ResetsThrough, Relation::ControlledBy, Relation::HostedOn, Relation::RegisteredAt];
    let relation = known.into_iter().find(|one| one.word() == word);
    let relation = relation.ok_or_else(|| Report::from(Ask::Relation).about(word))?;
    let mut opened = cli.open()?;
    let from = cli.find(&opened, &reference::parse(required(matches, "entry")).entry, Scope::Live)?;
    let to = cli.find(&opened, &reference::parse(required(matches, "link_target")).entry, Scope::Live)?;
    let vault = opened.open.vault();
    let title = |id| vault.entry(id).map_or("", |entry| entry.title()).to_owned();
    let (one, other) = (title(from), title(to));
    let record = vault.record(from).ok_or(ChangeError::NoSuchEntry)?;
    let mut sealer = opened.open.sealer(&mut cli.entropy);
    let mut edit = EntryEdit::of(&mut sealer, record);
    edit.link(relation, to)?;
    let Some(change) = edit.finish() else {
        cli.told(&(cli.text.say.unchanged)(&cli.name(&one)));
        return Ok(());
    };
    cli.apply(&mut opened, &change, Why::Edit)?;
    cli.told(&(cli.text.say.linked)(&cli.name(&one), word, &cli.name(&other)));
    Ok(())
}
