//! Settings: their defaults, the file a person writes (`config.toml`), and the small state file the
//! program writes itself. All problems of a file are found and reported together, each with the
//! name of its setting. Pure: reading and writing the files is the faces' business.

pub mod sort;

use std::path::PathBuf;
use std::time::Duration;

use crate::platform::clipboard::Setting as Clipboard;
use crate::text::Lang;

/// Settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The language, where one is asked for.
    pub language: Option<Lang>,
    /// The vault file, where another than the usual one is asked for.
    pub vault: Option<PathBuf>,
    /// Where backups go, where another place than the usual one is asked for.
    pub backup_dir: Option<PathBuf>,
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
    /// Own keys: command id and its keys.
    pub keys: Vec<(String, Vec<String>)>,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            language: None,
            vault: None,
            backup_dir: None,
            clear_after: Duration::from_secs(30),
            lock_after: Duration::from_secs(5 * 60),
            reveal_for: Duration::from_secs(12),
            clipboard: Clipboard::Auto,
            ascii: false,
            keys: Vec::new(),
        }
    }
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
    #[error("{name}: needs {wanted}")]
    Type {
        /// The setting.
        name: String,
        /// What it takes.
        wanted: &'static str,
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
    /// Two commands want the same keys, or the keys of one begin those of the other.
    #[error("keys: {0} and {1} want the same keys")]
    KeyClash(&'static str, &'static str),
}

/// Reads `config.toml`. Every problem is found, not only the first.
pub fn parse(text: &str) -> Result<Settings, Vec<Problem>> {
    let table: toml::Table = match text.parse() {
        Ok(table) => table,
        Err(error) => {
            let at = error.span().map_or(0, |span| span.start);
            let line = 1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count();
            return Err(vec![Problem::Syntax { line }]);
        }
    };
    let mut settings = Settings::default();
    let mut problems = Vec::new();
    for (name, value) in &table {
        if let Err(problem) = set(&mut settings, name, value) {
            problems.extend(problem);
        }
    }
    if problems.is_empty() { Ok(settings) } else { Err(problems) }
}

fn set(settings: &mut Settings, name: &str, value: &toml::Value) -> Result<(), Vec<Problem>> {
    match name {
        "language" => {
            settings.language = match word(name, value, "\"auto\", \"ja\" or \"en\"", &["auto", "ja", "en"])?
            {
                "ja" => Some(Lang::Ja),
                "en" => Some(Lang::En),
                _ => None,
            }
        }
        "vault" => settings.vault = Some(path(name, value)?),
        "backup_dir" => settings.backup_dir = Some(path(name, value)?),
        "clear_after" => settings.clear_after = seconds("clear_after", value, 5, 600)?,
        "lock_after" => settings.lock_after = seconds("lock_after", value, 10, 86_400)?,
        "reveal_for" => settings.reveal_for = seconds("reveal_for", value, 2, 300)?,
        "clipboard" => {
            let words = ["auto", "native", "osc52", "tmux", "none"];
            settings.clipboard =
                match word(name, value, "\"auto\", \"native\", \"osc52\", \"tmux\" or \"none\"", &words)? {
                    "native" => Clipboard::Native,
                    "osc52" => Clipboard::Osc52,
                    "tmux" => Clipboard::Tmux,
                    "none" => Clipboard::None,
                    _ => Clipboard::Auto,
                }
        }
        "ascii" => {
            settings.ascii = value.as_bool().ok_or_else(|| vec![wrong(name, "true or false")])?;
        }
        "keys" => settings.keys = keys(value)?,
        _ => return Err(vec![Problem::Unknown(name.to_owned())]),
    }
    Ok(())
}

fn wrong(name: &str, wanted: &'static str) -> Problem {
    Problem::Type { name: name.to_owned(), wanted }
}

fn word<'a>(
    name: &str,
    value: &'a toml::Value,
    wanted: &'static str,
    allowed: &[&str],
) -> Result<&'a str, Vec<Problem>> {
    value.as_str().filter(|text| allowed.contains(text)).ok_or_else(|| vec![wrong(name, wanted)])
}

fn path(name: &str, value: &toml::Value) -> Result<PathBuf, Vec<Problem>> {
    let text = value.as_str().filter(|text| !text.is_empty());
    text.map(PathBuf::from).ok_or_else(|| vec![wrong(name, "a path in quotes")])
}

fn seconds(name: &'static str, value: &toml::Value, least: u64, most: u64) -> Result<Duration, Vec<Problem>> {
    let number = value.as_integer().ok_or_else(|| vec![wrong(name, "a number of seconds")])?;
    let number = u64::try_from(number).ok().filter(|number| (least..=most).contains(number));
    number.map(Duration::from_secs).ok_or_else(|| vec![Problem::Range { name, least, most }])
}

fn keys(value: &toml::Value) -> Result<Vec<(String, Vec<String>)>, Vec<Problem>> {
    const WANTED: &str = "a list of keys, such as [\"c\", \"ctrl+y\"]";
    let table = value.as_table().ok_or_else(|| vec![wrong("keys", "a table")])?;
    let mut problems = Vec::new();
    let mut all = Vec::new();
    for (id, value) in table {
        let list: Option<Vec<String>> = value
            .as_array()
            .and_then(|list| list.iter().map(|one| one.as_str().map(str::to_owned)).collect());
        match list {
            Some(list) => all.push((id.clone(), list)),
            None => problems.push(wrong(&format!("keys.{id}"), WANTED)),
        }
    }
    if problems.is_empty() { Ok(all) } else { Err(problems) }
}

/// What the program remembers by itself between runs. It holds nothing of any vault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Memory {
    /// The language chosen with F2.
    pub language: Option<Lang>,
    /// How long the last unlocking took, in milliseconds.
    pub opening_ms: Option<u64>,
    /// How the list is sorted.
    pub sort: sort::Sort,
}

impl Memory {
    /// Reads the state file; what is wrong in it is forgotten.
    pub fn parse(text: &str) -> Memory {
        let table: toml::Table = text.parse().unwrap_or_default();
        let language = match table.get("language").and_then(toml::Value::as_str) {
            Some("ja") => Some(Lang::Ja),
            Some("en") => Some(Lang::En),
            _ => None,
        };
        let opening_ms = table.get("opening_ms").and_then(toml::Value::as_integer);
        let sort = table.get("sort").and_then(toml::Value::as_str).map(sort::Sort::parse).unwrap_or_default();
        Memory { language, opening_ms: opening_ms.and_then(|ms| u64::try_from(ms).ok()), sort }
    }

    /// The state file.
    pub fn print(&self) -> String {
        let mut text = String::from("# written by mamori; what you set yourself belongs into config.toml\n");
        match self.language {
            Some(Lang::Ja) => text.push_str("language = \"ja\"\n"),
            Some(Lang::En) => text.push_str("language = \"en\"\n"),
            None => {}
        }
        if let Some(ms) = self.opening_ms {
            text.push_str(&format!("opening_ms = {ms}\n"));
        }
        if self.sort != sort::Sort::default() {
            text.push_str(&format!("sort = \"{}\"\n", self.sort.print()));
        }
        text
    }
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
             ascii = true\nvault = \"/a/b.mamori\"\nbackup_dir = \"/c\"\n[keys]\ncopy-password = [\"c\"]\n",
        )
        .expect("fine");
        assert_eq!(settings.language, Some(Lang::Ja));
        assert_eq!(
            settings.clear_after.as_secs() + settings.lock_after.as_secs() + settings.reveal_for.as_secs(),
            85
        );
        assert_eq!((settings.clipboard, settings.ascii), (Clipboard::Tmux, true));
        assert_eq!(settings.keys, vec![("copy-password".to_owned(), vec!["c".to_owned()])]);
    }

    #[test]
    fn all_problems_are_reported_together() {
        let problems =
            parse("clear_after = 1\nlanguage = \"de\"\nlock = 3\nascii = \"yes\"\n[keys]\na = 1\nb = 2\n");
        assert_eq!(problems.expect_err("wrong").len(), 6);
        assert_eq!(parse("a = 1\nb = = 2\n"), Err(vec![Problem::Syntax { line: 2 }]));
    }

    #[test]
    fn the_state_file_reads_back_and_a_broken_one_is_forgotten() {
        let sort = sort::Sort { reverse: true, ..sort::Sort::default() };
        let memory = Memory { language: Some(Lang::Ja), opening_ms: Some(812), sort };
        assert_eq!(Memory::parse(&memory.print()), memory);
        assert_eq!(Memory::parse("\u{0}=="), Memory::default());
    }
}
