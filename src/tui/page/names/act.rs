//! What is done to folders and tags as a whole: what follows a key, what is asked before, and the
//! change itself, which is one step of undo. Where the vault is large a job does it.

use super::aim::{Aim, Way};
use super::{Named, all};
use crate::ops::filing::{self, Refile};
use crate::text::sanitise;
use crate::tui::app::Shell;
use crate::tui::command::Command;
use crate::tui::effect::Effect;
use crate::tui::notice::{Deed, Notice};
use crate::tui::page::Page;
use crate::tui::page::ask::{Ask, Then};
use crate::tui::page::name::AskName;
use crate::tui::screen::vault::{Open, steps};
use crate::tui::task::Task;
use crate::tui::widget::text::fit;

/// What is asked before folders or tags become others.
#[derive(Debug)]
pub struct Refiling {
    /// What they become.
    pub what: Refile,
    /// As what it is told.
    pub deed: Deed,
    /// Entries that it touches.
    touched: usize,
    /// Folders that lie in those that go.
    inner: usize,
}

impl Refiling {
    /// Title of the question.
    pub fn title(&self, shell: &Shell) -> &'static str {
        let text = &shell.catalog().tui.page.names;
        if self.dissolves() { text.ask_dissolve } else { text.ask_merge }
    }

    /// The answer that does it.
    pub fn answer(&self, shell: &Shell) -> &'static str {
        let text = &shell.catalog().tui.page.names;
        if self.dissolves() { text.dissolves } else { text.merges }
    }

    fn dissolves(&self) -> bool {
        matches!(self.deed, Deed::FolderRemoved | Deed::TagRemoved)
    }

    /// The question: what becomes of how many entries.
    pub fn question(&self, shell: &Shell) -> String {
        let text = &shell.catalog().tui.page.names;
        let count = self.touched;
        let (Refile::Folders(moves) | Refile::Tags(moves)) = &self.what;
        // - of folders that go together the outermost are named
        let outer = |path: &str| moves.iter().all(|(from, _)| from == path || !filing::lies_in(path, from));
        let names: Vec<String> =
            moves.iter().map(|(from, _)| from).filter(|path| outer(path)).cloned().collect();
        let named = match self.what {
            Refile::Folders(_) => Named::Folders(names),
            Refile::Tags(_) => Named::Tags(names),
        };
        let several = named.one().is_none();
        let from = if several { named.words(shell) } else { (text.quoted)(&named.words(shell)) };
        let to = fit(&sanitise::line(moves.first().map_or("", |(_, to)| to.as_str())), 24);
        let to = if to.is_empty() { to } else { (text.quoted)(&to) };
        match (&self.what, self.dissolves()) {
            (Refile::Folders(_), true) if several => (text.folders_go)(&from, count, self.inner),
            (Refile::Folders(_), true) => (text.folder_goes)(&from, &to, count, self.inner),
            (Refile::Folders(_), false) => (text.folders_merge)(&from, &to, count),
            (Refile::Tags(_), true) => (text.tag_goes)(&from, count),
            (Refile::Tags(_), false) => (text.tags_merge)(&from, &to, count),
        }
    }
}

/// The question whether folders or tags are to become others.
pub fn ask(what: Refile, deed: Deed, open: &Open) -> Ask {
    let touched = open.contents.shelf().touched(&what);
    let inner = match &what {
        Refile::Folders(moves) => inner(moves, open),
        Refile::Tags(_) => 0,
    };
    Ask::new(Then::Refile(Refiling { what, deed, touched, inner }), open)
}

/// Folders that lie in these, themselves not counted.
fn inner(moves: &[(String, String)], open: &Open) -> usize {
    let (folders, _) = all(open);
    let within = |path: &str| {
        moves.iter().any(|(from, _)| filing::lies_in(path, from))
            && moves.iter().all(|(from, _)| from != path)
    };
    folders.iter().filter(|folder| within(&folder.path)).count()
}

/// What follows a command that is about folders or tags, of those that are selected; none where it
/// is done at once, or is no such command.
pub fn begin(
    command: Command,
    open: &mut Open,
    shell: &mut Shell,
    out: &mut Vec<Effect>,
) -> Option<Box<dyn Page>> {
    if command == Command::NewFolder {
        return Some(Box::new(AskName::new_folder("")));
    }
    let named = open.named()?;
    begin_with(command, &named, open, shell, out)
}

/// The same of these.
pub fn begin_with(
    command: Command,
    named: &Named,
    open: &mut Open,
    shell: &mut Shell,
    out: &mut Vec<Effect>,
) -> Option<Box<dyn Page>> {
    match (command, named) {
        (Command::Rename, _) => Some(Box::new(AskName::rename(named)?)),
        (Command::PutInto, Named::Folders(_)) => Some(Box::new(Aim::new(named.clone(), Way::Under, open))),
        (Command::PutInto | Command::MergeInto, _) => {
            Some(Box::new(Aim::new(named.clone(), Way::Merge, open)))
        }
        (Command::Dissolve, _) => dissolve(named, open, shell, out),
        _ => None,
    }
}

/// Takes folders or tags away: at once where nothing lies in them, else it is asked.
fn dissolve(
    named: &Named,
    open: &mut Open,
    shell: &mut Shell,
    out: &mut Vec<Effect>,
) -> Option<Box<dyn Page>> {
    let (what, deed) = match named {
        Named::Folders(paths) => {
            let up = |path: &String| (path.clone(), around(path, paths).to_owned());
            (Refile::Folders(paths.iter().map(up).collect()), Deed::FolderRemoved)
        }
        Named::Tags(names) => {
            let gone = |name: &String| (name.clone(), String::new());
            (Refile::Tags(names.iter().map(gone).collect()), Deed::TagRemoved)
        }
    };
    if open.contents.shelf().touched(&what) > 0 {
        return Some(Box::new(ask(what, deed, open)));
    }
    // - nothing lies in them: the folders in them go, too
    let what = match what {
        Refile::Folders(moves) => Refile::Folders(with_inner(&moves, open)),
        other => other,
    };
    act(open, what, deed, shell, out);
    None
}

/// The first folder around a path that stays when these go.
fn around<'p>(path: &'p str, going: &[String]) -> &'p str {
    let mut above = filing::above(path);
    while !above.is_empty() && going.iter().any(|one| one == above) {
        above = filing::above(above);
    }
    above
}

fn with_inner(moves: &[(String, String)], open: &Open) -> Vec<(String, String)> {
    let (folders, _) = all(open);
    let to =
        |path: &str| moves.iter().find(|(from, _)| filing::lies_in(path, from)).map(|(_, to)| to.clone());
    folders.into_iter().filter_map(|folder| Some((folder.path.clone(), to(&folder.path)?))).collect()
}

/// Makes folders or tags others: one step of undo. A large vault goes away with it for a moment.
pub fn act(open: &mut Open, what: Refile, deed: Deed, shell: &mut Shell, out: &mut Vec<Effect>) {
    open.side.becomes = Some(what.clone());
    if open.contents.is_large() {
        return open.work = Some(Task::Refile { what, deed });
    }
    let (change, count) = {
        let session = open.contents.session();
        let mut sealer = session.sealer(&mut *shell.entropy);
        what.changes(session.vault(), &mut || sealer.id().ok())
    };
    if steps::apply_as(open, &change, (deed, count), shell, out) {
        shell.tell(Notice::Done(deed, count));
    } else {
        shell.tell(Notice::ChangeRefused);
    }
}
