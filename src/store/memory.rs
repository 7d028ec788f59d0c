//! A disk in memory that can be made to fail, to stop or to lose power at any verb: for the demo and
//! for tests of this package, never for a vault of somebody's.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};

use super::disk::{Disk, LockGuard, Meta, Names, NewFile};

/// What happens at the chosen verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It fails, the rest works.
    Fail(io::ErrorKind),
    /// A write puts down half of its bytes and fails; other verbs just fail.
    Short,
    /// The process is killed before it: nothing happens any more.
    Stop,
    /// The file system cannot swap names.
    NoExchange,
    /// The file system has no permissions to set (a Windows folder in WSL).
    NoModes,
    /// A rename is refused, for somebody reads the file (SMB).
    BeingRead,
    /// A rename does nothing and says nothing (SMB, where it takes two files for one).
    Idle,
}

#[derive(Debug, Clone, Default)]
struct Content {
    bytes: Vec<u8>,
    /// What survives a loss of power; none before the first sync.
    durable: Option<Vec<u8>>,
    mode: u32,
    modified: u64,
}

#[derive(Default)]
struct State {
    names: BTreeMap<PathBuf, u64>,
    durable_names: BTreeMap<PathBuf, u64>,
    files: BTreeMap<u64, Content>,
    folders: BTreeSet<PathBuf>,
    locks: BTreeSet<(u8, PathBuf)>,
    next: u64,
    verbs: u64,
    fault: Option<(u64, Fault)>,
    stopped: bool,
    before: Vec<(u64, Interference)>,
    /// A name that machines remember, and which file each saw there.
    remembered: Option<(PathBuf, BTreeMap<u8, u64>)>,
}

/// What another program does to a file.
struct Interference {
    path: PathBuf,
    bytes: Vec<u8>,
    /// Writes into the file that is there, instead of putting another in its place.
    into: bool,
}

/// The disk, as the machine of this number sees it. What is no machine's own disk (0) is shared: locks are
/// seen by one machine alone, and names cannot be swapped.
#[derive(Clone, Default)]
pub struct Memory(Arc<Mutex<State>>, u8);

impl std::fmt::Debug for Memory {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Memory(..)")
    }
}

impl Memory {
    /// The same disk in the network, as another machine sees it.
    pub fn elsewhere(&self, machine: u8) -> Memory {
        Memory(Arc::clone(&self.0), machine)
    }

    /// From now on a machine goes on seeing the file that it has once seen under this name, until it puts
    /// another there itself (SMB, if not for ever).
    pub fn remember(&self, path: &Path) {
        self.state().remembered = Some((path.to_owned(), BTreeMap::new()));
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Lets the `at`th verb from now on (the first is 1) go wrong.
    pub fn fault(&self, at: u64, fault: Fault) {
        let mut state = self.state();
        state.verbs = 0;
        state.fault = Some((at, fault));
    }

    /// Lets another program replace a file just before the `at`th verb from now on.
    pub fn replace_before(&self, at: u64, path: &Path, bytes: Vec<u8>) {
        self.interfere(at, Interference { path: path.to_owned(), bytes, into: false });
    }

    /// Lets another program write into a file just before the `at`th verb from now on.
    pub fn rewrite_before(&self, at: u64, path: &Path, bytes: Vec<u8>) {
        self.interfere(at, Interference { path: path.to_owned(), bytes, into: true });
    }

    fn interfere(&self, at: u64, what: Interference) {
        let mut state = self.state();
        state.verbs = 0;
        state.before.push((at, what));
    }

    /// Verbs since the last [`Memory::fault`].
    pub fn verbs(&self) -> u64 {
        self.state().verbs
    }

    /// The process is gone: locks end, faults end, and with `power` gone too only what was synced
    /// is left.
    pub fn restart(&self, power_lost: bool) {
        let mut state = self.state();
        state.fault = None;
        state.before.clear();
        state.stopped = false;
        state.locks.clear();
        if power_lost {
            state.names = state.durable_names.clone();
            for file in state.files.values_mut() {
                // What was not synced may be anything; nothing is the worst that still has a length.
                file.bytes = file.durable.clone().unwrap_or_else(|| vec![0; file.bytes.len()]);
            }
        }
    }

    /// The bytes of a file, for assertions.
    pub fn bytes(&self, path: &Path) -> Option<Vec<u8>> {
        let state = self.state();
        state.names.get(path).and_then(|inode| state.files.get(inode)).map(|file| file.bytes.clone())
    }

    /// Every name there is.
    pub fn names(&self) -> Vec<PathBuf> {
        self.state().names.keys().cloned().collect()
    }

    /// Puts a file there, as another program would.
    pub fn put(&self, path: &Path, bytes: Vec<u8>) {
        self.state().put(path, bytes);
    }

    /// Puts a file there that was changed at that time, ms since 1970.
    pub fn put_at(&self, path: &Path, bytes: Vec<u8>, modified: u64) {
        let mut state = self.state();
        state.put(path, bytes);
        let inode = state.names.get(path).copied();
        if let Some(file) = inode.and_then(|inode| state.files.get_mut(&inode)) {
            file.modified = modified;
        }
    }

    /// The permissions of a file, for assertions.
    pub fn mode(&self, path: &Path) -> Option<u32> {
        let state = self.state();
        state.names.get(path).and_then(|inode| state.files.get(inode)).map(|file| file.mode)
    }

    fn verb(&self) -> io::Result<(MutexGuard<'_, State>, Option<Fault>)> {
        let mut state = self.state();
        if state.stopped {
            return Err(io::Error::other("the process was stopped"));
        }
        state.verbs += 1;
        let now = state.verbs;
        for (_, what) in state.before.extract_if(.., |(at, _)| *at == now).collect::<Vec<_>>() {
            state.suffer(what);
        }
        let fault = state.fault.filter(|(at, _)| *at == state.verbs).map(|(_, fault)| fault);
        match fault {
            Some(Fault::Stop) => {
                state.stopped = true;
                Err(io::Error::other("the process was stopped"))
            }
            Some(Fault::Fail(kind)) => Err(kind.into()),
            other => Ok((state, other)),
        }
    }

    /// A verb that either happens or fails.
    fn whole(&self) -> io::Result<MutexGuard<'_, State>> {
        match self.verb()? {
            (_, Some(Fault::Short)) => Err(io::ErrorKind::StorageFull.into()),
            (state, _) => Ok(state),
        }
    }
}

impl State {
    fn put(&mut self, path: &Path, bytes: Vec<u8>) {
        self.next += 1;
        let inode = self.next;
        let durable = Some(bytes.clone());
        self.files.insert(inode, Content { durable, bytes, mode: 0o600, modified: 0 });
        self.names.insert(path.to_owned(), inode);
        self.durable_names.insert(path.to_owned(), inode);
    }

    fn suffer(&mut self, what: Interference) {
        let there = self.names.get(&what.path).and_then(|inode| self.files.get_mut(inode));
        match there.filter(|_| what.into) {
            Some(file) => (file.durable, file.bytes) = (Some(what.bytes.clone()), what.bytes),
            None => self.put(&what.path, what.bytes),
        }
    }

    /// A folder was made there, or something lies in it.
    fn is_folder(&self, path: &Path) -> bool {
        let made = self.folders.iter().any(|folder| folder.starts_with(path));
        made || self.names.keys().any(|name| name != path && name.starts_with(path))
    }

    fn inode(&self, path: &Path) -> io::Result<u64> {
        self.names.get(path).copied().ok_or(io::ErrorKind::NotFound.into())
    }

    /// The same as a machine sees it.
    fn seen(&mut self, machine: u8, path: &Path) -> io::Result<u64> {
        let there = self.inode(path);
        match &mut self.remembered {
            Some((name, seen)) if name == path => match seen.get(&machine) {
                Some(inode) => Ok(*inode),
                None => there.inspect(|inode| _ = seen.insert(machine, *inode)),
            },
            _ => there,
        }
    }
}

struct MemoryFile(Memory, u64);

impl NewFile for MemoryFile {
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        let (mut state, fault) = self.0.verb()?;
        let short = fault == Some(Fault::Short);
        let some = if short { bytes.len() / 2 } else { bytes.len() };
        if let Some(file) = state.files.get_mut(&self.1) {
            file.bytes.extend_from_slice(&bytes[..some]);
        }
        if short { Err(io::ErrorKind::StorageFull.into()) } else { Ok(()) }
    }

    fn take_after(&mut self, old: &Meta, _: &Path) -> io::Result<()> {
        let (mut state, fault) = self.0.verb()?;
        match fault {
            Some(Fault::NoModes) => return Err(io::ErrorKind::PermissionDenied.into()),
            Some(Fault::Short) => return Err(io::ErrorKind::StorageFull.into()),
            _ => {}
        }
        if let Some(file) = state.files.get_mut(&self.1) {
            file.mode = old.mode;
        }
        Ok(())
    }

    fn sync(&mut self) -> io::Result<()> {
        let mut state = self.0.whole()?;
        if let Some(file) = state.files.get_mut(&self.1) {
            file.durable = Some(file.bytes.clone());
        }
        Ok(())
    }
}

struct MemoryLock(Memory, PathBuf);

impl LockGuard for MemoryLock {}

impl Drop for MemoryLock {
    fn drop(&mut self) {
        self.0.state().locks.remove(&(self.0.1, self.1.clone()));
    }
}

impl Disk for Memory {
    fn resolve(&self, path: &Path) -> io::Result<PathBuf> {
        self.whole().map(|_| path.to_owned())
    }

    fn meta(&self, path: &Path) -> io::Result<Meta> {
        Ok(self.head(path, 0)?.0)
    }

    fn read(&self, path: &Path, max: u64) -> io::Result<Vec<u8>> {
        let (meta, bytes) = self.head(path, max)?;
        if meta.regular { Ok(bytes) } else { Err(io::ErrorKind::NotFound.into()) }
    }

    fn head(&self, path: &Path, max: u64) -> io::Result<(Meta, Vec<u8>)> {
        let mut state = self.whole()?;
        if state.is_folder(path) {
            let (len, inode, mode, owner) = (0, (1, 0), 0o700, (0, 0));
            let meta = Meta { regular: false, folder: true, len, inode, mode, owner, modified: 0 };
            return Ok((meta, Vec::new()));
        }
        let inode = state.seen(self.1, path)?;
        let file = state.files.get(&inode).ok_or(io::ErrorKind::NotFound)?;
        let meta = Meta {
            regular: true,
            folder: false,
            len: file.bytes.len() as u64,
            inode: (0, inode),
            mode: file.mode,
            owner: (0, 0),
            modified: file.modified,
        };
        Ok((meta, file.bytes.iter().copied().take(usize::try_from(max).unwrap_or(usize::MAX)).collect()))
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn NewFile>> {
        let mut state = self.whole()?;
        if state.names.contains_key(path) {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        state.next += 1;
        let inode = state.next;
        state.files.insert(inode, Content { mode: 0o600, ..Content::default() });
        state.names.insert(path.to_owned(), inode);
        Ok(Box::new(MemoryFile(self.clone(), inode)))
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut state = self.whole()?;
        let inode = state.inode(from)?;
        if state.names.contains_key(to) {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        state.names.insert(to.to_owned(), inode);
        Ok(())
    }

    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()> {
        let (mut state, fault) = self.verb()?;
        match fault {
            _ if self.1 != 0 => return Err(io::ErrorKind::Unsupported.into()),
            Some(Fault::NoExchange) => return Err(io::ErrorKind::Unsupported.into()),
            Some(Fault::Short) => return Err(io::ErrorKind::StorageFull.into()),
            _ => {}
        }
        let (first, second) = (state.inode(one)?, state.inode(other)?);
        state.names.insert(one.to_owned(), second);
        state.names.insert(other.to_owned(), first);
        Ok(())
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        if self.1 != 0 {
            // - the way through the network
            std::thread::sleep(std::time::Duration::from_millis(2));
        }
        let (mut state, fault) = self.verb()?;
        match fault {
            Some(Fault::Short) => return Err(io::ErrorKind::StorageFull.into()),
            Some(Fault::BeingRead) => return Err(io::ErrorKind::PermissionDenied.into()),
            Some(Fault::Idle) => return Ok(()),
            _ => {}
        }
        let inode = state.inode(from)?;
        state.names.remove(from);
        state.names.insert(to.to_owned(), inode);
        if let Some((_, seen)) = state.remembered.as_mut().filter(|(name, _)| name == to) {
            seen.insert(self.1, inode);
        }
        Ok(())
    }

    fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut state = self.whole()?;
        if state.names.contains_key(to) {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        let inode = state.inode(from)?;
        state.names.remove(from);
        state.names.insert(to.to_owned(), inode);
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        let mut state = self.whole()?;
        state.names.remove(path).map(drop).ok_or(io::ErrorKind::NotFound.into())
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        let mut state = self.whole()?;
        state.durable_names.retain(|name, _| name.parent() != Some(path));
        let here: Vec<_> = state
            .names
            .iter()
            .filter(|(name, _)| name.parent() == Some(path))
            .map(|(name, inode)| (name.clone(), *inode))
            .collect();
        state.durable_names.extend(here);
        Ok(())
    }

    fn make_folder(&self, path: &Path) -> io::Result<()> {
        self.whole()?.folders.insert(path.to_owned());
        Ok(())
    }

    fn list(&self, path: &Path) -> io::Result<Vec<String>> {
        let state = self.whole()?;
        let here = state.names.keys().filter(|name| name.parent() == Some(path));
        Ok(here.filter_map(|name| name.file_name()?.to_str().map(str::to_owned)).collect())
    }

    fn names(&self, path: &Path, wanted: &dyn Fn(&str) -> bool) -> io::Result<Names> {
        let state = self.whole()?;
        if !state.is_folder(path) {
            return Err(io::ErrorKind::NotFound.into());
        }
        let all = state.names.keys().chain(&state.folders);
        let inside = all.filter_map(|name| name.strip_prefix(path).ok()?.iter().next()?.to_str());
        let names: BTreeSet<&str> = inside.filter(|name| wanted(name)).collect();
        let names = names.into_iter().map(|name| (name.to_owned(), state.is_folder(&path.join(name))));
        Ok(Names { names: names.collect(), foreign: 0 })
    }

    fn is_shared(&self, _: &Path) -> bool {
        self.1 != 0
    }

    fn remembers(&self, _: &Path) -> bool {
        self.1 != 0 && self.state().remembered.is_some()
    }

    fn try_lock(&self, path: &Path) -> io::Result<Box<dyn LockGuard>> {
        let mut state = self.whole()?;
        if !state.locks.insert((self.1, path.to_owned())) {
            return Err(io::ErrorKind::WouldBlock.into());
        }
        Ok(Box::new(MemoryLock(self.clone(), path.to_owned())))
    }
}
