//! What lies around a vault, and what its folder can do: for `mamori doctor`. Nothing here changes a
//! vault; [`Store::trial`] makes two small files beside it and takes them away again.

use std::io;
use std::path::Path;

use super::disk::Meta;
use super::locked::{beside, temps};
use super::{SaveError, Step, Store};

/// What the folder of a vault can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trial {
    /// Two files change names in one step.
    pub exchange: bool,
    /// A file may have a second name, so that a backup takes no room.
    pub link: bool,
    /// A lock keeps another program out.
    pub lock: bool,
}

impl Store {
    /// How many temps lie beside the vault: a save is under way, or one was killed.
    pub fn temps(&self) -> usize {
        self.disk.resolve(&self.path).map_or(0, |target| temps(&*self.disk, &target).len())
    }

    /// What lies at a path of this disk.
    pub fn meta(&self, path: &Path) -> io::Result<Meta> {
        self.disk.meta(path)
    }

    /// Tries in the folder of the vault what a save needs there.
    pub fn trial(&self) -> Result<Trial, SaveError> {
        let failed = |error: io::Error| SaveError::of(Step::Write, &error);
        let target = self.disk.resolve(&self.path).map_err(failed)?;
        let id = std::process::id();
        let [one, two, three] =
            ["a", "b", "c"].map(|letter| beside(&target, &format!(".doctor-{id}-{letter}")));
        let done = self.try_names(&one, &two, &three).map_err(failed);
        // - the one that saves take; while there is none it will be made
        let lock = self.disk.meta(&beside(&target, ".lock"));
        let others = lock.is_err_and(|error| error.kind() == io::ErrorKind::PermissionDenied);
        let done = done.and_then(|trial| if others { Err(SaveError::OthersLock) } else { Ok(trial) });
        for name in [one, two, three] {
            let _ = self.disk.remove(&name);
        }
        done
    }

    fn try_names(&self, one: &Path, two: &Path, three: &Path) -> io::Result<Trial> {
        for path in [one, two] {
            let mut file = self.disk.create(path)?;
            file.write_all(path.as_os_str().as_encoded_bytes())?;
            file.sync()?;
        }
        let exchange = self.disk.exchange(one, two).is_ok()
            && self.disk.read(one, 8192)? == two.as_os_str().as_encoded_bytes();
        let link = self.disk.link(one, three).is_ok();
        let lock = match self.disk.try_lock(one) {
            Ok(_held) => {
                matches!(self.disk.try_lock(one), Err(error) if error.kind() == io::ErrorKind::WouldBlock)
            }
            Err(_) => false,
        };
        Ok(Trial { exchange, link, lock })
    }
}

/// The folder of a path; the one we are in for a bare name.
pub fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|one| !one.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::store::disk::{Disk, Real};

    #[test]
    fn an_ordinary_folder_can_do_all_and_nothing_is_left_in_it() {
        let folder = std::env::temp_dir().join(format!("mamori-around-{}", std::process::id()));
        Real.make_folder(&folder).unwrap();
        let store = Store::new(Arc::new(Real), folder.join("vault.mamori"), folder.join("state"));
        assert_eq!(store.trial(), Ok(Trial { exchange: true, link: true, lock: true }));
        assert_eq!(Real.list(&folder).unwrap(), Vec::<String>::new());
        let gone = Store::new(Arc::new(Real), folder.join("no/vault.mamori"), folder.join("state"));
        assert_eq!(gone.trial(), Err(SaveError::NoFolder));
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
