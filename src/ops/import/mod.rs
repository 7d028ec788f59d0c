//! What other products export, read into one neutral shape. Not here: opening the file, and making
//! entries of the items ([`plan`]).
//!
//! Everything that comes in is hostile: bounded, strictly decoded, never a panic. Nothing is cut
//! or dropped silently: what is not taken as it stands is named in a [`Notice`], and what cannot be
//! taken at all is an [`ImportError`], after which nothing is imported.

mod clean;
mod decode;
pub mod plan;
mod roboform;
mod rows;

pub use decode::Encoding;

use crate::secret::Secret;

/// Most bytes of a file.
pub const FILE_MOST: usize = 512 << 20;
/// Most rows of a file.
pub const ROWS_MOST: u64 = 1_000_000;
/// Most bytes of a title, a user name, a folder path, a field's name.
pub const LINE_MOST: usize = 4 << 10;
/// Most bytes of an address, a password, a field.
pub const FIELD_MOST: usize = 64 << 10;
/// Most cells of a row.
pub const CELLS_MOST: usize = 1_000;
/// Most bytes of a note.
pub const NOTE_MOST: usize = 1 << 20;

/// A product and format that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Source {
    /// RoboForm's CSV export, every generation, and its import template.
    RoboFormCsv,
}

impl Source {
    /// The stable word: kept in the vault as the origin of an entry, and used on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Source::RoboFormCsv => "roboform",
        }
    }
}

/// A file read whole.
#[derive(Debug)]
pub struct Imported {
    /// Where it comes from.
    pub source: Source,
    /// How its text was encoded.
    pub encoding: Encoding,
    /// Its rows, in their order.
    pub items: Vec<Item>,
    /// Every folder that appears and all parents, a parent before its children.
    pub folders: Vec<Vec<String>>,
    /// What a person should know of, by line.
    pub notices: Vec<Notice>,
}

/// What a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ItemKind {
    /// A login.
    Login,
    /// A note.
    Note,
    /// An address without a login.
    Bookmark,
    /// A row that fits no kind, kept whole in a secret field.
    Raw,
}

/// One thing of the file.
#[derive(Debug)]
pub struct Item {
    /// The line it begins on, from 1.
    pub line: u64,
    /// What it is.
    pub kind: ItemKind,
    /// Its title: NFC, without control characters, never empty.
    pub title: String,
    /// The row has no name: the title was made from its address or line.
    pub title_guessed: bool,
    /// Its user name, NFC; may be empty.
    pub username: String,
    /// Its password, byte for byte.
    pub password: Option<Secret>,
    /// Its addresses.
    pub urls: Vec<String>,
    /// The page the login is for, as the source says it.
    pub match_url: Option<String>,
    /// Its folder, from the root; empty = the root.
    pub folder: Vec<String>,
    /// Its tags.
    pub tags: Vec<String>,
    /// Its note.
    pub notes: Option<Secret>,
    /// Its one-time code key: text that [`crate::ops::totp::Otp::parse`] reads.
    pub otp: Option<Secret>,
    /// What else it has, in the source's order; names may repeat.
    pub fields: Vec<Field>,
    /// Names the same thing at the next import of the same file.
    pub origin_id: String,
}

/// A named value.
#[derive(Debug)]
pub struct Field {
    /// Its name; never empty.
    pub name: String,
    /// Its value.
    pub value: Value,
}

/// The value of a field.
#[derive(Debug)]
pub enum Value {
    /// Anybody who opens the entry may see it.
    Plain(String),
    /// Nobody may see it unasked.
    Secret(Secret),
}

/// Something a person should know about one line. It never holds a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The line, from 1.
    pub line: u64,
    /// What is so.
    pub what: NoticeKind,
}

/// What a notice says. Names of columns and fields are text from outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoticeKind {
    /// The file says nothing about its encoding; this one was taken because it fits.
    EncodingGuessed(Encoding),
    /// The row has no name; its title was made from the address or the line.
    TitleGuessed,
    /// Control characters of a title or folder were replaced by spaces.
    ControlReplaced(String),
    /// Composed anew (NFC): it looks the same, its bytes differ.
    Normalised(String),
    /// An apostrophe before `@` or `'` was taken away, as the source puts it there.
    GuardUndone(String),
    /// An apostrophe before `=`, `+` or `-` was kept: it may be the source's or part of the value.
    GuardKept(String),
    /// A field that repeats the user name or password was left out.
    RepeatedFieldLeft(String),
    /// A field that could not be taken apart was kept whole, as a secret field.
    FieldKeptRaw(String),
    /// A row with too few or too many cells was kept whole, as a note with a secret field.
    RowKeptRaw {
        /// Cells it has.
        cells: usize,
    },
    /// A one-time code key that cannot be read was kept as a secret field.
    OtpUnreadable(crate::ops::totp::OtpError),
    /// A row without any content was left out.
    EmptyRow,
    /// The file ends with this row but without a line end: its last value may have been cut.
    LastRowUnended,
    /// So many fields had further page names, which only serve form filling and were left out.
    PageNamesLeft(u64),
}

/// Why a file was not imported. Nothing of it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line:?}: {what:?}")]
pub struct ImportError {
    /// The line to look at, from 1, where one is to blame.
    pub line: Option<u64>,
    /// What is wrong.
    pub what: ImportFault,
}

/// What is wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportFault {
    /// Longer than [`FILE_MOST`].
    FileTooLarge,
    /// Nothing in it.
    Empty,
    /// Not text in this encoding.
    NotText(Encoding),
    /// The first row is the header of no format that is known.
    UnknownFormat,
    /// Two columns of one name.
    ColumnTwice(String),
    /// A quoted cell that begins on this line never ends.
    QuoteOpen,
    /// Text stands right behind a quoted cell that begins on this line.
    TextAfterQuote,
    /// The file ends in the middle of this row.
    Truncated,
    /// A person stopped it.
    Stopped,
    /// More rows than [`ROWS_MOST`].
    TooManyRows,
    /// A row with more cells than [`CELLS_MOST`].
    TooManyCells,
    /// A value is longer than mamori keeps.
    TooLong {
        /// Its column.
        column: String,
        /// Bytes allowed.
        most: usize,
    },
}

impl ImportFault {
    fn at(self, line: u64) -> ImportError {
        ImportError { line: Some(line), what: self }
    }
}

/// Settings of an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// Also takes away an apostrophe before `=`, `+`, `-`: a person said that none of them belongs
    /// to a value.
    pub undo_all_guards: bool,
}

/// Says what a file is, by its header; none when it is unknown or unreadable.
pub fn detect(bytes: &[u8]) -> Option<Source> {
    let (text, _) = decode::decode(bytes).ok()?;
    roboform::header(&text).ok().flatten().map(|_| Source::RoboFormCsv)
}

/// Hears how many rows are done; answers whether to go on.
pub type Watch<'a> = &'a dyn Fn(u64) -> bool;

/// Reads a file of any known format.
pub fn read(bytes: &[u8], options: Options) -> Result<Imported, ImportError> {
    read_watched(bytes, options, &|_| true)
}

/// The same, watched: a stop is [`ImportFault::Stopped`].
pub fn read_watched(bytes: &[u8], options: Options, watch: Watch<'_>) -> Result<Imported, ImportError> {
    let (text, encoding) = decode::decode(bytes)?;
    match roboform::header(&text)? {
        Some(header) => roboform::read(&text, &header, encoding, options, watch),
        None => Err(ImportFault::UnknownFormat.at(1)),
    }
}
