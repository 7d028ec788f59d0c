//! Step by step to another way to open the vault, to another master password, to new keys. First
//! somebody must show that he knows a secret of the vault; at a key change every slot that is to stay is
//! asked for; a new recovery code is copied onto paper; what goes is named; then it is done in one job.
//! Until then nothing is changed, and Esc leaves.

mod build;
mod view;

use std::path::PathBuf;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::entry::{self, Entry};
use super::job::{Did, Failure, Job};
use super::kit::{self, Kit};
use super::old::OldBackups;
use crate::format::header::SlotKind;
use crate::secret::SecretBytes;
use crate::session::{Credential, Way};
use crate::tui::app::Shell;
use crate::tui::by::Kinds;
use crate::tui::command::{Command, Scope};
use crate::tui::contents::date;
use crate::tui::effect::{Effect, JobId, Outcome};
use crate::tui::event::Input;
use crate::tui::notice::{Notice, SlotsTold};
use crate::tui::page::path::{self, Path};
use crate::tui::page::{Given, Page, Turn, usually};
use crate::tui::screen::create::password;
use crate::tui::screen::vault::Open;
use crate::tui::screen::{Cursor, Row};
use crate::tui::task::{Done, Task};
use crate::tui::widget::field::Field;

/// What it is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goal {
    /// Another password.
    AddPassword,
    /// The password with a key file.
    AddKeyFile,
    /// A recovery code; true: at the end of the first run, where the password was just typed.
    AddCode(bool),
    /// Another master password in place of the one that there is.
    Password,
    /// This slot goes.
    Remove([u8; 8]),
    /// New keys, at the cost of today.
    Costs,
}

impl Goal {
    /// A way is added; else the keys are changed.
    fn adds(self) -> bool {
        matches!(self, Goal::AddPassword | Goal::AddKeyFile | Goal::AddCode(_))
    }
}

/// Where it is.
#[derive(Debug)]
enum Step {
    /// A secret is asked for.
    Entry(Box<Entry>),
    /// A new password.
    New(Box<password::State>),
    /// Which key file: the row in focus.
    File(usize),
    /// What it is called.
    Name(Field),
    /// A recovery code is to stay, or a new one, or none: the row in focus.
    Codes(usize),
    /// The new code.
    Kit(Box<Kit>),
    /// What comes of it: the row in focus.
    Confirm(usize),
    /// The job is under way.
    Working,
}

/// What becomes of the recovery code at a key change.
#[derive(Debug)]
enum Code {
    /// Not yet decided.
    Open,
    /// A new one.
    New,
    /// The one that there is.
    Keep,
    /// None.
    None,
}

/// The wizard.
#[derive(Debug)]
pub struct Wizard {
    goal: Goal,
    ways: Vec<Way>,
    /// Slots of kinds that only a later version knows.
    unknown: usize,
    step: Step,
    failure: Option<Failure>,
    /// What was shown to be known: of which slot.
    known: Vec<([u8; 8], Credential)>,
    /// Slots that were skipped.
    skipped: Vec<[u8; 8]>,
    new: Option<SecretBytes>,
    file: Option<(PathBuf, bool)>,
    name: Option<String>,
    code: Code,
    kit: Option<Box<Kit>>,
    proven: bool,
    turn: Option<Turn>,
}

impl Wizard {
    /// The first step.
    pub fn new(goal: Goal, open: &Open, shell: &mut Shell) -> Wizard {
        let session = open.contents.session();
        let mut wizard = Wizard {
            goal,
            ways: session.ways(),
            unknown: session.unknown_ways(),
            step: Step::Working,
            failure: None,
            known: Vec::new(),
            skipped: Vec::new(),
            new: None,
            file: None,
            name: (goal == Goal::AddCode(true))
                .then(|| (shell.catalog().tui.page.slots.kit_name)(&date(shell.now.wall_ms, &shell.zone))),
            code: Code::Open,
            kit: None,
            proven: goal == Goal::AddCode(true),
            turn: None,
        };
        wizard.next(open, shell);
        wizard
    }

    /// The slot in whose place a new password comes: the one that opened the vault, or the first one
    /// with a password.
    fn replaced(&self) -> Option<[u8; 8]> {
        match self.goal {
            Goal::Password => {
                let usable = |way: &&Way| way.kind != SlotKind::Recovery;
                let own = self.ways.iter().filter(usable).find(|way| way.opened);
                own.or_else(|| self.ways.iter().find(|way| way.kind == SlotKind::Password)).map(|way| way.id)
            }
            Goal::Remove(id) => Some(id),
            _ => None,
        }
    }

    fn is_known(&self, id: [u8; 8]) -> bool {
        self.known.iter().any(|(known, _)| *known == id)
    }

    /// Slots other than codes that may stay.
    fn others(&self) -> impl Iterator<Item = &Way> {
        let replaced = self.replaced();
        self.ways.iter().filter(move |way| way.kind != SlotKind::Recovery && Some(way.id) != replaced)
    }

    /// Codes that there are, but for one that is being removed.
    fn codes(&self) -> impl Iterator<Item = &Way> {
        let replaced = self.replaced();
        self.ways.iter().filter(move |way| way.kind == SlotKind::Recovery && Some(way.id) != replaced)
    }

    /// What is asked next.
    fn next(&mut self, open: &Open, shell: &mut Shell) {
        self.failure = None;
        self.step = self.following(open, shell);
    }

    fn following(&mut self, open: &Open, shell: &mut Shell) -> Step {
        if !self.proven {
            let kinds = Kinds::of_open(open.contents.session());
            let by_code = self.ways.iter().any(|way| way.opened && way.kind == SlotKind::Recovery);
            return Step::Entry(Box::new(Entry::proof(kinds, by_code, shell)));
        }
        let wants_new = match self.goal {
            Goal::Password | Goal::AddPassword => true,
            // - the password that was just typed goes with the file; a code is none
            Goal::AddKeyFile => !self.known.iter().any(|(_, one)| !matches!(one, Credential::Recovery(_))),
            _ => false,
        };
        if self.goal == Goal::AddKeyFile && self.file.is_none() {
            return Step::File(0);
        }
        if !self.goal.adds() {
            let waits = |way: &&Way| !self.is_known(way.id) && !self.skipped.contains(&way.id);
            if let Some(way) = self.others().find(waits) {
                return Step::Entry(Box::new(Entry::of(way.clone(), shell)));
            }
        }
        if wants_new && self.new.is_none() {
            return Step::New(Box::default());
        }
        if self.goal.adds() {
            return match (self.goal, &self.name) {
                (Goal::AddCode(_), _) if self.kit.is_none() => self.kit_step(shell),
                (Goal::AddCode(_), None) => {
                    let text = &shell.catalog().tui.page.slots;
                    let mut name = Field::of(&(text.kit_name)(&date(shell.now.wall_ms, &shell.zone)));
                    name.select();
                    Step::Name(name)
                }
                (_, None) => Step::Name(Field::default()),
                _ => Step::Working,
            };
        }
        match self.code {
            Code::Open if self.codes().next().is_some() => Step::Codes(0),
            Code::New if self.kit.is_none() => self.kit_step(shell),
            Code::Keep if !self.codes().any(|way| self.is_known(way.id)) => {
                let way = self.codes().next().cloned();
                way.map_or(Step::Confirm(0), |way| Step::Entry(Box::new(Entry::of(way, shell))))
            }
            _ => Step::Confirm(usize::from(self.ends(shell).is_empty())),
        }
    }

    fn kit_step(&mut self, shell: &mut Shell) -> Step {
        match Kit::new(&mut *shell.entropy) {
            Ok(kit) => Step::Kit(Box::new(kit)),
            Err(error) => {
                self.failure = Some(Failure::Other(error.to_string()));
                Step::Confirm(0)
            }
        }
    }

    /// A password that opens the vault is left.
    fn leaves_a_password(&self) -> bool {
        self.goal == Goal::Password || self.others().any(|way| self.is_known(way.id))
    }

    /// Takes what a step asks for; the turn of the page.
    fn enter(&mut self, input: Input<'_>, open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) -> Turn {
        let choose = |command: Command, focus: &mut usize, rows: usize| {
            match command {
                Command::FormDown | Command::Next => *focus = (*focus + 1).min(rows - 1),
                Command::FormUp | Command::Previous => *focus = focus.saturating_sub(1),
                Command::Accept => return Some(*focus),
                Command::Save => return Some(*focus),
                _ => {}
            }
            None
        };
        match (&mut self.step, input) {
            (Step::Entry(entry), input) => match entry.update(input, shell) {
                entry::Asked::Stay => {}
                entry::Asked::Check(by) => {
                    let slot = entry.way.as_ref().map(|way| way.id);
                    open.work = Some(Task::Slots(Job::Check { slot, by }));
                }
                entry::Asked::File => {
                    return Turn::Over(Box::new(Path::new(path::Purpose::KeyFile, shell, out)));
                }
                entry::Asked::Skip => {
                    let id = entry.way.as_ref().map(|way| way.id);
                    if matches!(self.code, Code::Keep) {
                        self.code = Code::None;
                    }
                    self.skipped.extend(id);
                    self.next(open, shell);
                }
            },
            (Step::New(state), input) => {
                if let Some(password) = password::take(state, input, shell) {
                    self.new = Some(password);
                    self.next(open, shell);
                }
            }
            (Step::File(focus), Input::Command(command)) => match choose(command, focus, 2) {
                Some(0) => return Turn::Over(Box::new(Path::new(path::Purpose::KeyFile, shell, out))),
                Some(_) => return Turn::Over(Box::new(Path::write("~/mamori.key", shell, out))),
                None => {}
            },
            (Step::Name(field), Input::Char(c)) => {
                if !field.type_char(c) {
                    shell.tell(Notice::FieldFull);
                }
            }
            (Step::Name(field), Input::Paste(bytes)) => field.paste(bytes),
            (Step::Name(field), Input::Command(Command::Accept | Command::Save)) => {
                self.name = Some(field.text().trim().to_owned());
                self.start(open, shell);
            }
            (Step::Name(field), Input::Command(command)) => {
                field.edit(command);
            }
            (Step::Codes(focus), Input::Command(command)) => {
                if let Some(row) = choose(command, focus, 3) {
                    self.code = match row {
                        0 => Code::New,
                        1 => Code::Keep,
                        _ => Code::None,
                    };
                    self.next(open, shell);
                }
            }
            (Step::Kit(kit), input) => match kit.update(input, shell) {
                kit::Asked::Stay => {}
                kit::Asked::File => {
                    let day = date(shell.now.wall_ms, &shell.zone);
                    return Turn::Over(Box::new(Path::write(&format!("~/mamori-kit-{day}.txt"), shell, out)));
                }
                kit::Asked::Skip if self.goal.adds() => {
                    self.without_kit(shell);
                    return Turn::Close;
                }
                kit::Asked::Skip => {
                    self.code = Code::None;
                    self.next(open, shell);
                }
                kit::Asked::Copied => {
                    if let Step::Kit(kit) = std::mem::replace(&mut self.step, Step::Working) {
                        self.kit = Some(kit);
                    }
                    // - at the first run it is not asked what the paper is called
                    if self.goal.adds() && self.name.is_some() {
                        self.start(open, shell);
                    } else {
                        self.next(open, shell);
                    }
                }
            },
            (Step::Confirm(focus), Input::Command(command)) => match choose(command, focus, 2) {
                Some(0) => return Turn::Close,
                Some(_) if !self.leaves_a_password() => shell.tell(Notice::Slots(SlotsTold::LastWay)),
                Some(_) => self.start(open, shell),
                None => {}
            },
            (Step::File(_) | Step::Codes(_) | Step::Confirm(_) | Step::Working, _) => {}
        }
        Turn::Stay
    }

    fn done_slots(&mut self, did: Did, open: &Open, shell: &mut Shell) {
        match did {
            Did::Checked(id, credential) => {
                self.known.push((id, credential));
                self.proven = true;
                self.next(open, shell);
            }
            Did::Added => {
                shell.kinds = Some(Kinds::of_open(open.contents.session()));
                shell.tell(Notice::Slots(match self.goal {
                    Goal::AddCode(_) => SlotsTold::CodeAdded,
                    _ => SlotsTold::Added,
                }));
                self.turn = Some(Turn::Close);
            }
            Did::Changed { damaged, older } => {
                shell.kinds = Some(Kinds::of_open(open.contents.session()));
                shell.tell(Notice::Slots(if damaged > 0 {
                    SlotsTold::Damaged(damaged)
                } else if self.goal == Goal::Password {
                    SlotsTold::PasswordChanged
                } else {
                    SlotsTold::Changed
                }));
                self.turn = Some(match older.is_empty() {
                    true => Turn::Close,
                    false => Turn::Replace(Box::new(OldBackups::of_password(older))),
                });
            }
            Did::Backups(_) | Did::Holding(_) => {}
        }
    }

    /// It was not done: back to the step where it can be mended.
    fn failed(&mut self, failure: Failure, open: &Open, shell: &mut Shell) {
        match (&mut self.step, failure) {
            (Step::Entry(entry), Failure::Shut(shut)) => entry.failed(shut),
            (_, failure) => {
                // - a file that is in the way is named anew
                let file = matches!(failure, Failure::File(_) | Failure::Shut(_));
                if let (true, Some(kit)) = (file, self.kit.take()) {
                    self.step = Step::Kit(kit);
                } else if file && self.goal == Goal::AddKeyFile {
                    self.file = None;
                    self.step = Step::File(0);
                } else if self.goal.adds() {
                    self.name = None;
                    self.next(open, shell);
                } else {
                    self.step = Step::Confirm(0);
                }
                self.failure = Some(failure);
            }
        }
    }

    /// The first run ends without a kit: where one is made later is said.
    fn without_kit(&self, shell: &mut Shell) {
        if self.goal == Goal::AddCode(true) {
            shell.tell(Notice::Slots(SlotsTold::KitLater));
        }
    }
}

impl Page for Wizard {
    fn scopes(&self) -> &'static [Scope] {
        match &self.step {
            Step::Entry(entry) => entry.scopes(),
            Step::New(state) => state.scopes(),
            Step::Kit(kit) => kit.scopes(),
            Step::Name(_) => &[Scope::Form, Scope::Field, Scope::Anywhere],
            Step::File(_) | Step::Codes(_) | Step::Confirm(_) | Step::Working => {
                &[Scope::Form, Scope::Anywhere]
            }
        }
    }

    fn name(&self, _: &Open, shell: &Shell) -> String {
        self.title(shell)
    }

    fn waits(&self) -> bool {
        self.goal == Goal::AddCode(true)
    }

    fn footer(&self) -> &'static [Command] {
        match &self.step {
            Step::New(state) => state.footer(),
            Step::Entry(_) | Step::Kit(_) => {
                &[Command::Accept, Command::FormDown, Command::ShowTyped, Command::Back, Command::Help]
            }
            Step::Name(_) => &[Command::Accept, Command::Back, Command::Help],
            Step::File(_) | Step::Codes(_) | Step::Confirm(_) | Step::Working => {
                &[Command::Accept, Command::FormDown, Command::FormUp, Command::Back, Command::Help]
            }
        }
    }

    fn means(&self, command: Command) -> Option<Command> {
        let shows = command == Command::ShowTyped && matches!(self.step, Step::Entry(_) | Step::Kit(_));
        usually(command, self.popup(), self.footer()).or(shows.then_some(command))
    }

    fn update(
        &mut self,
        open: &mut Open,
        input: Input<'_>,
        shell: &mut Shell,
        out: &mut Vec<Effect>,
    ) -> Turn {
        if let (Step::Entry(entry), Input::Command(Command::ShowTyped)) = (&mut self.step, input) {
            entry.toggle();
            return Turn::Stay;
        }
        self.enter(input, open, shell, out)
    }

    fn back(&mut self, _: &mut Open, shell: &mut Shell, _: &mut Vec<Effect>) -> bool {
        let inside = match &mut self.step {
            Step::New(state) => state.back(),
            Step::Kit(kit) => kit.back(),
            _ => false,
        };
        if !inside && matches!(self.step, Step::Kit(_)) {
            self.without_kit(shell);
        }
        inside
    }

    fn given(&mut self, given: Given, open: &mut Open, shell: &mut Shell, _: &mut Vec<Effect>) {
        let Given::Path(path) = given else { return };
        match &mut self.step {
            Step::Entry(entry) => {
                shell.key_file = Some(path.clone());
                entry.chosen(path);
            }
            Step::Kit(kit) => kit.chosen(path),
            Step::File(focus) => {
                self.file = Some((path, *focus == 1));
                self.next(open, shell);
            }
            _ => {}
        }
    }

    fn done(
        &mut self,
        _: JobId,
        outcome: Outcome,
        open: &mut Open,
        shell: &mut Shell,
        _: &mut Vec<Effect>,
    ) -> Option<Outcome> {
        match outcome {
            Outcome::Done(Done::Slots(Ok(did))) => {
                self.done_slots(did, open, shell);
                None
            }
            Outcome::Done(Done::Slots(Err(failure))) => {
                self.failed(failure, open, shell);
                None
            }
            Outcome::Done(Done::Cancelled) => {
                if matches!(self.step, Step::Working) {
                    self.failed(Failure::Cancelled, open, shell);
                    self.failure = None;
                }
                shell.tell(Notice::Stopped);
                None
            }
            other => Some(other),
        }
    }

    fn turn(&mut self) -> Option<Turn> {
        self.turn.take()
    }

    fn hide(&mut self) {
        match &mut self.step {
            Step::Entry(entry) => entry.hide(),
            Step::Kit(kit) => kit.hide(),
            _ => {}
        }
    }

    fn outline(&self, _: &Open, shell: &Shell) -> Vec<Row> {
        self.told(shell)
    }

    fn view(&self, _: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        self.draw(shell, area, buf)
    }
}
