//! Where leaked passwords are looked up, as the health check asks it: the list and the filter that
//! are at hand on this machine ([`crate::platform::hibp`]) as one look-up
//! ([`crate::ops::health::LookUp`]). Both faces use it. What a filter names by chance is looked up a
//! second time where the list is there, too.
//!
//! Not here: how a list is searched, and what is said of what was found.

use std::path::{Path, PathBuf};

use sha1::{Digest, Sha1};

use crate::ops::health::{Looked, Reach};
use crate::platform::hibp::filter::{self, Filter};
use crate::platform::hibp::range::Range;
use crate::platform::hibp::{List, Unfit};

/// Names under which a list or a filter is found in the folder of the vaults when none is named.
pub const USUAL: [&str; 3] = ["pwned.filter", "pwned.txt", "pwnedpasswords.txt"];

/// A list or filter that is there and cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Useless {
    /// Which file.
    pub path: PathBuf,
    /// Why.
    pub why: Unfit,
}

/// What is at hand.
#[derive(Debug, Default)]
pub struct Leaks {
    list: Option<List>,
    filter: Option<Filter>,
    /// Instead of a file: the demo's.
    own: Vec<([u8; 20], u64)>,
}

/// Looks a SHA-1 digest up at the range API.
pub fn look_up_in(range: &Range, hash: &[u8; 20]) -> Looked {
    match range.look_up(hash) {
        Ok(Some(times)) => Looked::Found(Some(times)),
        Ok(None) => Looked::Missing,
        Err(_) => Looked::Failed,
    }
}

/// So many requests are under way at once.
pub const REQUESTS: usize = 4;

/// What was found when lists were looked for.
#[derive(Debug, Default)]
pub struct Found {
    /// What can be asked; none where nothing is at hand.
    pub leaks: Option<Leaks>,
    /// What is there and cannot be used.
    pub useless: Vec<Useless>,
}

impl Leaks {
    /// Takes a file in. A second one of the same kind takes the place of the first.
    fn take(&mut self, path: &Path) -> Result<(), Useless> {
        let useless = |why| Useless { path: path.to_owned(), why };
        if Filter::is_one(path) {
            self.filter = Some(Filter::read(path).map_err(useless)?);
        } else {
            self.list = Some(List::open(path).map_err(useless)?);
        }
        Ok(())
    }

    /// A list of these passwords, each seen so often: what the demo has in place of a file.
    pub fn of(words: &[(&str, u64)]) -> Leaks {
        let own = words.iter().map(|(word, times)| (Sha1::digest(word.as_bytes()).into(), *times)).collect();
        Leaks { own, ..Leaks::default() }
    }

    fn is_empty(&self) -> bool {
        self.list.is_none() && self.filter.is_none()
    }

    /// Looks a SHA-1 digest up.
    pub fn look_up(&self, hash: &[u8; 20]) -> Looked {
        match (&self.list, &self.filter) {
            // - the whole list knows better than the filter, which leaves the rare ones out
            (Some(list), _) => match list.look_up(hash) {
                Ok(Some(times)) => Looked::Found(Some(times)),
                Ok(None) => Looked::Missing,
                Err(_) => Looked::Failed,
            },
            (None, Some(filter)) if filter.has(hash) => Looked::Found(None),
            (None, Some(_)) => Looked::Missing,
            (None, None) if !self.own.is_empty() => {
                let found = self.own.iter().find(|(own, _)| own == hash);
                found.map_or(Looked::Missing, |(_, times)| Looked::Found(Some(*times)))
            }
            (None, None) => Looked::Failed,
        }
    }

    /// What a miss means.
    pub fn reach(&self) -> Reach {
        match (&self.list, &self.filter) {
            (None, Some(held)) => Reach::Common { count: held.keys(), one_in: filter::ONE_IN },
            _ => Reach::Whole,
        }
    }
}

/// Opens what is named, or else what lies under one of the usual names in `folder`. Beside a filter
/// that is named the usual list is taken for the second look.
pub fn find(named: &[PathBuf], folder: Option<&Path>) -> Found {
    let mut found = Found::default();
    let mut leaks = Leaks::default();
    for path in named {
        found.useless.extend(leaks.take(path).err());
    }
    let wanted = |leaks: &Leaks| leaks.list.is_none() && (named.is_empty() || leaks.filter.is_some());
    for path in folder.into_iter().flat_map(|folder| USUAL.map(|name| folder.join(name))) {
        let filter = path.extension().is_some_and(|ending| ending == "filter");
        if wanted(&leaks) && !(filter && leaks.filter.is_some()) && List::is_there(&path) {
            found.useless.extend(leaks.take(&path).err());
        }
    }
    found.leaks = Some(leaks).filter(|leaks| !leaks.is_empty());
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Folder {
            let path = std::env::temp_dir().join(format!("mamori-leaks-{}-{name}", std::process::id()));
            let _ = std::fs::remove_dir_all(&path);
            std::fs::create_dir_all(&path).unwrap();
            Folder(path)
        }

        fn put(&self, name: &str, bytes: &[u8]) -> PathBuf {
            let path = self.0.join(name);
            #[expect(clippy::disallowed_methods, reason = "a list of a test is no vault")]
            std::fs::write(&path, bytes).unwrap();
            path
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }

    fn hash(text: &str) -> [u8; 20] {
        Sha1::digest(text.as_bytes()).into()
    }

    fn list(words: &[(&str, u64)]) -> String {
        let hex = |text: &str| hash(text).iter().map(|byte| format!("{byte:02X}")).collect::<String>();
        let mut lines: Vec<String> =
            words.iter().map(|(word, count)| format!("{}:{count}\r\n", hex(word))).collect();
        lines.sort();
        lines.concat()
    }

    fn filter_of(list: &Path, least: u64) -> Vec<u8> {
        Filter::build(list, filter::Take::MinCount(least), &mut |_, _| true).unwrap().bytes()
    }

    #[test]
    fn a_list_is_found_under_its_usual_name_and_one_that_is_named_goes_before() {
        let folder = Folder::new("usual");
        assert!(find(&[], Some(&folder.0)).leaks.is_none());
        folder.put("pwned.txt", list(&[("123456", 900), ("sakura", 3)]).as_bytes());
        let found = find(&[], Some(&folder.0));
        let leaks = found.leaks.unwrap();
        assert_eq!(leaks.look_up(&hash("sakura")), Looked::Found(Some(3)));
        assert_eq!((leaks.look_up(&hash("no")), leaks.reach()), (Looked::Missing, Reach::Whole));
        let named = folder.put("mine", list(&[("mine", 7)]).as_bytes());
        let leaks = find(&[named], Some(&folder.0)).leaks.unwrap();
        assert_eq!(leaks.look_up(&hash("sakura")), Looked::Missing);
        assert_eq!(leaks.look_up(&hash("mine")), Looked::Found(Some(7)));
    }

    #[test]
    fn what_a_filter_names_is_looked_up_again_where_the_list_is() {
        let folder = Folder::new("second");
        let whole = folder.put("whole", list(&[("123456", 900), ("sakura", 3)]).as_bytes());
        let filter = folder.put("small", &filter_of(&whole, 100));
        let alone = find(std::slice::from_ref(&filter), Some(&folder.0)).leaks.unwrap();
        assert_eq!(alone.look_up(&hash("123456")), Looked::Found(None));
        assert_eq!(alone.look_up(&hash("sakura")), Looked::Missing);
        assert!(matches!(alone.reach(), Reach::Common { count: 1, .. }));
        let both = find(&[filter.clone(), whole.clone()], None).leaks.unwrap();
        assert_eq!(both.look_up(&hash("123456")), Looked::Found(Some(900)));
        assert_eq!((both.look_up(&hash("sakura")), both.reach()), (Looked::Found(Some(3)), Reach::Whole));
        // - beside the filter that was named, the list lies where lists usually lie
        std::fs::copy(&whole, folder.0.join("pwned.txt")).unwrap();
        let leaks = find(&[filter], Some(&folder.0)).leaks.unwrap();
        assert_eq!(leaks.look_up(&hash("123456")), Looked::Found(Some(900)));
    }

    #[test]
    fn what_cannot_be_used_is_named_with_its_reason() {
        let folder = Folder::new("useless");
        let broken = folder.put("broken", b"123456\n");
        let found = find(std::slice::from_ref(&broken), Some(&folder.0));
        assert!(found.leaks.is_none());
        assert_eq!(found.useless, [Useless { path: broken, why: Unfit::Foreign }]);
        let gone = folder.0.join("gone");
        let found = find(std::slice::from_ref(&gone), None);
        assert_eq!(found.useless, [Useless { path: gone, why: Unfit::Io(std::io::ErrorKind::NotFound) }]);
        folder.put("pwned.txt", b"junk");
        let found = find(&[], Some(&folder.0));
        assert_eq!(found.useless.iter().map(|one| one.why).collect::<Vec<_>>(), [Unfit::Foreign]);
    }
}
