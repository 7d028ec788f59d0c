//! After an import: counts, notices, and the file that still holds everything in clear, which is
//! deleted when a person says so twice.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::moved;
use crate::ops::import::plan::Counts;
use crate::ops::import::{Notice as Line, NoticeKind};
use crate::text::{Lang, import as words, sanitise};
use crate::tui::app::Shell;
use crate::tui::command::Command;
use crate::tui::effect::{Effect, JobId, Outcome};
use crate::tui::files::{Answer, Ask, Failure};
use crate::tui::notice::Notice;
use crate::tui::page::ask::Then;
use crate::tui::page::{self, Turn};
use crate::tui::screen::vault::Open;

/// Most notices that are looked at for the page.
const NOTICES_MOST: usize = 50_000;

/// What Enter does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Choice {
    Keep,
    Links,
    Delete,
}

/// What came in.
#[derive(Debug)]
pub(super) struct Report {
    pub(super) path: PathBuf,
    pub(super) counts: Counts,
    lines: Vec<Line>,
    pub(super) notices: Vec<String>,
    pub(super) line: usize,
    pub(super) choice: Choice,
    deleting: Option<JobId>,
    pub(super) failure: Option<Failure>,
}

impl Report {
    pub(super) fn new(path: PathBuf, counts: Counts, lines: Vec<Line>, notices: Vec<String>) -> Report {
        let (line, choice, deleting, failure) = (0, Choice::Keep, None, None);
        Report { path, counts, lines, notices, line, choice, deleting, failure }
    }

    pub(super) fn update(&mut self, command: Command, open: &mut Open, shell: &Shell) -> Turn {
        let rows = super::view::rows(shell);
        if let Some(next) = moved(self.line, self.notices.len(), rows, command) {
            self.line = next;
            return Turn::Stay;
        }
        match (command, self.choice) {
            (Command::Left | Command::Right | Command::Next | Command::Previous, _) => {
                let back = matches!(command, Command::Left | Command::Previous);
                self.choice = next(self.choice, back, self.has_file());
            }
            (Command::Open, Choice::Keep) => return Turn::Close,
            (Command::Open, Choice::Links) => {
                return Turn::Replace(Box::new(page::links::Proposed::new(open, shell)));
            }
            (Command::Open, Choice::Delete) => {
                let question = Then::DeleteFile(short_name(&self.path));
                return Turn::Over(Box::new(page::ask::Ask::new(question, open)));
            }
            _ => return Turn::Pass,
        }
        Turn::Stay
    }

    /// It was said twice: the file goes.
    pub(super) fn delete(&mut self, shell: &mut Shell, out: &mut Vec<Effect>) {
        let job = shell.job();
        self.deleting = Some(job);
        out.push(Effect::Files { job, ask: Ask::Delete(self.path.clone()) });
    }

    pub(super) fn done(&mut self, job: JobId, outcome: Outcome, shell: &mut Shell) -> Option<Outcome> {
        match outcome {
            Outcome::Files(Answer::Deleted(deleted)) if self.deleting == Some(job) => {
                self.deleting = None;
                self.choice = Choice::Keep;
                match deleted {
                    Ok(()) => {
                        shell.tell(Notice::FileDeleted(short_name(&self.path)));
                        self.path = PathBuf::new();
                    }
                    Err(failure) => self.failure = Some(failure),
                }
                None
            }
            other => Some(other),
        }
    }

    pub(super) fn settle(&mut self, shell: &Shell) {
        self.notices = said(&self.lines, shell.lang);
        self.line = self.line.min(self.notices.len().saturating_sub(1));
    }

    /// The file is still there.
    pub(super) fn has_file(&self) -> bool {
        !self.path.as_os_str().is_empty()
    }
}

/// The choice beside one.
fn next(choice: Choice, back: bool, delete: bool) -> Choice {
    let all: &[Choice] =
        if delete { &[Choice::Keep, Choice::Delete, Choice::Links] } else { &[Choice::Keep, Choice::Links] };
    let at = all.iter().position(|one| *one == choice).unwrap_or(0);
    let next = if back { at + all.len() - 1 } else { at + 1 };
    all[next % all.len()]
}

/// The name of a file, harmless and short enough for a line.
pub fn short_name(path: &Path) -> String {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    crate::tui::widget::text::fit(&sanitise::line(&name), 30)
}

/// What is to be known of single lines; the same of many is said once.
pub(super) fn said(lines: &[Line], lang: Lang) -> Vec<String> {
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut all: Vec<(String, Vec<u64>)> = Vec::new();
    for line in lines.iter().take(NOTICES_MOST) {
        // - the command line names its option there; here the choice stands in the preview
        let what = match &line.what {
            NoticeKind::GuardKept(what) => (crate::text::catalog(lang).tui.page.import.guard_kept)(what),
            what => words::notice(lang, what),
        };
        let at = *places.entry(what.clone()).or_insert(all.len());
        match all.get_mut(at) {
            Some((_, lines)) => lines.push(line.line),
            None => all.push((what, vec![line.line])),
        }
    }
    let told = all.into_iter().map(|(what, lines)| {
        let what = sanitise::line(&what).into_owned();
        format!("{}: {what}", words::at_lines(lang, &lines))
    });
    told.collect()
}
