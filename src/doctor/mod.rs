//! What `mamori doctor` finds: how much of what mamori promises holds on this machine. Each
//! [`Finding`] is a fact that was really looked at; [`Finding::level`] judges it, the words are
//! [`crate::text::doctor`]'s. It opens no vault, asks for no password, uses no network.
//!
//! [`vault`] looks at the file and what lies around it, [`machine`] at the system and this process,
//! [`terminal`] at the terminal and the way to the clipboard.

pub mod machine;
pub mod terminal;
pub mod vault;

use std::path::PathBuf;

use crate::crypto::kdf::Params;
use crate::platform::clipboard::Route;
use crate::platform::keyring::Unavailable;
use crate::platform::surroundings::Swap;
use crate::store::{ReadError, SaveError};

/// How a finding is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// It holds.
    Ok,
    /// Good to know.
    Note,
    /// Something should be done.
    Problem,
}

/// What a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// The vault file and what belongs to it.
    Vault,
    /// The system and this process.
    Machine,
    /// The terminal.
    Terminal,
}

/// One fact.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "the page of the texts says each in whole sentences")]
pub enum Finding {
    /// The file itself.
    VaultMissing,
    VaultUnreadable(ReadError),
    VaultWhole {
        bytes: u64,
    },
    VaultBeforeKeyChange,
    VaultMode(u32),
    VaultOwner(u32),
    VaultNames(u64),
    VaultLink(PathBuf),
    /// Its key derivation: costs; whether the memory is there.
    Kdf(Params),
    KdfMemory {
        need: u64,
        free: u64,
    },
    /// The folder: its mode, and whether its file system has permissions at all.
    FolderMode {
        mode: u32,
        permissions: bool,
    },
    FolderMissing,
    DiskOrdinary(String),
    DiskNetwork(String),
    DiskWithoutPermissions(String),
    DiskMemory(String),
    DiskProgram(String),
    DiskReadOnly(String),
    Space {
        free: u64,
        need: u64,
    },
    SavesHold,
    NoExchange,
    NoLock,
    NotTried,
    CannotWrite(SaveError),
    /// What lies around.
    Temps(usize),
    Copies(Vec<String>),
    Unsaved(usize),
    NoBackups,
    Backups {
        count: usize,
        newest: u64,
        older: usize,
    },
    BackupsUnsound {
        name: String,
        count: usize,
    },
    StateMode(u32),
    BackupsMode(u32),
    SettingsMode(u32),
    SettingsOpen(PathBuf),
    SettingsRight,
    SettingsWrong(usize),
    /// The machine.
    MemoryLocked,
    MemoryKeysOnly {
        limit: Option<u64>,
    },
    MemoryUnlocked {
        limit: Option<u64>,
    },
    Hidden {
        undumpable: bool,
        no_core: bool,
    },
    Ptrace(Option<u8>),
    NoSwap,
    Swaps(Vec<(String, Swap)>),
    Keyring,
    NoKeyring(Unavailable),
    ClockRight,
    ClockBehind {
        saved: u64,
    },
    ClockUnset,
    /// The terminal.
    NotATerminal,
    TerminalAnswers(String),
    TerminalSilent(String),
    LinesWide,
    ColoursOff,
    LocaleUtf8,
    LocaleForeign(String),
    LocalePlain,
    Copy(Route),
    TmuxWatched,
    TmuxNotWatched,
}

/// Bits of a mode by which others than the owner may write.
const OTHERS_WRITE: u32 = 0o022;
/// Bits by which they may read.
const OTHERS_READ: u32 = 0o044;
/// A folder in which only the owner of a file may rename or remove it, such as `/tmp`.
const STICKY: u32 = 0o1000;

impl Finding {
    /// What is to be thought of it.
    pub fn level(&self) -> Level {
        use Finding as F;
        match self {
            F::VaultMode(mode) | F::SettingsMode(mode) if mode & OTHERS_WRITE != 0 => Level::Problem,
            F::VaultMode(mode) if mode & OTHERS_READ != 0 => Level::Note,
            // - where there are no permissions nobody can set them: it is said, and that is all
            F::FolderMode { permissions: false, .. } => Level::Note,
            F::FolderMode { mode, .. } if mode & OTHERS_WRITE != 0 => {
                if mode & STICKY == 0 {
                    Level::Problem
                } else {
                    Level::Note
                }
            }
            F::StateMode(mode) | F::BackupsMode(mode) if mode & OTHERS_WRITE != 0 => Level::Problem,
            F::StateMode(mode) | F::BackupsMode(mode) if mode & 0o077 != 0 => Level::Note,
            F::VaultMode(_) | F::SettingsMode(_) | F::FolderMode { .. } => Level::Ok,
            F::StateMode(_) | F::BackupsMode(_) => Level::Ok,
            F::Kdf(params) if params.below_floor() => Level::Problem,
            F::KdfMemory { need, free } if free < need => Level::Problem,
            F::Space { free, need } if free < need => Level::Problem,
            F::Hidden { undumpable: true, no_core: true } => Level::Ok,
            F::Ptrace(Some(1..)) => Level::Ok,
            F::Swaps(all) if all.iter().all(|(_, swap)| *swap != Swap::NotKnown) => Level::Ok,
            F::Copy(Route::None(_) | Route::Tmux { nested: true }) => Level::Note,
            F::VaultUnreadable(_)
            | F::VaultBeforeKeyChange
            | F::DiskMemory(_)
            | F::DiskReadOnly(_)
            | F::CannotWrite(_)
            | F::BackupsUnsound { .. }
            | F::SettingsWrong(_)
            | F::SettingsOpen(_)
            | F::Hidden { .. }
            | F::ClockBehind { .. }
            | F::ClockUnset
            | F::LocaleForeign(_) => Level::Problem,
            F::VaultMissing
            | F::VaultOwner(_)
            | F::VaultNames(_)
            | F::VaultLink(_)
            | F::FolderMissing
            | F::DiskNetwork(_)
            | F::DiskWithoutPermissions(_)
            | F::DiskProgram(_)
            | F::NoExchange
            | F::NoLock
            | F::NotTried
            | F::Temps(_)
            | F::Copies(_)
            | F::Unsaved(_)
            | F::NoBackups
            | F::MemoryKeysOnly { .. }
            | F::MemoryUnlocked { .. }
            | F::Ptrace(_)
            | F::Swaps(_)
            | F::NoKeyring(_)
            | F::NotATerminal
            | F::TerminalSilent(_)
            | F::LinesWide
            | F::TmuxNotWatched => Level::Note,
            F::VaultWhole { .. }
            | F::Kdf(_)
            | F::KdfMemory { .. }
            | F::DiskOrdinary(_)
            | F::Space { .. }
            | F::SavesHold
            | F::Backups { .. }
            | F::SettingsRight
            | F::MemoryLocked
            | F::NoSwap
            | F::Keyring
            | F::ClockRight
            | F::TerminalAnswers(_)
            | F::ColoursOff
            | F::LocaleUtf8
            | F::LocalePlain
            | F::Copy(_)
            | F::TmuxWatched => Level::Ok,
        }
    }

    /// What it is about.
    pub fn group(&self) -> Group {
        use Finding as F;
        match self {
            F::MemoryLocked
            | F::MemoryKeysOnly { .. }
            | F::MemoryUnlocked { .. }
            | F::Hidden { .. }
            | F::Ptrace(_)
            | F::NoSwap
            | F::Swaps(_)
            | F::Keyring
            | F::NoKeyring(_)
            | F::ClockRight
            | F::ClockBehind { .. }
            | F::ClockUnset => Group::Machine,
            F::NotATerminal
            | F::TerminalAnswers(_)
            | F::TerminalSilent(_)
            | F::LinesWide
            | F::ColoursOff
            | F::LocaleUtf8
            | F::LocaleForeign(_)
            | F::LocalePlain
            | F::Copy(_)
            | F::TmuxWatched
            | F::TmuxNotWatched => Group::Terminal,
            _ => Group::Vault,
        }
    }

    /// What was looked at, as a stable word for programs; several findings share one.
    pub fn id(&self) -> &'static str {
        use Finding as F;
        match self {
            F::VaultMissing | F::VaultUnreadable(_) | F::VaultWhole { .. } => "vault-file",
            F::VaultBeforeKeyChange => "vault-epoch",
            F::VaultMode(_) => "vault-mode",
            F::VaultOwner(_) => "vault-owner",
            F::VaultNames(_) => "vault-hard-links",
            F::VaultLink(_) => "vault-symlink",
            F::Kdf(_) => "kdf-cost",
            F::KdfMemory { .. } => "kdf-memory",
            F::FolderMode { .. } | F::FolderMissing => "folder-mode",
            F::DiskOrdinary(_)
            | F::DiskNetwork(_)
            | F::DiskWithoutPermissions(_)
            | F::DiskMemory(_)
            | F::DiskProgram(_)
            | F::DiskReadOnly(_) => "file-system",
            F::Space { .. } => "disk-space",
            F::SavesHold | F::NotTried | F::CannotWrite(_) => "saving",
            F::NoExchange => "exchange-rename",
            F::NoLock => "file-lock",
            F::Temps(_) => "temps",
            F::Copies(_) => "copies",
            F::Unsaved(_) => "unsaved",
            F::NoBackups | F::Backups { .. } | F::BackupsUnsound { .. } => "backups",
            F::StateMode(_) => "state-mode",
            F::BackupsMode(_) => "backups-mode",
            F::SettingsMode(_) => "settings-mode",
            F::SettingsOpen(_) => "settings-open",
            F::SettingsRight | F::SettingsWrong(_) => "settings",
            F::MemoryLocked | F::MemoryKeysOnly { .. } | F::MemoryUnlocked { .. } => "memory-lock",
            F::Hidden { .. } => "dumpable",
            F::Ptrace(_) => "ptrace-scope",
            F::NoSwap | F::Swaps(_) => "swap",
            F::Keyring | F::NoKeyring(_) => "keyring",
            F::ClockRight | F::ClockBehind { .. } | F::ClockUnset => "clock",
            F::NotATerminal | F::TerminalAnswers(_) | F::TerminalSilent(_) => "terminal",
            F::LinesWide => "line-width",
            F::ColoursOff => "colours",
            F::LocaleUtf8 | F::LocaleForeign(_) | F::LocalePlain => "locale",
            F::Copy(_) => "clipboard",
            F::TmuxWatched | F::TmuxNotWatched => "tmux",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_others_may_change_is_a_problem_and_what_cannot_be_helped_a_note() {
        let folder = |mode, permissions| Finding::FolderMode { mode, permissions }.level();
        assert_eq!(folder(0o700, true), Level::Ok);
        assert_eq!(folder(0o755, true), Level::Ok);
        assert_eq!(folder(0o775, true), Level::Problem);
        assert_eq!(folder(0o1777, true), Level::Note, "the like of /tmp");
        for mode in [0o777, 0o755, 0o700] {
            assert_eq!(folder(mode, false), Level::Note, "FAT, and the disks of Windows in WSL");
        }
        let mode = |mode| Finding::VaultMode(mode).level();
        assert_eq!((mode(0o600), mode(0o644), mode(0o620)), (Level::Ok, Level::Note, Level::Problem));
        assert_eq!(Finding::StateMode(0o750).level(), Level::Note);
    }

    #[test]
    fn one_swap_in_clear_is_enough_for_a_note() {
        let swaps = |kinds: &[Swap]| {
            Finding::Swaps(kinds.iter().map(|kind| (String::new(), *kind)).collect()).level()
        };
        assert_eq!(swaps(&[Swap::Memory, Swap::Encrypted]), Level::Ok);
        assert_eq!(swaps(&[Swap::Memory, Swap::NotKnown]), Level::Note);
    }
}
