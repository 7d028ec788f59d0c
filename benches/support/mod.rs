//! What the benchmarks share: invented entries ([`words`]), vaults made of them ([`vault`]),
//! measuring and the table ([`measure`]), whole processes ([`process`]), the peer's files ([`peer`]).
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "each benchmark uses its own part; it may stop at once, prints, and writes scratch files"
)]

pub mod measure;
pub mod peer;
pub mod process;
pub mod vault;
pub mod words;
