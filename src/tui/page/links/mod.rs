//! How accounts hang together: what falls with one as a tree (`falls`), and the links that are
//! proposed from what the entries say (`proposed`). Which they are is [`crate::ops::links`]'s.

pub mod falls;
mod proposed;

pub use falls::Falls;
pub use proposed::Proposed;

use crate::ops::links::{self, Proposal};
use crate::tui::screen::vault::Open;

/// Links that the entries tell and nobody set or refused.
pub fn of(open: &Open) -> Vec<Proposal> {
    // - asked for twice, and cheap to go through again
    let entries: Vec<_> = open.contents.session().vault().entries().collect();
    links::propose(entries.into_iter())
}
