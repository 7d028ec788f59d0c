//! Entries of one account become one: what the others have and the kept one lacks comes over, links
//! lead to it, and the others go to the trash with everything they had. One change, undone as one.
//! Not a merge of files ([`super::merge`]).

use super::change::Change;
use super::edit::{EntryEdit, NewValue, Sealer};
use super::search::fold::fold;
use crate::crypto::entropy::EntropyError;
use crate::crypto::seal::Forged;
use crate::model::{Entry, FieldValue, Id, Relation, Tag, Vault};
use crate::secret::{Secret, SecretBytes};

/// Why they stay as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TwinsError {
    /// One of them is gone, or there are not two.
    #[error("there are not two of them")]
    NotTwo,
    /// A change of a password is open in one that would go.
    #[error("a change of a password is open")]
    Staged,
    /// A value could not be opened.
    #[error("a value could not be opened")]
    Forged,
    /// No random bytes.
    #[error(transparent)]
    Entropy(#[from] EntropyError),
}

impl From<Forged> for TwinsError {
    fn from(_: Forged) -> TwinsError {
        TwinsError::Forged
    }
}

/// Opens a sealed value of an entry.
pub type Opener<'a> = &'a dyn Fn(Id, &[u8]) -> Result<SecretBytes, Forged>;

/// The one that is kept: whose password was changed last, then which was written last.
pub fn kept(vault: &Vault, ids: &[Id]) -> Option<Id> {
    let entries = ids.iter().filter_map(|id| vault.entry(*id));
    entries.max_by_key(|entry| (entry.password_changed(), entry.modified(), entry.id())).map(Entry::id)
}

/// The change that makes one entry of several. `earlier` names the field in which another password
/// than that of the kept one is put.
pub fn join(
    vault: &Vault,
    ids: &[Id],
    earlier: &str,
    open: Opener<'_>,
    sealer: &mut Sealer<'_>,
) -> Result<Change, TwinsError> {
    let keep = kept(vault, ids).ok_or(TwinsError::NotTwo)?;
    let kept = vault.entry(keep).ok_or(TwinsError::NotTwo)?;
    let others: Vec<Entry<'_>> =
        ids.iter().filter(|id| **id != keep).filter_map(|id| vault.entry(*id)).collect();
    if others.is_empty() {
        return Err(TwinsError::NotTwo);
    }
    if others.iter().any(|one| !one.staged().is_empty()) {
        return Err(TwinsError::Staged);
    }
    // - sealed for the kept one before its edit begins
    let mut files = Vec::new();
    for one in &others {
        for (_, name, data) in one.files() {
            files.push((name, sealer.seal(keep, open(one.id(), data)?.expose())?));
        }
    }
    let mut changes = Vec::new();
    let mut edit = EntryEdit::of(sealer, kept.0);
    plain(&mut edit, kept, &others)?;
    secret(&mut edit, kept, &others, earlier, open)?;
    for (name, envelope) in &files {
        edit.attach(name, envelope)?;
    }
    for (_, relation, target) in others.iter().flat_map(|one| one.links()) {
        if target != keep && !ids.contains(&target) {
            edit.link(relation, target)?;
        }
    }
    changes.extend(edit.finish());
    for entry in vault.entries().filter(|entry| !ids.contains(&entry.id())) {
        let led: Vec<(Id, Relation, Id)> = entry
            .links()
            .into_iter()
            .filter(|(_, _, target)| *target != keep && ids.contains(target))
            .collect();
        if led.is_empty() {
            continue;
        }
        let mut edit = EntryEdit::of(sealer, entry.0);
        for (element, relation, _) in led {
            edit.unlink(element);
            edit.link(relation, keep)?;
        }
        changes.extend(edit.finish());
    }
    changes.extend(others.iter().map(|one| Change::Trash(one.id())));
    Ok(Change::Many(changes))
}

/// What stands in clear: texts that the kept one lacks, and everything of lists.
fn plain(edit: &mut EntryEdit<'_, '_>, kept: Entry<'_>, others: &[Entry<'_>]) -> Result<(), EntropyError> {
    for tag in [Tag::USERNAME, Tag::READING, Tag::FOLDER] {
        let other = others.iter().map(|one| one.0.text(tag)).find(|text| !text.is_empty());
        if let Some(text) = other.filter(|_| kept.0.text(tag).is_empty()) {
            edit.text(tag, text);
        }
    }
    if others.iter().any(|one| one.favourite()) {
        edit.flag(Tag::FAVOURITE, true);
    }
    let same =
        |one: &str, next: &str| one.trim_end_matches('/').eq_ignore_ascii_case(next.trim_end_matches('/'));
    let mut urls = kept.urls();
    for url in others.iter().flat_map(|one| one.urls()) {
        if !urls.iter().any(|have| same(have, url)) {
            urls.push(url);
        }
    }
    edit.list(Tag::URL, Tag::URL_PLACE, &urls)?;
    let tags: Vec<&str> = others.iter().flat_map(|one| one.tags()).collect();
    edit.shift(Tag::LABEL, &tags, &[])?;
    let titles = others.iter().map(|one| one.title()).filter(|title| fold(title) != fold(kept.title()));
    let names: Vec<&str> = titles.chain(others.iter().flat_map(|one| one.aliases())).collect();
    edit.shift(Tag::ALIAS, &names, &[])
}

/// What is sealed: opened one by one, sealed anew for the kept one.
fn secret(
    edit: &mut EntryEdit<'_, '_>,
    kept: Entry<'_>,
    others: &[Entry<'_>],
    earlier: &str,
    open: Opener<'_>,
) -> Result<(), TwinsError> {
    for tag in [Tag::PASSWORD, Tag::OTP] {
        let held =
            |one: Entry<'_>| Some(one.0.value(tag)).filter(|value| !value.is_empty()).map(<[u8]>::to_vec);
        let own = held(kept).map(|value| open(kept.id(), &value)).transpose()?;
        let mut taken = own.is_some();
        for one in others {
            let Some(value) = held(*one) else { continue };
            let theirs = open(one.id(), &value)?;
            match &own {
                Some(own) if own.ct_eq(theirs.expose()) => {}
                // - the password that loses is not lost
                Some(_) if tag == Tag::PASSWORD => {
                    edit.add_field(earlier, &NewValue::Secret(theirs.expose()))?;
                }
                Some(_) => {}
                None if !taken => {
                    edit.secret(tag, theirs.expose())?;
                    taken = true;
                }
                None => {}
            }
        }
    }
    let text = |one: Entry<'_>| -> Result<Option<Secret>, TwinsError> {
        let Some(sealed) = one.notes() else { return Ok(None) };
        Secret::from_bytes(open(one.id(), sealed)?).map(Some).map_err(|_| TwinsError::Forged)
    };
    let own = text(kept)?;
    let mut texts: Vec<Secret> = own.into_iter().collect();
    let before = texts.len();
    for one in others {
        let theirs = text(*one)?;
        let news = theirs.filter(|theirs| !texts.iter().any(|held| held.expose().contains(theirs.expose())));
        texts.extend(news);
    }
    if texts.len() > before {
        let room = texts.iter().map(|one| one.expose().len() + 2).sum();
        let mut all = SecretBytes::with_capacity(room);
        for one in &texts {
            let gap: &[u8] = if all.is_empty() { b"" } else { b"\n\n" };
            let full = all.push(gap).and_then(|()| all.push(one.expose().as_bytes()));
            full.expect("there is room for all of them");
        }
        edit.secret(Tag::NOTES, all.expose())?;
    }
    fields(edit, kept, others, open)
}

/// Fields of its own that the kept one has not, by name and value.
fn fields(
    edit: &mut EntryEdit<'_, '_>,
    kept: Entry<'_>,
    others: &[Entry<'_>],
    open: Opener<'_>,
) -> Result<(), TwinsError> {
    let shown = |id: Id, value: FieldValue<'_>| match value {
        FieldValue::Plain(text) => Ok(SecretBytes::copy_of(text.as_bytes())),
        FieldValue::Sealed(envelope) => open(id, envelope),
    };
    let mut held: Vec<(String, SecretBytes)> = Vec::new();
    for field in kept.fields() {
        held.push((field.name.to_owned(), shown(kept.id(), field.value)?));
    }
    for one in others {
        for field in one.fields() {
            let value = shown(one.id(), field.value)?;
            if held.iter().any(|(name, have)| name == field.name && have.ct_eq(value.expose())) {
                continue;
            }
            match field.value {
                FieldValue::Plain(text) => edit.add_field(field.name, &NewValue::Plain(text))?,
                FieldValue::Sealed(_) => edit.add_field(field.name, &NewValue::Secret(value.expose()))?,
            };
            held.push((field.name.to_owned(), value));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::entropy::Entropy;
    use crate::crypto::keys::Key;
    use crate::crypto::value;
    use crate::model::{Kind, Stamp, State};
    use crate::ops::change::apply;

    /// Numbers that never come twice.
    struct Counting(u64);

    impl Entropy for Counting {
        fn fill(&mut self, out: &mut [u8]) -> Result<(), EntropyError> {
            self.0 += 1;
            out.iter_mut().zip(self.0.to_le_bytes().iter().cycle()).for_each(|(to, from)| *to = *from);
            Ok(())
        }
    }

    struct Fixture {
        vault: Vault,
        key: Key,
        entropy: Counting,
        at: u64,
    }

    impl Fixture {
        fn new() -> Fixture {
            Fixture { vault: Vault::new([3; 16]), key: Key::zero(), entropy: Counting(0), at: 0 }
        }

        fn run(&mut self, change: &Change) -> Option<Change> {
            self.at += 1;
            let stamp = Stamp { hlc: self.at << 16, salt: 0, writer: 0 };
            apply(&mut self.vault, change, stamp).expect("it is allowed")
        }

        fn add(&mut self, write: impl FnOnce(&mut EntryEdit<'_, '_>)) -> Id {
            let mut sealer = Sealer { values: &self.key, vault: [3; 16], entropy: &mut self.entropy };
            let mut edit = EntryEdit::new(&mut sealer, Kind::Login, 1).expect("a new entry");
            let id = edit.id();
            write(&mut edit);
            let change = edit.finish().expect("there is something");
            self.run(&change);
            id
        }

        fn join(&mut self, ids: &[Id]) -> Result<Change, TwinsError> {
            let key = Key::zero();
            let open = |id: Id, sealed: &[u8]| value::open(&key, &[3; 16], &id.0, sealed);
            let mut sealer = Sealer { values: &self.key, vault: [3; 16], entropy: &mut self.entropy };
            join(&self.vault, ids, "earlier", &open, &mut sealer)
        }

        fn open(&self, id: Id, sealed: &[u8]) -> String {
            let bytes = value::open(&self.key, &[3; 16], &id.0, sealed).expect("it is of this entry");
            String::from_utf8(bytes.expose().to_vec()).expect("text")
        }
    }

    #[test]
    fn what_the_others_have_comes_over_and_nothing_is_lost() {
        let mut all = Fixture::new();
        let old = all.add(|edit| {
            edit.text(Tag::TITLE, "Shop (old)");
            edit.text(Tag::USERNAME, "hana");
            edit.text(Tag::FOLDER, "shops");
            edit.secret(Tag::PASSWORD, b"one").expect("sealed");
            edit.secret(Tag::NOTES, b"call them").expect("sealed");
            edit.secret(Tag::OTP, b"otpauth://totp/x?secret=GEZDGNBV").expect("sealed");
            edit.set(Tag::LABEL, &["a", "b"]).expect("set");
            edit.list(Tag::URL, Tag::URL_PLACE, &["https://shop.jp", "https://m.shop.jp"]).expect("listed");
            edit.add_field("pin", &NewValue::Secret(b"42")).expect("added");
            edit.add_field("branch", &NewValue::Plain("x")).expect("added");
            edit.flag(Tag::FAVOURITE, true);
        });
        let new = all.add(|edit| {
            edit.text(Tag::TITLE, "Shop");
            edit.secret(Tag::PASSWORD, b"two").expect("sealed");
            edit.secret(Tag::NOTES, b"second note").expect("sealed");
            edit.set(Tag::LABEL, &["b", "c"]).expect("set");
            edit.list(Tag::URL, Tag::URL_PLACE, &["https://SHOP.jp/"]).expect("listed");
            edit.add_field("branch", &NewValue::Plain("x")).expect("added");
        });
        let mail = all.add(|edit| edit.text(Tag::TITLE, "mail"));
        let led = all.add(|edit| {
            edit.text(Tag::TITLE, "blog");
            edit.link(Relation::ResetsThrough, old).expect("linked");
        });
        let change = all.join(&[old, new]).expect("two of them");
        let inverse = all.run(&change).expect("it can be undone");
        let one = all.vault.entry(new).expect("kept");
        assert_eq!((one.title(), one.username(), one.folder()), ("Shop", "hana", "shops"));
        assert_eq!(one.urls(), ["https://SHOP.jp/", "https://m.shop.jp"]);
        assert_eq!((one.tags(), one.aliases()), (vec!["a", "b", "c"], vec!["Shop (old)"]));
        assert!(one.favourite());
        assert_eq!(all.open(new, one.password().expect("one")), "two");
        assert_eq!(all.open(new, one.notes().expect("both")), "second note\n\ncall them");
        assert!(all.open(new, one.otp().expect("came over")).starts_with("otpauth:"));
        let fields: Vec<String> = one
            .fields()
            .iter()
            .map(|field| match field.value {
                FieldValue::Plain(text) => format!("{}={text}", field.name),
                FieldValue::Sealed(sealed) => format!("{}:{}", field.name, all.open(new, sealed)),
            })
            .collect();
        assert_eq!(fields, ["branch=x", "earlier:one", "pin:42"]);
        assert_eq!(all.vault.entry(old).expect("in the trash").state(), State::Trashed);
        let links = all.vault.entry(led).expect("there").links();
        assert_eq!(links.iter().map(|(_, _, to)| *to).collect::<Vec<_>>(), [new]);
        assert_eq!(all.vault.entry(mail).expect("untouched").title(), "mail");
        all.run(&inverse);
        let one = all.vault.entry(new).expect("there");
        assert_eq!((one.urls().len(), one.tags().len(), one.fields().len()), (1, 2, 1));
        assert_eq!(all.vault.entry(old).expect("back").state(), State::Active);
        assert_eq!(all.vault.entry(led).expect("there").links()[0].2, old);
    }

    #[test]
    fn equal_passwords_leave_no_field_and_an_open_change_is_not_thrown_away() {
        let mut all = Fixture::new();
        let same = |edit: &mut EntryEdit<'_, '_>| {
            edit.text(Tag::TITLE, "x");
            edit.secret(Tag::PASSWORD, b"same").expect("sealed");
        };
        let (one, two) = (all.add(same), all.add(same));
        let change = all.join(&[one, two]).expect("two of them");
        all.run(&change);
        let kept = kept(&all.vault, &[one, two]).expect("one of them");
        assert!(all.vault.entry(kept).expect("there").fields().is_empty());
        assert_eq!(all.join(&[one]), Err(TwinsError::NotTwo));
        let mut all = Fixture::new();
        let open = all.add(|edit| {
            same(edit);
            edit.stage(b"new", "", 1).expect("staged");
        });
        let later = all.add(same);
        assert_eq!(all.join(&[open, later]), Err(TwinsError::Staged));
    }
}
