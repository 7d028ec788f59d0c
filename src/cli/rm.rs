//! `rm`: entries into the trash.

use clap::ArgMatches;

use super::{Cli, values};
use crate::error::Report;
use crate::ops::change::Change;
use crate::ops::reference::{self, Scope};
use crate::store::Why;

pub(super) fn run(cli: &mut Cli<'_>, matches: &ArgMatches) -> Result<(), Report> {
    cli.writable()?;
    let mut opened = cli.open()?;
    let mut all = Vec::new();
    // All of them are found first: a wrong name changes nothing.
    for name in values(matches, "entries") {
        let entry = reference::resolve(opened.open.vault(), &reference::parse(name).entry, Scope::Live)?;
        all.push((entry.id(), entry.title().to_owned()));
    }
    let change = Change::Many(all.iter().map(|(id, _)| Change::Trash(*id)).collect());
    cli.apply(&mut opened, &change, Why::Edit)?;
    for (_, title) in &all {
        cli.told(&(cli.text.say.trashed)(&cli.name(title)));
    }
    Ok(())
}
