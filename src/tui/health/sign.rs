//! The sign of a finding: one ASCII cell, the same in every mode, told apart by its shape alone;
//! red is for what is leaked.

use crate::ops::health::Check;
use crate::tui::theme::{Name, Theme};

/// The sign of a check.
pub fn sign(check: Check) -> &'static str {
    match check {
        Check::Leaked => "!",
        Check::Reused => "=",
        Check::Similar => "~",
        Check::Master => "#",
        Check::Weak => "?",
        Check::Expired => "x",
        Check::Old => "o",
        Check::Insecure | Check::Duplicate | Check::Staged => ".",
        Check::SecondFactor | Check::Kit | Check::Derivation => ".",
    }
}

/// How it looks. On a light background the colour of warnings is red, too.
pub fn look(check: Check, theme: &Theme) -> Name {
    match check {
        Check::Leaked => Name::Danger,
        Check::Reused | Check::Similar | Check::Master | Check::Weak if theme.light => Name::Title,
        Check::Reused | Check::Similar | Check::Master | Check::Weak => Name::Warn,
        Check::Expired | Check::Old | Check::Insecure | Check::Duplicate | Check::Staged => Name::Text,
        Check::SecondFactor | Check::Kit | Check::Derivation => Name::Text,
    }
}
