//! `doctor`: how much of what mamori promises holds on this machine. It looks, and tells calmly; it
//! opens no vault, asks for no password, uses no network. Exit code 7 when a problem was found.
//!
//! JSON, stable: an array of `id, group, level, said, advice`; `group` is `vault`, `machine` or
//! `terminal`, `level` is `ok`, `note` or `problem`; the last two are in the person's language.

use std::io::IsTerminal;
use std::path::PathBuf;

use clap::ArgMatches;

use super::{Cli, flag, wrap};
use crate::doctor::{Finding, Group, Level, machine, terminal, vault};
use crate::error::Report;
use crate::paths;
use crate::platform::clipboard::{Facts, decide};
use crate::platform::program;
use crate::platform::tty::{Probe, Terminal};
use crate::platform::{locale, resources};
use crate::store::Store;
use crate::text::{doctor as words, sanitise};

/// Cells of a line.
const CELLS: usize = 79;

pub(super) fn run(cli: &mut Cli<'_>, config: Option<PathBuf>, matches: &ArgMatches) -> Result<(), Report> {
    let store = cli.store()?;
    let findings = look(cli, config, &store);
    if flag(matches, "json") {
        json(cli, &findings)?;
    } else {
        print(cli, &store, &findings);
    }
    if findings.iter().any(|one| one.level() == Level::Problem) {
        cli.exit = 7;
    }
    Ok(())
}

fn look(cli: &Cli<'_>, config: Option<PathBuf>, store: &Store) -> Vec<Finding> {
    let mut all = vault::look(&vault::Look {
        store,
        write: !cli.read_only,
        memory: resources::free_memory(),
        wsl: resources::under_wsl(),
    });
    settings(cli, config, store, &mut all);
    let id = store.read().ok().and_then(|bytes| crate::session::Sealed::read(bytes).ok());
    let saved = id.and_then(|sealed| store.last_note(&sealed.header().vault)).map(|note| note.save.ms());
    all.extend(machine::look(cli.ring(), cli.now(), saved));
    all.extend(terminal::look(surroundings(cli)));
    all
}

fn settings(cli: &Cli<'_>, config: Option<PathBuf>, store: &Store, out: &mut Vec<Finding>) {
    let Some(path) = paths::config(config, cli.world.env) else { return };
    let Ok(meta) = store.meta(&path) else { return };
    out.push(Finding::SettingsMode(meta.mode));
    out.extend(program::weak_spot(&path).map(Finding::SettingsOpen));
    let mistakes = super::settings::text(&path).map(|text| (cli.world.mistakes)(&text).len());
    out.push(match mistakes {
        Ok(0) => Finding::SettingsRight,
        Ok(count) => Finding::SettingsWrong(count),
        Err(_) => Finding::SettingsWrong(1),
    });
}

fn surroundings(cli: &Cli<'_>) -> terminal::Look {
    let env = |name: &str| (cli.world.env)(name).and_then(|value| value.into_string().ok());
    let term = env("TERM").unwrap_or_default();
    let probe = asked(&term);
    let facts = Facts::gather(probe.as_ref(), cli.settings.clipboard);
    let set = |name: &str| env(name).is_some_and(|value| !value.is_empty());
    terminal::Look {
        probe,
        term,
        locale: match locale::foreign_codeset(&env) {
            Some(codeset) => Err(codeset),
            None => Ok(locale::is_utf8(&env)),
        },
        plain: set("NO_COLOR") || !cli.settings.color,
        route: decide(&facts),
        tmux: set("TMUX").then_some(cli.settings.lock_on_detach),
    }
}

/// What the terminal says of itself; half a second at most.
fn asked(term: &str) -> Option<Probe> {
    let usable = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
    if !usable || matches!(term, "" | "dumb") {
        return None;
    }
    // - on the other screen, so that nothing of the question stays on this one
    let mut terminal = Terminal::open().ok()?;
    Some(terminal.probe(term, &mut |_| {}))
}

fn print(cli: &mut Cli<'_>, store: &Store, findings: &[Finding]) {
    let lines = words::lines(cli.lang);
    let count = |level| findings.iter().filter(|one| one.level() == level).count();
    for group in [Group::Vault, Group::Machine, Group::Terminal] {
        let path = store.path().display().to_string();
        match group {
            Group::Vault => cli.out.line(&format!("{}  {}", lines.heading(group), sanitise::line(&path))),
            _ => cli.out.line(&format!("\n{}", lines.heading(group))),
        }
        for finding in findings.iter().filter(|one| one.group() == group) {
            let level = lines.level(finding.level());
            let (fact, advice) = words::said(cli.lang, finding);
            let indent = unicode_width::UnicodeWidthStr::width(level) + 4;
            for (at, line) in wrap::wrap(&sanitise::line(&fact), CELLS - indent).iter().enumerate() {
                let head = if at == 0 { format!("  {level}  ") } else { " ".repeat(indent) };
                cli.out.line(&format!("{head}{line}"));
            }
            for line in wrap::wrap(&sanitise::line(&advice), CELLS - indent) {
                cli.out.line(&format!("{}{line}", " ".repeat(indent)));
            }
        }
    }
    cli.out.line(&format!("\n{}", (lines.sum)(count(Level::Problem), count(Level::Note))));
}

#[derive(serde::Serialize)]
struct Row {
    id: &'static str,
    group: &'static str,
    level: &'static str,
    said: String,
    advice: String,
}

fn json(cli: &mut Cli<'_>, findings: &[Finding]) -> Result<(), Report> {
    let rows: Vec<Row> = findings
        .iter()
        .map(|one| {
            let (said, advice) = words::said(cli.lang, one);
            let group = match one.group() {
                Group::Vault => "vault",
                Group::Machine => "machine",
                Group::Terminal => "terminal",
            };
            let level = match one.level() {
                Level::Ok => "ok",
                Level::Note => "note",
                Level::Problem => "problem",
            };
            Row { id: one.id(), group, level, said, advice }
        })
        .collect();
    super::write_json(&mut cli.out, &rows)?;
    cli.out.put(b"\n");
    Ok(())
}
