//! The stack of pages over the list: what is pressed, pasted, answered or due goes to the page in
//! front first. What no page takes goes on below ([`super::route`]).

use super::{Open, copy, list, reveal, route, search, side};
use crate::tui::app::Shell;
use crate::tui::command::{Command, Unavailable};
use crate::tui::effect::{Effect, JobId, Outcome};
use crate::tui::event::Input;
use crate::tui::health;
use crate::tui::key::Chord;
use crate::tui::notice::Notice;
use crate::tui::page::{self, Given, Page, Turn};

/// Offers a key to the page in front before it is looked up; true when that used it up.
pub fn key(open: &mut Open, key: Chord, shell: &mut Shell, out: &mut Vec<Effect>) -> bool {
    open.pages.last_mut().is_some_and(|page| page.key(key, shell, out))
}

/// Takes a command or what is typed: first the page in front, then what lies under all pages.
pub fn update(open: &mut Open, input: Input<'_>, shell: &mut Shell, out: &mut Vec<Effect>) {
    let Some(mut page) = open.pages.pop() else { return route::below(open, input, shell, out) };
    let depth = open.pages.len();
    let turn = page.update(open, input, shell, out);
    match turn {
        Turn::Stay => open.pages.insert(depth, page),
        Turn::Over(over) => open.pages.extend([page, over]),
        Turn::Replace(other) => open.pages.push(other),
        Turn::Close => settle(open, shell),
        Turn::Give(given) => give(open, given, shell, out),
        Turn::Pass => {
            open.pages.insert(depth, page);
            passed(open, input, shell, out);
        }
        Turn::Run(command) => {
            open.pages.insert(depth, page);
            passed(open, Input::Command(command), shell, out);
        }
        Turn::No(reason) => {
            open.pages.insert(depth, page);
            if matches!(input, Input::Command(command) if !command.is_move()) {
                shell.tell(Notice::Unavailable(reason));
            }
        }
    }
}

/// F5 on the page in front; false where it means the vault.
pub fn again(open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) -> bool {
    let Some(mut page) = open.pages.pop() else { return false };
    let depth = open.pages.len();
    let done = page.again(open, shell, out);
    open.pages.insert(depth, page);
    done
}

/// A command that the page in front has no use for: those of entries mean its entry, those of pages
/// open theirs over it.
fn passed(open: &mut Open, input: Input<'_>, shell: &mut Shell, out: &mut Vec<Effect>) {
    let Input::Command(command) = input else { return shell.tell(Notice::NothingTyped) };
    let told = shell.told;
    if copy::update(open, command, shell, out) {
        return;
    }
    if let Some(page) = page::of(command, open, shell, out) {
        open.pages.push(page);
    } else if command == Command::Search {
        open.pages.clear();
        route::below(open, input, shell, out);
    } else if shell.told == told {
        no_use(command, shell);
    }
}

/// Nothing here has a use for a command: that is said, but for a move.
pub(super) fn no_use(command: Command, shell: &mut Shell) {
    if !command.is_move() {
        shell.tell(Notice::Unavailable(Unavailable::NotHere));
    }
}

fn give(open: &mut Open, given: Given, shell: &mut Shell, out: &mut Vec<Effect>) {
    if let Some(mut page) = open.pages.pop() {
        let depth = open.pages.len();
        page.given(given, open, shell, out);
        open.pages.insert(depth, page);
    }
}

/// The pages and the list are put right after the vault or the window changed.
pub fn settle(open: &mut Open, shell: &Shell) {
    let mut pages = std::mem::take(&mut open.pages);
    pages.iter_mut().for_each(|page| page.settle(open, shell));
    pages.append(&mut open.pages);
    open.pages = pages;
    side::settle(open, shell);
    list::moved(open, shell);
}

/// Offers an outcome to the pages, the topmost first; gives back what is nobody's.
pub fn done(
    open: &mut Open,
    job: JobId,
    outcome: Outcome,
    shell: &mut Shell,
    out: &mut Vec<Effect>,
) -> Option<Outcome> {
    let mut left = Some(outcome);
    for at in (0..open.pages.len()).rev() {
        let Some(outcome) = left.take() else { break };
        if at >= open.pages.len() {
            return Some(outcome);
        }
        let mut page = open.pages.remove(at);
        left = page.done(job, outcome, open, shell, out);
        let turn = page.turn();
        follow(open, at, page, turn, shell, out);
    }
    left
}

/// Does what is to follow after the page at `at` took an outcome.
fn follow(
    open: &mut Open,
    at: usize,
    page: Box<dyn Page>,
    turn: Option<Turn>,
    shell: &mut Shell,
    out: &mut Vec<Effect>,
) {
    match turn {
        None | Some(Turn::Stay | Turn::Pass | Turn::No(_) | Turn::Run(_)) => open.pages.insert(at, page),
        Some(Turn::Over(over)) => {
            open.pages.insert(at, page);
            open.pages.insert(at + 1, over);
        }
        Some(Turn::Replace(other)) => open.pages.insert(at, other),
        Some(Turn::Close) => settle(open, shell),
        Some(Turn::Give(given)) => {
            if let Some(below) = at.checked_sub(1).filter(|below| *below < open.pages.len()) {
                let mut page = open.pages.remove(below);
                page.given(given, open, shell, out);
                open.pages.insert(below.min(open.pages.len()), page);
            }
        }
    }
}

/// Time passed.
pub fn tick(open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) {
    health::tick(open, shell, out);
    reveal::tick(open, shell);
    search::tick(open, shell);
    copy::tick(open, shell, out);
    let mut pages = std::mem::take(&mut open.pages);
    pages.iter_mut().for_each(|page| page.tick(open, shell, out));
    pages.append(&mut open.pages);
    open.pages = pages;
}

/// What is half done is kept: the vault is about to be locked.
pub fn keep(open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) {
    let mut pages = std::mem::take(&mut open.pages);
    pages.iter_mut().for_each(|page| page.before_lock(open, shell, out));
    pages.append(&mut open.pages);
    open.pages = pages;
}

/// Hides what is shown of secrets.
pub fn hide(open: &mut Open) {
    open.reveal = None;
    open.pages.iter_mut().for_each(|page| page.hide());
}
