//! The form of an entry: every field of its kind, addresses, fields of one's own, links and
//! attachments, saved as one change. Whatever is typed and not saved is kept as a sealed draft.
//!
//! Not here: what the change is made of (`save`), the draft (`draft`), drawing (`view`).

mod chosen;
mod draft;
mod kinds;
mod offer;
pub mod pick;
mod row;
mod save;
mod typing;
mod view;

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

pub use self::chosen::Item;
use self::chosen::{Front, Menu};
pub use self::offer::offer;
pub use self::row::Problem;
use self::row::{Attached, Row, What};
use self::save::Gone;
use super::path::{self, Path, Purpose};
use super::{Given, Page, Turn, usually};
use crate::model::{Id, Kind};
use crate::ops::attached::FILE_MOST;
use crate::ops::reference;
use crate::ops::strength::Strength;
use crate::ops::totp::{Moving, Otp};
use crate::secret::Secret;
use crate::text::words;
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope};
use crate::tui::effect::{Effect, JobId, Outcome};
use crate::tui::event::Input;
use crate::tui::files;
use crate::tui::notice::Notice;
use crate::tui::screen::vault::{Open, copy, list};
use crate::tui::screen::{Cursor, Row as Told};

/// How long typing may be without being kept.
const KEEP_AFTER: Duration = Duration::from_secs(2);

/// What a job is for.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Waits {
    /// A file to attach, read from here.
    Attach(String),
    /// A file that is written out.
    Write,
}

/// The form.
#[derive(Debug)]
pub struct State {
    /// The entry is not there yet.
    new: bool,
    /// Its id; of a new one the id that it will have.
    id: Id,
    /// It begins as a copy of this entry.
    source: Option<Id>,
    kind: Kind,
    kind_before: Kind,
    rows: Vec<Row>,
    focus: usize,
    /// The focus is on the menu at the end of the row.
    on_menu: bool,
    offset: usize,
    front: Front,
    touched: bool,
    /// Since when typing is not kept.
    unkept: Option<Duration>,
    /// Further codes of one address: entries of their own.
    others: Vec<Otp>,
    gone: Vec<Gone>,
    addresses_before: Vec<String>,
    favourite_before: bool,
    fields_moved: bool,
    shown: bool,
    /// The window lost the keyboard: nothing secret is shown until a key comes.
    veiled: bool,
    jobs: Vec<(JobId, Waits)>,
    /// What the path page above is for.
    path_for: Option<usize>,
    strength: Option<Strength>,
    folders: Vec<String>,
    tags: Vec<String>,
}

/// The popup in which the kind of a new entry is chosen.
pub fn kinds(open: &mut Open, shell: &mut Shell) -> Box<dyn Page> {
    Box::new(kinds::Kinds::new(open, shell))
}

/// The form of the selected entry; where a draft of it is left, the offer to go on with that.
pub fn edit(open: &mut Open, shell: &mut Shell) -> Option<Box<dyn Page>> {
    let id = open.selected()?;
    edit_of(id, open, shell)
}

/// The same for an entry that a page names.
pub fn edit_of(id: Id, open: &mut Open, shell: &mut Shell) -> Option<Box<dyn Page>> {
    match offer::of_entry(open, shell, id) {
        Some(offer) => Some(Box::new(offer)),
        None => Some(Box::new(State::edit(open, shell, id)?)),
    }
}

/// The form of a new entry that holds what the selected one holds.
pub fn copy_of(open: &mut Open, shell: &mut Shell) -> Option<Box<dyn Page>> {
    let id = open.selected()?;
    let mut state = State::copy(open, shell, id, None)?;
    let base = state.rows.first().map_or(String::new(), |row| row.text().to_owned());
    let numbered = |base: &str, number: usize| words::copy_title(base, number, shell.lang);
    let title = reference::copy_title(open.contents.session().vault(), &base, &numbered);
    if let Some(typed) = state.rows.first_mut().and_then(|row| row.typed.as_mut()) {
        typed.set(&title);
    }
    Some(Box::new(state))
}

impl State {
    fn of(open: &Open, shell: &mut Shell, new: bool, id: Id, kind: Kind, from: Option<Id>) -> State {
        let vault = open.contents.session().vault();
        let entry = from.and_then(|from| vault.entry(from));
        let rows = row::rows(kind, entry, &shell.zone);
        let (mut folders, mut tags) = (Vec::new(), Vec::new());
        for entry in vault.entries() {
            // - sorted by how they are met, cut where a vault of a million would make it slow
            if folders.len() < 2000 && !entry.folder().is_empty() {
                folders.push(entry.folder().to_owned());
            }
            if tags.len() < 4000 {
                tags.extend(entry.tags().into_iter().map(str::to_owned));
            }
        }
        for all in [&mut folders, &mut tags] {
            all.sort_unstable();
            all.dedup();
        }
        let favourite = entry.is_some_and(|entry| entry.favourite());
        let mut state = State {
            new,
            id,
            source: from.filter(|_| new),
            kind,
            kind_before: kind,
            rows,
            focus: 0,
            on_menu: false,
            offset: 0,
            front: Front::None,
            touched: false,
            unkept: None,
            others: Vec::new(),
            gone: Vec::new(),
            addresses_before: Vec::new(),
            favourite_before: favourite,
            fields_moved: false,
            shown: false,
            veiled: false,
            jobs: Vec::new(),
            path_for: None,
            strength: None,
            folders,
            tags,
        };
        if !new {
            state.addresses_before = state.addresses().map(str::to_owned).collect();
            state.addresses_before.retain(|text| !text.is_empty());
        }
        state
    }

    /// The form of a new entry.
    pub fn new_of(open: &Open, shell: &mut Shell, kind: Kind) -> Option<State> {
        let id = new_id(open, shell)?;
        Some(State::of(open, shell, true, id, kind, None))
    }

    /// The form of an entry that is there.
    pub fn edit(open: &Open, shell: &mut Shell, id: Id) -> Option<State> {
        let kind = open.contents.entry(id)?.kind();
        Some(State::of(open, shell, false, id, kind, Some(id)))
    }

    /// The form of a new entry with everything of another one but its attachments.
    fn copy(open: &Open, shell: &mut Shell, from: Id, id: Option<Id>) -> Option<State> {
        let kind = open.contents.entry(from)?.kind();
        let id = id.or_else(|| new_id(open, shell))?;
        let mut state = State::of(open, shell, true, id, kind, Some(from));
        state.rows.retain(|row| !matches!(row.what, What::File(_)));
        for row in &mut state.rows {
            match &mut row.what {
                What::Field(named) => named.element = None,
                What::Link(linked) => linked.element = None,
                _ => {}
            }
        }
        state.touched = true;
        Some(state)
    }

    fn addresses(&self) -> impl Iterator<Item = &str> {
        self.rows.iter().filter(|row| matches!(row.what, What::Address)).map(|row| row.text().trim())
    }

    /// The place of a field among the fields, from 1.
    fn place_of(&self, wanted: &Row) -> u64 {
        let fields = self.rows.iter().filter(|row| matches!(row.what, What::Field(_)));
        fields.take_while(|row| !std::ptr::eq(*row, wanted)).count() as u64 + 1
    }

    fn focused(&self) -> Option<&Row> {
        self.rows.get(self.focus)
    }

    fn now_touched(&mut self, shell: &Shell) {
        self.touched = true;
        self.unkept.get_or_insert(shell.now.boot);
    }

    // --- saving --------------------------------------------------------------------------------

    fn save(&mut self, open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) -> Turn {
        self.settle_code(shell);
        if !matches!(self.front, Front::None) {
            return Turn::Stay;
        }
        if let Some(at) = save::check(self, &shell.zone) {
            self.focus = at;
            self.on_menu = false;
            return Turn::Stay;
        }
        let change = match save::change(self, open, shell) {
            Ok(change) => change,
            Err(_) => {
                shell.tell(Notice::ChangeRefused);
                return Turn::Stay;
            }
        };
        let Some(change) = change else {
            self.forget(open, out);
            shell.tell(Notice::NothingChanged);
            return Turn::Close;
        };
        if !copy::apply(open, &change, shell, out) {
            shell.tell(Notice::ChangeRefused);
            return Turn::Stay;
        }
        let name = draft::name(open, self.id);
        if open.contents.drafts.iter().any(|draft| draft.name == name) {
            open.contents.drafts.retain(|draft| draft.name != name);
            shell.drafts_done.push(name);
        }
        copy::select(open, self.id, shell);
        if open.listed() != Some(self.id) {
            // - a search that does not find it would hide what was just made
            open.list.search.clear();
            list::find(open, shell);
            copy::select(open, self.id, shell);
        }
        shell.tell(Notice::EntrySaved);
        Turn::Close
    }

    /// Keeps the draft, where something was typed since it was kept last.
    fn keep_draft(&mut self, open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>, durable: bool) {
        if self.unkept.take().is_none() && !(durable && self.touched) {
            return;
        }
        let Some(made) = draft::seal(self, open, shell) else { return shell.tell(Notice::DraftNotKept) };
        let made = std::sync::Arc::new(made);
        open.contents.drafts.retain(|draft| draft.name != made.name);
        open.contents.drafts.push((*made).clone());
        let job = shell.job();
        out.push(Effect::KeepDraft { job, draft: made, durable });
    }

    /// Throws the draft of this form away.
    fn forget(&self, open: &mut Open, out: &mut Vec<Effect>) {
        draft::forget(open, draft::name(open, self.id), out);
    }

    // --- files ---------------------------------------------------------------------------------

    fn read_file(&mut self, path: std::path::PathBuf, shell: &mut Shell, out: &mut Vec<Effect>) {
        let job = shell.job();
        self.jobs.push((job, Waits::Attach(path.to_string_lossy().into_owned())));
        out.push(Effect::Files { job, ask: files::Ask::Read { path, most: FILE_MOST } });
    }

    fn attach(&mut self, path: &str, mut bytes: Vec<u8>, open: &Open, shell: &mut Shell) {
        let session = open.contents.session();
        let sealed = session.sealer(&mut *shell.entropy).seal(self.id, &bytes);
        let size = bytes.len();
        zeroize::Zeroize::zeroize(&mut bytes);
        let Ok(envelope) = sealed else { return shell.tell(Notice::ChangeRefused) };
        let name = path.rsplit('/').next().unwrap_or(path).to_owned();
        let file = Attached { element: None, name, bytes: size, fresh: Some((path.to_owned(), envelope)) };
        let at = self.rows.iter().position(|row| matches!(row.what, What::AddFile));
        let at = at.unwrap_or(self.rows.len());
        self.rows.insert(at, Row::button(What::File(file)));
        if self.focus >= at {
            self.focus += 1;
        }
        self.now_touched(shell);
    }

    /// The content of an attachment, to be written out.
    fn content(&self, at: usize, open: &Open) -> Option<Vec<u8>> {
        let What::File(file) = &self.rows.get(at)?.what else { return None };
        let session = open.contents.session();
        let plain = match (&file.fresh, file.element) {
            (Some((_, envelope)), _) => session.reveal(self.id, envelope),
            (None, Some(element)) => {
                let entry = open.contents.entry(self.id)?;
                let held = entry.files();
                let (_, _, envelope) = held.iter().find(|(id, _, _)| *id == element)?;
                session.reveal(self.id, envelope)
            }
            (None, None) => return None,
        };
        Some(plain.ok()?.expose().to_vec())
    }

    /// The code of the key that is typed, and the seconds that it holds.
    fn code(&self, shell: &Shell) -> Option<(Secret, Option<u32>)> {
        let row = self.focused().filter(|row| matches!(row.what, What::Code))?;
        let otp = save::otp(row)?.ok()?;
        let now = shell.now.wall_ms / 1000;
        Some((otp.code(now), otp.remaining(now)))
    }
}

fn new_id(open: &Open, shell: &mut Shell) -> Option<Id> {
    open.contents.session().sealer(&mut *shell.entropy).id().ok()
}

impl Page for State {
    fn scopes(&self) -> &'static [Scope] {
        match self.front {
            Front::Menu(_) => &[Scope::Choice, Scope::Anywhere],
            Front::None | Front::Ask(_) => &[Scope::Form, Scope::Field, Scope::Anywhere],
        }
    }

    fn name(&self, _open: &Open, shell: &Shell) -> String {
        let text = &shell.catalog().tui.page.form;
        if self.new { text.title_new } else { text.title }.to_owned()
    }

    fn footer(&self) -> &'static [Command] {
        match (&self.front, self.focused()) {
            (Front::Menu(_), _) => &[Command::Choose, Command::ChoiceDown, Command::ChoiceUp, Command::Back],
            (Front::Ask(_), _) => &[Command::Accept, Command::Back],
            (Front::None, Some(row))
                if matches!(row.what, What::Password | What::Field(_)) && row.is_secret() =>
            {
                &[
                    Command::Accept,
                    Command::Save,
                    Command::Generate,
                    Command::ShowTyped,
                    Command::Back,
                    Command::Help,
                ]
            }
            (Front::None, Some(row)) if row.is_secret() => {
                &[Command::Accept, Command::Save, Command::ShowTyped, Command::Back, Command::Help]
            }
            (Front::None, _) => {
                &[Command::Accept, Command::Save, Command::UndoTyping, Command::Back, Command::Help]
            }
        }
    }

    fn says(&self, command: Command, shell: &Shell) -> Option<&'static str> {
        let text = &shell.catalog().tui.page.form;
        let row = self.focused().filter(|_| command == Command::Accept)?;
        match (&self.front, &row.what) {
            (Front::Ask(_), _) => Some((shell.catalog().tui.short)(Command::Choose)),
            _ if self.on_menu => Some(text.menu_word),
            (_, What::Save) => Some(text.save_short),
            (_, What::AddAddress | What::AddField | What::AddLink | What::AddFile) => Some(text.add_word),
            (_, What::Favourite | What::Kind) => Some((shell.catalog().tui.short)(Command::Change)),
            (_, What::Link(_) | What::File(_)) => Some(text.menu_word),
            (_, What::Notes) => Some(text.line_word),
            _ if row.typed.as_ref().is_some_and(|typed| typed.has_lines()) => Some(text.line_word),
            _ => None,
        }
    }

    fn means(&self, command: Command) -> Option<Command> {
        let types = matches!(command, Command::Generate | Command::ShowTyped | Command::UndoTyping);
        usually(command, self.popup(), self.footer()).or(types.then_some(command))
    }

    fn update(
        &mut self,
        open: &mut Open,
        input: Input<'_>,
        shell: &mut Shell,
        out: &mut Vec<Effect>,
    ) -> Turn {
        self.veiled = false;
        let turn = match std::mem::take(&mut self.front) {
            Front::None => self.form(open, input, shell, out),
            Front::Menu(menu) => self.menu(menu, open, input, shell, out),
            Front::Ask(ask) => self.ask(ask, open, input, shell),
        };
        view::scroll(self, open, shell);
        turn
    }

    fn back(&mut self, open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) -> bool {
        if !matches!(self.front, Front::None) {
            self.front = Front::None;
            return true;
        }
        if self.on_menu {
            self.on_menu = false;
            return true;
        }
        if self.touched {
            self.keep_draft(open, shell, out, true);
            shell.tell(Notice::DraftKept);
        }
        false
    }

    fn given(&mut self, given: Given, open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) {
        match given {
            Given::Secret(made) => self.take_secret(&made, open, shell),
            Given::Entry(target) => self.front = Front::Menu(Menu::relations(target, shell)),
            Given::Path(path) => match self.path_for.take() {
                None => self.read_file(path, shell, out),
                Some(at) => match self.content(at, open) {
                    Some(bytes) => {
                        let job = shell.job();
                        self.jobs.push((job, Waits::Write));
                        out.push(Effect::Files { job, ask: files::Ask::Write { path, bytes } });
                    }
                    None => shell.tell(Notice::CannotOpenValue),
                },
            },
            Given::Text(_) | Given::Yes => {}
        }
        view::scroll(self, open, shell);
    }

    fn done(
        &mut self,
        job: JobId,
        outcome: Outcome,
        open: &mut Open,
        shell: &mut Shell,
        _out: &mut Vec<Effect>,
    ) -> Option<Outcome> {
        let at = self.jobs.iter().position(|(waited, _)| *waited == job);
        let (Some(at), Outcome::Files(answer)) = (at, &outcome) else { return Some(outcome) };
        let _ = answer;
        let (_, waits) = self.jobs.swap_remove(at);
        let Outcome::Files(answer) = outcome else { return None };
        match (waits, answer) {
            (Waits::Attach(path), files::Answer::Read(Ok(bytes))) => self.attach(&path, bytes, open, shell),
            (Waits::Write, files::Answer::Written(Ok(path))) => shell.tell(path::written(&path, shell)),
            (_, files::Answer::Read(Err(failure)) | files::Answer::Written(Err(failure))) => {
                shell.tell(Notice::FileFailed(failure));
            }
            _ => {}
        }
        view::scroll(self, open, shell);
        None
    }

    fn settle(&mut self, open: &Open, shell: &Shell) {
        view::scroll(self, open, shell);
    }

    fn hide(&mut self) {
        self.veiled = true;
    }

    fn before_lock(&mut self, open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) {
        self.keep_draft(open, shell, out, true);
    }

    fn deadline(&self, shell: &Shell) -> Option<Duration> {
        let keep = self.unkept.map(|since| since + KEEP_AFTER);
        let moves = self.focused().filter(|row| matches!(row.what, What::Code)).and_then(save::otp);
        let turns = matches!(moves, Some(Ok(otp)) if matches!(otp.moving, Moving::Time { .. }));
        let left = 1000 - shell.now.wall_ms % 1000;
        let second = turns.then(|| shell.now.boot + Duration::from_millis(left));
        [keep, second].into_iter().flatten().min()
    }

    fn tick(&mut self, open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) {
        if self.unkept.is_some_and(|since| since + KEEP_AFTER <= shell.now.boot) {
            self.keep_draft(open, shell, out, false);
        }
    }

    fn outline(&self, open: &Open, shell: &Shell) -> Vec<Told> {
        view::outline(self, open, shell)
    }

    fn view(&self, open: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        view::view(self, open, shell, area, buf)
    }
}
