//! `incident`: what to do when an account was taken over, step by step. Each command that changes
//! something gathers again first, so that what came into the vault since is in the plan.
//!
//! JSON: one incident is `id, name, trigger, entry, opened, since, closed, note, vault, done, of,
//! steps`; a step `number, what, entry, title, state, since, broken, kind, note, reasons, checklist,
//! used_by, urls`; a reason `cause, via, via_title, guess, text`; an item `id, text, source, ticked`;
//! what uses the account `name, ticked`.
//! `list` gives an array of them without their steps. Never a password.

mod print;
mod step;

use std::io::IsTerminal;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use clap::ArgMatches;

use super::ask::hidden;
use super::vault::Opened;
use super::{Cli, flag, option, values};
use crate::crypto::entropy;
use crate::error::{Ask, Line, Report};
use crate::format::header::{Slot, SlotKind};
use crate::model::incident::{Scope as Reach, Trigger};
use crate::model::{Id, Incident};
use crate::ops::change::{Change, ChangeError};
use crate::ops::incident::act::{self, Begin, Opening};
use crate::ops::incident::{self, Facts, Found, Plan, StepError, find};
use crate::ops::reference::{self, Scope};
use crate::secret::Secret;
use crate::store::Why;
use crate::text::cli::incident::lines;
use crate::text::incident as words;

pub(super) fn run(cli: &mut Cli<'_>, matches: &ArgMatches) -> Result<(), Report> {
    match matches.subcommand() {
        Some(("open", sub)) => open(cli, sub),
        Some(("list", sub)) => print::list(cli, sub),
        Some(("show", sub)) => show(cli, sub),
        Some(("step", sub)) => step::run(cli, sub),
        Some(("report", sub)) => report(cli, sub),
        Some(("close", sub)) => close(cli, sub),
        _ => Err(Ask::NothingToDo.into()),
    }
}

/// What is known of the vault file.
fn facts(opened: &Opened) -> Facts {
    let kinds = opened.open.header().slots.iter().filter_map(|slot| match slot {
        Slot::Known(known) => Some(known.kind),
        Slot::Unknown(_) => None,
    });
    Facts { key_file: kinds.into_iter().any(|kind| kind == SlotKind::KeyFile) }
}

fn plan(opened: &Opened, id: Id) -> Result<Plan, Report> {
    let vault = opened.open.vault();
    let incident = vault.incident(id).ok_or(StepError::NoIncident)?;
    Ok(incident::plan(vault, incident, facts(opened)))
}

/// The title of an entry, or its id where it is gone or has none.
fn title(opened: &Opened, id: Id) -> String {
    let title = opened.open.vault().entry(id).map_or("", |entry| entry.title());
    if title.is_empty() { id.to_string() } else { title.to_owned() }
}

/// The incident that the command line names.
fn named(cli: &Cli<'_>, opened: &Opened, matches: &ArgMatches) -> Result<Id, Report> {
    let vault = opened.open.vault();
    let id = match option(matches, "incident") {
        None => None,
        Some(name) => match name.parse::<Id>().ok().filter(|id| vault.incident(*id).is_some()) {
            Some(id) => Some(id),
            None => Some(cli.find(opened, &reference::parse(name).entry, Scope::LiveFirst)?),
        },
    };
    Ok(find::incident(vault, id)?.id())
}

/// Gathers what an incident reaches: the pass over all passwords, the links.
fn gathered(cli: &mut Cli<'_>, opened: &Opened, id: Id) -> Result<Found, Report> {
    let vault = opened.open.vault();
    let incident = vault.incident(id).ok_or(StepError::NoIncident)?;
    let revealer = opened.open.revealer();
    let open = |id, envelope: &[u8]| revealer.open(id, envelope);
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let key = entropy::array(&mut cli.entropy)?;
    let say = lines(cli.lang);
    let shows = std::io::stderr().is_terminal() && vault.entries().nth(2_000).is_some() && !cli.quiet;
    let (so_far, whole) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let step = |done, all| {
        so_far.store(done, Ordering::Relaxed);
        whole.store(all, Ordering::Relaxed);
        true
    };
    let found = std::thread::scope(|scope| {
        let worker = scope.spawn(|| incident::gather_all(vault, incident, &open, (key, threads), &step));
        while shows && !worker.is_finished() {
            let (done, all) = (so_far.load(Ordering::Relaxed), whole.load(Ordering::Relaxed));
            super::out::tell_part(&format!("\r{}\x1b[K", (say.gathering)(done, all)));
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
        if shows {
            super::out::tell_part("\r\x1b[K");
        }
        worker.join().ok().flatten()
    });
    // Nobody stops it here; were a worker to die, nothing must look gathered.
    let (found, shut) = found.ok_or(Ask::Interrupted)?;
    if shut > 0 {
        cli.warn(&(say.shut)(shut));
    }
    Ok(found)
}

/// Takes what was gathered into the vault in memory; true when there was something new.
fn absorb(cli: &mut Cli<'_>, opened: &mut Opened, id: Id) -> Result<bool, Report> {
    let found = gathered(cli, opened, id)?;
    let vault = opened.open.vault();
    let incident = vault.incident(id).ok_or(StepError::NoIncident)?;
    let Some(change) = act::absorb(incident, &found) else { return Ok(false) };
    let now = cli.now();
    opened.open.apply(&change, now, &mut cli.entropy)?;
    Ok(true)
}

/// A local day, or day and time, as ms; never after now.
fn since(cli: &Cli<'_>, text: &str) -> Result<u64, Report> {
    let now = cli.now();
    let wrong = || Report::from(Ask::Said((lines(cli.lang).bad_since)(text)));
    let parsed = text.parse::<jiff::civil::DateTime>().or_else(|_| {
        text.parse::<jiff::civil::Date>().map(|day| day.to_datetime(jiff::civil::Time::midnight()))
    });
    let zoned = parsed.ok().and_then(|when| when.to_zoned(jiff::tz::TimeZone::system()).ok());
    let ms = zoned.and_then(|when| u64::try_from(when.timestamp().as_millisecond()).ok());
    ms.filter(|ms| *ms <= now).ok_or_else(wrong)
}

fn open(cli: &mut Cli<'_>, matches: &ArgMatches) -> Result<(), Report> {
    cli.writable()?;
    let since = option(matches, "since").map(|text| since(cli, text)).transpose()?;
    let mut opened = cli.open()?;
    let typed = if flag(matches, "password_stdin") {
        let prompt = lines(cli.lang).ask_leaked;
        let typed = if cli.ask.is_interactive() {
            hidden(prompt, Ask::NoSecretSource)?
        } else {
            cli.ask.line(Line::Password)?
        };
        Some(
            Some(typed)
                .filter(|typed| !typed.is_empty())
                .ok_or_else(|| Ask::Said(lines(cli.lang).empty.to_owned()))?,
        )
    } else {
        None
    };
    let entry = match option(matches, "broken") {
        Some(name) => Some(cli.find(&opened, &reference::parse(name).entry, Scope::LiveFirst)?),
        None => None,
    };
    let vault = opened.open.vault();
    if let Some(id) = entry
        && vault.incidents().any(|one| one.closed().is_none() && one.trigger() == Trigger::Entry(id))
    {
        return Err(StepError::AlreadyOpen.into());
    }
    let mut scope = Vec::new();
    for name in values(matches, "also") {
        scope.push(Reach::Broken(cli.find(&opened, &reference::parse(name).entry, Scope::LiveFirst)?));
    }
    if flag(matches, "vault_too") {
        scope.push(Reach::Vault);
    }
    let begin = begin(entry, typed.as_ref(), option(matches, "leaked_username"))?;
    let now = cli.now();
    let opening = Opening {
        begin,
        since_ms: since.unwrap_or(now),
        note: option(matches, "note").unwrap_or(""),
        scope: &scope,
        now_ms: now,
    };
    let (id, change) = act::open(&mut opened.open.sealer(&mut cli.entropy), &opening)?;
    opened.open.apply(&change, now, &mut cli.entropy)?;
    absorb(cli, &mut opened, id)?;
    cli.save(&mut opened, Why::Edit)?;
    if flag(matches, "json") {
        return print::json(cli, &opened, id);
    }
    print::plan(cli, &opened, id)
}

fn begin<'a>(
    entry: Option<Id>,
    typed: Option<&'a Secret>,
    username: Option<&'a str>,
) -> Result<Begin<'a>, Report> {
    match (entry, typed, username.map(str::trim).filter(|name| !name.is_empty())) {
        (Some(id), _, _) => Ok(Begin::Entry(id)),
        (None, Some(password), _) => Ok(Begin::Password(password)),
        (None, None, Some(name)) => Ok(Begin::UserName(name)),
        (None, None, None) => Err(Ask::NothingToDo.into()),
    }
}

fn show(cli: &mut Cli<'_>, matches: &ArgMatches) -> Result<(), Report> {
    let mut opened = cli.open()?;
    let id = named(cli, &opened, matches)?;
    // In memory only: looking at a plan writes nothing.
    if !cli.read_only {
        absorb(cli, &mut opened, id)?;
    }
    if flag(matches, "json") { print::json(cli, &opened, id) } else { print::plan(cli, &opened, id) }
}

fn close(cli: &mut Cli<'_>, matches: &ArgMatches) -> Result<(), Report> {
    cli.writable()?;
    let mut opened = cli.open()?;
    let id = named(cli, &opened, matches)?;
    let plan = plan(&opened, id)?;
    let say = lines(cli.lang);
    let again = flag(matches, "reopen");
    let left = plan.steps.iter().filter(|step| step.state.is_open()).count();
    if !again && left > 0 && !cli.confirmed(&(say.close_anyway)(left))? {
        return Ok(());
    }
    let incident = opened.open.vault().incident(id).ok_or(StepError::NoIncident)?;
    let closed = (!again).then(|| cli.now());
    let Some(change) = act::close(incident, closed) else {
        cli.told(if again { say.is_open } else { say.is_closed });
        return Ok(());
    };
    cli.apply(&mut opened, &change, Why::Edit)?;
    cli.told(if again { say.opened_again } else { say.closed });
    Ok(())
}

fn report(cli: &mut Cli<'_>, matches: &ArgMatches) -> Result<(), Report> {
    let mut opened = cli.open()?;
    let id = named(cli, &opened, matches)?;
    if !cli.read_only {
        absorb(cli, &mut opened, id)?;
    }
    let text = {
        let incident = opened.open.vault().incident(id).ok_or(StepError::NoIncident)?;
        let plan = incident::plan(opened.open.vault(), incident, facts(&opened));
        let username = |id: Id| opened.open.vault().entry(id).map_or("", |entry| entry.username()).to_owned();
        let world = words::report::World {
            title: &|id| title(&opened, id),
            username: &username,
            time: &super::local_time,
            now_ms: cli.now(),
        };
        words::report::report(incident, &plan, cli.lang, &world)
    };
    match matches.get_one::<PathBuf>("output").filter(|path| path.as_os_str() != "-") {
        Some(path) => {
            super::export::write(&opened.store, path, text.as_bytes())?;
            cli.told(&(lines(cli.lang).report_written)(&path.display().to_string()));
        }
        None => cli.out.text(&text),
    }
    Ok(())
}

/// Applies a change, gathers again, writes the vault.
fn commit(cli: &mut Cli<'_>, opened: &mut Opened, id: Id, change: &Change) -> Result<(), Report> {
    let now = cli.now();
    opened.open.apply(change, now, &mut cli.entropy)?;
    absorb(cli, opened, id)?;
    cli.save(opened, Why::Edit)?;
    Ok(())
}

fn incident(opened: &Opened, id: Id) -> Result<Incident<'_>, Report> {
    opened.open.vault().incident(id).ok_or_else(|| ChangeError::NoSuchEntry.into())
}
