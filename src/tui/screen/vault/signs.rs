//! The signs of a row of the list: one ASCII cell each, the same in every mode. The list draws them and
//! the help explains them, both from here; what the findings look like says [`crate::tui::health::sign`].

use crate::ops::health::Check;
use crate::tui::health;

/// What a cell of a row says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// The row in focus.
    Cursor,
    /// A marked entry, in every list.
    Marked,
    /// A favourite.
    Favourite,
    /// The worst finding of the entry.
    Found(Check),
}

impl Sign {
    /// All that can stand in a list, in the order of the help.
    pub fn all() -> impl Iterator<Item = Sign> {
        // - these are told of the vault, not of an entry
        let of_entry =
            Check::ALL.into_iter().filter(|check| !matches!(check, Check::Kit | Check::Derivation));
        [Sign::Cursor, Sign::Marked, Sign::Favourite].into_iter().chain(of_entry.map(Sign::Found))
    }

    /// The cell.
    pub fn cell(self) -> &'static str {
        match self {
            Sign::Cursor => ">",
            Sign::Marked => "+",
            Sign::Favourite => "*",
            Sign::Found(check) => health::sign::sign(check),
        }
    }
}
