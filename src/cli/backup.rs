//! `backup list` and `backup restore`. Both work when the vault itself is missing or damaged:
//! that is what backups are for.

use clap::ArgMatches;

use super::ask::Source;
use super::vault::Opened;
use super::{Cli, flag, local_time, required};
use crate::error::{Ask, Line, Report};
use crate::ops::export;
use crate::paths;
use crate::session::{Open, Sealed};
use crate::store::{Backup, ReadError, Store, Why};

pub(super) fn run(cli: &mut Cli<'_>, matches: &ArgMatches) -> Result<(), Report> {
    match matches.subcommand() {
        Some(("list", sub)) => list(cli, sub),
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
}

/// Backups of this vault; when it cannot be read, of every vault that this machine knows.
fn all(cli: &Cli<'_>, store: &Store) -> Result<Vec<Backup>, Report> {
    let live = store.read().ok().and_then(|bytes| Sealed::read(bytes).ok());
    if let Some(sealed) = live {
        return Ok(store.backups(&sealed.header().vault)?);
    }
    let state = paths::state(cli.world.env).ok_or(Ask::NoHome)?;
    let root = cli.settings.backup_dir.clone().unwrap_or_else(|| state.join("backups"));
    let mut found = Vec::new();
    for name in store.disk().list(&root).unwrap_or_default() {
        if let Some(id) = id_of(&name) {
            found.extend(store.backups(&id)?);
        }
    }
    found.sort_by(|one, next| (next.ms, &next.name).cmp(&(one.ms, &one.name)));
    Ok(found)
}

fn id_of(name: &str) -> Option<[u8; 16]> {
    let number = u128::from_str_radix(name, 16).ok().filter(|_| name.len() == 32)?;
    Some(number.to_be_bytes())
}

fn list(cli: &mut Cli<'_>, matches: &ArgMatches) -> Result<(), Report> {
    let store = cli.store()?;
    let all = all(cli, &store)?;
    if flag(matches, "json") {
        let rows: Vec<Row> = all
            .iter()
            .map(|one| Row {
                name: one.name.clone(),
                path: one.path.display().to_string(),
                made: export::time(one.ms),
                bytes: one.len,
                due: one.due.and_then(export::time),
            })
            .collect();
        super::write_json(&mut cli.out, &rows)?;
        cli.out.put(b"\n");
        return Ok(());
    }
    if all.is_empty() {
        cli.told(cli.text.say.no_backups);
    }
    for one in &all {
        let due = one.due.map(|when| format!("  {}", (cli.text.say.backup_due)(&local_time(when))));
        let due = due.unwrap_or_default();
        cli.out.cell(&format!("{}  {}  {} KiB{due}", one.name, local_time(one.ms), one.len.div_ceil(1024)));
        cli.out.put(b"\n");
    }
    Ok(())
}

fn restore(cli: &mut Cli<'_>, matches: &ArgMatches) -> Result<(), Report> {
    cli.writable()?;
    let name = required(matches, "backup_name");
    let store = cli.store()?;
    let path = store.path().display().to_string();
    let backups = all(cli, &store)?;
    let found = backups.iter().find(|one| one.name == name);
    let backup = found.ok_or_else(|| Report::from(Ask::NoBackup).about(name))?;
    let bytes = store.read_backup(backup).map_err(|error| Report::from(error).about(name))?;
    match store.read() {
        Ok(_) => over(cli, bytes, name),
        Err(ReadError::Missing) => anew(cli, &store, bytes, name),
        // A damaged file is not thrown away: perhaps somebody can still read something out of it.
        Err(ReadError::Format(_)) => {
            if !cli.confirmed(&(cli.text.say.ask_damaged)(&path))? {
                return Ok(());
            }
            let aside = format!("{path}.damaged-{}", cli.now());
            store
                .disk()
                .rename_new(store.path(), aside.as_ref())
                .map_err(|error| Report::from(crate::error::Fault::Write(error.kind())).about(&aside))?;
            cli.told(&(cli.text.say.set_aside)(&aside));
            anew(cli, &store, bytes, name)
        }
        Err(error) => Err(Report::from(error).about(path)),
    }
}

/// Puts a backup where nothing lies.
fn anew(cli: &mut Cli<'_>, store: &Store, bytes: Vec<u8>, name: &str) -> Result<(), Report> {
    let prompt = (cli.text.say.ask_backup_master)(name);
    let source = cli.source.clone();
    let (mut open, _) = cli.open_with(store, bytes, (&source, Line::Master, &prompt), name)?;
    let now = cli.now();
    let path = store.path().display().to_string();
    crate::commit::create(store, &mut open, now, &mut cli.entropy)
        .map_err(|error| Report::from(error).about(path))?;
    cli.told(&(cli.text.say.backup_restored)(name));
    Ok(())
}

/// Puts a backup in the place of the vault that lies there, which becomes a backup itself.
fn over(cli: &mut Cli<'_>, bytes: Vec<u8>, name: &str) -> Result<(), Report> {
    let mut opened = cli.open()?;
    if !cli.confirmed(&(cli.text.say.ask_restore_backup)(name))? {
        return Ok(());
    }
    let mut restored = unlocked(cli, &mut opened, bytes, name)?;
    if let Some(mac) = opened.open.loaded() {
        // It replaces what lies there, and joins nothing of it.
        restored.written(mac);
    }
    let now = cli.now();
    let path = opened.store.path().display().to_string();
    let sealed = restored.seal(now, &mut cli.entropy)?;
    opened.store.save(&sealed, Why::Important).map_err(|error| Report::from(error).about(path))?;
    cli.told(&(cli.text.say.backup_restored)(name));
    Ok(())
}

/// Opens a backup under the key at hand, or under the retired key of its epoch, or with the password of
/// its time; it comes back under the present keys, with every way to open the vault that there is.
fn unlocked(cli: &mut Cli<'_>, opened: &mut Opened, bytes: Vec<u8>, name: &str) -> Result<Open, Report> {
    let about = |report: Report| report.about(name);
    let sealed = Sealed::read(bytes.clone()).map_err(|error| about(error.into()))?;
    if sealed.header().epoch != opened.open.header().epoch {
        cli.warn(cli.text.say.older_backup);
    }
    let held = match opened.open.open_copy(bytes.clone()) {
        Some(held) => held,
        None => {
            let prompt = (cli.text.say.ask_backup_master)(name);
            let source = if cli.source == Source::Stdin { Source::Stdin } else { Source::Terminal };
            cli.open_with(&opened.store, bytes, (&source, Line::NewMaster, &prompt), name)?.0
        }
    };
    opened.open.adopt(held).map_err(|error| about(error.into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::backup as files;

    #[test]
    fn folders_of_backups_are_ids() {
        let id: [u8; 16] = std::array::from_fn(|at| at as u8 * 16);
        let folder = files::folder("/backups".as_ref(), &id);
        let name = folder.file_name().and_then(|name| name.to_str()).expect("hex");
        assert_eq!(id_of(name), Some(id));
        assert_eq!(id_of("notes"), None);
        assert_eq!(id_of("00"), None);
    }
}
