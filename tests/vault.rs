//! The vault as the faces use it: create, change, seal, open, join, change the key.

mod common;

use mamori::crypto::kdf::Params;
use mamori::crypto::keys::SlotSecret;
use mamori::format::FormatError;
use mamori::format::header::SlotKind;
use mamori::model::{FieldValue, Id, Kind, Relation, State, Tag};
use mamori::ops::change::Change;
use mamori::ops::edit::{EntryEdit, NewValue};
use mamori::platform::entropy::System;
use mamori::session::{Credential, JoinError, Open, OpenError, Sealed};

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
        assert_eq!(open.check(&one.credential, None), Ok(()));
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
