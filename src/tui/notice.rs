//! What the program tells in the line above the footer, as facts; the catalog says them. No notice
//! holds anything of the vault, so that notices outlive a lock and can be read again.

mod deed;
mod incident;

pub use self::deed::Deed;
pub use self::incident::IncidentTold;

use crate::ops::import::plan::Counts;
use crate::tui::command::Unavailable;
use crate::tui::files::Failure;

/// How urgent a notice is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Good to know.
    Info,
    /// It worked.
    Good,
    /// Take care.
    Warn,
    /// It failed.
    Danger,
}

/// What became of the clipboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cleared {
    /// It is empty; that was seen.
    Done,
    /// The request to clear was sent; whether the terminal did it cannot be seen.
    Sent,
    /// Something else had been copied since; it was left alone.
    NotOurs,
    /// It could not be cleared yet.
    NotYet,
}

/// Where a copy went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The clipboard of this machine's desktop.
    Desktop,
    /// The terminal (OSC 52).
    Terminal,
    /// The terminal, which did not say that it takes it.
    TerminalUnsure,
    /// tmux, and through it the terminal.
    Tmux,
    /// The terminal, in which another tmux runs: that one may keep a copy that nobody here can delete.
    OuterTmux,
}

/// Why nothing could be copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CopyFailure {
    /// There is no clipboard here.
    NoClipboard,
    /// This terminal is known not to take copies.
    TerminalRefuses,
    /// tmux has its clipboard switched off.
    TmuxOff,
    /// tmux does not answer, or nobody is attached to it.
    TmuxAway,
    /// It is longer than this way carries.
    TooLong,
    /// The desktop could not be reached.
    Unreachable,
}

/// What others may do in the vault's folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exposed {
    /// Put another file in the place of the vault.
    Replaced,
    /// Make files beside it, as in `/tmp`.
    Added,
    /// It has no permissions (FAT, a disk of Windows in WSL).
    NoPermissions,
}

/// Why a file could not be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SaveFailure {
    /// The disk is full.
    Full,
    /// No permission.
    Denied,
    /// The lock file beside the vault is another user's.
    OthersLock,
    /// Another mamori is saving just now.
    Busy,
    /// The work did not come to its end.
    Lost,
    /// There is a file of that name already.
    Exists,
    /// The folder is gone.
    NoFolder,
    /// The disk did not do it.
    Disk,
    /// What lies there is damaged.
    Damaged,
    /// A newer mamori wrote what lies there.
    Newer,
    /// Another vault lies there.
    Foreign,
    /// What lies there is from before the last change of the password.
    Older,
    /// Something else; the words of the system, made harmless.
    Other(String),
}

/// What became of a staged change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StagedTold {
    /// The new password lies beside the old one.
    Kept,
    /// The new one is current.
    Confirmed,
    /// The new one is dropped.
    Discarded,
    /// What the site set is current.
    Forced,
    /// There is no new password yet.
    Empty,
    /// The new one is the old one.
    Same,
    /// No random bytes.
    NoRandom,
    /// The vault refused the change.
    Refused,
    /// A command set it at its host, and it is current.
    Rotated,
    /// It is not on the disk yet.
    NotSaved,
}

impl StagedTold {
    /// All of them.
    pub const ALL: [StagedTold; 10] = [
        StagedTold::Kept,
        StagedTold::Confirmed,
        StagedTold::Discarded,
        StagedTold::Forced,
        StagedTold::Empty,
        StagedTold::Same,
        StagedTold::NoRandom,
        StagedTold::Refused,
        StagedTold::Rotated,
        StagedTold::NotSaved,
    ];

    fn level(self) -> Level {
        match self {
            StagedTold::Rotated
            | StagedTold::Kept
            | StagedTold::Confirmed
            | StagedTold::Discarded
            | StagedTold::Forced => Level::Good,
            StagedTold::Empty | StagedTold::Same | StagedTold::NotSaved => Level::Warn,
            StagedTold::NoRandom | StagedTold::Refused => Level::Danger,
        }
    }
}

/// What became of what lay in the trash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrashTold {
    /// So many entries are back.
    Restored(usize),
    /// So many entries are gone for ever.
    Purged(usize),
    /// Something else was typed than was to be.
    NotTheWord,
}

impl TrashTold {
    /// Each with one and with several.
    pub const ALL: [TrashTold; 5] = [
        TrashTold::Restored(1),
        TrashTold::Restored(20),
        TrashTold::Purged(1),
        TrashTold::Purged(20),
        TrashTold::NotTheWord,
    ];

    fn level(self) -> Level {
        match self {
            TrashTold::Restored(_) | TrashTold::Purged(_) => Level::Good,
            TrashTold::NotTheWord => Level::Warn,
        }
    }
}

/// What became of what another copy of the vault holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OtherTold {
    /// So many entries, or fields of one, are as they are there.
    Taken(usize),
    /// It is like that already.
    Same,
    /// A staged change is left alone.
    StagedStays,
    /// The vault refused it.
    Refused,
    /// What is unsaved must be on the disk first.
    SaveFirst,
    /// A copy lies among the backups.
    PutAway,
    /// No backup is from after the change of the password.
    NoneLater,
    /// The vault lies there anew; what was damaged lies beside it.
    Rewritten,
    /// What lies there is whole again.
    WholeAgain,
    /// A newer mamori wrote the vault file.
    NewerFile,
}

impl OtherTold {
    /// Each, with one and with several.
    pub const ALL: [OtherTold; 11] = [
        OtherTold::Taken(1),
        OtherTold::Taken(20),
        OtherTold::Same,
        OtherTold::StagedStays,
        OtherTold::Refused,
        OtherTold::SaveFirst,
        OtherTold::PutAway,
        OtherTold::NoneLater,
        OtherTold::Rewritten,
        OtherTold::WholeAgain,
        OtherTold::NewerFile,
    ];

    fn level(self) -> Level {
        match self {
            OtherTold::Taken(_) | OtherTold::PutAway | OtherTold::Rewritten | OtherTold::WholeAgain => {
                Level::Good
            }
            OtherTold::Same | OtherTold::StagedStays => Level::Info,
            OtherTold::SaveFirst | OtherTold::NoneLater | OtherTold::NewerFile => Level::Warn,
            OtherTold::Refused => Level::Danger,
        }
    }
}

/// What became of an earlier revision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HistoryTold {
    /// The entry is again what it was.
    Restored,
    /// It is what it was.
    Same,
    /// It is what it was but for a staged change, which a restore leaves alone.
    StagedStays,
}

/// What became of the ways to open the vault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SlotsTold {
    /// So many of another copy are not in: a file has room for eight.
    LeftOut(usize),
    /// No code has a letter like that.
    NoLetter,
    /// The vault has no recovery code.
    NoRecovery,
    /// The first run ended without a recovery kit.
    KitLater,
    /// A slot costs less to guess than new vaults have at least.
    Cheap,
    /// Not while a change is unsaved.
    Unsaved,
    /// There are eight.
    TooMany,
    /// No password would be left.
    LastWay,
    /// One more is there.
    Added,
    /// A recovery code is there.
    CodeAdded,
    /// It has another name.
    Renamed,
    /// The keys are new.
    Changed,
    /// The master password is another one.
    PasswordChanged,
    /// The keys are new; so many entries hold a value that was damaged before.
    Damaged(usize),
    /// So many backups are gone.
    BackupsGone(usize),
    /// So many backups go in a week.
    BackupsLater(usize),
    /// Backups could not be deleted.
    BackupsStay,
}

impl SlotsTold {
    /// All of them.
    pub const ALL: [SlotsTold; 17] = [
        SlotsTold::LeftOut(2),
        SlotsTold::NoLetter,
        SlotsTold::NoRecovery,
        SlotsTold::KitLater,
        SlotsTold::Cheap,
        SlotsTold::Unsaved,
        SlotsTold::TooMany,
        SlotsTold::LastWay,
        SlotsTold::Added,
        SlotsTold::CodeAdded,
        SlotsTold::Renamed,
        SlotsTold::Changed,
        SlotsTold::PasswordChanged,
        SlotsTold::Damaged(12),
        SlotsTold::BackupsGone(20),
        SlotsTold::BackupsLater(20),
        SlotsTold::BackupsStay,
    ];

    fn level(self) -> Level {
        match self {
            SlotsTold::LeftOut(_) | SlotsTold::Cheap | SlotsTold::Damaged(_) => Level::Warn,
            SlotsTold::NoLetter | SlotsTold::NoRecovery | SlotsTold::KitLater => Level::Info,
            SlotsTold::Unsaved | SlotsTold::TooMany | SlotsTold::LastWay => Level::Warn,
            SlotsTold::BackupsStay => Level::Danger,
            SlotsTold::Added | SlotsTold::CodeAdded | SlotsTold::Renamed => Level::Good,
            SlotsTold::Changed | SlotsTold::PasswordChanged => Level::Good,
            SlotsTold::BackupsGone(_) | SlotsTold::BackupsLater(_) => Level::Good,
        }
    }
}

/// A notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// The command cannot be done now.
    Unavailable(Unavailable),
    /// A full-width letter was taken as its key.
    FullWidthKey,
    /// Nothing can be typed or pasted here.
    NothingTyped,
    /// The field is full; nothing was added.
    FieldFull,
    /// The paste was too long or broken.
    PasteRefused,
    /// Bytes came that are not UTF-8.
    NotUtf8,
    /// What became of clearing.
    Cleared(Cleared),
    /// Nothing was copied.
    CopyFailed(CopyFailure),
    /// The secret could not be opened.
    CannotOpenValue,
    /// The code holds only so many seconds: the next one is copied by itself.
    CodeAwaited(u64),
    /// It is not waited for any more.
    CodeNotAwaited,
    /// What was begun of a change of a password is kept until the lock.
    ChangeLeft,
    /// A search is kept in the vault.
    SearchKept,
    /// A kept search is gone.
    SearchForgotten,
    /// What was done to how many entries.
    Done(Deed, usize),
    /// What was undone, and of how many entries.
    Undone(Deed, usize),
    /// What was done again.
    Redone(Deed, usize),
    /// What was to be undone is deleted for ever.
    StepGone,
    /// A secret was typed into this pane; from outside, made harmless.
    SentTo(String),
    /// A browser was asked to open the address.
    Browsing,
    /// The health check begins again.
    HealthAgain,
    /// That was the last problem of the list.
    HealthLast,
    /// There is no list of leaked passwords: what to do.
    HealthNoList,
    /// A change of a password is open in an entry that would go.
    HealthStaged,
    /// All is as it was asked to be.
    NothingChanged,
    /// A folder cannot lie in itself.
    FolderInItself,
    /// There is a folder of that name already.
    FolderThere,
    /// The vault did not take the change.
    ChangeRefused,
    /// The vault is written.
    Saved,
    /// The vault could not be written; the changes are kept in memory.
    SaveFailed(SaveFailure),
    /// What could not be saved at first is saved.
    SavedAfterAll,
    /// The changes of another session were taken in.
    Joined,
    /// The vault was read again.
    Reloaded,
    /// The vault could not be read again.
    ReloadFailed,
    /// What was typed is kept as a draft.
    DraftKept,
    /// A draft was thrown away.
    DraftDropped,
    /// What is typed could not be kept on the disk.
    DraftNotKept,
    /// There is no room: the text is too long, or the paste does not fit.
    TooLongHere,
    /// A file was written out.
    FileWritten(String),
    /// A file could not be read or written.
    FileFailed(crate::tui::files::Failure),
    /// So many further codes of one address become entries of their own when the form is saved.
    CodesToo(usize),
    /// The form was saved as one change.
    EntrySaved,
    /// Another session of this machine put the vault back to an older state.
    PutBackElsewhere,
    /// Nothing new.
    UpToDate,
    /// Entries came in: what became of the rows.
    Imported(Counts),
    /// Long work broke off; the vault was locked, its file is as it was.
    WorkLost,
    /// Nothing was changed: a person stopped it.
    Stopped,
    /// So many entries were written to a file of this name.
    Exported(usize, String),
    /// Of a list of mail accounts: so many entries left out, so many passwords that begin like a formula.
    MailCsv(usize, usize),
    /// The file of this name is gone.
    FileDeleted(String),
    /// Ctrl-C once more quits.
    QuitAgain,
    /// There is no step back: what quits.
    QuitHow,
    /// Locked because nothing was pressed for so long.
    LockedIdle,
    /// The master password was changed in another session.
    PasswordChanged,
    /// The vault was created.
    Created,
    /// Not everything is saved: quitting again throws it away.
    UnsavedAtQuit,
    /// No shell could bring the program back.
    CannotSuspend,
    /// Memory could not be locked; secrets may be swapped out.
    MemoryNotLocked,
    /// The locale names an encoding other than UTF-8.
    ForeignLocale,
    /// Whether copies arrive in this terminal can be tested.
    TestCopies,
    /// What could not be saved in an earlier run is in now.
    Recovered,
    /// A killed save had left a copy that holds more; it lies beside the vault.
    ConflictCopy,
    /// There is no vault, and backups of one are on this machine.
    BackupsLieHere,
    /// So many copies by a sync program lie beside the vault, one of them new.
    CopyBeside(usize),
    /// Others may write into the vault's folder.
    FolderOpen(Exposed),
    /// What became of what another copy of the vault holds.
    Other(OtherTold),
    /// The master password was changed here and in the file that lies there, apart.
    ForkedKeys,
    /// What an earlier run could not save is from before a password change: a person is asked.
    KeptBefore,
    /// The file is an older copy than this machine saved last.
    RolledBack,
    /// The file is from before a password change that this machine has seen: read-only.
    OlderEpoch,
    /// The settings file was changed and counts now.
    SettingsRead,
    /// The settings file holds mistakes; the settings from before stay.
    SettingsWrong,
    /// The settings file was changed elsewhere: this change is to be made once more.
    SettingsChanged,
    /// The settings file could not be written; the change counts until the program ends.
    SettingsUnwritten(Failure),
    /// This vault is written first, then comes the other one.
    SwitchWaits,
    /// The Linux console shows no Japanese.
    ConsoleEnglish,
    /// The key of `mamori unlock` opened it.
    KeptOpened,
    /// It ended with the lock.
    KeptRevoked,
    /// It was there and is gone.
    KeptOver,
    /// Locked because nobody is attached to this tmux any more.
    LockedDetached,
    /// What became of a plan for a taken-over account.
    Incident(IncidentTold),
    /// What became of a staged change.
    Staged(StagedTold),
    /// What became of what lay in the trash.
    Trash(TrashTold),
    /// What became of an earlier revision.
    History(HistoryTold),
    /// What became of the ways to open the vault.
    Slots(SlotsTold),
}

impl Notice {
    /// How urgent it is.
    pub fn level(&self) -> Level {
        match self {
            Notice::SearchKept | Notice::SearchForgotten => Level::Good,
            Notice::Done(..) | Notice::Undone(..) | Notice::Redone(..) | Notice::Saved => Level::Good,
            Notice::Browsing | Notice::SentTo(_) => Level::Good,
            Notice::StepGone | Notice::ChangeRefused => Level::Warn,
            Notice::FolderInItself | Notice::FolderThere => Level::Warn,
            Notice::NothingChanged | Notice::HealthAgain | Notice::HealthLast => Level::Info,
            Notice::HealthNoList => Level::Info,
            Notice::HealthStaged => Level::Warn,
            Notice::Created | Notice::Reloaded | Notice::Joined | Notice::Cleared(Cleared::Done) => {
                Level::Good
            }
            Notice::Imported(_) | Notice::Exported(..) | Notice::FileDeleted(_) => Level::Good,
            Notice::MailCsv(..) => Level::Warn,
            Notice::WorkLost => Level::Danger,
            Notice::Stopped => Level::Info,
            Notice::SaveFailed(_) | Notice::CopyFailed(_) | Notice::CannotOpenValue => Level::Danger,
            Notice::ReloadFailed | Notice::UnsavedAtQuit | Notice::PasswordChanged => Level::Danger,
            Notice::Cleared(Cleared::NotYet) | Notice::FieldFull | Notice::PasteRefused | Notice::NotUtf8 => {
                Level::Warn
            }
            Notice::QuitAgain
            | Notice::ForeignLocale
            | Notice::MemoryNotLocked
            | Notice::RolledBack
            | Notice::ConflictCopy
            | Notice::BackupsLieHere
            | Notice::KeptBefore
            | Notice::PutBackElsewhere
            | Notice::FolderOpen(_)
            | Notice::CopyBeside(_) => Level::Warn,
            Notice::ForkedKeys => Level::Danger,
            Notice::Other(told) => told.level(),
            Notice::OlderEpoch => Level::Danger,
            Notice::Incident(told) => told.level(),
            Notice::Staged(told) => told.level(),
            Notice::Trash(told) => told.level(),
            Notice::Slots(told) => told.level(),
            Notice::History(HistoryTold::Restored) => Level::Good,
            Notice::History(HistoryTold::Same | HistoryTold::StagedStays) => Level::Info,
            Notice::Recovered | Notice::SavedAfterAll => Level::Good,
            Notice::DraftKept | Notice::FileWritten(_) | Notice::EntrySaved => Level::Good,
            Notice::DraftDropped | Notice::CodesToo(_) => Level::Info,
            Notice::DraftNotKept | Notice::TooLongHere => Level::Warn,
            Notice::FileFailed(_) => Level::Danger,
            Notice::TestCopies | Notice::CodeAwaited(_) | Notice::CodeNotAwaited => Level::Info,
            Notice::ChangeLeft => Level::Info,
            Notice::NothingTyped | Notice::Unavailable(_) | Notice::FullWidthKey | Notice::Cleared(_) => {
                Level::Info
            }
            Notice::SettingsRead => Level::Good,
            Notice::SettingsWrong | Notice::SettingsUnwritten(_) => Level::Danger,
            Notice::SettingsChanged => Level::Warn,
            Notice::KeptOpened | Notice::KeptRevoked | Notice::KeptOver => Level::Info,
            Notice::ConsoleEnglish | Notice::LockedDetached | Notice::SwitchWaits => Level::Info,
            Notice::UpToDate | Notice::LockedIdle | Notice::CannotSuspend | Notice::QuitHow => Level::Info,
        }
    }
}
