//! `links`: what falls if an account falls, as a tree; and the links that the entries tell, to be
//! set or refused.
//!
//! JSON of a tree: `id`, `title`, `falls`, `guessed`, `rows` (list of `id`, `title`, `kind`, `depth`,
//! `parent`, the place of the row above it in this list, `why`, `guess`, `again`, `text`). JSON of
//! proposals: a list of `from`, `from_title`, `relation`, `to`, `to_title`, `by`, `text`.

use std::collections::BTreeMap;

use clap::ArgMatches;

use super::vault::Opened;
use super::{Cli, flag, option, write_json};
use crate::crypto::entropy;
use crate::error::Report;
use crate::model::{Entry, Id, State};
use crate::ops::health::alike::{self, Sought, With};
use crate::ops::health::{Place, Subject};
use crate::ops::incident::Graph;
use crate::ops::links::tree::{self, Below, Hold, Tree};
use crate::ops::links::{self, Proposal};
use crate::ops::reference::{self, Scope};
use crate::ops::search::fold::fold;
use crate::store::Why;
use crate::text::cli::links::lines;
use crate::text::links as words;

pub(super) fn run(cli: &mut Cli<'_>, matches: &ArgMatches) -> Result<(), Report> {
    let (set, refuse) = (flag(matches, "set_links"), flag(matches, "refuse_links"));
    if set || refuse {
        cli.writable()?;
    }
    let opened = cli.open()?;
    let entry = match option(matches, "entry") {
        Some(name) => Some(cli.find(&opened, &reference::parse(name).entry, Scope::Live)?),
        None => None,
    };
    match entry {
        Some(id) if !flag(matches, "proposed") => falls(cli, &opened, id, flag(matches, "json")),
        about => proposed(cli, opened, about, (set, refuse), flag(matches, "json")),
    }
}

#[derive(serde::Serialize)]
struct TreeJson {
    id: String,
    title: String,
    falls: usize,
    guessed: usize,
    rows: Vec<RowJson>,
}

#[derive(serde::Serialize)]
struct RowJson {
    id: String,
    title: String,
    kind: &'static str,
    depth: u16,
    parent: Option<usize>,
    why: Option<&'static str>,
    guess: bool,
    again: bool,
    text: String,
}

fn falls(cli: &mut Cli<'_>, opened: &Opened, id: Id, json: bool) -> Result<(), Report> {
    let vault = opened.open.vault();
    let used = vault.entry(id).is_some_and(|entry| entry.state() == State::Active);
    let same = if used { same(cli, opened, id)? } else { Vec::new() };
    let graph = Graph::of(vault.entries());
    let tree = tree::tree(&graph, id, &same, &|id| fold(vault.entry(id).map_or("", Entry::title)));
    let titles = super::list::titles(vault);
    let title = |id: Id| titles.get(&id).cloned().unwrap_or_default();
    if json {
        let row = |row: &tree::Row| RowJson {
            id: row.entry.to_string(),
            title: title(row.entry),
            kind: vault.entry(row.entry).map_or("", |entry| entry.kind().word()),
            depth: row.depth,
            parent: row.parent,
            why: row.hold.map(|hold| match hold {
                Hold::Link(relation) => relation.word(),
                Hold::Password => "same-password",
            }),
            guess: row.guess,
            again: matches!(row.below, Below::Circle | Below::Elsewhere),
            text: words::row(row, cli.lang),
        };
        let rows = tree.rows.iter().map(row).collect();
        let made =
            TreeJson { id: id.to_string(), title: title(id), falls: tree.falls, guessed: tree.guessed, rows };
        write_json(&mut cli.out, &made)?;
        cli.out.put(b"\n");
        return Ok(());
    }
    for at in 0..tree.rows.len() {
        let row = &tree.rows[at];
        let why = words::row(row, cli.lang);
        let why = if why.is_empty() { why } else { format!("  ({why})") };
        cli.out.cell(&format!("{}{}{why}", branch(&tree, at), title(row.entry)));
        cli.out.put(b"\n");
    }
    let said = if used {
        words::counts(tree.falls, tree.guessed, cli.lang)
    } else {
        lines(cli.lang).out_of_use.to_owned()
    };
    cli.told(&said);
    Ok(())
}

/// The lines in front of a row.
fn branch(tree: &Tree, at: usize) -> String {
    let mut parts: Vec<&str> = Vec::new();
    let mut next = Some(at);
    while let Some(row) = next.and_then(|at| tree.rows.get(at)).filter(|row| row.depth > 0) {
        parts.push(match (parts.is_empty(), row.last) {
            (true, false) => "├ ",
            (true, true) => "└ ",
            (false, false) => "│ ",
            (false, true) => "  ",
        });
        next = row.parent;
    }
    parts.reverse();
    parts.concat()
}

/// Accounts in use with the same password.
fn same(cli: &mut Cli<'_>, opened: &Opened, id: Id) -> Result<Vec<Id>, Report> {
    let vault = opened.open.vault();
    let subjects: Vec<Subject> = vault.entries().map(Subject::of).collect();
    let Some(broken) = subjects.iter().find(|one| one.id == id) else { return Ok(Vec::new()) };
    let revealer = opened.open.revealer();
    let open = |id: Id, envelope: &[u8]| revealer.open(id, envelope);
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let with = With { open: &open, key: entropy::array(&mut cli.entropy)?, threads };
    let found = alike::alike(&subjects, &[Sought::Of(broken)], &with, &|_| true);
    let (found, shut) = found.unwrap_or_default();
    if shut > 0 {
        cli.warn(&(lines(cli.lang).shut)(shut));
    }
    let now = |place: Place| place == Place::Current;
    let hits = found.into_iter().filter(|one| one.pattern.is_none() && now(one.place) && now(one.of_place));
    let used = |id: &Id| vault.entry(*id).is_some_and(|entry| entry.state() == State::Active);
    let mut same: Vec<Id> = hits.map(|one| one.entry).filter(|other| *other != id).filter(used).collect();
    same.dedup();
    Ok(same)
}

#[derive(serde::Serialize)]
struct ProposalJson {
    from: String,
    from_title: String,
    relation: &'static str,
    to: String,
    to_title: String,
    by: &'static str,
    text: String,
}

fn proposed(
    cli: &mut Cli<'_>,
    mut opened: Opened,
    about: Option<Id>,
    (set, refuse): (bool, bool),
    json: bool,
) -> Result<(), Report> {
    let say = lines(cli.lang);
    let (links, shown) = {
        let vault = opened.open.vault();
        let entries: Vec<Entry<'_>> = vault.entries().collect();
        let mut found = links::propose(entries.into_iter());
        found.retain(|one| about.is_none_or(|id| one.from == id || one.to == id));
        let titles = super::list::titles(vault);
        let title = |id: &Id| titles.get(id).cloned().unwrap_or_default();
        found.sort_by_cached_key(|one| (one.relation.byte(), title(&one.to), title(&one.from)));
        let lang = cli.lang;
        let text = |one: &Proposal| match (vault.entry(one.from), vault.entry(one.to)) {
            (Some(from), Some(to)) => words::by(one.by, &links::evidence(from, to, one.by), lang),
            _ => String::new(),
        };
        let shown: Vec<ProposalJson> = found.iter().map(|one| shown(one, &titles, text(one))).collect();
        (found.iter().map(|one| one.link()).collect::<Vec<_>>(), shown)
    };
    if json {
        write_json(&mut cli.out, &shown)?;
        cli.out.put(b"\n");
    } else {
        for (one, (_, relation, _)) in shown.iter().zip(&links) {
            let relation = words::relation(*relation, cli.lang);
            cli.out.cell(&format!("{} {relation} {}  ({})", one.from_title, one.to_title, one.text));
            cli.out.put(b"\n");
        }
    }
    if links.is_empty() {
        cli.told(say.none);
        return Ok(());
    }
    if !set && !refuse {
        cli.told(&format!("{}\n{}", (say.proposed)(links.len()), say.how));
        return Ok(());
    }
    cli.out.flush_held();
    let question = if set { (say.ask_set)(links.len()) } else { (say.ask_refuse)(links.len()) };
    if !cli.confirmed(&question)? {
        return Ok(());
    }
    let change = links::settle(opened.open.vault(), &links, set, &mut opened.open.sealer(&mut cli.entropy))?;
    if let Some(change) = change {
        cli.apply(&mut opened, &change, Why::Edit)?;
    }
    cli.told(&if set { (say.set)(links.len()) } else { (say.refused)(links.len()) });
    Ok(())
}

fn shown(one: &Proposal, titles: &BTreeMap<Id, String>, text: String) -> ProposalJson {
    let title = |id: &Id| titles.get(id).cloned().unwrap_or_default();
    ProposalJson {
        from: one.from.to_string(),
        from_title: title(&one.from),
        relation: one.relation.word(),
        to: one.to.to_string(),
        to_title: title(&one.to),
        by: one.by.word(),
        text,
    }
}
