//! `incident step`: what is said of one step, with what follows from it.

use clap::ArgMatches;

use super::print;
use super::{commit, incident, named, plan, title};
use crate::cli::ask::hidden;
use crate::cli::vault::Opened;
use crate::cli::{Cli, flag, option, required, values};
use crate::crypto::entropy::array;
use crate::error::{Ask, Line, Report};
use crate::model::Id;
use crate::model::incident::{StepState, Task};
use crate::ops::change::{Change, ChangeError};
use crate::ops::edit::EntryEdit;
use crate::ops::generate::{self, choose};
use crate::ops::incident::find::{self, ForcedError};
use crate::ops::incident::{Plan, State, StepError, act};
use crate::ops::reference::{self, Scope};
use crate::text::cli::incident::lines;
use crate::text::incident as words;

pub(super) fn run(cli: &mut Cli<'_>, matches: &ArgMatches) -> Result<(), Report> {
    let mut opened = cli.open()?;
    let id = named(cli, &opened, matches)?;
    if !cli.read_only {
        super::absorb(cli, &mut opened, id)?;
    }
    let plan = plan(&opened, id)?;
    let number = place(cli, &opened, &plan, required(matches, "step"))?;
    let Some(change) = change(cli, &opened, id, (&plan, number), matches)? else {
        return print::step(cli, &opened, id, number);
    };
    cli.writable()?;
    let task = plan.steps[number].task;
    commit(cli, &mut opened, id, &change)?;
    let after = super::plan(&opened, id)?;
    let name = words::step(task, cli.lang, &|id| title(&opened, id));
    if let Some(at) = after.place(task) {
        let state = words::state(after.steps[at].state, cli.lang);
        cli.told(&format!("{at} {}: {state}", cli.name(&name)));
    }
    let moves = after.steps.len().saturating_sub(plan.steps.len());
    if moves > 0 {
        cli.told(&(lines(cli.lang).new_steps)(moves));
    }
    print::next(cli, &opened, &after);
    Ok(())
}

/// The step that a number or the name of an entry means.
fn place(cli: &Cli<'_>, opened: &Opened, plan: &Plan, name: &str) -> Result<usize, Report> {
    if let Ok(number) = name.parse::<usize>() {
        let steps = plan.steps.len();
        return Some(number)
            .filter(|number| *number < steps)
            .ok_or_else(|| StepError::NoStep { steps }.into());
    }
    let id = cli.find(opened, &reference::parse(name).entry, Scope::LiveFirst)?;
    Ok(find::step_of(plan, id)?)
}

/// The change that the options ask for; none when they ask for none: then the step is only shown.
fn change(
    cli: &mut Cli<'_>,
    opened: &Opened,
    id: Id,
    (plan, number): (&Plan, usize),
    matches: &ArgMatches,
) -> Result<Option<Change>, Report> {
    let step = &plan.steps[number];
    let task = step.task;
    let vault = opened.open.vault();
    let held = incident(opened, id)?;
    let mut all: Vec<Change> = Vec::new();
    if flag(matches, "step_done") {
        let fresh = Id(array(&mut cli.entropy)?);
        all.push(find::done(vault, held, task, step.state, fresh)?.change);
    } else if flag(matches, "step_staged") {
        all.extend(stage(cli, opened, task, step.state)?);
        all.push(act::say(held, task, StepState::Staged, ""));
    } else if flag(matches, "step_closed") {
        let record = task.entry().and_then(|id| vault.record(id)).ok_or(StepError::NoAccount)?;
        all.extend(act::close_account(held, record, task, ""));
    } else if let Some(why) = option(matches, "skip") {
        if why.trim().is_empty() {
            return Err(Ask::Said(lines(cli.lang).skip_why.to_owned()).into());
        }
        all.push(act::say(held, task, StepState::Skipped, why.trim()));
    } else if flag(matches, "step_forced") {
        all.extend(forced(cli, opened, task)?);
    } else if flag(matches, "step_todo") {
        all.push(act::say(held, task, StepState::ToDo, ""));
    }
    if let Some(note) = option(matches, "note") {
        all.extend(act::note(held, task, note));
    }
    let asked = values(matches, "tick").into_iter().map(|item| (item, true));
    let asked = asked.chain(values(matches, "untick").into_iter().map(|item| (item, false)));
    let mut ticks = false;
    for (item, on) in asked {
        if !print::has_item(opened, step, item) {
            return Err(Ask::Said((lines(cli.lang).no_item)(item)).into());
        }
        ticks = true;
        all.extend(act::tick(held, task, item, on));
    }
    let nothing = all.is_empty() && !ticks;
    Ok((!nothing).then_some(Change::Many(all)))
}

/// A new password by the entry's own recipe, beside the old one; none when one waits already.
fn stage(cli: &mut Cli<'_>, opened: &Opened, task: Task, state: State) -> Result<Option<Change>, Report> {
    let Task::Password(id) = task else { return Err(StepError::NoAccount.into()) };
    let record = opened.open.vault().record(id).ok_or(ChangeError::NoSuchEntry)?;
    if state == State::Staged && !crate::model::Entry(record).staged().is_empty() {
        return Ok(None);
    }
    let recipe = choose::of_entry(crate::model::Entry(record), &cli.settings.rules).recipe;
    let password = generate::generate(&recipe, &mut cli.entropy)?;
    let now = cli.now();
    let mut sealer = opened.open.sealer(&mut cli.entropy);
    let mut edit = EntryEdit::of(&mut sealer, record);
    let element = edit.stage(password.expose().as_bytes(), lines(cli.lang).staged_why, now)?;
    edit.staged_recipe(element, &recipe.to_string());
    Ok(edit.finish())
}

/// The password that the host has set, from a line of standard input or typed.
fn forced(cli: &mut Cli<'_>, opened: &Opened, task: Task) -> Result<Option<Change>, Report> {
    if !matches!(task, Task::Password(_)) {
        return Err(StepError::NoAccount.into());
    }
    let prompt = lines(cli.lang).ask_forced;
    let typed = if cli.ask.is_interactive() {
        hidden(prompt, Ask::NoSecretSource)?
    } else {
        cli.ask.line(Line::Password)?
    };
    if typed.is_empty() {
        return Err(Ask::Said(lines(cli.lang).empty.to_owned()).into());
    }
    let mut sealer = opened.open.sealer(&mut cli.entropy);
    let made = find::forced(opened.open.vault(), &mut sealer, task, typed.expose().as_bytes());
    made.map_err(|error| match error {
        ForcedError::Step(error) => error.into(),
        ForcedError::Entropy(error) => error.into(),
    })
}
