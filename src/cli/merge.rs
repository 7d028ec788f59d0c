//! `merge`: another copy of this vault into it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::ArgMatches;

use super::ask::Source;
use super::differences::{self, Sides};
use super::vault::Opened;
use super::{Cli, flag, list};
use crate::error::{Ask, Fault, Line, Report};
use crate::model::Id;
use crate::ops::merge::{self, MergeReport};
use crate::session::{Credential, Open, Reach, Sealed};
use crate::store::{Store, Why};

pub(super) fn run(cli: &mut Cli<'_>, matches: &ArgMatches) -> Result<(), Report> {
    let (dry, away) = (flag(matches, "dry_run"), flag(matches, "put_away"));
    if !dry {
        cli.writable()?;
    }
    let Some(path) = matches.get_one::<PathBuf>("merge_file") else { return Ok(()) };
    let name = path.display().to_string();
    let about = |report: Report| report.about(&name);
    let store = cli.store()?;
    let bytes = store.read_file(path).map_err(|error| about(error.into()))?;
    cli.merging = Some(path.clone());
    let mut opened = cli.open()?;
    // - found before, since it is the path that tells, and the file may be moved
    let copies = opened.store.copies(&opened.open.header().vault);
    let beside = copies.into_iter().find(|copy| same_file(&opened.store, &copy.path, path));
    if away && beside.is_none() {
        return Err(Report::from(Ask::NotBeside).about(&name));
    }
    let Some((theirs, credential)) = theirs(cli, &mut opened, bytes, &name)? else { return Ok(()) };
    if dry {
        let sides = Sides::of(&opened.open, &theirs);
        if flag(matches, "json") {
            return differences::json(cli, &sides);
        }
        differences::lines(cli, &sides, true);
        return Ok(());
    }
    // Names of entries that only exist before or after are wanted, too.
    let mut titles = list::titles(opened.open.vault());
    let contained = merge::contains(opened.open.vault(), theirs.vault());
    let (ours, other) = (opened.open.header().epoch, theirs.header().epoch);
    let keys = theirs.key().expose() != opened.open.key().expose();
    let report = opened.open.join_open(theirs).map_err(|error| about(error.into()))?;
    if report.new_keys {
        opened.credential = credential;
        cli.warn(cli.text.say.their_password);
    } else if keys && ours == other {
        cli.warn(cli.text.say.our_password);
    }
    titles.extend(list::titles(opened.open.vault()));
    cli.warn_left_out(&opened.open, &report.left_out);
    if !contained || !report.is_empty() || report.new_keys {
        cli.save(&mut opened, Why::Important)?;
    }
    if let Some(copy) = beside {
        if away {
            let to = opened.store.put_away(&copy, &opened.open.header().vault);
            let to = to.map_err(|error| about(Fault::Write(error.kind()).into()))?;
            cli.told(&(cli.text.say.put_away)(&to.display().to_string()));
        } else {
            cli.told(&(cli.text.say.put_away_hint)(&super::out::word(&name)));
        }
    }
    if flag(matches, "json") {
        return json(cli, &report);
    }
    let say = &cli.text.say;
    if report.is_empty() {
        cli.told(say.merged_nothing);
        return Ok(());
    }
    let title = |id: &Id| titles.get(id).cloned().unwrap_or_else(|| id.to_string());
    let mut lines: Vec<(Id, String)> = Vec::new();
    let mut all = |ids: &[Id], what: &str| lines.extend(ids.iter().map(|id| (*id, what.to_owned())));
    all(&report.added, say.merged_added);
    all(&report.revived, say.merged_revived);
    all(&report.survived_purge, say.merged_survived);
    all(&report.purged, say.merged_purged);
    for (id, tags) in &report.changed {
        let names: BTreeSet<&str> = tags.iter().map(|tag| (say.tag)(*tag)).collect();
        let names: Vec<&str> = names.into_iter().collect();
        lines.push((*id, format!("{} ({})", say.merged_changed, names.join(", "))));
    }
    for (id, tag) in &report.superseded {
        lines.push((*id, format!("{} ({})", say.merged_superseded, (say.tag)(*tag))));
    }
    if report.elsewhere > 0 {
        cli.out.line((cli.text.say.merged_settings)(report.elsewhere).as_str());
    }
    for (id, what) in lines {
        cli.out.cell(&format!("{}: {what}", title(&id)));
        cli.out.put(b"\n");
    }
    cli.out.finish()?;
    cli.told(&(say.merged)(report.added.len(), report.changed.len(), report.superseded.len()));
    Ok(())
}

/// The same file, however the two paths are written.
pub(super) fn same_file(store: &Store, one: &Path, other: &Path) -> bool {
    let inode = |path: &Path| store.disk().meta(path).ok().map(|meta| meta.inode);
    inode(one).is_some() && inode(one) == inode(other)
}

/// Opens another copy; with what opened it, where that is a password of its own. None when the person
/// thought better of it.
fn theirs(
    cli: &mut Cli<'_>,
    opened: &mut Opened,
    bytes: Vec<u8>,
    name: &str,
) -> Result<Option<(Open, Option<Credential>)>, Report> {
    let sealed = Sealed::read(bytes).map_err(|error| Report::from(error).about(name))?;
    match opened.open.reach(&sealed) {
        // Whoever held the former password can have written it; joining is the person's to say.
        Reach::Retired { .. } if !cli.confirmed(cli.text.say.ask_older)? => Ok(None),
        Reach::Present | Reach::Retired { .. } | Reach::Foreign => {
            let theirs = opened.open.open_copy(sealed);
            Ok(Some((theirs.map_err(|error| Report::from(error).about(name))?, None)))
        }
        // Its master password is another one: whoever knows it may bring its entries here.
        Reach::Closed => with_password(cli, opened, sealed, name).map(Some),
    }
}

fn with_password(
    cli: &mut Cli<'_>,
    opened: &mut Opened,
    sealed: Sealed,
    name: &str,
) -> Result<(Open, Option<Credential>), Report> {
    // The password at hand may fit (changed to the same on both sides); else it is asked for.
    let free = crate::platform::resources::free_memory();
    let device = cli.device(&opened.store);
    let bytes = sealed.into_bytes();
    if let Some(held) = &opened.credential {
        let sealed = Sealed::read(bytes.clone()).map_err(|error| Report::from(error).about(name))?;
        if let Ok(theirs) = sealed.open(held, device, free) {
            return Ok((theirs, Some(held.duplicate())));
        }
    }
    let prompt = (cli.text.say.ask_other_master)(name);
    // A second password on standard input is its next line.
    let source = if cli.source == Source::Stdin { Source::Stdin } else { Source::Terminal };
    let store = cli.store()?;
    let (theirs, credential) = cli.open_with(&store, bytes, (&source, Line::NewMaster, &prompt), name)?;
    Ok((theirs, Some(credential)))
}

/// Stable: lists of entry ids; `changed` and `superseded` with the names of the fields.
#[derive(serde::Serialize)]
struct Json {
    added: Vec<String>,
    changed: Vec<Changed>,
    superseded: Vec<Superseded>,
    revived: Vec<String>,
    survived_purge: Vec<String>,
    purged: Vec<String>,
    settings: usize,
}

#[derive(serde::Serialize)]
struct Changed {
    id: String,
    fields: BTreeSet<String>,
}

#[derive(serde::Serialize)]
struct Superseded {
    id: String,
    field: String,
}

fn json(cli: &mut Cli<'_>, report: &MergeReport) -> Result<(), Report> {
    let ids = |ids: &[Id]| ids.iter().map(ToString::to_string).collect();
    let name = |tag: &crate::model::Tag| tag.name().unwrap_or("OTHER").to_lowercase();
    let json = Json {
        added: ids(&report.added),
        changed: report
            .changed
            .iter()
            .map(|(id, tags)| Changed { id: id.to_string(), fields: tags.iter().map(name).collect() })
            .collect(),
        superseded: report
            .superseded
            .iter()
            .map(|(id, tag)| Superseded { id: id.to_string(), field: name(tag) })
            .collect(),
        revived: ids(&report.revived),
        survived_purge: ids(&report.survived_purge),
        purged: ids(&report.purged),
        settings: report.elsewhere,
    };
    super::write_json(&mut cli.out, &json)?;
    cli.out.put(b"\n");
    Ok(())
}
