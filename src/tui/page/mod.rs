//! Pages: what lies over the list and its detail while the vault is open (the form, the generator,
//! the trash, settings …). They form a stack in [`Open`], so whatever they hold of the vault goes
//! with the lock. A page changes the vault only through [`Open`] and the world only by effects.
//!
//! Not here: windows that hold nothing of the vault ([`crate::tui::dialog`]).

mod about;
pub mod ask;
pub mod backups;
pub mod broken;
mod choice;
mod choose;
pub mod cliptest;
mod codes;
pub mod differences;
pub mod export;
mod filing;
pub mod form;
pub mod fresh;
pub mod generator;
mod health;
mod history;
pub mod import;
pub mod incident;
mod keys;
pub mod links;
pub mod mail;
mod menu;
pub mod merge;
mod name;
pub mod names;
mod opener;
mod password;
pub mod path;
mod picker;
mod popup;
mod qr;
pub mod searches;
mod send;
mod settings;
pub mod side;
pub mod slots;
pub mod sort;
pub mod staged;
pub mod standing;
pub mod taken;
mod trash;
mod value;
pub mod write;

use std::fmt::Debug;
use std::path::PathBuf;
use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use self::names::Named;
use super::screen::{Cursor, Row};
use crate::model::Id;
use crate::secret::Secret;
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope, Unavailable};
use crate::tui::contents::Part;
use crate::tui::effect::{Effect, JobId, Outcome};
use crate::tui::event::Input;
use crate::tui::key::Chord;
use crate::tui::screen::vault::Open;

/// What is to follow after a page took something.
#[derive(Debug)]
pub enum Turn {
    /// It is done.
    Stay,
    /// It is not the page's: what it means over the list it means here. What is typed or pasted has no
    /// place then, and that is told.
    Pass,
    /// It cannot be done while the page is in front, and why is said.
    No(Unavailable),
    /// The page closes.
    Close,
    /// The page closes and hands this to the page below.
    Give(Given),
    /// Another page over this one.
    Over(Box<dyn Page>),
    /// Another page in place of this one.
    Replace(Box<dyn Page>),
    /// The page stays, and this is done as if its key was pressed.
    Run(Command),
}

/// What a page hands to the one below when it closes.
#[derive(Debug)]
pub enum Given {
    /// A secret (a generated password).
    Secret(Secret),
    /// An entry that was chosen.
    Entry(Id),
    /// A text that was chosen or typed (a folder, a tag).
    Text(String),
    /// A file or folder that was chosen.
    Path(PathBuf),
    /// What was asked for is to be done.
    Yes,
}

/// A page.
pub trait Page: Debug + Send {
    /// The scopes whose keys act.
    fn scopes(&self) -> &'static [Scope];

    /// Its name, for the header.
    fn name(&self, open: &Open, shell: &Shell) -> String;

    /// It stands in line: what is in front was not opened from here. The header does not name it.
    fn waits(&self) -> bool {
        false
    }

    /// The commands of the footer, most useful first.
    fn footer(&self) -> &'static [Command];

    /// What a command of the footer does here, in at most 12 cells; none where its own short title
    /// says it.
    fn says(&self, _command: Command, _shell: &Shell) -> Option<&'static str> {
        None
    }

    /// What a command comes to here: another one where the page has a use of its own for the key, none
    /// where it has none. Help tells no key that does nothing.
    fn means(&self, command: Command) -> Option<Command> {
        usually(command, self.popup(), self.footer())
    }

    /// The entry that the keys of entries mean here.
    fn selected(&self) -> Option<Id> {
        None
    }

    /// Whether there is such a part to copy here, where the page knows better than the entry that is
    /// selected.
    fn has(&self, _open: &Open, _part: Part) -> Option<bool> {
        None
    }

    /// Whether there is a secret to show here, where the page knows better than the entry that is
    /// selected.
    fn shows(&self, _open: &Open) -> Option<bool> {
        None
    }

    /// A secret is shown, so that the key that shows one hides it.
    fn is_shown(&self) -> bool {
        false
    }

    /// It is about a taken-over account: the header need not remind of one.
    fn is_plan(&self) -> bool {
        false
    }

    /// The folders or tags that the keys of such mean here.
    fn named(&self, _open: &Open) -> Option<Named> {
        None
    }

    /// It is drawn over what lies below instead of in place of it.
    fn popup(&self) -> bool {
        false
    }

    /// Takes a key before it is looked up; true when it is used up.
    fn key(&mut self, _key: Chord, _shell: &mut Shell, _out: &mut Vec<Effect>) -> bool {
        false
    }

    /// Takes a command or what is typed.
    fn update(&mut self, open: &mut Open, input: Input<'_>, shell: &mut Shell, out: &mut Vec<Effect>)
    -> Turn;

    /// F5: reads or runs again what it shows; false where that means the vault.
    fn again(&mut self, _open: &mut Open, _shell: &mut Shell, _out: &mut Vec<Effect>) -> bool {
        false
    }

    /// It is one of the pages about health.
    fn is_health(&self) -> bool {
        false
    }

    /// Esc: one step back inside the page; false when the page itself is to close.
    fn back(&mut self, _open: &mut Open, _shell: &mut Shell, _out: &mut Vec<Effect>) -> bool {
        false
    }

    /// Takes what the page above handed down.
    fn given(&mut self, _given: Given, _open: &mut Open, _shell: &mut Shell, _out: &mut Vec<Effect>) {}

    /// Takes the outcome of a job that it asked for; gives back what is not its own.
    fn done(
        &mut self,
        _job: JobId,
        outcome: Outcome,
        _open: &mut Open,
        _shell: &mut Shell,
        _out: &mut Vec<Effect>,
    ) -> Option<Outcome> {
        Some(outcome)
    }

    /// What is to follow after it took an outcome; asked after every one.
    fn turn(&mut self) -> Option<Turn> {
        None
    }

    /// The vault or the window changed under it.
    fn settle(&mut self, _open: &Open, _shell: &Shell) {}

    /// Hides what it shows of secrets: the window lost the keyboard, or is too small.
    fn hide(&mut self) {}

    /// The vault is about to be locked or the program to end: what is half done is kept.
    fn before_lock(&mut self, _open: &mut Open, _shell: &mut Shell, _out: &mut Vec<Effect>) {}

    /// When something changes by itself next, on the boot clock.
    fn deadline(&self, _shell: &Shell) -> Option<Duration> {
        None
    }

    /// Time passed.
    fn tick(&mut self, _open: &mut Open, _shell: &mut Shell, _out: &mut Vec<Effect>) {}

    /// The page as rows.
    fn outline(&self, open: &Open, shell: &Shell) -> Vec<Row>;

    /// Draws it over `area`; says where the hardware cursor stands.
    fn view(&self, open: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor;
}

/// What a command comes to on most pages: few mark rows or fill a field, and a window over the list has no
/// use for what it does not name.
fn usually(command: Command, window: bool, named: &[Command]) -> Option<Command> {
    use Command as C;
    let with = if command == C::PreviousFound { C::NextFound } else { command };
    let rare =
        matches!(with, C::Mark | C::MarkAll | C::NextFound | C::Generate | C::ShowTyped | C::UndoTyping);
    let outside = matches!(
        command,
        C::Palette | C::ClearClipboard | C::GoVaults | C::Messages | C::LockHere | C::ReloadHere
    ) || matches!(command, C::HelpHere | C::Suspend | C::Leave | C::Quit);
    let does = match command.spec().scope {
        Scope::Browse | Scope::Entry if window => {
            outside || command.is_move() && !matches!(command, C::Left | C::Right)
        }
        _ => !rare,
    };
    (does || named.contains(&with)).then_some(command)
}

/// The page that a command opens; none when it opens none.
pub fn of(
    command: Command,
    open: &mut Open,
    shell: &mut Shell,
    out: &mut Vec<Effect>,
) -> Option<Box<dyn Page>> {
    match command {
        Command::ClipboardTest => Some(Box::new(cliptest::ClipTest::new(open, shell, out))),
        Command::GoAbout => Some(Box::new(about::About::default())),
        Command::Export => {
            let marked = open.list.marks.iter().copied().collect();
            Some(Box::new(export::Export::new(marked, open, shell)))
        }
        Command::Backups => Some(Box::new(backups::Backups::new(open))),
        Command::Merge => Some(Box::new(merge::Merge::new(open, shell, out))),
        Command::Import => Some(Box::new(import::Import::new(shell, out))),
        Command::GoTaken => Some(Box::new(taken::Taken::default())),
        Command::GoIncidents => Some(incident::page(open)),
        Command::BrokenInto => Some(incident::begin::Begin::entry(open.selected()?, open)),
        Command::Move => Some(Box::new(filing::Filing::folder(open)?)),
        Command::Tags => Some(Box::new(filing::Filing::tags(open)?)),
        Command::Sort => Some(Box::new(sort::SortMenu::new(shell))),
        Command::New => Some(form::kinds(open, shell)),
        Command::Edit => form::edit(open, shell),
        Command::Clone => form::copy_of(open, shell),
        Command::Generator => Some(Box::new(generator::State::new(open, shell))),
        Command::GoSlots => Some(Box::new(slots::Slots::default())),
        Command::ChangeMaster => slots::begin(slots::wizard::Goal::Password, open, shell),
        Command::NewKit => slots::begin(slots::wizard::Goal::AddCode(false), open, shell),
        Command::GoSettings => Some(Box::new(settings::SettingsPage::default())),
        Command::Change => staged::of(open, shell),
        Command::History => history::History::of(open),
        Command::GoLinks => Some(Box::new(links::Proposed::new(open, shell))),
        Command::AddMailboxes => Some(Box::new(mail::Mailboxes::new(open))),
        Command::Readdress => Some(Box::new(mail::Readdress::new(open))),
        Command::Falls => Some(Box::new(links::Falls::new(open, shell)?)),
        Command::GoHealth => Some(Box::new(health::Health::new(open))),
        Command::GoDue => Some(health::due(open, shell)),
        Command::GoCodes => Some(Box::new(codes::Codes::new(open, shell))),
        Command::CopyQr => qr::Qr::of_focus(open, shell),
        Command::Send => send::SendTo::of_focus(open, shell, out),
        Command::GoTrash => Some(Box::new(trash::Trash::new(open, shell))),
        Command::GoFolders => Some(Box::new(names::Names::new(names::Of::Folders, open, shell))),
        Command::GoTags => Some(Box::new(names::Names::new(names::Of::Tags, open, shell))),
        Command::Rename | Command::PutInto | Command::MergeInto | Command::Dissolve | Command::NewFolder => {
            names::begin(command, open, shell, out)
        }
        Command::SaveSearch => Some(Box::new(name::AskName::search(open))),
        Command::Searches => Some(Box::new(searches::Searches::new(open))),
        _ => None,
    }
}
