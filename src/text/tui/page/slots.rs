//! The ways to open the vault, in both languages.

use crate::tui::notice::SlotsTold;

/// The strings.
#[derive(Debug)]
pub struct Text {
    /// What is told.
    pub told: fn(SlotsTold) -> String,
}

/// English.
pub const EN: Text = Text {
    told: |told| match told {
        SlotsTold::LeftOut(count) => {
            format!("The other copy has ways to open it that did not fit: {count}. Eight is the most.")
        }
    },
};

/// Japanese.
pub const JA: Text = Text {
    told: |told| match told {
        SlotsTold::LeftOut(count) => {
            format!("開け方は 8 つまでなので、もう一方の写しの {count} つは入りませんでした。")
        }
    },
};
