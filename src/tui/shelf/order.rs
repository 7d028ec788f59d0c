//! The rows in the order that was chosen: all of them at once, or the few that changed put into their
//! places among those that stand already.

use std::cmp::Ordering;

use super::{Cell, Shelf, key_into, sort_key};
use crate::config::sort::{Order, Sort};
use crate::model::{Id, State, Vault};
use crate::ops::search::Shift;

/// The key of a text as one comparison and where it lies.
type Key<'k> = (u128, &'k str);

fn head(text: &str) -> u128 {
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(text.bytes()).for_each(|(to, from)| *to = from);
    u128::from_be_bytes(bytes)
}

impl Shelf {
    /// All rows in an order; `vault` is read for the user names alone.
    pub fn sorted(&self, vault: &Vault, sort: Sort) -> Vec<u32> {
        let count = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        let none = || (0..count).collect::<Vec<u32>>();
        let mut rows = match sort.order {
            Order::Title => self.by_text(|cell, _| self.key(cell), sort.reverse),
            Order::Used => self.by_number(|cell| !cell.used, sort.reverse),
            Order::Changed => self.by_number(|cell| !cell.changed, sort.reverse),
            // - what has no password stands last
            Order::PasswordAge => self.by_number(|cell| cell.password.wrapping_sub(1), sort.reverse),
            Order::Kind => self.by_number(|cell| u64::from(cell.kind.number()), sort.reverse),
            Order::User => {
                let mut keys = String::new();
                let mut places = Vec::with_capacity(self.ids.len());
                for entry in vault.entries() {
                    let start = keys.len();
                    key_into(entry.username(), &mut keys);
                    places.push(start..keys.len());
                }
                if places.len() == self.ids.len() {
                    let key = |at: usize| keys.get(places[at].clone()).unwrap_or("");
                    self.by_text(|_, at| key(at), sort.reverse)
                } else {
                    none()
                }
            }
            Order::Folder => {
                let ranks = ranks(&self.folders.all);
                self.by_number(|cell| ranks[cell.folder as usize], sort.reverse)
            }
        };
        if sort.favourites_first {
            let favourite = |row: &u32| self.of(*row).is_some_and(|cell| cell.favourite);
            let (mut first, rest): (Vec<u32>, Vec<u32>) = rows.into_iter().partition(favourite);
            first.extend(rest);
            rows = first;
        }
        rows
    }

    /// What lies in the trash, the last thrown away first; what went together stands by title.
    pub fn trash(&self) -> Vec<Id> {
        let trashed = self.ids.iter().zip(&self.cells).filter(|(_, cell)| cell.state == State::Trashed);
        let mut keyed: Vec<(u64, Key<'_>, Id)> =
            trashed.map(|(id, cell)| (!cell.trashed, (head(self.key(cell)), self.key(cell)), *id)).collect();
        keyed.sort_unstable();
        keyed.into_iter().map(|(_, _, id)| id).collect()
    }

    /// Rows by a number; what is equal in it stands by title, whichever way round the number goes.
    fn by_number(&self, number: impl Fn(&Cell) -> u64, reverse: bool) -> Vec<u32> {
        let flip = if reverse { u64::MAX } else { 0 };
        let mut keyed: Vec<(u64, u128, u32)> = (0..)
            .zip(&self.rows)
            .filter_map(|(row, at)| {
                let cell = self.cells.get(*at as usize)?;
                Some((number(cell) ^ flip, head(self.key(cell)), row))
            })
            .collect();
        keyed.sort_unstable();
        keyed.into_iter().map(|(_, _, row)| row).collect()
    }

    /// Rows by a text, empty ones last.
    fn by_text<'k>(&'k self, text: impl Fn(&'k Cell, usize) -> &'k str, reverse: bool) -> Vec<u32> {
        let mut keyed: Vec<(Key<'k>, u32)> = (0..)
            .zip(&self.rows)
            .filter_map(|(row, at)| {
                let text = text(self.cells.get(*at as usize)?, *at as usize);
                Some(((head(text), text), row))
            })
            .collect();
        keyed.sort_unstable();
        let empty = keyed.iter().take_while(|((_, text), _)| text.is_empty()).count();
        keyed.rotate_left(empty);
        let mut rows: Vec<u32> = keyed.into_iter().map(|(_, row)| row).collect();
        if reverse {
            let filled = rows.len() - empty;
            rows[..filled].reverse();
        }
        rows
    }

    /// Puts rows that moved or changed into their places among `sorted`, which [`Shelf::sorted`] gave in
    /// the same order before the `shifts`: what it would give now.
    pub fn resort(&self, vault: &Vault, sorted: &mut Vec<u32>, shifts: &[Shift], sort: Sort) {
        let mut moved: Vec<u32> = Vec::new();
        for Shift { from, to } in shifts {
            if let Some(from) = *from {
                sorted.retain(|row| *row != from);
                moved.retain(|row| *row != from);
            }
            if from != to {
                let after = |row: u32| row - u32::from(from.is_some_and(|from| row > from));
                let after = |row: u32| {
                    let row = after(row);
                    row + u32::from(to.is_some_and(|to| row >= to))
                };
                sorted.iter_mut().chain(&mut moved).for_each(|row| *row = after(*row));
            }
            moved.extend(*to);
        }
        let compare = self.comparison(vault, sort);
        for row in moved.into_iter().filter(|row| self.of(*row).is_some()) {
            let at = sorted.partition_point(|one| compare(*one, row) == Ordering::Less);
            sorted.insert(at, row);
        }
    }

    /// How two rows stand to each other in an order.
    fn comparison<'s>(&'s self, vault: &'s Vault, sort: Sort) -> impl Fn(u32, u32) -> Ordering + use<'s> {
        let ranks = if sort.order == Order::Folder { ranks(&self.folders.all) } else { Vec::new() };
        let flip = if sort.reverse { u64::MAX } else { 0 };
        let number = move |cell: &Cell| {
            flip ^ match sort.order {
                Order::Used => !cell.used,
                Order::Changed => !cell.changed,
                Order::PasswordAge => cell.password.wrapping_sub(1),
                Order::Kind => u64::from(cell.kind.number()),
                Order::Folder => ranks.get(cell.folder as usize).copied().unwrap_or(u64::MAX),
                Order::Title | Order::User => 0,
            }
        };
        let user = move |row: u32| {
            let id: Option<&Id> = self.rows.get(row as usize).and_then(|at| self.ids.get(*at as usize));
            id.and_then(|id| vault.entry(*id)).map_or(String::new(), |entry| sort_key(entry.username()))
        };
        let text = move |one: (&str, u32), other: (&str, u32)| {
            let filled = one.0.is_empty().cmp(&other.0.is_empty());
            let order = one.cmp(&other);
            filled.then(if sort.reverse && !one.0.is_empty() { order.reverse() } else { order })
        };
        move |one, other| {
            let (Some(cell), Some(next)) = (self.of(one), self.of(other)) else { return one.cmp(&other) };
            let first = next.favourite.cmp(&cell.favourite);
            let order = match sort.order {
                Order::Title => text((self.key(cell), one), (self.key(next), other)),
                Order::User => text((user(one).as_str(), one), (user(other).as_str(), other)),
                _ => {
                    let keyed = |cell: &Cell, row| (number(cell), head(self.key(cell)), row);
                    keyed(cell, one).cmp(&keyed(next, other))
                }
            };
            if sort.favourites_first { first.then(order) } else { order }
        }
    }
}

/// The place of each folder in the order of their names; no folder stands last.
fn ranks(names: &[String]) -> Vec<u64> {
    let mut order: Vec<(bool, String, usize)> =
        (0..).zip(names).map(|(at, name)| (name.is_empty(), sort_key(name), at)).collect();
    order.sort_unstable();
    let mut ranks = vec![0; names.len()];
    for (rank, (_, _, at)) in (0..).zip(order) {
        ranks[at] = rank;
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Kind;
    use crate::model::{Section, Stamp, Tag};
    use crate::ops::change::{Change, Edit, apply};
    use crate::ops::search::Index;
    use proptest::prelude::*;

    const TITLES: [&str; 9] = ["", "a", "b", "アーク", "あかり", "b ank", "銀行", "Zebra", "b"];

    /// One entry becomes this: title, user, folder, kind, favourite, an hour; or it goes for ever.
    type Became = (u8, usize, usize, usize, u16, bool, bool);

    fn become_so(vault: &mut Vault, (id, title, user, folder, kind, favourite, gone): Became) -> Id {
        let record = Id([id; 16]);
        let edit = |tag, value: &str| Edit { tag, element: None, value: value.as_bytes().into() };
        let edits = vec![
            edit(Tag::TITLE, TITLES[title]),
            edit(Tag::USERNAME, TITLES[user]),
            edit(Tag::FOLDER, TITLES[folder]),
            Edit {
                tag: Tag::FAVOURITE,
                element: None,
                value: if favourite { [1].as_slice() } else { &[] }.into(),
            },
            Edit {
                tag: Tag::USED,
                element: None,
                value: u64::from(kind % 3).to_le_bytes().as_slice().into(),
            },
        ];
        let write = Change::Write { section: Section::Entries, record, kind: kind % 4 + 1, edits };
        let change = if gone && vault.entry(record).is_some() { Change::Purge(record) } else { write };
        let hlc = (vault.latest() + 1).max(u64::from(kind) << 17);
        apply(vault, &change, Stamp { hlc, salt: 0, writer: 0 }).expect("applied");
        record
    }

    fn becoming() -> impl Strategy<Value = Became> {
        (1u8..14, 0..9usize, 0..9usize, 0..9usize, 0u16..9, any::<bool>(), prop::bool::weighted(0.2))
    }

    proptest! {
        #[test]
        fn one_by_one_comes_to_the_same_as_all_at_once(
            first in prop::collection::vec(becoming(), 0..12),
            then in prop::collection::vec(becoming(), 1..8),
            reverse in any::<bool>(),
            favourites_first in any::<bool>(),
        ) {
            let mut vault = Vault::new([0; 16]);
            for one in first {
                become_so(&mut vault, one);
            }
            let mut index = Index::build(&vault, &Kind::word);
            let mut shelf = Shelf::build(&vault, &index);
            let sort = |order| Sort { order, reverse, favourites_first };
            let mut sorted: Vec<Vec<u32>> = Order::ALL.iter().map(|order| shelf.sorted(&vault, sort(*order))).collect();
            let mut shifts = Vec::new();
            for one in then {
                let id = become_so(&mut vault, one);
                let shift = index.refresh(id, vault.entry(id), &Kind::word);
                shelf.refresh_one(&vault, &index, id, shift);
                shifts.push(shift);
            }
            let built = Shelf::build(&vault, &index);
            let seen = |shelf: &Shelf| -> Vec<String> {
                let rows = (0..index.len()).map(|row| {
                    shelf.of(row as u32).map(|cell| (shelf.key(cell).to_owned(), cell.used, cell.favourite))
                });
                rows.map(|row| format!("{row:?}")).collect()
            };
            prop_assert_eq!(seen(&shelf), seen(&built));
            prop_assert_eq!(shelf.facets(&[]), built.facets(&[]));
            for (order, rows) in Order::ALL.iter().zip(&mut sorted) {
                shelf.resort(&vault, rows, &shifts, sort(*order));
                prop_assert_eq!(&*rows, &shelf.sorted(&vault, sort(*order)), "{:?}", order);
            }
        }
    }
}
