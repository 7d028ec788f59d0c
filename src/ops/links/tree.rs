//! What falls if an account falls, as a tree: below each account those that hang on it. An account
//! opens its branch once, where it stands nearest to the first; elsewhere it is only named, so that a
//! circle ends and a tree has at most as many rows as there are links.
//!
//! The first account's password lies open, too, so that those with the same one stand below it. What
//! falls further down falls by a reset or a panel, which tells nobody its password.
//!
//! Not here: who hangs on whom ([`Graph`]), and the order of mending ([`crate::ops::incident`]).

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use crate::model::{Id, Relation};
use crate::ops::incident::Graph;

/// The deepest row; what hangs below is counted there.
pub const DEEPEST: u16 = 24;

/// Why a row stands below another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hold {
    /// By a link.
    Link(Relation),
    /// It has the same password.
    Password,
}

/// What stands below a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Below {
    /// The rows that follow, so many at once.
    Here(usize),
    /// It stands on the way from the first to this row: a circle.
    Circle,
    /// It has another place in the tree, where what hangs on it stands.
    Elsewhere,
    /// So many at once, too deep to be shown.
    Deep(usize),
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The account.
    pub entry: Id,
    /// 0 for the first.
    pub depth: u16,
    /// Why it stands here, a link that somebody set before others.
    pub hold: Option<Hold>,
    /// Nobody set the link; it is guessed from the data.
    pub guess: bool,
    /// What stands below it.
    pub below: Below,
    /// Where the row above it in the tree stands.
    pub parent: Option<usize>,
    /// It is the last of its siblings.
    pub last: bool,
}

/// The tree.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree {
    /// From the top, each row before those below it.
    pub rows: Vec<Row>,
    /// Accounts that fall, the first aside.
    pub falls: usize,
    /// Those of them that only a guess leads to.
    pub guessed: usize,
}

/// An account below another, and why.
#[derive(Debug, Clone, Copy)]
struct Child {
    entry: Id,
    hold: Hold,
    guess: bool,
}

/// The tree of an account. `same` are the accounts with the same password as the first; `before`
/// says what stands in front among siblings (a title, folded).
pub fn tree(graph: &Graph, first: Id, same: &[Id], before: &dyn Fn(Id) -> String) -> Tree {
    let mut children: HashMap<Id, Vec<Child>> = HashMap::new();
    let mut home: BTreeMap<Id, (Id, u16)> = BTreeMap::from([(first, (first, 0))]);
    let mut sure = BTreeSet::from([first]);
    let mut next = VecDeque::from([(first, 0_u16)]);
    while let Some((id, depth)) = next.pop_front() {
        let below = children_of(graph, id, if id == first { same } else { &[] }, before);
        for child in &below {
            if !child.guess && sure.contains(&id) {
                sure.insert(child.entry);
            }
            if let Entry::Vacant(place) = home.entry(child.entry) {
                place.insert((id, depth + 1));
                next.push_back((child.entry, depth + 1));
            }
        }
        children.insert(id, below);
    }
    let sure = sure_of(&children, first, sure);
    let mut made = Tree { falls: home.len() - 1, guessed: home.len() - sure.len(), ..Tree::default() };
    let mut path: Vec<Id> = Vec::new();
    let top = Child { entry: first, hold: Hold::Password, guess: false };
    let mut stack: Vec<(Child, u16, Option<usize>, bool)> = vec![(top, 0, None, true)];
    while let Some((child, depth, parent, last)) = stack.pop() {
        path.truncate(usize::from(depth));
        let here = made.rows.len();
        let held = children.get(&child.entry).map_or(&[][..], Vec::as_slice);
        let above = path.last().copied();
        let at_home = above.is_none_or(|above| home.get(&child.entry).is_some_and(|one| one.0 == above));
        let below = if path.contains(&child.entry) {
            Below::Circle
        } else if !at_home {
            Below::Elsewhere
        } else if depth >= DEEPEST && !held.is_empty() {
            Below::Deep(held.len())
        } else {
            Below::Here(held.len())
        };
        if let Below::Here(1..) = below {
            let end = held.len() - 1;
            let rows = held.iter().enumerate().rev();
            stack.extend(rows.map(|(at, child)| (*child, depth + 1, Some(here), at == end)));
        }
        let hold = parent.map(|_| child.hold);
        made.rows.push(Row { entry: child.entry, depth, hold, guess: child.guess, below, parent, last });
        path.push(child.entry);
    }
    made
}

/// What hangs on an account: each once, a link that was set before a guess.
fn children_of(graph: &Graph, id: Id, same: &[Id], before: &dyn Fn(Id) -> String) -> Vec<Child> {
    let mut all: Vec<Child> = Vec::new();
    // - a server may have very many: each is looked up, not looked for
    let mut places: HashMap<Id, usize> = HashMap::new();
    let links = graph.below(id).iter().map(|edge| Child {
        entry: edge.from,
        hold: Hold::Link(edge.relation()),
        guess: edge.guess,
    });
    let same = same.iter().map(|entry| Child { entry: *entry, hold: Hold::Password, guess: false });
    for child in links.chain(same).filter(|child| child.entry != id) {
        match places.get(&child.entry).and_then(|at| all.get_mut(*at)) {
            Some(held) if held.guess && !child.guess => *held = child,
            Some(_) => {}
            None => {
                places.insert(child.entry, all.len());
                all.push(child);
            }
        }
    }
    let rank = |hold: Hold| match hold {
        Hold::Link(relation) => relation.byte(),
        Hold::Password => u8::MAX,
    };
    all.sort_by_cached_key(|child| (rank(child.hold), before(child.entry), child.entry));
    all
}

/// What links that were set lead to, or the same password, without any guess on the way.
fn sure_of(children: &HashMap<Id, Vec<Child>>, first: Id, mut sure: BTreeSet<Id>) -> BTreeSet<Id> {
    let mut next: Vec<Id> = sure.iter().copied().filter(|id| *id != first).chain([first]).collect();
    while let Some(id) = next.pop() {
        let held = children.get(&id).map_or(&[][..], Vec::as_slice);
        next.extend(
            held.iter().filter(|child| !child.guess).map(|child| child.entry).filter(|id| sure.insert(*id)),
        );
    }
    sure
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::Kind;
    use crate::ops::links::tests::{Fixture, NONE};

    /// The rows in words: depth, title, why, what is below.
    fn drawn(made: &Fixture, first: Id, same: &[Id]) -> Vec<String> {
        let graph = Graph::of(made.vault.entries());
        let title = |id: Id| made.title(id).to_owned();
        let shown = tree(&graph, first, same, &title);
        let why = |row: &Row| match row.hold {
            None => String::new(),
            Some(Hold::Password) => " password".to_owned(),
            Some(Hold::Link(relation)) => format!(" {}{}", relation.word(), if row.guess { "?" } else { "" }),
        };
        let below = |row: &Row| match row.below {
            Below::Here(_) => "",
            Below::Circle => " (circle)",
            Below::Elsewhere => " (elsewhere)",
            Below::Deep(_) => " (deep)",
        };
        let line = |row: &Row| {
            format!("{}{}{}{}", "-".repeat(row.depth.into()), title(row.entry), why(row), below(row))
        };
        shown.rows.iter().map(line).collect()
    }

    #[test]
    fn circles_end_and_what_is_shared_opens_once() {
        let mut made = Fixture::default();
        let panel = made.add(Kind::Server, "panel", "p", NONE);
        let mailbox = made.add(Kind::Mailbox, "owner@example.jp", "owner@example.jp", NONE);
        let blog = made.add(Kind::Website, "blog", "admin", NONE);
        let shop = made.add(Kind::Login, "shop", "owner@example.jp", NONE);
        let bank = made.add(Kind::BankAccount, "bank", "b", NONE);
        let alone = made.add(Kind::Login, "alone", "a", NONE);
        made.link(panel, Relation::ResetsThrough, mailbox);
        made.link(mailbox, Relation::ControlledBy, panel);
        made.link(blog, Relation::HostedOn, panel);
        made.link(blog, Relation::ResetsThrough, mailbox);
        made.link(bank, Relation::ResetsThrough, shop);
        assert_eq!(
            drawn(&made, mailbox, &[alone]),
            [
                "owner@example.jp",
                "-blog resets-through",
                "-panel resets-through",
                "--owner@example.jp controlled-by (circle)",
                "--blog hosted-on (elsewhere)",
                "-shop resets-through?",
                "--bank resets-through",
                "-alone password",
            ]
        );
        let graph = Graph::of(made.vault.entries());
        let shown = tree(&graph, mailbox, &[alone], &|id| made.title(id).to_owned());
        // - the bank hangs on the shop, and only a guess leads there
        assert_eq!((shown.falls, shown.guessed), (5, 2));
        // - a set order: what is controlled, with what hangs on it, then what is hosted
        assert_eq!(
            drawn(&made, panel, &[]),
            [
                "panel",
                "-owner@example.jp controlled-by",
                "--blog resets-through (elsewhere)",
                "--panel resets-through (circle)",
                "--shop resets-through?",
                "---bank resets-through",
                "-blog hosted-on",
            ]
        );
        assert_eq!(drawn(&made, alone, &[]), ["alone"]);
    }

    #[test]
    fn a_branch_that_is_elsewhere_is_said_and_a_long_chain_ends() {
        let mut made = Fixture::default();
        let ids: Vec<Id> = (0..40).map(|at| made.add(Kind::Login, &format!("{at:02}"), "", NONE)).collect();
        for pair in ids.windows(2) {
            made.link(pair[1], Relation::ControlledBy, pair[0]);
        }
        let lines = drawn(&made, ids[0], &[]);
        assert_eq!(lines.len(), usize::from(DEEPEST) + 1);
        assert!(lines.last().is_some_and(|line| line.ends_with("24 controlled-by (deep)")), "{lines:?}");
        made.link(ids[2], Relation::HostedOn, ids[0]);
        let lines = drawn(&made, ids[0], &[]);
        assert_eq!(lines[1..4], ["-01 controlled-by", "--02 controlled-by (elsewhere)", "-02 hosted-on"]);
    }

    proptest! {
        /// However the links lie, every account that falls opens just once and no row is endless.
        #[test]
        fn every_account_opens_once(edges in proptest::collection::vec((0usize..7, 0usize..7, 1u8..5), 0..30)) {
            let mut made = Fixture::default();
            let ids: Vec<Id> = (0..7).map(|at| made.add(Kind::Login, &at.to_string(), "", NONE)).collect();
            let mut reach = [[false; 7]; 7];
            for (from, to, relation) in &edges {
                if from != to {
                    made.link(ids[*from], Relation::from_byte(*relation), ids[*to]);
                    reach[*to][*from] = true;
                }
            }
            for via in 0..7 { for from in 0..7 { for to in 0..7 {
                reach[from][to] |= reach[from][via] && reach[via][to];
            } } }
            let graph = Graph::of(made.vault.entries());
            for (at, id) in ids.iter().enumerate() {
                let shown = tree(&graph, *id, &[], &|id| made.title(id).to_owned());
                let falls: BTreeSet<usize> = (0..7).filter(|other| *other != at && reach[at][*other]).collect();
                prop_assert_eq!(shown.falls, falls.len());
                prop_assert_eq!(shown.guessed, 0);
                let opened = shown.rows.iter().filter(|row| matches!(row.below, Below::Here(1..))).map(|row| row.entry);
                let opened: Vec<Id> = opened.collect();
                prop_assert_eq!(opened.iter().collect::<BTreeSet<_>>().len(), opened.len());
                let named: BTreeSet<Id> = shown.rows.iter().map(|row| row.entry).collect();
                prop_assert_eq!(named.len(), falls.len() + 1);
                prop_assert!(shown.rows.len() <= edges.len() + 1);
            }
        }
    }
}
