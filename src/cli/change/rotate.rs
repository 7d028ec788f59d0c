//! `change --rotate`: the new password is staged and saved, then a command of the settings sets it at its
//! host, and only when that has succeeded it is confirmed and saved again. Whatever goes wrong leaves it
//! staged beside the old one, and says what to do.

use std::path::PathBuf;
use std::time::Duration;

use clap::ArgMatches;

use super::{Act, Row, about, json, named, one};
use crate::cli::out;
use crate::cli::vault::Opened;
use crate::cli::{Cli, flag, option, values};
use crate::crypto::entropy::array;
use crate::error::{Fault, Report};
use crate::model::{Entry, Id};
use crate::ops::change::{Change, ChangeError};
use crate::ops::rotation::rotator::{self, End, Unfit};
use crate::ops::staged::{self, StagedError};
use crate::paths;
use crate::platform::rotator as platform;
use crate::platform::signals::{Signal, Signals};
use crate::secret::Secret;
use crate::store::Why;
use crate::text::cli::change::{Rotate, rotate_lines};
use crate::text::{problem, sanitise};

/// A rotator that is ready to run for an entry.
struct Plan {
    row: Row,
    name: String,
    file: PathBuf,
    arguments: Vec<String>,
    limit: Duration,
    exit: u8,
}

pub(super) fn run(cli: &mut Cli<'_>, matches: &ArgMatches) -> Result<(), Report> {
    let asked = option(matches, "rotate").filter(|name| !name.is_empty());
    let mut opened = cli.open()?;
    let mut plans = Vec::new();
    // All of them are ready before anything is made.
    for (id, typed) in named(&opened, &values(matches, "entries"))? {
        plans.push(plan(cli, &opened, (id, typed), asked)?);
    }
    // - whoever can write the settings could have the passwords sent to himself
    let named = matches.try_get_one::<PathBuf>("config").ok().flatten().cloned();
    platform::guarded(paths::config(named, cli.world.env).as_deref())?;
    let mut changes = Vec::new();
    for plan in &mut plans {
        changes.extend(stage(cli, &opened, plan, matches)?);
    }
    if !changes.is_empty() {
        cli.apply(&mut opened, &Change::Many(changes), Why::Edit)?;
    }
    let mut failed = None;
    for plan in &mut plans {
        match rotate(cli, &mut opened, plan, matches) {
            Ok(()) => {}
            Err(report) => {
                let ends = matches!(report.fault, Fault::Rotated(End::Stopped));
                if failed.is_none() || ends {
                    failed = Some(report);
                } else {
                    let said = problem::problem(cli.lang, &report);
                    cli.warn(&format!("{}\n{}", said.fact, said.advice));
                }
                if ends {
                    break;
                }
            }
        }
    }
    let rows: Vec<Row> = plans.into_iter().map(|plan| plan.row).collect();
    if flag(matches, "json") {
        json(cli, &rows)?;
    }
    failed.map_or(Ok(()), Err)
}

fn plan(
    cli: &Cli<'_>,
    opened: &Opened,
    (id, typed): (Id, String),
    asked: Option<&str>,
) -> Result<Plan, Report> {
    let entry = opened.open.vault().entry(id).ok_or(ChangeError::NoSuchEntry)?;
    let title = entry.title().to_owned();
    // - what was asked for by name is what an error is about
    let unfit = |error: Unfit| Report::from(error).about(asked.unwrap_or(&title));
    let chosen = rotator::choose(&cli.settings.rotators, entry, asked).map_err(unfit)?;
    let mut arguments =
        rotator::arguments(chosen, entry).map_err(|error| Report::from(error).about(&title))?;
    if arguments.is_empty() {
        return Err(Report::from(Unfit::NoSuch).about(&chosen.name));
    }
    let program = arguments.remove(0);
    let (path, home) = ((cli.world.env)("PATH"), (cli.world.env)("HOME").map(PathBuf::from));
    let file = platform::find(&program, path.as_deref(), home.as_deref())
        .map_err(|error| Report::from(error).about(&program))?;
    let arguments = platform::at_home(&arguments, home.as_deref());
    let row = Row {
        id,
        typed,
        title,
        state: Act::Stage,
        since: None,
        made: None,
        rotator: Some(chosen.name.clone()),
    };
    Ok(Plan { row, name: chosen.name.clone(), file, arguments, limit: chosen.limit, exit: chosen.exit })
}

/// Stages a new password, or takes the one that waits already.
fn stage(
    cli: &mut Cli<'_>,
    opened: &Opened,
    plan: &mut Plan,
    matches: &ArgMatches,
) -> Result<Option<Change>, Report> {
    let record = opened.open.vault().record(plan.row.id).ok_or(ChangeError::NoSuchEntry)?;
    let fresh = flag(matches, "secret_stdin") || option(matches, "generate").is_some();
    let open = Entry(record).staged().len();
    if open > 0 && !fresh {
        let number = matches.get_one::<u16>("which").map(|number| usize::from(*number));
        let one = staged::pick(Entry(record), number).map_err(|error| about(error, &plan.row.title))?;
        plan.row.since = Some(one.since);
        return Ok(None);
    }
    if open > 0 {
        return Err(about(StagedError::AlreadyOpen(open), &plan.row.title));
    }
    let (change, row) = one(cli, opened, (plan.row.id, plan.row.typed.clone()), Act::Stage, matches)?;
    (plan.row.since, plan.row.made) = (row.since, row.made);
    Ok(change)
}

/// Runs the rotator of one entry, and confirms what it has set.
fn rotate(
    cli: &mut Cli<'_>,
    opened: &mut Opened,
    plan: &mut Plan,
    matches: &ArgMatches,
) -> Result<(), Report> {
    let say = rotate_lines(cli.lang);
    let title = cli.name(&plan.row.title).into_owned();
    let record = opened.open.vault().record(plan.row.id).ok_or(ChangeError::NoSuchEntry)?;
    let entry = Entry(record);
    let number = matches.get_one::<u16>("which").map(|number| usize::from(*number));
    let one = staged::pick(entry, number).map_err(|error| about(error, &plan.row.title))?;
    let element = one.element;
    let new = opened.open.reveal_text(plan.row.id, one.secret)?;
    let old = opened.open.password(entry).transpose()?.unwrap_or_else(|| Secret::copy_of(""));
    if !rotator::is_line(new.expose()) || !rotator::is_line(old.expose()) {
        return Err(Report::from(Unfit::NotALine).about(&plan.row.title));
    }
    cli.told(&(say.running)(&cli.name(&plan.name), &title));
    let signals = Signals::install().map_err(|error| Fault::File(error.kind()))?;
    let stop =
        || signals.take().any(|signal| !matches!(signal, Signal::Continue | Signal::Resize | Signal::Stop));
    let done = platform::run(&plan.file, &plan.arguments, [&old, &new], plan.limit, &stop);
    drop(signals);
    let (end, bytes) = done.map_err(|error| Report::from(error).about(plan.file.display().to_string()))?;
    let well = end == End::Code(i32::from(plan.exit));
    let clean = |text: &str| sanitise::lines(text);
    let said = rotator::said(&bytes, &[new.expose(), old.expose()], &clean);
    show(cli, say, said.as_deref(), well);
    if !well {
        let entry = out::word(&cli.name(&plan.row.typed));
        return Err(Report::from(end).about(format!("{}\n{entry}", plan.row.title)));
    }
    let fresh = Id(array(&mut cli.entropy)?);
    let record = opened.open.vault().record(plan.row.id).ok_or(ChangeError::NoSuchEntry)?;
    let saved = match staged::confirm(record, element, fresh) {
        Some(step) => cli.apply(opened, &step.change, Why::Edit).map(drop),
        // - somebody else has confirmed or discarded it meanwhile; the host has it all the same
        None => Err(about(StagedError::NoneOpen, &plan.row.title)),
    };
    if let Err(report) = saved {
        cli.warn(&(say.set_but_unsaved)(&title, &out::word(&cli.name(&plan.row.typed))));
        return Err(report);
    }
    plan.row.state = Act::Confirm;
    cli.told(&(say.done)(&title));
    Ok(())
}

/// What it said; of one that did its work only where somebody wants to hear it.
fn show(cli: &mut Cli<'_>, say: &Rotate, said: Option<&str>, well: bool) {
    let text = match said {
        None => say.not_shown.to_owned(),
        Some("") => return,
        Some(said) => said.lines().map(|line| format!("  | {line}")).collect::<Vec<_>>().join("\n"),
    };
    if well {
        cli.told(&text);
    } else {
        out::tell(&text);
    }
}
