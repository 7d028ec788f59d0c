//! The vault as the faces use it: create, change, seal, open, join, change the key.

mod common;

use mamori::crypto::kdf::{OutOfBounds, Params};
use mamori::crypto::keys::SlotSecret;
use mamori::format::FormatError;
use mamori::format::header::{self, Header, SlotKind};
use mamori::format::payload;
use mamori::model::vault::ENTRIES_MAX;
use mamori::model::{FieldValue, Id, Kind, Record, Records, Relation, Section, State, Tag, Vault};
use mamori::ops::change::{Change, ChangeError, Edit};
use mamori::ops::edit::{EntryEdit, NewValue};
use mamori::platform::entropy::System;
use mamori::session::{ApplyError, Credential, JoinError, NewSlot, Open, OpenError, SealError, Sealed};

use common::{add, bytes, device, new_vault, password, reopen, set_title, shown, slot};

#[test]
fn an_entry_comes_back_whole() {
    let mut open = new_vault();
    let mut entropy = System;
    let mut sealer = open.sealer(&mut entropy);
    let mut edit = EntryEdit::new(&mut sealer, Kind::BankAccount, 1_000).expect("random");
    edit.text(Tag::TITLE, "みずほ銀行");
    edit.text(Tag::USERNAME, "3390-1122");
    edit.text(Tag::FOLDER, "個人/お金");
    edit.flag(Tag::FAVOURITE, true);
    edit.list(Tag::URL, Tag::URL_PLACE, &["https://b.example", "https://a.example"]).expect("random");
    edit.set(Tag::LABEL, &["銀行", "bank", "bank"]).expect("random");
    edit.secret(Tag::NOTES, "一行目\n二行目".as_bytes()).expect("sealed");
    edit.add_field("支店", &NewValue::Plain("001")).expect("random");
    edit.add_field("暗証番号", &NewValue::Secret(b"0000")).expect("random");
    edit.link(Relation::ResetsThrough, Id([9; 16])).expect("random");
    edit.stage(b"N3W", "reused", 5_000).expect("random");
    let id = edit.id();
    let change = edit.finish().expect("something");
    open.apply(&change, 1_000, &mut System).expect("accepted");
    let file = bytes(&mut open, 2_000);
    assert!(!file.windows(5).any(|part| part == "みず".as_bytes().get(..5).expect("six")));

    let open = reopen(file, &password("first"), 2).expect("opens");
    let entry = open.vault().entry(id).expect("there");
    assert_eq!((entry.kind(), entry.state()), (Kind::BankAccount, State::Active));
    assert_eq!((entry.title(), entry.username(), entry.folder()), ("みずほ銀行", "3390-1122", "個人/お金"));
    assert!(entry.favourite());
    assert_eq!(entry.urls(), ["https://b.example", "https://a.example"]);
    assert_eq!(entry.tags(), ["bank", "銀行"]);
    let notes = open.reveal_text(id, entry.notes().expect("some")).expect("authentic");
    assert_eq!(notes.expose(), "一行目\n二行目");
    let fields = entry.fields();
    assert_eq!((fields[0].name, fields[0].value), ("支店", FieldValue::Plain("001")));
    let FieldValue::Sealed(pin) = fields[1].value else { panic!("a secret field") };
    assert!(open.reveal(id, pin).expect("authentic").ct_eq(b"0000"));
    assert_eq!(entry.links()[0].1, Relation::ResetsThrough);
    assert!(open.reveal(id, entry.staged()[0].secret).expect("authentic").ct_eq(b"N3W"));
    assert_eq!(open.last_saved().map(|(ms, host)| (ms, host.to_owned())), Some((2_000, "desk".into())));
    assert_eq!(entry.created(), 1_000);
}

#[test]
fn a_second_save_copies_what_did_not_change() {
    let mut open = new_vault();
    let ids: Vec<Id> =
        (0..50).map(|at| add(&mut open, &format!("entry {at}"), &format!("secret {at}"), at)).collect();
    let file = bytes(&mut open, 100);
    let mut open = reopen(file, &password("first"), 1).expect("opens");
    set_title(&mut open, ids[7], "changed", 200);
    let file = bytes(&mut open, 300);
    let open = reopen(file, &password("first"), 1).expect("opens");
    for (at, id) in ids.iter().enumerate() {
        let entry = open.vault().entry(*id).expect("there");
        let title = if at == 7 { "changed".to_owned() } else { format!("entry {at}") };
        assert_eq!(entry.title(), title);
        assert_eq!(shown(&open, *id), format!("secret {at}"));
    }
    assert_eq!(open.vault().saves.len(), 2);
}

#[test]
fn a_wrong_password_and_a_forged_header_get_one_answer() {
    let mut open = new_vault();
    let file = bytes(&mut open, 1);
    assert_eq!(reopen(file.clone(), &password("other"), 1).err(), Some(OpenError::WrongPassword));
    // The wrap whole, the counter changed, the digest repaired: the MAC refuses.
    let mut forged = file.clone();
    forged[32] ^= 1;
    let mac_at = 12 + u32::from_le_bytes(forged[8..12].try_into().expect("four")) as usize;
    let digest = mamori::crypto::keys::sha256(&forged[..mac_at + 32]);
    forged[mac_at + 32..mac_at + 64].copy_from_slice(&digest);
    assert_eq!(reopen(forged, &password("first"), 1).err(), Some(OpenError::WrongPassword));
    let mut cut = file;
    let last = cut.len() - 1;
    cut[last] ^= 1;
    let damaged = OpenError::Format(FormatError::Damaged);
    assert_eq!(reopen(cut, &password("first"), 1).err(), Some(damaged));
}

#[test]
fn two_forks_with_equal_counters_join_and_lose_nothing() {
    let mut desk = new_vault();
    let shared = add(&mut desk, "shared", "one", 10);
    let file = bytes(&mut desk, 20);
    let mut lap = reopen(file, &password("first"), 2).expect("opens");
    let from_desk = add(&mut desk, "desk only", "two", 30);
    let from_lap = add(&mut lap, "lap only", "three", 25);
    set_title(&mut desk, shared, "desk title", 31);
    set_title(&mut lap, shared, "lap title", 32);
    let lap_file = bytes(&mut lap, 40);
    let desk_file = bytes(&mut desk, 41);
    assert_eq!(desk.header().counter, lap.header().counter);

    let report = desk.join(lap_file, false, true).expect("joined");
    assert_eq!(report.added, [from_lap]);
    assert_eq!(report.superseded, [(shared, Tag::TITLE)]);
    lap.join(desk_file, false, true).expect("joined");
    for open in [&desk, &lap] {
        let entry = open.vault().entry(shared).expect("there");
        assert_eq!(entry.title(), "lap title");
        assert_eq!(entry.0.attr(Tag::TITLE, None).expect("there").versions[1].value[..], *b"desk title");
        assert_eq!(shown(open, from_desk), "two");
        assert_eq!(shown(open, from_lap), "three");
    }
}

#[test]
fn a_key_change_shuts_the_old_password_out_and_keeps_everything() {
    let mut open = new_vault();
    let id = add(&mut open, "entry", "S3CRET", 10);
    let old_file = bytes(&mut open, 20);
    let before = open.vault().entry(id).expect("there").password().expect("some").to_vec();
    open.rekey(&[slot(password("second"))], 30, &mut System).expect("changed");
    let after = open.vault().entry(id).expect("there").password().expect("some").to_vec();
    assert_eq!(before[..16], after[..16]);
    assert_ne!(before, after);
    let file = bytes(&mut open, 40);
    assert_eq!(reopen(file.clone(), &password("first"), 1).err(), Some(OpenError::WrongPassword));
    let mut open = reopen(file, &password("second"), 1).expect("opens");
    assert_eq!((open.header().epoch, shown(&open, id)), (2, "S3CRET".into()));

    // A copy from before: refused unasked, joined under the retired key when asked.
    let mut old = reopen(old_file.clone(), &password("first"), 3).expect("its own password opens it");
    let late = add(&mut old, "late", "L4TE", 50);
    let late_file = bytes(&mut old, 60);
    assert_eq!(open.join(late_file.clone(), false, false), Err(JoinError::OlderEpoch { epoch: 1 }));
    let report = open.join(late_file, true, false).expect("asked for");
    assert_eq!(report.added, [late]);
    assert_eq!(shown(&open, late), "L4TE");
    // And the old one cannot take the new one without the new password.
    let file = bytes(&mut open, 70);
    assert_eq!(old.join(file, false, false), Err(JoinError::PasswordChanged { epoch: 2 }));
}

#[test]
fn every_kind_of_slot_opens_and_no_other_secret_does() {
    let code = [7; 20];
    let slots = [
        slot(password("first")),
        slot(Credential::KeyFile(SlotSecret::with_key_file(b"second", b"key file").expect("short"))),
        slot(Credential::Recovery(SlotSecret::recovery(&code))),
    ];
    let mut open = Open::create(&slots, device(1, "desk"), &mut System).expect("made");
    let id = add(&mut open, "entry", "S3CRET", 10);
    let file = bytes(&mut open, 20);
    for one in &slots {
        let open = reopen(file.clone(), &one.credential, 1).expect("opens");
        assert_eq!(shown(&open, id), "S3CRET");
        assert_eq!(open.opened_by().map(|slot| open.slot_name(&slot).to_owned()), Some("main".into()));
        assert_eq!(open.check(&one.credential, None).ok(), open.opened_by());
    }
    let wrong_file = Credential::KeyFile(SlotSecret::with_key_file(b"second", b"another").expect("short"));
    assert_eq!(reopen(file.clone(), &wrong_file, 1).err(), Some(OpenError::WrongPassword));
    let wrong_code = Credential::Recovery(SlotSecret::recovery(&[8; 20]));
    assert_eq!(reopen(file, &wrong_code, 1).err(), Some(OpenError::WrongPassword));
}

#[test]
fn too_little_memory_is_said_and_is_no_wrong_password() {
    let mut open = new_vault();
    let file = bytes(&mut open, 1);
    let sealed = Sealed::read(file).expect("whole");
    assert_eq!(sealed.costs(SlotKind::Password), [Params::LEAST]);
    let answer = sealed.open(&password("first"), device(1, ""), Some(1 << 20)).err();
    assert_eq!(answer, Some(OpenError::NeedsMemory { need: 40 << 20, free: 1 << 20 }));
}

/// A slot made on a big machine must not keep a small one from the slot that was made for it.
#[test]
fn a_slot_that_needs_too_much_memory_does_not_hide_the_next() {
    let big = NewSlot { params: Params { m_kib: 32 << 10, t: 1, p: 1 }, ..slot(password("big")) };
    let slots = [big, slot(password("small"))];
    let mut open = Open::create(&slots, device(1, "desk"), &mut System).expect("made");
    let file = bytes(&mut open, 1);
    let try_with = |secret: &str| {
        let sealed = Sealed::read(file.clone()).expect("whole");
        sealed.open(&password(secret), device(1, ""), Some(48 << 20)).map(drop)
    };
    assert_eq!(try_with("small"), Ok(()));
    // Not "wrong password": a slot was not tried.
    let needs = OpenError::NeedsMemory { need: 64 << 20, free: 48 << 20 };
    assert_eq!((try_with("big"), try_with("other")), (Err(needs), Err(needs)));
}

/// Only who holds the key can write such a file; it must not end the program or lower the epoch.
#[test]
fn counters_at_their_end_are_no_panic() {
    let mut open = new_vault();
    let file = bytes(&mut open, 1);
    let read = header::read(&file, file.len() as u64).expect("whole");
    let header = Header { counter: u64::MAX, epoch: u32::MAX, ..read.header };
    let plain = payload::encode(open.vault(), None).expect("small");
    let (file, _) = plain.seal(&header, open.key()).expect("small");
    let mut open = reopen(file, &password("first"), 1).expect("opens");
    open.seal(2, &mut System).expect("sealed");
    let answer = open.rekey(&[slot(password("second"))], 3, &mut System);
    assert_eq!(answer, Err(SealError::Format(FormatError::TooLarge)));
}

#[test]
fn an_export_opens_under_its_own_password_only() {
    let mut open = new_vault();
    let kept = add(&mut open, "kept", "K3PT", 10);
    add(&mut open, "left", "L3FT", 11);
    let wanted = |entry: mamori::model::Entry<'_>| entry.title() == "kept";
    let file = open.export(&wanted, &[slot(password("other"))], 20, &mut System).expect("made").bytes;
    assert_eq!(reopen(file.clone(), &password("first"), 1).err(), Some(OpenError::WrongPassword));
    let export = reopen(file, &password("other"), 1).expect("opens");
    assert_eq!(export.vault().entries().count(), 1);
    assert_eq!(shown(&export, kept), "K3PT");
    assert_ne!(export.header().vault, open.header().vault);
}

#[test]
fn a_purged_entry_does_not_come_back_from_an_old_copy() {
    let mut open = new_vault();
    let id = add(&mut open, "gone", "S3CRET", 10);
    let old = bytes(&mut open, 20);
    open.apply(&Change::Purge(id), 30, &mut System).expect("purged");
    let file = bytes(&mut open, 40);
    let mut open = reopen(file, &password("first"), 1).expect("opens");
    open.join(old, false, false).expect("joined");
    assert!(open.vault().entry(id).is_none());
}

/// A file that a reader refuses must never be written: it would take a good one's place.
#[test]
fn what_no_reader_takes_is_not_written() {
    let mut open = new_vault();
    let id = add(&mut open, "entry", "S3CRET", 10);
    let mut refused = None;
    for at in 0..8 {
        refused = open.add_slot(&slot(password(&format!("more {at}"))), 15, &mut System).err();
    }
    assert_eq!(refused, Some(SealError::TooManySlots));
    let file = bytes(&mut open, 20);
    let open = reopen(file, &password("more 6"), 1).expect("eight slots open");
    assert_eq!(shown(&open, id), "S3CRET");

    // Two vaults within the limit that join to one above it.
    let ids = (0..=ENTRIES_MAX as u128).map(|at| Record::new(Id(at.to_be_bytes()), 1));
    let mut vault = Vault::new([7; 16]);
    *vault.section_mut(Section::Entries) = Records::from_sorted(ids.collect());
    assert_eq!(payload::encode(&vault, None).err(), Some(FormatError::TooLarge));

    // Each slot within its bound, all of them over the file's 16 GiB; refused before any derivation.
    let costly = |at: u8| NewSlot {
        params: Params { m_kib: 1 << 20, t: 4, p: 4 },
        ..slot(password(&format!("costly {at}")))
    };
    let slots: Vec<_> = (0..5).map(costly).collect();
    let answer = Open::create(&slots, device(1, "desk"), &mut System).err();
    assert_eq!(answer, Some(SealError::Kdf(OutOfBounds(slots[4].params).into())));
}

#[test]
fn attachments_take_256_mib_in_all() {
    let mut open = new_vault();
    let id = add(&mut open, "entry", "S3CRET", 10);
    let attach = |at: u8, len: usize| Change::Write {
        section: Section::Entries,
        record: id,
        kind: 1,
        edits: vec![Edit {
            tag: Tag::FILE_DATA,
            element: Some(Id([at; 16])),
            value: vec![1; len + 32].into(),
        }],
    };
    let mib = 1 << 20;
    for at in 0..16 {
        open.apply(&attach(at, 16 * mib), 20, &mut System).expect("256 MiB fit");
    }
    let refused = ChangeError::TooLong { tag: Tag::FILE_DATA, len: 256 * mib + 1, max: 256 * mib };
    assert_eq!(open.apply(&attach(16, 1), 30, &mut System).err(), Some(ApplyError::Change(refused)));
    // Other edits go on.
    set_title(&mut open, id, "as ever", 40);
}

/// Two machines cloned with their state folder, then renamed: one number, two names.
#[test]
fn clones_with_one_number_converge() {
    let mut first = new_vault();
    let file = bytes(&mut first, 10);
    let fork = |name: &str| {
        let sealed = Sealed::read(file.clone()).expect("whole");
        let mut open = sealed.open(&password("first"), device(7, name), None).expect("opens");
        let file = bytes(&mut open, 20);
        (open, file)
    };
    let ((mut desk, desk_file), (mut lap, lap_file)) = (fork("desk"), fork("lap"));
    let writer =
        |open: &Open| open.vault().section(Section::Writers).iter().last().map(|one| one.attrs().to_vec());
    desk.join(lap_file, false, false).expect("joined");
    lap.join(desk_file, false, false).expect("joined");
    assert_eq!(writer(&desk), writer(&lap));
    let versions = writer(&desk).expect("named")[0].versions.len();
    assert_eq!(versions, 2, "neither name vanished");
}

/// The password was changed on two machines apart: the later change gives keys and slots, and files
/// under the other's key open still.
#[test]
fn of_two_password_changes_the_later_holds() {
    let mut start = new_vault();
    let file = bytes(&mut start, 10);
    let changed = |secret: &str, title: &str, now: u64| {
        let mut open = reopen(file.clone(), &password("first"), 2).expect("opens");
        open.rekey(&[slot(password(secret))], now, &mut System).expect("changed");
        let id = add(&mut open, title, "S3CRET", now);
        let file = bytes(&mut open, now);
        (open, id, file)
    };
    for earlier_joins_later in [true, false] {
        let (early, early_id, early_file) = changed("early", "of the earlier", 100);
        let (late, late_id, _) = changed("late", "of the later", 200);
        let (mut ours, theirs) = if earlier_joins_later { (early, late) } else { (late, early) };
        let report = ours.join_open(theirs).expect("joined");
        assert_eq!(report.new_keys, earlier_joins_later);
        let joined = bytes(&mut ours, 300);
        assert_eq!(reopen(joined.clone(), &password("early"), 1).err(), Some(OpenError::WrongPassword));
        let mut open = reopen(joined, &password("late"), 1).expect("opens");
        assert_eq!((shown(&open, early_id), shown(&open, late_id)), ("S3CRET".into(), "S3CRET".into()));
        // Both keys of epoch 2 are known, so a copy of the earlier joins without its password.
        open.rekey(&[slot(password("third"))], 400, &mut System).expect("changed");
        open.join(early_file, true, false).expect("opens under a retired key");
    }
}
