//! A record read as an entry: the view that lists, search and forms use. It opens no secret: it
//! tells that there is one and hands out the sealed envelope.

use super::id::Id;
use super::kind::{Kind, Relation};
use super::record::{Attr, Record};
use super::stamp::Stamp;
use super::tag::Tag;

/// The state of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// In use.
    Active,
    /// The account is closed.
    Archived,
    /// In the trash.
    Trashed,
}

impl State {
    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            State::Active => "active",
            State::Archived => "archived",
            State::Trashed => "trashed",
        }
    }
}

/// State of a staged change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum StagedState {
    /// Waiting for confirmation.
    Open,
    /// Dropped.
    Discarded,
    /// Made current.
    Confirmed,
}

/// A custom field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field<'a> {
    /// Its element.
    pub element: Id,
    /// Its name; may be empty.
    pub name: &'a str,
    /// Its value: plain text, or a sealed envelope.
    pub value: FieldValue<'a>,
}

/// The value of a custom field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldValue<'a> {
    /// Anybody who opens the entry may see it.
    Plain(&'a str),
    /// A sealed envelope.
    Sealed(&'a [u8]),
}

/// A staged change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Staged<'a> {
    /// Its element.
    pub element: Id,
    /// The new password, sealed.
    pub secret: &'a [u8],
    /// Its state.
    pub state: StagedState,
    /// Why.
    pub reason: &'a str,
    /// Since when, ms.
    pub since: u64,
}

/// A record seen as an entry.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a>(pub &'a Record);

impl<'a> Entry<'a> {
    /// Its id.
    pub fn id(self) -> Id {
        self.0.id
    }

    /// Its kind.
    pub fn kind(self) -> Kind {
        let number = self.0.number(Tag::KIND).and_then(|number| u16::try_from(number).ok());
        Kind::from_number(number.unwrap_or(self.0.kind))
    }

    /// Its state. In the trash it is while every field is one that the one who trashed it had
    /// seen; an edit made elsewhere brings it back.
    pub fn state(self) -> State {
        let seen = self.0.value(Tag::TRASH);
        if !seen.is_empty() && self.unseen(seen).next().is_none() {
            State::Trashed
        } else if self.0.value(Tag::ARCHIVED).is_empty() {
            State::Active
        } else {
            State::Archived
        }
    }

    /// Something is in it, and it is not out of sight.
    pub fn is_shown(self) -> bool {
        !self.0.is_blank() && !self.is_unmade()
    }

    /// Making it was undone, by somebody who had seen every field of it: it is out of sight.
    pub fn is_unmade(self) -> bool {
        self.0.value(Tag::TRASH).starts_with(&UNMADE) && self.state() == State::Trashed
    }

    /// Fields newer than what `seen` (the value of a trash attribute) lists.
    pub fn unseen(self, seen: &'a [u8]) -> impl Iterator<Item = &'a Attr> {
        let (seen, _) = seen.as_chunks::<16>();
        self.0.attrs().iter().filter(|attr| !matches!(attr.tag, Tag::TRASH | Tag::USED)).filter(move |attr| {
            attr.current().is_some_and(|version| !seen.contains(&stamp_bytes(version.stamp)))
        })
    }

    /// Title.
    pub fn title(self) -> &'a str {
        self.0.text(Tag::TITLE)
    }

    /// User name.
    pub fn username(self) -> &'a str {
        self.0.text(Tag::USERNAME)
    }

    /// Folder as a path `a/b`; empty at the root.
    pub fn folder(self) -> &'a str {
        self.0.text(Tag::FOLDER)
    }

    /// Reading (よみ).
    pub fn reading(self) -> &'a str {
        self.0.text(Tag::READING)
    }

    /// Addresses in their order.
    pub fn urls(self) -> Vec<&'a str> {
        self.0.placed(Tag::URL, Tag::URL_PLACE).into_iter().map(|(_, attr)| text(attr)).collect()
    }

    /// Tags, sorted, each once.
    pub fn tags(self) -> Vec<&'a str> {
        self.set(Tag::LABEL)
    }

    /// Aliases, sorted, each once.
    pub fn aliases(self) -> Vec<&'a str> {
        self.set(Tag::ALIAS)
    }

    /// What else uses the account (phone, mail program), sorted, each once.
    pub fn used_by(self) -> Vec<&'a str> {
        self.set(Tag::USED_BY)
    }

    fn set(self, tag: Tag) -> Vec<&'a str> {
        let mut all: Vec<_> = self.0.elements(tag).map(|(_, attr)| text(attr)).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Marked as a favourite.
    pub fn favourite(self) -> bool {
        !self.0.value(Tag::FAVOURITE).is_empty()
    }

    /// The sealed password; none when there is no password.
    pub fn password(self) -> Option<&'a [u8]> {
        self.sealed(Tag::PASSWORD)
    }

    /// The sealed one-time-code key.
    pub fn otp(self) -> Option<&'a [u8]> {
        self.sealed(Tag::OTP)
    }

    /// The sealed notes.
    pub fn notes(self) -> Option<&'a [u8]> {
        self.sealed(Tag::NOTES)
    }

    fn sealed(self, tag: Tag) -> Option<&'a [u8]> {
        Some(self.0.value(tag)).filter(|value| !value.is_empty())
    }

    /// Custom fields in their order.
    pub fn fields(self) -> Vec<Field<'a>> {
        let mut ids: Vec<Id> = Vec::new();
        for tag in [Tag::FIELD_NAME, Tag::FIELD_VALUE, Tag::FIELD_SECRET] {
            ids.extend(self.0.elements(tag).map(|(id, _)| id));
        }
        ids.sort_unstable();
        ids.dedup();
        let place = |id| {
            self.0.attr(Tag::FIELD_PLACE, Some(id)).map_or(0, |attr| super::record::number(attr.value()))
        };
        ids.sort_by_key(|id| (place(*id), *id));
        let value = |tag, id| self.0.attr(tag, Some(id)).map_or(&[][..], Attr::value);
        ids.into_iter()
            .map(|element| {
                let sealed = value(Tag::FIELD_SECRET, element);
                let plain = self.0.attr(Tag::FIELD_VALUE, Some(element)).map_or("", text);
                Field {
                    element,
                    name: self.0.attr(Tag::FIELD_NAME, Some(element)).map_or("", text),
                    value: if sealed.is_empty() {
                        FieldValue::Plain(plain)
                    } else {
                        FieldValue::Sealed(sealed)
                    },
                }
            })
            .collect()
    }

    /// Links to other entries.
    pub fn links(self) -> Vec<(Id, Relation, Id)> {
        self.leads(Tag::LINK)
    }

    /// Links that were proposed and refused.
    pub fn refused_links(self) -> Vec<(Id, Relation, Id)> {
        self.leads(Tag::LINK_REFUSED)
    }

    fn leads(self, tag: Tag) -> Vec<(Id, Relation, Id)> {
        self.0
            .elements(tag)
            .filter_map(|(element, attr)| {
                let (relation, target) = attr.value().split_first()?;
                Some((element, Relation::from_byte(*relation), Id(target.try_into().ok()?)))
            })
            .collect()
    }

    /// Attachments by name: element, name and the sealed content.
    pub fn files(self) -> Vec<(Id, &'a str, &'a [u8])> {
        let name = |id| self.0.attr(Tag::FILE_NAME, Some(id)).map_or("", text);
        let data = self.0.elements(Tag::FILE_DATA);
        let mut all: Vec<_> = data.map(|(id, attr)| (id, name(id), attr.value())).collect();
        all.sort_by_key(|(id, name, _)| (*name, *id));
        all
    }

    /// Staged changes that wait for confirmation, oldest first.
    pub fn staged(self) -> Vec<Staged<'a>> {
        let mut all: Vec<_> = self
            .0
            .elements(Tag::STAGED_SECRET)
            .map(|(element, attr)| {
                let state = match self.0.attr(Tag::STAGED_STATE, Some(element)).map(Attr::value) {
                    Some([2]) => StagedState::Discarded,
                    Some([3]) => StagedState::Confirmed,
                    _ => StagedState::Open,
                };
                let since = self.0.attr(Tag::STAGED_SINCE, Some(element));
                Staged {
                    element,
                    secret: attr.value(),
                    state,
                    reason: self.0.attr(Tag::STAGED_REASON, Some(element)).map_or("", text),
                    since: since.map_or(0, |attr| super::record::number(attr.value())),
                }
            })
            .filter(|one| one.state == StagedState::Open)
            .collect();
        all.sort_by_key(|one| (one.since, one.element));
        all
    }

    /// When it was made, ms.
    pub fn created(self) -> u64 {
        let first =
            || self.0.attrs().iter().flat_map(|attr| attr.versions.last()).map(|one| one.stamp.ms()).min();
        self.0.number(Tag::CREATED).or_else(first).unwrap_or(0)
    }

    /// When it was last edited, ms. Using it is no edit.
    pub fn modified(self) -> u64 {
        let edited = self.0.attrs().iter().filter(|attr| attr.tag != Tag::USED);
        let versions = edited.flat_map(|attr| {
            attr.versions.first().map(|one| one.stamp).into_iter().chain(attr.floor.as_deref().copied())
        });
        versions.max().map_or(0, Stamp::ms)
    }

    /// When the password was last changed, ms; none when unknown or without a password.
    pub fn password_changed(self) -> Option<u64> {
        let attr = self.0.attr(Tag::PASSWORD, None)?;
        let version = attr.current().filter(|version| !version.value.is_empty())?;
        // Only an override at least as new as the password speaks of this password.
        let told = self.0.attr(Tag::PASSWORD_CHANGED, None).and_then(Attr::current);
        match told.filter(|one| one.stamp >= version.stamp) {
            Some(one) => Some(super::record::number(&one.value)).filter(|ms| *ms != 0),
            None => Some(version.stamp.ms()),
        }
    }

    /// The date of its own on which the password is to be changed, ms; none where the password was
    /// changed after it was set.
    pub fn due_date(self) -> Option<u64> {
        let date = self.0.attr(Tag::DUE, None).and_then(Attr::current)?;
        let password = self.0.attr(Tag::PASSWORD, None).and_then(Attr::current);
        let newer = password.is_none_or(|password| date.stamp >= password.stamp);
        Some(super::record::number(&date.value)).filter(|ms| *ms != 0 && newer)
    }

    /// When it expires, ms.
    pub fn expires(self) -> Option<u64> {
        self.0.number(Tag::EXPIRES)
    }

    /// Last use, ms; 0 when never.
    pub fn used(self) -> u64 {
        self.0.number(Tag::USED).unwrap_or(0)
    }
}

/// With this in front of its stamps a trash attribute says that making the entry was undone. It is no
/// stamp: a program that does not know it finds the entry in the trash.
pub const UNMADE: [u8; 16] = [0; 16];

/// What a trash attribute holds of a stamp: hlc ‖ salt.
pub fn stamp_bytes(stamp: Stamp) -> [u8; 16] {
    let mut out = [0; 16];
    out[..8].copy_from_slice(&stamp.hlc.to_le_bytes());
    out[8..].copy_from_slice(&stamp.salt.to_le_bytes());
    out
}

fn text(attr: &Attr) -> &str {
    std::str::from_utf8(attr.value()).unwrap_or("")
}
