//! What the program wants done, as data ([`Effect`]), done in a [`World`], and what became of
//! it ([`Outcome`]). Slow effects are jobs: [`work`] runs on a thread of its own, and a result whose
//! [`JobId`] nobody waits for any more is dropped (and thereby wiped).

use std::any::Any;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::config::Memory;
use crate::crypto::keys::SlotSecret;
use crate::format::FormatError;
use crate::model::Stamp;
use crate::platform::panes::{Pane, PasteError};
use crate::secret::{Secret, SecretBytes};
use crate::session::{self, Ciphertext, Credential, NewSlot, OpenError, Unsealed};
use crate::store::{Copy, Draft, DraftName, Unsaved, Why};
use crate::tui::by::{self, By};
use crate::tui::config::Refused;
use crate::tui::contents::{Contents, Part};
use crate::tui::files;
use crate::tui::health::job as health;
use crate::tui::kept;
use crate::tui::notice::{Cleared, CopyFailure, Place, SaveFailure};
use crate::tui::other::Beside;
use crate::tui::screen::opening::Failure;
use crate::tui::screen::vault::Open;
use crate::tui::task::{self, Done, Progress, Task, Worked};
pub use crate::tui::world::World;

/// The number of a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct JobId(pub u64);

/// What the program wants done.
#[derive(Debug)]
pub enum Effect {
    /// Read the vault, derive its key and open it.
    Unlock {
        /// The job.
        job: JobId,
        /// What a person gave.
        by: By,
    },
    /// Make keys for a new vault; writes nothing.
    Create {
        /// The job.
        job: JobId,
        /// What was typed.
        password: SecretBytes,
    },
    /// Seal a large vault.
    Seal {
        /// The job.
        job: JobId,
        /// The vault.
        vault: Box<Unsealed>,
    },
    /// Write the vault.
    Write {
        /// The job.
        job: JobId,
        /// What to write.
        file: Arc<Ciphertext>,
        /// How much it matters to the backups.
        why: Why,
    },
    /// Read the file again.
    Load {
        /// The job.
        job: JobId,
    },
    /// Look whether another file lies there, or copies beside it.
    Look {
        /// The job.
        job: JobId,
        /// The vault id.
        vault: [u8; 16],
        /// What the last look saw beside it.
        before: Beside,
        /// Now, ms since 1970.
        now_ms: u64,
    },
    /// Move a copy beside the vault to the backups.
    PutAway {
        /// The job.
        job: JobId,
        /// The copy.
        copy: Copy,
        /// The vault id.
        vault: [u8; 16],
    },
    /// Read or write a file beside the vault.
    Files {
        /// The job.
        job: JobId,
        /// What is wanted.
        ask: files::Ask,
    },
    /// Long work on the open vault, which goes along and comes back.
    Work {
        /// The job.
        job: JobId,
        /// The vault.
        open: Box<Open>,
        /// What is to be done.
        task: Task,
        /// How far it is.
        progress: Arc<Progress>,
        /// Now, ms since 1970.
        now_ms: u64,
    },
    /// Run a health check.
    Health {
        /// The job.
        job: JobId,
        /// What it works with.
        task: Box<health::Task>,
    },
    /// Drop, which wipes it, what is too large for that to happen while a key waits: a vault that was
    /// locked, whose keys are gone already, or what a check knew of it.
    Wipe(Box<dyn Any + Send>),
    /// Copy.
    Copy {
        /// The job.
        job: JobId,
        /// What it is.
        part: Part,
        /// The text.
        secret: Secret,
        /// When it is to be cleared.
        clear_after: Duration,
    },
    /// Clear the clipboard, if what is in it is ours.
    Clear {
        /// The job.
        job: JobId,
    },
    /// Remember for the next run.
    Remember(Memory),
    /// Take away what an earlier run kept because it could not save it: it is on the disk now.
    Forget(Vec<Unsaved>),
    /// Keep what is typed into a form and not saved. Done at once: nothing may be lost behind it.
    KeepDraft {
        /// The job.
        job: JobId,
        /// The draft.
        draft: Arc<Draft>,
        /// Wait for the platter: the form is being left.
        durable: bool,
    },
    /// Take a draft away: it is saved, or nobody wants it. Done at once.
    DropDraft(DraftName),
    /// Read the settings file.
    Config {
        /// The job.
        job: JobId,
    },
    /// Write the settings file.
    Configure {
        /// The job.
        job: JobId,
        /// The text that it had; another is not written over.
        before: Option<String>,
        /// The new one.
        text: String,
    },
    /// Open an address in the browser of this machine.
    Browse {
        /// The job.
        job: JobId,
        /// The address.
        url: String,
    },
    /// Use the key that `mamori unlock` keeps.
    Kept {
        /// The job.
        job: JobId,
        /// What is wanted of it.
        ask: kept::Ask,
    },
    /// Ask tmux how many look at it.
    Attached {
        /// The job.
        job: JobId,
    },
    /// Ask tmux for its other panes.
    Panes {
        /// The job.
        job: JobId,
    },
    /// Type a secret into a pane.
    Paste {
        /// The job.
        job: JobId,
        /// The pane, as it was chosen.
        pane: Pane,
        /// The secret.
        secret: Secret,
    },
    /// Look which vaults are there.
    Vaults {
        /// The job.
        job: JobId,
        /// Those that are known; what lies beside them is found.
        known: Vec<PathBuf>,
    },
    /// Copies go another way from now on.
    Clipboard(crate::platform::clipboard::Setting),
    /// From now on jobs are about another vault.
    Switch(Target),
    /// Draw everything anew.
    Redraw,
    /// Leave the screen and stop until the shell brings the program back.
    Suspend,
    /// End.
    Quit,
}

/// The vault that jobs are about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// The demo, which is in memory only.
    Demo,
    /// The vault in this file.
    File(PathBuf),
    /// A vault that is to be made in this file.
    New(PathBuf),
}

/// What became of a job.
#[derive(Debug)]
pub enum Outcome {
    /// Of [`Effect::Unlock`], with the milliseconds it took.
    Opened(Result<Box<Contents>, Failure>, u64),
    /// Of [`Effect::Create`].
    Created(Result<Box<Contents>, Failure>),
    /// Of [`Effect::Seal`]; none when it broke off.
    Sealed(Option<Result<Arc<Ciphertext>, SaveFailure>>),
    /// Of [`Effect::Write`].
    Written(Result<Saved, SaveFailure>),
    /// Of [`Effect::Load`], and what this machine saved last of that vault.
    Loaded(Result<Vec<u8>, Failure>, Option<Stamp>),
    /// Of [`Effect::Look`]: which file lies there, and what beside it.
    Looked(Result<Mark, Amiss>, Beside),
    /// Of [`Effect::PutAway`]: which copy, by the identity of its file.
    PutAway([u8; 32], Result<(), files::Failure>),
    /// Of [`Effect::Files`].
    Files(files::Answer),
    /// Of [`Effect::Work`]; none when it broke off, or was locked meanwhile.
    Worked(Option<Worked>),
    /// Of [`Effect::Work`], for the page that asked for it.
    Done(Done),
    /// Of [`Effect::Health`]; none when it was stopped or broke off.
    Health(Option<Box<health::Checked>>),
    /// Of [`Effect::Config`]; none where there is no file.
    Config(Result<Option<String>, files::Failure>),
    /// Of [`Effect::Configure`].
    Configured(Result<(), Refused>),
    /// Of [`Effect::Browse`]: a program took it.
    Browsed(bool),
    /// Of [`Effect::Kept`].
    Kept(kept::Answer),
    /// Of [`Effect::Attached`]; none where tmux does not say.
    Attached(Option<u32>),
    /// Of [`Effect::Panes`]; none where tmux does not say.
    Panes(Option<Vec<Pane>>),
    /// Of [`Effect::Paste`].
    Pasted(Result<(), PasteError>),
    /// Of [`Effect::Vaults`]: the files, and whether they are there.
    Vaults(Vec<(PathBuf, bool)>),
    /// The way that copies go; nobody asks for it.
    Route(crate::platform::clipboard::Route),
    /// Of [`Effect::Copy`].
    Copied(Result<Place, CopyFailure>),
    /// Of [`Effect::Clear`].
    Cleared(Cleared),
    /// Of [`Effect::KeepDraft`]: it is on the disk.
    DraftKept(bool),
}

/// Which file lies there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// The MAC of its header: every save makes another.
    pub mac: [u8; 32],
    /// Its length: a file that is still being copied here is another one when it is whole.
    pub len: u64,
}

/// Why what lies there is looked at no further.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Amiss {
    /// Nothing lies there.
    Gone,
    /// Bytes are missing or changed, or it is no vault.
    Damaged,
    /// A newer mamori wrote it.
    Newer,
    /// It cannot be read just now, or the look broke off.
    Unknown,
}

/// What became of writing.
#[derive(Debug)]
pub enum Saved {
    /// It is on the disk.
    Written,
    /// The file on the disk is another one than was loaded; these are its bytes.
    Diverged(Vec<u8>),
}

/// Does a job; none for effects that are none, which the loop does itself.
pub fn work(effect: Effect, world: &dyn World) -> Option<(JobId, Outcome)> {
    match effect {
        Effect::Unlock { job, by } => {
            let started = world.boot();
            let opened = by::unlock(by, world);
            crate::crypto::burn();
            let took = world.boot().saturating_sub(started).as_millis();
            Some((job, Outcome::Opened(opened, u64::try_from(took).unwrap_or(u64::MAX))))
        }
        Effect::Create { job, password } => Some((job, Outcome::Created(create(&password, world)))),
        Effect::Seal { job, vault } => {
            let sealed = vault.seal().map_err(|error| SaveFailure::Other(error.to_string()));
            Some((job, Outcome::Sealed(Some(sealed.map(Arc::new)))))
        }
        Effect::Write { job, file, why } => Some((job, Outcome::Written(world.save(&file, why)))),
        Effect::Load { job } => {
            let loaded = world.load();
            let vault = loaded.as_ref().ok().and_then(|bytes| bytes.get(16..32)?.try_into().ok());
            let noted = vault.and_then(|vault| world.noted(&vault)).map(|note| note.save);
            Some((job, Outcome::Loaded(loaded, noted)))
        }
        Effect::Look { job, vault, before, now_ms } => {
            let beside = Beside::look(world, &vault, &before, now_ms);
            Some((job, Outcome::Looked(world.mark(), beside)))
        }
        Effect::PutAway { job, copy, vault } => {
            Some((job, Outcome::PutAway(copy.mac, world.put_away(&copy, &vault))))
        }
        Effect::Files { job, ask } => Some((job, Outcome::Files(world.files(ask)))),
        Effect::KeepDraft { job, draft, durable } => {
            Some((job, Outcome::DraftKept(world.keep_draft(&draft, durable))))
        }
        Effect::DropDraft(name) => {
            world.drop_draft(&name);
            None
        }
        Effect::Work { job, open, task, progress, now_ms } => {
            Some((job, Outcome::Worked(task::work(open, task, &progress, now_ms, world))))
        }
        Effect::Health { job, task } => Some((job, Outcome::Health(health::work(*task, world)))),
        Effect::Config { job } => Some((job, Outcome::Config(world.config()))),
        Effect::Configure { job, before, text } => {
            Some((job, Outcome::Configured(world.configure(before.as_deref(), &text))))
        }
        Effect::Browse { job, url } => Some((job, Outcome::Browsed(world.browse(&url)))),
        Effect::Kept { job, ask } => Some((job, Outcome::Kept(kept::work(ask, world)))),
        Effect::Attached { job } => Some((job, Outcome::Attached(world.attached()))),
        Effect::Panes { job } => Some((job, Outcome::Panes(world.panes()))),
        Effect::Paste { job, pane, secret } => Some((job, Outcome::Pasted(world.paste(&pane, &secret)))),
        Effect::Vaults { job, known } => Some((job, Outcome::Vaults(world.vaults(known)))),
        Effect::Wipe(large) => {
            drop(large);
            None
        }
        Effect::Copy { .. } | Effect::Clear { .. } | Effect::Clipboard(_) => None,
        Effect::Remember(_) | Effect::Forget(_) | Effect::Switch(_) => None,
        Effect::Redraw | Effect::Suspend | Effect::Quit => None,
    }
}

/// What is told in place of a job's outcome when the job did not come to its end.
pub fn lost(effect: &Effect) -> Option<(JobId, Outcome)> {
    Some(match effect {
        Effect::Unlock { job, .. } => (*job, Outcome::Opened(Err(Failure::Lost), 0)),
        Effect::Create { job, .. } => (*job, Outcome::Created(Err(Failure::Lost))),
        Effect::Seal { job, .. } => (*job, Outcome::Sealed(None)),
        Effect::Write { job, .. } => (*job, Outcome::Written(Err(SaveFailure::Lost))),
        Effect::Load { job } => (*job, Outcome::Loaded(Err(Failure::Lost), None)),
        Effect::Look { job, before, .. } => (*job, Outcome::Looked(Err(Amiss::Unknown), before.clone())),
        Effect::PutAway { job, copy, .. } => (*job, Outcome::PutAway(copy.mac, Err(files::Failure::Lost))),
        Effect::Files { job, ask } => (*job, Outcome::Files(files::lost(ask))),
        Effect::KeepDraft { job, .. } => (*job, Outcome::DraftKept(false)),
        Effect::DropDraft(_) | Effect::Forget(_) | Effect::Switch(_) | Effect::Wipe(_) => return None,
        Effect::Work { job, .. } => (*job, Outcome::Worked(None)),
        Effect::Health { job, .. } => (*job, Outcome::Health(None)),
        Effect::Config { job } => (*job, Outcome::Config(Err(files::Failure::Lost))),
        Effect::Configure { job, .. } => {
            (*job, Outcome::Configured(Err(Refused::Failed(files::Failure::Lost))))
        }
        Effect::Browse { job, .. } => (*job, Outcome::Browsed(false)),
        Effect::Kept { job, ask } => (*job, Outcome::Kept(kept::lost(*ask))),
        Effect::Attached { job } => (*job, Outcome::Attached(None)),
        Effect::Panes { job } => (*job, Outcome::Panes(None)),
        Effect::Paste { job, .. } => (*job, Outcome::Pasted(Err(PasteError::Refused))),
        Effect::Vaults { job, .. } => (*job, Outcome::Vaults(Vec::new())),
        Effect::Copy { .. } | Effect::Clear { .. } | Effect::Clipboard(_) => return None,
        Effect::Remember(_) => return None,
        Effect::Redraw | Effect::Suspend | Effect::Quit => return None,
    })
}

/// Effects that take long enough for a thread of their own.
pub fn is_job(effect: &Effect) -> bool {
    match effect {
        Effect::Unlock { .. } | Effect::Create { .. } | Effect::Write { .. } => true,
        Effect::Load { .. } | Effect::Look { .. } | Effect::Files { .. } | Effect::Work { .. } => true,
        Effect::PutAway { .. } | Effect::Wipe(_) | Effect::Seal { .. } => true,
        Effect::KeepDraft { .. } | Effect::DropDraft(_) => false,
        Effect::Health { .. } | Effect::Config { .. } | Effect::Configure { .. } => true,
        Effect::Attached { .. } | Effect::Vaults { .. } | Effect::Browse { .. } => true,
        Effect::Panes { .. } | Effect::Paste { .. } => true,
        Effect::Kept { ask, .. } => !matches!(ask, kept::Ask::Revoke(_)),
        Effect::Copy { .. } | Effect::Clear { .. } | Effect::Clipboard(_) => false,
        Effect::Remember(_) | Effect::Forget(_) | Effect::Switch(_) => false,
        Effect::Redraw | Effect::Suspend | Effect::Quit => false,
    }
}

fn create(password: &SecretBytes, world: &dyn World) -> Result<Box<Contents>, Failure> {
    let secret = SlotSecret::password(password.expose()).map_err(|_| Failure::WrongPassword)?;
    let slot =
        NewSlot { credential: Credential::Password(secret), name: String::new(), params: world.cost() };
    let made = session::Open::create(&[slot], world.device(), &mut *world.entropy());
    let made = made.map_err(|error| Failure::Other(error.to_string()))?;
    Ok(Box::new(Contents::new(made)))
}

impl From<FormatError> for Failure {
    fn from(error: FormatError) -> Failure {
        match error {
            FormatError::NotAVault => Failure::NotAVault,
            FormatError::Newer { maybe_damaged: true, .. } => Failure::NewerOrDamaged,
            FormatError::Newer { .. } | FormatError::NewerPayload(_) => Failure::Newer,
            FormatError::Damaged | FormatError::HostileCost => Failure::Damaged,
            FormatError::WrongKey => Failure::WrongPassword,
            FormatError::TooLarge => Failure::TooLarge,
        }
    }
}

impl From<OpenError> for Failure {
    fn from(error: OpenError) -> Failure {
        match error {
            OpenError::Format(error) => error.into(),
            OpenError::WrongPassword | OpenError::NoSuchSlot => Failure::WrongPassword,
            OpenError::NeedsMemory { need, .. } => {
                Failure::NeedsMemory { wanted_mib: need.div_ceil(1 << 20) }
            }
        }
    }
}
