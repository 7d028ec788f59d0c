//! Incident mode: an account was taken over. What falls next, in which order it is mended, and what
//! of it is done.
//!
//! [`gather()`] finds the accounts and why each is among them; [`act`] makes the changes that record it
//! (steps are kept in the vault, so a plan is resumed anywhere and loses nothing when it is gathered
//! again); [`plan`](mod@plan) reads the record and the entries and says the steps in the [`order`] in
//! which they are worked through, each with its state.
//!
//! The state of a step is what a person said of it or what the entry itself tells, whichever came
//! last: a password that was changed after the incident was opened is done wherever it was changed.
//!
//! Nothing here opens a secret but the pass over passwords ([`crate::ops::health::alike`]), which is a
//! caller's to run; nothing reads a clock or a disk.

pub mod act;
pub mod find;
pub mod gather;
pub mod order;
pub mod plan;
pub mod topic;

pub use find::StepError;
pub use gather::{Found, Graph, gather, gather_all, sought};
pub use plan::{Facts, Plan, State, Step, key_changed, plan};
pub use topic::Topic;

#[cfg(test)]
mod tests;
