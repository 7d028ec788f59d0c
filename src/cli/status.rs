//! `status`: whether the vault is unlocked here, for how long and for whom; and whether a key can be
//! kept on this machine, if not why and what to do. It opens nothing and asks nothing. Exit code 0
//! whatever the answer is.
//!
//! JSON, stable: `copies` (paths of copies that a sync program left beside it), `vault` (path), `state` (`unlocked`, `locked`, `missing`), `reach` (`user`, `session`
//! or null), `seconds_left` (rounded down to the unit that the kernel tells; null when unknown),
//! `keyring` (`available`, `no-such-system`, `not-built`, `forbidden`, `full`, `ended`, `no-session`,
//! `error`).

use clap::ArgMatches;

use super::{Cli, flag, out};
use crate::error::Report;
use crate::kept::{self, Unlocked};
use crate::platform::keyring::{Reach, Unavailable};
use crate::session::Sealed;
use crate::store::ReadError;
use crate::text::{keyring as words, sanitise, words::span};

#[derive(serde::Serialize)]
struct Json {
    vault: String,
    state: &'static str,
    reach: Option<&'static str>,
    seconds_left: Option<u64>,
    keyring: &'static str,
    copies: Vec<String>,
}

enum State {
    Unlocked(Unlocked),
    Locked,
    Missing,
}

pub(super) fn run(cli: &mut Cli<'_>, matches: &ArgMatches) -> Result<(), Report> {
    let store = cli.store()?;
    let path = store.path().display().to_string();
    let mut copies = Vec::new();
    let state = match store.read() {
        Ok(bytes) => {
            let sealed = Sealed::read(bytes).map_err(|error| Report::from(error).about(&path))?;
            copies.extend(store.copies(&sealed.header().vault));
            kept::unlocked(cli.ring(), &sealed).map_or(State::Locked, State::Unlocked)
        }
        Err(ReadError::Missing) => State::Missing,
        Err(error) => return Err(Report::from(error).about(&path)),
    };
    let keyring = cli.ring().available(Reach::User);
    if flag(matches, "json") {
        let copies = copies.iter().map(|copy| copy.path.display().to_string()).collect();
        return json(cli, (path, copies), &state, keyring);
    }
    let say = &cli.text.say;
    let (state, advice) = match state {
        State::Unlocked(Unlocked { reach, left }) => {
            let left = left.map(|left| span(cli.lang, left));
            ((say.status_unlocked)(left.as_deref(), reach == Reach::Session), None)
        }
        State::Locked => (say.status_locked.to_owned(), None),
        State::Missing => (say.status_missing.to_owned(), None),
    };
    let (keyring, advice) = match keyring {
        Ok(()) => (say.status_keyring.to_owned(), advice),
        Err(error) => {
            let (fact, advice) = words::unavailable(cli.lang, error);
            (fact, Some(advice))
        }
    };
    cli.out.line(&format!("{}{}", say.status_vault_label, sanitise::line(&path)));
    cli.out.line(&format!("{}{state}", say.status_state_label));
    cli.out.line(&format!("{}{keyring}", say.status_keyring_label));
    if let Some(advice) = advice {
        cli.out.line(&advice);
    }
    for copy in &copies {
        let words = (cli.text.say.copy_beside)(&copy.name, &out::word(&copy.path.display().to_string()));
        cli.out.line(&sanitise::line(&words));
    }
    Ok(())
}

fn json(
    cli: &mut Cli<'_>,
    (vault, copies): (String, Vec<String>),
    state: &State,
    keyring: Result<(), Unavailable>,
) -> Result<(), Report> {
    let (word, unlocked) = match state {
        State::Unlocked(unlocked) => ("unlocked", Some(unlocked)),
        State::Locked => ("locked", None),
        State::Missing => ("missing", None),
    };
    let json = Json {
        vault,
        state: word,
        reach: unlocked.map(|one| match one.reach {
            Reach::User => "user",
            Reach::Session => "session",
        }),
        seconds_left: unlocked.and_then(|one| one.left).map(|left| left.as_secs()),
        keyring: match keyring {
            Ok(()) => "available",
            Err(error) => error.word(),
        },
        copies,
    };
    super::write_json(&mut cli.out, &json)?;
    cli.out.put(b"\n");
    Ok(())
}
