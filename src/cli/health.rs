//! `health`: what is wrong with the passwords of the vault. Exit code 7 when something is.
//!
//! JSON: `score` (or null), `scored`, `unchecked`, `findings` (list of `id`, `title`, `check`,
//! `why`, `since`, `cluster`, `ignored`), `clusters` (list of `check` and `members`: `id`, `title`,
//! `place`, `since`), `not_run` (list of `check`, `why`). Never a password.

pub mod acts;

use std::collections::{BTreeMap, BTreeSet};
use std::io::IsTerminal;
use std::path::PathBuf;

use clap::ArgMatches;

use super::vault::Opened;
use super::{Cli, flag};
use crate::crypto::entropy;
use crate::error::{Fault, Report};
use crate::leaks::{self, Leaks, Useless};
use crate::model::Id;
use crate::ops::export;
use crate::ops::health::{self, Checks, Health, Looked, Subject, Watch};
use crate::paths;
use crate::platform::hibp::filter::BuildError;
use crate::platform::hibp::range::{self, Patience, Range};
use crate::session::Credential;
use crate::text::{health as words, health_report, problem};

pub(super) fn run(cli: &mut Cli<'_>, matches: &ArgMatches) -> Result<(), Report> {
    match matches.subcommand() {
        Some(("ignore", sub)) => return acts::ignore(cli, sub),
        Some(("join", sub)) => return acts::join(cli, sub),
        _ => {}
    }
    // A list that does not fit is told before the password is asked for.
    let leaks = leaks(cli, matches)?;
    let range = range(cli, matches)?;
    let opened = cli.open()?;
    let report = checked(cli, &opened, leaks.as_ref(), range.as_ref())?;
    if flag(matches, "json") {
        json(cli, &opened, &report)?;
    } else if flag(matches, "markdown") {
        markdown(cli, &opened, &report);
    } else if flag(matches, "only_ignored") {
        ignored(cli, &opened, &report);
        return Ok(());
    } else {
        print(cli, &opened, &report);
    }
    if report.found() {
        cli.exit = 7;
    }
    Ok(())
}

/// The lists of leaked passwords that are at hand. One that was named must fit; one that only lies
/// there is warned about.
pub(super) fn leaks(cli: &Cli<'_>, matches: &ArgMatches) -> Result<Option<Leaks>, Report> {
    let asked = matches.try_get_many::<PathBuf>("pwned").ok().flatten();
    lists(cli, asked.into_iter().flatten().cloned().collect())
}

/// The lists that the settings name, or that lie there.
fn at_hand(cli: &Cli<'_>) -> Result<Option<Leaks>, Report> {
    lists(cli, Vec::new())
}

fn lists(cli: &Cli<'_>, mut named: Vec<PathBuf>) -> Result<Option<Leaks>, Report> {
    if named.is_empty() {
        named.extend(cli.settings.pwned.clone());
    }
    let found = leaks::find(&named, paths::data(cli.world.env).as_deref());
    for Useless { path, why } in found.useless {
        let report = Report::from(Fault::Pwned(BuildError::List(why))).about(path.display().to_string());
        if named.contains(&path) {
            return Err(report);
        }
        cli.warn(&problem::problem(cli.lang, &report).fact);
    }
    Ok(found.leaks)
}

/// The range API, where it was asked for.
fn range(cli: &Cli<'_>, matches: &ArgMatches) -> Result<Option<Range>, Report> {
    if !flag(matches, "online") && !cli.settings.health_online {
        return Ok(None);
    }
    let env = |name: &str| (cli.world.env)(name).and_then(|value| value.into_string().ok());
    let address = super::option(matches, "online_url").unwrap_or(range::URL);
    let made = Range::new(address, &env, Patience::default());
    made.map(Some).map_err(|why| Report::from(Fault::Range(why)).about(address.to_owned()))
}

/// Runs the check.
pub(super) fn checked(
    cli: &mut Cli<'_>,
    opened: &Opened,
    leaks: Option<&Leaks>,
    range: Option<&Range>,
) -> Result<health::Report, Report> {
    let subjects: Vec<Subject> = opened.open.vault().entries().map(Subject::of).collect();
    let look_up = |hash: &[u8; 20]| leaks.map_or(Looked::Failed, |leaks| leaks.look_up(hash));
    let watch = Watch::default();
    let lines = words::lines(cli.lang);
    let shows = std::io::stderr().is_terminal() && !cli.quiet;
    let many = shows && subjects.len() > 2_000;
    let health = {
        let revealer = opened.open.revealer();
        let open = |id, envelope: &[u8]| revealer.open(id, envelope);
        // - a kept key opened it: then the master password is not at hand, and is "not checked"
        let master = match &opened.credential {
            Some(Credential::Password(secret) | Credential::KeyFile(secret)) => secret.text(),
            Some(Credential::Recovery(_)) | None => None,
        };
        let with = Checks {
            open: &open,
            key: entropy::array(&mut cli.entropy)?,
            leaks: leaks.map(|leaks| (&look_up as health::LookUp<'_>, leaks.reach())),
            master: master.as_ref(),
            vault: Some(opened.open.facts()),
            ignored: health::ignore::of_vault(opened.open.vault()),
            digests: range.is_some(),
            threads: std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
        };
        watched(&watch, many.then_some(lines.checking), || Health::check(subjects, &with, &watch))
    };
    // Nobody stops it here; were a worker to die, nothing must look checked.
    let mut health = health.ok_or(crate::error::Ask::Interrupted)?;
    if let Some(range) = range {
        let look_up = |hash: &[u8; 20]| leaks::look_up_in(range, hash);
        let asked = watched(&watch, shows.then_some(lines.asking), || {
            health.ask(&look_up, leaks::REQUESTS, &watch).then_some(())
        });
        asked.ok_or(crate::error::Ask::Interrupted)?;
        if let Some(trouble) = range.trouble() {
            cli.warn(&words::trouble(trouble, cli.lang));
        }
    }
    Ok(health.report(cli.now(), &cli.settings.intervals))
}

/// Runs `work` on a thread and says meanwhile how far it is, where `says` is given.
fn watched<T: Send>(
    watch: &Watch,
    says: Option<fn(usize, usize) -> String>,
    work: impl FnOnce() -> Option<T> + Send,
) -> Option<T> {
    std::thread::scope(|scope| {
        let worker = scope.spawn(work);
        while let Some(says) = says.filter(|_| !worker.is_finished()) {
            let (done, all) = watch.progress();
            super::out::tell_part(&format!("\r{}\x1b[K", says(done, all)));
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
        if says.is_some() {
            super::out::tell_part("\r\x1b[K");
        }
        worker.join().ok().flatten()
    })
}

/// The report as Markdown, without secrets.
fn markdown(cli: &mut Cli<'_>, opened: &Opened, report: &health::Report) {
    let vault = opened.open.vault();
    let title = |id: Id| vault.entry(id).map_or(String::new(), |entry| entry.title().to_owned());
    let samples = health::sample::samples(vault);
    let facts = health_report::Facts { report, samples: &samples, today: cli.now() };
    cli.out.put(health_report::markdown(&facts, cli.lang, &title, &date).as_bytes());
}

fn date(ms: u64) -> String {
    super::local_time(ms).chars().take(10).collect()
}

/// What is left alone, why, and until when.
fn ignored(cli: &mut Cli<'_>, opened: &Opened, report: &health::Report) {
    let say = crate::text::cli::health::lines(cli.lang);
    let titles = super::list::titles(opened.open.vault());
    let mut any = false;
    for one in &report.findings {
        let Some(ignored) = &one.ignored else { continue };
        any = true;
        let name = match one.entry {
            Some(id) => titles.get(&id).cloned().unwrap_or_default(),
            None => words::lines(cli.lang).the_vault.to_owned(),
        };
        let label = words::check(one.why.check(), cli.lang);
        let until =
            if ignored.until == 0 { say.for_good.to_owned() } else { (say.until)(&date(ignored.until)) };
        let reason = if ignored.reason.is_empty() { String::new() } else { format!("  {}", ignored.reason) };
        cli.out.cell(&format!("{name}  {label}  {until}{reason}"));
        cli.out.put(b"\n");
    }
    if !any {
        cli.told(say.none_ignored);
    }
}

/// So many others of a group are named.
const NAMED: usize = 3;

/// The entries of each group, each once.
fn groups(report: &health::Report) -> Vec<Vec<Id>> {
    let entries = |cluster: &health::Cluster| {
        let all: BTreeSet<Id> = cluster.members.iter().map(|one| one.entry).collect();
        all.into_iter().collect()
    };
    report.clusters.iter().map(entries).collect()
}

fn print(cli: &mut Cli<'_>, opened: &Opened, report: &health::Report) {
    let lang = cli.lang;
    let lines = words::lines(lang);
    let titles = super::list::titles(opened.open.vault());
    let title = |id: Id| titles.get(&id).cloned().unwrap_or_default();
    match report.score {
        Some(score) => cli.out.line(&(lines.score)(score, report.scored)),
        None => cli.out.line(lines.no_score),
    }
    if report.unchecked > 0 {
        cli.out.line(&(lines.unchecked)(report.unchecked));
    }
    if !report.found() {
        cli.out.line(lines.nothing);
    }
    // Entries in the order of their first finding, each with all of its own.
    let mut order: Vec<Option<Id>> = Vec::new();
    let mut of: BTreeMap<Option<Id>, Vec<&health::Finding>> = BTreeMap::new();
    for one in report.findings.iter().filter(|one| one.ignored.is_none()) {
        let list = of.entry(one.entry).or_default();
        if list.is_empty() {
            order.push(one.entry);
        }
        list.push(one);
    }
    let groups = groups(report);
    for entry in order {
        let name = entry.map_or_else(|| lines.the_vault.to_owned(), title);
        let id = entry.map_or_else(String::new, |id| format!("  {id}"));
        cli.out.put(b"\n");
        cli.out.cell(&format!("{name}{id}"));
        cli.out.put(b"\n");
        for one in &of[&entry] {
            let label = words::check(one.why.check(), lang);
            let since = one.since.map_or_else(String::new, |ms| (lines.since)(&date(ms)));
            let why = words::why(&one.why, lang, &title, &date);
            cli.out.cell(&format!("  {label}: {why}{since}"));
            cli.out.put(b"\n");
            let group = one.cluster.and_then(|at| groups.get(at as usize)).filter(|all| all.len() > 1);
            if let Some(group) = group {
                let others = group.iter().filter(|id| Some(**id) != one.entry);
                let named: Vec<String> = others.take(NAMED).map(|id| title(*id)).collect();
                let more = (group.len() - 1).saturating_sub(named.len());
                cli.out.cell(&format!("    {}", (lines.with)(&named.join(lines.between), more)));
                cli.out.put(b"\n");
            }
            cli.out.cell(&format!("    {}", words::advice(&one.why, lang)));
            cli.out.put(b"\n");
        }
    }
    cli.out.put(b"\n");
    let ignored = report.findings.iter().filter(|one| one.ignored.is_some()).count();
    if ignored > 0 {
        cli.out.line(&(lines.ignored)(ignored));
    }
    if let Some(reach) = report.leaks {
        cli.out.line(&words::reach(reach, lang));
    }
    if !report.not_run.is_empty() {
        cli.out.line(lines.not_checked);
        for (check, why) in &report.not_run {
            cli.out.line(&format!("  {}", words::not_run(*check, *why, lang)));
        }
    }
}

#[derive(serde::Serialize)]
struct ReportJson {
    score: Option<u8>,
    scored: usize,
    unchecked: usize,
    findings: Vec<FindingJson>,
    clusters: Vec<ClusterJson>,
    not_run: Vec<NotRunJson>,
}

#[derive(serde::Serialize)]
struct FindingJson {
    id: Option<String>,
    title: Option<String>,
    check: &'static str,
    pattern: Option<&'static str>,
    why: String,
    since: Option<String>,
    cluster: Option<u32>,
    ignored: Option<IgnoredJson>,
}

#[derive(serde::Serialize)]
struct IgnoredJson {
    until: Option<String>,
    reason: String,
}

#[derive(serde::Serialize)]
struct ClusterJson {
    check: &'static str,
    members: Vec<MemberJson>,
}

#[derive(serde::Serialize)]
struct MemberJson {
    id: String,
    title: String,
    place: &'static str,
    since: Option<String>,
}

#[derive(serde::Serialize)]
struct NotRunJson {
    check: &'static str,
    why: String,
}

fn json(cli: &mut Cli<'_>, opened: &Opened, report: &health::Report) -> Result<(), Report> {
    let lang = cli.lang;
    let titles = super::list::titles(opened.open.vault());
    let title = |id: Id| titles.get(&id).cloned().unwrap_or_default();
    let time = |ms: u64| Some(ms).filter(|ms| *ms != 0).and_then(export::time);
    let finding = |one: &health::Finding| FindingJson {
        id: one.entry.map(|id| id.to_string()),
        title: one.entry.map(title),
        check: one.why.check().word(),
        pattern: match one.why {
            health::Why::Similar { pattern, .. } | health::Why::Master { pattern: Some(pattern) } => {
                Some(pattern.word())
            }
            _ => None,
        },
        why: words::why(&one.why, lang, &title, &date),
        since: one.since.and_then(time),
        cluster: one.cluster,
        ignored: one
            .ignored
            .as_ref()
            .map(|one| IgnoredJson { until: time(one.until), reason: one.reason.clone() }),
    };
    let member = |one: &health::Member| MemberJson {
        id: one.entry.to_string(),
        title: title(one.entry),
        place: one.place.word(),
        since: time(one.since),
    };
    let object = ReportJson {
        score: report.score,
        scored: report.scored,
        unchecked: report.unchecked,
        findings: report.findings.iter().map(finding).collect(),
        clusters: report
            .clusters
            .iter()
            .map(|one| ClusterJson {
                check: one.check.word(),
                members: one.members.iter().map(member).collect(),
            })
            .collect(),
        not_run: report
            .not_run
            .iter()
            .map(|(check, why)| NotRunJson { check: check.word(), why: words::not_run(*check, *why, lang) })
            .collect(),
    };
    super::write_json(&mut cli.out, &object)?;
    cli.out.put(b"\n");
    Ok(())
}
