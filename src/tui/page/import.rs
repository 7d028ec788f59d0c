//! Bringing entries over from another program: a file is chosen, read and compared in a job, shown
//! as what would become of each row, taken in as one change, and told of afterwards. Not here: the
//! formats ([`crate::ops::import`]) and the work itself ([`crate::tui::task`]).

mod report;
mod view;

use std::path::PathBuf;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use self::report::Report;
pub use self::report::short_name;
use super::path::{Path, Purpose};
use super::{Given, Page, Turn};
use crate::ops::import::plan::Counts;
use crate::ops::import::{NoticeKind, Options};
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope};
use crate::tui::effect::{Effect, JobId, Outcome};
use crate::tui::event::Input;
use crate::tui::notice::{Deed, Notice};
use crate::tui::screen::vault::Open;
use crate::tui::screen::{Cursor, Row};
use crate::tui::task::{Done, PlanFailure, Planned, Task, Then};

/// The page.
#[derive(Debug)]
pub struct Import {
    step: Step,
    options: Options,
}

#[derive(Debug)]
enum Step {
    /// The file is being chosen.
    Choose(Path),
    /// The vault is away with it; with what follows: the import itself.
    Away { then_apply: bool },
    /// What would come in.
    Preview(Box<Preview>),
    /// The file was not taken.
    Failed(Trouble),
    /// What came in.
    Report(Report),
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Trouble {
    Plan(PlanFailure),
    /// The vault refused the change.
    Refused,
}

/// Which list of the preview has the focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pane {
    Rows,
    Notices,
}

/// What would come in.
#[derive(Debug)]
struct Preview {
    planned: Box<Planned>,
    counts: Counts,
    /// What is to be known of single lines, the same of many said once.
    notices: Vec<String>,
    pane: Pane,
    row: usize,
    line: usize,
    /// There are apostrophes that may be RoboForm's.
    guards: bool,
}

impl Import {
    /// The file is to be chosen.
    pub fn new(shell: &mut Shell, out: &mut Vec<Effect>) -> Import {
        Import { step: Step::Choose(Path::new(Purpose::Import, shell, out)), options: Options::default() }
    }

    /// The file was chosen already.
    pub fn of(path: PathBuf, open: &mut Open) -> Import {
        let mut page = Import { step: Step::Away { then_apply: false }, options: Options::default() };
        page.plan(path, false, open);
        page
    }

    fn plan(&mut self, path: PathBuf, then_apply: bool, open: &mut Open) {
        self.step = Step::Away { then_apply };
        open.work = Some(Task::Plan { path, options: self.options });
    }

    fn planned(&mut self, planned: Box<Planned>, then_apply: bool, open: &mut Open, shell: &Shell) {
        let counts = planned.plan.report.counts();
        let kept = |what: &NoticeKind| matches!(what, NoticeKind::GuardKept(_));
        let guards =
            self.options.undo_all_guards || planned.imported.notices.iter().any(|one| kept(&one.what));
        let notices = report::said(&planned.imported.notices, shell.lang);
        let preview = Preview { planned, counts, notices, pane: Pane::Rows, row: 0, line: 0, guards };
        if then_apply {
            return self.apply(preview, open);
        }
        self.step = Step::Preview(Box::new(preview));
    }

    /// Enter in the preview: all of it, as one change.
    fn apply(&mut self, mut preview: Preview, open: &mut Open) {
        // - what another session saved meanwhile may hold some of it already
        if preview.planned.latest != open.contents.session().vault().latest() {
            return self.plan(preview.planned.path.clone(), true, open);
        }
        let change = preview.planned.plan.change.take();
        let Planned { path, imported, .. } = *preview.planned;
        if let Some(change) = change {
            let Counts { new, updated, .. } = preview.counts;
            let deed = (Deed::Imported, new + updated);
            open.work = Some(Task::Apply { change, then: Then::Import, deed, spent: imported.items });
        }
        self.step = Step::Report(Report::new(path, preview.counts, imported.notices, preview.notices));
    }

    fn choose(&mut self, shell: &mut Shell, out: &mut Vec<Effect>) {
        self.step = Step::Choose(Path::new(Purpose::Import, shell, out));
    }

    fn in_preview(&mut self, command: Command, open: &mut Open, shell: &Shell) -> Turn {
        let Step::Preview(preview) = &mut self.step else { return Turn::Pass };
        let rows = view::rows(shell);
        let (at, all) = match preview.pane {
            Pane::Rows => (&mut preview.row, preview.planned.imported.items.len()),
            Pane::Notices => (&mut preview.line, preview.notices.len()),
        };
        if let Some(next) = moved(*at, all, rows, command) {
            *at = next;
            return Turn::Stay;
        }
        match command {
            Command::Next | Command::Previous | Command::Left | Command::Right => {
                preview.pane = if preview.pane == Pane::Rows { Pane::Notices } else { Pane::Rows };
            }
            Command::Mark if preview.guards => {
                self.options.undo_all_guards = !self.options.undo_all_guards;
                let path = preview.planned.path.clone();
                self.plan(path, false, open);
            }
            Command::Open => {
                let old = std::mem::replace(&mut self.step, Step::Away { then_apply: true });
                let Step::Preview(preview) = old else { return Turn::Stay };
                self.apply(*preview, open);
            }
            _ => return Turn::Pass,
        }
        Turn::Stay
    }
}

/// Where a cursor in a list of `all` goes; none when the command moves nothing.
fn moved(at: usize, all: usize, rows: usize, command: Command) -> Option<usize> {
    let next = match command {
        Command::Down => at + 1,
        Command::Up => at.saturating_sub(1),
        Command::First => 0,
        Command::Last => all,
        Command::HalfDown => at + (rows / 2).max(1),
        Command::HalfUp => at.saturating_sub((rows / 2).max(1)),
        Command::PageDown => at + rows,
        Command::PageUp => at.saturating_sub(rows),
        _ => return None,
    };
    Some(next.min(all.saturating_sub(1)))
}

impl Page for Import {
    fn scopes(&self) -> &'static [Scope] {
        match &self.step {
            Step::Choose(path) => path.scopes(),
            _ => &[Scope::Browse, Scope::Anywhere],
        }
    }

    fn name(&self, _open: &Open, shell: &Shell) -> String {
        shell.catalog().tui.page.import.title.to_owned()
    }

    fn footer(&self) -> &'static [Command] {
        match &self.step {
            Step::Choose(path) => path.footer(),
            Step::Preview(_) => &[
                Command::Open,
                Command::Next,
                Command::Down,
                Command::PageDown,
                Command::Back,
                Command::HelpHere,
            ],
            Step::Report(_) => {
                &[Command::Open, Command::Next, Command::Down, Command::Back, Command::HelpHere]
            }
            Step::Failed(_) => &[Command::Open, Command::Back, Command::HelpHere],
            Step::Away { .. } => &[Command::Back],
        }
    }

    fn says(&self, command: Command, shell: &Shell) -> Option<&'static str> {
        let (text, short) = (&shell.catalog().tui.page.import, shell.catalog().tui.short);
        match (&self.step, command) {
            (Step::Choose(path), command) => path.says(command, shell),
            (Step::Preview(preview), Command::Open) if preview.planned.plan.change.is_none() => {
                Some(text.close_word)
            }
            (Step::Preview(_), Command::Open) => Some(short(Command::Import)),
            (Step::Preview(preview), Command::Next) if preview.pane == Pane::Notices => Some(text.rows_word),
            (Step::Preview(_), Command::Next) => Some(text.switch_word),
            (Step::Report(_), Command::Next) => Some(text.on_word),
            (Step::Report(_), Command::Open) => Some(short(Command::Choose)),
            (Step::Failed(_), Command::Open) => Some(text.other_word),
            _ => None,
        }
    }

    fn means(&self, command: Command) -> Option<Command> {
        let guards = matches!(&self.step, Step::Preview(preview) if preview.guards);
        let marks = command == Command::Mark && guards;
        super::usually(command, self.popup(), self.footer()).or(marks.then_some(command))
    }

    fn update(
        &mut self,
        open: &mut Open,
        input: Input<'_>,
        shell: &mut Shell,
        out: &mut Vec<Effect>,
    ) -> Turn {
        if let Step::Choose(path) = &mut self.step {
            return match path.update(open, input, shell, out) {
                Turn::Give(Given::Path(path)) => {
                    self.plan(path, false, open);
                    Turn::Stay
                }
                turn => turn,
            };
        }
        let Input::Command(command) = input else { return Turn::Pass };
        match &mut self.step {
            Step::Preview(_) => self.in_preview(command, open, shell),
            Step::Report(report) => report.update(command, open, shell),
            Step::Failed(_) if command == Command::Open => {
                self.choose(shell, out);
                Turn::Stay
            }
            Step::Choose(_) | Step::Away { .. } | Step::Failed(_) => Turn::Pass,
        }
    }

    fn back(&mut self, open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) -> bool {
        match &mut self.step {
            Step::Choose(path) => path.back(open, shell, out),
            // - the file may have been the wrong one
            Step::Preview(_) | Step::Failed(_) => {
                self.choose(shell, out);
                true
            }
            Step::Report(_) | Step::Away { .. } => false,
        }
    }

    fn given(&mut self, given: Given, _: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) {
        if let (Given::Yes, Step::Report(report)) = (given, &mut self.step) {
            report.delete(shell, out);
        }
    }

    fn done(
        &mut self,
        job: JobId,
        outcome: Outcome,
        open: &mut Open,
        shell: &mut Shell,
        out: &mut Vec<Effect>,
    ) -> Option<Outcome> {
        match (&mut self.step, outcome) {
            (Step::Choose(path), outcome) => {
                let left = path.done(job, outcome, open, shell, out);
                if let Some(Turn::Give(Given::Path(path))) = path.turn() {
                    self.plan(path, false, open);
                }
                left
            }
            (Step::Away { then_apply }, Outcome::Done(Done::Planned(planned))) => {
                let then_apply = *then_apply;
                match planned {
                    Ok(planned) => self.planned(planned, then_apply, open, shell),
                    Err(failure) => self.step = Step::Failed(Trouble::Plan(failure)),
                }
                None
            }
            (Step::Away { .. } | Step::Report(_), Outcome::Done(Done::Cancelled)) => {
                self.choose(shell, out);
                shell.tell(Notice::Stopped);
                None
            }
            (Step::Report(report), Outcome::Done(Done::Applied { then: Then::Import, deed, done, file })) => {
                match done {
                    true => {
                        shell.tell(Notice::Imported(report.counts));
                        Some(Outcome::Done(Done::Applied { then: Then::Import, deed, done, file }))
                    }
                    false => {
                        self.step = Step::Failed(Trouble::Refused);
                        None
                    }
                }
            }
            (Step::Report(report), outcome) => report.done(job, outcome, shell),
            (_, outcome) => Some(outcome),
        }
    }

    fn settle(&mut self, _open: &Open, shell: &Shell) {
        // - the language may be another one
        match &mut self.step {
            Step::Preview(preview) => {
                preview.notices = report::said(&preview.planned.imported.notices, shell.lang)
            }
            Step::Report(report) => report.settle(shell),
            _ => {}
        }
    }

    fn outline(&self, open: &Open, shell: &Shell) -> Vec<Row> {
        match &self.step {
            Step::Choose(path) => path.outline(open, shell),
            _ => self.rows_told(shell),
        }
    }

    fn view(&self, open: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        match &self.step {
            Step::Choose(path) => path.view(open, shell, area, buf),
            _ => self.draw(shell, area, buf),
        }
    }
}
