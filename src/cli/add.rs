//! `add`: a new entry.

use clap::ArgMatches;

use super::{Cli, entry_args, flag, option, required, show};
use crate::error::{Ask, Report};
use crate::model::{Kind, Tag};
use crate::ops::edit::{EntryEdit, NewValue};
use crate::ops::generate::{Chosen, Source, choose};
use crate::store::Why;

pub(super) fn run(cli: &mut Cli<'_>, matches: &ArgMatches) -> Result<(), Report> {
    cli.writable()?;
    let title = required(matches, "title");
    if title.trim().is_empty() {
        return Err(Ask::EmptyTitle.into());
    }
    let plain = entry_args::pairs(matches, "field")?;
    let kind = entry_args::kind(matches).unwrap_or(Kind::Login);
    let mut opened = cli.open()?;
    // These have no password, or another secret in its place.
    let unasked = !matches!(
        kind,
        Kind::Note | Kind::Card | Kind::BankAccount | Kind::Identity | Kind::SshKey | Kind::ApiToken
    );
    let urls = super::values(matches, "url");
    let recipe = match option(matches, "rule").and_then(choose::read) {
        Some(recipe) => Chosen { recipe, source: Source::Rule },
        None => choose::of_addresses(urls.into_iter(), &cli.settings.rules),
    };
    let taken = entry_args::secrets(cli, matches, unasked, recipe)?;
    let now = cli.now();
    let mut sealer = opened.open.sealer(&mut cli.entropy);
    let mut edit = EntryEdit::new(&mut sealer, kind, now)?;
    let id = edit.id();
    edit.text(Tag::TITLE, title);
    entry_args::common(&mut edit, matches, &taken, cli.lang)?;
    for (name, value) in plain {
        edit.add_field(name, &NewValue::Plain(value))?;
    }
    for (name, value) in &taken.fields {
        edit.add_field(name, &NewValue::Secret(value.expose().as_bytes()))?;
    }
    let change = edit.finish().ok_or(Ask::NothingToDo)?;
    cli.apply(&mut opened, &change, Why::Edit)?;
    if flag(matches, "json") {
        let entry = opened.open.vault().entry(id).ok_or(crate::ops::change::ChangeError::NoSuchEntry)?;
        return show::json(cli, &opened, entry, false);
    }
    cli.told(&(cli.text.say.added)(&cli.name(title), &id.to_string()));
    Ok(())
}
