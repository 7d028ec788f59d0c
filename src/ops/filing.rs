//! Folders and tags as a whole: how a path is written, which empty folders are kept, and what is to
//! be changed when a folder or a tag gets another name. Two of one name become one.
//!
//! Not here: how many entries lie where ([`crate::tui::shelf`]).

use std::collections::{BTreeSet, HashSet};

use unicode_normalization::UnicodeNormalization as _;

use super::change::{Change, Edit};
use crate::model::{Entry, Id, Section, State, Tag, Vault};

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

/// The changes that no longer keep a folder and those in it.
pub fn forget(vault: &Vault, path: &str) -> Vec<Change> {
    let gone = held(vault).filter(|(_, _, one)| lies_in(one, path));
    gone.map(|(record, element, _)| write(record, element, "")).collect()
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
    let stays = |entry: &Entry<'_>| entry.state() != State::Trashed && !leaving.contains(&entry.id());
    for entry in vault.entries().filter(stays) {
        from.remove(entry.folder());
    }
    from.into_iter().map(str::to_owned).collect()
}

/// What a path is after the folder `from` became `to`; none when it does not lie in it. A folder
/// that becomes nothing gives what lies in it to the one above.
fn renamed(folder: &str, from: &str, to: &str) -> Option<String> {
    if !lies_in(folder, from) {
        return None;
    }
    let rest = folder.strip_prefix(from)?;
    let whole = format!("{to}{rest}");
    Some(whole.trim_start_matches('/').to_owned())
}

/// The changes that give the folder `from` and those in it the path `to`, of entries in the trash,
/// too; and how many entries it touches.
pub fn rename_folder(vault: &Vault, from: &str, to: &str) -> (Vec<Change>, usize) {
    let mut all = Vec::new();
    for entry in vault.entries() {
        let Some(path) = renamed(entry.folder(), from, to) else { continue };
        all.push(entry_write(
            entry,
            vec![Edit { tag: Tag::FOLDER, element: None, value: path.as_bytes().into() }],
        ));
    }
    let count = all.len();
    for (record, element, path) in held(vault) {
        if let Some(path) = renamed(path, from, to) {
            all.push(write(record, element, &path));
        }
    }
    (all, count)
}

/// The changes that give a tag another name, or take it away where that is empty. An entry that has
/// both names keeps one.
pub fn rename_tag(vault: &Vault, from: &str, to: &str) -> Vec<Change> {
    let mut all = Vec::new();
    for entry in vault.entries() {
        let mut has = entry.0.elements(Tag::LABEL).any(|(_, attr)| attr.value() == to.as_bytes());
        let mut edits = Vec::new();
        for (element, _) in entry.0.elements(Tag::LABEL).filter(|(_, attr)| attr.value() == from.as_bytes()) {
            let value = if has { "" } else { to };
            has = true;
            edits.push(Edit { tag: Tag::LABEL, element: Some(element), value: value.as_bytes().into() });
        }
        if !edits.is_empty() {
            all.push(entry_write(entry, edits));
        }
    }
    all
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
    }

    #[test]
    fn a_folder_takes_what_lies_in_it_along_and_comes_back() {
        let mut vault = vault(&[(1, "a", &[]), (2, "a/b", &[]), (3, "ab", &[]), (4, "z", &[])]);
        let change = keep(&vault, "a/empty", Id([9; 16])).expect("new");
        run(&mut vault, &change);
        assert_eq!(keep(&vault, "a/empty", Id([8; 16])), None, "once");
        let (changes, count) = rename_folder(&vault, "a", "z/c");
        assert_eq!(count, 2);
        let inverse = run(&mut vault, &Change::Many(changes));
        assert_eq!(folders(&vault), ["z/c", "z/c/b", "ab", "z"]);
        assert_eq!(kept(&vault), ["z/c/empty"]);
        run(&mut vault, &inverse);
        assert_eq!(folders(&vault), ["a", "a/b", "ab", "z"]);
        assert_eq!(kept(&vault), ["a/empty"]);
        let (changes, _) = rename_folder(&vault, "a", "");
        run(&mut vault, &Change::Many(changes));
        assert_eq!(folders(&vault), ["", "b", "ab", "z"]);
        let change = Change::Many(forget(&vault, "empty"));
        run(&mut vault, &change);
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
        let mut vault = vault(&[(1, "", &["a", "b"]), (2, "", &["a"]), (3, "", &["b", "c"])]);
        let changes = rename_tag(&vault, "a", "b");
        assert_eq!(changes.len(), 2);
        run(&mut vault, &Change::Many(changes));
        let tags: Vec<Vec<&str>> = vault.entries().map(|entry| entry.tags()).collect();
        assert_eq!(tags, [vec!["b"], vec!["b"], vec!["b", "c"]]);
        let changes = rename_tag(&vault, "b", "");
        run(&mut vault, &Change::Many(changes));
        assert_eq!(vault.entries().flat_map(|entry| entry.tags()).collect::<Vec<_>>(), ["c"]);
    }
}
