//! Small notes in the local state folder: which machine this is, and what it last saved of each
//! vault (to notice a vault that was put back). Losing a note costs a warning, nothing else, so a
//! failure here is never an error.

use std::path::Path;

use super::disk::Disk;
use crate::crypto::entropy::{Entropy, array};
use crate::model::Stamp;
use crate::session::Ciphertext;

const WRITER: &str = "device";

/// What this machine last saved of a vault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The key epoch.
    pub epoch: u32,
    /// The stamp in the save list.
    pub save: Stamp,
}

/// This machine's writer number, drawn once.
pub(super) fn writer(disk: &dyn Disk, state: &Path, entropy: &mut dyn Entropy) -> u16 {
    let path = state.join(WRITER);
    let held =
        disk.read(&path, 16).ok().and_then(|bytes| std::str::from_utf8(&bytes).ok()?.trim().parse().ok());
    if let Some(number) = held {
        return number;
    }
    let number = u16::from_le_bytes(array(entropy).unwrap_or_default());
    put(disk, state, WRITER, &format!("{number}\n"));
    number
}

fn name(vault: &[u8; 16]) -> String {
    let id: String = vault.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("vault-{id}")
}

/// Reads the note of a vault: `epoch hlc salt writer`, then the path on a line of its own.
pub(super) fn read(disk: &dyn Disk, state: &Path, vault: &[u8; 16]) -> Option<Note> {
    let bytes = disk.read(&state.join(name(vault)), 8192).ok()?;
    let text = std::str::from_utf8(&bytes).ok()?;
    let mut words = text.lines().next()?.split(' ');
    let epoch = words.next()?.parse().ok()?;
    let hlc = words.next()?.parse().ok()?;
    let salt = words.next()?.parse().ok()?;
    let writer = words.next()?.parse().ok()?;
    Some(Note { epoch, save: Stamp { hlc, salt, writer } })
}

/// Writes the note of a vault. A backup from before a password change that was put where nothing lay does
/// not make this machine forget that change.
pub(super) fn write(disk: &dyn Disk, state: &Path, path: &Path, sealed: &Ciphertext) {
    if read(disk, state, &sealed.vault).is_some_and(|held| held.epoch > sealed.epoch) {
        return;
    }
    let Stamp { hlc, salt, writer } = sealed.save;
    let text = format!("{} {hlc} {salt} {writer}\n{}\n", sealed.epoch, path.display());
    put(disk, state, &name(&sealed.vault), &text);
}

fn put(disk: &dyn Disk, state: &Path, name: &str, text: &str) {
    // One name for all: what a killed process left there is in nobody's way, and goes with the next note.
    let temp = state.join(format!("{name}.tmp"));
    let wrote = disk.make_folder(state).and_then(|()| {
        let _ = disk.remove(&temp);
        let mut file = disk.create(&temp)?;
        file.write_all(text.as_bytes())?;
        disk.rename(&temp, &state.join(name))
    });
    if wrote.is_err() {
        let _ = disk.remove(&temp);
    }
}
