//! `health ignore` and `health join`: what is done about a finding besides changing the password.

use clap::ArgMatches;

use crate::cli::vault::Opened;
use crate::cli::{Cli, flag, option, required, values};
use crate::crypto::entropy::array;
use crate::error::{Ask, Fault, Report};
use crate::model::{Entry, Id};
use crate::ops::change::ChangeError;
use crate::ops::health::{Check, Finding, ignore};
use crate::ops::reference::{self, Scope};
use crate::ops::twins::{self, TwinsError};
use crate::store::Why;
use crate::text::cli::health::lines;
use crate::text::health as words;

/// What is said of the vault itself and of no entry.
const OF_VAULT: [Check; 2] = [Check::Kit, Check::Derivation];

/// The words of checks.
pub fn checks() -> impl Iterator<Item = &'static str> {
    Check::ALL.into_iter().map(Check::word)
}

fn said(text: impl Into<String>) -> Report {
    Ask::Said(text.into()).into()
}

/// Leaves a finding alone, or looks at it again.
pub(super) fn ignore(cli: &mut Cli<'_>, matches: &ArgMatches) -> Result<(), Report> {
    cli.writable()?;
    let say = lines(cli.lang);
    let word = required(matches, "check");
    let check = Check::ALL.into_iter().find(|one| one.word() == word).ok_or(Ask::NothingToDo)?;
    let name = required(matches, "entry");
    let of_vault = OF_VAULT.contains(&check);
    if of_vault != (name == "-") {
        return Err(said(if of_vault { say.of_vault } else { say.of_entry }));
    }
    let now = cli.now();
    let until = match option(matches, "until") {
        Some(text) => day(text).filter(|ms| *ms > now).ok_or_else(|| said((say.bad_until)(text)))?,
        None => 0,
    };
    let mut opened = cli.open()?;
    let again = flag(matches, "again");
    let entry = match of_vault {
        true => None,
        false => Some(cli.find(&opened, &reference::parse(name).entry, Scope::Live)?),
    };
    let vault = opened.open.vault();
    let title = match entry.and_then(|id| vault.entry(id)).map(Entry::title) {
        Some(title) => cli.name(title).into_owned(),
        None => words::lines(cli.lang).the_vault.to_owned(),
    };
    let label = words::check(check, cli.lang);
    if !again && !is_found(cli, &opened, entry, check)? {
        return Err(Report::from(Ask::NoSuchFinding(check.word())).about(title));
    }
    let vault = opened.open.vault();
    let change = if again {
        ignore::attend(vault, entry, check)
    } else {
        let fresh = Id(array(&mut cli.entropy)?);
        let reason = option(matches, "ignore_reason").unwrap_or("");
        ignore::ignore(vault, entry, check, until, reason, fresh)
    };
    let Some(change) = change else {
        cli.told(&(cli.text.say.unchanged)(&title));
        return Ok(());
    };
    cli.apply(&mut opened, &change, Why::Edit)?;
    cli.told(&if again { (say.attended)(&title, label) } else { (say.ignored)(&title, label) });
    Ok(())
}

/// Whether there is such a finding. Of what could not be checked nobody knows, so that may be ignored.
fn is_found(cli: &mut Cli<'_>, opened: &Opened, entry: Option<Id>, check: Check) -> Result<bool, Report> {
    let leaks = (check == Check::Leaked).then(|| super::at_hand(cli)).transpose()?.flatten();
    let report = super::checked(cli, opened, leaks.as_ref(), None)?;
    let of = |one: &Finding| one.entry == entry && one.why.check() == check;
    Ok(!report.ran(check) || report.findings.iter().any(of))
}

/// The midnight of a day here, ms.
fn day(text: &str) -> Option<u64> {
    let day = text.parse::<jiff::civil::Date>().ok()?;
    let zoned = day.to_zoned(jiff::tz::TimeZone::system()).ok()?;
    u64::try_from(zoned.timestamp().as_millisecond()).ok()
}

/// Makes one entry of several of one account.
pub(super) fn join(cli: &mut Cli<'_>, matches: &ArgMatches) -> Result<(), Report> {
    cli.writable()?;
    let say = lines(cli.lang);
    let mut opened = cli.open()?;
    let mut ids: Vec<Id> = Vec::new();
    for name in values(matches, "entries") {
        let id = cli.find(&opened, &reference::parse(name).entry, Scope::Live)?;
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    let vault = opened.open.vault();
    let kept = twins::kept(vault, &ids).filter(|_| ids.len() > 1).ok_or_else(|| said(say.not_two))?;
    let name = |id: Id| cli.name(vault.entry(id).map_or("", Entry::title)).into_owned();
    let (keeps, goes) = (name(kept), ids.len() - 1);
    cli.out.flush_held();
    if !cli.confirmed(&(say.ask_join)(&keeps, goes))? {
        return Ok(());
    }
    let joined = {
        let revealer = opened.open.revealer();
        let open = |id: Id, envelope: &[u8]| revealer.open(id, envelope);
        let earlier = say.earlier;
        twins::join(opened.open.vault(), &ids, earlier, &open, &mut opened.open.sealer(&mut cli.entropy))
    };
    let change = joined.map_err(|error| match error {
        TwinsError::NotTwo => Report::from(ChangeError::NoSuchEntry),
        TwinsError::Staged => said(say.staged),
        TwinsError::Forged => Report::from(Fault::Forged),
        TwinsError::Entropy(error) => Report::from(error),
    })?;
    cli.apply(&mut opened, &change, Why::Edit)?;
    cli.told(&(say.joined)(&keeps, goes));
    Ok(())
}
