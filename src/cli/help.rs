//! Help in two levels: `-h` fits one screen, `--help` adds explanations and examples. Drawn by us
//! from the same table that is parsed with, since columns are counted in cells, not in characters.

use clap::{Arg, Command};
use unicode_width::UnicodeWidthStr;

use super::spec::{GROUPS, kinds};
use crate::text::cli::{Cmd, Text};

/// Cells of a line.
const CELLS: usize = 79;

/// The help of the program, or of a command by its path (`backup restore`).
pub fn help(text: &Text, top: &Command, path: &[String], long: bool) -> String {
    match path {
        [] => whole(text, top, long),
        path => one(text, top, path, long).unwrap_or_else(|| whole(text, top, long)),
    }
}

fn whole(text: &Text, top: &Command, long: bool) -> String {
    let help = &text.help;
    let mut out = format!("{}\n{}: mamori [--vault FILE] COMMAND ...\n", text.cmd.top.about, help.usage);
    let heading = |name: &str| help.get(name).copied().unwrap_or("").to_owned();
    if long {
        for (group, names) in GROUPS {
            out.push_str(&format!("\n{}:\n", heading(group)));
            let rows = names.iter().filter_map(|name| {
                let command = top.find_subcommand(name)?;
                Some(((*name).to_owned(), command.get_about()?.to_string()))
            });
            out.push_str(&table(rows.collect()));
        }
    } else {
        out.push('\n');
        out.push_str(&table(GROUPS.iter().map(|(group, names)| (heading(group), names.join(" "))).collect()));
    }
    out.push_str(&format!("\n{}:\n", help.global));
    let all: Vec<&Arg> = top.get_arguments().filter(|arg| long || !arg.is_hide_short_help_set()).collect();
    out.push_str(&table(all.iter().map(|arg| row(arg)).collect()));
    if long {
        for text in [help.reference, help.environment, help.stdin, help.exits] {
            out.push_str(&paragraph(text));
        }
        out.push_str(&examples(text, &text.cmd.top));
    } else {
        out.push_str(&format!("\n{}\n", help.more));
    }
    out
}

fn one(text: &Text, top: &Command, path: &[String], long: bool) -> Option<String> {
    let mut command = top;
    for name in path {
        command = command.find_subcommand(name)?;
    }
    let cmd = text.cmd.get(&path.join("_"))?;
    let help = &text.help;
    let mut out = format!("{}\n\n{}: {}\n", cmd.about, help.usage, usage(text, command, path));
    let positionals: Vec<_> = command.get_positionals().map(row).collect();
    if !positionals.is_empty() {
        out.push_str(&format!("\n{}:\n{}", help.arguments, table(positionals)));
    }
    let subcommands: Vec<_> = command
        .get_subcommands()
        .filter_map(|sub| Some((sub.get_name().to_owned(), sub.get_about()?.to_string())))
        .collect();
    if !subcommands.is_empty() {
        out.push_str(&format!("\n{}:\n{}", help.other, table(subcommands)));
    }
    let shown = |arg: &&Arg| !arg.is_positional() && !arg.is_global_set();
    let options: Vec<_> = command
        .get_arguments()
        .filter(|arg| shown(arg) && (long || !arg.is_hide_short_help_set()))
        .map(row)
        .collect();
    if !options.is_empty() {
        out.push_str(&format!("\n{}:\n{}", help.options, table(options)));
    }
    if command.get_arguments().any(|arg| arg.get_id() == "kind") && long {
        let all = super::wrap::wrap(&kinds().collect::<Vec<_>>().join(" "), CELLS - 2);
        out.push_str(&format!("\nKIND:\n  {}\n", all.join("\n  ")));
    }
    if long {
        if !cmd.more.is_empty() {
            out.push_str(&paragraph(cmd.more));
        }
        if command.get_arguments().any(|arg| arg.get_id().as_str().starts_with("entr")) {
            out.push_str(&paragraph(help.reference));
        }
        let globals: Vec<_> = top.get_arguments().map(row).collect();
        out.push_str(&format!("\n{}:\n{}", help.global, table(globals)));
        out.push_str(&examples(text, cmd));
    } else {
        out.push_str(&format!("\n{}\n", (text.usage.see)(&format!("mamori {}", path.join(" ")))));
    }
    Some(out)
}

fn examples(text: &Text, cmd: &Cmd) -> String {
    let mut out = format!("\n{}:\n", text.help.examples);
    for line in cmd.examples.lines() {
        match line.strip_prefix("  ") {
            Some(what) => out.push_str(&format!("      {what}\n")),
            None => out.push_str(&format!("  {line}\n")),
        }
    }
    out
}

/// The usage line of a command: its own words, arguments, options in short.
fn usage(text: &Text, command: &Command, path: &[String]) -> String {
    let mut out = format!("mamori {}", path.join(" "));
    for arg in command.get_positionals() {
        let name = value_name(arg);
        let many = arg.get_num_args().is_some_and(|range| range.max_values() > 1);
        let dots = if many { "..." } else { "" };
        if arg.is_required_set() || many && arg.get_num_args().is_some_and(|range| range.min_values() > 0) {
            out.push_str(&format!(" {name}{dots}"));
        } else {
            out.push_str(&format!(" [{name}]{dots}"));
        }
    }
    if command.has_subcommands() {
        let names: Vec<_> = command.get_subcommands().map(Command::get_name).collect();
        out.push_str(&format!(" {}", names.join("|")));
    }
    if command.get_arguments().any(|arg| !arg.is_positional() && !arg.is_global_set()) {
        out.push_str(&format!(" [{}]", text.help.options));
    }
    out
}

fn takes_value(arg: &Arg) -> bool {
    arg.get_action().takes_values()
}

fn value_name(arg: &Arg) -> String {
    arg.get_value_names().and_then(|names| names.first()).map_or_else(String::new, ToString::to_string)
}

fn row(arg: &Arg) -> (String, String) {
    let mut name = String::new();
    if arg.is_positional() {
        name.push_str(&value_name(arg));
    } else {
        match arg.get_short() {
            Some(short) => name.push_str(&format!("-{short}, ")),
            None => name.push_str("    "),
        }
        if let Some(long) = arg.get_long() {
            name.push_str(&format!("--{long}"));
        }
        if takes_value(arg) {
            let value = value_name(arg);
            name.push_str(&if arg.is_require_equals_set() {
                format!("[={value}]")
            } else {
                format!(" {value}")
            });
        }
    }
    (name, arg.get_help().map(ToString::to_string).unwrap_or_default())
}

/// Two columns, the second where the widest of the first ends (at most 30 cells).
fn table(rows: Vec<(String, String)>) -> String {
    let widest = rows.iter().map(|(name, _)| name.width()).max().unwrap_or(0).min(30);
    let indent = format!("\n{}", " ".repeat(widest + 4));
    let line = |(name, what): &(String, String)| {
        let what = super::wrap::wrap(what, CELLS.saturating_sub(widest + 4)).join(&indent);
        format!("  {}  {what}\n", pad(name, widest))
    };
    rows.iter().map(line).collect()
}

/// A text of several lines with an empty one before it.
fn paragraph(text: &str) -> String {
    format!("\n{}\n", super::wrap::wrap(text, CELLS).join("\n"))
}

/// Fills up with spaces to so many cells.
pub fn pad(text: &str, cells: usize) -> String {
    let missing = cells.saturating_sub(text.width());
    format!("{text}{}", " ".repeat(missing))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Lang, catalog};

    fn all(lang: Lang, long: bool) -> Vec<(String, String)> {
        let text = catalog(lang).cli;
        let top = super::super::spec::command(text);
        let mut paths: Vec<Vec<String>> = vec![vec![]];
        for sub in top.get_subcommands() {
            paths.push(vec![sub.get_name().to_owned()]);
            for below in sub.get_subcommands() {
                paths.push(vec![sub.get_name().to_owned(), below.get_name().to_owned()]);
            }
        }
        paths.iter().map(|path| (path.join(" "), help(text, &top, path, long))).collect()
    }

    #[test]
    fn short_help_fits_one_screen_and_long_help_has_examples() {
        for lang in [Lang::En, Lang::Ja] {
            for (path, text) in all(lang, false) {
                // `edit` has more options than any screen has lines.
                let most = if ["add", "edit"].contains(&path.as_str()) { 42 } else { 24 };
                assert!(text.lines().count() <= most, "{path}: {} lines\n{text}", text.lines().count());
                for line in text.lines() {
                    assert!(line.width() <= 80, "{path}: {line}");
                }
            }
            for (path, text) in all(lang, true) {
                // Examples are to be copied, so they are not broken.
                let (said, _) = text
                    .split_once(&format!("\n{}:", catalog(lang).cli.help.examples))
                    .unwrap_or((&text, ""));
                assert!(said.lines().all(|line| line.width() <= 80), "{path}\n{said}");
                let heading = catalog(lang).cli.help.examples;
                assert!(
                    text.contains(&format!("\n{heading}:\n  mamori"))
                        || text.contains(&format!("\n{heading}:\n  printf")),
                    "{path}\n{text}"
                );
            }
        }
    }

    #[test]
    fn japanese_help_holds_no_english_sentence() {
        for (path, text) in all(Lang::Ja, true) {
            for line in text.lines().filter(|line| !line.starts_with("  ")) {
                let words: Vec<_> = line
                    .split(|c: char| !c.is_ascii_alphabetic())
                    .filter(|word| word.len() > 1 && word.chars().all(|c| c.is_ascii_lowercase()))
                    .collect();
                let english = ["the", "is", "are", "for", "with", "and", "not", "to", "of", "this", "print"];
                assert!(!words.iter().any(|word| english.contains(word)), "{path}: {line}");
            }
        }
    }
}
