//! Functions over the model: change, search, generate, codes, strength, merge, import, export. No
//! disk, no clock, no random generator of their own: time and randomness come in as arguments.

pub mod change;
pub mod edit;
pub mod export;
pub mod generate;
pub mod health;
pub mod history;
pub mod import;
pub mod merge;
pub mod reference;
pub mod search;
pub mod strength;
pub mod totp;
