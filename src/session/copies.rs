//! Other copies of an open vault: backups, files that a sync program left beside it. Which key opens
//! one, whether two values say the same, taking a value over, and putting a copy in the vault's place.

use super::{Device, JoinError, Open, OpenError, Sealed, change_key};
use crate::crypto::keys::Key;
use crate::crypto::seal::Forged;
use crate::crypto::value;
use crate::format::FormatError;
use crate::format::header::Header;
use crate::model::vault::{RETIRED_MAX, RetiredKey};
use crate::model::{Id, Record, Section, Stamp};

/// What opens a copy, as far as an open vault knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// The present key.
    Present,
    /// A retired key: it is from before a change of the master password.
    Retired {
        /// When that key was retired, ms since 1970.
        when: u64,
    },
    /// Neither: it needs a password of its own. It is from after a later change of the master password,
    /// from one that was made apart from ours, or from longer ago than keys are kept.
    Closed,
    /// It is another vault's.
    Foreign,
}

impl Open {
    /// What opens another file.
    pub fn reach(&self, sealed: &Sealed) -> Reach {
        if sealed.header().vault != self.header.vault {
            return Reach::Foreign;
        }
        if sealed.fits(&self.dek) {
            return Reach::Present;
        }
        let held = self.vault.retired.iter().find(|one| sealed.fits(&one.dek));
        held.map_or(Reach::Closed, |one| Reach::Retired { when: one.when })
    }

    /// Whether bytes that lie in the vault's place are damaged: no vault at all, or cut, or changed, also
    /// where only its body is. One of another vault, of other keys or of a newer format is not.
    pub fn is_damaged(&self, bytes: Vec<u8>) -> bool {
        match Sealed::read(bytes) {
            Err(error) => error.is_damage(),
            Ok(sealed) => {
                matches!(self.open_copy(sealed), Err(JoinError::Format(error)) if error.is_damage())
            }
        }
    }

    /// Opens another copy of this vault by the present key or a retired one. Whatever is done with one
    /// that a retired key opens is a person's to say: whoever held the old password can have written it.
    pub fn open_copy(&self, sealed: Sealed) -> Result<Open, JoinError> {
        if sealed.header().vault != self.header.vault {
            return Err(JoinError::OtherVault);
        }
        let epoch = sealed.header().epoch;
        let retired = self.vault.retired.iter().map(|one| &one.dek);
        let key = std::iter::once(&self.dek).chain(retired).find(|key| sealed.fits(key)).map(Key::duplicate);
        let key = key.ok_or(match epoch.cmp(&self.header.epoch) {
            std::cmp::Ordering::Greater => JoinError::PasswordChanged { epoch },
            std::cmp::Ordering::Equal => FormatError::WrongKey.into(),
            std::cmp::Ordering::Less => JoinError::OlderEpoch { epoch },
        })?;
        sealed.open_with(key, Device::default()).map_err(|error| match error {
            OpenError::Format(error) => JoinError::Format(error),
            _ => JoinError::Format(FormatError::Damaged),
        })
    }

    /// Whether a sealed value of ours and one of another copy are the same text. Leaves pieces of both on
    /// the stack: the caller burns it when it is done with all of them.
    pub fn same_text(&self, theirs: &Open, record: Id, ours: &[u8], other: &[u8]) -> bool {
        let vault = &self.header.vault;
        let plain = |key: &Key, envelope: &[u8]| value::open(key, vault, &record.0, envelope).ok();
        match (plain(&self.values, ours), plain(&theirs.values, other)) {
            (Some(ours), Some(other)) => ours.ct_eq(other.expose()),
            _ => false,
        }
    }

    /// Whether what now lies on the disk was put back from a backup by another session of this machine:
    /// it holds the save that this machine `noted` last, which we do not know, and not the one we come
    /// from. What another session saved on top of ours holds that; a fork of another machine was not
    /// noted here.
    pub fn was_put_back(&self, live: &Open, noted: Stamp) -> bool {
        let saves = &self.vault.saves;
        let (Some(last), true) = (saves.last(), live.vault.saves.contains(&noted)) else { return false };
        !saves.contains(&noted) && !live.vault.saves.contains(last)
    }

    /// The copy that lies on the disk in place of this state of the vault.
    pub fn follow(&self, mut live: Open) -> Open {
        live.device = self.device.clone();
        live.slot = self.slot;
        live
    }

    /// A value of another copy, sealed under our key as the same value.
    pub fn adopt(&self, theirs: &Open, record: Id, envelope: &[u8]) -> Result<Box<[u8]>, Forged> {
        let id = value::id(envelope).ok_or(Forged)?;
        let plain = theirs.reveal(record, envelope)?;
        let vault = &self.header.vault;
        let seal = || value::seal_as(&self.values, vault, &record.0, &id, plain.expose());
        Ok(crate::crypto::burn_after(seal).into_boxed_slice())
    }

    /// What another copy holds, in the place of this vault: nothing is joined, and what the next save
    /// replaces is what ours would. Keys and the ways to open it stay ours, so that no old password comes
    /// back with it; only a copy from after a later password change brings its own.
    pub fn put_back(&self, mut theirs: Open) -> Result<Open, JoinError> {
        if theirs.header.vault != self.header.vault {
            return Err(JoinError::OtherVault);
        }
        let mut retired: Vec<RetiredKey> = self.vault.retired.iter().map(RetiredKey::duplicate).collect();
        if theirs.header.epoch > self.header.epoch {
            retired.append(&mut theirs.vault.retired);
        } else {
            let key = std::mem::replace(&mut theirs.dek, self.dek.duplicate());
            if key.expose() != self.dek.expose() {
                change_key::reseal(&mut theirs.vault, &theirs.values, &self.values);
                let when = theirs.vault.saves.last().map_or(0, |save| save.ms());
                let known = retired.iter().any(|one| one.dek.expose() == key.expose());
                retired.extend((!known).then_some(RetiredKey { epoch: theirs.header.epoch, dek: key, when }));
            }
            theirs.values = self.values.duplicate();
            theirs.header = Header { counter: theirs.header.counter, ..self.header.clone() };
            theirs.slot = self.slot;
            let mut names = self.vault.section(Section::SlotNames).clone();
            // The payload that they were read from is not theirs.
            names.iter_mut().for_each(Record::detach);
            *theirs.vault.section_mut(Section::SlotNames) = names;
        }
        retired.sort_by(|one, next| (one.epoch, one.dek.expose()).cmp(&(next.epoch, next.dek.expose())));
        retired.dedup_by(|one, next| one.epoch == next.epoch && one.dek.expose() == next.dek.expose());
        let over = retired.len().saturating_sub(RETIRED_MAX);
        retired.drain(..over);
        theirs.vault.retired = retired;
        // An edit made after it beats everything that its author saw before it.
        theirs.vault.saw(Stamp { hlc: self.vault.latest(), ..Stamp::default() });
        theirs.header.counter = theirs.header.counter.max(self.header.counter);
        theirs.device = self.device.clone();
        (theirs.loaded, theirs.loaded_epoch) = (self.loaded, self.loaded_epoch);
        Ok(theirs)
    }
}

impl Open {
    /// The next save counts on from here at least.
    pub fn counts_from(&mut self, least: u64) {
        self.header.counter = self.header.counter.max(least);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::kdf::Params;
    use crate::crypto::keys::SlotSecret;
    use crate::model::{Kind, Tag};
    use crate::ops::edit::EntryEdit;
    use crate::platform::entropy::System;
    use crate::session::{Ciphertext, Credential, NewSlot};

    fn slot(password: &str) -> NewSlot {
        let secret = SlotSecret::password(password.as_bytes()).expect("short");
        NewSlot { credential: Credential::Password(secret), name: String::new(), params: Params::LEAST }
    }

    fn vault() -> Open {
        Open::create(&[slot("first")], Device { writer: 1, name: "desk".into() }, &mut System).expect("made")
    }

    fn add(open: &mut Open, title: &str, password: &str, now: u64) -> Id {
        let mut random = System;
        let mut sealer = open.sealer(&mut random);
        let mut edit = EntryEdit::new(&mut sealer, Kind::Login, now).expect("random");
        edit.text(Tag::TITLE, title);
        edit.secret(Tag::PASSWORD, password.as_bytes()).expect("sealed");
        let id = edit.id();
        let change = edit.finish().expect("something");
        open.apply(&change, now, &mut System).expect("accepted");
        id
    }

    fn save(open: &mut Open, now: u64) -> Ciphertext {
        let sealed = open.seal(now, &mut System).expect("sealed");
        open.written(sealed.mac);
        sealed
    }

    fn read(file: &Ciphertext) -> Sealed {
        Sealed::read(file.bytes.clone()).expect("whole")
    }

    fn password(open: &Open, id: Id) -> String {
        let entry = open.vault().entry(id).expect("there");
        open.password(entry).expect("has one").expect("authentic").expose().to_owned()
    }

    #[test]
    fn a_copy_is_reached_by_the_present_key_or_a_retired_one() {
        let mut open = vault();
        let before = save(&mut open, 1_000);
        open.rekey(&[slot("second")], 2_000, &mut System).expect("changed");
        let now = save(&mut open, 3_000);
        let mut later = read(&now).open(&slot("second").credential, Device::default(), None).expect("opens");
        later.rekey(&[slot("third")], 4_000, &mut System).expect("changed");
        let later = save(&mut later, 5_000);
        let other = save(&mut vault(), 1_000);
        let all = [&now, &before, &later, &other].map(|file| open.reach(&read(file)));
        assert_eq!(all, [Reach::Present, Reach::Retired { when: 2_000 }, Reach::Closed, Reach::Foreign]);
        let refused = |file| open.open_copy(read(file)).map(drop);
        assert_eq!(refused(&now), Ok(()));
        assert_eq!(refused(&before), Ok(()));
        assert_eq!(refused(&later), Err(JoinError::PasswordChanged { epoch: 3 }));
        assert_eq!(refused(&other), Err(JoinError::OtherVault));
    }

    /// An old password must not come back with what it once sealed, and no way to open the vault may go.
    #[test]
    fn what_is_put_back_lies_under_the_present_key_and_ways() {
        let mut open = vault();
        let id = add(&mut open, "old", "S3CRET one", 1_000);
        let before = save(&mut open, 1_500);
        open.rekey(&[slot("second"), slot("third")], 2_000, &mut System).expect("changed");
        let later = add(&mut open, "later", "S3CRET two", 3_000);
        let saved = save(&mut open, 3_500);
        let copy = open.open_copy(read(&before)).expect("retired");
        let mut put = open.put_back(copy).expect("ours");
        let file = put.seal(4_000, &mut System).expect("sealed");
        assert_eq!(file.replaces, Some(saved.mac));
        for (word, opens) in [("first", false), ("second", true), ("third", true)] {
            let opened = read(&file).open(&slot(word).credential, Device::default(), None);
            assert_eq!(opened.is_ok(), opens, "{word}");
        }
        let put = read(&file).open(&slot("second").credential, Device::default(), None).expect("opens");
        assert_eq!(password(&put, id), "S3CRET one");
        assert!(put.vault().entry(later).is_none(), "nothing is joined");
        assert!(put.header().counter > open.header().counter);
        assert!(put.vault().latest() > open.vault().latest());
        assert!(put.open_copy(read(&before)).is_ok(), "what the old key sealed still opens");
        assert!(!put.vault().saves.contains(&saved.save), "another machine is to notice it");
        // - and back again, by the copy that was made before it
        let again = put.put_back(put.open_copy(read(&saved)).expect("present")).expect("ours");
        assert_eq!(password(&again, later), "S3CRET two");
    }

    #[test]
    fn what_comes_from_after_a_later_password_change_brings_its_keys() {
        let mut open = vault();
        let before = save(&mut open, 1_000);
        open.rekey(&[slot("second")], 2_000, &mut System).expect("changed");
        let after = save(&mut open, 3_000);
        let old = read(&before).open(&slot("first").credential, Device::default(), None).expect("opens");
        let copy = read(&after).open(&slot("second").credential, Device::default(), None).expect("opens");
        let mut put = old.put_back(copy).expect("ours");
        let file = put.seal(4_000, &mut System).expect("sealed");
        assert_eq!((file.epoch, file.replaces), (2, Some(before.mac)));
        assert!(read(&file).open(&slot("second").credential, Device::default(), None).is_ok());
    }

    #[test]
    fn a_value_of_another_copy_is_compared_and_taken_over() {
        let mut open = vault();
        let id = add(&mut open, "old", "S3CRET one", 1_000);
        let before = save(&mut open, 1_500);
        open.rekey(&[slot("second")], 2_000, &mut System).expect("changed");
        let copy = open.open_copy(read(&before)).expect("retired");
        let envelope = |open: &Open| open.vault().entry(id).expect("there").password().expect("one").to_vec();
        let (ours, theirs) = (envelope(&open), envelope(&copy));
        assert_ne!(ours, theirs);
        assert!(open.same_text(&copy, id, &ours, &theirs));
        assert!(!open.same_text(&copy, Id([5; 16]), &ours, &theirs));
        assert_eq!(
            *open.adopt(&copy, id, &theirs).expect("opens"),
            *ours,
            "the same value, as it was sealed"
        );
        assert!(open.adopt(&copy, id, &ours).is_err());
    }
}
