//! The file of an open vault, watched: when it is looked at, and what was found there that is not ours.

use std::time::Duration;

use crate::tui::effect::{Amiss, JobId, Mark};

/// The file is being read again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Loading {
    /// The job.
    pub job: JobId,
    /// A person asked for it, and is told when there is nothing new.
    pub asked: bool,
}

/// The file is being looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Looking {
    /// The job.
    pub job: JobId,
    /// Which file this vault was the state of when the look began.
    pub loaded: Option<[u8; 32]>,
}

/// What is known of the file that lies there.
#[derive(Debug, Default)]
pub struct Watch {
    /// When it is looked at next.
    pub at: Duration,
    /// It is being looked at.
    pub looking: Option<Looking>,
    /// It is being read again.
    pub loading: Option<Loading>,
    /// Which file of another session was read last.
    pub mark: Option<Mark>,
    /// The file that lies there is of this vault and epoch under another key: the password was changed
    /// there and here, apart.
    pub forked: bool,
    /// What was amiss with the file at the last look, and whether it was told.
    pub amiss: Option<(Amiss, bool)>,
    /// The job that moves a copy to the backups.
    pub putting: Option<JobId>,
}
