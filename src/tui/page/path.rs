//! A file is named: a field with completion by Tab, what the folder holds below it, and, where an
//! export is wanted, the newest ones in the download folders before anything is typed. Hands
//! [`Given::Path`] down. The disk is only asked by effects; reading and writing are the page's below.

pub mod paste;
mod view;

use std::path::PathBuf;

pub use self::paste::unquote;
use super::{Given, Page, Turn};
use crate::text::sanitise;
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope};
use crate::tui::effect::{Effect, JobId, Outcome};
use crate::tui::event::Input;
use crate::tui::files::{Answer, Ask, Failure, Found, Listing, Recent, composed};
use crate::tui::notice::Notice;
use crate::tui::page::import::short_name;
use crate::tui::screen::vault::Open;
use crate::tui::screen::{Cursor, Row};
use crate::tui::widget::field::Field;
use crate::tui::widget::text::width;

/// What the file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// An export of another program, to be read.
    Import,
    /// A file that is to be put into an entry.
    Attach,
    /// A key file.
    KeyFile,
    /// A vault.
    Vault,
    /// A new file that is to be written.
    Write,
}

/// Why it does not go on.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Trouble {
    /// The disk says why.
    Failed(Failure),
    /// There is a file of that name; a free name was put in, where there is one.
    Taken(String),
    /// Nothing is typed.
    Empty,
}

/// What is listed below the field.
#[derive(Debug)]
enum Below {
    Nothing,
    Recent(Vec<Recent>),
    /// Names in the folder that the text names, for that text.
    Names(Listing, String),
    /// The folder that the text names cannot be read.
    Unread(String),
}

/// The page.
#[derive(Debug)]
pub struct Path {
    purpose: Purpose,
    field: Field,
    below: Below,
    /// The row that has the focus; none while the field has it.
    row: Option<usize>,
    trouble: Option<Trouble>,
    listing: Option<(JobId, String)>,
    looking: Option<JobId>,
    /// Tab was pressed and waits for the names.
    completing: bool,
    turn: Option<Turn>,
}

impl Path {
    /// A field with nothing typed yet; `out` takes what is to be asked first.
    pub fn new(purpose: Purpose, shell: &mut Shell, out: &mut Vec<Effect>) -> Path {
        let mut page = Path {
            purpose,
            field: Field::default(),
            below: Below::Nothing,
            row: None,
            trouble: None,
            listing: None,
            looking: None,
            completing: false,
            turn: None,
        };
        page.typed(shell, out);
        page
    }

    /// A field for a new file, with a name that is proposed.
    pub fn write(proposed: &str, shell: &mut Shell, out: &mut Vec<Effect>) -> Path {
        let mut page = Path::new(Purpose::Write, shell, out);
        // - a name that does not fit is no proposal
        if page.field.set(proposed) {
            page.typed(shell, out);
        }
        page
    }

    /// It lists the newest exports before anything is typed.
    fn offers_recent(&self) -> bool {
        matches!(self.purpose, Purpose::Import | Purpose::Vault)
    }

    /// The text changed.
    fn typed(&mut self, shell: &mut Shell, out: &mut Vec<Effect>) {
        self.trouble = None;
        self.row = None;
        self.completing = false;
        self.looking = None;
        let job = shell.job();
        let text = self.field.text().to_owned();
        let ask = if text.is_empty() && self.offers_recent() {
            Ask::Recent(shell.places.clone())
        } else {
            self.folder(&text, shell)
        };
        self.listing = Some((job, text));
        out.push(Effect::Files { job, ask });
    }

    /// What is to be asked for the names that fit a text.
    fn folder(&self, text: &str, shell: &Shell) -> Ask {
        let (folder, start) = parted(text);
        Ask::Folder { path: shell.places.expand(folder), start: start.to_owned() }
    }

    /// Looks at the disk anew, for what came meanwhile.
    pub fn refresh(&mut self, shell: &mut Shell, out: &mut Vec<Effect>) {
        self.typed(shell, out);
    }

    /// Puts a text in place of the one that is there.
    fn put(&mut self, text: &str, shell: &mut Shell, out: &mut Vec<Effect>) {
        if !self.field.set(text) {
            return shell.tell(Notice::FieldFull);
        }
        self.typed(shell, out);
    }

    /// The scopes whose keys act.
    pub const SCOPES: &'static [Scope] = &[Scope::Form, Scope::Field, Scope::Anywhere];

    /// The commands of the footer.
    pub const FOOTER: &'static [Command] = &[
        Command::Accept,
        Command::Next,
        Command::FormDown,
        Command::EraseLeft,
        Command::Back,
        Command::Help,
    ];

    /// What a command of the footer does.
    pub fn word(command: Command, shell: &Shell) -> Option<&'static str> {
        let text = &shell.catalog().tui.page.path;
        match command {
            Command::Next => Some(text.complete_word),
            Command::FormDown => Some(text.list_word),
            _ => None,
        }
    }

    fn rows(&self) -> usize {
        match &self.below {
            Below::Nothing | Below::Unread(_) => 0,
            Below::Recent(all) => all.len(),
            Below::Names(listing, _) => listing.names.len(),
        }
    }

    fn paste(&mut self, bytes: &[u8], shell: &mut Shell, out: &mut Vec<Effect>) {
        let Ok(text) = std::str::from_utf8(bytes) else { return shell.tell(Notice::NotUtf8) };
        let path = unquote(text, shell.places.wsl);
        // - a whole path is meant as such, whatever was there; else it goes in where the caret is
        if path.starts_with(['/', '~']) {
            return self.put(&path, shell, out);
        }
        let mut field = std::mem::take(&mut self.field);
        let before = field.text().to_owned();
        if path.chars().all(|c| field.type_char(c)) {
            self.field = field;
            self.typed(shell, out);
        } else {
            self.field.set(&before);
            shell.tell(Notice::FieldFull);
        }
    }

    /// Tab: what all names that fit have in common, then the first row, then the next.
    fn complete(&mut self, shell: &mut Shell, out: &mut Vec<Effect>) {
        if let Some(row) = self.row {
            self.row = Some((row + 1) % self.rows().max(1));
            return;
        }
        let text = self.field.text();
        if text == "~" {
            return self.put("~/", shell, out);
        }
        let Below::Names(listing, of) = &self.below else {
            self.completing = self.listing.is_some();
            if self.rows() > 0 {
                self.row = Some(0);
            }
            return;
        };
        if of != text {
            self.completing = true;
            return;
        }
        let (folder, start) = parted(text);
        let common = common(&listing.names, listing.more);
        if !common.is_empty() && common != start && composed(&common).len() >= composed(start).len() {
            let whole = format!("{folder}{common}");
            return self.put(&whole, shell, out);
        }
        if self.rows() > 0 {
            self.row = Some(0);
        }
    }

    /// Enter: takes the focused row, or what is typed.
    fn accept(&mut self, shell: &mut Shell, out: &mut Vec<Effect>) {
        let picked = match (self.row, &self.below) {
            (Some(row), Below::Recent(all)) => all.get(row).map(|one| shell.places.shorten(&one.path)),
            (Some(row), Below::Names(listing, text)) => {
                listing.names.get(row).map(|name| format!("{}{name}", parted(text).0))
            }
            _ => None,
        };
        if let Some(picked) = picked {
            let folder = picked.ends_with('/');
            self.put(&picked, shell, out);
            // - into a folder; a name to write to is only put in, to be changed
            if folder || self.purpose == Purpose::Write {
                return;
            }
        }
        let text = self.field.text();
        if text.trim().is_empty() {
            self.trouble = Some(Trouble::Empty);
            return;
        }
        let mut paths = vec![shell.places.expand(text)];
        let undone = unquote(text, shell.places.wsl);
        // - a terminal without bracketed paste types a dropped file
        if undone != text && !undone.is_empty() {
            paths.push(shell.places.expand(&undone));
        }
        let job = shell.job();
        self.looking = Some(job);
        out.push(Effect::Files { job, ask: Ask::Look(paths) });
    }

    fn looked(&mut self, found: Result<Found, Failure>, shell: &mut Shell, out: &mut Vec<Effect>) {
        let give = |path: PathBuf| Some(Turn::Give(Given::Path(path)));
        match (found, self.purpose) {
            (Ok(Found::Folder(path)), _) => {
                let mut text = shell.places.shorten(&path);
                if !text.ends_with('/') {
                    text.push('/');
                }
                self.put(&text, shell, out);
            }
            (Ok(Found::File { path, free, .. }), Purpose::Write) => {
                let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
                if let Some(free) = free {
                    let free = shell.places.shorten(&free);
                    self.put(&free, shell, out);
                }
                self.trouble = Some(Trouble::Taken(name.unwrap_or_default()));
            }
            (Ok(Found::Free(path)), Purpose::Write) => {
                // - nothing can be written to a name that ends like a folder
                let named = !self.field.text().ends_with('/');
                if named {
                    self.turn = give(path);
                } else {
                    self.trouble = Some(Trouble::Failed(Failure::NotFound));
                }
            }
            (Ok(Found::File { path, .. }), _) => self.turn = give(path),
            (Ok(Found::Free(_)), _) => self.trouble = Some(Trouble::Failed(Failure::NotFound)),
            (Ok(Found::Other), _) => self.trouble = Some(Trouble::Failed(Failure::NotAFile)),
            (Err(failure), _) => self.trouble = Some(Trouble::Failed(failure)),
        }
    }

    fn listed(&mut self, text: String, answer: Answer, shell: &mut Shell, out: &mut Vec<Effect>) {
        self.below = match answer {
            // - no export where browsers put them: then this folder, where one may lie
            Answer::Recent(all) if all.is_empty() => {
                let job = shell.job();
                out.push(Effect::Files { job, ask: self.folder(&text, shell) });
                self.listing = Some((job, text));
                return;
            }
            Answer::Recent(all) => Below::Recent(all),
            Answer::Folder(Ok(listing)) => Below::Names(listing, text),
            // - told when it is asked for: half a name is no mistake yet
            _ => Below::Unread(text),
        };
        if std::mem::take(&mut self.completing) {
            self.complete(shell, out);
        }
    }
}

/// The folder of a typed path with its last slash, and the rest.
fn parted(text: &str) -> (&str, &str) {
    text.rfind('/').and_then(|at| text.split_at_checked(at + 1)).unwrap_or(("", text))
}

/// What all names begin with; of one name, the name.
fn common(names: &[String], more: bool) -> String {
    let Some(first) = names.first().filter(|_| !more) else { return String::new() };
    let fits = |start: &str| names.iter().all(|name| name.starts_with(start));
    if fits(first) {
        return first.clone();
    }
    let ends = unicode_segmentation::UnicodeSegmentation::grapheme_indices(first.as_str(), true);
    let starts = ends.filter_map(|(at, _)| first.get(..at));
    starts.take_while(|start| fits(start)).last().unwrap_or_default().to_owned()
}

/// What it does where no vault is open yet, too: at the first run.
impl Path {
    /// Takes a command or what is typed.
    pub fn take(&mut self, input: Input<'_>, shell: &mut Shell, out: &mut Vec<Effect>) -> Turn {
        match input {
            Input::Char(c) => {
                if self.field.type_char(c) {
                    self.typed(shell, out);
                } else {
                    shell.tell(Notice::FieldFull);
                }
            }
            Input::Paste(bytes) => self.paste(bytes, shell, out),
            Input::Command(command) => match command {
                Command::Accept | Command::Save => self.accept(shell, out),
                Command::Next => self.complete(shell, out),
                Command::FormDown => {
                    let next = self.row.map_or(0, |row| row + 1);
                    self.row = (self.rows() > 0).then(|| next.min(self.rows() - 1));
                }
                Command::FormUp | Command::Previous => self.row = self.row.and_then(|row| row.checked_sub(1)),
                other => {
                    let before = self.field.text().to_owned();
                    if !self.field.edit(other) {
                        return Turn::Pass;
                    }
                    self.row = None;
                    if self.field.text() != before {
                        self.typed(shell, out);
                    }
                }
            },
        }
        Turn::Stay
    }

    /// From the rows back to the field; false when it is there.
    pub fn step_back(&mut self) -> bool {
        self.row.take().is_some()
    }

    /// Takes the outcome of a job that it asked for; gives back what is not its own.
    pub fn answered(
        &mut self,
        job: JobId,
        outcome: Outcome,
        shell: &mut Shell,
        out: &mut Vec<Effect>,
    ) -> Option<Outcome> {
        match outcome {
            Outcome::Files(Answer::Looked(found)) if self.looking == Some(job) => {
                self.looking = None;
                self.looked(found, shell, out);
                None
            }
            Outcome::Files(answer) if self.listing.as_ref().is_some_and(|(listing, _)| *listing == job) => {
                let text = self.listing.take().map(|(_, text)| text).unwrap_or_default();
                self.listed(text, answer, shell, out);
                None
            }
            other => Some(other),
        }
    }

    /// What is to follow after an outcome.
    pub fn result(&mut self) -> Option<Turn> {
        self.turn.take()
    }

    /// The page as rows.
    pub fn told(&self, shell: &Shell) -> Vec<Row> {
        let field = Row {
            label: self.title(shell).to_owned(),
            value: sanitise::line(self.field.text()).into_owned(),
            focus: self.row.is_none(),
            action: Some(Command::Accept),
        };
        let mut rows = vec![field];
        rows.extend(self.said(shell).map(|(words, _)| Row::told("", &words)));
        rows.extend((0..self.rows()).map(|at| {
            let (label, value) = self.listed_row(at, shell);
            Row { label, value, focus: self.row == Some(at), action: Some(Command::Accept) }
        }));
        rows
    }
}

impl Page for Path {
    fn scopes(&self) -> &'static [Scope] {
        Path::SCOPES
    }

    fn name(&self, _open: &Open, shell: &Shell) -> String {
        self.title(shell).to_owned()
    }

    fn footer(&self) -> &'static [Command] {
        Path::FOOTER
    }

    fn says(&self, command: Command, shell: &Shell) -> Option<&'static str> {
        match (command, self.purpose) {
            (Command::Accept, Purpose::Write) => Some(shell.catalog().tui.page.path.write_word),
            _ => Path::word(command, shell),
        }
    }

    fn update(
        &mut self,
        _open: &mut Open,
        input: Input<'_>,
        shell: &mut Shell,
        out: &mut Vec<Effect>,
    ) -> Turn {
        self.take(input, shell, out)
    }

    fn back(&mut self, _open: &mut Open, _shell: &mut Shell, _out: &mut Vec<Effect>) -> bool {
        self.step_back()
    }

    fn done(
        &mut self,
        job: JobId,
        outcome: Outcome,
        _open: &mut Open,
        shell: &mut Shell,
        out: &mut Vec<Effect>,
    ) -> Option<Outcome> {
        self.answered(job, outcome, shell, out)
    }

    fn turn(&mut self) -> Option<Turn> {
        self.result()
    }

    fn outline(&self, _open: &Open, shell: &Shell) -> Vec<Row> {
        self.told(shell)
    }

    fn view(
        &self,
        _open: &Open,
        shell: &Shell,
        area: ratatui::layout::Rect,
        buf: &mut ratatui::buffer::Buffer,
    ) -> Cursor {
        self.draw(shell, area, buf)
    }
}

/// Most cells of a path in a notice.
const TOLD_MOST: u16 = 30;

/// Says where a file was written: the path where it is short, else its name.
pub fn written(path: &std::path::Path, shell: &Shell) -> Notice {
    let home = shell.places.home.as_ref().and_then(|home| path.strip_prefix(home).ok());
    let whole = home.map_or_else(|| path.display().to_string(), |rest| format!("~/{}", rest.display()));
    let whole = sanitise::line(&whole).into_owned();
    Notice::FileWritten(if width(&whole) <= TOLD_MOST { whole } else { short_name(path) })
}

#[cfg(test)]
mod tests {
    use super::{common, parted};

    #[test]
    fn a_typed_path_is_parted_at_its_last_slash() {
        assert_eq!(parted("~/Down"), ("~/", "Down"));
        assert_eq!(parted("/"), ("/", ""));
        assert_eq!(parted("a.csv"), ("", "a.csv"));
    }

    #[test]
    fn names_have_their_whole_characters_in_common() {
        let of =
            |names: &[&str]| common(&names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>(), false);
        assert_eq!(of(&["roboform.csv", "roboform-2.csv"]), "roboform");
        assert_eq!(of(&["か\u{3099}a", "か\u{3099}b"]), "か\u{3099}");
        assert_eq!(of(&["か\u{3099}", "か"]), "", "not half of one");
        assert_eq!(of(&["one/"]), "one/");
        assert_eq!(of(&["a", "b"]), "");
        assert_eq!(of(&[]), "");
        assert_eq!(common(&["aa".to_owned()], true), "", "of some only it is not known");
    }
}
