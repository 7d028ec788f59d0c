//! Where browsers and desktops put files, and the newest exports there.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::store::disk::Disk;

/// Most exports that are offered.
pub const RECENT_MOST: usize = 20;

/// Endings of files that password managers and browsers write.
pub const ENDINGS: [&str; 7] = ["csv", "json", "xml", "kdbx", "zip", "1pux", "mamori"];

/// Most exports of one folder whose time is looked at.
const LOOKED_MOST: usize = 2_000;

/// Most folders of Windows users.
const USERS_MOST: usize = 50;

/// Places of this machine and this person, as the environment names them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Places {
    /// The home folder.
    pub home: Option<PathBuf>,
    /// The working folder.
    pub here: Option<PathBuf>,
    /// The download folder, where the environment names one.
    pub downloads: Option<PathBuf>,
    /// The folder of settings, which may name the download and desktop folders.
    pub config: Option<PathBuf>,
    /// This Linux runs in Windows (WSL): `C:\` is `/mnt/c`.
    pub wsl: bool,
}

impl Places {
    /// As the environment has it.
    pub fn of(env: &dyn Fn(&str) -> Option<OsString>, here: Option<PathBuf>, wsl: bool) -> Places {
        let path = |name: &str| env(name).map(PathBuf::from).filter(|path| path.is_absolute());
        let home = path("HOME");
        let config = path("XDG_CONFIG_HOME").or_else(|| Some(home.as_ref()?.join(".config")));
        Places { downloads: path("XDG_DOWNLOAD_DIR"), config, home, here, wsl }
    }

    /// A path as it is typed, whole: `~` is the home folder, what does not begin at the root begins
    /// in the working folder.
    pub fn expand(&self, typed: &str) -> PathBuf {
        let rest = typed.strip_prefix('~').filter(|rest| rest.is_empty() || rest.starts_with('/'));
        match (rest, &self.home) {
            (Some(rest), Some(home)) => home.join(rest.trim_start_matches('/')),
            _ if typed.starts_with('/') => PathBuf::from(typed),
            _ => self.here.as_deref().unwrap_or(Path::new("/")).join(typed),
        }
    }

    /// A path as a person reads it: the home folder is `~`.
    pub fn shorten(&self, path: &Path) -> String {
        let below = self.home.as_ref().and_then(|home| path.strip_prefix(home).ok());
        match below {
            Some(below) if below.as_os_str().is_empty() => "~".to_owned(),
            Some(below) => format!("~/{}", below.display()),
            None => path.display().to_string(),
        }
    }
}

/// An export that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recent {
    /// Where.
    pub path: PathBuf,
    /// Bytes.
    pub len: u64,
    /// When it was written, ms since 1970.
    pub modified: u64,
}

/// The newest exports where browsers and desktops put files.
pub(super) fn recent(disk: &dyn Disk, places: &Places) -> Vec<Recent> {
    let mut seen = BTreeSet::new();
    let mut all = Vec::new();
    for folder in folders(disk, places) {
        let export = |name: &str| {
            let ending = Path::new(name).extension().and_then(|ending| ending.to_str()).unwrap_or_default();
            ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending))
        };
        let Ok(found) = disk.names(&folder, &export) else { continue };
        for (name, _) in found.names.into_iter().filter(|(_, folder)| !folder).take(LOOKED_MOST) {
            let path = folder.join(name);
            let Ok(meta) = disk.meta(&path) else { continue };
            if meta.regular && seen.insert(meta.inode) {
                all.push(Recent { path, len: meta.len, modified: meta.modified });
            }
        }
    }
    all.sort_by(|one, other| other.modified.cmp(&one.modified).then_with(|| one.path.cmp(&other.path)));
    all.truncate(RECENT_MOST);
    all
}

fn folders(disk: &dyn Disk, places: &Places) -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> = places.downloads.iter().cloned().collect();
    if let (Some(config), Some(home)) = (&places.config, &places.home) {
        let named = disk.read(&config.join("user-dirs.dirs"), 64 << 10).unwrap_or_default();
        all.extend(user_dirs(&String::from_utf8_lossy(&named), home));
    }
    // - Japanese desktops name these folders in Japanese
    const USUAL: [&str; 4] = ["Downloads", "ダウンロード", "Desktop", "デスクトップ"];
    all.extend(places.home.iter().flat_map(|home| USUAL.iter().map(|name| home.join(name))));
    if places.wsl {
        let users = Path::new("/mnt/c/Users");
        let person = |name: &str| !["Public", "Default", "All Users", "Default User"].contains(&name);
        let mut names = disk.names(users, &person).unwrap_or_default().names;
        names.truncate(USERS_MOST);
        for (name, _) in names.into_iter().filter(|(_, folder)| *folder) {
            let own = users.join(name);
            all.extend(["Downloads", "Desktop"].iter().map(|name| own.join(name)));
            // - OneDrive moves the desktop into its own folder
            all.extend(["Desktop", "デスクトップ"].iter().map(|name| own.join("OneDrive").join(name)));
        }
    }
    all
}

/// The download and desktop folders that `user-dirs.dirs` names.
fn user_dirs(text: &str, home: &Path) -> Vec<PathBuf> {
    let named = text.lines().filter_map(|line| {
        let (name, value) = line.trim().split_once('=')?;
        let value = value.trim().trim_matches('"');
        matches!(name.trim(), "XDG_DOWNLOAD_DIR" | "XDG_DESKTOP_DIR").then_some(value)
    });
    named
        .filter_map(|value| match value.strip_prefix("$HOME/") {
            Some(below) if !below.is_empty() => Some(home.join(below)),
            Some(_) => None,
            None => Some(PathBuf::from(value)).filter(|path| path.is_absolute()),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::memory::Memory;

    #[test]
    fn the_newest_exports_are_found_in_all_the_usual_folders_once() {
        let disk = Memory::default();
        let put = |path: &str, at: u64| disk.put_at(Path::new(path), b"x".to_vec(), at);
        put("/h/Downloads/a.CSV", 10);
        put("/h/Downloads/a.pdf", 99);
        put("/h/ダウンロード/b.json", 30);
        put("/h/Own/c.kdbx", 20);
        put("/mnt/c/Users/Taro/Downloads/d.csv", 40);
        put("/mnt/c/Users/Taro/OneDrive/デスクトップ/e.csv", 50);
        put("/mnt/c/Users/Public/Downloads/f.csv", 60);
        put("/h/.config/user-dirs.dirs", 0);
        let dirs = b"# x\nXDG_DOWNLOAD_DIR=\"$HOME/Own\"\nXDG_DESKTOP_DIR=\"$HOME/\"\n".to_vec();
        disk.put(Path::new("/h/.config/user-dirs.dirs"), dirs);
        let env = |name: &str| (name == "HOME").then(|| OsString::from("/h"));
        let found = |wsl| {
            let found = recent(&disk, &Places::of(&env, None, wsl));
            found.into_iter().map(|one| one.path.display().to_string()).collect::<Vec<_>>()
        };
        let linux = ["/h/ダウンロード/b.json", "/h/Own/c.kdbx", "/h/Downloads/a.CSV"];
        assert_eq!(found(false), linux);
        let windows = ["/mnt/c/Users/Taro/OneDrive/デスクトップ/e.csv", "/mnt/c/Users/Taro/Downloads/d.csv"];
        assert_eq!(found(true), [&windows[..], &linux].concat());
    }

    #[test]
    fn a_typed_path_is_made_whole_and_shown_short() {
        let places =
            Places { home: Some("/home/hana".into()), here: Some("/work".into()), ..Places::default() };
        for (typed, whole) in [
            ("~", "/home/hana/"),
            ("~/a", "/home/hana/a"),
            ("~x/a", "/work/~x/a"),
            ("/etc", "/etc"),
            ("a/b", "/work/a/b"),
        ] {
            assert_eq!(places.expand(typed), Path::new(whole), "{typed}");
        }
        assert_eq!(places.shorten(Path::new("/home/hana/a b")), "~/a b");
        assert_eq!(places.shorten(Path::new("/home/hana")), "~");
        assert_eq!(places.shorten(Path::new("/home/hanako")), "/home/hanako");
    }
}
