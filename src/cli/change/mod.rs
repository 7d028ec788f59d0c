//! `change`: a new password beside the old one, and how that ends. All entries that are named are one
//! save; a wrong name or password changes nothing.
//!
//! JSON: a list of `id, title, state` (`staged`, `confirmed`, `discarded`, `forced`), `since` and
//! `recipe`, `rule` (in words where that is from), `bits` of what was made by a recipe (else null), `rotator` (its name, or null).
//! Never a password.

mod rotate;

use clap::ArgMatches;

use super::ask::hidden;
use super::out;
use super::vault::Opened;
use super::{Cli, flag, local_time, option, values};
use crate::crypto::entropy::array;
use crate::error::{Ask, Line, Report};
use crate::model::{Entry, Id, Record};
use crate::ops::change::{Change, ChangeError};
use crate::ops::edit::EntryEdit;
use crate::ops::export;
use crate::ops::generate::{Chosen, Source, Space, choose};
use crate::ops::reference::{self, Scope};
use crate::ops::staged::{self, StagedError};
use crate::secret::Secret;
use crate::store::Why;
use crate::text::cli::change::lines;
use crate::text::{rule, strength};

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    Stage,
    Confirm,
    Discard,
    Forced,
}

impl Act {
    fn of(matches: &ArgMatches) -> Act {
        if flag(matches, "confirm") {
            Act::Confirm
        } else if flag(matches, "discard") {
            Act::Discard
        } else if flag(matches, "forced") {
            Act::Forced
        } else {
            Act::Stage
        }
    }

    /// The word in JSON.
    fn word(self) -> &'static str {
        match self {
            Act::Stage => "staged",
            Act::Confirm => "confirmed",
            Act::Discard => "discarded",
            Act::Forced => "forced",
        }
    }
}

/// What became of one entry.
struct Row {
    id: Id,
    /// The name as it was typed, for the next command.
    typed: String,
    title: String,
    state: Act,
    since: Option<u64>,
    made: Option<(Chosen, f64)>,
    /// The command that set it at its host, or was to.
    rotator: Option<String>,
}

pub(super) fn run(cli: &mut Cli<'_>, matches: &ArgMatches) -> Result<(), Report> {
    cli.writable()?;
    if option(matches, "rotate").is_some() {
        return rotate::run(cli, matches);
    }
    let act = Act::of(matches);
    let mut opened = cli.open()?;
    let mut rows = Vec::new();
    let mut changes = Vec::new();
    for (id, typed) in named(&opened, &values(matches, "entries"))? {
        let (change, row) = one(cli, &opened, (id, typed), act, matches)?;
        changes.extend(change);
        rows.push(row);
    }
    cli.apply(&mut opened, &Change::Many(changes), Why::Edit)?;
    if flag(matches, "json") { json(cli, &rows) } else { tell(cli, &opened, act, &rows) }
}

/// The entries that are meant, each once, with the names that were typed. All of them are found
/// before anything is made.
fn named(opened: &Opened, names: &[&str]) -> Result<Vec<(Id, String)>, Report> {
    let mut all: Vec<(Id, String)> = Vec::new();
    for name in names {
        let entry = reference::resolve(opened.open.vault(), &reference::parse(name).entry, Scope::Live)?;
        if all.iter().all(|(id, _)| *id != entry.id()) {
            all.push((entry.id(), (*name).to_owned()));
        }
    }
    Ok(all)
}

/// A failure with the title, and with the staged changes where one has to be chosen.
fn about(error: StagedError, title: &str) -> Report {
    let mut about = title.to_owned();
    if let StagedError::Several(all) = &error {
        for (at, (since, reason)) in all.iter().enumerate() {
            about.push_str(&format!("\n{:>3}  {}  {reason}", at + 1, local_time(*since)));
        }
    }
    Report::from(error).about(about)
}

fn one(
    cli: &mut Cli<'_>,
    opened: &Opened,
    (id, typed): (Id, String),
    act: Act,
    matches: &ArgMatches,
) -> Result<(Option<Change>, Row), Report> {
    let record = opened.open.vault().record(id).ok_or(ChangeError::NoSuchEntry)?;
    let entry = Entry(record);
    let title = entry.title().to_owned();
    let mut row = Row { id, typed, title, state: act, since: None, made: None, rotator: None };
    let change = match act {
        Act::Confirm | Act::Discard => {
            let number = matches.get_one::<u16>("which").map(|number| usize::from(*number));
            let open = staged::pick(entry, number).map_err(|error| about(error, &row.title))?;
            row.since = Some(open.since);
            let fresh = Id(array(&mut cli.entropy)?);
            let end = if act == Act::Confirm { staged::confirm } else { staged::discard };
            end(record, open.element, fresh).map(|step| step.change)
        }
        Act::Forced => {
            let plain = taken(cli, opened, entry, act)?;
            let mut sealer = opened.open.sealer(&mut cli.entropy);
            let mut edit = EntryEdit::of(&mut sealer, record);
            staged::force(&mut edit, plain.expose().as_bytes())?;
            edit.finish()
        }
        Act::Stage => {
            let open = entry.staged().len();
            if open > 0 {
                return Err(about(StagedError::AlreadyOpen(open), &row.title));
            }
            let plain = if flag(matches, "secret_stdin") {
                taken(cli, opened, entry, act)?
            } else {
                let chosen = recipe(cli, record, option(matches, "generate"))?;
                let space = Space::of(&chosen.recipe)?;
                let (plain, bits) = (space.draw(&mut cli.entropy)?, space.bits()?);
                row.made = Some((chosen, bits));
                plain
            };
            let now = cli.now();
            row.since = Some(now);
            let mut sealer = opened.open.sealer(&mut cli.entropy);
            let mut edit = EntryEdit::of(&mut sealer, record);
            let reason = option(matches, "reason").unwrap_or("").trim();
            let element = edit.stage(plain.expose().as_bytes(), reason, now)?;
            if let Some((recipe, _)) = &row.made {
                edit.staged_recipe(element, &recipe.recipe.to_string());
            }
            edit.finish()
        }
    };
    Ok((change, row))
}

/// How a new password of this entry is made: as asked, else by what is known of it or of its host.
fn recipe(cli: &Cli<'_>, record: &Record, asked: Option<&str>) -> Result<Chosen, Report> {
    match asked.filter(|asked| !asked.is_empty()) {
        Some(asked) => Ok(Chosen { recipe: asked.parse()?, source: Source::Asked }),
        None => Ok(choose::of_entry(Entry(record), &cli.settings.rules)),
    }
}

/// The password of an entry from a line of standard input, or typed; another one than it has.
fn taken(cli: &mut Cli<'_>, opened: &Opened, entry: Entry<'_>, act: Act) -> Result<Secret, Report> {
    let say = lines(cli.lang);
    let title = cli.name(entry.title()).into_owned();
    let prompt = if act == Act::Forced { (say.ask_forced)(&title) } else { (say.ask_new)(&title) };
    let plain = if cli.ask.is_interactive() {
        hidden(&prompt, Ask::NoSecretSource)?
    } else {
        cli.ask.line(Line::Password)?
    };
    if plain.is_empty() {
        return Err(about(StagedError::Empty, entry.title()));
    }
    match opened.open.password(entry) {
        Some(Ok(old)) if old.ct_eq(&plain) => Err(about(StagedError::Same, entry.title())),
        _ => Ok(plain),
    }
}

fn tell(cli: &mut Cli<'_>, opened: &Opened, act: Act, rows: &[Row]) -> Result<(), Report> {
    let say = lines(cli.lang);
    for row in rows {
        let title = cli.name(&row.title).into_owned();
        let text = match act {
            Act::Stage => {
                (say.staged)(&title, row.made.as_ref().map(|(_, bits)| strength::exact(*bits, cli.lang)))
            }
            Act::Confirm => (say.confirmed)(&title),
            Act::Discard => (say.discarded)(&title),
            Act::Forced => (say.forced)(&title),
        };
        cli.told(&text);
        if let Some(words) = row.made.as_ref().and_then(|(chosen, _)| rule::source(&chosen.source, cli.lang))
        {
            cli.told(&format!("  {words}"));
        }
        let waits = opened.open.vault().entry(row.id).map_or(0, |entry| entry.staged().len());
        if act != Act::Stage && waits > 0 {
            cli.told(&(say.more_wait)(waits));
        }
    }
    let typed = |row: &Row| out::word(&cli.name(&row.typed));
    match (act, rows) {
        (Act::Stage, [row]) => cli.told(&(say.next)(&typed(row))),
        (Act::Stage, all) => {
            let all: Vec<String> = all.iter().map(typed).collect();
            cli.told(&(say.next_all)(&all.join(" ")));
        }
        (Act::Forced, [row, ..]) => cli.told(&(say.next_forced)(&typed(row))),
        _ => {}
    }
    Ok(())
}

#[derive(serde::Serialize)]
struct RowJson<'a> {
    id: String,
    title: &'a str,
    state: &'a str,
    since: Option<String>,
    recipe: Option<String>,
    rule: Option<String>,
    bits: Option<f64>,
    rotator: Option<&'a str>,
}

fn json(cli: &mut Cli<'_>, rows: &[Row]) -> Result<(), Report> {
    let all: Vec<RowJson<'_>> = rows
        .iter()
        .map(|row| RowJson {
            id: row.id.to_string(),
            title: &row.title,
            state: row.state.word(),
            since: row.since.and_then(export::time),
            recipe: row.made.as_ref().map(|(chosen, _)| chosen.recipe.to_string()),
            rule: row.made.as_ref().and_then(|(chosen, _)| rule::source(&chosen.source, cli.lang)),
            bits: row.made.as_ref().map(|(_, bits)| (bits * 100.0).round() / 100.0),
            rotator: row.rotator.as_deref(),
        })
        .collect();
    super::write_json(&mut cli.out, &all)?;
    cli.out.put(b"\n");
    Ok(())
}
