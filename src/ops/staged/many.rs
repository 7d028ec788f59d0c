//! Staged changes of many entries at once: each gets its own new password by its own rule, and all of
//! them end together. Each act is one change, taken back as one.

use super::{Step, confirm, discard};
use crate::crypto::entropy::EntropyError;
use crate::model::{Entry, Id, Record, State, Vault};
use crate::ops::change::Change;
use crate::ops::edit::{EntryEdit, Sealer};
use crate::ops::generate::choose::{self, HostRules};
use crate::ops::generate::{GenerateError, Space};

/// What becomes of the entries that are meant.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sorted {
    /// They have a password and no change under way: they get a new one.
    pub fresh: Vec<Id>,
    /// One change is under way: it can end.
    pub open: Vec<Id>,
    /// Several are under way (two machines began one each): a person chooses which.
    pub several: Vec<Id>,
    /// They have no password, are thrown away or gone.
    pub without: Vec<Id>,
}

/// How they end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The sites have the new ones.
    Confirm,
    /// The new ones are dropped.
    Discard,
}

/// Sorts the entries by what can be done, each kept in its order.
pub fn sort(vault: &Vault, ids: &[Id]) -> Sorted {
    let mut sorted = Sorted::default();
    for id in ids {
        let entry = vault.entry(*id).filter(|entry| entry.state() != State::Trashed);
        let list = match entry.map(|entry| (entry.staged().len(), entry.password().is_some())) {
            Some((0, true)) => &mut sorted.fresh,
            Some((0, false)) | None => &mut sorted.without,
            Some((1, _)) => &mut sorted.open,
            Some(_) => &mut sorted.several,
        };
        list.push(*id);
    }
    sorted
}

/// A new password for each by what is known of it or of its host ([`choose::of_entry`]), beside the old
/// one. Entries that have one under way are left as they are; none when nothing is left to do.
pub fn stage(
    vault: &Vault,
    ids: &[Id],
    (reason, rules): (&str, &HostRules),
    now_ms: u64,
    sealer: &mut Sealer<'_>,
) -> Result<Option<Change>, GenerateError> {
    let mut changes = Vec::new();
    for record in sort(vault, ids).fresh.iter().filter_map(|id| vault.record(*id)) {
        let recipe = choose::of_entry(Entry(record), rules).recipe;
        let plain = Space::of(&recipe)?.draw(&mut *sealer.entropy)?;
        let mut edit = EntryEdit::of(sealer, record);
        let element = edit.stage(plain.expose().as_bytes(), reason.trim(), now_ms)?;
        edit.staged_recipe(element, &recipe.to_string());
        changes.extend(edit.finish());
    }
    Ok((!changes.is_empty()).then_some(Change::Many(changes)))
}

/// Ends the one change that each has under way; none when no entry has just one. `fresh` makes ids,
/// should the step be taken back.
pub fn end(
    vault: &Vault,
    ids: &[Id],
    how: End,
    fresh: &mut dyn FnMut() -> Result<Id, EntropyError>,
) -> Result<Option<Step>, EntropyError> {
    let (mut changes, mut backs) = (Vec::new(), Vec::new());
    let with: fn(&Record, Id, Id) -> Option<Step> = match how {
        End::Confirm => confirm,
        End::Discard => discard,
    };
    for record in sort(vault, ids).open.iter().filter_map(|id| vault.record(*id)) {
        let Some(element) = Entry(record).staged().first().map(|one| one.element) else { continue };
        if let Some(step) = with(record, element, fresh()?) {
            changes.push(step.change);
            backs.push(step.back);
        }
    }
    let step = Step { change: Change::Many(changes), back: Change::Many(backs) };
    Ok((step.change != Change::Many(Vec::new())).then_some(step))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::value;
    use crate::model::{Kind, Tag};
    use crate::ops::links::tests::{Fixture, NONE};

    fn plain(made: &Fixture, id: Id, envelope: &[u8]) -> String {
        let opened = value::open(&made.values, &[1; 16], &id.0, envelope).expect("authentic");
        String::from_utf8(opened.expose().to_vec()).expect("text")
    }

    fn staged(made: &mut Fixture, ids: &[Id]) -> Result<Option<Change>, GenerateError> {
        let Fixture { vault, values, random, clock } = made;
        let mut sealer = Sealer { values, vault: [1; 16], entropy: random };
        let rules = [("shop.example.jp".to_owned(), "pin:7".to_owned())];
        stage(vault, ids, (" host wrote ", &rules), *clock, &mut sealer)
    }

    fn three() -> (Fixture, [Id; 4]) {
        let mut made = Fixture::default();
        let ids = ["a", "b", "c", "d"].map(|title| made.add(Kind::Mailbox, title, title, NONE));
        ids.iter().take(3).for_each(|id| made.password(*id, "S3CRET old"));
        made.edit(ids[0], |edit| edit.text(Tag::RECIPE, "pin:9"));
        made.edit(ids[1], |edit| {
            edit.stage(b"S3CRET mine", "", 7).expect("sealed");
        });
        (made, ids)
    }

    #[test]
    fn each_gets_its_own_by_its_own_rule_and_what_is_under_way_stays() {
        let (mut made, ids) = three();
        let sorted = sort(&made.vault, &ids);
        assert_eq!((sorted.fresh, sorted.open), (vec![ids[0], ids[2]], vec![ids[1]]));
        assert_eq!((sorted.several, sorted.without), (vec![], vec![ids[3]]));
        let change = staged(&mut made, &ids).expect("made").expect("two");
        let back = made.apply(&change).expect("has an inverse");
        let new = |made: &Fixture, at: usize| -> Vec<String> {
            made.entry(ids[at]).staged().iter().map(|one| plain(made, ids[at], one.secret)).collect()
        };
        let (first, third) = (new(&made, 0), new(&made, 2));
        assert!(first[0].len() == 9 && first[0].bytes().all(|byte| byte.is_ascii_digit()), "{first:?}");
        assert_eq!(third[0].chars().count(), 20, "{third:?}");
        assert_ne!(first, third);
        assert_eq!((new(&made, 1), new(&made, 3).len()), (vec!["S3CRET mine".to_owned()], 0));
        assert_eq!(made.entry(ids[0]).staged()[0].reason, "host wrote");
        made.apply(&back);
        assert_eq!((new(&made, 0).len(), new(&made, 1).len(), new(&made, 2).len()), (0, 1, 0));
    }

    /// The rule noted for the entry, that of the settings for its host, the list of known sites: the
    /// same as for one entry alone.
    #[test]
    fn each_obeys_what_is_known_of_it_or_of_its_host() {
        let (mut made, ids) = three();
        made.edit(ids[0], |edit| {
            edit.text(Tag::RECIPE, "nonsense:1");
            edit.text(Tag::RULE, "minlength: 6; maxlength: 6; required: digit;");
        });
        made.edit(ids[2], |edit| {
            edit.shift(Tag::URL, &["https://www.shop.example.jp/login"], &[]).expect("random");
        });
        let change = staged(&mut made, &ids).expect("made").expect("two");
        made.apply(&change);
        let new = |at: usize| plain(&made, ids[at], made.entry(ids[at]).staged()[0].secret);
        assert_eq!((new(0).len(), new(2).len()), (6, 7), "{} {}", new(0), new(2));
        assert!(new(2).bytes().all(|byte| byte.is_ascii_digit()), "{}", new(2));
    }

    #[test]
    fn all_end_together_and_come_back_together() {
        let (mut made, ids) = three();
        let change = staged(&mut made, &ids).expect("made").expect("two");
        made.apply(&change);
        let before: Vec<usize> = ids.iter().map(|id| made.entry(*id).staged().len()).collect();
        assert_eq!(before, [1, 1, 1, 0]);
        let mut next = 100;
        for how in [End::Confirm, End::Discard] {
            let mut fresh = || {
                next += 1;
                Ok(Id([next; 16]))
            };
            let step = end(&made.vault, &ids, how, &mut fresh).expect("random").expect("three");
            let old = plain(&made, ids[1], made.entry(ids[1]).password().expect("one"));
            made.apply(&step.change);
            let now = plain(&made, ids[1], made.entry(ids[1]).password().expect("one"));
            assert_eq!(now, if how == End::Confirm { "S3CRET mine" } else { old.as_str() });
            assert!(ids.iter().all(|id| made.entry(*id).staged().is_empty()));
            assert!(end(&made.vault, &ids, how, &mut || Ok(Id([9; 16]))).expect("random").is_none());
            made.apply(&step.back);
            assert_eq!(plain(&made, ids[1], made.entry(ids[1]).password().expect("one")), "S3CRET old");
            let again: Vec<usize> = ids.iter().map(|id| made.entry(*id).staged().len()).collect();
            assert_eq!(again, before);
        }
    }
}
