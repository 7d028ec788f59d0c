//! The strings of one face.

pub mod en;
pub mod ja;

/// The strings.
#[derive(Debug)]
pub struct Text {}
