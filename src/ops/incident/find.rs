//! Which incident, and which of its steps, is meant; and what a person says of a step, with all that
//! follows from it: a staged password confirmed, an account archived, a password of the host's kept.

use super::{Plan, State, act};
use crate::crypto::entropy::EntropyError;
use crate::model::incident::{Incident, StepState, Task};
use crate::model::{Entry, Id, Vault};
use crate::ops::change::Change;
use crate::ops::edit::{EntryEdit, Sealer};
use crate::ops::staged;

/// Why no incident, or no step, is meant. Ids stand for incidents or entries.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StepError {
    /// No incident is open.
    #[error("no incident is open")]
    NoIncident,
    /// No incident is about this entry.
    #[error("no incident is about this entry")]
    NotOfEntry,
    /// Several incidents are meant.
    #[error("several incidents are open")]
    Several(Vec<Id>),
    /// One is open for this entry already.
    #[error("an incident is open for this entry already")]
    AlreadyOpen,
    /// There is no such step.
    #[error("no such step")]
    NoStep {
        /// How many steps there are.
        steps: usize,
    },
    /// The step is about no account.
    #[error("the step is about no account")]
    NoAccount,
    /// The host set the password, and no own one replaced it.
    #[error("the password was set by the host")]
    Forced,
    /// Two machines each staged a password.
    #[error("several passwords are staged")]
    SeveralStaged,
}

/// The incident that is meant: the one of this id, the one about this entry, or the only open one.
pub fn incident(vault: &Vault, id: Option<Id>) -> Result<Incident<'_>, StepError> {
    let open = |one: &Incident<'_>| one.closed().is_none();
    let Some(id) = id else {
        let all: Vec<Incident<'_>> = vault.incidents().filter(open).collect();
        return only(&all).ok_or(StepError::NoIncident)?;
    };
    if let Some(found) = vault.incident(id) {
        return Ok(found);
    }
    let all: Vec<Incident<'_>> = vault.incidents().filter(|one| one.broken().contains(&id)).collect();
    let now: Vec<Incident<'_>> = all.iter().copied().filter(open).collect();
    let wanted = if now.is_empty() { all } else { now };
    only(&wanted).ok_or(StepError::NotOfEntry)?
}

fn only<'a>(all: &[Incident<'a>]) -> Option<Result<Incident<'a>, StepError>> {
    match all {
        [] => None,
        [one] => Some(Ok(*one)),
        several => Some(Err(StepError::Several(several.iter().map(|one| one.id()).collect()))),
    }
}

/// The place of the step about an entry: the first that is open, else the first.
pub fn step_of(plan: &Plan, entry: Id) -> Result<usize, StepError> {
    let of = |at: &usize| plan.steps[*at].task.entry() == Some(entry);
    let all: Vec<usize> = (0..plan.steps.len()).filter(of).collect();
    let open = all.iter().find(|at| plan.steps[**at].state.is_open());
    open.or(all.first()).copied().ok_or(StepError::NoStep { steps: plan.steps.len() })
}

/// The step is done. A staged password becomes the current one; what takes that back is
/// [`staged::Step::back`]'s. `fresh` is a new id.
pub fn done(
    vault: &Vault,
    incident: Incident<'_>,
    task: Task,
    state: State,
    fresh: Id,
) -> Result<staged::Step, StepError> {
    let say = act::say(incident, task, StepState::Done, "");
    let before = incident.step(task).state.map_or(StepState::ToDo, |(state, _)| state);
    let back = act::say(incident, task, before, "");
    let Task::Password(id) = task else {
        return Ok(staged::Step { change: say, back });
    };
    let record = vault.record(id).ok_or(StepError::NoAccount)?;
    match Entry(record).staged().as_slice() {
        [] if state == State::Forced => Err(StepError::Forced),
        [] => Ok(staged::Step { change: say, back }),
        [one] => {
            let step = staged::confirm(record, one.element, fresh).ok_or(StepError::NoAccount)?;
            Ok(staged::Step {
                change: Change::Many(vec![step.change, say]),
                back: Change::Many(vec![step.back, back]),
            })
        }
        _ => Err(StepError::SeveralStaged),
    }
}

/// The host has set this password by itself: it is recorded as the current one, the old one stays in
/// the history, the step stays open.
pub fn forced(
    vault: &Vault,
    sealer: &mut Sealer<'_>,
    task: Task,
    plain: &[u8],
) -> Result<Option<Change>, ForcedError> {
    let Task::Password(id) = task else { return Err(StepError::NoAccount.into()) };
    let record = vault.record(id).ok_or(StepError::NoAccount)?;
    let mut edit = EntryEdit::of(sealer, record);
    staged::force(&mut edit, plain)?;
    Ok(edit.finish())
}

/// Why a password of the host's was not recorded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ForcedError {
    /// The step.
    #[error(transparent)]
    Step(#[from] StepError),
    /// No random bytes.
    #[error(transparent)]
    Entropy(#[from] EntropyError),
}
