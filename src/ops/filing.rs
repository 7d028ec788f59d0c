//! Folders and tags as a whole: how a path is written, which empty folders are kept, and what is to
//! be changed when a folder or a tag gets another name. Two of one name become one.
//!
//! Not here: how many entries lie where ([`crate::tui::shelf`]).

use std::collections::{BTreeSet, HashSet};

use unicode_normalization::UnicodeNormalization as _;

use super::change::{Change, Edit};
use crate::model::{Attr, Entry, Id, Section, State, Tag, Vault};

/// The record of the vault's settings.
const SETTINGS: Id = Id([0; 16]);

/// A path as it is kept: NFC, no blank around its parts, no empty part.
pub fn path(typed: &str) -> String {
    let parts: Vec<String> = typed.split('/').map(name).filter(|part| !part.is_empty()).collect();
    parts.join("/")
}

/// A tag, or one part of a path, as it is kept: NFC, no blank around it, no control character.
pub fn name(typed: &str) -> String {
    let clean: String = typed.chars().filter(|c| !c.is_control()).nfc().collect();
    clean.trim().to_owned()
}

/// True for the folder `of` and for the folders in it.
pub fn lies_in(folder: &str, of: &str) -> bool {
    folder.strip_prefix(of).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The elements of the folders that are kept although empty.
fn held(vault: &Vault) -> impl Iterator<Item = (Id, Id, &str)> {
    vault.section(Section::Settings).iter().flat_map(|record| {
        record
            .elements(Tag::EMPTY_FOLDER)
            .filter_map(|(element, attr)| Some((record.id, element, std::str::from_utf8(attr.value()).ok()?)))
    })
}

/// The folders that are kept although empty, each once.
pub fn kept(vault: &Vault) -> Vec<String> {
    let all: BTreeSet<&str> = held(vault).map(|(_, _, path)| path).collect();
    all.into_iter().map(str::to_owned).collect()
}

/// The change that keeps a folder; none where it is kept already.
pub fn keep(vault: &Vault, path: &str, fresh: Id) -> Option<Change> {
    let there = held(vault).any(|(_, _, one)| one == path);
    (!there && !path.is_empty()).then(|| write(SETTINGS, fresh, path))
}

fn write(record: Id, element: Id, path: &str) -> Change {
    let value = path.as_bytes().into();
    let edits = vec![Edit { tag: Tag::EMPTY_FOLDER, element: Some(element), value }];
    Change::Write { section: Section::Settings, record, kind: 0, edits }
}

/// The folders that these entries are the last to leave.
pub fn emptied(vault: &Vault, leaving: &[Id]) -> Vec<String> {
    let leaving: HashSet<Id> = leaving.iter().copied().collect();
    let mut from: BTreeSet<&str> =
        leaving.iter().filter_map(|id| vault.entry(*id)).map(|entry| entry.folder()).collect();
    from.remove("");
    for entry in there(vault).filter(|entry| !leaving.contains(&entry.id())) {
        from.remove(entry.folder());
    }
    from.into_iter().map(str::to_owned).collect()
}

/// The folder that a folder lies in; empty at the top.
pub fn above(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(above, _)| above)
}

/// The last part of a path.
pub fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or("")
}

/// A path from a folder and a path in it; either may be empty.
pub fn joined(folder: &str, path: &str) -> String {
    let gap = if folder.is_empty() || path.is_empty() { "" } else { "/" };
    format!("{folder}{gap}{path}")
}

/// What folders or tags become: of each the name it has and the one it gets.
///
/// A folder takes what lies in it along; one that becomes nothing gives it to the top. A tag that
/// becomes nothing is taken from all entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refile {
    /// Folders, by their whole paths.
    Folders(Vec<(String, String)>),
    /// Tags.
    Tags(Vec<(String, String)>),
}

impl Refile {
    /// What is to be done to the vault, and how many entries that touches. What lies in the trash stays
    /// as it is: an edit would take it out. A folder that would only vanish because another left it is
    /// kept under ids from `fresh`.
    pub fn changes(&self, vault: &Vault, fresh: &mut dyn FnMut() -> Option<Id>) -> (Change, usize) {
        let (all, count) = match self {
            Refile::Folders(moves) => move_folders(vault, moves, fresh),
            Refile::Tags(moves) => rename_tags(vault, moves),
        };
        (Change::Many(all), count)
    }

    /// What a name has become; none when it is not touched.
    pub fn renamed(&self, name: &str) -> Option<String> {
        match self {
            Refile::Folders(moves) => moved(name, moves),
            Refile::Tags(moves) => moves.iter().find(|(from, _)| from == name).map(|(_, to)| to.clone()),
        }
    }
}

/// What a path is after these folders became others: the deepest that it lies in says it.
fn moved(folder: &str, moves: &[(String, String)]) -> Option<String> {
    let around = moves.iter().filter(|(from, _)| !from.is_empty() && lies_in(folder, from));
    let (from, to) = around.max_by_key(|(from, _)| from.len())?;
    let rest = folder.strip_prefix(from.as_str())?;
    Some(joined(to, rest.trim_start_matches('/')))
}

fn move_folders(
    vault: &Vault,
    moves: &[(String, String)],
    fresh: &mut dyn FnMut() -> Option<Id>,
) -> (Vec<Change>, usize) {
    let mut all = Vec::new();
    // - only what was named goes: a folder that is left with nothing in it stays
    let mut left: BTreeSet<&str> = moves.iter().map(|(from, _)| above(from)).collect();
    left.retain(|path| !path.is_empty() && moved(path, moves).is_none());
    for entry in there(vault) {
        let now = moved(entry.folder(), moves);
        left.retain(|path| !lies_in(now.as_deref().unwrap_or(entry.folder()), path));
        let Some(path) = now else { continue };
        let value = path.as_bytes().into();
        all.push(entry_write(entry, vec![Edit { tag: Tag::FOLDER, element: None, value }]));
    }
    let count = all.len();
    let stays = |path: &&str| moved(path, moves).is_none();
    let mut kept: BTreeSet<String> =
        held(vault).map(|(_, _, path)| path).filter(stays).map(str::to_owned).collect();
    for (record, element, path) in held(vault) {
        let Some(path) = moved(path, moves) else { continue };
        // - two that become one are kept once
        let twice = kept.contains(&path);
        all.push(write(record, element, if twice { "" } else { &path }));
        kept.insert(path);
    }
    left.retain(|path| !kept.iter().any(|one| lies_in(one, path)));
    all.extend(left.into_iter().filter_map(|path| Some(write(SETTINGS, fresh()?, path))));
    (all, count)
}

/// An entry that comes to have a tag twice keeps it once.
fn rename_tags(vault: &Vault, moves: &[(String, String)]) -> (Vec<Change>, usize) {
    let to =
        |value: &[u8]| moves.iter().find(|(from, _)| from.as_bytes() == value).map(|(_, to)| to.as_str());
    let mut all = Vec::new();
    for entry in there(vault) {
        let mut has: Vec<&[u8]> = Vec::new();
        let mut edits = Vec::new();
        let stay = |attr: &&Attr| to(attr.value()).is_none();
        has.extend(entry.0.elements(Tag::LABEL).map(|(_, attr)| attr).filter(stay).map(Attr::value));
        for (element, attr) in entry.0.elements(Tag::LABEL) {
            let Some(name) = to(attr.value()) else { continue };
            let twice = has.contains(&name.as_bytes());
            has.push(name.as_bytes());
            let value = if twice { Box::default() } else { name.as_bytes().into() };
            edits.push(Edit { tag: Tag::LABEL, element: Some(element), value });
        }
        if !edits.is_empty() {
            all.push(entry_write(entry, edits));
        }
    }
    let count = all.len();
    (all, count)
}

/// Entries that are not in the trash.
fn there(vault: &Vault) -> impl Iterator<Item = Entry<'_>> {
    vault.entries().filter(|entry| entry.state() != State::Trashed)
}

fn entry_write(entry: Entry<'_>, edits: Vec<Edit>) -> Change {
    Change::Write { section: Section::Entries, record: entry.id(), kind: entry.0.kind, edits }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Stamp;
    use crate::ops::change::apply;

    fn vault(entries: &[(u8, &str, &[&str])]) -> Vault {
        let mut vault = Vault::new([0; 16]);
        for (number, folder, tags) in entries {
            let edit = |tag, element, value: &str| Edit { tag, element, value: value.as_bytes().into() };
            let mut edits = vec![edit(Tag::TITLE, None, "x"), edit(Tag::FOLDER, None, folder)];
            edits.extend((1..).zip(*tags).map(|(at, tag)| edit(Tag::LABEL, Some(Id([at; 16])), tag)));
            let record = Id([*number; 16]);
            run(&mut vault, &Change::Write { section: Section::Entries, record, kind: 1, edits });
        }
        vault
    }

    fn run(vault: &mut Vault, change: &Change) -> Change {
        let hlc = vault.latest() + 1;
        apply(vault, change, Stamp { hlc, salt: 0, writer: 0 }).expect("applied").expect("undone")
    }

    fn folders(vault: &Vault) -> Vec<&str> {
        vault.entries().map(|entry| entry.folder()).collect()
    }

    #[test]
    fn a_path_has_one_form() {
        assert_eq!(path("/ work //a/ b/"), "work/a/b");
        assert_eq!(path("か\u{3099}"), "が");
        assert_eq!(path(" / "), "");
        assert_eq!(name(" a\tb "), "ab");
        assert!(lies_in("a/b", "a") && lies_in("a", "a") && !lies_in("ab", "a"));
        assert_eq!((above("a/b/c"), last("a/b/c"), above("a"), last("a")), ("a/b", "c", "", "a"));
    }

    /// Applies it; gives its inverse and how many entries it touched.
    fn refile(vault: &mut Vault, what: &Refile) -> (Change, usize) {
        let (change, count) = what.changes(vault, &mut || Some(Id([7; 16])));
        (run(vault, &change), count)
    }

    fn to(moves: &[(&str, &str)]) -> Vec<(String, String)> {
        moves.iter().map(|(from, to)| ((*from).to_owned(), (*to).to_owned())).collect()
    }

    #[test]
    fn a_folder_takes_what_lies_in_it_along_and_comes_back() {
        let mut vault = vault(&[(1, "a", &[]), (2, "a/b", &[]), (3, "ab", &[]), (4, "z", &[])]);
        let change = keep(&vault, "a/empty", Id([9; 16])).expect("new");
        run(&mut vault, &change);
        assert_eq!(keep(&vault, "a/empty", Id([8; 16])), None, "once");
        let what = Refile::Folders(to(&[("a", "z/c")]));
        assert_eq!((what.renamed("a/b"), what.renamed("ab")), (Some("z/c/b".to_owned()), None));
        let (inverse, count) = refile(&mut vault, &what);
        assert_eq!(count, 2);
        assert_eq!(folders(&vault), ["z/c", "z/c/b", "ab", "z"]);
        assert_eq!(kept(&vault), ["z/c/empty"]);
        run(&mut vault, &inverse);
        assert_eq!(folders(&vault), ["a", "a/b", "ab", "z"]);
        assert_eq!(kept(&vault), ["a/empty"]);
        refile(&mut vault, &Refile::Folders(to(&[("a", "")])));
        assert_eq!(folders(&vault), ["", "b", "ab", "z"]);
        assert_eq!(kept(&vault), ["empty"]);
    }

    #[test]
    fn of_several_folders_the_deepest_says_where_an_entry_goes() {
        let mut vault = vault(&[(1, "a", &[]), (2, "a/b", &[]), (3, "a/b/c", &[])]);
        refile(&mut vault, &Refile::Folders(to(&[("a", "x"), ("a/b", "y")])));
        assert_eq!(folders(&vault), ["x", "y", "y/c"]);
    }

    #[test]
    fn only_the_folder_that_was_named_goes() {
        let mut vault = vault(&[(1, "a/b", &[]), (2, "c/d", &[]), (3, "c/e", &[])]);
        run(&mut vault, &Change::Trash(Id([3; 16])));
        let moves = Refile::Folders(to(&[("a/b", "b"), ("c/d", "c/x")]));
        let (inverse, _) = refile(&mut vault, &moves);
        assert_eq!(kept(&vault), ["a"], "c has an entry still");
        run(&mut vault, &inverse);
        assert!(kept(&vault).is_empty());
        refile(&mut vault, &Refile::Folders(to(&[("c/d", "b"), ("c/e", "b")])));
        assert_eq!(kept(&vault), ["c"], "what lies in the trash holds no folder");
        let trashed = vault.entry(Id([3; 16])).expect("there");
        assert_eq!((trashed.state(), trashed.folder()), (State::Trashed, "c/e"), "and stays as it is");
    }

    #[test]
    fn empty_folders_go_and_leave_the_one_around_them() {
        let mut vault = vault(&[(1, "z", &[])]);
        for (at, path) in [(11, "a/b"), (12, "a/b/c"), (13, "x")] {
            let change = keep(&vault, path, Id([at; 16])).expect("new");
            run(&mut vault, &change);
        }
        let gone = Refile::Folders(to(&[("a/b", "a"), ("a/b/c", "a")]));
        let (inverse, count) = refile(&mut vault, &gone);
        assert_eq!((kept(&vault), count), (vec!["a".to_owned(), "x".to_owned()], 0));
        assert_eq!(held(&vault).count(), 2, "a is kept once");
        run(&mut vault, &inverse);
        assert_eq!(kept(&vault), ["a/b", "a/b/c", "x"]);
        refile(&mut vault, &Refile::Folders(to(&[("a", ""), ("a/b", ""), ("a/b/c", ""), ("x", "")])));
        assert!(kept(&vault).is_empty());
    }

    #[test]
    fn who_leaves_last_leaves_an_empty_folder() {
        let vault = vault(&[(1, "a", &[]), (2, "a", &[]), (3, "b", &[])]);
        assert!(emptied(&vault, &[Id([1; 16])]).is_empty());
        assert_eq!(emptied(&vault, &[Id([1; 16]), Id([2; 16]), Id([3; 16])]), ["a", "b"]);
    }

    #[test]
    fn two_tags_become_one() {
        let tags = |vault: &Vault| -> Vec<Vec<String>> {
            vault.entries().map(|entry| entry.tags().into_iter().map(str::to_owned).collect()).collect()
        };
        let mut vault = vault(&[(1, "", &["a", "b"]), (2, "", &["a"]), (3, "", &["b", "c"])]);
        let (inverse, count) = refile(&mut vault, &Refile::Tags(to(&[("a", "b")])));
        assert_eq!(count, 2);
        assert_eq!(tags(&vault), [vec!["b"], vec!["b"], vec!["b", "c"]]);
        run(&mut vault, &inverse);
        assert_eq!(tags(&vault), [vec!["a", "b"], vec!["a"], vec!["b", "c"]]);
        // - several at once, under a name of theirs or a new one
        refile(&mut vault, &Refile::Tags(to(&[("a", "n"), ("b", "n")])));
        assert_eq!(tags(&vault), [vec!["n"], vec!["n"], vec!["c", "n"]]);
        refile(&mut vault, &Refile::Tags(to(&[("n", "")])));
        assert_eq!(tags(&vault).concat(), ["c"]);
    }
}
