//! Drafts of forms on the disk: one small sealed file for each form, in the local state folder.
//! Written often and quickly, so a typist's last seconds survive a killed process; flushed to the
//! platter only where a form is left.

use std::io;
use std::path::Path;

use super::disk::Disk;
use super::read_vault;

/// Drafts of a vault that are looked at; whoever leaves more behind loses none, they stay.
const DRAFTS_MOST: usize = 64;

/// Which draft: of which vault, and of which entry there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DraftName {
    /// The vault id.
    pub vault: [u8; 16],
    /// The entry, or the number of one that is not made yet.
    pub entry: [u8; 16],
}

impl DraftName {
    fn file(&self) -> String {
        format!("{}-{}", hex(&self.vault), hex(&self.entry))
    }
}

/// A sealed draft.
#[derive(Clone, PartialEq, Eq)]
pub struct Draft {
    /// Which.
    pub name: DraftName,
    /// Its bytes, sealed.
    pub bytes: Vec<u8>,
}

impl std::fmt::Debug for Draft {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Draft({} bytes)", self.bytes.len())
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn from_hex(text: &str) -> Option<[u8; 16]> {
    // - a number in Rust may begin with a sign, a name here does not
    let digits = text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let number = u128::from_str_radix(text, 16).ok().filter(|_| digits)?;
    Some(number.to_be_bytes())
}

/// Keeps a draft in place of the one that was there.
pub(super) fn keep(disk: &dyn Disk, folder: &Path, draft: &Draft, durable: bool) -> io::Result<()> {
    disk.make_folder(folder)?;
    let name = draft.name.file();
    let temp = folder.join(format!("{name}.tmp"));
    let _ = disk.remove(&temp);
    let mut out = disk.create(&temp)?;
    let written = out.write_all(&draft.bytes).and_then(|()| if durable { out.sync() } else { Ok(()) });
    drop(out);
    if let Err(error) = written.and_then(|()| disk.rename(&temp, &folder.join(format!("{name}.mamori")))) {
        let _ = disk.remove(&temp);
        return Err(error);
    }
    if durable { disk.sync_folder(folder) } else { Ok(()) }
}

/// The drafts of a vault. What is damaged is left where it is.
pub(super) fn list(disk: &dyn Disk, folder: &Path, vault: &[u8; 16]) -> Vec<Draft> {
    let start = format!("{}-", hex(vault));
    let mut names = disk.list(folder).unwrap_or_default();
    names.sort_unstable();
    let entry = |name: &String| from_hex(name.strip_prefix(&start)?.strip_suffix(".mamori")?);
    let drafts = names.iter().filter_map(|name| Some((entry(name)?, name))).take(DRAFTS_MOST);
    drafts
        .filter_map(|(entry, name)| {
            let bytes = read_vault(disk, &folder.join(name)).ok()?;
            Some(Draft { name: DraftName { vault: *vault, entry }, bytes })
        })
        .collect()
}

/// Takes a draft away.
pub(super) fn forget(disk: &dyn Disk, folder: &Path, name: &DraftName) {
    let _ = disk.remove(&folder.join(format!("{}.mamori", name.file())));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::memory::Memory;

    #[test]
    fn a_draft_replaces_the_one_before_and_strangers_are_left_alone() {
        let (disk, folder) = (Memory::default(), Path::new("/state/drafts"));
        let draft = |entry: u8, byte: u8| Draft {
            name: DraftName { vault: [1; 16], entry: [entry; 16] },
            bytes: vec![byte; 100],
        };
        for (entry, byte, durable) in [(2, b'a', false), (2, b'b', true), (3, b'c', false)] {
            keep(&disk, folder, &draft(entry, byte), durable).expect("kept");
        }
        let file = folder.join(format!("{}.mamori", draft(2, 0).name.file()));
        assert_eq!(disk.bytes(&file).as_deref(), Some(&[b'b'; 100][..]));
        // - they are no vault files, so they are not offered
        assert!(list(&disk, folder, &[1; 16]).is_empty());
        forget(&disk, folder, &draft(2, 0).name);
        assert_eq!(disk.bytes(&file), None);
        assert_eq!(from_hex("+0000000000000000000000000000000"), None);
        assert_eq!(from_hex(&hex(&[0xab; 16])), Some([0xab; 16]));
    }
}
