//! `passwd`: a new master password, and with it every key anew.

use clap::ArgMatches;

use super::ask::Source;
use super::credential::credential;
use super::vault::Opened;
use super::{Cli, option};
use crate::error::{Line, Report};
use crate::format::header::{Slot, SlotKind};
use crate::session::{NewSlot, Sealed};
use crate::store::Why;

pub(super) fn run(cli: &mut Cli<'_>, matches: &ArgMatches) -> Result<(), Report> {
    cli.writable()?;
    let asked = option(matches, "kdf");
    // Wrong costs are told before anything is asked.
    let given = asked.map(|asked| cli.costs(Some(asked))).transpose()?;
    let mut opened = cli.open_asking()?;
    let dropped = dropped(cli, &opened);
    if !dropped.is_empty() && !cli.confirmed(&(cli.text.say.ask_drop_slots)(&dropped.join(", ")))? {
        return Ok(());
    }
    let source = match matches.get_one::<std::path::PathBuf>("new_password_file") {
        Some(path) => Source::of_path(path),
        // The old one came on standard input: so does the new one, as the next line.
        None if cli.source == Source::Stdin => Source::Stdin,
        None => Source::Terminal,
    };
    let password = cli.new_password(&source, Line::NewMaster, cli.text.say.ask_new_master)?;
    let credential = credential(&password)?;
    drop(password);
    let params = match given {
        Some(params) => params,
        None => {
            // A slower machine must not make the vault weaker than it was.
            let measured = cli.costs(None)?;
            let held = slots(&opened).find(|(id, ..)| Some(*id) == opened.open.opened_by());
            held.map(|(_, _, params)| params)
                .filter(|held| held.work_kib() > measured.work_kib())
                .unwrap_or(measured)
        }
    };
    let name = opened.open.opened_by().map(|id| opened.open.slot_name(&id).to_owned()).unwrap_or_default();
    let slot = NewSlot { credential, name, params };
    let now = cli.now();
    opened.open.rekey(&[slot], now, &mut cli.entropy)?;
    cli.save(&mut opened, Why::Important)?;
    cli.told(cli.text.say.password_changed);
    let old = old_backups(&opened);
    if old > 0 {
        cli.warn(&(cli.text.say.old_backups)(old));
    }
    Ok(())
}

fn slots(opened: &Opened) -> impl Iterator<Item = ([u8; 8], SlotKind, crate::crypto::kdf::Params)> + '_ {
    opened.open.header().slots.iter().filter_map(|slot| match slot {
        Slot::Known(known) => Some((known.id, known.kind, known.params)),
        Slot::Unknown(_) => None,
    })
}

/// Names of the other ways to open it, which end.
fn dropped(cli: &Cli<'_>, opened: &Opened) -> Vec<String> {
    let say = &cli.text.say;
    let mut names: Vec<String> = slots(opened)
        .filter(|(id, ..)| Some(*id) != opened.open.opened_by())
        .map(|(id, kind, _)| {
            let word = match kind {
                SlotKind::Password => say.slot_password,
                SlotKind::KeyFile => say.slot_key_file,
                SlotKind::Recovery => say.slot_recovery,
            };
            match opened.open.slot_name(&id) {
                "" => word.to_owned(),
                name => format!("{word} ({})", cli.name(name)),
            }
        })
        .collect();
    let unknown = opened.open.header().slots.iter().filter(|slot| matches!(slot, Slot::Unknown(_)));
    names.extend(unknown.map(|_| say.slot_unknown.to_owned()));
    names
}

/// How many backups still open with an earlier password.
fn old_backups(opened: &Opened) -> usize {
    let header = opened.open.header();
    let backups = opened.store.backups(&header.vault).unwrap_or_default();
    let older = |backup: &&crate::store::Backup| {
        let bytes = opened.store.read_backup(backup).ok();
        let sealed = bytes.and_then(|bytes| Sealed::read(bytes).ok());
        sealed.is_some_and(|sealed| sealed.header().epoch < header.epoch)
    };
    backups.iter().filter(older).count()
}
