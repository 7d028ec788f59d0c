//! What is told of plans for taken-over accounts.

use super::Level;

/// What became of a plan for a taken-over account, or of a step of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IncidentTold {
    /// It is made.
    Opened,
    /// An account was added to it.
    Added,
    /// A step is done.
    Done,
    /// A step is left out.
    Skipped,
    /// The account of a step is closed.
    AccountClosed,
    /// A step is to do again.
    Again,
    /// So many accounts must move to another address.
    Moves(usize),
    /// The host has set the password: the step stays open.
    Forced,
    /// Two passwords are staged.
    SeveralStaged,
    /// So many passwords did not open.
    Shut(usize),
    /// The plan is closed.
    Closed,
    /// The plan is open again.
    Reopened,
    /// Nothing was typed.
    Empty,
    /// A plan is open: so many of its steps are done, of so many.
    GoOn(usize, usize),
    /// The vault refused the change.
    Refused,
}

impl IncidentTold {
    /// All of them.
    pub const ALL: [IncidentTold; 15] = [
        IncidentTold::Opened,
        IncidentTold::Added,
        IncidentTold::Done,
        IncidentTold::Skipped,
        IncidentTold::AccountClosed,
        IncidentTold::Again,
        IncidentTold::Moves(2),
        IncidentTold::Forced,
        IncidentTold::SeveralStaged,
        IncidentTold::Shut(2),
        IncidentTold::Closed,
        IncidentTold::Reopened,
        IncidentTold::Empty,
        IncidentTold::GoOn(2, 9),
        IncidentTold::Refused,
    ];

    pub(super) fn level(self) -> Level {
        match self {
            IncidentTold::Again | IncidentTold::Reopened | IncidentTold::GoOn(..) => Level::Info,
            IncidentTold::Moves(_)
            | IncidentTold::Forced
            | IncidentTold::SeveralStaged
            | IncidentTold::Shut(_)
            | IncidentTold::Empty
            | IncidentTold::Refused => Level::Warn,
            _ => Level::Good,
        }
    }
}
