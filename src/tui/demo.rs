//! The demo ([`crate::ops::demo`]) in front of the full-screen program: its vault lies on a disk in
//! memory, so that saving, reading again, locking and undo are what they always are, and nothing is
//! written anywhere. It opens without a password: there is nothing to guard.

use std::path::PathBuf;
use std::sync::Arc;

use super::app::{FileLabel, Screen, Shell};
use super::by::By;
use super::effect::{Effect, Target};
use super::screen::opening::{self, Failure, Purpose};
use crate::leaks::{self, Leaks};
use crate::ops::demo;
use crate::platform::entropy;
use crate::secret::SecretBytes;
use crate::store::Store;
use crate::store::memory::Memory;

/// The file's name, as shown.
const NAME: &str = "demo.mamori";

/// Puts the demo in front of whatever vault there is; the screen that follows.
pub fn begin(shell: &mut Shell, out: &mut Vec<Effect>) -> Screen {
    shell.demo = true;
    shell.file = FileLabel { name: NAME.to_owned(), folder: String::new() };
    out.push(Effect::Switch(Target::Demo));
    unlock(shell, out)
}

/// Opens it, first or again after a lock.
pub fn unlock(shell: &mut Shell, out: &mut Vec<Effect>) -> Screen {
    let job = shell.job();
    let by = By::Password(SecretBytes::copy_of(demo::PASSWORD.as_bytes()), None);
    out.push(Effect::Unlock { job, by });
    let started = shell.now.boot;
    Screen::Opening(opening::State { job, purpose: Purpose::Unlock, started, made: None, from: None })
}

/// Where its file lies: on a disk that is gone with the program.
pub fn store() -> Store {
    Store::new(Arc::new(Memory::default()), PathBuf::from("/demo").join(NAME), PathBuf::from("/demo/state"))
}

/// The list of leaked passwords that it is held against: invented like everything in it.
pub fn leaks() -> leaks::Found {
    let list = Leaks::of(&[("1234", 1_200_000), ("password", 9_600_000), ("photo123", 4_300)]);
    leaks::Found { leaks: Some(list), ..leaks::Found::default() }
}

/// Makes its file, if it is not made yet.
pub fn make(store: &Store, now_ms: u64) -> Result<(), Failure> {
    if store.exists() {
        return Ok(());
    }
    let file = demo::file(now_ms, &mut entropy::System);
    let file = file.map_err(|error| Failure::Other(error.to_string()))?;
    store.create(&file).map(drop).map_err(|error| Failure::Other(error.to_string()))
}
