//! R16: 10,000 saves, also of two forks of one file, never use a pair of key and nonce twice. The
//! body's key and nonce come from its salt, a wrap's from its slot's salt, a value's key from its id
//! (nonce zero), so a pair repeats exactly when one of these repeats.

mod common;

use std::collections::HashSet;

use common::{add, bytes, new_vault, password, reopen, slot};
use mamori::crypto::value;
use mamori::format::header::Slot;
use mamori::model::{Id, Tag};
use mamori::ops::edit::EntryEdit;
use mamori::platform::entropy::System;
use mamori::session::{Open, Sealed};

const EACH: u64 = 5_000;
/// How often the key changes on the way.
const REKEYS: u64 = 10;

fn new_secret(open: &mut Open, id: Id, secret: &str, now: u64) -> [u8; 16] {
    let record = open.vault().record(id).expect("there").clone();
    let mut entropy = System;
    let mut sealer = open.sealer(&mut entropy);
    let mut edit = EntryEdit::of(&mut sealer, &record);
    edit.secret(Tag::PASSWORD, secret.as_bytes()).expect("sealed");
    let change = edit.finish().expect("something");
    open.apply(&change, now, &mut System).expect("accepted");
    let entry = open.vault().entry(id).expect("there");
    value::id(entry.password().expect("has one")).expect("an envelope")
}

#[test]
fn ten_thousand_saves_of_two_forks_repeat_no_pair() {
    let mut first = new_vault();
    let id = add(&mut first, "entry", "the same", 1_000);
    let file = bytes(&mut first, 2_000);
    // The same machine twice, as after a copied disk: same state, same clock, same edits.
    let second = reopen(file, &password("first"), 1).expect("it opens");
    let (mut bodies, mut values, mut slots) = (HashSet::new(), HashSet::new(), HashSet::new());
    let mut slots_made = 0;
    for mut open in [first, second] {
        for turn in 0..EACH {
            let now = 10_000 + turn;
            if turn % 10 == 0 {
                let fresh = values.insert(new_secret(&mut open, id, "the same", now));
                assert!(fresh, "a value id came twice, at save {turn}");
            }
            if turn % (EACH / REKEYS) == 0 {
                open.rekey(&[slot(password("first"))], now, &mut System).expect("a key change");
                slots_made += 1;
            }
            let sealed = Sealed::read(bytes(&mut open, now)).expect("a vault");
            assert!(bodies.insert(sealed.header().body_salt), "a body salt came twice, at save {turn}");
            for held in &sealed.header().slots {
                if let Slot::Known(known) = held {
                    slots.insert((known.salt, known.nonce));
                }
            }
        }
    }
    assert_eq!(bodies.len() as u64, 2 * EACH);
    assert_eq!(values.len() as u64, 2 * EACH / 10);
    assert_eq!(slots.len(), slots_made, "each key change has salts of its own");
}
