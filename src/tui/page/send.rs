//! Typing a secret into another pane of this tmux: which one, what listens there, and a second Enter where
//! it would be seen. `s` once more takes the pane of the last time, under the same rules.
//!
//! Not here: how it gets there ([`crate::platform::panes`]).

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::popup::{self, Item};
use super::qr::Source;
use super::{Page, Turn};
use crate::model::Id;
use crate::platform::panes::{Listens, Pane, PasteError};
use crate::text::sanitise;
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope};
use crate::tui::contents::Part;
use crate::tui::effect::{Effect, JobId, Outcome};
use crate::tui::event::Input;
use crate::tui::notice::Notice;
use crate::tui::screen::vault::{Open, Pane as Side, copy};
use crate::tui::screen::{Cursor, Row};
use crate::tui::theme::Name;
use crate::tui::widget::text::fit;

/// Cells it wants.
const WIDE: u16 = 76;

/// The page.
#[derive(Debug)]
pub struct SendTo {
    entry: Id,
    /// What can be sent, with its label, which is our own or made harmless.
    what: Vec<(Source, String)>,
    which: usize,
    /// The other panes; none until tmux answered.
    panes: Option<Result<Vec<Pane>, ()>>,
    job: JobId,
    sending: Option<(JobId, Pane)>,
    /// 0: what is sent; then the panes.
    focus: usize,
    /// Enter once more sends it all the same.
    sure: bool,
    /// The key was pressed again before tmux answered.
    again: bool,
    told: Option<Told>,
    turn: Option<Turn>,
}

#[derive(Debug, Clone, Copy)]
enum Told {
    Never(Listens),
    Failed(PasteError),
}

impl SendTo {
    /// Something of the selected entry: what has the focus, else its password, else the first there is.
    pub fn of_focus(open: &Open, shell: &mut Shell, out: &mut Vec<Effect>) -> Option<Box<dyn Page>> {
        let entry = open.selected()?;
        let focused = open.detail.part.filter(|_| open.pages.is_empty() && open.focus == Side::Detail);
        SendTo::of_part(entry, focused.unwrap_or(Part::Password), open, shell, out)
    }

    /// This part of an entry, or another one; none where it has nothing that could be sent.
    pub fn of_part(
        entry: Id,
        part: Part,
        open: &Open,
        shell: &mut Shell,
        out: &mut Vec<Effect>,
    ) -> Option<Box<dyn Page>> {
        let fields = open.contents.entry(entry)?.fields().len();
        let all = [Part::Password, Part::Staged, Part::User, Part::Code, Part::Address(0)].into_iter();
        let parts: Vec<Part> =
            all.chain((0..fields).map(Part::Field)).filter(|part| open.contents.has(entry, *part)).collect();
        let which = parts.iter().position(|one| *one == part).unwrap_or(0);
        let label = |part: Part| {
            let label = open.contents.label(entry, part, shell.catalog());
            (Source::Part(part), sanitise::line(&label).into_owned())
        };
        let what: Vec<_> = parts.into_iter().map(label).collect();
        (!what.is_empty()).then(|| SendTo::page(entry, what, which, shell, out))
    }

    /// A secret of an earlier day.
    pub fn of_sealed(
        entry: Id,
        envelope: Box<[u8]>,
        label: &str,
        shell: &mut Shell,
        out: &mut Vec<Effect>,
    ) -> Box<dyn Page> {
        let label = sanitise::line(label).into_owned();
        SendTo::page(entry, vec![(Source::Sealed(envelope), label)], 0, shell, out)
    }

    fn page(
        entry: Id,
        what: Vec<(Source, String)>,
        which: usize,
        shell: &mut Shell,
        out: &mut Vec<Effect>,
    ) -> Box<dyn Page> {
        let job = ask(shell, out);
        Box::new(SendTo {
            entry,
            what,
            which,
            panes: None,
            job,
            sending: None,
            focus: 1,
            sure: false,
            again: false,
            told: None,
            turn: None,
        })
    }

    fn panes(&self) -> &[Pane] {
        self.panes.as_ref().and_then(|panes| panes.as_deref().ok()).unwrap_or_default()
    }

    fn last(&self, shell: &Shell) -> Option<usize> {
        let last = shell.last_pane.as_deref()?;
        self.panes().iter().position(|pane| pane.id == last).map(|at| at + 1)
    }

    fn go(&mut self, focus: usize) {
        (self.focus, self.sure, self.told) = (focus.min(self.panes().len()), false, None);
    }

    fn turn_over(&mut self, onward: bool) {
        let count = self.what.len();
        self.which = (self.which + if onward { 1 } else { count - 1 }) % count;
        (self.sure, self.told) = (false, None);
    }

    /// Sends to the pane in focus, or asks once more.
    fn send(&mut self, open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) {
        let Some(pane) = self.focus.checked_sub(1).and_then(|at| self.panes().get(at)).cloned() else {
            return self.turn_over(true);
        };
        if self.sending.is_some() {
            return;
        }
        if !pane.listens.takes() {
            return self.told = Some(Told::Never(pane.listens));
        }
        if pane.listens.warns() && !std::mem::replace(&mut self.sure, true) {
            return self.told = None;
        }
        let Some(secret) = self.what[self.which].0.secret(self.entry, open, shell) else {
            return shell.tell(Notice::CannotOpenValue);
        };
        let job = shell.job();
        self.sending = Some((job, pane.clone()));
        out.push(Effect::Paste { job, pane, secret });
    }

    fn send_to_last(&mut self, open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) {
        match self.last(shell) {
            Some(last) => {
                if last != self.focus {
                    self.go(last);
                }
                self.send(open, shell, out);
            }
            None if self.panes.is_none() => self.again = true,
            None => self.send(open, shell, out),
        }
    }

    fn items(&self, shell: &Shell) -> Vec<Item> {
        let text = &shell.catalog().tui.page.send;
        let what = self.what.get(self.which).map_or("", |(_, label)| label);
        let what = if self.what.len() > 1 { format!("< {what} >") } else { what.to_owned() };
        let mut items = vec![
            Item {
                label: text.what.to_owned(),
                value: vec![(what, Name::Title)],
                stop: Some(0),
                ..Item::default()
            },
            Item::gap(),
        ];
        match &self.panes {
            None => items.push(Item::told(text.asking, Name::Dim)),
            Some(Err(())) => items.push(Item::told(text.silent, Name::Warn)),
            Some(Ok(panes)) if panes.is_empty() => items.push(Item::told(text.none, Name::Warn)),
            Some(Ok(panes)) => items.extend(panes.iter().enumerate().map(|(at, pane)| {
                let listens = ((text.listens)(pane.listens).to_owned(), look(pane.listens));
                Item { label: name(pane), value: vec![listens], stop: Some(at + 1), ..Item::default() }
            })),
        }
        items.push(Item::gap());
        let focused = self.focus.checked_sub(1).and_then(|at| self.panes().get(at));
        items.push(match (self.told, focused) {
            (Some(Told::Never(listens)), _) => Item::told((text.never)(listens), Name::Danger),
            (Some(Told::Failed(error)), _) => Item::told((text.failed)(error), Name::Danger),
            (None, Some(pane)) if self.sure && pane.listens == Listens::Unknown => {
                Item::told(text.sure_unknown, Name::Danger)
            }
            (None, Some(_)) if self.sure => Item::told(text.sure, Name::Danger),
            _ => Item::told(text.no_enter, Name::Dim),
        });
        items
    }
}

/// A pane as it is shown: what tmux calls it and what runs there.
fn name(pane: &Pane) -> String {
    let shown = format!("{}  {}  {}", pane.id, pane.place, pane.command);
    sanitise::line(&shown).into_owned()
}

fn look(listens: Listens) -> Name {
    match listens {
        Listens::Prompt => Name::Good,
        Listens::Raw => Name::Text,
        Listens::Shown | Listens::Unknown => Name::Warn,
        Listens::Nothing | Listens::Synchronised => Name::Dim,
    }
}

fn ask(shell: &mut Shell, out: &mut Vec<Effect>) -> JobId {
    let job = shell.job();
    out.push(Effect::Panes { job });
    job
}

impl Page for SendTo {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Entry, Scope::Browse, Scope::Anywhere]
    }

    fn name(&self, _: &Open, shell: &Shell) -> String {
        shell.catalog().tui.page.send.title.to_owned()
    }

    fn footer(&self) -> &'static [Command] {
        &[Command::Open, Command::Down, Command::Up, Command::Right, Command::Back, Command::HelpHere]
    }

    fn says(&self, command: Command, shell: &Shell) -> Option<&'static str> {
        let text = &shell.catalog().tui.page.send;
        match command {
            Command::Open if self.focus > 0 => Some(text.sends),
            Command::Open | Command::Right => Some(text.turns),
            _ => None,
        }
    }

    fn popup(&self) -> bool {
        true
    }

    fn selected(&self) -> Option<Id> {
        Some(self.entry)
    }

    fn update(
        &mut self,
        open: &mut Open,
        input: Input<'_>,
        shell: &mut Shell,
        out: &mut Vec<Effect>,
    ) -> Turn {
        let Input::Command(command) = input else { return Turn::Stay };
        match command {
            Command::Down | Command::Next => self.go(self.focus + 1),
            Command::Up | Command::Previous => self.go(self.focus.saturating_sub(1)),
            Command::First => self.go(0),
            Command::Last => self.go(self.panes().len()),
            Command::Left => self.turn_over(false),
            Command::Right => self.turn_over(true),
            Command::Open => self.send(open, shell, out),
            Command::Send => self.send_to_last(open, shell, out),
            _ => {}
        }
        Turn::Stay
    }

    fn again(&mut self, _: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) -> bool {
        (self.panes, self.sure, self.told) = (None, false, None);
        self.job = ask(shell, out);
        true
    }

    fn done(
        &mut self,
        job: JobId,
        outcome: Outcome,
        open: &mut Open,
        shell: &mut Shell,
        out: &mut Vec<Effect>,
    ) -> Option<Outcome> {
        match outcome {
            Outcome::Panes(panes) if job == self.job => {
                self.panes = Some(panes.ok_or(()));
                let prompt = self.panes().iter().position(|pane| pane.listens == Listens::Prompt);
                // - what was refused stays said
                self.focus =
                    self.last(shell).or(prompt.map(|at| at + 1)).unwrap_or(1).min(self.panes().len());
                if std::mem::take(&mut self.again) {
                    self.send_to_last(open, shell, out);
                }
                None
            }
            Outcome::Pasted(result) if self.sending.as_ref().is_some_and(|(sent, _)| *sent == job) => {
                let (_, pane) = self.sending.take()?;
                match result {
                    Ok(()) => {
                        let part = match self.what.get(self.which) {
                            Some((Source::Part(part), _)) => Some(*part),
                            _ => None,
                        };
                        copy::used(open, self.entry, part, shell, out);
                        shell.tell(Notice::SentTo(fit(&name(&pane), 44)));
                        shell.last_pane = Some(pane.id);
                        self.turn = Some(Turn::Close);
                    }
                    Err(error) => {
                        (self.sure, self.told) = (false, Some(Told::Failed(error)));
                        // - what listens where is looked at anew
                        if error == PasteError::Changed || error == PasteError::Gone {
                            self.job = ask(shell, out);
                        }
                    }
                }
                None
            }
            other => Some(other),
        }
    }

    fn turn(&mut self) -> Option<Turn> {
        self.turn.take()
    }

    fn outline(&self, _: &Open, shell: &Shell) -> Vec<Row> {
        popup::outline(&self.items(shell), self.focus)
    }

    fn view(&self, _: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        let text = &shell.catalog().tui.page.send;
        let last = self.last(shell).map(|at| (text.last)(&self.panes()[at - 1].id));
        let mut pairs = vec![(Command::Open, text.sends)];
        if let Some(last) = &last {
            pairs.push((Command::Send, last));
        }
        let edge = popup::edge(shell, &pairs);
        popup::view(buf, area, WIDE, text.title, &edge, &self.items(shell), self.focus, shell)
    }
}
