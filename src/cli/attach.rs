//! `attach` and `detach`: files of an entry, in and out. What is written out is for its owner alone, under a
//! name that nothing trips over, and never over another file.

use std::path::{Path, PathBuf};

use clap::ArgMatches;
use zeroize::Zeroizing;

use super::export::write;
use super::vault::read_file;
use super::{Cli, flag, option, required};
use crate::error::{Fault, Report};
use crate::model::Entry;
use crate::ops::attached::{self, FILE_MOST};
use crate::ops::change::ChangeError;
use crate::ops::edit::EntryEdit;
use crate::ops::reference::{self, Scope};
use crate::store::Why;
use crate::text::sanitise;

/// `attach`: a file comes in.
pub(super) fn attach(cli: &mut Cli<'_>, matches: &ArgMatches) -> Result<(), Report> {
    cli.writable()?;
    let Some(path) = matches.get_one::<PathBuf>("attached_file") else { return Ok(()) };
    let name = match option(matches, "attached_name") {
        Some(name) => name.to_owned(),
        None => called(path),
    };
    let bytes = Zeroizing::new(read_file(path, FILE_MOST)?);
    let mut opened = cli.open()?;
    let wanted = reference::parse(required(matches, "entry")).entry;
    let id = cli.find(&opened, &wanted, Scope::Live)?;
    let record = opened.open.vault().record(id).ok_or(ChangeError::NoSuchEntry)?;
    let title = Entry(record).title().to_owned();
    let mut sealer = opened.open.sealer(&mut cli.entropy);
    let envelope = sealer.seal(id, &bytes)?;
    let mut edit = EntryEdit::of(&mut sealer, record);
    edit.attach(&name, &envelope)?;
    if let Some(change) = edit.finish() {
        cli.apply(&mut opened, &change, Why::Edit)?;
    }
    cli.told(&(cli.text.say.attached)(&cli.name(&name), &cli.name(&title)));
    Ok(())
}

/// What a file is called as an attachment: the last part of its path, composed as it is typed.
fn called(path: &Path) -> String {
    use unicode_normalization::UnicodeNormalization;
    let last = path.file_name().unwrap_or(path.as_os_str());
    last.to_string_lossy().nfc().collect()
}

/// `detach`: a file is written out, or taken away, or both.
pub(super) fn detach(cli: &mut Cli<'_>, matches: &ArgMatches) -> Result<(), Report> {
    let remove = flag(matches, "remove_attached");
    if remove {
        cli.writable()?;
    }
    let mut opened = cli.open()?;
    let wanted = reference::parse(required(matches, "entry")).entry;
    let scope = if remove { Scope::Live } else { Scope::LiveFirst };
    let id = reference::resolve(opened.open.vault(), &wanted, scope)?.id();
    let record = opened.open.vault().record(id).ok_or(ChangeError::NoSuchEntry)?;
    let entry = Entry(record);
    let (element, name, envelope) = attached::find(entry, option(matches, "attachment"))?;
    let (name, title) = (name.to_owned(), entry.title().to_owned());
    let to = matches.get_one::<PathBuf>("detached_file").cloned();
    let to = to.or_else(|| (!remove).then(|| PathBuf::from(sanitise::file_name(&name))));
    if let Some(path) = &to {
        let plain = opened.open.reveal(id, envelope).map_err(|_| Fault::Forged)?;
        if path.as_os_str() != "-" {
            write(&opened.store, path, plain.expose())?;
            cli.told(&(cli.text.say.detached)(&cli.name(&name), &path.display().to_string()));
        } else if cli.out.is_terminal() {
            // - on a terminal nothing of it acts
            cli.out.text(&String::from_utf8_lossy(plain.expose()));
        } else {
            cli.out.put(plain.expose());
        }
    }
    if !remove {
        return Ok(());
    }
    // - what was to be written is there before it goes
    cli.out.finish()?;
    let record = opened.open.vault().record(id).ok_or(ChangeError::NoSuchEntry)?;
    let mut sealer = opened.open.sealer(&mut cli.entropy);
    let mut edit = EntryEdit::of(&mut sealer, record);
    edit.detach(element);
    if let Some(change) = edit.finish() {
        cli.apply(&mut opened, &change, Why::Edit)?;
    }
    cli.told(&(cli.text.say.attachment_removed)(&cli.name(&name), &cli.name(&title)));
    Ok(())
}
