//! What is looked at whenever a vault was opened, whatever opened it: how its file stands to what this machine
//! saved, what earlier runs could not save, drafts, copies beside it. In the job that opened it. Not here:
//! opening it ([`super::by`], [`super::kept`]) and what is told of all this ([`super::done`]).

use super::contents::Contents;
use super::effect::World;
use super::other::{self, Beside};
use crate::commit::{self, Standing};
use crate::crypto::kdf::Params;
use crate::session;
use crate::store::Unsaved;

/// The vault's own file.
pub(super) fn opened(opened: session::Open, world: &dyn World) -> Box<Contents> {
    let standing = world.standing(&opened);
    open_as(opened, standing, world)
}

/// A backup, opened in the place of a damaged file. That it lacks the last save is no news; that it is from
/// before a password change is.
pub(super) fn opened_instead(opened: session::Open, world: &dyn World) -> Box<Contents> {
    let noted = world.noted(&opened.header().vault);
    let standing = match commit::against(noted.as_ref(), &opened) {
        older @ Standing::OlderEpoch { .. } => older,
        Standing::RolledBack { .. } | Standing::Fine => Standing::Fine,
    };
    open_as(opened, standing, world)
}

fn open_as(mut opened: session::Open, standing: Standing, world: &dyn World) -> Box<Contents> {
    let older = matches!(standing, Standing::OlderEpoch { .. });
    let noted = world.noted(&opened.header().vault).filter(|_| older && !world.read_only());
    let takes_on = noted.filter(|_| !opened.vault().read_only()).map(|note| note.epoch);
    if older || world.read_only() {
        opened.hold_read_only();
    }
    // - an older file takes nothing in: it would not be saved
    let unsaved = if opened.vault().read_only() { Vec::new() } else { world.unsaved(&opened.header().vault) };
    let recovered = commit::recover(&unsaved, &mut opened);
    let waits = |file: &&Unsaved| recovered.iter().all(|other| other.path != file.path);
    let waiting = unsaved.iter().filter(waits).map(|file| file.path.clone()).collect();
    let conflict = !opened.vault().read_only() && world.tidy(&opened);
    // - nothing can be done with a draft where nothing may be written
    let drafts = if opened.vault().read_only() { Vec::new() } else { world.drafts(&opened.header().vault) };
    let beside = Beside { copies: world.copies(&opened.header().vault), ..Beside::default() };
    let news = other::with_news(&beside.copies, &opened, world);
    let mut contents = Contents::new(opened);
    let macs = beside.copies.iter().map(|copy| copy.mac);
    contents.no_news = macs.filter(|mac| !news.contains(mac)).collect();
    (contents.beside, contents.news, contents.waiting) = (beside, news, waiting);
    contents.drafts = drafts;
    contents.takes_on = takes_on;
    (contents.standing, contents.recovered, contents.conflict) = (standing, recovered, conflict);
    contents.cheap = !contents.read_only() && is_cheap(contents.session(), world);
    Box::new(contents)
}

/// A slot costs less to guess than new vaults have at least, and this machine would make it dearer.
fn is_cheap(open: &session::Open, world: &dyn World) -> bool {
    let weak = open.ways().into_iter().map(|way| way.params).filter(|params| params.below_floor());
    // - the machine is measured only where there is a reason
    weak.map(Params::work_kib).min().is_some_and(|work| work < world.cost().work_kib())
}
