//! `lock`: ends the key that `unlock` keeps, for every login of this user. A vault that is open in a
//! full-screen program stays open there.

use super::Cli;
use crate::error::Report;
use crate::session::Sealed;

pub(super) fn run(cli: &mut Cli<'_>) -> Result<(), Report> {
    let store = cli.store()?;
    let sealed = store.read().ok().and_then(|bytes| Sealed::read(bytes).ok());
    let say = &cli.text.say;
    match sealed {
        Some(sealed) => {
            let was = cli.ring().revoke(&sealed.header().vault)?;
            cli.told(if was { say.locked } else { say.was_locked });
        }
        // A file that is gone or damaged must not be a reason to leave its key where it is.
        None => {
            let count = cli.ring().revoke_all()?;
            cli.told(&(say.locked_all)(&store.path().display().to_string(), count));
        }
    }
    Ok(())
}
