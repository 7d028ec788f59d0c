//! Functions over the model: change, search, generate, codes, strength, merge, import, export, demo. No
//! disk, no clock, no random generator of their own: time and randomness come in as arguments.

pub mod attached;
pub mod change;
pub mod compare;
pub mod demo;
pub mod edit;
pub mod export;
pub mod filing;
pub mod generate;
pub mod health;
pub mod history;
pub mod import;
pub mod incident;
pub mod links;
pub mod mail_csv;
pub mod mailboxes;
pub mod merge;
pub mod qr;
pub mod readdress;
pub mod reference;
pub mod rotation;
pub mod search;
pub mod staged;
pub mod strength;
pub mod totp;
pub mod twins;
