//! Errors as a person meets them: a [`Report`] joins what went wrong with what it was about.
//! [`Report::exit_code`] alone decides how the process ends; the words are
//! [`crate::text::problem`]'s. Not here: what a module needs to tell its caller.

use std::io;

use crate::commit::CommitError;
use crate::crypto::entropy::EntropyError;
use crate::crypto::kdf::KdfError;
use crate::crypto::keys::{KeyFileError, PasswordError};
use crate::crypto::recovery::RecoveryError;
use crate::format::FormatError;
use crate::format::header::SlotKind;
use crate::ops::change::ChangeError;
use crate::ops::generate::{GenerateError, RecipeError};
use crate::ops::import::ImportError;
use crate::ops::incident::StepError;
use crate::ops::reference::ReferenceError;
use crate::ops::rotation::rotator::{End, Unfit};
use crate::ops::staged::StagedError;
use crate::ops::totp::OtpError;
use crate::platform::clipboard::CopyError;
use crate::platform::keyring::Unavailable;
use crate::platform::rotator::StartError;
use crate::session::{ApplyError, JoinError, OpenError, SealError};
use crate::store::{ReadError, SaveError};

/// What a failure is to a script; each has an exit code of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It did not work.
    Failed,
    /// The command line makes no sense, or a line of standard input is missing.
    Usage,
    /// The password does not open it.
    WrongPassword,
    /// Damaged, newer, or no vault.
    Damaged,
    /// No such entry, or several.
    Entry,
    /// Another program holds the vault, or has changed it so that it cannot be joined.
    Busy,
    /// The vault is locked and there is nobody to ask for the password.
    Locked,
    /// Ctrl-C.
    Interrupted,
}

/// What went wrong.
#[derive(Debug)]
pub enum Fault {
    /// A file could not be read.
    Read(ReadError),
    /// A vault did not open.
    Open(OpenError),
    /// It could not be sealed.
    Seal(SealError),
    /// It could not be written.
    Save(SaveError),
    /// Another copy could not be joined.
    Join(JoinError),
    /// A change was refused.
    Change(ChangeError),
    /// A name means no entry or no field.
    Reference(ReferenceError),
    /// A master password cannot be used.
    Password(PasswordError),
    /// A file cannot be a key file.
    KeyFile(KeyFileError),
    /// No random bytes.
    Entropy(EntropyError),
    /// A recipe that is none.
    Recipe(RecipeError),
    /// A recipe that gives nothing.
    Generate(GenerateError),
    /// A one-time code key that is none.
    Otp(OtpError),
    /// A file of another product was not taken in.
    Import(ImportError),
    /// The clipboard.
    Copy(CopyError),
    /// The vault is from before a password change that this machine has seen.
    RolledBack,
    /// The last change could be neither written nor kept when the program had to end.
    Unkept,
    /// A sealed value does not open: the vault was damaged by a program.
    Forged,
    /// A file beside the vault (password file, import) could not be read.
    File(io::ErrorKind),
    /// A file beside the vault could not be written; it may exist.
    Write(io::ErrorKind),
    /// Standard output could not be written.
    Output(io::ErrorKind),
    /// A list of leaked passwords does not fit.
    Pwned(crate::platform::hibp::filter::BuildError),
    /// An incident, or a step of one.
    Incident(StepError),
    /// A staged change of a password.
    Staged(StagedError),
    /// No rotator can run for an entry.
    Unfit(Unfit),
    /// A rotator could not be started.
    Start(StartError),
    /// A rotator did not do its work.
    Rotated(End),
    /// The service that knows leaked passwords cannot be asked.
    Range(crate::platform::hibp::range::Trouble),
    /// The kernel keeps no key.
    Keyring(Unavailable),
    /// The settings file.
    Settings(Vec<crate::config::Mistake>),
    /// What the caller asked for cannot be done as it was asked.
    Ask(Ask),
}

/// What is wrong with what was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// Already a whole sentence (a parse error), with hints below it.
    Said(String),
    /// A line of standard input is missing.
    MissingLine(Line),
    /// A line of standard input is too long or no UTF-8.
    BadLine(Line),
    /// The vault is locked, there is no terminal, and no password was given.
    NobodyToAsk,
    /// A question that only `--yes` or a terminal can answer.
    NeedsYes,
    /// A recovery code with a slip in it.
    Recovery(RecoveryError),
    /// A recovery code that opens nothing.
    WrongCode,
    /// A password or a key file that opens nothing.
    WrongWithKeyFile,
    /// The vault opens with a key file only, and none was named.
    NeedsKeyFile,
    /// The vault has no slot of this kind.
    NoSlot(SlotKind),
    /// No slot of this id, name or kind.
    NoSuchWay,
    /// Several; these.
    SeveralSlots(Vec<String>),
    /// What would be left does not open the vault.
    LastWay,
    /// A key file slot without a file.
    KeyFileUnnamed,
    /// A file where the kind takes none.
    OnlyKeyFile,
    /// The vault as its own key file: it changes with every save.
    VaultAsKeyFile,
    /// The kit onto a terminal.
    KitToTerminal,
    /// There is no terminal to show a new recovery code on.
    NoTerminalForKit,
    /// The person typed two different new passwords.
    PasswordsDiffer,
    /// An empty new master password.
    EmptyPassword,
    /// The program that should give the password failed.
    PasswordCommand,
    /// Ctrl-C at a question.
    Interrupted,
    /// `--read-only`.
    ReadOnly,
    /// A time that is none, or is too long.
    Time,
    /// Key derivation parameters that cannot be read or are out of bounds.
    Kdf,
    /// Not a kind.
    Kind,
    /// `NAME=VALUE` without a name or `=`.
    FieldPair,
    /// A relation that is none.
    Relation,
    /// Nothing named to change.
    NothingToDo,
    /// Several sources for one secret.
    SecretTwice,
    /// No revision of this number or id.
    NoRevision,
    /// No backup of this name.
    NoBackup,
    /// A file that is no copy beside the vault.
    NotBeside,
    /// The entry has no one-time code.
    NoOtp,
    /// A finding that the health check does not make of this entry.
    NoSuchFinding(&'static str),
    /// A search for what only a health check can answer.
    NotChecked,
    /// JSON without `--plain`.
    NeedsPlain,
    /// A template that is none, at this placeholder.
    Template(String),
    /// Neither HOME nor the XDG folders are known.
    NoHome,
    /// A format that is unknown.
    Format,
    /// An empty title.
    EmptyTitle,
    /// Neither standard input nor the terminal gives the secret.
    NoSecretSource,
    /// An encrypted file onto a terminal.
    BinaryToTerminal,
    /// The full-screen program without a terminal.
    NoTerminal,
}

/// A line of standard input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// The master password.
    Master,
    /// The new master password.
    NewMaster,
    /// A password of its own for an exported file.
    Export,
    /// The recovery code.
    Code,
    /// The entry's password.
    Password,
    /// The one-time code key.
    Otp,
    /// The notes.
    Notes,
    /// A secret field.
    Field(String),
}

/// An error on its way to a person.
#[derive(Debug)]
pub struct Report {
    /// What went wrong.
    pub fault: Fault,
    /// What it was about: a path, a name. From outside, so it is made safe before it is printed.
    pub about: Option<String>,
}

impl Report {
    /// Says what the failure was about.
    pub fn about(self, what: impl Into<String>) -> Report {
        Report { about: Some(what.into()), ..self }
    }

    /// What it is to a script.
    pub fn kind(&self) -> Kind {
        match &self.fault {
            Fault::Read(error) => read(*error),
            Fault::Open(error) => match error {
                OpenError::Format(error) => format(*error),
                OpenError::WrongPassword => Kind::WrongPassword,
                OpenError::NoSuchSlot | OpenError::NeedsMemory { .. } => Kind::Failed,
            },
            Fault::Seal(_) | Fault::Change(_) | Fault::Entropy(_) | Fault::Copy(_) => Kind::Failed,
            Fault::Save(error) => match error {
                SaveError::Busy | SaveError::Changed { .. } => Kind::Busy,
                SaveError::Live(error) => read(*error),
                _ => Kind::Failed,
            },
            Fault::Join(error) => match error {
                JoinError::Format(error) => format(*error),
                _ => Kind::Busy,
            },
            Fault::Reference(_) => Kind::Entry,
            Fault::Incident(StepError::Forced | StepError::AlreadyOpen) => Kind::Failed,
            Fault::Incident(_) => Kind::Entry,
            Fault::Staged(StagedError::NoneOpen | StagedError::Several(_)) => Kind::Entry,
            Fault::Staged(StagedError::AlreadyOpen(_) | StagedError::Same) => Kind::Failed,
            Fault::Staged(StagedError::Empty) => Kind::Usage,
            Fault::Unfit(Unfit::NoSuch | Unfit::NoRotator | Unfit::Several(_)) => Kind::Usage,
            Fault::Rotated(End::Stopped) => Kind::Interrupted,
            Fault::Unfit(_) | Fault::Start(_) | Fault::Rotated(_) => Kind::Failed,
            Fault::Password(_) | Fault::Recipe(_) | Fault::Generate(_) | Fault::Otp(_) => Kind::Usage,
            Fault::Import(_) | Fault::File(_) | Fault::Write(_) | Fault::Output(_) | Fault::Pwned(_) => {
                Kind::Failed
            }
            Fault::KeyFile(_) => Kind::Failed,
            Fault::RolledBack => Kind::Busy,
            Fault::Unkept | Fault::Keyring(_) | Fault::Range(_) => Kind::Failed,
            Fault::Settings(_) => Kind::Usage,
            Fault::Forged => Kind::Damaged,
            Fault::Ask(ask) => match ask {
                Ask::NobodyToAsk => Kind::Locked,
                Ask::Interrupted => Kind::Interrupted,
                Ask::Recovery(_) | Ask::WrongCode | Ask::WrongWithKeyFile => Kind::WrongPassword,
                Ask::NeedsKeyFile | Ask::NoSlot(_) => Kind::Failed,
                Ask::NoSuchWay | Ask::SeveralSlots(_) => Kind::Entry,
                Ask::NoTerminalForKit => Kind::Locked,
                Ask::LastWay | Ask::VaultAsKeyFile => Kind::Failed,
                Ask::NoRevision | Ask::NoBackup | Ask::NoOtp | Ask::NoSuchFinding(_) => Kind::Entry,
                Ask::PasswordCommand
                | Ask::ReadOnly
                | Ask::NotChecked
                | Ask::NoHome
                | Ask::PasswordsDiffer
                | Ask::EmptyPassword => Kind::Failed,
                _ => Kind::Usage,
            },
        }
    }

    /// The exit code of the process (DESIGN 9). 0 is success, 7 is for what `health` and `due`
    /// find; neither is an error.
    pub fn exit_code(&self) -> u8 {
        match self.kind() {
            Kind::Failed => 1,
            Kind::Usage => 2,
            Kind::WrongPassword => 3,
            Kind::Damaged => 4,
            Kind::Entry => 5,
            Kind::Busy => 6,
            Kind::Locked => 8,
            Kind::Interrupted => 130,
        }
    }
}

fn read(error: ReadError) -> Kind {
    match error {
        ReadError::Format(error) => format(error),
        // A pipe or folder is no vault, whatever else it is.
        ReadError::NotAFile => Kind::Damaged,
        ReadError::Missing | ReadError::Denied | ReadError::Io(_) => Kind::Failed,
    }
}

fn format(error: FormatError) -> Kind {
    match error {
        FormatError::WrongKey => Kind::WrongPassword,
        _ => Kind::Damaged,
    }
}

impl<F: Into<Fault>> From<F> for Report {
    fn from(fault: F) -> Report {
        Report { fault: fault.into(), about: None }
    }
}

macro_rules! faults {
    ($($error:ty => $variant:ident),* $(,)?) => {
        $(impl From<$error> for Fault {
            fn from(error: $error) -> Fault {
                Fault::$variant(error)
            }
        })*
    };
}

faults! {
    ReadError => Read,
    OpenError => Open,
    SealError => Seal,
    SaveError => Save,
    JoinError => Join,
    ChangeError => Change,
    ReferenceError => Reference,
    StepError => Incident,
    StagedError => Staged,
    Unfit => Unfit,
    StartError => Start,
    End => Rotated,
    PasswordError => Password,
    KeyFileError => KeyFile,
    EntropyError => Entropy,
    RecipeError => Recipe,
    GenerateError => Generate,
    OtpError => Otp,
    ImportError => Import,
    CopyError => Copy,
    Unavailable => Keyring,
    Ask => Ask,
}

impl From<FormatError> for Fault {
    fn from(error: FormatError) -> Fault {
        Fault::Open(error.into())
    }
}

impl From<KdfError> for Fault {
    fn from(error: KdfError) -> Fault {
        Fault::Seal(error.into())
    }
}

impl From<ApplyError> for Fault {
    fn from(error: ApplyError) -> Fault {
        match error {
            ApplyError::Change(error) => error.into(),
            ApplyError::Entropy(error) => error.into(),
        }
    }
}

impl From<CommitError> for Fault {
    fn from(error: CommitError) -> Fault {
        match error {
            CommitError::Save(error) => error.into(),
            CommitError::Seal(error) => error.into(),
            CommitError::Join(error) => error.into(),
            CommitError::OlderEpoch => Fault::RolledBack,
        }
    }
}

impl From<crate::crypto::seal::Forged> for Fault {
    fn from(_: crate::crypto::seal::Forged) -> Fault {
        Fault::Forged
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exit_codes_are_those_of_the_design() {
        let code = |fault: Fault| Report::from(fault).exit_code();
        assert_eq!(code(ReadError::Missing.into()), 1);
        assert_eq!(code(Ask::MissingLine(Line::Password).into()), 2);
        assert_eq!(code(OpenError::WrongPassword.into()), 3);
        assert_eq!(code(ReadError::NotAFile.into()), 4);
        assert_eq!(code(FormatError::Newer { version: 2, maybe_damaged: false }.into()), 4);
        assert_eq!(code(ReferenceError::NoSuchEntry { name: String::new() }.into()), 5);
        assert_eq!(code(SaveError::Busy.into()), 6);
        assert_eq!(code(JoinError::OtherVault.into()), 6);
        assert_eq!(code(Ask::NobodyToAsk.into()), 8);
        assert_eq!(code(Ask::Interrupted.into()), 130);
    }
}
