//! Other copies of the open vault: its backups, files that a sync program or an earlier run left beside
//! it, a file that a person names. What jobs do with them ([`work`]): list, compare, join, put one in the
//! vault's place. The open vault goes along ([`super::task`]), because its keys are what opens them.
//!
//! Not here: the pages ([`super::page::backups`], [`super::page::differences`]) and which key opens what
//! ([`crate::session`]).

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::effect::World;
use super::notice::{Exposed, SaveFailure};
use super::screen::opening;
use super::screen::vault::Open;
use super::task::{Progress, Stage, count};
use crate::crypto::keys::SlotSecret;
use crate::ops::change::Change;
use crate::ops::compare::{self, Comparison};
use crate::ops::merge::MergeReport;
use crate::secret::SecretBytes;
use crate::session::{self, Ciphertext, Credential, Device, JoinError, OpenError, Reach, Sealed};
use crate::store::{Backup, Copy};

/// What a copy is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A backup, made at this time (ms since 1970).
    Backup(u64),
    /// Beside the vault, by a sync program or a killed save.
    Copy(Copy),
    /// What an earlier run could not save.
    Kept,
    /// A file that a person named.
    Named,
    /// The vault's own file: the password was changed there and here, apart.
    Live,
}

/// A copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Where it lies.
    pub path: PathBuf,
    /// What it is.
    pub kind: Kind,
}

impl Source {
    /// A backup.
    pub fn backup(backup: &Backup) -> Source {
        Source { path: backup.path.clone(), kind: Kind::Backup(backup.ms) }
    }

    /// A copy beside the vault.
    pub fn copy(copy: &Copy) -> Source {
        Source { path: copy.path.clone(), kind: Kind::Copy(copy.clone()) }
    }
}

/// A backup, with what it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The backup.
    pub backup: Backup,
    /// What it holds; none when it cannot be read.
    pub held: Option<Held>,
}

/// What a copy holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The save counter.
    pub counter: u64,
    /// The key epoch.
    pub epoch: u32,
    /// What opens it.
    pub reach: Reach,
    /// How many entries, those in the trash too; none where it is not open.
    pub entries: Option<usize>,
    /// When and on which machine it was saved. From outside.
    pub saved: Option<(u64, String)>,
}

/// A copy that was opened and compared with the vault.
pub struct Compared {
    /// Which copy.
    pub source: Source,
    /// The copy.
    pub theirs: session::Open,
    /// The identity of its file.
    pub mac: [u8; 32],
    /// What it holds.
    pub held: Held,
    /// What differs.
    pub found: Comparison,
    /// A join would bring nothing: everything in it is here.
    pub contained: bool,
}

impl std::fmt::Debug for Compared {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Compared({:?})", self.source)
    }
}

/// What is to be done.
pub enum Job {
    /// List the backups.
    Backups,
    /// Open a copy and compare it.
    Compare {
        /// Which.
        source: Source,
        /// Its own master password, where neither the present key nor a retired one opens it.
        password: Option<SecretBytes>,
    },
    /// Join a copy.
    Merge(Box<Compared>),
    /// Put a copy in the place of the vault, on the disk and here.
    Restore(Box<Compared>),
    /// Write what is open here anew, in the place of a file that is damaged or gone.
    Rewrite,
}

/// What became of it.
#[derive(Debug)]
pub enum Done {
    /// Of [`Job::Backups`], newest first.
    Listed(Vec<Listed>),
    /// Of [`Job::Compare`].
    Compared(Result<Box<Compared>, Failure>),
    /// Of [`Job::Merge`].
    Merged(Result<Box<Merged>, Failure>),
    /// Of [`Job::Restore`].
    Restored(Result<Restored, Failure>),
    /// Of [`Job::Rewrite`]; false when what lies there is whole again.
    Rewritten(Result<bool, Failure>),
}

/// A copy that was joined.
#[derive(Debug)]
pub struct Merged {
    /// Which.
    pub source: Source,
    /// What came in.
    pub report: MergeReport,
    /// The change that takes it back, and to how many entries; none where that cannot be.
    pub back: Option<(Change, usize)>,
    /// The vault as it is now, to be written; none when nothing came in.
    pub file: Option<Arc<Ciphertext>>,
}

/// A copy that lies in the vault's place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// As of when the vault is now, ms since 1970.
    pub to: u64,
    /// When the backup was made that holds what was there before, ms since 1970.
    pub before: Option<u64>,
}

/// Why not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// A person stopped it.
    Cancelled,
    /// The file cannot be read or opened.
    Open(opening::Failure),
    /// It is another vault's.
    Foreign,
    /// It needs a master password of its own.
    NeedsPassword,
    /// It could not be written; the file is as it was.
    Save(SaveFailure),
    /// Nothing may be written here.
    ReadOnly,
}

impl From<JoinError> for Failure {
    fn from(error: JoinError) -> Failure {
        match error {
            JoinError::OtherVault => Failure::Foreign,
            JoinError::PasswordChanged { .. } | JoinError::OlderEpoch { .. } => Failure::NeedsPassword,
            JoinError::Format(crate::format::FormatError::WrongKey) => Failure::NeedsPassword,
            JoinError::Format(error) => Failure::Open(error.into()),
        }
    }
}

/// Does it.
pub fn work(open: &mut Open, job: Job, progress: &Progress, now_ms: u64, world: &dyn World) -> Done {
    match job {
        Job::Backups => Done::Listed(list(open.contents.session(), progress, world)),
        Job::Compare { source, password } => Done::Compared(
            compare(open.contents.session(), source, password, (progress, world)).map(Box::new),
        ),
        Job::Merge(compared) => Done::Merged(merge(open, *compared, progress, now_ms, world).map(Box::new)),
        Job::Restore(compared) => Done::Restored(restore(open, *compared, progress, now_ms, world)),
        Job::Rewrite => Done::Rewritten(rewrite(open, progress, now_ms, world)),
    }
}

fn held(ours: &session::Open, sealed: &Sealed) -> Held {
    let header = sealed.header();
    let (counter, epoch) = (header.counter, header.epoch);
    Held { counter, epoch, reach: ours.reach(sealed), entries: None, saved: None }
}

fn hold(held: Held, open: &session::Open) -> Held {
    let saved = open.last_saved().map(|(ms, host)| (ms, host.to_owned()));
    Held { entries: Some(open.vault().entries().count()), saved, ..held }
}

/// What each backup holds. One that needs a password is told with what its header says.
fn list(ours: &session::Open, progress: &Progress, world: &dyn World) -> Vec<Listed> {
    let all = world.backups(&ours.header().vault);
    progress.begin(Stage::Backups, count(all.len()));
    let mut listed = Vec::with_capacity(all.len());
    for (at, backup) in all.into_iter().enumerate() {
        let sealed = world.read_file(&backup.path).ok().and_then(|bytes| Sealed::read(bytes).ok());
        let held = sealed.map(|sealed| {
            let held = held(ours, &sealed);
            // - stopped, the rest is listed without being opened
            let opened = progress.step(count(at)).then(|| ours.open_copy(sealed).ok()).flatten();
            match opened {
                Some(open) => hold(held, &open),
                None => held,
            }
        });
        listed.push(Listed { backup, held });
    }
    listed
}

fn compare(
    ours: &session::Open,
    source: Source,
    password: Option<SecretBytes>,
    (progress, world): (&Progress, &dyn World),
) -> Result<Compared, Failure> {
    progress.begin(Stage::Reading, 0);
    let bytes = world.read_file(&source.path).map_err(Failure::Open)?;
    let sealed = Sealed::read(bytes).map_err(|error| Failure::Open(error.into()))?;
    let (held, mac) = (held(ours, &sealed), sealed.mac());
    if held.reach == Reach::Foreign {
        return Err(Failure::Foreign);
    }
    let theirs = match password {
        Some(typed) if held.reach == Reach::Closed => {
            progress.begin(Stage::Deriving, 0);
            let wrong = Failure::Open(opening::Failure::WrongPassword);
            let secret = SlotSecret::password(typed.expose()).map_err(|_| wrong)?;
            let opened = sealed.open(&Credential::Password(secret), Device::default(), world.free_memory());
            crate::crypto::burn();
            opened.map_err(|error: OpenError| Failure::Open(error.into()))?
        }
        _ => ours.open_copy(sealed)?,
    };
    let held = hold(held, &theirs);
    let (here, there) = (ours.vault(), theirs.vault());
    progress.begin(Stage::Planning, count(here.section(crate::model::Section::Entries).len()));
    let same = |record, one: &[u8], other: &[u8]| ours.same_text(&theirs, record, one, other);
    let found = compare::compare(here, there, &same, &|seen| progress.step(seen));
    let found = found.filter(|_| progress.goes_on()).ok_or(Failure::Cancelled)?;
    // - a later key is news, too
    let contained = held.epoch <= ours.header().epoch && crate::ops::merge::contains(here, there);
    crate::crypto::burn();
    Ok(Compared { source, theirs, mac, held, found, contained })
}

fn merge(
    open: &mut Open,
    compared: Compared,
    progress: &Progress,
    now_ms: u64,
    world: &dyn World,
) -> Result<Merged, Failure> {
    if open.contents.read_only() {
        return Err(Failure::ReadOnly);
    }
    progress.begin(Stage::Joining, 0);
    let Compared { source, theirs, mac, contained, .. } = compared;
    let before = compare::before(open.contents.session().vault(), theirs.vault());
    let epoch = open.contents.session().header().epoch;
    let report = open.contents.join_open(theirs)?;
    let session = open.contents.session();
    let new_keys = report.new_keys || session.header().epoch != epoch;
    // - what was sealed under the former key cannot be written back under the new one
    let back = if new_keys { None } else { before.back(session.vault()) };
    drop(before);
    if source.kind == Kind::Live {
        open.contents.session_mut().written(mac);
    }
    // - of a copy that is contained nothing came: not even the next save list would differ
    let file = if contained && report.is_empty() && source.kind != Kind::Live {
        None
    } else {
        progress.begin(Stage::Sealing, 0);
        let sealed = open.contents.session_mut().seal(now_ms, &mut *world.entropy());
        Some(Arc::new(sealed.map_err(|error| Failure::Save(SaveFailure::Other(error.to_string())))?))
    };
    Ok(Merged { source, report, back, file })
}

/// Seals the copy under the keys from here and writes it; only when it is on the disk the vault here is
/// another one. What lay there becomes a backup first, whoever wrote it.
fn restore(
    open: &mut Open,
    compared: Compared,
    progress: &Progress,
    now_ms: u64,
    world: &dyn World,
) -> Result<Restored, Failure> {
    let Compared { source, theirs, held, .. } = compared;
    let ours = open.contents.session();
    // - from before a password change one goes only to what is from after it
    let later = theirs.header().epoch > ours.header().epoch;
    if world.read_only() || (ours.vault().read_only() && !later) {
        return Err(Failure::ReadOnly);
    }
    progress.begin(Stage::Sealing, 0);
    let mut put = ours.put_back(theirs)?;
    if let Some(live) = world.load().ok().and_then(|bytes| Sealed::read(bytes).ok()) {
        put.counts_from(live.header().counter);
    }
    let sealed = put.seal(now_ms, &mut *world.entropy());
    let sealed = sealed.map_err(|error| Failure::Save(SaveFailure::Other(error.to_string())))?;
    let before = match open.contents.instead {
        None => world.replace(&sealed).map_err(Failure::Save)?,
        // - what lies there is damaged, and stays beside it
        Some(_) => match world.rewrite(&sealed, &|bytes| ours.is_damaged(bytes)).map_err(Failure::Save)? {
            true => None,
            false => return Err(Failure::Save(SaveFailure::Busy)),
        },
    };
    put.written(sealed.mac);
    open.contents.put(put);
    let saved = held.saved.map_or(0, |(ms, _)| ms);
    let to = if let Kind::Backup(made) = source.kind { made } else { saved };
    Ok(Restored { to, before })
}

/// Writes what is open here in the place of a damaged file. What an edit left unsaved is in it.
fn rewrite(open: &mut Open, progress: &Progress, now_ms: u64, world: &dyn World) -> Result<bool, Failure> {
    if open.contents.read_only() {
        return Err(Failure::ReadOnly);
    }
    progress.begin(Stage::Sealing, 0);
    let sealed = open.contents.session_mut().seal(now_ms, &mut *world.entropy());
    let sealed = sealed.map_err(|error| Failure::Save(SaveFailure::Other(error.to_string())))?;
    let session = open.contents.session();
    match world.rewrite(&sealed, &|bytes| session.is_damaged(bytes)) {
        Ok(anew) => {
            if anew {
                open.contents.session_mut().written(sealed.mac);
            }
            Ok(anew)
        }
        Err(failure) => Err(Failure::Save(failure)),
    }
}

/// Who may write into the vault's folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Folder {
    /// Not looked at yet, or not told yet.
    #[default]
    NotSeen,
    /// Nobody else.
    Closed,
    /// Others.
    Open(Exposed),
}

/// What lies around the vault: copies beside it, and its folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Beside {
    /// The copies.
    pub copies: Vec<Copy>,
    /// When a name in the folder changed last.
    pub changed: Option<u64>,
    /// Its folder, looked at once.
    pub folder: Folder,
}

impl Beside {
    /// Looks. `before` is what the last look gave: while no name changed since, the same copies lie there.
    pub fn look(world: &dyn World, vault: &[u8; 16], before: &Beside, now_ms: u64) -> Beside {
        // - a folder that changed a moment ago may change once more under the same time
        const MOMENT: u64 = 10_000;
        let folder = match before.folder {
            Folder::NotSeen => world.exposed().map_or(Folder::Closed, Folder::Open),
            seen => seen,
        };
        let changed = world.folder_changed().filter(|at| *at != 0);
        let settled = changed.is_some_and(|at| at.saturating_add(MOMENT) < now_ms);
        if settled && changed == before.changed {
            return Beside { folder, ..before.clone() };
        }
        Beside { copies: world.copies(vault), changed, folder }
    }

    /// Those of them that `before` did not have.
    pub fn news(&self, before: &Beside) -> usize {
        self.copies.iter().filter(|copy| before.copies.iter().all(|other| other.mac != copy.mac)).count()
    }
}

/// Copies beside the vault that hold more than it does, or cannot be looked into by the keys at hand.
pub fn with_news(copies: &[Copy], open: &session::Open, world: &dyn World) -> Vec<[u8; 32]> {
    let has_news = |copy: &&Copy| {
        let sealed = world.read_file(&copy.path).ok().and_then(|bytes| Sealed::read(bytes).ok());
        match sealed.map(|sealed| open.open_copy(sealed)) {
            Some(Ok(theirs)) => !crate::ops::merge::contains(open.vault(), theirs.vault()),
            Some(Err(_)) => true,
            None => false,
        }
    };
    copies.iter().filter(has_news).map(|copy| copy.mac).collect()
}

/// The name of a file, from outside.
pub fn name(path: &Path) -> String {
    path.file_name().map_or(String::new(), |name| name.to_string_lossy().into_owned())
}
