//! Settings: their defaults, the file a person writes (`config.toml`), and the small state file the
//! program writes itself. All problems of a file are found and reported together, each with the
//! name of its setting and its line. Pure: reading and writing the files is the faces' business.

mod file;
mod memory;
mod rotation;
mod table;

pub use file::{KeyLine, comment_out, set, set_keys, template};
pub use memory::{Memory, VAULTS_MOST};
pub use table::{Setting, Takes};

pub mod sort;

use std::path::PathBuf;
use std::time::Duration;

use crate::ops::rotation::{Intervals, Rotator};
use crate::platform::clipboard::Setting as Clipboard;
use crate::text::Lang;

/// Settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The language, where one is asked for.
    pub language: Option<Lang>,
    /// The vault file, where another than the usual one is asked for.
    pub vault: Option<PathBuf>,
    /// The key file that goes with the master password, where a vault asks for one.
    pub key_file: Option<PathBuf>,
    /// Where backups go, where another place than the usual one is asked for.
    pub backup_dir: Option<PathBuf>,
    /// The list of leaked passwords, or a filter made from it.
    pub pwned: Option<PathBuf>,
    /// A health check that a person asks for asks Have I Been Pwned, too.
    pub health_online: bool,
    /// How long a copied secret stays in the clipboard; 30 s.
    pub clear_after: Duration,
    /// How long nothing may be pressed before the vault locks; 5 min.
    pub lock_after: Duration,
    /// How long a secret stays shown; 12 s.
    pub reveal_for: Duration,
    /// Which way copies go.
    pub clipboard: Clipboard,
    /// Lines of plain ASCII.
    pub ascii: bool,
    /// For which background colours are chosen; asked of the terminal unless named.
    pub theme: Background,
    /// Colours, where the terminal and `NO_COLOR` allow them.
    pub color: bool,
    /// Lock when nobody looks at this tmux any more.
    pub lock_on_detach: bool,
    /// How many days passwords are left unchanged.
    pub intervals: Intervals,
    /// What sites ask of passwords: host and rule.
    pub rules: Vec<(String, String)>,
    /// Commands that set new passwords at their hosts.
    pub rotators: Vec<Rotator>,
    /// Own keys: command id and its keys.
    pub keys: Vec<(String, Vec<String>)>,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            language: None,
            vault: None,
            key_file: None,
            backup_dir: None,
            pwned: None,
            health_online: false,
            clear_after: Duration::from_secs(30),
            lock_after: Duration::from_secs(5 * 60),
            reveal_for: Duration::from_secs(12),
            clipboard: Clipboard::Auto,
            ascii: false,
            theme: Background::Auto,
            color: true,
            lock_on_detach: true,
            intervals: Intervals::default(),
            rules: Vec::new(),
            rotators: Vec::new(),
            keys: Vec::new(),
        }
    }
}

/// Which background colours are meant for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Background {
    /// The terminal is asked.
    Auto,
    /// Dark.
    Dark,
    /// Light.
    Light,
}

/// A problem and where in the file it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The line, from 1, where it is known.
    pub line: Option<usize>,
    /// What is wrong.
    pub problem: Problem,
}

/// What a setting takes; the catalog says it ([`crate::text::problem`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// True or false.
    Flag,
    /// A path in quotes.
    Path,
    /// A number of seconds.
    Seconds,
    /// Seconds a rotator may take.
    Limit,
    /// One of these words, in quotes.
    OneOf(&'static [&'static str]),
    /// A table.
    Table,
    /// A list of keys.
    Keys,
    /// A number of days.
    Days,
    /// Rules of a site.
    Rule,
    /// A program with its arguments.
    Program,
    /// A list of kinds.
    Kinds,
    /// A list of entries.
    Entries,
    /// An exit code.
    Exit,
}

/// What is wrong with one setting, as a fact.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// The file is no TOML.
    #[error("line {line}: not valid TOML")]
    Syntax {
        /// Where, from 1.
        line: usize,
    },
    /// No such setting.
    #[error("{0}: no such setting")]
    Unknown(String),
    /// A value of another type.
    #[error("{name}: needs another value")]
    Type {
        /// The setting.
        name: String,
        /// What it takes.
        wanted: Wanted,
    },
    /// A number outside its bounds.
    #[error("{name}: from {least} to {most}")]
    Range {
        /// The setting.
        name: &'static str,
        /// The least.
        least: u64,
        /// The most.
        most: u64,
    },
    /// `[keys]` names no command of the program.
    #[error("keys.{0}: no such command")]
    KeyCommand(String),
    /// `[keys]` holds what is no key.
    #[error("keys: {0} is no key")]
    NotAKey(String),
    /// Two commands want the same keys, or the keys of one begin those of the other: these.
    #[error("keys: {0} and {1} both want {2}")]
    KeyClash(&'static str, &'static str, String),
}

/// Reads `config.toml`. Every problem is found, not only the first.
pub fn parse(text: &str) -> Result<Settings, Vec<Mistake>> {
    let (settings, problems) = read(text)?;
    if problems.is_empty() { Ok(settings) } else { Err(placed(text, problems)) }
}

/// What can be read of a text and what is wrong in it, so that who knows more (the keys) can look
/// for more. A text that is no TOML has one mistake.
pub fn read(text: &str) -> Result<(Settings, Vec<Problem>), Vec<Mistake>> {
    let table: toml::Table = match text.parse() {
        Ok(table) => table,
        Err(error) => {
            let line = file::line_at(text, error.span().map_or(0, |span| span.start));
            return Err(vec![Mistake { line: Some(line), problem: Problem::Syntax { line } }]);
        }
    };
    let mut settings = Settings::default();
    let mut problems = Vec::new();
    for (name, value) in &table {
        if let Err(problem) = take(&mut settings, name, value) {
            problems.extend(problem);
        }
    }
    Ok((settings, problems))
}

/// The problems with their lines, in the order of the file.
pub fn placed(text: &str, problems: Vec<Problem>) -> Vec<Mistake> {
    let places = file::places(text);
    let line = |name: &str| places.iter().find(|(place, _)| place == name).map(|(_, line)| *line);
    let mut all: Vec<Mistake> = problems
        .into_iter()
        .map(|problem| {
            let line = match &problem {
                Problem::Syntax { line } => Some(*line),
                Problem::Unknown(name) | Problem::Type { name, .. } => line(name),
                Problem::Range { name, .. } => line(name),
                Problem::KeyCommand(id) => line(&format!("keys.{id}")),
                Problem::KeyClash(one, other, _) => {
                    line(&format!("keys.{one}")).or_else(|| line(&format!("keys.{other}")))
                }
                Problem::NotAKey(keys) => file::line_of_key(text, keys),
            };
            Mistake { line, problem }
        })
        .collect();
    all.sort_by_key(|one| one.line.unwrap_or(usize::MAX));
    all
}

fn take(settings: &mut Settings, name: &str, value: &toml::Value) -> Result<(), Vec<Problem>> {
    match name {
        "language" => {
            settings.language = match word(name, value, &["auto", "ja", "en"])? {
                "ja" => Some(Lang::Ja),
                "en" => Some(Lang::En),
                _ => None,
            }
        }
        "vault" => settings.vault = Some(path(name, value)?),
        "pwned" => settings.pwned = Some(path(name, value)?),
        "key_file" => settings.key_file = Some(path(name, value)?),
        "backup_dir" => settings.backup_dir = Some(path(name, value)?),
        "clear_after" => settings.clear_after = seconds("clear_after", value, 5, 600)?,
        "lock_after" => settings.lock_after = seconds("lock_after", value, 10, 86_400)?,
        "reveal_for" => settings.reveal_for = seconds("reveal_for", value, 2, 300)?,
        "clipboard" => {
            const WORDS: &[&str] = &["auto", "native", "osc52", "tmux", "none"];
            settings.clipboard = match word(name, value, WORDS)? {
                "native" => Clipboard::Native,
                "osc52" => Clipboard::Osc52,
                "tmux" => Clipboard::Tmux,
                "none" => Clipboard::None,
                _ => Clipboard::Auto,
            }
        }
        "ascii" => {
            settings.ascii = value.as_bool().ok_or_else(|| vec![wrong(name, Wanted::Flag)])?;
        }
        "theme" => {
            settings.theme = match word(name, value, &["auto", "dark", "light"])? {
                "dark" => Background::Dark,
                "light" => Background::Light,
                _ => Background::Auto,
            }
        }
        "color" => {
            settings.color = word(name, value, &["auto", "never"])? == "auto";
        }
        "lock_on_detach" => {
            settings.lock_on_detach = value.as_bool().ok_or_else(|| vec![wrong(name, Wanted::Flag)])?;
        }
        "health_online" => {
            settings.health_online = value.as_bool().ok_or_else(|| vec![wrong(name, Wanted::Flag)])?;
        }
        "intervals" => rotation::intervals(settings, value)?,
        "rules" => rotation::rules(settings, value)?,
        "rotators" => rotation::rotators(settings, value)?,
        "keys" => {
            let (all, problems) = keys(value)?;
            settings.keys = all;
            if !problems.is_empty() {
                return Err(problems);
            }
        }
        _ => return Err(vec![Problem::Unknown(name.to_owned())]),
    }
    Ok(())
}

fn wrong(name: &str, wanted: Wanted) -> Problem {
    Problem::Type { name: name.to_owned(), wanted }
}

fn word<'a>(
    name: &str,
    value: &'a toml::Value,
    allowed: &'static [&'static str],
) -> Result<&'a str, Vec<Problem>> {
    value
        .as_str()
        .filter(|text| allowed.contains(text))
        .ok_or_else(|| vec![wrong(name, Wanted::OneOf(allowed))])
}

fn path(name: &str, value: &toml::Value) -> Result<PathBuf, Vec<Problem>> {
    let text = value.as_str().filter(|text| !text.is_empty());
    text.map(PathBuf::from).ok_or_else(|| vec![wrong(name, Wanted::Path)])
}

fn seconds(name: &'static str, value: &toml::Value, least: u64, most: u64) -> Result<Duration, Vec<Problem>> {
    let number = value.as_integer().ok_or_else(|| vec![wrong(name, Wanted::Seconds)])?;
    let number = u64::try_from(number).ok().filter(|number| (least..=most).contains(number));
    number.map(Duration::from_secs).ok_or_else(|| vec![Problem::Range { name, least, most }])
}

type Own = Vec<(String, Vec<String>)>;

fn keys(value: &toml::Value) -> Result<(Own, Vec<Problem>), Vec<Problem>> {
    let table = value.as_table().ok_or_else(|| vec![wrong("keys", Wanted::Table)])?;
    let mut problems = Vec::new();
    let mut all = Vec::new();
    for (id, value) in table {
        let list: Option<Vec<String>> = value
            .as_array()
            .and_then(|list| list.iter().map(|one| one.as_str().map(str::to_owned)).collect());
        match list {
            Some(list) => all.push((id.clone(), list)),
            None => problems.push(wrong(&format!("keys.{id}"), Wanted::Keys)),
        }
    }
    Ok((all, problems))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_file_gives_the_defaults() {
        let settings = parse("").expect("fine");
        assert_eq!(settings, Settings::default());
        assert_eq!((settings.clear_after.as_secs(), settings.lock_after.as_secs()), (30, 300));
    }

    #[test]
    fn every_setting_is_read() {
        let settings = parse(
            "language = \"ja\"\nclear_after = 20\nlock_after = 60\nreveal_for = 5\nclipboard = \"tmux\"\n\
             ascii = true\ntheme = \"light\"\ncolor = \"never\"\nlock_on_detach = false\nvault = \"/a/b.mamori\"\nbackup_dir = \"/c\"\n[keys]\ncopy-password = [\"c\"]\n",
        )
        .expect("fine");
        assert_eq!(settings.language, Some(Lang::Ja));
        assert_eq!(
            settings.clear_after.as_secs() + settings.lock_after.as_secs() + settings.reveal_for.as_secs(),
            85
        );
        assert_eq!((settings.clipboard, settings.ascii), (Clipboard::Tmux, true));
        assert_eq!((settings.theme, settings.color), (Background::Light, false));
        assert!(!settings.lock_on_detach);
        assert_eq!(settings.keys, vec![("copy-password".to_owned(), vec!["c".to_owned()])]);
    }

    #[test]
    fn all_problems_are_reported_together() {
        let problems =
            parse("clear_after = 1\nlanguage = \"de\"\nlock = 3\nascii = \"yes\"\n[keys]\na = 1\nb = 2\n");
        let lines: Vec<_> = problems.expect_err("wrong").iter().map(|one| one.line).collect();
        assert_eq!(lines, [Some(1), Some(2), Some(3), Some(4), Some(6), Some(7)]);
        let syntax = Mistake { line: Some(2), problem: Problem::Syntax { line: 2 } };
        assert_eq!(parse("a = 1\nb = = 2\n"), Err(vec![syntax]));
    }
}
