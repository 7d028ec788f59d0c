//! `generate`: new passwords, without any vault.

use std::io::IsTerminal;

use clap::ArgMatches;

use super::{Cli, flag, option};
use crate::error::{Ask, Report};
use crate::ops::generate::{Pronounceable, Random, Recipe, Space, Words, choose};
use crate::ops::health::subject;
use crate::text::cli::change;
use crate::text::rule;

#[derive(serde::Serialize)]
struct Row<'a> {
    password: &'a str,
    bits: f64,
}

fn number(matches: &ArgMatches, id: &str) -> Option<u16> {
    matches.get_one::<u16>(id).copied()
}

fn recipe(cli: &mut Cli<'_>, matches: &ArgMatches) -> Result<Recipe, Report> {
    let length = number(matches, "length");
    let mut recipe = if let Some(rules) = option(matches, "rules") {
        rules.parse()?
    } else if let Some(host) = option(matches, "site") {
        known(cli, host)?
    } else if let Some(count) = number(matches, "words") {
        Recipe::Words(Words { count, ..Words::default() })
    } else if let Some(digits) = number(matches, "pin") {
        Recipe::Pin(digits)
    } else if flag(matches, "pronounceable") {
        Recipe::Pronounceable(Pronounceable::default())
    } else {
        Recipe::Random(Random::default())
    };
    if let Some(length) = length {
        match &mut recipe {
            Recipe::Random(random) => random.length = length,
            Recipe::Words(words) => words.count = length,
            Recipe::Pin(digits) => *digits = length,
            Recipe::Pronounceable(letters) => letters.length = length,
            Recipe::Rules(rules) => rules.length = length,
        }
    }
    if flag(matches, "no_similar")
        && let Recipe::Random(random) = &mut recipe
    {
        random.no_similar = true;
    }
    Ok(recipe)
}

/// What is known of a site; says where from. Nothing is guessed.
fn known(cli: &mut Cli<'_>, host: &str) -> Result<Recipe, Report> {
    // - an address is as good as a host
    let name = subject::host(host).unwrap_or_else(|| host.to_lowercase());
    let Some(chosen) = choose::of_host(&name, &cli.settings.rules) else {
        return Err(Ask::Said((change::rule_lines(cli.lang).unknown_site)(&cli.name(&name))).into());
    };
    if let Some(words) = rule::source(&chosen.source, cli.lang) {
        cli.told(&words);
    }
    Ok(chosen.recipe)
}

pub(super) fn run(cli: &mut Cli<'_>, matches: &ArgMatches) -> Result<(), Report> {
    let recipe = recipe(cli, matches)?;
    let space = Space::of(&recipe)?;
    let bits = space.bits()?;
    let count = number(matches, "count").unwrap_or(1);
    let json = flag(matches, "json");
    if json {
        cli.out.put(b"[");
    }
    for at in 0..count {
        let password = space.draw(&mut cli.entropy)?;
        if json {
            cli.out.put(if at == 0 { b"\n" } else { b",\n" });
            // Two places behind the point: no more is worth anything.
            super::write_json(
                &mut cli.out,
                &Row { password: password.expose(), bits: (bits * 100.0).round() / 100.0 },
            )?;
        } else {
            cli.out.line(password.expose());
        }
    }
    if json {
        cli.out.put(b"\n]\n");
    } else if std::io::stderr().is_terminal() {
        cli.out.finish()?;
        cli.told(&(cli.text.say.bits)(bits));
    }
    Ok(())
}
