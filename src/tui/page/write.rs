//! Something of the vault is written to a file: an attachment of an entry, or the report of a plan. The
//! page that asks for the path, with a safe name proposed, and the writing after it. The file is for its
//! owner alone and never written over another one ([`crate::tui::files`]).

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::path::{self, Path};
use super::{Given, Page, Turn, incident};
use crate::model::Id;
use crate::text::sanitise;
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope};
use crate::tui::effect::{Effect, JobId, Outcome};
use crate::tui::event::Input;
use crate::tui::files::{Answer, Ask};
use crate::tui::notice::Notice;
use crate::tui::screen::vault::Open;
use crate::tui::screen::{Cursor, Row};

/// What is written.
#[derive(Debug, Clone, Copy)]
enum What {
    /// The attachment of that number of an entry.
    File(Id, usize),
    /// The report of a plan, in the language of the screen (F2 before it); no secret is in it.
    Report(Id),
}

/// The page. What is written is opened, or made, when there is a path.
#[derive(Debug)]
pub struct WriteFile {
    path: Path,
    what: What,
    writing: Option<JobId>,
    turn: Option<Turn>,
}

impl WriteFile {
    /// For the attachment of that number; none where there is none.
    pub fn attachment(
        open: &Open,
        (entry, number): (Id, usize),
        shell: &mut Shell,
        out: &mut Vec<Effect>,
    ) -> Option<WriteFile> {
        let name = sanitise::file_name(open.contents.file_name(entry, number)?);
        Some(WriteFile::of(What::File(entry, number), &name, shell, out))
    }

    /// For the report of a plan.
    pub fn report(plan: Id, shell: &mut Shell, out: &mut Vec<Effect>) -> WriteFile {
        WriteFile::of(What::Report(plan), &format!("~/{}", incident::report_name(shell)), shell, out)
    }

    fn of(what: What, name: &str, shell: &mut Shell, out: &mut Vec<Effect>) -> WriteFile {
        WriteFile { path: Path::write(name, shell, out), what, writing: None, turn: None }
    }

    /// Lets through what the page of the path wants, but for the path itself.
    fn after(&mut self, turn: Turn, open: &Open, shell: &mut Shell, out: &mut Vec<Effect>) -> Turn {
        let Turn::Give(Given::Path(path)) = turn else { return turn };
        let bytes = match self.what {
            What::File(entry, number) => {
                open.contents.file(entry, number).map(|content| content.expose().to_vec())
            }
            What::Report(plan) => incident::report(open, plan, shell).map(String::into_bytes),
        };
        match (bytes, self.what) {
            (Some(bytes), _) => {
                let job = shell.job();
                self.writing = Some(job);
                out.push(Effect::Files { job, ask: Ask::Write { path, bytes } });
            }
            (None, What::File(..)) => shell.tell(Notice::CannotOpenValue),
            // - the plan is gone
            (None, What::Report(_)) => return Turn::Close,
        }
        Turn::Stay
    }
}

impl Page for WriteFile {
    fn scopes(&self) -> &'static [Scope] {
        self.path.scopes()
    }

    fn name(&self, open: &Open, shell: &Shell) -> String {
        self.path.name(open, shell)
    }

    fn footer(&self) -> &'static [Command] {
        self.path.footer()
    }

    fn says(&self, command: Command, shell: &Shell) -> Option<&'static str> {
        self.path.says(command, shell)
    }

    fn popup(&self) -> bool {
        self.path.popup()
    }

    fn update(
        &mut self,
        open: &mut Open,
        input: Input<'_>,
        shell: &mut Shell,
        out: &mut Vec<Effect>,
    ) -> Turn {
        let turn = self.path.update(open, input, shell, out);
        self.after(turn, open, shell, out)
    }

    fn back(&mut self, open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) -> bool {
        self.path.back(open, shell, out)
    }

    fn done(
        &mut self,
        job: JobId,
        outcome: Outcome,
        open: &mut Open,
        shell: &mut Shell,
        out: &mut Vec<Effect>,
    ) -> Option<Outcome> {
        match outcome {
            Outcome::Files(Answer::Written(written)) if self.writing == Some(job) => {
                self.writing = None;
                match written {
                    Ok(path) => {
                        shell.tell(path::written(&path, shell));
                        self.turn = Some(Turn::Close);
                    }
                    // - another place may be named
                    Err(failure) => shell.tell(Notice::FileFailed(failure)),
                }
                None
            }
            other => {
                let left = self.path.done(job, other, open, shell, out);
                if let Some(turn) = self.path.turn() {
                    self.turn = Some(self.after(turn, open, shell, out));
                }
                left
            }
        }
    }

    fn turn(&mut self) -> Option<Turn> {
        self.turn.take()
    }

    fn outline(&self, open: &Open, shell: &Shell) -> Vec<Row> {
        self.path.outline(open, shell)
    }

    fn view(&self, open: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        self.path.view(open, shell, area, buf)
    }
}
