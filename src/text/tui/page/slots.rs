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
        SlotsTold::NoLetter => "A recovery code has only the letters A to Z and digits.".to_owned(),
        SlotsTold::NoRecovery => "This vault has no recovery code.".to_owned(),
        SlotsTold::Cheap => {
            "Guessing the password is too cheap here. Raise it under: Ways to open.".to_owned()
        }
    },
};

/// Japanese.
pub const JA: Text = Text {
    told: |told| match told {
        SlotsTold::LeftOut(count) => {
            format!("開け方は 8 つまでなので、もう一方の写しの {count} つは入りませんでした。")
        }
        SlotsTold::NoLetter => "復旧コードは英字と数字だけです。".to_owned(),
        SlotsTold::NoRecovery => "この保管庫に復旧コードはありません。".to_owned(),
        SlotsTold::Cheap => "総当たりへの備えが弱いままです。: の「開け方」で強くできます。".to_owned(),
    },
};
