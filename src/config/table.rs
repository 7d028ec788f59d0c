//! The settings one by one: name, what each takes, its default and its present value as it stands
//! in the file. The words about them are the catalog's.

use super::{Background, Settings};
use crate::platform::clipboard::Setting as Clipboard;
use crate::text::Lang;

/// One setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Setting {
    /// `language`
    Language,
    /// `clear_after`
    ClearAfter,
    /// `reveal_for`
    RevealFor,
    /// `lock_after`
    LockAfter,
    /// `lock_on_detach`
    LockOnDetach,
    /// `clipboard`
    Clipboard,
    /// `theme`
    Theme,
    /// `color`
    Color,
    /// `ascii`
    Ascii,
    /// `vault`
    Vault,
    /// `key_file`
    KeyFile,
    /// `backup_dir`
    BackupDir,
    /// `pwned`
    Pwned,
    /// `health_online`
    HealthOnline,
}

/// What a setting takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// One of these words.
    Words(&'static [&'static str]),
    /// `true` or `false`.
    Switch,
    /// A number of seconds between these, and the steps that arrows go.
    Seconds(u64, u64, &'static [u64]),
    /// A path; nothing is the usual place.
    Path,
}

impl Setting {
    /// All of them, in the order of the file and of the settings page.
    pub const ALL: [Setting; 14] = [
        Setting::Language,
        Setting::ClearAfter,
        Setting::RevealFor,
        Setting::LockAfter,
        Setting::LockOnDetach,
        Setting::Pwned,
        Setting::HealthOnline,
        Setting::Clipboard,
        Setting::Theme,
        Setting::Color,
        Setting::Ascii,
        Setting::Vault,
        Setting::KeyFile,
        Setting::BackupDir,
    ];

    /// Its name in the file.
    pub fn name(self) -> &'static str {
        match self {
            Setting::Language => "language",
            Setting::ClearAfter => "clear_after",
            Setting::RevealFor => "reveal_for",
            Setting::LockAfter => "lock_after",
            Setting::LockOnDetach => "lock_on_detach",
            Setting::Clipboard => "clipboard",
            Setting::Theme => "theme",
            Setting::Color => "color",
            Setting::Ascii => "ascii",
            Setting::Vault => "vault",
            Setting::KeyFile => "key_file",
            Setting::BackupDir => "backup_dir",
            Setting::Pwned => "pwned",
            Setting::HealthOnline => "health_online",
        }
    }

    /// What it takes.
    pub fn takes(self) -> Takes {
        match self {
            Setting::Language => Takes::Words(&["auto", "ja", "en"]),
            Setting::ClearAfter => Takes::Seconds(5, 600, &[5, 10, 15, 20, 30, 45, 60, 90, 120, 300, 600]),
            Setting::RevealFor => Takes::Seconds(2, 300, &[2, 5, 8, 12, 20, 30, 60, 120, 300]),
            Setting::LockAfter => {
                Takes::Seconds(10, 86_400, &[10, 30, 60, 120, 180, 300, 600, 900, 1800, 3600, 14_400, 86_400])
            }
            Setting::LockOnDetach | Setting::Ascii | Setting::HealthOnline => Takes::Switch,
            Setting::Clipboard => Takes::Words(&["auto", "native", "osc52", "tmux", "none"]),
            Setting::Theme => Takes::Words(&["auto", "dark", "light"]),
            Setting::Color => Takes::Words(&["auto", "never"]),
            Setting::Vault | Setting::KeyFile | Setting::BackupDir | Setting::Pwned => Takes::Path,
        }
    }

    /// Its value, without quotation marks; nothing for the usual place.
    pub fn value(self, settings: &Settings) -> String {
        let path = |path: &Option<std::path::PathBuf>| {
            path.as_ref().map_or(String::new(), |path| path.to_string_lossy().into_owned())
        };
        match self {
            Setting::Language => match settings.language {
                None => "auto",
                Some(Lang::Ja) => "ja",
                Some(Lang::En) => "en",
            }
            .to_owned(),
            Setting::ClearAfter => settings.clear_after.as_secs().to_string(),
            Setting::RevealFor => settings.reveal_for.as_secs().to_string(),
            Setting::LockAfter => settings.lock_after.as_secs().to_string(),
            Setting::LockOnDetach => settings.lock_on_detach.to_string(),
            Setting::Clipboard => match settings.clipboard {
                Clipboard::Auto => "auto",
                Clipboard::Native => "native",
                Clipboard::Osc52 => "osc52",
                Clipboard::Tmux => "tmux",
                Clipboard::None => "none",
            }
            .to_owned(),
            Setting::Theme => match settings.theme {
                Background::Auto => "auto",
                Background::Dark => "dark",
                Background::Light => "light",
            }
            .to_owned(),
            Setting::Color => if settings.color { "auto" } else { "never" }.to_owned(),
            Setting::Ascii => settings.ascii.to_string(),
            Setting::Vault => path(&settings.vault),
            Setting::KeyFile => path(&settings.key_file),
            Setting::BackupDir => path(&settings.backup_dir),
            Setting::Pwned => path(&settings.pwned),
            Setting::HealthOnline => settings.health_online.to_string(),
        }
    }

    /// What it takes as a person reads it: the words, or the bounds.
    pub fn range(self) -> String {
        match self.takes() {
            Takes::Words(words) => words.join(" | "),
            Takes::Switch => "true | false".to_owned(),
            Takes::Seconds(least, most, _) => format!("{least} .. {most}"),
            Takes::Path => String::new(),
        }
    }
}
