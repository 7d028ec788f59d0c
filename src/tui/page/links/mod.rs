//! How accounts hang together: what falls with one as a tree (`falls`), and the links that are
//! proposed from what the entries say (`proposed`). Which they are is [`crate::ops::links`]'s.

pub mod falls;
mod proposed;

pub use falls::Falls;
pub use proposed::Proposed;

use crate::model::{Id, Relation};
use crate::ops::links::{self, Proposal};
use crate::tui::app::Shell;
use crate::tui::command::Unavailable;
use crate::tui::effect::Effect;
use crate::tui::notice::{Deed, Notice};
use crate::tui::screen::vault::{Open, steps};

/// Sets links that were proposed, or refuses them for good, as one step; false when it was not done.
pub fn set(
    open: &mut Open,
    links: &[(Id, Relation, Id)],
    take: bool,
    shell: &mut Shell,
    out: &mut Vec<Effect>,
) -> bool {
    if open.contents.read_only() {
        shell.tell(Notice::Unavailable(Unavailable::ReadOnly));
        return false;
    }
    let session = open.contents.session();
    let change = links::settle(session.vault(), links, take, &mut session.sealer(&mut *shell.entropy));
    let change = match change {
        Ok(Some(change)) => change,
        Ok(None) => {
            shell.tell(Notice::NothingChanged);
            return false;
        }
        Err(_) => {
            shell.tell(Notice::ChangeRefused);
            return false;
        }
    };
    let deed = if take { Deed::Linked } else { Deed::LinksRefused };
    if !steps::apply_as(open, &change, (deed, links.len()), shell, out) {
        shell.tell(Notice::ChangeRefused);
        return false;
    }
    if open.work.is_none() {
        shell.tell(Notice::Done(deed, links.len()));
    }
    true
}

/// Links that the entries tell and nobody set or refused.
pub fn of(open: &Open) -> Vec<Proposal> {
    // - asked for twice, and cheap to go through again
    let entries: Vec<_> = open.contents.session().vault().entries().collect();
    links::propose(entries.into_iter())
}
