//! Whether a command can be done now, and why not: the last column of the table.

use super::{App, Command, Scope, Unavailable};
use crate::tui::app::Screen;
use crate::tui::contents::Part;
use crate::tui::page::Page;

pub(super) fn always(_: &App) -> Result<(), Unavailable> {
    Ok(())
}

pub(super) fn open(app: &App) -> Result<(), Unavailable> {
    app.open().map(|_| ()).ok_or(away(app))
}

/// Why the vault is not here: it is locked, or long work has it.
fn away(app: &App) -> Unavailable {
    if matches!(app.screen, Screen::Working(_)) { Unavailable::NotHere } else { Unavailable::Locked }
}

/// It may be locked: also while long work has the vault, and where `mamori unlock` keeps it open.
pub(super) fn lockable(app: &App) -> Result<(), Unavailable> {
    match &app.screen {
        Screen::Working(_) => Ok(()),
        Screen::Locked(state) if state.kept => Ok(()),
        _ => open(app),
    }
}

pub(super) fn locked(app: &App) -> Result<(), Unavailable> {
    if app.open().is_none() { Ok(()) } else { Err(Unavailable::NotHere) }
}

pub(super) fn entry(app: &App) -> Result<(), Unavailable> {
    let open = app.open().ok_or(away(app))?;
    open.selected().map(|_| ()).ok_or(Unavailable::NoEntry)
}

/// An entry is selected, and there may be another pane.
pub(super) fn pane(app: &App) -> Result<(), Unavailable> {
    entry(app)?;
    if app.shell.in_tmux { Ok(()) } else { Err(Unavailable::NoTmux) }
}

fn part(app: &App, part: Part, missing: Unavailable) -> Result<(), Unavailable> {
    entry(app)?;
    let open = app.open().ok_or(away(app))?;
    let selected = open.selected().ok_or(Unavailable::NoEntry)?;
    let known = open.pages.last().and_then(|page| page.has(open, part));
    if known.unwrap_or_else(|| open.contents.has(selected, part)) { Ok(()) } else { Err(missing) }
}

pub(super) fn password(app: &App) -> Result<(), Unavailable> {
    part(app, Part::Password, Unavailable::NoPassword)
}

pub(super) fn staged(app: &App) -> Result<(), Unavailable> {
    part(app, Part::Staged, Unavailable::NoStaged)
}

pub(super) fn user(app: &App) -> Result<(), Unavailable> {
    part(app, Part::User, Unavailable::NoUser)
}

pub(super) fn code(app: &App) -> Result<(), Unavailable> {
    part(app, Part::Code, Unavailable::NoCode)
}

pub(super) fn address(app: &App) -> Result<(), Unavailable> {
    part(app, Part::Address(0), Unavailable::NoAddress)
}

pub(super) fn notes(app: &App) -> Result<(), Unavailable> {
    part(app, Part::Notes, Unavailable::NoNotes)
}

macro_rules! fields {
    ($($name:ident $number:literal)*) => {
        $(pub(super) fn $name(app: &App) -> Result<(), Unavailable> {
            part(app, Part::Field($number), Unavailable::NoField)
        })*
    };
}
fields! { field1 0 field2 1 field3 2 field4 3 field5 4 field6 5 field7 6 field8 7 field9 8 }

pub(super) fn reveal(app: &App) -> Result<(), Unavailable> {
    entry(app)?;
    let open = app.open().ok_or(away(app))?;
    let known = open.pages.last().and_then(|page| page.shows(open));
    if known.unwrap_or_else(|| open.secret_in_focus().is_some()) {
        Ok(())
    } else {
        Err(Unavailable::NoSecret)
    }
}

pub(super) fn change_entry(app: &App) -> Result<(), Unavailable> {
    entry(app)?;
    let open = app.open().ok_or(away(app))?;
    if open.contents.read_only() { Err(Unavailable::ReadOnly) } else { Ok(()) }
}

pub(super) fn change_marked(app: &App) -> Result<(), Unavailable> {
    let open = app.open().ok_or(Unavailable::Locked)?;
    if !open.has_targets() {
        Err(Unavailable::NoEntry)
    } else if open.contents.read_only() {
        Err(Unavailable::ReadOnly)
    } else {
        Ok(())
    }
}

pub(super) fn change_vault(app: &App) -> Result<(), Unavailable> {
    let open = app.open().ok_or(away(app))?;
    if open.contents.read_only() { Err(Unavailable::ReadOnly) } else { Ok(()) }
}

/// Folders or tags are selected.
pub(super) fn names(app: &App) -> Result<(), Unavailable> {
    let named = app.open().ok_or(away(app))?.named();
    named.ok_or(Unavailable::NoName)?;
    change_vault(app)
}

/// One folder or tag is selected.
pub(super) fn name(app: &App) -> Result<(), Unavailable> {
    names(app)?;
    let named = app.open().and_then(|open| open.named());
    if named.is_some_and(|named| named.one().is_some()) { Ok(()) } else { Err(Unavailable::Several) }
}

pub(super) fn search(app: &App) -> Result<(), Unavailable> {
    change_vault(app)?;
    let open = app.open().ok_or(Unavailable::Locked)?;
    if open.list.query.is_empty() { Err(Unavailable::NoSearch) } else { Ok(()) }
}

pub(super) fn undo(app: &App) -> Result<(), Unavailable> {
    let open = app.open().ok_or(away(app))?;
    if open.undo.is_empty() { Err(Unavailable::NothingToUndo) } else { Ok(()) }
}

pub(super) fn redo(app: &App) -> Result<(), Unavailable> {
    let open = app.open().ok_or(away(app))?;
    if open.redo.is_empty() { Err(Unavailable::NothingToRedo) } else { Ok(()) }
}

/// Only a page that names the command among its keys goes from one difference to the next.
pub(super) fn steps(app: &App) -> Result<(), Unavailable> {
    let open = app.open().ok_or(Unavailable::Locked)?;
    let goes = open.pages.last().is_some_and(|page| page.footer().contains(&Command::NextFound));
    if goes { Ok(()) } else { Err(Unavailable::NotHere) }
}

/// Only pages about health have findings to leave alone, and a report.
pub(super) fn health(app: &App) -> Result<(), Unavailable> {
    let open = app.open().ok_or(away(app))?;
    let of_health = |page: &dyn Page| page.scopes().contains(&Scope::Health) && !page.is_plan();
    let here = open.pages.last().is_some_and(|page| of_health(page.as_ref()));
    if !here {
        Err(Unavailable::NotHere)
    } else if open.contents.report.is_none() {
        Err(Unavailable::NotChecked)
    } else {
        Ok(())
    }
}

/// A health check has looked.
pub(super) fn checked(app: &App) -> Result<(), Unavailable> {
    let open = app.open().ok_or(away(app))?;
    open.contents.report.as_ref().map(|_| ()).ok_or(Unavailable::NotChecked)
}

/// Only a plan has steps to leave out.
pub(super) fn plan(app: &App) -> Result<(), Unavailable> {
    let open = app.open().ok_or(away(app))?;
    if open.pages.last().is_some_and(|page| page.is_plan()) { Ok(()) } else { Err(Unavailable::NotHere) }
}

/// A plan has a report, and so has a health check that ran.
pub(super) fn report(app: &App) -> Result<(), Unavailable> {
    plan(app).or_else(|_| health(app))
}

pub(super) fn copied(app: &App) -> Result<(), Unavailable> {
    if app.shell.clip.holds_something() { Ok(()) } else { Err(Unavailable::NothingCopied) }
}
