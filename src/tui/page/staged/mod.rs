//! A change of a password under way: making the new one (`draft`), and what lies beside the old
//! one until the site has it (`panel`). Of all marked entries at once: `many`.

mod draft;
mod made;
mod many;
mod panel;
mod rotated;

pub use draft::Draft;
pub use many::Many;

use crate::model::{Entry, Id};
use crate::tui::app::Shell;
use crate::tui::page::Page;
use crate::tui::screen::vault::Open;

/// Cells that both popups want.
const WIDE: u16 = 70;

/// The page for the selected entry: the panel where a change is open, else the draft of one. Where
/// several are marked, the page for all of them.
pub fn of(open: &mut Open, shell: &mut Shell) -> Option<Box<dyn Page>> {
    let ids = open.targets();
    if let [_, _, ..] = ids.as_slice() {
        return Some(Box::new(Many::new(ids, open)));
    }
    of_entry(*ids.first()?, open, shell)
}

/// The same for an entry that a page names.
pub fn of_entry(id: Id, open: &mut Open, shell: &mut Shell) -> Option<Box<dyn Page>> {
    let entry = open.contents.entry(id)?;
    if entry.staged().is_empty() {
        if let Some(left) = open.left.take_if(|left| left.selected() == Some(id)) {
            return Some(left);
        }
        Some(Box::new(draft::Draft::new(id, draft::Way::Own, open, shell)))
    } else {
        Some(Box::new(panel::Panel::new(id, open, shell)))
    }
}

/// Takes the password that the site set by itself.
pub fn forced(id: Id, open: &Open, shell: &mut Shell) -> Box<dyn Page> {
    Box::new(draft::Draft::new(id, draft::Way::Forced, open, shell))
}

fn title(open: &Open, id: Id, shell: &Shell) -> String {
    let name = open.contents.entry(id).map_or("", Entry::title);
    let name = if name.is_empty() { shell.catalog().tui.vault.untitled } else { name };
    crate::text::sanitise::line(name).into_owned()
}
