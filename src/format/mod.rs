//! Format: filled in below by the format page.

pub mod body;
pub mod header;
pub mod payload;
mod wire;

/// Why bytes are not a vault file that this program opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FormatError {
    /// The first six bytes are others.
    #[error("not a mamori vault")]
    NotAVault,
    /// A later version of the format.
    #[error("made by a newer mamori (format {version})")]
    Newer {
        /// Its version.
        version: u16,
        /// The digest does not hold either.
        maybe_damaged: bool,
    },
    /// A later payload that this program must not read.
    #[error("made by a newer mamori (payload needs reader {0})")]
    NewerPayload(u16),
    /// Bytes are missing, added or changed.
    #[error("the file is damaged")]
    Damaged,
    /// Key derivation parameters outside the bounds.
    #[error("the file is damaged or hostile: its key derivation asks for too much or too little")]
    HostileCost,
    /// The MAC does not hold under the key at hand.
    #[error("wrong password or forged header")]
    WrongKey,
    /// More than a vault file can hold.
    #[error("the vault is larger than a vault file can be")]
    TooLarge,
}
