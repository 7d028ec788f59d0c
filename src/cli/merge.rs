//! `merge`: another copy of this vault into it.

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::ArgMatches;

use super::ask::Source;
use super::vault::Opened;
use super::{Cli, flag, list};
use crate::error::{Line, Report};
use crate::model::Id;
use crate::ops::merge::MergeReport;
use crate::session::{JoinError, Open, Sealed};
use crate::store::{Store, Why};

pub(super) fn run(cli: &mut Cli<'_>, matches: &ArgMatches) -> Result<(), Report> {
    cli.writable()?;
    let Some(path) = matches.get_one::<PathBuf>("merge_file") else { return Ok(()) };
    let name = path.display().to_string();
    let about = |report: Report| report.about(&name);
    let store = cli.store()?;
    let other = Store::new(store.disk().clone(), path.clone(), PathBuf::from("/nonexistent"));
    let bytes = other.read().map_err(|error| about(error.into()))?;
    let mut opened = cli.open()?;
    // Names of entries that only exist before or after are wanted, too.
    let mut titles = list::titles(opened.open.vault());
    let epoch = opened.open.header().epoch;
    let report = join(cli, &mut opened, bytes, &name)?;
    let Some(report) = report else { return Ok(()) };
    titles.extend(list::titles(opened.open.vault()));
    cli.warn_left_out(&opened.open, &report.left_out);
    if !report.is_empty() || opened.open.header().epoch != epoch {
        cli.save(&mut opened, Why::Important)?;
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
    for (id, what) in lines {
        cli.out.cell(&format!("{}: {what}", title(&id)));
        cli.out.put(b"\n");
    }
    cli.out.finish()?;
    cli.told(&(say.merged)(report.added.len(), report.changed.len(), report.superseded.len()));
    Ok(())
}

/// Joins the bytes of another copy; none when the person thought better of it.
fn join(
    cli: &mut Cli<'_>,
    opened: &mut Opened,
    bytes: Vec<u8>,
    name: &str,
) -> Result<Option<MergeReport>, Report> {
    let about = |error: JoinError| Report::from(error).about(name);
    match opened.open.join(bytes.clone(), false, false) {
        Ok(report) => Ok(Some(report)),
        // The key of that time is kept inside our vault; joining is the person's to say.
        Err(JoinError::OlderEpoch { .. }) => {
            if !cli.confirmed(cli.text.say.ask_older)? {
                return Ok(None);
            }
            match opened.open.join(bytes.clone(), true, false) {
                Ok(report) => Ok(Some(report)),
                Err(JoinError::OlderEpoch { .. }) => with_password(cli, opened, bytes, name).map(Some),
                Err(error) => Err(about(error)),
            }
        }
        // Its master password is another one: whoever knows it may bring its entries here.
        Err(JoinError::PasswordChanged { .. }) => with_password(cli, opened, bytes, name).map(Some),
        // Equal epochs under different keys: both copies had their password changed.
        Err(JoinError::Format(crate::format::FormatError::WrongKey)) => {
            with_password(cli, opened, bytes, name).map(Some)
        }
        Err(error) => Err(about(error)),
    }
}

fn with_password(
    cli: &mut Cli<'_>,
    opened: &mut Opened,
    bytes: Vec<u8>,
    name: &str,
) -> Result<MergeReport, Report> {
    // The password at hand may fit (changed to the same on both sides); else it is asked for.
    let sealed = Sealed::read(bytes.clone()).map_err(|error| Report::from(error).about(name))?;
    let free = crate::platform::resources::free_memory();
    let device = cli.device(&opened.store);
    let ours = cli.credential_of(opened)?;
    let (theirs, credential) = match sealed.open(&ours, device.clone(), free) {
        Ok(theirs) => (theirs, ours),
        Err(_) => {
            let prompt = (cli.text.say.ask_other_master)(name);
            // A second password on standard input is its next line.
            let source = if cli.source == Source::Stdin { Source::Stdin } else { Source::Terminal };
            let store = cli.store()?;
            cli.open_with(&store, bytes.clone(), (&source, Line::NewMaster, &prompt), name)?
        }
    };
    let about = |error: JoinError| Report::from(error).about(name);
    // The later password change gives keys and slots, whichever side it was made on.
    let age =
        |open: &Open| (open.header().epoch, open.vault().retired.last().map_or(0, |retired| retired.when));
    let (ours, other) = (age(&opened.open), age(&theirs));
    let key = theirs.key().duplicate();
    let report = opened.open.join_open(theirs).map_err(about)?;
    if other > ours {
        let sealed = Sealed::read(bytes).map_err(|error| Report::from(error).about(name))?;
        let keyed = sealed.open_with(key, device).map_err(|error| Report::from(error).about(name))?;
        let loaded = opened.open.loaded();
        let joined = std::mem::replace(&mut opened.open, keyed);
        opened.open.join_open(joined).map_err(about)?;
        if let Some(mac) = loaded {
            opened.open.written(mac);
        }
        opened.credential = Some(credential);
        cli.warn(cli.text.say.their_password);
    } else if other.0 == ours.0 {
        cli.warn(cli.text.say.our_password);
    }
    Ok(report)
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
    };
    super::write_json(&mut cli.out, &json)?;
    cli.out.put(b"\n");
    Ok(())
}
