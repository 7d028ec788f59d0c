//! How a staged change ends: the site has the new password (confirm), it is dropped (discard), or
//! the site set another one by itself (force). Each is a [`Step`]: the change and what takes it back.
//!
//! The state of a staged change only ever grows (a confirmed one beats a discard made elsewhere), so
//! the inverse of a change cannot open it again: [`Step::back`] stages the same password anew, with
//! its reason and its day, under an id of its own.
//!
//! Two machines may each have staged one: then both are open, and [`pick`] wants to be told which.
//!
//! Not here: making a password, and sealing it ([`super::edit::EntryEdit::stage`]).

pub mod many;

use super::change::{Change, Edit};
use super::edit::EntryEdit;
use crate::crypto::entropy::EntropyError;
use crate::model::entry::Staged;
use crate::model::{Entry, Id, Record, Section, Tag};

/// The note on a password that the site set by itself: its step stays open until a password of
/// one's own replaces it.
pub const FORCED: &str = "forced";

const OPEN: u8 = 1;
const DISCARDED: u8 = 2;
const CONFIRMED: u8 = 3;

/// What belongs to a staged change beside its state.
const PARTS: [Tag; 4] = [Tag::STAGED_SECRET, Tag::STAGED_REASON, Tag::STAGED_SINCE, Tag::STAGED_RECIPE];

/// Why no staged change is meant, or none is made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StagedError {
    /// None is open.
    #[error("no change of this password is under way")]
    NoneOpen,
    /// One is open already; so many.
    #[error("a change of this password is under way")]
    AlreadyOpen(usize),
    /// Several are open, each with since when (ms) and why, oldest first: one has to be named.
    #[error("several changes of this password are under way")]
    Several(Vec<(u64, String)>),
    /// The new password is the old one.
    #[error("the new password is the old one")]
    Same,
    /// The new password is empty.
    #[error("the new password is empty")]
    Empty,
}

/// The staged change that is meant: the only one that is open, or of several the one of this number
/// (from 1, oldest first).
pub fn pick(entry: Entry<'_>, number: Option<usize>) -> Result<Staged<'_>, StagedError> {
    let open = entry.staged();
    match (open.as_slice(), number) {
        ([], _) => Err(StagedError::NoneOpen),
        ([one], None) => Ok(*one),
        (all, number) => {
            let several =
                || StagedError::Several(all.iter().map(|one| (one.since, one.reason.to_owned())).collect());
            let at = number.and_then(|number| number.checked_sub(1));
            at.and_then(|at| all.get(at)).copied().ok_or_else(several)
        }
    }
}

/// A change and what takes it back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The change.
    pub change: Change,
    /// What takes it back.
    pub back: Change,
}

/// The new password becomes the current one; the old one stays in the history. None when no such
/// staged change is open. `fresh` is a new id, should the step be taken back.
pub fn confirm(record: &Record, element: Id, fresh: Id) -> Option<Step> {
    let open = Entry(record).staged().into_iter().find(|one| one.element == element)?;
    let mut edits = vec![state(element, CONFIRMED)];
    let mut back = again(record, element, fresh);
    for (tag, value) in [(Tag::PASSWORD, open.secret), (Tag::PASSWORD_NOTE, &[][..])] {
        let old = record.value(tag);
        if old != value {
            edits.push(Edit { tag, element: None, value: value.into() });
            back.push(Edit { tag, element: None, value: old.into() });
        }
    }
    Some(Step { change: write(record, edits), back: write(record, back) })
}

/// The new password is dropped; the old one stays. None when no such staged change is open.
pub fn discard(record: &Record, element: Id, fresh: Id) -> Option<Step> {
    Entry(record).staged().into_iter().find(|one| one.element == element)?;
    let back = again(record, element, fresh);
    Some(Step { change: write(record, vec![state(element, DISCARDED)]), back: write(record, back) })
}

/// Takes `plain` as the current password, because the site set it; the old one stays in the history.
/// A staged change that is open stays open.
pub fn force(edit: &mut EntryEdit<'_, '_>, plain: &[u8]) -> Result<(), EntropyError> {
    edit.secret(Tag::PASSWORD, plain)?;
    edit.text(Tag::PASSWORD_NOTE, FORCED);
    Ok(())
}

/// True when the site set the current password and none of one's own replaced it yet.
pub fn is_forced(entry: Entry<'_>) -> bool {
    entry.password().is_some() && entry.0.text(Tag::PASSWORD_NOTE) == FORCED
}

fn state(element: Id, state: u8) -> Edit {
    Edit { tag: Tag::STAGED_STATE, element: Some(element), value: [state].into() }
}

/// The edits that stage under `fresh` what is staged under `element`.
fn again(record: &Record, element: Id, fresh: Id) -> Vec<Edit> {
    let value = |tag| record.attr(tag, Some(element)).map_or(&[][..], |attr| attr.value());
    let parts = PARTS.into_iter().map(|tag| (tag, value(tag))).filter(|(_, value)| !value.is_empty());
    parts
        .map(|(tag, value)| Edit { tag, element: Some(fresh), value: value.into() })
        .chain([state(fresh, OPEN)])
        .collect()
}

fn write(record: &Record, edits: Vec<Edit>) -> Change {
    Change::Write { section: Section::Entries, record: record.id, kind: record.kind, edits }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::crypto::entropy::Entropy;
    use crate::crypto::keys::Key;
    use crate::crypto::value;
    use crate::model::{Kind, Stamp, Vault};
    use crate::ops::change;
    use crate::ops::edit::Sealer;

    struct Counting(u64);

    impl Entropy for Counting {
        fn fill(&mut self, out: &mut [u8]) -> Result<(), EntropyError> {
            self.0 += 1;
            out.fill(0);
            out[..8].copy_from_slice(&self.0.to_le_bytes());
            Ok(())
        }
    }

    /// One entry and what was done to it.
    struct Bench {
        vault: Vault,
        entry: Id,
        values: Key,
        random: Counting,
        clock: u64,
        undo: Vec<Change>,
        redo: Vec<Change>,
        made: u32,
        /// Every password that ever was current.
        were: Vec<String>,
    }

    impl Bench {
        fn new() -> Bench {
            let (values, mut random) = (Key::zero(), Counting(0));
            let mut sealer = Sealer { values: &values, vault: [1; 16], entropy: &mut random };
            let mut edit = EntryEdit::new(&mut sealer, Kind::Login, 1).expect("random");
            edit.secret(Tag::PASSWORD, b"first").expect("sealed");
            let (entry, change) = (edit.id(), edit.finish().expect("new"));
            let vault = Vault::new([1; 16]);
            let (undo, redo, were) = (Vec::new(), Vec::new(), vec!["first".to_owned()]);
            let mut bench = Bench { vault, entry, values, random, clock: 0, undo, redo, made: 0, were };
            bench.apply(&change);
            bench
        }

        fn apply(&mut self, change: &Change) -> Change {
            self.clock += 1;
            let stamp = Stamp { hlc: self.clock, ..Stamp::default() };
            change::apply(&mut self.vault, change, stamp).expect("accepted").expect("invertible")
        }

        fn record(&self) -> &Record {
            self.vault.record(self.entry).expect("made")
        }

        fn plain(&self, envelope: &[u8]) -> String {
            let opened = value::open(&self.values, &[1; 16], &self.entry.0, envelope).expect("authentic");
            String::from_utf8(opened.expose().to_vec()).expect("text")
        }

        fn edited(&mut self, staged: bool, plain: &str) -> Change {
            let mut sealer = Sealer { values: &self.values, vault: [1; 16], entropy: &mut self.random };
            let record = self.vault.record(self.entry).expect("made");
            let mut edit = EntryEdit::of(&mut sealer, record);
            if staged {
                edit.stage(plain.as_bytes(), "why", self.clock).expect("sealed");
            } else {
                force(&mut edit, plain.as_bytes()).expect("sealed");
            }
            edit.finish().expect("it differs")
        }

        fn step(&mut self, what: u8) {
            let open = Entry(self.record()).staged().first().map(|one| one.element);
            let fresh = crate::crypto::entropy::array(&mut self.random).map(Id).expect("random");
            self.made += 1;
            let name = format!("{}-{what}", self.made);
            match what {
                0 | 1 => {
                    let change = self.edited(what == 0, &name);
                    let inverse = self.apply(&change);
                    self.undo.push(inverse);
                    self.redo.clear();
                }
                2 | 3 => {
                    let end = if what == 2 { confirm } else { discard };
                    let Some(step) = open.and_then(|element| end(self.record(), element, fresh)) else {
                        return;
                    };
                    self.apply(&step.change);
                    self.undo.push(step.back);
                    self.redo.clear();
                }
                undo => {
                    let from = if undo == 4 { &mut self.undo } else { &mut self.redo };
                    let Some(change) = from.pop() else { return };
                    let inverse = self.apply(&change);
                    if undo == 4 { &mut self.redo } else { &mut self.undo }.push(inverse);
                }
            }
            let now = self.plain(Entry(self.record()).password().expect("never without one"));
            if !self.were.contains(&now) {
                self.were.push(now);
            }
        }

        /// What a person sees of it.
        fn seen(&self) -> (String, bool, Vec<(String, String, u64)>) {
            let entry = Entry(self.record());
            let staged = entry.staged().into_iter();
            let mut staged: Vec<_> =
                staged.map(|one| (self.plain(one.secret), one.reason.to_owned(), one.since)).collect();
            staged.sort();
            (self.plain(entry.password().expect("one")), is_forced(entry), staged)
        }
    }

    #[test]
    fn confirming_keeps_the_old_one_and_can_be_taken_back_and_done_again() {
        for (end, password) in [(2, "1-0"), (3, "first")] {
            let mut bench = Bench::new();
            bench.step(0);
            let before = bench.seen();
            assert_eq!(before, ("first".into(), false, vec![("1-0".into(), "why".into(), 1)]));
            bench.step(end);
            let after = (password.to_owned(), false, Vec::new());
            assert_eq!(bench.seen(), after);
            bench.step(4);
            assert_eq!(bench.seen(), before);
            bench.step(5);
            assert_eq!(bench.seen(), after);
            bench.step(4);
            assert_eq!(bench.seen(), before);
        }
    }

    #[test]
    fn a_forced_password_stays_marked_until_one_of_ones_own_is_confirmed() {
        let mut bench = Bench::new();
        bench.step(1);
        assert_eq!(bench.seen(), ("1-1".into(), true, Vec::new()));
        bench.step(0);
        assert!(bench.seen().1);
        bench.step(2);
        assert_eq!(bench.seen(), ("2-0".into(), false, Vec::new()));
        bench.step(4);
        assert!(bench.seen().1);
    }

    #[test]
    fn what_is_not_open_does_not_end() {
        let mut bench = Bench::new();
        bench.step(0);
        let element = Entry(bench.record()).staged()[0].element;
        bench.step(2);
        assert_eq!(confirm(bench.record(), element, Id([9; 16])), None);
        assert_eq!(discard(bench.record(), Id([8; 16]), Id([9; 16])), None);
    }

    proptest! {
        /// Whatever is done and undone: every password that ever was current is current or in the
        /// history.
        #[test]
        fn no_password_is_ever_lost(steps in proptest::collection::vec(0u8..6, 1..40)) {
            let mut bench = Bench::new();
            for what in steps {
                bench.step(what);
                let held = bench.record().attr(Tag::PASSWORD, None).expect("there");
                let held: Vec<String> =
                    held.versions.iter().filter(|one| !one.value.is_empty()).map(|one| bench.plain(&one.value)).collect();
                for was in &bench.were {
                    prop_assert!(held.contains(was), "{was} of {held:?}");
                }
            }
        }
    }
}
