//! A finding that is left alone, with a reason and until when: an element of the entry it is about,
//! or, for what is said of the vault itself, of the vault's settings. So it merges, is undone and
//! stays in the history like everything else.

use super::{Check, Ignored};
use crate::model::{Id, Record, Section, Tag, Vault};
use crate::ops::change::{Change, Edit};

/// The record of the vault's settings.
const SETTINGS: Id = Id([0; 16]);

/// Most characters of a reason that are kept.
const REASON_MOST: usize = 500;

fn record(vault: &Vault, entry: Option<Id>) -> Option<&Record> {
    match entry {
        Some(id) => vault.record(id),
        None => vault.section(Section::Settings).get(SETTINGS),
    }
}

/// What is left alone of the vault's own findings.
pub fn of_vault(vault: &Vault) -> Vec<Ignored> {
    let held = record(vault, None).into_iter().flat_map(|record| record.elements(Tag::IGNORED));
    held.filter_map(|(_, attr)| Ignored::read(attr.value())).collect()
}

/// Leaves a finding alone until a time in ms, 0 for good: of an entry, or of the vault itself.
/// `fresh` is a new id. None where there is no such entry.
pub fn ignore(
    vault: &Vault,
    entry: Option<Id>,
    check: Check,
    until: u64,
    reason: &str,
    fresh: Id,
) -> Option<Change> {
    let reason: String =
        reason.trim().chars().map(|c| if c.is_control() { ' ' } else { c }).take(REASON_MOST).collect();
    let value = Ignored { check: check.number(), until, reason }.write();
    let mut edits = dropped(vault, entry, check);
    edits.push(Edit { tag: Tag::IGNORED, element: Some(fresh), value: value.into() });
    write(vault, entry, edits)
}

/// Looks at it again. None where it was not left alone.
pub fn attend(vault: &Vault, entry: Option<Id>, check: Check) -> Option<Change> {
    let edits = dropped(vault, entry, check);
    if edits.is_empty() { None } else { write(vault, entry, edits) }
}

/// Takes away what was said of this check before.
fn dropped(vault: &Vault, entry: Option<Id>, check: Check) -> Vec<Edit> {
    let held = record(vault, entry).into_iter().flat_map(|record| record.elements(Tag::IGNORED));
    held.filter(|(_, attr)| Ignored::read(attr.value()).is_some_and(|one| one.check == check.number()))
        .map(|(element, _)| Edit { tag: Tag::IGNORED, element: Some(element), value: Box::default() })
        .collect()
}

fn write(vault: &Vault, entry: Option<Id>, edits: Vec<Edit>) -> Option<Change> {
    Some(match entry {
        Some(id) => {
            let kind = vault.entry(id)?.0.kind;
            Change::Write { section: Section::Entries, record: id, kind, edits }
        }
        None => Change::Write { section: Section::Settings, record: SETTINGS, kind: 0, edits },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Stamp;
    use crate::ops::change::apply;

    fn run(vault: &mut Vault, change: &Change, at: u64) -> Change {
        apply(vault, change, Stamp { hlc: at, salt: 0, writer: 0 }).expect("fine").expect("has an inverse")
    }

    fn held(vault: &Vault, entry: Option<Id>) -> Vec<(u8, u64, String)> {
        let record = record(vault, entry).expect("there");
        let all = record.elements(Tag::IGNORED).filter_map(|(_, attr)| Ignored::read(attr.value()));
        all.map(|one| (one.check, one.until, one.reason)).collect()
    }

    #[test]
    fn one_reason_a_check_and_it_can_be_taken_back() {
        let mut vault = Vault::new([0; 16]);
        let id = Id([7; 16]);
        let title = Edit { tag: Tag::TITLE, element: None, value: b"x".as_slice().into() };
        let made = Change::Write { section: Section::Entries, record: id, kind: 1, edits: vec![title] };
        run(&mut vault, &made, 1);
        let ignore = |vault: &Vault, entry, check, until, reason, fresh| {
            ignore(vault, entry, check, until, reason, Id([fresh; 16])).expect("there")
        };
        let change = ignore(&vault, Some(id), Check::Old, 0, " 来月\nまで ", 1);
        run(&mut vault, &change, 2);
        let change = ignore(&vault, Some(id), Check::Weak, 9, "b", 2);
        run(&mut vault, &change, 3);
        let change = ignore(&vault, Some(id), Check::Old, 5, "again", 3);
        let inverse = run(&mut vault, &change, 4);
        let (old, weak) = (Check::Old.number(), Check::Weak.number());
        assert_eq!(held(&vault, Some(id)), [(weak, 9, "b".into()), (old, 5, "again".into())]);
        run(&mut vault, &inverse, 5);
        assert!(held(&vault, Some(id)).contains(&(old, 0, "来月 まで".into())));
        let change = attend(&vault, Some(id), Check::Old).expect("it was left alone");
        run(&mut vault, &change, 6);
        assert_eq!(held(&vault, Some(id)), [(weak, 9, "b".into())]);
        assert_eq!(attend(&vault, Some(id), Check::Old), None);
        assert_eq!(super::ignore(&vault, Some(Id([9; 16])), Check::Old, 0, "", Id([4; 16])), None);
    }

    #[test]
    fn the_vault_itself_has_findings_to_leave_alone() {
        let mut vault = Vault::new([0; 16]);
        assert!(of_vault(&vault).is_empty());
        let change = ignore(&vault, None, Check::Kit, 0, "in a safe", Id([1; 16])).expect("always there");
        run(&mut vault, &change, 1);
        assert_eq!(of_vault(&vault).first().map(|one| one.check), Some(Check::Kit.number()));
    }
}
