//! # mamori (守り, "protection"): how it is built
//!
//! A full-screen terminal password manager: one encrypted file, one binary, no server, no account,
//! no network unless asked. This is the page to read first; each module opens with what it is and
//! what it is not.
//!
//! ## Words
//!
//! *Vault* the whole collection and its file · *entry* one thing in it, of a *kind* · *field* a named
//! value, plain or secret · *revision* an earlier state · *staged change* a new password beside the old
//! one · *slot* one way to open the vault. In the event loop: **Event** what happened, **Command** what a
//! person can ask for (a row of the table), **Effect** what the shell must do, as data, **Outcome** what
//! became of it, **Change** an edit of the vault.
//!
//! ## Modules, in reading order
//!
//! | module | what it is |
//! |---|---|
//! | [`secret`] | values nobody may see unasked: wiped, no `Clone`, `Debug` prints nothing |
//! | [`crypto`] | bytes to bytes: Argon2id, AES-256-GCM, the key tree, random choices |
//! | [`mod@format`] | the vault file: its first page is the exact format |
//! | [`model`] | plain data: records made of stamped versions, read as entries |
//! | [`ops`] | functions over the model: change, edit, merge, search, generate, codes, import |
//! | [`session`] | a vault closed ([`session::Sealed`]) and open ([`session::Open`]) |
//! | [`store`] | vault files on a disk: read, lock, replace, back up; all through [`store::disk::Disk`] |
//! | [`commit`] | writes an open vault: lock, join what changed, seal, replace |
//! | [`leaks`] | leaked passwords: the lists at hand as one look-up for the health check |
//! | [`kept`] | opens a vault with the key that `mamori unlock` keeps in the kernel |
//! | [`doctor`] | how much of what is promised holds on this machine |
//! | [`platform`] | memory, terminal, clipboard, clock, signals: what differs from system to system |
//! | [`text`] | everything the program says, in Japanese and English |
//! | `cli`, `tui` | the two faces; they never import one another |
//!
//! ## What a save is
//!
//! A form or a command makes a [`ops::change::Change`] → [`session::Open::apply`] gives it a stamp
//! greater than all that were seen → [`session::Open::seal`] makes the whole file anew (records that did
//! not change are copied from the payload that was read) → [`store::Store::save`] compares the file on
//! the disk by its MAC with the one this came from and replaces it in one step, or says *changed* → the
//! other copy is joined ([`ops::merge`]) and sealed again. The ciphertext is kept until the disk has it.
//!
//! ## Invariants
//!
//! Each is something that is *absent*; `tests/tidy.rs` holds them.
//!
//! * `model` does not know that files exist.
//! * `crypto`, `format`, `model`, `ops` and `session` read no clock, no disk and no environment: time and
//!   random bytes come in as arguments.
//! * Only `store` and `platform` touch the file system; a vault is reached through `store::disk` alone.
//! * `tui::update` performs no I/O; views take `&State` and change nothing.
//! * Nothing below `tui` mentions ratatui; `cli` and `tui` never import one another.
//! * There is `unsafe` in `platform::memory` and nowhere else.
//! * No secret has `Clone`, `Display`, `Serialize` or a `Debug` that prints it.
//!
//! ## What stays secret how
//!
//! In the open vault each secret value is still sealed under a key of its own; listing and searching
//! touch only titles, user names, addresses, tags. A secret is opened at the moment it is copied, shown or
//! checked, into locked memory, and wiped after. The data key lies in a locked page of its own. So a
//! memory image of an idle, unlocked mamori holds no password in plain text; it does hold the key.

pub mod cli;
pub mod commit;
pub mod config;
pub mod crypto;
pub mod doctor;
pub mod error;
pub mod format;
pub mod kept;
pub mod leaks;
pub mod model;
pub mod ops;
pub mod paths;
pub mod platform;
pub mod secret;
pub mod session;
pub mod store;
pub mod text;
pub mod tui;
