//! The report of a plan is written to a file: the page that asks for the path, and the writing after
//! it. The language is that of the screen (F2 before it); no secret is in it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{moment, plan_of, title};
use crate::model::{Entry, Id};
use crate::text::incident::report::{World, report};
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope};
use crate::tui::contents::date;
use crate::tui::effect::{Effect, JobId, Outcome};
use crate::tui::event::Input;
use crate::tui::files::{Answer, Ask};
use crate::tui::notice::Notice;
use crate::tui::page::path::{self, Path};
use crate::tui::page::{Given, Page, Turn};
use crate::tui::screen::vault::Open;
use crate::tui::screen::{Cursor, Row};

/// The page.
#[derive(Debug)]
pub struct Report {
    path: Path,
    id: Id,
    writing: Option<JobId>,
    turn: Option<Turn>,
}

impl Report {
    /// For a plan, with a name proposed.
    pub fn new(id: Id, shell: &mut Shell, out: &mut Vec<Effect>) -> Report {
        let name = shell.catalog().tui.page.incident.report_name;
        let name = format!("{name}{}.md", date(shell.now.wall_ms, &shell.zone));
        Report { path: Path::write(&name, shell, out), id, writing: None, turn: None }
    }

    /// Lets through what the page of the path wants, but for the path itself.
    fn after(&mut self, turn: Turn, open: &Open, shell: &mut Shell, out: &mut Vec<Effect>) -> Turn {
        let Turn::Give(Given::Path(path)) = turn else { return turn };
        match text(open, self.id, shell) {
            Some(text) => {
                let job = shell.job();
                self.writing = Some(job);
                out.push(Effect::Files { job, ask: Ask::Write { path, bytes: text.into_bytes() } });
                Turn::Stay
            }
            None => Turn::Close,
        }
    }
}

/// The report; none when the plan is gone.
fn text(open: &Open, id: Id, shell: &Shell) -> Option<String> {
    let incident = open.contents.session().vault().incident(id)?;
    let plan = plan_of(open, id)?;
    let world = World {
        title: &|id| title(open, id),
        username: &|id| open.contents.entry(id).map_or("", Entry::username).to_owned(),
        time: &|ms| moment(ms, shell),
        now_ms: shell.now.wall_ms,
    };
    Some(report(incident, &plan, shell.lang, &world))
}

impl Page for Report {
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
