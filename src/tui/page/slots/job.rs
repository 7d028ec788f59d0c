//! Ways to open the vault: what the jobs do. A secret is checked against a slot; a way is added; the
//! keys are changed. What is added or changed is on the disk when the job is done, or the vault is as it
//! was: nobody is told of a code that opens nothing.

use std::path::PathBuf;

use crate::commit::Standing;
use crate::crypto::kdf::Params;
use crate::crypto::keys::{KeyFile, SlotSecret};
use crate::model::Id;
use crate::secret::{Secret, SecretBytes};
use crate::session::{self, Credential, NewSlot, OpenError, Sealed};
use crate::store::{Backup, Why};
use crate::tui::by::{self, By};
use crate::tui::effect::{Saved, World};
use crate::tui::files::{self, Answer, Ask};
use crate::tui::notice::SaveFailure;
use crate::tui::screen::opening::Failure as Shut;
use crate::tui::screen::vault::Open;
use crate::tui::task::{Progress, Stage, count};

/// Files of other sessions that one save joins before it gives up.
const TRIES: usize = 8;

/// What is to be done.
pub enum Job {
    /// Check what was typed, against one slot or against all.
    Check {
        /// Which slot.
        slot: Option<[u8; 8]>,
        /// What was typed.
        by: By,
    },
    /// Add a way.
    Add(Box<Add>),
    /// Change the keys; just these slots stay, in this order.
    Change(Box<Change>),
    /// Delete backups, now or at a time (ms since 1970).
    Backups {
        /// Their names.
        names: Vec<String>,
        /// When; none: now.
        when: Option<u64>,
    },
    /// Look which backups still hold one of these entries.
    Holding(Vec<Id>),
}

/// A file that is written along with it.
#[derive(Debug)]
pub struct Beside {
    /// Where; there must be nothing of that name.
    pub path: PathBuf,
    /// Its text.
    pub text: Secret,
}

/// What opens a way that is added.
#[derive(Debug)]
pub enum New {
    /// All of it is there.
    Ready(Credential),
    /// This password with a key file, which is made first where that is asked for.
    KeyFile {
        /// The password.
        password: SlotSecret,
        /// The file.
        path: PathBuf,
        /// It is made, of random bytes.
        make: bool,
    },
}

/// A way to be added.
#[derive(Debug)]
pub struct Add {
    /// What opens it.
    pub new: New,
    /// Its name.
    pub name: String,
    /// The kit of a recovery code, where it is to be written.
    pub kit: Option<Beside>,
}

/// A slot of the new key.
#[derive(Debug)]
pub struct Stays {
    /// What opens it.
    pub credential: Credential,
    /// Its name.
    pub name: String,
    /// Since when there is its secret; none: from now on.
    pub since: Option<u64>,
    /// What it cost; none: it is new.
    pub held: Option<Params>,
}

/// A key change.
#[derive(Debug)]
pub struct Change {
    /// The slots.
    pub stay: Vec<Stays>,
    /// The costs are to rise to what new vaults have.
    pub raises: bool,
    /// The kit of a new recovery code, where it is to be written.
    pub kit: Option<Beside>,
}

/// What became of it.
#[derive(Debug)]
pub enum Did {
    /// What was typed opens this slot.
    Checked([u8; 8], Credential),
    /// The way is in the file.
    Added,
    /// The keys are changed.
    Changed {
        /// Entries with a value that was damaged before.
        damaged: usize,
        /// Backups that open with what was valid before.
        older: Vec<Backup>,
    },
    /// So many backups are gone, or will be.
    Backups(usize),
    /// Backups that still hold what was purged.
    Holding(Vec<Backup>),
}

/// Why nothing was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// A person stopped it.
    Cancelled,
    /// What was typed does not open it.
    Shut(Shut),
    /// The file beside the vault could not be written.
    File(files::Failure),
    /// The vault could not be written; it is as it was.
    Save(SaveFailure),
    /// The password was changed in another session.
    ChangedElsewhere,
    /// A vault has at most eight ways.
    TooMany,
    /// Something else; our own words for it.
    Other(String),
}

impl From<session::SealError> for Failure {
    fn from(error: session::SealError) -> Failure {
        match error {
            session::SealError::TooManySlots => Failure::TooMany,
            other => Failure::Other(other.to_string()),
        }
    }
}

/// Does it.
pub fn work(
    open: &mut Open,
    job: Job,
    progress: &Progress,
    now_ms: u64,
    world: &dyn World,
) -> Result<Did, Failure> {
    match job {
        Job::Check { slot, by } => check(open.contents.session(), slot, by, progress, world),
        Job::Add(add) => self::add(open, *add, progress, now_ms, world),
        Job::Change(change) => self::change(open, *change, progress, now_ms, world),
        Job::Backups { names, when } => {
            let vault = open.contents.session().header().vault;
            world.drop_backups(&vault, &names, when).map_err(Failure::File)?;
            Ok(Did::Backups(names.len()))
        }
        Job::Holding(ids) => {
            let session = open.contents.session();
            let all = world.backups(&session.header().vault);
            progress.begin(Stage::Collecting, count(all.len()));
            let mut found = Vec::new();
            for (at, backup) in all.into_iter().enumerate() {
                if !progress.step(count(at)) {
                    return Err(Failure::Cancelled);
                }
                let sealed = world.read_file(&backup.path).ok().and_then(|bytes| Sealed::read(bytes).ok());
                let copy = sealed.and_then(|sealed| session.open_copy(sealed).ok());
                if copy.is_some_and(|copy| ids.iter().any(|id| copy.vault().entry(*id).is_some())) {
                    found.push(backup);
                }
            }
            Ok(Did::Holding(found))
        }
    }
}

fn check(
    session: &session::Open,
    slot: Option<[u8; 8]>,
    by: By,
    progress: &Progress,
    world: &dyn World,
) -> Result<Did, Failure> {
    progress.begin(Stage::Deriving, 0);
    let kinds = by::Kinds::of_open(session);
    let (credentials, wrong) = by::credentials(by, kinds, world).map_err(Failure::Shut)?;
    let mut failure = wrong;
    for credential in credentials {
        let free = world.free_memory();
        let tried = match slot {
            Some(slot) => session.check_one(slot, &credential, free).map(|()| slot),
            None => session.check(&credential, free),
        };
        if !progress.goes_on() {
            return Err(Failure::Cancelled);
        }
        match tried {
            Ok(slot) => return Ok(Did::Checked(slot, credential)),
            Err(OpenError::WrongPassword | OpenError::NoSuchSlot) => {}
            Err(error) => failure = error.into(),
        }
    }
    Err(Failure::Shut(failure))
}

fn add(
    open: &mut Open,
    add: Add,
    progress: &Progress,
    now_ms: u64,
    world: &dyn World,
) -> Result<Did, Failure> {
    progress.begin(Stage::Deriving, 0);
    let Add { new, name, kit } = add;
    let mut made = Vec::new();
    let credential = match new {
        New::Ready(credential) => credential,
        New::KeyFile { password, path, make } => {
            let key = if make {
                let bytes = random(world)?;
                let key = KeyFile::of(bytes.expose()).map_err(|_| Failure::Shut(Shut::KeyFileEmpty))?;
                write(&path, bytes.expose(), world)?;
                made.push(path);
                key
            } else {
                by::key_file(path, world).map_err(Failure::Shut)?
            };
            Credential::KeyFile(password.and_key(key))
        }
    };
    let code = matches!(credential, Credential::Recovery(_));
    let measured = world.cost();
    let params = if code { measured.of_code() } else { measured };
    let slot = NewSlot { credential, name, params };
    let mut entropy = world.entropy();
    let done = (|| {
        let way = open.contents.session().new_way(&slot, &mut *entropy)?;
        if !progress.goes_on() {
            return Err(Failure::Cancelled);
        }
        if let Some(kit) = &kit {
            write(&kit.path, kit.text.expose().as_bytes(), world)?;
            made.push(kit.path.clone());
        }
        let id = way.id();
        open.contents.session_mut().put_way(way, now_ms, &mut *entropy)?;
        save(open, progress, now_ms, world).inspect_err(|_| open.contents.session_mut().drop_way(id))
    })();
    if done.is_err() {
        take_away(made, world);
    }
    done.map(|()| Did::Added)
}

fn change(
    open: &mut Open,
    change: Change,
    progress: &Progress,
    now_ms: u64,
    world: &dyn World,
) -> Result<Did, Failure> {
    progress.begin(Stage::Deriving, count(change.stay.len()));
    let mut entropy = world.entropy();
    let seen = open.contents.takes_on;
    let mut key = open.contents.session().new_key_after(seen.unwrap_or_default(), &mut *entropy)?;
    let measured = world.cost();
    let mut typed = None;
    for (at, one) in change.stay.into_iter().enumerate() {
        if !progress.step(count(at)) {
            return Err(Failure::Cancelled);
        }
        let params = one.held.map_or(measured, |held| held.after_change(measured, change.raises));
        let code = matches!(one.credential, Credential::Recovery(_));
        let params = if code { params.of_code() } else { params };
        let slot = NewSlot { credential: one.credential, name: one.name, params };
        key.wrap(&slot, one.since, &mut *entropy)?;
        if !code && typed.is_none() {
            typed = Some(slot.credential);
        }
    }
    if !progress.goes_on() {
        return Err(Failure::Cancelled);
    }
    let mut made = Vec::new();
    if let Some(kit) = &change.kit {
        write(&kit.path, kit.text.expose().as_bytes(), world)?;
        made.push(kit.path.clone());
    }
    progress.begin(Stage::Applying, 0);
    let taken = match open.contents.session_mut().take_key(key, now_ms, &mut *entropy) {
        Ok(taken) => taken,
        Err(error) => {
            take_away(made, world);
            return Err(error.into());
        }
    };
    let saved = match open.contents.instead.filter(|_| seen.is_some()) {
        Some(_) => rewrite(open, progress, now_ms, world),
        None => save(open, progress, now_ms, world),
    };
    if let Err(failure) = saved {
        open.contents.session_mut().give_key_back(taken);
        take_away(made, world);
        return Err(failure);
    }
    if seen.is_some() {
        (open.contents.takes_on, open.contents.standing) = (None, Standing::Fine);
    }
    // - what they would bring back is sealed under the old key
    open.undo.clear();
    open.redo.clear();
    // - the master password is in hand: what stays of it is what came of comparing
    if let Some(typed) = &typed {
        by::compare(&mut open.contents, typed, world);
    }
    let header = open.contents.session().header();
    let older = world.older_backups(&header.vault, header.epoch);
    Ok(Did::Changed { damaged: taken.damaged.len(), older })
}

/// Writes the vault now; joins what another session saved meanwhile.
fn save(open: &mut Open, progress: &Progress, now_ms: u64, world: &dyn World) -> Result<(), Failure> {
    progress.begin(Stage::Sealing, 0);
    let mut entropy = world.entropy();
    for _ in 0..TRIES {
        let file = open.contents.session_mut().seal(now_ms, &mut *entropy)?;
        let saved = match world.save(&file, Why::Important) {
            // - an error after the file was put in place: then it is there
            Err(failure) if !lies_there(&file.mac, world) => return Err(Failure::Save(failure)),
            Err(_) => Saved::Written,
            Ok(saved) => saved,
        };
        match saved {
            Saved::Written => {
                open.contents.session_mut().written(file.mac);
                open.watch.mark = None;
                return Ok(());
            }
            Saved::Diverged(live) => {
                open.contents.join(live, None).map_err(|_| Failure::ChangedElsewhere)?;
            }
        }
    }
    Err(Failure::Save(SaveFailure::Busy))
}

/// Writes a backup that was taken on in the place of the damaged file, which stays beside it.
fn rewrite(open: &mut Open, progress: &Progress, now_ms: u64, world: &dyn World) -> Result<(), Failure> {
    progress.begin(Stage::Sealing, 0);
    let file = open.contents.session_mut().seal(now_ms, &mut *world.entropy())?;
    let session = open.contents.session();
    match world.rewrite(&file, &|bytes| session.is_damaged(bytes)) {
        // - it is whole again: another session's, or put back by hand
        Ok(false) => return Err(Failure::ChangedElsewhere),
        Err(failure) if !lies_there(&file.mac, world) => return Err(Failure::Save(failure)),
        Ok(true) | Err(_) => {}
    }
    open.contents.session_mut().written(file.mac);
    open.contents.instead = None;
    (open.watch.amiss, open.watch.mark) = (None, None);
    Ok(())
}

fn lies_there(mac: &[u8; 32], world: &dyn World) -> bool {
    let read = world.load().ok().and_then(|bytes| Sealed::read(bytes).ok());
    read.is_some_and(|sealed| sealed.mac() == *mac)
}

fn random(world: &dyn World) -> Result<SecretBytes, Failure> {
    let mut entropy = world.entropy();
    SecretBytes::filled(64, |out| entropy.fill(out)).map_err(|error| Failure::Other(error.to_string()))
}

fn write(path: &std::path::Path, bytes: &[u8], world: &dyn World) -> Result<(), Failure> {
    match world.files(Ask::Write { path: path.to_owned(), bytes: bytes.to_vec() }) {
        Answer::Written(Ok(_)) => Ok(()),
        Answer::Written(Err(failure)) => Err(Failure::File(failure)),
        _ => Err(Failure::File(files::Failure::Lost)),
    }
}

/// Files of what did not come about.
fn take_away(made: Vec<PathBuf>, world: &dyn World) {
    for path in made {
        world.files(Ask::Delete(path));
    }
}
