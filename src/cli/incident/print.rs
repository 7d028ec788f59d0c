//! Incidents for people and for programs.

use clap::ArgMatches;

use super::{incident, title};
use crate::cli::vault::Opened;
use crate::cli::{Cli, flag, local_time, write_json};
use crate::error::Report;
use crate::model::incident::{Reason, Scope, Task, Trigger};
use crate::model::{Id, Incident};
use crate::ops::export::time;
use crate::ops::incident::topic::used;
use crate::ops::incident::{Plan, State, Step, key_changed};
use crate::store::Backup;
use crate::text::cli::incident::lines;
use crate::text::{guide, incident as words};

#[derive(serde::Serialize)]
struct IncidentJson {
    id: String,
    name: String,
    trigger: &'static str,
    entry: Option<String>,
    opened: Option<String>,
    since: Option<String>,
    closed: Option<String>,
    note: String,
    vault: bool,
    done: usize,
    of: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    steps: Option<Vec<StepJson>>,
}

#[derive(serde::Serialize)]
struct StepJson {
    number: usize,
    what: &'static str,
    entry: Option<String>,
    title: String,
    state: &'static str,
    since: Option<String>,
    broken: bool,
    kind: &'static str,
    note: String,
    reasons: Vec<ReasonJson>,
    checklist: Vec<ItemJson>,
    used_by: Vec<UserJson>,
    urls: Vec<String>,
}

#[derive(serde::Serialize)]
struct ReasonJson {
    cause: &'static str,
    via: Option<String>,
    via_title: Option<String>,
    guess: bool,
    text: String,
}

#[derive(serde::Serialize)]
struct UserJson {
    name: String,
    ticked: bool,
}

#[derive(serde::Serialize)]
struct ItemJson {
    id: &'static str,
    text: &'static str,
    source: &'static str,
    ticked: bool,
}

fn what(task: Task) -> &'static str {
    match task {
        Task::Computer => "computer",
        Task::MasterPassword => "master-password",
        Task::RecoveryCode => "recovery-code",
        Task::KeyFile => "key-file",
        Task::OldBackups => "old-backups",
        Task::Password(_) => "password",
        Task::Address(_) => "address",
    }
}

fn incident_json(
    cli: &Cli<'_>,
    opened: &Opened,
    one: Incident<'_>,
    plan: &Plan,
    whole: bool,
) -> IncidentJson {
    let (trigger, entry) = match one.trigger() {
        Trigger::Entry(id) => ("entry", Some(id.to_string())),
        Trigger::Password(_) => ("password", None),
        Trigger::UserName(_) => ("username", None),
    };
    let steps = || {
        let all = plan.steps.iter().enumerate();
        all.map(|(number, step)| step_json(cli, opened, one, number, step)).collect()
    };
    IncidentJson {
        id: one.id().to_string(),
        name: words::name(one, cli.lang, &|id| title(opened, id)),
        trigger,
        entry,
        opened: time(one.opened()),
        since: time(one.since()),
        closed: one.closed().and_then(time),
        note: one.note().to_owned(),
        vault: one.scope().contains(&Scope::Vault),
        done: plan.over(),
        of: plan.steps.len(),
        steps: whole.then(steps),
    }
}

fn step_json(cli: &Cli<'_>, opened: &Opened, one: Incident<'_>, number: usize, step: &Step) -> StepJson {
    let entry = step.task.entry().and_then(|id| opened.open.vault().entry(id));
    let reason = |reason: &Reason| ReasonJson {
        cause: reason.cause.word(),
        via: reason.via.map(|id| id.to_string()),
        via_title: reason.via.map(|id| title(opened, id)),
        guess: reason.guess,
        text: words::reason(reason, cli.lang, &|id| title(opened, id)),
    };
    let item = |item: &guide::Item| ItemJson {
        id: item.id,
        text: item.text(cli.lang),
        source: item.source,
        ticked: one.is_ticked(step.task, item.id),
    };
    let user = |name: &str| UserJson { name: name.to_owned(), ticked: one.is_ticked(step.task, &used(name)) };
    StepJson {
        number,
        what: what(step.task),
        entry: step.task.entry().map(|id| id.to_string()),
        title: words::step(step.task, cli.lang, &|id| title(opened, id)),
        state: step.state.word(),
        since: step.since.and_then(time),
        broken: step.broken,
        kind: step.kind.word(),
        note: step.note.clone(),
        reasons: step.reasons.iter().map(reason).collect(),
        checklist: step.topic.map_or(&[][..], guide::items).iter().map(item).collect(),
        used_by: entry.map_or(Vec::new(), |entry| entry.used_by()).into_iter().map(user).collect(),
        urls: entry.map_or(Vec::new(), |entry| entry.urls().into_iter().map(str::to_owned).collect()),
    }
}

pub(super) fn json(cli: &mut Cli<'_>, opened: &Opened, id: Id) -> Result<(), Report> {
    let plan = super::plan(opened, id)?;
    let object = incident_json(cli, opened, incident(opened, id)?, &plan, true);
    write_json(&mut cli.out, &object)?;
    cli.out.put(b"\n");
    Ok(())
}

pub(super) fn list(cli: &mut Cli<'_>, matches: &ArgMatches) -> Result<(), Report> {
    let opened = cli.open()?;
    let vault = opened.open.vault();
    let mut all: Vec<Incident<'_>> =
        vault.incidents().filter(|one| flag(matches, "all_incidents") || one.closed().is_none()).collect();
    all.sort_by_key(|one| (one.closed().is_some(), std::cmp::Reverse(one.opened()), one.id()));
    if flag(matches, "json") {
        let plans = all.iter().map(|one| super::plan(&opened, one.id()));
        let plans = plans.collect::<Result<Vec<_>, _>>()?;
        let rows: Vec<IncidentJson> = all
            .iter()
            .zip(&plans)
            .map(|(one, plan)| incident_json(cli, &opened, *one, plan, false))
            .collect();
        write_json(&mut cli.out, &rows)?;
        cli.out.put(b"\n");
        return Ok(());
    }
    for one in all {
        let plan = super::plan(&opened, one.id())?;
        let name = words::name(one, cli.lang, &|id| title(&opened, id));
        let progress = words::progress(plan.over(), plan.steps.len(), cli.lang);
        let state = match one.closed() {
            Some(ms) => (lines(cli.lang).closed_at)(&local_time(ms)),
            None => String::new(),
        };
        cli.out.cell(&format!("{name}\t{}\t{progress}{state}\t{}", local_time(one.opened()), one.id()));
        cli.out.put(b"\n");
    }
    Ok(())
}

fn mark(state: State) -> &'static str {
    match state {
        State::ToDo => "[ ]",
        State::Staged | State::Forced => "[~]",
        State::Done | State::Closed => "[x]",
        State::Skipped | State::Gone => "[-]",
    }
}

/// The whole plan, and what comes next.
pub(super) fn plan(cli: &mut Cli<'_>, opened: &Opened, id: Id) -> Result<(), Report> {
    let one = incident(opened, id)?;
    let plan = super::plan(opened, id)?;
    let lang = cli.lang;
    let say = lines(lang);
    let name = words::name(one, lang, &|id| title(opened, id));
    let progress = words::progress(plan.over(), plan.steps.len(), lang);
    cli.out.cell(&(say.heading)(&name, &local_time(one.opened()), &progress));
    cli.out.put(b"\n");
    if !one.note().is_empty() {
        cli.out.text(one.note());
        cli.out.put(b"\n");
    }
    cli.out.put(b"\n");
    let last = plan.steps.len().saturating_sub(1).to_string().len();
    for (number, step) in plan.steps.iter().enumerate() {
        let name = words::step(step.task, lang, &|id| title(opened, id));
        let reasons = words::reasons(step, lang, &|id| title(opened, id));
        let state = match step.state {
            State::ToDo => String::new(),
            state if step.kept => format!("  {}, {}", words::state(state, lang), words::kept_short(lang)),
            state => format!("  {}", words::state(state, lang)),
        };
        let note = if step.note.is_empty() { String::new() } else { format!(" ({})", step.note) };
        cli.out.cell(&format!("{} {number:>last$} {name}{state}{note}", mark(step.state)));
        cli.out.put(b"\n");
        // One reason a line is enough here; `incident step N` has all of them.
        if let Some(first) = reasons.first() {
            let more = if reasons.len() > 1 { (say.more_reasons)(reasons.len() - 1) } else { String::new() };
            cli.out.cell(&format!("    {:last$} {first}{more}", ""));
            cli.out.put(b"\n");
        }
    }
    cli.out.put(b"\n");
    cli.out.line(guide::faked(lang));
    next(cli, opened, &plan);
    Ok(())
}

/// Says which step comes next.
pub(super) fn next(cli: &mut Cli<'_>, opened: &Opened, plan: &Plan) {
    let say = lines(cli.lang);
    match plan.next() {
        Some(number) => {
            let name = words::step(plan.steps[number].task, cli.lang, &|id| title(opened, id));
            cli.told(&(say.next)(number, &cli.name(&name)));
        }
        None => cli.told(say.all_done),
    }
}

/// One step in full: why, what to do, its checklist, what else uses the account.
pub(super) fn step(cli: &mut Cli<'_>, opened: &Opened, id: Id, number: usize) -> Result<(), Report> {
    let one = incident(opened, id)?;
    let plan = super::plan(opened, id)?;
    let step = &plan.steps[number];
    let lang = cli.lang;
    let say = lines(lang);
    let name = words::step(step.task, lang, &|id| title(opened, id));
    cli.out.cell(&format!("{} {number} {name}  {}", mark(step.state), words::state(step.state, lang)));
    cli.out.put(b"\n");
    for reason in words::reasons(step, lang, &|id| title(opened, id)) {
        cli.out.cell(&format!("    {reason}"));
        cli.out.put(b"\n");
    }
    if !step.note.is_empty() {
        cli.out.cell(&format!("    {}: {}", say.note, step.note));
        cli.out.put(b"\n");
    }
    if step.task == Task::OldBackups {
        for backup in old_backups(opened, one)? {
            cli.out.cell(&format!("    {}  {}", local_time(backup.ms), backup.path.display()));
            cli.out.put(b"\n");
        }
    }
    if let Some(entry) = step.task.entry().and_then(|id| opened.open.vault().entry(id)) {
        for url in entry.urls() {
            cli.out.cell(&format!("    {url}"));
            cli.out.put(b"\n");
        }
        for user in entry.used_by() {
            let mark = if one.is_ticked(step.task, &used(user)) { "[x]" } else { "[ ]" };
            cli.out.cell(&format!("  {mark} {}: {}", used(user), words::used_by(lang)));
            cli.out.put(b"\n");
        }
    }
    for item in step.topic.map_or(&[][..], guide::items) {
        let mark = if one.is_ticked(step.task, item.id) { "[x]" } else { "[ ]" };
        cli.out.line(&format!("  {mark} {}: {}", item.id, item.text(lang)));
        cli.out.line(&format!("      {}", item.source));
    }
    Ok(())
}

/// Backups that open with the master password of the time before the incident: those from before the
/// key was changed after it was opened; all of them as long as it was not.
fn old_backups(opened: &Opened, one: Incident<'_>) -> Result<Vec<Backup>, Report> {
    let changed = key_changed(opened.open.vault(), one);
    let all = opened.store.backups(&opened.open.header().vault)?;
    Ok(all.into_iter().filter(|backup| changed.is_none_or(|when| backup.ms <= when)).collect())
}

/// True when a step has something of this name to tick: of its checklist, or what uses the account.
pub(super) fn has_item(opened: &Opened, step: &Step, item: &str) -> bool {
    let entry = step.task.entry().and_then(|id| opened.open.vault().entry(id));
    let users = entry.map_or(Vec::new(), |entry| entry.used_by());
    step.topic.map_or(&[][..], guide::items).iter().any(|one| one.id == item)
        || users.into_iter().any(|user| used(user) == item)
}
