//! `config`: the settings file of this person, for those who like an editor better than the page.

use std::path::PathBuf;

use clap::ArgMatches;

use super::Cli;
use crate::config::{self, KeyLine, Mistake};
use crate::error::{Ask, Fault, Report};
use crate::paths;
use crate::store::disk::{Disk, Real};
use crate::store::write_new;

fn place(cli: &Cli<'_>, named: Option<PathBuf>) -> Result<PathBuf, Report> {
    paths::config(named, cli.world.env).ok_or_else(|| Ask::NoHome.into())
}

pub(super) fn run(cli: &mut Cli<'_>, named: Option<PathBuf>, matches: &ArgMatches) -> Result<(), Report> {
    let path = place(cli, named)?;
    match matches.subcommand_name() {
        Some("init") => init(cli, &path),
        Some("check") => check(cli, &path),
        _ => {
            cli.out.path(&path);
            cli.out.put(b"\n");
            Ok(())
        }
    }
}

/// Writes the commented file; never over one that is there.
fn init(cli: &mut Cli<'_>, path: &std::path::Path) -> Result<(), Report> {
    let keys: Vec<KeyLine> = (cli.world.keys)(cli.lang)
        .into_iter()
        .map(|row| KeyLine { id: row.id.to_owned(), keys: row.bound, title: row.title.to_owned() })
        .collect();
    let text = config::template(cli.lang, &keys);
    let failed =
        |error: std::io::Error| Report::from(Fault::File(error.kind())).about(path.display().to_string());
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        Real.make_folder(folder).map_err(failed)?;
    }
    write_new(&Real, path, text.as_bytes()).map_err(failed)?;
    let shown = path.display().to_string();
    cli.told(&(cli.text.say.config_made)(&cli.name(&shown)));
    Ok(())
}

/// Says all mistakes, those in the keys too.
fn check(cli: &mut Cli<'_>, path: &std::path::Path) -> Result<(), Report> {
    let shown = path.display().to_string();
    if Real.meta(path).is_err() {
        cli.told(&(cli.text.say.config_none)(&cli.name(&shown)));
        return Ok(());
    }
    let text = super::settings::text(path)?;
    let mistakes: Vec<Mistake> = (cli.world.mistakes)(&text);
    if !mistakes.is_empty() {
        return Err(Report::from(Fault::Settings(mistakes)).about(shown));
    }
    cli.told(&(cli.text.say.config_good)(&cli.name(&shown)));
    Ok(())
}
