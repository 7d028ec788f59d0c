//! `backup list`, `backup show` and `backup restore`. Listing and restoring work when the vault itself is
//! missing or damaged: that is what backups are for.
//!
//! JSON, stable: a list of `name, path, made, bytes, generation` (the save counter), `epoch, opens_with`
//! (`present`, `former`, `other`; null where it cannot be read or there is no vault to compare with),
//! `entries, saved, host` (null unless the vault could be opened).

use std::path::PathBuf;

use clap::ArgMatches;

use super::ask::Source;
use super::differences::{self, Sides};
use super::vault::Opened;
use super::{Cli, flag, local_time, required, values};
use crate::commit::{self, Standing};
use crate::error::{Ask, Fault, Line, Report};
use crate::format::header::FILE_MAX;
use crate::model::Id;
use crate::ops::change::Change;
use crate::ops::reference::{self, Scope};
use crate::ops::{compare, export};
use crate::session::{Open, OpenError, Reach, Sealed};
use crate::store::{Backup, ReadError, Store, Why};

pub(super) fn run(cli: &mut Cli<'_>, matches: &ArgMatches) -> Result<(), Report> {
    match matches.subcommand() {
        Some(("list", sub)) => list(cli, sub),
        Some(("show", sub)) => show(cli, sub),
        Some(("restore", sub)) => restore(cli, sub),
        _ => Err(Ask::NothingToDo.into()),
    }
}

#[derive(serde::Serialize)]
struct Row {
    name: String,
    path: String,
    made: Option<String>,
    bytes: u64,
    /// When it is deleted because a person said so.
    due: Option<String>,
    generation: Option<u64>,
    epoch: Option<u32>,
    opens_with: Option<&'static str>,
    entries: Option<usize>,
    saved: Option<String>,
    host: Option<String>,
}

/// The vault, where it opens without a question or `--count` allows one.
fn opened(cli: &mut Cli<'_>, store: &Store, asked: bool) -> Result<Option<Opened>, Report> {
    if store.read().is_err() {
        return Ok(None);
    }
    if asked {
        return cli.open().map(Some);
    }
    // - a listing is no reason to ask, and none to fail
    Ok(if cli.asks() { cli.open_kept() } else { cli.open().ok() })
}

fn row(backup: &Backup, store: &Store, live: Option<&Sealed>, opened: Option<&Opened>) -> Row {
    let mut row = Row {
        name: backup.name.clone(),
        path: backup.path.display().to_string(),
        made: export::time(backup.ms),
        bytes: backup.len,
        due: backup.due.and_then(export::time),
        generation: None,
        epoch: None,
        opens_with: None,
        entries: None,
        saved: None,
        host: None,
    };
    let Some(sealed) = store.read_backup(backup).ok().and_then(|bytes| Sealed::read(bytes).ok()) else {
        return row;
    };
    let (counter, epoch) = (sealed.header().counter, sealed.header().epoch);
    (row.generation, row.epoch) = (Some(counter), Some(epoch));
    row.opens_with = match opened.map(|opened| opened.open.reach(&sealed)) {
        Some(Reach::Present) => Some("present"),
        Some(Reach::Retired { .. }) => Some("former"),
        Some(Reach::Closed | Reach::Foreign) => Some("other"),
        // - the epoch tells of a change, if not which key it was
        None => live.map(|live| match epoch.cmp(&live.header().epoch) {
            std::cmp::Ordering::Less => "former",
            std::cmp::Ordering::Equal => "present",
            std::cmp::Ordering::Greater => "other",
        }),
    };
    if let Some(open) = opened.and_then(|opened| opened.open.open_copy(sealed).ok()) {
        row.entries = Some(open.vault().entries().count());
        if let Some((ms, host)) = open.last_saved() {
            (row.saved, row.host) = (export::time(ms), Some(host.to_owned()));
        }
    }
    row
}

fn list(cli: &mut Cli<'_>, matches: &ArgMatches) -> Result<(), Report> {
    let store = cli.store()?;
    let all = store.backups_anyway();
    let opened = if all.is_empty() { None } else { opened(cli, &store, flag(matches, "count_entries"))? };
    let live = store.read().ok().and_then(|bytes| Sealed::read(bytes).ok());
    let rows: Vec<Row> =
        all.iter().map(|backup| row(backup, &store, live.as_ref(), opened.as_ref())).collect();
    if flag(matches, "json") {
        super::write_json(&mut cli.out, &rows)?;
        cli.out.put(b"\n");
        return Ok(());
    }
    let say = &cli.text.say;
    if rows.is_empty() {
        cli.told(say.no_backups);
    }
    for (backup, row) in all.iter().zip(&rows) {
        let generation =
            row.generation.map_or_else(|| say.unreadable.to_owned(), |number| (say.generation)(number));
        let mut cells = vec![row.name.clone(), local_time(backup.ms), generation];
        cells.extend(row.entries.map(|count| (say.entry_count)(count)));
        cells.extend(row.opens_with.map(|word| (say.opens_with)(word).to_owned()));
        cells.push(format!("{} KiB", backup.len.div_ceil(1024)));
        cells.extend(backup.due.map(|ms| (say.backup_due)(&local_time(ms))));
        cli.out.cell(&cells.join("  "));
        cli.out.put(b"\n");
    }
    Ok(())
}

fn find(store: &Store, name: &str) -> Result<(Backup, Vec<u8>), Report> {
    let found = store.backups_anyway().into_iter().find(|one| one.name == name);
    let backup = found.ok_or_else(|| Report::from(Ask::NoBackup).about(name))?;
    let bytes = store.read_backup(&backup).map_err(|error| Report::from(error).about(name))?;
    Ok((backup, bytes))
}

fn show(cli: &mut Cli<'_>, matches: &ArgMatches) -> Result<(), Report> {
    let name = required(matches, "backup_name");
    let store = cli.store()?;
    let (_, bytes) = find(&store, name)?;
    let opened = cli.open()?;
    let theirs = unlocked(cli, &opened, bytes, name)?;
    let sides = Sides::of(&opened.open, &theirs);
    if flag(matches, "json") {
        return differences::json(cli, &sides);
    }
    differences::lines(cli, &sides, false);
    Ok(())
}

fn restore(cli: &mut Cli<'_>, matches: &ArgMatches) -> Result<(), Report> {
    cli.writable()?;
    let name = required(matches, "backup_name");
    let store = cli.store()?;
    let path = store.path().display().to_string();
    let (_, bytes) = find(&store, name)?;
    let entries = values(matches, "backup_entries");
    if !entries.is_empty() {
        return some(cli, bytes, name, &entries);
    }
    match store.read() {
        Ok(_) => match cli.open() {
            Ok(opened) => over(cli, opened, bytes, name),
            Err(Report { fault: Fault::Open(OpenError::Format(error)), .. }) if error.is_damage() => {
                damaged(cli, &store, bytes, name)
            }
            Err(report) => Err(report),
        },
        Err(ReadError::Missing) => anew(cli, &store, bytes, name),
        Err(ReadError::Format(error)) if error.is_damage() => damaged(cli, &store, bytes, name),
        Err(error) => Err(Report::from(error).about(path)),
    }
}

/// Puts a backup in the place of a damaged file. That is not thrown away: perhaps somebody can still read
/// something out of it.
fn damaged(cli: &mut Cli<'_>, store: &Store, bytes: Vec<u8>, name: &str) -> Result<(), Report> {
    let path = store.path().display().to_string();
    let about = |report: Report| report.about(&path);
    let judged =
        store.disk().read(store.path(), FILE_MAX).map_err(|error| about(Fault::File(error.kind()).into()))?;
    if !cli.confirmed(&(cli.text.say.ask_damaged)(&path))? {
        return Ok(());
    }
    let mut open = closed(cli, store, bytes, name)?;
    if !is_wanted(cli, store, &open, name)? {
        return Ok(());
    }
    let sealed = open.seal(cli.now(), &mut cli.entropy)?;
    let aside = commit::rewrite(store, &sealed, &|now| now == judged).map_err(|error| about(error.into()))?;
    if let Some(aside) = aside {
        cli.told(&(cli.text.say.set_aside)(&aside.display().to_string()));
    }
    cli.told(&(cli.text.say.backup_placed)(name));
    Ok(())
}

/// A backup, opened with a password where no vault is open whose keys could.
fn closed(cli: &mut Cli<'_>, store: &Store, bytes: Vec<u8>, name: &str) -> Result<Open, Report> {
    let prompt = (cli.text.say.ask_backup_master)(name);
    let source = cli.source.clone();
    Ok(cli.open_with(store, bytes, (&source, Line::Master, &prompt), name)?.0)
}

/// One from before a password change that this machine has seen is put there only when that is said: it can
/// be read until a key change takes it on.
fn is_wanted(cli: &mut Cli<'_>, store: &Store, open: &Open, name: &str) -> Result<bool, Report> {
    match commit::against(store.last_note(&open.header().vault).as_ref(), open) {
        Standing::OlderEpoch { saved } => {
            cli.confirmed(&(cli.text.say.ask_place_older)(name, &local_time(saved)))
        }
        Standing::RolledBack { .. } | Standing::Fine => Ok(true),
    }
}

/// Puts a backup where nothing lies.
fn anew(cli: &mut Cli<'_>, store: &Store, bytes: Vec<u8>, name: &str) -> Result<(), Report> {
    let mut open = closed(cli, store, bytes, name)?;
    if !is_wanted(cli, store, &open, name)? {
        return Ok(());
    }
    let now = cli.now();
    let path = store.path().display().to_string();
    commit::create(store, &mut open, now, &mut cli.entropy)
        .map_err(|error| Report::from(error).about(path))?;
    cli.told(&(cli.text.say.backup_placed)(name));
    Ok(())
}

/// Puts a backup in the place of the vault that lies there, which becomes a backup itself. Its keys and
/// the ways to open it stay those of the vault.
fn over(cli: &mut Cli<'_>, opened: Opened, bytes: Vec<u8>, name: &str) -> Result<(), Report> {
    if !cli.confirmed(&(cli.text.say.ask_restore_backup)(name))? {
        return Ok(());
    }
    let theirs = unlocked(cli, &opened, bytes, name)?;
    let path = opened.store.path().display().to_string();
    let about = |report: Report| report.about(&path);
    // - in the place of what is from before a password change goes only what is from after it
    let older = matches!(commit::standing(&opened.store, &opened.open), Standing::OlderEpoch { .. });
    if older && theirs.header().epoch <= opened.open.header().epoch {
        return Err(about(commit::CommitError::OlderEpoch.into()));
    }
    let mut restored = opened.open.put_back(theirs).map_err(|error| about(error.into()))?;
    let live = opened.store.read().ok().and_then(|bytes| Sealed::read(bytes).ok());
    restored.counts_from(live.map_or(0, |sealed| sealed.header().counter));
    let now = cli.now();
    let sealed = restored.seal(now, &mut cli.entropy)?;
    let saved = commit::replace(&opened.store, &sealed).map_err(|error| about(error.into()))?;
    cli.told(&(cli.text.say.backup_restored)(name));
    let backups = opened.store.backups(&sealed.vault).unwrap_or_default();
    if let Some(before) = backups.iter().find(|one| Some(&one.path) == saved.backup.as_ref()) {
        cli.told(&(cli.text.say.restore_undo)(&before.name));
    }
    Ok(())
}

/// Brings single entries back as they were: an edit like any other, undone by `restore ENTRY --to`.
fn some(cli: &mut Cli<'_>, bytes: Vec<u8>, name: &str, entries: &[&str]) -> Result<(), Report> {
    let mut opened = cli.open()?;
    let theirs = unlocked(cli, &opened, bytes, name)?;
    let mut changes = Vec::new();
    for entry in entries {
        let id: Id = reference::resolve(theirs.vault(), entry, Scope::All)?.id();
        let Some(there) = theirs.vault().record(id) else { continue };
        let (ours, here) = (&opened.open, opened.open.vault().record(id));
        let same = |record, one: &[u8], other: &[u8]| ours.same_text(&theirs, record, one, other);
        let mut adopt = |envelope: &[u8]| ours.adopt(&theirs, id, envelope);
        changes.extend(compare::take(here, there, None, &same, &mut adopt)?);
    }
    crate::crypto::burn();
    if changes.is_empty() {
        cli.told(cli.text.say.no_difference);
        return Ok(());
    }
    let count = changes.len();
    cli.apply(&mut opened, &Change::Many(changes), Why::Important)?;
    cli.told(&(cli.text.say.entries_restored)(count, name));
    Ok(())
}

/// Opens a backup under the key at hand, or under a retired one, or with the password of its time.
fn unlocked(cli: &mut Cli<'_>, opened: &Opened, bytes: Vec<u8>, name: &str) -> Result<Open, Report> {
    let about = |report: Report| report.about(name);
    let read = |bytes: Vec<u8>| Sealed::read(bytes).map_err(|error| about(error.into()));
    let sealed = read(bytes.clone())?;
    match opened.open.reach(&sealed) {
        Reach::Closed => {
            let prompt = (cli.text.say.ask_backup_master)(name);
            let source = if cli.source == Source::Stdin { Source::Stdin } else { Source::Terminal };
            Ok(cli.open_with(&opened.store, bytes, (&source, Line::NewMaster, &prompt), name)?.0)
        }
        reach => {
            if let Reach::Retired { .. } = reach {
                cli.warn(cli.text.say.older_backup);
            }
            opened.open.open_copy(sealed).map_err(|error| about(error.into()))
        }
    }
}

/// Copies beside the vault, by path: those that hold more than it does, or do not open.
pub(super) fn copies_with_news(store: &Store, open: &Open) -> Vec<PathBuf> {
    let has_news = |path: &PathBuf| {
        let sealed = store.read_file(path).ok().and_then(|bytes| Sealed::read(bytes).ok());
        match sealed.map(|sealed| open.open_copy(sealed)) {
            Some(Ok(theirs)) => !crate::ops::merge::contains(open.vault(), theirs.vault()),
            Some(Err(_)) => true,
            None => false,
        }
    };
    store.copies(&open.header().vault).into_iter().map(|copy| copy.path).filter(has_news).collect()
}
