//! Tests: what each row becomes; the same file again.

use super::super::{Options, read};
use super::*;
use crate::crypto::entropy::Entropy;
use crate::crypto::keys::Key;
use crate::crypto::value;
use crate::model::Stamp;
use crate::ops::change;

/// Different bytes at every call; nothing here depends on their quality.
struct Counting(u64);

impl Entropy for Counting {
    fn fill(&mut self, out: &mut [u8]) -> Result<(), EntropyError> {
        self.0 += 1;
        out.fill(0);
        let count = self.0.to_be_bytes();
        let from = out.len().saturating_sub(8);
        for (place, byte) in out[from..].iter_mut().zip(count) {
            *place = byte;
        }
        Ok(())
    }
}

struct World {
    vault: Vault,
    key: Key,
    entropy: Counting,
    now: u64,
}

const HEAD: &str = "Name,Url,MatchUrl,Login,Pwd,Note,Folder,RfFieldsV2\n";

impl World {
    fn new() -> World {
        World { vault: Vault::new([7; 16]), key: Key::zero(), entropy: Counting(0), now: 1_000 }
    }

    fn plan(&mut self, rows: &str) -> Plan {
        let imported = read(format!("{HEAD}{rows}").as_bytes(), Options::default()).unwrap();
        let mut sealer = Sealer { values: &self.key, vault: self.vault.id, entropy: &mut self.entropy };
        plan(&imported, &self.vault, &mut sealer, self.now).unwrap()
    }

    fn apply(&mut self, change: &Change) {
        self.now += 1_000;
        let stamp = Stamp::after(self.vault.latest(), self.now, 0, 0);
        change::apply(&mut self.vault, change, stamp).unwrap();
    }

    fn import(&mut self, rows: &str) -> Vec<Row> {
        let made = self.plan(rows);
        if let Some(change) = &made.change {
            self.apply(change);
        }
        made.report.rows
    }

    fn edit(&mut self, id: Id, work: impl FnOnce(&mut EntryEdit<'_, '_>)) {
        let record = self.vault.record(id).unwrap().clone();
        let mut sealer = Sealer { values: &self.key, vault: self.vault.id, entropy: &mut self.entropy };
        let mut edit = EntryEdit::of(&mut sealer, &record);
        work(&mut edit);
        let change = edit.finish().unwrap();
        self.apply(&change);
    }

    fn open(&self, id: Id, envelope: Option<&[u8]>) -> String {
        let Some(envelope) = envelope else { return String::new() };
        let plain = value::open(&self.key, &self.vault.id, &id.0, envelope).unwrap();
        std::str::from_utf8(plain.expose()).unwrap().to_owned()
    }

    fn password(&self, id: Id) -> String {
        self.open(id, self.vault.entry(id).unwrap().password())
    }

    fn fields(&self, id: Id) -> Vec<(String, String, bool)> {
        let fields = self.vault.entry(id).unwrap().fields();
        fields
            .into_iter()
            .map(|field| match field.value {
                FieldValue::Plain(text) => (field.name.to_owned(), text.to_owned(), false),
                FieldValue::Sealed(envelope) => (field.name.to_owned(), self.open(id, Some(envelope)), true),
            })
            .collect()
    }
}

fn fates(rows: &[Row]) -> Vec<Fate> {
    rows.iter().map(|row| row.fate.clone()).collect()
}

const NEW: Fate = Fate::New { resembles: None };

const ROWS: &str = "\
銀行,https://b.jp/,https://b.jp/login,me,pw1,\"memo\nline\",/個人/お金,\"User ID$,,,txt,me\",\"q,,,txt,1\",\"PIN,,,pwd,77\",\"TOTP KEY$,,,txt,mzxw6ytb\"
Note,,,,,text,
Mark,https://m.jp/,,,,,/x
a,b
";

#[test]
fn rows_become_entries_with_all_they_have() {
    let mut world = World::new();
    let rows = world.import(ROWS);
    assert_eq!(fates(&rows), [NEW, NEW, NEW, NEW]);
    assert_eq!(rows.iter().map(|row| row.line).collect::<Vec<_>>(), [2, 4, 5, 6]);
    let id = rows[0].entry;
    let entry = world.vault.entry(id).unwrap();
    assert_eq!((entry.title(), entry.username(), entry.folder()), ("銀行", "me", "個人/お金"));
    assert_eq!(
        (entry.kind(), entry.urls(), entry.0.text(Tag::MATCH_URL)),
        (Kind::Login, vec!["https://b.jp/"], "https://b.jp/login")
    );
    assert_eq!(
        (entry.created(), entry.password_changed(), entry.0.text(Tag::ORIGIN)),
        (1_000, None, "roboform")
    );
    assert_eq!((world.password(id), world.open(id, entry.notes())), ("pw1".into(), "memo\nline".into()));
    assert_eq!(
        world.open(id, entry.otp()),
        "otpauth://totp/?secret=MZXW6YTB&algorithm=SHA1&digits=6&period=30"
    );
    assert_eq!(world.fields(id), [("q".into(), "1".into(), false), ("PIN".into(), "77".into(), true)]);
    let kinds: Vec<Kind> = rows.iter().map(|row| world.vault.entry(row.entry).unwrap().kind()).collect();
    assert_eq!(kinds, [Kind::Login, Kind::Note, Kind::Login, Kind::Note]);
    assert_eq!(world.fields(rows[3].entry), [("CSV".into(), "a,b".into(), true)]);
}

#[test]
fn the_same_file_again_makes_no_change() {
    let mut world = World::new();
    let first = world.import(ROWS);
    let again = world.plan(ROWS);
    assert_eq!(again.change, None);
    assert_eq!(fates(&again.report.rows), vec![Fate::Unchanged; 4]);
    assert_eq!(again.report.rows[0].entry, first[0].entry);
    assert_eq!(again.report.counts(), Counts { unchanged: 4, ..Counts::default() });
    // In another order and with other line numbers too.
    let turned = "Mark,https://m.jp/,,,,,/x\na,b\nNote,,,,,text,\n";
    assert_eq!(world.plan(turned).change, None);
}

#[test]
fn what_a_person_changed_since_is_not_turned_back() {
    let mut world = World::new();
    let id = world.import(ROWS)[0].entry;
    let field = world.vault.entry(id).unwrap().fields()[0].element;
    world.edit(id, |edit| {
        edit.secret(Tag::PASSWORD, b"better").unwrap();
        edit.secret(Tag::NOTES, b"").unwrap();
        edit.text(Tag::TITLE, "My bank");
        edit.text(Tag::FOLDER, "");
        edit.list(Tag::URL, Tag::URL_PLACE, &[]).unwrap();
        edit.drop_field(field);
    });
    let again = world.plan(ROWS);
    assert_eq!((again.change, fates(&again.report.rows)[0].clone()), (None, Fate::Unchanged));
    world.apply(&Change::Trash(id));
    assert_eq!(world.plan(ROWS).change, None);
    assert_eq!(world.vault.entry(id).unwrap().state(), State::Trashed);
}

#[test]
fn new_values_of_a_known_row_are_taken_and_nothing_is_removed() {
    let mut world = World::new();
    let id = world.import(ROWS)[0].entry;
    let changed = ROWS
        .replace("pw1", "pw2")
        .replace("q,,,txt,1", "q,,,txt,2")
        .replace("\"PIN,,,pwd,77\",", "\"new,,,txt,3\",")
        .replace("\"memo\nline\"", "");
    let rows = world.import(&changed);
    let parts = vec![Part::Password, Part::Field("q".into()), Part::Field("new".into())];
    assert_eq!(fates(&rows)[0], Fate::Updated(parts));
    assert_eq!(rows[0].entry, id);
    assert_eq!(world.password(id), "pw2");
    assert_eq!(
        world.fields(id),
        [
            ("q".into(), "2".into(), false),
            ("PIN".into(), "77".into(), true),
            ("new".into(), "3".into(), false)
        ]
    );
    let entry = world.vault.entry(id).unwrap();
    assert_eq!(world.open(id, entry.notes()), "memo\nline");
    assert_eq!(entry.0.attr(Tag::PASSWORD, None).unwrap().versions.len(), 2);
    // The older file afterwards brings nothing back.
    assert_eq!(world.plan(ROWS).change, None);
}

#[test]
fn duplicates_are_found_and_what_resembles_is_named() {
    let mut world = World::new();
    let id = world.import("n,https://a/,https://a/,me,pw,note,/f,\"q,,,txt,1\"\n")[0].entry;
    let twin = world.plan("renamed,https://a/,https://a/,me,pw,,/elsewhere,\"q,,,txt,1\"\n");
    assert_eq!((twin.change, fates(&twin.report.rows)), (None, vec![Fate::Duplicate]));
    assert_eq!(twin.report.rows[0].entry, id);
    for other in [
        "renamed,https://a/,https://a/,me,other,,/f",
        "renamed,https://a/,https://a/,me,pw,another note,/f",
        "renamed,https://a/,https://a/,me,pw,,/f,\"q,,,txt,2\"",
        "renamed,https://a/,https://a/,me,pw,,/f,\"TOTP KEY$,,,txt,MZXW6YTB\"",
        "renamed,https://a/,https://b/,me,pw,,/f",
        "renamed,https://a/,https://a/,me,,,/f",
    ] {
        assert_eq!(
            fates(&world.plan(&format!("{other}\n")).report.rows),
            [Fate::New { resembles: Some(id) }],
            "{other}"
        );
    }
    for other in ["n,https://a/,https://a/,you,pw,,/f", "n,https://c/,https://a/,me,pw,,/f"] {
        assert_eq!(fates(&world.plan(&format!("{other}\n")).report.rows), [NEW], "{other}");
    }
    world.apply(&Change::Trash(id));
    assert_eq!(fates(&world.plan("renamed,https://a/,https://a/,me,pw,,/f\n").report.rows), [NEW]);
}

#[test]
fn repeated_rows_come_in_once() {
    let mut world = World::new();
    let text = "n,u,m,me,pw,,/f\nn,u,m,me,pw,,/f\nn,u,m,me,other,,/f\nn,u,m,me,pw,,/g\nx,y\nx,y\n";
    let rows = world.import(text);
    let repeated = |of| Fate::Repeated { of };
    assert_eq!(fates(&rows), [NEW, repeated(2), NEW, NEW, NEW, repeated(6)]);
    assert_eq!(rows[1].entry, rows[0].entry);
    let again = world.plan(text);
    assert_eq!(again.change, None);
    assert_eq!(again.report.counts(), Counts { unchanged: 4, duplicate: 2, ..Counts::default() });
}

#[test]
fn ten_thousand_rows_are_planned_quickly() {
    let mut world = World::new();
    let text: String = (0..10_000)
        .map(|at| format!("site {at},https://s{at}/,https://s{at}/l,me,pw{at},note,/f,\"q,,,txt,{at}\"\n"))
        .collect();
    let began = std::time::Instant::now();
    assert!(fates(&world.import(&text)).iter().all(|fate| *fate == NEW));
    let first = began.elapsed();
    let again = world.plan(&text);
    println!("10,000 rows: in {first:?}, again {:?}", began.elapsed() - first);
    assert_eq!(again.change, None);
    assert!(began.elapsed().as_secs() < 20);
}
