//! The demo holds what it promises.

use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::crypto::entropy::array;
use crate::model::{Entry, State};
use crate::ops::history;
use crate::ops::totp::Otp;

struct Counting(u64);

impl Entropy for Counting {
    fn fill(&mut self, out: &mut [u8]) -> Result<(), EntropyError> {
        for byte in out {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            *byte = (self.0 >> 56) as u8;
        }
        Ok(())
    }
}

const NOW: u64 = 1_795_521_600_000;

fn demo() -> Open {
    open(NOW, &mut Counting(1)).expect("made")
}

fn password(open: &Open, entry: Entry<'_>) -> Option<String> {
    Some(open.password(entry)?.expect("authentic").expose().to_owned())
}

#[test]
fn there_are_forty_entries_of_all_kinds_and_states() {
    let open = demo();
    let entries: Vec<_> = open.vault().entries().collect();
    assert_eq!(entries.len(), 40);
    let kinds: BTreeSet<Kind> = entries.iter().map(|entry| entry.kind()).collect();
    assert_eq!(kinds.into_iter().collect::<Vec<_>>(), Kind::ALL);
    for state in [State::Active, State::Archived, State::Trashed] {
        assert!(entries.iter().filter(|entry| entry.state() == state).count() >= 2, "{state:?}");
    }
    assert!(entries.iter().any(|entry| entry.expires().is_some_and(|at| at < NOW)));
    assert!(entries.iter().filter(|entry| entry.favourite()).count() >= 4);
    let titles: BTreeSet<&str> = entries.iter().map(|entry| entry.title()).collect();
    assert_eq!(titles.len(), 40, "a title is there twice");
    assert!(open.vault().section(Section::Settings).iter().next().is_some());
}

#[test]
fn every_link_has_its_other_end_and_every_relation_is_there() {
    let open = demo();
    let told: usize = table::ITEMS.iter().map(|item| item.links.len()).sum();
    let links: Vec<_> = open.vault().entries().flat_map(Entry::links).collect();
    assert_eq!(links.len(), told, "a title of a link is misspelt");
    for relation in
        [Relation::ResetsThrough, Relation::ControlledBy, Relation::HostedOn, Relation::RegisteredAt]
    {
        assert!(links.iter().any(|(_, one, _)| *one == relation), "{relation:?}");
    }
}

#[test]
fn passwords_are_reused_similar_and_weak_and_two_are_being_changed() {
    let open = demo();
    let mut uses: BTreeMap<String, usize> = BTreeMap::new();
    for entry in open.vault().entries().filter(|entry| entry.state() == State::Active) {
        if let Some(password) = password(&open, entry) {
            *uses.entry(password).or_default() += 1;
        }
    }
    assert!(uses["Sakura2019!"] >= 4 && uses["Sakura2020!"] >= 3 && uses["sakura2021"] >= 2);
    assert!(uses.contains_key("password"));
    let staged = open.vault().entries().filter(|entry| !entry.staged().is_empty()).count();
    assert_eq!(staged, 2);
}

#[test]
fn old_passwords_are_of_their_own_days_and_codes_can_be_made() {
    let open = demo();
    let find = |title: &str| open.vault().entries().find(|entry| entry.title() == title).expect("there");
    let bank = find("みなと中央銀行");
    assert_eq!(bank.created(), NOW - 2000 * DAY);
    assert_eq!(bank.password_changed(), Some(NOW - 180 * DAY));
    assert!(history::revisions(bank.0).len() >= 3);
    let codes = open.vault().entries().filter_map(|entry| Some((entry.id(), entry.otp()?)));
    let made =
        codes.map(|(id, sealed)| Otp::parse(open.reveal_text(id, sealed).expect("authentic").expose()));
    let made: Vec<_> = made.collect();
    assert!(made.len() >= 5 && made.iter().all(Result::is_ok), "a key of a code is none");
}

#[test]
fn its_file_opens_with_its_password() {
    let mut entropy = Counting(7);
    let file = file(NOW, &mut entropy).expect("sealed");
    let credential = Credential::Password(SlotSecret::password(PASSWORD.as_bytes()).expect("fits"));
    let sealed = crate::session::Sealed::read(file.bytes).expect("a vault");
    let opened = sealed.open(&credential, Device::default(), None).expect("opens");
    assert_eq!(opened.vault().entries().count(), 40);
    let _: [u8; 4] = array(&mut entropy).expect("fine");
}
