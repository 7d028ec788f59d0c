//! What becomes of backups that hold what was just ended: those that open with an earlier master
//! password, those that hold purged entries. They are named; a person keeps them, deletes them now, or
//! has them deleted in a week, and a script says which with an option.

use clap::ArgMatches;

use super::vault::Opened;
use super::{Cli, local_time, option};
use crate::error::{Fault, Report};
use crate::model::Id;
use crate::session::Sealed;
use crate::store::Backup;

/// The words of the option.
pub(super) const WORDS: [&str; 3] = ["keep", "delete", "later"];

/// A week.
const LATER_MS: u64 = 7 * 86_400_000;
/// Names that are listed.
const LISTED: usize = 20;

/// What is to become of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wish {
    Keep,
    Delete,
    Later,
}

/// What the option says, if it was given.
pub(super) fn wish(matches: &ArgMatches) -> Option<Wish> {
    Some(match option(matches, "old_backups")? {
        "delete" => Wish::Delete,
        "later" => Wish::Later,
        _ => Wish::Keep,
    })
}

/// Backups that open with an earlier master password.
pub(super) fn older(opened: &Opened) -> Vec<Backup> {
    let header = opened.open.header();
    opened.store.older_backups(&header.vault, header.epoch)
}

/// Backups that still hold one of these entries.
pub(super) fn holding(opened: &Opened, entries: &[Id]) -> Vec<Backup> {
    let mut all = opened.store.backups(&opened.open.header().vault).unwrap_or_default();
    all.retain(|backup| {
        let sealed = opened.store.read_backup(backup).ok().and_then(|bytes| Sealed::read(bytes).ok());
        let copy = sealed.and_then(|sealed| opened.open.open_copy(sealed).ok());
        copy.is_some_and(|copy| entries.iter().any(|id| copy.vault().entry(*id).is_some()))
    });
    all
}

/// Names them and does what is wished for; without a wish a person is asked, and a script keeps them.
pub(super) fn settle(
    cli: &mut Cli<'_>,
    opened: &Opened,
    backups: &[Backup],
    heading: &str,
    wish: Option<Wish>,
) -> Result<(), Report> {
    if backups.is_empty() {
        return Ok(());
    }
    let say = &cli.text.say;
    cli.warn(heading);
    let line = |backup: &Backup| format!("  {}  {}", backup.name, local_time(backup.ms));
    let mut lines: Vec<String> = backups.iter().take(LISTED).map(line).collect();
    if backups.len() > LISTED {
        lines.push("  ..".to_owned());
    }
    super::out::tell(&lines.join("\n"));
    let wish = match wish {
        Some(wish) => wish,
        None if cli.yes => Wish::Keep,
        None => {
            let answer = cli.ask.visible(say.ask_old_backups)?.unwrap_or_default();
            match answer.trim().to_lowercase().as_str() {
                "d" | "ｄ" | "delete" => Wish::Delete,
                "l" | "ｌ" | "later" | "7" | "７" => Wish::Later,
                _ => Wish::Keep,
            }
        }
    };
    let vault = opened.open.header().vault;
    let names: Vec<String> = backups.iter().map(|backup| backup.name.clone()).collect();
    let folder = || opened.store.backup_folder().display().to_string();
    let failed = |error: std::io::Error| Report::from(Fault::Write(error.kind())).about(folder());
    match wish {
        Wish::Keep => cli.told(say.old_backups_kept),
        Wish::Delete => {
            opened.store.drop_backups(&vault, &names).map_err(failed)?;
            cli.told(&(say.old_backups_gone)(names.len()));
        }
        Wish::Later => {
            let when = cli.now() + LATER_MS;
            opened.store.set_backups_due(&vault, &names, Some(when)).map_err(failed)?;
            cli.told(&(say.old_backups_later)(names.len(), &local_time(when)));
        }
    }
    Ok(())
}
