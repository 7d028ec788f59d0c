//! What `add` and `edit` share: taking secrets in their order, and turning options into edits.

use clap::ArgMatches;

use super::ask::hidden;
use super::{Cli, flag, option, values};
use crate::crypto::entropy::EntropyError;
use crate::error::{Ask, Line, Report};
use crate::model::entry::FieldValue;
use crate::model::{Entry, Kind, Tag};
use crate::ops::edit::{EntryEdit, NewValue};
use crate::ops::generate::{self, Chosen, Recipe, Source, Space};
use crate::ops::rotation::due;
use crate::ops::totp::Otp;
use crate::secret::Secret;
use crate::text::Lang;
use crate::text::cli::due::lines;
use crate::text::rule;

/// The secrets that a command line asks for, taken before anything is changed.
#[derive(Debug, Default)]
pub(super) struct Secrets {
    pub(super) password: Option<Secret>,
    pub(super) otp: Option<Secret>,
    pub(super) fields: Vec<(String, Secret)>,
    pub(super) notes: Option<Secret>,
}

/// Takes the secrets: password, one-time code key, fields, notes. `unasked` also asks a person for
/// a password; `own` is how the entry has its passwords made.
pub(super) fn secrets(
    cli: &mut Cli<'_>,
    matches: &ArgMatches,
    unasked: bool,
    own: Chosen,
) -> Result<Secrets, Report> {
    let mut taken = Secrets::default();
    let say = &cli.text.say;
    if let Some(asked) = option(matches, "generate") {
        let chosen =
            if asked.is_empty() { own } else { Chosen { recipe: asked.parse()?, source: Source::Asked } };
        taken.password = Some(generate::generate(&chosen.recipe, &mut cli.entropy)?);
        if let Some(words) = rule::source(&chosen.source, cli.lang) {
            cli.told(&words);
        }
    } else if flag(matches, "secret_stdin") {
        taken.password = Some(one(cli, Line::Password, say.ask_password)?);
    } else if unasked && cli.ask.is_interactive() {
        let typed = hidden(say.ask_password, Ask::NoSecretSource)?;
        taken.password = Some(typed).filter(|typed| !typed.is_empty());
    }
    if flag(matches, "otp_stdin") {
        let text = one(cli, Line::Otp, say.ask_otp)?;
        taken.otp = Some(Otp::parse(text.expose())?.uri());
    }
    let names = values(matches, "secret_field").into_iter().chain(values(matches, "add_secret_field"));
    for name in names {
        let prompt = (say.ask_field)(name);
        let value = one(cli, Line::Field(name.to_owned()), &prompt)?;
        taken.fields.push((name.to_owned(), value));
    }
    if flag(matches, "notes_stdin") {
        taken.notes = Some(cli.ask.rest()?);
    }
    Ok(taken)
}

/// One secret: a line of standard input, or asked for when that is a terminal.
fn one(cli: &mut Cli<'_>, what: Line, prompt: &str) -> Result<Secret, Report> {
    if cli.ask.is_interactive() { hidden(prompt, Ask::NoSecretSource) } else { cli.ask.line(what) }
}

/// `NAME=VALUE` taken apart.
pub(super) fn pairs<'m>(matches: &'m ArgMatches, id: &str) -> Result<Vec<(&'m str, &'m str)>, Report> {
    let pair = |text: &'m str| {
        let split = text.split_once('=').filter(|(name, _)| !name.is_empty());
        split.ok_or_else(|| Report::from(Ask::FieldPair).about(text))
    };
    values(matches, id).into_iter().map(pair).collect()
}

/// A folder as the vault keeps it: no slash at either end, none doubled.
pub(super) fn folder(path: &str) -> String {
    path.split('/').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/")
}

/// The kind that `--kind` names.
pub(super) fn kind(matches: &ArgMatches) -> Option<Kind> {
    option(matches, "kind").and_then(Kind::from_word)
}

/// The interval that is asked for, in days; 0 is never.
fn interval(matches: &ArgMatches, lang: Lang) -> Result<Option<u64>, Report> {
    let Some(text) = option(matches, "interval") else { return Ok(None) };
    let days = if text == "never" {
        Some(0)
    } else {
        text.parse().ok().filter(|days| (1..=due::MOST).contains(days))
    };
    days.map(Some).ok_or_else(|| Ask::Said((lines(lang).bad_interval)(text)).into())
}

/// The day of the next change: its midnight here, ms.
fn due_day(matches: &ArgMatches, lang: Lang) -> Result<Option<u64>, Report> {
    let Some(text) = option(matches, "due_day") else { return Ok(None) };
    let day = text.parse::<jiff::civil::Date>().ok().filter(|day| day.year() >= 1971);
    let zoned = day.and_then(|day| day.to_zoned(jiff::tz::TimeZone::system()).ok());
    let ms = zoned.and_then(|day| u64::try_from(day.timestamp().as_millisecond()).ok());
    ms.map(Some).ok_or_else(|| Ask::Said((lines(lang).bad_day)(text)).into())
}

/// Writes what both commands have: texts, lists, the secrets.
pub(super) fn common(
    edit: &mut EntryEdit<'_, '_>,
    matches: &ArgMatches,
    taken: &Secrets,
    lang: Lang,
) -> Result<(), Report> {
    for (id, tag) in [("username", Tag::USERNAME), ("reading", Tag::READING)] {
        if let Some(text) = option(matches, id) {
            edit.text(tag, text);
        }
    }
    if let Some(path) = option(matches, "folder") {
        edit.text(Tag::FOLDER, &folder(path));
    }
    let urls = values(matches, "url");
    if !urls.is_empty() {
        edit.list(Tag::URL, Tag::URL_PLACE, &urls)?;
    }
    for (id, tag) in [("tag", Tag::LABEL), ("alias", Tag::ALIAS), ("used_by", Tag::USED_BY)] {
        let wanted = values(matches, id);
        if !wanted.is_empty() {
            edit.set(tag, &wanted)?;
        }
    }
    if let Some(days) = interval(matches, lang)? {
        edit.number(Tag::INTERVAL, Some(days));
    }
    if let Some(day) = due_day(matches, lang)? {
        edit.number(Tag::DUE, Some(day));
    }
    if let Some(text) = option(matches, "rule") {
        // - a text that is no rule is refused; one of our recipes is kept as one
        let tag = if matches!(text.parse::<Recipe>()?, Recipe::Rules(_)) { Tag::RULE } else { Tag::RECIPE };
        let other = if tag == Tag::RULE { Tag::RECIPE } else { Tag::RULE };
        Space::of(&text.parse::<Recipe>()?)?;
        edit.text(tag, text.trim());
        edit.text(other, "");
    }
    if flag(matches, "favourite") {
        edit.flag(Tag::FAVOURITE, true);
    }
    for (tag, value) in [(Tag::PASSWORD, &taken.password), (Tag::OTP, &taken.otp), (Tag::NOTES, &taken.notes)]
    {
        if let Some(value) = value {
            edit.secret(tag, value.expose().as_bytes())?;
        }
    }
    Ok(())
}

/// Sets a field by its name: the one that has it, or a new one.
pub(super) fn set_field(
    edit: &mut EntryEdit<'_, '_>,
    entry: Option<Entry<'_>>,
    name: &str,
    value: &NewValue<'_>,
) -> Result<(), EntropyError> {
    let held = entry.and_then(|entry| entry.fields().into_iter().find(|field| field.name == name));
    match held {
        Some(field) => edit.field(field.element, name, value),
        None => edit.add_field(name, value).map(drop),
    }
}

/// Drops the fields that are plain, or those that are secret, and whose names are not wanted.
pub(super) fn drop_others(edit: &mut EntryEdit<'_, '_>, entry: Entry<'_>, secret: bool, wanted: &[&str]) {
    for field in entry.fields() {
        if matches!(field.value, FieldValue::Sealed(_)) == secret && !wanted.contains(&field.name) {
            edit.drop_field(field.element);
        }
    }
}
