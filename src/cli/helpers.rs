//! `helpers install`: writes the small programs that mamori brings along into a folder: rotators for
//! WordPress, a Unix account, PostgreSQL and MariaDB.

use std::path::{Path, PathBuf};

use clap::ArgMatches;

use super::Cli;
use crate::error::{Ask, Fault, Report};
use crate::platform::program;
use crate::text::cli::change::helper_lines;

/// What is written: name and text.
const HELPERS: [(&str, &str); 4] = [
    ("wordpress", include_str!("../../assets/rotators/wordpress")),
    ("unix-account", include_str!("../../assets/rotators/unix-account")),
    ("postgresql", include_str!("../../assets/rotators/postgresql")),
    ("mariadb", include_str!("../../assets/rotators/mariadb")),
];

pub(super) fn run(cli: &mut Cli<'_>, matches: &ArgMatches) -> Result<(), Report> {
    let Some(("install", matches)) = matches.subcommand() else { return Err(Ask::NothingToDo.into()) };
    let named = matches.get_one::<PathBuf>("helpers_folder").cloned().unwrap_or_default();
    let folder = cli.expanded(&named);
    let say = helper_lines(cli.lang);
    let about = |path: &Path, error: std::io::Error| {
        Report::from(Fault::Write(error.kind())).about(path.display().to_string())
    };
    let other: Vec<&str> = HELPERS
        .iter()
        .filter(|(name, text)| program::is_other(&folder.join(name), text.as_bytes()))
        .map(|(name, _)| *name)
        .collect();
    if !other.is_empty() && !cli.confirmed(&(say.replace)(&other.join(" ")))? {
        return Ok(());
    }
    for (name, text) in HELPERS {
        program::install(&folder, name, text.as_bytes()).map_err(|error| about(&folder.join(name), error))?;
    }
    let shown = folder.display().to_string();
    let names = HELPERS.map(|(name, _)| name).join(" ");
    cli.told(&(say.installed)(&cli.name(&shown), &names));
    Ok(())
}
