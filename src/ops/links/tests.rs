//! A small vault to try links and incidents on, and which proposals are right.

use super::*;
use crate::crypto::entropy::{Entropy, EntropyError};
use crate::crypto::keys::Key;
use crate::model::{Stamp, Tag, Vault};
use crate::ops::change::{self, Change};
use crate::ops::edit::{EntryEdit, NewValue, Sealer};

/// No addresses.
pub(crate) const NONE: &[&str] = &[];

/// Ids in the order in which they are drawn.
#[derive(Debug, Default)]
pub(crate) struct Counting(pub(crate) u64);

impl Entropy for Counting {
    fn fill(&mut self, out: &mut [u8]) -> Result<(), EntropyError> {
        self.0 += 1;
        out.fill(0);
        for (to, from) in out.iter_mut().zip(self.0.to_be_bytes()) {
            *to = from;
        }
        Ok(())
    }
}

/// A vault in memory, with its key.
#[derive(Debug)]
pub(crate) struct Fixture {
    pub(crate) vault: Vault,
    pub(crate) values: Key,
    pub(crate) random: Counting,
    pub(crate) clock: u64,
}

impl Default for Fixture {
    fn default() -> Fixture {
        let vault = Vault::new([1; 16]);
        Fixture { vault, values: Key::zero(), random: Counting::default(), clock: 1_000 }
    }
}

impl Fixture {
    pub(crate) fn apply(&mut self, change: &Change) -> Option<Change> {
        self.clock += 1;
        let stamp = Stamp::after(self.vault.latest(), self.clock, self.clock, 0);
        change::apply(&mut self.vault, change, stamp).expect("accepted")
    }

    pub(crate) fn add(&mut self, kind: Kind, title: &str, user: &str, urls: &[&str]) -> Id {
        let mut sealer = Sealer { values: &self.values, vault: [1; 16], entropy: &mut self.random };
        let mut edit = EntryEdit::new(&mut sealer, kind, self.clock).expect("random");
        edit.text(Tag::TITLE, title);
        edit.text(Tag::USERNAME, user);
        edit.list(Tag::URL, Tag::URL_PLACE, urls).expect("random");
        let (id, change) = (edit.id(), edit.finish().expect("new"));
        self.apply(&change);
        id
    }

    /// Edits an entry that is there.
    pub(crate) fn edit(&mut self, id: Id, with: impl FnOnce(&mut EntryEdit<'_, '_>)) {
        let record = self.vault.record(id).expect("there").clone();
        let mut sealer = Sealer { values: &self.values, vault: [1; 16], entropy: &mut self.random };
        let mut edit = EntryEdit::of(&mut sealer, &record);
        with(&mut edit);
        if let Some(change) = edit.finish() {
            self.apply(&change);
        }
    }

    pub(crate) fn field(&mut self, id: Id, name: &str, value: &str) {
        self.edit(id, |edit| {
            edit.add_field(name, &NewValue::Plain(value)).expect("random");
        });
    }

    pub(crate) fn password(&mut self, id: Id, password: &str) {
        self.edit(id, |edit| edit.secret(Tag::PASSWORD, password.as_bytes()).expect("sealed"));
    }

    pub(crate) fn link(&mut self, from: Id, relation: Relation, to: Id) {
        self.edit(from, |edit| edit.link(relation, to).expect("random"));
    }

    pub(crate) fn entry(&self, id: Id) -> Entry<'_> {
        self.vault.entry(id).expect("there")
    }

    pub(crate) fn title(&self, id: Id) -> &str {
        self.entry(id).title()
    }

    /// The proposals as `from relation to by`, in words.
    fn proposed(&self) -> BTreeSet<String> {
        let say = |one: Proposal| {
            format!("{} {} {}", self.title(one.from), one.relation.word(), self.title(one.to))
        };
        propose(self.vault.entries().collect::<Vec<_>>().into_iter()).into_iter().map(say).collect()
    }
}

/// The site owner: one rental server, two registrars, mailboxes of his domains and one elsewhere.
fn owner() -> Fixture {
    let mut made = Fixture::default();
    let server = made.add(Kind::Server, "あおぞら", "az204511", &["https://panel.aozora.example/login"]);
    made.field(server, "host", "sv204.aozora.example");
    let domain = made.add(Kind::Domain, "なまえ屋 (example.jp)", "99-11", &["https://namaeya.example/"]);
    made.field(domain, "nameservers", "ns1.aozora.example, ns2.aozora.example");
    let second = made.add(Kind::Domain, "example.net", "info@example.jp", &["https://names.example/"]);
    made.field(second, "nameservers", "ns1.elsewhere.example");
    made.add(Kind::Mailbox, "代表メール", "info@example.jp", &["https://webmail.aozora.example/"]);
    let shop = made.add(Kind::Mailbox, "shop@example.net", "shop", NONE);
    made.field(shop, "imap", "sv204.aozora.example");
    made.add(Kind::Login, "Gmail", "hana.yamada", &["https://accounts.google.com/"]);
    made.add(Kind::Website, "花ブログ", "admin", &["https://blog.example.jp/wp-login.php"]);
    made.add(Kind::Website, "写真", "hana", &["https://photo.example.org/wp-admin/"]);
    let base = made.add(Kind::Database, "blog_db", "blog", NONE);
    made.field(base, "host", "sv204.aozora.example");
    made.add(Kind::Login, "楽天市場", "INFO+rakuten@example.jp", &["https://www.rakuten.co.jp/"]);
    let amazon = made.add(Kind::Login, "Amazon", "hana", &["https://www.amazon.co.jp/"]);
    made.field(amazon, "連絡先", "hana.yamada@gmail.com");
    let person = made.add(Kind::Identity, "山田 花子", "", NONE);
    made.field(person, "mail", "info@example.jp");
    made.add(Kind::Login, "掲示板", "hana", &["https://forum.example/"]);
    made
}

#[test]
fn the_right_links_are_proposed_and_no_others() {
    let right = [
        // The mail address is the user name, or stands in a field; a +tag and case are no difference.
        "example.net resets-through 代表メール",
        "楽天市場 resets-through 代表メール",
        "Amazon resets-through Gmail",
        // The mailbox's domain: its registrar, and the server whose name servers it has.
        "代表メール registered-at なまえ屋 (example.jp)",
        "代表メール controlled-by あおぞら",
        "なまえ屋 (example.jp) hosted-on あおぞら",
        // The domain is registered elsewhere, the mail lies on the server.
        "shop@example.net registered-at example.net",
        "shop@example.net controlled-by あおぞら",
        // The site lies under the domain, the database on the host.
        "花ブログ registered-at なまえ屋 (example.jp)",
        "花ブログ hosted-on あおぞら",
        "blog_db hosted-on あおぞら",
    ];
    let right: BTreeSet<String> = right.iter().map(|one| (*one).to_owned()).collect();
    assert_eq!(owner().proposed(), right);
}

#[test]
fn what_is_linked_or_gone_is_not_proposed() {
    let mut made = owner();
    let all: Vec<(Id, String)> =
        made.vault.entries().map(|entry| (entry.id(), entry.title().to_owned())).collect();
    let id = |title: &str| all.iter().find(|(_, one)| one == title).expect("there").0;
    made.link(id("楽天市場"), Relation::ResetsThrough, id("代表メール"));
    made.apply(&Change::Trash(id("あおぞら")));
    let left = made.proposed();
    assert!(!left.iter().any(|one| one.contains("あおぞら") || one.starts_with("楽天市場")), "{left:?}");
    assert!(left.contains("Amazon resets-through Gmail"));
}

#[test]
fn addresses_and_domains_are_told_from_other_words() {
    assert_eq!(address(" Info+x@Example.JP ").as_deref(), Some("info@example.jp"));
    assert_eq!(address("山田@例え.jp").as_deref(), Some("山田@例え.jp"));
    for none in ["@example.jp", "info@", "info@host", "a b@example.jp", "192.168.0.1", "x@1.2"] {
        assert_eq!(address(none), None, "{none}");
    }
    assert_eq!(house("sv1.xserver.jp"), Some("xserver.jp"));
    assert_eq!(house("example.co.jp"), None);
    assert_eq!(house("example.jp"), None);
    assert!(is_under("a.example.jp", "example.jp") && !is_under("badexample.jp", "example.jp"));
}
