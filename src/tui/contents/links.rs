//! Which entries lead to which, in both directions. An entry holds only the links away from it; who
//! leads to it would take a look at all of them for every frame.

use std::collections::HashMap;

use crate::model::{Entry, Id, Relation, Vault};

/// Most links of an entry that are sorted by title.
const SORTED_MOST: usize = 1_000;

/// A link as one of its two entries sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    /// The other entry leads to this one.
    pub back: bool,
    /// The byte of the relation, for a fixed order.
    relation: u8,
    /// The other entry.
    pub other: Id,
}

impl Link {
    /// How the two hang together.
    pub fn relation(self) -> Relation {
        Relation::from_byte(self.relation)
    }
}

/// The links of a vault. Only entries with links take room.
#[derive(Debug, Default)]
pub struct Links {
    away: HashMap<Id, Vec<Link>>,
    back: HashMap<Id, Vec<Link>>,
}

impl Links {
    /// Of every entry.
    pub fn build(vault: &Vault) -> Links {
        let mut links = Links::default();
        for entry in vault.entries() {
            let id = entry.id();
            for (other, away, back) in both(entry) {
                links.away.entry(id).or_default().push(away);
                links.back.entry(other).or_default().push(back);
            }
        }
        for held in links.away.values_mut().chain(links.back.values_mut()) {
            held.sort_unstable();
            held.dedup();
        }
        links
    }

    /// An entry changed or went.
    pub fn refresh(&mut self, id: Id, entry: Option<Entry<'_>>) {
        for link in self.away.remove(&id).unwrap_or_default() {
            if let Some(held) = self.back.get_mut(&link.other) {
                held.retain(|one| one.other != id);
            }
        }
        for (other, away, back) in entry.into_iter().flat_map(both) {
            insert(self.away.entry(id).or_default(), away);
            insert(self.back.entry(other).or_default(), back);
        }
    }

    /// The links of an entry, those away from it first, those of one relation by what the other is
    /// called. Of very many the order is that of their ids: no frame waits for it.
    pub fn of<'a>(&self, id: Id, title: impl Fn(Id) -> &'a str) -> Vec<Link> {
        let sides = [&self.away, &self.back].into_iter().filter_map(|side| side.get(&id));
        let mut all: Vec<Link> = sides.flatten().copied().collect();
        if all.len() <= SORTED_MOST {
            all.sort_by(|one, other| {
                let place = |link: &Link| (link.back, link.relation);
                let named = || title(one.other).cmp(title(other.other)).then(one.other.cmp(&other.other));
                place(one).cmp(&place(other)).then_with(named)
            });
        }
        all
    }
}

/// The other entry of each link, and how either of them sees it.
fn both(entry: Entry<'_>) -> impl Iterator<Item = (Id, Link, Link)> {
    let id = entry.id();
    entry.links().into_iter().map(move |(_, relation, other)| {
        let relation = relation.byte();
        (other, Link { back: false, relation, other }, Link { back: true, relation, other: id })
    })
}

fn insert(held: &mut Vec<Link>, link: Link) {
    if let Err(at) = held.binary_search(&link) {
        held.insert(at, link);
    }
}
