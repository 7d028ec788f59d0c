//! `passwd`: a new master password, and with it every key anew.

use clap::ArgMatches;

use super::Cli;
use super::ask::Source;
use super::credential::credential;
use super::rekey::{self, Asked, Goal};
use crate::crypto::entropy::array;
use crate::crypto::keys::SlotSecret;
use crate::error::{Line, Report};
use crate::ops::health::Compared;
use crate::session::Credential;

pub(super) fn run(cli: &mut Cli<'_>, matches: &ArgMatches) -> Result<(), Report> {
    cli.writable()?;
    let asked = Asked::of(cli, matches)?;
    let mut opened = cli.open_asking()?;
    let source = match matches.get_one::<std::path::PathBuf>("new_password_file") {
        Some(path) => Source::of_path(path),
        // The old one came on standard input: so does the new one, as the next line.
        None if cli.source == Source::Stdin => Source::Stdin,
        None => Source::Terminal,
    };
    let password = cli.new_password(&source, Line::NewMaster, cli.text.say.ask_new_master)?;
    let new = match cli.credential_of(&mut opened)? {
        // The key file stays with it.
        Credential::KeyFile(secret) => match secret.key_file() {
            Some(key) => Credential::KeyFile(SlotSecret::with_key(password.expose().as_bytes(), key)?),
            None => credential(&password)?,
        },
        Credential::Password(_) | Credential::Recovery(_) => credential(&password)?,
    };
    // - compared while it is in hand; what stays is how many there are
    let alike = {
        let revealer = opened.open.revealer();
        let open = |id, envelope: &[u8]| revealer.open(id, envelope);
        let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Compared::of(opened.open.vault(), &password, &open, array(&mut cli.entropy)?, threads).found()
    };
    drop(password);
    rekey::change(cli, opened, Goal::Password(new), asked)?;
    if alike > 0 {
        cli.warn(&(cli.text.say.master_alike)(alike));
    }
    Ok(())
}
