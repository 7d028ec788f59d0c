//! `import`: another product's export. Nothing is changed unless the whole file can be read.

use std::collections::HashMap;

use clap::ArgMatches;

use super::vault::read_file;
use super::{Cli, flag, out};
use crate::error::Report;
use crate::ops::import::plan::{Fate, plan};
use crate::ops::import::{self, FILE_MOST, Imported, NoticeKind, Options};
use crate::store::Why;
use crate::text::import as words;

pub(super) fn run(cli: &mut Cli<'_>, matches: &ArgMatches) -> Result<(), Report> {
    let dry = flag(matches, "dry_run");
    if !dry {
        cli.writable()?;
    }
    let Some(path) = matches.get_one::<std::path::PathBuf>("import_file") else { return Ok(()) };
    let name = path.display().to_string();
    let bytes = read_file(path, FILE_MOST as u64)?;
    let options = Options { undo_all_guards: flag(matches, "undo_guards") };
    let imported = import::read(&bytes, options).map_err(|error| Report::from(error).about(&name))?;
    drop(bytes);
    let mut opened = cli.open()?;
    let now = cli.now();
    let plan = {
        let mut sealer = opened.open.sealer(&mut cli.entropy);
        plan(&imported, opened.open.vault(), &mut sealer, now)?
    };
    if let Some(change) = plan.change.as_ref().filter(|_| !dry) {
        cli.apply(&mut opened, change, Why::Important)?;
    }
    if flag(matches, "json") {
        return json(cli, &imported, &plan.report, dry);
    }
    if dry {
        for (item, row) in imported.items.iter().zip(&plan.report.rows) {
            let fate = words::fate(cli.lang, &row.fate);
            let folder = item.folder.join("/");
            let path =
                if folder.is_empty() { item.title.clone() } else { format!("{folder}/{}", item.title) };
            let at = words::at_line(cli.lang, row.line);
            cli.out.cell(&format!("{at}: {path} [{}] -> {fate}", words::kind(cli.lang, item.kind)));
            cli.out.put(b"\n");
        }
    } else {
        let rows = imported.items.iter().zip(&plan.report.rows);
        for (item, row) in rows.filter(|(_, row)| matches!(row.fate, Fate::New { resembles: Some(_) })) {
            let at = words::at_line(cli.lang, row.line);
            cli.told(&format!("{at}: {}: {}", cli.name(&item.title), words::fate(cli.lang, &row.fate)));
        }
    }
    cli.out.finish()?;
    // The same about many lines is said once.
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut notices: Vec<(String, Vec<u64>)> = Vec::new();
    for notice in &imported.notices {
        let said = words::notice(cli.lang, &notice.what);
        let at = *places.entry(said.clone()).or_insert(notices.len());
        match notices.get_mut(at) {
            Some((_, lines)) => lines.push(notice.line),
            None => notices.push((said, vec![notice.line])),
        }
    }
    for (said, lines) in notices {
        cli.told(&format!("{}: {}", words::at_lines(cli.lang, &lines), cli.name(&said)));
    }
    cli.told(&words::counts(cli.lang, plan.report.counts(), dry));
    if !dry {
        cli.told(&(cli.text.say.source_in_clear)(&name, &out::word(&name)));
    }
    Ok(())
}

/// Stable: `source`, `dry_run`, `counts{new, resembling, updated, unchanged, duplicate}`,
/// `rows[{line, entry, title, fate}]`, `notices[{line, what, text}]`; `text` is in the language
/// of the person, the other words are not.
#[derive(serde::Serialize)]
struct Json<'a> {
    source: &'a str,
    dry_run: bool,
    counts: Counts,
    rows: Vec<Row<'a>>,
    notices: Vec<NoticeRow>,
}

#[derive(serde::Serialize)]
struct Counts {
    new: usize,
    resembling: usize,
    updated: usize,
    unchanged: usize,
    duplicate: usize,
}

#[derive(serde::Serialize)]
struct Row<'a> {
    line: u64,
    entry: String,
    title: &'a str,
    fate: &'a str,
}

#[derive(serde::Serialize)]
struct NoticeRow {
    line: u64,
    what: &'static str,
    text: String,
}

fn fate_word(fate: &Fate) -> &'static str {
    match fate {
        Fate::New { resembles: None } => "new",
        Fate::New { resembles: Some(_) } => "resembling",
        Fate::Updated(_) => "updated",
        Fate::Unchanged => "unchanged",
        Fate::Duplicate => "duplicate",
        Fate::Repeated { .. } => "repeated",
    }
}

fn notice_word(notice: &NoticeKind) -> &'static str {
    match notice {
        NoticeKind::EncodingGuessed(_) => "encoding-guessed",
        NoticeKind::TitleGuessed => "title-guessed",
        NoticeKind::ControlReplaced(_) => "control-replaced",
        NoticeKind::Normalised(_) => "normalised",
        NoticeKind::GuardUndone(_) => "guard-undone",
        NoticeKind::GuardKept(_) => "guard-kept",
        NoticeKind::RepeatedFieldLeft(_) => "repeated-field-left",
        NoticeKind::FieldKeptRaw(_) => "field-kept-raw",
        NoticeKind::RowKeptRaw { .. } => "row-kept-raw",
        NoticeKind::OtpUnreadable(_) => "otp-unreadable",
        NoticeKind::EmptyRow => "empty-row",
        NoticeKind::LastRowUnended => "last-row-unended",
        NoticeKind::PageNamesLeft(_) => "page-names-left",
    }
}

fn json(
    cli: &mut Cli<'_>,
    imported: &Imported,
    report: &import::plan::Report,
    dry_run: bool,
) -> Result<(), Report> {
    let counts = report.counts();
    let json = Json {
        source: imported.source.word(),
        dry_run,
        counts: Counts {
            new: counts.new,
            resembling: counts.resembling,
            updated: counts.updated,
            unchanged: counts.unchanged,
            duplicate: counts.duplicate,
        },
        rows: imported
            .items
            .iter()
            .zip(&report.rows)
            .map(|(item, row)| Row {
                line: row.line,
                entry: row.entry.to_string(),
                title: &item.title,
                fate: fate_word(&row.fate),
            })
            .collect(),
        notices: imported
            .notices
            .iter()
            .map(|notice| NoticeRow {
                line: notice.line,
                what: notice_word(&notice.what),
                text: words::notice(cli.lang, &notice.what),
            })
            .collect(),
    };
    super::write_json(&mut cli.out, &json)?;
    cli.out.put(b"\n");
    Ok(())
}
