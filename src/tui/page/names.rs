//! All folders, and all tags: a list of each, with how many entries have it, and what can be done to
//! one or to all that are marked. The same is done from the sidebar.
//!
//! Not here: putting entries into a folder or giving them tags (`filing`).

mod act;
mod aim;

use std::collections::HashMap;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

pub use self::act::{Refiling, act, ask, begin};
use super::choose::fits;
use super::menu::{self, Line, Menu};
use super::name::AskName;
use super::picker::{Did, Picker};
use super::popup;
use super::{Given, Page, Turn};
use crate::model::State;
use crate::ops::filing;
use crate::text::sanitise;
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope, Unavailable};
use crate::tui::effect::Effect;
use crate::tui::event::Input;
use crate::tui::notice::Notice;
use crate::tui::screen::vault::{Open, list};
use crate::tui::screen::{Cursor, Row, window};
use crate::tui::shelf::{Filter, Folder};
use crate::tui::theme::Name;
use crate::tui::widget::frame::frame;
use crate::tui::widget::text::{fill, fit, put, width, wrap};

/// Folders or tags that are selected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    /// Folders, by their whole paths.
    Folders(Vec<String>),
    /// Tags.
    Tags(Vec<String>),
}

impl Named {
    /// Their names.
    pub fn all(&self) -> &[String] {
        match self {
            Named::Folders(all) | Named::Tags(all) => all,
        }
    }

    /// The name, where it is one.
    pub fn one(&self) -> Option<&str> {
        match self.all() {
            [one] => Some(one),
            _ => None,
        }
    }

    /// The name, or how many there are.
    fn words(&self, shell: &Shell) -> String {
        let text = &shell.catalog().tui.page.names;
        match (self, self.all()) {
            (_, [one]) => fit(&sanitise::line(one), 24),
            (Named::Folders(_), all) => (text.several_folders)(all.len()),
            (Named::Tags(_), all) => (text.several_tags)(all.len()),
        }
    }
}

/// Folders and tags of everything that is not in the trash.
fn all(open: &Open) -> (Vec<Folder>, Vec<(String, usize)>) {
    let kept = filing::kept(open.contents.session().vault());
    open.contents.shelf().names(&kept, |state| state != State::Trashed)
}

/// There is such a folder.
pub fn is_folder(open: &Open, path: &str) -> bool {
    all(open).0.iter().any(|folder| folder.path == path)
}

/// There is such a tag.
pub fn is_tag(open: &Open, name: &str) -> bool {
    all(open).1.iter().any(|(tag, _)| tag == name)
}

/// What a list is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// Folders.
    Folders,
    /// Tags.
    Tags,
}

impl Of {
    fn named(self, names: Vec<String>) -> Option<Named> {
        (!names.is_empty()).then_some(match self {
            Of::Folders => Named::Folders(names),
            Of::Tags => Named::Tags(names),
        })
    }
}

/// What is known of a name: how deep it lies, its entries, those that lie in it alone.
type Facts = (usize, usize, usize);

/// The list.
#[derive(Debug)]
pub struct Names {
    of: Of,
    facts: HashMap<String, Facts>,
    picker: Picker<String>,
    /// What gets the focus as soon as it is there.
    wanted: Option<String>,
}

impl Names {
    /// All of them, as they are now.
    pub fn new(of: Of, open: &Open, shell: &Shell) -> Names {
        let mut made = Names { of, facts: HashMap::new(), picker: Picker::default(), wanted: None };
        made.read(open, shell);
        made
    }

    fn read(&mut self, open: &Open, shell: &Shell) {
        let (folders, tags) = all(open);
        let named: Vec<(String, Facts)> = match self.of {
            Of::Folders => {
                folders.into_iter().map(|one| (one.path, (one.depth, one.count, one.own))).collect()
            }
            Of::Tags => tags.into_iter().map(|(tag, count)| (tag, (0, count, count))).collect(),
        };
        let typed = self.picker.filter.text();
        let shown = named.iter().filter(|(name, _)| fits(typed, name)).map(|(name, _)| name.clone());
        let shown: Vec<String> = shown.collect();
        self.facts = named.into_iter().collect();
        self.picker.marks.retain(|name| self.facts.contains_key(name));
        if let Some(at) = self.wanted.as_ref().and_then(|name| shown.iter().position(|one| one == name)) {
            (self.picker.cursor, self.wanted) = (at, None);
            self.picker.ids.clear();
        }
        self.picker.list(shown, rows(shell));
    }

    fn meant(&self) -> Option<Named> {
        self.of.named(self.picker.meant())
    }

    fn edge(&self, shell: &Shell) -> String {
        let (text, short) = (&shell.catalog().tui.page.names, shell.catalog().tui.short);
        if self.picker.filtering {
            return String::new();
        }
        if self.picker.ids.is_empty() {
            let makes = self.of == Of::Folders && self.picker.filter.text().is_empty();
            let pairs = [(Command::Open, short(Command::NewFolder))];
            return if makes { popup::edge(shell, &pairs) } else { String::new() };
        }
        popup::edge(shell, &[(Command::Open, text.acts), (Command::Mark, short(Command::Mark))])
    }

    fn title(&self, shell: &Shell) -> String {
        let (text, marked) = (&shell.catalog().tui.page.names, self.picker.marks.len());
        let name = if self.of == Of::Folders { text.folders } else { text.tags };
        let marks = (marked > 0).then(|| (shell.catalog().tui.page.browse.marked)(marked));
        format!("{name} {}  {}", self.picker.ids.len(), marks.unwrap_or_default()).trim_end().to_owned()
    }

    fn label(&self, name: &str) -> String {
        let whole = self.of == Of::Tags || !self.picker.filter.text().is_empty();
        let shown = if whole { name } else { filing::last(name) };
        let before = if self.of == Of::Tags { "#" } else { "" };
        format!("{before}{}", sanitise::line(shown))
    }

    /// How many entries have it, and how many of them lie in it alone where that is not the same.
    fn counts(&self, name: &str, shell: &Shell) -> (String, String) {
        let text = &shell.catalog().tui.page.names;
        let (_, count, own) = self.facts.get(name).copied().unwrap_or_default();
        let own = if own == count { String::new() } else { (text.own)(own) };
        ((text.entries)(count), own)
    }

    fn view_row(&self, shell: &Shell, (at, name): (usize, &str), area: Rect, buf: &mut Buffer) {
        let theme = &shell.theme;
        let (selected, marked) = (at == self.picker.cursor, self.picker.marks.contains(name));
        let base = theme.style(match (selected, marked) {
            (true, _) => Name::Selected,
            (false, true) => Name::Marked,
            (false, false) => Name::Text,
        });
        let quiet = if selected { base } else { theme.style(Name::Dim) };
        if selected {
            put(buf, area.x, area.y, area.width, &fill("", area.width), base);
        }
        put(buf, area.x, area.y, 1, if selected { ">" } else { " " }, base);
        put(buf, area.x + 1, area.y, 1, if marked { "+" } else { " " }, base);
        let depth = self.facts.get(name).map_or(0, |facts| facts.0);
        let flat = !self.picker.filter.text().is_empty();
        let deep = if flat { 0 } else { u16::try_from(depth.min(8) * 2).unwrap_or(0) };
        let (count, own) = self.counts(name, shell);
        let x = area.x + 3 + deep;
        let right = area.right().saturating_sub(COUNT);
        let room = right.saturating_sub(x + OWN);
        put(buf, x, area.y, room, &fit(&self.label(name), room), base);
        let end = |words: &str, cells: u16| cells.saturating_sub(width(words) + 1);
        put(buf, right - OWN + end(&own, OWN), area.y, OWN, &own, quiet);
        put(buf, right + end(&count, COUNT), area.y, COUNT, &count, quiet);
    }
}

/// Cells of the number of entries.
const COUNT: u16 = 16;
/// Cells of the number of those that lie in it alone.
const OWN: u16 = 18;

/// Visible rows: of the body without the frame and the filter.
fn rows(shell: &Shell) -> usize {
    usize::from(window(shell).body.height.saturating_sub(3)).max(1)
}

impl Page for Names {
    fn scopes(&self) -> &'static [Scope] {
        self.picker.scopes(&[Scope::Filing, Scope::Browse, Scope::Anywhere])
    }

    fn name(&self, _: &Open, shell: &Shell) -> String {
        let text = &shell.catalog().tui.page.names;
        if self.of == Of::Folders { text.folders } else { text.tags }.to_owned()
    }

    fn footer(&self) -> &'static [Command] {
        if self.picker.filtering {
            return &[Command::KeepSearch, Command::HitDown, Command::HitUp, Command::Back, Command::Help];
        }
        match self.of {
            Of::Folders => &[
                Command::Rename,
                Command::PutInto,
                Command::Dissolve,
                Command::New,
                Command::Undo,
                Command::Search,
                Command::Back,
                Command::HelpHere,
            ],
            Of::Tags => &[
                Command::Rename,
                Command::PutInto,
                Command::Dissolve,
                Command::MarkAll,
                Command::Undo,
                Command::Search,
                Command::Back,
                Command::HelpHere,
            ],
        }
    }

    fn says(&self, command: Command, shell: &Shell) -> Option<&'static str> {
        let merge = command == Command::PutInto && self.of == Of::Tags;
        merge.then(|| (shell.catalog().tui.short)(Command::MergeInto))
    }

    fn named(&self, _: &Open) -> Option<Named> {
        self.meant()
    }

    fn means(&self, command: Command) -> Option<Command> {
        match (command, self.of) {
            (Command::New, Of::Folders) => Some(Command::NewFolder),
            (Command::New, Of::Tags) => None,
            (Command::PutInto, Of::Tags) => Some(Command::MergeInto),
            _ => Some(command),
        }
    }

    fn update(&mut self, open: &mut Open, input: Input<'_>, shell: &mut Shell, _: &mut Vec<Effect>) -> Turn {
        match self.picker.update(input, rows(shell), shell) {
            Did::Nothing => {}
            Did::Moved => return Turn::Stay,
            Did::Filter => {
                self.read(open, shell);
                return Turn::Stay;
            }
        }
        let Input::Command(command) = input else { return Turn::Pass };
        match command {
            Command::Open => match self.meant() {
                Some(named) => return Turn::Over(Box::new(Acts::new(named))),
                None if self.of == Of::Folders && self.picker.filter.text().is_empty() => {
                    return self.update(open, Input::Command(Command::New), shell, &mut Vec::new());
                }
                None => {}
            },
            Command::New if self.of == Of::Folders && open.contents.read_only() => {
                shell.tell(Notice::Unavailable(Unavailable::ReadOnly));
            }
            Command::New if self.of == Of::Folders => return Turn::Over(Box::new(AskName::new_folder(""))),
            Command::New => shell.tell(Notice::Unavailable(Unavailable::NotHere)),
            Command::Mark => self.picker.mark(rows(shell)),
            Command::MarkAll => self.picker.mark_all(),
            Command::GoFolders if self.of == Of::Folders => {}
            Command::GoTags if self.of == Of::Tags => {}
            _ => return Turn::Pass,
        }
        Turn::Stay
    }

    fn back(&mut self, open: &mut Open, shell: &mut Shell, _: &mut Vec<Effect>) -> bool {
        let did = self.picker.back();
        if did == Some(Did::Filter) {
            self.read(open, shell);
        }
        did.is_some()
    }

    fn given(&mut self, given: Given, open: &mut Open, shell: &mut Shell, _: &mut Vec<Effect>) {
        if let Given::Text(name) = given {
            self.wanted = Some(name);
            self.read(open, shell);
        }
    }

    fn settle(&mut self, open: &Open, shell: &Shell) {
        self.read(open, shell);
    }

    fn outline(&self, _: &Open, shell: &Shell) -> Vec<Row> {
        let seen = self.picker.visible(rows(shell));
        seen.map(|(at, name)| {
            let (count, own) = self.counts(&name, shell);
            Row {
                label: self.label(&name),
                value: format!("{count} {own}").trim_end().to_owned(),
                focus: at == self.picker.cursor,
                action: Some(Command::Open),
            }
        })
        .collect()
    }

    fn view(&self, _: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        let (text, theme) = (&shell.catalog().tui.page.names, &shell.theme);
        let inner = frame(buf, area, &self.title(shell), true, theme);
        popup::view_edge(buf, area, &self.edge(shell), shell);
        let vault = &shell.catalog().tui.vault;
        let caret = self.picker.view_filter(vault.search_hint, inner, buf, shell);
        let body = Rect { y: inner.y + 1, height: inner.height.saturating_sub(1), ..inner };
        if self.picker.ids.is_empty() {
            let told = match self.of {
                _ if !self.picker.filter.text().trim().is_empty() => (vault.no_hits, vault.no_hits_advice),
                Of::Folders => (text.no_folders, text.no_folders_advice),
                Of::Tags => (text.no_tags, text.no_tags_advice),
            };
            let x = body.x + 1;
            put(buf, x, body.y + 1, body.width - 1, told.0, theme.style(Name::Title));
            for (y, line) in (body.y + 3..body.bottom()).zip(wrap(told.1, body.width - 2, 4)) {
                put(buf, x, y, body.width - 1, &line, theme.style(Name::Text));
            }
            return if self.picker.filtering { caret } else { Cursor::new(body.x, body.y) };
        }
        let mut cursor = caret;
        for (y, (at, name)) in (body.y..body.bottom()).zip(self.picker.visible(usize::from(body.height))) {
            self.view_row(shell, (at, &name), Rect::new(body.x, y, body.width, 1), buf);
            if at == self.picker.cursor && !self.picker.filtering {
                cursor = Cursor::new(body.x, y);
            }
        }
        cursor
    }
}

/// What can be done to folders or tags: the keys do the same.
#[derive(Debug)]
struct Acts {
    named: Named,
    menu: Menu,
}

/// A thing that can be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    Show,
    Make,
    Do(Command),
}

impl Acts {
    fn new(named: Named) -> Acts {
        Acts { named, menu: Menu::default() }
    }

    fn all(&self) -> &'static [Act] {
        const RENAME: Act = Act::Do(Command::Rename);
        const PUT: Act = Act::Do(Command::PutInto);
        const MERGE: Act = Act::Do(Command::MergeInto);
        const DISSOLVE: Act = Act::Do(Command::Dissolve);
        match (&self.named, self.named.one()) {
            (Named::Folders(_), Some(_)) => &[Act::Show, RENAME, PUT, MERGE, Act::Make, DISSOLVE],
            (Named::Folders(_), None) => &[PUT, MERGE, DISSOLVE],
            (Named::Tags(_), Some(_)) => &[Act::Show, RENAME, PUT, DISSOLVE],
            (Named::Tags(_), None) => &[PUT, DISSOLVE],
        }
    }

    fn lines(&self, shell: &Shell) -> Vec<Line> {
        let text = &shell.catalog().tui.page.names;
        let folders = matches!(self.named, Named::Folders(_));
        let line = |act: &Act| {
            let (name, command) = match act {
                Act::Show => (text.show, None),
                Act::Make => (text.make, None),
                Act::Do(Command::Rename) => (text.rename, Some(Command::Rename)),
                Act::Do(Command::PutInto) if folders => (text.put, Some(Command::PutInto)),
                Act::Do(Command::PutInto) => (text.merge_tag, Some(Command::PutInto)),
                Act::Do(Command::MergeInto) => (text.merge_folder, Some(Command::MergeInto)),
                Act::Do(command) if folders => (text.dissolve_folder, Some(*command)),
                Act::Do(command) => (text.dissolve_tag, Some(*command)),
            };
            let after = command.map_or(String::new(), |command| shell.keymap.label(command));
            Line { after, ..Line::of(name) }
        };
        self.all().iter().map(line).collect()
    }

    fn act(&self, act: Act, open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) -> Turn {
        let name = self.named.one().unwrap_or("").to_owned();
        let next = match act {
            Act::Show => {
                let folders = matches!(self.named, Named::Folders(_));
                let filter = if folders { Filter::Folder(name) } else { Filter::Tag(name) };
                open.pages.clear();
                list::narrow(open, filter, shell);
                return Turn::Close;
            }
            _ if open.contents.read_only() => {
                shell.tell(Notice::Unavailable(Unavailable::ReadOnly));
                return Turn::Close;
            }
            Act::Make => Some(Box::new(AskName::new_folder(&name)) as Box<dyn Page>),
            Act::Do(command) => act::begin_with(command, &self.named, open, shell, out),
        };
        next.map_or(Turn::Close, Turn::Replace)
    }
}

impl Page for Acts {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Filing, Scope::Browse, Scope::Anywhere]
    }

    fn name(&self, _: &Open, shell: &Shell) -> String {
        self.named.words(shell)
    }

    fn footer(&self) -> &'static [Command] {
        &[Command::Open, Command::Down, Command::Up, Command::Back]
    }

    fn named(&self, _: &Open) -> Option<Named> {
        Some(self.named.clone())
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
        let Input::Command(command) = input else { return Turn::Pass };
        if self.menu.update(command, self.all().len()) == menu::Did::Chosen {
            let act = self.all().get(self.menu.cursor).copied().unwrap_or(Act::Show);
            return self.act(act, open, shell, out);
        }
        if self.all().contains(&Act::Do(command)) {
            return self.act(Act::Do(command), open, shell, out);
        }
        Turn::Stay
    }

    fn outline(&self, _: &Open, shell: &Shell) -> Vec<Row> {
        self.menu.outline("", &self.lines(shell))
    }

    fn view(&self, open: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        self.menu.view((&self.name(open, shell), "", ""), &self.lines(shell), shell, area, buf)
    }
}
