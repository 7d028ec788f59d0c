//! `init`: a new vault.

use std::sync::Arc;

use clap::ArgMatches;

use super::credential::credential;
use super::{Cli, option};
use crate::doctor::{self, Level};
use crate::error::{Line, Report};
use crate::platform::resources;
use crate::session::{NewSlot, Open};
use crate::store::SaveError;
use crate::store::disk::Real;
use crate::text::doctor as words;
use crate::{commit, paths};

pub(super) fn run(cli: &mut Cli<'_>, matches: &ArgMatches) -> Result<(), Report> {
    cli.writable()?;
    let store = cli.store()?;
    let path = store.path().display().to_string();
    // Before anything is asked; the save itself checks again.
    if store.exists() {
        return Err(Report::from(SaveError::Exists).about(path));
    }
    let usual = paths::vault(None, None, &|name| match name {
        "MAMORI_VAULT" => None,
        name => (cli.world.env)(name),
    });
    if usual.as_deref() == Some(store.path())
        && let Some(folder) = store.path().parent()
    {
        use crate::store::disk::Disk;
        let made = Arc::new(Real).make_folder(folder);
        made.map_err(|error| {
            Report::from(SaveError::Io { step: crate::store::Step::Write, kind: error.kind() }).about(&path)
        })?;
    } else if store.path().parent().is_some_and(|folder| !folder.as_os_str().is_empty() && !folder.is_dir()) {
        return Err(Report::from(SaveError::NoFolder).about(path));
    }
    let params = match option(matches, "kdf") {
        Some(asked) => cli.costs(Some(asked))?,
        None => {
            cli.told(cli.text.say.calibrating);
            cli.costs(None)?
        }
    };
    let source = cli.source.clone();
    let password = cli.new_password(&source, Line::Master, cli.text.say.ask_new_master)?;
    let slot = NewSlot { credential: credential(&password)?, name: String::new(), params };
    drop(password);
    let device = cli.device(&store);
    let mut open = Open::create(&[slot], device, &mut cli.entropy)?;
    let now = cli.now();
    commit::create(&store, &mut open, now, &mut cli.entropy)
        .map_err(|error| Report::from(error).about(&path))?;
    cli.told(&(cli.text.say.created)(&path, &params.to_string()));
    cli.told(cli.text.say.created_next);
    // - once, here: `doctor` says it again
    let others = doctor::vault::others(&store, resources::under_wsl());
    if let Some(finding) = others.filter(|finding| finding.level() != Level::Ok) {
        let (fact, advice) = words::said(cli.lang, &finding);
        cli.warn(&(cli.text.say.folder_open)(&fact, &advice));
    }
    Ok(())
}
