//! `show`: one entry, its secrets hidden unless they are asked for.

use clap::ArgMatches;
use unicode_width::UnicodeWidthStr;

use super::vault::Opened;
use super::{Cli, flag, local_day, local_time, option, required};
use crate::crypto::value::OVERHEAD;
use crate::error::{Ask, Fault, Report};
use crate::model::entry::FieldValue;
use crate::model::{Entry, Id, State, Tag};
use crate::ops::export;
use crate::ops::reference::{self, Scope, Target};
use crate::ops::rotation::Rhythm;
use crate::secret::Secret;
use crate::text::cli::change::rule_lines;
use crate::text::cli::due;
use crate::text::words;

pub(super) fn run(cli: &mut Cli<'_>, matches: &ArgMatches) -> Result<(), Report> {
    let opened = cli.open()?;
    let name = reference::parse(required(matches, "entry")).entry;
    let entry = reference::resolve(opened.open.vault(), &name, Scope::LiveFirst)?;
    let reveal = flag(matches, "reveal");
    if flag(matches, "json") {
        return json(cli, &opened, entry, reveal);
    }
    if let Some(template) = option(matches, "template") {
        let printed = fill(&opened, entry, template, cli.now())?;
        cli.out.text(printed.expose());
        cli.out.put(b"\n");
        return Ok(());
    }
    rows(cli, &opened, entry, reveal)
}

/// The object of an entry.
pub(super) fn json(cli: &mut Cli<'_>, opened: &Opened, entry: Entry<'_>, reveal: bool) -> Result<(), Report> {
    let open = |id: Id, envelope: &[u8]| opened.open.reveal_text(id, envelope);
    let reveal: Option<export::Reveal<'_>> = if reveal { Some(&open) } else { None };
    let around = export::Around { intervals: &cli.settings.intervals, rotators: &cli.settings.rotators };
    export::entry(entry, reveal, around, true, &mut cli.out).map_err(output)?;
    cli.out.put(b"\n");
    Ok(())
}

/// What an export's failure was: a sealed value, or the output.
pub(super) fn output(error: std::io::Error) -> Report {
    match error.kind() {
        std::io::ErrorKind::InvalidData => Fault::Forged.into(),
        kind => Fault::Output(kind).into(),
    }
}

fn rows(cli: &mut Cli<'_>, opened: &Opened, entry: Entry<'_>, reveal: bool) -> Result<(), Report> {
    let label = &cli.text.say.fields;
    let open = |envelope: &[u8]| opened.open.reveal_text(entry.id(), envelope);
    let secret = |envelope: Option<&[u8]>| -> Result<Option<Secret>, Report> {
        match envelope {
            None => Ok(None),
            Some(envelope) if reveal => Ok(Some(open(envelope)?)),
            Some(_) => Ok(Some(Secret::copy_of(cli.text.say.hidden))),
        }
    };
    let plain = |text: &str| Some(Secret::copy_of(text)).filter(|text| !text.is_empty());
    let mut rows: Vec<(String, Option<Secret>)> = vec![
        (label.title.into(), plain(entry.title())),
        (label.kind.into(), plain(words::kind(entry.kind(), cli.lang))),
    ];
    let state = match entry.state() {
        State::Active => "",
        State::Archived => label.archived,
        State::Trashed => label.trashed,
    };
    rows.push((label.state.into(), plain(state)));
    rows.push((label.username.into(), plain(entry.username())));
    rows.push((label.password.into(), secret(entry.password())?));
    for staged in entry.staged() {
        rows.push((label.staged.into(), secret(Some(staged.secret))?));
    }
    for url in entry.urls() {
        rows.push((label.url.into(), plain(url)));
    }
    rows.push((label.otp.into(), secret(entry.otp())?));
    for field in entry.fields() {
        let value = match field.value {
            FieldValue::Plain(text) => plain(text),
            FieldValue::Sealed(envelope) => secret(Some(envelope))?,
        };
        // The name that is typed stands beside the one that is read.
        let name = match words::field(field.name, cli.lang) {
            Some(word) if word != field.name => format!("{word} ({})", field.name),
            _ => field.name.to_owned(),
        };
        rows.push((name, value));
    }
    rows.push((label.folder.into(), plain(entry.folder())));
    rows.push((label.tags.into(), plain(&entry.tags().join(", "))));
    rows.push((label.aliases.into(), plain(&entry.aliases().join(", "))));
    rows.push((label.reading.into(), plain(entry.reading())));
    rows.push((label.favourite.into(), plain(if entry.favourite() { "*" } else { "" })));
    for (_, relation, target) in entry.links() {
        let title = opened.open.vault().entry(target).map_or_else(|| target.to_string(), reference::path);
        rows.push((label.links.into(), plain(&format!("{} {title}", relation.word()))));
    }
    for (_, name, envelope) in entry.files() {
        let size = words::bytes(envelope.len().saturating_sub(OVERHEAD) as u64);
        rows.push((label.attachments.into(), plain(&format!("{name} ({size})"))));
    }
    rows.push((label.created.into(), plain(&local_time(entry.created()))));
    rows.push((label.modified.into(), plain(&local_time(entry.modified()))));
    let changed = entry.password_changed().map(local_time).unwrap_or_default();
    rows.push((label.password_changed.into(), plain(&changed)));
    let next = entry.password().and_then(|_| Rhythm::of(entry).next(&cli.settings.intervals));
    let next = next.map(|(at, cause)| due::next(cause, &local_day(at), cli.lang)).unwrap_or_default();
    rows.push((due::lines(cli.lang).next.into(), plain(&next)));
    let rule =
        [Tag::RECIPE, Tag::RULE].map(|tag| entry.0.text(tag)).into_iter().find(|text| !text.is_empty());
    rows.push((rule_lines(cli.lang).label.into(), plain(rule.unwrap_or_default())));
    let expires = entry.expires().map(local_time).unwrap_or_default();
    rows.push((label.expires.into(), plain(&expires)));
    rows.push((label.id.into(), plain(&entry.id().to_string())));
    rows.push((label.notes.into(), secret(entry.notes())?));

    let rows: Vec<(String, Secret)> =
        rows.into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
    let widest = rows.iter().map(|(name, _)| name.width()).max().unwrap_or(0).min(24);
    for (name, value) in &rows {
        cli.out.cell(&super::help::pad(name, widest));
        cli.out.put(b"  ");
        // A value of several lines stays below its first one.
        for (at, line) in value.expose().split('\n').enumerate() {
            if at > 0 {
                cli.out.put(" ".repeat(widest + 2).as_bytes());
            }
            cli.out.text(line);
            cli.out.put(b"\n");
        }
    }
    Ok(())
}

/// Fills a template; what it names it may have, secrets too.
fn fill(opened: &Opened, entry: Entry<'_>, template: &str, now: u64) -> Result<Secret, Report> {
    let mut out = String::new();
    let mut rest = template.chars().peekable();
    while let Some(letter) = rest.next() {
        match letter {
            '\\' => match rest.next() {
                Some('n') => out.push('\n'),
                Some('t') => out.push('\t'),
                Some(other) => out.push(other),
                None => out.push('\\'),
            },
            '{' | '}' if rest.peek() == Some(&letter) => {
                rest.next();
                out.push(letter);
            }
            '{' => {
                let mut name = String::new();
                loop {
                    match rest.next() {
                        Some('}') => break,
                        Some(letter) => name.push(letter),
                        None => return Err(Ask::Template(format!("{{{name}")).into()),
                    }
                }
                place(opened, entry, &name, now, &mut out)?;
            }
            letter => out.push(letter),
        }
    }
    Ok(Secret::from_string(out))
}

fn place(opened: &Opened, entry: Entry<'_>, name: &str, now: u64, out: &mut String) -> Result<(), Report> {
    let field = match name {
        "id" => {
            out.push_str(&entry.id().to_string());
            return Ok(());
        }
        "title" | "username" | "password" | "url" | "urls" | "otp" | "otp-uri" | "notes" | "folder"
        | "new" => name,
        name => match name.strip_prefix("field:") {
            Some(field) => field,
            None => return Err(Ask::Template(format!("{{{name}}}")).into()),
        },
    };
    // What an entry does not have is empty in a template; a field of one's own must be there.
    match reference::field(entry, Some(field)) {
        Ok(target) => out.push_str(value(opened, entry, target, now)?.expose()),
        Err(_) if field == name => {}
        Err(error) => return Err(error.into()),
    }
    Ok(())
}

/// The value of a field, opened.
pub(super) fn value(
    opened: &Opened,
    entry: Entry<'_>,
    target: Target<'_>,
    now: u64,
) -> Result<Secret, Report> {
    Ok(match target {
        Target::Plain(text) => Secret::copy_of(text),
        Target::Lines => Secret::from_string(entry.urls().join("\n")),
        Target::Sealed(envelope) => opened.open.reveal_text(entry.id(), envelope)?,
        Target::Code(envelope) => {
            let key = opened.open.reveal_text(entry.id(), envelope)?;
            crate::ops::totp::Otp::parse(key.expose())?.code(now / 1000)
        }
    })
}
