//! What a key does where no page is in front: in the list, the detail, the sidebar and the search
//! field; and what one step back is.

use super::{Open, Pane, copy, detail, list, marks, pages, reveal, search, side};
use crate::tui::app::Shell;
use crate::tui::command::{Command, Unavailable};
use crate::tui::effect::Effect;
use crate::tui::event::Input;
use crate::tui::notice::Notice;
use crate::tui::page;
use crate::tui::shelf::Filter;

pub(super) fn below(open: &mut Open, input: Input<'_>, shell: &mut Shell, out: &mut Vec<Effect>) {
    let command = match input {
        Input::Char(c) => {
            if !open.list.search.type_char(c) {
                shell.tell(Notice::FieldFull);
            }
            return list::find(open, shell);
        }
        Input::Paste(bytes) => {
            // - outside the field a paste is a search, never keys
            return list::paste(open, bytes, shell);
        }
        Input::Command(command) => command,
    };
    if open.side.focused && beside(open, command, shell, out) {
        return;
    }
    let told = shell.told;
    match command {
        Command::Search => {
            // - a search that was kept is there to be gone on with, or to be typed over
            if !std::mem::replace(&mut open.list.searching, true) {
                open.list.search.select();
                open.list.seek.from = open.list.cursor;
            }
            open.focus = Pane::List;
            open.side.focused = false;
            search::typed(open, shell);
            list::moved(open, shell);
        }
        // - as the line under the empty field says; who went down in the list goes up in it
        Command::HitUp if open.list.cursor <= open.list.seek.from && open.list.search.text().is_empty() => {
            page_over(open, Command::Searches, shell, out);
        }
        Command::Open => match open.focus {
            Pane::List if open.selected().is_some() => focus(open, Pane::Detail, shell),
            // - what an empty vault says that Enter does
            Pane::List if open.is_bare() => {
                page_over(open, Command::Import, shell, out);
            }
            Pane::List => shell.tell(Notice::Unavailable(Unavailable::NoEntry)),
            Pane::Detail => {
                detail::enter(open, shell, out);
            }
        },
        Command::Right => focus(open, Pane::Detail, shell),
        Command::Left if open.focus == Pane::List => to_side(open, shell),
        Command::Left => focus(open, Pane::List, shell),
        Command::Next | Command::Previous if !open.list.searching => {
            let wide = shell.size.width >= side::FROM;
            match (open.focus, command) {
                (Pane::List, Command::Previous) | (Pane::Detail, Command::Next) if wide => {
                    focus(open, Pane::List, shell);
                    to_side(open, shell);
                }
                (Pane::List, _) => focus(open, Pane::Detail, shell),
                (Pane::Detail, _) => focus(open, Pane::List, shell),
            }
        }
        Command::DetailDown => detail::scroll(open, 1, shell),
        Command::DetailUp => detail::scroll(open, -1, shell),
        Command::Mark if !open.list.searching => marks::toggle(open, shell),
        Command::MarkAll if !open.list.searching => marks::toggle_all(open),
        Command::Reveal => reveal::toggle(open, false, shell),
        Command::Spell => reveal::toggle(open, true, shell),
        other if copy::update(open, other, shell, out) => {
            if other == Command::CopyHit {
                search::remember(open);
            }
        }
        other if !open.list.searching && page_over(open, other, shell, out) => {}
        other if open.list.searching => list::search_key(open, other, shell, out),
        other if !other.is_move() && shell.told == told => pages::no_use(other, shell),
        other => match open.focus {
            Pane::List => list::travel(open, other, shell),
            Pane::Detail => detail::travel(open, other, shell),
        },
    }
}

/// To the sidebar, which is a popup where there is no room for it.
fn to_side(open: &mut Open, shell: &Shell) {
    open.reveal = None;
    side::enter(open);
    if shell.size.width >= side::FROM {
        open.side.focused = true;
        detail::settle(open, shell);
    } else {
        let popup = page::side::Sidebar::new(open);
        open.pages.push(Box::new(popup));
    }
}

/// A command while the sidebar has the focus; false when it is none of its own.
fn beside(open: &mut Open, command: Command, shell: &mut Shell, out: &mut Vec<Effect>) -> bool {
    match side::update(open, command, shell) {
        side::Go::Stay => {}
        side::Go::No(reason) => shell.tell(Notice::Unavailable(reason)),
        side::Go::List => open.side.focused = false,
        side::Go::Trash => {
            page_over(open, Command::GoTrash, shell, out);
        }
        side::Go::Plans => {
            page_over(open, Command::GoIncidents, shell, out);
        }
        side::Go::Pass => match command {
            Command::Next => open.side.focused = false,
            Command::Previous => focus(open, Pane::Detail, shell),
            _ => return false,
        },
    }
    true
}

fn page_over(open: &mut Open, command: Command, shell: &mut Shell, out: &mut Vec<Effect>) -> bool {
    let page = page::of(command, open, shell, out);
    let any = page.is_some();
    if any {
        open.reveal = None;
    }
    open.pages.extend(page);
    any
}

fn focus(open: &mut Open, pane: Pane, shell: &Shell) {
    if pane == Pane::Detail && open.selected().is_none() {
        return;
    }
    open.list.searching = false;
    open.side.focused = false;
    open.focus = pane;
    detail::settle(open, shell);
}

/// One step back; false when there is none left.
pub fn back(open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) -> bool {
    if open.next_code.take().is_some() {
        shell.tell(Notice::CodeNotAwaited);
        return true;
    }
    if let Some(mut page) = open.pages.pop() {
        let depth = open.pages.len();
        if page.back(open, shell, out) {
            open.pages.insert(depth, page);
        }
        pages::settle(open, shell);
        return true;
    }
    if open.reveal.take().is_some() {
        detail::settle(open, shell);
        return true;
    }
    if std::mem::take(&mut open.side.focused) {
        return true;
    }
    if open.focus == Pane::Detail {
        if !detail::back(open, shell) {
            open.focus = Pane::List;
        }
        return true;
    }
    let had = open.list.searching || !open.list.search.text().is_empty();
    open.list.searching = false;
    if had {
        // - what was found stays selected among all others
        let found = open.listed();
        open.list.search.clear();
        list::find(open, shell);
        if let Some(id) = found {
            copy::select(open, id, shell);
        }
        return true;
    }
    if open.list.filter != Filter::All {
        list::narrow(open, Filter::All, shell);
        return true;
    }
    let marked = !open.list.marks.is_empty();
    open.list.marks.clear();
    marked
}
