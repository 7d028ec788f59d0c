//! The question for a name: a field in a popup and what is to be said about what is typed.
//!
//! Not for names inside a form: those are of its draft.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::names::{self, Named};
use super::popup::{self, Item};
use super::{Given, Page, Turn};
use crate::crypto::entropy::array;
use crate::model::Id;
use crate::ops::filing::{self, Refile};
use crate::ops::search::saved;
use crate::text::sanitise;
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope};
use crate::tui::effect::Effect;
use crate::tui::event::Input;
use crate::tui::notice::{Deed, Notice};
use crate::tui::screen::vault::{Open, steps};
use crate::tui::screen::{Cursor, Row};
use crate::tui::theme::Name as Look;
use crate::tui::widget::field::Field;
use crate::tui::widget::text::{fit, width};

/// Cells it wants.
const WIDE: u16 = 58;

/// What the name is for.
#[derive(Debug)]
enum For {
    /// A folder gets another last part of its path.
    Folder(String),
    /// A tag gets another name.
    Tag(String),
    /// A new folder in this one.
    NewFolder(String),
    /// This search is kept.
    Search(String),
}

/// The question.
#[derive(Debug)]
pub struct AskName {
    what: For,
    field: Field,
    /// There is one of that name.
    taken: bool,
}

impl AskName {
    /// Another name for a folder or a tag.
    pub fn rename(named: &Named) -> Option<AskName> {
        let name = named.one()?.to_owned();
        let mut field = Field::default();
        let what = match named {
            Named::Folders(_) => {
                field.set(filing::last(&name));
                For::Folder(name)
            }
            Named::Tags(_) => {
                field.set(&name);
                For::Tag(name)
            }
        };
        field.select();
        Some(AskName { what, field, taken: false })
    }

    /// A new folder in this one; in none where that is empty.
    pub fn new_folder(within: &str) -> AskName {
        AskName { what: For::NewFolder(within.to_owned()), field: Field::default(), taken: false }
    }

    /// A name for the search that is in the field of the list.
    pub fn search(open: &Open) -> AskName {
        let query = open.list.search.text().trim().to_owned();
        let mut field = Field::default();
        field.set(&query);
        field.select();
        let mut made = AskName { what: For::Search(query), field, taken: false };
        made.look(open);
        made
    }

    /// The folder that the typed path begins in.
    fn within(&self) -> &str {
        match &self.what {
            For::Folder(path) => filing::above(path),
            For::NewFolder(within) => within,
            For::Tag(_) | For::Search(_) => "",
        }
    }

    /// What Enter does.
    fn does(&self, shell: &Shell) -> &'static str {
        let text = &shell.catalog().tui.page.names;
        match self.what {
            For::Folder(_) | For::Tag(_) => text.renames,
            For::NewFolder(_) => text.makes,
            For::Search(_) => shell.catalog().tui.page.search.keeps,
        }
    }

    /// The whole name as it would be kept; empty where nothing is typed.
    fn wanted(&self) -> String {
        let text = self.field.text();
        match self.what {
            For::Tag(_) => filing::name(text),
            For::Search(_) => text.trim().to_owned(),
            For::Folder(_) | For::NewFolder(_) => match filing::path(text) {
                path if path.is_empty() => path,
                path => filing::joined(self.within(), &path),
            },
        }
    }

    fn look(&mut self, open: &Open) {
        let wanted = self.wanted();
        self.taken = match &self.what {
            For::Folder(own) => wanted != *own && names::is_folder(open, &wanted),
            For::Tag(own) => wanted != *own && names::is_tag(open, &wanted),
            For::NewFolder(_) => names::is_folder(open, &wanted),
            For::Search(_) => open.contents.saved_searches().iter().any(|one| one.name == wanted),
        };
    }

    fn accept(&mut self, open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) -> Turn {
        self.look(open);
        let wanted = self.wanted();
        if wanted.is_empty() {
            return Turn::Stay;
        }
        let (refile, deed, merged) = match &self.what {
            For::NewFolder(_) => return self.make(wanted, open, shell, out),
            For::Search(_) => return self.keep(&wanted, open, shell, out),
            For::Folder(own) | For::Tag(own) if *own == wanted => {
                shell.tell(Notice::NothingChanged);
                return Turn::Close;
            }
            For::Folder(own) if filing::lies_in(&wanted, own) => {
                shell.tell(Notice::FolderInItself);
                return Turn::Stay;
            }
            For::Folder(own) => {
                let refile = Refile::Folders(vec![(own.clone(), wanted.clone())]);
                (refile, Deed::FolderRenamed, Deed::FoldersMerged)
            }
            For::Tag(own) => {
                (Refile::Tags(vec![(own.clone(), wanted.clone())]), Deed::TagRenamed, Deed::TagsMerged)
            }
        };
        if self.taken {
            return Turn::Replace(Box::new(names::ask(refile, merged, open)));
        }
        names::act(open, refile, deed, shell, out);
        Turn::Give(Given::Text(wanted))
    }

    fn make(&self, path: String, open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) -> Turn {
        if self.taken {
            shell.tell(Notice::FolderThere);
            return Turn::Stay;
        }
        let session = open.contents.session();
        let fresh = session.sealer(&mut *shell.entropy).id().ok();
        let change = fresh.and_then(|fresh| filing::keep(session.vault(), &path, fresh));
        let done =
            change.is_some_and(|change| steps::apply_as(open, &change, (Deed::FolderMade, 0), shell, out));
        shell.tell(if done { Notice::Done(Deed::FolderMade, 0) } else { Notice::ChangeRefused });
        Turn::Give(Given::Text(path))
    }

    fn keep(&self, name: &str, open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) -> Turn {
        let For::Search(query) = &self.what else { return Turn::Close };
        let Ok(fresh) = array(&mut *shell.entropy) else { return Turn::Close };
        let change = saved::keep(open.contents.session().vault(), name, query, Id(fresh));
        if steps::apply_as(open, &change, (Deed::SearchKept, 1), shell, out) {
            shell.tell(Notice::SearchKept);
        }
        Turn::Close
    }

    fn items(&self, shell: &Shell, cells: u16) -> Vec<Item> {
        let (text, search) = (&shell.catalog().tui.page.names, &shell.catalog().tui.page.search);
        let mut rows = Vec::new();
        match &self.what {
            For::Folder(name) | For::Tag(name) => rows.push((text.now, name.as_str())),
            For::Search(query) => rows.push((search.keep_query, query.as_str())),
            For::NewFolder(_) => {}
        }
        if !self.within().is_empty() {
            rows.push((text.within, self.within()));
        }
        let label = rows.iter().map(|row| width(row.0)).max().unwrap_or(0).max(width(text.name));
        let room = popup::value_cells(label.min(cells * 2 / 5) + 2, cells);
        let told = |(label, value): (&str, &str)| Item {
            label: label.to_owned(),
            value: vec![(fit(&sanitise::line(value), room), Look::Text)],
            ..Item::default()
        };
        let mut items: Vec<Item> = rows.into_iter().map(told).collect();
        let (value, caret) = popup::field(&self.field, room);
        let (label, caret) = (text.name.to_owned(), Some(caret));
        items.push(Item { label, value, caret, stop: Some(0), ..Item::default() });
        items.push(Item::gap());
        let (said, look) = match (&self.what, self.taken) {
            (For::NewFolder(_), true) => (text.folder_there, Look::Warn),
            (For::Search(_), true) => (search.replaces, Look::Warn),
            (For::Folder(_) | For::Tag(_), true) => (text.name_there, Look::Warn),
            (For::Folder(_) | For::NewFolder(_), false) => (text.path_hint, Look::Dim),
            (For::Tag(_), false) => (text.tag_hint, Look::Dim),
            (For::Search(_), false) => (search.keep_hint, Look::Dim),
        };
        items.push(Item::told(said, look));
        items
    }
}

impl Page for AskName {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Form, Scope::Field, Scope::Anywhere]
    }

    fn name(&self, _: &Open, shell: &Shell) -> String {
        let text = &shell.catalog().tui;
        match self.what {
            For::Folder(_) => text.page.names.rename_folder.to_owned(),
            For::Tag(_) => text.page.names.rename_tag.to_owned(),
            For::NewFolder(_) => (text.command)(Command::NewFolder).to_owned(),
            For::Search(_) => text.page.search.keep_title.to_owned(),
        }
    }

    fn footer(&self) -> &'static [Command] {
        &[Command::Accept, Command::EraseLeft, Command::Back]
    }

    fn says(&self, command: Command, shell: &Shell) -> Option<&'static str> {
        (command == Command::Accept).then(|| self.does(shell))
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
        match input {
            Input::Char(c) => {
                if !self.field.type_char(c) {
                    shell.tell(Notice::FieldFull);
                }
            }
            Input::Paste(bytes) => self.field.paste(bytes),
            Input::Command(Command::Accept | Command::Save) => return self.accept(open, shell, out),
            Input::Command(command) => {
                self.field.edit(command);
            }
        }
        self.look(open);
        Turn::Stay
    }

    fn settle(&mut self, open: &Open, _: &Shell) {
        self.look(open);
    }

    fn outline(&self, _: &Open, shell: &Shell) -> Vec<Row> {
        popup::outline(&self.items(shell, WIDE), 0)
    }

    fn view(&self, open: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        let items = self.items(shell, popup::inner_cells(area, WIDE));
        let edge = popup::edge(shell, &[(Command::Accept, self.does(shell))]);
        popup::view(buf, area, WIDE, &self.name(open, shell), &edge, &items, 0, shell)
    }
}
