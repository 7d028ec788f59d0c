//! Copying parts of the selected entry, undo and redo as commands. Saving is [`super::saving`].

use std::time::Duration;

pub use super::saving::{save, write, write_important};
use super::{Copied, Open, list, marks, steps};
use crate::model::Id;
use crate::ops::change::Change;
use crate::ops::staged::Step;
use crate::platform::opener;
use crate::secret::Secret;
use crate::tui::app::{Clip, Shell};
use crate::tui::command::Command;
use crate::tui::contents::Part;
use crate::tui::effect::Effect;
use crate::tui::notice::Notice;

/// Does a command that copies or changes; false when it is none of these.
pub fn update(open: &mut Open, command: Command, shell: &mut Shell, out: &mut Vec<Effect>) -> bool {
    match command {
        Command::CopyPassword | Command::CopyHit => part(open, Part::Password, shell, out),
        Command::CopyStaged => part(open, Part::Staged, shell, out),
        Command::CopyUser => part(open, Part::User, shell, out),
        Command::CopyCode => part(open, Part::Code, shell, out),
        Command::CopyAddress => browse(open, shell, out),
        Command::CopyNotes => part(open, Part::Notes, shell, out),
        Command::CopyInTurn => in_turn(open, shell, out),
        Command::Undo => steps::replay(open, true, shell, out),
        Command::Redo => steps::replay(open, false, shell, out),
        other if marks::update(open, other, shell, out) => {}
        other => match other.field_number() {
            Some(number) => part(open, Part::Field(number), shell, out),
            None => return false,
        },
    }
    true
}

/// Copies a part of the selected entry.
pub fn part(open: &mut Open, part: Part, shell: &mut Shell, out: &mut Vec<Effect>) {
    if let Some(id) = open.selected() {
        part_of(open, (id, part), shell, out);
    }
}

/// A code that holds no longer than this is not copied: it would be too late where it is typed.
const TOO_LATE_MS: u64 = 4_000;

/// The code that was waited for is copied.
pub fn tick(open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) {
    let Some((id, _)) = open.next_code.filter(|(_, at)| *at <= shell.now.boot) else { return };
    open.next_code = None;
    if open.contents.has(id, Part::Code) {
        part_of(open, (id, Part::Code), shell, out);
    }
}

/// Asks for the address to be opened; what no browser takes is copied.
fn browse(open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) {
    if let Some(id) = open.selected() {
        browse_of(open, id, shell, out);
    }
}

/// The same for an entry that a page names.
pub fn browse_of(open: &mut Open, id: Id, shell: &mut Shell, out: &mut Vec<Effect>) {
    let urls = open.contents.entry(id).map(|entry| entry.urls()).unwrap_or_default();
    match urls.first().and_then(|url| opener::address(url)) {
        Some(url) => {
            let job = shell.job();
            open.browsing = Some((job, id));
            out.push(Effect::Browse { job, url });
        }
        None => address_instead(open, id, shell, out),
    }
}

/// Copies the address that no program could open, and says that it is so.
pub fn address_instead(open: &mut Open, id: Id, shell: &mut Shell, out: &mut Vec<Effect>) {
    part_of(open, (id, Part::Address(0)), shell, out);
    let cannot_open = shell.catalog().tui.toast.cannot_open;
    // - the demo asks no program at all
    if let Some(copied) = open.copied.as_mut().filter(|_| !shell.demo) {
        copied.label = cannot_open(&copied.label);
        copied.title.clear();
    }
}

/// Copies a part of an entry: a page that takes a key is not in front just then.
pub fn part_of(open: &mut Open, (id, part): (Id, Part), shell: &mut Shell, out: &mut Vec<Effect>) {
    let left = if part == Part::Code { open.contents.code_left(id, shell.now.wall_ms) } else { None };
    if let Some(left) = left.filter(|left| *left < TOO_LATE_MS) {
        open.next_code = Some((id, shell.now.boot + Duration::from_millis(left)));
        return shell.tell(Notice::CodeAwaited(left.div_ceil(1000)));
    }
    let Ok(secret) = open.contents.open_part(id, part, shell.now.wall_ms) else {
        return shell.tell(Notice::CannotOpenValue);
    };
    send(open, (id, part), secret, shell, out);
    if part == Part::Code {
        spend(open, id, shell, out);
    }
}

/// The code was used: that of a counter must not come again, so it is no step for undo.
fn spend(open: &mut Open, id: Id, shell: &mut Shell, out: &mut Vec<Effect>) {
    let Some(change) = open.contents.advance(id, &mut *shell.entropy) else { return };
    if open.contents.apply(&change, shell.now.wall_ms, &mut *shell.entropy).is_some() {
        save(open, shell, out);
    }
}

/// A part of an entry, or an earlier password of it, went another way than by the clipboard.
pub fn used(open: &mut Open, id: Id, part: Option<Part>, shell: &mut Shell, out: &mut Vec<Effect>) {
    if part == Some(Part::Code) {
        spend(open, id, shell, out);
    }
    open.contents.note_use(id, shell.now.wall_ms, &mut *shell.entropy);
}

/// Copies a secret that was opened already, as a part of an entry.
pub fn send(
    open: &mut Open,
    (id, part): (Id, Part),
    secret: Secret,
    shell: &mut Shell,
    out: &mut Vec<Effect>,
) {
    let title = open.contents.entry(id).map_or("", |entry| entry.title());
    let title = crate::text::sanitise::line(title).into_owned();
    let label = open.contents.label(id, part, shell.catalog());
    let label = crate::text::sanitise::line(&label).into_owned();
    send_secret(open, Copied { label, title }, part, secret, shell, out);
    open.contents.note_use(id, shell.now.wall_ms, &mut *shell.entropy);
}

/// Copies a secret, with the words of the toast.
pub(crate) fn send_secret(
    open: &mut Open,
    copied: Copied,
    part: Part,
    secret: Secret,
    shell: &mut Shell,
    out: &mut Vec<Effect>,
) {
    open.next_code = None;
    open.copied = Some(copied);
    let job = shell.job();
    let before = match shell.clip {
        Clip::Held { place, until } => Some((place, until)),
        Clip::Sending { before, .. } => before,
        Clip::Empty | Clip::Clearing(_) | Clip::Sent | Clip::NotYet => None,
    };
    shell.clip = Clip::Sending { job, before };
    shell.notice = None;
    out.push(Effect::Copy { job, part, secret, clear_after: shell.settings.clear_after });
}

/// Copies a text that is of no entry.
pub fn text(open: &mut Open, label: String, text: Secret, shell: &mut Shell, out: &mut Vec<Effect>) {
    open.next_code = None;
    open.copied = Some(Copied { label, title: String::new() });
    let job = shell.job();
    let before = match shell.clip {
        Clip::Held { place, until } => Some((place, until)),
        Clip::Sending { before, .. } => before,
        Clip::Empty | Clip::Clearing(_) | Clip::Sent | Clip::NotYet => None,
    };
    shell.clip = Clip::Sending { job, before };
    shell.notice = None;
    out.push(Effect::Copy { job, part: Part::Notes, secret: text, clear_after: shell.settings.clear_after });
}

/// Copies user name, then password, then code; each press the next that there is.
fn in_turn(open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) {
    let Some(id) = open.selected() else { return };
    let order = [Part::User, Part::Password, Part::Code];
    let from = open.turn.filter(|(of, _)| *of == id).map_or(0, |(_, next)| usize::from(next));
    let next = (0..3).map(|step| (from + step) % 3).find(|at| open.contents.has(id, order[*at]));
    match next {
        Some(at) => {
            open.turn = Some((id, u8::try_from(at + 1).unwrap_or(0) % 3));
            part(open, order[at], shell, out);
        }
        None => shell.tell(Notice::Unavailable(crate::tui::command::Unavailable::NoPassword)),
    }
}

/// Applies a change as one step of undo, takes it into the list and saves; false when it was refused.
pub fn apply(open: &mut Open, change: &Change, shell: &mut Shell, out: &mut Vec<Effect>) -> bool {
    steps::apply(open, change, shell, out)
}

/// Applies a change whose way back is known and is not its inverse.
pub fn apply_step(open: &mut Open, step: Step, shell: &mut Shell, out: &mut Vec<Effect>) -> bool {
    let done = apply(open, &step.change, shell, out);
    if done && let Some(last) = open.undo.last_mut() {
        last.change = step.back;
    }
    done
}

/// Selects an entry, where it is among the hits.
pub fn select(open: &mut Open, id: Id, shell: &Shell) {
    if let Some(at) = open.list.hits.iter().position(|row| open.contents.id(*row) == Some(id)) {
        open.list.cursor = at;
        list::moved(open, shell);
    }
}
