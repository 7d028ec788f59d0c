//! Saving: the vault is sealed as it is now and asked to be written; the ciphertext is kept until the disk
//! confirms. A large vault is sealed by a job ([`Effect::Seal`]), for that takes longer than a key may
//! wait. It goes on behind a lock, so nothing that was changed is lost to one.
//!
//! Not here: writing ([`Effect::Write`]) and what becomes of it (`crate::tui::done`).

use std::sync::Arc;

use super::{Open, list};
use crate::model::Stamp;
use crate::session::Ciphertext;
use crate::tui::app::{App, Screen, Shell};
use crate::tui::effect::{Effect, JobId};
use crate::tui::health;
use crate::tui::notice::{Notice, SaveFailure};
use crate::tui::task::{Task, Why};

/// Of how many saves in a row it is known: more are not on their way at a time.
const ROW_MOST: usize = 8;

/// A job that seals the vault.
#[derive(Debug)]
pub struct Sealing {
    job: JobId,
    /// Its entry in the save list.
    save: Stamp,
    /// Something was changed since.
    again: bool,
    /// The vault it was taken from was locked, and another one was opened since.
    apart: bool,
}

/// Saves of our own that came to the disk in a row, each in the place of the one before.
#[derive(Debug, Default)]
pub struct Landed {
    row: Vec<[u8; 32]>,
    save: Option<Stamp>,
}

impl Landed {
    /// This one is on the disk now.
    pub fn note(&mut self, file: &Ciphertext) {
        if self.row.last() != file.replaces.as_ref() {
            self.row = file.replaces.into_iter().collect();
        }
        if self.row.len() > ROW_MOST {
            self.row.remove(0);
        }
        self.row.push(file.mac);
        self.save = Some(file.save);
    }

    /// What a file replaces that was sealed while the last of them were still on their way, and holds
    /// all of them; none where it is not so.
    fn before(&self, file: &Ciphertext) -> Option<[u8; 32]> {
        let later = self.save.is_some_and(|save| save < file.save);
        let here = file.replaces.is_some_and(|replaced| self.row.contains(&replaced));
        self.row.last().copied().filter(|mac| later && here && file.replaces != Some(*mac))
    }
}

/// Seals the vault as it is now and asks for it to be written. While one write is under way the next
/// waits for it.
pub fn save(open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) {
    health::note(open, shell);
    if !open.contents.is_large() {
        return seal_here(open, shell, out);
    }
    shell.quit_warned = false;
    match shell.sealing.iter_mut().find(|sealing| !sealing.apart) {
        // - one at a time: each is as large as the vault
        Some(sealing) => sealing.again = true,
        None => begin(open, shell, out),
    }
}

fn seal_here(open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) {
    match open.contents.session_mut().seal(shell.now.wall_ms, &mut *shell.entropy) {
        Ok(file) => write(Arc::new(file), shell, out),
        Err(error) => shell.tell(Notice::SaveFailed(SaveFailure::Other(error.to_string()))),
    }
}

fn begin(open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) {
    match open.contents.session_mut().unsealed(shell.now.wall_ms, &mut *shell.entropy) {
        Ok(vault) => {
            let job = shell.job();
            let save = vault.save();
            // - what was changed before is in it, too
            shell.sealing.retain(|sealing| sealing.apart);
            shell.sealing.push(Sealing { job, save, again: false, apart: false });
            out.push(Effect::Seal { job, vault: Box::new(vault) });
        }
        Err(error) => shell.tell(Notice::SaveFailed(SaveFailure::Other(error.to_string()))),
    }
}

/// The vault is about to be locked or goes away to work: what was changed since it was given to be sealed
/// is sealed, too.
pub fn keep(open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) {
    if shell.sealing.iter().any(|sealing| sealing.again) {
        begin(open, shell, out);
    }
}

/// A vault was opened: what is still being sealed was taken from the one before.
pub fn part(shell: &mut Shell) {
    shell.sealing.iter_mut().for_each(|sealing| sealing.apart = true);
}

/// It is sealed; none when the job broke off.
pub fn sealed(
    app: &mut App,
    job: JobId,
    result: Option<Result<Arc<Ciphertext>, SaveFailure>>,
    out: &mut Vec<Effect>,
) {
    let shell = &mut app.shell;
    // - one that was overtaken is in the later one
    let Some(at) = shell.sealing.iter().position(|sealing| sealing.job == job) else { return };
    let sealing = shell.sealing.remove(at);
    let open = if let Screen::Open(open) = &mut app.screen { Some(open) } else { None };
    let file = match (result, open) {
        (Some(Ok(file)), _) => file,
        (None, Some(open)) if !sealing.apart => return seal_here(open, shell, out),
        (None, _) => return shell.tell(Notice::SaveFailed(SaveFailure::Lost)),
        (Some(Err(failure)), _) => return shell.tell(Notice::SaveFailed(failure)),
    };
    match &mut app.screen {
        Screen::Open(open) if sealing.apart => {
            shell.unwritten = Some(file);
            join_unwritten(open, shell, out);
        }
        Screen::Open(open) => {
            write(file, shell, out);
            if sealing.again {
                begin(open, shell, out);
            }
        }
        _ => write(file, shell, out),
    }
}

/// What could not be written before a lock is joined with what is there now, and saved with it.
pub fn join_unwritten(open: &mut Open, shell: &mut Shell, out: &mut Vec<Effect>) {
    let Some(bytes) = shell.unwritten.as_ref().map(|file| file.bytes.clone()) else { return };
    if open.contents.is_large() {
        open.work = Some(Task::Join { bytes, why: Why::Kept, noted: None });
    } else if open.contents.join_kept(bytes).is_ok() {
        list::refresh(open, shell);
        save(open, shell, out);
    }
}

/// Asks for a sealed vault to be written, with a backup of what lies there first, however short ago the
/// last one was made.
pub fn write_important(file: Arc<Ciphertext>, shell: &mut Shell, out: &mut Vec<Effect>) {
    shell.important = true;
    write(file, shell, out);
}

/// Asks for a sealed vault to be written.
pub fn write(mut file: Arc<Ciphertext>, shell: &mut Shell, out: &mut Vec<Effect>) {
    // - what was on its way when it was sealed, by a job or by work that had the vault, is there now
    if let Some(mac) = shell.landed.before(&file) {
        Arc::make_mut(&mut file).replaces = Some(mac);
    }
    // - what of the same vault is being sealed is older: this one holds all of it
    shell.sealing.retain(|sealing| sealing.apart || sealing.save > file.save);
    shell.unwritten = Some(Arc::clone(&file));
    shell.quit_warned = false;
    if shell.writing.is_none() {
        shell.send(file, out);
    }
}
