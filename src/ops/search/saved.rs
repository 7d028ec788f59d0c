//! Searches that are kept in the vault under a name: elements of its settings, so that they merge,
//! are undone and stay in the history like everything else.

use crate::model::{Id, Section, Tag, Vault};
use crate::ops::change::{Change, Edit};

/// The record of the vault's settings.
const RECORD: Id = Id([0; 16]);

/// A search that is kept. Name and query come from outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// Its element.
    pub element: Id,
    /// Its name.
    pub name: String,
    /// What was typed.
    pub query: String,
}

/// All of them, by name.
pub fn saved(vault: &Vault) -> Vec<Saved> {
    let Some(record) = vault.section(Section::Settings).get(RECORD) else { return Vec::new() };
    let mut all: Vec<Saved> = record
        .elements(Tag::SAVED_SEARCH)
        .filter_map(|(element, attr)| {
            let text = std::str::from_utf8(attr.value()).ok()?;
            let (name, query) = text.split_once('\n')?;
            Some(Saved { element, name: name.to_owned(), query: query.to_owned() })
        })
        .collect();
    all.sort_by_key(|one| (super::fold::fold(&one.name), one.element));
    all
}

/// Keeps a search under a name; in place of the one that had this name, else as `fresh`.
pub fn keep(vault: &Vault, name: &str, query: &str, fresh: Id) -> Change {
    let line = |text: &str| text.replace(char::is_control, " ");
    let name = line(name.trim());
    let same = saved(vault).into_iter().find(|one| one.name == name);
    let text = format!("{name}\n{}", line(query.trim()));
    write(same.map_or(fresh, |one| one.element), text.as_bytes())
}

/// Takes one away.
pub fn forget(element: Id) -> Change {
    write(element, b"")
}

fn write(element: Id, value: &[u8]) -> Change {
    let edit = Edit { tag: Tag::SAVED_SEARCH, element: Some(element), value: value.into() };
    Change::Write { section: Section::Settings, record: RECORD, kind: 0, edits: vec![edit] }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Stamp;
    use crate::ops::change::apply;

    #[test]
    fn searches_are_kept_replaced_taken_away_and_come_back() {
        let mut vault = Vault::new([0; 16]);
        let mut at = 0;
        let mut run = |vault: &mut Vault, change: &Change| {
            at += 1;
            apply(vault, change, Stamp { hlc: at, salt: 0, writer: 0 }).expect("fine").expect("undone")
        };
        for (name, query, id) in [("b", "tag:x", 1), ("A\n ", " is:old ", 2), ("b", "tag:y", 3)] {
            let change = keep(&vault, name, query, Id([id; 16]));
            run(&mut vault, &change);
        }
        let named = |vault: &Vault| {
            saved(vault).into_iter().map(|one| format!("{}={}", one.name, one.query)).collect::<Vec<_>>()
        };
        assert_eq!(named(&vault), ["A=is:old", "b=tag:y"]);
        let inverse = run(&mut vault, &forget(Id([1; 16])));
        assert_eq!(named(&vault), ["A=is:old"]);
        run(&mut vault, &inverse);
        assert_eq!(named(&vault), ["A=is:old", "b=tag:y"]);
    }
}
