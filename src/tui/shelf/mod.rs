//! What the list and the sidebar need of every entry at once: state, folder, tags, days, and the key
//! by which titles are sorted. Built with the index, in the same job; a change takes in only the
//! entries that it touched. From it come the sorted rows and the counts of the sidebar.
//!
//! Not here: search, and anything secret.

mod collate;
mod order;

use std::collections::{BTreeMap, HashMap};

use smallvec::SmallVec;

use crate::model::{Entry, Id, Kind, State, Tag, Vault};
use crate::ops::filing::{Refile, lies_in};
use crate::ops::search::{Index, Shift};

pub use collate::key_into;

/// Which entries the list shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Filter {
    /// All that are in use.
    #[default]
    All,
    /// Favourites.
    Favourites,
    /// Archived ones.
    Archived,
    /// Those of a folder and of the folders in it.
    Folder(String),
    /// Those with a tag.
    Tag(String),
}

/// One entry.
#[derive(Debug)]
pub struct Cell {
    state: State,
    favourite: bool,
    kind: Kind,
    folder: u32,
    tags: SmallVec<[u32; 2]>,
    used: u64,
    changed: u64,
    password: u64,
    /// Since when it lies in the trash; 0 where it does not.
    trashed: u64,
    /// Where its key lies.
    key: (u32, u32),
}

/// When an entry was thrown away.
fn since(entry: Entry<'_>) -> u64 {
    entry.0.attr(Tag::TRASH, None).and_then(|attr| attr.current()).map_or(0, |one| one.stamp.ms())
}

/// Names that entries share, by number.
#[derive(Debug, Default)]
struct Names {
    all: Vec<String>,
    by_name: HashMap<String, u32>,
}

impl Names {
    fn number(&mut self, name: &str) -> u32 {
        if let Some(number) = self.by_name.get(name) {
            return *number;
        }
        let number = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        self.all.push(name.to_owned());
        self.by_name.insert(name.to_owned(), number);
        number
    }
}

/// A folder with what lies in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder {
    /// The whole path.
    pub path: String,
    /// How many folders it lies in.
    pub depth: usize,
    /// Entries in it and in the folders in it.
    pub count: usize,
    /// Entries in it alone.
    pub own: usize,
    /// Folders lie in it.
    pub parent: bool,
}

/// How many there are of everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facets {
    /// In use.
    pub active: usize,
    /// Favourites in use.
    pub favourites: usize,
    /// Archived.
    pub archived: usize,
    /// In the trash.
    pub trashed: usize,
    /// Folders as a tree, each before those in it.
    pub folders: Vec<Folder>,
    /// Tags with their entries.
    pub tags: Vec<(String, usize)>,
}

/// What is known of every entry.
#[derive(Debug, Default)]
pub struct Shelf {
    /// By id.
    ids: Vec<Id>,
    cells: Vec<Cell>,
    /// Which cell a row of the index is.
    rows: Vec<u32>,
    keys: String,
    folders: Names,
    tags: Names,
}

impl Shelf {
    /// Looks at every entry.
    pub fn build(vault: &Vault, index: &Index) -> Shelf {
        let mut shelf = Shelf::default();
        for entry in vault.entries() {
            let cell = shelf.cell(entry);
            shelf.ids.push(entry.id());
            shelf.cells.push(cell);
        }
        shelf.link(index);
        shelf
    }

    fn cell(&mut self, entry: Entry<'_>) -> Cell {
        let start = self.keys.len();
        let reading = entry.reading();
        key_into(if reading.is_empty() { entry.title() } else { reading }, &mut self.keys);
        let at = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        let mut tags: SmallVec<[u32; 2]> = SmallVec::new();
        for (_, attr) in entry.0.elements(Tag::LABEL) {
            let tag = self.tags.number(std::str::from_utf8(attr.value()).unwrap_or(""));
            if !tags.contains(&tag) {
                tags.push(tag);
            }
        }
        let state = entry.state();
        Cell {
            trashed: if state == State::Trashed { since(entry) } else { 0 },
            state,
            favourite: entry.favourite(),
            kind: entry.kind(),
            folder: self.folders.number(entry.folder()),
            tags,
            used: entry.used(),
            changed: entry.modified(),
            password: entry.password_changed().unwrap_or(0),
            key: (at(start), at(self.keys.len())),
        }
    }

    /// Takes in what entries have become; the index has them already.
    pub fn refresh(&mut self, vault: &Vault, index: &Index, touched: &[Id]) {
        let whole = touched.iter().any(|id| vault.entry(*id).is_some() != self.holds(*id));
        if whole && touched.len() > 64 || self.is_wasteful() {
            *self = Shelf::build(vault, index);
            return;
        }
        for id in touched {
            let cell = vault.entry(*id).map(|entry| self.cell(entry));
            match (self.ids.binary_search(id), cell) {
                (Ok(at), Some(cell)) => self.cells[at] = cell,
                (Ok(at), None) => {
                    self.ids.remove(at);
                    self.cells.remove(at);
                }
                (Err(at), Some(cell)) => {
                    self.ids.insert(at, *id);
                    self.cells.insert(at, cell);
                }
                (Err(_), None) => {}
            }
        }
        self.link(index);
    }

    /// True when it knows the entry.
    pub fn holds(&self, id: Id) -> bool {
        self.ids.binary_search(&id).is_ok()
    }

    /// Takes in what one entry has become; the index has it already, and says how its rows moved. No
    /// other entry is looked at.
    pub fn refresh_one(&mut self, vault: &Vault, index: &Index, id: Id, shift: Shift) {
        if self.is_wasteful() {
            return *self = Shelf::build(vault, index);
        }
        let cell = vault.entry(id).map(|entry| self.cell(entry));
        let found = self.ids.binary_search(&id);
        let (Ok(at) | Err(at)) = found;
        let number = u32::try_from(at).unwrap_or(u32::MAX);
        let rows = self.rows.iter_mut().filter(|cell| **cell != u32::MAX);
        match (found, cell) {
            (Ok(_), Some(cell)) => self.cells[at] = cell,
            (Ok(_), None) => {
                self.ids.remove(at);
                self.cells.remove(at);
                rows.filter(|cell| **cell > number).for_each(|cell| *cell -= 1);
            }
            (Err(_), Some(cell)) => {
                self.ids.insert(at, id);
                self.cells.insert(at, cell);
                rows.filter(|cell| **cell >= number).for_each(|cell| *cell += 1);
            }
            (Err(_), None) => {}
        }
        if shift.from == shift.to {
            return;
        }
        if let Some(from) = shift.from.map(|row| row as usize).filter(|row| *row < self.rows.len()) {
            self.rows.remove(from);
        }
        if let Some(to) = shift.to.map(|row| row as usize).filter(|row| *row <= self.rows.len()) {
            self.rows.insert(to, number);
        }
    }

    /// More keys of entries as they were than of those that are.
    fn is_wasteful(&self) -> bool {
        self.keys.len() > 64 * 1024 + 400 * self.ids.len()
    }

    /// Finds the cell of every row.
    fn link(&mut self, index: &Index) {
        let rows = (0..index.len()).filter_map(|row| index.id(u32::try_from(row).ok()?));
        self.rows = rows
            .map(|id| {
                self.ids.binary_search(&id).map_or(u32::MAX, |at| u32::try_from(at).unwrap_or(u32::MAX))
            })
            .collect();
    }

    fn of(&self, row: u32) -> Option<&Cell> {
        self.cells.get(*self.rows.get(row as usize)? as usize)
    }

    fn key(&self, cell: &Cell) -> &str {
        self.keys.get(cell.key.0 as usize..cell.key.1 as usize).unwrap_or("")
    }

    /// The state of an entry.
    pub fn state_of(&self, id: Id) -> Option<State> {
        self.known(id).map(|cell| cell.state)
    }

    /// When an entry was thrown away, ms since 1970; 0 where it does not lie in the trash.
    pub fn trashed_since(&self, id: Id) -> u64 {
        self.known(id).map_or(0, |cell| cell.trashed)
    }

    /// How many of these entries have each of the tags.
    pub fn tags_of(&self, ids: &[Id]) -> Vec<(String, usize)> {
        let mut counts = vec![0; self.tags.all.len()];
        for cell in ids.iter().filter_map(|id| self.ids.binary_search(id).ok()).map(|at| &self.cells[at]) {
            cell.tags.iter().for_each(|tag| counts[*tag as usize] += 1);
        }
        self.tags.all.iter().cloned().zip(counts).filter(|(_, count)| *count > 0).collect()
    }

    /// The state of a row's entry.
    pub fn state(&self, row: u32) -> Option<State> {
        self.of(row).map(|cell| cell.state)
    }

    /// Which rows the list shows: a test for each. While something is searched for, archived entries
    /// are found, too.
    pub fn shown<'s>(&'s self, filter: &Filter, searching: bool) -> impl Fn(u32) -> bool + use<'s> {
        let shows = self.shows(filter, searching);
        move |row| self.of(row).is_some_and(&shows)
    }

    /// The same, of an entry's cell ([`Shelf::known`]).
    pub fn shows<'s>(&'s self, filter: &Filter, searching: bool) -> impl Fn(&Cell) -> bool + use<'s> {
        let folders: Vec<bool> = match filter {
            Filter::Folder(path) => self.folders.all.iter().map(|name| lies_in(name, path)).collect(),
            _ => Vec::new(),
        };
        let tag = match filter {
            Filter::Tag(name) => self.tags.by_name.get(name).copied().or(Some(u32::MAX)),
            _ => None,
        };
        let (favourites, archived) = (*filter == Filter::Favourites, *filter == Filter::Archived);
        move |cell| {
            let state = match cell.state {
                State::Trashed => false,
                State::Archived => archived || searching,
                State::Active => !archived,
            };
            state
                && (!favourites || cell.favourite)
                && tag.is_none_or(|tag| cell.tags.contains(&tag))
                && (folders.is_empty() || folders[cell.folder as usize])
        }
    }

    /// What is known of an entry.
    pub fn known(&self, id: Id) -> Option<&Cell> {
        self.ids.binary_search(&id).ok().map(|at| &self.cells[at])
    }

    /// Counts everything; `kept` are the folders that are kept although empty.
    pub fn facets(&self, kept: &[String]) -> Facets {
        let mut facets = Facets::default();
        for cell in &self.cells {
            match cell.state {
                State::Archived => facets.archived += 1,
                State::Trashed => facets.trashed += 1,
                State::Active => {
                    facets.active += 1;
                    facets.favourites += usize::from(cell.favourite);
                }
            }
        }
        (facets.folders, facets.tags) = self.names(kept, |state| state == State::Active);
        facets
    }

    /// The folders as a tree, each before those in it, and the tags, with their entries in the
    /// states that count; `kept` are the folders that are kept although empty.
    pub fn names(
        &self,
        kept: &[String],
        counts: impl Fn(State) -> bool,
    ) -> (Vec<Folder>, Vec<(String, usize)>) {
        let mut folders = vec![0; self.folders.all.len()];
        let mut tags = vec![0; self.tags.all.len()];
        for cell in self.cells.iter().filter(|cell| counts(cell.state)) {
            folders[cell.folder as usize] += 1;
            cell.tags.iter().for_each(|tag| tags[*tag as usize] += 1);
        }
        let counted =
            self.folders.all.iter().map(String::as_str).zip(folders).filter(|(_, count)| *count > 0);
        let folders = tree(counted.chain(kept.iter().map(|path| (path.as_str(), 0))));
        let mut named: Vec<(String, String, usize)> = self
            .tags
            .all
            .iter()
            .zip(tags)
            .filter(|(_, count)| *count > 0)
            .map(|(name, count)| (sort_key(name), name.clone(), count))
            .collect();
        named.sort_unstable();
        (folders, named.into_iter().map(|(_, name, count)| (name, count)).collect())
    }

    /// How many entries folders or tags that become others touch.
    pub fn touched(&self, what: &Refile) -> usize {
        let goes = |names: &Names| -> Vec<bool> {
            names.all.iter().map(|name| what.renamed(name).is_some()).collect()
        };
        let there = self.cells.iter().filter(|cell| cell.state != State::Trashed);
        match what {
            Refile::Folders(_) => {
                let goes = goes(&self.folders);
                there.filter(|cell| goes[cell.folder as usize]).count()
            }
            Refile::Tags(_) => {
                let goes = goes(&self.tags);
                there.filter(|cell| cell.tags.iter().any(|tag| goes[*tag as usize])).count()
            }
        }
    }
}

/// The key by which a name is sorted.
pub fn sort_key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    key_into(name, &mut key);
    key
}

fn tree<'n>(counted: impl Iterator<Item = (&'n str, usize)>) -> Vec<Folder> {
    // - by the keys of all parts, so that a folder stands right before those in it
    let mut all: BTreeMap<Vec<String>, Folder> = BTreeMap::new();
    for (path, count) in counted.filter(|(path, _)| !path.is_empty()) {
        let (mut key, mut whole) = (Vec::new(), String::new());
        for part in path.split('/') {
            if let Some(around) = all.get_mut(&key) {
                around.parent = true;
                whole.push('/');
            }
            whole.push_str(part);
            // - two names of one key stay two folders
            key.push(format!("{}\0{part}", sort_key(part)));
            let depth = key.len() - 1;
            let folder = all.entry(key.clone()).or_insert_with(|| Folder {
                path: whole.clone(),
                depth,
                count: 0,
                own: 0,
                parent: false,
            });
            folder.count += count;
        }
        if let Some(folder) = all.get_mut(&key) {
            folder.own += count;
        }
    }
    all.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_a_tree_and_count_what_lies_below() {
        let folders = tree(
            [("銀行/b", 2), ("a", 1), ("銀行/a/x", 3), ("", 9), ("銀行", 4), ("empty/in", 0)].into_iter(),
        );
        let shown: Vec<(&str, usize, usize, bool)> =
            folders.iter().map(|one| (one.path.as_str(), one.depth, one.count, one.parent)).collect();
        let wanted = [
            ("a", 0, 1, false),
            ("empty", 0, 0, true),
            ("empty/in", 1, 0, false),
            ("銀行", 0, 9, true),
            ("銀行/a", 1, 3, true),
            ("銀行/a/x", 2, 3, false),
            ("銀行/b", 1, 2, false),
        ];
        assert_eq!(shown, wanted);
        let own: Vec<usize> = folders.iter().map(|one| one.own).collect();
        assert_eq!(own, [1, 0, 0, 4, 0, 3, 2]);
    }
}
