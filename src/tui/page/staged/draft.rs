//! The draft of a change: a new password made at once by the entry's recipe, another one, one from
//! the generator or one that is typed, with a reason; or the one that the site set by itself.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::made::{self, Made};
use super::panel::Panel;
use crate::model::Id;
use crate::ops::edit::EntryEdit;
use crate::ops::staged;
use crate::secret::Secret;
use crate::text::sanitise;
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope, Unavailable};
use crate::tui::contents::Part;
use crate::tui::effect::Effect;
use crate::tui::event::Input;
use crate::tui::notice::{Notice, StagedTold};
use crate::tui::page::popup::{self, Item};
use crate::tui::page::{Given, Page, Turn, generator, usually};
use crate::tui::screen::vault::{Open, copy};
use crate::tui::screen::{Cursor, Row};
use crate::tui::theme::Name;
use crate::tui::widget::field::Field;

/// Who makes the new password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// The owner: it lies beside the old one until the site has it.
    Own,
    /// The site, which has it already.
    Forced,
}

/// What a row does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stop {
    Secret,
    Reason,
    Keep,
    Another,
    Generator,
    Type,
    Forced,
}

/// The draft.
#[derive(Debug)]
pub struct Draft {
    entry: Id,
    way: Way,
    made: Made,
    reason: Field,
    focus: usize,
}

impl Draft {
    /// A draft for an entry.
    pub fn new(entry: Id, way: Way, open: &Open, shell: &mut Shell) -> Draft {
        let mut draft = Draft::empty(entry, way);
        if way == Way::Own {
            draft.made.draw(entry, open, shell);
            draft.focus = draft.place(Stop::Keep);
        }
        draft
    }

    fn empty(entry: Id, way: Way) -> Draft {
        Draft { entry, way, made: Made::default(), reason: Field::default(), focus: 0 }
    }

    /// More is in it than another draft would have by itself.
    fn worth_keeping(&self) -> bool {
        self.made.worth_keeping() || !self.reason.text().trim().is_empty()
    }

    fn stops(&self) -> &'static [Stop] {
        match self.way {
            Way::Own => &[
                Stop::Secret,
                Stop::Reason,
                Stop::Keep,
                Stop::Another,
                Stop::Generator,
                Stop::Type,
                Stop::Forced,
            ],
            Way::Forced => &[Stop::Secret, Stop::Keep],
        }
    }

    fn stop(&self) -> Stop {
        self.stops().get(self.focus).copied().unwrap_or(Stop::Keep)
    }

    fn place(&self, stop: Stop) -> usize {
        self.stops().iter().position(|one| *one == stop).unwrap_or(0)
    }

    /// A text field has the focus.
    fn typing(&self) -> bool {
        match self.stop() {
            Stop::Secret => !self.made.is_drawn(),
            Stop::Reason => true,
            _ => false,
        }
    }

    /// The generator over this page.
    fn generator(&self, open: &Open, shell: &mut Shell) -> Turn {
        Turn::Over(Box::new(generator::State::for_field(made::chosen(self.entry, open, shell), open, shell)))
    }

    fn start_typing(&mut self) {
        self.made = Made::default();
        self.focus = self.place(Stop::Secret);
    }

    /// What is typed goes in where the focus is.
    fn type_in(&mut self, input: Input<'_>, open: &Open, shell: &mut Shell) {
        let full = match (self.stop(), input) {
            (Stop::Reason, Input::Char(c)) => !self.reason.type_char(c),
            (Stop::Reason, Input::Paste(bytes)) => {
                self.reason.paste(bytes);
                false
            }
            (_, input) => !self.made.type_in(input, self.entry, open),
        };
        if full {
            shell.tell(Notice::FieldFull);
        }
    }

    fn keep(&mut self, open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) -> Turn {
        if self.made.text().is_empty() {
            shell.tell(Notice::Staged(StagedTold::Empty));
            self.focus = self.place(Stop::Secret);
            return Turn::Stay;
        }
        let old = open.contents.open_part(self.entry, Part::Password, shell.now.wall_ms).ok();
        if old.is_some_and(|old| old.ct_eq(&Secret::copy_of(self.made.text()))) {
            shell.tell(Notice::Staged(StagedTold::Same));
            return Turn::Stay;
        }
        let Some(record) = open.contents.session().vault().record(self.entry) else { return Turn::Close };
        let mut sealer = open.contents.session().sealer(&mut *shell.entropy);
        let mut edit = EntryEdit::of(&mut sealer, record);
        let sealed = match self.way {
            Way::Own => {
                let staged =
                    edit.stage(self.made.text().as_bytes(), self.reason.text().trim(), shell.now.wall_ms);
                staged.map(|element| {
                    if let Some(recipe) = self.made.recipe() {
                        edit.staged_recipe(element, &recipe.to_string());
                    }
                })
            }
            Way::Forced => staged::force(&mut edit, self.made.text().as_bytes()),
        };
        let change = edit.finish();
        let (Ok(()), Some(change)) = (sealed, change) else {
            shell.tell(Notice::Staged(StagedTold::NoRandom));
            return Turn::Stay;
        };
        if !copy::apply(open, &change, shell, out) {
            shell.tell(Notice::Staged(StagedTold::Refused));
            return Turn::Stay;
        }
        match self.way {
            Way::Own => {
                shell.tell(Notice::Staged(StagedTold::Kept));
                Turn::Replace(Box::new(Panel::new(self.entry, open, shell)))
            }
            Way::Forced => {
                shell.tell(Notice::Staged(StagedTold::Forced));
                Turn::Close
            }
        }
    }

    fn act(&mut self, open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) -> Turn {
        match self.stop() {
            // - what was made is shown; what is typed leads on
            Stop::Secret if self.made.is_drawn() => self.made.show(false, shell),
            Stop::Secret | Stop::Reason => self.focus = self.place(Stop::Keep),
            Stop::Keep => return self.keep(open, shell, out),
            Stop::Another => self.made.draw(self.entry, open, shell),
            Stop::Generator => return self.generator(open, shell),
            Stop::Type => self.start_typing(),
            Stop::Forced => {
                self.way = Way::Forced;
                self.start_typing();
            }
        }
        Turn::Stay
    }

    fn edit(&mut self, command: Command, open: &Open) -> bool {
        match self.stop() {
            Stop::Reason => self.reason.edit(command),
            Stop::Secret => self.made.edit(command, self.entry, open),
            _ => false,
        }
    }

    fn items(&self, shell: &Shell, cells: u16) -> Vec<Item> {
        let text = &shell.catalog().tui.page.staged;
        let label = crate::tui::widget::text::width(text.new_password)
            .max(crate::tui::widget::text::width(text.reason))
            .min(cells * 2 / 5)
            + 2;
        let room = popup::value_cells(label, cells);
        let (value, caret) = self.made.lines(room, shell);
        let mut items = vec![Item {
            label: if self.way == Way::Own { text.new_password } else { text.their_password }.to_owned(),
            value,
            stop: Some(self.place(Stop::Secret)),
            caret,
            ..Item::default()
        }];
        if let Some(words) = self.made.told(shell) {
            items.push(Item::told(&sanitise::line(&words), Name::Dim));
        }
        if self.way == Way::Own {
            let (value, caret) = popup::field(&self.reason, room);
            let stop = Some(self.place(Stop::Reason));
            items.push(Item {
                label: text.reason.to_owned(),
                value,
                stop,
                caret: Some(caret),
                ..Item::default()
            });
        }
        items.push(Item::gap());
        let key = |command| shell.keymap.label(command);
        for stop in self.stops() {
            let (words, key) = match stop {
                Stop::Secret | Stop::Reason => continue,
                Stop::Keep if self.way == Way::Own => (text.keep, String::new()),
                Stop::Keep => (text.take_theirs, String::new()),
                Stop::Another => (text.another, key(Command::Generate)),
                Stop::Generator => (text.generator, key(Command::Generator)),
                Stop::Type => (text.type_it, String::new()),
                Stop::Forced => (text.forced, String::new()),
            };
            items.push(Item::act(self.place(*stop), words, key));
        }
        items.push(Item::gap());
        let told = if self.way == Way::Own { text.old_stays } else { text.forced_stays };
        items.push(Item::told(told, Name::Dim));
        items
    }

    fn edge(&self, shell: &Shell) -> String {
        let text = &shell.catalog().tui.page.staged;
        let words = match self.stop() {
            Stop::Secret if self.made.is_drawn() => shell.catalog().tui.vault.shows,
            Stop::Secret | Stop::Reason => text.on,
            Stop::Keep if self.way == Way::Own => text.keeps,
            Stop::Keep => text.confirms,
            Stop::Another => text.makes,
            Stop::Generator | Stop::Type | Stop::Forced => text.goes,
        };
        popup::edge(shell, &[(Command::Open, words)])
    }
}

impl Page for Draft {
    fn scopes(&self) -> &'static [Scope] {
        if self.typing() {
            &[Scope::Form, Scope::Field, Scope::Anywhere]
        } else {
            &[Scope::Entry, Scope::Browse, Scope::Anywhere]
        }
    }

    fn name(&self, _: &Open, shell: &Shell) -> String {
        shell.catalog().tui.page.staged.title.to_owned()
    }

    fn footer(&self) -> &'static [Command] {
        if self.typing() {
            &[Command::Accept, Command::ShowTyped, Command::FormUp, Command::Back, Command::Help]
        } else {
            &[Command::Open, Command::Reveal, Command::CopyPassword, Command::Back, Command::HelpHere]
        }
    }

    fn selected(&self) -> Option<Id> {
        Some(self.entry)
    }

    fn shows(&self, _: &Open) -> Option<bool> {
        Some(!self.made.text().is_empty())
    }

    fn popup(&self) -> bool {
        true
    }

    fn means(&self, command: Command) -> Option<Command> {
        usually(command, self.popup(), self.footer()).or((command == Command::Generate).then_some(command))
    }

    fn update(
        &mut self,
        open: &mut Open,
        input: Input<'_>,
        shell: &mut Shell,
        out: &mut Vec<Effect>,
    ) -> Turn {
        let Input::Command(command) = input else {
            self.type_in(input, open, shell);
            return Turn::Stay;
        };
        if self.edit(command, open) {
            return Turn::Stay;
        }
        let last = self.stops().len() - 1;
        match command {
            Command::Down | Command::FormDown | Command::Next => self.focus = (self.focus + 1).min(last),
            Command::Up | Command::FormUp | Command::Previous => self.focus = self.focus.saturating_sub(1),
            Command::First => self.focus = 0,
            Command::Last => self.focus = last,
            Command::Open | Command::Accept | Command::Mark => return self.act(open, shell, out),
            Command::Save => return self.keep(open, shell, out),
            Command::Generate if self.way == Way::Own => {
                self.made.draw(self.entry, open, shell);
                self.focus = self.place(Stop::Keep);
            }
            Command::Generator => return self.generator(open, shell),
            Command::Reveal => self.made.show(false, shell),
            Command::Spell => self.made.show(true, shell),
            Command::CopyPassword
            | Command::CopyUser
            | Command::CopyCode
            | Command::CopyAddress
            | Command::CopyInTurn => return Turn::Pass,
            _ => return Turn::No(Unavailable::NotHere),
        }
        Turn::Stay
    }

    fn back(&mut self, open: &mut Open, shell: &mut Shell, _: &mut Vec<Effect>) -> bool {
        if self.made.cover() {
            return true;
        }
        // - what was typed is not lost by one key
        if self.typing() && !self.made.is_drawn() && !self.made.text().is_empty() {
            self.hide();
            self.focus = self.place(Stop::Keep);
            return true;
        }
        if self.worth_keeping() {
            self.hide();
            let empty = Draft::empty(self.entry, self.way);
            open.left = Some(Box::new(std::mem::replace(self, empty)));
            shell.tell(Notice::ChangeLeft);
        }
        false
    }

    fn given(&mut self, given: Given, open: &mut Open, _: &mut Shell, _: &mut Vec<Effect>) {
        if let Given::Secret(secret) = given {
            self.made.take(secret, self.entry, open);
            self.focus = self.place(Stop::Keep);
        }
    }

    fn hide(&mut self) {
        self.made.hide();
    }

    fn deadline(&self, shell: &Shell) -> Option<Duration> {
        self.made.peek.deadline(shell)
    }

    fn tick(&mut self, _: &mut Open, shell: &mut Shell, _: &mut Vec<Effect>) {
        self.made.peek.tick(shell);
    }

    fn outline(&self, _: &Open, shell: &Shell) -> Vec<Row> {
        popup::outline(&self.items(shell, super::WIDE), self.focus)
    }

    fn view(&self, open: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        let title = (shell.catalog().tui.page.staged.of)(&super::title(open, self.entry, shell));
        let items = self.items(shell, popup::inner_cells(area, super::WIDE));
        popup::view(buf, area, super::WIDE, &title, &self.edge(shell), &items, self.focus, shell)
    }
}
