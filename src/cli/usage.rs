//! What cannot be parsed, in our own words: none of the parser's sentences reaches a person.

use clap::Command;
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};

use crate::error::{Ask, Report};
use crate::text::cli::Text;
use crate::text::sanitise;

/// The report of a parse error; `path` is the command that the words so far name.
pub fn report(text: &Text, top: &Command, error: &Error, path: &[String]) -> Report {
    let usage = &text.usage;
    let arg = context(error, ContextKind::InvalidArg);
    let value = context(error, ContextKind::InvalidValue);
    let prior = context(error, ContextKind::PriorArg);
    let fact = match error.kind() {
        ErrorKind::InvalidSubcommand => (usage.no_command)(&context(error, ContextKind::InvalidSubcommand)),
        ErrorKind::UnknownArgument if arg.starts_with('-') => (usage.no_option)(&arg),
        ErrorKind::UnknownArgument if path.is_empty() => (usage.no_command)(&arg),
        ErrorKind::UnknownArgument => (usage.extra)(&arg),
        ErrorKind::InvalidValue if value.is_empty() => (usage.no_value)(&name(&arg)),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => (usage.bad_value)(&name(&arg), &value),
        ErrorKind::NoEquals | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            (usage.no_value)(&name(&arg))
        }
        ErrorKind::TooManyValues => (usage.unwanted_value)(&name(&arg), &value),
        ErrorKind::ArgumentConflict if prior == arg || prior.is_empty() => (usage.twice)(&name(&arg)),
        ErrorKind::ArgumentConflict => (usage.conflict)(&name(&arg), &name(&prior)),
        ErrorKind::MissingRequiredArgument => (usage.missing)(&arg),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            usage.missing_command.to_owned()
        }
        ErrorKind::InvalidUtf8 => usage.not_utf8.to_owned(),
        _ => usage.other.to_owned(),
    };
    let mut said = sanitise::line(&fact).into_owned();
    let meant = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue]
        .into_iter()
        .map(|kind| context(error, kind))
        .find(|one| !one.is_empty())
        // - of several the nearest one stands last
        .and_then(|all| all.rsplit(", ").next().map(str::to_owned))
        .or_else(|| near(top, error, path));
    if let Some(meant) = meant {
        said.push_str(&format!("\n{}", (usage.meant)(&meant)));
    }
    let possible = context(error, ContextKind::ValidValue);
    if !possible.is_empty() {
        said.push_str(&format!("\n{}", (usage.possible)(&possible)));
    }
    let command = if path.is_empty() { "mamori".to_owned() } else { format!("mamori {}", path.join(" ")) };
    said.push_str(&format!("\n{}", (usage.see)(&command)));
    Ask::Said(said).into()
}

/// A suggestion where the parser has none: a command that begins the same, or is a swap away.
fn near(top: &Command, error: &Error, path: &[String]) -> Option<String> {
    if !path.is_empty() || !matches!(error.kind(), ErrorKind::InvalidSubcommand | ErrorKind::UnknownArgument)
    {
        return None;
    }
    let typed = [ContextKind::InvalidSubcommand, ContextKind::InvalidArg]
        .into_iter()
        .map(|kind| context(error, kind))
        .find(|one| !one.is_empty())?;
    let sorted = |word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        letters.sort_unstable();
        letters
    };
    let names = top.get_subcommands().map(Command::get_name);
    let fits = |name: &&str| sorted(name) == sorted(&typed) || (typed.len() >= 2 && name.starts_with(&typed));
    names.into_iter().find(fits).map(str::to_owned)
}

/// Without the name of its value: `--url <URL>` is `--url`; of several the first.
fn name(arg: &str) -> String {
    arg.split([' ', '[', '=', ',']).next().filter(|name| !name.is_empty()).unwrap_or(arg).to_owned()
}

fn context(error: &Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(one)) => one.clone(),
        Some(ContextValue::Strings(all)) => all.join(", "),
        Some(ContextValue::StyledStr(one)) => one.to_string(),
        Some(ContextValue::StyledStrs(all)) => {
            all.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
        }
        Some(ContextValue::Number(one)) => one.to_string(),
        _ => String::new(),
    }
}
