//! Copies of the vault that a sync program left beside it when two machines had saved apart: which file
//! names are such copies, and moving one away. A name alone is only a hint: the vault id in the header
//! must be ours.
//!
//! Names as they were seen: Syncthing `v.sync-conflict-20240101-120000-ABCDEFG.mamori` · Dropbox
//! `v (HOST's conflicted copy 2024-01-01).mamori`, `v (HOST の競合コピー 2024-01-01).mamori` · Nextcloud,
//! ownCloud `v (conflicted copy 2024-01-01 120000).mamori`, `v_conflict-20240101-120000.mamori` · OneDrive
//! `v-HOST.mamori`, its Linux client `v-host-safeBackup-0001.mamori` · Google Drive `v (1).mamori` · iCloud
//! `v 2.mamori` · Seafile `v (SFConflict name 2024-01-01-12-00-00).mamori` · Synology
//! `v_HOST_Jan-01-120000-2024_Conflict.mamori` · rclone `v.mamori.conflict1` · ours, of a killed save,
//! `v.conflict-1700000000000.mamori`.

use std::io;
use std::path::{Path, PathBuf};

use unicode_normalization::UnicodeNormalization as _;

use super::disk::Disk;
use super::{HEAD, backup};
use crate::format::header::{self, Content, FILE_MAX};

/// Most copies that are looked at.
const COPIES_MOST: usize = 50;

/// Who gives such names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Maker {
    /// Syncthing.
    Syncthing,
    /// Dropbox.
    Dropbox,
    /// Nextcloud, ownCloud.
    Nextcloud,
    /// OneDrive.
    OneDrive,
    /// Seafile.
    Seafile,
    /// Synology Drive.
    Synology,
    /// This program, of a save that was killed.
    Killed,
    /// Somebody: a number is all that was added.
    Numbered,
    /// Somebody.
    Other,
}

/// A copy that lies beside the vault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copy {
    /// Where it lies.
    pub path: PathBuf,
    /// Its name. From outside.
    pub name: String,
    /// Who made it, as far as the name tells.
    pub maker: Maker,
    /// Its length in bytes.
    pub len: u64,
    /// When it was written, ms since 1970.
    pub modified: u64,
    /// The identity of its content.
    pub mac: [u8; 32],
}

/// Who added `rest` to a name; none when it is nobody's way to name a copy.
fn maker(rest: &str) -> Option<Maker> {
    let small = rest.to_lowercase();
    let number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let inside = |open: &str, close: &str| rest.strip_prefix(open)?.strip_suffix(close);
    if small.starts_with(".sync-conflict-") {
        return Some(Maker::Syncthing);
    }
    if rest.strip_prefix(".conflict-").is_some_and(number) {
        return Some(Maker::Killed);
    }
    if small.starts_with(" (sfconflict") {
        return Some(Maker::Seafile);
    }
    if small.starts_with(" (conflicted copy ")
        && small.ends_with(|last: char| last == ')' || last.is_ascii_digit())
    {
        // - Dropbox writes a day, Nextcloud a time behind it
        let timed = small
            .trim_end_matches(')')
            .rsplit(' ')
            .next()
            .is_some_and(|last| last.len() == 6 && number(last));
        return Some(if timed { Maker::Nextcloud } else { Maker::Dropbox });
    }
    if small.contains("conflicted copy") || small.contains("競合コピー") {
        return Some(Maker::Dropbox);
    }
    if small.starts_with("_conflict-") {
        return Some(Maker::Nextcloud);
    }
    if small.starts_with('_') && small.contains("_conflict") {
        return Some(Maker::Synology);
    }
    if small.contains("-safebackup-") || rest.strip_prefix('-').is_some_and(is_host) {
        return Some(Maker::OneDrive);
    }
    if inside(" (", ")").or(inside("(", ")")).or(rest.strip_prefix(' ')).is_some_and(number) {
        return Some(Maker::Numbered);
    }
    (small.contains("conflict") || small.contains("競合")).then_some(Maker::Other)
}

/// The name of a Windows computer, and no word by which a person calls a copy.
fn is_host(text: &str) -> bool {
    let letters = text.bytes().any(|byte| byte.is_ascii_uppercase());
    let fits = text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'-');
    (1..=15).contains(&text.len())
        && letters
        && fits
        && !["OLD", "NEW", "BAK", "BACKUP", "COPY", "TEST"].contains(&text)
}

/// What was added to the vault's own name; none when the name begins otherwise.
fn added<'n>(name: &'n str, stem: &str, ending: &str) -> Option<&'n str> {
    let rest = name.strip_prefix(stem)?;
    // - rclone adds to the whole name
    let whole = rest.strip_prefix(ending).filter(|_| !ending.is_empty());
    let rest = rest.strip_suffix(ending).or(whole)?;
    (!rest.is_empty()).then_some(rest)
}

fn folder(target: &Path) -> &Path {
    target.parent().filter(|one| !one.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// When a name in the folder changed last, ms since 1970: while it stays no file came.
pub(super) fn folder_changed(disk: &dyn Disk, target: &Path) -> Option<u64> {
    disk.meta(folder(target)).ok().map(|meta| meta.modified)
}

/// The copies beside the file `target` of a vault, by name.
pub(super) fn list(disk: &dyn Disk, target: &Path, vault: &[u8; 16]) -> Vec<Copy> {
    let text = |part: Option<&std::ffi::OsStr>| part.and_then(|part| part.to_str()).map(str::to_owned);
    let Some(stem) = text(target.file_stem()) else { return Vec::new() };
    let ending = text(target.extension()).map_or(String::new(), |ending| format!(".{ending}"));
    let (stem, ending): (String, String) = (stem.nfc().collect(), ending.nfc().collect());
    let of = |name: &str| {
        let composed: String = name.nfc().collect();
        added(&composed, &stem, &ending).and_then(maker)
    };
    let Ok(found) = disk.names(folder(target), &|name| of(name).is_some()) else { return Vec::new() };
    let mut names: Vec<String> =
        found.names.into_iter().filter(|(_, folder)| !folder).map(|(name, _)| name).collect();
    names.sort_unstable();
    let looked = names.into_iter().take(COPIES_MOST).filter_map(|name| {
        let path = folder(target).join(&name);
        let meta = disk.meta(&path).ok().filter(|meta| meta.regular && meta.len <= FILE_MAX)?;
        let read = header::read(&disk.read(&path, HEAD).ok()?, meta.len).ok()?;
        let ours = read.header.vault == *vault && read.header.content == Content::Vault;
        let maker = of(&name).filter(|_| ours)?;
        Some(Copy { path, name, maker, len: meta.len, modified: meta.modified, mac: read.mac })
    });
    looked.collect()
}

/// Moves a file to the backups, under the time when it was written; gives where it lies now. It is never
/// in neither place.
pub(super) fn put_away(disk: &dyn Disk, path: &Path, backups: &Path, modified: u64) -> io::Result<PathBuf> {
    disk.make_folder(backups)?;
    let taken = disk.list(backups)?;
    let names = std::iter::once(String::new()).chain((2..).map(|number: u32| number.to_string()));
    let mut names = names.map(|number| format!("{modified}-copy{number}.mamori"));
    let to = backups.join(names.find(|name| !taken.contains(name)).unwrap_or_default());
    if disk.link(path, &to).is_err() {
        backup::copy(disk, path, &to)?;
    }
    disk.sync_folder(backups)?;
    disk.remove(path)?;
    let _ = disk.sync_folder(folder(path));
    Ok(to)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::memory::Memory;

    #[test]
    fn names_that_sync_programs_give() {
        for (name, expected) in [
            ("vault.sync-conflict-20240101-120000-ABCDEFG.mamori", Some(Maker::Syncthing)),
            ("vault.sync-conflict-20240101-120000.mamori", Some(Maker::Syncthing)),
            ("vault (HANA-PC's conflicted copy 2024-01-01).mamori", Some(Maker::Dropbox)),
            ("vault (HANA-PC's conflicted copy 2024-01-01) (1).mamori", Some(Maker::Dropbox)),
            ("vault (conflicted copy 2024-01-01).mamori", Some(Maker::Dropbox)),
            ("vault (花子のPC の競合コピー 2024-01-01).mamori", Some(Maker::Dropbox)),
            ("vault (conflicted copy 2024-01-01 120000).mamori", Some(Maker::Nextcloud)),
            ("vault (conflicted copy hana 2024-01-01 120000).mamori", Some(Maker::Nextcloud)),
            ("vault_conflict-20240101-120000.mamori", Some(Maker::Nextcloud)),
            ("vault-HANA-PC.mamori", Some(Maker::OneDrive)),
            ("vault-DESKTOP-1A2B3C4.mamori", Some(Maker::OneDrive)),
            ("vault-server-safeBackup-0001.mamori", Some(Maker::OneDrive)),
            ("vault (1).mamori", Some(Maker::Numbered)),
            ("vault(1).mamori", Some(Maker::Numbered)),
            ("vault 2.mamori", Some(Maker::Numbered)),
            ("vault (SFConflict hana@example.jp 2024-01-01-12-00-00).mamori", Some(Maker::Seafile)),
            ("vault_DiskStation_Jan-01-120000-2024_Conflict.mamori", Some(Maker::Synology)),
            ("vault.mamori.conflict1", Some(Maker::Other)),
            ("vault [conflicted].mamori", Some(Maker::Other)),
            ("vault.conflict-1700000000000.mamori", Some(Maker::Killed)),
            ("vault.mamori", None),
            ("vault-backup.mamori", None),
            ("vault-BACKUP.mamori", None),
            ("vault-2024.mamori", None),
            ("vault-A-NAME-LONGER-THAN-WINDOWS-TAKES.mamori", None),
            ("vault (old).mamori", None),
            ("vault 2024-01-01.mamori", None),
            ("vaults.mamori", None),
            ("other.sync-conflict-20240101-120000-ABCDEFG.mamori", None),
            (".vault.mamori.lock", None),
            ("vault.mamori.bak", None),
        ] {
            assert_eq!(added(name, "vault", ".mamori").and_then(maker), expected, "{name}");
        }
    }

    #[test]
    fn a_copy_that_is_moved_away_lies_among_the_backups_under_a_free_name() {
        let disk = Memory::default();
        let backups = Path::new("/state/backups/id");
        for (at, expected) in ["5-copy.mamori", "5-copy2.mamori", "5-copy3.mamori"].iter().enumerate() {
            let path = PathBuf::from(format!("/home/v ({at}).mamori"));
            disk.put(&path, vec![b'a'; at]);
            let to = put_away(&disk, &path, backups, 5).expect("moved");
            assert_eq!(to, backups.join(expected));
            assert_eq!(disk.bytes(&to), Some(vec![b'a'; at]));
            assert_eq!(disk.bytes(&path), None);
        }
        assert_eq!(backup::list(&disk, backups).expect("listed").len(), 3);
    }
}
