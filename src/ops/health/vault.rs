//! Findings about the vault itself: no way in but the master password, a cheap key derivation.

use super::{Check, Why};

/// What is known of the vault itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct VaultFacts {
    /// It has a recovery code.
    pub recovery: bool,
    /// A slot is below what new vaults get (64 MiB, 3 passes).
    pub cheap: bool,
    /// So many slots have a password, alone or with a key file.
    pub passwords: u32,
}

pub(super) fn check(facts: Option<VaultFacts>) -> Vec<(Check, Why)> {
    let mut found = Vec::new();
    if let Some(facts) = facts {
        if !facts.recovery {
            found.push((Check::Kit, Why::NoKit));
        }
        if facts.cheap {
            found.push((Check::Derivation, Why::CheapDerivation));
        }
    }
    found
}
