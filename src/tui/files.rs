//! Files beside the vault that a person names: exports to read, attachments, what is written out.
//! Questions and answers are data ([`Ask`], [`Answer`]); [`answer`] is what a job does, on any
//! [`Disk`]. A file is written whole under its own name, 0600, and never over another one.
//!
//! Not here: the vault file ([`crate::store`]) and the field in which a path is typed
//! ([`super::page::path`]).

mod recent;
mod vaults;

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use unicode_normalization::UnicodeNormalization as _;

pub use self::recent::{ENDINGS, Places, RECENT_MOST, Recent};
pub use self::vaults::vaults;
use super::config::Refused;
use crate::store::disk::Disk;
use crate::store::write_new;

/// Most names that a folder offers at once.
pub const OFFERED_MOST: usize = 2_000;

/// What is wanted of the disk.
pub enum Ask {
    /// The names in a folder.
    Folder {
        /// Which folder.
        path: PathBuf,
        /// How they begin; hidden names only when this does.
        start: String,
    },
    /// What lies at a path: at the first of these where something does.
    Look(Vec<PathBuf>),
    /// The newest exports where browsers put them.
    Recent(Places),
    /// A whole file of at most `most` bytes.
    Read {
        /// Which file.
        path: PathBuf,
        /// Bytes; a longer file is refused.
        most: u64,
    },
    /// A new file, 0600.
    Write {
        /// Its name; there must be nothing of that name.
        path: PathBuf,
        /// Its content.
        bytes: Vec<u8>,
    },
    /// A file is to go.
    Delete(PathBuf),
}

impl fmt::Debug for Ask {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Ask::Folder { .. } => "Folder(..)",
            Ask::Look(_) => "Look(..)",
            Ask::Recent(_) => "Recent(..)",
            Ask::Read { .. } => "Read(..)",
            Ask::Write { .. } => "Write(..)",
            Ask::Delete(_) => "Delete(..)",
        })
    }
}

/// What became of it.
pub enum Answer {
    /// Of [`Ask::Folder`].
    Folder(Result<Listing, Failure>),
    /// Of [`Ask::Look`].
    Looked(Result<Found, Failure>),
    /// Of [`Ask::Recent`]: newest first, at most [`RECENT_MOST`].
    Recent(Vec<Recent>),
    /// Of [`Ask::Read`].
    Read(Result<Vec<u8>, Failure>),
    /// Of [`Ask::Write`]: where it is now.
    Written(Result<PathBuf, Failure>),
    /// Of [`Ask::Delete`].
    Deleted(Result<(), Failure>),
}

impl fmt::Debug for Answer {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Answer::Folder(found) => write!(out, "Folder({:?})", found.as_ref().map(|all| all.names.len())),
            Answer::Looked(found) => write!(out, "Looked({})", found.is_ok()),
            Answer::Recent(found) => write!(out, "Recent({})", found.len()),
            Answer::Read(read) => write!(out, "Read({:?})", read.as_ref().map(Vec::len)),
            Answer::Written(written) => write!(out, "Written({:?})", written.as_ref().map(drop)),
            Answer::Deleted(deleted) => write!(out, "Deleted({deleted:?})"),
        }
    }
}

/// What a folder offers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listing {
    /// Names, folders (with a slash at their end) first, at most [`OFFERED_MOST`].
    pub names: Vec<String>,
    /// There are more than these.
    pub more: bool,
    /// How many names are not UTF-8 and cannot be offered.
    pub foreign: usize,
}

/// What lies at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// A file.
    File {
        /// The path, as the disk spells it.
        path: PathBuf,
        /// Bytes.
        len: u64,
        /// A path beside it that is free.
        free: Option<PathBuf>,
    },
    /// A folder.
    Folder(PathBuf),
    /// A pipe, a device, a socket.
    Other,
    /// Nothing, but its folder is there.
    Free(PathBuf),
}

/// Why a file could not be read or written, as a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// There is nothing of that name.
    NotFound,
    /// It is a folder, a pipe, a device.
    NotAFile,
    /// No permission.
    Denied,
    /// It is longer than so many bytes.
    TooLarge(u64),
    /// There is something of that name already.
    Exists,
    /// The disk is full.
    Full,
    /// The name is longer than the disk allows.
    NameTooLong,
    /// The work did not come to its end.
    Lost,
    /// Something else; the words of the system.
    Other(String),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Failure::NotFound,
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Failure::Denied,
            io::ErrorKind::AlreadyExists => Failure::Exists,
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Failure::Full,
            io::ErrorKind::InvalidFilename => Failure::NameTooLong,
            io::ErrorKind::InvalidInput | io::ErrorKind::IsADirectory => Failure::NotAFile,
            other => Failure::Other(other.to_string()),
        }
    }
}

/// Does what is asked. May wait for the disk: for a job.
pub fn answer(disk: &dyn Disk, ask: Ask) -> Answer {
    match ask {
        Ask::Folder { path, start } => Answer::Folder(folder(disk, &path, &start)),
        Ask::Look(paths) => Answer::Looked(look(disk, &paths)),
        Ask::Recent(places) => Answer::Recent(recent::recent(disk, &places)),
        Ask::Read { path, most } => Answer::Read(read(disk, &path, most)),
        Ask::Write { path, bytes } => Answer::Written(write(disk, &path, &bytes).map(|()| path)),
        Ask::Delete(path) => Answer::Deleted(delete(disk, &path)),
    }
}

/// The answer in place of one that did not come.
pub fn lost(ask: &Ask) -> Answer {
    match ask {
        Ask::Folder { .. } => Answer::Folder(Err(Failure::Lost)),
        Ask::Look(_) => Answer::Looked(Err(Failure::Lost)),
        Ask::Recent(_) => Answer::Recent(Vec::new()),
        Ask::Read { .. } => Answer::Read(Err(Failure::Lost)),
        Ask::Write { .. } => Answer::Written(Err(Failure::Lost)),
        Ask::Delete(_) => Answer::Deleted(Err(Failure::Lost)),
    }
}

/// Composed: a name typed here finds the one that a Mac wrote in parts.
pub fn composed(name: &str) -> String {
    name.nfc().collect()
}

fn folder(disk: &dyn Disk, path: &Path, start: &str) -> Result<Listing, Failure> {
    let start = composed(start);
    let small = start.to_lowercase();
    let wanted = |name: &str| {
        (start.starts_with('.') || !name.starts_with('.'))
            && composed(name).to_lowercase().starts_with(&small)
    };
    let mut found = disk.names(path, &wanted)?;
    // - as it was typed, or, where nothing is called so, in any case
    if found.names.iter().any(|(name, _)| composed(name).starts_with(&start)) {
        found.names.retain(|(name, _)| composed(name).starts_with(&start));
    }
    found.names.sort_by(|(one, folder), (other, is)| is.cmp(folder).then_with(|| one.cmp(other)));
    let more = found.names.len() > OFFERED_MOST;
    found.names.truncate(OFFERED_MOST);
    let names = found.names.into_iter().map(|(name, folder)| if folder { name + "/" } else { name });
    Ok(Listing { names: names.collect(), more, foreign: found.foreign })
}

fn look(disk: &dyn Disk, paths: &[PathBuf]) -> Result<Found, Failure> {
    let mut answer = Err(Failure::NotFound);
    for path in paths {
        answer = look_at(disk, path);
        if !matches!(answer, Err(Failure::NotFound) | Ok(Found::Free(_))) {
            return answer;
        }
    }
    // - of several spellings where nothing lies the first is the one that was typed
    match paths.first() {
        Some(first) if paths.len() > 1 => look_at(disk, first),
        _ => answer,
    }
}

fn look_at(disk: &dyn Disk, path: &Path) -> Result<Found, Failure> {
    let meta = match disk.meta(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            if let Some(spelled) = spelled(disk, path) {
                return look_at(disk, &spelled);
            }
            let there = parent(path).is_some_and(|above| disk.meta(above).is_ok_and(|meta| meta.folder));
            return if there { Ok(Found::Free(path.to_owned())) } else { Err(Failure::NotFound) };
        }
        // - a socket cannot even be opened
        Err(error) if error.raw_os_error() == Some(6) => return Ok(Found::Other),
        other => other?,
    };
    Ok(match (meta.folder, meta.regular) {
        (true, _) => Found::Folder(path.to_owned()),
        (false, false) => Found::Other,
        (false, true) => Found::File { path: path.to_owned(), len: meta.len, free: free(disk, path) },
    })
}

/// The name that looks the same but is written in other code points.
fn spelled(disk: &dyn Disk, path: &Path) -> Option<PathBuf> {
    let name = path.file_name()?.to_str()?;
    let wanted = composed(name);
    let same = |found: &str| found != name && composed(found) == wanted;
    let found = disk.names(parent(path)?, &same).ok()?;
    Some(path.with_file_name(&found.names.first()?.0))
}

fn parent(path: &Path) -> Option<&Path> {
    path.parent().map(|above| if above.as_os_str().is_empty() { Path::new(".") } else { above })
}

/// The first of `name-2`, `name-3` .. that nothing has.
fn free(disk: &dyn Disk, path: &Path) -> Option<PathBuf> {
    let stem = path.file_stem()?.to_str()?;
    let ending = path.extension().map(|ending| format!(".{}", ending.to_string_lossy())).unwrap_or_default();
    let free = |path: &PathBuf| disk.meta(path).is_err_and(|error| error.kind() == io::ErrorKind::NotFound);
    (2..1000).map(|number| path.with_file_name(format!("{stem}-{number}{ending}"))).find(free)
}

fn read(disk: &dyn Disk, path: &Path, most: u64) -> Result<Vec<u8>, Failure> {
    let meta = disk.meta(path)?;
    if !meta.regular {
        return Err(Failure::NotAFile);
    }
    if meta.len > most {
        return Err(Failure::TooLarge(most));
    }
    let bytes = disk.read(path, most.saturating_add(1))?;
    if bytes.len() as u64 > most { Err(Failure::TooLarge(most)) } else { Ok(bytes) }
}

fn write(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    Ok(write_new(disk, path, bytes)?)
}

fn delete(disk: &dyn Disk, path: &Path) -> Result<(), Failure> {
    if !disk.meta(path)?.regular {
        return Err(Failure::NotAFile);
    }
    disk.remove(path)?;
    let _ = disk.sync_folder(parent(path).unwrap_or(Path::new(".")));
    Ok(())
}

/// Longest settings file in bytes.
const CONFIG_MOST: u64 = 1 << 20;

/// The text of the settings file; none where there is none.
pub fn config(disk: &dyn Disk, path: &Path) -> Result<Option<String>, Failure> {
    match read(disk, path, CONFIG_MOST) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(Failure::NotFound) => Ok(None),
        Err(failure) => Err(failure),
    }
}

/// Writes the settings file in one step, if it is still the one that the change was made in.
pub fn configure(disk: &dyn Disk, path: &Path, before: Option<&str>, text: &str) -> Result<(), Refused> {
    let failed = |error: io::Error| Refused::Failed(error.into());
    let now = config(disk, path).map_err(Refused::Failed)?;
    if now.as_deref() != before {
        return Err(Refused::Changed(now));
    }
    // - a link to a file kept elsewhere (dotfiles) stays a link
    let target = disk.resolve(path).map_err(failed)?;
    let folder = target.parent().unwrap_or(Path::new("."));
    disk.make_folder(folder).map_err(failed)?;
    let temp = target.with_extension("toml.new");
    let _ = disk.remove(&temp);
    let put = || -> io::Result<()> {
        let mut file = disk.create(&temp)?;
        file.write_all(text.as_bytes())?;
        if let Ok(old) = disk.meta(&target) {
            file.take_after(&old, &target)?;
        }
        file.sync()?;
        disk.rename(&temp, &target)?;
        disk.sync_folder(folder)
    };
    put().map_err(|error| {
        let _ = disk.remove(&temp);
        failed(error)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::memory::Memory;

    #[test]
    fn a_file_is_written_once_and_read_within_its_bounds() {
        let disk = Memory::default();
        let path = || PathBuf::from("/a/b");
        let wrote = |bytes: &[u8]| answer(&disk, Ask::Write { path: path(), bytes: bytes.to_vec() });
        assert!(matches!(wrote(b"S3CRET"), Answer::Written(Ok(_))));
        assert!(matches!(wrote(b"other"), Answer::Written(Err(Failure::Exists))));
        let read = |most| answer(&disk, Ask::Read { path: path(), most });
        assert!(matches!(read(6), Answer::Read(Ok(bytes)) if bytes == b"S3CRET"));
        assert!(matches!(read(5), Answer::Read(Err(Failure::TooLarge(5)))));
        assert!(!format!("{:?}", read(6)).contains("S3"));
        assert!(matches!(answer(&disk, Ask::Delete(path())), Answer::Deleted(Ok(()))));
        assert!(disk.names().is_empty());
    }

    fn names(disk: &Memory, start: &str) -> Listing {
        let ask = Ask::Folder { path: "/h".into(), start: start.to_owned() };
        match answer(disk, ask) {
            Answer::Folder(Ok(found)) => found,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_folder_offers_folders_first_and_hidden_names_when_they_are_meant() {
        let disk = Memory::default();
        for name in ["/h/b.csv", "/h/Bank.csv", "/h/a.csv", "/h/z/in", "/h/.ssh/key", "/h/か\u{3099}.csv"] {
            disk.put(Path::new(name), Vec::new());
        }
        assert_eq!(names(&disk, "").names, ["z/", "Bank.csv", "a.csv", "b.csv", "か\u{3099}.csv"]);
        assert_eq!(names(&disk, ".").names, [".ssh/"]);
        assert_eq!(names(&disk, "b").names, ["b.csv"], "as typed");
        assert_eq!(names(&disk, "ba").names, ["Bank.csv"], "in any case where nothing is called so");
        assert_eq!(names(&disk, "が").names, ["か\u{3099}.csv"], "composed or not");
        let looked = answer(&disk, Ask::Look(vec!["/h/が.csv".into()]));
        let Answer::Looked(Ok(Found::File { path, .. })) = looked else { panic!("{looked:?}") };
        assert_eq!(path, Path::new("/h/か\u{3099}.csv"));
    }

    #[test]
    fn a_folder_of_many_names_offers_its_first() {
        let disk = Memory::default();
        (0..3000).for_each(|number| disk.put(Path::new(&format!("/h/{number:05}")), Vec::new()));
        let all = names(&disk, "");
        assert_eq!((all.names.len(), all.more), (OFFERED_MOST, true));
        let some = names(&disk, "029");
        assert_eq!((some.names.len(), some.more), (100, false));
    }

    #[test]
    fn looking_tells_file_folder_and_a_free_name() {
        let disk = Memory::default();
        for name in ["/h/a.csv", "/h/a-2.csv", "/h/in/x"] {
            disk.put(Path::new(name), b"abc".to_vec());
        }
        let look = |paths: &[&str]| match answer(&disk, Ask::Look(paths.iter().map(PathBuf::from).collect()))
        {
            Answer::Looked(found) => found,
            other => panic!("{other:?}"),
        };
        let file = Found::File { path: "/h/a.csv".into(), len: 3, free: Some("/h/a-3.csv".into()) };
        assert_eq!(look(&["/h/a.csv"]), Ok(file.clone()));
        assert_eq!(look(&["/h/'a.csv'", "/h/a.csv"]), Ok(file));
        assert_eq!(look(&["/h/in"]), Ok(Found::Folder("/h/in".into())));
        assert_eq!(look(&["/h/new"]), Ok(Found::Free("/h/new".into())));
        assert_eq!(look(&["/h/none/new"]), Err(Failure::NotFound));
    }
}
