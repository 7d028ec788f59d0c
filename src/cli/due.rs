//! `due`: which passwords are to be changed. Exit code 7 when there are any. For a message at login and
//! for cron: `--brief` is one line or nothing, and asks nobody for a password.
//!
//! JSON: a list of `id, title, kind, why` (`interval`, `date`, `expired`, `staged`, `forced`), `due`,
//! `interval` (days, or null). Never a password.

use clap::ArgMatches;

use super::{Cli, flag, local_day};
use crate::error::Report;
use crate::ops::export;
use crate::ops::rotation::{Cause, due};
use crate::text::cli::due::{cause, lines};

#[derive(serde::Serialize)]
struct RowJson<'a> {
    id: String,
    title: &'a str,
    kind: &'a str,
    why: &'a str,
    due: Option<String>,
    interval: Option<u64>,
}

pub(super) fn run(cli: &mut Cli<'_>, matches: &ArgMatches) -> Result<(), Report> {
    let say = lines(cli.lang);
    let brief = flag(matches, "brief");
    let opened = if brief {
        let Some(opened) = cli.open_unasked()? else {
            cli.exit = 8;
            return Ok(());
        };
        opened
    } else {
        cli.open()?
    };
    let vault = opened.open.vault();
    let all = due::due(vault, &cli.settings.intervals, cli.now());
    if !all.is_empty() {
        cli.exit = 7;
    }
    if flag(matches, "json") {
        let rows: Vec<RowJson<'_>> = all
            .iter()
            .filter_map(|one| {
                let entry = vault.entry(one.id)?;
                Some(RowJson {
                    id: one.id.to_string(),
                    title: entry.title(),
                    kind: entry.kind().word(),
                    why: one.cause.word(),
                    due: export::time(one.at),
                    interval: match one.cause {
                        Cause::Interval { days, .. } => Some(days),
                        _ => None,
                    },
                })
            })
            .collect();
        super::write_json(&mut cli.out, &rows)?;
        cli.out.put(b"\n");
        return Ok(());
    }
    match (brief, all.len()) {
        (true, 0) => {}
        (true, count) => cli.out.line(&(say.brief)(count)),
        (false, 0) => cli.told(say.nothing),
        (false, _) => {
            let titles = super::list::titles(vault);
            for one in &all {
                let title = titles.get(&one.id).cloned().unwrap_or_default();
                let why = cause(one.cause, one.at, cli.lang, &local_day);
                cli.out.cell(&format!("{title}: {why}"));
                cli.out.put(b"\n");
            }
            cli.told(say.advice);
        }
    }
    Ok(())
}
