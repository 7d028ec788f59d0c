//! The health of the vault: the score and how it went, what was found and what was not looked at.
//! From here lead the list of a finding ([`list`]) and the work on one problem after the other
//! ([`work`]). It shows what the check in the background found ([`crate::tui::health`]); nothing here
//! opens a password but the key that shows one.

mod leave;
mod list;
mod master;
mod plan;
mod view;
mod work;

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use self::leave::Leave;
use self::list::List;
use self::master::Typed;
use self::plan::{Line, Of};
use self::work::Work;
use super::path::{self, Path};
use super::{Given, Page, Turn};
use crate::model::Id;
use crate::ops::health::sample::{self, Sample};
use crate::ops::health::{Check, NotRun, Report, ignore};
use crate::text::health as words;
use crate::text::health_report;
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope, Unavailable};
use crate::tui::contents::date;
use crate::tui::effect::{Effect, JobId, Outcome};
use crate::tui::event::Input;
use crate::tui::files::{Answer, Ask};
use crate::tui::health;
use crate::tui::notice::{Deed, Notice};
use crate::tui::screen::vault::{Open, steps};
use crate::tui::screen::{Cursor, Row};
use crate::tui::task::Done;

/// The keys of the pages about a finding.
const FOOTER: &[Command] = &[
    Command::Open,
    Command::NextFound,
    Command::Ignore,
    Command::ReloadHere,
    Command::WriteReport,
    Command::Back,
    Command::HelpHere,
];

/// The keys of the dashboard: which finding is to be left alone, the list of it says.
const FOOTER_HERE: &[Command] = &[
    Command::Open,
    Command::NextFound,
    Command::ReloadHere,
    Command::WriteReport,
    Command::Back,
    Command::HelpHere,
];

/// The same before there is anything to go to.
const FOOTER_EMPTY: &[Command] = &[Command::ReloadHere, Command::Back, Command::HelpHere];

/// What the keys do here, where that is not what they do elsewhere; `of` is what the page is about.
fn says(command: Command, of: Of, shell: &Shell) -> Option<&'static str> {
    let text = &shell.catalog().tui.page.health;
    match command {
        Command::Ignore if of == Of::Ignored => Some(text.attend_short),
        Command::ReloadHere => Some(text.again),
        _ => None,
    }
}

/// What became of a command that all these pages share.
enum Act {
    /// This follows.
    Turn(Turn),
    /// It is none of them.
    Pass,
}

/// A command that all these pages share, about a problem.
fn act(
    command: Command,
    of: Of,
    entry: Option<Id>,
    (open, shell): (&mut Open, &mut Shell),
    out: &mut Vec<Effect>,
) -> Act {
    match command {
        Command::Ignore => {
            let Some((check, left)) = work::meant(open, of, entry) else { return Act::Turn(Turn::Stay) };
            if left {
                attend(entry, check, open, shell, out);
                return Act::Turn(Turn::Stay);
            }
            Act::Turn(Turn::Over(Box::new(Leave::new(of, entry, check, open))))
        }
        Command::WriteReport => Act::Turn(Turn::Over(Box::new(report_path(shell, out)))),
        Command::GoHealth => {
            open.pages.retain(|page| !page.is_health());
            Act::Turn(Turn::Replace(Box::new(Health::new(open))))
        }
        _ => Act::Pass,
    }
}

/// What was left alone is a finding again.
fn attend(entry: Option<Id>, check: Check, open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) {
    let Some(change) = ignore::attend(open.contents.session().vault(), entry, check) else { return };
    if steps::apply_as(open, &change, (Deed::Attended, 1), shell, out) {
        health::soon(open);
        shell.tell(Notice::Done(Deed::Attended, 1));
    } else {
        shell.tell(Notice::ChangeRefused);
    }
}

/// What is to be changed now.
pub fn due(open: &Open, shell: &Shell) -> Box<dyn Page> {
    Box::new(List::new(Of::Check(Check::Old), open, shell))
}

/// The field for the name of the report.
fn report_path(shell: &mut Shell, out: &mut Vec<Effect>) -> Path {
    let day = date(shell.now.wall_ms, &shell.zone);
    Path::write(&format!("~/mamori-health-{day}.md"), shell, out)
}

/// The report is written where a person said.
fn given(given: Given, open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) {
    let (Given::Path(path), Some(report)) = (given, &open.contents.report) else { return };
    let day = |ms: u64| date(ms, &shell.zone);
    let vault = open.contents.session().vault();
    let title = |id: Id| vault.entry(id).map_or(String::new(), |entry| entry.title().to_owned());
    let samples = history(open, shell);
    let facts = health_report::Facts { report, samples: &samples, today: shell.now.wall_ms };
    let text = health_report::markdown(&facts, shell.lang, &title, &day);
    let job = shell.job();
    open.health.writing = Some(job);
    out.push(Effect::Files { job, ask: Ask::Write { path, bytes: text.into_bytes() } });
}

/// A person asks for the check to be run again.
fn again(open: &mut Open, shell: &mut Shell) -> bool {
    health::again(open);
    shell.tell(Notice::HealthAgain);
    true
}

/// The scores so far, that of now at the end.
fn history(open: &Open, shell: &Shell) -> Vec<Sample> {
    let mut all = sample::samples(open.contents.session().vault());
    if let Some(score) = open.contents.report.as_ref().and_then(|report| report.score) {
        let day = health::day(shell);
        all.retain(|one| one.day < day);
        all.push(Sample { day, score, unchecked: 0 });
    }
    all
}

/// A row of the dashboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stop {
    of: Of,
    count: usize,
    /// Why nothing is said, or not of everything.
    not_run: Option<NotRun>,
}

/// The rows that can have the focus: everything, each check that found something or did not run,
/// and what is left alone.
fn stops(report: &Report) -> Vec<Stop> {
    let not_run = |check: Check| report.not_run.iter().find(|(one, _)| *one == check).map(|(_, why)| *why);
    let mut stops = Vec::new();
    let all = plan::problems(report, Of::All).len();
    if all > 0 {
        stops.push(Stop { of: Of::All, count: all, not_run: None });
    }
    let all = Check::ALL.map(|check| Stop {
        of: Of::Check(check),
        count: report.count(check),
        not_run: not_run(check),
    });
    stops.extend(all.into_iter().filter(|stop| stop.count > 0));
    stops.extend(all.into_iter().filter(|stop| stop.count == 0 && stop.not_run.is_some()));
    let left = plan::problems(report, Of::Ignored).len();
    if left > 0 {
        stops.push(Stop { of: Of::Ignored, count: left, not_run: None });
    }
    stops
}

/// The dashboard.
#[derive(Debug, Default)]
pub struct Health {
    cursor: usize,
    stops: Vec<Stop>,
    /// The first lines of what the row in focus leads to.
    beside: Vec<Line>,
    /// A check runs, and its gauge moves.
    moving: bool,
    turn: Option<Turn>,
}

impl Health {
    /// As it is now.
    pub fn new(open: &Open) -> Health {
        let mut made = Health::default();
        made.read(open);
        made
    }

    fn read(&mut self, open: &Open) {
        let before = self.stop().map(|stop| stop.of);
        let report = open.contents.report.as_ref();
        self.stops = report.map_or(Vec::new(), |report| stops(report));
        let same = before.and_then(|of| self.stops.iter().position(|stop| stop.of == of));
        self.cursor = same.unwrap_or(self.cursor).min(self.stops.len().saturating_sub(1));
        self.moving = open.health.progress().is_some();
        self.look(open);
    }

    fn look(&mut self, open: &Open) {
        let lines = self.stop().zip(open.contents.report.as_ref());
        self.beside = lines.map_or(Vec::new(), |(stop, report)| plan::lines(report, stop.of));
        self.beside.truncate(view::BESIDE_MOST);
    }

    fn stop(&self) -> Option<Stop> {
        self.stops.get(self.cursor).copied()
    }

    /// The first problem of the row in focus.
    fn first(&self) -> Option<Option<Id>> {
        self.beside.iter().find_map(|line| match line {
            Line::Entry(entry) => Some(*entry),
            Line::Group(..) => None,
        })
    }

    fn enter(&self, open: &Open, shell: &mut Shell) -> Turn {
        let Some(stop) = self.stop() else { return Turn::No(Unavailable::NotChecked) };
        match (stop.of, stop.count) {
            (Of::Check(Check::Master), 0) if stop.not_run.is_some() => Turn::Over(Box::new(Typed::default())),
            (Of::Check(Check::Leaked), 0) => {
                shell.tell(Notice::HealthNoList);
                Turn::Stay
            }
            (_, 0) => Turn::No(Unavailable::NoFinding),
            (of, _) => Turn::Over(Box::new(List::new(of, open, shell))),
        }
    }
}

impl Page for Health {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Health, Scope::Browse, Scope::Anywhere]
    }

    fn name(&self, _: &Open, shell: &Shell) -> String {
        shell.catalog().tui.page.health.title.to_owned()
    }

    fn footer(&self) -> &'static [Command] {
        if self.stops.is_empty() { FOOTER_EMPTY } else { FOOTER_HERE }
    }

    fn says(&self, command: Command, shell: &Shell) -> Option<&'static str> {
        says(command, Of::All, shell)
    }

    fn is_health(&self) -> bool {
        true
    }

    fn means(&self, command: Command) -> Option<Command> {
        let found = super::usually(command, self.popup(), self.footer());
        found.filter(|_| command != Command::PreviousFound)
    }

    fn update(
        &mut self,
        open: &mut Open,
        input: Input<'_>,
        shell: &mut Shell,
        out: &mut Vec<Effect>,
    ) -> Turn {
        let Input::Command(command) = input else { return Turn::Pass };
        let last = self.stops.len().saturating_sub(1);
        self.cursor = match command {
            Command::Down | Command::Next => (self.cursor + 1).min(last),
            Command::Up | Command::Previous => self.cursor.saturating_sub(1),
            Command::First | Command::PageUp | Command::HalfUp => 0,
            Command::Last | Command::PageDown | Command::HalfDown => last,
            Command::Open | Command::Right => {
                return match self.stop() {
                    // - what is wrong with the ways to open is mended where they are
                    Some(Stop { of: Of::Check(Check::Kit | Check::Derivation), count: 1.., .. }) => {
                        Turn::Run(Command::GoSlots)
                    }
                    _ => self.enter(open, shell),
                };
            }
            Command::NextFound => {
                let (Some(stop), Some(entry)) = (self.stop(), self.first()) else {
                    return Turn::No(Unavailable::NotChecked);
                };
                return Turn::Over(Box::new(Work::new(stop.of, entry, open)));
            }
            Command::GoHealth => return Turn::No(Unavailable::Already),
            Command::PreviousFound => return Turn::No(Unavailable::NotHere),
            // - which finding is to be left alone, the list of it says
            Command::Ignore => return self.enter(open, shell),
            other => {
                return match act(other, Of::All, None, (open, shell), out) {
                    Act::Turn(turn) => turn,
                    Act::Pass => Turn::Pass,
                };
            }
        };
        self.look(open);
        Turn::Stay
    }

    fn back(&mut self, open: &mut Open, shell: &mut Shell, _: &mut Vec<Effect>) -> bool {
        // - what a person asked for can be stopped; what runs by itself goes on behind
        open.health.by_hand() && health::stop(open, shell)
    }

    fn again(&mut self, open: &mut Open, shell: &mut Shell, _: &mut Vec<Effect>) -> bool {
        again(open, shell)
    }

    fn given(&mut self, what: Given, open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) {
        given(what, open, shell, out);
    }

    fn done(
        &mut self,
        job: JobId,
        outcome: Outcome,
        open: &mut Open,
        shell: &mut Shell,
        _: &mut Vec<Effect>,
    ) -> Option<Outcome> {
        match outcome {
            Outcome::Files(Answer::Written(result)) if open.health.writing == Some(job) => {
                open.health.writing = None;
                shell.tell(match result {
                    Ok(path) => path::written(&path, shell),
                    Err(failure) => Notice::FileFailed(failure),
                });
                None
            }
            Outcome::Done(Done::Master(result)) => {
                match result {
                    Ok(master) => {
                        health::with_master(open, master);
                        shell.tell(Notice::HealthAgain);
                    }
                    Err(failure) => self.turn = Some(Turn::Over(Box::new(Typed::failed(failure)))),
                }
                None
            }
            other => Some(other),
        }
    }

    fn turn(&mut self) -> Option<Turn> {
        self.turn.take()
    }

    fn settle(&mut self, open: &Open, _: &Shell) {
        self.read(open);
    }

    fn deadline(&self, shell: &Shell) -> Option<Duration> {
        self.moving.then(|| shell.now.boot + health::EVERY)
    }

    fn tick(&mut self, open: &mut Open, _: &mut Shell, _: &mut Vec<Effect>) {
        self.moving = open.health.progress().is_some();
    }

    fn outline(&self, open: &Open, shell: &Shell) -> Vec<Row> {
        view::outline(self, open, shell)
    }

    fn view(&self, open: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        view::view(self, open, shell, area, buf)
    }
}

/// What a row is called.
fn label(of: Of, shell: &Shell) -> &'static str {
    match of {
        Of::Check(check) => words::check(check, shell.lang),
        Of::All | Of::Ignored => list::name(of, shell),
    }
}
