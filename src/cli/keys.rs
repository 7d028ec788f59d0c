//! `keys`: the table of keys of the full-screen program, which is handed in as data.

use clap::ArgMatches;
use unicode_width::UnicodeWidthStr;

use super::{Cli, flag};
use crate::error::Report;

#[derive(serde::Serialize)]
struct Row<'a> {
    id: &'a str,
    scope: &'a str,
    group: &'a str,
    keys: &'a [String],
    title: &'a str,
}

pub(super) fn run(cli: &mut Cli<'_>, matches: &ArgMatches) -> Result<(), Report> {
    let rows = (cli.world.keys)(cli.lang);
    if flag(matches, "json") {
        let rows: Vec<Row<'_>> = rows
            .iter()
            .map(|row| Row {
                id: row.id,
                scope: row.scope,
                group: row.group,
                keys: &row.keys,
                title: row.title,
            })
            .collect();
        super::write_json(&mut cli.out, &rows)?;
        cli.out.put(b"\n");
        return Ok(());
    }
    let keys: Vec<String> = rows.iter().map(|row| row.keys.join("  ")).collect();
    let widest = keys.iter().map(|keys| keys.width()).max().unwrap_or(0).min(28);
    let mut heading = None;
    for (row, keys) in rows.iter().zip(&keys) {
        let this = (row.scope, row.group);
        if heading != Some(this) {
            let gap = if heading.is_some() { "\n" } else { "" };
            let group = if row.group.is_empty() { String::new() } else { format!(" / {}", row.group) };
            cli.out.line(&format!("{gap}{}{group}", row.scope));
            heading = Some(this);
        }
        cli.out.line(&format!("  {}  {}", super::help::pad(keys, widest), row.title));
    }
    Ok(())
}
