//! From keys and pastes to commands and to what is typed: which of several meanings a key has here, and
//! when it waits for another one or for the vault.
//!
//! Not here: what a command does ([`super::update`]), reading the terminal ([`crate::platform::tty`]).

use crate::secret::SecretBytes;
use crate::tui::app::{App, Screen, stay};
use crate::tui::command::{Command, Scope, Unavailable};
use crate::tui::effect::Effect;
use crate::tui::event::{Event, Input};
use crate::tui::key::{Chord, Code};
use crate::tui::keymap::{Keymap, Resolved};
use crate::tui::notice::Notice;
use crate::tui::screen::{vault, working};
use crate::tui::update::{global, input, run};

/// Takes a key or a paste.
pub(super) fn take(app: &mut App, event: Event, out: &mut Vec<Effect>) {
    match event {
        Event::Key(key) => {
            let before = (place(app), app.shell.told);
            pressed(app, key, out);
            left_behind(app, before);
        }
        Event::Paste(bytes) => paste(app, &bytes, out),
        _ => {}
    }
}

/// What is in front, as far as a notice belongs to it: the page, or the list.
fn place(app: &App) -> Option<(usize, String)> {
    let open = app.open()?;
    Some((open.pages.len(), open.pages.last().map_or(String::new(), |page| page.name(open, &app.shell))))
}

/// A notice that speaks of what was in front goes with it: it would say on another page what is true
/// of this one. What failed stays until it was read.
fn left_behind(app: &mut App, (before, told): (Option<(usize, String)>, u64)) {
    let passing = app.shell.notice.as_ref().is_some_and(|(notice, _)| stay(notice).is_some());
    // - work in front is no place of its own: it gives back the page that it covers
    let covered = matches!(app.screen, Screen::Working(_));
    if passing && !covered && app.shell.told == told && before.is_some() && place(app) != before {
        app.shell.notice = None;
    }
}

fn pressed(app: &mut App, key: Chord, out: &mut Vec<Effect>) {
    if let Screen::Locked(state) = &mut app.screen
        && std::mem::take(&mut state.blank)
    {
        return;
    }
    if app.shell.notice.as_ref().is_some_and(|(notice, _)| stay(notice).is_none()) {
        app.shell.notice = None;
    }
    if let Screen::Working(state) = &mut app.screen
        && app.shell.overlay.is_none()
        && !at_once(&app.shell.keymap, key)
        && working::keep(state, Event::Key(key), &app.shell)
    {
        return;
    }
    if app.shell.overlay.is_none()
        && app.shell.pending.is_empty()
        && let Screen::Open(open) = &mut app.screen
        && vault::key(open, key, &mut app.shell, out)
    {
        return;
    }
    if app.typing()
        && let Some(c) = key.typed()
    {
        return input(app, Input::Char(c), out);
    }
    let (key, wide) = if app.typing() { (key, false) } else { key.narrowed() };
    if key.is_japanese() && !app.typing() {
        app.shell.pending.clear();
        if app.shell.overlay.is_none() && app.open().is_some() {
            run(app, Command::Search, out);
        }
        // - where there is nothing to search in, as over a question, nobody is left waiting
        if !app.typing() {
            return app.shell.tell(Notice::NothingTyped);
        }
        return input(app, Input::Char(japanese(key)), out);
    }
    if !app.shell.pending.is_empty() && key.code == Code::Esc {
        return app.shell.pending.clear();
    }
    // - the first of two keys waits with the others for the vault that comes back
    let pending = match app.screen {
        Screen::Working(_) if at_once(&app.shell.keymap, key) => Vec::new(),
        _ => std::mem::take(&mut app.shell.pending),
    };
    match app.shell.keymap.resolve(app.scopes(), &pending, key) {
        Resolved::Run(command) => {
            if wide {
                app.shell.tell(Notice::FullWidthKey);
            }
            run(app, command, out);
        }
        Resolved::Pending => {
            app.shell.pending = pending;
            app.shell.pending.push(key);
        }
        // - a key that does not go on from the first ones stands for itself, unless it is a letter
        Resolved::Unbound if !pending.is_empty() && key.typed().is_none() => pressed(app, key, out),
        Resolved::Unbound => {
            // - the letters that close a window elsewhere close these, too
            let closes = matches!(key.code, Code::Char('q' | '?')) && !app.typing();
            if closes && app.shell.overlay.is_some() {
                app.shell.overlay = None;
            } else if app.open().is_some() && !app.typing() && pending.is_empty() {
                elsewhere(app, key);
            }
        }
    }
}

/// A key of the table that means nothing here says where it does; one that is in no table is no
/// mistake of anybody's.
fn elsewhere(app: &mut App, key: Chord) {
    let Some(scope) = app.shell.keymap.elsewhere(key) else { return };
    let reason = match app.scopes().contains(&Scope::Choice) {
        true => Unavailable::NotHere,
        false => Unavailable::Elsewhere(scope),
    };
    app.shell.tell(Notice::Unavailable(reason));
}

/// A key that does not wait for the vault.
fn at_once(keymap: &Keymap, key: Chord) -> bool {
    match keymap.resolve(&[Scope::Anywhere], &[], key) {
        Resolved::Run(command) => global(command) && command != Command::Back && command != Command::Reload,
        Resolved::Pending | Resolved::Unbound => false,
    }
}

fn japanese(key: Chord) -> char {
    match key.code {
        Code::Char(c) => c,
        _ => ' ',
    }
}

fn paste(app: &mut App, bytes: &SecretBytes, out: &mut Vec<Effect>) {
    app.shell.pending.clear();
    if let Screen::Working(state) = &mut app.screen {
        working::keep(state, Event::Paste(SecretBytes::copy_of(bytes.expose())), &app.shell);
        return;
    }
    let takes = app.typing() || (app.shell.overlay.is_none() && app.open().is_some());
    if takes {
        input(app, Input::Paste(bytes.expose()), out);
    } else {
        app.shell.tell(Notice::NothingTyped);
    }
}
