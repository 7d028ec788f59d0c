//! The footer: the keys of what is in front, most useful first, as many as fit. It says what is true
//! here: the word of Enter is the page's own, and where nothing is selected no key of entries stands.
//!
//! Not here: what a page lists ([`crate::tui::page::Page::footer`]), and the short titles
//! ([`crate::text`]).

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::text::tui::Text;
use crate::tui::app::{App, Screen};
use crate::tui::command::{Command, Scope};
use crate::tui::dialog::Overlay;
use crate::tui::keymap::Keymap;
use crate::tui::screen::vault::{self, Open, Pane, side};
use crate::tui::widget::frame::hints;
use crate::tui::widget::text::width;

/// Hints that go first where there is little room.
const FIRST_OUT: &[Command] = &[
    Command::Left,
    Command::Right,
    Command::Palette,
    Command::ChoicePageDown,
    Command::PageDown,
    Command::EraseLeft,
    Command::CopyInTurn,
    Command::HitUp,
    Command::CopyCode,
    Command::HitDown,
    Command::Search,
    Command::FormUp,
    Command::ShowTyped,
];

/// Hints that stay: the ways out, and the list of all keys.
const STAY: &[Command] = &[Command::Back, Command::Leave, Command::Cancel, Command::Help, Command::HelpHere];

/// A hint: its command, the key and the word.
type Hint = (Command, String, String);

/// Draws the keys of this state.
pub fn view(app: &App, area: Rect, buf: &mut Buffer) {
    let room = area.width.saturating_sub(2);
    let pairs = fitted(hints_of(app), room);
    let beside = shows_parts(app);
    let now = |command: Command| beside && PARTS.contains(&command) || (command.spec().check)(app).is_ok();
    let pairs: Vec<(String, String, bool)> =
        pairs.into_iter().map(|(command, key, word)| (key, word, now(command))).collect();
    hints(buf, area.x + 1, area.y, room, &pairs, &app.shell.theme);
}

/// Hints that mean a part of the entry, which the detail shows with its key.
const PARTS: &[Command] = &[Command::CopyPassword, Command::CopyUser, Command::CopyCode, Command::CopyInTurn];

/// The detail stands beside the list: its rows say which parts the entry has. A hint that went dim with
/// one entry and came back with the next would be sent at every move.
fn shows_parts(app: &App) -> bool {
    app.open().is_some_and(|open| {
        let whole = vault::layout(open, &app.shell);
        let both = whole.list.is_some() && whole.detail.is_some();
        both && app.shell.overlay.is_none() && open.pages.is_empty() && open.selected().is_some()
    })
}

/// What does not fit goes: first what can be missed, then from the end; the ways out stay longest.
fn fitted(mut hints: Vec<Hint>, room: u16) -> Vec<Hint> {
    let total = |hints: &[Hint]| -> u16 {
        hints.iter().map(|(_, key, word)| width(key) + width(word) + 3).sum::<u16>().saturating_sub(2)
    };
    // - what a page names first is what it is there for
    let first = hints.first().map(|(command, _, _)| *command);
    for first_out in FIRST_OUT.iter().filter(|command| Some(**command) != first) {
        if total(&hints) > room {
            hints.retain(|(command, _, _)| command != first_out);
        }
    }
    while total(&hints) > room
        && let Some(at) = hints.iter().rposition(|(command, _, _)| !STAY.contains(command))
    {
        hints.remove(at);
    }
    hints
}

/// What stands in the footer.
fn hints_of(app: &App) -> Vec<Hint> {
    let shell = &app.shell;
    let text = shell.catalog().tui;
    let open = app.open();
    let page = open.and_then(|open| open.pages.last()).filter(|_| shell.overlay.is_none());
    let none_selected = open.is_some_and(|open| shell.overlay.is_none() && open.selected().is_none());
    let beside = open.filter(|open| page.is_none() && shell.overlay.is_none() && open.side.focused);
    let mut hints: Vec<Hint> = Vec::new();
    for command in wanted(app) {
        let command = *command;
        // - keys of entries where there is none, and marks where there is nothing to mark
        let of_rows = match command.spec().scope {
            Scope::Entry | Scope::Trash => true,
            // - a new folder can be made where there is none
            Scope::Filing => (command.spec().check)(app).is_err(),
            _ => false,
        };
        if none_selected && (of_rows || command == Command::MarkAll) {
            continue;
        }
        // - outside of tmux it has no meaning at all
        if command == Command::Send && !shell.in_tmux {
            continue;
        }
        // - the button of a first run says what Enter does
        let button = command == Command::Save && open.is_none() && app.scopes().contains(&Scope::Form);
        let key = if button { shell.keymap.label(Command::Accept) } else { shell.keymap.hint(command) };
        if key.is_empty() {
            continue;
        }
        let said = match (page, &app.screen) {
            (Some(page), _) => page.says(command, shell),
            (None, Screen::Create(state)) if shell.overlay.is_none() => state.says(command, shell),
            (None, _) => beside.and_then(|open| side::here(open).says(command, shell)),
        };
        let usual = match command {
            Command::Save if !button => text.page.form.save_short,
            Command::Reveal
                if page.map_or(open.is_some_and(|open| open.reveal.is_some()), |page| page.is_shown()) =>
            {
                text.vault.hide
            }
            Command::Open if open.is_some_and(Open::is_bare) && page.is_none() => {
                (text.short)(Command::Import)
            }
            // - a window over the list has nothing to open: Enter takes the line
            Command::Open if page.is_some_and(|page| page.popup()) => (text.short)(Command::Choose),
            Command::Back if matches!(app.screen, Screen::Opening(_) | Screen::Working(_)) => {
                text.opening.stop
            }
            _ => (text.short)(command),
        };
        // - what a page has no word for does nothing in this place
        let word = said.unwrap_or(usual);
        if !word.is_empty() {
            hints.push((command, key, word.to_owned()));
        }
    }
    moves(&mut hints, text, &shell.keymap);
    hints
}

/// Down and up that only move, whichever they are called, are one hint.
fn moves(hints: &mut Vec<Hint>, text: &Text, keymap: &Keymap) {
    use Command as C;
    let pairs =
        [(C::Down, C::Up), (C::ChoiceDown, C::ChoiceUp), (C::FormDown, C::FormUp), (C::HitDown, C::HitUp)];
    for (down, up) in pairs {
        // - a page that has its own word for one of them means more than a move
        let place = |wanted: Command| {
            let usual = (text.short)(wanted);
            hints.iter().position(|(command, _, word)| *command == wanted && word == usual)
        };
        let (first, other) = match (place(down), place(up)) {
            (Some(below), Some(above)) => (below.min(above), Some(below.max(above))),
            // - a page may name one of them only: "Down down" says nothing
            (Some(one), None) | (None, Some(one)) => (one, None),
            (None, None) => continue,
        };
        let keys = [up, down].map(|command| keymap.hint(command));
        let key = keys.into_iter().filter(|key| !key.is_empty()).collect::<Vec<_>>().join("/");
        if let Some(hint) = hints.get_mut(first) {
            let command = if other.is_some() { down } else { hint.0 };
            *hint = (command, key, text.overlay.moves.to_owned());
        }
        other.map(|other| hints.remove(other));
    }
}

/// The commands of this state.
fn wanted(app: &App) -> &[Command] {
    match (&app.shell.overlay, &app.screen) {
        (Some(Overlay::Palette(_) | Overlay::Vaults(_)), _) => {
            &[Command::Choose, Command::ChoiceDown, Command::ChoiceUp, Command::Back]
        }
        (Some(_), _) => &[Command::ChoiceDown, Command::ChoiceUp, Command::ChoicePageDown, Command::Back],
        (None, Screen::Create(state)) => state.footer(),
        (None, Screen::Locked(state)) => state.footer(&app.shell),
        (None, Screen::Opening(_) | Screen::Working(_)) => &[Command::Back],
        (None, Screen::Open(open)) => match open.pages.last() {
            Some(page) => page.footer(),
            None => of_list(app, open),
        },
    }
}

/// Those of the list with its detail and its sidebar.
fn of_list(app: &App, open: &Open) -> &'static [Command] {
    if open.list.searching {
        return &[
            Command::KeepSearch,
            Command::HitDown,
            Command::HitUp,
            Command::CopyHit,
            Command::Back,
            Command::Help,
        ];
    }
    if open.side.focused {
        return side::FOOTER;
    }
    if open.is_bare() {
        return &[Command::Open, Command::New, Command::Palette, Command::HelpHere, Command::Leave];
    }
    if open.list.hits.is_empty() {
        return &[Command::Search, Command::Back, Command::ReloadHere, Command::HelpHere, Command::Leave];
    }
    // - a note and a card have nothing that these keys copy
    let copies = [Command::CopyPassword, Command::CopyUser, Command::CopyCode];
    let any = copies.iter().any(|command| (command.spec().check)(app).is_ok());
    match (open.focus, any) {
        (Pane::Detail, true) => &[
            Command::CopyPassword,
            Command::CopyUser,
            Command::CopyCode,
            Command::Reveal,
            Command::Send,
            Command::CopyInTurn,
            Command::Back,
            Command::Search,
            Command::HelpHere,
        ],
        (Pane::Detail, false) => {
            &[Command::Reveal, Command::Edit, Command::Back, Command::Search, Command::HelpHere]
        }
        (Pane::List, true) => &[
            Command::Open,
            Command::CopyPassword,
            Command::CopyUser,
            Command::CopyCode,
            Command::CopyInTurn,
            Command::Search,
            Command::Palette,
            Command::HelpHere,
        ],
        (Pane::List, false) => &[
            Command::Open,
            Command::Reveal,
            Command::Edit,
            Command::Search,
            Command::Palette,
            Command::HelpHere,
        ],
    }
}
