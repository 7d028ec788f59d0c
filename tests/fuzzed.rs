//! The subjects of `fuzz/`, on their seeds and on ten thousand mutations of them, without coverage: the
//! short run that every CI makes. `fuzz/run` goes on from here, with coverage and as long as one likes.
//! `MAMORI_FUZZ=COUNT` and `MAMORI_FUZZ_SEED=N` make it another run.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test, and it tells its seed")]

#[path = "../fuzz/src/lib.rs"]
#[allow(clippy::unwrap_used, clippy::panic, clippy::string_slice, reason = "what it asserts is the test")]
mod subjects;

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

/// A subject takes anything.
type Subject = fn(&[u8]);

const ALL: [(&str, Subject); 11] = [
    ("code", subjects::code),
    ("config", subjects::config),
    ("filter", subjects::filter),
    ("header", subjects::header),
    ("import", subjects::import),
    ("keys", subjects::keys),
    ("paste", subjects::paste),
    ("payload", subjects::payload),
    ("query", subjects::query),
    ("recipe", subjects::recipe),
    ("terminal", subjects::terminal),
];

/// Longest input.
const MOST: usize = 16 * 1024;

/// Pieces that mean something somewhere.
const PIECES: [&[u8]; 20] = [
    b"\x00",
    b"\xff",
    b"\x1b[",
    b"\x1b]",
    b"\x1bP",
    b"\x9b",
    b"\r\n",
    b"\"",
    b"\"\"",
    b",",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\x83\x5c",
    b"\xe3\x81\x82",
    b"\xe2\x80\xae",
    b"\xf0\x9f\x87\xaf",
    b"\xff\xff\xff\xff",
    b"\x00\x00\x00\x80",
    b"[200~",
    b"=",
];

fn folder(part: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz").join(part)
}

fn names(part: &str) -> BTreeSet<String> {
    let found = std::fs::read_dir(folder(part)).unwrap();
    found.map(|one| one.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned()).collect()
}

/// SplitMix64 (Steele, Lea and Flood 2014): the same seed is the same run.
struct Draw(u64);

impl Draw {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end.max(1)).unwrap()).unwrap()
    }
}

/// Another input from those that there are.
fn mutated(seeds: &[Vec<u8>], draw: &mut Draw) -> Vec<u8> {
    let mut bytes = seeds[draw.below(seeds.len())].clone();
    for _ in 0..=draw.below(6) {
        let (at, end) = (draw.below(bytes.len() + 1), draw.below(bytes.len() + 1));
        let range = at.min(end)..at.max(end);
        match draw.below(8) {
            0 if !bytes.is_empty() => {
                let at = at.min(bytes.len() - 1);
                bytes[at] ^= 1 << draw.below(8);
            }
            1 if !bytes.is_empty() => {
                let at = at.min(bytes.len() - 1);
                bytes[at] = u8::try_from(draw.below(256)).unwrap();
            }
            2 => drop(bytes.splice(at..at, PIECES[draw.below(PIECES.len())].iter().copied())),
            3 => drop(bytes.drain(range)),
            4 => bytes.truncate(at),
            5 => {
                let piece = bytes[range].to_vec();
                drop(bytes.splice(at..at, piece));
            }
            6 => {
                let other = &seeds[draw.below(seeds.len())];
                let from = draw.below(other.len() + 1);
                drop(bytes.splice(at.., other[from..].iter().copied()));
            }
            _ => {
                let number = u32::try_from(draw.next() & 0xffff_ffff).unwrap() >> draw.below(32);
                let place = at..(at + 4).min(bytes.len());
                drop(bytes.splice(place, number.to_le_bytes()));
            }
        }
        bytes.truncate(MOST);
    }
    bytes
}

#[test]
fn every_subject_has_its_target_and_its_seeds() {
    let all: BTreeSet<String> = ALL.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(names("targets"), all);
    assert_eq!(names("seeds"), all);
}

#[test]
fn nothing_from_outside_breaks_its_subject() {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let (count, seed) = (number("MAMORI_FUZZ").unwrap_or(10_000), number("MAMORI_FUZZ_SEED").unwrap_or(1));
    println!("{count} inputs a subject, seed {seed}");
    for (name, subject) in ALL {
        let files = std::fs::read_dir(folder("seeds").join(name)).unwrap();
        let mut seeds: Vec<Vec<u8>> =
            files.map(|file| std::fs::read(file.unwrap().path()).unwrap()).collect();
        seeds.sort();
        assert!(!seeds.is_empty(), "{name}");
        let mut draw = Draw(seed);
        for turn in 0..count {
            // - first the seeds as they are
            let at = usize::try_from(turn).unwrap();
            let input = seeds.get(at).cloned().unwrap_or_else(|| mutated(&seeds, &mut draw));
            let done = catch_unwind(AssertUnwindSafe(|| subject(&input)));
            assert!(done.is_ok(), "{name}, input {turn} of seed {seed}: {}", input.escape_ascii());
        }
    }
}
