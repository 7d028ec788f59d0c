//! What the program remembers by itself between runs, in a file of its own (`remembered.toml`). It
//! holds nothing of any vault: where vaults lie, not what is in them.

use std::path::{Path, PathBuf};

use super::sort::Sort;
use crate::text::Lang;

/// How many vaults are remembered.
pub const VAULTS_MOST: usize = 20;
/// How many terminals are remembered.
const TERMINALS_MOST: usize = 20;

/// What is remembered.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Memory {
    /// The language chosen with F2.
    pub language: Option<Lang>,
    /// The language that the surroundings asked for then: the choice counts while they ask for the
    /// same.
    pub chosen_over: Option<Lang>,
    /// How long the last unlocking took, in milliseconds.
    pub opening_ms: Option<u64>,
    /// How the list is sorted.
    pub sort: Sort,
    /// Vault files that were opened, the last one first.
    pub vaults: Vec<PathBuf>,
    /// Vaults of which was told that others may write into their folder.
    pub exposed: Vec<PathBuf>,
    /// Terminals and whether copies arrive there, the last one first.
    pub copies: Vec<(String, bool)>,
}

impl Memory {
    /// Reads the state file; what is wrong in it is forgotten.
    pub fn parse(text: &str) -> Memory {
        let table: toml::Table = text.parse().unwrap_or_default();
        let lang = |name: &str| match table.get(name).and_then(toml::Value::as_str) {
            Some("ja") => Some(Lang::Ja),
            Some("en") => Some(Lang::En),
            _ => None,
        };
        let opening_ms = table.get("opening_ms").and_then(toml::Value::as_integer);
        let paths = |name: &str| -> Vec<PathBuf> {
            let all = table.get(name).and_then(toml::Value::as_array).map(Vec::as_slice).unwrap_or_default();
            let paths = all.iter().filter_map(toml::Value::as_str).filter(|path| !path.is_empty());
            paths.take(VAULTS_MOST).map(PathBuf::from).collect()
        };
        let copies = table.get("copies").and_then(toml::Value::as_table).into_iter().flatten();
        let copies = copies.filter_map(|(name, value)| Some((name.clone(), value.as_bool()?)));
        Memory {
            language: lang("language"),
            chosen_over: lang("chosen_over"),
            opening_ms: opening_ms.and_then(|ms| u64::try_from(ms).ok()),
            sort: table.get("sort").and_then(toml::Value::as_str).map(Sort::parse).unwrap_or_default(),
            vaults: paths("vaults"),
            exposed: paths("exposed"),
            copies: copies.take(TERMINALS_MOST).collect(),
        }
    }

    /// The language that F2 chose, where the surroundings still ask for what they asked for then.
    pub fn language_over(&self, asked: Lang) -> Option<Lang> {
        self.language.filter(|_| self.chosen_over.is_none_or(|over| over == asked))
    }

    /// The state file.
    pub fn print(&self) -> String {
        let mut text = String::from("# written by mamori; what you set yourself belongs into config.toml\n");
        for (name, lang) in [("language", self.language), ("chosen_over", self.chosen_over)] {
            match lang {
                Some(Lang::Ja) => text.push_str(&format!("{name} = \"ja\"\n")),
                Some(Lang::En) => text.push_str(&format!("{name} = \"en\"\n")),
                None => {}
            }
        }
        if let Some(ms) = self.opening_ms {
            text.push_str(&format!("opening_ms = {ms}\n"));
        }
        if self.sort != Sort::default() {
            text.push_str(&format!("sort = \"{}\"\n", self.sort.print()));
        }
        // - a path that is no UTF-8 cannot be written here: it is found again only by its name
        for (name, paths) in [("vaults", &self.vaults), ("exposed", &self.exposed)] {
            let paths: toml_edit::Array = paths.iter().filter_map(|path| path.to_str()).collect();
            if !paths.is_empty() {
                text.push_str(&format!("{name} = {paths}\n"));
            }
        }
        if !self.copies.is_empty() {
            text.push_str("[copies]\n");
        }
        for (name, arrives) in &self.copies {
            text.push_str(&format!("{} = {arrives}\n", toml_edit::Value::from(name.as_str())));
        }
        text
    }

    /// Notes whether copies arrive in this terminal; false when that was known.
    pub fn copied(&mut self, terminal: &str, arrives: bool) -> bool {
        let known = (terminal.to_owned(), arrives);
        if self.copies.contains(&known) {
            return false;
        }
        self.copies.retain(|(name, _)| name != terminal);
        self.copies.insert(0, known);
        self.copies.truncate(TERMINALS_MOST);
        true
    }

    /// Notes whether others may write into the folder of this vault; false when that was known.
    pub fn is_exposed(&mut self, path: &Path, exposed: bool) -> bool {
        if self.exposed.iter().any(|known| known == path) == exposed {
            return false;
        }
        self.exposed.retain(|known| known != path);
        if exposed {
            self.exposed.insert(0, path.to_owned());
            self.exposed.truncate(VAULTS_MOST);
        }
        true
    }

    /// Notes that this vault was opened; false when it stood first already.
    pub fn opened(&mut self, path: &Path) -> bool {
        if self.vaults.first().is_some_and(|first| first == path) {
            return false;
        }
        self.vaults.retain(|known| known != path);
        self.vaults.insert(0, path.to_owned());
        self.vaults.truncate(VAULTS_MOST);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_state_file_reads_back_and_a_broken_one_is_forgotten() {
        let copies = vec![("a \"b\" 家".to_owned(), false), ("xterm tmux".to_owned(), true)];
        let vaults = vec![PathBuf::from("/a/\"b\".mamori"), PathBuf::from("/家/c.mamori")];
        let memory = Memory {
            language: Some(Lang::Ja),
            chosen_over: Some(Lang::En),
            opening_ms: Some(812),
            sort: Sort { reverse: true, ..Sort::default() },
            exposed: vaults[1..].to_vec(),
            vaults,
            copies,
        };
        assert_eq!(Memory::parse(&memory.print()), memory);
        assert_eq!(Memory::parse("\u{0}=="), Memory::default());
    }

    #[test]
    fn the_last_vault_stands_first_and_twenty_are_kept() {
        let mut memory = Memory::default();
        for number in 0..30 {
            assert!(memory.opened(Path::new(&format!("/{number}.mamori"))));
        }
        assert!(memory.opened(Path::new("/15.mamori")) && !memory.opened(Path::new("/15.mamori")));
        assert_eq!(memory.vaults.len(), VAULTS_MOST);
        for number in 0..30 {
            let path = format!("/{number}.mamori");
            assert!(memory.is_exposed(Path::new(&path), true) && !memory.is_exposed(Path::new(&path), true));
        }
        assert_eq!(memory.exposed.len(), VAULTS_MOST);
        assert!(memory.is_exposed(Path::new("/29.mamori"), false));
        assert_eq!(memory.exposed[0], PathBuf::from("/28.mamori"));
        assert_eq!(memory.vaults[..2], [PathBuf::from("/15.mamori"), PathBuf::from("/29.mamori")]);
    }
}
