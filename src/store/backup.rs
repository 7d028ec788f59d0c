//! Backups: earlier vault files, kept in the local state folder by vault id. At most one in ten
//! minutes; then the last 10, one a day for a week, one a month for a year. Each is a whole vault
//! file that opens with the password of its time. A person may have some deleted at a later day; which
//! and when lies in a small file beside them.

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};

use super::disk::Disk;
use super::{ReadError, Why};
use crate::format::header::FILE_MAX;

const TEN_MINUTES: u64 = 600_000;
const DAY: u64 = 86_400_000;
const LAST: usize = 10;
/// The ending of a copy that is being made.
const TEMP: &str = "tmp";

/// One backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// Where it lies.
    pub path: PathBuf,
    /// Its name, which a person may give to restore it.
    pub name: String,
    /// When it was made, ms since 1970.
    pub ms: u64,
    /// Its length in bytes.
    pub len: u64,
    /// When it is to be deleted, ms since 1970; none: by the rule.
    pub due: Option<u64>,
}

/// The folder of a vault's backups.
pub fn folder(backups: &Path, vault: &[u8; 16]) -> PathBuf {
    let id: String = vault.iter().map(|byte| format!("{byte:02x}")).collect();
    backups.join(id)
}

/// The vault id that a folder of backups is named after.
pub(super) fn id_of(name: &str) -> Option<[u8; 16]> {
    let number = u128::from_str_radix(name, 16).ok().filter(|_| name.len() == 32)?;
    Some(number.to_be_bytes())
}

/// Backups in a folder, newest first.
pub fn list(disk: &dyn Disk, folder: &Path) -> Result<Vec<Backup>, ReadError> {
    let names = match disk.list(folder) {
        Ok(names) => names,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(ReadError::of(&error)),
    };
    let dues = dues(disk, folder);
    let mut all: Vec<Backup> = names
        .into_iter()
        .filter_map(|name| {
            let ms = time_of(&name)?;
            let path = folder.join(&name);
            let len = disk.meta(&path).ok()?.len;
            let name = name.strip_suffix(".mamori")?.to_owned();
            let due = dues.iter().find(|(due, _)| *due == name).map(|(_, ms)| *ms);
            Some(Backup { path, name, ms, len, due })
        })
        .collect();
    all.sort_by(|one, next| (next.ms, &next.name).cmp(&(one.ms, &one.name)));
    Ok(all)
}

/// The file that says which backups go when: lines of `ms name`.
const DUES: &str = "due";

fn dues(disk: &dyn Disk, folder: &Path) -> Vec<(String, u64)> {
    let bytes = disk.read(&folder.join(DUES), 1 << 20).unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    let line = |line: &str| {
        let (ms, name) = line.split_once(' ')?;
        Some((name.to_owned(), ms.parse().ok()?))
    };
    text.lines().filter_map(line).collect()
}

fn write_dues(disk: &dyn Disk, folder: &Path, dues: &[(String, u64)]) -> io::Result<()> {
    let path = folder.join(DUES);
    if dues.is_empty() {
        return match disk.remove(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            other => other,
        };
    }
    let temp = folder.join(format!("{DUES}.{}.tmp", std::process::id()));
    let _ = disk.remove(&temp);
    let text: String = dues.iter().map(|(name, ms)| format!("{ms} {name}\n")).collect();
    let put = || {
        let mut file = disk.create(&temp)?;
        file.write_all(text.as_bytes())?;
        file.sync()?;
        disk.rename(&temp, &path)?;
        disk.sync_folder(folder)
    };
    put().inspect_err(|_| drop(disk.remove(&temp)))
}

/// Notes that these are to be deleted at `when`; none: they stay after all.
pub(super) fn set_due(disk: &dyn Disk, folder: &Path, names: &[String], when: Option<u64>) -> io::Result<()> {
    let mut dues = dues(disk, folder);
    dues.retain(|(name, _)| !names.contains(name));
    dues.extend(when.into_iter().flat_map(|when| names.iter().map(move |name| (name.clone(), when))));
    write_dues(disk, folder, &dues)
}

/// Deletes the backups whose day has come; gives how many. One that cannot be deleted is tried again
/// the next time.
pub(super) fn sweep(disk: &dyn Disk, folder: &Path, now_ms: u64) -> usize {
    let all = dues(disk, folder);
    let (due, mut left): (Vec<_>, Vec<_>) = all.into_iter().partition(|(_, ms)| *ms <= now_ms);
    if due.is_empty() {
        return 0;
    }
    let mut gone = 0;
    for (name, ms) in due {
        // Only what is a backup by its name: the file may have been changed by hand.
        let file = format!("{name}.mamori");
        if time_of(&file).is_none() || name.contains('/') {
            continue;
        }
        match disk.remove(&folder.join(file)) {
            Ok(()) => gone += 1,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(_) => left.push((name, ms)),
        }
    }
    let _ = write_dues(disk, folder, &left);
    gone
}

fn time_of(name: &str) -> Option<u64> {
    name.strip_suffix(".mamori")?.split('-').next()?.parse().ok()
}

/// Makes a backup of the file at `target` when one is due; gives its path.
pub(super) fn make(
    disk: &dyn Disk,
    folder: &Path,
    target: &Path,
    now_ms: u64,
    why: Why,
) -> io::Result<Option<PathBuf>> {
    disk.make_folder(folder)?;
    let taken = disk.list(folder)?;
    let newest = taken.iter().filter_map(|name| time_of(name)).max();
    // A clock that went back must not stop backups for ever.
    let recent = newest.is_some_and(|newest| newest <= now_ms && now_ms - newest < TEN_MINUTES);
    if recent && why == Why::Edit {
        return Ok(None);
    }
    let name = (0..)
        .map(|again| if again == 0 { format!("{now_ms}.mamori") } else { format!("{now_ms}-{again}.mamori") })
        .find(|name| !taken.contains(name));
    let path = folder.join(name.unwrap_or_default());
    // A link takes no space and no time; where links are refused (another file system), a copy.
    if disk.link(target, &path).is_err() {
        copy(disk, target, &path)?;
    }
    disk.sync_folder(folder)?;
    Ok(Some(path))
}

/// Copies a file under a name that it gets only when it is whole: a torn backup would be one that does not
/// open.
pub(super) fn copy(disk: &dyn Disk, from: &Path, to: &Path) -> io::Result<()> {
    let bytes = disk.read(from, FILE_MAX)?;
    let temp = to.with_extension(TEMP);
    let _ = disk.remove(&temp);
    let mut file = disk.create(&temp)?;
    let written = file.write_all(&bytes).and_then(|()| file.sync());
    drop(file);
    written.and_then(|()| disk.rename_new(&temp, to)).inspect_err(|_| drop(disk.remove(&temp)))
}

/// Removes the backups that the rule does not keep. A failure is nothing: the next save tries
/// again.
pub(super) fn rotate(disk: &dyn Disk, folder: &Path, now_ms: u64) {
    sweep(disk, folder, now_ms);
    // Whoever saves holds the lock: a copy that is not whole is a killed save's.
    for name in disk.list(folder).unwrap_or_default() {
        if name.strip_suffix(".tmp").is_some_and(|name| time_of(&format!("{name}.mamori")).is_some()) {
            let _ = disk.remove(&folder.join(name));
        }
    }
    let Ok(all) = list(disk, folder) else { return };
    let keep = kept(&all.iter().map(|one| one.ms).collect::<Vec<_>>(), now_ms);
    for (backup, keep) in all.iter().zip(keep) {
        if !keep {
            let _ = disk.remove(&backup.path);
        }
    }
}

/// Which of these times (newest first) the rule keeps.
fn kept(times: &[u64], now_ms: u64) -> Vec<bool> {
    let (mut days, mut months) = (HashSet::new(), HashSet::new());
    let mut keep = vec![false; times.len()];
    // Those that a fast clock made are not the last ten.
    let ahead = times.iter().take_while(|ms| **ms > now_ms).count();
    // From the oldest on, so that the first of a day and of a month is the one that stays.
    for (at, ms) in times.iter().enumerate().rev() {
        let age = now_ms.saturating_sub(*ms);
        let daily = age < 7 * DAY && days.insert(ms / DAY);
        // Months of 30 days: a rule for space, not a calendar.
        let monthly = age < 365 * DAY && months.insert(ms / (30 * DAY));
        keep[at] = (ahead..ahead + LAST).contains(&at) || daily || monthly;
    }
    keep
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::memory::Memory;

    #[test]
    fn a_backup_goes_on_its_day_and_no_other_file_does() {
        let disk = Memory::default();
        let folder = Path::new("/b");
        for name in ["100.mamori", "200.mamori", "200-1.mamori", "300.mamori", "notes", "x.mamori"] {
            disk.put(&folder.join(name), b"x".to_vec());
        }
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        set_due(&disk, folder, &names(&["100", "200", "200-1", "notes", "../x", "x", "gone"]), Some(1_000))
            .expect("kept");
        set_due(&disk, folder, &names(&["200"]), Some(2_000)).expect("later");
        set_due(&disk, folder, &names(&["200-1"]), None).expect("stays");
        let listed = |disk: &Memory| -> Vec<(String, Option<u64>)> {
            list(disk, folder).expect("there").into_iter().map(|one| (one.name, one.due)).collect()
        };
        assert_eq!(listed(&disk)[3], ("100".into(), Some(1_000)));
        assert_eq!(sweep(&disk, folder, 999), 0);
        assert_eq!(sweep(&disk, folder, 1_000), 1);
        assert_eq!(sweep(&disk, folder, 1_000), 0);
        let left = [("300", None), ("200-1", None), ("200", Some(2_000))];
        assert_eq!(listed(&disk)[..3], left.map(|(name, due)| (name.to_owned(), due)));
        assert!(
            disk.bytes(&folder.join("notes")).is_some() && disk.bytes(&folder.join("x.mamori")).is_some()
        );
        // - every save looks, too
        rotate(&disk, folder, 3_000);
        assert_eq!(listed(&disk).len(), 2);
        assert!(disk.bytes(&folder.join(DUES)).is_none(), "nothing is left to be done");
    }

    #[test]
    fn backups_from_a_fast_clock_do_not_push_out_those_of_today() {
        let now = 1_000 * DAY;
        let ahead = (1..=20).rev().map(|at| now + 300 * DAY + at * TEN_MINUTES);
        let today = (0..5).map(|at| now - at * TEN_MINUTES);
        let keep = kept(&ahead.chain(today).collect::<Vec<_>>(), now);
        assert_eq!(keep[20..], [true; 5]);
        // Of the others the first of each day.
        assert_eq!(keep[..20].iter().filter(|keep| **keep).count(), 1);
    }

    #[test]
    fn the_rule_keeps_ten_a_week_and_a_year() {
        let now = 1_000 * DAY;
        // One every hour for 400 days.
        let times: Vec<u64> = (0..400 * 24).map(|hour| now - hour * DAY / 24).collect();
        let keep = kept(&times, now);
        let left: Vec<u64> =
            times.iter().zip(&keep).filter(|(_, keep)| **keep).map(|(ms, _)| now - ms).collect();
        assert!(keep[..10].iter().all(|keep| *keep));
        assert_eq!(left.iter().filter(|age| **age < 7 * DAY).count(), 10 + 7);
        assert!((12..=14).contains(&left.iter().filter(|age| **age >= 7 * DAY).count()));
        assert!(left.iter().all(|age| *age < 366 * DAY));
        // Kept again, the same stay: a day's backup is not dropped for a later one.
        let again = kept(
            &times.iter().zip(&keep).filter(|(_, keep)| **keep).map(|(ms, _)| *ms).collect::<Vec<_>>(),
            now,
        );
        assert!(again.iter().all(|keep| *keep));
    }

    #[test]
    fn folders_of_backups_are_ids() {
        let id: [u8; 16] = std::array::from_fn(|at| at as u8 * 16);
        let folder = folder("/backups".as_ref(), &id);
        let name = folder.file_name().and_then(|name| name.to_str()).expect("hex");
        assert_eq!(id_of(name), Some(id));
        assert_eq!(id_of("notes"), None);
        assert_eq!(id_of("00"), None);
    }
}
