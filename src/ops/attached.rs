//! Attachments as both faces of the program see them: how long a file may be, which one a name means.
//! Nothing here reads or writes a file.

use crate::model::{Entry, Id};
use crate::ops::reference::{self, ReferenceError};

/// Bytes of one file.
pub const FILE_MOST: u64 = 16 << 20;

/// An attachment: its element, its name and its sealed content.
pub type File<'a> = (Id, &'a str, &'a [u8]);

/// The attachment that a name or an id means; without one the only one that there is.
pub fn find<'a>(entry: Entry<'a>, name: Option<&str>) -> Result<File<'a>, ReferenceError> {
    let all = entry.files();
    let missing = |name: &str| ReferenceError::NoSuchFile {
        name: name.to_owned(),
        have: all.iter().map(|(_, name, _)| (*name).to_owned()).collect(),
    };
    let Some(name) = name else {
        return match all.as_slice() {
            [one] => Ok(*one),
            _ => Err(missing("")),
        };
    };
    if let Some(one) = name.parse().ok().and_then(|id: Id| all.iter().find(|(element, ..)| *element == id)) {
        return Ok(*one);
    }
    let fitting: Vec<_> = all.iter().filter(|(_, held, _)| reference::same(held, name)).collect();
    match fitting.as_slice() {
        [] => Err(missing(name)),
        [one] => Ok(**one),
        several => Err(ReferenceError::AmbiguousFile {
            name: name.to_owned(),
            candidates: several.iter().map(|(element, ..)| *element).collect(),
        }),
    }
}
