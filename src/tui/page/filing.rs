//! The folder picker (`m`) and the tags (`#`) of all marked entries, or else of the selected one.
//! Either is one change, one step of undo, one save.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::choose::{Choose, Did, SCOPES, fits};
use super::menu::{self, Line};
use super::{Page, Turn};
use crate::model::Id;
use crate::ops::filing;
use crate::text::sanitise;
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope};
use crate::tui::effect::Effect;
use crate::tui::event::Input;
use crate::tui::screen::vault::Open;
use crate::tui::screen::vault::bulk::{self, Act, Bulk};
use crate::tui::screen::{Cursor, Row};

/// A line that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Choice {
    /// Out of every folder.
    Nowhere,
    /// What is there: its place among all.
    There(usize),
    /// A new one.
    New(String),
}

/// Whether the entries have a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tick {
    Off,
    /// Some of them have it; it stays so.
    Mixed,
    On,
}

/// What is picked.
#[derive(Debug)]
enum What {
    /// One folder.
    Folder,
    /// Tags: what they are to be, beside what they were.
    Tags(Vec<(Tick, Tick)>),
}

/// The popup.
#[derive(Debug)]
pub struct Filing {
    what: What,
    ids: Vec<Id>,
    /// Names that are there, with how many entries have them.
    names: Vec<(String, usize)>,
    shown: Vec<Choice>,
    choose: Choose,
}

impl Filing {
    /// The folder picker, with the folder of the entries in focus.
    pub fn folder(open: &Open) -> Option<Filing> {
        let ids = some(open.targets())?;
        let facets = open.contents.shelf().facets(&filing::kept(open.contents.session().vault()));
        let names = facets.folders.into_iter().map(|folder| (folder.path, folder.count)).collect();
        let mut made =
            Filing { what: What::Folder, ids, names, shown: Vec::new(), choose: Choose::default() };
        made.list();
        let now = made.ids.first().and_then(|id| open.contents.entry(*id)).map_or("", |entry| entry.folder());
        if let Some(at) = made.names.iter().position(|(name, _)| name == now) {
            made.choose.cursor = at + 1;
        }
        Some(made)
    }

    /// The tags.
    pub fn tags(open: &Open) -> Option<Filing> {
        let ids = some(open.targets())?;
        let mut names = open.contents.shelf().facets(&[]).tags;
        let mut counts = vec![0; names.len()];
        for (tag, count) in open.contents.shelf().tags_of(&ids) {
            match names.iter().position(|(name, _)| *name == tag) {
                Some(at) => counts[at] = count,
                // - only entries out of the way have it
                None => {
                    names.push((tag, 0));
                    counts.push(count);
                }
            }
        }
        let tick = |count: usize| match count {
            0 => Tick::Off,
            all if all == ids.len() => Tick::On,
            _ => Tick::Mixed,
        };
        let ticks = counts.into_iter().map(|count| (tick(count), tick(count))).collect();
        let what = What::Tags(ticks);
        let mut made = Filing { what, ids, names, shown: Vec::new(), choose: Choose::default() };
        made.list();
        Some(made)
    }

    /// What is typed as it would be kept.
    fn typed(&self) -> String {
        match self.what {
            What::Folder => filing::path(self.choose.field.text()),
            What::Tags(_) => filing::name(self.choose.field.text()),
        }
    }

    /// Lists what fits what is typed: what is just so first, a new one last.
    fn list(&mut self) {
        let text = self.choose.field.text();
        let typed = self.typed();
        self.shown.clear();
        if matches!(self.what, What::Folder) && text.trim().is_empty() {
            self.shown.push(Choice::Nowhere);
        }
        let same = self.names.iter().position(|(name, _)| *name == typed);
        self.shown.extend(same.map(Choice::There));
        let rest = (0..self.names.len()).filter(|at| Some(*at) != same);
        self.shown.extend(rest.filter(|at| fits(text, &self.names[*at].0)).map(Choice::There));
        if same.is_none() && !typed.is_empty() {
            self.shown.push(Choice::New(typed));
        }
    }

    fn chosen(&self) -> Option<&Choice> {
        self.shown.get(self.choose.cursor)
    }

    /// Ticks the line in focus, or no longer; what was mixed can be so again.
    fn tick(&mut self) {
        let Some(choice) = self.chosen().cloned() else { return };
        let at = self.known(&choice);
        let What::Tags(ticks) = &mut self.what else { return };
        if let Some((now, was)) = at.and_then(|at| ticks.get_mut(at)) {
            *now = match (*now, *was) {
                (Tick::Mixed, _) => Tick::On,
                (Tick::On, _) => Tick::Off,
                (Tick::Off, Tick::Mixed) => Tick::Mixed,
                (Tick::Off, _) => Tick::On,
            };
        }
        self.all_again(at);
    }

    /// The place of a tag; a new one gets one.
    fn known(&mut self, choice: &Choice) -> Option<usize> {
        match choice {
            Choice::Nowhere => None,
            Choice::There(at) => Some(*at),
            Choice::New(name) => {
                self.names.push((name.clone(), 0));
                if let What::Tags(ticks) = &mut self.what {
                    ticks.push((Tick::Off, Tick::Off));
                }
                Some(self.names.len() - 1)
            }
        }
    }

    /// Shows the whole list again, with the focus where it was.
    fn all_again(&mut self, at: Option<usize>) {
        self.choose.field.clear();
        self.list();
        let at = at.and_then(|at| self.shown.iter().position(|one| *one == Choice::There(at)));
        (self.choose.cursor, self.choose.moved) = (at.unwrap_or(0), true);
    }

    /// Enter on a tag that was typed: the entries have it.
    fn take_typed(&mut self) {
        if self.choose.field.text().trim().is_empty() {
            return;
        }
        let Some(choice) = self.chosen().cloned() else { return };
        if let (Some(at), What::Tags(_)) = (self.known(&choice), &self.what)
            && let What::Tags(ticks) = &mut self.what
            && let Some((now, _)) = ticks.get_mut(at)
        {
            *now = Tick::On;
        }
    }

    fn apply(&mut self, open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) {
        match &self.what {
            What::Folder => {
                let to = match self.chosen() {
                    Some(Choice::There(at)) => self.names[*at].0.clone(),
                    Some(Choice::New(path)) => path.clone(),
                    Some(Choice::Nowhere) | None => String::new(),
                };
                let ids = std::mem::take(&mut self.ids);
                bulk::run(open, Bulk { ids, act: Act::Folder(to) }, shell, out);
            }
            What::Tags(ticks) => {
                let with = |wanted: Tick| -> Vec<String> {
                    let all = self.names.iter().zip(ticks);
                    all.filter(|(_, (now, was))| now != was && *now == wanted)
                        .map(|((name, _), _)| name.clone())
                        .collect()
                };
                let act = Act::Tags(with(Tick::On), with(Tick::Off));
                bulk::run(open, Bulk { ids: std::mem::take(&mut self.ids), act }, shell, out);
            }
        }
    }

    fn shown(&self, at: usize, shell: &Shell) -> Option<Line> {
        let text = &shell.catalog().tui.page.browse;
        Some(match self.shown.get(at)? {
            Choice::Nowhere => Line::of(text.no_folder),
            Choice::New(name) => {
                Line { name: (text.new_one)(&sanitise::line(name)), ..self.line(Tick::Off, String::new()) }
            }
            Choice::There(at) => {
                let (name, count) = &self.names[*at];
                let tick = match &self.what {
                    What::Tags(ticks) => ticks.get(*at).map_or(Tick::Off, |(now, _)| *now),
                    What::Folder => Tick::Off,
                };
                Line { name: sanitise::line(name).into_owned(), ..self.line(tick, count.to_string()) }
            }
        })
    }

    fn line(&self, tick: Tick, after: String) -> Line {
        let before = match (&self.what, tick) {
            (What::Folder, _) => "",
            (_, Tick::Off) => "[ ] ",
            (_, Tick::Mixed) => "[-] ",
            (_, Tick::On) => "[x] ",
        };
        Line { before: before.to_owned(), name: String::new(), after }
    }
}

fn some(ids: Vec<Id>) -> Option<Vec<Id>> {
    (!ids.is_empty()).then_some(ids)
}

impl Page for Filing {
    fn scopes(&self) -> &'static [Scope] {
        SCOPES
    }

    fn name(&self, _: &Open, shell: &Shell) -> String {
        let text = &shell.catalog().tui.page.browse;
        match self.what {
            What::Folder => (text.move_to)(self.ids.len()),
            What::Tags(_) => (text.tags_of)(self.ids.len()),
        }
    }

    fn footer(&self) -> &'static [Command] {
        &[Command::Choose, Command::ChoiceDown, Command::ChoiceUp, Command::Back]
    }

    fn says(&self, command: Command, shell: &Shell) -> Option<&'static str> {
        let text = &shell.catalog().tui.page.browse;
        (command == Command::Choose).then_some(match self.what {
            What::Folder => text.move_word,
            What::Tags(_) => text.apply_word,
        })
    }

    fn popup(&self) -> bool {
        true
    }

    fn update(
        &mut self,
        open: &mut Open,
        input: Input<'_>,
        shell: &mut Shell,
        out: &mut Vec<Effect>,
    ) -> Turn {
        // - a blank is part of a name only where a new one is typed
        let ticks = matches!(self.what, What::Tags(_)) && !matches!(self.chosen(), Some(Choice::New(_)));
        if ticks && matches!(input, Input::Char(' ' | '\u{3000}')) {
            self.tick();
            return Turn::Stay;
        }
        match self.choose.update(input, self.shown.len(), shell) {
            Did::Nothing | Did::Moved => Turn::Stay,
            Did::Typed => {
                self.list();
                Turn::Stay
            }
            Did::Chosen => {
                self.take_typed();
                self.apply(open, shell, out);
                Turn::Close
            }
        }
    }

    fn back(&mut self, _: &mut Open, _: &mut Shell, _: &mut Vec<Effect>) -> bool {
        let typed = !self.choose.field.text().is_empty();
        if typed {
            self.choose = Choose::default();
            self.list();
        }
        typed
    }

    fn outline(&self, _: &Open, shell: &Shell) -> Vec<Row> {
        let lines: Vec<Line> = (0..self.shown.len()).filter_map(|at| self.shown(at, shell)).collect();
        menu::rows(&lines, self.choose.cursor).collect()
    }

    fn view(&self, open: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        let text = &shell.catalog().tui.page.browse;
        let (hint, keys) = match self.what {
            What::Folder => (text.folder_hint, text.folder_keys),
            What::Tags(_) => (text.tag_hint, text.tag_keys),
        };
        let lines = (self.shown.len(), |at| self.shown(at, shell));
        self.choose.view((&self.name(open, shell), hint, keys), lines, shell, area, buf)
    }
}
