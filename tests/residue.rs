//! What a save, a key change and a recovery code leave on the stack: nothing. The stack of the
//! thread that did the work is read through `/proc/self/mem` right after.

mod common;

use std::os::unix::fs::FileExt;

use common::{add, new_vault, password, slot};
use mamori::crypto::entropy::{Entropy, EntropyError};
use mamori::crypto::keys::{self, Key};
use mamori::crypto::{burn, recovery, seal};
use mamori::model::{Section, Tag};
use mamori::ops::change::{Change, Edit};
use mamori::platform::entropy::System;

/// How far below its caller a piece of work may have used the stack.
const DEPTH: usize = 256 << 10;

/// Runs `work` on a thread of its own; true when any 16 bytes of what it gives back stand on the
/// stack it used. `work` must have what it gives back before the part that is asked about.
fn leaves(work: impl FnOnce() -> Vec<u8> + Send + 'static) -> bool {
    let run = move || {
        let memory = std::fs::File::open("/proc/self/mem").expect("Linux");
        let mut stack = vec![0; DEPTH];
        let needle = work();
        let here = &raw const needle as u64;
        memory.read_exact_at(&mut stack, here - DEPTH as u64).expect("mapped");
        let mut parts = needle.chunks_exact(16);
        parts.any(|part| stack.windows(16).any(|there| there == part))
    };
    let thread = std::thread::Builder::new().stack_size(4 << 20).spawn(run);
    thread.expect("a thread").join().expect("no panic")
}

/// Random bytes that are known before they are drawn.
struct Sevens;

impl Entropy for Sevens {
    fn fill(&mut self, out: &mut [u8]) -> Result<(), EntropyError> {
        out.fill(7);
        Ok(())
    }
}

#[test]
fn the_scan_finds_what_is_not_burned() {
    let left = leaves(|| {
        let key = Key::random(&mut System).expect("random");
        let needle = key.expose().to_vec();
        burn();
        seal::seal(&key, &[0; 12], b"", &mut [0; 64]);
        needle
    });
    assert!(left, "the scan is blind");
}

#[test]
fn a_save_leaves_no_key() {
    let left = leaves(|| {
        let mut open = new_vault();
        add(&mut open, "entry", "S3CRET", 10);
        let mut needle = keys::body_key(open.key(), &[7; 32]).0.expose().to_vec();
        needle.extend_from_slice(open.key().expose());
        burn();
        open.seal(20, &mut Sevens).expect("sealed");
        needle
    });
    assert!(!left);
}

#[test]
fn a_key_change_leaves_no_key() {
    let left = leaves(|| {
        let mut open = new_vault();
        let id = add(&mut open, "entry", "S3CRET", 10);
        // An envelope that does not open is tried with every key that is known.
        let value: Box<[u8]> = [7; 64].into();
        let edits = vec![Edit { tag: Tag::NOTES, element: None, value }];
        let broken = Change::Write { section: Section::Entries, record: id, kind: 1, edits };
        open.apply(&broken, 20, &mut System).expect("accepted");
        let values = keys::values_key(open.key(), &open.header().vault);
        let needle = keys::value_key(&values, &[7; 16]).expose().to_vec();
        burn();
        open.rekey(&[slot(password("second"))], 30, &mut System).expect("changed");
        needle
    });
    assert!(!left);
}

#[test]
fn a_recovery_code_leaves_nothing() {
    let left = leaves(|| {
        let code = recovery::random(&mut System).expect("random");
        let needle = code.expose().to_vec();
        burn();
        let shown = recovery::shown(code.expose().try_into().expect("twenty"));
        recovery::parse(shown.expose()).expect("right");
        needle
    });
    assert!(!left);
}
