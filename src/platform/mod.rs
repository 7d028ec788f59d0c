//! What differs from system to system, each behind a small function or trait: memory for secrets,
//! random bytes, the clock, hardening of the process, the terminal, the clipboard, tmux, the
//! kernel's keyring. Not here: vault files ([`crate::store`]).

pub mod clipboard;
pub mod clock;
pub mod entropy;
pub mod handed;
pub mod harden;
pub mod hibp;
pub mod keyring;
pub mod locale;
pub mod memory;
pub mod opener;
pub mod panes;
pub mod program;
pub mod resources;
pub mod rotator;
pub mod signals;
pub mod surroundings;
pub mod tmux;
pub mod tty;
