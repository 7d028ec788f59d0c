//! `edit`: changes to an entry. What is not named stays.

use clap::ArgMatches;

use super::entry_args::{self, Secrets};
use super::{Cli, flag, option, required, show, values};
use crate::error::{Ask, Report};
use crate::model::{Entry, Tag};
use crate::ops::change::ChangeError;
use crate::ops::edit::{EntryEdit, NewValue};
use crate::ops::generate::choose;
use crate::ops::reference::{self, ReferenceError, Scope};
use crate::store::Why;

/// Options that ask for something.
const ASKING: [&str; 30] = [
    "kind",
    "username",
    "url",
    "folder",
    "tag",
    "field",
    "secret_field",
    "generate",
    "secret_stdin",
    "otp_stdin",
    "notes_stdin",
    "alias",
    "used_by",
    "reading",
    "interval",
    "due_day",
    "rule",
    "favourite",
    "new_title",
    "no_favourite",
    "archive",
    "no_archive",
    "add_url",
    "drop_url",
    "add_tag",
    "drop_tag",
    "add_field",
    "add_secret_field",
    "drop_field",
    "unset",
];

pub(super) fn run(cli: &mut Cli<'_>, matches: &ArgMatches) -> Result<(), Report> {
    cli.writable()?;
    let typed = |id: &&str| matches.value_source(id) == Some(clap::parser::ValueSource::CommandLine);
    if !ASKING.iter().any(typed) {
        return Err(Ask::NothingToDo.into());
    }
    if option(matches, "new_title").is_some_and(|title| title.trim().is_empty()) {
        return Err(Ask::EmptyTitle.into());
    }
    let plain = entry_args::pairs(matches, "field")?;
    let added = entry_args::pairs(matches, "add_field")?;
    let mut opened = cli.open()?;
    let name = reference::parse(required(matches, "entry")).entry;
    let id = cli.find(&opened, &name, Scope::Live)?;
    let record = opened.open.vault().record(id).ok_or(ChangeError::NoSuchEntry)?;
    let entry = Entry(record);
    let recipe = choose::of_entry(entry, &cli.settings.rules);
    let mut taken = entry_args::secrets(cli, matches, false, recipe)?;
    // The same password again is no change, and makes no revision.
    if let (Some(new), Some(Ok(old))) = (&taken.password, opened.open.password(entry))
        && old.ct_eq(new)
    {
        taken.password = None;
    }
    let mut sealer = opened.open.sealer(&mut cli.entropy);
    let mut edit = EntryEdit::of(&mut sealer, record);
    if let Some(title) = option(matches, "new_title") {
        edit.text(Tag::TITLE, title);
    }
    if let Some(kind) = entry_args::kind(matches) {
        edit.kind(kind);
    }
    entry_args::common(&mut edit, matches, &taken, cli.lang)?;
    if flag(matches, "no_favourite") {
        edit.flag(Tag::FAVOURITE, false);
    }
    if flag(matches, "archive") || flag(matches, "no_archive") {
        edit.flag(Tag::ARCHIVED, flag(matches, "archive"));
    }
    lists(&mut edit, entry, matches)?;
    fields(&mut edit, entry, matches, (&plain, &added), &taken)?;
    for name in values(matches, "unset") {
        unset(&mut edit, entry, name)?;
    }
    let change = edit.finish();
    let title = option(matches, "new_title").unwrap_or(entry.title()).to_owned();
    let Some(change) = change else {
        cli.told(&(cli.text.say.unchanged)(&cli.name(&title)));
        return Ok(());
    };
    cli.apply(&mut opened, &change, Why::Edit)?;
    if flag(matches, "json") {
        let entry = opened.open.vault().entry(id).ok_or(ChangeError::NoSuchEntry)?;
        return show::json(cli, &opened, entry, false);
    }
    cli.told(&(cli.text.say.changed)(&cli.name(&title)));
    Ok(())
}

/// `--add-url`, `--drop-url`, `--add-tag`, `--drop-tag`.
fn lists(edit: &mut EntryEdit<'_, '_>, entry: Entry<'_>, matches: &ArgMatches) -> Result<(), Report> {
    let with = |held: Vec<&str>, add: &str, drop: &str| -> Option<Vec<String>> {
        let (add, drop) = (values(matches, add), values(matches, drop));
        if add.is_empty() && drop.is_empty() {
            return None;
        }
        let mut wanted: Vec<String> =
            held.into_iter().filter(|one| !drop.contains(one)).map(str::to_owned).collect();
        for one in add {
            if !wanted.iter().any(|have| have == one) {
                wanted.push(one.to_owned());
            }
        }
        Some(wanted)
    };
    if let Some(wanted) = with(entry.urls(), "add_url", "drop_url") {
        let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
        edit.list(Tag::URL, Tag::URL_PLACE, &wanted)?;
    }
    if let Some(wanted) = with(entry.tags(), "add_tag", "drop_tag") {
        let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
        edit.set(Tag::LABEL, &wanted)?;
    }
    Ok(())
}

type Pair<'a> = (&'a str, &'a str);

/// `--field` and `--secret-field` replace their whole list; the `--add-*` ones set one.
fn fields(
    edit: &mut EntryEdit<'_, '_>,
    entry: Entry<'_>,
    matches: &ArgMatches,
    (plain, added): (&[Pair<'_>], &[Pair<'_>]),
    taken: &Secrets,
) -> Result<(), Report> {
    if !plain.is_empty() {
        let names: Vec<&str> = plain.iter().map(|(name, _)| *name).collect();
        entry_args::drop_others(edit, entry, false, &names);
    }
    let secrets = values(matches, "secret_field");
    if !secrets.is_empty() {
        entry_args::drop_others(edit, entry, true, &secrets);
    }
    for (name, value) in plain.iter().chain(added) {
        entry_args::set_field(edit, Some(entry), name, &NewValue::Plain(value))?;
    }
    for (name, value) in &taken.fields {
        entry_args::set_field(edit, Some(entry), name, &NewValue::Secret(value.expose().as_bytes()))?;
    }
    for name in values(matches, "drop_field") {
        drop_field(edit, entry, name)?;
    }
    Ok(())
}

fn drop_field(edit: &mut EntryEdit<'_, '_>, entry: Entry<'_>, name: &str) -> Result<(), Report> {
    let id = name.parse().ok();
    let named: Vec<_> =
        entry.fields().into_iter().filter(|field| Some(field.element) == id || field.name == name).collect();
    match named.as_slice() {
        [one] => edit.drop_field(one.element),
        [] => {
            let have = reference::names(entry);
            return Err(ReferenceError::NoSuchField { name: name.to_owned(), have }.into());
        }
        several => {
            let candidates = several.iter().map(|field| field.element).collect();
            return Err(ReferenceError::AmbiguousField { name: name.to_owned(), candidates }.into());
        }
    }
    Ok(())
}

fn unset(edit: &mut EntryEdit<'_, '_>, entry: Entry<'_>, name: &str) -> Result<(), Report> {
    match name {
        "username" => edit.text(Tag::USERNAME, ""),
        "folder" => edit.text(Tag::FOLDER, ""),
        "reading" => edit.text(Tag::READING, ""),
        "password" => edit.secret(Tag::PASSWORD, b"")?,
        "otp" => edit.secret(Tag::OTP, b"")?,
        "notes" => edit.secret(Tag::NOTES, b"")?,
        "url" | "urls" => edit.list(Tag::URL, Tag::URL_PLACE, &[])?,
        "tag" | "tags" => edit.set(Tag::LABEL, &[])?,
        "used-by" => edit.set(Tag::USED_BY, &[])?,
        "alias" | "aliases" => edit.set(Tag::ALIAS, &[])?,
        "expires" => edit.number(Tag::EXPIRES, None),
        "interval" => edit.number(Tag::INTERVAL, None),
        "due" => edit.number(Tag::DUE, None),
        "rule" => {
            edit.text(Tag::RULE, "");
            edit.text(Tag::RECIPE, "");
        }
        name => drop_field(edit, entry, name)?,
    }
    Ok(())
}
