//! `completions`: a script for a shell, with our words in the chosen language.

use clap::ArgMatches;
use clap_complete::Shell;

use super::{Cli, required, spec};
use crate::error::Report;

pub(super) fn run(cli: &mut Cli<'_>, matches: &ArgMatches) -> Result<(), Report> {
    let shell = match required(matches, "shell") {
        "zsh" => Shell::Zsh,
        "fish" => Shell::Fish,
        "elvish" => Shell::Elvish,
        "powershell" => Shell::PowerShell,
        _ => Shell::Bash,
    };
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut spec::command(cli.text), "mamori", &mut script);
    cli.out.put(&script);
    Ok(())
}
