//! What several test files need: a vault with the least key derivation cost, an entry in it.
#![allow(dead_code, reason = "each test file uses its own part")]

use mamori::crypto::kdf::Params;
use mamori::crypto::keys::SlotSecret;
use mamori::model::{Id, Kind, Tag};
use mamori::ops::edit::EntryEdit;
use mamori::platform::entropy::System;
use mamori::session::{Credential, Device, NewSlot, Open, OpenError, Sealed};

/// A master password.
pub fn password(text: &str) -> Credential {
    Credential::Password(SlotSecret::password(text.as_bytes()).expect("short"))
}

/// A slot of the least cost.
pub fn slot(credential: Credential) -> NewSlot {
    NewSlot { credential, name: "main".into(), params: Params::LEAST }
}

/// A machine.
pub fn device(writer: u16, name: &str) -> Device {
    Device { writer, name: name.into() }
}

/// An empty vault with the password `first`.
pub fn new_vault() -> Open {
    Open::create(&[slot(password("first"))], device(1, "desk"), &mut System).expect("made")
}

/// Adds a login with a password.
pub fn add(open: &mut Open, title: &str, secret: &str, now: u64) -> Id {
    let mut entropy = System;
    let mut sealer = open.sealer(&mut entropy);
    let mut edit = EntryEdit::new(&mut sealer, Kind::Login, now).expect("random");
    edit.text(Tag::TITLE, title);
    edit.secret(Tag::PASSWORD, secret.as_bytes()).expect("sealed");
    let id = edit.id();
    let change = edit.finish().expect("something");
    open.apply(&change, now, &mut System).expect("accepted");
    id
}

/// Sets the title of an entry.
pub fn set_title(open: &mut Open, id: Id, title: &str, now: u64) {
    let mut entropy = System;
    let record = open.vault().record(id).expect("there").clone();
    let mut sealer = open.sealer(&mut entropy);
    let mut edit = EntryEdit::of(&mut sealer, &record);
    edit.text(Tag::TITLE, title);
    let change = edit.finish().expect("something");
    open.apply(&change, now, &mut System).expect("accepted");
}

/// Seals and takes it for written.
pub fn bytes(open: &mut Open, now: u64) -> Vec<u8> {
    let sealed = open.seal(now, &mut System).expect("sealed");
    open.written(sealed.mac);
    sealed.bytes
}

/// Opens a file.
pub fn reopen(bytes: Vec<u8>, credential: &Credential, writer: u16) -> Result<Open, OpenError> {
    Sealed::read(bytes)?.open(credential, device(writer, "lap"), None)
}

/// The password of an entry in plain.
pub fn shown(open: &Open, id: Id) -> String {
    let entry = open.vault().entry(id).expect("there");
    open.password(entry).expect("has one").expect("authentic").expose().to_owned()
}

/// True where a program can be traced (strace); CI must be able to, elsewhere the test says that it skips.
#[expect(clippy::print_stdout, reason = "a skipped test says so")]
pub fn can_trace() -> bool {
    let tried = std::process::Command::new("strace").args(["-qq", "-o", "/dev/null", "true"]).status();
    let can = tried.is_ok_and(|status| status.success());
    assert!(can || std::env::var_os("CI").is_none(), "CI must be able to trace a program (strace)");
    if !can {
        println!("SKIPPED: no program can be traced here (strace)");
    }
    can
}
