//! Writing entries to a file: what the job does. In clear only after the master password was given
//! again; never over a file that is there.

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::crypto::entropy::Entropy;
use crate::crypto::kdf::Params;
use crate::crypto::keys::SlotSecret;
use crate::format::header::Slot;
use crate::model::{Entry, Id, State};
use crate::ops::mail_csv::Columns;
use crate::ops::rotation::{Intervals, Rotator};
use crate::ops::{export, mail_csv};
use crate::secret::SecretBytes;
use crate::session::{self, Credential, NewSlot};
use crate::tui::effect::World;
use crate::tui::files::{self, Answer, Ask};
use crate::tui::screen::vault::Open;
use crate::tui::task::{Progress, Stage, count};

/// How it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// An encrypted file under a password of its own.
    Mamori,
    /// JSON in clear.
    Json,
    /// Mail accounts as a list for a host, in clear.
    MailCsv,
}

impl Format {
    /// All of them.
    pub const ALL: [Format; 3] = [Format::Mamori, Format::Json, Format::MailCsv];

    /// The one behind it.
    pub fn next(self) -> Format {
        let at = Format::ALL.iter().position(|one| *one == self).unwrap_or(0);
        Format::ALL[(at + 1) % Format::ALL.len()]
    }

    /// The ending of its files.
    pub fn ending(self) -> &'static str {
        match self {
            Format::Mamori => "mamori",
            Format::Json => "json",
            Format::MailCsv => "csv",
        }
    }

    /// Anybody can read the file.
    pub fn in_clear(self) -> bool {
        self != Format::Mamori
    }
}

/// What is to be written.
pub struct Job {
    /// How.
    pub format: Format,
    /// Which entries; none: all that are not in the trash.
    pub wanted: Option<BTreeSet<Id>>,
    /// Where.
    pub path: PathBuf,
    /// The file's own password, or in clear the master password once more.
    pub password: SecretBytes,
    /// The columns of a list of mail accounts, and whether they are named in its first line.
    pub columns: (Columns, bool),
    /// What the settings say of intervals and of commands.
    pub settings: (Intervals, Vec<Rotator>),
}

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Where.
    pub path: PathBuf,
    /// How many entries it holds.
    pub entries: usize,
    /// Entries that were left out, and passwords that begin like a formula.
    pub notes: (usize, usize),
}

/// Why nothing was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// A person stopped it.
    Cancelled,
    /// The master password is another one.
    WrongPassword,
    /// There is too little memory to derive the key.
    Memory,
    /// The disk.
    File(files::Failure),
    /// No mailbox with an address and a password is among them.
    NoMail,
    /// Something else; our own words for it.
    Other(String),
}

/// Does it.
pub fn work(
    open: &Open,
    job: Job,
    progress: &Progress,
    now_ms: u64,
    world: &dyn World,
) -> Result<Written, Failure> {
    let session = open.contents.session();
    let wanted = |entry: Entry<'_>| match &job.wanted {
        Some(ids) => ids.contains(&entry.id()),
        None if job.format == Format::MailCsv => mail_csv::waits(entry),
        None => entry.state() != State::Trashed,
    };
    let (mut rows, mut notes) = (None, (0, 0));
    let entries = session.vault().entries().filter(|entry| wanted(*entry)).count();
    progress.begin(Stage::Deriving, 0);
    let secret = SlotSecret::password(job.password.expose()).map_err(|_| Failure::WrongPassword)?;
    let credential = Credential::Password(secret);
    let bytes = match job.format {
        Format::Mamori => {
            let slot = NewSlot { credential, name: String::new(), params: cost(session, world) };
            let mut entropy = world.entropy();
            let sealed = session.export(&wanted, &[slot], now_ms, &mut *entropy as &mut dyn Entropy);
            sealed.map_err(|error| Failure::Other(error.to_string()))?.bytes
        }
        Format::MailCsv => {
            check(session, &credential, world)?;
            progress.begin(Stage::Collecting, count(entries));
            let mut all: Vec<Entry<'_>> = session.vault().entries().filter(|entry| wanted(*entry)).collect();
            all.sort_by_key(|entry| (entry.title(), entry.id()));
            let (mut bytes, (columns, header)) = (Vec::new(), &job.columns);
            let reveal = |id: Id, envelope: &[u8]| session.reveal_text(id, envelope);
            let written = mail_csv::write(all.into_iter(), columns, *header, &reveal, &mut bytes);
            let written = written.map_err(|error| Failure::Other(error.to_string()))?;
            if written.rows == 0 {
                return Err(Failure::NoMail);
            }
            (rows, notes) = (Some(written.rows), (written.left, written.formulas));
            bytes
        }
        Format::Json => {
            check(session, &credential, world)?;
            progress.begin(Stage::Collecting, count(entries));
            let mut bytes = Vec::new();
            let reveal = |id: Id, envelope: &[u8]| session.reveal_text(id, envelope);
            // - a stop ends the list early; what was collected is dropped below
            let mut done = 0;
            let listed = session.vault().entries().filter(|entry| wanted(*entry)).take_while(|_| {
                done += 1;
                progress.step(done)
            });
            let around = export::Around { intervals: &job.settings.0, rotators: &job.settings.1 };
            export::json(listed, &reveal, around, &mut bytes)
                .map_err(|error| Failure::Other(error.to_string()))?;
            bytes
        }
    };
    if !progress.goes_on() {
        return Err(Failure::Cancelled);
    }
    progress.begin(Stage::Writing, 0);
    match world.files(Ask::Write { path: job.path.clone(), bytes }) {
        Answer::Written(Ok(_)) => Ok(Written { path: job.path, entries: rows.unwrap_or(entries), notes }),
        Answer::Written(Err(failure)) => Err(Failure::File(failure)),
        _ => Err(Failure::File(files::Failure::Lost)),
    }
}

/// The master password once more.
fn check(session: &session::Open, credential: &Credential, world: &dyn World) -> Result<(), Failure> {
    let checked = session.check(credential, world.free_memory());
    checked.map(drop).map_err(|error| match error {
        session::OpenError::NeedsMemory { .. } => Failure::Memory,
        _ => Failure::WrongPassword,
    })
}

/// What the vault itself costs to open.
fn cost(session: &session::Open, world: &dyn World) -> Params {
    let by = session.opened_by();
    let held = session.header().slots.iter().find_map(|slot| match slot {
        Slot::Known(known) if Some(known.id) == by => Some(known.params),
        _ => None,
    });
    held.unwrap_or_else(|| world.cost())
}
