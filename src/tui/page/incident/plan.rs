//! One plan, one step on the screen at a time; where there is room the list of steps stands beside it.
//! What a person does is recorded at once; what belongs to the vault's own bookkeeping (what was
//! gathered) is no step of undo.

mod acts;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::items::{self, Stop};
use super::{Act, Purpose, plan_of};
use crate::model::incident::{StepState, Task};
use crate::model::{Id, Tag};
use crate::ops::edit::EntryEdit;
use crate::ops::incident::{Plan, State, Step, act};
use crate::store::Backup;
use crate::text::{guide, sanitise};
use crate::tui::app::Shell;
use crate::tui::command::{Command, Scope};
use crate::tui::effect::{Effect, JobId, Outcome};
use crate::tui::event::Input;
use crate::tui::notice::{Deed, IncidentTold, Notice};
use crate::tui::page::{Given, Page, Turn, popup};
use crate::tui::screen::vault::{Open, copy, list, steps};
use crate::tui::screen::{Cursor, Row};
use crate::tui::task::{self, Done};
use crate::tui::theme::Name;
use crate::tui::widget::frame::frame;
use crate::tui::widget::text::{fill, put, wrap};

/// From this width on the list of steps stands beside the step.
const BESIDE: u16 = 108;
/// Its cells.
const LIST: u16 = 44;

const FOOTER: &[Command] = &[
    Command::Open,
    Command::Mark,
    Command::SkipStep,
    Command::NextFound,
    Command::CopyAddress,
    Command::CopyPassword,
    Command::WriteReport,
    Command::Back,
    Command::HelpHere,
];

/// The footer where an old and a new password can be copied.
const STAGED: &[Command] = &[
    Command::Open,
    Command::Mark,
    Command::SkipStep,
    Command::CopyAddress,
    Command::CopyPassword,
    Command::CopyStaged,
    Command::WriteReport,
    Command::NextFound,
    Command::Back,
    Command::HelpHere,
];

/// The page.
#[derive(Debug)]
pub struct PlanPage {
    id: Id,
    plan: Option<Plan>,
    /// The step that is shown.
    at: usize,
    focus: usize,
    /// What words are waited for.
    asked: Option<Purpose>,
    /// Accounts that had to move, before the last gathering.
    moves: usize,
    /// Backups that open with the master password of before.
    backups: Vec<Backup>,
    /// They were looked for since their step is shown.
    looked: bool,
}

impl PlanPage {
    /// The page of a plan, at its next step; what it reaches is gathered again.
    pub fn new(id: Id, open: &mut Open) -> PlanPage {
        let plan = plan_of(open, id);
        let at = plan.as_ref().and_then(Plan::next).unwrap_or(0);
        open.work = Some(task::Task::Gather(id));
        let moves = plan.as_ref().map_or(0, moves);
        PlanPage { id, plan, at, focus: 0, asked: None, moves, backups: Vec::new(), looked: true }
    }

    fn step(&self) -> Option<&Step> {
        self.plan.as_ref()?.steps.get(self.at)
    }

    fn task(&self) -> Option<Task> {
        self.step().map(|step| step.task)
    }

    fn is_staged(&self) -> bool {
        self.step().is_some_and(|step| step.state == State::Staged)
    }

    fn stops(&self, open: &Open) -> Vec<Stop> {
        let incident = open.contents.session().vault().incident(self.id);
        match (&self.plan, incident) {
            (Some(plan), Some(incident)) => items::stops(open, incident, plan, self.at),
            _ => Vec::new(),
        }
    }

    /// Makes the plan anew and stays at its step.
    fn again(&mut self, open: &Open) {
        let (task, before) = (self.task(), self.step().map(|step| step.state));
        self.plan = plan_of(open, self.id);
        let place = |plan: &Plan| task.and_then(|task| plan.place(task));
        let last = self.plan.as_ref().map_or(0, |plan| plan.steps.len().saturating_sub(1));
        self.at = self.plan.as_ref().and_then(place).unwrap_or(self.at).min(last);
        // - what there is to do now stands first, and is another thing than before
        if self.task() == task && self.step().map(|step| step.state) != before {
            self.focus = 0;
        }
        self.focus = self.focus.min(self.stops(open).len().saturating_sub(1));
    }

    fn go(&mut self, at: usize) {
        if at != self.at {
            (self.at, self.focus) = (at, 0);
        }
    }

    fn items(&self, open: &Open, shell: &Shell, cells: u16) -> Vec<popup::Item> {
        let incident = open.contents.session().vault().incident(self.id);
        match (&self.plan, incident) {
            (Some(plan), Some(incident)) => {
                let mut items = items::items(open, incident, plan, self.at, self.focus, cells, shell);
                if self.task() == Some(Task::OldBackups) {
                    items.extend(items::backups(&self.backups, shell));
                }
                items
            }
            _ => vec![popup::Item::told(shell.catalog().tui.page.incident.gone, Name::Text)],
        }
    }

    fn heading(&self, open: &Open, shell: &Shell) -> String {
        let (Some(plan), Some(incident)) = (&self.plan, open.contents.session().vault().incident(self.id))
        else {
            return self.name(open, shell);
        };
        items::heading(open, incident, plan, shell)
    }

    /// What the lower edge says: of an item where it comes from, else what Enter does.
    fn edge(&self, open: &Open, shell: &Shell, cells: u16) -> String {
        let text = &shell.catalog().tui.page.incident;
        match self.stops(open).get(self.focus) {
            Some(Stop::Item(item)) if items::fits_edge(&(text.source)(item.source), cells) => {
                (text.source)(item.source)
            }
            Some(Stop::Item(_) | Stop::Used(_)) => popup::edge(shell, &[(Command::Open, text.ticks)]),
            Some(Stop::Act(_)) => popup::edge(shell, &[(Command::Open, text.does)]),
            None => String::new(),
        }
    }
}

/// Accounts that must move.
fn moves(plan: &Plan) -> usize {
    plan.steps.iter().filter(|step| matches!(step.task, Task::Address(_))).count()
}

impl Page for PlanPage {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Health, Scope::Entry, Scope::Browse, Scope::Anywhere]
    }

    fn name(&self, _: &Open, shell: &Shell) -> String {
        shell.catalog().tui.page.incident.plan.to_owned()
    }

    fn footer(&self) -> &'static [Command] {
        if self.is_staged() { STAGED } else { FOOTER }
    }

    fn says(&self, command: Command, shell: &Shell) -> Option<&'static str> {
        let text = &shell.catalog().tui.page.incident;
        match command {
            Command::Open => Some(text.does),
            Command::Mark => Some(text.done_short),
            Command::CopyAddress => Some(text.open_short),
            // - without a second one there is no old one
            Command::CopyPassword if self.is_staged() => Some(text.old_short),
            Command::CopyStaged if self.is_staged() => Some(text.new_short),
            _ => None,
        }
    }

    fn is_plan(&self) -> bool {
        true
    }

    fn selected(&self) -> Option<Id> {
        self.task().and_then(Task::entry)
    }

    fn shows(&self, _: &Open) -> Option<bool> {
        // - both passwords are shown in the panel of the change
        Some(false)
    }

    fn update(
        &mut self,
        open: &mut Open,
        input: Input<'_>,
        shell: &mut Shell,
        out: &mut Vec<Effect>,
    ) -> Turn {
        let Input::Command(command) = input else { return Turn::Pass };
        let Some(last) = self.plan.as_ref().map(|plan| plan.steps.len().saturating_sub(1)) else {
            return if command == Command::Open { Turn::Close } else { Turn::Pass };
        };
        let rows = self.stops(open).len().saturating_sub(1);
        match command {
            Command::Down => self.focus = (self.focus + 1).min(rows),
            Command::Up => self.focus = self.focus.saturating_sub(1),
            Command::HalfDown | Command::PageDown => self.focus = (self.focus + 8).min(rows),
            Command::HalfUp | Command::PageUp => self.focus = self.focus.saturating_sub(8),
            Command::First => self.go(0),
            Command::Last => self.go(last),
            Command::Right | Command::NextFound | Command::Next => self.go((self.at + 1).min(last)),
            Command::Left | Command::PreviousFound | Command::Previous => self.go(self.at.saturating_sub(1)),
            Command::Open => return self.enter(open, shell, out),
            Command::Mark => return self.mark(open, shell, out),
            Command::SkipStep if self.step().is_some_and(|step| step.state.is_open()) => {
                return self.ask(Purpose::Skip);
            }
            Command::SkipStep | Command::MarkAll => {}
            Command::WriteReport => return self.act(Act::Report, open, shell, out),
            _ => return Turn::Pass,
        }
        Turn::Stay
    }

    fn given(&mut self, given: Given, open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) {
        let (Given::Text(text), Some(purpose)) = (given, self.asked.take()) else { return };
        let vault = open.contents.session().vault();
        let (Some(incident), Some(task)) = (vault.incident(self.id), self.task()) else { return };
        match purpose {
            Purpose::Skip => {
                if self.say(open, StepState::Skipped, &text, IncidentTold::Skipped, shell, out) {
                    self.on();
                }
            }
            Purpose::Note => {
                if let Some(change) = act::note(incident, task, &text)
                    && steps::apply_as(open, &change, (Deed::Step, 1), shell, out)
                {
                    self.again(open);
                }
            }
            Purpose::UsedBy => {
                let Some(record) = task.entry().and_then(|id| vault.record(id)) else { return };
                let mut sealer = open.contents.session().sealer(&mut *shell.entropy);
                let mut edit = EntryEdit::of(&mut sealer, record);
                let made = edit.shift(Tag::USED_BY, &[&text], &[]);
                if let (Ok(()), Some(change)) = (made, edit.finish())
                    && copy::apply(open, &change, shell, out)
                {
                    self.again(open);
                    let added = |stop: &Stop| matches!(stop, Stop::Used(name) if name.ends_with(&text));
                    self.focus = self.stops(open).iter().rposition(added).unwrap_or(self.focus);
                }
            }
        }
    }

    fn done(
        &mut self,
        _: JobId,
        outcome: Outcome,
        open: &mut Open,
        shell: &mut Shell,
        out: &mut Vec<Effect>,
    ) -> Option<Outcome> {
        let gathered = match outcome {
            Outcome::Done(Done::Gathered(gathered)) if gathered.incident == self.id => gathered,
            other => return Some(other),
        };
        self.backups = gathered.backups;
        let incident = open.contents.session().vault().incident(self.id);
        let change = incident.and_then(|one| act::absorb(one, &gathered.found));
        // - what is found is no deed of a person's, and no step of undo
        if let Some(change) = change
            && open.contents.apply(&change, shell.now.wall_ms, &mut *shell.entropy).is_some()
        {
            list::refresh(open, shell);
            copy::save(open, shell, out);
        }
        self.again(open);
        let now = self.plan.as_ref().map_or(0, moves);
        if now > self.moves {
            shell.tell(Notice::Incident(IncidentTold::Moves(now - self.moves)));
        } else if gathered.shut > 0 {
            shell.tell(Notice::Incident(IncidentTold::Shut(gathered.shut)));
        }
        self.moves = now;
        None
    }

    fn tick(&mut self, open: &mut Open, _: &mut Shell, _: &mut Vec<Effect>) {
        // - saves of the plan itself, and the new master password, have made backups since
        let shown = self.task() == Some(Task::OldBackups);
        if shown && !self.looked && open.work.is_none() {
            open.work = Some(task::Task::Gather(self.id));
        }
        self.looked = shown;
    }

    fn settle(&mut self, open: &Open, _: &Shell) {
        let was_open = self.step().is_some_and(|step| step.state.is_open());
        self.again(open);
        // - its password was confirmed in its panel, its address replaced, on a page of its own: here it
        //   is seen that it is done
        if was_open && self.step().is_some_and(|step| !step.state.is_open()) {
            self.after_tick(open);
        }
    }

    fn outline(&self, open: &Open, shell: &Shell) -> Vec<Row> {
        let mut rows = vec![Row::told(&self.heading(open, shell), "")];
        rows.extend(popup::outline(&self.items(open, shell, 200), self.focus));
        rows.push(Row::told(guide::faked(shell.lang), ""));
        rows
    }

    fn view(&self, open: &Open, shell: &Shell, area: Rect, buf: &mut Buffer) -> Cursor {
        let (beside, right) = if area.width >= BESIDE {
            let left = Rect { width: LIST, ..area };
            (Some(left), Rect { x: area.x + LIST, width: area.width - LIST, ..area })
        } else {
            (None, area)
        };
        if let (Some(left), Some(plan)) = (beside, &self.plan) {
            let title = shell.catalog().tui.page.incident.plan;
            let inner = frame(buf, left, title, false, &shell.theme);
            let lines = items::list(open, plan, shell);
            let room = usize::from(inner.height);
            let first = (self.at + 1 + room / 3).min(lines.len()).saturating_sub(room);
            for (y, (at, (line, look))) in (inner.y..inner.bottom()).zip(lines.iter().enumerate().skip(first))
            {
                let here = at == self.at;
                let name = if here { Name::Selected } else { *look };
                let words = fill(&sanitise::line(line), inner.width.saturating_sub(2));
                put(buf, inner.x + 1, y, inner.width - 2, &words, shell.theme.style(name));
            }
        }
        let inner = frame(buf, right, &self.heading(open, shell), true, &shell.theme);
        let cells = inner.width.saturating_sub(2);
        popup::view_edge(buf, right, &self.edge(open, shell, cells), shell);
        // - the warning stays in sight where that leaves enough for the step
        let warning = wrap(guide::faked(shell.lang), cells, 2);
        let tall = u16::try_from(warning.len()).unwrap_or(2);
        let step = if inner.height >= 16 {
            for (y, line) in (inner.bottom() - tall..).zip(&warning) {
                put(buf, inner.x + 1, y, cells, line, shell.theme.style(Name::Dim));
            }
            Rect { height: inner.height - tall - 1, ..inner }
        } else {
            inner
        };
        popup::sheet_in(buf, step, right, &self.items(open, shell, cells), Some(self.focus), shell)
    }
}
