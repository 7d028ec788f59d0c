//! Which vaults there are: those that are known, and those that lie beside them.

use std::path::{Path, PathBuf};

use crate::store::disk::Disk;

/// Most vaults that are offered.
pub const VAULTS_MOST: usize = 60;

/// The known ones, whether they are there, and the others in their folders and in `usual`.
pub fn vaults(disk: &dyn Disk, known: Vec<PathBuf>, usual: Option<&Path>) -> Vec<(PathBuf, bool)> {
    let mut folders: Vec<PathBuf> =
        known.iter().filter_map(|path| path.parent()).map(Path::to_owned).collect();
    folders.extend(usual.map(Path::to_owned));
    folders.sort_unstable();
    folders.dedup();
    let there = |path: &Path| disk.meta(path).is_ok_and(|meta| meta.regular);
    let mut all: Vec<(PathBuf, bool)> =
        known.into_iter().map(|path| (there(&path), path)).map(|(there, path)| (path, there)).collect();
    for folder in folders {
        let mut names = disk.list(&folder).unwrap_or_default();
        names.retain(|name| name.ends_with(".mamori"));
        names.sort_unstable();
        for name in names {
            let path = folder.join(name);
            if all.len() < VAULTS_MOST && all.iter().all(|(known, _)| *known != path) && there(&path) {
                all.push((path, true));
            }
        }
    }
    all
}
