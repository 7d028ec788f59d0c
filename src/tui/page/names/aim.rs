//! The folder that others are put into, or the folder or tag that others become one with: chosen from
//! all, or typed.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Named, act, all, ask};
use crate::ops::filing::{self, Refile};
use crate::text::sanitise;
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope};
use crate::tui::effect::Effect;
use crate::tui::event::Input;
use crate::tui::notice::{Deed, Notice};
use crate::tui::page::choose::{Choose, Did, SCOPES, fits};
use crate::tui::page::menu::{self, Line};
use crate::tui::page::{Given, Page, Turn};
use crate::tui::screen::vault::Open;
use crate::tui::screen::{Cursor, Row};

/// What becomes of them there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// They come to lie in it.
    Under,
    /// They become one with it.
    Merge,
}

/// A line that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Choice {
    /// In no folder.
    Top,
    /// What is there: its place among all.
    There(usize),
    /// A new one.
    New(String),
}

/// The popup.
#[derive(Debug)]
pub struct Aim {
    named: Named,
    way: Way,
    /// What can be chosen, with how many entries have it.
    names: Vec<(String, usize)>,
    shown: Vec<Choice>,
    choose: Choose,
}

impl Aim {
    /// The choice for these.
    pub fn new(named: Named, way: Way, open: &Open) -> Aim {
        let mut made = Aim { named, way, names: Vec::new(), shown: Vec::new(), choose: Choose::default() };
        made.read(open);
        made
    }

    fn read(&mut self, open: &Open) {
        let (folders, tags) = all(open);
        let names = match self.named {
            Named::Folders(_) => folders.into_iter().map(|folder| (folder.path, folder.count)).collect(),
            Named::Tags(_) => tags,
        };
        self.names = names.into_iter().filter(|(name, _)| self.fits(name)).collect();
        self.list();
    }

    /// True where they can go there: no folder can lie in itself, nothing becomes one with itself.
    fn fits(&self, name: &str) -> bool {
        match &self.named {
            Named::Folders(paths) => paths.iter().all(|path| !filing::lies_in(name, path)),
            Named::Tags(names) => self.named.one().is_none() || !names.iter().any(|one| one == name),
        }
    }

    /// What is typed as it would be kept.
    fn typed(&self) -> String {
        match self.named {
            Named::Folders(_) => filing::path(self.choose.field.text()),
            Named::Tags(_) => filing::name(self.choose.field.text()),
        }
    }

    /// Lists what fits what is typed: what is just so first, a new one last.
    fn list(&mut self) {
        let (text, typed) = (self.choose.field.text(), self.typed());
        self.shown.clear();
        if self.way == Way::Under && text.trim().is_empty() {
            self.shown.push(Choice::Top);
        }
        let same = self.names.iter().position(|(name, _)| *name == typed);
        self.shown.extend(same.map(Choice::There));
        let rest = (0..self.names.len()).filter(|at| Some(*at) != same);
        self.shown.extend(rest.filter(|at| fits(text, &self.names[*at].0)).map(Choice::There));
        if same.is_none() && !typed.is_empty() {
            self.shown.push(Choice::New(typed));
        }
    }

    /// Where they go, and what that is called. A folder that is there already where one is to be put
    /// takes it in.
    fn moves(&self, to: &str, open: &Open) -> (Vec<(String, String)>, Deed, bool) {
        let end = |from: &String| match self.way {
            Way::Under => filing::joined(to, filing::last(from)),
            Way::Merge => to.to_owned(),
        };
        let all_of = self.named.all().iter().map(|from| (from.clone(), end(from)));
        let moves: Vec<(String, String)> = all_of.filter(|(from, to)| from != to).collect();
        let there = self.names.iter().any(|(name, _)| name == to);
        let (deed, merges) = match (&self.named, self.way) {
            (Named::Folders(_), Way::Under) => {
                let (folders, _) = all(open);
                let taken = |path: &str| folders.iter().any(|folder| folder.path == path);
                let twice = |at: usize, path: &str| moves.iter().take(at).any(|(_, other)| other == path);
                let meets = moves.iter().enumerate().any(|(at, (_, to))| taken(to) || twice(at, to));
                (if meets { Deed::FoldersMerged } else { Deed::FolderMoved }, meets)
            }
            (Named::Folders(_), Way::Merge) if moves.len() > 1 || there => (Deed::FoldersMerged, false),
            (Named::Folders(_), Way::Merge) => (Deed::FolderRenamed, false),
            (Named::Tags(_), _) if moves.len() > 1 || there => (Deed::TagsMerged, false),
            (Named::Tags(_), _) => (Deed::TagRenamed, false),
        };
        (moves, deed, merges)
    }

    fn choose(&mut self, open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) -> Turn {
        let to = match self.shown.get(self.choose.cursor) {
            None => return Turn::Stay,
            Some(Choice::Top) => String::new(),
            Some(Choice::There(at)) => self.names[*at].0.clone(),
            Some(Choice::New(name)) if !self.fits(name) => {
                shell.tell(Notice::FolderInItself);
                return Turn::Stay;
            }
            Some(Choice::New(name)) => name.clone(),
        };
        let (moves, deed, merges) = self.moves(&to, open);
        let Some((_, first)) = moves.first().cloned() else {
            shell.tell(Notice::NothingChanged);
            return Turn::Close;
        };
        let what = match self.named {
            Named::Folders(_) => Refile::Folders(moves),
            Named::Tags(_) => Refile::Tags(moves),
        };
        if merges {
            return Turn::Replace(Box::new(ask(what, deed, open)));
        }
        act(open, what, deed, shell, out);
        Turn::Give(Given::Text(first))
    }

    fn shown(&self, at: usize, shell: &Shell) -> Option<Line> {
        let text = &shell.catalog().tui.page.names;
        Some(match self.shown.get(at)? {
            Choice::Top => Line::of(text.top),
            Choice::New(name) => Line::of(&(shell.catalog().tui.page.browse.new_one)(&sanitise::line(name))),
            Choice::There(at) => {
                let (name, count) = &self.names[*at];
                Line { after: count.to_string(), ..Line::of(&sanitise::line(name)) }
            }
        })
    }
}

impl Page for Aim {
    fn scopes(&self) -> &'static [Scope] {
        SCOPES
    }

    fn name(&self, _: &Open, shell: &Shell) -> String {
        let text = &shell.catalog().tui.page.names;
        let words = self.named.words(shell);
        if self.way == Way::Under { (text.put_where)(&words) } else { (text.merge_with)(&words) }
    }

    fn footer(&self) -> &'static [Command] {
        menu::FOOTER
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
        match self.choose.update(input, self.shown.len(), shell) {
            Did::Nothing | Did::Moved => {}
            Did::Typed => self.list(),
            Did::Chosen => return self.choose(open, shell, out),
        }
        Turn::Stay
    }

    fn back(&mut self, _: &mut Open, _: &mut Shell, _: &mut Vec<Effect>) -> bool {
        let typed = !self.choose.field.text().is_empty();
        if typed {
            self.choose = Choose::default();
            self.list();
        }
        typed
    }

    fn settle(&mut self, open: &Open, _: &Shell) {
        self.read(open);
        self.choose.cursor = self.choose.cursor.min(self.shown.len().saturating_sub(1));
    }

    fn outline(&self, _: &Open, shell: &Shell) -> Vec<Row> {
        let lines: Vec<Line> = (0..self.shown.len()).filter_map(|at| self.shown(at, shell)).collect();
        menu::rows(&lines, self.choose.cursor).collect()
    }

    fn view(&self, open: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        let text = &shell.catalog().tui.page.names;
        let (hint, keys) = match self.way {
            Way::Under => (text.put_hint, text.put_keys),
            Way::Merge => (text.merge_hint, text.merge_keys),
        };
        let lines = (self.shown.len(), |at| self.shown(at, shell));
        self.choose.view((&self.name(open, shell), hint, keys), lines, shell, area, buf)
    }
}
