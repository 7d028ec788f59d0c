//! A new file beside the vault (an export, a recovery kit, a settings file): whole under its name, or not
//! there. Not the vault's own save, which replaces a file ([`super::locked`]).

use std::io;
use std::path::{Path, PathBuf};

use super::around::folder_of;
use super::disk::Disk;

/// Names that are tried for what is not whole yet.
const TRIES: u32 = 9;

/// Writes a new file, 0600 from its first byte, and waits until it is on the medium; one that is there is
/// never touched ([`io::ErrorKind::AlreadyExists`]). Until it is whole it is called `NAME.part`: a person who
/// finds that after a kill sees what it is, which matters where it holds secrets in clear.
pub fn write_new(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> io::Result<()> {
    match disk.meta(path) {
        Ok(_) => return Err(io::ErrorKind::AlreadyExists.into()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    let mut taken = None;
    for number in 1..=TRIES {
        let part = part(path, number);
        let mut file = match disk.create(&part) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                taken = Some(error);
                continue;
            }
            Err(error) => return Err(error),
        };
        let written = file.write_all(bytes).and_then(|()| file.sync());
        drop(file);
        let placed = written.and_then(|()| disk.rename_new(&part, path));
        if placed.is_err() {
            let _ = disk.remove(&part);
        }
        placed?;
        return disk.sync_folder(folder_of(path));
    }
    Err(taken.unwrap_or_else(|| io::ErrorKind::AlreadyExists.into()))
}

fn part(path: &Path, number: u32) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    if number > 1 {
        name.push(number.to_string());
    }
    path.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::memory::{Fault, Memory};

    #[test]
    fn it_is_whole_or_not_there() {
        let path = Path::new("/home/out.json");
        for fault in [Fault::Fail(io::ErrorKind::StorageFull), Fault::Short, Fault::Stop] {
            for at in 1.. {
                let disk = Memory::default();
                disk.put(Path::new("/home/out.json.part"), b"of a killed run".to_vec());
                disk.fault(at, fault);
                let done = write_new(&disk, path, b"whole");
                let met = disk.verbs() >= at;
                disk.restart(fault == Fault::Stop);
                let there = disk.bytes(path);
                assert!(there.is_none() || there.as_deref() == Some(&b"whole"[..]), "{fault:?} {at}");
                if done.is_ok() {
                    assert!(there.is_some(), "{fault:?} {at}");
                } else if fault != Fault::Stop && there.is_none() {
                    let parts =
                        disk.names().iter().filter(|name| *name != Path::new("/home/out.json.part")).count();
                    assert_eq!(parts, 0, "{fault:?} {at}");
                }
                if !met {
                    assert!(at > 5, "{at}");
                    break;
                }
            }
        }
    }

    #[test]
    fn what_is_there_is_never_touched() {
        let disk = Memory::default();
        let path = Path::new("/home/out.json");
        disk.put(path, b"mine".to_vec());
        let refused = write_new(&disk, path, b"whole").map_err(|error| error.kind());
        assert_eq!(refused, Err(io::ErrorKind::AlreadyExists));
        assert_eq!(disk.bytes(path).as_deref(), Some(&b"mine"[..]));
    }
}
