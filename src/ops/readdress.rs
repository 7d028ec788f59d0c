//! Another mail address in place of one that goes: every entry that signs in with it, is written to
//! at it or is reset through its mailbox, what changes in each, and the one change that writes those
//! that were chosen. The account at the site must be changed by its owner first; nothing here can.
//!
//! Notes are sealed and are not looked into.

use std::collections::BTreeSet;

use super::change::Change;
use super::edit::{EntryEdit, NewValue, Sealer};
use super::links::{self, Facts};
use crate::crypto::entropy::EntropyError;
use crate::model::{Entry, FieldValue, Id, Kind, Relation, State, Tag, Vault};

/// Where an address stands in an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// The user name.
    User,
    /// A plain field of this name.
    Field(Id, String),
    /// The link to the mailbox that resets it.
    Link(Id),
}

/// One thing that changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// Where.
    pub place: Place,
    /// What stands there; the title of the mailbox for a link.
    pub before: String,
    /// What comes there.
    pub after: String,
}

/// An entry with what changes in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Which.
    pub entry: Id,
    /// What, never empty.
    pub spots: Vec<Spot>,
}

/// Why there is nothing to look for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReaddressError {
    /// The old text is no mail address.
    #[error("the old one is no mail address")]
    Old,
    /// The new text is none.
    #[error("the new one is no mail address")]
    New,
    /// Both are the same.
    #[error("both addresses are the same")]
    Same,
}

/// The two addresses, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Swap {
    old: String,
    new: String,
}

impl Swap {
    /// Of two texts.
    pub fn of(old: &str, new: &str) -> Result<Swap, ReaddressError> {
        let (old, new) = (old.trim(), new.trim());
        let (Some(plain), Some(_)) = (links::address(old), links::address(new)) else {
            return Err(if links::address(old).is_none() {
                ReaddressError::Old
            } else {
                ReaddressError::New
            });
        };
        if old.to_lowercase() == new.to_lowercase() {
            return Err(ReaddressError::Same);
        }
        // - one with a tag of its own is meant with it, and nothing else
        let old = if old.contains('+') { old.to_lowercase() } else { plain };
        Ok(Swap { old, new: new.to_owned() })
    }

    /// The new text for one that holds the old address; none where it does not. What stands behind a
    /// `+` goes along.
    fn swapped(&self, text: &str) -> Option<String> {
        let mut out = String::new();
        let mut found = false;
        let mut rest = text;
        let is_edge = |c: char| c.is_whitespace() || "<>(),;:/\"'、，；（）「」".contains(c);
        while !rest.is_empty() {
            let end = rest.find(is_edge).unwrap_or(rest.len());
            let (word, tail) = rest.split_at(end);
            match self.word(word) {
                Some(new) => {
                    out.push_str(&new);
                    found = true;
                }
                None => out.push_str(word),
            }
            let edge = tail.chars().next();
            out.extend(edge);
            rest = tail.get(edge.map_or(0, char::len_utf8)..).unwrap_or("");
        }
        found.then_some(out)
    }

    fn word(&self, word: &str) -> Option<String> {
        if word.to_lowercase() == self.old {
            return Some(self.new.clone());
        }
        let (local, domain) = word.rsplit_once('@')?;
        let (base, tag) = local.split_once('+')?;
        let (new_local, new_domain) = self.new.rsplit_once('@')?;
        (format!("{base}@{domain}").to_lowercase() == self.old)
            .then(|| format!("{new_local}+{tag}@{new_domain}"))
    }
}

/// Entries in use with the old address, by title; its own mailbox is none of them.
pub fn find(vault: &Vault, swap: &Swap) -> Vec<Hit> {
    let mailbox = |address: &str| {
        let wanted = links::address(address);
        vault.entries().filter(|entry| entry.state() != State::Trashed).find(|entry| {
            links::likely::kind(*entry) == Kind::Mailbox
                && wanted.as_ref().is_some_and(|wanted| Facts::of(*entry).boxes.contains(wanted))
        })
    };
    let (old, new) = (mailbox(&swap.old), mailbox(&swap.new));
    let mut hits = Vec::new();
    for entry in vault.entries().filter(|entry| entry.state() == State::Active) {
        if old.is_some_and(|old| old.id() == entry.id()) {
            continue;
        }
        let mut spots = Vec::new();
        if let Some(after) = swap.swapped(entry.username()) {
            spots.push(Spot { place: Place::User, before: entry.username().to_owned(), after });
        }
        for field in entry.fields() {
            let FieldValue::Plain(value) = field.value else { continue };
            if let Some(after) = swap.swapped(value) {
                let place = Place::Field(field.element, field.name.to_owned());
                spots.push(Spot { place, before: value.to_owned(), after });
            }
        }
        // - a link to a closed mailbox ends also where the new address is no entry yet
        let new = new.filter(|new| new.id() != entry.id());
        if let Some(old) = old.filter(|old| new.is_some() || old.state() == State::Archived) {
            let held = entry.links().into_iter();
            let led =
                held.filter(|(_, relation, to)| *relation == Relation::ResetsThrough && *to == old.id());
            spots.extend(led.map(|(element, ..)| Spot {
                place: Place::Link(element),
                before: old.title().to_owned(),
                after: new.map_or_else(String::new, |new| new.title().to_owned()),
            }));
        }
        if !spots.is_empty() {
            hits.push(Hit { entry: entry.id(), spots });
        }
    }
    hits.sort_by_cached_key(|hit| {
        let title = vault.entry(hit.entry).map_or("", Entry::title);
        (super::search::fold::fold(title), hit.entry)
    });
    hits
}

/// The change that writes those of `ids`: one, however many they are. None where nothing is left.
pub fn change(
    vault: &Vault,
    swap: &Swap,
    ids: &[Id],
    sealer: &mut Sealer<'_>,
) -> Result<Option<(Change, usize)>, EntropyError> {
    let new = links::address(&swap.new);
    let to = vault.entries().find(|entry| {
        entry.state() != State::Trashed
            && links::likely::kind(*entry) == Kind::Mailbox
            && new.as_ref().is_some_and(|new| Facts::of(*entry).boxes.contains(new))
    });
    let chosen: BTreeSet<Id> = ids.iter().copied().collect();
    let mut changes = Vec::new();
    for hit in find(vault, swap).iter().filter(|hit| chosen.contains(&hit.entry)) {
        let Some(record) = vault.record(hit.entry) else { continue };
        let mut edit = EntryEdit::of(sealer, record);
        for spot in &hit.spots {
            match &spot.place {
                Place::User => edit.text(Tag::USERNAME, &spot.after),
                Place::Field(element, name) => edit.field(*element, name, &NewValue::Plain(&spot.after))?,
                Place::Link(element) => {
                    edit.unlink(*element);
                    if let Some(to) = to {
                        edit.link(Relation::ResetsThrough, to.id())?;
                    }
                }
            }
        }
        changes.extend(edit.finish());
    }
    let count = changes.len();
    Ok((count > 0).then_some((Change::Many(changes), count)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::links::tests::{Fixture, NONE};

    fn swap(old: &str, new: &str) -> Swap {
        Swap::of(old, new).expect("two addresses")
    }

    #[test]
    fn an_address_is_found_as_a_word_only() {
        let swap = swap("Info@example.jp", "new@example.net");
        let cases = [
            ("info@example.jp", Some("new@example.net")),
            ("INFO@Example.JP", Some("new@example.net")),
            ("info+shop@example.jp", Some("new+shop@example.net")),
            ("Hana <info@example.jp>, x@example.jp", Some("Hana <new@example.net>, x@example.jp")),
            ("連絡先：、info@example.jp、", Some("連絡先：、new@example.net、")),
            ("xinfo@example.jp", None),
            ("info@example.jp.example", None),
            ("info@example", None),
            ("info", None),
            ("", None),
        ];
        for (text, wanted) in cases {
            assert_eq!(swap.swapped(text).as_deref(), wanted, "{text}");
        }
        assert_eq!(Swap::of("info", "a@b.jp"), Err(ReaddressError::Old));
        assert_eq!(Swap::of("a@b.jp", ""), Err(ReaddressError::New));
        assert_eq!(Swap::of("a@b.jp", " A@B.jp "), Err(ReaddressError::Same));
    }

    #[test]
    fn those_that_are_chosen_change_as_one_step_and_the_mailbox_itself_stays() {
        let mut made = Fixture::default();
        let old = made.add(Kind::Mailbox, "info@example.jp", "info@example.jp", NONE);
        let new = made.add(Kind::Mailbox, "new@example.net", "new@example.net", NONE);
        let shop = made.add(Kind::Login, "shop", "info@example.jp", NONE);
        let bank = made.add(Kind::BankAccount, "bank", "hana", NONE);
        made.field(bank, "連絡先", "電話 03-1, info@example.jp");
        let panel = made.add(Kind::Server, "panel", "p1", NONE);
        made.link(panel, Relation::ResetsThrough, old);
        let gone = made.add(Kind::Login, "gone", "info@example.jp", NONE);
        made.apply(&Change::Trash(gone));
        let swap = swap("info@example.jp", "new@example.net");
        let hits = find(&made.vault, &swap);
        let titles: Vec<&str> = hits.iter().map(|hit| made.title(hit.entry)).collect();
        assert_eq!(titles, ["bank", "panel", "shop"]);
        assert_eq!(hits[0].spots[0].after, "電話 03-1, new@example.net");
        let Fixture { vault, values, random, .. } = &mut made;
        let mut sealer = Sealer { values, vault: [1; 16], entropy: random };
        let chosen = [bank, panel];
        let (step, count) = change(vault, &swap, &chosen, &mut sealer).expect("random").expect("two");
        assert_eq!(count, 2);
        let back = made.apply(&step).expect("has an inverse");
        let links = |made: &Fixture| made.entry(panel).links().first().map(|one| one.2);
        assert_eq!(links(&made), Some(new));
        assert!(
            matches!(made.entry(bank).fields()[0].value, FieldValue::Plain(text) if text.ends_with("new@example.net"))
        );
        assert_eq!(
            (made.entry(shop).username(), made.entry(old).username()),
            ("info@example.jp", "info@example.jp")
        );
        // - what is left is found again
        let left: Vec<Id> = find(&made.vault, &swap).iter().map(|hit| hit.entry).collect();
        assert_eq!(left, [shop]);
        made.apply(&back);
        assert_eq!(find(&made.vault, &swap).len(), 3);
        assert_eq!(links(&made), Some(old));
    }
}
