//! `get`: one field, printed or copied.

use clap::ArgMatches;

use super::{Cli, clip, flag, required, show};
use crate::error::Report;
use crate::ops::reference::{self, Scope};

pub(super) fn run(cli: &mut Cli<'_>, matches: &ArgMatches) -> Result<(), Report> {
    let opened = cli.open()?;
    let wanted = reference::parse(required(matches, "entry_field"));
    let entry = reference::resolve(opened.open.vault(), &wanted.entry, Scope::LiveFirst)?;
    let target = reference::field(entry, wanted.field.as_deref())?;
    let value = show::value(&opened, entry, target, cli.now())?;
    if flag(matches, "copy") {
        let title = entry.title().to_owned();
        let field = wanted.field.as_deref().unwrap_or("password").to_owned();
        drop(opened);
        return clip::copy(cli, &value, &field, &title, flag(matches, "no_wait"));
    }
    cli.out.text(value.expose());
    if !flag(matches, "no_newline") {
        cli.out.put(b"\n");
    }
    Ok(())
}
