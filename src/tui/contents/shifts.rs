//! How the rows of the index moved, as long as they did so one by one: what has sorted them looks here for
//! what to move. Not here: why they moved.

use crate::ops::search::Shift;

/// So many entries at once are not taken in one by one.
pub(super) const FEW: usize = 64;

/// The notes of it.
#[derive(Debug, Default)]
pub(super) struct Shifts {
    /// Grows whenever the notes begin anew.
    begun: u64,
    all: Vec<Shift>,
}

impl Shifts {
    pub(super) fn note(&mut self, shift: Shift) {
        if self.all.len() >= FEW {
            self.forget();
        }
        self.all.push(shift);
    }

    pub(super) fn forget(&mut self) {
        self.begun += 1;
        self.all.clear();
    }

    pub(super) fn now(&self) -> Shifted {
        Shifted(self.begun, self.all.len())
    }

    pub(super) fn since(&self, then: Shifted) -> Option<&[Shift]> {
        self.all.get(then.1..).filter(|_| self.begun == then.0)
    }
}

/// A place in the notes of moved rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Shifted(u64, usize);
