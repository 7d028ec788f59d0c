//! What a page made of the vault (a tree, proposals, entries that use an address): of which state of the
//! vault it is, whether it must be made anew, and whether a person stopped the job that makes it. Of a
//! large vault a job makes it, so an outdated one is asked for with the next tick.

use std::time::Duration;

use super::Turn;
use crate::tui::app::Shell;
use crate::tui::screen::vault::Open;

/// How fresh it is.
#[derive(Debug, Default)]
pub struct Fresh {
    /// The state of the vault that it is of; 0 while it is made for the first time.
    version: u64,
    /// The vault is another now: the job is asked for with the next tick.
    stale: bool,
    stopped: bool,
}

impl Fresh {
    /// It was made just now.
    pub fn made(&mut self, open: &Open) {
        self.version = open.contents.version();
    }

    /// It is made for the first time.
    pub fn waits(&self) -> bool {
        self.version == 0
    }

    /// It is to be made anew at once; of a large vault with the next tick.
    pub fn outdated(&mut self, open: &Open) -> bool {
        if self.waits() || self.version == open.contents.version() {
            return false;
        }
        self.stale |= open.contents.is_large();
        !self.stale
    }

    /// When the job is to be asked for.
    pub fn deadline(&self, shell: &Shell) -> Option<Duration> {
        self.stale.then_some(shell.now.boot)
    }

    /// The job is to be asked for now.
    pub fn is_due(&mut self) -> bool {
        std::mem::take(&mut self.stale)
    }

    /// A person stopped a job; true where it was the one that makes this for the first time, so that
    /// there is nothing to show.
    pub fn stopped(&mut self) -> bool {
        self.stopped = self.waits();
        self.stopped
    }

    /// The page closes where there is nothing to show.
    pub fn turn(&mut self) -> Option<Turn> {
        std::mem::take(&mut self.stopped).then_some(Turn::Close)
    }
}
