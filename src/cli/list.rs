//! `list` and `search`: entries, all or those in which every word is found.

use std::collections::BTreeMap;

use clap::ArgMatches;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{Cli, flag, option, values};
use crate::error::{Ask, Fault, Report};
use crate::model::{Entry, Kind, State};
use crate::ops::health::Marks;
use crate::ops::search::{Among, Checked, Index, Query, by_title};
use crate::ops::{export, reference};
use crate::session;
use crate::text::{Lang, sanitise, words};

/// Cells of an id.
const ID: usize = 26;

pub(super) fn run(cli: &mut Cli<'_>, matches: &ArgMatches) -> Result<(), Report> {
    let opened = cli.open()?;
    let vault = opened.open.vault();
    let query = values(matches, "query").join(" ");
    let query = Query::parse(&query);
    // - what only the passwords tell is compared now, with the lists that are at hand
    let report = match query.unchecked(&|_| false) {
        Some(_) => {
            let leaks = super::health::leaks(cli, matches)?;
            Some(super::health::checked(cli, &opened, leaks.as_ref(), None)?)
        }
        None => None,
    };
    let ran = |check| report.as_ref().is_some_and(|report| report.ran(check));
    if let Some(is) = query.unchecked(&ran) {
        return Err(Report::from(Ask::NotChecked).about(format!("is:{}", is.words()[0])));
    }
    let marks = |id| report.as_ref().map_or(Marks::default(), |report| report.marks(id));
    let (trash, archived, all) = (flag(matches, "trash"), flag(matches, "archived"), flag(matches, "all"));
    let wanted = move |state: State| match state {
        State::Trashed => trash || all,
        State::Archived => archived || all,
        State::Active => !trash && !archived,
    };
    let kind = option(matches, "kind").and_then(Kind::from_word);
    let (folder, tag) =
        (option(matches, "folder").map(|path| path.trim_matches('/')), option(matches, "tag"));
    let fits = |entry: &Entry<'_>| {
        kind.is_none_or(|kind| entry.kind() == kind)
            && folder.is_none_or(|folder| within(entry.folder(), folder))
            && tag.is_none_or(|tag| entry.tags().contains(&tag))
    };
    let mut near = false;
    let found: Vec<Entry<'_>> = if query.is_empty() {
        by_title(vault, &wanted).into_iter().filter(fits).collect()
    } else {
        // - the English words are known anyway
        let index = Index::build_with(vault, &|kind| words::kind(kind, Lang::Ja), cli.settings.intervals);
        let now_ms = cli.now();
        let health = report.as_ref().map(|_| Checked { marks: &marks, ran: &ran });
        let hits = index.search(&query, Among { rows: None, states: &wanted, now_ms, health });
        // - a script gets what it asked for or nothing
        near = hits.near && !flag(matches, "json") && cli.out.is_terminal();
        let rows = if hits.near && !near { Vec::new() } else { hits.rows };
        let entries = rows.into_iter().filter_map(|row| vault.entry(index.id(row)?));
        let noted = |entry: &Entry<'_>| notes(&opened.open, *entry, &query);
        entries.filter(fits).filter(noted).collect()
    };
    if let Some(name) = query.unknown() {
        cli.told(&(cli.text.say.unknown_token)(&sanitise::line(name)));
    }
    if flag(matches, "json") {
        let (intervals, rotators) = (cli.settings.intervals, cli.settings.rotators.clone());
        let around = export::Around { intervals: &intervals, rotators: &rotators };
        export::list(found.into_iter(), None, around, &mut cli.out)
            .map_err(|error| Fault::Output(error.kind()))?;
        cli.out.put(b"\n");
        return Ok(());
    }
    if cli.out.is_terminal() {
        let shown = found.len();
        table(cli, &found);
        if near && shown > 0 {
            cli.told(cli.text.say.nearly_found);
        } else if shown == 0 {
            cli.told(cli.text.say.nothing_found);
        } else if query.is_empty() {
            let every = vault.entries().filter(|entry| entry.state() != State::Trashed).count();
            cli.told(&(cli.text.say.shown)(shown, every.max(shown)));
        }
    } else {
        for entry in &found {
            let line = format!("{}\t{}\t{}\n", reference::path(*entry), entry.username(), entry.id());
            cli.out.put(line.as_bytes());
        }
    }
    Ok(())
}

/// Whether an entry's notes hold what the query asks of them. They are wiped when this returns.
fn notes(open: &session::Open, entry: Entry<'_>, query: &Query) -> bool {
    if !query.asks_notes() {
        return true;
    }
    match entry.notes() {
        Some(sealed) => {
            open.reveal_text(entry.id(), sealed).is_ok_and(|notes| query.fits_notes(notes.expose()))
        }
        None => query.fits_notes(""),
    }
}

/// In a folder or below it.
fn within(folder: &str, wanted: &str) -> bool {
    wanted.is_empty()
        || folder == wanted
        || folder.strip_prefix(wanted).is_some_and(|rest| rest.starts_with('/'))
}

fn table(cli: &mut Cli<'_>, found: &[Entry<'_>]) {
    let width = rustix::termios::tcgetwinsize(rustix::stdio::stdout())
        .map_or(80, |size| usize::from(size.ws_col))
        .clamp(60, 200);
    let room = width - ID - 4;
    let rows: Vec<(String, String, String)> = found
        .iter()
        .map(|entry| {
            let path = sanitise::line(&reference::path(*entry)).into_owned();
            (path, sanitise::line(entry.username()).into_owned(), entry.id().to_string())
        })
        .collect();
    let widest = |of: fn(&(String, String, String)) -> &String| {
        rows.iter().map(|row| of(row).width()).max().unwrap_or(0)
    };
    let user = widest(|row| &row.1).min(room / 2);
    let path = widest(|row| &row.0).min(room - user);
    for (title, username, id) in &rows {
        let line = format!("{}  {}  {id}\n", fit(title, path), fit(username, user));
        cli.out.put(line.as_bytes());
    }
}

/// Exactly so many cells; what does not fit ends with two dots.
fn fit(text: &str, cells: usize) -> String {
    if text.width() <= cells {
        return super::help::pad(text, cells);
    }
    let mut kept = String::new();
    let mut used = 0;
    for letter in text.chars() {
        let wide = letter.width().unwrap_or(0);
        if used + wide + 2 > cells {
            break;
        }
        used += wide;
        kept.push(letter);
    }
    kept.push_str("..");
    super::help::pad(&kept, cells)
}

/// Titles by id, for reports.
pub(super) fn titles(vault: &crate::model::Vault) -> BTreeMap<crate::model::Id, String> {
    vault.entries().map(|entry| (entry.id(), reference::path(entry))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_letters_are_never_split() {
        assert_eq!(fit("みずほ銀行", 7), "みず.. ");
        assert_eq!(fit("みずほ銀行", 8), "みずほ..");
        assert_eq!(fit("ab", 4), "ab  ");
    }

    #[test]
    fn a_folder_holds_what_lies_below_it() {
        assert!(within("a/b", "a") && within("a", "a") && within("", ""));
        assert!(!within("ab", "a") && !within("", "a"));
    }
}
