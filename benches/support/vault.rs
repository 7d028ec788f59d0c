//! Vaults of invented entries, made through the program's own edits and sealed by its own session.

use mamori::crypto::kdf::Params;
use mamori::crypto::keys::SlotSecret;
use mamori::model::{Id, Kind, Tag};
use mamori::ops::change::Change;
use mamori::ops::edit::{EntryEdit, NewValue};
use mamori::session::{Credential, Device, NewSlot, Open, Sealed};

use super::words::{Invented, Repeatable, invent, password};

/// The master password of every vault made here.
pub const PASSWORD: &str = "bench";
/// 2025-01-01, when these vaults were made.
pub const START: u64 = 1_735_689_600_000;
const DAY: u64 = 86_400_000;

pub fn credential() -> Credential {
    Credential::Password(SlotSecret::password(PASSWORD.as_bytes()).unwrap())
}

pub fn device(writer: u16) -> Device {
    Device { writer, name: format!("bench-{writer}") }
}

fn slot() -> NewSlot {
    NewSlot { credential: credential(), name: "bench".into(), params: Params::LEAST }
}

/// An open vault of `count` entries, the same for the same count.
pub fn make(count: usize) -> Open {
    let mut draw = Repeatable(count as u64);
    let mut open = Open::create(&[slot()], device(1), &mut draw).unwrap();
    let all: Vec<Invented> = (0..count).map(invent).collect();
    let mut ids = Vec::with_capacity(count);
    let mut changes = Vec::with_capacity(count);
    for (number, one) in all.iter().enumerate() {
        let (id, change) = added(&open, one, START + number as u64 * 1000, &mut draw);
        ids.push(id);
        changes.push(change);
    }
    open.apply(&Change::Many(changes), START, &mut draw).unwrap();
    // The history: each password it had is followed by the next, a month later.
    for round in 1..=3 {
        let mut changes = Vec::new();
        for (id, one) in ids.iter().zip(&all).filter(|(_, one)| one.before.len() >= round) {
            let next = one.before.get(round).unwrap_or(&one.password);
            changes.push(with_secret(&open, *id, Tag::PASSWORD, next, &mut draw));
        }
        open.apply(&Change::Many(changes), START + round as u64 * 30 * DAY, &mut draw).unwrap();
    }
    open
}

/// A new entry as a change.
pub fn added(open: &Open, one: &Invented, now: u64, draw: &mut Repeatable) -> (Id, Change) {
    let mut sealer = open.sealer(draw);
    let mut edit = EntryEdit::new(&mut sealer, Kind::Login, now).unwrap();
    edit.text(Tag::TITLE, &one.title);
    edit.text(Tag::READING, one.reading.unwrap_or(""));
    edit.text(Tag::USERNAME, &one.username);
    edit.text(Tag::FOLDER, one.folder);
    let urls: Vec<&str> = one.urls.iter().map(String::as_str).collect();
    edit.list(Tag::URL, Tag::URL_PLACE, &urls).unwrap();
    edit.set(Tag::LABEL, &one.tags).unwrap();
    edit.secret(Tag::PASSWORD, one.before.first().unwrap_or(&one.password).as_bytes()).unwrap();
    edit.secret(Tag::NOTES, one.note.as_deref().unwrap_or("").as_bytes()).unwrap();
    edit.secret(Tag::OTP, one.otp.as_deref().unwrap_or("").as_bytes()).unwrap();
    for field in &one.fields {
        let value = match field.secret {
            true => NewValue::Secret(field.value.as_bytes()),
            false => NewValue::Plain(&field.value),
        };
        edit.add_field(field.name, &value).unwrap();
    }
    (edit.id(), edit.finish().unwrap())
}

/// A new value of a secret field as a change.
pub fn with_secret(open: &Open, id: Id, tag: Tag, value: &str, draw: &mut Repeatable) -> Change {
    let record = open.vault().record(id).unwrap();
    let mut sealer = open.sealer(draw);
    let mut edit = EntryEdit::of(&mut sealer, record);
    edit.secret(tag, value.as_bytes()).unwrap();
    edit.finish().unwrap()
}

/// Ids in an order that does not follow the ids of a file (they are random).
pub fn ids(open: &Open) -> Vec<Id> {
    open.vault().entries().map(|entry| entry.id()).collect()
}

/// What another machine did meanwhile: a new password for one entry in twenty (other ones for each
/// writer, but for some), and new entries, one for a hundred that are there.
pub fn diverge(open: &mut Open, writer: u16, now: u64) {
    let mut draw = Repeatable(u64::from(writer) << 32);
    let ids = ids(open);
    let mut changes = Vec::new();
    for _ in 0..ids.len() / 20 {
        let id = ids[draw.below(ids.len())];
        let next = password(&mut draw);
        changes.push(with_secret(open, id, Tag::PASSWORD, &next, &mut draw));
    }
    for number in 0..ids.len() / 100 {
        let one = invent(usize::from(writer) * 10_000_000 + number);
        changes.push(added(open, &one, now, &mut draw).1);
    }
    open.apply(&Change::Many(changes), now, &mut draw).unwrap();
}

/// The whole file.
pub fn sealed(open: &mut Open, now: u64) -> Vec<u8> {
    let sealed = open.seal(now, &mut Repeatable(now)).unwrap();
    open.written(sealed.mac);
    sealed.bytes
}

/// Opens a file with the password.
pub fn opened(bytes: Vec<u8>, writer: u16) -> Open {
    Sealed::read(bytes).unwrap().open(&credential(), device(writer), None).unwrap()
}
