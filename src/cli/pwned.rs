//! `pwned build`: a small filter from the list of leaked passwords, to carry to a server.

use std::io::IsTerminal;
use std::path::PathBuf;

use clap::ArgMatches;

use super::{Cli, option};
use crate::error::{Ask, Fault, Report};
use crate::platform::hibp::filter::{Filter, ONE_IN, Take};
use crate::store::disk::Real;
use crate::store::write_new;
use crate::text::health::lines;

/// What a filter takes when nothing is said: 100 MB.
const SIZE: u64 = 100_000_000;

pub(super) fn run(cli: &mut Cli<'_>, matches: &ArgMatches) -> Result<(), Report> {
    match matches.subcommand() {
        Some(("build", sub)) => build(cli, sub),
        _ => Err(Ask::NothingToDo.into()),
    }
}

fn build(cli: &mut Cli<'_>, matches: &ArgMatches) -> Result<(), Report> {
    let path = |name: &str| matches.get_one::<PathBuf>(name).cloned().unwrap_or_default();
    let (list, out) = (path("pwned_list"), path("pwned_out"));
    let take = match (matches.get_one::<u64>("min_count"), option(matches, "size")) {
        (Some(least), _) => Take::MinCount(*least),
        (None, Some(size)) => Take::Size(bytes(size).ok_or_else(|| {
            let usage = &cli.text.usage;
            Report::from(Ask::Said((usage.bad_value)("--size", &crate::text::sanitise::line(size))))
        })?),
        (None, None) => Take::Size(SIZE),
    };
    let shows = std::io::stderr().is_terminal() && !cli.quiet;
    let say = lines(cli.lang);
    let mut told = |done: u64, all: u64| {
        if shows {
            super::out::tell_part(&format!("\r{}\x1b[K", (say.reading)(done * 100 / all.max(1))));
        }
        true
    };
    let made = Filter::build(&list, take, &mut told);
    if shows {
        super::out::tell_part("\r\x1b[K");
    }
    let filter = made.map_err(|error| Report::from(Fault::Pwned(error)).about(list.display().to_string()))?;
    let bytes = filter.bytes();
    let about =
        |error: std::io::Error| Report::from(Fault::Write(error.kind())).about(out.display().to_string());
    write_new(&Real, &out, &bytes).map_err(about)?;
    let shown = out.display().to_string();
    let shown = cli.name(&shown).into_owned();
    cli.told(&(say.built)(&shown, filter.keys(), filter.least(), bytes.len() as u64, ONE_IN));
    Ok(())
}

/// `100MB`, `64MiB`, `2GB`, or bytes.
fn bytes(text: &str) -> Option<u64> {
    let at = text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at_checked(at)?;
    let unit = match unit.trim().to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "k" | "kb" => 1_000,
        "m" | "mb" => 1_000_000,
        "g" | "gb" => 1_000_000_000,
        "kib" => 1 << 10,
        "mib" => 1 << 20,
        "gib" => 1 << 30,
        _ => return None,
    };
    number.parse::<u64>().ok()?.checked_mul(unit).filter(|bytes| *bytes >= 1_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_as_people_write_them() {
        assert_eq!(bytes("100MB"), Some(100_000_000));
        assert_eq!(bytes("64 MiB"), Some(64 << 20));
        assert_eq!(bytes("2000"), Some(2_000));
        for none in ["", "MB", "10", "1TB", "99999999999999999999", "9999999999999GB"] {
            assert_eq!(bytes(none), None, "{none}");
        }
    }
}
