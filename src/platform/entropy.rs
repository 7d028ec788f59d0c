//! The system's random generator behind [`Entropy`].

use rand::TryRng;

use crate::crypto::entropy::{Entropy, EntropyError};

/// The operating system's generator.
#[derive(Debug, Clone, Copy, Default)]
pub struct System;

impl Entropy for System {
    fn fill(&mut self, out: &mut [u8]) -> Result<(), EntropyError> {
        rand::rngs::SysRng.try_fill_bytes(out).map_err(|_| EntropyError)
    }
}
