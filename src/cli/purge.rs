//! `purge`: entries away for ever.

use clap::ArgMatches;

use super::{Cli, flag, old_backups, values};
use crate::error::Report;
use crate::model::{Entry, Id, Section, State};
use crate::ops::change::Change;
use crate::ops::reference::{self, Scope};
use crate::store::Why;

pub(super) fn run(cli: &mut Cli<'_>, matches: &ArgMatches) -> Result<(), Report> {
    cli.writable()?;
    let mut opened = cli.open()?;
    let vault = opened.open.vault();
    let mut all: Vec<(Id, String)> = Vec::new();
    if flag(matches, "purge_trash") {
        // - what was made and undone lies nowhere else, and goes with it
        let all_of = vault.section(Section::Entries).iter().map(Entry);
        let trashed = all_of.filter(|entry| !entry.0.is_blank() && entry.state() == State::Trashed);
        all.extend(trashed.map(|entry| (entry.id(), reference::path(entry))));
    } else {
        for name in values(matches, "entries") {
            let entry = reference::resolve(vault, &reference::parse(name).entry, Scope::All)?;
            if all.iter().all(|(id, _)| *id != entry.id()) {
                all.push((entry.id(), reference::path(entry)));
            }
        }
    }
    if all.is_empty() {
        cli.told(cli.text.say.nothing_found);
        return Ok(());
    }
    let listed: Vec<String> =
        all.iter().take(20).map(|(id, path)| format!("  {id}  {}", cli.name(path))).collect();
    let dots = if all.len() > listed.len() { "\n  .." } else { "" };
    let question = format!("{}{dots}\n{}", listed.join("\n"), (cli.text.say.ask_purge)(all.len()));
    if !cli.confirmed(&question)? {
        return Ok(());
    }
    let change = Change::Many(all.iter().map(|(id, _)| Change::Purge(*id)).collect());
    cli.apply(&mut opened, &change, Why::Edit)?;
    cli.told(&(cli.text.say.purged)(all.len()));
    let ids: Vec<Id> = all.iter().map(|(id, _)| *id).collect();
    let holding = old_backups::holding(&opened, &ids);
    let heading = (cli.text.say.holding_backups)(holding.len());
    old_backups::settle(cli, &opened, &holding, &heading, old_backups::wish(matches))
}
