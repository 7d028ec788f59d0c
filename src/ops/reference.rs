//! From the name that a person or a script writes to the entry and field that are meant: `ENTRY`,
//! `ENTRY#FIELD`, `mamori://ENTRY#FIELD`. Exact only: a search is [`super::search`].
//!
//! ENTRY is looked up as an id, then as a whole path `folder/…/title`, then as a title; the first
//! of these that fits anything decides. A leading `/` asks for the path from the root. In a
//! reference `%23` stands for a `#` that belongs to the name; nothing else is escaped.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use crate::model::entry::FieldValue;
use crate::model::{Entry, Id, Section, State, Vault};

/// The scheme of a reference in a template or an environment file.
pub const SCHEME: &str = "mamori://";

/// A reference taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference<'a> {
    /// What names the entry.
    pub entry: Cow<'a, str>,
    /// What names the field; none without a `#`.
    pub field: Option<Cow<'a, str>>,
}

/// Takes a reference apart at its first `#`.
pub fn parse(text: &str) -> Reference<'_> {
    let text = text.strip_prefix(SCHEME).unwrap_or(text);
    match text.split_once('#') {
        Some((entry, field)) => Reference { entry: unescape(entry), field: Some(unescape(field)) },
        None => Reference { entry: unescape(text), field: None },
    }
}

fn unescape(text: &str) -> Cow<'_, str> {
    if text.contains("%23") { Cow::Owned(text.replace("%23", "#")) } else { Cow::Borrowed(text) }
}

/// Which entries a name may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Those not in the trash.
    Live,
    /// Those in the trash.
    Trashed,
    /// Those not in the trash; where none fits, those in it.
    LiveFirst,
    /// All alike: what is about to be destroyed must not be guessed.
    All,
}

/// Why a name means no entry.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReferenceError {
    /// Nothing has this name.
    #[error("no such entry")]
    NoSuchEntry {
        /// The name.
        name: String,
    },
    /// It lies in the trash, where this command does not reach.
    #[error("the entry is in the trash")]
    InTrash {
        /// The name.
        name: String,
    },
    /// It is not in the trash.
    #[error("the entry is not in the trash")]
    NotInTrash {
        /// The name.
        name: String,
    },
    /// Several have it.
    #[error("several entries have this name")]
    Ambiguous {
        /// The name.
        name: String,
        /// Path and id of each, by path.
        candidates: Vec<(String, Id)>,
    },
    /// The entry has no such field.
    #[error("no such field")]
    NoSuchField {
        /// The name.
        name: String,
        /// Names that there are.
        have: Vec<String>,
    },
    /// The entry has no such attachment, or not just one where none is named.
    #[error("no such attachment")]
    NoSuchFile {
        /// The name; empty where none was given.
        name: String,
        /// Names that there are.
        have: Vec<String>,
    },
    /// Several attachments have this name.
    #[error("several attachments have this name")]
    AmbiguousFile {
        /// The name.
        name: String,
        /// Their ids.
        candidates: Vec<Id>,
    },
    /// Several fields have this name.
    #[error("several fields have this name")]
    AmbiguousField {
        /// The name.
        name: String,
        /// Their ids.
        candidates: Vec<Id>,
    },
}

/// The whole path of an entry: folder and title.
pub fn path(entry: Entry<'_>) -> String {
    match entry.folder() {
        "" => entry.title().to_owned(),
        folder => format!("{folder}/{}", entry.title()),
    }
}

/// A title for a copy of an entry that no other entry has, so that its name means it alone: the first
/// free of what `numbered` makes of the title and a number from 2 on. A title that is such a one already
/// is counted on from its base.
pub fn copy_title(vault: &Vault, title: &str, numbered: &dyn Fn(&str, usize) -> String) -> String {
    let bare = title.strip_suffix(['）', ')']).and_then(|head| {
        let (base, number) = head.rsplit_once(['（', '('])?;
        number.parse::<u16>().ok().map(|_| base.trim_end())
    });
    let base = bare.filter(|base| !base.is_empty()).unwrap_or(title);
    let taken = |title: &str| vault.entries().any(|entry| same(entry.title(), title));
    (2..1_000)
        .map(|number| numbered(base, number))
        .find(|title| !taken(title))
        .unwrap_or_else(|| title.to_owned())
}

/// The same name, however its letters are composed.
pub fn same(one: &str, other: &str) -> bool {
    one == other || (!(one.is_ascii() && other.is_ascii()) && one.nfc().eq(other.nfc()))
}

/// Finds the one entry that a name means.
pub fn resolve<'a>(vault: &'a Vault, name: &str, scope: Scope) -> Result<Entry<'a>, ReferenceError> {
    if let Some(entry) = name.parse::<Id>().ok().and_then(|id| vault.entry(id)) {
        return in_scope(vec![entry], name, scope);
    }
    let rooted = name.strip_prefix('/');
    let wanted = rooted.unwrap_or(name);
    let by_path = |entry: &Entry<'_>| match entry.folder() {
        "" => rooted.is_some() && same(entry.title(), wanted),
        folder => wanted.contains('/') && wanted.len() > folder.len() && same(&path(*entry), wanted),
    };
    let found: Vec<_> = vault.entries().filter(by_path).collect();
    match in_scope(found, name, scope) {
        Err(ReferenceError::NoSuchEntry { .. }) => {}
        decided => return decided,
    }
    in_scope(vault.entries().filter(|entry| same(entry.title(), name)).collect(), name, scope)
}

fn in_scope<'a>(found: Vec<Entry<'a>>, name: &str, scope: Scope) -> Result<Entry<'a>, ReferenceError> {
    let (trashed, live): (Vec<_>, Vec<_>) =
        found.into_iter().partition(|entry| entry.state() == State::Trashed);
    let name = name.to_owned();
    let fitting = match scope {
        Scope::Live if live.is_empty() && !trashed.is_empty() => {
            return Err(ReferenceError::InTrash { name });
        }
        Scope::Trashed if trashed.is_empty() && !live.is_empty() => {
            return Err(ReferenceError::NotInTrash { name });
        }
        Scope::Live => live,
        Scope::Trashed => trashed,
        Scope::LiveFirst => {
            if live.is_empty() {
                trashed
            } else {
                live
            }
        }
        Scope::All => [live, trashed].concat(),
    };
    match fitting.as_slice() {
        [] => Err(ReferenceError::NoSuchEntry { name }),
        [one] => Ok(*one),
        several => {
            let mut candidates: Vec<_> = several.iter().map(|entry| (path(*entry), entry.id())).collect();
            candidates.sort();
            Err(ReferenceError::Ambiguous { name, candidates })
        }
    }
}

/// What a field name means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target<'a> {
    /// A plain text.
    Plain(&'a str),
    /// Plain texts, one a line.
    Lines,
    /// A sealed text.
    Sealed(&'a [u8]),
    /// The one-time code of now, from this sealed key.
    Code(&'a [u8]),
}

/// Fields every entry can have, by the names they have on the command line.
pub const FIELDS: [&str; 10] =
    ["password", "new", "username", "url", "urls", "otp", "otp-uri", "notes", "title", "folder"];

/// Finds a field of an entry. Without a name it is the password; in an entry without one, the only
/// secret it has. A custom field answers to its name or its id.
pub fn field<'a>(entry: Entry<'a>, name: Option<&str>) -> Result<Target<'a>, ReferenceError> {
    let missing = |name: &str| ReferenceError::NoSuchField { name: name.to_owned(), have: names(entry) };
    let Some(name) = name else {
        return only_secret(entry).ok_or_else(|| missing("password"));
    };
    let sealed = |envelope: Option<&'a [u8]>| envelope.map(Target::Sealed).ok_or_else(|| missing(name));
    match name {
        "password" => sealed(entry.password()),
        "new" => sealed(entry.staged().last().map(|staged| staged.secret)),
        "notes" => sealed(entry.notes()),
        "otp-uri" => sealed(entry.otp()),
        "otp" => entry.otp().map(Target::Code).ok_or_else(|| missing(name)),
        "username" => Ok(Target::Plain(entry.username())),
        "title" => Ok(Target::Plain(entry.title())),
        "folder" => Ok(Target::Plain(entry.folder())),
        "url" => entry.urls().first().map(|url| Target::Plain(url)).ok_or_else(|| missing(name)),
        "urls" => Ok(Target::Lines),
        _ => custom(entry, name)?.or_else(|| staged(entry, name)).ok_or_else(|| missing(name)),
    }
}

/// `new1`, `new2`: one of several staged passwords, the oldest first.
fn staged<'a>(entry: Entry<'a>, name: &str) -> Option<Target<'a>> {
    let at = name.strip_prefix("new")?.parse::<usize>().ok()?.checked_sub(1)?;
    entry.staged().get(at).map(|one| Target::Sealed(one.secret))
}

fn only_secret(entry: Entry<'_>) -> Option<Target<'_>> {
    if let Some(password) = entry.password() {
        return Some(Target::Sealed(password));
    }
    let fields = entry.fields();
    let mut secrets = fields.iter().filter_map(|field| match field.value {
        FieldValue::Sealed(envelope) => Some(envelope),
        FieldValue::Plain(_) => None,
    });
    match (secrets.next(), secrets.next(), entry.notes()) {
        (Some(one), None, None) => Some(Target::Sealed(one)),
        (None, _, Some(notes)) => Some(Target::Sealed(notes)),
        _ => None,
    }
}

fn custom<'a>(entry: Entry<'a>, name: &str) -> Result<Option<Target<'a>>, ReferenceError> {
    let id = name.parse::<Id>().ok();
    let named: Vec<_> = entry
        .fields()
        .into_iter()
        .filter(|field| Some(field.element) == id || same(field.name, name))
        .collect();
    match named.as_slice() {
        [] => Ok(None),
        [one] => Ok(Some(match one.value {
            FieldValue::Plain(text) => Target::Plain(text),
            FieldValue::Sealed(envelope) => Target::Sealed(envelope),
        })),
        several => Err(ReferenceError::AmbiguousField {
            name: name.to_owned(),
            candidates: several.iter().map(|field| field.element).collect(),
        }),
    }
}

/// The names of the fields that an entry has.
pub fn names(entry: Entry<'_>) -> Vec<String> {
    let mut have = Vec::new();
    let mut add = |name: &str, there: bool| {
        if there {
            have.push(name.to_owned());
        }
    };
    add("password", entry.password().is_some());
    let staged = entry.staged().len();
    add("new", staged > 0);
    for number in 1..=Some(staged).filter(|all| *all > 1).unwrap_or(0) {
        add(&format!("new{number}"), true);
    }
    add("username", !entry.username().is_empty());
    add("url", !entry.urls().is_empty());
    add("otp", entry.otp().is_some());
    add("notes", entry.notes().is_some());
    for field in entry.fields() {
        add(field.name, true);
    }
    have
}

/// All folders of a vault, sorted: those of entries, their parents, and the empty ones kept.
pub fn folders(vault: &Vault) -> Vec<String> {
    let mut all = std::collections::BTreeSet::new();
    let kept = vault.section(Section::Settings).iter().flat_map(|record| {
        record.elements(crate::model::Tag::EMPTY_FOLDER).map(|(_, attr)| attr.value().to_owned())
    });
    let used = vault.entries().map(|entry| entry.folder().as_bytes().to_owned());
    for folder in used.chain(kept) {
        let Ok(folder) = String::from_utf8(folder) else { continue };
        let mut path = folder.as_str();
        while !path.is_empty() && all.insert(path.to_owned()) {
            path = path.rsplit_once('/').map_or("", |(parent, _)| parent);
        }
    }
    all.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Stamp, Tag};
    use crate::ops::change::{self, Change, Edit};

    fn vault(entries: &[(u8, &str, &str)]) -> Vault {
        let mut vault = Vault::new([0; 16]);
        for (number, folder, title) in entries {
            let text = |tag, value: &str| Edit { tag, element: None, value: value.as_bytes().into() };
            let edits = vec![text(Tag::TITLE, title), text(Tag::FOLDER, folder)];
            let write =
                Change::Write { section: Section::Entries, record: Id([*number; 16]), kind: 1, edits };
            let stamp = Stamp { hlc: u64::from(*number), ..Stamp::default() };
            change::apply(&mut vault, &write, stamp).expect("fine");
        }
        vault
    }

    fn first(vault: &Vault, name: &str) -> Result<u8, ReferenceError> {
        resolve(vault, name, Scope::Live).map(|entry| entry.id().0[0])
    }

    #[test]
    fn a_reference_is_taken_apart_at_its_first_number_sign() {
        let parsed = parse("mamori://a/C%23#pin%23#1");
        assert_eq!(parsed.entry, "a/C#");
        assert_eq!(parsed.field.as_deref(), Some("pin##1"));
        assert_eq!(parse("100%25"), Reference { entry: "100%25".into(), field: None });
        assert_eq!(parse("a#").field.as_deref(), Some(""));
    }

    #[test]
    fn id_then_path_then_title() {
        let held = vault(&[(1, "", "mail"), (2, "work", "mail"), (3, "work", "wiki"), (4, "", "a/b")]);
        assert_eq!(first(&held, &Id([2; 16]).to_string()), Ok(2));
        assert_eq!(first(&held, "work/mail"), Ok(2));
        assert_eq!(first(&held, "/work/mail"), Ok(2));
        assert_eq!(first(&held, "wiki"), Ok(3));
        assert_eq!(first(&held, "/mail"), Ok(1));
        assert_eq!(first(&held, "a/b"), Ok(4));
        for no in ["wik", "Wiki", "wiki ", "", "work", "/wiki", "work/"] {
            assert_eq!(first(&held, no), Err(ReferenceError::NoSuchEntry { name: no.into() }), "{no}");
        }
    }

    #[test]
    fn an_ambiguous_name_names_its_candidates() {
        let held = vault(&[(1, "", "mail"), (2, "work", "mail")]);
        let Err(ReferenceError::Ambiguous { candidates, .. }) = first(&held, "mail") else {
            unreachable!("two entries have that title")
        };
        assert_eq!(candidates, [("mail".into(), Id([1; 16])), ("work/mail".into(), Id([2; 16]))]);
    }

    #[test]
    fn composed_and_decomposed_letters_are_the_same_name() {
        let held = vault(&[(1, "", "か\u{3099}っこう")]);
        assert_eq!(first(&held, "がっこう"), Ok(1));
    }

    #[test]
    fn the_trash_is_reached_only_where_it_is_meant() {
        let mut held = vault(&[(1, "", "mail"), (2, "", "mail")]);
        let stamp = Stamp { hlc: 9, ..Stamp::default() };
        change::apply(&mut held, &Change::Trash(Id([1; 16])), stamp).expect("there");
        let found = |name: &str, scope| resolve(&held, name, scope).map(|entry| entry.id().0[0]);
        assert_eq!(found("mail", Scope::Live), Ok(2));
        assert_eq!(found("mail", Scope::LiveFirst), Ok(2));
        assert_eq!(found("mail", Scope::Trashed), Ok(1));
        assert!(matches!(found("mail", Scope::All), Err(ReferenceError::Ambiguous { .. })));
        let id = Id([1; 16]).to_string();
        assert!(matches!(found(&id, Scope::Live), Err(ReferenceError::InTrash { .. })));
        assert_eq!(found(&id, Scope::LiveFirst), Ok(1));
        let id = Id([2; 16]).to_string();
        assert!(matches!(found(&id, Scope::Trashed), Err(ReferenceError::NotInTrash { .. })));
    }

    #[test]
    fn parents_of_folders_are_folders() {
        assert_eq!(folders(&vault(&[(1, "a/b/c", "x"), (2, "a/d", "y")])), ["a", "a/b", "a/b/c", "a/d"]);
    }
}
