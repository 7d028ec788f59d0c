//! What the pages about mail addresses have done in a job: the whole vault is looked through, and
//! what becomes of it is one change.

use std::collections::HashMap;

use crate::model::Id;
use crate::ops::change::Change;
use crate::ops::mailboxes::{self, How, New};
use crate::ops::readdress::{self, Hit, Swap};
use crate::tui::effect::World;
use crate::tui::notice::Deed;
use crate::tui::screen::vault::Open;
use crate::tui::task::{Progress, Stage};

/// What is to be done.
pub enum Job {
    /// Which mailboxes are there.
    Known,
    /// Make mailboxes.
    Make(Vec<New>, How),
    /// Who uses an address.
    Find(Swap),
    /// Write another address into these.
    Replace(Swap, Vec<Id>),
}

/// What became of it, but for a change.
#[derive(Debug)]
pub enum Did {
    /// Addresses of the mailboxes that are there.
    Known(HashMap<String, Id>),
    /// Entries with the address.
    Found(Vec<Hit>),
    /// Nothing could be made: no random bytes, or nothing is left to do.
    Nothing,
}

/// Does it; a change is to be applied under this name, to so many entries.
pub fn work(
    open: &mut Open,
    job: Job,
    progress: &Progress,
    now_ms: u64,
    world: &dyn World,
) -> Result<Did, (Change, (Deed, usize))> {
    progress.begin(Stage::Collecting, 0);
    let session = open.contents.session();
    let mut entropy = world.entropy();
    let mut sealer = session.sealer(&mut *entropy);
    let vault = session.vault();
    match job {
        Job::Known => Ok(Did::Known(mailboxes::known(vault))),
        Job::Find(swap) => Ok(Did::Found(readdress::find(vault, &swap))),
        Job::Make(new, how) => match mailboxes::make(vault, &new, &how, now_ms, &mut sealer) {
            Err(_) => Ok(Did::Nothing),
            Ok(made) => {
                let count = made.ids.len();
                // - what comes next (a list for the host, tags) is done to just these
                open.list.marks = made.ids.into_iter().collect();
                Err((made.change, (Deed::Added, count)))
            }
        },
        Job::Replace(swap, ids) => match readdress::change(vault, &swap, &ids, &mut sealer) {
            Ok(Some((change, count))) => Err((change, (Deed::Readdressed, count))),
            _ => Ok(Did::Nothing),
        },
    }
}
