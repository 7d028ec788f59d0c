//! The strings of one language.

use super::Text;

/// The strings.
pub const TEXT: Text = Text {};
