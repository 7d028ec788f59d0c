//! The terminal.
pub mod key;
pub mod parser;
mod csi;
