//! A job at its work: what becomes of the vault, step by step, and of whoever cancels it.

use std::path::PathBuf;
use std::sync::Arc;

use super::{
    Done, Gathered, MasterFailure, PlanFailure, Planned, Progress, Stage, Task, Then, Why, Worked, count,
};
use crate::crypto::entropy::array;
use crate::crypto::keys::SlotSecret;
use crate::model::Id;
use crate::ops::change::Change;
use crate::ops::import::plan::plan_watched;
use crate::ops::import::{self, FILE_MOST, ImportError, ImportFault, Options};
use crate::ops::incident;
use crate::secret::{Secret, SecretBytes};
use crate::session::{self, Ciphertext};
use crate::tui::by::{self, By, Kinds};
use crate::tui::effect::World;
use crate::tui::files::{self, Answer, Ask};
use crate::tui::notice::Deed;
use crate::tui::page::export::job as export;
use crate::tui::page::links::{self, falls};
use crate::tui::page::mail::job as mail;
use crate::tui::page::slots::job as slots;
use crate::tui::screen::opening::Failure;
use crate::tui::screen::vault::bulk::Became;
use crate::tui::screen::vault::{Open, list, steps};
use crate::tui::{other, rotate};

/// Does the work; nothing comes back when the vault was locked meanwhile.
pub fn work(
    mut open: Box<Open>,
    task: Task,
    progress: &Progress,
    now_ms: u64,
    world: &dyn World,
) -> Option<Worked> {
    let done = match task {
        Task::Plan { path, options } => {
            plan(&open, path, options, (progress, now_ms, world)).unwrap_or(Done::Cancelled)
        }
        Task::Apply { change, then, deed, spent } if progress.goes_on() => {
            drop(spent);
            apply(&mut open, change, then, deed, (progress, now_ms, world))
        }
        Task::Refile { what, deed } if progress.goes_on() => {
            progress.begin(Stage::Applying, 0);
            let mut entropy = world.entropy();
            let session = open.contents.session();
            let mut sealer = session.sealer(&mut *entropy);
            let (change, count) = what.changes(session.vault(), &mut || sealer.id().ok());
            apply(&mut open, change, Then::Act, (deed, count), (progress, now_ms, world))
        }
        Task::Bulk(bulk) if progress.goes_on() => {
            progress.begin(Stage::Applying, 0);
            let became = bulk.perform(&mut open, now_ms, &mut *world.entropy());
            let file = match became {
                Became::Nothing | Became::Refused => None,
                Became::Changed(..) | Became::Purged(_) => seal(&mut open, (progress, now_ms, world)),
            };
            Done::Bulk(became, file)
        }
        Task::Apply { .. } | Task::Bulk(_) | Task::Refile { .. } => Done::Cancelled,
        Task::Join { bytes, why, noted } => {
            progress.begin(Stage::Joining, 0);
            let joined = match why {
                Why::Kept => open.contents.join_kept(bytes),
                _ => open.contents.join(bytes, noted),
            };
            let saved = match why {
                Why::Kept => joined.is_ok() || !open.contents.recovered.is_empty(),
                Why::Diverged => joined.is_ok(),
                _ => false,
            };
            let file = if saved { seal(&mut open, (progress, now_ms, world)) } else { None };
            Done::Joined(why, joined, file)
        }
        Task::Gather(id) => gather(&open, id, progress, world).unwrap_or(Done::Cancelled),
        Task::Falls(id) => {
            progress.begin(Stage::Collecting, 0);
            let tree = falls::made(&open, id);
            if progress.goes_on() { Done::Fell(id, Box::new(tree)) } else { Done::Cancelled }
        }
        Task::Mail(job) => match mail::work(&mut open, job, progress, now_ms, world) {
            _ if !progress.goes_on() => Done::Cancelled,
            Ok(did) => Done::Mail(did),
            Err((change, deed)) => apply(&mut open, change, Then::Act, deed, (progress, now_ms, world)),
        },
        Task::Propose => {
            progress.begin(Stage::Collecting, 0);
            let found = links::of(&open);
            if progress.goes_on() { Done::Proposed(found) } else { Done::Cancelled }
        }
        Task::Other(job) => Done::Other(other::work(&mut open, job, progress, now_ms, world)),
        Task::Rotate(job) => Done::Rotated(rotate::work(&open, job, progress, world)),
        Task::Master { password, key_file } => {
            Done::Master(master(&open, &password, key_file, progress, world))
        }
        Task::Export(job) => match export::work(&open, job, progress, now_ms, world) {
            Err(export::Failure::Cancelled) => Done::Cancelled,
            other => Done::Exported(other),
        },
        Task::Slots(job) => match slots::work(&mut open, job, progress, now_ms, world) {
            Err(slots::Failure::Cancelled) => Done::Cancelled,
            other => Done::Slots(other),
        },
    };
    // - so that the loop, which has it next, has nothing left to do that grows with the vault
    list::put_in_order(&mut open);
    // - what nobody waits for is dropped, and wiped, on this thread
    (!progress.is_abandoned()).then_some(Worked { open, done })
}

/// Whether a typed master password is right; as it was typed, which is as it opens the vault.
fn master(
    open: &Open,
    password: &SecretBytes,
    key_file: Option<PathBuf>,
    progress: &Progress,
    world: &dyn World,
) -> Result<Secret, MasterFailure> {
    progress.begin(Stage::Deriving, 0);
    let session = open.contents.session();
    let secret = SlotSecret::password(password.expose()).map_err(|_| MasterFailure::Wrong)?;
    let text = secret.text().ok_or(MasterFailure::Wrong)?;
    // - alone or with the key file, as at the unlock
    let kinds = Kinds::of_open(session);
    let alone = kinds.key_file && key_file.is_none();
    let by = By::Password(SecretBytes::copy_of(password.expose()), key_file);
    let (all, failure) = by::credentials(by, kinds, world).map_err(|_| MasterFailure::KeyFile)?;
    let mut wrong = match failure {
        Failure::WrongPassword | Failure::WrongWithKeyFile if !alone => MasterFailure::Wrong,
        _ => MasterFailure::KeyFile,
    };
    for credential in &all {
        match session.check(credential, world.free_memory()) {
            Ok(_) => return Ok(text),
            Err(session::OpenError::NeedsMemory { .. }) => wrong = MasterFailure::Memory,
            Err(_) => {}
        }
    }
    Err(wrong)
}

/// Applies a change, takes it into the steps, and seals.
fn apply(
    open: &mut Open,
    change: Change,
    then: Then,
    deed: (Deed, usize),
    at: (&Progress, u64, &dyn World),
) -> Done {
    let (progress, now_ms, world) = at;
    progress.begin(Stage::Applying, 0);
    let mut entropy = world.entropy();
    let change = match then {
        Then::Undo | Then::Redo => match steps::living(change, open.contents.session().vault()) {
            Some(change) => change,
            None => return Done::Gone,
        },
        Then::Import | Then::Act => change,
    };
    let inverse = open.contents.apply(&change, now_ms, &mut *entropy);
    drop(change);
    let Some(change) = inverse else { return Done::Applied { then, deed, done: false, file: None } };
    let step = steps::Step { change, deed: deed.0, count: deed.1 };
    match then {
        Then::Undo => open.redo.push(step),
        Then::Redo => open.undo.push(step),
        Then::Import | Then::Act => steps::push(open, step),
    }
    Done::Applied { then, deed, done: true, file: seal(open, at) }
}

/// Seals the vault as it is; none when that failed: it is tried again in the loop, which tells why.
fn seal(open: &mut Open, (progress, now_ms, world): (&Progress, u64, &dyn World)) -> Option<Arc<Ciphertext>> {
    progress.begin(Stage::Sealing, 0);
    open.contents.session_mut().seal(now_ms, &mut *world.entropy()).ok().map(Arc::new)
}

/// Reads and plans; none when it was cancelled.
fn plan(
    open: &Open,
    path: PathBuf,
    options: Options,
    (progress, now_ms, world): (&Progress, u64, &dyn World),
) -> Option<Done> {
    progress.begin(Stage::Reading, 0);
    let most = u64::try_from(FILE_MOST).unwrap_or(u64::MAX);
    let failed = |failure| Some(Done::Planned(Err(failure)));
    let bytes = match world.files(Ask::Read { path: path.clone(), most }) {
        Answer::Read(Ok(bytes)) => bytes,
        Answer::Read(Err(failure)) => return failed(PlanFailure::File(failure)),
        _ => return failed(PlanFailure::File(files::Failure::Lost)),
    };
    progress.begin(Stage::Rows, count(memchr::memchr_iter(b'\n', &bytes).count()));
    let imported = match import::read_watched(&bytes, options, &|rows| progress.step(rows)) {
        Ok(imported) => imported,
        Err(ImportError { what: ImportFault::Stopped, .. }) => return None,
        Err(error) => return failed(PlanFailure::Import(error)),
    };
    drop(bytes);
    progress.begin(Stage::Planning, count(imported.items.len()));
    let (session, mut entropy) = (open.contents.session(), world.entropy());
    let latest = session.vault().latest();
    let planned = {
        let mut sealer = session.sealer(&mut *entropy);
        plan_watched(&imported, session.vault(), &mut sealer, now_ms, &|rows| progress.step(rows))
    };
    match planned {
        Ok(plan) => plan.map(|plan| Done::Planned(Ok(Box::new(Planned { path, imported, plan, latest })))),
        Err(_) => failed(PlanFailure::Entropy),
    }
}

/// Gathers; none when it was cancelled, or when there is nothing to gather for.
fn gather(open: &Open, id: Id, progress: &Progress, world: &dyn World) -> Option<Done> {
    let session = open.contents.session();
    let incident = session.vault().incident(id)?;
    let revealer = session.revealer();
    let open = |id: Id, envelope: &[u8]| revealer.open(id, envelope);
    let key = array(&mut *world.entropy()).ok()?;
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    progress.begin(Stage::Comparing, count(session.vault().entries().count()));
    let step = |done, _| progress.step(count(done));
    let (found, shut) = incident::gather_all(session.vault(), incident, &open, (key, threads), &step)?;
    let changed = incident::key_changed(session.vault(), incident);
    let mut backups = world.backups(&session.header().vault);
    backups.retain(|backup| changed.is_none_or(|when| backup.ms <= when));
    Some(Done::Gathered(Box::new(Gathered { incident: id, found, shut, backups })))
}
