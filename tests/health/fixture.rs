//! Entries as health sees them, with envelopes that hold the password itself.

use mamori::model::{Id, Kind, State};
use mamori::ops::health::run::Opener;
use mamori::ops::health::subject::SealedPassword;
use mamori::ops::health::{Checks, Health, Intervals, Place, Report, Subject, Watch};
use mamori::secret::SecretBytes;

pub const NOW: u64 = 1_800_000_000_000;
pub const DAY: u64 = 86_400_000;

pub const OPEN: Opener<'static> = &|_, envelope| Ok(SecretBytes::copy_of(envelope));

pub fn checks() -> Checks<'static> {
    Checks {
        open: OPEN,
        key: [9; 16],
        leaks: None,
        master: None,
        vault: None,
        ignored: Vec::new(),
        digests: false,
        threads: 2,
    }
}

pub fn id(number: usize) -> Id {
    Id((number as u128 + 1).to_be_bytes())
}

pub fn sealed(password: &str, place: Place) -> SealedPassword {
    SealedPassword { place, since: NOW - DAY, envelope: password.as_bytes().into() }
}

/// An entry with a title, an address and a password, changed yesterday.
pub fn login(number: usize, title: &str, host: &str, password: &str) -> Subject {
    Subject {
        id: id(number),
        kind: Kind::Login,
        guess: None,
        state: State::Active,
        title: title.to_owned(),
        username: format!("user{number}"),
        urls: vec![format!("https://{host}/")],
        otp: false,
        modified: NOW - DAY,
        changed: Some(NOW - DAY),
        expires: None,
        interval: None,
        due: None,
        links: Vec::new(),
        staged: Vec::new(),
        ignored: Vec::new(),
        passwords: vec![sealed(password, Place::Current)],
    }
}

pub fn run(subjects: Vec<Subject>) -> Report {
    let health = Health::check(subjects, &checks(), &Watch::default()).expect("nobody stops it");
    health.report(NOW, &Intervals::default())
}

/// Small repeatable numbers.
pub struct Draw(pub u64);

impl Draw {
    pub fn below(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % below as u64) as usize
    }

    pub fn password(&mut self, letters: &[u8], len: usize) -> String {
        (0..len).map(|_| char::from(letters[self.below(letters.len())])).collect()
    }
}
