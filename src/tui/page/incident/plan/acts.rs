//! What a person does on a step of a plan: finished, marked, skipped, ticked, closed; each is recorded at
//! once and is a step of undo.

use super::{PlanPage, moves};
use crate::crypto::entropy::array;
use crate::model::Id;
use crate::model::incident::{Scope as Reach, StepState, Task};
use crate::ops::change::Change;
use crate::ops::incident::{StepError, act, find};
use crate::tui::app::Shell;
use crate::tui::command::Command;
use crate::tui::effect::Effect;
use crate::tui::notice::{Deed, IncidentTold, Notice};
use crate::tui::page::incident::items::{self, Stop};
use crate::tui::page::incident::words::Words;
use crate::tui::page::incident::{Act, Purpose, close};
use crate::tui::page::mail::Readdress;
use crate::tui::page::write::WriteFile;
use crate::tui::page::{Turn, form, staged};
use crate::tui::screen::vault::{Open, copy, steps};
use crate::tui::task;

impl PlanPage {
    /// Applies a change of a step; false when it was refused.
    pub(super) fn apply(
        &mut self,
        open: &mut Open,
        change: &Change,
        told: IncidentTold,
        shell: &mut Shell,
        out: &mut Vec<Effect>,
    ) -> bool {
        let done = steps::apply_as(open, change, (Deed::Step, 1), shell, out);
        shell.tell(Notice::Incident(if done { told } else { IncidentTold::Refused }));
        self.again(open);
        done
    }

    pub(super) fn say(
        &mut self,
        open: &mut Open,
        state: StepState,
        note: &str,
        told: IncidentTold,
        shell: &mut Shell,
        out: &mut Vec<Effect>,
    ) -> bool {
        let incident = open.contents.session().vault().incident(self.id);
        let (Some(incident), Some(task)) = (incident, self.task()) else { return false };
        let change = act::say(incident, task, state, note);
        self.apply(open, &change, told, shell, out)
    }

    /// The step is done; the first thing to look at has the focus, or the next step is shown.
    pub(super) fn finish(&mut self, open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) {
        let vault = open.contents.session().vault();
        let (Some(incident), Some(step)) = (vault.incident(self.id), self.step()) else { return };
        if !step.state.is_open() {
            return;
        }
        let Ok(fresh) = array(&mut *shell.entropy).map(Id) else {
            return shell.tell(Notice::Incident(IncidentTold::Refused));
        };
        let made = match find::done(vault, incident, step.task, step.state, fresh) {
            Ok(made) => made,
            Err(StepError::Forced) => return shell.tell(Notice::Incident(IncidentTold::Forced)),
            Err(StepError::SeveralStaged) => {
                return shell.tell(Notice::Incident(IncidentTold::SeveralStaged));
            }
            Err(_) => return shell.tell(Notice::Incident(IncidentTold::Refused)),
        };
        if !self.apply(open, &made.change, IncidentTold::Done, shell, out) {
            return;
        }
        if let Some(last) = open.undo.last_mut() {
            last.change = made.back;
        }
        self.after_done(open);
    }

    /// To the first thing that is not ticked yet, else on to the next step that is open.
    pub(super) fn after_done(&mut self, open: &Open) {
        match self.stops(open).iter().position(|stop| self.unticked(open, stop)) {
            Some(at) => self.focus = at,
            None => self.on(),
        }
    }

    /// On to the next open step behind this one, else the first open one, else the end of this one.
    pub(super) fn on(&mut self) {
        let Some(plan) = &self.plan else { return };
        let behind = (self.at + 1..plan.steps.len()).find(|at| plan.steps[*at].state.is_open());
        if let Some(at) = behind.or_else(|| plan.next()) {
            self.go(at);
        }
    }

    pub(super) fn toggle(&mut self, open: &mut Open, item: &str, shell: &mut Shell, out: &mut Vec<Effect>) {
        let incident = open.contents.session().vault().incident(self.id);
        let (Some(incident), Some(task)) = (incident, self.task()) else { return };
        let on = !incident.is_ticked(task, item);
        if let Some(change) = act::tick(incident, task, item, on)
            && steps::apply_as(open, &change, (Deed::Step, 1), shell, out)
        {
            self.again(open);
            if on {
                self.after_tick(open);
            }
        }
    }

    /// To the next thing that is not ticked; after the last one to what there is to do then.
    pub(super) fn after_tick(&mut self, open: &Open) {
        let stops = self.stops(open);
        let below = (self.focus + 1..stops.len()).find(|at| self.unticked(open, &stops[*at]));
        let over = self.step().is_some_and(|step| !step.state.is_open());
        let then = |stop: &Stop| match stop {
            Stop::Act(Act::Next | Act::Report) => over,
            Stop::Act(Act::Again | Act::VaultToo) => false,
            Stop::Act(_) => !over,
            Stop::Used(_) | Stop::Item(_) => false,
        };
        let first = stops.iter().position(|stop| self.unticked(open, stop));
        if let Some(at) = below.or(first).or_else(|| stops.iter().position(then)) {
            self.focus = at;
        }
    }

    pub(super) fn unticked(&self, open: &Open, stop: &Stop) -> bool {
        let incident = open.contents.session().vault().incident(self.id);
        let (Some(incident), Some(task)) = (incident, self.task()) else { return false };
        match stop {
            Stop::Used(name) => !incident.is_ticked(task, name),
            Stop::Item(item) => !incident.is_ticked(task, item.id),
            Stop::Act(_) => false,
        }
    }

    pub(super) fn ask(&mut self, purpose: Purpose) -> Turn {
        let note = self.step().map_or("", |step| step.note.as_str());
        let page = Words::new(purpose, if purpose == Purpose::Note { note } else { "" });
        self.asked = Some(purpose);
        Turn::Over(Box::new(page))
    }

    /// The account of the step is closed.
    pub(super) fn close_account(&mut self, open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) {
        let vault = open.contents.session().vault();
        let (Some(incident), Some(task)) = (vault.incident(self.id), self.task()) else { return };
        let change = task
            .entry()
            .and_then(|id| vault.record(id))
            .and_then(|record| act::close_account(incident, record, task, ""));
        let Some(change) = change else { return };
        if self.apply(open, &change, IncidentTold::AccountClosed, shell, out) {
            // - who uses its address is found now
            self.moves = self.plan.as_ref().map_or(0, moves);
            open.work = Some(task::Task::Gather(self.id));
            self.on();
        }
    }

    pub(super) fn vault_too(&mut self, open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) {
        let Some(incident) = open.contents.session().vault().incident(self.id) else { return };
        let on = !incident.scope().contains(&Reach::Vault);
        if let Some(change) = act::reach(incident, Reach::Vault, on)
            && steps::apply_as(open, &change, (Deed::Incident, 1), shell, out)
        {
            self.again(open);
        }
    }

    pub(super) fn end(
        &mut self,
        open: &mut Open,
        again: bool,
        shell: &mut Shell,
        out: &mut Vec<Effect>,
    ) -> Turn {
        let left = self.plan.as_ref().map_or(0, |plan| plan.steps.len() - plan.over());
        if !again && left > 0 {
            return Turn::Over(Box::new(close::Ask::new(self.id, left)));
        }
        close::close(open, self.id, again, shell, out);
        self.again(open);
        Turn::Stay
    }

    pub(super) fn act(
        &mut self,
        act: Act,
        open: &mut Open,
        shell: &mut Shell,
        out: &mut Vec<Effect>,
    ) -> Turn {
        let entry = self.task().and_then(Task::entry);
        match (act, entry) {
            (Act::Change | Act::Panel, Some(id)) => {
                if let Some(page) = staged::of_entry(id, open, shell) {
                    return Turn::Over(page);
                }
            }
            (Act::Readdress, Some(id)) => {
                let old = self.step().and_then(|step| items::closed_address(open, step));
                return Turn::Over(Box::new(Readdress::of_step(&old.unwrap_or_default(), id)));
            }
            (Act::Master, _) => return Turn::Run(Command::ChangeMaster),
            (Act::Ways, _) => return Turn::Run(Command::GoSlots),
            (Act::Edit, Some(id)) => {
                if let Some(page) = form::edit_of(id, open, shell) {
                    return Turn::Over(page);
                }
            }
            (Act::Forced, Some(id)) => return Turn::Over(staged::forced(id, open, shell)),
            (Act::Browse, Some(id)) => copy::browse_of(open, id, shell, out),
            (Act::Clean | Act::Done | Act::Taken, _) => self.finish(open, shell, out),
            (Act::Closed, _) => self.close_account(open, shell, out),
            (Act::Skip, _) => return self.ask(Purpose::Skip),
            (Act::UsedBy, _) => return self.ask(Purpose::UsedBy),
            (Act::Note, _) => return self.ask(Purpose::Note),
            (Act::Again, _) => {
                self.say(open, StepState::ToDo, "", IncidentTold::Again, shell, out);
                self.focus = 0;
            }
            (Act::VaultToo, _) => self.vault_too(open, shell, out),
            (Act::Next, _) => self.go(self.at + 1),
            (Act::Report, _) => return Turn::Over(Box::new(WriteFile::report(self.id, shell, out))),
            (Act::Close, _) => return self.end(open, false, shell, out),
            (Act::Reopen, _) => return self.end(open, true, shell, out),
            (Act::Change | Act::Panel | Act::Readdress | Act::Edit | Act::Forced | Act::Browse, None) => {}
        }
        Turn::Stay
    }

    /// What Enter does on the row in focus.
    pub(super) fn enter(&mut self, open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) -> Turn {
        match self.stops(open).get(self.focus).cloned() {
            None => return Turn::Close,
            Some(Stop::Act(act)) => return self.act(act, open, shell, out),
            Some(Stop::Used(name)) => self.toggle(open, &name, shell, out),
            Some(Stop::Item(item)) => self.toggle(open, item.id, shell, out),
        }
        Turn::Stay
    }

    /// What Space does: ticks the row in focus, else the step itself.
    pub(super) fn mark(&mut self, open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) -> Turn {
        match self.stops(open).get(self.focus).cloned() {
            Some(Stop::Act(Act::VaultToo)) => self.vault_too(open, shell, out),
            Some(Stop::Used(name)) => self.toggle(open, &name, shell, out),
            Some(Stop::Item(item)) => self.toggle(open, item.id, shell, out),
            _ if open.contents.read_only() => {}
            _ => self.finish(open, shell, out),
        }
        Turn::Stay
    }
}
