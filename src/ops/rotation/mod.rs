//! Changing passwords now and then: when a change is due, and (once it is staged) the command that
//! sets the new password at its host.
//!
//! Not here: running anything ([`crate::platform::rotator`]), and what a staged change is
//! ([`super::staged`]).

pub mod due;
pub mod rotator;

pub use due::{Cause, Due, Intervals, Rhythm};
pub use rotator::Rotator;
