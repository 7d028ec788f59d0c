//! Golden files: vault files that every later version must open for ever. They are never edited,
//! only added; `MAMORI_WRITE_VECTORS=1 cargo test --test golden` writes those that are missing.
//! Beside each file lies `NAME.json`: its secrets and the entries that must come out.

mod common;

use std::path::{Path, PathBuf};

use common::{add, bytes, device, password, reopen, set_title, shown, slot};
use mamori::crypto::kdf::Params;
use mamori::crypto::keys::SlotSecret;
use mamori::crypto::recovery;
use mamori::format::body::{self};
use mamori::format::header::{self, Slot};
use mamori::format::payload;
use mamori::model::{Entry, FieldValue, Id, Kind, Record, Relation, Section, State, Tag, Vault};
use mamori::ops::change::{Change, Edit};
use mamori::ops::edit::{EntryEdit, NewValue};
use mamori::platform::entropy::System;
use mamori::session::{Credential, NewSlot, Open, Sealed};
use serde_json::{Value, json};

const CODE: [u8; 20] = *b"recovery code bytes!";
const KEY_FILE: &[u8] = b"any file can be a key file\n";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors")
}

/// Writes a vector and its description, unless they are there.
fn write(name: &str, file: &[u8], secrets: &Value, open: &Open) {
    let path = folder().join(format!("{name}.vault"));
    if std::env::var_os("MAMORI_WRITE_VECTORS").is_none() || path.exists() {
        return;
    }
    let description = json!({ "secrets": secrets, "entries": described(open) });
    let text = serde_json::to_string_pretty(&description).expect("plain values");
    for (path, bytes) in [(&path, file), (&path.with_extension("json"), text.as_bytes())] {
        let mut out = std::fs::File::create_new(path).expect("new");
        std::io::Write::write_all(&mut out, bytes).expect("written");
    }
}

/// Everything of the entries that a decryptor can print, secrets opened.
fn described(open: &Open) -> Vec<Value> {
    open.vault()
        .entries()
        .map(|entry| {
            let secret = |envelope: Option<&[u8]>| {
                envelope.map(|one| open.reveal_text(entry.id(), one).expect("authentic").expose().to_owned())
            };
            let fields: Vec<Value> = entry
                .fields()
                .into_iter()
                .map(|field| match field.value {
                    FieldValue::Plain(text) => json!({ "name": field.name, "value": text }),
                    FieldValue::Sealed(one) => json!({ "name": field.name, "secret": secret(Some(one)) }),
                })
                .collect();
            let history: Vec<Option<String>> = entry
                .0
                .attr(Tag::PASSWORD, None)
                .into_iter()
                .flat_map(|attr| attr.versions.iter().skip(1).map(|one| secret(Some(&one.value))))
                .collect();
            json!({
                "id": hex(&entry.id().0), "kind": entry.0.kind, "title": entry.title(),
                "username": entry.username(), "urls": entry.urls(), "tags": entry.tags(),
                "folder": entry.folder(), "password": secret(entry.password()), "notes": secret(entry.notes()),
                "otp": secret(entry.otp()), "fields": fields, "old_passwords": history,
                "staged": entry.staged().iter().map(|one| secret(Some(one.secret))).collect::<Vec<_>>(),
            })
        })
        .collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn apply(open: &mut Open, change: &Change, now: u64) {
    open.apply(change, now, &mut System).expect("accepted");
}

/// One entry with everything in it.
fn full_entry(open: &mut Open) -> Id {
    let mut entropy = System;
    let mut sealer = open.sealer(&mut entropy);
    let mut edit = EntryEdit::new(&mut sealer, Kind::BankAccount, 1_700_000_000_000).expect("random");
    edit.text(Tag::TITLE, "みずほ銀行");
    edit.text(Tag::USERNAME, "3390-1122");
    edit.text(Tag::FOLDER, "個人/お金");
    edit.text(Tag::READING, "みずほぎんこう");
    edit.flag(Tag::FAVOURITE, true);
    edit.number(Tag::EXPIRES, Some(1_900_000_000_000));
    edit.list(Tag::URL, Tag::URL_PLACE, &["https://b.example/", "https://a.example/"]).expect("random");
    edit.set(Tag::LABEL, &["銀行", "bank"]).expect("random");
    edit.set(Tag::ALIAS, &["Mizuho"]).expect("random");
    edit.secret(Tag::PASSWORD, "p 🗝 ｐ".as_bytes()).expect("sealed");
    edit.secret(Tag::NOTES, "一行目\n二行目".as_bytes()).expect("sealed");
    edit.secret(Tag::OTP, b"otpauth://totp/x?secret=JBSWY3DPEHPK3PXP").expect("sealed");
    edit.add_field("支店", &NewValue::Plain("001")).expect("random");
    edit.add_field("暗証番号", &NewValue::Secret(b"0000")).expect("random");
    edit.link(Relation::ResetsThrough, Id([9; 16])).expect("random");
    edit.stage(b"the next one", "reused", 1_700_000_001_000).expect("sealed");
    let id = edit.id();
    let change = edit.finish().expect("something");
    apply(open, &change, 1_700_000_000_000);
    id
}

fn one_slot() -> Open {
    let mut open = common::new_vault();
    full_entry(&mut open);
    let id = add(&mut open, "blog.example.jp", "first", 1_700_000_002_000);
    let mut entropy = System;
    let record = open.vault().record(id).expect("there").clone();
    let mut sealer = open.sealer(&mut entropy);
    let mut edit = EntryEdit::of(&mut sealer, &record);
    edit.secret(Tag::PASSWORD, b"second").expect("sealed");
    let change = edit.finish().expect("something");
    apply(&mut open, &change, 1_700_000_003_000);
    let trashed = add(&mut open, "in the trash", "gone", 1_700_000_004_000);
    apply(&mut open, &Change::Trash(trashed), 1_700_000_005_000);
    let purged = add(&mut open, "purged", "never seen again", 1_700_000_006_000);
    apply(&mut open, &Change::Purge(purged), 1_700_000_007_000);
    open
}

/// What a later version may have written: section, opaque section, kind, attributes, slot kind.
fn future() -> (Open, Vec<u8>) {
    let mut open = common::new_vault();
    add(&mut open, "of today", "S3CRET", 1_700_000_000_000);
    let mut entropy = System;
    let record = Id([77; 16]);
    let mut sealer = open.sealer(&mut entropy);
    let sealed = sealer.seal(record, b"from the future").expect("sealed");
    let element = Some(Id([5; 16]));
    let edits = vec![
        Edit { tag: Tag::TITLE, element: None, value: "of tomorrow".as_bytes().into() },
        Edit { tag: Tag(0x1001), element: None, value: b"plain future".as_slice().into() },
        Edit { tag: Tag(0x8000 | 0x1002), element: None, value: sealed.clone() },
        Edit { tag: Tag(0x4000 | 0x8000 | 0x1003), element, value: sealed },
    ];
    for section in [Section::Entries, Section::Other(50)] {
        let change = Change::Write { section, record, kind: 999, edits: edits.clone() };
        apply(&mut open, &change, 1_700_000_001_000);
    }
    let file = bytes(&mut open, 1_700_000_002_000);
    let read = header::read(&file, file.len() as u64).expect("whole");
    let plain = body::open(file, &read, open.key()).expect("right key");
    let (mut vault, _) = payload::decode(read.header.vault, plain).expect("right");
    vault.schema = 7;
    vault.opaque.insert(0x8000 | 60, b"no records in here".to_vec());
    let mut later = read.header;
    later.slots.push(Slot::Unknown([&[9, 0, 20, 0][..], &[0xaa; 16]].concat()));
    let plain = payload::encode(&vault, None).expect("small");
    let (file, _) = plain.seal(&later, open.key()).expect("small");
    (reopen(file.clone(), &password("first"), 1).expect("opens"), file)
}

/// Makes every vector anew, writes those that are missing, and checks what it made as if read.
#[test]
fn the_vectors_can_be_made() {
    let mut open = one_slot();
    let file = bytes(&mut open, 1_700_000_010_000);
    write("one-slot", &file, &json!({ "passwords": ["first"] }), &open);

    let code = recovery::shown(&CODE);
    let slots = [
        slot(password("ＡＢＣ　合言葉")),
        slot(Credential::KeyFile(SlotSecret::with_key_file(b"second", KEY_FILE).expect("short"))),
        slot(Credential::Recovery(SlotSecret::recovery(&CODE))),
    ];
    let mut open = Open::create(&slots, device(1, "desk"), &mut System).expect("made");
    full_entry(&mut open);
    let file = bytes(&mut open, 1_700_000_010_000);
    let secrets = json!({
        "passwords": ["ＡＢＣ　合言葉", "ABC 合言葉"],
        "key_files": [{ "password": "second", "key_file_hex": hex(KEY_FILE) }],
        "recovery": [code.expose()],
    });
    write("all-slots", &file, &secrets, &open);

    let mut open = one_slot();
    open.rekey(&[slot(password("second"))], 1_700_000_020_000, &mut System).expect("changed");
    add(&mut open, "after the change", "new", 1_700_000_021_000);
    let file = bytes(&mut open, 1_700_000_022_000);
    write("two-epochs", &file, &json!({ "passwords": ["second"], "wrong": ["first"] }), &open);

    // Costs that tell m, t and p apart, and a payload beyond the smallest bucket.
    let costly = NewSlot { params: Params { m_kib: 16 << 10, t: 2, p: 3 }, ..slot(password("first")) };
    let mut open = Open::create(&[costly], device(1, "desk"), &mut System).expect("made");
    let id = full_entry(&mut open);
    for (at, now) in (0..3u64).map(|at| (at, 1_700_000_030_000 + at)) {
        let record = open.vault().record(id).expect("there").clone();
        let mut entropy = System;
        let mut sealer = open.sealer(&mut entropy);
        let mut edit = EntryEdit::of(&mut sealer, &record);
        edit.secret(Tag::PASSWORD, format!("change {at}").as_bytes()).expect("sealed");
        edit.secret(Tag::NOTES, "長い文章。".repeat(13_000 + at as usize).as_bytes()).expect("sealed");
        if at == 2 {
            edit.secret(Tag::OTP, b"").expect("absent");
            edit.drop_field(Entry(&record).fields()[0].element);
        }
        let change = edit.finish().expect("something");
        apply(&mut open, &change, now);
    }
    apply(&mut open, &Change::PurgeHistory(id), 1_700_000_040_000);
    let file = bytes(&mut open, 1_700_000_041_000);
    write("costly", &file, &json!({ "passwords": ["first"] }), &open);

    let (open, file) = future();
    write("future-1", &file, &json!({ "passwords": ["first"] }), &open);
}

fn vectors() -> Vec<(String, Vec<u8>, Value)> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder()).expect("there").flatten() {
        let path = entry.path();
        if path.extension().is_some_and(|end| end == "vault") {
            let text = std::fs::read_to_string(path.with_extension("json")).expect("beside it");
            let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
            all.push((name, std::fs::read(&path).expect("read"), serde_json::from_str(&text).expect("JSON")));
        }
    }
    all.sort_by(|one, next| one.0.cmp(&next.0));
    all
}

fn texts<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a str> {
    value["secrets"][name].as_array().into_iter().flatten().filter_map(Value::as_str)
}

#[test]
fn every_vector_opens_with_each_of_its_secrets() {
    let all = vectors();
    let names: Vec<&str> = all.iter().map(|(name, ..)| name.as_str()).collect();
    assert_eq!(names, ["all-slots", "costly", "future-1", "one-slot", "two-epochs"]);
    for (name, file, expected) in &all {
        let mut credentials: Vec<Credential> = texts(expected, "passwords").map(password).collect();
        for one in expected["secrets"]["key_files"].as_array().into_iter().flatten() {
            let hex = one["key_file_hex"].as_str().expect("hex");
            let key_file: Vec<u8> = (0..hex.len() / 2)
                .map(|at| u8::from_str_radix(hex.get(2 * at..2 * at + 2).expect("even"), 16).expect("hex"))
                .collect();
            let typed = one["password"].as_str().expect("text").as_bytes();
            credentials
                .push(Credential::KeyFile(SlotSecret::with_key_file(typed, &key_file).expect("short")));
        }
        for code in texts(expected, "recovery") {
            let code = recovery::parse(code).expect("a code");
            let code: &[u8; 20] = code.expose().try_into().expect("twenty");
            credentials.push(Credential::Recovery(SlotSecret::recovery(code)));
        }
        assert!(!credentials.is_empty());
        for credential in &credentials {
            let open = reopen(file.clone(), credential, 1).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert_eq!(Value::Array(described(&open)), expected["entries"], "{name}");
        }
        for wrong in texts(expected, "wrong").chain(["nothing of the kind"]) {
            assert!(reopen(file.clone(), &password(wrong), 1).is_err(), "{name}: {wrong}");
        }
    }
}

fn tomorrow(vault: &Vault, section: Section) -> &Record {
    vault.section(section).get(Id([77; 16])).expect("kept")
}

/// What came from a later version is all there, under the key at hand.
fn assert_future(open: &Open, slots: usize) {
    let vault = open.vault();
    assert_eq!(vault.schema, 7);
    assert_eq!(vault.opaque[&(0x8000 | 60)], b"no records in here");
    for section in [Section::Entries, Section::Other(50)] {
        let record = tomorrow(vault, section);
        assert_eq!(record.kind, 999);
        assert_eq!(record.value(Tag(0x1001)), b"plain future");
        for (tag, element) in [(Tag(0x9002), None), (Tag(0xd003), Some(Id([5; 16])))] {
            let sealed = record.attr(tag, element).expect("kept").value();
            assert!(open.reveal(record.id, sealed).expect("authentic").ct_eq(b"from the future"));
        }
    }
    assert_eq!(Entry(tomorrow(vault, Section::Entries)).kind(), Kind::Other(999));
    assert_eq!(open.header().slots.len(), slots);
}

/// `future-1` is opened, edited, merged and re-keyed, and found whole each time.
#[test]
fn what_a_later_version_wrote_goes_through_every_mill() {
    let all = vectors();
    let (_, file, _) = all.iter().find(|(name, ..)| name == "future-1").expect("there");
    let mut open = reopen(file.clone(), &password("first"), 1).expect("opens");
    assert_future(&open, 2);
    let today = open.vault().entries().find(|entry| entry.title() == "of today").expect("there").id();
    set_title(&mut open, today, "edited", 1_800_000_000_000);
    let edited = bytes(&mut open, 1_800_000_001_000);
    let mut open = reopen(edited, &password("first"), 1).expect("opens");
    assert_future(&open, 2);

    let mut other = reopen(file.clone(), &password("first"), 2).expect("opens");
    let change = Change::Write {
        section: Section::Other(50),
        record: Id([77; 16]),
        kind: 999,
        edits: vec![Edit { tag: Tag(0x1004), element: None, value: b"more of it".as_slice().into() }],
    };
    apply(&mut other, &change, 1_800_000_002_000);
    let other_file = bytes(&mut other, 1_800_000_003_000);
    open.join(other_file, false, false).expect("joined");
    assert_future(&open, 2);
    assert_eq!(tomorrow(open.vault(), Section::Other(50)).value(Tag(0x1004)), b"more of it");

    open.rekey(&[slot(password("second"))], 1_800_000_004_000, &mut System).expect("changed");
    let file = bytes(&mut open, 1_800_000_005_000);
    let open = reopen(file, &password("second"), 1).expect("opens");
    // The slot of the later kind is lost at a key change, and nothing else.
    assert_future(&open, 1);
    let entry = open.vault().entry(today).expect("there");
    assert_eq!((entry.title(), entry.state()), ("edited", State::Active));
    assert_eq!(shown(&open, today), "S3CRET");
}

#[test]
fn a_critical_tag_of_a_later_version_makes_it_read_only() {
    let mut open = common::new_vault();
    let edits = vec![Edit { tag: Tag(0x2000 | 0x1005), element: None, value: [1].into() }];
    let change = Change::Write { section: Section::Entries, record: Id([1; 16]), kind: 1, edits };
    apply(&mut open, &change, 1);
    let file = bytes(&mut open, 2);
    let mut open = reopen(file.clone(), &password("first"), 1).expect("opens to read");
    assert!(open.vault().read_only());
    assert!(open.apply(&change, 3, &mut System).is_err());
    assert!(open.seal(4, &mut System).is_err());
    assert!(Sealed::read(file).is_ok());
}

#[test]
fn the_format_page_lists_every_tag() {
    let page = include_str!("../src/format/mod.rs");
    for tag in Tag::ALL {
        let row = format!("//! | {} | {} | 0x{:04x} |", tag.name().expect("known"), tag.0 & 0x1fff, tag.0);
        assert!(page.contains(&row), "{row}");
    }
}
