//! A rotator that is run from the full-screen program: what the job does with the vault that it was
//! handed. It changes nothing there; the page that asked confirms what was set. The new password is on
//! the disk before any of this begins.

use crate::error::{Fault, Report};
use crate::model::{Entry, Id};
use crate::ops::rotation::rotator::{self, End, Rotator, Unfit};
use crate::secret::Secret;
use crate::text::sanitise;
use crate::tui::effect::World;
use crate::tui::screen::vault::Open;
use crate::tui::task::{Progress, Stage};

/// What is to be run.
#[derive(Debug)]
pub struct Job {
    /// The entry.
    pub entry: Id,
    /// Its staged change.
    pub element: Id,
    /// The command.
    pub rotator: Rotator,
}

/// What became of it.
#[derive(Debug)]
pub struct Ran {
    /// The entry.
    pub entry: Id,
    /// Its staged change.
    pub element: Id,
    /// Why it is not set; none when it is.
    pub trouble: Option<Box<Report>>,
    /// What the command said, harmless and without the passwords; none where that cannot be shown.
    pub said: Option<String>,
}

/// Runs it.
pub fn work(open: &Open, job: Job, progress: &Progress, world: &dyn World) -> Ran {
    progress.begin(Stage::Running, 0);
    let Job { entry, element, rotator } = job;
    let (trouble, said) = match run(open, (entry, element), &rotator, progress, world) {
        Ok(said) => (None, said),
        Err((report, said)) => (Some(report), said),
    };
    Ran { entry, element, trouble, said }
}

type Failed = (Box<Report>, Option<String>);

fn run(
    open: &Open,
    (id, element): (Id, Id),
    rotator: &Rotator,
    progress: &Progress,
    world: &dyn World,
) -> Result<Option<String>, Failed> {
    let session = open.contents.session();
    let title = session.vault().entry(id).map_or("", Entry::title).to_owned();
    let failed = |fault: Fault| (Box::new(Report::from(fault).about(&title)), Some(String::new()));
    let gone = || failed(crate::ops::staged::StagedError::NoneOpen.into());
    let entry = session.vault().entry(id).ok_or_else(gone)?;
    let one = entry.staged().into_iter().find(|one| one.element == element).ok_or_else(gone)?;
    let new = session.reveal_text(id, one.secret).map_err(|forged| failed(forged.into()))?;
    let old = session.password(entry).transpose().map_err(|forged| failed(forged.into()))?;
    let old = old.unwrap_or_else(|| Secret::copy_of(""));
    if !rotator::is_line(new.expose()) || !rotator::is_line(old.expose()) {
        return Err(failed(Unfit::NotALine.into()));
    }
    let mut arguments = rotator::arguments(rotator, entry).map_err(|unfit| failed(unfit.into()))?;
    if arguments.is_empty() {
        return Err(failed(Unfit::NoSuch.into()));
    }
    let program = arguments.remove(0);
    let stop = || !progress.goes_on();
    let done = world.rotate(&program, &arguments, [&old, &new], rotator.limit, &stop);
    let (end, bytes) = done.map_err(|error| {
        let report = Report::from(error).about(sanitise::line(&program));
        (Box::new(report), Some(String::new()))
    })?;
    let said = rotator::said(&bytes, &[new.expose(), old.expose()], &|text| sanitise::lines(text));
    if end == End::Code(i32::from(rotator.exit)) { Ok(said) } else { Err((failed(end.into()).0, said)) }
}
