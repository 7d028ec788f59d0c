//! `mail`: many mailboxes from a list of addresses, and another address in place of one.
//!
//! JSON of `mail add`: `made` (list of `id`, `address`, `line`; without `id` for a dry run), `left`
//! (list of `line`, `text`, `why`, `entry`). JSON of `mail replace`: a list of `id`, `title`,
//! `changes` (list of `where`, `before`, `after`). Never a password.

use std::path::{Path, PathBuf};

use clap::ArgMatches;

use super::vault::{Opened, read_file};
use super::{Cli, flag, option, required, values, write_json};
use crate::error::{Ask, Fault, Report};
use crate::model::Id;
use crate::ops::mailboxes::{self, BYTES_MOST, How, Left, MakeError, Passwords, Read};
use crate::ops::readdress::{self, Hit, Place, Swap};
use crate::ops::reference::{self, Scope};
use crate::store::Why;
use crate::text::cli::mail::lines;
use crate::text::mail as words;

pub(super) fn run(cli: &mut Cli<'_>, matches: &ArgMatches) -> Result<(), Report> {
    match matches.subcommand() {
        Some(("add", sub)) => add(cli, sub),
        Some(("replace", sub)) => replace(cli, sub),
        // The parser lets no other name through.
        _ => Err(Ask::NothingToDo.into()),
    }
}

fn said(text: impl Into<String>) -> Report {
    Ask::Said(text.into()).into()
}

/// The list: of a file, or of standard input behind what else was read from it.
fn list(cli: &mut Cli<'_>, path: &Path) -> Result<String, Report> {
    let say = lines(cli.lang);
    if path.as_os_str() != "-" {
        let bytes = match read_file(path, BYTES_MOST as u64) {
            Err(report) if matches!(report.fault, Fault::File(std::io::ErrorKind::FileTooLarge)) => {
                return Err(said(say.too_long));
            }
            other => other?,
        };
        return String::from_utf8(bytes).map_err(|_| {
            Report::from(Fault::File(std::io::ErrorKind::InvalidData)).about(path.display().to_string())
        });
    }
    if cli.ask.is_interactive() {
        cli.told(say.type_them);
    }
    // - what is too long for notes is too long for a list
    let text = cli.ask.rest().map_err(|report| match report.fault {
        Fault::Ask(Ask::BadLine(_)) => said(say.too_long),
        Fault::Ask(Ask::MissingLine(_)) => said(say.nothing_new),
        _ => report,
    })?;
    Ok(text.expose().to_owned())
}

#[derive(serde::Serialize)]
struct AddJson {
    made: Vec<MadeJson>,
    left: Vec<LeftJson>,
}

#[derive(serde::Serialize)]
struct MadeJson {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    address: String,
    line: usize,
}

#[derive(serde::Serialize)]
struct LeftJson {
    line: usize,
    text: String,
    why: String,
    entry: Option<String>,
}

fn add(cli: &mut Cli<'_>, matches: &ArgMatches) -> Result<(), Report> {
    let dry = flag(matches, "dry_run");
    if !dry {
        cli.writable()?;
    }
    let passwords = match option(matches, "generate") {
        None => Passwords::None,
        Some("") => Passwords::ByRule(cli.settings.rules.clone()),
        Some(text) => Passwords::Of(text.parse()?),
    };
    let how = How {
        passwords,
        folder: option(matches, "folder").unwrap_or("").trim_matches('/').to_owned(),
        tags: values(matches, "tag").into_iter().map(str::to_owned).collect(),
    };
    let mut opened = cli.open()?;
    let path = matches.get_one::<PathBuf>("address_list").cloned().unwrap_or_else(|| "-".into());
    let text = list(cli, &path)?;
    let read = mailboxes::read(&text, &mailboxes::known(opened.open.vault()));
    if read.cut {
        return Err(said(lines(cli.lang).too_long));
    }
    let json = flag(matches, "json");
    if !json {
        show(cli, &opened, &read);
    }
    let say = lines(cli.lang);
    if read.wrong() > 0 && !flag(matches, "skip_wrong") {
        return Err(said((say.wrong)(read.wrong())));
    }
    let mut ids = Vec::new();
    if dry {
        cli.told(say.would);
    } else if read.new.is_empty() {
        cli.told(say.nothing_new);
    } else {
        cli.out.flush_held();
        if !cli.confirmed(&(say.ask_make)(read.new.len()))? {
            return Ok(());
        }
        let now = cli.now();
        let made = {
            let mut sealer = opened.open.sealer(&mut cli.entropy);
            mailboxes::make(opened.open.vault(), &read.new, &how, now, &mut sealer)
        };
        let made = made.map_err(|error| match error {
            MakeError::Entropy(error) => Report::from(error),
            MakeError::Recipe(error) => Report::from(error),
        })?;
        cli.apply(&mut opened, &made.change, Why::Edit)?;
        cli.told(&words::made(made.ids.len(), made.linked, cli.lang));
        ids = made.ids;
    }
    if json {
        let titles = super::list::titles(opened.open.vault());
        let title = |id: Id| titles.get(&id).cloned().unwrap_or_default();
        let made = read.new.iter().enumerate().map(|(at, one)| MadeJson {
            id: ids.get(at).map(Id::to_string),
            address: one.address.clone(),
            line: one.line,
        });
        let left = read.left.iter().map(|(line, text, why)| LeftJson {
            line: *line,
            text: text.clone(),
            why: words::left(why, cli.lang, &title),
            entry: if let Left::There(id) = why { Some(id.to_string()) } else { None },
        });
        let object = AddJson { made: made.collect(), left: left.collect() };
        write_json(&mut cli.out, &object)?;
        cli.out.put(b"\n");
    }
    Ok(())
}

/// All of it, before anything is written.
fn show(cli: &mut Cli<'_>, opened: &Opened, read: &Read) {
    let titles = super::list::titles(opened.open.vault());
    let title = |id: Id| titles.get(&id).cloned().unwrap_or_default();
    for one in &read.new {
        let name = if one.name.is_empty() { String::new() } else { format!("  {}", one.name) };
        cli.out.cell(&format!("{}{name}", one.address));
        cli.out.put(b"\n");
    }
    cli.out.flush_held();
    for (line, text, why) in &read.left {
        let why = words::left(why, cli.lang, &title);
        let told = words::left_line(*line, &cli.name(text), &cli.name(&why), cli.lang);
        cli.told(&told);
    }
    let there = read.left.len() - read.wrong();
    cli.told(&words::counts(read.new.len(), there, read.wrong(), cli.lang));
}

#[derive(serde::Serialize)]
struct HitJson {
    id: String,
    title: String,
    changes: Vec<SpotJson>,
}

#[derive(serde::Serialize)]
struct SpotJson {
    r#where: String,
    before: String,
    after: String,
}

fn replace(cli: &mut Cli<'_>, matches: &ArgMatches) -> Result<(), Report> {
    let dry = flag(matches, "dry_run");
    if !dry {
        cli.writable()?;
    }
    let old = required(matches, "old_address");
    let lang = cli.lang;
    let swap = Swap::of(old, required(matches, "new_address"))
        .map_err(|error| said(words::readdress(error, lang)))?;
    let mut opened = cli.open()?;
    let mut chosen = Vec::new();
    for name in values(matches, "entries") {
        chosen.push(cli.find(&opened, &reference::parse(name).entry, Scope::Live)?);
    }
    let mut hits = readdress::find(opened.open.vault(), &swap);
    hits.retain(|hit| chosen.is_empty() || chosen.contains(&hit.entry));
    let say = lines(cli.lang);
    if flag(matches, "json") {
        let titles = super::list::titles(opened.open.vault());
        let all: Vec<HitJson> = hits.iter().map(|hit| hit_json(hit, &titles)).collect();
        write_json(&mut cli.out, &all)?;
        cli.out.put(b"\n");
    } else {
        print(cli, &opened, &hits);
    }
    if hits.is_empty() {
        let name = cli.name(old).into_owned();
        cli.told(&(say.none)(&name));
        return Ok(());
    }
    if dry {
        cli.told(say.would);
        return Ok(());
    }
    cli.out.flush_held();
    cli.told(say.at_site);
    if !cli.confirmed(&(say.ask_replace)(hits.len()))? {
        return Ok(());
    }
    let ids: Vec<Id> = hits.iter().map(|hit| hit.entry).collect();
    let change =
        readdress::change(opened.open.vault(), &swap, &ids, &mut opened.open.sealer(&mut cli.entropy))?;
    let Some((change, count)) = change else { return Ok(()) };
    cli.apply(&mut opened, &change, Why::Edit)?;
    cli.told(&(say.replaced)(count));
    Ok(())
}

fn hit_json(hit: &Hit, titles: &std::collections::BTreeMap<Id, String>) -> HitJson {
    let spot = |spot: &readdress::Spot| SpotJson {
        r#where: match &spot.place {
            Place::User => "username".to_owned(),
            Place::Field(_, name) => name.clone(),
            Place::Link(_) => "resets-through".to_owned(),
        },
        before: spot.before.clone(),
        after: spot.after.clone(),
    };
    HitJson {
        id: hit.entry.to_string(),
        title: titles.get(&hit.entry).cloned().unwrap_or_default(),
        changes: hit.spots.iter().map(spot).collect(),
    }
}

fn print(cli: &mut Cli<'_>, opened: &Opened, hits: &[Hit]) {
    let titles = super::list::titles(opened.open.vault());
    for hit in hits {
        let title = titles.get(&hit.entry).cloned().unwrap_or_default();
        cli.out.cell(&title);
        cli.out.put(b"\n");
        for spot in &hit.spots {
            let place = words::place(&spot.place, cli.lang);
            cli.out.cell(&format!("  {place}: {} -> {}", spot.before, words::after(&spot.after, cli.lang)));
            cli.out.put(b"\n");
        }
    }
}
