//! `export`: entries into a file, encrypted or, when that is said twice, in clear.

use std::path::{Path, PathBuf};

use clap::ArgMatches;

use super::ask::Source;
use super::credential::credential;
use super::vault::Opened;
use super::{Cli, flag, option, show, values};
use crate::error::{Ask, Fault, Line, Report};
use crate::format::header::Slot;
use crate::model::{Entry, Id, State};
use crate::ops::mail_csv::Columns;
use crate::ops::reference::{self, Scope};
use crate::ops::{export, mail_csv};
use crate::session::NewSlot;
use crate::store::{Store, write_new};
use crate::text::mail as words;

pub(super) fn run(cli: &mut Cli<'_>, matches: &ArgMatches) -> Result<(), Report> {
    let Some(path) = matches.get_one::<PathBuf>("export_file").cloned() else { return Ok(()) };
    let format = option(matches, "export_format");
    if format == Some("mail-csv") {
        return write_mail_csv(cli, matches, &path);
    }
    // - which entries and which columns is asked of that list alone
    if matches.contains_id("only_entry") || matches.contains_id("columns") || flag(matches, "no_header") {
        return Err(Ask::Said(cli.text.say.only_mail_csv.to_owned()).into());
    }
    let json = format == Some("json");
    if json && !flag(matches, "plain") {
        return Err(Ask::NeedsPlain.into());
    }
    let to_stdout = path.as_os_str() == "-";
    if to_stdout && !json && cli.out.is_terminal() {
        return Err(Ask::BinaryToTerminal.into());
    }
    let mut opened = cli.open()?;
    let wanted = |entry: Entry<'_>| entry.state() != State::Trashed;
    let count = opened.open.vault().entries().filter(|entry| wanted(*entry)).count();
    if json {
        confirm_clear(cli, &opened)?;
        if !to_stdout {
            cli.warn(cli.text.say.plain_warning);
        }
        let entries = opened.open.vault().entries().filter(|entry| wanted(*entry));
        let open = |id: Id, envelope: &[u8]| opened.open.reveal_text(id, envelope);
        let around = export::Around { intervals: &cli.settings.intervals, rotators: &cli.settings.rotators };
        if to_stdout {
            return export::json(entries, &open, around, &mut cli.out).map_err(show::output);
        }
        let mut bytes = Vec::new();
        export::json(entries, &open, around, &mut bytes).map_err(show::output)?;
        write(&opened.store, &path, &bytes)?;
    } else {
        let slot = slot(cli, &mut opened, matches)?;
        let now = cli.now();
        let sealed = opened.open.export(&wanted, &[slot], now, &mut cli.entropy)?;
        if to_stdout {
            cli.out.put(&sealed.bytes);
            return Ok(());
        }
        write(&opened.store, &path, &sealed.bytes)?;
    }
    cli.told(&(cli.text.say.exported)(count, &path.display().to_string()));
    Ok(())
}

/// Mail accounts as a list for a host: those that are named, else all with a change under way.
fn write_mail_csv(cli: &mut Cli<'_>, matches: &ArgMatches, path: &Path) -> Result<(), Report> {
    if !flag(matches, "plain") {
        return Err(Ask::NeedsPlain.into());
    }
    let columns: Columns = match option(matches, "columns") {
        Some(text) => text.parse().map_err(|error| Ask::Said(words::columns(&error, cli.lang)))?,
        None => Columns::default(),
    };
    let opened = cli.open()?;
    let mut named = Vec::new();
    for name in values(matches, "only_entry") {
        named.push(cli.find(&opened, &reference::parse(name).entry, Scope::Live)?);
    }
    let wanted = |entry: &Entry<'_>| {
        if named.is_empty() { mail_csv::waits(*entry) } else { named.contains(&entry.id()) }
    };
    let mut entries: Vec<Entry<'_>> = opened.open.vault().entries().filter(wanted).collect();
    entries.sort_by_key(|entry| (entry.title(), entry.id()));
    if !entries.iter().any(|entry| mail_csv::fits(*entry)) {
        return Err(Ask::Said(cli.text.say.no_mail_csv.to_owned()).into());
    }
    confirm_clear(cli, &opened)?;
    let open = |id: Id, envelope: &[u8]| opened.open.reveal_text(id, envelope);
    let (mut bytes, header) = (Vec::new(), !flag(matches, "no_header"));
    let written = mail_csv::write(entries.into_iter(), &columns, header, &open, &mut bytes)?;
    for note in words::csv_notes(written.left, written.formulas, cli.lang) {
        cli.warn(&note);
    }
    if path.as_os_str() == "-" {
        // - on a terminal nothing of it acts
        cli.out.text(&String::from_utf8_lossy(&bytes));
        return Ok(());
    }
    cli.warn(cli.text.say.plain_warning);
    write(&opened.store, path, &bytes)?;
    cli.told(&(cli.text.say.exported)(written.rows, &path.display().to_string()));
    Ok(())
}

/// The master password once more. One that came from a file or a command counts as typed.
fn confirm_clear(cli: &mut Cli<'_>, opened: &Opened) -> Result<(), Report> {
    if cli.source != Source::Terminal {
        return Ok(());
    }
    let path = opened.store.path().display().to_string();
    cli.once_more(&opened.open, cli.text.say.ask_master_again, &path)
}

/// The exported file's slot: a password of its own, or the vault's, at the vault's cost.
fn slot(cli: &mut Cli<'_>, opened: &mut Opened, matches: &ArgMatches) -> Result<NewSlot, Report> {
    let credential = match matches.get_one::<PathBuf>("export_password_file") {
        Some(path) => {
            let prompt = cli.text.say.ask_export_password;
            let password = cli.new_password(&Source::of_path(path), Line::Export, prompt)?;
            credential(&password)?
        }
        None => cli.credential_of(opened)?,
    };
    let by = opened.open.opened_by();
    let held = opened.open.header().slots.iter().find_map(|slot| match slot {
        Slot::Known(known) if Some(known.id) == by => Some(known.params),
        _ => None,
    });
    let params = match held {
        Some(params) => params,
        None => cli.costs(None)?,
    };
    Ok(NewSlot { credential, name: String::new(), params })
}

/// Writes a new file, 0600 from its first byte; an existing one is never overwritten.
pub(super) fn write(store: &Store, path: &Path, bytes: &[u8]) -> Result<(), Report> {
    let disk = store.disk();
    let about =
        |error: std::io::Error| Report::from(Fault::Write(error.kind())).about(path.display().to_string());
    write_new(&**disk, path, bytes).map_err(about)
}
