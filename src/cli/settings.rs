//! Reads the settings file. A file that is not there is no settings; one that is wrong is told
//! whole, and nothing runs on half of it.

use std::path::{Path, PathBuf};

use crate::config::{self, Settings};
use crate::error::{Fault, Report};
use crate::paths;
use crate::store::disk::{Disk, Real};

/// Longest settings file in bytes.
const MOST: u64 = 1 << 20;

pub(super) fn read(named: Option<PathBuf>, env: paths::Env<'_>) -> Result<Settings, Report> {
    let asked = named.is_some();
    let Some(path) = paths::config(named, env) else { return Ok(Settings::default()) };
    let about = |fault: Fault| Report::from(fault).about(path.display().to_string());
    if !asked && Real.meta(&path).is_err() {
        return Ok(Settings::default());
    }
    config::parse(&text(&path)?).map_err(|problems| about(Fault::Settings(problems)))
}

/// The text of a settings file.
pub(super) fn text(path: &Path) -> Result<String, Report> {
    let bytes = super::vault::read_file(path, MOST)?;
    let invalid =
        || Report::from(Fault::File(std::io::ErrorKind::InvalidData)).about(path.display().to_string());
    String::from_utf8(bytes).map_err(|_| invalid())
}
